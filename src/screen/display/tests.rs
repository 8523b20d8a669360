//! The display at every point of a meeting, in both languages.

use super::*;
use crate::client::Turnout;
use crate::meeting::sample::{Point, Sample, plan};
use crate::meeting::{AdjournGround, Command};
use crate::screen::testing::{self, Window, now};
use crate::words::Lang;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
/// Pages whose plain form is kept as a snapshot.
const ASCII_KEPT: &[&str] = &["introducing", "paper_missed", "returned", "counted", "voting"];

fn at(lang: Lang, point: Point) -> View {
    of(&Sample::new(lang).until(point))
}

pub(super) fn of(sample: &Sample) -> View {
    let mut view = testing::view("display", &sample.state);
    view.live.turnout = Some(Turnout { ballot: "appoint".into(), at_least: 5, all: false });
    view
}

pub(super) fn show(name: &str, view: &View) {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    let tag = lang.pick("zh", "en");
    for (size, window) in [
        ("80x24", Window::new(lang, SMALL)),
        ("120x40", Window::new(lang, LARGE)),
        ("80x24_ascii", Window::ascii(lang, SMALL)),
    ] {
        // Every drawing is checked for its widths and boxes; of the plain ones a few are kept.
        let kept = !size.ends_with("ascii") || ASCII_KEPT.contains(&name);
        let drawn = window.draw(&mut Display::new(), view);
        if kept {
            insta::assert_snapshot!(format!("{name}_{tag}_{size}"), drawn);
        }
    }
}

#[test]
fn every_point_of_a_meeting() {
    for lang in [Lang::Zh, Lang::En] {
        for point in [
            Point::SigningIn,
            Point::Opened,
            Point::ScrutineersApproved,
            Point::Introducing,
            Point::Recusing,
            Point::Deliberating,
            Point::Deliberated,
            Point::Issuing,
            Point::Confirming,
            Point::Voting,
            Point::Sealed,
            Point::Opening,
            Point::Counted,
            Point::Declared,
            Point::Closed,
        ] {
            show(&format!("{point:?}").to_lowercase(), &at(lang, point));
        }
    }
}

#[test]
fn what_is_wrong_is_big_and_stays() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang);
        sample.sign_in(&["m1", "m2", "m3"]);
        sample.console(Command::OpenMeeting);
        show("quorum_missed", &of(&sample));
        sample.console(Command::Adjourn { ground: AdjournGround::NoQuorum });
        show("adjourned", &of(&sample));
        let mut sample = Sample::new(lang).rehearsal().until(Point::Voting);
        sample.console(Command::Suspend { reason: lang.pick("停电", "power failure").to_owned() });
        show("suspended_rehearsal", &of(&sample));
        let mut sample = Sample::new(lang).until(Point::Voting);
        let reason = lang.pick("名单有误", "the list was wrong").to_owned();
        let ballot = sample.ballot();
        sample.console(Command::NewRound { ballot, reason });
        show("void", &of(&sample));
    }
}

#[test]
fn nothing_is_told_while_voting_but_the_turnout_in_steps() {
    let shown = Window::new(Lang::En, LARGE).draw(&mut Display::new(), &at(Lang::En, Point::Voting));
    for word in ["carried", "Chen Jing", "abstain 1"] {
        assert!(!shown.contains(word), "{word}: {shown}");
    }
    assert!(shown.contains("or more"), "{shown}");
}

/// Thirty lines, so that the table does not fit.
fn long(lang: Lang) -> View {
    let mut plan = plan(lang);
    let crate::plan::ItemKind::Nomination(nomination) = &mut plan.items[0].kind else { unreachable!() };
    let template = nomination.lines[2].clone();
    nomination.lines.truncate(1);
    for number in 2..=30 {
        let mut line = template.clone();
        line.id = format!("n{number}");
        line.name = format!("张{number}");
        nomination.lines.push(line);
    }
    let mut sample = Sample::of(plan).until(Point::Opening);
    sample.count(&[[5, 1, 1]; 29]);
    of(&sample)
}

#[test]
fn a_result_that_does_not_fit_turns_its_pages_and_shows_every_line() {
    let view = long(Lang::Zh);
    let mut display = Display::new();
    let window = Window::new(Lang::Zh, SMALL);
    let mut seen = String::new();
    let mut moment = now();
    let first = window.draw_at(&mut display, &view, moment);
    insta::assert_snapshot!("long_result_first_page", first);
    // Ticks come at least every page, and the clock's minutes between.
    for _ in 0..12 {
        seen.push_str(&window.draw_at(&mut display, &view, moment));
        let left = display.next_tick(&view, moment).unwrap();
        assert!(left.as_secs() <= 8 && !left.is_zero(), "{left:?}");
        moment += jiff::SignedDuration::try_from(left).unwrap();
    }
    for number in 3..=30 {
        assert!(seen.contains(&format!("张{number} ")), "line {number} was never shown");
    }
    assert!(seen.contains("第 1 页") && seen.contains("第 2 页"));
}

#[test]
fn an_objection_stands_on_every_screen_until_the_round_is_void() {
    let mut sample = Sample::new(Lang::Zh).until(Point::Voting);
    let ballot = sample.ballot();
    let reason = "名单与发票不符\u{1b}[2J".to_owned();
    sample.order(&crate::meeting::Actor::from("m5"), Command::Object { ballot: ballot.clone(), reason });
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut Display::new(), &of(&sample));
    assert!(shown.contains("! 赵敏提出异议：名单与发票不符<U+001B>[2J"), "{shown}");
    sample.console(Command::NewRound { ballot, reason: "异议成立".to_owned() });
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut Display::new(), &of(&sample));
    assert!(!shown.contains("提出异议"), "{shown}");
}

#[test]
fn a_list_of_nominees_that_does_not_fit_says_how_many_are_left() {
    let mut view = long(Lang::Zh);
    let mut sample = Sample::of(view.state.as_ref().unwrap().plan().clone()).until(Point::Recusing);
    sample.now = now();
    view = of(&sample);
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut Display::new(), &view);
    assert!(shown.contains("下面还有"), "{shown}");
}

#[test]
fn every_size_holds() {
    for point in [Point::SigningIn, Point::Introducing, Point::Voting, Point::Counted] {
        let view = at(Lang::En, point);
        for wide in (80..=240).step_by(13) {
            for tall in [24, 27, 33, 70] {
                Window::new(Lang::En, (wide, tall)).draw(&mut Display::new(), &view);
                Window::ascii(Lang::En, (wide, tall)).draw(&mut Display::new(), &view);
            }
        }
    }
}

#[test]
fn a_vote_on_paper() {
    use crate::meeting::{Actor, PaperCount};
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang).until(Point::Voting);
        sample.console(Command::OpenPaperVote { item: Sample::item() });
        show("on_paper", &of(&sample));
        let count = |agree: u32| {
            let (marks, spoilt) = (vec![vec![agree, 7 - agree, 0]; 5], vec![1; 5]);
            Box::new(PaperCount { issued: 8, cancelled: 0, returned: 8, marks, spoilt })
        };
        let mut enter = |who: &str, agree: u32| {
            let (ballot, count) = (sample.ballot(), count(agree));
            sample.order(&Actor::from(who), Command::EnterCount { ballot, count });
            of(&sample)
        };
        show("on_paper_one_counted", &enter("m5", 6));
        show("on_paper_differed", &enter("m6", 5));
        enter("m5", 6);
        show("on_paper_result", &enter("m6", 6));
    }
}

#[test]
fn adjourned_to_another_day_and_signing_in_again() {
    for lang in [Lang::Zh, Lang::En] {
        show("recess", &of(&Sample::adjourned(lang, Point::Deliberating)));
        show("reconvened", &of(&Sample::reconvened(lang, Point::Deliberating)));
    }
}
