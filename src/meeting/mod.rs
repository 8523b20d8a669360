//! The meeting: a pure state machine. No clock, no file, no socket, no screen; time and everything random come in
//! as arguments or inside commands.
//!
//! ```text
//! decide(&State, &Actor, &Command, now) -> Result<Vec<Event>, Refusal>
//! State::fold(&mut self, &LineFacts)                        cannot fail
//! ```
//!
//! - [`ids`]: names of seats, items, lines, ballots; who acts
//! - [`command`]: what can be asked; `subject`: what that is about
//! - [`rights`]: who may ask it, and when: the one table
//! - [`decide`](mod@decide): the entrance; one file for each procedure:
//!   `floor` (presence, opening, closing), `key` (of the ballot box), `nomination`, `issue` (papers and lists),
//!   `ballot_round` (from voting to the result), [`opening`] (who opens the box), `contest` (between the rounds of an
//!   election), [`by_paper`] (when nothing electronic works), `matter` (the head speaks last), `named_vote`, `open_vote`,
//!   `joint` (departments give their opinions), `term` (what is said in a deliberation during the term),
//!   `room` (what people see for themselves), [`sittings`] (adjourned to another day, and continued)
//! - `agenda`: the agenda, changed by decision of the body, and the plan in force; after a declaration [`result_objection`] (objected to, settled) and
//!   [`reopening`] (set aside or reconsidered, and voted on again); [`barred`]: the same post not again at this meeting
//! - `exam`, [`exam_paper`], [`exam_state`]: an exam, its papers, how far it is
//! - [`event`]: what can happen; [`facts`]: what events carry
//! - [`apply`](mod@apply): folding events into the [`state`]; [`Business`]: what an item has of its own kind
//! - [`refusal`]: why something was not done
//! - [`ranking`]: all officials by their evaluations
//! - [`slip_act`]: what an anonymous slip says, and how its one-time key signs it
//! - [`order`]: a command as somebody signed it
//! - [`standby`]: the machine that stands by for the hub's, and takes over
//! - [`paper`]: what the ballot paper asks, as the election writes it
//! - [`paper_vote`]: the figures of a vote on paper, and who entered them; [`paper_sums`]: which of them can be true
//! - [`step`]: the one next lawful step of the presiding officer

mod agenda;
#[cfg(test)]
pub(crate) mod agenda_sample;
pub mod apply;
pub mod ballot_round;
pub mod barred;
mod business;
pub mod by_paper;
pub mod clock;
pub mod command;
mod contest;
#[cfg(test)]
pub(crate) mod contest_sample;
pub mod decide;
pub mod event;
mod exam;
pub mod exam_paper;
#[cfg(test)]
pub(crate) mod exam_sample;
pub mod exam_state;
pub mod facts;
mod floor;
pub mod ids;
mod issue;
mod joint;
#[cfg(test)]
pub(crate) mod joint_sample;
pub mod joint_state;
mod key;
#[cfg(test)]
pub(crate) mod key_sample;
pub mod key_state;
mod matter;
#[cfg(test)]
pub(crate) mod matter_sample;
pub mod matter_state;
mod named_vote;
mod nomination;
mod open_vote;
pub mod opening;
pub mod order;
pub mod paper;
pub mod paper_sums;
pub mod paper_vote;
mod proposal;
mod questions;
mod quorum;
pub mod ranking;
pub mod refusal;
pub mod reopening;
#[cfg(test)]
pub(crate) mod reopening_sample;
pub mod result_objection;
mod review;
#[cfg(test)]
pub(crate) mod review_sample;
pub mod review_state;
pub mod rights;
pub mod room;
pub mod round;
#[cfg(test)]
pub(crate) mod sample;
pub mod sittings;
#[cfg(test)]
pub(crate) mod sittings_sample;
pub mod slip_act;
mod slips;
mod speaking;
pub mod standby;
pub mod state;
pub mod step;
mod subject;
mod term;
#[cfg(test)]
pub(crate) mod term_sample;
pub mod term_state;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

pub use agenda::{Agenda, AgendaChange, AgendaDecision, AgendaVote, Amendment};
pub use apply::{Happened, LineFacts};
pub use ballot_round::{
    box_check_left, can_grow, is_too_few, left_with_paper, result_hash, sheet_is_answered,
};
pub use business::Business;
pub use by_paper::can_go_to_paper;
pub use clock::Timer;
pub use command::{Command, CommandKind};
pub use contest::{Elected, contest_by_paper, contest_outcome};
pub use decide::decide;
pub use event::{
    AdjournGround, Admitted, ContestRound, Event, Factors, Frozen, FurtherRound, Issue, ListSeen, Material,
    OpenedBox, PaperAsked, QuorumMissed, Setup, VoidReason,
};
pub use exam_paper::{
    AnswerSheet, Drawn, ExamMarks, ExamPaper, ExamSealed, OpenedBank, PaperQuestion, SectionMarks,
};
pub use exam_state::{ExamFigures, ExamPhase, ExamResult, ExamState, HandedIn, Marked};
pub use floor::TEXT_CHARS_MAX;
pub use ids::{Actor, BallotId, DepartmentId, ItemId, LineId, OfficialId, QuestionId, SeatId, SessionId};
pub use issue::merge_small;
pub use joint_state::{Conclusion, Consideration, Given, JointState, Stance, Stances};
pub use key_state::{Ceremony, Key};
pub use matter_state::{MatterPhase, MatterState, NamedVote, OpenVoteState, Signed, Statement, Taken, Vote};
pub use named_vote::named_choices;
pub use opening::{enough_released, openers_left, opening_left, silent};
pub use order::{Identity, Order, OrderFault, Seen};
pub use paper::{election_description, election_name, most_marks, paper_questions};
pub use paper_vote::{CountFigure, CountMistake, DifferedCounts, EnteredCount, PaperCount, PaperVote};
pub use proposal::Proposal;
pub use ranking::Ranked;
pub use refusal::Refusal;
pub use reopening::{
    LineStands, NotReopened, Reconsideration, ReopenGround, Reopening, can_be_reopened, reconsiderable,
};
pub use result_objection::{ResultObjection, SettledHow, Settlement};
pub use review_state::{
    Asker, Ended, Left, OfficialStage, OfficialState, Opinion, Question, ReviewState, SpentSlip, Standing,
};
pub use room::{RoomCheck, is_room_code, room_code};
pub use round::{Count, Counted, Released, Round, RoundPhase, Sheet};
pub use sittings::{HalfDone, Opening, RoomTime, Sitting};
pub use slip_act::{SLIP_ACTS_MAX, SlipAct, SlipKind, SlipSays};
pub use standby::{DetachReason, InStep, Machine, Standby, Takeover};
pub use state::{Floor, HandVote, ItemState, Note, Phase, Presence, Stage, State, seat};
pub use step::{Step, next_step};
pub use term_state::{Judged, Put, Said, TermState, is_said_inside};

use crate::ballot::BallotHash;

/// SHA-256 of some bytes, in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The hash that fixes a box: over the ballot's name and the sorted hashes of what is in it.
pub fn box_hash(ballot: &BallotId, ballots: &[BallotHash]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"plenum/v1/box|");
    hash.update(ballot.as_str());
    for ballot in ballots {
        hash.update(b"|");
        hash.update(ballot.to_string());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
