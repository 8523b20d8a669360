//! What the keys of the terminal do on a major matter and in an open vote. What cannot be taken back takes a second,
//! different key.

use crossterm::event::{KeyCode, KeyEvent};

use super::draft::Purpose;
use super::open_page::{self, Own};
use super::page::{self, Page};
use super::writing::Writing;
use super::{Over, Terminal};
use crate::client::View;
use crate::meeting::{Command, ItemId, State};
use crate::rules::NamedChoice;
use crate::screen::Act;
use crate::screen::widgets::letter;
use crate::screen::widgets::reader::Reader;

/// What a second key confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// To pass.
    Pass,
    /// This vote.
    Vote(NamedChoice),
    /// To sign the record.
    Sign,
    /// To object to going without a count.
    Object,
    /// The same of the change of the agenda that was put, by its number.
    ObjectAgenda(u32),
}

impl Asks {
    /// Whether it can still be done.
    pub fn stands(self, view: &View, state: &State) -> bool {
        let wanted = match self {
            Self::Pass => Own::State,
            Self::Vote(_) => Own::Vote,
            Self::Sign => Own::Sign,
            Self::Object => Own::Object,
            Self::ObjectAgenda(number) => return objectable(view, state) == Some(number),
        };
        open_page::own(view, state) == wanted
    }

    fn command(self, view: &View, state: &State) -> Option<Command> {
        // Between items there is no item that it could be about.
        if let Self::ObjectAgenda(number) = self {
            return Some(Command::ObjectToAgenda { number });
        }
        let (item, seat) = (state.current_item()?, page::my_seat(view)?.clone());
        let record = || state.matter_hash(item);
        let id = item.id.clone();
        Some(match self {
            Self::Pass => Command::PassStatement { item: id, seat },
            Self::Vote(choice) => Command::VoteByName { item: id, choice },
            Self::Sign => Command::SignMatter { item: id, record: record() },
            Self::Object => Command::ObjectToVote { item: id, seat },
            Self::ObjectAgenda(_) => return None,
        })
    }
}

/// The change of the agenda that was put and that this terminal can object to, by its number.
pub fn objectable(view: &View, state: &State) -> Option<u32> {
    let seat = page::my_seat(view)?;
    let may = state.suspended.is_none() && state.may_object_to_proposal(seat);
    state.proposal().filter(|_| may).map(|proposal| proposal.number)
}

impl Terminal {
    /// A key on the page of what is decided in the open. None: it has another use.
    pub(super) fn on_open_page(&mut self, key: KeyEvent, page: &Page, view: &View) -> Option<Vec<Act>> {
        let state = view.state.as_deref()?;
        if *page == Page::Floor
            && letter(key) == Some('O')
            && let Some(number) = objectable(view, state)
        {
            self.over = Over::Asks(Asks::ObjectAgenda(number));
            return Some(Vec::new());
        }
        let signs = open_page::own(view, state) == Own::Sign && matches!(page, Page::Result(_));
        if *page != Page::Open && !signs {
            return None;
        }
        let item = state.current_item()?.id.clone();
        let seat = page::my_seat(view)?.clone();
        let own = open_page::own(view, state);
        match (own, key.code, letter(key)) {
            (Own::State, KeyCode::Enter, _) => self.write_open(item, Purpose::View { seat }),
            (Own::SumUp, KeyCode::Enter, _) => self.write_open(item, Purpose::SummingUp),
            (Own::State, _, Some('X')) => self.over = Over::Asks(Asks::Pass),
            (Own::Sign, _, Some('S')) => self.over = Over::Asks(Asks::Sign),
            (Own::Object, _, Some('O')) => self.over = Over::Asks(Asks::Object),
            (Own::Vote, _, Some(digit @ '1'..='9')) => {
                let place =
                    digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok())?.checked_sub(1)?;
                let choice = *open_page::choices(state).get(place)?;
                self.over = Over::Asks(Asks::Vote(choice));
            }
            (_, _, Some('E')) => {
                let seat = open_page::taken_down(view, state)?.clone();
                self.write_open(item, Purpose::View { seat });
            }
            (_, _, Some('I')) => {
                let path = open_page::document(state)?.to_owned();
                self.over = Over::Document(Box::new((path.clone(), Reader::default())));
                return Some(self.materials.want([path.as_str()]));
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn write_open(&mut self, item: ItemId, purpose: Purpose) {
        let text = self.drafts.get(&item, &purpose).map_or(String::new(), |(text, _)| text.to_owned());
        self.over = Over::Write(Box::new(Writing::new(item, purpose, &text, false)));
    }

    /// A key where something is to be confirmed: Y does it, every other key does not.
    pub(super) fn on_asks(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::Asks(asks) = self.over else { return Vec::new() };
        self.over = Over::Nothing;
        let Some(state) = view.state.as_deref().filter(|state| asks.stands(view, state)) else {
            return Vec::new();
        };
        let command = asks.command(view, state).filter(|_| letter(key) == Some('Y'));
        command.map(Act::Order).into_iter().collect()
    }

    /// A key on the text that is decided on.
    pub(super) fn on_document(&mut self, key: KeyEvent) -> Vec<Act> {
        let Over::Document(document) = &mut self.over else { return Vec::new() };
        let reader = &mut document.1;
        if reader.is_typing() {
            reader.key(key);
        } else if key.code == KeyCode::Esc || letter(key) == Some('I') {
            self.over = Over::Nothing;
        } else {
            reader.key(key);
        }
        Vec::new()
    }
}
