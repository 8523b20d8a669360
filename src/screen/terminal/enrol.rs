//! Asks for the seat code. It runs before there is a client; its outcome is a code whose check symbol holds.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::keys::{Key, hints};
use crate::client::{SeatCode, TurnedAway, View};
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::{self, Chrome};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::{centre, code_symbols};
use crate::screen::{Act, Scene, Screen};
use crate::words::Lang;
use crate::words::terminal::Terminal as Text;
use crate::words::{clerk, common};

/// The longest that is taken for a code, with all its spaces.
const CODE_CHARS_MAX: usize = 40;
/// Characters of a group, as the slip prints them.
const GROUP_CHARS: usize = 4;
/// Groups before the last one, which takes what is left.
const GROUPS: usize = 3;

/// The page that asks for the seat code.
#[derive(Debug)]
pub struct Enrol {
    lang: Lang,
    title: &'static str,
    ask: &'static str,
    host: String,
    field: Field,
    problem: Option<String>,
    code: Option<SeatCode>,
    help: bool,
}

impl Enrol {
    /// Asks for a code for this host. `turned_away` is why the last one was not taken.
    pub fn new(lang: Lang, host: &str, turned_away: Option<&TurnedAway>) -> Self {
        let problem = turned_away.map(|why| {
            let (why, remedy) = common::turned_away(lang, why);
            format!("{why}{}{remedy}", lang.pick("", " "))
        });
        let field = Field::new(CODE_CHARS_MAX);
        let (title, ask) = (Text::EnrolTitle.text(lang), Text::EnrolAsk.text(lang));
        let host = clean(host).into_owned();
        Self { lang, title, ask, host, field, problem, code: None, help: false }
    }

    /// The same for another slip than a seat's.
    #[must_use]
    pub fn with_question(self, title: &'static str, ask: &'static str) -> Self {
        Self { title, ask, ..self }
    }

    /// The code; none if the person left.
    pub fn into_code(self) -> Option<SeatCode> {
        self.code
    }
}

/// What was typed as the slip prints it: capitals in groups, without anything else.
fn grouped(typed: &str) -> String {
    let symbols = code_symbols(typed);
    let mut text = String::new();
    for (place, symbol) in symbols.iter().enumerate() {
        if place > 0 && place % GROUP_CHARS == 0 && place / GROUP_CHARS < GROUPS {
            text.push('-');
        }
        text.push(*symbol);
    }
    text
}

impl Screen for Enrol {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let (lang, theme) = (scene.lang, scene.theme);
        let hints = hints(&[Key::Enrol], lang, theme);
        let left = vec!["plenum".to_owned(), self.host.clone()];
        let chrome = Chrome { left, right: Vec::new(), hints: &hints, help: Some(self.help), typing: false };
        let body = chrome::draw(frame, scene, &chrome);
        let block = theme.block(self.title);
        let inner = block.inner(body);
        frame.render_widget(block, body);
        let place = centre(inner, 60, 11);
        let [ask, _, field, rule, grouping, _, how, problem] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(2),
            Constraint::Length(3),
        ])
        .areas(place);
        frame.render_widget(Paragraph::new(self.ask).style(theme.strong()), ask);
        frame.render_widget(Paragraph::new(theme.rule().repeat(rule.width.into())).style(theme.dim()), rule);
        let shown = grouped(self.field.value());
        frame.render_widget(Paragraph::new(shown).style(theme.accent()), grouping);
        draw_lines(frame, how, Text::EnrolHow.text(lang), theme.dim());
        if let Some(text) = &self.problem {
            draw_lines(frame, problem, text, theme.alarm());
        }
        self.field.draw(
            frame,
            Rect { width: field.width.min(u16::try_from(CODE_CHARS_MAX + 2).unwrap_or(0)), ..field },
            theme,
        );
        chrome::draw_help(frame, scene, &chrome);
    }

    fn key(&mut self, key: KeyEvent, _view: &View) -> Vec<Act> {
        if std::mem::take(&mut self.help) {
            return Vec::new();
        }
        match key.code {
            KeyCode::Char('?' | '？') => self.help = true,
            KeyCode::Enter => {
                if self.field.value().trim().is_empty() {
                    self.problem = Some(Text::EnrolEmpty.text(self.lang).to_owned());
                    return Vec::new();
                }
                match SeatCode::parse(self.field.value()) {
                    Ok(code) => {
                        self.field.take();
                        self.code = Some(code);
                        return vec![Act::Quit];
                    }
                    Err(fault) => {
                        let why = clerk::code_fault(self.lang, fault);
                        let again = Text::EnrolAgain.text(self.lang);
                        self.problem = Some(format!("{again}{}{why}", self.lang.pick("：", ": ")));
                    }
                }
            }
            _ => {
                if self.field.key(key) {
                    self.problem = None;
                }
            }
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _view: &View) -> Vec<Act> {
        self.field.paste(text);
        self.problem = None;
        Vec::new()
    }
}

fn draw_lines(frame: &mut Frame<'_>, area: Rect, text: &str, style: ratatui::style::Style) {
    let lines: Vec<Line<'_>> =
        wrap(text, area.width.into()).into_iter().map(|line| Line::styled(line, style)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::run::nobody;
    use crate::screen::testing::{Window, press, type_text};
    use crate::words::standing_by::StandingBy;

    #[test]
    fn a_code_is_asked_for_until_its_check_symbol_holds() {
        let code = SeatCode::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
        let mut screen = Enrol::new(Lang::En, "192.0.2.7:7420", None);
        let view = nobody();
        assert!(press(&mut screen, &view, [KeyCode::Enter]).is_empty());
        assert_eq!(screen.problem.as_deref(), Some("No code has been typed"));
        type_text(&mut screen, &view, "7k3m");
        assert!(screen.problem.is_none(), "a new key takes the complaint away");
        assert!(press(&mut screen, &view, [KeyCode::Enter]).is_empty());
        let problem = screen.problem.clone().unwrap();
        assert!(problem.starts_with(Text::EnrolAgain.text(Lang::En)), "{problem}");
        let shown = Window::new(Lang::En, (80, 24)).draw(&mut screen, &view);
        insta::assert_snapshot!("enrol_en_80x24", shown);
        screen.field.take();
        screen.paste(&code.shown().to_lowercase().replace('-', " "), &view);
        let shown = Window::new(Lang::En, (80, 24)).draw(&mut screen, &view);
        assert!(shown.contains(&*code.shown()), "{shown}");
        assert_eq!(press(&mut screen, &view, [KeyCode::Enter]), [Act::Quit]);
        assert!(screen.field.is_empty(), "the typed code does not stay");
        assert!(screen.into_code().is_some_and(|entered| entered == code));
    }

    #[test]
    fn the_standby_and_a_display_are_not_called_a_seat() {
        for lang in [Lang::Zh, Lang::En] {
            for (title, ask) in [
                (StandingBy::EnrolTitle.text(lang), StandingBy::AskStandbyCode.text(lang)),
                (Text::EnrolDisplayTitle.text(lang), Text::EnrolDisplayAsk.text(lang)),
            ] {
                let mut screen = Enrol::new(lang, "host", None).with_question(title, ask);
                let shown = Window::new(lang, (80, 24)).draw(&mut screen, &nobody());
                assert!(shown.contains(title) && shown.contains(ask), "{shown}");
                assert!(!shown.contains(Text::EnrolTitle.text(lang)), "{shown}");
            }
        }
    }

    #[test]
    fn a_code_that_was_not_taken_is_explained() {
        for why in [TurnedAway::WrongCode, TurnedAway::UsedCode] {
            let mut screen = Enrol::new(Lang::Zh, "host", Some(&why));
            let shown = Window::new(Lang::Zh, (80, 24)).draw(&mut screen, &nobody());
            assert!(shown.contains("席位码") && shown.contains("host"), "{shown}");
            let (words, _) = common::turned_away(Lang::Zh, &why);
            assert!(shown.contains(&words[..12]), "{shown}");
        }
    }
}
