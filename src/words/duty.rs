//! What a scrutineer's terminal asks and says, and what every member is told of the scrutineers' work: one page, one thing
//! to do.

use super::Lang;
use super::who::names_up_to;
use crate::plan::{SMALL, SmallPlan};

/// How many names a line of this file lists before it counts the rest.
const NAMES_MAX: usize = 12;

texts! {
    /// Fixed texts of the scrutineers' pages.
    pub enum Duty {
        // the key
        KeyTitle: "生成票箱密钥", "The key of the ballot box";
        KeyMaking: "正在与其他监票人的终端一起生成票箱密钥。", "This terminal is making the key of the ballot box with the other scrutineers'.";
        KeyNothing: "您不用按键，几秒钟就好。请不要关闭终端。", "There is nothing to press; it takes seconds. Please leave the terminal running.";
        KeyWhat: "密钥由监票人分持：任何一个人都不能单独开箱。", "The scrutineers share the key: nobody can open the box alone.";
        KeyMade: "票箱密钥已生成。", "The key of the ballot box is made.";
        KeyStopped: "本终端发现密钥不对，已经停下，没有参与。", "This terminal found that the key does not hold, and has stopped.";
        KeyStoppedHow: "请举手告诉主持人：先不要投票，请监票人重新生成密钥。", "Raise your hand and tell the presiding officer: do not vote yet, the scrutineers make a new key.";
        StepsNone: "等待", "waiting";
        StepsDone: "完成", "done";
        // the locked share
        UnlockTitle: "打开您保管的一份密钥", "Open your share of the key";
        UnlockAsk: "终端重新启动过。请输入您席位条上的席位码。", "This terminal was started again. Type the seat code from your slip.";
        UnlockWhy: "您的一份密钥用席位码锁在这台终端里；不打开，就不能帮助开箱。", "Your share is locked in this terminal under that code; without it you cannot help to open the box.";
        Unlocking: "正在打开…", "Opening…";
        Unlocked: "已打开，您的一份密钥可以用了", "Open: your share can be used again";
        // heads
        HeadsTitle: "清点人数", "Count heads";
        HeadsHow: "请用眼睛数，不要看签到数；列席的人不算。您自己有表决权的，也算上。", "Count with your eyes, not from a list. Leave out those without a vote; count yourself if you have one.";
        HeadsSending: "正在记入…", "Taking it down…";
        HeadsEmpty: "请先输入人数", "Type the number first";
        HeadsEqual: "相等。", "Equal.";
        HeadsUnequal: "不相等。", "Not equal.";
        HeadsWait: "等待其他监票人，或等待主持人发票。", "Waiting for the other scrutineers, or for the issue of papers.";
        HeadsMend: "请再数一遍，按 Enter 重新输入。仍不相等：按 P 看在场名单，谁签了到却不在、谁在却没有签到，告诉主持人更正。", "Count again; Enter types anew. If it stays so, P lists who is signed in: find who is not here, or is here and not on it, and tell the presiding officer to correct it.";
        // room code
        RoomTitle: "核对房间码", "Compare the room code";
        RoomAsk: "请看别人的屏幕或大屏幕右上角的房间码，在这里输入。", "Read the room code in the upper corner of another screen, and type it here.";
        RoomWhy: "您自己的码，输对以前这一页不显示。两边相同，说明全场屏幕的记录是同一份。", "Your own is not shown here until you typed it right. If both are the same, all screens follow one record.";
        RoomShort: "房间码是十二个字符", "The room code has twelve characters";
        RoomComparing: "正在比对…", "Comparing…";
        RoomSame: "房间码相同。", "The room code is the same.";
        RoomDiffers: "与本终端的房间码不同。", "This is not the room code of this terminal.";
        RoomTyped: "您输入的是", "You typed";
        RoomAgain: "请再看一次那块屏幕，逐个字符核对，按 Enter 重新输入。", "Read that screen again, sign by sign; Enter types anew.";
        RoomObject: "看清了仍不同：两块屏幕的记录可能不一样。按 O 提出异议，并举手请主持人停下。", "If it stays different, the two screens may follow different records: O objects; raise your hand, and have the meeting stop.";
        ObjectTitle: "对房间码提出异议", "Object to the room code";
        ObjectHow: "异议写入会议记录，人人可见。可以修改。Enter 提出，Esc 取消。", "It goes into the record for all to read. You can change it. Enter objects, Esc drops it.";
        Objected: "异议已写入会议记录，请举手告诉主持人", "Your objection is in the record; raise your hand too";
        // missing confirmations
        MissingTitle: "核对票箱", "The box is checked";
        MissingWhat: "票箱已封，每台终端正在票箱里找自己的票。", "The box is sealed, and every terminal looks for its own ballot in it.";
        MissingNames: "还没有答复的：", "Not answered yet:";
        MissingFirst: "请这几位看一看自己的终端。", "Please have them look at their terminals.";
        MissingMay: "可以等下去；也可以同意不等：选中一人，按 A，再按 Y。", "You may go on waiting, or go on without somebody: choose, press A, then Y.";
        MissingYours: "您已同意不等这几位，等待其他监票人。", "You have accepted all of these; waiting for the other scrutineers.";
        MissingKept: "他（她）的票若在票箱里，照样计入。", "If that ballot is in the box, it counts all the same.";
        // opening
        OpeningTitle: "开箱", "Opening the box";
        OpeningNothing: "您不用按键。全部核验无误，才给出您的一份。", "There is nothing to press. Only when all is checked does it give your share.";
        OpeningGiven: "已给出", "given";
        OpeningLost: "已失去", "lost";
        OpeningLeftOut: "不成立，不采用", "does not hold, left out";
        OpeningSilent: "没有应答，已点名", "no answer: named";
        OpeningNamed: "主持人已点名：您的终端没有应答开箱，不再等待。终端一经应答，您的一份照样算数；请举手说明。", "The presiding officer has named your terminal as not answering, and does not wait for it. Once it answers, your share counts again; raise your hand and say what is wrong.";
        OpeningFalse: "您的终端交出的一份经各方核验不成立，没有采用；这已写入会议记录。", "What this terminal gave as your share does not hold, as every screen has checked: it is left out, and the record says so.";
        OpeningFalseHow: "本轮您不能再交出一份。终端可能坏了或被改动：请举手告诉主持人，换一台终端。", "It cannot give another for this box. The terminal may be broken or altered: raise your hand, tell the presiding officer, and take another one.";
        OpeningStopped: "本终端发现票箱不对，没有给出您的一份。", "This terminal found that the box does not hold; it gives nothing of your share.";
        OpeningStoppedHow: "请举手告诉主持人和其他监票人：先不要宣布结果。异议已写入会议记录。", "Raise your hand and tell the presiding officer and the other scrutineers: declare nothing yet. The objection is in the record.";
        // result sheet
        SheetAsk: "请核对以上数字。按 S 签署，按 N 拒签并写明理由。", "Look at the figures above. S signs them; N refuses, with a reason.";
        SheetChecking: "本终端正在核验计票，核验完了才能签署。", "This terminal is checking the count itself; you can sign once it has.";
        SheetSure: "签署以后不能撤回。按 Y 签署，按其他键返回。", "A signature cannot be taken back. Y signs, any other key goes back.";
        SheetSigned: "您已签署。", "You have signed.";
        SheetRefused: "您已拒签，理由在会议记录里。如改变主意，按 S 签署。", "You have refused; your reason is in the record. You can still sign: S.";
        SheetTitle: "拒签计票结果的理由", "Why you do not sign the result";
        SheetHow: "理由写入会议记录，人人可见。Enter 提交，Esc 取消。", "The reason goes into the record for all to read. Enter sends it, Esc drops it.";
        // everybody
        RoomCode: "房间码", "room";
        PresentTitle: "在场的人", "Who is here";
        PresentHow: "谁在名单上却不在会场，或在会场却不在名单上，请告诉监票人。", "Is anybody on the list who is not in the room, or in the room and not on it? Tell a scrutineer.";
        KeyBeingMade: "监票人的终端正在生成票箱密钥。", "The scrutineers' terminals are making the key of the ballot box.";
        OneHolds: "开箱的密钥只由一名监票人保管：无记名全凭其一人。", "One scrutineer alone holds the key: secrecy rests on that one.";
        Unanimous: "全体一致的结果，等于公开每个人的选择。", "A unanimous result tells everybody's vote.";
        AsideTitle: "您已回避，这次不评议", "You stand aside; you do not vote on this one";
        AsideWhy: "您声明了对这名述职人的回避。发给您的评议票不会使用，您不用按键。", "You declared a recusal for this official. The paper that was handed to you is not used; there is nothing to press.";
        AsideNext: "轮到下一名述职人时，您照常评议。", "You evaluate the next official as everyone does.";
        NotInBox: "封好的票箱里没有您的票。", "Your ballot is not in the sealed box.";
        ReturnsAgain: "终端正凭回执再次送入，您不用按键，请不要离开。", "This terminal returns it again with its receipt. There is nothing to press; please stay.";
        MissingAlarm: "您的票再次送入后，仍不在票箱里。", "Your ballot was returned again, and is still not in the box.";
        MissingAlarmHow: "终端已提出异议。请立即举手，告诉监票人：不能开箱。", "This terminal has objected. Raise your hand now and tell a scrutineer: the box must not be opened.";
        RevokedAsk: "如果不是您要求补发的，有人可能在用您的席位：请立即举手，告诉主持人。", "If you did not ask for it, somebody may be taking your seat: raise your hand now and tell the presiding officer.";
    }
}

/// What is to be counted: those in these groups.
pub fn heads_ask(lang: Lang, groups: &[String]) -> String {
    let groups = names_up_to(lang, groups, NAMES_MAX);
    match lang {
        Lang::Zh => format!("请清点会场里有表决权的人（{groups}），输入人数，按 Enter。"),
        Lang::En => {
            format!("Count those in the room who have a vote ({groups}), type the number, press Enter.")
        }
    }
}

/// The own count beside who is signed in.
pub fn heads_counted(lang: Lang, counted: u32, present: u32) -> String {
    match lang {
        Lang::Zh => format!("您数的 {counted}    签到的 {present}"),
        Lang::En => format!("You counted {counted}    signed in {present}"),
    }
}

/// How many scrutineers counted as many as are signed in.
pub fn heads_equal(lang: Lang, equal: usize, needed: u32) -> String {
    match lang {
        Lang::Zh => format!("与签到数相等的监票人：{equal}名，需要{needed}名"),
        Lang::En => format!("{equal} of {needed} scrutineers needed have counted as many as are signed in"),
    }
}

/// How many have typed the room code.
pub fn room_confirmed(lang: Lang, confirmed: usize, needed: u32) -> String {
    match lang {
        Lang::Zh => format!("已核对的监票人：{confirmed}名，需要{needed}名"),
        Lang::En => format!("{confirmed} of {needed} scrutineers needed have compared it"),
    }
}

/// The reason of an objection to the room code, as it is proposed.
pub fn room_objection(lang: Lang, typed: &str) -> String {
    match lang {
        Lang::Zh => format!("另一块屏幕的房间码是 {typed}，与本终端的不同"),
        Lang::En => format!("another screen shows the room code {typed}, this terminal shows another"),
    }
}

/// How many terminals have answered to the box.
pub fn box_answered(lang: Lang, answered: u32, of: u32) -> String {
    match lang {
        Lang::Zh => format!("已答复 {answered}/{of}"),
        Lang::En => format!("{answered} of {of} have answered"),
    }
}

/// How long a missing confirmation cannot be accepted yet.
pub fn missing_left(lang: Lang, seconds: i64) -> String {
    match (lang, seconds) {
        (Lang::Zh, _) => format!("还有{seconds}秒；之后监票人才可以决定不等。"),
        (Lang::En, 1) => "1 second left; then scrutineers can decide to go on without them.".to_owned(),
        (Lang::En, _) => {
            format!("{seconds} seconds left; then scrutineers can decide to go on without them.")
        }
    }
}

/// How many scrutineers have accepted that somebody is missing, and whether this one has.
pub fn missing_accepted(lang: Lang, accepted: usize, needed: u32, by_me: bool) -> String {
    let text = match lang {
        Lang::Zh => format!("同意不等 {accepted}/{needed}"),
        Lang::En => format!("accepted {accepted}/{needed}"),
    };
    if by_me { format!("{text} {}", lang.pick("（含您）", "(by you too)")) } else { text }
}

/// The question before the second key.
pub fn missing_ask(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("同意不等{name}的终端？按 Y 同意，按其他键返回。"),
        Lang::En => format!("Go on without the terminal of {name}? Y accepts, any other key goes back."),
    }
}

/// A check of the box that goes on.
pub fn checking(lang: Lang, ballots: u32) -> String {
    match (lang, ballots) {
        (Lang::Zh, _) => format!("本终端正在逐张核验票箱里的{ballots}张票…"),
        (Lang::En, 1) => "This terminal is checking the ballot in the box itself…".to_owned(),
        (Lang::En, _) => format!("This terminal is checking all {ballots} ballots in the box itself…"),
    }
}

/// A check of the box that has not begun.
pub fn checking_next(lang: Lang, ballots: u32) -> String {
    match (lang, ballots) {
        (Lang::Zh, _) => format!("本终端接着核验票箱里的{ballots}张票。"),
        (Lang::En, 1) => "This terminal goes on to check the ballot in the box itself.".to_owned(),
        (Lang::En, _) => format!("This terminal goes on to check all {ballots} ballots in the box itself."),
    }
}

/// The box was checked, and the share of this terminal given.
pub fn given(lang: Lang, ballots: u32) -> String {
    match (lang, ballots) {
        (Lang::Zh, _) => format!("本终端已核验{ballots}张票，全部无误，并给出了您的一份。"),
        (Lang::En, 1) => "This terminal has checked the ballot and given your share.".to_owned(),
        (Lang::En, _) => {
            format!(
                "This terminal has checked all {ballots} ballots, found them right, and given your share."
            )
        }
    }
}

/// How many scrutineers' terminals have given their share.
pub fn opened_by(lang: Lang, given: usize, needed: u32) -> String {
    match lang {
        Lang::Zh => format!("已给出 {given}/{needed}"),
        Lang::En => format!("{given} of {needed} needed have given theirs"),
    }
}

/// How many have answered to the result sheet.
pub fn sheet_answered(lang: Lang, answered: usize, needed: u32) -> String {
    match lang {
        Lang::Zh => format!("监票人已答复 {answered}/{needed}"),
        Lang::En => format!("{answered} of {needed} scrutineers needed have answered"),
    }
}

/// Somebody who signed or refused the result sheet.
pub fn sheet_by(lang: Lang, name: &str, refused: Option<&str>) -> String {
    match (lang, refused) {
        (Lang::Zh, None) => format!("{name}已签署"),
        (Lang::Zh, Some(reason)) => format!("{name}拒签：{reason}"),
        (Lang::En, None) => format!("{name} has signed"),
        (Lang::En, Some(reason)) => format!("{name} refuses: {reason}"),
    }
}

/// A step of the making of the key, of three.
pub fn steps(lang: Lang, done: u32) -> String {
    match (lang, done) {
        (_, 0) => Duty::StepsNone.text(lang).to_owned(),
        (_, 3..) => Duty::StepsDone.text(lang).to_owned(),
        (Lang::Zh, _) => format!("第{done}步，共3步"),
        (Lang::En, _) => format!("step {done} of 3"),
    }
}

/// Which scrutineers open the box.
pub fn holders(lang: Lang, threshold: u32, of: usize) -> String {
    match lang {
        Lang::Zh => format!("{of}名监票人分持密钥，其中{threshold}名一起才能开箱。"),
        Lang::En => format!("{of} scrutineers share the key; it takes {threshold} of them to open the box."),
    }
}

/// What happens to a box with few ballots, by the plan.
pub fn small(lang: Lang, plan: SmallPlan) -> String {
    match (lang, plan) {
        (Lang::Zh, SmallPlan::Closed) => format!("收回不足{SMALL}张的，不开箱。"),
        (Lang::Zh, SmallPlan::Open) => format!("收回不足{SMALL}张也开箱：票少时容易猜出是谁投的。"),
        (Lang::En, SmallPlan::Closed) => format!("A box with fewer than {SMALL} ballots is not opened."),
        (Lang::En, SmallPlan::Open) => {
            format!("A box with fewer than {SMALL} ballots is opened too: votes can then be guessed.")
        }
    }
}

/// Papers for several officials are handed out at once.
pub fn bundle(lang: Lang, officials: usize) -> String {
    match lang {
        Lang::Zh => format!("{officials}名述职人的评议票，现在一次发齐。"),
        Lang::En => format!("The papers for all {officials} officials are handed out now, at once."),
    }
}

/// Whose terminals have not answered to the box.
pub fn not_answered(lang: Lang, names: &[String]) -> String {
    let names = names_up_to(lang, names, NAMES_MAX);
    match lang {
        Lang::Zh => format!("还没有答复票箱的终端：{names}"),
        Lang::En => format!("terminals that have not confirmed the box: {names}"),
    }
}

/// A group with how many of it are here.
pub fn group_here(lang: Lang, group: &str, here: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("{group}  在场 {here}/{of}"),
        Lang::En => format!("{group}  {here} of {of} here"),
    }
}
