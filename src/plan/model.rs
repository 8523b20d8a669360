//! The plan as the meeting uses it: checked, complete, in ballot order. What a clerk writes is read by
//! [`super::read()`]; what stands here has no mistakes left in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::exam_model::Exam;
use super::joint_model::JointMeeting;
use super::matter::{Matter, OpenVote};
use super::term_model::Deliberation;
use crate::rules::{Combine, ContestRule, ScaleWord, Threshold, VerdictRule, add_working_days};
use crate::words::Lang;

/// A whole session plan. Frozen into the journal's first line when the console starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Title, body, date, place, language, and who holds the ballot's key.
    pub meeting: MeetingPlan,
    /// The groups that people belong to.
    pub groups: Vec<Group>,
    /// Everyone with a seat, in the order of the plan; the seat's number is the place in this list, from 1.
    pub people: Vec<Person>,
    /// What is on the agenda between opening and closing.
    pub items: Vec<Item>,
}

/// What the whole meeting shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingPlan {
    /// The meeting's name, as it stands on every screen.
    pub title: String,
    /// The body that meets.
    pub body: String,
    /// The day it meets.
    pub date: Date,
    /// Where it meets.
    pub venue: String,
    /// The language of the record, and of screens unless they choose otherwise.
    pub language: Lang,
    /// Who holds the key that opens the ballot box.
    pub trustees: TrusteesPlan,
    /// What becomes of a box with fewer than [`SMALL`] ballots.
    pub small: SmallPlan,
    /// When the body may meet and decide; an item may set its own.
    pub quorum: Threshold,
    /// Days that are no working days, besides Saturdays and Sundays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Date>,
    /// Saturdays and Sundays that are working days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workdays: Vec<Date>,
}

/// Who holds the key that opens the ballot box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrusteesPlan {
    /// One key, in the console. Every screen says that secrecy then rests on the console.
    Console,
    /// The scrutineers make it together, on their terminals; some of them suffice to open.
    Scrutineers {
        /// How many suffice.
        threshold: u32,
        /// Whether one of them may hold it alone; then every screen says so.
        allow_single: bool,
    },
}

/// With fewer ballots than this, a sum tells too much of each.
pub const SMALL: u32 = 5;

/// What becomes of a box with fewer than [`SMALL`] ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmallPlan {
    /// It stays closed.
    #[default]
    Closed,
    /// It is opened; people are told before they vote.
    Open,
}

/// A group of people with the same standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name in the plan.
    pub id: String,
    /// Its name on screens.
    pub name: String,
    /// Whether its people vote.
    pub standing: Standing,
}

/// What the people of a group may do in the meeting as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Full members: they count in `due` and may be voters of items.
    Member,
    /// They see everything and never count in a figure.
    Attendee,
}

/// Someone with a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name in the plan, which is also the seat's name in the record.
    pub id: String,
    /// The name on screens.
    pub name: String,
    /// The group's id.
    pub group: String,
    /// Where the person serves; empty if the plan does not say.
    pub unit: String,
    /// What else the person does in this meeting.
    pub duties: Vec<Duty>,
    /// Whether the person is known to be on leave: then whoever does not come is told apart from the others who do not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leave: bool,
}

/// What someone does in a meeting besides sitting in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Presides, at the front console. Exactly one person.
    Presiding,
    /// Watches the ballot. Proposed by the plan, approved by the meeting.
    Scrutineer,
    /// Takes the record: signs people in and out, writes notes.
    Recorder,
}

/// One item of business.
// No `deny_unknown_fields` here: serde cannot know what a flattened part takes. Each kind refuses what is left over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in the plan; also the id of its (first) ballot.
    pub id: String,
    /// Its title on the agenda.
    pub title: String,
    /// What kind of business it is.
    #[serde(flatten)]
    pub kind: ItemKind,
}

/// The kinds of business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ItemKind {
    /// Nominees are introduced, deliberated and decided by secret ballot.
    Nomination(Nomination),
    /// Heads of units report, are questioned, and are evaluated by secret ballot, one after the other.
    Review(Review),
    /// Departments give their opinion on each official, by name.
    JointMeeting(JointMeeting),
    /// Somebody in office is deliberated, while outside, and decided on by secret ballot.
    Deliberation(Deliberation),
    /// Candidates sit an exam on the law of integrity.
    Exam(Exam),
    /// Candidates stand for seats against each other, or a list is put to the vote with exceptions.
    Contested(Contested),
    /// A major matter, on which the head speaks last.
    MajorMatter(Box<Matter>),
    /// A question that is decided in the open.
    OpenVote(OpenVote),
}

impl Item {
    /// What its ballot is by, if it has lines that are decided by secret ballot: a nomination, a contested election, a
    /// deliberation about an appointee, or a major matter that the plan puts to a secret ballot.
    pub fn nomination(&self) -> Option<&Nomination> {
        match &self.kind {
            ItemKind::Nomination(nomination) => Some(nomination),
            ItemKind::Contested(contested) => Some(&contested.slate),
            ItemKind::Deliberation(term) => Some(&term.paper),
            ItemKind::MajorMatter(matter) => matter.secret.as_ref(),
            ItemKind::Review(_) | ItemKind::OpenVote(_) | ItemKind::Exam(_) | ItemKind::JointMeeting(_) => {
                None
            }
        }
    }

    /// The deliberation during the term of this item, if it is one.
    pub fn term(&self) -> Option<&Deliberation> {
        if let ItemKind::Deliberation(term) = &self.kind { Some(term) } else { None }
    }

    /// The contested election of this item, if it is one.
    pub fn contested(&self) -> Option<&Contested> {
        if let ItemKind::Contested(contested) = &self.kind { Some(contested) } else { None }
    }

    /// The major matter of this item, if it is one.
    pub fn matter(&self) -> Option<&Matter> {
        if let ItemKind::MajorMatter(matter) = &self.kind { Some(matter) } else { None }
    }

    /// The open vote of this item, if it is one.
    pub fn open_vote(&self) -> Option<&OpenVote> {
        if let ItemKind::OpenVote(vote) = &self.kind { Some(vote) } else { None }
    }

    /// Whether it has secret ballots, and so needs scrutineers and the key of the ballot box.
    pub fn is_secret(&self) -> bool {
        self.nomination().is_some() || self.review().is_some()
    }

    /// The lines of its ballot paper, if it has such lines.
    pub fn lines(&self) -> &[Nominee] {
        self.nomination().map_or(&[], |nomination| &nomination.lines)
    }

    /// The review of this item, if it is one.
    pub fn review(&self) -> Option<&Review> {
        if let ItemKind::Review(review) = &self.kind { Some(review) } else { None }
    }

    /// The joint meeting of this item, if it is one.
    pub fn joint(&self) -> Option<&JointMeeting> {
        if let ItemKind::JointMeeting(joint) = &self.kind { Some(joint) } else { None }
    }

    /// The exam of this item, if it is one.
    pub fn exam(&self) -> Option<&Exam> {
        if let ItemKind::Exam(exam) = &self.kind { Some(exam) } else { None }
    }

    /// The groups whose people get papers of a ballot, or vote in the open. An exam has none.
    pub fn electors(&self) -> &[String] {
        match &self.kind {
            ItemKind::Nomination(nomination) => &nomination.voters,
            ItemKind::Deliberation(term) => &term.paper.voters,
            ItemKind::Contested(contested) => &contested.slate.voters,
            ItemKind::Review(review) => &review.reviewers,
            ItemKind::JointMeeting(_) => &[],
            ItemKind::MajorMatter(matter) => &matter.voters,
            ItemKind::OpenVote(vote) => &vote.voters,
            ItemKind::Exam(_) => &[],
        }
    }

    /// When papers may be issued and voting opened, in whatever way it votes. An exam asks for nobody's presence.
    pub fn quorum(&self) -> &Threshold {
        match &self.kind {
            ItemKind::Nomination(nomination) => &nomination.quorum,
            ItemKind::Deliberation(term) => &term.paper.quorum,
            ItemKind::Contested(contested) => &contested.slate.quorum,
            ItemKind::Review(review) => &review.quorum,
            ItemKind::JointMeeting(joint) => &joint.quorum,
            ItemKind::MajorMatter(matter) => &matter.quorum,
            ItemKind::OpenVote(vote) => &vote.quorum,
            ItemKind::Exam(_) => &Threshold::NONE,
        }
    }

    /// When a line, or its one question, is carried; none for a review.
    pub fn carried(&self) -> Option<&Threshold> {
        match &self.kind {
            ItemKind::Nomination(nomination) => Some(&nomination.carried),
            ItemKind::Contested(contested) => Some(&contested.slate.carried),
            ItemKind::Deliberation(term) => Some(&term.paper.carried),
            ItemKind::Review(_) | ItemKind::Exam(_) | ItemKind::JointMeeting(_) => None,
            ItemKind::MajorMatter(matter) => Some(&matter.carried),
            ItemKind::OpenVote(vote) => Some(&vote.carried),
        }
    }

    /// The materials of this item, by their paths below `materials/`.
    pub fn materials(&self) -> Vec<&str> {
        match &self.kind {
            ItemKind::Nomination(nomination) => nomination.materials(),
            ItemKind::Contested(contested) => contested.slate.materials(),
            ItemKind::Deliberation(term) => term.paper.materials(),
            ItemKind::Review(review) => review
                .officials
                .iter()
                .flat_map(|official| [official.report.as_str(), official.findings.as_str()])
                .collect(),
            ItemKind::JointMeeting(_) => Vec::new(),
            ItemKind::MajorMatter(matter) => vec![&matter.draft],
            ItemKind::OpenVote(vote) => vote.text.iter().map(String::as_str).collect(),
            ItemKind::Exam(exam) => exam.texts.iter().map(|text| text.path.as_str()).collect(),
        }
    }
}

/// A review: officials report on integrity and performance, are questioned on the spot, and evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The groups whose people question and evaluate.
    pub reviewers: Vec<String>,
    /// Each of them has a ballot of its own; otherwise they evaluate on one ballot together.
    pub apart: bool,
    /// How the groups come together in the verdict.
    pub combine: Combine,
    /// The weight of each group in the verdict, as `reviewers`; all 1 where their marks are added up.
    pub weights: Vec<u32>,
    /// The groups that attend without evaluating.
    pub attendees: Vec<String>,
    /// When papers may be issued and voting opened; `due` is the number of reviewers who are not related to the official.
    pub quorum: Threshold,
    /// Who reports first.
    pub order: OfficialOrder,
    /// How long a report may take, in seconds.
    pub report_seconds: u32,
    /// How long an answer may take, in seconds.
    pub answer_seconds: u32,
    /// How long before a clock's end everybody is warned, in seconds.
    pub warning_seconds: u32,
    /// How many questions one person may ask, all officials together.
    pub questions_max: u32,
    /// How many opinions one person may give by name, all officials together.
    pub opinions_max: u32,
    /// How many anonymous slips one person may send, all officials together; 0 where the plan allows none.
    pub slips_max: u32,
    /// The words of the scale, best first.
    pub scale: Vec<ScaleWord>,
    /// What is evaluated, one question each.
    pub dimensions: Vec<Dimension>,
    /// How the verdict is found.
    pub verdict: VerdictRule,
    /// Whether all officials are ranked at the end.
    pub ranking: bool,
    /// The officials, in the order of the plan.
    pub officials: Vec<Official>,
}

/// Who reports first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficialOrder {
    /// As in the plan.
    Plan,
    /// Drawn by lot in the meeting, on the record.
    Lot,
}

/// One thing that is evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Its name in the plan.
    pub id: String,
    /// Its name on paper and screens.
    pub name: String,
}

/// A reporting official.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// The name in the plan: letters, digits, `_`; part of a ballot's id.
    pub id: String,
    /// The official's name.
    pub name: String,
    /// The post.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// The official's seat, where there is one: its terminal sees the clock, and evaluates everyone but its person.
    pub person: Option<String>,
    /// Seats of relatives among the reviewers: they get no paper for this official.
    pub relatives: Vec<String>,
    /// The report: a path below `materials/`.
    pub report: String,
    /// What the inspection found: a path below `materials/`.
    pub findings: String,
    /// Who reads the findings: a person's id; empty where the plan does not say.
    pub findings_by: String,
}

impl MeetingPlan {
    /// The day on which so many working days after the meeting are over, by its holidays and workdays.
    pub fn due_on(&self, working_days: u32) -> Date {
        add_working_days(self.date, working_days, &self.holidays, &self.workdays)
    }
}

impl Review {
    /// The official with this id.
    pub fn official(&self, id: &str) -> Option<&Official> {
        self.officials.iter().find(|official| official.id == id)
    }
}

impl Official {
    /// Whether this person is the official or a relative, and so gets no paper for this one.
    pub fn concerns(&self, person: &str) -> bool {
        self.person.as_deref() == Some(person) || self.relatives.iter().any(|relative| relative == person)
    }
}

/// A decision on nominees by secret ballot, one line a nominee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nomination {
    /// The groups whose people vote, all of them of standing [`Standing::Member`].
    pub voters: Vec<String>,
    /// The groups that attend without a vote.
    pub attendees: Vec<String>,
    /// When papers may be issued and voting opened.
    pub quorum: Threshold,
    /// When a line is carried; compared with the number who agree.
    pub carried: Threshold,
    /// The lines of the ballot paper, in ballot order: party posts first, names by strokes unless the plan fixes it.
    pub lines: Vec<Nominee>,
}

/// A contested election: candidates stand for seats against each other on one paper, or a list is put to the vote on which
/// single lines can be excepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contested {
    /// Who stands, who votes, the quorum, and the majority that elects.
    pub slate: Nomination,
    /// What the paper asks.
    pub form: PaperForm,
    /// How many are elected, and what follows a tie or too few.
    pub rule: ContestRule,
}

/// What the paper of a contested election asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// Mark at most as many candidates as there are seats.
    Choose,
    /// Agree to the list as a whole, but for the lines that are excepted.
    List,
}

/// One line of a ballot paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominee {
    /// The line's name in the plan.
    pub id: String,
    /// The nominee's name.
    pub name: String,
    /// The post.
    pub post: String,
    /// Party and government posts are listed apart.
    pub list: PostList,
    /// The seat of the nominee, where the nominee sits in this meeting.
    pub person: Option<String>,
    /// Seats of the nominee's relatives, who leave for the deliberation too.
    pub relatives: Vec<String>,
    /// The material that introduces the nominee: a path below `materials/`.
    pub introduction: String,
    /// What the inspection found: a path below `materials/`. No material, no ballot line.
    pub inspection: String,
}

/// The two lists of posts on a ballot paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostList {
    /// Posts of the party, listed first.
    Party,
    /// Posts of the government.
    Government,
}

impl Plan {
    /// The person with this id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The number on a person's seat: the place in the plan's list, from 1.
    pub fn seat_number(&self, id: &str) -> Option<usize> {
        self.people.iter().position(|person| person.id == id).map(|place| place + 1)
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Whether anything is decided by secret ballot.
    pub fn has_ballot(&self) -> bool {
        self.items.iter().any(Item::is_secret)
    }

    /// Whether this person is a full member of the body.
    pub fn is_member(&self, person: &Person) -> bool {
        self.group(&person.group).is_some_and(|group| group.standing == Standing::Member)
    }

    /// The full members, in the order of the plan.
    pub fn members(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| self.is_member(person))
    }

    /// Those who get papers of an item or vote on it in the open, in the order of the plan.
    pub fn electors<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(|person| item.electors().contains(&person.group))
    }

    /// Whether the body decides anything. Where it does not, as in a session of exams, there is no quorum to reach.
    pub fn decides_anything(&self) -> bool {
        self.items.iter().any(|item| item.exam().is_none())
    }

    /// The people with a duty, in the order of the plan.
    pub fn with_duty(&self, duty: Duty) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(move |person| person.duties.contains(&duty))
    }

    /// The person who presides. A checked plan has exactly one.
    pub fn presiding(&self) -> Option<&Person> {
        self.with_duty(Duty::Presiding).next()
    }
}

impl Nomination {
    /// The materials on all lines.
    fn materials(&self) -> Vec<&str> {
        self.lines.iter().flat_map(|line| [line.introduction.as_str(), line.inspection.as_str()]).collect()
    }

    /// The line with this id.
    pub fn line(&self, id: &str) -> Option<&Nominee> {
        self.lines.iter().find(|line| line.id == id)
    }
}

impl Nominee {
    /// Whether this person must leave while the line is deliberated: the nominee, or a relative.
    pub fn concerns(&self, person: &str) -> bool {
        self.person.as_deref() == Some(person) || self.relatives.iter().any(|relative| relative == person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A journal holds the plan: what is written must read, and nothing else.
    #[test]
    fn an_item_is_read_as_it_is_written() {
        let nomination = Nomination {
            voters: vec!["member".into()],
            attendees: Vec::new(),
            quorum: Threshold::QUORUM,
            carried: Threshold::MAJORITY,
            lines: Vec::new(),
        };
        let item = Item { id: "posts".into(), title: "Posts".into(), kind: ItemKind::Nomination(nomination) };
        let json = serde_json::to_string(&item).unwrap();
        assert_eq!(serde_json::from_str::<Item>(&json).unwrap(), item);
        let more = json.replacen("{", "{\"more\":1,", 1);
        assert!(serde_json::from_str::<Item>(&more).is_err());
    }
}
