//! The opinion of a department whose terminal does not work, entered at the console: which department, and what it
//! says. The words of an objection or a check are asked for next.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, DepartmentId, ItemId, OfficialId, Stance, State, rights};
use crate::plan::{Department, JointMeeting};
use crate::screen::text::clean;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::choose;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::joint::{self as words, Joint};

/// The list of departments.
#[derive(Debug)]
pub struct Entering {
    item: ItemId,
    official: OfficialId,
    chosen: usize,
    scroll: Scroll,
}

impl Entering {
    /// The list, for an official.
    pub fn new(item: ItemId, official: OfficialId) -> Self {
        Self { item, official, chosen: 0, scroll: Scroll::default() }
    }

    fn plan<'a>(&self, state: &'a State) -> Option<&'a JointMeeting> {
        state.item(&self.item)?.joint()
    }

    fn department<'a>(&self, state: &'a State) -> Option<&'a Department> {
        self.plan(state)?.departments.get(self.chosen)
    }

    /// The arrows choose, a digit enters.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let last = self.plan(state).map_or(0, |plan| plan.departments.len().saturating_sub(1));
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.chosen = self.chosen.saturating_sub(1),
            KeyCode::Down => self.chosen = (self.chosen + 1).min(last),
            KeyCode::Home => self.chosen = 0,
            KeyCode::End => self.chosen = last,
            _ => {}
        }
        let Some(department) = self.department(state) else { return Turn::Stay };
        let department = DepartmentId::from(department.id.as_str());
        let (item, official) = (self.item.clone(), self.official.clone());
        let ask = |purpose: Purpose| Turn::Next(Box::new(Cover::Text(Text::new(purpose))));
        match letter(key) {
            Some('1') => {
                let stance = Stance::NoObjection;
                Turn::Try(vec![Act::Order(Command::EnterStance { item, official, department, stance })])
            }
            Some('2') => ask(Purpose::Objection(item, official, department)),
            Some('3') => ask(Purpose::Check(item, official, department)),
            _ => Turn::Stay,
        }
    }

    /// Whether this command is what the list was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        command.kind() == CommandKind::EnterStance
    }

    /// Whether an opinion on the official can still be entered.
    pub fn stands(&self, state: &State) -> bool {
        stands(state, &self.item, &self.official)
    }

    /// The keys of the list.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let [none, objects, checks] = [
            Stance::NoObjection,
            Stance::Objection { reason: String::new() },
            Stance::NeedsChecking { what: String::new() },
        ]
        .map(|stance| words::stance(lang, &stance));
        vec![hint("1", none), hint("2", objects), hint("3", checks), hint("Esc", Console::Back.text(lang))]
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some(plan) = self.plan(state) else { return };
        let name = plan.official(self.official.as_str()).map_or("", |official| official.name.as_str());
        let title = format!("{} {} {}", Joint::AskDepartment.text(lang), theme.dot(), clean(name));
        let inside = whole(frame, body, scene, &title);
        let one = state.item_state(&self.item).and_then(|item| item.joint()?.officials.get(&self.official));
        let cells = usize::from(inside.width);
        let line = |(place, department): (usize, &Department)| {
            let says = match one.and_then(|one| one.stands(&department.id)) {
                Some(given) => words::stance(lang, &given.stance),
                None if !state.is_represented(department) => Joint::Absent.text(lang),
                None => Joint::None.text(lang),
            };
            let line = Line::raw(format!("{}   {says}", clean(&department.name)));
            if place == self.chosen { choose(line, cells, theme) } else { line }
        };
        let lines: Vec<Line<'_>> = plan.departments.iter().enumerate().map(line).collect();
        let must_see = self.chosen..self.chosen + 1;
        let shown = self.scroll.fit(lines.len(), inside.height.into(), Some(must_see));
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// Whether an opinion on an official can be entered at the console now.
pub(super) fn stands(state: &State, item: &ItemId, official: &OfficialId) -> bool {
    let one = state.item_state(item).and_then(|item| item.joint()?.officials.get(official));
    one.is_some_and(|one| one.closed.is_none())
        && rights::check(state, &Actor::Console, CommandKind::EnterStance).is_ok()
}
