//! How far a joint meeting is: what each department has said of each official, version by version, and what follows
//! from it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{DepartmentId, OfficialId, SeatId};
use super::state::number;
use crate::plan::JointMeeting;

/// What a department says of an official.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "opinion", rename_all = "snake_case", deny_unknown_fields)]
pub enum Stance {
    /// Nothing against.
    NoObjection,
    /// It objects.
    Objection {
        /// Why.
        reason: String,
    },
    /// Something has to be checked first; the department does it.
    NeedsChecking {
        /// What.
        what: String,
    },
}

/// An opinion as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it says.
    pub stance: Stance,
    /// Who gave it from the own terminal; none where it was entered at the console.
    pub by: Option<SeatId>,
    /// When.
    pub time: Timestamp,
}

/// What the departments have said of one official.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consideration {
    /// Each department's opinions, the last of which stands.
    pub given: BTreeMap<DepartmentId, Vec<Given>>,
    /// When the presiding officer closed it; no opinion changes then.
    pub closed: Option<Timestamp>,
}

/// How far a joint meeting is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JointState {
    /// What was said of each official.
    pub officials: BTreeMap<OfficialId, Consideration>,
}

/// How the departments stand to one official, in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stances {
    /// Departments with nothing against.
    pub no_objection: u32,
    /// Departments that object.
    pub objection: u32,
    /// Departments that have something to check.
    pub checking: u32,
    /// Departments that gave no opinion.
    pub silent: u32,
}

/// What the opinions on one official come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// Every department has nothing against.
    Clear,
    /// Nobody objects, and something has to be checked first.
    ToCheck,
    /// Somebody objects.
    Objected,
    /// Nobody objects or checks, but not everybody has said so.
    Incomplete,
}

impl Stances {
    /// What they come to: one objection outweighs everything, a check whatever is silent, and silence is no consent.
    pub const fn conclusion(self) -> Conclusion {
        if self.objection > 0 {
            Conclusion::Objected
        } else if self.checking > 0 {
            Conclusion::ToCheck
        } else if self.silent > 0 {
            Conclusion::Incomplete
        } else {
            Conclusion::Clear
        }
    }
}

impl Conclusion {
    /// The name in tables and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::ToCheck => "to_check",
            Self::Objected => "objected",
            Self::Incomplete => "incomplete",
        }
    }
}

impl Consideration {
    /// The opinion of a department that stands, if it gave one.
    pub fn stands(&self, department: &str) -> Option<&Given> {
        self.given.get(&DepartmentId::from(department))?.last()
    }

    /// How the departments of the plan stand.
    pub fn stances(&self, plan: &JointMeeting) -> Stances {
        let mut stances = Stances::default();
        for department in &plan.departments {
            let counted = match self.stands(&department.id).map(|given| &given.stance) {
                Some(Stance::NoObjection) => &mut stances.no_objection,
                Some(Stance::Objection { .. }) => &mut stances.objection,
                Some(Stance::NeedsChecking { .. }) => &mut stances.checking,
                None => &mut stances.silent,
            };
            *counted += 1;
        }
        stances
    }
}

impl JointState {
    /// A joint meeting that was just called.
    pub fn opened(plan: &JointMeeting) -> Self {
        let ids = plan.officials.iter().map(|official| OfficialId::from(official.id.as_str()));
        Self { officials: ids.map(|id| (id, Consideration::default())).collect() }
    }

    /// What was said of an official.
    pub fn of(&self, official: &str) -> Option<&Consideration> {
        self.officials.get(&OfficialId::from(official))
    }

    /// The officials that are not closed, in the order of the plan.
    pub fn open<'a>(&'a self, plan: &'a JointMeeting) -> impl Iterator<Item = OfficialId> + 'a {
        let is_open = |id: &OfficialId| self.officials.get(id).is_some_and(|one| one.closed.is_none());
        plan.officials.iter().map(|official| OfficialId::from(official.id.as_str())).filter(is_open)
    }

    /// How many are closed.
    pub fn closed(&self) -> u32 {
        number(self.officials.values().filter(|one| one.closed.is_some()).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opinions_come_to() {
        use Conclusion::{Clear, Incomplete, Objected, ToCheck};
        // No objection, objection, checking, silent.
        let table = [
            ([6, 0, 0, 0], Clear),
            ([1, 0, 0, 0], Clear),
            ([5, 0, 0, 1], Incomplete),
            ([0, 0, 0, 6], Incomplete),
            ([5, 0, 1, 0], ToCheck),
            ([0, 0, 1, 5], ToCheck),
            ([5, 1, 0, 0], Objected),
            ([0, 1, 5, 0], Objected),
            ([0, 1, 0, 5], Objected),
            ([1, 1, 1, 1], Objected),
        ];
        for ([no_objection, objection, checking, silent], conclusion) in table {
            let stances = Stances { no_objection, objection, checking, silent };
            assert_eq!(stances.conclusion(), conclusion, "{stances:?}");
        }
    }
}
