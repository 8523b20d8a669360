//! How each page looks, at both sizes and in both languages.

use super::*;
use crate::client::{Alarm, Strangers, Turnout};
use crate::meeting::{AdjournGround, BallotId};

const POINTS: [(&str, Point); 16] = [
    ("signing_in", Point::SigningIn),
    ("opened", Point::Opened),
    ("next_item", Point::ScrutineersApproved),
    ("introducing", Point::Introducing),
    ("recusing", Point::Recusing),
    ("deliberating", Point::Deliberating),
    ("deliberated", Point::Deliberated),
    ("issuing", Point::Issuing),
    ("registering", Point::Registering),
    ("confirming", Point::Confirming),
    ("voting", Point::Voting),
    ("sealing", Point::Sealing),
    ("sealed", Point::Sealed),
    ("counted", Point::Counted),
    ("declared", Point::Declared),
    ("closed", Point::Closed),
];

/// Both sizes of a screen, one under the other.
fn both_sizes(lang: Lang, console: &mut Console, view: &View) -> String {
    SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n")
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    let lang = lang.pick("zh", "en");
    insta::assert_snapshot!(format!("{name}_{lang}"), drawn);
}

#[test]
fn every_step_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in POINTS {
            let (mut console, mut view) = at(lang, point);
            if point == Point::Voting {
                view.live.turnout =
                    Some(Turnout { ballot: BallotId::from("appoint"), at_least: 5, all: false });
            }
            snapshot(name, lang, &both_sizes(lang, &mut console, &view));
        }
    }
}

/// What lies over a page, by the keys that bring it there.
#[test]
fn every_cover_looks_right() {
    use KeyCode::{Char, Enter, Tab};
    let covers: [(&str, Point, &[KeyCode]); 10] = [
        ("cover_hands", Point::Opened, &[Enter, Char('7'), Tab, Char('1')]),
        ("cover_people", Point::Introducing, &[Char('r')]),
        ("cover_find", Point::Introducing, &[Char('r'), Char('王')]),
        ("cover_defer", Point::Deliberated, &[Char('d')]),
        ("cover_reason", Point::Deliberating, &[Char('d'), Enter, Char('情'), Char('况')]),
        ("cover_issue", Point::Deliberated, &[Enter]),
        ("cover_close_issue", Point::Issuing, &[Enter]),
        ("cover_close_voting", Point::Voting, &[Enter]),
        ("cover_open_box", Point::Sealed, &[Enter]),
        ("cover_help", Point::Deliberating, &[Char('?')]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point, keys) in covers {
            let (mut console, view) = ready_at(lang, point);
            press(&mut console, &view, keys.iter().copied());
            snapshot(name, lang, &Window::new(lang, (80, 24)).draw(&mut console, &view));
        }
    }
}

#[test]
fn what_stays_until_it_is_dealt_with() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang).until(Point::Confirming);
        let ballot = sample.ballot();
        let reason = lang.pick("名单上没有我的凭证", "my credential is not on the list").to_owned();
        sample.order(&Actor::from("m7"), Command::Object { ballot, reason });
        let reason = lang.pick("更换设备", "changing a machine").to_owned();
        sample.console(Command::Suspend { reason });
        let mut view = seen(&sample);
        view.alarm = Some(Alarm::Hub("line 17".to_owned()));
        view.live.disk_trouble =
            Some("/srv/session/journal.jsonl: No space left on device (os error 28)".to_owned());
        let mut console = Console::new(lang, "/home/clerk/d".to_owned(), Some(free_seat(lang)));
        snapshot("standing", lang, &both_sizes(lang, &mut console, &view));
        press(&mut console, &view, [KeyCode::Char('o')]);
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(!drawn.contains(lang.pick("提出异议", "objects:")), "{drawn}");
        // The seat has been enrolled: its hint goes.
        sample.order(&Actor::Hub, Command::Enrol { who: Actor::from("m9"), key: "ab".repeat(32) });
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &seen(&sample));
        assert!(!drawn.contains("K7QM"), "{drawn}");
    }
}

#[test]
fn a_refusal_stands_over_the_page() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut console, view) = ready_at(lang, Point::Confirming);
        let missing = vec![SeatId::from("m3"), SeatId::from("m7")];
        let refusal = Refusal::ListNotConfirmed { issued: 8, registered: 8, confirmed: 6, missing };
        refuse(&mut console, &view, Command::OpenVoting { ballot: "appoint".into() }, refusal);
        snapshot("refusal", lang, &Window::new(lang, (80, 24)).draw(&mut console, &view));
    }
}

#[test]
fn the_end_says_where_the_archive_is() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut console, mut view) = at(lang, Point::Closed);
        view.sealed = true;
        snapshot("sealed_record", lang, &Window::new(lang, (80, 24)).draw(&mut console, &view));
        let mut sample = Sample::new(lang).until(Point::Voting);
        let ground = AdjournGround::Decided { reason: lang.pick("火警", "fire alarm").to_owned() };
        sample.console(Command::Adjourn { ground });
        let view = seen(&sample);
        snapshot("adjourned", lang, &Window::new(lang, (120, 40)).draw(&mut super::console(lang), &view));
    }
}

#[test]
fn plain_signs_only_where_asked() {
    for lang in [Lang::Zh, Lang::En] {
        for (_, point) in POINTS {
            for size in SIZES {
                let (mut console, view) = at(lang, point);
                let drawn = Window::ascii(lang, size).draw(&mut console, &view);
                assert!(!drawn.contains(['≥', '÷', '×', '“']), "{drawn}");
                assert!(!drawn.contains("~~"), "a pause in a sentence is no text that was cut: {drawn}");
                press(&mut console, &view, [KeyCode::Enter]);
                Window::ascii(lang, size).draw(&mut console, &view);
            }
        }
    }
}

#[test]
fn no_page_shows_who_has_voted() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut console, mut view) = at(lang, Point::Voting);
        view.live.turnout = Some(Turnout { ballot: BallotId::from("appoint"), at_least: 5, all: false });
        let drawn = Window::new(lang, (120, 40)).draw(&mut console, &view);
        // m7 is cut off and is named; m2, who is connected, is not, whether voted or not.
        let name = |id: &str| view.state.as_deref().unwrap().name(&SeatId::from(id)).to_owned();
        assert!(drawn.contains(&name("m7")), "{drawn}");
        assert!(!drawn.contains(&name("m2")), "{drawn}");
    }
}

#[test]
fn every_size_and_every_step_draws_whole_boxes() {
    for point in [Point::SigningIn, Point::Introducing, Point::Recusing, Point::Voting, Point::Counted] {
        let (mut console, view) = at(Lang::Zh, point);
        for width in [99, 100, 116, 160] {
            for height in [24, 40] {
                Window::new(Lang::Zh, (width, height)).draw(&mut console, &view);
            }
        }
        let small = Window::new(Lang::Zh, (40, 10)).draw(&mut console, &view);
        assert!(small.contains("80"), "{small}");
    }
}

/// Who knocks is told in the panel, the worst addresses with it; while nobody does, nothing is.
#[test]
fn strangers_are_told_while_there_are_some() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut console, mut view) = at(lang, Point::Voting);
        let calm = both_sizes(lang, &mut console, &view);
        view.live.strangers = Some(Strangers {
            refused: 1_200,
            wrong_codes: 5,
            shut_out: 1,
            addresses: vec!["192.168.100.17".to_owned(), "10.0.0.9".to_owned(), "fe80::1:2:3:4".to_owned()],
        });
        let told = both_sizes(lang, &mut console, &view);
        for word in ["1200/", "192.168.100.17"] {
            assert!(told.contains(word) && !calm.contains(word), "{word}:\n{told}");
        }
        insta::assert_snapshot!(format!("strangers_{lang:?}"), told);
    }
}

/// Names of any length, rare characters, turned text and five hundred people push no border.
#[test]
fn odd_names_and_a_large_body_break_no_page() {
    let mut plan = crate::meeting::sample::plan(Lang::Zh);
    let names = [
        "王".repeat(100),
        "\u{202e}\u{1b}[2J反".to_owned(),
        "𠮷\u{e0100}田".to_owned(),
        "e\u{301}".repeat(60),
        "阿卜杜热合曼·买买提明".to_owned(),
    ];
    let crate::plan::ItemKind::Nomination(nomination) = &mut plan.items[0].kind else { unreachable!() };
    for (line, name) in nomination.lines.iter_mut().zip(&names) {
        line.name.clone_from(name);
        line.post = format!("{name}{}", line.post);
    }
    plan.items[0].title = "票".repeat(100);
    plan.meeting.title = "全".repeat(100);
    for (person, name) in plan.people.iter_mut().zip(names.iter().cycle()) {
        person.name.clone_from(name);
        person.unit.clone_from(name);
    }
    let like = plan.people[10].clone();
    plan.people
        .extend((12..500).map(|number| crate::plan::Person { id: format!("a{number}"), ..like.clone() }));
    for point in
        [Point::SigningIn, Point::Introducing, Point::Recusing, Point::Issuing, Point::Voting, Point::Counted]
    {
        let view = seen(&Sample::of(plan.clone()).until(point));
        for size in SIZES {
            let mut console = console(Lang::Zh);
            Window::new(Lang::Zh, size).draw(&mut console, &view);
            press(&mut console, &view, [KeyCode::Enter]);
            Window::new(Lang::Zh, size).draw(&mut console, &view);
            press(&mut console, &view, [KeyCode::Esc, KeyCode::Char('r'), KeyCode::End, KeyCode::PageDown]);
            Window::new(Lang::Zh, size).draw(&mut console, &view);
        }
    }
}
