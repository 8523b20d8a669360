//! A reviewer's anonymous slips: issued together when the review opens, each under a one-time key, sent one by one over
//! anonymous connections. What is kept here is spent slip by slip; who wrote one, only this terminal ever knew.

use rand::{CryptoRng, RngExt};
use serde::{Deserialize, Serialize};

use crate::ballot::{
    BallotError, BlindRequest, IssuerPublic, PaperRequest, SignedRequest, Token, TokenInput,
};
use crate::meeting::{
    Actor, Command, ItemId, OfficialId, Phase, Refusal, Slip, SlipKind, State, TEXT_CHARS_MAX,
};
use crate::wire::Anonymous;

/// Every slip is sent as long as this: 8 kB, and room for the rest of the frame.
const SLIP_BYTES: usize = 8 * 1024;

/// The slips of one review.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSlips {
    slips: Vec<KeptSlip>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptSlip {
    key: [u8; 32],
    request: Option<String>,
    token: Option<Token>,
    /// What it says, from before it is sent: after a crash the same words go again.
    sending: Option<Slip>,
    spent: bool,
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

impl KeptSlips {
    /// So many fresh slips.
    ///
    /// # Errors
    /// When the library cannot blind.
    pub fn fresh<R: CryptoRng>(count: u32, rng: &mut R) -> Result<Self, BallotError> {
        let slips = (0..count)
            .map(|_| {
                let key: [u8; 32] = rng.random();
                let request = PaperRequest::new(TokenInput::slip(&key), rng)?;
                let request = Some(hex(&request.to_bytes()));
                Ok(KeptSlip { key, request, token: None, sending: None, spent: false })
            })
            .collect::<Result<_, BallotError>>()?;
        Ok(Self { slips })
    }

    fn requests(&self) -> Option<Vec<PaperRequest>> {
        self.slips
            .iter()
            .map(|slip| {
                let bytes = data_encoding::HEXLOWER.decode(slip.request.as_ref()?.as_bytes()).ok()?;
                PaperRequest::from_bytes(&bytes).ok()
            })
            .collect()
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
        let left = self.slips.iter().filter(|slip| slip.token.is_some() && slip.sending.is_none()).count();
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// Writes on a slip.
    ///
    /// # Errors
    /// When there is none left, or the text is no text or too long.
    pub fn write(&mut self, kind: SlipKind, official: &OfficialId, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if chars == 0 {
            return Err(Refusal::TextMissing);
        }
        if chars > TEXT_CHARS_MAX {
            return Err(Refusal::TextTooLong { chars, chars_max: TEXT_CHARS_MAX });
        }
        let free = |slip: &&mut KeptSlip| slip.token.is_some() && slip.sending.is_none();
        let slip = self.slips.iter_mut().find(free).ok_or(Refusal::NoSlips)?;
        let (key, official, text) = (hex(&slip.key), official.clone(), text.to_owned());
        slip.sending = Some(Slip { key, official, kind, text });
        Ok(())
    }

    /// The next slip that is written and not known to have arrived.
    pub fn next_act(&self, item: &ItemId) -> Option<Anonymous> {
        let slip = self.slips.iter().find(|slip| slip.sending.is_some() && !slip.spent)?;
        let (written, token) = (slip.sending.clone()?, slip.token.clone()?);
        // As long as it is written: a quotation mark or a new line takes more than one byte.
        let length = serde_json::to_string(&written.text).map_or(0, |text| text.len());
        let pad = " ".repeat(SLIP_BYTES.saturating_sub(length));
        Some(Anonymous::Slip { item: item.clone(), slip: written, token, pad })
    }

    /// A slip has arrived, or will never be taken.
    pub fn spend(&mut self, key: &str) {
        for slip in self.slips.iter_mut().filter(|slip| hex(&slip.key) == key) {
            slip.spent = true;
        }
    }
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
