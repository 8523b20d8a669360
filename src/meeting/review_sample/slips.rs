//! Slips for tests: keys from numbers, tokens of a real issuer, acts that are signed.

use std::sync::OnceLock;

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::ballot::{Issuer, IssuerPublic, IssuerSecret, TokenInput, VoprfIssuer};
use crate::meeting::apply::apply;
use crate::meeting::sample::{HEX, Sample, short};
use crate::meeting::{
    Actor, Command, Event, Identity, ItemId, QuestionId, SessionId, SlipAct, SlipKind, SlipSays,
};

fn issuer() -> &'static VoprfIssuer {
    static ISSUER: OnceLock<VoprfIssuer> = OnceLock::new();
    ISSUER.get_or_init(|| VoprfIssuer::generate(&mut StdRng::seed_from_u64(17)))
}

/// The public key of the issuer of these slips.
pub fn slip_issuer() -> IssuerPublic {
    issuer().public_key()
}

/// Its secret key.
pub fn slip_secret() -> IssuerSecret {
    issuer().published()
}

/// The signing key of a slip, from a number.
pub fn slip_key(slip: u64) -> Identity {
    let mut seed = [7; 32];
    for (place, byte) in seed.iter_mut().zip(slip.to_le_bytes()) {
        *place = byte;
    }
    Identity::from_bytes(&seed)
}

/// An act of a slip, signed; the first one with its token.
pub fn slip_act((session, item): (&SessionId, &ItemId), slip: u64, number: u32, says: SlipSays) -> SlipAct {
    let key = slip_key(slip);
    let mut act = SlipAct::sign(&key, (session, item), number, None, says);
    if number == 1 {
        let input = TokenInput::slip(&act.key_bytes().unwrap());
        act.token = issuer().token_of(&input);
    }
    act
}

impl Sample {
    /// Slips are issued, more than any test needs, without a line of their own.
    pub fn issue_slips(&mut self) {
        let (_, _, review) = self.state.current_review().unwrap();
        if review.slip_issuer.is_some() {
            return;
        }
        let item = Self::review_item();
        let requests = vec![short(HEX); 600];
        for event in [
            Event::SlipIssuerPublished { item: item.clone(), issuer: slip_issuer() },
            Event::SlipsIssued { item: item.clone(), seat: "m9".into(), requests },
        ] {
            apply(&mut self.state, &event, &Actor::Hub, self.now);
        }
    }

    /// A command that publishes one act of a slip.
    pub fn slip_command(&self, slip: u64, number: u32, says: SlipSays) -> Command {
        let item = Self::review_item();
        let slips = vec![slip_act((self.state.session(), &item), slip, number, says)];
        Command::PublishSlips { item, slips }
    }

    /// A slip comes.
    pub fn slip(&mut self, kind: SlipKind, number: u32, text: &str) {
        self.issue_slips();
        let (_, _, review) = self.state.current_review().unwrap();
        let official = review.current.clone().unwrap();
        let says = SlipSays::begin(kind, official, text.trim().to_owned());
        self.slip_goes_on(u64::from(number), 1, says);
    }

    /// A slip that came does something further.
    pub fn slip_goes_on(&mut self, slip: u64, number: u32, says: SlipSays) {
        let command = self.slip_command(slip, number, says);
        self.order(&Actor::Hub, command);
    }

    /// A question is called and answered.
    pub fn answer(&mut self, question: u32) {
        let (item, question) = (Self::review_item(), QuestionId(question));
        self.console(Command::CallQuestion { item: item.clone(), question });
        let ended = crate::meeting::Ended::Answered;
        self.console(Command::EndQuestion { item, question, ended });
    }
}
