//! Every sentence in both languages, with its figures.

use super::*;
use crate::meeting::sample::{Point, Sample, plan};
use crate::meeting::{Actor, Command};
use crate::rules::{Base, Bound, Threshold};

/// At this point, when the scrutineers and the terminals have done their part of it.
fn at(lang: Lang, point: Point) -> String {
    let mut sample = Sample::new(lang).until(point);
    match point {
        Point::Deliberated => sample.count_heads(),
        Point::Confirming => sample.compare_room(),
        Point::Sealed => sample.confirm_box(),
        Point::Counted => sample.sign_result(),
        _ => {}
    }
    now(lang, &sample.state)
}

#[test]
fn every_step_has_its_sentence_in_both_languages() {
    let table = [
        (
            Point::SigningIn,
            "应到委员9名，现已签到0名，开会需要6名。请尚未签到的同志签到。",
            "9 members are due, 0 signed in so far, 6 needed to open. Please sign in if you have not.",
        ),
        (
            Point::Opened,
            "现在通过监票人名单。提请赵敏、孙涛担任监票人。同意的请举手；不同意的请举手；弃权的请举手。",
            "The scrutineers proposed are Zhao Min and Sun Tao. Those who agree, please raise your hands. Those who disagree. Those who abstain.",
        ),
        (
            Point::ScrutineersApproved,
            "现在进行：票决推荐镇街党政正职人选。本项共有人选6名，逐一介绍，审议之后以无记名投票方式表决。",
            "The next item is: Nominations to town and subdistrict posts. There are 6 nominees to be introduced, deliberated and decided by secret ballot.",
        ),
        (
            Point::Introducing,
            "下面介绍第3名人选（共6名）：阿依古丽·买买提，拟任青山镇党委书记。请介绍推荐、考察情况和任用理由。",
            "Nominee 3 of 6: Aygul Memet, for Secretary, Qingshan Town. How recommended, what the inspection found, and why.",
        ),
        (
            Point::Recusing,
            "涉及回避的2名同志已经离席。现在进行审议，请各位委员发表意见、提出问题。",
            "The 2 concerned have left the room. Deliberation is open; please speak and ask.",
        ),
        (
            Point::Deliberating,
            "审议结束，请回避的同志返回。",
            "Deliberation is closed; those outside please return.",
        ),
        (
            Point::Deliberated,
            "王芳暂缓表决。现在清点人数：应到9名，实到8名，超过三分之二。表决人选5名。现在发票，每席一张。",
            "Wang Fang is deferred. Roll call: 9 due, 8 present, more than two thirds. 5 nominees are voted on. Papers are issued, one a seat.",
        ),
        (
            Point::Issuing,
            "正在发票：应发8张，已发0张，还有8名没有领到。请检查终端是否已连接。",
            "Papers are being issued: 0 of 8 so far, 8 to go. Please check that your terminal is connected.",
        ),
        (
            Point::Registering,
            "发票8张。各席终端正在核对名单，已核对0张，请稍候。",
            "8 ballot papers are issued. The terminals are confirming the list, 0 so far; one moment please.",
        ),
        (
            Point::Confirming,
            "发票8张，全部核对无误。请监票人赵敏、孙涛当众确认票箱是空的。……票箱是空的。表决人选5名，另有1名暂缓、不投票，每名人选只能选同意、不同意、弃权之一。现在请全体委员同时投票。",
            "8 ballot papers are issued and confirmed. The scrutineers, Zhao Min and Sun Tao, please confirm that the box is empty. … It is. 5 to vote on, 1 deferred and not voted on: for each, exactly one of agree, disagree or abstain. Please all vote now, together.",
        ),
        (
            Point::Sealed,
            "发出8张，收回7张，少于发出票数，有1张未收回，表决有效。现在开箱计票。",
            "8 issued and 7 returned, 1 not returned and none too many: the ballot is valid. The box is opened.",
        ),
        (
            Point::Counted,
            "现在宣布结果：应到9名，实到8名，发出8张，收回7张。同意票超过应到人数的半数，即5票以上的，为通过。张伟，同意7、不同意0、弃权0，通过。阿依古丽·买买提，同意4、不同意2、弃权1，未通过。陈静，同意5、不同意1、弃权1，通过。杨帆，同意6、不同意1、弃权0，通过。𠮷田，同意0、不同意5、弃权2，未通过。王芳暂缓表决。",
            "The result: 9 due, 8 present, 8 issued, 7 returned. A nominee is carried by more than half of those due, that is 5 or more. Zhang Wei: agree 7, disagree 0, abstain 0, carried. Aygul Memet: agree 4, disagree 2, abstain 1, not carried. Chen Jing: agree 5, disagree 1, abstain 1, carried. Yang Fan: agree 6, disagree 1, abstain 0, carried. Ji Tian: agree 0, disagree 5, abstain 2, not carried. Wang Fang is deferred.",
        ),
        (
            Point::Declared,
            "各项议程已经全部进行完毕。现在闭会。",
            "The agenda is finished. The meeting is closed.",
        ),
    ];
    for (point, zh, en) in table {
        assert_eq!(at(Lang::Zh, point), zh);
        assert_eq!(at(Lang::En, point), en);
    }
    for point in [Point::Voting, Point::Sealing, Point::Opening, Point::Closed] {
        assert!(
            at(Lang::Zh, point).ends_with('。') && at(Lang::En, point).ends_with(['.', '?']),
            "{point:?}"
        );
    }
}

#[test]
fn the_opening_says_the_plans_own_quorum() {
    let opening = |lang: Lang, quorum: Threshold, absent: usize| {
        let mut plan = plan(lang);
        plan.meeting.quorum = quorum;
        // One of two or more who do not come is on leave, and so is one who comes all the same.
        plan.people[if absent > 1 { 8 } else { 0 }].leave = true;
        let mut sample = Sample::of(plan);
        let here: Vec<String> = (1..=9 - absent).map(|number| format!("m{number}")).collect();
        sample.sign_in(&here.iter().map(String::as_str).collect::<Vec<_>>());
        now(lang, &sample.state)
    };
    assert_eq!(
        opening(Lang::Zh, Threshold::QUORUM, 1),
        "应到委员9名，实到8名，缺席1名，超过三分之二，符合规定，现在开会。"
    );
    assert_eq!(
        opening(Lang::Zh, Threshold::QUORUM, 3),
        "应到委员9名，实到6名，请假1名，缺席2名，达到三分之二，符合规定，现在开会。"
    );
    let four_fifths = Threshold { ratio: "4/5".parse().unwrap(), ..Threshold::QUORUM };
    assert_eq!(opening(Lang::Zh, four_fifths, 0), "应到委员9名，实到9名，超过五分之四，符合规定，现在开会。");
    let half = Threshold { of: Base::Due, bound: Bound::MoreThan, ..Threshold::MAJORITY };
    assert_eq!(
        opening(Lang::En, half, 2),
        "9 members are due, 7 present, 1 on leave, 1 absent: more than half, as the rules require. The meeting is open."
    );
}

#[test]
fn what_interrupts_comes_first() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang);
        sample.console(Command::OpenMeeting);
        let said = now(lang, &sample.state);
        let expected = lang.pick(
            "应到9名，实到0名。按规定须有三分之二以上到会，即6名，不足法定人数，会议不能举行。",
            "9 due, 0 present. The rules ask for at least two thirds, that is 6: there is no quorum, and the meeting cannot open.",
        );
        assert_eq!(said, expected);

        let mut sample = Sample::new(lang).until(Point::Voting);
        let reason = lang.pick("停电", "power cut").to_owned();
        sample.order(&Actor::Console, Command::Suspend { reason: reason.clone() });
        assert!(now(lang, &sample.state).contains(&reason));
        let ground = AdjournGround::Decided { reason: reason.clone() };
        sample.order(&Actor::Console, Command::Adjourn { ground });
        assert!(now(lang, &sample.state).contains(&reason));
    }
}

#[test]
fn a_void_round_and_a_full_box_are_said() {
    let mut sample = Sample::new(Lang::Zh).until(Point::Sealing);
    sample.fix_box(8);
    sample.confirm_box();
    assert_eq!(now(Lang::Zh, &sample.state), "发出8张，收回8张，等于发出票数，表决有效。现在开箱计票。");
    let ballot = sample.ballot();
    sample.console(Command::NewRound { ballot, reason: "名单有误".to_owned() });
    sample.count_heads();
    assert!(now(Lang::Zh, &sample.state).starts_with("上一轮作废，没有开箱，现在重新发票。"));
}

#[test]
fn an_adjournment_to_another_day_is_said_and_the_meeting_goes_on() {
    let said = |lang: Lang, sample: &Sample| now(lang, &sample.state);
    let recess = |lang| said(lang, &Sample::adjourned(lang, Point::Deliberating));
    assert_eq!(
        recess(Lang::Zh),
        "今天的会议到此休会，定于12月1日上午9时继续开会。届时请按时到会，重新签到。"
    );
    assert_eq!(
        recess(Lang::En),
        "We adjourn here and continue on 1 December at 9:00. Please come in time, and sign in again."
    );
    let open = |lang| said(lang, &Sample::reconvened(lang, Point::Deliberating));
    assert_eq!(open(Lang::Zh), "应到委员9名，实到7名，缺席2名，超过三分之二，符合规定，现在继续开会。");
    assert_eq!(
        open(Lang::En),
        "9 members are due, 7 present, 2 absent: more than two thirds, as the rules require. The meeting goes on."
    );
}
