//! A meeting with two elections, with real ballots: four stand for two seats, two of them are tied and voted on again; then a
//! list of three, one of whom more than half except. The same with rounds on paper.

use super::{Sample, plan_text};
use crate::ballot::Marks;
use crate::meeting::{Actor, BallotId, Command, ItemId, LineId, PaperCount, result_hash};
use crate::words::Lang;

/// The first election, and its ballots.
pub const CHOICE: [&str; 2] = ["seats", "seats-r2"];
/// The list.
pub const LIST: &str = "board";

/// The plan of the meeting, its items two elections.
fn contested_text(lang: Lang) -> String {
    let text = plan_text(lang);
    let head = text.split_once("[[items]]").map_or(text.as_str(), |(head, _)| head);
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let candidate = |id: &str, name: &str| {
        format!(
            "[[items.candidates]]\nid = \"{id}\"\nname = \"{name}\"\nintroduction = \"{id}.md\"\n\
             inspection = \"{id}-inspection.md\"\n"
        )
    };
    let names = match lang {
        Lang::Zh => ["高原", "林𠮷", "夏竹", "秦川", "白露", "谷雨", "芒种"],
        Lang::En => ["Gail Moor", "Lin <b>", "=Summer", "Quinn Vale", "Dew White", "Rain Grain", "Ear Beard"],
    };
    let ids = ["ca", "cb", "cc", "cd", "ba", "bb", "bc"];
    let all: Vec<String> = ids.iter().zip(names).map(|(id, name)| candidate(id, name)).collect();
    let (four, three) = all.split_at(4);
    format!(
        "{head}[[items]]\nid = \"{}\"\nkind = \"contested\"\ntitle = \"{}\"\nvoters = [\"member\"]\nseats = 2\n\
         post = \"{}\"\nelected = {{ at_least = \"1/3\" }}\norder = \"fixed\"\n{}\
         [[items]]\nid = \"{LIST}\"\nkind = \"contested\"\nform = \"list\"\ntoo_few = \"stay_open\"\ntitle = \"{}\"\n\
         voters = [\"member\"]\npost = \"{}\"\norder = \"fixed\"\n{}",
        CHOICE[0],
        pick("选举出席代表", "Election of delegates"),
        pick("代表", "Delegate"),
        four.concat(),
        pick("通过审查小组名单", "The examining board"),
        pick("组员", "Member of the board"),
        three.concat(),
    )
}

impl Sample {
    /// The whole meeting, closed and not sealed.
    pub fn elected(lang: Lang, seed: u64) -> Self {
        let mut sample = Self::election_deliberated(lang, seed);
        let [first, second] = CHOICE.map(BallotId::from);
        assert_eq!(sample.issue_all(CHOICE[0]), std::slice::from_ref(&first));
        // ca 4, cb 3, cc 3, cd 0 of five ballots; one of them marks nobody.
        let marks: [&[u32]; 5] =
            [&[0, 1, 1, 0, 0], &[0, 1, 1, 0, 0], &[0, 1, 0, 1, 0], &[0, 0, 1, 1, 0], &[0, 1, 0, 1, 0]];
        sample.elect(&first, &marks);
        let item = ItemId::from(CHOICE[0]);
        sample.officer(Command::CallFurtherRound { item: item.clone() });
        assert_eq!(sample.issue_all(CHOICE[0]), std::slice::from_ref(&second));
        sample.elect(&second, &[&[0, 1, 0], &[0, 0, 1], &[0, 0, 1], &[1, 0, 0]]);
        sample.officer(Command::Declare { item });
        let board = sample.list_deliberated(lang);
        sample.issue_all(LIST);
        let list: Vec<Marks> = [[0, 0], [0, 1], [0, 1], [0, 0], [0, 1]]
            .iter()
            .map(|choices| Marks(choices.iter().map(|choice| vec![1 - choice, *choice]).collect()))
            .collect();
        let ballot = BallotId::from(LIST);
        sample.cast_marks(&[(ballot.clone(), list)]);
        sample.open_boxes(&[ballot]);
        sample.officer(Command::Declare { item: board });
        sample.officer(Command::CloseMeeting);
        sample
    }

    /// The same meeting, in which the first election's terminals fail: that round is held on paper and ends in the same tie, the
    /// further one is electronic again; then the list is voted on by paper.
    pub fn elected_by_paper(lang: Lang, seed: u64) -> Self {
        let mut sample = Self::election_deliberated(lang, seed);
        sample.issue_all(CHOICE[0]);
        let item = ItemId::from(CHOICE[0]);
        sample.officer(Command::OpenPaperVote { item: item.clone() });
        // Of five papers one is spoilt; on the other four ca 4, cb 2, cc 2, cd 0.
        sample.count_papers(&PaperCount {
            issued: 5,
            cancelled: 0,
            returned: 5,
            marks: vec![vec![0, 4, 2, 2, 0]],
            spoilt: vec![1],
        });
        sample.officer(Command::CallFurtherRound { item: item.clone() });
        let third = sample.issue_all(CHOICE[0]).remove(0);
        sample.elect(&third, &[&[0, 1, 0], &[0, 0, 1], &[0, 0, 1], &[1, 0, 0]]);
        sample.officer(Command::Declare { item });
        let board = sample.list_deliberated(lang);
        sample.officer(Command::OpenPaperVote { item: board.clone() });
        sample.count_papers(&PaperCount {
            issued: 4,
            cancelled: 1,
            returned: 4,
            marks: vec![vec![4, 0], vec![1, 2]],
            spoilt: vec![0, 1],
        });
        sample.officer(Command::Declare { item: board });
        sample.officer(Command::CloseMeeting);
        sample
    }

    /// Up to the ballot of the first election.
    fn election_deliberated(lang: Lang, seed: u64) -> Self {
        let ids = ["ca", "cb", "cc", "cd", "ba", "bb", "bc"];
        let materials = ids.iter().flat_map(|id| [format!("{id}.md"), format!("{id}-inspection.md")]);
        let mut sample = Self::begin_with(&contested_text(lang), materials.collect(), seed);
        sample.open();
        sample.deliberate_on(CHOICE[0], &["ca", "cb", "cc", "cd"]);
        sample
    }

    /// Up to the ballot of the list, of which one line is deferred.
    fn list_deliberated(&mut self, lang: Lang) -> ItemId {
        self.deliberate_on(LIST, &["ba", "bb", "bc"]);
        let reason = lang.pick("材料不全", "papers are missing").to_owned();
        let item = ItemId::from(LIST);
        self.officer(Command::Defer { item: item.clone(), line: LineId::from("bc"), reason });
        item
    }

    /// Two scrutineers count the same and sign the result, at their terminals.
    fn count_papers(&mut self, count: &PaperCount) {
        let ballot = self.state().rounds_on_floor().last().unwrap().issue.ballot.clone();
        let scrutineers = ["m2", "m4"].map(Actor::from);
        for who in &scrutineers {
            let command = Command::EnterCount { ballot: ballot.clone(), count: Box::new(count.clone()) };
            self.give(who, &command);
        }
        let result = result_hash(self.state().rounds_on_floor());
        for who in &scrutineers {
            self.give(who, &Command::SignResult { ballot: ballot.clone(), result: result.clone() });
        }
    }

    /// The same, sealed.
    pub fn elected_and_sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::elected(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    /// Ballots with these marks, the blank first, are cast and counted.
    fn elect(&mut self, ballot: &BallotId, marks: &[&[u32]]) {
        let marks = marks.iter().map(|marks| Marks(vec![marks.to_vec()])).collect();
        self.cast_marks(&[(ballot.clone(), marks)]);
        self.open_boxes(std::slice::from_ref(ballot));
    }

    fn deliberate_on(&mut self, item: &str, lines: &[&str]) {
        let item = ItemId::from(item);
        self.officer(Command::OpenItem { item: item.clone() });
        for line in lines {
            self.officer(Command::Introduce { item: item.clone(), line: LineId::from(*line) });
        }
        self.officer(Command::BeginRecusal { item: item.clone() });
        self.officer(Command::BeginDeliberation { item: item.clone() });
        self.officer(Command::EndDeliberation { item });
    }
}
