//! The simulated people. Each enrols, signs in, and returns the papers that the book of votes holds. Everything else a
//! real terminal does by itself too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::RehearseFault;
use super::exam::ExamBook;
use super::open;
use super::sittings::Sittings;
use super::stage::Stage;
use super::votes::VoteBook;
use crate::client::{Answered, Client, Pace, Paper, View};
use crate::meeting::{BallotId, Command, ExamPaper, ExamPhase, Issue, ItemId, Phase, Round, SeatId, State};
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
    /// How they vote.
    pub votes: VoteBook,
    clients: BTreeMap<SeatId, Client>,
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
        (plan, sittings): (&Plan, &Arc<Sittings>),
        absent: &BTreeSet<SeatId>,
        votes: &VoteBook,
        seed: u64,
    ) -> Result<Self, RehearseFault> {
        let everyone = plan.people.iter().map(|person| SeatId::from(person.id.as_str()));
        let seats: Vec<SeatId> = everyone.filter(|seat| !absent.contains(seat)).collect();
        Self::join_sittings(stage, (seats, Arc::clone(sittings)), votes, seed).await
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
        Self::join_sittings(stage, (seats, Arc::default()), votes, seed).await
    }

    async fn join_sittings(
        stage: &Stage,
        (seats, sittings): (Vec<SeatId>, Arc<Sittings>),
        votes: &VoteBook,
        seed: u64,
    ) -> Result<Self, RehearseFault> {
        let (returned_sender, returned) = watch::channel(Vec::new());
        let returned_sender = Arc::new(returned_sender);
        let plan = stage.folder().read_plan().ok();
        let exams = plan.map(|plan| ExamBook::read(stage.folder(), &plan)).unwrap_or_default();
        let mut people = JoinSet::new();
        let mut clients = BTreeMap::new();
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
                clients.insert(seat.clone(), client.clone());
                let person = Person {
                    client,
                    seat,
                    votes: votes.clone(),
                    exams: exams.clone(),
                    sittings: Arc::clone(&sittings),
                    rng: StdRng::seed_from_u64(own),
                    returned: Arc::clone(&returned_sender),
                };
                people.spawn(person.attend());
            }
        }
        let seats = seats.into_iter().collect();
        Ok(Self { seats, votes: votes.clone(), clients, returned, people })
    }

    /// The client of a simulated person.
    pub fn client(&self, seat: &SeatId) -> Option<&Client> {
        self.clients.get(seat)
    }

    /// The clients of all simulated people.
    pub fn clients(&self) -> impl Iterator<Item = (&SeatId, &Client)> {
        self.clients.iter()
    }

    /// Waits until every paper of these rounds that will come back from a simulated member has.
    pub async fn all_returned(&self, state: &State, rounds: &[&Round]) {
        for round in rounds {
            let ballot = &round.issue.ballot;
            let expected = round
                .issue
                .electorate
                .iter()
                .enumerate()
                .filter(|(place, seat)| {
                    self.seats.contains(seat)
                        && round.issued.contains_key(seat)
                        && self.votes.paper(state.plan(), &round.issue, *place).is_some()
                })
                .count();
            let mut returned = self.returned.clone();
            let enough =
                |ballots: &Vec<BallotId>| ballots.iter().filter(|one| *one == ballot).count() >= expected;
            let _ = returned.wait_for(enough).await;
        }
    }

    /// How many simulated people there are.
    pub fn count(&self) -> usize {
        self.people.len()
    }
}

struct Person {
    client: Client,
    seat: SeatId,
    votes: VoteBook,
    exams: ExamBook,
    sittings: Arc<Sittings>,
    rng: StdRng,
    returned: Arc<watch::Sender<Vec<BallotId>>>,
}

impl Person {
    async fn attend(mut self) {
        if self.client.until(|view| view.state.is_some()).await.is_err() {
            return;
        }
        loop {
            let own = self.seat.clone();
            let ready = |view: &View| {
                over(view)
                    || self.comes(view)
                    || view.paper == Paper::Open
                    || is_due(view, &own)
                    || exam_task(view, &own).is_some()
            };
            let Ok(view) = self.client.until(ready).await else { return };
            if over(&view) {
                return self.sign().await;
            }
            if self.comes(&view) {
                let _ = self.client.order(Command::SignIn { seat: own.clone() }).await;
                let signed_in = |view: &View| over(view) || !self.comes(view);
                if self.client.until(signed_in).await.is_err() {
                    return;
                }
                continue;
            }
            if let Some(task) = exam_task(&view, &self.seat) {
                let line = view.state.as_ref().map_or(0, |state| state.line);
                self.sit(&view, task).await;
                let seat = self.seat.clone();
                let past = |view: &View| {
                    let later = view.state.as_ref().is_some_and(|state| state.line > line);
                    over(view) || later || exam_task(view, &seat).is_none()
                };
                if self.client.until(past).await.is_err() {
                    return;
                }
                continue;
            }
            if view.paper != Paper::Open {
                if !self.decide_in_the_open(&view).await {
                    return;
                }
                continue;
            }
            let Some(ballot) = self.vote(&view).await else { return };
            let seat = self.seat.clone();
            let past = |view: &View| {
                let same = view
                    .state
                    .as_ref()
                    .and_then(|state| state.round_of(&seat))
                    .is_some_and(|round| round.issue.ballot == ballot);
                over(view) || !same || view.paper != Paper::Open
            };
            if self.client.until(past).await.is_err() {
                return;
            }
        }
    }

    /// Whether this person comes to the sitting for which people sign in, and has not come yet.
    fn comes(&self, view: &View) -> bool {
        view.state.as_ref().is_some_and(|state| {
            let first = state.sittings.is_empty() || state.phase == Phase::SigningIn;
            let waits = first && state.recess().is_none() && !state.attendance.contains_key(&self.seat);
            waits && self.sittings.attends(state, &self.seat)
        })
    }

    /// States a view, votes by name, or signs a matter's record. False: the client has ended.
    async fn decide_in_the_open(&mut self, view: &View) -> bool {
        let Some(state) = view.state.as_ref() else { return true };
        let Some(command) = open::command(state, &self.seat, &mut self.rng) else { return true };
        let think = Duration::from_millis(self.rng.random_range(0..=THINK_MILLIS_MAX));
        tokio::time::sleep(think).await;
        let _ = self.client.order(command).await;
        // Done, or refused because the meeting has gone on: either way the record says more now.
        let line = state.line;
        let further = |view: &View| over(view) || view.state.as_ref().is_some_and(|state| state.line > line);
        self.client.until(further).await.is_ok()
    }

    /// Signs the seal when it is this person's turn, if they sign at all. That the terminal witnesses, it does by itself.
    async fn sign(self) {
        let turn = |view: &View| {
            let mine = view.seal.as_ref().map(|seal| seal.signer(&view.me).is_none_or(|me| me.can));
            view.sealed || mine == Some(true)
        };
        let Ok(view) = self.client.until(turn).await else { return };
        let signs = view.seal.as_ref().is_some_and(|seal| seal.signer(&view.me).is_some());
        if signs && !view.sealed {
            let _ = self.client.seal().await;
        }
    }

    /// Takes a place in an exam; answers the paper, and hands it in.
    async fn sit(&mut self, view: &View, task: ExamTask) {
        let think = Duration::from_millis(self.rng.random_range(0..=THINK_MILLIS_MAX));
        match task {
            ExamTask::TakePlace(item) => {
                let _ = self.client.take_place(item).await;
            }
            ExamTask::Answer(item, paper) => {
                let seats = view.state.as_ref().and_then(|state| state.exam(&item)).map(|(plan, _)| {
                    let at = plan.candidates.iter().position(|one| one.person == self.seat.as_str());
                    (at.unwrap_or(0), plan.candidates.len())
                });
                let answers = self.exams.answers(&item, &paper, seats.unwrap_or((0, 1)), &mut self.rng);
                let flagged = vec![false; answers.len()];
                tokio::time::sleep(think).await;
                let version = u64::MAX / 2;
                self.client.answer(Answered { item: item.clone(), version, answers, flagged }).await;
                let _ = self.client.hand_in(item).await;
            }
        }
    }

    /// Returns the paper, if this member does. None: the client has ended.
    async fn vote(&mut self, view: &View) -> Option<BallotId> {
        let state = view.state.as_ref()?;
        let issue = Arc::clone(&state.round_of(&self.seat)?.issue);
        let ballot = issue.ballot.clone();
        let place = issue.electorate.iter().position(|seat| *seat == self.seat)?;
        let Some(paper) = self.votes.paper(state.plan(), &issue, place) else { return Some(ballot) };
        let choices = voted_on(state, &issue, paper);
        let think = Duration::from_millis(self.rng.random_range(0..=THINK_MILLIS_MAX));
        tokio::time::sleep(think).await;
        if self.client.cast(choices).await.is_ok() {
            self.returned.send_modify(|ballots| ballots.push(ballot.clone()));
        }
        Some(ballot)
    }
}

/// The book has a choice for every line of the plan; those deferred meanwhile are left out.
fn voted_on(state: &State, issue: &Issue, paper: Vec<usize>) -> Vec<usize> {
    let lines = state.item(&issue.item).map(crate::plan::Item::lines).unwrap_or_default();
    if lines.is_empty() {
        return paper;
    }
    let is_voted = |line: &crate::plan::Nominee| issue.lines.iter().any(|id| id.as_str() == line.id);
    lines.iter().zip(paper).filter(|(line, _)| is_voted(line)).map(|(_, choice)| choice).collect()
}

fn is_due(view: &View, seat: &SeatId) -> bool {
    view.state.as_ref().is_some_and(|state| open::is_due(state, seat))
}

/// What a simulated candidate does next.
enum ExamTask {
    TakePlace(ItemId),
    Answer(ItemId, Arc<ExamPaper>),
}

fn exam_task(view: &View, seat: &SeatId) -> Option<ExamTask> {
    let state = view.state.as_ref().filter(|state| state.suspended.is_none())?;
    let (item, plan, exam) = state.current_exam()?;
    plan.candidate(seat.as_str())?;
    if !exam.seated.contains_key(seat) {
        let open = matches!(exam.phase, ExamPhase::Seating | ExamPhase::Running);
        return (open && state.is_present(seat)).then(|| ExamTask::TakePlace(item.id.clone()));
    }
    let open = exam.phase == ExamPhase::Running && !exam.handed_in.contains_key(seat);
    let own = view.exam.as_deref().filter(|own| open && own.item == item.id && !own.handing_in)?;
    Some(ExamTask::Answer(item.id.clone(), Arc::clone(own.paper.as_ref()?)))
}

fn over(view: &View) -> bool {
    view.sealed || view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended)
}
