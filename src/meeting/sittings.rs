//! A meeting of several sittings: adjourned to another day, and continued in the same record.
//!
//! ```text
//! signing in → open → (adjourned to another day) recess → (reconvened) signing in → open → … → ended
//! ```
//!
//! What is begun as one act is finished by those who began it: papers, a vote by name, an exam, an official on the floor.
//! Everything else goes on where it stood: who has been introduced, what departments said, what members stated, the key of
//! the ballot box. Between two sittings nobody is present and nothing is on the floor; the quorum is tested anew.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::ballot_round::all_void;
use super::command::CommandKind;
use super::event::{Event, VoidReason};
use super::exam_state::ExamPhase;
use super::floor::text;
use super::ids::SeatId;
use super::matter_state::MatterPhase;
use super::refusal::Refusal;
use super::round::{Round, RoundPhase};
use super::speaking;
use super::state::{Floor, ItemState, Phase, Presence, Stage, State};

type Decision = Result<Vec<Event>, Refusal>;

/// A date and a time on the clock of the room, with how far that clock is ahead of UTC then: the rules know no time zone,
/// and still compare it with the time of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomTime {
    /// What the clock of the room shows.
    pub at: DateTime,
    /// Minutes that it is ahead of UTC; negative where it is behind.
    pub utc_offset_minutes: i32,
}

/// A sitting that is over, the meeting going on at another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// How it was opened; none where it never was.
    pub opening: Option<Opening>,
    /// Who had signed in, and who of them had left before its end.
    pub attendance: BTreeMap<SeatId, Presence>,
    /// When it was adjourned.
    pub ended_at: Timestamp,
    /// When the meeting was to go on.
    pub until: RoomTime,
    /// Why.
    pub reason: String,
}

/// How a sitting was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// When.
    pub at: Timestamp,
    /// Members entitled.
    pub due: u32,
    /// Members present.
    pub present: u32,
}

/// What is finished, or broken off, before a meeting is adjourned to another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum HalfDone {
    /// Papers are out, or a box is not counted.
    Ballot,
    /// A result waits to be declared.
    Undeclared,
    /// An official is on the floor.
    Official,
    /// Lots are being drawn.
    Drawing,
    /// A member was asked for a view and has not answered.
    Statement {
        /// Who.
        seat: SeatId,
    },
    /// A vote in the open is under way.
    OpenVote,
    /// Candidates have taken their places.
    Exam,
}

impl RoomTime {
    /// What the clock of a room in this zone shows, as a moment that the rules can compare. None where the zone has no such
    /// moment that this calendar can write.
    pub fn in_zone(at: DateTime, zone: &TimeZone) -> Option<Self> {
        let offset = zone.to_ambiguous_timestamp(at).compatible().ok().map(|time| zone.to_offset(time))?;
        Some(Self { at, utc_offset_minutes: offset.seconds().div_euclid(60) })
    }

    /// The moment; none where the figures are none.
    pub fn moment(&self) -> Option<Timestamp> {
        let offset = Offset::from_seconds(self.utc_offset_minutes.checked_mul(60)?).ok()?;
        offset.to_timestamp(self.at).ok()
    }

    /// Date, time and how far ahead of UTC, for programs: `2026-12-01T09:00:00+08:00`.
    pub fn written(&self) -> String {
        let (sign, ahead) =
            (if self.utc_offset_minutes < 0 { '-' } else { '+' }, self.utc_offset_minutes.unsigned_abs());
        let at = self.at.strftime("%Y-%m-%dT%H:%M:%S");
        format!("{at}{sign}{:02}:{:02}", ahead / 60, ahead % 60)
    }
}

impl Sitting {
    /// Who was there when it was adjourned.
    pub fn present_at_end(&self) -> impl Iterator<Item = &SeatId> {
        let here =
            |(seat, presence): (_, &Presence)| matches!(presence, Presence::Present(_)).then_some(seat);
        self.attendance.iter().filter_map(here)
    }
}

impl State {
    /// The sitting after which the meeting waits to be continued; none while people sign in or the meeting is open.
    pub fn recess(&self) -> Option<&Sitting> {
        self.sittings.last().filter(|_| self.phase == Phase::Recess)
    }

    /// Which sitting this is, from 1; in a recess, the one that comes.
    pub fn sitting(&self) -> usize {
        self.sittings.len() + 1
    }

    /// The item on which the meeting was adjourned and goes on.
    pub fn halted_item(&self) -> Option<&ItemState> {
        let waits = matches!(self.phase, Phase::Recess | Phase::SigningIn);
        self.items.iter().find(|item| waits && item.stage.is_on_floor())
    }
}

/// Adjourns the meeting to another day: an open one, and one that cannot be opened today, or not on the day that was said.
pub(super) fn adjourn_to(state: &State, until: &RoomTime, reason: &str, now: Timestamp) -> Decision {
    if let Some(what) = half_done(state) {
        return Err(Refusal::HalfDone { what });
    }
    let moment = until.moment().ok_or(Refusal::NoSuchTime)?;
    if moment <= now {
        return Err(Refusal::NotAhead { until: *until });
    }
    // A speech ends with the sitting, and the record says how long it was.
    let speech = state.floor.speaking.as_ref().and_then(|(seat, _)| speaking::left_by(state, seat));
    let adjourned = Event::AdjournedTo { until: *until, reason: text(reason)? };
    Ok(speech.into_iter().chain(waiting_papers(state)).chain([adjourned]).collect())
}

/// People sign in for the next sitting.
pub(super) fn reconvene(state: &State) -> Decision {
    state.recess().ok_or(Refusal::NotNow { command: CommandKind::Reconvene })?;
    Ok(vec![Event::Reconvened])
}

/// Whoever must not hear a deliberation that goes on is outside from the moment at which the sitting opens: somebody may
/// have come who was not there when the others left.
pub(super) fn outside_from_opening(state: &State) -> Vec<Event> {
    let halted =
        state.halted_item().filter(|item| matches!(item.stage, Stage::Recusing | Stage::Deliberating));
    let Some((item, planned)) = halted.and_then(|item| Some((item, state.item(&item.id)?.nomination()?)))
    else {
        return Vec::new();
    };
    let inside = state.concerned(item, planned).filter(|seat| !item.recused.contains(seat));
    inside.map(|seat| Event::Recused { item: item.id.clone(), seat }).collect()
}

/// What stands in the way of an adjournment to another day.
fn half_done(state: &State) -> Option<HalfDone> {
    let item = state.current_item()?;
    match item.stage {
        Stage::ToCome | Stage::Declared | Stage::TakenOff => None,
        Stage::Introducing
        | Stage::Recusing
        | Stage::Deliberating
        | Stage::Deliberated
        // What departments have said stands in the record by name, and can be changed until it is closed.
        | Stage::Consulting => None,
        Stage::Reviewing => in_review(item),
        Stage::Balloting if item.review().is_some() => in_review(item),
        Stage::Balloting => in_ballot(item),
        Stage::Stating => in_matter(state, item),
        Stage::OpenVoting => {
            let vote = item.open_vote()?;
            if vote.taken.is_some() {
                Some(HalfDone::Undeclared)
            } else {
                (!vote.objected.is_empty()).then_some(HalfDone::OpenVote)
            }
        }
        Stage::NamedVote => {
            let decided = item.named.as_ref().is_some_and(|vote| vote.outcome.is_some());
            Some(if decided { HalfDone::Undeclared } else { HalfDone::OpenVote })
        }
        Stage::Examining => {
            let exam = item.exam()?;
            match exam.phase {
                ExamPhase::Seating => (!exam.seated.is_empty()).then_some(HalfDone::Exam),
                ExamPhase::Running | ExamPhase::Marking => Some(HalfDone::Exam),
                ExamPhase::Marked => Some(HalfDone::Undeclared),
            }
        }
    }
}

/// A review can be left between two officials.
fn in_review(item: &ItemState) -> Option<HalfDone> {
    let review = item.review()?;
    if review.drawing {
        return Some(HalfDone::Drawing);
    }
    review.current().filter(|(_, official)| !official.stage.is_over())?;
    let out = item.rounds_together().any(Round::is_under_way);
    Some(if out { HalfDone::Ballot } else { HalfDone::Official })
}

/// Between a round that is void, or after which a further one was called, and the issue of the next.
fn in_ballot(item: &ItemState) -> Option<HalfDone> {
    if item.rounds_under_way().next().is_some() {
        return Some(HalfDone::Ballot);
    }
    let counted = item.rounds_together().any(|round| round.phase == RoundPhase::Counted);
    (counted && !item.awaits_further_round()).then_some(HalfDone::Undeclared)
}

/// The papers of officials still to come, which were issued with others and wait for their turn: who votes on another day
/// is who is there then, so they are void, and issued anew.
fn waiting_papers(state: &State) -> Vec<Event> {
    let waiting = state.current_item().filter(|item| item.review().is_some());
    all_void(waiting.into_iter().flat_map(ItemState::rounds_under_way), &VoidReason::AnotherDay)
}

fn in_matter(state: &State, item: &ItemState) -> Option<HalfDone> {
    let matter = item.matter()?;
    match matter.phase {
        MatterPhase::Drawing => Some(HalfDone::Drawing),
        _ => state.being_heard(matter).map(|seat| HalfDone::Statement { seat: seat.clone() }),
    }
}

// ---- folding ----------------------------------------------------------------------------------------------------

/// Folds the opening of a sitting: of the first, it is that of the meeting.
pub(super) fn opened(state: &mut State, due: u32, present: u32, time: Timestamp) {
    state.phase = Phase::Open;
    state.opened_at.get_or_insert(time);
    state.opening = Some(Opening { at: time, due, present });
    state.quorum_missed = None;
}

/// Folds the end of a sitting. Who is outside stays so for the deliberation that goes on; a key that was being made is made
/// anew, and heads are counted anew.
pub(super) fn adjourned_to(state: &mut State, until: RoomTime, reason: &str, time: Timestamp) {
    state.sittings.push(Sitting {
        opening: state.opening.take(),
        attendance: std::mem::take(&mut state.attendance),
        ended_at: time,
        until,
        reason: reason.to_owned(),
    });
    state.phase = Phase::Recess;
    state.suspended = None;
    state.quorum_missed = None;
    state.floor = Floor::default();
    state.ceremony = None;
    for item in &mut state.items {
        item.heads.clear();
    }
}

/// Folds that people sign in again.
pub(super) fn reconvened(state: &mut State) {
    state.phase = Phase::SigningIn;
}
