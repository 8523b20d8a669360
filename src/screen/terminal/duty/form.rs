//! What is being typed on a duty's page, and how such a page is laid out.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Task, papers, seen};
use crate::client::View;
use crate::meeting::State;
use crate::screen::Scene;
use crate::screen::terminal::nominees::inset;
use crate::screen::terminal::page;
use crate::screen::text::wrap;
use crate::screen::widgets::count_sheet::CountSheet;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::scroll::Scroll;
use crate::words::duty::Duty as Text;

/// The longest that is taken into a field of these pages: a code with all its spaces.
const TYPED_CHARS_MAX: usize = 40;

/// What is being typed on a duty's page, and how far it is. Forgotten when another duty begins.
#[derive(Debug)]
pub struct Form {
    pub(super) task: Option<Task>,
    /// What is being typed.
    pub field: Field,
    /// It is on its way.
    pub sending: bool,
    /// A count that was typed is typed anew.
    pub anew: bool,
    /// A room code that was typed and is not this screen's.
    pub wrong: Option<String>,
    /// What was wrong with what was typed.
    pub problem: Option<String>,
    /// The count of papers that is being typed.
    pub count: Option<CountSheet>,
    /// The line of a list.
    pub chosen: usize,
    /// The second key is awaited.
    pub asks: bool,
    /// How many seconds terminals still had to answer to the box when the page was last drawn.
    pub seconds_left: i64,
    /// How many lines below the page must not be covered by a notice.
    pub below: u16,
    /// Where one is in a list.
    pub scroll: Scroll,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            task: None,
            field: Field::new(TYPED_CHARS_MAX),
            sending: false,
            anew: false,
            wrong: None,
            problem: None,
            count: None,
            chosen: 0,
            below: 0,
            asks: false,
            seconds_left: i64::MAX,
            scroll: Scroll::default(),
        }
    }
}

impl Form {
    /// Whether a field is open on the page, and takes the characters.
    pub fn is_typing(&self, task: &Task, view: &View, state: &State) -> bool {
        let Some(seat) = page::my_seat(view) else { return false };
        match task {
            Task::Unlock => true,
            Task::Heads(_) => self.anew || seen::counted(state, seat).is_none(),
            Task::Room => self.wrong.is_none() && !state.room.confirmed.contains(seat),
            Task::Papers { .. } => papers::is_typing(self, state, seat),
            Task::MakeKey | Task::Missing | Task::Opening | Task::Sheet(_) => false,
        }
    }
}

/// Text of a page, line by line.
#[derive(Debug, Default)]
pub struct Lines {
    cells: usize,
    lines: Vec<Line<'static>>,
}

impl Lines {
    /// No lines yet, of at most `cells` cells.
    pub fn new(cells: usize) -> Self {
        Self { cells, lines: Vec::new() }
    }

    /// A sentence more.
    pub fn say(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap(text, self.cells).into_iter().map(|line| Line::styled(line, style)));
    }

    /// A blank line.
    pub fn gap(&mut self) {
        self.lines.push(Line::raw(""));
    }

    /// What was said.
    pub fn take(self) -> Vec<Line<'static>> {
        self.lines
    }
}

/// Draws a page with a box: what is asked, the field where there is one, what else is to be said.
pub(super) fn draw_form(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    title: Text,
    above: Vec<Line<'static>>,
    field: Option<&Field>,
    below: Vec<Line<'static>>,
) {
    let theme = scene.theme;
    let block = theme.block(title.text(scene.lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let tall = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
    let typed = if field.is_some() { 2 } else { 0 };
    let [_, top, line, rest] =
        Layout::vertical([tall(1), tall(above.len()), tall(typed), Constraint::Min(0)]).areas(inset(inner));
    frame.render_widget(Paragraph::new(above), top);
    if let Some(field) = field {
        let [typed, rule] = Layout::vertical([tall(1), tall(1)]).areas(line);
        let wide = typed.width.min(u16::try_from(TYPED_CHARS_MAX + 2).unwrap_or(u16::MAX));
        let rule = Rect { width: wide, ..rule };
        frame.render_widget(Paragraph::new(theme.rule().repeat(wide.into())).style(theme.dim()), rule);
        field.draw(frame, Rect { width: wide, ..typed }, theme);
    }
    frame.render_widget(Paragraph::new(below), rest);
}
