//! A standby has taken over: screens find it by themselves and believe no earlier hub; what a forced takeover loses is set
//! aside as proof; and the machine that was the hub stops when somebody shows it the signed line.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use plenum::ballot::{BallotHash, Election};
use plenum::client::connect::{ConnectFault, come_back};
use plenum::client::hubs::{Compared, HubAt, Hubs, KeptHubs, Standing};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{Alarm, Client, Link, Pace, Paper, TurnedAway, View, start};
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

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_finds_the_standby_and_believes_the_old_hub_no_more() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut record = Record::new().await;
    record.stood_by_at(&second.address, &second.certificate.pin());
    let mut after = record.clone();
    after.taken_over(false).more(1, 2);
    let proof = after.lines[record.lines.len()].clone();

    let root = tempfile::tempdir().unwrap();
    let enrolled = first.enrolled(&record, &Identity::generate(&mut rng()));
    let store = Store::keep(root.path(), &enrolled).unwrap();
    let (told, mut heard_before) = record.told();
    let hub = first.on(listener, told);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == record.replay.number()).await;
    hub.stop();
    let standby = second.on(waiting, after.told().0);
    let all = |view: &View| epoch(view) == 1 && view.chain.number == after.replay.number();
    let view = until(&client, "the standby's record", all).await;
    assert_eq!((&view.link, &view.alarm), (&Link::Connected, &None));
    drop(client);

    // Started again, with the same folder, while only the machine that was the hub is there.
    let (enrolled, store) = found_again(root.path(), &second.address).await;
    assert_eq!(store.hubs().unwrap().takeovers, [proof.clone()]);
    standby.stop();
    let again = TcpListener::bind(&first.address).await.unwrap();
    let (told, mut heard) = record.told();
    let hub = first.on(again, told);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    let view = until(&client, "no hub", |view| view.not_the_hub.as_ref() == Some(&first.address)).await;
    assert!(matches!(view.link, Link::Lost { .. }) && view.state.is_none(), "nothing of it is followed");
    let said = soon("the proof", heard.said.recv()).await.unwrap();
    assert!(matches!(&said, ToHub::TakenOver { line } if *line == proof), "{said:?}");
    let before = std::iter::from_fn(|| heard_before.said.try_recv().ok());
    assert!(before.into_iter().all(|said| matches!(said, ToHub::Ping)), "it was no old hub then");
    hub.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_forced_takeover_lacks_is_set_aside_and_the_meeting_goes_on() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut common = Record::new().await;
    common.stood_by_at(&second.address, &second.certificate.pin());
    let mut before = common.clone();
    before.detached().more(1, 3);
    let mut after = common.clone();
    after.taken_over(true).more(7, 1);

    let root = tempfile::tempdir().unwrap();
    let enrolled = first.enrolled(&common, &Identity::generate(&mut rng()));
    let store = Store::keep(root.path(), &enrolled).unwrap();
    let folder = store.folder().unwrap().to_owned();
    let hub = first.on(listener, before.told().0);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let standby = second.on(waiting, after.told().0);
    hub.stop();
    let all = |view: &View| epoch(view) == 1 && view.link == Link::Connected;
    let view = until(&client, "the standby's record", all).await;
    assert_eq!(view.chain.hash, after.replay.hash());
    let Some(Alarm::LinesAside { after: last, lines, file: Some(file) }) = &view.alarm else {
        panic!("{:?}", view.alarm)
    };
    assert_eq!((*last, *lines), (common.replay.number(), 4));
    let kept = fs::read_to_string(folder.join(file)).unwrap();
    let kept: Vec<String> = kept.lines().map(str::to_owned).collect();
    assert_eq!(kept, before.lines[common.lines.len()..], "the lines, as they were written");
    standby.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_takeover_that_lacks_lines_and_does_not_say_so_is_not_followed() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut common = Record::new().await;
    common.stood_by_at(&second.address, &second.certificate.pin());
    let mut before = common.clone();
    before.detached().more(1, 2);
    // Longer than the own record, too: it is not the length that counts.
    let mut after = common.clone();
    after.taken_over(false).more(7, 9);

    let hub = first.on(listener, before.told().0);
    let enrolled = first.enrolled(&common, &Identity::generate(&mut rng()));
    let client = start(enrolled, Store::Memory(Default::default()), Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let standby = second.on(waiting, after.told().0);
    hub.stop();
    let view = until(&client, "the alarm", |view| view.alarm.is_some()).await;
    let expected = Alarm::ShorterRecord { after: common.replay.number(), lines: 3 };
    assert_eq!(view.alarm, Some(expected));
    let view = until(&client, "another try", |view| matches!(view.link, Link::Lost { tries: 3.., .. })).await;
    assert_eq!((epoch(&view), view.chain.number), (0, before.replay.number()), "its own record stays");
    // The hub comes back: it is the hub as before.
    standby.stop();
    let again = TcpListener::bind(&first.address).await.unwrap();
    let _hub = first.on(again, before.told().0);
    until(&client, "the hub", |view| view.link == Link::Connected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_hub_stops_when_it_is_shown_the_signed_line_and_not_before() {
    let mut room = Room::with(&["m1", "m2"]).await;
    room.stop().await;
    let mut record = Record::of(&room.dir);
    record.stood_by_at("127.0.0.1:9", &"ab".repeat(32));
    record.write_to(&room.dir);
    room.open_again().await;
    let (m1, enrolled) = (room.clients["m1"].clone(), room.console_enrolled.clone());
    until(&m1, "the hub", |view| {
        view.link == Link::Connected && view.state.as_ref().unwrap().standby.is_some()
    })
    .await;
    let mut detached = record.clone();
    detached.detached();

    let mut stranger = record.clone();
    stranger.standby = Identity::generate(&mut rng());
    let wrong = {
        let (epoch, last) = (1, record.replay.seen());
        let take_over = Command::TakeOver { epoch, last, forced: true };
        stranger.written(&Actor::Standby, &take_over, &stranger.standby).text
    };
    let proof = record.clone().taken_over(false).lines.last().unwrap().clone();
    let table = [
        ("another key", wrong, &record, false),
        ("an enrolment", record.lines[record.lines.len() - 2].clone(), &record, false),
        ("the takeover of a record with other lines", Record::proof_of_other_lines(&record), &record, false),
        ("not by force, of a standby that was not waited for", proof.clone(), &detached, false),
        (
            "by force, of a standby that was not waited for",
            record.clone().taken_over(true).lines.last().unwrap().clone(),
            &detached,
            true,
        ),
        ("the line", proof.clone(), &record, true),
    ];
    for (what, line, known, proves) in &table {
        let read = Line::read(line).unwrap();
        assert_eq!(known.replay.is_taken_over_by(&read), *proves, "{what}");
    }
    let mut hand = room.by_hand("m5").await;
    hand.say(&ToHub::TakenOver { line: table[0].1.clone() }).await;
    let note = hand.order(&Command::SignOut { seat: "m5".into() }).await;
    assert!(
        matches!(note, Answer::Done { line: Some(_), .. }),
        "what proves nothing changes nothing: {note:?}"
    );
    let lines = room.lines().len();
    hand.say(&ToHub::TakenOver { line: proof }).await;
    let told = loop {
        match hand.hear().await.unwrap() {
            ToScreen::TurnedAway(away) => break away,
            ToScreen::Lines { .. } | ToScreen::Live(_) | ToScreen::Pong => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told, TurnedAway::TakenOver);
    let away = |view: &View| matches!(view.link, Link::Lost { .. }) && view.not_the_hub.is_some();
    until(&m1, "m1 is sent to look for the standby", away).await;
    let view = room.until("the console is told", |view| matches!(view.link, Link::TurnedAway(_))).await;
    assert_eq!(view.link, Link::TurnedAway(TurnedAway::TakenOver));
    let back = come_back(&enrolled, &HubAt::first(&enrolled), 0).await;
    let told = matches!(back, Err(ConnectFault::TurnedAway(TurnedAway::TakenOver)));
    assert!(told, "{back:?}");
    assert_eq!(room.lines().len(), lines, "nothing is written any more");
}

impl Record {
    fn proof_of_other_lines(record: &Self) -> String {
        let mut other = record.clone();
        other.more(9, 1).taken_over(false);
        other.lines.last().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_screen_makes_of_another_record() {
    let mut common = Record::new().await;
    common.stood_by_at("10.0.0.2:7420", &"ab".repeat(32));
    let own = common.clone().detached().more(1, 2).clone();
    let end = |line: u64, head: &str| Seen { line, head: head.to_owned() };
    let (line, head) = (own.replay.number(), own.replay.hash().to_owned());
    let table = [
        ("the own record", 0, 0, end(line, &head), Standing::Follow),
        ("more lines", 0, 0, end(line + 3, "x"), Standing::Follow),
        // Of the same epoch, the chain tells: as it always has.
        ("fewer lines", 0, 0, end(line - 1, "x"), Standing::Follow),
        ("taken over, and longer", 0, 1, end(line + 1, "x"), Standing::Follow),
        ("taken over, and as long, and another", 0, 1, end(line, "x"), Standing::Afresh),
        ("taken over, and shorter", 0, 1, end(line - 1, "x"), Standing::Afresh),
        ("an earlier hub, however long", 1, 0, end(line + 9, "x"), Standing::Old),
        ("the same epoch, seen before", 1, 1, end(line + 9, "x"), Standing::Follow),
    ];
    for (what, seen, epoch, end, expected) in table {
        let reached = Reached { epoch, end };
        assert_eq!(Standing::of(&own.replay, seen, &reached), expected, "{what}");
    }
    let at = common.replay.number();
    let table = [
        ("the whole record and a takeover", own.clone().taken_over(true).clone(), Compared::Whole),
        ("by force", common.clone().taken_over(true).clone(), Compared::Forced(at)),
        ("not by force", common.clone().taken_over(false).clone(), Compared::Lacking(at)),
        ("no takeover", common.clone().more(5, 1).clone(), Compared::Lacking(at)),
        (
            "by force, and lines before it that are others",
            common.clone().more(5, 2).taken_over(true).clone(),
            Compared::Forced(at),
        ),
    ];
    for (what, other, expected) in table {
        assert_eq!(Compared::of(&own.replay, &other.replay), expected, "{what}");
    }
    // Of the same record nothing is lost; before it there is none.
    assert_eq!(Compared::of(&Replay::new(), &own.replay), Compared::Whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machines_are_tried_in_turn_and_kept() {
    let mut record = Record::new().await;
    let (machine, _) = Machine::new().await;
    let enrolled = machine.enrolled(&record, &Identity::generate(&mut rng()));
    let mut hubs = Hubs::new(&enrolled, None);
    let places = |hubs: &Hubs| hubs.kept().hubs.iter().map(|hub| hub.address.clone()).collect::<Vec<_>>();
    assert!(hubs.is_only_one() && !hubs.turn(), "there is but one");
    assert!(!hubs.learn(record.state()));
    let pin = "ab".repeat(32);
    record.stood_by_at("10.0.0.2:7420", &pin);
    assert!(hubs.learn(record.state()) && !hubs.learn(record.state()));
    assert_eq!(places(&hubs), [machine.address.clone(), "10.0.0.2:7420".to_owned()]);
    assert_eq!(hubs.now().address, machine.address);
    assert!(hubs.turn());
    assert_eq!((hubs.now().address.as_str(), hubs.now().pin.as_str()), ("10.0.0.2:7420", pin.as_str()));
    assert!(!hubs.turn(), "all have been tried");
    assert_eq!(hubs.now().address, machine.address);

    record.taken_over(false);
    let line = Line::read(record.lines.last().unwrap()).unwrap();
    assert!(hubs.note(&line) && !hubs.note(&line), "each takeover once");
    assert!(hubs.learn(record.state()));
    assert_eq!(places(&hubs), ["10.0.0.2:7420".to_owned(), machine.address.clone()], "the hub first");
    assert_eq!((hubs.epoch(), hubs.proof_for(0)), (1, Some(line.text.as_str())));
    assert_eq!(hubs.proof_for(1), None);
    let text = serde_json::to_string(hubs.kept()).unwrap();
    let kept: KeptHubs = serde_json::from_str(&text).unwrap();
    let again = Hubs::new(&enrolled, Some(kept.clone()));
    assert_eq!((again.now().address.as_str(), again.epoch()), ("10.0.0.2:7420", 1));
    // While the record is read again from its beginning, nothing that was known is forgotten.
    let mut again = again;
    assert!(!again.learn(Record::new().await.state()));
    assert_eq!(*again.kept(), kept);
}

/// What a terminal says about an order, as it is heard.
async fn heard_order(listening: &mut Listening, kind: CommandKind) -> (u64, Order) {
    loop {
        let said = soon("an order", listening.said.recv()).await.unwrap();
        if let ToHub::Order { ask, order } = said
            && order.command().unwrap().kind() == kind
        {
            return (ask, order);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_on_its_way_goes_again_and_is_signed_anew_only_over_lines_that_are_gone() {
    for forced in [false, true] {
        let (first, listener) = Machine::new().await;
        let (second, waiting) = Machine::new().await;
        let identity = Identity::generate(&mut rng());
        let mut common = Record::new().await;
        common.add(Actor::Hub, Command::Enrol { who: Actor::from("m5"), key: identity.public() });
        common.stood_by_at(&second.address, &second.certificate.pin());
        let mut before = common.clone();
        if forced {
            before.detached().more(1, 1);
        }
        let mut after = common.clone();
        after.taken_over(forced);

        let (told, mut at_first) = before.told();
        let hub = first.on(listener, told);
        let client = client_of(&first.enrolled(&common, &identity));
        until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
        let asked = tokio::spawn(async move { client.order(Command::SignIn { seat: "m5".into() }).await });
        let (_, sent) = heard_order(&mut at_first, CommandKind::SignIn).await;
        let (told, mut at_second) = after.told();
        let answers = |said: &ToHub| matches!(said, ToHub::Order { .. }).then_some(Answer::DONE);
        let standby = second.on(waiting, Told { answers: Arc::new(answers), ..told });
        hub.stop();
        let (_, again) = heard_order(&mut at_second, CommandKind::SignIn).await;
        soon("the answer", asked).await.unwrap().unwrap();
        assert_eq!(
            again.hash() == sent.hash(),
            !forced,
            "the same order, unless it names lines that are gone"
        );
        assert!(after.replay.has(&again.seen));
        assert!(!forced || again.counter > sent.counter);
        standby.stop();
    }
}

/// A room whose hub, by its record, has had this machine stand by since just before papers are issued; and m5, by hand.
async fn issuing(standby: &Machine) -> (Room, ByHand, Record) {
    let mut room = Room::with_console_key(&["m1", "m2", "m3"]).await;
    let hand = room.by_hand("m5").await;
    room.lead_until("the issue", |state| matches!(next_step(state), Some(Step::OpenIssue(_)))).await;
    room.stop().await;
    let mut record = Record::of(&room.dir);
    record.stood_by_at(&standby.address, &standby.certificate.pin());
    record.write_to(&room.dir);
    room.open_again().await;
    let hand = ByHand::connect(hand.enrolled.clone()).await;
    room.lead_to(RoundPhase::Issuing).await;
    (room, hand, record)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_that_a_forced_takeover_may_have_lost_goes_again_as_the_same_bytes() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let (mut room, mut hand, known) = issuing(&second).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    kept.registered = true;
    let round = hand.round().clone();
    room.stop().await;
    let mut common = Record::of(&room.dir);
    common.standby = known.standby.clone();
    let mut before = common.clone();
    before.detached();
    let mut after = common.clone();
    after.taken_over(true);

    let root = tempfile::tempdir().unwrap();
    let enrolled =
        Enrolled { identity: hand.enrolled.identity.clone(), ..first.enrolled(&common, &common.hub) };
    let mut store = Store::keep(root.path(), &enrolled).unwrap();
    let ballot = round.issue.ballot.clone();
    store.keep_paper(&ballot, &kept).unwrap();
    // Each machine gives a receipt of its own.
    let fingerprint = fingerprint(&round);
    let receipts = |identity: &Identity| {
        let (identity, session) = (identity.clone(), common.state().session().clone());
        let fingerprint = fingerprint.clone();
        move |act: &Anonymous| {
            let Anonymous::Cast { ballot, bytes, .. } = act else { return None };
            let hash = BallotHash::of(bytes.as_bytes());
            let signature = identity.sign(&proof::receipt_text(&session, ballot, &fingerprint, &hash));
            Some(ToScreen::Receipt(Receipt { ballot: hash, signature }))
        }
    };
    let (told, mut at_first) = before.told();
    let hub = first.on(listener, Told { acts: Arc::new(receipts(&before.hub)), ..told });
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "a paper to mark", |view| view.paper == Paper::Open).await;
    soon("the receipt", client.cast(vec![Choice::Agree, Choice::Abstain])).await.unwrap();
    let sent = soon("the ballot", at_first.acts.recv()).await.unwrap().act;
    let (told, mut at_second) = after.told();
    let standby = second.on(waiting, Told { acts: Arc::new(receipts(&after.hub)), ..told });
    hub.stop();
    let again = soon("the ballot again", at_second.acts.recv()).await.unwrap().act;
    let bytes = |act: &Anonymous| match act {
        Anonymous::Cast { bytes, .. } => bytes.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(bytes(&sent), bytes(&again));
    let returned = |view: &View| matches!(view.paper, Paper::Returned { .. }) && epoch(view) == 1;
    let view = until(&client, "returned", returned).await;
    assert!(matches!(view.alarm, Some(Alarm::LinesAside { lines: 1, .. })), "{:?}", view.alarm);
    standby.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_whose_line_is_gone_is_asked_for_anew() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let (mut room, mut hand, known) = issuing(&second).await;
    let kept = hand.take_paper().await;
    room.stop().await;
    let before = Record::of(&room.dir);
    let ballot = hand.round().issue.ballot.clone();
    // Up to the key of the papers, before anybody has one.
    let issuer = before.lines.iter().position(|line| line.contains("\"issuer_published\"")).unwrap();
    let mut after = before.up_to(issuer + 1);
    after.standby = known.standby.clone();
    after.taken_over(true);

    let root = tempfile::tempdir().unwrap();
    let enrolled =
        Enrolled { identity: hand.enrolled.identity.clone(), ..first.enrolled(&before, &before.hub) };
    let mut store = Store::keep(root.path(), &enrolled).unwrap();
    store.keep_paper(&ballot, &kept).unwrap();
    let hub = first.on(listener, before.told().0);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let (told, mut at_second) = after.told();
    let standby = second.on(waiting, told);
    hub.stop();
    let (_, order) = heard_order(&mut at_second, CommandKind::RequestPapers).await;
    let Command::RequestPapers { papers } = order.command().unwrap() else { panic!() };
    let old = before.state().round(&ballot).unwrap().1.issued[&SeatId::from("m5")].clone();
    assert_eq!(papers.len(), 1);
    assert_ne!(papers[0].request, old, "a fresh one: what unblinds the old one is erased");
    drop(client);
    standby.stop();
}

fn fingerprint(round: &Round) -> String {
    let setup = round.setup.as_ref().unwrap();
    Election::parse(setup.election.as_bytes()).unwrap().fingerprint().to_owned()
}
