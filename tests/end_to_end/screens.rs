//! A meeting by hand, in real terminals.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::room::write_plan;
use super::terminal::{Terminal, arg, free_port};

/// A session folder with printed slips, and where its console will listen.
pub struct Session {
    pub home: tempfile::TempDir,
    pub dir: PathBuf,
    listen: String,
    codes: BTreeMap<String, String>,
}

impl Session {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("session");
        write_plan(&dir);
        let made = Command::new(env!("CARGO_BIN_EXE_plenum")).args(["seats", arg(&dir)]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let slips = fs::read_to_string(dir.join("private/slips.txt")).unwrap();
        let names = [
            "Ada Presiding",
            "Ben Counting",
            "Cleo Counting",
            "Dora Writing",
            "Emil Voting",
            "Fay Guest",
            "Standby",
        ];
        let codes = names
            .iter()
            .map(|name| {
                let (_, after) = slips.split_once(name).unwrap();
                ((*name).to_owned(), after.split_whitespace().find(|word| is_code(word)).unwrap().to_owned())
            })
            .collect();
        Self { home, dir, listen: format!("127.0.0.1:{}", free_port()), codes }
    }

    pub fn console(&self) -> Terminal {
        let args = ["console", arg(&self.dir), "--listen", &self.listen];
        Terminal::start("console", &args, (110, 32))
    }

    /// Somebody's terminal, which asks for the code or takes up the kept key.
    fn terminal(&self, name: &str) -> Terminal {
        let state = self.home.path().join("state").join(name.split(' ').next().unwrap());
        let audit = self.home.path().join("audit");
        fs::create_dir_all(&audit).unwrap();
        let args = ["terminal", &self.listen, "--state", arg(&state), "--audit-dir", arg(&audit)];
        Terminal::start(name, &args, (80, 24))
    }

    /// The code on the slip of somebody, or of the standby.
    pub fn code(&self, name: &str) -> &str {
        &self.codes[name]
    }

    /// A second machine, which stands by.
    pub fn standby(&self, dir: &Path) -> Terminal {
        let listen = format!("127.0.0.1:{}", free_port());
        let code = self.code("Standby");
        let args = ["standby", &self.listen, arg(dir), "--code", code, "--listen", &listen];
        Terminal::start("standby", &args, (110, 32))
    }

    /// Enrols and signs in.
    pub fn sit_down(&self, name: &str) -> Terminal {
        let mut terminal = self.terminal(name);
        terminal.shows("Type the code");
        terminal.press(&format!("{}\r", self.codes[name]));
        terminal.shows("Enter sign in");
        terminal.press("\r");
        terminal.until("the waiting room", |shown| !shown.contains("Enter sign in") && shown.contains(name));
        terminal
    }
}

fn is_code(word: &str) -> bool {
    is_grouped(word, 15)
}

/// The room code, in three groups of four.
fn is_room_code(word: &str) -> bool {
    is_grouped(word, 14)
}

fn is_grouped(word: &str, bytes: usize) -> bool {
    word.len() == bytes
        && word.match_indices('-').map(|(place, _)| place).eq([4, 9])
        && word.bytes().all(|byte| byte == b'-' || byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Presses Enter through the console's steps, confirming where it asks, until `there`. What happens by itself, and the
/// taking of papers, is waited for; scrutineers do at their terminals what they are asked for.
pub fn lead(
    console: &mut Terminal,
    scrutineers: &mut [Terminal],
    present: &str,
    what: &str,
    there: impl Fn(&str) -> bool,
) {
    let deadline = Instant::now() + Duration::from_secs(120);
    // What is read aloud belongs to the step, and the bottom line to what is open above it.
    let step = |shown: &str| shown.split_once("Read aloud").map(|(_, after)| after.to_owned());
    loop {
        let shown = console.settled();
        if there(&shown) {
            return;
        }
        assert!(Instant::now() < deadline, "the console did not get to {what}:\n{}", console.text());
        if shown.contains("Y confirm") {
            console.press("y");
        } else if shown.contains("still to be counted") {
            console.press(&format!("{present}\r"));
        } else if shown.contains(" Enter ") && !shown.contains("Enter close the issue") {
            console.press("\r");
        }
        let patience = Instant::now() + Duration::from_secs(5);
        while step(&console.flat()) == step(&shown) && Instant::now() < patience {
            for scrutineer in scrutineers.iter_mut() {
                attend(console, scrutineer, present);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What a scrutineer does at the own terminal: counts heads, reads the room code off the console, signs the figures and
/// the seal, and goes on without a terminal that does not answer.
fn attend(console: &Terminal, scrutineer: &mut Terminal, present: &str) {
    let shown = scrutineer.flat();
    let keys = if shown.contains("type the number, press Enter") {
        format!("{present}\r")
    } else if shown.contains("and type it here") {
        let text = console.flat();
        let Some(code) = text.split_whitespace().find(|word| is_room_code(word)) else { return };
        format!("{code}\r")
    } else if shown.contains("Y signs") || shown.contains("Y accepts") {
        "y".to_owned()
    } else if shown.contains("S signs them") {
        "s".to_owned()
    } else if shown.contains("A go on without") {
        "a".to_owned()
    } else {
        return;
    };
    scrutineer.press(&keys);
    scrutineer.until("what follows", |now| now != shown);
}

pub fn closes_voting(shown: &str) -> bool {
    shown.contains("Enter close voting")
}

/// Marks two lines by digits, reviews, confirms; and reads the tracking code off the screen.
pub fn vote(terminal: &mut Terminal, first: char, second: char) -> String {
    terminal.shows("not marked");
    terminal.press(&format!("{first}"));
    terminal.press(&format!("{second}"));
    terminal.shows("Enter review");
    terminal.press("\r");
    terminal.shows("Y");
    terminal.until("the review", |shown| shown.to_lowercase().contains("cannot be changed"));
    terminal.press("y");

    terminal
        .until("`returned`", |shown| shown.to_lowercase().contains("returned") && !shown.contains("Casting"))
}

#[test]
fn a_window_that_is_too_small_says_so_and_draws_again_when_it_grows() {
    let session = Session::new();
    let mut console =
        Terminal::start("console", &["console", arg(&session.dir), "--listen", &session.listen], (40, 10));
    console.shows("This window is too small");
    console.resize(80, 24);
    console.shows("Enter open the meeting");
    let mut terminal = Terminal::start(
        "terminal",
        &["terminal", &session.listen, "--state", arg(&session.home.path().join("state"))],
        (40, 10),
    );
    terminal.shows("This window is too small");
    terminal.resize(100, 30);
    terminal.shows("Type the code");
}

#[test]
fn a_console_says_on_its_screen_what_was_cut_off_its_journal() {
    let session = Session::new();
    let mut console = session.console();
    console.shows("Enter open the meeting");
    console.kill();
    let mut journal = fs::OpenOptions::new().append(true).open(session.dir.join("journal.jsonl")).unwrap();
    journal.write_all(b"{\"begun\":").unwrap();
    let said = "cut off 9 bytes of the unfinished line";
    session.console().until(said, |shown| shown.contains(said) && shown.contains("open the meeting"));
}

#[test]
fn a_wrong_code_is_refused_in_words_and_the_right_one_taken() {
    let session = Session::new();
    let mut console = session.console();
    console.shows("Enter open the meeting");
    let mut terminal = session.terminal("Emil Voting");
    terminal.shows("Type the code");
    // Mistyped; well formed and nobody's; somebody's, with small letters and spaces.
    terminal.press("0000-0000-00001\r");
    terminal.shows("mistyped");
    terminal.press(&"\x7f".repeat(20));
    terminal.press("0000-0000-00000\r");
    terminal.until("a refusal", |shown| shown.contains("seat code is wrong"));
    let right = session.codes["Emil Voting"].to_lowercase().replace('-', " ");
    terminal.press(&format!("{right}\r"));
    terminal.shows("Enter sign in");
    // A second terminal with the same code.
    let mut second = session.terminal("second");
    second.shows("Type the code");
    second.press(&format!("{}\r", session.codes["Emil Voting"]));
    second.until("a refusal", |shown| shown.contains("used"));
    terminal.press("\r");
    console.shows("present 1");
    // Left and started again: no code is asked.
    drop(terminal);
    let mut again = session.terminal("Emil Voting");
    again.until("its own seat", |shown| shown.contains("Emil Voting") && shown.contains("connected"));
}

#[test]
fn a_console_that_is_killed_in_mid_vote_goes_on_and_nobody_types_a_code_again() {
    let session = Session::new();
    let mut console = session.console();
    console.shows("Enter open the meeting");
    let names = ["Ben Counting", "Cleo Counting", "Dora Writing", "Emil Voting"];
    let mut terminals: Vec<Terminal> = names.iter().map(|name| session.sit_down(name)).collect();
    console.shows("present 4");
    lead(&mut console, &mut terminals[..2], "4", "the vote", closes_voting);
    let returned = vote(&mut terminals[0], '1', '2');
    vote(&mut terminals[1], '1', '3');
    let journal = fs::read(session.dir.join("journal.jsonl")).unwrap();
    console.kill();
    for terminal in &mut terminals {
        terminal.until("a lost connection", |shown| !shown.contains(" connected"));
    }
    assert_eq!(fs::read(session.dir.join("journal.jsonl")).unwrap(), journal);

    let mut console = session.console();
    console.until("the same vote", closes_voting);
    for terminal in &mut terminals {
        terminal.shows(" connected");
    }
    assert_eq!(tracker(&terminals[0].flat()), tracker(&returned), "its ballot is where it was");
    vote(&mut terminals[2], '1', '1');
    vote(&mut terminals[3], '2', '2');
    lead(&mut console, &mut terminals[..2], "4", "the signatures", |shown| shown.contains("What is sealed"));
    // Signed by the recorder, one scrutineer, and not by the other; the console is killed in between.
    terminals[2].shows("It is your turn to sign");
    terminals[1].shows("Others sign before you");
    terminals[2].press("y");
    terminals[1].shows("It is your turn to sign");
    console.kill();
    let mut console = session.console();
    console.until("the recorder's signature", |shown| shown.contains("Dora Writing recorder signed"));
    terminals[1].shows("It is your turn to sign");
    terminals[1].press("y");
    console.until("a scrutineer's signature", |shown| shown.contains("Cleo Counting scrutineer signed"));
    terminals[0].shows("It is your turn to sign");
    terminals[0].press("n");
    terminals[0].shows("Why you do not sign");
    terminals[0].press("I was outside\r");
    console.until("a refusal", |shown| shown.contains("refuses: I was outside"));
    lead(&mut console, &mut [], "4", "the seal", |shown| shown.contains("Q quit"));
    console.press("q");
    let (status, said) = console.end();
    assert_eq!(status, 0, "{said}");
    for terminal in &mut terminals {
        terminal.until("the end", |shown| !shown.contains("not marked"));
    }
    verified(&session.dir, [[3, 1, 0, 0], [1, 2, 1, 0]]);
}

/// The tracking code on the screen: twelve characters in three groups.
fn tracker(shown: &str) -> String {
    let (_, after) = shown.split_once("Tracking code").unwrap_or_else(|| panic!("no tracking code: {shown}"));
    let code: String = after.split_whitespace().take(3).collect();
    assert_eq!(code.len(), 12, "{shown}");
    code
}

/// The archive holds, with these figures: agree, disagree, abstain, not returned.
pub fn verified(dir: &Path, expected: [[u64; 4]; 2]) {
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_plenum")).args(args).output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{out}{}", String::from_utf8_lossy(&output.stderr));
        out
    };
    run(&["verify", arg(dir)]);
    let minutes: serde_json::Value =
        serde_json::from_str(&run(&["minutes", arg(dir), "--format", "json"])).unwrap();
    let lines = minutes["items"][0]["lines"].as_array().unwrap();
    let figures: Vec<[u64; 4]> = lines
        .iter()
        .map(|line| ["agree", "disagree", "abstain", "not_returned"].map(|key| line[key].as_u64().unwrap()))
        .collect();
    assert_eq!(figures, expected);
}

#[test]
fn somebody_votes_at_the_free_seat_of_a_demo() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("demo");
    let mut console = Terminal::start(
        "demo",
        &["demo", "--kind", "nomination", "--seed", "3", "--out", arg(&out)],
        (200, 45),
    );
    let shown = console.shows("Second window");
    let after = |text: &str, word: &str| {
        text.split_once(word).unwrap().1.split_whitespace().next().unwrap().to_owned()
    };
    let hint = shown.split_once("Second window").unwrap().1.to_owned();
    let (host, code) = (after(&hint, " terminal "), after(&hint, " code "));
    assert!(is_code(&code), "{hint}");
    let state = home.path().join("state");
    let mut terminal = Terminal::start("free seat", &["terminal", &host, "--state", arg(&state)], (100, 30));
    terminal.shows("Type the code");
    terminal.press(&format!("{code}\r"));
    terminal.shows("Enter sign in");
    terminal.press("\r");
    console.shows("present 41");
    lead(&mut console, &mut [], "41", "the vote", closes_voting);
    terminal.shows("not marked");
    terminal.press(&"1".repeat(13));
    terminal.shows("Enter review");
    terminal.press("\r");
    terminal.until("the review", |shown| shown.to_lowercase().contains("cannot be changed"));
    terminal.press("y");
    let shown = terminal
        .until("`returned`", |shown| shown.to_lowercase().contains("returned") && !shown.contains("Casting"));
    println!("tracking code {}", tracker(&shown));
    // The presiding officer's own paper, over the console.
    console.press("v");
    console.shows("not marked");
    console.press(&"2".repeat(13));
    console.shows("Enter review");
    console.press("\r");
    console.until("the review", |shown| shown.to_lowercase().contains("cannot be changed"));
    console.press("y");
    console
        .until("`returned`", |shown| shown.to_lowercase().contains("returned") && !shown.contains("Casting"));
    console.press("\x1b");
    console.until("the console again", closes_voting);
    console.until("everybody", |shown| shown.contains("40 or more") || shown.contains("all 41"));
    lead(&mut console, &mut [], "41", "the seal", |shown| shown.contains("Q quit"));
    console.press("q");
    let (status, said) = console.end();
    assert_eq!(status, 0, "{said}");
    let verified = Command::new(env!("CARGO_BIN_EXE_plenum")).args(["verify", arg(&out)]).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
