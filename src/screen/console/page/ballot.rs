//! A round of the ballot. While voting the page shows how many came back in steps, and which seats are cut off;
//! never who has voted, and never by the exact number when.

use ratatui::text::Line;

use super::{Page, dim, figures, of_seats, people, strong};
use crate::meeting::{Actor, ItemState, Round, RoundPhase, SeatId, State};
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::results;
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::floor::{self, Now};

/// The page of the round on the floor.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(round) = item.round() else { return Page::default() };
    let number = crate::screen::widgets::agenda::number(state, item);
    let again =
        if round.issue.round > 1 { console::round_number(lang, round.issue.round) } else { String::new() };
    let title = format!(
        "{} {} {}{again}",
        floor::item_number(lang, number),
        scene.theme.dot(),
        Now::round(round.phase).text(lang)
    );
    let (head, rows) = match round.phase {
        RoundPhase::Issuing => issuing(scene, state, round, cells),
        RoundPhase::Registering | RoundPhase::Confirming => list(scene, state, round, cells),
        RoundPhase::Voting => voting(scene, state, item, round, cells),
        RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening => sealed(scene, state, round, cells),
        RoundPhase::Counted => result(scene, state, item, round, cells),
        RoundPhase::Void => void(scene, round, cells),
    };
    Page { title, head, rows, must_see: None }
}

type Parts = (Vec<Line<'static>>, Vec<Line<'static>>);

/// A heading with how many, and the names below it; or one good word where there are none.
fn names(
    scene: &Scene<'_>,
    state: &State,
    heading: Console,
    seats: &[SeatId],
    none: Option<Console>,
    cells: usize,
) -> Vec<Line<'static>> {
    let lang = scene.lang;
    if seats.is_empty() {
        let done = scene.theme.mark(Mark::Done);
        return none.map(|none| strong(scene, &format!("{done} {}", none.text(lang)))).into_iter().collect();
    }
    let mut lines = vec![dim(scene, &format!("{} {}", heading.text(lang), seats.len()))];
    lines.extend(people(scene, state, of_seats(state, seats).into_iter(), cells));
    lines
}

fn progress(scene: &Scene<'_>, part: u32, whole: u32, cells: usize) -> Line<'static> {
    super::indented(bar(scene.theme, cells.saturating_sub(2).min(50), part, whole, None))
}

fn issuing(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Parts {
    let lang = scene.lang;
    let head = vec![
        figures(
            scene,
            &[
                (Common::Present.text(lang), round.present().to_string()),
                (Common::Issued.text(lang), round.issued().to_string()),
                (Console::Declined.text(lang), round.declined.len().to_string()),
            ],
        ),
        progress(scene, round.issued(), round.present(), cells),
        Line::raw(""),
    ];
    let without: Vec<SeatId> = round.without_paper().cloned().collect();
    let mut rows = names(scene, state, Console::WithoutPaper, &without, Some(Console::AllHavePapers), cells);
    let declined: Vec<SeatId> = round.declined.iter().cloned().collect();
    rows.extend(names(scene, state, Console::Declined, &declined, None, cells));
    (head, rows)
}

fn list(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Parts {
    let lang = scene.lang;
    let on_list =
        round.setup.as_ref().map_or_else(|| scene.theme.none().to_owned(), |_| round.issued().to_string());
    let confirmed = u32::try_from(round.confirmed.len()).unwrap_or(u32::MAX);
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), round.issued().to_string()),
                (Console::OnTheList.text(lang), on_list),
                (Common::Confirmed.text(lang), confirmed.to_string()),
            ],
        ),
        progress(scene, confirmed, round.issued(), cells),
        Line::raw(""),
    ];
    if round.setup.is_none() {
        return (head, vec![dim(scene, Console::PleaseWait.text(lang))]);
    }
    let missing: Vec<SeatId> = round.unconfirmed().cloned().collect();
    (head, names(scene, state, Console::NotConfirmed, &missing, Some(Console::AllConfirmed), cells))
}

fn voting(scene: &Scene<'_>, state: &State, item: &ItemState, round: &Round, cells: usize) -> Parts {
    let lang = scene.lang;
    let turnout = scene.view.live.turnout.as_ref().filter(|turnout| turnout.ballot == round.issue.ballot);
    let (at_least, all) = turnout.map_or((0, false), |turnout| (turnout.at_least, turnout.all));
    let shown = if all { round.issued() } else { at_least };
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), round.issued().to_string()),
                (Common::Confirmed.text(lang), round.confirmed.len().to_string()),
                (Common::Returned.text(lang), floor::turnout(lang, at_least, all)),
            ],
        ),
        progress(scene, shown, round.issued(), cells),
        Line::raw(""),
    ];
    let mut rows = offline(scene, state, round, cells);
    rows.push(Line::raw(""));
    rows.push(dim(scene, &console::lines_of(lang, round.issue.lines.len(), item.deferred.len())));
    if let Some(nomination) = state.item(&item.id).and_then(crate::plan::Item::nomination) {
        rows.extend(super::nominees::rows(scene, item, nomination, None, cells).0);
    }
    (head, rows)
}

/// The seats with a paper that are cut off just now.
fn offline(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Vec<Line<'static>> {
    let Some(connections) = &scene.view.live.connections else { return Vec::new() };
    let cut_off: Vec<SeatId> = round
        .issued
        .keys()
        .filter(|seat| !connections.contains(&Actor::Seat((*seat).clone())))
        .cloned()
        .collect();
    names(scene, state, Console::OfflineSeats, &cut_off, Some(Console::AllOnline), cells)
}

fn sealed(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Parts {
    let lang = scene.lang;
    let returned =
        round.returned().map_or_else(|| scene.theme.none().to_owned(), |returned| returned.to_string());
    let confirmed = u32::try_from(round.box_confirmed.len()).unwrap_or(u32::MAX);
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), round.issued().to_string()),
                (Common::Returned.text(lang), returned),
                (Console::BoxConfirmed.text(lang), format!("{confirmed}/{}", round.issued())),
            ],
        ),
        progress(scene, confirmed, round.issued(), cells),
        Line::raw(""),
    ];
    let rows = match round.phase {
        RoundPhase::Sealed => {
            let missing: Vec<SeatId> = round.box_unconfirmed().cloned().collect();
            names(scene, state, Console::BoxMissing, &missing, Some(Console::AllConfirmed), cells)
        }
        _ => vec![dim(scene, Console::PleaseWait.text(lang))],
    };
    (head, rows)
}

fn result(scene: &Scene<'_>, state: &State, item: &ItemState, round: &Round, cells: usize) -> Parts {
    let Some(nomination) = state.item(&item.id).and_then(crate::plan::Item::nomination) else {
        return Parts::default();
    };
    let (figures, rule) = results::figures(scene, nomination, round);
    let mut head = vec![strong(scene, &figures)];
    head.extend(wrap(&rule, cells.saturating_sub(2)).iter().map(|line| dim(scene, line)));
    let table = results::results(scene, state, item, round, cells.saturating_sub(2), false);
    head.extend(table.head.into_iter().map(super::indented));
    (head, table.blocks.into_iter().flatten().map(super::indented).collect())
}

fn void(scene: &Scene<'_>, round: &Round, cells: usize) -> Parts {
    let lang = scene.lang;
    let why = round.void.as_ref().map(|reason| floor::void(lang, reason)).unwrap_or_default();
    let mut head: Vec<Line<'static>> = wrap(&clean(&why), cells.saturating_sub(2))
        .into_iter()
        .map(|line| Line::styled(format!(" {line}"), scene.theme.alarm()))
        .collect();
    head.push(strong(scene, Console::NeverOpened.text(lang)));
    (head, Vec::new())
}
