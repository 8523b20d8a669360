//! The verdict of an evaluation in words and figures: the arithmetic that leads to it, and what follows.

use super::Lang;
use crate::rules::{Band, Bound, Fraction, Judgement, Ratio, ScaleWord, Verdict, VerdictRule};

/// A share in per cent: `66.67%`.
pub fn percent(share: Fraction) -> String {
    format!("{}%", share.percent())
}

/// The satisfaction rate, as a fraction and in per cent.
pub fn rate(lang: Lang, rate: Fraction) -> String {
    let name = lang.pick("满意率", "satisfied");
    format!("{name} {}/{} = {}", rate.numerator(), rate.denominator(), percent(rate))
}

/// The score.
pub fn score(lang: Lang, score: Fraction) -> String {
    format!("{} {}", lang.pick("得分", "score"), score.rounded(2))
}

fn number(ratio: Ratio) -> String {
    match (ratio.numerator(), ratio.denominator()) {
        (whole, 1) => whole.to_string(),
        (p, q) => format!("{p}/{q}"),
    }
}

/// Why the verdict is what it is: the comparison that decided, and for shares every one that was tried.
pub fn arithmetic(rule: &VerdictRule, scale: &[ScaleWord], verdict: &Verdict) -> Vec<String> {
    match rule {
        VerdictRule::Score { bands } => {
            let value = verdict.score.map(|score| score.rounded(2));
            in_band(bands, verdict.decided_by, value, "").into_iter().collect()
        }
        VerdictRule::Rate { bands } => {
            let value = verdict.rate.map(percent);
            in_band(bands, verdict.decided_by, value, "%").into_iter().collect()
        }
        VerdictRule::Shares { shares, .. } => {
            let tried = verdict.decided_by.map_or(shares.len(), |place| place + 1);
            shares
                .iter()
                .zip(&verdict.shares)
                .take(tried)
                .enumerate()
                .map(|(place, (share, got))| {
                    let word = scale.get(share.word).map_or("", |word| word.word.as_str());
                    let held = verdict.decided_by == Some(place);
                    let sign = match (share.bound, held) {
                        (Bound::AtLeast, true) => "≥",
                        (Bound::MoreThan, true) => ">",
                        (Bound::AtLeast, false) => "<",
                        (Bound::MoreThan, false) => "≤",
                    };
                    format!("{word} {} {sign} {}", percent(*got), number(share.ratio))
                })
                .collect()
        }
    }
}

fn in_band(bands: &[Band], decided_by: Option<usize>, value: Option<String>, unit: &str) -> Option<String> {
    let place = decided_by?;
    let from = format!("{}{unit}", number(bands.get(place)?.from));
    let value = value?;
    Some(match bands.get(place + 1) {
        Some(next) => format!("{from} ≤ {value} < {}{unit}", number(next.from)),
        None => format!("{value} ≥ {from}"),
    })
}

/// What follows by the plan; nothing where nothing does. The words come from outside and must be cleaned.
pub fn consequence(lang: Lang, judgement: &Judgement) -> String {
    let says_days = |days: u32| judgement.consequence.contains(&days.to_string());
    let reply = judgement.reply_days.filter(|days| !says_days(*days)).map(|days| match lang {
        Lang::Zh => format!("{days} 个工作日内书面答复"),
        Lang::En => format!("a written reply in {days} working days"),
    });
    let parts = [Some(judgement.consequence.clone()).filter(|text| !text.is_empty()), reply];
    parts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// That groups are combined by weights.
pub fn weights(lang: Lang, weights: &[u32]) -> String {
    let weights = weights.iter().map(u32::to_string).collect::<Vec<_>>().join(":");
    match lang {
        Lang::Zh => format!("各组按权重 {weights} 合并"),
        Lang::En => format!("the groups are combined by weights {weights}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Combine, GroupMarks, Share};

    fn judgement(name: &str) -> Judgement {
        Judgement { name: name.to_owned(), consequence: String::new(), reply_days: Some(15) }
    }

    fn scale() -> Vec<ScaleWord> {
        [("廉洁", true, 100), ("基本廉洁", true, 60), ("不廉洁", false, 0)]
            .map(|(word, satisfied, weight)| ScaleWord { word: word.to_owned(), satisfied, weight })
            .to_vec()
    }

    fn judge(rule: &VerdictRule, counts: [u32; 3]) -> Vec<String> {
        let marks = GroupMarks { weight: 1, counts: vec![counts.to_vec()] };
        arithmetic(rule, &scale(), &rule.judge(Combine::Sum, &scale(), &[marks]))
    }

    #[test]
    fn the_arithmetic_of_shares_names_each_that_was_tried() {
        let share = |word, bound, ratio: &str, name| Share {
            word,
            bound,
            ratio: ratio.parse().unwrap(),
            verdict: judgement(name),
        };
        let shares =
            vec![share(0, Bound::AtLeast, "2/3", "廉洁"), share(2, Bound::MoreThan, "1/3", "不廉洁")];
        let rule = VerdictRule::Shares { shares, otherwise: judgement("基本廉洁"), over: None };
        assert_eq!(judge(&rule, [28, 14, 0]), ["廉洁 66.67% ≥ 2/3"]);
        assert_eq!(judge(&rule, [14, 14, 14]), ["廉洁 33.33% < 2/3", "不廉洁 33.33% ≤ 1/3"]);
        assert_eq!(judge(&rule, [10, 0, 20]), ["廉洁 33.33% < 2/3", "不廉洁 66.67% > 1/3"]);
        assert!(judge(&rule, [0, 0, 0]).is_empty());
    }

    #[test]
    fn the_arithmetic_of_bands_names_both_ends() {
        let band = |from: &str, name| Band { from: from.parse().unwrap(), verdict: judgement(name) };
        let bands = vec![band("0/1", "差"), band("70/1", "一般"), band("181/2", "好")];
        let rule = VerdictRule::Score { bands: bands.clone() };
        assert_eq!(judge(&rule, [1, 1, 0]), ["70 ≤ 80.00 < 181/2"]);
        assert_eq!(judge(&rule, [1, 0, 0]), ["100.00 ≥ 181/2"]);
        let rule = VerdictRule::Rate { bands };
        assert_eq!(judge(&rule, [0, 2, 1]), ["0% ≤ 66.67% < 70%"]);
    }

    #[test]
    fn a_reply_is_not_said_twice() {
        let mut judgement = judgement("一般");
        assert_eq!(consequence(Lang::Zh, &judgement), "15 个工作日内书面答复");
        judgement.consequence = "谈话".to_owned();
        assert_eq!(consequence(Lang::Zh, &judgement), "谈话；15 个工作日内书面答复");
        judgement.consequence = "谈话，15个工作日内书面答复".to_owned();
        assert_eq!(consequence(Lang::Zh, &judgement), "谈话，15个工作日内书面答复");
    }
}
