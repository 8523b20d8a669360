//! The plan as written, with the place of whatever can clash with something else. [`super::check`] compares; what
//! passes becomes a [`Plan`].

use std::ops::Range;

use toml::Spanned;

use super::entry::{Entry, Words, word_of};
use super::mistake::{Findings, Limited, MistakeKind, Named};
use super::model::{
    Duty, Group, Item, ItemKind, MeetingPlan, Nomination, Nominee, Person, Plan, PostList, Standing,
    TrusteesPlan,
};
use super::order::into_ballot_order;
use super::read::FORMAT;
use crate::rules::{Base, Bound, Ratio, Threshold};
use crate::words::Lang;

/// People that one hub is made for.
pub(super) const PEOPLE_MAX: usize = 500;
const GROUPS_MAX: usize = 50;
const ITEMS_MAX: usize = 50;
const LINES_MAX: usize = 200;

const LANGUAGES: Words<Lang> = &[("zh", Lang::Zh), ("en", Lang::En)];
const TRUSTEES: Words<TrusteesPlan> = &[("console", TrusteesPlan::Console)];
const STANDINGS: Words<Standing> = &[("member", Standing::Member), ("attendee", Standing::Attendee)];
const DUTIES: Words<Duty> =
    &[("presiding", Duty::Presiding), ("scrutineer", Duty::Scrutineer), ("recorder", Duty::Recorder)];
const KINDS: Words<Kind> = &[("nomination", Kind::Nomination)];
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
    /// A duty of the person is none that there is, which is a mistake noted already.
    pub(super) has_unknown_duty: bool,
}

/// An item as written.
pub(super) struct ItemDraft {
    pub(super) id: Spanned<String>,
    title: String,
    /// `None` when the plan does not say, which is a mistake noted already.
    pub(super) voters: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) attendees: Option<Vec<Spanned<String>>>,
    pub(super) quorum: Option<Spanned<Threshold>>,
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
        let (meeting, quorum) = read_meeting(plan.table("meeting", findings), findings);
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
        let quorum = self.meeting.quorum;
        Plan {
            meeting: self.meeting,
            groups: self.groups.into_iter().map(GroupDraft::into_group).collect(),
            people: self.people.into_iter().map(PersonDraft::into_person).collect(),
            items: self.items.into_iter().map(|item| item.into_item(quorum, &attending)).collect(),
        }
    }
}

fn read_format(plan: &mut Entry, findings: &mut Findings) {
    let format = plan.text("format", findings);
    if !format.get_ref().is_empty() && format.get_ref() != FORMAT {
        findings.add(&format.span(), MistakeKind::UnknownFormat(format.get_ref().clone()));
    }
}

fn limit(what: Limited, count: usize, count_max: usize, span: &Range<usize>, findings: &mut Findings) {
    if count > count_max {
        findings.add(span, MistakeKind::TooMany { what, count, count_max });
    }
}

fn read_meeting(
    meeting: Option<Entry>,
    findings: &mut Findings,
) -> (MeetingPlan, Option<Spanned<Threshold>>) {
    let Some(mut meeting) = meeting else { return (MeetingPlan::stand_in(), None) };
    let quorum = read_threshold(&mut meeting, "quorum", findings);
    let plan = MeetingPlan {
        title: meeting.text("title", findings).into_inner(),
        body: meeting.text("body", findings).into_inner(),
        date: meeting.date("date", findings),
        venue: meeting.text("venue", findings).into_inner(),
        language: meeting.word("language", LANGUAGES, findings).unwrap_or(Lang::Zh),
        trustees: meeting.word_if_any("trustees", TRUSTEES, findings).unwrap_or(TrusteesPlan::Console),
        quorum: quorum.as_ref().map_or(Threshold::QUORUM, |quorum| *quorum.get_ref()),
        holidays: Vec::new(),
        workdays: Vec::new(),
    };
    meeting.finish(findings);
    (plan, quorum)
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
            quorum: Threshold::QUORUM,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}

/// `{ of = BASE, at_least | more_than = "m/n", plus = k }`; without `of` of those due, without `plus` plus 0.
fn read_threshold(
    parent: &mut Entry,
    key: &'static str,
    findings: &mut Findings,
) -> Option<Spanned<Threshold>> {
    let mut threshold = parent.table_if_any(key, findings)?;
    let of = threshold.word_if_any("of", BASES, findings).unwrap_or(Base::Due);
    let at_least = threshold.text_if_any("at_least", findings);
    let more_than = threshold.text_if_any("more_than", findings);
    let plus = threshold.number("plus", findings).unwrap_or(0);
    let span = threshold.span();
    let lacks_bound = threshold.span_of("at_least") == span && threshold.span_of("more_than") == span;
    threshold.finish(findings);
    let (bound, written) = match (at_least, more_than) {
        (Some(_), Some(second)) => {
            findings.add(&second.span(), MistakeKind::TwoBounds);
            return None;
        }
        (Some(written), None) => (Bound::AtLeast, written),
        (None, Some(written)) => (Bound::MoreThan, written),
        (None, None) => {
            if lacks_bound {
                findings.add(&span, MistakeKind::NoBound);
            }
            return None;
        }
    };
    match written.get_ref().parse::<Ratio>() {
        Ok(ratio) => Some(Spanned::new(span, Threshold { of, bound, ratio, plus })),
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
        let draft = Self { id, name, group, unit, duties, has_unknown_duty };
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
        }
    }
}

impl ItemDraft {
    fn read(mut item: Entry, findings: &mut Findings) -> Self {
        let Kind::Nomination = item.word("kind", KINDS, findings).unwrap_or(Kind::Nomination);
        let voters = item.texts("voters", findings);
        let voters_span = item.span_of("voters");
        let nominees = item.tables("nominees", findings);
        let nominees_span = item.span_of("nominees");
        if nominees.as_ref().is_some_and(Vec::is_empty) {
            findings.add(&nominees_span, MistakeKind::NoLines);
        }
        let nominees = nominees.unwrap_or_default();
        limit(Limited::Lines, nominees.len(), LINES_MAX, &nominees_span, findings);
        let draft = Self {
            id: item.id(Named::Item, findings),
            title: item.text("title", findings).into_inner(),
            voters: voters.map(|voters| Spanned::new(voters_span, voters)),
            attendees: item.texts_if_any("attendees", findings),
            quorum: read_threshold(&mut item, "quorum", findings),
            carried: read_threshold(&mut item, "carried", findings),
            order: item.word_if_any("order", ORDERS, findings).unwrap_or(Order::Strokes),
            lines: (nominees.into_iter().enumerate())
                .map(|(place, line)| LineDraft::read(line, place + 1, findings))
                .collect(),
        };
        item.finish(findings);
        draft
    }

    fn into_item(self, quorum: Threshold, attending: &[String]) -> Item {
        let ids = |ids: Vec<Spanned<String>>| ids.into_iter().map(Spanned::into_inner).collect::<Vec<_>>();
        let voters = self.voters.map(|voters| ids(voters.into_inner())).unwrap_or_default();
        let mut lines: Vec<_> = self.lines.into_iter().map(LineDraft::into_nominee).collect();
        match self.order {
            Order::Strokes => into_ballot_order(&mut lines),
            Order::Fixed => {}
        }
        Item {
            id: self.id.into_inner(),
            title: self.title,
            kind: ItemKind::Nomination(Nomination {
                attendees: self.attendees.map_or_else(|| attending.to_vec(), ids),
                voters,
                quorum: self.quorum.map_or(quorum, Spanned::into_inner),
                carried: self.carried.map_or(Threshold::MAJORITY, Spanned::into_inner),
                lines,
            }),
        }
    }
}

impl LineDraft {
    fn read(mut line: Entry, place: usize, findings: &mut Findings) -> Self {
        let draft = Self {
            id: line.id_or(Named::Line, format!("l{place}"), findings),
            name: line.text("name", findings),
            post: line.text("post", findings).into_inner(),
            list: line.word("list", LISTS, findings).unwrap_or(PostList::Party),
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
            relatives: self.relatives.into_iter().map(Spanned::into_inner).collect(),
            introduction: self.introduction.into_inner(),
            inspection: self.inspection.into_inner(),
        }
    }
}
