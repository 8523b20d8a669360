//! A session folder becomes a running hub: at the first start the plan is frozen into line 1, later the journal is
//! replayed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, Unit};
use tokio::sync::watch;
use tokio_rustls::rustls::ServerConfig;

use super::codes::{BookFault, CodeBook};
use super::desk::{hidden, system_rng};
use super::ledger::{Ledger, Published};
use super::mirror::Mirror;
use super::notice::{Notices, SealState};
use super::vault::{Keys, Vault, VaultFault};
use crate::archive;
use crate::disk::{Disk, Follower};
use crate::journal::{Body, Journal, JournalFault, Line, LineFault, Repair, Replay};
use crate::meeting::{
    Actor, Event, ExamSealed, Frozen, ItemId, Material, OpenedBank, SeatId, SessionId, Standby, sha256_hex,
};
use crate::plan::{MaterialFault, Plan, SessionFolder, TrusteesPlan, Unready};
use crate::wire::Live;
use crate::wire::code::SeatCode;
use crate::wire::tls::Pin;

/// A hub that is ready to run.
pub struct Hub {
    pub(super) parts: (SessionFolder, Vault, Keys, CodeBook),
    pub(super) record: (Journal, Replay),
    pub(super) mirror: Arc<Mirror>,
    /// Lines of which it is not known whether a hub before this one has told anybody.
    pub(super) held: Vec<Published>,
    pub(super) notices: Notices,
    pub(super) tls: Arc<ServerConfig>,
    pub(super) slip_tick: Duration,
    pub(super) tells_afterwards: bool,
    started: Started,
}

/// How often slips are published: a review's slips bear no other time than this.
const SLIP_TICK_SECONDS: u64 = 30;

/// What is to be known of a hub that has started.
#[derive(Debug, Clone)]
pub struct Started {
    /// The session.
    pub session: SessionId,
    /// What terminals will pin.
    pub pin: Pin,
    /// What was mended in the journal.
    pub repair: Option<Repair>,
    /// Whether the journal was there already.
    pub resumed: bool,
}

/// Why a hub cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The plan is not there, or has mistakes.
    #[error("the plan is not ready")]
    Plan(Unready),
    /// A file cannot be read.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A material cannot be read.
    #[error("materials/{path}: {fault:?}")]
    Material {
        /// Which.
        path: String,
        /// Why.
        fault: MaterialFault,
    },
    /// The private store cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// The codes cannot be used.
    #[error(transparent)]
    Codes(#[from] BookFault),
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalFault),
    /// The first line cannot be written.
    #[error(transparent)]
    Line(#[from] LineFault),
    /// TLS cannot be set up.
    #[error("TLS: {0}")]
    Tls(String),
    /// The folder is sealed: its meeting is over.
    #[error("{0} is sealed: its meeting is over")]
    Sealed(PathBuf),
    /// The folder is a standby's, which has not taken over.
    #[error("{0} is the folder of a standby: it takes over with `plenum standby DIR --take-over`")]
    StandsBy(PathBuf),
    /// The record names another machine as the hub.
    #[error("{0}: by its record another machine is the hub now: the meeting goes on there")]
    NotTheHub(PathBuf),
    /// The journal is there and `private/` is not.
    #[error("{0}: the journal is of another session than the private store: `private/` was lost or replaced")]
    OtherSession(PathBuf),
}

impl Hub {
    /// Opens a session folder: begins its meeting, or goes on with it.
    ///
    /// # Errors
    /// Why it cannot start; nothing is lost.
    pub fn open(folder: &SessionFolder, rehearsal: bool) -> Result<Self, StartFault> {
        Self::open_on(folder, rehearsal, Disk::default())
    }

    /// The same on this disk: all that the hub makes durable goes through it.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on(folder: &SessionFolder, rehearsal: bool, disk: Disk) -> Result<Self, StartFault> {
        if archive::is_sealed(folder.dir()) {
            // A crash between the seal and the unlinking of `private/` is made good.
            let _ = archive::seal::clean_up_on(folder.dir(), &disk);
            return Err(StartFault::Sealed(folder.dir().to_owned()));
        }
        let resumed = Journal::exists(folder.dir());
        if Vault::new(&folder.private()).stands_by() {
            return Err(StartFault::StandsBy(folder.dir().to_owned()));
        }
        let mirror = Mirror::of(folder.dir());
        let disk = disk.followed_by(Arc::clone(&mirror) as Arc<dyn Follower>);
        let vault = Vault::on(&folder.private(), disk.clone());
        // What a killed hub had replaced counts from here on.
        vault.sync()?;
        let (journal, replay, lines, repair, keys) = if resumed {
            let opened = Journal::open_on(folder.dir(), disk.clone())?;
            // Where they are lost, fresh ones show that the journal is of another session.
            let keys = vault.keys(false, &mut system_rng())?;
            if opened.replay.state().is_none_or(|state| *state.session() != keys.session) {
                return Err(StartFault::OtherSession(folder.dir().to_owned()));
            }
            if opened.replay.state().is_some_and(|state| state.hub_key() != keys.identity.public()) {
                return Err(StartFault::NotTheHub(folder.dir().to_owned()));
            }
            (opened.journal, opened.replay, opened.lines, opened.repair, keys)
        } else {
            let plan = folder.read_plan().map_err(StartFault::Plan)?;
            let console_opens = plan.meeting.trustees == TrusteesPlan::Console;
            let keys = vault.keys(console_opens, &mut system_rng())?;
            let exams = seal_exams(folder, &plan, &vault, &keys)?;
            let line = first_line(folder, plan, &keys, rehearsal, exams)?;
            let mut replay = Replay::new();
            replay.follow(&line).map_err(JournalFault::from)?;
            let journal = Journal::create_on(folder.dir(), &line, disk.clone())?;
            (journal, replay, vec![Arc::new(line)], None, keys)
        };
        let codes = CodeBook::load(&folder.private())?.unwrap_or_else(|| CodeBook::new(&folder.private()));
        let codes = codes.on(disk);
        let tls = keys.certificate.server().map_err(|error| StartFault::Tls(error.to_string()))?;
        let started = Started { session: keys.session.clone(), pin: keys.certificate.pin(), repair, resumed };
        // A hub that has died may have told nobody of its last lines, and its standby may have gone on without them.
        let standby = replay.state().and_then(|state| state.standby.as_ref());
        let doubtful = standby.is_some_and(Standby::is_attached);
        let (published, held) =
            if doubtful { (Vec::new(), publish(lines)) } else { (publish(lines), Vec::new()) };
        let notices = Notices {
            ledger: Ledger::new(published),
            live: watch::Sender::new(Live::default()),
            elections: watch::Sender::new(BTreeMap::new()),
            seal: watch::Sender::new(SealState::NotYet),
            strangers: watch::Sender::new(None),
        };
        let parts = (folder.clone(), vault, keys, codes);
        let slip_tick = Duration::from_secs(SLIP_TICK_SECONDS);
        let record = (journal, replay);
        let tells_afterwards = false;
        Ok(Self { parts, record, mirror, held, notices, tls, slip_tick, tells_afterwards, started })
    }

    /// Publishes slips at another pace: a rehearsal does not wait half a minute.
    #[must_use]
    pub fn with_slip_tick(mut self, tick: Duration) -> Self {
        self.slip_tick = tick;
        self
    }

    /// Goes on after the seal, until it is stopped: screens that were away are told that the record is sealed.
    #[must_use]
    pub fn telling_afterwards(mut self) -> Self {
        self.tells_afterwards = true;
        self
    }

    /// What is to be known of it.
    pub fn started(&self) -> &Started {
        &self.started
    }

    /// A fresh code for the console, or for the presiding officer's own seat: whoever holds the folder presides over its
    /// meeting. The caller has seen that nobody is enrolled there.
    ///
    /// # Errors
    /// When the book of codes cannot be kept.
    pub fn code_for(&mut self, actor: &Actor) -> Result<SeatCode, StartFault> {
        let code = self.parts.3.issue(&actor.to_string(), &mut system_rng());
        self.parts.3.save()?;
        Ok(code)
    }

    /// The line of the record with which this machine took over, where it did: proof for the hub before it.
    pub fn takeover_line(&self) -> Option<String> {
        let own = self.parts.2.identity.public();
        let state = self.record.1.state()?;
        // It may have said once more, afterwards, that it was by force: the first line is what the hub before can check.
        let takeover = state.takeovers.iter().find(|takeover| takeover.hub.key == own)?;
        let mut lines = self.notices.ledger.all().into_iter().chain(self.held.iter().cloned());
        let line = lines.find(|one| one.line.head.number == takeover.last.line + 1)?;
        Some(line.line.text.clone())
    }

    /// The language of the plan.
    pub fn plan_language(&self) -> crate::words::Lang {
        self.record.1.state().map_or(crate::words::Lang::En, |state| state.plan().meeting.language)
    }

    /// The seat of the person who presides.
    pub fn presiding_seat(&self) -> Option<SeatId> {
        self.record.1.state()?.plan().presiding().map(crate::meeting::seat)
    }

    /// Whether a key speaks for somebody already.
    pub fn is_enrolled(&self, actor: &Actor) -> bool {
        self.record.1.state().is_some_and(|state| state.keys.contains_key(actor))
    }
}

/// Whom each line is withheld from, folded anew.
fn publish(lines: Vec<Arc<Line>>) -> Vec<Published> {
    let mut replay = Replay::new();
    lines
        .into_iter()
        .map(|line| {
            let events = line.body.as_ref().map(|body| body.events.as_slice()).unwrap_or_default();
            let hidden_from =
                replay.state().map(|state| hidden(state, &line.head.actor, events)).unwrap_or_default();
            let _ = replay.follow(&line);
            Published { line, hidden_from }
        })
        .collect()
}

/// Commits to the bank and the seed of each exam: both lie in the private store until it is over, so that nothing that is
/// done to the file of the bank from now on changes what is asked.
fn seal_exams(
    folder: &SessionFolder,
    plan: &Plan,
    vault: &Vault,
    keys: &Keys,
) -> Result<Vec<ExamSealed>, StartFault> {
    use rand::RngExt;
    let mut sealed = Vec::new();
    for item in &plan.items {
        let Some(exam) = item.exam() else { continue };
        let path = exam.bank.clone();
        let (text, form) = folder.read_bank(&path).map_err(|fault| StartFault::Material { path, fault })?;
        let seed = data_encoding::HEXLOWER.encode(&system_rng().random::<[u8; 32]>());
        let (id, opened) = (ItemId::from(item.id.as_str()), OpenedBank { seed, form, text });
        vault.keep_exam(&id, &opened)?;
        sealed.push(ExamSealed::of(&keys.session, id, &opened));
    }
    Ok(sealed)
}

fn first_line(
    folder: &SessionFolder,
    plan: Plan,
    keys: &Keys,
    rehearsal: bool,
    exams: Vec<ExamSealed>,
) -> Result<Line, StartFault> {
    let path = folder.plan();
    let written = std::fs::read(&path).map_err(|error| StartFault::Io { path: path.clone(), error })?;
    let mut materials: Vec<Material> = Vec::new();
    for path in plan.items.iter().flat_map(crate::plan::Item::materials) {
        let text = folder
            .read_material(path)
            .map_err(|fault| StartFault::Material { path: path.to_owned(), fault })?;
        materials.push(Material { path: path.to_owned(), hash: sha256_hex(text.as_bytes()) });
    }
    materials.sort_by(|a, b| a.path.cmp(&b.path));
    materials.dedup();
    let trustees = keys.trustee.as_ref().map(|trustee| {
        let trustees = trustee.single_trustees(&mut system_rng());
        String::from_utf8_lossy(trustees.bytes()).into_owned()
    });
    let frozen = Frozen {
        session: keys.session.clone(),
        rehearsal,
        plan,
        plan_hash: sha256_hex(&written),
        materials,
        hub_key: keys.identity.public(),
        trustees,
        exams,
    };
    let now = Timestamp::now();
    let now = now.round(Unit::Millisecond).unwrap_or(now);
    let body = Body { order: None, events: vec![Event::Frozen(Box::new(frozen))] };
    Ok(Line::write(1, crate::journal::NO_PREVIOUS, now, Actor::Hub, body, &mut system_rng())?)
}
