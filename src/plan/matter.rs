//! Business that is decided in the open: a major matter, on which the head speaks last, and an open vote. What a clerk
//! writes is read by `matter_draft` and compared by `matter_check`; what stands here has no mistakes left in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::model::Nomination;
use crate::rules::{NamedChoice, Threshold};

/// A major matter: introduced, spoken on by every member with the head last, summed up, and put to the vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Which of the four kinds it is.
    pub matter: MatterKind,
    /// The groups whose people speak and vote, all of them full members.
    pub voters: Vec<String>,
    /// The groups that attend without a vote.
    pub attendees: Vec<String>,
    /// When the item may be opened and the matter put to the vote.
    pub quorum: Threshold,
    /// When it is carried; compared with the number who agree.
    pub carried: Threshold,
    /// The head: speaks last, votes last, signs the record. A person's id, of one of the voters.
    pub head: String,
    /// Who introduces the draft: a person's id, never the head's.
    pub introduced_by: String,
    /// Whether members are asked in the order of the plan, or of a lot.
    pub order: SpeakingOrder,
    /// The voters without the head, in the order of the plan.
    pub speakers: Vec<String>,
    /// The draft: a path below `materials/`.
    pub draft: String,
    /// Before the meeting: the matter was raised with a draft.
    pub raised: Prepared,
    /// It was studied.
    pub studied: Prepared,
    /// The deputy in charge reviewed it and put it on the agenda.
    pub reviewed: Prepared,
    /// The members were notified; none where the notices are entered in the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Notified>,
    /// Who carries it out, and by when.
    pub execution: Task,
    /// Who checks that it was, and by when.
    pub check: Task,
    /// Where the plan wants a secret ballot instead of the vote by name: the ordinary one, on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Nomination>,
}

/// The four kinds of major matter (三重一大).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// A major decision.
    Decision,
    /// An appointment.
    Appointment,
    /// A project.
    Project,
    /// A large sum.
    LargeSum,
}

/// Who is asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakingOrder {
    /// As in the plan.
    Plan,
    /// Drawn by lot in the meeting, on the record.
    Lot,
}

/// A step before the meeting: who took it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prepared {
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
}

/// The notification of the members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notified {
    /// Who notified them.
    pub by: String,
    /// When.
    pub on: Date,
    /// Whom: ids of voters.
    pub members: Vec<String>,
}

/// What is to be done when the matter is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Who does it.
    pub owner: String,
    /// What.
    pub task: String,
    /// By when.
    pub due_on: Date,
}

/// A question that is decided in the open: the agenda, the scrutineers, the rules of an election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenVote {
    /// What it is about.
    pub about: VoteAbout,
    /// How it is taken.
    pub how: VoteHow,
    /// The groups whose people vote, all of them full members.
    pub voters: Vec<String>,
    /// The groups that attend without a vote.
    pub attendees: Vec<String>,
    /// When the item may be opened and the vote be taken.
    pub quorum: Threshold,
    /// When the question is carried; compared with the number who agree.
    pub carried: Threshold,
    /// What is put to the vote, as it is read aloud.
    pub question: String,
    /// The text that is voted on, where there is one: a path below `materials/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What an open vote is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteAbout {
    /// The agenda.
    Agenda,
    /// The scrutineers: when it is carried they are approved.
    Scrutineers,
    /// The rules of an election.
    Rules,
    /// Anything else.
    Other,
}

/// How an open vote is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteHow {
    /// Hands are counted, and the counts entered at the console.
    Hands,
    /// Every voter votes at the own terminal; the names are in the record.
    ByName,
    /// It is carried unless somebody objects; then hands are counted.
    WithoutObjection,
}

impl Matter {
    /// What a voter can say in the vote by name.
    pub const CHOICES: [NamedChoice; 3] = [NamedChoice::Agree, NamedChoice::Disagree, NamedChoice::Postpone];

    /// The steps before the meeting that are on a day, in order: raised, studied, reviewed.
    pub fn prepared(&self) -> [&Prepared; 3] {
        [&self.raised, &self.studied, &self.reviewed]
    }
}

impl OpenVote {
    /// What a voter can say in the vote by name.
    pub const CHOICES: [NamedChoice; 3] = [NamedChoice::Agree, NamedChoice::Disagree, NamedChoice::Abstain];
}
