//! A joint meeting at the console: each page at both sizes and in both languages, many officials and departments, and
//! what the keys do.

use super::*;
use crate::meeting::joint_sample::{JointPoint as At, joint_plan};
use crate::meeting::{DepartmentId, ItemId, OfficialId, Stance};
use crate::plan::{ItemKind, Plan};

fn item() -> ItemId {
    Sample::joint_item()
}

fn sample(lang: Lang, point: At) -> Sample {
    Sample::joint(lang).until_joint(point)
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("joint_{name}_{}", lang.pick("zh", "en")), drawn);
}

fn drawn(console: &mut Console, lang: Lang, view: &View) -> String {
    SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n")
}

/// Twelve departments and thirty officials.
fn large(lang: Lang) -> Plan {
    let mut plan = joint_plan(lang);
    let ItemKind::JointMeeting(joint) = &mut plan.items[0].kind else { unreachable!() };
    let six = joint.departments.clone();
    joint.departments.extend(six.into_iter().enumerate().map(|(place, mut one)| {
        one.id = format!("e{place}");
        one.name = format!("{} {}", one.name, place + 7);
        one
    }));
    let four = joint.officials.clone();
    joint.officials = (0..30)
        .map(|place| {
            let mut one = four[place % 4].clone();
            one.id = format!("o{}", place + 1);
            one
        })
        .collect();
    plan
}

#[test]
fn every_step_of_a_joint_meeting_has_its_page() {
    let points = [
        ("to_come", At::ToCome),
        ("called", At::Called),
        ("speaking", At::Speaking),
        ("first_closed", At::FirstClosed),
        ("all_closed", At::AllClosed),
        ("declared", At::Declared),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in points {
            let view = seen(&sample(lang, point));
            snapshot(name, lang, &drawn(&mut console(lang), lang, &view));
            let mut plain = console(lang);
            for size in SIZES {
                Window::ascii(lang, size).draw(&mut plain, &view);
            }
        }
    }
}

#[test]
fn many_officials_and_departments_are_turned_through() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::of(large(lang)).until_joint(At::Called);
        sample.gives("m2", "o20", Stance::Objection { reason: "x".repeat(400) });
        let view = seen(&sample);
        let mut console = console(lang);
        for _ in 0..19 {
            press(&mut console, &view, [KeyCode::Down]);
        }
        press(&mut console, &view, [KeyCode::Right]);
        snapshot("many", lang, &drawn(&mut console, lang, &view));
        for _ in 0..40 {
            press(&mut console, &view, [KeyCode::Right]);
            press(&mut console, &view, [KeyCode::Down]);
        }
        let last = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(last.contains("30  "), "{last}");
        assert!(last.contains(lang.pick("至 12，共 12 个", "to 12 of 12")), "{last}");
    }
}

#[test]
fn closing_takes_two_keys_and_says_who_is_silent() {
    let (lang, close) =
        (Lang::En, |official: &str| Command::CloseOpinions { item: item(), official: official.into() });
    let view = seen(&sample(lang, At::Speaking));
    let mut console = console(lang);
    assert!(press(&mut console, &view, [KeyCode::Enter]).is_empty());
    snapshot("close", lang, &drawn(&mut console, lang, &view));
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), [close("o1")]);
    done(&mut console, &view, close("o1"));
    // Another one than the next.
    press(&mut console, &view, [KeyCode::Down]);
    press(&mut console, &view, [KeyCode::Down]);
    let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("close the chosen one"), "{drawn}");
    press(&mut console, &view, [KeyCode::Enter]);
    let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("No opinion on Chen Jing from Organisation Department"), "{drawn}");
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), [close("o3")]);
}

#[test]
fn all_are_closed_at_once() {
    let lang = Lang::Zh;
    let view = seen(&sample(lang, At::FirstClosed));
    let mut console = console(lang);
    press(&mut console, &view, [KeyCode::Char('e')]);
    let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("截止其余3名，其中3名的意见没有提齐"), "{drawn}");
    let all = Command::CloseAllOpinions { item: item() };
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), [all]);
    // Then Enter declares, whatever is chosen.
    let view = seen(&sample(lang, At::AllClosed));
    let mut console = super::console(lang);
    press(&mut console, &view, [KeyCode::Up]);
    let acts = press(&mut console, &view, [KeyCode::Enter]);
    assert_eq!(orders(acts), [Command::Declare { item: item() }]);
}

#[test]
fn an_official_that_is_closed_is_refused_in_words() {
    let view = seen(&sample(Lang::En, At::FirstClosed));
    let mut console = console(Lang::En);
    press(&mut console, &view, [KeyCode::Up]);
    let command = Command::CloseOpinions { item: item(), official: "o1".into() };
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&command));
    refuse(&mut console, &view, command, Refusal::OpinionsClosed);
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut console, &view);
    assert!(drawn.contains("the opinions on this official are closed"), "{drawn}");
}

#[test]
fn an_opinion_is_entered_for_a_department() {
    for lang in [Lang::Zh, Lang::En] {
        let view = seen(&sample(lang, At::Speaking));
        let mut console = console(lang);
        press(&mut console, &view, [KeyCode::Char('u')]);
        for _ in 0..3 {
            press(&mut console, &view, [KeyCode::Down]);
        }
        snapshot("entering", lang, &drawn(&mut console, lang, &view));
        let enter = |stance: Stance| Command::EnterStance {
            item: item(),
            official: OfficialId::from("o1"),
            department: DepartmentId::from("d4"),
            stance,
        };
        let acts = press(&mut console, &view, [KeyCode::Char('1')]);
        assert_eq!(orders(acts), [enter(Stance::NoObjection)]);
        // It stays until it is in the record.
        refuse(&mut console, &view, enter(Stance::NoObjection), Refusal::Suspended);
        press(&mut console, &view, [KeyCode::Char('2')]);
        type_text(&mut console, &view, "no 审计");
        snapshot("entering_words", lang, &drawn(&mut console, lang, &view));
        let objection = enter(Stance::Objection { reason: "no 审计".to_owned() });
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&objection));
        done(&mut console, &view, objection);
        assert!(console.cover.is_none());
    }
}

#[test]
fn what_people_write_does_not_act() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::joint(lang).hostile().until_joint(At::AllClosed);
        for size in SIZES {
            Window::new(lang, size).draw(&mut console(lang), &seen(&sample));
        }
    }
}
