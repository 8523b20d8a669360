//! Business that is decided in the open, in words: who has spoken on a major matter and who has not, votes by name, how an
//! open vote is taken.

use super::{Lang, rule, who};
use crate::meeting::{NamedVote, SeatId, Signed, State, Taken};
use crate::plan::{Matter, MatterKind, VoteAbout, VoteHow};
use crate::rules::{Base, Decided, NamedChoice, NamedCount, OpenOutcome, Threshold};

texts! {
    /// The fixed words of major matters and open votes.
    pub enum Open {
        Raised: "提出", "raised";
        Studied: "研究", "studied";
        Reviewed: "审核", "reviewed";
        Notified: "通知", "notified";
        Introduced: "介绍人", "Introduced by";
        HeadLast: "末位表态", "Head, speaks last";
        Text: "文本", "The text";
        Views: "逐一表态", "Views, the head last";
        SummingUp: "归纳", "Summing up";
        Question: "表决事项", "The question";
        Vote: "表决", "Vote";
        Drawing: "正在抽签排定发言顺序", "The order of the speakers is being drawn";
        Asked: "正在表态", "asked now";
        Next: "下一位", "next";
        Passed: "不发表意见", "passed";
        Spoken: "已表态", "spoken";
        Waiting: "未表态", "to come";
        Away: "不在场", "not in the room";
        Head: "主要负责人", "head";
        NotVoted: "未表决", "has not voted";
        DidNotVote: "不表决", "did not vote";
        Left: "离场未表决", "left without a vote";
        Entered: "代录", "entered";
        MyTurn: "请您表态", "You are asked for your view";
        NotMyTurn: "还没有轮到您表态", "It is not your turn yet";
        VoteNow: "现在记名表决", "Vote by name now";
        YourVote: "您的表决", "Your vote";
        NamesAreShown: "记名表决：您的姓名和表决意见写入会议记录", "This vote is by name: your name and your vote stand in the record";
        CannotChange: "确认之后不能更改", "it cannot be changed after that";
        NoVote: "您在本次表决中没有表决权，或表决开始时不在场", "You have no vote here, or were not in the room when it opened";
        SumUpNow: "请归纳各方意见，然后由主持人提请表决或暂缓", "Please sum up; then it is put to the vote, or deferred";
        OnlyLooks: "您列席本项，没有表决权", "You attend this item without a vote";
        PassAsk: "不发表意见？", "Pass?";
        SignAsk: "签署本项的会议记录？", "Sign the record of this item?";
        ObjectAsk: "提出异议，改为举手表决？", "Object, so that hands are counted?";
        InRecord: "已写入会议记录", "It stands in the record";
        SignNow: "请核对并签署本项记录", "Please check and sign the record of this item";
        Object: "提出异议", "object";
        ObjectNow: "如不同意不经计票通过，请提出异议", "If you do not want this taken without a count, object now";
        Objected: "提出异议", "objected";
        HandsNow: "请举手表决", "Please raise your hand";
        AskStatement: "表态内容（由记录员录入）", "The view, as it was spoken";
        AskSummingUp: "归纳内容", "The summing up";
        AskDefer: "暂缓的原因", "Why it is deferred";
        AskUnsigned: "未用终端签署的原因", "Why the head does not sign with the terminal";
        AskEnterVote: "代录的原因（如终端故障）", "Why the vote is entered (such as a broken terminal)";
        PickVoter: "代录谁的表决", "Whose vote is entered";
        PickChoice: "表决意见", "The vote";
        PickNotified: "补记会前通知：选择成员", "A notification given before: to whom";
        AllMissing: "全部未通知的/只此一人", "all who have none/this one";
        PickObjector: "谁提出异议", "Who objects";
        PassFor: "记为不发表意见", "record a pass";
        EnterVote: "代录表决", "enter a vote";
        Notice: "补记通知", "notifications";
        Carried: "通过", "carried";
        NotCarried: "未通过", "not carried";
        Postponed: "缓议", "postponed";
        Deferred: "暂缓", "deferred";
        WithoutObjection: "无异议通过", "carried without objection";
    }
}

/// The kind of a major matter.
pub fn kind(lang: Lang, kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Decision => lang.pick("重大决策", "a major decision"),
        MatterKind::Appointment => lang.pick("重要人事任免", "an appointment"),
        MatterKind::Project => lang.pick("重大项目安排", "a major project"),
        MatterKind::LargeSum => lang.pick("大额度资金使用", "a large sum"),
    }
}

/// How a major matter is voted on.
pub fn ballot(lang: Lang, matter: &Matter) -> &'static str {
    match matter.secret {
        None => lang.pick("记名表决", "vote by name"),
        Some(_) => lang.pick("无记名投票", "secret ballot"),
    }
}

/// How an open vote is taken.
pub fn how(lang: Lang, how: VoteHow) -> &'static str {
    match how {
        VoteHow::Hands => lang.pick("举手表决", "by show of hands"),
        VoteHow::ByName => lang.pick("记名表决", "by name"),
        VoteHow::WithoutObjection => lang.pick("无异议即通过", "without objection"),
    }
}

/// What an open vote is about.
pub fn about(lang: Lang, about: VoteAbout) -> &'static str {
    match about {
        VoteAbout::Agenda => lang.pick("议程", "the agenda"),
        VoteAbout::Scrutineers => lang.pick("监票人名单", "the scrutineers"),
        VoteAbout::Rules => lang.pick("选举办法", "election rules"),
        VoteAbout::Other => lang.pick("其他事项", "other business"),
    }
}

/// What somebody says in a vote by name.
pub fn choice(lang: Lang, choice: NamedChoice) -> &'static str {
    match choice {
        NamedChoice::Agree => lang.pick("同意", "agree"),
        NamedChoice::Disagree => lang.pick("不同意", "disagree"),
        NamedChoice::Postpone => lang.pick("缓议", "postpone"),
        NamedChoice::Abstain => lang.pick("弃权", "abstain"),
    }
}

/// What was decided.
pub fn decided(lang: Lang, decided: Decided) -> &'static str {
    match decided {
        Decided::Carried => Open::Carried,
        Decided::NotCarried => Open::NotCarried,
        Decided::Postponed => Open::Postponed,
    }
    .text(lang)
}

/// The vote of somebody in a vote by name, or that there is none.
pub fn vote_of(lang: Lang, state: &State, named: &NamedVote, seat: &SeatId) -> String {
    match named.vote(seat) {
        Some(vote) => match vote.choice {
            Some(said) => choice(lang, said).to_owned(),
            None => Open::DidNotVote.text(lang).to_owned(),
        },
        None if !state.is_present(seat) => Open::Left.text(lang).to_owned(),
        None => Open::NotVoted.text(lang).to_owned(),
    }
}

/// The figures of a count: only what can be said in this vote, and those without a vote where there are any.
pub fn figures(lang: Lang, choices: &[NamedChoice], count: &NamedCount) -> String {
    let number = |said: NamedChoice| match said {
        NamedChoice::Agree => count.agree,
        NamedChoice::Disagree => count.disagree,
        NamedChoice::Postpone => count.postpone,
        NamedChoice::Abstain => count.abstain,
    };
    let mut said: Vec<String> = choices
        .iter()
        .map(|said| format!("{}{}{}", choice(lang, *said), lang.pick("", " "), number(*said)))
        .collect();
    if count.without > 0 {
        said.push(format!("{}{}{}", Open::DidNotVote.text(lang), lang.pick("", " "), count.without));
    }
    said.join(lang.pick("，", ", "))
}

/// The comparison that decides, with what was decided: `5 ≥ 5`, `4 < 5`.
pub fn arithmetic(lang: Lang, outcome: &OpenOutcome) -> String {
    let (agree, needed) = (outcome.count.agree, outcome.needed);
    let word = decided(lang, outcome.decided);
    match outcome.decided {
        Decided::Carried => format!("{word}  {agree} ≥ {needed}"),
        Decided::NotCarried => format!("{word}  {agree} < {needed}"),
        Decided::Postponed => {
            let postpone = outcome.count.postpone;
            format!("{word}  {postpone} ≥ {needed}")
        }
    }
}

/// When it is carried, as it is read aloud; with its number where the base is known.
pub fn carried(lang: Lang, threshold: &Threshold, due: u32, present: u32) -> String {
    let base = match threshold.of {
        Base::Due => Some(due),
        Base::Present => Some(present),
        Base::Returned | Base::Valid | Base::AgreeDisagree => None,
    };
    let least = base.map(|base| threshold.least(base));
    match lang {
        Lang::Zh => {
            let number = least.map(|least| format!("，即{least}名")).unwrap_or_default();
            format!(
                "同意须{}（按{}计）{number}",
                rule::bound(lang, threshold),
                rule::base(lang, threshold.of)
            )
        }
        Lang::En => {
            let number = least.map(|least| format!(", that is {least}")).unwrap_or_default();
            format!(
                "It is carried by {} of {}{number}",
                rule::bound(lang, threshold),
                rule::base(lang, threshold.of)
            )
        }
    }
}

/// Who voted how, all names, grouped by what they said; in the order of the votes.
pub fn by_name(
    lang: Lang,
    state: &State,
    choices: &[NamedChoice],
    named: &NamedVote,
) -> Vec<(String, Vec<String>)> {
    let who = |said: Option<NamedChoice>| -> Vec<String> {
        let votes = named.votes.iter().filter(|vote| vote.choice == said);
        votes.map(|vote| who::name(Some(state), &vote.seat)).collect()
    };
    let mut all: Vec<(String, Vec<String>)> =
        choices.iter().map(|said| (choice(lang, *said).to_owned(), who(Some(*said)))).collect();
    let without: Vec<String> = who(None)
        .into_iter()
        .chain(
            named
                .electorate
                .iter()
                .filter(|seat| named.vote(seat).is_none())
                .map(|seat| who::name(Some(state), seat)),
        )
        .collect();
    if !without.is_empty() {
        all.push((Open::DidNotVote.text(lang).to_owned(), without));
    }
    all
}

/// How the head signed.
pub fn signed(lang: Lang, head: &str, signed: &Signed) -> String {
    match (signed, lang) {
        (Signed::ByKey { .. }, Lang::Zh) => format!("{head}已签署本项记录。"),
        (Signed::ByKey { .. }, Lang::En) => format!("{head} signed the record of this item."),
        (Signed::Not { reason }, Lang::Zh) => format!("{head}没有用终端签署：{reason}"),
        (Signed::Not { reason }, Lang::En) => format!("{head} did not sign with the terminal: {reason}"),
    }
}

/// How an open vote was decided, in a few words: `8 present: agree 6, …; carried 6 ≥ 5`.
pub fn taken(lang: Lang, choices: &[NamedChoice], taken: &Taken) -> String {
    match taken {
        Taken::Hands { present, outcome, .. } => {
            let (figures, word) = (figures(lang, choices, &outcome.count), arithmetic(lang, outcome));
            match lang {
                Lang::Zh => format!("实到{present}名：{figures}；{word}"),
                Lang::En => format!("{present} present: {figures}; {word}"),
            }
        }
        Taken::WithoutObjection { present, .. } => match lang {
            Lang::Zh => format!("实到{present}名，无人提出异议；通过"),
            Lang::En => format!("{present} present, nobody objected; carried"),
        },
    }
}

/// Why the head must wait, for the head's own terminal and for the console.
pub fn head_waits(lang: Lang, waiting: &[String], votes: bool) -> String {
    let names = who::names(lang, waiting);
    match (lang, votes, waiting.len()) {
        (Lang::Zh, false, _) => format!("末位表态：等{names}表态之后"),
        (Lang::Zh, true, _) => format!("末位表决：等{names}表决之后"),
        (Lang::En, false, 1) => format!("the head speaks last: {names} comes before"),
        (Lang::En, false, _) => format!("the head speaks last: {names} come before"),
        (Lang::En, true, 1) => format!("the head votes last: {names} comes before"),
        (Lang::En, true, _) => format!("the head votes last: {names} come before"),
    }
}

/// How many have been heard, or have voted.
pub fn progress(lang: Lang, votes: bool, done: usize, of: usize) -> String {
    match (lang, votes) {
        (Lang::Zh, false) => format!("已表态 {done}/{of}"),
        (Lang::Zh, true) => format!("已表决 {done}/{of}"),
        (Lang::En, false) => format!("{done} of {of} heard"),
        (Lang::En, true) => format!("{done} of {of} voted"),
    }
}

/// A second key confirms a vote by name.
pub fn confirm_vote(lang: Lang, said: NamedChoice) -> String {
    let word = choice(lang, said);
    match lang {
        Lang::Zh => format!("您将记名表决：{word}。"),
        Lang::En => format!("Your vote by name: {word}."),
    }
}
