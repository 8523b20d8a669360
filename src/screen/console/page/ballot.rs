//! A round of the ballot. While voting the page shows how many came back in steps, and which seats are cut off;
//! never who has voted, and never by the exact number when.

use ratatui::text::Line;

use super::{Page, dim, figures, of_seats, people, strong};
use crate::meeting::{Actor, BallotId, ItemState, Round, RoundPhase, SeatId, State};
use crate::plan::Official;
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::results;
use crate::screen::{Mark, Scene};
use crate::words;
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::floor::{self, Now};
use crate::words::review::Review;

/// The page of the round on the floor.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(round) = item.round() else { return Page::default() };
    let number = crate::screen::widgets::agenda::number(state, item);
    let again =
        if round.issue.round > 1 { console::round_number(lang, round.issue.round) } else { String::new() };
    let subject = subject(state, item);
    let phase = Now::round(round.phase).text(lang);
    let what = match &subject {
        None => phase.to_owned(),
        Some(_) if round.phase == RoundPhase::Counted => Review::Result.text(lang).to_owned(),
        Some(_) => format!("{}{}{phase}", Review::Evaluation.text(lang), lang.pick("：", ": ")),
    };
    let title = format!("{} {} {what}{again}", floor::item_number(lang, number), scene.theme.dot());
    let rounds = Together::of(item);
    let (head, rows) = match round.phase {
        RoundPhase::Issuing => issuing(scene, state, &rounds, cells),
        RoundPhase::Registering | RoundPhase::Confirming => list(scene, state, &rounds, cells),
        RoundPhase::Voting => voting(scene, state, item, &rounds, cells),
        RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening => {
            sealed(scene, state, round.phase, &rounds, cells)
        }
        RoundPhase::Counted if subject.is_some() => super::verdict::parts(scene, state, item, cells),
        RoundPhase::Counted => result(scene, state, item, round, cells),
        RoundPhase::Void => void(scene, round, cells),
    };
    let mut above: Vec<Line<'static>> = Vec::new();
    if let Some(official) = subject {
        let text = super::review::heading(official);
        let text = cut(&text, cells.saturating_sub(2), scene.theme.ellipsis()).into_owned();
        above.push(Line::styled(format!(" {text}"), scene.theme.accent()));
        above.extend(rounds.group_lines(scene, state, round.phase, cells));
    }
    Page { title, head: above.into_iter().chain(head).collect(), rows, must_see: None }
}

/// The official whose evaluation this is, where it is one.
fn subject<'a>(state: &'a State, item: &ItemState) -> Option<&'a Official> {
    let subject = item.round()?.issue.subject.clone()?;
    state.item(&item.id)?.review()?.official(subject.as_str())
}

/// The ballots that are under way together: one for each group that is counted apart.
struct Together<'a> {
    all: Vec<&'a Round>,
}

impl<'a> Together<'a> {
    fn of(item: &'a ItemState) -> Self {
        Self { all: item.rounds_together().collect() }
    }

    fn sum(&self, figure: impl Fn(&Round) -> u32) -> u32 {
        self.all.iter().map(|round| figure(round)).sum()
    }

    fn seats(&self, seats: impl Fn(&Round) -> Vec<SeatId>) -> Vec<SeatId> {
        self.all.iter().flat_map(|round| seats(round)).collect()
    }

    fn has(&self, ballot: &BallotId) -> bool {
        self.all.iter().any(|round| round.issue.ballot == *ballot)
    }

    /// Each group's own figures; or which groups are counted together, where the plan counts them apart.
    fn group_lines(
        &self,
        scene: &Scene<'_>,
        state: &State,
        phase: RoundPhase,
        cells: usize,
    ) -> Vec<Line<'static>> {
        let lang = scene.lang;
        let apart = state.current_review().is_some_and(|(_, plan, _)| plan.apart);
        let mut lines = Vec::new();
        for round in self.all.iter().filter(|round| apart && round.issue.groups.len() > 1) {
            let name =
                |group: &String| state.plan().group(group).map_or(group.clone(), |group| group.name.clone());
            let groups: Vec<String> = round.issue.groups.iter().map(name).collect();
            let text = words::review::together_because(lang, &groups);
            lines.extend(wrap(&text, cells.saturating_sub(2)).iter().map(|line| dim(scene, line)));
        }
        if self.all.len() > 1 && phase != RoundPhase::Counted {
            lines.extend(self.all.iter().map(|round| {
                let figure = |label: Common, value: u32| format!("{} {value}", label.text(lang));
                let mut parts = vec![
                    super::verdict::groups(scene, state, round),
                    figure(Common::Present, round.present()),
                    figure(Common::Issued, round.issued()),
                ];
                if matches!(phase, RoundPhase::Confirming | RoundPhase::Voting) {
                    parts.push(figure(Common::Confirmed, number(round.confirmed.len())));
                }
                parts.extend(round.returned().map(|returned| figure(Common::Returned, returned)));
                dim(scene, &cut(&parts.join("   "), cells.saturating_sub(2), scene.theme.ellipsis()))
            }));
        }
        lines
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
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

fn issuing(scene: &Scene<'_>, state: &State, rounds: &Together<'_>, cells: usize) -> Parts {
    let lang = scene.lang;
    let (present, issued) = (rounds.sum(Round::present), rounds.sum(Round::issued));
    let head = vec![
        figures(
            scene,
            &[
                (Common::Present.text(lang), present.to_string()),
                (Common::Issued.text(lang), issued.to_string()),
                (Console::Declined.text(lang), rounds.sum(|round| number(round.declined.len())).to_string()),
            ],
        ),
        progress(scene, issued, present, cells),
        Line::raw(""),
    ];
    let without = rounds.seats(|round| round.without_paper().cloned().collect());
    let mut rows = names(scene, state, Console::WithoutPaper, &without, Some(Console::AllHavePapers), cells);
    let declined = rounds.seats(|round| round.declined.iter().cloned().collect());
    rows.extend(names(scene, state, Console::Declined, &declined, None, cells));
    (head, rows)
}

fn list(scene: &Scene<'_>, state: &State, rounds: &Together<'_>, cells: usize) -> Parts {
    let lang = scene.lang;
    let fixed = rounds.all.iter().all(|round| round.setup.is_some());
    let issued = rounds.sum(Round::issued);
    let on_list = if fixed { issued.to_string() } else { scene.theme.none().to_owned() };
    let confirmed = rounds.sum(|round| number(round.confirmed.len()));
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), issued.to_string()),
                (Console::OnTheList.text(lang), on_list),
                (Common::Confirmed.text(lang), confirmed.to_string()),
            ],
        ),
        progress(scene, confirmed, issued, cells),
        Line::raw(""),
    ];
    if !fixed {
        return (head, vec![dim(scene, Console::PleaseWait.text(lang))]);
    }
    let missing = rounds.seats(|round| round.unconfirmed().cloned().collect());
    (head, names(scene, state, Console::NotConfirmed, &missing, Some(Console::AllConfirmed), cells))
}

fn voting(scene: &Scene<'_>, state: &State, item: &ItemState, rounds: &Together<'_>, cells: usize) -> Parts {
    let lang = scene.lang;
    let issued = rounds.sum(Round::issued);
    // Of ballots that are under way together only the total is told.
    let turnout = scene.view.live.turnout.as_ref().filter(|turnout| rounds.has(&turnout.ballot));
    let (at_least, all) = turnout.map_or((0, false), |turnout| (turnout.at_least, turnout.all));
    let shown = if all { issued } else { at_least };
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), issued.to_string()),
                (Common::Confirmed.text(lang), rounds.sum(|round| number(round.confirmed.len())).to_string()),
                (Common::Returned.text(lang), floor::turnout(lang, at_least, all)),
            ],
        ),
        progress(scene, shown, issued, cells),
        Line::raw(""),
    ];
    let mut rows = offline(scene, state, rounds, cells);
    if let Some(nomination) = state.item(&item.id).and_then(crate::plan::Item::nomination) {
        let lines = rounds.all.first().map_or(0, |round| round.issue.lines.len());
        rows.push(Line::raw(""));
        rows.push(dim(scene, &console::lines_of(lang, lines, item.deferred.len())));
        rows.extend(super::nominees::rows(scene, item, nomination, None, cells).0);
    }
    (head, rows)
}

/// The seats with a paper that are cut off just now.
fn offline(scene: &Scene<'_>, state: &State, rounds: &Together<'_>, cells: usize) -> Vec<Line<'static>> {
    let Some(connections) = &scene.view.live.connections else { return Vec::new() };
    let off = |seat: &&SeatId| !connections.contains(&Actor::Seat((*seat).clone()));
    let cut_off = rounds.seats(|round| round.issued.keys().filter(off).cloned().collect());
    names(scene, state, Console::OfflineSeats, &cut_off, Some(Console::AllOnline), cells)
}

fn sealed(scene: &Scene<'_>, state: &State, phase: RoundPhase, rounds: &Together<'_>, cells: usize) -> Parts {
    let lang = scene.lang;
    let returned: Option<u32> = rounds.all.iter().map(|round| round.returned()).sum();
    let returned = returned.map_or_else(|| scene.theme.none().to_owned(), |returned| returned.to_string());
    let confirmed = rounds.sum(|round| number(round.box_confirmed.len()));
    let issued = rounds.sum(Round::issued);
    let head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), issued.to_string()),
                (Common::Returned.text(lang), returned),
                (Console::BoxConfirmed.text(lang), format!("{confirmed}/{issued}")),
            ],
        ),
        progress(scene, confirmed, issued, cells),
        Line::raw(""),
    ];
    let rows = match phase {
        RoundPhase::Sealed => {
            let missing = rounds.seats(|round| round.box_unconfirmed().cloned().collect());
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
