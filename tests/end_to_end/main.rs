//! The whole, from outside: hubs and clients on real sockets, the real binary, real terminals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod agenda;
mod binary;
mod by_paper;
mod challenge;
mod daggers;
mod exam;
mod false_hub;
mod hostile;
mod hub;
mod joint;
mod linkage;
mod linkage_slips;
mod open;
mod reopening;
mod restart;
mod review;
mod room;
mod screens;
mod scrutineers;
mod sealing;
mod sittings;
mod slips;
mod standby;
mod standby_process;
#[cfg(target_os = "linux")]
mod strangers;
#[cfg(target_os = "linux")]
mod takeover;
mod term;
mod terminal;
