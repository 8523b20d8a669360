//! A deliberation during the term for tests: nine members, the appointee among them, and a proposing body that answers
//! from a seat of its own.

use super::joint_sample::seat_of;
use super::sample::{Sample, plan};
use super::{Command, ItemId, Judged, QuestionId};
use crate::plan::{Deliberation, Item, ItemKind, Nomination, Plan, Proposing};
use crate::rules::Threshold;
use crate::words::Lang;

/// Where a deliberation can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermPoint {
    /// The scrutineers are approved; the item is to come.
    ToCome,
    /// The proposing body reports.
    Reporting,
    /// The appointee has left.
    Recusing,
    /// Nobody has said anything.
    Deliberating,
    /// Statements and questions are there, one of them replied to, none judged.
    Asking,
    /// All were judged, and answered clearly.
    Judged,
    /// The deliberation is over.
    Deliberated,
}

/// The sample's plan with a deliberation in place of its nomination: m7 is the appointee, m8 a relative, a1 answers for
/// the proposing body.
pub fn term_plan(lang: Lang) -> Plan {
    let mut plan = plan(lang);
    let mut line = plan.items.first().and_then(|item| item.lines().first()).cloned().unwrap();
    let appointee = plan.person("m7").unwrap();
    line.id = "l1".to_owned();
    line.name = appointee.name.clone();
    line.post = lang.pick("区财政局局长", "Head of the Finance Office").to_owned();
    line.person = Some("m7".to_owned());
    line.relatives = vec!["m8".to_owned()];
    plan.items = vec![Item {
        id: "term".to_owned(),
        title: lang.pick("任中审议", "Deliberation during the term").to_owned(),
        kind: ItemKind::Deliberation(Deliberation {
            paper: Nomination {
                voters: vec!["members".to_owned()],
                attendees: vec!["alternates".to_owned()],
                quorum: Threshold::QUORUM,
                carried: Threshold::MAJORITY,
                lines: vec![line],
            },
            proposing: Proposing {
                name: lang.pick("区委组织部", "Organisation Department").to_owned(),
                seats: vec!["a1".to_owned()],
            },
        }),
    }];
    plan
}

impl Sample {
    /// The deliberation's item.
    pub fn term_item() -> ItemId {
        ItemId::from("term")
    }

    /// A deliberation after its first line.
    pub fn term(lang: Lang) -> Self {
        Self::of(term_plan(lang))
    }

    /// Leads the meeting to a point. Everybody is present but m9 and a2.
    pub fn until_term(mut self, point: TermPoint) -> Self {
        use TermPoint as At;
        let (item, lang) = (Self::term_item(), self.state.plan().meeting.language);
        let steps = [
            At::ToCome,
            At::Reporting,
            At::Recusing,
            At::Deliberating,
            At::Asking,
            At::Judged,
            At::Deliberated,
        ];
        for step in steps.into_iter().filter(|step| *step <= point) {
            let item = item.clone();
            match step {
                At::ToCome => {
                    self.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "a1"]);
                    self.console(Command::OpenMeeting);
                    let agree = self.state.present();
                    self.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
                }
                At::Reporting => {
                    self.console(Command::OpenItem { item: item.clone() });
                    self.console(Command::Introduce { item, line: "l1".into() });
                }
                At::Recusing => self.console(Command::BeginRecusal { item }),
                At::Deliberating => self.console(Command::BeginDeliberation { item }),
                At::Asking => self.asking(lang),
                At::Judged => {
                    for question in [1, 2].map(QuestionId) {
                        let judged = Judged::Clearly;
                        self.console(Command::JudgeReply { item: item.clone(), question, judged });
                    }
                }
                At::Deliberated => self.console(Command::EndDeliberation { item }),
            }
        }
        self
    }

    fn asking(&mut self, lang: Lang) {
        let item = Self::term_item();
        let text = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        let said = text("任期内工作扎实，建议通过。", "The term was solid; I am for it.");
        self.order(&seat_of("m2"), Command::SayInside { item: item.clone(), text: said });
        let said = text("还有一些意见要核对。", "Some points have to be checked.");
        self.order(
            &seat_of("m4"),
            Command::TakeDownSaid { item: item.clone(), seat: "m3".into(), text: said },
        );
        let asked = text("去年的专项资金是否审计过？", "Was last year's fund audited?");
        self.order(&seat_of("m5"), Command::PutQuestion { item: item.clone(), text: asked });
        let asked = text("信访反映的问题查清了吗？", "Has the petition been cleared up?");
        let asker = "m6".into();
        self.order(&seat_of("m4"), Command::TakeDownQuestion { item: item.clone(), asker, text: asked });
        let reply = text("已经审计，没有发现问题。", "It was audited, and nothing was found.");
        self.order(
            &seat_of("a1"),
            Command::Reply { item: item.clone(), question: QuestionId(1), text: reply },
        );
        let reply = text("正在核实。", "It is being looked into.");
        self.order(&seat_of("m4"), Command::Reply { item, question: QuestionId(2), text: reply });
    }
}
