//! A review as written, with the place of whatever can clash with something else. [`super::review_check`] compares;
//! what passes becomes a [`Review`].

use std::ops::Range;

use toml::Spanned;

use super::draft::{into_texts, limit};
use super::entry::{Entry, Numbers, Short, Words};
use super::mistake::{Findings, Limited, MistakeKind, Named, ReviewMistake};
use super::model::{Dimension, Official, OfficialOrder, Review};
use super::spelling::fault_of_text_within;
use super::threshold_draft::read_bound;
use crate::rules::{Band, Bound, Combine, Judgement, Ratio, ScaleWord, Share, Threshold, VerdictRule};
use crate::words::Lang;

/// Four hours.
const REPORT_MINUTES_MAX: u32 = 240;
const ANSWER_MINUTES_MAX: u32 = 60;
const QUESTIONS_MAX: u32 = 100;
const SLIPS_MAX: u32 = 20;
const OFFICIALS_MAX: usize = 100;
/// With more, figures of groups combined by weights would outgrow their fractions.
pub(super) const REVIEWERS_MAX: usize = 5;
/// What a screen shows side by side.
const WORDS_MAX: usize = 7;
const DIMENSIONS_MAX: usize = 7;
const BANDS_MAX: usize = 20;
/// A weight of a word or of a group: per mille is fine enough, and fractions stay within their numbers.
pub(super) const WEIGHT_MAX: u32 = 1000;
const WORD_CHARACTERS_MAX: usize = 20;
const CONSEQUENCE_CHARACTERS_MAX: usize = 300;
/// A year of working days.
const REPLY_DAYS_MAX: u32 = 260;

const REPORT_MINUTES: u32 = 8;
const ANSWER_MINUTES: u32 = 3;
const WARNING_SECONDS: u32 = 60;
const QUESTIONS: u32 = 20;

const ORDERS: Words<OfficialOrder> = &[("plan", OfficialOrder::Plan), ("lot", OfficialOrder::Lot)];
const BYS: Words<By> = &[("score", By::Score), ("rate", By::Rate), ("shares", By::Shares)];
const SUM: &str = "sum";

/// How a verdict is found, before its bands or shares are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Score,
    Rate,
    Shares,
}

/// A review as written. What is `None` has a default, or is a mistake noted already.
pub(super) struct ReviewDraft {
    pub(super) reviewers: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) apart: Option<Spanned<bool>>,
    /// None where the marks of all groups are added up.
    pub(super) weights: Option<Spanned<Numbers>>,
    order: OfficialOrder,
    report_seconds: u32,
    answer_seconds: u32,
    warning_seconds: u32,
    questions_max: u32,
    opinions_max: u32,
    slips_max: u32,
    ranking: bool,
    pub(super) scale: Option<Spanned<Vec<WordDraft>>>,
    pub(super) dimensions: Option<Vec<DimensionDraft>>,
    pub(super) verdict: Option<VerdictDraft>,
    pub(super) officials: Vec<OfficialDraft>,
}

/// A word of a scale as written.
pub(super) struct WordDraft {
    pub(super) word: Spanned<String>,
    pub(super) satisfied: Option<bool>,
    pub(super) weight: Option<u32>,
}

/// A dimension as written.
pub(super) struct DimensionDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
}

/// A rule as written.
pub(super) enum VerdictDraft {
    Score(Spanned<Vec<BandDraft>>),
    Rate(Spanned<Vec<BandDraft>>),
    Shares { shares: Spanned<Vec<ShareDraft>>, otherwise: Judgement, over: Option<Spanned<String>> },
}

/// A band as written.
pub(super) struct BandDraft {
    pub(super) span: Range<usize>,
    pub(super) from: Option<Spanned<Ratio>>,
    pub(super) below: Option<Spanned<Ratio>>,
    verdict: Judgement,
}

/// A share as written.
pub(super) struct ShareDraft {
    pub(super) word: Spanned<String>,
    /// `None` when it is none, which is a mistake noted already.
    pub(super) bound: Option<(Bound, Spanned<Ratio>)>,
    verdict: Judgement,
}

/// A reporting official as written.
pub(super) struct OfficialDraft {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) post: String,
    unit: String,
    /// An empty one says that the official has no seat, whatever the names say.
    pub(super) person: Option<Spanned<String>>,
    pub(super) relatives: Vec<Spanned<String>>,
    pub(super) report: Spanned<String>,
    pub(super) findings: Spanned<String>,
    pub(super) findings_by: Option<Spanned<String>>,
}

impl ReviewDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let reviewers = item.texts("reviewers", findings);
        let reviewers_span = item.span_of("reviewers");
        limit(
            Limited::Reviewers,
            reviewers.as_ref().map_or(0, Vec::len),
            REVIEWERS_MAX,
            &reviewers_span,
            findings,
        );
        let report_minutes =
            item.number_within("report_minutes", (1, REPORT_MINUTES_MAX), REPORT_MINUTES, findings);
        let report_seconds = 60 * report_minutes;
        // A short report is warned of in its middle.
        let warning_usual = WARNING_SECONDS.min(report_seconds / 2);
        let warning_max = report_seconds.saturating_sub(1);
        let officials = item.tables("officials", findings);
        let officials_span = item.span_of("officials");
        if officials.as_ref().is_some_and(Vec::is_empty) {
            findings.add_review(&officials_span, ReviewMistake::NoOfficials);
        }
        let officials = officials.unwrap_or_default();
        limit(Limited::Officials, officials.len(), OFFICIALS_MAX, &officials_span, findings);
        let questions_max = item.number_within("questions_max", (0, QUESTIONS_MAX), QUESTIONS, findings);
        Self {
            reviewers: reviewers.map(|reviewers| Spanned::new(reviewers_span, reviewers)),
            apart: item.flag("apart", findings),
            weights: item.word_or_numbers("combine", SUM, findings).and_then(Result::err),
            order: item.word_if_any("order", ORDERS, findings).unwrap_or(OfficialOrder::Plan),
            report_seconds,
            answer_seconds: 60
                * item.number_within("answer_minutes", (1, ANSWER_MINUTES_MAX), ANSWER_MINUTES, findings),
            warning_seconds: item.number_within("warning_seconds", (0, warning_max), warning_usual, findings),
            questions_max,
            // Unless the plan says otherwise, as many as questions.
            opinions_max: item.number_within("opinions_max", (0, QUESTIONS_MAX), questions_max, findings),
            slips_max: item.number_within("slips_max", (0, SLIPS_MAX), 0, findings),
            ranking: item.flag("ranking", findings).is_some_and(Spanned::into_inner),
            scale: read_scale(item, findings),
            dimensions: read_dimensions(item, findings),
            verdict: read_verdict(item, findings),
            officials: (officials.into_iter())
                .map(|official| OfficialDraft::read(official, findings))
                .collect(),
        }
    }

    /// The words of the scale, where no mistake was found in it.
    pub(super) fn words(&self, language: Lang) -> Vec<ScaleWord> {
        let Some(scale) = &self.scale else {
            let words = language.usual_scale().into_iter();
            return words_of(words.map(|word| (word.to_owned(), None, None)).collect());
        };
        let written = scale.get_ref().iter();
        words_of(written.map(|word| (word.word.get_ref().clone(), word.satisfied, word.weight)).collect())
    }

    /// The review, when no mistake was found in it.
    pub(super) fn into_review(self, quorum: Threshold, attendees: Vec<String>, language: Lang) -> Review {
        let scale = self.words(language);
        let reviewers = self.reviewers.map(|groups| into_texts(groups.into_inner())).unwrap_or_default();
        let weight_of = |group: &String| {
            let weights = self.weights.as_ref().map_or([].as_slice(), |weights| weights.get_ref());
            let found = weights.iter().find(|(key, _)| key.get_ref() == group);
            found.map_or(1, |(_, weight)| *weight.get_ref())
        };
        let dimensions: Vec<Dimension> = (self.dimensions.into_iter().flatten())
            .map(|dimension| Dimension { id: dimension.id.into_inner(), name: dimension.name.into_inner() })
            .collect();
        Review {
            apart: self.apart.map_or(self.weights.is_some(), Spanned::into_inner),
            combine: if self.weights.is_some() { Combine::Weights } else { Combine::Sum },
            weights: reviewers.iter().map(weight_of).collect(),
            attendees: attendees.into_iter().filter(|group| !reviewers.contains(group)).collect(),
            reviewers,
            quorum,
            order: self.order,
            report_seconds: self.report_seconds,
            answer_seconds: self.answer_seconds,
            warning_seconds: self.warning_seconds,
            questions_max: self.questions_max,
            opinions_max: self.opinions_max,
            slips_max: self.slips_max,
            verdict: self.verdict.map_or_else(no_rule, |verdict| verdict.into_rule(&scale, &dimensions)),
            scale,
            dimensions,
            ranking: self.ranking,
            officials: self.officials.into_iter().map(OfficialDraft::into_official).collect(),
        }
    }
}

/// Stands in for a rule that was not written, which is a mistake: it gets into no plan.
fn no_rule() -> VerdictRule {
    VerdictRule::Score { bands: Vec::new() }
}

fn read_scale(item: &mut Entry, findings: &mut Findings) -> Option<Spanned<Vec<WordDraft>>> {
    let written = item.shorts_if_any("scale", findings)?;
    let span = item.span_of("scale");
    let mut words: Vec<WordDraft> = Vec::new();
    for short in written {
        let draft = match short {
            Short::Name(word) => WordDraft { word, satisfied: None, weight: None },
            Short::Table(mut table) => {
                let draft = WordDraft {
                    word: table.text("word", findings),
                    satisfied: table.flag("satisfied", findings).map(Spanned::into_inner),
                    weight: table
                        .has("weight")
                        .then(|| table.number_within("weight", (0, WEIGHT_MAX), 0, findings)),
                };
                table.finish(findings);
                if draft.word.get_ref().is_empty() {
                    continue;
                }
                draft
            }
        };
        let word = &draft.word;
        if let Some(fault) = fault_of_text_within("word", word.get_ref(), WORD_CHARACTERS_MAX) {
            findings.add(&word.span(), fault);
        } else if words.iter().any(|earlier| earlier.word.get_ref() == word.get_ref()) {
            findings.add(&word.span(), MistakeKind::Repeated { word: word.get_ref().clone() });
        } else {
            words.push(draft);
        }
    }
    limit(Limited::Words, words.len(), WORDS_MAX, &span, findings);
    Some(Spanned::new(span, words))
}

/// Without marks of their own, the upper half of the words counts as satisfied, and the weights go down evenly from
/// 100: by 20 where there is room for it.
fn words_of(written: Vec<(String, Option<bool>, Option<u32>)>) -> Vec<ScaleWord> {
    let marked = written.iter().any(|(_, satisfied, _)| satisfied.is_some());
    let upper = written.len().div_ceil(2);
    let step = if written.len() > 6 { 16 } else { 20 };
    let usual = |place: usize| 100_u32.saturating_sub(step * u32::try_from(place).unwrap_or(u32::MAX));
    (written.into_iter().enumerate())
        .map(|(place, (word, satisfied, weight))| ScaleWord {
            word,
            satisfied: satisfied.unwrap_or(!marked && place < upper),
            weight: weight.unwrap_or_else(|| usual(place)),
        })
        .collect()
}

fn read_dimensions(item: &mut Entry, findings: &mut Findings) -> Option<Vec<DimensionDraft>> {
    if !item.has("dimensions") {
        findings.add(&item.span(), MistakeKind::MissingKey { key: "dimensions" });
    }
    let written = item.shorts_if_any("dimensions", findings)?;
    let span = item.span_of("dimensions");
    if written.is_empty() {
        findings.add_review(&span, ReviewMistake::NoDimensions);
    }
    limit(Limited::Dimensions, written.len(), DIMENSIONS_MAX, &span, findings);
    let mut dimensions: Vec<DimensionDraft> = Vec::new();
    for (place, short) in written.into_iter().enumerate() {
        let usual = format!("d{}", place + 1);
        let draft = match short {
            Short::Name(name) => DimensionDraft { id: Spanned::new(name.span(), usual), name },
            Short::Table(mut table) => {
                let draft = DimensionDraft {
                    id: table.id_or(Named::Dimension, usual, findings),
                    name: table.text("name", findings),
                };
                table.finish(findings);
                if draft.name.get_ref().is_empty() {
                    continue;
                }
                draft
            }
        };
        let name = &draft.name;
        if let Some(fault) = super::spelling::fault_of_text("name", name.get_ref()) {
            findings.add(&name.span(), fault);
        } else if dimensions.iter().any(|earlier| earlier.name.get_ref() == name.get_ref()) {
            findings.add(&name.span(), MistakeKind::Repeated { word: name.get_ref().clone() });
        } else {
            dimensions.push(draft);
        }
    }
    Some(dimensions)
}

fn read_verdict(item: &mut Entry, findings: &mut Findings) -> Option<VerdictDraft> {
    if !item.has("verdict") {
        findings.add(&item.span(), MistakeKind::MissingKey { key: "[items.verdict]" });
    }
    let mut rule = item.table_if_any("verdict", findings)?;
    let likely = if rule.has("shares") { By::Shares } else { By::Score };
    let by = rule.word("by", BYS, findings).unwrap_or(likely);
    let key = if by == By::Shares { "shares" } else { "bands" };
    let tables = rule.tables(key, findings);
    let span = rule.span_of(key);
    if tables.as_ref().is_some_and(Vec::is_empty) {
        let what = if by == By::Shares { ReviewMistake::NoShares } else { ReviewMistake::NoBands };
        findings.add_review(&span, what);
    }
    let tables = tables.unwrap_or_default();
    limit(Limited::Bands, tables.len(), BANDS_MAX, &span, findings);
    let verdict = match by {
        By::Score | By::Rate => {
            let bands: Vec<_> = tables.into_iter().map(|band| BandDraft::read(band, findings)).collect();
            let bands = Spanned::new(span, bands);
            if by == By::Score { VerdictDraft::Score(bands) } else { VerdictDraft::Rate(bands) }
        }
        By::Shares => {
            let shares = tables.into_iter().map(|share| ShareDraft::read(share, findings)).collect();
            let otherwise = rule.table("otherwise", findings).map(|mut table| {
                let judgement = read_judgement(&mut table, findings);
                table.finish(findings);
                judgement
            });
            VerdictDraft::Shares {
                shares: Spanned::new(span, shares),
                otherwise: otherwise.unwrap_or_else(no_judgement),
                over: rule.text_if_any("over", findings),
            }
        }
    };
    rule.finish(findings);
    Some(verdict)
}

fn no_judgement() -> Judgement {
    Judgement { name: String::new(), consequence: String::new(), reply_days: None }
}

fn read_judgement(entry: &mut Entry, findings: &mut Findings) -> Judgement {
    Judgement {
        name: entry.text("verdict", findings).into_inner(),
        consequence: entry.long_text_if_any("consequence", CONSEQUENCE_CHARACTERS_MAX, findings),
        reply_days: entry
            .has("reply_days")
            .then(|| entry.number_within("reply_days", (1, REPLY_DAYS_MAX), 1, findings)),
    }
}

impl VerdictDraft {
    fn into_rule(self, scale: &[ScaleWord], dimensions: &[Dimension]) -> VerdictRule {
        match self {
            Self::Score(bands) => VerdictRule::Score { bands: into_bands(bands.into_inner()) },
            Self::Rate(bands) => VerdictRule::Rate { bands: into_bands(bands.into_inner()) },
            Self::Shares { shares, otherwise, over } => VerdictRule::Shares {
                shares: (shares.into_inner().into_iter())
                    .filter_map(|share| {
                        let (bound, ratio) = share.bound?;
                        let word = scale.iter().position(|word| word.word == *share.word.get_ref())?;
                        Some(Share { word, bound, ratio: ratio.into_inner(), verdict: share.verdict })
                    })
                    .collect(),
                otherwise,
                over: over
                    .and_then(|id| dimensions.iter().position(|dimension| dimension.id == *id.get_ref())),
            },
        }
    }
}

/// Each band from its own lower bound, or else from where the one before it ends.
fn into_bands(drafts: Vec<BandDraft>) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut ended: Option<Ratio> = None;
    for draft in drafts {
        let from = draft.from.map(Spanned::into_inner).or(ended).unwrap_or(Ratio::whole(0));
        bands.push(Band { from, verdict: draft.verdict });
        ended = draft.below.map(Spanned::into_inner);
    }
    bands
}

impl BandDraft {
    fn read(mut band: Entry, findings: &mut Findings) -> Self {
        let draft = Self {
            span: band.span(),
            from: band.quantity("from", findings),
            below: band.quantity("below", findings),
            verdict: read_judgement(&mut band, findings),
        };
        band.finish(findings);
        draft
    }
}

impl ShareDraft {
    fn read(mut share: Entry, findings: &mut Findings) -> Self {
        let draft = Self {
            word: share.text("word", findings),
            bound: read_bound(&mut share, findings),
            verdict: read_judgement(&mut share, findings),
        };
        share.finish(findings);
        draft
    }
}

impl OfficialDraft {
    fn read(mut official: Entry, findings: &mut Findings) -> Self {
        let draft = Self {
            id: official.id(Named::Official, findings),
            name: official.text("name", findings),
            post: official.text("post", findings).into_inner(),
            unit: official.text("unit", findings).into_inner(),
            person: official.text_if_any("person", findings),
            relatives: official.texts_if_any("relatives", findings).unwrap_or_default(),
            report: official.text("report", findings),
            findings: official.text("findings", findings),
            findings_by: official.text_if_any("findings_by", findings),
        };
        official.finish(findings);
        draft
    }

    fn into_official(self) -> Official {
        Official {
            id: self.id.into_inner(),
            name: self.name.into_inner(),
            post: self.post,
            unit: self.unit,
            person: self.person.map(Spanned::into_inner).filter(|person| !person.is_empty()),
            relatives: into_texts(self.relatives),
            report: self.report.into_inner(),
            findings: self.findings.into_inner(),
            findings_by: self.findings_by.map(Spanned::into_inner).unwrap_or_default(),
        }
    }
}
