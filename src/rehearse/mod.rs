//! Simulated people, as full clients on real sockets: for the demo, for rehearsing a plan, for tests. Nothing here
//! knows the hub's inside; whatever a simulated member can do, a real one can.
//!
//! - [`votes`]: what the simulated voters will choose: from a file, or from a seed
//! - [`stage`]: a copy of a session folder with a hub running in it, and codes for everyone
//! - [`member`]: one simulated person
//! - [`open`]: what simulated people say and how they vote where it is decided in the open
//! - [`mod@file`]: reading what says how a rehearsal goes
//! - [`exam`]: how simulated candidates answer
//! - [`proposals`]: what the meeting decides on its own agenda
//! - [`script`]: what is asked and answered in a review
//! - [`after`]: what is done about declared results: objections, reconsiderations
//! - [`players`]: who plays it: askers and recorder
//! - [`departments`]: who speaks for departments in a joint meeting
//! - [`inside`]: what is said in a deliberation during the term
//! - [`scrutineer`]: what the simulated scrutineers do beside voting
//! - [`sittings`]: whether the meeting is adjourned to another day, and who comes then
//! - [`presiding`]: the simulated presiding officer
//!
//! The seed fixes choices, absences and pauses of the simulated people, never keys.

pub mod after;
pub mod departments;
pub mod exam;
pub mod file;
pub mod inside;
pub mod member;
pub mod open;
pub mod players;
pub mod presiding;
pub mod proposals;
pub mod script;
pub mod scrutineer;
pub mod sittings;
pub mod stage;
pub mod votes;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::meeting::SeatId;
use crate::plan::{Plan, SessionFolder};

pub use departments::Departments;
pub use inside::Inside;
pub use players::Players;
pub use presiding::Ending;
pub use proposals::{ProposalFault, Proposals};
pub use script::{Script, ScriptFault};
pub use scrutineer::Scrutineers;
pub use sittings::{Sittings, SittingsFault};
pub use stage::Stage;
pub use votes::{VoteBook, VotesFault};

/// What a rehearsal is to be.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The session folder whose plan is rehearsed.
    pub from: PathBuf,
    /// Where the rehearsal's own folder is made.
    pub out: PathBuf,
    /// Fixes choices, absences and pauses.
    pub seed: u64,
    /// How many voters do not sign in: the last ones of the plan who have no duties.
    pub absent: usize,
    /// The file with the votes, if there is one.
    pub votes: Option<PathBuf>,
    /// The file with questions and answers, if there is one.
    pub script: Option<PathBuf>,
    /// The file with what is decided on the agenda, if there is one.
    pub agenda: Option<PathBuf>,
    /// The file with the sittings, if there is more than one.
    pub sittings: Option<PathBuf>,
}

/// Why a rehearsal cannot be held.
#[derive(Debug, thiserror::Error)]
pub enum RehearseFault {
    /// The hub cannot start.
    #[error(transparent)]
    Start(#[from] crate::hub::StartFault),
    /// The votes do not fit the plan.
    #[error(transparent)]
    Votes(#[from] VotesFault),
    /// The script does not fit the plan.
    #[error(transparent)]
    Script(#[from] script::ScriptFault),
    /// What is to be decided on the agenda does not fit the plan.
    #[error(transparent)]
    Proposals(#[from] proposals::ProposalFault),
    /// The sittings do not fit the plan.
    #[error(transparent)]
    Sittings(#[from] SittingsFault),
    /// More are to be absent than have no duties.
    #[error("{absent} absent, but only {without_duties} voters have no duties")]
    TooManyAbsent {
        /// How many are to be absent.
        absent: usize,
        /// How many can be.
        without_duties: usize,
    },
    /// The folder of the rehearsal is there already.
    #[error("{0} is there already: a rehearsal makes a folder of its own")]
    OutExists(PathBuf),
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A simulated person cannot connect.
    #[error(transparent)]
    Connect(#[from] crate::client::connect::ConnectFault),
    /// The console's client ended before it knew anything.
    #[error("the console's connection ended")]
    Ended,
    /// A step was refused, or a client ended.
    #[error("{step}: {error}")]
    Step {
        /// Which step.
        step: String,
        /// Why.
        error: crate::client::AskError,
    },
}

pub(crate) fn io_at(path: &Path) -> impl FnOnce(std::io::Error) -> RehearseFault + '_ {
    |error| RehearseFault::Io { path: path.to_owned(), error }
}

impl Rehearsal {
    /// Who stays away.
    ///
    /// # Errors
    /// When there are not so many voters without duties.
    pub fn absentees(&self, plan: &Plan) -> Result<BTreeSet<SeatId>, RehearseFault> {
        let without: Vec<&str> = plan
            .members()
            .filter(|person| person.duties.is_empty())
            .map(|person| person.id.as_str())
            .collect();
        if self.absent > without.len() {
            let (absent, without_duties) = (self.absent, without.len());
            return Err(RehearseFault::TooManyAbsent { absent, without_duties });
        }
        Ok(without.iter().rev().take(self.absent).map(|id| SeatId::from(*id)).collect())
    }

    /// Holds the whole meeting, without a person, to a sealed archive.
    ///
    /// # Errors
    /// Why it could not be held. A missed quorum is no error: see [`Ending::NoQuorum`].
    pub async fn hold(&self) -> Result<Ending, RehearseFault> {
        let plan = self.plan()?;
        let absent = self.absentees(&plan)?;
        let sittings = Arc::new(Sittings::read(self.sittings.as_deref(), &plan)?);
        let missing = absent.union(&sittings.ever_absent()).cloned().collect();
        let script = Script::read(self.script.as_deref(), &plan, &missing)?;
        let again = script.voted_again();
        let votes = VoteBook::read(self.votes.as_deref(), &plan, &absent, &again, self.seed)?;
        let folder = SessionFolder::new(&self.from);
        let proposals = Proposals::read(self.agenda.as_deref(), &folder, &plan)?;
        let stage = Stage::set(&self.from, &self.out)?;
        let (stage, hub) = stage.open()?;
        let console = stage.console().await?;
        let members = member::Members::join(&stage, (&plan, &sittings), &absent, &votes, self.seed).await?;
        let view = console.until(|view| view.state.is_some()).await;
        let state = view.ok().and_then(|view| view.state.clone());
        let state = state.ok_or(RehearseFault::Ended)?;
        let mut after = script.after();
        let players = Players::new(script, &state, &members, console.clone());
        let playing = players.clone().play();
        let _scrutineers = Scrutineers::play(&state, &members, &console);
        let departments = Departments::new(&members, self.seed);
        let _speaking = departments.play(&members);
        let _inside = Inside::play(&state, &members);
        let ending = presiding::preside(
            &console,
            &members,
            (&players, &departments, &sittings),
            proposals,
            &mut after,
        )
        .await;
        playing.abort();
        let _ = hub.await;
        ending
    }

    /// The plan that is rehearsed.
    ///
    /// # Errors
    /// When it is not ready.
    pub fn plan(&self) -> Result<Plan, RehearseFault> {
        SessionFolder::new(&self.from)
            .read_plan()
            .map_err(|unready| RehearseFault::Start(crate::hub::StartFault::Plan(unready)))
    }
}
