//! A major matter and an open vote for tests: small plans, and the steps that bring the meeting to any point, all through
//! `decide` and the fold.

use jiff::civil::date;

use super::sample::{Sample, plan};
use super::{Actor, Command, ItemId, SeatId, next_step};
use crate::plan::{
    Item, ItemKind, Matter, MatterKind, Nomination, Nominee, Notified, OpenVote, Plan, PostList, Prepared,
    SpeakingOrder, Task, VoteAbout, VoteHow,
};
use crate::rules::{Base, NamedChoice, Threshold};
use crate::words::Lang;

/// Where a major matter can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterPoint {
    /// The draft is introduced.
    Introducing,
    /// The first member has been asked.
    Asked,
    /// Three have been heard, one of them passed; the fourth has been asked.
    Stating,
    /// All but the head have been heard, and the head has been asked.
    HeadAsked,
    /// The head has been heard.
    Heard,
    SummedUp,
    /// Put to the vote.
    Voting,
    /// Three have voted, one of them through an officer.
    Voted,
    /// All but the head have voted.
    HeadsTurn,
    /// The head has voted.
    AllVoted,
    /// The vote is closed.
    Decided,
    Signed,
    Declared,
}

/// A plan with one major matter: m1 is the head and presides, m2 introduces, members are asked from m2 to m9.
pub fn matter_plan(lang: Lang) -> Plan {
    let mut plan = plan(lang);
    let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    let prepared = |by: String, day: i8| Prepared { by, on: date(2026, 11, day) };
    let ids: Vec<String> = (1..=9).map(|number| format!("m{number}")).collect();
    let matter = Matter {
        matter: MatterKind::Project,
        voters: vec!["members".to_owned()],
        attendees: vec!["alternates".to_owned()],
        quorum: Threshold::QUORUM,
        carried: Threshold::MAJORITY,
        head: "m1".to_owned(),
        introduced_by: "m2".to_owned(),
        order: SpeakingOrder::Plan,
        speakers: ids.iter().skip(1).cloned().collect(),
        draft: "matter/draft.md".to_owned(),
        raised: prepared(t("交通局", "Transport Bureau"), 2),
        studied: prepared(t("专题会", "working meeting"), 6),
        reviewed: prepared(t("王秀英", "Wang Xiuying"), 10),
        notified: Some(Notified {
            by: t("区委办", "General Office"), on: date(2026, 11, 17), members: ids
        }),
        execution: Task {
            owner: t("交通局", "Transport Bureau"),
            task: t("完成招标并开工", "Tender and begin"),
            due_on: date(2027, 3, 31),
        },
        check: Task {
            owner: t("督查室", "Inspection Office"),
            task: t("核查进度并报告", "Check and report"),
            due_on: date(2027, 6, 30),
        },
        secret: None,
    };
    plan.items = vec![Item {
        id: "bridge".to_owned(),
        title: t("河口大桥建设方案", "The Hekou bridge"),
        kind: ItemKind::MajorMatter(Box::new(matter)),
    }];
    plan
}

/// The same, put to a secret ballot.
pub fn secret_plan(lang: Lang) -> Plan {
    let mut plan = matter_plan(lang);
    for item in &mut plan.items {
        let (title, ItemKind::MajorMatter(matter)) = (item.title.clone(), &mut item.kind) else { continue };
        matter.secret = Some(Nomination {
            voters: matter.voters.clone(),
            attendees: matter.attendees.clone(),
            quorum: matter.quorum,
            carried: matter.carried,
            lines: vec![Nominee {
                id: "matter".to_owned(),
                name: title,
                post: lang.pick("重大项目安排", "major project").to_owned(),
                list: PostList::Government,
                person: None,
                relatives: Vec::new(),
                introduction: matter.draft.clone(),
                inspection: matter.draft.clone(),
            }],
        });
    }
    plan
}

/// A plan with one open vote.
pub fn open_vote_plan(lang: Lang, how: VoteHow, about: VoteAbout) -> Plan {
    let mut plan = plan(lang);
    plan.items = vec![Item {
        id: "rules".to_owned(),
        title: lang.pick("选举办法", "Election rules").to_owned(),
        kind: ItemKind::OpenVote(OpenVote {
            about,
            how,
            voters: vec!["members".to_owned()],
            attendees: vec!["alternates".to_owned()],
            quorum: Threshold::QUORUM,
            carried: Threshold { of: Base::Present, ..Threshold::MAJORITY },
            question: lang.pick("通过选举办法（草案）", "that the election rules be adopted").to_owned(),
            text: Some("rules.md".to_owned()),
        }),
    }];
    plan
}

impl Sample {
    /// The item of the matter.
    pub fn matter_item() -> ItemId {
        ItemId::from("bridge")
    }

    /// The item of the open vote.
    pub fn open_vote_item() -> ItemId {
        ItemId::from("rules")
    }

    /// A meeting that is open, with its first item called; m9 and a2 are not there.
    pub fn called(plan: Plan) -> Self {
        let mut sample = Self::of(plan);
        let here: Vec<String> = sample.state.plan().people.iter().map(|person| person.id.clone()).collect();
        let absent = ["m9", "a2"];
        let here: Vec<&str> = here.iter().map(String::as_str).filter(|id| !absent.contains(id)).collect();
        sample.sign_in(&here);
        sample.console(Command::OpenMeeting);
        if sample.state.plan().items.iter().any(Item::is_secret) {
            let agree = sample.state.present();
            sample.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
        }
        let item = ItemId::from(sample.state.plan().items[0].id.as_str());
        sample.console(Command::OpenItem { item });
        sample
    }

    /// A person acts.
    pub fn person(&mut self, id: &str, command: Command) {
        self.order(&Actor::Seat(SeatId::from(id)), command);
    }

    /// A member states a view.
    pub fn states(&mut self, id: &str, text: &str) {
        let (item, seat, text) = (Self::matter_item(), SeatId::from(id), text.to_owned());
        self.person(id, Command::GiveStatement { item, seat, text });
    }

    /// A member votes by name, on whatever is on the floor.
    pub fn votes(&mut self, id: &str, choice: NamedChoice) {
        let item = self.state.current_item().unwrap().id.clone();
        self.person(id, Command::VoteByName { item, choice });
    }

    /// The major matter, led to a point.
    pub fn matter(lang: Lang, point: MatterPoint) -> Self {
        Self::called(matter_plan(lang)).until_matter(point)
    }

    /// Leads a matter that is introduced to a point.
    pub fn until_matter(mut self, point: MatterPoint) -> Self {
        use MatterPoint as At;
        let lang = self.state.plan().meeting.language;
        let item = Self::matter_item();
        let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        let steps = [
            At::Asked,
            At::Stating,
            At::HeadAsked,
            At::Heard,
            At::SummedUp,
            At::Voting,
            At::Voted,
            At::HeadsTurn,
            At::AllVoted,
            At::Decided,
            At::Signed,
            At::Declared,
        ];
        for step in steps.into_iter().filter(|step| *step <= point) {
            let item = item.clone();
            match step {
                At::Introducing => {}
                At::Asked => {
                    self.step();
                    self.step();
                }
                At::Stating => {
                    self.states(
                        "m2",
                        &t("方案论证充分，同意提请表决。", "The draft is sound; put it to the vote."),
                    );
                    self.step();
                    let (seat, item) = (SeatId::from("m3"), item.clone());
                    self.console(Command::PassStatement { item, seat });
                    self.step();
                    let said = t("建议先核实造价。", "The cost should be checked first.");
                    let seat = SeatId::from("m4");
                    self.console(Command::GiveStatement { item: Self::matter_item(), seat, text: said });
                    self.step();
                }
                At::HeadAsked => {
                    for id in ["m5", "m6", "m7", "m8"] {
                        self.states(id, &t("同意。", "I agree."));
                        self.step();
                    }
                }
                At::Heard => self.states("m1", &t("意见趋于一致。", "Views agree by and large.")),
                At::SummedUp => {
                    let text = t("造价已核实，提请表决。", "The cost is checked; it is put to the vote.");
                    self.console(Command::SumUp { item, text });
                }
                At::Voting => self.step(),
                At::Voted => {
                    self.votes("m2", NamedChoice::Agree);
                    self.votes("m3", NamedChoice::Disagree);
                    self.console(Command::EnterVote {
                        item,
                        seat: "m4".into(),
                        choice: Some(NamedChoice::Postpone),
                        reason: t("终端故障", "terminal broken"),
                    });
                }
                At::HeadsTurn => {
                    for id in ["m5", "m6", "m7", "m8"] {
                        self.votes(id, NamedChoice::Agree);
                    }
                }
                At::AllVoted => self.votes("m1", NamedChoice::Agree),
                At::Decided => self.step(),
                At::Signed => self.sign_matter(),
                At::Declared => self.step(),
            }
        }
        self
    }

    /// The head signs.
    pub fn sign_matter(&mut self) {
        let item = self.state.current_item().unwrap();
        let (id, record) = (item.id.clone(), self.state.matter_hash(item));
        self.person("m1", Command::SignMatter { item: id, record });
    }
}

#[test]
fn the_matter_reaches_every_point() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::matter(lang, MatterPoint::Declared);
        sample.step();
        assert!(sample.state.ended_at.is_some());
        assert_eq!(next_step(&sample.state), Some(super::Step::Seal));
    }
}
