//! The table of a result: for each line the four figures, the outcome, its arithmetic, and a bar on which the
//! majority is marked. The same on every screen, at the same moment.

use ratatui::text::{Line, Span};

use super::bar::bar;
use super::table::{Cell, Column, Table};
use crate::meeting::{ItemState, LineId, Round, State};
use crate::plan::{Nomination, PostList};
use crate::rules::LineOutcome;
use crate::screen::text::{Side, fit, width};
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::{floor, rule};

/// What a result table shows: a heading, the column titles, and blocks that must not be torn apart between pages.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The column titles and the rule below them.
    pub head: Vec<Line<'static>>,
    /// One block for each line of the ballot; the first of a list begins with the list's name.
    pub blocks: Vec<Vec<Line<'static>>>,
}

/// The figures of a counted round and the rule, as sentences to stand above the table.
pub fn figures(scene: &Scene<'_>, nomination: &Nomination, round: &Round) -> (String, String) {
    let lang = scene.lang;
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
    (format!("{figures}   {valid}"), rule::carried(lang, &nomination.carried, of))
}

/// The table in at most `cells` cells; with bars where there is room for them.
pub fn results(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    round: &Round,
    cells: usize,
    bars: bool,
) -> Results {
    let Some(plan_item) = state.item(&item.id) else { return Results::default() };
    let nomination = plan_item.nomination();
    let (lang, theme) = (scene.lang, scene.theme);
    let missing = round.issued().saturating_sub(round.returned().unwrap_or(0));
    let outcomes: Vec<Option<LineOutcome>> =
        nomination.lines.iter().map(|line| outcome(round, &LineId::from(line.id.as_str()))).collect();
    let rows = nomination
        .lines
        .iter()
        .zip(&outcomes)
        .map(|(line, outcome)| {
            let mut row = vec![Cell::from(line.post.as_str()), Cell::new(&line.name, theme.strong())];
            match outcome {
                Some(outcome) => {
                    let count = outcome.count;
                    row.extend(
                        [count.agree, count.disagree, count.abstain, missing]
                            .map(|figure| figure.to_string().into()),
                    );
                    row.push(verdict(scene, outcome));
                }
                None => {
                    row.extend([(); 4].map(|()| theme.none().into()));
                    row.push(Cell::new(Common::Deferred.text(lang), theme.dim()));
                }
            }
            row
        })
        .collect();
    let table = Table { columns: columns(scene, cells), rows };
    let widths = table.widths(cells);
    let wide = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    let indent = widths.first().copied().unwrap_or(0) + 2;
    let mut results = Results {
        head: vec![table.head(&widths, theme), Line::styled(theme.rule().repeat(wide), theme.dim())],
        blocks: Vec::new(),
    };
    let mut list: Option<PostList> = None;
    let both = nomination.lines.iter().any(|line| line.list == PostList::Party)
        && nomination.lines.iter().any(|line| line.list == PostList::Government);
    for (number, (line, outcome)) in nomination.lines.iter().zip(&outcomes).enumerate() {
        let mut block = Vec::new();
        if both && list != Some(line.list) {
            block.push(Line::styled(heading(line.list).text(lang), theme.dim()));
        }
        list = Some(line.list);
        block.push(table.line(number, &widths, theme));
        if let (true, Some(outcome)) = (bars, outcome) {
            let mut spans = vec![Span::raw(" ".repeat(indent))];
            let room = wide.saturating_sub(indent).min(60);
            spans.extend(bar(theme, room, outcome.count.agree, outcome.base, Some(outcome.needed)).spans);
            block.push(Line::from(spans));
        }
        results.blocks.push(block);
    }
    results
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

fn verdict(scene: &Scene<'_>, outcome: &LineOutcome) -> Cell {
    let (mark, word) =
        if outcome.carried { (Mark::Done, Common::Carried) } else { (Mark::No, Common::NotCarried) };
    let theme = scene.theme;
    let all = [Common::Carried, Common::NotCarried];
    let wide = all.iter().map(|word| width(word.text(scene.lang))).max().unwrap_or(0);
    let word = fit(word.text(scene.lang), wide, Side::Left, "");
    let style = if outcome.carried { theme.strong() } else { theme.alarm() };
    Cell::new(&format!("{} {word} {}", theme.mark(mark), floor::arithmetic(outcome)), style)
}

/// Under so many cells the longest title is said in a word, so that names keep their room.
const CELLS_FOR_LONG_TITLES: usize = 96;

fn columns(scene: &Scene<'_>, cells: usize) -> Vec<Column> {
    let lang = scene.lang;
    let missing = if cells < CELLS_FOR_LONG_TITLES { Common::Missing } else { Common::NotReturned };
    vec![
        Column::text(Common::Post.text(lang)),
        Column::text(Common::Nominee.text(lang)),
        Column::figures(Common::Agree.text(lang)),
        Column::figures(Common::Disagree.text(lang)),
        Column::figures(Common::Abstain.text(lang)),
        Column::figures(missing.text(lang)),
        Column::fixed(Common::Outcome.text(lang)),
    ]
}
