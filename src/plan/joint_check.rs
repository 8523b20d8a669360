//! What the parts of a joint meeting must be to each other and to the room.

use std::collections::BTreeMap;

use toml::Spanned;

use super::check::{PersonRef, Roster, check_ids, check_nobody_twice, check_people_of, check_quorum};
use super::draft::ItemDraft;
use super::joint_draft::{ConsideredDraft, DepartmentDraft, JointDraft};
use super::mistake::{Findings, JointMistake as M, Named, Place};

/// Compares the parts of a joint meeting with each other and with the room.
pub(super) fn check_joint(roster: &Roster, item: &ItemDraft, joint: &JointDraft, findings: &mut Findings) {
    for group in item.attendees.as_deref().unwrap_or_default() {
        roster.check_group(group, findings);
    }
    check_quorum(item.quorum.as_ref(), joint.departments.len(), findings);
    check_ids(Named::Department, joint.departments.iter().map(|one| &one.id), findings);
    check_ids(Named::Considered, joint.officials.iter().map(|one| &one.id), findings);
    check_departments(roster, &joint.departments, findings);
    let officials = joint.officials.iter().map(|official| (&official.name, official.post.as_str()));
    check_nobody_twice(officials, findings, |span, name, post, first, findings| {
        findings.add_joint(span, M::OfficialTwice { name, post, first });
    });
    for official in &joint.officials {
        let seated = PersonRef {
            name: &official.name,
            person: official.person.as_ref(),
            relatives: &official.relatives,
        };
        check_people_of(roster, &seated, findings);
        check_somebody_speaks(official, &joint.departments, findings);
    }
}

/// Each department has seats of its own, and no two go by one name.
fn check_departments(roster: &Roster, departments: &[DepartmentDraft], findings: &mut Findings) {
    let mut speaks: BTreeMap<&str, &str> = BTreeMap::new();
    let mut names: BTreeMap<&str, Place> = BTreeMap::new();
    for department in departments {
        let name = department.name.get_ref().as_str();
        let here = findings.place(department.name.span().start);
        if let Some(first) = names.get(name).filter(|_| !name.is_empty()) {
            let what = M::DepartmentTwice { name: name.to_owned(), first: first.clone() };
            findings.add_joint(&department.name.span(), what);
        } else {
            names.insert(name, here);
        }
        for seat in department.seats.iter().flat_map(Spanned::get_ref) {
            roster.check_person(seat, findings);
            match speaks.get(seat.get_ref().as_str()) {
                Some(other) if !seat.get_ref().is_empty() => {
                    let (person, other) = (seat.get_ref().clone(), (*other).to_owned());
                    findings.add_joint(&seat.span(), M::SpeaksForTwo { person, other });
                }
                Some(_) => {}
                None => {
                    speaks.insert(seat.get_ref(), name);
                }
            }
        }
    }
}

/// Where everybody who speaks for a department is the official or a relative, it could give no opinion.
fn check_somebody_speaks(
    official: &ConsideredDraft,
    departments: &[DepartmentDraft],
    findings: &mut Findings,
) {
    let concerns = |seat: &Spanned<String>| {
        let own = official.person.as_ref().is_some_and(|person| person.get_ref() == seat.get_ref());
        own || official.relatives.iter().any(|relative| relative.get_ref() == seat.get_ref())
    };
    for department in departments {
        let seats = department.seats.as_ref().map_or([].as_slice(), |seats| seats.get_ref());
        if !seats.is_empty() && seats.iter().all(concerns) {
            let (department, official_name) =
                (department.name.get_ref().clone(), official.name.get_ref().clone());
            let what = M::OnlyConcerned { department, official: official_name };
            findings.add_joint(&official.name.span(), what);
        }
    }
}
