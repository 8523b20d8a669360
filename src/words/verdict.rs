//! Verdicts with their arithmetic: exact fractions beside the rounded figures, so that anyone can check them.

use super::Lang;
use super::quotation::quoted;
use crate::rules::{Band, Bound, Fraction, Ratio, ScaleWord, Verdict, VerdictRule};

/// A score, rounded for reading: `86.67`.
pub fn score(score: Fraction) -> String {
    score.rounded(2)
}

/// A rate, rounded for reading: `83.33%`.
pub fn rate(rate: Fraction) -> String {
    format!("{}%", rate.percent())
}

/// The figure by which officials are ranked: the score where the verdict is found by it, else the rate.
pub fn ranked(rule: &VerdictRule, figure: Fraction) -> String {
    if matches!(rule, VerdictRule::Score { .. }) { score(figure) } else { rate(figure) }
}

/// The comparisons that decide a verdict, in the order they were tried. The words of the scale come from outside and
/// must be cleaned.
pub fn arithmetic(lang: Lang, rule: &VerdictRule, scale: &[ScaleWord], verdict: &Verdict) -> Vec<String> {
    match rule {
        VerdictRule::Score { bands } => {
            let found = verdict.score.map(|found| equals(found, &score(found)));
            found.into_iter().map(|found| within(bands, verdict.decided_by, &found, "")).collect()
        }
        VerdictRule::Rate { bands } => {
            let found = verdict.rate.map(|found| equals(found, &rate(found)));
            found.into_iter().map(|found| within(bands, verdict.decided_by, &found, "%")).collect()
        }
        VerdictRule::Shares { shares, .. } => {
            let tried = verdict.decided_by.map_or(shares.len(), |place| place + 1);
            let compared = shares.iter().zip(&verdict.shares).enumerate().take(tried);
            let mut lines: Vec<String> = compared
                .map(|(place, (share, got))| {
                    let word = scale.get(share.word).map_or("", |word| word.word.as_str());
                    let sign = match (share.bound, verdict.decided_by == Some(place)) {
                        (Bound::AtLeast, true) => "≥",
                        (Bound::AtLeast, false) => "<",
                        (Bound::MoreThan, true) => ">",
                        (Bound::MoreThan, false) => "≤",
                    };
                    format!("{word} {got} = {} {sign} {}", rate(*got), share.ratio)
                })
                .collect();
            if verdict.decided_by.is_none() && verdict.judgement.is_some() {
                lines.push(lang.pick("其余情形", "otherwise").to_owned());
            }
            lines
        }
    }
}

/// A fraction and what it comes to; a whole number is its own figure.
fn equals(found: Fraction, shown: &str) -> String {
    if found.denominator() == 1 { shown.to_owned() } else { format!("{found} = {shown}") }
}

/// `80 ≤ 260/3 = 86.67 < 90`
fn within(bands: &[Band], decided_by: Option<usize>, found: &str, unit: &str) -> String {
    let Some(place) = decided_by else { return found.to_owned() };
    let bound = |place: usize| bands.get(place).map(|band| format!("{}{unit}", number(band.from)));
    let from = bound(place).map(|from| format!("{from} ≤ ")).unwrap_or_default();
    let below = bound(place + 1).map(|below| format!(" < {below}")).unwrap_or_default();
    format!("{from}{found}{below}")
}

/// A bound as the plan has it: whole, or as a fraction.
fn number(ratio: Ratio) -> String {
    if ratio.denominator() == 1 { ratio.numerator().to_string() } else { ratio.to_string() }
}

/// The comparison that decides, as it is read aloud: what was found stands before it.
pub fn spoken(lang: Lang, rule: &VerdictRule, scale: &[ScaleWord], verdict: &Verdict) -> String {
    let rate_said = verdict.rate.map(|found| match lang {
        Lang::Zh => format!("满意率{}", rate(found)),
        Lang::En => format!("satisfaction {}", rate(found)),
    });
    let score_said = verdict.score.map(|found| match lang {
        Lang::Zh => format!("加权得分{}分", score(found)),
        Lang::En => format!("weighted score {}", score(found)),
    });
    let figures: Vec<String> = rate_said.into_iter().chain(score_said).collect();
    let comma = lang.pick("，", ", ");
    let figures = figures.join(comma);
    let why = match rule {
        VerdictRule::Score { bands } => band(lang, bands, verdict.decided_by, lang.pick("分", "")),
        VerdictRule::Rate { bands } => band(lang, bands, verdict.decided_by, "%"),
        VerdictRule::Shares { shares, .. } => {
            let share =
                verdict.decided_by.and_then(|place| Some((shares.get(place)?, verdict.shares.get(place)?)));
            share.map(|(share, got)| {
                let word = quoted(scale.get(share.word).map_or("", |word| word.word.as_str()));
                let got = rate(*got);
                match (lang, share.bound) {
                    (Lang::Zh, Bound::AtLeast) => format!("{word}占{got}，达到{}", share.ratio),
                    (Lang::Zh, Bound::MoreThan) => format!("{word}占{got}，超过{}", share.ratio),
                    (Lang::En, Bound::AtLeast) => format!("{word} {got}, at least {}", share.ratio),
                    (Lang::En, Bound::MoreThan) => format!("{word} {got}, more than {}", share.ratio),
                }
            })
        }
    };
    [Some(figures), why].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(comma)
}

fn band(lang: Lang, bands: &[Band], decided_by: Option<usize>, unit: &str) -> Option<String> {
    let place = decided_by?;
    let from = bands.get(place).map(|band| band.from).filter(|from| from.numerator() > 0).map(number);
    let below = bands.get(place + 1).map(|band| number(band.from));
    Some(match (lang, from, below) {
        (Lang::Zh, Some(from), Some(below)) => format!("{from}{unit}以上、不足{below}{unit}"),
        (Lang::Zh, Some(from), None) => format!("{from}{unit}以上"),
        (Lang::Zh, None, Some(below)) => format!("不足{below}{unit}"),
        (Lang::En, Some(from), Some(below)) => format!("at least {from}{unit} and below {below}{unit}"),
        (Lang::En, Some(from), None) => format!("at least {from}{unit}"),
        (Lang::En, None, Some(below)) => format!("below {below}{unit}"),
        (_, None, None) => return None,
    })
}

/// What follows, with the time for a written reply where one is due.
pub fn consequence(lang: Lang, consequence: &str, reply_days: Option<u32>) -> String {
    // A plan that says it in words is not made to say it twice.
    match (lang, reply_days.filter(|days| !consequence.contains(&days.to_string()))) {
        (_, None) => consequence.to_owned(),
        (Lang::Zh, Some(days)) => format!("{consequence}（{days}个工作日内书面答复）"),
        (Lang::En, Some(1)) => format!("{consequence} (written reply within 1 working day)"),
        (Lang::En, Some(days)) => format!("{consequence} (written reply within {days} working days)"),
    }
}

/// The satisfaction rate, as a fraction and in per cent.
pub fn rate_found(lang: Lang, found: Fraction) -> String {
    format!("{} {found} = {}", lang.pick("满意率", "satisfied"), rate(found))
}

/// The weighted score.
pub fn score_found(lang: Lang, found: Fraction) -> String {
    format!("{} {}", lang.pick("得分", "score"), score(found))
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
    use crate::rules::{Combine, GroupMarks, Judgement, Share};

    fn scale() -> Vec<ScaleWord> {
        let word = |word: &str, satisfied, weight| ScaleWord { word: word.to_owned(), satisfied, weight };
        vec![word("好", true, 100), word("较好", true, 80), word("差", false, 40)]
    }

    fn judgement(name: &str) -> Judgement {
        Judgement { name: name.to_owned(), consequence: String::new(), reply_days: None }
    }

    fn band(from: &str, name: &str) -> Band {
        Band { from: from.parse().unwrap(), verdict: judgement(name) }
    }

    fn judged(rule: &VerdictRule, counts: [u32; 3]) -> Verdict {
        rule.judge(Combine::Sum, &scale(), &[GroupMarks { weight: 1, counts: vec![counts.to_vec()] }])
    }

    #[test]
    fn bands_show_the_exact_fraction_between_its_bounds() {
        let rule =
            VerdictRule::Score { bands: vec![band("0/1", "差"), band("70/1", "中"), band("90/1", "好")] };
        let verdict = judged(&rule, [3, 2, 1]);
        assert_eq!(arithmetic(Lang::Zh, &rule, &scale(), &verdict), ["70 ≤ 250/3 = 83.33 < 90"]);
        assert_eq!(
            spoken(Lang::Zh, &rule, &scale(), &verdict),
            "满意率83.33%，加权得分83.33分，70分以上、不足90分"
        );
        let verdict = judged(&rule, [0, 0, 6]);
        assert_eq!(arithmetic(Lang::En, &rule, &scale(), &verdict), ["0 ≤ 40.00 < 70"]);
        assert_eq!(
            spoken(Lang::En, &rule, &scale(), &verdict),
            "satisfaction 0.00%, weighted score 40.00, below 70"
        );
        let rule = VerdictRule::Rate { bands: vec![band("0/1", "否"), band("80/1", "是")] };
        let verdict = judged(&rule, [3, 2, 1]);
        assert_eq!(arithmetic(Lang::Zh, &rule, &scale(), &verdict), ["80% ≤ 5/6 = 83.33%"]);
    }

    #[test]
    fn shares_show_each_comparison_that_was_tried() {
        let share = |word, bound, ratio: &str, name| Share {
            word,
            bound,
            ratio: ratio.parse().unwrap(),
            verdict: judgement(name),
        };
        let rule = VerdictRule::Shares {
            shares: vec![share(0, Bound::AtLeast, "2/3", "廉洁"), share(2, Bound::MoreThan, "1/3", "不廉洁")],
            otherwise: judgement("基本廉洁"),
            over: None,
        };
        let lines = |counts| arithmetic(Lang::Zh, &rule, &scale(), &judged(&rule, counts));
        assert_eq!(lines([4, 2, 0]), ["好 2/3 = 66.67% ≥ 2/3"]);
        assert_eq!(lines([1, 2, 3]), ["好 1/6 = 16.67% < 2/3", "差 1/2 = 50.00% > 1/3"]);
        assert_eq!(lines([3, 2, 1]), ["好 1/2 = 50.00% < 2/3", "差 1/6 = 16.67% ≤ 1/3", "其余情形"]);
        assert_eq!(lines([0, 0, 0]), [""; 0]);
    }
}
