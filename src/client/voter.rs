//! What a terminal does for its person in a round of a secret ballot, and what it refuses: it takes the paper, registers
//! its credential, checks the list, returns the ballot, checks the box. Pure: what is to be done next follows from the
//! record and from what is kept; the driver does it.

use std::collections::{BTreeMap, BTreeSet};

use rand::CryptoRng;

use super::challenge::Prepared;
use super::store::KeptPaper;
use crate::ballot::{
    self, CredentialSecret, Election, IssuerSecret, PaperRequest, PublicCredential, SignedRequest,
    check_token,
};
use crate::meeting::{
    Actor, BallotId, Command, ItemId, ListSeen, PaperAsked, Phase, Round, RoundPhase, SeatId, Setup, State,
    election_description, paper_questions,
};
use crate::wire::{Anonymous, Receipt, proof};

use super::view::{Alarm, Paper};

/// The papers that a terminal keeps, by ballot.
pub type KeptPapers = BTreeMap<BallotId, KeptPaper>;

/// What a terminal is to do next.
#[derive(Debug)]
pub enum Duty {
    /// Make credentials for these ballots, keep them, and ask for all papers of the bundle.
    Take(Vec<BallotId>),
    /// Ask for the papers, with the requests that are kept.
    Ask(Command),
    /// Register the credentials, each after a random pause of its own.
    Register(Vec<Anonymous>),
    /// Confirm the lists or the box.
    Confirm(Command),
    /// Something does not hold: sound the alarm, and say so in the record.
    Objection(Alarm, Command),
    /// Return the kept ballot: it is not known whether it arrived.
    Return(Anonymous),
    /// The ballot was acknowledged and is missing from the fixed box: return it with its receipt.
    ReturnAgain(Anonymous),
}

/// What a terminal has done, and what its person wants, that is not in the record.
#[derive(Debug, Clone, Default)]
pub struct Tried {
    /// Registrations under way.
    pub registering: BTreeSet<BallotId>,
    /// The item of which the person takes no paper.
    pub declines: Option<ItemId>,
    /// Ballots that were returned to a hub from which another has taken over by force: they may be lost, and go again.
    pub doubtful: BTreeSet<BallotId>,
    /// The hashes of fixed boxes for which the own ballot was returned again, in vain or not.
    pub returned_again: BTreeSet<String>,
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

    /// What asks for this paper.
    pub fn ask(&self, ballot: &BallotId) -> Option<PaperAsked> {
        Some(PaperAsked { ballot: ballot.clone(), request: self.request()?.request().clone() })
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

    /// The anonymous act that returns the sealed ballot; with its receipt, where it has to be proved that it was taken.
    pub fn cast(&self, round: &Round, receipt: Option<Receipt>) -> Option<Anonymous> {
        let setup = round.election()?;
        let bytes_max = setup.ballot_bytes_max();
        Some(Anonymous::cast(round.issue.ballot.clone(), self.sealed.clone()?, receipt, bytes_max))
    }

    /// Whether a receipt is one for this ballot, by this hub.
    pub fn is_receipt(&self, receipt: &Receipt, state: &State, round: &Round) -> bool {
        let (Some(hash), Some(setup)) = (&self.hash, &round.setup) else { return false };
        let Ok(election) = Election::parse(setup.election.as_bytes()) else { return false };
        let text = proof::receipt_text(state.session(), &round.issue.ballot, election.fingerprint(), hash);
        // What a hub has acknowledged before another took over stays acknowledged.
        let is_by = |key: &str| crate::meeting::order::verify(key, &text, &receipt.signature);
        receipt.ballot == *hash && state.hub_keys().any(is_by)
    }
}

/// The rounds that go on in which a seat may have papers: the whole bundle.
fn my_rounds<'a>(state: &'a State, seat: &'a SeatId) -> impl Iterator<Item = &'a Round> {
    state.rounds_under_way().filter(|round| round.issue.electorate.contains(seat))
}

/// What is to be done next for `me`, given what is kept of the papers.
pub fn next_duty(state: &State, me: &Actor, kept: &KeptPapers, tried: &Tried) -> Option<Duty> {
    let seat = me.seat()?;
    if state.phase == Phase::Ended {
        return None;
    }
    decline(state, seat, tried)
        .or_else(|| take(state, seat, kept))
        .or_else(|| register(state, seat, kept, tried))
        .or_else(|| confirm_lists(state, seat, kept))
        .or_else(|| in_vote(state, seat, kept, tried))
}

/// Whoever takes no paper says so for each ballot of the bundle.
fn decline(state: &State, seat: &SeatId, tried: &Tried) -> Option<Duty> {
    let item = tried.declines.as_ref()?;
    let open = |round: &&Round| {
        round.phase == RoundPhase::Issuing
            && round.issue.item == *item
            && !round.issued.contains_key(seat)
            && !round.declined.contains(seat)
    };
    let round = my_rounds(state, seat).find(open).filter(|_| state.suspended.is_none())?;
    Some(Duty::Ask(Command::DeclinePaper { ballot: round.issue.ballot.clone() }))
}

/// Papers are asked for when all keys of the bundle are there, all at once.
fn take(state: &State, seat: &SeatId, kept: &KeptPapers) -> Option<Duty> {
    let lacking = |round: &&Round| match round.issued.contains_key(seat) {
        // It was issued, and the answer was lost.
        true => {
            matches!(round.phase, RoundPhase::Issuing | RoundPhase::Registering)
                && kept.get(&round.issue.ballot).is_some_and(|kept| kept.token.is_none())
        }
        false => {
            round.phase == RoundPhase::Issuing && state.suspended.is_none() && !round.declined.contains(seat)
        }
    };
    let rounds: Vec<&Round> = my_rounds(state, seat).filter(lacking).collect();
    if rounds.is_empty() || rounds.iter().any(|round| round.issuer.is_none()) {
        return None;
    }
    let ballots = rounds.iter().map(|round| &round.issue.ballot);
    let without: Vec<BallotId> =
        ballots.clone().filter(|ballot| !kept.contains_key(*ballot)).cloned().collect();
    if !without.is_empty() {
        return Some(Duty::Take(without));
    }
    let papers: Option<Vec<PaperAsked>> =
        ballots.map(|ballot| kept.get(ballot).and_then(|kept| kept.ask(ballot))).collect();
    Some(Duty::Ask(Command::RequestPapers { papers: papers? }))
}

fn register(state: &State, seat: &SeatId, kept: &KeptPapers, tried: &Tried) -> Option<Duty> {
    let acts: Vec<Anonymous> = my_rounds(state, seat)
        .filter(|round| matches!(round.phase, RoundPhase::Issuing | RoundPhase::Registering))
        .filter(|round| !tried.registering.contains(&round.issue.ballot))
        .filter_map(|round| {
            let ballot = &round.issue.ballot;
            let kept = kept.get(ballot).filter(|kept| !kept.registered)?;
            let (credential, token) = (kept.public()?, kept.token.clone()?);
            Some(Anonymous::Register { ballot: ballot.clone(), credential, token })
        })
        .collect();
    (!acts.is_empty()).then_some(Duty::Register(acts))
}

/// One confirmation over all lists of the bundle, when all of them are fixed.
fn confirm_lists(state: &State, seat: &SeatId, kept: &KeptPapers) -> Option<Duty> {
    let issued = || my_rounds(state, seat).filter(|round| round.issued.contains_key(seat));
    if issued().any(|round| round.setup.is_none()) {
        return None;
    }
    let open =
        issued().filter(|round| round.phase == RoundPhase::Confirming && !round.confirmed.contains(seat));
    let mut lists = Vec::new();
    for round in open {
        let (ballot, setup) = (&round.issue.ballot, round.setup.as_ref()?);
        if let Err(says) = check_list(state, round, setup, kept.get(ballot)) {
            return Some(objection(Alarm::List(says.clone()), ballot, says));
        }
        lists.push(ListSeen { ballot: ballot.clone(), setup: setup.hash.clone() });
    }
    (!lists.is_empty()).then_some(Duty::Confirm(Command::ConfirmLists { lists }))
}

/// The ballot on the floor: returned until its receipt is there, and looked for in the fixed box.
fn in_vote(state: &State, seat: &SeatId, kept: &KeptPapers, tried: &Tried) -> Option<Duty> {
    let round = state.round_of(seat)?;
    let kept = kept.get(&round.issue.ballot);
    if !round.issued.contains_key(seat) {
        return None;
    }
    match round.phase {
        RoundPhase::Voting if state.suspended.is_none() => {
            let doubtful = tried.doubtful.contains(&round.issue.ballot);
            let kept = kept.filter(|kept| kept.sealed.is_some() && (kept.receipt.is_none() || doubtful))?;
            kept.cast(round, None).map(Duty::Return)
        }
        RoundPhase::Sealed | RoundPhase::Opening | RoundPhase::Counted
            if !round.box_confirmed.contains(seat) =>
        {
            check_box(round, kept, tried)
        }
        _ => None,
    }
}

fn objection(alarm: Alarm, ballot: &BallotId, reason: String) -> Duty {
    Duty::Objection(alarm, Command::Object { ballot: ballot.clone(), reason })
}

/// Everything that a terminal asks of the list before it confirms it.
fn check_list(state: &State, round: &Round, written: &Setup, kept: Option<&KeptPaper>) -> Result<(), String> {
    let setup = written.read().ok_or("the election does not hold")?;
    let election = setup.election();
    if Some(written.trustees.as_str()) != state.trustees() {
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

/// "Mine is on it, or I cast none": the same message either way, and only once the box cannot grow any more. A ballot that
/// was acknowledged and is missing is returned once more for each box, with its receipt; if it is missing at the end, the
/// terminal objects and never confirms.
fn check_box(round: &Round, kept: Option<&KeptPaper>, tried: &Tried) -> Option<Duty> {
    let ballot = &round.issue.ballot;
    let box_hash = round.box_hash.clone().unwrap_or_default();
    let mine = kept.and_then(|kept| Some((kept, kept.receipt.as_ref()?, kept.hash.as_ref()?)));
    let missing = mine.filter(|(.., hash)| round.ballots.binary_search(hash).is_err());
    let closed = round.box_closed_at.is_some();
    match missing {
        // While the box can grow, nobody answers: the order of answers would tell whose ballot came when.
        None if !closed => None,
        None => Some(Duty::Confirm(Command::ConfirmBox { ballot: ballot.clone(), box_hash })),
        Some((kept, receipt, _)) if !closed && !tried.returned_again.contains(&box_hash) => {
            kept.cast(round, Some(receipt.clone())).map(Duty::ReturnAgain)
        }
        Some(_) if !closed => None,
        // Which ballot is missing stands on the own screen, and in no record.
        Some((.., hash)) => {
            let says = "a ballot that was returned from here is not in the box".to_owned();
            Some(objection(Alarm::BallotMissing { tracker: hash.tracker() }, ballot, says))
        }
    }
}

/// What the screen shows of the own paper.
pub fn paper(state: &State, me: &Actor, kept: &KeptPapers, casting: bool) -> Paper {
    let Some((seat, round)) = me.seat().and_then(|seat| Some((seat, state.round_of(seat)?))) else {
        return Paper::None;
    };
    if !holds_paper(round, seat) || stands_aside(state, round, seat) {
        return Paper::None;
    }
    let kept = kept.get(&round.issue.ballot);
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
    match (round.phase, kept.is_some(), hash) {
        (RoundPhase::Issuing | RoundPhase::Registering, ..) => Paper::Preparing,
        (RoundPhase::Confirming, ..) if round.confirmed.contains(seat) => Paper::Confirmed,
        (RoundPhase::Confirming, ..) => Paper::Preparing,
        (RoundPhase::Voting | RoundPhase::Sealing, ..) if casting || sealed => Paper::Casting,
        // Nobody votes from outside: who has signed out signs in again first.
        (RoundPhase::Voting, ..) if !state.is_present(seat) => Paper::None,
        (RoundPhase::Voting, ..) => Paper::Open,
        (RoundPhase::OnPaper | RoundPhase::Void, ..) => Paper::None,
        (_, false, _) => Paper::Forgotten,
        (_, true, None) => Paper::NotReturned,
        // Whatever the hub said of it, it may have arrived: the box tells, once it cannot grow any more.
        (_, true, Some(_)) if round.box_closed_at.is_none() => Paper::Casting,
        (_, true, Some(hash)) => Paper::Lost { tracker: hash.tracker() },
    }
}

/// Whether somebody stands aside for the official of this round, having declared it after the papers of the bundle were
/// issued: then the paper is not used.
fn stands_aside(state: &State, round: &Round, seat: &SeatId) -> bool {
    let review = state.current_review().map(|(_, _, review)| review);
    let official = review.zip(round.issue.subject.as_ref());
    let official = official.and_then(|(review, subject)| review.officials.get(subject));
    official.is_some_and(|official| official.recused.contains(seat))
}

/// Whether a seat has a paper of this round, or is about to get one.
fn holds_paper(round: &Round, seat: &SeatId) -> bool {
    let coming = round.phase == RoundPhase::Issuing
        && round.issue.electorate.contains(seat)
        && !round.declined.contains(seat);
    round.phase != RoundPhase::Void && (coming || round.issued.contains_key(seat))
}
