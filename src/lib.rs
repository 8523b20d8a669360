//! plenum
pub mod ballot;
pub mod client;
pub mod journal;
pub mod meeting;
pub mod plan;
pub mod rules;
pub mod screen;
pub mod words;
