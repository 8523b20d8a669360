//! One round of a ballot: the election that the record fixed, the tokens of its papers, and what came of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fault::FaultKind;
use super::files::Folder;
use super::record::Journal;
use super::report::{BallotName, Report, Status, What};
use super::{bel, open, paper, reopening, review, scrutiny};
use crate::archive::bel::{election, has_bel};
use crate::ballot::{IssuerSecret, PublicCredential, check_token};
use crate::journal::FILE_NAME;
use crate::meeting::{
    Issue, Round, RoundPhase, Setup, State, election_description, election_name, paper_questions,
};

/// What no two rounds may share, and which round has it.
#[derive(Default)]
struct Fresh {
    uuids: BTreeMap<String, String>,
    issuers: BTreeMap<String, String>,
    credentials: BTreeMap<PublicCredential, String>,
}

/// Checks every round of every item.
pub(super) fn check_all(folder: &Folder<'_>, state: &State, journal: &Journal, report: &mut Report) {
    let mut fresh = Fresh::default();
    for item in &state.items {
        let mut sums = review::Sums::new();
        for round in &item.rounds {
            journal.scrutiny.tell_heads(state, round, report);
            match &round.by_paper {
                Some(vote) => paper::check(folder, state, round, vote, report),
                None => check(state, round, journal, &mut fresh, report),
            }
            if has_bel(round) {
                let archived = bel::check(folder, state, round, journal, report);
                sums.extend(archived.map(|archived| (round.issue.ballot.clone(), archived)));
            }
            scrutiny::tell_left_out(state, round, report);
            if round.phase == RoundPhase::Counted {
                scrutiny::tell_sheet(state, round, report);
            }
        }
        review::check(state, item, &sums, report);
        open::check(state, item, report);
        reopening::check_item(state, item, report);
    }
    reopening::check(state, report);
}

fn check(state: &State, round: &Round, journal: &Journal, fresh: &mut Fresh, report: &mut Report) {
    let before = report.faults.len();
    let ballot = round.issue.ballot.to_string();
    if let Some(issuer) = &round.issuer {
        reused(&mut fresh.issuers, issuer.to_string(), &ballot, report);
    }
    if let Some(setup) = &round.setup {
        journal.scrutiny.check_setup(state, &ballot, setup, report);
        check_setup(state, &round.issue, setup, fresh, report);
        check_tokens(round, setup, report);
    }
    report.check(
        before,
        What::Papers {
            ballot: BallotName::of(state, round),
            issued: round.issued.len(),
            registered: round.setup.as_ref().map_or(0, |setup| setup.admitted.len()),
            confirmed: round.confirmed.len(),
            returned: round.box_hash.as_ref().map(|_| round.ballots.len()),
            box_confirmed: round.box_confirmed.len(),
            accepted: accepted(state, round),
            status: match round.phase {
                RoundPhase::Counted => Status::Counted,
                RoundPhase::Void => Status::Void,
                _ => Status::NotOpened,
            },
        },
    );
}

/// How many missing confirmations of the box enough scrutineers accepted.
fn accepted(state: &State, round: &Round) -> usize {
    let needed = usize::try_from(state.scrutineers_needed()).unwrap_or(usize::MAX);
    round
        .box_unconfirmed()
        .filter(|seat| round.accepted.get(*seat).is_some_and(|by| by.len() >= needed))
        .count()
}

/// Everything that is to be fresh for each round, is.
fn reused<K: Ord>(seen: &mut BTreeMap<K, String>, key: K, ballot: &str, report: &mut Report) {
    match seen.get(&key) {
        Some(other) => {
            let (ballot, other) = (ballot.to_owned(), other.clone());
            report.fault(FILE_NAME, FaultKind::SetupReused { ballot, other });
        }
        None => {
            seen.insert(key, ballot.to_owned());
        }
    }
}

/// The election is the one that follows from plan and issue.
fn check_setup(state: &State, issue: &Issue, setup: &Setup, fresh: &mut Fresh, report: &mut Report) {
    let ballot = issue.ballot.to_string();
    let parsed = match election(setup) {
        Ok(parsed) => parsed,
        Err(error) => {
            report.fault(FILE_NAME, FaultKind::Setup { ballot, detail: error.to_string() });
            return;
        }
    };
    let election = parsed.election();
    if parsed.hash() != setup.hash {
        report.fault(FILE_NAME, FaultKind::SetupHash { ballot: ballot.clone() });
    }
    if election.questions() != paper_questions(state, issue) {
        report.fault(FILE_NAME, FaultKind::SetupQuestions { ballot: ballot.clone() });
    }
    if election.description() != election_description(state, issue)
        || election.name() != election_name(state, issue)
    {
        report.fault(FILE_NAME, FaultKind::SetupDescription { ballot: ballot.clone() });
    }
    reused(&mut fresh.uuids, election.uuid().to_owned(), &ballot, report);
    for credential in parsed.credentials() {
        reused(&mut fresh.credentials, *credential, &ballot, report);
    }
}

/// Every credential on the list came in with a token of this round's issuer.
fn check_tokens(round: &Round, setup: &Setup, report: &mut Report) {
    let ballot = round.issue.ballot.to_string();
    let secret: Option<IssuerSecret> = setup.issuer_secret.parse().ok();
    let secret = secret.filter(|secret| round.issuer.as_ref().is_some_and(|public| secret.is_of(public)));
    let Some(secret) = secret else {
        report.fault(FILE_NAME, FaultKind::IssuerSecret { ballot });
        return;
    };
    let forged: Vec<String> = setup
        .admitted
        .par_iter()
        .filter(|admitted| !check_token(&secret, &admitted.credential, &admitted.token))
        .map(|admitted| admitted.credential.to_string())
        .collect();
    for credential in forged {
        report.fault(FILE_NAME, FaultKind::Token { ballot: ballot.clone(), credential });
    }
}
