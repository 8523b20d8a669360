//! Everyone with a seat: found by name, number, unit or group, and signed in or out by hand.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::field::Field;
use super::scroll::Scroll;
use super::table::{Cell, Column, Table, choose};
use crate::meeting::{Command, Presence, SeatId, State, seat};
use crate::plan::Person;
use crate::screen::{Mark, Scene};
use crate::words::common::{self, Common};

/// The longest search.
const SEARCH_CHARS_MAX: usize = 40;

/// Whom the list shows, before any search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Only {
    /// Everybody.
    #[default]
    All,
    /// Those who are not in the room.
    Absent,
    /// Those who are.
    Present,
    /// Those whose terminal is not connected, where that is known.
    Offline,
}

impl Only {
    /// The next filter, in a circle.
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Absent,
            Self::Absent => Self::Present,
            Self::Present => Self::Offline,
            Self::Offline => Self::All,
        }
    }

    /// What it shows, in a word.
    pub const fn word(self) -> Common {
        match self {
            Self::All => Common::Everybody,
            Self::Absent => Common::NotHere,
            Self::Present => Common::Here,
            Self::Offline => Common::Offline,
        }
    }
}

/// The list and where one is in it.
#[derive(Debug, Clone)]
pub struct People {
    /// Whom it shows.
    pub only: Only,
    /// Whose terminals are connected. Only the console is told; then the list has a column more.
    pub online: Option<BTreeSet<SeatId>>,
    /// The groups whose people it shows; everybody's where none are named.
    pub groups: Vec<String>,
    search: Field,
    chosen: usize,
    scroll: Scroll,
}

/// What a key on the list came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Picked {
    /// The list has used the key.
    Used,
    /// Enter: this person was chosen.
    Person(SeatId),
    /// The list has no use for the key.
    Not,
}

impl Default for People {
    fn default() -> Self {
        Self {
            only: Only::All,
            online: None,
            groups: Vec::new(),
            search: Field::new(SEARCH_CHARS_MAX),
            chosen: 0,
            scroll: Scroll::default(),
        }
    }
}

/// The command that changes a person's presence: in if out, out if in.
pub fn toggle(state: &State, who: &SeatId) -> Command {
    let seat = who.clone();
    if state.is_present(who) { Command::SignOut { seat } } else { Command::SignIn { seat } }
}

impl People {
    /// The people that match the search, in the order of the plan.
    pub fn matching<'a>(&self, state: &'a State) -> Vec<&'a Person> {
        let wanted = self.search.value().trim().to_lowercase();
        let plan = state.plan();
        let matches = |person: &&Person| {
            let number = plan.seat_number(&person.id).map(|number| number.to_string());
            let group = plan.group(&person.group).map_or("", |group| group.name.as_str());
            wanted.is_empty()
                || number.as_deref() == Some(wanted.as_str())
                || [person.name.as_str(), &person.unit, &person.id, group]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
        };
        let of_groups = |person: &&Person| self.groups.is_empty() || self.groups.contains(&person.group);
        let shown = |person: &&Person| self.shows(state, &seat(person));
        plan.people.iter().filter(of_groups).filter(shown).filter(matches).collect()
    }

    fn shows(&self, state: &State, who: &SeatId) -> bool {
        match self.only {
            Only::All => true,
            Only::Absent => !state.is_present(who),
            Only::Present => state.is_present(who),
            Only::Offline => self.online.as_ref().is_some_and(|online| !online.contains(who)),
        }
    }

    /// The person under the cursor.
    pub fn chosen(&self, state: &State) -> Option<SeatId> {
        let people = self.matching(state);
        people.get(self.chosen.min(people.len().saturating_sub(1))).map(|person| seat(person))
    }

    /// A key: arrows move, letters search, Enter picks.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Picked {
        let last = self.matching(state).len().saturating_sub(1);
        self.chosen = self.chosen.min(last);
        match key.code {
            KeyCode::Up => self.chosen = self.chosen.saturating_sub(1),
            KeyCode::Down => self.chosen = (self.chosen + 1).min(last),
            KeyCode::PageUp => self.chosen = self.chosen.saturating_sub(10),
            KeyCode::PageDown => self.chosen = (self.chosen + 10).min(last),
            KeyCode::Enter => return self.chosen(state).map_or(Picked::Used, Picked::Person),
            _ if self.search.key(key) => self.chosen = 0,
            _ => return Picked::Not,
        }
        Picked::Used
    }

    /// Text was pasted into the search.
    pub fn paste(&mut self, text: &str) {
        self.search.paste(text);
        self.chosen = 0;
    }

    /// Draws the search and the list.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let [search, rule, head, list, more] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(area);
        let label = format!("{}  ", Common::Search.text(lang));
        let wide = u16::try_from(crate::screen::text::width(&label)).unwrap_or(0);
        let [name, field] = Layout::horizontal([Constraint::Length(wide), Constraint::Min(1)]).areas(search);
        frame.render_widget(Paragraph::new(Span::styled(label, theme.dim())), name);
        self.search.draw(frame, field, theme);
        frame.render_widget(Paragraph::new(theme.rule().repeat(area.width.into())).style(theme.dim()), rule);

        let people = self.matching(state);
        if people.is_empty() {
            frame.render_widget(Paragraph::new(Common::Nobody.text(lang)), list);
            return;
        }
        let table = table(scene, state, &people, self.online.as_ref());
        let widths = table.widths(area.width.into());
        frame.render_widget(Paragraph::new(table.head(&widths, theme)), head);
        self.chosen = self.chosen.min(people.len() - 1);
        let shown = self.scroll.fit(people.len(), list.height.into(), Some(self.chosen..self.chosen + 1));
        let lines: Vec<Line<'_>> = shown
            .lines
            .clone()
            .map(|row| {
                let line = table.line(row, &widths, theme);
                if row == self.chosen { choose(line, area.width.into(), theme) } else { line }
            })
            .collect();
        frame.render_widget(Paragraph::new(lines), list);
        let below = if shown.below > 0 { common::more_lines(lang, shown.below, true) } else { String::new() };
        let above =
            if shown.above > 0 { common::more_lines(lang, shown.above, false) } else { String::new() };
        frame.render_widget(Paragraph::new(format!("{above}  {below}")).style(theme.dim()), more);
    }
}

fn table(scene: &Scene<'_>, state: &State, people: &[&Person], online: Option<&BTreeSet<SeatId>>) -> Table {
    let (lang, theme, plan) = (scene.lang, scene.theme, state.plan());
    let rows = people
        .iter()
        .map(|person| {
            let who = seat(person);
            let outside = state.current_item().is_some_and(|item| item.recused.contains(&who));
            let (mark, word) = match state.attendance.get(&who) {
                Some(Presence::Present(_)) if outside => (Mark::Now, Common::Outside),
                Some(Presence::Present(_)) => (Mark::Done, Common::Here),
                Some(Presence::Left(_)) => (Mark::No, Common::Gone),
                None => (Mark::ToCome, Common::NotHere),
            };
            let mut row = vec![
                Cell::from(plan.seat_number(&person.id).unwrap_or(0).to_string()),
                Cell::from(person.name.as_str()),
                Cell::from(plan.group(&person.group).map_or("", |group| group.name.as_str())),
                Cell::from(person.unit.as_str()),
                Cell::new(&format!("{} {}", theme.mark(mark), word.text(lang)), theme.mark_style(mark)),
            ];
            row.extend(online.map(|online| connected(scene, online.contains(&who))));
            row
        })
        .collect();
    let mut table = Table {
        columns: vec![
            Column::figures(Common::Seat.text(lang)),
            Column::text(Common::Name.text(lang)),
            Column::aside(Common::Group.text(lang)),
            Column::aside(Common::Unit.text(lang)),
            Column::fixed(Common::State.text(lang)),
        ],
        rows,
    };
    table.columns.extend(online.map(|_| Column::fixed(Common::Terminal.text(lang))));
    table
}

fn connected(scene: &Scene<'_>, online: bool) -> Cell {
    let (mark, word) = if online { (Mark::Done, Common::Online) } else { (Mark::ToCome, Common::Offline) };
    let theme = scene.theme;
    Cell::new(&format!("{} {}", theme.mark(mark), word.text(scene.lang)), theme.mark_style(mark))
}
