//! A scrutineer who gives false factors of the true sum, just when another one's terminal is gone: everybody sees by whom,
//! and the box is opened by the next or declared unopenable. Nobody else can be charged with it.

use std::time::Duration;

use plenum::archive::verify::{What, verify};
use plenum::client::AskError;
use plenum::client::scrutineer::KeptFactors;
use plenum::meeting::{
    Actor, Command, Refusal, RoundPhase, SeatId, State, Step, VoidReason, next_step, sha256_hex,
};
use plenum::rules::Choice;
use plenum::wire::{Answer, ToHub};

use super::super::room::{ByHand, Room, ballot, person, rng, soon, write_plan_of_three};
use super::super::scrutineers::{back, in_folder};
use super::{added, and, hub_identity, make_key, until};

/// A box that is being opened: m2 has given what holds, the terminal of m3 is gone, and m5, at a bare connection, gives what
/// does not.
struct Stuck {
    room: Room,
    hand: ByHand,
    /// What m5 ought to have given.
    good: KeptFactors,
    /// What m5 gave.
    bad: String,
    /// The record before m5 gave anything.
    before: Vec<String>,
    sum: String,
}

async fn stuck(home: &std::path::Path) -> Stuck {
    let mut room = Room::of(write_plan_of_three).await.seated(&["m1", "m2", "m4"]).await;
    in_folder(&mut room, home, "m3").await;
    let mut hand = room.by_hand("m5").await;
    let ready = room.lead_until("a key", |state| state.key.is_some());
    let ((), share) = tokio::join!(ready, make_key(&mut hand, |_, _, _| {}));
    room.lead_to(RoundPhase::Issuing).await;
    hand.until(RoundPhase::Issuing).await;
    hand.order(&Command::DeclinePaper { ballot: ballot() }).await;
    room.lead_to(RoundPhase::Voting).await;
    for id in ["m1", "m2", "m3", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Abstain]).await;
    }
    room.lead_to(RoundPhase::Sealed).await;
    let confirmed = |state: &State| state.round(&ballot()).unwrap().1.box_confirmed.len() == 4;
    room.until("the box confirmed", |view| confirmed(view.state.as_ref().unwrap())).await;
    room.kill("m3");
    room.lead_to(RoundPhase::Opening).await;
    room.until("the factors of m2", |view| gave(view.state.as_ref().unwrap(), "m2")).await;
    hand.catch_up(|state| gave(state, "m2")).await;

    let answer = hand.ask(|ask| ToHub::Ballots { ask, ballot: ballot(), from: 0 }).await;
    let Answer::Ballots { ballots } = answer else { panic!("{answer:?}") };
    let bytes: Vec<Vec<u8>> = ballots.into_iter().map(String::into_bytes).collect();
    let good = share.open(hand.round(), &bytes, &mut rng()).unwrap();
    let checked: Vec<_> = {
        let setup = hand.round().election().unwrap();
        bytes.iter().map(|bytes| setup.check_ballot(bytes).unwrap()).collect()
    };
    let tally = plenum::ballot::tally(&hand.round().election().unwrap(), &checked).unwrap();
    let digit = good.factors.rfind(|sign: char| sign.is_ascii_digit()).unwrap();
    let mut bad = good.factors.clone();
    bad.replace_range(digit..=digit, if &bad[digit..=digit] == "1" { "2" } else { "1" });
    let before = room.lines();
    let release = release(&good.sum, &bad);
    assert!(matches!(hand.order(&release).await, Answer::Done { .. }));
    let sum = String::from_utf8(tally.bytes()).unwrap();
    Stuck { room, hand, good, bad, before, sum }
}

fn gave(state: &State, id: &str) -> bool {
    state.round(&ballot()).is_some_and(|(_, round)| round.has_given(&SeatId::from(id)))
}

fn release(sum: &str, factors: &str) -> Command {
    let (sum, factors) = (sum.to_owned(), sha256_hex(factors.as_bytes()));
    Command::ReleaseFactors { ballot: ballot(), sum, factors }
}

impl Stuck {
    /// The bytes go to the hub, and the hub shows them to everybody.
    async fn hand_in(&mut self) {
        let factors = self.bad.clone();
        let answer = self.hand.ask(|ask| ToHub::Factors { ask, ballot: ballot(), factors }).await;
        assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
        let shown = |state: &State| {
            let round = state.round(&ballot()).unwrap().1;
            round.false_factors.iter().eq(&[SeatId::from("m5")])
        };
        self.room.until("what m5 gave", |view| shown(view.state.as_ref().unwrap())).await;
        let member = self.room.clients["m1"].clone();
        soon("the same at a member's", member.until(|view| shown(view.state.as_ref().unwrap())))
            .await
            .unwrap();
    }

    fn show(&self, seat: &str, tally: &str, factors: &str) -> Command {
        let (tally, factors) = (tally.to_owned(), factors.to_owned());
        Command::ShowFalseFactors { ballot: ballot(), seat: seat.into(), tally, factors }
    }
}

fn declare() -> Command {
    Command::DeclareUnopenable { ballot: ballot() }
}

#[tokio::test(flavor = "multi_thread")]
async fn false_factors_are_shown_to_all_and_the_next_scrutineer_opens_the_box() {
    let home = tempfile::tempdir().unwrap();
    let mut stuck = stuck(home.path()).await;
    stuck.hand_in().await;
    let refused = stuck.room.try_give(declare()).await;
    assert_eq!(refused, Err(AskError::Refused(Refusal::StillOpenable { left: 2, needed: 2 })));
    // What was given is given.
    let again = stuck.hand.order(&release(&stuck.good.sum, &stuck.good.factors)).await;
    assert!(matches!(again, Answer::Refused(Refusal::OtherSum)), "{again:?}");

    // The terminal of m3 comes back.
    let (_, client) = back(&stuck.room, home.path()).await;
    soon("a locked safe", client.until(|view| view.locked)).await.unwrap();
    let code = stuck.room.stage.code(&person("m3")).unwrap().clone();
    soon("the code", client.unlock(code)).await.unwrap();
    stuck.room.take_seat("m3", client);
    stuck.room.lead_to(RoundPhase::Counted).await;
    let state = stuck.room.state();
    let opened = state.round(&ballot()).unwrap().1.count.as_ref().unwrap().opened().unwrap().clone();
    assert_eq!(opened.factors.iter().map(|factors| factors.trustee).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(opened.sums, [[4, 0, 0], [0, 0, 4]]);
    stuck.room.lead_until("the end", |state| state.ended_at.is_some()).await;
    stuck.room.seal().await;
    let hub = stuck.room.hub.take().unwrap();
    soon("the hub's end", hub).await.unwrap();
    let report = verify(&stuck.room.dir);
    assert_eq!(report.faults, []);
    let told = |what: &What| matches!(what, What::LeftOut { false_factors, silent, .. } if false_factors.len() == 1 && silent.is_empty());
    assert!(report.checks.iter().any(|check| told(&check.what)), "{:?}", report.checks);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_terminal_dead_the_box_is_unopenable_and_no_hub_can_charge_somebody_else() {
    let home = tempfile::tempdir().unwrap();
    let mut stuck = stuck(home.path()).await;
    // A hub that cheats: honest factors are not false, and others than were released prove nothing.
    let hub = hub_identity(&stuck.room.dir);
    let honest = and(
        &stuck.before,
        &stuck.hand.enrolled.identity,
        &person("m5"),
        &release(&stuck.good.sum, &stuck.good.factors),
    );
    let charge = |lines: &[String], command: &Command| added(lines, &hub, &Actor::Hub, command);
    let of = |seat: &str, factors: &str| stuck.show(seat, &stuck.sum, factors);
    assert_eq!(charge(&honest, &of("m5", &stuck.good.factors)), "Refused(FactorsHold)");
    for other in [of("m5", &stuck.bad), of("m2", &stuck.bad), of("m3", &stuck.bad), of("m2", "")] {
        assert_eq!(charge(&honest, &other), "Refused(OtherSum)");
    }
    let false_ones = until(&stuck.room.lines(), |state| gave(state, "m5"));
    assert_eq!(charge(&false_ones, &of("m5", &stuck.bad)), "followed");
    stuck.hand_in().await;

    // m3 sits there and the terminal is dead: named, after a while, and not waited for.
    let name = Command::NameSilent { ballot: ballot(), seats: vec!["m2".into(), "m3".into()] };
    while let Err(error) = stuck.room.try_give(name.clone()).await {
        let AskError::Refused(Refusal::BoxStillChecked { seconds }) = error else { panic!("{error:?}") };
        tokio::time::sleep(Duration::from_secs(seconds.into())).await;
    }
    let named = |state: &State| state.round(&ballot()).unwrap().1.silent.iter().eq(&[SeatId::from("m3")]);
    stuck.room.until("m3 named", |view| named(view.state.as_ref().unwrap())).await;
    assert_eq!(next_step(&stuck.room.state()), Some(Step::DeclareUnopenable(ballot())));
    stuck.room.give(declare()).await;
    let void = stuck.room.state().round(&ballot()).unwrap().1.void.clone();
    assert_eq!(void, Some(VoidReason::Unopenable { left: 1, needed: 2 }));
}
