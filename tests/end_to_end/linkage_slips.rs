//! The same for slips: over many meetings, no order that the record or an unmodified hub's disk shows of the seats goes with
//! any order that it shows of the slips of one tick. In which tick a slip came is no secret, and is left out.

use std::collections::BTreeMap;
use std::fs;

use plenum::journal::Line;
use plenum::meeting::{Asker, Event, OfficialStage};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::linkage::{Seen, leaks, places};
use super::review::{asks, lead_to_stage, review, room_without, slips};
use super::room::{Room, soon};

/// So many slips are a statistic. Most meetings have nearly all of theirs in a tick or two; on a slow machine some are alone in
/// theirs, and more meetings are held.
const SLIPS: usize = 90;
const MEETINGS_MAX: u64 = 60;

/// Who writes: everybody but the scrutineers, who have other things to do.
const WRITERS: [&str; 9] = ["m1", "m4", "m5", "m6", "i1", "i2", "i3", "i4", "i5"];

/// The seats that have slips, in the order in which the record names them, with what each had signed blind.
fn issued(lines: &[Line]) -> Vec<(String, String)> {
    let events = lines.iter().filter_map(|line| line.body.as_ref()).flat_map(|body| &body.events);
    events
        .filter_map(|event| match event {
            Event::SlipsIssued { seat, requests, .. } => {
                Some((seat.to_string(), serde_json::to_string(requests).unwrap()))
            }
            _ => None,
        })
        .collect()
}

/// The slips that came in each tick, in the order of the record: their keys and tokens.
fn ticks(lines: &[Line]) -> Vec<Vec<(String, String)>> {
    let of_line = |line: &Line| -> Vec<(String, String)> {
        let events = line.body.iter().flat_map(|body| &body.events);
        events
            .filter_map(|event| match event {
                Event::SlipActed { key, token, .. } => {
                    Some((key.clone(), serde_json::to_string(token).unwrap()))
                }
                _ => None,
            })
            .collect()
    };
    lines.iter().map(of_line).filter(|slips| !slips.is_empty()).collect()
}

/// A meeting in which everybody writes one slip; what is seen of each tick in which enough came to have an order.
async fn meeting(seed: u64) -> Vec<Seen> {
    let mut rng = StdRng::seed_from_u64(seed);
    let room = room_without(&[]).await;
    lead_to_stage(&room, "north", &OfficialStage::Questioning).await;
    for id in WRITERS {
        soon("slips", room.clients[id].until(|view| view.slips_left == Some(2))).await.unwrap();
    }
    let mut sent = WRITERS.to_vec();
    sent.shuffle(&mut rng);
    for id in &sent {
        soon("a slip", room.clients[*id].slip(asks(&format!("by {id}")))).await.unwrap();
    }
    room.until("the slips", |view| {
        view.state.as_ref().is_some_and(|state| slips(state).len() == WRITERS.len())
    })
    .await;
    let state = room.state();
    let author: BTreeMap<&str, &str> = review(&state)
        .questions
        .iter()
        .filter_map(|question| match &question.asker {
            Asker::Slip { key } => Some((key.as_str(), question.text.strip_prefix("by ").unwrap())),
            Asker::Seat { .. } => None,
        })
        .collect();
    no_file_of_the_hub_has_one(&room, author.keys());
    let lines: Vec<Line> = room.lines().iter().map(|line| Line::read(line).unwrap()).collect();
    let issued = issued(&lines);
    let mut seen = Vec::new();
    for slips in ticks(&lines).into_iter().filter(|slips| slips.len() >= 3) {
        let authors: Vec<&str> = slips.iter().map(|(key, _)| author[key.as_str()]).collect();
        let seat = |id: &&str| issued.iter().position(|(seat, _)| seat == id).unwrap();
        let plan = |id: &&str| state.plan().people.iter().position(|person| person.id == **id).unwrap();
        seen.push(Seen {
            seats: BTreeMap::from([
                ("the plan", places(&authors, plan)),
                ("who was issued slips when", places(&authors, seat)),
                ("the requests", places(&authors, |id| issued[seat(id)].1.clone())),
            ]),
            ballots: BTreeMap::from([
                ("the record", (0..slips.len()).collect()),
                ("the keys", places(&slips, |(key, _)| key.clone())),
                ("the tokens", places(&slips, |(_, token)| token.clone())),
            ]),
            cast: places(&authors, |id| sent.iter().position(|one| one == id).unwrap()),
        });
    }
    seen
}

/// Besides the slips that wait for a tick, or have just been published in one, no file of the hub knows of a slip; and those are
/// sorted by their keys.
fn no_file_of_the_hub_has_one<'a>(room: &Room, keys: impl Iterator<Item = &'a &'a str>) {
    let mut keys: Vec<&str> = keys.copied().collect();
    keys.sort_unstable();
    for entry in fs::read_dir(room.dir.join("private")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
        let known: Vec<usize> = keys.iter().filter_map(|key| text.find(key)).collect();
        let waits = path.file_name().unwrap() == "review.slips.json";
        assert!(waits || known.is_empty(), "{}", path.display());
        assert!(known.is_sorted(), "sorted by key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_tells_whose_slip_is_whose() {
    let mut ticks: Vec<Seen> = Vec::new();
    let mut seeds = 0..MEETINGS_MAX;
    while ticks.iter().map(|tick| tick.cast.len()).sum::<usize>() < SLIPS {
        let meetings: Vec<_> = seeds.by_ref().take(3).map(|seed| tokio::spawn(meeting(seed))).collect();
        assert!(
            !meetings.is_empty(),
            "{MEETINGS_MAX} meetings gave only {} ticks with slips enough",
            ticks.len()
        );
        for meeting in meetings {
            ticks.extend(soon("a meeting", meeting).await.unwrap());
        }
    }
    assert_eq!(leaks(&ticks), Vec::<String>::new());

    // Hubs that publish as slips came, or as they were issued, are found.
    type Leak = fn(&mut Seen);
    let hubs: [(&str, Leak); 3] = [
        ("in the order in which they came", |tick| {
            let came = tick.cast.clone();
            tick.ballots.insert("the record", came);
        }),
        ("in the order of issue", |tick| {
            let issued = tick.seats["who was issued slips when"].clone();
            tick.ballots.insert("the record", issued);
        }),
        ("tokens in the order of the plan", |tick| {
            let plan = tick.seats["the plan"].clone();
            tick.ballots.insert("the tokens", plan);
        }),
    ];
    for (what, leak) in hubs {
        let mut leaking = ticks.clone();
        leaking.iter_mut().for_each(leak);
        assert!(!leaks(&leaking).is_empty(), "{what}: not found");
    }
}
