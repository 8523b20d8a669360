//! A review at the console: which official or question is chosen, what the keys do with it, and when clocks tick.

use std::time::Duration;

use jiff::Timestamp;

use super::Console;
use super::cover::Cover;
use super::cover::due::Due;
use super::cover::left::LeftOver;
use super::cover::long::{Long, Writes};
use super::cover::material::Material;
use super::cover::merge::Merge;
use super::cover::pick::{For, Pick};
use super::cover::requests::Requests;
use super::cover::text::{Purpose, Text};
use super::cover::whole::Whole;
use crate::meeting::rights;
use crate::meeting::{
    Actor, Command, CommandKind, ExamPhase, ItemId, OfficialId, OfficialStage, QuestionId, ReviewState,
    Stage, State, Timer,
};
use crate::screen::Act;
use crate::words::key::Key;
use crate::words::review::Review as Words;

/// How much a press of the key extends a clock.
const EXTEND_SECONDS: u32 = 60;

/// What is chosen in a review; nothing means what comes next by itself.
#[derive(Debug, Clone, Default)]
pub struct Picked {
    /// In the overview.
    pub official: Option<OfficialId>,
    /// In the queue.
    pub question: Option<QuestionId>,
}

/// The review on the floor while officials report and are questioned; none during a ballot.
pub fn on_floor(state: &State) -> Option<(&ItemId, &ReviewState)> {
    let (item, _, review) = state.current_review()?;
    (item.stage == Stage::Reviewing).then_some((&item.id, review))
}

/// How far the official is whose turn it is; none where it is nobody's.
pub fn stage(review: &ReviewState) -> Option<&OfficialStage> {
    review.current().map(|(_, official)| &official.stage).filter(|stage| !stage.is_over())
}

/// The clocks that stand on the floor: of a speech, of a report or an answer, of an exam.
pub fn clocks(state: &State) -> impl Iterator<Item = &Timer> {
    let speech = state.floor.speaking.as_ref().map(|(_, clock)| clock);
    let review = state.current_review().and_then(|(_, _, review)| review.clock.as_ref());
    let exam = state.current_exam().filter(|(_, _, exam)| exam.phase == ExamPhase::Running);
    speech.into_iter().chain(review).chain(exam.and_then(|(_, _, exam)| exam.clock.as_ref()))
}

/// When a clock's next second is reached; none where no clock runs.
pub fn tick(state: &State, now: Timestamp) -> Option<Duration> {
    let running = clocks(state).filter(|clock| clock.runs());
    let into = |clock: &Timer| u64::try_from(clock.ran(now).rem_euclid(1_000)).unwrap_or(0);
    running.map(|clock| Duration::from_millis(1_000 - into(clock))).min()
}

/// The keys of a review and of the floor, and whether each works.
pub fn keys(state: &State, objections: bool) -> Vec<(Key, bool)> {
    let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
    let mut keys = Vec::new();
    let open = may(CommandKind::CallSpeaker);
    if let Some((_, review)) = on_floor(state).filter(|_| open) {
        let stage = stage(review);
        let questioning = stage == Some(&OfficialStage::Questioning);
        let on_floor = questioning && review.on_floor.is_some();
        let waiting = if questioning { review.queue.len() } else { 0 };
        let overview = stage.is_none() && !review.order.is_empty() && review.next().is_some();
        let findings = stage == Some(&OfficialStage::Findings);
        let reporting = stage == Some(&OfficialStage::Reporting);
        let asked = review.current.as_ref().is_some_and(|id| review.questions_to(id).next().is_some());
        keys.extend([
            (Key::ChooseOfficial, overview),
            (Key::Report, findings || reporting),
            (Key::InWriting, findings),
            (Key::TakeAnswer, on_floor),
            (Key::Promise, on_floor),
            (Key::Decline, on_floor),
        ]);
        keys.extend(of_clock(state));
        keys.extend([
            (Key::ChooseQuestion, waiting > 0),
            (Key::EndQuestions, waiting > 0 && !on_floor),
            (Key::Oral, questioning),
            (Key::Merge, waiting > 1),
            (Key::GiveBack, waiting > 0),
            (Key::Decline, waiting > 0 && !on_floor),
            (Key::MoveQuestion, waiting > 1),
            (Key::PutOff, (findings || overview) && !objections),
            // While the item can be voted on by paper, P is for that.
            (Key::WholeText, asked && stage != Some(&OfficialStage::Evaluating)),
            (Key::WholeTextBeside, asked && stage == Some(&OfficialStage::Evaluating)),
            (Key::Abstain, stage.is_some() && may(CommandKind::Recuse)),
        ]);
    } else if open {
        keys.extend(of_clock(state));
    }
    if open {
        let asked = !state.floor.waiting.is_empty() || state.floor.speaking.is_some();
        let spoken = state
            .current_item()
            .is_some_and(|item| matches!(item.stage, Stage::Deliberating | Stage::Reviewing));
        keys.push((Key::Floor, asked || spoken));
    }
    keys
}

fn of_clock(state: &State) -> [(Key, bool); 3] {
    let running = clocks(state).any(Timer::runs);
    let clock = clocks(state).next().is_some();
    [(Key::Extend, clock), (Key::Pause, clock && running), (Key::GoOn, clock && !running)]
}

impl Picked {
    /// The question that is chosen, or the first of the queue.
    pub fn question(&self, review: &ReviewState) -> Option<QuestionId> {
        let chosen = self.question.filter(|id| review.queue.contains(id));
        chosen.or_else(|| review.queue.first().copied())
    }

    /// The official that is chosen, or the next.
    pub fn official<'a>(&'a self, review: &'a ReviewState) -> Option<&'a OfficialId> {
        self.official.as_ref().or_else(|| review.next())
    }

    /// What Enter does with the one that is chosen, where that is not the next step anyway.
    pub fn calls(&self, state: &State) -> Option<(Command, Words)> {
        let (item, review) = on_floor(state).filter(|_| state.suspended.is_none())?;
        match stage(review) {
            None => {
                let official = self.official.clone().filter(|id| Some(id) != review.next())?;
                Some((Command::CallOfficial { item: item.clone(), official }, Words::CallChosen))
            }
            Some(OfficialStage::Questioning) if review.on_floor.is_none() => {
                let question = self.question.filter(|id| Some(id) != review.queue.first())?;
                Some((Command::CallQuestion { item: item.clone(), question }, Words::AskChosen))
            }
            Some(_) => None,
        }
    }

    /// Chooses another official or question; whether there is any to choose.
    pub fn choose(&mut self, state: &State, forward: bool) -> bool {
        let Some((_, review)) = on_floor(state) else { return false };
        match stage(review) {
            Some(OfficialStage::Questioning) => {
                self.question = other(&review.queue, self.question(review), forward);
                self.question.is_some()
            }
            Some(_) => false,
            None => {
                let to_come: Vec<OfficialId> =
                    review.order.iter().filter(|id| is_to_come(review, id)).cloned().collect();
                self.official = other(&to_come, self.official(review).cloned(), forward);
                self.official.is_some()
            }
        }
    }

    /// The command that moves the chosen question by one place.
    pub fn moves(&mut self, state: &State, back: bool) -> Option<Command> {
        let (item, review) = on_floor(state)?;
        let chosen = self.question(review)?;
        let mut queue = review.queue.clone();
        let at = queue.iter().position(|id| *id == chosen)?;
        let to = if back { at + 1 } else { at.checked_sub(1)? };
        if to >= queue.len() {
            return None;
        }
        queue.swap(at, to);
        self.question = Some(chosen);
        Some(Command::OrderQueue { item: item.clone(), queue })
    }

    /// What is not there any more is not chosen any more.
    pub fn viewed(&mut self, state: &State) {
        let review = on_floor(state).map(|(_, review)| review);
        self.question = self.question.filter(|id| review.is_some_and(|review| review.queue.contains(id)));
        self.official = self.official.take().filter(|id| review.is_some_and(|review| is_to_come(review, id)));
    }
}

fn is_to_come(review: &ReviewState, id: &OfficialId) -> bool {
    review.officials.get(id).is_some_and(|official| official.stage == OfficialStage::ToCome)
}

/// The one after or before another in a list, without going around.
fn other<T: Clone + PartialEq>(all: &[T], at: Option<T>, forward: bool) -> Option<T> {
    let at = at.and_then(|at| all.iter().position(|one| *one == at)).unwrap_or(0);
    let to = if forward { (at + 1).min(all.len().saturating_sub(1)) } else { at.saturating_sub(1) };
    all.get(to).cloned()
}

/// The reviewers, to pick one.
fn reviewers(purpose: For, state: &State) -> Cover {
    let mut pick = Pick::new(purpose);
    pick.people.groups = state.current_review().map_or(Vec::new(), |(_, plan, _)| plan.reviewers.clone());
    Cover::Pick(pick)
}

impl Console {
    /// A key of a review or of the floor was pressed; none where it is no such key.
    pub(super) fn press_review(&mut self, key: Key, state: &State) -> Option<Vec<Act>> {
        match key {
            Key::Pause => return Some(vec![Act::Order(Command::PauseClock)]),
            Key::GoOn => return Some(vec![Act::Order(Command::ResumeClock)]),
            Key::Extend => return Some(vec![Act::Order(Command::ExtendClock { seconds: EXTEND_SECONDS })]),
            Key::Floor => {
                self.cover = Some(Cover::Requests(Requests::default()));
                return Some(Vec::new());
            }
            _ => {}
        }
        let (item, review) = on_floor(state)?;
        let item = item.clone();
        let question = review.on_floor.or_else(|| self.picked.question(review));
        let text = |purpose: Purpose| Cover::Text(Text::new(purpose));
        let cover = match key {
            Key::Report => {
                let (material, act) = Material::of_official(state)?;
                self.cover = Some(Cover::Material(material));
                return Some(vec![act]);
            }
            Key::InWriting => text(Purpose::InWriting(item)),
            Key::PutOff => {
                let current = review.current.clone().filter(|_| stage(review).is_some());
                let official = current.or_else(|| self.picked.official(review).cloned())?;
                text(Purpose::PutOff(item, official))
            }
            Key::Abstain => reviewers(For::Abstention(item), state),
            Key::Merge => Cover::Merge(Merge::new(item, self.picked.question(review)?)),
            Key::GiveBack => text(Purpose::GiveBack(item, self.picked.question(review)?)),
            Key::TakeAnswer => {
                Cover::Long(Box::new(Long::new(Writes::Answer(item, review.on_floor?), state)))
            }
            Key::Promise => Cover::Due(Due::new(item, Some(review.on_floor?), state)),
            Key::Decline => text(Purpose::Decline(item, question?)),
            Key::Oral => reviewers(For::Asker(item), state),
            Key::WholeText | Key::WholeTextBeside => Cover::Whole(Whole::new(question, state)?),
            Key::EndQuestions => Cover::Left(LeftOver::new(item)),
            _ => return None,
        };
        self.cover = Some(cover);
        Some(Vec::new())
    }
}
