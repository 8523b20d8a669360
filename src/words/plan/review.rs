//! What is wrong with a review, and how to mend it.

use super::super::rule::quantity;
use super::Lang;
use super::mend::did_you_mean;
use crate::plan::mistake::ReviewMistake as M;

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::NoReviewers => t("无人评议".into(), "a review with no reviewers".into()),
        M::ReviewersNobody { group } => {
            t(format!("组别“{group}”没有人"), format!("there is nobody in the group `{group}`"))
        }
        M::ReviewsAndAttends { group } => t(
            format!("组别“{group}”既评议又列席"),
            format!("the group `{group}` both evaluates and attends without evaluating"),
        ),
        M::WeightsNotApart => t(
            "各组合用一张评议票，不能分组加权".into(),
            "groups that have one ballot together cannot be weighted".into(),
        ),
        M::NoWeight { group } => {
            t(format!("组别“{group}”没有权重"), format!("the group `{group}` has no weight"))
        }
        M::WeightZero { group } => {
            t(format!("组别“{group}”的权重为零"), format!("the weight of the group `{group}` is 0"))
        }
        M::WeightOfStranger { group, .. } => {
            t(format!("组别“{group}”不参加评议"), format!("the group `{group}` does not evaluate"))
        }
        M::TooFewWords { found } => t(
            format!("评议等次只有 {found} 个，无从选择"),
            format!("a scale of {found} {} leaves no choice", if *found == 1 { "word" } else { "words" }),
        ),
        M::WordWithoutWeight { word } => t(
            format!("等次“{word}”没有分值，而其他等次有"),
            format!("`{word}` has no weight, while other words have"),
        ),
        M::RateIsFixed { all: true } => t(
            "所有等次都算满意，满意率总是 100%".into(),
            "every word counts as satisfied: the rate is always 100 %".into(),
        ),
        M::RateIsFixed { all: false } => t(
            "没有等次算满意，满意率总是 0".into(),
            "no word counts as satisfied: the rate is always 0".into(),
        ),
        M::ScoreIsFixed { weight } => t(
            format!("所有等次都是 {weight} 分，得分总是一样"),
            format!("every word has the weight {weight}: the score is always the same"),
        ),
        M::NoDimensions => t("没有评议内容".into(), "nothing is evaluated".into()),
        M::NoBands => t("没有分档".into(), "there are no bands".into()),
        M::BandsBeginLate { lowest, from } => {
            let from = quantity(*from);
            t(
                format!("最低一档从 {from} 起，而最低可为 {lowest}"),
                format!("the lowest band begins at {from}, the lowest value is {lowest}"),
            )
        }
        M::BandsEndEarly { highest, below } => {
            let below = quantity(*below);
            t(
                format!("最高一档不到 {below}，而最高可为 {highest}"),
                format!("the highest band ends below {below}, the highest value is {highest}"),
            )
        }
        M::BandGap { from, to } => {
            let (from, to) = (quantity(*from), quantity(*to));
            t(
                format!("{from} 至 {to} 之间不属于任何一档"),
                format!("a gap between bands, from {from} to {to}"),
            )
        }
        M::BandOverlap { from, to } => {
            let (from, to) = (quantity(*from), quantity(*to));
            t(format!("{from} 至 {to} 同属两档"), format!("two bands overlap, from {from} to {to}"))
        }
        M::BandOrder => t("低档排在高档之后".into(), "a lower band stands after a higher one".into()),
        M::BandEmpty { from, below } => {
            let (from, below) = (quantity(*from), quantity(*below));
            t(
                format!("本档从 {from} 起而不到 {below}，没有内容"),
                format!("a band of nothing, from {from} to below {below}"),
            )
        }
        M::BandOutOfReach { from, highest } => {
            let from = quantity(*from);
            t(
                format!("本档从 {from} 起，而最高只能为 {highest}"),
                format!("no value gets into a band from {from}: the highest is {highest}"),
            )
        }
        M::NoShares => t("没有写明比例".into(), "there are no shares".into()),
        M::UnknownScaleWord { word, .. } => {
            t(format!("没有等次“{word}”"), format!("the scale has no word `{word}`"))
        }
        M::UnknownDimension { id, .. } => {
            t(format!("没有评议内容“{id}”"), format!("unknown dimension `{id}`"))
        }
        M::ShareOfMoreThanAll => {
            t("比例超过全部，永远达不到".into(), "more than all: it can never be reached".into())
        }
        M::ShareOfNothing => t("比例为零，总是达到".into(), "nothing at all: it is always reached".into()),
        M::NoOfficials => t("没有述廉述效对象".into(), "a review with no officials".into()),
        M::OfficialTwice { name, post, .. } => {
            t(format!("{name}（{post}）写了两遍"), format!("{name} reports twice as {post}"))
        }
        M::ScrutineerReports { person } => t(
            format!("监票人{person}是述廉述效对象"),
            format!("the scrutineer {person} is a reporting official"),
        ),
        M::ScrutineerRelated { person, official } => t(
            format!("监票人{person}是述廉述效对象{official}的亲属"),
            format!("the scrutineer {person} is a relative of the reporting official {official}"),
        ),
    }
}

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::NoReviewers => t(
            "写明评议的组别，如 `reviewers = [\"commission\"]`".into(),
            "name the groups that evaluate, such as `reviewers = [\"commission\"]`".into(),
        ),
        M::ReviewersNobody { .. } => t(
            "加入人员，或从 `reviewers` 中删去".into(),
            "add its people, or take it out of `reviewers`".into(),
        ),
        M::ReviewsAndAttends { .. } => t(
            "从 `reviewers` 或 `attendees` 中删去".into(),
            "take it out of `reviewers` or of `attendees`".into(),
        ),
        M::WeightsNotApart => t(
            "写 `apart = true`（分组计票），或 `combine = \"sum\"`（合并计票）".into(),
            "write `apart = true`, or `combine = \"sum\"`".into(),
        ),
        M::NoWeight { group } => {
            t(format!("加上 `{group} = 1`，或另定权重"), format!("add `{group} = 1`, or another weight"))
        }
        M::WeightZero { .. } => t(
            "写 1 或以上，或从 `reviewers` 中删去".into(),
            "write 1 or more, or take the group out of `reviewers`".into(),
        ),
        M::WeightOfStranger { near: Some(near), .. }
        | M::UnknownScaleWord { near: Some(near), .. }
        | M::UnknownDimension { near: Some(near), .. } => did_you_mean(lang, near),
        M::WeightOfStranger { near: None, .. } => t(
            "写 `reviewers` 中的组别".into(),
            "write one of the groups in `reviewers`".into(),
        ),
        M::UnknownScaleWord { near: None, .. } => {
            t("写 `scale` 中的等次".into(), "write one of the words in `scale`".into())
        }
        M::UnknownDimension { near: None, .. } => t(
            "写 `dimensions` 中某一项的 `id`，不写则合计全部".into(),
            "write the `id` of one of the `dimensions`; left out, all are taken together".into(),
        ),
        M::TooFewWords { .. } => t(
            "写 2 至 7 个，如 `scale = [\"好\", \"较好\", \"一般\", \"差\"]`".into(),
            "write 2 to 7, such as `scale = [\"good\", \"average\", \"poor\"]`".into(),
        ),
        M::WordWithoutWeight { .. } => t(
            "给每个等次写 `weight`，或都不写".into(),
            "give every word a `weight`, or none".into(),
        ),
        M::RateIsFixed { .. } => t(
            "给算满意的等次写 `satisfied = true`，其余不写".into(),
            "write `satisfied = true` with the words that count as satisfied, and only there".into(),
        ),
        M::ScoreIsFixed { .. } => t("另定 `weight`".into(), "choose other weights".into()),
        M::NoDimensions => t(
            "写 1 至 7 项，如 `dimensions = [\"廉洁自律\", \"履职尽责\"]`".into(),
            "write 1 to 7, such as `dimensions = [\"Integrity\", \"Performance\"]`".into(),
        ),
        M::NoBands => t(
            "从低到高写，如 `bands = [{ below = 60, verdict = \"…\" }, { from = 60, verdict = \"…\" }]`".into(),
            "write them from the lowest up, such as `bands = [{ below = 60, verdict = \"…\" }, { from = 60, verdict = \"…\" }]`".into(),
        ),
        M::BandsBeginLate { lowest, .. } => t(
            format!("从 {lowest} 起，或不写 `from`"),
            format!("begin at {lowest}, or leave `from` out"),
        ),
        M::BandsEndEarly { .. } => t(
            "不写 `below`：最高一档向上不限".into(),
            "leave `below` out: the highest band has no end".into(),
        ),
        M::BandGap { from, .. } => {
            let from = quantity(*from);
            t(
                format!("写 `from = {from}`：每档含下限，不含上限"),
                format!("write `from = {from}`: a band has its lower bound and not its upper one"),
            )
        }
        M::BandOverlap { to, .. } => {
            let to = quantity(*to);
            t(
                format!("写 `from = {to}`，或改前一档的 `below`"),
                format!("write `from = {to}`, or change the `below` of the band before"),
            )
        }
        M::BandOrder => t("从低到高排列".into(), "write the bands from the lowest up".into()),
        M::BandEmpty { .. } => t(
            "`below` 应大于 `from`；或删去本档".into(),
            "make `below` more than `from`, or take the band out".into(),
        ),
        M::BandOutOfReach { .. } => t(
            "改 `from`，或改等次的 `weight`".into(),
            "change `from`, or the weights of the words".into(),
        ),
        M::NoShares => t(
            "如 `shares = [{ word = \"廉洁\", at_least = \"2/3\", verdict = \"廉洁\" }]`".into(),
            "such as `shares = [{ word = \"clean\", at_least = \"2/3\", verdict = \"clean\" }]`".into(),
        ),
        M::ShareOfMoreThanAll | M::ShareOfNothing => t(
            "写 0 与 1 之间的分数，如 \"2/3\"".into(),
            "write a fraction between 0 and 1, such as \"2/3\"".into(),
        ),
        M::NoOfficials => t(
            "每名对象加一段 [[items.officials]]".into(),
            "add a block [[items.officials]] for each".into(),
        ),
        M::OfficialTwice { first, .. } => t(
            format!("第一处在第 {} 行；改动其中一个", first.line),
            format!("the first is on line {}; change one of them", first.line),
        ),
        M::ScrutineerReports { .. } | M::ScrutineerRelated { .. } => t(
            "改由既不述廉述效、也不是其亲属的委员监票".into(),
            "choose a full member who neither reports nor is a relative of one who does".into(),
        ),
    }
}
