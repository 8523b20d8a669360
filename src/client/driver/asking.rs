//! What the screen asks: orders, ballots, slips, materials.

use super::*;

impl Driver {
    pub(super) async fn take(&mut self, request: Request, writer: Option<&mut Writer>) {
        match request {
            Request::Order(command, reply) => {
                if writer.is_some() && matches!(command, Command::SignResult { .. }) {
                    self.sign_result(command, reply);
                } else if writer.is_some() {
                    self.waiting.push_back((command, Asker::Screen(reply)));
                } else {
                    // Somebody at a screen is told that there is no connection; orders already given are kept.
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
            Request::Cast(choices, reply) => self.cast(&choices, reply),
            Request::Prepare(choices, reply) => {
                let _ = reply.send(self.prepare(&choices));
            }
            Request::CastPrepared(code, reply) => self.cast_prepared(&code, reply),
            Request::Challenge(code, reply) => {
                let _ = reply.send(self.challenge(&code));
            }
            Request::Abandon(code) => self.abandon(&code),
            Request::Slip(says, reply) => self.write_slip(says, reply),
            Request::TakePlace(_, reply) | Request::HandIn(_, reply) if writer.is_none() => {
                let _ = reply.send(Err(AskError::NotConnected));
            }
            Request::TakePlace(item, reply) => self.take_place(item, reply),
            Request::Answers(answered) => self.take_answers(answered),
            Request::HandIn(item, reply) => self.hand_in(&item, reply),
            Request::TakeNoPaper(item, reply) => {
                self.tried.declines = item;
                self.publish();
                let _ = reply.send(Ok(Done::default()));
            }
            Request::ConfirmRoom(_, reply) if writer.is_none() => {
                let _ = reply.send(Err(AskError::NotConnected));
            }
            Request::ConfirmRoom(typed, reply) => self.confirm_room(typed, reply),
            Request::Unlock(code, reply) => {
                let _ = reply.send(self.unlock(&code));
            }
            Request::Material(path, reply) => {
                self.next_ask += 1;
                let ask = ToHub::Material { ask: self.next_ask, path: path.clone() };
                let said = match writer {
                    Some(writer) => say(writer, &ask).await.is_ok(),
                    None => false,
                };
                if said {
                    self.materials.insert(self.next_ask, (path, reply));
                } else {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
            Request::Seal(act, reply) => {
                if writer.is_some() {
                    self.ask_of_seal(act, reply);
                } else {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
        }
    }

    /// Gives the next order, if none is on its way.
    pub(super) async fn send_next(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        if self.on_its_way.is_some() || self.snapshot.is_none() {
            return Ok(());
        }
        let Some((command, asker)) = self.waiting.pop_front() else { return Ok(()) };
        let recorded = self
            .snapshot
            .as_ref()
            .and_then(|state| state.orders.get(&self.enrolled.actor))
            .map_or(0, |last| last.counter);
        self.last_counter = self.last_counter.max(recorded) + 1;
        let (session, actor) = (&self.enrolled.session, self.enrolled.actor.clone());
        let seen = self.replay.seen();
        let order = self.enrolled.identity.order(session, actor, self.last_counter, seen, &command);
        match order {
            Ok(order) => {
                self.next_ask += 1;
                let ask = self.next_ask;
                let message = ToHub::Order { ask, order: order.clone() };
                self.on_its_way = Some(OnItsWay { ask, order, command, asker });
                say(writer, &message).await
            }
            Err(fault) => {
                if let Asker::Screen(reply) = asker {
                    let _ = reply.send(Err(AskError::Fault(fault.to_string())));
                }
                Ok(())
            }
        }
    }
}
