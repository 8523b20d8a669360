//! Whole archives: good ones hold, and whatever is altered is found and named.

mod papers;
mod sealing;
mod tamper;
