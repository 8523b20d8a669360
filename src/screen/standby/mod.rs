//! The standby's own screen: whose standby it is, whether it is in step, how far its record goes; and the one key that
//! matters, by which the presiding officer takes over.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::widgets::Paragraph;

use super::text::{clean, tracker, wrap};
use super::widgets::chrome::{self, Chrome, Hint};
use super::widgets::field::Field;
use super::widgets::page::Page;
use super::widgets::{centre, code_symbols};
use super::{Act, Scene, Screen};
use crate::client::{Link, SeatCode, View};
use crate::meeting::{InStep, Phase, State};
use crate::words::standing_by::{self, StandingBy as Text};
use crate::words::{Lang, clerk};

#[cfg(test)]
mod tests;

/// The longest that is taken for a code, with all its spaces.
const CODE_CHARS_MAX: usize = 40;

/// Digits of a line's number.
const LINE_CHARS_MAX: usize = 19;

/// What came of the screen.
#[derive(Clone, PartialEq, Eq)]
pub enum Left {
    /// The person left, or the meeting is over.
    Gone,
    /// Take over, with the code on the presiding officer's slip.
    TakeOver {
        /// The code.
        code: SeatCode,
        /// The last line that is here, where it is forced.
        forced: Option<u64>,
    },
}

/// What is being typed.
#[derive(Debug)]
enum Typing {
    /// The last line, for a forced takeover.
    Line(Field),
    /// The presiding officer's code.
    Code(Field, Option<u64>),
}

/// The standby's screen.
#[derive(Debug)]
pub struct Standby {
    lang: Lang,
    hub: String,
    typing: Option<Typing>,
    problem: Option<String>,
    help: bool,
    /// Whether the hub has been reached since this process began. One that was away may lack lines and not know it: that it
    /// is let go is said to the hub's record, which it does not have then.
    reached: bool,
    left: Left,
}

impl std::fmt::Debug for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gone => f.write_str("Gone"),
            // The code is not shown.
            Self::TakeOver { forced, .. } => f.debug_struct("TakeOver").field("forced", forced).finish(),
        }
    }
}

impl Standby {
    /// The screen of a machine that stands by for this hub. `problem` is why the last try to take over came to nothing.
    pub fn new(lang: Lang, hub: &str, problem: Option<String>) -> Self {
        let hub = clean(hub).into_owned();
        Self { lang, hub, typing: None, problem, help: false, reached: false, left: Left::Gone }
    }

    /// The same, where the screen before it may have seen that the hub was reached.
    #[must_use]
    pub fn having_reached(mut self, reached: bool) -> Self {
        self.reached = reached;
        self
    }

    /// Whether the hub has been reached since this process began.
    pub fn has_reached(&self) -> bool {
        self.reached
    }

    /// Whether this machine can know that it has all that was acknowledged.
    fn is_in_step(&self, state: &State) -> bool {
        self.reached && step(state) == Some(InStep::Attached)
    }

    /// The same with the question for the takeover open: for whoever has asked for nothing else.
    #[must_use]
    pub fn asking(mut self, view: &View) -> Self {
        self.ask(view);
        self
    }

    /// What came of it.
    pub fn into_left(self) -> Left {
        self.left
    }

    fn ask(&mut self, view: &View) {
        let in_step = view.state.as_deref().is_some_and(|state| self.is_in_step(state));
        self.typing = Some(match in_step {
            true => Typing::Code(Field::new(CODE_CHARS_MAX), None),
            false => Typing::Line(Field::new(LINE_CHARS_MAX)),
        });
    }

    fn enter(&mut self, view: &View) -> Vec<Act> {
        match &mut self.typing {
            Some(Typing::Line(field)) => {
                let last = view.chain.number;
                match field.value().trim().parse::<u64>() {
                    Ok(line) if line == last => {
                        self.typing = Some(Typing::Code(Field::new(CODE_CHARS_MAX), Some(line)));
                        self.problem = None;
                    }
                    Ok(named) => self.problem = Some(standing_by::other_line(self.lang, named, last)),
                    Err(_) => self.problem = Some(Text::LineNotANumber.text(self.lang).to_owned()),
                }
            }
            Some(Typing::Code(field, forced)) => match SeatCode::parse(field.value()) {
                Ok(code) => {
                    field.take();
                    self.left = Left::TakeOver { code, forced: *forced };
                    return vec![Act::Quit];
                }
                Err(fault) => self.problem = Some(clerk::code_fault(self.lang, fault)),
            },
            None => {}
        }
        Vec::new()
    }

    fn hints(&self, view: &View) -> Vec<Hint> {
        let hint = |key, does: Text, means: Text| Hint {
            key,
            does: does.text(self.lang),
            means: means.text(self.lang),
        };
        if self.typing.is_some() {
            return vec![
                hint("Enter", Text::KeyGoOn, Text::KeyGoOnMeans),
                hint("Esc", Text::KeyBack, Text::KeyBackMeans),
            ];
        }
        let take_over = can_take_over(view).then(|| hint("T", Text::KeyTakeOver, Text::KeyTakeOverMeans));
        let leave = hint("Q", Text::KeyLeave, Text::KeyLeaveMeans);
        take_over.into_iter().chain([leave]).collect()
    }

    fn page(&self, scene: &Scene<'_>) -> Page {
        let (lang, theme, view) = (self.lang, scene.theme, scene.view);
        let Some(state) = scene.state() else {
            return Page::new(Text::NoRecord.text(lang), theme.alarm())
                .say(Text::CatchingUpMeans.text(lang), theme.dim());
        };
        let (title, means, style) = match (step(state), &view.link) {
            (None, _) => (Text::NoStandby, Text::TakenElsewhere, theme.alarm()),
            (Some(InStep::Attached), _) if !self.reached => {
                (Text::NotReached, Text::NotReachedMeans, theme.alarm())
            }
            (Some(InStep::Attached), _) => (Text::InStep, Text::InStepMeans, theme.strong()),
            (Some(InStep::NotYet), _) => (Text::CatchingUp, Text::CatchingUpMeans, theme.alarm()),
            (Some(InStep::Detached(_)), _) => (Text::Detached, Text::DetachedMeans, theme.alarm()),
        };
        let since = state.standby.as_ref().filter(|_| self.reached).map(|standby| {
            let clock = scene.zone.to_datetime(standby.since).strftime("%H:%M").to_string();
            standing_by::since(lang, &clock)
        });
        let title = [Some(title.text(lang).to_owned()), since].into_iter().flatten().collect::<Vec<_>>();
        let hash = tracker(&view.chain.hash);
        let mut page =
            Page::new(&title.join(lang.pick("，", ", ")), style).say(means.text(lang), Style::new());
        if let Link::Lost { since, .. } = &view.link {
            let seconds = (scene.now.as_second() - since.as_second()).max(0);
            page = page.say("", Style::new());
            page = match state.phase {
                Phase::Recess => page.say(standing_by::console_off(lang), theme.strong()),
                _ => {
                    page.say(standing_by::console_lost(lang, seconds, self.is_in_step(state)), theme.alarm())
                }
            };
        }
        page = page
            .say("", Style::new())
            .say(standing_by::follows(lang, &self.hub, &clean(&state.plan().meeting.title)), Style::new())
            .say(standing_by::last_line(lang, view.chain.number, &hash, state.epoch()), Style::new());
        if let Some(standby) = &state.standby {
            let addresses: Vec<String> =
                standby.machine.addresses.iter().map(|address| clean(address).into_owned()).collect();
            page = page.say(standing_by::reached_at(lang, &addresses), theme.dim());
        }
        if let Some(problem) = &self.problem {
            page = page.say("", Style::new()).say(clean(problem), theme.alarm());
        }
        page
    }

    fn draw_question(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, typing: &Typing) {
        let (lang, theme) = (self.lang, scene.theme);
        let block = theme.block(Text::TakeOverTitle.text(lang));
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let place = centre(inner, 72, 16);
        let [when, ask, field_area, rule, shown, problem] = Layout::vertical([
            Constraint::Length(4),
            Constraint::Length(3),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(4),
            Constraint::Length(3),
        ])
        .areas(place);
        let say = |frame: &mut Frame<'_>, area: Rect, text: &str, style| {
            let lines = wrap(text, area.width.into()).join("\n");
            frame.render_widget(Paragraph::new(lines).style(style), area);
        };
        say(frame, when, Text::TakeOverWhen.text(lang), theme.alarm());
        let (question, field, below) = match typing {
            Typing::Line(field) => {
                let question =
                    if can_take_over(scene.view) { Text::AskLine } else { Text::AskLineAfterwards };
                // Whoever is to name the line sees it here: no page behind this one shows it.
                let chain = &scene.view.chain;
                let epoch = scene.state().map_or(0, State::epoch);
                let last = standing_by::last_line(lang, chain.number, &tracker(&chain.hash), epoch);
                (question, field, format!("{last}\n{}", Text::ForcedMeans.text(lang)))
            }
            Typing::Code(field, forced) => {
                let symbols: String = code_symbols(field.value()).into_iter().collect();
                let forced = forced.map(|_| Text::ForcedMeans.text(lang).to_owned());
                (Text::AskCode, field, forced.unwrap_or(symbols))
            }
        };
        say(frame, ask, question.text(lang), theme.strong());
        frame.render_widget(Paragraph::new(theme.rule().repeat(rule.width.into())).style(theme.dim()), rule);
        say(frame, shown, &below, theme.dim());
        if let Some(text) = &self.problem {
            say(frame, problem, &clean(text), theme.alarm());
        }
        field.draw(frame, field_area, theme);
    }
}

/// Whether this machine is in step, by its record; none: it is no standby by it.
fn step(state: &State) -> Option<InStep> {
    state.standby.as_ref().map(|standby| standby.step)
}

/// A takeover needs a record, and a place in it.
fn can_take_over(view: &View) -> bool {
    view.state.as_deref().is_some_and(|state| step(state).is_some())
}

impl Screen for Standby {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let hints = self.hints(scene.view);
        let left = vec![Text::Title.text(self.lang).to_owned(), self.hub.clone()];
        let typing = self.typing.is_some();
        let chrome = Chrome { left, right: Vec::new(), hints: &hints, help: Some(self.help), typing };
        let body = chrome::draw(frame, scene, &chrome);
        match &self.typing {
            Some(typing) => self.draw_question(frame, body, scene, typing),
            None => self.page(scene).draw(frame, body, scene, Text::Title.text(self.lang)),
        }
        chrome::draw_help(frame, scene, &chrome);
    }

    fn key(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        if std::mem::take(&mut self.help) {
            return Vec::new();
        }
        if let Some(Typing::Line(field) | Typing::Code(field, _)) = &mut self.typing {
            match key.code {
                KeyCode::Enter => return self.enter(view),
                KeyCode::Esc => (self.typing, self.problem) = (None, None),
                _ if field.key(key) => self.problem = None,
                _ => {}
            }
            return Vec::new();
        }
        match key.code {
            KeyCode::Char('?' | '？') => self.help = true,
            KeyCode::Char('t' | 'T') if can_take_over(view) => {
                self.problem = None;
                self.ask(view);
            }
            KeyCode::Char('q' | 'Q') => return vec![Act::Quit],
            _ => {}
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _view: &View) -> Vec<Act> {
        if let Some(Typing::Line(field) | Typing::Code(field, _)) = &mut self.typing {
            field.paste(text);
            self.problem = None;
        }
        Vec::new()
    }

    fn viewed(&mut self, view: &View) -> Vec<Act> {
        self.reached |= view.link == Link::Connected;
        // Whoever runs the screen says what came of the meeting.
        if view.sealed { vec![Act::Quit] } else { Vec::new() }
    }
}
