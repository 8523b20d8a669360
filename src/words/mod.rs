//! Every text that a person reads, in Chinese and in English. Nothing else in the crate holds such a text; a
//! missing one does not compile.
//!
//! - [`lang`]: the two languages

pub mod lang;

pub use lang::Lang;
