//! What simulated people do where it is decided in the open: they state a view when they are asked, vote by name, and the
//! head signs. What they say and how they vote follows from the seed.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::meeting::{Command, SeatId, State, Step, next_step};
use crate::rules::NamedChoice;
use crate::words::rehearse::Said;

/// Of so many people one passes.
const PASS_ONE_IN: u32 = 8;

/// What this person has to do now, if anything.
pub fn is_due(state: &State, seat: &SeatId) -> bool {
    due(state, seat).is_some()
}

enum Due {
    View,
    Vote,
    Signature,
}

fn due(state: &State, seat: &SeatId) -> Option<Due> {
    if state.suspended.is_some() || !state.is_present(seat) {
        return None;
    }
    match next_step(state)? {
        Step::AwaitStatement(_, asked) => (asked == *seat).then_some(Due::View),
        Step::AwaitVotes(_) => {
            let (_, named) = state.current_named_vote()?;
            let mine = named.electorate.contains(seat) && named.vote(seat).is_none();
            let waits = named.last.as_ref() == Some(seat) && state.unvoted(named).next().is_some();
            (mine && !waits).then_some(Due::Vote)
        }
        Step::AwaitSignature(id) => {
            let head = state.item(&id)?.matter()?.head == seat.as_str();
            head.then_some(Due::Signature)
        }
        _ => None,
    }
}

/// The command with which this person does it.
pub fn command(state: &State, seat: &SeatId, rng: &mut StdRng) -> Option<Command> {
    let item = state.current_item()?;
    let (id, seat) = (item.id.clone(), seat.clone());
    let lang = state.plan().meeting.language;
    Some(match due(state, &seat)? {
        Due::View => {
            let head = state.item(&id)?.matter()?.head == seat.as_str();
            let views = [Said::View1, Said::View2, Said::View3];
            match rng.random_range(0..views.len()) {
                _ if head => {
                    Command::GiveStatement { item: id, seat, text: Said::ViewOfHead.text(lang).to_owned() }
                }
                _ if rng.random_ratio(1, PASS_ONE_IN) => Command::PassStatement { item: id, seat },
                place => {
                    let view = views.get(place).unwrap_or(&Said::View1);
                    Command::GiveStatement { item: id, seat, text: view.text(lang).to_owned() }
                }
            }
        }
        Due::Vote => {
            let choices = state.item(&id).map(crate::meeting::named_choices)?;
            // Most agree; the others spread over what else can be said.
            let place = if rng.random_ratio(7, 10) { 0 } else { rng.random_range(0..choices.len().max(1)) };
            let choice = choices.get(place).copied().unwrap_or(NamedChoice::Agree);
            Command::VoteByName { item: id, choice }
        }
        Due::Signature => Command::SignMatter { record: state.matter_hash(item), item: id },
    })
}
