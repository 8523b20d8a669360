//! A meeting that is adjourned to another day and goes on there: what the screens, the presiding officer and the minutes
//! say of it.

use jiff::civil::DateTime;

use super::{Lang, common};
use crate::meeting::{HalfDone, RoomTime, SeatId, Sitting, State};

texts! {
    /// Fixed texts of a meeting of several sittings.
    pub enum Sittings {
        Recess: "休会，改日继续", "Adjourned to another day";
        Left: "尚未进行完的议程", "Still to be dealt with";
        GoesOn: "进行到一半，继续时从此处接着进行", "begun; it goes on where it stood";
        NothingLeft: "各项议程已经进行完毕", "All items are done";
        SignInLater: "继续开会时，由主持人宣布开始签到，届时请在自己的终端按 Enter 重新签到。",
            "When the meeting goes on, the presiding officer calls everybody to sign in: press Enter on your terminal then.";
        MayBeOff: "休会期间终端可以关机：再次启动后会自动找回本次会议，不需要新的席位码。",
            "Until then this terminal may be turned off: started again, it finds the meeting by itself, without a new code.";
        ConsoleMayQuit: "休会期间可以退出并关机（按 Q）；继续时用同一条命令打开同一个会议文件夹。",
            "You may quit and turn this machine off until then (Q); the same command on the same folder goes on.";
        NotYet: "还没有到宣布的时间。", "It is earlier than was announced.";
        ToAnotherDay: "改日继续", "go on another day";
        ToEnd: "就此结束", "end it here";
        AskUntil: "休会，改日继续", "Adjourn to another day";
        Until: "何时继续", "Goes on";
        Reason: "原因", "Why";
        UntilForm: "年-月-日 时:分，例如 2026-12-01 09:00", "as in 2026-12-01 09:00";
        NoTime: "没有这样的日期和时间", "that is no date and time";
        NotOpened: "没有开成", "not opened";
    }
}

/// A date and a time, as they are written.
pub fn written(lang: Lang, at: DateTime) -> String {
    let day = common::date(lang, at.date());
    let time = at.strftime("%H:%M");
    lang.pick(format!("{day} {time}"), format!("{day}, {time}"))
}

/// A date and a time, as they are read aloud.
fn spoken(lang: Lang, at: DateTime) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    match lang {
        Lang::Zh => {
            let (part, hour) = match hour {
                0..=5 => ("凌晨", hour),
                6..=11 => ("上午", hour),
                12 => ("中午", hour),
                13..=17 => ("下午", hour - 12),
                _ => ("晚上", hour - 12),
            };
            let minute = if minute == 0 { String::new() } else { format!("{minute}分") };
            format!("{}月{}日{part}{hour}时{minute}", at.month(), at.day())
        }
        Lang::En => format!("{} at {hour}:{minute:02}", at.strftime("%-d %B")),
    }
}

/// The day of the sitting for which people sign in: that of the plan, or when the meeting was to go on.
pub fn day(lang: Lang, state: &State) -> String {
    match state.sittings.last() {
        None => common::date(lang, state.plan().meeting.date),
        Some(last) => written(lang, last.until.at),
    }
}

/// When it goes on, on one line.
pub fn until(lang: Lang, until: RoomTime) -> String {
    let at = written(lang, until.at);
    lang.pick(format!("定于{at} 继续开会"), format!("The meeting continues on {at}"))
}

/// What the presiding officer reads aloud when the meeting is adjourned.
pub fn adjourn(lang: Lang, sitting: &Sitting) -> String {
    let at = spoken(lang, sitting.until.at);
    match lang {
        Lang::Zh => format!("今天的会议到此休会，定于{at}继续开会。届时请按时到会，重新签到。"),
        Lang::En => {
            format!("We adjourn here and continue on {at}. Please come in time, and sign in again.")
        }
    }
}

/// What is confirmed before a meeting is adjourned to another day.
pub fn warning(lang: Lang, at: DateTime) -> String {
    let at = written(lang, at);
    match lang {
        Lang::Zh => format!("现在休会，定于{at} 继续。所有人随即签退，继续时重新签到、重新核定法定人数。"),
        Lang::En => format!(
            "Adjourn now, until {at}. Everybody is signed out, and signs in again then; the quorum is tested anew."
        ),
    }
}

/// The quorum was reached again at a later sitting, for the minutes.
pub fn continued(lang: Lang, due: u32, present: u32) -> String {
    match lang {
        Lang::Zh => format!("应到{due}名，实到{present}名，达到法定人数，继续开会。"),
        Lang::En => format!(
            "{present} of {due} members being present, the quorum was reached and the meeting went on."
        ),
    }
}

/// The adjournment, for the minutes.
pub fn adjourned(lang: Lang, until: RoomTime, reason: &str) -> String {
    let at = written(lang, until.at);
    match lang {
        Lang::Zh => format!("休会，定于{at} 继续开会：{reason}"),
        Lang::En => format!("The meeting was adjourned until {at}: {reason}"),
    }
}

/// Papers of officials still to come were void with the adjournment, for the minutes.
pub fn waiting_papers(lang: Lang, officials: &str) -> String {
    match lang {
        Lang::Zh => format!("尚未轮到的评议票作废，继续开会时按实到人数重新发票：{officials}。"),
        Lang::En => format!(
            "Papers that waited for their turn are void, and issued again to those who are there then: {officials}."
        ),
    }
}

/// The name of a sitting, from 1.
pub fn name(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh if number == 1 => "第1次开会".to_owned(),
        Lang::Zh => format!("第{number}次开会（续会）"),
        Lang::En => format!("Sitting {number}"),
    }
}

/// The heading of an item that was not finished at an earlier sitting.
pub fn continued_item(lang: Lang, title: &str) -> String {
    lang.pick(format!("{title}（续）"), format!("{title} (continued)"))
}

/// Who was there at a sitting, in short; none where it was not opened.
pub fn figures(lang: Lang, opened: Option<(u32, u32)>) -> String {
    match (lang, opened) {
        (Lang::Zh, Some((due, present))) => format!("应到{due}名，实到{present}名"),
        (Lang::En, Some((due, present))) => format!("{due} due, {present} present"),
        (lang, None) => Sittings::NotOpened.text(lang).to_owned(),
    }
}

/// The sittings of a meeting, for the report on an archive: who was present at the opening of each.
pub fn report(lang: Lang, present: &[Option<u32>], due: u32) -> String {
    let figures: Vec<String> =
        present.iter().map(|present| figures(lang, present.map(|present| (due, present)))).collect();
    let (all, many) = (figures.join(lang.pick("；", "; ")), present.len());
    match lang {
        Lang::Zh => format!("会议分{many}次进行，每次重新签到、重新核定法定人数：{all}"),
        Lang::En => format!("sittings: {many}, the quorum tested anew at each: {all}"),
    }
}

/// What is finished before the meeting is adjourned to another day, and how.
pub fn half_done(lang: Lang, what: &HalfDone, name: &dyn Fn(&SeatId) -> String) -> String {
    let text = match what {
        HalfDone::Ballot => lang.pick(
            "表决票已经发出：先把本轮表决进行完毕并宣布结果，或作废本轮，再休会",
            "ballot papers are out: finish this ballot and declare it, or void the round, before adjourning to another day",
        ),
        HalfDone::Undeclared => lang.pick(
            "结果还没有宣布：先宣布结果，再休会",
            "a result is not declared: declare it before adjourning to another day",
        ),
        HalfDone::Official => lang.pick(
            "述职人正在接受评议：先评议完毕，或推迟此人，再休会",
            "an official is on the floor: finish with this one, or put this one off, before adjourning to another day",
        ),
        HalfDone::Drawing => {
            lang.pick("正在抽签：稍候再休会", "lots are being drawn: adjourn to another day in a moment")
        }
        HalfDone::Statement { seat } => {
            let name = name(seat);
            return lang.pick(
                format!("{name}还没有发表意见：听完，或登记其不发表意见，再休会"),
                format!("{name} was asked for a view: hear it, or record that it is passed, before adjourning to another day"),
            );
        }
        HalfDone::OpenVote => lang.pick(
            "公开表决正在进行：先表决完毕并宣布结果，再休会",
            "a vote in the open is under way: finish and declare it before adjourning to another day",
        ),
        HalfDone::Exam => lang.pick(
            "考生已经就座：考试结束并宣布成绩之后才能休会",
            "candidates have taken their places: end the exam and declare it before adjourning to another day",
        ),
    };
    text.to_owned()
}

/// The meeting is adjourned: what was asked for can be done at the next sitting.
pub fn in_recess(lang: Lang, until: RoomTime) -> String {
    let at = written(lang, until.at);
    match lang {
        Lang::Zh => format!("会议已经休会，定于{at} 继续：开始签到、继续开会之后才能进行"),
        Lang::En => format!("the meeting is adjourned until {at}: this can be done when it goes on"),
    }
}

/// A time that has passed.
pub fn not_ahead(lang: Lang, until: RoomTime) -> String {
    let at = written(lang, until.at);
    match lang {
        Lang::Zh => format!("{at} 已经过去：请填写以后的日期和时间"),
        Lang::En => format!("{at} has passed: give a date and a time that are ahead"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_time_is_read_aloud_as_people_say_it() {
        let day = date(2026, 12, 1);
        let rows = [
            (9, 0, "12月1日上午9时", "1 December at 9:00"),
            (14, 30, "12月1日下午2时30分", "1 December at 14:30"),
            (19, 5, "12月1日晚上7时5分", "1 December at 19:05"),
            (12, 0, "12月1日中午12时", "1 December at 12:00"),
            (0, 0, "12月1日凌晨0时", "1 December at 0:00"),
        ];
        for (hour, minute, zh, en) in rows {
            let at = day.at(hour, minute, 0, 0);
            assert_eq!((spoken(Lang::Zh, at).as_str(), spoken(Lang::En, at).as_str()), (zh, en));
        }
    }
}
