//! The result of one official's evaluation: each dimension's counts, group by group and together, bars, rate, score,
//! the verdict with its arithmetic, and what follows.

use ratatui::text::{Line, Span};

use super::{dim, indented, strong};
use crate::meeting::{ItemState, Round, State};
use crate::plan::{Item, Review};
use crate::rules::GroupMarks;
use crate::screen::Scene;
use crate::screen::text::{clean, width, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::table::{Cell, Column, Table};
use crate::words::by_paper::ByPaper;
use crate::words::common::Common;
use crate::words::review::Review as Words;
use crate::words::{verdict, who};

/// The widest bar.
const BAR_CELLS_MAX: usize = 30;
/// The narrowest that says anything.
const BAR_CELLS_MIN: usize = 8;

type Lines = Vec<Line<'static>>;

/// What stands above the tables, and the tables.
pub fn parts(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> (Lines, Lines) {
    let Some(plan) = state.item(&item.id).and_then(Item::review) else { return Default::default() };
    let Some(subject) = item.round().and_then(|round| round.issue.subject.clone()) else {
        return Default::default();
    };
    let (lang, theme) = (scene.lang, scene.theme);
    let rounds: Vec<&Round> = item.rounds_together().collect();
    let mut head = vec![figures(scene, &rounds)];
    match state.verdict_of(&item.id, &subject).and_then(|found| Some((found.clone(), found.judgement?))) {
        None => head.push(Line::styled(format!(" {}", Words::NoMarks.text(lang)), theme.alarm())),
        Some((found, judgement)) => {
            let rate = found.rate.map(|rate| (Words::SatisfactionRate.text(lang), verdict::rate(rate)));
            let score = found.score.map(|score| (Words::Score.text(lang), verdict::score(score)));
            let name = clean(&judgement.name).into_owned();
            let all: Vec<(&str, String)> =
                rate.into_iter().chain(score).chain([(Words::Verdict.text(lang), name)]).collect();
            let mut found_line = super::figures(scene, &all);
            let arithmetic = verdict::arithmetic(lang, &plan.verdict, &plan.scale, &found);
            match arithmetic.as_slice() {
                // One comparison stands beside what it decides, where there is room.
                [only] if found_line.width() + width(only) <= cells => {
                    let only = clean(only);
                    found_line.push_span(Span::styled(theme.plain(&only).into_owned(), theme.dim()));
                    head.push(found_line);
                }
                _ => {
                    head.push(found_line);
                    head.extend(
                        arithmetic.iter().map(|line| dim(scene, &format!("  {}", theme.plain(line)))),
                    );
                }
            }
            let follows = if judgement.consequence.is_empty() {
                Words::NoConsequence.text(lang).to_owned()
            } else {
                let follows = verdict::consequence(lang, &judgement.consequence, judgement.reply_days);
                format!("{}  {follows}", Words::Consequence.text(lang))
            };
            let follows = wrap(&follows, cells.saturating_sub(2));
            head.extend(follows.iter().map(|line| strong(scene, line)));
        }
    }
    head.push(Line::raw(""));
    let mut rows = Vec::new();
    let together = together(&rounds);
    if rounds.len() > 1 {
        rows.push(dim(scene, Words::AllTogether.text(lang)));
    }
    let not_returned = rounds.iter().map(|round| missing(round)).sum();
    rows.extend(table(scene, plan, &together, not_returned, cells));
    if rounds.len() > 1 {
        for round in &rounds {
            rows.push(Line::raw(""));
            let counts = round.count.as_ref().map_or(&[][..], |count| count.sums());
            rows.push(dim(scene, &group_line(scene, state, plan, round, counts)));
            rows.extend(table(scene, plan, counts, missing(round), cells));
        }
    }
    (head, rows)
}

fn figures(scene: &Scene<'_>, rounds: &[&Round]) -> Line<'static> {
    let sum =
        |figure: &dyn Fn(&Round) -> u32| rounds.iter().map(|round| figure(round)).sum::<u32>().to_string();
    let label = |label: Common| label.text(scene.lang);
    super::figures(
        scene,
        &[
            (label(Common::Due), sum(&|round| round.issue.due)),
            (label(Common::Present), sum(&Round::present)),
            (label(Common::Issued), sum(&Round::issued)),
            (label(Common::Returned), sum(&|round| round.returned().unwrap_or(0))),
        ],
    )
}

fn missing(round: &Round) -> u32 {
    round.issued().saturating_sub(round.returned().unwrap_or(0))
}

/// The counts of all rounds, added up.
fn together(rounds: &[&Round]) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = Vec::new();
    for count in rounds.iter().filter_map(|round| round.count.as_ref()) {
        if all.is_empty() {
            all = count.sums().to_vec();
            continue;
        }
        for (sums, more) in all.iter_mut().zip(count.sums()) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }
    all
}

/// A group's name with its own figures.
fn group_line(scene: &Scene<'_>, state: &State, plan: &Review, round: &Round, counts: &[Vec<u32>]) -> String {
    let lang = scene.lang;
    let marks = GroupMarks { weight: 1, counts: counts.to_vec() };
    let mut parts = vec![groups(scene, state, round)];
    parts.extend(round.by_paper.as_ref().map(|_| ByPaper::Mark.text(lang).to_owned()));
    parts.push(format!("{} {}", Common::Issued.text(lang), round.issued()));
    parts.push(format!("{} {}", Common::Returned.text(lang), round.returned().unwrap_or(0)));
    parts.extend(
        marks
            .rate(&plan.scale)
            .map(|rate| format!("{} {}", Words::SatisfactionRate.text(lang), verdict::rate(rate))),
    );
    parts.extend(
        marks
            .score(&plan.scale)
            .map(|score| format!("{} {}", Words::Score.text(lang), verdict::score(score))),
    );
    parts.join("   ")
}

/// The names of the groups on one ballot.
pub fn groups(scene: &Scene<'_>, state: &State, round: &Round) -> String {
    let name = |group: &String| state.plan().group(group).map_or(group.clone(), |group| group.name.clone());
    let names: Vec<String> = round.issue.groups.iter().map(name).collect();
    clean(&who::names_up_to(scene.lang, &names, usize::MAX)).into_owned()
}

/// One table: a row a dimension, a column a word; a bar of what counts as satisfied where there is room.
fn table(scene: &Scene<'_>, plan: &Review, counts: &[Vec<u32>], not_returned: u32, cells: usize) -> Lines {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut columns = vec![Column::text(Words::Dimension.text(lang))];
    columns.extend(plan.scale.iter().map(|word| Column::figures(clean(&word.word).into_owned())));
    columns.push(Column::figures(Common::NotReturned.text(lang)));
    let rows = plan.dimensions.iter().zip(counts).map(|(dimension, sums)| {
        let mut row = vec![Cell::new(&dimension.name, theme.strong())];
        row.extend(sums.iter().map(|sum| Cell::from(sum.to_string())));
        row.push(Cell::from(not_returned.to_string()));
        row
    });
    let table = Table { columns, rows: rows.collect() };
    let widths = table.widths(cells.saturating_sub(2));
    let used = widths.iter().sum::<usize>() + 2 * widths.len() + 3;
    let room = cells.saturating_sub(used).min(BAR_CELLS_MAX);
    let mut head = table.head(&widths, theme);
    if room >= BAR_CELLS_MIN {
        let label = Words::SatisfactionRate.text(lang);
        if width(label) <= room {
            head.push_span(Span::styled(format!("  {label}"), theme.dim()));
        }
    }
    let mut lines = vec![indented(head)];
    for (row, sums) in counts.iter().enumerate().take(table.rows.len()) {
        let mut line = table.line(row, &widths, theme);
        if room >= BAR_CELLS_MIN {
            let satisfied: u32 =
                plan.scale.iter().zip(sums).filter(|(word, _)| word.satisfied).map(|(_, sum)| *sum).sum();
            line.push_span(Span::raw("  "));
            line.spans.extend(bar(theme, room, satisfied, sums.iter().sum(), None).spans);
        }
        lines.push(indented(line));
    }
    lines
}
