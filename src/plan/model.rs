//! The plan as the meeting uses it: checked, complete, in ballot order. What a clerk writes is read by
//! [`super::read()`]; what stands here has no mistakes left in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rules::Threshold;
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
    /// When the body may meet and decide; an item may set its own.
    pub quorum: Threshold,
}

/// Who holds the key that opens the ballot box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrusteesPlan {
    /// One key, in the console. Every screen says that secrecy then rests on the console.
    Console,
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
}

impl Item {
    /// The nomination of this item.
    pub fn nomination(&self) -> &Nomination {
        let ItemKind::Nomination(nomination) = &self.kind;
        nomination
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

    /// Whether this person is a full member of the body.
    pub fn is_member(&self, person: &Person) -> bool {
        self.group(&person.group).is_some_and(|group| group.standing == Standing::Member)
    }

    /// The full members, in the order of the plan.
    pub fn members(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| self.is_member(person))
    }

    /// Those who vote on an item, in the order of the plan.
    pub fn voters<'a>(&'a self, nomination: &'a Nomination) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(|person| nomination.voters.contains(&person.group))
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
