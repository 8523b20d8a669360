//! The challenge: what a member reads who tests the terminal, and what `plenum audit` says.

use super::{Lang, system};
use crate::archive::challenged::{AuditFault, Findings, InRecord};
use crate::client::NotKept;

texts! {
    /// Fixed texts of the challenge's pages.
    pub enum Challenge {
        Code: "对照码", "Control code";
        Encrypting: "正在加密，请稍候…", "Encrypting, one moment…";
        EncryptFailed: "没有加密成功：", "It could not be encrypted: ";
        EncryptFailedAsk: "按 Esc 返回。", "Esc goes back.";
        Title: "检验本机", "Test this terminal";
        NotCounted: "检验用的票不会计入结果。", "A ballot that is used for a test does not count.";
        What: "本机将交出这张票是怎样加密的，任何另一台电脑都能核对它有没有照您的选择加密。检验完，您重新填票、投票。", "The terminal gives away how this ballot was encrypted, and any other computer can check whether that is what you marked. Then you vote afresh.";
        MarkAnything: "看到检验数据的人，就看到这张票上的选择。请为检验随意填写；如果现在填的是真实意见，请按 Esc 返回改填。", "Whoever sees the test data sees the marks on this ballot. Mark anything for the test; if these are your real marks, press Esc and change them first.";
        WriteDown: "先抄下或拍下对照码：", "First write down or photograph the control code:";
        GoOn: "抄好以后按 Y：交出数据，这张票作废。", "When you have it, Y gives the data away and this ballot is gone.";
        GivingAway: "正在写出检验数据…", "Writing the test data…";
        Given: "这张票已交出，不会计入结果。", "This ballot was given away and does not count.";
        InFile: "检验数据在这个文件里：", "The test data is in this file:";
        NoFile: "没有写成文件：", "There is no file: ";
        NoFileHow: "数据在下面。可以拍下或复制出来，存成文件。", "The data stands below. Photograph it or copy it into a file.";
        HowToCheck: "把文件拿到另一台电脑上，用这条命令核对：", "Take the file to another computer and check it with:";
        Says: "本机说，加密的是：", "This terminal says that it encrypted:";
        Data: "检验数据：", "The test data:";
        Afresh: "现在重新投票：按 Enter 得到一张空白票，没有预设。", "Now vote afresh: Enter gives you a blank paper, nothing is preset.";
        Over: "投票已经结束。按 Enter 关闭。", "Voting is over. Enter closes this page.";
    }
}

/// Digits in a group of a control code.
const GROUP_DIGITS: usize = 4;

/// A control code as people read it and write it down: two lines of groups.
pub fn code_lines(code: &str) -> [String; 2] {
    let digits: Vec<char> = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let groups: Vec<String> =
        digits.chunks(GROUP_DIGITS).map(|group| group.iter().collect::<String>()).collect();
    let (first, second) = groups.split_at(groups.len().div_ceil(2));
    [first.join(" "), second.join(" ")]
}

/// Why the test data is in no file.
pub fn not_kept(lang: Lang, why: &NotKept) -> String {
    match why {
        NotKept::Io { folder, says } => {
            let (folder, says) = (folder.display(), system::plain(lang, says));
            lang.pick(
                format!("{folder} 写不进去（{says}）"),
                format!("{folder} cannot be written to ({says})"),
            )
        }
        NotKept::SessionFolder { folder } => {
            let folder = folder.display();
            lang.pick(
                format!("{folder} 是会议文件夹，不能增加文件"),
                format!("{folder} belongs to a session, to which no file may be added"),
            )
        }
    }
}

/// What `plenum audit` found, one line a finding.
pub fn findings(lang: Lang, found: &Findings) -> Vec<String> {
    let t = |zh: String, en: String| lang.pick(zh, en);
    let mut lines = vec![t(format!("选举：{}", found.name), format!("election: {}", found.name))];
    if let Some(place) = &found.place {
        let (item, ballot, round) = (&place.item, &place.ballot, place.round);
        lines.push(t(
            format!("议项 {item}，表决 {ballot}，第{round}轮；会议 {}", place.session),
            format!("item {item}, ballot {ballot}, round {round}; session {}", place.session),
        ));
    }
    let [first, second] = code_lines(&found.code);
    lines.push(t(format!("对照码：{first}"), format!("control code: {first}")));
    lines.push(t(format!("　　　　{second}"), format!("              {second}")));
    lines.push(lang.pick("加密的是：", "what had been encrypted:").to_owned());
    for (number, line) in found.lines.iter().enumerate() {
        let answers: Vec<&str> = line.answers.iter().map(|word| answer(lang, word)).collect();
        let answers = if answers.is_empty() {
            lang.pick("什么也没有选", "nothing marked").to_owned()
        } else {
            answers.join(lang.pick("、", ", "))
        };
        lines.push(format!("  {}  {}{}{answers}", number + 1, line.question, lang.pick("：", ": ")));
    }
    if found.code_matches {
        lines.push(
            lang.pick("对照码与抄下的一致", "the control code is the one that was written down").to_owned(),
        );
    }
    match &found.in_record {
        InRecord::Found { session } => lines.push(t(
            format!("选举与会议 {session} 的记录一致"),
            format!("the election is the one in the record of session {session}"),
        )),
        InRecord::NotAsked | InRecord::Missing => {}
    }
    lines
}

/// Whether all holds, and what is still to be looked at.
pub fn verdict(lang: Lang, found: &Findings) -> Vec<String> {
    let mut lines: Vec<String> = found.faults.iter().map(|why| format!("! {}", fault(lang, why))).collect();
    let holds = found.faults.is_empty();
    let word = match (holds, found.faults.len()) {
        (true, _) => lang.pick("全部成立", "everything holds").to_owned(),
        (false, faults) => match (lang, faults) {
            (Lang::Zh, _) => format!("不成立：发现{faults}处问题"),
            (Lang::En, 1) => "DOES NOT HOLD: 1 fault".to_owned(),
            (Lang::En, _) => format!("DOES NOT HOLD: {faults} faults"),
        },
    };
    lines.push(word);
    if holds {
        let mut left = vec![lang.pick(
            "请自己核对：上面的选择就是您检验时填的",
            "compare for yourself: these are the marks that you made for the test",
        )];
        if !found.code_matches {
            left.push(lang.pick(
                "请自己核对：对照码就是您事先抄下的（或用 --code）",
                "compare for yourself: the control code is the one that you wrote down before (or give --code)",
            ));
        }
        if found.in_record == InRecord::NotAsked {
            left.push(lang.pick(
                "是不是这次会议的选举，要与会议存档核对（--archive）",
                "whether it was your meeting's election is found with the meeting's archive (--archive)",
            ));
        }
        lines.extend(left.into_iter().map(str::to_owned));
    }
    lines
}

/// An answer: the three choices of a vote bear their names of the record, and are said in the language.
fn answer(lang: Lang, word: &str) -> &str {
    use crate::rules::Choice;
    let choice = Choice::ALL.into_iter().find(|choice| choice.name() == word);
    choice.map_or(word, |choice| super::common::Common::choice(choice).text(lang))
}

/// What is wrong with a challenge.
pub fn fault(lang: Lang, fault: &AuditFault) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    let s = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match fault {
        AuditFault::TooLong { bytes_max } => t(
            format!("文件超过{bytes_max}字节，不是检验文件"),
            format!("longer than {bytes_max} bytes: this is no test file"),
        ),
        AuditFault::Damaged { detail } => t(
            format!("文件残缺或不是检验文件（{detail}）"),
            format!("the file is damaged, or is no test file of a terminal: {detail}"),
        ),
        AuditFault::Format { found, known } => t(
            format!("文件格式“{found}”未知，本程序只读 {known}"),
            format!("format `{found}` is not known, this version reads {known}"),
        ),
        AuditFault::Election { detail } => t(
            format!("文件里的选举不成立（{detail}）"),
            format!("the election in the file does not hold: {detail}"),
        ),
        AuditFault::AnotherElection => s(
            "文件里的选举不是这张票所属的选举：文件被改动过",
            "the election in the file is not the one for which this ballot was encrypted: the file was altered",
        ),
        AuditFault::Marks { detail } => t(
            format!("文件里的选择不能成为一张票（{detail}）"),
            format!("the marks in the file could not be a ballot: {detail}"),
        ),
        AuditFault::Ciphertexts => s(
            "重新加密得不到这个对照码：终端加密的不是这些选择，或文件被改动过。请告诉监票人",
            "encrypting again does not give this control code: the terminal encrypted something other than these marks, or the file was altered; tell a scrutineer",
        ),
        AuditFault::Code { group } => t(
            format!("对照码与抄下的不一致：第{group}组不同"),
            format!("the control code is not the one that was written down: group {group} differs"),
        ),
        AuditFault::CodeLength { digits, needed } => t(
            format!("抄下的对照码有{digits}位，应当是{needed}位"),
            format!("the code that was written down has {digits} digits, a control code has {needed}"),
        ),
        AuditFault::NotInRecord => s(
            "会议记录里没有这个选举：这张票不是那次会议的",
            "the record has no such election: this was no ballot of that meeting",
        ),
    }
}

/// A file cannot be read.
pub fn unreadable(lang: Lang, file: &str) -> String {
    lang.pick(format!("无法读取 {file}"), format!("cannot read {file}"))
}
