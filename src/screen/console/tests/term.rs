//! A deliberation during the term at the console: its pages, and how replies are judged.

use super::*;
use crate::meeting::term_sample::TermPoint as At;
use crate::meeting::{Judged, QuestionId};

fn sample(lang: Lang, point: At) -> Sample {
    Sample::term(lang).until_term(point)
}

fn drawn(console: &mut Console, lang: Lang, view: &View) -> String {
    SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n")
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("term_{name}_{}", lang.pick("zh", "en")), drawn);
}

fn judge(question: u32, judged: Judged) -> Command {
    Command::JudgeReply { item: Sample::term_item(), question: QuestionId(question), judged }
}

#[test]
fn every_step_of_a_deliberation_has_its_page() {
    let points = [
        ("to_come", At::ToCome),
        ("reporting", At::Reporting),
        ("recusing", At::Recusing),
        ("deliberating", At::Deliberating),
        ("asking", At::Asking),
        ("judged", At::Judged),
        ("deliberated", At::Deliberated),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in points {
            let view = seen(&sample(lang, point));
            snapshot(name, lang, &drawn(&mut console(lang), lang, &view));
            Window::ascii(lang, (80, 24)).draw(&mut console(lang), &view);
        }
    }
}

#[test]
fn enter_asks_whether_each_question_was_answered_clearly() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = sample(lang, At::Asking);
        let view = seen(&sample);
        let mut console = console(lang);
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), []);
        snapshot("judging", lang, &drawn(&mut console, lang, &view));
        let first = judge(1, Judged::Clearly);
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), std::slice::from_ref(&first));
        done(&mut console, &view, first.clone());
        assert!(console.cover.is_none());
        sample.console(first);
        let view = seen(&sample);
        console.viewed(&view);
        // The second was not: a reason is wanted, and stays until it is in the record.
        press(&mut console, &view, [KeyCode::Enter, KeyCode::Char('n')]);
        type_text(&mut console, &view, "no date 期限");
        snapshot("unclear", lang, &drawn(&mut console, lang, &view));
        let second = judge(2, Judged::Unclearly { reason: "no date 期限".to_owned() });
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&second));
        done(&mut console, &view, second.clone());
        sample.console(second);
        let view = seen(&sample);
        console.viewed(&view);
        // U goes back to any of them.
        press(&mut console, &view, [KeyCode::Char('u'), KeyCode::Left]);
        let again = orders(press(&mut console, &view, [KeyCode::Char('y')]));
        assert_eq!(again, [judge(1, Judged::Clearly)]);
    }
}

#[test]
fn a_deferral_by_rule_is_said_and_declared() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = sample(lang, At::Judged);
        sample.console(judge(2, Judged::Unclearly { reason: lang.pick("没有期限", "no date").to_owned() }));
        snapshot("unclear_judged", lang, &drawn(&mut console(lang), lang, &seen(&sample)));
        sample.console(Command::EndDeliberation { item: Sample::term_item() });
        let view = seen(&sample);
        snapshot("deferred", lang, &drawn(&mut console(lang), lang, &view));
        let acts = press(&mut console(lang), &view, [KeyCode::Enter]);
        assert_eq!(orders(acts), [Command::Declare { item: Sample::term_item() }]);
    }
}
