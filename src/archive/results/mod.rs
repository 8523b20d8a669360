//! What was decided, in figures: the tables of an archive and the JSON of `plenum minutes`. All are made from the
//! record alone and in one form, so that `verify` can make the tables again and compare them byte for byte. The names
//! in them are the record's, in no language.
//!
//! - `nomination` (with what `term` has more), `review`, `contested`, `matter`, `exam`, `joint`: an item of each kind
//! - `agenda`: what was decided on the agenda
//! - `sittings`: when the meeting met, where it was adjourned to another day
//! - `reopened`: objections, reconsiderations, results that are not in force any more
//! - `tables`: `results.csv`, `sittings.csv`, `agenda.csv`, `evaluations.csv`, `opinions.csv`, `exams.csv`, `follow_ups.csv`, `votes.csv`,
//!   `objections.csv`, `set_aside.csv`

mod agenda;
mod contested;
mod exam;
mod joint;
mod matter;
mod nomination;
mod reopened;
mod review;
mod sittings;
mod tables;
mod term;

use jiff::Timestamp;
use serde::Serialize;

use super::follow_ups::{FollowUp, follow_ups};
use super::record::Record;
use crate::meeting::{
    AdjournGround, ItemState, PaperVote, Phase, Round, RoundPhase, Stage, State, VoidReason,
};
use crate::plan::ItemKind;

pub use agenda::AgendaResult;
pub use contested::{CandidateResult, ContestedResult, ContestedRoundResult, ElectedResult, StandingResult};
pub use exam::{ExamReport, ExamineeResult, SectionResult};
pub use joint::{ConsideredResult, DepartmentResult, JointResult, OpinionOf, VersionResult};
pub use matter::{MatterResult, NamedVoteResult, OpenVoteResult, StatementResult, StepResult, VoteResult};
pub use nomination::{LineResult, NominationResult, Outcome, PapersResult};
pub use reopened::{ObjectionResult, ReconsiderationResult, SetAsideResult};
pub use review::{
    BallotResult, Counts, DimensionResult, OfficialResult, OpinionResult, QuestionResult, ReviewResult,
};
pub(super) use review::{group_of, in_order};
pub use sittings::SittingResult;
use sittings::{sittings, was_continued};
pub use term::{PutResult, SaidResult, TermResult};

/// The format that the JSON names.
pub const FORMAT: &str = "plenum-minutes/1";

/// What was decided in a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// The items, in the order of the agenda; those that were taken off stand behind.
    pub items: Vec<ItemResult>,
    /// What was decided on the agenda itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<AgendaResult>,
    /// What is to be followed up; a plenary of nominations leaves nothing.
    pub follow_ups: Vec<FollowUp>,
    /// Objections to declared results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<ObjectionResult>,
    /// The reconsiderations that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reconsiderations: Vec<ReconsiderationResult>,
    /// The results that are not in force any more. Those of `items` are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAsideResult>,
    /// The meeting.
    pub meeting: MeetingResult,
}

/// The meeting as a whole.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingResult {
    /// The session.
    pub session: String,
    /// Its name.
    pub title: String,
    /// Who met.
    pub body: String,
    /// When.
    pub date: String,
    /// Where.
    pub venue: String,
    /// Members entitled.
    pub due: u32,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was adjourned, if it was.
    pub adjourned: Option<AdjournGround>,
    /// Its sittings. In JSON where it was adjourned to another day.
    #[serde(skip_serializing_if = "is_one_sitting")]
    pub sittings: Vec<SittingResult>,
    /// How many lines the record has.
    pub lines: u64,
    /// The hash of the last one's head.
    pub head: String,
}

fn is_one_sitting(sittings: &[SittingResult]) -> bool {
    !was_continued(sittings)
}

/// An item.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ItemResult {
    /// A nomination, or a deliberation during the term.
    Nomination(NominationResult),
    /// A review.
    Review(ReviewResult),
    /// A joint meeting.
    Joint(JointResult),
    /// An exam.
    Exam(ExamReport),
    /// A contested election.
    Contested(ContestedResult),
    /// A major matter.
    Matter(Box<MatterResult>),
    /// An open vote.
    OpenVote(Box<OpenVoteResult>),
}

/// A round of a ballot.
#[derive(Debug, Clone, Serialize)]
pub struct RoundResult {
    /// The ballot.
    pub ballot: String,
    /// `open`, `void`, `not_opened` or `counted`.
    pub status: &'static str,
    /// Members entitled.
    pub due: u32,
    /// Members present when papers were issued.
    pub present: u32,
    /// Papers issued.
    pub issued: u32,
    /// Papers returned, once the box was fixed.
    pub returned: Option<u32>,
    /// Seats whose terminals confirmed the box.
    pub box_confirmed: u32,
    /// Why it is void.
    pub void: Option<VoidReason>,
    /// How it was counted, where the vote was on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_paper: Option<PaperResult>,
}

/// A round on paper.
#[derive(Debug, Clone, Serialize)]
pub struct PaperResult {
    /// Papers printed, one for everybody present.
    pub printed: u32,
    /// Papers cancelled; none before two counts were the same.
    pub cancelled: Option<u32>,
    /// Who entered the count that stands.
    pub entered: Vec<EnteredResult>,
    /// How often two counts differed before.
    pub differed: usize,
}

/// A scrutineer's count of papers.
#[derive(Debug, Clone, Serialize)]
pub struct EnteredResult {
    /// Whose.
    pub by: String,
    /// Whether it was entered at the console in that name: then only the console's key stands behind it.
    pub at_console: bool,
}

impl PaperResult {
    fn new(state: &State, round: &Round, vote: &PaperVote) -> Self {
        let entered = vote.entered.iter().map(|(seat, entered)| EnteredResult {
            by: state.name(seat).to_owned(),
            at_console: entered.at_console,
        });
        Self {
            printed: round.present(),
            cancelled: vote.agreed().map(|count| count.cancelled),
            entered: entered.collect(),
            differed: vote.differed.len(),
        }
    }
}

impl Results {
    /// What a record says was decided.
    pub fn of(record: &Record) -> Self {
        Self::new(&record.state, &record.head)
    }

    /// What a state says was decided; `head` is the hash of its last line's head.
    pub fn new(state: &State, head: &str) -> Self {
        let meeting = &state.plan().meeting;
        Self {
            format: FORMAT,
            rehearsal: state.frozen.rehearsal,
            items: state.items.iter().filter_map(|item| ItemResult::new(state, item)).collect(),
            agenda: AgendaResult::all(state),
            follow_ups: follow_ups(state),
            objections: reopened::objections(state),
            reconsiderations: reopened::reconsiderations(state),
            set_aside: state.items.iter().flat_map(|item| reopened::set_aside(state, item)).collect(),
            meeting: MeetingResult {
                session: state.session().to_string(),
                title: meeting.title.clone(),
                body: meeting.body.clone(),
                date: meeting.date.to_string(),
                venue: meeting.venue.clone(),
                due: state.due(),
                opened_at: state.opened_at,
                ended_at: state.ended_at,
                adjourned: state.adjourned.clone(),
                sittings: sittings(state),
                lines: state.line,
                head: head.to_owned(),
            },
        }
    }

    /// The JSON, with a newline.
    pub fn json(&self) -> String {
        // Structs of texts and numbers: nothing in them can fail to be written.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

impl ItemResult {
    fn new(state: &State, item: &ItemState) -> Option<Self> {
        let planned = state.item(&item.id)?;
        Some(match &planned.kind {
            ItemKind::Nomination(nomination) => {
                Self::Nomination(NominationResult::new(state, planned, nomination, item))
            }
            ItemKind::Deliberation(term) => {
                Self::Nomination(NominationResult::deliberation(state, planned, term, item))
            }
            ItemKind::Review(review) => Self::Review(ReviewResult::new(state, planned, review, item)),
            ItemKind::JointMeeting(joint) => Self::Joint(JointResult::new(state, planned, joint, item)),
            ItemKind::Exam(exam) => Self::Exam(ExamReport::new(state, planned, exam, item)),
            ItemKind::Contested(contested) => {
                Self::Contested(ContestedResult::new(state, planned, contested, item))
            }
            ItemKind::MajorMatter(matter) => {
                Self::Matter(Box::new(MatterResult::new(state, planned, matter, item)))
            }
            ItemKind::OpenVote(vote) => {
                Self::OpenVote(Box::new(OpenVoteResult::new(state, planned, vote, item)))
            }
        })
    }

    /// Its name in the plan.
    pub fn id(&self) -> &str {
        match self {
            Self::Nomination(item) => &item.id,
            Self::Review(item) => &item.id,
            Self::Joint(item) => &item.id,
            Self::Exam(item) => &item.id,
            Self::Contested(item) => &item.id,
            Self::Matter(item) => &item.id,
            Self::OpenVote(item) => &item.id,
        }
    }

    /// The lines of a nomination's ballot paper; none for any other item.
    pub fn lines(&self) -> &[LineResult] {
        if let Self::Nomination(nomination) = self { &nomination.lines } else { &[] }
    }

    /// The joint meeting, if it is one.
    pub fn joint(&self) -> Option<&JointResult> {
        if let Self::Joint(joint) = self { Some(joint) } else { None }
    }

    /// The candidates of an exam; none for anything else.
    pub fn examinees(&self) -> &[ExamineeResult] {
        if let Self::Exam(exam) = self { &exam.candidates } else { &[] }
    }

    /// The contested election, if it is one.
    pub fn contested(&self) -> Option<&ContestedResult> {
        if let Self::Contested(contested) = self { Some(contested) } else { None }
    }

    /// The officials of a review; none for any other item.
    pub fn officials(&self) -> &[OfficialResult] {
        if let Self::Review(review) = self { &review.officials } else { &[] }
    }
}

impl RoundResult {
    fn new(state: &State, round: &Round) -> Self {
        Self {
            ballot: round.issue.ballot.to_string(),
            status: match round.phase {
                RoundPhase::Counted => "counted",
                RoundPhase::Void => "void",
                _ if state.phase == Phase::Ended => "not_opened",
                _ => "open",
            },
            due: round.issue.due,
            present: round.present(),
            issued: round.issued(),
            returned: round.returned(),
            box_confirmed: u32::try_from(round.box_confirmed.len()).unwrap_or(u32::MAX),
            void: round.void.clone(),
            by_paper: round.by_paper.as_ref().map(|vote| PaperResult::new(state, round, vote)),
        }
    }
}

/// The stage's name in JSON.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::ToCome => "to_come",
        Stage::Introducing => "introducing",
        Stage::Recusing => "recusing",
        Stage::Deliberating => "deliberating",
        Stage::Deliberated => "deliberated",
        Stage::Reviewing => "reviewing",
        Stage::Consulting => "consulting",
        Stage::Stating => "stating",
        Stage::OpenVoting => "open_voting",
        Stage::NamedVote => "named_vote",
        Stage::Examining => "examining",
        Stage::Balloting => "balloting",
        Stage::Declared => "declared",
        Stage::TakenOff => "taken_off",
    }
}
