//! The terminal in a review: every page in both languages and sizes, and every key that matters.

use std::sync::Arc;

use crossterm::event::KeyCode::{Char, Down, Enter, Esc, F, Right, Tab, Up};
use crossterm::event::{KeyEvent, KeyModifiers};

use super::*;
use crate::client::OwnSlip;
use crate::client::{AskError, Done, Paper, Turnout};
use crate::meeting::review_sample::ReviewPoint as At;
use crate::meeting::review_sample::slip_key;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Command, Ended, ItemId, OfficialId, Refusal, SeatId, SlipKind, SlipSays};
use crate::screen::testing::{self, Window, casts, now, press, type_text};

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];
/// Pages whose plain form is kept as a snapshot.
const ASCII_KEPT: &[&str] = &["review_paper", "review_result", "review_speaks"];

fn sample(lang: Lang, point: At) -> Sample {
    Sample::review(lang).until_review(point)
}

fn view(seat: &str, sample: &Sample) -> View {
    let mut view = testing::view(seat, &sample.state);
    view.slips_left = Some(2);
    let ballot = sample.state.rounds_on_floor().next().map(|round| round.issue.ballot.clone());
    view.live.turnout = ballot.map(|ballot| Turnout { ballot, at_least: 5, all: false });
    view
}

fn at(lang: Lang, seat: &str, point: At) -> View {
    view(seat, &sample(lang, point))
}

fn report(lang: Lang) -> Arc<str> {
    let paragraph = lang.pick(
        "一年来，我认真履行党风廉政建设第一责任人职责，坚持“三重一大”事项集体研究。\n\n",
        "In the past year I have met my duty as the first one responsible for integrity, and put every major matter to the group.\n\n",
    );
    Arc::from(paragraph.repeat(40))
}

fn terminal(view: &View) -> Terminal {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    let mut terminal = Terminal::new(lang);
    let acts = terminal.viewed(view);
    answer(&mut terminal, view, acts);
    terminal
}

fn answer(terminal: &mut Terminal, view: &View, acts: Vec<Act>) {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    for act in acts {
        if let Act::Material(path) = act {
            terminal.answered(Answer::Material { path, result: Ok(report(lang)) }, view);
        }
    }
}

fn show_at(name: &str, view: &View, moment: Timestamp, open: impl Fn(&mut Terminal)) {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    let tag = lang.pick("zh", "en");
    for (size, window) in [
        ("80x24", Window::new(lang, SMALL)),
        ("120x40", Window::new(lang, LARGE)),
        ("80x24_ascii", Window::ascii(lang, SMALL)),
    ] {
        let kept = !size.ends_with("ascii") || ASCII_KEPT.contains(&name);
        let mut terminal = terminal(view);
        open(&mut terminal);
        let drawn = window.draw_at(&mut terminal, view, moment);
        if kept {
            insta::assert_snapshot!(format!("{name}_{tag}_{size}"), drawn);
        }
    }
}

/// Draws at a moment soon after the last thing that happened, so that clocks run.
fn show(name: &str, seat: &str, sample: &Sample, open: impl Fn(&mut Terminal)) {
    let view = view(seat, sample);
    show_at(name, &view, soon(sample), open);
}

fn soon(sample: &Sample) -> Timestamp {
    sample.now + jiff::SignedDuration::from_secs(7)
}

fn order(acts: &[Act]) -> Vec<&Command> {
    acts.iter().filter_map(|act| if let Act::Order(command) = act { Some(command) } else { None }).collect()
}

#[test]
fn pages_of_reports_and_questions() {
    for lang in BOTH {
        show("review_to_draw", "m2", &sample(lang, At::OrderToDraw), |_| {});
        show("review_drawn", "i4", &sample(lang, At::Drawn), |_| {});
        show("review_findings", "i4", &sample(lang, At::Findings), |_| {});
        show("review_report", "i4", &sample(lang, At::Reporting), |_| {});
        show("review_report_official", "o2", &sample(lang, At::Reporting), |_| {});
        show("review_questioning", "m7", &sample(lang, At::Questioning), |_| {});
        let answering = sample(lang, At::Answering);
        show("review_answering", "i1", &answering, |_| {});
        show("review_answering_official", "o2", &answering, |_| {});
        show("review_not_satisfied", "i2", &answering, |_| {});
        let seen = view("i2", &answering);
        show("review_asked", "i2", &answering, |terminal| {
            press(terminal, &seen, [Char('m'), Up]);
        });
        show("review_officials", "i2", &answering, |terminal| {
            press(terminal, &seen, [Char('v'), Down]);
        });
        show("review_texts", "i2", &answering, |terminal| {
            let acts = press(terminal, &seen, [Char('i'), Tab]);
            answer(terminal, &seen, acts);
            let acts = press(terminal, &seen, [Right]);
            answer(terminal, &seen, acts);
            press(terminal, &seen, [Char('/')]);
            type_text(terminal, &seen, lang.pick("集体研究", "the group"));
            press(terminal, &seen, [Enter, Char('n')]);
        });
    }
}

#[test]
fn pages_of_writing() {
    for lang in BOTH {
        let answering = sample(lang, At::Answering);
        let seen = view("i4", &answering);
        show("review_write", "i4", &answering, |terminal| {
            press(terminal, &seen, [Char('q')]);
            type_text(terminal, &seen, lang.pick("去年的两笔支出", "The two expenses"));
            press(terminal, &seen, [Enter]);
            type_text(terminal, &seen, lang.pick("是谁批准的？", "who approved them?"));
        });
        show("review_write_slip", "i4", &answering, |terminal| {
            press(terminal, &seen, [Char('o'), Tab]);
            type_text(terminal, &seen, lang.pick("建议公开", "Make it public"));
            press(terminal, &seen, [F(5)]);
        });
        let recorder = view("m4", &answering);
        show("review_take_answer", "m4", &answering, |terminal| {
            press(terminal, &recorder, [Char('k')]);
            type_text(terminal, &recorder, lang.pick("已全部整改。", " and put right since."));
        });
        show("review_pick_asker", "m4", &answering, |terminal| {
            press(terminal, &recorder, [Char('e')]);
            type_text(terminal, &recorder, lang.pick("冯", "Feng"));
        });
    }
}

#[test]
fn pages_of_the_evaluation() {
    for lang in BOTH {
        show("review_questioned_official", "o2", &sample(lang, At::Questioned), |_| {});
        let voting = sample(lang, At::Voting);
        show("review_related", "m8", &voting, |_| {});
        show("review_attendee", "a1", &voting, |_| {});
        let mut seen = view("i4", &voting);
        seen.paper = Paper::Open;
        show_at("review_paper", &seen, soon(&voting), |terminal| {
            press(terminal, &seen, [Char('1'), Char('4'), Enter]);
        });
        show_at("review_paper_review", &seen, soon(&voting), |terminal| {
            casts(terminal, &seen, [Char('1'), Char('4'), Char('2'), Enter]);
        });
        for (name, paper) in [
            ("review_paper_ready", Paper::Confirmed),
            ("review_not_returned", Paper::NotReturned),
            ("review_returned", Paper::Returned { tracker: "k7Qm3hVd9pZtLw5R8bYc".to_owned(), in_box: true }),
        ] {
            let mut seen = view("i4", &voting);
            seen.paper = paper;
            show_at(name, &seen, soon(&voting), |_| {});
        }
        show("review_result", "i4", &sample(lang, At::Counted), |_| {});
        show("review_result_together", "i4", &sample(lang, At::CountedTogether), |_| {});
        show("review_over", "i4", &sample(lang, At::Over), |_| {});
    }
}

#[test]
fn pages_of_the_floor() {
    for lang in BOTH {
        let mut answering = sample(lang, At::Questioning);
        answering.order(&Actor::from("i4"), Command::AskFloor);
        answering.order(&Actor::from("a1"), Command::AskFloor);
        show("review_waits", "a1", &answering, |_| {});
        answering.console(Command::CallSpeaker { seat: "a1".into(), seconds: 180 });
        show("review_speaks", "a1", &answering, |_| {});
        show("review_other_speaks", "i4", &answering, |_| {});
        let reason = lang.pick("时间有限，请书面提出\u{1b}[2J", "no time left\u{1b}[2J").to_owned();
        answering.console(Command::RefuseSpeaker { seat: "i4".into(), reason });
        show("review_refused", "i4", &answering, |_| {});
        let mut deliberating = Sample::new(lang).until(Point::Deliberating);
        deliberating.order(&Actor::from("a1"), Command::AskFloor);
        deliberating.console(Command::CallSpeaker { seat: "a1".into(), seconds: 180 });
        show("deliberating_speaks", "a1", &deliberating, |_| {});
    }
}

#[test]
fn an_evaluation_is_one_cast_of_places_in_the_scale() {
    let mut seen = at(Lang::Zh, "i4", At::Voting);
    seen.paper = Paper::Open;
    let mut member = terminal(&seen);
    assert_eq!(
        member.sheet.as_ref().unwrap().ballot().as_str(),
        "report-o2-invited",
        "the paper of the own group"
    );
    assert!(press(&mut member, &seen, [Char('7'), Enter, Char('y')]).is_empty(), "there is no seventh word");
    assert_eq!(member.sheet.as_ref().unwrap().left(), 3);
    let cast = casts(&mut member, &seen, [Char('１'), Char('4'), Char('2'), Enter, Enter, Char('y')]);
    assert_eq!(cast, [[0, 3, 1]]);
}

#[test]
fn the_official_and_relatives_have_no_paper_and_are_told_why() {
    for (seat, why) in [("o2", "您是被评议人"), ("m8", "亲属关系"), ("a1", "不参加评议"), ("m9", "签到")]
    {
        let shown = Window::new(Lang::Zh, SMALL)
            .draw(&mut terminal(&at(Lang::Zh, seat, At::Voting)), &at(Lang::Zh, seat, At::Voting));
        assert!(shown.contains(why), "{seat}: {shown}");
        assert!(!shown.contains("[ ]"), "{seat}: {shown}");
    }
}

#[test]
fn a_question_is_written_kept_and_sent() {
    let seen = at(Lang::Zh, "i4", At::Answering);
    let mut member = terminal(&seen);
    press(&mut member, &seen, [Char('q')]);
    assert!(press(&mut member, &seen, [F(5)]).is_empty(), "nothing is written");
    assert_eq!(member.notices.text(), Some(ReviewText::Empty.text(Lang::Zh)));
    let acts = type_text(&mut member, &seen, "谁批准的?");
    let Some(Act::Draft(Some(kept))) = acts.last() else { panic!("{acts:?}") };
    // The terminal dies, and comes back with what was kept.
    let mut member = Terminal::new(Lang::Zh).with_draft(kept.clone());
    member.viewed(&seen);
    assert_eq!(member.notices.text(), Some(ReviewText::DraftKept.text(Lang::Zh)));
    press(&mut member, &seen, [Char('q'), Enter]);
    member.paste("第二行\u{1b}[2J", &seen);
    let text = "谁批准的?\n第二行<U+001B>[2J".to_owned();
    let ask = Command::Ask { item: "report".into(), follows: None, text: text.clone() };
    let save = KeyEvent::new(Char('s'), KeyModifiers::CONTROL);
    let acts = member.key(save, &seen);
    assert_eq!(order(&acts), [&ask]);
    assert!(member.key(save, &seen).is_empty(), "once");
    // Refused: it stays, and can be sent again.
    let refusal = Refusal::QuestionsUsedUp { questions_max: 20 };
    member.answered(Answer::Order { command: ask.clone(), result: Err(AskError::Refused(refusal)) }, &seen);
    assert!(member.notices.text().is_some_and(|text| text.contains("20")));
    assert_eq!(order(&member.key(save, &seen)), [&ask]);
    let acts = member.answered(Answer::Order { command: ask, result: Ok(Done::default()) }, &seen);
    assert_eq!(acts, [Act::Draft(None)]);
    assert!(matches!(member.over, Over::Nothing));
}

#[test]
fn a_slip_takes_two_keys_says_what_gives_it_away_and_is_never_a_draft_on_disk() {
    let mut seen = at(Lang::En, "i4", At::Questioning);
    let mut member = terminal(&seen);
    press(&mut member, &seen, [Char('q'), Tab]);
    let acts = type_text(&mut member, &seen, "who asked for it");
    assert!(acts.iter().all(|act| matches!(act, Act::Draft(None))), "{acts:?}");
    let shown = Window::new(Lang::En, SMALL).draw(&mut member, &seen);
    assert!(shown.contains("can still give you away") && shown.contains("2 left"), "{shown}");
    assert!(press(&mut member, &seen, [F(5), Char('x')]).is_empty(), "the second key is another one");
    let acts = press(&mut member, &seen, [F(5), Char('y')]);
    let text = "who asked for it".to_owned();
    let says = SlipSays::begin(SlipKind::Question, "o2".into(), text);
    assert_eq!(acts, [Act::Slip(says.clone())]);
    member.answered(Answer::Slip { says, result: Ok(Done::default()) }, &seen);
    assert!(matches!(member.over, Over::Nothing));
    // None left, or none allowed: it stays by name.
    for left in [Some(0), None] {
        seen.slips_left = left;
        press(&mut member, &seen, [Char('q'), Tab]);
        type_text(&mut member, &seen, "x");
        let acts = press(&mut member, &seen, [F(5)]);
        assert!(matches!(order(&acts)[..], [Command::Ask { .. }]), "{acts:?}");
        press(&mut member, &seen, [Esc]);
    }
}

#[test]
fn an_asker_says_whether_the_answer_satisfies_and_files_an_inquiry() {
    let item = || ItemId::from("report");
    let mut asked = sample(Lang::Zh, At::Questioning);
    asked.step();
    asked.console(Command::EndQuestion { item: item(), question: QuestionId(1), ended: Ended::Answered });
    let seen = view("m7", &asked);
    let mut member = terminal(&seen);
    let acts = press(&mut member, &seen, [Char('n')]);
    let say = Command::SayIfSatisfied { item: item(), question: QuestionId(1), satisfied: false };
    assert_eq!(acts, [Act::Order(say.clone())]);
    asked.order(&Actor::from("m7"), say);
    let seen = view("m7", &asked);
    member.viewed(&seen);
    assert!(press(&mut member, &seen, [Char('y')]).is_empty(), "it was said");
    press(&mut member, &seen, [Char('m'), Char('j')]);
    type_text(&mut member, &seen, "请书面说明");
    let acts = press(&mut member, &seen, [F(5)]);
    let inquire =
        Command::Inquire { item: item(), question: QuestionId(1), text: "请书面说明".to_owned() };
    assert_eq!(order(&acts), [&inquire]);
    // Somebody else has nothing to say about it.
    let other = view("i4", &asked);
    let mut other_member = terminal(&other);
    assert!(press(&mut other_member, &other, "ynmynjw".chars().map(Char)).is_empty());
}

/// The terminal that wrote a slip, and no other, is asked what became of it, and answers as the slip.
#[test]
fn an_own_slip_is_followed_up_and_says_how_it_was_answered() {
    let mut asked = sample(Lang::En, At::Questioning);
    asked.answer(4);
    let own = |waiting: Vec<QuestionId>| OwnSlip {
        key: slip_key(4).public(),
        became_opinion: false,
        may_follow_up: true,
        waiting,
    };
    let mut seen = view("i4", &asked);
    seen.own_slips = vec![own(Vec::new())];
    let mut member = terminal(&seen);
    let shown = Window::new(Lang::En, SMALL).draw(&mut member, &seen);
    assert!(shown.contains("Question 4: Your question has been answered"), "{shown}");
    let no = SlipSays::Satisfied { question: QuestionId(4), satisfied: false };
    assert_eq!(press(&mut member, &seen, [Char('n')]), [Act::Slip(no.clone())]);
    let acts = member.answered(Answer::Slip { says: no.clone(), result: Ok(Done::default()) }, &seen);
    assert_eq!(acts, []);
    // On its way, it is not asked about again.
    seen.own_slips = vec![own(vec![QuestionId(4)])];
    assert!(press(&mut member, &seen, [Char('y')]).is_empty());
    assert!(press(&mut member, &seen, "mynj".chars().map(Char)).is_empty());
    press(&mut member, &seen, [Esc]);
    asked.slip_goes_on(4, 2, no);
    let mut seen = view("i4", &asked);
    seen.own_slips = vec![own(Vec::new())];
    press(&mut member, &seen, [Char('m')]);
    let shown = Window::new(Lang::En, SMALL).draw(&mut member, &seen);
    assert!(shown.contains("own slip"), "{shown}");
    press(&mut member, &seen, [Char('j')]);
    type_text(&mut member, &seen, "in writing");
    // It cannot be made to go by name.
    let acts = press(&mut member, &seen, [Tab, F(5), Char('y')]);
    let inquiry = SlipSays::Inquiry { question: QuestionId(4), text: "in writing".to_owned() };
    assert_eq!(acts, [Act::Slip(inquiry.clone())]);
    member.answered(Answer::Slip { says: inquiry, result: Ok(Done::default()) }, &seen);
    press(&mut member, &seen, [Char('m'), Char('f')]);
    type_text(&mut member, &seen, "since when");
    let acts = press(&mut member, &seen, [F(5), Char('y')]);
    let further = SlipSays::FollowUp { question: QuestionId(4), text: "since when".to_owned() };
    assert_eq!(acts, [Act::Slip(further)]);
    // Somebody else's slip is nobody's business.
    let other = view("i5", &asked);
    let mut other_member = terminal(&other);
    assert!(press(&mut other_member, &other, "ynmynj".chars().map(Char)).is_empty());
    // What came too late is said.
    seen.own_slips = vec![OwnSlip { became_opinion: true, ..own(Vec::new()) }];
    let mut member = terminal(&seen);
    let shown = Window::new(Lang::En, LARGE).draw(&mut member, &seen);
    assert!(shown.contains("stands in the record as an opinion"), "{shown}");
}

#[test]
fn questions_are_followed_up_and_withdrawn() {
    let seen = at(Lang::Zh, "i2", At::Answering);
    let mut member = terminal(&seen);
    press(&mut member, &seen, [Char('m')]);
    assert!(press(&mut member, &seen, [Char('w'), Char('x')]).is_empty(), "it takes Y");
    let acts = press(&mut member, &seen, [Char('w'), Char('y')]);
    let item = ItemId::from("report");
    let (question, ended) = (QuestionId(6), Ended::Withdrawn);
    assert_eq!(acts, [Act::Order(Command::EndQuestion { item: item.clone(), question, ended })]);
    press(&mut member, &seen, [Up, Char('f')]);
    type_text(&mut member, &seen, "谁决定的");
    let acts = press(&mut member, &seen, [Tab, F(5)]);
    let ask = Command::Ask { item, follows: Some(QuestionId(3)), text: "谁决定的".to_owned() };
    assert_eq!(order(&acts), [&ask], "another one's question is followed up by name");
}

#[test]
fn the_recorder_takes_the_answer_down_and_goes_on() {
    let mut taken = sample(Lang::Zh, At::Answering);
    let seen = view("m4", &taken);
    let mut recorder = terminal(&seen);
    press(&mut recorder, &seen, [Char('k')]);
    type_text(&mut recorder, &seen, "没有研究。");
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut recorder, &seen);
    assert!(shown.contains("未保存"), "{shown}");
    let acts = press(&mut recorder, &seen, [F(5)]);
    let text = "两笔支出发生在项目验收之前，没有研究。".to_owned();
    let take = Command::TakeAnswer { item: "report".into(), question: QuestionId(3), text };
    assert_eq!(order(&acts), [&take]);
    let result = Ok(Done::default());
    taken.order(&Actor::from("m4"), take.clone());
    let seen = view("m4", &taken);
    recorder.answered(Answer::Order { command: take, result }, &seen);
    recorder.viewed(&seen);
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut recorder, &seen);
    assert!(shown.contains("已保存") && !shown.contains("未保存"), "{shown}");
    type_text(&mut recorder, &seen, "补");
    assert!(matches!(recorder.over, Over::Write(_)));
    press(&mut recorder, &seen, [Esc, Char('e')]);
    type_text(&mut recorder, &seen, "冯 岚");
    press(&mut recorder, &seen, [Enter]);
    type_text(&mut recorder, &seen, "口头");
    let acts = press(&mut recorder, &seen, [F(5)]);
    let asker = SeatId::from("i4");
    let enter =
        Command::EnterQuestion { item: "report".into(), asker, follows: None, text: "口头".to_owned() };
    assert_eq!(order(&acts), [&enter]);
    // Nobody else has these keys.
    let seen = view("i4", &taken);
    assert!(press(&mut terminal(&seen), &seen, [Char('k'), Char('e'), Esc]).is_empty());
}

#[test]
fn the_floor_is_asked_for_taken_back_given_and_ended() {
    let mut review = sample(Lang::Zh, At::Questioning);
    let seen = view("a1", &review);
    let mut member = terminal(&seen);
    assert_eq!(press(&mut member, &seen, [Char('l')]), [Act::Order(Command::AskFloor)]);
    review.order(&Actor::from("a1"), Command::AskFloor);
    let seen = view("a1", &review);
    assert!(member.viewed(&seen).is_empty());
    assert_eq!(press(&mut member, &seen, [Char('L')]), [Act::Order(Command::LeaveFloor)]);
    review.console(Command::CallSpeaker { seat: "a1".into(), seconds: 180 });
    let seen = view("a1", &review);
    assert_eq!(member.viewed(&seen), [Act::Bell], "it is heard");
    assert!(member.viewed(&seen).is_empty(), "once");
    for open in ["", "m", "v", "i"] {
        press(&mut member, &seen, open.chars().map(Char));
        let shown = Window::new(Lang::Zh, SMALL).draw_at(&mut member, &seen, soon(&review));
        assert!(shown.contains("您可以发言   剩余 02:"), "{shown}");
        press(&mut member, &seen, [Esc]);
    }
    assert_eq!(press(&mut member, &seen, [Char('l')]), [Act::Order(Command::LeaveFloor)]);
    let tick = member.next_tick(&seen, soon(&review)).unwrap();
    assert!(tick <= Duration::from_secs(1), "{tick:?}");
}

#[test]
fn a_refusal_of_the_floor_stays_until_it_is_put_away() {
    let mut review = sample(Lang::Zh, At::Questioning);
    review.order(&Actor::from("a1"), Command::AskFloor);
    review.console(Command::RefuseSpeaker { seat: "a1".into(), reason: "时间有限".to_owned() });
    let seen = view("a1", &review);
    let mut member = terminal(&seen);
    let window = Window::new(Lang::Zh, SMALL);
    assert!(window.draw(&mut member, &seen).contains("主持人没有安排您发言：时间有限"));
    press(&mut member, &seen, [Esc]);
    assert!(!window.draw(&mut member, &seen).contains("时间有限"));
    assert_eq!(press(&mut member, &seen, [Char('l')]), [Act::Order(Command::AskFloor)]);
}

#[test]
fn no_clock_no_tick_each_second() {
    for (point, each_second) in [(At::Findings, false), (At::Reporting, true), (At::Questioning, false)] {
        let review = sample(Lang::Zh, point);
        let seen = view("i4", &review);
        let on_the_minute = "2026-11-24T03:00:00.5Z".parse().unwrap();
        let tick = terminal(&seen).next_tick(&seen, on_the_minute).unwrap();
        assert_eq!(tick <= Duration::from_secs(1), each_second, "{point:?}: {tick:?}");
    }
}

/// A report of 200 kB is broken into lines once for a width, however often it is drawn, scrolled and searched.
#[test]
fn a_long_report_is_laid_out_once() {
    let review = sample(Lang::Zh, At::Reporting);
    let seen = view("i4", &review);
    let mut member = Terminal::new(Lang::Zh);
    for act in member.viewed(&seen) {
        let Act::Material(path) = act else { panic!() };
        let text: Arc<str> = Arc::from(format!("{}末尾的话", "报告内容，一段又一段。\n".repeat(6_000)));
        assert!(text.len() > 190_000);
        member.answered(Answer::Material { path, result: Ok(text) }, &seen);
    }
    let window = Window::new(Lang::Zh, SMALL);
    for code in [Down, crossterm::event::KeyCode::PageDown, crossterm::event::KeyCode::End] {
        for _ in 0..5 {
            press(&mut member, &seen, [code]);
            window.draw(&mut member, &seen);
        }
    }
    press(&mut member, &seen, [crossterm::event::KeyCode::Home, Char('/')]);
    type_text(&mut member, &seen, "末尾的");
    press(&mut member, &seen, [Enter]);
    assert!(window.draw(&mut member, &seen).contains("末尾的话"));
    assert_eq!(member.reader.wraps(), 1);
    Window::new(Lang::Zh, LARGE).draw(&mut member, &seen);
    Window::new(Lang::Zh, LARGE).draw(&mut member, &seen);
    assert_eq!(member.reader.wraps(), 2, "another width, once more");
}

#[test]
fn what_a_phrase_runs_over_is_found_whole() {
    let mut reader = Reader::default();
    let seen = at(Lang::Zh, "i4", At::Reporting);
    let zone = testing::zone();
    let scene = Scene {
        view: &seen,
        now: now(),
        zone: &zone,
        lang: Lang::Zh,
        theme: crate::screen::Theme::new(false, false),
        leaving: false,
    };
    let text: Arc<str> = Arc::from("一二三四五六七八九十");
    let mut window = ratatui::Terminal::new(ratatui::backend::TestBackend::new(8, 6)).unwrap();
    window.draw(|frame| reader.draw(frame, frame.area(), &scene, &text)).unwrap();
    for code in "/四五".chars().map(Char).chain([Enter]) {
        reader.key(KeyEvent::from(code));
    }
    assert!(reader.has_hits());
}

/// Questions of escapes and of 2,000 characters, five hundred of them, break no page.
#[test]
fn bad_and_long_questions_break_no_page() {
    let mut review = sample(Lang::Zh, At::Questioning);
    review.slip(SlipKind::Question, 100, "\u{1b}]0;x\u{7}\u{202e}反\u{9b}2J");
    for number in 0..490 {
        review.slip(SlipKind::Question, 200 + number, &"长".repeat(2_000));
    }
    while review.state.current_review().unwrap().2.question(QuestionId(6)).unwrap().standing
        == crate::meeting::Standing::Waiting
    {
        review.step();
    }
    let seen = view("i4", &review);
    let mut member = terminal(&seen);
    for size in [SMALL, (100, 30), LARGE] {
        let shown = Window::new(Lang::Zh, size).draw(&mut member, &seen);
        assert!(shown.contains("<U+001B>]0;x<U+0007>"), "{shown}");
        press(&mut member, &seen, [Char('m')]);
        Window::new(Lang::Zh, size).draw(&mut member, &seen);
        press(&mut member, &seen, [Esc]);
    }
}

#[test]
fn every_size_above_the_least_holds_in_a_review() {
    for point in [At::Drawn, At::Reporting, At::Answering, At::Voting, At::Counted, At::Over] {
        let mut seen = at(Lang::Zh, "i4", point);
        seen.paper = if point == At::Voting { Paper::Open } else { Paper::None };
        for wide in (80..=200).step_by(17) {
            for tall in [24, 31, 60] {
                Window::new(Lang::Zh, (wide, tall)).draw(&mut terminal(&seen), &seen);
            }
        }
    }
}

/// Seven long words do not fit beside each other: their numbers stand above the columns, the words in a legend.
#[test]
fn a_scale_of_seven_long_words_has_a_legend() {
    let mut plan = crate::meeting::review_sample::review_plan(Lang::En);
    let crate::plan::ItemKind::Review(review) = &mut plan.items[0].kind else { unreachable!() };
    let word = review.scale[0].clone();
    review.scale = (1..=7)
        .map(|number| crate::rules::ScaleWord { word: format!("remarkably good {number}"), ..word.clone() })
        .collect();
    let voting = Sample::of(plan).until_review(At::Voting);
    let mut seen = view("i4", &voting);
    seen.paper = Paper::Open;
    let mut member = terminal(&seen);
    let shown = Window::new(Lang::En, SMALL).draw(&mut member, &seen);
    assert!(shown.contains("7 remarkably good 7") && shown.contains("(7)"), "{shown}");
    let cast = casts(&mut member, &seen, [Char('7'), Char('7'), Char('7'), Enter, Char('y')]);
    assert_eq!(cast, [[6, 6, 6]]);
}

#[test]
fn a_recusal_in_a_review_costs_the_paper_only() {
    let seen = at(Lang::Zh, "i4", At::Questioning);
    let mut member = terminal(&seen);
    press(&mut member, &seen, [Char('r')]);
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut member, &seen);
    assert!(shown.contains("不领取对这位述职人的评议票"), "{shown}");
    let acts = press(&mut member, &seen, [Char('y')]);
    assert!(matches!(order(&acts)[..], [Command::Recuse { .. }]), "{acts:?}");
    let related = at(Lang::Zh, "m8", At::Questioning);
    assert!(press(&mut terminal(&related), &related, [Char('r'), Char('y')]).is_empty(), "no paper anyway");
    let _ = OfficialId::from("o2");
}
