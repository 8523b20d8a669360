//! Folding an event into the state. Cannot fail: an event that names what is not there changes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::agenda::Agenda;
use super::business::Business;
use super::clock::Timer;
use super::command::CommandKind;
use super::event::{Event, Frozen};
use super::ids::{Actor, BallotId, ItemId};
use super::key_state::{Ceremony, Key};
use super::paper_vote::{DifferedCounts, EnteredCount};
use super::room::RoomCheck;
use super::round::{Count, Counted, Released, Round, RoundPhase, Sheet};
use super::state::{Floor, HandVote, ItemState, LastOrder, Note, Objection, Phase, Presence, Stage, State};
use super::term_state::is_said_inside;
use super::{
    agenda, exam, joint, matter, named_vote, open_vote, proposal, quorum, reopening, result_objection,
    review, sittings, standby, term,
};

/// What a journal line tells the fold.
#[derive(Debug, Clone, Copy)]
pub struct LineFacts<'a> {
    /// The line's number.
    pub number: u64,
    /// When it was written.
    pub time: Timestamp,
    /// The hash of its head, in hex.
    pub head: &'a str,
    /// Who acted.
    pub actor: &'a Actor,
    /// The order's counter and hash, where an order stands behind the line.
    pub order: Option<(u64, &'a str)>,
    /// What happened, or what kind of thing this screen is not shown.
    pub happened: Happened<'a>,
}

/// What happened, as far as this screen may know.
#[derive(Debug, Clone, Copy)]
pub enum Happened<'a> {
    /// The events of the line.
    Events(&'a [Event]),
    /// The body is withheld; only kinds that change no right, figure, phase or outcome can be.
    Withheld {
        /// The kind of the command.
        kind: CommandKind,
    },
}

impl State {
    /// The state after the first line.
    pub fn begin(frozen: Frozen) -> Self {
        let items =
            frozen.plan.items.iter().map(|item| ItemState::to_come(ItemId::from(item.id.as_str()))).collect();
        Self {
            frozen: Arc::new(frozen),
            phase: Phase::SigningIn,
            suspended: None,
            keys: BTreeMap::new(),
            former_keys: BTreeMap::new(),
            standby: None,
            had_standby: false,
            takeovers: Vec::new(),
            reissued: BTreeMap::new(),
            orders: BTreeMap::new(),
            attendance: BTreeMap::new(),
            scrutineers: None,
            key: None,
            ceremony: None,
            ceremonies: 0,
            room: RoomCheck::default(),
            items,
            agenda: Agenda::default(),
            notes: Vec::new(),
            quorum_missed: None,
            objections: Vec::new(),
            result_objections: Vec::new(),
            reconsiderations: Vec::new(),
            floor: Floor::default(),
            sittings: Vec::new(),
            opening: None,
            opened_at: None,
            ended_at: None,
            adjourned: None,
            line: 1,
            head: String::new(),
        }
    }

    /// Folds a line.
    pub fn fold(&mut self, line: &LineFacts<'_>) {
        match line.happened {
            Happened::Events(events) => {
                for event in events {
                    apply(self, event, line.actor, line.time);
                    self.note_room(event, line.head);
                }
            }
            Happened::Withheld { kind: CommandKind::Note } => self.note(line.actor, line.time, None),
            Happened::Withheld { kind } if is_said_inside(kind) => {
                let id = self.current_item().map(|item| item.id.clone());
                let term = id.and_then(|id| self.item_mut(&id)?.term_mut());
                if let Some(term) = term {
                    term.keep_place(kind, line.actor, line.time);
                }
            }
            Happened::Withheld { kind: CommandKind::OpenSheet } => exam::apply_hidden(self),
            Happened::Withheld { .. } => {}
        }
        if let Some((counter, hash)) = line.order {
            let last = LastOrder { counter, hash: hash.to_owned(), line: line.number };
            self.orders.insert(line.actor.clone(), last);
        }
        self.line = line.number;
        line.head.clone_into(&mut self.head);
    }

    /// What people compare on their screens: the record when the first list is fixed, and again after a key has changed.
    fn note_room(&mut self, event: &Event, head: &str) {
        match event {
            Event::ListFixed { .. } => self.room.list_fixed(head),
            Event::Enrolled { who: Actor::Seat(_) | Actor::Console, .. }
            | Event::CodeReissued { who: Actor::Seat(_) } => self.room.key_changed(head),
            Event::TrusteesConfirmed { .. } if self.ceremony.is_none() => self.room.key_changed(head),
            _ => {}
        }
    }

    fn note(&mut self, by: &Actor, time: Timestamp, text: Option<String>) {
        let item = self.current_item().map(|item| item.id.clone());
        self.notes.push(Note { time, by: by.clone(), item, text });
    }

    /// The clocks on the floor: of the report or the answer, of an exam, and of a speech.
    fn each_clock(&mut self, change: impl Fn(&mut Timer)) {
        if let Some((_, clock)) = &mut self.floor.speaking {
            change(clock);
        }
        let open = self.items.iter_mut().find(|item| item.stage == Stage::Reviewing);
        if let Some(clock) = open.and_then(|item| item.review_mut()?.clock.as_mut()) {
            change(clock);
        }
        let open = self.items.iter_mut().find(|item| item.stage == Stage::Examining);
        if let Some(clock) = open.and_then(|item| item.exam_mut()?.clock.as_mut()) {
            change(clock);
        }
    }

    pub(super) fn item_mut(&mut self, id: &ItemId) -> Option<&mut ItemState> {
        self.items.iter_mut().find(|item| item.id == *id)
    }

    fn stage(&mut self, id: &ItemId, stage: Stage) {
        if let Some(item) = self.item_mut(id) {
            item.stage = stage;
        }
    }

    fn round_mut(&mut self, ballot: &BallotId) -> Option<&mut Round> {
        self.items
            .iter_mut()
            .find_map(|item| item.rounds.iter_mut().find(|round| round.issue.ballot == *ballot))
    }

    fn round_phase(&mut self, ballot: &BallotId, phase: RoundPhase) {
        if let Some(round) = self.round_mut(ballot) {
            round.phase = phase;
        }
    }
}

/// Applies one event.
pub fn apply(state: &mut State, event: &Event, by: &Actor, time: Timestamp) {
    agenda::apply(state, event, time);
    proposal::apply(state, event);
    match event {
        Event::Frozen(frozen) => *state = State::begin((**frozen).clone()),
        Event::Enrolled { who, key } => {
            state.keys.insert(who.clone(), key.clone());
        }
        Event::CodeReissued { who } => {
            if *who == Actor::Standby {
                state.standby = None;
            }
            if let (Some(seat), Some(key)) = (who.seat(), state.keys.remove(who)) {
                state.former_keys.entry(seat.clone()).or_default().push(key);
            }
            state.orders.remove(who);
            state.reissued.insert(who.clone(), time);
            if let (Some(seat), Some(key)) = (who.seat(), state.key.as_mut()) {
                Arc::make_mut(key).lost.insert(seat.clone());
            }
            // What the old terminal did for a key that is being made is lost with it: it is made anew.
            if who.seat().is_some_and(|seat| {
                state.ceremony.as_ref().is_some_and(|ceremony| ceremony.scrutineers.contains(seat))
            }) {
                state.ceremony = None;
            }
        }
        Event::SignedIn { seat } => {
            state.attendance.insert(seat.clone(), Presence::Present(time));
            forget_quorum_missed(state);
        }
        Event::SignedOut { seat } => {
            state.attendance.insert(seat.clone(), Presence::Left(time));
        }
        Event::MeetingOpened { due, present } => sittings::opened(state, *due, *present, time),
        Event::QuorumMissed(missed) => state.quorum_missed = Some(missed.clone()),
        Event::ScrutineersVoted { agree, disagree, abstain, approved } => {
            let (agree, disagree, abstain, approved) = (*agree, *disagree, *abstain, *approved);
            state.scrutineers = Some(HandVote { agree, disagree, abstain, approved });
        }
        Event::Noted { text } => state.note(by, time, Some(text.clone())),
        Event::Suspended { reason } => state.suspended = Some(reason.clone()),
        Event::Resumed => state.suspended = None,
        Event::Adjourned { ground } => {
            state.adjourned = Some(ground.clone());
            end(state, time);
        }
        Event::Closed => end(state, time),
        Event::AdjournedTo { until, reason } => sittings::adjourned_to(state, *until, reason, time),
        Event::Reconvened => sittings::reconvened(state),
        Event::Objected { ballot, by, reason } => {
            let (ballot, by, reason) = (ballot.clone(), by.clone(), reason.clone());
            state.objections.push(Objection { time, ballot, by, reason });
        }
        Event::KeyBegun { .. }
        | Event::KeyCertified { .. }
        | Event::DealingCommitted { .. }
        | Event::TrusteesFixed { .. }
        | Event::TrusteesConfirmed { .. } => apply_key(state, event),
        Event::RoomConfirmed { seat, .. } => {
            let needed = state.scrutineers_needed();
            state.room.confirm(seat, needed);
        }
        Event::StandbyEnrolled { .. }
        | Event::StandbyAttached
        | Event::StandbyDetached { .. }
        | Event::TakenOver { .. } => standby::apply(state, event, by, time),
        Event::FloorAsked { .. }
        | Event::FloorLeft { .. }
        | Event::SpeakerCalled { .. }
        | Event::SpeechEnded { .. }
        | Event::SpeakerRefused { .. } => apply_floor(state, event, time),
        Event::ClockPaused => state.each_clock(|clock| clock.pause(time)),
        Event::ClockResumed => state.each_clock(|clock| clock.resume(time)),
        Event::ClockExtended { seconds } => state.each_clock(|clock| clock.extend(*seconds)),
        _ if result_objection::apply(state, event, time) => {}
        _ if reopening::apply(state, event, time) => {}
        _ if matter::apply(state, event, by, time) => {}
        _ => apply_item(state, event, time),
    }
}

/// A quorum that holds again was not missed any more: nothing says then that the meeting cannot be held.
fn forget_quorum_missed(state: &mut State) {
    if state.phase != Phase::Ended
        && state.quorum_missed.as_ref().is_some_and(|missed| quorum::holds_again(state, missed))
    {
        state.quorum_missed = None;
    }
}

fn apply_key(state: &mut State, event: &Event) {
    if let Event::KeyBegun { ceremony, scrutineers, threshold } = event {
        state.ceremonies = *ceremony;
        state.ceremony = Some(Ceremony::begun(*ceremony, scrutineers.clone(), *threshold));
        return;
    }
    let Some(under_way) = state.ceremony.as_mut() else { return };
    match event {
        Event::KeyCertified { seat, certificate, .. } => {
            under_way.certificates.insert(seat.clone(), (**certificate).clone());
        }
        Event::DealingCommitted { seat, dealing, .. } => {
            under_way.dealings.insert(seat.clone(), dealing.clone());
        }
        Event::TrusteesFixed { trustees, .. } => under_way.trustees = Some(trustees.clone()),
        Event::TrusteesConfirmed { seat, .. } => {
            under_way.confirmed.insert(seat.clone());
        }
        _ => {}
    }
    let all = under_way.scrutineers.iter().all(|seat| under_way.confirmed.contains(seat));
    if let Some(trustees) = under_way.trustees.clone().filter(|_| all) {
        let (number, threshold) = (under_way.number, under_way.threshold);
        let scrutineers = std::mem::take(&mut under_way.scrutineers);
        let lost = std::collections::BTreeSet::new();
        state.key = Some(Arc::new(Key { number, scrutineers, threshold, trustees, lost }));
        state.ceremony = None;
    }
}

fn apply_floor(state: &mut State, event: &Event, time: Timestamp) {
    let floor = &mut state.floor;
    match event {
        Event::FloorAsked { seat } => {
            floor.refused.remove(seat);
            floor.waiting.push(seat.clone());
        }
        Event::FloorLeft { seat } => floor.waiting.retain(|waiting| waiting != seat),
        Event::SpeakerCalled { seat, seconds } => {
            floor.waiting.retain(|waiting| waiting != seat);
            floor.speaking = Some((seat.clone(), Timer::start(*seconds, time)));
        }
        Event::SpeechEnded { .. } => floor.speaking = None,
        Event::SpeakerRefused { seat, reason } => {
            floor.waiting.retain(|waiting| waiting != seat);
            floor.refused.insert(seat.clone(), reason.clone());
        }
        _ => {}
    }
}

fn end(state: &mut State, time: Timestamp) {
    state.phase = Phase::Ended;
    state.suspended = None;
    state.ended_at = Some(time);
}

fn apply_item(state: &mut State, event: &Event, time: Timestamp) {
    match event {
        Event::ItemOpened { item } => {
            state.quorum_missed = None;
            let Some(planned) = state.item(item) else { return };
            let (stage, business) = (Stage::first(&planned.kind), Business::opened(planned));
            if let Some(item) = state.item_mut(item) {
                item.stage = stage;
                item.business = business;
            }
        }
        Event::Introduced { item, line } => {
            if let Some(item) = state.item_mut(item) {
                item.introduced.retain(|introduced| introduced != line);
                item.introduced.push(line.clone());
            }
        }
        Event::RecusalBegan { item } => state.stage(item, Stage::Recusing),
        Event::Recused { item, seat } => {
            if let Some(item) = state.item_mut(item) {
                match item.review_mut() {
                    // In a review nobody leaves: there is no paper for the official whose turn it is.
                    Some(review) => {
                        let current = review.current.clone();
                        if let Some(official) = current.and_then(|id| review.officials.get_mut(&id)) {
                            official.recused.insert(seat.clone());
                        }
                    }
                    None => {
                        item.recused.insert(seat.clone());
                        item.was_recused.insert(seat.clone());
                    }
                }
            }
        }
        Event::Returned { item, seat } => {
            if let Some(item) = state.item_mut(item) {
                item.recused.remove(seat);
            }
        }
        Event::DeliberationBegan { item } => state.stage(item, Stage::Deliberating),
        Event::DeliberationEnded { item } => state.stage(item, Stage::Deliberated),
        Event::Deferred { item, line, reason } => {
            if let Some(item) = state.item_mut(item) {
                item.deferred.insert(line.clone(), reason.clone());
            }
        }
        Event::Undeferred { item, line } => {
            if let Some(item) = state.item_mut(item) {
                item.deferred.remove(line);
            }
        }
        Event::HeadsCounted { item, seat, heads } => {
            if let Some(item) = state.item_mut(item) {
                item.heads.insert(seat.clone(), *heads);
            }
        }
        Event::IssueOpened(issue) => {
            state.quorum_missed = None;
            if let Some(item) = state.item_mut(&issue.item) {
                item.stage = Stage::Balloting;
                item.heads.clear();
                item.rounds.push(Round::opened((**issue).clone()));
            }
        }
        Event::PaperVoteOpened(issue) => {
            state.quorum_missed = None;
            if let Some(item) = state.item_mut(&issue.item) {
                item.stage = Stage::Balloting;
                item.heads.clear();
                item.rounds.push(Round::on_paper((**issue).clone()));
            }
        }
        Event::FurtherRoundCalled { item, further } => {
            if let Some(item) = state.item_mut(item) {
                item.further.push(further.clone());
            }
        }
        Event::Declared { item } => state.stage(item, Stage::Declared),
        _ if named_vote::apply(state, event, time) => {}
        _ if open_vote::apply(state, event) => {}
        _ if review::apply(state, event, time) => {}
        _ if exam::apply(state, event, time) => {}
        _ if joint::apply(state, event, time) => {}
        _ if term::apply(state, event, time) => {}
        _ => apply_round(state, event, time),
    }
}

fn apply_round(state: &mut State, event: &Event, time: Timestamp) {
    match event {
        Event::IssuerPublished { ballot, issuer } => {
            if let Some(round) = state.round_mut(ballot) {
                round.issuer = Some(issuer.clone());
            }
        }
        Event::PaperIssued { ballot, seat, request } => {
            if let Some(round) = state.round_mut(ballot) {
                round.issued.insert(seat.clone(), request.clone());
            }
        }
        Event::PaperDeclined { ballot, seat } => {
            if let Some(round) = state.round_mut(ballot) {
                round.declined.insert(seat.clone());
            }
        }
        Event::IssueClosed { ballot } => state.round_phase(ballot, RoundPhase::Registering),
        Event::ListFixed { ballot, setup } => {
            if let Some(round) = state.round_mut(ballot) {
                round.setup = Some(Arc::new((**setup).clone()));
                round.phase = RoundPhase::Confirming;
            }
        }
        Event::ListConfirmed { ballot, seat } => {
            if let Some(round) = state.round_mut(ballot) {
                round.confirmed.insert(seat.clone());
            }
        }
        Event::RoundVoided { ballot, reason, .. } => {
            if let Some(round) = state.round_mut(ballot) {
                round.void = Some(reason.clone());
                round.phase = RoundPhase::Void;
            }
        }
        Event::VotingOpened { ballot } => {
            state.quorum_missed = None;
            let item = state.round(ballot).map(|(item, _)| item.id.clone());
            if let Some(item) = item {
                state.stage(&item, Stage::Balloting);
            }
            state.round_phase(ballot, RoundPhase::Voting);
        }
        Event::VotingClosed { ballot } => {
            if let Some(round) = state.round_mut(ballot) {
                round.closed_at = Some(time);
                round.phase = RoundPhase::Sealing;
            }
        }
        Event::BoxFixed { ballot, ballots, box_hash } => {
            if let Some(round) = state.round_mut(ballot) {
                round.ballots = Arc::new(ballots.clone());
                round.box_hash = Some(box_hash.clone());
                round.box_fixed_at.get_or_insert(time);
                // A full box cannot grow.
                if ballots.len() >= round.issued.len() {
                    round.box_closed_at.get_or_insert(time);
                }
                round.phase = RoundPhase::Sealed;
            }
        }
        Event::BoxCheckEnded { ballot } => {
            if let Some(round) = state.round_mut(ballot) {
                round.box_closed_at.get_or_insert(time);
            }
        }
        Event::BoxConfirmed { ballot, seat } => {
            if let Some(round) = state.round_mut(ballot) {
                round.box_confirmed.insert(seat.clone());
            }
        }
        Event::MissingAccepted { ballot, seat, missing } => {
            if let Some(round) = state.round_mut(ballot) {
                for one in missing {
                    round.accepted.entry(one.clone()).or_default().insert(seat.clone());
                }
            }
        }
        Event::FactorsReleased { ballot, seat, sum, factors } => {
            if let Some(round) = state.round_mut(ballot) {
                let released = Released { sum: sum.clone(), factors: factors.clone() };
                round.released.insert(seat.clone(), released);
                round.silent.remove(seat);
            }
        }
        Event::FalseFactorsShown { ballot, seat } => {
            if let Some(round) = state.round_mut(ballot) {
                round.false_factors.insert(seat.clone());
            }
        }
        Event::SilentNamed { ballot, seats } => {
            if let Some(round) = state.round_mut(ballot) {
                round.silent.extend(seats.iter().cloned());
            }
        }
        Event::ResultSigned { ballot, seat } => {
            if let Some(round) = state.round_mut(ballot) {
                round.sheet.insert(seat.clone(), Sheet::Signed);
            }
        }
        Event::ResultRefused { ballot, seat, reason } => {
            if let Some(round) = state.round_mut(ballot) {
                round.sheet.insert(seat.clone(), Sheet::Refused { reason: reason.clone() });
            }
        }
        Event::BoxOpened { ballot } => {
            if let Some(round) = state.round_mut(ballot) {
                round.opening_at = Some(time);
                round.phase = RoundPhase::Opening;
            }
        }
        Event::Counted { ballot, opened, outcomes, contest } => {
            if let Some(round) = state.round_mut(ballot) {
                let counted = Counted::Opened((**opened).clone());
                let contest = contest.as_deref().cloned();
                round.count = Some(Arc::new(Count { counted, outcomes: outcomes.clone(), contest }));
                round.phase = RoundPhase::Counted;
            }
        }
        _ => apply_paper(state, event),
    }
}

fn apply_paper(state: &mut State, event: &Event) {
    match event {
        Event::CountEntered { ballot, seat, count, at_console } => {
            if let Some(vote) = state.round_mut(ballot).and_then(|round| round.by_paper.as_mut()) {
                let entered = EnteredCount { count: (**count).clone(), at_console: *at_console };
                vote.entered.insert(seat.clone(), entered);
            }
        }
        Event::CountsDiffer { ballot, figures } => {
            if let Some(vote) = state.round_mut(ballot).and_then(|round| round.by_paper.as_mut()) {
                let counts = std::mem::take(&mut vote.entered);
                vote.differed.push(DifferedCounts { counts, figures: figures.clone() });
            }
        }
        Event::CountedByPaper { ballot, count, outcomes, contest } => {
            if let Some(round) = state.round_mut(ballot) {
                let counted = Counted::ByPaper((**count).clone());
                let contest = contest.as_deref().cloned();
                round.count = Some(Arc::new(Count { counted, outcomes: outcomes.clone(), contest }));
                round.phase = RoundPhase::Counted;
            }
        }
        Event::SheetRecorded { ballot, seat, refused } => {
            if let Some(round) = state.round_mut(ballot) {
                round.sheet.insert(seat.clone(), Sheet::ByHand { refused: refused.clone() });
            }
        }
        _ => {}
    }
}
