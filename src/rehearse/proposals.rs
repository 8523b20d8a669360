//! What a rehearsed meeting decides on its own agenda: a file with a list of proposals, each put when an item is about to be called.
//!
//! ```json
//! [{"at": "rules", "move": "budget", "before": "rules", "reason": "…"},
//!  {"at": "rules", "take_off": "bridge", "reason": "…", "disagree": 2, "abstain": 1},
//!  {"at": "budget", "add": "flood.toml", "reason": "…", "disagree": 0}]
//! ```
//!
//! `at` is the item that would be called next; `before` is where the item goes, the end without it. With `disagree` or
//! `abstain` hands are counted, all others agreeing; without them nobody objects. `add` names a file in `agenda/`.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::file::{self, FileFault};
use crate::meeting::{AgendaChange, AgendaVote, Command, ItemId, State, Step};
use crate::plan::{MaterialFault, Plan, SessionFolder, read_item};
use crate::words::plan as plan_words;

/// The proposals of a rehearsal that are still to be put, in their order.
#[derive(Debug, Clone, Default)]
pub struct Proposals {
    left: Vec<(ItemId, Proposal)>,
}

/// A proposal.
#[derive(Debug, Clone)]
struct Proposal {
    change: AgendaChange,
    /// Those who disagree and those who abstain; none where nobody objects.
    against: Option<(u32, u32)>,
    reason: String,
}

/// A proposal as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    at: String,
    #[serde(default)]
    add: Option<String>,
    #[serde(default)]
    take_off: Option<String>,
    #[serde(default, rename = "move")]
    moved: Option<String>,
    #[serde(default)]
    put_back: Option<String>,
    #[serde(default)]
    before: Option<String>,
    reason: String,
    #[serde(default)]
    disagree: Option<u32>,
    #[serde(default)]
    abstain: Option<u32>,
}

/// What the file looks like.
const EXPECTED: &str = r#"[{"at": "ITEM", "move": "ITEM", "before": "ITEM", "reason": ...}, ...]"#;

/// Why the proposals cannot be put.
#[derive(Debug, thiserror::Error)]
pub enum ProposalFault {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// One of them does not fit.
    #[error("agenda, proposal {number}: {what}")]
    Proposal {
        /// Its place, from 1.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

impl Proposals {
    /// Reads the file, if there is one, and checks it against the plan of the folder; what can only be known once other
    /// proposals are carried is refused in the meeting.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(path: Option<&Path>, folder: &SessionFolder, plan: &Plan) -> Result<Self, ProposalFault> {
        let Some(path) = path else { return Ok(Self::default()) };
        let written: Vec<Written> = file::read(path, EXPECTED)?;
        let mut known: BTreeSet<String> = plan.items.iter().map(|item| item.id.clone()).collect();
        let mut left = Vec::new();
        for (number, written) in (1..).zip(written) {
            let fault = |what: String| ProposalFault::Proposal { number, what };
            let before = written.before.as_deref().map(ItemId::from);
            let named = [&written.take_off, &written.moved, &written.put_back].into_iter().flatten();
            let named: Vec<&String> = named.chain([&written.at]).chain(&written.before).collect();
            if let Some(unknown) = named.iter().find(|id| !known.contains(**id)) {
                return Err(fault(format!("no item `{unknown}`")));
            }
            let one = (&written.add, &written.take_off, &written.moved, &written.put_back);
            let change = match one {
                (Some(file), None, None, None) => {
                    let (text, id) = added(folder, plan, file).map_err(fault)?;
                    known.insert(id);
                    AgendaChange::Add { text, before }
                }
                (None, Some(item), None, None) => AgendaChange::TakeOff { item: item.as_str().into() },
                (None, None, Some(item), None) => AgendaChange::Move { item: item.as_str().into(), before },
                (None, None, None, Some(item)) => {
                    AgendaChange::PutBack { item: item.as_str().into(), before }
                }
                _ => {
                    return Err(fault("one of `add`, `take_off`, `move`, `put_back`".to_owned()));
                }
            };
            let counted = written.disagree.is_some() || written.abstain.is_some();
            let against = (written.disagree.unwrap_or(0), written.abstain.unwrap_or(0));
            let proposal = Proposal { change, against: counted.then_some(against), reason: written.reason };
            left.push((ItemId::from(written.at.as_str()), proposal));
        }
        Ok(Self { left })
    }

    /// The next proposal, if it is put at this step.
    pub(super) fn next(&mut self, state: &State, step: &Step) -> Option<Command> {
        let (at, put) = self.left.first()?;
        if *step == Step::OpenItem(at.clone()) {
            return Some(Command::PutAgenda { change: put.change.clone(), reason: put.reason.clone() });
        }
        if *step != Step::DecideAgenda {
            return None;
        }
        let (_, Proposal { change, against, reason }) = self.left.remove(0);
        let decided = match against {
            None => AgendaVote::WithoutObjection,
            Some((disagree, abstain)) => {
                let agree = state.present().saturating_sub(disagree).saturating_sub(abstain);
                AgendaVote::Hands { agree, disagree, abstain }
            }
        };
        Some(Command::ChangeAgenda { change, decided, reason })
    }
}

/// The text of an item that is added, and its id.
fn added(folder: &SessionFolder, plan: &Plan, file: &str) -> Result<(String, String), String> {
    let lang = plan.meeting.language;
    let name = folder.agenda().join(file).to_string_lossy().into_owned();
    let text = folder.read_item_to_add(file).map_err(|fault| plan_words::unreadable(lang, &name, fault))?;
    let known = |path: &str| match plan.items.iter().any(|item| item.materials().contains(&path)) {
        true => Ok(()),
        false => Err(MaterialFault::NotInPlan),
    };
    let item = read_item(plan, &text, &name, &known).map_err(|mistakes| {
        let told: Vec<String> = mistakes.iter().map(|mistake| plan_words::mistake(lang, mistake)).collect();
        told.join("\n")
    })?;
    Ok((text, item.id))
}
