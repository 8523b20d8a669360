//! Cast or challenge. The review page has the marks encrypted and shows the control code; then the ballot is cast, or the
//! member tests the terminal: it gives away how this ballot was encrypted, and a fresh paper follows.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::keys::Key;
use super::nominees::{inset, more_line};
use super::paper::Sheet;
use super::paper_page::PaperPage;
use super::printed::Printed;
use super::{Over, Terminal};
use crate::client::{AskError, Challenged, Link, View};
use crate::meeting::State;
use crate::screen::text::{clean, width, wrap};
use crate::screen::widgets::letter;
use crate::screen::widgets::notice::Tone;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::challenge::{self as words, Challenge as Text};
use crate::words::common;
use crate::words::terminal::Terminal as Own;

/// Cells to the left of what is set in.
const INDENT: &str = "  ";

/// The review page: where one is in it, and how far the encryption is.
#[derive(Debug)]
pub struct Reviewing {
    /// Where one is in the marks.
    pub scroll: Scroll,
    number: u64,
    encrypted: Encrypted,
}

/// How far the encryption of the reviewed marks is.
#[derive(Debug)]
enum Encrypted {
    Coming,
    /// The control code.
    Ready(String),
    /// Why it could not be encrypted.
    Failed(String),
}

impl Reviewing {
    /// The keys that do something on the page.
    pub fn keys(&self) -> Vec<Key> {
        match self.encrypted {
            Encrypted::Ready(_) => vec![Key::Cast, Key::Test, Key::Back, Key::Cover],
            _ => vec![Key::Back, Key::Cover],
        }
    }

    /// What stands below the marks.
    pub fn lines(&self, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        match &self.encrypted {
            Encrypted::Coming => vec![Line::styled(Text::Encrypting.text(lang), theme.dim())],
            Encrypted::Failed(why) => {
                let text = format!("{}{why}", Text::EncryptFailed.text(lang));
                let lines = wrap(&text, cells).into_iter().take(3);
                let ask = Line::styled(Text::EncryptFailedAsk.text(lang), theme.accent());
                lines.map(|line| Line::styled(line, theme.alarm())).chain([ask]).collect()
            }
            Encrypted::Ready(code) => {
                let mut lines = code_with_label(scene, code);
                lines.push(Line::styled(Own::ReviewFinal.text(lang), theme.alarm()));
                lines.push(Line::styled(Own::ReviewAsk.text(lang), theme.accent()));
                lines
            }
        }
    }
}

/// The control code on two lines, its name before the first.
fn code_with_label(scene: &Scene<'_>, code: &str) -> Vec<Line<'static>> {
    let label = format!("{}   ", Text::Code.text(scene.lang));
    let [first, second] = words::code_lines(code);
    let indent = " ".repeat(width(&label));
    [format!("{label}{first}"), format!("{indent}{second}")]
        .map(|line| Line::styled(line, scene.theme.strong()))
        .into()
}

/// The page that explains the test.
#[derive(Debug)]
pub struct Test {
    code: String,
    /// The data is being given away.
    given: bool,
}

impl Test {
    /// The keys that do something on the page.
    pub fn keys(&self) -> Vec<Key> {
        if self.given { vec![Key::Cover] } else { vec![Key::GiveAway, Key::Back, Key::Cover] }
    }

    /// Draws the page.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
        let (lang, theme) = (scene.lang, scene.theme);
        let block = theme.block(Text::Title.text(lang));
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let inner = inset(inner);
        let cells = usize::from(inner.width);
        let mut lines = vec![Line::raw("")];
        let mut say = |text: Text, style| {
            lines.extend(wrap(text.text(lang), cells).into_iter().map(|line| Line::styled(line, style)));
            lines.push(Line::raw(""));
        };
        say(Text::NotCounted, theme.strong());
        say(Text::What, theme.plain_text());
        say(Text::MarkAnything, theme.alarm());
        say(Text::WriteDown, theme.accent());
        let code = words::code_lines(&self.code);
        lines.extend(code.map(|line| Line::styled(format!("{INDENT}{line}"), theme.strong())));
        lines.push(Line::raw(""));
        let last = if self.given { Text::GivingAway } else { Text::GoOn };
        let last = wrap(last.text(lang), cells).into_iter().map(|line| Line::styled(line, theme.accent()));
        lines.extend(last);
        // In a low window the blank lines give way: everything on this page must be seen.
        if lines.len() > usize::from(inner.height) {
            lines.retain(|line| line.width() > 0);
        }
        frame.render_widget(Paragraph::new(lines), inner);
    }
}

/// The page after the test: where the data is, what had been encrypted, and what is next.
#[derive(Debug)]
pub struct Tested {
    /// Where one is in it.
    pub scroll: Scroll,
    challenged: Challenged,
    /// The paper with the marks that the terminal says it encrypted.
    sheet: Option<Sheet>,
}

impl Tested {
    /// Whether the data is in a file; otherwise it is on this page alone.
    pub fn is_in_file(&self) -> bool {
        self.challenged.file.is_ok()
    }

    /// Draws the page; `open` where a fresh paper waits.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, open: bool) {
        let (lang, theme) = (scene.lang, scene.theme);
        // What is to be copied off the screen must not have a border beside it.
        let inner = if self.is_in_file() {
            let block = theme.block(Text::Title.text(lang));
            let inner = block.inner(area);
            frame.render_widget(block, area);
            inner
        } else {
            area
        };
        let [body, more, below] =
            Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(1)]).areas(inner);
        let cells = usize::from(inner.width.saturating_sub(4));
        let mut lines: Vec<Line<'_>> = self.lines(scene, cells).into_iter().map(set_in).collect();
        if !self.is_in_file() {
            lines.push(set_in(Line::styled(Text::Data.text(lang), theme.accent())));
            // It is ASCII without spaces: it may be broken anywhere.
            let characters: Vec<char> = self.challenged.text.chars().collect();
            let pieces = characters.chunks(usize::from(inner.width.max(1)));
            lines.extend(pieces.map(|piece| Line::raw(piece.iter().collect::<String>())));
        }
        let shown = self.scroll.fit(lines.len(), body.height.into(), None);
        let visible: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(visible), body);
        frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
        let next = if open { Text::Afresh } else { Text::Over };
        frame.render_widget(Paragraph::new(next.text(lang)).style(theme.accent()), inset(below));
    }

    fn lines(&self, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let mut lines = vec![Line::styled(Text::Given.text(lang), theme.strong()), Line::raw("")];
        let mut say = |text: &str, style| {
            lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, style)));
        };
        match &self.challenged.file {
            Ok(path) => {
                say(Text::InFile.text(lang), theme.accent());
                say(&clean(&path.to_string_lossy()), theme.strong());
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                say("", theme.dim());
                say(Text::HowToCheck.text(lang), theme.accent());
                say(&format!("plenum audit {}", clean(&name)), theme.strong());
            }
            Err(why) => {
                let why = words::not_kept(lang, why);
                say(&format!("{}{}", Text::NoFile.text(lang), clean(&why)), theme.alarm());
                say(Text::NoFileHow.text(lang), theme.plain_text());
                say(Text::HowToCheck.text(lang), theme.accent());
                say("plenum audit FILE", theme.strong());
            }
        }
        lines.push(Line::raw(""));
        lines.extend(code_with_label(scene, &self.challenged.code));
        lines.push(Line::raw(""));
        let printed = scene.state().and_then(|state| {
            let (_, round) = state.round(self.sheet.as_ref()?.ballot())?;
            Printed::of(state, round)
        });
        if let (Some(sheet), Some(printed)) = (&self.sheet, printed) {
            lines.push(Line::styled(Text::Says.text(lang), theme.accent()));
            let (head, rows) = PaperPage { sheet, printed, failed: None }.marked(scene, cells);
            lines.extend(head);
            lines.extend(rows);
            lines.push(Line::raw(""));
        }
        lines
    }
}

fn set_in(mut line: Line<'_>) -> Line<'_> {
    line.spans.insert(0, INDENT.into());
    line
}

impl Terminal {
    /// Opens the review, and has the marks encrypted. While lines are unmarked, the cursor goes to the first of them, and
    /// the status line says how many are left.
    pub(super) fn open_review(&mut self) -> Vec<Act> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        let ready = sheet.ready();
        let Some(choices) = sheet.choices().filter(|_| ready) else { return Vec::new() };
        self.prepared += 1;
        let number = self.prepared;
        let encrypted = Encrypted::Coming;
        self.over = Over::Review(Box::new(Reviewing { scroll: Scroll::default(), number, encrypted }));
        vec![Act::Prepare { number, choices }]
    }

    /// The marks are encrypted. Where nobody waits for it any more, it is forgotten.
    pub(super) fn was_prepared(
        &mut self,
        number: u64,
        result: Result<String, AskError>,
        state: Option<&State>,
    ) -> Vec<Act> {
        let lang = self.lang;
        match (&mut self.over, result) {
            (Over::Review(review), Ok(code)) if review.number == number => {
                review.encrypted = Encrypted::Ready(code);
            }
            (Over::Review(review), Err(error)) if review.number == number => {
                review.encrypted = Encrypted::Failed(common::not_done(lang, &error, state));
            }
            (_, Ok(code)) => return vec![Act::Abandon(code)],
            (_, Err(_)) => {}
        }
        Vec::new()
    }

    /// The last key before the ballot is cast, and it is another one than the key that led here. Nothing is cast or
    /// challenged before the control code is on the screen.
    pub(super) fn on_review(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::Review(review) = &mut self.over else { return Vec::new() };
        let code = match &review.encrypted {
            Encrypted::Ready(code) => Some(code.clone()),
            _ => None,
        };
        match (letter(key), code) {
            (Some('Y'), Some(_)) if view.link != Link::Connected => {
                self.notices.say(Tone::Refused, Own::CastWaits.text(self.lang));
            }
            (Some('Y'), Some(code)) => {
                // The sheet goes, and every mark with it.
                let Some(sheet) = self.sheet.take() else { return Vec::new() };
                self.handed = Some(sheet.ballot().clone());
                self.cast_failed = None;
                self.over = Over::Nothing;
                return vec![Act::Cast(code)];
            }
            (Some('C'), Some(code)) => self.over = Over::Test(Test { code, given: false }),
            (_, code) if key.code == KeyCode::Esc => {
                self.over = Over::Nothing;
                return code.map(Act::Abandon).into_iter().collect();
            }
            _ => {
                review.scroll.key(key.code);
            }
        }
        Vec::new()
    }

    /// Going on gives the data away; going back goes to the paper, where other marks can be made.
    pub(super) fn on_test(&mut self, key: KeyEvent) -> Vec<Act> {
        let Over::Test(test) = &mut self.over else { return Vec::new() };
        if test.given {
            return Vec::new();
        }
        let code = test.code.clone();
        if letter(key) == Some('Y') {
            test.given = true;
            return vec![Act::Challenge { code, folder: self.audit_dir.clone() }];
        }
        if key.code == KeyCode::Esc {
            self.over = Over::Nothing;
            return vec![Act::Abandon(code)];
        }
        Vec::new()
    }

    /// The data was given away: the paper is blank again.
    pub(super) fn was_challenged(&mut self, result: Result<Challenged, AskError>, state: Option<&State>) {
        match result {
            Ok(challenged) => {
                let shown = self.sheet.as_ref().and_then(|sheet| {
                    let (_, round) = state?.round(sheet.ballot())?;
                    let printed = Printed::of(state?, round)?;
                    Some(printed.sheet(round).filled(&challenged.choices))
                });
                if let Some(sheet) = &mut self.sheet {
                    sheet.wipe();
                }
                self.scroll = Scroll::default();
                let scroll = Scroll::default();
                self.over = Over::Tested(Box::new(Tested { scroll, challenged, sheet: shown }));
            }
            Err(error) => {
                self.over = Over::Nothing;
                self.notices.say(Tone::Refused, common::not_done(self.lang, &error, state));
            }
        }
    }

    /// Back to the paper.
    pub(super) fn on_tested(&mut self, key: KeyEvent) -> Vec<Act> {
        let Over::Tested(tested) = &mut self.over else { return Vec::new() };
        match key.code {
            KeyCode::Enter | KeyCode::Esc => self.over = Over::Nothing,
            code => {
                tested.scroll.key(code);
            }
        }
        Vec::new()
    }
}
