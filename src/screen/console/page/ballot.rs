//! A round of the ballot. While voting the page shows how many came back in steps, and which seats are cut off;
//! never who has voted, and never by the exact number when.

use ratatui::text::Line;

use super::{Notes, Page, dim, figures, of_seats, people, strong};
use crate::meeting::{
    Actor, BallotId, ItemState, OfficialStage, Round, RoundPhase, SeatId, Stage, State, Step, is_too_few,
    left_with_paper, next_step,
};
use crate::plan::{Nominee, Official};
use crate::screen::text::{cut, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::{results, scrutiny};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::ByPaper;
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::floor::{self, Now};
use crate::words::procedure::Procedure as Words;
use crate::words::review::Review;
use crate::words::{self, Lang};

/// The page of the round on the floor.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, notes: Notes<'_>, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(round) = item.round() else { return Page::default() };
    let step = next_step(state);
    let number = crate::screen::widgets::agenda::number(state, item);
    let again =
        if round.issue.round > 1 { console::round_number(lang, round.issue.round) } else { String::new() };
    let subject = subject(state, item);
    let phase = phase(lang, state, round, step.as_ref());
    let what = match &subject {
        None => phase.to_owned(),
        Some(_) if round.phase == RoundPhase::Counted && !scrutiny::is_unsigned(state, item) => {
            Review::Result.text(lang).to_owned()
        }
        Some(_) => format!("{}{}{phase}", Review::Evaluation.text(lang), lang.pick("：", ": ")),
    };
    let title = format!("{} {} {what}{again}", floor::item_number(lang, number), scene.theme.dot());
    let rounds = Together::of(item);
    let (head, rows) = match round.phase {
        RoundPhase::Issuing => issuing(scene, state, &rounds, cells),
        RoundPhase::Confirming if matches!(step, Some(Step::CompareRoom(_))) => {
            super::scrutiny::compare(scene, state, notes, cells)
        }
        RoundPhase::Registering | RoundPhase::Confirming => list(scene, state, item, &rounds, cells),
        RoundPhase::Voting => voting(scene, state, item, &rounds, cells),
        RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening => {
            sealed(scene, state, round.phase, &rounds, cells)
        }
        RoundPhase::OnPaper => super::scrutiny::on_paper(scene, state, notes, cells),
        RoundPhase::Counted if subject.is_some() => super::verdict::parts(scene, state, item, cells),
        RoundPhase::Counted => result(scene, state, item, round, cells),
        RoundPhase::Void => (void(scene, item, cells), Vec::new()),
    };
    let mut above: Vec<Line<'static>> = Vec::new();
    if let Some(official) = subject {
        let text = super::review::heading(official);
        let text = cut(&text, cells.saturating_sub(2), scene.theme.ellipsis()).into_owned();
        above.push(Line::styled(format!(" {text}"), scene.theme.accent()));
        above.extend(rounds.group_lines(scene, state, round.phase, cells));
    }
    if round.phase == RoundPhase::Counted {
        above.extend(super::scrutiny::sheet(scene, state, round, cells));
    }
    Page { title, head: above.into_iter().chain(head).collect(), rows, must_see: None }
}

/// Whether papers that were issued before wait for the official whose turn it is to be evaluated.
pub fn waits(item: &ItemState) -> bool {
    let evaluating = item.review().and_then(|review| review.current());
    evaluating.is_some_and(|(_, official)| official.stage == OfficialStage::Evaluating)
        && item.stage == Stage::Reviewing
        && item.round().is_some_and(Round::is_under_way)
}

/// What the round is waiting for, as a title.
fn phase(lang: Lang, state: &State, round: &Round, step: Option<&Step>) -> &'static str {
    let words = match step {
        Some(Step::CompareRoom(_)) => Words::CompareRoom,
        Some(Step::OpenVoting(_)) => Words::ReadyToVote,
        Some(Step::CheckBox(_)) => Words::CheckBox,
        Some(Step::KeepClosed(_)) => Words::KeepClosed,
        Some(Step::AwaitCount(_)) if state.key.is_some() => Words::OpenBox,
        Some(Step::DeclareUnopenable(_)) => Words::Unopenable,
        Some(Step::SignResult(_)) => Words::SignResult,
        Some(Step::CountPapers(_)) => return ByPaper::Title.text(lang),
        _ => return Now::round(round.phase).text(lang),
    };
    words.text(lang)
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
        if self.all.len() > 1 && !matches!(phase, RoundPhase::Counted | RoundPhase::OnPaper) {
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

fn list(scene: &Scene<'_>, state: &State, item: &ItemState, rounds: &Together<'_>, cells: usize) -> Parts {
    let lang = scene.lang;
    let fixed = rounds.all.iter().all(|round| round.setup.is_some());
    let issued = rounds.sum(Round::issued);
    let on_list = if fixed { issued.to_string() } else { scene.theme.none().to_owned() };
    let confirmed = rounds.sum(|round| number(round.confirmed.len()));
    let mut head = vec![
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
    if waits(item) {
        let text = wrap(Words::PapersWait.text(lang), cells.saturating_sub(2));
        head.extend(text.iter().map(|line| strong(scene, line)));
    }
    let missing = rounds.seats(|round| round.unconfirmed().cloned().collect());
    let mut rows = names(scene, state, Console::NotConfirmed, &missing, Some(Console::AllConfirmed), cells);
    rows.extend(names(scene, state, Console::LeftWithPaper, &left_with_paper(state, item), None, cells));
    (head, rows)
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
        let deferred = rounds.all.first().map_or(0, |round| round.issue.not_voted());
        rows.push(dim(scene, &console::lines_of(lang, lines, deferred)));
        // A further round has fewer lines than the plan.
        let on_paper = |line: &Nominee| rounds.all.iter().any(|round| round.issue.has_line(&line.id));
        let mut printed = nomination.clone();
        printed.lines.retain(on_paper);
        rows.extend(super::nominees::rows(scene, item, &printed, None, cells).0);
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
    let mut head = vec![
        figures(
            scene,
            &[
                (Common::Issued.text(lang), issued.to_string()),
                (Common::Returned.text(lang), returned),
                (Console::BoxConfirmed.text(lang), format!("{confirmed}/{issued}")),
            ],
        ),
        progress(scene, confirmed, issued, cells),
    ];
    let of_all = rounds.all.iter().copied();
    let few = rounds.all.iter().find(|round| is_too_few(state, round));
    let (more, rows) = match (phase, few, &state.key) {
        (RoundPhase::Sealed, Some(round), _) => {
            (super::scrutiny::few(scene, state, round, cells), Vec::new())
        }
        (RoundPhase::Sealed, None, _) => {
            let (more, mut rows) = super::scrutiny::check(scene, state, of_all, cells);
            if rows.is_empty() {
                rows = names(scene, state, Console::BoxMissing, &[], Some(Console::AllConfirmed), cells);
            } else {
                rows.insert(0, dim(scene, Console::BoxMissing.text(lang)));
            }
            (more, rows)
        }
        (RoundPhase::Opening, _, Some(key)) => super::scrutiny::opening(scene, state, key, cells),
        _ => (Vec::new(), vec![dim(scene, Console::PleaseWait.text(lang))]),
    };
    head.extend(more);
    (head, rows)
}

fn result(scene: &Scene<'_>, state: &State, item: &ItemState, round: &Round, cells: usize) -> Parts {
    let (figures, rule) = results::figures(scene, state, round);
    let mut head: Vec<Line<'_>> =
        wrap(&figures, cells.saturating_sub(2)).iter().map(|line| strong(scene, line)).collect();
    head.extend(wrap(&rule, cells.saturating_sub(2)).iter().map(|line| dim(scene, line)));
    let table = results::results(scene, state, item, round, cells.saturating_sub(2), false);
    head.extend(table.head.into_iter().map(super::indented));
    (head, table.blocks.into_iter().flatten().map(super::indented).collect())
}

fn void(scene: &Scene<'_>, item: &ItemState, cells: usize) -> Vec<Line<'static>> {
    let mut lines = super::scrutiny::voided(scene, item, cells);
    lines.push(strong(scene, Console::NeverOpened.text(scene.lang)));
    lines
}
