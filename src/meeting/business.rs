//! What an item has of its own kind, once it was called; what several kinds share (lines, rounds, stages) stands in
//! [`ItemState`] itself.

use super::exam_state::ExamState;
use super::joint_state::JointState;
use super::matter_state::{MatterState, OpenVoteState};
use super::review_state::ReviewState;
use super::state::{ItemState, Stage};
use super::term_state::TermState;
use crate::plan::{Item, ItemKind};

/// What an item has of its own kind. An item is of one kind, so it never has two of these.
#[derive(Debug, Clone, Default)]
pub enum Business {
    /// Nothing: it was not called, or it is a nomination or an election, which have lines and rounds and nothing more.
    #[default]
    Nothing,
    /// A review: its officials, questions and answers.
    Review(ReviewState),
    /// A joint meeting: what departments said.
    Joint(JointState),
    /// A deliberation during the term: what was said inside.
    Term(TermState),
    /// A major matter: its statements. One that could not be called may have been deferred all the same.
    Matter(MatterState),
    /// An open vote: whether it was taken, and how.
    OpenVote(OpenVoteState),
    /// An exam: its candidates and their sheets.
    Exam(ExamState),
}

impl Business {
    /// What an item of the plan has when it is called.
    pub(super) fn opened(item: &Item) -> Self {
        match &item.kind {
            ItemKind::Nomination(_) | ItemKind::Contested(_) => Self::Nothing,
            ItemKind::Review(review) => Self::Review(ReviewState::opened(review)),
            ItemKind::JointMeeting(joint) => Self::Joint(JointState::opened(joint)),
            ItemKind::Deliberation(_) => Self::Term(TermState::default()),
            ItemKind::MajorMatter(matter) => Self::Matter(MatterState::opened(matter)),
            ItemKind::OpenVote(_) => Self::OpenVote(OpenVoteState::default()),
            ItemKind::Exam(_) => Self::Exam(ExamState::opened()),
        }
    }
}

impl Stage {
    /// The stage of an item that has just been called.
    pub(super) fn first(kind: &ItemKind) -> Self {
        match kind {
            ItemKind::Nomination(_) | ItemKind::Contested(_) | ItemKind::Deliberation(_) => Self::Introducing,
            ItemKind::Review(_) => Self::Reviewing,
            ItemKind::MajorMatter(_) => Self::Stating,
            ItemKind::OpenVote(_) => Self::OpenVoting,
            ItemKind::JointMeeting(_) => Self::Consulting,
            ItemKind::Exam(_) => Self::Examining,
        }
    }
}

impl ItemState {
    /// How far the review is; none where the item is none, or has not been called.
    pub fn review(&self) -> Option<&ReviewState> {
        if let Business::Review(review) = &self.business { Some(review) } else { None }
    }

    /// How far the joint meeting is; none where the item is none, or has not been called.
    pub fn joint(&self) -> Option<&JointState> {
        if let Business::Joint(joint) = &self.business { Some(joint) } else { None }
    }

    /// What was said in a deliberation during the term; none where the item is none, or has not been called.
    pub fn term(&self) -> Option<&TermState> {
        if let Business::Term(term) = &self.business { Some(term) } else { None }
    }

    /// How far the major matter is; none where the item is none, or has been neither called nor deferred.
    pub fn matter(&self) -> Option<&MatterState> {
        if let Business::Matter(matter) = &self.business { Some(matter) } else { None }
    }

    /// How far the open vote is; none where the item is none, or has not been called.
    pub fn open_vote(&self) -> Option<&OpenVoteState> {
        if let Business::OpenVote(open_vote) = &self.business { Some(open_vote) } else { None }
    }

    /// How far the exam is; none where the item is none, or has not been called.
    pub fn exam(&self) -> Option<&ExamState> {
        if let Business::Exam(exam) = &self.business { Some(exam) } else { None }
    }

    pub(super) fn review_mut(&mut self) -> Option<&mut ReviewState> {
        if let Business::Review(review) = &mut self.business { Some(review) } else { None }
    }

    pub(super) fn joint_mut(&mut self) -> Option<&mut JointState> {
        if let Business::Joint(joint) = &mut self.business { Some(joint) } else { None }
    }

    pub(super) fn term_mut(&mut self) -> Option<&mut TermState> {
        if let Business::Term(term) = &mut self.business { Some(term) } else { None }
    }

    pub(super) fn matter_mut(&mut self) -> Option<&mut MatterState> {
        if let Business::Matter(matter) = &mut self.business { Some(matter) } else { None }
    }

    pub(super) fn open_vote_mut(&mut self) -> Option<&mut OpenVoteState> {
        if let Business::OpenVote(open_vote) = &mut self.business { Some(open_vote) } else { None }
    }

    pub(super) fn exam_mut(&mut self) -> Option<&mut ExamState> {
        if let Business::Exam(exam) = &mut self.business { Some(exam) } else { None }
    }
}
