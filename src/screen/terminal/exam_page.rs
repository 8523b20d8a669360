//! The pages of an exam, drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::exam::{COLUMNS, ExamPage, Sheet};
use super::materials::Materials;
use super::nominees::{inset, more_line};
use super::page;
use super::review_page::draw_text;
use crate::client::{Link, OwnExam};
use crate::meeting::{PaperQuestion, State};
use crate::rules::{ExamOutcome, QuestionKind};
use crate::screen::text::{Side, clean, cut, fit, wrap};
use crate::screen::widgets::clock::Reading;
use crate::screen::widgets::exam::{self, Shown};
use crate::screen::widgets::page::Page;
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Mark, Scene};
use crate::words::exam::{self as words, ExamText};

/// From this height on there is air between the parts of a question.
const ROOMY_ROWS: u16 = 26;

/// Draws a page of an exam.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    which: ExamPage,
    sheet: Option<&Sheet>,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(shown) = Shown::on_floor(state) else { return };
    if let (ExamPage::Paper, Some(sheet)) = (which, sheet) {
        draw_paper(frame, area, scene, shown, sheet, scroll);
        return;
    }
    let text = |text: ExamText| text.text(lang);
    let title = state.item(&shown.item.id).map_or("", |item| item.title.as_str());
    let strong = |text_: ExamText| Page::new(text(text_), theme.accent());
    let mut page = match which {
        ExamPage::Watching => {
            strong(ExamText::phase(shown.exam.phase)).say(text(ExamText::Watching), theme.plain_text())
        }
        ExamPage::Place => {
            let late = shown.exam.clock.is_some();
            let press = if late { ExamText::PlaceLate } else { ExamText::PlacePress };
            Page::new(title, theme.strong())
                .say(words::terms(lang, shown.plan), theme.strong())
                .say(words::composition(lang, shown.plan), theme.plain_text())
                .say("", theme.dim())
                .say(format!(" {} ", text(press)), theme.chosen())
                .say("", theme.dim())
                .say(text(ExamText::PlaceHow), theme.dim())
        }
        ExamPage::Seated => {
            let book = if shown.plan.texts.is_empty() { ExamText::NoTexts } else { ExamText::OpenBookHow };
            strong(ExamText::PlaceTaken)
                .say(text(ExamText::PlaceWait), theme.strong())
                .say("", theme.dim())
                .say(words::terms(lang, shown.plan), theme.plain_text())
                .say(words::composition(lang, shown.plan), theme.plain_text())
                .say(text(book), theme.plain_text())
                .say(text(ExamText::PlaceHow), theme.dim())
        }
        ExamPage::Paper => {
            let refused = scene.view.exam.as_deref().and_then(|own| own.refused.as_deref());
            match refused {
                Some(why) => {
                    let why = format!("{}{}", text(ExamText::PaperFault), clean(why));
                    strong(ExamText::PaperComes).say(why, theme.alarm())
                }
                None => strong(ExamText::PaperComes),
            }
        }
        ExamPage::Paused => strong(ExamText::Paused).say(text(ExamText::PausedWhy), theme.strong()),
        ExamPage::HandedIn => {
            strong(ExamText::HandedInTitle).say(text(ExamText::HandedInWhy), theme.plain_text())
        }
        ExamPage::Over => {
            let handed_in =
                page::my_seat(scene.view).is_some_and(|seat| shown.exam.handed_in.contains_key(seat));
            if handed_in {
                strong(ExamText::Marking).say(text(ExamText::HandedInTitle), theme.plain_text())
            } else {
                strong(ExamText::TimeUpTitle).say(text(ExamText::TimeUpWhy), theme.plain_text())
            }
        }
        ExamPage::Missed => strong(ExamText::PlaceOver),
        ExamPage::Marked => strong(ExamText::MarkedTitle).say(text(ExamText::MarkedWhy), theme.plain_text()),
    };
    if !matches!(which, ExamPage::Place) {
        page = page.say("", theme.dim()).say(exam::seated(scene, shown), theme.dim());
    }
    if let Some(reading) = shown.reading(scene) {
        page = page.say(reading.text(lang), reading.style(scene));
    }
    page.draw(frame, area, scene, title);
}

/// What stands at the foot of the paper: how far one is, and whether the answers are kept.
fn kept(scene: &Scene<'_>, own: Option<&OwnExam>) -> (&'static str, Style) {
    let theme = scene.theme;
    let (text, style) = match own {
        Some(own) if own.handing_in => (ExamText::HandingIn, theme.accent()),
        Some(own) if own.saved => (ExamText::Saved, theme.dim()),
        _ if scene.view.link != Link::Connected => (ExamText::NotSaved, theme.alarm()),
        _ => (ExamText::Saving, theme.accent()),
    };
    (text.text(scene.lang), style)
}

fn draw_paper(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    shown: Shown<'_>,
    sheet: &Sheet,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(question) = sheet.question() else { return };
    let (of, worth) = (sheet.paper.questions.len(), shown.plan.section(question.kind));
    let worth = worth.map_or(0, |section| section.marks);
    let title = words::question_of(lang, sheet.at + 1, of, question.kind, worth);
    let block = theme.block(
        cut(&theme.plain(&title), usize::from(area.width.saturating_sub(4)), theme.ellipsis()).into_owned(),
    );
    let inner = inset(block.inner(area));
    frame.render_widget(block, area);
    let strip = strip(scene, sheet, usize::from(inner.width));
    let tall = u16::try_from(strip.len()).unwrap_or(1);
    let [top, body, more, foot, below] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(tall),
    ])
    .areas(inner);
    draw_top(frame, top, scene, shown.reading(scene).as_ref(), sheet);
    let roomy = area.height >= ROOMY_ROWS;
    let (lines, must_see) = question_lines(scene, sheet, question, usize::from(body.width), roomy);
    let seen = scroll.fit(lines.len(), body.height.into(), Some(must_see));
    let visible: Vec<Line<'_>> = lines.into_iter().skip(seen.lines.start).take(seen.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), body);
    frame.render_widget(more_line(scene, seen.above, seen.below), more);
    let said = words::answered(lang, sheet.answered(), of, sheet.flagged());
    let (kept, style) = kept(scene, scene.view.exam.as_deref());
    let room = usize::from(foot.width).saturating_sub(crate::screen::text::width(kept) + 2);
    let said = fit(&said, room, Side::Left, theme.ellipsis());
    let line =
        vec![Span::styled(said, theme.strong()), Span::raw("  "), Span::styled(kept.to_owned(), style)];
    frame.render_widget(Paragraph::new(Line::from(line)), foot);
    frame.render_widget(Paragraph::new(strip), below);
}

/// The time that is left, and whether this question is marked for later.
fn draw_top(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, reading: Option<&Reading>, sheet: &Sheet) {
    let theme = scene.theme;
    let flagged = sheet.flagged.get(sheet.at).copied().unwrap_or(false);
    let mut spans = Vec::new();
    if let Some(reading) = reading {
        spans.push(Span::styled(reading.text(scene.lang), reading.style(scene)));
    }
    if flagged {
        spans.push(Span::raw("   "));
        spans.push(Span::styled(format!("? {}", ExamText::Flagged.text(scene.lang)), theme.accent()));
    }
    frame.render_widget(Paragraph::new(Line::from(spans)), area);
}

/// The question and its options; and which of the lines the cursor is on.
fn question_lines(
    scene: &Scene<'_>,
    sheet: &Sheet,
    question: &PaperQuestion,
    cells: usize,
    roomy: bool,
) -> (Vec<Line<'static>>, std::ops::Range<usize>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = Vec::new();
    if roomy {
        lines.push(Line::raw(""));
    }
    let asked = format!("{}. {}", sheet.at + 1, clean(&question.text));
    lines.extend(wrap(&asked, cells).into_iter().map(|line| Line::styled(line, theme.strong())));
    lines.push(Line::styled(format!("   {}", words::how(lang, question.kind)), theme.dim()));
    lines.push(Line::raw(""));
    let truth = [ExamText::TrueOption.text(lang).to_owned(), ExamText::FalseOption.text(lang).to_owned()];
    let options: &[String] =
        if question.kind == QuestionKind::TrueFalse { &truth } else { &question.options };
    let many = question.kind == QuestionKind::Multiple;
    let mut must_see = 0..lines.len();
    for (place, option) in options.iter().enumerate() {
        let from = lines.len();
        let chosen = sheet.is_chosen(place);
        let mark = match (many, chosen) {
            (true, true) => "[x]",
            (true, false) => "[ ]",
            (false, true) => "(x)",
            (false, false) => "( )",
        };
        let letter = crate::meeting::exam_paper::letters(&[place]);
        let on = place == sheet.option;
        let cursor = if on { theme.mark(Mark::Now) } else { " " };
        let head = format!("{cursor} {mark} {letter}  ");
        let indent = crate::screen::text::width(&head);
        let style = match (on, chosen) {
            (_, true) => theme.strong(),
            (true, false) => theme.accent(),
            (false, false) => theme.plain_text(),
        };
        for (row, line) in wrap(&clean(option), cells.saturating_sub(indent)).into_iter().enumerate() {
            let begin = if row == 0 { head.clone() } else { " ".repeat(indent) };
            lines.push(Line::styled(format!("{begin}{line}"), style));
        }
        if on {
            must_see = from..lines.len();
        }
        if roomy {
            lines.push(Line::raw(""));
        }
    }
    // As long as the first options are chosen from, the question stays in sight.
    if must_see.end <= 12 {
        must_see = 0..must_see.end;
    }
    (lines, must_see)
}

/// How a question stands, in one cell: marked for later, answered, or open.
fn sign(sheet: &Sheet, place: usize) -> char {
    match (sheet.flagged.get(place), sheet.answers.get(place)) {
        (Some(true), _) => '?',
        (_, Some(answer)) if !answer.is_empty() => '+',
        _ => '-',
    }
}

fn cell(scene: &Scene<'_>, sheet: &Sheet, place: usize) -> Span<'static> {
    let theme = scene.theme;
    let sign = sign(sheet, place);
    let text = format!("{:>3}{sign}", place + 1);
    let style = match sign {
        _ if place == sheet.at => theme.chosen(),
        '?' => theme.accent(),
        '+' => theme.strong(),
        _ => theme.dim(),
    };
    Span::styled(text, style)
}

/// All questions on one line or two, as many as fit around the one on the page.
fn strip(scene: &Scene<'_>, sheet: &Sheet, cells: usize) -> Vec<Line<'static>> {
    let each = 5;
    let a_line = (cells / each).max(1);
    let all = sheet.paper.questions.len();
    let first = if all <= a_line * 2 { 0 } else { (sheet.at / (a_line * 2)) * a_line * 2 };
    (first..all.min(first + a_line * 2))
        .collect::<Vec<_>>()
        .chunks(a_line)
        .map(|places| {
            let spans = places.iter().flat_map(|place| [cell(scene, sheet, *place), Span::raw(" ")]);
            Line::from(spans.collect::<Vec<_>>())
        })
        .collect()
}

/// All questions at once.
pub fn draw_overview(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    sheet: &Sheet,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(ExamText::Overview.text(lang));
    let inner = inset(block.inner(area));
    frame.render_widget(block, area);
    let all = sheet.paper.questions.len();
    let said = words::answered(lang, sheet.answered(), all, sheet.flagged());
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut must_see = 0..1;
    let mut kind = None;
    let mut place = 0;
    while let Some(question) = sheet.paper.questions.get(place) {
        if kind != Some(question.kind) {
            kind = Some(question.kind);
            lines.push(Line::styled(words::kind(lang, question.kind), theme.accent()));
        }
        // A row ends with its kind, so that each kind begins on its own.
        let row = (place..all.min((place / COLUMNS + 1) * COLUMNS))
            .take_while(|next| sheet.paper.questions.get(*next).map(|one| one.kind) == kind)
            .collect::<Vec<_>>();
        if row.contains(&sheet.at) {
            must_see = lines.len()..lines.len() + 1;
        }
        place += row.len().max(1);
        let spans = row.iter().flat_map(|place| {
            let answer = sheet.answers.get(*place).map_or("", String::as_str);
            [cell(scene, sheet, *place), Span::raw(fit(answer, 3, Side::Left, ""))]
        });
        lines.push(Line::from(spans.collect::<Vec<_>>()));
    }
    let legend = format!(
        "+ {}   - {}   ? {}",
        ExamText::OverviewAnswered.text(lang),
        ExamText::OverviewOpen.text(lang),
        ExamText::Flagged.text(lang)
    );
    let [top, body, more, foot] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(inner);
    frame.render_widget(Paragraph::new(Line::styled(said, theme.strong())), top);
    let seen = scroll.fit(lines.len(), body.height.into(), Some(must_see));
    let visible: Vec<Line<'_>> = lines.into_iter().skip(seen.lines.start).take(seen.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), body);
    frame.render_widget(more_line(scene, seen.above, seen.below), more);
    frame.render_widget(Paragraph::new(Line::styled(legend, theme.dim())), foot);
}

/// A text of the open book.
pub fn draw_book(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    place: usize,
    reader: &mut Reader,
) {
    let theme = scene.theme;
    let Some(shown) = Shown::on_floor(state) else { return };
    let Some(text) = shown.plan.texts.get(place) else { return };
    let left = shown.reading(scene).map_or_else(String::new, |reading| reading.text(scene.lang));
    let of = format!("{}/{}", place + 1, shown.plan.texts.len());
    let title = format!("{} {} {of} {} {left}", clean(&text.title), theme.dot(), theme.dot());
    let room = usize::from(area.width.saturating_sub(4));
    let block = theme.block(cut(&title, room, theme.ellipsis()).into_owned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    draw_text(frame, inset(inner), scene, state, materials, &text.path, reader);
}

/// The question before a paper is handed in.
pub fn draw_hand_in(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, sheet: &Sheet) {
    let (lang, theme) = (scene.lang, scene.theme);
    let open = sheet.paper.questions.len().saturating_sub(sheet.answered());
    let said = words::still_open(lang, open, sheet.flagged());
    let style = if open > 0 { theme.alarm() } else { theme.strong() };
    Page::new(ExamText::HandInTitle.text(lang), theme.accent())
        .say(said, style)
        .say("", theme.dim())
        .say(ExamText::HandInAsk.text(lang), theme.plain_text())
        .draw(frame, area, scene, "");
}

/// The declared results: the own one first; all by name where the plan has it so, figures alone otherwise.
pub fn draw_result(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(ExamText::Results.text(lang));
    let inner = inset(block.inner(area));
    frame.render_widget(block, area);
    let cells = usize::from(inner.width);
    let mut lines = own_result(scene, state, shown, cells);
    lines.push(Line::styled(exam::figures(scene, shown), theme.strong()));
    if shown.is_by_name() {
        lines.push(Line::raw(""));
        lines.extend(exam::results(scene, state, shown, cells));
    } else {
        let why = wrap(ExamText::AloneWhy.text(lang), cells);
        lines.extend(why.into_iter().map(|line| Line::styled(line, theme.dim())));
    }
    let [body, more] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(inner);
    let seen = scroll.fit(lines.len(), body.height.into(), None);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(seen.lines.start).take(seen.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), body);
    frame.render_widget(more_line(scene, seen.above, seen.below), more);
}

fn own_result(scene: &Scene<'_>, state: &State, shown: Shown<'_>, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(seat) = page::my_seat(scene.view) else { return Vec::new() };
    let Some(result) = state.exam_result(&shown.item.id, seat) else { return Vec::new() };
    let marks = words::of_full(lang, result.marked.marks.total, shown.plan.full_marks());
    let passed = result.outcome == ExamOutcome::Passed;
    let style = if passed { theme.accent() } else { theme.alarm() };
    let outcome = words::outcome(lang, result.outcome);
    let mut lines = vec![Line::raw("")];
    let own = format!("{}  {marks}", ExamText::OwnResult.text(lang));
    lines.push(Line::styled(own, theme.strong()));
    lines.extend(wrap(&outcome, cells).into_iter().map(|line| Line::styled(line, style)));
    for (section, got) in shown.plan.sections.iter().zip(&result.marked.marks.sections) {
        let text = format!(
            "  {}  {}",
            words::kind(lang, section.kind),
            words::of_full(lang, got.marks, section.draw * section.marks)
        );
        lines.push(Line::styled(text, theme.dim()));
    }
    lines.push(Line::raw(""));
    lines
}
