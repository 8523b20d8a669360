//! A meeting for tests in which everything is decided in the open: a major matter by name, a second one that is deferred,
//! an open vote by hands and one without objection.

use super::Sample;
use crate::meeting::{Actor, Command, ItemId, SeatId};
use crate::plan::scaffold::Template;
use crate::rules::NamedChoice;
use crate::words::Lang;

/// The template's plan of a major matter, with three more items.
fn plan_text(lang: Lang) -> String {
    let matter = Template::MajorMatter.files(lang)[0].1.to_owned();
    let (before, item) = matter.split_once("[[items]]").unwrap();
    let second = item
        .replacen("id = \"bridge\"", "id = \"market\"", 1)
        .replacen("order = \"plan\"", "order = \"lot\"", 1)
        .replacen(
            lang.pick("石滩大桥建设方案", "Building the Hollow Ford bridge"),
            lang.pick("市场搬迁", "Moving the market"),
            1,
        );
    let question = lang.pick("按议程进行<b>", "that the *agenda* be adopted");
    let vote = |id: &str, how: &str| {
        format!(
            "\n[[items]]\nid = \"{id}\"\nkind = \"open_vote\"\ntitle = \"{id}\"\nabout = \"agenda\"\nhow = \"{how}\"\n\
             voters = [\"member\"]\nquestion = \"{question}\"\n"
        )
    };
    let votes = [vote("agenda", "without_objection"), vote("rules", "hands")].concat();
    format!("{before}[[items]]{item}\n[[items]]{second}{votes}")
}

impl Sample {
    fn by_seat(&mut self, seat: &str, command: &Command) {
        self.give(&Actor::Seat(SeatId::from(seat)), command);
    }

    /// The meeting, closed and not sealed; `m09` is not there.
    pub fn decided_in_the_open(lang: Lang, seed: u64) -> Self {
        Self::begin_with(&plan_text(lang), vec!["bridge-draft.md".to_owned()], seed).decide_in_the_open(lang)
    }

    /// The same of hostile texts.
    pub fn decided_in_the_open_hostile(lang: Lang, seed: u64) -> Self {
        let materials = vec!["bridge-draft.md".to_owned()];
        Self::begin_as(&plan_text(lang), materials, seed, true).decide_in_the_open(lang)
    }

    /// The same, sealed.
    pub fn decided_in_the_open_and_sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::decided_in_the_open(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    fn decide_in_the_open(mut self, lang: Lang) -> Self {
        let here = ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "s02"];
        self.enrol(&here);
        self.officer(Command::OpenMeeting);
        self.matter(lang);
        let item = ItemId::from("market");
        let reason = lang.pick("两处造价尚未核实", "two estimates are not checked yet").to_owned();
        self.officer(Command::OpenItem { item: item.clone() });
        self.officer(Command::DeferMatter { item, reason });
        let item = ItemId::from("agenda");
        self.officer(Command::OpenItem { item: item.clone() });
        self.officer(Command::TakeWithoutObjection { item: item.clone() });
        self.officer(Command::Declare { item });
        let item = ItemId::from("rules");
        self.officer(Command::OpenItem { item: item.clone() });
        self.officer(Command::CountHands { item: item.clone(), agree: 4, disagree: 3, abstain: 1 });
        self.officer(Command::Declare { item });
        self.officer(Command::CloseMeeting);
        self
    }

    fn matter(&mut self, lang: Lang) {
        let item = || ItemId::from("bridge");
        let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        self.officer(Command::OpenItem { item: item() });
        self.officer(Command::BeginStatements { item: item() });
        for id in ["m02", "m03", "m04", "m05", "m06", "m07", "m08", "m01"] {
            let seat = SeatId::from(id);
            self.officer(Command::AskMember { item: item(), seat: seat.clone() });
            let text = say(
                "同意；<造价>要核实。\n另：请说明工期。",
                "I agree; *check* the cost.\nAnd the schedule.",
            );
            let view = Command::GiveStatement { item: item(), seat: seat.clone(), text };
            match id {
                "m03" => self.by_seat(id, &Command::PassStatement { item: item(), seat }),
                // Taken down at the console, as it was spoken.
                "m04" => self.officer(view),
                _ => self.by_seat(id, &view),
            }
        }
        let text = say("意见基本一致，提请表决。", "Views agree by and large; put to the vote.");
        self.by_seat("m01", &Command::SumUp { item: item(), text });
        self.officer(Command::PutToVote { item: item() });
        let vote = |choice| Command::VoteByName { item: item(), choice };
        use NamedChoice::{Agree, Disagree, Postpone};
        for (id, choice) in
            [("m02", Agree), ("m05", Agree), ("m03", Disagree), ("m06", Agree), ("m07", Postpone)]
        {
            self.by_seat(id, &vote(choice));
        }
        let enter = |seat: &str, choice, reason: String| Command::EnterVote {
            item: item(),
            seat: SeatId::from(seat),
            choice,
            reason,
        };
        self.officer(enter("m04", Some(Agree), say("终端故障", "terminal broken")));
        self.officer(enter("m08", None, say("本人不表决", "does not wish to vote")));
        self.by_seat("m01", &vote(Agree));
        self.officer(Command::CloseNamedVote { item: item() });
        let record = {
            let state = self.state();
            state.matter_hash(state.item_state(&item()).unwrap())
        };
        self.by_seat("m01", &Command::SignMatter { item: item(), record });
        self.officer(Command::Declare { item: item() });
    }
}
