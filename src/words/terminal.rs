//! Texts of the member's terminal.
