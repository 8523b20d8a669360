//! A review in figures: each official with the counts of the evaluation, the verdict, and every question with how it
//! ended. Fractions stand as `p/q`, exact.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{RoundResult, stage_name};
use crate::meeting::{
    Asker, Ended, ItemState, OfficialId, OfficialStage, OfficialState, Opinion, Question, Ranked,
    ReviewState, Round, RoundPhase, Standing, State,
};
use crate::plan::{Item, Official, Review};
use crate::rules::Fraction;

/// A review.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewResult {
    /// Its name in the plan.
    pub id: String,
    /// `review`.
    pub kind: &'static str,
    /// The officials, in the order in which they report, as far as it is known.
    pub officials: Vec<OfficialResult>,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// Whether the order was drawn by lot.
    pub drawn: bool,
    /// The words of the scale, best first.
    pub scale: Vec<String>,
    /// Slips issued, and slips that came.
    pub slips: SlipsResult,
    /// The officials by rank, where the plan ranks them and the review is over.
    pub ranking: Option<Vec<RankResult>>,
}

/// The slips of a review.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SlipsResult {
    /// How many people hold slips.
    pub people: usize,
    /// How many slips they were issued.
    pub issued: usize,
    /// How many came in.
    pub spent: usize,
}

/// A place in the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RankResult {
    /// The place, from 1; equals share one.
    pub rank: usize,
    /// The official's name in the plan.
    pub id: String,
    /// The official.
    pub name: String,
}

/// An official.
#[derive(Debug, Clone, Serialize)]
pub struct OfficialResult {
    /// The name.
    pub name: String,
    /// The counted ballots: one, or one for each group that is counted apart.
    pub ballots: Vec<BallotResult>,
    /// Marks that count as satisfied, of all; none until declared.
    pub rate: Option<String>,
    /// The weighted mean of all marks.
    pub score: Option<String>,
    /// The verdict.
    pub verdict: Option<String>,
    /// What follows from it by the plan.
    pub consequence: Option<String>,
    /// The questions, in the order they came.
    pub questions: Vec<QuestionResult>,
    /// The name in the plan.
    pub id: String,
    /// The post.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// How far it got.
    pub stage: &'static str,
    /// Why it was put off, if it was.
    pub put_off: Option<String>,
    /// Why the report was in writing, if it was.
    pub in_writing: Option<String>,
    /// When the report began.
    pub report_began: Option<Timestamp>,
    /// How long it took, in whole seconds.
    pub report_seconds: Option<i64>,
    /// Within how many working days a written reply is due.
    pub reply_days: Option<u32>,
    /// Which share or band of the plan's rule decided, from 0; none for what holds otherwise.
    pub decided_by: Option<usize>,
    /// For a rule of shares, the share of each of its words.
    pub shares: Vec<String>,
    /// Opinions and suggestions, in the order they came.
    pub opinions: Vec<OpinionResult>,
    /// Every round of the evaluation, void ones too.
    pub rounds: Vec<RoundResult>,
}

/// A counted ballot of an evaluation.
#[derive(Debug, Clone, Serialize)]
pub struct BallotResult {
    /// The ballot.
    pub id: String,
    /// The group in the plan, several joined by `_`; none where all are counted together.
    pub group: Option<String>,
    /// Reviewers entitled.
    pub due: u32,
    /// Those of them present when papers were issued.
    pub present: u32,
    /// Papers issued.
    pub issued: u32,
    /// Papers returned.
    pub returned: u32,
    /// What each dimension got.
    pub dimensions: Vec<DimensionResult>,
    /// The groups as they are called.
    pub groups: Vec<String>,
}

/// What a dimension got.
#[derive(Debug, Clone, Serialize)]
pub struct DimensionResult {
    /// Its name on the paper.
    pub name: String,
    /// How often each word was marked.
    pub counts: Counts,
    /// Papers issued and not returned.
    pub not_returned: u32,
    /// Papers spoilt here; none where the vote was not on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt: Option<u32>,
    /// Its name in the plan.
    pub id: String,
}

/// How often each word of the scale was marked, in the scale's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts(pub Vec<(String, u32)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (word, count) in &self.0 {
            map.serialize_entry(word, count)?;
        }
        map.end()
    }
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionResult {
    /// Its number in the item.
    pub id: u32,
    /// Who asked; none for a slip.
    pub asker: Option<String>,
    /// What it says.
    pub text: String,
    /// The answer as it was taken down; empty where none was.
    pub answer: String,
    /// `answered`, `promised`, `declined`, `withdrawn`, `returned` or `merged`; none while it is open.
    pub ended: Option<&'static str>,
    /// Whether the asker was satisfied, once said.
    pub satisfied: Option<bool>,
    /// By when an answer in writing is due.
    pub due_on: Option<Date>,
    /// Whether the recorder entered it as it was spoken.
    pub oral: bool,
    /// When it came.
    pub time: Timestamp,
    /// When it was called to the floor.
    pub called: Option<Timestamp>,
    /// The question that it follows up.
    pub follows: Option<u32>,
    /// The question into which it was merged.
    pub merged_into: Option<u32>,
    /// Why it was declined or returned.
    pub reason: Option<String>,
    /// The written inquiry that followed.
    pub inquiry: Option<String>,
}

/// An opinion or a suggestion.
#[derive(Debug, Clone, Serialize)]
pub struct OpinionResult {
    /// Who gave it; none for a slip.
    pub by: Option<String>,
    /// What it says.
    pub text: String,
    /// When it came.
    pub time: Timestamp,
}

impl ReviewResult {
    pub(super) fn new(state: &State, planned: &Item, plan: &Review, item: &ItemState) -> Self {
        let untouched = ReviewState::opened(plan);
        let review = item.review().unwrap_or(&untouched);
        let over = item.stage == crate::meeting::Stage::Declared;
        let name = |id: &OfficialId| {
            plan.official(id.as_str()).map_or_else(|| id.to_string(), |official| official.name.clone())
        };
        let place = |one: &Ranked| RankResult {
            rank: one.rank,
            name: name(&one.official),
            id: one.official.to_string(),
        };
        Self {
            id: item.id.to_string(),
            kind: "review",
            officials: in_order(plan, review)
                .into_iter()
                .map(|official| OfficialResult::new(state, plan, item, review, official))
                .collect(),
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            drawn: plan.order == crate::plan::OfficialOrder::Lot && !review.order.is_empty(),
            scale: plan.scale.iter().map(|word| word.word.clone()).collect(),
            slips: SlipsResult {
                people: review.slips_issued.len(),
                issued: review.issued_slips(),
                spent: review.slips_spent.len(),
            },
            ranking: (plan.ranking && over).then(|| state.ranking(&item.id).iter().map(place).collect()),
        }
    }
}

/// The officials in the order in which they report; in the plan's where it is not drawn.
pub(in crate::archive) fn in_order<'a>(plan: &'a Review, review: &ReviewState) -> Vec<&'a Official> {
    if review.order.is_empty() {
        return plan.officials.iter().collect();
    }
    review.order.iter().filter_map(|id| plan.official(id.as_str())).collect()
}

/// The group of a round in the plan, several joined by `_` as in the ballot's name; none where all are together.
pub(in crate::archive) fn group_of(plan: &Review, round: &Round) -> Option<String> {
    let groups = &round.issue.groups;
    let all = plan.reviewers.iter().all(|reviewer| groups.contains(reviewer));
    (!groups.is_empty() && !all).then(|| groups.join("_"))
}

impl OfficialResult {
    fn new(
        state: &State,
        plan: &Review,
        item: &ItemState,
        review: &ReviewState,
        official: &Official,
    ) -> Self {
        let id = OfficialId::from(official.id.as_str());
        let known = review.officials.get(&id);
        let rounds: Vec<&Round> =
            item.rounds.iter().filter(|round| round.issue.subject.as_ref() == Some(&id)).collect();
        let verdict = known.and_then(|known| known.verdict.as_ref());
        let judgement = verdict.and_then(|verdict| verdict.judgement.as_ref());
        let text = |fraction: Option<Fraction>| fraction.map(|fraction| fraction.to_string());
        let opinions = review.opinions.iter().filter(|opinion| opinion.official == id);
        Self {
            name: official.name.clone(),
            ballots: rounds
                .iter()
                .filter(|round| round.phase == RoundPhase::Counted)
                .map(|round| BallotResult::new(state, plan, round))
                .collect(),
            rate: text(verdict.and_then(|verdict| verdict.rate)),
            score: text(verdict.and_then(|verdict| verdict.score)),
            verdict: judgement.map(|judgement| judgement.name.clone()),
            consequence: judgement
                .map(|judgement| judgement.consequence.clone())
                .filter(|consequence| !consequence.is_empty()),
            questions: review
                .questions_to(&id)
                .map(|question| QuestionResult::new(state, question))
                .collect(),
            id: official.id.clone(),
            post: official.post.clone(),
            unit: official.unit.clone(),
            stage: known.map_or("to_come", |known| official_stage(&known.stage)),
            put_off: known.and_then(|known| match &known.stage {
                OfficialStage::PutOff { reason } => Some(reason.clone()),
                _ => None,
            }),
            in_writing: known.and_then(|known| known.in_writing.clone()),
            report_began: known.and_then(|known| known.report_began),
            report_seconds: known.and_then(report_seconds),
            reply_days: judgement.and_then(|judgement| judgement.reply_days),
            decided_by: verdict.and_then(|verdict| verdict.decided_by),
            shares: verdict
                .map_or_else(Vec::new, |verdict| verdict.shares.iter().map(Fraction::to_string).collect()),
            opinions: opinions.map(|opinion| OpinionResult::new(state, opinion)).collect(),
            rounds: rounds.iter().map(|round| RoundResult::new(state, round)).collect(),
        }
    }
}

fn report_seconds(official: &OfficialState) -> Option<i64> {
    official.report_millis.map(|millis| millis / 1_000)
}

/// Who asked, by name; none for a slip.
pub(in crate::archive) fn asker_name(state: &State, asker: &Asker) -> Option<String> {
    match asker {
        Asker::Seat { seat, .. } => Some(state.name(seat).to_owned()),
        Asker::Slip { .. } => None,
    }
}

impl BallotResult {
    fn new(state: &State, plan: &Review, round: &Round) -> Self {
        let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
        let sums = round.count.as_ref().map(|count| count.sums()).unwrap_or_default();
        let on_paper = round.count.as_ref().filter(|count| count.by_paper().is_some());
        let name = |group: &String| {
            state.plan().group(group).map_or_else(|| group.clone(), |group| group.name.clone())
        };
        let groups = if round.issue.groups.is_empty() { &plan.reviewers } else { &round.issue.groups };
        Self {
            id: round.issue.ballot.to_string(),
            group: group_of(plan, round),
            due: round.issue.due,
            present: round.present(),
            issued,
            returned,
            dimensions: round
                .issue
                .lines
                .iter()
                .zip(sums)
                .enumerate()
                .map(|(place, (line, sums))| {
                    let dimension = plan.dimensions.iter().find(|dimension| dimension.id == line.as_str());
                    let words = plan.scale.iter().map(|word| word.word.clone());
                    DimensionResult {
                        name: dimension.map_or_else(|| line.to_string(), |dimension| dimension.name.clone()),
                        counts: Counts(words.zip(sums.iter().copied()).collect()),
                        not_returned: issued.saturating_sub(returned),
                        spoilt: on_paper.map(|count| count.spoilt(place)),
                        id: line.to_string(),
                    }
                })
                .collect(),
            groups: groups.iter().map(name).collect(),
        }
    }
}

impl QuestionResult {
    fn new(state: &State, question: &Question) -> Self {
        let (ended, due_on, merged_into, reason) = match &question.standing {
            Standing::Waiting | Standing::OnFloor => (None, None, None, None),
            Standing::Returned { reason } => (Some("returned"), None, None, Some(reason)),
            Standing::Merged { into } => (Some("merged"), None, Some(into.0), None),
            Standing::Ended(Ended::Answered) => (Some("answered"), None, None, None),
            Standing::Ended(Ended::Promised { due_on }) => (Some("promised"), Some(*due_on), None, None),
            Standing::Ended(Ended::Declined { reason }) => (Some("declined"), None, None, Some(reason)),
            Standing::Ended(Ended::Withdrawn) => (Some("withdrawn"), None, None, None),
        };
        Self {
            id: question.id.0,
            asker: asker_name(state, &question.asker),
            text: question.text.clone(),
            answer: question.answer.clone(),
            ended,
            satisfied: question.satisfied,
            due_on,
            oral: matches!(question.asker, Asker::Seat { oral: true, .. }),
            time: question.time,
            called: question.called,
            follows: question.follows.map(|id| id.0),
            merged_into,
            reason: reason.cloned(),
            inquiry: question.inquiry.clone(),
        }
    }
}

impl OpinionResult {
    fn new(state: &State, opinion: &Opinion) -> Self {
        Self { by: asker_name(state, &opinion.by), text: opinion.text.clone(), time: opinion.time }
    }
}

/// The stage's name in JSON.
fn official_stage(stage: &OfficialStage) -> &'static str {
    match stage {
        OfficialStage::ToCome => "to_come",
        OfficialStage::Findings => "findings",
        OfficialStage::Reporting => "reporting",
        OfficialStage::Questioning => "questioning",
        OfficialStage::Evaluating => "evaluating",
        OfficialStage::Declared => "declared",
        OfficialStage::PutOff { .. } => "put_off",
    }
}
