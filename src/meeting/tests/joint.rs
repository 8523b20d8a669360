//! A joint meeting: what is refused, as a table; and any order of commands keeps its rules.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::common::pick;
use crate::meeting::joint_sample::{JointPoint as At, joint_plan, seat_of};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, Command, CommandKind, DepartmentId, Event, ItemId, OfficialId, Refusal, SeatId, Stage, Stance,
    State, Step, TEXT_CHARS_MAX, next_step,
};
use crate::plan::ItemKind;
use crate::words::Lang;

fn item() -> ItemId {
    Sample::joint_item()
}

fn at(point: At) -> Sample {
    Sample::joint(Lang::En).until_joint(point)
}

fn give(official: &str, stance: Stance) -> Command {
    Command::GiveStance { item: item(), official: official.into(), stance }
}

fn enter(official: &str, department: &str) -> Command {
    let (official, department) = (official.into(), department.into());
    Command::EnterStance { item: item(), official, department, stance: Stance::NoObjection }
}

fn object(reason: &str) -> Stance {
    Stance::Objection { reason: reason.to_owned() }
}

fn check(what: &str) -> Stance {
    Stance::NeedsChecking { what: what.to_owned() }
}

fn close(official: &str) -> Command {
    Command::CloseOpinions { item: item(), official: official.into() }
}

#[test]
fn what_a_joint_meeting_forbids_is_refused_with_its_figures() {
    use Refusal as R;
    let console = || Actor::Console;
    let no_right = |command| R::NoRight { command };
    let not_now = |command| R::NotNow { command };
    let long = "x".repeat(TEXT_CHARS_MAX as usize + 1);
    let rows: Vec<(At, Actor, Command, Refusal)> = vec![
        // Who.
        (At::Called, console(), give("o1", Stance::NoObjection), no_right(CommandKind::GiveStance)),
        (At::Called, seat_of("m2"), enter("o1", "d1"), no_right(CommandKind::EnterStance)),
        (At::Called, seat_of("m4"), enter("o1", "d1"), no_right(CommandKind::EnterStance)),
        (At::Called, seat_of("m2"), close("o1"), no_right(CommandKind::CloseOpinions)),
        (
            At::Called,
            seat_of("m2"),
            Command::CloseAllOpinions { item: item() },
            no_right(CommandKind::CloseAllOpinions),
        ),
        (At::Called, Actor::Display(1), give("o1", object("no")), no_right(CommandKind::GiveStance)),
        (At::Called, seat_of("m7"), give("o1", Stance::NoObjection), R::NotADepartment),
        (At::Called, seat_of("m9"), give("o1", object("no")), R::NotPresent { seat: "m9".into() }),
        (At::Called, seat_of("m2"), give("o2", Stance::NoObjection), R::AboutOneself),
        (At::Called, seat_of("m6"), give("o4", Stance::NoObjection), R::AboutOneself),
        // What.
        (At::Called, seat_of("m2"), give("o9", Stance::NoObjection), R::UnknownOfficial),
        (At::Called, console(), enter("o9", "d1"), R::UnknownOfficial),
        (At::Called, console(), close("o9"), R::UnknownOfficial),
        (At::Called, console(), enter("o1", "d9"), R::UnknownDepartment),
        (
            At::Called,
            console(),
            enter("o1", "d5"),
            R::DepartmentAbsent { department: "Petitions Office".to_owned() },
        ),
        (At::Called, seat_of("m2"), give("o1", object("  ")), R::TextMissing),
        (At::Called, seat_of("m2"), give("o1", check("")), R::TextMissing),
        (
            At::Called,
            seat_of("m2"),
            give("o1", object(&long)),
            R::TextTooLong { chars: TEXT_CHARS_MAX + 1, chars_max: TEXT_CHARS_MAX },
        ),
        // When.
        (At::ToCome, seat_of("m2"), give("o1", Stance::NoObjection), not_now(CommandKind::GiveStance)),
        (At::ToCome, console(), close("o1"), not_now(CommandKind::CloseOpinions)),
        (At::FirstClosed, seat_of("m2"), give("o1", object("late")), R::OpinionsClosed),
        (At::FirstClosed, console(), enter("o1", "d1"), R::OpinionsClosed),
        (At::FirstClosed, console(), close("o1"), R::OpinionsClosed),
        (At::AllClosed, console(), Command::CloseAllOpinions { item: item() }, R::OpinionsClosed),
        (At::Speaking, console(), Command::Declare { item: item() }, R::OpinionsOpen { left: 4 }),
        (At::FirstClosed, console(), Command::Declare { item: item() }, R::OpinionsOpen { left: 3 }),
        (At::Declared, seat_of("m2"), give("o1", object("late")), not_now(CommandKind::GiveStance)),
        (At::Called, console(), Command::CloseMeeting, R::ItemNotFinished),
        // What belongs to other items.
        (At::Called, console(), Command::OpenIssue { item: item() }, not_now(CommandKind::OpenIssue)),
        (At::Called, console(), Command::BeginRecusal { item: item() }, not_now(CommandKind::BeginRecusal)),
        (
            At::Called,
            seat_of("m2"),
            Command::Recuse { item: item(), seat: "m2".into() },
            not_now(CommandKind::Recuse),
        ),
    ];
    for (point, actor, command, refusal) in rows {
        let found = at(point).try_order(&actor, &command);
        assert_eq!(found, Err(refusal), "{point:?}: {actor} {command:?}");
    }
}

#[test]
fn a_meeting_without_a_ballot_needs_neither_scrutineers_nor_a_key() {
    let sample = at(At::ToCome);
    assert!(!sample.state.awaits_scrutineers() && !sample.state.ballot_is_ahead());
    assert_eq!(next_step(&sample.state), Some(Step::OpenItem(item())));
    let mut plan = joint_plan(Lang::En);
    plan.items.extend(crate::meeting::sample::plan(Lang::En).items);
    let mut mixed = Sample::of(plan);
    mixed.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
    mixed.console(Command::OpenMeeting);
    assert_eq!(next_step(&mixed.state), Some(Step::OpenItem(item())));
    mixed.console(Command::OpenItem { item: item() });
    mixed.console(Command::CloseAllOpinions { item: item() });
    mixed.console(Command::Declare { item: item() });
    // Before what is decided by ballot they are approved.
    assert_eq!(next_step(&mixed.state), Some(Step::ApproveScrutineers));
    let opened = mixed.try_order(&Actor::Console, &Command::OpenItem { item: Sample::item() });
    assert_eq!(opened, Err(Refusal::ScrutineersNotApproved));
}

#[test]
fn departments_are_counted_for_the_quorum() {
    // Two thirds of six departments: four. Who leaves, and how many are left.
    let rows: [(&[&str], u32); 4] = [
        (&[], 5),
        // The first one has two who speak for it.
        (&["m2"], 5),
        (&["m4"], 4),
        (&["m4", "m5"], 3),
    ];
    for (leave, present) in rows {
        let mut sample = at(At::ToCome);
        for seat in leave {
            sample.order(&seat_of(seat), Command::SignOut { seat: SeatId::from(*seat) });
        }
        let planned = sample.state.item(&item()).unwrap();
        assert_eq!((sample.state.present_for(planned), sample.state.due_for(planned)), (present, 6));
        sample.console(Command::OpenItem { item: item() });
        let open = sample.state.current_item().is_some();
        assert_eq!(open, present >= 4, "{leave:?}");
        if !open {
            let missed = sample.state.quorum_missed.clone().unwrap();
            assert_eq!((missed.present, missed.due, missed.needed), (present, 6, 4));
            sample.sign_in(&["m4"]);
            assert_eq!(sample.state.quorum_missed, None);
        }
    }
}

#[test]
fn the_last_opinion_stands_and_every_version_is_kept() {
    let sample = at(At::Speaking);
    let joint = sample.state.current_joint().unwrap().2;
    let versions = &joint.of("o3").unwrap().given[&DepartmentId::from("d1")];
    let stances: Vec<_> = versions.iter().map(|given| given.stance.clone()).collect();
    assert_eq!(stances, [object("The file is not complete"), Stance::NoObjection]);
    assert_eq!(joint.of("o3").unwrap().stands("d1"), versions.last());
    assert_eq!(joint.of("o3").unwrap().stands("d6").unwrap().by, None);
    // The same once more is no other version.
    let mut again = at(At::Speaking);
    let same = again.try_order(&seat_of("m4"), &give("o1", Stance::NoObjection));
    assert_eq!(same, Ok(Vec::new()));
    // Somebody else of the department confirms it in the own name.
    let other = again.try_order(&seat_of("m3"), &give("o1", Stance::NoObjection)).unwrap();
    assert!(
        matches!(other.as_slice(), [Event::OpinionStated { by: Some(seat), .. }] if seat.as_str() == "m3")
    );
}

/// What must hold after each command, by rules written down a second time.
fn holds(before: &State, after: &State) {
    let (Some(was), Some(is)) = (before.item_state(&item()), after.item_state(&item())) else {
        panic!("the item is gone")
    };
    let planned = after.item(&item()).unwrap().joint().unwrap();
    let Some(joint) = is.joint() else {
        assert_eq!(is.stage, Stage::ToCome);
        return;
    };
    assert_eq!(joint.officials.len(), planned.officials.len());
    if is.stage == Stage::Declared {
        assert_eq!(joint.open(planned).count(), 0, "declared before all are closed");
    }
    for official in &planned.officials {
        let one = joint.of(&official.id).unwrap();
        let stances = one.stances(planned);
        let sum = stances.no_objection + stances.objection + stances.checking + stances.silent;
        assert_eq!(sum as usize, planned.departments.len());
        for (department, versions) in &one.given {
            for given in versions {
                let Some(seat) = &given.by else { continue };
                let own = planned.department_of(seat.as_str()).unwrap();
                assert_eq!(own.id, department.as_str(), "{seat} spoke for another department");
                assert!(!official.concerns(seat.as_str()), "{seat} spoke about a relative");
            }
        }
        let Some(earlier) = was.joint().and_then(|joint| joint.of(&official.id)) else { continue };
        // Nothing is taken back, nothing changes after the close.
        assert!(earlier.closed.is_none() || *earlier == *one, "changed after it was closed");
        for (department, versions) in &earlier.given {
            assert!(one.given[department].starts_with(versions), "a version is gone");
        }
    }
}

fn command(kind: u8, who: u16, what: u16) -> (Actor, Command) {
    let seats = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "a1", "a2"];
    let officials = ["o1", "o2", "o3", "o4", "o5"].map(OfficialId::from);
    let departments = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"].map(DepartmentId::from);
    let seat = pick(&seats, who);
    let official = pick(&officials, what);
    let stance = pick(&[Stance::NoObjection, object("no"), check("this"), object("")], what / 5);
    let console = Actor::Console;
    match kind {
        0..=9 => (seat_of(seat), Command::GiveStance { item: item(), official, stance }),
        10..=12 => {
            let department = pick(&departments, who);
            (console, Command::EnterStance { item: item(), official, department, stance })
        }
        13 => (console, Command::CloseOpinions { item: item(), official }),
        14 if what.is_multiple_of(7) => (console, Command::CloseAllOpinions { item: item() }),
        15 => (seat_of(seat), Command::SignOut { seat: seat.into() }),
        16 => (seat_of(seat), Command::SignIn { seat: seat.into() }),
        17 => (console, Command::Suspend { reason: "pause".to_owned() }),
        18 => (console, Command::Resume),
        19 => (seat_of(seat), Command::CloseOpinions { item: item(), official }),
        20 => (console, Command::Note { text: "a note".to_owned() }),
        21 => (seat_of(seat), Command::AskFloor),
        22 => (console, Command::CallSpeaker { seat: seat.into(), seconds: 60 }),
        _ => (console, Command::Declare { item: item() }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_commands_keeps_the_rules(
        moves in prop::collection::vec((0_u8..25, any::<u16>(), any::<u16>()), 1..80)
    ) {
        let mut sample = at(At::Called);
        let mut done: BTreeMap<CommandKind, u32> = BTreeMap::new();
        for (kind, who, what) in moves {
            let before = sample.state.clone();
            let (actor, command) = command(kind, who, what);
            if sample.try_order(&actor, &command).is_ok() {
                *done.entry(command.kind()).or_default() += 1;
            }
            holds(&before, &sample.state);
        }
        // Whatever happened, the officer gets to the end with what Enter does.
        if sample.state.suspended.is_some() {
            sample.console(Command::Resume);
        }
        for _ in 0..6 {
            let step = next_step(&sample.state).and_then(|step| step.command());
            if let Some(command) = step {
                let before = sample.state.clone();
                sample.console(command);
                holds(&before, &sample.state);
            }
            if sample.state.ended_at.is_some() {
                break;
            }
        }
        prop_assert!(sample.state.ended_at.is_some());
    }
}

#[test]
fn a_plan_keeps_a_joint_meeting_as_it_is_written() {
    let planned = joint_plan(Lang::Zh).items.remove(0);
    let json = serde_json::to_string(&planned).unwrap();
    assert!(json.contains("\"kind\":\"joint_meeting\""));
    let read: crate::plan::Item = serde_json::from_str(&json).unwrap();
    assert_eq!(read, planned);
    assert!(matches!(read.kind, ItemKind::JointMeeting(_)));
    assert!(serde_json::from_str::<crate::plan::Item>(&json.replacen('{', "{\"more\":1,", 1)).is_err());
}
