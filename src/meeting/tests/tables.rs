//! Small rules as tables: when the room is compared, which box is too small, who is left to open it, which groups are
//! counted together.

use std::sync::Arc;

use crate::meeting::sample::{Point, Sample, plan};
use crate::meeting::{
    Actor, Command, Event, Key, Released, RoomCheck, SeatId, is_too_few, merge_small, openers_left,
};
use crate::plan::{Person, SmallPlan};
use crate::words::Lang;

/// What happens to the comparison of the screens.
#[derive(Debug, Clone, Copy)]
enum Happens {
    ListFixed(&'static str),
    KeyChanged(&'static str),
    Typed(&'static str),
}

#[test]
fn the_room_is_compared_once_and_again_when_a_key_has_changed() {
    use Happens::{KeyChanged, ListFixed, Typed};
    // What happens; whether it is due then, of which record, and how many typed.
    let table: &[(&[Happens], bool, Option<&str>, usize)] = &[
        (&[], true, None, 0),
        // Before the first list nothing can be compared.
        (&[KeyChanged("1"), KeyChanged("2")], true, None, 0),
        (&[ListFixed("3")], true, Some("3"), 0),
        (&[KeyChanged("1"), ListFixed("3")], true, Some("3"), 0),
        (&[ListFixed("3"), Typed("m5")], true, Some("3"), 1),
        // One person is one person.
        (&[ListFixed("3"), Typed("m5"), Typed("m5")], true, Some("3"), 1),
        (&[ListFixed("3"), Typed("m5"), Typed("m6")], false, Some("3"), 2),
        // A second list before everybody has typed is another record.
        (&[ListFixed("3"), Typed("m5"), ListFixed("4")], true, Some("4"), 0),
        (&[ListFixed("3"), Typed("m5"), ListFixed("4"), Typed("m6")], true, Some("4"), 1),
        // Once is enough for later lists.
        (&[ListFixed("3"), Typed("m5"), Typed("m6"), ListFixed("9")], false, Some("3"), 2),
        // A key that changes makes it due again, of the record with that key.
        (&[ListFixed("3"), Typed("m5"), Typed("m6"), KeyChanged("5")], true, Some("5"), 0),
        (&[ListFixed("3"), Typed("m5"), KeyChanged("5"), Typed("m6")], true, Some("5"), 1),
        (
            &[ListFixed("3"), Typed("m5"), Typed("m6"), KeyChanged("5"), Typed("m6"), Typed("m5")],
            false,
            Some("5"),
            2,
        ),
        (&[ListFixed("3"), Typed("m5"), Typed("m6"), KeyChanged("5"), ListFixed("8")], true, Some("8"), 0),
    ];
    for (happens, due, head, confirmed) in table {
        let mut room = RoomCheck::default();
        for one in *happens {
            match one {
                ListFixed(head) => room.list_fixed(head),
                KeyChanged(head) => room.key_changed(head),
                Typed(seat) => room.confirm(&SeatId::from(*seat), 2),
            }
        }
        let found = (room.due, room.head.as_deref(), room.confirmed.len());
        assert_eq!(found, (*due, *head, *confirmed), "{happens:?}");
    }
}

#[test]
fn which_keys_make_the_comparison_due_again() {
    let seat = |id: &str| Actor::from(id);
    let key = || "0".repeat(64);
    // Whose key changes, how, and whether people compare again.
    let table = [
        (Event::Enrolled { who: seat("m9"), key: key() }, true),
        (Event::Enrolled { who: Actor::Console, key: key() }, true),
        (Event::Enrolled { who: Actor::Display(1), key: key() }, false),
        (Event::CodeReissued { who: seat("m9") }, true),
        (Event::CodeReissued { who: Actor::Display(1) }, false),
        (Event::SignedIn { seat: "m9".into() }, false),
        (Event::Noted { text: "a note".to_owned() }, false),
    ];
    for (event, due) in table {
        let mut sample = Sample::new(Lang::En).until(Point::Confirming);
        sample.compare_room();
        assert!(!sample.state.room.due);
        sample.fold(&Actor::Hub, std::slice::from_ref(&event));
        assert_eq!(sample.state.room.due, due, "{event:?}");
        if due {
            let head = format!("{:064x}", sample.state.line);
            assert_eq!(sample.state.room.head, Some(head), "compared is the record with the new key");
        }
    }
}

#[test]
fn a_box_of_fewer_than_five_is_too_few_unless_the_plan_says_otherwise() {
    for (small, returned, few) in [
        (SmallPlan::Closed, 0, true),
        (SmallPlan::Closed, 1, true),
        (SmallPlan::Closed, 4, true),
        (SmallPlan::Closed, 5, false),
        (SmallPlan::Closed, 8, false),
        (SmallPlan::Open, 0, false),
        (SmallPlan::Open, 1, false),
        (SmallPlan::Open, 4, false),
        (SmallPlan::Open, 5, false),
    ] {
        let mut plan = plan(Lang::En);
        plan.meeting.small = small;
        let mut sample = Sample::of(plan).until(Point::Sealing);
        let before = sample.state.current_round().unwrap().1.clone();
        assert!(!is_too_few(&sample.state, &before), "a box that is not fixed is no small box");
        sample.fix_box(returned);
        let round = sample.state.current_round().unwrap().1.clone();
        assert_eq!(is_too_few(&sample.state, &round), few, "{small:?}, {returned}");
    }
}

#[test]
#[allow(clippy::type_complexity, reason = "a table")]
fn who_is_left_to_open_the_box() {
    // Of m5, m6, m7, two needed: who gave factors, who left, whose code was made anew; how many are left.
    let table: &[(&[&str], &[&str], &[&str], u32)] = &[
        (&[], &[], &[], 3),
        (&[], &["m5"], &[], 2),
        (&[], &["m5", "m6"], &[], 1),
        (&[], &["m5", "m6", "m7"], &[], 0),
        (&[], &[], &["m5"], 2),
        (&[], &[], &["m5", "m6"], 1),
        (&[], &["m5"], &["m5"], 2),
        (&[], &["m5"], &["m6"], 1),
        // What is given is given.
        (&["m5"], &["m5"], &[], 3),
        (&["m5"], &["m5", "m6", "m7"], &[], 1),
        (&["m5"], &[], &["m5"], 3),
        (&["m5", "m6"], &["m5", "m6", "m7"], &["m7"], 2),
        // Of another sum than m5 and m6, m7 gave: only those of the same sum open it together.
        (&["m7"], &[], &[], 3),
        (&["m5", "m7"], &[], &[], 2),
        (&["m5", "m7"], &["m6"], &[], 1),
        (&["m5", "m7"], &[], &["m6"], 1),
        (&["m5", "m6", "m7"], &[], &[], 2),
        (&["m5", "m6", "m7"], &["m5", "m6", "m7"], &["m5", "m6"], 2),
        // Who holds no share does not count.
        (&[], &["m2", "m3"], &[], 3),
    ];
    for (given, away, lost, left) in table {
        let mut sample = Sample::new(Lang::En).with_key().until(Point::Opening);
        let seats = |ids: &[&str]| ids.iter().map(|id| SeatId::from(*id)).collect::<Vec<_>>();
        sample.state.key = Some(Arc::new(Key {
            number: 1,
            scrutineers: seats(&["m5", "m6", "m7"]),
            threshold: 2,
            trustees: "[]".to_owned(),
            lost: seats(lost).into_iter().collect(),
        }));
        for seat in seats(away) {
            sample.order(&Actor::Seat(seat.clone()), Command::SignOut { seat });
        }
        let mut round = sample.state.current_round().unwrap().1.clone();
        for seat in seats(given) {
            let sum = if seat.as_str() == "m7" { "another" } else { "s" };
            round.released.insert(seat, Released { sum: sum.to_owned(), factors: "f".to_owned() });
        }
        assert_eq!(openers_left(&sample.state, &round), Some((*left, 2)), "{given:?} {away:?} {lost:?}");
    }
    // What was shown to be false is not counted, nor who is named as silent and has given nothing; what is given is given.
    let table: &[(&[&str], &[&str], &[&str], u32)] = &[
        (&["m5"], &["m5"], &[], 2),
        (&["m5", "m6"], &["m5"], &[], 2),
        (&["m5", "m6"], &["m5", "m6"], &[], 1),
        (&["m5", "m6", "m7"], &["m5", "m6", "m7"], &[], 0),
        (&[], &[], &["m5"], 2),
        (&[], &[], &["m5", "m6", "m7"], 0),
        (&["m5"], &["m5"], &["m6"], 1),
        (&["m5", "m6"], &[], &["m7"], 2),
    ];
    for (given, shown, named, left) in table {
        let mut sample = Sample::keyed(Lang::En).until(Point::ScrutineersApproved);
        sample.make_key();
        let sample = sample.further(Point::ScrutineersApproved, Point::Opening);
        let mut round = sample.state.current_round().unwrap().1.clone();
        let seats = |ids: &[&str]| ids.iter().map(|id| SeatId::from(*id)).collect::<Vec<_>>();
        for seat in seats(given) {
            round.released.insert(seat, Released { sum: "s".to_owned(), factors: "f".to_owned() });
        }
        round.false_factors.extend(seats(shown));
        round.silent.extend(seats(named));
        assert_eq!(openers_left(&sample.state, &round), Some((*left, 2)), "{given:?} {shown:?} {named:?}");
    }
    let console = Sample::new(Lang::En).until(Point::Opening);
    assert_eq!(openers_left(&console.state, console.state.current_round().unwrap().1), None);
}

#[test]
#[allow(clippy::type_complexity, reason = "a table")]
fn groups_of_fewer_than_five_are_counted_with_the_smallest_other_one() {
    // How many are present of each group; which groups are counted together.
    let table: &[(&[(&str, usize)], &[&[&str]])] = &[
        (&[("a", 9)], &[&["a"]]),
        (&[("a", 2)], &[&["a"]]),
        (&[("a", 5), ("b", 5)], &[&["a"], &["b"]]),
        (&[("a", 5), ("b", 4)], &[&["a", "b"]]),
        (&[("a", 0), ("b", 12)], &[&["a", "b"]]),
        (&[("a", 2), ("b", 2)], &[&["a", "b"]]),
        // With the smallest that is left, and as often as it takes.
        (&[("a", 20), ("b", 4), ("c", 7)], &[&["a"], &["b", "c"]]),
        (&[("a", 6), ("b", 4), ("c", 7)], &[&["a", "b"], &["c"]]),
        (&[("a", 20), ("b", 1), ("c", 2)], &[&["a", "b", "c"]]),
        (&[("a", 20), ("b", 2), ("c", 3)], &[&["a"], &["b", "c"]]),
        (&[("a", 3), ("b", 3), ("c", 3), ("d", 3)], &[&["a", "b"], &["c", "d"]]),
        (&[("a", 6), ("b", 6), ("c", 6)], &[&["a"], &["b"], &["c"]]),
    ];
    for (present, together) in table {
        let people: Vec<Person> = present
            .iter()
            .flat_map(|(group, size)| {
                (0..*size).map(move |number| Person {
                    id: format!("{group}{number}"),
                    name: String::new(),
                    group: (*group).to_owned(),
                    unit: String::new(),
                    duties: Vec::new(),
                    leave: false,
                })
            })
            .collect();
        let people: Vec<&Person> = people.iter().collect();
        let groups: Vec<String> = present.iter().map(|(group, _)| (*group).to_owned()).collect();
        let merged = merge_small(&groups, &people);
        assert_eq!(merged, *together, "{present:?}");
        // Whatever comes out, each group is in it once, and none is small but the only one.
        let mut all: Vec<String> = merged.concat();
        all.sort();
        assert_eq!(all, groups);
        let size = |one: &Vec<String>| people.iter().filter(|person| one.contains(&person.group)).count();
        assert!(merged.len() == 1 || merged.iter().all(|one| size(one) >= 5));
    }
}
