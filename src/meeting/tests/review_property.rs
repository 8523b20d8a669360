//! Random people give random commands in a review. After each, what must always hold is tested by rules written down
//! here a second time: no question is lost, no slip has an author, nobody is evaluated twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::property::{KEY, OTHER_KEY, admitted, hex, opened, pick, read, setup};
use crate::meeting::review_sample::{review_plan, slip_act, slip_issuer, slip_key, slip_secret};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, AdjournGround, Admitted, Asker, BallotId, Command, Ended, Event, Happened, ItemId, Left,
    LineFacts, OfficialId, OfficialStage, Phase, Question, QuestionId, Refusal, ReviewState, Round,
    RoundPhase, SLIP_ACTS_MAX, SeatId, SlipAct, SlipKind, SlipSays, Stage, Standing, State, Step, VoidReason,
    decide, next_step, seat,
};
use crate::plan::{ItemKind, OfficialOrder, Plan, Review};
use crate::rules::{Combine, GroupMarks};
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
    /// Nonsense.
    Chaos,
}

const LEANINGS: [Leaning; 6] =
    [Leaning::Plain, Leaning::Lots, Leaning::Busy, Leaning::StuffTheBox, Leaning::NewRounds, Leaning::Chaos];

const QUESTIONS_MAX: u32 = 3;
const SLIPS_MAX: u32 = 2;

/// Six members (m1 presides, m4 records) and five invited, counted apart. `o1` is the member m3; m2 is related to `o2`;
/// i1 and i2 to `o3`, so that its three other invited are counted with the members.
fn small_review(lots: bool) -> Plan {
    let mut plan = review_plan(Lang::En);
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
    seen: BTreeMap<&'static str, u32>,
    refused: BTreeSet<String>,
}

impl Run {
    fn new(leaning: Leaning, admitted: &[Admitted]) -> Self {
        let mut sample = Sample::of(small_review(leaning == Leaning::Lots));
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
            seen: BTreeMap::new(),
            refused: BTreeSet::new(),
        }
    }

    fn state(&self) -> &State {
        &self.sample.state
    }

    fn review(&self) -> (&Review, &ReviewState) {
        let state = self.state();
        let review = state.item_state(&item()).unwrap().review.as_ref().unwrap();
        (state.item(&item()).unwrap().review().unwrap(), review)
    }

    fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    // ---- what is asked ------------------------------------------------------------------------------------------

    /// The command that leads the meeting on, by the person whose it is.
    fn lead(&self, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let Some(step) = next_step(state) else { return (Actor::Console, Command::Resume) };
        match step {
            Step::AwaitOrder(item) => {
                let mut order: Vec<OfficialId> =
                    self.review().0.officials.iter().map(|one| one.id.as_str().into()).collect();
                order.rotate_left(usize::from(a) % 3);
                (Actor::Hub, Command::FixOrder { item, order })
            }
            Step::BeginReport(item) if a.is_multiple_of(4) => {
                (Actor::Console, Command::ReportInWriting { item, reason: "abroad".to_owned() })
            }
            Step::BeginReport(item) if !self.review().1.queue.is_empty() && a % 4 == 1 => {
                let official = self.review().1.current.clone().unwrap();
                (Actor::Console, Command::PutOff { item, official, reason: "ill".to_owned() })
            }
            Step::EndQuestion(item, question) => {
                (Actor::Console, Command::EndQuestion { item, question, ended: ended(state, a) })
            }
            Step::TakePapers(_) | Step::ConfirmList(_) | Step::SealBox(_) | Step::AwaitCount(_) => {
                let rounds: Vec<&Round> = state.rounds_on_floor().collect();
                self.in_round(pick(&rounds, b), a)
            }
            Step::OpenVoting(ballot) => {
                let rounds = state.item_state(&item()).unwrap().rounds.len();
                if self.leaning == Leaning::NewRounds && rounds < 8 && a.is_multiple_of(2) {
                    return (Actor::Console, Command::NewRound { ballot, reason: "lost".to_owned() });
                }
                (Actor::Console, Command::OpenVoting { ballot })
            }
            Step::CloseMeeting | Step::Seal
                if self.review().1.slip_issuer.is_some() && self.review().1.slip_secret.is_none() =>
            {
                (Actor::Hub, Command::PublishSlipKey { item: item(), secret: slip_secret() })
            }
            Step::Seal => (Actor::Hub, Command::PublishSlips { item: item(), slips: vec![self.slip(a, b)] }),
            step => (Actor::Console, step.command().unwrap()),
        }
    }

    fn in_round(&self, round: &Round, a: u16) -> (Actor, Command) {
        let ballot = round.issue.ballot.clone();
        let papers = round.issued.len();
        match round.phase {
            RoundPhase::Issuing if round.issuer.is_none() => {
                (Actor::Hub, Command::PublishIssuer { ballot, issuer: read(KEY) })
            }
            RoundPhase::Issuing => match round.without_paper().next() {
                Some(one) if a.is_multiple_of(32) => {
                    (Actor::Seat(one.clone()), Command::DeclinePaper { ballot })
                }
                Some(one) => (
                    Actor::Seat(one.clone()),
                    Command::RequestPapers {
                        papers: vec![crate::meeting::PaperAsked { ballot, request: read(KEY) }],
                    },
                ),
                None => (Actor::Hub, Command::CloseIssue { ballot }),
            },
            RoundPhase::Registering => {
                let setup = Box::new(setup(self.state(), &self.admitted, papers));
                (Actor::Hub, Command::FixList { ballot, setup })
            }
            RoundPhase::Confirming => match round.unconfirmed().next() {
                Some(one) => {
                    let setup = round.setup.as_ref().unwrap().hash.clone();
                    (
                        Actor::Seat(one.clone()),
                        Command::ConfirmLists { lists: vec![crate::meeting::ListSeen { ballot, setup }] },
                    )
                }
                None => (Actor::Console, Command::OpenVoting { ballot }),
            },
            RoundPhase::Sealing => {
                let first = round.issue.round == 1 && self.leaning == Leaning::StuffTheBox;
                let returned = if first { papers as u64 + 1 } else { u64::from(a) % (papers as u64 + 1) };
                let ballots = (0..returned).map(|number| read(&hex(number))).collect();
                (Actor::Hub, Command::FixBox { ballot, ballots })
            }
            RoundPhase::Opening => {
                let returned = round.returned().unwrap();
                let sums = (0..round.issue.lines.len() as u32)
                    .map(|line| {
                        let good = (u32::from(a) + line) % (returned + 1);
                        let poor = (u32::from(a) / 7) % (returned - good + 1);
                        vec![good, returned - good - poor, 0, poor]
                    })
                    .collect();
                (Actor::Hub, Command::PublishCount { ballot, opened: opened(sums) })
            }
            _ => (Actor::Console, Command::OpenBox { ballot }),
        }
    }

    /// An act of some slip: the next of one that came, a replay of one, or a fresh one.
    fn slip(&self, a: u16, b: u16) -> SlipAct {
        let (plan, review) = self.review();
        let about = item();
        let session = (self.state().session(), &about);
        // Every other time, one whose question is over, if there is one.
        let over = review.questions.iter().filter(|one| matches!(one.standing, Standing::Ended(_)));
        let over = over.filter_map(|one| match &one.asker {
            Asker::Slip { key } => (0..12).find(|slip| slip_key(*slip).public() == *key),
            Asker::Seat { .. } => None,
        });
        let over: Vec<u64> = over.collect();
        let goes_on = !over.is_empty() && a.is_multiple_of(2);
        let slip = if goes_on { pick(&over, b) } else { u64::from(a) % 12 };
        let key = slip_key(slip).public();
        if let Some(spent) = review.slips_spent.get(&key).filter(|_| !b.is_multiple_of(9)) {
            let own = |one: &&Question| matches!(&one.asker, Asker::Slip { key: asker } if *asker == key);
            let own: Vec<QuestionId> = review.questions.iter().filter(own).map(|one| one.id).collect();
            let question = if own.is_empty() { QuestionId(1) } else { pick(&own, b) };
            let number = spent.acts.len() as u32 + u32::from(!b.is_multiple_of(7));
            let says = match b / 7 % 5 {
                0 | 1 => SlipSays::FollowUp { question, text: format!("follow-up {a}") },
                2 | 3 => SlipSays::Satisfied { question, satisfied: b.is_multiple_of(4) },
                _ => SlipSays::Inquiry { question, text: "in writing".to_owned() },
            };
            return slip_act(session, slip, number, says);
        }
        let current = review.current.clone().filter(|_| !b.is_multiple_of(5));
        let other = OfficialId::from(pick(&plan.officials, b).id.as_str());
        let kind = if a.is_multiple_of(4) { SlipKind::Opinion } else { SlipKind::Question };
        slip_act(session, slip, 1, SlipSays::begin(kind, current.unwrap_or(other), format!("slip {a}")))
    }

    /// What people do in a review, mostly at a moment when they may.
    fn busy(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let item = item();
        let (plan, review) = self.review();
        let reviewers = ["m1", "m2", "m5", "i1", "i2", "i3", "i4", "i5", "m3"];
        let one = pick(&reviewers, u16::from(who));
        let seat = Actor::Seat(SeatId::from(one));
        let questions = review.questions.len() as u32;
        let question = QuestionId(u32::from(b) % (questions + 1));
        let waiting = if review.queue.is_empty() { question } else { pick(&review.queue, b) };
        let current = review.current.clone().unwrap_or_else(|| "o1".into());
        let asker = review.question(question).and_then(|question| match &question.asker {
            Asker::Seat { seat, .. } => Some(Actor::Seat(seat.clone())),
            Asker::Slip { .. } => None,
        });
        let asker = asker.unwrap_or_else(|| seat.clone());
        let console = Actor::Console;
        let recorder = Actor::Seat("m4".into());
        match a % 24 {
            0..=2 => {
                let follows = (b.is_multiple_of(3) && questions > 0).then_some(question);
                (seat, Command::Ask { item, follows, text: format!(" question {a} ") })
            }
            3 => {
                let text = format!("spoken {a}");
                (recorder, Command::EnterQuestion { item, asker: one.into(), follows: None, text })
            }
            4 | 5 => {
                let mut slips = vec![self.slip(b, a / 24), self.slip(b.wrapping_add(9_000), a / 24)];
                slips.truncate(1 + usize::from(a.is_multiple_of(5)));
                slips.sort_by(|one, two| (&one.key, one.number).cmp(&(&two.key, two.number)));
                (Actor::Hub, Command::PublishSlips { item, slips })
            }
            6 => {
                let mut queue = review.queue.clone();
                let by = usize::from(b) % queue.len().max(1);
                queue.rotate_left(by);
                (console, Command::OrderQueue { item, queue })
            }
            7 => (
                console,
                Command::MergeQuestion { item, question: waiting, into: pick(&[waiting, question], a / 24) },
            ),
            8 => (
                console,
                Command::MergeQuestion {
                    item,
                    question: waiting,
                    into: review.queue.first().copied().unwrap_or(question),
                },
            ),
            9 => (console, Command::ReturnQuestion { item, question: waiting, reason: "unclear".to_owned() }),
            10 => (console, Command::CallQuestion { item, question: waiting }),
            11 => {
                let question = review.on_floor.filter(|_| !b.is_multiple_of(3)).unwrap_or(question);
                (recorder, Command::TakeAnswer { item, question, text: format!("answer {a}") })
            }
            12 => {
                let question = review.on_floor.filter(|_| !b.is_multiple_of(2)).unwrap_or(waiting);
                (console, Command::EndQuestion { item, question, ended: ended(self.state(), a / 24) })
            }
            13 => (asker, Command::EndQuestion { item, question, ended: Ended::Withdrawn }),
            14 => (asker, Command::SayIfSatisfied { item, question, satisfied: a.is_multiple_of(5) }),
            15 => (asker, Command::Inquire { item, question, text: "in writing, please".to_owned() }),
            16 => {
                let official = OfficialId::from(pick(&plan.officials, b).id.as_str());
                let official = if a.is_multiple_of(5) { official } else { current };
                (seat, Command::GiveOpinion { item, official, text: "an opinion".to_owned() })
            }
            17 => match review.slip_issuer {
                None => (Actor::Hub, Command::PublishSlipIssuer { item, issuer: slip_issuer() }),
                Some(_) => {
                    let requests =
                        vec![read(if a.is_multiple_of(5) { OTHER_KEY } else { KEY }); SLIPS_MAX as usize];
                    (seat, Command::RequestSlips { item, requests })
                }
            },
            18 => (pick(&[seat, Actor::Seat("a1".into())], b), Command::AskFloor),
            19 => (seat, Command::LeaveFloor),
            20 => {
                let asked = self.state().floor.waiting.clone();
                let called = if asked.is_empty() { SeatId::from(one) } else { pick(&asked, b) };
                match a / 24 % 3 {
                    0 => (console, Command::CallSpeaker { seat: called, seconds: 90 }),
                    1 => (console, Command::RefuseSpeaker { seat: called, reason: "later".to_owned() }),
                    _ => (console, Command::EndSpeech),
                }
            }
            21 => (console, pick(&[Command::PauseClock, Command::ResumeClock], b)),
            22 => (console, Command::ExtendClock { seconds: u32::from(b) % 600 }),
            _ => (seat, Command::Recuse { item, seat: one.into() }),
        }
    }

    /// Anything, by anyone.
    fn wild(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let item = if b % 7 == 6 { ItemId::from("nothing") } else { item() };
        let actors = ["console", "console", "console", "hub", "display", "m2", "m4", "i3", "a1", "nobody"];
        let actor = Actor::from(pick(&actors, u16::from(who)));
        let seats = ["m2", "m3", "m5", "i1", "i2", "i5", "a1", "nobody"];
        let seat = SeatId::from(pick(&seats, b));
        let officials = ["o1", "o2", "o3", "zz"];
        let official = OfficialId::from(pick(&officials, b / 3));
        let reason = pick(&["a reason", "", "又一个理由"], b / 5).to_owned();
        let rounds: Vec<&Round> = self.state().rounds_on_floor().collect();
        let ballot =
            if rounds.is_empty() { BallotId::from("zz") } else { pick(&rounds, b).issue.ballot.clone() };
        let due_on = pick(&[self.state().plan().meeting.date, jiff::civil::date(2027, 1, 5)], b / 2);
        let left = [None, Some(Left::InWriting { due_on }), Some(Left::Declined { reason: reason.clone() })];
        let command = match a % 26 {
            0 => Command::DrawOrder { item },
            1 => {
                let order = officials[..usize::from(b % 4)].iter().map(|id| OfficialId::from(*id)).collect();
                Command::FixOrder { item, order }
            }
            2 => Command::CallOfficial { item, official },
            3 => Command::PutOff { item, official, reason },
            4 => Command::BeginReport { item },
            5 => Command::ReportInWriting { item, reason },
            6 => Command::BeginQuestions { item },
            7 | 8 => Command::EndQuestions { item, left: pick(&left, b) },
            9 => Command::DeclareOfficial { item },
            10 => Command::Declare { item },
            11 => Command::OpenIssue { item },
            12 => Command::PublishSlipIssuer { item, issuer: read(OTHER_KEY) },
            13 => Command::RequestSlips { item, requests: vec![read(KEY); usize::from(b % 4)] },
            14 => Command::Recuse { item, seat },
            15 => Command::SignOut { seat },
            16 => Command::SignIn { seat },
            17 => Command::Suspend { reason },
            18 => Command::Resume,
            19 => Command::CloseIssue { ballot },
            20 => Command::OpenVoting { ballot },
            21 => Command::CloseVoting { ballot },
            22 => Command::OpenBox { ballot },
            23 => Command::ReissueCode { who: Actor::Seat(seat) },
            24 if self.leaning == Leaning::Chaos && b.is_multiple_of(4) => {
                Command::Adjourn { ground: AdjournGround::Decided { reason } }
            }
            24 => Command::CallSpeaker { seat, seconds: u32::from(b) },
            _ => Command::NewRound { ballot, reason },
        };
        (actor, command)
    }

    fn choose(&self, (kind, who, a, b): Move) -> (Actor, Command) {
        let (wild, busy) = match self.leaning {
            Leaning::Chaos => (40, 70),
            Leaning::Busy => (4, 55),
            _ => (3, 14),
        };
        match kind % 100 {
            kind if kind < wild => self.wild(who, a, b),
            kind if kind < busy => self.busy(who, a, b),
            _ => self.lead(a, b),
        }
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

    /// What holds at that very event, before it is folded.
    #[allow(clippy::too_many_lines, reason = "one event after the other")]
    fn at_event(&mut self, actor: &Actor, event: &Event) {
        let state = self.state().clone();
        match event {
            Event::Asked { question, official, asker, text, follows, .. } => {
                if follows.is_some() && matches!(asker, Asker::Slip { .. }) {
                    self.saw("slip followed up");
                }
                assert_eq!(question.0 as usize, self.asked.len() + 1, "questions are numbered as they come");
                assert_eq!(text, text.trim());
                self.asked.push((*question, official.clone(), asker.clone(), text.clone()));
                self.saw(match asker {
                    Asker::Slip { .. } => "slip asked",
                    Asker::Seat { oral: true, .. } => "spoken",
                    Asker::Seat { .. } => "asked",
                });
                self.by(actor, asker, event);
            }
            Event::OpinionGiven { by, .. } => {
                self.saw(if matches!(by, Asker::Slip { .. }) { "slip opinion" } else { "opinion" });
                self.by(actor, by, event);
            }
            Event::SlipsIssued { requests, seat, .. } => {
                assert_eq!(actor.seat(), Some(seat));
                assert_eq!(requests.len(), SLIPS_MAX as usize);
                assert!(!self.review().1.slips_issued.contains_key(seat), "slips are issued once");
                let json = serde_json::to_string(event).unwrap();
                assert!(self.review().1.slips_spent.keys().all(|key| !json.contains(key.as_str())));
                self.saw("slips issued");
            }
            Event::SatisfactionSaid { question, .. } | Event::InquiryFiled { question, .. } => {
                let asker = &self.review().1.question(*question).unwrap().asker;
                let inquiry = matches!(event, Event::InquiryFiled { .. });
                let what = match asker {
                    Asker::Seat { seat, .. } => {
                        assert_eq!(actor.seat(), Some(seat));
                        if inquiry { "inquiry" } else { "satisfied" }
                    }
                    Asker::Slip { .. } => {
                        assert_eq!(*actor, Actor::Hub);
                        if inquiry { "slip inquiry" } else { "slip satisfied" }
                    }
                };
                self.saw(what);
            }
            Event::SlipKeyPublished { unfounded, .. } => {
                assert!(unfounded.is_empty(), "every slip has its token");
                let stage = state.item_state(&item()).unwrap().stage;
                assert!(stage == Stage::Declared || state.phase == Phase::Ended);
                self.saw("slip key");
            }
            Event::IssueOpened(issue) => {
                let official = issue.subject.as_ref().unwrap();
                let planned = self.review().0.official(official.as_str()).unwrap();
                let recused = &self.review().1.officials[official].recused;
                for one in &issue.electorate {
                    assert!(!planned.concerns(one.as_str()), "{one} is {official}, or related");
                    assert!(!recused.contains(one), "{one} is recused");
                    assert!(state.is_present(one));
                }
                if issue.groups.len() != 1 {
                    self.saw("counted together");
                } else {
                    assert!(issue.electorate.len() >= 5, "a group of fewer than five is not counted apart");
                    self.saw("counted apart");
                }
                if issue.round > 1 {
                    self.saw("second round");
                }
            }
            Event::VotingOpened { .. } => {
                let confirmed = state.rounds_on_floor().all(|round| {
                    round.phase == RoundPhase::Confirming && round.unconfirmed().next().is_none()
                });
                assert!(confirmed, "none votes before all are confirmed");
            }
            Event::RoundVoided { reason: VoidReason::TooMany { .. }, .. } => self.saw("void: too many"),
            Event::RoundVoided { .. } => self.saw("void"),
            Event::OfficialDeclared { official, verdict, .. } => {
                assert!(self.declared.insert(official.clone()), "{official} is declared twice");
                assert_eq!(Some(verdict), self.recomputed(&state, official).as_ref());
                assert_eq!(Some(verdict), state.verdict_of(&item(), official).as_ref());
                self.saw("declared");
            }
            Event::CodeReissued { who } => {
                let in_ballot = state.rounds_on_floor().any(|round| {
                    let under_way = !matches!(round.phase, RoundPhase::Counted | RoundPhase::Void);
                    under_way && who.seat().is_some_and(|seat| round.issued.contains_key(seat))
                });
                assert!(!in_ballot, "a code is reissued in the middle of a ballot");
                self.saw("reissued");
            }
            Event::OfficialPutOff { official, .. } => {
                if self.asked.iter().any(|(_, to, ..)| to == official) {
                    self.saw("put off with questions");
                }
                self.saw("put off");
            }
            Event::QuestionsEnded { .. } => self.saw("questions ended"),
            Event::QuestionEnded { ended: Ended::Withdrawn, .. } => self.saw("withdrawn"),
            Event::QuestionEnded { ended: Ended::Promised { due_on }, .. } => {
                assert!(*due_on > state.plan().meeting.date);
                self.saw("promised");
            }
            Event::QuestionMerged { .. } => self.saw("merged"),
            Event::QuestionReturned { .. } => self.saw("returned"),
            Event::QueueOrdered { .. } => self.saw("ordered"),
            Event::SpeakerCalled { .. } => self.saw("speech"),
            Event::ClockPaused => self.saw("paused"),
            Event::ClockResumed => self.saw("resumed"),
            Event::ClockExtended { .. } => self.saw("extended"),
            Event::Suspended { .. } => self.saw("suspended"),
            Event::Recused { .. } => self.saw("recused"),
            Event::Declared { .. } => {
                let (_, review) = self.review();
                assert!(review.officials.values().all(|one| one.stage.is_over()));
                assert!(review.questions.iter().all(|one| one.standing != Standing::Waiting));
                self.saw("over");
            }
            Event::Adjourned { .. } => self.saw("adjourned"),
            _ => {}
        }
    }

    /// Who is behind a question or an opinion: somebody who may, or nobody at all.
    fn by(&self, actor: &Actor, by: &Asker, event: &Event) {
        let json = serde_json::to_string(event).unwrap();
        match by {
            Asker::Seat { seat, oral } => {
                let person = self.state().plan().person(seat.as_str()).unwrap();
                assert!(self.review().0.reviewers.contains(&person.group));
                assert!(*oral || actor.seat() == Some(seat));
            }
            Asker::Slip { key } => {
                assert_eq!(*actor, Actor::Hub);
                assert!(!self.review().1.slip_followed_up(key), "a slip has one follow-up");
                for person in &self.state().plan().people {
                    assert!(!json.contains(&format!("\"{}\"", person.id)), "{json} names {}", person.id);
                }
            }
        }
    }

    /// The verdict, reckoned here from the counts of the official's rounds that are not void.
    fn recomputed(&self, state: &State, official: &OfficialId) -> Option<crate::rules::Verdict> {
        let plan = self.review().0;
        let rounds = state.item_state(&item()).unwrap().rounds.iter();
        let marks: Vec<GroupMarks> = rounds
            .filter(|round| round.issue.subject.as_ref() == Some(official))
            .filter(|round| round.void.is_none())
            .map(|round| {
                let weight = match round.issue.groups.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                    ["members"] => 2,
                    _ => 1,
                };
                GroupMarks { weight, counts: round.count.as_ref().unwrap().opened.sums.clone() }
            })
            .collect();
        Some(plan.verdict.judge(plan.combine, &plan.scale, &marks))
    }

    /// Every question that was ever asked is there as it was asked, and moves only along the allowed edges.
    fn questions(&self, before: &State) {
        let (_, review) = self.review();
        let now: Vec<_> = review
            .questions
            .iter()
            .map(|one| (one.id, one.official.clone(), one.asker.clone(), one.text.clone()))
            .collect();
        assert_eq!(now, self.asked, "a question is lost, or changed");
        let earlier = before.item_state(&item()).unwrap().review.as_ref().unwrap();
        for (old, new) in earlier.questions.iter().zip(&review.questions) {
            let moved = old.standing == new.standing
                || match (&old.standing, &new.standing) {
                    (Standing::Waiting, to) => !matches!(to, Standing::Ended(Ended::Answered)),
                    (Standing::OnFloor, to) => matches!(to, Standing::Ended(_)),
                    _ => false,
                };
            assert!(moved, "{:?} after {:?}", new.standing, old.standing);
            assert!(old.merged.len() <= new.merged.len());
            assert!(old.inquiry.is_none() || old.inquiry == new.inquiry);
            assert!(new.inquiry.is_none() || new.satisfied == Some(false));
        }
        let mut queue = review.queue.clone();
        queue.sort();
        let of = |standing: fn(&Standing) -> bool| -> Vec<QuestionId> {
            review.questions.iter().filter(|one| standing(&one.standing)).map(|one| one.id).collect()
        };
        assert_eq!(queue, of(|standing| *standing == Standing::Waiting), "the queue is what waits");
        assert_eq!(review.on_floor.into_iter().collect::<Vec<_>>(), of(|one| *one == Standing::OnFloor));
        for one in &review.questions {
            if let Standing::Merged { into } = one.standing {
                assert!(into != one.id && review.question(into).unwrap().merged.contains(&one.id));
            }
            if matches!(one.standing, Standing::Waiting | Standing::OnFloor) {
                assert_eq!(
                    Some(&one.official),
                    review.current.as_ref(),
                    "who waits, waits for the current one"
                );
                let stage = &review.officials[&one.official].stage;
                assert!(matches!(
                    stage,
                    OfficialStage::Findings | OfficialStage::Reporting | OfficialStage::Questioning
                ));
            }
        }
        for person in &self.state().plan().people {
            assert!(review.asked_by(&seat(person)) <= QUESTIONS_MAX);
        }
        let slips =
            review.questions.iter().map(|one| &one.asker).chain(review.opinions.iter().map(|one| &one.by));
        let keys: Vec<&String> = slips
            .filter_map(|by| match by {
                Asker::Slip { key } => Some(key),
                Asker::Seat { .. } => None,
            })
            .collect();
        for (key, spent) in &review.slips_spent {
            let times = keys.iter().filter(|one| **one == key).count();
            assert!((1..=2).contains(&times), "a slip is in the record, with one follow-up at most");
            assert!((1..=SLIP_ACTS_MAX as usize).contains(&spent.acts.len()));
        }
        assert!(keys.iter().all(|key| review.slips_spent.contains_key(*key)));
        assert!(review.slips_spent.len() <= review.issued_slips(), "more slips than were issued");
        assert!(earlier.slip_secret.is_none() || earlier.slips_spent == review.slips_spent);
        for person in &self.state().plan().people {
            assert!(review.opinions_by(&seat(person)) <= QUESTIONS_MAX);
        }
        assert!(earlier.opinions.len() <= review.opinions.len());
    }

    fn officials(&self, before: &State) {
        let (_, review) = self.review();
        let earlier = before.item_state(&item()).unwrap().review.as_ref().unwrap();
        let rank = |stage: &OfficialStage| match stage {
            OfficialStage::ToCome => 0,
            OfficialStage::Findings => 1,
            OfficialStage::Reporting => 2,
            OfficialStage::Questioning => 3,
            OfficialStage::Evaluating => 4,
            OfficialStage::Declared | OfficialStage::PutOff { .. } => 5,
        };
        for (id, official) in &review.officials {
            let old = &earlier.officials[id];
            assert!(rank(&old.stage) <= rank(&official.stage));
            assert!(rank(&old.stage) < 5 || old.stage == official.stage, "over is over");
            assert!(old.recused.is_subset(&official.recused));
            assert_eq!(official.verdict.is_some(), official.stage == OfficialStage::Declared);
            assert_eq!(self.declared.contains(id), official.verdict.is_some());
            let under_way = !matches!(rank(&official.stage), 0 | 5);
            assert!(!under_way || review.current.as_ref() == Some(id), "one official at a time");
        }
        assert!(earlier.order.is_empty() || earlier.order == review.order, "the order stays");
    }

    /// Each official has at most one set of rounds that is not void, and its rounds advance in step.
    fn evaluations(&self) {
        let state = self.state();
        let rounds = &state.item_state(&item()).unwrap().rounds;
        let ids: BTreeSet<&BallotId> = rounds.iter().map(|round| &round.issue.ballot).collect();
        assert_eq!(ids.len(), rounds.len(), "every ballot has a name of its own");
        let mut sets: BTreeMap<(&OfficialId, u32), Vec<&Round>> = BTreeMap::new();
        for round in rounds {
            let electorate: BTreeSet<&SeatId> = round.issue.electorate.iter().collect();
            assert_eq!(electorate.len(), round.issue.electorate.len());
            assert!(round.issued.keys().all(|seat| electorate.contains(seat)));
            assert!(round.confirmed.iter().all(|seat| round.issued.contains_key(seat)));
            assert!(round.issue.due >= round.present() && round.present() >= round.issued());
            assert!(round.returned().is_none_or(|returned| returned <= round.issued()));
            assert_eq!(round.void.is_some(), round.phase == RoundPhase::Void);
            assert_eq!(round.count.is_some(), round.phase == RoundPhase::Counted);
            sets.entry((round.issue.subject.as_ref().unwrap(), round.issue.round)).or_default().push(round);
        }
        let mut counted: BTreeMap<&OfficialId, u32> = BTreeMap::new();
        for ((official, _), set) in &sets {
            let void = set.iter().filter(|round| round.phase == RoundPhase::Void).count();
            assert!(void == 0 || void == set.len(), "a set is void as a whole");
            let ahead = set.iter().any(|round| round.phase >= RoundPhase::Voting);
            assert!(!ahead || set.iter().all(|round| round.phase >= RoundPhase::Voting), "one votes ahead");
            let opened =
                set.iter().any(|round| matches!(round.phase, RoundPhase::Opening | RoundPhase::Counted));
            assert!(!opened || set.iter().all(|round| round.phase >= RoundPhase::Opening), "one opens ahead");
            *counted.entry(*official).or_default() += u32::from(void == 0);
            let seats: Vec<&SeatId> = set.iter().flat_map(|round| &round.issue.electorate).collect();
            assert_eq!(seats.len(), seats.iter().collect::<BTreeSet<_>>().len(), "one paper a person");
            assert!(set.len() <= 1 || set.iter().all(|round| round.present() >= 5));
        }
        assert!(counted.values().all(|sets| *sets <= 1), "an evaluation is counted twice");
    }

    fn the_floor(&self) {
        let floor = &self.state().floor;
        let waiting: BTreeSet<&SeatId> = floor.waiting.iter().collect();
        assert_eq!(waiting.len(), floor.waiting.len(), "nobody waits twice");
        let speaking = floor.speaking.as_ref().map(|(seat, _)| seat);
        assert!(speaking.is_none_or(|seat| !waiting.contains(seat)), "nobody waits who speaks");
        assert!(waiting.into_iter().chain(speaking).all(|seat| self.state().is_present(seat)));
    }

    /// The clocks as they follow from the whole log: allotted, less every second that ran.
    fn clocks(&self) {
        let (mut review, mut speech): (Option<Reckoned>, Option<Reckoned>) = (None, None);
        let mut last: Option<Timestamp> = None;
        for (time, event) in &self.log {
            let passed = last.map_or(0, |last| time.as_millisecond() - last.as_millisecond());
            for clock in [&mut review, &mut speech].into_iter().flatten() {
                if clock.runs {
                    clock.left -= passed;
                }
            }
            last = Some(*time);
            match event {
                Event::ReportBegan { seconds, .. } | Event::QuestionCalled { seconds, .. } => {
                    review = Some(Reckoned { left: i64::from(*seconds) * 1_000, runs: true });
                }
                Event::SpeakerCalled { seconds, .. } => {
                    speech = Some(Reckoned { left: i64::from(*seconds) * 1_000, runs: true });
                }
                Event::QuestionsBegan { .. } | Event::QuestionsEnded { .. } => review = None,
                Event::QuestionEnded { .. } if self.ended_on_floor(event) => review = None,
                Event::SpeechEnded { .. } => speech = None,
                Event::ClockPaused | Event::ClockResumed | Event::ClockExtended { .. } => {
                    for clock in [&mut review, &mut speech].into_iter().flatten() {
                        match event {
                            Event::ClockPaused => clock.runs = false,
                            Event::ClockResumed => clock.runs = true,
                            Event::ClockExtended { seconds } => clock.left += i64::from(*seconds) * 1_000,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        let (now, later) = (self.sample.now, self.sample.now + jiff::SignedDuration::from_secs(7));
        let state = self.state();
        let clocks = [
            (review, self.review().1.clock.as_ref()),
            (speech, state.floor.speaking.as_ref().map(|(_, clock)| clock)),
        ];
        for (reckoned, clock) in clocks {
            assert_eq!(reckoned.is_some(), clock.is_some(), "a clock is there, or not");
            let Some((reckoned, clock)) = reckoned.zip(clock) else { continue };
            assert_eq!((reckoned.left, reckoned.runs), (clock.left(now), clock.runs()));
            assert_eq!(clock.left(now) - clock.left(later), if clock.runs() { 7_000 } else { 0 });
        }
        assert!(state.suspended.is_none() || clocks.iter().all(|(_, one)| one.is_none_or(|one| !one.runs())));
    }

    /// Whether a question that ended had been called: then its clock ends with it.
    fn ended_on_floor(&self, event: &Event) -> bool {
        let Event::QuestionEnded { question, .. } = event else { return false };
        self.log
            .iter()
            .any(|(_, earlier)| matches!(earlier, Event::QuestionCalled { question: called, .. } if called == question))
    }

    /// What Enter does at the console is never refused, but for a quorum, or because nobody took a paper.
    fn next_step_is_lawful(&self) {
        let Some(command) = next_step(self.state()).and_then(|step| step.command()) else { return };
        match decide(self.state(), &Actor::Console, &command, self.sample.now) {
            Ok(events) => assert!(!events.is_empty(), "{command:?} does nothing"),
            Err(Refusal::QuorumNotReached { .. } | Refusal::NoPaperIssued) => {}
            Err(refusal) => panic!("the next step is {command:?}, and refused: {refusal:?}"),
        }
    }
}

/// A clock, reckoned from the log.
#[derive(Clone, Copy)]
struct Reckoned {
    left: i64,
    runs: bool,
}

/// What some run must have reached, or this tests nothing.
const REACHED: [&str; 39] = [
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
    let config =
        Config { cases: 240, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = proptest::collection::vec(any::<Move>(), 60..420);
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
    seen.insert("refusals", u32::from(refused.len() >= 25));
    let missing: Vec<&str> =
        REACHED.into_iter().filter(|what| seen.get(what).is_none_or(|times| *times == 0)).collect();
    assert!(missing.is_empty(), "no run reached {missing:?}; reached: {seen:?}; refused: {refused:?}");
}

/// Some ending.
fn ended(state: &State, number: u16) -> Ended {
    let due_on = state.plan().meeting.date.saturating_add(jiff::Span::new().days(i64::from(number % 9)));
    match number % 5 {
        0 => Ended::Promised { due_on },
        1 => Ended::Declined { reason: "not now".to_owned() },
        2 => Ended::Withdrawn,
        _ => Ended::Answered,
    }
}
