//! Two real machines, as far as one machine can play them: the console's process is killed with `kill -9`, the presiding
//! officer takes over in the standby's, and the terminals find it by themselves.

use plenum::archive::verify::verify;

use super::screens::{Session, lead};

#[test]
fn the_standbys_process_becomes_the_console_and_the_terminals_find_it() {
    let session = Session::new();
    let mut console = session.console();
    console.shows("Small session");
    let mut terminals: Vec<_> = ["Ben Counting", "Cleo Counting", "Dora Writing", "Emil Voting"]
        .map(|name| session.sit_down(name))
        .into();
    let dir = session.home.path().join("second");
    let mut standby = session.standby(&dir);
    standby.shows("In step, since");
    console.shows("standby in step");
    for terminal in &mut terminals {
        terminal.shows("standby in step");
    }
    console.kill();
    standby.shows("no connection to the console");
    for terminal in &mut terminals {
        terminal.shows("connection lost");
    }

    // Another's code does not take over.
    standby.press("t");
    standby.shows("Type the code on the presiding officer's slip");
    standby.press(&format!("{}\r", session.code("Dora Writing")));
    standby.shows("This is not the code on the presiding officer's slip");
    standby.press("t");
    standby.shows("Type the code on the presiding officer's slip");
    standby.press(&format!("{}\r", session.code("Ada Presiding")));
    standby.until("the console", |shown| shown.contains("Small session") && shown.contains("connected"));
    for terminal in &mut terminals {
        terminal.until("the connection", |shown| !shown.contains("connection lost"));
    }
    standby.until("more than half", |shown| !shown.contains("until more than half are connected"));
    standby.press("\r");
    let scrutineers = &mut terminals[..2];
    lead(&mut standby, scrutineers, "4", "an open meeting", |shown| shown.contains("Two posts"));

    // The first machine comes back, acknowledges nothing without half of the room, and is told that it is not the hub any
    // more. How long it stands in the first of these is chance; in the second it stays.
    let mut first = session.console();
    first.until("that it is not the hub any more", |shown| shown.contains("The standby has taken over"));
    assert!(!verify(&dir).holds(), "nothing is sealed");
    assert!(std::fs::read_to_string(dir.join("journal.jsonl")).unwrap().contains("taken_over"));
}
