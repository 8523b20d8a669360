//! What somebody says in a vote by name, entered for them: one digit, and then the reason.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, sheet};
use crate::meeting::{ItemId, SeatId, State, named_choices};
use crate::rules::NamedChoice;
use crate::screen::Scene;
use crate::screen::text::{clean, cut};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::matter::{self, Open};
use crate::words::who;

/// The choice.
#[derive(Debug)]
pub struct Choice {
    item: ItemId,
    seat: SeatId,
}

impl Choice {
    /// The choice of somebody in the vote on an item.
    pub fn new(item: ItemId, seat: SeatId) -> Self {
        Self { item, seat }
    }

    fn choices<'a>(&self, state: &'a State) -> &'a [NamedChoice] {
        state.item(&self.item).map(named_choices).unwrap_or_default()
    }

    /// A digit chooses, 0 says that the person does not vote; the reason is asked next.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        if key.code == KeyCode::Esc {
            return Turn::Leave;
        }
        let digit = letter(key).and_then(|digit| digit.to_digit(10));
        let Some(digit) = digit.and_then(|digit| usize::try_from(digit).ok()) else { return Turn::Stay };
        let said = match digit.checked_sub(1) {
            None => None,
            Some(place) => match self.choices(state).get(place) {
                Some(said) => Some(*said),
                None => return Turn::Stay,
            },
        };
        let purpose = Purpose::EnterVote(self.item.clone(), self.seat.clone(), said);
        Turn::Next(Box::new(Cover::Text(Text::new(purpose))))
    }

    /// Whether this person can still vote.
    pub fn stands(&self, state: &State) -> bool {
        let open = state.current_named_vote().filter(|(item, _)| item.id == self.item);
        open.is_some_and(|(_, named)| named.vote(&self.seat).is_none())
    }

    /// Draws the choices at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let lang = scene.lang;
        let name = who::spoken(&clean(state.name(&self.seat)));
        let title = format!("{} {} {name}", Open::PickChoice.text(lang), scene.theme.dot());
        let title =
            cut(&title, usize::from(page.width).saturating_sub(10), scene.theme.ellipsis()).into_owned();
        let mut lines: Vec<Line<'_>> = (1..)
            .zip(self.choices(state))
            .map(|(digit, said)| Line::raw(format!("{digit}  {}", matter::choice(lang, *said))))
            .collect();
        lines.push(Line::raw(format!("0  {}", Open::DidNotVote.text(lang))));
        let inside = sheet(frame, page, scene, &title, lines.len(), false);
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of the choice.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("0-3", Open::PickChoice.text(lang)), hint("Esc", Console::Cancel.text(lang))]
}
