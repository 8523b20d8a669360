//! The record is followed, line by line, and every screen is shown what is known of it.

use super::*;

impl Driver {
    /// Makes a new picture of the record, if there is more of it, and shows it.
    pub(super) fn refresh(&mut self) {
        let known = self.snapshot.as_ref().map(|state| state.line);
        if self.replay.state().map(|state| state.line) != known {
            self.snapshot = self.replay.state().cloned().map(Arc::new);
            self.learn_hubs();
            self.load_papers();
            self.look_at_room();
            self.look_at_counts();
            self.look_at_own_key();
            self.answer_late_cast();
        }
        self.publish();
    }

    /// Each line is checked as it comes; a record that does not hold is an alarm, and nothing after it is believed.
    pub(super) fn follow(&mut self, lines: &[String]) -> bool {
        for line in lines {
            match self.replay.read(line) {
                Ok(read) => {
                    self.hubs.note(&read);
                    self.forget_seal();
                    if self.replay.state().is_some_and(|state| state.had_standby) {
                        self.lines.push(line.clone());
                    }
                }
                // Another machine has taken over, and its record may lack lines of this one.
                Err(_) if self.search.hub_epoch > self.replay.state().map_or(0, |state| state.epoch()) => {
                    self.search.afresh = true;
                    return false;
                }
                Err(fault) => {
                    self.alarm = Some(Alarm::Record(fault.to_string()));
                    self.publish();
                    return false;
                }
            }
        }
        true
    }

    pub(super) fn publish(&mut self) {
        let seat: Option<&SeatId> = self.enrolled.actor.seat();
        let casting = self.acts.casting || self.cast_reply.is_some();
        let paper = match (&self.snapshot, seat) {
            (Some(state), Some(_)) => voter::paper(state, &self.enrolled.actor, &self.kept, casting),
            _ => Paper::None,
        };
        self.forget_if_closed(&paper);
        let chain = Chain { number: self.replay.number(), hash: self.replay.hash().to_owned() };
        self.views.send_replace(Arc::new(View {
            me: self.enrolled.actor.clone(),
            state: self.snapshot.clone(),
            chain,
            link: self.link.clone(),
            not_the_hub: self.search.not_the_hub.clone(),
            live: self.live.clone(),
            paper,
            slips_left: self
                .slips
                .as_ref()
                .filter(|(_, slips)| slips.is_issued())
                .map(|(_, slips)| slips.left()),
            room: self.room.clone(),
            declines: self.tried.declines.clone(),
            locked: self.scrutiny.is_locked(),
            checking: self.scrutiny.is_checking(),
            counting: self.is_counting(),
            own_slips: self.own_slips(),
            exam: self.exam.shown(),
            alarm: self.alarm.clone(),
            seal: self.how_sealed(),
            sealed: self.sealed,
        }));
    }

    pub(super) fn own_slips(&self) -> Vec<slips::OwnSlip> {
        let Some(((item, slips), state)) = self.slips.as_ref().zip(self.snapshot.as_ref()) else {
            return Vec::new();
        };
        let review = state.item_state(item).and_then(|item| item.review());
        review.map(|review| slips.own(review)).unwrap_or_default()
    }
}
