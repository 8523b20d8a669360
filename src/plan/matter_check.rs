//! What the parts of a major matter, or of an open vote, must be to each other, to the room and to the day of the meeting.

use jiff::civil::Date;
use toml::Spanned;

use super::check::{
    Material, Roster, check_carried, check_material, check_quorum, check_small, check_voters,
};
use super::draft::ItemDraft;
use super::matter::{VoteAbout, VoteHow};
use super::matter_draft::{MatterDraft, OpenVoteDraft};
use super::mistake::{Findings, MatterMistake as M, Named};

/// Compares the parts of a major matter with each other, with the room and with the day.
pub(super) fn check_matter(
    roster: &Roster,
    item: &ItemDraft,
    matter: &MatterDraft,
    material: Material,
    findings: &mut Findings,
) {
    let due = check_voters(roster, item, matter.voters.as_ref(), findings);
    let known = roster.are_known(matter.voters.as_ref());
    if known && matter.secret {
        check_small(roster, due, findings);
    }
    check_quorum(item.quorum.as_ref(), due, findings);
    check_carried(matter.carried.as_ref(), due, findings);
    check_material(&matter.draft, Named::Item, material, findings);
    roster.check_person(&matter.introduced_by, findings);
    let head = matter.head.get_ref();
    let people = |list: &[Spanned<String>], what: fn(String) -> M, findings: &mut Findings| {
        for one in list {
            roster.check_person(one, findings);
            if known && is_stranger(roster, matter, one) {
                findings.add_matter(&one.span(), what(one.get_ref().clone()));
            }
        }
    };
    people(std::slice::from_ref(&matter.head), |person| M::HeadNotVoter { person }, findings);
    people(&matter.speakers, |person| M::SpeakerNotVoter { person }, findings);
    let notified = matter.notified.as_deref().unwrap_or_default();
    people(notified, |person| M::NotifiedNotVoter { person }, findings);
    if !head.is_empty() {
        if matter.introduced_by.get_ref() == head {
            let person = head.clone();
            findings.add_matter(&matter.introduced_by.span(), M::HeadIntroduces { person });
        }
        if let Some(speaker) = matter.speakers.iter().find(|speaker| speaker.get_ref() == head) {
            findings.add_matter(&speaker.span(), M::HeadAmongSpeakers { person: head.clone() });
        }
    }
    check_dates(roster.date(), matter, findings);
}

/// Whether somebody is in the room and has no vote on the matter.
fn is_stranger(roster: &Roster, matter: &MatterDraft, person: &Spanned<String>) -> bool {
    let voters = matter.voters.iter().flat_map(Spanned::get_ref);
    let group = roster.group_of(person.get_ref());
    group.is_some_and(|group| !voters.map(Spanned::get_ref).any(|voting| voting == group))
}

/// Each step after the one that it follows, all of them before the meeting, and what is due after it.
fn check_dates(meeting: Date, matter: &MatterDraft, findings: &mut Findings) {
    let is_day = |date: Date| date != Date::ZERO;
    for pair in matter.steps.windows(2) {
        let [before, step] = pair else { continue };
        let (before_on, on) = (*before.on.get_ref(), *step.on.get_ref());
        if is_day(before_on) && is_day(on) && on < before_on {
            let (step_name, before) = (step.name, before.name);
            let what = M::StepTooEarly { step: step_name, on, before, before_on };
            findings.add_matter(&step.on.span(), what);
        }
    }
    if !is_day(meeting) {
        return;
    }
    for step in &matter.steps {
        let on = *step.on.get_ref();
        if is_day(on) && on >= meeting {
            findings.add_matter(&step.on.span(), M::StepNotBefore { step: step.name, on, meeting });
        }
    }
    for task in &matter.tasks {
        let due_on = *task.due_on.get_ref();
        if is_day(due_on) && due_on <= meeting {
            findings.add_matter(&task.due_on.span(), M::DueNotAfter { due_on, meeting });
        }
    }
}

/// Compares the parts of an open vote with each other and with the room.
pub(super) fn check_open_vote(
    roster: &Roster,
    item: &ItemDraft,
    vote: &OpenVoteDraft,
    material: Material,
    findings: &mut Findings,
) {
    let due = check_voters(roster, item, vote.voters.as_ref(), findings);
    check_quorum(item.quorum.as_ref(), due, findings);
    check_carried(vote.carried.as_ref(), due, findings);
    if let Some(text) = &vote.text {
        check_material(text, Named::Item, material, findings);
    }
    // The minutes name the figures by which scrutineers were approved.
    if vote.about == VoteAbout::Scrutineers && vote.how == VoteHow::WithoutObjection {
        findings.add_matter(&vote.how_span, M::ScrutineersWithoutCount);
    }
}
