//! Texts of the room's display.
