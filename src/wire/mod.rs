//! What crosses the network, and nothing else: no rule of the meeting, no file, no screen.
//!
//! - [`code`]: a seat's one-time code
//! - [`frame`]: length-prefixed JSON with a limit before parsing
//! - [`live`]: what a hub tells beside the record
//! - [`message`]: everything that hub and client say to each other
//! - [`proof`]: how both ends prove who they are, bound to this very connection
//! - [`sealing`]: why a signature under the seal is not taken
//! - [`standby`]: what a hub and the machine that stands by for it say to each other
//! - [`tls`]: TLS 1.3 with a certificate that is pinned at enrolment

pub mod code;
pub mod frame;
pub mod live;
pub mod message;
pub mod proof;
pub mod sealing;
pub mod standby;
pub mod tls;

pub use frame::{FrameFault, read_frame, write_frame};
pub use live::{Live, Majority, TurnedAway, Turnout};
pub use message::{Anonymous, Answer, Hello, Reached, Receipt, SLIP_BYTES, ToHub, ToScreen, WrongAnswer};
pub use sealing::SealRefused;

/// The port that hubs listen on unless told otherwise.
pub const PORT: u16 = 7420;

/// The version of this protocol. Another one is refused by name.
pub const VERSION: u32 = 3;
