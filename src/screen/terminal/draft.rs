//! What is being written and has not been sent: kept through Esc, another page, and a crash of the terminal. A slip is
//! kept in memory only: on a disk it would tell who wrote it.
//!
//! This is the pure part; the file itself is the command's.

use serde::{Deserialize, Serialize};

use crate::meeting::{ItemId, OfficialId, QuestionId, SeatId};

/// How many drafts are kept.
const DRAFTS_MAX: usize = 32;
/// The largest file that is read.
pub const DRAFT_BYTES_MAX: usize = 1 << 20;

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case", deny_unknown_fields)]
pub enum Purpose {
    /// A question to an official.
    Question {
        /// To whom.
        official: OfficialId,
        /// The question that it follows up.
        follows: Option<QuestionId>,
    },
    /// An opinion about an official.
    Opinion {
        /// About whom.
        official: OfficialId,
    },
    /// A written inquiry after a question.
    Inquiry {
        /// Which.
        question: QuestionId,
    },
    /// The answer to a question, as the recorder takes it down.
    Answer {
        /// Which.
        question: QuestionId,
    },
    /// A statement in a deliberation.
    Statement,
    /// A question to the proposing body.
    ToProposing,
    /// A reply of the proposing body.
    Reply {
        /// To which question.
        question: QuestionId,
    },
    /// A statement that was spoken, as the recorder takes it down.
    Spoken {
        /// Who spoke.
        seat: SeatId,
    },
    /// A question to the proposing body that was spoken.
    SpokenQuestion {
        /// Who asked.
        asker: SeatId,
    },
    /// Why the own department objects to an official.
    Objection {
        /// To whom.
        official: OfficialId,
    },
    /// What the own department has to check.
    Check {
        /// About whom.
        official: OfficialId,
    },
    /// A question that was spoken, as the recorder enters it.
    Oral {
        /// Who asked.
        asker: SeatId,
    },
    /// A view on a major matter.
    View {
        /// Whose.
        seat: SeatId,
    },
    /// What the head sums up.
    SummingUp,
}

impl Purpose {
    /// Whether it is for a deliberation during the term.
    pub fn is_said_inside(&self) -> bool {
        matches!(
            self,
            Self::Statement
                | Self::ToProposing
                | Self::Reply { .. }
                | Self::Spoken { .. }
                | Self::SpokenQuestion { .. }
        )
    }
}

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    item: ItemId,
    purpose: Purpose,
    text: String,
    /// Written as a slip: it stays in memory.
    #[serde(skip)]
    by_slip: bool,
}

/// The drafts of one terminal, the latest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts(Vec<Draft>);

impl Drafts {
    /// Drafts as they were written; none where the text is no such thing.
    pub fn read(written: &str) -> Self {
        if written.len() > DRAFT_BYTES_MAX {
            return Self::default();
        }
        Self(serde_json::from_str(written).unwrap_or_default())
    }

    /// The drafts to be kept on disk; none where there is nothing to keep.
    pub fn written(&self) -> Option<String> {
        let kept: Vec<&Draft> = self.0.iter().filter(|draft| !draft.by_slip).collect();
        if kept.is_empty() { None } else { serde_json::to_string(&kept).ok() }
    }

    /// Keeps a text; an empty one is forgotten. Whether anything has changed.
    pub fn put(&mut self, item: &ItemId, purpose: &Purpose, text: &str, by_slip: bool) -> bool {
        let found = self.0.iter().position(|draft| draft.item == *item && draft.purpose == *purpose);
        if text.trim().is_empty() {
            return found.map(|place| self.0.remove(place)).is_some();
        }
        match found.and_then(|place| self.0.get_mut(place)) {
            Some(draft) if draft.text == text && draft.by_slip == by_slip => return false,
            Some(draft) => (draft.text, draft.by_slip) = (text.to_owned(), by_slip),
            None => {
                if self.0.len() >= DRAFTS_MAX {
                    self.0.remove(0);
                }
                let (item, purpose, text) = (item.clone(), purpose.clone(), text.to_owned());
                self.0.push(Draft { item, purpose, text, by_slip });
            }
        }
        true
    }

    /// The text kept for a purpose, and whether it is a slip.
    pub fn get(&self, item: &ItemId, purpose: &Purpose) -> Option<(&str, bool)> {
        let draft = self.0.iter().find(|draft| draft.item == *item && draft.purpose == *purpose)?;
        Some((&draft.text, draft.by_slip))
    }

    /// A text was sent: it is a draft no more. Whether there was one.
    pub fn sent(&mut self, text: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|draft| draft.text.trim() != text.trim());
        self.0.len() != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(official: &str) -> Purpose {
        Purpose::Question { official: official.into(), follows: None }
    }

    #[test]
    fn drafts_survive_being_written_and_slips_are_not_written() {
        let item = ItemId::from("report");
        let mut drafts = Drafts::default();
        assert_eq!(drafts.written(), None);
        assert!(drafts.put(&item, &question("o1"), "去年\n两笔", false));
        assert!(!drafts.put(&item, &question("o1"), "去年\n两笔", false), "nothing new");
        assert!(drafts.put(&item, &question("o2"), "一张纸条", true));
        let written = drafts.written().unwrap();
        assert!(!written.contains("纸条"), "{written}");
        let mut read = Drafts::read(&written);
        assert_eq!(read.get(&item, &question("o1")), Some(("去年\n两笔", false)));
        assert_eq!(read.get(&item, &question("o2")), None);
        assert!(read.sent("去年\n两笔 "));
        assert_eq!(read, Drafts::default());
        // Turned into a slip, it leaves the disk.
        drafts.put(&item, &question("o1"), "去年\n两笔", true);
        assert_eq!(drafts.written(), None);
    }

    #[test]
    fn what_is_no_draft_is_none_and_there_are_not_more_than_enough() {
        for text in ["", "null", "{", "[1]", "\u{1b}[2J"] {
            assert_eq!(Drafts::read(text), Drafts::default());
        }
        assert_eq!(Drafts::read(&"[".repeat(DRAFT_BYTES_MAX + 1)), Drafts::default());
        let mut drafts = Drafts::default();
        for number in 0..100 {
            drafts.put(&"i".into(), &question(&format!("o{number}")), "x", false);
        }
        assert_eq!(drafts.0.len(), DRAFTS_MAX);
    }
}
