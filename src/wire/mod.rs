//! What crosses the network, and nothing else.
//!
//! - [`code`]: a seat's one-time code

pub mod code;
