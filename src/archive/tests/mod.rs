//! Whole archives: good ones hold, and whatever is altered is found and named.

mod by_paper;
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
