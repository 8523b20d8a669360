//! A stage: a copy of a session folder, never the folder itself, with a hub on a port of the loopback interface and a
//! code for every seat.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{RehearseFault, io_at};
use crate::client::connect::{enrol, fresh_identity};
use crate::client::store::Store;
use crate::client::{Client, Pace, start};
use crate::hub::codes::{CodeBook, display_seat};
use crate::hub::{self, Hub};
use crate::meeting::{Actor, SeatId};
use crate::plan::SessionFolder;
use crate::wire::code::SeatCode;

/// A rehearsal publishes slips at this pace; a meeting every half minute.
const SLIP_TICK: std::time::Duration = std::time::Duration::from_millis(500);

/// A folder of its own, and where its hub listens.
pub struct Stage {
    folder: SessionFolder,
    address: SocketAddr,
    codes: BTreeMap<String, SeatCode>,
    stop: Option<oneshot::Sender<()>>,
}

/// A stage whose hub does not run yet.
pub struct Set {
    folder: SessionFolder,
    codes: BTreeMap<String, SeatCode>,
}

impl Stage {
    /// Copies plan and materials of `from` to the new folder `out`, and makes a code for every seat, for the console,
    /// for one display and for a machine that may stand by.
    ///
    /// # Errors
    /// When `out` is there already, or something cannot be copied.
    pub fn set(from: &Path, out: &Path) -> Result<Set, RehearseFault> {
        let taken = out.exists() && std::fs::read_dir(out).map_err(io_at(out))?.next().is_some();
        if taken {
            return Err(RehearseFault::OutExists(out.to_owned()));
        }
        let source = SessionFolder::new(from);
        let folder = SessionFolder::new(out);
        copy(&source.plan(), &folder.plan())?;
        copy_all(&source.materials(), &folder.materials())?;
        for (from, to) in [(source.banks(), folder.banks()), (source.agenda(), folder.agenda())] {
            if from.is_dir() {
                copy_all(&from, &to)?;
            }
        }
        let plan =
            folder.read_plan().map_err(|unready| RehearseFault::Start(hub::StartFault::Plan(unready)))?;
        let mut book = CodeBook::new(&folder.private());
        let seats = plan.people.iter().map(|person| person.id.clone());
        let codes: BTreeMap<String, SeatCode> = seats
            .chain([display_seat(1), Actor::Console.to_string(), Actor::Standby.to_string()])
            .map(|seat| (seat.clone(), book.issue(&seat, &mut UnwrapErr(SysRng))))
            .collect();
        if let Some(code) = plan.presiding().and_then(|person| codes.get(&person.id)) {
            book.presided_with(code);
        }
        book.save().map_err(hub::StartFault::from)?;
        Ok(Set { folder, codes })
    }

    /// Where the hub listens, as `host:port`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The session folder.
    pub fn folder(&self) -> &SessionFolder {
        &self.folder
    }

    /// The code of a seat.
    pub fn code(&self, actor: &Actor) -> Option<&SeatCode> {
        self.codes.get(&actor.to_string())
    }

    /// Enrols somebody, keeping everything in memory.
    ///
    /// # Errors
    /// When the hub cannot be reached, or turns them away.
    pub async fn join(&self, actor: &Actor, pace: Pace) -> Result<Client, RehearseFault> {
        let away = crate::client::TurnedAway::WrongCode;
        let code = self
            .code(actor)
            .ok_or(RehearseFault::Connect(crate::client::connect::ConnectFault::TurnedAway(away)))?;
        let enrolled = enrol(&self.host(), code, &fresh_identity()).await?;
        Ok(start(enrolled, Store::Memory(BTreeMap::new()), pace))
    }

    /// The console.
    ///
    /// # Errors
    /// As [`join`](Self::join).
    pub async fn console(&self) -> Result<Client, RehearseFault> {
        self.join(&Actor::Console, Pace::Real).await
    }

    /// A person's terminal.
    ///
    /// # Errors
    /// As [`join`](Self::join).
    pub async fn seat(&self, seat: &SeatId, pace: Pace) -> Result<Client, RehearseFault> {
        self.join(&Actor::Seat(seat.clone()), pace).await
    }

    /// Stops the hub without sealing; its folder can be opened again.
    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Set {
    /// Starts the hub on a free port of the loopback interface.
    ///
    /// # Errors
    /// When it cannot start.
    pub fn open(self) -> Result<(Stage, JoinHandle<hub::End>), RehearseFault> {
        self.open_on(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Starts the hub on this address.
    ///
    /// # Errors
    /// When it cannot start.
    pub fn open_on(self, address: SocketAddr) -> Result<(Stage, JoinHandle<hub::End>), RehearseFault> {
        let dir = self.folder.dir().to_owned();
        let listener = std::net::TcpListener::bind(address)
            .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
            .and_then(TcpListener::from_std)
            .map_err(io_at(&dir))?;
        let address = listener.local_addr().map_err(io_at(&dir))?;
        let hub = Hub::open(&self.folder, true)?.with_slip_tick(SLIP_TICK);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(hub::run(hub, listener, async move {
            // A stage that is dropped without a word lets its hub run on to the seal.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
        }));
        let stage = Stage { folder: self.folder, address, codes: self.codes, stop: Some(stop) };
        Ok((stage, running))
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), RehearseFault> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent).map_err(io_at(parent))?;
    }
    std::fs::copy(from, to).map_err(io_at(from))?;
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Result<(), RehearseFault> {
    let mut folders: Vec<(PathBuf, PathBuf)> = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = folders.pop() {
        for entry in std::fs::read_dir(&from).map_err(io_at(&from))? {
            let entry = entry.map_err(io_at(&from))?;
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if entry.file_type().map_err(io_at(&path))?.is_dir() {
                folders.push((path, target));
            } else {
                copy(&path, &target)?;
            }
        }
    }
    Ok(())
}
