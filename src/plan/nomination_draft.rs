//! Who is put to the vote, as written: the nominees of a nomination, the candidates of an election, an appointee.

use toml::Spanned;

use super::draft::{into_texts, limit};
use super::entry::{Entry, Words};
use super::mistake::{Findings, Limited, MistakeKind, Named};
use super::model::{Nomination, Nominee, PostList};
use super::order::into_ballot_order;
use super::threshold_draft::read_threshold;
use crate::rules::Threshold;

const LINES_MAX: usize = 200;

const ORDERS: Words<Order> = &[("strokes", Order::Strokes), ("fixed", Order::Fixed)];

const LISTS: Words<PostList> = &[("party", PostList::Party), ("government", PostList::Government)];

/// How the lines of a ballot paper are put in order.
#[derive(Clone, Copy)]
enum Order {
    /// Party posts first, the names within each list by strokes.
    Strokes,
    /// As in the file.
    Fixed,
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

impl NominationDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
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

    pub(super) fn of_lines(
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
