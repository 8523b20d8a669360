//! A small meeting for tests, with real signatures and real ballots, without network and hub: six members, one
//! attendee, three nominees, one of whom is deferred; three scrutineers whose key any two of them open; a first round that
//! is void, a second that is counted, whose result sheet one scrutineer does not sign.

mod ballots;
mod contested;
mod joint;
mod key;
mod open;
mod review;
mod term;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::rngs::StdRng;

pub use key::console_holds_key;

use super::bel::{bel_bytes, bel_path};
use super::{BALLOTS, MATERIALS, PLAN, SealBody, Transcript, finish, prepare, signers};
use crate::ballot::{CredentialSecret, Token, TrusteeKey, VoprfIssuer};
use crate::harmless::hostile::{hostile as harmful, spoilt};
use crate::journal::{Body, FILE_NAME, Line, NO_PREVIOUS, Replay};
use crate::meeting::{
    Actor, BallotId, Command, DetachReason, Event, Frozen, Identity, ItemId, LineId, Material, PaperCount,
    SeatId, SessionId, State, decide, result_hash, sha256_hex,
};
use crate::plan::{SessionFolder, TrusteesPlan};
use crate::rules::Choice;
use crate::words::Lang;

/// A meeting under way or over, in a folder of its own.
pub(crate) struct Sample {
    pub home: tempfile::TempDir,
    pub rng: StdRng,
    pub now: Timestamp,
    pub replay: Replay,
    pub lines: Vec<Line>,
    pub hub: Identity,
    /// The key of the machine that stands by.
    pub standby: Option<Identity>,
    pub console: Identity,
    /// The console's key, in force where the plan says so.
    pub trustee: TrusteeKey,
    /// The scrutineers' shares of theirs, in order.
    pub shares: Vec<TrusteeKey>,
    pub boxes: BTreeMap<BallotId, Vec<Vec<u8>>>,
    secrets: BTreeMap<BallotId, Vec<CredentialSecret>>,
    seats: BTreeMap<SeatId, Identity>,
    counters: BTreeMap<Actor, u64>,
    /// The keys of the slips of a review, with their tokens, and their issuer.
    pub slips: Vec<(Identity, Token)>,
    pub slip_issuer: Option<VoprfIssuer>,
    /// Whether every text that is written in the meeting is made hostile.
    hostile: bool,
}

/// The plan of the meeting.
fn plan_text(lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let (tag, title) = (pick("zh", "en"), pick("测试县第一次全会", "First plenum of Testshire"));
    let (body, venue) = (pick("测试县委员会", "Committee of Testshire"), pick("会议室", "Room 1"));
    let (member, attendee) = (pick("委员", "Member"), pick("列席", "Attendee"));
    let names = match lang {
        Lang::Zh => ["苏红梅", "卢启明", "蒋秀峰", "𠮷克平", "阿卜杜热合曼·买买提明", "康乐天", "田野"],
        Lang::En => {
            ["Ada Reed", "Ben Okoro", "Cleo Marsh", "Dan Ivory", "Eve Stone", "Finn Hale", "June Day"]
        }
    };
    let nominees = match lang {
        Lang::Zh => [("高原", "党总支书记"), ("蒋秀峰", "农业办公室主任"), ("林𠮷", "财政所所长")],
        Lang::En => {
            [("Gail Moor", "Party secretary"), ("Cleo Marsh", "Director, Farming"), ("Lin <b>", "=Treasurer")]
        }
    };
    let [n1, n2, n3, n4, n5, n6, n7] = names;
    let [(a, pa), (b, pb), (c, pc)] = nominees;
    let item = pick("表决拟任人选", "Appointments");
    let line = |id, name, post, list, person: &str| {
        format!(
            "[[items.nominees]]\nid = \"{id}\"\nname = \"{name}\"\npost = \"{post}\"\nlist = \"{list}\"\n{person}\
             introduction = \"{id}.md\"\ninspection = \"{id}-inspection.md\"\n"
        )
    };
    format!(
        "format = \"plenum-plan/1\"\nmeeting.title = \"{title}\"\nmeeting.body = \"{body}\"\n\
         meeting.date = 2027-03-12\nmeeting.venue = \"{venue}\"\nmeeting.language = \"{tag}\"\n\
         meeting.trustees = \"scrutineers\"\nmeeting.small = \"open\"\nmeeting.quorum = {{ of = \"due\", at_least = \"2/3\" }}\n\
         groups = [\n  {{ id = \"member\", name = \"{member}\", standing = \"member\" }},\n  \
         {{ id = \"guest\", name = \"{attendee}\", standing = \"attendee\" }},\n]\n\
         people = [\n  {{ id = \"m1\", name = \"{n1}\", group = \"member\", duties = [\"presiding\"] }},\n  \
         {{ id = \"m2\", name = \"{n2}\", group = \"member\", duties = [\"scrutineer\"] }},\n  \
         {{ id = \"m3\", name = \"{n3}\", group = \"member\" }},\n  \
         {{ id = \"m4\", name = \"{n4}\", group = \"member\", duties = [\"scrutineer\"] }},\n  \
         {{ id = \"m5\", name = \"{n5}\", group = \"member\" }},\n  \
         {{ id = \"m6\", name = \"{n7}\", group = \"member\", duties = [\"scrutineer\"] }},\n  \
         {{ id = \"g1\", name = \"{n6}\", group = \"guest\", duties = [\"recorder\"] }},\n]\n\
         [[items]]\nid = \"posts\"\nkind = \"nomination\"\ntitle = \"{item}\"\nvoters = [\"member\"]\n\
         attendees = [\"guest\"]\ncarried = {{ of = \"due\", more_than = \"1/2\" }}\norder = \"fixed\"\n{}{}{}",
        line("la", a, pa, "party", ""),
        line("lb", b, pb, "government", "person = \"m3\"\n"),
        line("lc", c, pc, "government", ""),
    )
}

impl Sample {
    /// A folder with a plan and its materials, and the first line.
    pub fn begin(lang: Lang, seed: u64) -> Self {
        Self::begin_from(str::to_owned, lang, seed)
    }

    /// The same with the plan's text changed.
    pub fn begin_from(change: impl Fn(&str) -> String, lang: Lang, seed: u64) -> Self {
        Self::begin_with(&change(&plan_text(lang)), Self::materials(), seed)
    }

    fn materials() -> Vec<String> {
        let lines = ["la", "lb", "lc"].into_iter();
        lines.flat_map(|line| [format!("{line}.md"), format!("{line}-inspection.md")]).collect()
    }

    /// The same with another plan and its materials.
    pub fn begin_with(plan_text: &str, materials: Vec<String>, seed: u64) -> Self {
        Self::begin_as(plan_text, materials, seed, false)
    }

    /// The same with a plan and words in which every text is hostile, as no checked plan is.
    pub fn begin_as(plan_text: &str, materials: Vec<String>, seed: u64, hostile: bool) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(MATERIALS)).unwrap();
        fs::write(home.path().join(PLAN), plan_text).unwrap();
        let write = |path: String| {
            let text = format!("# {path}\n");
            fs::write(home.path().join(MATERIALS).join(&path), &text).unwrap();
            Material { path, hash: sha256_hex(text.as_bytes()) }
        };
        let mut materials: Vec<Material> = materials.into_iter().map(write).collect();
        materials.sort_by(|a, b| a.path.cmp(&b.path));
        let plan = SessionFolder::new(home.path()).read_plan().unwrap_or_else(|fault| panic!("{fault:?}"));
        let plan = if hostile { spoilt(&plan, harmful) } else { plan };
        let trustee = TrusteeKey::generate(&mut rng);
        let trustees = (plan.meeting.trustees == TrusteesPlan::Console)
            .then(|| String::from_utf8(trustee.single_trustees(&mut rng).bytes().to_vec()).unwrap());
        let hub = Identity::generate(&mut rng);
        let console = Identity::generate(&mut rng);
        let frozen = Frozen {
            session: SessionId::from(format!("{seed:032x}")),
            rehearsal: false,
            plan,
            plan_hash: sha256_hex(plan_text.as_bytes()),
            materials,
            hub_key: hub.public(),
            trustees,
            exams: Vec::new(),
        };
        let now = "2027-03-12T01:00:00Z".parse().unwrap();
        let body = Body { order: None, events: vec![Event::Frozen(Box::new(frozen))] };
        let first = Line::write(1, NO_PREVIOUS, now, Actor::Hub, body, &mut rng).unwrap();
        let mut replay = Replay::new();
        replay.follow(&first).unwrap();
        let (boxes, secrets, seats, counters) = Default::default();
        Self {
            home,
            rng,
            now,
            replay,
            lines: vec![first],
            hub,
            standby: None,
            console,
            trustee,
            shares: Vec::new(),
            boxes,
            secrets,
            seats,
            counters,
            slips: Vec::new(),
            slip_issuer: None,
            hostile,
        }
    }

    /// The whole meeting, closed and not sealed.
    pub fn held(lang: Lang, seed: u64) -> Self {
        Self::begin(lang, seed).hold(lang)
    }

    /// Holds the meeting to its end.
    pub fn hold(mut self, lang: Lang) -> Self {
        let sample = &mut self;
        sample.open();
        sample.deliberate();
        let first = sample.issue();
        sample.officer(Command::NewRound {
            ballot: first,
            reason: lang.pick("一台终端故障", "a terminal broke").into(),
        });
        let second = sample.issue();
        use Choice::{Abstain, Agree, Disagree};
        sample.vote(&second, &[[Agree, Agree], [Agree, Disagree], [Agree, Abstain]]);
        sample.officer(Command::Declare { item: ItemId::from("posts") });
        sample.officer(Command::CloseMeeting);
        self
    }

    /// The same, whose vote cannot go on and is finished on paper: m2 counts at the own terminal, the console enters the same
    /// for m4; the first two counts differed. m2 signs the result, m4 by hand, m6 refuses by hand.
    pub fn held_on_paper(lang: Lang, seed: u64, hostile: bool) -> Self {
        let mut sample = Self::begin_as(&plan_text(lang), Self::materials(), seed, hostile);
        sample.open();
        sample.deliberate();
        sample.issue();
        sample.officer(Command::OpenPaperVote { item: ItemId::from("posts") });
        let ballot = BallotId::from("posts-r2");
        let count = |agree: u32| {
            let marks = vec![vec![agree, 4 - agree, 0], vec![2, 1, 1]];
            Box::new(PaperCount { issued: 5, cancelled: 0, returned: 4, marks, spoilt: vec![0, 0] })
        };
        let enter = |agree| Command::EnterCount { ballot: ballot.clone(), count: count(agree) };
        sample.give(&Actor::from("m2"), &enter(4));
        sample.give(&Actor::from("m4"), &enter(3));
        sample.give(&Actor::from("m2"), &enter(4));
        let scrutineer = SeatId::from("m4");
        sample.officer(Command::EnterCountFor { ballot: ballot.clone(), scrutineer, count: count(4) });
        let result = result_hash(sample.state().rounds_on_floor());
        let sign = Command::SignResult { ballot: ballot.clone(), result: result.clone() };
        sample.give(&Actor::from("m2"), &sign);
        for (who, refused) in [("m4", None), ("m6", Some(lang.pick("字迹不清", "the figures are blotted")))]
        {
            let (ballot, result) = (ballot.clone(), result.clone());
            let refused = refused.map(str::to_owned);
            sample.officer(Command::RecordSheet { ballot, scrutineer: who.into(), result, refused });
        }
        sample.officer(Command::Declare { item: ItemId::from("posts") });
        sample.officer(Command::CloseMeeting);
        sample
    }

    /// The whole meeting of hostile texts, closed and not sealed.
    pub fn held_hostile(lang: Lang, seed: u64) -> Self {
        Self::begin_as(&plan_text(lang), Self::materials(), seed, true).hold(lang)
    }

    /// The whole meeting, sealed.
    pub fn sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::held(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    pub fn dir(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn state(&self) -> &State {
        self.replay.state().unwrap()
    }

    /// The record's text.
    pub fn journal(&self) -> String {
        self.lines.iter().map(|line| format!("{}\n", line.text)).collect()
    }

    /// Journal and ballots into the folder.
    pub fn write(&self) {
        fs::write(self.path(FILE_NAME), self.journal()).unwrap();
        if !self.boxes.is_empty() {
            fs::create_dir_all(self.path(BALLOTS)).unwrap();
        }
        for (ballot, ballots) in &self.boxes {
            fs::write(self.path(&bel_path(ballot)), bel_bytes(self.state(), ballot, ballots).unwrap())
                .unwrap();
        }
        fs::create_dir_all(self.path("private/box")).unwrap();
        fs::write(self.path("private/box/slot"), b"secret").unwrap();
    }

    /// Seals the folder as it is.
    pub fn seal(&self) -> SealBody {
        let seal = prepare(self.dir(), &TimeZone::UTC).unwrap();
        self.sign(&seal);
        seal
    }

    pub fn sign(&self, seal: &SealBody) {
        finish(self.dir(), &self.signed(seal)).unwrap();
    }

    /// Witnessed by every terminal, and signed by all who sign, in their order.
    pub fn signed(&self, seal: &SealBody) -> Transcript {
        let mut transcript = self.signed_by_the_hub(seal);
        for seat in self.seats.keys() {
            transcript.add_witness(seal.witness(Actor::Seat(seat.clone()), &self.seats[seat]));
        }
        for signer in signers(self.state()) {
            transcript.may_sign(self.state(), &signer.by).unwrap();
            transcript.add_signature(transcript.sign(signer.by.clone(), self.identity(&signer.by)));
        }
        transcript
    }

    /// The seal as it begins.
    pub fn signed_by_the_hub(&self, seal: &SealBody) -> Transcript {
        let mut transcript = Transcript::begin(seal.clone());
        transcript.add_signature(transcript.sign(Actor::Hub, &self.hub));
        transcript
    }

    pub fn identity(&self, actor: &Actor) -> &Identity {
        match actor {
            Actor::Hub => &self.hub,
            Actor::Standby => self.standby.as_ref().unwrap(),
            Actor::Seat(seat) => &self.seats[seat],
            _ => &self.console,
        }
    }

    /// Gives a command; the rules must take it.
    pub fn give(&mut self, actor: &Actor, command: &Command) {
        let command = if self.hostile { spoilt(command, harmful) } else { command.clone() };
        self.give_as_it_is(actor, &command);
    }

    /// The same without making its texts hostile.
    fn give_as_it_is(&mut self, actor: &Actor, command: &Command) {
        self.now += SignedDuration::from_secs(7);
        let identity = self.identity(actor).clone();
        let counter = self.counters.entry(actor.clone()).or_default();
        *counter += 1;
        let state = self.replay.state().unwrap();
        let order =
            identity.order(state.session(), actor.clone(), *counter, self.replay.seen(), command).unwrap();
        let events = decide(state, actor, command, self.now)
            .unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        let body = Body { order: Some(order), events };
        let (number, hash) = (self.replay.number() + 1, self.replay.hash().to_owned());
        let line = Line::write(number, &hash, self.now, actor.clone(), body, &mut self.rng).unwrap();
        self.replay.follow(&line).unwrap();
        self.lines.push(line);
    }

    pub fn officer(&mut self, command: Command) {
        self.give(&Actor::Console, &command);
    }

    pub fn hub(&mut self, command: Command) {
        self.give(&Actor::Hub, &command);
    }

    /// A machine stands by, in step; or not waited for any more.
    pub fn stand_by(&mut self, attached: bool) {
        let standby = Identity::generate(&mut self.rng);
        let (key, pin) = (standby.public(), sha256_hex(standby.public().as_bytes()));
        self.standby = Some(standby);
        self.hub(Command::EnrolStandby { key, pin, addresses: vec!["10.0.0.2:7420".to_owned()] });
        self.hub(Command::AttachStandby);
        if !attached {
            self.hub(Command::DetachStandby { reason: DetachReason::Behind });
        }
    }

    /// It takes over, and the presiding officer goes on there.
    pub fn take_over(&mut self, forced: bool) {
        let (epoch, last) = (self.state().epoch() + 1, self.replay.seen());
        self.give(&Actor::Standby, &Command::TakeOver { epoch, last, forced });
        self.hub = self.standby.take().unwrap();
        self.console = Identity::generate(&mut self.rng);
        // A new machine and a new console count their orders from the beginning.
        self.counters.remove(&Actor::Standby);
        self.counters.remove(&Actor::Console);
        self.hub(Command::Enrol { who: Actor::Console, key: self.console.public() });
    }

    /// Everybody enrols; all but `m5` sign in; the meeting is opened.
    pub fn open(&mut self) {
        self.open_with(&["m1", "m2", "m3", "m4", "m6", "g1"]);
    }

    /// These enrol and sign in; the meeting is opened, the scrutineers are approved and make their key.
    pub fn open_with(&mut self, seats: &[&str]) {
        self.enrol(seats);
        self.officer(Command::OpenMeeting);
        let agree = self.state().present() - 1;
        self.officer(Command::ApproveScrutineers { agree, disagree: 0, abstain: 1 });
        self.make_key();
    }

    /// The console and these enrol, and these sign in.
    pub fn enrol(&mut self, seats: &[&str]) {
        self.hub(Command::Enrol { who: Actor::Console, key: self.console.public() });
        for seat in seats.iter().map(|seat| SeatId::from(*seat)) {
            let identity = Identity::generate(&mut self.rng);
            self.hub(Command::Enrol { who: Actor::Seat(seat.clone()), key: identity.public() });
            self.seats.insert(seat.clone(), identity);
            self.give(&Actor::Seat(seat.clone()), &Command::SignIn { seat });
        }
    }

    /// The record without its last line, as somebody would have it who takes it away.
    pub fn drop_last_line(&mut self) {
        self.lines.pop();
        self.replay = Replay::new();
        for line in &self.lines {
            self.replay.follow(line).unwrap();
        }
    }

    /// The item up to the issue; the last line is deferred.
    pub fn deliberate(&mut self) {
        let item = ItemId::from("posts");
        self.officer(Command::OpenItem { item: item.clone() });
        for line in ["la", "lb", "lc"].map(LineId::from) {
            self.officer(Command::Introduce { item: item.clone(), line });
        }
        self.officer(Command::BeginRecusal { item: item.clone() });
        self.officer(Command::BeginDeliberation { item: item.clone() });
        let lang = self.state().plan().meeting.language;
        let text = lang.pick("有委员询问<经历>。", "A member asked about *experience*.\u{1b}[2J").to_owned();
        self.give(&Actor::from("g1"), &Command::Note { text });
        let reason = lang.pick("有一项问题待查", "a question is open").to_owned();
        self.officer(Command::Defer { item: item.clone(), line: LineId::from("lc"), reason });
        self.officer(Command::EndDeliberation { item: item.clone() });
        self.officer(Command::Suspend { reason: lang.pick("茶歇", "tea").to_owned() });
        self.officer(Command::Resume);
    }
}
