//! What is read aloud in an exam.

use super::super::exam::{composition, figures, outcome, terms};
use super::{Lang, listed};
use crate::meeting::{ItemId, SeatId, State, seat};
use crate::plan::{Book, DeclareTo, Exam};

/// Where nothing is decided there is no quorum to name.
pub(super) fn open_meeting(lang: Lang, state: &State) -> String {
    let exams = || state.plan().items.iter().filter_map(|item| item.exam());
    let is_candidate =
        |person: &&crate::plan::Person| exams().any(|exam| exam.candidate(&person.id).is_some());
    let candidates: Vec<_> = state.plan().people.iter().filter(is_candidate).collect();
    let here = candidates.iter().filter(|person| state.is_present(&seat(person))).count();
    let all = candidates.len();
    match lang {
        Lang::Zh => format!("应参加考试的考生{all}名，已签到{here}名。请尚未签到的考生签到。现在开始。"),
        Lang::En => format!(
            "{all} {} to sit the exam, {here} signed in. Please sign in if you have not. We begin.",
            if all == 1 { "candidate is" } else { "candidates are" }
        ),
    }
}

pub(super) fn open_item(lang: Lang, title: &str, exam: &Exam) -> String {
    let (terms, composition) = (terms(lang, exam), composition(lang, exam));
    match lang {
        Lang::Zh => format!("现在进行：{title}。{terms}。{composition}。请考生就座。"),
        Lang::En => {
            format!("The next item is: {title}; {terms}. {composition}. Candidates, please take your places.")
        }
    }
}

/// Who is here takes a place first; who is not is named, and it begins without them.
pub(super) fn begin(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, exam)) = state.exam(id) else { return String::new() };
    let names =
        |seats: Vec<SeatId>| listed(lang, seats.iter().map(|seat| state.name(seat).to_owned()).collect());
    let (here, absent) = state.without_place(id);
    let (seated, minutes) = (exam.seated.len(), plan.seconds / 60);
    if !here.is_empty() {
        let here = names(here);
        return match lang {
            Lang::Zh => format!("已有{seated}名考生就座。请{here}就座。"),
            Lang::En => format!("{seated} seated. Please take your places: {here}."),
        };
    }
    let missing = match (lang, absent.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, false) => format!("未到：{}。", names(absent)),
        (Lang::En, false) => format!(" Not here: {}.", names(absent)),
    };
    let book = match (lang, plan.book) {
        (Lang::Zh, Book::Open) => "可以查阅终端上的材料，不得交谈。",
        (Lang::Zh, Book::Closed) => "不得查阅任何材料，不得交谈。",
        (Lang::En, Book::Open) => "You may look into the texts on your terminal, and may not talk.",
        (Lang::En, Book::Closed) => "You may look into nothing, and may not talk.",
    };
    match lang {
        Lang::Zh => format!(
            "已有{seated}名考生就座。{missing}每名考生的试题不同，由终端和主持台共同抽取。{book}\
             考试时间{minutes}分钟，现在开始。"
        ),
        Lang::En => format!(
            "{seated} seated.{missing} Each candidate has other questions, drawn by terminal and console together. \
             {book} You have {minutes} minutes. The exam begins now."
        ),
    }
}

pub(super) fn running(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((_, exam)) = state.exam(id) else { return String::new() };
    let open =
        exam.seated.len() - exam.seated.keys().filter(|seat| exam.handed_in.contains_key(*seat)).count();
    match lang {
        Lang::Zh => format!(
            "考试正在进行，还有{open}名考生没有交卷。答完的考生可以交卷，交卷后请保持安静。时间一到，考试自动结束。"
        ),
        Lang::En => format!(
            "The exam is on; {open} {} not handed in yet. Hand in when you have finished, and please stay quiet. \
             When the time is up the exam ends by itself.",
            if open == 1 { "candidate has" } else { "candidates have" }
        ),
    }
}

pub(super) fn marking(lang: Lang) -> String {
    lang.pick(
        "考试结束，请停止答题。题库和答卷现在公开并当场阅卷，请稍候。",
        "The exam is over; please stop. Bank and papers are opened and marked on the spot; one moment please.",
    )
    .to_owned()
}

/// By name, or in figures, as the plan says.
pub(super) fn declare(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, exam)) = state.exam(id) else { return String::new() };
    let total = figures(lang, plan.candidates.len(), exam.figures.unwrap_or_default());
    let begin = lang.pick("现在宣布考试成绩：", "The results of the exam are: ");
    if plan.declare == DeclareTo::Alone {
        let end =
            lang.pick("。各人成绩见本人终端。", ". Each candidate finds the own result on the own terminal.");
        return format!("{begin}{total}{end}");
    }
    let each: Vec<String> =
        plan.candidates
            .iter()
            .filter_map(|candidate| {
                let seat = candidate.person.as_str().into();
                let result = state.exam_result(id, &seat)?;
                let (name, marks) = (state.name(&seat), result.marked.marks.total);
                let outcome = outcome(lang, result.outcome);
                Some(lang.pick(
                    format!("{name}，{marks}分，{outcome}"),
                    format!("{name}, {marks} marks, {outcome}"),
                ))
            })
            .collect();
    let each = each.join(lang.pick("；", "; "));
    lang.pick(format!("{begin}{each}。合计：{total}。"), format!("{begin}{each}. In all: {total}."))
}
