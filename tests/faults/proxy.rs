//! A bad network between terminals and hub: it cuts, delays, truncates, stalls, brings connections in another order, and
//! has a cable that can be pulled. What it does to which connection a seed says.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::tally;

/// How long a half-open connection is left so.
const STALLED: Duration = Duration::from_millis(700);

/// What becomes of a connection.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It lives.
    Lives,
    /// Both ends see its end after so many bytes.
    Cut(usize),
    /// After so many bytes nothing comes through any more, and nobody is told for a while.
    Stalls(usize),
    /// It is cut in the middle of what is being sent.
    Truncated(usize),
}

struct Shared {
    hub: SocketAddr,
    rng: Mutex<StdRng>,
    /// How many more connections are to be harmed.
    harm: Mutex<usize>,
    delay: Duration,
    /// Whether the cable is in.
    cable: watch::Sender<bool>,
}

/// The network.
pub struct Proxy {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// In front of this hub: harms so many connections, and delays everything by `delay` each way.
    pub async fn before(hub: SocketAddr, seed: u64, harm: usize, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            hub,
            rng: Mutex::new(StdRng::seed_from_u64(seed)),
            harm: Mutex::new(0),
            delay,
            cable: watch::Sender::new(true),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        let proxy = Self { address, shared, task };
        proxy.harm(harm);
        proxy
    }

    /// From now on, harms so many connections.
    pub fn harm(&self, connections: usize) {
        *self.shared.harm.lock().unwrap() = connections;
    }

    /// Nothing comes through, and nobody is told.
    pub fn pull(&self) {
        self.shared.cable.send_replace(false);
        tally::PULLED.add(1);
    }

    /// The cable is in again. What was under way while it was out goes on, or is found to be dead.
    pub fn plug(&self) {
        self.shared.cable.send_replace(true);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        // Those that come together are brought on in another order.
        let mut some = Vec::new();
        let Ok((first, _)) = listener.accept().await else { continue };
        some.push(first);
        while let Ok(Ok((more, _))) = timeout(Duration::from_millis(2), listener.accept()).await {
            some.push(more);
        }
        if some.len() > 1 {
            some.shuffle(&mut *shared.rng.lock().unwrap());
            tally::REORDERED.add(some.len() as u64);
        }
        for terminal in some {
            connections.spawn(carry(terminal, shared.fate(), Arc::clone(&shared)));
        }
        while connections.try_join_next().is_some() {}
    }
}

impl Shared {
    fn fate(&self) -> Fate {
        let (mut harm, mut rng) = (self.harm.lock().unwrap(), self.rng.lock().unwrap());
        if *harm == 0 || rng.random_range(0..3) == 0 {
            return Fate::Lives;
        }
        *harm -= 1;
        // A hello is about 2,000 bytes, a short connection 5,000: each time a little further.
        let after = (*harm * 331 + rng.random_range(0..97)) % 12_000;
        match rng.random_range(0..3) {
            0 => Fate::Cut(after),
            1 => Fate::Stalls(after),
            _ => Fate::Truncated(after),
        }
    }

    /// Waits until the cable is in.
    async fn plugged(&self) {
        let mut cable = self.cable.subscribe();
        let _ = cable.wait_for(|plugged| *plugged).await;
    }
}

async fn carry(terminal: TcpStream, fate: Fate, shared: Arc<Shared>) {
    shared.plugged().await;
    let Ok(hub) = TcpStream::connect(shared.hub).await else { return };
    let _ = (terminal.set_nodelay(true), hub.set_nodelay(true));
    let (from_terminal, to_terminal) = terminal.into_split();
    let (from_hub, to_hub) = hub.into_split();
    let passed = Arc::new(Mutex::new(0usize));
    let up = pump(from_terminal, to_hub, fate, Arc::clone(&passed), Arc::clone(&shared));
    let down = pump(from_hub, to_terminal, fate, passed, Arc::clone(&shared));
    tokio::pin!(up, down);
    // Each way ends by itself; one that is cut ends both.
    let cut = tokio::select! {
        cut = &mut up => if cut { true } else { down.await },
        cut = &mut down => if cut { true } else { up.await },
    };
    if cut {
        match fate {
            Fate::Lives => {}
            Fate::Cut(_) => tally::CUTS.add(1),
            Fate::Truncated(_) => tally::TRUNCATED.add(1),
            Fate::Stalls(_) => tally::STALLS.add(1),
        }
    }
}

/// Carries one way. True: it was cut.
async fn pump(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    fate: Fate,
    passed: Arc<Mutex<usize>>,
    shared: Arc<Shared>,
) -> bool {
    let mut bytes = vec![0u8; 4096];
    loop {
        let Ok(read @ 1..) = from.read(&mut bytes).await else { return false };
        shared.plugged().await;
        if !shared.delay.is_zero() {
            sleep(shared.delay).await;
        }
        let before = {
            let mut passed = passed.lock().unwrap();
            let before = *passed;
            *passed += read;
            before
        };
        let (ends, whole) = match fate {
            Fate::Lives => (usize::MAX, read),
            Fate::Cut(after) | Fate::Stalls(after) => (after, read),
            Fate::Truncated(after) => (after, read / 2),
        };
        if before + read > ends {
            match fate {
                Fate::Stalls(_) => sleep(STALLED).await,
                Fate::Truncated(_) => {
                    let _ = to.write_all(&bytes[..whole]).await;
                }
                _ => {}
            }
            return true;
        }
        if to.write_all(&bytes[..read]).await.is_err() {
            return false;
        }
    }
}
