//! What is said in a joint meeting: the item, each official with what the departments have said, the summary.

use super::{listed, spaced};
use crate::meeting::{Conclusion, Consideration, ItemId, OfficialId, Stance, State};
use crate::plan::{Considered, Department, JointMeeting};
use crate::words::{Lang, who};

pub(super) fn open_item(lang: Lang, title: &str, plan: &JointMeeting) -> String {
    let (departments, officials) = (plan.departments.len(), plan.officials.len());
    match lang {
        Lang::Zh => format!(
            "现在进行：{title}。由{departments}个部门对{officials}名同志逐一提出意见：无异议、有异议并说明理由，或者需要核查。意见署部门名称，记入会议记录。"
        ),
        Lang::En => format!(
            "The next item is: {title}. {departments} departments give their opinion on {}: no objection, an objection with the reason, or what needs checking first. Opinions are by name and go into the record.",
            if officials == 1 { "1 official".to_owned() } else { format!("{officials} officials") }
        ),
    }
}

/// The official whose opinions are closed next.
pub(super) fn close(lang: Lang, state: &State, item: &ItemId, id: &OfficialId) -> String {
    let Some((plan, official, one)) = known(state, item, id) else { return String::new() };
    let place = plan.officials.iter().position(|other| other.id == official.id).map_or(0, |place| place + 1);
    let (of, name) = (plan.officials.len(), who::spoken(&official.name));
    let about = match (lang, official.about.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, false) => format!("事由：{}。", official.about.trim_end_matches('。')),
        (Lang::En, false) => format!(" About: {}.", official.about.trim_end_matches('.')),
    };
    let said = opinions(lang, plan, one);
    match lang {
        Lang::Zh => {
            format!("第{place}名（共{of}名）：{name}，{}{}。{about}{said}", official.unit, official.post)
        }
        Lang::En => {
            format!("Number {place} of {of}: {name}, {}, {}.{about} {said}", official.post, official.unit)
        }
    }
}

/// What was said so far, and whose opinion is awaited.
fn opinions(lang: Lang, plan: &JointMeeting, one: &Consideration) -> String {
    let silent = silent(plan, one);
    if silent.len() == plan.departments.len() {
        return lang
            .pick(
                "请各部门在本席终端上提出意见。",
                "Departments, please give your opinion on your terminals.",
            )
            .to_owned();
    }
    let said = by_stance(lang, plan, one);
    match (lang, silent.is_empty()) {
        (Lang::Zh, true) => format!("各部门均已提出意见：{said}。现在截止。"),
        (Lang::Zh, false) => format!("{said}。请{}提出意见。", listed(lang, silent)),
        (Lang::En, true) => format!("Every department has given its opinion: {said}. It is now closed."),
        (Lang::En, false) => format!("{said}. {}, please give your opinion.", listed(lang, silent)),
    }
}

/// The departments without an opinion.
fn silent(plan: &JointMeeting, one: &Consideration) -> Vec<String> {
    let without = plan.departments.iter().filter(|department| one.stands(&department.id).is_none());
    without.map(|department| department.name.clone()).collect()
}

/// How many have nothing against; who objects or checks, by name.
fn by_stance(lang: Lang, plan: &JointMeeting, one: &Consideration) -> String {
    let of = |wanted: fn(&Stance) -> bool| -> Vec<String> {
        let stands =
            |department: &&Department| one.stands(&department.id).is_some_and(|given| wanted(&given.stance));
        plan.departments.iter().filter(stands).map(|department| department.name.clone()).collect()
    };
    let clear = of(|stance| matches!(stance, Stance::NoObjection));
    let objects = of(|stance| matches!(stance, Stance::Objection { .. }));
    let checks = of(|stance| matches!(stance, Stance::NeedsChecking { .. }));
    let mut said = Vec::new();
    let count = clear.len();
    if count > 0 {
        said.push(match lang {
            Lang::Zh => format!("{count}个部门无异议"),
            Lang::En if count == 1 => "1 department has no objection".to_owned(),
            Lang::En => format!("{count} departments have no objection"),
        });
    }
    if !objects.is_empty() {
        let one = objects.len() == 1;
        let names = listed(lang, objects);
        said.push(match lang {
            Lang::Zh => format!("{names}有异议"),
            Lang::En => format!("{names} {}", if one { "objects" } else { "object" }),
        });
    }
    if !checks.is_empty() {
        let one = checks.len() == 1;
        let names = listed(lang, checks);
        said.push(match lang {
            Lang::Zh => format!("{names}需要核查"),
            Lang::En => format!("{names} {} something to check", if one { "has" } else { "have" }),
        });
    }
    said.join(lang.pick("，", "; "))
}

/// The summary: how many are clear, and everybody else by name.
pub(super) fn declare(lang: Lang, state: &State, id: &ItemId) -> String {
    let planned = state.item(id).and_then(|item| item.joint());
    let joint = state.item_state(id).and_then(|item| item.joint());
    let Some((plan, joint)) = planned.zip(joint) else { return String::new() };
    let of = |wanted: Conclusion| -> Vec<&Considered> {
        let comes_to = |official: &&Considered| {
            joint.of(&official.id).is_some_and(|one| one.stances(plan).conclusion() == wanted)
        };
        plan.officials.iter().filter(comes_to).collect()
    };
    let clear = of(Conclusion::Clear).len();
    let officials = plan.officials.len();
    let mut said = match lang {
        Lang::Zh => format!("现在宣布联审情况：共{officials}名，各部门均无异议的{clear}名。"),
        Lang::En => format!("The summary: of {officials}, every department has no objection to {clear}."),
    };
    for wanted in [Conclusion::Objected, Conclusion::ToCheck, Conclusion::Incomplete] {
        for official in of(wanted) {
            let Some(one) = joint.of(&official.id) else { continue };
            let name = who::spoken(&official.name);
            let mut what = by_stance(lang, plan, one);
            let silent = silent(plan, one);
            if !silent.is_empty() {
                let silent = listed(lang, silent);
                let silent = match lang {
                    Lang::Zh => format!("{silent}未提意见"),
                    Lang::En => format!("no opinion from {silent}"),
                };
                what = if what.is_empty() { silent } else { what + lang.pick("，", "; ") + &silent };
            }
            said += &match lang {
                Lang::Zh => format!("{name}：{what}。"),
                Lang::En => spaced(&format!("{name}: {what}.")),
            };
        }
    }
    let checks: u32 =
        plan.officials.iter().filter_map(|one| joint.of(&one.id)).map(|one| one.stances(plan).checking).sum();
    if checks > 0 {
        let days = plan.check_days;
        said += &match lang {
            Lang::Zh => format!("需核查的{checks}件，由提出部门负责，{days}个工作日内报结果。"),
            Lang::En => format!(
                " {} to be checked by whoever named it, and reported within {days} working days.",
                if checks == 1 { "1 matter is".to_owned() } else { format!("{checks} matters are") }
            ),
        };
    }
    said
}

fn known<'a>(
    state: &'a State,
    item: &ItemId,
    id: &OfficialId,
) -> Option<(&'a JointMeeting, &'a Considered, &'a Consideration)> {
    let plan = state.item(item)?.joint()?;
    let one = state.item_state(item)?.joint()?.officials.get(id)?;
    Some((plan, plan.official(id.as_str())?, one))
}
