//! The connection is lost: the hub is looked for, also where a standby may have taken over. A record that goes on from the
//! own one is followed; one that lacks own lines is read from its beginning and followed only where it says itself that
//! the standby took over by force. Then what is lost to the record is set aside as proof, and what this terminal had done
//! in it is done again.

use super::*;
use crate::client::connect::{Back, tell_of_takeover};
use crate::client::hubs::{Compared, HubAt, Standing};

/// How far the looking for the hub has come.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The machine that answered and is not the hub.
    pub not_the_hub: Option<NotTheHub>,
    /// The epoch of the hub that is connected, as it says.
    pub hub_epoch: u64,
    /// Whether the hub's record is to be read from its beginning.
    pub afresh: bool,
    /// Whether the machine that was connected has said that it is not the hub.
    pub move_on: bool,
    /// The epoch of a record that lacks own lines without saying why.
    pub not_followed: Option<u64>,
}

/// What came of a try.
pub(super) enum Found {
    /// The hub.
    Hub(Box<TlsStream<TcpStream>>),
    /// The hub, which wants nothing of this screen.
    TurnedAway(TurnedAway),
    /// No hub.
    Nothing,
}

/// Another record, read from its beginning.
struct Other {
    replay: Replay,
    lines: Vec<String>,
}

impl Driver {
    /// Tries the machine whose turn it is.
    pub(super) async fn reach(&mut self) -> Found {
        let hub = self.hubs.now().clone();
        let have = if self.search.afresh { 0 } else { self.replay.number() };
        let back = match come_back(&self.enrolled, &hub, have).await {
            Ok(back) => back,
            Err(ConnectFault::TurnedAway(away)) if self.looks_elsewhere(&away) => {
                self.search.not_the_hub = Some(NotTheHub::turning_away(hub.address, &away));
                return Found::Nothing;
            }
            Err(ConnectFault::TurnedAway(away)) => return Found::TurnedAway(away),
            Err(_) => return Found::Nothing,
        };
        let Some(reached) = back.reached.clone() else { return Found::Hub(Box::new(back.stream)) };
        match Standing::of(&self.replay, self.hubs.epoch(), &reached) {
            Standing::Old => {
                self.search.not_the_hub = Some(NotTheHub::any_more(hub.address));
                self.tell(back, reached.epoch);
                Found::Nothing
            }
            _ if self.search.not_followed == Some(reached.epoch) => Found::Nothing,
            Standing::Follow if !self.search.afresh => {
                self.search.hub_epoch = reached.epoch;
                Found::Hub(Box::new(back.stream))
            }
            Standing::Follow | Standing::Afresh => {
                let back = if have == 0 { Ok(back) } else { come_back(&self.enrolled, &hub, 0).await };
                let read = match back {
                    Ok(back) => read_whole(back, reached.end.line).await,
                    Err(_) => return Found::Nothing,
                };
                match read {
                    Ok(Some(other)) => self.compare(other, &hub),
                    Ok(None) => {}
                    Err(says) => self.alarm = Some(Alarm::Record(says)),
                }
                Found::Nothing
            }
        }
    }

    /// Whether the hub is looked for elsewhere. The console is where its hub is: after a takeover it is another one.
    pub(super) fn looks_elsewhere(&self, away: &TurnedAway) -> bool {
        away.is_elsewhere() && self.enrolled.actor != Actor::Console
    }

    /// An earlier hub is shown the proof that it is none any more: beside everything else.
    fn tell(&self, back: Back, epoch: u64) {
        if let Some(line) = self.hubs.proof_for(epoch).map(str::to_owned) {
            tokio::spawn(async move { tell_of_takeover(back, &line).await });
        }
    }

    /// A record that was read whole, against the own one.
    fn compare(&mut self, other: Other, hub: &HubAt) {
        let own = self.replay.number();
        let epoch = other.replay.state().map_or(0, crate::meeting::State::epoch);
        match Compared::of(&self.replay, &other.replay) {
            _ if epoch < self.hubs.epoch() => {
                self.search.not_the_hub = Some(NotTheHub::any_more(hub.address.clone()));
            }
            Compared::Whole => self.follow_other(other),
            Compared::Forced(after) => {
                let first = (self.replay.number() - after).min(self.lines.len() as u64);
                let aside = self.lines.split_off(self.lines.len() - usize::try_from(first).unwrap_or(0));
                let file = match self.store.set_aside(after, &aside) {
                    Ok(file) => file,
                    // Without the proof the record is not given up: it is tried again.
                    Err(error) => {
                        self.lines.extend(aside);
                        return self.sound(Alarm::Store(error.to_string()));
                    }
                };
                // Said with the first picture of the other record.
                self.alarm = Some(Alarm::LinesAside { after, lines: own - after, file });
                self.follow_other(other);
            }
            Compared::Lacking(after) => {
                self.search.not_followed = Some(epoch);
                self.search.afresh = false;
                self.alarm = Some(Alarm::ShorterRecord { after, lines: own - after });
                self.publish();
            }
        }
    }

    /// Goes on with another record.
    fn follow_other(&mut self, other: Other) {
        let before = self.snapshot.take();
        (self.replay, self.lines) = (other.replay, other.lines);
        self.search = Search::default();
        self.note_takeovers();
        self.prepared = None;
        self.room = None;
        self.seal = sealing::Seal::default();
        self.slips_waiting.clear();
        (self.refused_duty, self.duty_again) = (None, None);
        self.scrutiny.record_changed();
        if let Some(before) = before {
            self.take_stock_of_papers(&before);
        }
        self.take_stock_of_slips();
        self.give_again();
        self.refresh();
    }

    fn note_takeovers(&mut self) {
        for line in std::mem::take(&mut self.lines) {
            if let Ok(read) = crate::journal::Line::read(&line) {
                self.hubs.note(&read);
            }
            self.lines.push(line);
        }
    }

    /// What was issued in lines that are gone is issued anew; what was registered or returned is brought again, as the same
    /// bytes: it may have been lost with them.
    fn take_stock_of_papers(&mut self, before: &crate::meeting::State) {
        let Some((seat, state)) = self.enrolled.actor.seat().cloned().zip(self.replay.state().cloned())
        else {
            return;
        };
        for round in before.items.iter().flat_map(|item| &item.rounds) {
            let ballot = &round.issue.ballot;
            let now = state.round(ballot).map(|(_, round)| round);
            let Some(now) = now.filter(|round| round.issued.contains_key(&seat)) else {
                self.kept.remove(ballot);
                self.store.forget_paper(ballot);
                continue;
            };
            if matches!(now.phase, RoundPhase::Issuing | RoundPhase::Registering) {
                self.change_paper(ballot, |kept| kept.registered = false);
            }
            if self.kept.get(ballot).is_some_and(|kept| kept.sealed.is_some()) {
                self.tried.doubtful.insert(ballot.clone());
            }
        }
    }

    fn take_stock_of_slips(&mut self) {
        let Some((seat, state)) = self.enrolled.actor.seat().zip(self.replay.state()) else { return };
        let Some((item, slips)) = &mut self.slips else { return };
        let review = state.item_state(item).and_then(|item| item.review());
        match review.filter(|review| review.slips_issued.contains_key(seat)) {
            Some(review) => {
                slips.send_again(review);
                self.keep_slips();
            }
            None => {
                self.store.forget_slips(item);
                self.slips = None;
            }
        }
    }

    /// An order that was on its way and is signed over lines that are gone is signed anew, unless the record holds it.
    fn give_again(&mut self) {
        let Some(sent) = self.on_its_way.take() else { return };
        let last = self.replay.state().and_then(|state| state.orders.get(&self.enrolled.actor));
        let is_done = last.is_some_and(|last| last.hash == sent.order.hash());
        if is_done || self.replay.has(&sent.order.seen) {
            self.on_its_way = Some(sent);
        } else {
            self.waiting.push_front((sent.command, sent.asker));
        }
    }

    /// Takes down what the record says of the machines, and keeps it.
    pub(super) fn learn_hubs(&mut self) {
        let is_console = self.enrolled.actor == Actor::Console;
        let Some(state) = self.replay.state().filter(|_| !is_console) else { return };
        if self.hubs.learn(state) || self.hubs.kept().takeovers.len() != self.hubs_kept {
            self.hubs_kept = self.hubs.kept().takeovers.len();
            self.keep_hubs();
        }
    }
}

/// All lines up to number `end`. None: the connection was lost before.
///
/// # Errors
/// What does not hold in it.
async fn read_whole(back: Back, end: u64) -> Result<Option<Other>, String> {
    let (mut heard, _reading) = listen(split(back.stream).0);
    let mut other = Other { replay: Replay::new(), lines: Vec::new() };
    while other.replay.number() < end {
        let Some(Ok(message)) = heard.recv().await else { return Ok(None) };
        let ToScreen::Lines { lines } = message else { continue };
        for line in lines {
            other.replay.read(&line).map_err(|fault| fault.to_string())?;
            if other.replay.state().is_some_and(|state| state.had_standby) {
                other.lines.push(line);
            }
        }
    }
    Ok(Some(other))
}
