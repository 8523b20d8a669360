//! Every text that a person reads, in Chinese and in English. Nothing else in the crate holds such a text; a
//! missing one does not compile.
//!
//! - [`lang`]: the two languages
//! - [`plan`]: what is wrong with a plan, and the mend
//! - [`clerk`]: what the clerk reads before the meeting
//! - [`minutes`]: the minutes
//! - [`archive`]: what `verify` finds

pub mod archive;
pub mod clerk;
pub mod lang;
pub mod minutes;
pub mod plan;

pub use lang::Lang;
