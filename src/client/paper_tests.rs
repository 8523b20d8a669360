//! What the screen says of the own paper, as a table: where the ballot is, what is kept of it, what the page shows. "Not
//! returned" is said only of who sent none, or once the closed box shows it.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::store::KeptPaper;
use super::view::Paper;
use super::voter::{KeptPapers, paper};
use crate::ballot::BallotHash;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Command};
use crate::wire::Receipt;
use crate::words::Lang;

/// The ballots in the sample's box are numbered; this one is in it, the other is not.
const IN_THE_BOX: u32 = 0;
const NOT_IN_IT: u32 = 99;

/// What a terminal keeps of its paper.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Nothing,
    Unmarked,
    /// Sent, and no receipt has come.
    Sent(u32),
    /// Sent, and refused by the hub.
    Refused(u32),
    Acknowledged(u32),
}

fn hash(number: u32) -> BallotHash {
    serde_json::from_value(format!("{number:064x}").into()).unwrap()
}

fn kept(what: Kept) -> KeptPapers {
    let mut paper = KeptPaper::fresh(&mut StdRng::seed_from_u64(5)).unwrap();
    let sealed = || Some("a sealed ballot".to_owned());
    match what {
        Kept::Nothing => return KeptPapers::new(),
        Kept::Unmarked => {}
        Kept::Sent(number) => (paper.sealed, paper.hash) = (sealed(), Some(hash(number))),
        Kept::Refused(number) => paper.hash = Some(hash(number)),
        Kept::Acknowledged(number) => {
            (paper.sealed, paper.hash) = (sealed(), Some(hash(number)));
            paper.receipt = Some(Receipt { ballot: hash(number), signature: String::new() });
        }
    }
    KeptPapers::from([("appoint".into(), paper)])
}

#[test]
fn what_became_of_a_ballot_is_said_only_when_it_is_known() {
    let at = |point| Sample::new(Lang::En).until(point);
    let mut closed = at(Point::Sealed);
    closed.close_box();
    let returned = |number, in_box| Paper::Returned { tracker: hash(number).tracker(), in_box };
    let lost = || Paper::Lost { tracker: hash(NOT_IN_IT).tracker() };
    // While voting, after it, with the box fixed, with the box closed, while it is being opened.
    let times = [at(Point::Voting), at(Point::Sealing), at(Point::Sealed), closed, at(Point::Opening)];
    let table: [(Kept, [Paper; 5]); 8] = [
        (
            Kept::Unmarked,
            [Paper::Open, Paper::NotReturned, Paper::NotReturned, Paper::NotReturned, Paper::NotReturned],
        ),
        (Kept::Sent(NOT_IN_IT), [Paper::Casting, Paper::Casting, Paper::Casting, lost(), lost()]),
        (
            Kept::Sent(IN_THE_BOX),
            [
                Paper::Casting,
                Paper::Casting,
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
            ],
        ),
        // A hub that says it refused a ballot may have kept it.
        (Kept::Refused(NOT_IN_IT), [Paper::Open, Paper::Casting, Paper::Casting, lost(), lost()]),
        (
            Kept::Refused(IN_THE_BOX),
            [
                Paper::Open,
                Paper::Casting,
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
            ],
        ),
        (
            Kept::Acknowledged(IN_THE_BOX),
            [
                returned(IN_THE_BOX, false),
                returned(IN_THE_BOX, false),
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
                returned(IN_THE_BOX, true),
            ],
        ),
        (Kept::Acknowledged(NOT_IN_IT), std::array::from_fn(|_| returned(NOT_IN_IT, false))),
        // What was kept is deleted after the check, and the terminal started again.
        (
            Kept::Nothing,
            [Paper::Open, Paper::Forgotten, Paper::Forgotten, Paper::Forgotten, Paper::Forgotten],
        ),
    ];
    for (what, shown) in table {
        for (place, (sample, shown)) in times.iter().zip(shown).enumerate() {
            let found = paper(&sample.state, &Actor::from("m2"), &kept(what), false);
            assert_eq!(found, shown, "{what:?} at {place}");
        }
    }
    // Who has signed out marks no paper; what was cast before is on its way or in the box all the same.
    let mut left = at(Point::Voting);
    left.order(&Actor::from("m2"), Command::SignOut { seat: "m2".into() });
    let now = |left: &Sample, what| paper(&left.state, &Actor::from("m2"), &kept(what), false);
    assert_eq!(now(&left, Kept::Unmarked), Paper::None);
    assert_eq!(now(&left, Kept::Sent(NOT_IN_IT)), Paper::Casting);
    assert_eq!(now(&left, Kept::Acknowledged(1)), returned(1, false));
    left.sign_in(&["m2"]);
    assert_eq!(now(&left, Kept::Unmarked), Paper::Open);
    // Something is on its way just now.
    assert_eq!(paper(&times[0].state, &Actor::from("m2"), &kept(Kept::Refused(1)), true), Paper::Casting);
}
