//! The standby becomes the hub. It signs that with its own key, under the end of the record that it has; from that line on
//! the key of the hub before signs nothing any more, and nobody who has seen the line follows that hub again.

use jiff::{Timestamp, Unit};

use super::codes::{BookFault, CodeBook};
use super::desk::system_rng;
use super::vault::{StandbyKeys, Vault, VaultFault};
use crate::archive;
use crate::disk::Disk;
use crate::journal::{Body, Journal, JournalFault, Line, LineFault};
use crate::meeting::{Actor, Command, OrderFault, Refusal, State, decide};
use crate::plan::SessionFolder;
use crate::wire::code::SeatCode;

/// Why a standby cannot take over.
#[derive(Debug, thiserror::Error)]
pub enum TakeOverFault {
    /// The meeting is over: the folder was sealed before the first machine died.
    #[error("the folder is sealed: its meeting is over")]
    Sealed,
    /// The folder is no standby's.
    #[error("the folder is not that of a standby")]
    NoStandby,
    /// The record names another machine as the standby, or none.
    #[error("by the record that is here, this machine does not stand by")]
    OtherStandby,
    /// The codes were made before there were standbys.
    #[error("the book of codes does not say which code is the presiding officer's")]
    NoCode,
    /// It is not the code on the slip of whoever presides.
    #[error("this is not the code on the presiding officer's slip")]
    WrongCode,
    /// It is detached, and there may be lines that it does not have.
    #[error("the standby is detached: only by force, naming the last line that it has, line {line}")]
    Detached {
        /// The last line that is here.
        line: u64,
    },
    /// A forced takeover must name the last line that is here.
    #[error("line {named} is not the last line that is here: that is line {line}")]
    OtherLine {
        /// Which was named.
        named: u64,
        /// The last line that is here.
        line: u64,
    },
    /// The rules refuse it.
    #[error("the rules refuse it: {0:?}")]
    Refused(Refusal),
    /// The store cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// The codes cannot be used.
    #[error(transparent)]
    Codes(#[from] BookFault),
    /// The record cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalFault),
    /// The line cannot be signed.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// The line cannot be written.
    #[error(transparent)]
    Line(#[from] LineFault),
}

/// What the machine with these keys is, by a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    StandsBy,
    StandsByDetached,
    /// It has signed that it takes over, and was cut short.
    IsHub,
}

fn role(state: &State, kept: &StandbyKeys) -> Result<Role, TakeOverFault> {
    let own = kept.keys.identity.public();
    match &state.standby {
        _ if state.hub_key() == own => Ok(Role::IsHub),
        Some(standby) if standby.machine.key == own && standby.is_attached() => Ok(Role::StandsBy),
        Some(standby) if standby.machine.key == own => Ok(Role::StandsByDetached),
        _ => Err(TakeOverFault::OtherStandby),
    }
}

/// Makes a standby's folder a hub's, with the code on the presiding officer's slip. `forced` names the last line that is
/// here. Cut short at any moment, it can be done again. Where this machine is the hub already, and terminals that have more
/// lines do not follow it, it says afterwards that it has taken over by force.
///
/// # Errors
/// Why not; then the folder stands by as before.
pub fn take_over(folder: &SessionFolder, code: &SeatCode, forced: Option<u64>) -> Result<(), TakeOverFault> {
    take_over_on(folder, code, forced, &Disk::default())
}

/// The same on this disk.
///
/// # Errors
/// As [`take_over`].
pub fn take_over_on(
    folder: &SessionFolder,
    code: &SeatCode,
    forced: Option<u64>,
    disk: &Disk,
) -> Result<(), TakeOverFault> {
    if archive::is_sealed(folder.dir()) {
        // As at every start: a crash between the seal and the unlinking of `private/` is made good.
        let _ = archive::seal::clean_up_on(folder.dir(), disk);
        return Err(TakeOverFault::Sealed);
    }
    let vault = Vault::on(&folder.private(), disk.clone());
    let kept = vault.standby_keys()?.ok_or(TakeOverFault::NoStandby)?;
    let book = CodeBook::load(&folder.private())?;
    let presiding = book.as_ref().and_then(CodeBook::presiding).ok_or(TakeOverFault::NoCode)?;
    if *presiding != code.digest() {
        return Err(TakeOverFault::WrongCode);
    }
    vault.sync()?;
    let opened = Journal::open_on(folder.dir(), disk.clone())?;
    let (mut journal, replay) = (opened.journal, opened.replay);
    let state = replay.state().ok_or(TakeOverFault::OtherStandby)?;
    let (role, line) = (role(state, &kept)?, replay.number());
    match forced {
        None if role == Role::StandsByDetached => return Err(TakeOverFault::Detached { line }),
        Some(named) if named != line => return Err(TakeOverFault::OtherLine { named, line }),
        _ => {}
    }
    // One that was cut short has its line, and lacks the keys.
    let afterwards = role == Role::IsHub && forced.is_some() && !vault.stands_by();
    if role != Role::IsHub || afterwards {
        let actor = if afterwards { Actor::Hub } else { Actor::Standby };
        let command =
            Command::TakeOver { epoch: state.epoch() + 1, last: replay.seen(), forced: forced.is_some() };
        let now = Timestamp::now();
        let now = now.round(Unit::Millisecond).unwrap_or(now);
        let now = replay.time().map_or(now, |last| now.max(last));
        let events = decide(state, &actor, &command, now).map_err(TakeOverFault::Refused)?;
        let counter = state.orders.get(&actor).map_or(0, |last| last.counter) + 1;
        let identity = &kept.keys.identity;
        let order = identity.order(state.session(), actor.clone(), counter, replay.seen(), &command)?;
        let body = Body { order: Some(order), events };
        let line = Line::write(line + 1, replay.hash(), now, actor, body, &mut system_rng())?;
        replay.clone().follow(&line).map_err(JournalFault::from)?;
        journal.append(std::slice::from_ref(&line))?;
    }
    drop(journal);
    Ok(vault.keep_keys(&kept.keys)?)
}
