//! A joint meeting on real sockets: opinions from terminals and at the console, two terminals of one department, a
//! terminal that is lost in the middle, a hub that starts again, and the archive.

use std::fs;
use std::path::Path;

use plenum::archive::Results;
use plenum::client::AskError;
use plenum::meeting::{
    Command, DepartmentId, ItemId, OfficialId, Phase, Refusal, Stance, State, Step, next_step,
};

use super::room::Room;

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small joint meeting"
meeting.body = "Departments"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
groups = [
  { id = "unit", name = "Departments", standing = "member" },
]
people = [
  { id = "m1", name = "Ada Presiding", group = "unit", duties = ["presiding"] },
  { id = "m2", name = "Ben Discipline", group = "unit" },
  { id = "m3", name = "Cleo Discipline", group = "unit", duties = ["recorder"] },
  { id = "m4", name = "Dora Audit", group = "unit" },
  { id = "m5", name = "Emil Petitions", group = "unit" },
]

[[items]]
id = "joint"
kind = "joint_meeting"
title = "Joint check"
check_days = 5

[[items.departments]]
id = "discipline"
name = "Discipline"
seats = ["m2", "m3"]

[[items.departments]]
id = "audit"
name = "Audit"
seats = ["m4"]

[[items.departments]]
id = "petitions"
name = "Petitions"
seats = ["m5"]

[[items.officials]]
id = "north"
name = "Nora North"
post = "Head"
unit = "North Office"
relatives = ["m3"]

[[items.officials]]
id = "south"
name = "Saul South"
post = "Head"
unit = "South Office"
"#;

fn write_joint(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
}

async fn room(seats: &[&str]) -> Room {
    let mut room = Room::of(write_joint).await;
    for seat in seats {
        room.join(seat).await;
    }
    room.give(Command::OpenMeeting).await;
    room.give(Command::OpenItem { item: item() }).await;
    room
}

fn item() -> ItemId {
    "joint".into()
}

fn give(official: &str, stance: Stance) -> Command {
    Command::GiveStance { item: item(), official: official.into(), stance }
}

fn check(what: &str) -> Stance {
    Stance::NeedsChecking { what: what.to_owned() }
}

fn stands(state: &State, official: &str, department: &str) -> Option<Stance> {
    let (_, _, joint) = state.current_joint()?;
    joint.of(official)?.stands(department).map(|given| given.stance.clone())
}

async fn until_stands(room: &Room, official: &str, department: &str, stance: &Stance) {
    let there = |view: &plenum::client::View| {
        view.state.as_ref().is_some_and(|state| stands(state, official, department).as_ref() == Some(stance))
    };
    room.until("an opinion", there).await;
}

async fn refused(room: &Room, seat: &str, command: Command) -> Refusal {
    match room.clients[seat].order(command).await {
        Err(AskError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn departments_give_their_opinions_and_the_archive_holds_them() {
    let room = room(&["m1", "m2", "m3", "m4", "m5"]).await;
    // Who speaks for nobody, or about a relative, is refused.
    assert_eq!(refused(&room, "m1", give("north", Stance::NoObjection)).await, Refusal::NotADepartment);
    assert_eq!(refused(&room, "m3", give("north", Stance::NoObjection)).await, Refusal::AboutOneself);
    room.clients["m2"].order(give("north", check("a letter"))).await.unwrap();
    room.clients["m3"].order(give("south", check("a file"))).await.unwrap();
    // Another seat of the same department says something else: both versions stay, the last one stands.
    room.clients["m2"].order(give("south", Stance::NoObjection)).await.unwrap();
    until_stands(&room, "south", "discipline", &Stance::NoObjection).await;
    let objection = Stance::Objection { reason: "no audit yet".to_owned() };
    room.clients["m4"].order(give("north", objection.clone())).await.unwrap();
    // The last terminal does not work: the console enters it.
    let department = DepartmentId::from("petitions");
    for official in ["north", "south"] {
        let (department, stance) = (department.clone(), Stance::NoObjection);
        room.give(Command::EnterStance { item: item(), official: official.into(), department, stance }).await;
    }
    room.give(Command::CloseOpinions { item: item(), official: "north".into() }).await;
    let late = refused(&room, "m4", give("north", Stance::NoObjection)).await;
    assert_eq!(late, Refusal::OpinionsClosed);
    room.give(Command::CloseAllOpinions { item: item() }).await;
    assert_eq!(next_step(&room.state()), Some(Step::Declare(item())));
    room.give(Command::Declare { item: item() }).await;
    room.give(Command::CloseMeeting).await;
    // The archive is sealed and verified.
    let state = room.finish().await;
    assert_eq!(state.phase, Phase::Ended);
    let results = Results::new(&state, "");
    let joint = results.items[0].joint().unwrap();
    let conclusions: Vec<_> = joint.officials.iter().map(|one| one.conclusion.unwrap().name()).collect();
    assert_eq!(conclusions, ["objected", "incomplete"]);
    assert_eq!(results.follow_ups.len(), 1);
    let check = &results.follow_ups[0];
    assert_eq!((check.owner.as_str(), check.official.as_str()), ("Discipline", "Nora North"));
    assert_eq!(check.due_on, Some(jiff::civil::date(2027, 3, 19)));
    let table = results.opinions_csv();
    assert!(table.contains(",petitions,Petitions,1,yes,no_objection,,console"), "{table}");
    assert!(table.contains(",discipline,Discipline,1,no,needs_checking,a file,Cleo Discipline"), "{table}");
    assert!(table.contains(",audit,Audit,0,yes,none,,"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn opinions_outlive_a_terminal_and_the_hub() {
    let mut room = room(&["m1", "m2", "m3", "m4", "m5"]).await;
    room.clients["m2"].order(give("north", check("a letter"))).await.unwrap();
    room.kill("m4");
    room.stop().await;
    room.open_again().await;
    assert_eq!(stands(&room.state(), "north", "discipline"), Some(check("a letter")));
    let official = OfficialId::from("south");
    let (department, stance) = ("audit".into(), Stance::NoObjection);
    room.give(Command::EnterStance { item: item(), official, department, stance }).await;
    until_stands(&room, "south", "audit", &Stance::NoObjection).await;
}
