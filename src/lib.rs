//! plenum
