//! The plan as written, with the place of whatever can clash with something else. [`super::check`] compares; what
//! passes becomes a [`Plan`].

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::contest_draft::ContestedDraft;
use super::entry::{Entry, Words, word_of};
use super::exam_draft::ExamDraft;
use super::joint_draft::JointDraft;
use super::matter_draft::{MatterDraft, OpenVoteDraft};
use super::meeting_draft::{Days, Holder, KeyDraft, read_meeting};
use super::mistake::{Findings, Limited, MistakeKind, Named};
use super::model::{Duty, Group, Item, ItemKind, MeetingPlan, Person, Plan, Standing, TrusteesPlan};
use super::nomination_draft::NominationDraft;
use super::read::FORMAT;
use super::review_draft::ReviewDraft;
use super::term_draft::TermDraft;
use super::threshold_draft::read_threshold;
use crate::rules::Threshold;
use crate::words::Lang;

/// People that one hub is made for.
pub(super) const PEOPLE_MAX: usize = 500;
const GROUPS_MAX: usize = 50;
pub(super) const ITEMS_MAX: usize = 50;

const STANDINGS: Words<Standing> = &[("member", Standing::Member), ("attendee", Standing::Attendee)];
const DUTIES: Words<Duty> =
    &[("presiding", Duty::Presiding), ("scrutineer", Duty::Scrutineer), ("recorder", Duty::Recorder)];
const KINDS: Words<Kind> = &[
    ("nomination", Kind::Nomination),
    ("review", Kind::Review),
    ("contested", Kind::Contested),
    ("major_matter", Kind::MajorMatter),
    ("open_vote", Kind::OpenVote),
    ("exam", Kind::Exam),
    ("joint_meeting", Kind::JointMeeting),
    ("deliberation", Kind::Deliberation),
];

/// The kinds of business, before their contents are read.
#[derive(Clone, Copy)]
enum Kind {
    Nomination,
    Review,
    JointMeeting,
    Deliberation,
    Exam,
    Contested,
    MajorMatter,
    OpenVote,
}

/// A whole plan as written.
pub(super) struct Draft {
    pub(super) meeting: MeetingPlan,
    pub(super) quorum: Option<Spanned<Threshold>>,
    pub(super) key: KeyDraft,
    pub(super) holidays: Vec<Spanned<Date>>,
    pub(super) workdays: Vec<Spanned<Date>>,
    pub(super) groups: Vec<GroupDraft>,
    pub(super) people: Vec<PersonDraft>,
    /// Where the list of people stands, for what is wrong with it as a whole. `None` when it is none, which is a
    /// mistake noted already.
    pub(super) people_span: Option<Range<usize>>,
    pub(super) items: Vec<ItemDraft>,
}

/// A group as written.
pub(super) struct GroupDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) standing: Standing,
}

/// A person as written.
pub(super) struct PersonDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) group: Spanned<String>,
    pub(super) unit: String,
    pub(super) duties: Vec<Spanned<Duty>>,
    /// Whether the person is known to be on leave.
    pub(super) leave: Option<Spanned<bool>>,
    /// A duty of the person is none that there is, which is a mistake noted already.
    pub(super) has_unknown_duty: bool,
}

/// An item as written.
pub(super) struct ItemDraft {
    pub(super) id: Spanned<String>,
    title: String,
    pub(super) attendees: Option<Vec<Spanned<String>>>,
    pub(super) quorum: Option<Spanned<Threshold>>,
    pub(super) kind: KindDraft,
}

/// What an item is of, as written.
pub(super) enum KindDraft {
    Nomination(NominationDraft),
    Review(Box<ReviewDraft>),
    JointMeeting(JointDraft),
    Deliberation(Box<TermDraft>),
    Exam(Box<ExamDraft>),
    Contested(Box<ContestedDraft>),
    MajorMatter(Box<MatterDraft>),
    OpenVote(Box<OpenVoteDraft>),
}

impl Draft {
    pub(super) fn read(mut plan: Entry, findings: &mut Findings) -> Self {
        read_format(&mut plan, findings);
        let mut days = Days::default();
        let (meeting, quorum, key) = read_meeting(plan.table("meeting", findings), &mut days, findings);
        let groups = plan.tables("groups", findings).unwrap_or_default();
        let people = plan.tables("people", findings);
        let people_span = people.as_ref().map(|_| plan.span_of("people"));
        let people = people.unwrap_or_default();
        let items = plan.tables("items", findings).unwrap_or_default();
        let (groups_span, items_span) = (plan.span_of("groups"), plan.span_of("items"));
        limit(Limited::Groups, groups.len(), GROUPS_MAX, &groups_span, findings);
        limit(Limited::People, people.len(), PEOPLE_MAX, &plan.span_of("people"), findings);
        limit(Limited::Items, items.len(), ITEMS_MAX, &items_span, findings);
        if items.is_empty() && items_span != plan.span() {
            findings.add(&items_span, MistakeKind::NoItems);
        }
        plan.finish(findings);
        Self {
            meeting,
            quorum,
            key,
            holidays: days.holidays,
            workdays: days.workdays,
            groups: groups.into_iter().map(|group| GroupDraft::read(group, findings)).collect(),
            people: people.into_iter().map(|person| PersonDraft::read(person, findings)).collect(),
            people_span,
            items: items.into_iter().map(|item| ItemDraft::read(item, findings)).collect(),
        }
    }

    /// The plan, when no mistake was found in the draft.
    pub(super) fn into_plan(self) -> Plan {
        let attending: Vec<String> = (self.groups.iter())
            .filter(|group| group.standing == Standing::Attendee)
            .map(|group| group.id.get_ref().clone())
            .collect();
        let (quorum, language) = (self.meeting.quorum, self.meeting.language);
        let days = |days: Vec<Spanned<Date>>| days.into_iter().map(Spanned::into_inner).collect();
        let trustees = self.trustees();
        let meeting = MeetingPlan {
            holidays: days(self.holidays),
            workdays: days(self.workdays),
            trustees,
            ..self.meeting
        };
        let people: Vec<Person> = self.people.into_iter().map(PersonDraft::into_person).collect();
        let items = self.items.into_iter();
        Plan {
            meeting,
            groups: self.groups.into_iter().map(GroupDraft::into_group).collect(),
            items: items.map(|item| item.into_item(quorum, &attending, &people, language)).collect(),
            people,
        }
    }
}

impl Draft {
    /// Whether the body decides anything: an exam is no decision. A plan of nothing is no session of exams.
    pub(super) fn decides_anything(&self) -> bool {
        self.items.is_empty() || self.items.iter().any(|item| !matches!(item.kind, KindDraft::Exam(_)))
    }

    /// How many scrutineers the plan proposes.
    pub(super) fn scrutineers(&self) -> u32 {
        let is_one =
            |person: &&PersonDraft| person.duties.iter().any(|duty| *duty.get_ref() == Duty::Scrutineer);
        u32::try_from(self.people.iter().filter(is_one).count()).unwrap_or(u32::MAX)
    }

    /// Who holds the key: where the plan does not say how many suffice, more than half of the scrutineers do.
    fn trustees(&self) -> TrusteesPlan {
        match self.key.holder {
            Holder::Console => TrusteesPlan::Console,
            Holder::Scrutineers => TrusteesPlan::Scrutineers {
                threshold: self
                    .key
                    .threshold
                    .as_ref()
                    .map_or(self.scrutineers() / 2 + 1, |threshold| *threshold.get_ref()),
                allow_single: self.key.allow_single.as_ref().is_some_and(|single| *single.get_ref()),
            },
        }
    }
}

fn read_format(plan: &mut Entry, findings: &mut Findings) {
    let format = plan.text("format", findings);
    if !format.get_ref().is_empty() && format.get_ref() != FORMAT {
        findings.add(&format.span(), MistakeKind::UnknownFormat(format.get_ref().clone()));
    }
}

pub(super) fn limit(
    what: Limited,
    count: usize,
    count_max: usize,
    span: &Range<usize>,
    findings: &mut Findings,
) {
    if count > count_max {
        findings.add(span, MistakeKind::TooMany { what, count, count_max });
    }
}

impl GroupDraft {
    fn read(mut group: Entry, findings: &mut Findings) -> Self {
        let draft = Self {
            id: group.id(Named::Group, findings),
            name: group.text("name", findings).into_inner(),
            standing: group.word("standing", STANDINGS, findings).unwrap_or(Standing::Member),
        };
        group.finish(findings);
        draft
    }

    fn into_group(self) -> Group {
        Group { id: self.id.into_inner(), name: self.name, standing: self.standing }
    }
}

impl PersonDraft {
    fn read(mut person: Entry, findings: &mut Findings) -> Self {
        let (id, name, group) = (
            person.id(Named::Person, findings),
            person.text("name", findings).into_inner(),
            person.text("group", findings),
        );
        let unit = person.text_if_any("unit", findings).map(Spanned::into_inner).unwrap_or_default();
        let words = person.texts_if_any("duties", findings).unwrap_or_default();
        let duties: Vec<_> = (words.iter())
            .filter_map(|word| Some(Spanned::new(word.span(), word_of("duties", word, DUTIES, findings)?)))
            .collect();
        let has_unknown_duty = duties.len() < words.len();
        let leave = person.flag("leave", findings);
        let draft = Self { id, name, group, unit, duties, leave, has_unknown_duty };
        person.finish(findings);
        draft
    }

    fn into_person(self) -> Person {
        Person {
            id: self.id.into_inner(),
            name: self.name,
            group: self.group.into_inner(),
            unit: self.unit,
            duties: self.duties.into_iter().map(Spanned::into_inner).collect(),
            leave: self.leave.is_some_and(Spanned::into_inner),
        }
    }
}

impl ItemDraft {
    /// The people who are put to the vote, if this item is about any.
    pub(super) fn nomination(&self) -> Option<&NominationDraft> {
        match &self.kind {
            KindDraft::Nomination(nomination) => Some(nomination),
            KindDraft::Contested(contested) => Some(&contested.slate),
            KindDraft::Deliberation(term) => Some(&term.paper),
            KindDraft::Review(_)
            | KindDraft::JointMeeting(_)
            | KindDraft::MajorMatter(_)
            | KindDraft::OpenVote(_)
            | KindDraft::Exam(_) => None,
        }
    }

    pub(super) fn read(mut item: Entry, findings: &mut Findings) -> Self {
        let likely = if item.has("appointee") {
            Kind::Deliberation
        } else if item.has("departments") {
            Kind::JointMeeting
        } else if item.has("officials") {
            Kind::Review
        } else if item.has("bank") {
            Kind::Exam
        } else if item.has("candidates") {
            Kind::Contested
        } else if item.has("head") {
            Kind::MajorMatter
        } else if item.has("question") {
            Kind::OpenVote
        } else {
            Kind::Nomination
        };
        let kind = item.word("kind", KINDS, findings).unwrap_or(likely);
        let draft = Self {
            id: item.id(Named::Item, findings),
            title: item.text("title", findings).into_inner(),
            attendees: item.texts_if_any("attendees", findings),
            quorum: read_threshold(&mut item, "quorum", findings),
            kind: match kind {
                Kind::Nomination => KindDraft::Nomination(NominationDraft::read(&mut item, findings)),
                Kind::Review => KindDraft::Review(Box::new(ReviewDraft::read(&mut item, findings))),
                Kind::JointMeeting => KindDraft::JointMeeting(JointDraft::read(&mut item, findings)),
                Kind::Deliberation => KindDraft::Deliberation(Box::new(TermDraft::read(&mut item, findings))),
                Kind::Exam => KindDraft::Exam(Box::new(ExamDraft::read(&mut item, findings))),
                Kind::Contested => KindDraft::Contested(Box::new(ContestedDraft::read(&mut item, findings))),
                Kind::MajorMatter => KindDraft::MajorMatter(Box::new(MatterDraft::read(&mut item, findings))),
                Kind::OpenVote => KindDraft::OpenVote(Box::new(OpenVoteDraft::read(&mut item, findings))),
            },
        };
        item.finish(findings);
        draft
    }

    /// Whether it has secret ballots.
    pub(super) fn is_secret(&self) -> bool {
        match &self.kind {
            KindDraft::Nomination(_)
            | KindDraft::Contested(_)
            | KindDraft::Review(_)
            | KindDraft::Deliberation(_) => true,
            KindDraft::MajorMatter(matter) => matter.secret,
            KindDraft::OpenVote(_) | KindDraft::Exam(_) | KindDraft::JointMeeting(_) => false,
        }
    }

    fn into_item(self, quorum: Threshold, attending: &[String], people: &[Person], language: Lang) -> Item {
        let quorum = self.quorum.map_or(quorum, Spanned::into_inner);
        let attendees = self.attendees.map_or_else(|| attending.to_vec(), into_texts);
        let kind = match self.kind {
            KindDraft::Nomination(nomination) => {
                ItemKind::Nomination(nomination.into_nomination(quorum, attendees))
            }
            KindDraft::Review(review) => ItemKind::Review(review.into_review(quorum, attendees, language)),
            KindDraft::JointMeeting(joint) => ItemKind::JointMeeting(joint.into_joint(quorum, attendees)),
            KindDraft::Deliberation(term) => {
                ItemKind::Deliberation(term.into_deliberation(quorum, attendees))
            }
            KindDraft::Exam(exam) => ItemKind::Exam(exam.into_exam()),
            KindDraft::Contested(contested) => {
                ItemKind::Contested(contested.into_contested(quorum, attendees))
            }
            KindDraft::MajorMatter(matter) => {
                let on_paper = (self.title.as_str(), people, language);
                ItemKind::MajorMatter(Box::new(matter.into_matter(quorum, attendees, on_paper)))
            }
            KindDraft::OpenVote(vote) => ItemKind::OpenVote(vote.into_open_vote(quorum, attendees)),
        };
        Item { id: self.id.into_inner(), title: self.title, kind }
    }
}

/// The texts without their places.
pub(super) fn into_texts(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(Spanned::into_inner).collect()
}
