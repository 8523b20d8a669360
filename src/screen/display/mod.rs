//! The room's display.
