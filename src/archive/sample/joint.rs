//! A joint meeting for tests: three departments, three officials; an opinion that is changed, one that is entered at the
//! console, one that is not given.

use super::Sample;
use crate::meeting::{Command, ItemId, Stance};
use crate::words::Lang;

fn item() -> ItemId {
    ItemId::from("joint")
}

fn plan_text(lang: Lang) -> String {
    let p = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let names = lang.pick(
        ["苏红梅", "卢启明", "蒋秀峰", "𠮷克平", "康乐天"],
        ["Ada Reed", "Ben Okoro", "Cleo Marsh", "Dan Ivory", "Eve <i>Stone</i>"],
    );
    let mut people = String::new();
    for (place, name) in names.iter().enumerate() {
        let duties = match place {
            0 => ", duties = [\"presiding\"]",
            2 => ", duties = [\"recorder\"]",
            _ => "",
        };
        let id = place + 1;
        people.push_str(&format!("  {{ id = \"m{id}\", name = \"{name}\", group = \"unit\"{duties} }},\n"));
    }
    let department = |id: &str, name: &str, seats: &str| {
        format!("[[items.departments]]\nid = \"{id}\"\nname = \"{name}\"\nseats = [{seats}]\n")
    };
    let official = |id: &str, name: &str, post: &str, more: &str| {
        let unit = p("水务局", "Water Office");
        format!(
            "[[items.officials]]\nid = \"{id}\"\nname = \"{name}\"\npost = \"{post}\"\nunit = \"{unit}\"\n{more}"
        )
    };
    format!(
        "format = \"plenum-plan/1\"\nmeeting.title = \"{}\"\nmeeting.body = \"{}\"\nmeeting.date = 2027-03-12\n\
         meeting.venue = \"{}\"\nmeeting.language = \"{}\"\nmeeting.holidays = [2027-04-05]\n\
         groups = [\n  {{ id = \"unit\", name = \"{}\", standing = \"member\" }},\n]\npeople = [\n{people}]\n\
         [[items]]\nid = \"joint\"\nkind = \"joint_meeting\"\ntitle = \"{}\"\ncheck_days = 20\n{}{}{}{}{}{}",
        p("测试县联席会议", "Joint meeting of Testshire"),
        p("联席会议", "Joint meeting"),
        p("会议室", "Room 1"),
        p("zh", "en"),
        p("成员单位", "Departments"),
        p("联合审核", "Joint check"),
        department("discipline", p("纪委监委", "=Discipline"), "\"m2\", \"m3\""),
        department("audit", p("审计局", "Audit"), "\"m4\""),
        department("petitions", p("信访局", "Petitions"), "\"m5\""),
        official("wang", p("王建军", "Will Ash"), p("局长", "Head"), ""),
        official("li", p("李 娜", "Liv Orr"), p("副局长", "Deputy"), "relatives = [\"m2\"]\n"),
        official("zhao", p("赵<云>", "Zoe <b>Ray</b>"), p("主任", "Clerk"), ""),
    )
}

impl Sample {
    /// A joint meeting, closed and not sealed.
    pub fn joint(lang: Lang, seed: u64) -> Self {
        Self::joint_as(lang, seed, false)
    }

    /// The same with hostile texts.
    pub fn joint_hostile(lang: Lang, seed: u64) -> Self {
        Self::joint_as(lang, seed, true)
    }

    /// The same, sealed.
    pub fn joint_and_sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::joint(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    /// One in which opinions have been given and nothing is closed.
    pub fn joint_under_way(lang: Lang, seed: u64) -> Self {
        Self::joint_begun(lang, seed, false)
    }

    fn joint_begun(lang: Lang, seed: u64, hostile: bool) -> Self {
        let mut sample = Self::begin_as(&plan_text(lang), Vec::new(), seed, hostile);
        let p = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
        sample.enrol(&["m1", "m2", "m3", "m4", "m5"]);
        sample.officer(Command::OpenMeeting);
        sample.officer(Command::OpenItem { item: item() });
        sample.gives("m2", "wang", Stance::NoObjection);
        sample.gives("m4", "wang", Stance::NoObjection);
        sample.gives("m5", "wang", Stance::NoObjection);
        let late = p("材料刚到，\n先核对。", "The file is late;\nwe look at it first.");
        sample.gives("m3", "li", Stance::NeedsChecking { what: late });
        sample.gives(
            "m3",
            "li",
            Stance::Objection { reason: p("=未报告<事项>。", "=It was not <reported>.") },
        );
        sample.gives("m4", "li", Stance::NeedsChecking { what: p("离任审计未完成。", "The audit is open.") });
        sample
    }

    fn joint_as(lang: Lang, seed: u64, hostile: bool) -> Self {
        let mut sample = Self::joint_begun(lang, seed, hostile);
        let p = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
        sample.officer(Command::CloseOpinions { item: item(), official: "wang".into() });
        sample.officer(Command::EnterStance {
            item: item(),
            official: "li".into(),
            department: "petitions".into(),
            stance: Stance::NoObjection,
        });
        sample.gives("m4", "zhao", Stance::NeedsChecking { what: p("兼职情况。", "A second post.") });
        sample.officer(Command::CloseAllOpinions { item: item() });
        sample.officer(Command::Declare { item: item() });
        sample.officer(Command::CloseMeeting);
        sample
    }

    fn gives(&mut self, seat: &str, official: &str, stance: Stance) {
        self.seat(seat, Command::GiveStance { item: item(), official: official.into(), stance });
    }
}
