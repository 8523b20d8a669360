//! The whole, from outside: hubs and clients on real sockets, the real binary, real terminals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod binary;
mod hostile;
mod hub;
mod restart;
mod review;
mod room;
mod screens;
mod slips;
mod terminal;
