//! Screens find the machine that has taken over, and the one that was the hub is told.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_finds_the_standby_and_believes_the_old_hub_no_more() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut record = Record::new().await;
    record.stood_by_at(&second.address, &second.certificate.pin());
    let mut after = record.clone();
    after.taken_over(false).more(1, 2);
    let proof = after.lines[record.lines.len()].clone();

    let root = tempfile::tempdir().unwrap();
    let enrolled = first.enrolled(&record, &Identity::generate(&mut rng()));
    let store = Store::keep(root.path(), &enrolled).unwrap();
    let (told, mut heard_before) = record.told();
    let hub = first.on(listener, told);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == record.replay.number()).await;
    hub.stop().await;
    let standby = second.on(waiting, after.told().0);
    let all = |view: &View| epoch(view) == 1 && view.chain.number == after.replay.number();
    let view = until(&client, "the standby's record", all).await;
    assert_eq!((&view.link, &view.alarm), (&Link::Connected, &None));
    drop(client);

    // Started again, with the same folder, while only the machine that was the hub is there.
    let (enrolled, store) = found_again(root.path(), &second.address).await;
    assert_eq!(store.hubs().unwrap().takeovers, std::slice::from_ref(&proof));
    standby.stop().await;
    let again = TcpListener::bind(&first.address).await.unwrap();
    let (told, mut heard) = record.told();
    let hub = first.on(again, told);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    let not_any_more = Some(NotTheHub::any_more(first.address.clone()));
    let view = until(&client, "no hub", |view| view.not_the_hub == not_any_more).await;
    assert!(matches!(view.link, Link::Lost { .. }) && view.state.is_none(), "nothing of it is followed");
    let said = soon("the proof", heard.said.recv()).await.unwrap();
    assert!(matches!(&said, ToHub::TakenOver { line } if *line == proof), "{said:?}");
    let before = std::iter::from_fn(|| heard_before.said.try_recv().ok());
    assert!(before.into_iter().all(|said| matches!(said, ToHub::Ping)), "it was no old hub then");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_hub_stops_when_it_is_shown_the_signed_line_and_not_before() {
    let mut room = Room::with(&["m1", "m2"]).await;
    room.stop().await;
    let mut record = Record::of(&room.dir);
    record.stood_by_at("127.0.0.1:9", &"ab".repeat(32));
    record.write_to(&room.dir);
    room.open_again().await;
    let (m1, enrolled) = (room.clients["m1"].clone(), room.console_enrolled.clone());
    until(&m1, "the hub", |view| {
        view.link == Link::Connected && view.state.as_ref().unwrap().standby.is_some()
    })
    .await;
    let mut detached = record.clone();
    detached.detached();

    let mut stranger = record.clone();
    stranger.standby = Identity::generate(&mut rng());
    let wrong = {
        let (epoch, last) = (1, record.replay.seen());
        let take_over = Command::TakeOver { epoch, last, forced: true };
        stranger.written(&Actor::Standby, &take_over, &stranger.standby).text
    };
    let proof = record.clone().taken_over(false).lines.last().unwrap().clone();
    let table = [
        ("another key", wrong, &record, false),
        ("an enrolment", record.lines[record.lines.len() - 2].clone(), &record, false),
        ("the takeover of a record with other lines", Record::proof_of_other_lines(&record), &record, false),
        ("not by force, of a standby that was not waited for", proof.clone(), &detached, false),
        (
            "by force, of a standby that was not waited for",
            record.clone().taken_over(true).lines.last().unwrap().clone(),
            &detached,
            true,
        ),
        ("the line", proof.clone(), &record, true),
    ];
    for (what, line, known, proves) in &table {
        let read = Line::read(line).unwrap();
        assert_eq!(known.replay.is_taken_over_by(&read), *proves, "{what}");
    }
    let mut hand = room.by_hand("m5").await;
    hand.say(&ToHub::TakenOver { line: table[0].1.clone() }).await;
    let note = hand.order(&Command::SignOut { seat: "m5".into() }).await;
    assert!(
        matches!(note, Answer::Done { line: Some(_), .. }),
        "what proves nothing changes nothing: {note:?}"
    );
    let lines = room.lines().len();
    // The standby was never there, and so the hub has detached it meanwhile: only a forced takeover proves something to it.
    hand.say(&ToHub::TakenOver { line: table[4].1.clone() }).await;
    let told = loop {
        match hand.hear().await.unwrap() {
            ToScreen::TurnedAway(away) => break away,
            ToScreen::Lines { .. } | ToScreen::Live(_) | ToScreen::Pong => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told, TurnedAway::TakenOver);
    let away = |view: &View| matches!(view.link, Link::Lost { .. }) && view.not_the_hub.is_some();
    until(&m1, "m1 is sent to look for the standby", away).await;
    let view = room.until("the console is told", |view| matches!(view.link, Link::TurnedAway(_))).await;
    assert_eq!(view.link, Link::TurnedAway(TurnedAway::TakenOver));
    let back = come_back(&enrolled, &HubAt::first(&enrolled), 0).await;
    let told = matches!(back, Err(ConnectFault::TurnedAway(TurnedAway::TakenOver)));
    assert!(told, "{back:?}");
    assert_eq!(room.lines().len(), lines, "nothing is written any more");
}

impl Record {
    fn proof_of_other_lines(record: &Self) -> String {
        let mut other = record.clone();
        other.more(9, 1).taken_over(false);
        other.lines.last().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_screen_makes_of_another_record() {
    let mut common = Record::new().await;
    common.stood_by_at("10.0.0.2:7420", &"ab".repeat(32));
    let own = common.clone().detached().more(1, 2).clone();
    let end = |line: u64, head: &str| Seen { line, head: head.to_owned() };
    let (line, head) = (own.replay.number(), own.replay.hash().to_owned());
    let table = [
        ("the own record", 0, 0, end(line, &head), Standing::Follow),
        ("more lines", 0, 0, end(line + 3, "x"), Standing::Follow),
        // Of the same epoch, the chain tells: as it always has.
        ("fewer lines", 0, 0, end(line - 1, "x"), Standing::Follow),
        ("taken over, and longer", 0, 1, end(line + 1, "x"), Standing::Follow),
        ("taken over, and as long, and another", 0, 1, end(line, "x"), Standing::Afresh),
        ("taken over, and shorter", 0, 1, end(line - 1, "x"), Standing::Afresh),
        ("an earlier hub, however long", 1, 0, end(line + 9, "x"), Standing::Old),
        ("the same epoch, seen before", 1, 1, end(line + 9, "x"), Standing::Follow),
    ];
    for (what, seen, epoch, end, expected) in table {
        let reached = Reached { epoch, end };
        assert_eq!(Standing::of(&own.replay, seen, &reached), expected, "{what}");
    }
    let at = common.replay.number();
    let table = [
        ("the whole record and a takeover", own.clone().taken_over(true).clone(), Compared::Whole),
        ("by force", common.clone().taken_over(true).clone(), Compared::Forced(at)),
        ("not by force", common.clone().taken_over(false).clone(), Compared::Lacking(at)),
        ("no takeover", common.clone().more(5, 1).clone(), Compared::Lacking(at)),
        (
            "by force, and lines before it that are others",
            common.clone().more(5, 2).taken_over(true).clone(),
            Compared::Forced(at),
        ),
    ];
    for (what, other, expected) in table {
        assert_eq!(Compared::of(&own.replay, &other.replay), expected, "{what}");
    }
    // Of the same record nothing is lost; before it there is none.
    assert_eq!(Compared::of(&Replay::new(), &own.replay), Compared::Whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machines_are_tried_in_turn_and_kept() {
    let mut record = Record::new().await;
    let (machine, _) = Machine::new().await;
    let enrolled = machine.enrolled(&record, &Identity::generate(&mut rng()));
    let mut hubs = Hubs::new(&enrolled, None);
    let places = |hubs: &Hubs| hubs.kept().hubs.iter().map(|hub| hub.address.clone()).collect::<Vec<_>>();
    assert!(hubs.is_only_one() && !hubs.turn(), "there is but one");
    assert!(!hubs.learn(record.state()));
    let pin = "ab".repeat(32);
    record.stood_by_at("10.0.0.2:7420", &pin);
    assert!(hubs.learn(record.state()) && !hubs.learn(record.state()));
    assert_eq!(places(&hubs), [machine.address.clone(), "10.0.0.2:7420".to_owned()]);
    assert_eq!(hubs.now().address, machine.address);
    assert!(hubs.turn());
    assert_eq!((hubs.now().address.as_str(), hubs.now().pin.as_str()), ("10.0.0.2:7420", pin.as_str()));
    assert!(!hubs.turn(), "all have been tried");
    assert_eq!(hubs.now().address, machine.address);

    record.taken_over(false);
    let line = Line::read(record.lines.last().unwrap()).unwrap();
    assert!(hubs.note(&line) && !hubs.note(&line), "each takeover once");
    assert!(hubs.learn(record.state()));
    assert_eq!(places(&hubs), ["10.0.0.2:7420".to_owned(), machine.address.clone()], "the hub first");
    assert_eq!((hubs.epoch(), hubs.proof_for(0)), (1, Some(line.text.as_str())));
    assert_eq!(hubs.proof_for(1), None);
    let text = serde_json::to_string(hubs.kept()).unwrap();
    let kept: KeptHubs = serde_json::from_str(&text).unwrap();
    let again = Hubs::new(&enrolled, Some(kept.clone()));
    assert_eq!((again.now().address.as_str(), again.epoch()), ("10.0.0.2:7420", 1));
    // While the record is read again from its beginning, nothing that was known is forgotten.
    let mut again = again;
    assert!(!again.learn(Record::new().await.state()));
    assert_eq!(*again.kept(), kept);
}
