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
use super::mistake::{Findings, Limited, MistakeKind, Named};
use super::model::{
    Duty, Group, Item, ItemKind, MeetingPlan, Nomination, Nominee, Person, Plan, PostList, SmallPlan,
    Standing, TrusteesPlan,
};
use super::order::into_ballot_order;
use super::read::FORMAT;
use super::review_draft::ReviewDraft;
use super::term_draft::TermDraft;
use crate::rules::{Base, Bound, Ratio, Threshold};
use crate::words::Lang;

/// People that one hub is made for.
pub(super) const PEOPLE_MAX: usize = 500;
const GROUPS_MAX: usize = 50;
const ITEMS_MAX: usize = 50;
const LINES_MAX: usize = 200;
/// Holidays of several years.
const DAYS_MAX: usize = 500;

const LANGUAGES: Words<Lang> = &[("zh", Lang::Zh), ("en", Lang::En)];
const TRUSTEES: Words<Holder> = &[("console", Holder::Console), ("scrutineers", Holder::Scrutineers)];
const SMALL: Words<SmallPlan> = &[("closed", SmallPlan::Closed), ("open", SmallPlan::Open)];
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
const ORDERS: Words<Order> = &[("strokes", Order::Strokes), ("fixed", Order::Fixed)];
const LISTS: Words<PostList> = &[("party", PostList::Party), ("government", PostList::Government)];
const BASES: Words<Base> = &[
    ("due", Base::Due),
    ("present", Base::Present),
    ("returned", Base::Returned),
    ("valid", Base::Valid),
    ("agree_disagree", Base::AgreeDisagree),
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

/// Who holds the key of the ballot box, before it is known how many scrutineers there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The console.
    Console,
    /// The scrutineers together.
    Scrutineers,
}

/// The key of the ballot box as written.
pub(super) struct KeyDraft {
    pub(super) holder: Holder,
    pub(super) threshold: Option<Spanned<u32>>,
    pub(super) allow_single: Option<Spanned<bool>>,
    /// Where the rule for small boxes stands, and what it says.
    pub(super) small: SmallPlan,
    /// Where the whole part about the meeting stands.
    pub(super) span: Range<usize>,
}

/// How the lines of a ballot paper are put in order.
#[derive(Clone, Copy)]
enum Order {
    /// Party posts first, the names within each list by strokes.
    Strokes,
    /// As in the file.
    Fixed,
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
    name: String,
    pub(super) standing: Standing,
}

/// A person as written.
pub(super) struct PersonDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) group: Spanned<String>,
    unit: String,
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

/// The names under which a plan writes who is put to the vote, and by which majority.
struct Keys {
    lines: &'static str,
    majority: &'static str,
}

const NOMINEES: Keys = Keys { lines: "nominees", majority: "carried" };
const CANDIDATES: Keys = Keys { lines: "candidates", majority: "elected" };

/// A nomination as written.
pub(super) struct NominationDraft {
    /// `None` when the plan does not say, which is a mistake noted already.
    pub(super) voters: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) carried: Option<Spanned<Threshold>>,
    order: Order,
    pub(super) lines: Vec<LineDraft>,
}

/// A line of a ballot paper as written.
pub(super) struct LineDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) post: String,
    list: PostList,
    /// An empty one says that the nominee is not in the room, whatever the names say.
    pub(super) person: Option<Spanned<String>>,
    pub(super) relatives: Vec<Spanned<String>>,
    pub(super) introduction: Spanned<String>,
    pub(super) inspection: Spanned<String>,
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

/// Days that the calendar alone does not tell.
#[derive(Default)]
struct Days {
    holidays: Vec<Spanned<Date>>,
    workdays: Vec<Spanned<Date>>,
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

fn read_meeting(
    meeting: Option<Entry>,
    days: &mut Days,
    findings: &mut Findings,
) -> (MeetingPlan, Option<Spanned<Threshold>>, KeyDraft) {
    let Some(mut meeting) = meeting else { return (MeetingPlan::stand_in(), None, KeyDraft::stand_in()) };
    let key = KeyDraft::read(&mut meeting, findings);
    let quorum = read_threshold(&mut meeting, "quorum", findings);
    for (key, days) in [("holidays", &mut days.holidays), ("workdays", &mut days.workdays)] {
        *days = meeting.dates(key, findings);
        limit(Limited::Days, days.len(), DAYS_MAX, &meeting.span_of(key), findings);
    }
    let plan = MeetingPlan {
        title: meeting.text("title", findings).into_inner(),
        body: meeting.text("body", findings).into_inner(),
        date: meeting.date("date", findings),
        venue: meeting.text("venue", findings).into_inner(),
        language: meeting.word("language", LANGUAGES, findings).unwrap_or(Lang::Zh),
        trustees: TrusteesPlan::Console,
        small: key.small,
        quorum: quorum.as_ref().map_or(Threshold::QUORUM, |quorum| *quorum.get_ref()),
        holidays: Vec::new(),
        workdays: Vec::new(),
    };
    meeting.finish(findings);
    (plan, quorum, key)
}

impl KeyDraft {
    fn read(meeting: &mut Entry, findings: &mut Findings) -> Self {
        let threshold = meeting.number("threshold", findings);
        let threshold = threshold.map(|number| Spanned::new(meeting.span_of("threshold"), number));
        Self {
            holder: meeting.word_if_any("trustees", TRUSTEES, findings).unwrap_or(Holder::Scrutineers),
            threshold,
            allow_single: meeting.flag("allow_single", findings),
            small: meeting.word_if_any("small", SMALL, findings).unwrap_or_default(),
            span: meeting.span(),
        }
    }

    /// For a plan that lacks its meeting.
    fn stand_in() -> Self {
        let (holder, small) = (Holder::Scrutineers, SmallPlan::Closed);
        Self { holder, threshold: None, allow_single: None, small, span: 0..0 }
    }
}

impl MeetingPlan {
    /// For a plan that lacks its meeting: reading goes on to find its other mistakes.
    fn stand_in() -> Self {
        Self {
            title: String::new(),
            body: String::new(),
            date: jiff::civil::Date::ZERO,
            venue: String::new(),
            language: Lang::Zh,
            trustees: TrusteesPlan::Console,
            small: SmallPlan::Closed,
            quorum: Threshold::QUORUM,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}

/// `{ of = BASE, at_least | more_than = "m/n", plus = k }`; without `of` of those due, without `plus` plus 0.
pub(super) fn read_threshold(
    parent: &mut Entry,
    key: &'static str,
    findings: &mut Findings,
) -> Option<Spanned<Threshold>> {
    let mut threshold = parent.table_if_any(key, findings)?;
    let of = threshold.word_if_any("of", BASES, findings).unwrap_or(Base::Due);
    let bound = read_bound(&mut threshold, findings);
    let plus = threshold.number("plus", findings).unwrap_or(0);
    let span = threshold.span();
    threshold.finish(findings);
    bound.map(|(bound, ratio)| Spanned::new(span, Threshold { of, bound, ratio: ratio.into_inner(), plus }))
}

/// `at_least = "m/n"`, or `more_than = "m/n"`.
pub(super) fn read_bound(entry: &mut Entry, findings: &mut Findings) -> Option<(Bound, Spanned<Ratio>)> {
    let at_least = entry.text_if_any("at_least", findings);
    let more_than = entry.text_if_any("more_than", findings);
    let (bound, written) = match (at_least, more_than) {
        (Some(_), Some(second)) => {
            findings.add(&second.span(), MistakeKind::TwoBounds);
            return None;
        }
        (Some(written), None) => (Bound::AtLeast, written),
        (None, Some(written)) => (Bound::MoreThan, written),
        (None, None) => {
            if !entry.has("at_least") && !entry.has("more_than") {
                findings.add(&entry.span(), MistakeKind::NoBound);
            }
            return None;
        }
    };
    match written.get_ref().parse::<Ratio>() {
        Ok(ratio) => Some((bound, Spanned::new(written.span(), ratio))),
        Err(_) => {
            findings.add(&written.span(), MistakeKind::NotAFraction(written.get_ref().clone()));
            None
        }
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

    fn read(mut item: Entry, findings: &mut Findings) -> Self {
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

impl NominationDraft {
    fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        Self::read_as(&NOMINEES, item, findings, &mut LineDraft::read)
    }

    /// Candidates stand for one office, which the item names; one on a list can have another.
    pub(super) fn read_candidates(item: &mut Entry, findings: &mut Findings) -> Self {
        let office = item.text_if_any("post", findings).map(Spanned::into_inner).unwrap_or_default();
        let mut line = |line: Entry, place, findings: &mut Findings| {
            LineDraft::read_candidate(line, place, &office, findings)
        };
        Self::read_as(&CANDIDATES, item, findings, &mut line)
    }

    fn read_as(
        keys: &Keys,
        item: &mut Entry,
        findings: &mut Findings,
        read_line: &mut dyn FnMut(Entry, usize, &mut Findings) -> LineDraft,
    ) -> Self {
        let lines = item.tables(keys.lines, findings);
        let lines_span = item.span_of(keys.lines);
        if lines.as_ref().is_some_and(Vec::is_empty) {
            findings.add(&lines_span, MistakeKind::NoLines { key: keys.lines });
        }
        let lines = lines.unwrap_or_default();
        limit(Limited::Lines, lines.len(), LINES_MAX, &lines_span, findings);
        let order = item.word_if_any("order", ORDERS, findings).unwrap_or(Order::Strokes);
        let lines = lines.into_iter().enumerate();
        let lines = lines.map(|(place, line)| read_line(line, place + 1, findings)).collect();
        Self { order, ..Self::of_lines(keys.majority, item, lines, findings) }
    }

    /// The vote on an appointee, whose line stands as it was written.
    pub(super) fn of_appointee(
        item: &mut Entry,
        appointee: Option<LineDraft>,
        findings: &mut Findings,
    ) -> Self {
        Self::of_lines(NOMINEES.majority, item, appointee.into_iter().collect(), findings)
    }

    fn of_lines(
        majority: &'static str,
        item: &mut Entry,
        lines: Vec<LineDraft>,
        findings: &mut Findings,
    ) -> Self {
        let voters = item.texts("voters", findings);
        let voters_span = item.span_of("voters");
        Self {
            voters: voters.map(|voters| Spanned::new(voters_span, voters)),
            carried: read_threshold(item, majority, findings),
            order: Order::Fixed,
            lines,
        }
    }

    pub(super) fn into_nomination(self, quorum: Threshold, attendees: Vec<String>) -> Nomination {
        let voters = self.voters.map(|voters| into_texts(voters.into_inner())).unwrap_or_default();
        let mut lines: Vec<_> = self.lines.into_iter().map(LineDraft::into_nominee).collect();
        match self.order {
            Order::Strokes => into_ballot_order(&mut lines),
            Order::Fixed => {}
        }
        let carried = self.carried.map_or(Threshold::MAJORITY, Spanned::into_inner);
        Nomination { voters, attendees, quorum, carried, lines }
    }
}

impl LineDraft {
    /// Whether this person is the nominee or a relative.
    pub(super) fn concerns(&self, person: &str) -> bool {
        let own = self.person.as_ref().is_some_and(|own| own.get_ref() == person);
        own || self.relatives.iter().any(|relative| relative.get_ref() == person)
    }

    pub(super) fn read(mut line: Entry, place: usize, findings: &mut Findings) -> Self {
        let post = line.text("post", findings).into_inner();
        let list = line.word("list", LISTS, findings).unwrap_or(PostList::Party);
        Self::read_for(line, place, (post, list), findings)
    }

    fn read_candidate(mut line: Entry, place: usize, office: &str, findings: &mut Findings) -> Self {
        let post = match office.is_empty() {
            true => line.text("post", findings).into_inner(),
            false => {
                let own = line.text_if_any("post", findings).map(Spanned::into_inner);
                own.filter(|own| !own.is_empty()).unwrap_or_else(|| office.to_owned())
            }
        };
        let list = line.word_if_any("list", LISTS, findings).unwrap_or(PostList::Party);
        Self::read_for(line, place, (post, list), findings)
    }

    fn read_for(
        mut line: Entry,
        place: usize,
        (post, list): (String, PostList),
        findings: &mut Findings,
    ) -> Self {
        let draft = Self {
            id: line.id_or(Named::Line, format!("l{place}"), findings),
            name: line.text("name", findings),
            post,
            list,
            person: line.text_if_any("person", findings),
            relatives: line.texts_if_any("relatives", findings).unwrap_or_default(),
            introduction: line.text("introduction", findings),
            inspection: line.text("inspection", findings),
        };
        line.finish(findings);
        draft
    }

    fn into_nominee(self) -> Nominee {
        Nominee {
            id: self.id.into_inner(),
            name: self.name.into_inner(),
            post: self.post,
            list: self.list,
            person: self.person.map(Spanned::into_inner).filter(|person| !person.is_empty()),
            relatives: into_texts(self.relatives),
            introduction: self.introduction.into_inner(),
            inspection: self.inspection.into_inner(),
        }
    }
}
