//! The member's terminal: members, attendees without vote, scrutineers, the recorder. What it can do follows from the
//! roster and from where the meeting is.
//!
//! The page under everything follows from what is known ([`page`]); over it lies at most one thing that the member
//! has opened. Marks exist only in [`paper::Sheet`], and only until they are handed over.
//!
//! - [`enrol`]: asks for the seat code, before there is a client
//! - [`page`](mod@page): which page is shown
//! - [`floor`]: what is on the floor
//! - [`nominees`], [`materials`]: who is nominated, and what there is to read about them
//! - [`paper`], [`printed`], [`paper_page`]: the ballot paper
//! - [`challenge`]: cast or challenge: the review's control code, and the test of this terminal
//! - [`pages`]: pages on which there is nothing to mark
//! - [`review_page`], [`texts`], [`asked`]: a review on the floor, its texts and its questions
//! - [`joint_page`]: a joint meeting: the matrix, and the own department's opinions
//! - [`term_page`]: a deliberation during the term: what is said and asked
//! - [`open_page`]: a major matter, an open vote; `open_input` is what its keys do
//! - [`exam`], `exam_page`, `exam_input`: a candidate's paper, drawn, and its keys
//! - [`writing`], [`draft`]: what is written, and kept until it is sent
//! - [`duty`]: what scrutineers do beside voting, and what members are told of it
//! - [`signing`]: recorder and scrutineers sign the record
//! - [`strip`]: who may speak, above every page
//! - [`keys`]: the keys, `working` those that work now; `input` and `review_input` are what they do
//! - `drawing`: the page under everything, and its frame; `over`: what lies over it
//! - `answers`: what is done with answers
//! - [`objecting`]: an objection to a declared result
//! - `follow`: how notes of its own follow what has happened

mod answers;
pub mod asked;
pub mod challenge;
#[cfg(test)]
mod challenge_tests;
#[cfg(test)]
mod contest_tests;
pub mod draft;
mod drawing;
pub mod duty;
pub mod enrol;
pub mod exam;
mod exam_input;
mod exam_page;
#[cfg(test)]
mod exam_tests;
pub mod floor;
mod follow;
mod input;
pub mod joint_page;
#[cfg(test)]
mod joint_tests;
pub mod keys;
pub mod materials;
pub mod nominees;
pub mod objecting;
#[cfg(test)]
mod objecting_tests;
mod open_input;
pub mod open_page;
#[cfg(test)]
mod open_tests;
mod over;
pub mod page;
pub mod pages;
pub mod paper;
pub mod paper_page;
pub mod printed;
mod review_input;
pub mod review_page;
#[cfg(test)]
mod review_tests;
pub mod signing;
pub mod strip;
pub mod term_page;
#[cfg(test)]
mod term_tests;
#[cfg(test)]
mod tests;
pub mod texts;
mod working;
pub mod writing;

use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::Frame;

use self::asked::Asked;
use self::challenge::{Reviewing, Test, Tested};
use self::draft::Drafts;
use self::duty::Form;
use self::follow::Heard;
use self::joint_page::Looking;
use self::materials::Materials;
use self::page::Page;
use self::paper::Sheet;
use self::term_page::Hearing;
use self::texts::Texts;
use self::writing::Writing;
use super::widgets::chrome::{self};
use super::widgets::clock;
use super::widgets::field::Field;
use super::widgets::notice::{Notices, Tone};
use super::widgets::people::People;
use super::widgets::reader::Reader;
use super::widgets::scroll::Scroll;
use super::{Act, Answer, Scene, Screen};
use crate::client::View;
use crate::meeting::{BallotId, ItemId, QuestionId, TEXT_CHARS_MAX};
use crate::words::Lang;
use crate::words::official::Official as ReviewText;
use crate::words::term::Term as TermText;

/// The terminal of one seat.
#[derive(Debug)]
pub struct Terminal {
    lang: Lang,
    /// The paper being filled in; there is one only while it can be marked.
    sheet: Option<Sheet>,
    /// How often a ballot was prepared: the answer to an older request is not taken for the latest.
    prepared: u64,
    /// Where test data is written.
    audit_dir: PathBuf,
    /// The ballot whose marks were handed over; until the answer, the paper is on its way.
    handed: Option<BallotId>,
    /// Why the last cast failed. Stays until the next one.
    cast_failed: Option<String>,
    over: Over,
    covered: bool,
    help: bool,
    notices: Notices,
    materials: Materials,
    scroll: Scroll,
    /// The item whose result is on the page.
    result: Option<ItemId>,
    /// The text that is read out on the floor, and which it is.
    reader: Reader,
    reading: Option<String>,
    /// What is being written and was not sent.
    drafts: Drafts,
    /// Whether the person had the floor when the screen last looked: the moment it comes is heard.
    speaks: bool,
    /// The refusal of the floor that was put away.
    refusal_read: Option<String>,
    /// A signature under the seal, or a refusal, is on its way.
    signing: bool,
    /// Whether it was this person's turn to sign when the screen last looked.
    to_sign: bool,
    /// What a scrutineer is typing.
    form: Form,
    /// The key of the box that was in force when the screen last looked; none before it has.
    key_seen: Option<Option<u32>>,
    /// The paper of an exam that is being filled in.
    exam: Option<exam::Sheet>,
    /// The alarm that was heard.
    heard: Heard,
    /// What is looked at in a joint meeting.
    looking: Looking,
    /// The joint meeting that was on the floor when the screen last looked.
    joint: Option<ItemId>,
    /// What is looked at in a deliberation.
    hearing: Hearing,
}

/// What the member has opened over the page.
#[derive(Debug)]
enum Over {
    Nothing,
    Nominee {
        place: usize,
        scroll: Scroll,
    },
    Review(Box<Reviewing>),
    /// The test is explained, and the control code shown once more.
    Test(Test),
    /// The test data was given away.
    Tested(Box<Tested>),
    Recusal,
    NoPaper,
    Note(Field),
    People(People),
    /// The report and the findings of an official.
    Texts(Box<Texts>),
    Officials {
        chosen: usize,
        scroll: Scroll,
    },
    Asked(Asked),
    Write(Box<Writing>),
    /// The recorder picks who asked aloud.
    Asker(People),
    /// The recorder picks who spoke, or asked, in a deliberation.
    Spoken {
        people: People,
        question: bool,
    },
    Withdraw(QuestionId),
    /// A second key is awaited for what is decided in the open.
    Asks(open_input::Asks),
    /// The text that is decided on, by its path.
    Document(Box<(String, Reader)>),
    /// Why the person does not sign the seal.
    RefuseSeal(Field),
    /// Why the room code is objected to.
    ObjectRoom(Field),
    /// Why the result sheet is not signed.
    RefuseSheet(Field),
    /// Why a declared result is objected to, and which.
    ObjectResult(Box<objecting::Objecting>),
    /// Those present, by name.
    Present(Scroll),
    /// All questions of the own exam.
    AllQuestions(Scroll),
    /// Whether the own exam is handed in.
    HandIn,
    /// A text of an open book: which, and where one is in it.
    Book(usize, Box<Reader>),
}

impl Terminal {
    /// A terminal that speaks this language.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            sheet: None,
            prepared: 0,
            audit_dir: PathBuf::from("."),
            handed: None,
            cast_failed: None,
            over: Over::Nothing,
            covered: false,
            help: false,
            notices: Notices::default(),
            materials: Materials::default(),
            scroll: Scroll::default(),
            result: None,
            reader: Reader::default(),
            reading: None,
            drafts: Drafts::default(),
            speaks: false,
            refusal_read: None,
            signing: false,
            to_sign: false,
            form: Form::default(),
            key_seen: None,
            exam: None,
            heard: Heard::default(),
            looking: Looking::default(),
            joint: None,
            hearing: Hearing::default(),
        }
    }

    /// The same with another folder for test data than the current one.
    #[must_use]
    pub fn with_audit_dir(mut self, folder: PathBuf) -> Self {
        self.audit_dir = folder;
        self
    }

    /// The same with drafts that were kept, as [`Act::Draft`] gave them.
    #[must_use]
    pub fn with_draft(mut self, written: String) -> Self {
        self.drafts = Drafts::read(&written);
        if self.drafts != Drafts::default() {
            self.notices.say(Tone::Done, ReviewText::DraftKept.text(self.lang));
        }
        self
    }

    /// Whether a field takes every character.
    fn is_typing(&self, view: &View) -> bool {
        match &self.over {
            Over::ObjectRoom(_) | Over::RefuseSheet(_) | Over::ObjectResult(_) => true,
            Over::Note(_) | Over::RefuseSeal(_) | Over::People(_) | Over::Write(_) | Over::Asker(_) => true,
            Over::Spoken { .. } => true,
            Over::Texts(texts) => texts.reader.is_typing(),
            Over::Document(document) => document.1.is_typing(),
            Over::Book(_, reader) => reader.is_typing(),
            Over::Nothing => match (self.page(view), view.state.as_deref()) {
                (Page::Duty(task), Some(state)) => self.form.is_typing(&task, view, state),
                _ => self.reader.is_typing(),
            },
            _ => false,
        }
    }

    fn page(&self, view: &View) -> Page {
        page::page(view, self.handed.as_ref())
    }
}

impl Screen for Terminal {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        self.draw_all(frame, scene);
    }

    fn key(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        self.press(key, view)
    }

    fn paste(&mut self, text: &str, view: &View) -> Vec<Act> {
        let duty = matches!(self.page(view), Page::Duty(_));
        let typing = self.is_typing(view);
        match &mut self.over {
            Over::Note(field)
            | Over::RefuseSeal(field)
            | Over::ObjectRoom(field)
            | Over::RefuseSheet(field)
                if !self.covered =>
            {
                field.paste(text);
            }
            Over::People(people) | Over::Asker(people) | Over::Spoken { people, .. } if !self.covered => {
                people.paste(text);
            }
            Over::ObjectResult(objecting) if !self.covered => objecting.field.paste(text),
            Over::Texts(texts) if !self.covered => texts.reader.paste(text),
            Over::Document(document) if !self.covered => document.1.paste(text),
            Over::Book(_, reader) if !self.covered => reader.paste(text),
            Over::Write(writing) if !self.covered && !writing.sending => {
                writing.editor.paste(text);
                return self.keep_draft().into_iter().collect();
            }
            Over::Nothing if !self.covered && duty && typing && !self.form.sending => {
                self.form.field.paste(text);
                self.form.problem = None;
            }
            Over::Nothing if !self.covered && !duty => self.reader.paste(text),
            _ => {}
        }
        Vec::new()
    }

    fn answered(&mut self, answer: Answer, view: &View) -> Vec<Act> {
        self.take(answer, view)
    }

    fn viewed(&mut self, view: &View) -> Vec<Act> {
        let mut acts = self.heard.follow(view);
        exam::Sheet::follow(&mut self.exam, view);
        let Some(state) = view.state.as_deref() else { return acts };
        self.follow_paper(view, state);
        self.follow_result(view);
        let too_late = match self.over {
            Over::Recusal => !page::may_recuse(view, state),
            Over::NoPaper => page::paper_to_come(view, state).is_none(),
            Over::Asks(asks) => !asks.stands(view, state),
            Over::ObjectResult(_) => !objecting::stands(view, state),
            Over::Document(_) => open_page::document(state).is_none(),
            Over::AllQuestions(_) | Over::HandIn => self.page(view) != Page::Exam(exam::ExamPage::Paper),
            Over::Book(..) => {
                !matches!(self.page(view), Page::Exam(exam::ExamPage::Paper | exam::ExamPage::Seated))
            }
            _ => false,
        };
        if too_late {
            self.over = Over::Nothing;
        }
        acts.extend(self.follow_floor(view, state));
        acts.extend(self.follow_review(state));
        self.follow_joint(state);
        self.follow_term(view, state);
        acts.extend(self.follow_seal(view));
        acts.extend(self.follow_duty(view));
        let Some((item, nomination)) = page::nomination(state) else { return acts };
        if let Some((_, nominee)) = nominees::introduced(item, nomination) {
            acts.extend(self.materials.want([nominee.introduction.as_str(), nominee.inspection.as_str()]));
        }
        acts
    }

    fn next_tick(&self, view: &View, now: Timestamp) -> Option<Duration> {
        let minute = chrome::tick(view, now);
        let second = view.state.as_deref().and_then(|state| clock::tick(state, now));
        // The window in which terminals answer to the box is counted down.
        let counts = matches!(self.page(view), Page::Duty(duty::Task::Missing)) && self.form.seconds_left > 0;
        let second = if counts { Some(Duration::from_secs(1)) } else { second };
        Some(self.notices.tick(now, second.map_or(minute, |second| second.min(minute))))
    }
}

impl Terminal {
    fn note(&self) -> Field {
        Field::new(usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX))
    }
}
