//! Random people give random commands: lawful ones, ones at the wrong time, ones by the wrong person, nonsense. After
//! each, what must always hold is tested by rules written down here a second time.

mod holds;
mod moves;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::common::admitted;
use super::scrutiny::{Bent, THRESHOLD};
use super::watch::Watch;
use crate::meeting::sample::{Sample, plan};
use crate::meeting::{
    Actor, AdjournGround, Admitted, Command, CommandKind, Event, Happened, LineFacts, Refusal, SeatId, Stage,
    State, VoidReason, decide,
};
use crate::plan::{Duty, Plan, SmallPlan, TrusteesPlan};
use crate::rules::{LineCount, Threshold};
use crate::words::Lang;
use holds::{always, may, moved_forward, was_done};

/// One move: what kind, by whom, and two numbers to choose with.
type Move = (u8, u8, u16, u16);

/// What a whole run leans to, so that rare ends are reached too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaning {
    Plain,
    /// The console holds the key.
    Console,
    DeferAll,
    LeaveBeforeVoting,
    StuffTheBox,
    NewRounds,
    Adjourn,
    TooFew,
    /// The making of the key is begun again, without one who left.
    KeyAgain,
    /// Terminals do not answer to the box, and some boxes grow.
    MissingTerminals,
    /// Few ballots come back.
    SmallBoxes,
    /// The same, by a plan that lets them be opened.
    SmallOpened,
    /// Scrutineers leave when the box is to be opened.
    FewScrutineers,
    /// Codes are made anew before voting.
    Reissue,
    /// The vote goes to paper, at any time.
    ByPaper,
    /// The meeting is adjourned to another day, again and again.
    Sittings,
    Chaos,
}

const LEANINGS: [Leaning; 17] = [
    Leaning::Plain,
    Leaning::Console,
    Leaning::DeferAll,
    Leaning::LeaveBeforeVoting,
    Leaning::StuffTheBox,
    Leaning::NewRounds,
    Leaning::Adjourn,
    Leaning::TooFew,
    Leaning::KeyAgain,
    Leaning::MissingTerminals,
    Leaning::SmallBoxes,
    Leaning::SmallOpened,
    Leaning::FewScrutineers,
    Leaning::Reissue,
    Leaning::ByPaper,
    Leaning::Chaos,
    Leaning::Sittings,
];

impl Leaning {
    /// What goes wrong in the scrutineers' part.
    fn bent(self) -> Bent {
        Bent {
            restart: self == Self::KeyAgain,
            stubborn: self == Self::MissingTerminals,
            grows: matches!(self, Self::MissingTerminals | Self::Plain),
            few_left: self == Self::FewScrutineers,
            reissue: self == Self::Reissue,
        }
    }
}

/// Seven members (m1 presides and is nominee n1, m4 records, m5 m6 m7 are scrutineers and hold the key), two attendees,
/// two items.
fn small_plan(leaning: Leaning) -> Plan {
    let mut plan = plan(Lang::En);
    if leaning != Leaning::Console {
        plan.meeting.trustees = TrusteesPlan::Scrutineers { threshold: THRESHOLD, allow_single: false };
        plan.people
            .iter_mut()
            .filter(|one| one.id == "m7")
            .for_each(|one| one.duties = vec![Duty::Scrutineer]);
    }
    if leaning == Leaning::SmallOpened {
        plan.meeting.small = SmallPlan::Open;
    }
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

struct Run {
    sample: Sample,
    /// The same meeting, folded from events that went through JSON.
    copy: State,
    leaning: Leaning,
    admitted: Vec<Admitted>,
    watch: Watch,
    seen: BTreeMap<&'static str, u32>,
    refused: BTreeSet<String>,
}

impl Run {
    fn new(leaning: Leaning, admitted: &[Admitted]) -> Self {
        let sample = Sample::of(small_plan(leaning));
        let copy = sample.state.clone();
        Self {
            sample,
            copy,
            leaning,
            admitted: admitted.to_vec(),
            watch: Watch::default(),
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
        let written = now + jiff::SignedDuration::from_secs(20);
        self.watch.at(&before, &actor, &events, (now, written));
        let again: Vec<Event> = serde_json::from_str(&serde_json::to_string(&events).unwrap()).unwrap();
        assert_eq!(again, events, "events come back as they went");
        self.sample.fold(&actor, &events);
        let (number, time) = (self.copy.line + 1, self.sample.now);
        let happened = Happened::Events(&again);
        let head = format!("{number:064x}");
        self.copy.fold(&LineFacts { number, time, head: &head, actor: &actor, order: None, happened });
        self.watch.after(&before, &self.sample.state);
        moved_forward(&before, self.state());
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
                        CommandKind::OpenPaperVote => "quorum missed for a vote on paper",
                        _ => "quorum missed at an item",
                    });
                }
                Event::MeetingOpened { due, present } => {
                    assert!(Threshold::QUORUM.holds(*present, *due));
                    assert_eq!((*due, *present), (7, state.present()));
                    self.saw(if state.sittings.is_empty() { "opened" } else { "opened again" });
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
                Event::RoundVoided { reason: VoidReason::Decided { .. }, .. } => self.saw("void"),
                Event::RoundVoided { reason: VoidReason::TooMany { issued, returned }, .. } => {
                    assert!(returned > issued);
                    self.saw("void: too many");
                }
                Event::BoxOpened { ballot } if state.round(ballot).unwrap().1.ballots.len() < 5 => {
                    assert_eq!(self.leaning, Leaning::SmallOpened);
                    self.saw("small box opened");
                }
                Event::Counted { ballot, opened, outcomes, .. } => {
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
                Event::AdjournedTo { .. } => {
                    assert!(state.rounds_under_way().next().is_none(), "papers are out");
                    let under_way = state.items.iter().any(|item| item.stage.is_on_floor());
                    self.saw(if under_way { "an item left for another day" } else { "left for another day" });
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
}

/// What some run must have reached, or these tests test nothing.
const REACHED: &[&str] = &[
    "adjourned",
    "adjourned without quorum",
    "an item left for another day",
    "another key",
    "box closed after its time",
    "box grown",
    "closed",
    "counted",
    "counted in a second round",
    "count entered",
    "count entered at the console",
    "counted by paper",
    "counted though another sum was given first",
    "counted under another key",
    "counted with the scrutineers' factors",
    "counts differed",
    "declared",
    "declared undecided",
    "declared without a ballot",
    "deferred",
    "done before",
    "full box confirmed",
    "heads differ",
    "issued again",
    "kept closed",
    "key begun again",
    "key made",
    "key made without one who left",
    "late arrival",
    "left during a ballot",
    "left for another day",
    "missing accepted",
    "opened",
    "opened again",
    "paper: too few",
    "paper: too many",
    "quorum lost before voting",
    "quorum missed at an item",
    "quorum missed at the opening",
    "recused",
    "refused by hand",
    "refusals",
    "released",
    "room compared",
    "room due again",
    "second round",
    "sheet refused",
    "sheet signed",
    "silent named",
    "signed after a refusal",
    "signed by hand",
    "small box opened",
    "suspended",
    "two sums given",
    "unopenable",
    "unopenable after the first factor",
    "unopenable without who was named",
    "void",
    "void by paper",
    "void: too many",
    "vote on paper",
];

/// Refusals that some run must have met.
const REFUSED: &[&str] = &[
    "AnsweredByOwnKey",
    "BoxNotConfirmed",
    "BoxStillChecked",
    "ConsoleHoldsKey",
    "CountWrong",
    "EnteredByOwnKey",
    "HalfDone",
    "HeadsNotCounted",
    "KeyNotReady",
    "MalformedKey",
    "NoRight",
    "NotAScrutineer",
    "NotAhead",
    "NotNow",
    "OtherResult",
    "OtherRoomCode",
    "OtherSum",
    "Recess",
    "ReissueDuringBallot",
    "RoomNotCompared",
    "SheetNotSigned",
    "StillOpenable",
    "SumsDoNotAddUp",
    "TooFewToOpen",
    "WrongBox",
];

#[test]
fn any_order_of_commands_keeps_the_invariants() {
    let admitted = admitted(9);
    let seen: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let refused: RefCell<BTreeSet<String>> = RefCell::default();
    let config = Config { cases: 400, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = proptest::collection::vec(any::<Move>(), 60..420);
    let result = runner.run(&(0usize..LEANINGS.len(), moves), |(leaning, moves)| {
        let mut run = Run::new(LEANINGS[leaning], &admitted);
        for one in moves {
            run.play(one);
        }
        run.same_as_copy();
        for (what, times) in run.seen.iter().chain(run.watch.seen()) {
            *seen.borrow_mut().entry(*what).or_default() += *times;
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
        REACHED.iter().copied().filter(|what| seen.get(what).is_none_or(|times| *times == 0)).collect();
    assert!(missing.is_empty(), "no run reached {missing:?}; reached: {seen:?}; refused: {refused:?}");
    let missing: Vec<&str> = REFUSED.iter().copied().filter(|name| !refused.contains(*name)).collect();
    assert!(missing.is_empty(), "nothing was refused as {missing:?}; refused: {refused:?}");
}
