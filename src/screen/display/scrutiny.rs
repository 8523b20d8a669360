//! What the scrutineers do, for the room: making the key, counting heads, comparing the room code, checking and opening
//! the box. Big, in few words, and always by name who is awaited.

use super::parts::Part;
use crate::meeting::{Actor, ItemState, Phase, Round, SeatId, State, Step, is_too_few, next_step, seat};
use crate::screen::Scene;
use crate::screen::text::clean;
use crate::screen::widgets::scrutiny::{self, Told};
use crate::words::by_paper::{self, ByPaper};
use crate::words::display::Display;
use crate::words::procedure::{self, Procedure as Words};
use crate::words::{floor, who};

/// How long the room is told of a reissued code, once the seat has a terminal again.
const REISSUED_SECONDS: i64 = 300;
/// The most names in a sentence for the room.
const NAMES_MAX: usize = 12;

/// The pages of the key and of the heads; none at any other step.
pub fn parts(scene: &Scene<'_>, state: &State, cells: usize) -> Option<Vec<Part>> {
    if scrutiny::is_making_key(state) {
        return Some(making(scene, state, cells));
    }
    match next_step(state)? {
        Step::MakeKey => Some(make(scene, state, cells)),
        Step::CountHeads(_) => Some(heads(scene, state, state.current_item()?, cells)),
        _ => None,
    }
}

/// Everyone who is present.
pub fn everybody_here(state: &State) -> Vec<SeatId> {
    state.plan().people.iter().map(seat).filter(|seat| state.is_present(seat)).collect()
}

fn headline(scene: &Scene<'_>, text: Words) -> Vec<Part> {
    vec![Part::Headline(text.text(scene.lang).to_owned(), scene.theme.strong()), Part::Space]
}

fn told(scene: &Scene<'_>, state: &State, told: &[Told], cells: usize) -> Part {
    Part::Block(scrutiny::lines(scene, state, told, cells.min(90)))
}

fn weak(scene: &Scene<'_>, of: u32, threshold: u32) -> Option<Part> {
    let text = procedure::would_be_weak(scene.lang, of, threshold)?;
    Some(Part::Text(text, scene.theme.alarm()))
}

/// Why the last round was not opened.
fn voided(scene: &Scene<'_>, state: &State) -> Option<Part> {
    let reason = state.current_item().and_then(scrutiny::voided)?;
    Some(Part::Text(floor::void(scene.lang, reason), scene.theme.alarm()))
}

fn make(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Part> {
    let (ready, needed) = scrutiny::ready(state);
    let mut parts = headline(scene, Words::MakeKey);
    parts.extend(voided(scene, state));
    parts.extend(weak(scene, ready, state.scrutineers_needed()).filter(|_| ready >= needed));
    parts.push(told(scene, state, &scrutiny::readiness(scene, state), cells));
    parts.push(Part::Space);
    parts.extend(by_themselves(scene, state));
    parts
}

/// What the room is told of the key, where nobody holds it alone.
fn by_themselves(scene: &Scene<'_>, state: &State) -> Option<Part> {
    let text = Words::TerminalsByThemselves.text(scene.lang).to_owned();
    (state.scrutineers_needed() > 1).then(|| Part::Text(text, scene.theme.accent()))
}

fn making(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Part> {
    let Some(ceremony) = &state.ceremony else { return Vec::new() };
    let of = number(ceremony.scrutineers.len());
    let mut parts = headline(scene, Words::MakingKey);
    parts.push(Part::Bar(number(ceremony.confirmed.len()), of));
    parts.push(Part::Space);
    parts.extend(weak(scene, of, ceremony.threshold));
    parts.push(told(scene, state, &scrutiny::making(scene, state, ceremony), cells));
    parts.push(Part::Space);
    parts.extend(by_themselves(scene, state));
    parts
}

/// Everybody who may vote, by name, and the number that the scrutineers must find.
fn heads(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(planned) = state.item(&item.id) else { return Vec::new() };
    let mut parts = headline(scene, Words::CountHeads);
    parts.extend(voided(scene, state));
    let voters: Vec<SeatId> =
        state.plan().electors(planned).map(seat).filter(|seat| state.is_present(seat)).collect();
    let present = number(voters.len());
    let figure = format!("{} {present}", Words::VotersHere.text(lang));
    parts.push(Part::Text(figure, theme.accent()));
    let counts = scrutiny::lines(scene, state, &scrutiny::heads(scene, state, item), cells.min(90));
    parts.push(Part::Block(counts));
    parts.push(Part::Text(Words::LookAtTheNames.text(lang).to_owned(), theme.strong()));
    parts.push(Part::Names(voters));
    parts
}

/// The room code, as big as it goes, and who has typed it.
pub fn compare(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut parts = headline(scene, Words::CompareRoom);
    let code = scrutiny::room_code(scene).unwrap_or_else(|| Words::BeingComputed.text(lang).to_owned());
    parts.push(Part::Headline(code, theme.accent()));
    parts.push(Part::Space);
    parts.push(Part::Text(Words::LookAtYourCode.text(lang).to_owned(), theme.strong()));
    parts.push(told(scene, state, &scrutiny::compared(scene, state), usize::MAX));
    parts
}

/// Whose terminals have not confirmed the box, by name; or that it stays closed.
pub fn check(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let rounds: Vec<&Round> = state.rounds_on_floor().collect();
    if let Some(few) = rounds.iter().find(|round| is_too_few(state, round)) {
        let reason = crate::meeting::VoidReason::TooFew {
            returned: few.returned().unwrap_or(0),
            needed: crate::plan::SMALL,
        };
        return vec![Part::Text(floor::void(lang, &reason), theme.alarm())];
    }
    let mut parts = vec![Part::Text(Display::BoxChecked.text(lang).to_owned(), theme.accent())];
    let confirmed: usize = rounds.iter().map(|round| round.box_confirmed.len()).sum();
    let issued: u32 = rounds.iter().map(|round| round.issued()).sum();
    parts.push(Part::Bar(number(confirmed), issued));
    let missing: Vec<SeatId> = rounds.iter().flat_map(|round| round.box_unconfirmed().cloned()).collect();
    let sealed = rounds.iter().all(|round| round.box_hash.is_some());
    if rounds.iter().any(|round| round.box_waits()) {
        parts.push(Part::Text(Words::BoxWaits.text(lang).to_owned(), theme.strong()));
    } else if sealed && !missing.is_empty() {
        parts.push(Part::Text(Words::LookAtYourTerminal.text(lang).to_owned(), theme.strong()));
        parts.push(Part::Names(missing));
    }
    parts
}

/// Whose terminals have given their shares of the box.
pub fn opening(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut parts = vec![Part::Text(Display::Counting.text(lang).to_owned(), theme.accent())];
    if let Some(key) = &state.key {
        let given = procedure::of_needed(lang, scrutiny::shares_given(state, key), key.threshold);
        parts.push(Part::Text(format!("{} {given}", Words::SharesGiven.text(lang)), theme.strong()));
        parts.push(told(scene, state, &scrutiny::opening(scene, state, key), usize::MAX));
    }
    parts
}

/// What people do while the vote is on paper, who has entered the count, and whether two counts differed; never a figure.
pub fn on_paper(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let rounds: Vec<&Round> = state.rounds_on_floor().collect();
    let counting = rounds.iter().any(|round| scrutiny::is_counting(round));
    let how = match rounds.first().filter(|_| !counting) {
        Some(round) => by_paper::room_how(lang, state, &round.issue),
        None => ByPaper::RoomCount.text(lang).to_owned(),
    };
    let mut parts = vec![Part::Text(how, theme.accent())];
    let differ = |round: &&Round| {
        let vote = round.by_paper.as_ref()?;
        let last = vote.differed.last().filter(|_| vote.entered.is_empty())?;
        Some(clean(&by_paper::differ(lang, state, &round.issue, &last.figures)).into_owned())
    };
    parts.extend(rounds.iter().filter_map(differ).map(|text| Part::Text(text, theme.alarm())));
    if counting {
        parts.push(told(scene, state, &scrutiny::counts(scene, state), usize::MAX));
    }
    parts
}

/// Seats whose code was made anew and that have no terminal since, or only for a short while: the room is told.
pub fn reissued(scene: &Scene<'_>, state: &State) -> Option<String> {
    if state.phase == Phase::Ended {
        return None;
    }
    let told = |(actor, at): &(&Actor, &jiff::Timestamp)| {
        let recent = scene.now.as_second() - at.as_second() < REISSUED_SECONDS;
        recent || !state.keys.contains_key(*actor)
    };
    let names: Vec<String> = state
        .reissued
        .iter()
        .filter(told)
        .map(|(actor, _)| clean(&who::actor(scene.lang, Some(state), actor)).into_owned())
        .collect();
    let names = who::names_up_to(scene.lang, &names, NAMES_MAX);
    (!names.is_empty()).then(|| procedure::reissued(scene.lang, &names))
}

/// How the box was opened and who signed the result, as lines under the result.
pub fn provenance(scene: &Scene<'_>, state: &State, round: &Round, cells: usize) -> Vec<String> {
    let said = scrutiny::provenance(scene, state, round);
    let said: Vec<String> = said.iter().map(|text| scene.theme.plain(text).into_owned()).collect();
    crate::screen::text::flow(&said, cells)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
