//! Sealing can be cut short at any moment and done again.

use std::fs;

use jiff::tz::TimeZone;

use crate::archive::sample::Sample;
use crate::archive::seal::clean_up;
use crate::archive::{SealError, TRANSCRIPT, Transcript, TranscriptFault, is_sealed, prepare, verify};
use crate::words::Lang;

#[test]
fn a_sealed_folder_holds() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::sealed(lang, 3);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(report.checks.iter().all(|check| check.ok));
        assert!(!sample.path("private").exists());
        let lines: Vec<String> =
            report.checks.iter().map(|check| crate::words::archive::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("lines_{}", lang.pick("zh", "en")), lines.join("\n"));
    }
}

#[test]
fn a_crash_in_between_loses_nothing() {
    let sample = Sample::held(Lang::En, 4);
    sample.write();
    let first = prepare(sample.dir(), &TimeZone::UTC).unwrap();
    assert_eq!(prepare(sample.dir(), &TimeZone::UTC).unwrap(), first, "preparing again changes nothing");
    // Killed while the transcript was being written.
    fs::write(sample.path("private/transcript.json"), b"{\"se").unwrap();
    assert!(!is_sealed(sample.dir()));
    sample.sign(&first);
    assert!(is_sealed(sample.dir()) && !sample.path("private").exists());
    // Killed between the transcript and the end of `private/`.
    fs::create_dir(sample.path("private")).unwrap();
    clean_up(sample.dir()).unwrap();
    sample.sign(&first);
    assert_eq!(verify(sample.dir()).faults, []);
}

#[test]
fn what_cannot_be_sealed() {
    let mut sample = Sample::begin(Lang::En, 5);
    sample.open();
    sample.write();
    assert!(matches!(prepare(sample.dir(), &TimeZone::UTC), Err(SealError::NotEnded)));
    clean_up(sample.dir()).unwrap();
    assert!(sample.path("private").exists(), "nothing private goes before the seal");

    let sample = Sample::held(Lang::En, 5);
    sample.write();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hosts", sample.path("materials/link")).unwrap();
        assert!(matches!(prepare(sample.dir(), &TimeZone::UTC), Err(SealError::Odd { .. })));
        fs::remove_file(sample.path("materials/link")).unwrap();
    }
    let seal = prepare(sample.dir(), &TimeZone::UTC).unwrap();
    sample.sign(&seal);
    let mut other = seal.clone();
    other.lines += 1;
    let other = sample.signed_by_the_hub(&other);
    assert!(matches!(crate::archive::finish(sample.dir(), &other), Err(SealError::OtherSeal)));
}

#[test]
fn an_unopened_box_is_archived_closed() {
    let mut sample = Sample::begin(Lang::En, 6);
    sample.open();
    sample.deliberate();
    let ballot = sample.issue();
    use crate::rules::Choice::{Agree, Disagree};
    sample.cast(&ballot, &[[Agree, Disagree]; 4]);
    sample.officer(crate::meeting::Command::Adjourn {
        ground: crate::meeting::AdjournGround::Decided { reason: "storm".into() },
    });
    sample.write();
    sample.seal();
    assert_eq!(verify(sample.dir()).faults, []);
}

#[test]
fn an_empty_folder_is_dropped_and_a_stray_file_listed() {
    let sample = Sample::held(Lang::En, 7);
    sample.write();
    fs::create_dir_all(sample.path("materials/a/b")).unwrap();
    fs::write(sample.path(".plan.toml.swp"), b"x").unwrap();
    let seal = sample.seal();
    assert!(!sample.path("materials/a").exists());
    assert!(seal.files.iter().any(|file| file.path == ".plan.toml.swp"));
    assert_eq!(verify(sample.dir()).faults, []);
}

#[test]
fn a_transcript_has_one_form() {
    let sample = Sample::sealed(Lang::En, 8);
    let bytes = fs::read(sample.path(TRANSCRIPT)).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(Transcript::read(&bytes).unwrap().bytes(), bytes);
    for other in [
        text.trim_end().to_owned(),
        format!("{text}\n"),
        text.replace("\"by\":\"hub\"", "\"by\": \"hub\""),
        text.replace("{\"seal\":{", "{\"seal\":{ "),
        text.replace("\"lines\":", "\"extra\":1,\"lines\":"),
        text.replace("plenum-transcript/2", "plenum-transcript/1"),
    ] {
        assert_ne!(other, text);
        assert!(Transcript::read(other.as_bytes()).is_err(), "{other}");
    }
    let other = text.replace("plenum-transcript/2", "plenum-transcript/1");
    assert_eq!(
        Transcript::read(other.as_bytes()),
        Err(TranscriptFault::Format("plenum-transcript/1".into()))
    );
}
