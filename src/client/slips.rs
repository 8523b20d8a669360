//! A reviewer's anonymous slips: issued together when the review opens, each under a one-time signing key; what each
//! does is signed here, kept, and sent act by act over anonymous connections. Who wrote a slip, only this terminal ever
//! knew: when the review is over and all that was sent is in the record, it forgets.

use std::fmt;

use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::ballot::{
    BallotError, BlindRequest, IssuerPublic, PaperRequest, SignedRequest, Token, TokenInput,
};
use crate::meeting::slip_act::key_bytes;
use crate::meeting::{
    Actor, Asker, Command, Identity, ItemId, Phase, QuestionId, Refusal, ReviewState, SessionId, SlipAct,
    SlipSays, Stage, State, TEXT_CHARS_MAX,
};
use crate::wire::Anonymous;

/// The slips of one review.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSlips {
    slips: Vec<KeptSlip>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptSlip {
    /// The public key, in hex.
    key: String,
    /// The signing key, in hex.
    secret: String,
    request: Option<String>,
    token: Option<Token>,
    /// What it says, from before it is sent: after a crash the same words go again.
    acts: Vec<KeptAct>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptAct {
    act: SlipAct,
    /// Whether the hub has taken it.
    taken: bool,
}

impl Drop for KeptSlip {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.secret);
        zeroize::Zeroize::zeroize(&mut self.request);
    }
}

/// Says nothing of what is kept.
impl fmt::Debug for KeptSlips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptSlips({})", self.slips.len())
    }
}

/// What became of an own slip that is in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSlip {
    /// Its one-time key: the record's questions and opinions bear it.
    pub key: String,
    /// Whether what was sent as a question came when questions were over, and stands in the record as an opinion.
    pub became_opinion: bool,
    /// Whether its question can still be followed up.
    pub may_follow_up: bool,
    /// The own questions about which something is on its way into the record.
    pub waiting: Vec<QuestionId>,
}

/// How the record contradicts what was sent from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipFault {
    /// What stands in the record under an own key was never sent so.
    Altered,
    /// What the hub took is not in the record.
    Dropped,
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

impl KeptSlip {
    fn fresh<R: CryptoRng>(rng: &mut R) -> Result<Self, BallotError> {
        let identity = Identity::generate(rng);
        let key = identity.public();
        let bytes = key_bytes(&key).ok_or(BallotError::Issuer("the key does not read"))?;
        let request = PaperRequest::new(TokenInput::slip(&bytes), rng)?;
        let (secret, request) = (hex(&*identity.to_bytes()), Some(hex(&request.to_bytes())));
        Ok(Self { key, secret, request, token: None, acts: Vec::new() })
    }

    fn request(&self) -> Option<PaperRequest> {
        let bytes =
            zeroize::Zeroizing::new(data_encoding::HEXLOWER.decode(self.request.as_ref()?.as_bytes()).ok()?);
        PaperRequest::from_bytes(&bytes).ok()
    }

    fn identity(&self) -> Option<Identity> {
        let bytes = zeroize::Zeroizing::new(data_encoding::HEXLOWER.decode(self.secret.as_bytes()).ok()?);
        let bytes: zeroize::Zeroizing<[u8; 32]> = zeroize::Zeroizing::new(bytes.as_slice().try_into().ok()?);
        Some(Identity::from_bytes(&bytes))
    }

    fn is_free(&self) -> bool {
        self.token.is_some() && self.acts.is_empty()
    }

    /// Whether a follow-up was written, sent or not.
    fn followed_up(&self) -> bool {
        self.acts.iter().any(|kept| matches!(kept.act.says, SlipSays::FollowUp { .. }))
    }
}

impl KeptSlips {
    /// So many fresh slips.
    ///
    /// # Errors
    /// When the library cannot blind.
    pub fn fresh<R: CryptoRng>(count: u32, rng: &mut R) -> Result<Self, BallotError> {
        Ok(Self { slips: (0..count).map(|_| KeptSlip::fresh(rng)).collect::<Result<_, _>>()? })
    }

    fn requests(&self) -> Option<Vec<PaperRequest>> {
        self.slips.iter().map(KeptSlip::request).collect()
    }

    /// The command that asks for all of them.
    pub fn ask(&self, item: &ItemId) -> Option<Command> {
        let requests: Vec<BlindRequest> =
            self.requests()?.iter().map(|request| request.request().clone()).collect();
        Some(Command::RequestSlips { item: item.clone(), requests })
    }

    /// Takes the answers, each checked against the published key.
    ///
    /// # Errors
    /// When an answer could mark this seat.
    pub fn take(&mut self, answers: &[SignedRequest], issuer: &IssuerPublic) -> Result<(), BallotError> {
        let requests = self.requests().ok_or(BallotError::Issuer("there are no requests"))?;
        if answers.len() != requests.len() {
            return Err(BallotError::Issuer("another number of answers than requests"));
        }
        let tokens = requests
            .iter()
            .zip(answers)
            .map(|(request, answer)| request.finish(answer, issuer))
            .collect::<Result<Vec<_>, _>>()?;
        for (slip, token) in self.slips.iter_mut().zip(tokens) {
            slip.token = Some(token);
            zeroize::Zeroize::zeroize(&mut slip.request);
            slip.request = None;
        }
        Ok(())
    }

    /// Whether the tokens are there.
    pub fn is_issued(&self) -> bool {
        self.slips.iter().all(|slip| slip.token.is_some())
    }

    /// How many are left.
    pub fn left(&self) -> u32 {
        u32::try_from(self.slips.iter().filter(|slip| slip.is_free()).count()).unwrap_or(u32::MAX)
    }

    /// Writes on a slip: on a fresh one what begins one, otherwise on that which asked the question. The signature is what
    /// the act is known by from then on.
    ///
    /// # Errors
    /// When there is none left, the question is no own slip's, or the text is none or too long.
    pub fn write(
        &mut self,
        session: &SessionId,
        item: &ItemId,
        review: &ReviewState,
        says: SlipSays,
    ) -> Result<String, Refusal> {
        let says = says.trimmed()?;
        let place = match says.question() {
            None => self.slips.iter().position(KeptSlip::is_free).ok_or(Refusal::NoSlips)?,
            Some(question) => {
                let question = review.question(question).ok_or(Refusal::UnknownQuestion)?;
                let Asker::Slip { key } = &question.asker else { return Err(Refusal::NotYourQuestion) };
                self.slips.iter().position(|slip| slip.key == *key).ok_or(Refusal::NotYourQuestion)?
            }
        };
        let slip = self.slips.get_mut(place).ok_or(Refusal::NoSlips)?;
        if matches!(says, SlipSays::FollowUp { .. }) && slip.followed_up() {
            return Err(Refusal::SlipFollowedUp);
        }
        let identity = slip.identity().ok_or(Refusal::NoSlips)?;
        let number = u32::try_from(slip.acts.len()).unwrap_or(u32::MAX).saturating_add(1);
        if number > crate::meeting::SLIP_ACTS_MAX {
            return Err(Refusal::SlipActUsed);
        }
        let chars = u32::try_from(says.text().chars().count()).unwrap_or(u32::MAX);
        let act = SlipAct::sign(&identity, (session, item), number, slip.token.clone(), says);
        // Signs that take many bytes each, as control characters do, can make a text longer than what hides all texts.
        Anonymous::slip(item.clone(), act.clone()).map_err(|bytes| {
            let over = u32::try_from(bytes).unwrap_or(u32::MAX);
            Refusal::TextTooLong { chars, chars_max: chars.saturating_sub(over).min(TEXT_CHARS_MAX) }
        })?;
        let signature = act.signature.clone();
        slip.acts.push(KeptAct { act, taken: false });
        Ok(signature)
    }

    /// The next act that is written and not known to have arrived; of one slip, one after the other.
    pub fn next_act(&self, item: &ItemId) -> Option<Anonymous> {
        let mut waiting = self.slips.iter().filter_map(|slip| slip.acts.iter().find(|kept| !kept.taken));
        Anonymous::slip(item.clone(), waiting.next()?.act.clone()).ok()
    }

    /// An act has arrived.
    pub fn taken(&mut self, signature: &str) {
        let acts = self.slips.iter_mut().flat_map(|slip| &mut slip.acts);
        acts.filter(|kept| kept.act.signature == signature).for_each(|kept| kept.taken = true);
    }

    /// An act will never be taken. What begins a slip has used it up; anything later is as if it had not been written.
    pub fn refused(&mut self, signature: &str) {
        self.taken(signature);
        for slip in &mut self.slips {
            slip.acts.retain(|kept| kept.act.number == 1 || kept.act.signature != signature);
        }
    }

    /// The record may have lost what had been taken: what it does not hold goes again, as the same acts.
    pub fn send_again(&mut self, review: &ReviewState) {
        for slip in &mut self.slips {
            let recorded = review.slips_spent.get(&slip.key).map_or(0, |spent| spent.acts.len());
            slip.acts.iter_mut().skip(recorded).for_each(|kept| kept.taken = false);
        }
    }

    /// Whether this key is of a slip from here.
    pub fn is_own(&self, key: &str) -> bool {
        self.slips.iter().any(|slip| slip.key == key)
    }

    /// The own slips that are in the record.
    pub fn own(&self, review: &ReviewState) -> Vec<OwnSlip> {
        let is_its = |by: &Asker, key: &str| matches!(by, Asker::Slip { key: own } if own == key);
        let recorded = self.slips.iter().filter(|slip| review.slips_spent.contains_key(&slip.key));
        recorded
            .map(|slip| {
                let asks = |kept: &&KeptAct| {
                    matches!(kept.act.says, SlipSays::Question { .. } | SlipSays::FollowUp { .. })
                };
                let acted = review.slips_spent.get(&slip.key).map_or(0, |spent| spent.acts.len());
                let sent = slip.acts.iter().take(acted).filter(asks).count();
                let asked = review.questions.iter().filter(|one| is_its(&one.asker, &slip.key)).count();
                OwnSlip {
                    key: slip.key.clone(),
                    became_opinion: sent > asked,
                    may_follow_up: !slip.followed_up(),
                    waiting: slip
                        .acts
                        .iter()
                        .skip(acted)
                        .filter_map(|kept| kept.act.says.question())
                        .collect(),
                }
            })
            .collect()
    }

    /// Whether what the record holds under the own keys is what was sent from here, and, once nothing can come any more
    /// (`over`), whether all of it is there that the hub has taken. That the record holds no words but those which were
    /// signed, every screen has checked already.
    pub fn fault(&self, review: &ReviewState, over: bool) -> Option<SlipFault> {
        for slip in &self.slips {
            let recorded = review.slips_spent.get(&slip.key).map_or(&[][..], |spent| spent.acts.as_slice());
            let sent = slip.acts.iter().map(|kept| &kept.act.signature);
            if recorded.len() > slip.acts.len() || recorded.iter().zip(sent).any(|(one, other)| one != other)
            {
                return Some(SlipFault::Altered);
            }
            if over && slip.acts.iter().skip(recorded.len()).any(|kept| kept.taken) {
                return Some(SlipFault::Dropped);
            }
        }
        None
    }

    /// The signatures of what the hub has taken and the record does not hold yet.
    pub fn unpublished<'a>(&'a self, review: &'a ReviewState) -> impl Iterator<Item = &'a str> {
        self.slips.iter().flat_map(|slip| {
            let recorded = review.slips_spent.get(&slip.key).map_or(0, |spent| spent.acts.len());
            let waiting = slip.acts.iter().skip(recorded).filter(|kept| kept.taken);
            waiting.map(|kept| kept.act.signature.as_str())
        })
    }
}

/// Whether no slip of a review can come any more.
pub fn is_over(state: &State, item: &ItemId) -> bool {
    state.phase == Phase::Ended || state.item_state(item).is_some_and(|item| item.stage == Stage::Declared)
}

/// What a terminal is to do about its slips.
#[derive(Debug)]
pub enum SlipDuty {
    /// Make so many, keep them, and ask for them.
    Take(ItemId, u32),
    /// Ask again, with the requests that are kept.
    Ask(Command),
    /// Send one that is written.
    Send(Anonymous),
}

/// What is to be done next for `me` about the slips of the review on the floor.
pub fn next_duty(state: &State, me: &Actor, kept: Option<&KeptSlips>) -> Option<SlipDuty> {
    let seat = me.seat()?;
    let (item, plan, review) = state.current_review()?;
    let person = state.plan().person(seat.as_str())?;
    if state.phase == Phase::Ended || plan.slips_max == 0 || !plan.reviewers.contains(&person.group) {
        return None;
    }
    let is_issued = kept.is_some_and(KeptSlips::is_issued);
    if !is_issued && !state.is_present(seat) {
        return None;
    }
    review.slip_issuer.as_ref()?;
    let issued = review.slips_issued.contains_key(seat);
    match kept {
        None if issued => None,
        None => Some(SlipDuty::Take(item.id.clone(), plan.slips_max)),
        Some(kept) if !kept.is_issued() => kept.ask(&item.id).map(SlipDuty::Ask),
        Some(kept) => kept.next_act(&item.id).map(SlipDuty::Send),
    }
}
