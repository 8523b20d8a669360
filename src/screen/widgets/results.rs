//! The table of a result: for each line the four figures, the outcome, its arithmetic, and a bar on which the
//! majority is marked. The same on every screen, at the same moment.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::bar::bar;
use super::table::{Cell, Column, Table};
use super::{election, unchanged};
use crate::meeting::{ItemState, LineId, Round, State};
use crate::plan::{Nomination, Nominee, PostList};
use crate::rules::LineOutcome;
use crate::screen::text::{Side, clean, fit, width, wrap};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::ByPaper;
use crate::words::common::Common;
use crate::words::{floor, rule};

/// What a result table shows: a heading, the column titles, and blocks that must not be torn apart between pages.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The column titles and the rule below them.
    pub head: Vec<Line<'static>>,
    /// One block for each line of the ballot, the first of a list with the list's name; then what stands of a result before.
    pub blocks: Vec<Vec<Line<'static>>>,
}

/// The figures of a counted round and the rule, as sentences to stand above the table.
pub fn figures(scene: &Scene<'_>, state: &State, round: &Round) -> (String, String) {
    let lang = scene.lang;
    let Some(planned) = state.item(&round.issue.item) else { return (String::new(), String::new()) };
    let Some(nomination) = planned.nomination() else { return (String::new(), String::new()) };
    let returned = round.returned().unwrap_or(0);
    let figures = [
        (Common::Due, round.issue.due),
        (Common::Present, round.present()),
        (Common::Issued, round.issued()),
        (Common::Returned, returned),
    ]
    .map(|(label, figure)| format!("{} {figure}", label.text(lang)))
    .join("   ");
    let first = round.count.as_ref().and_then(|count| count.outcomes.first());
    let same = round.count.as_ref().is_some_and(|count| {
        count.outcomes.iter().all(|outcome| Some(outcome.base) == first.map(|first| first.base))
    });
    let of = first.filter(|_| same).map(|first| first.base);
    let valid = floor::Now::Valid.text(lang);
    let on_paper = round.by_paper.as_ref().map(|_| format!("   {}", ByPaper::Mark.text(lang)));
    let on_paper = on_paper.unwrap_or_default();
    if let Some(contested) = planned.contested() {
        let blank = election::blank(scene, contested, round).map(|blank| format!("   {blank}"));
        let rule = election::rule(scene, contested, round);
        return (format!("{figures}{}{on_paper}   {valid}", blank.unwrap_or_default()), rule);
    }
    (format!("{figures}{on_paper}   {valid}"), rule::carried(lang, &nomination.carried, of))
}

/// Figures and rule as lines of at most so many cells: nothing of them is cut.
pub fn above(
    scene: &Scene<'_>,
    state: &State,
    round: &Round,
    cells: usize,
    [of_figures, of_rule]: [Style; 2],
) -> Vec<Line<'static>> {
    let (figures, rule) = figures(scene, state, round);
    let styled = |text: &str, style| -> Vec<Line<'static>> {
        wrap(text, cells).into_iter().map(|line| Line::styled(line, style)).collect()
    };
    [styled(&figures, of_figures), styled(&rule, of_rule)].concat()
}

/// The table in at most `cells` cells, with or without bars. Where posts and names would be cut, a line of the
/// ballot takes two rows, with the post and the bar on the second.
pub fn results(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    round: &Round,
    cells: usize,
    bars: bool,
) -> Results {
    let Some(plan_item) = state.item(&item.id) else { return Results::default() };
    if let Some(contested) = plan_item.contested() {
        return election::results(scene, state, contested, (item, round), cells, bars);
    }
    let Some(nomination) = plan_item.nomination() else { return Results::default() };
    let wide = table(scene, nomination, round, true);
    let (table, second) = if width_of(&wide.widths(usize::MAX)) <= cells {
        (wide, if bars { Second::Bar } else { Second::None })
    } else {
        (table(scene, nomination, round, false), Second::PostAndBar)
    };
    let mut results = laid_out(scene, nomination, round, &table, cells, second);
    results.blocks.extend(unchanged::blocks(scene, nomination, (item, round), cells));
    results
}

/// What a line of the ballot has on its second row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Second {
    None,
    Bar,
    PostAndBar,
}

/// The widest that a bar is drawn.
const BAR_CELLS_MAX: usize = 60;

fn width_of(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1)
}

fn table(scene: &Scene<'_>, nomination: &Nomination, round: &Round, with_post: bool) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let missing = round.issued().saturating_sub(round.returned().unwrap_or(0));
    let by_paper = round.by_paper.is_some();
    let rows = on_paper(nomination, round).map(|line| {
        let mut row = Vec::new();
        if with_post {
            row.push(Cell::from(line.post.as_str()));
        }
        row.push(Cell::new(&line.name, theme.strong()));
        match outcome(round, &LineId::from(line.id.as_str())) {
            Some(outcome) => {
                let count = outcome.count;
                let spoilt = by_paper.then(|| spoilt(round, &LineId::from(line.id.as_str())));
                let figures = [count.agree, count.disagree, count.abstain].into_iter().chain(spoilt);
                row.extend(figures.chain([missing]).map(|figure| Cell::from(figure.to_string())));
                row.push(verdict(scene, &outcome, with_post));
            }
            None => {
                row.extend((0..if by_paper { 5 } else { 4 }).map(|_| Cell::from(theme.none())));
                row.push(Cell::new(not_voted(round, &line.id).text(lang), theme.dim()));
            }
        }
        row
    });
    Table { columns: columns(scene, with_post, by_paper), rows: rows.collect() }
}

/// The lines on the paper of a round: all, or those of an item that were taken up again.
fn on_paper<'a>(nomination: &'a Nomination, round: &'a Round) -> impl Iterator<Item = &'a Nominee> {
    nomination.lines.iter().filter(|line| round.issue.has_line(&line.id))
}

/// Why a line on the paper was not voted on.
pub fn not_voted(round: &Round, line: &str) -> Common {
    if round.issue.barred.iter().any(|barred| barred.as_str() == line) {
        Common::Barred
    } else {
        Common::Deferred
    }
}

/// The papers spoilt on a line.
fn spoilt(round: &Round, line: &LineId) -> u32 {
    let place = round.issue.lines.iter().position(|voted| voted == line);
    place.zip(round.count.as_ref()).map_or(0, |(place, count)| count.spoilt(place))
}

fn laid_out(
    scene: &Scene<'_>,
    nomination: &Nomination,
    round: &Round,
    table: &Table,
    cells: usize,
    second: Second,
) -> Results {
    let (lang, theme) = (scene.lang, scene.theme);
    let widths = table.widths(cells);
    let wide = if second == Second::PostAndBar { cells } else { width_of(&widths) };
    let mut results = Results {
        head: vec![table.head(&widths, theme), Line::styled(theme.rule().repeat(wide), theme.dim())],
        blocks: Vec::new(),
    };
    let sums = round.count.as_ref().map_or(&[][..], |count| count.outcomes.as_slice());
    let arithmetic_cells = sums.iter().map(|outcome| width(&floor::arithmetic(outcome))).max().unwrap_or(0);
    let mut list: Option<PostList> = None;
    let lists = [PostList::Party, PostList::Government];
    let both = lists.iter().all(|list| on_paper(nomination, round).any(|line| line.list == *list));
    for (number, line) in on_paper(nomination, round).enumerate() {
        let mut block = Vec::new();
        if both && list != Some(line.list) {
            block.push(Line::styled(heading(line.list).text(lang), theme.dim()));
        }
        list = Some(line.list);
        block.push(table.line(number, &widths, theme));
        let outcome = outcome(round, &LineId::from(line.id.as_str()));
        match second {
            Second::Bar => {
                let indent = widths.first().copied().unwrap_or(0) + 2;
                block.extend(outcome.map(|outcome| {
                    let mut spans = vec![Span::raw(" ".repeat(indent))];
                    let room = wide.saturating_sub(indent).min(BAR_CELLS_MAX);
                    spans.extend(bar_of(scene, &outcome, room).spans);
                    Line::from(spans)
                }));
            }
            Second::PostAndBar => {
                block.push(post_and_bar(scene, &line.post, outcome.as_ref(), wide, arithmetic_cells));
            }
            Second::None => {}
        }
        results.blocks.push(block);
    }
    results
}

fn bar_of(scene: &Scene<'_>, outcome: &LineOutcome, cells: usize) -> Line<'static> {
    bar(scene.theme, cells, outcome.count.agree, outcome.base, Some(outcome.needed))
}

/// The second row where posts have no column: the post, the bar, the arithmetic.
fn post_and_bar(
    scene: &Scene<'_>,
    post: &str,
    outcome: Option<&LineOutcome>,
    cells: usize,
    arithmetic_cells: usize,
) -> Line<'static> {
    let theme = scene.theme;
    let room = cells.saturating_sub(arithmetic_cells + 6);
    let post_cells = if outcome.is_some() { room * 3 / 5 } else { cells.saturating_sub(2) };
    let post = fit(&clean(post), post_cells, Side::Left, theme.ellipsis());
    let mut spans = vec![Span::styled(format!("  {post}"), theme.dim())];
    if let Some(outcome) = outcome {
        spans.push(Span::raw("  "));
        spans.extend(bar_of(scene, outcome, room.saturating_sub(post_cells)).spans);
        let arithmetic = fit(&floor::arithmetic(outcome), arithmetic_cells, Side::Right, "");
        spans.push(Span::styled(format!("  {arithmetic}"), theme.strong()));
    }
    Line::from(spans)
}

/// The name of a list of posts.
pub const fn heading(list: PostList) -> Common {
    match list {
        PostList::Party => Common::PartyPosts,
        PostList::Government => Common::GovernmentPosts,
    }
}

/// What a line got, if it was voted on and is counted.
pub fn outcome(round: &Round, line: &LineId) -> Option<LineOutcome> {
    let place = round.issue.lines.iter().position(|voted| voted == line)?;
    round.count.as_ref()?.outcomes.get(place).copied()
}

pub(super) fn verdict(scene: &Scene<'_>, outcome: &LineOutcome, with_arithmetic: bool) -> Cell {
    let (mark, word) =
        if outcome.carried { (Mark::Done, Common::Carried) } else { (Mark::No, Common::NotCarried) };
    let theme = scene.theme;
    let all = [Common::Carried, Common::NotCarried];
    let wide = all.iter().map(|word| width(word.text(scene.lang))).max().unwrap_or(0);
    let word = fit(word.text(scene.lang), wide, Side::Left, "");
    let style = if outcome.carried { theme.strong() } else { theme.alarm() };
    let arithmetic = if with_arithmetic { format!(" {}", floor::arithmetic(outcome)) } else { String::new() };
    Cell::new(&format!("{} {word}{arithmetic}", theme.mark(mark)), style)
}

fn columns(scene: &Scene<'_>, with_post: bool, by_paper: bool) -> Vec<Column> {
    let lang = scene.lang;
    let mut columns = Vec::new();
    if with_post {
        columns.push(Column::aside(Common::Post.text(lang)));
    }
    columns.extend([
        Column::text(Common::Nominee.text(lang)),
        Column::figures(Common::Agree.text(lang)),
        Column::figures(Common::Disagree.text(lang)),
        Column::figures(Common::Abstain.text(lang)),
    ]);
    columns.extend(by_paper.then(|| Column::figures(ByPaper::Spoilt.text(lang))));
    columns.push(Column::figures(Common::NotReturned.text(lang)));
    columns.push(Column::fixed(Common::Outcome.text(lang)));
    columns
}
