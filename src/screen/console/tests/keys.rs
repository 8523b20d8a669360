//! What the keys do.
