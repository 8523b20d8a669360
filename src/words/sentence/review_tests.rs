//! Every sentence of a review in both languages, with its figures.

use super::now;
use crate::meeting::review_sample::ReviewPoint as Point;
use crate::meeting::sample::Sample;
use crate::meeting::{Command, QuestionId, SlipSays};
use crate::words::Lang;

/// At this point, when the scrutineers and the terminals have done their part of it.
fn at(lang: Lang, point: Point) -> String {
    let mut sample = Sample::review(lang).until_review(point);
    match point {
        Point::Questioned => sample.count_heads(),
        Point::Confirming => sample.compare_room(),
        Point::Sealed => sample.confirm_box(),
        Point::Counted => sample.sign_result(),
        _ => {}
    }
    now(lang, &sample.state)
}

#[test]
fn every_step_of_a_review_has_its_sentence() {
    let table = [
        (
            Point::ToCome,
            "现在进行：述廉述效。共有6名同志报告，每人8分钟；报告之后当场质询，以无记名投票方式评议，结果现场公布。先后顺序当场抽签确定。",
            "The next item is: Reports on integrity and performance. 6 officials report, 8 minutes each; questions are put on the spot, all evaluate by secret ballot, and the result is declared at once. The order is drawn by lot.",
        ),
        (
            Point::OrderToDraw,
            "现在当场抽签，确定报告的先后顺序。",
            "The order of the reports is now drawn by lot.",
        ),
        (Point::Drawing, "正在抽签，请稍候。", "The lot is being drawn; one moment please."),
        (
            Point::Drawn,
            "抽签结果，依次是：李红、王建军、赵刚、孙丽、阿不都热合曼·吐尔逊、马骏。下面进行第1名（共6名）：李红，教育局局长。请王秀英通报监督检查情况。",
            "The order drawn is: Li Hong, Wang Jianjun, Zhao Gang, Sun Li, Abdurahman Tursun and Ma Jun. Number 1 of 6: Li Hong, Director, Education. Wang Xiuying, please read what the inspection found.",
        ),
        (
            Point::Findings,
            "情况通报完毕。请李红同志述廉述效，时间8分钟。",
            "Thank you. Li Hong, please report; you have 8 minutes.",
        ),
        (
            Point::Reporting,
            "李红同志报告完毕。请委员、特邀评议人质询，请李红同志即席答复。",
            "Thank you. Members and Invited reviewers, please put your questions; Li Hong, please answer on the spot.",
        ),
        (
            Point::Questioning,
            "下面请周静提问。请李红同志即席答复，时间3分钟。",
            "Zhou Jing, please put your question. Li Hong, please answer on the spot; you have 3 minutes.",
        ),
        (
            Point::Answering,
            "答复完毕。请何平表示是否满意。",
            "Thank you. He Ping, are you satisfied with the answer?",
        ),
        (
            Point::Questioned,
            "现在对李红同志进行评议。应参加评议14名，实到13名，超过三分之二。欧阳兰按规定回避，不领票。请填写评议票，评议结果现场宣布。现在发票，每席一张。",
            "Li Hong is now evaluated: 14 reviewers due, 13 present, more than two thirds. Stood aside, without a paper: Ouyang Lan. Please mark your papers; the result is declared at once. Papers are issued, one a seat.",
        ),
        (
            Point::Issuing,
            "正在发票：应发13张，已发0张，还有13名没有领到。请检查终端是否已连接。",
            "Papers are being issued: 0 of 13 so far, 13 to go. Please check that your terminal is connected.",
        ),
        (
            Point::Confirming,
            "发票13张，全部核对无误。请监票人赵敏、孙涛当众确认票箱是空的。……票箱是空的。评议李红同志：评议3项，每项只能选好、较好、一般、差之一。现在请各位评议人同时投票。",
            "13 ballot papers are issued and confirmed. The scrutineers, Zhao Min and Sun Tao, please confirm that the box is empty. … It is. Li Hong is evaluated in 3 lines: for each, exactly one of good, fairly good, fair, poor. Please all vote now, together.",
        ),
        (
            Point::Sealed,
            "发出13张，收回12张，少于发出票数，有1张未收回，表决有效。现在开箱计票。",
            "13 issued and 12 returned, 1 not returned and none too many: the ballot is valid. The box is opened.",
        ),
        (
            Point::CountedTogether,
            "现在公布赵刚同志的评议结果：发出评议票12张，收回11张。廉洁从政好7、较好1、一般2、差1；履职尽责好5、较好2、一般3、差1；工作作风好3、较好3、一般4、差1。满意率63.64%，加权得分82.27分，80分以上、不足90分，评议结果为“较好”。按规定：约谈提醒。",
            "The evaluation of Zhao Gang: 12 ballot papers are issued, 11 returned. Integrity good 7, fairly good 1, fair 2, poor 1; Duty good 5, fairly good 2, fair 3, poor 1; Conduct good 3, fairly good 3, fair 4, poor 1. With satisfaction 63.64%, weighted score 82.27, at least 80 and below 90, the verdict is: fairly good. By the plan there follows: an interview.",
        ),
        (
            Point::AllDeclared,
            "述廉述效、质询、评议全部结束，公布5名同志的评议结果。马骏推迟。按评议结果排列：第1，李红，89.17；第2，王建军，84.62；第3，赵刚，82.27；第4，孙丽，66.92；第5，阿不都热合曼·吐尔逊，57.82。",
            "Reports, questions and evaluations are over; 5 results are declared. Put off: Ma Jun. In order of the evaluation: 1: Li Hong, 89.17; 2: Wang Jianjun, 84.62; 3: Zhao Gang, 82.27; 4: Sun Li, 66.92; 5: Abdurahman Tursun, 57.82.",
        ),
    ];
    for (point, zh, en) in table {
        assert_eq!(at(Lang::Zh, point), zh);
        assert_eq!(at(Lang::En, point), en);
    }
    // Each group is heard by itself where groups are counted apart.
    let said = at(Lang::Zh, Point::Counted);
    assert!(said.contains("委员：廉洁从政好5、较好1") && said.contains("特邀评议人：廉洁从政好5"), "{said}");
}

#[test]
fn small_groups_slips_follow_ups_and_an_empty_queue_are_said() {
    let mut sample = Sample::review(Lang::Zh).until_review(Point::Answering);
    sample.step();
    assert_eq!(
        now(Lang::Zh, &sample.state),
        "下面宣读第4问，是一张不具名的纸条。请李红同志即席答复，时间3分钟。"
    );
    let mut slip = Sample::review(Lang::En).until_review(Point::Questioning);
    slip.answer(4);
    let says = SlipSays::FollowUp { question: QuestionId(4), text: "Since when?".to_owned() };
    slip.slip_goes_on(4, 2, says);
    slip.console(Command::OrderQueue {
        item: Sample::review_item(),
        queue: [6, 1, 2, 3, 5].map(QuestionId).to_vec(),
    });
    let said = now(Lang::En, &slip.state);
    assert!(
        said.starts_with("Question 6 is an unsigned slip and follows up question 4; I read it out."),
        "{said}"
    );
    let item = Sample::review_item();
    let order = Command::OrderQueue { item, queue: [6, 4, 5].map(QuestionId).to_vec() };
    sample.console(order);
    assert_eq!(now(Lang::Zh, &sample.state), "下面请吴敏就第2问追问。请李红同志即席答复，时间3分钟。");
    while !sample.state.current_review().unwrap().2.queue.is_empty() {
        sample.step();
    }
    sample.step();
    assert_eq!(
        now(Lang::Zh, &sample.state),
        "还有没有提问？没有，质询到此结束。共提问6个，即席答复5个，限期书面答复1个。"
    );

    let mut sample = Sample::review(Lang::En).until_review(Point::Declared);
    sample.evaluate_next(1);
    sample.step();
    for _ in 0..3 {
        sample.step();
    }
    assert_eq!(
        now(Lang::En, &sample.state),
        "Are there any questions? There are none; the questions are over."
    );
    sample.step();
    let said = now(Lang::En, &sample.state);
    assert!(
        said.starts_with("A group of fewer than five is not counted apart: Members and Invited reviewers are counted together. 12 ballot papers are issued and confirmed."),
        "{said}"
    );
}
