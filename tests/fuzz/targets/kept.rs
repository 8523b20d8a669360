//! What terminal and hub keep beside the record, and what is typed.

use std::fs;
use std::path::PathBuf;

use plenum::ballot::{
    BlindRequest, CredentialSecret, PaperRequest, PublicCredential, Token, TokenInput, VoprfIssuer,
};
use plenum::client::hubs::{HubAt, Hubs, KeptHubs};
use plenum::client::store::{KeptPaper, Store};
use plenum::hub::ballot_box::BallotBox;
use plenum::hub::codes::CodeBook;
use plenum::hub::vault::{Papers, Slips, StandbyKeys, Vault};
use plenum::meeting::{
    Admitted, AnswerSheet, BallotId, Identity, ItemId, OpenedBank, SeatId, SlipAct, SlipSays,
};
use plenum::plan::BankForm;
use plenum::wire::code::SeatCode;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::ballots::Room;
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

/// What a hub keeps of each ballot, review and exam, and a standby of itself; and the box. Each file is read as any of them.
#[test]
fn hub_vault() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(15);
    let vault = Vault::new(folder.path());
    let (ballot, item, seat) = (BallotId::from("posts"), ItemId::from("review"), SeatId::from("m1"));
    let token: Token = serde_json::from_value("ab".repeat(64).into()).unwrap();
    let credential = CredentialSecret::generate(&mut rng).public();
    let admitted = vec![Admitted { credential, token: token.clone() }];
    vault.keep_papers(&ballot, &Papers { issuer: VoprfIssuer::generate(&mut rng), admitted }).unwrap();
    let says = SlipSays::Question { official: "north".into(), text: "为什么？".to_owned() };
    let key = Identity::from_bytes(&[7; 32]);
    let act = SlipAct::sign(&key, (&"ab".repeat(16).into(), &item), 1, Some(token), says);
    vault.keep_slips(&item, &Slips { issuer: VoprfIssuer::generate(&mut rng), pending: vec![act] }).unwrap();
    let opened = OpenedBank { seed: "5e".repeat(32), form: BankForm::Csv, text: "id,kind\n".to_owned() };
    vault.keep_exam(&item, &opened).unwrap();
    let keys = vault.keys(false, &mut rng).unwrap();
    let standby = StandbyKeys { keys, hub: "10.0.0.1:7420".to_owned(), pin: "30".repeat(200) };
    vault.keep_standby_keys(&standby).unwrap();
    let sheet: AnswerSheet = serde_json::from_value(serde_json::json!({
        "number": 3, "paper": "01".repeat(32), "answers": ["", "A", "BD"], "salt": "ab".repeat(16),
        "signature": "01".repeat(64),
    }))
    .unwrap();
    vault.keep_sheet(&item, &seat, &sheet).unwrap();
    let paths: Vec<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    assert_eq!(paths.len(), 6, "{paths:?}");
    let mut seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    // A box of three papers, in which one ballot lies.
    let room = Room::new(16);
    let bytes_max = room.ballot_bytes_max();
    let path = vault.box_path(&ballot);
    let mut box_ = BallotBox::open(&path, 3, bytes_max, |bytes| room.check(bytes)).unwrap();
    let lies = room.ballot();
    box_.put(room.check(&lies).unwrap(), &lies, &mut rng).unwrap();
    drop(box_);
    seeds.push(fs::read(&path).unwrap());
    target("hub_vault", Form::Json, 300, seeds, move |input| {
        for path in &paths {
            fs::write(path, input).unwrap();
        }
        let faults = [
            vault.papers(&ballot).map(|found| found.is_some()),
            vault.slips(&item).map(|found| found.is_some()),
            vault.exam(&item).map(|found| found.is_some()),
            vault.sheet(&item, &seat).map(|found| found.is_some()),
            vault.standby_keys().map(|found| found.is_some()),
            vault.keys(false, &mut StdRng::seed_from_u64(17)).map(|_| true),
        ];
        let mut taken = false;
        for found in faults {
            match found {
                Ok(found) => {
                    assert!(found, "a file that is there is not passed over");
                    taken = true;
                }
                Err(fault) => sayable(&format!("{:#}", anyhow::Error::new(fault)), input),
            }
        }
        fs::write(&path, input).unwrap();
        let found = BallotBox::open(&path, 3, bytes_max, |bytes| room.check(bytes)).unwrap();
        assert!(
            found.ballots().iter().all(|one| one.bytes == lies),
            "a ballot that nobody cast is in the box"
        );
        taken | (found.count() == 1)
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
