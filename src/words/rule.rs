//! Rules of decision in words: a threshold as it is said, and as it is reckoned. Nothing here assumes a fraction;
//! "two thirds" is said only where the plan says 2/3.

use super::Lang;
use crate::rules::{Base, Bound, Fraction, LineOutcome, Ratio, Threshold};

/// A fraction as it is said: 三分之二, two thirds.
pub fn fraction(lang: Lang, ratio: Ratio) -> String {
    let (m, n) = (ratio.numerator(), ratio.denominator());
    match lang {
        Lang::Zh if (m, n) == (1, 2) => "半数".to_owned(),
        Lang::Zh if m == n => "全体".to_owned(),
        Lang::Zh => match (zh_number(n), zh_number(m)) {
            (Some(n), Some(m)) => format!("{n}分之{m}"),
            _ => format!("{n}分之{m}"),
        },
        Lang::En if (m, n) == (1, 2) => "half".to_owned(),
        Lang::En if m == n => "all".to_owned(),
        Lang::En => match (en_cardinal(m), en_ordinal(n)) {
            (Some(count), Some(part)) => format!("{count} {part}{}", if m == 1 { "" } else { "s" }),
            _ => format!("{m}/{n}"),
        },
    }
}

/// What a threshold asks for: 三分之二以上, 超过半数, at least two thirds, more than half.
pub fn bound(lang: Lang, rule: &Threshold) -> String {
    let fraction = fraction(lang, rule.ratio);
    let phrase = match (lang, rule.bound) {
        (Lang::Zh, Bound::AtLeast) if rule.ratio.numerator() == rule.ratio.denominator() => fraction,
        (Lang::Zh, Bound::AtLeast) => format!("{fraction}以上"),
        (Lang::Zh, Bound::MoreThan) => format!("超过{fraction}"),
        (Lang::En, Bound::AtLeast) if rule.ratio.numerator() == rule.ratio.denominator() => fraction,
        (Lang::En, Bound::AtLeast) => format!("at least {fraction}"),
        (Lang::En, Bound::MoreThan) => format!("more than {fraction}"),
    };
    match (lang, rule.plus) {
        (_, 0) => phrase,
        (Lang::Zh, plus) => format!("{phrase}再加{plus}"),
        (Lang::En, plus) => format!("{phrase} plus {plus}"),
    }
}

/// How a number that meets the rule stands to it: 超过三分之二, or 达到三分之二 where it is exact.
pub fn reached(lang: Lang, rule: &Threshold, x: u32, base: u32) -> String {
    let stricter = Threshold { bound: Bound::MoreThan, ..*rule };
    let word = match (lang, stricter.holds(x, base)) {
        (Lang::Zh, true) => "超过",
        (Lang::Zh, false) => "达到",
        (Lang::En, true) => "more than ",
        (Lang::En, false) => "exactly ",
    };
    let fraction = fraction(lang, rule.ratio);
    match (lang, rule.plus) {
        (_, 0) => format!("{word}{fraction}"),
        (Lang::Zh, plus) => format!("{word}{fraction}再加{plus}"),
        (Lang::En, plus) => format!("{word}{fraction} plus {plus}"),
    }
}

/// The comparison as arithmetic: `> 41÷2`, `≥ 41×2÷3+1`.
pub fn arithmetic(rule: &Threshold, base: u32) -> String {
    let sign = match rule.bound {
        Bound::AtLeast => "≥",
        Bound::MoreThan => ">",
    };
    let (m, n) = (rule.ratio.numerator(), rule.ratio.denominator());
    let times = if m == 1 { String::new() } else { format!("×{m}") };
    let divided = if n == 1 { String::new() } else { format!("÷{n}") };
    let plus = if rule.plus == 0 { String::new() } else { format!("+{}", rule.plus) };
    format!("{sign} {base}{times}{divided}{plus}")
}

/// What a threshold is taken of.
pub fn base(lang: Lang, base: Base) -> &'static str {
    match base {
        Base::Due => lang.pick("应到人数", "those due"),
        Base::Present => lang.pick("实到人数", "those present"),
        Base::Returned => lang.pick("收回票数", "the ballots returned"),
        Base::Valid => lang.pick("有效票数", "the valid ballots"),
        Base::AgreeDisagree => lang.pick("同意与不同意票之和", "those who agree or disagree"),
    }
}

/// What a threshold asks for, and of what: 超过应到人数的半数, more than half of those due.
pub fn asked(lang: Lang, rule: &Threshold) -> String {
    match lang {
        Lang::Zh => {
            let of = base(lang, rule.of);
            let said = match rule.bound {
                Bound::MoreThan => format!("超过{of}的{}", fraction(lang, rule.ratio)),
                Bound::AtLeast => format!("达到{of}的{}", fraction(lang, rule.ratio)),
            };
            let plus = if rule.plus == 0 { String::new() } else { format!("再加{}票", rule.plus) };
            format!("{said}{plus}")
        }
        Lang::En => format!("{} of {}", bound(lang, rule), base(lang, rule.of)),
    }
}

/// When a line is carried, as it is read aloud; with its number where the base is known.
pub fn carried(lang: Lang, rule: &Threshold, known: Option<u32>) -> String {
    let least = known.map(|base| rule.least(base));
    match lang {
        Lang::Zh => {
            let number = least.map(|least| format!("，即{least}票以上")).unwrap_or_default();
            format!("同意票{}{number}的，为通过", asked(lang, rule))
        }
        Lang::En => {
            let number = least.map(|least| format!(", that is {least} or more")).unwrap_or_default();
            format!("A nominee is carried by {}{number}", asked(lang, rule))
        }
    }
}

/// A line's outcome with its arithmetic: 通过 36 ≥ 21, not carried 20 < 21.
pub fn outcome(lang: Lang, outcome: &LineOutcome) -> String {
    let agree = outcome.count.agree;
    if outcome.carried {
        format!("{}  {agree} ≥ {}", lang.pick("通过", "carried"), outcome.needed)
    } else {
        format!("{}  {agree} < {}", lang.pick("未通过", "not carried"), outcome.needed)
    }
}

/// A number of a rule as a clerk writes it: `60`, `59.5`, and `200/3` where no decimal is exact.
pub fn quantity(ratio: Ratio) -> String {
    let (m, n) = (u64::from(ratio.numerator()), u64::from(ratio.denominator()));
    if m.is_multiple_of(n) {
        return (m / n).to_string();
    }
    let exact = (1..=9_u32).find(|places| (m * 10_u64.pow(*places)).is_multiple_of(n));
    match exact.zip(Fraction::new(m, n)) {
        Some((places, fraction)) => fraction.rounded(places),
        None => format!("{m}/{n}"),
    }
}

fn zh_number(n: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |place: u32| DIGITS.get(place as usize).copied();
    match (n / 10, n % 10) {
        (0, ones) => digit(ones).map(str::to_owned),
        (1, 0) => Some("十".to_owned()),
        (1, ones) => Some(format!("十{}", digit(ones)?)),
        (tens @ 2..=9, 0) => Some(format!("{}十", digit(tens)?)),
        (tens @ 2..=9, ones) => Some(format!("{}十{}", digit(tens)?, digit(ones)?)),
        _ => None,
    }
}

fn en_cardinal(n: u32) -> Option<&'static str> {
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"].get(n as usize).copied()
}

fn en_ordinal(n: u32) -> Option<&'static str> {
    Some(match n {
        3 => "third",
        4 => "quarter",
        5 => "fifth",
        6 => "sixth",
        7 => "seventh",
        8 => "eighth",
        9 => "ninth",
        10 => "tenth",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(bound: Bound, ratio: &str, plus: u32) -> Threshold {
        Threshold { of: Base::Due, bound, ratio: ratio.parse().unwrap(), plus }
    }

    #[test]
    fn thresholds_are_said_as_the_plan_has_them() {
        // (rule, zh, en, arithmetic of 41)
        let table = [
            (Threshold::QUORUM, "三分之二以上", "at least two thirds", "≥ 41×2÷3"),
            (Threshold::MAJORITY, "超过半数", "more than half", "> 41÷2"),
            (rule(Bound::MoreThan, "2/3", 0), "超过三分之二", "more than two thirds", "> 41×2÷3"),
            (rule(Bound::AtLeast, "4/5", 0), "五分之四以上", "at least four fifths", "≥ 41×4÷5"),
            (rule(Bound::AtLeast, "3/4", 0), "四分之三以上", "at least three quarters", "≥ 41×3÷4"),
            (rule(Bound::AtLeast, "1/2", 1), "半数以上再加1", "at least half plus 1", "≥ 41÷2+1"),
            (rule(Bound::AtLeast, "1/1", 0), "全体", "all", "≥ 41"),
            (rule(Bound::MoreThan, "11/21", 0), "超过二十一分之十一", "more than 11/21", "> 41×11÷21"),
        ];
        for (rule, zh, en, sum) in table {
            assert_eq!(bound(Lang::Zh, &rule), zh);
            assert_eq!(bound(Lang::En, &rule), en);
            assert_eq!(arithmetic(&rule, 41), sum);
        }
    }

    #[test]
    fn numbers_of_a_rule_are_shown_as_they_are_written() {
        let table = [
            ("60/1", "60"),
            ("595/10", "59.5"),
            ("120/2", "60"),
            ("1/8", "0.125"),
            ("200/3", "200/3"),
            ("0/1", "0"),
        ];
        for (ratio, shown) in table {
            assert_eq!(quantity(ratio.parse().unwrap()), shown);
        }
    }

    #[test]
    fn exact_and_exceeded_are_told_apart() {
        assert_eq!(reached(Lang::Zh, &Threshold::QUORUM, 38, 41), "超过三分之二");
        assert_eq!(reached(Lang::Zh, &Threshold::QUORUM, 28, 42), "达到三分之二");
        assert_eq!(reached(Lang::En, &Threshold::QUORUM, 28, 42), "exactly two thirds");
    }

    #[test]
    fn the_rule_of_a_line_is_read_with_its_number() {
        assert_eq!(
            carried(Lang::Zh, &Threshold::MAJORITY, Some(41)),
            "同意票超过应到人数的半数，即21票以上的，为通过"
        );
        assert_eq!(
            carried(Lang::En, &Threshold::MAJORITY, Some(41)),
            "A nominee is carried by more than half of those due, that is 21 or more"
        );
    }
}
