//! What a crash leaves is mended and said; what a hand has changed stops the start, with the line.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::file::{Journal, JournalFault, Opened};
use super::line::{Body, Line, LineFault};
use super::replay::{Replay, ReplayFault, WhatFails};
use super::{FILE_NAME, FORMAT, NO_PREVIOUS};
use crate::meeting::{
    Actor, Command, Event, Frozen, Identity, OrderFault, SeatId, SessionId, decide, sample,
};
use crate::words::Lang;

/// A record that is written line by line, with real keys.
struct Book {
    home: tempfile::TempDir,
    rng: StdRng,
    session: SessionId,
    hub: Identity,
    console: Identity,
    replay: Replay,
    lines: Vec<Line>,
    now: Timestamp,
}

impl Book {
    /// The plan, the console enrolled, two people signed in and a note.
    fn new(session: &str) -> Self {
        let mut rng = StdRng::seed_from_u64(7);
        let (hub, console) = (Identity::generate(&mut rng), Identity::generate(&mut rng));
        let session = SessionId::from(session);
        let frozen = Frozen {
            session: session.clone(),
            rehearsal: true,
            plan: sample::plan(Lang::Zh),
            plan_hash: crate::meeting::sha256_hex(b"plan"),
            materials: Vec::new(),
            hub_key: hub.public(),
            trustees: Some("[]".to_owned()),
            exams: Vec::new(),
        };
        let now: Timestamp = "2026-11-24T01:30:00Z".parse().unwrap();
        let body = Body { order: None, events: vec![Event::Frozen(Box::new(frozen))] };
        let first = Line::write(1, NO_PREVIOUS, now, Actor::Hub, body, &mut rng).unwrap();
        let mut replay = Replay::new();
        replay.follow(&first).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut book = Self { home, rng, session, hub, console, replay, lines: vec![first], now };
        let key = book.console.public();
        book.add(Actor::Hub, &Command::Enrol { who: Actor::Console, key });
        for id in ["m1", "m2", "m3"] {
            book.add(Actor::Console, &Command::SignIn { seat: SeatId::from(id) });
        }
        book.add(Actor::Console, &Command::Note { text: "一条说明".to_owned() });
        book
    }

    /// The line that this command would make.
    fn line(&mut self, actor: &Actor, command: &Command, sign: &Identity) -> Line {
        let state = self.replay.state().unwrap();
        let counter = state.orders.get(actor).map_or(0, |last| last.counter) + 1;
        let order = sign.order(&self.session, actor.clone(), counter, self.replay.seen(), command).unwrap();
        let events = decide(state, actor, command, self.now).unwrap();
        let body = Body { order: Some(order), events };
        let (number, hash) = (self.replay.number() + 1, self.replay.hash().to_owned());
        Line::write(number, &hash, self.now, actor.clone(), body, &mut self.rng).unwrap()
    }

    fn add(&mut self, actor: Actor, command: &Command) {
        let identity = if actor == Actor::Hub { self.hub.clone() } else { self.console.clone() };
        let line = self.line(&actor, command, &identity);
        self.replay.follow(&line).unwrap();
        self.lines.push(line);
    }

    fn path(&self) -> PathBuf {
        self.home.path().join(FILE_NAME)
    }

    fn texts(&self) -> Vec<String> {
        self.lines.iter().map(|line| line.text.clone()).collect()
    }

    fn write(&self, texts: &[String]) {
        let text: String = texts.iter().map(|line| format!("{line}\n")).collect();
        fs::write(self.path(), text).unwrap();
    }

    fn open(&self) -> Result<Opened, JournalFault> {
        Journal::open(self.home.path())
    }

    /// What stops the start when these are the lines.
    fn fault(&self, texts: &[String]) -> ReplayFault {
        self.write(texts);
        match self.open() {
            Err(JournalFault::Replay(fault)) => fault,
            other => panic!("{:?}", other.map(|opened| opened.lines.len())),
        }
    }
}

#[test]
fn a_record_that_was_written_is_read_again() {
    let book = Book::new("s");
    let mut journal = Journal::create(book.home.path(), &book.lines[0]).unwrap();
    journal.append(&book.lines[1..3]).unwrap();
    journal.append(&book.lines[3..]).unwrap();
    drop(journal);
    let opened = book.open().unwrap();
    assert_eq!(opened.repair, None);
    assert_eq!(opened.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>(), book.texts());
    assert_eq!(opened.replay.hash(), book.replay.hash());
    assert_eq!(format!("{:?}", opened.replay.state()), format!("{:?}", book.replay.state()));
    assert!(opened.lines[0].text.contains(FORMAT));
}

#[test]
fn a_line_torn_at_any_byte_is_cut_off_and_the_rest_goes_on() {
    let mut book = Book::new("s");
    let texts = book.texts();
    let (last, kept) = texts.split_last().unwrap();
    let whole: String = kept.iter().map(|line| format!("{line}\n")).collect();
    let next = book.lines.last().unwrap().clone();
    for cut in 0..=last.len() {
        fs::write(book.path(), [whole.as_bytes(), &last.as_bytes()[..cut]].concat()).unwrap();
        let mut opened = book.open().unwrap();
        let repair = opened.repair.as_ref().map(|repair| (repair.line, repair.bytes));
        assert_eq!(repair, (cut > 0).then_some((texts.len() as u64, cut as u64)), "cut at {cut}");
        assert_eq!(fs::read_to_string(book.path()).unwrap(), whole, "cut at {cut}");
        assert_eq!(opened.lines.len(), kept.len());
        if cut % 50 == 0 {
            opened.journal.append(std::slice::from_ref(&next)).unwrap();
            drop(opened);
            assert_eq!(book.open().unwrap().lines.len(), texts.len());
        }
    }
    book.add(Actor::Console, &Command::SignOut { seat: SeatId::from("m3") });
}

#[test]
fn a_first_line_that_was_torn_is_no_journal_and_is_written_over() {
    let book = Book::new("s");
    assert!(!Journal::exists(book.home.path()));
    for torn in [&b""[..], &book.lines[0].text.as_bytes()[..200]] {
        fs::write(book.path(), torn).unwrap();
        assert!(!Journal::exists(book.home.path()));
        assert!(matches!(book.open(), Err(JournalFault::Empty { .. })));
        drop(Journal::create(book.home.path(), &book.lines[0]).unwrap());
        assert_eq!(book.open().unwrap().lines.len(), 1);
    }
    // One that holds a line is never written over.
    assert!(Journal::exists(book.home.path()));
    assert!(Journal::create(book.home.path(), &book.lines[0]).is_err());
    assert_eq!(book.open().unwrap().lines.len(), 1);
}

#[test]
fn lines_moved_doubled_or_dropped_stop_the_start_with_their_number() {
    let book = Book::new("s");
    let texts = book.texts();
    let other = Book::new("another").texts();
    type Hand = fn(&mut Vec<String>, &[String]);
    let number = |found, expected| WhatFails::Number { found, expected };
    let rows: Vec<(&str, Hand, u64, WhatFails)> = vec![
        ("dropped", |lines, _| drop(lines.remove(2)), 3, number(4, 3)),
        ("exchanged", |lines, _| lines.swap(2, 3), 3, number(4, 3)),
        ("doubled", |lines, _| lines.insert(3, lines[2].clone()), 4, number(3, 4)),
        ("the first dropped", |lines, _| drop(lines.remove(0)), 1, number(2, 1)),
        ("of another session", |lines, other| lines[3] = other[3].clone(), 4, WhatFails::Chain),
        ("the plan of another session", |lines, other| lines[0] = other[0].clone(), 2, WhatFails::Chain),
    ];
    for (what, hand, line, fails) in rows {
        let mut lines = texts.clone();
        hand(&mut lines, &other);
        assert_eq!(book.fault(&lines), ReplayFault { line, what: fails }, "{what}");
    }
    // The last line dropped is a record that ends earlier: the terminals know better, and the seal does.
    book.write(&texts[..texts.len() - 1]);
    assert_eq!(book.open().unwrap().lines.len(), texts.len() - 1);
}

#[test]
fn a_line_edited_anywhere_stops_the_start_with_its_number() {
    let book = Book::new("s");
    let texts = book.texts();
    for place in [0, 2, texts.len() - 1] {
        let line = &texts[place];
        let step = if place == 0 { 61 } else { 3 };
        for at in (0..line.len()).step_by(step).filter(|at| line.as_bytes()[*at].is_ascii_graphic()) {
            let mut bytes = line.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            let mut lines = texts.clone();
            lines[place] = String::from_utf8(bytes).unwrap();
            // The time of the last line is bound by nothing but the next line, or the seal.
            let time = line.find("\"time\":").unwrap()..line.find("\"actor\":").unwrap();
            if place + 1 == texts.len() && time.contains(&at) {
                continue;
            }
            let fault = book.fault(&lines);
            // A head can be changed into another sound one; then the next line does not follow from it.
            let expected = [place as u64 + 1, place as u64 + 2];
            assert!(expected.contains(&fault.line), "line {place}, byte {at}: {fault}");
        }
    }
}

#[test]
fn what_is_edited_is_named() {
    let book = Book::new("s");
    let texts = book.texts();
    let edited = |place: usize, from: &str, to: &str| {
        let mut lines = texts.clone();
        assert!(lines[place].contains(from), "{from}: {}", lines[place]);
        lines[place] = lines[place].replacen(from, to, 1);
        book.fault(&lines)
    };
    let line = |line, what: LineFault| ReplayFault { line, what: WhatFails::Line(what) };
    assert_eq!(edited(2, "\"seat\":\"m1\"", "\"seat\":\"m4\""), line(3, LineFault::BodyHash));
    assert_eq!(edited(2, "\"salt\":\"", "\"salt\":\"0"), line(3, LineFault::BodyHash));
    assert_eq!(edited(2, "{\"head\":{", "{\"head\": {"), line(3, LineFault::NotCanonical));
    assert_eq!(
        edited(2, "plenum-journal/2", "plenum-journal/3"),
        line(3, LineFault::Format("plenum-journal/3".to_owned()))
    );
    assert_eq!(
        edited(3, "\"previous\":\"", "\"previous\":\"x"),
        ReplayFault { line: 4, what: WhatFails::Chain }
    );
    // A head that is sound by itself: whoever changes the time breaks the chain after it.
    assert_eq!(
        edited(2, "2026-11-24T01:30:00Z", "2026-11-24T01:31:00Z"),
        ReplayFault { line: 4, what: WhatFails::Chain }
    );
    fs::write(book.path(), [texts[0].as_bytes(), b"\n\xff\xfe\n"].concat()).unwrap();
    assert!(matches!(book.open(), Err(JournalFault::NotText { line: 2, .. })));
    assert!(matches!(edited(0, "{", "[").what, WhatFails::Line(LineFault::Unreadable(_))));
}

#[test]
fn a_line_that_the_rules_or_the_keys_do_not_bear_out_is_refused() {
    let mut book = Book::new("s");
    let sign_out = Command::SignOut { seat: SeatId::from("m3") };
    let follow = |book: &Book, line: &Line| {
        let mut replay = book.replay.clone();
        let before = format!("{replay:?}");
        let fault = replay.follow(line).unwrap_err();
        assert_eq!(before, format!("{replay:?}"), "a line that does not hold changes nothing");
        assert_eq!(fault.line, book.lines.len() as u64 + 1);
        fault.what
    };
    let remade = |book: &mut Book, actor: Actor, body: Body| {
        let (number, hash, now) = (book.replay.number() + 1, book.replay.hash().to_owned(), book.now);
        Line::write(number, &hash, now, actor, body, &mut book.rng).unwrap()
    };
    // By the hub's key under the console's name.
    let hub = book.hub.clone();
    let line = book.line(&Actor::Console, &sign_out, &hub);
    assert_eq!(follow(&book, &line), WhatFails::Order(OrderFault::Signature(Actor::Console)));
    // By somebody who is not enrolled.
    let line = book.line(&Actor::Seat(SeatId::from("m3")), &sign_out, &hub);
    assert!(matches!(follow(&book, &line), WhatFails::Order(OrderFault::NotEnrolled(_))));
    // Other events than follow; none; another's head; the same order twice; an unknown command; no order at all.
    let console = book.console.clone();
    let good = book.line(&Actor::Console, &sign_out, &console);
    let body = good.body.clone().unwrap();
    let other = Body { events: vec![Event::SignedOut { seat: SeatId::from("m2") }], ..body.clone() };
    let line = remade(&mut book, Actor::Console, other);
    assert_eq!(follow(&book, &line), WhatFails::Events);
    let line = remade(&mut book, Actor::Console, Body { events: Vec::new(), ..body.clone() });
    assert_eq!(follow(&book, &line), WhatFails::Events);
    let line = remade(&mut book, Actor::Hub, body.clone());
    assert_eq!(follow(&book, &line), WhatFails::HeadDiffers);
    let line = remade(&mut book, Actor::Hub, Body { order: None, events: vec![Event::Resumed] });
    assert_eq!(follow(&book, &line), WhatFails::Frozen);
    let again = book.lines[0].body.clone().unwrap();
    let line = remade(&mut book, Actor::Hub, again);
    assert_eq!(follow(&book, &line), WhatFails::Frozen);
    let old = book.lines[3].body.clone().unwrap();
    let line = remade(&mut book, Actor::Console, old);
    assert!(matches!(follow(&book, &line), WhatFails::Order(OrderFault::Counter { .. })));
    // What the rules refuse, well signed.
    let state = book.replay.state().unwrap();
    let counter = state.orders[&Actor::Console].counter + 1;
    let order = book
        .console
        .order(&book.session, Actor::Console, counter, book.replay.seen(), &Command::CloseMeeting)
        .unwrap();
    let line = remade(&mut book, Actor::Console, Body { order: Some(order), events: vec![Event::Closed] });
    assert!(matches!(follow(&book, &line), WhatFails::Refused(_)));
    book.replay.follow(&good).unwrap();
}

#[test]
fn only_a_body_that_changes_nothing_may_be_withheld() {
    let book = Book::new("s");
    let note = book.lines.len() - 1;
    for (place, line) in book.lines.iter().enumerate() {
        let mut replay = Replay::new();
        for before in &book.lines[..place] {
            replay.follow(before).unwrap();
        }
        let read = replay.read(&line.withheld());
        if place == note {
            assert!(read.is_ok());
            assert_eq!((replay.hash(), replay.withheld()), (line.head_hash.as_str(), 1));
            assert_eq!(replay.state().unwrap().notes[0].text, None);
        } else {
            let what = read.unwrap_err().what;
            assert!(matches!(what, WhatFails::Withheld | WhatFails::Frozen), "line {}: {what:?}", place + 1);
        }
    }
}

#[test]
fn a_journal_in_use_is_not_opened_a_second_time() {
    let book = Book::new("s");
    let journal = Journal::create(book.home.path(), &book.lines[0]).unwrap();
    assert!(matches!(book.open(), Err(JournalFault::InUse { .. })));
    assert!(matches!(Journal::create(book.home.path(), &book.lines[0]), Err(JournalFault::InUse { .. })));
    drop(journal);
    let opened = book.open().unwrap();
    assert!(matches!(book.open(), Err(JournalFault::InUse { .. })));
    drop(opened);
}

#[test]
fn an_append_that_fails_leaves_the_lines_before_and_the_next_one_succeeds() {
    let book = Book::new("s");
    let mut journal = Journal::create(book.home.path(), &book.lines[0]).unwrap();
    journal.append(&book.lines[1..2]).unwrap();
    let before = fs::read(book.path()).unwrap();
    // A handle that cannot write, and half a line on the disk: what a full disk leaves.
    let reads_only = fs::File::open(book.path()).unwrap();
    let writes = journal.exchange(reads_only);
    let fault = journal.append(&book.lines[2..3]).unwrap_err();
    assert!(matches!(&fault, JournalFault::Io { path, .. } if *path == book.path()), "{fault}");
    fs::OpenOptions::new().append(true).open(book.path()).unwrap().write_all(b"{\"head\":{\"fo").unwrap();
    assert!(journal.append(&book.lines[2..3]).is_err(), "not before what is torn is cut off");
    journal.exchange(writes);
    journal.append(&book.lines[2..]).unwrap();
    let after = fs::read(book.path()).unwrap();
    assert!(after.starts_with(&before));
    drop(journal);
    assert_eq!(book.open().unwrap().lines.len(), book.lines.len());
}
