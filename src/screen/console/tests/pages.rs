//! How each page looks, at both sizes and in both languages.

use super::*;
use crate::client::{Alarm, Turnout};
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
