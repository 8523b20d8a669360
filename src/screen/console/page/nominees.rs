//! The nominees before the ballot: introduced one after the other, recusal, deliberation, what is deferred.

use ratatui::text::Line;

use super::{Notes, Page, dim, strong};
use crate::meeting::{ItemState, LineId, SeatId, Stage, State};
use crate::plan::Nomination;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::screen::widgets::term as widgets;
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::floor::{self, Now};
use crate::words::reopening::{self, Reopened};
use crate::words::term::{self, Term};

/// The page of an item that has no ballot yet.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, notes: Notes<'_>, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(plan) = state.item(&item.id) else { return Page::default() };
    let Some(nomination) = plan.nomination() else { return Page::default() };
    let mut head = Vec::new();
    match item.stage {
        // The proposing body reports on one alone: its row says all.
        Stage::Introducing if item.term().is_some() => {}
        Stage::Introducing => {
            let (introduced, of) = (item.introduced.len(), nomination.lines.len());
            head.push(dim(scene, &console::introduced_of(lang, introduced, of)));
            let floor = item.introduced.last().and_then(|line| nomination.line(line.as_str()));
            if let Some(line) = floor {
                let text = format!("{}  {}  {}", Console::OnTheFloor.text(lang), line.name, line.post);
                head.push(Line::styled(format!(" {}", clean(&text)), scene.theme.accent()));
            }
        }
        Stage::Recusing | Stage::Deliberating => head.extend(outside(scene, state, item, nomination)),
        _ => {
            let voted = item.lines_to_vote(plan).count();
            let deferred = item.deferred.keys().filter(|line| item.is_at_stake(line)).count();
            head.push(strong(scene, &console::lines_of(lang, voted, deferred)));
        }
    }
    head.push(Line::raw(""));
    let (mut rows, must_see) = rows(scene, item, nomination, notes.chosen, cells);
    let said = state.current_term().filter(|_| item.stage == Stage::Deliberating);
    if let Some((.., term)) = said {
        head.push(strong(scene, &widgets::figures(scene, term)));
        let open = term.unjudged().next().map(|put| put.id);
        let (lines, _) = widgets::lines(scene, state, term, open, cells.saturating_sub(2));
        rows.push(Line::raw(""));
        rows.extend(lines.into_iter().map(super::indented));
    }
    let number = crate::screen::widgets::agenda::number(state, item);
    let title = format!(
        "{} {} {}",
        floor::item_number(lang, number),
        scene.theme.dot(),
        Now::of_item(item).text(lang)
    );
    Page { title, head, rows, must_see }
}

/// Who is outside and why, and who should be.
fn outside(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    nomination: &Nomination,
) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let mut lines = Vec::new();
    if item.recused.is_empty() {
        lines.push(dim(scene, Console::NobodyOutside.text(lang)));
    } else {
        lines.push(dim(scene, &format!("{} {}", Console::Outside.text(lang), item.recused.len())));
    }
    for seat in &item.recused {
        let text = format!("   {}  {}", state.name(seat), why(scene, item, nomination, seat));
        lines.push(strong(scene, &text));
    }
    let still: Vec<SeatId> =
        state.concerned(item, nomination).filter(|seat| !item.recused.contains(seat)).collect();
    for seat in &still {
        let text = format!(
            " {} {}  {}  {}",
            scene.theme.mark(Mark::No),
            Console::MustLeave.text(lang),
            clean(state.name(seat)),
            why(scene, item, nomination, seat)
        );
        lines.push(Line::styled(text, scene.theme.alarm()));
    }
    lines
}

fn why(scene: &Scene<'_>, item: &ItemState, nomination: &Nomination, seat: &SeatId) -> String {
    let lang = scene.lang;
    let own = nomination.lines.iter().any(|line| line.person.as_deref() == Some(seat.as_str()));
    if own {
        let in_office = item.term().is_some();
        return if in_office { Term::IsAppointee.text(lang) } else { Console::IsNominee.text(lang) }
            .to_owned();
    }
    let of =
        nomination.lines.iter().find(|line| line.relatives.iter().any(|relative| relative == seat.as_str()));
    match of {
        Some(line) => console::relative_of(lang, &clean(&line.name)),
        None => Console::OwnWish.text(lang).to_owned(),
    }
}

/// Why lines are not put to the vote, each with whom it concerns.
pub fn why_barred(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    nomination: &Nomination,
    cells: usize,
) -> Vec<Line<'static>> {
    let told = nomination.lines.iter().filter_map(|line| {
        let bar = item.barred.get(&LineId::from(line.id.as_str()))?;
        Some(format!("{}  {}", line.name, reopening::barred(scene.lang, state, bar)))
    });
    let lines: Vec<Line<'static>> = told
        .flat_map(|text| wrap(&clean(&text), cells.saturating_sub(2)))
        .map(|text| super::indented(dim(scene, &text)))
        .collect();
    if lines.is_empty() { lines } else { [Line::raw("")].into_iter().chain(lines).collect() }
}

/// The nominees with how far each is; and which row must be seen.
pub fn rows(
    scene: &Scene<'_>,
    item: &ItemState,
    nomination: &Nomination,
    chosen: Option<&LineId>,
    cells: usize,
) -> (Vec<Line<'static>>, Option<usize>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut on_floor = None;
    let mut picked = None;
    let (on_floor_word, not_yet) = match item.term() {
        Some(_) => (Term::Reporting.text(lang), Term::NotReported.text(lang)),
        None => (Console::OnTheFloor.text(lang), Console::NotIntroduced.text(lang)),
    };
    let rows = nomination
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let id = LineId::from(line.id.as_str());
            let introducing = item.stage == Stage::Introducing;
            let (mark, word) = if item.barred.contains_key(&id) {
                (Mark::No, Reopened::Barred.text(lang).to_owned())
            } else if !item.is_at_stake(&id) {
                (Mark::ToCome, Reopened::Unchanged.text(lang).to_owned())
            } else if let Some(reason) = item.deferred.get(&id) {
                (Mark::No, format!("{} {} {reason}", Common::Deferred.text(lang), theme.dot()))
            } else if introducing && item.introduced.last() == Some(&id) {
                on_floor = Some(place);
                (Mark::Now, on_floor_word.to_owned())
            } else if introducing && item.introduced.contains(&id) {
                (Mark::Done, Console::Introduced.text(lang).to_owned())
            } else if introducing {
                (Mark::ToCome, not_yet.to_owned())
            } else {
                (Mark::ToCome, String::new())
            };
            let sign = if word.is_empty() { String::new() } else { format!("{} {word}", theme.mark(mark)) };
            if chosen == Some(&id) {
                picked = Some(place);
            }
            let style =
                if mark == Mark::ToCome { ratatui::style::Style::new() } else { theme.mark_style(mark) };
            vec![
                Cell::from((place + 1).to_string()),
                Cell::from(line.post.as_str()),
                Cell::new(&line.name, theme.strong()),
                Cell::new(&sign, style),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::figures("#"),
            Column::aside(Common::Post.text(lang)),
            Column::text(term::who_column(lang, item)),
            Column::aside(""),
        ],
        rows,
    };
    let widths = table.widths(cells.saturating_sub(2));
    let lines = (0..table.rows.len())
        .map(|row| {
            let line = super::indented(table.line(row, &widths, theme));
            if picked == Some(row) { choose(line, cells, theme) } else { line }
        })
        .collect();
    (lines, picked.or(on_floor))
}
