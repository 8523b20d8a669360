//! Whole archives: good ones hold, and whatever is altered is found and named.

mod by_paper;
mod by_paper_election;
mod challenged;
mod contested;
mod hostile;
mod joint;
mod open;
mod papers;
mod review;
mod sealing;
mod takeover;
mod tamper;
mod tamper_attested;
mod tamper_boxes;
mod tamper_review;
mod tamper_scrutiny;
mod tamper_seal;
mod term;

/// What the program says that was written from the description of the format alone, and whether the archive holds by it.
fn by_description(sample: &crate::archive::sample::Sample) -> (bool, String) {
    let root = env!("CARGO_MANIFEST_DIR");
    let check = std::process::Command::new("python3")
        .arg(format!("{root}/tests/archive/check"))
        .arg(sample.dir())
        .output();
    let check = check.unwrap_or_else(|error| panic!("python3, which the gate needs too: {error}"));
    (check.status.success(), String::from_utf8_lossy(&check.stdout).into_owned())
}
