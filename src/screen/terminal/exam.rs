//! A candidate's paper: one question at a time with its options, what is answered and what is marked for later at a glance, the
//! time that is left. Everything goes by the keyboard; every change is handed to the client, which keeps it.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};

use super::keys::Key;
use crate::client::{Answered, OwnExam, View};
use crate::meeting::exam_paper::{letters, places};
use crate::meeting::{ExamPaper, ExamPhase, ItemId, PaperQuestion, Stage, State};
use crate::rules::QuestionKind;
use crate::screen::widgets::exam::Shown;
use crate::screen::widgets::letter;
use crate::screen::{Act, terminal::page};

/// How many numbers of questions stand beside each other in the overview.
pub const COLUMNS: usize = 10;

/// The pages of an exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExamPage {
    /// Somebody who does not sit it.
    Watching,
    /// A candidate who has taken no place.
    Place,
    /// A candidate who waits for the beginning.
    Seated,
    /// The paper.
    Paper,
    /// The clock is paused.
    Paused,
    /// Handed in; others still answer.
    HandedIn,
    /// The exam is over, and is being marked.
    Over,
    /// A candidate who never took a place, and cannot any more.
    Missed,
    /// Marked; results are to be declared.
    Marked,
}

/// The page of the exam on the floor.
pub fn page(view: &View, state: &State) -> Option<ExamPage> {
    let shown = Shown::on_floor(state)?;
    let seat = page::my_seat(view)?;
    if shown.plan.candidate(seat.as_str()).is_none() {
        return Some(ExamPage::Watching);
    }
    let seated = shown.exam.seated.contains_key(seat);
    let runs = shown.exam.clock.as_ref().is_some_and(crate::meeting::Timer::runs);
    Some(match shown.exam.phase {
        ExamPhase::Seating if seated => ExamPage::Seated,
        ExamPhase::Seating => ExamPage::Place,
        ExamPhase::Running if !seated => ExamPage::Place,
        ExamPhase::Running if shown.exam.handed_in.contains_key(seat) => ExamPage::HandedIn,
        ExamPhase::Running if !runs => ExamPage::Paused,
        ExamPhase::Running => ExamPage::Paper,
        ExamPhase::Marking | ExamPhase::Marked if !seated => ExamPage::Missed,
        ExamPhase::Marking => ExamPage::Over,
        ExamPhase::Marked => ExamPage::Marked,
    })
}

/// The sheet that is being filled in, as this screen has it. It lives here and in the client: a screen that begins afresh goes
/// on with the client's.
#[derive(Debug)]
pub struct Sheet {
    pub(super) item: ItemId,
    pub(super) paper: Arc<ExamPaper>,
    pub(super) answers: Vec<String>,
    pub(super) flagged: Vec<bool>,
    /// The question on the page, from 0.
    pub(super) at: usize,
    /// The option that the cursor is on, from 0.
    pub(super) option: usize,
    version: u64,
}

impl Sheet {
    /// The sheet that the client knows; none before the paper has come.
    fn of(own: &OwnExam) -> Option<Self> {
        let paper = Arc::clone(own.paper.as_ref()?);
        // A question that nobody has answered is where one goes on.
        let at = own.answers.iter().position(String::is_empty).unwrap_or(0);
        Some(Self {
            item: own.item.clone(),
            paper,
            answers: own.answers.clone(),
            flagged: own.flagged.clone(),
            at,
            option: 0,
            version: u64::from(own.number) << 32,
        })
    }

    /// Follows the client: a paper that has come begins a sheet, another one ends it.
    pub fn follow(sheet: &mut Option<Self>, view: &View) {
        let Some(own) = view.exam.as_deref() else {
            *sheet = None;
            return;
        };
        let same = |sheet: &Self| own.paper.as_ref().is_some_and(|paper| Arc::ptr_eq(paper, &sheet.paper));
        if !sheet.as_ref().is_some_and(same) && own.paper.is_some() {
            *sheet = Self::of(own);
        }
    }

    /// The question on the page.
    pub fn question(&self) -> Option<&PaperQuestion> {
        self.paper.questions.get(self.at)
    }

    /// How many questions are answered.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|answer| !answer.is_empty()).count()
    }

    /// How many are marked for later.
    pub fn flagged(&self) -> usize {
        self.flagged.iter().filter(|flagged| **flagged).count()
    }

    /// Whether this place is chosen for the question on the page.
    pub fn is_chosen(&self, option: usize) -> bool {
        self.answers.get(self.at).is_some_and(|answer| places(answer).contains(&option))
    }

    pub(super) fn go(&mut self, to: usize) {
        self.at = to.min(self.paper.questions.len().saturating_sub(1));
        self.option = 0;
    }

    fn changed(&mut self) -> Vec<Act> {
        self.version += 1;
        vec![Act::Answers(Answered {
            item: self.item.clone(),
            version: self.version,
            answers: self.answers.clone(),
            flagged: self.flagged.clone(),
        })]
    }

    /// Chooses an option, or takes it back; of several that can be right, each for itself.
    fn choose(&mut self, option: usize) -> Vec<Act> {
        let Some(question) = self.question() else { return Vec::new() };
        let (many, choices) = (question.kind == QuestionKind::Multiple, question.choices());
        if option >= choices {
            return Vec::new();
        }
        let Some(answer) = self.answers.get_mut(self.at) else { return Vec::new() };
        let mut chosen = places(answer);
        if chosen.contains(&option) {
            chosen.retain(|one| *one != option);
        } else if many {
            chosen.push(option);
        } else {
            chosen = vec![option];
        }
        *answer = letters(&chosen);
        self.option = option;
        self.changed()
    }

    fn clear(&mut self) -> Vec<Act> {
        match self.answers.get_mut(self.at) {
            Some(answer) if !answer.is_empty() => answer.clear(),
            _ => return Vec::new(),
        }
        self.changed()
    }

    fn flag(&mut self) -> Vec<Act> {
        let Some(flag) = self.flagged.get_mut(self.at) else { return Vec::new() };
        *flag = !*flag;
        self.changed()
    }

    /// A key on the paper; none where it is none of the paper's.
    pub fn key(&mut self, key: KeyEvent) -> Option<Vec<Act>> {
        let last = self.question().map_or(0, |question| question.choices().saturating_sub(1));
        match key.code {
            KeyCode::Left | KeyCode::PageUp => self.go(self.at.saturating_sub(1)),
            KeyCode::Right | KeyCode::PageDown | KeyCode::Enter => self.go(self.at + 1),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(usize::MAX),
            KeyCode::Up => self.option = self.option.saturating_sub(1),
            KeyCode::Down => self.option = (self.option + 1).min(last),
            KeyCode::Char(' ') => return Some(self.choose(self.option)),
            KeyCode::Backspace | KeyCode::Delete => return Some(self.clear()),
            _ => {
                return match letter(key)? {
                    option @ 'A'..='H' => Some(self.choose(usize::from(u8::try_from(option).ok()? - b'A'))),
                    option @ '1'..='8' => Some(self.choose(usize::from(u8::try_from(option).ok()? - b'1'))),
                    'M' => Some(self.flag()),
                    _ => None,
                };
            }
        }
        Some(Vec::new())
    }

    /// A key on the page with all questions. Whether it stays open.
    pub fn overview_key(&mut self, key: KeyEvent) -> bool {
        let last = self.paper.questions.len().saturating_sub(1);
        let to = match key.code {
            KeyCode::Left => self.at.saturating_sub(1),
            KeyCode::Right => self.at + 1,
            KeyCode::Up => self.at.checked_sub(COLUMNS).unwrap_or(self.at),
            KeyCode::Down if self.at + COLUMNS <= last => self.at + COLUMNS,
            KeyCode::Down => self.at,
            KeyCode::Home => 0,
            KeyCode::End => last,
            // The next one that is not answered, or that is marked for later.
            KeyCode::Tab => self.next_open(),
            _ => return false,
        };
        self.go(to);
        true
    }

    fn next_open(&self) -> usize {
        let open = |place: &usize| {
            let answered = self.answers.get(*place).is_some_and(|answer| !answer.is_empty());
            !answered || self.flagged.get(*place).copied().unwrap_or(false)
        };
        let after = (self.at + 1..self.paper.questions.len()).chain(0..=self.at);
        after.into_iter().find(open).unwrap_or(self.at)
    }
}

/// The keys of a page of an exam.
pub fn keys(page: ExamPage, view: &View, state: &State, sheet: Option<&Sheet>) -> Vec<Key> {
    let open = Shown::on_floor(state).is_some_and(|shown| !shown.plan.texts.is_empty());
    let texts = |mut keys: Vec<Key>| {
        if open {
            keys.push(Key::ExamTexts);
        }
        keys
    };
    match page {
        ExamPage::Place => vec![Key::TakePlace],
        ExamPage::Paper => match sheet {
            Some(sheet) => {
                let choices = sheet.question().map_or(2, PaperQuestion::choices);
                let ready = view.exam.as_deref().is_some_and(|own| !own.handing_in);
                let mut keys = vec![Key::ChooseOption(choices), Key::OtherQuestion];
                if ready {
                    keys.push(Key::HandIn);
                }
                keys.extend([Key::Flag, Key::AllQuestions]);
                texts(keys)
            }
            None => Vec::new(),
        },
        ExamPage::Seated => texts(Vec::new()),
        _ => Vec::new(),
    }
}

/// Whether results of an exam are on the page.
pub fn shows_result(state: &State, id: &ItemId) -> bool {
    state.item_state(id).is_some_and(|item| item.exam().is_some() && item.stage == Stage::Declared)
}
