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
//! - [`pages`]: pages on which there is nothing to mark
//! - [`keys`]: the keys that work now; `input` is what they do

pub mod enrol;
pub mod floor;
mod input;
pub mod keys;
pub mod materials;
pub mod nominees;
pub mod page;
pub mod pages;
pub mod paper;
pub mod paper_page;
pub mod printed;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use self::keys::{Key, hints};
use self::materials::Materials;
use self::nominees::{NomineePage, inset};
use self::page::Page;
use self::paper::Sheet;
use self::paper_page::PaperPage;
use self::printed::Printed;
use super::widgets::chrome::{self, Chrome};
use super::widgets::field::Field;
use super::widgets::notice::{Notices, Tone};
use super::widgets::page::Page as Words;
use super::widgets::people::People;
use super::widgets::scroll::Scroll;
use super::{Act, Answer, Scene, Screen};
use crate::client::{Paper, View};
use crate::meeting::{BallotId, Command, State, TEXT_CHARS_MAX};
use crate::plan::Duty;
use crate::words::Lang;
use crate::words::common;
use crate::words::terminal::{self as words, Terminal as Text};

/// The terminal of one seat.
#[derive(Debug)]
pub struct Terminal {
    lang: Lang,
    /// The paper being filled in; there is one only while it can be marked.
    sheet: Option<Sheet>,
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
}

/// What the member has opened over the page.
#[derive(Debug)]
enum Over {
    Nothing,
    Nominee { place: usize, scroll: Scroll },
    Review(Scroll),
    Recusal,
    Note(Field),
    People(People),
}

impl Terminal {
    /// A terminal that speaks this language.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            sheet: None,
            handed: None,
            cast_failed: None,
            over: Over::Nothing,
            covered: false,
            help: false,
            notices: Notices::default(),
            materials: Materials::default(),
            scroll: Scroll::default(),
        }
    }

    fn page(&self, view: &View) -> Page {
        page::page(view, self.handed.as_ref())
    }

    /// The keys that do something now.
    fn keys(&self, view: &View) -> Vec<Key> {
        match &self.over {
            Over::Nominee { scroll, .. } => {
                return with_scroll(scroll, vec![Key::Other, Key::Back, Key::Cover]);
            }
            Over::Review(scroll) => return with_scroll(scroll, vec![Key::Cast, Key::Back, Key::Cover]),
            Over::Recusal => return vec![Key::Confirm, Key::Back],
            Over::Note(_) => return vec![Key::Add, Key::Back],
            Over::People(_) => return vec![Key::Toggle, Key::Move, Key::Back],
            Over::Nothing => {}
        }
        let page = self.page(view);
        let mut keys = match page {
            Page::SignIn => vec![Key::SignIn],
            Page::Paper(_) => vec![Key::Choose, Key::Move, Key::Review],
            Page::Ended | Page::TurnedAway => vec![Key::Leave],
            _ => Vec::new(),
        };
        let Some(state) = view.state.as_deref() else { return keys };
        let readable = matches!(
            page,
            Page::Floor
                | Page::Paper(_)
                | Page::PaperReady
                | Page::Returned
                | Page::NotReturned
                | Page::Result(_)
        );
        if matches!(page, Page::Floor | Page::Result(_)) {
            keys = with_scroll(&self.scroll, keys);
        }
        if readable && page::nomination(state).is_some() {
            keys.push(Key::Materials);
        }
        if page == Page::Floor && page::may_recuse(view, state) {
            keys.push(Key::Recuse);
        }
        let recorder = page::has_duty(view, state, Duty::Recorder);
        if recorder && !matches!(page, Page::Ended | Page::TurnedAway) {
            keys.extend([Key::Note, Key::People]);
        }
        if matches!(page, Page::Paper(_) | Page::Returned) {
            keys.push(Key::Cover);
        }
        keys
    }

    fn header(&self, scene: &Scene<'_>) -> Vec<String> {
        let Some(state) = scene.state() else { return Vec::new() };
        let mut left = Vec::new();
        if let Some(person) = page::me(scene.view, state) {
            let number = state.plan().seat_number(&person.id).unwrap_or(0);
            let mut who = words::seat(scene.lang, number, &person.name);
            for duty in &person.duties {
                who = format!("{who} {} {}", scene.theme.dot(), words::duty(scene.lang, *duty));
            }
            left.push(who);
        }
        left.push(match state.current_item() {
            Some(item) => state.item(&item.id).map_or(String::new(), |item| item.title.clone()),
            None => state.plan().meeting.title.clone(),
        });
        left
    }

    /// What is printed on the paper that is being filled in.
    fn printed<'a>(&self, state: &'a State) -> Option<Printed<'a>> {
        let (_, round) = state.round(self.sheet.as_ref()?.ballot())?;
        Printed::of(state, round)
    }

    fn draw_page(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
        let page = self.page(scene.view);
        if pages::draw(frame, area, scene, &page) {
            return;
        }
        let Some(state) = scene.state() else { return };
        match &page {
            Page::Result(item) => pages::result(frame, area, scene, state, item, &mut self.scroll),
            Page::Paper(_) => {
                let (Some(sheet), Some(printed)) = (&self.sheet, self.printed(state)) else { return };
                let paper = PaperPage { sheet, printed, failed: self.cast_failed.as_deref() };
                paper.draw(frame, area, scene, &mut self.scroll);
            }
            _ => floor::draw(frame, area, scene, state, &self.materials, &mut self.scroll),
        }
    }

    /// Draws what the member has opened. Whether there was something.
    fn draw_over(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) -> bool {
        let Some(state) = scene.state() else { return false };
        match &mut self.over {
            Over::Nothing => return false,
            Over::Nominee { place, scroll } => {
                let Some((_, nomination)) = page::nomination(state) else { return false };
                let page =
                    NomineePage { state, nomination, place: *place, materials: &self.materials, above: "" };
                page.draw(frame, area, scene, scroll);
            }
            Over::Review(scroll) => {
                let round = self.sheet.as_ref().and_then(|sheet| state.round(sheet.ballot()));
                let printed = round.and_then(|(_, round)| Printed::of(state, round));
                let (Some(sheet), Some(printed)) = (&self.sheet, printed) else { return false };
                PaperPage { sheet, printed, failed: None }.draw_review(frame, area, scene, scroll);
            }
            Over::Recusal => Words::new(Text::RecuseAsk.text(scene.lang), scene.theme.accent())
                .say(Text::RecuseWhy.text(scene.lang), scene.theme.plain_text())
                .draw(frame, area, scene, ""),
            Over::Note(field) => draw_note(frame, area, scene, field),
            Over::People(people) => {
                let block = scene.theme.block(Text::PeopleTitle.text(scene.lang));
                let inner = block.inner(area);
                frame.render_widget(block, area);
                people.draw(frame, inset(inner), scene, state);
            }
        }
        true
    }
}

/// The keys, and the ones that scroll where there is something to scroll.
fn with_scroll(scroll: &Scroll, mut keys: Vec<Key>) -> Vec<Key> {
    if scroll.overflows() {
        keys.push(Key::Scroll);
    }
    keys
}

fn draw_note(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, field: &Field) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(Text::NoteTitle.text(lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [_, how, _, line, rule] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(inset(inner));
    let lines: Vec<Line<'_>> =
        super::text::wrap(Text::NoteHow.text(lang), how.width.into()).into_iter().map(Line::raw).collect();
    frame.render_widget(Paragraph::new(lines), how);
    field.draw(frame, line, theme);
    frame.render_widget(Paragraph::new(theme.rule().repeat(rule.width.into())).style(theme.dim()), rule);
}

impl Screen for Terminal {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        if self.covered {
            let body = chrome::draw(frame, scene, &Chrome::default());
            pages::covered(frame, body, scene);
            return;
        }
        let body = chrome::body(frame.area(), scene);
        if !self.draw_over(frame, body, scene) {
            self.draw_page(frame, body, scene);
        }
        // The frame comes last: only now is it known whether the page has more than fits, and so which keys work.
        let hints = hints(&self.keys(scene.view), scene.lang, scene.theme);
        let left = self.header(scene);
        let typing = matches!(self.over, Over::Note(_) | Over::People(_));
        let chrome = Chrome { left, hints: &hints, help: self.help, typing, ..Chrome::default() };
        chrome::draw(frame, scene, &chrome);
        self.notices.draw(frame, body, scene);
        chrome::draw_help(frame, scene, &chrome);
    }

    fn key(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        self.press(key, view)
    }

    fn paste(&mut self, text: &str, _view: &View) -> Vec<Act> {
        match &mut self.over {
            Over::Note(field) if !self.covered => field.paste(text),
            Over::People(people) if !self.covered => people.paste(text),
            _ => {}
        }
        Vec::new()
    }

    fn answered(&mut self, answer: Answer, view: &View) -> Vec<Act> {
        let state = view.state.as_deref();
        match answer {
            Answer::Material { path, result } => self.materials.answered(path, result),
            Answer::Cast(Ok(_)) => {}
            Answer::Cast(Err(error)) => {
                self.handed = None;
                self.cast_failed = Some(common::not_done(self.lang, &error, state));
                return self.viewed(view);
            }
            Answer::Order { result: Err(error), .. } | Answer::Seal(Err(error)) => {
                self.notices.say(Tone::Refused, common::not_done(self.lang, &error, state));
            }
            Answer::Order { command, result: Ok(_) } => {
                if let Some(words) = self.done(&command, view) {
                    self.notices.say(Tone::Done, words);
                }
            }
            Answer::Seal(Ok(_)) | Answer::Own(_) => {}
        }
        Vec::new()
    }

    fn viewed(&mut self, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        self.follow_paper(view, state);
        if matches!(self.over, Over::Recusal) && !page::may_recuse(view, state) {
            self.over = Over::Nothing;
        }
        let Some((item, nomination)) = page::nomination(state) else { return Vec::new() };
        match nominees::introduced(item, nomination) {
            Some((_, nominee)) => {
                self.materials.want([nominee.introduction.as_str(), nominee.inspection.as_str()])
            }
            None => Vec::new(),
        }
    }

    fn next_tick(&self, view: &View, now: Timestamp) -> Option<Duration> {
        Some(self.notices.tick(now, chrome::tick(view, now)))
    }
}

impl Terminal {
    /// There is a sheet exactly while the paper can be marked; otherwise every mark is gone.
    fn follow_paper(&mut self, view: &View, state: &State) {
        let round = page::own_round(view, state);
        let ballot = round.map(|round| round.issue.ballot.clone());
        if self.handed.is_some()
            && (self.handed != ballot || !matches!(view.paper, Paper::Open | Paper::Casting))
        {
            self.handed = None;
        }
        let wanted = match self.page(view) {
            Page::Paper(ballot) => Some(ballot),
            // A pause or a lost connection takes no marks away.
            Page::Suspended | Page::SignIn if view.paper == Paper::Open && self.handed.is_none() => ballot,
            _ => None,
        };
        if wanted.is_none() {
            self.sheet = None;
            self.cast_failed = None;
        }
        if let (Some(wanted), Some(round)) = (wanted, round)
            && self.sheet.as_ref().is_none_or(|sheet| *sheet.ballot() != wanted)
        {
            let Some(printed) = Printed::of(state, round) else { return };
            self.sheet = Some(Sheet::new(printed.lines(), printed.answers(), round));
            self.scroll = Scroll::default();
            if matches!(self.over, Over::Nominee { .. } | Over::Recusal) {
                self.over = Over::Nothing;
            }
        }
        if self.sheet.is_none() && matches!(self.over, Over::Review(_)) {
            self.over = Over::Nothing;
        }
    }

    fn done(&self, command: &Command, view: &View) -> Option<String> {
        let state = view.state.as_deref()?;
        let (seat, here) = match command {
            Command::Note { .. } => return Some(Text::NoteDone.text(self.lang).to_owned()),
            Command::Recuse { .. } => return Some(Text::RecuseDone.text(self.lang).to_owned()),
            Command::SignIn { seat } => (seat, true),
            Command::SignOut { seat } => (seat, false),
            _ => return None,
        };
        let own = page::my_seat(view) == Some(seat);
        (!own).then(|| words::presence_changed(self.lang, state.name(seat), here))
    }

    fn note(&self) -> Field {
        Field::new(usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX))
    }
}
