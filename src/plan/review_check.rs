//! What the parts of a review must be to each other and to the room.

use std::cmp::Ordering;
use std::ops::Range;

use toml::Spanned;

use super::check::{
    Material, PersonRef, Roster, check_ids, check_material, check_nobody_twice, check_people_of,
    check_quorum, check_small,
};
use super::draft::ItemDraft;
use super::mistake::{Findings, MistakeKind, Named, ReviewMistake as M};
use super::near::nearest;
use super::review_draft::{BandDraft, ReviewDraft, ShareDraft, VerdictDraft, WEIGHT_MAX};
use crate::rules::{Bound, Ratio, ScaleWord};
use crate::words::Lang;

/// A scale of one word leaves no choice.
const WORDS_MIN: usize = 2;

/// Compares the parts of a review with each other and with the room.
pub(super) fn check_review(
    roster: &Roster,
    item: &ItemDraft,
    review: &ReviewDraft,
    material: Material,
    findings: &mut Findings,
) {
    let due = check_reviewers(roster, item, review, findings);
    if roster.are_known(review.reviewers.as_ref()) {
        check_small(roster, due, findings);
    }
    check_quorum(item.quorum.as_ref(), due, findings);
    check_weights(review, findings);
    let sound = check_scale(review, findings);
    let dimensions = review.dimensions.as_deref().unwrap_or_default();
    check_ids(Named::Dimension, dimensions.iter().map(|dimension| &dimension.id), findings);
    check_verdict(review, sound, roster.language(), findings);
    check_officials(roster, review, material, findings);
}

/// Answers how many are due.
fn check_reviewers(
    roster: &Roster,
    item: &ItemDraft,
    review: &ReviewDraft,
    findings: &mut Findings,
) -> usize {
    let attendees = item.attendees.as_deref().unwrap_or_default();
    for group in attendees {
        roster.check_group(group, findings);
    }
    let Some(reviewers) = &review.reviewers else { return 0 };
    if reviewers.get_ref().is_empty() {
        findings.add_review(&reviewers.span(), M::NoReviewers);
    }
    let mut due = 0;
    for reviewing in reviewers.get_ref() {
        let group = reviewing.get_ref().clone();
        roster.check_group(reviewing, findings);
        if let Some(attending) = attendees.iter().find(|attending| attending.get_ref() == &group) {
            findings.add_review(&attending.span(), M::ReviewsAndAttends { group: group.clone() });
        }
        match (roster.standing(&group), roster.size(&group)) {
            (None, _) => {}
            (Some(_), 0) => findings.add_review(&reviewing.span(), M::ReviewersNobody { group }),
            (Some(_), size) => due += size,
        }
    }
    due
}

fn check_weights(review: &ReviewDraft, findings: &mut Findings) {
    let (Some(weights), Some(reviewers)) = (&review.weights, &review.reviewers) else { return };
    if let Some(apart) = review.apart.as_ref().filter(|apart| !apart.get_ref()) {
        findings.add_review(&apart.span(), M::WeightsNotApart);
    }
    let groups = || reviewers.get_ref().iter().map(Spanned::get_ref);
    for (group, weight) in weights.get_ref() {
        let (id, number) = (group.get_ref(), *weight.get_ref());
        if !groups().any(|reviewing| reviewing == id) {
            let near = nearest(id, groups().map(String::as_str));
            findings.add_review(&group.span(), M::WeightOfStranger { group: id.clone(), near });
        } else if number == 0 {
            findings.add_review(&weight.span(), M::WeightZero { group: id.clone() });
        } else if number > WEIGHT_MAX {
            let what = MistakeKind::OutOfRange { key: "combine", number, from: 1, to: WEIGHT_MAX };
            findings.add(&weight.span(), what);
        }
    }
    for group in groups() {
        if !weights.get_ref().iter().any(|(weighted, _)| weighted.get_ref() == group) {
            findings.add_review(&weights.span(), M::NoWeight { group: group.clone() });
        }
    }
}

/// Whether the words are such that a rule can be checked against them.
fn check_scale(review: &ReviewDraft, findings: &mut Findings) -> bool {
    let Some(scale) = &review.scale else { return true };
    let words = scale.get_ref();
    if words.len() < WORDS_MIN {
        findings.add_review(&scale.span(), M::TooFewWords { found: words.len() });
    }
    let weighted = words.iter().filter(|word| word.weight.is_some()).count();
    if weighted > 0 {
        for word in words.iter().filter(|word| word.weight.is_none()) {
            findings
                .add_review(&word.word.span(), M::WordWithoutWeight { word: word.word.get_ref().clone() });
        }
    }
    words.len() >= WORDS_MIN && (weighted == 0 || weighted == words.len())
}

fn check_verdict(review: &ReviewDraft, sound: bool, language: Lang, findings: &mut Findings) {
    let words = if sound { review.words(language) } else { Vec::new() };
    match &review.verdict {
        None => {}
        Some(VerdictDraft::Score(bands)) => {
            let weights = || words.iter().map(|word| word.weight);
            let range = weights().min().zip(weights().max());
            if let Some((lowest, highest)) = range
                && lowest == highest
            {
                let span = review.scale.as_ref().map_or_else(|| bands.span(), Spanned::span);
                findings.add_review(&span, M::ScoreIsFixed { weight: lowest });
            }
            check_bands(bands.get_ref(), range, findings);
        }
        Some(VerdictDraft::Rate(bands)) => {
            let satisfied = words.iter().filter(|word| word.satisfied).count();
            if !words.is_empty() && (satisfied == 0 || satisfied == words.len()) {
                let span = review.scale.as_ref().map_or_else(|| bands.span(), Spanned::span);
                findings.add_review(&span, M::RateIsFixed { all: satisfied > 0 });
            }
            check_bands(bands.get_ref(), Some((0, 100)), findings);
        }
        Some(VerdictDraft::Shares { shares, over, .. }) => {
            for share in shares.get_ref() {
                check_share(share, &words, findings);
            }
            let dimensions = review.dimensions.as_deref().unwrap_or_default();
            let ids = || dimensions.iter().map(|dimension| dimension.id.get_ref().as_str());
            let stranger = over.as_ref().filter(|over| !ids().any(|id| id == over.get_ref()));
            if let Some(over) = stranger.filter(|_| !dimensions.is_empty()) {
                let (id, near) = (over.get_ref().clone(), nearest(over.get_ref(), ids()));
                findings.add_review(&over.span(), M::UnknownDimension { id, near });
            }
        }
    }
}

fn check_share(share: &ShareDraft, words: &[ScaleWord], findings: &mut Findings) {
    let known = || words.iter().map(|word| word.word.as_str());
    let word = share.word.get_ref();
    if !word.is_empty() && !words.is_empty() && !known().any(|known| known == word) {
        let near = nearest(word, known());
        findings.add_review(&share.word.span(), M::UnknownScaleWord { word: word.clone(), near });
    }
    let Some((bound, ratio)) = &share.bound else { return };
    let of_all = compare(*ratio.get_ref(), Ratio::whole(1));
    match bound {
        Bound::AtLeast if of_all.is_gt() => findings.add_review(&ratio.span(), M::ShareOfMoreThanAll),
        Bound::MoreThan if of_all.is_ge() => findings.add_review(&ratio.span(), M::ShareOfMoreThanAll),
        Bound::AtLeast if ratio.get_ref().numerator() == 0 => {
            findings.add_review(&ratio.span(), M::ShareOfNothing);
        }
        Bound::AtLeast | Bound::MoreThan => {}
    }
}

/// Bands go up, without gap or overlap, and cover every value from `range`'s first to its last. The first may leave out
/// where it begins, the last where it ends, and of two neighbours one.
fn check_bands(bands: &[BandDraft], range: Option<(u32, u32)>, findings: &mut Findings) {
    if let Some(band) = out_of_order(bands) {
        findings.add_review(&band.span, M::BandOrder);
        return;
    }
    let place = |bound: &Option<Spanned<Ratio>>, band: &BandDraft| -> Range<usize> {
        bound.as_ref().map_or_else(|| band.span.clone(), Spanned::span)
    };
    let value = |bound: &Option<Spanned<Ratio>>| bound.as_ref().map(|bound| *bound.get_ref());
    let mut before: Option<&BandDraft> = None;
    let mut rest = bands.iter().peekable();
    while let Some(band) = rest.next() {
        let ended = before.and_then(|before| value(&before.below));
        let next = rest.peek().and_then(|next| value(&next.from));
        match (ended, value(&band.from)) {
            (None, None) if before.is_some() => {
                findings.add(&band.span, MistakeKind::MissingKey { key: "from" });
            }
            (Some(end), Some(from)) => match compare(end, from) {
                Ordering::Less => {
                    findings.add_review(&place(&band.from, band), M::BandGap { from: end, to: from });
                }
                Ordering::Greater => {
                    findings.add_review(&place(&band.from, band), M::BandOverlap { from, to: end });
                }
                Ordering::Equal => {}
            },
            _ => {}
        }
        if let Some((from, below)) = value(&band.from).or(ended).zip(value(&band.below).or(next))
            && compare(from, below).is_ge()
        {
            findings.add_review(&place(&band.from, band), M::BandEmpty { from, below });
        }
        if let (Some((_, highest)), Some(from)) = (range, value(&band.from))
            && compare(from, Ratio::whole(highest)).is_gt()
        {
            findings.add_review(&place(&band.from, band), M::BandOutOfReach { from, highest });
        }
        before = Some(band);
    }
    let Some((lowest, highest)) = range else { return };
    if let Some(first) = bands.first()
        && let Some(from) = value(&first.from).filter(|from| compare(*from, Ratio::whole(lowest)).is_gt())
    {
        findings.add_review(&place(&first.from, first), M::BandsBeginLate { lowest, from });
    }
    if let Some(last) = bands.last()
        && let Some(below) = value(&last.below).filter(|below| compare(*below, Ratio::whole(highest)).is_le())
    {
        findings.add_review(&place(&last.below, last), M::BandsEndEarly { highest, below });
    }
}

/// The first band that stands after a higher one.
fn out_of_order(bands: &[BandDraft]) -> Option<&BandDraft> {
    let lower = |one: &Option<Spanned<Ratio>>, other: &Option<Spanned<Ratio>>, least: Ordering| {
        let compared =
            one.as_ref().zip(other.as_ref()).map(|(one, other)| compare(*one.get_ref(), *other.get_ref()));
        compared.is_some_and(|order| order.is_lt() || order == least)
    };
    bands.windows(2).find_map(|pair| {
        let [before, band] = pair else { return None };
        let descends = lower(&band.from, &before.from, Ordering::Less)
            || lower(&band.below, &before.below, Ordering::Less)
            || lower(&band.below, &before.from, Ordering::Equal);
        descends.then_some(band)
    })
}

fn compare(one: Ratio, other: Ratio) -> Ordering {
    let cross = |one: Ratio, other: Ratio| u64::from(one.numerator()) * u64::from(other.denominator());
    cross(one, other).cmp(&cross(other, one))
}

fn check_officials(roster: &Roster, review: &ReviewDraft, material: Material, findings: &mut Findings) {
    check_ids(Named::Official, review.officials.iter().map(|official| &official.id), findings);
    let officials = review.officials.iter().map(|official| (&official.name, official.post.as_str()));
    check_nobody_twice(officials, findings, |span, name, post, first, findings| {
        findings.add_review(span, M::OfficialTwice { name, post, first });
    });
    for official in &review.officials {
        let seated = PersonRef {
            name: &official.name,
            person: official.person.as_ref(),
            relatives: &official.relatives,
        };
        check_people_of(roster, &seated, findings);
        if let Some(reader) = &official.findings_by {
            roster.check_person(reader, findings);
        }
        check_material(&official.report, Named::Official, material, findings);
        check_material(&official.findings, Named::Official, material, findings);
    }
}

/// Nobody watches the count of their own evaluation, or of a relative's.
pub(super) fn check_scrutineer_of(
    review: &ReviewDraft,
    (id, name): (&str, &str),
    span: &Range<usize>,
    findings: &mut Findings,
) {
    let is = |person: &Spanned<String>| person.get_ref() == id;
    let mut officials = review.officials.iter();
    if review.officials.iter().any(|official| official.person.as_ref().is_some_and(is)) {
        findings.add_review(span, M::ScrutineerReports { person: name.to_owned() });
    } else if let Some(official) = officials.find(|official| official.relatives.iter().any(is)) {
        let (person, official) = (name.to_owned(), official.name.get_ref().clone());
        findings.add_review(span, M::ScrutineerRelated { person, official });
    }
}
