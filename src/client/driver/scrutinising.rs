//! A scrutineer's part: messages of the making of the key, whole boxes checked, factors given; and the room code, which
//! every screen computes. What is secret is durable, encrypted, before anything of it is shown.

use super::*;
use crate::client::safe::SafeKey;
use crate::client::scrutineer::{self, KeptShare, ScrutinyDuty, Sent};
use crate::client::store::Enrolled;
use crate::meeting::{State, is_room_code, room_code};
use crate::wire::code::SeatCode;

/// What opens the share that is kept.
enum Safe {
    /// Everything is in memory, and goes with it.
    Memory,
    /// The code of the enrolment is still known.
    Code(SeatCode),
    /// It has been used.
    Open(SafeKey),
    /// The terminal was started again: the person has the code.
    Locked,
}

/// What is asked of the hub on a scrutineer's behalf.
enum Ask {
    Dealings(u32),
    Share,
    Ballots(BallotId),
    Factors,
}

/// How far this terminal is as a scrutineer's.
pub(super) struct Scrutiny {
    safe: Safe,
    share: Option<KeptShare>,
    loaded: bool,
    sent: Sent,
    asks: BTreeMap<u64, Ask>,
    /// The ballots of the box that is being fetched.
    fetched: Vec<Vec<u8>>,
    /// There may be more of it.
    fetch_on: Option<BallotId>,
    /// A check is under way beside everything else.
    running: bool,
    /// What was found not to hold: the making and the ballot at which this terminal stopped.
    stopped: Option<(u32, Option<BallotId>)>,
    wants_code: bool,
    /// Whether the record has named this terminal's key.
    own_key_seen: bool,
    /// The counts that were looked at, and whether they hold, once that is known.
    counts: BTreeMap<BallotId, Option<bool>>,
    /// A signature under the result that waits for that.
    to_sign: Option<(Command, oneshot::Sender<Result<Done, AskError>>)>,
}

impl Scrutiny {
    pub(super) fn new(enrolled: &Enrolled, store: &Store) -> Self {
        let safe = match (store.folder(), &enrolled.code) {
            (None, _) => Safe::Memory,
            (Some(_), Some(code)) => Safe::Code(code.clone()),
            (Some(_), None) => Safe::Locked,
        };
        Self {
            safe,
            share: None,
            loaded: false,
            sent: Sent::default(),
            asks: BTreeMap::new(),
            fetched: Vec::new(),
            fetch_on: None,
            running: false,
            stopped: None,
            wants_code: false,
            own_key_seen: false,
            counts: BTreeMap::new(),
            to_sign: None,
        }
    }

    pub(super) fn is_locked(&self) -> bool {
        self.wants_code
    }

    pub(super) fn is_checking(&self) -> bool {
        self.sent.checking.is_some()
    }

    /// The record lost lines: what was found in them is found again, or not.
    pub(super) fn record_changed(&mut self) {
        self.connection_lost();
        (self.stopped, self.loaded) = (None, false);
        self.counts.clear();
    }

    /// What was said over the connection is said again over the next one.
    pub(super) fn connection_lost(&mut self) {
        let checking = self.sent.checking.take().filter(|_| self.running);
        self.sent = Sent { checking, ..Sent::default() };
        self.asks.clear();
        self.fetched.clear();
        self.fetch_on = None;
    }
}

impl Driver {
    pub(super) async fn do_scrutiny(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        // One step at a time; the bound only ends what would otherwise never end.
        for _ in 0..8 {
            let step = match self.scrutiny.fetch_on.take() {
                Some(ballot) => self.fetch(ballot),
                None => match self.next_scrutiny() {
                    Some(duty) => self.take_step(duty),
                    None => return Ok(()),
                },
            };
            let Some((message, ask)) = step else { continue };
            let number = self.next_ask;
            self.scrutiny.asks.insert(number, ask);
            say(writer, &message).await?;
        }
        Ok(())
    }

    fn next_scrutiny(&mut self) -> Option<ScrutinyDuty> {
        let state = self.snapshot.clone()?;
        if !scrutineer::takes_part(&state, &self.enrolled.actor) || self.is_stopped(&state) {
            return None;
        }
        if self.duties_wait(state.line) || !self.load_share() {
            return None;
        }
        let factors = |ballot: &BallotId| self.store.factors(ballot);
        let (me, share, sent) = (&self.enrolled.actor, self.scrutiny.share.as_ref(), &self.scrutiny.sent);
        match scrutineer::next_duty(&state, me, share, factors, sent, &mut UnwrapErr(SysRng)) {
            Ok(duty) => duty,
            Err(says) => {
                self.stop_scrutiny(Alarm::Key(says), None);
                None
            }
        }
    }

    fn is_stopped(&self, state: &crate::meeting::State) -> bool {
        let Some((ceremony, ballot)) = &self.scrutiny.stopped else { return false };
        let on_floor = |ballot: &BallotId| state.rounds_on_floor().any(|round| round.issue.ballot == *ballot);
        *ceremony == state.ceremonies && ballot.as_ref().is_none_or(on_floor)
    }

    fn stop_scrutiny(&mut self, alarm: Alarm, ballot: Option<BallotId>) {
        let ceremonies = self.snapshot.as_ref().map_or(0, |state| state.ceremonies);
        self.scrutiny.stopped = Some((ceremonies, ballot));
        self.alarm = Some(alarm);
        self.publish();
    }

    /// The key of the safe: none where it is in memory.
    fn safe_key(&mut self) -> Option<SafeKey> {
        if let Safe::Code(code) = &self.scrutiny.safe {
            let (session, actor) = (self.enrolled.session.as_str(), self.enrolled.actor.to_string());
            if let Ok(key) = SafeKey::derive(code, session, &actor) {
                self.scrutiny.safe = Safe::Open(key);
            }
        }
        match &self.scrutiny.safe {
            Safe::Open(key) => Some(key.clone()),
            _ => None,
        }
    }

    /// False: the share cannot be read yet.
    fn load_share(&mut self) -> bool {
        if matches!(self.scrutiny.safe, Safe::Locked) {
            if !self.scrutiny.wants_code {
                self.scrutiny.wants_code = true;
                self.publish();
            }
            return false;
        }
        if self.scrutiny.loaded {
            return true;
        }
        let key = self.safe_key();
        match self.store.share(key.as_ref()) {
            Ok(share) => {
                self.scrutiny.share = share;
                self.scrutiny.loaded = true;
                true
            }
            Err(error) => {
                self.stop_scrutiny(Alarm::Key(error.to_string()), None);
                false
            }
        }
    }

    /// The person has typed the code of the slip.
    pub(super) fn unlock(&mut self, code: &SeatCode) -> Result<Done, AskError> {
        if !matches!(self.scrutiny.safe, Safe::Locked) {
            return Ok(Done::default());
        }
        let (session, actor) = (self.enrolled.session.as_str(), self.enrolled.actor.to_string());
        let key =
            SafeKey::derive(code, session, &actor).map_err(|error| AskError::Fault(error.to_string()))?;
        let share = self.store.share(Some(&key)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => AskError::Fault(error.to_string()),
            _ => AskError::WrongCode,
        })?;
        self.scrutiny.share = share;
        self.scrutiny.safe = Safe::Open(key);
        self.scrutiny.loaded = true;
        self.scrutiny.wants_code = false;
        self.publish();
        Ok(Done::default())
    }

    /// What the disk does not take is made anew and tried again.
    fn keep_share(&mut self, share: KeptShare) {
        let key = self.safe_key();
        let kept = self.store.keep_share(&share, key.as_ref(), &mut UnwrapErr(SysRng));
        if self.is_kept(kept) {
            self.scrutiny.share = Some(share);
        } else {
            // What all dealt is fetched once more.
            self.scrutiny.sent.dealing = None;
        }
    }

    /// Does what needs no answer; returns what is to be asked.
    fn take_step(&mut self, duty: ScrutinyDuty) -> Option<(ToHub, Ask)> {
        let state = self.snapshot.clone()?;
        match duty {
            ScrutinyDuty::Begin(ceremony) => {
                let share = KeptShare::begin(ceremony, &mut UnwrapErr(SysRng));
                self.keep_share(share);
                None
            }
            ScrutinyDuty::Deal => {
                let mut share = self.scrutiny.share.clone()?;
                match share.deal(state.ceremony.as_ref()?, &mut UnwrapErr(SysRng)) {
                    Ok(()) => self.keep_share(share),
                    Err(says) => self.stop_scrutiny(Alarm::Key(says), None),
                }
                None
            }
            ScrutinyDuty::Give(command) => {
                self.waiting.push_back((command, Asker::Voter));
                None
            }
            ScrutinyDuty::HandIn(ceremony, dealing) => {
                self.scrutiny.sent.dealing = Some(ceremony);
                let ask = self.number();
                Some((ToHub::Dealing { ask, ceremony, dealing }, Ask::Dealings(ceremony)))
            }
            ScrutinyDuty::ShowShare(ceremony, proof) => {
                self.scrutiny.sent.share = Some(ceremony);
                let ask = self.number();
                Some((ToHub::Share { ask, ceremony, proof }, Ask::Share))
            }
            ScrutinyDuty::CheckBox(ballot) => {
                self.scrutiny.sent.checking = Some(ballot.clone());
                self.scrutiny.fetched.clear();
                self.publish();
                self.fetch(ballot)
            }
            ScrutinyDuty::HandFactors(ballot) => {
                self.scrutiny.sent.factors.push(ballot.clone());
                let factors = self.store.factors(&ballot)?.factors;
                let ask = self.number();
                Some((ToHub::Factors { ask, ballot, factors }, Ask::Factors))
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.next_ask += 1;
        self.next_ask
    }

    /// The next ballots of the box, or its check when all are there.
    fn fetch(&mut self, ballot: BallotId) -> Option<(ToHub, Ask)> {
        let state = self.snapshot.clone()?;
        let (_, round) = state.round(&ballot)?;
        if self.scrutiny.fetched.len() < round.ballots.len() {
            let from = u32::try_from(self.scrutiny.fetched.len()).unwrap_or(u32::MAX);
            let ask = self.number();
            return Some((ToHub::Ballots { ask, ballot: ballot.clone(), from }, Ask::Ballots(ballot)));
        }
        let ballots = std::mem::take(&mut self.scrutiny.fetched);
        let (share, round, done) = (self.scrutiny.share.clone()?, round.clone(), self.done.clone());
        self.scrutiny.running = true;
        tokio::spawn(async move {
            let check = move || share.open(&round, &ballots, &mut UnwrapErr(SysRng));
            let checked = tokio::task::spawn_blocking(check).await;
            let checked = checked.unwrap_or_else(|error| Err(error.to_string()));
            let _ = done.send(Finished::Box(ballot, Box::new(checked))).await;
        });
        None
    }

    pub(super) fn box_checked(&mut self, ballot: &BallotId, checked: Result<KeptFactors, String>) {
        self.scrutiny.running = false;
        self.scrutiny.sent.checking = None;
        // One sum for each election: what was given once is never given otherwise.
        let stored = self.store.factors(ballot);
        let kept = match (checked, stored) {
            (Ok(factors), Some(stored)) if stored.sum != factors.sum => {
                Err("another sum of this election was given before".to_owned())
            }
            (Ok(_), Some(_)) => Ok(()),
            (Ok(factors), None) => {
                let kept = self.store.keep_factors(ballot, &factors);
                if !self.is_kept(kept) {
                    // The box holds: it is checked again when there is room for the answer.
                    return;
                }
                Ok(())
            }
            (Err(says), _) => Err(says),
        };
        if let Err(says) = kept {
            let (ballot, reason) = (ballot.clone(), says.clone());
            self.waiting.push_back((Command::Object { ballot: ballot.clone(), reason }, Asker::Voter));
            self.stop_scrutiny(Alarm::Box(says), Some(ballot));
        }
    }

    /// True: the answer was to something that was asked here.
    pub(super) fn scrutiny_answered(&mut self, number: u64, answer: &Answer) -> bool {
        let Some(ask) = self.scrutiny.asks.remove(&number) else { return false };
        match (ask, answer) {
            (Ask::Dealings(ceremony), Answer::Dealings { dealings }) => {
                self.accept_dealings(ceremony, dealings);
            }
            (Ask::Ballots(ballot), Answer::Ballots { ballots }) => {
                let before = self.scrutiny.fetched.len();
                self.scrutiny.fetched.extend(ballots.iter().map(|ballot| ballot.as_bytes().to_vec()));
                if self.scrutiny.fetched.len() == before {
                    self.scrutiny.sent.checking = None;
                    let says = "the hub keeps ballots of the fixed box back".to_owned();
                    self.stop_scrutiny(Alarm::Box(says), Some(ballot));
                } else {
                    self.scrutiny.fetch_on = Some(ballot);
                }
            }
            // Not taken: the hub is behind, or has forgotten. It goes again after a moment.
            (ask, Answer::Wrong(_) | Answer::Refused(_)) => {
                match ask {
                    Ask::Dealings(_) => self.scrutiny.sent.dealing = None,
                    Ask::Share => self.scrutiny.sent.share = None,
                    Ask::Factors => self.scrutiny.sent.factors.clear(),
                    Ask::Ballots(_) => self.scrutiny.sent.checking = None,
                }
                let line = self.snapshot.as_ref().map(|state| state.line);
                self.refused_duty = line;
                self.try_again_soon();
            }
            _ => {}
        }
        true
    }

    fn accept_dealings(&mut self, number: u32, dealings: &[crate::ballot::Dealing]) {
        let Some(state) = self.snapshot.clone() else { return };
        let making = state.ceremony.as_ref().filter(|ceremony| ceremony.number == number);
        let (Some(ceremony), Some(mut share)) = (making, self.scrutiny.share.clone()) else { return };
        let Some(seat) = self.enrolled.actor.seat() else { return };
        match share.accept(ceremony, seat, dealings, &mut UnwrapErr(SysRng)) {
            Ok(()) => self.keep_share(share),
            Err(says) => self.stop_scrutiny(Alarm::Key(says), None),
        }
    }

    // ---- the count ----------------------------------------------------------------------------------------------

    /// Whether somebody looks at this screen; simulated people look at none.
    fn is_looked_at(&self) -> bool {
        self.store.folder().is_some() || self.enrolled.actor.seat().is_none()
    }

    fn checks_counts(&self, state: &State) -> bool {
        self.is_looked_at() || scrutineer::takes_part(state, &self.enrolled.actor)
    }

    /// Whether the count on the floor is still being checked here.
    pub(super) fn is_counting(&self) -> bool {
        let open = |round: &Round| {
            round.phase == RoundPhase::Counted
                && self.scrutiny.counts.get(&round.issue.ballot).copied().flatten().is_none()
        };
        let state = self.snapshot.as_ref().filter(|state| self.checks_counts(state));
        state.is_some_and(|state| state.rounds_on_floor().any(open))
    }

    /// Signs the result for the person, once this terminal has found that the figures hold.
    pub(super) fn sign_result(&mut self, command: Command, reply: oneshot::Sender<Result<Done, AskError>>) {
        if self.is_counting() {
            self.scrutiny.to_sign = Some((command, reply));
        } else if self.found_false() {
            let says = "the figures do not follow from what was opened".to_owned();
            let _ = reply.send(Err(AskError::Fault(says)));
        } else {
            self.waiting.push_back((command, Asker::Screen(reply)));
        }
    }

    /// A count is checked here before anybody here believes it, or signs it.
    pub(super) fn look_at_counts(&mut self) {
        let Some(state) = self.snapshot.clone().filter(|state| self.checks_counts(state)) else { return };
        for round in state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Counted) {
            let ballot = round.issue.ballot.clone();
            if self.scrutiny.counts.contains_key(&ballot) {
                continue;
            }
            self.scrutiny.counts.insert(ballot.clone(), None);
            let (round, done) = (round.clone(), self.done.clone());
            tokio::spawn(async move {
                let checking = tokio::task::spawn_blocking(move || scrutineer::check_count(&round));
                let checked = checking.await.unwrap_or_else(|error| Err(error.to_string()));
                let _ = done.send(Finished::Count(ballot, checked)).await;
            });
        }
    }

    pub(super) fn count_checked(&mut self, ballot: &BallotId, checked: Result<(), String>) {
        self.scrutiny.counts.insert(ballot.clone(), Some(checked.is_ok()));
        if let Err(says) = checked {
            if self.enrolled.actor.seat().is_some() {
                let (ballot, reason) = (ballot.clone(), says.clone());
                self.waiting.push_back((Command::Object { ballot, reason }, Asker::Voter));
            }
            self.stop_scrutiny(Alarm::Box(says), Some(ballot.clone()));
        }
        if let Some((command, reply)) = self.scrutiny.to_sign.take() {
            self.sign_result(command, reply);
        }
    }

    /// Whether figures on the floor were found not to hold.
    fn found_false(&self) -> bool {
        let is_false = |round: &Round| self.scrutiny.counts.get(&round.issue.ballot) == Some(&Some(false));
        self.snapshot.as_ref().is_some_and(|state| state.rounds_on_floor().any(is_false))
    }

    // ---- the own key --------------------------------------------------------------------------------------------

    /// Another key speaks for this seat, or none does any more: its code was made anew, and whoever sits here is told.
    pub(super) fn look_at_own_key(&mut self) {
        let Some(state) = &self.snapshot else { return };
        let own = self.enrolled.identity.public();
        match state.keys.get(&self.enrolled.actor) {
            Some(key) if *key == own => self.scrutiny.own_key_seen = true,
            // The record so far may end before this terminal was enrolled.
            _ if !self.scrutiny.own_key_seen => {}
            _ => self.alarm = Some(Alarm::KeyReplaced),
        }
    }

    // ---- the room code ------------------------------------------------------------------------------------------

    /// A screen that somebody looks at computes the code by itself; a simulated one when it is asked.
    pub(super) fn look_at_room(&mut self) {
        let head = self.snapshot.as_ref().and_then(|state| state.room.head.clone());
        let Some(head) = head else { return };
        if self.room.as_ref().is_some_and(|room| room.head == head) {
            return;
        }
        self.room = None;
        if self.is_looked_at() || self.room_asked.is_some() {
            self.compute_room(head);
        }
    }

    fn compute_room(&mut self, head: String) {
        self.room = Some(Room { head: head.clone(), code: None });
        let (session, done) = (self.enrolled.session.clone(), self.done.clone());
        tokio::spawn(async move {
            let of = head.clone();
            let code = tokio::task::spawn_blocking(move || room_code(&session, &of)).await.ok().flatten();
            let _ = done.send(Finished::Room(head, code)).await;
        });
    }

    pub(super) fn room_computed(&mut self, head: String, code: Option<String>) {
        if let Some(room) = self.room.as_mut().filter(|room| room.head == head) {
            room.code = code;
        }
        if let Some((typed, reply)) = self.room_asked.take() {
            self.confirm_room(typed, reply);
        }
    }

    /// What was typed is compared here: the hub sees nothing but that it was the same.
    pub(super) fn confirm_room(&mut self, typed: String, reply: oneshot::Sender<Result<Done, AskError>>) {
        let head = self.snapshot.as_ref().and_then(|state| state.room.head.clone());
        let Some(head) = head else {
            let _ = reply.send(Err(AskError::Fault("there is no room code yet".to_owned())));
            return;
        };
        match self.room.clone().filter(|room| room.head == head) {
            Some(Room { code: Some(code), .. }) if is_room_code(&typed, &code) => {
                self.waiting.push_back((Command::ConfirmRoom { head }, Asker::Screen(reply)));
            }
            Some(Room { code: Some(_), .. }) => {
                let _ = reply.send(Err(AskError::OtherRoomCode));
            }
            Some(Room { code: None, .. }) => self.room_asked = Some((typed, reply)),
            None => {
                self.room_asked = Some((typed, reply));
                self.compute_room(head);
            }
        }
    }
}
