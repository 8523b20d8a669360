//! A member objects to a declared result, from the own terminal, with a reason. The objection gets a number, and every
//! screen shows it until the presiding body has settled it.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::nominees::inset;
use super::page::{self, Page};
use super::{Over, Terminal};
use crate::client::View;
use crate::meeting::{Command, ItemId, OfficialId, State};
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::field::Field;
use crate::screen::{Act, Scene};
use crate::words::reopening::{self, Reopened};

/// An objection that is being written.
#[derive(Debug)]
pub struct Objecting {
    /// To which of the results that can be objected to.
    pub at: usize,
    /// Why.
    pub field: Field,
}

/// The declared results to which this person has not objected, the one that was declared last first.
fn results(view: &View, state: &State) -> Vec<(ItemId, Option<OfficialId>)> {
    let Some(seat) = page::my_seat(view) else { return Vec::new() };
    let mut results: Vec<(ItemId, Option<OfficialId>)> = state
        .declared_results()
        .filter(|(item, official)| {
            !state.result_objections_to(item, *official).any(|objection| objection.by == *seat)
        })
        .map(|(item, official)| (item.id.clone(), official.cloned()))
        .collect();
    results.reverse();
    results
}

/// Whether this person can object to a declared result here.
pub fn may_object(page: &Page, view: &View, state: &State) -> bool {
    matches!(page, Page::Floor | Page::Open | Page::Result(_))
        && state.ended_at.is_none()
        && page::is_present(view, state)
        && !results(view, state).is_empty()
}

impl Terminal {
    pub(super) fn open_objecting(&mut self) -> Vec<Act> {
        self.over = Over::ObjectResult(Box::new(Objecting { at: 0, field: self.note() }));
        Vec::new()
    }

    /// A key while the reason is being written: the arrows choose the result.
    pub(super) fn on_objecting(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::ObjectResult(objecting) = &mut self.over else { return Vec::new() };
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        let results = results(view, state);
        let last = results.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => self.over = Over::Nothing,
            KeyCode::Up => objecting.at = objecting.at.min(last).saturating_sub(1),
            KeyCode::Down => objecting.at = (objecting.at + 1).min(last),
            KeyCode::Enter if objecting.field.value().trim().is_empty() => {}
            KeyCode::Enter => {
                let reason = objecting.field.value().trim().to_owned();
                let chosen = results.get(objecting.at.min(last)).cloned();
                let command = chosen.zip(page::my_seat(view)).map(|((item, official), seat)| {
                    Command::ObjectToResult { item, official, by: seat.clone(), reason }
                });
                return command.map(Act::Order).into_iter().collect();
            }
            _ => {
                objecting.field.key(key);
            }
        }
        Vec::new()
    }

    /// What was written is in the record.
    pub(super) fn objected(&mut self, command: &Command) -> Option<&'static str> {
        if !matches!(command, Command::ObjectToResult { .. }) {
            return None;
        }
        if matches!(self.over, Over::ObjectResult(_)) {
            self.over = Over::Nothing;
        }
        Some(Reopened::OwnSent.text(self.lang))
    }
}

/// Whether an objection that is being written still can be made.
pub fn stands(view: &View, state: &State) -> bool {
    state.ended_at.is_none() && page::is_present(view, state) && !results(view, state).is_empty()
}

/// Draws the result that is chosen, and the field.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, objecting: &Objecting) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(Reopened::OwnObjection.text(lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let results = results(scene.view, state);
    let chosen = results.get(objecting.at.min(results.len().saturating_sub(1)));
    let [_, which, how, _, line, rule] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(inset(inner));
    if let Some((item, official)) = chosen {
        let name = reopening::result(state, item, official.as_ref());
        let number = state.item_state(item).map_or(1, |item| item.result_number());
        let name = reopening::declared(lang, &clean(&name), number);
        let place = if results.len() > 1 {
            format!("   {}/{}", objecting.at.min(results.len() - 1) + 1, results.len())
        } else {
            String::new()
        };
        let text =
            format!("{}{place}", cut(&name, usize::from(which.width).saturating_sub(8), theme.ellipsis()));
        frame.render_widget(Paragraph::new(Line::styled(text, theme.strong())), which);
    }
    let lines: Vec<Line<'_>> =
        wrap(Reopened::OwnHow.text(lang), how.width.into()).into_iter().map(Line::raw).collect();
    frame.render_widget(Paragraph::new(lines), how);
    objecting.field.draw(frame, line, theme);
    frame.render_widget(Paragraph::new(theme.rule().repeat(rule.width.into())).style(theme.dim()), rule);
}
