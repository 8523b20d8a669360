//! plenum
pub mod archive;
pub mod ballot;
pub mod cli;
pub mod client;
pub mod disk;
pub mod hub;
pub mod journal;
pub mod meeting;
pub mod plan;
pub mod rehearse;
pub mod rules;
pub mod screen;
pub mod wire;
pub mod words;
