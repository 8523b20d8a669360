//! A joint meeting in figures: each official with what every department said, version by version, and what the opinions
//! come to.

use jiff::Timestamp;
use serde::Serialize;

use super::stage_name;
use crate::meeting::{Conclusion, Consideration, Given, ItemState, Stance, State};
use crate::plan::{Considered, Department, Item, JointMeeting};

/// A joint meeting.
#[derive(Debug, Clone, Serialize)]
pub struct JointResult {
    /// Its name in the plan.
    pub id: String,
    /// `joint_meeting`.
    pub kind: &'static str,
    /// The officials, in the order of the plan.
    pub officials: Vec<ConsideredResult>,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// The departments, in the order of the plan.
    pub departments: Vec<DepartmentResult>,
    /// Within how many working days a check is reported.
    pub check_days: u32,
}

/// A department.
#[derive(Debug, Clone, Serialize)]
pub struct DepartmentResult {
    /// The name in the plan.
    pub id: String,
    /// The name.
    pub name: String,
}

/// An official.
#[derive(Debug, Clone, Serialize)]
pub struct ConsideredResult {
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
    /// Departments with nothing against.
    pub no_objection: u32,
    /// Departments that object.
    pub objection: u32,
    /// Departments that have something to check.
    pub needs_checking: u32,
    /// Departments that gave no opinion.
    pub none: u32,
    /// What the opinions come to; none before they are closed.
    pub conclusion: Option<Conclusion>,
    /// What each department said, in the order of the plan.
    pub opinions: Vec<OpinionOf>,
    /// The name in the plan.
    pub id: String,
    /// The unit.
    pub unit: String,
    /// When the opinions were closed.
    pub closed: Option<Timestamp>,
}

/// What a department said of an official.
#[derive(Debug, Clone, Serialize)]
pub struct OpinionOf {
    /// The department's name in the plan.
    pub department: String,
    /// What stands: `no_objection`, `objection`, `needs_checking`; none where it gave no opinion.
    pub opinion: Option<&'static str>,
    /// Every version, in the order given; the last one stands.
    pub versions: Vec<VersionResult>,
}

/// One version of an opinion.
#[derive(Debug, Clone, Serialize)]
pub struct VersionResult {
    /// What it says.
    pub opinion: &'static str,
    /// The reason, or what needs checking.
    pub text: Option<String>,
    /// Who gave it from the own terminal.
    pub by: Option<String>,
    /// Whether it was entered at the console.
    pub entered: bool,
    /// When.
    pub time: Timestamp,
}

/// The name of a stance in tables and JSON.
fn name(stance: &Stance) -> &'static str {
    match stance {
        Stance::NoObjection => "no_objection",
        Stance::Objection { .. } => "objection",
        Stance::NeedsChecking { .. } => "needs_checking",
    }
}

impl JointResult {
    pub(super) fn new(state: &State, planned: &Item, plan: &JointMeeting, item: &ItemState) -> Self {
        let none = Consideration::default();
        let officials = plan.officials.iter().map(|official| {
            let one = item.joint().and_then(|joint| joint.of(&official.id)).unwrap_or(&none);
            ConsideredResult::new(state, plan, official, one)
        });
        let department = |one: &Department| DepartmentResult { id: one.id.clone(), name: one.name.clone() };
        Self {
            id: item.id.to_string(),
            kind: "joint_meeting",
            officials: officials.collect(),
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            departments: plan.departments.iter().map(department).collect(),
            check_days: plan.check_days,
        }
    }
}

impl ConsideredResult {
    fn new(state: &State, plan: &JointMeeting, official: &Considered, one: &Consideration) -> Self {
        let stances = one.stances(plan);
        Self {
            name: official.name.clone(),
            post: official.post.clone(),
            no_objection: stances.no_objection,
            objection: stances.objection,
            needs_checking: stances.checking,
            none: stances.silent,
            conclusion: one.closed.map(|_| stances.conclusion()),
            opinions: plan
                .departments
                .iter()
                .map(|department| OpinionOf::new(state, department, one))
                .collect(),
            id: official.id.clone(),
            unit: official.unit.clone(),
            closed: one.closed,
        }
    }
}

impl OpinionOf {
    fn new(state: &State, department: &Department, one: &Consideration) -> Self {
        let given = one.given.get(&department.id.as_str().into()).map_or([].as_slice(), Vec::as_slice);
        let version = |given: &Given| VersionResult {
            opinion: name(&given.stance),
            text: match &given.stance {
                Stance::NoObjection => None,
                Stance::Objection { reason: text } | Stance::NeedsChecking { what: text } => {
                    Some(text.clone())
                }
            },
            by: given.by.as_ref().map(|seat| state.name(seat).to_owned()),
            entered: given.by.is_none(),
            time: given.time,
        };
        Self {
            department: department.id.clone(),
            opinion: given.last().map(|given| name(&given.stance)),
            versions: given.iter().map(version).collect(),
        }
    }
}
