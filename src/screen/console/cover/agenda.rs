//! The agenda, to change it: an item to come is taken off or moved, one that is off is put back, one that the clerk has written in
//! `agenda/` is added. What is chosen here is then given a reason, read aloud and decided by the body.

use std::cell::Cell;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, AgendaChange, CommandKind, ItemId, Stage, State, rights};
use crate::plan::{AddedItem, Item, Mistake};
use crate::screen::Scene;
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::{agenda, letter};
use crate::words::Lang;
use crate::words::agenda::{self as words, Agenda as Words};
use crate::words::console::Console;
use crate::words::plan as plan_words;

/// The page.
#[derive(Debug)]
pub struct Agenda {
    /// The items that could be added: the file, its text, and what was read of it.
    files: Vec<(AddedItem, Result<Item, Vec<Mistake>>)>,
    /// Which row is chosen.
    at: usize,
    /// What stands there: the keys that are shown depend on it.
    row: Option<Row>,
    /// What is being placed, and in front of the how manieth item to come.
    placing: Option<(Placed, usize)>,
    /// The place at which what is being moved stands already: there is nothing to decide about that.
    stands_at: Option<usize>,
    scroll: Scroll,
    /// Which of its lines must be seen.
    see: Cell<usize>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    ToCome(ItemId),
    Off(ItemId),
    File(usize),
}

/// What goes to a place that is chosen next.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Placed {
    Added(String),
    Moved(ItemId),
    Back(ItemId),
}

impl Placed {
    fn change(&self, before: Option<ItemId>) -> AgendaChange {
        match self.clone() {
            Self::Added(text) => AgendaChange::Add { text, before },
            Self::Moved(item) => AgendaChange::Move { item, before },
            Self::Back(item) => AgendaChange::PutBack { item, before },
        }
    }
}

/// Whether the agenda can be put to a decision now.
pub fn can_change(state: &State) -> bool {
    rights::check(state, &Actor::Console, CommandKind::ChangeAgenda).is_ok()
        && state.agenda_may_change().is_ok()
}

impl Agenda {
    /// The page, with what lies in the folder of items.
    pub fn new(files: Vec<AddedItem>, state: &State) -> Self {
        let read = |file: AddedItem| {
            let name = format!("{}/{}", crate::plan::folder::AGENDA, file.file);
            let item = match &file.text {
                Ok(text) => state.read_item(text, &name),
                Err(_) => Err(Vec::new()),
            };
            (file, item)
        };
        let files = files.into_iter().map(read).collect();
        let mut page = Self {
            files,
            at: 0,
            row: None,
            placing: None,
            stands_at: None,
            scroll: Scroll::default(),
            see: Cell::new(0),
        };
        page.row = page.chosen(state);
        page
    }

    fn rows(&self, state: &State) -> Vec<Row> {
        let to_come = state.to_come().map(|item| Row::ToCome(item.id.clone()));
        let off = state.items.iter().filter(|item| item.stage == Stage::TakenOff);
        let off = off.map(|item| Row::Off(item.id.clone()));
        to_come.chain(off).chain((0..self.files.len()).map(Row::File)).collect()
    }

    fn chosen(&self, state: &State) -> Option<Row> {
        self.rows(state).get(self.at).cloned()
    }

    /// The places for what is placed: the items to come but itself; the place after the last is the end.
    fn places(&self, state: &State, placed: &Placed) -> Vec<ItemId> {
        let own = |id: &ItemId| matches!(placed, Placed::Moved(item) if item == id);
        state.to_come().map(|item| item.id.clone()).filter(|id| !own(id)).collect()
    }

    /// The arrows choose, a letter says what is proposed; then its place is chosen, and its reason written.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        if let Some((placed, at)) = self.placing.clone() {
            return self.key_placing(key, state, placed, at);
        }
        let last = self.rows(state).len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = last,
            _ => {}
        }
        self.row = self.chosen(state);
        let first_of = |item: &ItemId| state.to_come().position(|other| other.id == *item).unwrap_or(0);
        let placed = match (letter(key), self.row.clone()) {
            (Some('R'), Some(Row::ToCome(item))) => {
                return reason(AgendaChange::TakeOff { item });
            }
            (Some('M'), Some(Row::ToCome(item))) => {
                let at = first_of(&item);
                (Placed::Moved(item), at)
            }
            (Some('A'), Some(Row::Off(item))) => (Placed::Back(item), usize::MAX),
            (Some('A'), Some(Row::File(file))) => match self.files.get(file) {
                Some((AddedItem { text: Ok(text), .. }, Ok(_))) => (Placed::Added(text.clone()), usize::MAX),
                _ => return Turn::Stay,
            },
            _ => return Turn::Stay,
        };
        let places = self.places(state, &placed.0).len();
        self.stands_at = matches!(placed.0, Placed::Moved(_)).then_some(placed.1);
        self.placing = Some((placed.0, placed.1.min(places)));
        Turn::Stay
    }

    fn key_placing(&mut self, key: KeyEvent, state: &State, placed: Placed, at: usize) -> Turn {
        let places = self.places(state, &placed);
        let to = match key.code {
            KeyCode::Esc => {
                self.placing = None;
                return Turn::Stay;
            }
            KeyCode::Enter if self.stands_at == Some(at) => return Turn::Stay,
            KeyCode::Enter => return reason(placed.change(places.get(at).cloned())),
            KeyCode::Up => at.saturating_sub(1),
            KeyCode::Down => (at + 1).min(places.len()),
            KeyCode::Home => 0,
            KeyCode::End => places.len(),
            _ => at,
        };
        self.placing = Some((placed, to));
        Turn::Stay
    }

    /// Whether the agenda can still be changed.
    pub fn stands(&self, state: &State) -> bool {
        can_change(state)
    }

    /// The sentence to read aloud, once there is something to say.
    pub fn says(&self, lang: Lang, state: &State) -> Option<String> {
        let (placed, at) = self.placing.as_ref().filter(|(_, at)| self.stands_at != Some(*at))?;
        let before = self.places(state, placed).get(*at).cloned();
        Some(words::put(lang, state, &placed.change(before), None))
    }

    /// The keys.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = vec![hint("Up/Down", Words::Choose.text(lang))];
        let mut add = |key: &'static str, does: Words| hints.push(hint(key, does.text(lang)));
        match &self.row {
            _ if self.placing.is_some() => {
                if self.placing.as_ref().map(|(_, at)| *at) != self.stands_at {
                    add("Enter", Words::Place);
                }
            }
            Some(Row::ToCome(_)) => {
                add("R", Words::TakeOff);
                add("M", Words::Move);
            }
            Some(Row::Off(_)) => add("A", Words::PutBack),
            Some(Row::File(file)) if self.files.get(*file).is_some_and(|(_, item)| item.is_ok()) => {
                add("A", Words::Add);
            }
            Some(Row::File(_)) | None => {}
        }
        hints.push(hint("Esc", Console::Back.text(lang)));
        hints
    }

    /// Draws the page over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let title = match self.placing {
            Some(_) => format!("{} {} {}", Words::Title.text(lang), theme.dot(), Words::Where.text(lang)),
            None => Words::Title.text(lang).to_owned(),
        };
        let inside = whole(frame, body, scene, &title);
        let cells = usize::from(inside.width);
        let lines = match &self.placing {
            Some((placed, at)) => self.placing_lines(scene, state, placed, *at, cells),
            None => self.choosing_lines(scene, state, cells),
        };
        let see = self.see.get();
        let shown = self.scroll.fit(lines.len(), inside.height.into(), Some(see..see + 1));
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }

    fn row(&self, scene: &Scene<'_>, here: bool, text: &str, style: Style, cells: usize) -> Line<'static> {
        let sign = scene.theme.pointer(here);
        let style = if here { scene.theme.accent() } else { style };
        let text = cut(&clean(text), cells.saturating_sub(2), scene.theme.ellipsis()).into_owned();
        Line::styled(format!("{sign} {text}"), style)
    }

    fn choosing_lines(&self, scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let heading = |text: Words| -> Line<'static> { Line::styled(text.text(lang), theme.dim()) };
        let title = |id: &ItemId| state.item(id).map_or(id.as_str(), |item| item.title.as_str()).to_owned();
        let rows = self.rows(state);
        let mut lines = vec![heading(Words::ToCome)];
        if state.to_come().next().is_none() {
            lines.push(Line::raw(format!("  {}", Words::Nothing.text(lang))));
        }
        let mut off_told = false;
        let mut files_told = false;
        for (place, row) in rows.iter().enumerate() {
            let here = place == self.at;
            match row {
                Row::Off(_) if !off_told => {
                    lines.extend([Line::raw(""), heading(Words::TakenOff)]);
                    off_told = true;
                }
                Row::File(_) if !files_told => {
                    lines.extend([Line::raw(""), heading(Words::Files)]);
                    files_told = true;
                }
                _ => {}
            }
            if here {
                self.see.set(lines.len());
            }
            match row {
                Row::ToCome(id) => {
                    let number = state.item_state(id).map_or(0, |item| agenda::number(state, item));
                    let mut text = title(id);
                    if state.was_added(id) {
                        text = words::marked(lang, &text, Words::Added);
                    }
                    lines.push(self.row(
                        scene,
                        here,
                        &format!("{number}  {text}"),
                        theme.plain_text(),
                        cells,
                    ));
                }
                Row::Off(id) => lines.push(self.row(scene, here, &title(id), theme.dim(), cells)),
                Row::File(file) => lines.extend(self.file_lines(scene, *file, here, cells)),
            }
        }
        if self.files.is_empty() {
            lines.extend([Line::raw(""), heading(Words::Files)]);
            let none = wrap(Words::NoFiles.text(lang), cells.saturating_sub(2));
            lines.extend(none.into_iter().map(|line| Line::raw(format!("  {line}"))));
        }
        lines
    }

    /// A file of an item: its title, or what is wrong with it.
    fn file_lines(&self, scene: &Scene<'_>, file: usize, here: bool, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some((file, item)) = self.files.get(file) else { return Vec::new() };
        let (says, style) = match item {
            Ok(item) => (item.title.as_str(), theme.plain_text()),
            Err(_) => (Words::Mistaken.text(lang), theme.alarm()),
        };
        let mut lines = vec![self.row(scene, here, &format!("{}  {says}", file.file), style, cells)];
        let told: Vec<String> = match (item, &file.text) {
            (Err(_), Err(fault)) => vec![plan_words::unreadable(lang, &file.file, *fault)],
            (Err(mistakes), Ok(_)) => {
                mistakes.iter().map(|mistake| plan_words::mistake(lang, mistake)).collect()
            }
            (Ok(_), _) => Vec::new(),
        };
        // What is wrong is told of the chosen one only.
        if here && item.is_err() {
            let mut told: Vec<&str> = told.iter().flat_map(|text| text.lines()).collect();
            told.push(Words::MendFirst.text(lang));
            let wrapped = told.into_iter().flat_map(|text| wrap(&clean(text), cells.saturating_sub(4)));
            lines.extend(wrapped.map(|line| Line::styled(format!("    {line}"), theme.plain_text())));
        }
        lines
    }

    fn placing_lines(
        &self,
        scene: &Scene<'_>,
        state: &State,
        placed: &Placed,
        at: usize,
        cells: usize,
    ) -> Vec<Line<'static>> {
        let theme = scene.theme;
        let places = self.places(state, placed);
        let title = |id: &ItemId| state.item(id).map_or(id.as_str(), |item| item.title.as_str()).to_owned();
        let own = match placed {
            Placed::Added(text) => state.read_item(text, "").map(|item| item.title).unwrap_or_default(),
            Placed::Moved(item) | Placed::Back(item) => title(item),
        };
        let mut lines = Vec::new();
        for place in 0..=places.len() {
            if place == at {
                self.see.set(lines.len());
                lines.push(self.row(scene, true, &own, theme.accent(), cells));
            }
            if let Some(other) = places.get(place) {
                lines.push(self.row(scene, false, &title(other), theme.plain_text(), cells));
            }
        }
        lines
    }
}

/// Why it is to be changed is asked for next.
fn reason(change: AgendaChange) -> Turn {
    Turn::Next(Box::new(Cover::Text(Text::new(Purpose::Agenda(change)))))
}
