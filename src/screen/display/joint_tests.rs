//! A joint meeting on the display: in both languages and sizes, page after page.

use super::*;
use crate::meeting::joint_sample::{JointPoint as At, joint_plan};
use crate::meeting::sample::Sample;
use crate::plan::ItemKind;
use crate::screen::testing::{self, Window, now};
use crate::words::Lang;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

#[test]
fn every_point_of_a_joint_meeting() {
    let points = [
        ("to_come", At::ToCome),
        ("called", At::Called),
        ("speaking", At::Speaking),
        ("all_closed", At::AllClosed),
        ("declared", At::Declared),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in points {
            let sample = Sample::joint(lang).until_joint(point);
            let view = testing::view("display", &sample.state);
            let drawn = SIZES.map(|size| Window::new(lang, size).draw(&mut Display::new(), &view));
            insta::assert_snapshot!(format!("joint_{name}_{}", lang.pick("zh", "en")), drawn.join("\n\n"));
            Window::ascii(lang, (80, 24)).draw(&mut Display::new(), &view);
        }
    }
}

/// Each official and each department is on some page, and a page shows all that it says.
#[test]
fn every_official_and_department_comes_by() {
    for lang in [Lang::Zh, Lang::En] {
        let mut plan = joint_plan(lang);
        let ItemKind::JointMeeting(joint) = &mut plan.items[0].kind else { unreachable!() };
        for number in 7..=14 {
            let mut one = joint.departments[0].clone();
            (one.id, one.short) = (format!("d{number}"), format!("D-{number}"));
            joint.departments.push(one);
        }
        for number in 5..=40 {
            let mut one = joint.officials[0].clone();
            (one.id, one.name) = (format!("o{number}"), format!("N-{number}"));
            joint.officials.push(one);
        }
        let sample = Sample::of(plan).until_joint(At::Called);
        let view = testing::view("display", &sample.state);
        let mut display = Display::new();
        let mut seen = String::new();
        let mut moment = now();
        for _ in 0..20 {
            seen.push_str(&Window::new(lang, (80, 24)).draw_at(&mut display, &view, moment));
            let wait = display.next_tick(&view, moment).unwrap();
            moment += jiff::SignedDuration::try_from(wait).unwrap();
        }
        for number in 7..=14 {
            assert!(seen.contains(&format!("D-{number}")), "{number}: {seen}");
        }
        for number in 5..=40 {
            assert!(seen.contains(&format!("N-{number} ")), "{number}");
        }
    }
}

#[test]
fn what_people_write_does_not_act() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::joint(lang).hostile().until_joint(At::Declared);
        let view = testing::view("display", &sample.state);
        for size in SIZES {
            Window::new(lang, size).draw(&mut Display::new(), &view);
        }
    }
}
