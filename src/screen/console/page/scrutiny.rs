//! What the scrutineers do, at the console: who is ready, what is awaited from whom, and what to do about whoever is
//! missing.

use ratatui::text::{Line, Span};
use tui_big_text::{BigText, PixelSize};

use super::{Notes, Page, dim, figures, people, strong};
use crate::meeting::{
    ItemState, Key, Round, SeatId, State, Step, VoidReason, box_check_left, next_step, opening_left, silent,
};
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::present;
use crate::screen::widgets::scrutiny::{self, Told};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::{self, ByPaper};
use crate::words::common::Common;
use crate::words::floor;
use crate::words::procedure::{self, Procedure as Words};
use crate::words::who;

type Lines = Vec<Line<'static>>;

/// Rows that a page needs for a room code in big letters.
const BIG_CODE_ROWS_MIN: usize = 11;
/// Rows of such a letter, and its cells.
const LETTER_ROWS: u16 = 4;
const LETTER_CELLS: usize = 4;

/// The pages of the key and of the heads; none at any other step.
pub fn page(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> Option<Page> {
    if scrutiny::is_making_key(state) {
        return Some(making(scene, state, cells));
    }
    match next_step(state)? {
        Step::MakeKey => Some(make(scene, state, cells)),
        Step::CountHeads(_) => Some(heads(scene, state, state.current_item()?, notes, cells)),
        _ => None,
    }
}

fn title(scene: &Scene<'_>, state: &State, what: &str) -> String {
    match state.current_item() {
        None => what.to_owned(),
        Some(item) => {
            let number = crate::screen::widgets::agenda::number(state, item);
            format!("{} {} {what}", floor::item_number(scene.lang, number), scene.theme.dot())
        }
    }
}

/// A sentence over as many lines as it needs, dim.
fn aside(scene: &Scene<'_>, text: &str, cells: usize) -> Lines {
    let text = scene.theme.plain(text);
    wrap(&text, cells.saturating_sub(2)).iter().map(|line| dim(scene, line)).collect()
}

/// The same as an alarm.
fn warning(scene: &Scene<'_>, text: &str, cells: usize) -> Lines {
    let text = scene.theme.plain(text);
    let lines = wrap(&clean(&text), cells.saturating_sub(2)).into_iter();
    lines.map(|line| Line::styled(format!(" {line}"), scene.theme.alarm())).collect()
}

/// Why the last round was not opened, and what can be done about it.
pub fn voided(scene: &Scene<'_>, item: &ItemState, cells: usize) -> Lines {
    let Some(reason) = scrutiny::voided(item) else { return Vec::new() };
    let mut lines = warning(scene, &floor::void(scene.lang, reason), cells);
    let what_now = procedure::what_now(scene.lang, reason, item.review().is_some());
    lines.extend(what_now.iter().flat_map(|text| wrap(text, cells.saturating_sub(2))).map(|text| {
        let text = scene.theme.plain(&text).into_owned();
        strong(scene, &text)
    }));
    lines
}

fn make(scene: &Scene<'_>, state: &State, cells: usize) -> Page {
    let lang = scene.lang;
    let (ready, needed) = scrutiny::ready(state);
    let mut head: Lines = state.current_item().map(|item| voided(scene, item, cells)).unwrap_or_default();
    head.push(figures(
        scene,
        &[
            (Words::Ready.text(lang), procedure::of_needed(lang, ready, needed)),
            (Words::ToOpen.text(lang), state.scrutineers_needed().to_string()),
        ],
    ));
    if state.key.is_some() {
        head.extend(warning(scene, Words::KeyTooFewLeft.text(lang), cells));
    }
    let weak = procedure::would_be_weak(lang, ready, state.scrutineers_needed()).filter(|_| ready >= needed);
    if let Some(weak) = weak {
        head.extend(warning(scene, &weak, cells));
    }
    let told = scrutiny::readiness(scene, state);
    let mut rows = scrutiny::lines(scene, state, &told, cells);
    if told.iter().any(|one| one.mark != Mark::Done) {
        rows.push(Line::raw(""));
        rows.extend(aside(scene, Words::HowToMakeReady.text(lang), cells));
    }
    Page { title: title(scene, state, Words::MakeKey.text(lang)), head, rows, must_see: None }
}

fn making(scene: &Scene<'_>, state: &State, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(ceremony) = &state.ceremony else { return Page::default() };
    let again =
        if ceremony.number > 1 { procedure::making_again(lang, ceremony.number) } else { String::new() };
    let of = u32::try_from(ceremony.scrutineers.len()).unwrap_or(u32::MAX);
    let mut head: Lines = state.current_item().map(|item| voided(scene, item, cells)).unwrap_or_default();
    head.push(figures(
        scene,
        &[
            (Words::Checked.text(lang), format!("{}/{of}", ceremony.confirmed.len())),
            (Words::ToOpen.text(lang), ceremony.threshold.to_string()),
        ],
    ));
    if let Some(weak) = procedure::would_be_weak(lang, of, ceremony.threshold) {
        head.extend(warning(scene, &weak, cells));
    }
    let told = scrutiny::making(scene, state, ceremony);
    let mut rows = scrutiny::lines(scene, state, &told, cells);
    rows.push(Line::raw(""));
    rows.extend(aside(scene, Words::WhoLeft.text(lang), cells));
    let what = format!("{}{again}", Words::MakingKey.text(lang));
    Page { title: title(scene, state, &what), head, rows, must_see: None }
}

/// A vote on paper: where the papers are, who has entered the count, which figures differed, what to do next.
pub fn on_paper(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> (Lines, Lines) {
    let lang = scene.lang;
    let rounds: Vec<&Round> = state.rounds_on_floor().collect();
    let sum = |figure: &dyn Fn(&Round) -> u32| rounds.iter().map(|round| figure(round)).sum::<u32>();
    let mut head = vec![figures(
        scene,
        &[
            (Common::Due.text(lang), sum(&|round| round.issue.due).to_string()),
            (Common::Present.text(lang), sum(&Round::present).to_string()),
            (ByPaper::Printed.text(lang), sum(&Round::present).to_string()),
        ],
    )];
    for round in &rounds {
        let vote = round.by_paper.as_ref();
        let last = vote.filter(|vote| vote.entered.is_empty()).and_then(|vote| vote.differed.last());
        let differ = last.map(|last| by_paper::differ(lang, state, &round.issue, &last.figures));
        head.extend(differ.iter().flat_map(|text| warning(scene, text, cells)));
    }
    let folders: Vec<String> = rounds.iter().map(|round| format!("paper/{}/", round.issue.ballot)).collect();
    let folders = format!("{}/{}", notes.archive.trim_end_matches('/'), folders.join("  "));
    let text = by_paper::files(lang, &folders);
    head.extend(wrap(&clean(&text), cells.saturating_sub(2)).iter().map(|line| strong(scene, line)));
    if !rounds.iter().any(|round| scrutiny::is_counting(round)) {
        head.extend(aside(scene, ByPaper::PrintNow.text(lang), cells));
    }
    head.push(Line::raw(""));
    let mut rows = scrutiny::lines(scene, state, &scrutiny::counts(scene, state), cells);
    rows.extend(aside(scene, ByPaper::HowToEnter.text(lang), cells));
    (head, rows)
}

fn heads(scene: &Scene<'_>, state: &State, item: &ItemState, notes: Notes<'_>, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(planned) = state.item(&item.id) else { return Page::default() };
    let (due, present) = (state.due_for(planned), state.present_for(planned));
    let equal = procedure::of_needed(lang, scrutiny::heads_equal(state, item), state.scrutineers_needed());
    let mut head = voided(scene, item, cells);
    head.push(figures(
        scene,
        &[
            (Common::Due.text(lang), due.to_string()),
            (Words::VotersHere.text(lang), present.to_string()),
            (Words::Equal.text(lang), equal),
        ],
    ));
    let told = scrutiny::heads(scene, state, item);
    let differ = item.heads.values().any(|heads| *heads != present);
    let mut counts = scrutiny::lines(scene, state, &told, cells);
    if differ {
        counts.extend(aside(scene, Words::HowToCorrect.text(lang), cells));
    }
    // Where there is little room the names scroll below what is awaited; where there is more, that stays in sight.
    let roomy = notes.rows > head.len() + counts.len() + 4;
    let mut rows = Vec::new();
    if roomy {
        head.extend(counts);
    } else {
        rows.extend(counts);
    }
    rows.push(dim(scene, &format!("{} {present}", Words::VotersHere.text(lang))));
    rows.extend(people(scene, state, present::here(state, state.plan().electors(planned)), cells));
    Page { title: title(scene, state, Words::CountHeads.text(lang)), head, rows, must_see: None }
}

/// The room code as big as there is room for, and who has typed it.
pub fn compare(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> (Lines, Lines) {
    let lang = scene.lang;
    let mut head = Vec::new();
    let code = scrutiny::room_code(scene).unwrap_or_else(|| Words::BeingComputed.text(lang).to_owned());
    head.extend(big_code(scene, &code, notes, cells));
    let there = u32::try_from(state.room.confirmed.len()).unwrap_or(u32::MAX);
    let compared = procedure::of_needed(lang, there, state.scrutineers_needed());
    head.push(figures(scene, &[(Words::Compared.text(lang), compared)]));
    let mut rows = scrutiny::lines(scene, state, &scrutiny::compared(scene, state), cells);
    rows.extend(aside(scene, Words::HowToCompare.text(lang), cells));
    (head, rows)
}

fn big_code(scene: &Scene<'_>, code: &str, notes: Notes<'_>, cells: usize) -> Lines {
    let style = scene.theme.accent();
    let wide = code.len() * LETTER_CELLS;
    if scene.theme.ascii || !code.is_ascii() || notes.rows < BIG_CODE_ROWS_MIN || wide + 2 > cells {
        let name = Words::RoomCode.text(scene.lang);
        return vec![Line::from(vec![
            Span::raw(format!(" {name}   ")),
            Span::styled(code.to_owned(), style),
        ])];
    }
    let area = ratatui::layout::Rect::new(0, 0, u16::try_from(wide).unwrap_or(u16::MAX), LETTER_ROWS);
    let mut drawn = ratatui::buffer::Buffer::empty(area);
    let text =
        BigText::builder().pixel_size(PixelSize::Quadrant).lines(vec![Line::raw(code.to_owned())]).build();
    ratatui::widgets::Widget::render(text, area, &mut drawn);
    let row = |y: u16| -> String {
        (0..area.width).filter_map(|x| drawn.cell((x, y))).map(ratatui::buffer::Cell::symbol).collect()
    };
    (0..LETTER_ROWS).map(|y| Line::styled(format!("  {}", row(y).trim_end()), style)).collect()
}

/// Whose terminals have not confirmed the box, who of the scrutineers accepted which, and how long there is time.
pub fn check<'a>(
    scene: &Scene<'_>,
    state: &State,
    rounds: impl Iterator<Item = &'a Round>,
    cells: usize,
) -> (Lines, Lines) {
    let lang = scene.lang;
    let needed = state.scrutineers_needed();
    let rounds: Vec<&Round> = rounds.collect();
    let left = rounds.iter().filter_map(|round| box_check_left(state, round, scene.now)).max();
    let mut head = Vec::new();
    if let Some(left) = left {
        let seconds = format!("{left} {}", Words::Seconds.text(lang));
        head.push(figures(scene, &[(Words::SecondsLeft.text(lang), seconds)]));
    }
    let name = |seat: &SeatId| who::spoken(&clean(state.name(seat)));
    let mut told = Vec::new();
    for round in &rounds {
        for seat in round.box_unconfirmed() {
            let by: Vec<String> = round.accepted.get(seat).into_iter().flatten().map(name).collect();
            let enough = u32::try_from(by.len()).is_ok_and(|by| by >= needed);
            let mut says = Vec::new();
            if scrutiny::is_cut_off(scene, seat) {
                says.push(Words::NotConnected.text(lang).to_owned());
            }
            if left.is_none() || !by.is_empty() {
                says.push(procedure::accepted_by(lang, &by, needed));
            }
            let mark = if enough { Mark::Done } else { Mark::No };
            told.push(Told { seat: seat.clone(), mark, says: says.join("   ") });
        }
    }
    let mut rows = scrutiny::lines(scene, state, &told, cells);
    let open = told.iter().any(|one| one.mark != Mark::Done);
    if open {
        let how = match left {
            Some(_) if rounds.iter().any(|round| round.box_waits()) => Words::BoxWaits,
            Some(_) => Words::HowToWait,
            None => Words::HowToAccept,
        };
        rows.extend(aside(scene, how.text(lang), cells));
    }
    (head, rows)
}

/// Whose terminals have given their shares.
pub fn opening(scene: &Scene<'_>, state: &State, key: &Key, cells: usize) -> (Lines, Lines) {
    let lang = scene.lang;
    let given = procedure::of_needed(lang, scrutiny::shares_given(state, key), key.threshold);
    let mut said = vec![(Words::SharesGiven.text(lang), given)];
    let can_be_named = !silent(state).is_empty();
    let rounds = state.rounds_on_floor().filter(|_| can_be_named);
    let left = rounds.filter_map(|round| opening_left(state, round, scene.now)).max();
    said.extend(left.map(|left| {
        let seconds = format!("{left} {}", Words::Seconds.text(lang));
        (Words::TimeToAnswer.text(lang), seconds)
    }));
    let head = vec![figures(scene, &said)];
    let told = scrutiny::opening(scene, state, key);
    let mut rows = scrutiny::lines(scene, state, &told, cells);
    rows.push(Line::raw(""));
    let unopenable = matches!(next_step(state), Some(Step::DeclareUnopenable(_)));
    let how = if unopenable { Words::HowToGoOn } else { Words::HowToOpen };
    rows.extend(aside(scene, how.text(lang), cells));
    if can_be_named && left.is_none() {
        rows.extend(aside(scene, Words::HowToName.text(lang), cells));
    }
    (head, rows)
}

/// Who has signed the result while that is awaited, on as few lines as can be: the result itself needs the room. Who does
/// not sign is told with the reason for as long as the result stands there.
pub fn sheet(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Lines {
    let lang = scene.lang;
    let told = scrutiny::sheet(scene, state, round);
    let there = u32::try_from(round.sheet.len()).unwrap_or(u32::MAX);
    let signed = procedure::of_needed(lang, there, state.scrutineers_needed());
    let names = told.iter().map(|one| {
        let name = who::spoken(&clean(state.name(&one.seat)));
        format!("{} {name}", scene.theme.mark(one.mark))
    });
    let unsigned = state.current_item().is_some_and(|item| scrutiny::is_unsigned(state, item));
    let all: Vec<String> =
        std::iter::once(format!("{} {signed}", Words::SignResult.text(lang))).chain(names).collect();
    let mut lines = Lines::new();
    if unsigned {
        let told = crate::screen::text::flow(&all, cells.saturating_sub(2));
        lines.extend(told.iter().map(|line| strong(scene, line)));
    }
    for one in told.iter().filter(|one| round.sheet.contains_key(&one.seat) && one.mark == Mark::No) {
        let name = who::spoken(&clean(state.name(&one.seat)));
        lines.extend(warning(scene, &format!("{name}  {}", one.says), cells));
    }
    lines
}

/// Why a box stays closed.
pub fn few(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Lines {
    let reason = VoidReason::TooFew { returned: round.returned().unwrap_or(0), needed: crate::plan::SMALL };
    let mut lines = warning(scene, &floor::void(scene.lang, &reason), cells);
    let review = state.current_review().is_some();
    lines.extend(
        procedure::what_then(scene.lang, &reason, review).iter().flat_map(|text| aside(scene, text, cells)),
    );
    lines
}
