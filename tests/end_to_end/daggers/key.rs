//! The making of the key: dealings that are shown too early, that are not the committed ones, other certificates, another
//! `trustees.json`.

use std::sync::{Arc, Mutex};

use plenum::ballot::Trustees;
use plenum::client::Alarm;
use plenum::client::scrutineer::{KeptShare, ScrutinyDuty, Sent, next_duty};
use plenum::client::store::Store;
use plenum::meeting::{Actor, Ceremony, Command, CommandKind, SeatId, State, sha256_hex};
use plenum::wire::{Answer, ToHub};

use super::super::false_hub::Told;
use super::super::room::{ByHand, Room, person, rng, soon, write_plan_of_three};
use super::{added, hub_identity, make_key, room_of_three, until};

fn duty(state: &State, kept: &KeptShare) -> Result<Option<ScrutinyDuty>, String> {
    next_duty(state, &person("m5"), Some(kept), |_| None, &Sent::default(), &mut rng())
}

/// A making of the key in which m5 has dealt and everybody has committed; what m5 keeps.
async fn all_committed() -> (Room, ByHand, KeptShare, State) {
    let room = Room::of(write_plan_of_three).await.seated(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    let held: Mutex<Option<State>> = Mutex::new(None);
    let making = make_key(&mut hand, |state, _, duty| match duty {
        ScrutinyDuty::HandIn(..) => *held.lock().unwrap() = Some(state.clone()),
        // Nobody is shown a dealing before all have committed to theirs.
        ScrutinyDuty::Give(Command::CommitDealing { .. }) | ScrutinyDuty::Deal => {
            assert!(state.ceremony.as_ref().unwrap().all_dealings().is_none());
        }
        _ => {}
    });
    let ((), kept) = tokio::join!(room.lead_until("a key", |state| state.key.is_some()), making);
    let state = held.into_inner().unwrap().unwrap();
    (room, hand, kept, state)
}

fn making(state: &mut State) -> &mut Ceremony {
    state.ceremony.as_mut().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dealing_is_shown_only_when_all_have_committed() {
    let (_room, _hand, kept, honest) = all_committed().await;
    assert!(matches!(duty(&honest, &kept), Ok(Some(ScrutinyDuty::HandIn(1, _)))));
    for other in ["m2", "m3"] {
        let mut early = honest.clone();
        making(&mut early).dealings.remove(&other.into());
        assert!(matches!(duty(&early, &kept), Ok(None)), "{other} has not committed: nothing is shown");
        let mut kept = kept.clone();
        let seat = "m5".into();
        let fault = kept.accept(early.ceremony.as_ref().unwrap(), &seat, &[], &mut rng()).unwrap_err();
        assert!(fault.contains("not everybody has committed"), "{fault}");
    }
    // A record that holds another dealing as this terminal's.
    let mut other = honest.clone();
    making(&mut other).dealings.insert("m5".into(), sha256_hex(b"another"));
    assert!(duty(&other, &kept).unwrap_err().contains("another dealing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dealing_that_is_not_the_committed_one_is_not_taken() {
    let room = Room::of(write_plan_of_three).await.seated(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    let held: Mutex<Vec<(State, KeptShare, plenum::ballot::Dealing)>> = Mutex::new(Vec::new());
    let watch = |state: &State, kept: Option<&KeptShare>, duty: &ScrutinyDuty| {
        if let ScrutinyDuty::HandIn(_, dealing) = duty {
            held.lock().unwrap().push((state.clone(), kept.unwrap().clone(), (**dealing).clone()));
        }
    };
    let making = make_key(&mut hand, watch);
    tokio::join!(room.lead_until("a key", |state| state.key.is_some()), making);
    // As it was kept before anybody's dealing was taken.
    let (state, kept, own) = held.into_inner().unwrap().pop().unwrap();
    let seat = "m5".into();
    // Three dealings, none of them exchanged unseen: here everybody's is m5's, and two are too few.
    for dealings in [vec![own.clone(), own.clone(), own.clone()], vec![own.clone(), own]] {
        let mut kept = kept.clone();
        let fault = kept.accept(state.ceremony.as_ref().unwrap(), &seat, &dealings, &mut rng()).unwrap_err();
        assert!(fault.contains("not the one that was committed to"), "{fault}");
    }
    // The same through a hub that answers so: the alarm, and no share shown.
    let lines = until(&room.lines(), |state| {
        state.ceremony.as_ref().is_some_and(|ceremony| ceremony.all_dealings().is_some())
    });
    let (mut told, mut listening) = Told::new(room.state().session().as_str(), lines);
    told.answers = std::sync::Arc::new(|said| match said {
        ToHub::Dealing { dealing, .. } => {
            let dealings = vec![(**dealing).clone(); 3];
            Some(plenum::wire::Answer::Dealings { dealings })
        }
        _ => None,
    });
    let mut store = Store::Memory(Default::default());
    store.keep_share(&kept, None, &mut rng()).unwrap();
    let client = told.client(&hand.enrolled.identity, store).await;
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert!(
        matches!(&view.alarm, Some(Alarm::Key(says)) if says.contains("not the one")),
        "{:?}",
        view.alarm
    );
    while let Ok(said) = listening.said.try_recv() {
        assert!(matches!(said, ToHub::Dealing { .. } | ToHub::Ping), "{said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_certificates_and_other_trustees_are_refused() {
    let (room, _hand, kept, _) = all_committed().await;
    let (other_room, ..) = room_of_three().await;
    let other = other_room.state().key.as_ref().unwrap().trustees.clone();
    let lines = until(&room.lines(), |state| {
        state.ceremony.as_ref().is_some_and(|ceremony| ceremony.trustees.is_some())
    });
    let honest = super::followed(&lines).state().unwrap().clone();
    let confirms = duty(&honest, &kept);
    assert!(
        matches!(confirms, Ok(Some(ScrutinyDuty::Give(Command::ConfirmTrustees { .. })))),
        "{confirms:?}"
    );
    // The public parts of another key; certificates exchanged in both; a lower threshold; none at all.
    let exchanged = Trustees::parse(other.as_bytes()).unwrap().certificates().unwrap();
    type Change<'a> = Box<dyn Fn(&mut Ceremony) + 'a>;
    let rows: Vec<(&str, &str, Change)> = vec![
        ("another key", "certificates", Box::new(|making| making.trustees = Some(other.clone()))),
        (
            "another key, and its certificates",
            "own share",
            Box::new(|making| {
                making.trustees = Some(other.clone());
                for (seat, certificate) in making.scrutineers.clone().into_iter().zip(exchanged.clone()) {
                    making.certificates.insert(seat, certificate);
                }
            }),
        ),
        ("one that opens alone", "number of scrutineers", Box::new(|making| making.threshold = 1)),
        ("nothing", "", Box::new(|making| making.trustees = Some("[]".to_owned()))),
    ];
    for (what, says, change) in rows {
        let mut state = honest.clone();
        change(making(&mut state));
        let fault = duty(&state, &kept).unwrap_err();
        assert!(fault.contains(says), "{what}: {fault}");
    }
    // In the record itself a hub cannot write any of it.
    let hub = hub_identity(&room.dir);
    let before = until(&room.lines(), |state| {
        state.ceremony.as_ref().is_some_and(|ceremony| ceremony.all_dealings().is_some())
    });
    let fix = Command::FixTrustees { ceremony: 1, trustees: other.clone() };
    assert_eq!(added(&before, &hub, &Actor::Hub, &fix), "Refused(MalformedKey)");
    let begun = until(&room.lines(), |state| state.ceremony.is_some());
    let certify = Command::CertifyKey { ceremony: 1, certificate: Box::new(exchanged[0].clone()) };
    let says = added(&begun, &hub, &person("m2"), &certify);
    assert!(says.contains("Signature"), "{says}");
    let says = added(&begun, &hub, &Actor::Hub, &certify);
    assert!(says.contains("NoRight"), "{says}");
    let confirm = Command::ConfirmTrustees { ceremony: 1, trustees: sha256_hex(other.as_bytes()) };
    let says = added(&lines, &hub, &person("m3"), &confirm);
    assert!(says.contains("Signature"), "{says}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_whose_answer_overtakes_its_line_does_nothing_twice() {
    let room = Room::of(write_plan_of_three).await.seated(&["m1", "m2", "m3", "m4"]).await;
    let hand = room.by_hand("m5").await;
    room.lead_until("a making", |state| state.ceremony.is_some()).await;
    let lines = until(&room.lines(), |state| state.ceremony.is_some());
    let next = lines.len() as u64 + 1;
    let (mut told, mut listening) = Told::new(room.state().session().as_str(), lines);
    // The certificate is taken, and the line with it is still on its way.
    told.answers = Arc::new(move |said| match said {
        ToHub::Order { .. } => Some(Answer::Done { line: Some(next), code: None, issued: Vec::new() }),
        _ => None,
    });
    let client = told.client(&hand.enrolled.identity, Store::Memory(Default::default())).await;
    let mut given = Vec::new();
    let mut hear = async |given: &mut Vec<CommandKind>| loop {
        if let ToHub::Order { order, .. } = soon("an order", listening.said.recv()).await.unwrap() {
            return given.push(order.command().unwrap().kind());
        }
    };
    hear(&mut given).await;
    let seat = || SeatId::from("m5");
    for command in [Command::SignOut { seat: seat() }, Command::SignIn { seat: seat() }] {
        let (asked, ()) = tokio::join!(client.order(command), hear(&mut given));
        asked.unwrap();
    }
    assert_eq!(given, [CommandKind::CertifyKey, CommandKind::SignOut, CommandKind::SignIn]);
}
