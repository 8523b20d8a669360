//! The steps of the scrutineers as console and display show them: making the key, counting heads, comparing the room
//! code, checking and opening the box, signing the result.

use super::{Lang, who};
use crate::meeting::{State, VoidReason};

texts! {
    /// Fixed texts of these steps.
    pub enum Procedure {
        MakeKey: "生成票箱密钥", "The key of the ballot box";
        MakingKey: "监票人正在生成密钥", "The scrutineers make the key";
        CountHeads: "清点人数", "Heads are counted";
        CompareRoom: "核对房间码", "The room code is compared";
        CheckBox: "各终端正在核对票箱", "Terminals check the box";
        KeepClosed: "票太少，不开箱", "Too few ballots: the box stays closed";
        OpenBox: "监票人共同开箱", "The scrutineers open the box";
        Unopenable: "票箱无法开启", "The box cannot be opened";
        SignResult: "监票人签署计票结果", "The scrutineers sign the result";
        RoomCode: "房间码", "room code";
        BeingComputed: "正在计算…", "being computed…";
        Ready: "就绪", "ready";
        ToOpen: "开箱需", "to open";
        Equal: "点数相符", "alike";
        Compared: "已核对", "compared";
        SharesGiven: "开箱份额", "shares given";
        SecondsLeft: "核对时间还剩", "time to check left";
        Seconds: "秒", "s";
        VotersHere: "签到的表决人", "Voters signed in";
        PresentByName: "在场人员", "Those present";
        NotHere: "没有签到", "not signed in";
        NoTerminal: "终端没有登记", "terminal not enrolled";
        NotConnected: "终端未连接", "cut off";
        HereAndReady: "已签到，终端就绪", "here, terminal ready";
        Certified: "证书", "certified";
        Dealt: "份额", "dealt";
        Checked: "核对", "checked";
        NotTakingPart: "没有参加这次生成", "takes no part";
        NotCountedYet: "还没有报数", "has not counted yet";
        NotComparedYet: "还没有核对", "not yet";
        ComparedYes: "已核对一致", "compared, the same";
        ShareGiven: "已核验全部选票，交出开箱份额", "checked every ballot and gave its share";
        ShareAwaited: "已连接，正在核验选票", "connected, is checking the ballots";
        ShareLost: "份额已失效（补发过席位码）", "its share is lost: the code was reissued";
        ShareFalse: "交出的份额经核验不成立，不予采用", "its share does not hold, and is left out";
        ShareSilent: "终端没有应答，已点名，不再等待", "does not answer: named, not waited for";
        SheetSigned: "已签署", "has signed";
        SheetAwaited: "还没有签署", "has not signed yet";
        WhoLeft: "有人中途离开或终端坏了：按 R 为其签退，再按 K 由在场的监票人重新生成。", "Somebody left or a terminal broke: R signs that person out, then K begins again with those present.";
        HowToMakeReady: "未就绪的监票人请签到并打开终端；没有就绪的不参加，以后也不能开箱。", "Who is not ready: sign in and open the terminal. Whoever is not ready takes no part and cannot open the box.";
        KeyTooFewLeft: "持有密钥份额的监票人在场的不足，须重新生成密钥。", "Too few of those who hold the key are here: it is made anew.";
        HowToCorrect: "不符时：按 R 为漏签的人签到、为已离场的人签退，监票人再点一次。", "If they differ: R signs in or out whom the list has wrong, then the scrutineers count again.";
        HowToCompare: "看别人屏幕上的房间码，在自己的终端上输入；不一致，不要继续，按 S 中止会议。", "Read the code on another person's screen and type it on your own terminal. If it differs, stop: S suspends.";
        HowToAccept: "时间已到：监票人可在终端上逐一同意缺少的核对；也可以按 W 作废本轮，重新发票。", "Time is over: scrutineers may accept each on their terminals, or W voids the round and papers are issued again.";
        BoxWaits: "等待可能迟到的票，最多一分钟；此后各终端自动应答，不用提醒。", "Late ballots may still come; then terminals answer by themselves.";
        HowToWait: "请提醒下列各位看一下自己的终端。", "Ask these people to look at their terminals.";
        HowToOpen: "请监票人保持终端连接；需要席位码的，终端上会提示。", "Scrutineers, keep your terminals connected; where the seat's code is needed the terminal asks for it.";
        HowToName: "在场而终端一直没有应答的：按 M 点名，不再等待；终端随后应答的，照样算数。", "Here, and the terminal does not answer? M names them, and they are not waited for; who answers after all counts again.";
        TimeToAnswer: "应答时间还剩", "time to answer left";
        TerminalsByThemselves: "监票人的终端自动进行，密钥分别保管，任何一人不能单独开箱", "Their terminals do it by themselves; nobody can open the box alone";
        LookAtTheNames: "请各位核对名单：名单上的人都在场，在场的表决人都在名单上", "Please check: everybody named here is in the room, and every voter in the room is named";
        LookAtYourCode: "请看您屏幕上的房间码是否与此相同；不同，请立即举手", "Is the code on your screen the same? If not, raise your hand now";
        HowToGoOn: "有监票人返回：按 R 为其签到，即可继续开箱。", "Is a scrutineer back? R signs that one in, and the opening goes on.";
        ReadyToVote: "名单已核对，可以投票", "The list is confirmed: voting can begin";
        LookAtYourTerminal: "请以下同志看一下自己的终端", "Please look at your terminals";
        StaysClosed: "票箱不开启", "The box stays closed";
        Unanimous: "全票一致时，结果会透露每个人的票", "a unanimous result tells how everybody voted";
        SmallOpened: "不足5张也开箱：票少时更容易看出谁怎样投票", "a box of fewer than 5 is opened";
        PapersWait: "发票已在之前一次完成，名单已核对；现在直接投票。", "Papers were issued before, all at once, and the list is confirmed: voting follows directly.";
    }
}

texts! {
    /// What a stop of the agenda consists of.
    pub enum Part {
        Key: "生成密钥", "make the key";
        Heads: "清点人数", "count heads";
        Papers: "领票", "take papers";
        List: "核对名单", "confirm the list";
        Room: "核对房间码", "compare the room code";
        Seal: "封箱", "seal the box";
        Box: "核对票箱", "check the box";
        Open: "开箱", "open the box";
        PrintPapers: "印发纸质票", "papers out";
        CountPapers: "清点、录入", "count and enter";
        Sheet: "签署结果", "sign the result";
    }
}

/// So many of so many needed.
pub fn of_needed(lang: Lang, there: u32, needed: u32) -> String {
    match lang {
        Lang::Zh => format!("{there}（需 {needed}）"),
        Lang::En => format!("{there} of {needed} needed"),
    }
}

/// A threshold that would be no majority, or a single holder, before the key is made.
pub fn would_be_weak(lang: Lang, ready: u32, threshold: u32) -> Option<String> {
    match (lang, ready) {
        (Lang::Zh, 1) => Some("只有一名监票人：密钥将由其一人保管，保密全凭其一人。".to_owned()),
        (Lang::En, 1) => Some(
            "There is one scrutineer only: that one alone will hold the key, and secrecy rests on that one."
                .to_owned(),
        ),
        (Lang::Zh, ready) if threshold * 2 <= ready => {
            Some(format!("{ready}名监票人中{threshold}名即可开箱，不过半数。"))
        }
        (Lang::En, ready) if threshold * 2 <= ready => {
            Some(format!("{threshold} of {ready} scrutineers will be able to open the box: no majority."))
        }
        _ => None,
    }
}

/// Which making of the key, after the first.
pub fn making_again(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("（第 {number} 次）"),
        Lang::En => format!(" (attempt {number})"),
    }
}

/// What a scrutineer counted, beside how many voters are signed in.
pub fn counted(lang: Lang, heads: u32, present: u32) -> String {
    match (lang, heads.cmp(&present)) {
        (Lang::Zh, std::cmp::Ordering::Equal) => format!("点数 {heads}，相符"),
        (Lang::Zh, std::cmp::Ordering::Less) => format!("点数 {heads}，比签到少 {}", present - heads),
        (Lang::Zh, std::cmp::Ordering::Greater) => format!("点数 {heads}，比签到多 {}", heads - present),
        (Lang::En, std::cmp::Ordering::Equal) => format!("counted {heads}: the same"),
        (Lang::En, std::cmp::Ordering::Less) => {
            format!("counted {heads}: {} fewer than signed in", present - heads)
        }
        (Lang::En, std::cmp::Ordering::Greater) => {
            format!("counted {heads}: {} more than signed in", heads - present)
        }
    }
}

/// Which scrutineers accepted that a terminal does not confirm the box.
pub fn accepted_by(lang: Lang, names: &[String], needed: u32) -> String {
    let (many, names) = (names.len(), who::names_up_to(lang, names, 3));
    match lang {
        Lang::Zh if many == 0 => format!("同意 0/{needed}"),
        Lang::Zh => format!("同意 {many}/{needed}：{names}"),
        Lang::En if many == 0 => format!("accepted 0/{needed}"),
        Lang::En => format!("accepted {many}/{needed}: {names}"),
    }
}

/// A scrutineer who did not sign, with the reason, which comes from outside and must be cleaned.
pub fn refused(lang: Lang, reason: &str) -> String {
    match lang {
        Lang::Zh => format!("拒绝签署：{reason}"),
        Lang::En => format!("does not sign: {reason}"),
    }
}

/// Who signed the result sheet.
pub fn signed_by(lang: Lang, names: &[String]) -> String {
    let names = who::names_up_to(lang, names, names.len());
    match lang {
        Lang::Zh => format!("签署计票结果：{names}"),
        Lang::En => format!("Result sheet signed by {names}"),
    }
}

/// Who is still to sign it.
pub fn to_sign(lang: Lang, names: &[String]) -> String {
    let names = who::names_up_to(lang, names, names.len());
    match lang {
        Lang::Zh => format!("待签署：{names}"),
        Lang::En => format!("still to sign: {names}"),
    }
}

/// Who did not sign it.
pub fn not_signed_by(lang: Lang, name: &str, reason: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}拒绝签署：{reason}"),
        Lang::En => format!("{name} does not sign: {reason}"),
    }
}

/// How a box was opened: by so many of those who hold the key.
pub fn opened_by(lang: Lang, opened: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("{of}名监票人中{opened}名共同开箱，每名的终端都核验了每一张票"),
        Lang::En => format!("opened by {opened} of {of} scrutineers, each terminal checked every ballot"),
    }
}

/// Whose share did not hold.
pub fn false_share(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}的终端交出的开箱份额经核验不成立，没有采用"),
        Lang::En => format!("the share that {name}'s terminal gave does not hold, and was left out"),
    }
}

/// Naming scrutineers whose terminals do not answer, before the second key.
pub fn silent_warning(lang: Lang, names: &[String]) -> String {
    let names = who::names_up_to(lang, names, names.len());
    match lang {
        Lang::Zh => format!(
            "{names}在场，终端没有应答：写入记录，不再等待。剩下的监票人不够时，可以宣布票箱无法开启；在此之前其终端应答的，照样算数。"
        ),
        Lang::En => format!(
            "{names}: here, and the terminal does not answer. This goes into the record, and nobody waits for it. If too few are left then, the box can be declared unopenable; whose terminal answers before that counts again."
        ),
    }
}

/// A seat whose code was made anew.
pub fn reissued(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("已补发席位码：{name}。原来的终端失效"),
        Lang::En => format!("Seat code reissued: {name}. The old terminal is turned off"),
    }
}

/// After a round that was not opened: why, and what can be done.
pub fn what_now(lang: Lang, reason: &VoidReason, review: bool) -> Option<String> {
    let too_few = matches!(reason, VoidReason::TooFew { .. });
    let undecided = too_few || matches!(reason, VoidReason::Unopenable { .. });
    let other = match (lang, review) {
        _ if !undecided && !review => return None,
        (Lang::Zh, true) => "或按 O 推迟这名述职人",
        (Lang::Zh, false) => "或按 D 宣布本项不作决定",
        (Lang::En, true) => "or O puts the official off",
        (Lang::En, false) => "or D declares that nothing is decided",
    };
    Some(match lang {
        Lang::Zh => format!("可以重新发票再投一次，{other}。"),
        Lang::En => format!("Issue papers and vote again, {other}."),
    })
}

/// The same before the round is void.
pub fn what_then(lang: Lang, reason: &VoidReason, review: bool) -> Option<String> {
    let what_now = what_now(lang, reason, review)?;
    Some(match lang {
        Lang::Zh => format!("按 Enter、再按 Y，本轮即告无效。之后{what_now}"),
        Lang::En => format!("Enter, then Y, makes this round void. After that: {what_now}"),
    })
}

/// Declaring that nothing was decided, before the second key.
pub fn undecided_warning(lang: Lang, state: &State) -> String {
    let title = state.current_item().and_then(|item| state.item(&item.id)).map_or("", |item| &item.title);
    let title = super::quotation::quoted(title);
    match lang {
        Lang::Zh => format!("宣布{title}不作决定：没有开箱，没有结果，本次会议不再表决。"),
        Lang::En => format!(
            "Declare that nothing is decided on {title}: no box was opened, there is no result, and it is not voted on again in this meeting."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        for text in Procedure::ALL {
            assert_ne!(text.text(Lang::Zh), text.text(Lang::En), "{text:?}");
        }
        for part in Part::ALL {
            assert_ne!(part.text(Lang::Zh), part.text(Lang::En), "{part:?}");
        }
    }

    #[test]
    fn a_weak_key_is_told_before_it_is_made() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(would_be_weak(lang, 1, 1).is_some());
            assert!(would_be_weak(lang, 4, 2).is_some());
            assert_eq!(would_be_weak(lang, 3, 2), None);
            assert_eq!(would_be_weak(lang, 2, 2), None);
        }
    }
}
