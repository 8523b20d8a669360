//! How far a deliberation during the term is: what was said, what the proposing body was asked and replied, and whether
//! each question was answered clearly. A screen from which words were withheld has their places, without the words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::CommandKind;
use super::ids::{Actor, QuestionId, SeatId};
use super::state::number;

/// Whether the proposing body answered a question clearly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answered", rename_all = "snake_case", deny_unknown_fields)]
pub enum Judged {
    /// It did.
    Clearly,
    /// It did not: the vote is deferred, for this reason.
    Unclearly {
        /// What remained unclear, in words that everybody may read.
        reason: String,
    },
}

/// Something that was said, or its place where it was withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it; none where that was withheld, and for a reply of the proposing body that the recorder took down.
    pub by: Option<SeatId>,
    /// Whether the recorder took it down.
    pub taken_down: bool,
    /// The words; none where they were withheld.
    pub text: Option<String>,
    /// When.
    pub time: Timestamp,
}

/// A question to the proposing body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its number, from 1.
    pub id: QuestionId,
    /// Who asked what.
    pub asked: Said,
    /// What was replied, in the order it came; only as far as it was not withheld.
    pub replies: Vec<Said>,
    /// Whether it was answered clearly, once the presiding officer has said so.
    pub judged: Option<Judged>,
}

/// How far a deliberation is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermState {
    /// The statements, in the order they came.
    pub statements: Vec<Said>,
    /// The questions to the proposing body.
    pub questions: Vec<Put>,
}

/// Whether a command of this kind puts words into a deliberation that those outside are not to have. What else it
/// changes, its kind alone tells.
pub const fn is_said_inside(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::SayInside
            | CommandKind::TakeDownSaid
            | CommandKind::PutQuestion
            | CommandKind::TakeDownQuestion
            | CommandKind::Reply
    )
}

impl TermState {
    /// The number that the next question gets.
    pub fn next_question(&self) -> QuestionId {
        QuestionId(number(self.questions.len()).saturating_add(1))
    }

    /// A question.
    pub fn question(&self, id: QuestionId) -> Option<&Put> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The first question of which it was not said whether it was answered clearly.
    pub fn unjudged(&self) -> impl Iterator<Item = &Put> {
        self.questions.iter().filter(|question| question.judged.is_none())
    }

    /// Why the vote is deferred by rule: what remained unclear, question by question.
    pub fn unclear(&self) -> impl Iterator<Item = (QuestionId, &str)> {
        self.questions.iter().filter_map(|question| match &question.judged {
            Some(Judged::Unclearly { reason }) => Some((question.id, reason.as_str())),
            _ => None,
        })
    }

    /// How many statements and questions somebody has made by the own terminal.
    pub fn by(&self, seat: &SeatId) -> u32 {
        let asked = self.questions.iter().map(|question| &question.asked);
        let own = |said: &&Said| said.by.as_ref() == Some(seat) && !said.taken_down;
        number(self.statements.iter().chain(asked).filter(own).count())
    }

    pub(super) fn say(&mut self, said: Said) {
        self.statements.push(said);
    }

    pub(super) fn put(&mut self, asked: Said) {
        let id = self.next_question();
        self.questions.push(Put { id, asked, replies: Vec::new(), judged: None });
    }

    pub(super) fn question_mut(&mut self, id: QuestionId) -> Option<&mut Put> {
        self.questions.iter_mut().find(|question| question.id == id)
    }

    /// Keeps the place of words that this screen is not shown. Of a reply not even the question is known.
    pub(super) fn keep_place(&mut self, kind: CommandKind, by: &Actor, time: Timestamp) {
        let own = matches!(kind, CommandKind::SayInside | CommandKind::PutQuestion);
        let by = by.seat().filter(|_| own).cloned();
        let said = Said { by, taken_down: !own, text: None, time };
        match kind {
            CommandKind::SayInside | CommandKind::TakeDownSaid => self.say(said),
            CommandKind::PutQuestion | CommandKind::TakeDownQuestion => self.put(said),
            _ => {}
        }
    }
}
