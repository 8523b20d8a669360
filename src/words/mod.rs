//! Every text that a person reads, in Chinese and in English. Nothing else in the crate holds such a text; a
//! missing one does not compile.
//!
//! - [`lang`]: the two languages
//! - [`refusal`]: why a command is refused
//! - [`rule`]: thresholds and outcomes
//! - [`sentence`]: what the presiding officer reads aloud
//! - [`who`]: names, roles, moments

pub mod lang;
pub mod refusal;
pub mod rule;
pub mod sentence;
pub mod who;

pub use lang::Lang;
