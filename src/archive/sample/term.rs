//! A deliberation during the term for tests: statements, two questions, and a vote, or a deferral by rule.

use super::Sample;
use crate::meeting::{Command, ItemId, Judged, QuestionId};
use crate::rules::Choice;
use crate::words::Lang;

const PRESENT: [&str; 7] = ["m1", "m2", "m3", "m4", "m5", "m6", "g1"];

fn item() -> ItemId {
    ItemId::from("term")
}

fn plan_text(lang: Lang) -> String {
    let p = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let names = lang.pick(
        ["苏红梅", "卢启明", "蒋秀峰", "𠮷克平", "康乐天", "马 超", "田野"],
        ["Ada Reed", "Ben Okoro", "Cleo Marsh", "Dan Ivory", "Eve <i>Stone</i>", "Finn Hale", "June Day"],
    );
    let mut people = String::new();
    for (seat, name) in PRESENT.iter().zip(names) {
        let group = if seat.starts_with('m') { "member" } else { "guest" };
        let duties = match *seat {
            "m1" => ", duties = [\"presiding\"]",
            "m2" | "m3" => ", duties = [\"scrutineer\"]",
            "m4" => ", duties = [\"recorder\"]",
            _ => "",
        };
        people
            .push_str(&format!("  {{ id = \"{seat}\", name = \"{name}\", group = \"{group}\"{duties} }},\n"));
    }
    format!(
        "format = \"plenum-plan/1\"\nmeeting.title = \"{}\"\nmeeting.body = \"{}\"\nmeeting.date = 2027-03-12\n\
         meeting.venue = \"{}\"\nmeeting.language = \"{}\"\nmeeting.trustees = \"console\"\n\
         meeting.holidays = [2027-04-05]\n\
         groups = [\n  {{ id = \"member\", name = \"{}\", standing = \"member\" }},\n  \
         {{ id = \"guest\", name = \"{}\", standing = \"attendee\" }},\n]\npeople = [\n{people}]\n\
         [[items]]\nid = \"term\"\nkind = \"deliberation\"\ntitle = \"{}\"\nvoters = [\"member\"]\n\
         [items.proposing]\nname = \"{}\"\nseats = [\"g1\"]\n\
         [items.appointee]\nid = \"la\"\nname = \"{}\"\npost = \"{}\"\nlist = \"government\"\nperson = \"m5\"\n\
         introduction = \"la.md\"\ninspection = \"la-inspection.md\"\n",
        p("测试县全会", "Plenum of Testshire"),
        p("测试县委", "Testshire committee"),
        p("会议室", "Room 1"),
        p("zh", "en"),
        p("委员", "Members"),
        p("列席", "Guests"),
        p("任中审议", "During the term"),
        p("组织部", "Organisation <Office>"),
        names[4],
        p("财政局局长", "Head of Finance"),
    )
}

impl Sample {
    /// A deliberation after which all vote, closed and not sealed.
    pub fn term(lang: Lang, seed: u64) -> Self {
        Self::term_as(lang, seed, None, false)
    }

    /// One whose vote is deferred by rule.
    pub fn term_deferred(lang: Lang, seed: u64) -> Self {
        let reason = lang.pick("没有说明<数额>", "no <figure> was given");
        Self::term_as(lang, seed, Some(reason), false)
    }

    /// One with hostile texts.
    pub fn term_hostile(lang: Lang, seed: u64) -> Self {
        Self::term_as(lang, seed, Some("no"), true)
    }

    /// One that was voted on, sealed.
    pub fn term_and_sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::term(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    fn term_as(lang: Lang, seed: u64, unclear: Option<&str>, hostile: bool) -> Self {
        let materials = vec!["la.md".to_owned(), "la-inspection.md".to_owned()];
        let mut sample = Self::begin_as(&plan_text(lang), materials, seed, hostile);
        let p = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
        sample.open_with(&PRESENT);
        sample.officer(Command::OpenItem { item: item() });
        sample.officer(Command::Introduce { item: item(), line: "la".into() });
        sample.officer(Command::BeginRecusal { item: item() });
        sample.officer(Command::BeginDeliberation { item: item() });
        let text = p("我赞成。\n账目<清楚>。", "I am for it.\nThe accounts are <clear>.");
        sample.seat("m6", Command::SayInside { item: item(), text });
        let text = p("还要多下乡。", "Visit the villages.");
        sample.seat("m4", Command::TakeDownSaid { item: item(), seat: "m1".into(), text });
        let text = p("钱从哪里来？", "Where does the money come from?");
        sample.seat("m6", Command::PutQuestion { item: item(), text });
        let text = p("审计了吗？", "Was it audited?");
        sample.seat("m4", Command::TakeDownQuestion { item: item(), asker: "m2".into(), text });
        let reply = |question: u32, text: String| {
            let question = QuestionId(question);
            Command::Reply { item: item(), question, text }
        };
        sample.seat("g1", reply(1, p("上级拨付。", "From above.")));
        sample.seat("m4", reply(2, p("已审计。", "It was.")));
        let judge = |question: u32, judged: Judged| {
            let question = QuestionId(question);
            Command::JudgeReply { item: item(), question, judged }
        };
        sample.officer(judge(1, Judged::Clearly));
        let judged =
            unclear.map_or(Judged::Clearly, |reason| Judged::Unclearly { reason: reason.to_owned() });
        sample.officer(judge(2, judged));
        sample.officer(Command::EndDeliberation { item: item() });
        if unclear.is_none() {
            let ballots = sample.issue_all("term");
            let agree = vec![vec![Choice::Agree.place()]; 6];
            sample.cast_all(&[(ballots[0].clone(), agree)]);
            sample.open_boxes(&ballots);
        }
        sample.officer(Command::Declare { item: item() });
        sample.officer(Command::CloseMeeting);
        sample
    }

    /// The record as a copy from which the words of the deliberation are withheld.
    pub fn without_words(&self) -> String {
        let line = |line: &crate::journal::Line| {
            let withheld = line.head.kind.is_some_and(crate::meeting::is_said_inside);
            if withheld { line.withheld() } else { line.text.clone() }
        };
        self.lines.iter().map(|one| line(one) + "\n").collect()
    }
}
