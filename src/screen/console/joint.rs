//! A joint meeting at the console: which official is chosen, and the keys that close opinions or enter one.

use super::Console;
use super::cover::Cover;
use super::cover::confirm::{Confirm, What};
use super::cover::entering::Entering;
use crate::meeting::rights;
use crate::meeting::{Actor, Command, CommandKind, ItemId, OfficialId, Stage, State};
use crate::screen::Act;
use crate::screen::widgets::matrix::Matrix;
use crate::words::key::Key;

/// What is chosen in a joint meeting.
#[derive(Debug, Clone, Default)]
pub struct Looking {
    /// The official; none follows whoever is considered next.
    pub official: Option<OfficialId>,
    /// Which of the pages of departments.
    pub page: usize,
}

/// The joint meeting on the floor while opinions are given.
pub fn on_floor(state: &State) -> Option<Matrix<'_>> {
    Matrix::on_floor(state).filter(|matrix| matrix.item.stage == Stage::Consulting)
}

/// The keys of a joint meeting, and whether each works.
pub fn keys(state: &State) -> Vec<(Key, bool)> {
    let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
    let Some(matrix) = on_floor(state) else { return Vec::new() };
    let open = matrix.joint.open(matrix.plan).count();
    let many = matrix.plan.departments.len() > 1;
    vec![
        (Key::ChooseConsidered, matrix.plan.officials.len() > 1),
        (Key::EnterStance, open > 0 && may(CommandKind::EnterStance)),
        (Key::CloseAll, open > 1 && may(CommandKind::CloseAllOpinions)),
        (Key::OtherDepartments, many),
    ]
}

impl Looking {
    /// The place of the official that is chosen, or considered next.
    pub fn place(&self, matrix: Matrix<'_>) -> usize {
        let id = self.official.as_ref().map(OfficialId::as_str);
        let place = id.and_then(|id| matrix.plan.officials.iter().position(|one| one.id == id));
        place.unwrap_or_else(|| matrix.next())
    }

    /// Chooses another official; whether there is any to choose.
    pub fn choose(&mut self, state: &State, forward: bool) -> bool {
        let Some(matrix) = on_floor(state) else { return false };
        let at = self.place(matrix);
        let to = if forward { at + 1 } else { at.saturating_sub(1) };
        if let Some(official) = matrix.plan.officials.get(to) {
            self.official = Some(OfficialId::from(official.id.as_str()));
        }
        true
    }

    /// Turns to other departments; whether there is a joint meeting.
    pub fn turn(&mut self, state: &State, forward: bool) -> bool {
        let Some(matrix) = on_floor(state) else { return false };
        let last = matrix.plan.departments.len().saturating_sub(1);
        self.page = if forward { (self.page + 1).min(last) } else { self.page.saturating_sub(1) };
        true
    }

    /// What is not on the floor any more is not chosen any more.
    pub fn viewed(&mut self, state: &State) {
        if on_floor(state).is_none() {
            *self = Self::default();
        }
    }

    /// The official whose opinions Enter closes; none where it does the next step.
    pub fn closes(&self, state: &State) -> Option<(ItemId, OfficialId)> {
        let matrix = on_floor(state).filter(|_| state.suspended.is_none())?;
        matrix.joint.open(matrix.plan).next()?;
        let (official, _) = matrix.official(self.place(matrix))?;
        Some((matrix.item.id.clone(), OfficialId::from(official.id.as_str())))
    }

    /// Whether Enter closes another one than the next.
    pub fn is_out_of_turn(&self, state: &State) -> bool {
        self.closes(state).is_some()
            && on_floor(state).is_some_and(|matrix| self.place(matrix) != matrix.next())
    }
}

impl Console {
    /// Enter in a joint meeting; none where it does the next step.
    pub(super) fn enter_joint(&mut self, state: &State) -> Option<Vec<Act>> {
        let (item, official) = self.looking.closes(state)?;
        let is_open = state
            .item_state(&item)
            .and_then(|item| item.joint()?.officials.get(&official))
            .is_some_and(|one| one.closed.is_none());
        if is_open {
            self.cover = Some(Cover::Confirm(Confirm::new(What::Opinions(item, Some(official)))));
            return Some(Vec::new());
        }
        // The rules refuse, and say so.
        Some(vec![Act::Order(Command::CloseOpinions { item, official })])
    }

    /// A key of a joint meeting was pressed; none where it is no such key.
    pub(super) fn press_joint(&mut self, key: Key, state: &State) -> Option<Vec<Act>> {
        let matrix = on_floor(state)?;
        let item = matrix.item.id.clone();
        match key {
            Key::CloseAll => self.cover = Some(Cover::Confirm(Confirm::new(What::Opinions(item, None)))),
            Key::EnterStance => {
                let (official, _) = matrix.official(self.looking.place(matrix))?;
                let official = OfficialId::from(official.id.as_str());
                self.cover = Some(Cover::Entering(Entering::new(item, official)));
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}
