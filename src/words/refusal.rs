//! Every refusal as a sentence that a person can act on: what does not hold, with its figures, and what would help.

pub use super::doing::doing;
use super::{Lang, agenda, by_paper, refusal_open, reopening, scrutiny, sittings, standby, who};
use crate::meeting::rights;
use crate::meeting::{CommandKind, Refusal, SeatId, State};

#[cfg(test)]
mod tests;

/// The sentence for a refusal. The state supplies names; without one, seats are named by their ids.
pub fn sentence(lang: Lang, refusal: &Refusal, state: Option<&State>) -> String {
    let name = |seat: &SeatId| who::name(state, seat);
    let names = |seats: &[SeatId]| who::names(lang, &seats.iter().map(name).collect::<Vec<_>>());
    let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NoRight { command } => no_right(lang, *command),
        Refusal::NotNow { command } => not_now(lang, *command),
        Refusal::Suspended => {
            pick("会议已中止，恢复会议后才能继续", "the meeting is suspended: resume it first")
        }
        Refusal::Recess { until } => sittings::in_recess(lang, *until),
        Refusal::HalfDone { what } => sittings::half_done(lang, what, &name),
        Refusal::NoSuchTime => pick(
            "没有这样的日期和时间：请按 2026-12-01 09:00 的写法填写",
            "there is no such date and time: write it as in 2026-12-01 09:00",
        ),
        Refusal::NotAhead { until } => sittings::not_ahead(lang, *until),
        Refusal::Ended => {
            pick("会议已经结束，记录不能再改动", "the meeting has ended: its record cannot change any more")
        }
        Refusal::QuorumNotReached { present, due, needed } => match lang {
            Lang::Zh => format!(
                "不足法定人数：应到{due}名，实到{present}名，需要{needed}名，还差{}名",
                needed.saturating_sub(*present)
            ),
            Lang::En => format!("quorum not reached: {present} of {due} present, {needed} needed"),
        },
        Refusal::HandsDoNotAddUp { hands, present } => hands_do_not_add_up(lang, *hands, *present),
        Refusal::UnknownSeat { seat } => match lang {
            Lang::Zh => format!("名单中没有“{seat}”这个席位"),
            Lang::En => format!("there is no seat `{seat}` in the plan"),
        },
        Refusal::AlreadyPresent { seat } => match lang {
            Lang::Zh => format!("{}已经签到", name(seat)),
            Lang::En => format!("{} has signed in already", name(seat)),
        },
        Refusal::NotPresent { seat } => match lang {
            Lang::Zh => format!("{}没有签到：请先签到", name(seat)),
            Lang::En => format!("{} is not signed in: sign in first", name(seat)),
        },
        Refusal::NotAllIntroduced { left } => match lang {
            Lang::Zh => format!("还有{left}名人选没有介绍：全部介绍之后才能回避"),
            Lang::En if *left == 1 => {
                "1 nominee has not been introduced: recusal comes after the last".to_owned()
            }
            Lang::En => format!("{left} nominees have not been introduced: recusal comes after the last"),
        },
        Refusal::NotACandidate => {
            pick("您不是本场考试的考生", "you are no candidate of this exam: only candidates can do this")
        }
        Refusal::NobodySeated => pick(
            "还没有考生就座：有人就座才能开考",
            "nobody has taken a place: the exam begins when somebody has",
        ),
        Refusal::NotSeated => pick("这名考生没有就座", "this candidate has taken no place"),
        Refusal::HandedInAlready => {
            pick("已经交卷，不能再修改", "it has been handed in and cannot be changed any more")
        }
        Refusal::ExamOver => {
            pick("考试时间已到，不再接受答案", "the exam is over: nothing is accepted any more")
        }
        Refusal::ExamRuns => pick(
            "考试还没有结束：等时间到或全部交卷，或由主持人提前结束考试",
            "the exam is not over: wait for its end, or end it at the console first",
        ),
        Refusal::OtherBank => pick(
            "题库或抽题种子与记录第一行的承诺不符",
            "the bank or the seed is not the one to which the first line of the record commits",
        ),
        Refusal::OtherSheet => pick(
            "答卷与交卷时的哈希、考生的试卷或签名不符",
            "the sheet is not the one that was handed in, or not an answer to this seat's paper signed by it",
        ),
        Refusal::NotAllMarked => pick("还有答卷没有评阅", "not every paper has been marked"),
        Refusal::OtherFigures => {
            pick("人数与各答卷的得分不符", "the figures do not follow from the marks of the papers")
        }
        Refusal::AlreadyRecused { seat } => match lang {
            Lang::Zh => format!("{}已经离席回避", name(seat)),
            Lang::En => format!("{} is outside already", name(seat)),
        },
        Refusal::NotRecused { seat } => match lang {
            Lang::Zh => format!("{}没有离席回避", name(seat)),
            Lang::En => format!("{} is not outside", name(seat)),
        },
        Refusal::StillInRoom { seats } => match lang {
            Lang::Zh => format!("涉及回避的{}应当离席：离席后才能审议", names(seats)),
            Lang::En => format!("{} must be outside while this is deliberated", names(seats)),
        },
        Refusal::TextTooLong { chars, chars_max } => match lang {
            Lang::Zh => format!("文字太长：{chars}字，最多{chars_max}字"),
            Lang::En => format!("the text is too long: {chars} characters, at most {chars_max}"),
        },
        Refusal::ListNotConfirmed { issued, registered, confirmed, missing } => match lang {
            Lang::Zh => format!(
                "发票{issued}张，名单上{registered}张，已核对{confirmed}张，三数不等：还缺{}。请等其终端核对，或注明理由重新发票",
                names(missing)
            ),
            Lang::En => format!(
                "{issued} issued, {registered} on the list, {confirmed} confirmed: missing {}. Wait for their terminals, or issue again with a reason",
                names(missing)
            ),
        },
        Refusal::KeyNotReady { .. }
        | Refusal::HeadsNotCounted { .. }
        | Refusal::RoomNotCompared { .. }
        | Refusal::BoxStillChecked { .. }
        | Refusal::BoxNotConfirmed { .. }
        | Refusal::TooFewToOpen { .. }
        | Refusal::StillOpenable { .. }
        | Refusal::SheetNotSigned { .. }
        | Refusal::ConsoleHoldsKey
        | Refusal::OtherRoomCode
        | Refusal::OtherSum
        | Refusal::FactorsHold
        | Refusal::OtherResult => scrutiny::sentence(lang, refusal, &names),
        Refusal::NotNotified { .. }
        | Refusal::NoticeTooLate { .. }
        | Refusal::HeadAbsent { .. }
        | Refusal::WrongSpeakers
        | Refusal::HeadSpeaksLast { .. }
        | Refusal::HeadHasSpoken { .. }
        | Refusal::AlreadyHeard { .. }
        | Refusal::StillAsked { .. }
        | Refusal::NotNextToSpeak { .. }
        | Refusal::NotAsked { .. }
        | Refusal::NotAllHeard { .. }
        | Refusal::NoVoteHere { .. }
        | Refusal::NoSuchChoice
        | Refusal::AlreadyVoted { .. }
        | Refusal::HeadVotesLast { .. }
        | Refusal::HeadHasVoted { .. }
        | Refusal::VotesMissing { .. }
        | Refusal::OnlyTheHead { .. }
        | Refusal::HeadNotSigned { .. }
        | Refusal::OtherWay { .. }
        | Refusal::SomebodyObjected { .. } => refusal_open::sentence(lang, refusal, &name, &names),
        Refusal::AgendaOfExams
        | Refusal::ProposalStands
        | Refusal::NoProposal
        | Refusal::ItemNotToCome
        | Refusal::ItemNotTakenOff
        | Refusal::AgendaUnchanged
        | Refusal::ItemMistaken { .. } => agenda::refusal(lang, refusal),
        Refusal::MalformedAddress
        | Refusal::NoStandby
        | Refusal::NothingToForce
        | Refusal::OtherEpoch { .. }
        | Refusal::OtherEnd { .. }
        | Refusal::StandbyDetached { .. } => standby::refusal(lang, refusal),
        Refusal::AlreadyEnrolled { who } => {
            let who = who::actor(lang, state, who);
            match lang {
                Lang::Zh => format!("{who}已在另一台终端上登记：主持人可以补发席位码"),
                Lang::En => format!(
                    "{who} is enrolled on another terminal: the presiding officer can reissue the code"
                ),
            }
        }
        Refusal::ScrutineersNotApproved => pick(
            "监票人还没有通过：请先举手表决监票人名单",
            "the scrutineers are not approved: put them to a show of hands first",
        ),
        Refusal::UnknownItem => pick("议程中没有这一项", "there is no such item on the agenda"),
        Refusal::UnknownLine => pick("表决票上没有这名人选", "there is no such line on the ballot paper"),
        Refusal::UnknownBallot => pick("现在没有进行这一轮投票", "this ballot is not on the floor"),
        Refusal::AnotherItemOpen => {
            pick("另一项议程正在进行：请先完成", "another item is on the floor: finish it first")
        }
        Refusal::NotNextItem => pick(
            "还没有轮到这一项：请按议程顺序进行",
            "this is not the next item: items are called in the order of the agenda",
        ),
        Refusal::NotYourSeat => pick("只能办理本人席位的事", "you can do this for your own seat only"),
        Refusal::AlreadyIntroduced => pick("这名人选正在介绍", "this nominee is being introduced already"),
        Refusal::AlreadyDeferred => pick("这名人选已经暂缓表决", "this line is deferred already"),
        Refusal::NotDeferred => pick("这名人选没有暂缓表决", "this line is not deferred"),
        Refusal::NothingToVoteOn => pick(
            "全部人选都已暂缓：没有可以表决的人选",
            "every line is deferred: there is nothing to vote on",
        ),
        Refusal::TextMissing => pick("请写明文字", "write a few words first"),
        Refusal::NoPaperForSeat => pick(
            "本席位在这一轮没有表决票：无表决权，或发票时不在场",
            "no paper for this seat in this round: it has no vote, or was not in the room when papers were issued",
        ),
        Refusal::PaperAlreadyIssued => {
            pick("本席位已经领票：每席一张", "this seat has its paper: one a seat")
        }
        Refusal::PaperDeclined => pick("本席位已表示不领票", "this seat has declined a paper"),
        Refusal::IssuerNotPublished => {
            pick("还没有开始发票：请稍候", "papers are not ready yet: wait a moment")
        }
        Refusal::WrongSetup => pick(
            "核对的名单与记录不符：请通知主持人",
            "this is not the list in the record: tell the presiding officer",
        ),
        Refusal::WrongBox => pick(
            "核对的票箱与记录不符：请通知主持人",
            "this is not the box in the record: tell the presiding officer",
        ),
        Refusal::FurtherRoundDue => pick(
            "按选举办法须再次投票：投完再宣布选举结果",
            "the rules of the election ask for a further round: declare after it",
        ),
        Refusal::NoFurtherRound => pick(
            "现在不需要再次投票：本轮还没有计票，或已全部选出，或已到规定次数",
            "no further round follows now: this one is not counted, or all are elected, or there were as many as the plan allows",
        ),
        Refusal::NoPaperIssued => pick(
            "一张票也没有发出：请检查终端连接",
            "no paper has been issued: check that the terminals are connected",
        ),
        Refusal::SumsDoNotAddUp => {
            pick("各项票数之和不等于收回票数", "the marks do not add up to the ballots returned")
        }
        Refusal::MalformedSetup => {
            pick("名单与本轮发票不符", "the list does not belong to the papers of this round")
        }
        Refusal::ItemNotFinished => pick("还有议程没有完成", "an item is not finished"),
        Refusal::QuorumNotMissed => pick(
            "记录中没有不足法定人数：请写明休会的理由",
            "the record shows no missed quorum: give a reason in words",
        ),
        Refusal::MalformedKey => {
            pick("终端的密钥格式不对：请重新登记", "the terminal's key is malformed: enrol again")
        }
        Refusal::NotAScrutineer { seat } => match lang {
            Lang::Zh => format!("{}不是监票人：只能代监票人录入", name(seat)),
            Lang::En => format!("{} is no scrutineer: only a scrutineer's count is entered", name(seat)),
        },
        Refusal::CountWrong { mistake } => {
            let line = |line: &crate::meeting::LineId| {
                let issue = state.and_then(|state| Some((state, &state.current_round()?.1.issue)));
                issue.map_or_else(
                    || line.to_string(),
                    |(state, issue)| by_paper::line_name(state, issue, line),
                )
            };
            by_paper::mistake(lang, mistake, &line)
        }
        Refusal::EnteredByOwnKey { seat } => match lang {
            Lang::Zh => format!("{}已用自己的密钥录入：不能由主持台代录", name(seat)),
            Lang::En => {
                format!("{} entered the count with the own key: nobody enters it for them", name(seat))
            }
        },
        Refusal::AnsweredByOwnKey { seat } => match lang {
            Lang::Zh => format!("{}已用自己的密钥答复计票结果：不能由主持台登记", name(seat)),
            Lang::En => {
                format!("{} answered to the result sheet with the own key: nothing is recorded", name(seat))
            }
        },
        Refusal::NotDeclared
        | Refusal::WhichOfficial
        | Refusal::ObjectedAlready { .. }
        | Refusal::UnknownObjection
        | Refusal::ObjectionSettled { .. }
        | Refusal::ObjectionsOpen { .. }
        | Refusal::CannotReopen { .. }
        | Refusal::LinesNotCarried { .. }
        | Refusal::NothingToReconsider
        | Refusal::ReconsideredWhole
        | Refusal::LineNotAtStake => reopening::refusal(lang, refusal, &|line| {
            let items = state.into_iter().flat_map(|state| &state.plan().items);
            let mut lines = items.flat_map(|item| item.lines());
            let found = lines.find(|nominee| nominee.id == line.as_str());
            found.map_or_else(|| line.to_string(), |nominee| nominee.name.clone())
        }),
        Refusal::ReissueDuringBallot => pick(
            "该席位持有本轮表决票，计票前不能补发席位码；必要时先注明理由重新发票",
            "this seat holds a paper of this round: its code can be reissued after the count, or after papers are issued again",
        ),
        Refusal::UnknownOfficial => {
            pick("名单中没有这名述职人", "there is no such reporting official on the list")
        }
        Refusal::UnknownQuestion => pick("没有这个提问", "there is no such question"),
        Refusal::NotTheTurn => pick(
            "还没有轮到这一步：请按报告、质询、评议的次序进行",
            "it is not the turn of this: report, questions and evaluation come one after the other",
        ),
        Refusal::OfficialsLeft { left } => match lang {
            Lang::Zh => format!("还有{left}名同志没有评议：全部公布或推迟之后才能结束本项"),
            Lang::En if *left == 1 => {
                "1 official is not finished: declare the result or put the official off first".to_owned()
            }
            Lang::En => {
                format!("{left} officials are not finished: declare their results or put them off first")
            }
        },
        Refusal::OrderIsFixed => pick("述职顺序已经确定", "the order of the officials is fixed already"),
        Refusal::OrderNotDrawn => {
            pick("还没有抽签排定顺序", "the order has not been drawn yet: draw it first")
        }
        Refusal::NotAReviewer => {
            pick("只有参加评议的人可以提问、提意见", "only reviewers ask questions and give opinions")
        }
        Refusal::QuestionsUsedUp { questions_max } => match lang {
            Lang::Zh => format!("提问已满{questions_max}个，不能再提"),
            Lang::En => format!("all {questions_max} questions that the plan allows are used up"),
        },
        Refusal::NotYourQuestion => pick(
            "这不是您的提问：只有提问人可以这样做",
            "this is not your question: only its asker can do this",
        ),
        Refusal::QuestionOnFloor => {
            pick("正在答复一个提问：请先结束它", "a question is on the floor: end it first")
        }
        Refusal::QuestionNotThere => pick(
            "这个提问现在不能这样处理：它不在排队、不在答复，或已经结束",
            "this cannot be done with the question now: it is not waiting, not on the floor, or over",
        ),
        Refusal::QuestionsWaiting { waiting } => match lang {
            Lang::Zh => format!("还有{waiting}个提问没有处理：请说明改为书面答复，或不予答复及理由"),
            Lang::En if *waiting == 1 => {
                "1 question waits: say whether it is answered in writing, or declined and why".to_owned()
            }
            Lang::En => {
                format!(
                    "{waiting} questions wait: say whether they are answered in writing, or declined and why"
                )
            }
        },
        Refusal::DueDay => {
            pick("限期必须晚于开会当天", "the due day must be later than the day of the meeting")
        }
        Refusal::NoClock => pick(
            "现在没有可以这样操作的计时",
            "there is no clock for this just now, or it runs or stands already",
        ),
        Refusal::NoSlips => pick("本次会议不用提问纸条", "slips are not used in this meeting"),
        Refusal::SlipsAlreadyIssued => pick(
            "纸条已经领取，或已经用过：每张只用一次",
            "slips were issued or used already: each is used once",
        ),
        Refusal::OpinionsUsedUp { opinions_max } => match lang {
            Lang::Zh => format!("意见已满{opinions_max}条，不能再提"),
            Lang::En => format!("all {opinions_max} opinions that the plan allows are used up"),
        },
        Refusal::SlipSignature => pick(
            "纸条的签名不成立：内容被改动，或不是本次会议的纸条",
            "the slip's signature does not hold: it was altered, or is no slip of this meeting",
        ),
        Refusal::SlipActUsed => pick(
            "这张纸条的这一步已经收过，或不能接在已有的之后",
            "this act of the slip was taken already, or does not follow those before it",
        ),
        Refusal::SlipToken => {
            pick("纸条没有凭证，或凭证放错了位置", "the slip has no token, or has it in the wrong place")
        }
        Refusal::SlipFollowedUp => {
            pick("一张纸条只能追问一次", "a slip follows up its question once, and has done so")
        }
        Refusal::MoreSlipsThanIssued { issued, spent } => match lang {
            Lang::Zh => format!("收到纸条{spent}张，只发出{issued}张"),
            Lang::En => format!("{spent} slips came in, {issued} were issued"),
        },
        Refusal::SlipsStillCome => {
            pick("述职评议还没有结束，还会有纸条", "the review is not over: slips may still come")
        }
        Refusal::SlipKey => {
            pick("这不是发出纸条所用的密钥", "this is not the key under which the slips were issued")
        }
        Refusal::Outside { seat } => match lang {
            Lang::Zh => format!("{}已经离席回避：返回之后才能发言", name(seat)),
            Lang::En => format!("{} is outside, and can speak once back", name(seat)),
        },
        Refusal::NotProposing => pick(
            "只有提请单位的席位可以答复，或者由记录员记录",
            "only a seat of the proposing body replies, or the recorder takes the reply down",
        ),
        Refusal::QuestionsUnjudged { open } => match lang {
            Lang::Zh => format!("还有{open}个询问没有确认是否答清楚：先逐一确认，再结束审议"),
            Lang::En if *open == 1 => {
                "of 1 question it was not said whether it was answered clearly: say so first".to_owned()
            }
            Lang::En => format!(
                "of {open} questions it was not said whether they were answered clearly: say so first"
            ),
        },
        Refusal::AnsweredUnclearly { question } => match lang {
            Lang::Zh => format!("第{question}问没有答清楚：按规定暂缓表决，不能撤销"),
            Lang::En => format!(
                "question {question} was not answered clearly: the vote is deferred by rule, and stays so"
            ),
        },
        Refusal::NotADepartment => pick(
            "本席位不代表部门：只有部门的席位可以提出部门意见",
            "this seat speaks for no department: only a department's seats give its opinion",
        ),
        Refusal::UnknownDepartment => pick("计划中没有这个部门", "there is no such department in the plan"),
        Refusal::DepartmentAbsent { department } => match lang {
            Lang::Zh => format!("{department}没有人签到：请先为其代表签到，再代录意见"),
            Lang::En => {
                format!("nobody of {department} is signed in: sign somebody in first, then enter its opinion")
            }
        },
        Refusal::AboutOneself => pick(
            "联审对象是本人或亲属：请本部门其他同志提出意见",
            "this is about you or a relative: somebody else of your department gives its opinion",
        ),
        Refusal::OpinionsClosed => pick(
            "对这名同志的意见已经截止，不能再改；更正请用记事",
            "the opinions on this official are closed and cannot change: a note can say what is wrong",
        ),
        Refusal::OpinionsOpen { left } => match lang {
            Lang::Zh => format!("还有{left}名没有截止意见：逐一截止，或一次全部截止，然后宣布"),
            Lang::En if *left == 1 => "1 official is not closed: close the opinions first".to_owned(),
            Lang::En => format!("{left} officials are not closed: close them one by one, or all at once"),
        },
        Refusal::FloorTaken { seat } => match lang {
            Lang::Zh => format!("{}正在发言：请先结束其发言", name(seat)),
            Lang::En => format!("{} has the floor: end that speech first", name(seat)),
        },
        Refusal::FloorNotAsked => pick(
            "发言申请已经提过，或没有这项申请",
            "the floor has been asked for already, or nobody asked for it",
        ),
    }
}

fn hands_do_not_add_up(lang: Lang, hands: u32, present: u32) -> String {
    match (lang, hands < present) {
        (Lang::Zh, true) => format!("票数不符：实到{present}名，只计{hands}名，还差{}名", present - hands),
        (Lang::Zh, false) => format!("票数不符：实到{present}名，却计了{hands}名，多出{}名", hands - present),
        (Lang::En, true) => {
            format!(
                "the hands do not add up: {hands} counted, {present} present, {} missing",
                present - hands
            )
        }
        (Lang::En, false) => {
            format!(
                "the hands do not add up: {hands} counted, {present} present, {} too many",
                hands - present
            )
        }
    }
}

fn no_right(lang: Lang, command: CommandKind) -> String {
    let who = rights::of(command).map_or(&[][..], |right| right.who);
    let roles: Vec<&str> = who.iter().map(|role| who::role(lang, *role)).collect();
    let roles = roles.join(lang.pick("、", " or "));
    match lang {
        Lang::Zh => format!("只有{roles}可以{}", doing(lang, command)),
        Lang::En => format!("only {roles} may {}", doing(lang, command)),
    }
}

fn not_now(lang: Lang, command: CommandKind) -> String {
    let when = rights::of(command).map(|right| who::when(lang, right.when)).unwrap_or_default();
    match lang {
        Lang::Zh => format!("现在不能{}：只能在{when}", doing(lang, command)),
        Lang::En => format!("it is not the time to {}: only {when}", doing(lang, command)),
    }
}
