//! What is asked and answered in a rehearsed review; and, in a list under an item, what is done about its declared result
//! (see [`super::after`]). A file names items, officials and their questions; without one, a
//! few are made up.
//!
//! ```json
//! {"review": {"wang": [
//!   {"asker": "p07", "text": "…", "answer": "…", "ended": "answered", "satisfied": true},
//!   {"asker": null, "text": "…", "ended": "promised", "due_on": "2026-12-15"},
//!   {"asker": null, "text": "…", "follows": 2, "answer": "…", "ended": "answered", "satisfied": true},
//!   {"asker": "p09", "text": "…", "follows": 1, "ended": "declined", "reason": "…"}
//! ]}}
//! ```
//!
//! `asker` is a person's id, or null for an anonymous slip; `follows` is the place of an earlier question in the same
//! list, from 1. A slip follows up only what a slip asked: it is the same slip then, and does so once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::after::{Act, After};
use super::file::{self, FileFault};
use crate::meeting::{Ended, SeatId, TEXT_CHARS_MAX};
use crate::plan::{Duty, Plan, Review};
use crate::words::rehearse as said;

/// The questions of a rehearsal, by item and official.
#[derive(Debug, Clone, Default)]
pub struct Script {
    items: BTreeMap<String, BTreeMap<String, Vec<Cue>>>,
    after: BTreeMap<String, Vec<Act>>,
}

/// What the file looks like.
const EXPECTED: &str = r#"{"REVIEW": {"OFFICIAL": [{"asker": ..., "text": ..., "ended": ...}, ...]}, "ITEM": [{"objects": ...}, ...]}"#;

/// What a script has under an item.
enum OfItem {
    /// What is done about its result: a list.
    Acts(Vec<Act>),
    /// What is asked in a review, under its officials.
    Cues(BTreeMap<String, Vec<Cue>>),
}

impl<'de> Deserialize<'de> for OfItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let read = if value.is_array() {
            serde_json::from_value(value).map(Self::Acts)
        } else {
            serde_json::from_value(value).map(Self::Cues)
        };
        read.map_err(D::Error::custom)
    }
}

/// One question and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Who asks; none for an anonymous slip.
    pub asker: Option<String>,
    /// What.
    pub text: String,
    /// The place of the question that it follows up, from 1.
    #[serde(default)]
    pub follows: Option<usize>,
    /// What is answered; empty where nothing is.
    #[serde(default)]
    pub answer: String,
    /// How it ends.
    pub ended: CueEnd,
    /// By when it is promised in writing.
    #[serde(default)]
    pub due_on: Option<Date>,
    /// Why it is declined.
    #[serde(default)]
    pub reason: Option<String>,
    /// Whether the asker is satisfied; not said where it is not given.
    #[serde(default)]
    pub satisfied: Option<bool>,
}

/// How a question of a script ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueEnd {
    /// Answered on the spot.
    Answered,
    /// Promised in writing.
    Promised,
    /// Declined by the chair.
    Declined,
    /// Withdrawn by the asker.
    Withdrawn,
}

/// Why a script does not fit.
#[derive(Debug, thiserror::Error)]
pub enum ScriptFault {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// What is to be done about a declared result does not fit the plan.
    #[error("script: item `{item}`, act {act}: {what}")]
    Act {
        /// The item.
        item: String,
        /// The act's place, from 1.
        act: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// It names something that the plan does not have, or cannot be played.
    #[error("script: item `{item}`, official `{official}`, question {question}: {what}")]
    Cue {
        /// The item.
        item: String,
        /// The official.
        official: String,
        /// The question's place, from 1; 0 for the official itself.
        question: usize,
        /// What is wrong.
        what: &'static str,
    },
}

impl Cue {
    /// How the presiding officer ends it.
    pub fn end(&self) -> Ended {
        match self.ended {
            CueEnd::Answered => Ended::Answered,
            CueEnd::Promised => Ended::Promised { due_on: self.due_on.unwrap_or(Date::MAX) },
            CueEnd::Declined => Ended::Declined { reason: self.reason.clone().unwrap_or_default() },
            CueEnd::Withdrawn => Ended::Withdrawn,
        }
    }
}

impl Script {
    /// Reads the file, if there is one, and checks it against the plan; reviews that it does not name get questions
    /// that are made up.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(path: Option<&Path>, plan: &Plan, absent: &BTreeSet<SeatId>) -> Result<Self, ScriptFault> {
        let mut items: BTreeMap<String, BTreeMap<String, Vec<Cue>>> = BTreeMap::new();
        let mut after: BTreeMap<String, Vec<Act>> = BTreeMap::new();
        let written: BTreeMap<String, OfItem> =
            path.map(|path| file::read(path, EXPECTED)).transpose()?.unwrap_or_default();
        for (item, written) in written {
            match written {
                OfItem::Acts(acts) => drop(after.insert(item, acts)),
                OfItem::Cues(officials) => drop(items.insert(item, officials)),
            }
        }
        for (item, acts) in &after {
            for (act, one) in (1..).zip(acts) {
                if let Some(what) = super::after::wrong(plan, item, one, absent) {
                    return Err(ScriptFault::Act { item: item.clone(), act, what });
                }
            }
        }
        for (item, officials) in &items {
            for (official, cues) in officials {
                check(plan, item, official, cues, absent)?;
            }
            check_limits(plan, item, officials, absent)?;
        }
        for item in &plan.items {
            if let Some(review) = item.review() {
                items.entry(item.id.clone()).or_insert_with(|| made_up(plan, review, absent));
            }
        }
        Ok(Self { items, after })
    }

    /// The items that are voted on again.
    pub fn voted_again(&self) -> BTreeSet<String> {
        let again = |(_, acts): &(&String, &Vec<Act>)| acts.iter().any(Act::votes_again);
        self.after.iter().filter(again).map(|(item, _)| item.clone()).collect()
    }

    /// What is done about declared results.
    pub fn after(&self) -> After {
        After::new(self.after.clone())
    }

    /// The questions to one official.
    pub fn cues(&self, item: &str, official: &str) -> &[Cue] {
        self.items.get(item).and_then(|officials| officials.get(official)).map_or(&[], Vec::as_slice)
    }
}

fn is_absent(absent: &BTreeSet<SeatId>, id: &str) -> bool {
    absent.contains(&SeatId::from(id))
}

/// Whoever plays more than the plan allows is refused, and the rehearsal would wait for them.
fn check_limits(
    plan: &Plan,
    item: &str,
    officials: &BTreeMap<String, Vec<Cue>>,
    absent: &BTreeSet<SeatId>,
) -> Result<(), ScriptFault> {
    let Some(review) = plan.item(item).and_then(|item| item.review()) else { return Ok(()) };
    let present = |person: &&crate::plan::Person| {
        review.reviewers.contains(&person.group) && !is_absent(absent, &person.id)
    };
    let reviewers = u32::try_from(plan.people.iter().filter(present).count()).unwrap_or(u32::MAX);
    let slips_max = review.slips_max.saturating_mul(reviewers);
    let mut used: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    for (official, cues) in officials {
        // A slip's follow-up is the same slip.
        let counts = |(_, cue): &(usize, &Cue)| cue.asker.is_some() || cue.follows.is_none();
        for (question, cue) in (1..).zip(cues).filter(counts) {
            let asked = used.entry(cue.asker.as_deref()).or_default();
            *asked += 1;
            let what = match &cue.asker {
                Some(_) if *asked > review.questions_max => {
                    "the asker has used up the questions that the plan allows"
                }
                None if *asked > slips_max => "more slips than the reviewers present have",
                _ => continue,
            };
            let (item, official) = (item.to_owned(), official.clone());
            return Err(ScriptFault::Cue { item, official, question, what });
        }
    }
    Ok(())
}

fn check(
    plan: &Plan,
    item: &str,
    official: &str,
    cues: &[Cue],
    absent: &BTreeSet<SeatId>,
) -> Result<(), ScriptFault> {
    let fault = |question: usize, what| ScriptFault::Cue {
        item: item.to_owned(),
        official: official.to_owned(),
        question,
        what,
    };
    let review = plan.item(item).and_then(|item| item.review()).ok_or_else(|| fault(0, "no such review"))?;
    review.official(official).ok_or_else(|| fault(0, "no such official"))?;
    for (place, cue) in (1..).zip(cues) {
        let reviewer =
            |id: &String| plan.person(id).is_some_and(|person| review.reviewers.contains(&person.group));
        let too_long = |text: &str| text.trim().chars().count() > TEXT_CHARS_MAX as usize;
        let same = |other: &Cue| other.asker == cue.asker && other.text.trim() == cue.text.trim();
        let wrong = if cue.text.trim().is_empty() {
            Some("the question says nothing")
        } else if too_long(&cue.text) || too_long(&cue.answer) || cue.reason.as_deref().is_some_and(too_long)
        {
            Some("a text is too long")
        } else if cues.iter().take(place - 1).any(same) {
            Some("the same question by the same asker came before")
        } else if cue.asker.as_ref().is_some_and(|id| is_absent(absent, id)) {
            Some("the asker is absent")
        } else if !cue.answer.trim().is_empty() && !has_recorder(plan, absent) {
            Some("no recorder is there to take the answer down")
        } else if cue.asker.is_none() && review.slips_max == 0 {
            Some("the plan allows no slips")
        } else if cue.asker.as_ref().is_some_and(|id| !reviewer(id)) {
            Some("the asker is no reviewer")
        } else if cue.follows.is_some_and(|follows| follows == 0 || follows >= place) {
            Some("it follows no earlier question")
        } else if cue.asker.is_none() && cue.follows.is_some_and(|earlier| !may_follow(cues, place, earlier))
        {
            Some("a slip follows up its own question, once, and no follow-up")
        } else if cue.ended == CueEnd::Promised && cue.due_on.is_none_or(|day| day <= plan.meeting.date) {
            Some("a promise needs a day after the meeting")
        } else if cue.ended == CueEnd::Declined && cue.reason.as_ref().is_none_or(|why| why.trim().is_empty())
        {
            Some("a question is declined with a reason")
        } else if cue.ended == CueEnd::Withdrawn && cue.asker.is_none() {
            Some("a slip is not withdrawn")
        } else {
            None
        };
        if let Some(what) = wrong {
            return Err(fault(place, what));
        }
    }
    Ok(())
}

/// Whether the slip at `place` may follow up the question at `earlier`.
fn may_follow(cues: &[Cue], place: usize, earlier: usize) -> bool {
    let asked = earlier.checked_sub(1).and_then(|earlier| cues.get(earlier));
    let is_slip = asked.is_some_and(|asked| asked.asker.is_none() && asked.follows.is_none());
    let by_slip = |cue: &&Cue| cue.asker.is_none() && cue.follows == Some(earlier);
    is_slip && !cues.iter().take(place.saturating_sub(1)).any(|cue| by_slip(&cue))
}

fn has_recorder(plan: &Plan, absent: &BTreeSet<SeatId>) -> bool {
    // The first one of the plan is the one who plays it.
    plan.with_duty(Duty::Recorder).next().is_some_and(|person| !is_absent(absent, &person.id))
}

/// Three questions to each official: one answered, one promised, and a slip where the plan allows them. Those who ask
/// have no other duty in the meeting: in a demo, the person presides.
fn made_up(plan: &Plan, review: &Review, absent: &BTreeSet<SeatId>) -> BTreeMap<String, Vec<Cue>> {
    let lang = plan.meeting.language;
    let askers: Vec<&str> = plan
        .people
        .iter()
        .filter(|person| review.reviewers.contains(&person.group) && person.duties.is_empty())
        .filter(|person| !is_absent(absent, &person.id))
        .map(|person| person.id.as_str())
        .collect();
    let day = plan.meeting.date.saturating_add(jiff::Span::new().days(21));
    let recorded = has_recorder(plan, absent);
    let slips_max = usize::try_from(review.slips_max).unwrap_or(0).saturating_mul(askers.len());
    // Nobody asks more than the plan allows.
    let mut used: BTreeMap<Option<String>, usize> = BTreeMap::new();
    review
        .officials
        .iter()
        .enumerate()
        .map(|(place, official)| {
            let asker = |offset: usize| {
                let free: Vec<&&str> = askers.iter().filter(|id| !official.concerns(id)).collect();
                free.get((place * 3 + offset) % free.len().max(1)).map(|id| (**id).to_owned())
            };
            let cue = |asker: Option<String>, text: &str, answer: &str, ended, satisfied| Cue {
                asker,
                text: text.to_owned(),
                follows: None,
                answer: if recorded { answer.to_owned() } else { String::new() },
                ended,
                due_on: (ended == CueEnd::Promised).then_some(day),
                reason: None,
                satisfied,
            };
            let by_name = [
                cue(
                    asker(0),
                    said::Said::Question1.text(lang),
                    said::Said::Answer1.text(lang),
                    CueEnd::Answered,
                    Some(true),
                ),
                cue(
                    asker(1),
                    said::Said::Question2.text(lang),
                    said::Said::Answer2.text(lang),
                    CueEnd::Promised,
                    Some(place % 3 != 1),
                ),
            ];
            let (text, answer) = (said::Said::Question3.text(lang), said::Said::Answer3.text(lang));
            let slip = cue(None, text, answer, CueEnd::Answered, Some(true));
            let may = |cue: &Cue| {
                let max = match &cue.asker {
                    Some(_) => usize::try_from(review.questions_max).unwrap_or(usize::MAX),
                    None => slips_max,
                };
                let used = used.entry(cue.asker.clone()).or_default();
                *used += 1;
                *used <= max
            };
            let named = by_name.into_iter().filter(|cue| cue.asker.is_some());
            (official.id.clone(), named.chain([slip]).filter(may).collect())
        })
        .collect()
}
