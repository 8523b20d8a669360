//! The steps of the scrutineers at the console: the pages as they look, and the keys that they add.

use jiff::SignedDuration;

use super::*;
use crate::client::Room;
use crate::meeting::key_sample::THREE;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::{BallotId, Event, SeatId, result_hash};
use crate::plan::SmallPlan;

/// What the console knows, with the room code where there is one.
fn with_code(sample: &Sample) -> View {
    let mut view = seen(sample);
    view.room =
        sample.state.room.head.clone().map(|head| Room { head, code: Some("9F3C-71AE-04D2".to_owned()) });
    view
}

fn keyed(lang: Lang, point: Point) -> Sample {
    let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
    sample.make_key();
    sample.further(Point::ScrutineersApproved, point)
}

fn both(lang: Lang, sample: &Sample, view: &View, seconds: i64) -> String {
    let now = sample.now + SignedDuration::from_secs(seconds);
    let draw = |size| Window::new(lang, size).draw_at(&mut console(lang), view, now);
    Window::ascii(lang, (80, 24)).draw_at(&mut console(lang), view, now);
    SIZES.map(draw).join("\n\n")
}

fn show(name: &str, sample: &Sample) {
    show_after(name, sample, 5);
}

fn show_after(name: &str, sample: &Sample, seconds: i64) {
    let lang = sample.state.plan().meeting.language;
    let drawn = both(lang, sample, &with_code(sample), seconds);
    insta::assert_snapshot!(format!("{name}_{}", lang.pick("zh", "en")), drawn);
}

fn order(sample: &mut Sample, seat: &str, command: Command) {
    sample.order(&Actor::from(seat), command);
}

fn count_heads(sample: &mut Sample, seat: &str, heads: u32) {
    order(sample, seat, Command::CountHeads { item: Sample::item(), heads });
}

#[test]
fn the_key_is_made() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
        let mut early = Sample::keyed(lang);
        early.sign_in(&["m1", "m2", "m3", "m4", "m5", "m8"]);
        early.console(Command::OpenMeeting);
        early.console(Command::ApproveScrutineers { agree: 6, disagree: 0, abstain: 0 });
        show("key_too_few", &early);
        show("key_ready", &sample);
        sample.console(Command::MakeKey);
        sample.certify(3);
        sample.deal(2);
        show("key_dealing", &sample);
        sample.console(Command::SignOut { seat: "m7".into() });
        show("key_one_left", &sample);
        sample.console(Command::MakeKey);
        show("key_again", &sample);
    }
}

#[test]
fn heads_are_counted_by_each_and_what_differs_is_said() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Deliberated);
        count_heads(&mut sample, "m5", 8);
        show("heads", &sample);
        count_heads(&mut sample, "m6", 7);
        show("heads_differ", &sample);
    }
}

#[test]
fn the_room_code_is_compared_and_stays() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Confirming);
        let head = sample.state.room.head.clone().unwrap();
        order(&mut sample, "m6", Command::ConfirmRoom { head });
        show("room", &sample);
        let mut view = with_code(&sample);
        view.room.as_mut().unwrap().code = None;
        both(lang, &sample, &view, 0);
        let sample = keyed(lang, Point::Voting);
        let view = with_code(&sample);
        for size in SIZES {
            let drawn = Window::new(lang, size).draw(&mut console(lang), &view);
            assert!(drawn.contains("9F3C-71AE-04D2"), "{drawn}");
        }
    }
}

#[test]
fn the_box_is_checked_accepted_and_opened() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Sealed);
        let (ballot, box_hash) = {
            let (_, round) = sample.state.current_round().unwrap();
            (round.issue.ballot.clone(), round.box_hash.clone().unwrap())
        };
        show_after("box_all_missing", &sample, 2);
        sample.close_box();
        for seat in ["m1", "m2", "m3", "m4", "m5", "m6"] {
            order(
                &mut sample,
                seat,
                Command::ConfirmBox { ballot: ballot.clone(), box_hash: box_hash.clone() },
            );
        }
        sample.now += SignedDuration::from_secs(60);
        let seats = vec![SeatId::from("m7"), SeatId::from("m8")];
        order(&mut sample, "m5", Command::AcceptMissing { ballot: ballot.clone(), seats: seats.clone() });
        show("box_accepted_by_one", &sample);
        order(&mut sample, "m6", Command::AcceptMissing { ballot, seats });
        show("box_accepted", &sample);
        sample.step();
        sample.give_shares(1);
        show("opening", &sample);
        let mut gone = sample;
        for seat in ["m6", "m7"] {
            gone.console(Command::SignOut { seat: seat.into() });
        }
        show("unopenable", &gone);
        gone.console(Command::DeclareUnopenable { ballot: gone.ballot() });
        show("unopenable_declared", &gone);
    }
}

#[test]
fn who_leaves_with_a_paper_before_voting_opens_is_named_and_asked_about() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang).until(Point::Confirming);
        sample.compare_room();
        sample.console(Command::SignOut { seat: "m3".into() });
        show("left_with_paper", &sample);
        let (mut screen, view) = (console(lang), with_code(&sample));
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Enter, KeyCode::Enter])), []);
        insta::assert_snapshot!(
            format!("cover_left_with_paper_{}", lang.pick("zh", "en")),
            Window::new(lang, (80, 24)).draw(&mut screen, &view)
        );
        let open = Command::OpenVoting { ballot: sample.ballot() };
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('y')])), std::slice::from_ref(&open));
        // Back again: one key is enough.
        sample.sign_in(&["m3"]);
        let acts = press(&mut console(lang), &with_code(&sample), [KeyCode::Enter]);
        assert_eq!(orders(acts), [open]);
    }
}

#[test]
fn a_share_that_does_not_hold_and_a_terminal_that_does_not_answer() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Opening);
        sample.give_shares(2);
        let (ballot, seat) = (sample.ballot(), SeatId::from("m6"));
        sample.fold(&Actor::Hub, &[Event::FalseFactorsShown { ballot: ballot.clone(), seat }]);
        show("opening_false", &sample);
        show_after("opening_silent", &sample, 120);
        let (mut screen, view) = (console(lang), with_code(&sample));
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('m')])), []);
        insta::assert_snapshot!(
            format!("cover_silent_{}", lang.pick("zh", "en")),
            Window::new(lang, (80, 24)).draw(&mut screen, &view)
        );
        let name = Command::NameSilent { ballot, seats: vec!["m7".into()] };
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('y')])), std::slice::from_ref(&name));
        sample.now += SignedDuration::from_secs(120);
        sample.console(name);
        show("opening_named", &sample);
        // Nobody is left to be named.
        let mut screen = console(lang);
        press(&mut screen, &with_code(&sample), [KeyCode::Char('m')]);
        assert!(screen.cover.is_none());
    }
}

#[test]
fn the_result_waits_for_the_scrutineers() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Opening);
        sample.count_by_two(&[[7, 0, 0], [4, 2, 1], [5, 1, 1], [6, 1, 0], [0, 5, 2]]);
        let ballot = sample.ballot();
        let result = result_hash(sample.state.rounds_on_floor());
        order(&mut sample, "m5", Command::SignResult { ballot: ballot.clone(), result });
        let reason = lang.pick("票数与本人所记不符", "not the figures that I noted").to_owned();
        show("sheet_by_one", &sample);
        order(&mut sample, "m7", Command::RefuseResult { ballot, reason });
        show("sheet_refused", &sample);
    }
}

fn too_few(lang: Lang) -> Sample {
    let mut sample = keyed(lang, Point::Sealing);
    sample.fix_box(3);
    sample.close_box();
    sample
}

#[test]
fn a_box_with_too_few_stays_closed_and_the_item_can_be_left_undecided() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = too_few(lang);
        show("too_few", &sample);
        let (mut screen, view) = (console(lang), with_code(&sample));
        let ballot = BallotId::from("appoint");
        let acts = press(&mut screen, &view, [KeyCode::Enter, KeyCode::Enter, KeyCode::Char('y')]);
        assert_eq!(orders(acts), [Command::KeepClosed { ballot: ballot.clone() }]);
        sample.console(Command::KeepClosed { ballot });
        show("too_few_void", &sample);
        let view = with_code(&sample);
        let mut screen = console(lang);
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('d'), KeyCode::Enter])), []);
        insta::assert_snapshot!(
            format!("cover_undecided_{}", lang.pick("zh", "en")),
            Window::new(lang, (80, 24)).draw(&mut screen, &view)
        );
        let declare = Command::Declare { item: Sample::item() };
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('y')])), std::slice::from_ref(&declare));
        sample.console(declare);
    }
    // Voted again: the heads are counted once more, then Enter and Y.
    let mut sample = too_few(Lang::En);
    sample.console(Command::KeepClosed { ballot: sample.ballot() });
    sample.count_heads();
    let acts = press(&mut console(Lang::En), &with_code(&sample), [KeyCode::Enter, KeyCode::Char('y')]);
    assert_eq!(orders(acts), [Command::OpenIssue { item: Sample::item() }]);
}

#[test]
fn the_key_is_begun_again_by_those_who_are_here() {
    let mut sample = Sample::keyed(Lang::Zh).until(Point::ScrutineersApproved);
    let (mut screen, view) = (console(Lang::Zh), with_code(&sample));
    assert_eq!(orders(press(&mut screen, &view, [KeyCode::Enter])), [Command::MakeKey]);
    // Before it is begun, K shows who is connected.
    press(&mut screen, &view, [KeyCode::Char('k')]);
    assert!(screen.cover.is_some());
    sample.console(Command::MakeKey);
    let (mut screen, view) = (console(Lang::Zh), with_code(&sample));
    assert_eq!(orders(press(&mut screen, &view, [KeyCode::Enter])), [], "it goes on by itself");
    assert_eq!(orders(press(&mut screen, &view, [KeyCode::Char('k')])), [Command::MakeKey]);
    assert!(screen.cover.is_none());
    sample.console(Command::SignOut { seat: THREE[2].into() });
    sample.console(Command::MakeKey);
    assert_eq!(sample.state.ceremony.as_ref().unwrap().scrutineers.len(), 2);
}

#[test]
fn nothing_goes_on_by_enter_while_scrutineers_are_awaited() {
    let mut counted = keyed(Lang::En, Point::Opening);
    counted.count_by_two(&[[7, 0, 0], [4, 2, 1], [5, 1, 1], [6, 1, 0], [0, 5, 2]]);
    let waiting = [
        keyed(Lang::En, Point::Deliberated),
        keyed(Lang::En, Point::Confirming),
        keyed(Lang::En, Point::Sealed),
        keyed(Lang::En, Point::Opening),
        counted,
    ];
    for sample in waiting {
        let view = with_code(&sample);
        let mut screen = console(Lang::En);
        assert_eq!(orders(press(&mut screen, &view, [KeyCode::Enter, KeyCode::Char('y')])), []);
        let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console(Lang::En), &view);
        assert!(!drawn.contains("Enter "), "{drawn}");
    }
}

#[test]
fn the_seconds_of_the_check_are_counted_on_this_screen() {
    let mut sample = keyed(Lang::En, Point::Sealing);
    sample.fix_box(7);
    let at = |sample: &Sample, seconds: i64| {
        let (view, now) = (with_code(sample), sample.now + SignedDuration::from_secs(seconds));
        (
            Window::new(Lang::En, (80, 24)).draw_at(&mut console(Lang::En), &view, now),
            console(Lang::En).next_tick(&view, now).unwrap(),
        )
    };
    let (drawn, tick) = at(&sample, 17);
    assert!(drawn.contains("43 s") && tick.as_secs() <= 1, "{drawn}");
    assert!(drawn.contains("Late ballots may still come") && !drawn.contains("Ask these people"), "{drawn}");
    // It does not grow any more: terminals have a moment left to answer.
    sample.close_box();
    let (drawn, _) = at(&sample, 3);
    assert!(drawn.contains("17 s") && drawn.contains("Ask these people"), "{drawn}");
    let (drawn, _) = at(&sample, 21);
    assert!(drawn.contains("accepted 0/2") && !drawn.contains("time to check left"), "{drawn}");
}

#[test]
fn what_voters_must_know_is_said_before_they_vote() {
    let mut sample = Sample::new(Lang::En);
    let mut frozen = (*sample.state.frozen).clone();
    frozen.plan.meeting.small = SmallPlan::Open;
    sample.state.frozen = std::sync::Arc::new(frozen);
    let sample = sample.until(Point::Deliberated);
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut console(Lang::En), &seen(&sample));
    for words in ["a box of fewer than 5 is opened", "a unanimous result", "the key is held by the console"] {
        assert!(drawn.contains(words), "{words}: {drawn}");
    }
    let (mut screen, view) = at(Lang::En, Point::Introducing);
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut screen, &view);
    assert!(!drawn.contains("unanimous"), "{drawn}");
}

#[test]
fn papers_of_a_bundle_are_issued_once() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::review(lang).until_review(ReviewPoint::Declared);
        // The second official, up to the evaluation.
        while !matches!(crate::meeting::next_step(&sample.state), Some(Step::OpenVoting(_))) {
            let drawn = Window::new(lang, (120, 40)).draw(&mut console(lang), &with_code(&sample));
            assert!(!drawn.contains(lang.pick("正在发票", "Papers are being issued")), "{drawn}");
            sample.step();
        }
        show("second_official", &sample);
        let acts = press(&mut console(lang), &with_code(&sample), [KeyCode::Enter]);
        assert!(matches!(orders(acts).as_slice(), [Command::OpenVoting { .. }]));
    }
}

#[test]
fn an_official_whose_round_is_void_is_put_off() {
    let mut sample = Sample::review(Lang::Zh).until_review(ReviewPoint::Voting);
    let (ballot, reason) = (BallotId::from("report-o2-members"), "终端损坏".to_owned());
    sample.console(Command::NewRound { ballot, reason });
    let (mut screen, view) = (console(Lang::Zh), with_code(&sample));
    let drawn = Window::new(Lang::Zh, (120, 40)).draw(&mut screen, &view);
    assert!(drawn.contains("或按 O 推迟这名述职人"), "{drawn}");
    press(&mut screen, &view, [KeyCode::Char('o')]);
    type_text(&mut screen, &view, "改日评议");
    let put_off =
        Command::PutOff {
            item: Sample::review_item(), official: "o2".into(), reason: "改日评议".to_owned()
        };
    assert_eq!(orders(press(&mut screen, &view, [KeyCode::Enter])), std::slice::from_ref(&put_off));
    let other =
        Command::PutOff {
            item: Sample::review_item(), official: "o3".into(), reason: "改日评议".to_owned()
        };
    assert!(
        sample.try_order(&Actor::Console, &other).is_err(),
        "nobody else while papers are about this one"
    );
    sample.console(put_off);
}
