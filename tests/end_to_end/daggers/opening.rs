//! The opening: a scrutineer's terminal gives factors of one sum, of the box that it has checked itself, and of no round
//! that is void.

use std::sync::Arc;

use plenum::ballot::BallotHash;
use plenum::client::Alarm;
use plenum::client::scrutineer::{KeptFactors, KeptShare, ScrutinyDuty, Sent, next_duty};
use plenum::client::store::Store;
use plenum::meeting::{
    Actor, BallotId, Command, CommandKind, OpenedBox, Round, RoundPhase, State, sha256_hex,
};
use plenum::rules::Choice;
use plenum::wire::{Answer, ToHub, ToScreen};

use super::super::false_hub::{Listening, Told};
use super::super::room::{ByHand, Room, ballot, person, rng, soon};
use super::{added, and, hub_identity, room_of_three, until};

/// A box that is being opened; m5, at a bare connection, holds a share and has given nothing.
struct Opening {
    room: Room,
    hand: ByHand,
    share: KeptShare,
    lines: Vec<String>,
    state: State,
    ballots: Vec<String>,
}

async fn opening() -> Opening {
    let (room, mut hand, share) = room_of_three().await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    kept.seal(&hand.round().clone(), &[0, 1], &mut rng()).unwrap();
    let cast = hand.act(&kept.cast(hand.round(), None).unwrap()).await;
    assert!(matches!(cast, ToScreen::Receipt(_)));
    for id in ["m1", "m2", "m3", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Abstain]).await;
    }
    room.lead_to(RoundPhase::Sealed).await;
    hand.until(RoundPhase::Sealed).await;
    let box_hash = hand.round().box_hash.clone().unwrap();
    hand.order(&Command::ConfirmBox { ballot: ballot(), box_hash }).await;
    room.lead_to(RoundPhase::Counted).await;
    hand.until(RoundPhase::Counted).await;
    let lines = until(&room.lines(), |state| {
        state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Opening)
    });
    let state = super::followed(&lines).state().unwrap().clone();
    let answer = hand.ask(|ask| ToHub::Ballots { ask, ballot: ballot(), from: 0 }).await;
    let Answer::Ballots { ballots } = answer else { panic!("{answer:?}") };
    assert_eq!(ballots.len(), 5);
    Opening { room, hand, share, lines, state, ballots }
}

impl Opening {
    fn factors(&self) -> KeptFactors {
        let bytes: Vec<Vec<u8>> = self.ballots.iter().map(|text| text.clone().into_bytes()).collect();
        let (_, round) = self.state.round(&ballot()).unwrap();
        self.share.open(round, &bytes, &mut rng()).unwrap()
    }

    /// The terminal of m5 at a hub that shows these ballots, keeping this of an earlier opening.
    async fn told(
        &self,
        ballots: Vec<String>,
        kept: Option<KeptFactors>,
    ) -> (plenum::client::Client, Listening) {
        let (mut told, listening) = Told::new(self.state.session().as_str(), self.lines.clone());
        told.answers = Arc::new(move |said| match said {
            ToHub::Ballots { from, .. } => {
                Some(Answer::Ballots { ballots: ballots[(*from as usize).min(ballots.len())..].to_vec() })
            }
            _ => None,
        });
        let mut store = Store::Memory(Default::default());
        store.keep_share(&self.share, None, &mut rng()).unwrap();
        if let Some(kept) = kept {
            store.keep_factors(&ballot(), &kept).unwrap();
        }
        (told.client(&self.hand.enrolled.identity, store).await, listening)
    }

    fn next(&self, change: impl FnOnce(&mut Round), kept: Option<&KeptFactors>) -> Option<ScrutinyDuty> {
        let mut state = self.state.clone();
        change(state.items[0].rounds.last_mut().unwrap());
        let factors = |_: &BallotId| kept.cloned();
        next_duty(&state, &person("m5"), Some(&self.share), factors, &Sent::default(), &mut rng()).unwrap()
    }
}

/// The next command that a terminal gives.
async fn commanded(listening: &mut Listening) -> Command {
    loop {
        if let ToHub::Order { order, .. } = soon("an order", listening.said.recv()).await.unwrap() {
            return order.command().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrutineers_terminal_gives_factors_of_one_sum_of_the_box_it_has_checked() {
    let opening = opening().await;
    let first = opening.factors();

    // The box of the record: checked, and the sum named.
    let (client, mut listening) = opening.told(opening.ballots.clone(), None).await;
    let Command::ReleaseFactors { sum, .. } = commanded(&mut listening).await else { panic!("no factors") };
    assert_eq!(sum, first.sum);
    assert_eq!(client.view().alarm, None);

    // Asked again after a restart: the identical answer, without looking at what the hub shows now.
    let (_client, mut listening) = opening.told(Vec::new(), Some(first.clone())).await;
    let again = commanded(&mut listening).await;
    let factors = sha256_hex(first.factors.as_bytes());
    let identical = Command::ReleaseFactors { ballot: ballot(), sum: first.sum.clone(), factors };
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&identical).unwrap());
    // Even if the record had another box by now.
    let fewer = |round: &mut Round| Arc::make_mut(&mut round.ballots).truncate(1);
    assert_eq!(opening.next(fewer, Some(&first)), Some(ScrutinyDuty::Give(identical)));

    // Another election under the same name: the first stands, and the alarm.
    let other = KeptFactors { election: "another".to_owned(), ..first.clone() };
    let (client, mut listening) = opening.told(opening.ballots.clone(), Some(other)).await;
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert!(
        matches!(&view.alarm, Some(Alarm::Key(says)) if says.contains("another election")),
        "{:?}",
        view.alarm
    );
    while let Ok(said) = listening.said.try_recv() {
        assert!(!matches!(said, ToHub::Order { .. } | ToHub::Factors { .. }), "{said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_that_is_not_the_fixed_one_gets_no_factors_but_an_objection() {
    let opening = opening().await;
    let good = &opening.ballots;
    let digit = good[0].find("\"response\":\"").unwrap() + 13;
    let mut altered = good.clone();
    altered[0].replace_range(digit..=digit, if &good[0][digit..=digit] == "3" { "4" } else { "3" });
    let twice: Vec<String> = good[..4].iter().chain([&good[0]]).cloned().collect();
    let order: Vec<String> = good.iter().rev().cloned().collect();
    let more: Vec<String> = good.iter().chain([&good[4]]).cloned().collect();
    for (what, ballots) in
        [("one altered", altered), ("one twice", twice), ("another order", order), ("one more", more)]
    {
        let (client, mut listening) = opening.told(ballots, None).await;
        let view = soon(what, client.until(|view| view.alarm.is_some())).await.unwrap();
        assert!(
            matches!(&view.alarm, Some(Alarm::Box(says)) if says.contains("not those")),
            "{what}: {:?}",
            view.alarm
        );
        let command = commanded(&mut listening).await;
        assert!(matches!(command, Command::Object { .. }), "{what}: {command:?}");
        while let Ok(said) = listening.said.try_recv() {
            assert!(!matches!(said, ToHub::Factors { .. }), "{what}");
        }
    }
    // Ballots of the fixed box of which one does not hold: a record that a dishonest hub has fixed so.
    let (_, round) = opening.state.round(&ballot()).unwrap();
    let mut false_round = round.clone();
    let mut false_ballots: Vec<Vec<u8>> = good.iter().map(|text| text.clone().into_bytes()).collect();
    false_ballots[0][digit] = if false_ballots[0][digit] == b'3' { b'4' } else { b'3' };
    false_ballots.sort_by_key(|bytes| BallotHash::of(bytes));
    false_round.ballots = Arc::new(false_ballots.iter().map(|bytes| BallotHash::of(bytes)).collect());
    assert!(opening.share.open(&false_round, &false_ballots, &mut rng()).is_err());
    // One ballot under two names, and more ballots than papers.
    let doubled: Vec<Vec<u8>> = (0..2).map(|_| good[0].clone().into_bytes()).collect();
    false_round.ballots = Arc::new(doubled.iter().map(|bytes| BallotHash::of(bytes)).collect());
    assert!(opening.share.open(&false_round, &doubled, &mut rng()).is_err());
    let mut few = round.clone();
    few.issued.pop_first();
    let all: Vec<Vec<u8>> = good.iter().map(|text| text.clone().into_bytes()).collect();
    assert!(opening.share.open(&few, &all, &mut rng()).unwrap_err().contains("more ballots than papers"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_given_before_the_opening_and_nothing_of_a_void_round() {
    let opening = opening().await;
    let first = opening.factors();
    for phase in [
        RoundPhase::Issuing,
        RoundPhase::Confirming,
        RoundPhase::Voting,
        RoundPhase::Sealing,
        RoundPhase::Sealed,
        RoundPhase::Void,
    ] {
        for kept in [None, Some(&first)] {
            assert_eq!(opening.next(|round| round.phase = phase, kept), None, "{phase:?}");
        }
    }
    assert!(matches!(opening.next(|_| {}, None), Some(ScrutinyDuty::CheckBox(_))));
    // A round that another has superseded is not on the floor any more.
    let mut state = opening.state.clone();
    let mut next = state.items[0].rounds[0].clone();
    let mut issue = (*next.issue).clone();
    issue.ballot = "posts-r2".into();
    issue.round = 2;
    next.issue = Arc::new(issue);
    next.phase = RoundPhase::Voting;
    state.items[0].rounds.push(next);
    let asked =
        next_duty(&state, &person("m5"), Some(&opening.share), |_| None, &Sent::default(), &mut rng())
            .unwrap();
    assert_eq!(asked, None);

    // In the record: no second sum, whoever is asked; no result without factors; nothing voids what is being opened.
    let lines = until(&opening.room.lines(), |state| {
        state.current_round().is_some_and(|(_, round)| !round.released.is_empty())
    });
    let hub = hub_identity(&opening.room.dir);
    let release = |sum: &str| Command::ReleaseFactors {
        ballot: ballot(),
        sum: sum.to_owned(),
        factors: sha256_hex(b"factors"),
    };
    let identity = &opening.hand.enrolled.identity;
    let given = and(&lines, identity, &person("m5"), &release(&first.sum));
    let says = added(&given, identity, &person("m5"), &release(&sha256_hex(b"another")));
    assert_eq!(says, "Refused(OtherSum)");
    let says = added(&lines, &hub, &person("m5"), &release(&first.sum));
    assert!(says.contains("Signature"), "{says}");
    let empty = OpenedBox {
        tally: String::new(),
        factors: Vec::new(),
        result: String::new(),
        sums: vec![vec![5, 0, 0], vec![5, 0, 0]],
    };
    let publish = Command::PublishCount { ballot: ballot(), opened: Box::new(empty) };
    assert_eq!(added(&lines, &hub, &Actor::Hub, &publish), "Refused(OtherSum)");
    let console = &opening.room.console_enrolled.identity;
    let anew = Command::NewRound { ballot: ballot(), reason: "I do not like it".to_owned() };
    let says = added(&lines, console, &Actor::Console, &anew);
    assert!(says.contains("NotNow"), "{says}");
    let unopenable = Command::DeclareUnopenable { ballot: ballot() };
    let says = added(&lines, console, &Actor::Console, &unopenable);
    assert!(says.contains("StillOpenable"), "{says}");
    assert_eq!(anew.kind(), CommandKind::NewRound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrutineers_terminal_signs_no_figures_before_it_has_found_them_right() {
    let opening = opening().await;
    let counted =
        |state: &State| state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Counted);
    let honest = until(&opening.room.lines(), counted);
    let state = super::followed(&honest).state().unwrap().clone();
    let opened = state.round(&ballot()).unwrap().1.count.as_ref().unwrap().opened().unwrap().clone();
    // A hub that counts otherwise: the rules have no ground to refuse it, as the sums add up.
    let before = &honest[..honest.len() - 1];
    let mut altered = opened.clone();
    altered.sums[0].rotate_right(1);
    let publish = Command::PublishCount { ballot: ballot(), opened: Box::new(altered) };
    let otherwise = and(before, &hub_identity(&opening.room.dir), &Actor::Hub, &publish);
    assert!(counted(super::followed(&otherwise).state().unwrap()));

    for (lines, holds) in [(honest, true), (otherwise, false)] {
        let (told, mut listening) = Told::new(opening.state.session().as_str(), lines.clone());
        let mut store = Store::Memory(Default::default());
        store.keep_share(&opening.share, None, &mut rng()).unwrap();
        let client = told.client(&opening.hand.enrolled.identity, store).await;
        let there = |view: &plenum::client::View| view.state.as_ref().is_some_and(|state| counted(state));
        let view = soon("the count", client.until(there)).await.unwrap();
        let result = plenum::meeting::result_hash(view.state.as_ref().unwrap().rounds_on_floor());
        // At once: it waits for the terminal's own check.
        let sign = Command::SignResult { ballot: ballot(), result };
        let asked = tokio::spawn(async move { client.order(sign).await.map(|_| ()) });
        if holds {
            assert!(matches!(commanded(&mut listening).await, Command::SignResult { .. }));
            asked.abort();
        } else {
            let refused = soon("a refusal", asked).await.unwrap().unwrap_err().to_string();
            assert!(refused.contains("do not follow"), "{refused}");
            assert!(matches!(commanded(&mut listening).await, Command::Object { .. }));
            while let Ok(said) = listening.said.try_recv() {
                assert!(!matches!(said, ToHub::Order { .. }), "{said:?}");
            }
        }
    }
}
