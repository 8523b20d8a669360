//! The scrutineers' pages in both languages and sizes, every key on them, and what members are told.

use crossterm::event::KeyCode::{self, Char, Down, Enter, Esc, F};
use jiff::SignedDuration;

use super::*;
use crate::client::{Alarm, Link, Paper, Room, SeatCode, TurnedAway};
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Ceremony, Event, PaperCount, Refusal, result_hash};
use crate::screen::terminal::page::Page;
use crate::screen::terminal::tests::{BOTH, SMALL, at, show, terminal};
use crate::screen::testing::{self, Window, press, type_text};
use crate::screen::{Answer, Screen as _};
use crate::words::Lang;

mod by_paper_election;

const CODE: &str = "9F3C-71AE-04D2";

fn view(seat: &str, sample: &Sample) -> View {
    let mut view = testing::view(seat, &sample.state);
    view.room = Some(Room { head: "head".to_owned(), code: Some(CODE.to_owned()) });
    view
}

fn at_point(lang: Lang, seat: &str, point: Point) -> View {
    let mut view = view(seat, &Sample::new(lang).with_key().until(point));
    view.paper = at(lang, seat, point).paper;
    view
}

fn drawn(terminal: &mut Terminal, view: &View) -> String {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    Window::new(lang, SMALL).draw(terminal, view)
}

fn seats(names: &[&str]) -> Vec<SeatId> {
    names.iter().map(|name| SeatId::from(*name)).collect()
}

/// The box is fixed, and all but these have confirmed it.
fn sealed(lang: Lang, but: &[&str]) -> Sample {
    let mut sample = Sample::new(lang).with_key().until(Point::Sealed);
    sample.close_box();
    let round = sample.state.rounds_on_floor().next().unwrap();
    let (ballot, hash) = (round.issue.ballot.clone(), round.box_hash.clone().unwrap());
    let answer: Vec<SeatId> =
        round.issued.keys().filter(|seat| !but.contains(&seat.as_str())).cloned().collect();
    for seat in answer {
        let command = Command::ConfirmBox { ballot: ballot.clone(), box_hash: hash.clone() };
        sample.order(&Actor::Seat(seat), command);
    }
    sample
}

fn making(lang: Lang) -> Sample {
    let mut sample = Sample::new(lang).until(Point::ScrutineersApproved);
    let mut ceremony = Ceremony::begun(1, seats(&["m5", "m6"]), 2);
    ceremony.dealings.insert(SeatId::from("m5"), "hash".to_owned());
    sample.state.ceremony = Some(ceremony);
    sample
}

fn opening(lang: Lang) -> Sample {
    let mut sample = Sample::new(lang).with_key().until(Point::Opening);
    let (sum, factors) = ("sum".to_owned(), "factors".to_owned());
    let event = Event::FactorsReleased { ballot: sample.ballot(), seat: SeatId::from("m6"), sum, factors };
    sample.fold(&Actor::from("m6"), &[event]);
    sample
}

#[test]
fn pages_of_the_key() {
    for lang in BOTH {
        show("duty_making", &view("m5", &making(lang)), |_| {});
        show("duty_making_member", &view("m2", &making(lang)), |_| {});
        let mut stopped = view("m5", &making(lang));
        stopped.alarm = Some(Alarm::Key("a proof does not hold".to_owned()));
        show("duty_making_stopped", &stopped, |_| {});
        let mut locked = view("m5", &Sample::new(lang).with_key().until(Point::Opening));
        locked.locked = true;
        show("duty_unlock", &locked, |_| {});
        let mut checking = view("m5", &opening(lang));
        show("duty_opening_next", &checking, |_| {});
        checking.checking = true;
        show("duty_opening", &checking, |_| {});
        show("duty_opening_given", &view("m6", &opening(lang)), |_| {});
        let mut named = opening(lang);
        let (ballot, seat) = (named.ballot(), SeatId::from("m6"));
        let shown = Event::FalseFactorsShown { ballot: ballot.clone(), seat };
        named.fold(&Actor::Hub, &[shown, Event::SilentNamed { ballot, seats: seats(&["m5"]) }]);
        show("duty_opening_false", &view("m6", &named), |_| {});
        show("duty_opening_named", &view("m5", &named), |_| {});
        let mut stopped = view("m5", &opening(lang));
        stopped.alarm = Some(Alarm::Box("proof 3 of ballot 2 does not hold".to_owned()));
        show("duty_opening_stopped", &stopped, |_| {});
    }
}

#[test]
fn pages_of_what_people_see() {
    for lang in BOTH {
        show("duty_heads", &at_point(lang, "m5", Point::Deliberated), |_| {});
        for (name, heads) in [("duty_heads_equal", 8), ("duty_heads_unequal", 7)] {
            let mut sample = Sample::new(lang).with_key().until(Point::Deliberated);
            sample.order(&Actor::from("m5"), Command::CountHeads { item: Sample::item(), heads });
            show(name, &view("m5", &sample), |_| {});
        }
        let room = at_point(lang, "m5", Point::Confirming);
        show("duty_room", &room, |terminal| {
            type_text(terminal, &room, "9f3c71");
        });
        show("duty_room_wrong", &room, |terminal| {
            type_text(terminal, &room, "9f3c71ae04d3");
            press(terminal, &room, [Enter]);
            let (typed, result) = ("9f3c71ae04d3".to_owned(), Err(AskError::OtherRoomCode));
            terminal.answered(Answer::Room { typed, result }, &room);
        });
        show("duty_room_typed", &typed_room(lang), |_| {});
    }
}

/// One of two scrutineers has typed the code.
fn typed_room(lang: Lang) -> View {
    let mut sample = Sample::new(lang).with_key().until(Point::Confirming);
    let head = sample.state.room.head.clone().unwrap();
    sample.order(&Actor::from("m5"), Command::ConfirmRoom { head });
    view("m5", &sample)
}

#[test]
fn pages_of_what_scrutineers_answer_for() {
    for lang in BOTH {
        let missing = view("m5", &sealed(lang, &["m3", "m8"]));
        show("duty_missing", &missing, |_| {});
        show("duty_missing_sure", &missing, |terminal| {
            drawn(terminal, &missing);
            press(terminal, &missing, [Down, Char('a')]);
        });
        let mut sample = Sample::new(lang).until(Point::Counted);
        let sheet = view("m5", &sample);
        show("duty_sheet", &sheet, |_| {});
        let mut checking = sheet.clone();
        checking.counting = true;
        show("duty_sheet_checking", &checking, |_| {});
        show("duty_sheet_sure", &sheet, |terminal| {
            press(terminal, &sheet, [Char('s')]);
        });
        show("duty_sheet_refuse", &sheet, |terminal| {
            press(terminal, &sheet, [Char('n')]);
        });
        let reason = lang.pick("人数不符", "the figures are not those that I counted").to_owned();
        let command = Command::RefuseResult { ballot: sample.ballot(), reason };
        sample.order(&Actor::from("m5"), command);
        show("duty_sheet_refused", &view("m5", &sample), |_| {});
    }
}

#[test]
fn pages_of_what_members_are_told() {
    for lang in BOTH {
        show("told_preparing", &at_point(lang, "m2", Point::Issuing), |_| {});
        show("told_ready", &at_point(lang, "m2", Point::Confirming), |_| {});
        show("told_paper", &at_point(lang, "m2", Point::Voting), |_| {});
        let floor = at_point(lang, "m2", Point::Deliberated);
        show("told_present", &floor, |terminal| {
            press(terminal, &floor, [Char('p')]);
        });
        let mut returned = view("m2", &sealed(lang, &["m2", "m3"]));
        returned.paper = Paper::Returned { tracker: "k7Qm3hVd9pZt".to_owned(), in_box: false };
        show("told_returned_again", &returned, |_| {});
        returned.alarm = Some(Alarm::BallotMissing { tracker: "k7Qm3hVd9pZt".to_owned() });
        show("told_ballot_missing", &returned, |_| {});
        let mut revoked = at_point(lang, "m2", Point::Deliberated);
        revoked.link = Link::TurnedAway(TurnedAway::KeyRevoked);
        show("told_revoked", &revoked, |_| {});
    }
}

#[test]
fn the_own_ballot_comes_before_every_duty() {
    let mut voting = at_point(Lang::En, "m5", Point::Voting);
    voting.locked = true;
    assert!(matches!(terminal(&voting).page(&voting), Page::Paper(_)));
    voting.paper = Paper::Returned { tracker: "k7Qm3hVd9pZt".to_owned(), in_box: false };
    assert_eq!(terminal(&voting).page(&voting), Page::Duty(Task::Unlock));
    let mut missing = at_point(Lang::En, "m5", Point::Sealed);
    missing.paper = Paper::Returned { tracker: "k7Qm3hVd9pZt".to_owned(), in_box: false };
    assert_eq!(terminal(&missing).page(&missing), Page::Returned, "it goes into the box once more");
    missing.alarm = Some(Alarm::BallotMissing { tracker: "k7Qm3hVd9pZt".to_owned() });
    assert_eq!(terminal(&missing).page(&missing), Page::Duty(Task::Missing), "the alarm stands above it");
    for (point, seat, page) in [
        (Point::Deliberated, "m5", Page::Duty(Task::Heads(Sample::item()))),
        (Point::Deliberated, "m2", Page::Floor),
        (Point::Confirming, "m5", Page::Duty(Task::Room)),
        (Point::Confirming, "m2", Page::PaperReady),
        (Point::Sealed, "m5", Page::Duty(Task::Missing)),
        (Point::Opening, "m5", Page::Duty(Task::Opening)),
        (Point::Opening, "m2", Page::Returned),
    ] {
        let view = at_point(Lang::En, seat, point);
        assert_eq!(terminal(&view).page(&view), page, "{point:?} {seat}");
    }
}

#[test]
fn heads_are_counted_before_the_figure_is_shown_and_can_be_typed_anew() {
    let mut sample = Sample::new(Lang::En).with_key().until(Point::Deliberated);
    let fresh = view("m5", &sample);
    let mut terminal = terminal(&fresh);
    let shown = drawn(&mut terminal, &fresh);
    assert!(!shown.contains('8') && shown.contains("Members"), "the figure is not shown: {shown}");
    assert!(press(&mut terminal, &fresh, [Char('p')]).is_empty(), "nor the list");
    assert!(matches!(terminal.over, Over::Nothing));
    assert!(press(&mut terminal, &fresh, [Enter]).is_empty());
    assert!(drawn(&mut terminal, &fresh).contains("Type the number first"));
    let heads = |heads| Act::Order(Command::CountHeads { item: Sample::item(), heads });
    let acts = press(&mut terminal, &fresh, "x７.".chars().map(Char).chain([Enter]));
    assert_eq!(acts, [heads(7)], "only digits are taken, wide ones too");
    assert!(press(&mut terminal, &fresh, [Char('1'), Enter]).is_empty(), "it is on its way");
    let command = Command::CountHeads { item: Sample::item(), heads: 7 };
    sample.order(&Actor::from("m5"), command.clone());
    let counted = view("m5", &sample);
    terminal.viewed(&counted);
    terminal.answered(Answer::Order { command, result: Ok(Done::default()) }, &counted);
    let shown = drawn(&mut terminal, &counted);
    assert!(shown.contains("You counted 7    signed in 8") && shown.contains("Not equal."), "{shown}");
    press(&mut terminal, &counted, [Char('p')]);
    assert!(drawn(&mut terminal, &counted).contains("Who is here"));
    assert_eq!(press(&mut terminal, &counted, [Esc, Enter, Char('8'), Enter]), [heads(8)]);
}

#[test]
fn the_room_code_is_hidden_until_it_was_typed_right_and_stands_on_every_other_page() {
    let asked = at_point(Lang::En, "m5", Point::Confirming);
    let mut scrutineer = terminal(&asked);
    assert!(!drawn(&mut scrutineer, &asked).contains(CODE));
    press(&mut scrutineer, &asked, [F(9)]);
    assert!(!scrutineer.covered, "there is nothing private to cover");
    assert!(press(&mut scrutineer, &asked, "9F3C-71AE".chars().map(Char).chain([Enter])).is_empty());
    assert!(drawn(&mut scrutineer, &asked).contains("twelve characters"));
    let acts = press(&mut scrutineer, &asked, "-04d2".chars().map(Char).chain([Enter]));
    assert_eq!(acts, [Act::ConfirmRoom("9F3C-71AE-04d2".to_owned())]);
    let typed = typed_room(Lang::En);
    scrutineer.viewed(&typed);
    scrutineer.answered(Answer::Room { typed: CODE.to_owned(), result: Ok(Done::default()) }, &typed);
    let shown = drawn(&mut scrutineer, &typed);
    assert!(shown.contains(CODE) && shown.contains("1 of 2"), "{shown}");
    for point in [Point::Deliberated, Point::Confirming, Point::Voting, Point::Sealed, Point::Opening] {
        let view = at_point(Lang::En, "m2", point);
        let mut member = terminal(&view);
        assert!(drawn(&mut member, &view).contains(CODE), "{point:?}");
        press(&mut member, &view, [F(9)]);
        assert!(member.covered && drawn(&mut member, &view).contains(CODE), "{point:?}");
    }
}

#[test]
fn another_room_code_is_read_again_or_objected_to() {
    let asked = at_point(Lang::En, "m5", Point::Confirming);
    let mut scrutineer = terminal(&asked);
    let wrong = "9F3C71AE04D3";
    assert_eq!(press(&mut scrutineer, &asked, [Char('o')]), [], "O is a character of the code");
    scrutineer.form.field.take();
    let acts = press(&mut scrutineer, &asked, wrong.chars().map(Char).chain([Enter]));
    assert_eq!(acts, [Act::ConfirmRoom(wrong.to_owned())]);
    let answer = || Answer::Room { typed: wrong.to_owned(), result: Err(AskError::OtherRoomCode) };
    assert_eq!(scrutineer.answered(answer(), &asked), [Act::Bell]);
    let shown = drawn(&mut scrutineer, &asked);
    assert!(shown.contains("9F3C-71AE-04D3") && !shown.contains(CODE), "{shown}");
    press(&mut scrutineer, &asked, [Enter]);
    assert!(scrutineer.is_typing(&asked), "it is typed again");
    type_text(&mut scrutineer, &asked, wrong);
    press(&mut scrutineer, &asked, [Enter]);
    scrutineer.answered(answer(), &asked);
    press(&mut scrutineer, &asked, [Char('o')]);
    let acts = press(&mut scrutineer, &asked, [Enter]);
    let [Act::Order(command @ Command::Object { reason, .. })] = acts.as_slice() else { panic!("{acts:?}") };
    assert!(reason.contains("9F3C-71AE-04D3"), "{reason}");
    let answer = Answer::Order { command: command.clone(), result: Ok(Done::default()) };
    scrutineer.answered(answer, &asked);
    assert!(matches!(scrutineer.over, Over::Nothing));
    assert_eq!(scrutineer.notices.text(), Some(Text::Objected.text(Lang::En)));
}

#[test]
fn a_missing_confirmation_is_accepted_one_by_one_with_a_second_key_and_not_before_the_time() {
    let mut sample = sealed(Lang::En, &["m3", "m8"]);
    let fixed = sample.state.rounds_on_floor().next().unwrap().box_closed_at.unwrap();
    let early = view("m5", &sample);
    let mut scrutineer = terminal(&early);
    let then = fixed + SignedDuration::from_secs(3);
    let shown = Window::new(Lang::En, SMALL).draw_at(&mut scrutineer, &early, then);
    assert!(shown.contains("17 seconds left") && !shown.contains("go on without   "), "{shown}");
    assert!(scrutineer.next_tick(&early, then).unwrap().as_secs() <= 1, "it counts down");
    assert!(press(&mut scrutineer, &early, [Char('a'), Char('y')]).is_empty());
    let shown = drawn(&mut scrutineer, &early);
    assert!(shown.contains("Aygul") || shown.contains("accepted 0/2"), "{shown}");
    assert!(
        press(&mut scrutineer, &early, [Char('a'), Char('n'), Char('y')]).is_empty(),
        "another key goes back"
    );
    let acts = press(&mut scrutineer, &early, [Down, Char('a'), Char('y')]);
    let accepts = Command::AcceptMissing { ballot: sample.ballot(), seats: seats(&["m8"]) };
    assert_eq!(acts, [Act::Order(accepts.clone())]);
    sample.order(&Actor::from("m5"), accepts);
    let view = view("m5", &sample);
    scrutineer.viewed(&view);
    assert!(drawn(&mut scrutineer, &view).contains("accepted 1/2 (by you too)"));
    assert!(press(&mut scrutineer, &view, [Char('a'), Char('y')]).is_empty(), "it is accepted");
}

#[test]
fn the_result_sheet_is_signed_with_a_second_key_or_refused_with_a_reason() {
    let sample = Sample::new(Lang::En).until(Point::Counted);
    let sheet = view("m5", &sample);
    let mut scrutineer = terminal(&sheet);
    assert_eq!(scrutineer.page(&sheet), Page::Duty(Task::Sheet(Sample::item())));
    assert!(drawn(&mut scrutineer, &sheet).contains("Zhang Wei"), "the figures are on the page");
    // Not before this terminal has checked the count itself.
    let mut checking = sheet.clone();
    checking.counting = true;
    assert!(press(&mut scrutineer, &checking, [Char('s'), Char('y')]).is_empty());
    assert!(press(&mut scrutineer, &sheet, [Char('s'), Enter, Char('y')]).is_empty(), "Enter goes back");
    let result = result_hash(sample.state.current_item().unwrap().rounds_together());
    let signs = Command::SignResult { ballot: sample.ballot(), result };
    assert_eq!(press(&mut scrutineer, &sheet, [Char('s'), Char('y')]), [Act::Order(signs.clone())]);
    assert!(
        press(&mut scrutineer, &sheet, [Char('n'), Enter]).is_empty(),
        "without a reason nothing is sent"
    );
    type_text(&mut scrutineer, &sheet, "figures differ");
    let acts = press(&mut scrutineer, &sheet, [Enter]);
    let refuses = Command::RefuseResult { ballot: sample.ballot(), reason: "figures differ".to_owned() };
    assert_eq!(acts, [Act::Order(refuses.clone())]);
    // Refused by the rules: the reason is not lost.
    let result =
        Err(AskError::Refused(Refusal::NotNow { command: crate::meeting::CommandKind::RefuseResult }));
    scrutineer.answered(Answer::Order { command: refuses, result }, &sheet);
    assert!(matches!(scrutineer.over, Over::RefuseSheet(_)));
    press(&mut scrutineer, &sheet, [Esc]);
    let mut signed = sample;
    signed.order(&Actor::from("m5"), signs);
    let view = view("m5", &signed);
    scrutineer.viewed(&view);
    assert!(press(&mut scrutineer, &view, [Char('s'), Char('y'), Char('n')]).is_empty());
    assert!(matches!(scrutineer.over, Over::Nothing));
    assert!(drawn(&mut scrutineer, &view).contains("You have signed."));
}

#[test]
fn the_share_is_opened_with_the_code_on_the_slip() {
    let mut locked = view("m5", &Sample::new(Lang::En).with_key().until(Point::Opening));
    locked.locked = true;
    let mut scrutineer = terminal(&locked);
    assert!(press(&mut scrutineer, &locked, [Enter]).is_empty());
    assert!(press(&mut scrutineer, &locked, [Char('7'), Enter]).is_empty());
    assert!(drawn(&mut scrutineer, &locked).contains("The code is not right"));
    scrutineer.form.field.take();
    let code = SeatCode::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
    let typed = code.shown().chars().map(Char).collect::<Vec<KeyCode>>();
    press(&mut scrutineer, &locked, typed);
    press(&mut scrutineer, &locked, [F(9)]);
    assert!(scrutineer.covered && !drawn(&mut scrutineer, &locked).contains(&*code.shown()));
    press(&mut scrutineer, &locked, [F(9)]);
    assert_eq!(press(&mut scrutineer, &locked, [Enter]), [Act::Unlock(code)]);
    assert!(scrutineer.form.field.is_empty(), "the code does not stay");
    scrutineer.answered(Answer::Unlocked(Err(AskError::WrongCode)), &locked);
    assert!(drawn(&mut scrutineer, &locked).contains("Not the right code"));
    let mut open = locked.clone();
    open.locked = false;
    scrutineer.answered(Answer::Unlocked(Ok(Done::default())), &open);
    scrutineer.viewed(&open);
    assert_eq!(scrutineer.page(&open), Page::Duty(Task::Opening));
}

#[test]
fn a_duty_that_begins_is_heard_and_takes_the_cover_away() {
    let before = at_point(Lang::En, "m5", Point::Deliberating);
    let mut scrutineer = terminal(&before);
    press(&mut scrutineer, &before, [F(9)]);
    let heads = at_point(Lang::En, "m5", Point::Deliberated);
    assert!(scrutineer.viewed(&heads).contains(&Act::Bell));
    assert!(!scrutineer.covered);
    assert!(!scrutineer.viewed(&heads).contains(&Act::Bell), "once");
}

#[test]
fn alarms_ring_once_and_a_revoked_key_rings() {
    let mut view = at_point(Lang::En, "m2", Point::Deliberated);
    let mut member = terminal(&view);
    view.alarm = Some(Alarm::Key("x".to_owned()));
    assert!(member.viewed(&view).contains(&Act::Bell));
    assert!(!member.viewed(&view).contains(&Act::Bell));
    view.link = Link::TurnedAway(TurnedAway::KeyRevoked);
    assert!(member.viewed(&view).contains(&Act::Bell));
    assert!(!member.viewed(&view).contains(&Act::Bell));
    assert!(drawn(&mut member, &view).contains("somebody may be"));
}

#[test]
fn who_is_no_scrutineer_has_none_of_the_keys() {
    for point in [Point::Deliberated, Point::Confirming, Point::Sealed, Point::Opening] {
        let view = at_point(Lang::En, "m2", point);
        let mut member = terminal(&view);
        let acts = press(&mut member, &view, "9ayoyn".chars().map(Char).chain([Enter, Char('y')]));
        assert!(acts.iter().all(|act| matches!(act, Act::Material(_))), "{point:?} {acts:?}");
    }
    let sample = Sample::new(Lang::En).until(Point::Counted);
    let view = view("m2", &sample);
    assert!(press(&mut terminal(&view), &view, [Char('s'), Char('y'), Char('n')]).is_empty());
}

#[test]
fn papers_for_all_officials_come_at_once_and_who_stands_aside_is_told() {
    use crate::meeting::review_sample::ReviewPoint;
    for lang in BOTH {
        let mut sample = Sample::review(lang).until_review(ReviewPoint::Issuing);
        let mut preparing = view("i4", &sample);
        preparing.paper = Paper::Preparing;
        show("told_bundle", &preparing, |_| {});
        let officials = told::bundle(&sample.state);
        assert!(officials.is_some_and(|officials| officials > 1), "{officials:?}");
        sample = Sample::review(lang).until_review(ReviewPoint::Voting);
        let (item, seat) = (Sample::review_item(), SeatId::from("i4"));
        // Declared when this official was called, after the papers of all had been issued.
        sample.fold(&Actor::Seat(seat.clone()), &[Event::Recused { item, seat }]);
        let aside = view("i4", &sample);
        assert_eq!(terminal(&aside).page(&aside), Page::Aside);
        show("told_aside", &aside, |_| {});
    }
}

#[test]
fn that_the_key_is_made_is_said_to_its_holders() {
    let before = view("m5", &Sample::new(Lang::En).until(Point::ScrutineersApproved));
    let after = |seat: &str| view(seat, &Sample::new(Lang::En).with_key().until(Point::ScrutineersApproved));
    let mut scrutineer = terminal(&before);
    scrutineer.viewed(&after("m5"));
    assert!(scrutineer.notices.text().is_some_and(|text| text.contains("it takes 2 of them")));
    let mut member = terminal(&before);
    member.viewed(&after("m2"));
    assert_eq!(member.notices.text(), None);
    assert_eq!(terminal(&after("m5")).notices.text(), None, "not to who has come later");
}

/// The sample's second round, on paper.
fn on_paper(lang: Lang) -> Sample {
    let mut sample = Sample::new(lang).with_key().until(Point::Voting);
    sample.console(Command::OpenPaperVote { item: Sample::item() });
    sample
}

fn count(agree: u32, disagree: u32, spoilt: u32) -> Box<PaperCount> {
    let (marks, spoilt) = (vec![vec![agree, disagree, 0]; 5], vec![spoilt; 5]);
    Box::new(PaperCount { issued: 8, cancelled: 0, returned: 8, marks, spoilt })
}

fn enter(sample: &mut Sample, who: &str, count: Box<PaperCount>) {
    let ballot = sample.ballot();
    sample.order(&Actor::from(who), Command::EnterCount { ballot, count });
}

#[test]
fn papers_are_counted_alone_and_signed() {
    for lang in BOTH {
        let mut sample = on_paper(lang);
        let view_of = |sample: &Sample| view("m5", sample);
        show("duty_papers", &view_of(&sample), |_| {});
        show("duty_papers_member", &view("m2", &sample), |_| {});
        // What the other one entered is on no page.
        enter(&mut sample, "m6", count(6, 2, 0));
        let other = view_of(&sample);
        show("duty_papers_typed", &other, |terminal| {
            for figure in ["8", "0", "8", "6", "1", "0", "0"] {
                type_text(terminal, &other, figure);
                press(terminal, &other, [Enter]);
            }
        });
        let mut alone = terminal(&other);
        let drawn = drawn(&mut alone, &other);
        assert!(!drawn.contains("6/8") && !drawn.contains("[6"), "{drawn}");
        enter(&mut sample, "m5", count(6, 1, 1));
        show("duty_papers_differ", &view_of(&sample), |_| {});
        enter(&mut sample, "m5", count(6, 1, 1));
        show("duty_papers_entered", &view_of(&sample), |_| {});
    }
}

#[test]
fn a_count_is_signed_with_a_second_key_and_only_when_it_adds_up() {
    let sample = on_paper(Lang::En);
    let view = view("m5", &sample);
    let mut terminal = terminal(&view);
    terminal.viewed(&view);
    for figure in ["8", "0", "8"] {
        type_text(&mut terminal, &view, figure);
        press(&mut terminal, &view, [Enter]);
    }
    for line in 0..5 {
        for figure in if line == 4 { ["7", "0", "0", "0"] } else { ["6", "1", "0", "1"] } {
            type_text(&mut terminal, &view, figure);
            press(&mut terminal, &view, [Enter]);
        }
    }
    assert!(press(&mut terminal, &view, [Enter, Char('y')]).is_empty(), "the last line is one short");
    // Enter has gone to the line that does not add up.
    press(&mut terminal, &view, [KeyCode::Backspace]);
    type_text(&mut terminal, &view, "8");
    assert!(press(&mut terminal, &view, [Enter]).is_empty());
    let asked = drawn(&mut terminal, &view);
    assert!(asked.contains("Y signs"), "{asked}");
    assert!(press(&mut terminal, &view, [Char('n')]).is_empty(), "any other key goes back");
    assert!(press(&mut terminal, &view, [Enter]).is_empty());
    let acts = press(&mut terminal, &view, [Char('y')]);
    let [crate::screen::Act::Order(Command::EnterCount { count, .. })] = &acts[..] else {
        panic!("{acts:?}")
    };
    assert_eq!((count.marks[0].as_slice(), count.spoilt[0]), (&[6, 1, 0][..], 1));
    assert_eq!(count.marks[4].iter().sum::<u32>() + count.spoilt[4], 8);
}
