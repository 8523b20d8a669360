//! The ballot paper as it is being filled in. Nothing is preset, deferred lines cannot be marked, and the marks are
//! wiped as soon as they are handed over or the paper is gone.

use zeroize::{Zeroize as _, Zeroizing};

use crate::meeting::{BallotId, LineId, Round};
use crate::plan::Nomination;
use crate::rules::Choice;

/// One line as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Printed {
    line: LineId,
    /// Its place among the lines that are voted on; none if it is deferred.
    votes: Option<usize>,
}

/// A paper and the marks on it.
#[derive(Clone)]
pub struct Sheet {
    ballot: BallotId,
    lines: Vec<Printed>,
    /// One byte for each line that is voted on, in ballot order: 0 is unmarked, else the choice's place from 1.
    marks: Zeroizing<Vec<u8>>,
    cursor: usize,
    /// Enter was pressed while lines were unmarked: from then on they are shown as missing.
    missed: bool,
}

impl std::fmt::Debug for Sheet {
    /// Marks are in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet")
            .field("ballot", &self.ballot)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

impl Sheet {
    /// The unmarked paper of a round, the cursor on the first line that is voted on.
    pub fn new(nomination: &Nomination, round: &Round) -> Self {
        let lines: Vec<Printed> = nomination
            .lines
            .iter()
            .map(|line| {
                let line = LineId::from(line.id.as_str());
                let votes = round.issue.lines.iter().position(|voted| *voted == line);
                Printed { line, votes }
            })
            .collect();
        let cursor = lines.iter().position(|line| line.votes.is_some()).unwrap_or(0);
        let marks = Zeroizing::new(vec![0; round.issue.lines.len()]);
        Self { ballot: round.issue.ballot.clone(), lines, marks, cursor, missed: false }
    }

    /// Whose paper this is.
    pub fn ballot(&self) -> &BallotId {
        &self.ballot
    }

    /// How many lines are printed.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether no line is printed; a checked plan has at least one.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether lines that are unmarked are to be shown as missing.
    pub fn missed(&self) -> bool {
        self.missed
    }

    /// Whether a printed line is voted on.
    pub fn is_votable(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.votes.is_some())
    }

    /// The mark on a printed line.
    pub fn mark(&self, line: usize) -> Option<Choice> {
        let place = self.lines.get(line)?.votes?;
        let mark = usize::from(*self.marks.get(place)?);
        Choice::ALL.get(mark.checked_sub(1)?).copied()
    }

    /// How many lines are unmarked.
    pub fn left(&self) -> usize {
        self.marks.iter().filter(|mark| **mark == 0).count()
    }

    /// Marks the line under the cursor, or clears it; a deferred line stays as it is.
    pub fn set(&mut self, choice: Option<Choice>) {
        let Some(place) = self.lines.get(self.cursor).and_then(|line| line.votes) else { return };
        let number = choice.and_then(|choice| Choice::ALL.iter().position(|other| *other == choice));
        if let Some(mark) = self.marks.get_mut(place) {
            *mark = number.and_then(|number| u8::try_from(number + 1).ok()).unwrap_or(0);
        }
    }

    /// Moves the mark of the line under the cursor one choice to the right or left; an unmarked line gets the first
    /// from that side.
    pub fn slide(&mut self, right: bool) {
        let choice = match (self.mark(self.cursor), right) {
            (None, true) | (Some(Choice::Agree), false) => Choice::Agree,
            (Some(Choice::Agree), true) | (Some(Choice::Abstain), false) => Choice::Disagree,
            (Some(Choice::Disagree), false) => Choice::Agree,
            (Some(Choice::Disagree | Choice::Abstain), true) | (None, false) => Choice::Abstain,
        };
        self.set(Some(choice));
    }

    /// Moves the cursor to the next line above or below that is voted on. Whether there was one.
    pub fn go(&mut self, down: bool) -> bool {
        let next = if down {
            (self.cursor + 1..self.lines.len()).find(|line| self.is_votable(*line))
        } else {
            (0..self.cursor).rev().find(|line| self.is_votable(*line))
        };
        self.cursor = next.unwrap_or(self.cursor);
        next.is_some()
    }

    /// Moves the cursor to the first or last line that is voted on.
    pub fn go_to_end(&mut self, last: bool) {
        while self.go(last) {}
    }

    /// Whether the paper can be reviewed; if not, the cursor goes to the first line that is unmarked.
    pub fn ready(&mut self) -> bool {
        let first = (0..self.lines.len()).find(|line| self.is_votable(*line) && self.mark(*line).is_none());
        if let Some(line) = first {
            self.cursor = line;
            self.missed = true;
        }
        first.is_none()
    }

    /// Takes the marks, in ballot order, and wipes them here. Nothing unless every line is marked.
    pub fn hand_over(&mut self) -> Option<Vec<Choice>> {
        let choices: Option<Vec<Choice>> = self
            .marks
            .iter()
            .map(|mark| Choice::ALL.get(usize::from(*mark).checked_sub(1)?).copied())
            .collect();
        if choices.is_some() {
            self.wipe();
        }
        choices
    }

    /// Forgets every mark.
    pub fn wipe(&mut self) {
        let lines = self.marks.len();
        self.marks.zeroize();
        self.marks.resize(lines, 0);
        self.missed = false;
        self.cursor = 0;
        if !self.is_votable(0) {
            self.go(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::sample::{Point, Sample};
    use crate::words::Lang;

    fn sheet() -> Sheet {
        let state = Sample::new(Lang::Zh).until(Point::Voting).state;
        let (item, round) = state.current_round().unwrap();
        Sheet::new(state.item(&item.id).unwrap().nomination().unwrap(), round)
    }

    #[test]
    fn nothing_is_preset_and_the_deferred_line_is_passed_over() {
        let mut sheet = sheet();
        assert_eq!((sheet.len(), sheet.left(), sheet.cursor()), (6, 5, 0));
        assert!(sheet.hand_over().is_none());
        assert!(sheet.go(true));
        assert_eq!(sheet.cursor(), 2, "line 1 is deferred");
        sheet.go_to_end(false);
        assert_eq!(sheet.cursor(), 0);
        assert!(!sheet.go(false));
        sheet.cursor = 1;
        sheet.set(Some(Choice::Agree));
        assert_eq!((sheet.mark(1), sheet.left()), (None, 5));
    }

    #[test]
    fn a_paper_with_a_line_unmarked_is_not_ready() {
        let mut sheet = sheet();
        for _ in 0..4 {
            sheet.set(Some(Choice::Agree));
            sheet.go(true);
        }
        sheet.go_to_end(false);
        assert!(!sheet.ready());
        assert_eq!((sheet.cursor(), sheet.left(), sheet.missed()), (5, 1, true));
        sheet.set(Some(Choice::Abstain));
        assert!(sheet.ready());
    }

    #[test]
    fn marks_are_handed_over_in_ballot_order_and_wiped() {
        let mut sheet = sheet();
        let wanted = [Choice::Agree, Choice::Disagree, Choice::Abstain, Choice::Disagree, Choice::Agree];
        for choice in wanted {
            sheet.set(Some(choice));
            sheet.go(true);
        }
        assert_eq!(sheet.hand_over().unwrap(), wanted);
        assert_eq!((sheet.left(), sheet.cursor()), (5, 0));
        assert!((0..6).all(|line| sheet.mark(line).is_none()));
        assert!(sheet.hand_over().is_none(), "a paper is handed over once");
    }

    #[test]
    fn arrows_slide_the_mark_and_stop_at_the_ends() {
        let mut sheet = sheet();
        let mut seen = Vec::new();
        for right in [true, true, true, true, false, false, false] {
            sheet.slide(right);
            seen.push(sheet.mark(0).unwrap());
        }
        use Choice::{Abstain, Agree, Disagree};
        assert_eq!(seen, [Agree, Disagree, Abstain, Abstain, Disagree, Agree, Agree]);
        sheet.set(None);
        sheet.slide(false);
        assert_eq!(sheet.mark(0), Some(Abstain));
        assert!(!format!("{sheet:?}").contains("marks"));
    }
}
