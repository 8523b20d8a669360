//! The plan of the sample review, and the questions of its people.

use crate::meeting::sample::{Sample, plan};
use crate::plan::{
    Dimension, Group, Item, ItemKind, Official, OfficialOrder, Person, Plan, Review, Standing,
};
use crate::rules::{Band, Bound, Combine, Judgement, ScaleWord, Threshold, VerdictRule};
use crate::words::Lang;

const ZH_OFFICIALS: [(&str, &str, &str); 6] = [
    ("王建军", "局长", "住房和城乡建设局"),
    ("李 红", "局长", "教育局"),
    ("赵 刚", "党委书记", "河口镇"),
    ("孙 丽", "主任", "东关街道办事处"),
    ("阿不都热合曼·吐尔逊", "局长", "民族宗教事务局"),
    ("马 骏", "局长", "交通运输局"),
];
const EN_OFFICIALS: [(&str, &str, &str); 6] = [
    ("Wang Jianjun", "Director", "Housing and Construction"),
    ("Li Hong", "Director", "Education"),
    ("Zhao Gang", "Secretary", "Hekou Town"),
    ("Sun Li", "Head", "Dongguan Subdistrict"),
    ("Abdurahman Tursun", "Director", "Ethnic and Religious Affairs"),
    ("Ma Jun", "Director", "Transport"),
];
const ZH_INVITED: [&str; 6] = ["何 平", "吴 敏", "郑 凯", "冯 岚", "蒋 毅", "沈 云"];
const EN_INVITED: [&str; 6] = ["He Ping", "Wu Min", "Zheng Kai", "Feng Lan", "Jiang Yi", "Shen Yun"];

/// The questions of the sample, in the order they come.
pub fn questions(lang: Lang) -> [&'static str; 7] {
    lang.pick(
        [
            "去年教师招聘的面试考官是怎样确定的？有没有回避？",
            "校服采购三年没有重新招标，原因是什么？",
            "去年保障房项目中有两笔支出没有经过集体研究，请说明当时的决策过程和后来的整改情况。",
            "关于招标代理机构的选择，有没有人打招呼？",
            "家属从业情况是否报告？",
            "整改后由谁核查？",
            "招标代理机构是谁定的？",
        ],
        [
            "How were the interviewers for last year's teachers chosen, and did anyone have to stand aside?",
            "Why has the purchase of school uniforms not been tendered again for three years?",
            "Two expenses of last year's housing project were not discussed by the leading group: how were they decided, and what was put right since?",
            "Did anyone ask for a particular tender agency?",
            "Was the employment of family members reported?",
            "Who checks after it was put right?",
            "Who chose the tender agency?",
        ],
    )
}

/// The sample's people, and: invited reviewers `i1` to `i6`, and the official `o2` with a seat of the group `heads`.
pub fn review_plan(lang: Lang) -> Plan {
    let mut plan = plan(lang);
    let group = |id: &str, name: &str| Group {
        id: id.to_owned(),
        name: name.to_owned(),
        standing: Standing::Attendee,
    };
    plan.groups.push(group("invited", lang.pick("特邀评议人", "Invited reviewers")));
    plan.groups.push(group("heads", lang.pick("述职人", "Reporting officials")));
    let officials = lang.pick(ZH_OFFICIALS, EN_OFFICIALS);
    let person = |id: String, name: &str, group: &str, unit: &str| Person {
        id,
        name: name.to_owned(),
        group: group.to_owned(),
        unit: unit.to_owned(),
        duties: Vec::new(),
        leave: false,
    };
    for (place, name) in lang.pick(ZH_INVITED, EN_INVITED).iter().enumerate() {
        let unit = if place < 3 {
            lang.pick("人大代表", "People's Congress")
        } else {
            lang.pick("政协委员", "CPPCC")
        };
        plan.people.push(person(format!("i{}", place + 1), name, "invited", unit));
    }
    let (name, _, unit) = officials[1];
    plan.people.push(person("o2".to_owned(), name, "heads", unit));
    plan.meeting.title =
        lang.pick("某区纪委六届五次全会", "Fifth Plenary of the Discipline Commission").to_owned();
    plan.items = vec![Item {
        id: Sample::review_item().to_string(),
        title: lang.pick("述廉述效", "Reports on integrity and performance").to_owned(),
        kind: ItemKind::Review(review(lang)),
    }];
    plan
}

fn review(lang: Lang) -> Review {
    let word = |zh: &str, en: &str, satisfied, weight| ScaleWord {
        word: lang.pick(zh, en).to_owned(),
        satisfied,
        weight,
    };
    let band = |from: &str, (zh, en): (&str, &str), consequence: (&str, &str), reply_days| Band {
        from: from.parse().unwrap(),
        verdict: Judgement {
            name: lang.pick(zh, en).to_owned(),
            consequence: lang.pick(consequence.0, consequence.1).to_owned(),
            reply_days,
        },
    };
    let dimension =
        |id: &str, zh: &str, en: &str| Dimension { id: id.to_owned(), name: lang.pick(zh, en).to_owned() };
    let official = |(place, (name, post, unit)): (usize, &(&str, &str, &str))| {
        let id = format!("o{}", place + 1);
        Official {
            name: (*name).to_owned(),
            post: (*post).to_owned(),
            unit: (*unit).to_owned(),
            person: (place == 1).then(|| "o2".to_owned()),
            relatives: match place {
                1 => vec!["m8".to_owned()],
                2 => vec!["i1".to_owned(), "i2".to_owned()],
                _ => Vec::new(),
            },
            report: format!("{id}/report.md"),
            findings: format!("{id}/findings.md"),
            findings_by: if place == 5 { String::new() } else { "m2".to_owned() },
            id,
        }
    };
    Review {
        reviewers: vec!["members".to_owned(), "invited".to_owned()],
        apart: true,
        combine: Combine::Sum,
        weights: vec![1, 1],
        attendees: vec!["alternates".to_owned(), "heads".to_owned()],
        quorum: Threshold { bound: Bound::AtLeast, ..Threshold::QUORUM },
        order: OfficialOrder::Lot,
        report_seconds: 480,
        answer_seconds: 180,
        warning_seconds: 60,
        questions_max: 20,
        opinions_max: 20,
        slips_max: 3,
        scale: vec![
            word("好", "good", true, 100),
            word("较好", "fairly good", true, 85),
            word("一般", "fair", false, 65),
            word("差", "poor", false, 40),
        ],
        dimensions: vec![
            dimension("integrity", "廉洁从政", "Integrity"),
            dimension("duty", "履职尽责", "Duty"),
            dimension("style", "工作作风", "Conduct"),
        ],
        verdict: VerdictRule::Score {
            bands: vec![
                band("0/1", ("差", "poor"), ("建议调整职务", "a proposal of adjustment"), Some(15)),
                band(
                    "70/1",
                    ("一般", "fair"),
                    (
                        "诫勉谈话，15个工作日内书面答复",
                        "an admonishment talk; written reply in 15 working days",
                    ),
                    Some(15),
                ),
                band("80/1", ("较好", "fairly good"), ("约谈提醒", "an interview"), None),
                band("90/1", ("好", "good"), ("", ""), None),
            ],
        },
        ranking: true,
        officials: lang.pick(ZH_OFFICIALS, EN_OFFICIALS).iter().enumerate().map(official).collect(),
    }
}
