//! The hub: what runs the meeting. It accepts connections, one task each; one thread owns meeting and journal. It holds
//! no rule: what is lawful, `meeting` decides; what is a ballot, `ballot` decides.
//!
//! - [`start`]: a session folder becomes a running hub: the plan is frozen, or the journal replayed
//! - `desk`: the owner of meeting and journal: it decides, and writes what was decided
//! - `message`: what it is told; `durable`: one sync; `acknowledge`: then the answers; `notice`: what it tells everybody
//! - `majority`: more than half, once a machine has stood by
//! - `mirror`, [`whole`]: what goes to that machine; `standby`: its connection; [`takeover`]: it becomes the hub
//! - `retired`: this hub learns that it has
//! - `enrolment`: whose key speaks for which seat; `urn`: what comes to it without a name
//! - `duties`: what the hub does because a rule says that it follows
//! - `review`: what it does in a review: lots and slips
//! - `exam`: what it does in an exam: papers, sheets, marks
//! - `scrutiny`: what it passes on between scrutineers, and collects from them
//! - `door`, [`doorkeeper`]: who is let in, and how fast
//! - `latecomers`: the record is sealed, and who was away is told
//! - `sealing`: witnesses and signatures, one after the other, and the seal
//! - `takeover`: another machine is the hub now
//! - `connection`: one peer
//! - [`ledger`]: what has been published
//! - [`ballot_box`]: the box without order or time
//! - [`vault`], [`codes`]: what must not be ordered or shown
//!
//! Screens never reach in here: they use `client`, and meet the hub in `wire`.

mod acknowledge;
pub mod ballot_box;
pub mod codes;
mod connection;
mod desk;
mod door;
pub mod doorkeeper;
mod durable;
mod duties;
mod enrolment;
mod exam;
mod latecomers;
pub mod ledger;
mod majority;
mod message;
mod mirror;
mod notice;
mod retired;
mod review;
mod scrutiny;
mod sealing;
mod standby;
pub mod start;
pub mod takeover;
mod urn;
pub mod vault;
pub mod whole;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use connection::Counter;
use door::{Door, Visitor};
use message::Message;
use notice::SealState;
pub use start::{Hub, StartFault, Started};

/// How many messages may wait for the desk. Beyond it, connections wait, and only they.
const MESSAGES_MAX: usize = 4_096;

/// How often the console is told who knocks.
const STRANGERS_TOLD_EVERY: Duration = Duration::from_secs(1);

/// How a hub ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The record is sealed.
    Sealed,
    /// It was told to stop; it can be started again.
    Stopped,
}

/// Runs a hub on a listener of the caller's, until the record is sealed or `stop` is ready. One that tells of the seal
/// afterwards runs until `stop` in either case.
pub async fn run(hub: Hub, listener: TcpListener, stop: impl Future<Output = ()>) -> End {
    let (desk_sender, inbox) = mpsc::channel(MESSAGES_MAX);
    let Hub { parts, record, mirror, held, notices, tls, slip_tick, tells_afterwards, .. } = hub;
    let door = Door::open();
    let counter = Arc::new(Counter {
        door: Arc::clone(&door),
        checks: Semaphore::new(checks_at_once()),
        desk: desk_sender.clone(),
        notices: notices.clone(),
        mirror: Arc::clone(&mirror),
        folder: parts.0.clone(),
        session: parts.2.session.clone(),
        tls: TlsAcceptor::from(tls),
    });
    let held = acknowledge::Held::at_start(held);
    let desk = desk::Desk::new(parts, record, (mirror, held), notices.clone(), desk_sender.downgrade());
    let (ready, settled) = oneshot::channel();
    let owner = tokio::task::spawn_blocking(move || desk.run(inbox, ready, tells_afterwards));
    // Nobody is answered before what follows from the record has been done.
    let _ = settled.await;
    let ticking = tick(desk_sender.downgrade(), slip_tick);
    tokio::pin!(ticking);
    let mut seal = notices.seal.subscribe();
    let mut told = tokio::time::interval(STRANGERS_TOLD_EVERY);
    // They end with the hub: nobody is left talking to one that has stopped.
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    let mut sealed = false;
    loop {
        tokio::select! {
            accepted = accept(&listener, &door) => {
                let Some((socket, visitor)) = accepted else { continue };
                connections.spawn(connection::serve(Arc::clone(&counter), socket, visitor));
            }
            _ = told.tick() => {
                let strangers = door.strangers();
                notices.strangers.send_if_modified(|told| *told != strangers && { *told = strangers; true });
            }
            () = &mut ticking => {}
            Some(_) = connections.join_next() => {}
            _ = seal.wait_for(|seal| *seal == SealState::Sealed), if !sealed => {
                sealed = true;
                if !tells_afterwards {
                    break;
                }
            }
            () = &mut stop => break,
        }
    }
    if sealed {
        // Everybody is told before the hub goes.
        let all_gone = async { while connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(Duration::from_secs(3), all_gone).await;
    }
    let _ = desk_sender.send(Message::Stop).await;
    let _ = owner.await;
    connections.shutdown().await;
    if sealed { End::Sealed } else { End::Stopped }
}

/// Tells the desk each time slips are to be published.
async fn tick(desk: mpsc::WeakSender<Message>, every: Duration) {
    let mut ticks = tokio::time::interval(every);
    loop {
        ticks.tick().await;
        match desk.upgrade() {
            Some(desk) => {
                let _ = desk.send(Message::Tick).await;
            }
            None => std::future::pending::<()>().await,
        }
    }
}

/// How many ballots are checked at once. One core is left for the meeting, where there is more than one.
fn checks_at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}

/// The next connection that is let in. Whoever is not is gone at once, and costs nothing more.
async fn accept(listener: &TcpListener, door: &Arc<Door>) -> Option<(TcpStream, Visitor)> {
    match listener.accept().await {
        Ok((socket, peer)) => {
            let visitor = door.arrive(&socket, peer)?;
            Some((socket, visitor))
        }
        Err(_) => {
            // Out of descriptors, most likely: those that end make room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}
