//! The arithmetic of a verdict: which marks were added up, what that comes to, and which line of the plan's rule holds.

use crate::plan::Review;
use crate::rules::{Band, Combine, Fraction, GroupMarks, Ratio, Share, Threshold, Verdict, VerdictRule};
use crate::words::{Lang, rule};

/// The marks that a verdict is found from: each group's, by its name.
pub type Marks = Vec<(String, GroupMarks)>;

/// How the satisfaction rate comes about.
pub fn rate(lang: Lang, plan: &Review, marks: &Marks, verdict: &Verdict) -> Option<String> {
    let rate = verdict.rate?;
    let result = format!("{rate} = {}%", rate.percent());
    if by_weights(plan, marks) {
        return Some(weighted(lang, marks, |group| group.rate(&plan.scale)) + &result);
    }
    let of = |satisfied: bool| -> u64 {
        words(plan, marks)
            .filter(|(place, _)| !satisfied || plan.scale.get(*place).is_some_and(|word| word.satisfied))
            .map(|(_, count)| count)
            .sum()
    };
    let (satisfied, all) = (of(true), of(false));
    Some(lang.pick(
        format!("满意的{satisfied}项次 ÷ 全部{all}项次 = {result}"),
        format!("{satisfied} satisfied marks ÷ {all} marks = {result}"),
    ))
}

/// How the weighted score comes about.
pub fn score(lang: Lang, plan: &Review, marks: &Marks, verdict: &Verdict) -> Option<String> {
    let score = verdict.score?;
    let result = format!("{score} = {}", score.rounded(2));
    if by_weights(plan, marks) {
        return Some(weighted(lang, marks, |group| group.score(&plan.scale)) + &result);
    }
    let all: u64 = words(plan, marks).map(|(_, count)| count).sum();
    let terms: Vec<String> = words(plan, marks)
        .filter_map(|(place, count)| plan.scale.get(place).map(|word| (word, count)))
        .map(|(word, count)| format!("{} {count}×{}", word.word, word.weight))
        .collect();
    Some(format!("({}) ÷ {all} = {result}", terms.join(" + ")))
}

fn by_weights(plan: &Review, marks: &Marks) -> bool {
    plan.combine == Combine::Weights && marks.len() > 1
}

/// How often each word of the scale was marked, over all groups and dimensions.
fn words<'a>(plan: &'a Review, marks: &'a Marks) -> impl Iterator<Item = (usize, u64)> + 'a {
    (0..plan.scale.len()).map(|place| {
        let rows = marks.iter().flat_map(|(_, group)| &group.counts);
        (place, rows.filter_map(|counts| counts.get(place)).map(|count| u64::from(*count)).sum())
    })
}

fn weighted(lang: Lang, marks: &Marks, of: impl Fn(&GroupMarks) -> Option<Fraction>) -> String {
    let terms: Vec<String> = marks
        .iter()
        .filter_map(|(name, group)| {
            let value = of(group)?;
            Some(lang.pick(
                format!("{name} {value}×权重{}", group.weight),
                format!("{name} {value} × weight {}", group.weight),
            ))
        })
        .collect();
    let weights: u64 =
        marks.iter().filter(|(_, group)| group.marks() > 0).map(|(_, group)| u64::from(group.weight)).sum();
    format!("({}) ÷ {weights} = ", terms.join(" + "))
}

/// Which line of the rule holds, and which do not before it.
pub fn decided(lang: Lang, plan: &Review, verdict: &Verdict) -> Option<String> {
    let judgement = verdict.judgement.as_ref()?;
    let by = match &plan.verdict {
        VerdictRule::Score { bands } => {
            let value = verdict.score?.rounded(2);
            let score = lang.pick(format!("得分{value}"), format!("score {value}"));
            format!("{score}{}", band(lang, bands, verdict.decided_by?, ""))
        }
        VerdictRule::Rate { bands } => {
            let value = verdict.rate?.percent();
            let rate = lang.pick(format!("满意率{value}%"), format!("rate {value}%"));
            format!("{rate}{}", band(lang, bands, verdict.decided_by?, "%"))
        }
        VerdictRule::Shares { shares, over, .. } => {
            let tried = verdict.decided_by.map_or(shares.len(), |place| place + 1);
            let lines: Vec<String> = shares
                .iter()
                .zip(&verdict.shares)
                .take(tried)
                .enumerate()
                .map(|(place, (one, got))| share(lang, plan, one, *got, verdict.decided_by == Some(place)))
                .collect();
            let of = over.and_then(|place| plan.dimensions.get(place)).map_or_else(String::new, |dimension| {
                lang.pick(format!("按“{}”计，", dimension.name), format!("of \"{}\": ", dimension.name))
            });
            format!("{of}{}", lines.join(lang.pick("；", "; ")))
        }
    };
    let name = &judgement.name;
    Some(lang.pick(format!("{by}，评为“{name}”"), format!("{by}: {name}")))
}

/// Between which bounds a band lies.
fn band(lang: Lang, bands: &[Band], place: usize, sign: &str) -> String {
    let bound = |place: usize| bands.get(place).map(|band| format!("{}{sign}", number(band.from)));
    let lower = if place == 0 { None } else { bound(place) };
    match (lang, lower, bound(place + 1)) {
        (_, None, None) => String::new(),
        (Lang::Zh, Some(lower), None) => format!("，达到{lower}"),
        (Lang::Zh, None, Some(upper)) => format!("，不到{upper}"),
        (Lang::Zh, Some(lower), Some(upper)) => format!("，达到{lower}、不到{upper}"),
        (Lang::En, Some(lower), None) => format!(", {lower} or more"),
        (Lang::En, None, Some(upper)) => format!(", below {upper}"),
        (Lang::En, Some(lower), Some(upper)) => format!(", {lower} or more and below {upper}"),
    }
}

fn number(ratio: Ratio) -> String {
    match ratio.denominator() {
        1 => ratio.numerator().to_string(),
        denominator => format!("{}/{denominator}", ratio.numerator()),
    }
}

fn share(lang: Lang, plan: &Review, share: &Share, got: Fraction, holds: bool) -> String {
    let word = plan.scale.get(share.word).map_or("", |word| &word.word);
    let asked = rule::bound(lang, &Threshold { bound: share.bound, ratio: share.ratio, ..Threshold::MAJORITY });
    let percent = got.percent();
    match (lang, holds) {
        (Lang::Zh, true) => format!("“{word}”占{got}（{percent}%），符合{asked}"),
        (Lang::Zh, false) => format!("“{word}”占{got}（{percent}%），不符合{asked}"),
        (Lang::En, true) => format!("\"{word}\" has {got} ({percent}%), which is {asked}"),
        (Lang::En, false) => format!("\"{word}\" has {got} ({percent}%), which is not {asked}"),
    }
}
