//! The door: the doorkeeper with a clock, and what is to be given back when a connection ends, however it ends.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::sleep;

use super::doorkeeper::{Caller, Doorkeeper, Place, Tried, Try};
use crate::meeting::Actor;
use crate::wire::live::Strangers;

/// How many connections are held at once, where the system allows as many open files. Beyond it, new ones are refused.
const CONNECTIONS_MAX: usize = 12_288;

/// Open files that are for the journal, the boxes and the rest of the process.
const OTHER_FILES: u64 = 128;

/// What a system allows that does not say.
const OPEN_FILES_USUAL: u64 = 1_024;

/// How long a code waits for its turn before it is turned away.
const CODE_WAIT_MAX: Duration = Duration::from_secs(10);

/// The doorkeeper, shared by all connections.
pub(super) struct Door {
    keeper: Mutex<Doorkeeper>,
    began: Instant,
}

impl Door {
    /// A door of as many places as the system allows; the soft limit of open files is raised to the hard one.
    pub fn open() -> Arc<Self> {
        let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(OPEN_FILES_USUAL);
        let places = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
        let keeper = Mutex::new(Doorkeeper::new(places.min(CONNECTIONS_MAX)));
        Arc::new(Self { keeper, began: Instant::now() })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Doorkeeper, Duration) -> T) -> T {
        let now = self.began.elapsed();
        work(&mut self.keeper.lock().unwrap_or_else(PoisonError::into_inner), now)
    }

    /// Somebody has connected. None: they are refused.
    pub fn arrive(self: &Arc<Self>, socket: &TcpStream, peer: SocketAddr) -> Option<Visitor> {
        let local = socket.local_addr().ok()?;
        let caller = Caller::between(peer.ip(), local.ip());
        let place = self.with(|keeper, now| keeper.arrive(caller, now))?;
        Some(Visitor { door: Arc::clone(self), caller, place: Some(place) })
    }

    /// What the console is told.
    pub fn strangers(&self) -> Option<Strangers> {
        self.with(Doorkeeper::strangers)
    }

    /// Waits until a seat's next message may be taken.
    pub async fn pace(&self, actor: &Actor) {
        let wait = self.with(|keeper, now| keeper.ask(actor, now));
        if !wait.is_zero() {
            sleep(wait).await;
        }
    }

    /// The console has issued a code.
    pub fn forgive(&self) {
        self.with(|keeper, _| keeper.forgive());
    }

    /// An anonymous connection said what is no message. Where it came from is not told.
    pub fn refuse_unnamed(&self) {
        self.with(|keeper, now| keeper.refuse(None, now));
    }
}

/// A connection, from its arrival until it is dropped.
pub(super) struct Visitor {
    door: Arc<Door>,
    caller: Caller,
    place: Option<Place>,
}

impl Visitor {
    /// How long it may take to say hello.
    pub fn patience(&self) -> Duration {
        self.door.with(|keeper, _| keeper.patience())
    }

    /// Waits for its turn to shake hands. False: it is refused.
    pub async fn turn(&self) -> bool {
        match self.door.with(|keeper, now| keeper.shake_hands(self.caller, now)) {
            Some(wait) if wait.is_zero() => true,
            Some(wait) => {
                sleep(wait).await;
                true
            }
            None => false,
        }
    }

    /// It said what is no message, or nothing in time.
    pub fn refuse(&self) {
        self.door.with(|keeper, now| keeper.refuse(Some(self.caller), now));
    }

    /// Waits for its turn to try a code. None: it has none any more.
    pub async fn try_code(&self) -> Option<Attempt<'_>> {
        let mut waited = Duration::ZERO;
        while waited <= CODE_WAIT_MAX {
            match self.door.with(|keeper, now| keeper.try_code(self.caller, now)) {
                Try::Now => return Some(Attempt { visitor: self, tried: Tried::Undecided }),
                Try::After(wait) => {
                    waited += wait;
                    sleep(wait).await;
                }
                Try::No => return None,
            }
        }
        None
    }

    /// It has shown a seat's key. False: there are too many of this seat.
    pub fn sit_down(&mut self, actor: &Actor) -> bool {
        let Some(place) = &mut self.place else { return false };
        self.door.with(|keeper, now| keeper.sit_down(place, actor, now))
    }

    /// It wants to act without a name. False: there are too many at once.
    pub fn act(&mut self) -> bool {
        let Some(place) = &mut self.place else { return false };
        self.door.with(|keeper, now| keeper.act(place, now))
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            self.door.with(|keeper, _| keeper.leave(place));
        }
    }
}

/// A code that is being tried.
pub(super) struct Attempt<'a> {
    visitor: &'a Visitor,
    tried: Tried,
}

impl Attempt<'_> {
    /// What became of it. Dropped without a word it counts as neither right nor wrong.
    pub fn ended(mut self, tried: Tried) {
        self.tried = tried;
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let (caller, tried) = (self.visitor.caller, self.tried);
        self.visitor.door.with(|keeper, now| keeper.tried(caller, tried, now));
    }
}
