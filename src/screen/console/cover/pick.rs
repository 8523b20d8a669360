//! Everyone with a seat, to pick one: signed in or out by hand, asked to leave or called back, given a new code; or
//! only to see who is connected. Never what anyone chose, nor whether.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::choice::Choice;
use super::confirm::{Confirm, What};
use super::due::Due;
use super::long::{Long, Writes};
use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, ItemId, OfficialId, SeatId, State, rights};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::people::{Only, People, Picked, toggle};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::matter::Open;
use crate::words::reopening::Reopened;
use crate::words::review::Review;

/// What the person is picked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// Signing in or out.
    Attendance,
    /// Leaving for the deliberation, or coming back.
    Recusal(ItemId),
    /// Standing aside from the evaluation of the official whose turn it is.
    Abstention(ItemId),
    /// A spoken question.
    Asker(ItemId),
    /// The floor, for so many seconds.
    Speaker(u32),
    /// A vote by name that is entered.
    Voter(ItemId),
    /// An objection to going without a count.
    Objector(ItemId),
    /// A notification that was given before the meeting.
    Notified(ItemId),
    /// An objection to a declared result, of an item or an official.
    ResultObjector(ItemId, Option<OfficialId>),
    /// A new code.
    Reissue,
    /// To look only.
    Connections,
}

/// The list.
#[derive(Debug)]
pub struct Pick {
    /// What for.
    pub purpose: For,
    /// The list itself.
    pub people: People,
}

impl Pick {
    /// The list for a purpose.
    pub fn new(purpose: For) -> Self {
        let mut people = People::default();
        if matches!(
            purpose,
            For::Recusal(_)
                | For::Asker(_)
                | For::Speaker(_)
                | For::Voter(_)
                | For::Objector(_)
                | For::ResultObjector(..)
        ) {
            people.only = Only::Present;
        }
        Self { purpose, people }
    }

    /// Letters search, Tab filters, Enter picks.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Tab => {
                self.people.only = self.people.only.next();
                return Turn::Stay;
            }
            // No person of the plan, and so in no list.
            KeyCode::F(2) if self.purpose == For::Reissue => return reissue(Actor::Standby),
            _ => {}
        }
        match self.people.key(key, state) {
            Picked::Person(seat) => self.picked(seat, state),
            Picked::Used | Picked::Not => Turn::Stay,
        }
    }

    fn picked(&self, seat: SeatId, state: &State) -> Turn {
        let order = |command: Command| Turn::Try(vec![Act::Order(command)]);
        match &self.purpose {
            For::Attendance => order(toggle(state, &seat)),
            For::Recusal(item) => {
                let item = item.clone();
                let outside = state.item_state(&item).is_some_and(|item| item.recused.contains(&seat));
                order(if outside { Command::Return { item, seat } } else { Command::Recuse { item, seat } })
            }
            For::Abstention(item) => order(Command::Recuse { item: item.clone(), seat }),
            For::Asker(item) => {
                let writes = Writes::Oral(item.clone(), seat);
                Turn::Next(Box::new(Cover::Long(Box::new(Long::new(writes, state)))))
            }
            For::Speaker(seconds) => {
                Turn::Do(vec![Act::Order(Command::CallSpeaker { seat, seconds: *seconds })])
            }
            For::Voter(item) => {
                let choice = Choice::new(item.clone(), seat);
                Turn::Next(Box::new(Cover::Choice(choice)))
            }
            For::Objector(item) => {
                Turn::Do(vec![Act::Order(Command::ObjectToVote { item: item.clone(), seat })])
            }
            For::ResultObjector(item, official) => {
                let purpose = Purpose::ResultObjection(item.clone(), official.clone(), seat);
                Turn::Next(Box::new(Cover::Text(Text::new(purpose))))
            }
            For::Notified(item) => Turn::Next(Box::new(Cover::Due(Due::notice(item.clone(), seat)))),
            For::Reissue => reissue(Actor::Seat(seat)),
            For::Connections => Turn::Stay,
        }
    }

    /// Whether picking still has a purpose.
    pub fn stands(&self, state: &State) -> bool {
        let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
        match &self.purpose {
            For::Attendance => may(CommandKind::SignIn),
            For::Recusal(_) | For::Abstention(_) => may(CommandKind::Recuse),
            For::Asker(_) => may(CommandKind::EnterQuestion),
            For::Speaker(_) => may(CommandKind::CallSpeaker),
            For::Voter(_) => may(CommandKind::EnterVote),
            For::Objector(_) => may(CommandKind::ObjectToVote),
            For::ResultObjector(..) => may(CommandKind::ObjectToResult),
            For::Notified(item) => {
                state.item_state(item).is_some_and(|item| !state.not_notified(item).is_empty())
            }
            For::Reissue => may(CommandKind::ReissueCode),
            For::Connections => true,
        }
    }

    /// The keys of the list.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let enter = match self.purpose {
            For::Attendance => Some(Console::SignInOut.text(lang)),
            For::Recusal(_) => Some(Console::LeaveReturn.text(lang)),
            For::Abstention(_) => Some(Review::AbstainThis.text(lang)),
            For::Asker(_) => Some(Review::OralQuestion.text(lang)),
            For::Speaker(_) => Some(Review::Call.text(lang)),
            For::Voter(_) => Some(Open::EnterVote.text(lang)),
            For::Objector(_) => Some(Open::Object.text(lang)),
            For::ResultObjector(..) => Some(Reopened::Object.text(lang)),
            For::Notified(_) => Some(Open::Notice.text(lang)),
            For::Reissue => Some(Console::ReissueThis.text(lang)),
            For::Connections => None,
        };
        let mut hints: Vec<Hint> = enter.map(|text| hint("Enter", text)).into_iter().collect();
        hints.push(hint("Tab", Console::Filter.text(lang)));
        if self.purpose == For::Reissue {
            hints.push(hint("F2", Console::ReissueStandby.text(lang)));
        }
        hints.push(hint("Esc", Console::Back.text(lang)));
        hints
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let title = match self.purpose {
            For::Attendance => Console::Attendance.text(scene.lang),
            For::Recusal(_) => Console::RecusePick.text(scene.lang),
            For::Abstention(_) => Review::AbstainPick.text(scene.lang),
            For::Asker(_) => Review::AskerPick.text(scene.lang),
            For::Speaker(_) => Review::SpeakerPick.text(scene.lang),
            For::Voter(_) => Open::PickVoter.text(scene.lang),
            For::Objector(_) => Open::PickObjector.text(scene.lang),
            For::ResultObjector(..) => Reopened::PickObjector.text(scene.lang),
            For::Notified(_) => Open::PickNotified.text(scene.lang),
            For::Reissue => Console::ReissuePick.text(scene.lang),
            For::Connections => Console::Connections.text(scene.lang),
        };
        let filter = self.people.only.word().text(scene.lang);
        let dot = scene.theme.dot();
        let inside = whole(frame, body, scene, &format!("{title} {dot} {filter}"));
        self.people.draw(frame, inside, scene, state);
    }
}

/// Asks whether somebody's machine is to be turned off for a new one.
fn reissue(who: Actor) -> Turn {
    Turn::Next(Box::new(Cover::Confirm(Confirm::new(What::Reissue(who)))))
}
