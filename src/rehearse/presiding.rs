//! The simulated presiding officer: takes the next lawful step, one after the other, as somebody at the console would
//! who only ever presses Enter.

use super::RehearseFault;
use super::after::After;
use super::departments::Departments;
use super::inside::Inside;
use super::member::Members;
use super::players::{Players, find};
use super::proposals::Proposals;
use super::script::CueEnd;
use super::sittings::Sittings;
use crate::client::{AskError, Client, SealAct, View};
use crate::meeting::{
    Actor, AdjournGround, Command, Ended, ItemId, Judged, OfficialId, Phase, Question, QuestionId,
    ReviewState, SeatId, Standing, State, Step, next_step,
};
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
pub async fn preside(
    console: &Client,
    members: &Members,
    (players, departments, sittings): (&Players, &Departments, &Sittings),
    mut proposals: Proposals,
    after: &mut After,
) -> Result<Ending, RehearseFault> {
    let all_here = |view: &View| {
        view.state.as_ref().is_some_and(|state| {
            let mut expected = members.seats.iter().filter(|seat| sittings.attends(state, seat));
            expected.all(|seat| state.is_present(seat))
        })
    };
    let mut ending = Ending::Held;
    loop {
        let view = console.until(|view| view.state.is_some()).await.map_err(fault(&Step::OpenMeeting))?;
        let Some(state) = view.state.clone() else { continue };
        let Some(step) = next_step(&state) else { return Ok(ending) };
        if state.phase == Phase::Open && after.play(console, members, &state).await.map_err(fault(&step))? {
            continue;
        }
        if step == Step::Seal {
            seal(console, members).await.map_err(fault(&step))?;
            return Ok(ending);
        }
        if let Some(command) = proposals.next(&state, &step) {
            give(console, command).await.map_err(fault(&step))?;
            continue;
        }
        if step == Step::OpenMeeting {
            console.until(all_here).await.map_err(fault(&step))?;
        }
        if let Some(adjourn) = sittings.adjourns(&state) {
            give(console, adjourn).await.map_err(fault(&step))?;
            continue;
        }
        take(console, members, (players, departments), &state, &step).await.map_err(fault(&step))?;
        let missed = console.view().state.as_ref().is_some_and(|state| state.quorum_missed.is_some());
        if missed {
            ending = Ending::NoQuorum;
            let adjourn = Command::Adjourn { ground: AdjournGround::NoQuorum };
            give(console, adjourn).await.map_err(fault(&step))?;
        }
    }
}

/// How long the simulated presiding officer waits for the others' signatures and for their terminals.
const SIGNING_SECONDS_MAX: u64 = 60;

/// Signs last: when every simulated person has signed who does, and all terminals have witnessed. Whoever is not there, or
/// does not sign, is named with the reason.
async fn seal(console: &Client, members: &Members) -> Result<(), AskError> {
    let ready = console.until(|view| view.sealed || view.seal.is_some()).await?;
    let lang = ready.state.as_ref().map_or(Lang::En, |state| state.plan().meeting.language);
    let simulated = |by: &Actor| by.seat().is_some_and(|seat| members.seats.contains(seat));
    let missing = |view: &View| -> Vec<Actor> {
        let missing = view.seal.iter().flat_map(|seal| seal.missing());
        missing.map(|signer| signer.by.clone()).collect()
    };
    for who in missing(&ready).into_iter().filter(|who| !simulated(who)) {
        let reason = Said::NotHere.text(lang).to_owned();
        console.of_seal(SealAct::Without(who, reason)).await?;
    }
    let enough = |view: &View| {
        let witnessed = view.seal.as_ref().and_then(|seal| seal.witnesses);
        view.sealed || missing(view).is_empty() && witnessed.is_some_and(|many| many > members.seats.len())
    };
    let wait = std::time::Duration::from_secs(SIGNING_SECONDS_MAX);
    let view = match tokio::time::timeout(wait, console.until(enough)).await {
        Ok(view) => view?,
        Err(_) => console.view(),
    };
    for who in missing(&view) {
        let reason = Said::DidNotSign.text(lang).to_owned();
        console.of_seal(SealAct::Without(who, reason)).await?;
    }
    console.seal().await.map(|_| ())
}

/// In a room of no more than so many, all hands agree; in a larger one, one does not.
const HANDS_ALL_AGREE_MAX: u32 = 4;

/// Takes a step, or waits for what has to happen before it.
async fn take(
    console: &Client,
    members: &Members,
    (players, departments): (&Players, &Departments),
    state: &State,
    step: &Step,
) -> Result<(), AskError> {
    match step {
        Step::TakePapers(_)
        | Step::AwaitKey(_)
        | Step::CountHeads(_)
        | Step::ConfirmList(_)
        | Step::CompareRoom(_)
        | Step::CheckBox(_)
        | Step::CountPapers(_)
        | Step::SignResult(_)
        | Step::SealBox(_)
        | Step::AwaitCount(_)
        | Step::AwaitOrder(_)
        | Step::AwaitSpeakers(_)
        | Step::AwaitStatement(..)
        | Step::AwaitVotes(_)
        | Step::AwaitSignature(_)
        | Step::EndExam(_)
        | Step::AwaitMarks(_) => {
            let past =
                |view: &View| view.state.as_ref().and_then(|state| next_step(state)).as_ref() != Some(step);
            return console.until(past).await.map(|_| ());
        }
        Step::ApproveScrutineers => {
            let hands = Command::ApproveScrutineers { agree: state.present(), disagree: 0, abstain: 0 };
            return give(console, hands).await;
        }
        Step::SumUp(item) => {
            let text = Said::SummingUp.text(state.plan().meeting.language).to_owned();
            return give(console, Command::SumUp { item: item.clone(), text }).await;
        }
        Step::CountHands(item) => {
            let present = state.item(item).map_or(0, |planned| state.present_for(planned));
            let disagree = u32::from(present > HANDS_ALL_AGREE_MAX);
            let agree = present - disagree;
            return give(console, Command::CountHands { item: item.clone(), agree, disagree, abstain: 0 })
                .await;
        }
        Step::BeginExam(item) => {
            // Every simulated candidate takes a place by itself.
            let seated = |view: &View| {
                let exam = view.state.as_ref().and_then(|state| state.exam(item));
                exam.is_some_and(|(plan, exam)| {
                    let seats =
                        plan.candidates.iter().map(|candidate| SeatId::from(candidate.person.as_str()));
                    let mut simulated = seats.filter(|seat| members.seats.contains(seat));
                    simulated.all(|seat| exam.seated.contains_key(&seat))
                })
            };
            console.until(seated).await?;
        }
        Step::JudgeReply(item, question) => {
            // A reply is waited for where somebody is there to give it.
            let replied =
                |view: &View| view.state.as_ref().is_none_or(|state| Inside::is_replied(state, *question));
            console.until(replied).await?;
            let (item, question, judged) = (item.clone(), *question, Judged::Clearly);
            return give(console, Command::JudgeReply { item, question, judged }).await;
        }
        Step::EndDeliberation(item) => {
            let said = |view: &View| view.state.as_ref().is_none_or(|state| Inside::all_said(state, item));
            console.until(said).await?;
            let known = console.view();
            if known.state.as_ref().and_then(|state| next_step(state)).as_ref() != Some(step) {
                return Ok(());
            }
            let lang: Lang = state.plan().meeting.language;
            give(console, Command::Note { text: Said::Deliberated.text(lang).to_owned() }).await?;
        }
        Step::CloseVoting(_) => {
            let rounds: Vec<_> = state.rounds_on_floor().collect();
            members.all_returned(state, &rounds).await;
        }
        Step::KeepClosed(ballot) => {
            // Nobody is waited for who might return a ballot next time: the item ends undecided.
            let (item, subject) = state
                .round(ballot)
                .map(|(item, round)| (item.id.clone(), round.issue.subject.clone()))
                .ok_or(AskError::Ended)?;
            give(console, Command::KeepClosed { ballot: ballot.clone() }).await?;
            let reason = Said::TooFew.text(state.plan().meeting.language).to_owned();
            let undecided = match subject {
                Some(official) => Command::PutOff { item, official, reason },
                None => Command::Declare { item },
            };
            return give(console, undecided).await;
        }
        Step::CloseOpinions(item, official) => {
            return close_opinions(console, departments, state, item, official).await;
        }
        Step::CallQuestion(item, question) => {
            if let Some(waiting) = with_cue(state, players, item, *question)
                && waiting == CueEnd::Withdrawn
            {
                return changed(console, state).await;
            }
        }
        Step::EndQuestion(item, question) => {
            return end_question(console, players, state, item, *question).await;
        }
        Step::EndQuestions(item) => {
            let played = state
                .current_review()
                .and_then(|(_, _, review)| Some(all_played(players, item, review, review.current()?.0)));
            if played == Some(false) {
                return changed(console, state).await;
            }
        }
        _ => {}
    }
    match step.command() {
        Some(command) => give(console, command).await,
        None => Ok(()),
    }
}

/// Closes the opinions on an official once everybody has spoken; the second half of them all at once.
async fn close_opinions(
    console: &Client,
    departments: &Departments,
    state: &State,
    item: &ItemId,
    official: &OfficialId,
) -> Result<(), AskError> {
    let Some((_, plan, joint)) = state.current_joint() else { return Ok(()) };
    let open: Vec<OfficialId> = joint.open(plan).collect();
    let together = open.len() * 2 <= plan.officials.len();
    let closing: Vec<OfficialId> = if together { open } else { vec![official.clone()] };
    let spoken = |view: &View| {
        view.state
            .as_ref()
            .is_some_and(|state| closing.iter().all(|one| departments.all_spoke(state, item, one)))
    };
    let view = console.until(spoken).await?;
    let known = view.state.as_deref().unwrap_or(state);
    for command in closing.iter().flat_map(|one| departments.entered(known, item, one)) {
        give(console, command).await?;
    }
    let (item, official) = (item.clone(), official.clone());
    give(
        console,
        if together { Command::CloseAllOpinions { item } } else { Command::CloseOpinions { item, official } },
    )
    .await
}

/// How the script has a question end.
fn with_cue(state: &State, players: &Players, item: &ItemId, question: QuestionId) -> Option<CueEnd> {
    let (_, _, review) = state.current_review()?;
    let question = review.question(question)?;
    let cues = players.cues(item, &question.official);
    let cue = cues
        .iter()
        .find(|cue| find(review, &question.official, cue).map(|one| one.id) == Some(question.id))?;
    Some(cue.ended)
}

/// Ends the question on the floor as the script has it, once its answer is taken down.
async fn end_question(
    console: &Client,
    players: &Players,
    state: &State,
    item: &ItemId,
    question: QuestionId,
) -> Result<(), AskError> {
    let found = state.current_review().and_then(|(_, _, review)| {
        let question = review.question(question)?;
        let cues = players.cues(item, &question.official);
        let is_its = |cue: &&super::script::Cue| {
            find(review, &question.official, cue).map(|one| one.id) == Some(question.id)
        };
        Some((question.clone(), cues.iter().find(is_its).cloned()))
    });
    let ended = match found {
        Some((question, Some(cue))) => {
            if question.answer.is_empty() && !cue.answer.is_empty() {
                return changed(console, state).await;
            }
            cue.end()
        }
        _ => Ended::Answered,
    };
    give(console, Command::EndQuestion { item: item.clone(), question, ended }).await
}

/// Whether everything of the script has been played for an official: asked, ended, and said whether it satisfied.
fn all_played(players: &Players, item: &ItemId, review: &ReviewState, official: &OfficialId) -> bool {
    players.cues(item, official).iter().all(|cue| {
        let over = |question: &Question| {
            let ended = matches!(question.standing, Standing::Ended(_));
            let said = cue.satisfied.is_none() || question.satisfied.is_some();
            let inquired = cue.satisfied != Some(false) || question.inquiry.is_some();
            ended && (cue.ended == CueEnd::Withdrawn || said && inquired)
        };
        find(review, official, cue).is_some_and(over)
    })
}

/// Waits for the next line of the record.
async fn changed(console: &Client, state: &State) -> Result<(), AskError> {
    let line = state.line;
    console.until(|view| view.state.as_ref().is_some_and(|state| state.line > line)).await.map(|_| ())
}

/// Gives a command, and waits until this screen has folded what followed.
pub(super) async fn give(console: &Client, command: Command) -> Result<(), AskError> {
    let done = console.order(command).await?;
    let line = done.line.unwrap_or(0);
    let known = |view: &View| {
        view.chain.number >= line || view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended)
    };
    console.until(known).await.map(|_| ())
}
