//! What `plenum verify` and `plenum minutes` say: one line a check, one line a fault, and whether all holds.

use super::{Lang, agenda, archive_open, archive_reopened, attested, election_faults, sealing, who};
use crate::archive::verify::{BallotName, Ended, Evaluates, Fault, FaultKind, Report, Status, What};
use crate::archive::{
    AGENDA_CSV, EVALUATIONS_CSV, EXAMS_CSV, FOLLOW_UPS_CSV, OBJECTIONS_CSV, OPINIONS_CSV, OddKind,
    SET_ASIDE_CSV, SITTINGS_CSV, VOTES_CSV,
};
use crate::meeting::Actor;

/// A number with its thousands apart.
pub fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// That an archive is of a rehearsal.
pub fn rehearsal(lang: Lang) -> &'static str {
    lang.pick("演练：这不是真实会议的存档", "rehearsal: this is not the archive of a real meeting")
}

/// A check that found no fault.
pub fn check(lang: Lang, what: &What) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match what {
        What::Files { files } => {
            let files = number(*files);
            t(format!("文件：{files}个，与封存清单一致"), format!("files: {files}, as sealed"))
        }
        What::Journal { lines, withheld, ended } => journal(lang, *lines, *withheld, *ended),
        What::Plan { materials } => t(
            format!("计划：与开会时固定的一致，材料{materials}份"),
            format!("plan: as frozen, {materials} materials"),
        ),
        What::Orders { .. }
        | What::Sittings { .. }
        | What::TakenOver { .. }
        | What::Key { .. }
        | What::Room { .. }
        | What::Heads { .. }
        | What::LeftOut { .. }
        | What::Sheet { .. } => attested::check(lang, what),
        What::Papers { ballot, issued, registered, confirmed, returned, box_confirmed, accepted, status } => {
            let ballot = ballot_name(lang, ballot);
            let returned = match (lang, returned) {
                (_, None) => String::new(),
                (Lang::Zh, Some(returned)) => {
                    format!("，收回{returned}张，{issued}台终端中{box_confirmed}台核对了票箱")
                }
                (Lang::En, Some(returned)) => {
                    format!(", {returned} returned, {box_confirmed} of {issued} confirmed the box")
                }
            };
            let accepted = match accepted {
                0 => String::new(),
                missing => t(
                    format!("，缺少{missing}台的核对经监票人同意"),
                    format!(", scrutineers accepted {missing} missing"),
                ),
            };
            let status = match status {
                Status::Counted => "",
                Status::Void => lang.pick("，本轮作废", ", void"),
                Status::NotOpened => lang.pick("，没有开箱", ", not opened"),
            };
            t(
                format!(
                    "议项 {ballot}：发出{issued}张，登记{registered}张，核对名单{confirmed}张{returned}{accepted}{status}"
                ),
                format!(
                    "item {ballot}: {issued} issued, {registered} registered, {confirmed} confirmed{returned}{accepted}{status}"
                ),
            )
        }
        What::ByPaper { .. } => attested::check(lang, what),
        What::Ballots { ballot, ballots, proofs } => {
            let (ballot, ballots, proofs) = (ballot_name(lang, ballot), number(*ballots), number(*proofs));
            t(
                format!("议项 {ballot}：选票{ballots}张，证明{proofs}项全部成立"),
                format!("item {ballot}: {ballots} ballots, {proofs} proofs hold"),
            )
        }
        What::Opened { ballot, openers, trustees } => {
            let ballot = ballot_name(lang, ballot);
            t(
                format!("议项 {ballot}：{trustees}把密钥中{openers}把开箱"),
                format!("item {ballot}: opened by {openers} of {trustees}"),
            )
        }
        What::Outcome { name, agree, disagree, abstain, base, carried, .. } => {
            let word = match (lang, carried) {
                (Lang::Zh, true) => "通过",
                (Lang::Zh, false) => "未通过",
                (Lang::En, true) => "carried",
                (Lang::En, false) => "not carried",
            };
            t(
                format!("结果：{name} {agree}/{disagree}/{abstain}，基数{base}，{word}"),
                format!("outcome: {name} {agree}/{disagree}/{abstain} of {base}, {word}"),
            )
        }
        What::Election { ballot, name, votes, base, needed, fate } => {
            let word = super::contest::fate(*fate).text(lang);
            t(
                format!("选举 {ballot}：{name} {votes}票，须{needed}票，基数{base}，{word}"),
                format!("election {ballot}: {name} {votes} votes, {needed} needed of {base}, {word}"),
            )
        }
        What::Verdict { name, rate, score, verdict, .. } => {
            let none = "–".to_owned();
            let (rate, score) = (rate.as_ref().unwrap_or(&none), score.as_ref().unwrap_or(&none));
            let verdict = verdict.as_deref().unwrap_or(lang.pick("没有评出等次", "no verdict"));
            t(
                format!("结果：{name} 满意率{rate}，得分{score}，{verdict}"),
                format!("outcome: {name} rate {rate}, score {score}, {verdict}"),
            )
        }
        What::Slips { item, people, issued, spent, acts, tokens } => t(
            format!(
                "议项 {item}：向{people}名发出纸条{issued}张，收到{spent}张，凭证{tokens}项、签名{acts}项成立"
            ),
            format!(
                "item {item}: {issued} slips issued to {people} people, {spent} came in, {tokens} tokens and {acts} signatures hold"
            ),
        ),
        What::Views { .. } | What::NamedVote { .. } | What::OpenVote { .. } => {
            archive_open::check(lang, what)
        }
        What::Agenda { .. } => agenda::check(lang, what),
        What::ResultObjection { .. }
        | What::Reconsidered { .. }
        | What::SetAside { .. }
        | What::Barred { .. } => archive_reopened::check(lang, what),
        What::Exam { item, seated, marked, questions } => t(
            format!(
                "议项 {item}：题库（{questions}题）、抽题和签名成立，重新评阅{seated}份答卷中的{marked}份，得分一致"
            ),
            format!(
                "item {item}: bank of {questions}, draw and signatures hold, {marked} of {seated} papers marked again with the same marks"
            ),
        ),
        What::Table { file, lines } => {
            let table = table(lang, file);
            t(format!("{table}：{lines}行，重算一致"), format!("{table}: {lines} lines, recomputed"))
        }
        What::Seal { recorders, scrutineers, presiding, witnesses, not_signed, .. } => {
            sealing::signed(lang, (*recorders, *scrutineers, *presiding), *witnesses, not_signed)
        }
    }
}

/// A ballot: by its id, or by item, official and group where it evaluates somebody.
pub(super) fn ballot_name(lang: Lang, name: &BallotName) -> String {
    let Some(Evaluates { item, official, group, round }) = &name.evaluates else {
        return name.ballot.clone();
    };
    let group = group
        .as_ref()
        .map_or_else(String::new, |group| lang.pick(format!("（{group}）"), format!(" ({group})")));
    let round = match round {
        0 | 1 => String::new(),
        round => lang.pick(format!("，第{round}轮"), format!(", round {round}")),
    };
    lang.pick(format!("{item}，{official}{group}{round}"), format!("{item}, {official}{group}{round}"))
}

fn table(lang: Lang, file: &str) -> &'static str {
    match file {
        EVALUATIONS_CSV => lang.pick("评议表", "evaluations"),
        OPINIONS_CSV => lang.pick("部门意见表", "opinions"),
        SITTINGS_CSV => lang.pick("历次开会表", "table of sittings"),
        AGENDA_CSV => lang.pick("议程变更表", "decisions on the agenda"),
        VOTES_CSV => lang.pick("记名表决表", "votes by name"),
        OBJECTIONS_CSV => lang.pick("异议和复议表", "objections and reconsiderations"),
        SET_ASIDE_CSV => lang.pick("不再有效的结果表", "results set aside"),
        EXAMS_CSV => lang.pick("考试成绩表", "exams"),
        FOLLOW_UPS_CSV => lang.pick("后续事项表", "follow-ups"),
        _ => lang.pick("结果表", "results"),
    }
}

fn journal(lang: Lang, lines: u64, withheld: u64, ended: Option<Ended>) -> String {
    let lines = number(lines);
    let ended = match ended {
        Some(Ended::Adjourned) => lang.pick("，会议提前结束", ", adjourned"),
        Some(Ended::Closed) | None => "",
    };
    match (lang, withheld) {
        (Lang::Zh, _) => format!("会议记录：{lines}行，链条完整，未公开内容{withheld}条{ended}"),
        (Lang::En, 1) => format!("journal: {lines} lines, chain intact, 1 body withheld{ended}"),
        (Lang::En, _) => format!("journal: {lines} lines, chain intact, {withheld} bodies withheld{ended}"),
    }
}

/// Who signed; in English by the name that the seal has.
pub(super) fn signer(lang: Lang, by: &str) -> String {
    match lang {
        Lang::Zh => who::actor(lang, None, &Actor::from(by)),
        Lang::En => by.to_owned(),
    }
}

/// A check that found faults: what was looked at, without saying that it holds.
pub fn failed_check(lang: Lang, what: &What) -> String {
    let named = |zh: &str, en: &str, name: &str| lang.pick(format!("{zh}{name}"), format!("{en}{name}"));
    let what = match what {
        What::Files { .. } => named("文件", "files", ""),
        What::Journal { .. } => named("会议记录", "journal", ""),
        What::Plan { .. } => named("计划", "plan", ""),
        What::Papers { ballot, .. }
        | What::Ballots { ballot, .. }
        | What::ByPaper { ballot, .. }
        | What::Opened { ballot, .. }
        | What::LeftOut { ballot, .. }
        | What::Sheet { ballot, .. } => named("议项 ", "item ", &ballot_name(lang, ballot)),
        What::Orders { .. } => named("指令", "orders", ""),
        What::Sittings { .. } => named("各次开会", "sittings", ""),
        What::TakenOver { .. } => named("接管", "takeover", ""),
        What::Key { .. } => named("票箱密钥", "key of the box", ""),
        What::Room { .. } => named("房间码", "room code", ""),
        What::Heads { item, .. } => named("清点人数：议项 ", "heads counted for item ", item),
        What::Outcome { name, .. } | What::Verdict { name, .. } | What::Election { name, .. } => {
            named("结果：", "outcome: ", name)
        }
        What::Slips { item, .. } => named("纸条：", "slips of item ", item),
        What::Views { item, .. } => named("表态：议项 ", "views on item ", item),
        What::NamedVote { item, .. } | What::OpenVote { item, .. } => {
            named("公开表决：议项 ", "open vote on item ", item)
        }
        What::Agenda { .. } => named("议程变更", "changes of the agenda", ""),
        What::ResultObjection { item, .. } => named("异议：议项 ", "objection to the result of item ", item),
        What::Reconsidered { item, .. } => named("复议：议项 ", "reconsideration of item ", item),
        What::SetAside { item, .. } => named("不再有效的结果：议项 ", "results set aside of item ", item),
        What::Barred { item, .. } => named("不再表决：议项 ", "line barred in item ", item),
        What::Exam { item, .. } => named("考试：", "exam of item ", item),
        What::Table { file, .. } => named("", "", table(lang, file)),
        What::Seal { .. } => named("封存签名", "seal", ""),
    };
    lang.pick(format!("不成立：{what}"), format!("FAILED: {what}"))
}

/// A fault with its place.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    format!("{}: {}", fault.place, fault_kind(lang, &fault.what))
}

/// Whether all holds.
pub fn verdict(lang: Lang, report: &Report) -> String {
    match (lang, report.faults.len()) {
        (Lang::Zh, 0) => "全部成立".to_owned(),
        (Lang::Zh, faults) => format!("不成立：发现{faults}处问题"),
        (Lang::En, 0) => "everything holds".to_owned(),
        (Lang::En, 1) => "DOES NOT HOLD: 1 fault".to_owned(),
        (Lang::En, faults) => format!("DOES NOT HOLD: {faults} faults"),
    }
}

/// Whether all of several archives hold.
pub fn verdict_of_all(lang: Lang, archives: usize, failed: usize) -> String {
    match (lang, failed) {
        (Lang::Zh, 0) => format!("{archives}份存档全部成立"),
        (Lang::Zh, _) => format!("{archives}份存档中{failed}份不成立"),
        (Lang::En, 0) => format!("all of {archives} archives hold"),
        (Lang::En, _) => format!("{failed} of {archives} archives do not hold"),
    }
}

/// There is nothing to verify in a folder.
pub fn nothing_here(lang: Lang, folder: &str) -> String {
    lang.pick(
        format!("{folder} 中没有会议存档：缺少 journal.jsonl"),
        format!(
            "{folder} holds no archive of a meeting: there is no journal.jsonl in it or one folder below"
        ),
    )
}

/// A folder cannot be read.
pub fn unreadable(lang: Lang, folder: &str) -> String {
    lang.pick(format!("无法读取 {folder}"), format!("cannot read {folder}"))
}

/// There is no record to tell as minutes.
pub fn no_record(lang: Lang, folder: &str) -> String {
    lang.pick(
        format!("{folder} 没有可用的会议记录"),
        format!("{folder} holds no record of a meeting that can be told"),
    )
}

/// A folder's minutes are told that is not sealed.
pub fn unsealed(lang: Lang) -> &'static str {
    lang.pick("注意：会议尚未封存，内容可能变化", "note: the meeting is not sealed, this may still change")
}

/// What is wrong.
pub fn fault_kind(lang: Lang, kind: &FaultKind) -> String {
    use FaultKind as F;
    let t = |zh: String, en: String| lang.pick(zh, en);
    let s = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match kind {
        F::Unreadable { detail } => t(format!("无法读取（{detail}）"), format!("cannot be read: {detail}")),
        F::Missing => s("缺少此文件", "the file is missing"),
        F::TooLong { bytes_max } => {
            t(format!("文件超过{bytes_max}字节"), format!("longer than {bytes_max} bytes"))
        }
        F::Odd { kind } => odd(lang, *kind).to_owned(),
        F::EmptyFolder => s("多出的空文件夹", "an empty folder that does not belong here"),
        F::Private => s("存档中不得有此文件夹", "this folder must not be in an archive"),
        F::Unlisted => s("多出的文件，不在封存清单中", "the file is not on the sealed list"),
        F::Changed => s("文件与封存时不同", "the file is not the one that was sealed"),
        F::Transcript { detail } => {
            t(format!("封存文件无法解读（{detail}）"), format!("the seal does not read: {detail}"))
        }
        F::TranscriptFormat { found } => t(
            format!("封存文件的格式“{found}”未知"),
            format!("format `{found}`, this version reads {}", crate::archive::FORMAT),
        ),
        F::TranscriptNotCanonical => {
            s("封存文件不是规定的唯一写法", "written in another way than this format has")
        }
        F::ListNotSorted => {
            s("封存清单没有排序或有重复", "the sealed list is not sorted, or names a file twice")
        }
        F::SealedSession => s("封存的是另一次会议", "the seal is of another session"),
        F::SealedRehearsal => {
            s("封存与记录对是否演练说法不一", "seal and record differ on whether this was a rehearsal")
        }
        F::SealedLines { sealed, found } => t(
            format!("封存的记录有{sealed}行，现有{found}行"),
            format!("{sealed} lines were sealed, {found} are there"),
        ),
        F::SealedHead => {
            s("记录末行不是封存的那一行", "the record does not end with the line that was sealed")
        }
        F::SignatureMissing { by } => {
            t(format!("缺少{}的签名", signer(lang, by)), format!("the signature of {by} is missing"))
        }
        F::SignatureTwice { by } => {
            t(format!("{}签了两次", signer(lang, by)), format!("{by} has signed twice"))
        }
        F::SignatureKey { by } => t(
            format!("{}的密钥不是记录中的密钥", signer(lang, by)),
            format!("the key of {by} is not the one in the record"),
        ),
        F::Signature { by } => {
            t(format!("{}的签名不成立", signer(lang, by)), format!("the signature of {by} does not hold"))
        }
        F::SignatureOrder { .. }
        | F::NotEntitled { .. }
        | F::Unaccounted { .. }
        | F::SignedAndNot { .. }
        | F::NoReason { .. }
        | F::RefusalKey { .. }
        | F::Refusal { .. }
        | F::UnsignedNotSorted
        | F::WitnessKey { .. }
        | F::Witness { .. }
        | F::WitnessesNotSorted
        | F::SealAlone => sealing::fault(lang, kind),
        F::PaperDiffers
        | F::PaperCounts { .. }
        | F::PaperFigures { .. }
        | F::KeyTrustees { .. }
        | F::KeyCertificate { .. }
        | F::KeyThreshold { .. }
        | F::SetupTrustees { .. }
        | F::BelReleased { .. }
        | F::BelReleasedSum { .. } => attested::fault(lang, kind),
        F::Record { detail } => t(format!("此行不成立（{detail}）"), detail.clone()),
        F::NotText => s("此行不是 UTF-8 文本", "the line is not UTF-8"),
        F::TornLine => s("末行不完整", "the last line is cut"),
        F::MoreFaults { more } => t(format!("另有{more}行不成立"), format!("{more} more lines do not hold")),
        F::NotEnded => s("记录没有到会议结束", "the record does not reach the end of the meeting"),
        F::PlanHash => {
            s("计划文件不是开会时固定的那一份", "not the plan that was frozen when the meeting began")
        }
        F::PlanMistaken { mistakes } => {
            t(format!("计划有{mistakes}处错误"), format!("the plan has {mistakes} mistakes"))
        }
        F::PlanDiffers => s("记录中的计划与计划文件内容不同", "the record's plan is not what this file says"),
        F::MaterialHash => {
            s("材料不是开会时的那一份", "not the material that was frozen when the meeting began")
        }
        F::UnexpectedBallots => s("记录中没有这一票箱", "the record has no such box"),
        F::Bel { detail } => t(format!("选票存档不成立（{detail}）"), detail.clone()),
        F::AgendaDecision { number } => t(
            format!("第{number}次变更议程的表决：数字或所变更的议项不成立"),
            format!("decision {number} on the agenda: its figures, or what it changes, do not hold"),
        ),
        F::AgendaOrder => t(
            "议程与各次变更得出的顺序不符，或者撤下的议项进行过".into(),
            "the agenda is not what the decisions on it make of the plan, or an item was taken off that had been called".into(),
        ),
        F::HeadNotLast { item } => t(
            format!("议项“{item}”：主要负责人不是最后表态、最后表决的，或有人记了两次"),
            format!("item {item}: the head did not speak and vote last, or somebody stands there twice"),
        ),
        F::MatterHash { item } => t(
            format!("议项“{item}”：主要负责人签署的不是这份记录"),
            format!("item {item}: what the head signed is not this record"),
        ),
        F::ObjectionOpen { number } => t(
            format!("第{number}号异议没有处理就闭会"),
            format!("the meeting was closed with objection No {number} open"),
        ),
        F::Consent { item } => t(
            format!("议项“{item}”：复议的举手人数不符，或没有过半数"),
            format!(
                "item {item}: the hands on its reconsideration do not add up, or were not more than half"
            ),
        ),
        F::NotBarred { item, name } => t(
            format!("议项“{item}”：{name}没有在所指的表决中以同一职务未通过，却没有表决"),
            format!("item {item}: {name} was kept from the vote, and the ballot named does not bar the line"),
        ),
        F::TableDiffers => s("此表与记录重算的不同", "not the table that follows from the record"),
        F::Slips { item, issued, spent } => t(
            format!("议项“{item}”收到纸条{spent}张，只发出{issued}张"),
            format!("{spent} slips of item {item} came in, {issued} were issued"),
        ),
        F::SlipToken { item, key } => {
            let key: String = key.chars().take(12).collect();
            t(
                format!("议项“{item}”的纸条 {key} 不是发出的纸条：凭证不成立"),
                format!("slip {key} of item {item} was not issued: its token does not hold"),
            )
        }
        F::SlipKey { item } => t(
            format!("议项“{item}”公开的不是发出纸条所用的密钥"),
            format!("not the key under which the slips of item {item} were issued"),
        ),
        F::ExamBank { item } => t(
            format!("议项“{item}”公开的题库或种子与第一行的承诺不符"),
            format!("the bank or seed of item {item} is not the one to which the first line commits"),
        ),
        F::ExamBankFile => t(
            "题库文件与记录中公开的不同".to_owned(),
            "the file of the bank is not what the record has opened".to_owned(),
        ),
        F::ExamSheet { item, name } => t(
            format!("议项“{item}”：{name}的答卷不是交卷时的答卷，或不答其试卷，或没有其签名"),
            format!(
                "item {item}: the sheet of {name} is not the one handed in, not of that seat's paper, or not signed by it"
            ),
        ),
        F::ExamMarks { item, name } => t(
            format!("议项“{item}”：{name}的得分与重新评阅不符"),
            format!("item {item}: the marks of {name} are not those that the answers give"),
        ),
        F::ExamFigures { item } => t(
            format!("议项“{item}”：考试人数与各人得分不符"),
            format!("item {item}: the figures of the exam do not follow from its marks"),
        ),
        F::SlipKeyMissing { item } => t(
            format!("议项“{item}”的纸条密钥没有公开，凭证无法核对"),
            format!("the key of the slips of item {item} was not published: no token can be checked"),
        ),
        _ => election_faults::fault(lang, kind),
    }
}

fn odd(lang: Lang, kind: OddKind) -> &'static str {
    match kind {
        OddKind::Link => lang.pick("存档中不得有链接", "a link: an archive has none"),
        OddKind::Special => lang.pick("不是普通文件", "not a plain file"),
        OddKind::Name => lang.pick("文件名不是可显示的文本", "its name is no plain text"),
        OddKind::Unreadable => lang.pick("文件夹无法读取", "a folder that cannot be read"),
        OddKind::Deep => lang.pick("文件夹嵌套过深", "nested too deep"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0u32, 37, 999, 1924, 1_000_000].map(number), ["0", "37", "999", "1,924", "1,000,000"]);
    }
}
