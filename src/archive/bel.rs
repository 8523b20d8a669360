//! `ballots/<ballot>.bel`: the archive of one election, rebuilt from the record and the ballots in the box. The same
//! record and ballots give the same bytes, so that a hub which was killed simply writes the file again.

use rayon::prelude::*;

use super::BALLOTS;
use crate::ballot::{
    BallotError, BallotHash, BelWriter, CheckedBallot, Outcome, PartialDecryption, Setup as Election, tally,
};
use crate::meeting::{BallotId, Round, RoundPhase, Setup, State};

/// Why an election has no archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BelError {
    /// There is no such ballot, or its box was never fixed.
    #[error("the box of ballot {0} was never fixed")]
    NoBox(BallotId),
    /// The ballots are not those that the record names.
    #[error("the ballots are not those that the record names for {0}")]
    OtherBallots(BallotId),
    /// The sum in the record is not the sum of these ballots.
    #[error("the sum in the record is not that of the ballots of {0}")]
    OtherTally(BallotId),
    /// Something in the record does not hold as an election.
    #[error(transparent)]
    Ballot(#[from] BallotError),
}

/// Where the archive of a ballot is, in a session folder.
pub fn bel_path(ballot: &BallotId) -> String {
    format!("{BALLOTS}/{ballot}.bel")
}

/// Whether a round has an archive: from the moment that its box is fixed.
pub fn has_bel(round: &Round) -> bool {
    round.box_hash.is_some() && round.setup.is_some()
}

/// The election of a round, read from the record's setup.
///
/// # Errors
/// What does not hold.
pub fn election(setup: &Setup) -> Result<Election, BallotError> {
    let credentials = credentials_text(setup);
    Election::parse(setup.election.as_bytes(), setup.trustees.as_bytes(), credentials.as_bytes())
}

/// The list of credentials as an archive holds it.
pub(super) fn credentials_text(setup: &Setup) -> String {
    let quoted: Vec<String> =
        setup.admitted.iter().map(|admitted| format!("\"{}\"", admitted.credential)).collect();
    format!("[{}]", quoted.join(","))
}

/// The archive of a round whose box is fixed; `ballots` are the bytes in the box, in any order. It is opened if the
/// record holds the count, and ends with the closed box otherwise.
///
/// # Errors
/// The box is not fixed, or the ballots are not those of the record.
pub fn bel_bytes(state: &State, ballot: &BallotId, ballots: &[Vec<u8>]) -> Result<Vec<u8>, BelError> {
    let no_box = || BelError::NoBox(ballot.clone());
    let (_, round) = state.round(ballot).ok_or_else(no_box)?;
    let setup = round.setup.as_ref().filter(|_| has_bel(round)).ok_or_else(no_box)?;
    let closed_at = round.closed_at.ok_or_else(no_box)?;
    let mut sorted: Vec<(BallotHash, &Vec<u8>)> =
        ballots.iter().map(|bytes| (BallotHash::of(bytes), bytes)).collect();
    sorted.sort_unstable();
    if !sorted.iter().map(|(hash, _)| hash).eq(round.ballots.iter()) {
        return Err(BelError::OtherBallots(ballot.clone()));
    }
    let election = election(setup)?;
    let mut bel = BelWriter::begin(&election, u64::try_from(closed_at.as_second()).unwrap_or(0));
    for (_, bytes) in &sorted {
        bel.ballot(bytes);
    }
    bel.end_ballots();
    if let Some(count) = round.count.as_ref().filter(|_| round.phase == RoundPhase::Counted) {
        let checked: Vec<CheckedBallot> =
            sorted.par_iter().map(|(_, bytes)| election.check_ballot(bytes)).collect::<Result<_, _>>()?;
        let sums = tally(&election, &checked)?;
        let opened = count.opened().ok_or_else(no_box)?;
        if sums.bytes() != opened.tally.as_bytes() {
            return Err(BelError::OtherTally(ballot.clone()));
        }
        bel.encrypted_tally(&sums);
        for factors in &opened.factors {
            bel.partial_decryption(factors.trustee, &PartialDecryption::parse(factors.factors.as_bytes())?);
        }
        let result =
            opened.sums.iter().map(|sums| sums.iter().map(|sum| u64::from(*sum)).collect()).collect();
        bel.result(&Outcome { result, bytes: opened.result.clone().into_bytes() });
    }
    Ok(bel.into_bytes())
}
