use super::*;
use crate::meeting::{Actor, CountMistake, HalfDone, NotReopened, RoomTime};

fn until() -> RoomTime {
    RoomTime { at: jiff::civil::date(2026, 12, 1).at(9, 0, 0, 0), utc_offset_minutes: 480 }
}

fn every() -> Vec<Refusal> {
    let seat = SeatId::from("m07");
    let command = CommandKind::OpenVoting;
    vec![
        Refusal::NoRight { command },
        Refusal::NotNow { command },
        Refusal::Suspended,
        Refusal::Ended,
        Refusal::Recess { until: until() },
        Refusal::HalfDone { what: HalfDone::Ballot },
        Refusal::HalfDone { what: HalfDone::Undeclared },
        Refusal::HalfDone { what: HalfDone::Official },
        Refusal::HalfDone { what: HalfDone::Drawing },
        Refusal::HalfDone { what: HalfDone::Statement { seat: seat.clone() } },
        Refusal::HalfDone { what: HalfDone::OpenVote },
        Refusal::HalfDone { what: HalfDone::Exam },
        Refusal::NoSuchTime,
        Refusal::NotAhead { until: until() },
        Refusal::QuorumNotReached { present: 27, due: 41, needed: 28 },
        Refusal::HandsDoNotAddUp { hands: 36, present: 38 },
        Refusal::HandsDoNotAddUp { hands: 39, present: 38 },
        Refusal::ScrutineersNotApproved,
        Refusal::UnknownSeat { seat: seat.clone() },
        Refusal::UnknownItem,
        Refusal::UnknownLine,
        Refusal::UnknownBallot,
        Refusal::AnotherItemOpen,
        Refusal::NotNextItem,
        Refusal::AlreadyPresent { seat: seat.clone() },
        Refusal::NotPresent { seat: seat.clone() },
        Refusal::NotYourSeat,
        Refusal::AlreadyIntroduced,
        Refusal::NotAllIntroduced { left: 3 },
        Refusal::AlreadyRecused { seat: seat.clone() },
        Refusal::NotRecused { seat: seat.clone() },
        Refusal::StillInRoom { seats: vec![seat.clone(), SeatId::from("m12")] },
        Refusal::AlreadyDeferred,
        Refusal::NotDeferred,
        Refusal::NothingToVoteOn,
        Refusal::TextMissing,
        Refusal::TextTooLong { chars: 2100, chars_max: 2000 },
        Refusal::NoPaperForSeat,
        Refusal::PaperAlreadyIssued,
        Refusal::PaperDeclined,
        Refusal::IssuerNotPublished,
        Refusal::WrongSetup,
        Refusal::WrongBox,
        Refusal::ListNotConfirmed { issued: 38, registered: 38, confirmed: 37, missing: vec![seat.clone()] },
        Refusal::NoPaperIssued,
        Refusal::FactorsHold,
        Refusal::SumsDoNotAddUp,
        Refusal::MalformedSetup,
        Refusal::ItemNotFinished,
        Refusal::QuorumNotMissed,
        Refusal::NotACandidate,
        Refusal::NobodySeated,
        Refusal::NotSeated,
        Refusal::HandedInAlready,
        Refusal::ExamOver,
        Refusal::ExamRuns,
        Refusal::OtherBank,
        Refusal::OtherSheet,
        Refusal::NotAllMarked,
        Refusal::OtherFigures,
        Refusal::MalformedKey,
        Refusal::UnknownOfficial,
        Refusal::UnknownQuestion,
        Refusal::NotTheTurn,
        Refusal::OfficialsLeft { left: 2 },
        Refusal::OrderIsFixed,
        Refusal::OrderNotDrawn,
        Refusal::NotAReviewer,
        Refusal::QuestionsUsedUp { questions_max: 20 },
        Refusal::NotYourQuestion,
        Refusal::QuestionOnFloor,
        Refusal::QuestionNotThere,
        Refusal::QuestionsWaiting { waiting: 3 },
        Refusal::DueDay,
        Refusal::NoClock,
        Refusal::NoSlips,
        Refusal::SlipsAlreadyIssued,
        Refusal::OpinionsUsedUp { opinions_max: 20 },
        Refusal::SlipSignature,
        Refusal::SlipActUsed,
        Refusal::SlipToken,
        Refusal::SlipFollowedUp,
        Refusal::MoreSlipsThanIssued { issued: 40, spent: 41 },
        Refusal::SlipsStillCome,
        Refusal::SlipKey,
        Refusal::Outside { seat: seat.clone() },
        Refusal::NotProposing,
        Refusal::QuestionsUnjudged { open: 2 },
        Refusal::AnsweredUnclearly { question: crate::meeting::QuestionId(2) },
        Refusal::NotADepartment,
        Refusal::UnknownDepartment,
        Refusal::DepartmentAbsent { department: "d3".to_owned() },
        Refusal::AboutOneself,
        Refusal::OpinionsClosed,
        Refusal::OpinionsOpen { left: 2 },
        Refusal::FloorTaken { seat: seat.clone() },
        Refusal::FloorNotAsked,
        Refusal::AlreadyEnrolled { who: Actor::Seat(seat) },
        Refusal::ReissueDuringBallot,
        Refusal::MalformedAddress,
        Refusal::NoStandby,
        Refusal::NothingToForce,
        Refusal::OtherEpoch { expected: 1 },
        Refusal::OtherEnd { line: 418 },
        Refusal::StandbyDetached { line: 418 },
        Refusal::NotAScrutineer { seat: SeatId::from("m03") },
        Refusal::CountWrong { mistake: CountMistake::NoneIssued },
        Refusal::EnteredByOwnKey { seat: SeatId::from("m03") },
        Refusal::AnsweredByOwnKey { seat: SeatId::from("m03") },
        Refusal::NotDeclared,
        Refusal::WhichOfficial,
        Refusal::ObjectedAlready { number: 1 },
        Refusal::UnknownObjection,
        Refusal::ObjectionSettled { number: 1 },
        Refusal::ObjectionsOpen { numbers: vec![1, 3] },
        Refusal::CannotReopen { why: NotReopened::Review },
        Refusal::CannotReopen { why: NotReopened::Exam },
        Refusal::CannotReopen { why: NotReopened::JointMeeting },
        Refusal::CannotReopen { why: NotReopened::Scrutineers },
        Refusal::LinesNotCarried { lines: vec!["n1".into()] },
        Refusal::NothingToReconsider,
        Refusal::ReconsideredWhole,
        Refusal::LineNotAtStake,
    ]
}

#[test]
fn the_arithmetic_stands_in_the_sentence() {
    let said = |refusal: &Refusal| (sentence(Lang::Zh, refusal, None), sentence(Lang::En, refusal, None));
    let table = [
        (
            Refusal::QuorumNotReached { present: 27, due: 41, needed: 28 },
            "不足法定人数：应到41名，实到27名，需要28名，还差1名",
            "quorum not reached: 27 of 41 present, 28 needed",
        ),
        (
            Refusal::HandsDoNotAddUp { hands: 36, present: 38 },
            "票数不符：实到38名，只计36名，还差2名",
            "the hands do not add up: 36 counted, 38 present, 2 missing",
        ),
        (
            Refusal::HandsDoNotAddUp { hands: 39, present: 38 },
            "票数不符：实到38名，却计了39名，多出1名",
            "the hands do not add up: 39 counted, 38 present, 1 too many",
        ),
        (
            Refusal::ListNotConfirmed {
                issued: 38,
                registered: 38,
                confirmed: 37,
                missing: vec!["m07".into()],
            },
            "发票38张，名单上38张，已核对37张，三数不等：还缺m07。请等其终端核对，或注明理由重新发票",
            "38 issued, 38 on the list, 37 confirmed: missing m07. Wait for their terminals, or issue again with a reason",
        ),
        (
            Refusal::NotNow { command: CommandKind::OpenVoting },
            "现在不能开始投票：只能在终端核对名单时",
            "it is not the time to open voting: only while terminals confirm the list",
        ),
        (
            Refusal::NoRight { command: CommandKind::Declare },
            "只有主持人可以宣布结果",
            "only the presiding officer may declare the result",
        ),
    ];
    for (refusal, zh, en) in table {
        assert_eq!(said(&refusal), (zh.to_owned(), en.to_owned()));
    }
}

#[test]
fn each_refusal_is_a_sentence_of_its_own_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let mut all: Vec<String> = every().iter().map(|refusal| sentence(lang, refusal, None)).collect();
        for said in &all {
            assert!(said.chars().count() >= 5, "{said:?}");
            assert!(!said.ends_with(['.', '。']), "{said:?}");
            let chinese = said.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
            assert_eq!(chinese, lang == Lang::Zh, "{said:?}");
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "two refusals read alike");
    }
}

#[test]
fn every_command_has_its_words_for_right_and_time() {
    for right in rights::TABLE {
        for refusal in
            [Refusal::NoRight { command: right.command }, Refusal::NotNow { command: right.command }]
        {
            for lang in [Lang::Zh, Lang::En] {
                let said = sentence(lang, &refusal, None);
                assert!(said.contains(doing(lang, right.command)), "{said}");
            }
        }
    }
}
