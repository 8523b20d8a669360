//! How the terminal follows what has happened: the paper, the floor, the review. It keeps nothing that the record has
//! taken away, and takes away nothing that a pause or a lost connection leaves.

use super::page::{self, Page};
use super::printed::Printed;
use super::review_page;
use super::strip::{self, Own};
use super::writing::Writing;
use super::{Over, Terminal, draft};
use crate::client::{Alarm, Link, Paper, TurnedAway, View};
use crate::meeting::State;
use crate::screen::Act;
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;

/// Which alarm was heard: a new one is, once.
#[derive(Debug, Default)]
pub(super) struct Heard {
    alarm: Option<Alarm>,
    turned_away: bool,
}

impl Heard {
    /// An alarm that has come up rings; so does it when this seat is somebody else's all at once.
    pub(super) fn follow(&mut self, view: &View) -> Vec<Act> {
        let new = view.alarm.is_some() && self.alarm != view.alarm;
        self.alarm.clone_from(&view.alarm);
        let away = matches!(view.link, Link::TurnedAway(TurnedAway::KeyRevoked | TurnedAway::SeatTaken));
        let taken = away && !std::mem::replace(&mut self.turned_away, away);
        if new || taken { vec![Act::Bell] } else { Vec::new() }
    }
}

impl Terminal {
    /// The moment in which the floor is given is heard, too.
    pub(super) fn follow_floor(&mut self, view: &View, state: &State) -> Vec<Act> {
        let speaks = strip::own(view, state) == Own::Speaks;
        let begins = speaks && !std::mem::replace(&mut self.speaks, speaks);
        self.speaks = speaks;
        if strip::refusal(view, state).is_none() {
            self.refusal_read = None;
        }
        if begins { vec![Act::Bell] } else { Vec::new() }
    }

    /// The text that is read out is asked for, and begins at its beginning.
    pub(super) fn follow_review(&mut self, state: &State) -> Vec<Act> {
        let Some(shown) = Shown::on_floor(state) else {
            if matches!(
                self.over,
                Over::Asked(_) | Over::Texts(_) | Over::Officials { .. } | Over::Withdraw(_)
            ) {
                self.over = Over::Nothing;
            }
            return Vec::new();
        };
        let now = review_page::text_now(shown);
        if now != self.reading.as_deref() {
            self.reading = now.map(str::to_owned);
            self.reader = Reader::default();
            self.scroll = Scroll::default();
        }
        // An answer that was changed at the console is followed, as long as nothing was written here.
        if let Over::Write(writing) = &mut self.over
            && let draft::Purpose::Answer { question } = writing.purpose
            && let Some(answer) = shown.review.question(question).map(|question| &question.answer)
            && *answer != writing.saved
            && !writing.sending
            && !writing.is_unsaved()
        {
            **writing = Writing::new(writing.item.clone(), writing.purpose.clone(), answer, false);
            writing.saved.clone_from(answer);
        }
        now.map_or(Vec::new(), |path| self.materials.want([path]))
    }

    /// There is a sheet exactly while the paper can be marked; otherwise every mark is gone.
    pub(super) fn follow_paper(&mut self, view: &View, state: &State) {
        let round = page::own_round(view, state);
        let ballot = round.map(|round| round.issue.ballot.clone());
        if self.handed.is_some()
            && (self.handed != ballot || !matches!(view.paper, Paper::Open | Paper::Casting))
        {
            self.handed = None;
        }
        let wanted = match self.page(view) {
            Page::Paper(ballot) => Some(ballot),
            // A pause or a lost connection takes no marks away.
            Page::Suspended | Page::SignIn if view.paper == Paper::Open && self.handed.is_none() => ballot,
            _ => None,
        };
        if wanted.is_none() {
            self.sheet = None;
            self.cast_failed = None;
        }
        if let (Some(wanted), Some(round)) = (wanted, round)
            && self.sheet.as_ref().is_none_or(|sheet| *sheet.ballot() != wanted)
        {
            let Some(printed) = Printed::of(state, round) else { return };
            self.sheet = Some(printed.sheet(round));
            self.scroll = Scroll::default();
            if matches!(self.over, Over::Nominee { .. } | Over::Recusal) {
                self.over = Over::Nothing;
            }
        }
        // Test data that is on the screen alone stays there until it is put away.
        let closes = match &self.over {
            Over::Review(_) | Over::Test(_) => true,
            Over::Tested(tested) => tested.is_in_file(),
            _ => false,
        };
        if self.sheet.is_none() && closes {
            self.over = Over::Nothing;
        }
    }

    /// A result begins at its first line, however far the page before it was scrolled.
    pub(super) fn follow_result(&mut self, view: &View) {
        let result = match self.page(view) {
            Page::Result(item) => Some(item),
            _ => None,
        };
        if result.is_some() && result != self.result {
            self.scroll = Scroll::default();
        }
        self.result = result;
    }
}
