//! Where the figures of a verdict come from: which marks were added up, and what that comes to.

use crate::plan::Review;
use crate::rules::{Combine, Fraction, GroupMarks, Verdict};
use crate::words::{Lang, verdict as shown};

/// The marks that a verdict is found from: each group's, by its name.
pub type Marks = Vec<(String, GroupMarks)>;

/// How the satisfaction rate comes about.
pub fn rate(lang: Lang, plan: &Review, marks: &Marks, verdict: &Verdict) -> Option<String> {
    let rate = verdict.rate?;
    let result = format!("{rate} = {}", shown::rate(rate));
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
    let result = format!("{score} = {}", shown::score(score));
    if by_weights(plan, marks) {
        return Some(weighted(lang, marks, |group| group.score(&plan.scale)) + &result);
    }
    let all: u64 = words(plan, marks).map(|(_, count)| count).sum();
    let terms: Vec<String> = words(plan, marks)
        .filter_map(|(place, count)| plan.scale.get(place).map(|word| (word, count)))
        .map(|(word, count)| format!("{} {count}×{}", word.word, word.weight))
        .collect();
    Some(format!("{} ÷ {all} = {result}", bracketed(lang, &terms)))
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
    format!("{} ÷ {weights} = ", bracketed(lang, &terms))
}

fn bracketed(lang: Lang, terms: &[String]) -> String {
    let terms = terms.join(" + ");
    lang.pick(format!("（{terms}）"), format!("({terms})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::review_sample::review_plan;

    fn told(lang: Lang, combine: Combine) -> [String; 2] {
        let mut plan = review_plan(lang).items.into_iter().find_map(|item| item.review().cloned()).unwrap();
        plan.combine = combine;
        let group = |weight, counts: [u32; 4]| GroupMarks { weight, counts: vec![counts.to_vec()] };
        let marks: Marks = vec![("A".into(), group(3, [6, 2, 0, 0])), ("B".into(), group(1, [1, 1, 1, 1]))];
        let groups: Vec<GroupMarks> = marks.iter().map(|(_, group)| group.clone()).collect();
        let verdict = plan.verdict.judge(plan.combine, &plan.scale, &groups);
        [rate(lang, &plan, &marks, &verdict).unwrap(), score(lang, &plan, &marks, &verdict).unwrap()]
    }

    #[test]
    fn marks_are_added_up_or_groups_weighed() {
        assert_eq!(
            told(Lang::Zh, Combine::Sum),
            [
                "满意的10项次 ÷ 全部12项次 = 5/6 = 83.33%",
                "（好 7×100 + 较好 3×85 + 一般 1×65 + 差 1×40） ÷ 12 = 265/3 = 88.33",
            ]
        );
        assert_eq!(
            told(Lang::En, Combine::Weights),
            [
                "(A 1/1 × weight 3 + B 1/2 × weight 1) ÷ 4 = 7/8 = 87.50%",
                "(A 385/4 × weight 3 + B 145/2 × weight 1) ÷ 4 = 1445/16 = 90.31",
            ]
        );
    }
}
