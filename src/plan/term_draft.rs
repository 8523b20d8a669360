//! A deliberation during the term as written: a nomination of one line, and the body that proposes.

use toml::Spanned;

use super::draft::into_texts;
use super::entry::Entry;
use super::mistake::Findings;
use super::nomination_draft::{LineDraft, NominationDraft};
use super::term_model::{Deliberation, Proposing};
use crate::rules::Threshold;

/// A deliberation as written.
pub(super) struct TermDraft {
    /// Its vote. Without an appointee, which is a mistake noted already, it has no line.
    pub(super) paper: NominationDraft,
    pub(super) proposing: Option<ProposingDraft>,
}

/// The proposing body as written.
pub(super) struct ProposingDraft {
    name: String,
    pub(super) seats: Vec<Spanned<String>>,
}

impl TermDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let appointee = item.table("appointee", findings).map(|line| LineDraft::read(line, 1, findings));
        let paper = NominationDraft::of_appointee(item, appointee, findings);
        let proposing = item.table("proposing", findings).map(|mut body| {
            let draft = ProposingDraft {
                name: body.text("name", findings).into_inner(),
                seats: body.texts_if_any("seats", findings).unwrap_or_default(),
            };
            body.finish(findings);
            draft
        });
        Self { paper, proposing }
    }

    /// The deliberation, when no mistake was found in it.
    pub(super) fn into_deliberation(self, quorum: Threshold, attendees: Vec<String>) -> Deliberation {
        let (name, seats) =
            self.proposing.map_or_else(Default::default, |body| (body.name, into_texts(body.seats)));
        Deliberation {
            paper: self.paper.into_nomination(quorum, attendees),
            proposing: Proposing { name, seats },
        }
    }
}
