//! An item that the body adds to its agenda in the meeting: written as in the plan, alone in a text of its own, and read with the
//! same reader. It is compared with the people and groups of the plan in force as if it had stood there from the beginning.

use std::ops::Range;

use toml::Spanned;

use super::check::check;
use super::draft::{Draft, GroupDraft, ITEMS_MAX, ItemDraft, KindDraft, PersonDraft};
use super::entry::Entry;
use super::meeting_draft::{Holder, KeyDraft};
use super::mistake::{AddedMistake, Findings, MaterialFault, Mistake, MistakeKind};
use super::model::{Item, Plan, TrusteesPlan};
use super::read::parse_toml;

/// The longest text of an item: it goes into a line of the record, and to every screen.
pub const ITEM_BYTES_MAX: usize = 64 * 1024;

/// A file in which the clerk has written an item that could be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedItem {
    /// Its name below the folder of such items.
    pub file: String,
    /// What it says; or why it cannot be read.
    pub text: Result<String, MaterialFault>,
}

/// Reads an item that is to be added to `plan`, the one in force: `text` is what the clerk wrote, `file` its name for the
/// places of mistakes, and `material` says of a path below `materials/` whether the meeting has it.
///
/// # Errors
/// Every mistake, in the order of the text.
pub fn read_item(
    plan: &Plan,
    text: &str,
    file: &str,
    material: &dyn Fn(&str) -> Result<(), MaterialFault>,
) -> Result<Item, Vec<Mistake>> {
    let mut findings = Findings::new(text, file);
    if text.len() > ITEM_BYTES_MAX {
        findings.add(&(0..0), MistakeKind::PlanTooLong { bytes_max: ITEM_BYTES_MAX });
        return Err(findings.into_sorted());
    }
    let Some(table) = parse_toml(text, &mut findings) else { return Err(findings.into_sorted()) };
    let mut written = Entry::new(table.get_ref(), 0..0);
    let items = written.tables("items", &mut findings);
    let span = written.span_of("items");
    written.finish(&mut findings);
    let mut items = items.unwrap_or_default().into_iter();
    let (first, more) = (items.next(), items.len());
    let Some(first) = first.filter(|_| more == 0) else {
        // Where there is no list of items at all, that is noted already.
        if more > 0 || findings.none() {
            let found = if more > 0 { more + 1 } else { 0 };
            findings.add(&span, MistakeKind::Added(AddedMistake::NotOne { found }));
        }
        return Err(findings.into_sorted());
    };
    let span = first.span();
    let item = ItemDraft::read(first, &mut findings);
    if plan.items.len() >= ITEMS_MAX {
        findings.add(&span, MistakeKind::Added(AddedMistake::Full { count_max: ITEMS_MAX }));
    }
    if plan.item(item.id.get_ref()).is_some() {
        let id = item.id.get_ref().clone();
        findings.add(&item.id.span(), MistakeKind::Added(AddedMistake::OnAgenda { id }));
    }
    if matches!(item.kind, KindDraft::Exam(_)) {
        findings.add(&span, MistakeKind::Added(AddedMistake::Exam));
        return Err(findings.into_sorted());
    }
    let draft = Draft::around(plan, item, &span);
    check(&draft, material, &mut findings);
    let read = if findings.none() { draft.into_plan().items.pop() } else { None };
    read.ok_or_else(|| findings.into_sorted())
}

impl Draft {
    /// The plan in force with one item, which is the only thing in it that can be mistaken: what it makes wrong elsewhere is
    /// shown at its own place.
    fn around(plan: &Plan, item: ItemDraft, span: &Range<usize>) -> Self {
        let at = |text: &String| Spanned::new(span.clone(), text.clone());
        let groups = plan.groups.iter().map(|group| GroupDraft {
            id: at(&group.id),
            name: group.name.clone(),
            standing: group.standing,
        });
        let people = plan.people.iter().map(|person| PersonDraft {
            id: at(&person.id),
            name: person.name.clone(),
            group: at(&person.group),
            unit: person.unit.clone(),
            duties: person.duties.iter().map(|duty| Spanned::new(span.clone(), *duty)).collect(),
            leave: person.leave.then(|| Spanned::new(span.clone(), true)),
            has_unknown_duty: false,
        });
        // One scrutineer alone is enough where the plan says so, or has ballots with one already.
        let (holder, single) = match plan.meeting.trustees {
            TrusteesPlan::Console => (Holder::Console, plan.has_ballot()),
            TrusteesPlan::Scrutineers { allow_single, .. } => (Holder::Scrutineers, allow_single),
        };
        Self {
            meeting: plan.meeting.clone(),
            quorum: None,
            key: KeyDraft {
                holder,
                threshold: None,
                allow_single: Some(Spanned::new(span.clone(), single)),
                small: plan.meeting.small,
                span: span.clone(),
            },
            holidays: Vec::new(),
            workdays: Vec::new(),
            groups: groups.collect(),
            people: people.collect(),
            people_span: Some(span.clone()),
            items: vec![item],
        }
    }
}
