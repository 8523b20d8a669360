//! What can be wrong with a ballot, a setup, a trustee's contribution; each says where, so that a
//! person can act. Questions, choices, trustees and ballots are counted from 1.

use std::fmt;

use super::credential::PublicCredential;

/// Why something of the secret ballot is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// Bytes that are not what they should be: syntax, encodings, fields unknown or missing.
    #[error("{what}: {why}")]
    Malformed {
        /// What was being read.
        what: &'static str,
        /// What the reader stumbled over, and in which column.
        why: String,
    },
    /// Bytes that say the right thing in another than the one permitted form.
    #[error("{what}: not written in its canonical form (white space, order of fields, escapes)")]
    NotCanonical {
        /// What was being read.
        what: &'static str,
    },
    /// More bytes than anything valid can have.
    #[error("{what}: {bytes} bytes, but at most {bytes_max} are possible")]
    TooLong {
        /// What was being read.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// The largest length possible.
        bytes_max: usize,
    },
    /// An election outside the profile that this program uses.
    #[error("election: {0}")]
    Election(&'static str),
    /// A question that cannot be asked.
    #[error("election: question {question}: {why}")]
    Question {
        /// The question, from 1.
        question: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The election is encrypted to another key than that of its trustees.
    #[error("the election's public key is not the product of the trustees' keys")]
    ForeignKey,
    /// Two voters would share one credential.
    #[error("the list of credentials holds {0} twice")]
    CredentialTwice(PublicCredential),
    /// The order of the list must say nothing about the order of registration.
    #[error("the list of credentials is not sorted: {0} stands too late")]
    CredentialUnsorted(PublicCredential),
    /// Nobody could vote.
    #[error("the list of credentials is empty")]
    NoCredentials,
    /// A secret that is no exponent of the group, or zero.
    #[error("{what}: these bytes are no secret key")]
    BadSecret {
        /// Whose secret it should have been.
        what: &'static str,
    },
    /// A contribution of a trustee does not hold.
    #[error("trustee {owner}: {fault}")]
    Trustee {
        /// The trustee's number, from 1, through `trustees.json`.
        owner: u32,
        /// What does not hold.
        fault: TrusteeFault,
    },
    /// A group of threshold trustees is put together wrongly.
    #[error("threshold trustees: {0}")]
    Threshold(&'static str),
    /// The marks do not fit the questions.
    #[error("marks: question {question}: {why}")]
    Marks {
        /// The question, from 1.
        question: usize,
        /// What does not fit.
        why: &'static str,
    },
    /// The marks answer too few or too many questions.
    #[error("marks: {found} questions are answered, {expected} are asked")]
    MarksCount {
        /// Questions of the election.
        expected: usize,
        /// Questions answered.
        found: usize,
    },
    /// A ballot of another election.
    #[error("ballot: it belongs to another election")]
    ForeignBallot,
    /// A ballot of nobody on the list.
    #[error("ballot: credential {0} is not on the list")]
    UnknownCredential(PublicCredential),
    /// A ballot without the signature of its credential.
    #[error("ballot: it is not signed")]
    Unsigned,
    /// The signature is not that of the credential over this ballot.
    #[error("ballot: the signature does not hold")]
    Signature,
    /// A list in a ballot, a tally or a factor has another length than the questions ask for.
    #[error("{place}: {found} {what}, {expected} expected")]
    Count {
        /// Where.
        place: Place,
        /// What was counted.
        what: &'static str,
        /// How many there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// An answer whose bytes do not read.
    #[error("{place}: {why}")]
    Answer {
        /// Where.
        place: Place,
        /// What the reader stumbled over.
        why: String,
    },
    /// A zero-knowledge proof does not hold.
    #[error("{place}: {proof} does not hold")]
    Proof {
        /// Where.
        place: Place,
        /// Which proof.
        proof: ProofKind,
    },
    /// Not enough trustees have given their factors.
    #[error("{found} of {needed} trustees needed have given their factors")]
    TooFewTrustees {
        /// Trustees needed.
        needed: usize,
        /// Trustees whose factors are there.
        found: usize,
    },
    /// The same trustee's factors twice.
    #[error("trustee {0} has given factors twice")]
    TrusteeTwice(u32),
    /// No sum that so many ballots can give: something before is wrong.
    #[error("{0}: the sum is larger than the number of ballots")]
    NoSum(Place),
    /// The result is not the one that sum and factors give.
    #[error("the result is not the one that sum and factors give")]
    OtherResult,
    /// Two ballots of one credential, which must not both be counted.
    #[error("credential {0} has more than one ballot")]
    VotedTwice(PublicCredential),
    /// Ballots counted and ballots in the sum differ.
    #[error("{found} ballots are in the sum, {expected} were counted")]
    BallotCount {
        /// Ballots counted.
        expected: usize,
        /// Ballots in the sum.
        found: usize,
    },
    /// The answer of the issuer does not carry a valid proof for this key.
    #[error("the issuer's answer does not hold: {0}")]
    Issuer(&'static str),
    /// A challenged ballot that does not encrypt what it says.
    #[error("the challenged ballot does not encrypt these marks")]
    Audit,
}

/// What of a trustee's contribution does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrusteeFault {
    /// There is no trustee of this number.
    #[error("there is no trustee of this number")]
    Unknown,
    /// A key that would hide nothing.
    #[error("a key is the neutral element")]
    NeutralKey,
    /// The proof that the trustee knows the secret of the key.
    #[error("the proof of knowledge of the key does not hold")]
    KeyProof,
    /// A key that another trustee has certified already.
    #[error("a key is that of another trustee")]
    KeyTwice,
    /// The certificate's signature.
    #[error("the signature of the certificate does not hold")]
    CertSignature,
    /// The certificate's text.
    #[error("the certificate does not read, or is not in its canonical form")]
    CertText,
    /// The certificate was made for another place or another group.
    #[error("the certificate is for another group, size, threshold or place")]
    CertContext,
    /// The signature of the coefficients.
    #[error("the signature of the polynomial's coefficients does not hold")]
    CoefficientsSignature,
    /// The coefficients' text.
    #[error("the polynomial's coefficients do not read, or are not in their canonical form")]
    CoefficientsText,
    /// Not as many coefficients as the threshold.
    #[error("the polynomial has not as many coefficients as the threshold")]
    CoefficientsCount,
    /// The signature that binds the coefficients to the certificates.
    #[error("the signature over certificates and coefficients does not hold")]
    CertsSignature,
    /// A verification key that is not what the polynomials give.
    #[error("the verification key is not what the polynomials give")]
    VerificationKey,
    /// The signature of the verification key.
    #[error("the signature of the verification key does not hold")]
    VerificationKeySignature,
    /// The number of factors or proofs.
    #[error("the factors are not as many as the choices")]
    FactorsCount,
    /// A factor whose proof does not hold.
    #[error("the proof of the factor for question {question}, choice {choice} does not hold")]
    FactorProof {
        /// The question, from 1.
        question: usize,
        /// The choice, from 1.
        choice: usize,
    },
    /// A private share does not fit the public commitments.
    #[error("the share sent by this trustee does not fit the coefficients it published")]
    Share,
    /// A message of the key generation that cannot be opened or was not sent to its reader.
    #[error("the message sent by this trustee does not open, or was sent to somebody else")]
    Channel,
}

/// A place in a ballot or a tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The question, from 1; none for all together.
    pub question: Option<usize>,
    /// The choice, from 1, the blank first where there is one; none for the whole question.
    pub choice: Option<usize>,
}

impl Place {
    /// All questions together.
    pub(super) const ALL: Self = Self { question: None, choice: None };

    /// A question, from its index.
    pub(super) fn question(index: usize) -> Self {
        Self { question: Some(index + 1), choice: None }
    }

    /// A choice of this question, from its index.
    pub(super) fn choice(self, index: usize) -> Self {
        Self { choice: Some(index + 1), ..self }
    }

    /// Refuses a list that is not as long as it must be.
    pub(super) fn expect(self, what: &'static str, expected: usize, found: usize) -> Result<(), BallotError> {
        if expected == found {
            return Ok(());
        }
        Err(BallotError::Count { place: self, what, expected, found })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.question, self.choice) {
            (Some(question), Some(choice)) => write!(f, "question {question}, choice {choice}"),
            (Some(question), None) => write!(f, "question {question}"),
            (None, _) => f.write_str("all questions together"),
        }
    }
}

/// Which proof of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofKind {
    /// That a choice is 0 or 1.
    #[error("the proof that the choice is marked once or not at all")]
    Individual,
    /// That the number of marks is permitted.
    #[error("the proof that the number of marks is permitted")]
    Overall,
    /// That a blank has no other marks.
    #[error("the proof that a blank answer bears no other mark")]
    Blank,
}
