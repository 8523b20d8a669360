//! Quorums and majorities as written.

use toml::Spanned;

use super::entry::{Entry, Words};
use super::mistake::{Findings, MistakeKind};
use crate::rules::{Base, Bound, Ratio, Threshold};

const BASES: Words<Base> = &[
    ("due", Base::Due),
    ("present", Base::Present),
    ("returned", Base::Returned),
    ("valid", Base::Valid),
    ("agree_disagree", Base::AgreeDisagree),
];

/// `{ of = BASE, at_least | more_than = "m/n", plus = k }`; without `of` of those due, without `plus` plus 0.
pub(super) fn read_threshold(
    parent: &mut Entry,
    key: &'static str,
    findings: &mut Findings,
) -> Option<Spanned<Threshold>> {
    let mut threshold = parent.table_if_any(key, findings)?;
    let of = threshold.word_if_any("of", BASES, findings).unwrap_or(Base::Due);
    let bound = read_bound(&mut threshold, findings);
    let plus = threshold.number("plus", findings).unwrap_or(0);
    let span = threshold.span();
    threshold.finish(findings);
    bound.map(|(bound, ratio)| Spanned::new(span, Threshold { of, bound, ratio: ratio.into_inner(), plus }))
}

/// `at_least = "m/n"`, or `more_than = "m/n"`.
pub(super) fn read_bound(entry: &mut Entry, findings: &mut Findings) -> Option<(Bound, Spanned<Ratio>)> {
    let at_least = entry.text_if_any("at_least", findings);
    let more_than = entry.text_if_any("more_than", findings);
    let (bound, written) = match (at_least, more_than) {
        (Some(_), Some(second)) => {
            findings.add(&second.span(), MistakeKind::TwoBounds);
            return None;
        }
        (Some(written), None) => (Bound::AtLeast, written),
        (None, Some(written)) => (Bound::MoreThan, written),
        (None, None) => {
            if !entry.has("at_least") && !entry.has("more_than") {
                findings.add(&entry.span(), MistakeKind::NoBound);
            }
            return None;
        }
    };
    match written.get_ref().parse::<Ratio>() {
        Ok(ratio) => Some((bound, Spanned::new(written.span(), ratio))),
        Err(_) => {
            findings.add(&written.span(), MistakeKind::NotAFraction(written.get_ref().clone()));
            None
        }
    }
}
