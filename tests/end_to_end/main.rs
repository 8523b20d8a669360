//! The whole, from outside: hubs and clients on real sockets, the real binary, real terminals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod binary;
mod challenge;
mod daggers;
mod false_hub;
mod hostile;
mod hub;
mod joint;
mod linkage;
mod restart;
mod review;
mod room;
mod screens;
mod scrutineers;
mod sealing;
mod slips;
#[cfg(target_os = "linux")]
mod strangers;
#[cfg(target_os = "linux")]
mod strangers_many;
mod term;
mod terminal;
