//! A meeting with two elections, with real ballots: four stand for two seats, two of them are tied and voted on again; then a
//! list of three, one of whom more than half except.

use super::{Sample, plan_text};
use crate::ballot::Marks;
use crate::meeting::{BallotId, Command, ItemId, LineId};
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
        let ids = ["ca", "cb", "cc", "cd", "ba", "bb", "bc"];
        let materials = ids.iter().flat_map(|id| [format!("{id}.md"), format!("{id}-inspection.md")]);
        let mut sample = Self::begin_with(&contested_text(lang), materials.collect(), seed);
        sample.open();
        sample.deliberate_on(CHOICE[0], &["ca", "cb", "cc", "cd"]);
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
        sample.deliberate_on(LIST, &["ba", "bb", "bc"]);
        let reason = lang.pick("材料不全", "papers are missing").to_owned();
        let board = ItemId::from(LIST);
        sample.officer(Command::Defer { item: board.clone(), line: LineId::from("bc"), reason });
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
