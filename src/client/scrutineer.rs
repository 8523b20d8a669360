//! What a scrutineer's terminal does beside the voting: it takes part in making the key, checks a whole box before it helps
//! to open it, and gives factors of one sum for each election, never of a second. Pure: what is to be done next follows from
//! the record and from what is kept; the driver does it.

use rand::CryptoRng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ballot::{self, BallotHash, CeremonyKey, Certificates, Dealing, ShareProof, TrusteeKey, Trustees};
use crate::meeting::{
    Actor, BallotId, Ceremony, Command, Phase, Round, RoundPhase, SeatId, State, sha256_hex,
};

/// What is kept of a key: the seed of the making, what was dealt, and at last the share. Encrypted at rest, and erased
/// at the seal.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptShare {
    /// Which making of the key.
    pub ceremony: u32,
    /// The seed of this scrutineer's keys in it.
    seed: String,
    /// What is dealt: durable before its hash is shown, since another call would deal another polynomial.
    dealing: Option<Dealing>,
    /// The share, in hex.
    share: Option<String>,
    /// Its public part.
    proof: Option<ShareProof>,
}

impl Drop for KeptShare {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.seed);
        zeroize::Zeroize::zeroize(&mut self.share);
    }
}

/// What is kept of an opening: stored before anything is given, so that the answer is the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFactors {
    /// The election's fingerprint.
    pub election: String,
    /// SHA-256 of the encrypted sum, in hex.
    pub sum: String,
    /// The factors with their proofs, as the format writes them.
    pub factors: String,
}

/// What was sent over this connection and is in no record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The making whose dealing was handed in.
    pub dealing: Option<u32>,
    /// The making whose share was proved.
    pub share: Option<u32>,
    /// The ballot whose box is being fetched and checked.
    pub checking: Option<BallotId>,
    /// The ballots whose factors were handed in.
    pub factors: Vec<BallotId>,
}

/// What a scrutineer's terminal is to do next.
#[derive(Debug, PartialEq)]
pub enum ScrutinyDuty {
    /// Make fresh keys for this making, and keep them.
    Begin(u32),
    /// Deal, keep what is dealt.
    Deal,
    /// Give a command.
    Give(Command),
    /// Hand the dealing in; the answer is everybody's.
    HandIn(u32, Box<Dealing>),
    /// Show the public part of the share.
    ShowShare(u32, Box<ShareProof>),
    /// Fetch the ballots of this box, check them all, add them up, and keep the factors.
    CheckBox(BallotId),
    /// Hand in the factors of this ballot.
    HandFactors(BallotId),
}

impl KeptShare {
    /// Fresh keys for a making.
    pub fn begin<R: CryptoRng>(ceremony: u32, rng: &mut R) -> Self {
        let key = CeremonyKey::generate(rng);
        Self { ceremony, seed: key.seed().to_owned(), dealing: None, share: None, proof: None }
    }

    fn key(&self) -> Option<CeremonyKey> {
        CeremonyKey::from_seed(&self.seed).ok()
    }

    fn share(&self) -> Option<TrusteeKey> {
        let bytes = data_encoding::HEXLOWER.decode(self.share.as_ref()?.as_bytes()).ok()?;
        TrusteeKey::from_bytes(&zeroize::Zeroizing::new(bytes)).ok()
    }

    /// The command that certifies these keys.
    pub fn certify<R: CryptoRng>(&self, ceremony: &Ceremony, seat: &SeatId, rng: &mut R) -> Option<Command> {
        let size = u32::try_from(ceremony.scrutineers.len()).ok()?;
        let place = ceremony.place_of(seat)?;
        let certificate = Box::new(self.key()?.certify(size, ceremony.threshold, place, rng));
        Some(Command::CertifyKey { ceremony: self.ceremony, certificate })
    }

    /// Deals to everybody.
    ///
    /// # Errors
    /// When the certificates do not hold, or ours is not among them.
    pub fn deal<R: CryptoRng>(&mut self, ceremony: &Ceremony, rng: &mut R) -> Result<(), String> {
        let certificates = certificates(ceremony)?;
        let key = self.key().ok_or("the kept keys are damaged")?;
        self.dealing = Some(key.deal(&certificates, rng).map_err(|error| error.to_string())?);
        Ok(())
    }

    /// Takes everybody's dealings: each is the one that was committed to, and what it gives us holds.
    ///
    /// # Errors
    /// Whose does not hold.
    pub fn accept<R: CryptoRng>(
        &mut self,
        ceremony: &Ceremony,
        seat: &SeatId,
        dealings: &[Dealing],
        rng: &mut R,
    ) -> Result<(), String> {
        let committed = ceremony.all_dealings().ok_or("not everybody has committed")?;
        let as_committed = dealings.len() == committed.len()
            && dealings.iter().zip(committed).all(|(dealing, hash)| dealing.hash() == *hash);
        if !as_committed {
            return Err("a dealing is not the one that was committed to".to_owned());
        }
        let fault = |error: ballot::BallotError| error.to_string();
        let certificates = certificates(ceremony)?;
        let inboxes = certificates.inboxes(dealings).map_err(fault)?;
        let place = ceremony.place_of(seat).and_then(|place| usize::try_from(place).ok());
        let inbox = place.and_then(|place| inboxes.get(place.checked_sub(1)?));
        let inbox = inbox.ok_or("this terminal takes no part")?;
        let key = self.key().ok_or("the kept keys are damaged")?;
        let (share, receipt) = key.accept(&certificates, inbox, rng).map_err(fault)?;
        self.share = Some(data_encoding::HEXLOWER.encode(&*share.to_bytes()));
        self.proof = Some(receipt.public());
        Ok(())
    }

    /// Checks the public parts as the hub has put them together: the certificates of the record, and our own share in
    /// its place.
    fn check_trustees(&self, ceremony: &Ceremony, seat: &SeatId, written: &str) -> Result<(), String> {
        let trustees = Trustees::parse(written.as_bytes()).map_err(|error| error.to_string())?;
        if trustees.certificates() != ceremony.all_certificates() {
            return Err("the certificates are not those of the record".to_owned());
        }
        if u32::try_from(trustees.threshold()) != Ok(ceremony.threshold) {
            return Err("another number of scrutineers would open the box".to_owned());
        }
        let own = self.share().and_then(|share| trustees.owner_of(&share));
        if own.is_none() || own != ceremony.place_of(seat) {
            return Err("the own share is not in its place".to_owned());
        }
        Ok(())
    }

    /// Checks a whole box and adds it up: every proof, subgroup and credential, exactly the ballots of the record.
    ///
    /// # Errors
    /// What does not hold; then nothing is given.
    pub fn open<R: CryptoRng>(
        &self,
        round: &Round,
        ballots: &[Vec<u8>],
        rng: &mut R,
    ) -> Result<KeptFactors, String> {
        let setup = round.election().ok_or("there is no election")?;
        let hashes: Vec<BallotHash> = ballots.iter().map(|bytes| BallotHash::of(bytes)).collect();
        if hashes != *round.ballots {
            return Err("the ballots are not those of the fixed box".to_owned());
        }
        if ballots.len() > round.issued.len() {
            return Err("more ballots than papers".to_owned());
        }
        let fault = |error: ballot::BallotError| error.to_string();
        let checked = ballots
            .par_iter()
            .map(|bytes| setup.check_ballot(bytes))
            .collect::<Result<Vec<_>, _>>()
            .map_err(fault)?;
        let tally = ballot::tally(&setup, &checked).map_err(fault)?;
        let share = self.share().ok_or("the share of the key is lost")?;
        let factors = share.decrypt(&setup, &tally, rng);
        Ok(KeptFactors {
            election: setup.election().fingerprint().to_owned(),
            sum: tally.hash(),
            factors: String::from_utf8(factors.bytes()).map_err(|error| error.to_string())?,
        })
    }
}

fn certificates(ceremony: &Ceremony) -> Result<Certificates, String> {
    let all = ceremony.all_certificates().ok_or("not everybody has certified")?;
    Certificates::new(ceremony.threshold, all).map_err(|error| error.to_string())
}

/// Whether this person's terminal has a part in a making of the key that is under way, or holds a share of the one in
/// force.
pub fn takes_part(state: &State, me: &Actor) -> bool {
    let Some(seat) = me.seat() else { return false };
    let makes = state.ceremony.as_ref().is_some_and(|ceremony| ceremony.scrutineers.contains(seat));
    let holds = state.key.as_ref().is_some_and(|key| key.holders().any(|holder| holder == seat));
    makes || holds
}

/// What is to be done next.
///
/// # Errors
/// What does not hold: the alarm of this terminal, which then does nothing more for this key.
pub fn next_duty<R: CryptoRng>(
    state: &State,
    me: &Actor,
    kept: Option<&KeptShare>,
    factors: impl Fn(&BallotId) -> Option<KeptFactors>,
    sent: &Sent,
    rng: &mut R,
) -> Result<Option<ScrutinyDuty>, String> {
    let Some(seat) = me.seat().filter(|_| state.phase != Phase::Ended) else { return Ok(None) };
    if let Some(ceremony) = state.ceremony.as_ref().filter(|one| one.scrutineers.contains(seat)) {
        return if state.suspended.is_some() { Ok(None) } else { in_making(ceremony, seat, kept, sent, rng) };
    }
    in_opening(state, seat, kept, factors, sent)
}

fn in_making<R: CryptoRng>(
    ceremony: &Ceremony,
    seat: &SeatId,
    kept: Option<&KeptShare>,
    sent: &Sent,
    rng: &mut R,
) -> Result<Option<ScrutinyDuty>, String> {
    let number = ceremony.number;
    let certified = ceremony.certificates.contains_key(seat);
    let Some(kept) = kept.filter(|kept| kept.ceremony == number) else {
        // Keys that were certified and are gone do not come back: the presiding officer begins anew.
        return Ok((!certified).then_some(ScrutinyDuty::Begin(number)));
    };
    if !certified {
        return Ok(kept.certify(ceremony, seat, rng).map(ScrutinyDuty::Give));
    }
    if ceremony.all_certificates().is_none() {
        return Ok(None);
    }
    let Some(dealing) = &kept.dealing else { return Ok(Some(ScrutinyDuty::Deal)) };
    match ceremony.dealings.get(seat) {
        None => {
            let command = Command::CommitDealing { ceremony: number, dealing: dealing.hash() };
            return Ok(Some(ScrutinyDuty::Give(command)));
        }
        Some(committed) if *committed != dealing.hash() => {
            return Err("the record holds another dealing as ours".to_owned());
        }
        Some(_) => {}
    }
    if ceremony.all_dealings().is_none() {
        return Ok(None);
    }
    let Some(trustees) = &ceremony.trustees else {
        // The hub keeps neither: after its restart both go again.
        if sent.dealing != Some(number) {
            return Ok(Some(ScrutinyDuty::HandIn(number, Box::new(dealing.clone()))));
        }
        let proof = kept.proof.as_ref().filter(|_| sent.share != Some(number));
        return Ok(proof.map(|proof| ScrutinyDuty::ShowShare(number, Box::new(proof.clone()))));
    };
    if ceremony.confirmed.contains(seat) {
        return Ok(None);
    }
    kept.check_trustees(ceremony, seat, trustees)?;
    let trustees = sha256_hex(trustees.as_bytes());
    Ok(Some(ScrutinyDuty::Give(Command::ConfirmTrustees { ceremony: number, trustees })))
}

fn in_opening(
    state: &State,
    seat: &SeatId,
    kept: Option<&KeptShare>,
    factors: impl Fn(&BallotId) -> Option<KeptFactors>,
    sent: &Sent,
) -> Result<Option<ScrutinyDuty>, String> {
    let Some(key) = state.key.as_ref().filter(|key| key.holders().any(|holder| holder == seat)) else {
        return Ok(None);
    };
    if !kept.is_some_and(|kept| kept.ceremony == key.number && kept.share.is_some()) {
        return Ok(None);
    }
    for round in state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Opening) {
        let ballot = &round.issue.ballot;
        let stored = factors(ballot);
        if let Some(stored) = &stored
            && election_of(round).as_ref() != Some(&stored.election)
        {
            return Err(format!(
                "ballot {ballot}: a sum of another election was given before under this name"
            ));
        }
        match (round.released.get(seat), stored) {
            // One box after the other.
            (None, None) if sent.checking.is_some() => {}
            (None, None) => return Ok(Some(ScrutinyDuty::CheckBox(ballot.clone()))),
            (None, Some(stored)) => {
                let (ballot, sum) = (ballot.clone(), stored.sum);
                let factors = sha256_hex(stored.factors.as_bytes());
                return Ok(Some(ScrutinyDuty::Give(Command::ReleaseFactors { ballot, sum, factors })));
            }
            (Some(_), Some(_)) if !sent.factors.contains(ballot) => {
                return Ok(Some(ScrutinyDuty::HandFactors(ballot.clone())));
            }
            (Some(_), _) => {}
        }
    }
    Ok(None)
}

/// Checks a count as the record holds it: that the factors hold, and that they and the sum give these figures. What the hub
/// says of a result is believed by no screen.
///
/// # Errors
/// What does not hold.
pub fn check_count(round: &Round) -> Result<(), String> {
    let (Some(count), Some(setup)) = (&round.count, &round.setup) else { return Ok(()) };
    let setup = setup.read().ok_or("there is no election")?;
    let Some(opened) = count.opened() else { return Ok(()) };
    let factors: Vec<(u32, &[u8])> =
        opened.factors.iter().map(|factors| (factors.trustee, factors.factors.as_bytes())).collect();
    let (sum, result) = (opened.tally.as_bytes(), opened.result.as_bytes());
    let outcome = ballot::check_opening(&setup, round.ballots.len(), sum, &factors, result)
        .map_err(|error| error.to_string())?;
    let figures: Vec<Vec<u64>> =
        opened.sums.iter().map(|sums| sums.iter().copied().map(u64::from).collect()).collect();
    if figures == outcome.result {
        Ok(())
    } else {
        Err("the figures are not those of the opened sum".to_owned())
    }
}

fn election_of(round: &Round) -> Option<String> {
    let setup = round.setup.as_ref()?;
    Some(ballot::Election::parse(setup.election.as_bytes()).ok()?.fingerprint().to_owned())
}
