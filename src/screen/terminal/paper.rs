//! The ballot paper as it is being filled in, whatever its lines and its answers: nominees and three choices, dimensions
//! and the two to seven words of a scale, candidates of whom some are marked. Nothing is preset, deferred lines cannot be marked, and the marks are wiped as
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

/// What a paper asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// One of so many answers for each line.
    Each(usize),
    /// The same of two answers; the first of them can be given to the whole list at once.
    List,
    /// A mark for so many lines at most, or for none.
    UpTo(usize),
}

impl Asks {
    /// How many answers a line has.
    pub fn answers(self) -> usize {
        match self {
            Self::Each(answers) => answers,
            Self::List => 2,
            Self::UpTo(_) => 1,
        }
    }

    /// How many lines may be marked, where not every one must be.
    pub fn most(self) -> Option<usize> {
        if let Self::UpTo(most) = self { Some(most) } else { None }
    }
}

/// A paper and the marks on it.
#[derive(Clone)]
pub struct Sheet {
    ballot: BallotId,
    lines: Vec<Printed>,
    asks: Asks,
    /// One byte for each line that is voted on, in ballot order: 0 is unmarked, else the answer's place from 1.
    marks: Zeroizing<Vec<u8>>,
    cursor: usize,
    /// Enter was pressed while lines were unmarked: from then on they are shown as missing.
    missed: bool,
    /// One line more was to be marked than may be: said until the next key.
    refused: bool,
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
    pub fn new(printed: impl IntoIterator<Item = LineId>, asks: Asks, round: &Round) -> Self {
        let lines: Vec<Printed> = printed
            .into_iter()
            .map(|line| {
                let votes = round.issue.lines.iter().position(|voted| *voted == line);
                Printed { line, votes }
            })
            .collect();
        let cursor = lines.iter().position(|line| line.votes.is_some()).unwrap_or(0);
        let marks = Zeroizing::new(vec![0; round.issue.lines.len()]);
        let ballot = round.issue.ballot.clone();
        Self { ballot, lines, asks, marks, cursor, missed: false, refused: false }
    }

    /// Whose paper this is.
    pub fn ballot(&self) -> &BallotId {
        &self.ballot
    }

    /// How many answers each line has.
    pub fn answers(&self) -> usize {
        self.asks.answers()
    }

    /// What it asks.
    pub fn asks(&self) -> Asks {
        self.asks
    }

    /// The line under the cursor, by its name in the plan.
    pub fn line(&self) -> Option<&LineId> {
        self.lines.get(self.cursor).map(|line| &line.line)
    }

    /// How many lines are marked.
    pub fn marked(&self) -> usize {
        self.marks.iter().filter(|mark| **mark != 0).count()
    }

    /// Whether the last key would have marked more lines than may be.
    pub fn refused(&self) -> bool {
        self.refused
    }

    /// Another key was pressed.
    pub fn forget_refusal(&mut self) {
        self.refused = false;
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

    /// How many lines are unmarked that must be marked.
    pub fn left(&self) -> usize {
        if self.asks.most().is_some() {
            return 0;
        }
        self.marks.iter().filter(|mark| **mark == 0).count()
    }

    /// Marks the line under the cursor with the answer at this place, or clears it. A deferred line stays as it is, and
    /// so does every line where there is no such answer. Whether the mark is there now.
    pub fn set(&mut self, answer: Option<usize>) -> bool {
        let there = answer.is_none_or(|answer| answer < self.answers());
        let one_more = answer.is_some() && self.is_votable(self.cursor) && self.mark(self.cursor).is_none();
        if there && one_more && self.asks.most().is_some_and(|most| self.marked() >= most) {
            self.refused = true;
            return false;
        }
        let place = self.lines.get(self.cursor).and_then(|line| line.votes).filter(|_| there);
        let Some(mark) = place.and_then(|place| self.marks.get_mut(place)) else { return false };
        *mark = answer.and_then(|answer| u8::try_from(answer + 1).ok()).unwrap_or(0);
        true
    }

    /// Marks the line under the cursor where it is unmarked, and clears it where it is marked. Whether it could.
    pub fn toggle(&mut self) -> bool {
        let answer = if self.mark(self.cursor).is_some() { None } else { Some(0) };
        self.set(answer)
    }

    /// Agrees to the whole list, deferred lines left out. Whether this paper is one.
    pub fn agree_to_all(&mut self) -> bool {
        if self.asks == Asks::List {
            self.marks.fill(1);
        }
        self.asks == Asks::List
    }

    /// Moves the mark of the line under the cursor one answer to the right or left; an unmarked line gets the first
    /// from that side.
    pub fn slide(&mut self, right: bool) {
        if self.asks.most().is_some() {
            self.set(right.then_some(0));
            return;
        }
        let last = self.answers().saturating_sub(1);
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
        if self.asks.most().is_some() {
            return true;
        }
        let first = (0..self.lines.len()).find(|line| self.is_votable(*line) && self.mark(*line).is_none());
        if let Some(line) = first {
            self.cursor = line;
            self.missed = true;
        }
        first.is_none()
    }

    /// The marks, in ballot order: the place of each line's answer, nothing unless every line is marked; or 1 for each that is
    /// marked and 0 for each that is not, where not every one must be.
    pub fn choices(&self) -> Option<Zeroizing<Vec<usize>>> {
        // Room for all from the start: a vector that grows would leave copies behind.
        let mut choices = Zeroizing::new(Vec::with_capacity(self.marks.len()));
        for mark in self.marks.iter() {
            let mark = usize::from(*mark);
            choices.push(if self.asks.most().is_some() { mark } else { mark.checked_sub(1)? });
        }
        Some(choices)
    }

    /// Marks the whole paper, in ballot order: for a page that shows what had been marked.
    #[must_use]
    pub fn filled(mut self, choices: &[usize]) -> Self {
        for (mark, choice) in self.marks.iter_mut().zip(choices) {
            let place = choice + usize::from(self.asks.most().is_none());
            *mark = u8::try_from(place).unwrap_or(0);
        }
        self
    }

    /// Forgets every mark.
    pub fn wipe(&mut self) {
        let lines = self.marks.len();
        self.marks.zeroize();
        self.marks.resize(lines, 0);
        self.missed = false;
        self.refused = false;
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
        of(Asks::Each(3))
    }

    fn of(asks: Asks) -> Sheet {
        let state = Sample::new(Lang::Zh).until(Point::Voting).state;
        let (item, round) = state.current_round().unwrap();
        let lines = state.item(&item.id).unwrap().lines().iter().map(|line| LineId::from(line.id.as_str()));
        Sheet::new(lines, asks, round)
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
    fn no_more_lines_are_marked_than_may_be_and_none_is_lawful() {
        let mut sheet = of(Asks::UpTo(2));
        assert!(sheet.ready(), "none at all is a blank ballot");
        assert_eq!(*sheet.choices().unwrap(), [0, 0, 0, 0, 0]);
        assert!(sheet.toggle());
        sheet.go(true);
        assert!(sheet.toggle() && !sheet.refused());
        sheet.go(true);
        assert!(!sheet.toggle() && sheet.refused(), "a third is one too many");
        assert_eq!((sheet.marked(), sheet.mark(3), sheet.left()), (2, None, 0));
        sheet.forget_refusal();
        sheet.slide(true);
        assert!(sheet.refused(), "the arrow does not get around it");
        assert_eq!(*sheet.choices().unwrap(), [1, 1, 0, 0, 0]);
        sheet.go(false);
        assert!(sheet.toggle());
        sheet.go_to_end(true);
        assert!(sheet.toggle(), "once one is cleared there is room again");
        assert_eq!(*sheet.choices().unwrap(), [1, 0, 0, 0, 1]);
        let again = of(Asks::UpTo(2)).filled(&[1, 0, 0, 0, 1]);
        assert!((0..6).all(|line| sheet.mark(line) == again.mark(line)));
        sheet.cursor = 1;
        assert!(!sheet.toggle(), "a deferred line is not marked");
        sheet.wipe();
        assert_eq!((sheet.marked(), sheet.refused()), (0, false));
    }

    #[test]
    fn a_list_is_agreed_to_at_once_and_lines_are_excepted() {
        assert!(!sheet().agree_to_all(), "a nomination has no such key");
        let mut sheet = of(Asks::List);
        assert!(sheet.choices().is_none() && !sheet.ready(), "nothing is preset");
        assert!(sheet.agree_to_all());
        sheet.go_to_end(true);
        sheet.set(Some(1));
        assert_eq!(*sheet.choices().unwrap(), [0, 0, 0, 0, 1]);
        assert_eq!(sheet.mark(1), None, "the deferred line stays without a mark");
    }

    #[test]
    fn any_scale_of_two_to_seven_words_can_be_marked_and_no_more() {
        for answers in 2..=7 {
            let mut sheet = of(Asks::Each(answers));
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
