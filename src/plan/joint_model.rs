//! A joint meeting as the meeting uses it: which departments give their opinion, and on whom.

use serde::{Deserialize, Serialize};

use crate::rules::Threshold;

/// A joint meeting: departments give their opinion on each official, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JointMeeting {
    /// When opinions may be taken; `due` is the number of departments, `present` of those somebody is here of.
    pub quorum: Threshold,
    /// The groups that attend and speak for no department.
    pub attendees: Vec<String>,
    /// Within how many working days a department says what its check has found.
    pub check_days: u32,
    /// The departments, in the order of the plan.
    pub departments: Vec<Department>,
    /// The officials, in the order of the plan.
    pub officials: Vec<Considered>,
}

/// A department that gives its opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name in the plan.
    pub id: String,
    /// Its name on screens and in the record.
    pub name: String,
    /// Its name over a narrow column.
    pub short: String,
    /// Who speaks for it: any of these seats.
    pub seats: Vec<String>,
}

/// An official whom the departments consider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Considered {
    /// The name in the plan.
    pub id: String,
    /// The official's name.
    pub name: String,
    /// The post.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// Why the official is considered, in a sentence; empty where the plan does not say.
    pub about: String,
    /// The official's own seat, where the official sits in this meeting.
    pub person: Option<String>,
    /// Seats of relatives.
    pub relatives: Vec<String>,
}

impl JointMeeting {
    /// The department with this id.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == id)
    }

    /// The department that a seat speaks for.
    pub fn department_of(&self, seat: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.seats.iter().any(|one| one == seat))
    }

    /// The official with this id.
    pub fn official(&self, id: &str) -> Option<&Considered> {
        self.officials.iter().find(|official| official.id == id)
    }
}

impl Considered {
    /// Whether this person is the official or a relative, and so does not speak about this one.
    pub fn concerns(&self, person: &str) -> bool {
        self.person.as_deref() == Some(person) || self.relatives.iter().any(|relative| relative == person)
    }
}
