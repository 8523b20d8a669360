//! The hub: what owns the meeting while it runs.
//!
//! - [`private`]: files that only the hub's account reads
//! - [`codes`]: which seat may enrol with which code

pub mod codes;
pub mod private;
