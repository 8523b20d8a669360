//! What a takeover loses is set aside as proof, or not given up at all; and what was done in lines that are gone is done again.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_forced_takeover_lacks_is_set_aside_and_the_meeting_goes_on() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut common = Record::new().await;
    common.stood_by_at(&second.address, &second.certificate.pin());
    let mut before = common.clone();
    before.detached().more(1, 3);
    let mut after = common.clone();
    after.taken_over(true).more(7, 1);

    let root = tempfile::tempdir().unwrap();
    let enrolled = first.enrolled(&common, &Identity::generate(&mut rng()));
    let store = Store::keep(root.path(), &enrolled).unwrap();
    let folder = store.folder().unwrap().to_owned();
    let hub = first.on(listener, before.told().0);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let standby = second.on(waiting, after.told().0);
    hub.stop().await;
    let all = |view: &View| epoch(view) == 1 && view.link == Link::Connected;
    let view = until(&client, "the standby's record", all).await;
    assert_eq!(view.chain.hash, after.replay.hash());
    let Some(Alarm::LinesAside { after: last, lines, file: Some(file) }) = &view.alarm else {
        panic!("{:?}", view.alarm)
    };
    assert_eq!((*last, *lines), (common.replay.number(), 4));
    let kept = fs::read_to_string(folder.join(file)).unwrap();
    let kept: Vec<String> = kept.lines().map(str::to_owned).collect();
    assert_eq!(kept, before.lines[common.lines.len()..], "the lines, as they were written");
    standby.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_takeover_that_lacks_lines_and_does_not_say_so_is_not_followed() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut common = Record::new().await;
    common.stood_by_at(&second.address, &second.certificate.pin());
    let mut before = common.clone();
    before.detached().more(1, 2);
    // Longer than the own record, too: it is not the length that counts.
    let mut after = common.clone();
    after.taken_over(false).more(7, 9);

    let hub = first.on(listener, before.told().0);
    let enrolled = first.enrolled(&common, &Identity::generate(&mut rng()));
    let client = start(enrolled, Store::Memory(Default::default()), Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let standby = second.on(waiting, after.told().0);
    hub.stop().await;
    let view = until(&client, "the alarm", |view| view.alarm.is_some()).await;
    let expected = Alarm::ShorterRecord { after: common.replay.number(), lines: 3 };
    assert_eq!(view.alarm, Some(expected));
    let view = until(&client, "another try", |view| matches!(view.link, Link::Lost { tries: 3.., .. })).await;
    assert_eq!((epoch(&view), view.chain.number), (0, before.replay.number()), "its own record stays");
    // The machine that has taken over says that it was by force.
    standby.stop().await;
    let mut forced = after.clone();
    let (epoch_now, last) = (forced.state().epoch() + 1, forced.replay.seen());
    forced.add(Actor::Hub, Command::TakeOver { epoch: epoch_now, last, forced: true });
    let again = TcpListener::bind(&second.address).await.unwrap();
    let standby = second.on(again, forced.told().0);
    let view = until(&client, "the record that says so", |view| epoch(view) == 2).await;
    let aside = Alarm::LinesAside { after: common.replay.number(), lines: 3, file: None };
    assert_eq!(view.alarm, Some(aside));
    standby.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_has_taken_over_rightly_the_hub_is_the_hub_as_before() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let mut common = Record::new().await;
    common.stood_by_at(&second.address, &second.certificate.pin());
    let mut before = common.clone();
    before.detached();
    let mut after = common.clone();
    after.taken_over(false);

    let hub = first.on(listener, before.told().0);
    let enrolled = first.enrolled(&common, &Identity::generate(&mut rng()));
    let client = client_of(&enrolled);
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let standby = second.on(waiting, after.told().0);
    hub.stop().await;
    until(&client, "the alarm", |view| view.alarm.is_some()).await;
    standby.stop().await;
    let again = TcpListener::bind(&first.address).await.unwrap();
    let _hub = first.on(again, before.told().0);
    until(&client, "the hub", |view| view.link == Link::Connected).await;
}

/// What a terminal says about an order, as it is heard.
async fn heard_order(listening: &mut Listening, kind: CommandKind) -> (u64, Order) {
    loop {
        let said = soon("an order", listening.said.recv()).await.unwrap();
        if let ToHub::Order { ask, order } = said
            && order.command().unwrap().kind() == kind
        {
            return (ask, order);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_on_its_way_goes_again_and_is_signed_anew_only_over_lines_that_are_gone() {
    for forced in [false, true] {
        let (first, listener) = Machine::new().await;
        let (second, waiting) = Machine::new().await;
        let identity = Identity::generate(&mut rng());
        let mut common = Record::new().await;
        common.add(Actor::Hub, Command::Enrol { who: Actor::from("m5"), key: identity.public() });
        common.stood_by_at(&second.address, &second.certificate.pin());
        let mut before = common.clone();
        if forced {
            before.detached().more(1, 1);
        }
        let mut after = common.clone();
        after.taken_over(forced);

        let (told, mut at_first) = before.told();
        let hub = first.on(listener, told);
        let client = client_of(&first.enrolled(&common, &identity));
        until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
        let asked = tokio::spawn(async move { client.order(Command::SignIn { seat: "m5".into() }).await });
        let (_, sent) = heard_order(&mut at_first, CommandKind::SignIn).await;
        let (told, mut at_second) = after.told();
        let answers = |said: &ToHub| matches!(said, ToHub::Order { .. }).then_some(Answer::DONE);
        let standby = second.on(waiting, Told { answers: Arc::new(answers), ..told });
        hub.stop().await;
        let (_, again) = heard_order(&mut at_second, CommandKind::SignIn).await;
        soon("the answer", asked).await.unwrap().unwrap();
        assert_eq!(
            again.hash() == sent.hash(),
            !forced,
            "the same order, unless it names lines that are gone"
        );
        assert!(after.replay.has(&again.seen));
        assert!(!forced || again.counter > sent.counter);
        standby.stop().await;
    }
}

/// A room whose hub, by its record, has had this machine stand by since just before papers are issued; and m5, by hand.
async fn issuing(standby: &Machine) -> (Room, ByHand, Record) {
    let mut room = Room::with_console_key(&["m1", "m2", "m3"]).await;
    let hand = room.by_hand("m5").await;
    room.lead_until("the issue", |state| matches!(next_step(state), Some(Step::OpenIssue(_)))).await;
    room.stop().await;
    let mut record = Record::of(&room.dir);
    record.stood_by_at(&standby.address, &standby.certificate.pin());
    record.write_to(&room.dir);
    room.open_again().await;
    let hand = ByHand::connect(hand.enrolled.clone()).await;
    room.lead_to(RoundPhase::Issuing).await;
    (room, hand, record)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_that_a_forced_takeover_may_have_lost_goes_again_as_the_same_bytes() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let (mut room, mut hand, known) = issuing(&second).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    kept.registered = true;
    let round = hand.round().clone();
    room.stop().await;
    let mut common = Record::of(&room.dir);
    common.standby = known.standby.clone();
    let mut before = common.clone();
    // The hub of this room has found its standby missing, and said so.
    before.more(50, 1);
    let mut after = common.clone();
    after.taken_over(true);

    let root = tempfile::tempdir().unwrap();
    let enrolled =
        Enrolled { identity: hand.enrolled.identity.clone(), ..first.enrolled(&common, &common.hub) };
    let mut store = Store::keep(root.path(), &enrolled).unwrap();
    let ballot = round.issue.ballot.clone();
    store.keep_paper(&ballot, &kept).unwrap();
    // Each machine gives a receipt of its own.
    let fingerprint = fingerprint(&round);
    let receipts = |identity: &Identity| {
        let (identity, session) = (identity.clone(), common.state().session().clone());
        let fingerprint = fingerprint.clone();
        move |act: &Anonymous| {
            let Anonymous::Cast { ballot, bytes, .. } = act else { return None };
            let hash = BallotHash::of(bytes.as_bytes());
            let signature = identity.sign(&proof::receipt_text(&session, ballot, &fingerprint, &hash));
            Some(ToScreen::Receipt(Receipt { ballot: hash, signature }))
        }
    };
    let (told, mut at_first) = before.told();
    let hub = first.on(listener, Told { acts: Arc::new(receipts(&before.hub)), ..told });
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "a paper to mark", |view| view.paper == Paper::Open).await;
    soon("the receipt", client.cast(vec![Choice::Agree, Choice::Abstain])).await.unwrap();
    let sent = soon("the ballot", at_first.acts.recv()).await.unwrap().act;
    let (told, mut at_second) = after.told();
    let standby = second.on(waiting, Told { acts: Arc::new(receipts(&after.hub)), ..told });
    hub.stop().await;
    let again = soon("the ballot again", at_second.acts.recv()).await.unwrap().act;
    let bytes = |act: &Anonymous| match act {
        Anonymous::Cast { bytes, .. } => bytes.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(bytes(&sent), bytes(&again));
    let returned = |view: &View| matches!(view.paper, Paper::Returned { .. }) && epoch(view) == 1;
    let view = until(&client, "returned", returned).await;
    assert!(matches!(view.alarm, Some(Alarm::LinesAside { lines: 1, .. })), "{:?}", view.alarm);
    standby.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_whose_line_is_gone_is_asked_for_anew() {
    let (first, listener) = Machine::new().await;
    let (second, waiting) = Machine::new().await;
    let (mut room, mut hand, known) = issuing(&second).await;
    let kept = hand.take_paper().await;
    room.stop().await;
    let before = Record::of(&room.dir);
    let ballot = hand.round().issue.ballot.clone();
    // Up to the key of the papers, before anybody has one.
    let issuer = before.lines.iter().position(|line| line.contains("\"issuer_published\"")).unwrap();
    let mut after = before.up_to(issuer + 1);
    after.standby = known.standby.clone();
    after.taken_over(true);

    let root = tempfile::tempdir().unwrap();
    let enrolled =
        Enrolled { identity: hand.enrolled.identity.clone(), ..first.enrolled(&before, &before.hub) };
    let mut store = Store::keep(root.path(), &enrolled).unwrap();
    store.keep_paper(&ballot, &kept).unwrap();
    let hub = first.on(listener, before.told().0);
    let client = start(enrolled, store, Pace::seeded(5, 20));
    until(&client, "the record", |view| view.chain.number == before.replay.number()).await;
    let (told, mut at_second) = after.told();
    let standby = second.on(waiting, told);
    hub.stop().await;
    let (_, order) = heard_order(&mut at_second, CommandKind::RequestPapers).await;
    let Command::RequestPapers { papers } = order.command().unwrap() else { panic!() };
    let old = before.state().round(&ballot).unwrap().1.issued[&SeatId::from("m5")].clone();
    assert_eq!(papers.len(), 1);
    assert_ne!(papers[0].request, old, "a fresh one: what unblinds the old one is erased");
    drop(client);
    standby.stop().await;
}

fn fingerprint(round: &Round) -> String {
    let setup = round.setup.as_ref().unwrap();
    Election::parse(setup.election.as_bytes()).unwrap().fingerprint().to_owned()
}
