//! plenum

pub mod ballot;
