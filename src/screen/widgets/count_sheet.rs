//! The sheet on which the count of a vote on paper is entered: papers issued, cancelled, returned, then the marks and the
//! spoilt of each line, with their sums; or, where some of the candidates are marked, the blank and the spoilt papers and each
//! candidate's votes. What is wrong is said as soon as it is typed. The same at a scrutineer's terminal and at the console.

mod draw;

use crossterm::event::{KeyCode, KeyEvent};

use super::field::Field;
use super::letter;
use super::scroll::Scroll;
use crate::meeting::by_paper::void_by;
use crate::meeting::paper_sums::{self as rules, Tallied};
use crate::meeting::{BallotId, CountMistake, PaperCount, Round, State};

/// More papers are in no room.
const DIGITS_MAX: usize = 4;
/// The figures above the table: issued, cancelled, returned.
const PAPERS: usize = 3;
/// Where the paper as a whole is counted, the blank and the spoilt besides.
const WHOLE: usize = 2;

/// What a key on the sheet came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// It goes on.
    Stay,
    /// Every figure is there and all add up: this is to be entered.
    Whole(Box<PaperCount>),
    /// It is none of the sheet's keys.
    Other,
}

/// The sheet.
#[derive(Debug)]
pub struct CountSheet {
    ballot: BallotId,
    /// How often two counts differed before: then it is counted again, from an empty sheet.
    attempt: usize,
    tallied: Tallied,
    lines: usize,
    /// Fields above the table.
    top: usize,
    /// Fields of a line: its answers and its spoilt, or a candidate's votes.
    wide: usize,
    fields: Vec<Field>,
    at: usize,
    scroll: Scroll,
}

impl CountSheet {
    /// An empty sheet for a round on paper.
    pub fn new(state: &State, round: &Round) -> Self {
        let lines = round.issue.lines.len();
        let tallied = state.item(&round.issue.item).map(|item| rules::tallied(item, &round.issue));
        let tallied = tallied.unwrap_or(Tallied::Lines { answers: 0 });
        let (top, wide) = match tallied {
            Tallied::Lines { answers } => (PAPERS, answers + 1),
            Tallied::Candidates { .. } => (PAPERS + WHOLE, 1),
        };
        Self {
            tallied,
            top,
            ballot: round.issue.ballot.clone(),
            attempt: attempt(round),
            lines,
            wide,
            fields: (0..top + lines * wide).map(|_| Field::new(DIGITS_MAX)).collect(),
            at: 0,
            scroll: Scroll::default(),
        }
    }

    /// Whether this is the sheet for the count of this round that is to be entered now.
    pub fn is_of(&self, round: &Round) -> bool {
        self.ballot == round.issue.ballot && self.attempt == attempt(round)
    }

    /// The round of the sheet, as long as its papers are being counted.
    pub fn round<'a>(&self, state: &'a State) -> Option<&'a Round> {
        state
            .rounds_on_floor()
            .find(|round| self.is_of(round) && round.count.is_none() && round.void.is_none())
    }

    fn figure(&self, at: usize) -> Option<u32> {
        self.fields.get(at)?.value().parse().ok()
    }

    /// Issued, cancelled, returned, once they are typed.
    fn papers(&self) -> Option<PaperCount> {
        let (issued, cancelled, returned) = (self.figure(0)?, self.figure(1)?, self.figure(2)?);
        Some(PaperCount { issued, cancelled, returned, marks: Vec::new(), spoilt: Vec::new() })
    }

    /// Whether the papers stay folded by what is typed: then no line is entered.
    fn is_folded(&self, state: &State) -> bool {
        self.papers().is_some_and(|papers| void_by(state, &papers).is_some())
    }

    /// How many fields there are to fill.
    fn needed(&self, state: &State) -> usize {
        if self.is_folded(state) { PAPERS } else { self.fields.len() }
    }

    fn first_field(&self, line: usize) -> usize {
        self.top + line * self.wide
    }

    /// Blank and spoilt papers as far as they are typed.
    fn whole(&self) -> (Option<u32>, Option<u32>) {
        (self.figure(PAPERS), self.figure(PAPERS + 1))
    }

    /// Papers neither blank nor spoilt, once that is known; none where it cannot be.
    fn marked(&self) -> Option<u32> {
        let (returned, (blank, spoilt)) = (self.figure(2)?, self.whole());
        returned.checked_sub(blank?)?.checked_sub(spoilt?)
    }

    /// The figures of a line, where all of them are typed.
    fn row(&self, line: usize) -> Option<Vec<u32>> {
        let first = self.first_field(line);
        (first..first + self.wide).map(|at| self.figure(at)).collect()
    }

    /// The whole count; none while a figure is missing.
    pub fn count(&self, state: &State) -> Option<PaperCount> {
        let mut count = self.papers()?;
        if self.is_folded(state) {
            return Some(count);
        }
        if let Tallied::Candidates { .. } = self.tallied {
            let (blank, spoilt) = self.whole();
            let votes = (0..self.lines).map(|line| self.figure(self.first_field(line)));
            count.spoilt.push(spoilt?);
            count.marks.push(std::iter::once(blank).chain(votes).collect::<Option<_>>()?);
            return Some(count);
        }
        for line in 0..self.lines {
            let mut row = self.row(line)?;
            count.spoilt.push(row.pop()?);
            count.marks.push(row);
        }
        Some(count)
    }

    /// What is wrong with what is typed so far: of the papers once all three are there, of a line once it is whole.
    fn mistakes(&self, state: &State, round: &Round) -> Vec<CountMistake> {
        let Some(mut count) = self.papers() else { return Vec::new() };
        if self.is_folded(state) {
            return rules::mistakes(state, round, &count);
        }
        if let Tallied::Candidates { .. } = self.tallied {
            let (blank, spoilt) = self.whole();
            let votes = (0..self.lines).map(|line| self.figure(self.first_field(line)));
            let row = std::iter::once(blank).chain(votes).map(|figure| figure.unwrap_or(0));
            count.marks.push(row.collect());
            count.spoilt.push(spoilt.unwrap_or(0));
            let whole = self.count(state).is_some();
            // Votes that are not typed yet are not too few yet.
            let stands =
                |mistake: &CountMistake| whole || !matches!(mistake, CountMistake::TooFewVotes { .. });
            return rules::mistakes(state, round, &count).into_iter().filter(stands).collect();
        }
        // A line that is not whole yet is not wrong yet.
        for line in 0..self.lines {
            let mut row = self.row(line).unwrap_or_else(|| {
                let mut right = vec![0; self.wide];
                if let Some(first) = right.first_mut() {
                    *first = count.returned;
                }
                right
            });
            count.spoilt.extend(row.pop());
            count.marks.push(row);
        }
        rules::mistakes(state, round, &count)
    }

    /// Where the figures of a mistake begin.
    fn first_of(&self, mistake: &CountMistake, round: &Round) -> usize {
        let line = match mistake {
            CountMistake::LineDoesNotAddUp { line, .. } | CountMistake::VotesOverMarked { line, .. } => line,
            CountMistake::BlankAndSpoiltOverReturned { .. } => return PAPERS,
            CountMistake::TooManyVotes { .. } | CountMistake::TooFewVotes { .. } => return self.top,
            _ => return 0,
        };
        let place = round.issue.lines.iter().position(|one| one == line);
        place.map_or(0, |place| self.first_field(place))
    }

    /// Digits fill the field; Tab and arrows move; Enter goes to the next empty field, to what does not add up when none is
    /// empty, and enters when all does.
    pub fn key(&mut self, key: KeyEvent, state: &State, round: &Round) -> Typed {
        let needed = self.needed(state);
        match key.code {
            KeyCode::Tab => self.at = (self.at + 1) % needed,
            KeyCode::BackTab => self.at = (self.at + needed - 1) % needed,
            KeyCode::Down => self.at = self.below(needed),
            KeyCode::Up => self.at = self.above(),
            KeyCode::Enter => {
                let empty = |at: &usize| self.fields.get(*at).is_some_and(Field::is_empty);
                let next = (self.at..needed).chain(0..self.at).find(empty);
                match (next, self.mistakes(state, round).first()) {
                    (Some(next), _) => self.at = next,
                    (None, Some(mistake)) => self.at = self.first_of(mistake, round),
                    (None, None) => {
                        return self.count(state).map_or(Typed::Stay, |count| Typed::Whole(Box::new(count)));
                    }
                }
            }
            KeyCode::Char(_) => match letter(key).filter(char::is_ascii_digit) {
                Some(digit) => self.edit(KeyEvent::from(KeyCode::Char(digit))),
                None if letter(key).is_none() => self.edit(key),
                None => {}
            },
            KeyCode::Backspace
            | KeyCode::Delete
            | KeyCode::Left
            | KeyCode::Right
            | KeyCode::Home
            | KeyCode::End => {
                self.edit(key);
            }
            _ => return Typed::Other,
        }
        self.at = self.at.min(self.needed(state).saturating_sub(1));
        Typed::Stay
    }

    /// Digits were pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.at) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            field.paste(&digits);
        }
    }

    fn edit(&mut self, key: KeyEvent) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.key(key);
        }
    }

    fn below(&self, needed: usize) -> usize {
        match self.at {
            at if at < PAPERS => PAPERS.min(needed.saturating_sub(1)),
            at if at < self.top => self.top.min(needed.saturating_sub(1)),
            at if at + self.wide < needed => at + self.wide,
            at => at,
        }
    }

    fn above(&self) -> usize {
        match self.at {
            at if at < PAPERS => at,
            at if at < self.top => PAPERS - 1,
            at if at < self.top + self.wide => self.top - 1,
            at => at - self.wide,
        }
    }
}

/// How often two counts of a round differed.
pub fn attempt(round: &Round) -> usize {
    round.by_paper.as_ref().map_or(0, |vote| vote.differed.len())
}
