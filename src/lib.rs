//! plenum
pub mod plan;
pub mod rules;
pub mod words;
