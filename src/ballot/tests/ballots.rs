//! One ballot.
