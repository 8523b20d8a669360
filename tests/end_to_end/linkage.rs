//! Who cast which ballot cannot be found from what is kept: over many rounds, no order that the archive or an unmodified
//! hub's disk shows of the seats goes with any order that it shows of the ballots. The same statistic finds a leak at once
//! when a hub keeps one.
//!
//! Keys and ballots are of the system's randomness, as always; the order in which people vote is from a seed, and so are
//! the permutations that a statistic is compared with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use plenum::ballot::{BallotHash, PublicCredential};
use plenum::journal::Line;
use plenum::meeting::{BallotId, Command, Event, RoundPhase, SeatId};
use plenum::rules::Choice;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::room::{MEMBERS, Room, soon};

/// Rounds of one meeting; there are [`MEETINGS`] of them.
const ROUNDS: u32 = 12;
const MEETINGS: u64 = 2;

/// So many standard deviations are no chance: about one in two million for each pair of orders.
const FAR: f64 = 5.0;

/// What somebody sees of one round who has archive, disk and patience; and the truth.
#[derive(Default, Clone)]
pub struct Seen {
    /// For each seat its place in each order of the seats.
    pub seats: BTreeMap<&'static str, Vec<usize>>,
    /// For each seat, by the truth, the place of its ballot in each order of the ballots.
    pub ballots: BTreeMap<&'static str, Vec<usize>>,
    /// The order in which people voted: no hub's disk has it.
    pub cast: Vec<usize>,
}

/// The place of each of `items` when they are sorted by `key`.
pub fn places<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|place| key(&items[*place]));
    let mut places = vec![0; items.len()];
    for (rank, place) in order.into_iter().enumerate() {
        places[place] = rank;
    }
    places
}

/// How well two orders of the same round go together: the sum of products of their places.
fn together(one: &[usize], other: &[usize]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a * b) as f64).sum()
}

/// How far the statistic over all rounds is from what chance gives, in standard deviations of 400 permutations.
fn distance(rounds: &[Seen], one: impl Fn(&Seen) -> &[usize], other: impl Fn(&Seen) -> &[usize]) -> f64 {
    let mut rng = StdRng::seed_from_u64(20_270_312);
    let found: f64 = rounds.iter().map(|round| together(one(round), other(round))).sum();
    let chance: Vec<f64> = (0..400)
        .map(|_| {
            rounds
                .iter()
                .map(|round| {
                    let mut shuffled = other(round).to_vec();
                    shuffled.shuffle(&mut rng);
                    together(one(round), &shuffled)
                })
                .sum()
        })
        .collect();
    let mean = chance.iter().sum::<f64>() / chance.len() as f64;
    let variance = chance.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / chance.len() as f64;
    (found - mean).abs() / variance.sqrt()
}

/// The pairs of orders that go together better than chance has it.
pub fn leaks(rounds: &[Seen]) -> Vec<String> {
    let mut found = Vec::new();
    for seats in rounds[0].seats.keys() {
        for ballots in rounds[0].ballots.keys() {
            let far = distance(rounds, |round| &round.seats[seats], |round| &round.ballots[ballots]);
            if far > FAR {
                found.push(format!("{seats} and {ballots}: {far:.1}"));
            }
        }
    }
    for ballots in rounds[0].ballots.keys() {
        let far = distance(rounds, |round| &round.cast, |round| &round.ballots[ballots]);
        if far > FAR {
            found.push(format!("the order of voting and {ballots}: {far:.1}"));
        }
    }
    found
}

/// One ballot of the box.
struct Held {
    slot: usize,
    hash: BallotHash,
    credential: PublicCredential,
    length: usize,
}

fn the_box(dir: &Path, ballot: &BallotId) -> Vec<Held> {
    let bytes = fs::read(dir.join(format!("private/{ballot}.box"))).unwrap();
    let slots = super::daggers::slots(&bytes, MEMBERS.len());
    slots
        .into_iter()
        .enumerate()
        .map(|(slot, text)| {
            let text = text.expect("all have voted");
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let credential = serde_json::from_value(value["credential"].clone()).unwrap();
            Held { slot, hash: BallotHash::of(text.as_bytes()), credential, length: text.len() }
        })
        .collect()
}

/// The seats in the order in which the record names them in events of a kind.
fn order_in(events: &[Event], seat: impl Fn(&Event) -> Option<&SeatId>) -> Vec<usize> {
    let named: Vec<&str> = events.iter().filter_map(seat).map(SeatId::as_str).collect();
    MEMBERS
        .iter()
        .map(|id| named.iter().position(|one| one == id).unwrap_or_else(|| panic!("{id} is not named")))
        .collect()
}

fn events(lines: &[String], from: usize) -> Vec<Event> {
    let read = |line: &String| Line::read(line).unwrap().body.map(|body| body.events).unwrap_or_default();
    lines[from..].iter().flat_map(read).collect()
}

/// A round up to its checked box, and what is seen of it.
async fn round(room: &Room, number: u32, rng: &mut StdRng) -> Seen {
    let from = room.lines().len();
    room.lead_until("the vote", |state| {
        let round = state.current_round().map(|(_, round)| round);
        round.is_some_and(|round| round.issue.round == number && round.phase == RoundPhase::Voting)
    })
    .await;
    let ballot = room.state().current_round().unwrap().1.issue.ballot.clone();
    let mut cast = MEMBERS.to_vec();
    cast.shuffle(rng);
    let mut hashes = BTreeMap::new();
    for id in &cast {
        let choices = [0, 1].map(|_| Choice::ALL[rng.random_range(0..3)]);
        room.vote(id, choices).await;
        let tracker = room.tracker(id).await;
        hashes.insert(*id, tracker);
    }
    room.lead_until("the checked box", |state| {
        let round = state.round(&ballot).unwrap().1;
        round.phase == RoundPhase::Sealed && round.box_confirmed.len() == MEMBERS.len()
    })
    .await;
    let held = the_box(&room.dir, &ballot);
    let lines = room.lines();
    no_line_is_about_one_ballot(&lines[from..], &held);
    no_other_file_is_about_one(&room.dir, &ballot, &held);
    let events = events(&lines, from);
    let seats = BTreeMap::from([
        ("the plan", (0..MEMBERS.len()).collect()),
        (
            "who was issued a paper when",
            order_in(&events, |event| match event {
                Event::PaperIssued { seat, .. } => Some(seat),
                _ => None,
            }),
        ),
        (
            "the requests",
            places(&MEMBERS, |id| {
                let round = room.state().round(&ballot).unwrap().1.clone();
                serde_json::to_string(&round.issued[&SeatId::from(*id)]).unwrap()
            }),
        ),
        (
            "who confirmed the list when",
            order_in(&events, |event| match event {
                Event::ListConfirmed { seat, .. } => Some(seat),
                _ => None,
            }),
        ),
        (
            "who confirmed the box when",
            order_in(&events, |event| match event {
                Event::BoxConfirmed { seat, .. } => Some(seat),
                _ => None,
            }),
        ),
    ]);
    // By the truth: the ballot of each seat.
    let own: Vec<&Held> = MEMBERS
        .iter()
        .map(|id| held.iter().find(|held| held.hash.tracker() == hashes[id]).unwrap())
        .collect();
    let listed = events.iter().find_map(|event| match event {
        Event::ListFixed { setup, .. } => Some(setup.admitted.clone()),
        _ => None,
    });
    let listed = listed.unwrap();
    let token = |held: &Held| {
        let admitted = listed.iter().find(|admitted| admitted.credential == held.credential).unwrap();
        serde_json::to_string(&admitted.token).unwrap()
    };
    let on_list = |held: &Held| listed.iter().position(|one| one.credential == held.credential).unwrap();
    let ballots = BTreeMap::from([
        ("the slots", places(&own, |held| held.slot)),
        ("the hashes", places(&own, |held| held.hash)),
        ("the credentials", places(&own, |held| on_list(held))),
        ("the tokens", places(&own, |held| token(held))),
        ("the lengths", places(&own, |held| (held.length, held.hash))),
    ]);
    let cast = MEMBERS.iter().map(|id| cast.iter().position(|one| one == id).unwrap()).collect();
    Seen { seats, ballots, cast }
}

/// A line of the record tells of all ballots, or of none: no time and no neighbour belongs to one of them.
fn no_line_is_about_one_ballot(lines: &[String], held: &[Held]) {
    let written = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let hashes: Vec<String> =
        held.iter().map(|held| written(serde_json::to_value(held.hash).unwrap())).collect();
    let credentials: Vec<String> =
        held.iter().map(|held| written(serde_json::to_value(held.credential).unwrap())).collect();
    for line in lines {
        for names in [&hashes, &credentials] {
            let named = names.iter().filter(|name| line.contains(*name)).count();
            assert!(named == 0 || named == held.len(), "{named} of them in one line: {line:.200}");
        }
    }
}

/// Besides the box and the papers, no private file knows of a ballot or a credential; the papers are sorted, and both are
/// files with one time for all.
fn no_other_file_is_about_one(dir: &Path, ballot: &BallotId, held: &[Held]) {
    for entry in fs::read_dir(dir.join("private")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
        let places: Vec<usize> = held
            .iter()
            .filter_map(|held| {
                let credential = serde_json::to_value(held.credential).unwrap();
                text.find(credential.as_str().unwrap())
            })
            .collect();
        let named = places.len();
        if name == format!("{ballot}.box") {
            assert_eq!(named, held.len());
        } else if name == format!("{ballot}.papers.json") {
            assert!(named == 0 || named == held.len());
            let mut sorted: Vec<(PublicCredential, usize)> =
                held.iter().map(|held| held.credential).zip(places).collect();
            sorted.sort();
            assert!(sorted.is_sorted_by_key(|(_, place)| *place), "sorted by credential");
        } else {
            assert_eq!(named, 0, "{name}");
        }
    }
}

/// A meeting that votes again and again.
async fn meeting(seed: u64) -> Vec<Seen> {
    let mut rng = StdRng::seed_from_u64(seed);
    let room = Room::with_console_key(&MEMBERS).await;
    let mut seen = Vec::new();
    for number in 1..=ROUNDS {
        seen.push(round(&room, number, &mut rng).await);
        if number < ROUNDS {
            let ballot = room.state().current_round().unwrap().1.issue.ballot.clone();
            room.give(Command::NewRound { ballot, reason: "once more".to_owned() }).await;
        }
    }
    room.finish().await;
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_tells_whose_ballot_is_whose() {
    let meetings = (0..MEETINGS).map(|seed| tokio::spawn(meeting(seed)));
    let mut rounds = Vec::new();
    for meeting in meetings.collect::<Vec<_>>() {
        rounds.extend(soon("a meeting", meeting).await.unwrap());
    }
    assert_eq!(rounds.len() as u64, MEETINGS * u64::from(ROUNDS));
    assert_eq!(leaks(&rounds), Vec::<String>::new());

    // Hubs that keep what they must not are found: slots filled one after the other, papers in the order of issue,
    // ballots in the order of the plan, confirmations that come as the ballots do. And one that leaks half of the time.
    type Leak = fn(&mut Seen);
    let hubs: [(&str, Leak); 4] = [
        ("slots one after the other", |round| {
            let cast = round.cast.clone();
            round.ballots.insert("the slots", cast);
        }),
        ("papers as they were issued", |round| {
            let issued = round.seats["who was issued a paper when"].clone();
            round.ballots.insert("the credentials", issued);
        }),
        ("ballots in the order of the plan", |round| {
            let plan = round.seats["the plan"].clone();
            round.ballots.insert("the hashes", plan);
        }),
        ("confirmations in the order of the slots, backwards", |round| {
            let slots = round.ballots["the slots"].iter().map(|slot| MEMBERS.len() - 1 - slot).collect();
            round.seats.insert("who confirmed the box when", slots);
        }),
    ];
    for (what, leak) in hubs {
        let mut leaking = rounds.clone();
        leaking.iter_mut().for_each(leak);
        assert!(!leaks(&leaking).is_empty(), "{what}: not found");
        // Three rounds of four suffice.
        let mut leaking = rounds.clone();
        for (place, round) in leaking.iter_mut().enumerate() {
            if place % 4 != 3 {
                leak(round);
            }
        }
        assert!(!leaks(&leaking).is_empty(), "{what}, most of the time: not found");
    }
}
