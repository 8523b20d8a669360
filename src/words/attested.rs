//! What `verify` says of what people and terminals attest: the key of the box, heads, the room code, result sheets, and
//! that everybody followed one record.

use super::archive::{ballot_name, number};
use super::{Lang, by_paper, sittings, who};
use crate::archive::verify::{
    ByHand, EnteredBy, FaultKind, HeadCount, KeyHolder, SheetRefused, Status, What,
};
use crate::meeting::PaperCount;

/// A check that found no fault.
pub(super) fn check(lang: Lang, what: &What) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match what {
        What::Orders { orders, signers } => {
            let orders = number(*orders);
            t(
                format!("见证：每条指令都签在这一链条上（{orders}条，{signers}把密钥）"),
                format!("attested: every order was signed over this chain ({orders} by {signers} keys)"),
            )
        }
        What::Sittings { present, due } => sittings::report(lang, present, *due),
        What::TakenOver { after, forced, .. } => {
            let after = number(*after);
            let note = match forced {
                true => lang.pick(
                    "（强制接管：备用机此前已脱开，原主机此后的记录可能缺失）",
                    " (FORCED: it had been detached, and what the hub wrote after that line may be missing)",
                ),
                false => "",
            };
            t(
                format!("接管：第{after}行之后，会议在备用机上继续{note}"),
                format!("takeover: after line {after} the meeting continued at the standby{note}"),
            )
        }
        What::Key { holder: KeyHolder::Console, .. } => t(
            "票箱密钥：由主持台一处保管，无记名有赖于主持台".to_owned(),
            "key: SINGLE, held by the console: secrecy rests on the console".to_owned(),
        ),
        What::Key { by, threshold, of, weak, single, .. } => {
            let by = names(lang, by);
            let note = match (single, weak) {
                (true, _) => lang.pick("，仅一人：无记名有赖于此人", "; SINGLE: secrecy rests on one person"),
                (_, true) => {
                    lang.pick("，偏弱：半数以下即可开箱", "; WEAK: no more than half of them suffice")
                }
                _ => "",
            };
            t(
                format!("票箱密钥：由{by}共同生成，{of}把中{threshold}把可开箱{note}"),
                format!("key: made by {by}, {threshold} of {of} open the box{note}"),
            )
        }
        What::Room { line, code, by, .. } => {
            let (line, by) = (number(*line), names(lang, by));
            t(
                format!("房间码 {code}：由{by}与其他屏幕核对，一致（第{line}行起）"),
                format!("room code {code}: compared by {by}, the same on another screen (line {line})"),
            )
        }
        What::Heads { item, present, by } => {
            let counts: Vec<String> =
                by.iter().map(|HeadCount { by, heads }| format!("{by} {heads}")).collect();
            let counts = names(lang, &counts);
            t(
                format!("议项 {item}：签到{present}名，清点人数：{counts}"),
                format!("item {item}: {present} present, heads counted: {counts}"),
            )
        }
        What::Sheet { ballot, signed, refused, by_hand } => {
            sheet(lang, &ballot_name(lang, ballot), signed, refused, by_hand)
        }
        What::LeftOut { ballot, false_factors, silent } => {
            left_out(lang, &ballot_name(lang, ballot), false_factors, silent)
        }
        What::ByPaper { ballot, printed, issued, cancelled, returned, entered, differed, status } => {
            let count = issued.zip(*cancelled).zip(*returned);
            let count = count.map(|((issued, cancelled), returned)| PaperCount {
                issued,
                cancelled,
                returned,
                marks: Vec::new(),
                spoilt: Vec::new(),
            });
            on_paper(lang, &ballot_name(lang, ballot), (*printed, count), entered, *differed, *status)
        }
        // Said by `archive::check`.
        _ => String::new(),
    }
}

fn left_out(lang: Lang, ballot: &str, false_factors: &[String], silent: &[String]) -> String {
    let mut parts = Vec::new();
    if !false_factors.is_empty() {
        let who = names(lang, false_factors);
        parts.push(lang.pick(
            format!("{who}的终端交出的开箱份额不成立，未采用，证据在记录中"),
            format!(
                "what {who} gave to open the box does not hold and was left out; the proof is in the record"
            ),
        ));
    }
    if !silent.is_empty() {
        let who = names(lang, silent);
        parts.push(lang.pick(
            format!("{who}在场，终端没有应答开箱"),
            format!("{who} sat there, and the terminal did not answer to the opening"),
        ));
    }
    let parts = parts.join(lang.pick("；", "; "));
    lang.pick(format!("议项 {ballot}：{parts}"), format!("item {ballot}: {parts}"))
}

/// A round on paper: its figures, who entered them under which key, and that nothing proves them.
fn on_paper(
    lang: Lang,
    ballot: &str,
    (printed, count): (u32, Option<PaperCount>),
    entered: &[EnteredBy],
    differed: usize,
    status: Status,
) -> String {
    let by = |at_console: bool| {
        let of = entered.iter().filter(|one| one.at_console == at_console);
        let of: Vec<String> = of.map(|one| one.by.clone()).collect();
        (!of.is_empty()).then(|| names(lang, &of))
    };
    let mut parts = vec![match count {
        Some(count) => by_paper::papers(lang, printed, &count),
        None => lang.pick(format!("印制{printed}张"), format!("{printed} printed")),
    }];
    parts.extend(
        by(false).map(|who| {
            lang.pick(format!("{who}以自己的密钥签署录入"), format!("entered and signed by {who}"))
        }),
    );
    parts.extend(by(true).map(|who| {
        lang.pick(
            format!("主持台代{who}录入，本人签名在纸质计票单上"),
            format!("entered at the console for {who}; their signatures are on the paper sheet"),
        )
    }));
    if differed > 0 {
        parts.push(
            lang.pick(format!("此前不一致{differed}次"), format!("counts that differed before: {differed}")),
        );
    }
    match status {
        Status::Counted => {}
        Status::Void => parts.push(lang.pick("本轮作废", "void").to_owned()),
        Status::NotOpened => parts.push(lang.pick("没有计票结果", "not counted").to_owned()),
    }
    let parts = parts.join(lang.pick("；", "; "));
    lang.pick(
        format!("议项 {ballot}：纸质票，没有密码学证明，只核对数字与规则：{parts}"),
        format!("item {ballot}: BY PAPER, not provable by cryptography; figures and rules hold: {parts}"),
    )
}

fn sheet(
    lang: Lang,
    ballot: &str,
    signed: &[String],
    refused: &[SheetRefused],
    by_hand: &[ByHand],
) -> String {
    let mut parts = Vec::new();
    if !signed.is_empty() {
        let signed = names(lang, signed);
        parts.push(lang.pick(format!("由{signed}签署"), format!("signed by {signed}")));
    }
    for SheetRefused { by, reason } in refused {
        parts.push(lang.pick(format!("{by}未签署：{reason}"), format!("not signed by {by}: {reason}")));
    }
    for ByHand { by, refused } in by_hand {
        let how = by_paper::by_hand(lang, refused.as_deref());
        parts.push(lang.pick(format!("{by}{how}"), format!("{by} {how}")));
    }
    if parts.is_empty() {
        parts.push(lang.pick("没有人签署", "signed by nobody").to_owned());
    }
    let parts = parts.join(lang.pick("；", "; "));
    lang.pick(format!("议项 {ballot}：计票结果{parts}"), format!("item {ballot}: result sheet {parts}"))
}

/// What is wrong.
pub(super) fn fault(lang: Lang, kind: &FaultKind) -> String {
    use FaultKind as F;
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        F::KeyTrustees { ceremony, detail } => t(
            format!("第{ceremony}次生成的票箱密钥不成立（{detail}）"),
            format!("the key of making {ceremony} does not hold: {detail}"),
        ),
        F::KeyCertificate { ceremony, by } => t(
            format!("第{ceremony}次生成的票箱密钥中，{by}的证书不是其本人签署的那一份"),
            format!("key of making {ceremony}: the certificate of {by} is not the one that {by} signed"),
        ),
        F::KeyThreshold { ceremony, found, planned } => t(
            format!("第{ceremony}次生成的票箱密钥{found}把即可开箱，计划规定{planned}把"),
            format!("key of making {ceremony}: {found} open the box, the plan says {planned}"),
        ),
        F::SetupTrustees { ballot } => t(
            format!("“{ballot}”所用的票箱密钥不是记录中的密钥"),
            format!("the election of {ballot} is under a key that the record has not put in force"),
        ),
        F::BelReleased { by } => t(
            format!("解密因子不是{by}的终端给出的那一份"),
            format!("the factors of {by} are not those that {by}'s terminal gave"),
        ),
        F::BelReleasedSum { by } => t(
            format!("{by}的终端开的是另一个总和"),
            format!("{by}'s terminal gave its factors of another sum"),
        ),
        F::PaperDiffers => t(
            "待打印的纸质票与记录重算的不同".to_owned(),
            "what was to be printed is not what the record asks for".to_owned(),
        ),
        F::PaperCounts { ballot, found, needed } => t(
            format!("“{ballot}”（纸质票）一致的计票有{found}份，须有{needed}份"),
            format!("ballot {ballot} by paper: {found} counts are those of the result, {needed} needed"),
        ),
        F::PaperFigures { ballot, detail } => t(
            format!("“{ballot}”（纸质票）的数字不符（{detail}）"),
            format!("ballot {ballot} by paper: its figures do not hold ({detail})"),
        ),
        // Said by `archive::fault_kind`.
        _ => String::new(),
    }
}

fn names(lang: Lang, names: &[String]) -> String {
    who::names_up_to(lang, names, usize::MAX)
}
