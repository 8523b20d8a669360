//! A vote on paper at the console: the key that goes to it, the page, the sheet, the signatures by hand.

use super::*;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::{BallotId, PaperCount, result_hash};

fn on_paper(lang: Lang) -> Sample {
    let mut sample = Sample::new(lang).until(Point::Voting);
    sample.console(Command::OpenPaperVote { item: Sample::item() });
    sample
}

fn count(agree: u32, disagree: u32, spoilt: u32) -> Box<PaperCount> {
    let returned = agree + disagree + spoilt;
    Box::new(PaperCount {
        issued: 8,
        cancelled: 0,
        returned,
        marks: vec![vec![agree, disagree, 0]; 5],
        spoilt: vec![spoilt; 5],
    })
}

fn enter(sample: &mut Sample, who: &str, count: Box<PaperCount>) {
    let ballot = sample.ballot();
    sample.order(&Actor::from(who), Command::EnterCount { ballot, count });
}

fn show(name: &str, lang: Lang, console: &mut Console, view: &View) {
    let drawn = SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n");
    Window::ascii(lang, (80, 24)).draw(console, view);
    insta::assert_snapshot!(format!("paper_{name}_{}", lang.pick("zh", "en")), drawn);
}

#[test]
fn going_to_paper_takes_a_second_key_and_says_what_it_ends() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut console, view) = at(lang, Point::Voting);
        assert!(orders(press(&mut console, &view, [KeyCode::Char('p')])).is_empty());
        show("confirm", lang, &mut console, &view);
        assert!(orders(press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Enter])).is_empty());
        let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        assert_eq!(wanted, [Command::OpenPaperVote { item: Sample::item() }]);
    }
    // Before anything is electronic nothing is void; while the box is opened the key is not there.
    let (mut console, view) = ready_at(Lang::En, Point::Deliberated);
    press(&mut console, &view, [KeyCode::Char('p')]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("The vote is on paper") && !drawn.contains("electronic round is void"), "{drawn}");
    for point in [Point::Deliberating, Point::Opening, Point::Counted] {
        let (mut console, view) = at(Lang::En, point);
        press(&mut console, &view, [KeyCode::Char('p')]);
        assert!(orders(press(&mut console, &view, [KeyCode::Char('y')])).is_empty(), "{point:?}");
    }
}

#[test]
fn the_page_says_where_the_papers_are_and_who_has_counted() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = on_paper(lang);
        show("printed", lang, &mut console(lang), &seen(&sample));
        enter(&mut sample, "m5", count(6, 2, 0));
        show("one_counted", lang, &mut console(lang), &seen(&sample));
        enter(&mut sample, "m6", count(6, 1, 1));
        show("differed", lang, &mut console(lang), &seen(&sample));
        enter(&mut sample, "m5", count(6, 1, 1));
        enter(&mut sample, "m6", count(6, 1, 1));
        show("counted", lang, &mut console(lang), &seen(&sample));
        sample.sign_result();
        show("signed", lang, &mut console(lang), &seen(&sample));
    }
}

#[test]
fn the_console_enters_for_a_scrutineer_and_asks_before_it_does() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = on_paper(lang);
        let (mut console, view) = (console(lang), seen(&sample));
        press(&mut console, &view, [KeyCode::Char('p')]);
        show("whose", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Down, KeyCode::Enter]);
        show("sheet_empty", lang, &mut console, &view);
        // 8 handed out, 0 cancelled, 8 back; the first line is one short.
        for figure in ["8", "0", "8", "6", "1", "0", "0"] {
            type_text(&mut console, &view, figure);
            press(&mut console, &view, [KeyCode::Enter]);
        }
        show("sheet_wrong", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::BackTab, KeyCode::Backspace]);
        type_text(&mut console, &view, "1");
        for _ in 0..4 {
            for figure in ["8", "0", "0", "0"] {
                press(&mut console, &view, [KeyCode::Enter]);
                type_text(&mut console, &view, figure);
            }
        }
        assert!(orders(press(&mut console, &view, [KeyCode::Enter])).is_empty());
        show("sheet_sure", lang, &mut console, &view);
        let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        let mut right = count(8, 0, 0);
        (right.marks[0], right.spoilt[0]) = (vec![6, 1, 0], 1);
        let (ballot, scrutineer) = (sample.ballot(), SeatId::from("m6"));
        assert_eq!(wanted, [Command::EnterCountFor { ballot, scrutineer, count: right }]);
    }
}

/// More papers than were issued: nothing below is looked at, and nothing below can be typed.
#[test]
fn too_many_papers_stay_folded() {
    let sample = on_paper(Lang::En);
    let (mut console, view) = (console(Lang::En), seen(&sample));
    press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Enter]);
    for figure in ["7", "1", "8"] {
        type_text(&mut console, &view, figure);
        press(&mut console, &view, [KeyCode::Enter]);
    }
    show("sheet_folded", Lang::En, &mut console, &view);
    let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
    let folded = PaperCount { issued: 7, cancelled: 1, returned: 8, marks: Vec::new(), spoilt: Vec::new() };
    assert!(matches!(&wanted[..], [Command::EnterCountFor { count, .. }] if **count == folded), "{wanted:?}");
}

#[test]
fn signatures_by_hand_are_recorded_one_by_one() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = on_paper(lang);
        for who in ["m5", "m6"] {
            let (ballot, count) = (sample.ballot(), count(8, 0, 0));
            sample.console(Command::EnterCountFor { ballot, scrutineer: who.into(), count });
        }
        let (mut console, view) = (console(lang), seen(&sample));
        press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Enter]);
        show("by_hand", lang, &mut console, &view);
        let result = result_hash(sample.state.rounds_on_floor());
        let record = |who: &str, refused: Option<&str>| Command::RecordSheet {
            ballot: BallotId::from("appoint-r2"),
            scrutineer: who.into(),
            result: result.clone(),
            refused: refused.map(str::to_owned),
        };
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), [record("m5", None)]);
        done(&mut console, &view, record("m5", None));
        sample.console(record("m5", None));
        let view = seen(&sample);
        console.viewed(&view);
        press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Enter, KeyCode::Char('r')]);
        type_text(&mut console, &view, "no ink");
        let wanted = orders(press(&mut console, &view, [KeyCode::Enter]));
        assert_eq!(wanted, [record("m6", Some("no ink"))]);
    }
}

/// Where no key can be made, the agenda goes on without one.
#[test]
fn without_a_key_the_next_item_is_called() {
    let mut sample = Sample::keyed(Lang::En).until(Point::ScrutineersApproved);
    sample.console(Command::MakeKey);
    let (mut console, view) = (console(Lang::En), seen(&sample));
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut console, &view);
    assert!(drawn.contains("P go on without"), "{drawn}");
    let wanted = orders(press(&mut console, &view, [KeyCode::Char('p')]));
    assert_eq!(wanted, [Command::OpenItem { item: Sample::item() }]);
    sample.console(wanted[0].clone());
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut console, &seen(&sample));
    assert!(drawn.contains("Introduction") || drawn.contains("introduce"), "{drawn}");
}

/// In a review P is the whole text of questions until the evaluation is due; then that is on U.
#[test]
fn in_a_review_the_key_gives_way_when_the_evaluation_is_due() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::review(lang).until_review(ReviewPoint::Questioned);
        let (mut console, view) = (console(lang), seen(&sample));
        show("review_due", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Char('u')]);
        let whole = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(whole.contains(lang.pick("提问与答复", "Question and answer")), "{whole}");
        press(&mut console, &view, [KeyCode::Esc, KeyCode::Char('p')]);
        let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        assert_eq!(wanted, [Command::OpenPaperVote { item: Sample::review_item() }]);
        let mut sample = sample;
        sample.console(wanted[0].clone());
        show("review_printed", lang, &mut self::console(lang), &seen(&sample));
    }
}

/// An election: the key is there, also for a further round that was called, and the count is entered for a scrutineer.
#[test]
fn an_election_goes_to_paper_and_its_count_is_entered() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::contested(lang).until(Point::Deliberated);
        sample.go_to_paper();
        let (mut console, view) = (console(lang), seen(&sample));
        press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Enter]);
        for figure in ["8", "0", "8", "1", "1", "6", "5", "5", "2", "0"] {
            type_text(&mut console, &view, figure);
            press(&mut console, &view, [KeyCode::Enter]);
        }
        show("election_sheet", lang, &mut console, &view);
        let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        let (ballot, count) = (sample.ballot(), sample.papers(8, vec![vec![1, 6, 5, 5, 2, 0]], vec![1]));
        let scrutineer = "m5".into();
        assert_eq!(wanted, [Command::EnterCountFor { ballot, scrutineer, count: Box::new(count) }]);
        sample.elect_by_paper(8, (1, 1), &[6, 4, 4, 2, 0]);
        show("election_result", lang, &mut self::console(lang), &seen(&sample));
        sample.sign_result();
        sample.console(Command::CallFurtherRound { item: Sample::item() });
        let (mut console, view) = (self::console(lang), seen(&sample));
        press(&mut console, &view, [KeyCode::Char('p')]);
        let wanted = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        assert_eq!(wanted, [Command::OpenPaperVote { item: Sample::item() }]);
    }
}
