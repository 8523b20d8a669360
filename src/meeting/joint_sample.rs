//! A joint meeting for tests: six departments, four officials, and the steps that bring it to any point.

use super::sample::{Sample, plan};
use super::{Actor, Command, ItemId, OfficialId, SeatId, Stance};
use crate::plan::{Considered, Department, Item, ItemKind, JointMeeting, Plan};
use crate::rules::Threshold;
use crate::words::Lang;

/// Where a joint meeting can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JointPoint {
    /// Open; the item is to come.
    ToCome,
    /// Nobody has said anything.
    Called,
    /// Several opinions are there, one changed, one entered at the console.
    Speaking,
    /// The first official is closed.
    FirstClosed,
    /// All are closed.
    AllClosed,
    Declared,
}

const ZH_DEPARTMENTS: [(&str, &str); 6] = [
    ("区纪委监委", "纪委"),
    ("区委组织部", "组织部"),
    ("区审计局", "审计局"),
    ("区卫生健康委", "卫健委"),
    ("区信访局", "信访局"),
    ("区委政法委", "政法委"),
];
const EN_DEPARTMENTS: [(&str, &str); 6] = [
    ("Discipline Commission", "Discip."),
    ("Organisation Department", "Organis."),
    ("Audit Office", "Audit"),
    ("Health Commission", "Health"),
    ("Petitions Office", "Petit."),
    ("Political and Legal Affairs", "Legal"),
];

fn departments(lang: Lang) -> Vec<Department> {
    // m3 speaks for the first one too; nobody of the fifth is here.
    let seats: [&[&str]; 6] = [&["m2", "m3"], &["m4"], &["m5"], &["m6"], &["m9"], &["a1"]];
    let names = lang.pick(ZH_DEPARTMENTS, EN_DEPARTMENTS);
    (1..)
        .zip(names.iter().zip(seats))
        .map(|(number, ((name, short), seats))| Department {
            id: format!("d{number}"),
            name: (*name).to_owned(),
            short: (*short).to_owned(),
            seats: seats.iter().map(|seat| (*seat).to_owned()).collect(),
        })
        .collect()
}

/// The sample's plan with a joint meeting in place of its nomination: `d1` to `d6`, `o1` to `o4`; m2 is related to `o2`,
/// and m6 is `o4`.
pub fn joint_plan(lang: Lang) -> Plan {
    let mut plan = plan(lang);
    let lines = plan.items.first().map_or(Vec::new(), |item| item.lines().to_vec());
    let official = |(number, line): (usize, &crate::plan::Nominee)| Considered {
        id: format!("o{number}"),
        name: line.name.clone(),
        post: line.post.clone(),
        unit: lang.pick("某区", "the district").to_owned(),
        about: lang.pick("拟提任前联审", "before appointment").to_owned(),
        person: (number == 4).then(|| "m6".to_owned()),
        relatives: if number == 2 { vec!["m2".to_owned()] } else { Vec::new() },
    };
    plan.items = vec![Item {
        id: "joint".to_owned(),
        title: lang.pick("干部监督联席会议", "Joint meeting on officials").to_owned(),
        kind: ItemKind::JointMeeting(JointMeeting {
            quorum: Threshold::QUORUM,
            attendees: vec!["alternates".to_owned()],
            check_days: 15,
            departments: departments(lang),
            officials: (1..).zip(lines.iter().skip(1).take(4)).map(official).collect(),
        }),
    }];
    plan
}

/// A seat of the sample.
pub fn seat_of(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

impl Sample {
    /// The joint meeting's item.
    pub fn joint_item() -> ItemId {
        ItemId::from("joint")
    }

    /// A joint meeting after its first line.
    pub fn joint(lang: Lang) -> Self {
        Self::of(joint_plan(lang))
    }

    /// Somebody gives an opinion.
    pub fn gives(&mut self, seat: &str, official: &str, stance: Stance) {
        let (item, official) = (Self::joint_item(), OfficialId::from(official));
        self.order(&seat_of(seat), Command::GiveStance { item, official, stance });
    }

    /// Leads the meeting to a point. Everybody is present but m9 and a2.
    pub fn until_joint(mut self, point: JointPoint) -> Self {
        use JointPoint as At;
        let (item, lang) = (Self::joint_item(), self.state.plan().meeting.language);
        let steps = [At::ToCome, At::Called, At::Speaking, At::FirstClosed, At::AllClosed, At::Declared];
        for step in steps.into_iter().filter(|step| *step <= point) {
            let item = item.clone();
            match step {
                At::ToCome => {
                    let here = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "a1"];
                    self.sign_in(&here);
                    self.console(Command::OpenMeeting);
                }
                At::Called => self.console(Command::OpenItem { item }),
                At::Speaking => self.speaking(lang),
                At::FirstClosed => self.console(Command::CloseOpinions { item, official: "o1".into() }),
                At::AllClosed => self.console(Command::CloseAllOpinions { item }),
                At::Declared => self.console(Command::Declare { item }),
            }
        }
        self
    }

    fn speaking(&mut self, lang: Lang) {
        let text = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        let object = |reason: String| Stance::Objection { reason };
        let check = |what: String| Stance::NeedsChecking { what };
        for seat in ["m2", "m4", "m5", "m6", "a1"] {
            self.gives(seat, "o1", Stance::NoObjection);
        }
        self.gives("m3", "o2", check(text("群众来信反映的问题正在核实", "A letter is being verified")));
        self.gives("m4", "o2", Stance::NoObjection);
        self.gives("m5", "o2", object(text("离任审计尚未完成", "The audit at departure is not finished")));
        self.gives("m2", "o3", object(text("材料不全", "The file is not complete")));
        self.gives("m2", "o3", Stance::NoObjection);
        self.console(Command::EnterStance {
            item: Self::joint_item(),
            official: "o3".into(),
            department: "d6".into(),
            stance: check(text("任职地有未结的纠纷", "A dispute at the place of office is open")),
        });
    }
}
