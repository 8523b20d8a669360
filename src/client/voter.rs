//! What a terminal does for its person in a round of a secret ballot, and what it refuses: it takes the paper, registers
//! its credential, checks the list, returns the ballot, checks the box. Pure: what is to be done next follows from the
//! record and from what is kept; the driver does it.

use rand::CryptoRng;

use super::challenge::Prepared;
use super::store::KeptPaper;
use crate::ballot::{
    self, CredentialSecret, Election, IssuerSecret, PaperRequest, PublicCredential, SignedRequest,
    check_token,
};
use crate::meeting::{
    Actor, BallotId, Command, Phase, Round, RoundPhase, SeatId, Setup, State, election_description,
    paper_questions,
};
use crate::wire::{Anonymous, Receipt, proof};

use super::view::{Alarm, Paper};

/// What a terminal is to do next.
#[derive(Debug)]
pub enum Duty {
    /// Make a credential, keep it, and ask for the paper.
    Take(BallotId),
    /// Ask for the paper, with the request that is kept.
    Ask(Command),
    /// Register the credential, after a random pause.
    Register(Anonymous),
    /// Confirm the list or the box.
    Confirm(Command),
    /// Something does not hold: sound the alarm, and say so in the record.
    Objection(Alarm, Command),
    /// Return the kept ballot: it is not known whether it arrived.
    Return(Anonymous),
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unhex(text: &str) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok().map(zeroize::Zeroizing::new)
}

impl KeptPaper {
    /// A fresh credential and request: everything random comes from `rng`, and nothing is derived from what is kept.
    ///
    /// # Errors
    /// When the library cannot blind.
    pub fn fresh<R: CryptoRng>(rng: &mut R) -> Result<Self, ballot::BallotError> {
        let credential = CredentialSecret::generate(rng);
        let request = PaperRequest::new(&credential.public(), rng)?;
        Ok(Self {
            credential: hex(&*credential.to_bytes()),
            request: Some(hex(&request.to_bytes())),
            token: None,
            registered: false,
            sealed: None,
            hash: None,
            receipt: None,
        })
    }

    fn credential(&self) -> Option<CredentialSecret> {
        CredentialSecret::from_bytes(&unhex(&self.credential)?).ok()
    }

    fn public(&self) -> Option<PublicCredential> {
        Some(self.credential()?.public())
    }

    fn request(&self) -> Option<PaperRequest> {
        PaperRequest::from_bytes(&unhex(self.request.as_ref()?)?).ok()
    }

    /// The command that asks for this paper.
    pub fn ask(&self, ballot: &BallotId) -> Option<Command> {
        Some(Command::RequestPaper { ballot: ballot.clone(), request: self.request()?.request().clone() })
    }

    /// Takes the answer: checks that it was made with the round's published key, and keeps the token.
    ///
    /// # Errors
    /// When the answer could mark this seat.
    pub fn take(&mut self, answer: &SignedRequest, round: &Round) -> Result<(), ballot::BallotError> {
        let (Some(request), Some(issuer)) = (self.request(), &round.issuer) else {
            return Err(ballot::BallotError::Issuer("there is no request"));
        };
        self.token = Some(request.finish(answer, issuer)?);
        // Whoever has the blind can link paper and seat.
        zeroize::Zeroize::zeroize(&mut self.request);
        self.request = None;
        Ok(())
    }

    /// Encrypts the choices.
    ///
    /// # Errors
    /// When they do not fit the paper, or the record's election does not hold.
    pub fn seal<R: CryptoRng>(
        &mut self,
        round: &Round,
        choices: &[usize],
        rng: &mut R,
    ) -> Result<(), String> {
        self.seal_prepared(Prepared::new(round, choices, rng)?, rng)
    }

    /// Seals what was prepared: exactly these ciphertexts.
    ///
    /// # Errors
    /// When the credential is damaged or not on the list.
    pub(super) fn seal_prepared<R: CryptoRng>(
        &mut self,
        prepared: Prepared,
        rng: &mut R,
    ) -> Result<(), String> {
        let credential = self.credential().ok_or("the credential is damaged")?;
        let sealed = prepared.seal(&credential, rng)?;
        self.sealed = Some(String::from_utf8(sealed.bytes).map_err(|error| error.to_string())?);
        self.hash = Some(sealed.hash);
        Ok(())
    }

    /// The anonymous act that returns the sealed ballot.
    pub fn cast(&self, ballot: &BallotId) -> Option<Anonymous> {
        Some(Anonymous::Cast { ballot: ballot.clone(), bytes: self.sealed.clone()? })
    }

    /// Whether a receipt is one for this ballot, by this hub.
    pub fn is_receipt(&self, receipt: &Receipt, state: &State, round: &Round) -> bool {
        let (Some(hash), Some(setup)) = (&self.hash, &round.setup) else { return false };
        let Ok(election) = Election::parse(setup.election.as_bytes()) else { return false };
        let text = proof::receipt_text(state.session(), &round.issue.ballot, election.fingerprint(), hash);
        receipt.ballot == *hash
            && crate::meeting::order::verify(&state.frozen.hub_key, &text, &receipt.signature)
    }
}

/// The election of a setup in the record.
pub(super) fn setup_of(setup: &Setup) -> Option<ballot::Setup> {
    let election = Election::parse(setup.election.as_bytes()).ok()?;
    let trustees = ballot::Trustees::parse(setup.trustees.as_bytes()).ok()?;
    let credentials = setup.admitted.iter().map(|admitted| admitted.credential).collect();
    ballot::Setup::new(election, trustees, credentials).ok()
}

/// What is to be done next for `me`, given what is kept of the round's ballot.
pub fn next_duty(state: &State, me: &Actor, kept: Option<&KeptPaper>) -> Option<Duty> {
    let seat = me.seat()?;
    if state.phase == Phase::Ended {
        return None;
    }
    let round = state.round_of(seat)?;
    let ballot = &round.issue.ballot;
    let issued = round.issued.contains_key(seat);
    match round.phase {
        RoundPhase::Issuing | RoundPhase::Registering if !issued => {
            let open = round.phase == RoundPhase::Issuing
                && round.issuer.is_some()
                && state.suspended.is_none()
                && round.issue.electorate.contains(seat)
                && !round.declined.contains(seat);
            match kept {
                _ if !open => None,
                None => Some(Duty::Take(ballot.clone())),
                Some(kept) => kept.ask(ballot).map(Duty::Ask),
            }
        }
        RoundPhase::Issuing | RoundPhase::Registering => {
            let kept = kept?;
            match &kept.token {
                None => kept.ask(ballot).map(Duty::Ask),
                Some(_) if kept.registered => None,
                Some(token) => Some(Duty::Register(Anonymous::Register {
                    ballot: ballot.clone(),
                    credential: kept.public()?,
                    token: token.clone(),
                })),
            }
        }
        RoundPhase::Confirming if issued && !round.confirmed.contains(seat) => {
            let setup = round.setup.as_ref()?;
            Some(match check_list(state, round, setup, kept) {
                Ok(()) => {
                    Duty::Confirm(Command::ConfirmList { ballot: ballot.clone(), setup: setup.hash.clone() })
                }
                Err(says) => objection(Alarm::List(says.clone()), ballot, says),
            })
        }
        RoundPhase::Voting if issued && state.suspended.is_none() => {
            let kept = kept.filter(|kept| kept.sealed.is_some() && kept.receipt.is_none())?;
            kept.cast(ballot).map(Duty::Return)
        }
        RoundPhase::Sealed | RoundPhase::Opening | RoundPhase::Counted
            if issued && !round.box_confirmed.contains(seat) =>
        {
            Some(check_box(round, ballot, kept))
        }
        _ => None,
    }
}

fn objection(alarm: Alarm, ballot: &BallotId, reason: String) -> Duty {
    Duty::Objection(alarm, Command::Object { ballot: ballot.clone(), reason })
}

/// Everything that a terminal asks of the list before it confirms it.
fn check_list(state: &State, round: &Round, written: &Setup, kept: Option<&KeptPaper>) -> Result<(), String> {
    let setup = setup_of(written).ok_or("the election does not hold")?;
    let election = setup.election();
    if written.trustees != state.frozen.trustees {
        return Err("the trustees are not those of the record".to_owned());
    }
    if setup.hash() != written.hash {
        return Err("the hash of the setup is not that of its parts".to_owned());
    }
    if *election.questions() != *paper_questions(state, &round.issue) {
        return Err("the paper is not the one on the floor".to_owned());
    }
    if election.description() != election_description(state, &round.issue) {
        return Err("the election is of another session, item, round or plan".to_owned());
    }
    if setup.credentials().len() != round.issued.len() {
        return Err("there are more credentials than papers".to_owned());
    }
    let mine = kept.and_then(KeptPaper::public).ok_or("the own credential is lost")?;
    if !setup.is_listed(&mine) {
        return Err("the own credential is not on the list".to_owned());
    }
    let issuer = round.issuer.as_ref().ok_or("there is no issuer")?;
    let secret: IssuerSecret =
        written.issuer_secret.parse().map_err(|_| "the issuer's secret does not read".to_owned())?;
    if !secret.is_of(issuer) {
        return Err("the papers were issued with another key".to_owned());
    }
    let tokens =
        written.admitted.iter().all(|admitted| check_token(&secret, &admitted.credential, &admitted.token));
    if tokens { Ok(()) } else { Err("a credential was admitted without a paper".to_owned()) }
}

/// "Mine is on it, or I cast none": the same message either way.
fn check_box(round: &Round, ballot: &BallotId, kept: Option<&KeptPaper>) -> Duty {
    let mine = kept.filter(|kept| kept.receipt.is_some()).and_then(|kept| kept.hash.as_ref());
    let missing = mine.filter(|hash| round.ballots.binary_search(hash).is_err());
    match missing {
        Some(hash) => {
            let tracker = hash.tracker();
            let says = format!("ballot {tracker} was returned and is not in the box");
            objection(Alarm::BallotMissing { tracker }, ballot, says)
        }
        None => Duty::Confirm(Command::ConfirmBox {
            ballot: ballot.clone(),
            box_hash: round.box_hash.clone().unwrap_or_default(),
        }),
    }
}

/// What the screen shows of the own paper.
pub fn paper(state: &State, me: &Actor, kept: Option<&KeptPaper>, casting: bool) -> Paper {
    let Some((seat, round)) = me.seat().and_then(|seat| Some((seat, state.round_of(seat)?))) else {
        return Paper::None;
    };
    if !holds_paper(round, seat) {
        return Paper::None;
    }
    let receipt = kept.and_then(|kept| kept.receipt.as_ref());
    if let Some(receipt) = receipt {
        let in_box = round.box_hash.is_some() && round.ballots.binary_search(&receipt.ballot).is_ok();
        return Paper::Returned { tracker: receipt.ballot.tracker(), in_box };
    }
    // The receipt may be lost, the ballot not: the fixed box tells.
    let hash = kept.and_then(|kept| kept.hash.as_ref());
    if let Some(hash) = hash.filter(|hash| round.ballots.binary_search(hash).is_ok()) {
        return Paper::Returned { tracker: hash.tracker(), in_box: true };
    }
    let sealed = kept.is_some_and(|kept| kept.sealed.is_some());
    match round.phase {
        RoundPhase::Issuing | RoundPhase::Registering => Paper::Preparing,
        RoundPhase::Confirming if round.confirmed.contains(seat) => Paper::Confirmed,
        RoundPhase::Confirming => Paper::Preparing,
        RoundPhase::Voting if casting || sealed => Paper::Casting,
        RoundPhase::Voting => Paper::Open,
        RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening | RoundPhase::Counted => {
            Paper::NotReturned
        }
        RoundPhase::Void => Paper::None,
    }
}

/// Whether a seat has a paper of this round, or is about to get one.
fn holds_paper(round: &Round, seat: &SeatId) -> bool {
    let coming = round.phase == RoundPhase::Issuing
        && round.issue.electorate.contains(seat)
        && !round.declined.contains(seat);
    round.phase != RoundPhase::Void && (coming || round.issued.contains_key(seat))
}
