//! Who is who: a code is proved once and names a key, and from then on the key speaks for the seat.

use tokio::sync::oneshot;

use super::desk::{Desk, system_rng};
use super::message::{Connected, Welcome};
use crate::meeting::{Actor, Command};
use crate::wire::code::SeatCode;
use crate::wire::proof::{self, End, Exporter};
use crate::wire::{Reached, TurnedAway};

impl Desk {
    /// A code opens its seat once; whoever lost the answer is given it again.
    pub(super) fn enrol(
        &mut self,
        key: &str,
        given: &str,
        exporter: &Exporter,
    ) -> Result<Welcome, TurnedAway> {
        let slip = self
            .codes
            .slips()
            .find(|(_, digest, _)| proof::same(&proof::of_code(digest, End::Terminal, exporter, key), given));
        let (seat, digest, _) = slip.ok_or(TurnedAway::WrongCode)?;
        let actor = Actor::from(seat);
        let welcome =
            Welcome { actor: actor.clone(), proof: proof::of_code(digest, End::Hub, exporter, key) };
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

    /// The newest connection of a screen is the one that counts.
    pub(super) fn connect(
        &mut self,
        actor: Actor,
        signature: &str,
        exporter: &Exporter,
        kick: oneshot::Sender<TurnedAway>,
    ) -> Result<Connected, TurnedAway> {
        let state = self.state().ok_or(TurnedAway::OtherMeeting)?;
        let key = state.keys.get(&actor).ok_or(TurnedAway::KeyRevoked)?;
        let text = proof::connect_text(state.session(), &actor, exporter);
        if !crate::meeting::order::verify(key, &text, signature) {
            return Err(TurnedAway::KeyRevoked);
        }
        let reached = Some(Reached { epoch: state.epoch(), end: self.replay.seen() });
        self.next_connection += 1;
        let number = self.next_connection;
        if let Some((_, older)) = self.connections.insert(actor, (number, kick)) {
            let _ = older.send(TurnedAway::SeatTaken);
        }
        Ok(Connected { number, reached })
    }

    /// A new code; the key that spoke for this seat is turned away when that is durable.
    pub(super) fn reissue(&mut self, who: &Actor) -> SeatCode {
        let code = self.codes.issue(&who.to_string(), &mut system_rng());
        self.codes_changed = true;
        self.revoked.push(who.clone());
        code
    }
}
