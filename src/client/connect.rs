//! Connecting: enrolment with a code, coming back with a key, one anonymous act. Each anonymous act has a connection of
//! its own, with nothing that ties it to another.

use std::time::Duration;

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::hubs::HubAt;
use super::store::Enrolled;
use crate::meeting::{Identity, SessionId};
use crate::wire::code::SeatCode;
use crate::wire::frame::{TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use crate::wire::proof::{self, EXPORTER_LABEL, End, Exporter};
use crate::wire::tls::{self, Pin, SERVER_NAME};
use crate::wire::{
    Anonymous, FrameFault, Hello, PORT, Reached, ToHub, ToScreen, TurnedAway, VERSION, read_frame,
    write_frame,
};

/// How long connecting and saying hello may take.
const CONNECT_SECONDS_MAX: u64 = 10;

/// How long a hub may take to be reached at all. A system asks again only after pauses that double; whoever begins anew finds
/// a hub that has come back at once.
const REACH_SECONDS_MAX: u64 = 1;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectFault {
    /// The network, or what came over it.
    #[error(transparent)]
    Frame(#[from] FrameFault),
    /// The hub turned this screen away.
    #[error("turned away: {0:?}")]
    TurnedAway(TurnedAway),
    /// The hub does not know the code, or is not the hub that it was made for.
    #[error("the machine at {0} does not know this code: it is not the meeting's hub")]
    FalseHub(String),
    /// It took too long.
    #[error("no answer within {CONNECT_SECONDS_MAX} seconds")]
    TooSlow,
}

impl From<std::io::Error> for ConnectFault {
    fn from(error: std::io::Error) -> Self {
        Self::Frame(error.into())
    }
}

/// `HOST` or `HOST:PORT` as `host:port`.
pub fn with_port(host: &str) -> String {
    let bracketed = host.starts_with('[') && host.ends_with(']');
    let has_port = host.rsplit_once(':').is_some_and(|(before, port)| {
        port.parse::<u16>().is_ok() && (!before.contains(':') || before.ends_with(']'))
    });
    if has_port {
        host.to_owned()
    } else if bracketed || !host.contains(':') {
        format!("{host}:{PORT}")
    } else {
        format!("[{host}]:{PORT}")
    }
}

/// The hub, to which a screen has come back.
#[derive(Debug)]
pub struct Back {
    /// The connection.
    pub stream: TlsStream<TcpStream>,
    /// How far its record is, as it says.
    pub reached: Option<Reached>,
}

/// A connection to a hub, and what is this connection's alone; without a pin any certificate is taken.
///
/// # Errors
/// Why there is none.
pub async fn open(hub: &str, pin: Option<Pin>) -> Result<(TlsStream<TcpStream>, Exporter), ConnectFault> {
    let limit = Duration::from_secs(REACH_SECONDS_MAX);
    let socket = timeout(limit, TcpStream::connect(hub)).await.map_err(|_| ConnectFault::TooSlow)??;
    let _ = socket.set_nodelay(true);
    let config = tls::client(pin).map_err(std::io::Error::other)?;
    let name = ServerName::try_from(SERVER_NAME).map_err(std::io::Error::other)?;
    let stream = TlsConnector::from(config).connect(name, socket).await?;
    let exporter = stream
        .get_ref()
        .1
        .export_keying_material([0u8; 32], EXPORTER_LABEL, None)
        .map_err(std::io::Error::other)?;
    Ok((stream, exporter))
}

/// The same work, within the time that connecting and saying hello may take.
///
/// # Errors
/// As the work, or that it took too long.
pub async fn in_time<T>(work: impl Future<Output = Result<T, ConnectFault>>) -> Result<T, ConnectFault> {
    let limit = Duration::from_secs(CONNECT_SECONDS_MAX);
    timeout(limit, work).await.unwrap_or(Err(ConnectFault::TooSlow))
}

/// Enrols `identity` with a seat's code. Both ends prove that they know it, over this very connection; only then is
/// the hub's certificate pinned.
///
/// # Errors
/// Why not.
pub async fn enrol(hub: &str, code: &SeatCode, identity: &Identity) -> Result<Enrolled, ConnectFault> {
    in_time(async {
        let (mut stream, exporter) = open(hub, None).await?;
        let key = identity.public();
        let digest = code.digest();
        let given = proof::of_code(&digest, End::Terminal, &exporter, &key);
        let hello = Hello::Enrol { version: VERSION, key: key.clone(), proof: given };
        write_frame(&mut stream, &hello, TO_HUB_BYTES_MAX).await?;
        match read_frame(&mut stream, TO_SCREEN_BYTES_MAX).await? {
            ToScreen::Welcome { session, actor, proof: Some(returned), .. } => {
                let expected = proof::of_code(&digest, End::Hub, &exporter, &key);
                if !proof::same(&expected, &returned) {
                    return Err(ConnectFault::FalseHub(hub.to_owned()));
                }
                let pin = tls::shown_pin(stream.get_ref().1.peer_certificates())
                    .ok_or_else(|| ConnectFault::FalseHub(hub.to_owned()))?;
                let (hub, identity, code) = (hub.to_owned(), identity.clone(), Some(code.clone()));
                Ok(Enrolled { hub, pin, session, actor, identity, code })
            }
            ToScreen::TurnedAway(away) => Err(ConnectFault::TurnedAway(away)),
            _ => Err(ConnectFault::FalseHub(hub.to_owned())),
        }
    })
    .await
}

/// A fresh identity key.
pub fn fresh_identity() -> Identity {
    Identity::generate(&mut UnwrapErr(SysRng))
}

/// Comes back with the key to the machine at `hub`, having lines up to `have`.
///
/// # Errors
/// Why not.
pub async fn come_back(enrolled: &Enrolled, hub: &HubAt, have: u64) -> Result<Back, ConnectFault> {
    in_time(async {
        let (mut stream, exporter) = open(&hub.address, Some(hub.pin.clone())).await?;
        let text = proof::connect_text(&enrolled.session, &enrolled.actor, &exporter);
        let hello = Hello::Enrolled {
            version: VERSION,
            session: enrolled.session.clone(),
            actor: enrolled.actor.clone(),
            signature: enrolled.identity.sign(&text),
            have,
        };
        write_frame(&mut stream, &hello, TO_HUB_BYTES_MAX).await?;
        match read_frame(&mut stream, TO_SCREEN_BYTES_MAX).await? {
            ToScreen::Welcome { reached, .. } => Ok(Back { stream, reached }),
            ToScreen::TurnedAway(away) => Err(ConnectFault::TurnedAway(away)),
            _ => Err(ConnectFault::FalseHub(hub.address.clone())),
        }
    })
    .await
}

/// Shows a machine that was the hub the line with which another has taken over.
///
/// # Errors
/// When it cannot be told.
pub async fn tell_of_takeover(back: Back, line: &str) -> Result<(), ConnectFault> {
    let mut stream = back.stream;
    in_time(async {
        write_frame(&mut stream, &ToHub::TakenOver { line: line.to_owned() }, TO_HUB_BYTES_MAX).await?;
        // It ends the connection when it has understood.
        while read_frame::<ToScreen>(&mut stream, TO_SCREEN_BYTES_MAX).await.is_ok() {}
        Ok(())
    })
    .await
}

/// Where anonymous acts go: the hub, without a word of who acts.
#[derive(Debug, Clone)]
pub struct Door {
    hub: HubAt,
    session: SessionId,
}

impl Door {
    /// The door of the hub that this terminal is enrolled with.
    pub fn of(enrolled: &Enrolled) -> Self {
        Self::at(HubAt::first(enrolled), enrolled)
    }

    /// The door of another machine that is the hub now.
    pub fn at(hub: HubAt, enrolled: &Enrolled) -> Self {
        Self { hub, session: enrolled.session.clone() }
    }

    /// One anonymous act on a connection of its own.
    ///
    /// # Errors
    /// When it cannot be brought there; it may or may not have arrived.
    pub async fn act(&self, act: &Anonymous) -> Result<ToScreen, ConnectFault> {
        in_time(async {
            let (mut stream, _) = open(&self.hub.address, Some(self.hub.pin.clone())).await?;
            let hello = Hello::Anonymous { version: VERSION, session: self.session.clone() };
            write_frame(&mut stream, &hello, TO_HUB_BYTES_MAX).await?;
            write_frame(&mut stream, act, TO_HUB_BYTES_MAX).await?;
            Ok(read_frame(&mut stream, TO_SCREEN_BYTES_MAX).await?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::with_port;

    #[test]
    fn the_port_is_added_where_none_is_given() {
        let table = [
            ("hall", "hall:7420"),
            ("hall:99", "hall:99"),
            ("10.0.0.1", "10.0.0.1:7420"),
            ("::1", "[::1]:7420"),
            ("[::1]", "[::1]:7420"),
            ("[::1]:99", "[::1]:99"),
        ];
        for (given, expected) in table {
            assert_eq!(with_port(given), expected, "{given}");
        }
    }
}
