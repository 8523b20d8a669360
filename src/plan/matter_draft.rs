//! What is decided in the open, as written, with the place of whatever can clash with something else.
//! [`super::matter_check`] compares; what passes becomes a [`Matter`] or an [`OpenVote`].

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::draft::into_texts;
use super::entry::{Entry, Words};
use super::matter::{
    Matter, MatterKind, Notified, OpenVote, Prepared, SpeakingOrder, Task, VoteAbout, VoteHow,
};
use super::mistake::Findings;
use super::model::{Nomination, Nominee, Person, PostList};
use super::threshold_draft::read_threshold;
use crate::rules::{Base, Threshold};
use crate::words::Lang;

/// What is to be done, or what is put to the vote, has room for a sentence or two.
const SENTENCE_CHARACTERS_MAX: usize = 300;

const MATTERS: Words<MatterKind> = &[
    ("decision", MatterKind::Decision),
    ("appointment", MatterKind::Appointment),
    ("project", MatterKind::Project),
    ("large_sum", MatterKind::LargeSum),
];
const ORDERS: Words<SpeakingOrder> = &[("plan", SpeakingOrder::Plan), ("lot", SpeakingOrder::Lot)];
const BALLOTS: Words<bool> = &[("by_name", false), ("secret", true)];
const ABOUTS: Words<VoteAbout> = &[
    ("agenda", VoteAbout::Agenda),
    ("scrutineers", VoteAbout::Scrutineers),
    ("rules", VoteAbout::Rules),
    ("other", VoteAbout::Other),
];
const HOWS: Words<VoteHow> = &[
    ("hands", VoteHow::Hands),
    ("by_name", VoteHow::ByName),
    ("without_objection", VoteHow::WithoutObjection),
];

/// The line of the paper, where a matter is put to a secret ballot.
const LINE: &str = "matter";

/// The groups that vote, with the place of their list; none when the plan does not say, which is a mistake noted already.
pub(super) type Voters = Option<Spanned<Vec<Spanned<String>>>>;

/// A major matter as written.
pub(super) struct MatterDraft {
    matter: MatterKind,
    pub(super) voters: Voters,
    pub(super) carried: Option<Spanned<Threshold>>,
    pub(super) head: Spanned<String>,
    pub(super) introduced_by: Spanned<String>,
    order: SpeakingOrder,
    pub(super) speakers: Vec<Spanned<String>>,
    pub(super) draft: Spanned<String>,
    /// Raised, studied, reviewed; and the notification, where the plan has it.
    pub(super) steps: Vec<StepDraft>,
    pub(super) notified: Option<Vec<Spanned<String>>>,
    pub(super) tasks: Vec<TaskDraft>,
    pub(super) secret: bool,
}

/// A step before the meeting as written.
pub(super) struct StepDraft {
    pub(super) name: &'static str,
    by: String,
    pub(super) on: Spanned<Date>,
}

/// A task as written.
pub(super) struct TaskDraft {
    owner: String,
    task: String,
    pub(super) due_on: Spanned<Date>,
}

/// An open vote as written.
pub(super) struct OpenVoteDraft {
    pub(super) about: VoteAbout,
    pub(super) how: VoteHow,
    /// Where it says how.
    pub(super) how_span: Range<usize>,
    pub(super) voters: Voters,
    pub(super) carried: Option<Spanned<Threshold>>,
    question: String,
    pub(super) text: Option<Spanned<String>>,
}

fn read_voters(item: &mut Entry, findings: &mut Findings) -> Voters {
    let voters = item.texts("voters", findings);
    let span = item.span_of("voters");
    voters.map(|voters| Spanned::new(span, voters))
}

fn date(entry: &mut Entry, key: &'static str, findings: &mut Findings) -> Spanned<Date> {
    let date = entry.date(key, findings);
    Spanned::new(entry.span_of(key), date)
}

impl StepDraft {
    fn read(
        step: Option<Entry>,
        name: &'static str,
        findings: &mut Findings,
        more: impl FnOnce(&mut Entry, &mut Findings),
    ) -> Option<Self> {
        let mut step = step?;
        let by = step.text("by", findings).into_inner();
        let on = date(&mut step, "on", findings);
        more(&mut step, findings);
        step.finish(findings);
        Some(Self { name, by, on })
    }

    fn prepared(&self) -> Prepared {
        Prepared { by: self.by.clone(), on: *self.on.get_ref() }
    }
}

impl TaskDraft {
    fn read(item: &mut Entry, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let mut task = item.table(key, findings)?;
        let draft = Self {
            owner: task.text("owner", findings).into_inner(),
            task: task.long_text("task", SENTENCE_CHARACTERS_MAX, findings).into_inner(),
            due_on: date(&mut task, "due_on", findings),
        };
        task.finish(findings);
        Some(draft)
    }

    fn to_task(&self) -> Task {
        Task { owner: self.owner.clone(), task: self.task.clone(), due_on: *self.due_on.get_ref() }
    }
}

impl MatterDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let matter = item.word("matter", MATTERS, findings).unwrap_or(MatterKind::Decision);
        let mut steps: Vec<StepDraft> = ["raised", "studied", "reviewed"]
            .into_iter()
            .filter_map(|name| StepDraft::read(item.table(name, findings), name, findings, |_, _| {}))
            .collect();
        let mut notified = None;
        let notice = item.table_if_any("notified", findings);
        steps.extend(StepDraft::read(notice, "notified", findings, |step, findings| {
            notified = step.texts_if_any("members", findings);
        }));
        Self {
            matter,
            voters: read_voters(item, findings),
            carried: read_threshold(item, "carried", findings),
            head: item.text("head", findings),
            introduced_by: item.text("introduced_by", findings),
            order: item.word_if_any("order", ORDERS, findings).unwrap_or(SpeakingOrder::Plan),
            speakers: item.texts_if_any("speakers", findings).unwrap_or_default(),
            draft: item.text("draft", findings),
            steps,
            notified,
            tasks: ["execution", "check"]
                .into_iter()
                .filter_map(|key| TaskDraft::read(item, key, findings))
                .collect(),
            secret: item.word_if_any("ballot", BALLOTS, findings).unwrap_or(false),
        }
    }

    /// The matter, when no mistake was found in the draft. Who is not among the speakers that the plan names is asked
    /// after them, in the order of the people.
    pub(super) fn into_matter(
        self,
        quorum: Threshold,
        attendees: Vec<String>,
        (title, people, lang): (&str, &[Person], Lang),
    ) -> Matter {
        let voters = self.voters.map(|voters| into_texts(voters.into_inner())).unwrap_or_default();
        let carried = self.carried.map_or(Threshold::MAJORITY, Spanned::into_inner);
        let head = self.head.into_inner();
        let electors: Vec<&str> = people
            .iter()
            .filter(|person| voters.contains(&person.group))
            .map(|person| person.id.as_str())
            .collect();
        let mut speakers = into_texts(self.speakers);
        let others: Vec<String> = electors
            .iter()
            .filter(|id| **id != head && !speakers.iter().any(|speaker| speaker == *id))
            .map(|id| (*id).to_owned())
            .collect();
        speakers.extend(others);
        let step = |name: &str| self.steps.iter().find(|step| step.name == name).map(StepDraft::prepared);
        let prepared = |name: &str| step(name).unwrap_or(Prepared { by: String::new(), on: Date::ZERO });
        let notified = step("notified").map(|Prepared { by, on }| Notified {
            by,
            on,
            members: match &self.notified {
                Some(members) => members.iter().map(|member| member.get_ref().clone()).collect(),
                None => electors.iter().map(|id| (*id).to_owned()).collect(),
            },
        });
        let task = |place: usize| {
            let none = || Task { owner: String::new(), task: String::new(), due_on: Date::ZERO };
            self.tasks.get(place).map_or_else(none, TaskDraft::to_task)
        };
        let draft = self.draft.into_inner();
        let secret = self.secret.then(|| Nomination {
            voters: voters.clone(),
            attendees: attendees.clone(),
            quorum,
            carried,
            lines: vec![Nominee {
                id: LINE.to_owned(),
                name: title.to_owned(),
                post: kind_on_paper(lang, self.matter).to_owned(),
                list: PostList::Government,
                person: None,
                relatives: Vec::new(),
                introduction: draft.clone(),
                inspection: draft.clone(),
            }],
        });
        Matter {
            matter: self.matter,
            voters,
            attendees,
            quorum,
            carried,
            head,
            introduced_by: self.introduced_by.into_inner(),
            order: self.order,
            speakers,
            draft,
            raised: prepared("raised"),
            studied: prepared("studied"),
            reviewed: prepared("reviewed"),
            notified,
            execution: task(0),
            check: task(1),
            secret,
        }
    }
}

/// The kind of a matter as its ballot paper names it, in the language of the plan: part of the election.
fn kind_on_paper(lang: Lang, kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Decision => lang.pick("重大决策", "major decision"),
        MatterKind::Appointment => lang.pick("重要人事任免", "appointment"),
        MatterKind::Project => lang.pick("重大项目安排", "major project"),
        MatterKind::LargeSum => lang.pick("大额度资金使用", "large sum"),
    }
}

impl OpenVoteDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        Self {
            about: item.word("about", ABOUTS, findings).unwrap_or(VoteAbout::Other),
            how: item.word("how", HOWS, findings).unwrap_or(VoteHow::Hands),
            how_span: item.span_of("how"),
            voters: read_voters(item, findings),
            carried: read_threshold(item, "carried", findings),
            question: item.long_text("question", SENTENCE_CHARACTERS_MAX, findings).into_inner(),
            text: item.text_if_any("text", findings),
        }
    }

    /// The open vote, when no mistake was found in the draft.
    pub(super) fn into_open_vote(self, quorum: Threshold, attendees: Vec<String>) -> OpenVote {
        let usual = Threshold { of: Base::Present, ..Threshold::MAJORITY };
        OpenVote {
            about: self.about,
            how: self.how,
            voters: self.voters.map(|voters| into_texts(voters.into_inner())).unwrap_or_default(),
            attendees,
            quorum,
            carried: self.carried.map_or(usual, Spanned::into_inner),
            question: self.question,
            text: self.text.map(Spanned::into_inner).filter(|text| !text.is_empty()),
        }
    }
}
