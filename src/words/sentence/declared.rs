//! The results of a review, to be read aloud: each figure that can be contested, the verdict, and what follows.

use super::ballot::papers;
use super::review::{known, subject};
use super::{by_paper, spaced};
use crate::meeting::{ItemId, OfficialId, OfficialStage, Round, State};
use crate::plan;
use crate::words::quotation::quoted;
use crate::words::{Lang, verdict, who};

/// The result of the official whose ballots are counted: group by group where groups are counted apart.
pub(super) fn official(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some(item) = state.item_state(id) else { return String::new() };
    let Some((plan, name)) = subject(state) else { return String::new() };
    let rounds: Vec<&Round> = item.rounds_together().collect();
    let figure = |figure: &dyn Fn(&Round) -> u32| -> u32 { rounds.iter().map(|round| figure(round)).sum() };
    let issued = figure(&Round::issued);
    let returned = figure(&|round| round.returned().unwrap_or(0));
    let mut said = match lang {
        Lang::Zh => format!("现在公布{name}同志的评议结果：发出评议票{issued}张，收回{returned}张。"),
        Lang::En => format!("The evaluation of {name}: {} issued, {returned} returned.", papers(issued)),
    };
    let on_paper = by_paper::declared(lang, item);
    said += &lang.pick(on_paper.clone(), spaced(&on_paper));
    for round in &rounds {
        let counts = counts(lang, plan, round);
        let groups: Vec<String> = round
            .issue
            .groups
            .iter()
            .map(|group| state.plan().group(group).map_or(group.clone(), |group| group.name.clone()))
            .collect();
        let several = rounds.len() > 1;
        let groups = who::names_up_to(lang, &groups, usize::MAX);
        said += &match (lang, several) {
            (Lang::Zh, true) => format!("{groups}：{counts}。"),
            (Lang::Zh, false) => format!("{counts}。"),
            (Lang::En, true) => spaced(&format!("{groups}: {counts}.")),
            (Lang::En, false) => spaced(&format!("{counts}.")),
        };
    }
    let subject = item.round().and_then(|round| round.issue.subject.clone());
    let found = subject.and_then(|subject| state.verdict_of(id, &subject));
    let Some((found, judgement)) = found.and_then(|found| Some((found.clone(), found.judgement?))) else {
        let none =
            lang.pick("没有收回有效的评议，不作评议结果。", "No marks came back: there is no verdict.");
        return said + &lang.pick(none.to_owned(), spaced(none));
    };
    let why = verdict::spoken(lang, &plan.verdict, &plan.scale, &found);
    let follows = verdict::consequence(lang, &judgement.consequence, judgement.reply_days);
    said += &match lang {
        Lang::Zh => format!("{why}，评议结果为{}。", quoted(&judgement.name)),
        Lang::En => format!(" With {why}, the verdict is: {}.", judgement.name),
    };
    if !judgement.consequence.is_empty() {
        said += &match lang {
            Lang::Zh => format!("按规定：{follows}。"),
            Lang::En => format!(" By the plan there follows: {follows}."),
        };
    }
    said
}

fn counts(lang: Lang, plan: &plan::Review, round: &Round) -> String {
    let sums = round.count.as_ref().map_or(&[][..], |count| count.sums());
    let dimension = |(place, (dimension, sums)): (usize, (&plan::Dimension, &Vec<u32>))| {
        let words = plan.scale.iter().zip(sums).map(|(word, count)| match lang {
            Lang::Zh => format!("{}{count}", word.word),
            Lang::En => format!("{} {count}", word.word),
        });
        let words = words.collect::<Vec<_>>().join(lang.pick("、", ", "));
        let spoilt = round.count.as_ref().map_or(0, |count| count.spoilt(place));
        let spoilt = by_paper::spoilt(lang, spoilt);
        format!("{}{}{words}{spoilt}", dimension.name, lang.pick("", " "))
    };
    let all: Vec<String> = plan.dimensions.iter().zip(sums).enumerate().map(dimension).collect();
    all.join(lang.pick("；", "; "))
}

/// The review is over: how many got which verdict, and the ranking where the plan wants one.
pub(super) fn review(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, review)) = known(state, id) else { return String::new() };
    let declared =
        review.officials.values().filter(|official| official.stage == OfficialStage::Declared).count();
    let put_off: Vec<String> = plan
        .officials
        .iter()
        .filter(|official| {
            let state = review.officials.get(&OfficialId::from(official.id.as_str()));
            state.is_some_and(|state| matches!(state.stage, OfficialStage::PutOff { .. }))
        })
        .map(|official| official.name.clone())
        .collect();
    let mut said = match lang {
        Lang::Zh => format!("述廉述效、质询、评议全部结束，公布{declared}名同志的评议结果。"),
        Lang::En => format!("Reports, questions and evaluations are over; {declared} results are declared."),
    };
    if !put_off.is_empty() {
        let names = who::names_up_to(lang, &put_off, usize::MAX);
        said += &match lang {
            Lang::Zh => format!("{names}推迟。"),
            Lang::En => format!(" Put off: {names}."),
        };
    }
    if plan.ranking {
        let ranked: Vec<String> = state
            .ranking(id)
            .into_iter()
            .filter_map(|ranked| {
                let official = plan.official(ranked.official.as_str())?;
                let (rank, name) = (ranked.rank, who::spoken(&official.name));
                let figure = verdict::ranked(&plan.verdict, ranked.figure);
                Some(match lang {
                    Lang::Zh => format!("第{rank}，{name}，{figure}"),
                    Lang::En => format!("{rank}: {name}, {figure}"),
                })
            })
            .collect();
        if !ranked.is_empty() {
            said += &match lang {
                Lang::Zh => format!("按评议结果排列：{}。", ranked.join("；")),
                Lang::En => format!(" In order of the evaluation: {}.", ranked.join("; ")),
            };
        }
    }
    said
}
