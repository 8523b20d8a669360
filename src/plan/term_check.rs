//! What the parts of a deliberation must be to each other and to the room, besides what holds of every ballot.

use super::check::Roster;
use super::mistake::{Findings, TermMistake as M};
use super::term_draft::TermDraft;

/// Whoever it concerns is outside while it is deliberated: and so neither answers for the proposing body nor presides.
pub(super) fn check_term(roster: &Roster, term: &TermDraft, findings: &mut Findings) {
    let Some(appointee) = term.paper.lines.first() else { return };
    for seat in term.proposing.iter().flat_map(|body| &body.seats) {
        roster.check_person(seat, findings);
        if appointee.concerns(seat.get_ref()) {
            findings.add_term(&seat.span(), M::ProposerConcerned { person: seat.get_ref().clone() });
        }
    }
    let presiding = roster.presiding().filter(|id| !id.is_empty() && appointee.concerns(id));
    if let Some(person) = presiding {
        let span = appointee.person.as_ref().map_or_else(|| appointee.name.span(), toml::Spanned::span);
        findings.add_term(&span, M::PresidingConcerned { person: person.to_owned() });
    }
}
