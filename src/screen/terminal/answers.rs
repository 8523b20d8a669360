//! What a terminal does with the answers to what it asked for: it says that it is done, or why not.

use super::{Over, Terminal, page};
use crate::client::{SealAct, View};
use crate::meeting::Command;
use crate::screen::widgets::notice::Tone;
use crate::screen::{Act, Answer, Screen};
use crate::words::common;
use crate::words::joint::Joint as JointText;
use crate::words::matter::Open as OpenText;
use crate::words::official::Official as ReviewText;
use crate::words::sealing::Sealing as SealText;
use crate::words::term::Term as TermText;
use crate::words::terminal::{self as words, Terminal as Text};

impl Terminal {
    /// Takes an answer, and what follows from it.
    pub(super) fn take(&mut self, answer: Answer, view: &View) -> Vec<Act> {
        let state = view.state.as_deref();
        match answer {
            Answer::Material { path, result } => self.materials.answered(path, result),
            Answer::Prepared { number, result } => return self.was_prepared(number, result, state),
            Answer::Challenged(result) => self.was_challenged(result, state),
            Answer::Cast(Ok(_)) => {}
            Answer::Cast(Err(error)) => {
                self.handed = None;
                self.cast_failed = Some(common::not_done(self.lang, &error, state));
                return self.viewed(view);
            }
            Answer::Room { typed, result } => return self.was_typed(Some(&typed), result, state),
            Answer::Unlocked(result) => return self.was_typed(None, result, state),
            Answer::Order { command, result: Err(error) } => {
                self.duty_done(&command, false);
                self.was_not_sent();
                self.notices.say(Tone::Refused, common::not_done(self.lang, &error, state));
            }
            Answer::Slip { result: Err(error), .. } | Answer::Seal { result: Err(error), .. } => {
                self.signing = false;
                self.was_not_sent();
                self.notices.say(Tone::Refused, common::not_done(self.lang, &error, state));
            }
            Answer::Order { command, result: Ok(_) } => {
                let closed = self.objected(&command).or_else(|| self.duty_done(&command, true));
                let words = closed.map(str::to_owned).or_else(|| self.done(&command, view));
                if let Some(words) = words {
                    self.notices.say(Tone::Done, words);
                }
                if let Some(text) = Self::written_text(&command) {
                    return self.was_sent(text);
                }
            }
            Answer::Slip { says, result: Ok(_) } => {
                self.notices.say(Tone::Done, ReviewText::SlipSent.text(self.lang));
                return if says.text().is_empty() { Vec::new() } else { self.was_sent(says.text()) };
            }
            Answer::Exam(Err(error)) => {
                self.notices.say(Tone::Refused, common::not_done(self.lang, &error, state));
            }
            Answer::Exam(Ok(_)) => {}
            Answer::Seal { act, result: Ok(_) } => {
                self.signing = false;
                let refused = matches!(act, SealAct::Refuse(_));
                if refused {
                    self.over = Over::Nothing;
                }
                let text = if refused { SealText::RefusalTaken } else { SealText::SignedThanks };
                self.notices.say(Tone::Done, text.text(self.lang));
            }
            Answer::Own(_) => {}
        }
        Vec::new()
    }

    /// That an order of this terminal is in the record, in words; none where the page itself shows it.
    fn done(&self, command: &Command, view: &View) -> Option<String> {
        let state = view.state.as_deref()?;
        let (seat, here) = match command {
            Command::Note { .. } => return Some(Text::NoteDone.text(self.lang).to_owned()),
            Command::Recuse { .. } => return Some(Text::RecuseDone.text(self.lang).to_owned()),
            Command::SayIfSatisfied { .. } => {
                return Some(ReviewText::SatisfactionSaid.text(self.lang).to_owned());
            }
            Command::VoteByName { .. }
            | Command::PassStatement { .. }
            | Command::SignMatter { .. }
            | Command::ObjectToVote { .. }
            | Command::ObjectToAgenda { .. } => {
                return Some(OpenText::InRecord.text(self.lang).to_owned());
            }
            Command::EndQuestion { .. } => return Some(ReviewText::Withdrawn.text(self.lang).to_owned()),
            Command::SayInside { .. }
            | Command::TakeDownSaid { .. }
            | Command::PutQuestion { .. }
            | Command::TakeDownQuestion { .. }
            | Command::Reply { .. } => return Some(TermText::SaidDone.text(self.lang).to_owned()),
            Command::GiveStance { .. } => return Some(JointText::Given.text(self.lang).to_owned()),
            command if Self::written(command).is_some() => {
                return Self::written(command).map(|(_, text)| text.text(self.lang).to_owned());
            }
            Command::SignIn { seat } => (seat, true),
            Command::SignOut { seat } => (seat, false),
            _ => return None,
        };
        let own = page::my_seat(view) == Some(seat);
        (!own).then(|| words::presence_changed(self.lang, state.name(seat), here))
    }
}
