//! The member's terminal.
