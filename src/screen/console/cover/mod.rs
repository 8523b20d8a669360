//! What is laid over the page for a moment: a question, a form, a list, a text. A cover takes every key until it is
//! left; nothing behind it moves.
//!
//! - [`confirm`]: the second, different key of what cannot be undone
//! - [`hands`]: the counts of a show of hands
//! - [`text`]: one line of text with a purpose: a note, a reason
//! - [`pick`]: a person out of everyone with a seat
//! - [`declared`]: the declared results, with the objections to them
//! - [`reconsider`]: whether a decision be reconsidered: lines, hands, why
//! - [`defer`]: a line of the ballot paper
//! - [`material`]: a nominee's or an official's material
//! - [`entering`]: the opinion of a department whose terminal does not work
//! - [`due`]: by which day an answer in writing is due
//! - [`judge`]: whether a question was answered clearly
//! - [`left`]: what becomes of questions that still wait
//! - [`long`]: a text of several lines: a spoken question, an answer
//! - [`merge`]: the question to merge into
//! - [`until`]: to which day the meeting is adjourned
//! - [`mod@whole`]: questions and answers, whole
//! - [`papers`]: a vote on paper: whose count is entered, its sheet, who signed by hand
//! - [`requests`]: who asked for the floor
//! - [`agenda`]: the agenda, to change it
//! - [`choice`]: what somebody says in a vote by name, entered for them
//! - [`code`]: a new seat code, shown once

pub mod agenda;
pub mod choice;
pub mod code;
pub mod confirm;
pub mod declared;
pub mod defer;
pub mod due;
pub mod entering;
pub mod hands;
pub mod judge;
pub mod left;
pub mod long;
pub mod material;
pub mod merge;
pub mod papers;
pub mod pick;
pub mod reconsider;
pub mod requests;
pub mod text;
pub mod until;
pub mod whole;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::meeting::{Command, Proposal, State};
use crate::screen::widgets::{self, chrome::Hint};
use crate::screen::{Act, Scene};
use crate::words::Lang;

/// What lies over the page.
#[derive(Debug)]
pub enum Cover {
    /// A second key is awaited.
    Confirm(confirm::Confirm),
    /// Hands are being entered.
    Hands(hands::Hands),
    /// A text is being written.
    Text(text::Text),
    /// A person is being picked.
    Pick(pick::Pick),
    /// A line is being picked.
    Defer(defer::Defer),
    /// A material is being read.
    Material(material::Material),
    /// A code is being shown.
    Code(code::Code),
    /// A day is being typed.
    Due(due::Due),
    /// It is asked what becomes of the questions that wait.
    Left(left::LeftOver),
    /// A long text is being written.
    Long(Box<long::Long>),
    /// A question is being picked, to merge into.
    Merge(merge::Merge),
    /// A question is being read.
    Whole(whole::Whole),
    /// Somebody is being called to speak.
    Requests(requests::Requests),
    /// A department's opinion is being entered.
    Entering(entering::Entering),
    /// It is asked whether a question was answered clearly.
    Judge(judge::Judge),
    /// A vote by name is being entered for somebody.
    Choice(choice::Choice),
    /// A scrutineer is being picked.
    Scrutineers(papers::Scrutineers),
    /// The agenda is being changed.
    Agenda(Box<agenda::Agenda>),
    /// The count of papers is being entered for a scrutineer.
    Papers(Box<papers::Papers>),
    /// It is said to which day the meeting is adjourned.
    Until(Box<until::Until>),
    /// A declared result, or an objection to one, is being picked.
    Declared(declared::Declared),
    /// The hands of a reconsideration are being entered.
    Reconsider(Box<reconsider::Reconsider>),
}

/// What a key on a cover came to.
#[derive(Debug)]
pub enum Turn {
    /// It stays.
    Stay,
    /// It is left.
    Leave,
    /// It is left, and this is wanted.
    Do(Vec<Act>),
    /// It stays until this is answered, so that what was written is not lost when it is refused.
    Try(Vec<Act>),
    /// It makes room for another.
    Next(Box<Cover>),
}

impl Cover {
    /// The form by which a change of the agenda that was put is decided.
    pub fn deciding(proposal: &Proposal) -> Self {
        let (change, reason) = (proposal.change.clone(), proposal.reason.clone());
        Self::Hands(hands::Hands::on_agenda(change, reason))
    }

    /// A key.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match self {
            Self::Confirm(cover) => cover.key(key),
            Self::Hands(cover) => cover.key(key, state),
            Self::Text(cover) => cover.key(key, state),
            Self::Pick(cover) => cover.key(key, state),
            Self::Defer(cover) => cover.key(key, state),
            Self::Material(cover) => cover.key(key),
            Self::Code(cover) => cover.key(key),
            Self::Due(cover) => cover.key(key, state),
            Self::Left(cover) => cover.key(key, state),
            Self::Long(cover) => cover.key(key, state),
            Self::Merge(cover) => cover.key(key, state),
            Self::Whole(cover) => cover.key(key, state),
            Self::Requests(cover) => cover.key(key, state),
            Self::Entering(cover) => cover.key(key, state),
            Self::Judge(cover) => cover.key(key, state),
            Self::Choice(cover) => cover.key(key, state),
            Self::Scrutineers(cover) => cover.key(key, state),
            Self::Papers(cover) => cover.key(key, state),
            Self::Agenda(cover) => cover.key(key, state),
            Self::Until(cover) => cover.key(key),
            Self::Declared(cover) => cover.key(key, state),
            Self::Reconsider(cover) => cover.key(key),
        }
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Text(cover) => cover.field.paste(text),
            Self::Pick(cover) => cover.people.paste(text),
            Self::Hands(cover) => cover.paste(text),
            Self::Due(cover) => cover.paste(text),
            Self::Long(cover) => cover.paste(text),
            Self::Papers(cover) => cover.paste(text),
            Self::Until(cover) => cover.paste(text),
            Self::Reconsider(cover) => cover.paste(text),
            _ => {}
        }
    }

    /// Something that was tried from here was done: whether the cover has served.
    pub fn served(&self, command: &Command) -> bool {
        match self {
            Self::Hands(cover) => cover.is_served_by(command),
            Self::Text(cover) => cover.purpose.is_served_by(command),
            Self::Due(cover) => cover.is_served_by(command),
            Self::Long(cover) => cover.is_served_by(command),
            Self::Requests(cover) => cover.is_served_by(command),
            Self::Entering(cover) => cover.is_served_by(command),
            Self::Judge(cover) => cover.is_served_by(command),
            Self::Reconsider(cover) => cover.is_served_by(command),
            Self::Papers(_) => matches!(command, Command::EnterCountFor { .. }),
            Self::Until(_) => until::Until::is_served_by(command),
            _ => false,
        }
    }

    /// Whether the question still stands in this state; what was to be confirmed may have happened meanwhile.
    pub fn stands(&self, state: &State) -> bool {
        match self {
            Self::Confirm(cover) => cover.stands(state),
            Self::Hands(cover) => cover.stands(state),
            Self::Choice(cover) => cover.stands(state),
            Self::Text(cover) => cover.purpose.stands(state),
            Self::Pick(cover) => cover.stands(state),
            Self::Defer(cover) => cover.stands(state),
            Self::Material(_) | Self::Code(_) => true,
            Self::Due(cover) => cover.stands(state),
            Self::Left(cover) => cover.stands(state),
            Self::Long(cover) => cover.stands(state),
            Self::Merge(cover) => cover.stands(state),
            Self::Whole(cover) => cover.stands(state),
            Self::Requests(cover) => cover.stands(state),
            Self::Entering(cover) => cover.stands(state),
            Self::Judge(cover) => cover.stands(state),
            Self::Scrutineers(cover) => cover.stands(state),
            Self::Papers(cover) => cover.stands(state),
            Self::Agenda(cover) => cover.stands(state),
            Self::Until(_) => until::Until::stands(state),
            Self::Declared(cover) => cover.stands(state),
            Self::Reconsider(cover) => cover.stands(state),
        }
    }

    /// The sentence to read aloud for what is being put to the body here; none where the step's own is read.
    pub fn says(&self, lang: Lang, state: &State) -> Option<String> {
        match self {
            Self::Agenda(cover) => cover.says(lang, state),
            Self::Hands(cover) => cover.says(lang, state),
            Self::Text(cover) => cover.says(lang, state),
            _ => None,
        }
    }

    /// Whether every character is part of a text here, `?` too.
    pub fn is_typing(&self) -> bool {
        match self {
            Self::Text(_) | Self::Due(_) | Self::Long(_) => true,
            Self::Until(cover) => cover.is_typing(),
            Self::Reconsider(cover) => cover.is_typing(),
            _ => false,
        }
    }

    /// Whether it is asked why the meeting is adjourned: it may be to another day.
    pub fn asks_why_adjourned(&self) -> bool {
        matches!(self, Self::Text(text) if text.purpose == text::Purpose::Adjourn)
    }

    /// The keys that work while it lies there.
    pub fn hints(&self, lang: Lang, state: &State) -> Vec<Hint> {
        match self {
            Self::Confirm(cover) => cover.hints(lang),
            Self::Hands(cover) => cover.hints(lang, state),
            Self::Text(cover) => cover.hints(lang),
            Self::Pick(cover) => cover.hints(lang),
            Self::Defer(_) => defer::hints(lang),
            Self::Material(_) => material::hints(lang),
            Self::Code(_) => code::hints(lang),
            Self::Due(cover) => cover.hints(lang),
            Self::Left(_) => left::hints(lang),
            Self::Long(cover) => cover.hints(lang),
            Self::Merge(_) => merge::hints(lang),
            Self::Whole(_) => whole::hints(lang),
            Self::Requests(cover) => cover.hints(lang),
            Self::Entering(cover) => cover.hints(lang),
            Self::Judge(_) => judge::hints(lang),
            Self::Choice(_) => choice::hints(lang),
            Self::Scrutineers(cover) => cover.hints(lang),
            Self::Papers(cover) => cover.hints(lang),
            Self::Agenda(cover) => cover.hints(lang),
            Self::Until(cover) => cover.hints(lang),
            Self::Declared(cover) => cover.hints(lang),
            Self::Reconsider(cover) => cover.hints(lang),
        }
    }

    /// Draws it over the page.
    pub fn draw(&mut self, frame: &mut Frame<'_>, page: Rect, body: Rect, scene: &Scene<'_>, state: &State) {
        match self {
            Self::Confirm(cover) => cover.draw(frame, page, scene, state),
            Self::Hands(cover) => cover.draw(frame, page, scene, state),
            Self::Text(cover) => cover.draw(frame, page, scene, state),
            Self::Pick(cover) => cover.draw(frame, body, scene, state),
            Self::Defer(cover) => cover.draw(frame, body, scene, state),
            Self::Material(cover) => cover.draw(frame, body, scene),
            Self::Code(cover) => cover.draw(frame, page, scene, state),
            Self::Due(cover) => cover.draw(frame, page, scene, state),
            Self::Left(cover) => cover.draw(frame, page, scene, state),
            Self::Long(cover) => cover.draw(frame, body, scene, state),
            Self::Merge(cover) => cover.draw(frame, body, scene, state),
            Self::Whole(cover) => cover.draw(frame, body, scene, state),
            Self::Requests(cover) => cover.draw(frame, body, scene, state),
            Self::Entering(cover) => cover.draw(frame, body, scene, state),
            Self::Judge(cover) => cover.draw(frame, body, scene, state),
            Self::Choice(cover) => cover.draw(frame, page, scene, state),
            Self::Scrutineers(cover) => cover.draw(frame, body, scene, state),
            Self::Papers(cover) => cover.draw(frame, body, scene, state),
            Self::Agenda(cover) => cover.draw(frame, body, scene, state),
            Self::Until(cover) => cover.draw(frame, page, scene),
            Self::Declared(cover) => cover.draw(frame, body, scene, state),
            Self::Reconsider(cover) => cover.draw(frame, body, scene, state),
        }
    }
}

/// A key and what it does, where the word says all.
fn hint(key: &'static str, does: &'static str) -> Hint {
    Hint { key, does, means: does }
}

/// A box at the bottom of the panel `area` for so many lines inside, cleared; returns its inside. The panel's own border
/// stays, where there is room for it.
fn sheet(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    title: &str,
    lines: usize,
    wrong: bool,
) -> Rect {
    let tall = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let wide = area.width.saturating_sub(4);
    let y = widgets::bottom(area, tall);
    let place = Rect { x: area.x + 2, y, width: wide, height: tall };
    let style = if wrong { scene.theme.alarm() } else { scene.theme.accent() };
    let block = scene.theme.block(title.to_owned()).border_style(style);
    let inside = block.inner(place);
    widgets::clear(frame, place);
    frame.render_widget(block, place);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// A box over the whole of `area`, cleared; returns its inside.
fn whole(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, title: &str) -> Rect {
    let block = scene.theme.block(title.to_owned()).border_style(scene.theme.accent());
    let inside = block.inner(area);
    widgets::clear(frame, area);
    frame.render_widget(block, area);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}
