//! The steps of the scrutineers on the display, in both languages and sizes.

use jiff::SignedDuration;

use super::*;
use crate::client::Room;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Command, Event, result_hash};
use crate::screen::testing::{self, Window};
use crate::words::Lang;

fn with_code(sample: &Sample) -> View {
    let mut view = testing::view("display", &sample.state);
    let head = sample.state.room.head.clone();
    view.room = head.map(|head| Room { head, code: Some("9F3C-71AE-04D2".to_owned()) });
    view
}

fn show(name: &str, sample: &Sample) {
    let lang = sample.state.plan().meeting.language;
    let (view, now) = (with_code(sample), sample.now + SignedDuration::from_secs(3));
    for size in [(80, 24), (120, 40)] {
        let drawn = Window::new(lang, size).draw_at(&mut Display::new(), &view, now);
        insta::assert_snapshot!(format!("{name}_{}_{}", lang.pick("zh", "en"), size.0), drawn);
        Window::ascii(lang, size).draw_at(&mut Display::new(), &view, now);
    }
}

fn keyed(lang: Lang, point: Point) -> Sample {
    let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
    sample.make_key();
    sample.further(Point::ScrutineersApproved, point)
}

#[test]
fn every_step_of_the_scrutineers() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::keyed(lang).until(Point::ScrutineersApproved);
        show("key_ready", &sample);
        sample.console(Command::MakeKey);
        sample.certify(3);
        sample.deal(2);
        show("key_dealing", &sample);

        let mut sample = keyed(lang, Point::Deliberated);
        let count = Command::CountHeads { item: Sample::item(), heads: 7 };
        sample.order(&Actor::from("m5"), count);
        show("heads", &sample);

        show("room", &keyed(lang, Point::Confirming));
        show("voting_with_code", &keyed(lang, Point::Voting));

        let mut sample = keyed(lang, Point::Sealed);
        sample.close_box();
        let (_, round) = sample.state.current_round().unwrap();
        let (ballot, box_hash) = (round.issue.ballot.clone(), round.box_hash.clone().unwrap());
        for seat in ["m1", "m2", "m3", "m4", "m5", "m6"] {
            let confirm = Command::ConfirmBox { ballot: ballot.clone(), box_hash: box_hash.clone() };
            sample.order(&Actor::from(seat), confirm);
        }
        show("box_missing", &sample);

        let mut sample = keyed(lang, Point::Opening);
        sample.give_shares(1);
        show("opening_by_key", &sample);
        let ballot = sample.ballot();
        let mut left_out = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
        let shown = Event::FalseFactorsShown { ballot: ballot.clone(), seat: "m5".into() };
        left_out.fold(&Actor::Hub, &[shown, Event::SilentNamed { ballot, seats: vec!["m6".into()] }]);
        show("opening_left_out", &left_out);
        sample.count_by_two(&[[7, 0, 0], [4, 2, 1], [5, 1, 1], [6, 1, 0], [0, 5, 2]]);
        let ballot = sample.ballot();
        let result = result_hash(sample.state.rounds_on_floor());
        sample.order(&Actor::from("m5"), Command::SignResult { ballot: ballot.clone(), result });
        let reason = lang.pick("票数与本人所记不符", "not the figures that I noted").to_owned();
        sample.order(&Actor::from("m7"), Command::RefuseResult { ballot, reason });
        show("signed_and_refused", &sample);
    }
}

#[test]
fn a_box_that_stays_closed_and_a_code_that_is_reissued() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = keyed(lang, Point::Sealing);
        sample.fix_box(3);
        sample.close_box();
        show("too_few", &sample);
        let ballot = sample.ballot();
        sample.console(Command::KeepClosed { ballot });
        show("too_few_void", &sample);
        let mut sample = keyed(lang, Point::Deliberating);
        sample.console(Command::ReissueCode { who: Actor::from("m3") });
        show("reissued", &sample);
        // Minutes later it stands only while the seat has no terminal.
        let later = sample.now + SignedDuration::from_secs(900);
        let window = Window::new(lang, (80, 24));
        let shown = window.draw_at(&mut Display::new(), &with_code(&sample), later);
        let word = lang.pick("已补发席位码", "Seat code reissued");
        assert!(shown.contains(word), "{shown}");
        sample.enrol("m3", &"cd".repeat(32));
        let shown = window.draw_at(&mut Display::new(), &with_code(&sample), later);
        assert!(!shown.contains(word), "{shown}");
    }
}

/// Of three hundred people everyone is named, page after page.
#[test]
fn everybody_present_is_named() {
    let mut plan = crate::meeting::sample::plan(Lang::En);
    let like = plan.people[8].clone();
    plan.people.extend((0..300).map(|number| {
        let name = format!("Name{number:03}");
        crate::plan::Person { id: format!("x{number}"), name, ..like.clone() }
    }));
    let sample = Sample::of(plan).until(Point::Deliberated);
    let view = with_code(&sample);
    let (mut seen, mut moment) = (String::new(), sample.now);
    for _ in 0..40 {
        let mut display = Display::new();
        seen.push_str(&Window::new(Lang::En, (80, 24)).draw_at(&mut display, &view, moment));
        let left = display.next_tick(&view, moment).unwrap();
        assert!(left.as_secs() <= 8 && !left.is_zero(), "{left:?}");
        moment += SignedDuration::try_from(left).unwrap();
    }
    for number in 0..300 {
        assert!(seen.contains(&format!("Name{number:03}")), "{number} is never named");
    }
}
