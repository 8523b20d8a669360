//! The ballot paper as it is being filled in, whatever its lines and its answers: nominees and three choices, dimensions
//! and the two to seven words of a scale. Nothing is preset, deferred lines cannot be marked, and the marks are wiped as
//! soon as they are handed over or the paper is gone.

use zeroize::{Zeroize as _, Zeroizing};

use crate::meeting::{BallotId, LineId, Round};

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
    /// How many answers each line has.
    answers: usize,
    /// One byte for each line that is voted on, in ballot order: 0 is unmarked, else the answer's place from 1.
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
    /// The unmarked paper of a round with these lines printed on it, the cursor on the first that is voted on.
    pub fn new(printed: impl IntoIterator<Item = LineId>, answers: usize, round: &Round) -> Self {
        let lines: Vec<Printed> = printed
            .into_iter()
            .map(|line| {
                let votes = round.issue.lines.iter().position(|voted| *voted == line);
                Printed { line, votes }
            })
            .collect();
        let cursor = lines.iter().position(|line| line.votes.is_some()).unwrap_or(0);
        let marks = Zeroizing::new(vec![0; round.issue.lines.len()]);
        Self { ballot: round.issue.ballot.clone(), lines, answers, marks, cursor, missed: false }
    }

    /// Whose paper this is.
    pub fn ballot(&self) -> &BallotId {
        &self.ballot
    }

    /// How many answers each line has.
    pub fn answers(&self) -> usize {
        self.answers
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

    /// The mark on a printed line: the place of the answer, from 0.
    pub fn mark(&self, line: usize) -> Option<usize> {
        let place = self.lines.get(line)?.votes?;
        usize::from(*self.marks.get(place)?).checked_sub(1)
    }

    /// How many lines are unmarked.
    pub fn left(&self) -> usize {
        self.marks.iter().filter(|mark| **mark == 0).count()
    }

    /// Marks the line under the cursor with the answer at this place, or clears it. A deferred line stays as it is, and
    /// so does every line where there is no such answer. Whether the mark is there now.
    pub fn set(&mut self, answer: Option<usize>) -> bool {
        let there = answer.is_none_or(|answer| answer < self.answers);
        let place = self.lines.get(self.cursor).and_then(|line| line.votes).filter(|_| there);
        let Some(mark) = place.and_then(|place| self.marks.get_mut(place)) else { return false };
        *mark = answer.and_then(|answer| u8::try_from(answer + 1).ok()).unwrap_or(0);
        true
    }

    /// Moves the mark of the line under the cursor one answer to the right or left; an unmarked line gets the first
    /// from that side.
    pub fn slide(&mut self, right: bool) {
        let last = self.answers.saturating_sub(1);
        let answer = match (self.mark(self.cursor), right) {
            (None, true) => 0,
            (None, false) => last,
            (Some(mark), true) => (mark + 1).min(last),
            (Some(mark), false) => mark.saturating_sub(1),
        };
        self.set(Some(answer));
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

    /// The marks, in ballot order. Nothing unless every line is marked.
    pub fn choices(&self) -> Option<Zeroizing<Vec<usize>>> {
        // Room for all from the start: a vector that grows would leave copies behind.
        let mut choices = Zeroizing::new(Vec::with_capacity(self.marks.len()));
        for mark in self.marks.iter() {
            choices.push(usize::from(*mark).checked_sub(1)?);
        }
        Some(choices)
    }

    /// Marks the whole paper, in ballot order: for a page that shows what had been marked.
    #[must_use]
    pub fn filled(mut self, choices: &[usize]) -> Self {
        for (mark, choice) in self.marks.iter_mut().zip(choices) {
            *mark = u8::try_from(choice + 1).unwrap_or(0);
        }
        self
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
        of_answers(3)
    }

    fn of_answers(answers: usize) -> Sheet {
        let state = Sample::new(Lang::Zh).until(Point::Voting).state;
        let (item, round) = state.current_round().unwrap();
        let lines = state.item(&item.id).unwrap().lines().iter().map(|line| LineId::from(line.id.as_str()));
        Sheet::new(lines, answers, round)
    }

    #[test]
    fn nothing_is_preset_and_the_deferred_line_is_passed_over() {
        let mut sheet = sheet();
        assert_eq!((sheet.len(), sheet.left(), sheet.cursor()), (6, 5, 0));
        assert!(sheet.choices().is_none());
        assert!(sheet.go(true));
        assert_eq!(sheet.cursor(), 2, "line 1 is deferred");
        sheet.go_to_end(false);
        assert_eq!(sheet.cursor(), 0);
        assert!(!sheet.go(false));
        sheet.cursor = 1;
        assert!(!sheet.set(Some(0)));
        assert_eq!((sheet.mark(1), sheet.left()), (None, 5));
    }

    #[test]
    fn a_paper_with_a_line_unmarked_is_not_ready() {
        let mut sheet = sheet();
        for _ in 0..4 {
            sheet.set(Some(0));
            sheet.go(true);
        }
        sheet.go_to_end(false);
        assert!(!sheet.ready());
        assert_eq!((sheet.cursor(), sheet.left(), sheet.missed()), (5, 1, true));
        sheet.set(Some(2));
        assert!(sheet.ready());
    }

    #[test]
    fn marks_are_taken_in_ballot_order_and_can_be_wiped() {
        let mut sheet = sheet();
        let wanted = [0, 1, 2, 1, 0];
        for answer in wanted {
            sheet.set(Some(answer));
            sheet.go(true);
        }
        assert_eq!(*sheet.choices().unwrap(), wanted);
        let again = super::tests::sheet().filled(&wanted);
        assert!((0..6).all(|line| sheet.mark(line) == again.mark(line)));
        sheet.wipe();
        assert_eq!((sheet.left(), sheet.cursor()), (5, 0));
        assert!((0..6).all(|line| sheet.mark(line).is_none()));
        assert!(sheet.choices().is_none());
    }

    #[test]
    fn arrows_slide_the_mark_and_stop_at_the_ends() {
        let mut sheet = sheet();
        let mut seen = Vec::new();
        for right in [true, true, true, true, false, false, false] {
            sheet.slide(right);
            seen.push(sheet.mark(0).unwrap());
        }
        assert_eq!(seen, [0, 1, 2, 2, 1, 0, 0]);
        sheet.set(None);
        sheet.slide(false);
        assert_eq!(sheet.mark(0), Some(2));
        assert!(!format!("{sheet:?}").contains("marks"));
    }

    #[test]
    fn any_scale_of_two_to_seven_words_can_be_marked_and_no_more() {
        for answers in 2..=7 {
            let mut sheet = of_answers(answers);
            for answer in 0..answers {
                assert!(sheet.set(Some(answer)));
                assert_eq!(sheet.mark(0), Some(answer));
            }
            assert!(!sheet.set(Some(answers)), "there is no such word");
            assert_eq!(sheet.mark(0), Some(answers - 1), "what was marked stays");
            sheet.set(None);
            sheet.slide(false);
            assert_eq!(sheet.mark(0), Some(answers - 1));
        }
    }
}
