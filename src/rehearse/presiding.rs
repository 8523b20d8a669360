//! The simulated presiding officer: takes the next lawful step, one after the other, as somebody at the console would
//! who only ever presses Enter.

use super::RehearseFault;
use super::member::Members;
use crate::client::{AskError, Client, View};
use crate::meeting::{AdjournGround, Command, Phase, State, Step, next_step};
use crate::words::Lang;
use crate::words::rehearse::Said;

/// How a rehearsal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The meeting was held to its end, and sealed.
    Held,
    /// A quorum was missed; the refusal is in the record, the meeting adjourned and sealed.
    NoQuorum,
}

fn fault(step: &Step) -> impl FnOnce(AskError) -> RehearseFault + '_ {
    move |error| RehearseFault::Step { step: format!("{step:?}"), error }
}

/// Presides from signing in to the seal.
///
/// # Errors
/// When a step is refused.
pub async fn preside(console: &Client, members: &Members) -> Result<Ending, RehearseFault> {
    let all_here = |view: &View| {
        view.state.as_ref().is_some_and(|state| members.seats.iter().all(|seat| state.is_present(seat)))
    };
    console.until(all_here).await.map_err(fault(&Step::OpenMeeting))?;
    let mut ending = Ending::Held;
    loop {
        let view = console.view();
        let Some(state) = view.state.clone() else { continue };
        let Some(step) = next_step(&state) else { continue };
        match &step {
            Step::Seal => {
                console.seal().await.map_err(fault(&step))?;
                return Ok(ending);
            }
            Step::TakePapers(_) | Step::ConfirmList(_) | Step::SealBox(_) | Step::AwaitCount(_) => {
                let past = |view: &View| {
                    view.state.as_ref().and_then(|state| next_step(state)).as_ref() != Some(&step)
                };
                console.until(past).await.map_err(fault(&step))?;
                continue;
            }
            Step::ApproveScrutineers => {
                let hands = Command::ApproveScrutineers { agree: state.present(), disagree: 0, abstain: 0 };
                give(console, hands).await.map_err(fault(&step))?;
            }
            _ => {
                before(console, members, &state, &step).await.map_err(fault(&step))?;
                if let Some(command) = step.command() {
                    give(console, command).await.map_err(fault(&step))?;
                }
            }
        }
        let missed = console.view().state.as_ref().is_some_and(|state| state.quorum_missed.is_some());
        if missed {
            ending = Ending::NoQuorum;
            let adjourn = Command::Adjourn { ground: AdjournGround::NoQuorum };
            give(console, adjourn).await.map_err(fault(&step))?;
        }
    }
}

/// What a presiding officer waits for, or says, before a step.
async fn before(console: &Client, members: &Members, state: &State, step: &Step) -> Result<(), AskError> {
    match step {
        Step::EndDeliberation(_) => {
            let lang: Lang = state.plan().meeting.language;
            give(console, Command::Note { text: Said::Deliberated.text(lang).to_owned() }).await
        }
        Step::CloseVoting(ballot) => {
            let Some((_, round)) = state.round(ballot) else { return Ok(()) };
            let places = round.issue.electorate.iter().enumerate();
            let expected = places
                .filter(|(place, seat)| {
                    members.seats.contains(seat)
                        && round.issued.contains_key(seat)
                        && members.votes.paper(round.issue.item.as_str(), *place).is_some()
                })
                .count();
            members.all_returned(ballot, expected).await;
            Ok(())
        }
        Step::OpenBox(ballot) => {
            let confirmed = |view: &View| {
                let round = view.state.as_ref().and_then(|state| Some(state.round(ballot)?.1.clone()));
                round.is_none_or(|round| !round.box_unconfirmed().any(|seat| members.seats.contains(seat)))
            };
            console.until(confirmed).await.map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Gives a command, and waits until this screen has folded what followed.
async fn give(console: &Client, command: Command) -> Result<(), AskError> {
    let done = console.order(command).await?;
    let line = done.line.unwrap_or(0);
    let known = |view: &View| {
        view.chain.number >= line || view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended)
    };
    console.until(known).await.map(|_| ())
}
