//! Every text that a person reads, in Chinese and in English. Nothing else in the crate holds such a text; a
//! missing one does not compile.
//!
//! - [`lang`]: the two languages
//! - [`plan`]: what is wrong with a plan, and the mend
//! - [`minutes`]: the minutes

pub mod lang;
pub mod minutes;
pub mod plan;

pub use lang::Lang;
