//! What scrutineers and terminals attest cannot be altered unseen: the key, the threshold, what opened the box, the sheet,
//! the room code, and the chain that every order was signed over.

use std::fs;

use super::tamper::{
    assert_fault, faults, is_other_record, line_of, rechain, rechain_as_machine, rechain_together, resign,
};
use crate::archive::bel::{bel_path, election};
use crate::archive::sample::{Sample, console_holds_key};
use crate::archive::verify::{FaultKind, KeyHolder, What, verify};
use crate::archive::{PLAN, TRANSCRIPT, Transcript};
use crate::ballot::{
    BelWriter, CredentialSecret, Marks, PaperRequest, PartialDecryption, TrusteeKey, combine, open_bel, tally,
};
use crate::journal::{FILE_NAME, Line};
use crate::meeting::{Actor, Admitted, BallotId, Command, Event, Order, Seen, sha256_hex};
use crate::words::Lang;

const COUNTED: &str = "posts-r2";

fn place() -> String {
    bel_path(&BallotId::from(COUNTED))
}

fn at(place: usize) -> String {
    format!("{FILE_NAME}:{}", place + 1)
}

fn says(words: &'static str) -> impl Fn(&FaultKind) -> bool {
    move |what| matches!(what, FaultKind::Record { detail } if detail.contains(words))
}

fn event_mut(lines: &mut [Line], place: usize) -> &mut Event {
    lines[place].body.as_mut().unwrap().events.first_mut().unwrap()
}

fn order_mut(lines: &mut [Line], place: usize) -> &mut Order {
    lines[place].body.as_mut().unwrap().order.as_mut().unwrap()
}

/// The lines with an order replaced by its signer's, over another command.
fn reordered(sample: &Sample, lines: &mut [Line], place: usize, by: &Actor, command: &Command) {
    let session = sample.state().session().clone();
    let order = order_mut(lines, place);
    let Order { actor, counter, seen, .. } = order.clone();
    *order = sample.identity(by).order(&session, actor, counter, seen, command).unwrap();
}

#[test]
fn keys_and_attestations_are_told() {
    let sample = Sample::sealed(Lang::En, 80);
    let report = verify(sample.dir());
    assert_eq!(report.faults, []);
    let told = |is: &dyn Fn(&What) -> bool| report.checks.iter().any(|check| is(&check.what));
    assert!(told(&|what| {
        matches!(what, What::Key { holder: KeyHolder::Scrutineers, threshold: 2, of: 3, weak: false, .. })
    }));
    assert!(told(&|what| matches!(what, What::Opened { openers: 2, trustees: 3, .. })));
    assert!(told(&|what| {
        matches!(what, What::Papers { issued: 5, confirmed: 5, box_confirmed: 4, accepted: 1, .. })
    }));
    assert!(told(&|what| {
        matches!(what, What::Sheet { signed, refused, .. } if signed.len() == 2 && refused.len() == 1)
    }));
    assert!(told(&|what| matches!(what, What::Heads { present: 5, by, .. } if by.len() == 3)));
    assert!(told(&|what| matches!(what, What::Room { by, .. } if by.len() == 2)));
    assert!(told(&|what| matches!(what, What::Orders { signers: 8, .. })));

    let sample = Sample::begin_from(console_holds_key, Lang::En, 81).hold(Lang::En);
    sample.write();
    sample.seal();
    let report = verify(sample.dir());
    assert_eq!(report.faults, []);
    let console = |what: &What| matches!(what, What::Key { holder: KeyHolder::Console, single: true, .. });
    assert!(report.checks.iter().any(|check| console(&check.what)));
}

/// Each threshold is lowered by those who have every key, so that the rules alone can object.
#[test]
fn a_threshold_lowered() {
    let mut sample = Sample::sealed(Lang::En, 82);
    let fixed = line_of(&sample, |event| matches!(event, Event::TrusteesFixed { .. }));
    let begun = line_of(&sample, |event| matches!(event, Event::KeyBegun { .. }));

    // In what the record says was begun.
    let mut lines = sample.lines.clone();
    if let Event::KeyBegun { threshold, .. } = event_mut(&mut lines, begun) {
        *threshold = 1;
    }
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(begun), says("other events follow"));

    // In trustees.json, by the hub's order and the event.
    let mut lines = sample.lines.clone();
    let Event::TrusteesFixed { ceremony, trustees } = event_mut(&mut lines, fixed) else { panic!() };
    let lowered = trustees.replace("\"threshold\":2", "\"threshold\":1");
    assert_ne!(lowered, *trustees);
    let (ceremony, command) = (*ceremony, lowered.clone());
    *trustees = lowered;
    reordered(&sample, &mut lines, fixed, &Actor::Hub, &Command::FixTrustees { ceremony, trustees: command });
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(fixed), says("MalformedKey"));

    // In the plan, and in the record's copy of it.
    let plan = fs::read_to_string(sample.path(PLAN)).unwrap();
    let other = plan.replace("meeting.small", "meeting.threshold = 3\nmeeting.small");
    fs::write(sample.path(PLAN), &other).unwrap();
    resign(&sample);
    assert_fault(&sample, PLAN, |what| *what == FaultKind::PlanDiffers);
    let mut lines = sample.lines.clone();
    if let Event::Frozen(frozen) = event_mut(&mut lines, 0) {
        frozen.plan = crate::plan::SessionFolder::new(sample.dir()).read_plan().unwrap();
        frozen.plan_hash = sha256_hex(other.as_bytes());
    }
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(begun), says("other events follow"));
}

#[test]
fn a_scrutineers_certificate_substituted() {
    let mut sample = Sample::sealed(Lang::En, 83);
    let other = Sample::sealed(Lang::En, 84);
    let certified = line_of(&sample, |event| matches!(event, Event::KeyCertified { .. }));
    let foreign = other.lines[certified].body.clone().unwrap();
    let Some(Event::KeyCertified { certificate: substitute, .. }) = foreign.events.first() else { panic!() };
    let mut lines = sample.lines.clone();
    let Event::KeyCertified { ceremony, certificate, .. } = event_mut(&mut lines, certified) else {
        panic!()
    };
    certificate.clone_from(substitute);
    let ceremony = *ceremony;
    // The hub alone cannot sign it for the scrutineer.
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(certified), says("other events follow"));
    let command = Command::CertifyKey { ceremony, certificate: substitute.clone() };
    reordered(&sample, &mut lines, certified, &Actor::Hub, &command);
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(certified), says("the signature is not by the key of m2"));
    // And if the scrutineer helps, it does not fit the others' trustees.json.
    reordered(&sample, &mut lines, certified, &Actor::from("m2"), &command);
    rechain_together(&mut sample, lines);
    let fixed = line_of(&sample, |event| matches!(event, Event::TrusteesFixed { .. }));
    assert_fault(&sample, &at(fixed), says("MalformedKey"));
}

/// The counted archive with other factors, of the same sum.
fn with_factors(
    sample: &mut Sample,
    factors: impl Fn(&mut Sample, Vec<(u32, PartialDecryption)>) -> Vec<(u32, PartialDecryption)>,
) {
    let ballot = BallotId::from(COUNTED);
    let contents = open_bel(&fs::read(sample.path(&place())).unwrap()).unwrap();
    let setup = election(sample.state().round(&ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
    let checked: Vec<_> = contents.ballots.iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
    let sums = tally(&setup, &checked).unwrap();
    let honest = sample.factors(&setup, &sums);
    let outcome = combine(&setup, &sums, &honest, checked.len()).unwrap();
    let partials = factors(sample, honest);
    let mut bel = BelWriter::begin(&setup, contents.timestamp_seconds);
    for ballot in &contents.ballots {
        bel.ballot(ballot);
    }
    bel.end_ballots();
    bel.encrypted_tally(&sums);
    for (trustee, partial) in &partials {
        bel.partial_decryption(*trustee, partial);
    }
    bel.result(&outcome);
    fs::write(sample.path(&place()), bel.into_bytes()).unwrap();
    resign(sample);
}

#[test]
fn a_share_or_a_factor_altered() {
    let mut sample = Sample::sealed(Lang::En, 85);
    // Of another share: they do not fit what the scrutineer proved to hold.
    let altered = |sample: &mut Sample, mut partials: Vec<(u32, PartialDecryption)>| {
        let stranger = TrusteeKey::generate(&mut sample.rng);
        let ballot = BallotId::from(COUNTED);
        let setup = election(sample.state().round(&ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
        let contents = open_bel(&fs::read(sample.path(&place())).unwrap()).unwrap();
        let checked: Vec<_> =
            contents.ballots.iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
        let sums = tally(&setup, &checked).unwrap();
        partials[1].1 = stranger.decrypt(&setup, &sums, &mut sample.rng);
        partials
    };
    with_factors(&mut sample, altered);
    let of_3 = |what: &FaultKind| matches!(what, FaultKind::Bel { detail } if detail.contains("partial decryption 2: trustee 3"));
    assert_fault(&sample, &place(), of_3);
    assert_fault(&sample, &place(), |what| matches!(what, FaultKind::BelReleased { by } if by == "June Day"));
    assert_fault(&sample, &place(), |what| *what == FaultKind::BelFactors);

    // Valid factors, made anew: not those that the terminals said they give.
    let mut sample = Sample::sealed(Lang::En, 86);
    with_factors(&mut sample, |_, partials| partials);
    assert_eq!(
        faults(&sample),
        [
            (place(), FaultKind::BelFactors),
            (place(), FaultKind::BelReleased { by: "Ben Okoro".into() }),
            (place(), FaultKind::BelReleased { by: "June Day".into() }),
        ]
    );

    // One alone does not open.
    let mut sample = Sample::sealed(Lang::En, 87);
    with_factors(&mut sample, |_, partials| partials[..1].to_vec());
    assert_fault(&sample, &place(), |what| matches!(what, FaultKind::Bel { .. }));

    // In the record: the line that counts, and the line of the scrutineer who gave them.
    let mut sample = Sample::sealed(Lang::En, 88);
    let counted = line_of(&sample, |event| matches!(event, Event::Counted { .. }));
    let mut lines = sample.lines.clone();
    let Event::Counted { ballot, opened, .. } = event_mut(&mut lines, counted) else { panic!() };
    let digit = opened.factors[1].factors.rfind(|digit: char| digit.is_ascii_digit()).unwrap();
    opened.factors[1].factors.replace_range(digit..=digit, "x");
    let command = Command::PublishCount { ballot: ballot.clone(), opened: opened.clone() };
    reordered(&sample, &mut lines, counted, &Actor::Hub, &command);
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(counted), says("OtherSum"));
    let released = line_of(&sample, |event| matches!(event, Event::FactorsReleased { .. }));
    let mut lines = sample.lines.clone();
    if let Event::FactorsReleased { factors, .. } = event_mut(&mut lines, released) {
        *factors = sha256_hex(b"others");
    }
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(released), says("other events follow"));
}

#[test]
fn a_tally_altered_in_the_record() {
    let mut sample = Sample::sealed(Lang::En, 89);
    let counted = line_of(&sample, |event| matches!(event, Event::Counted { .. }));
    // The sums alone, then with the order behind them and all keys: the box says otherwise.
    let mut lines = sample.lines.clone();
    let Event::Counted { ballot, opened, outcomes } = event_mut(&mut lines, counted) else { panic!() };
    opened.sums[1] = vec![3, 0, 0];
    outcomes[1].count.agree = 3;
    (outcomes[1].count.disagree, outcomes[1].count.abstain) = (0, 0);
    let command = Command::PublishCount { ballot: ballot.clone(), opened: opened.clone() };
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(counted), says("other events follow"));
    reordered(&sample, &mut lines, counted, &Actor::Hub, &command);
    rechain_as_machine(&mut sample, lines.clone());
    let sheet = line_of(&sample, |event| matches!(event, Event::ResultSigned { .. }));
    assert_fault(&sample, &at(sheet), is_other_record);
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &place(), |what| *what == FaultKind::BelSums);
}

/// A credential and a ballot of somebody whom nobody issued a paper.
#[test]
fn a_fresh_credential_and_its_ballot() {
    let mut sample = Sample::sealed(Lang::En, 90);
    let ballot = BallotId::from(COUNTED);
    let written = sample.state().round(&ballot).unwrap().1.setup.clone().unwrap();
    let setup = election(&written).unwrap();
    let contents = open_bel(&fs::read(sample.path(&place())).unwrap()).unwrap();

    // Only the ballot: its credential is on no list.
    let secret = CredentialSecret::generate(&mut sample.rng);
    let listed = [setup.credentials(), &[secret.public()]].concat();
    let wider = crate::ballot::Setup::new(
        crate::ballot::Election::parse(written.election.as_bytes()).unwrap(),
        crate::ballot::Trustees::parse(written.trustees.as_bytes()).unwrap(),
        listed,
    )
    .unwrap();
    let marks = Marks(vec![vec![1, 0, 0], vec![1, 0, 0]]);
    let added = wider.encrypt(&secret, &marks, &mut sample.rng).unwrap().bytes;
    let mut bel = BelWriter::begin(&setup, contents.timestamp_seconds);
    for ballot in contents.ballots.iter().chain([&added]) {
        bel.ballot(ballot);
    }
    bel.end_ballots();
    fs::write(sample.path(&place()), bel.into_bytes()).unwrap();
    resign(&sample);
    assert_fault(
        &sample,
        &place(),
        |what| matches!(what, FaultKind::Bel { detail } if detail.contains("credential")),
    );
    assert_fault(&sample, &place(), |what| matches!(what, FaultKind::BelBallotExtra { .. }));

    // The credential too, with a token of another issuer's, in the record.
    let mut sample = Sample::sealed(Lang::En, 90);
    let fixed = sample.lines.iter().rposition(|line| {
        let events = &line.body.as_ref().unwrap().events;
        events.iter().any(|event| matches!(event, Event::ListFixed { .. }))
    });
    let fixed = fixed.unwrap();
    let issuer = crate::ballot::VoprfIssuer::generate(&mut sample.rng);
    let request = PaperRequest::new(&secret.public(), &mut sample.rng).unwrap();
    let answer = crate::ballot::Issuer::issue(&issuer, request.request(), &mut sample.rng).unwrap();
    let token = request.finish(&answer, &crate::ballot::Issuer::public_key(&issuer)).unwrap();
    let mut lines = sample.lines.clone();
    let Event::ListFixed { ballot, setup } = event_mut(&mut lines, fixed) else { panic!() };
    setup.admitted[0] = Admitted { credential: secret.public(), token };
    setup.admitted.sort_by_key(|admitted| admitted.credential);
    let command = Command::FixList { ballot: ballot.clone(), setup: setup.clone() };
    reordered(&sample, &mut lines, fixed, &Actor::Hub, &command);
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(fixed + 1), is_other_record);
    rechain_together(&mut sample, lines.clone());
    let forged = secret.public().to_string();
    assert_fault(
        &sample,
        FILE_NAME,
        |what| matches!(what, FaultKind::Token { credential, .. } if *credential == forged),
    );
    assert_fault(&sample, FILE_NAME, |what| matches!(what, FaultKind::SetupHash { .. }));

    // One more than papers were issued.
    let Event::ListFixed { ballot, setup } = event_mut(&mut lines, fixed) else { panic!() };
    let again = setup.admitted[0].clone();
    setup.admitted.insert(0, again);
    let command = Command::FixList { ballot: ballot.clone(), setup: setup.clone() };
    reordered(&sample, &mut lines, fixed, &Actor::Hub, &command);
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(fixed), says("MalformedSetup"));
}

/// A line is removed, moved or edited, by the machine with its keys: the next order of a terminal has seen the other record.
#[test]
fn the_chain_rewritten_by_the_machine() {
    let mut sample = Sample::sealed(Lang::En, 91);
    let whole = sample.lines.clone();
    let by_seat =
        |from: usize| (from..whole.len()).find(|place| whole[*place].head.actor.seat().is_some()).unwrap();
    let deferred = line_of(&sample, |event| matches!(event, Event::Deferred { .. }));
    let resumed = line_of(&sample, |event| matches!(event, Event::Resumed));
    let suspended = line_of(&sample, |event| matches!(event, Event::Suspended { .. }));

    // Two lines of the console that cancel out are taken away.
    let mut lines = whole.clone();
    lines.remove(resumed);
    lines.remove(suspended);
    rechain_as_machine(&mut sample, lines);
    assert_fault(&sample, &at(by_seat(resumed) - 2), is_other_record);

    // An order of the console is given another content.
    let mut lines = whole.clone();
    let Event::Deferred { item, line, reason } = event_mut(&mut lines, deferred) else { panic!() };
    *reason = "nothing".into();
    let command = Command::Defer { item: item.clone(), line: line.clone(), reason: reason.clone() };
    reordered(&sample, &mut lines, deferred, &Actor::Console, &command);
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(by_seat(deferred)), is_other_record);
    // Without keys it is the line itself.
    let mut edited = whole.clone();
    if let Event::Deferred { reason, .. } = event_mut(&mut edited, deferred) {
        *reason = "nothing".into();
    }
    rechain(&mut sample, edited);
    assert_fault(&sample, &at(deferred), says("other events follow"));
    // Every order after it is named, not only the first.
    rechain_as_machine(&mut sample, lines);
    let named = faults(&sample).into_iter().filter(|(_, what)| is_other_record(what)).count();
    assert!(named > 10, "{named}");
}

#[test]
fn a_room_confirmation_or_a_head_count_removed() {
    let mut sample = Sample::sealed(Lang::En, 92);
    let whole = sample.lines.clone();
    for is in
        [(|event: &Event| matches!(event, Event::RoomConfirmed { .. })) as fn(&Event) -> bool, |event| {
            matches!(event, Event::HeadsCounted { .. })
        }]
    {
        let place = line_of(&sample, is);
        let mut lines = whole.clone();
        lines.remove(place);
        rechain_as_machine(&mut sample, lines.clone());
        assert_fault(&sample, &at(place), is_other_record);
    }
    // With every key in one hand: voting cannot be opened without it.
    let place = line_of(&sample, |event| matches!(event, Event::RoomConfirmed { .. }));
    let mut lines = whole.clone();
    lines.remove(place);
    rechain_together(&mut sample, lines);
    let voting = line_of(&sample, |event| matches!(event, Event::VotingOpened { .. }));
    assert_fault(&sample, &at(voting - 1), |what| {
        says("RoomNotCompared")(what) || says("OtherRoomCode")(what)
    });
}

#[test]
fn a_sheet_signature_moved_and_a_refusal_dropped() {
    let mut sample = Sample::sealed(Lang::En, 93);
    let whole = sample.lines.clone();
    let signed = line_of(&sample, |event| matches!(event, Event::ResultSigned { .. }));
    let refused = line_of(&sample, |event| matches!(event, Event::ResultRefused { .. }));
    // One scrutineer's signature as another's.
    let mut lines = whole.clone();
    let order = order_mut(&mut lines, signed);
    order.actor = Actor::from("m6");
    order.counter += 100;
    lines[signed].head.actor = Actor::from("m6");
    if let Event::ResultSigned { seat, .. } = event_mut(&mut lines, signed) {
        *seat = "m6".into();
    }
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(signed), says("the signature is not by the key of m6"));
    // To before the count.
    let counted = line_of(&sample, |event| matches!(event, Event::Counted { .. }));
    let mut lines = whole.clone();
    let line = lines.remove(signed);
    lines.insert(counted, line);
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(counted), |what| matches!(what, FaultKind::Record { .. }));
    // A refusal dropped by the machine, when no terminal ordered anything after it: each has witnessed another end.
    rechain(&mut sample, whole.clone());
    let honest = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap();
    let mut lines = whole;
    lines.remove(refused);
    rechain_as_machine(&mut sample, lines);
    let resealed = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap();
    let seal = Transcript { seal: resealed.seal, ..honest };
    fs::write(sample.path(TRANSCRIPT), seal.bytes()).unwrap();
    assert_fault(&sample, TRANSCRIPT, |what| matches!(what, FaultKind::Witness { by } if by == "m6"));
    assert_fault(&sample, TRANSCRIPT, |what| matches!(what, FaultKind::Signature { by } if by == "m4"));
}

#[test]
fn a_signature_from_another_meeting() {
    let [mut sample, other] = [Sample::sealed(Lang::En, 94), Sample::sealed(Lang::En, 95)];
    let confirmed = line_of(&sample, |event| matches!(event, Event::BoxConfirmed { .. }));
    let foreign = other.lines[confirmed].body.as_ref().unwrap().order.as_ref().unwrap().signature.clone();
    let mut lines = sample.lines.clone();
    order_mut(&mut lines, confirmed).signature = foreign;
    rechain(&mut sample, lines.clone());
    assert_fault(&sample, &at(confirmed), says("the signature is not by the key of"));
    // The whole order, with what it has seen.
    let seen = other.lines[confirmed].body.as_ref().unwrap().order.as_ref().unwrap().seen.clone();
    assert!(seen != Seen { line: 0, head: String::new() });
    order_mut(&mut lines, confirmed).seen = seen;
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(confirmed), is_other_record);
}
