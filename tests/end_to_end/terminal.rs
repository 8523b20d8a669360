//! The real binary in a real terminal: keys go in, cells come out. Nothing here sleeps to wait: it looks at the screen
//! until it shows what is expected, or the time is up.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a screen may take to show something.
const LONG: Duration = Duration::from_secs(60);

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A program in a terminal of its own.
pub struct Terminal {
    name: String,
    screen: Arc<Mutex<vt100::Parser>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts `plenum` with these arguments in a terminal of this size.
    pub fn start(name: &str, args: &[&str], (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_plenum"));
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_GB.UTF-8");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("LC_ALL");
        command.env_remove("LC_MESSAGES");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(some(rows), some(columns), 0)));
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0u8; 4096];
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                shown.lock().unwrap_or_else(PoisonError::into_inner).process(&bytes[..read]);
            }
        });
        Self { name: name.to_owned(), screen, keys, child, master: pair.master }
    }

    /// What the terminal shows.
    pub fn text(&self) -> String {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner).screen().contents()
    }

    /// The same without breaks and frames, so that a wrapped sentence is found.
    pub fn flat(&self) -> String {
        let text = self.text().replace(['│', '\n', '┃'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Waits until `enough` holds of the text.
    pub fn until(&mut self, what: &str, enough: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + LONG;
        loop {
            let flat = self.flat();
            if enough(&flat) {
                return flat;
            }
            if Instant::now() > deadline {
                panic!("{}: no {what} within {LONG:?}; it shows:\n{}", self.name, self.text());
            }
            if let Ok(Some(status)) = self.child.try_wait()
                && !enough(&self.flat())
            {
                panic!("{}: ended with {status:?} without {what}:\n{}", self.name, self.text());
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Waits until the screen has stopped changing, and gives its text: a frame may come in pieces.
    pub fn settled(&mut self) -> String {
        let (mut shown, mut since) = (self.flat(), Instant::now());
        let deadline = Instant::now() + LONG;
        while since.elapsed() < LOOK * 5 && Instant::now() < deadline {
            std::thread::sleep(LOOK);
            let now = self.flat();
            if now != shown {
                (shown, since) = (now, Instant::now());
            }
        }
        shown
    }

    /// Waits until this text is shown.
    pub fn shows(&mut self, text: &str) -> String {
        self.until(&format!("`{text}`"), |shown| shown.contains(text))
    }

    /// Types.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .screen_mut()
            .set_size(some(rows), some(columns));
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-9", &id]).status().unwrap().success());
        self.child.wait().unwrap();
    }

    /// Waits for the program's end, and gives its status and the last that it showed.
    pub fn end(&mut self) -> (u32, String) {
        let deadline = Instant::now() + LONG;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it said last may still be on its way from the kernel.
                let mut text = self.text();
                for _ in 0..10 {
                    std::thread::sleep(LOOK);
                    text = self.text();
                }
                return (status.exit_code(), text);
            }
            assert!(Instant::now() < deadline, "{}: does not end; it shows:\n{}", self.name, self.text());
            std::thread::sleep(LOOK);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn some(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The path as an argument.
pub fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}
