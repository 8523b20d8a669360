//! Any order of commands, changes of the agenda among them: every item of the plan and every one that was added is there exactly
//! once, the plan in force tells the same items in the same order, what was called stays where it is, nothing that was called is
//! ever off, and what is off never moves on.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::common::pick;
use crate::meeting::agenda_sample::{
    DAM, FLOOD, POSTS, add, agenda_command, hands, moves, put_back, take_off,
};
use crate::meeting::sample::Sample;
use crate::meeting::{Actor, AgendaVote, Command, Event, Stage, State, decide, next_step};
use crate::words::Lang;

type Move = (u8, u16, u16, u16);

/// What the presiding officer does next; of a proposal, what a member does as well.
fn choose(state: &State, (kind, a, b, c): Move) -> (Actor, Command) {
    let number = state.proposal().map_or(1, |proposal| proposal.number);
    match kind % 18 {
        12 | 13 => {
            let people: Vec<String> = state.plan().people.iter().map(|person| person.id.clone()).collect();
            let who = Actor::Seat(pick(&people, a).as_str().into());
            // Sometimes it is about another proposal.
            let number = if c % 8 == 0 { u32::from(b) % 4 } else { number };
            (who, Command::ObjectToAgenda { number })
        }
        14 => (Actor::Console, Command::WithdrawAgenda),
        15.. => match change_of(state, (kind % 3 * 2, a, b, c)) {
            Command::ChangeAgenda { change, reason, .. } => {
                (Actor::Console, Command::PutAgenda { change, reason })
            }
            other => (Actor::Console, other),
        },
        _ => (Actor::Console, change_of(state, (kind, a, b, c))),
    }
}

/// A decision; where a proposal stands, on that more often than not.
fn change_of(state: &State, (kind, a, b, c): Move) -> Command {
    let ids: Vec<String> = state.items.iter().map(|item| item.id.to_string()).collect();
    let (item, other) = (pick(&ids, a), pick(&ids, b));
    let before = (b % 4 > 0).then_some(other.as_str());
    let present = state.present();
    let agree = u32::from(c) % (present + 1);
    let decided = match c % 4 {
        0 => AgendaVote::WithoutObjection,
        1 => hands(present, 0, 0),
        2 => hands(agree, present - agree, 0),
        _ => hands(agree, 1, u32::from(a) % 3),
    };
    let change = match kind % 12 {
        0 | 1 => add(&pick(&[FLOOD, POSTS, DAM].map(str::to_owned), a), before),
        2 | 3 => take_off(&item),
        4 | 5 => moves(&item, before),
        6 | 7 => put_back(&item, before),
        8 => return Command::OpenItem { item: item.as_str().into() },
        9 => return Command::DeferMatter { item: item.as_str().into(), reason: "later".into() },
        _ => {
            let open = state.current_item().map(|item| item.id.clone());
            return match (next_step(state).and_then(|step| step.command()), open) {
                (Some(command), _) => command,
                (None, Some(item)) if state.item(&item).is_some_and(|item| item.open_vote().is_some()) => {
                    Command::CountHands { item, agree, disagree: present - agree, abstain: 0 }
                }
                _ => Command::ApproveScrutineers { agree: present, disagree: 0, abstain: 0 },
            };
        }
    };
    let change = match state.proposal() {
        Some(proposal) if b % 3 > 0 => proposal.change.clone(),
        _ => change,
    };
    agenda_command(change, decided)
}

fn ids(state: &State, keep: impl Fn(Stage) -> bool) -> Vec<&str> {
    state.items.iter().filter(|item| keep(item.stage)).map(|item| item.id.as_str()).collect()
}

/// While a proposal stands nothing is called, and what is decided is the proposal, by hands where somebody objected.
fn proposal_holds(before: &State, state: &State, events: &[Event]) {
    for event in events {
        match (event, before.proposal()) {
            (Event::ItemOpened { .. } | Event::MatterDeferred { .. } | Event::AgendaPut { .. }, standing) => {
                assert!(standing.is_none(), "a proposal waits");
            }
            (Event::AgendaDecided(decision), Some(proposal)) => {
                let counted = decision.decided != AgendaVote::WithoutObjection;
                assert!(counted || proposal.objected.is_empty(), "somebody objected");
                assert_eq!(decision.reason, proposal.reason);
                assert!(state.proposal().is_none(), "it is decided");
            }
            (Event::AgendaObjected { number, seat }, proposal) => {
                let proposal = proposal.unwrap();
                assert!(proposal.number == *number && !proposal.objected.contains(seat));
                assert!(before.may_object_to_proposal(seat) && !state.may_object_to_proposal(seat));
            }
            _ => {}
        }
    }
}

fn holds(before: &State, state: &State, events: &[Event]) {
    let mut now = ids(state, |_| true);
    let plan: Vec<&str> = state.plan().items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(now, plan, "the plan in force tells the agenda");
    // What was called comes first, then what is to come, then what is off.
    let rank = |stage: Stage| match stage {
        Stage::ToCome => 1,
        Stage::TakenOff => 2,
        _ => 0,
    };
    assert!(state.items.is_sorted_by_key(|item| rank(item.stage)), "{now:?}");
    let called = |stage: Stage| rank(stage) == 0;
    assert!(ids(state, called).starts_with(&ids(before, called)), "what was called stays where it is");
    for item in state.items.iter().filter(|item| item.stage == Stage::TakenOff) {
        assert!(item.rounds.is_empty() && item.named.is_none() && item.open_vote().is_none());
        assert!(state.taken_off_by(&item.id).is_some(), "and a decision tells why");
    }
    now.sort_unstable();
    now.dedup();
    assert_eq!(now.len(), state.items.len(), "nothing is there twice");
    let frozen = state.frozen.plan.items.iter().all(|item| now.contains(&item.id.as_str()));
    let kept = ids(before, |_| true).iter().all(|id| now.contains(id));
    assert!(frozen && kept, "nothing is lost");
    let added = events.iter().any(|event| {
        matches!(event, Event::AgendaDecided(decision) if decision.approved
            && matches!(decision.amendment, crate::meeting::Amendment::Added { .. }))
    });
    assert_eq!(state.items.len(), before.items.len() + usize::from(added));
}

/// What happened to a proposal, for what must happen at all.
fn of_a_proposal(before: &State, event: &Event) -> Option<&'static str> {
    let objected = before.proposal().map(|proposal| !proposal.objected.is_empty());
    match (event, objected) {
        (Event::AgendaPut { .. }, _) => Some("put"),
        (Event::AgendaObjected { .. }, _) => Some("objected"),
        (Event::AgendaWithdrawn { .. }, _) => Some("withdrawn"),
        (Event::AgendaDecided(_), Some(true)) => Some("decided although somebody objected"),
        (Event::AgendaDecided(_), Some(false)) => Some("decided where nobody objected"),
        _ => None,
    }
}

#[test]
fn any_order_keeps_the_agenda_whole() {
    let config = Config { cases: 150, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[29; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let moves = prop::collection::vec(any::<Move>(), 1..60);
    let seen = std::cell::RefCell::new(std::collections::BTreeSet::new());
    runner
        .run(&moves, |moves| {
            let mut sample = Sample::with_agenda(Lang::En);
            for one in moves {
                let (actor, command) = choose(&sample.state, one);
                let before = sample.state.clone();
                let Ok(events) = decide(&before, &actor, &command, sample.now) else { continue };
                let json = serde_json::to_string(&events).unwrap();
                assert_eq!(serde_json::from_str::<Vec<Event>>(&json).unwrap(), events);
                for event in &events {
                    if let Event::AgendaDecided(decision) = event {
                        let name = format!("{:?}", decision.amendment);
                        let name = name.split([' ', '{']).next().unwrap().to_owned();
                        seen.borrow_mut().insert((name, decision.approved));
                    }
                    if let Some(what) = of_a_proposal(&before, event) {
                        seen.borrow_mut().insert((what.to_owned(), true));
                    }
                }
                sample.fold(&actor, &events);
                holds(&before, &sample.state, &events);
                proposal_holds(&before, &sample.state, &events);
            }
            Ok(())
        })
        .unwrap();
    let seen = seen.into_inner();
    for name in ["Added", "TakenOff", "Moved", "PutBack"] {
        for approved in [true, false] {
            assert!(
                seen.contains(&(name.to_owned(), approved)),
                "{name} {approved} never happened: {seen:?}"
            );
        }
    }
    let proposals = [
        "put",
        "objected",
        "withdrawn",
        "decided although somebody objected",
        "decided where nobody objected",
    ];
    for what in proposals {
        assert!(seen.contains(&(what.to_owned(), true)), "nothing was ever {what}: {seen:?}");
    }
}
