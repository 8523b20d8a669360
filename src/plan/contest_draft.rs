//! A contested election as written, and what its parts must be to each other. Who stands, who votes and by which majority is
//! read and compared as in a nomination.

use toml::Spanned;

use super::entry::{Entry, Words};
use super::mistake::{Findings, MistakeKind};
use super::model::{Contested, PaperForm};
use super::nomination_draft::NominationDraft;
use crate::rules::{ContestRule, Threshold, TieRule, TooFew};

/// More rounds than a meeting has patience for.
const FURTHER_ROUNDS_MAX: u32 = 9;
const FURTHER_ROUNDS: u32 = 2;

const FORMS: Words<PaperForm> = &[("choose", PaperForm::Choose), ("list", PaperForm::List)];
const TOO_FEW: Words<TooFew> = &[("further_round", TooFew::FurtherRound), ("stay_open", TooFew::StayOpen)];
const TIED: Words<TieRule> = &[("order", TieRule::Order), ("majority", TieRule::Majority)];

/// A contested election as written.
pub(super) struct ContestedDraft {
    pub(super) slate: NominationDraft,
    form: PaperForm,
    /// `None` when the plan does not say: right for a list, and otherwise a mistake noted already.
    seats: Option<Spanned<u32>>,
    too_few: TooFew,
    tied: TieRule,
    further_max: u32,
}

impl ContestedDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let form = item.word_if_any("form", FORMS, findings).unwrap_or(PaperForm::Choose);
        let seats = item.number("seats", findings);
        if form == PaperForm::Choose && !item.has("seats") {
            findings.add(&item.span(), MistakeKind::MissingKey { key: "seats" });
        }
        Self {
            form,
            seats: seats.map(|seats| Spanned::new(item.span_of("seats"), seats)),
            too_few: item.word_if_any("too_few", TOO_FEW, findings).unwrap_or(TooFew::FurtherRound),
            tied: item.word_if_any("tied", TIED, findings).unwrap_or(TieRule::Order),
            further_max: item.number_within(
                "further_rounds",
                (0, FURTHER_ROUNDS_MAX),
                FURTHER_ROUNDS,
                findings,
            ),
            slate: NominationDraft::read_candidates(item, findings),
        }
    }

    /// There is a choice only where more stand than are to be elected; a list elects all of its lines.
    pub(super) fn check_seats(&self, findings: &mut Findings) {
        let candidates = u32::try_from(self.slate.lines.len()).unwrap_or(u32::MAX);
        let Some(seats) = self.seats.as_ref() else { return };
        let (span, number) = (seats.span(), *seats.get_ref());
        match self.form {
            PaperForm::List => findings.add(&span, MistakeKind::SeatsOfList),
            PaperForm::Choose if number == 0 => {
                let to = candidates.saturating_sub(1).max(1);
                findings.add(&span, MistakeKind::OutOfRange { key: "seats", number, from: 1, to });
            }
            PaperForm::Choose if candidates > 0 && number >= candidates => {
                findings.add(&span, MistakeKind::NotContested { seats: number, candidates });
            }
            PaperForm::Choose => {}
        }
    }

    pub(super) fn into_contested(self, quorum: Threshold, attendees: Vec<String>) -> Contested {
        let slate = self.slate.into_nomination(quorum, attendees);
        let all = u32::try_from(slate.lines.len()).unwrap_or(u32::MAX);
        let rule = ContestRule {
            seats: self.seats.map_or(all, Spanned::into_inner),
            too_few: self.too_few,
            tied: self.tied,
            further_max: self.further_max,
        };
        Contested { slate, form: self.form, rule }
    }
}
