//! What scrutineers answer for cannot be altered unseen: the key, its threshold, the list, and what opened the box.

use std::fs;

use super::tamper::{
    assert_fault, faults, is_other_record, line_of, rechain_as_machine, rechain_together, resign,
};
use crate::archive::PLAN;
use crate::archive::bel::{bel_path, election};
use crate::archive::sample::{Sample, console_holds_key};
use crate::archive::verify::{FaultKind, KeyHolder, What, verify};
use crate::ballot::{
    BelWriter, CredentialSecret, Marks, PaperRequest, PartialDecryption, TrusteeKey, combine, open_bel, tally,
};
use crate::journal::{FILE_NAME, Line};
use crate::meeting::{Actor, Admitted, BallotId, Command, Event, Order, sha256_hex};
use crate::words::Lang;

const COUNTED: &str = "posts-r2";

fn place() -> String {
    bel_path(&BallotId::from(COUNTED))
}

pub(super) fn at(place: usize) -> String {
    format!("{FILE_NAME}:{}", place + 1)
}

pub(super) fn says(words: &'static str) -> impl Fn(&FaultKind) -> bool {
    move |what| matches!(what, FaultKind::Record { detail } if detail.contains(words))
}

pub(super) fn event_mut(lines: &mut [Line], place: usize) -> &mut Event {
    lines[place].body.as_mut().unwrap().events.first_mut().unwrap()
}

pub(super) fn order_mut(lines: &mut [Line], place: usize) -> &mut Order {
    lines[place].body.as_mut().unwrap().order.as_mut().unwrap()
}

/// The lines with an order replaced by its signer's, over another command.
pub(super) fn reordered(sample: &Sample, lines: &mut [Line], place: usize, by: &Actor, command: &Command) {
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
    assert!(told(&|what| matches!(what, What::Room { by, code, .. } if by.len() == 2 && code.len() == 14)));
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
    let Event::Counted { ballot, opened, outcomes, .. } = event_mut(&mut lines, counted) else { panic!() };
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
