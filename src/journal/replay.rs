//! Line after line: the chain, the signatures, the rules, the fold. The hub at its start, every screen as it goes and
//! `verify` afterwards run this same code, so that each terminal is a witness of the whole record.

use jiff::Timestamp;

use super::line::{Line, LineFault};
use super::{FILE_NAME, NO_PREVIOUS};
use crate::meeting::{
    Actor, Command, CommandKind, Event, Happened, LineFacts, OrderFault, Refusal, Seen, State, decide,
    is_said_inside,
};

/// How far a record has been followed.
#[derive(Debug, Clone)]
pub struct Replay {
    state: Option<State>,
    number: u64,
    hash: String,
    time: Option<Timestamp>,
    withheld: u64,
    /// The hashes of all heads so far: what an order says that its signer has seen is looked up here.
    heads: Vec<String>,
}

/// What does not hold in a record, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{FILE_NAME} line {line}: {what}")]
pub struct ReplayFault {
    /// The line, from 1.
    pub line: u64,
    /// What does not hold there.
    pub what: WhatFails,
}

/// What does not hold at a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhatFails {
    /// The line by itself.
    #[error(transparent)]
    Line(#[from] LineFault),
    /// The number does not follow.
    #[error("numbered {found}, expected {expected}")]
    Number {
        /// What it says.
        found: u64,
        /// What would follow.
        expected: u64,
    },
    /// The chain is broken.
    #[error("the chain is broken: it does not follow the line before")]
    Chain,
    /// The first line is not a frozen plan, or a later one is.
    #[error("a record begins with one frozen plan, and has no other")]
    Frozen,
    /// The order does not hold.
    #[error(transparent)]
    Order(#[from] OrderFault),
    /// Whoever signed the order had followed another record.
    #[error("whoever signed the order had followed another record")]
    Seen,
    /// The head does not say who acted, or what the command was.
    #[error("the head names another actor or command than the body")]
    HeadDiffers,
    /// The rules refuse what the order asks.
    #[error("the rules refuse it: {0:?}")]
    Refused(Refusal),
    /// The rules have other events follow.
    #[error("other events follow from the order than the line holds")]
    Events,
    /// A body that may not be withheld is.
    #[error("a body of this kind may not be withheld")]
    Withheld,
}

impl Default for Replay {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether the body of a command of this kind may be withheld here: it changes no right, figure or phase, but by its kind
/// alone, which the head tells. A sheet changes the outcome of its own candidate alone, and may be withheld where the plan
/// declares results to each alone.
pub fn may_be_withheld(state: &State, kind: CommandKind) -> bool {
    match kind {
        CommandKind::Note => true,
        CommandKind::OpenSheet => state.sheets_are_private(),
        _ => is_said_inside(kind),
    }
}

impl Replay {
    /// Before the first line.
    pub fn new() -> Self {
        let hash = NO_PREVIOUS.to_owned();
        Self { state: None, number: 0, hash, time: None, withheld: 0, heads: Vec::new() }
    }

    /// The state, once the first line was followed.
    pub fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// The number of the last line.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The hash of the last line's head.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// When the last line was written.
    pub fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// How many bodies were withheld.
    pub fn withheld(&self) -> u64 {
        self.withheld
    }

    /// The end of the record, for whoever signs an order now.
    pub fn seen(&self) -> Seen {
        Seen { line: self.number, head: self.hash.clone() }
    }

    /// Whether this record holds what a signer of an order has seen.
    pub fn has(&self, seen: &Seen) -> bool {
        let place = usize::try_from(seen.line).ok().and_then(|line| line.checked_sub(1));
        place.and_then(|place| self.heads.get(place)).is_some_and(|head| *head == seen.head)
    }

    /// How many lines this record and another one have in common from the beginning.
    pub fn common_with(&self, other: &Self) -> u64 {
        let both = self.heads.iter().zip(&other.heads);
        both.take_while(|(own, other)| own == other).count() as u64
    }

    /// Whether `line` proves that the machine which stands by in this record has taken over from its hub: it names lines that
    /// this record has and the next epoch, and is signed with the standby's key. While the standby was in step nothing was
    /// acknowledged that it lacks; one that was not waited for has taken over only if it did so by force.
    pub fn is_taken_over_by(&self, line: &Line) -> bool {
        let Some((state, standby)) =
            self.state.as_ref().and_then(|state| Some((state, state.standby.as_ref()?)))
        else {
            return false;
        };
        let Some(order) = line.body.as_ref().and_then(|body| body.order.as_ref()) else { return false };
        let signed = order.actor == Actor::Standby && line.head.actor == Actor::Standby;
        match order.open(state.session(), &standby.machine.key) {
            Ok(Command::TakeOver { epoch, last, forced }) => {
                let follows = line.head.number == last.line + 1 && line.head.previous == last.head;
                let next = epoch == state.epoch() + 1;
                signed && follows && next && self.has(&last) && (forced || standby.is_attached())
            }
            _ => false,
        }
    }

    /// Reads the next line and follows it.
    ///
    /// # Errors
    /// What does not hold; then nothing has changed.
    pub fn read(&mut self, text: &str) -> Result<Line, ReplayFault> {
        let fault = |what| ReplayFault { line: self.number + 1, what };
        let line = Line::read(text).map_err(|error| fault(error.into()))?;
        self.follow(&line)?;
        Ok(line)
    }

    /// Follows a line: chain, signature, rules, fold.
    ///
    /// # Errors
    /// What does not hold; then nothing has changed.
    pub fn follow(&mut self, line: &Line) -> Result<(), ReplayFault> {
        let expected = self.number + 1;
        self.check_chain(line, expected).map_err(|what| ReplayFault { line: expected, what })?;
        self.check_and_fold(line).map_err(|what| ReplayFault { line: expected, what })?;
        self.number = expected;
        self.hash = line.head_hash.clone();
        self.heads.push(line.head_hash.clone());
        self.time = Some(line.head.time);
        Ok(())
    }

    fn check_chain(&self, line: &Line, expected: u64) -> Result<(), WhatFails> {
        if line.head.number != expected {
            return Err(WhatFails::Number { found: line.head.number, expected });
        }
        if line.head.previous != self.hash {
            return Err(WhatFails::Chain);
        }
        Ok(())
    }

    fn check_and_fold(&mut self, line: &Line) -> Result<(), WhatFails> {
        let seen = line.body.as_ref().and_then(|body| body.order.as_ref()).map(|order| &order.seen);
        if seen.is_some_and(|seen| !self.has(seen)) {
            return Err(WhatFails::Seen);
        }
        let (Some(state), head) = (&mut self.state, &line.head) else {
            self.state = Some(begin(line)?);
            return Ok(());
        };
        let Some(body) = &line.body else {
            let Some(kind) = head.kind.filter(|kind| may_be_withheld(state, *kind)) else {
                return Err(WhatFails::Withheld);
            };
            let happened = Happened::Withheld { kind };
            let (number, time, actor) = (head.number, head.time, &head.actor);
            let order = None;
            state.fold(&LineFacts { number, time, head: &line.head_hash, actor, order, happened });
            self.withheld += 1;
            return Ok(());
        };
        let order = body.order.as_ref().ok_or(WhatFails::Frozen)?;
        let key = state.key_of(&order.actor).ok_or_else(|| OrderFault::NotEnrolled(order.actor.clone()))?;
        let command = order.open(state.session(), key)?;
        if order.actor != head.actor || Some(command.kind()) != head.kind {
            return Err(WhatFails::HeadDiffers);
        }
        if state.orders.get(&order.actor).is_some_and(|last| order.counter <= last.counter) {
            return Err(OrderFault::Counter { actor: order.actor.clone(), counter: order.counter }.into());
        }
        let events = decide(state, &order.actor, &command, head.time).map_err(WhatFails::Refused)?;
        if events != body.events || events.is_empty() {
            return Err(WhatFails::Events);
        }
        state.fold(&LineFacts {
            number: head.number,
            time: head.time,
            head: &line.head_hash,
            actor: &head.actor,
            order: Some((order.counter, &order.hash())),
            happened: Happened::Events(&events),
        });
        Ok(())
    }
}

/// The first line: a frozen plan, without an order.
fn begin(line: &Line) -> Result<State, WhatFails> {
    match &line.body {
        Some(body) if body.order.is_none() && line.head.actor == Actor::Hub && line.head.kind.is_none() => {
            match body.events.as_slice() {
                [Event::Frozen(frozen)] => {
                    let mut state = State::begin((**frozen).clone());
                    line.head_hash.clone_into(&mut state.head);
                    Ok(state)
                }
                _ => Err(WhatFails::Frozen),
            }
        }
        _ => Err(WhatFails::Frozen),
    }
}
