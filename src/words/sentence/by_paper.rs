//! What is read aloud while the vote is on paper.

use super::{contest, deferred, listed, nomination, review, spaced};
use crate::meeting::{ItemState, PaperVote, Round, RoundPhase, State};
use crate::plan::{SMALL, SmallPlan};
use crate::words::by_paper as words;
use crate::words::{Lang, who};

/// From handing out the papers to the second count: what the room hears next.
pub(super) fn count_papers(lang: Lang, state: &State, item: &ItemState) -> String {
    let votes: Vec<(&Round, &PaperVote)> = item
        .rounds_together()
        .filter_map(|round| Some((round, round.by_paper.as_ref()?)))
        .filter(|(_, vote)| vote.agreed().is_none())
        .collect();
    let again = votes.iter().find_map(|(round, vote)| {
        let last = vote.differed.last().filter(|_| vote.entered.is_empty())?;
        Some(words::differ(lang, state, &round.issue, &last.figures))
    });
    if let Some(differ) = again {
        return match lang {
            Lang::Zh => format!("{differ}选票当众重新清点。"),
            Lang::En => format!("{differ} The papers are counted again, for all to see."),
        };
    }
    let one = votes.iter().find_map(|(_, vote)| vote.entered.keys().next());
    if let Some(entered) = one {
        let name = who::name(Some(state), entered);
        return match lang {
            Lang::Zh => format!(
                "监票人{name}的计票已录入。请另一名监票人独立清点，录入自己的计票；两份一致，计票才成立。"
            ),
            Lang::En => format!(
                "The count of {name} is entered. Another scrutineer please counts alone and enters the own figures; the result stands when both are the same."
            ),
        };
    }
    hand_out(lang, state, item)
}

fn hand_out(lang: Lang, state: &State, item: &ItemState) -> String {
    let sum = |figure: &dyn Fn(&Round) -> u32| item.rounds_together().map(figure).sum::<u32>();
    let (due, printed) = (sum(&|round| round.issue.due), sum(&Round::present));
    // A round of an election that was counted stands; void are those after it.
    let mut since = item.rounds.iter().rev().take_while(|round| round.phase != RoundPhase::Counted);
    let void = since.any(|round| round.by_paper.is_none());
    let names = listed(lang, state.scrutineers().map(|person| person.name.clone()).collect());
    let few = match (lang, state.plan().meeting.small) {
        (_, SmallPlan::Open) => String::new(),
        (Lang::Zh, SmallPlan::Closed) => format!("收回不足{SMALL}张的，也不展开。"),
        (Lang::En, SmallPlan::Closed) => format!(" Fewer than {SMALL} stay folded too."),
    };
    let contested = state.item(&item.id).and_then(|planned| planned.contested()).zip(item.round());
    let marks = match (review::subject(state), contested, nomination(state, &item.id)) {
        (Some((plan, name)), ..) => match lang {
            Lang::Zh => format!("评议{name}同志：{}。", review::marks(lang, plan)),
            Lang::En => format!(" {name} is evaluated in {}.", review::marks(lang, plan)),
        },
        (None, Some((contested, round)), _) => {
            let said = deferred(lang, item, &contested.slate);
            let said = if item.further.is_empty() { said } else { String::new() };
            lang.pick(said.clone(), spaced(&said)) + &contest::how_to_mark_by_paper(lang, contested, round)
        }
        (None, None, Some((_, nomination))) => {
            let deferred = deferred(lang, item, nomination);
            match lang {
                Lang::Zh => format!("{deferred}每名人选只能选同意、不同意、弃权之一。"),
                Lang::En => {
                    format!(
                        "{} For each line mark exactly one of agree, disagree or abstain.",
                        spaced(&deferred)
                    )
                }
            }
        }
        (None, None, None) => String::new(),
    };
    match lang {
        Lang::Zh => {
            let void = if void { "本轮电子表决作废，票箱不打开。" } else { "" };
            format!(
                "电子表决不能进行。{void}现在改用纸质票：应到{due}名，实到{printed}名，符合规定，印制{printed}张。请监票人{names}当众查验票箱是空的，随后发票，每席一张。有无漏领、多领？没有，余票当场作废。{marks}请填写，投入票箱。……投票结束，开箱，先点收回张数：多于发出张数的，全部无效，不展开。{few}随后当众唱票、计票。"
            )
        }
        Lang::En => {
            let void = if void { " The electronic round is void and its box stays closed." } else { "" };
            format!(
                "The vote cannot be electronic.{void} We vote on paper: {due} due, {printed} present, as the rules require, {printed} papers printed. The scrutineers, {names}, please show that the box is empty, and hand out one paper a seat. Is anyone without one, or with two? No; what is left is cancelled.{marks} Please mark it and put it into the box. … Voting is closed. The papers are first counted folded: if more came back than were handed out, all are void.{few} Then they are called out and counted before all."
            )
        }
    }
}

/// Both counts are the same: the result is signed, at terminals or on paper.
pub(super) fn sign_result(lang: Lang, state: &State, names: &str) -> String {
    let needed = state.scrutineers_needed();
    match lang {
        Lang::Zh => format!(
            "两份计票一致，纸质票结果在屏幕上。请监票人{names}核对，在终端上或在纸质计票单上签署；不同意的请写明理由。须有{needed}名答复，随后宣布结果。"
        ),
        Lang::En => format!(
            "Both counts are the same, and the result by paper is on the screens. {names}: please check it and sign at your terminals or on the tally sheet of paper, or say why you do not. Once {needed} have answered, the result is declared."
        ),
    }
}

/// That a result which is declared was found by paper, with the papers that were not handed out.
pub(super) fn declared(lang: Lang, item: &ItemState) -> String {
    let counts = item.rounds_together().filter_map(|round| round.count.as_ref()?.by_paper());
    let cancelled: Vec<u32> = counts.map(|count| count.cancelled).collect();
    if cancelled.is_empty() {
        return String::new();
    }
    let cancelled: u32 = cancelled.into_iter().sum();
    match lang {
        Lang::Zh => format!("本次为纸质票表决，人工清点，作废余票{cancelled}张。"),
        Lang::En => format!("This vote was by paper, counted by hand; {cancelled} unused cancelled."),
    }
}

/// How many papers are spoilt on a line, where any is.
pub(super) fn spoilt(lang: Lang, spoilt: u32) -> String {
    match (lang, spoilt) {
        (_, 0) => String::new(),
        (Lang::Zh, spoilt) => format!("、废票{spoilt}"),
        (Lang::En, spoilt) => format!(", spoilt {spoilt}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::meeting::sample::{Point, Sample};
    use crate::meeting::{Actor, Command, PaperCount};
    use crate::words::Lang;
    use crate::words::sentence::now;

    /// Every step of a vote on paper, from handing out the papers to the declaration, with its figures.
    #[test]
    fn what_is_read_aloud() {
        for (lang, said) in [
            (
                Lang::Zh,
                ["应到9名，实到8名", "请另一名监票人独立清点", "两份计票不一致", "签署", "作废余票1张"],
            ),
            (
                Lang::En,
                [
                    "9 due, 8 present",
                    "counts alone",
                    "The two counts differ",
                    "please check it",
                    "1 unused cancelled",
                ],
            ),
        ] {
            let mut sample = Sample::new(lang).until(Point::Voting);
            sample.console(Command::OpenPaperVote { item: Sample::item() });
            let mut heard = vec![now(lang, &sample.state)];
            for (who, agree) in [("m5", 7), ("m6", 6), ("m5", 7), ("m6", 7)] {
                let (marks, spoilt) = (vec![vec![agree, 7 - agree, 0]; 5], vec![0; 5]);
                let count = PaperCount { issued: 7, cancelled: 1, returned: 7, marks, spoilt };
                let (ballot, count) = (sample.ballot(), Box::new(count));
                sample.order(&Actor::from(who), Command::EnterCount { ballot, count });
                heard.push(now(lang, &sample.state));
            }
            sample.sign_result();
            heard.push(now(lang, &sample.state));
            heard.remove(3);
            for (heard, said) in heard.iter().zip(said) {
                assert!(heard.contains(said), "{heard} says nothing of {said}");
            }
        }
    }
}
