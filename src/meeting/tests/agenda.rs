//! The agenda changed by decision, as tables: what is carried and what it makes of the agenda, who may and when, what is refused,
//! what is wrong with an item that is to be added; and added items of each kind that are decided like any other.

use crate::meeting::agenda_sample::{
    DAM, EXAM, FLOOD, POSTS, add, agenda_command, hands, moves, put_back, take_off,
};
use crate::meeting::matter_sample::MatterPoint;
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, AgendaVote, Command, CommandKind, Event, ItemId, Refusal, SeatId, Stage, Step, decide, next_step,
};
use crate::plan::{AddedMistake, MaterialFault, MistakeKind};
use crate::rules::NamedChoice;
use crate::words::Lang;

const NOBODY_OBJECTS: AgendaVote = AgendaVote::WithoutObjection;

#[test]
fn what_is_carried_is_the_agenda() {
    // Eight members are present: five hands are more than half.
    let rows = [
        (moves("appoint", Some("rules")), hands(5, 3, 0), true, "appoint rules bridge"),
        (moves("appoint", Some("rules")), hands(4, 0, 4), false, "rules bridge appoint"),
        (moves("rules", None), NOBODY_OBJECTS, true, "bridge appoint rules"),
        (moves("rules", Some("appoint")), hands(8, 0, 0), true, "bridge rules appoint"),
        (take_off("bridge"), hands(5, 0, 3), true, "rules appoint | bridge"),
        (take_off("bridge"), hands(4, 4, 0), false, "rules bridge appoint"),
        (add(FLOOD, None), NOBODY_OBJECTS, true, "rules bridge appoint flood"),
        (add(POSTS, Some("rules")), hands(6, 1, 1), true, "posts rules bridge appoint"),
        (add(DAM, Some("appoint")), hands(3, 5, 0), false, "rules bridge appoint"),
    ];
    for (change, decided, approved, order) in rows {
        let mut sample = Sample::with_agenda(Lang::En);
        let events = sample.agenda(change.clone(), decided).unwrap();
        let [Event::AgendaDecided(decision)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((decision.approved, decision.due, decision.present), (approved, 9, 8), "{change:?}");
        assert_eq!(sample.order_of_items(), order, "{change:?}");
        assert_eq!(sample.state.agenda.decisions.len(), 1);
        assert!(sample.state.agenda_news().is_some());
        // The plan in force tells the same; the frozen one is what it was.
        let plan: Vec<&str> = sample.state.plan().items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(plan.join(" "), order.replace(" | ", " "));
        let frozen: Vec<&str> = sample.state.frozen.plan.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(frozen, ["rules", "bridge", "appoint"]);
    }
}

#[test]
fn what_was_taken_off_can_be_put_back_and_is_never_called_meanwhile() {
    let mut sample = Sample::with_agenda(Lang::En);
    sample.agenda(take_off("rules"), NOBODY_OBJECTS).unwrap();
    sample.agenda(take_off("appoint"), NOBODY_OBJECTS).unwrap();
    assert_eq!(sample.order_of_items(), "bridge | rules appoint");
    assert_eq!(next_step(&sample.state), Some(Step::OpenItem("bridge".into())));
    let rules = ItemId::from("rules");
    let open = Command::OpenItem { item: rules.clone() };
    assert_eq!(sample.try_order(&Actor::Console, &open), Err(Refusal::NotNextItem));
    assert!(sample.state.taken_off_by(&rules).is_some());
    sample.agenda(put_back("rules", Some("bridge")), hands(8, 0, 0)).unwrap();
    assert_eq!(sample.order_of_items(), "rules bridge | appoint");
    assert!(sample.state.taken_off_by(&rules).is_none());
    sample.console(open);
    assert!(sample.state.agenda_news().is_none(), "what was decided is no news once an item is called");
    // With everything else off, the meeting can be closed once this one is declared.
    let (item, present) = (rules, sample.state.present());
    sample.console(Command::CountHands { item: item.clone(), agree: present, disagree: 0, abstain: 0 });
    sample.console(Command::Declare { item });
    sample.agenda(take_off("bridge"), NOBODY_OBJECTS).unwrap();
    assert_eq!(next_step(&sample.state), Some(Step::CloseMeeting));
    assert!(!sample.state.has_ballot(), "no ballot is ahead any more");
    sample.console(Command::CloseMeeting);
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut called = Sample::with_agenda(Lang::En);
    called.console(Command::OpenItem { item: "rules".into() });
    let mut declared = Sample::with_agenda(Lang::En);
    declared.console(Command::OpenItem { item: "rules".into() });
    declared.console(Command::CountHands { item: "rules".into(), agree: 8, disagree: 0, abstain: 0 });
    declared.console(Command::Declare { item: "rules".into() });
    let mut off = Sample::with_agenda(Lang::En);
    off.agenda(take_off("rules"), NOBODY_OBJECTS).unwrap();
    let open = || Sample::with_agenda(Lang::En);
    let kind = CommandKind::ChangeAgenda;
    let twice = FLOOD.repeat(2);
    let mistaken = |mistakes, line, column| Refusal::ItemMistaken { mistakes, line, column };
    let rows = vec![
        (
            Sample::agenda_signing_in(Lang::En),
            take_off("rules"),
            hands(8, 0, 0),
            Refusal::NotNow { command: kind },
        ),
        (called, take_off("bridge"), hands(8, 0, 0), Refusal::AnotherItemOpen),
        (declared, take_off("rules"), hands(8, 0, 0), Refusal::ItemNotToCome),
        (off, take_off("rules"), hands(8, 0, 0), Refusal::ItemNotToCome),
        (open(), take_off("nothing"), hands(8, 0, 0), Refusal::UnknownItem),
        (open(), moves("rules", Some("nothing")), hands(8, 0, 0), Refusal::UnknownItem),
        (open(), moves("rules", Some("rules")), hands(8, 0, 0), Refusal::ItemNotToCome),
        (open(), moves("rules", Some("bridge")), hands(8, 0, 0), Refusal::AgendaUnchanged),
        (open(), moves("appoint", None), hands(8, 0, 0), Refusal::AgendaUnchanged),
        (open(), put_back("rules", None), hands(8, 0, 0), Refusal::ItemNotTakenOff),
        (open(), take_off("rules"), hands(7, 0, 0), Refusal::HandsDoNotAddUp { hands: 7, present: 8 }),
        (open(), take_off("rules"), hands(9, 0, 0), Refusal::HandsDoNotAddUp { hands: 9, present: 8 }),
        (open(), add("", None), hands(8, 0, 0), mistaken(1, 1, 1)),
        (open(), add(&twice, None), hands(8, 0, 0), mistaken(1, 1, 1)),
        (open(), add(EXAM, None), hands(8, 0, 0), mistaken(1, 1, 1)),
        (open(), add(&FLOOD.replace("members", "member"), None), hands(8, 0, 0), mistaken(1, 7, 11)),
    ];
    for (mut sample, change, decided, refusal) in rows {
        let before = sample.order_of_items();
        assert_eq!(sample.agenda(change.clone(), decided), Err(refusal), "{change:?}");
        assert_eq!(sample.order_of_items(), before);
    }
    // A reason is given, and only the presiding officer says what the body has decided.
    let sample = open();
    let now = sample.now;
    let change = || agenda_command(take_off("rules"), hands(8, 0, 0));
    let Command::ChangeAgenda { change: what, decided, .. } = change() else { unreachable!() };
    let without = Command::ChangeAgenda { change: what, decided, reason: " ".into() };
    assert_eq!(decide(&sample.state, &Actor::Console, &without, now), Err(Refusal::TextMissing));
    for actor in [Actor::Seat("m1".into()), Actor::Seat("m4".into()), Actor::Hub, Actor::Display(1)] {
        let refused = decide(&sample.state, &actor, &change(), now);
        assert_eq!(refused, Err(Refusal::NoRight { command: kind }), "{actor}");
    }
}

#[test]
fn without_a_quorum_nothing_is_decided_on_the_agenda() {
    let mut sample = Sample::with_agenda(Lang::En);
    for seat in ["m6", "m7", "m8"] {
        let seat = SeatId::from(seat);
        sample.order(&Actor::Seat(seat.clone()), Command::SignOut { seat });
    }
    let events = sample.agenda(take_off("rules"), hands(5, 0, 0)).unwrap();
    assert!(matches!(events.as_slice(), [Event::QuorumMissed(_)]), "{events:?}");
    assert_eq!(sample.order_of_items(), "rules bridge appoint");
}

/// What is wrong with an item is told as of a plan, with its place; and what it makes wrong elsewhere at its own.
#[test]
fn an_item_is_compared_with_the_plan_in_force() {
    let mut sample = Sample::with_agenda(Lang::En);
    sample.agenda(add(FLOOD, None), NOBODY_OBJECTS).unwrap();
    let rows: Vec<(String, (usize, usize), MistakeKind)> = vec![
        (FLOOD.to_owned(), (2, 6), MistakeKind::Added(AddedMistake::OnAgenda { id: "flood".into() })),
        (
            POSTS.replace("posts", "appoint"),
            (2, 6),
            MistakeKind::Added(AddedMistake::OnAgenda { id: "appoint".into() }),
        ),
        (EXAM.to_owned(), (1, 1), MistakeKind::Added(AddedMistake::Exam)),
        (FLOOD.repeat(3), (1, 1), MistakeKind::Added(AddedMistake::NotOne { found: 3 })),
        (
            POSTS.replace("n2/inspection.md", "other.md"),
            (13, 14),
            MistakeKind::Material {
                path: "other.md".into(),
                fault: MaterialFault::NotInPlan,
                named: crate::plan::mistake::Named::Line,
            },
        ),
        (
            POSTS.replace("id = \"x1\"", "id = \"x1\"\nperson = \"m5\"").replace("Hao Ran", "Zhao Min"),
            (1, 1),
            MistakeKind::ScrutineerNominee { person: "Zhao Min".into() },
        ),
    ];
    for (text, (line, column), what) in rows {
        let mistakes = sample.state.read_item(&text, "x.toml").unwrap_err();
        let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
        assert_eq!((mistake.place.line, mistake.place.column), (line, column), "{mistake:?}");
        assert_eq!((mistake.what.clone(), mistake.place.file.as_str()), (what, "x.toml"));
    }
    let missing = sample.state.read_item("format = \"x\"", "x.toml").unwrap_err();
    assert!(missing.iter().any(|one| one.what == MistakeKind::MissingKey { key: "items" }), "{missing:?}");
    // A ballot needs scrutineers: a plan without any has nobody to watch it.
    let mut alone = Sample::with_agenda(Lang::En);
    let mut frozen = (*alone.state.frozen).clone();
    for person in &mut frozen.plan.people {
        person.duties.retain(|duty| *duty != crate::plan::Duty::Scrutineer);
    }
    alone.state = crate::meeting::State::begin(frozen);
    let mistakes = alone.state.read_item(POSTS, "x.toml").unwrap_err();
    assert_eq!(mistakes.first().map(|one| &one.what), Some(&MistakeKind::TooFewScrutineers { found: 0 }));
}

#[test]
fn an_open_vote_that_was_added_is_decided() {
    let mut sample = Sample::with_agenda(Lang::En);
    sample.agenda(add(FLOOD, Some("rules")), hands(8, 0, 0)).unwrap();
    let item = ItemId::from("flood");
    assert!(sample.state.was_added(&item));
    sample.step();
    sample.console(Command::CountHands { item: item.clone(), agree: 7, disagree: 1, abstain: 0 });
    sample.step();
    assert_eq!(sample.state.item_state(&item).unwrap().stage, Stage::Declared);
    assert_eq!(next_step(&sample.state), Some(Step::OpenItem("rules".into())));
}

#[test]
fn a_major_matter_that_was_added_is_decided_by_name_with_the_head_last() {
    let mut sample = Sample::with_agenda(Lang::En);
    let bridge = DAM.replace("\"dam\"", "\"bridge\"");
    sample.agenda(take_off("bridge"), NOBODY_OBJECTS).unwrap();
    // The item that is off keeps its name: another one cannot take it.
    assert!(matches!(sample.agenda(add(&bridge, None), NOBODY_OBJECTS), Err(Refusal::ItemMistaken { .. })));
    sample.agenda(add(DAM, Some("rules")), NOBODY_OBJECTS).unwrap();
    let item = ItemId::from("dam");
    sample.step();
    sample.step();
    let said =
        |seat: &str| Command::GiveStatement { item: "dam".into(), seat: seat.into(), text: "Yes.".into() };
    for number in 2..=8 {
        sample.step();
        sample.person(&format!("m{number}"), said(&format!("m{number}")));
    }
    sample.step();
    sample.person("m1", said("m1"));
    sample.console(Command::SumUp { item: item.clone(), text: "Views agree.".into() });
    sample.step();
    for number in [2, 3, 4, 5, 6, 7, 8, 1] {
        sample.votes(&format!("m{number}"), NamedChoice::Agree);
    }
    sample.step();
    sample.sign_matter();
    sample.step();
    assert_eq!(sample.state.item_state(&item).unwrap().stage, Stage::Declared);
    assert!(MatterPoint::Signed < MatterPoint::Declared);
}

#[test]
fn a_nomination_that_was_added_has_its_own_ballot() {
    let mut sample = Sample::with_agenda(Lang::En);
    for item in ["rules", "bridge", "appoint"] {
        sample.agenda(take_off(item), NOBODY_OBJECTS).unwrap();
    }
    assert!(!sample.state.has_ballot());
    sample.agenda(add(POSTS, None), hands(5, 3, 0)).unwrap();
    assert!(sample.state.has_ballot());
    assert_eq!(next_step(&sample.state), Some(Step::ApproveScrutineers));
    sample.console(Command::ApproveScrutineers { agree: 8, disagree: 0, abstain: 0 });
    while !matches!(next_step(&sample.state), Some(Step::CountHeads(_))) {
        sample.step();
    }
    let item = ItemId::from("posts");
    for seat in ["m5", "m6"] {
        sample.person(seat, Command::CountHeads { item: item.clone(), heads: 8 });
    }
    sample.step();
    let (_, round) = sample.state.current_round().unwrap();
    assert_eq!((round.issue.item.clone(), round.issue.lines.len(), round.issue.due), (item, 1, 9));
    assert_eq!(round.issue.electorate.len(), 8);
}
