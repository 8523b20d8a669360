//! What stands of the result before, where an item was taken up again for some of its lines only: below the lines of the
//! new ballot, each with its outcome and no more. Its figures are where it was declared.

use ratatui::text::Line;

use super::table::{Cell, Column, Table};
use super::{election, results};
use crate::meeting::{ItemState, LineId, Round};
use crate::plan::Nomination;
use crate::screen::Scene;
use crate::words::common::Common;
use crate::words::reopening::Reopened;

/// One block for each line that is not voted on again, the first under a heading; none below any round but the last.
pub fn blocks(
    scene: &Scene<'_>,
    slate: &Nomination,
    (item, round): (&ItemState, &Round),
    cells: usize,
) -> Vec<Vec<Line<'static>>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let is_last = item.rounds_now().last().is_some_and(|last| last.issue.ballot == round.issue.ballot);
    let Some(reopening) = item.reopenings.last().filter(|_| is_last) else { return Vec::new() };
    let rows = slate.lines.iter().filter_map(|line| {
        let id = LineId::from(line.id.as_str());
        let stays = !reopening.lines.contains(&id);
        stays.then(|| vec![Cell::new(&line.name, theme.strong()), outcome(scene, item, &id)])
    });
    let columns = vec![Column::text(""), Column::fixed("")];
    let table = Table { columns, rows: rows.collect() };
    let widths = table.widths(cells);
    let line = |place: usize| {
        let heading = Line::styled(Reopened::NotAgain.text(lang), theme.dim());
        let heading = (place == 0).then_some(heading);
        heading.into_iter().chain([table.line(place, &widths, theme)]).collect()
    };
    (0..table.rows.len()).map(line).collect()
}

/// What the line came to in the result of it that is in force; or why it was not voted on then.
fn outcome(scene: &Scene<'_>, item: &ItemState, line: &LineId) -> Cell {
    let in_force = item.round_in_force(line);
    let carried = in_force.and_then(|round| results::outcome(round, line));
    let elected = in_force.and_then(|round| {
        let outcome = round.contest()?;
        let place = round.issue.lines.iter().position(|voted| voted == line)?;
        Some((outcome, outcome.candidates.get(place)?))
    });
    match (elected, carried) {
        (Some((outcome, got)), _) => election::fate(scene, outcome, got),
        (None, Some(outcome)) => results::verdict(scene, &outcome, true),
        (None, None) => {
            let why = if item.barred.contains_key(line) { Common::Barred } else { Common::Deferred };
            Cell::new(why.text(scene.lang), scene.theme.dim())
        }
    }
}
