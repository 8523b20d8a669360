//! The seal on a page: what is sealed, in a line each, and who signs it.

use crate::client::{Sealing, SignerStands, Stands};
use crate::meeting::{Actor, ItemState, Stage, State};
use crate::screen::text::{clean, tracker};
use crate::screen::{Mark, Scene};
use crate::words::sealing::{self as words, Sealing as Text};
use crate::words::who;

/// What is sealed: the meeting, the record, and every item with what it came to, one line each.
pub fn what(scene: &Scene<'_>, state: &State, seal: &Sealing) -> Vec<String> {
    let title = clean(&state.plan().meeting.title).into_owned();
    let mut lines = vec![title, words::record(scene.lang, seal.lines, seal.files, &tracker(&seal.head))];
    lines.extend(state.items.iter().map(|item| result(scene, state, item)));
    lines
}

/// An item and what it came to.
fn result(scene: &Scene<'_>, state: &State, item: &ItemState) -> String {
    let lang = scene.lang;
    let plan = state.item(&item.id);
    let title = plan.map_or("", |plan| plan.title.as_str());
    let contested = plan.and_then(|plan| plan.contested());
    let came_to = match (&item.review, item.round().and_then(|round| round.count.as_ref())) {
        (Some(review), _) => {
            let judged = review.officials.values().filter(|official| official.verdict.is_some()).count();
            words::review(lang, judged, review.officials.len())
        }
        (None, Some(_)) if item.stage == Stage::Declared && contested.is_some() => {
            let open = contested.map_or(0, |contested| contested.open_seats(item));
            words::election(lang, item.elected().len(), open)
        }
        (None, Some(count)) if item.stage == Stage::Declared => {
            let carried = count.outcomes.iter().filter(|outcome| outcome.carried).count();
            let lines = plan.map_or(0, |plan| plan.lines().len());
            let voted = count.outcomes.len();
            words::nomination(lang, carried, voted, lines.saturating_sub(voted))
        }
        _ => words::undecided(lang).to_owned(),
    };
    format!("{}{}{came_to}", clean(title), lang.pick("：", ": "))
}

/// The name of somebody who signs: the presiding officer's, for the console.
pub fn name(state: &State, by: &Actor) -> String {
    let presiding = || state.plan().presiding().map(|person| person.name.clone());
    let name = match by {
        Actor::Seat(seat) => Some(state.name(seat).to_owned()),
        _ => presiding(),
    };
    who::spoken(&clean(&name.unwrap_or_else(|| by.to_string())))
}

/// Somebody who signs, and how it stands.
pub fn signer(scene: &Scene<'_>, state: &State, signer: &SignerStands) -> String {
    let (lang, theme) = (scene.lang, scene.theme);
    let (mark, stands) = match &signer.stands {
        Stands::Signed => (theme.mark(Mark::Done), Text::Signed.text(lang).to_owned()),
        Stands::Next => (theme.mark(Mark::Now), Text::Next.text(lang).to_owned()),
        Stands::Later => (" ", Text::Later.text(lang).to_owned()),
        Stands::Without { reason, refused } => {
            let word = if *refused { Text::Refused } else { Text::NotSigning };
            let stands = format!("{}{}{}", word.text(lang), lang.pick("：", ": "), clean(reason));
            (theme.mark(Mark::No), stands)
        }
    };
    let duties = words::duties(lang, &signer.duties);
    format!("{mark} {}  {duties}  {stands}", name(state, &signer.by))
}

/// How many have signed, for those who only watch.
pub fn progress(scene: &Scene<'_>, seal: &Sealing) -> String {
    let signed = seal.signers.iter().filter(|signer| signer.stands == Stands::Signed).count();
    words::progress(scene.lang, signed, seal.signers.len())
}
