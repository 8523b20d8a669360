//! What is on the floor, for the room: a headline, big figures, a few words.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::big::Big;
use super::open;
use super::parts::{self, Part};
use super::review;
use super::scrutiny;
use crate::client::Sealing;
use crate::meeting::{
    AgendaDecision, ItemState, LineId, Phase, QuorumMissed, Round, RoundPhase, Sitting, Stage, State, Step,
    next_step,
};
use crate::plan::{Nomination, Nominee};
use crate::screen::Scene;
use crate::screen::terminal::floor::now as what;
use crate::screen::terminal::nominees::{introduced, list};
use crate::screen::terminal::page::last_declared;
use crate::screen::text::{clean, cut};
use crate::screen::widgets::election::NAME_CELLS_MAX;
use crate::screen::widgets::figures::{self as floor_figures, Together};
use crate::screen::widgets::{self, exam, sealing};
use crate::words;
use crate::words::agenda::{self, Agenda};
use crate::words::common::Common;
use crate::words::contest::{self, Contest};
use crate::words::display::{self, Display};
use crate::words::floor::{self, Now};
use crate::words::procedure::Procedure;
use crate::words::sittings::{self, Sittings};
use crate::words::{terminal, who};

/// Draws the floor.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
    parts::draw(frame, area, scene, parts(scene, state, area.width.into()));
}

/// Who signs, for the room, and how many terminals have witnessed.
fn sealing_parts(scene: &Scene<'_>, state: &State, seal: &Sealing) -> Vec<Part> {
    let theme = scene.theme;
    let mut parts = vec![Part::Text(sealing::progress(scene, seal), theme.strong())];
    if let Some(witnesses) = seal.witnesses {
        parts.push(Part::Text(words::sealing::witnesses(scene.lang, witnesses), theme.plain_text()));
    }
    parts.push(Part::Space);
    let signers = seal.signers.iter().map(|signer| sealing::signer(scene, state, signer));
    parts.extend(signers.map(|line| Part::Text(line, theme.plain_text())));
    parts
}

fn parts(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let headline = |text: &str, style| Part::Headline(text.to_owned(), style);
    if state.phase == Phase::Ended {
        let now = if state.adjourned.is_some() { Now::Adjourned } else { Now::Closed };
        let mut parts = vec![headline(now.text(lang), theme.strong()), Part::Space];
        if let Some(ground) = &state.adjourned {
            parts.push(Part::Text(floor::adjourned(lang, ground), theme.strong()));
        }
        if scene.view.sealed {
            parts.push(Part::Text(Now::RecordSealed.text(lang).to_owned(), theme.plain_text()));
        } else if let Some(seal) = &scene.view.seal {
            parts.extend(sealing_parts(scene, state, seal));
        }
        return parts;
    }
    if let Some(sitting) = state.recess() {
        return recess(scene, state, sitting);
    }
    if let Some(reason) = &state.suspended {
        let reason = Part::Text(clean(reason).into_owned(), theme.strong());
        return vec![headline(Now::Suspended.text(lang), theme.accent()), Part::Space, reason];
    }
    if let Some(missed) = &state.quorum_missed {
        return quorum_missed(scene, missed);
    }
    if state.phase == Phase::SigningIn {
        return signing_in(scene, state);
    }
    if let Some(proposal) = state.proposal() {
        let mut told = widgets::agenda::put(scene, state, proposal).into_iter();
        let headline = told.next().map(|(text, style)| Part::Headline(text, style));
        let below = told.flat_map(|(text, style)| [Part::Space, Part::Text(text, style)]);
        return headline.into_iter().chain(below).collect();
    }
    if let Some(parts) = scrutiny::parts(scene, state, cells) {
        return parts;
    }
    // Whom the room is to approve must be seen meanwhile.
    let news = state.agenda_news();
    if let Some(decision) = news.filter(|_| !state.awaits_scrutineers()) {
        return amended(scene, state, decision);
    }
    if let Some(shown) = exam::Shown::on_floor(state) {
        return super::exam::parts(scene, state, shown);
    }
    if let Some(shown) = exam::Shown::declared(state).filter(|shown| shown.exam.figures.is_some()) {
        return super::exam::declared(scene, state, shown, cells);
    }
    if state.current_review().is_some() {
        return review::parts(scene, state, cells);
    }
    if let Some((item, planned)) = widgets::open::on_floor(state) {
        return open::parts(scene, state, item, planned, cells);
    }
    let item = state.current_item().and_then(|item| Some((item, state.item(&item.id)?.nomination()?)));
    if let Some(item) = decided_last(state).filter(|_| state.phase == Phase::Open && news.is_none()) {
        return open::result(scene, state, item, cells);
    }
    match item {
        None if state.awaits_scrutineers() => {
            let names: Vec<String> = state.scrutineers().map(|person| person.name.clone()).collect();
            let mut parts = vec![
                headline(Now::ScrutineersNext.text(lang), theme.strong()),
                Part::Space,
                Part::Text(who::names_up_to(lang, &names, names.len()), theme.accent()),
                Part::Space,
                Part::Figures(present(scene, state)),
            ];
            if let Some(decision) = news {
                let told = clean(&agenda::announced(lang, state, decision)).into_owned();
                parts.extend([Part::Space, Part::Text(told, theme.dim())]);
            }
            parts
        }
        None => vec![
            headline(&state.plan().meeting.title, theme.strong()),
            Part::Space,
            Part::Text(what(state).text(lang).to_owned(), theme.accent()),
            Part::Space,
            Part::Figures(present(scene, state)),
            Part::Space,
            Part::Names(scrutiny::everybody_here(state)),
        ],
        Some((item, nomination)) if item.awaits_further_round() => {
            further(scene, item, nomination).unwrap_or_default()
        }
        Some((item, nomination)) => match item.round().filter(|_| item.stage == Stage::Balloting) {
            Some(round) => ballot(scene, state, round),
            None => stage(scene, state, item, nomination, cells),
        },
    }
}

/// The agenda was put to a decision: what came of it, and what is to come now.
fn amended(scene: &Scene<'_>, state: &State, decision: &AgendaDecision) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let title = if decision.approved { Agenda::Changed } else { Agenda::Kept };
    let mut parts = vec![
        Part::Headline(title.text(lang).to_owned(), theme.strong()),
        Part::Space,
        Part::Text(clean(&agenda::announced(lang, state, decision)).into_owned(), theme.accent()),
        Part::Space,
        Part::Text(Agenda::ToCome.text(lang).to_owned(), theme.dim()),
    ];
    let item = |item: &ItemState| {
        let title = clean(state.item(&item.id).map_or("", |item| item.title.as_str())).into_owned();
        let title =
            if state.was_added(&item.id) { agenda::marked(lang, &title, Agenda::Added) } else { title };
        format!("{} {title}", widgets::agenda::number(state, item))
    };
    let mut to_come: Vec<String> = state.to_come().map(item).collect();
    if to_come.is_empty() {
        to_come.push(Agenda::Nothing.text(lang).to_owned());
    }
    parts.extend(to_come.into_iter().map(|line| Part::Text(line, theme.plain_text())));
    parts
}

/// What was decided in the open last, with nothing called since.
fn decided_last(state: &State) -> Option<&ItemState> {
    let last = last_declared(state).filter(|_| state.current_item().is_none());
    last.filter(|item| widgets::open::is_decided(item))
}

fn quorum_missed(scene: &Scene<'_>, missed: &QuorumMissed) -> Vec<Part> {
    let lang = scene.lang;
    vec![
        Part::Headline(Display::QuorumMissed.text(lang).to_owned(), scene.theme.alarm()),
        Part::Space,
        Part::Figures(vec![
            Big::new(Common::Due.text(lang), missed.due),
            Big::new(Common::Present.text(lang), missed.present),
            Big::new(Display::Needed.text(lang), missed.needed),
        ]),
    ]
}

pub(super) fn present(scene: &Scene<'_>, state: &State) -> Vec<Big> {
    floor_figures::figures(scene, state)
        .into_iter()
        .map(|figure| Big::new(figure.label, figure.value))
        .collect()
}

/// Adjourned to another day: when it goes on, and what is left.
fn recess(scene: &Scene<'_>, state: &State, sitting: &Sitting) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut parts = vec![
        Part::Headline(Sittings::Recess.text(lang).to_owned(), theme.strong()),
        Part::Space,
        Part::Text(sittings::until(lang, sitting.until), theme.accent()),
        Part::Text(clean(&sitting.reason).into_owned(), theme.plain_text()),
        Part::Space,
        Part::Text(Sittings::Left.text(lang).to_owned(), theme.dim()),
    ];
    let left = widgets::agenda::left(scene, state);
    parts
        .extend(left.into_iter().map(|(title, begun)| {
            Part::Text(title, if begun { theme.strong() } else { theme.plain_text() })
        }));
    parts.push(Part::Space);
    parts.push(Part::Text(Sittings::SignInLater.text(lang).to_owned(), theme.dim()));
    parts
}

fn signing_in(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let meeting = &state.plan().meeting;
    let (due, here) = (state.due(), state.present());
    let reached = meeting.quorum.holds(here, due);
    let place = format!("{}   {}", sittings::day(lang, state), meeting.venue);
    // Where nothing is decided there is no quorum to reach.
    let quorum = if state.plan().decides_anything() {
        display::quorum(lang, meeting.quorum.least(due), reached)
    } else {
        String::new()
    };
    vec![
        Part::Headline(meeting.title.clone(), theme.strong()),
        Part::Space,
        Part::Text(place, theme.dim()),
        Part::Space,
        Part::Figures(present(scene, state)),
        Part::Space,
        Part::Text(quorum, theme.strong()),
        Part::Text(Display::SignInHow.text(lang).to_owned(), theme.accent()),
        Part::Space,
        Part::Names(scrutiny::everybody_here(state)),
    ]
}

/// A nominee, as large as it goes.
fn nominee(scene: &Scene<'_>, place: usize, of: usize, nominee: &Nominee) -> Vec<Part> {
    let theme = scene.theme;
    vec![
        Part::Text(terminal::nominee_place(scene.lang, place + 1, of), theme.dim()),
        Part::Space,
        Part::Headline(nominee.name.clone(), theme.accent()),
        Part::Space,
        Part::Text(clean(&nominee.post).into_owned(), theme.strong()),
    ]
}

fn stage(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    nomination: &Nomination,
    cells: usize,
) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    if let Some((place, introduced)) = introduced(item, nomination) {
        return nominee(scene, place, nomination.lines.len(), introduced);
    }
    let mut parts =
        vec![Part::Headline(Now::of_item(item).text(lang).to_owned(), theme.strong()), Part::Space];
    if item.stage == Stage::Recusing {
        parts.push(Part::Text(Display::LeaveNow.text(lang).to_owned(), theme.accent()));
    }
    if !item.recused.is_empty() {
        let names: Vec<String> = item.recused.iter().map(|seat| state.name(seat).to_owned()).collect();
        let names = who::names_up_to(lang, &names, 12);
        parts.push(Part::Text(format!("{}  {names}", Display::Outside.text(lang)), theme.strong()));
    }
    parts.extend(review::speaker(scene, state));
    parts.push(Part::Space);
    parts.push(Part::Block(list(scene, item, nomination, cells)));
    parts
}

/// The ballot on the floor; of groups that are counted apart, all together.
pub(super) fn ballot(scene: &Scene<'_>, state: &State, round: &Round) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let big = |label: Common, value: u32| Big::new(label.text(lang), value);
    let Some(together) = Together::on_floor(state) else { return Vec::new() };
    let (issued, in_room, confirmed) = (together.issued, together.present, together.confirmed);
    let returned = || {
        let text = floor_figures::returned(scene, state).unwrap_or_default();
        Big::new(Common::Returned.text(lang), text)
    };
    let fixed = |text: Display| Some(text.text(lang).to_owned());
    let (bigs, how) = match round.phase {
        RoundPhase::Issuing => {
            (vec![big(Common::Present, in_room), big(Common::Issued, issued)], fixed(Display::PapersTaken))
        }
        RoundPhase::Registering | RoundPhase::Confirming => {
            let bigs = vec![big(Common::Issued, issued), big(Common::Confirmed, confirmed)];
            (bigs, fixed(Display::ListChecked))
        }
        RoundPhase::Voting => {
            let how = match of_election(scene, state, round) {
                None if round.issue.subject.is_some() => fixed(Display::MarkDimensions),
                None => fixed(Display::MarkEvery),
                how => how,
            };
            (vec![big(Common::Issued, issued), returned()], how)
        }
        RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening => {
            (vec![big(Common::Issued, issued), returned()], None)
        }
        RoundPhase::OnPaper => (vec![big(Common::Due, together.due), big(Common::Present, in_room)], None),
        RoundPhase::Counted | RoundPhase::Void => (Vec::new(), None),
    };
    if matches!(next_step(state), Some(Step::CompareRoom(_))) {
        return scrutiny::compare(scene, state);
    }
    let title = match next_step(state) {
        Some(Step::OpenVoting(_)) => Procedure::ReadyToVote.text(lang),
        Some(Step::KeepClosed(_)) => Procedure::StaysClosed.text(lang),
        Some(Step::DeclareUnopenable(_)) => Procedure::Unopenable.text(lang),
        _ => Now::round(round.phase).text(lang),
    };
    let mut parts = vec![Part::Headline(title.to_owned(), theme.strong()), Part::Space];
    if !bigs.is_empty() {
        parts.push(Part::Figures(bigs));
    }
    if round.phase == RoundPhase::Voting {
        parts.push(Part::Bar(turnout(scene, state, issued), issued));
    }
    parts.push(Part::Space);
    parts.extend(how.map(|how| Part::Text(how, theme.accent())));
    match round.phase {
        RoundPhase::Sealing | RoundPhase::Sealed => parts.extend(scrutiny::check(scene, state)),
        RoundPhase::Opening => parts.extend(scrutiny::opening(scene, state)),
        RoundPhase::OnPaper => parts.extend(scrutiny::on_paper(scene, state)),
        _ => {}
    }
    parts.extend(round.void.as_ref().map(|void| Part::Text(floor::void(lang, void), theme.strong())));
    parts
}

/// How the paper of an election is marked; none where the ballot is of another kind.
fn of_election(scene: &Scene<'_>, state: &State, round: &Round) -> Option<String> {
    let contested = state.item(&round.issue.item)?.contested()?;
    let seats = usize::try_from(round.issue.contest?.seats).ok()?;
    Some(contest::how_to_mark(scene.lang, contested.form, seats.min(round.issue.lines.len())))
}

/// A further round was called: among whom, for how many seats.
fn further(scene: &Scene<'_>, item: &ItemState, nomination: &Nomination) -> Option<Vec<Part>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let round = item.further.last().filter(|_| item.awaits_further_round())?;
    let named = |line: &LineId| {
        let name = clean(&nomination.line(line.as_str())?.name).into_owned();
        Some(cut(&name, NAME_CELLS_MAX, theme.ellipsis()).into_owned())
    };
    let names: Vec<String> = round.lines.iter().filter_map(named).collect();
    Some(vec![
        Part::Headline(Contest::FurtherNext.text(lang).to_owned(), theme.strong()),
        Part::Space,
        Part::Text(contest::further(lang, round.among, &names, round.seats), theme.accent()),
    ])
}

/// How many have come back at least, for the bar: in steps, as the words say it.
fn turnout(scene: &Scene<'_>, state: &State, issued: u32) -> u32 {
    let (at_least, all) = floor_figures::turnout(scene, state);
    if all { issued } else { at_least }
}
