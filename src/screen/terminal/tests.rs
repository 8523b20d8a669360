//! The terminal as a member meets it: every page in both languages and sizes, and every key that matters.

use std::sync::Arc;

use crossterm::event::KeyCode::{Backspace, Char, Down, End, Enter, Esc, F, Home, Left, Right, Up};
use zeroize::Zeroizing;

use super::*;
use crate::client::{Alarm, AskError, Link, Paper, TurnedAway, Turnout};
use crate::meeting::sample::{Point, Sample, plan};
use crate::meeting::{Actor, Command, ItemId, LineId, Refusal, SeatId};
use crate::plan::PostList;
use crate::screen::testing::{self, Window, casts, now, press, type_text};
use crate::screen::text::width;
use crate::words::terminal::Terminal as Text;

pub(super) const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
/// Pages whose plain form is kept as a snapshot.
const ASCII_KEPT: &[&str] = &["introducing", "paper_missed", "returned", "counted", "voting"];

/// A seat's view at a point, with the paper that its client would hold there.
pub(super) fn at(lang: Lang, seat: &str, point: Point) -> View {
    let mut view = testing::view(seat, &Sample::new(lang).until(point).state);
    let votes = seat.starts_with('m') && seat != "m9";
    view.paper = match point {
        _ if !votes => Paper::None,
        Point::Issuing | Point::Registering => Paper::Preparing,
        Point::Confirming => Paper::Confirmed,
        Point::Voting => Paper::Open,
        Point::Sealing => returned(false),
        Point::Sealed | Point::Opening | Point::Counted => returned(true),
        _ => Paper::None,
    };
    view.live.turnout = Some(Turnout { ballot: "appoint".into(), at_least: 5, all: false });
    view
}

fn returned(in_box: bool) -> Paper {
    Paper::Returned { tracker: "k7Qm3hVd9pZtLw5R8bYc2nXe6sGf4jUa1oTi0vKzDqM".to_owned(), in_box }
}

const MATERIAL: &str = "张伟,男,1974年6月生,大学学历,现任东关街道办事处主任。\n\n  经推荐、考察,拟任东关街道党工委书记。\nA line in English that is long enough to be broken over two lines at the smaller of the two sizes.";

pub(super) fn terminal(view: &View) -> Terminal {
    let lang = view.state.as_ref().map_or(Lang::En, |state| state.plan().meeting.language);
    let mut terminal = Terminal::new(lang);
    let acts = terminal.viewed(view);
    answer_materials(&mut terminal, view, acts);
    terminal
}

fn answer_materials(terminal: &mut Terminal, view: &View, acts: Vec<Act>) {
    for act in acts.into_iter().filter(|act| *act != Act::Bell) {
        let Act::Material(path) = act else { panic!("{act:?}") };
        terminal.answered(Answer::Material { path, result: Ok(Arc::from(MATERIAL)) }, view);
    }
}

pub(super) fn show(name: &str, view: &View, open: impl Fn(&mut Terminal)) {
    let lang = view.state.as_ref().map_or(Lang::En, |state| state.plan().meeting.language);
    let tag = lang.pick("zh", "en");
    for (size, window) in [
        ("80x24", Window::new(lang, SMALL)),
        ("120x40", Window::new(lang, LARGE)),
        ("80x24_ascii", Window::ascii(lang, SMALL)),
    ] {
        // Every drawing is checked for its widths and boxes; of the plain ones a few are kept.
        let kept = !size.ends_with("ascii") || ASCII_KEPT.contains(&name);
        let mut terminal = terminal(view);
        open(&mut terminal);
        let drawn = window.draw(&mut terminal, view);
        if kept {
            insta::assert_snapshot!(format!("{name}_{tag}_{size}"), drawn);
        }
    }
}

pub(super) const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

#[test]
fn pages_of_the_floor() {
    for lang in BOTH {
        show("sign_in", &at(lang, "m9", Point::Opened), |_| {});
        show("waiting_to_open", &at(lang, "m2", Point::Opened), |_| {});
        show("introducing", &at(lang, "m2", Point::Introducing), |_| {});
        show("recusing", &at(lang, "m4", Point::Recusing), |_| {});
        show("outside", &at(lang, "m1", Point::Deliberating), |_| {});
        show("deliberated_attendee", &at(lang, "a1", Point::Deliberated), |_| {});
        show("issuing_attendee", &at(lang, "a1", Point::Issuing), |_| {});
        let view = at(lang, "m2", Point::Deliberated);
        show("nominee", &view, |terminal| {
            let acts = press(terminal, &view, [Char('i'), Right]);
            answer_materials(terminal, &view, acts);
        });
        let recorder = at(lang, "m4", Point::Opened);
        show("people", &recorder, |terminal| {
            press(terminal, &recorder, [Char('s'), Down]);
        });
        show("note", &recorder, |terminal| {
            press(terminal, &recorder, [Char('n')]);
            type_text(terminal, &recorder, lang.pick("迟到二人", "Two came late"));
        });
    }
}

#[test]
fn pages_of_the_paper() {
    for lang in BOTH {
        show("preparing", &at(lang, "m2", Point::Issuing), |_| {});
        show("confirmed", &at(lang, "m2", Point::Confirming), |_| {});
        let view = at(lang, "m2", Point::Voting);
        show("paper_fresh", &view, |_| {});
        show("paper_missed", &view, |terminal| {
            press(terminal, &view, [Char('1'), Char('2'), Char('3'), Enter]);
        });
        show("paper_help", &view, |terminal| {
            press(terminal, &view, [Char('?')]);
        });
        show("review", &view, |terminal| {
            casts(terminal, &view, "12312".chars().map(Char).chain([Enter]));
        });
        show("casting", &view, |terminal| {
            casts(terminal, &view, "12312".chars().map(Char).chain([Enter, Char('y')]));
        });
        show("covered", &view, |terminal| {
            press(terminal, &view, [F(9)]);
        });
        let mut view = at(lang, "m2", Point::Voting);
        view.paper = returned(false);
        show("returned", &view, |_| {});
        show("returned_in_box", &at(lang, "m2", Point::Sealed), |_| {});
        let mut view = at(lang, "m2", Point::Sealed);
        view.paper = Paper::NotReturned;
        show("not_returned", &view, |_| {});
        view.paper = Paper::Casting;
        show("casting_late", &view, |_| {});
        view.paper = Paper::Lost { tracker: "k7Qm3hVd9pZtLw5R8bYc".to_owned() };
        show("lost", &view, |_| {});
        view.paper = Paper::Forgotten;
        show("forgotten", &view, |_| {});
        show("counted", &at(lang, "a1", Point::Counted), |_| {});
        show("declared", &at(lang, "m2", Point::Declared), |_| {});
    }
}

#[test]
fn pages_when_something_is_wrong_or_over() {
    for lang in BOTH {
        let mut sample = Sample::new(lang).until(Point::Voting);
        let reason = lang.pick("停电，\u{1b}[31m稍候", "power failure, \u{1b}[31mplease wait").to_owned();
        sample.console(Command::Suspend { reason });
        show("suspended", &testing::view("m2", &sample.state), |_| {});
        let mut view = testing::view("m2", &Sample::new(lang).until(Point::Closed).state);
        show("ended", &view, |_| {});
        view.sealed = true;
        show("sealed", &view, |_| {});
        view.link = Link::TurnedAway(TurnedAway::SeatTaken);
        show("turned_away", &view, |_| {});
        let mut view = at(lang, "m2", Point::Voting);
        view.alarm = Some(Alarm::List(lang.pick("凭据不在名单上", "the credential is not on it").to_owned()));
        view.link = Link::Lost { since: now() - jiff::SignedDuration::from_secs(12), tries: 3 };
        view.live.disk_trouble =
            Some("/srv/session/journal.jsonl: No space left on device (os error 28)".to_owned());
        show("alarm", &view, |_| {});
        let mut sample = Sample::new(lang).rehearsal();
        sample.sign_in(&["m1", "m2"]);
        sample.console(Command::OpenMeeting);
        show("rehearsal_quorum_missed", &testing::view("m2", &sample.state), |_| {});
    }
}

#[test]
fn odd_and_endless_names_break_no_page() {
    let mut plan = plan(Lang::Zh);
    let names = [
        "王".repeat(100),
        "\u{202e}\u{1b}[2J反".to_owned(),
        "𠮷\u{e0100}田".to_owned(),
        "e\u{301}".repeat(60),
    ];
    let crate::plan::ItemKind::Nomination(nomination) = &mut plan.items[0].kind else { unreachable!() };
    for (line, name) in nomination.lines.iter_mut().zip(&names) {
        line.name = name.clone();
        line.post = format!("{name}{}", line.post);
    }
    plan.items[0].title = "票".repeat(100);
    plan.people[1].name = names[0].clone();
    plan.people[2].name = names[1].clone();
    plan.meeting.title = "全".repeat(100);
    for point in [
        Point::Opened,
        Point::Introducing,
        Point::Recusing,
        Point::Deliberated,
        Point::Voting,
        Point::Counted,
    ] {
        let mut view = testing::view("m2", &Sample::of(plan.clone()).until(point).state);
        view.paper = if point == Point::Voting { Paper::Open } else { Paper::None };
        show(&format!("odd_{point:?}"), &view, |_| {});
    }
}

/// Thirteen lines of real length, and more than fit.
#[test]
fn a_paper_longer_than_the_window_scrolls_with_its_cursor() {
    let mut plan = plan(Lang::Zh);
    let crate::plan::ItemKind::Nomination(nomination) = &mut plan.items[0].kind else { unreachable!() };
    let first = nomination.lines[0].clone();
    for number in 7..=20 {
        let (id, name) = (format!("n{number}"), format!("人选{number}"));
        nomination.lines.push(crate::plan::Nominee {
            id,
            name,
            person: None,
            list: PostList::Government,
            ..first.clone()
        });
    }
    let counted = testing::view("m2", &Sample::new(Lang::Zh).until(Point::Counted).state);
    let mut view = testing::view("m2", &Sample::of(plan).until(Point::Voting).state);
    view.paper = Paper::Open;
    let mut terminal = terminal(&view);
    let window = Window::new(Lang::Zh, SMALL);
    insta::assert_snapshot!("long_paper_top", window.draw(&mut terminal, &view));
    for place in 0..20 {
        let shown = window.draw(&mut terminal, &view);
        assert!(
            shown.contains(&format!("▸! {:>2}  ", terminal.sheet.as_ref().unwrap().cursor() + 1)),
            "{place}: {shown}"
        );
        press(&mut terminal, &view, [Down]);
    }
    insta::assert_snapshot!("long_paper_bottom", window.draw(&mut terminal, &view));
    press(&mut terminal, &view, [Home]);
    casts(&mut terminal, &view, (0..19).map(|_| Char('1')).chain([Enter]));
    insta::assert_snapshot!("long_review", window.draw(&mut terminal, &view));
    // The result begins at its beginning, however far the paper was scrolled, and stays where it is read.
    terminal.viewed(&counted);
    assert_eq!(terminal.scroll, Scroll::default());
    assert!(window.draw(&mut terminal, &counted).contains("张 伟"));
    let read = terminal.scroll;
    terminal.viewed(&counted);
    assert_eq!(terminal.scroll, read);
}

#[test]
fn a_window_that_is_too_small_is_told_so_in_both_languages() {
    let view = at(Lang::Zh, "m2", Point::Voting);
    let shown = Window::new(Lang::Zh, (40, 10)).draw(&mut terminal(&view), &view);
    insta::assert_snapshot!("too_small", shown);
    Window::new(Lang::Zh, (79, 24)).draw(&mut terminal(&view), &view);
    for size in [(1, 1), (5, 2), (20, 3)] {
        Window::new(Lang::En, size).draw(&mut terminal(&view), &view);
    }
}

#[test]
fn every_size_above_the_least_holds() {
    for point in [Point::SigningIn, Point::Introducing, Point::Recusing, Point::Voting, Point::Counted] {
        let view = at(Lang::Zh, "m2", point);
        for wide in (80..=200).step_by(7) {
            for tall in [24, 25, 31, 60] {
                Window::new(Lang::Zh, (wide, tall)).draw(&mut terminal(&view), &view);
            }
        }
    }
}

// Keys

fn voting() -> (View, Terminal) {
    let view = at(Lang::Zh, "m2", Point::Voting);
    let terminal = terminal(&view);
    (view, terminal)
}

const WANTED: [usize; 5] = [0, 1, 2, 1, 0];

#[test]
fn a_whole_ballot_is_exactly_one_cast_in_ballot_order() {
    let (view, mut terminal) = voting();
    assert!(press(&mut terminal, &view, "12321".chars().map(Char)).is_empty());
    let acts = press(&mut terminal, &view, [Enter]);
    let choices = Zeroizing::new(WANTED.to_vec());
    assert_eq!(acts, [Act::Prepare { number: 1, choices }], "Enter only shows the review");
    let code = testing::code(1);
    terminal.answered(Answer::Prepared { number: 1, result: Ok(code.clone()) }, &view);
    assert!(
        press(&mut terminal, &view, [Enter, Enter, Char('x'), Char('1')]).is_empty(),
        "it takes another key"
    );
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Cast(code)]);
    assert!(terminal.sheet.is_none(), "the marks are gone");
    let more = press(&mut terminal, &view, "y1y\n".chars().map(Char).chain([Enter, Char('Y'), Enter]));
    assert!(more.is_empty(), "{more:?}");
    assert_eq!(terminal.page(&view), Page::Casting);
}

#[test]
fn without_a_connection_nothing_is_cast_and_the_marks_stay() {
    let (mut view, mut terminal) = voting();
    view.link = Link::Lost { since: now(), tries: 1 };
    let cast = casts(&mut terminal, &view, "12321".chars().map(Char).chain([Enter, Char('y')]));
    assert!(cast.is_empty());
    assert_eq!(terminal.notices.text(), Some(Text::CastWaits.text(Lang::Zh)));
    view.link = Link::Connected;
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Cast(testing::code(1))]);
}

#[test]
fn enter_with_lines_unmarked_goes_to_the_first_and_says_how_many() {
    let (view, mut terminal) = voting();
    press(&mut terminal, &view, [Char('1'), Down, Char('3'), Enter, Char('y')]);
    assert_eq!(terminal.sheet.as_ref().unwrap().cursor(), 2);
    assert!(matches!(terminal.over, Over::Nothing));
    press(&mut terminal, &view, [Enter]);
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    assert!(shown.contains("! 还有 3 名人选未选。"), "{shown}");
    assert_eq!(shown.matches('!').count(), 4, "each of them and the sum: {shown}");
}

#[test]
fn going_back_from_the_review_keeps_the_marks_and_changes_are_cast() {
    let (view, mut terminal) = voting();
    casts(&mut terminal, &view, "11111".chars().map(Char).chain([Enter, Esc, Home, Right]));
    press(&mut terminal, &view, [End, Backspace, Char('３')]);
    let cast = casts(&mut terminal, &view, [Enter, Char('Ｙ')]);
    assert_eq!(cast, [[1, 0, 0, 0, 2]], "full-width keys count");
}

#[test]
fn what_is_shown_after_the_cast_does_not_depend_on_the_choice() {
    let shown: Vec<String> = ["11111", "22222", "32123"]
        .into_iter()
        .map(|digits| {
            let (mut view, mut terminal) = voting();
            casts(&mut terminal, &view, digits.chars().map(Char).chain([Enter, Char('y')]));
            let casting = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
            view.paper = returned(false);
            terminal.viewed(&view);
            terminal.answered(Answer::Cast(Ok(crate::client::Done::default())), &view);
            casting + &Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view)
        })
        .collect();
    assert!(shown.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(shown[0].contains("k7Qm 3hVd 9pZt"), "{}", shown[0]);
}

#[test]
fn a_cast_that_failed_is_told_and_the_paper_is_blank_again() {
    let (view, mut terminal) = voting();
    casts(&mut terminal, &view, "11111".chars().map(Char).chain([Enter, Char('y')]));
    let refusal = Refusal::NotNow { command: crate::meeting::CommandKind::CloseVoting };
    terminal.answered(Answer::Cast(Err(AskError::Refused(refusal))), &view);
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 5, "no mark was kept");
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    assert!(shown.contains("您的票没有投出") && shown.contains("请重新填写"), "{shown}");
    // It may be cast again, once.
    let cast = casts(&mut terminal, &view, "12321".chars().map(Char).chain([Enter, Char('y')]));
    assert_eq!(cast, [WANTED]);
    terminal.answered(Answer::Cast(Err(AskError::NotConnected)), &view);
    assert!(Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view).contains("现在没有连接"));
}

#[test]
fn marks_are_gone_when_voting_ends_or_the_round_is_void_and_stay_through_a_pause() {
    let (mut view, mut terminal) = voting();
    press(&mut terminal, &view, "12".chars().map(Char));
    let mut sample = Sample::new(Lang::Zh).until(Point::Voting);
    sample.console(Command::Suspend { reason: "停电".to_owned() });
    view.state = Some(Arc::new(sample.state.clone()));
    terminal.viewed(&view);
    assert!(press(&mut terminal, &view, [Char('1'), Enter, Char('y')]).is_empty());
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 3);
    sample.console(Command::Resume);
    view.state = Some(Arc::new(sample.state.clone()));
    terminal.viewed(&view);
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 3);
    let ballot = sample.ballot();
    sample.console(Command::NewRound { ballot, reason: "重来".to_owned() });
    view.state = Some(Arc::new(sample.state.clone()));
    view.paper = Paper::None;
    terminal.viewed(&view);
    assert!(terminal.sheet.is_none());
}

#[test]
fn a_covered_screen_shows_nothing_and_the_key_that_uncovers_it_does_nothing_else() {
    let (view, mut terminal) = voting();
    press(&mut terminal, &view, "1232".chars().map(Char).chain([F(9)]));
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    assert!(!shown.contains('●') && !shown.contains("张 伟") && shown.contains("屏幕已遮住"), "{shown}");
    press(&mut terminal, &view, [Char('1')]);
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 1, "the key only uncovered");
    assert!(!terminal.covered);
}

#[test]
fn sign_in_recusal_notes_and_hands_are_commands() {
    let seat = SeatId::from("m9");
    let view = at(Lang::Zh, "m9", Point::Opened);
    let acts = press(&mut terminal(&view), &view, [Enter]);
    assert_eq!(acts, [Act::Order(Command::SignIn { seat: seat.clone() })]);

    let view = at(Lang::Zh, "m2", Point::Recusing);
    let mut member = terminal(&view);
    assert!(press(&mut member, &view, [Char('r'), Enter]).is_empty(), "Enter does not confirm");
    let item = ItemId::from("appoint");
    let acts = press(&mut member, &view, [Char('r'), Char('y')]);
    assert_eq!(acts, [Act::Order(Command::Recuse { item, seat: SeatId::from("m2") })]);
    assert!(press(&mut member, &view, [Char('n'), Char('s'), Enter]).is_empty(), "no recorder");

    let view = at(Lang::Zh, "m4", Point::Opened);
    let mut recorder = terminal(&view);
    press(&mut recorder, &view, [Char('n')]);
    type_text(&mut recorder, &view, "张伟 迟到?");
    recorder.paste("二分\u{7}钟", &view);
    let acts = press(&mut recorder, &view, [Enter]);
    let text = "张伟 迟到?二分<U+0007>钟".to_owned();
    assert_eq!(acts, [Act::Order(Command::Note { text })]);
    assert!(press(&mut recorder, &view, [Char('n'), Enter]).is_empty(), "an empty note is none");
    press(&mut recorder, &view, [Char('s')]);
    type_text(&mut recorder, &view, "𠮷");
    assert_eq!(press(&mut recorder, &view, [Enter]), [Act::Order(Command::SignIn { seat })]);
    let command = Command::SignIn { seat: SeatId::from("m9") };
    recorder.answered(Answer::Order { command, result: Ok(crate::client::Done::default()) }, &view);
    assert_eq!(recorder.notices.text(), Some("𠮷 川 已签到"));
}

#[test]
fn who_takes_no_paper_says_so_twice_and_may_change_their_mind() {
    let item = ItemId::from("appoint");
    for lang in [Lang::Zh, Lang::En] {
        let mut view = at(lang, "m2", Point::Introducing);
        let mut member = terminal(&view);
        assert!(press(&mut member, &view, [Char('x'), Enter]).is_empty(), "Enter does not confirm");
        press(&mut member, &view, [Char('x')]);
        let asked = Window::new(lang, SMALL).draw(&mut member, &view);
        assert!(asked.contains(Text::NoPaperAsk.text(lang)), "{asked}");
        assert_eq!(press(&mut member, &view, [Char('y')]), [Act::TakeNoPaper(Some(item.clone()))]);

        view.declines = Some(item.clone());
        let shown = Window::new(lang, SMALL).draw(&mut member, &view);
        assert!(shown.contains(Text::NoPaperNow.text(lang)), "{shown}");
        assert_eq!(press(&mut member, &view, [Char('x')]), [Act::TakeNoPaper(None)]);
    }
    for (seat, point) in [("a1", Point::Introducing), ("m2", Point::Voting), ("m2", Point::Opened)] {
        let view = at(Lang::Zh, seat, point);
        assert!(press(&mut terminal(&view), &view, [Char('x'), Char('y')]).is_empty(), "{seat} {point:?}");
    }
}

#[test]
fn an_attendee_has_no_paper_and_no_key_for_one() {
    let mut view = at(Lang::En, "a1", Point::Voting);
    view.paper = Paper::None;
    let mut attendee = terminal(&view);
    assert!(press(&mut attendee, &view, [Char('1'), Enter, Char('y'), Up, Left]).is_empty());
    let shown = Window::new(Lang::En, SMALL).draw(&mut attendee, &view);
    assert!(shown.contains("without a vote") && !shown.contains("[ ]"), "{shown}");
    assert_eq!(view.me, Actor::Seat(SeatId::from("a1")));
}

#[test]
fn a_refusal_is_said_in_words_and_goes_away() {
    let view = at(Lang::En, "m4", Point::Opened);
    let mut terminal = terminal(&view);
    let seat = SeatId::from("m9");
    let refusal = Refusal::NotPresent { seat: seat.clone() };
    let command = Command::SignOut { seat };
    terminal.answered(Answer::Order { command, result: Err(AskError::Refused(refusal)) }, &view);
    let shown = Window::new(Lang::En, SMALL).draw(&mut terminal, &view);
    assert!(shown.contains("Ji Chuan is not signed in"), "{shown}");
    let tick = terminal.next_tick(&view, now()).unwrap();
    assert!(tick.as_secs() < 15, "{tick:?}");
    press(&mut terminal, &view, [Esc]);
    assert_eq!(terminal.notices.text(), None);
}

#[test]
fn a_nominee_is_read_once_and_asked_for_again_after_a_failure() {
    let view = at(Lang::Zh, "m2", Point::Deliberated);
    let mut terminal = terminal(&view);
    let acts = press(&mut terminal, &view, [Char('i')]);
    assert_eq!(acts.len(), 2);
    assert!(press(&mut terminal, &view, [Esc, Char('i')]).is_empty(), "asked already");
    for act in acts {
        let Act::Material(path) = act else { panic!() };
        terminal.answered(Answer::Material { path, result: Err(AskError::NotConnected) }, &view);
    }
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    assert!(shown.contains("材料读不出来"), "{shown}");
    assert_eq!(press(&mut terminal, &view, [Esc, Char('i')]).len(), 2);
    assert_eq!(press(&mut terminal, &view, [Right]).len(), 2);
    assert!(press(&mut terminal, &view, [End, Left, Left, Left]).is_empty());
}

#[test]
fn deferred_lines_are_printed_and_never_marked() {
    let (view, mut terminal) = voting();
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    let line = shown.lines().find(|line| line.contains("河口镇")).unwrap();
    assert!(line.contains("暂缓表决，不投票") && !line.contains('['), "{line}");
    assert_eq!(width(line), 80);
    let deferred = LineId::from("n2");
    assert!(view.state.as_ref().unwrap().current_item().unwrap().deferred.contains_key(&deferred));
}

#[test]
fn adjourned_to_another_day_and_signing_in_again() {
    for lang in BOTH {
        let sample = Sample::adjourned(lang, Point::Deliberating);
        show("recess", &testing::view("m2", &sample.state), |_| {});
        let sample = Sample::reconvened(lang, Point::Deliberating);
        // m7 has not come again; m2 has, and waits for the opening.
        show("sign_in_for_another_day", &testing::view("m7", &sample.state), |_| {});
        show("signed_in_for_another_day", &testing::view("m2", &sample.state), |_| {});
    }
}

/// Between two sittings Enter signs nobody in.
#[test]
fn nobody_signs_in_before_the_next_sitting() {
    let view = testing::view("m2", &Sample::adjourned(Lang::En, Point::Declared).state);
    let mut terminal = terminal(&view);
    assert_eq!(press(&mut terminal, &view, [Enter]), []);
    let view = testing::view("m7", &Sample::reconvened(Lang::En, Point::Declared).state);
    let acts = press(&mut terminal, &view, [Enter]);
    assert!(
        acts.iter().any(|act| matches!(act, Act::Order(crate::meeting::Command::SignIn { .. }))),
        "{acts:?}"
    );
}
