//! A hub learns that a standby has taken over from it: from a terminal that has followed the standby's record, with the
//! signed line as proof. It acknowledges nothing from then on, and sends every screen away to look for the other machine.

use super::desk::Desk;
use super::message::Message;
use crate::journal::Line;
use crate::wire::{Answer, ToScreen, TurnedAway, WrongAnswer};

impl Desk {
    /// A line with which a standby says that it has taken over; what proves nothing changes nothing.
    pub(super) fn hear_of_takeover(&mut self, text: &str) {
        let proved = Line::read(text).is_ok_and(|line| self.replay.is_taken_over_by(&line));
        if !proved {
            return;
        }
        self.taken_over = true;
        for (_, screen) in std::mem::take(&mut self.connections) {
            let _ = screen.kick.send(TurnedAway::TakenOver);
        }
    }

    /// The message, or nothing: it is answered here because another machine is the hub.
    pub(super) fn refuse_if_taken_over(&self, message: Message) -> Option<Message> {
        if !self.taken_over {
            return Some(message);
        }
        let wrong = || Answer::Wrong(WrongAnswer::TakenOver);
        let refused = || ToScreen::ActRefused(WrongAnswer::TakenOver);
        match message {
            Message::Enrol { reply, .. } | Message::EnrolStandby { reply, .. } => {
                drop(reply.send(Err(TurnedAway::TakenOver)))
            }
            Message::Connect { reply, .. } => drop(reply.send(Err(TurnedAway::TakenOver))),
            Message::ConnectStandby { reply, .. } => drop(reply.send(Err(TurnedAway::TakenOver))),
            Message::Order { reply, .. }
            | Message::Dealing { reply, .. }
            | Message::Share { reply, .. }
            | Message::Ballots { reply, .. }
            | Message::Factors { reply, .. }
            | Message::ExamPaper { reply, .. }
            | Message::ExamSheet { reply, .. }
            | Message::Seal { reply, .. } => drop(reply.send(wrong())),
            Message::Register { reply, .. } | Message::Cast { reply, .. } | Message::Slip { reply, .. } => {
                drop(reply.send(refused()));
            }
            Message::Returned { reply, .. } => drop(reply.send(Some(refused()))),
            Message::Disconnect { .. }
            | Message::TakenOver { .. }
            | Message::StandbyInStep { .. }
            | Message::StandbyGone { .. }
            | Message::Tick
            | Message::AnnounceAll { .. }
            | Message::Again
            | Message::Stop => {}
        }
        None
    }
}
