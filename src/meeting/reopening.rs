//! An item that was declared goes back to where it was deliberated, and may be voted on again: because an objection to its
//! result was upheld, or because more than half of *all* voters consented to reconsider it. Source: `domain.md` section 1.
//! One mechanism for both. What was declared stays, whole, in [`Reopening::before`]; the ballots of the new vote go on with
//! the numbers of the rounds.
//!
//! ```text
//! nomination, contested election,     ─► Recusing: those concerned leave, it is deliberated, papers are issued
//! deliberation during the term
//! major matter                        ─► Stating: introduced, every view heard, the head last, put to the vote
//! open vote                           ─► OpenVoting
//! review, exam, joint meeting         ─► not at all: `NotReopened` says what can be done instead
//! ```

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::business::Business;
use super::event::Event;
use super::floor::{hands_add_up, text};
use super::ids::{ItemId, LineId};
use super::refusal::Refusal;
use super::round::{Round, RoundPhase};
use super::state::{ItemState, Stage, State, number};
use super::{barred, matter};
use crate::plan::{Item, ItemKind, Nominee, VoteAbout};
use crate::rules::Threshold;

type Decision = Result<Vec<Event>, Refusal>;

/// A declared item that was taken up again.
#[derive(Debug, Clone)]
pub struct Reopening {
    /// On what ground.
    pub ground: ReopenGround,
    /// The lines that go back to the vote: their results before are set aside. Empty where the item has no lines.
    pub lines: Vec<LineId>,
    /// When.
    pub time: Timestamp,
    /// The item as it was declared; shared, because a later reopening keeps it too.
    pub before: Arc<ItemState>,
}

/// On what ground an item is taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReopenGround {
    /// An objection to its result was upheld.
    Objection {
        /// Which.
        number: u32,
    },
    /// More than half of all voters consented to reconsider it.
    Consent,
}

impl ReopenGround {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Objection { .. } => "objection",
            Self::Consent => "consent",
        }
    }

    /// The objection that was upheld, if one was.
    pub fn objection(self) -> Option<u32> {
        if let Self::Objection { number } = self { Some(number) } else { None }
    }
}

/// A question to the voters whether a decision be reconsidered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reconsideration {
    /// The item.
    pub item: ItemId,
    /// Which of its lines; empty where it has none.
    pub lines: Vec<LineId>,
    /// Voters entitled.
    pub due: u32,
    /// Voters present.
    pub present: u32,
    /// Hands for.
    pub agree: u32,
    /// Hands against.
    pub disagree: u32,
    /// Hands of those who abstain.
    pub abstain: u32,
    /// How many had to agree.
    pub needed: u32,
    /// Whether enough did.
    pub consented: bool,
    /// Why it was asked.
    pub reason: String,
}

/// Why an item is never taken up again in this way, and so what can be done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReopened {
    /// A review: an evaluation is not repeated.
    Review,
    /// An exam: sheets are marked by rule.
    Exam,
    /// A joint meeting: opinions were given by name.
    JointMeeting,
    /// The scrutineers: they are approved anew.
    Scrutineers,
}

/// What became of a line in the last result of it that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStands {
    /// Carried, or elected.
    Carried,
    /// Not carried, or not elected for lack of a majority.
    NotCarried,
    /// Not elected, although with a majority: others had more votes, or as many.
    Passed,
}

impl ItemState {
    /// Which result of the item comes next, or stands: from 1, one more with each time that it was reopened.
    pub fn result_number(&self) -> u32 {
        number(self.reopenings.len()).saturating_add(1)
    }

    /// The rounds since the item was opened, or reopened last.
    pub fn rounds_now(&self) -> impl Iterator<Item = &Round> {
        let before = self.reopenings.last().map_or(0, |last| last.before.rounds.len());
        self.rounds.iter().skip(before)
    }

    /// Whether a line is put to the vote now: it is not barred, and was reopened where the item was.
    pub fn is_at_stake(&self, line: &LineId) -> bool {
        let reopened = self.reopenings.last().is_none_or(|last| last.lines.contains(line));
        reopened && !self.barred.contains_key(line)
    }

    /// The lines that come on the next paper as lines to be marked.
    pub fn lines_to_vote<'a>(&'a self, planned: &'a Item) -> impl Iterator<Item = LineId> + 'a {
        let lines = planned.lines().iter().map(|line| LineId::from(line.id.as_str()));
        lines.filter(|line| self.is_at_stake(line) && !self.deferred.contains_key(line))
    }

    /// Why the result of a round on a line is not in force any more, if it is not.
    pub fn set_aside(&self, round: &Round, line: &LineId) -> Option<&Reopening> {
        self.reopenings.iter().find(|reopening| {
            let earlier = |before: &Round| before.issue.ballot == round.issue.ballot;
            reopening.lines.contains(line) && reopening.before.rounds.iter().any(earlier)
        })
    }

    /// The round whose result on a line is in force.
    pub fn round_in_force(&self, line: &LineId) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| {
            round.phase == RoundPhase::Counted
                && round.issue.lines.contains(line)
                && self.set_aside(round, line).is_none()
        })
    }

    /// What became of a line, as far as a result of it is in force.
    pub fn line_stands(&self, line: &LineId) -> Option<LineStands> {
        let round = self.round_in_force(line)?;
        let place = round.issue.lines.iter().position(|one| one == line)?;
        if let Some(contest) = round.contest() {
            let candidate = contest.candidates.get(place)?;
            return Some(match candidate.fate {
                crate::rules::Fate::Elected => LineStands::Carried,
                crate::rules::Fate::NotElected if candidate.votes < contest.needed => LineStands::NotCarried,
                crate::rules::Fate::NotElected | crate::rules::Fate::Tied => LineStands::Passed,
            });
        }
        let outcome = round.count.as_ref()?.outcomes.get(place)?;
        Some(if outcome.carried { LineStands::Carried } else { LineStands::NotCarried })
    }
}

/// Whether an item of this kind can be taken up again at all.
///
/// # Errors
/// What stands against it.
pub fn can_be_reopened(planned: &Item) -> Result<(), NotReopened> {
    match &planned.kind {
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Deliberation(_)
        | ItemKind::MajorMatter(_) => Ok(()),
        ItemKind::OpenVote(vote) if vote.about == VoteAbout::Scrutineers => Err(NotReopened::Scrutineers),
        ItemKind::OpenVote(_) => Ok(()),
        ItemKind::Review(_) => Err(NotReopened::Review),
        ItemKind::Exam(_) => Err(NotReopened::Exam),
        ItemKind::JointMeeting(_) => Err(NotReopened::JointMeeting),
    }
}

/// A declared item that can be taken up again now.
fn reopenable<'a>(state: &'a State, id: &ItemId) -> Result<(&'a ItemState, &'a Item), Refusal> {
    let (planned, item) = state.item(id).zip(state.item_state(id)).ok_or(Refusal::UnknownItem)?;
    can_be_reopened(planned).map_err(|why| Refusal::CannotReopen { why })?;
    if item.stage != Stage::Declared {
        return Err(Refusal::NotDeclared);
    }
    if state.current_item().is_some() {
        return Err(Refusal::AnotherItemOpen);
    }
    Ok((item, planned))
}

/// The lines of an item that more than half of the voters may put to the vote again: carried and deferred ones. Whoever was
/// not carried is not voted on again at this meeting.
pub fn reconsiderable(item: &ItemState, planned: &Item) -> Vec<LineId> {
    let lines = planned.lines().iter().map(|line| LineId::from(line.id.as_str()));
    if !barred::is_of_posts(planned) {
        return lines.collect();
    }
    lines.filter(|line| item.line_stands(line) != Some(LineStands::NotCarried)).collect()
}

/// The voters are asked, by hands, whether a decision be reconsidered. With the consent of more than half of all of them the
/// item is reopened; without it, the record says so, and nothing else happens.
pub(super) fn reconsider(
    state: &State,
    id: &ItemId,
    lines: &[LineId],
    hands: [u32; 3],
    reason: &str,
) -> Decision {
    let (item, planned) = reopenable(state, id)?;
    if let Some(open) = state.open_result_objections().find(|one| one.item == *id) {
        return Err(Refusal::ObjectionsOpen { numbers: vec![open.number] });
    }
    let lines = asked(item, planned, lines)?;
    let (due, present) = (state.due_for(planned), state.present_for(planned));
    hands_add_up(hands, present)?;
    let [agree, disagree, abstain] = hands;
    let rule = Threshold::MAJORITY;
    let (needed, consented) = (rule.least(due), rule.holds(agree, due));
    let voted = Event::ReconsiderationVoted(Box::new(Reconsideration {
        item: id.clone(),
        lines: lines.clone(),
        due,
        present,
        agree,
        disagree,
        abstain,
        needed,
        consented,
        reason: text(reason)?,
    }));
    let reopened = if consented { reopen(state, id, ReopenGround::Consent, lines)? } else { Vec::new() };
    Ok(std::iter::once(voted).chain(reopened).collect())
}

/// The lines that are asked about, in the order of the paper: those named, or all that may be.
fn asked(item: &ItemState, planned: &Item, named: &[LineId]) -> Result<Vec<LineId>, Refusal> {
    let known = |line: &LineId| planned.lines().iter().any(|one| one.id == line.as_str());
    if !named.iter().all(known) {
        return Err(Refusal::UnknownLine);
    }
    // Candidates stand against each other: an election is reconsidered as a whole.
    if planned.contested().is_some() && !named.is_empty() {
        return Err(Refusal::ReconsideredWhole);
    }
    let may = reconsiderable(item, planned);
    let barred: Vec<LineId> = named.iter().filter(|line| !may.contains(line)).cloned().collect();
    if !barred.is_empty() {
        return Err(Refusal::LinesNotCarried { lines: barred });
    }
    let lines: Vec<LineId> =
        may.into_iter().filter(|line| named.is_empty() || named.contains(line)).collect();
    if lines.is_empty() && !planned.lines().is_empty() {
        return Err(Refusal::NothingToReconsider);
    }
    Ok(lines)
}

/// The whole result is set aside, and the item is voted on again.
pub(super) fn set_aside(state: &State, id: &ItemId, ground: ReopenGround) -> Decision {
    let (_, planned) = reopenable(state, id)?;
    let lines = planned.lines().iter().map(|line| LineId::from(line.id.as_str())).collect();
    reopen(state, id, ground, lines)
}

/// What follows from a reopening: the lines that another result bars, and those who leave again.
fn reopen(state: &State, id: &ItemId, ground: ReopenGround, lines: Vec<LineId>) -> Decision {
    let (planned, item) = state.item(id).zip(state.item_state(id)).ok_or(Refusal::UnknownItem)?;
    matter::may_open(state, item)?;
    let mut bars = barred::lines(state, planned);
    bars.retain(|(line, _)| lines.contains(line));
    let leaving: Vec<Event> = match planned.kind {
        ItemKind::Nomination(_) | ItemKind::Contested(_) | ItemKind::Deliberation(_) => {
            let deliberated = |line: &&Nominee| {
                let id = LineId::from(line.id.as_str());
                lines.contains(&id) && !bars.iter().any(|(barred, _)| *barred == id)
            };
            let concerned = state.concerned_by(planned.lines().iter().filter(deliberated).collect());
            concerned.map(|seat| Event::Recused { item: id.clone(), seat }).collect()
        }
        _ => Vec::new(),
    };
    let reopened = Event::ItemReopened { item: id.clone(), ground, lines };
    let barred = bars.into_iter().map(|(line, bar)| bar.event(id, line));
    Ok(std::iter::once(reopened).chain(barred).chain(leaving).collect())
}

/// Folds an event of a reopening. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::ReconsiderationVoted(asked) => state.reconsiderations.push((time, (**asked).clone())),
        Event::ItemReopened { item, ground, lines } => reopened(state, item, (*ground, lines), time),
        Event::LineBarred { item, line, by, ballot } => {
            if let Some(item) = state.item_mut(item) {
                item.barred.insert(line.clone(), barred::Bar { item: by.clone(), ballot: ballot.clone() });
            }
        }
        _ => return false,
    }
    true
}

fn reopened(state: &mut State, id: &ItemId, (ground, lines): (ReopenGround, &[LineId]), time: Timestamp) {
    state.quorum_missed = None;
    let Some(planned) = state.item(id).cloned() else { return };
    let Some(item) = state.item_mut(id) else { return };
    let before = Arc::new(item.clone());
    item.reopenings.push(Reopening { ground, lines: lines.to_vec(), time, before });
    item.stage = match planned.kind {
        ItemKind::MajorMatter(_) => Stage::Stating,
        ItemKind::OpenVote(_) => Stage::OpenVoting,
        _ => Stage::Recusing,
    };
    // What is reconsidered by consent is to be voted on; what was deferred beside a result that is set aside stays so
    // until the deliberation says otherwise. During the term the deferral is the result, and comes from the answers: where
    // those are heard anew, they decide anew.
    if ground == ReopenGround::Consent || planned.term().is_some() {
        item.deferred.retain(|line, _| !lines.contains(line));
    }
    item.barred.retain(|line, _| !lines.contains(line));
    item.recused.clear();
    item.heads.clear();
    item.further.clear();
    item.named = None;
    item.business = Business::opened(&planned);
}
