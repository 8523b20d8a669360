//! What `verify` says is wrong with an election, its archive or its outcome.

use super::Lang;
use crate::archive::verify::FaultKind;

/// What is wrong.
pub(super) fn fault(lang: Lang, kind: &FaultKind) -> String {
    use FaultKind as F;
    let t = |zh: String, en: String| lang.pick(zh, en);
    let s = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match kind {
        F::Setup { ballot, detail } => t(
            format!("“{ballot}”的选举设置不成立（{detail}）"),
            format!("the election of {ballot} does not hold: {detail}"),
        ),
        F::SetupHash { ballot } => t(
            format!("“{ballot}”的设置散列值不对"),
            format!("the hash that terminals confirmed is not that of the election of {ballot}"),
        ),
        F::SetupQuestions { ballot } => t(
            format!("“{ballot}”的题目与表决票的人选不同"),
            format!("the election of {ballot} asks something else than the lines of its paper"),
        ),
        F::SetupDescription { ballot } => t(
            format!("“{ballot}”的选举不属于这次会议、议项、轮次和计划"),
            format!("the election of {ballot} is not bound to this session, item, round and plan"),
        ),
        F::SetupReused { ballot, other } => t(
            format!("“{ballot}”与“{other}”共用了应当新制的密钥、编号或凭据"),
            format!("{ballot} and {other} share a key, name or credential that must be fresh"),
        ),
        F::IssuerSecret { ballot } => t(
            format!("“{ballot}”公布的发票密钥不是发票时的那一把"),
            format!("the secret published for {ballot} is not that of the key its papers were issued under"),
        ),
        F::Token { ballot, credential } => t(
            format!("“{ballot}”的凭据 {credential} 没有有效票据"),
            format!("credential {credential} of {ballot} came in without a valid token"),
        ),
        F::BelSetup => s("选举设置不是记录中的那一个", "its election is not the one in the record"),
        F::BelTime { found, recorded } => t(
            format!("时间为{found}，投票结束于{recorded}"),
            format!("its time is {found}, voting closed at {recorded}"),
        ),
        F::BelBallotMissing { hash } => {
            t(format!("缺少选票 {hash}"), format!("ballot {hash} is in the record's box and not here"))
        }
        F::BelBallotExtra { hash } => {
            t(format!("多出选票 {hash}"), format!("ballot {hash} is here and not in the record's box"))
        }
        F::BelOrder => {
            s("选票没有按散列值排序，或有重复", "its ballots are not sorted by hash, or one is there twice")
        }
        F::BelOpenedNever => s("记录中没有开过这只票箱", "the record never opened this box"),
        F::BelNotOpened => {
            s("记录开过这只票箱，存档中没有", "the record opened this box, this file does not")
        }
        F::BelTally => s("加密总和不是记录中的那一个", "its encrypted sum is not the one in the record"),
        F::BelFactors => s("解密因子不是记录中的那些", "its factors are not those in the record"),
        F::BelResult => s("结果不是记录中的那一个", "its result is not the one in the record"),
        F::BelSums => s("记录中的票数不是存档的结果", "the counts in the record are not those of its result"),
        F::Outcome { name } => t(
            format!("{name}的结果不是由选票按规则得出的"),
            format!("the outcome of {name} does not follow from the ballots"),
        ),
        // Said by `archive::fault_kind`.
        _ => String::new(),
    }
}
