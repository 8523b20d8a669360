//! What terminal and hub keep beside the record, and what is typed.

use std::fs;

use plenum::ballot::{BlindRequest, CredentialSecret, PaperRequest, PublicCredential, Token, TokenInput};
use plenum::client::hubs::{HubAt, Hubs, KeptHubs};
use plenum::client::store::{KeptPaper, Store};
use plenum::hub::codes::CodeBook;
use plenum::hub::vault::Vault;
use plenum::meeting::{BallotId, ItemId};
use plenum::wire::code::SeatCode;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{sayable, target};
use crate::mutate::Form;

#[test]
fn terminal_store() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("seat");
    fs::create_dir(&place).unwrap();
    let (key, pin) = ("01".repeat(32), "30".repeat(200));
    let identity = format!(
        r#"{{"format":"plenum-terminal/1","hub":"127.0.0.1:7420","pin":"{pin}","session":"{}","actor":"m1","identity":"{key}"}}"#,
        "ab".repeat(16)
    );
    let paper = KeptPaper {
        credential: key.clone(),
        request: None,
        token: None,
        registered: true,
        sealed: Some("{}".to_owned()),
        hash: None,
        receipt: None,
    };
    let hub = HubAt { address: "10.0.0.2:7420".to_owned(), pin: pin.clone() };
    let hubs = KeptHubs { hubs: vec![hub], takeovers: vec!["{}".to_owned()] };
    let mut seeds = vec![
        serde_json::to_vec(&paper).unwrap(),
        serde_json::to_vec(&hubs).unwrap(),
        format!("\"{key}\"").into_bytes(),
    ];
    let sheet = format!(
        r#"{{"number":3,"paper":"{key}","answers":["","A","BD"],"salt":"{}","signature":"{key}{key}"}}"#,
        "ab".repeat(16)
    );
    seeds.push(format!(r#"{{"sheet":{sheet},"flagged":[true,false,false]}}"#).into_bytes());
    if serde_json::from_str::<serde_json::Value>(&identity).is_ok() {
        fs::write(place.join("identity.json"), &identity).unwrap();
        if Store::find_any(folder.path()).is_ok_and(|found| !found.is_empty()) {
            seeds.push(identity.clone().into_bytes());
        }
    }
    target("terminal_store", Form::Json, 600, seeds, move |input| {
        fs::write(place.join("identity.json"), input).unwrap();
        let mut taken = Store::find_any(folder.path()).is_ok_and(|found| !found.is_empty());
        fs::write(place.join("identity.json"), &identity).unwrap();
        fs::write(place.join("posts.paper.json"), input).unwrap();
        fs::write(place.join("review.slips.json"), input).unwrap();
        fs::write(place.join("review.exam.json"), input).unwrap();
        fs::write(place.join("hubs.json"), input).unwrap();
        fs::write(folder.path().join("pending.json"), input).unwrap();
        let (ballot, item) = (BallotId::from("posts"), ItemId::from("review"));
        for (enrolled, store) in Store::find_any(folder.path()).unwrap() {
            taken |= store.paper(&ballot).is_some() | store.slips(&item).is_some() | store.hubs().is_some();
            taken |= store.exam(&item).is_some();
            // Whatever is kept, there is a machine to be tried.
            let mut hubs = Hubs::new(&enrolled, store.hubs());
            for _ in 0..3 {
                hubs.turn();
                assert!(!hubs.now().pin.is_empty() || store.hubs().is_some());
            }
        }
        taken |= serde_json::from_slice::<KeptPaper>(input).is_ok();
        let fresh = plenum::meeting::Identity::from_bytes(&[7; 32]);
        let kept = Store::pending_key(folder.path(), fresh).unwrap();
        taken | (kept.to_bytes()[..] != [7; 32])
    })
    .fuzz();
}

#[test]
fn hub_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(6);
    let mut book = CodeBook::new(folder.path());
    book.issue("m1", &mut rng);
    book.issue("display-1", &mut rng);
    book.save().unwrap();
    let vault = Vault::new(folder.path());
    vault.keys(true, &mut rng).unwrap();
    let with_trustee = fs::read(folder.path().join("hub.json")).unwrap();
    fs::remove_file(folder.path().join("hub.json")).unwrap();
    vault.keys(false, &mut rng).unwrap();
    let seeds = vec![
        fs::read(CodeBook::path_in(folder.path())).unwrap(),
        with_trustee,
        fs::read(folder.path().join("hub.json")).unwrap(),
    ];
    target("hub_store", Form::Json, 600, seeds, move |input| {
        fs::write(CodeBook::path_in(folder.path()), input).unwrap();
        fs::write(folder.path().join("hub.json"), input).unwrap();
        let codes = CodeBook::load(folder.path());
        let keys = vault.keys(false, &mut StdRng::seed_from_u64(7));
        let taken = codes.is_ok() || keys.is_ok();
        for fault in
            [codes.err().map(anyhow::Error::new), keys.err().map(anyhow::Error::new)].into_iter().flatten()
        {
            sayable(&format!("{fault:#}"), input);
        }
        assert_eq!(
            fs::read(folder.path().join("hub.json")).unwrap(),
            input,
            "what does not read is not replaced"
        );
        taken
    })
    .fuzz();
}

/// What is typed or stands in a text: seat codes, tokens, requests, credentials, hashes, thresholds.
#[test]
fn code() {
    let mut rng = StdRng::seed_from_u64(8);
    let code = SeatCode::generate(&mut rng).shown();
    let credential = CredentialSecret::generate(&mut rng).public();
    let request = PaperRequest::new(TokenInput::paper(&credential), &mut rng).unwrap();
    let seeds = vec![
        code.into_bytes(),
        credential.to_string().into_bytes(),
        serde_json::to_vec(request.request()).unwrap(),
        b"2/3".to_vec(),
    ];
    target("code", Form::Bytes, 4_000, seeds, |input| {
        let text = String::from_utf8_lossy(input);
        let mut taken = false;
        match SeatCode::parse(&text) {
            Ok(code) => {
                assert_eq!(SeatCode::parse(&code.shown()).unwrap(), code);
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        if let Ok(credential) = text.parse::<PublicCredential>() {
            assert_eq!(credential.to_string(), text, "a credential has one form");
            taken = true;
        }
        for json in [text.to_string(), format!("\"{text}\"")] {
            if let Ok(request) = serde_json::from_str::<BlindRequest>(&json) {
                let written = serde_json::to_string(&request).unwrap();
                assert_eq!(
                    serde_json::to_string(&serde_json::from_str::<BlindRequest>(&written).unwrap()).unwrap(),
                    written
                );
                taken = true;
            }
            taken |= serde_json::from_str::<Token>(&json).is_ok();
        }
        if let Ok(fraction) = text.parse::<plenum::rules::Ratio>() {
            assert_eq!(fraction.to_string().parse::<plenum::rules::Ratio>().unwrap(), fraction);
            taken = true;
        }
        taken
    })
    .fuzz();
}
