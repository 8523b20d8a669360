//! Random people give random commands about what is decided in the open. Whatever the order: the head is never before
//! another member who is present, nobody is heard or votes twice, and the outcome is what was said.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::common::pick;
use crate::meeting::matter_sample::{matter_plan, open_vote_plan};
use crate::meeting::sample::Sample;
use crate::meeting::{Actor, Command, Event, Happened, ItemId, LineFacts, SeatId, State, decide, next_step};
use crate::plan::{ItemKind, Plan, SpeakingOrder, VoteAbout, VoteHow};
use crate::rules::{Decided, NamedChoice};
use crate::words::Lang;

/// One move: what kind, by whom, and two numbers to choose with.
type Move = (u8, u8, u16, u16);

fn plans() -> Vec<Plan> {
    let mut by_lot = matter_plan(Lang::En);
    let ItemKind::MajorMatter(matter) = &mut by_lot.items[0].kind else { unreachable!() };
    matter.order = SpeakingOrder::Lot;
    // Two were not notified, as far as the plan knows.
    matter.notified.as_mut().unwrap().members.truncate(7);
    let open = |how| open_vote_plan(Lang::En, how, VoteAbout::Rules);
    let mut plans = vec![matter_plan(Lang::En), by_lot];
    plans.extend([VoteHow::Hands, VoteHow::ByName, VoteHow::WithoutObjection].map(open));
    plans
}

struct Run {
    sample: Sample,
    copy: State,
    seen: BTreeMap<&'static str, u32>,
    refused: BTreeSet<String>,
}

impl Run {
    fn new(plan: Plan) -> Self {
        let mut sample = Sample::of(plan);
        sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
        let copy = sample.state.clone();
        Self { sample, copy, seen: BTreeMap::new(), refused: BTreeSet::new() }
    }

    fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    fn item(&self) -> ItemId {
        self.sample.state.items[0].id.clone()
    }

    /// What somebody does: mostly the next lawful step, often something else.
    fn choose(&self, (kind, who, a, b): Move) -> (Actor, Command) {
        let state = &self.sample.state;
        let people: Vec<SeatId> = state.plan().people.iter().map(crate::meeting::seat).collect();
        let someone = people[usize::from(who) % people.len()].clone();
        let item = self.item();
        let seat = pick(&people, a);
        let actor = match b % 3 {
            0 => Actor::Console,
            1 => Actor::Seat(someone.clone()),
            _ => Actor::Seat(seat.clone()),
        };
        let choices =
            [NamedChoice::Agree, NamedChoice::Disagree, NamedChoice::Postpone, NamedChoice::Abstain];
        let choice = pick(&choices, b);
        let text = if a % 13 == 0 { String::new() } else { "words".to_owned() };
        let matter = state.items[0].matter();
        let command = match kind % 24 {
            8 => Command::LeaveUnsigned { item, reason: text },
            0..=7 => {
                if let Some(command) = next_step(state).and_then(|step| step.command()) {
                    return (Actor::Console, command);
                }
                if matter.is_some_and(|matter| matter.phase == crate::meeting::MatterPhase::Drawing) {
                    let mut order: Vec<SeatId> = people[1..9].to_vec();
                    order.rotate_left(usize::from(a) % 8);
                    return (Actor::Hub, Command::FixSpeakers { item, order });
                }
                let asked = matter.and_then(|matter| state.being_heard(matter)).cloned();
                if let Some(seat) = asked {
                    return (Actor::Seat(seat.clone()), Command::GiveStatement { item, seat, text });
                }
                if let Some((_, named)) = state.current_named_vote() {
                    let next = state.unvoted(named).next().or(named.last.as_ref()).cloned();
                    let seat = next.unwrap_or(seat);
                    return (Actor::Seat(seat), Command::VoteByName { item, choice });
                }
                if state.items[0].named.is_some() && state.open_outcome(&state.items[0]).is_some() {
                    let record = state.matter_hash(&state.items[0]);
                    return (Actor::Seat("m1".into()), Command::SignMatter { item, record });
                }
                if state.items[0].open_vote().is_some() {
                    let present = state.present();
                    let agree = u32::from(a) % (present + 1);
                    let command = Command::CountHands { item, agree, disagree: present - agree, abstain: 0 };
                    return (Actor::Console, command);
                }
                Command::SumUp { item, text }
            }
            9 => Command::GiveStatement { item, seat, text },
            10 => Command::PassStatement { item, seat },
            11 => Command::AskMember { item, seat },
            12 => Command::VoteByName { item, choice },
            13 => {
                let choice = (a % 3 > 0).then_some(choice);
                Command::EnterVote { item, seat, choice, reason: text }
            }
            14 => return (Actor::Seat(someone.clone()), Command::SignOut { seat: someone }),
            15 | 16 => return (Actor::Seat(someone.clone()), Command::SignIn { seat: someone }),
            17 => Command::SumUp { item, text },
            18 => Command::PutToVote { item },
            19 => Command::CloseNamedVote { item },
            20 if a % 6 == 0 => Command::DeferMatter { item, reason: text },
            20 => Command::ObjectToVote { item, seat },
            21 => {
                let on = jiff::civil::date(2026, 11, 15 + i8::try_from(b % 11).unwrap());
                Command::RecordNotice { item, seats: people[7..9].to_vec(), on }
            }
            22 => Command::TakeWithoutObjection { item },
            _ => Command::Declare { item },
        };
        (actor, command)
    }

    fn play(&mut self, one: Move) {
        let (actor, command) = self.choose(one);
        let json = serde_json::to_string(&command).unwrap();
        assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
        let before = self.sample.state.clone();
        let decision = decide(&before, &actor, &command, self.sample.now);
        assert_eq!(decision, decide(&before, &actor, &command, self.sample.now));
        let events = match decision {
            Ok(events) => events,
            Err(refusal) => {
                let json = serde_json::to_string(&refusal).unwrap();
                assert_eq!(serde_json::from_str::<crate::meeting::Refusal>(&json).unwrap(), refusal);
                let name = format!("{refusal:?}");
                self.refused.insert(name.split([' ', '{']).next().unwrap().to_owned());
                return;
            }
        };
        for event in &events {
            self.at(&before, &actor, event);
        }
        let again: Vec<Event> = serde_json::from_str(&serde_json::to_string(&events).unwrap()).unwrap();
        assert_eq!(again, events, "events come back as they went");
        self.sample.fold(&actor, &events);
        let (number, time) = (self.copy.line + 1, self.sample.now);
        let head = format!("{number:064x}");
        let happened = Happened::Events(&again);
        self.copy.fold(&LineFacts { number, time, head: &head, actor: &actor, order: None, happened });
        self.always();
    }

    /// What holds at that very event, by rules written down a second time.
    fn at(&mut self, before: &State, actor: &Actor, event: &Event) {
        let here = |id: &str| before.is_present(&SeatId::from(id));
        let item = &before.items[0];
        let officer =
            matches!(actor, Actor::Console) || actor.seat().is_some_and(|seat| seat.as_str() == "m4");
        match event {
            Event::ItemOpened { .. } => {
                if let Some(matter) = before.plan().items[0].matter() {
                    assert!(here("m1"), "the head is there");
                    let notified = |id: &str| {
                        let by_plan = matter.notified.as_ref().unwrap();
                        by_plan.members.iter().any(|one| one == id) || item.notices.contains_key(&id.into())
                    };
                    assert!((1..=9).all(|number| notified(&format!("m{number}"))), "all were notified");
                }
                self.saw("opened");
            }
            Event::NoticeRecorded { on, .. } => {
                assert!(*on < before.plan().meeting.date && officer);
                self.saw("notice");
            }
            Event::StatementGiven { seat, .. } | Event::StatementPassed { seat, .. } => {
                let heard = |id: &str| item.matter().unwrap().statement(&id.into()).is_some();
                assert!(before.is_present(seat) && !heard(seat.as_str()) && !heard("m1"));
                assert!(officer || actor.seat() == Some(seat), "for oneself, or by an officer");
                if seat.as_str() == "m1" {
                    for number in 2..=9 {
                        let id = format!("m{number}");
                        assert!(!here(&id) || heard(&id), "the head speaks before {id}");
                    }
                    self.saw("head spoke");
                }
            }
            Event::NamedVoteOpened { electorate, due, last, .. } => {
                let present: Vec<SeatId> = (1..=9)
                    .map(|number| SeatId::from(format!("m{number}")))
                    .filter(|seat| before.is_present(seat))
                    .collect();
                assert_eq!((electorate, *due), (&present, 9));
                assert!(present.len() >= 6, "a quorum");
                assert_eq!(last.is_some(), item.matter().is_some());
                self.saw("vote opened");
            }
            Event::VotedByName { seat, entered, choice, .. } => {
                let named = item.named.as_ref().unwrap();
                let voted = |id: &SeatId| named.votes.iter().any(|vote| vote.seat == *id);
                assert!(named.electorate.contains(seat) && before.is_present(seat) && !voted(seat));
                assert_eq!(
                    entered.is_none(),
                    actor.seat() == Some(seat) && choice.is_some() && entered.is_none()
                );
                assert!(entered.is_none() || officer);
                if item.matter().is_some() {
                    assert!(!voted(&"m1".into()), "nobody votes after the head");
                    assert_ne!(*choice, Some(NamedChoice::Abstain));
                } else {
                    assert_ne!(*choice, Some(NamedChoice::Postpone));
                }
                if named.last.as_ref() == Some(seat) {
                    let others = named.electorate.iter().filter(|other| *other != seat);
                    for other in others.filter(|other| before.is_present(other)) {
                        assert!(voted(other), "the head votes before {other}");
                    }
                    self.saw("head voted");
                }
                self.saw(if entered.is_some() { "entered" } else { "voted" });
            }
            Event::NamedVoteClosed { outcome, .. } => {
                let named = item.named.as_ref().unwrap();
                let said = |said| named.votes.iter().filter(|vote| vote.choice == Some(said)).count() as u32;
                let (agree, postpone) = (said(NamedChoice::Agree), said(NamedChoice::Postpone));
                let base = if item.matter().is_some() { 9 } else { named.electorate.len() as u32 };
                let decided = if 2 * agree > base {
                    Decided::Carried
                } else if 2 * postpone > base {
                    Decided::Postponed
                } else {
                    Decided::NotCarried
                };
                assert_eq!((outcome.count.agree, outcome.decided), (agree, decided));
                let total = outcome.count.voted() + outcome.count.without;
                assert_eq!(total as usize, named.electorate.len(), "everybody is counted once");
                let head_voted = named.last.as_ref().is_some_and(|last| named.vote(last).is_some());
                let here = named.electorate.iter().filter(|seat| !head_voted && before.is_present(seat));
                for seat in here {
                    assert!(named.vote(seat).is_some(), "{seat} is there and left out");
                }
                self.saw("vote closed");
            }
            Event::HandsCounted { present, outcome, .. } => {
                assert_eq!((*present, outcome.count.voted()), (before.present(), before.present()));
                let vote = item.open_vote().unwrap();
                let planned = before.plan().items[0].open_vote().unwrap().how;
                assert!(planned == VoteHow::Hands || !vote.objected.is_empty());
                assert_eq!(outcome.decided == Decided::Carried, 2 * outcome.count.agree > *present);
                self.saw("hands");
            }
            Event::TakenWithoutObjection { .. } => {
                assert!(item.open_vote().unwrap().objected.is_empty());
                self.saw("without objection");
            }
            Event::ObjectedToVote { .. } => self.saw("objected"),
            Event::MatterDeferred { .. } => {
                assert!(item.named.is_none(), "what was put to the vote is not deferred");
                self.saw("deferred");
            }
            Event::SpeakersDrawn { order, .. } => {
                assert!(!order.contains(&"m1".into()), "the head's place is not drawn");
                self.saw("drawn");
            }
            Event::MatterSigned { .. } => {
                assert_eq!(actor.seat().map(SeatId::as_str), Some("m1"));
                self.saw("signed");
            }
            Event::LeftUnsigned { .. } => self.saw("left unsigned"),
            Event::QuorumMissed(_) => self.saw("quorum missed"),
            Event::Declared { .. } => {
                if let Some(matter) = item.matter() {
                    assert!(matter.signed.is_some() && item.named.as_ref().unwrap().outcome.is_some());
                }
                self.saw("declared");
            }
            _ => {}
        }
    }

    /// What holds after every line.
    fn always(&self) {
        let item = &self.sample.state.items[0];
        if let Some(matter) = item.matter() {
            let heard: Vec<&SeatId> = matter.statements.iter().map(|one| &one.seat).collect();
            let head = heard.iter().position(|seat| seat.as_str() == "m1");
            assert!(head.is_none_or(|place| place + 1 == heard.len()), "the head spoke last: {heard:?}");
            assert_eq!(heard.iter().collect::<BTreeSet<_>>().len(), heard.len(), "heard once");
        }
        if let Some(named) = &item.named {
            let voted: Vec<&SeatId> = named.votes.iter().map(|vote| &vote.seat).collect();
            let last = named.last.as_ref().and_then(|last| voted.iter().position(|seat| *seat == last));
            assert!(last.is_none_or(|place| place + 1 == voted.len()), "the head voted last: {voted:?}");
            assert_eq!(voted.iter().collect::<BTreeSet<_>>().len(), voted.len(), "voted once");
        }
        assert!(self.sample.state.scrutineers.is_none() && self.sample.state.key.is_none());
    }
}

#[test]
fn the_head_is_never_before_another_present_member() {
    let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[41; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = proptest::collection::vec(any::<Move>(), 150..260);
    let (seen, refused) =
        (std::cell::RefCell::new(BTreeMap::new()), std::cell::RefCell::new(BTreeSet::new()));
    runner
        .run(&(0..plans().len(), moves), |(plan, moves)| {
            let mut run = Run::new(plans().swap_remove(plan));
            for one in moves {
                run.play(one);
            }
            let of_copy = format!("{:?}", run.copy);
            assert_eq!(format!("{:?}", run.sample.state), of_copy, "the fold of the written events differs");
            for (what, times) in run.seen {
                *seen.borrow_mut().entry(what).or_insert(0) += times;
            }
            refused.borrow_mut().extend(run.refused);
            Ok(())
        })
        .unwrap();
    // A run that reaches nothing proves nothing.
    let seen = seen.into_inner();
    for what in [
        "opened",
        "notice",
        "head spoke",
        "vote opened",
        "head voted",
        "entered",
        "voted",
        "vote closed",
        "hands",
        "without objection",
        "objected",
        "deferred",
        "drawn",
        "signed",
        "left unsigned",
        "quorum missed",
        "declared",
    ] {
        assert!(seen.contains_key(what), "no run reached: {what}; {seen:?}");
    }
    let refused = refused.into_inner();
    for what in
        ["HeadSpeaksLast", "HeadVotesLast", "HeadHasSpoken", "AlreadyVoted", "NotAsked", "NotNotified"]
    {
        assert!(refused.contains(what), "never refused: {what}; {refused:?}");
    }
}
