//! The second machine: it does again what the hub's disk does, checks the record line by line as every screen does, and
//! says how far it is durable here. When the hub's machine has failed, it takes over ([`crate::hub::takeover`]).
//!
//! - [`keeper`]: the folder, and the steps that are done to it
//! - [`follow`](mod@follow): the connection to the hub, and what the screen is told

pub mod follow;
pub mod keeper;
#[cfg(test)]
mod tests;

pub use follow::{End, FoundAt, enrol, follow, keep_telling, only_show};
pub use keeper::{KeepFault, Keeper};
