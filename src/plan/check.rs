//! What a plan's parts must be to each other. Everything is compared and every mistake noted; nothing stops at the
//! first.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::{Date, Weekday};
use toml::Spanned;

use super::draft::{Draft, ItemDraft, KindDraft, PersonDraft};
use super::exam_check::check_exam;
use super::joint_check::check_joint;
use super::matter_check::{check_matter, check_open_vote};
use super::meeting_draft::Holder;
use super::mistake::{Findings, MaterialFault, MistakeKind, Named, Place, Rule};
use super::model::{Duty, SMALL, SmallPlan, Standing};
use super::near::nearest;
use super::nomination_draft::{LineDraft, NominationDraft};
use super::review_check::{check_review, check_scrutineer_of};
use super::spelling::stays_inside;
use super::term_check::check_term;
use crate::rules::{Base, Threshold};
use crate::words::Lang;

/// Two pairs of eyes.
const SCRUTINEERS_MIN: usize = 2;

/// Says of a path below `materials/` whether it can be shown to the meeting.
pub(super) type Material<'m> = &'m dyn Fn(&str) -> Result<(), MaterialFault>;

/// Compares the parts of a draft with each other.
pub(super) fn check(draft: &Draft, material: Material, findings: &mut Findings) {
    let roster = Roster { draft };
    check_ids(Named::Group, draft.groups.iter().map(|group| &group.id), findings);
    check_ids(Named::Person, draft.people.iter().map(|person| &person.id), findings);
    check_ids(Named::Item, draft.items.iter().map(|item| &item.id), findings);
    for person in &draft.people {
        roster.check_group(&person.group, findings);
    }
    let members = draft.people.iter().filter(|person| roster.is_member(person)).count();
    if let Some(span) = &draft.people_span
        && members == 0
        && draft.decides_anything()
    {
        findings.add(span, MistakeKind::NoMembers);
    }
    if draft.decides_anything() {
        check_quorum(draft.quorum.as_ref(), members, findings);
    }
    check_days(draft, findings);
    check_duties(&roster, findings);
    check_key(draft, findings);
    for item in &draft.items {
        check_item(&roster, item, material, findings);
    }
}

/// The groups and people of a draft, as the rest of it refers to them.
pub(super) struct Roster<'d> {
    draft: &'d Draft,
}

impl<'d> Roster<'d> {
    /// The language of the plan.
    pub(super) fn language(&self) -> Lang {
        self.draft.meeting.language
    }

    /// The day of the meeting.
    pub(super) fn date(&self) -> Date {
        self.draft.meeting.date
    }

    /// The group of a person, if there is such a person in such a group.
    pub(super) fn group_of(&self, person: &str) -> Option<&'d String> {
        let group = self.person(person).map(|person| person.group.get_ref());
        group.filter(|group| self.standing(group).is_some())
    }

    /// Whether all of these groups are there: with one misspelt, nobody knows how many people are in them.
    pub(super) fn are_known(&self, groups: Option<&Spanned<Vec<Spanned<String>>>>) -> bool {
        groups.into_iter().flat_map(Spanned::get_ref).all(|group| self.standing(group.get_ref()).is_some())
    }

    pub(super) fn standing(&self, group: &str) -> Option<Standing> {
        let mut groups = self.draft.groups.iter();
        groups.find(|known| known.id.get_ref() == group).map(|group| group.standing)
    }

    fn is_member(&self, person: &PersonDraft) -> bool {
        self.standing(person.group.get_ref()) == Some(Standing::Member)
    }

    fn person(&self, id: &str) -> Option<&'d PersonDraft> {
        self.draft.people.iter().find(|person| person.id.get_ref() == id)
    }

    /// Who presides, as far as the plan says.
    pub(super) fn presiding(&self) -> Option<&'d str> {
        let presides =
            |person: &&PersonDraft| person.duties.iter().any(|duty| *duty.get_ref() == Duty::Presiding);
        self.draft.people.iter().find(presides).map(|person| person.id.get_ref().as_str())
    }

    /// Whether somebody with this id has a duty.
    pub(super) fn has_duty(&self, id: &str, duty: Duty) -> bool {
        self.person(id).is_some_and(|person| person.duties.iter().any(|had| *had.get_ref() == duty))
    }

    /// How many people sit in a group.
    pub(super) fn size(&self, group: &str) -> usize {
        self.draft.people.iter().filter(|person| person.group.get_ref() == group).count()
    }

    /// A reference that is mistaken in itself is empty, and noted already.
    pub(super) fn check_group(&self, id: &Spanned<String>, findings: &mut Findings) {
        let known = || self.draft.groups.iter().map(|group| group.id.get_ref().as_str());
        if !id.get_ref().is_empty() && self.standing(id.get_ref()).is_none() {
            let near = nearest(id.get_ref(), known());
            findings.add(&id.span(), MistakeKind::UnknownGroup { id: id.get_ref().clone(), near });
        }
    }

    pub(super) fn check_person(&self, id: &Spanned<String>, findings: &mut Findings) {
        let known = || self.draft.people.iter().map(|person| person.id.get_ref().as_str());
        if !id.get_ref().is_empty() && self.person(id.get_ref()).is_none() {
            let near = nearest(id.get_ref(), known());
            findings.add(&id.span(), MistakeKind::UnknownPerson { id: id.get_ref().clone(), near });
        }
    }
}

pub(super) fn check_ids<'d>(
    named: Named,
    ids: impl Iterator<Item = &'d Spanned<String>>,
    findings: &mut Findings,
) {
    let mut firsts: BTreeMap<&str, Place> = BTreeMap::new();
    for id in ids.filter(|id| !id.get_ref().is_empty()) {
        let here = findings.place(id.span().start);
        match firsts.get(id.get_ref().as_str()) {
            Some(first) => {
                let what = MistakeKind::DuplicateId { id: id.get_ref().clone(), named, first: first.clone() };
                findings.add(&id.span(), what);
            }
            None => {
                firsts.insert(id.get_ref(), here);
            }
        }
    }
}

/// A quorum is asked for when there is no vote yet, so only those due can be its base.
pub(super) fn check_quorum(quorum: Option<&Spanned<Threshold>>, due: usize, findings: &mut Findings) {
    let Some(quorum) = quorum else { return };
    let (rule, span) = (quorum.get_ref(), quorum.span());
    let due = u32::try_from(due).unwrap_or(u32::MAX);
    let needed = rule.least(due);
    if rule.of != Base::Due {
        findings.add(&span, MistakeKind::QuorumNotOfDue(rule.of));
    } else if due > 0 && needed > due {
        findings.add(&span, MistakeKind::QuorumOverAll { needed, due });
    } else if due > 0 && needed == 0 {
        findings.add(&span, MistakeKind::NothingNeeded(Rule::Quorum));
    }
}

/// Every base is at most `due`, and those who agree are among it, whatever it is.
pub(super) fn check_carried(carried: Option<&Spanned<Threshold>>, due: usize, findings: &mut Findings) {
    let Some(carried) = carried else { return };
    let (rule, span) = (carried.get_ref(), carried.span());
    let due = u32::try_from(due).unwrap_or(u32::MAX);
    let can_be_met = match rule.of {
        Base::Due => rule.least(due) <= due,
        Base::Present | Base::Returned | Base::Valid | Base::AgreeDisagree => {
            (1..=due).any(|base| rule.least(base) <= base)
        }
    };
    if due > 0 && !can_be_met {
        findings.add(&span, MistakeKind::NeverCarried { needed: rule.least(due), due });
    } else if due > 0 && rule.least(due) == 0 {
        findings.add(&span, MistakeKind::NothingNeeded(Rule::Carried));
    }
}

/// Holidays and workdays correct the calendar, which says no two things of one day.
fn check_days(draft: &Draft, findings: &mut Findings) {
    for workday in &draft.workdays {
        let day = *workday.get_ref();
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            findings.add(&workday.span(), MistakeKind::NoWeekend(day));
        } else if draft.holidays.iter().any(|holiday| *holiday.get_ref() == day) {
            findings.add(&workday.span(), MistakeKind::HolidayAndWorkday(day));
        }
    }
}

fn check_duties(roster: &Roster, findings: &mut Findings) {
    let mut presiding: Option<&PersonDraft> = None;
    let mut scrutineers = 0;
    for person in &roster.draft.people {
        let has = |duty| person.duties.iter().find(|had| *had.get_ref() == duty);
        let name = || person.name.clone();
        let on_leave = person.leave.as_ref().filter(|leave| *leave.get_ref());
        if let Some(leave) = on_leave.filter(|_| !person.duties.is_empty()) {
            findings.add(&leave.span(), MistakeKind::OnLeaveWithDuty { person: name() });
        }
        if let Some(duty) = has(Duty::Presiding) {
            match presiding {
                Some(first) => {
                    findings.add(&duty.span(), MistakeKind::TwoPresiding { first: first.name.clone() });
                }
                None => presiding = Some(person),
            }
        }
        if let Some(duty) = has(Duty::Scrutineer) {
            scrutineers += 1;
            if has(Duty::Presiding).is_some() {
                findings.add(&duty.span(), MistakeKind::PresidingScrutineer { person: name() });
            }
            if roster.standing(person.group.get_ref()) == Some(Standing::Attendee) {
                findings.add(&duty.span(), MistakeKind::ScrutineerNotMember { person: name() });
            }
            check_scrutineer(roster, person, duty, findings);
        }
    }
    // A duty that is misspelt is most likely the one that seems to be missing.
    let misspelt = roster.draft.people.iter().any(|person| person.has_unknown_duty);
    let Some(span) = roster.draft.people_span.as_ref().filter(|_| !misspelt) else { return };
    if presiding.is_none() {
        findings.add(span, MistakeKind::NoPresiding);
    }
    let single = roster.draft.key.allow_single.as_ref().is_some_and(|single| *single.get_ref());
    let scrutineers_min = if single { 1 } else { SCRUTINEERS_MIN };
    // What is decided in the open needs none.
    if scrutineers < scrutineers_min && roster.draft.items.iter().any(ItemDraft::is_secret) {
        findings.add(span, MistakeKind::TooFewScrutineers { found: scrutineers });
    }
}

/// Who opens the box must be possible, and not fewer than two pairs of eyes unless the plan says so.
fn check_key(draft: &Draft, findings: &mut Findings) {
    let scrutineers = draft.scrutineers();
    let single = draft.key.allow_single.as_ref().is_some_and(|single| *single.get_ref());
    let Some(threshold) = &draft.key.threshold else { return };
    let (needed, span) = (*threshold.get_ref(), threshold.span());
    if draft.key.holder == Holder::Console {
        findings.add(&span, MistakeKind::ThresholdOfConsole);
    } else if needed == 0 || needed > scrutineers.max(1) {
        findings.add(&span, MistakeKind::ThresholdOutOfReach { needed, scrutineers });
    } else if needed == 1 && !single {
        findings.add(&span, MistakeKind::ThresholdOfOne);
    }
}

/// A ballot of fewer than five voters could never be opened.
pub(super) fn check_small(roster: &Roster, due: usize, findings: &mut Findings) {
    let draft = roster.draft;
    if draft.key.small == SmallPlan::Closed && due > 0 && due < SMALL as usize {
        findings.add(&draft.key.span, MistakeKind::NeverOpened { due });
    }
}

/// Nobody watches the count of their own line, or of a relative's.
fn check_scrutineer(roster: &Roster, person: &PersonDraft, duty: &Spanned<Duty>, findings: &mut Findings) {
    let id = person.id.get_ref();
    let nominations = || roster.draft.items.iter().filter_map(ItemDraft::nomination);
    let lines = || nominations().flat_map(|nomination| &nomination.lines);
    let own = |line: &LineDraft| line.person.as_ref().is_some_and(|person| person.get_ref() == id);
    if id.is_empty() {
        return;
    }
    if lines().any(own) {
        findings.add(&duty.span(), MistakeKind::ScrutineerNominee { person: person.name.clone() });
    } else if let Some(line) = lines().find(|line| line.relatives.iter().any(|one| one.get_ref() == id)) {
        let (person, nominee) = (person.name.clone(), line.name.get_ref().clone());
        findings.add(&duty.span(), MistakeKind::ScrutineerRelative { person, nominee });
    }
    for item in &roster.draft.items {
        if let KindDraft::Review(review) = &item.kind {
            check_scrutineer_of(review, (id, &person.name), &duty.span(), findings);
        }
    }
}

fn check_item(roster: &Roster, item: &ItemDraft, material: Material, findings: &mut Findings) {
    match &item.kind {
        KindDraft::Nomination(nomination) => check_nomination(roster, item, nomination, material, findings),
        KindDraft::Review(review) => check_review(roster, item, review, material, findings),
        KindDraft::JointMeeting(joint) => check_joint(roster, item, joint, findings),
        KindDraft::Deliberation(term) => {
            check_nomination(roster, item, &term.paper, material, findings);
            check_term(roster, term, findings);
        }
        KindDraft::Exam(exam) => {
            for group in item.attendees.iter().flatten() {
                roster.check_group(group, findings);
            }
            check_exam(roster, exam, roster.draft.meeting.date, material, findings);
        }
        KindDraft::Contested(contested) => {
            check_nomination(roster, item, &contested.slate, material, findings);
            contested.check_seats(findings);
        }
        KindDraft::MajorMatter(matter) => check_matter(roster, item, matter, material, findings),
        KindDraft::OpenVote(vote) => check_open_vote(roster, item, vote, material, findings),
    }
}

fn check_nomination(
    roster: &Roster,
    item: &ItemDraft,
    nomination: &NominationDraft,
    material: Material,
    findings: &mut Findings,
) {
    let due = check_voters(roster, item, nomination.voters.as_ref(), findings);
    if roster.are_known(nomination.voters.as_ref()) {
        check_small(roster, due, findings);
    }
    check_quorum(item.quorum.as_ref(), due, findings);
    check_carried(nomination.carried.as_ref(), due, findings);
    check_ids(Named::Line, nomination.lines.iter().map(|line| &line.id), findings);
    let mut firsts: BTreeMap<(&str, &str), Place> = BTreeMap::new();
    for line in &nomination.lines {
        let (name, post) = (line.name.get_ref().as_str(), line.post.as_str());
        let here = findings.place(line.name.span().start);
        match firsts.get(&(name, post)) {
            Some(first) if !name.is_empty() => {
                let (name, post, first) = (name.to_owned(), post.to_owned(), first.clone());
                findings.add(&line.name.span(), MistakeKind::NomineeTwice { name, post, first });
            }
            Some(_) => {}
            None => {
                firsts.insert((name, post), here);
            }
        }
        let seated = PersonRef { name: &line.name, person: line.person.as_ref(), relatives: &line.relatives };
        check_people_of(roster, &seated, findings);
        check_material(&line.introduction, Named::Line, material, findings);
        check_material(&line.inspection, Named::Line, material, findings);
    }
}

/// Answers how many are due.
pub(super) fn check_voters(
    roster: &Roster,
    item: &ItemDraft,
    voters: Option<&Spanned<Vec<Spanned<String>>>>,
    findings: &mut Findings,
) -> usize {
    let attendees = item.attendees.as_deref().unwrap_or_default();
    for group in attendees {
        roster.check_group(group, findings);
    }
    let Some(voters) = voters else { return 0 };
    if voters.get_ref().is_empty() {
        findings.add(&voters.span(), MistakeKind::NoVoters);
    }
    let mut due = 0;
    for voting in voters.get_ref() {
        let group = voting.get_ref().clone();
        roster.check_group(voting, findings);
        if let Some(attending) = attendees.iter().find(|attending| attending.get_ref() == &group) {
            findings.add(&attending.span(), MistakeKind::VotesAndAttends { group: group.clone() });
        }
        match (roster.standing(&group), roster.size(&group)) {
            (Some(Standing::Attendee), _) => {
                findings.add(&voting.span(), MistakeKind::VotersNotMembers { group });
            }
            (Some(Standing::Member), 0) => findings.add(&voting.span(), MistakeKind::VotersNobody { group }),
            (Some(Standing::Member), size) => due += size,
            (None, _) => {}
        }
    }
    due
}

/// Somebody whom the business is about, and what the plan says of them and the room.
pub(super) struct PersonRef<'d> {
    pub(super) name: &'d Spanned<String>,
    pub(super) person: Option<&'d Spanned<String>>,
    pub(super) relatives: &'d [Spanned<String>],
}

/// Nobody stands twice on a list with the same name and post.
pub(super) fn check_nobody_twice<'a>(
    listed: impl Iterator<Item = (&'a Spanned<String>, &'a str)>,
    findings: &mut Findings,
    twice: impl Fn(&Range<usize>, String, String, Place, &mut Findings),
) {
    let mut firsts: BTreeMap<(&str, &str), Place> = BTreeMap::new();
    for (named, post) in listed {
        let name = named.get_ref().as_str();
        let here = findings.place(named.span().start);
        match firsts.get(&(name, post)) {
            Some(first) if !name.is_empty() => {
                twice(&named.span(), name.to_owned(), post.to_owned(), first.clone(), findings);
            }
            Some(_) => {}
            None => {
                firsts.insert((name, post), here);
            }
        }
    }
}

/// Who the nominee or the official is in the room, and who of the room is related.
pub(super) fn check_people_of(roster: &Roster, seated: &PersonRef, findings: &mut Findings) {
    let name = seated.name.get_ref();
    match seated.person {
        Some(id) => {
            roster.check_person(id, findings);
            let person = roster.person(id.get_ref()).filter(|_| !id.get_ref().is_empty());
            if let Some(person) = person.filter(|person| !person.name.is_empty() && !name.is_empty())
                && person.name != *name
            {
                let (person, name, written) = (id.get_ref().clone(), person.name.clone(), name.clone());
                findings.add(&id.span(), MistakeKind::OtherName { person, name, written });
            }
        }
        None => {
            let namesake = roster.draft.people.iter().find(|person| person.name == *name && !name.is_empty());
            if let Some(namesake) = namesake {
                let (name, person) = (name.clone(), namesake.id.get_ref().clone());
                findings.add(&seated.name.span(), MistakeKind::PerhapsPerson { name, person });
            }
        }
    }
    for relative in seated.relatives {
        roster.check_person(relative, findings);
        let own = seated.person.is_some_and(|person| person.get_ref() == relative.get_ref());
        if own {
            findings.add(&relative.span(), MistakeKind::OwnRelative { person: relative.get_ref().clone() });
        }
    }
}

/// No material, no ballot line, and no report.
pub(super) fn check_material(
    path: &Spanned<String>,
    named: Named,
    material: Material,
    findings: &mut Findings,
) {
    let (written, span) = (path.get_ref().clone(), path.span());
    if written.is_empty() {
        // Noted already.
    } else if !stays_inside(&written) {
        findings.add(&span, MistakeKind::PathOutside(written));
    } else if let Err(fault) = material(&written) {
        findings.add(&span, MistakeKind::Material { path: written, fault, named });
    }
}
