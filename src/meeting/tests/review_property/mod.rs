//! Random people give random commands in a review. After each, what must always hold is tested by rules written down
//! here a second time: no question is lost, no slip has an author, nobody is evaluated twice.

mod clocks;
mod events;
mod holds;
mod moves;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::common::{KEY, admitted, read};
use super::scrutiny::{Bent, THRESHOLD};
use super::watch::Watch;
use crate::meeting::review_sample::{review_plan, slip_issuer};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, Admitted, Asker, Command, Event, Happened, ItemId, LineFacts, OfficialId, Phase, QuestionId,
    Refusal, ReviewState, State, decide, next_step,
};
use crate::plan::{ItemKind, OfficialOrder, Plan, Review, SmallPlan, TrusteesPlan};
use crate::rules::Combine;
use crate::words::Lang;

/// One move: what kind, by whom, and two numbers to choose with.
type Move = (u8, u8, u16, u16);

/// What a whole run leans to, so that rare ends are reached too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaning {
    /// One official after the other.
    Plain,
    /// The order is drawn by lot.
    Lots,
    /// Many questions, slips and speeches.
    Busy,
    /// More ballots than papers.
    StuffTheBox,
    /// Rounds are voided before the vote.
    NewRounds,
    /// Terminals do not answer to the box, and some boxes grow.
    MissingTerminals,
    /// Few ballots come back.
    SmallBoxes,
    /// The scrutineers hold the key, and leave when the box is to be opened.
    FewScrutineers,
    /// Codes are made anew before voting.
    Reissue,
    /// Officials whose papers wait are put off, and people stand aside whose papers wait.
    PutOff,
    /// The evaluation goes to paper, at any time.
    ByPaper,
    /// Nonsense.
    Chaos,
}

const LEANINGS: [Leaning; 14] = [
    Leaning::Busy,
    Leaning::Busy,
    Leaning::Plain,
    Leaning::Lots,
    Leaning::Busy,
    Leaning::StuffTheBox,
    Leaning::NewRounds,
    Leaning::MissingTerminals,
    Leaning::SmallBoxes,
    Leaning::FewScrutineers,
    Leaning::Reissue,
    Leaning::PutOff,
    Leaning::ByPaper,
    Leaning::Chaos,
];

impl Leaning {
    /// What goes wrong in the scrutineers' part.
    fn bent(self) -> Bent {
        Bent {
            restart: false,
            stubborn: self == Self::MissingTerminals,
            grows: self == Self::MissingTerminals,
            few_left: self == Self::FewScrutineers,
            reissue: self == Self::Reissue,
        }
    }

    /// Whether the scrutineers hold the key; otherwise the console does.
    fn holds_key(self) -> bool {
        matches!(self, Self::FewScrutineers | Self::Plain | Self::Reissue | Self::PutOff)
    }
}

const QUESTIONS_MAX: u32 = 3;
const SLIPS_MAX: u32 = 2;

/// Six members (m1 presides, m4 records) and five invited, counted apart. `o1` is the member m3; m2 is related to `o2`;
/// i1 and i2 to `o3`, so that its three other invited are counted with the members.
fn small_review(leaning: Leaning) -> Plan {
    let lots = leaning == Leaning::Lots;
    let mut plan = review_plan(Lang::En);
    if leaning.holds_key() {
        plan.meeting.trustees = TrusteesPlan::Scrutineers { threshold: THRESHOLD, allow_single: false };
    }
    // Groups of five and six are small: many boxes would stay closed.
    if leaning != Leaning::SmallBoxes {
        plan.meeting.small = SmallPlan::Open;
    }
    plan.people.retain(|person| !matches!(person.id.as_str(), "m7" | "m8" | "m9" | "a2" | "i6" | "o2"));
    let ItemKind::Review(review) = &mut plan.items[0].kind else { unreachable!() };
    review.order = if lots { OfficialOrder::Lot } else { OfficialOrder::Plan };
    (review.questions_max, review.opinions_max, review.slips_max) = (QUESTIONS_MAX, QUESTIONS_MAX, SLIPS_MAX);
    (review.combine, review.weights) = (Combine::Weights, vec![2, 1]);
    review.officials.truncate(3);
    for official in &mut review.officials {
        (official.person, official.relatives) = (None, Vec::new());
    }
    review.officials[0].person = Some("m3".to_owned());
    review.officials[1].relatives = vec!["m2".to_owned()];
    review.officials[2].relatives = vec!["i1".to_owned(), "i2".to_owned()];
    plan
}

fn item() -> ItemId {
    Sample::review_item()
}

struct Run {
    sample: Sample,
    /// The same meeting, folded from events that went through JSON.
    copy: State,
    leaning: Leaning,
    admitted: Vec<Admitted>,
    /// Every event with its time, for the clocks.
    log: Vec<(Timestamp, Event)>,
    asked: Vec<(QuestionId, OfficialId, Asker, String)>,
    declared: BTreeSet<OfficialId>,
    watch: Watch,
    seen: BTreeMap<&'static str, u32>,
    refused: BTreeSet<String>,
}

impl Run {
    fn new(leaning: Leaning, admitted: &[Admitted]) -> Self {
        let mut sample = Sample::of(small_review(leaning));
        let people: Vec<String> = sample.state.plan().people.iter().map(|one| one.id.clone()).collect();
        sample.sign_in(&people.iter().map(String::as_str).collect::<Vec<_>>());
        sample.console(Command::OpenMeeting);
        let agree = sample.state.present();
        sample.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
        sample.console(Command::OpenItem { item: item() });
        // Those who ask much have their slips from the start.
        if leaning == Leaning::Busy {
            sample.order(&Actor::Hub, Command::PublishSlipIssuer { item: item(), issuer: slip_issuer() });
            for id in ["m1", "m2", "m3", "m5", "i1", "i2", "i3", "i4", "i5"] {
                let requests = vec![read(KEY); SLIPS_MAX as usize];
                sample.order(&Actor::from(id), Command::RequestSlips { item: item(), requests });
            }
        }
        let copy = sample.state.clone();
        Self {
            sample,
            copy,
            leaning,
            admitted: admitted.to_vec(),
            log: Vec::new(),
            asked: Vec::new(),
            declared: BTreeSet::new(),
            watch: Watch::default(),
            seen: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    fn state(&self) -> &State {
        &self.sample.state
    }

    fn review(&self) -> (&Review, &ReviewState) {
        let state = self.state();
        let review = state.item_state(&item()).unwrap().review().unwrap();
        (state.item(&item()).unwrap().review().unwrap(), review)
    }

    fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    // ---- what must hold -----------------------------------------------------------------------------------------

    fn play(&mut self, one: Move) {
        let (actor, command) = self.choose(one);
        let json = serde_json::to_string(&command).unwrap();
        assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
        let now = self.sample.now;
        let events = match decide(self.state(), &actor, &command, now) {
            Ok(events) => events,
            Err(refusal) => {
                let json = serde_json::to_string(&refusal).unwrap();
                assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal);
                let name = format!("{refusal:?}");
                self.refused.insert(name.split([' ', '{']).next().unwrap().to_owned());
                return;
            }
        };
        assert!(!matches!(actor, Actor::Display(_)), "a display only looks");
        if events.is_empty() {
            self.saw("done before");
            return;
        }
        for event in &events {
            self.at_event(&actor, event);
        }
        let before = self.state().clone();
        self.watch.at(&before, &actor, &events, (now, now + jiff::SignedDuration::from_secs(20)));
        let again: Vec<Event> = serde_json::from_str(&serde_json::to_string(&events).unwrap()).unwrap();
        assert_eq!(again, events, "events come back as they went");
        self.sample.fold(&actor, &events);
        let (number, time) = (self.copy.line + 1, self.sample.now);
        let happened = Happened::Events(&again);
        let head = format!("{number:064x}");
        self.copy.fold(&LineFacts { number, time, head: &head, actor: &actor, order: None, happened });
        self.log.extend(events.into_iter().map(|event| (time, event)));
        let last = |event: &Event| matches!(event, Event::SlipKeyPublished { .. });
        assert!(
            before.phase <= self.state().phase && (before.phase != Phase::Ended || again.iter().all(last))
        );
        self.watch.after(&before, &self.sample.state);
        self.questions(&before);
        self.officials(&before);
        self.evaluations();
        self.the_floor();
        self.clocks();
        self.next_step_is_lawful();
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

    /// What Enter does at the console is never refused, but for a quorum, or because nobody took a paper.
    fn next_step_is_lawful(&self) {
        let Some(command) = next_step(self.state()).and_then(|step| step.command()) else { return };
        match decide(self.state(), &Actor::Console, &command, self.sample.now) {
            Ok(events) => assert!(!events.is_empty(), "{command:?} does nothing"),
            Err(Refusal::QuorumNotReached { .. } | Refusal::NoPaperIssued | Refusal::KeyNotReady { .. }) => {}
            Err(refusal) => panic!("the next step is {command:?}, and refused: {refusal:?}"),
        }
    }
}

/// What some run must have reached, or this tests nothing.
const REACHED: &[&str] = &[
    "a whole bundle void",
    "count entered",
    "count entered at the console",
    "counted by paper",
    "counts differed",
    "paper: too many",
    "signed by hand",
    "void by paper",
    "vote on paper",
    "another key",
    "box closed after its time",
    "box grown",
    "counted under another key",
    "two sums given",
    "counted with the scrutineers' factors",
    "full box confirmed",
    "issued again",
    "kept closed",
    "missing accepted",
    "official issued again",
    "papers for several officials",
    "put off after a box that stayed closed",
    "room due again",
    "sheet refused",
    "sheet signed",
    "unopenable",
    "voting on papers that waited",
    "waiting papers of somebody who stood aside",
    "waiting papers put off",
    "adjourned",
    "asked",
    "counted apart",
    "counted together",
    "declared",
    "done before",
    "extended",
    "inquiry",
    "merged",
    "opinion",
    "ordered",
    "over",
    "paused",
    "promised",
    "put off",
    "put off with questions",
    "questions ended",
    "recused",
    "reissued",
    "resumed",
    "returned",
    "satisfied",
    "second round",
    "slip asked",
    "slip followed up",
    "slip inquiry",
    "slip key",
    "slip opinion",
    "slip satisfied",
    "slips issued",
    "speech",
    "spoken",
    "suspended",
    "three declared",
    "void",
    "void: too many",
    "withdrawn",
    "by lot",
    "refusals",
];

#[test]
fn any_order_of_commands_keeps_a_review_whole() {
    let admitted = admitted(11);
    let seen: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let refused: RefCell<BTreeSet<String>> = RefCell::default();
    let config = Config { cases: 260, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = proptest::collection::vec(any::<Move>(), 60..640);
    let result = runner.run(&(0usize..LEANINGS.len(), moves), |(leaning, moves)| {
        let mut run = Run::new(LEANINGS[leaning], &admitted);
        for one in moves {
            run.play(one);
        }
        run.same_as_copy();
        if run.declared.len() == 3 {
            run.saw("three declared");
        }
        if run.leaning == Leaning::Lots && !run.review().1.order.is_empty() {
            run.saw("by lot");
        }
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
    seen.insert("refusals", u32::from(refused.len() >= 25));
    let missing: Vec<&str> =
        REACHED.iter().copied().filter(|what| seen.get(what).is_none_or(|times| *times == 0)).collect();
    assert!(missing.is_empty(), "no run reached {missing:?}; reached: {seen:?}; refused: {refused:?}");
}
