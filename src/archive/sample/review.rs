//! A review for tests, after a nomination in the same meeting: two groups that are counted apart, three officials, one of
//! whom reports in writing and one of whom is put off; questions that end in every way there is, slips, opinions, a
//! speech, and a void round.

use super::Sample;
use crate::ballot::{BlindRequest, Issuer, PaperRequest, TokenInput, VoprfIssuer};
use crate::harmless::hostile::{hostile as harmful, spoilt};
use crate::meeting::slip_act::key_bytes;
use crate::meeting::{
    Actor, BallotId, Command, Ended, Identity, ItemId, Left, OfficialId, QuestionId, Round, SeatId, SlipAct,
    SlipKind, SlipSays,
};
use crate::rules::Choice;
use crate::words::Lang;

const PRESENT: [&str; 12] = ["c1", "c2", "c3", "c4", "c5", "c6", "v1", "v2", "v3", "v4", "v5", "v6"];

fn item() -> ItemId {
    ItemId::from("review")
}

fn plan_text(lang: Lang) -> String {
    let p = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let names = lang.pick(
        [
            "苏红梅",
            "卢启明",
            "蒋秀峰",
            "𠮷克平",
            "康乐天",
            "阿依夏",
            "龙 飞",
            "马 超",
            "乔一",
            "田野",
            "于川",
            "安静",
        ],
        [
            "Ada Reed",
            "Ben Okoro",
            "Cleo Marsh",
            "Dan Ivory",
            "Eve Stone",
            "Finn Hale",
            "Gus Lowe",
            "Hana Roy",
            "Ivo Beck",
            "June Day",
            "Kit Frost",
            "Lea <i>Moss</i>",
        ],
    );
    let mut people = String::new();
    for (seat, name) in PRESENT.iter().zip(names) {
        let group = if seat.starts_with('c') { "commission" } else { "invited" };
        let duties = match *seat {
            "c1" => ", duties = [\"presiding\"]",
            "c2" | "c3" => ", duties = [\"scrutineer\"]",
            "v6" => ", duties = [\"recorder\"]",
            _ => "",
        };
        people
            .push_str(&format!("  {{ id = \"{seat}\", name = \"{name}\", group = \"{group}\"{duties} }},\n"));
    }
    let official = |id: &str, name: &str, post: &str, unit: &str, more: &str| {
        format!(
            "[[items.officials]]\nid = \"{id}\"\nname = \"{name}\"\npost = \"{post}\"\nunit = \"{unit}\"\n{more}\
             report = \"{id}-report.md\"\nfindings = \"{id}-findings.md\"\n"
        )
    };
    let good = p("好", "good");
    let words = lang.pick(["好", "较好", "一般", "差"], ["good", "fairly good", "fair", "=poor"]);
    format!(
        "format = \"plenum-plan/1\"\nmeeting.title = \"{}\"\nmeeting.body = \"{}\"\nmeeting.date = 2027-03-12\n\
         meeting.venue = \"{}\"\nmeeting.language = \"{}\"\nmeeting.trustees = \"console\"\n\
         meeting.quorum = {{ of = \"due\", at_least = \"2/3\" }}\nmeeting.holidays = [2027-04-05]\n\
         groups = [\n  {{ id = \"commission\", name = \"{}\", standing = \"member\" }},\n  \
         {{ id = \"invited\", name = \"{}\", standing = \"attendee\" }},\n]\npeople = [\n{people}]\n\
         [[items]]\nid = \"posts\"\nkind = \"nomination\"\ntitle = \"{}\"\nvoters = [\"commission\"]\n\
         attendees = [\"invited\"]\ncarried = {{ of = \"due\", more_than = \"1/2\" }}\norder = \"fixed\"\n\
         [[items.nominees]]\nid = \"la\"\nname = \"{}\"\npost = \"{}\"\nlist = \"party\"\n\
         introduction = \"la.md\"\ninspection = \"la-inspection.md\"\n\
         [[items]]\nid = \"review\"\nkind = \"review\"\ntitle = \"{}\"\nreviewers = [\"commission\", \"invited\"]\n\
         combine = {{ commission = 2, invited = 1 }}\norder = \"lot\"\nslips_max = 2\nranking = true\n\
         scale = [\"{good}\", \"{}\", \"{}\", \"{}\"]\ndimensions = [\"{}\", \"{}\"]\n\
         [items.verdict]\nby = \"score\"\nbands = [\n  \
         {{ below = 70, verdict = \"{}\", consequence = \"{}\", reply_days = 15 }},\n  \
         {{ from = 70, below = 90, verdict = \"{}\" }},\n  {{ from = 90, verdict = \"{}\" }},\n]\n{}{}{}",
        p("测试县纪委全会", "Plenum of the Testshire commission"),
        p("测试县纪律检查委员会", "Testshire commission"),
        p("会议室", "Room 1"),
        p("zh", "en"),
        p("纪委委员", "Commission"),
        p("特邀代表", "Invited"),
        p("表决拟任人选", "Appointments"),
        p("高原", "Gail Moor"),
        p("党总支书记", "Party secretary"),
        p("述廉述效", "Reports on integrity"),
        words[1],
        words[2],
        words[3],
        p("廉洁自律", "Integrity"),
        p("履职成效", "Performance"),
        p("差", "poor"),
        p("诫勉谈话", "admonishment talk"),
        p("较好", "fair"),
        p("好", "good"),
        official(
            "wang",
            p("王建军", "Will Ash"),
            p("局长", "Head"),
            p("水务局", "Water Office"),
            "findings_by = \"c2\"\n"
        ),
        official(
            "li",
            p("李 娜", "Liv Orr"),
            p("主任", "Head"),
            p("文化站", "Culture"),
            "relatives = [\"v5\"]\n"
        ),
        official("zhou", p("周静", "Zoe Dee"), p("所长", "Head"), p("财政所", "Finance"), ""),
    )
}

impl Sample {
    pub(super) fn seat(&mut self, seat: &str, command: Command) {
        self.give(&Actor::from(seat), &command);
    }

    /// The meeting of both kinds, before anything happened.
    pub fn begin_review(lang: Lang, seed: u64) -> Self {
        Self::begin_review_as(lang, seed, false)
    }

    fn begin_review_as(lang: Lang, seed: u64, hostile: bool) -> Self {
        let mut materials = vec!["la.md".to_owned(), "la-inspection.md".to_owned()];
        for official in ["wang", "li", "zhou"] {
            materials.extend([format!("{official}-report.md"), format!("{official}-findings.md")]);
        }
        Self::begin_as(&plan_text(lang), materials, seed, hostile)
    }

    /// The meeting of both kinds, closed and not sealed.
    pub fn reviewed(lang: Lang, seed: u64) -> Self {
        Self::reviewed_with(lang, seed, |_| {})
    }

    /// The same, with something changed once slips are issued.
    pub fn reviewed_with(lang: Lang, seed: u64, change: impl FnOnce(&mut Self)) -> Self {
        Self::begin_review(lang, seed).hold_review(lang, change)
    }

    /// The meeting of both kinds with hostile texts, closed and not sealed.
    pub fn reviewed_hostile(lang: Lang, seed: u64) -> Self {
        Self::begin_review_as(lang, seed, true).hold_review(lang, |_| {})
    }

    fn hold_review(mut self, lang: Lang, change: impl FnOnce(&mut Self)) -> Self {
        let sample = &mut self;
        sample.open_with(&PRESENT);
        sample.appoint();
        sample.open_review();
        change(sample);
        sample.question_wang(lang);
        sample.evaluate("wang", [&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 2, 3]]);
        sample.satisfaction(lang);
        sample.li_in_writing(lang);
        let reason = lang.pick("出差未归", "is away").to_owned();
        sample.officer(Command::PutOff { item: item(), official: OfficialId::from("zhou"), reason });
        sample.officer(Command::Declare { item: item() });
        let secret = sample.slip_issuer.as_ref().unwrap().published();
        sample.hub(Command::PublishSlipKey { item: item(), secret });
        sample.officer(Command::CloseMeeting);
        self
    }

    /// The meeting of both kinds, sealed.
    pub fn reviewed_and_sealed(lang: Lang, seed: u64) -> Self {
        let sample = Self::reviewed(lang, seed);
        sample.write();
        sample.seal();
        sample
    }

    /// The meeting with two questions to the first official, one of them on the floor.
    pub fn begin_questions(&mut self) {
        self.open_with(&PRESENT);
        self.appoint();
        self.open_review();
        self.ask("c4", None, "Why was it late?");
        self.ask("c5", None, "Who paid?");
        self.officer(Command::CallQuestion { item: item(), question: QuestionId(1) });
    }

    /// The nomination, as short as it can be.
    fn appoint(&mut self) {
        let item = ItemId::from("posts");
        self.officer(Command::OpenItem { item: item.clone() });
        self.officer(Command::Introduce { item: item.clone(), line: "la".into() });
        self.officer(Command::BeginRecusal { item: item.clone() });
        self.officer(Command::BeginDeliberation { item: item.clone() });
        self.officer(Command::EndDeliberation { item: item.clone() });
        let ballots = self.issue_all("posts");
        let agree = vec![vec![Choice::Agree.place()]; 6];
        self.cast_all(&[(ballots[0].clone(), agree)]);
        self.open_boxes(&ballots);
        self.officer(Command::Declare { item });
    }

    /// The review is called, the order drawn, slips are issued, and the first official has reported.
    fn open_review(&mut self) {
        self.officer(Command::OpenItem { item: item() });
        self.officer(Command::DrawOrder { item: item() });
        let order = ["wang", "zhou", "li"].map(OfficialId::from).to_vec();
        self.hub(Command::FixOrder { item: item(), order });
        let issuer = VoprfIssuer::generate(&mut self.rng);
        let public = issuer.public_key();
        self.hub(Command::PublishSlipIssuer { item: item(), issuer: public.clone() });
        for seat in ["c4", "v2"] {
            let mut requests: Vec<BlindRequest> = Vec::new();
            for _ in 0..2 {
                let key = Identity::generate(&mut self.rng);
                let bytes = key_bytes(&key.public()).unwrap();
                let request = PaperRequest::new(TokenInput::slip(&bytes), &mut self.rng).unwrap();
                let answer = issuer.issue(request.request(), &mut self.rng).unwrap();
                self.slips.push((key, request.finish(&answer, &public).unwrap()));
                requests.push(request.request().clone());
            }
            self.seat(seat, Command::RequestSlips { item: item(), requests });
        }
        self.slip_issuer = Some(issuer);
        self.officer(Command::CallOfficial { item: item(), official: OfficialId::from("wang") });
        self.officer(Command::BeginReport { item: item() });
        self.now += jiff::SignedDuration::from_secs(465);
        self.officer(Command::BeginQuestions { item: item() });
    }

    fn ask(&mut self, seat: &str, follows: Option<u32>, text: &str) {
        let (follows, text) = (follows.map(QuestionId), text.to_owned());
        self.seat(seat, Command::Ask { item: item(), follows, text });
    }

    fn answer(&mut self, question: u32, text: &str, ended: Ended) {
        let (item, question) = (item(), QuestionId(question));
        self.officer(Command::CallQuestion { item: item.clone(), question });
        if !text.is_empty() {
            self.seat("v6", Command::TakeAnswer { item: item.clone(), question, text: text.to_owned() });
        }
        self.officer(Command::EndQuestion { item, question, ended });
    }

    /// Eight questions, each of which ends in another way.
    fn question_wang(&mut self, lang: Lang) {
        let p = |zh: &'static str, en: &'static str| lang.pick(zh, en);
        self.ask(
            "c4",
            None,
            p("专项资金为何超支？\n请说明<数额>。", "Why was the fund overspent?\n<b>How much</b>?"),
        );
        let slip = |kind, text: &str| SlipSays::begin(kind, OfficialId::from("wang"), text.to_owned());
        self.publish_slips(&[
            (1, 1, slip(SlipKind::Question, p("=公车怎么管？", "=Who drives the cars?"))),
            (3, 1, slip(SlipKind::Opinion, p("办事要更快。", "Be quicker."))),
        ]);
        let asker = SeatId::from("v2");
        let text = p("追问：谁批准的？", "Who approved it?").to_owned();
        let follows = Some(QuestionId(1));
        self.seat("v6", Command::EnterQuestion { item: item(), asker, follows, text });
        self.ask("v3", None, p("资金为什么超支？", "Why overspent?"));
        self.ask("v1", None, p("天气如何？\u{1b}[31m", "How is the weather?\u{1b}[31m"));
        self.ask("c5", None, p("下一步怎么改？", "What comes next?"));
        self.ask("c6", None, p("已经清楚了。", "Never mind."));
        self.ask("v4", None, p("家里几口人？", "How big is your family?"));
        let (id, question) = (item(), QuestionId);
        self.officer(Command::MergeQuestion { item: id.clone(), question: question(4), into: question(1) });
        let reason = p("与述职无关", "off the subject").to_owned();
        self.officer(Command::ReturnQuestion { item: id.clone(), question: question(5), reason });
        self.answer(1, p("因汛期抢险。\n已审计。", "The flood.\nIt was audited."), Ended::Answered);
        self.answer(3, p("局务会批准。", "The board did."), Ended::Answered);
        self.answer(2, "", Ended::Promised { due_on: "2027-03-26".parse().unwrap() });
        self.seat(
            "c6",
            Command::EndQuestion { item: id.clone(), question: question(7), ended: Ended::Withdrawn },
        );
        let reason = p("属个人隐私", "it is private").to_owned();
        let ended = Ended::Declined { reason };
        self.officer(Command::EndQuestion { item: id.clone(), question: question(8), ended });
        self.seat("v4", Command::AskFloor);
        self.officer(Command::CallSpeaker { seat: SeatId::from("v4"), seconds: 180 });
        self.now += jiff::SignedDuration::from_secs(60);
        self.seat("v4", Command::LeaveFloor);
        self.seat("v1", Command::AskFloor);
        let reason = p("时间不够", "no time is left").to_owned();
        self.officer(Command::RefuseSpeaker { seat: SeatId::from("v1"), reason });
        let left = Some(Left::InWriting { due_on: "2027-04-02".parse().unwrap() });
        self.officer(Command::EndQuestions { item: id, left });
    }

    /// One tick: which slip, the number of its act, what it says.
    fn publish_slips(&mut self, acts: &[(usize, u32, SlipSays)]) {
        let session = self.replay.state().unwrap().session().clone();
        let mut slips: Vec<SlipAct> = acts
            .iter()
            .map(|(slip, number, says)| {
                let (key, token) = &self.slips[*slip];
                let token = (*number == 1).then(|| token.clone());
                // Whoever writes something hostile signs it as it is.
                let says = if self.hostile { spoilt(says, harmful) } else { says.clone() };
                SlipAct::sign(key, (&session, &item()), *number, token, says)
            })
            .collect();
        slips.sort_by(|one, other| one.key.cmp(&other.key));
        self.give_as_it_is(&Actor::Hub, &Command::PublishSlips { item: item(), slips });
    }

    fn satisfaction(&mut self, lang: Lang) {
        let question = QuestionId(1);
        self.seat("c4", Command::SayIfSatisfied { item: item(), question, satisfied: false });
        let text = lang.pick("请提供审计报告。", "Show the audit.").to_owned();
        self.seat("c4", Command::Inquire { item: item(), question, text });
        let question = QuestionId(3);
        self.seat("v2", Command::SayIfSatisfied { item: item(), question, satisfied: true });
        // The slip of question 2 follows it up when the questions are over, and says that it is not satisfied.
        let question = QuestionId(2);
        let text = lang.pick("还有谁在用？", "Who else uses them?").to_owned();
        self.publish_slips(&[(1, 2, SlipSays::Satisfied { question, satisfied: false })]);
        self.publish_slips(&[(1, 3, SlipSays::FollowUp { question, text })]);
    }

    /// The second one reports in writing, is asked nothing, and is evaluated twice: the first round is void.
    fn li_in_writing(&mut self, lang: Lang) {
        self.officer(Command::CallOfficial { item: item(), official: OfficialId::from("li") });
        let seat = SeatId::from("c6");
        self.seat("c6", Command::Recuse { item: item(), seat });
        let reason = lang.pick("因病请假", "is ill").to_owned();
        self.officer(Command::ReportInWriting { item: item(), reason });
        self.officer(Command::EndQuestions { item: item(), left: None });
        let text = lang.pick("请多下乡。", "Go and see the villages.").to_owned();
        self.seat("v5", Command::GiveOpinion { item: item(), official: OfficialId::from("li"), text });
        // The papers were issued with those of the first one. Somebody who held one stands aside: a second round is issued.
        self.evaluate("li", [&[2, 3, 3, 2, 3], &[1, 2, 3, 2, 3]]);
    }

    /// The evaluation of whose turn it is: the places of the words that the people of each group mark on both questions.
    fn evaluate(&mut self, official: &str, marks: [&[usize]; 2]) {
        // One issue hands out the papers of all who are still to come.
        if !self.state().rounds_on_floor().any(Round::is_under_way) {
            self.issue_all("review");
        }
        let ballots: Vec<BallotId> =
            self.state().rounds_on_floor().map(|round| round.issue.ballot.clone()).collect();
        assert!(ballots.iter().all(|ballot| ballot.as_str().contains(official)));
        let marks =
            marks.map(|marks| marks.iter().map(|mark| vec![*mark, (*mark).min(2)]).collect::<Vec<_>>());
        let votes: Vec<(BallotId, Vec<Vec<usize>>)> = ballots.iter().cloned().zip(marks).collect();
        self.cast_all(&votes);
        self.open_boxes(&ballots);
        self.officer(Command::DeclareOfficial { item: item() });
    }
}
