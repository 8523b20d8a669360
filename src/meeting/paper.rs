//! What the ballot paper asks, as the election writes it: the hub makes elections with these functions, every
//! terminal and `verify` make them again, and anything that differs is another election.
//!
//! Only the plan and the issue go in. Answers bear the names that the record has for the choices, not those of a
//! language, so that the paper is the same for everyone whatever their screen speaks.

use super::event::Issue;
use super::ids::LineId;
use super::state::{State, number};
use crate::ballot::Question;
use crate::plan::{Contested, Item, PaperForm, Review};
use crate::rules::Choice;

/// The questions of a round's election: one for each line that is voted on, in ballot order, exactly one mark each; where
/// candidates stand against each other, one question on all of them.
pub fn paper_questions(state: &State, issue: &Issue) -> Vec<Question> {
    let Some(item) = state.item(&issue.item) else { return Vec::new() };
    if let Some(review) = item.review() {
        return evaluation_questions(review, issue);
    }
    match item.contested() {
        Some(contested) if contested.form == PaperForm::Choose => choice_question(item, contested, issue),
        contested => line_questions(item, issue, contested.map_or(&Choice::ALL, |_| &Choice::ON_A_LIST)),
    }
}

/// One question for each line.
fn line_questions(item: &Item, issue: &Issue, choices: &[Choice]) -> Vec<Question> {
    let question = |id: &LineId| Question {
        question: line_text(item, id),
        answers: choices.iter().map(|choice| choice.name().to_owned()).collect(),
        blank: false,
        min: 1,
        max: 1,
    };
    issue.lines.iter().map(question).collect()
}

/// How many candidates a paper marks at most: as many as there are seats, or as stand.
pub fn most_marks(contested: &Contested, issue: &Issue) -> u32 {
    let seats = issue.contest.map_or(contested.rule.seats, |round| round.seats);
    seats.min(number(issue.lines.len()))
}

/// One question on all candidates: at most so many marks, or none, which is a choice of its own.
fn choice_question(item: &Item, contested: &Contested, issue: &Issue) -> Vec<Question> {
    let max = most_marks(contested, issue);
    vec![Question {
        question: item.title.clone(),
        answers: issue.lines.iter().map(|id| line_text(item, id)).collect(),
        blank: true,
        min: max.min(1),
        max,
    }]
}

/// A line by its id, with name and post.
fn line_text(item: &Item, id: &LineId) -> String {
    let line = item.lines().iter().find(|line| line.id == id.as_str());
    let text = line.map_or_else(|| id.to_string(), |line| format!("{}, {}", line.name, line.post));
    format!("{id}: {text}")
}

/// An evaluation asks one question a dimension; the answers are the words of the plan's scale.
fn evaluation_questions(review: &Review, issue: &Issue) -> Vec<Question> {
    issue
        .lines
        .iter()
        .map(|id| {
            let dimension = review.dimensions.iter().find(|dimension| dimension.id == id.as_str());
            let name = dimension.map_or(id.as_str(), |dimension| &dimension.name);
            Question {
                question: format!("{id}: {name}"),
                answers: review.scale.iter().map(|word| word.word.clone()).collect(),
                blank: false,
                min: 1,
                max: 1,
            }
        })
        .collect()
}

/// The election's title: meeting and item, for whoever opens the archive with another tool.
pub fn election_name(state: &State, issue: &Issue) -> String {
    let item = state.item(&issue.item).map_or(issue.item.as_str(), |item| &item.title);
    format!("{}: {item}", state.plan().meeting.title)
}

/// The text that binds an election to session, item, round and plan, so that no ballot of it counts elsewhere.
pub fn election_description(state: &State, issue: &Issue) -> String {
    let (session, plan) = (state.session(), &state.frozen.plan_hash);
    format!("plenum/v1/election|{session}|{}|{}|{}|{plan}", issue.item, issue.ballot, issue.round)
}

/// Where an election belongs, as its description says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElectionPlace {
    /// The session.
    pub session: String,
    /// The item.
    pub item: String,
    /// The ballot.
    pub ballot: String,
    /// The round, from 1.
    pub round: u32,
}

/// Reads what [`election_description`] writes; none if it is another text.
pub fn read_election_description(text: &str) -> Option<ElectionPlace> {
    let mut parts = text.strip_prefix("plenum/v1/election|")?.split('|');
    let plain = |part: &str| {
        let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
        part.chars().all(is_plain).then(|| part.to_owned())
    };
    let place = ElectionPlace {
        session: plain(parts.next()?)?,
        item: plain(parts.next()?)?,
        ballot: plain(parts.next()?)?,
        round: parts.next()?.parse().ok()?,
    };
    (parts.next().is_some() && parts.next().is_none()).then_some(place)
}
