//! The scrutineers' part in random meetings: what they do when it is theirs to do, and what anybody might send.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::common::{KEY, hex, pick, read};
use super::watch::Watch;
use crate::ballot::{CeremonyKey, Certificate, Certificates};
use crate::meeting::{
    Actor, BallotId, Ceremony, Command, Factors, ItemId, OpenedBox, Round, RoundPhase, SeatId, Sheet, State,
    Step, opening_left, result_hash, seat, sha256_hex, silent,
};

/// How many open the box in these tests.
pub const THRESHOLD: u32 = 2;

/// What goes wrong in a meeting, so that rare ends are reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bent {
    /// The first making of the key is not finished: a scrutineer leaves.
    pub restart: bool,
    /// Some terminals never confirm a box.
    pub stubborn: bool,
    /// A ballot is missing from the box, and comes again.
    pub grows: bool,
    /// Too few scrutineers stay for the opening.
    pub few_left: bool,
    /// A key changes after the room was compared.
    pub reissue: bool,
}

/// A key made in earnest: what three scrutineers, or two, publish of it.
pub struct Made {
    pub certificates: Vec<Certificate>,
    pub dealings: Vec<String>,
    pub trustees: String,
}

/// The key that `size` scrutineers make at their ceremony `number`. Real ones, made once for the run.
pub fn made(size: usize, number: u32) -> &'static Made {
    static MADE: OnceLock<Vec<Made>> = OnceLock::new();
    let all =
        MADE.get_or_init(|| [(2, 1), (2, 2), (3, 3), (3, 4)].map(|(size, seed)| make(size, seed)).into());
    &all[usize::from(size > 2) * 2 + number as usize % 2]
}

fn make(size: u32, seed: u64) -> Made {
    let mut rng = StdRng::seed_from_u64(seed);
    let keys: Vec<CeremonyKey> = (0..size).map(|_| CeremonyKey::generate(&mut rng)).collect();
    let certify = |(key, place): (&CeremonyKey, u32)| key.certify(size, THRESHOLD, place, &mut rng);
    let certificates: Vec<Certificate> = keys.iter().zip(1..).map(certify).collect();
    let all = Certificates::new(THRESHOLD, certificates.clone()).unwrap();
    let dealings: Vec<_> = keys.iter().map(|key| key.deal(&all, &mut rng).unwrap()).collect();
    let inboxes = all.inboxes(&dealings).unwrap();
    let accept = |(key, inbox): (&CeremonyKey, _)| key.accept(&all, inbox, &mut rng).unwrap().1.public();
    let proofs: Vec<_> = keys.iter().zip(&inboxes).map(accept).collect();
    let trustees = String::from_utf8(all.finish(&dealings, &proofs).unwrap().bytes().to_vec()).unwrap();
    Made { certificates, dealings: dealings.iter().map(|dealing| dealing.hash()).collect(), trustees }
}

/// What the sum of a ballot is, and what a trustee gives of it.
pub fn tally(ballot: &BallotId) -> String {
    format!("the sum of {ballot}")
}

pub fn factors(ballot: &BallotId, trustee: u32) -> String {
    format!("factors of {trustee} for {ballot}")
}

fn release(ballot: &BallotId, trustee: u32) -> Command {
    Command::ReleaseFactors {
        ballot: ballot.clone(),
        sum: sha256_hex(tally(ballot).as_bytes()),
        factors: sha256_hex(factors(ballot, trustee).as_bytes()),
    }
}

/// The opened box with the factors of all who gave them of its sum; none, where the console holds the key.
pub fn opened(state: &State, round: &Round, sums: Vec<Vec<u32>>) -> Box<OpenedBox> {
    let ballot = &round.issue.ballot;
    let given = state.key.iter().flat_map(|key| {
        let trustees = key.scrutineers.iter().zip(1..);
        let sum = sha256_hex(tally(ballot).as_bytes());
        let gave = move |seat, trustee| {
            let own = sha256_hex(factors(ballot, trustee).as_bytes());
            round.released.get(seat).is_some_and(|there| there.sum == sum && there.factors == own)
        };
        trustees.filter(move |(seat, trustee)| gave(*seat, *trustee)).map(|(_, trustee)| trustee)
    });
    let factors = given.map(|trustee| Factors { trustee, factors: factors(ballot, trustee) }).collect();
    Box::new(OpenedBox { tally: tally(ballot), factors, result: format!("{sums:?}"), sums })
}

fn sign_in(seat: &SeatId) -> (Actor, Command) {
    (Actor::Seat(seat.clone()), Command::SignIn { seat: seat.clone() })
}

fn sign_out(seat: &SeatId) -> (Actor, Command) {
    (Actor::Seat(seat.clone()), Command::SignOut { seat: seat.clone() })
}

/// The command that does what is to be done by scrutineers and terminals; none where the step is somebody else's.
pub fn lead(
    state: &State,
    (watch, bent): (&Watch, Bent),
    step: &Step,
    now: Timestamp,
    (a, b): (u16, u16),
) -> Option<(Actor, Command)> {
    let scrutineers: Vec<SeatId> = state.scrutineers().map(seat).collect();
    let away = scrutineers.iter().find(|seat| !state.is_present(seat));
    Some(match step {
        Step::MakeKey => {
            let lost =
                scrutineers.iter().find(|seat| !state.keys.contains_key(&Actor::Seat((*seat).clone())));
            // Whoever left takes the old terminal along.
            let is_lost = state.key.as_ref().is_some_and(|key| !key.lost.is_empty());
            let gone = away.filter(|_| bent.few_left && watch.saw("unopenable") && !is_lost);
            match (lost, away) {
                _ if gone.is_some() && b.is_multiple_of(2) => {
                    let who = Actor::Seat(gone?.clone());
                    (Actor::Console, Command::ReissueCode { who })
                }
                (Some(seat), _) => {
                    let who = Actor::Seat(seat.clone());
                    (Actor::Hub, Command::Enrol { who, key: KEY.to_owned() })
                }
                (None, Some(seat)) if !a.is_multiple_of(4) => sign_in(seat),
                _ => (Actor::Console, Command::MakeKey),
            }
        }
        Step::AwaitKey(_) => ceremony(state, state.ceremony.as_ref()?, bent, (a, b)),
        Step::CountHeads(item) => {
            let present = state.present_for(state.item(item)?);
            let heads = &state.item_state(item)?.heads;
            let here = scrutineers.iter().filter(|seat| state.is_present(seat));
            match (here.clone().find(|seat| heads.get(*seat) != Some(&present)), away) {
                (_, Some(away)) if here.count() < THRESHOLD as usize => sign_in(away),
                (Some(one), _) => {
                    let heads = if b.is_multiple_of(6) { present + 1 } else { present };
                    (Actor::Seat(one.clone()), Command::CountHeads { item: item.clone(), heads })
                }
                _ => return None,
            }
        }
        Step::CompareRoom(_) => {
            let one = scrutineers.iter().find(|seat| !state.room.confirmed.contains(*seat))?;
            let head = state.room.head.clone().filter(|_| !b.is_multiple_of(7));
            (Actor::Seat(one.clone()), Command::ConfirmRoom { head: head.unwrap_or_else(|| hex(u64::MAX)) })
        }
        Step::OpenVoting(_) if bent.reissue && !watch.saw("room due again") => {
            // Someone without a paper.
            let who = Actor::from("a1");
            if state.keys.contains_key(&who) {
                (Actor::Console, Command::ReissueCode { who })
            } else {
                (Actor::Hub, Command::Enrol { who, key: KEY.to_owned() })
            }
        }
        Step::CheckBox(_) => check_box(state, (watch, bent), &scrutineers, now, (a, b))?,
        Step::AwaitCount(_) => open(state, (watch, bent), (b, now))?,
        Step::SignResult(ballot) => {
            let rounds: Vec<&Round> = state.rounds_on_floor().collect();
            let one =
                scrutineers.iter().find(|seat| rounds.iter().any(|one| !one.sheet.contains_key(*seat)))?;
            // Whoever refused can still sign.
            let refused = |seat: &&SeatId| matches!(rounds[0].sheet.get(*seat), Some(Sheet::Refused { .. }));
            let one = scrutineers.iter().find(refused).filter(|_| a.is_multiple_of(3)).unwrap_or(one);
            // Now and then somebody would declare it before they have.
            let item = state.current_item()?;
            if b % 16 == 3 && item.review().is_none() {
                return Some((Actor::Console, Command::Declare { item: item.id.clone() }));
            }
            let (ballot, result) = (ballot.clone(), result_hash(rounds.into_iter()));
            let command = match b % 8 {
                0 | 1 => Command::RefuseResult { ballot, reason: "the figures are not mine".to_owned() },
                2 => Command::SignResult { ballot, result: hex(3) },
                _ => Command::SignResult { ballot, result },
            };
            (Actor::Seat(one.clone()), command)
        }
        _ => return None,
    })
}

fn ceremony(state: &State, under_way: &Ceremony, bent: Bent, (a, b): (u16, u16)) -> (Actor, Command) {
    let (ceremony, seats) = (under_way.number, &under_way.scrutineers);
    let made_now = made(seats.len(), ceremony);
    let gone = seats.iter().find(|seat| !state.is_present(seat));
    let all_certified = under_way.certificates.len() == seats.len();
    match gone {
        None if bent.restart && ceremony == 1 && all_certified => return sign_out(&seats[seats.len() - 1]),
        Some(gone) if a.is_multiple_of(3) => return sign_in(gone),
        Some(_) => return (Actor::Console, Command::MakeKey),
        None => {}
    }
    for (seat, (certificate, dealing)) in
        seats.iter().zip(made_now.certificates.iter().zip(&made_now.dealings))
    {
        let actor = Actor::Seat(seat.clone());
        if !under_way.certificates.contains_key(seat) {
            let certificate = Box::new(certificate.clone());
            return (actor, Command::CertifyKey { ceremony, certificate });
        }
        if all_certified && !under_way.dealings.contains_key(seat) {
            return (actor, Command::CommitDealing { ceremony, dealing: dealing.clone() });
        }
    }
    let Some(trustees) = &under_way.trustees else {
        // Sometimes those of another ceremony.
        let number = if b.is_multiple_of(5) { ceremony + 1 } else { ceremony };
        let trustees = made(seats.len(), number).trustees.clone();
        return (Actor::Hub, Command::FixTrustees { ceremony, trustees });
    };
    let one = seats.iter().find(|seat| !under_way.confirmed.contains(*seat)).unwrap();
    let trustees = sha256_hex(trustees.as_bytes());
    (Actor::Seat(one.clone()), Command::ConfirmTrustees { ceremony, trustees })
}

fn check_box(
    state: &State,
    (watch, bent): (&Watch, Bent),
    scrutineers: &[SeatId],
    now: Timestamp,
    (a, b): (u16, u16),
) -> Option<(Actor, Command)> {
    for round in state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Sealed) {
        let ballot = round.issue.ballot.clone();
        if bent.grows && watch.boxes(&ballot) < 2 && round.returned() < Some(round.issued()) && b % 3 == 0 {
            let mut ballots = (*round.ballots).clone();
            ballots.push(read(&hex(9_999)));
            return Some((Actor::Hub, Command::FixBox { ballot, ballots }));
        }
        if round.box_closed_at.is_none() {
            let over = round.box_fixed_at.is_some_and(|at| at + SignedDuration::from_secs(60) <= now);
            if over || a % 5 == 1 {
                return Some((Actor::Hub, Command::EndBoxCheck { ballot }));
            }
            // Some answer too early.
            return Some(match (round.box_unconfirmed().next(), round.box_hash.clone()) {
                (Some(one), Some(box_hash)) if a % 5 == 2 => {
                    (Actor::Seat(one.clone()), Command::ConfirmBox { ballot, box_hash })
                }
                _ => (Actor::Console, Command::Note { text: "the box can still grow".to_owned() }),
            });
        }
        let stubborn = |seat: &&SeatId| bent.stubborn && matches!(seat.as_str(), "m3" | "m4" | "i5");
        if let Some(one) = round.box_unconfirmed().find(|seat| !stubborn(seat)) {
            let box_hash = round.box_hash.clone()?;
            return Some((Actor::Seat(one.clone()), Command::ConfirmBox { ballot, box_hash }));
        }
        let needed = state.scrutineers_needed();
        let seats: Vec<SeatId> = round.box_missing(needed).cloned().collect();
        if seats.is_empty() {
            continue;
        }
        let over = round.box_closed_at.is_some_and(|at| at + SignedDuration::from_secs(20) <= now);
        if !over && !a.is_multiple_of(3) {
            return Some((Actor::Console, Command::Note { text: "we wait for a terminal".to_owned() }));
        }
        let by = |seat: &SeatId| {
            seats.iter().all(|one| round.accepted.get(one).is_some_and(|by| by.contains(seat)))
        };
        let one = scrutineers.iter().find(|seat| !by(seat))?;
        return Some((Actor::Seat(one.clone()), Command::AcceptMissing { ballot, seats }));
    }
    None
}

fn open(
    state: &State,
    (watch, bent): (&Watch, Bent),
    (b, now): (u16, Timestamp),
) -> Option<(Actor, Command)> {
    let key = state.key.as_ref()?;
    let sum = |round: &Round| sha256_hex(tally(&round.issue.ballot).as_bytes());
    let agreed = |round: &Round| opened(state, round, Vec::new()).factors.len() >= key.threshold as usize;
    // No group is counted before all can be.
    let rounds: Vec<&Round> =
        state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Opening).collect();
    let round = *rounds.iter().find(|round| !agreed(round)).or(rounds.first())?;
    let ballot = &round.issue.ballot;
    let holders: Vec<&SeatId> = key.holders().filter(|seat| !round.released.contains_key(*seat)).collect();
    let here = holders.iter().copied().find(|seat| state.is_present(seat));
    let stays = round.released.is_empty() && b.is_multiple_of(3);
    // One who sits there and does not answer is waited for, and then named.
    let unanswered = silent(state);
    if bent.few_left && round.released.len() == 1 && !watch.saw("silent named") && !unanswered.is_empty() {
        let early = rounds.iter().any(|round| opening_left(state, round, now).is_some());
        let command = match early && !b.is_multiple_of(8) {
            true => Command::Note { text: "a scrutineer's terminal does not answer".to_owned() },
            false => Command::NameSilent { ballot: ballot.clone(), seats: unanswered },
        };
        return Some((Actor::Console, command));
    }
    if let Some(one) = here.filter(|_| bent.few_left && !stays && !watch.saw("unopenable")) {
        return Some(sign_out(one));
    }
    let enough = agreed(round);
    if enough && !b.is_multiple_of(3) {
        return None;
    }
    match here {
        Some(one) => {
            let trustee = key.trustee(one)?;
            // Now and then one of them gives another sum, sometimes the first of all.
            let all_same = round.released.values().all(|there| there.sum == sum(round));
            let other = all_same && b % 8 == 1;
            let about = if other { BallotId::from("another") } else { ballot.clone() };
            let Command::ReleaseFactors { sum, factors, .. } = release(&about, trustee) else { return None };
            let command = Command::ReleaseFactors { ballot: ballot.clone(), sum, factors };
            Some((Actor::Seat(one.clone()), command))
        }
        None if enough => None,
        None => holders.first().map(|seat| sign_in(seat)),
    }
}

/// Anything of this kind, by anyone.
pub fn wild(state: &State, item: ItemId, ballot: BallotId, (kind, a, b): (u16, u16, u16)) -> Command {
    let ceremony = if b.is_multiple_of(9) { 7 } else { state.ceremonies };
    let round = state.round(&ballot).map(|(_, round)| round);
    let place = usize::from(a) % 2;
    let size = state.ceremony.as_ref().map_or(2, |one| one.scrutineers.len()).max(2);
    let made = made(size, if b.is_multiple_of(4) { ceremony + 1 } else { ceremony });
    match kind % 14 {
        0 => Command::MakeKey,
        1 => Command::CertifyKey { ceremony, certificate: Box::new(made.certificates[place].clone()) },
        2 => Command::CommitDealing { ceremony, dealing: made.dealings[place].clone() },
        3 => Command::FixTrustees { ceremony, trustees: made.trustees.clone() },
        4 => Command::ConfirmTrustees { ceremony, trustees: sha256_hex(made.trustees.as_bytes()) },
        5 => Command::CountHeads { item, heads: u32::from(b) % 12 },
        6 | 7 => {
            let head = state.room.head.clone().filter(|_| b.is_multiple_of(2));
            Command::ConfirmRoom { head: head.unwrap_or_else(|| hex(u64::from(b))) }
        }
        8 => {
            let seats = ["m1", "m3", "m5", "i1", "nobody"].map(SeatId::from);
            Command::AcceptMissing { ballot, seats: seats[usize::from(b) % 5..].to_vec() }
        }
        9 if b.is_multiple_of(2) => Command::EndBoxCheck { ballot },
        9 => Command::KeepClosed { ballot },
        10 => {
            let of = if b.is_multiple_of(3) && round.is_some_and(|round| !round.released.is_empty()) {
                BallotId::from("another")
            } else {
                ballot.clone()
            };
            let Command::ReleaseFactors { sum, factors, .. } = release(&of, 1 + u32::from(b) % 3) else {
                return Command::KeepClosed { ballot };
            };
            Command::ReleaseFactors { ballot, sum, factors }
        }
        11 if b.is_multiple_of(4) => Command::ShowFalseFactors {
            seat: SeatId::from(pick(&["m5", "m6", "m7", "m2"], b / 4)),
            tally: tally(&ballot),
            factors: factors(&ballot, 1 + u32::from(b) % 3),
            ballot,
        },
        11 if b % 4 == 1 => {
            let seats = ["m2", "m5", "m6", "m7", "nobody"].map(SeatId::from);
            Command::NameSilent { ballot, seats: seats[usize::from(b) % 5..].to_vec() }
        }
        11 => Command::DeclareUnopenable { ballot },
        12 => {
            let result = result_hash(state.rounds_on_floor());
            Command::SignResult { ballot, result: if b.is_multiple_of(3) { hex(1) } else { result } }
        }
        _ => Command::RefuseResult { ballot, reason: pick(&["no", ""], b).to_owned() },
    }
}

/// Whether a command of the scrutineers without consequences had been carried out before.
pub fn was_done(state: &State, actor: &Actor, command: &Command) -> bool {
    let Some(seat) = actor.seat() else {
        // The box as it is.
        return match command {
            Command::FixBox { ballot, ballots } => {
                state.round(ballot).is_some_and(|(_, round)| *round.ballots == *ballots)
            }
            Command::NameSilent { seats, .. } => seats.iter().all(|one| !silent(state).contains(one)),
            Command::EndBoxCheck { ballot } => {
                state.round(ballot).is_some_and(|(_, round)| round.box_closed_at.is_some())
            }
            _ => false,
        };
    };
    let ceremony = state.ceremony.as_ref();
    let round = command.ballot().and_then(|ballot| state.round(ballot)).map(|(_, round)| round);
    match (command, ceremony, round) {
        (Command::CertifyKey { certificate, .. }, Some(one), _) => {
            one.certificates.get(seat) == Some(&**certificate)
        }
        (Command::CommitDealing { dealing, .. }, Some(one), _) => one.dealings.get(seat) == Some(dealing),
        (Command::ConfirmTrustees { .. }, Some(one), _) => one.confirmed.contains(seat),
        (Command::CountHeads { item, heads }, ..) => {
            state.item_state(item).is_some_and(|item| item.heads.get(seat) == Some(heads))
        }
        (Command::ConfirmRoom { .. }, ..) => state.room.confirmed.contains(seat),
        (Command::AcceptMissing { seats, .. }, _, Some(round)) => seats.iter().all(|one| {
            let accepted = round.accepted.get(one).is_some_and(|by| by.contains(seat));
            accepted || !round.issued.contains_key(one) || round.box_confirmed.contains(one)
        }),
        (Command::ReleaseFactors { sum, factors, .. }, _, Some(round)) => {
            round.released.get(seat).is_some_and(|there| there.sum == *sum && there.factors == *factors)
        }
        (Command::SignResult { .. }, _, Some(round)) => round.sheet.get(seat) == Some(&Sheet::Signed),
        _ => false,
    }
}
