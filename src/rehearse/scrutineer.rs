//! The simulated scrutineers: they count heads, compare the room code with the console's screen, accept what does not
//! answer, and sign the result sheet. What their terminals do by themselves, they do here too.

use std::time::Duration;

use tokio::task::JoinSet;

use super::member::Members;
use crate::client::{AskError, Client, Link, View};
use crate::meeting::{BallotId, Command, Phase, Refusal, SeatId, State, Step, next_step, result_hash, seat};

/// The simulated scrutineers of a meeting. They end when this is dropped.
pub struct Scrutineers {
    people: JoinSet<()>,
}

impl Scrutineers {
    /// Those of the members who are scrutineers; `screen` is where they read the room code.
    pub fn play(state: &State, members: &Members, screen: &Client) -> Self {
        let scrutineers = state.scrutineers().map(seat);
        Self::of(scrutineers.filter_map(|who| Some((who.clone(), members.client(&who)?.clone()))), screen)
    }

    /// These scrutineers, each at a terminal.
    pub fn of(scrutineers: impl IntoIterator<Item = (SeatId, Client)>, screen: &Client) -> Self {
        let mut people = JoinSet::new();
        for (who, client) in scrutineers {
            people.spawn(Scrutineer { who, client, screen: screen.clone() }.attend());
        }
        Self { people }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.people.len()
    }
}

struct Scrutineer {
    who: SeatId,
    client: Client,
    screen: Client,
}

/// What a scrutineer is asked for by the step that the meeting is at.
enum Asked {
    Give(Command),
    ReadCode,
    Accept(BallotId, Vec<SeatId>),
}

impl Scrutineer {
    async fn attend(self) {
        loop {
            let due = |view: &View| over(view) || self.asked(view).is_some();
            let Ok(view) = self.client.until(due).await else { return };
            if over(&view) {
                return;
            }
            let Some(asked) = self.asked(&view) else { continue };
            let line = view.chain.number;
            let done = match asked {
                Asked::Give(command) => self.client.order(command).await.map(|_| ()),
                Asked::ReadCode => self.read_code().await,
                Asked::Accept(ballot, seats) => self.accept(ballot, seats).await,
            };
            // Without a connection it was not even asked. Refused because something has changed meanwhile, most likely: look
            // again then.
            let unasked = matches!(done, Err(AskError::NotConnected));
            let again = |view: &View| {
                over(view) || view.chain.number > line || (unasked && view.link == Link::Connected)
            };
            if matches!(done, Err(AskError::Ended)) || self.client.until(again).await.is_err() {
                return;
            }
        }
    }

    fn asked(&self, view: &View) -> Option<Asked> {
        let state = view.state.as_ref()?;
        if !state.is_present(&self.who) {
            return None;
        }
        match next_step(state)? {
            Step::CountHeads(item) => {
                let heads = state.present_for(state.item(&item)?);
                let counted = state.item_state(&item)?.heads.get(&self.who);
                (counted != Some(&heads)).then_some(Asked::Give(Command::CountHeads { item, heads }))
            }
            Step::CompareRoom(_) if !state.room.confirmed.contains(&self.who) => Some(Asked::ReadCode),
            Step::CheckBox(_) => {
                let needed = state.scrutineers_needed();
                let round =
                    state.rounds_on_floor().find(|round| round.box_missing(needed).next().is_some())?;
                let mine =
                    |seat: &&SeatId| !round.accepted.get(*seat).is_some_and(|by| by.contains(&self.who));
                let missing: Vec<SeatId> = round.box_missing(needed).filter(mine).cloned().collect();
                (!missing.is_empty()).then(|| Asked::Accept(round.issue.ballot.clone(), missing))
            }
            Step::SignResult(ballot) => {
                let (item, round) = state.round(&ballot)?;
                let result = result_hash(item.rounds_together());
                let signed = round.sheet.contains_key(&self.who);
                (!signed).then_some(Asked::Give(Command::SignResult { ballot, result }))
            }
            _ => None,
        }
    }

    /// Reads the code from the other screen, and types it.
    async fn read_code(&self) -> Result<(), AskError> {
        let shown = |view: &View| over(view) || view.room.as_ref().is_some_and(|room| room.code.is_some());
        let view = self.screen.until(shown).await?;
        let code = view.room.as_ref().and_then(|room| room.code.clone()).unwrap_or_default();
        self.client.confirm_room(code).await.map(|_| ())
    }

    /// Waits as long as the rule has it, and no longer: most terminals answer at once, and then nothing is to be accepted.
    async fn accept(&self, ballot: BallotId, seats: Vec<SeatId>) -> Result<(), AskError> {
        loop {
            let command = Command::AcceptMissing { ballot: ballot.clone(), seats: seats.clone() };
            match self.client.order(command).await {
                Err(AskError::Refused(Refusal::BoxStillChecked { seconds })) => {
                    let answered = |view: &View| {
                        over(view)
                            || view
                                .state
                                .as_ref()
                                .is_some_and(|state| !matches!(next_step(state), Some(Step::CheckBox(_))))
                    };
                    let pause = Duration::from_secs(u64::from(seconds));
                    if let Ok(view) = tokio::time::timeout(pause, self.client.until(answered)).await {
                        return view.map(|_| ());
                    }
                }
                done => return done.map(|_| ()),
            }
        }
    }
}

fn over(view: &View) -> bool {
    view.sealed || view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended)
}
