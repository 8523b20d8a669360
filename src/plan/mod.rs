//! The session plan that a clerk writes: read, checked with line and column, scaffolded.
//!
//! - [`model`]: the plan as the meeting uses it

pub mod model;

pub use model::*;
