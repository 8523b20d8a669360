//! The scrutineers make the key of the ballot box: who may take which step, and when. What is secret never comes here;
//! what everybody can check is checked here. See `ballot.md`, "The scrutineers' key".

use super::command::CommandKind;
use super::event::Event;
use super::ids::{Actor, SeatId};
use super::key_state::Ceremony;
use super::refusal::Refusal;
use super::sha256_hex;
use super::state::{State, number, seat};
use crate::ballot::{Certificate, Certificates, Trustees};
use crate::plan::TrusteesPlan;

type Decision = Result<Vec<Event>, Refusal>;

/// Those scrutineers who are here with an enrolled terminal begin. Never while a round is open: its ballots are encrypted
/// to the key that is there.
pub(super) fn make(state: &State) -> Decision {
    let TrusteesPlan::Scrutineers { threshold, allow_single } = state.plan().meeting.trustees else {
        return Err(Refusal::ConsoleHoldsKey);
    };
    if !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    if state.rounds_under_way().next().is_some() {
        return Err(Refusal::ItemNotFinished);
    }
    let here = |seat: &SeatId| state.is_present(seat) && state.keys.contains_key(&Actor::Seat(seat.clone()));
    let scrutineers: Vec<SeatId> = state.scrutineers().map(seat).filter(here).collect();
    let (ready, least) = (number(scrutineers.len()), if allow_single { 1 } else { 2 });
    let needed = threshold.max(least);
    if ready < needed {
        return Err(Refusal::KeyNotReady { ready, needed });
    }
    Ok(vec![Event::KeyBegun { ceremony: state.ceremonies.saturating_add(1), scrutineers, threshold }])
}

/// The making of a key that a command is about, and the scrutineer who gives it.
fn mine<'a>(
    state: &'a State,
    actor: &'a Actor,
    ceremony: u32,
    command: CommandKind,
) -> Result<(&'a Ceremony, &'a SeatId), Refusal> {
    let under_way = under_way(state, ceremony, command)?;
    let seat = actor.seat().filter(|seat| under_way.scrutineers.contains(seat));
    Ok((under_way, seat.ok_or(Refusal::NoRight { command })?))
}

fn under_way(state: &State, ceremony: u32, command: CommandKind) -> Result<&Ceremony, Refusal> {
    state.ceremony.as_ref().filter(|one| one.number == ceremony).ok_or(Refusal::NotNow { command })
}

pub(super) fn certify(state: &State, actor: &Actor, number: u32, certificate: &Certificate) -> Decision {
    let command = CommandKind::CertifyKey;
    let (ceremony, seat) = mine(state, actor, number, command)?;
    match ceremony.certificates.get(seat) {
        Some(there) if there == certificate => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::NotNow { command }),
        None => {}
    }
    let (ceremony, seat, certificate) = (number, seat.clone(), Box::new(certificate.clone()));
    Ok(vec![Event::KeyCertified { ceremony, seat, certificate }])
}

/// A dealing is committed to when all certificates are there, and before any dealing is shown.
pub(super) fn commit(state: &State, actor: &Actor, number: u32, dealing: &str) -> Decision {
    let command = CommandKind::CommitDealing;
    let (ceremony, seat) = mine(state, actor, number, command)?;
    let certificates = ceremony.all_certificates().ok_or(Refusal::NotNow { command })?;
    Certificates::new(ceremony.threshold, certificates).map_err(|_| Refusal::MalformedKey)?;
    match ceremony.dealings.get(seat) {
        Some(there) if there == dealing => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::NotNow { command }),
        None => {}
    }
    let (ceremony, seat, dealing) = (number, seat.clone(), dealing.to_owned());
    Ok(vec![Event::DealingCommitted { ceremony, seat, dealing }])
}

/// Every proof and signature in `trustees.json` holds, and its certificates are those that the scrutineers signed here,
/// in their order.
pub(super) fn fix(state: &State, number: u32, trustees: &str) -> Decision {
    let command = CommandKind::FixTrustees;
    let ceremony = under_way(state, number, command)?;
    if ceremony.all_dealings().is_none() || ceremony.trustees.is_some() {
        return Err(Refusal::NotNow { command });
    }
    let parsed = Trustees::parse(trustees.as_bytes()).map_err(|_| Refusal::MalformedKey)?;
    let same = parsed.certificates() == ceremony.all_certificates()
        && u32::try_from(parsed.threshold()) == Ok(ceremony.threshold);
    if !same {
        return Err(Refusal::MalformedKey);
    }
    Ok(vec![Event::TrusteesFixed { ceremony: number, trustees: trustees.to_owned() }])
}

pub(super) fn confirm(state: &State, actor: &Actor, number: u32, trustees: &str) -> Decision {
    let command = CommandKind::ConfirmTrustees;
    let (ceremony, seat) = mine(state, actor, number, command)?;
    let fixed = ceremony.trustees.as_ref().ok_or(Refusal::NotNow { command })?;
    if sha256_hex(fixed.as_bytes()) != trustees {
        return Err(Refusal::MalformedKey);
    }
    if ceremony.confirmed.contains(seat) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::TrusteesConfirmed { ceremony: number, seat: seat.clone() }])
}
