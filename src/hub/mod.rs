//! The hub: what runs the meeting. It accepts connections, one task each; one thread owns meeting and journal. It holds
//! no rule: what is lawful, `meeting` decides; what is a ballot, `ballot` decides.
//!
//! - [`start`]: a session folder becomes a running hub: the plan is frozen, or the journal replayed
//! - `desk`: the owner of meeting and journal: decide, make durable, answer, publish
//! - `urn`: what comes to it without a name; `notice`: what it tells beside the record
//! - `duties`: what the hub does because a rule says that it follows
//! - `review`: what it does in a review: lots and slips
//! - `sealing`: witnesses and signatures, one after the other, and the seal
//! - `connection`: one peer
//! - [`ledger`]: what has been published
//! - [`ballot_box`]: the box without order or time
//! - [`vault`], [`codes`]: what must not be ordered or shown
//!
//! Screens never reach in here: they use `client`, and meet the hub in `wire`.

pub mod ballot_box;
pub mod codes;
mod connection;
mod desk;
mod duties;
pub mod ledger;
mod notice;
mod review;
mod sealing;
pub mod start;
mod urn;
pub mod vault;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use connection::Counter;
use desk::{Message, SealState};
pub use start::{Hub, StartFault, Started};

/// How many connections are held at once. Beyond it, new ones wait.
const CONNECTIONS_MAX: usize = 2_048;

/// How many messages may wait for the desk. Beyond it, connections wait, and only they.
const MESSAGES_MAX: usize = 4_096;

/// How a hub ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The record is sealed.
    Sealed,
    /// It was told to stop; it can be started again.
    Stopped,
}

/// Runs a hub on a listener of the caller's, until the record is sealed or `stop` is ready.
pub async fn run(hub: Hub, listener: TcpListener, stop: impl Future<Output = ()>) -> End {
    let (desk_sender, inbox) = mpsc::channel(MESSAGES_MAX);
    let Hub { parts, record, notices, tls, slip_tick, .. } = hub;
    let counter = Arc::new(Counter {
        desk: desk_sender.clone(),
        notices: notices.clone(),
        folder: parts.0.clone(),
        session: parts.2.session.clone(),
        tls: TlsAcceptor::from(tls),
    });
    let desk = desk::Desk::new(parts, record, notices.clone(), desk_sender.downgrade());
    let (ready, settled) = oneshot::channel();
    let owner = tokio::task::spawn_blocking(move || desk.run(inbox, ready));
    // Nobody is answered before what follows from the record has been done.
    let _ = settled.await;
    let ticking = tick(desk_sender.downgrade(), slip_tick);
    tokio::pin!(ticking);
    let mut seal = notices.seal.subscribe();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    // They end with the hub: nobody is left talking to one that has stopped.
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    let end = loop {
        tokio::select! {
            accepted = accept(&listener, &places) => {
                let Some((socket, place)) = accepted else { continue };
                let counter = Arc::clone(&counter);
                connections.spawn(async move {
                    connection::serve(counter, socket).await;
                    drop(place);
                });
            }
            () = &mut ticking => {}
            Some(_) = connections.join_next() => {}
            _ = seal.wait_for(|seal| *seal == SealState::Sealed) => break End::Sealed,
            () = &mut stop => break End::Stopped,
        }
    };
    if end == End::Sealed {
        // Everybody is told before the hub goes.
        let all_gone = places.acquire_many(u32::try_from(CONNECTIONS_MAX).unwrap_or(u32::MAX));
        let _ = tokio::time::timeout(Duration::from_secs(3), all_gone).await;
    }
    let _ = desk_sender.send(Message::Stop).await;
    let _ = owner.await;
    connections.shutdown().await;
    end
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

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((socket, _)) => Some((socket, place)),
        Err(_) => {
            // Out of descriptors, most likely: those that end make room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}
