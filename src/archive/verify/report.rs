//! What a verification found, as data; `words` turns it into lines.

use std::path::Path;

use serde::Serialize;

use super::fault::{Fault, FaultKind};
use crate::archive::results::group_of;
use crate::meeting::{ReopenGround, Round, SettledHow, State};
use crate::rules::{Decided, Fate, NamedCount};
use crate::words::Lang;

/// What the check of a folder found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The folder.
    pub folder: String,
    /// The session, if the record says.
    pub session: Option<String>,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// The record's language.
    pub language: Option<Lang>,
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Whether it found no fault.
    pub ok: bool,
    /// What was checked, with its figures.
    pub what: What,
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "check", rename_all = "snake_case")]
pub enum What {
    /// The list of files.
    Files {
        /// How many are sealed.
        files: usize,
    },
    /// The record: chain, signatures, rules.
    Journal {
        /// Lines that were followed.
        lines: u64,
        /// Bodies that this copy withholds.
        withheld: u64,
        /// How the meeting ended.
        ended: Option<Ended>,
    },
    /// Every order was given by somebody who had followed this record.
    Orders {
        /// How many orders.
        orders: u64,
        /// Of how many: hub, console, seats.
        signers: usize,
    },
    /// The meeting was adjourned to another day, and continued: everybody signed in anew, and the quorum was tested anew.
    Sittings {
        /// Members present when each was opened; none where one never was.
        present: Vec<Option<u32>>,
        /// Members entitled.
        due: u32,
    },
    /// A standby took over.
    TakenOver {
        /// Which time, from 1.
        epoch: u64,
        /// The last line that it had of the hub before.
        after: u64,
        /// Whether by force: then the hub may have written more.
        forced: bool,
    },
    /// A key of the ballot box.
    Key {
        /// Who holds it.
        holder: KeyHolder,
        /// Which making of it, from 1; 0 where the console holds it.
        ceremony: u32,
        /// The scrutineers who made it: trustee 1, 2, ….
        by: Vec<String>,
        /// How many of them open.
        threshold: u32,
        /// How many there are.
        of: usize,
        /// Whether half of them or fewer could open.
        weak: bool,
        /// Whether one alone holds it.
        single: bool,
    },
    /// Scrutineers compared the room code.
    Room {
        /// The line of the first who did.
        line: u64,
        /// The head of the record over which the code is computed.
        head: String,
        /// The code itself, as every screen showed it.
        code: String,
        /// Who did.
        by: Vec<String>,
    },
    /// Scrutineers counted heads before papers were issued.
    Heads {
        /// The item.
        item: String,
        /// Voters signed in at the issue.
        present: u32,
        /// What each counted last.
        by: Vec<HeadCount>,
    },
    /// The result sheet of a count.
    Sheet {
        /// The ballot.
        #[serde(flatten)]
        ballot: BallotName,
        /// Who signed.
        signed: Vec<String>,
        /// Who did not, and why.
        refused: Vec<SheetRefused>,
        /// Whose answer was written by hand, as the console recorded: no key of theirs stands behind it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        by_hand: Vec<ByHand>,
    },
    /// Scrutineers who did not help to open a box: what they gave does not hold, or their terminals did not answer.
    LeftOut {
        /// The ballot.
        #[serde(flatten)]
        ballot: BallotName,
        /// Whose factors were shown not to hold.
        false_factors: Vec<String>,
        /// Who was named as silent, and never answered.
        silent: Vec<String>,
    },
    /// Plan and materials.
    Plan {
        /// How many materials.
        materials: usize,
    },
    /// Who took papers, confirmed the list, returned a ballot, confirmed the box.
    Papers {
        /// The ballot.
        #[serde(flatten)]
        ballot: BallotName,
        /// Papers issued.
        issued: usize,
        /// Credentials on the list, each with a valid token.
        registered: usize,
        /// Terminals that confirmed the list.
        confirmed: usize,
        /// Ballots in the box; none if it was never fixed.
        returned: Option<usize>,
        /// Terminals that confirmed the box.
        box_confirmed: usize,
        /// Terminals that did not, where enough scrutineers accepted it.
        accepted: usize,
        /// `counted`, `void` or `not_opened`.
        status: Status,
    },
    /// The archive of a ballot: every proof in it.
    Ballots {
        /// The ballot, by its file's name.
        #[serde(flatten)]
        ballot: BallotName,
        /// Ballots.
        ballots: usize,
        /// Proofs and signatures that hold.
        proofs: usize,
    },
    /// A round on paper: figures that people entered, and no proof of them.
    ByPaper {
        /// The ballot.
        #[serde(flatten)]
        ballot: BallotName,
        /// Papers printed, one for everybody present.
        printed: u32,
        /// Papers handed out; none if no two counts were the same.
        issued: Option<u32>,
        /// Papers cancelled.
        cancelled: Option<u32>,
        /// Papers returned.
        returned: Option<u32>,
        /// Who entered the count that stands.
        entered: Vec<EnteredBy>,
        /// How often two counts differed before.
        differed: usize,
        /// `counted`, `void` or `not_opened`.
        status: Status,
    },
    /// Who opened a box.
    Opened {
        /// The ballot.
        #[serde(flatten)]
        ballot: BallotName,
        /// Trustees whose factors hold.
        openers: usize,
        /// Trustees there are.
        trustees: usize,
    },
    /// The outcome of a line, from the ballots by the rule of the plan.
    Outcome {
        /// The ballot.
        ballot: String,
        /// The nominee.
        name: String,
        /// Those who agree.
        agree: u32,
        /// Those who disagree.
        disagree: u32,
        /// Those who abstain.
        abstain: u32,
        /// The number that the majority was taken of.
        base: u32,
        /// How many had to agree.
        needed: u32,
        /// Whether the line is carried.
        carried: bool,
    },
    /// What became of a candidate in a round of an election, from the ballots by the rule of the plan.
    Election {
        /// The ballot.
        ballot: String,
        /// The candidate.
        name: String,
        /// Votes for the candidate.
        votes: u32,
        /// The number that the majority was taken of.
        base: u32,
        /// How many votes elect.
        needed: u32,
        /// Whether elected.
        fate: Fate,
    },
    /// The verdict on an official, from the ballots by the rule of the plan.
    Verdict {
        /// The item.
        item: String,
        /// The official.
        name: String,
        /// The satisfaction rate as `p/q`.
        rate: Option<String>,
        /// The weighted score as `p/q`.
        score: Option<String>,
        /// The verdict; none where nobody marked anything.
        verdict: Option<String>,
    },
    /// The slips of a review: no more came than were issued, and each with a token.
    Slips {
        /// The item.
        item: String,
        /// How many people hold slips.
        people: usize,
        /// How many slips they were issued.
        issued: usize,
        /// How many came in.
        spent: usize,
        /// What they did, each act signed by its slip's key: as many signatures hold.
        acts: usize,
        /// How many have a token that holds under the published key.
        tokens: usize,
    },
    /// Who was heard on a major matter.
    Views {
        /// The item.
        item: String,
        /// How many stated a view.
        heard: usize,
        /// How many passed.
        passed: usize,
        /// Whether the head was heard, after all others.
        head_last: bool,
        /// Whether the head signed the record with the own key.
        signed: bool,
    },
    /// A vote by name, counted again.
    NamedVote {
        /// The item.
        item: String,
        /// Votes signed by the voters' own keys.
        by_key: usize,
        /// Votes that an officer entered, each with its reason.
        entered: usize,
        /// What was said.
        count: NamedCount,
        /// What was decided; none where the vote was never closed.
        decided: Option<Decided>,
    },
    /// An open vote by hands, or without objection.
    OpenVote {
        /// The item.
        item: String,
        /// Voters present.
        present: u32,
        /// The hands; none where nobody objected.
        count: Option<NamedCount>,
        /// What was decided.
        decided: Decided,
    },
    /// The agenda as the body changed it: hands counted again, every item of the plan there once.
    Agenda {
        /// How often a change was put to a decision.
        decisions: usize,
        /// How often it was carried.
        carried: usize,
        /// Items that were added.
        added: usize,
        /// Items that are off at the end.
        taken_off: usize,
    },
    /// An objection to a declared result.
    ResultObjection {
        /// Its number.
        number: u32,
        /// The item.
        item: String,
        /// Who objected.
        by: String,
        /// How it was settled; none where it never was.
        outcome: Option<SettledHow>,
    },
    /// The voters were asked whether a decision be reconsidered; counted again.
    Reconsidered {
        /// The item.
        item: String,
        /// Hands for.
        agree: u32,
        /// Voters entitled.
        due: u32,
        /// How many had to agree.
        needed: u32,
        /// Whether enough did.
        consented: bool,
    },
    /// A result that is not in force any more, and is kept.
    SetAside {
        /// The item.
        item: String,
        /// Which result of it, from 1.
        number: u32,
        /// Its ballots; none where it was decided in the open.
        ballots: Vec<String>,
        /// Of which lines.
        lines: Vec<String>,
        /// Why.
        ground: ReopenGround,
    },
    /// A line that was not put to the vote: the same person was not carried for the same post.
    Barred {
        /// The item.
        item: String,
        /// Who.
        name: String,
        /// The ballot.
        by: String,
    },
    /// An exam: the bank is the one committed to, papers are drawn again, sheets signed, and marked again.
    Exam {
        /// The item.
        item: String,
        /// Who sat it.
        seated: usize,
        /// How many papers were marked again; fewer where this copy withholds some.
        marked: usize,
        /// Questions of the bank.
        questions: usize,
    },
    /// A table, made again from the record.
    Table {
        /// Its file.
        file: &'static str,
        /// Its lines.
        lines: usize,
    },
    /// The signatures under the seal.
    Seal {
        /// Whose hold, in the order in which they signed.
        by: Vec<String>,
        /// How many of them are recorders.
        recorders: usize,
        /// How many are scrutineers; one who is both is counted in both.
        scrutineers: usize,
        /// Whether the presiding officer is among them.
        presiding: bool,
        /// How many terminals witnessed the last line.
        witnesses: usize,
        /// Who was entitled to sign and did not.
        not_signed: Vec<NotSigned>,
    },
}

/// Who holds the key of the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyHolder {
    /// The scrutineers, a share each.
    Scrutineers,
    /// The console.
    Console,
}

/// What a scrutineer counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadCount {
    /// Who.
    pub by: String,
    /// How many.
    pub heads: u32,
}

/// Who entered the count of a vote on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnteredBy {
    /// Whose count.
    pub by: String,
    /// Whether it was entered at the console in that name: then only the console's key stands behind it.
    pub at_console: bool,
}

/// A scrutineer's answer to a result sheet that was written by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByHand {
    /// Who.
    pub by: String,
    /// Why not; none where it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// A scrutineer who did not sign a result sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetRefused {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Somebody entitled to sign who did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotSigned {
    /// Who.
    pub by: String,
    /// The name in the plan.
    pub name: String,
    /// Why, in words.
    pub reason: String,
    /// Whether these are the person's own words, signed.
    pub refused: bool,
}

/// A ballot as a line names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BallotName {
    /// The ballot.
    pub ballot: String,
    /// What it evaluates, if it is an evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluates: Option<Evaluates>,
}

/// What a ballot evaluates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evaluates {
    /// The item.
    pub item: String,
    /// The official.
    pub official: String,
    /// The group in the plan, several joined by `_`; none where all are counted together.
    pub group: Option<String>,
    /// The round, from 1.
    pub round: u32,
}

impl BallotName {
    /// The name of a round's ballot.
    pub(super) fn of(state: &State, round: &Round) -> Self {
        let issue = &round.issue;
        let review = state.item(&issue.item).and_then(|item| item.review());
        let evaluates = review.zip(issue.subject.as_ref()).map(|(review, subject)| Evaluates {
            item: issue.item.to_string(),
            official: review
                .official(subject.as_str())
                .map_or_else(|| subject.to_string(), |official| official.name.clone()),
            group: group_of(review, round),
            round: issue.round,
        });
        Self { ballot: issue.ballot.to_string(), evaluates }
    }

    /// A ballot of which nothing but its file is known.
    pub(super) fn of_file(name: &str) -> Self {
        Self { ballot: name.to_owned(), evaluates: None }
    }
}

/// How a meeting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It was closed.
    Closed,
    /// It was adjourned.
    Adjourned,
}

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Counted.
    Counted,
    /// Void.
    Void,
    /// Neither: the meeting ended before.
    NotOpened,
}

impl Report {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_string_lossy().into_owned(),
            session: None,
            rehearsal: false,
            language: None,
            checks: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, place: &str, what: FaultKind) {
        self.faults.push(Fault { place: place.to_owned(), what });
    }

    /// Notes a check, which holds if no fault has been found since there were `before`.
    pub(super) fn check(&mut self, before: usize, what: What) {
        self.checks.push(Check { ok: self.faults.len() == before, what });
    }
}
