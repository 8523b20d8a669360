//! plenum
pub mod hub;
pub mod plan;
pub mod rules;
pub mod wire;
pub mod words;
