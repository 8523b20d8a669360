//! What was decided, in figures: the table `results.csv` and the JSON of `plenum minutes`. Both are made from the
//! record alone and in one form, so that `verify` can make the table again and compare it byte for byte. The names
//! in them are the record's, in no language.

use jiff::Timestamp;
use serde::Serialize;

use super::clean::cell;
use super::record::Record;
use crate::meeting::{AdjournGround, ItemState, LineId, Phase, Round, RoundPhase, Stage, State, VoidReason};
use crate::plan::{Nomination, Nominee, PostList};

/// The format that the JSON names.
pub const FORMAT: &str = "plenum-minutes/1";

/// What was decided in a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// The items, in the order of the agenda.
    pub items: Vec<ItemResult>,
    /// What is to be followed up; a plenary of nominations leaves nothing.
    pub follow_ups: Vec<()>,
    /// The meeting.
    pub meeting: MeetingResult,
}

/// The meeting as a whole.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingResult {
    /// The session.
    pub session: String,
    /// Its name.
    pub title: String,
    /// Who met.
    pub body: String,
    /// When.
    pub date: String,
    /// Where.
    pub venue: String,
    /// Members entitled.
    pub due: u32,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was adjourned, if it was.
    pub adjourned: Option<AdjournGround>,
    /// How many lines the record has.
    pub lines: u64,
    /// The hash of the last one's head.
    pub head: String,
}

/// An item.
#[derive(Debug, Clone, Serialize)]
pub struct ItemResult {
    /// Its name in the plan.
    pub id: String,
    /// `nomination`.
    pub kind: &'static str,
    /// Members entitled, of the counted round like the three that follow; none if no round was counted.
    pub due: Option<u32>,
    /// Members present when papers were issued.
    pub present: Option<u32>,
    /// Papers issued.
    pub issued: Option<u32>,
    /// Papers returned.
    pub returned: Option<u32>,
    /// The lines, in ballot order.
    pub lines: Vec<LineResult>,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// Its rounds.
    pub rounds: Vec<RoundResult>,
}

/// A line of a ballot paper.
#[derive(Debug, Clone, Serialize)]
pub struct LineResult {
    /// The nominee.
    pub name: String,
    /// The post.
    pub post: String,
    /// Those who agree; none where the line was not voted on.
    pub agree: Option<u32>,
    /// Those who disagree.
    pub disagree: Option<u32>,
    /// Those who abstain.
    pub abstain: Option<u32>,
    /// Papers issued and not returned.
    pub not_returned: Option<u32>,
    /// The outcome; none where it never got that far.
    pub outcome: Option<Outcome>,
    /// The line's name in the plan.
    pub id: String,
    /// Party or government post.
    pub list: PostList,
    /// The number that the majority was taken of.
    pub base: Option<u32>,
    /// How many had to agree.
    pub needed: Option<u32>,
    /// Why it was deferred, if it was.
    pub deferred: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 通过
    Carried,
    /// 未通过
    NotCarried,
    /// 暂缓
    Deferred,
}

/// A round of a ballot.
#[derive(Debug, Clone, Serialize)]
pub struct RoundResult {
    /// The ballot.
    pub ballot: String,
    /// `open`, `void`, `not_opened` or `counted`.
    pub status: &'static str,
    /// Members entitled.
    pub due: u32,
    /// Members present when papers were issued.
    pub present: u32,
    /// Papers issued.
    pub issued: u32,
    /// Papers returned, once the box was fixed.
    pub returned: Option<u32>,
    /// Seats whose terminals confirmed the box.
    pub box_confirmed: u32,
    /// Why it is void.
    pub void: Option<VoidReason>,
}

impl Outcome {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::NotCarried => "not_carried",
            Self::Deferred => "deferred",
        }
    }
}

impl Results {
    /// What a record says was decided.
    pub fn of(record: &Record) -> Self {
        Self::new(&record.state, &record.head)
    }

    /// What a state says was decided; `head` is the hash of its last line's head.
    pub fn new(state: &State, head: &str) -> Self {
        let meeting = &state.plan().meeting;
        Self {
            format: FORMAT,
            rehearsal: state.frozen.rehearsal,
            items: state.items.iter().filter_map(|item| ItemResult::new(state, item)).collect(),
            follow_ups: Vec::new(),
            meeting: MeetingResult {
                session: state.session().to_string(),
                title: meeting.title.clone(),
                body: meeting.body.clone(),
                date: meeting.date.to_string(),
                venue: meeting.venue.clone(),
                due: state.due(),
                opened_at: state.opened_at,
                ended_at: state.ended_at,
                adjourned: state.adjourned.clone(),
                lines: state.line,
                head: head.to_owned(),
            },
        }
    }

    /// The JSON, with a newline.
    pub fn json(&self) -> String {
        // Structs of texts and numbers: nothing in them can fail to be written.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The table: one row a line of each ballot paper.
    pub fn csv(&self) -> String {
        let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
        // Writing to memory cannot fail, and every row has the header's length.
        let _ = table.write_record(CSV_HEADER);
        for item in &self.items {
            for line in &item.lines {
                let _ = table.write_record(self.row(item, line));
            }
        }
        table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The table as the archive holds it: with the mark by which spreadsheets know that it is UTF-8, without which
    /// Chinese names open as garbage.
    pub fn csv_file(&self) -> Vec<u8> {
        format!("\u{feff}{}", self.csv()).into_bytes()
    }

    fn row(&self, item: &ItemResult, line: &LineResult) -> [String; 20] {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let list = match line.list {
            PostList::Party => "party",
            PostList::Government => "government",
        };
        [
            cell(&self.meeting.title),
            self.meeting.date.clone(),
            if self.rehearsal { "yes" } else { "no" }.to_owned(),
            cell(&item.id),
            cell(&item.title),
            cell(&line.id),
            list.to_owned(),
            cell(&line.name),
            cell(&line.post),
            number(item.due),
            number(item.present),
            number(item.issued),
            number(item.returned),
            number(line.agree),
            number(line.disagree),
            number(line.abstain),
            number(line.not_returned),
            number(line.base),
            number(line.needed),
            line.outcome.map(Outcome::name).unwrap_or_default().to_owned(),
        ]
    }
}

const CSV_HEADER: [&str; 20] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "line",
    "list",
    "name",
    "post",
    "due",
    "present",
    "issued",
    "returned",
    "agree",
    "disagree",
    "abstain",
    "not_returned",
    "base",
    "needed",
    "outcome",
];

impl ItemResult {
    fn new(state: &State, item: &ItemState) -> Option<Self> {
        let planned = state.item(&item.id)?;
        let counted = item.rounds.iter().find(|round| round.phase == RoundPhase::Counted);
        let nomination = planned.nomination()?;
        Some(Self {
            id: item.id.to_string(),
            kind: "nomination",
            due: counted.map(|round| round.issue.due),
            present: counted.map(Round::present),
            issued: counted.map(Round::issued),
            returned: counted.and_then(Round::returned),
            lines: lines(nomination, item, counted),
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            rounds: item.rounds.iter().map(|round| RoundResult::new(state, round)).collect(),
        })
    }
}

fn lines(nomination: &Nomination, item: &ItemState, counted: Option<&Round>) -> Vec<LineResult> {
    nomination.lines.iter().map(|nominee| LineResult::new(nominee, item, counted)).collect()
}

impl LineResult {
    fn new(nominee: &Nominee, item: &ItemState, counted: Option<&Round>) -> Self {
        let id = LineId::from(nominee.id.as_str());
        let deferred = item.deferred.get(&id);
        let outcome = counted.and_then(|round| {
            let place = round.issue.lines.iter().position(|line| *line == id)?;
            round.count.as_ref()?.outcomes.get(place)
        });
        let not_returned = counted.and_then(|round| round.issued().checked_sub(round.returned()?));
        Self {
            name: nominee.name.clone(),
            post: nominee.post.clone(),
            agree: outcome.map(|outcome| outcome.count.agree),
            disagree: outcome.map(|outcome| outcome.count.disagree),
            abstain: outcome.map(|outcome| outcome.count.abstain),
            not_returned: outcome.and(not_returned),
            outcome: match outcome {
                Some(outcome) if outcome.carried => Some(Outcome::Carried),
                Some(_) => Some(Outcome::NotCarried),
                None => deferred.map(|_| Outcome::Deferred),
            },
            id: nominee.id.clone(),
            list: nominee.list,
            base: outcome.map(|outcome| outcome.base),
            needed: outcome.map(|outcome| outcome.needed),
            deferred: deferred.cloned(),
        }
    }
}

impl RoundResult {
    fn new(state: &State, round: &Round) -> Self {
        Self {
            ballot: round.issue.ballot.to_string(),
            status: match round.phase {
                RoundPhase::Counted => "counted",
                RoundPhase::Void => "void",
                _ if state.phase == Phase::Ended => "not_opened",
                _ => "open",
            },
            due: round.issue.due,
            present: round.present(),
            issued: round.issued(),
            returned: round.returned(),
            box_confirmed: u32::try_from(round.box_confirmed.len()).unwrap_or(u32::MAX),
            void: round.void.clone(),
        }
    }
}

/// The stage's name in JSON.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::ToCome => "to_come",
        Stage::Introducing => "introducing",
        Stage::Recusing => "recusing",
        Stage::Deliberating => "deliberating",
        Stage::Deliberated => "deliberated",
        Stage::Reviewing => "reviewing",
        Stage::Balloting => "balloting",
        Stage::Declared => "declared",
    }
}
