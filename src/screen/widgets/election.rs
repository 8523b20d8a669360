//! The result of a round of a contested election: the candidates in the order of their votes, who is elected and by which
//! arithmetic, and at the end who is elected over all rounds so far. The same on every screen, at the same moment.

use ratatui::text::{Line, Span};

use super::bar::bar;
use super::results::Results;
use super::table::{Cell, Column, Table};
use crate::meeting::{ItemState, LineId, Round, State};
use crate::plan::{Contested, PaperForm};
use crate::rules::{CandidateOutcome, ContestOutcome, Fate};
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::ByPaper;
use crate::words::common::Common;
use crate::words::contest::{self, Contest};

/// The widest that a name is written in a sentence.
pub const NAME_CELLS_MAX: usize = 40;
/// The widest that a bar is drawn.
const BAR_CELLS_MAX: usize = 60;

/// The rule of a round, as a sentence to stand above the table.
pub fn rule(scene: &Scene<'_>, contested: &Contested, round: &Round) -> String {
    let Some(issue) = round.issue.contest else { return String::new() };
    let base = round.contest().map(|outcome| outcome.base);
    contest::rule(scene.lang, contested, issue.among, issue.seats, base)
}

/// The number of blank ballots, and of spoilt papers, to stand among the figures; nothing where the paper knows none.
pub fn blank(scene: &Scene<'_>, contested: &Contested, round: &Round) -> Option<String> {
    let lang = scene.lang;
    let outcome = round.contest().filter(|_| contested.form == PaperForm::Choose)?;
    let spoilt = round.count.as_ref().and_then(|count| count.spoilt_papers(contested.form));
    let spoilt = spoilt.map(|spoilt| format!("   {} {spoilt}", ByPaper::Spoilt.text(lang)));
    Some(format!("{} {}{}", Contest::Blank.text(lang), outcome.blank, spoilt.unwrap_or_default()))
}

/// The table in at most `cells` cells, with or without bars.
pub fn results(
    scene: &Scene<'_>,
    state: &State,
    contested: &Contested,
    (item, round): (&ItemState, &Round),
    cells: usize,
    bars: bool,
) -> Results {
    let theme = scene.theme;
    let Some(outcome) = round.contest() else { return Results::default() };
    let order = outcome.in_order();
    let table = table(scene, contested, round, outcome, &order);
    let widths = table.widths(cells);
    let wide = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    let mut results = Results {
        head: vec![table.head(&widths, theme), Line::styled(theme.rule().repeat(wide), theme.dim())],
        blocks: Vec::new(),
    };
    for row in 0..table.rows.len() {
        let mut block = vec![table.line(row, &widths, theme)];
        let got = order.get(row).and_then(|place| outcome.candidates.get(*place));
        if let Some(got) = got.filter(|_| bars) {
            let indent = widths.first().copied().unwrap_or(0) + 2;
            let room = wide.saturating_sub(indent).min(BAR_CELLS_MAX);
            let mut spans = vec![Span::raw(" ".repeat(indent))];
            spans.extend(bar(theme, room, got.votes, outcome.base, Some(outcome.needed)).spans);
            block.push(Line::from(spans));
        }
        results.blocks.push(block);
    }
    let unchanged = super::unchanged::blocks(scene, &contested.slate, (item, round), cells);
    results.blocks.extend(unchanged);
    results.blocks.push(so_far(scene, state, contested, (item, round), cells));
    results
}

fn table(
    scene: &Scene<'_>,
    contested: &Contested,
    round: &Round,
    outcome: &ContestOutcome,
    order: &[usize],
) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let list = contested.form == PaperForm::List;
    let count = round.count.as_ref();
    let spoilt = list && round.by_paper.is_some();
    let name = |line: &LineId| {
        contested.slate.line(line.as_str()).map_or_else(|| line.to_string(), |line| line.name.clone())
    };
    let counted = order.iter().filter_map(|place| {
        let (line, got) = round.issue.lines.get(*place).zip(outcome.candidates.get(*place))?;
        let mut row = vec![
            Cell::from(got.place.to_string()),
            Cell::new(&name(line), theme.strong()),
            Cell::from(got.votes.to_string()),
        ];
        let figures = [
            list.then(|| count.map_or(0, |count| count.excepted(*place))),
            spoilt.then(|| count.map_or(0, |count| count.spoilt(*place))),
        ];
        row.extend(figures.into_iter().flatten().map(|figure| Cell::from(figure.to_string())));
        row.push(fate(scene, outcome, got));
        Some(row)
    });
    let deferred = round.issue.deferred.iter().chain(&round.issue.barred).map(|line| {
        let figures = 1 + usize::from(list) + usize::from(spoilt);
        let mut row = vec![Cell::from(theme.none()), Cell::new(&name(line), theme.strong())];
        row.extend((0..figures).map(|_| Cell::from(theme.none())));
        row.push(Cell::new(super::results::not_voted(round, line.as_str()).text(lang), theme.dim()));
        row
    });
    let mut columns = vec![
        Column::figures(Contest::Place.text(lang)),
        Column::text(Contest::Candidate.text(lang)),
        Column::figures(if list { Common::Agree.text(lang) } else { Contest::Votes.text(lang) }),
    ];
    columns.extend(list.then(|| Column::figures(Common::Disagree.text(lang))));
    columns.extend(spoilt.then(|| Column::figures(ByPaper::Spoilt.text(lang))));
    columns.push(Column::fixed(Common::Outcome.text(lang)));
    Table { columns, rows: counted.chain(deferred).collect() }
}

pub(super) fn fate(scene: &Scene<'_>, outcome: &ContestOutcome, got: &CandidateOutcome) -> Cell {
    let (lang, theme) = (scene.lang, scene.theme);
    let (mark, style) = match got.fate {
        Fate::Elected => (Mark::Done, theme.strong()),
        Fate::Tied => (Mark::Now, theme.accent()),
        Fate::NotElected => (Mark::No, theme.alarm()),
    };
    let all = [Contest::Elected, Contest::Tied, Contest::NotElected];
    let wide = all.iter().map(|word| width(word.text(lang))).max().unwrap_or(0);
    let word = fit(contest::fate(got.fate).text(lang), wide, Side::Left, "");
    Cell::new(&format!("{} {word} {}", theme.mark(mark), contest::arithmetic(outcome, got)), style)
}

/// What follows this round, and who is elected over all rounds up to it.
fn so_far(
    scene: &Scene<'_>,
    state: &State,
    contested: &Contested,
    (item, round): (&ItemState, &Round),
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let until: Vec<_> =
        item.elected().into_iter().filter(|elected| elected.round.issue.round <= round.issue.round).collect();
    let names: Vec<String> = until
        .iter()
        .map(|elected| {
            let line = contested.slate.line(elected.line.as_str());
            let name = clean(line.map_or(elected.line.as_str(), |line| &line.name));
            cut(&name, NAME_CELLS_MAX, theme.ellipsis()).into_owned()
        })
        .collect();
    let many = u32::try_from(until.len()).unwrap_or(u32::MAX);
    let open = contested.seats(item).saturating_sub(many);
    let mut said = wrap(&contest::so_far(lang, &names, open), cells);
    let is_last = item.round().is_some_and(|last| last.issue.ballot == round.issue.ballot);
    if let Some(after) = state.after_round(item).filter(|_| is_last) {
        said.extend(wrap(&contest::after(lang, &after), cells));
    }
    said.into_iter().map(|line| Line::styled(line, theme.strong())).collect()
}
