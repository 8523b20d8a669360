//! Those who play a script in a rehearsed review: the askers, who send their questions when an official is on the floor
//! and say afterwards whether they are satisfied; and the recorder, who takes the answers down.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::member::Members;
use super::script::{Cue, CueEnd, Script};
use crate::client::{AskError, Client, View};
use crate::meeting::{
    Asker, Command, Ended, ItemId, OfficialId, OfficialStage, Question, QuestionId, ReviewState, SeatId,
    SlipKind, SlipSays, Standing, State,
};
use crate::plan::Duty;
use crate::words::rehearse::Said;

/// A script that is being played, against the room's view of any one client.
#[derive(Clone)]
pub struct Players {
    script: Arc<Script>,
    watching: Client,
    clients: Vec<(SeatId, Client)>,
    recorder: Option<Client>,
}

impl Players {
    /// The players of a script, watching through the client of any of the members.
    pub fn new(script: Script, state: &State, members: &Members, watching: Client) -> Self {
        let clients = members.clients().map(|(seat, client)| (seat.clone(), client.clone())).collect();
        let recorder = state.plan().with_duty(Duty::Recorder).next();
        let recorder = recorder.and_then(|person| members.client(&SeatId::from(person.id.as_str())).cloned());
        Self { script: Arc::new(script), watching, clients, recorder }
    }

    fn client(&self, seat: &SeatId) -> Option<&Client> {
        self.clients.iter().find(|(own, _)| own == seat).map(|(_, client)| client)
    }

    /// The cues of the official who is on the floor.
    pub fn cues(&self, item: &ItemId, official: &OfficialId) -> &[Cue] {
        self.script.cues(item.as_str(), official.as_str())
    }

    /// Plays until the meeting ends.
    pub fn play(self) -> JoinHandle<()> {
        tokio::spawn(async move {
            let mut played = BTreeSet::new();
            loop {
                let ended = |view: &View| {
                    view.sealed || view.state.as_ref().is_some_and(|state| state.ended_at.is_some())
                };
                let due = |view: &View| {
                    ended(view) || view.state.as_ref().is_some_and(|state| self.due(state, &played).is_some())
                };
                let Ok(view) = self.watching.until(due).await else { return };
                let Some(state) = view.state.clone().filter(|_| !ended(&view)) else { return };
                let Some(act) = self.due(&state, &played) else { continue };
                played.insert(act.name());
                let _ = self.act(&state, act).await;
            }
        })
    }

    /// What is to be played next.
    fn due(&self, state: &State, played: &BTreeSet<String>) -> Option<Play> {
        let (item, _, review) = state.current_review()?;
        let (official, progress) = review.current()?;
        let cues = self.cues(&item.id, official);
        let fresh = |play: &Play| !played.contains(&play.name());
        let id = &item.id;
        let asking = matches!(progress.stage, OfficialStage::Questioning);
        let asks = (0..cues.len()).filter(|_| asking).map(|cue| Play::Ask(id.clone(), official.clone(), cue));
        let follow_ups_ready = |play: &Play| match play {
            Play::Ask(_, _, cue) => {
                let Some((cue, earlier)) = cues.get(*cue).and_then(|cue| Some((cue, cue.follows?))) else {
                    return true;
                };
                let earlier = cues.get(earlier - 1).and_then(|earlier| find(review, official, earlier));
                // A slip follows up what has been answered.
                earlier.is_some_and(|one| cue.asker.is_some() || matches!(one.standing, Standing::Ended(_)))
            }
            _ => true,
        };
        let later = cues.iter().filter_map(|cue| {
            let question = find(review, official, cue)?;
            let number = question.id;
            match &question.standing {
                Standing::OnFloor if question.answer.is_empty() && !cue.answer.is_empty() => {
                    Some(Play::Answer(id.clone(), number, cue.answer.clone()))
                }
                Standing::Waiting if cue.ended == CueEnd::Withdrawn => {
                    Some(Play::Withdraw(id.clone(), number))
                }
                Standing::Ended(Ended::Answered | Ended::Promised { .. } | Ended::Declined { .. }) => {
                    match (cue.satisfied, question.satisfied) {
                        (Some(wanted), None) => Some(Play::Satisfied(id.clone(), number, wanted)),
                        (Some(false), Some(false)) if question.inquiry.is_none() => {
                            Some(Play::Inquire(id.clone(), number))
                        }
                        _ => None,
                    }
                }
                _ => None,
            }
        });
        later.chain(asks).filter(follow_ups_ready).find(fresh)
    }

    async fn act(&self, state: &State, play: Play) -> Result<(), AskError> {
        match play {
            Play::Ask(item, official, place) => {
                let Some(cue) = self.cues(&item, &official).get(place).cloned() else { return Ok(()) };
                let review = state.current_review().map(|(_, _, review)| review);
                let earlier = cue.follows.and_then(|earlier| self.cues(&item, &official).get(earlier - 1));
                let follows = review
                    .zip(earlier)
                    .and_then(|(review, earlier)| find(review, &official, earlier))
                    .map(|question| question.id);
                match &cue.asker {
                    Some(asker) => {
                        let Some(client) = self.client(&SeatId::from(asker.as_str())) else { return Ok(()) };
                        client.order(Command::Ask { item, follows, text: cue.text.clone() }).await.map(|_| ())
                    }
                    None => match follows {
                        Some(question) => {
                            let says = SlipSays::FollowUp { question, text: cue.text.clone() };
                            self.as_slip(state, question, says).await
                        }
                        None => self.send_slip(state, official, cue.text.clone()).await,
                    },
                }
            }
            Play::Answer(item, question, text) => match &self.recorder {
                Some(recorder) => {
                    recorder.order(Command::TakeAnswer { item, question, text }).await.map(|_| ())
                }
                None => Ok(()),
            },
            Play::Withdraw(item, question) => {
                let ended = Ended::Withdrawn;
                self.as_asker(state, question, Command::EndQuestion { item, question, ended }).await
            }
            Play::Satisfied(item, question, satisfied) => {
                if is_slip(state, question) {
                    let says = SlipSays::Satisfied { question, satisfied };
                    return self.as_slip(state, question, says).await;
                }
                let command = Command::SayIfSatisfied { item, question, satisfied };
                self.as_asker(state, question, command).await
            }
            Play::Inquire(item, question) => {
                let text = Said::Inquiry.text(state.plan().meeting.language).to_owned();
                if is_slip(state, question) {
                    return self.as_slip(state, question, SlipSays::Inquiry { question, text }).await;
                }
                self.as_asker(state, question, Command::Inquire { item, question, text }).await
            }
        }
    }

    /// Whoever has a slip left sends it: nobody is to know who.
    async fn send_slip(&self, state: &State, official: OfficialId, text: String) -> Result<(), AskError> {
        for (seat, client) in &self.clients {
            let review = state.current_review().map(|(_, plan, _)| plan);
            let reviewer = review.is_some_and(|plan| {
                state
                    .plan()
                    .person(seat.as_str())
                    .is_some_and(|person| plan.reviewers.contains(&person.group))
            });
            if !reviewer {
                continue;
            }
            let issued = |view: &View| view.slips_left.is_some();
            let wait = std::time::Duration::from_secs(5);
            let Ok(Ok(view)) = tokio::time::timeout(wait, client.until(issued)).await else { continue };
            if view.slips_left.unwrap_or(0) > 0 {
                return client.slip(SlipSays::begin(SlipKind::Question, official, text)).await.map(|_| ());
            }
        }
        Ok(())
    }

    /// The slip that asked goes on: only its own terminal can, and only that one knows.
    async fn as_slip(&self, state: &State, id: QuestionId, says: SlipSays) -> Result<(), AskError> {
        let review = state.current_review().map(|(_, _, review)| review);
        let Some(question) = review.and_then(|review| review.question(id)) else { return Ok(()) };
        for (_, client) in &self.clients {
            // It may be a moment behind the record that the player watches.
            let caught_up = |view: &View| view.state.as_ref().is_some_and(|own| own.line >= state.line);
            let wait = std::time::Duration::from_secs(5);
            let Ok(Ok(view)) = tokio::time::timeout(wait, client.until(caught_up)).await else { continue };
            if view.own_slip(question).is_some() {
                return client.slip(says).await.map(|_| ());
            }
        }
        Ok(())
    }

    async fn as_asker(&self, state: &State, id: QuestionId, command: Command) -> Result<(), AskError> {
        let review = state.current_review().map(|(_, _, review)| review);
        let asker = review.and_then(|review| match &review.question(id)?.asker {
            Asker::Seat { seat, .. } => Some(seat.clone()),
            Asker::Slip { .. } => None,
        });
        match asker.and_then(|seat| self.client(&seat)) {
            Some(client) => client.order(command).await.map(|_| ()),
            None => Ok(()),
        }
    }
}

fn is_slip(state: &State, id: QuestionId) -> bool {
    let review = state.current_review().map(|(_, _, review)| review);
    let question = review.and_then(|review| review.question(id));
    question.is_some_and(|question| matches!(question.asker, Asker::Slip { .. }))
}

/// Something that a player does, once.
enum Play {
    Ask(ItemId, OfficialId, usize),
    Answer(ItemId, QuestionId, String),
    Withdraw(ItemId, QuestionId),
    Satisfied(ItemId, QuestionId, bool),
    Inquire(ItemId, QuestionId),
}

impl Play {
    fn name(&self) -> String {
        match self {
            Self::Ask(item, official, cue) => format!("ask {item} {official} {cue}"),
            Self::Answer(item, question, _) => format!("answer {item} {question}"),
            Self::Withdraw(item, question) => format!("withdraw {item} {question}"),
            Self::Satisfied(item, question, _) => format!("satisfied {item} {question}"),
            Self::Inquire(item, question) => format!("inquire {item} {question}"),
        }
    }
}

/// The question of a cue, once it came: the same words by the same asker.
pub fn find<'a>(review: &'a ReviewState, official: &OfficialId, cue: &Cue) -> Option<&'a Question> {
    review.questions.iter().find(|question| {
        let asker = match (&question.asker, &cue.asker) {
            (Asker::Seat { seat, .. }, Some(asker)) => seat.as_str() == asker,
            (Asker::Slip { .. }, None) => true,
            _ => false,
        };
        asker && question.official == *official && question.text == cue.text.trim()
    })
}
