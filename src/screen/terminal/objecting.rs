//! A member objects to a declared result, from the own terminal, with a reason. The objection gets a number, and every
//! screen shows it until the presiding body has settled it.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::page::{self, Page};
use super::{Over, Terminal, over};
use crate::client::View;
use crate::meeting::{Command, ItemId, OfficialId, State};
use crate::screen::text::clean;
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
    let lang = scene.lang;
    let results = results(scene.view, state);
    let at = objecting.at.min(results.len().saturating_sub(1));
    let about = results.get(at).map(|(item, official)| {
        let name = reopening::result(state, item, official.as_ref());
        let number = state.item_state(item).map_or(1, |item| item.result_number());
        let name = reopening::declared(lang, &clean(&name), number);
        if results.len() > 1 { format!("{}/{}   {name}", at + 1, results.len()) } else { name }
    });
    let says = (Reopened::OwnObjection.text(lang), Reopened::OwnHow.text(lang));
    over::draw_note(frame, area, scene, &objecting.field, says, about.as_deref());
}
