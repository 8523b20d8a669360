//! A standby has taken over: screens find it by themselves and believe no earlier hub; what a forced takeover loses is set
//! aside as proof; and the machine that was the hub stops when somebody shows it the signed line.

mod finding;
mod lost;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use plenum::ballot::{BallotHash, Election};
use plenum::client::connect::{ConnectFault, come_back};
use plenum::client::hubs::{Compared, HubAt, Hubs, KeptHubs, Standing};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{Alarm, Client, Link, NotTheHub, Pace, Paper, TurnedAway, View, start};
use plenum::hub::vault::Vault;
use plenum::journal::{Body, Line, Replay};
use plenum::meeting::{
    Actor, Command, CommandKind, DetachReason, Identity, Order, Round, RoundPhase, SeatId, Seen, State, Step,
    decide, next_step,
};
use plenum::plan::SessionFolder;
use plenum::rules::Choice;
use plenum::wire::tls::Certificate;
use plenum::wire::{Anonymous, Answer, Reached, Receipt, ToHub, ToScreen, proof};
use tokio::net::TcpListener;

use super::false_hub::{FalseHub, Listening, Told};
use super::room::{ByHand, Room, client_of, found_again, rng, soon};

/// A record that is written on after its hub has stopped: by the hub, and by the machine that stands by.
#[derive(Clone)]
struct Record {
    replay: Replay,
    lines: Vec<String>,
    hub: Identity,
    standby: Identity,
}

impl Record {
    /// The record up to a line, by the machines of this one.
    fn up_to(&self, lines: usize) -> Self {
        let mut record = Self { replay: Replay::new(), lines: Vec::new(), ..self.clone() };
        for line in &self.lines[..lines] {
            record.replay.read(line).unwrap();
            record.lines.push(line.clone());
        }
        record
    }

    /// Written into the folder of a hub that has stopped.
    fn write_to(&self, dir: &Path) {
        let text: String = self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        fs::write(dir.join("journal.jsonl"), text).unwrap();
    }

    /// The record of a room with two people, whose hub has stopped.
    async fn new() -> Self {
        let mut room = Room::with(&["m1", "m2"]).await;
        room.stop().await;
        Self::of(&room.dir)
    }

    fn of(dir: &Path) -> Self {
        let folder = SessionFolder::new(dir);
        let hub = Vault::new(&folder.private()).keys(true, &mut rng()).unwrap().identity;
        let journal = fs::read_to_string(dir.join("journal.jsonl")).unwrap();
        let mut record =
            Self { replay: Replay::new(), lines: Vec::new(), hub, standby: Identity::generate(&mut rng()) };
        for line in journal.lines() {
            record.replay.read(line).unwrap();
            record.lines.push(line.to_owned());
        }
        record
    }

    fn state(&self) -> &State {
        self.replay.state().unwrap()
    }

    fn reached(&self) -> Reached {
        Reached { epoch: self.state().epoch(), end: self.replay.seen() }
    }

    fn written(&self, actor: &Actor, command: &Command, identity: &Identity) -> Line {
        let state = self.state();
        let counter = state.orders.get(actor).map_or(0, |last| last.counter) + 1;
        let seen = self.replay.seen();
        let order = identity.order(state.session(), actor.clone(), counter, seen, command).unwrap();
        let now = self.replay.time().unwrap();
        let events = decide(state, actor, command, now).unwrap();
        let body = Body { order: Some(order), events };
        let number = self.replay.number() + 1;
        Line::write(number, self.replay.hash(), now, actor.clone(), body, &mut rng()).unwrap()
    }

    fn add(&mut self, actor: Actor, command: Command) -> &mut Self {
        let identity = if actor == Actor::Standby { &self.standby } else { &self.hub };
        let line = self.written(&actor, &command, identity);
        self.replay.follow(&line).unwrap();
        self.lines.push(line.text);
        if matches!(command, Command::TakeOver { .. }) {
            self.hub = self.standby.clone();
        }
        self
    }

    /// A machine at this address stands by, in step.
    fn stood_by_at(&mut self, address: &str, pin: &str) -> &mut Self {
        let (key, addresses) = (self.standby.public(), vec![address.to_owned()]);
        self.add(Actor::Hub, Command::EnrolStandby { key, pin: pin.to_owned(), addresses })
            .add(Actor::Hub, Command::AttachStandby)
    }

    fn detached(&mut self) -> &mut Self {
        self.add(Actor::Hub, Command::DetachStandby { reason: DetachReason::Lost })
    }

    /// Lines that anybody can see: displays are enrolled.
    fn more(&mut self, from: u32, lines: u32) -> &mut Self {
        for number in from..from + lines {
            let key = Identity::generate(&mut rng()).public();
            self.add(Actor::Hub, Command::Enrol { who: Actor::Display(number), key });
        }
        self
    }

    fn taken_over(&mut self, forced: bool) -> &mut Self {
        let (epoch, last) = (self.state().epoch() + 1, self.replay.seen());
        self.add(Actor::Standby, Command::TakeOver { epoch, last, forced })
    }

    fn told(&self) -> (Told, Listening) {
        let (told, listening) = Told::new(self.state().session().as_str(), self.lines.clone());
        (Told { reached: Some(self.reached()), ..told }, listening)
    }
}

/// A machine that can be started again at the same address, with the same certificate.
struct Machine {
    address: String,
    certificate: Certificate,
}

impl Machine {
    /// Its address is its own for as long as the test runs.
    async fn new() -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        (Self { address, certificate: Certificate::generate().unwrap() }, listener)
    }

    fn on(&self, listener: TcpListener, told: Told) -> FalseHub {
        FalseHub::start_on(listener, &self.certificate, told)
    }

    fn enrolled(&self, record: &Record, identity: &Identity) -> Enrolled {
        Enrolled {
            hub: self.address.clone(),
            pin: self.certificate.pin(),
            session: record.state().session().clone(),
            actor: Actor::from("m5"),
            identity: identity.clone(),
            code: None,
        }
    }
}

async fn until(client: &Client, what: &str, enough: impl FnMut(&View) -> bool) -> Arc<View> {
    soon(what, client.until(enough)).await.unwrap()
}

fn epoch(view: &View) -> u64 {
    view.state.as_ref().map_or(0, |state| state.epoch())
}
