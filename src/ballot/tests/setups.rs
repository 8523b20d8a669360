//! What must hold before the first ballot: election, list, trustees.

use super::*;
use crate::ballot::group::Element;
use crate::ballot::pedersen::Pedersen;
use crate::ballot::text::{from_canonical_json, to_json};
use crate::ballot::trustees::Item;
use curve25519_dalek::scalar::Scalar;

#[test]
fn lists_are_distinct_and_sorted() {
    let room = Room::small(51);
    let (election, trustees) = (room.setup.election().bytes(), room.setup.trustees().bytes());
    let good = room.setup.credentials().to_vec();
    let parse = |list: &str| Setup::parse(election, trustees, list.as_bytes());
    let json = |list: &[PublicCredential]| serde_json::to_string(list).unwrap();
    let parsed = parse(&json(&good)).unwrap();
    assert_eq!(parsed.hash(), room.setup.hash());

    let twice = json(&[good[0], good[0], good[1]]);
    assert_eq!(parse(&twice).err(), Some(BallotError::CredentialTwice(good[0])));
    let apart = json(&[good[0], good[1], good[0]]);
    assert_eq!(parse(&apart).err(), Some(BallotError::CredentialTwice(good[0])));
    let unsorted = json(&[good[1], good[0]]);
    assert_eq!(parse(&unsorted).err(), Some(BallotError::CredentialUnsorted(good[0])));
    assert_eq!(parse("[]").err(), Some(BallotError::NoCredentials));
    let one = json(&good[..1]);
    for wrong in [
        one.replace("\"]", ",1\"]"),
        one.replace('[', "[ "),
        one.to_uppercase(),
        format!("[\"{:064x}\"]", 1),
        format!("{one}\n"),
    ] {
        assert!(parse(&wrong).is_err(), "{wrong}");
    }
    let doubled = vec![good[2], good[0], good[2]];
    assert_eq!(
        Setup::new(room.setup.election().clone(), room.setup.trustees().clone(), doubled).err(),
        Some(BallotError::CredentialTwice(good[2]))
    );
}

#[test]
fn elections_are_read_strictly() {
    let room = Room::small(52);
    let good = String::from_utf8(room.setup.election().bytes().to_vec()).unwrap();
    let read = Election::parse(good.as_bytes()).unwrap();
    assert_eq!(&read, room.setup.election());
    for (what, wrong) in [
        ("another version", good.replace("\"version\":1", "\"version\":4")),
        ("another group", good.replace("Ed25519", "BELENIOS-2048")),
        ("a key that hides nothing", good.replace(&read.public_key().to_string(), &format!("{:064x}", 1))),
        ("a newline at the end", format!("{good}\n")),
        ("an unknown field", good.replacen('{', "{\"more\":1,", 1)),
        (
            "an unknown field in a question",
            good.replacen("{\"answers\"", "{\"type\":\"Homomorphic\",\"answers\"", 1),
        ),
        ("a blank that is false", good.replacen("\"min\"", "\"blank\":false,\"min\"", 1)),
        ("min above max", good.replacen("\"min\":1", "\"min\":2", 1)),
        ("max above the answers", good.replacen("\"max\":1", "\"max\":4", 1)),
        (
            "no question",
            format!("{}[],{}", good.split_once('[').unwrap().0, good.rsplit_once("],").unwrap().1),
        ),
        ("a uuid too short", good.replace(read.uuid(), "abc")),
        (
            "a uuid with another letter",
            good.replace(read.uuid(), &read.uuid().replace(&read.uuid()[..1], "0")),
        ),
        ("too long", good.replace("A test", &"a".repeat(ELECTION_BYTES_MAX))),
    ] {
        assert_ne!(wrong, good, "{what}");
        assert!(Election::parse(wrong.as_bytes()).is_err(), "{what}");
    }
}

#[test]
fn the_key_is_the_trustees() {
    let [one, other] = [Room::small(53).setup, Room::small(54).setup];
    let error =
        Setup::new(one.election().clone(), other.trustees().clone(), one.credentials().to_vec()).err();
    assert_eq!(error, Some(BallotError::ForeignKey));
}

/// Everything in a threshold group, altered: refused, and the trustee named.
#[test]
fn threshold_groups_are_checked() {
    use TrusteeFault::*;
    let line = fixture("ceremony/threshold.json");
    let good: Pedersen = from_canonical_json("threshold", line.trim_ascii_end()).unwrap();
    let trustees = |group: Pedersen| Trustees::parse(to_json(&[Item::Pedersen(group)]).as_bytes());
    assert!(trustees(good.clone()).is_ok());
    let neutral = format!("{:064x}", 1);
    let key = |message: &str, field: &str| -> String {
        let start = message.find(field).unwrap() + field.len() + 3;
        message[start..start + 64].to_owned()
    };
    let encryption = key(&good.certs[0].message, "encryption");
    let commitment = good.coefexps[2].message[14..78].to_owned();
    type Alter<'a> = Box<dyn Fn(&mut Pedersen) + 'a>;
    let table: Vec<(&str, Alter<'_>, u32, TrusteeFault)> = vec![
        (
            "certificate signature",
            Box::new(|g| g.certs[1].signature.response += Scalar::ONE),
            2,
            CertSignature,
        ),
        ("certificates swapped", Box::new(|g| g.certs.swap(0, 1)), 1, CertContext),
        ("another threshold", Box::new(|g| g.threshold = 3), 1, CertContext),
        ("white space in a certificate", Box::new(|g| g.certs[0].message.push(' ')), 1, CertText),
        (
            "a neutral key",
            Box::new(|g| g.certs[0].message = g.certs[0].message.replace(&encryption, &neutral)),
            1,
            NeutralKey,
        ),
        (
            "a key out of the group",
            Box::new(|g| {
                let point: Element = encryption.parse().unwrap();
                let torsion = Element::new(point.point() + curve25519_dalek::constants::EIGHT_TORSION[1]);
                g.certs[0].message = g.certs[0].message.replace(&encryption, &torsion.to_string());
            }),
            1,
            CertText,
        ),
        (
            "coefficients' signature",
            Box::new(|g| g.coefexps[2].signature.challenge += Scalar::ONE),
            3,
            CoefficientsSignature,
        ),
        ("coefficients swapped", Box::new(|g| g.coefexps.swap(1, 2)), 2, CoefficientsSignature),
        (
            "a coefficient more",
            Box::new(|g| {
                let longer = format!("{commitment}\",\"{commitment}");
                g.coefexps[2].message = g.coefexps[2].message.replace(&commitment, &longer);
            }),
            3,
            CoefficientsCount,
        ),
        (
            "a coefficient of small order",
            Box::new(|g| {
                let zero = format!("{:064x}", 0);
                g.coefexps[2].message = g.coefexps[2].message.replace(&commitment, &zero);
            }),
            3,
            CoefficientsText,
        ),
        ("signatures swapped", Box::new(|g| g.signatures.swap(0, 2)), 1, CertsSignature),
        ("verification keys swapped", Box::new(|g| g.verification_keys.swap(0, 2)), 1, VerificationKey),
        ("proof of a key", Box::new(|g| g.verification_keys[1].pok.response += Scalar::ONE), 2, KeyProof),
        (
            "signature of a key",
            Box::new(|g| g.verification_keys[2].signature.response += Scalar::ONE),
            3,
            VerificationKeySignature,
        ),
    ];
    for (what, alter, owner, fault) in table {
        let mut group = good.clone();
        alter(&mut group);
        assert_eq!(trustees(group).err(), Some(BallotError::Trustee { owner, fault }), "{what}");
    }
    let shortened: [fn(&mut Pedersen); 6] = [
        |g| {
            g.certs.pop();
        },
        |g| {
            g.coefexps.pop();
        },
        |g| {
            g.signatures.pop();
        },
        |g| {
            g.verification_keys.pop();
        },
        |g| g.threshold = 0,
        |g| g.threshold = 4,
    ];
    for alter in shortened {
        let mut group = good.clone();
        alter(&mut group);
        assert!(matches!(trustees(group), Err(BallotError::Threshold(_))));
    }
}

#[test]
fn single_trustees_are_checked() {
    let room = Room::small(55);
    let good = String::from_utf8(room.setup.trustees().bytes().to_vec()).unwrap();
    let mut items: Vec<Item> = from_canonical_json("trustees", good.as_bytes()).unwrap();
    if let Item::Single(single) = &mut items[0] {
        single.pok.challenge += Scalar::ONE;
    }
    assert_eq!(
        Trustees::parse(to_json(&items).as_bytes()).err(),
        Some(BallotError::Trustee { owner: 1, fault: TrusteeFault::KeyProof })
    );
    for wrong in [
        "[]".to_owned(),
        good.replace("Single", "Other"),
        good.replace("\"pok\"", "\"more\":1,\"pok\""),
        good.replace(',', ", "),
        good.replace("]]", ",1]]"),
        good.replace("}]]", ",\"name\":null}]]"),
    ] {
        assert!(Trustees::parse(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn secrets_are_read_strictly() {
    let order_little_endian = {
        let mut bytes = (-Scalar::ONE).to_bytes();
        bytes[0] += 1;
        bytes
    };
    for wrong in [&[0; 32][..], &order_little_endian, &[1; 31], &[1; 33], &[]] {
        assert!(CredentialSecret::from_bytes(wrong).is_err());
        assert!(TrusteeKey::from_bytes(wrong).is_err());
        assert!(VoprfIssuer::from_bytes(wrong).is_err());
    }
}
