//! A show of hands: three numbers that must add up to those present.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::agenda::can_change;
use super::{Turn, hint, sheet};
use crate::meeting::{AgendaChange, AgendaVote, Command, ItemId, State, Step, next_step};
use crate::screen::text::width;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::letter;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::agenda::{self, Agenda};
use crate::words::common::Common;
use crate::words::console::{self, Console};

/// More hands are in no room.
const DIGITS_MAX: usize = 4;

/// What hands are raised on.
#[derive(Debug)]
enum About {
    /// The scrutineers.
    Scrutineers,
    /// The open vote that is taken.
    Item(ItemId),
    /// A change of the agenda, and its reason.
    Agenda(AgendaChange, String),
}

/// The form.
#[derive(Debug)]
pub struct Hands {
    about: About,
    fields: [Field; 3],
    at: usize,
}

impl Default for Hands {
    fn default() -> Self {
        Self { about: About::Scrutineers, fields: std::array::from_fn(|_| Field::new(DIGITS_MAX)), at: 0 }
    }
}

impl Hands {
    /// The form for an open vote.
    pub fn on(item: ItemId) -> Self {
        Self { about: About::Item(item), ..Self::default() }
    }

    /// The form for a change of the agenda that was put.
    pub fn on_agenda(change: AgendaChange, reason: String) -> Self {
        Self { about: About::Agenda(change, reason), ..Self::default() }
    }

    fn command(&self) -> Command {
        let [agree, disagree, abstain] = self.counts();
        match &self.about {
            About::Item(item) => Command::CountHands { item: item.clone(), agree, disagree, abstain },
            About::Scrutineers => Command::ApproveScrutineers { agree, disagree, abstain },
            About::Agenda(change, reason) => Command::ChangeAgenda {
                change: change.clone(),
                decided: AgendaVote::Hands { agree, disagree, abstain },
                reason: reason.clone(),
            },
        }
    }

    /// The same where nobody has objected, so that no hands are counted; only of the agenda.
    fn without_objection(&self, state: &State) -> Option<Command> {
        let About::Agenda(change, reason) = &self.about else { return None };
        if state.proposal().is_some_and(|proposal| !proposal.objected.is_empty()) {
            return None;
        }
        let (change, reason) = (change.clone(), reason.clone());
        Some(Command::ChangeAgenda { change, decided: AgendaVote::WithoutObjection, reason })
    }

    /// The sentence to read aloud, where the step has another.
    pub fn says(&self, lang: Lang, state: &State) -> Option<String> {
        let About::Agenda(change, reason) = &self.about else { return None };
        Some(agenda::put(lang, state, change, Some(reason)))
    }

    /// Whether this command is what the form was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        let withdrawn = matches!((&self.about, command), (About::Agenda(..), Command::WithdrawAgenda));
        withdrawn || command.kind() == self.command().kind()
    }

    /// Whether hands are still to be counted.
    pub fn stands(&self, state: &State) -> bool {
        match (&self.about, next_step(state)) {
            (About::Scrutineers, Some(Step::ApproveScrutineers)) => true,
            (About::Item(item), Some(Step::CountHands(counted))) => *item == counted,
            (About::Agenda(..), _) => can_change(state),
            _ => false,
        }
    }

    /// How many hands there must be.
    fn present(&self, state: &State) -> u32 {
        let planned = match &self.about {
            About::Item(item) => state.item(item),
            About::Scrutineers | About::Agenda(..) => None,
        };
        planned.map_or_else(|| state.present(), |planned| state.present_for(planned))
    }

    /// The numbers as they stand; an empty field is 0.
    pub fn counts(&self) -> [u32; 3] {
        self.fields.each_ref().map(|field| field.value().parse().unwrap_or(0))
    }

    fn counted(&self) -> u32 {
        self.counts().into_iter().fold(0, u32::saturating_add)
    }

    /// Digits fill the field; arrows and Tab move; Enter submits, and the rules refuse what does not add up.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Enter => {
                return Turn::Try(vec![Act::Order(self.command())]);
            }
            KeyCode::Down | KeyCode::Tab => self.at = (self.at + 1) % 3,
            KeyCode::Up | KeyCode::BackTab => self.at = (self.at + 2) % 3,
            _ if letter(key) == Some('W') => {
                if let Some(command) = self.without_objection(state) {
                    return Turn::Try(vec![Act::Order(command)]);
                }
            }
            _ if letter(key) == Some('X') && matches!(self.about, About::Agenda(..)) => {
                return Turn::Try(vec![Act::Order(Command::WithdrawAgenda)]);
            }
            KeyCode::Char(sign) if !sign.is_ascii_digit() => {}
            _ => {
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.key(key);
                }
            }
        }
        Turn::Stay
    }

    /// Digits were pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.at) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            field.paste(&digits);
        }
    }

    /// Draws the form.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let lang = scene.lang;
        let title = match &self.about {
            About::Agenda(..) => Agenda::Hands.text(lang),
            About::Item(_) => Console::HandsOnItem.text(lang),
            About::Scrutineers => Console::Hands.text(lang),
        };
        let inside = sheet(frame, page, scene, title, 4, false);
        let labels = [Common::Agree, Common::Disagree, Common::Abstain].map(|label| label.text(lang));
        let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0);
        for (place, (label, field)) in labels.iter().zip(&self.fields).enumerate() {
            let row = Rect { y: inside.y + u16::try_from(place).unwrap_or(0), height: 1, ..inside };
            let here = place == self.at;
            field.draw_labelled(frame, row, (label, wide), here, scene.theme);
        }
        let present = self.present(state);
        let counted = self.counted();
        let style = if counted == present { scene.theme.strong() } else { scene.theme.dim() };
        let row = Rect { y: inside.y + 3, height: 1, ..inside };
        let left = Line::styled(format!("  {}", console::hands_left(lang, counted, present)), style);
        frame.render_widget(Paragraph::new(left), row);
    }

    /// The keys of the form.
    pub fn hints(&self, lang: Lang, state: &State) -> Vec<Hint> {
        let mut hints = vec![hint("Enter", Console::Submit.text(lang))];
        if self.without_objection(state).is_some() {
            hints.push(hint("W", Agenda::NobodyObjects.text(lang)));
        }
        if matches!(self.about, About::Agenda(..)) {
            hints.push(hint("X", Agenda::Withdraw.text(lang)));
        }
        // Who leaves this form has not taken back what was put to the body.
        let leaves = match &self.about {
            About::Agenda(..) => Console::Back,
            About::Scrutineers | About::Item(_) => Console::Cancel,
        };
        hints.extend([hint("Tab", Console::NextField.text(lang)), hint("Esc", leaves.text(lang))]);
        hints
    }
}
