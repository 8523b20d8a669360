//! A joint meeting as written, with the place of whatever can clash with something else. [`super::joint_check`]
//! compares; what passes becomes a [`JointMeeting`].

use toml::Spanned;

use super::draft::{into_texts, limit};
use super::entry::Entry;
use super::joint_model::{Considered, Department, JointMeeting};
use super::mistake::{Findings, JointMistake, Limited, Named};
use super::spelling::fault_of_text_within;
use crate::rules::Threshold;

/// What a display shows side by side, on a few pages.
const DEPARTMENTS_MAX: usize = 30;
const OFFICIALS_MAX: usize = 300;
const ABOUT_CHARACTERS_MAX: usize = 300;
/// What a narrow column has room for.
const SHORT_CHARACTERS_MAX: usize = 8;
/// A year of working days.
const CHECK_DAYS_MAX: u32 = 260;
/// As a reply to an opinion: `domain.md` section 2.
const CHECK_DAYS: u32 = 15;

/// A joint meeting as written.
pub(super) struct JointDraft {
    check_days: u32,
    pub(super) departments: Vec<DepartmentDraft>,
    pub(super) officials: Vec<ConsideredDraft>,
}

/// A department as written.
pub(super) struct DepartmentDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    short: Option<String>,
    /// `None` when the plan does not say, which is a mistake noted already.
    pub(super) seats: Option<Spanned<Vec<Spanned<String>>>>,
}

/// An official as written.
pub(super) struct ConsideredDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) post: String,
    unit: String,
    about: String,
    /// An empty one says that the official is not in the room, whatever the names say.
    pub(super) person: Option<Spanned<String>>,
    pub(super) relatives: Vec<Spanned<String>>,
}

impl JointDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let check_days = item.number_within("check_days", (1, CHECK_DAYS_MAX), CHECK_DAYS, findings);
        let departments = item.tables("departments", findings);
        let span = item.span_of("departments");
        if departments.as_ref().is_some_and(Vec::is_empty) {
            findings.add_joint(&span, JointMistake::NoDepartments);
        }
        let departments = departments.unwrap_or_default();
        limit(Limited::Departments, departments.len(), DEPARTMENTS_MAX, &span, findings);
        let officials = item.tables("officials", findings);
        let span = item.span_of("officials");
        if officials.as_ref().is_some_and(Vec::is_empty) {
            findings.add_joint(&span, JointMistake::NoOfficials);
        }
        let officials = officials.unwrap_or_default();
        limit(Limited::Considered, officials.len(), OFFICIALS_MAX, &span, findings);
        Self {
            check_days,
            departments: departments.into_iter().map(|one| DepartmentDraft::read(one, findings)).collect(),
            officials: officials.into_iter().map(|one| ConsideredDraft::read(one, findings)).collect(),
        }
    }

    /// The joint meeting, when no mistake was found in it.
    pub(super) fn into_joint(self, quorum: Threshold, attendees: Vec<String>) -> JointMeeting {
        JointMeeting {
            quorum,
            attendees,
            check_days: self.check_days,
            departments: self.departments.into_iter().map(DepartmentDraft::into_department).collect(),
            officials: self.officials.into_iter().map(ConsideredDraft::into_considered).collect(),
        }
    }
}

impl DepartmentDraft {
    fn read(mut department: Entry, findings: &mut Findings) -> Self {
        let (id, name) = (department.id(Named::Department, findings), department.text("name", findings));
        let short = department.text_if_any("short", findings).filter(|short| !short.get_ref().is_empty());
        if let Some(short) = &short
            && let Some(fault) = fault_of_text_within("short", short.get_ref(), SHORT_CHARACTERS_MAX)
        {
            findings.add(&short.span(), fault);
        }
        let seats = department.texts("seats", findings);
        let span = department.span_of("seats");
        if seats.as_ref().is_some_and(Vec::is_empty) {
            findings.add_joint(&span, JointMistake::NobodySpeaks { department: name.get_ref().clone() });
        }
        department.finish(findings);
        let seats = seats.map(|seats| Spanned::new(span, seats));
        Self { id, name, short: short.map(Spanned::into_inner), seats }
    }

    fn into_department(self) -> Department {
        let name = self.name.into_inner();
        Department {
            id: self.id.into_inner(),
            short: self.short.unwrap_or_else(|| name.clone()),
            name,
            seats: self.seats.map(|seats| into_texts(seats.into_inner())).unwrap_or_default(),
        }
    }
}

impl ConsideredDraft {
    fn read(mut official: Entry, findings: &mut Findings) -> Self {
        let draft = Self {
            id: official.id(Named::Considered, findings),
            name: official.text("name", findings),
            post: official.text("post", findings).into_inner(),
            unit: official.text("unit", findings).into_inner(),
            about: official.long_text_if_any("about", ABOUT_CHARACTERS_MAX, findings),
            person: official.text_if_any("person", findings),
            relatives: official.texts_if_any("relatives", findings).unwrap_or_default(),
        };
        official.finish(findings);
        draft
    }

    fn into_considered(self) -> Considered {
        Considered {
            id: self.id.into_inner(),
            name: self.name.into_inner(),
            post: self.post,
            unit: self.unit,
            about: self.about,
            person: self.person.map(Spanned::into_inner).filter(|person| !person.is_empty()),
            relatives: into_texts(self.relatives),
        }
    }
}
