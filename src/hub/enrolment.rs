//! Who is who: a code is proved once and names a key, and from then on the key speaks for the seat.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::desk::{Desk, Peer, system_rng};
use super::majority::{Presence, Pulse};
use super::message::{Connected, Welcome};
use crate::meeting::{Actor, Command, State, seat};
use crate::wire::code::{CodeDigest, SeatCode};
use crate::wire::proof::{self, End, Exporter};
use crate::wire::{Reached, TurnedAway};

/// Whether whoever signed for this connection speaks for a screen.
///
/// # Errors
/// It has no key, or another one.
pub(super) fn speaks_for(
    state: &State,
    actor: &Actor,
    signature: &str,
    exporter: &Exporter,
) -> Result<(), TurnedAway> {
    let key = state.key_of(actor).filter(|_| *actor != Actor::Hub).ok_or(TurnedAway::KeyRevoked)?;
    let text = proof::connect_text(state.session(), actor, exporter);
    if crate::meeting::order::verify(key, &text, signature) { Ok(()) } else { Err(TurnedAway::KeyRevoked) }
}

impl Desk {
    /// A code opens its seat once; whoever lost the answer is given it again.
    pub(super) fn enrol(
        &mut self,
        key: &str,
        given: &str,
        exporter: &Exporter,
    ) -> Result<Welcome, TurnedAway> {
        let (seat, digest) = self.slip_of(key, given, exporter).ok_or(TurnedAway::WrongCode)?;
        let actor = Actor::from(seat.as_str());
        if actor == Actor::Standby {
            // It is a machine's code, and no screen's.
            return Err(TurnedAway::WrongCode);
        }
        let welcome =
            Welcome { actor: actor.clone(), proof: proof::of_code(&digest, End::Hub, exporter, key) };
        let enrolled = self.state().and_then(|state| state.keys.get(&actor));
        match enrolled {
            // The terminal had lost the answer and asks again.
            Some(enrolled) if enrolled == key => return Ok(welcome),
            Some(_) => return Err(TurnedAway::UsedCode),
            None => {}
        }
        let command = Command::Enrol { who: actor.clone(), key: key.to_owned() };
        match self.by_rule(&command) {
            Ok(()) => {
                let _ = self.codes.mark_used(&actor.to_string());
                self.codes_changed = true;
                Ok(welcome)
            }
            Err(_) => Err(TurnedAway::UsedCode),
        }
    }

    /// The slip whose code was proved, used or not.
    pub(super) fn slip_of(
        &self,
        key: &str,
        given: &str,
        exporter: &Exporter,
    ) -> Option<(String, CodeDigest)> {
        let is_proved =
            |digest: &CodeDigest| proof::same(&proof::of_code(digest, End::Terminal, exporter, key), given);
        let slip = self.codes.slips().find(|(_, digest, _)| is_proved(digest));
        slip.map(|(seat, digest, _)| (seat.to_owned(), digest.clone()))
    }

    /// How a seat's connection counts among those who are here; `have` is the last line that it says it has. One with more lines
    /// than there are here has them from another hub.
    pub(super) fn presence(&self, actor: &Actor, have: u64, pulse: Arc<Pulse>) -> Option<Presence> {
        actor.seat()?;
        let before = self.state()?.takeovers.last().map_or(0, |takeover| takeover.last.line);
        let followed = before < have && have <= self.notices.ledger.end().line;
        Some(Presence { pulse, settled: before == 0 || followed })
    }

    /// The newest connection of a screen is the one that counts.
    pub(super) fn connect(
        &mut self,
        actor: Actor,
        signature: &str,
        exporter: &Exporter,
        kick: oneshot::Sender<TurnedAway>,
        presence: Option<Presence>,
    ) -> Result<Connected, TurnedAway> {
        let state = self.state().ok_or(TurnedAway::OtherMeeting)?;
        speaks_for(state, &actor, signature, exporter)?;
        // What was not published yet, this hub may still have to take back.
        let reached = Some(Reached { epoch: state.epoch(), end: self.notices.ledger.end() });
        self.next_connection += 1;
        let number = self.next_connection;
        if let Some(older) = self.connections.insert(actor, Peer { number, kick, presence }) {
            let _ = older.kick.send(TurnedAway::SeatTaken);
        }
        Ok(Connected { number, reached })
    }

    /// A new code for somebody; where it is the one who presides, it is also what a takeover asks for.
    pub(super) fn new_code(&mut self, who: &Actor) -> SeatCode {
        let code = self.codes.issue(&who.to_string(), &mut system_rng());
        let presiding = self.state().and_then(|state| state.plan().presiding().map(seat));
        if who.seat().is_some_and(|who| presiding.as_ref() == Some(who)) {
            self.codes.presided_with(&code);
        }
        self.codes_changed = true;
        code
    }
}
