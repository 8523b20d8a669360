//! A meeting that is adjourned to another day: the hub is stopped between the sittings, terminals find it again with their
//! keys, and other people come.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use plenum::archive::Record;
use plenum::archive::minutes::{Telling, markdown};
use plenum::archive::results::Results;
use plenum::client::{AskError, Link, View};
use plenum::meeting::{Command, Phase, Refusal, RoomTime, RoundPhase, SeatId, Stage};
use plenum::rules::Choice;
use plenum::words::Lang;

use super::room::{MEMBERS, Room, ballot, soon};

/// A week from now, at nine, in a room at Greenwich.
fn next_week() -> RoomTime {
    let day = Timestamp::now().in_tz("UTC").unwrap().date().checked_add(7.days()).unwrap();
    RoomTime { at: day.at(9, 0, 0, 0), utc_offset_minutes: 0 }
}

fn adjourn() -> Command {
    Command::AdjournTo { until: next_week(), reason: "the files are not complete".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_on_another_day_with_other_people_in_the_same_journal() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_until("the deliberation", |state| {
        state.current_item().is_some_and(|item| item.stage == Stage::Deliberating)
    })
    .await;
    let key = room.state().key.clone().unwrap();
    room.give(adjourn()).await;
    let early = room.clients["m2"].order(Command::SignIn { seat: "m2".into() }).await;
    assert_eq!(early, Err(AskError::Refused(Refusal::Recess { until: next_week() })));
    room.stop().await;

    // Another day: the same folder, the same terminals, and no code is needed again.
    room.open_again().await;
    assert_eq!((room.state().phase, room.state().present()), (Phase::Recess, 0));
    room.give(Command::Reconvene).await;
    for id in ["m1", "m2", "m3", "m4"] {
        let client = room.clients[id].clone();
        let back = |view: &View| {
            let called = view.state.as_ref().is_some_and(|state| state.phase == Phase::SigningIn);
            view.link == Link::Connected && called
        };
        soon("the meeting again", client.until(back)).await.unwrap();
        soon("signing in", client.order(Command::SignIn { seat: SeatId::from(id) })).await.unwrap();
    }
    // m5 does not come; a1, who was not there on the first day, enrols today.
    room.join("a1").await;
    room.give(Command::OpenMeeting).await;
    let state = room.state();
    assert_eq!(state.current_item().map(|item| item.stage), Some(Stage::Deliberating));
    assert_eq!(state.trustees(), Some(key.trustees.as_str()), "the scrutineers hold the key that they made");
    room.lead_to(RoundPhase::Issuing).await;
    let refused = room.try_give(adjourn()).await;
    assert!(matches!(refused, Err(AskError::Refused(Refusal::HalfDone { .. }))), "{refused:?}");
    room.lead_to(RoundPhase::Voting).await;
    for id in ["m1", "m2", "m3", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Agree]).await;
    }
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    let record = Record::open(&room.dir).unwrap();
    let minutes = markdown(&record, &Telling { lang: Lang::En, zone: &TimeZone::UTC, sealed: true });
    let told = [
        "Sitting 1",
        "Sitting 2",
        "Attendance: Sitting 2",
        "1. Two posts (continued)",
        "4 of 5 members being present, the quorum was reached and the meeting went on.",
    ];
    for told in told {
        assert!(minutes.contains(told), "{told} is not told: {minutes}");
    }
    let sittings = Results::of(&record).meeting.sittings;
    let present: Vec<Option<u32>> = sittings.iter().map(|sitting| sitting.present).collect();
    assert_eq!(present, [Some(5), Some(4)]);
    assert!(sittings[1].signed_in.contains(&"a1".into()) && !sittings[1].signed_in.contains(&"m5".into()));
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issue.electorate.len(), round.returned()), (4, Some(4)));
}
