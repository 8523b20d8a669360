//! Standard output and standard error. Nothing is printed past this file, so that no name, path or message of others acts
//! on the terminal that shows it. A reader such as `head` may close its end at any moment: that is no fault.

use std::io::{self, ErrorKind, Write};

use crate::harmless::lines;

/// Writes to standard output what a program reads (JSON, tables) or what its writer has made harmless (minutes): byte
/// for byte.
///
/// # Errors
/// It cannot be written, unless nobody reads any more.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says something to a person on standard output, and ends the line.
///
/// # Errors
/// It cannot be written, unless nobody reads any more.
pub fn say(text: &str) -> io::Result<()> {
    print(&(lines(text) + "\n"))
}

/// Asks a person on standard error; the answer is typed on the same line.
pub fn ask(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "{}", lines(text)).and_then(|()| err.flush());
}

/// Says something to a person on standard error, and ends the line. Where that is closed, nobody is there to be told.
pub fn warn(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", lines(text));
}
