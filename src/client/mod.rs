//! One client for every screen: console, terminal, display, simulated people. It connects, enrols, follows and checks
//! the record, reconnects, and does for the person what needs no person: takes the paper, registers, checks the list,
//! confirms the box. It never reaches into the hub's memory.
//!
//! - [`view`]: what a screen knows
//! - [`handle`]: what a screen can ask
//! - [`connect`]: enrolling, coming back, anonymous acts
//! - [`hubs`]: which machine is the hub, and which else may be
//! - `driver`: what owns the connection
//! - [`voter`]: what a terminal does and refuses in a secret ballot
//! - [`scrutineer`]: what a scrutineer's terminal does beside it; [`safe`]: its share at rest
//! - [`challenge`]: a ballot between being encrypted and being cast or challenged
//! - [`sealing`]: how the seal stands, and what is said about it
//! - [`slips`]: a reviewer's anonymous slips
//! - [`exam`]: the own paper of an exam
//! - [`store`]: what a terminal keeps

pub mod challenge;
pub mod connect;
mod driver;
pub mod exam;
pub mod handle;
pub mod hubs;
#[cfg(test)]
mod paper_tests;
pub mod safe;
pub mod scrutineer;
pub mod sealing;
pub mod slips;
#[cfg(test)]
mod slips_tests;
pub mod store;
pub mod view;
pub mod voter;

pub use crate::wire::SealRefused;
pub use crate::wire::code::SeatCode;
pub use challenge::{Challenged, NotKept};
pub use driver::{Pace, start};
pub use exam::{Answered, KeptExam, OwnExam};
pub use handle::{AskError, Client, Done};
pub use sealing::{SealAct, Sealing, SignerStands, Stands};
pub use slips::OwnSlip;
pub use view::{Alarm, Chain, Link, Live, NotTheHub, Paper, Room, Strangers, TurnedAway, Turnout, View};
