//! Every page of every screen, at both sizes and in both looks, in a meeting where whatever anybody wrote is hostile: names,
//! titles and posts ten thousand columns wide, with escape sequences, turned and hidden text; hostile reasons, questions
//! and answers; hostile materials; a hub that sends hostile faults. [`Window::draw`] asserts of every drawing that no
//! character acts, that every row is as wide as the window and that no box is torn; here a real terminal says the same.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::{Terminal as Drawn, TerminalOptions, Viewport};

use super::console::Console;
use super::display::Display;
use super::terminal::Terminal;
use super::testing::{Window, view, zone};
use super::{Act, Answer, Scene, Screen, Theme, draw};
use crate::client::{Alarm, AskError, Link, OwnExam, Paper, View};
use crate::harmless::hostile::{endless, hostile, spoilt};
use crate::journal::hostile::{Spoilt, follow, sessions};
use crate::meeting::exam_sample::ExamPoint;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Command, ExamPaper, ItemId, RoundPhase, SlipSays, State};
use crate::plan::DeclareTo;
use crate::words::Lang;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

const POINTS: [Point; 17] = [
    Point::SigningIn,
    Point::Opened,
    Point::ScrutineersApproved,
    Point::Introducing,
    Point::Recusing,
    Point::Deliberating,
    Point::Deliberated,
    Point::Issuing,
    Point::Registering,
    Point::Confirming,
    Point::Voting,
    Point::Sealing,
    Point::Sealed,
    Point::Opening,
    Point::Counted,
    Point::Declared,
    Point::Closed,
];

const REVIEW_POINTS: [ReviewPoint; 18] = [
    ReviewPoint::ToCome,
    ReviewPoint::OrderToDraw,
    ReviewPoint::Drawing,
    ReviewPoint::Drawn,
    ReviewPoint::Findings,
    ReviewPoint::Reporting,
    ReviewPoint::Questioning,
    ReviewPoint::Answering,
    ReviewPoint::Questioned,
    ReviewPoint::Issuing,
    ReviewPoint::Confirming,
    ReviewPoint::Voting,
    ReviewPoint::Sealed,
    ReviewPoint::Counted,
    ReviewPoint::Declared,
    ReviewPoint::CountedTogether,
    ReviewPoint::AllDeclared,
    ReviewPoint::Over,
];

/// A meeting at a moment.
struct Moment {
    state: State,
    now: jiff::Timestamp,
}

impl Moment {
    fn of(sample: &Sample) -> Self {
        Self { state: sample.state.clone(), now: sample.now }
    }
}

/// A paper of an exam that is hostile in every question, partly answered.
fn own_exam(item: &ItemId) -> OwnExam {
    static PAPER: LazyLock<Arc<ExamPaper>> = LazyLock::new(|| {
        let sample = Sample::exam(Lang::Zh, DeclareTo::ByName).until_exam(ExamPoint::Running);
        Arc::new(spoilt(&sample.exam_paper("he").paper, endless))
    });
    let paper = Arc::clone(&PAPER);
    let count = paper.questions.len();
    let answers = (0..count).map(|place| if place == 0 { "B".to_owned() } else { String::new() }).collect();
    let mut flagged = vec![false; count];
    flagged[1] = true;
    let refused = Some(hostile("refused"));
    let (number, saved, handing_in) = (3, false, false);
    OwnExam { item: item.clone(), paper: Some(paper), answers, flagged, number, saved, handing_in, refused }
}

/// What a seat sees, with everything hostile that the hub and the system can say.
fn seen(me: &str, sample: &Moment, voting: bool, alarmed: bool) -> View {
    let mut view = view(me, &sample.state);
    if let Some((item, _, exam)) = sample.state.current_exam()
        && exam.clock.is_some()
        && exam.bank.is_none()
    {
        view.exam = Some(Arc::new(own_exam(&item.id)));
    }
    view.slips_left = Some(2);
    if voting && me != "console" {
        view.paper = Paper::Open;
    }
    if alarmed {
        view.alarm = Some(Alarm::Hub(hostile("hub")));
        view.live.disk_trouble = Some(endless("disk"));
        view.link = Link::Lost { since: super::testing::now(), tries: 3 };
    }
    view
}

/// Hands a screen what it asks for: hostile materials.
fn answer(screen: &mut impl Screen, view: &View, acts: Vec<Act>) {
    for act in acts {
        if let Act::Material(path) = act {
            let text = format!("{}\n{}\n\n{}", hostile("a material"), endless("line"), hostile("=1"));
            let answered = screen.answered(Answer::Material { path, result: Ok(Arc::from(text)) }, view);
            drop(answered);
        }
    }
}

/// Every key that opens something, from a fresh screen each, one after another.
fn keys() -> impl Iterator<Item = KeyCode> {
    use KeyCode::{Char, Down, End, Enter, F, PageDown, Right, Tab};
    "abcdefghijklmnoprstuvxyz123?/".chars().map(Char).chain([Enter, Tab, Down, End, PageDown, Right, F(1)])
}

/// Draws fresh screens after each key, and after the key and what may follow it.
fn draw_pages<S: Screen>(fresh: impl Fn() -> S, view: &View, lang: Lang, sample: &Moment, round: usize) {
    let now = sample.now + jiff::SignedDuration::from_secs(7);
    for (place, key) in keys().enumerate().skip(round % 4).step_by(4) {
        // Keys, sizes and looks take turns over the points, so that each is met many times.
        let size = SIZES[(place + round) % 2];
        let window = if (place / 2 + round).is_multiple_of(3) {
            Window::ascii(lang, size)
        } else {
            Window::new(lang, size)
        };
        let mut screen = fresh();
        let acts = screen.viewed(view);
        answer(&mut screen, view, acts);
        for keys in [&[key][..], &[KeyCode::Down, KeyCode::Enter]] {
            for key in keys {
                let acts = screen.key(KeyEvent::from(*key), view);
                answer(&mut screen, view, acts);
            }
            window.draw_at(&mut screen, view, now);
        }
    }
}

/// Every screen at one point.
fn draw_all(sample: &Moment, lang: Lang, voting: bool, seats: &[&str], round: usize) {
    let now = sample.now + jiff::SignedDuration::from_secs(7);
    for (place, size) in SIZES.into_iter().enumerate() {
        let alarmed = (round + place).is_multiple_of(2);
        for window in [Window::new(lang, size), Window::ascii(lang, size)] {
            let mut display = Display::new();
            let mut console = Console::new(lang, endless("/folder"), None);
            window.draw_at(&mut display, &seen("display", sample, voting, alarmed), now);
            let view = seen("console", sample, voting, alarmed);
            let command = Command::Note { text: hostile("note") };
            console
                .answered(Answer::Order { command, result: Err(AskError::Fault(endless("fault"))) }, &view);
            window.draw_at(&mut console, &view, now);
            for seat in seats {
                let view = seen(seat, sample, voting, alarmed);
                let mut terminal = Terminal::new(lang);
                let acts = terminal.viewed(&view);
                answer(&mut terminal, &view, acts);
                let slip = Answer::Slip {
                    says: SlipSays::Question { official: "o1".into(), text: hostile("slip") },
                    result: Err(AskError::Disk(endless("disk"))),
                };
                terminal.answered(slip, &view);
                window.draw_at(&mut terminal, &view, now);
            }
        }
    }
    let console = || Console::new(lang, endless("/folder"), None);
    draw_pages(console, &seen("console", sample, voting, false), lang, sample, round);
    let seat = seats[round % seats.len()];
    draw_pages(|| Terminal::new(lang), &seen(seat, sample, voting, false), lang, sample, round);
}

#[test]
fn no_page_of_a_nomination_acts_or_tears() {
    for (round, point) in POINTS.into_iter().enumerate() {
        let lang = if round % 2 == 0 { Lang::Zh } else { Lang::En };
        let sample = Sample::new(lang).hostile().until(point);
        draw_all(&Moment::of(&sample), lang, point == Point::Voting, &["m2", "m9", "m1"], round);
    }
}

#[test]
fn no_page_of_an_election_acts_or_tears() {
    let counted = |lang: Lang| {
        let mut sample = Sample::contested(lang).hostile().until(Point::Opening);
        sample.elect(0, &[6, 5, 5, 5, 0]);
        sample
    };
    let further = |lang: Lang, point: Point| {
        let mut sample = counted(lang);
        sample.further_round(point);
        sample.count_heads();
        sample
    };
    for (round, lang) in [Lang::Zh, Lang::En].into_iter().enumerate() {
        let voting = [
            Sample::contested(lang).hostile().until(Point::Voting),
            Sample::list(lang).hostile().until(Point::Voting),
            further(lang, Point::Voting),
        ];
        for (place, sample) in voting.iter().enumerate() {
            draw_all(&Moment::of(sample), lang, true, &["m2", "m9", "m1"], 2 * place + round);
        }
        let others = [
            Sample::contested(lang).hostile().until(Point::ScrutineersApproved),
            counted(lang),
            further(lang, Point::Deliberated),
        ];
        for (place, sample) in others.iter().enumerate() {
            draw_all(&Moment::of(sample), lang, false, &["m2", "m9", "m5"], 2 * place + round);
        }
    }
}

#[test]
fn no_page_of_a_review_acts_or_tears() {
    for (round, point) in REVIEW_POINTS.into_iter().enumerate() {
        let lang = if round % 2 == 0 { Lang::En } else { Lang::Zh };
        let sample = Sample::review(lang).hostile().until_review(point);
        draw_all(&Moment::of(&sample), lang, point == ReviewPoint::Voting, &["m2", "i1", "o2", "m7"], round);
    }
}

/// How many moments of a record are looked at, besides its end.
const MOMENTS: usize = 4;

/// Every record that is kept with the program, at moments from its beginning to its end: exams, joint meetings, matters and open
/// votes, changes of the agenda, several sittings, objections and reconsiderations.
#[test]
fn no_page_of_any_record_acts_or_tears() {
    for (round, session) in sessions().into_iter().enumerate() {
        let Spoilt { lines, states } = follow(&session, endless);
        let step = (states.len() / MOMENTS).max(1);
        // Not the same moments of each.
        let places = (round * 3 % step..states.len()).step_by(step).chain([states.len() - 1]);
        for (turn, place) in places.enumerate() {
            let moment = Moment { state: states[place].clone(), now: lines[place].head.time };
            let people: Vec<&str> =
                moment.state.plan().people.iter().map(|person| person.id.as_str()).collect();
            let seats = [people[0], people[(round + turn) % people.len()], people[people.len() - 1]];
            let voting =
                moment.state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Voting);
            draw_all(&moment, moment.state.plan().meeting.language, voting, &seats, round + turn);
        }
    }
}

/// A candidate's own paper, of whose questions the candidate's screen has nothing but the hub's word.
#[test]
fn no_page_of_an_exam_acts_or_tears() {
    for (round, lang) in [Lang::Zh, Lang::En].into_iter().enumerate() {
        for point in [ExamPoint::Seating, ExamPoint::Running, ExamPoint::HandedIn] {
            let sample = Sample::exam(lang, DeclareTo::ByName).hostile().until_exam(point);
            draw_all(&Moment::of(&sample), lang, false, &["he", "gu", "boss"], round);
        }
    }
}

/// What goes down the line to a real terminal: its cells are the drawing's, and it was told nothing but to draw.
#[test]
fn a_real_terminal_shows_what_was_drawn() {
    for (point, review) in
        [(Point::Introducing, ReviewPoint::Answering), (Point::Counted, ReviewPoint::Declared)]
    {
        for sample in [
            Sample::new(Lang::Zh).hostile().until(point),
            Sample::review(Lang::En).hostile().until_review(review),
        ] {
            for me in ["console", "m2", "display"] {
                for size in SIZES {
                    same_in_a_real_terminal(me, &sample, size);
                }
            }
        }
    }
}

fn same_in_a_real_terminal(me: &str, sample: &Sample, size: (u16, u16)) {
    let view = seen(me, &Moment::of(sample), false, false);
    let lang = sample.state.plan().meeting.language;
    let zone = zone();
    let theme = Theme::new(false, false);
    let scene = Scene { view: &view, now: sample.now, zone: &zone, lang, theme, leaving: false };
    let mut bytes = Vec::new();
    let area = ratatui::layout::Rect::new(0, 0, size.0, size.1);
    let mut memory = Drawn::new(TestBackend::new(size.0, size.1)).unwrap();
    {
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let mut line = Drawn::with_options(CrosstermBackend::new(&mut bytes), options).unwrap();
        let mut draw_on = |screen: &mut dyn FnMut(&mut ratatui::Frame<'_>)| {
            line.draw(|frame| screen(frame)).unwrap();
            memory.draw(|frame| screen(frame)).unwrap();
        };
        match me {
            "console" => {
                let mut screen = Console::new(lang, endless("/folder"), None);
                draw_on(&mut |frame| draw(&mut screen, frame, &scene));
            }
            "display" => {
                let mut screen = Display::new();
                draw_on(&mut |frame| draw(&mut screen, frame, &scene));
            }
            _ => {
                let mut screen = Terminal::new(lang);
                answer(&mut screen, &view, vec![]);
                draw_on(&mut |frame| draw(&mut screen, frame, &scene));
            }
        }
    }
    let cells = |count| NonZero::new(count).unwrap();
    let mut real = vt100::Parser::new(cells(size.1), cells(size.0), 0);
    real.process(&bytes);
    let buffer = memory.backend().buffer();
    for y in 0..size.1 {
        let mut x = 0;
        while x < size.0 {
            let symbol = buffer[(x, y)].symbol();
            let cell = real.screen().cell(y, x).unwrap();
            let shown = if cell.contents().is_empty() { " " } else { cell.contents() };
            assert_eq!(shown, symbol, "{me} row {y} column {x}");
            x += u16::try_from(super::text::width(symbol)).unwrap().max(1);
        }
    }
}
