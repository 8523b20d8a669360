//! Standard output, which a reader such as `head` may close at any moment: that is no fault.

use std::io::{self, ErrorKind, Write};

/// Writes a text to standard output.
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
