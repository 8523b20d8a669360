//! What the screen asks: orders, ballots, slips, materials, the seal.

use super::*;

impl Driver {
    pub(super) async fn take(&mut self, request: Request, writer: Option<&mut Writer>) {
        match request {
            Request::Order(command, reply) => {
                // Somebody at a screen is told that there is no connection; orders already given are kept.
                if writer.is_some() {
                    self.waiting.push_back((command, Asker::Screen(reply)));
                } else {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
            Request::Cast(choices, reply) => self.cast(&choices, reply),
            Request::Slip(says, reply) => self.write_slip(says, reply),
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
            Request::Seal(reply) => {
                self.seal_asked = Some(reply);
                if let (Some(writer), true) = (writer, self.seal.is_some()) {
                    let _ = self.sign_seal(writer).await;
                }
            }
        }
    }

    /// The seal is signed only over the record that this screen has followed to its end.
    pub(super) async fn sign_seal(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        let body = self.seal.as_ref().and_then(|text| serde_json::from_str::<SealBody>(text).ok());
        let ended = self.snapshot.as_ref().is_some_and(|state| state.phase == Phase::Ended);
        let mine = body.filter(|body| {
            ended
                && body.session == self.enrolled.session
                && body.head == self.replay.hash()
                && body.lines == self.replay.number()
        });
        let Some(body) = mine else {
            if let Some(reply) = self.seal_asked.take() {
                let says = "the seal is not over the record that this screen knows".to_owned();
                let _ = reply.send(Err(AskError::Fault(says)));
            }
            return Ok(());
        };
        self.next_ask += 1;
        let signature = body.sign(self.enrolled.actor.clone(), &self.enrolled.identity).signature;
        say(writer, &ToHub::SealSignature { ask: self.next_ask, signature }).await
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
        let order = self.enrolled.identity.order(session, actor, self.last_counter, &command);
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
