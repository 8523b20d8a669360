//! A change of the agenda that is put to the body first: who can object, what an objection forbids, and that nothing else is
//! called meanwhile. As tables.

use crate::meeting::agenda_sample::{agenda_command, hands, moves, take_off};
use crate::meeting::sample::Sample;
use crate::meeting::{Actor, AgendaChange, AgendaVote, Command, CommandKind, Event, ItemId, Refusal, SeatId};
use crate::words::Lang;

const WITHOUT: AgendaVote = AgendaVote::WithoutObjection;

fn put(change: AgendaChange) -> Command {
    Command::PutAgenda { change, reason: "it cannot wait".to_owned() }
}

fn seat(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

fn objects(sample: &mut Sample, who: &str, number: u32) -> Result<Vec<Event>, Refusal> {
    sample.try_order(&seat(who), &Command::ObjectToAgenda { number })
}

/// Eight members are here, m9 is not; a1 has no vote.
fn with_proposal() -> Sample {
    let mut sample = Sample::with_agenda(Lang::En);
    sample.console(put(take_off("bridge")));
    sample
}

#[test]
fn an_objection_has_hands_counted() {
    let mut sample = with_proposal();
    let event = Event::AgendaObjected { number: 1, seat: "m3".into() };
    assert_eq!(objects(&mut sample, "m3", 1), Ok(vec![event]));
    assert_eq!(objects(&mut sample, "m3", 1), Ok(Vec::new()), "once is enough");
    objects(&mut sample, "m5", 1).unwrap();
    let seats: Vec<SeatId> = ["m3", "m5"].map(SeatId::from).to_vec();
    assert_eq!(sample.agenda(take_off("bridge"), WITHOUT), Err(Refusal::SomebodyObjected { seats }));
    sample.agenda(take_off("bridge"), hands(3, 5, 0)).unwrap();
    assert!(sample.state.proposal().is_none(), "it is decided");
    assert_eq!(sample.order_of_items(), "rules bridge appoint", "and not carried");
    // The next is another: nobody has objected to it.
    sample.console(put(take_off("rules")));
    assert_eq!(objects(&mut sample, "m3", 1), Err(Refusal::NoProposal), "too late");
    sample.agenda(take_off("rules"), WITHOUT).unwrap();
    assert_eq!(sample.order_of_items(), "bridge appoint | rules");
}

#[test]
fn only_members_who_are_here_object_to_what_stands() {
    let rows: [(&str, u32, Refusal); 4] = [
        ("m9", 1, Refusal::NotPresent { seat: "m9".into() }),
        ("a1", 1, Refusal::NoVoteHere { seat: "a1".into() }),
        ("m3", 2, Refusal::NoProposal),
        ("m3", 0, Refusal::NoProposal),
    ];
    for (who, number, refusal) in rows {
        assert_eq!(objects(&mut with_proposal(), who, number), Err(refusal), "{who} {number}");
    }
    let command = CommandKind::ObjectToAgenda;
    let by_officer = with_proposal().try_order(&Actor::Console, &Command::ObjectToAgenda { number: 1 });
    assert_eq!(by_officer, Err(Refusal::NoRight { command }));
    for command in [put(take_off("rules")), Command::WithdrawAgenda] {
        let kind = command.kind();
        assert_eq!(with_proposal().try_order(&seat("m3"), &command), Err(Refusal::NoRight { command: kind }));
    }
    assert!(!Sample::with_agenda(Lang::En).state.may_object_to_proposal(&"m3".into()));
    assert!(with_proposal().state.may_object_to_proposal(&"m3".into()));
}

#[test]
fn nothing_else_is_called_while_it_stands() {
    let rules = ItemId::from("rules");
    let other_reason =
        Command::ChangeAgenda { change: take_off("bridge"), decided: hands(8, 0, 0), reason: "no".into() };
    let held_up = [
        put(take_off("rules")),
        Command::OpenItem { item: rules.clone() },
        Command::DeferMatter { item: rules, reason: "unclear".into() },
        Command::CloseMeeting,
        agenda_command(take_off("rules"), hands(8, 0, 0)),
        agenda_command(moves("bridge", None), WITHOUT),
        other_reason,
    ];
    for command in held_up {
        let refused = with_proposal().try_order(&Actor::Console, &command);
        assert_eq!(refused, Err(Refusal::ProposalStands), "{command:?}");
    }
    // Withdrawn, it does not stand any more, and the next has a number of its own.
    let mut sample = with_proposal();
    assert_eq!(
        sample.try_order(&Actor::Console, &Command::WithdrawAgenda),
        Ok(vec![Event::AgendaWithdrawn { number: 1 }])
    );
    let again = sample.try_order(&Actor::Console, &Command::WithdrawAgenda);
    assert_eq!(again, Err(Refusal::NoProposal));
    let (change, reason) = (take_off("rules"), "it cannot wait".to_owned());
    let second = Event::AgendaPut { number: 2, change: change.clone(), reason };
    assert_eq!(sample.try_order(&Actor::Console, &put(change)), Ok(vec![second]));
    sample.console(Command::WithdrawAgenda);
    sample.console(Command::OpenItem { item: "rules".into() });
}

/// What could not be decided is not put either.
#[test]
fn what_is_put_could_be_carried() {
    let refused = |sample: &mut Sample, command: Command| sample.try_order(&Actor::Console, &command);
    let mut sample = Sample::with_agenda(Lang::En);
    let rows = [
        (put(moves("rules", Some("bridge"))), Refusal::AgendaUnchanged),
        (put(take_off("nothing")), Refusal::UnknownItem),
        (Command::PutAgenda { change: take_off("rules"), reason: " ".into() }, Refusal::TextMissing),
    ];
    for (command, refusal) in rows {
        assert_eq!(refused(&mut sample, command.clone()), Err(refusal), "{command:?}");
    }
    sample.console(Command::OpenItem { item: "rules".into() });
    assert_eq!(refused(&mut sample, put(take_off("bridge"))), Err(Refusal::AnotherItemOpen));
    // Adjourned, it is left undecided.
    let mut sample = with_proposal();
    let ground = crate::meeting::AdjournGround::Decided { reason: "the lights are out".into() };
    sample.console(Command::Adjourn { ground });
    assert!(sample.state.proposal().is_none());
}
