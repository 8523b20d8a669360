//! Blind tokens: the hub gives each seat one paper, and cannot know later which paper was whose.
//!
//! A terminal blinds its public credential; the issuer evaluates it under a key made for this round and
//! proves that it used this key; unblinded, the answer is a token, which only the issuer could have
//! made, and which it cannot link to the request. That is the VOPRF of RFC 9497 with ristretto255 and
//! SHA-512. Once the list of credentials is fixed the key is published, so that anyone can check every token.
//!
//! The crate `voprf` and its older randomness stay inside this file. An answer carries a randomised
//! proof, so that two answers to the same request differ in it: who must repeat an answer stores it.

use rand::CryptoRng;
use rand_core_06 as rand_core;
use subtle::ConstantTimeEq;
use voprf::{BlindedElement, EvaluationElement, Group, Proof, Ristretto255, VoprfClient, VoprfServer};
use zeroize::{Zeroize, Zeroizing};

use super::credential::PublicCredential;
use super::error::BallotError;
use super::text::hex_type;

/// Bytes of a blinded client state, before the input.
const CLIENT_BYTES: usize = 64;
/// The longest input.
const INPUT_BYTES_MAX: usize = 128;

/// What a token is for. Different purposes can never give the same input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenInput(Vec<u8>);

impl TokenInput {
    /// A paper: the credential that will cast it.
    pub fn paper(credential: &PublicCredential) -> Self {
        Self::new(b"plenum/v1/paper", credential.as_bytes())
    }

    /// A slip in a review: the one-time key that will sign it.
    pub fn slip(key: &[u8; 32]) -> Self {
        Self::new(b"plenum/v1/slip", key)
    }

    fn new(purpose: &[u8], subject: &[u8; 32]) -> Self {
        Self([purpose, subject].concat())
    }
}

impl From<&PublicCredential> for TokenInput {
    fn from(credential: &PublicCredential) -> Self {
        Self::paper(credential)
    }
}

/// Who gives out tokens.
pub trait Issuer {
    /// The key against which every answer is checked.
    fn public_key(&self) -> IssuerPublic;

    /// Answers a request. Not deterministic: the first answer is to be stored, and repeated.
    ///
    /// # Errors
    /// [`BallotError::Issuer`] if the request is no element of the group.
    fn issue<R: CryptoRng + ?Sized>(
        &self,
        request: &BlindRequest,
        rng: &mut R,
    ) -> Result<SignedRequest, BallotError>;

    /// Whether this token was issued for this input.
    fn redeem(&self, input: impl Into<TokenInput>, token: &Token) -> bool;
}

/// The issuer of one round: RFC 9497 in verifiable mode.
pub struct VoprfIssuer(VoprfServer<Ristretto255>);

impl VoprfIssuer {
    /// A fresh key, for one round.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        loop {
            // Deriving a key fails for one seed in 2^252.
            if let Ok(server) = VoprfServer::new(&mut Older(rng)) {
                return Self(server);
            }
        }
    }

    /// The secret, to be kept until the list is fixed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        // The crate writes the secret key and then the public one.
        let mut keys: [u8; 64] = self.0.serialize().into();
        let mut secret = Zeroizing::new([0; 32]);
        for (place, byte) in secret.iter_mut().zip(keys) {
            *place = byte;
        }
        keys.zeroize();
        secret
    }

    /// Reads what [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if the bytes are no secret of the group.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BallotError> {
        Some(bytes)
            .filter(|bytes| bytes.len() == 32)
            .and_then(|bytes| VoprfServer::new_with_key(bytes).ok())
            .map(Self)
            .ok_or(BallotError::BadSecret { what: "issuer" })
    }

    /// The secret for publication, once no token is to be issued any more.
    pub fn published(&self) -> IssuerSecret {
        IssuerSecret(*self.to_bytes())
    }

    /// The token of an input, for tests: nobody else can know it without a request.
    #[cfg(test)]
    pub(crate) fn token_of(&self, input: &TokenInput) -> Option<Token> {
        self.token(input)
    }

    fn token(&self, input: &TokenInput) -> Option<Token> {
        let output = self.0.evaluate(&input.0).ok()?;
        Some(Token(output.into()))
    }
}

impl Issuer for VoprfIssuer {
    fn public_key(&self) -> IssuerPublic {
        IssuerPublic(Ristretto255::serialize_elem(self.0.get_public_key()).into())
    }

    fn issue<R: CryptoRng + ?Sized>(
        &self,
        request: &BlindRequest,
        rng: &mut R,
    ) -> Result<SignedRequest, BallotError> {
        let blinded = BlindedElement::deserialize(&request.0)
            .map_err(|_| BallotError::Issuer("the request is no element of the group"))?;
        let answer = self.0.blind_evaluate(&mut Older(rng), &blinded);
        let mut bytes = [0; 96];
        let parts = answer.message.serialize().into_iter().chain(answer.proof.serialize());
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        Ok(SignedRequest(bytes))
    }

    fn redeem(&self, input: impl Into<TokenInput>, token: &Token) -> bool {
        self.token(&input.into()).is_some_and(|expected| bool::from(expected.0.ct_eq(&token.0)))
    }
}

/// Whether a token was issued for this input, by the published secret of its issuer.
pub fn check_token(secret: &IssuerSecret, input: impl Into<TokenInput>, token: &Token) -> bool {
    VoprfIssuer::from_bytes(&secret.0).is_ok_and(|issuer| issuer.redeem(input, token))
}

/// A terminal's side of a request, until the token is there. Whoever has it can link paper and seat:
/// it leaves memory when dropped, and its durable copy is to be erased with the token in hand.
pub struct PaperRequest {
    client: VoprfClient<Ristretto255>,
    input: TokenInput,
    request: BlindRequest,
}

impl PaperRequest {
    /// Blinds the input.
    ///
    /// # Errors
    /// None that an input of ours can cause.
    pub fn new<R: CryptoRng + ?Sized>(
        input: impl Into<TokenInput>,
        rng: &mut R,
    ) -> Result<Self, BallotError> {
        let input = input.into();
        let blinded = VoprfClient::blind(&input.0, &mut Older(rng))
            .map_err(|_| BallotError::Issuer("the input cannot be blinded"))?;
        Ok(Self { client: blinded.state, input, request: BlindRequest(blinded.message.serialize().into()) })
    }

    /// What is sent to the issuer; the same each time.
    pub fn request(&self) -> &BlindRequest {
        &self.request
    }

    /// The bytes to keep before the request is sent.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(CLIENT_BYTES + self.input.0.len()));
        bytes.extend_from_slice(&self.client.serialize());
        bytes.extend_from_slice(&self.input.0);
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if the bytes are no such state.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BallotError> {
        let bad = BallotError::BadSecret { what: "paper request" };
        let Some((state, input)) = bytes.split_at_checked(CLIENT_BYTES) else {
            return Err(bad);
        };
        if input.is_empty() || input.len() > INPUT_BYTES_MAX {
            return Err(bad);
        }
        let Some((_, element)) = state.split_last_chunk() else {
            return Err(bad);
        };
        let Ok(client) = VoprfClient::deserialize(state) else {
            return Err(bad);
        };
        Ok(Self { client, input: TokenInput(input.to_vec()), request: BlindRequest(*element) })
    }

    /// Checks the issuer's proof, and takes off the blind.
    ///
    /// # Errors
    /// [`BallotError::Issuer`] if the answer was not made for this request with this key: such a key could
    /// mark the seat.
    pub fn finish(&self, answer: &SignedRequest, issuer: &IssuerPublic) -> Result<Token, BallotError> {
        let (element, proof) = answer.0.split_at(32);
        let element = EvaluationElement::deserialize(element)
            .map_err(|_| BallotError::Issuer("the answer is no element of the group"))?;
        let proof = Proof::deserialize(proof).map_err(|_| BallotError::Issuer("its proof does not read"))?;
        let key = Ristretto255::deserialize_elem(&issuer.0)
            .map_err(|_| BallotError::Issuer("the issuer's key is no element of the group"))?;
        let output = self
            .client
            .finalize(&self.input.0, &element, &proof, key)
            .map_err(|_| BallotError::Issuer("its proof is not of this request and this key"))?;
        Ok(Token(output.into()))
    }
}

hex_type!(
    /// A blinded input, as a seat sends it.
    BlindRequest,
    32
);
hex_type!(
    /// The public key of an issuer.
    IssuerPublic,
    32
);
hex_type!(
    /// The secret key of an issuer, published when its round issues no more.
    IssuerSecret,
    32
);
hex_type!(
    /// The issuer's answer: the evaluated element, and the proof that it was made with the issuer's key.
    SignedRequest,
    96
);
hex_type!(
    /// A token: what an issuer would answer to this input, which only somebody to whom it was issued can know.
    Token,
    64
);

impl IssuerSecret {
    /// Whether this is the secret of that public key.
    pub fn is_of(&self, public: &IssuerPublic) -> bool {
        VoprfIssuer::from_bytes(&self.0).is_ok_and(|issuer| issuer.public_key() == *public)
    }
}

/// A generator of rand 0.10, seen through the traits of rand_core 0.6.
struct Older<'a, R: ?Sized>(&'a mut R);

impl<R: CryptoRng + ?Sized> rand_core::RngCore for Older<'_, R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl<R: CryptoRng + ?Sized> rand_core::CryptoRng for Older<'_, R> {}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::super::credential::CredentialSecret;
    use super::*;

    /// RFC 9497, appendix A.1.2, vector 1.
    #[test]
    fn evaluates_as_the_rfc_does() {
        let secret = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909";
        let output = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d\
                      a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";
        let secret: IssuerSecret = secret.parse().unwrap();
        let token: Token = output.parse().unwrap();
        assert!(check_token(&secret, RawInput(&[0]), &token));
        assert!(!check_token(&secret, RawInput(&[1]), &token));
    }

    struct RawInput<'a>(&'a [u8]);

    impl From<RawInput<'_>> for TokenInput {
        fn from(RawInput(bytes): RawInput<'_>) -> Self {
            Self(bytes.to_vec())
        }
    }

    #[test]
    fn one_paper_for_one_credential() {
        let rng = &mut StdRng::seed_from_u64(5);
        let issuer = VoprfIssuer::generate(rng);
        let credential = CredentialSecret::generate(rng).public();
        let other = CredentialSecret::generate(rng).public();

        let request = PaperRequest::new(&credential, rng).unwrap();
        let kept = request.to_bytes();
        let answer = issuer.issue(request.request(), rng).unwrap();
        let resumed = PaperRequest::from_bytes(&kept).unwrap();
        assert_eq!(resumed.request(), request.request());
        let token = resumed.finish(&answer, &issuer.public_key()).unwrap();

        assert!(issuer.redeem(&credential, &token));
        assert!(!issuer.redeem(&other, &token));
        assert!(!issuer.redeem(TokenInput::slip(credential.as_bytes()), &token));
        assert!(check_token(&issuer.published(), &credential, &token));
        assert!(issuer.published().is_of(&issuer.public_key()));
        let restored = VoprfIssuer::from_bytes(&*issuer.to_bytes()).unwrap();
        assert!(restored.redeem(&credential, &token));
    }

    #[test]
    fn an_issuer_cannot_mark_a_seat_with_another_key() {
        let rng = &mut StdRng::seed_from_u64(6);
        let [issuer, marking] = [VoprfIssuer::generate(rng), VoprfIssuer::generate(rng)];
        let credential = CredentialSecret::generate(rng).public();
        let request = PaperRequest::new(&credential, rng).unwrap();
        let marked = marking.issue(request.request(), rng).unwrap();
        assert!(request.finish(&marked, &issuer.public_key()).is_err());
        let mut altered = *issuer.issue(request.request(), rng).unwrap().as_bytes();
        altered[95] ^= 1;
        assert!(request.finish(&altered.into(), &issuer.public_key()).is_err());
        assert!(issuer.issue(&[0xff; 32].into(), rng).is_err());
        assert!(issuer.issue(&[0; 32].into(), rng).is_err(), "the neutral element");
    }

    #[test]
    fn wire_forms_are_strict() {
        let token = Token([7; 64]);
        let json = serde_json::to_string(&token).unwrap();
        assert_eq!(serde_json::from_str::<Token>(&json).unwrap(), token);
        for wrong in [json.replace('7', "A"), json.replacen("07", "", 1), json.replacen("07", "0707", 1)] {
            assert!(serde_json::from_str::<Token>(&wrong).is_err(), "{wrong}");
        }
    }
}
