//! Random people give random commands: lawful ones, ones at the wrong time, ones by the wrong person, nonsense. After
//! each, what must always hold is tested by rules written down here a second time.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::meeting::sample::{Sample, plan};
use crate::meeting::{
    Actor, AdjournGround, Admitted, BallotId, Command, CommandKind, Event, Happened, ItemId, LineFacts,
    LineId, OpenedBox, Phase, Refusal, Round, RoundPhase, SeatId, Setup, Stage, State, Step, VoidReason,
    decide, next_step,
};
use crate::plan::Plan;
use crate::rules::{LineCount, Threshold};
use crate::words::Lang;

/// One move: what kind, by whom, and two numbers to choose with.
type Move = (u8, u8, u16, u16);

/// What a whole run leans to, so that rare ends are reached too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaning {
    Plain,
    DeferAll,
    LeaveBeforeVoting,
    StuffTheBox,
    NewRounds,
    Adjourn,
    TooFew,
    Chaos,
}

const LEANINGS: [Leaning; 8] = [
    Leaning::Plain,
    Leaning::DeferAll,
    Leaning::LeaveBeforeVoting,
    Leaning::StuffTheBox,
    Leaning::NewRounds,
    Leaning::Adjourn,
    Leaning::TooFew,
    Leaning::Chaos,
];

/// Seven members (m1 presides and is nominee n1, m4 records, m5 m6 are scrutineers), two attendees, two items.
fn small_plan() -> Plan {
    let mut plan = plan(Lang::En);
    plan.people.retain(|person| !matches!(person.id.as_str(), "m8" | "m9"));
    let mut second = plan.items[0].clone();
    second.id = "second".to_owned();
    let crate::plan::ItemKind::Nomination(nomination) = &mut second.kind else { unreachable!() };
    nomination.lines.truncate(5);
    nomination.lines.drain(..3);
    nomination.lines[0].relatives = vec!["m7".to_owned()];
    let crate::plan::ItemKind::Nomination(nomination) = &mut plan.items[0].kind else { unreachable!() };
    nomination.lines.truncate(3);
    plan.items.push(second);
    plan
}

/// Something from a list.
pub(super) fn pick<T: Clone>(list: &[T], number: u16) -> T {
    list[usize::from(number) % list.len()].clone()
}

pub(super) fn hex(number: u64) -> String {
    format!("{number:064x}")
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

/// Credentials with tokens, sorted; no test here looks into them.
pub(super) fn admitted(count: u32) -> Vec<Admitted> {
    use crate::ballot::{CredentialSecret, Issuer, PaperRequest, VoprfIssuer};
    use rand::SeedableRng;
    let mut rng = rand::rngs::StdRng::seed_from_u64(7);
    let issuer = VoprfIssuer::generate(&mut rng);
    let mut admitted: Vec<Admitted> = (0..count)
        .map(|_| {
            let credential = CredentialSecret::generate(&mut rng).public();
            let request = PaperRequest::new(&credential, &mut rng).unwrap();
            let answer = issuer.issue(request.request(), &mut rng).unwrap();
            let token = request.finish(&answer, &issuer.public_key()).unwrap();
            Admitted { credential, token }
        })
        .collect();
    admitted.sort_by_key(|one| one.credential);
    admitted
}

pub(super) const KEY: &str = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
pub(super) const OTHER_KEY: &str = "0000ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

struct Run {
    sample: Sample,
    /// The same meeting, folded from events that went through JSON.
    copy: State,
    leaning: Leaning,
    admitted: Vec<Admitted>,
    counted: BTreeMap<BallotId, String>,
    seen: BTreeMap<&'static str, u32>,
    refused: BTreeSet<String>,
}

pub(super) fn setup(state: &State, admitted: &[Admitted], papers: usize) -> Setup {
    Setup {
        election: "{}".to_owned(),
        trustees: state.trustees().unwrap_or_default().to_owned(),
        admitted: admitted.iter().take(papers).cloned().collect(),
        issuer_secret: KEY.to_owned(),
        hash: crate::meeting::sha256_hex(b"setup"),
    }
}

pub(super) fn opened(sums: Vec<Vec<u32>>) -> Box<OpenedBox> {
    Box::new(OpenedBox { tally: String::new(), factors: Vec::new(), result: String::new(), sums })
}

impl Run {
    fn new(leaning: Leaning, admitted: &[Admitted]) -> Self {
        let sample = Sample::of(small_plan());
        let copy = sample.state.clone();
        Self {
            sample,
            copy,
            leaning,
            admitted: admitted.to_vec(),
            counted: BTreeMap::new(),
            seen: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    fn state(&self) -> &State {
        &self.sample.state
    }

    fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    // ---- what is asked ------------------------------------------------------------------------------------------

    /// The command that leads the meeting on, by the person whose it is.
    fn lead(&self, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let seat = |id: &str| Actor::Seat(SeatId::from(id));
        let Some(step) = next_step(state) else { return (Actor::Console, Command::Resume) };
        let voter = |round: &Round| pick(&round.issue.electorate, a);
        match step {
            Step::OpenMeeting => {
                let absent: Vec<SeatId> = state
                    .plan()
                    .people
                    .iter()
                    .map(crate::meeting::seat)
                    .filter(|seat| !state.is_present(seat))
                    .collect();
                let few = self.leaning == Leaning::TooFew && state.present() >= 3 && !a.is_multiple_of(4);
                if absent.len() <= 1 || few || a.is_multiple_of(12) {
                    return (Actor::Console, Command::OpenMeeting);
                }
                let one = pick(&absent, b);
                (Actor::Seat(one.clone()), Command::SignIn { seat: one })
            }
            Step::ApproveScrutineers => {
                let present = state.present();
                let disagree = if a.is_multiple_of(5) { present } else { u32::from(b) % (present / 3 + 1) };
                (
                    Actor::Console,
                    Command::ApproveScrutineers { agree: present - disagree, disagree, abstain: 0 },
                )
            }
            Step::OpenIssue(item) if self.leaning == Leaning::DeferAll && a.is_multiple_of(2) => {
                let lines = state.item(&item).unwrap().lines();
                let line = LineId::from(pick(lines, b).id.as_str());
                (Actor::Console, Command::Defer { item, line, reason: "needs more study".to_owned() })
            }
            Step::TakePapers(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                if round.issuer.is_none() {
                    return (Actor::Hub, Command::PublishIssuer { ballot, issuer: read(KEY) });
                }
                if round.without_paper().next().is_none() {
                    return (Actor::Hub, Command::CloseIssue { ballot });
                }
                let seats: Vec<SeatId> = round.without_paper().cloned().collect();
                let one = Actor::Seat(pick(&seats, a));
                match b % 24 {
                    0 => (one, Command::DeclinePaper { ballot }),
                    1 if !round.issued.is_empty() => (Actor::Console, Command::CloseIssue { ballot }),
                    _ => (
                        one,
                        Command::RequestPapers {
                            papers: vec![crate::meeting::PaperAsked { ballot, request: read(KEY) }],
                        },
                    ),
                }
            }
            Step::ConfirmList(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                let papers = round.issued.len();
                match round.unconfirmed().nth(usize::from(a) % papers.max(1)).or(round.unconfirmed().next()) {
                    _ if round.phase == RoundPhase::Registering => {
                        let setup = Box::new(setup(state, &self.admitted, papers));
                        (Actor::Hub, Command::FixList { ballot, setup })
                    }
                    Some(one) => {
                        let setup = round.setup.as_ref().unwrap().hash.clone();
                        (
                            Actor::Seat(one.clone()),
                            Command::ConfirmLists { lists: vec![crate::meeting::ListSeen { ballot, setup }] },
                        )
                    }
                    None => (Actor::Console, Command::OpenVoting { ballot }),
                }
            }
            Step::OpenVoting(ballot) => {
                let (item, round) = state.round(&ballot).unwrap();
                if self.leaning == Leaning::NewRounds && item.rounds.len() < 3 {
                    return (
                        Actor::Console,
                        Command::NewRound { ballot, reason: "a terminal was lost".to_owned() },
                    );
                }
                let here = round.issue.electorate.iter().filter(|seat| state.is_present(seat)).count();
                if self.leaning == Leaning::LeaveBeforeVoting && here >= 5 && !a.is_multiple_of(8) {
                    let one = voter(round);
                    return (Actor::Seat(one.clone()), Command::SignOut { seat: one });
                }
                (Actor::Console, Command::OpenVoting { ballot })
            }
            Step::SealBox(ballot) => {
                let (item, round) = state.round(&ballot).unwrap();
                let issued = u64::from(round.issued());
                let stuffed = self.leaning == Leaning::StuffTheBox && item.rounds.len() == 1;
                let returned = if stuffed { issued + 1 } else { u64::from(a) % (issued + 1) };
                let ballots = (0..returned).map(|number| read(&hex(number))).collect();
                (Actor::Hub, Command::FixBox { ballot, ballots })
            }
            Step::OpenBox(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                match round.box_unconfirmed().next() {
                    Some(one) if !a.is_multiple_of(3) => {
                        let box_hash = round.box_hash.clone().unwrap();
                        (Actor::Seat(one.clone()), Command::ConfirmBox { ballot, box_hash })
                    }
                    _ => (Actor::Console, Command::OpenBox { ballot }),
                }
            }
            Step::AwaitCount(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                let returned = round.returned().unwrap();
                let sums = (0..round.issue.lines.len())
                    .map(|line| {
                        let agree = (u32::from(a) + line as u32) % (returned + 1);
                        let disagree = u32::from(b) % (returned - agree + 1);
                        vec![agree, disagree, returned - agree - disagree]
                    })
                    .collect();
                (Actor::Hub, Command::PublishCount { ballot, opened: opened(sums) })
            }
            Step::Seal => (seat("m2"), Command::Note { text: "after the end".to_owned() }),
            step => (Actor::Console, step.command().unwrap()),
        }
    }

    /// Anything, by anyone.
    fn wild(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let actors = [
            "console", "console", "console", "hub", "display", "m1", "m2", "m4", "m5", "m7", "a1", "nobody",
            "console",
        ];
        let actor = Actor::from(pick(&actors, u16::from(who)));
        let seats = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "a1", "a2", "nobody", "hub", ""];
        let own = actor.seat().cloned().unwrap_or_else(|| SeatId::from("m3"));
        let seat = if b.is_multiple_of(2) { own } else { SeatId::from(pick(&seats, b / 2)) };
        let floor = state.current_item().map_or(ItemId::from("appoint"), |item| item.id.clone());
        let item =
            if b % 4 == 3 { ItemId::from(pick(&["appoint", "second", "nothing"], b / 4)) } else { floor };
        let line = LineId::from(pick(&["n1", "n2", "n3", "n4", "n5", "zz"], b / 3));
        let on_floor =
            state.current_round().map_or(BallotId::from("appoint"), |(_, round)| round.issue.ballot.clone());
        let ballot = if b % 5 == 4 {
            BallotId::from(pick(&["appoint", "appoint-r2", "second", "zz"], b / 5))
        } else {
            on_floor
        };
        let reason = pick(&["a reason", " ", "", "又一个理由"], b / 7).to_owned();
        let round = state.round(&ballot).map(|(_, round)| round);
        let papers = round.map_or(0, |round| round.issued.len());
        let command = match a % 38 {
            0 => Command::Enrol {
                who: Actor::from(pick(&seats, b)),
                key: pick(&[KEY, OTHER_KEY, "zz"], b / 2).to_owned(),
            },
            1 => Command::ReissueCode { who: Actor::from(pick(&seats, b)) },
            2 | 36 => Command::SignIn { seat },
            3 | 37 => Command::SignOut { seat },
            4 => Command::OpenMeeting,
            5 => Command::ApproveScrutineers {
                agree: u32::from(b) % 8,
                disagree: u32::MAX / 2,
                abstain: u32::MAX,
            },
            6 => Command::OpenItem { item },
            7 => Command::Introduce { item, line },
            8 => Command::BeginRecusal { item },
            9 => Command::Recuse { item, seat },
            10 => Command::Return { item, seat },
            11 => Command::BeginDeliberation { item },
            12 => Command::EndDeliberation { item },
            13 => Command::Defer { item, line, reason },
            14 => Command::Undefer { item, line },
            15 => Command::Note { text: reason },
            16 => Command::OpenIssue { item },
            17 => Command::PublishIssuer {
                ballot,
                issuer: read(if b.is_multiple_of(3) { OTHER_KEY } else { KEY }),
            },
            18 => Command::RequestPapers {
                papers: vec![crate::meeting::PaperAsked {
                    ballot,
                    request: read(if b.is_multiple_of(3) { OTHER_KEY } else { KEY }),
                }],
            },
            19 => Command::DeclinePaper { ballot },
            20 => Command::CloseIssue { ballot },
            21 => {
                let mut setup = setup(state, &self.admitted, papers + usize::from(b % 3));
                match b % 4 {
                    0 => setup.admitted.reverse(),
                    1 => setup.trustees = "[1]".to_owned(),
                    _ => {}
                }
                Command::FixList { ballot, setup: Box::new(setup) }
            }
            22 => Command::ConfirmLists {
                lists: vec![crate::meeting::ListSeen {
                    ballot,
                    setup: crate::meeting::sha256_hex(if b.is_multiple_of(2) { b"setup" } else { b"other" }),
                }],
            },
            23 => Command::Object { ballot, reason },
            24 => Command::NewRound { ballot, reason },
            25 => Command::OpenVoting { ballot },
            26 => Command::CloseVoting { ballot },
            27 => {
                let mut ballots: Vec<_> = (0..u64::from(b) % 9).map(|number| read(&hex(number))).collect();
                if b.is_multiple_of(3) {
                    ballots.reverse();
                }
                Command::FixBox { ballot, ballots }
            }
            28 => Command::ConfirmBox {
                ballot,
                box_hash: round
                    .and_then(|round| round.box_hash.clone())
                    .filter(|_| b.is_multiple_of(2))
                    .unwrap_or_default(),
            },
            29 => Command::OpenBox { ballot },
            30 => {
                let lines = round.map_or(1, |round| round.issue.lines.len());
                let sums = vec![vec![u32::from(b) % 8, 0, 0]; lines + usize::from(b % 2)];
                Command::PublishCount { ballot, opened: opened(sums) }
            }
            31 => Command::Declare { item },
            32 => Command::Suspend { reason },
            33 => Command::Resume,
            34 => Command::CloseMeeting,
            _ => {
                let decided = AdjournGround::Decided { reason };
                Command::Adjourn {
                    ground: if b.is_multiple_of(2) { AdjournGround::NoQuorum } else { decided },
                }
            }
        };
        (actor, command)
    }

    fn choose(&self, (kind, who, a, b): Move) -> (Actor, Command) {
        let wild_of_100 = if self.leaning == Leaning::Chaos { 70 } else { 25 };
        let (actor, command) = if kind % 100 < wild_of_100 { self.wild(who, a, b) } else { self.lead(a, b) };
        // An end that comes too often would end every run before anything has happened.
        let ends = matches!(command, Command::Adjourn { .. }) && actor == Actor::Console;
        if ends && self.leaning != Leaning::Adjourn && self.leaning != Leaning::TooFew {
            return self.lead(a, b);
        }
        (actor, command)
    }

    // ---- what must hold -----------------------------------------------------------------------------------------

    fn play(&mut self, one: Move) {
        let (actor, command) = self.choose(one);
        let json = serde_json::to_string(&command).unwrap();
        assert_eq!(
            serde_json::from_str::<Command>(&json).unwrap(),
            command,
            "a command comes back as it went"
        );
        let now = self.sample.now;
        let decision = decide(self.state(), &actor, &command, now);
        assert_eq!(decision, decide(self.state(), &actor, &command, now), "deciding twice gives the same");
        let events = match decision {
            Ok(events) => events,
            Err(refusal) => {
                let json = serde_json::to_string(&refusal).unwrap();
                assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal);
                let name = format!("{refusal:?}");
                self.refused.insert(name.split([' ', '{']).next().unwrap().to_owned());
                return;
            }
        };
        assert!(may(self.state(), &actor, &command), "{actor} has no right to {command:?}");
        if events.is_empty() {
            assert!(
                was_done(self.state(), &actor, &command),
                "nothing follows, and it was not done: {command:?}"
            );
            self.saw("done before");
            return;
        }
        let before = self.state().clone();
        self.note(&actor, &command, &events);
        let again: Vec<Event> = serde_json::from_str(&serde_json::to_string(&events).unwrap()).unwrap();
        assert_eq!(again, events, "events come back as they went");
        self.sample.fold(&actor, &events);
        let (number, time) = (self.copy.line + 1, self.sample.now);
        let happened = Happened::Events(&again);
        let head = format!("{number:064x}");
        self.copy.fold(&LineFacts { number, time, head: &head, actor: &actor, order: None, happened });
        moved_forward(&before, self.state());
        self.counted_stays();
        always(self.state());
        if self.state().line.is_multiple_of(16) {
            self.same_as_copy();
        }
    }

    fn same_as_copy(&self) {
        assert_eq!(
            format!("{:?}", self.state()),
            format!("{:?}", self.copy),
            "the fold of the written events differs"
        );
    }

    /// Counts what has been reached, and tests what holds at that very event.
    fn note(&mut self, actor: &Actor, command: &Command, events: &[Event]) {
        let state = self.state().clone();
        for event in events {
            match event {
                Event::QuorumMissed(missed) => {
                    assert!(!Threshold::QUORUM.holds(missed.present, missed.due));
                    assert_eq!(missed.needed, Threshold::QUORUM.least(missed.due));
                    self.saw(match command.kind() {
                        CommandKind::OpenMeeting => "quorum missed at the opening",
                        CommandKind::OpenVoting => "quorum lost before voting",
                        _ => "quorum missed at an item",
                    });
                }
                Event::MeetingOpened { due, present } => {
                    assert!(Threshold::QUORUM.holds(*present, *due));
                    assert_eq!((*due, *present), (7, state.present()));
                    self.saw("opened");
                }
                Event::SignedIn { .. } if state.current_round().is_some() => self.saw("late arrival"),
                Event::SignedOut { .. } if state.current_round().is_some() => {
                    self.saw("left during a ballot")
                }
                Event::Recused { .. } => self.saw("recused"),
                Event::Deferred { .. } => self.saw("deferred"),
                Event::IssueOpened(issue) => {
                    let here: Vec<SeatId> = state
                        .plan()
                        .members()
                        .map(crate::meeting::seat)
                        .filter(|seat| state.is_present(seat))
                        .collect();
                    assert_eq!(issue.electorate, here, "the electorate is who of the voters is in the room");
                    if issue.round > 1 {
                        self.saw("second round");
                    }
                }
                Event::VotingOpened { ballot } => {
                    let (_, round) = state.round(ballot).unwrap();
                    assert_eq!(
                        round.issued.keys().collect::<Vec<_>>(),
                        round.confirmed.iter().collect::<Vec<_>>()
                    );
                    assert_eq!(round.setup.as_ref().unwrap().admitted.len(), round.issued.len());
                    let here = round.issue.electorate.iter().filter(|seat| state.is_present(seat)).count();
                    assert!(
                        Threshold::QUORUM.holds(here as u32, round.issue.due),
                        "voting opens with a quorum"
                    );
                }
                Event::RoundVoided { reason, .. } => self.saw(match reason {
                    VoidReason::TooFew { .. } => "a box with too few",
                    VoidReason::Unopenable { .. } => "a box that cannot be opened",
                    VoidReason::PutOff => "a ballot of an official put off",
                    VoidReason::Decided { .. } => "void",
                    VoidReason::TooMany { issued, returned } => {
                        assert!(returned > issued);
                        "void: too many"
                    }
                }),
                Event::Counted { ballot, opened, outcomes } => {
                    assert_eq!(*actor, Actor::Hub);
                    let (_, round) = state.round(ballot).unwrap();
                    assert_eq!(opened.sums.len(), round.issue.lines.len());
                    assert_eq!(outcomes.len(), round.issue.lines.len());
                    for (sums, outcome) in opened.sums.iter().zip(outcomes) {
                        let count = LineCount { agree: sums[0], disagree: sums[1], abstain: sums[2] };
                        let returned = round.returned().unwrap();
                        assert_eq!(sums.iter().sum::<u32>(), returned);
                        let expected = count.outcome(&Threshold::MAJORITY, 7, round.present(), returned);
                        assert_eq!(format!("{outcome:?}"), format!("{expected:?}"));
                    }
                    self.saw(if round.issue.round > 1 { "counted in a second round" } else { "counted" });
                }
                Event::Declared { item } => {
                    let balloted = state.item_state(item).unwrap().round().is_some();
                    self.saw(if balloted { "declared" } else { "declared without a ballot" });
                }
                Event::Suspended { .. } => self.saw("suspended"),
                Event::Adjourned { ground: AdjournGround::NoQuorum } => {
                    assert!(state.quorum_missed.is_some());
                    self.saw("adjourned without quorum");
                }
                Event::Adjourned { .. } => self.saw("adjourned"),
                Event::Closed => {
                    assert!(state.items.iter().all(|item| item.stage == Stage::Declared));
                    self.saw("closed");
                }
                _ => {}
            }
        }
    }

    /// A counted round never changes, but for terminals that confirm its box.
    fn counted_stays(&mut self) {
        for item in &self.sample.state.items {
            for round in item.rounds.iter().filter(|round| round.phase == RoundPhase::Counted) {
                let mut round = round.clone();
                round.box_confirmed.clear();
                let now = format!("{round:?}");
                let first = self.counted.entry(round.issue.ballot.clone()).or_insert_with(|| now.clone());
                assert_eq!(*first, now, "a counted round has changed");
            }
        }
    }
}

/// Who may do what, written down a second time.
fn may(state: &State, actor: &Actor, command: &Command) -> bool {
    use CommandKind as Kind;
    let kind = command.kind();
    let by_hub =
        [Kind::Enrol, Kind::PublishIssuer, Kind::FixList, Kind::FixBox, Kind::PublishCount].contains(&kind);
    let by_seat_alone =
        [Kind::RequestPapers, Kind::DeclinePaper, Kind::ConfirmLists, Kind::ConfirmBox].contains(&kind);
    match actor {
        Actor::Hub => by_hub || kind == Kind::CloseIssue,
        Actor::Display(_) => false,
        Actor::Console => !by_hub && !by_seat_alone,
        Actor::Seat(seat) => {
            let recorder = seat.as_str() == "m4";
            let known = state.plan().person(seat.as_str()).is_some();
            let holds = |ballot: &BallotId| {
                state.round(ballot).is_some_and(|(_, round)| round.issued.contains_key(seat))
            };
            let votes = |ballot: &BallotId| {
                state.round(ballot).is_some_and(|(_, round)| round.issue.electorate.contains(seat))
            };
            known
                && match command {
                    Command::SignIn { seat: whose }
                    | Command::SignOut { seat: whose }
                    | Command::Recuse { seat: whose, .. } => recorder || whose == seat,
                    Command::Return { .. } | Command::Note { .. } => recorder,
                    Command::RequestPapers { papers } => papers.iter().all(|paper| votes(&paper.ballot)),
                    Command::DeclinePaper { ballot } => votes(ballot),
                    Command::ConfirmLists { lists } => lists.iter().all(|list| holds(&list.ballot)),
                    Command::ConfirmBox { ballot, .. } => holds(ballot),
                    Command::Object { .. } => true,
                    _ => false,
                }
        }
    }
}

/// Whether a command without consequences had been carried out before.
fn was_done(state: &State, actor: &Actor, command: &Command) -> bool {
    let round = command.ballot().and_then(|ballot| state.round(ballot)).map(|(_, round)| round);
    match (command, round, actor.seat()) {
        (Command::Enrol { who, key }, _, _) => state.keys.get(who) == Some(key),
        (Command::PublishIssuer { issuer, .. }, Some(round), _) => round.issuer.as_ref() == Some(issuer),
        (Command::RequestPapers { papers }, _, Some(seat)) => papers.iter().all(|paper| {
            let round = state.round(&paper.ballot).map(|(_, round)| round);
            round.is_some_and(|round| round.issued.get(seat) == Some(&paper.request))
        }),
        (Command::DeclinePaper { .. }, Some(round), Some(seat)) => round.declined.contains(seat),
        (Command::ConfirmLists { lists }, _, Some(seat)) => lists
            .iter()
            .all(|list| state.round(&list.ballot).is_some_and(|(_, round)| round.confirmed.contains(seat))),
        (Command::ConfirmBox { .. }, Some(round), Some(seat)) => round.box_confirmed.contains(seat),
        _ => false,
    }
}

fn moved_forward(before: &State, after: &State) {
    assert!(before.phase <= after.phase);
    assert_eq!(before.line + 1, after.line);
    for (old, new) in before.items.iter().zip(&after.items) {
        assert!(old.stage <= new.stage, "{:?} after {:?}", new.stage, old.stage);
        assert!(old.rounds.len() <= new.rounds.len());
        for (old, new) in old.rounds.iter().zip(&new.rounds) {
            assert!(old.phase <= new.phase, "{:?} after {:?}", new.phase, old.phase);
            assert_eq!(old.issue, new.issue, "what an issue fixes stays");
            assert!(
                new.phase != RoundPhase::Void
                    || old.phase < RoundPhase::Opening
                    || old.phase == RoundPhase::Void
            );
        }
    }
    if before.phase == Phase::Ended {
        panic!("something was accepted after the end");
    }
}

/// The invariants of [`State`].
fn always(state: &State) {
    let plan = state.plan();
    let members: BTreeSet<SeatId> = plan.members().map(crate::meeting::seat).collect();
    assert!(state.due() >= state.present());
    assert!(state.attendance.keys().all(|seat| plan.person(seat.as_str()).is_some()));
    let on_floor =
        state.items.iter().filter(|item| !matches!(item.stage, Stage::ToCome | Stage::Declared)).count();
    assert!(on_floor <= 1, "one item at a time");
    let stages: Vec<bool> = state.items.iter().map(|item| item.stage == Stage::ToCome).collect();
    assert!(stages.is_sorted(), "items are called in order");
    for item in &state.items {
        let nomination = state.item(&item.id).unwrap().nomination().unwrap();
        assert!(item.deferred.keys().all(|line| nomination.line(line.as_str()).is_some()));
        assert!(item.recused.is_subset(&item.was_recused));
        assert!(
            item.stage < Stage::Deliberated || item.recused.is_empty(),
            "nobody is outside after the deliberation"
        );
        if let Some((last, earlier)) = item.rounds.split_last() {
            assert!(
                earlier.iter().all(|round| round.phase == RoundPhase::Void),
                "only the last round can count"
            );
            assert_eq!(item.stage == Stage::Declared, item.stage == Stage::Declared && last.count.is_some());
        }
        for (place, round) in item.rounds.iter().enumerate() {
            let electorate: BTreeSet<SeatId> = round.issue.electorate.iter().cloned().collect();
            let issued: BTreeSet<SeatId> = round.issued.keys().cloned().collect();
            assert_eq!(electorate.len(), round.issue.electorate.len());
            assert_eq!(round.issue.round as usize, place + 1);
            assert!(electorate.is_subset(&members));
            assert!(issued.is_subset(&electorate));
            assert!(round.declined.is_subset(&electorate) && round.declined.is_disjoint(&issued));
            assert!(round.confirmed.is_subset(&issued) && round.box_confirmed.is_subset(&issued));
            assert!(round.issue.due >= round.present() && round.present() >= round.issued());
            assert!(round.returned().is_none_or(|returned| returned <= round.issued()));
            assert_eq!(round.void.is_some(), round.phase == RoundPhase::Void);
            assert_eq!(round.count.is_some(), round.phase == RoundPhase::Counted);
            let mut lines: Vec<&LineId> = round.issue.lines.iter().chain(&round.issue.deferred).collect();
            lines.sort();
            let mut all: Vec<LineId> =
                nomination.lines.iter().map(|line| LineId::from(line.id.as_str())).collect();
            all.sort();
            assert_eq!(lines, all.iter().collect::<Vec<_>>(), "every line is voted on or deferred");
        }
    }
}

/// What some run must have reached, or these tests test nothing.
const REACHED: [&str; 21] = [
    "adjourned",
    "adjourned without quorum",
    "closed",
    "counted",
    "counted in a second round",
    "declared",
    "declared without a ballot",
    "deferred",
    "done before",
    "late arrival",
    "left during a ballot",
    "opened",
    "quorum lost before voting",
    "quorum missed at an item",
    "quorum missed at the opening",
    "recused",
    "second round",
    "suspended",
    "void",
    "void: too many",
    "refusals",
];

#[test]
fn any_order_of_commands_keeps_the_invariants() {
    let admitted = admitted(9);
    let seen: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let refused: RefCell<BTreeSet<String>> = RefCell::default();
    let config =
        Config { cases: 600, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = proptest::collection::vec(any::<Move>(), 40..260);
    let result = runner.run(&(0usize..LEANINGS.len(), moves), |(leaning, moves)| {
        let mut run = Run::new(LEANINGS[leaning], &admitted);
        for one in moves {
            run.play(one);
        }
        run.same_as_copy();
        for (what, times) in run.seen {
            *seen.borrow_mut().entry(what).or_default() += times;
        }
        refused.borrow_mut().extend(run.refused);
        Ok(())
    });
    if let Err(fault) = result {
        panic!("{fault}");
    }
    let (mut seen, refused) = (seen.into_inner(), refused.into_inner());
    seen.insert("refusals", u32::from(refused.len() >= 30));
    let missing: Vec<&str> =
        REACHED.into_iter().filter(|what| seen.get(what).is_none_or(|times| *times == 0)).collect();
    assert!(missing.is_empty(), "no run reached {missing:?}; reached: {seen:?}; refused: {refused:?}");
}
