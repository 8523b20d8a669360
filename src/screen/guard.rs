//! The terminal is borrowed, and given back on every way out: the normal one, an error, a panic.
//!
//! A panic of the screen itself gives the terminal back first and is then reported as usual. A panic elsewhere (the
//! console's process runs the hub too) must not write across a screen that goes on: its report is kept and printed
//! when the terminal is given back.

use std::cell::Cell;
use std::io::{self, Stdout, Write as _};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::harmless::lines;

/// Whether the terminal is borrowed at the moment.
static BORROWED: AtomicBool = AtomicBool::new(false);
/// Reports of panics elsewhere, kept until the terminal is given back.
static REPORTS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// How many such reports are kept.
const REPORTS_MAX: usize = 16;

thread_local! {
    /// Whether this thread is inside the screen's code just now.
    static IN_SCREEN: Cell<bool> = const { Cell::new(false) };
}

/// A borrowed terminal. Dropping it gives it back.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw keys, the alternate screen, pasting as one event.
    ///
    /// # Errors
    /// When standard output is no terminal.
    pub fn borrow() -> io::Result<(Self, Terminal<CrosstermBackend<Stdout>>)> {
        static HOOK: Once = Once::new();
        HOOK.call_once(install_hook);
        terminal::enable_raw_mode()?;
        BORROWED.store(true, Ordering::SeqCst);
        let guard = Self(());
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok((guard, terminal))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Runs a part of the screen; a panic in it gives the terminal back before it is reported.
pub fn inside<T>(part: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            IN_SCREEN.set(false);
        }
    }
    IN_SCREEN.set(true);
    let _leave = Leave;
    part()
}

fn give_back() {
    if !BORROWED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = terminal::disable_raw_mode();
    let _ = out.flush();
    for report in REPORTS.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        eprintln!("{}", lines(&report));
    }
}

fn install_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if BORROWED.load(Ordering::SeqCst) && !IN_SCREEN.get() {
            let mut reports = REPORTS.lock().unwrap_or_else(PoisonError::into_inner);
            if reports.len() < REPORTS_MAX {
                reports.push(info.to_string());
            }
            return;
        }
        give_back();
        // What a report quotes may be text of others.
        let report = info.to_string();
        let harmless = lines(&report);
        if harmless == report {
            before(info);
        } else {
            eprintln!("{harmless}");
        }
    }));
}
