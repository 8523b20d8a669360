//! The opening of a box with real factors, true and false: what three scrutineers do in any order leaves no box stuck, and
//! charges nobody with what is not theirs.

use std::sync::{Arc, OnceLock};

use jiff::SignedDuration;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::scrutiny_refusals::{ballot, nothing_follows, person, refused, with_key};
use crate::ballot::{
    self, CeremonyKey, Certificates, CredentialSecret, Election, EncryptedTally, Marks, TrusteeKey, new_uuid,
    tally,
};
use crate::meeting::key_sample::THREE;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, Command, Event, Factors, OpenedBox, Refusal, SeatId, Setup, Step, VoidReason, decide,
    election_description, election_name, enough_released, next_step, openers_left, opening_left,
    paper_questions, sha256_hex, silent,
};
use crate::words::Lang;

/// What a scrutineer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// Factors that hold.
    True,
    /// Those of another share, a digit altered, or what is no factors at all.
    False,
    /// The hash of another sum.
    OtherSum,
}

/// A key of three, of whom two open, and the sum of a box under it.
struct Real {
    shares: Vec<TrusteeKey>,
    setup: ballot::Setup,
    sum: EncryptedTally,
}

impl Real {
    fn make(sample: &Sample) -> Self {
        let mut rng = StdRng::seed_from_u64(7);
        let keys: Vec<CeremonyKey> = THREE.iter().map(|_| CeremonyKey::generate(&mut rng)).collect();
        let certify = |(place, key): (u32, &CeremonyKey)| key.certify(3, 2, place, &mut rng);
        let certificates = Certificates::new(2, (1..).zip(&keys).map(certify).collect()).unwrap();
        let dealings: Vec<_> = keys.iter().map(|key| key.deal(&certificates, &mut rng).unwrap()).collect();
        let inboxes = certificates.inboxes(&dealings).unwrap();
        let accepted = keys.iter().zip(&inboxes).map(|(key, inbox)| {
            let (share, receipt) = key.accept(&certificates, inbox, &mut rng).unwrap();
            (share, receipt.public())
        });
        let (shares, proofs): (Vec<_>, Vec<_>) = accepted.unzip();
        let trustees = certificates.finish(&dealings, &proofs).unwrap();
        let issue = &sample.state.current_round().unwrap().1.issue;
        let election = Election::new(
            new_uuid(&mut rng),
            election_name(&sample.state, issue),
            election_description(&sample.state, issue),
            trustees.public_key(),
            paper_questions(&sample.state, issue),
        );
        let secret = CredentialSecret::generate(&mut rng);
        let setup = ballot::Setup::new(election.unwrap(), trustees, vec![secret.public()]).unwrap();
        let marks = Marks(setup.election().questions().iter().map(|_| vec![1, 0, 0]).collect());
        let cast = setup.encrypt(&secret, &marks, &mut rng).unwrap();
        let sum = tally(&setup, &[setup.check_ballot(&cast.bytes).unwrap()]).unwrap();
        Self { shares, setup, sum }
    }

    fn sum(&self) -> String {
        String::from_utf8(self.sum.bytes()).unwrap()
    }

    /// What the scrutineer of this place hands in, the same whenever it is asked.
    fn gives(&self, place: usize, gives: Gives) -> (String, String) {
        let by = |place: usize| {
            let mut rng = StdRng::seed_from_u64(place as u64);
            let factors = self.shares[place].decrypt(&self.setup, &self.sum, &mut rng);
            String::from_utf8(factors.bytes()).unwrap()
        };
        match (gives, place) {
            (Gives::True, _) => (self.sum(), by(place)),
            (Gives::OtherSum, _) => ("another sum".to_owned(), by(place)),
            (Gives::False, 0) => (self.sum(), by(1)),
            (Gives::False, 1) => {
                let mut factors = by(1);
                let digit = factors.rfind(|sign: char| sign.is_ascii_digit()).unwrap();
                let other = if &factors[digit..=digit] == "1" { "2" } else { "1" };
                factors.replace_range(digit..=digit, other);
                (self.sum(), factors)
            }
            (Gives::False, _) => (self.sum(), "\u{1b}[2J no factors".to_owned()),
        }
    }
}

/// A box that is being opened under a real key, and what that is.
fn opening() -> (Sample, &'static Real) {
    static REAL: OnceLock<Real> = OnceLock::new();
    let mut sample = Sample::keyed(Lang::En).until(Point::ScrutineersApproved);
    sample.make_key();
    let mut sample = sample.further(Point::ScrutineersApproved, Point::Opening);
    let real = REAL.get_or_init(|| Real::make(&sample));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let round = sample.state.items.iter_mut().find_map(|item| item.rounds.last_mut()).unwrap();
    let setup = round.setup.as_mut().unwrap();
    let admitted = real.setup.credentials().iter().map(|credential| crate::meeting::Admitted {
        credential: *credential,
        token: super::common::read(&"00".repeat(64)),
    });
    *setup = Arc::new(Setup {
        election: text(real.setup.election().bytes()),
        trustees: text(real.setup.trustees().bytes()),
        admitted: admitted.collect(),
        ..(**setup).clone()
    });
    (sample, real)
}

fn release((sum, factors): &(String, String)) -> Command {
    let hash = |text: &str| sha256_hex(text.as_bytes());
    Command::ReleaseFactors { ballot: ballot(), sum: hash(sum), factors: hash(factors) }
}

fn show(place: usize, (tally, factors): &(String, String)) -> Command {
    let (tally, factors) = (tally.clone(), factors.clone());
    Command::ShowFalseFactors { ballot: ballot(), seat: THREE[place].into(), tally, factors }
}

fn name_silent(seats: &[&str]) -> Command {
    Command::NameSilent { ballot: ballot(), seats: seats.iter().map(|seat| SeatId::from(*seat)).collect() }
}

fn count(real: &Real, by: &[usize]) -> Command {
    let factors = by
        .iter()
        .map(|place| Factors { trustee: *place as u32 + 1, factors: real.gives(*place, Gives::True).1 });
    let (factors, result, sums) = (factors.collect(), String::new(), vec![vec![7, 0, 0]; 5]);
    let opened = Box::new(OpenedBox { tally: real.sum(), factors, result, sums });
    Command::PublishCount { ballot: ballot(), opened }
}

fn left(sample: &Sample) -> Option<(u32, u32)> {
    openers_left(&sample.state, sample.state.current_round().unwrap().1)
}

fn declare() -> Command {
    Command::DeclareUnopenable { ballot: ballot() }
}

#[test]
fn false_factors_are_shown_by_their_own_bytes_and_by_nothing_else() {
    for (place, id) in THREE.into_iter().enumerate() {
        let (mut sample, real) = opening();
        let given = real.gives(place, Gives::False);
        refused(&sample, &Actor::Hub, &show(place, &given), Refusal::OtherSum);
        sample.order(&person(id), release(&given));
        assert_eq!(left(&sample), Some((3, 2)));
        // Only the hub, only with what was released, only while the box is being opened.
        let no_right = Refusal::NoRight { command: show(place, &given).kind() };
        refused(&sample, &person(id), &show(place, &given), no_right.clone());
        refused(&sample, &Actor::Console, &show(place, &given), no_right);
        let other = (place + 1) % 3;
        for wrong in [
            show(place, &(given.0.clone(), format!("{} ", given.1))),
            show(place, &("another sum".to_owned(), given.1.clone())),
            show(place, &real.gives(place, Gives::True)),
            show(other, &given),
        ] {
            refused(&sample, &Actor::Hub, &wrong, Refusal::OtherSum);
        }
        let events = sample.try_order(&Actor::Hub, &show(place, &given)).unwrap();
        let seat = SeatId::from(id);
        assert_eq!(events, [Event::FalseFactorsShown { ballot: ballot(), seat: seat.clone() }]);
        nothing_follows(&sample, &Actor::Hub, &show(place, &given));
        assert_eq!(left(&sample), Some((2, 2)));
        // What was given is given: no other comes in its place.
        refused(&sample, &Actor::Seat(seat), &release(&real.gives(place, Gives::True)), Refusal::OtherSum);
    }
    // Factors that hold are no false ones, whoever says so.
    let (mut sample, real) = opening();
    let given = real.gives(0, Gives::True);
    sample.order(&person("m5"), release(&given));
    refused(&sample, &Actor::Hub, &show(0, &given), Refusal::FactorsHold);
    // With the console's key there is nobody to show.
    let sample = Sample::new(Lang::En).until(Point::Opening);
    refused(&sample, &Actor::Hub, &show(0, &given), Refusal::ConsoleHoldsKey);
    refused(&sample, &Actor::Console, &name_silent(&["m5"]), Refusal::ConsoleHoldsKey);
}

#[test]
fn a_box_with_false_factors_is_opened_by_the_others_or_declared_unopenable() {
    let (mut sample, real) = opening();
    let (bad, good) = (real.gives(0, Gives::False), real.gives(1, Gives::True));
    sample.order(&person("m5"), release(&bad));
    sample.order(&person("m6"), release(&good));
    let enough = |sample: &Sample| enough_released(&sample.state, sample.state.current_round().unwrap().1);
    assert!(enough(&sample));
    refused(&sample, &Actor::Console, &declare(), Refusal::StillOpenable { left: 3, needed: 2 });
    sample.order(&Actor::Hub, show(0, &bad));
    assert!(!enough(&sample));
    assert_eq!(next_step(&sample.state), Some(Step::AwaitCount(ballot())));
    let mut lost = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
    // The third opens it with the second; the first one's factors open nothing, whatever they would say.
    sample.order(&person("m7"), release(&real.gives(2, Gives::True)));
    for by in [&[0, 1][..], &[0, 1, 2], &[1]] {
        refused(&sample, &Actor::Hub, &count(real, by), Refusal::OtherSum);
    }
    sample.order(&Actor::Hub, count(real, &[1, 2]));
    // Or the third is lost for good.
    lost.order(&person("m7"), Command::SignOut { seat: "m7".into() });
    assert_eq!(next_step(&lost.state), Some(Step::DeclareUnopenable(ballot())));
    lost.console(declare());
    let void = lost.state.current_round().unwrap().1.void.clone();
    assert_eq!(void, Some(VoidReason::Unopenable { left: 1, needed: 2 }));
}

#[test]
fn who_sits_there_and_does_not_answer_is_named_after_a_while() {
    let (mut sample, real) = opening();
    let given = real.gives(0, Gives::True);
    sample.order(&person("m5"), release(&given));
    let seconds = opening_left(&sample.state, sample.state.current_round().unwrap().1, sample.now).unwrap();
    assert_eq!(seconds, 100);
    let all = name_silent(&["m5", "m6", "m7"]);
    refused(&sample, &Actor::Console, &all, Refusal::BoxStillChecked { seconds });
    sample.now += SignedDuration::from_secs(99);
    refused(&sample, &Actor::Console, &all, Refusal::BoxStillChecked { seconds: 1 });
    sample.now += SignedDuration::from_secs(1);
    let no_right = Refusal::NoRight { command: all.kind() };
    refused(&sample, &person("m5"), &all, no_right.clone());
    refused(&sample, &Actor::Hub, &all, no_right);
    sample.order(&person("m7"), Command::SignOut { seat: "m7".into() });
    // Of those who are asked for, only who holds a share, is here and has given nothing.
    assert_eq!(silent(&sample.state), [SeatId::from("m6")]);
    let events =
        sample.try_order(&Actor::Console, &name_silent(&["m2", "m5", "m6", "m7", "nobody"])).unwrap();
    assert_eq!(events, [Event::SilentNamed { ballot: ballot(), seats: vec!["m6".into()] }]);
    nothing_follows(&sample, &Actor::Console, &all);
    assert_eq!((left(&sample), silent(&sample.state)), (Some((1, 2)), Vec::new()));
    assert_eq!(next_step(&sample.state), Some(Step::DeclareUnopenable(ballot())));
    let mut void = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
    void.console(declare());
    // Who answers after all counts again: nobody is silenced by having been named.
    sample.order(&person("m6"), release(&real.gives(1, Gives::True)));
    assert_eq!(left(&sample), Some((2, 2)));
    refused(&sample, &Actor::Console, &declare(), Refusal::StillOpenable { left: 2, needed: 2 });
    sample.order(&Actor::Hub, count(real, &[0, 1]));
}

#[test]
fn a_rehearsal_waits_a_second_before_somebody_is_named() {
    let mut sample = with_key(Point::Opening).rehearsal();
    assert!(
        sample.now
            > sample.state.current_round().unwrap().1.opening_at.unwrap() - SignedDuration::from_secs(1)
    );
    sample.now += SignedDuration::from_secs(1);
    sample.console(name_silent(&["m5"]));
}

/// One thing that happens while a box is being opened.
#[derive(Debug, Clone, Copy)]
enum Move {
    Gives(usize, Gives),
    Leaves(usize),
    ComesBack(usize),
    Named(usize),
    Waits,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let gives = prop_oneof![3 => Just(Gives::True), 2 => Just(Gives::False), 1 => Just(Gives::OtherSum)];
    let one = prop_oneof![
        4 => (0..3_usize, gives).prop_map(|(place, gives)| Move::Gives(place, gives)),
        2 => (0..3_usize).prop_map(Move::Leaves),
        1 => (0..3_usize).prop_map(Move::ComesBack),
        2 => (0..3_usize).prop_map(Move::Named),
        1 => Just(Move::Waits),
    ];
    proptest::collection::vec(one, 1..16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_opening_is_stuck_and_nobody_is_charged_with_what_is_not_theirs(moves in moves()) {
        let (mut sample, real) = opening();
        let mut given: [Option<Gives>; 3] = [None; 3];
        let (mut here, mut named) = ([true; 3], [false; 3]);
        for one in moves {
            match one {
                Move::Gives(place, gives) => {
                    let bytes = real.gives(place, gives);
                    let answer = sample.try_order(&person(THREE[place]), &release(&bytes));
                    match given[place] {
                        None => {
                            prop_assert!(answer.is_ok());
                            given[place] = Some(gives);
                            named[place] = false;
                        }
                        Some(before) if before == gives => prop_assert_eq!(answer, Ok(Vec::new())),
                        Some(_) => prop_assert_eq!(answer, Err(Refusal::OtherSum)),
                    }
                    // The hub shows what is false of the true sum, at once, and can show nothing else.
                    let shown = sample.try_order(&Actor::Hub, &show(place, &real.gives(place, Gives::False)));
                    prop_assert_eq!(shown.is_ok(), given[place] == Some(Gives::False));
                    let honest = sample.try_order(&Actor::Hub, &show(place, &real.gives(place, Gives::True)));
                    prop_assert!(honest.is_err());
                }
                Move::Leaves(place) if here[place] => {
                    sample.order(&person(THREE[place]), Command::SignOut { seat: THREE[place].into() });
                    here[place] = false;
                }
                Move::ComesBack(place) if !here[place] => {
                    sample.sign_in(&[THREE[place]]);
                    here[place] = true;
                }
                Move::Named(place) => {
                    let round = sample.state.current_round().unwrap().1;
                    let early = opening_left(&sample.state, round, sample.now).is_some();
                    let answer = sample.try_order(&Actor::Console, &name_silent(&[THREE[place]]));
                    prop_assert_eq!(answer.is_err(), early);
                    let awaited = here[place] && given[place].is_none() && !named[place];
                    prop_assert_eq!(answer.is_ok_and(|events| !events.is_empty()), awaited && !early);
                    named[place] |= awaited && !early;
                }
                Move::Waits => sample.now += SignedDuration::from_secs(120),
                Move::Leaves(_) | Move::ComesBack(_) => {}
            }
            let gave = |what: Gives| given.iter().filter(|one| **one == Some(what)).count();
            let awaited = (0..3).filter(|place| here[*place] && given[*place].is_none() && !named[*place]).count();
            let able = gave(Gives::True).max(gave(Gives::OtherSum)) + awaited;
            prop_assert_eq!(left(&sample), Some((able as u32, 2)));
            let may = decide(&sample.state, &Actor::Console, &declare(), sample.now);
            prop_assert_eq!(may.is_ok(), able < 2);
            // Never stuck: it can be counted, or somebody is awaited, or it can be declared unopenable.
            let all: Vec<usize> = (0..3).filter(|place| given[*place] == Some(Gives::True)).collect();
            let counted = decide(&sample.state, &Actor::Hub, &count(real, &all), sample.now);
            prop_assert_eq!(counted.is_ok(), all.len() >= 2);
            let agreed_on_another = gave(Gives::OtherSum) >= 2;
            prop_assert!(counted.is_ok() || awaited > 0 || may.is_ok() || agreed_on_another);
            for place in (0..3).filter(|place| given[*place] != Some(Gives::True)) {
                let with = [all.as_slice(), &[place]].concat();
                prop_assert!(decide(&sample.state, &Actor::Hub, &count(real, &with), sample.now).is_err());
            }
        }
    }
}
