//! What is decided in the open, for the room: who speaks, who has spoken and who is next, who has voted; and the result
//! by name.

use super::big::Big;
use super::floor::present;
use super::parts::Part;
use crate::meeting::{ItemState, MatterPhase, Stage, State, Taken};
use crate::plan::{Item, OpenVote, VoteHow};
use crate::rules::NamedCount;
use crate::screen::Scene;
use crate::screen::text::clean;
use crate::screen::widgets::open;
use crate::words::common::Common;
use crate::words::floor::Now;
use crate::words::matter::{self as words, Open};
use crate::words::who;

/// The most lines that a view, a question or a summing up takes.
const TEXT_LINES_MAX: usize = 5;

/// What the page of the item on the floor is made of.
pub fn parts(scene: &Scene<'_>, state: &State, item: &ItemState, planned: &Item, cells: usize) -> Vec<Part> {
    if open::is_decided(item) {
        return result(scene, state, item, cells);
    }
    match planned.open_vote() {
        Some(vote) if item.named.is_none() => question(scene, state, item, vote),
        _ => matter(scene, state, item, planned, cells),
    }
}

fn matter(scene: &Scene<'_>, state: &State, item: &ItemState, planned: &Item, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let people = || Part::Pages(open::lines(scene, &open::people(scene, state, item), cells));
    let mut parts = Vec::new();
    let Some(progress) = item.matter().filter(|_| item.stage == Stage::Stating) else {
        parts.push(Part::Headline(Now::of_item(item).text(lang).to_owned(), theme.strong()));
        parts.extend(open::progress(scene, state, item).map(|text| Part::Text(text, theme.strong())));
        parts.extend(open::head_waits(scene, state, item).map(|text| Part::Text(text, theme.accent())));
        parts.extend([Part::Space, people()]);
        return parts;
    };
    match progress.phase {
        MatterPhase::Introducing => {
            let by = planned.matter().map_or("", |plan| &plan.introduced_by);
            let by = who::spoken(&clean(state.name(&by.into())));
            parts.push(Part::Headline(planned.title.clone(), theme.strong()));
            parts.push(Part::Space);
            parts.push(Part::Text(format!("{}  {by}", Open::Introduced.text(lang)), theme.accent()));
            if let Some(plan) = planned.matter() {
                parts.push(Part::Space);
                parts.push(Part::Block(open::checklist(scene, state, item, plan)));
            }
            return parts;
        }
        MatterPhase::Drawing => {
            return vec![Part::Headline(Open::Drawing.text(lang).to_owned(), theme.strong())];
        }
        MatterPhase::Stating | MatterPhase::SummedUp | MatterPhase::Over => {}
    }
    match (state.being_heard(progress), &progress.summing_up) {
        (Some(seat), _) => {
            parts.push(Part::Headline(who::spoken(state.name(seat)), theme.accent()));
            parts.push(Part::Text(Open::Asked.text(lang).to_owned(), theme.strong()));
        }
        (None, Some(text)) => {
            parts.push(Part::Headline(Open::SummingUp.text(lang).to_owned(), theme.accent()));
            parts.push(Part::Long(text.clone(), theme.strong(), TEXT_LINES_MAX));
        }
        (None, None) => parts.push(Part::Headline(Open::Views.text(lang).to_owned(), theme.accent())),
    }
    parts.extend(open::progress(scene, state, item).map(|text| Part::Text(text, theme.strong())));
    parts.extend(open::head_waits(scene, state, item).map(|text| Part::Text(text, theme.accent())));
    parts.extend([Part::Space, people()]);
    parts
}

fn question(scene: &Scene<'_>, state: &State, item: &ItemState, vote: &OpenVote) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let objected = item.open_vote().into_iter().flat_map(|vote| &vote.objected);
    let objected: Vec<String> = objected.map(|seat| state.name(seat).to_owned()).collect();
    let mut parts = vec![
        Part::Headline(words::about(lang, vote.about).to_owned(), theme.accent()),
        Part::Space,
        Part::Long(vote.question.clone(), theme.strong(), TEXT_LINES_MAX),
        Part::Space,
        Part::Figures(present(scene, state)),
        Part::Space,
    ];
    let how = match vote.how {
        VoteHow::Hands => Open::HandsNow,
        VoteHow::ByName => Open::VoteNow,
        VoteHow::WithoutObjection if objected.is_empty() => Open::ObjectNow,
        VoteHow::WithoutObjection => Open::HandsNow,
    };
    parts.push(Part::Text(how.text(lang).to_owned(), theme.accent()));
    if !objected.is_empty() {
        let text = format!("{}  {}", Open::Objected.text(lang), who::names(lang, &objected));
        parts.push(Part::Text(text, theme.strong()));
    }
    parts
}

/// The result: what was decided as large as it goes, the figures, the names.
pub fn result(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let outcome = state.open_outcome(item);
    let deferred = item.matter().and_then(|matter| matter.deferred.as_ref());
    let title = match (outcome, deferred) {
        (_, Some(_)) => Open::Deferred.text(lang),
        (Some(outcome), None) => words::decided(lang, outcome.decided),
        (None, None) => Open::WithoutObjection.text(lang),
    };
    let mut parts = vec![Part::Headline(title.to_owned(), open::style(scene, outcome)), Part::Space];
    if let Some(outcome) = outcome {
        parts.push(Part::Figures(counts(scene, item, &outcome.count)));
    }
    let by_hands = matches!(item.open_vote().and_then(|vote| vote.taken), Some(Taken::Hands { .. }));
    // What stands in the figures is not said again.
    let said = open::outcome(scene, state, item).into_iter().enumerate();
    let said = said.filter(|(place, _)| *place != 1 || outcome.is_none() && !by_hands);
    parts.extend(said.map(|(_, text)| Part::Text(text, theme.plain_text())));
    let word = if item.stage == Stage::Declared { Now::Declared } else { Now::NotDeclared };
    let mut foot = word.text(lang).to_owned();
    if let Some(signed) = open::signature(scene, state, item) {
        foot = format!("{foot} {} {}", theme.dot(), clean(&signed));
    }
    parts.push(Part::Text(foot, theme.accent()));
    if item.named.is_some() {
        parts.push(Part::Space);
        parts.push(Part::Pages(open::lines(scene, &open::people(scene, state, item), cells)));
    }
    parts
}

/// The counts side by side: what could be said in this vote.
fn counts(scene: &Scene<'_>, item: &ItemState, count: &NamedCount) -> Vec<Big> {
    let lang = scene.lang;
    let mut bigs = vec![
        Big::new(Common::Agree.text(lang), count.agree),
        Big::new(Common::Disagree.text(lang), count.disagree),
    ];
    bigs.push(if item.matter().is_some() {
        Big::new(words::choice(lang, crate::rules::NamedChoice::Postpone), count.postpone)
    } else {
        Big::new(Common::Abstain.text(lang), count.abstain)
    });
    if count.without > 0 {
        bigs.push(Big::new(Open::DidNotVote.text(lang), count.without));
    }
    bigs
}
