//! One simulated person: enrols, signs in, returns the paper that the book of votes holds. Everything else a real
//! terminal does by itself too.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::stage::Stage;
use super::votes::VoteBook;
use super::{Rehearsal, RehearseFault};
use crate::client::{Client, Pace, Paper, View};
use crate::meeting::{BallotId, Command, Phase, SeatId};
use crate::plan::Plan;

/// The longest pause before a simulated terminal registers, in milliseconds. A real one waits up to five seconds.
const REGISTER_MILLIS_MAX: u64 = 200;

/// The longest time a simulated member thinks, in milliseconds.
const THINK_MILLIS_MAX: u64 = 250;

/// How many enrol at once: a room does not fill in one instant.
const AT_ONCE: usize = 16;

/// The simulated people of a meeting.
pub struct Members {
    /// Who has signed in at the start.
    pub seats: BTreeSet<SeatId>,
    /// How many papers each ballot will get back from them.
    pub votes: VoteBook,
    returned: watch::Receiver<Vec<BallotId>>,
    people: JoinSet<()>,
}

impl Members {
    /// Everyone of the plan but the absent joins, and signs in.
    ///
    /// # Errors
    /// When somebody cannot.
    pub async fn join(
        stage: &Stage,
        plan: &Plan,
        absent: &BTreeSet<SeatId>,
        votes: &VoteBook,
        seed: u64,
    ) -> Result<Self, RehearseFault> {
        let everyone = plan.people.iter().map(|person| SeatId::from(person.id.as_str()));
        let seats: Vec<SeatId> = everyone.filter(|seat| !absent.contains(seat)).collect();
        Self::join_seats(stage, seats, votes, seed).await
    }

    /// These people join, and sign in.
    ///
    /// # Errors
    /// When somebody cannot.
    pub async fn join_seats(
        stage: &Stage,
        seats: Vec<SeatId>,
        votes: &VoteBook,
        seed: u64,
    ) -> Result<Self, RehearseFault> {
        let (returned_sender, returned) = watch::channel(Vec::new());
        let returned_sender = Arc::new(returned_sender);
        let mut people = JoinSet::new();
        for (group, some) in seats.chunks(AT_ONCE).enumerate() {
            let joining = some.iter().enumerate().map(|(place, seat)| {
                let own = seed ^ ((group * AT_ONCE + place) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                async move {
                    let client = stage.seat(seat, Pace::seeded(own, REGISTER_MILLIS_MAX)).await?;
                    Ok::<_, RehearseFault>((client, seat.clone(), own))
                }
            });
            for joined in futures::future::join_all(joining).await {
                let (client, seat, own) = joined?;
                let person = Person {
                    client,
                    seat,
                    votes: votes.clone(),
                    rng: StdRng::seed_from_u64(own),
                    returned: Arc::clone(&returned_sender),
                };
                people.spawn(person.attend());
            }
        }
        Ok(Self { seats: seats.into_iter().collect(), votes: votes.clone(), returned, people })
    }

    /// Waits until every paper that will come back from a simulated member has.
    pub async fn all_returned(&self, ballot: &BallotId, expected: usize) {
        let mut returned = self.returned.clone();
        let enough =
            |ballots: &Vec<BallotId>| ballots.iter().filter(|one| *one == ballot).count() >= expected;
        let _ = returned.wait_for(enough).await;
    }

    /// How many simulated people there are.
    pub fn count(&self) -> usize {
        self.people.len()
    }
}

impl Rehearsal {
    /// The longest pause of a simulated person, in milliseconds: for those who wait for one.
    pub const PAUSE_MILLIS_MAX: u64 = THINK_MILLIS_MAX;
}

struct Person {
    client: Client,
    seat: SeatId,
    votes: VoteBook,
    rng: StdRng,
    returned: Arc<watch::Sender<Vec<BallotId>>>,
}

impl Person {
    async fn attend(mut self) {
        if self.client.until(|view| view.state.is_some()).await.is_err() {
            return;
        }
        let _ = self.client.order(Command::SignIn { seat: self.seat.clone() }).await;
        loop {
            let ready = |view: &View| over(view) || view.paper == Paper::Open;
            let Ok(view) = self.client.until(ready).await else { return };
            if over(&view) {
                return;
            }
            let Some(ballot) = self.vote(&view).await else { return };
            let past = |view: &View| {
                let same = view
                    .state
                    .as_ref()
                    .and_then(|state| state.current_round())
                    .is_some_and(|(_, round)| round.issue.ballot == ballot);
                over(view) || !same || view.paper != Paper::Open
            };
            if self.client.until(past).await.is_err() {
                return;
            }
        }
    }

    /// Returns the paper, if this member does. None: the client has ended.
    async fn vote(&mut self, view: &View) -> Option<BallotId> {
        let state = view.state.as_ref()?;
        let (_, round) = state.current_round()?;
        let ballot = round.issue.ballot.clone();
        let place = round.issue.electorate.iter().position(|seat| *seat == self.seat)?;
        let Some(paper) = self.votes.paper(round.issue.item.as_str(), place) else { return Some(ballot) };
        // The book has a choice for every line of the plan; those deferred meanwhile are left out.
        let nomination = state.item(&round.issue.item)?.nomination();
        let choices = nomination
            .lines
            .iter()
            .zip(paper)
            .filter(|(line, _)| round.issue.lines.iter().any(|id| id.as_str() == line.id))
            .map(|(_, choice)| *choice)
            .collect();
        let think = Duration::from_millis(self.rng.random_range(0..=THINK_MILLIS_MAX));
        tokio::time::sleep(think).await;
        if self.client.cast(choices).await.is_ok() {
            self.returned.send_modify(|ballots| ballots.push(ballot.clone()));
        }
        Some(ballot)
    }
}

fn over(view: &View) -> bool {
    view.sealed || view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended)
}
