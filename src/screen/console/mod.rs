//! The presiding officer's console: the agenda, the item on the floor, the figures, the sentence to read aloud, and
//! one next lawful step on Enter. What the rules forbid is refused by the hub and said here in words.
//!
//! - [`layout`]: where the panels stand, and in what order they give way
//! - [`page`]: the middle, one page for each step
//! - [`figures`]: attendance and rules
//! - [`keys`]: which keys work now
//! - [`cover`]: questions, forms and lists over the page
//! - [`standing`]: what stays until it is dealt with
//! - [`situation`]: the figures of a review, and requests for the floor
//! - [`review`]: choosing officials and questions, and the keys of a review
//! - [`joint`]: choosing officials in a joint meeting, and its keys
//! - `open`: the keys of what is decided in the open
//! - [`signing`]: the seal: who signs, and going on without somebody
//! - [`own`]: the presiding officer's own ballot paper

pub mod cover;
pub mod draw;
pub mod figures;
pub mod joint;
pub mod keys;
pub mod layout;
mod open;
pub mod own;
pub mod page;
pub mod review;
pub mod signing;
pub mod situation;
pub mod standing;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Frame;

use self::cover::agenda::Agenda;
use self::cover::code::Code;
use self::cover::confirm::{Confirm, What};
use self::cover::declared::Declared;
use self::cover::defer::Defer;
use self::cover::hands::Hands;
use self::cover::judge::Judge;
use self::cover::long::{Long, Writes};
use self::cover::material::Material;
use self::cover::papers::{PickedFor, Scrutineers};
use self::cover::pick::{For, Pick};
use self::cover::text::{Purpose, Text};
use self::cover::until::Until;
use self::cover::{Cover, Turn};
use self::own::Own;
use super::widgets::notice::{Notices, Tone};
use super::widgets::scroll::Scroll;
use super::widgets::{chrome, letter, scrutiny};
use super::{Act, Answer, Scene, Screen};
use crate::client::{AskError, Done, SealAct, View};
use crate::meeting::{Actor, Command, LineId, SeatId, Stage, State, Step, next_step, silent};
use crate::plan::{Nominee, SessionFolder};
use crate::words::Lang;
use crate::words::common;
use crate::words::console::{self, Console as Words};
use crate::words::joint::Joint as JointText;
use crate::words::key::Key;
use crate::words::term::Term;

/// A seat that waits for a real person, and what to tell that person. Shown until the seat is enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSeat {
    /// Whose seat.
    pub seat: SeatId,
    /// What to do, e.g. the command to type in a second window.
    pub text: String,
}

/// The console. Its notes are what the officer is doing at the keyboard; everything else is in the view.
#[derive(Debug)]
pub struct Console {
    lang: Lang,
    archive: String,
    free: Option<FreeSeat>,
    /// Where the items lie that could be added to the agenda.
    folder: Option<SessionFolder>,
    /// The clock of the room, by which dates and times are typed.
    zone: TimeZone,
    own: Option<Own>,
    cover: Option<Cover>,
    notices: Notices,
    list: Scroll,
    speech: Scroll,
    /// What was drawn last, so that a new page and a new sentence begin at their top.
    drawn: (String, String),
    chosen: Option<LineId>,
    /// What is chosen in a review.
    picked: review::Picked,
    /// What is chosen in a joint meeting.
    looking: joint::Looking,
    objections_seen: usize,
    /// An order is on its way: Enter waits for its answer.
    pending: bool,
    seal_signed: bool,
    /// Who is chosen of those who have not signed.
    unsigned: usize,
    help: bool,
}

impl Console {
    /// The console of the session folder `archive`; `free` is a seat left for a person, where there is one.
    pub fn new(lang: Lang, archive: String, free: Option<FreeSeat>) -> Self {
        Self {
            lang,
            archive,
            free,
            folder: None,
            zone: TimeZone::UTC,
            own: None,
            cover: None,
            notices: Notices::default(),
            list: Scroll::default(),
            speech: Scroll::default(),
            drawn: (String::new(), String::new()),
            chosen: None,
            picked: review::Picked::default(),
            looking: joint::Looking::default(),
            objections_seen: 0,
            pending: false,
            seal_signed: false,
            unsigned: 0,
            help: false,
        }
    }

    /// In a room whose clock is this one.
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// With something to say at once: what was mended before the screen was there.
    #[must_use]
    pub fn saying(mut self, text: Option<String>) -> Self {
        if let Some(text) = text {
            self.notices.say(Tone::Done, text);
        }
        self
    }

    /// With the session folder, from which items are added to the agenda.
    #[must_use]
    pub fn with_folder(mut self, folder: SessionFolder) -> Self {
        self.folder = Some(folder);
        self
    }

    /// With the screen of the presiding officer's own seat, which `V` opens. Its client's views are passed to
    /// [`Screen::own_viewed`]; what it wants done comes as [`Act::Own`] and is answered by [`Answer::Own`].
    #[must_use]
    pub fn with_own_paper(mut self, screen: Box<dyn Screen + Send>) -> Self {
        self.own = Some(Own::new(screen));
        self
    }

    fn around(&self, view: &View, state: &State) -> keys::Around {
        keys::Around {
            own: self.own.as_ref().is_some_and(Own::is_ready),
            objections: state.objections.len() > self.objections_seen,
            sealed: view.sealed,
            unsigned: signing::missing(view).len(),
            nameable: signing::nameable(view).len(),
            chosen: self
                .introduces(state)
                .map(|_| Words::IntroduceAgain.text(self.lang))
                .or_else(|| self.picked.calls(state).map(|(_, does)| does.text(self.lang)))
                .or_else(|| {
                    let reports = matches!(next_step(state), Some(Step::Introduce(..)))
                        && state.current_term().is_some();
                    reports.then(|| Term::AskReport.text(self.lang))
                })
                .or_else(|| {
                    let chosen = self.looking.is_out_of_turn(state);
                    chosen.then(|| JointText::CloseChosen.text(self.lang))
                }),
        }
    }

    /// The nominee that Enter introduces out of turn.
    fn introduces(&self, state: &State) -> Option<Command> {
        let item = state.current_item().filter(|item| item.stage == Stage::Introducing)?;
        let line = self.chosen.clone().filter(|line| item.introduced.last() != Some(line))?;
        state.suspended.is_none().then(|| Command::Introduce { item: item.id.clone(), line })
    }

    fn enter(&mut self, view: &View, state: &State) -> Vec<Act> {
        if self.pending || view.sealed {
            return Vec::new();
        }
        if let Some(command) = self.introduces(state) {
            self.chosen = None;
            return self.wanted(vec![Act::Order(command)]);
        }
        if let Some((command, _)) = self.picked.calls(state) {
            return self.wanted(vec![Act::Order(command)]);
        }
        if let Some(acts) = self.enter_joint(state) {
            return self.wanted(acts);
        }
        let Some(step) = next_step(state) else { return Vec::new() };
        match &step {
            Step::ApproveScrutineers => self.cover = Some(Cover::Hands(Hands::default())),
            Step::JudgeReply(item, question) => {
                self.cover = Some(Cover::Judge(Judge::new(item.clone(), *question)));
            }
            Step::DecideAgenda => self.cover = state.proposal().map(Cover::deciding),
            Step::CountHands(item) => self.cover = Some(Cover::Hands(Hands::on(item.clone()))),
            Step::AwaitStatement(item, seat) => {
                let writes = Writes::View(item.clone(), seat.clone());
                self.cover = Some(Cover::Long(Box::new(Long::new(writes, state))));
            }
            Step::SumUp(item) => {
                let writes = Writes::SumUp(item.clone());
                self.cover = Some(Cover::Long(Box::new(Long::new(writes, state))));
            }
            Step::SettleObjection(number) => {
                self.cover = Some(Cover::Declared(Declared::at(state, Some(*number))));
            }
            Step::Seal if self.seal_signed => {}
            Step::Seal => return self.sign(view),
            _ if keys::asks_twice(state, &step) => {
                self.cover = Some(Cover::Confirm(Confirm::new(What::Step(step))));
            }
            _ => return self.wanted(step.command().map(Act::Order).into_iter().collect()),
        }
        Vec::new()
    }

    fn wanted(&mut self, acts: Vec<Act>) -> Vec<Act> {
        self.pending |= acts.iter().any(|act| matches!(act, Act::Order(_) | Act::Seal(_)));
        acts
    }

    fn press(&mut self, key: Key, view: &View, state: &State) -> Vec<Act> {
        if let Some(acts) = self.press_review(key, state) {
            if let Some(Cover::Pick(pick)) = &mut self.cover {
                pick.people.online = online(view);
            }
            return self.wanted(acts);
        }
        if let Some(acts) = self.press_joint(key, state) {
            return self.wanted(acts);
        }
        if self.press_open(key, state) {
            if let Some(Cover::Pick(pick)) = &mut self.cover {
                pick.people.online = online(view);
            }
            return Vec::new();
        }
        let item = state.current_item().map(|item| item.id.clone());
        let text = |purpose: Purpose| Some(Cover::Text(Text::new(purpose)));
        let pick = |purpose: For| Some(Cover::Pick(Pick::new(purpose)));
        self.cover = match key {
            Key::Attendance => pick(For::Attendance),
            Key::Reissue => pick(For::Reissue),
            Key::Connections => pick(For::Connections),
            Key::Recuse => item.and_then(|item| pick(For::Recusal(item))),
            Key::Defer => item.map(|item| Cover::Defer(Defer::new(item, self.place(state)))),
            Key::Note => text(Purpose::Note),
            Key::Suspend => text(Purpose::Suspend),
            Key::Adjourn => text(Purpose::Adjourn),
            Key::Without => signing::nameable(view)
                .get(self.unsigned)
                .and_then(|signer| text(Purpose::SealWithout(signer.by.clone()))),
            Key::NewRound => state
                .current_round()
                .and_then(|(_, round)| text(Purpose::NewRound(round.issue.ballot.clone()))),
            Key::Material => {
                let Some(nominee) = self.nominee(state) else { return Vec::new() };
                let (material, act) = Material::new(nominee);
                self.cover = Some(Cover::Material(material));
                return vec![act];
            }
            Key::Judge => {
                let term = state.current_term().map(|(.., term)| term);
                let put = term.and_then(|term| term.unjudged().next().or(term.questions.last()));
                item.zip(put).map(|(item, put)| Cover::Judge(Judge::new(item, put.id)))
            }
            Key::MakeAgain => return self.wanted(vec![Act::Order(Command::MakeKey)]),
            Key::Silent => state.current_round().map(|(_, round)| {
                Cover::Confirm(Confirm::new(What::Silent(round.issue.ballot.clone(), silent(state))))
            }),
            Key::ByPaper => item.map(|item| Cover::Confirm(Confirm::new(What::ByPaper(item)))),
            Key::EnterPapers => Some(Cover::Scrutineers(Scrutineers::new(PickedFor::Count, state))),
            Key::SheetByHand => Some(Cover::Scrutineers(Scrutineers::new(PickedFor::Sheet, state))),
            Key::WithoutKey => {
                let next = state.next_item().map(|item| item.id.clone());
                return self
                    .wanted(next.map(|item| Act::Order(Command::OpenItem { item })).into_iter().collect());
            }
            Key::Undecided => item.map(|item| Cover::Confirm(Confirm::new(What::Undecided(item)))),
            Key::PutOff => {
                let official = state.current_review().and_then(|(_, _, review)| review.current.clone());
                item.zip(official).and_then(|(item, official)| text(Purpose::PutOff(item, official)))
            }
            Key::Agenda => {
                let files = self.folder.as_ref().map(SessionFolder::items_to_add).unwrap_or_default();
                Some(Cover::Agenda(Box::new(Agenda::new(files, state))))
            }
            Key::Results => {
                let open = state.open_result_objections().next().map(|open| open.number);
                Some(Cover::Declared(Declared::at(state, open)))
            }
            Key::Resume => return self.wanted(vec![Act::Order(Command::Resume)]),
            Key::DealtWith => {
                self.objections_seen = state.objections.len();
                None
            }
            Key::Own => {
                if let Some(own) = &mut self.own {
                    own.open();
                }
                None
            }
            Key::Help => {
                self.help = true;
                None
            }
            Key::Quit => return vec![Act::Quit],
            _ => None,
        };
        if let Some(Cover::Pick(pick)) = &mut self.cover {
            pick.people.online = online(view);
        }
        Vec::new()
    }

    /// The place of the nominee that is chosen, or on the floor.
    fn place(&self, state: &State) -> usize {
        let Some(item) = state.current_item() else { return 0 };
        let Some(line) = self.chosen.as_ref().or(item.introduced.last()) else { return 0 };
        let lines = state.item(&item.id).map_or(&[][..], crate::plan::Item::lines);
        lines.iter().position(|nominee| nominee.id == line.as_str()).unwrap_or(0)
    }

    fn nominee<'a>(&self, state: &'a State) -> Option<&'a Nominee> {
        let item = state.current_item()?;
        state.item(&item.id)?.lines().get(self.place(state))
    }

    /// Moves to another nominee; whether there are nominees to choose from.
    fn choose(&mut self, state: &State, forward: bool) -> bool {
        let Some(item) = state.current_item() else { return false };
        if !keys::now(state, keys::Around::default()).contains(&Key::Choose) {
            return false;
        }
        let lines = state.item(&item.id).map_or(&[][..], crate::plan::Item::lines);
        let at = self.place(state);
        let to = if forward { (at + 1).min(lines.len().saturating_sub(1)) } else { at.saturating_sub(1) };
        self.chosen = lines.get(to).map(|line| LineId::from(line.id.as_str()));
        true
    }

    fn covered_key(&mut self, key: KeyEvent, state: &State) -> Vec<Act> {
        let Some(cover) = &mut self.cover else { return Vec::new() };
        if key.code == KeyCode::Tab && cover.asks_why_adjourned() {
            *cover = Cover::Until(Box::new(Until::new(state, self.zone.clone())));
            return Vec::new();
        }
        match cover.key(key, state) {
            Turn::Stay => Vec::new(),
            Turn::Leave => {
                self.cover = None;
                Vec::new()
            }
            Turn::Do(_) | Turn::Try(_) if self.pending => Vec::new(),
            Turn::Do(acts) => {
                self.cover = None;
                self.wanted(acts)
            }
            Turn::Try(acts) => self.wanted(acts),
            Turn::Next(next) => {
                self.cover = Some(*next);
                Vec::new()
            }
        }
    }

    fn order_done(&mut self, command: &Command, done: Done) {
        if let (Some(code), Command::ReissueCode { who }) = (&done.code, command) {
            self.cover = Some(Cover::Code(Code { who: who.clone(), code: code.clone() }));
        } else if self.cover.as_ref().is_some_and(|cover| cover.served(command)) {
            // What was put to the body is decided next.
            self.cover = match command {
                Command::PutAgenda { change, reason } => {
                    Some(Cover::Hands(Hands::on_agenda(change.clone(), reason.clone())))
                }
                _ => None,
            };
        }
        if matches!(command, Command::Note { .. }) {
            self.notices.say(Tone::Done, console::noted(self.lang));
        }
    }

    fn refused(&mut self, error: &AskError, view: &View) {
        self.notices.say(Tone::Refused, common::not_done(self.lang, error, view.state.as_deref()));
    }
}

/// Whose terminals are connected.
fn online(view: &View) -> Option<BTreeSet<SeatId>> {
    let connections = view.live.connections.as_ref()?;
    Some(connections.iter().filter_map(Actor::seat).cloned().collect())
}

impl Screen for Console {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        match &mut self.own {
            Some(own) if own.is_open() => own.draw(frame, scene),
            _ => self.draw_all(frame, scene),
        }
    }

    fn key(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        self.notices.clear();
        if std::mem::take(&mut self.help) {
            return Vec::new();
        }
        if let Some(own) = self.own.as_mut().filter(|own| own.is_open()) {
            return own.key(key);
        }
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        if let Some(cover) = &self.cover {
            if letter(key) == Some('?') && !cover.is_typing() {
                self.help = true;
                return Vec::new();
            }
            return self.covered_key(key, state);
        }
        match key.code {
            // A key that is held down takes one step, not several.
            KeyCode::Enter if key.kind == KeyEventKind::Repeat => {}
            KeyCode::Enter => return self.enter(view, state),
            KeyCode::Left | KeyCode::Right if self.looking.turn(state, key.code == KeyCode::Right) => {}
            KeyCode::Left => {
                self.choose(state, false);
            }
            KeyCode::Right => {
                self.choose(state, true);
            }
            KeyCode::Up | KeyCode::Down if self.choose(state, key.code == KeyCode::Down) => {}
            KeyCode::Up | KeyCode::Down if self.choose_signer(view, key.code == KeyCode::Down) => {}
            KeyCode::Up | KeyCode::Down if self.looking.choose(state, key.code == KeyCode::Down) => {}
            KeyCode::Up | KeyCode::Down if self.picked.choose(state, key.code == KeyCode::Down) => {}
            KeyCode::Esc => {
                self.chosen = None;
                self.picked = review::Picked::default();
                self.looking = joint::Looking::default();
            }
            KeyCode::PageUp | KeyCode::PageDown => {
                self.speech.key(key.code);
            }
            KeyCode::Up | KeyCode::Down | KeyCode::Home | KeyCode::End => {
                self.list.key(key.code);
            }
            _ => {
                let works = keys::now(state, self.around(view, state));
                let letter = letter(key);
                match letter.and_then(|letter| keys::typed(letter, &works)) {
                    // What is moved or extended is what the record shows: the answer is awaited first.
                    Some(Key::MoveQuestion | Key::Extend | Key::Pause | Key::GoOn) if self.pending => {}
                    Some(Key::MoveQuestion) => {
                        let back = matches!(letter, Some('>' | '.' | '-'));
                        let acts = self.picked.moves(state, back).map(Act::Order);
                        return self.wanted(acts.into_iter().collect());
                    }
                    Some(wanted) => return self.press(wanted, view, state),
                    None => {}
                }
            }
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _view: &View) -> Vec<Act> {
        if let Some(own) = self.own.as_mut().filter(|own| own.is_open()) {
            return own.paste(text);
        }
        if let Some(cover) = &mut self.cover {
            cover.paste(text);
        }
        Vec::new()
    }

    fn answered(&mut self, answer: Answer, view: &View) -> Vec<Act> {
        match answer {
            Answer::Own(answer) => {
                return self.own.as_mut().map(|own| own.answered(*answer)).unwrap_or_default();
            }
            Answer::Order { command, result } => {
                self.pending = false;
                match result {
                    Ok(done) => self.order_done(&command, done),
                    Err(error) => self.refused(&error, view),
                }
            }
            Answer::Seal { act, result } => {
                self.pending = false;
                match result {
                    Ok(_) if act == SealAct::Sign => self.seal_signed = true,
                    Ok(_) => self.cover = None,
                    Err(error) => self.refused(&error, view),
                }
            }
            Answer::Material { path, result } => {
                if let Some(Cover::Material(material)) = &mut self.cover {
                    let text =
                        result.map_err(|error| common::not_done(self.lang, &error, view.state.as_deref()));
                    material.read(&path, text);
                }
            }
            Answer::Prepared { .. }
            | Answer::Cast(_)
            | Answer::Challenged(_)
            | Answer::Slip { .. }
            | Answer::Exam(_)
            | Answer::Room { .. }
            | Answer::Unlocked(_) => {}
        }
        Vec::new()
    }

    fn viewed(&mut self, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        if self.cover.as_ref().is_some_and(|cover| !cover.stands(state)) {
            self.cover = None;
        }
        if let Some(Cover::Pick(pick)) = &mut self.cover {
            pick.people.online = online(view);
        }
        if !keys::now(state, keys::Around::default()).contains(&Key::Choose) {
            self.chosen = None;
        }
        self.picked.viewed(state);
        self.looking.viewed(state);
        self.unsigned = self.unsigned.min(signing::nameable(view).len().saturating_sub(1));
        self.leave_answered(view);
        Vec::new()
    }

    fn own_viewed(&mut self, view: &Arc<View>) -> Vec<Act> {
        self.own.as_mut().map(|own| own.viewed(view)).unwrap_or_default()
    }

    fn next_tick(&self, view: &View, now: Timestamp) -> Option<Duration> {
        let frame = chrome::tick(view, now);
        let state = view.state.as_deref();
        let clocks = [
            state.and_then(|state| review::tick(state, now)),
            state.and_then(|state| scrutiny::tick(state, now)),
        ];
        let clock = clocks.into_iter().flatten().min();
        Some(self.notices.tick(now, clock.map_or(frame, |clock| clock.min(frame))))
    }
}
