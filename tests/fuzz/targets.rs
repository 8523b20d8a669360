//! The parsers: for each, inputs that it takes, and what must hold of whatever it is given.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::pin::Pin;
use std::task::{Context, Poll};

use plenum::archive::Transcript;
use plenum::ballot::{
    BelWriter, BlindRequest, CredentialSecret, Election, Marks, PaperRequest, PartialDecryption,
    PublicCredential, Setup, Token, TokenInput, TrusteeKey, Trustees, open_bel, tally, verify_bel,
};
use plenum::client::store::{KeptPaper, Store};
use plenum::harmless;
use plenum::hub::codes::CodeBook;
use plenum::hub::vault::Vault;
use plenum::journal::{Journal, Line, Replay};
use plenum::meeting::{Actor, BallotId, Command, Happened, ItemId, LineFacts, State, decide};
use plenum::plan::{self, Plan};
use plenum::rehearse::{Script, VoteBook};
use plenum::wire::code::SeatCode;
use plenum::wire::frame::{HELLO_BYTES_MAX, TO_HUB_BYTES_MAX, read_frame};
use plenum::wire::{Anonymous, FrameFault, Hello, ToHub, ToScreen};
use plenum::words::{self, Lang};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, ReadBuf};

use super::mutate::Form;
use super::{Target, root};

/// How many targets share the time of a longer run.
pub const COUNT: u32 = NAMES.len() as u32;

/// The targets.
pub const NAMES: [&str; 17] = [
    "hello",
    "anonymous",
    "to_hub",
    "to_screen",
    "line",
    "journal",
    "command",
    "ballot",
    "setup",
    "partial",
    "bel",
    "transcript",
    "plan",
    "votes_script",
    "terminal_store",
    "hub_store",
    "code",
];

fn target(
    name: &'static str,
    form: Form,
    tries: u32,
    seeds: Vec<Vec<u8>>,
    take: impl Fn(&[u8]) -> bool + 'static,
) -> Target {
    Target { name, form, tries, take: Box::new(take), seeds }
}

fn file(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap()
}

/// What people would read of a fault stays harmless and in proportion.
fn sayable(text: &str, input: &[u8]) {
    let shown = harmless::lines(text);
    assert!(shown.chars().all(|one| one == '\n' || harmless::is_shown(one)), "it acts: {shown:?}");
    assert!(shown.len() <= 20_000 + 60 * input.len(), "{} bytes about {}", shown.len(), input.len());
}

// Frames

/// Counts what is asked of the network.
struct Counted<'a> {
    left: &'a [u8],
    read: usize,
    room_max: usize,
}

impl AsyncRead for Counted<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        room: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.room_max = self.room_max.max(room.remaining());
        let (now, later) = self.left.split_at(room.remaining().min(self.left.len()));
        room.put_slice(now);
        self.read += now.len();
        self.left = later;
        Poll::Ready(Ok(()))
    }
}

fn frame<T: DeserializeOwned + Serialize>(input: &[u8], bytes_max: usize) -> bool {
    let mut stream = Counted { left: input, read: 0, room_max: 0 };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let read: Result<T, FrameFault> = runtime.block_on(read_frame(&mut stream, bytes_max));
    let announced = input.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize);
    // Memory is taken as bytes come, not as they are announced; and nothing of the next frame is touched.
    assert!(stream.room_max <= 8_192 + 4 * input.len(), "room for {} bytes at once", stream.room_max);
    assert!(stream.read <= 4 + announced.unwrap_or(0).min(bytes_max), "{} bytes were read", stream.read);
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        assert!(matches!(read, Err(FrameFault::TooLong { .. })) && stream.read == 4);
    }
    match read {
        Ok(message) => {
            let written = serde_json::to_vec(&message).unwrap();
            let again: T = serde_json::from_slice(&written).expect("what was written reads again");
            assert_eq!(
                serde_json::to_vec(&again).unwrap(),
                written,
                "it is written in another way the second time"
            );
            true
        }
        Err(fault) => {
            sayable(&fault.to_string(), input);
            false
        }
    }
}

fn framed(message: &impl Serialize) -> Vec<u8> {
    let body = serde_json::to_vec(message).unwrap();
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &body].concat()
}

#[test]
fn hello() {
    let (version, session) = (1, "0123456789abcdef0123456789abcdef".into());
    let hello = Hello::Enrol { version, key: "ab".repeat(32), proof: "cd".repeat(32) };
    let seeds = vec![framed(&hello), framed(&Hello::Anonymous { version, session })];
    target("hello", Form::Frame, 1_500, seeds, |input| frame::<Hello>(input, HELLO_BYTES_MAX)).fuzz();
}

#[test]
fn anonymous() {
    let room = Room::new(1);
    let cast = Anonymous::Cast { ballot: "posts".into(), bytes: String::from_utf8(room.ballot()).unwrap() };
    target("anonymous", Form::Frame, 1_000, vec![framed(&cast)], |input| {
        frame::<Anonymous>(input, TO_HUB_BYTES_MAX)
    })
    .fuzz();
}

#[test]
fn to_hub() {
    let orders = journal_lines().into_iter().filter_map(|line| Line::read(&line).ok()?.body?.order);
    let mut seeds: Vec<_> =
        (1..).zip(orders.take(60)).map(|(ask, order)| framed(&ToHub::Order { ask, order })).collect();
    seeds.push(framed(&ToHub::Material { ask: 1, path: "a.md".to_owned() }));
    seeds.push(framed(&ToHub::Ping));
    target("to_hub", Form::Frame, 1_500, seeds, |input| frame::<ToHub>(input, TO_HUB_BYTES_MAX)).fuzz();
}

#[test]
fn to_screen() {
    let seeds = vec![
        framed(&ToScreen::Lines { lines: journal_lines().into_iter().take(4).collect() }),
        framed(&ToScreen::Live(plenum::wire::Live { connected: 3, ..Default::default() })),
        framed(&ToScreen::TurnedAway(plenum::wire::TurnedAway::UsedCode)),
        framed(&ToScreen::SealReady { seal: "{}".to_owned() }),
    ];
    target("to_screen", Form::Frame, 1_000, seeds, |input| frame::<ToScreen>(input, TO_HUB_BYTES_MAX)).fuzz();
}

// The record

/// The shorter lines of an archived meeting of both kinds.
fn journal_lines() -> Vec<String> {
    let text = String::from_utf8(file("sessions/archive-en/journal.jsonl")).unwrap();
    text.lines().filter(|line| line.len() < 20_000).map(str::to_owned).collect()
}

#[test]
fn line() {
    let seeds = journal_lines().into_iter().map(String::into_bytes).collect();
    target("line", Form::Line, 3_000, seeds, |input| {
        let Ok(text) = std::str::from_utf8(input) else { return false };
        match Line::read(text) {
            Ok(line) => {
                assert_eq!(line.text, text);
                assert_eq!(
                    serde_json::to_string(&line.head).unwrap(),
                    text_of_head(text),
                    "the head is canonical"
                );
                let withheld = Line::read(&line.withheld()).expect("a withheld line is a line");
                assert_eq!(withheld.head_hash, line.head_hash, "withholding changes no hash");
                true
            }
            Err(fault) => {
                sayable(&fault.to_string(), input);
                false
            }
        }
    })
    .fuzz();
}

fn text_of_head(line: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Head {
        head: Box<serde_json::value::RawValue>,
    }
    serde_json::from_str::<Head>(line).unwrap().head.get().to_owned()
}

/// A folder's journal, opened as a hub does, and followed as everybody else does.
#[test]
fn journal() {
    let text = file("sessions/archive-en/journal.jsonl");
    let end = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(30).unwrap().0;
    let folder = tempfile::tempdir().unwrap();
    target("journal", Form::Text, 120, vec![text[..=end].to_vec()], move |input| {
        let path = folder.path().join(plenum::journal::FILE_NAME);
        fs::write(&path, input).unwrap();
        let opened = Journal::open(folder.path());
        let kept = fs::read(&path).unwrap();
        assert!(input.starts_with(&kept), "a repair only cuts");
        match opened {
            Ok(opened) => {
                drop(opened);
                let mut replay = Replay::new();
                let text = std::str::from_utf8(&kept).unwrap();
                assert!(text.is_empty() || text.ends_with('\n'));
                for line in text.lines() {
                    replay.read(line).expect("what the hub follows, everybody follows");
                }
                assert!(
                    Journal::open(folder.path()).is_ok_and(|again| again.repair.is_none()),
                    "a repair is enough"
                );
                true
            }
            Err(fault) => {
                assert_eq!(kept, input, "what is refused is left alone");
                sayable(&format!("{:#}", anyhow::Error::new(fault)), input);
                false
            }
        }
    })
    .fuzz();
}

/// A command of anybody, at any moment of a meeting: refused, or carried out and folded.
#[test]
fn command() {
    let text = String::from_utf8(file("sessions/archive-review-en/journal.jsonl")).unwrap();
    let mut replay = Replay::new();
    let mut states: Vec<(State, jiff::Timestamp)> = Vec::new();
    let mut seeds = Vec::new();
    let mut actors = BTreeSet::from([Actor::Hub, Actor::Console, Actor::Display(1)]);
    let lines: Vec<&str> = text.lines().filter(|line| line.len() < 60_000).collect();
    let whole = lines.len();
    for (place, line) in text.lines().enumerate().take(220) {
        let line = replay.read(line).unwrap();
        if place % (whole / 24).max(1) == 0 {
            states.push((replay.state().unwrap().clone(), line.head.time));
        }
        if let Some(order) = line.body.and_then(|body| body.order) {
            actors.insert(order.actor.clone());
            let command = order.command.get().as_bytes();
            if command.len() < 4_000 {
                seeds.push(command.to_vec());
            }
        }
    }
    let actors: Vec<Actor> = actors.into_iter().collect();
    target("command", Form::Json, 1_000, seeds, move |input| {
        let Ok(command) = serde_json::from_slice::<Command>(input) else { return false };
        let written = serde_json::to_vec(&command).unwrap();
        assert_eq!(serde_json::from_slice::<Command>(&written).unwrap(), command);
        let luck =
            input.iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
        for turn in 0..4 {
            let (state, now) = &states[(luck + turn * 7) % states.len()];
            for actor in [&actors[(luck / 3 + turn) % actors.len()], &Actor::Console, &Actor::Hub] {
                match decide(state, actor, &command, *now) {
                    Ok(events) => {
                        let mut after = state.clone();
                        let happened = Happened::Events(&events);
                        after.fold(&LineFacts {
                            number: state.line + 1,
                            time: *now,
                            actor,
                            order: None,
                            happened,
                        });
                        let bytes = serde_json::to_vec(&events).unwrap();
                        assert!(
                            bytes.len() <= plenum::journal::LINE_BYTES_MAX,
                            "a line of {} bytes",
                            bytes.len()
                        );
                        let again: Vec<plenum::meeting::Event> = serde_json::from_slice(&bytes).unwrap();
                        assert_eq!(again, events);
                    }
                    Err(refusal) => {
                        for lang in [Lang::Zh, Lang::En] {
                            sayable(&words::refusal::sentence(lang, &refusal, Some(state)), input);
                        }
                    }
                }
            }
        }
        true
    })
    .fuzz();
}

// Ballots

/// An election with one trustee.
struct Room {
    setup: Setup,
    trustee: TrusteeKey,
    voter: CredentialSecret,
    rng: RefCell<StdRng>,
}

impl Room {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let trustee = TrusteeKey::generate(&mut rng);
        let trustees = trustee.single_trustees(&mut rng);
        let voter = CredentialSecret::generate(&mut rng);
        let question = plenum::ballot::Question {
            question: "室".to_owned(),
            answers: vec!["同意".to_owned(), "no".to_owned()],
            min: 1,
            max: 1,
            blank: false,
        };
        let uuid = plenum::ballot::new_uuid(&mut rng);
        let key = trustees.public_key();
        let election = Election::new(uuid, "a".to_owned(), "b".to_owned(), key, vec![question]).unwrap();
        let setup = Setup::new(election, trustees, vec![voter.public()]).unwrap();
        Self { setup, trustee, voter, rng: RefCell::new(rng) }
    }

    fn ballot(&self) -> Vec<u8> {
        let marks = Marks(vec![vec![1, 0]]);
        self.setup.encrypt(&self.voter, &marks, &mut *self.rng.borrow_mut()).unwrap().bytes
    }
}

#[test]
fn ballot() {
    let room = Room::new(2);
    let seeds = vec![room.ballot(), room.ballot()];
    let valid = seeds.clone();
    target("ballot", Form::Canonical, 600, seeds, move |input| match room.setup.check_ballot(input) {
        Ok(checked) => {
            assert!(
                valid.iter().any(|ballot| ballot == input),
                "somebody else's ballot holds under a known credential"
            );
            assert!(input.len() <= room.setup.ballot_bytes_max());
            assert_eq!(checked.credential, room.voter.public());
            true
        }
        Err(fault) => {
            sayable(&fault.to_string(), input);
            false
        }
    })
    .fuzz();
}

/// `election.json`, `trustees.json` and the credentials, each by itself and together.
#[test]
fn setup() {
    let room = Room::new(3);
    let mut seeds = vec![
        room.setup.election().bytes().to_vec(),
        room.setup.trustees().bytes().to_vec(),
        room.setup.credentials_bytes(),
    ];
    for name in ["threshold", "mixed"] {
        let contents = open_bel(&file(&format!("tests/belenios/fixtures/{name}.bel"))).unwrap();
        seeds.push(contents.setup.election().bytes().to_vec());
        seeds.push(contents.setup.trustees().bytes().to_vec());
        seeds.push(contents.setup.credentials_bytes());
    }
    target("setup", Form::Canonical, 200, seeds, move |input| {
        let mut taken = false;
        match Election::parse(input) {
            Ok(election) => {
                assert_eq!(election.bytes(), input, "an election has one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        match Trustees::parse(input) {
            Ok(trustees) => {
                assert_eq!(trustees.bytes(), input, "trustees have one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        let (election, trustees) = (room.setup.election().bytes(), room.setup.trustees().bytes());
        match Setup::parse(election, trustees, input) {
            Ok(setup) => {
                assert_eq!(setup.credentials_bytes(), input, "a list has one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        // Those of other elections are lists as well, and the first elements of every form.
        taken || serde_json::from_slice::<Vec<PublicCredential>>(input).is_ok()
    })
    .fuzz();
}

#[test]
fn partial() {
    let room = Room::new(4);
    let checked = room.setup.check_ballot(&room.ballot()).unwrap();
    let sums = tally(&room.setup, &[checked]).unwrap();
    let factors = room.trustee.decrypt(&room.setup, &sums, &mut *room.rng.borrow_mut()).bytes();
    let valid = factors.clone();
    target("partial", Form::Canonical, 600, vec![factors], move |input| {
        match PartialDecryption::parse(input) {
            Ok(partial) => {
                assert_eq!(partial.bytes(), input, "factors have one form");
                let holds = partial.verify(&room.setup, &sums, 1);
                assert!(holds.is_err() || input == valid, "other factors hold");
                true
            }
            Err(fault) => {
                sayable(&fault.to_string(), input);
                false
            }
        }
    })
    .fuzz();
}

/// Whole archives, as they are and with a ballot that the writer put in without asking.
#[test]
fn bel() {
    let mut seeds: Vec<Vec<u8>> =
        ["single", "closed"].map(|name| file(&format!("tests/belenios/fixtures/{name}.bel"))).to_vec();
    let room = Room::new(5);
    let valid = room.ballot();
    let mut writer = BelWriter::begin(&room.setup, 1_795_556_570);
    writer.ballot(&valid);
    writer.end_ballots();
    seeds.push(writer.into_bytes());
    let whole = seeds.clone();
    target("bel", Form::Bytes, 60, seeds, move |input| {
        let good = match open_bel(input) {
            Ok(_) => {
                let report = verify_bel(input);
                report.faults.iter().for_each(|fault| sayable(&fault.to_string(), input));
                assert!(!report.is_good() || whole.iter().any(|seed| seed == input), "another archive holds");
                true
            }
            Err(faults) => {
                assert!(!faults.is_empty());
                faults.iter().for_each(|fault| sayable(&fault.to_string(), input));
                false
            }
        };
        let mut writer = BelWriter::begin(&room.setup, 1_795_556_570);
        writer.ballot(&input[..input.len().min(room.setup.ballot_bytes_max())]);
        writer.end_ballots();
        assert!(!verify_bel(writer.bytes()).is_good(), "an archive is no ballot");
        good
    })
    .fuzz();
}

#[test]
fn transcript() {
    let seeds =
        ["archive-en", "archive-review-zh"].map(|name| file(&format!("sessions/{name}/transcript.json")));
    target("transcript", Form::Canonical, 1_500, seeds.to_vec(), |input| match Transcript::read(input) {
        Ok(transcript) => {
            assert_eq!(transcript.bytes(), input, "a transcript has one form");
            let held = transcript.signatures.iter().filter(|one| transcript.seal.is_signed_by(one)).count();
            assert!(held <= transcript.signatures.len());
            true
        }
        Err(fault) => {
            sayable(&format!("{fault:?}"), input);
            false
        }
    })
    .fuzz();
}

// Plans, and what tries them

fn sample_plan(name: &str) -> Plan {
    let text = String::from_utf8(file(&format!("sessions/{name}/plan.toml"))).unwrap();
    plan::read(&text, "plan.toml", &|_| Ok(())).unwrap()
}

#[test]
fn plan_text() {
    let names = ["plenary-zh", "plenary-en", "review-zh", "review-en"];
    let seeds = names.map(|name| file(&format!("sessions/{name}/plan.toml"))).to_vec();
    target("plan", Form::Text, 400, seeds, |input| {
        let text = String::from_utf8_lossy(input);
        let _ = plan::language(&text);
        let lines = text.split('\n').count();
        match plan::read(&text, "plan.toml", &|_| Ok(())) {
            Ok(plan) => {
                let frozen = serde_json::to_vec(&plan).unwrap();
                let again: Plan = serde_json::from_slice(&frozen).expect("a plan is frozen and read again");
                assert_eq!(again, plan);
                let names = plan.people.iter().map(|person| &person.name);
                for name in names.chain([&plan.meeting.title, &plan.meeting.venue]) {
                    assert_eq!(harmless::first_hidden(name), None, "{name:?}");
                }
                for (number, item) in (1..).zip(&plan.items) {
                    sayable(&words::clerk::item_ready(Lang::En, number, item, &plan), input);
                }
                true
            }
            Err(mistakes) => {
                assert!(!mistakes.is_empty(), "a plan is refused for a reason");
                assert!(mistakes.len() <= 50 + input.len(), "{} mistakes", mistakes.len());
                for mistake in &mistakes {
                    assert!((1..=lines + 1).contains(&mistake.place.line), "line {}", mistake.place.line);
                    assert!(mistake.place.column >= 1);
                    for lang in [Lang::Zh, Lang::En] {
                        let said = words::plan::mistake(lang, mistake);
                        assert!(said.chars().all(|one| one == '\n' || harmless::is_shown(one)), "{said:?}");
                        assert!(said.len() < 20_000, "{} bytes", said.len());
                    }
                }
                false
            }
        }
    })
    .fuzz();
}

#[test]
fn votes_and_script() {
    let folder = tempfile::tempdir().unwrap();
    let (nomination, review) = (sample_plan("plenary-en"), sample_plan("review-en"));
    let item = &review.items.iter().find(|item| item.review().is_some()).unwrap();
    let official = &item.review().unwrap().officials[0].id;
    let script = format!(
        r#"{{"{}":{{"{official}":[{{"asker":null,"text":"Why?","ended":"promised","due_on":"2099-12-15"}}]}}}}"#,
        item.id
    );
    let seeds = vec![script.into_bytes(), b"{}".to_vec()];
    target("votes_script", Form::Json, 800, seeds, move |input| {
        let path = folder.path().join("file.json");
        fs::write(&path, input).unwrap();
        let absent = BTreeSet::new();
        let mut taken = false;
        for plan in [&nomination, &review] {
            match VoteBook::read(Some(&path), plan, &absent, 1) {
                Ok(_) => taken = true,
                Err(fault) => sayable(&fault.to_string(), input),
            }
            match Script::read(Some(&path), plan, &absent) {
                Ok(_) => taken = true,
                Err(fault) => sayable(&fault.to_string(), input),
            }
        }
        taken
    })
    .fuzz();
}

// What is kept beside the record, and what is typed

#[test]
fn terminal_store() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("seat");
    fs::create_dir(&place).unwrap();
    let (key, pin) = ("01".repeat(32), "30".repeat(200));
    let identity = format!(
        r#"{{"format":"plenum-terminal/1","hub":"127.0.0.1:7420","pin":"{pin}","session":"{}","actor":"m1","identity":"{key}"}}"#,
        "ab".repeat(16)
    );
    let paper = KeptPaper {
        credential: key.clone(),
        request: None,
        token: None,
        registered: true,
        sealed: Some("{}".to_owned()),
        hash: None,
        receipt: None,
    };
    let mut seeds = vec![serde_json::to_vec(&paper).unwrap(), format!("\"{key}\"").into_bytes()];
    if serde_json::from_str::<serde_json::Value>(&identity).is_ok() {
        fs::write(place.join("identity.json"), &identity).unwrap();
        if Store::find_any(folder.path()).is_ok_and(|found| !found.is_empty()) {
            seeds.push(identity.clone().into_bytes());
        }
    }
    target("terminal_store", Form::Json, 600, seeds, move |input| {
        fs::write(place.join("identity.json"), input).unwrap();
        let mut taken = Store::find_any(folder.path()).is_ok_and(|found| !found.is_empty());
        fs::write(place.join("identity.json"), &identity).unwrap();
        fs::write(place.join("posts.paper.json"), input).unwrap();
        fs::write(place.join("review.slips.json"), input).unwrap();
        fs::write(folder.path().join("pending.json"), input).unwrap();
        let (ballot, item) = (BallotId::from("posts"), ItemId::from("review"));
        for (_, store) in Store::find_any(folder.path()).unwrap() {
            taken |= store.paper(&ballot).is_some() | store.slips(&item).is_some();
        }
        taken |= serde_json::from_slice::<KeptPaper>(input).is_ok();
        let fresh = plenum::meeting::Identity::from_bytes(&[7; 32]);
        let kept = Store::pending_key(folder.path(), fresh).unwrap();
        taken | (kept.to_bytes()[..] != [7; 32])
    })
    .fuzz();
}

#[test]
fn hub_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(6);
    let mut book = CodeBook::new(folder.path());
    book.issue("m1", &mut rng);
    book.issue("display-1", &mut rng);
    book.save().unwrap();
    let vault = Vault::new(folder.path());
    vault.keys(&mut rng).unwrap();
    let seeds = vec![
        fs::read(CodeBook::path_in(folder.path())).unwrap(),
        fs::read(folder.path().join("hub.json")).unwrap(),
    ];
    target("hub_store", Form::Json, 600, seeds, move |input| {
        fs::write(CodeBook::path_in(folder.path()), input).unwrap();
        fs::write(folder.path().join("hub.json"), input).unwrap();
        let codes = CodeBook::load(folder.path());
        let keys = vault.keys(&mut StdRng::seed_from_u64(7));
        let taken = codes.is_ok() || keys.is_ok();
        for fault in
            [codes.err().map(anyhow::Error::new), keys.err().map(anyhow::Error::new)].into_iter().flatten()
        {
            sayable(&format!("{fault:#}"), input);
        }
        assert_eq!(
            fs::read(folder.path().join("hub.json")).unwrap(),
            input,
            "what does not read is not replaced"
        );
        taken
    })
    .fuzz();
}

/// What is typed or stands in a text: seat codes, tokens, requests, credentials, hashes, thresholds.
#[test]
fn code() {
    let mut rng = StdRng::seed_from_u64(8);
    let code = SeatCode::generate(&mut rng).shown();
    let credential = CredentialSecret::generate(&mut rng).public();
    let request = PaperRequest::new(TokenInput::paper(&credential), &mut rng).unwrap();
    let seeds = vec![
        code.into_bytes(),
        credential.to_string().into_bytes(),
        serde_json::to_vec(request.request()).unwrap(),
        b"2/3".to_vec(),
    ];
    target("code", Form::Bytes, 4_000, seeds, |input| {
        let text = String::from_utf8_lossy(input);
        let mut taken = false;
        match SeatCode::parse(&text) {
            Ok(code) => {
                assert_eq!(SeatCode::parse(&code.shown()).unwrap(), code);
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        if let Ok(credential) = text.parse::<PublicCredential>() {
            assert_eq!(credential.to_string(), text, "a credential has one form");
            taken = true;
        }
        for json in [text.to_string(), format!("\"{text}\"")] {
            if let Ok(request) = serde_json::from_str::<BlindRequest>(&json) {
                let written = serde_json::to_string(&request).unwrap();
                assert_eq!(
                    serde_json::to_string(&serde_json::from_str::<BlindRequest>(&written).unwrap()).unwrap(),
                    written
                );
                taken = true;
            }
            taken |= serde_json::from_str::<Token>(&json).is_ok();
        }
        if let Ok(fraction) = text.parse::<plenum::rules::Ratio>() {
            assert_eq!(fraction.to_string().parse::<plenum::rules::Ratio>().unwrap(), fraction);
            taken = true;
        }
        taken
    })
    .fuzz();
}
