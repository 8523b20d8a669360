//! The same person for the same post is not put to the vote again.

use super::{again, declared, item, lines, object, reconsider, refused, seat, settle, vote};
use crate::meeting::barred::is_same;
use crate::meeting::reopening_sample::two_items;
use crate::meeting::sample::{Point, Sample, plan};
use crate::meeting::{Actor, Command, Event, LineId, Refusal, SettledHow, Stage, Step, next_step};
use crate::plan::{ItemKind, Nominee};
use crate::words::Lang;

#[test]
fn the_same_person_for_the_same_post_is_not_put_to_the_vote_again() {
    let mut sample = declared();
    sample.console(Command::OpenItem { item: again() });
    let is = sample.state.item_state(&again()).unwrap();
    let bar = is.barred.get(&LineId::from("x1")).unwrap();
    assert_eq!((bar.item.as_str(), bar.ballot.as_str(), is.barred.len()), ("appoint", "appoint", 1));
    for command in [
        Command::Undefer { item: again(), line: "x1".into() },
        Command::Defer { item: again(), line: "x1".into(), reason: "no".into() },
    ] {
        assert_eq!(refused(&mut sample, &Actor::Console, &command), Refusal::LineNotAtStake, "{command:?}");
    }
    // Only the other one is introduced and voted on.
    sample.step();
    assert!(matches!(next_step(&sample.state), Some(Step::BeginRecusal(_))));
    sample.step();
    vote(&mut sample, &again(), &[[6, 1, 0]]);
    let round = &sample.state.item_state(&again()).unwrap().rounds[0];
    assert_eq!((round.issue.lines.clone(), round.issue.barred.clone()), (lines(&["x2"]), lines(&["x1"])));
}

#[test]
fn an_item_whose_lines_are_all_barred_is_declared_without_a_ballot() {
    let mut plan = two_items(Lang::En);
    let ItemKind::Nomination(nomination) = &mut plan.items[1].kind else { unreachable!() };
    nomination.lines.truncate(1);
    let mut sample = Sample::of(plan).until(Point::Declared);
    sample.console(Command::OpenItem { item: again() });
    for _ in 0..3 {
        sample.step();
    }
    assert_eq!(next_step(&sample.state), Some(Step::Declare(again())));
    sample.step();
    let is = sample.state.item_state(&again()).unwrap();
    assert_eq!((is.stage, is.rounds.len()), (Stage::Declared, 0));
}

#[test]
fn a_result_that_was_set_aside_bars_nobody() {
    let mut sample = declared();
    sample.order(&seat("m7"), object("m7", "a paper was seen"));
    sample.console(settle(1, SettledHow::VoteAgain));
    vote(&mut sample, &item(), &[[7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 0, 0]]);
    sample.console(Command::OpenItem { item: again() });
    assert!(sample.state.item_state(&again()).unwrap().barred.is_empty(), "n3 is carried in the new vote");
}

/// What another item decided meanwhile bars a line that is taken up again.
#[test]
fn a_line_is_barred_when_it_is_taken_up_again_too() {
    let mut plan = two_items(Lang::En);
    // The second item has n1's post again, which the first has carried.
    let nominee = plan.items[0].lines()[0].clone();
    let ItemKind::Nomination(nomination) = &mut plan.items[1].kind else { unreachable!() };
    nomination.lines = vec![Nominee { id: "x1".to_owned(), ..nominee }];
    let mut sample = Sample::of(plan).until(Point::Declared);
    sample.console(Command::OpenItem { item: again() });
    assert!(sample.state.item_state(&again()).unwrap().barred.is_empty());
    sample.step();
    sample.step();
    vote(&mut sample, &again(), &[[1, 6, 0]]);
    let events = sample.try_order(&Actor::Console, &reconsider(lines(&["n1", "n4"]), (8, 0, 0))).unwrap();
    let barred = Event::LineBarred { item: item(), line: "n1".into(), by: again(), ballot: "again".into() };
    assert!(events.contains(&barred), "{events:?}");
    vote(&mut sample, &item(), &[[6, 1, 0]]);
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!(is.rounds[1].issue.lines, lines(&["n4"]));
}

#[test]
fn who_is_the_same_for_the_same_post() {
    let lines = plan(Lang::Zh).items[0].lines().to_vec();
    let of = |name: &str, person: Option<&str>, post: &str| Nominee {
        name: name.to_owned(),
        person: person.map(str::to_owned),
        post: post.to_owned(),
        ..lines[0].clone()
    };
    let one = of("张 伟", Some("m1"), "河口镇镇长");
    let table = [
        (of("张伟", None, "河口镇镇长"), true),
        (of("张 伟", Some("m1"), "河口镇 镇长"), true),
        (of("张伟（河口）", Some("m1"), "河口镇镇长"), true),
        (of("张 伟", Some("m2"), "河口镇镇长"), false),
        (of("张 伟", Some("m1"), "河口镇书记"), false),
        (of("王 芳", None, "河口镇镇长"), false),
    ];
    for (other, same) in table {
        assert_eq!((is_same(&one, &other), is_same(&other, &one)), (same, same), "{other:?}");
    }
}
