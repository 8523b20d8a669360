//! A review before and between its ballots: the draw, all officials, findings, the report with its clock, what the
//! questions came to.

use ratatui::text::{Line, Span};

use super::{Notes, Page, dim, figures, questions, strong};
use crate::meeting::{ItemState, OfficialId, OfficialStage, OfficialState, ReviewState, State, Timer};
use crate::plan::{Official, OfficialOrder, Review};
use crate::screen::console::review::stage;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::digits;
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::floor;
use crate::words::review::{self, Review as Words};
use crate::words::{verdict, who};

/// The page of a review that has no ballot under way.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, notes: Notes<'_>, cells: usize) -> Page {
    let Some((_, plan, review)) = state.current_review() else { return Page::default() };
    let current = review.current().and_then(|(id, official)| Some((plan.official(id.as_str())?, official)));
    let (name, page) = match (stage(review), current) {
        (Some(OfficialStage::Findings), Some((official, at))) => {
            (Words::FindingsRead, findings(scene, state, official, at, cells))
        }
        (Some(OfficialStage::Reporting), Some((official, _))) => {
            (Words::Report, report(scene, plan, review, official, notes))
        }
        (Some(OfficialStage::Questioning), Some((official, at))) => {
            (Words::Questioning, questions::page(scene, state, review, official, at, notes, cells))
        }
        (Some(_), Some((official, _))) => {
            (Words::Questioned, questions::over(scene, state, review, official, cells))
        }
        _ if review.order.is_empty() => (Words::DrawNext, officials(scene, plan, review, None, cells)),
        _ => {
            let over = review.next().is_none();
            let name = if over && plan.ranking { Words::Ranking } else { Words::Overview };
            let page = if over && plan.ranking {
                ranking(scene, state, item, cells)
            } else {
                officials(scene, plan, review, notes.picked.official(review), cells)
            };
            (name, page)
        }
    };
    let number = crate::screen::widgets::agenda::number(state, item);
    let dot = scene.theme.dot();
    let title = format!(
        "{} {dot} {} {dot} {}",
        floor::item_number(scene.lang, number),
        name.text(scene.lang),
        clean(state.item(&item.id).map_or("", |item| item.title.as_str()))
    );
    Page { title, ..page }
}

/// The name with post and unit.
pub fn heading(official: &Official) -> String {
    clean(&format!("{}  {}", official.name, office(official))).into_owned()
}

/// Post and unit, in the order in which the language of their names has them.
fn office(official: &Official) -> String {
    let Official { post, unit, .. } = official;
    if unit.is_ascii() && post.is_ascii() && !unit.is_empty() {
        format!("{post}, {unit}")
    } else {
        format!("{unit}{post}")
    }
}

/// All officials and how far each is, in their order; before the draw in the order of the plan.
fn officials(
    scene: &Scene<'_>,
    plan: &Review,
    review: &ReviewState,
    chosen: Option<&OfficialId>,
    cells: usize,
) -> Page {
    let lang = scene.lang;
    let over = review.officials.values().filter(|official| official.stage.is_over()).count();
    let order = match (plan.order, review.order.is_empty()) {
        (OfficialOrder::Plan, _) => Words::OrderOfPlan.text(lang).to_owned(),
        (OfficialOrder::Lot, _) => Words::DrawNext.text(lang).to_owned(),
    };
    let mut head = vec![
        strong(scene, &review::officials(lang, plan.officials.len(), over)),
        dim(scene, &review::times(lang, plan.report_seconds, plan.answer_seconds)),
    ];
    if review.order.is_empty() {
        head.push(dim(scene, &order));
    }
    head.push(Line::raw(""));
    let ids = in_order(plan, review);
    let (table, must_see) = officials_table(scene, plan, review, &ids, chosen);
    let widths = table.widths(cells.saturating_sub(2));
    head.push(super::indented(table.head(&widths, scene.theme)));
    let rows = (0..table.rows.len())
        .map(|row| {
            let line = super::indented(table.line(row, &widths, scene.theme));
            if must_see == Some(row) { choose(line, cells, scene.theme) } else { line }
        })
        .collect();
    Page { head, rows, must_see, ..Page::default() }
}

fn in_order(plan: &Review, review: &ReviewState) -> Vec<OfficialId> {
    if review.order.is_empty() {
        plan.officials.iter().map(|official| OfficialId::from(official.id.as_str())).collect()
    } else {
        review.order.clone()
    }
}

fn officials_table(
    scene: &Scene<'_>,
    plan: &Review,
    review: &ReviewState,
    ids: &[OfficialId],
    chosen: Option<&OfficialId>,
) -> (Table, Option<usize>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let none = || Cell::new(theme.none(), theme.dim());
    let judged = review.officials.values().any(|official| official.verdict.is_some());
    let rows = ids.iter().enumerate().filter_map(|(place, id)| {
        let (official, at) = (plan.official(id.as_str())?, review.officials.get(id)?);
        let mark = match &at.stage {
            OfficialStage::ToCome => Mark::ToCome,
            OfficialStage::Declared => Mark::Done,
            OfficialStage::PutOff { .. } => Mark::No,
            _ => Mark::Now,
        };
        let judgement = at.verdict.as_ref().and_then(|verdict| verdict.judgement.as_ref());
        let score = at.verdict.as_ref().and_then(|verdict| verdict.score);
        let mut row = vec![
            Cell::from((place + 1).to_string()),
            Cell::new(&official.name, theme.strong()),
            Cell::from(office(official)),
            Cell::new(
                &format!("{} {}", theme.mark(mark), review::stage(lang, &at.stage)),
                theme.mark_style(mark),
            ),
        ];
        if judged {
            row.push(judgement.map_or_else(none, |judgement| Cell::new(&judgement.name, theme.strong())));
            row.push(score.map_or_else(none, |score| Cell::from(verdict::score(score))));
        }
        Some(row)
    });
    let mut columns = vec![
        Column::figures("#"),
        Column::text(Words::Official.text(lang)),
        Column::aside(Words::PostAndUnit.text(lang)),
        Column::aside(Common::State.text(lang)),
    ];
    if judged {
        columns.push(Column::text(Words::Verdict.text(lang)));
        columns.push(Column::figures(Words::Score.text(lang)));
    }
    let table = Table { columns, rows: rows.collect() };
    let place = chosen.and_then(|chosen| ids.iter().position(|id| id == chosen));
    (table, place)
}

/// All officials, ranked; those put off below.
fn ranking(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Page {
    let Some((_, plan, review)) = state.current_review() else { return Page::default() };
    let over = review.officials.values().filter(|official| official.stage.is_over()).count();
    let mut head =
        vec![strong(scene, &review::officials(scene.lang, plan.officials.len(), over)), Line::raw("")];
    let mut rows = ranked_rows(scene, state, item, cells);
    if !rows.is_empty() {
        head.push(rows.remove(0));
    }
    Page { head, rows, ..Page::default() }
}

/// The titles, then the officials of an item: ranked where the plan wants a ranking, else in their order.
pub fn ranked_rows(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let plan = state.item(&item.id).and_then(crate::plan::Item::review);
    let (Some(plan), Some(review)) = (plan, item.review()) else { return Vec::new() };
    let ranked = if plan.ranking { state.ranking(&item.id) } else { Vec::new() };
    let mut ids: Vec<OfficialId> = ranked.iter().map(|ranked| ranked.official.clone()).collect();
    ids.extend(in_order(plan, review).into_iter().filter(|id| !ranked.iter().any(|one| one.official == *id)));
    let (mut table, _) = officials_table(scene, plan, review, &ids, None);
    if plan.ranking {
        if let Some(column) = table.columns.first_mut() {
            column.title = Words::Rank.text(scene.lang).to_owned();
        }
        for (place, row) in table.rows.iter_mut().enumerate() {
            let rank = ranked.get(place).map_or_else(|| theme.none().to_owned(), |one| one.rank.to_string());
            if let Some(cell) = row.first_mut() {
                *cell = Cell::from(rank);
            }
        }
    }
    let widths = table.widths(cells.saturating_sub(2));
    let mut rows = vec![super::indented(table.head(&widths, theme))];
    rows.extend((0..table.rows.len()).map(|row| super::indented(table.line(row, &widths, theme))));
    rows
}

fn findings(scene: &Scene<'_>, state: &State, official: &Official, at: &OfficialState, cells: usize) -> Page {
    let lang = scene.lang;
    let reader = state.plan().person(&official.findings_by);
    let reader = reader.map_or(Words::NobodyNamed.text(lang).to_owned(), |person| who::spoken(&person.name));
    let head = vec![
        Line::styled(format!(" {}", heading(official)), scene.theme.accent()),
        Line::raw(""),
        figures(scene, &[(Words::ReadBy.text(lang), clean(&reader).into_owned())]),
        dim(scene, Words::TextByI.text(lang)),
        Line::raw(""),
    ];
    Page { head, rows: aside(scene, state, at, cells), ..Page::default() }
}

/// Who stands aside from the evaluation.
pub fn aside(scene: &Scene<'_>, state: &State, at: &OfficialState, cells: usize) -> Vec<Line<'static>> {
    let seats: Vec<_> = at.recused.iter().filter(|seat| is_elector(state, seat)).cloned().collect();
    if seats.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![dim(scene, &format!("{} {}", Words::AbstainThis.text(scene.lang), seats.len()))];
    rows.extend(super::people(scene, state, super::of_seats(state, &seats).into_iter(), cells));
    rows
}

fn is_elector(state: &State, seat: &crate::meeting::SeatId) -> bool {
    let item = state.current_item().and_then(|item| state.item(&item.id));
    item.is_some_and(|item| state.plan().electors(item).any(|person| person.id == seat.as_str()))
}

/// The report with its clock: big where there is room.
fn report(
    scene: &Scene<'_>,
    plan: &Review,
    review: &ReviewState,
    official: &Official,
    notes: Notes<'_>,
) -> Page {
    let lang = scene.lang;
    let mut head = vec![Line::styled(format!(" {}", heading(official)), scene.theme.accent()), Line::raw("")];
    if let Some(clock) = &review.clock {
        let left = clock.left(scene.now);
        let style = clock_style(scene, plan, clock);
        if notes.rows >= digits::ROWS + 5 {
            let face = if left < 0 { review::over(left) } else { review::face(left) };
            let rows = digits::big(scene.theme, &face);
            head.extend(rows.into_iter().map(|row| Line::styled(format!("    {row}"), style)));
            head.push(Line::raw(""));
        }
        head.push(clock_line(scene, plan, clock));
        head.push(figures(
            scene,
            &[
                (Words::Allotted.text(lang), review::face(clock.allotted_millis)),
                (Words::Used.text(lang), review::over(clock.ran(scene.now))),
            ],
        ));
        head.push(Line::raw(""));
    }
    head.push(dim(scene, Words::TextByI.text(lang)));
    if !review.queue.is_empty() {
        head.push(figures(scene, &[(Words::Waiting.text(lang), review.queue.len().to_string())]));
    }
    Page { head, ..Page::default() }
}

/// How a clock looks: calm, at its warning, over time.
pub fn clock_style(scene: &Scene<'_>, plan: &Review, clock: &Timer) -> ratatui::style::Style {
    let left = clock.left(scene.now);
    if left < 0 {
        scene.theme.alarm()
    } else if left <= i64::from(plan.warning_seconds) * 1_000 {
        scene.theme.accent()
    } else {
        scene.theme.strong()
    }
}

/// What is left, with a word for each state of the clock: nothing is said by colour alone.
pub fn clock_spans(scene: &Scene<'_>, plan: &Review, clock: &Timer) -> Vec<Span<'static>> {
    let lang = scene.lang;
    let left = clock.left(scene.now);
    let style = clock_style(scene, plan, clock);
    let mut spans = vec![Span::styled(review::left(lang, left), style)];
    if !clock.runs() {
        spans.push(Span::styled(format!("  {}", Words::Paused.text(lang)), scene.theme.accent()));
    } else if (0..=i64::from(plan.warning_seconds) * 1_000).contains(&left) {
        spans.push(Span::styled(format!("  {}", Words::WarningSoon.text(lang)), style));
    }
    spans
}

fn clock_line(scene: &Scene<'_>, plan: &Review, clock: &Timer) -> Line<'static> {
    super::indented(Line::from(clock_spans(scene, plan, clock)))
}

/// The page of a review that is to be called.
pub fn to_come(scene: &Scene<'_>, plan: &Review, cells: usize) -> Page {
    let review = ReviewState::opened(plan);
    let mut page = officials(scene, plan, &review, None, cells);
    let groups = wrap(&dimensions(plan), cells.saturating_sub(2));
    let at = 2.min(page.head.len());
    page.head.splice(at..at, groups.iter().map(|line| dim(scene, line)));
    page
}

fn dimensions(plan: &Review) -> String {
    let names: Vec<&str> = plan.dimensions.iter().map(|dimension| dimension.name.as_str()).collect();
    let words: Vec<&str> = plan.scale.iter().map(|word| word.word.as_str()).collect();
    format!("{}    {}", names.join(" / "), words.join(" / "))
}
