//! Why a console or a standby does not start, or does not take over, for the person in front of it.

use crate::hub::StartFault;
use crate::hub::takeover::TakeOverFault;
use crate::journal::JournalFault;
use crate::words::standing_by::StandingBy as Text;
use crate::words::{Lang, standing_by, starting};

/// Why a hub does not start.
pub fn no_start(lang: Lang, fault: &StartFault) -> String {
    match fault {
        StartFault::Sealed(folder) => starting::is_sealed(lang, folder),
        StartFault::StandsBy(folder) => starting::stands_by(lang, folder),
        StartFault::NotTheHub(folder) => starting::is_elsewhere(lang, folder),
        StartFault::OtherSession(folder) => starting::other_session(lang, folder),
        StartFault::Material { path, .. } => starting::material(lang, path),
        StartFault::Journal(fault) => journal(lang, fault),
        StartFault::Plan(_)
        | StartFault::Io { .. }
        | StartFault::Vault(_)
        | StartFault::Codes(_)
        | StartFault::Line(_)
        | StartFault::Tls(_) => starting::other(lang, &fault.to_string()),
    }
}

/// Why a standby does not take over.
pub fn no_takeover(lang: Lang, fault: &TakeOverFault) -> String {
    match fault {
        TakeOverFault::Sealed => Text::MeetingSealed.text(lang).to_owned(),
        TakeOverFault::WrongCode => Text::WrongCode.text(lang).to_owned(),
        TakeOverFault::NoCode => Text::NoPresidingCode.text(lang).to_owned(),
        TakeOverFault::OtherLine { named, line } => standing_by::other_line(lang, *named, *line),
        TakeOverFault::OtherStandby => Text::TakenElsewhere.text(lang).to_owned(),
        TakeOverFault::Journal(fault) => standing_by::cannot_take_over(lang, &journal(lang, fault)),
        TakeOverFault::Detached { .. }
        | TakeOverFault::NoStandby
        | TakeOverFault::Refused(_)
        | TakeOverFault::Vault(_)
        | TakeOverFault::Codes(_)
        | TakeOverFault::Order(_)
        | TakeOverFault::Line(_) => {
            standing_by::cannot_take_over(lang, &starting::other(lang, &fault.to_string()))
        }
    }
}

fn journal(lang: Lang, fault: &JournalFault) -> String {
    match fault {
        JournalFault::InUse { path } => starting::in_use(lang, path),
        JournalFault::Replay(broken) => starting::broken_line(lang, broken.line, &broken.what.to_string()),
        JournalFault::NotText { line, .. } => starting::broken_line(lang, *line, "UTF-8"),
        JournalFault::NotReadBack { .. } | JournalFault::Empty { .. } => {
            starting::broken_journal(lang, &fault.to_string())
        }
        JournalFault::Io { .. } => starting::other(lang, &fault.to_string()),
    }
}
