//! A hostile hub meets an honest terminal: whatever it leaves out, adds or changes, the terminal sounds the alarm.

use std::sync::Arc;

use plenum::archive::{SealBody, Transcript, Witness};
use plenum::ballot::{CredentialSecret, Election, Setup as BallotSetup, Trustees};
use plenum::client::connect::{ConnectFault, come_back, enrol, fresh_identity};
use plenum::client::hubs::HubAt;
use plenum::client::store::{Enrolled, KeptPaper};
use plenum::client::voter::{Duty, Tried, next_duty};
use plenum::client::{Alarm, Client, Link, View};
use plenum::meeting::{AdjournGround, Command, Round, RoundPhase, SeatId, Setup, State, box_hash};
use plenum::rules::Choice;
use plenum::wire::code::SeatCode;
use plenum::wire::{Anonymous, ToHub, ToScreen};

use super::false_hub::{FalseHub, Listening, Told, enrolled_at, told_nothing};
use super::room::{ByHand, MEMBERS, Room, ballot, client_of, papers, person, rng, soon};

/// The lines of a real meeting, and its session.
async fn real_lines() -> (Vec<String>, String) {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    room.give(Command::OpenMeeting).await;
    (room.lines(), room.state().session().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_does_not_know_the_code_is_found_out_and_not_pinned() {
    let told = told_nothing();
    let hub = FalseHub::start(told).await;
    let code = SeatCode::generate(&mut rng());
    let fault = enrol(&hub.host, &code, &fresh_identity()).await.map(|_| ()).unwrap_err();
    assert!(matches!(fault, ConnectFault::FalseHub(_)), "{fault:?}");
    let other = SeatCode::generate(&mut rng()).digest();
    let hub = FalseHub::start(Told { digest: Some(other), ..told_nothing() }).await;
    let fault = enrol(&hub.host, &code, &fresh_identity()).await.map(|_| ()).unwrap_err();
    assert!(matches!(fault, ConnectFault::FalseHub(_)), "{fault:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_with_another_certificate_is_not_talked_to() {
    let room = Room::new().await;
    let enrolled =
        enrol(&room.stage.host(), room.stage.code(&person("m5")).unwrap(), &fresh_identity()).await.unwrap();
    let hub = FalseHub::start(Told::new(enrolled.session.as_str(), room.lines()).0).await;
    let moved = Enrolled { hub: hub.host.clone(), ..enrolled };
    assert!(come_back(&moved, &HubAt::first(&moved), 0).await.is_err());
    let client = client_of(&moved);
    let lost = |view: &View| matches!(view.link, Link::Lost { tries: 2.., .. });
    let view = soon("a terminal that keeps away", client.until(lost)).await.unwrap();
    assert!(view.state.is_none() && view.alarm.is_none());
}

async fn told(lines: Vec<String>, session: &str) -> Client {
    client_of(&enrolled_at(lines, session).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_does_not_hold_is_an_alarm() {
    let (lines, session) = real_lines().await;
    let whole = told(lines.clone(), &session).await;
    let number = lines.len() as u64;
    soon("the true record", whole.until(|view| view.chain.number == number)).await.unwrap();
    assert!(whole.view().alarm.is_none());
    type Tamper = fn(&mut Vec<String>);
    let hands: [(&str, u64, Tamper); 7] = [
        ("a line left out", 3, |lines| drop(lines.remove(2))),
        ("two lines exchanged", 3, |lines| lines.swap(2, 3)),
        ("a line twice", 4, |lines| lines.insert(3, lines[2].clone())),
        ("a changed head", 4, |lines| lines[3] = lines[3].replacen("\"number\":4", "\"number\":5", 1)),
        ("a changed body", 4, |lines| lines[3] = lines[3].replacen("\"events\":[{", "\"events\":[ {", 1)),
        ("another plan", 1, |lines| lines[0] = lines[0].replacen("Emil", "Email", 1)),
        ("no plan", 1, |lines| drop(lines.remove(0))),
    ];
    for (what, place, tamper) in hands {
        let mut false_lines = lines.clone();
        tamper(&mut false_lines);
        assert_ne!(lines, false_lines, "{what}");
        let client = told(false_lines, &session).await;
        let view = soon(what, client.until(|view| view.alarm.is_some())).await.unwrap();
        let Some(Alarm::Record(says)) = &view.alarm else { panic!("{what}: {:?}", view.alarm) };
        assert!(says.contains(&format!("line {place}:")), "{what}: {says}");
        assert!(view.chain.number < place, "{what}: nothing after it is believed");
        let asked = soon("an answer", client.order(Command::SignIn { seat: SeatId::from("m5") })).await;
        assert!(asked.is_err(), "{what}: it is not talked to any more");
    }
}

// ---- the seal -------------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_witnesses_no_other_record_than_its_own() {
    let room = Room::with(&["m1", "m2"]).await;
    room.give(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".to_owned() } }).await;
    let (lines, session) = (room.lines(), room.state().session().clone());
    let sealed = room.until("the seal", |view| view.seal.is_some()).await;
    let body = SealBody {
        format: plenum::archive::FORMAT.to_owned(),
        session: session.clone(),
        rehearsal: true,
        lines: sealed.chain.number,
        head: sealed.chain.hash.clone(),
        files: Vec::new(),
    };
    type Tamper = fn(&mut SealBody);
    let hands: [(&str, bool, Tamper); 5] = [
        ("its own record", true, |_| {}),
        ("another last line", false, |body| body.head = "00".repeat(32)),
        ("a line less", false, |body| body.lines -= 1),
        ("a line more", false, |body| body.lines += 1),
        ("another session", false, |body| body.session = "other".into()),
    ];
    for (what, witnesses, tamper) in hands {
        let mut body = body.clone();
        tamper(&mut body);
        let seal = String::from_utf8(Transcript::begin(body.clone()).bytes()).unwrap();
        let (told, Listening { mut said, .. }) = Told::new(session.as_str(), lines.clone());
        let identity = fresh_identity();
        let client = client_of(&Told { seal: Some(seal), ..told }.enrolled(&identity).await);
        if witnesses {
            let Some(ToHub::Witness { signature, .. }) = soon(what, said.recv()).await else {
                panic!("{what}")
            };
            let witness = Witness { by: person("m5"), key: identity.public(), signature };
            assert!(body.is_witnessed_by(&witness));
            assert!(client.view().alarm.is_none());
            continue;
        }
        let view = soon(what, client.until(|view| view.alarm.is_some())).await.unwrap();
        assert!(matches!(view.alarm, Some(Alarm::OtherRecord { .. })), "{what}: {:?}", view.alarm);
        assert!(soon(what, client.seal()).await.is_err(), "{what}: nor does it sign");
        assert!(said.try_recv().is_err(), "{what}: it says nothing to it");
    }
    room.finish().await;
}

// ---- the list and the box -------------------------------------------------------------------------------------------

/// A terminal by hand at the point where it is to confirm the list.
async fn at_the_list() -> (Room, ByHand, KeptPaper) {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_paper().await;
    hand.act(&hand.registration(&kept)).await;
    kept.registered = true;
    hand.until(RoundPhase::Confirming).await;
    (room, hand, kept)
}

fn round_of(state: &mut State) -> &mut Round {
    state.items[0].rounds.last_mut().unwrap()
}

/// The setup with its parts put together anew, and the hash of what it now is.
fn rewritten(setup: &Setup, change: impl FnOnce(&mut Setup)) -> Setup {
    let mut changed = setup.clone();
    change(&mut changed);
    let election = Election::parse(changed.election.as_bytes()).unwrap();
    let trustees = Trustees::parse(changed.trustees.as_bytes()).unwrap();
    let credentials = changed.admitted.iter().map(|one| one.credential).collect();
    changed.hash = BallotSetup::new(election, trustees, credentials).unwrap().hash();
    changed
}

fn election_with(
    setup: &Setup,
    change: impl FnOnce(&mut String, &mut Vec<plenum::ballot::Question>),
) -> String {
    let election = Election::parse(setup.election.as_bytes()).unwrap();
    let trustees = Trustees::parse(setup.trustees.as_bytes()).unwrap();
    let (mut description, mut questions) = (election.description().to_owned(), election.questions().to_vec());
    change(&mut description, &mut questions);
    let (uuid, name) = (election.uuid().to_owned(), election.name().to_owned());
    let made = Election::new(uuid, name, description, trustees.public_key(), questions).unwrap();
    String::from_utf8(made.bytes().to_vec()).unwrap()
}

fn duty(state: &State, kept: &KeptPaper) -> Option<Duty> {
    next_duty(state, &person("m5"), &papers(kept), &Tried::default())
}

fn objection(state: &State, kept: Option<&KeptPaper>) -> (Alarm, Command) {
    match next_duty(state, &person("m5"), &kept.map(papers).unwrap_or_default(), &Tried::default()) {
        Some(Duty::Objection(alarm, command)) => (alarm, command),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_not_right_is_objected_to() {
    let (_room, hand, kept) = at_the_list().await;
    let honest = hand.state().clone();
    assert!(matches!(duty(&honest, &kept), Some(Duty::Confirm(_))));
    let true_setup = honest.current_round().unwrap().1.setup.clone().unwrap();
    let mine = {
        let bytes = data_encoding::HEXLOWER.decode(kept.credential.as_bytes()).unwrap();
        CredentialSecret::from_bytes(&bytes).unwrap().public()
    };
    let stranger = CredentialSecret::generate(&mut rng()).public();
    let sorted = |setup: &mut Setup| setup.admitted.sort_by_key(|one| one.credential);
    let other_issuer = {
        use plenum::ballot::VoprfIssuer;
        VoprfIssuer::generate(&mut rng()).published().to_string()
    };
    let other_trustees = {
        let key = plenum::ballot::TrusteeKey::generate(&mut rng());
        String::from_utf8(key.single_trustees(&mut rng()).bytes().to_vec()).unwrap()
    };
    let rows: Vec<(&str, &str, Setup)> = vec![
        (
            "the own credential exchanged for a stranger's",
            "own credential is not on the list",
            rewritten(&true_setup, |setup| {
                setup
                    .admitted
                    .iter_mut()
                    .filter(|one| one.credential == mine)
                    .for_each(|one| one.credential = stranger);
                sorted(setup);
            }),
        ),
        (
            "the own credential left out",
            "more credentials than papers",
            rewritten(&true_setup, |setup| setup.admitted.retain(|one| one.credential != mine)),
        ),
        (
            "a credential added",
            "more credentials than papers",
            rewritten(&true_setup, |setup| {
                let mut added = setup.admitted[0].clone();
                added.credential = stranger;
                setup.admitted.push(added);
                sorted(setup);
            }),
        ),
        (
            "another's credential exchanged for one without a paper",
            "admitted without a paper",
            rewritten(&true_setup, |setup| {
                let other = setup.admitted.iter().position(|one| one.credential != mine).unwrap();
                setup.admitted[other].credential = stranger;
                sorted(setup);
            }),
        ),
        (
            "a question changed",
            "not the one on the floor",
            rewritten(&true_setup, |setup| {
                setup.election = election_with(setup, |_, questions| questions.swap(0, 1));
            }),
        ),
        (
            "a question left out",
            "not the one on the floor",
            rewritten(&true_setup, |setup| {
                setup.election = election_with(setup, |_, questions| questions.truncate(1));
            }),
        ),
        (
            "another plan's election",
            "another session, item, round or plan",
            rewritten(&true_setup, |setup| {
                setup.election = election_with(setup, |description, _| description.push('x'));
            }),
        ),
        ("another issuer", "another key", rewritten(&true_setup, |setup| setup.issuer_secret = other_issuer)),
        ("a hash that is not that of the parts", "hash of the setup", {
            let mut setup = (*true_setup).clone();
            setup.hash = plenum::meeting::sha256_hex(b"another");
            setup
        }),
        ("other trustees", "", {
            let mut setup = (*true_setup).clone();
            setup.trustees = other_trustees;
            setup
        }),
        ("no election", "the election does not hold", {
            let mut setup = (*true_setup).clone();
            setup.election = "{}".to_owned();
            setup
        }),
    ];
    for (what, says, setup) in rows {
        let mut state = honest.clone();
        round_of(&mut state).setup = Some(Arc::new(setup));
        let (alarm, command) = objection(&state, Some(&kept));
        assert!(matches!(&alarm, Alarm::List(told) if told.contains(says)), "{what}: {alarm:?}");
        assert!(matches!(command, Command::Object { ballot: about, .. } if about == ballot()), "{what}");
    }
    // A terminal that has lost its credential cannot confirm.
    assert!(matches!(objection(&honest, None).0, Alarm::List(says) if says.contains("lost")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_without_the_own_ballot_is_objected_to() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    let round = hand.round().clone();
    kept.seal(&round, &[Choice::Agree.place(), Choice::Disagree.place()], &mut rng()).unwrap();
    // Sealed and not acknowledged: it is sent again, and misses nothing in the box.
    assert!(matches!(duty(hand.state(), &kept), Some(Duty::Return(_))));
    let unacknowledged = kept.clone();
    let ToScreen::Receipt(receipt) = hand.act(&kept.cast(&round, None).unwrap()).await else {
        panic!("no receipt")
    };
    assert!(kept.is_receipt(&receipt, hand.state(), &round));
    let mut forged = receipt.clone();
    forged.signature.replace_range(..2, if forged.signature.starts_with("00") { "11" } else { "00" });
    assert!(!kept.is_receipt(&forged, hand.state(), &round));
    kept.receipt = Some(receipt);
    room.lead_to(RoundPhase::Sealed).await;
    hand.until(RoundPhase::Sealed).await;
    while !matches!(duty(hand.state(), &kept), Some(Duty::Confirm(_))) {
        hand.hear().await.unwrap();
    }
    let honest = hand.state().clone();
    let confirm = duty(&honest, &kept);
    assert!(matches!(confirm, Some(Duty::Confirm(Command::ConfirmBox { .. }))), "{confirm:?}");
    let mut state = honest.clone();
    let emptied = round_of(&mut state);
    emptied.ballots = Arc::new(Vec::new());
    emptied.box_hash = Some(box_hash(&ballot(), &[]));
    // Once more with its receipt, if it can be; and when the box is as it was, aloud.
    if let Some(Duty::ReturnAgain(again)) = duty(&state, &kept) {
        assert!(matches!(again, Anonymous::Cast { receipt: Some(_), .. }), "{again:?}");
    }
    let tried = Tried { returned_again: [box_hash(&ballot(), &[])].into(), ..Tried::default() };
    let Some(Duty::Objection(alarm, command)) = next_duty(&state, &person("m5"), &papers(&kept), &tried)
    else {
        panic!("no objection")
    };
    let Alarm::BallotMissing { tracker } = alarm else { panic!("{alarm:?}") };
    assert_eq!(tracker, kept.hash.unwrap().tracker());
    assert!(matches!(command, Command::Object { .. }));
    // "Or I cast none": the same message.
    for nothing in [None, Some(&unacknowledged)] {
        let duty =
            next_duty(&state, &person("m5"), &nothing.map(papers).unwrap_or_default(), &Tried::default());
        assert!(matches!(duty, Some(Duty::Confirm(Command::ConfirmBox { .. }))), "{duty:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_made_with_another_key_could_mark_a_seat_and_is_not_taken() {
    use plenum::ballot::{Issuer, VoprfIssuer};
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    hand.catch_up(|state| state.current_round().is_some_and(|(_, round)| round.issuer.is_some())).await;
    let mut kept = KeptPaper::fresh(&mut rng()).unwrap();
    let request = kept.ask(&ballot()).unwrap().request;
    let marked = VoprfIssuer::generate(&mut rng()).issue(&request, &mut rng()).unwrap();
    assert!(kept.take(&marked, hand.round()).is_err());
    assert!(kept.token.is_none() && kept.request.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_stands_in_the_record_and_the_terminal_goes_on() {
    // A terminal whose credential was lost between registration and list: its client objects by itself.
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_paper().await;
    hand.act(&hand.registration(&kept)).await;
    hand.until(RoundPhase::Confirming).await;
    let client = client_of(&hand.enrolled);
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert!(matches!(&view.alarm, Some(Alarm::List(says)) if says.contains("lost")));
    let view = room.until("the objection", |view| !view.state.as_ref().unwrap().objections.is_empty()).await;
    let state = view.state.as_ref().unwrap();
    assert_eq!(state.objections.len(), 1, "once, not at every line");
    assert_eq!(state.objections[0].by, person("m5"));
    // The round is held again for all, and counts.
    room.give(Command::NewRound { ballot: ballot(), reason: "m5 has lost its paper".to_owned() }).await;
    room.lead_until("the second vote", |state| {
        state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Voting)
    })
    .await;
    let state = room.state();
    let (_, round) = state.current_round().unwrap();
    assert_eq!((round.issue.round, round.issued()), (2, MEMBERS.len() as u32));
    soon("its paper", client.until(|view| view.paper == plenum::client::Paper::Open)).await.unwrap();
    soon("its ballot", client.cast(vec![Choice::Agree, Choice::Abstain])).await.unwrap();
    let state = room.finish().await;
    assert_eq!(state.objections.len(), 1);
}
