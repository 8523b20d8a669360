//! A joint meeting as every screen speaks of it: what a department says, what the opinions on an official come to.

use super::{Lang, who};
use crate::meeting::{Conclusion, Given, Stance, Stances, State};

texts! {
    /// Words of a joint meeting.
    pub enum Joint {
        Matrix: "各部门意见", "Opinions of the departments";
        Official: "联审对象", "Official";
        State: "进度", "State";
        None: "未提", "silent";
        ClosedAt: "意见已截止", "closed";
        YouSpeakFor: "代表部门：", "You speak for: ";
        SpeaksForNone: "您不代表部门，只能查看", "You speak for no department, and look on";
        AboutYourself: "涉及本人或亲属，请本部门其他同志提意见", "It is about you or a relative: somebody else of your department speaks";
        AtConsole: "主持台代录", "entered at the console";
        Before: "此前：", "before: ";
        About: "事由", "About";
        WriteObjection: "写异议的理由", "Write why you object";
        WriteCheck: "写需要核查什么", "Write what needs checking";
        Given: "意见已记入，截止之前可以改", "The opinion is in the record; it can be changed until it is closed";
        AllClosed: "全部截止，等待宣布", "All are closed; to be declared";
        AskDepartment: "代录哪个部门的意见（其终端不能用）", "Enter for which department (its terminal does not work)";
        DepartmentsDue: "应到部门", "departments due";
        DepartmentsHere: "到会部门", "departments here";
        Absent: "无人到会", "nobody here";
        CloseChosen: "截止所选同志", "close the chosen one";
        PleaseGive: "请各部门在终端上提出意见", "Departments, please give your opinion";
    }
}

/// What a department says, in a word.
pub const fn stance(lang: Lang, stance: &Stance) -> &'static str {
    let (zh, en) = match stance {
        Stance::NoObjection => ("无异议", "no objection"),
        Stance::Objection { .. } => ("有异议", "objection"),
        Stance::NeedsChecking { .. } => ("需核查", "needs checking"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The same in at most eight cells, for a column.
pub const fn stance_short(lang: Lang, stance: &Stance) -> &'static str {
    let (zh, en) = match stance {
        Stance::NoObjection => ("无异议", "no obj."),
        Stance::Objection { .. } => ("有异议", "OBJECTS"),
        Stance::NeedsChecking { .. } => ("需核查", "CHECK"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The words of a stance; none of one without.
pub fn reason(stance: &Stance) -> Option<&str> {
    match stance {
        Stance::NoObjection => None,
        Stance::Objection { reason } => Some(reason),
        Stance::NeedsChecking { what } => Some(what),
    }
}

/// What the opinions on an official come to, in a word.
pub const fn conclusion(lang: Lang, conclusion: Conclusion) -> &'static str {
    let (zh, en) = match conclusion {
        Conclusion::Clear => ("均无异议", "clear"),
        Conclusion::ToCheck => ("待核查", "to check"),
        Conclusion::Objected => ("有异议", "objected"),
        Conclusion::Incomplete => ("意见不全", "incomplete"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// How the departments stand, in figures.
pub fn stances(lang: Lang, stances: Stances) -> String {
    let Stances { no_objection, objection, checking, silent } = stances;
    match lang {
        Lang::Zh => format!("无异议 {no_objection}  有异议 {objection}  需核查 {checking}  未提 {silent}"),
        Lang::En => {
            format!(
                "no objection {no_objection}  objection {objection}  checking {checking}  silent {silent}"
            )
        }
    }
}

/// So many departments.
pub fn departments(lang: Lang, many: usize) -> String {
    match (lang, many) {
        (Lang::Zh, _) => format!("提出意见的部门 {many} 个"),
        (Lang::En, 1) => "1 department".to_owned(),
        (Lang::En, _) => format!("{many} departments"),
    }
}

/// So many officials.
pub fn officials(lang: Lang, many: usize) -> String {
    match (lang, many) {
        (Lang::Zh, _) => format!("联审对象 {many} 名"),
        (Lang::En, 1) => "1 official".to_owned(),
        (Lang::En, _) => format!("{many} officials"),
    }
}

/// How many officials are closed.
pub fn closed_of(lang: Lang, closed: u32, of: usize) -> String {
    match lang {
        Lang::Zh => format!("已截止 {closed}/{of}"),
        Lang::En => format!("closed {closed}/{of}"),
    }
}

/// Which of the departments a page shows.
pub fn columns(lang: Lang, from: usize, to: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("部门 {from} 至 {to}，共 {of} 个"),
        Lang::En => format!("departments {from} to {to} of {of}"),
    }
}

/// Who gave an opinion.
pub fn given_by(lang: Lang, state: &State, given: &Given) -> String {
    given
        .by
        .as_ref()
        .map_or_else(|| Joint::AtConsole.text(lang).to_owned(), |seat| who::spoken(state.name(seat)))
}

/// Closing an official, before the second key: who has given no opinion.
pub fn close_warning(lang: Lang, name: &str, silent: &[String]) -> String {
    let silent = who::names_up_to(lang, silent, 12);
    match (lang, silent.is_empty()) {
        (Lang::Zh, true) => format!("各部门对{name}均已提出意见。"),
        (Lang::Zh, false) => format!("对{name}没有提出意见的部门：{silent}。截止之后按“未提”记录。"),
        (Lang::En, true) => format!("Every department has given its opinion on {name}."),
        (Lang::En, false) => {
            format!("No opinion on {name} from {silent}; once closed it stands in the record as none.")
        }
    }
}

/// Closing all that are open, before the second key.
pub fn close_all_warning(lang: Lang, officials: usize, incomplete: usize) -> String {
    match (lang, incomplete) {
        (Lang::Zh, 0) => format!("截止其余{officials}名，意见均已提齐。"),
        (Lang::Zh, _) => format!("截止其余{officials}名，其中{incomplete}名的意见没有提齐，按“未提”记录。"),
        (Lang::En, 0) => format!("{officials} are closed at once; every department has given its opinion."),
        (Lang::En, _) => format!(
            "{officials} are closed at once; on {incomplete} of them an opinion is missing and stands in the record as none."
        ),
    }
}

/// What closing means.
pub const fn closing(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "截止之后，意见不能再改。",
        Lang::En => "Once closed, no opinion can be changed.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harmless::width;

    #[test]
    fn what_stands_in_a_column_fits_it() {
        let all = [
            Stance::NoObjection,
            Stance::Objection { reason: String::new() },
            Stance::NeedsChecking { what: String::new() },
        ];
        for lang in [Lang::Zh, Lang::En] {
            for one in &all {
                assert!(width(stance_short(lang, one)) <= 8);
            }
            for one in [Conclusion::Clear, Conclusion::ToCheck, Conclusion::Objected, Conclusion::Incomplete]
            {
                assert!(width(conclusion(lang, one)) <= 10);
            }
        }
    }
}
