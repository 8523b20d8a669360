//! A machine that passes for a hub: it tells what lines it likes and answers as it likes, and writes down what terminals say.

use std::sync::Arc;

use plenum::client::Client;
use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{Pace, start};
use plenum::meeting::{Actor, Identity};
use plenum::wire::code::{CodeDigest, SeatCode};
use plenum::wire::frame::{TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use plenum::wire::proof::{self, EXPORTER_LABEL, End};
use plenum::wire::tls::Certificate;
use plenum::wire::{
    Anonymous, Answer, Hello, Reached, ToHub, ToScreen, WrongAnswer, read_frame, write_frame,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::HandshakeKind;
use tokio_rustls::server::TlsStream;

use super::room::{person, rng};

pub struct FalseHub {
    pub host: String,
    running: JoinHandle<()>,
}

/// An anonymous act as it came.
pub struct Act {
    pub act: Anonymous,
    /// The bytes of hello and act, as they would be written again.
    pub bytes: (usize, usize),
    /// Whether the connection was begun afresh, and resumed nothing.
    pub full: bool,
}

type AnswerTo<T, A> = Arc<dyn Fn(&T) -> Option<A> + Send + Sync>;

#[derive(Clone)]
pub struct Told {
    /// What it proves to know.
    pub digest: Option<CodeDigest>,
    pub actor: Actor,
    pub session: String,
    pub lines: Vec<String>,
    /// How far it says that its record is.
    pub reached: Option<Reached>,
    /// What it says is to be sealed.
    pub seal: Option<String>,
    /// What it answers to an enrolled terminal; nothing, if none.
    pub answers: AnswerTo<ToHub, Answer>,
    /// What it answers to an anonymous act.
    pub acts: AnswerTo<Anonymous, ToScreen>,
    /// What the terminal says after its hello.
    pub heard: UnboundedSender<ToHub>,
    /// What came without a name.
    pub anonymous: UnboundedSender<Act>,
}

/// What a false hub has heard.
pub struct Listening {
    pub said: UnboundedReceiver<ToHub>,
    pub acts: UnboundedReceiver<Act>,
}

impl Told {
    /// To m5: these lines, no answer to anything, no anonymous act taken.
    pub fn new(session: &str, lines: Vec<String>) -> (Self, Listening) {
        let (heard, said) = unbounded_channel();
        let (anonymous, acts) = unbounded_channel();
        let told = Self {
            digest: None,
            actor: person("m5"),
            session: session.to_owned(),
            lines,
            reached: None,
            seal: None,
            answers: Arc::new(|_| None),
            acts: Arc::new(|_| Some(ToScreen::ActRefused(WrongAnswer::NotOpen))),
            heard,
            anonymous,
        };
        (told, Listening { said, acts })
    }

    /// Told to a terminal with this key, which knows the code of this machine.
    pub async fn enrolled(mut self, identity: &Identity) -> Enrolled {
        let code = SeatCode::generate(&mut rng());
        self.digest = Some(code.digest());
        let hub = FalseHub::start(self).await;
        enrol(&hub.host, &code, identity).await.unwrap()
    }

    /// The same, to a client that keeps this.
    pub async fn client(self, identity: &Identity, store: Store) -> Client {
        start(self.enrolled(identity).await, store, Pace::seeded(5, 20))
    }
}

pub fn told_nothing() -> Told {
    Told::new("s", Vec::new()).0
}

/// The terminal of m5, enrolled at a hub that tells these lines.
pub async fn enrolled_at(lines: Vec<String>, session: &str) -> Enrolled {
    Told::new(session, lines).0.enrolled(&fresh_identity()).await
}

impl FalseHub {
    pub async fn start(told: Told) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::start_on(listener, &Certificate::generate().unwrap(), told)
    }

    /// On a machine that is known by its address and certificate.
    pub fn start_on(listener: TcpListener, certificate: &Certificate, told: Told) -> Self {
        let host = listener.local_addr().unwrap().to_string();
        let acceptor = TlsAcceptor::from(certificate.server().unwrap());
        let running = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let Ok((socket, _)) = listener.accept().await else { return };
                let (acceptor, told) = (acceptor.clone(), told.clone());
                connections.spawn(async move {
                    if let Ok(stream) = acceptor.accept(socket).await {
                        serve(stream, told).await;
                    }
                });
            }
        });
        Self { host, running }
    }

    /// The machine dies; its address is free.
    pub async fn stop(self) {
        self.running.abort();
        let _ = self.running.await;
    }
}

async fn serve(mut stream: TlsStream<TcpStream>, told: Told) {
    let exporter = stream.get_ref().1.export_keying_material([0u8; 32], EXPORTER_LABEL, None).unwrap();
    let full = stream.get_ref().1.handshake_kind() == Some(HandshakeKind::Full)
        || stream.get_ref().1.handshake_kind() == Some(HandshakeKind::FullWithHelloRetryRequest);
    let Ok(hello) = read_frame::<Hello>(&mut stream, 4_096).await else { return };
    let welcome = |proof| {
        let (session, actor) = (told.session.as_str().into(), told.actor.clone());
        ToScreen::Welcome { session, actor, proof, reached: told.reached.clone() }
    };
    let mut messages = match &hello {
        Hello::Enrol { key, proof: given, .. } => {
            // Whoever does not know the code can only send the terminal's own proof back.
            let own = told
                .digest
                .map_or_else(|| given.clone(), |digest| proof::of_code(&digest, End::Hub, &exporter, key));
            vec![welcome(Some(own))]
        }
        Hello::Anonymous { .. } => return take(stream, &hello, full, &told).await,
        Hello::Enrolled { have, .. } => {
            let lines = told.lines.iter().skip(*have as usize).cloned().collect();
            vec![welcome(None), ToScreen::Lines { lines }]
        }
        // No terminal says this.
        Hello::EnrolStandby { .. } | Hello::Standby { .. } => return,
    };
    for message in messages.drain(..) {
        if write_frame(&mut stream, &message, TO_SCREEN_BYTES_MAX).await.is_err() {
            return;
        }
    }
    if let Some(transcript) = told.seal {
        let _ = write_frame(&mut stream, &ToScreen::SealReady { transcript }, TO_SCREEN_BYTES_MAX).await;
    }
    // Held open until the terminal goes.
    while let Ok(said) = read_frame::<ToHub>(&mut stream, TO_HUB_BYTES_MAX).await {
        let answer = number(&said).zip((told.answers)(&said));
        let _ = told.heard.send(said);
        if let Some((ask, answer)) = answer {
            let _ = write_frame(&mut stream, &ToScreen::Answer { ask, answer }, TO_SCREEN_BYTES_MAX).await;
        }
    }
}

async fn take(mut stream: TlsStream<TcpStream>, hello: &Hello, full: bool, told: &Told) {
    let Ok(act) = read_frame::<Anonymous>(&mut stream, TO_HUB_BYTES_MAX).await else { return };
    let answer = (told.acts)(&act);
    let bytes = (serde_json::to_vec(hello).unwrap().len(), serde_json::to_vec(&act).unwrap().len());
    let _ = told.anonymous.send(Act { act, bytes, full });
    if let Some(answer) = answer {
        let _ = write_frame(&mut stream, &answer, TO_SCREEN_BYTES_MAX).await;
    }
}

fn number(said: &ToHub) -> Option<u64> {
    match said {
        ToHub::Order { ask, .. }
        | ToHub::Material { ask, .. }
        | ToHub::Dealing { ask, .. }
        | ToHub::Share { ask, .. }
        | ToHub::Ballots { ask, .. }
        | ToHub::Factors { ask, .. }
        | ToHub::ExamPaper { ask, .. }
        | ToHub::ExamSheet { ask, .. }
        | ToHub::SealSignature { ask, .. }
        | ToHub::SealRefusal { ask, .. }
        | ToHub::SealWithout { ask, .. }
        | ToHub::Witness { ask, .. } => Some(*ask),
        ToHub::Ping | ToHub::TakenOver { .. } => None,
    }
}
