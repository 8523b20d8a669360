//! What every member is told: who holds the key and what happens to a small box, before the vote; that papers of a whole
//! bundle are handed out; who is in the room; whose terminal has not answered to the box.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use crate::client::View;
use crate::meeting::{RoundPhase, State, seat};
use crate::plan::TrusteesPlan;
use crate::screen::Scene;
use crate::screen::terminal::nominees::{inset, more_line};
use crate::screen::terminal::page;
use crate::screen::text::{Side, clean, fit, width, wrap};
use crate::screen::widgets::scroll::Scroll;
use crate::words::duty::{self as words, Duty as Text};
use crate::words::who;

/// The widest that a name is set in the list of those present.
const NAME_CELLS_MAX: usize = 30;

/// What holds for the secrecy of the vote that is to come, one sentence each. That the console holds the key, or too few
/// open it, the frame of every page says already.
pub fn rules(scene: &Scene<'_>, state: &State) -> Vec<String> {
    let (lang, meeting) = (scene.lang, &state.plan().meeting);
    let shared = meeting.trustees != TrusteesPlan::Console;
    let key = state.key.as_ref().filter(|key| shared && !key.is_weak());
    let holders = key.map(|key| words::holders(lang, key.threshold, key.scrutineers.len()));
    let others = [words::small(lang, meeting.small), Text::Unanimous.text(lang).to_owned()];
    holders.into_iter().chain(others).collect()
}

/// How many officials the papers that are handed out now are for, where they are for more than one.
pub fn bundle(state: &State) -> Option<usize> {
    let mut subjects: Vec<_> =
        state.rounds_under_way().filter_map(|round| round.issue.subject.as_ref()).collect();
    subjects.sort();
    subjects.dedup();
    (subjects.len() > 1).then_some(subjects.len())
}

/// Whether this person stands aside for the official whose turn it is, and holds a paper that is not used.
pub fn stands_aside(view: &View, state: &State) -> bool {
    let recused = || {
        let (_, _, review) = state.current_review()?;
        let (_, official) = review.current()?;
        Some(official.recused.contains(page::my_seat(view)?))
    };
    let goes_on = |phase| !matches!(phase, RoundPhase::Counted | RoundPhase::Void);
    let holds = page::own_round(view, state)
        .zip(page::my_seat(view))
        .is_some_and(|(round, seat)| goes_on(round.phase) && round.issued.contains_key(seat));
    holds && recused() == Some(true)
}

/// The names of those whose terminals have not answered to the box, once they can.
pub fn not_answered(scene: &Scene<'_>, state: &State) -> Option<String> {
    state.current_round().filter(|(_, round)| round.phase == RoundPhase::Sealed && !round.box_waits())?;
    let missing = super::answers::missing(state);
    let names: Vec<String> = missing.iter().map(|one| clean(state.name(&one.seat)).into_owned()).collect();
    (!names.is_empty()).then(|| words::not_answered(scene.lang, &names))
}

/// Draws everybody who is signed in, by name, group by group.
pub fn draw_present(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(Text::PresentTitle.text(lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let how = wrap(Text::PresentHow.text(lang), usize::from(inset(inner).width));
    let tall = u16::try_from(how.len()).unwrap_or(u16::MAX);
    let [body, more, below] =
        Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(tall)]).areas(inner);
    let lines = present(scene, state, usize::from(inset(body).width));
    let shown = scroll.fit(lines.len(), body.height.into(), None);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(body));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
    let how: Vec<Line<'_>> = how.into_iter().map(|line| Line::styled(line, theme.dim())).collect();
    frame.render_widget(Paragraph::new(how), inset(below));
}

fn present(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let plan = state.plan();
    let mut lines = Vec::new();
    for group in &plan.groups {
        let of: Vec<_> = plan.people.iter().filter(|person| person.group == group.id).collect();
        let here: Vec<String> = of
            .iter()
            .filter(|person| state.is_present(&seat(person)))
            .map(|person| {
                let number = plan.seat_number(&person.id).unwrap_or(0);
                format!("{number:>3} {}", who::spoken(&clean(&person.name)))
            })
            .collect();
        if !lines.is_empty() {
            lines.push(Line::raw(""));
        }
        let title = words::group_here(lang, &clean(&group.name), here.len(), of.len());
        lines.push(Line::styled(fit(&title, cells, Side::Left, theme.ellipsis()), theme.accent()));
        let wide = here.iter().map(|name| width(name)).max().unwrap_or(1).min(NAME_CELLS_MAX);
        let columns = (cells / (wide + 2)).max(1);
        for row in here.chunks(columns) {
            let row: Vec<String> =
                row.iter().map(|name| fit(name, wide, Side::Left, theme.ellipsis())).collect();
            lines.push(Line::styled(row.join("  "), theme.plain_text()));
        }
    }
    lines
}
