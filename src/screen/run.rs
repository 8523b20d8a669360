//! One loop for every screen: wait for a key, a change, an answer or the clock; take in all that has happened; draw
//! once. Nothing is drawn when nothing has changed, and an idle screen sleeps until the clock's next minute.

use std::future::poll_fn;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use futures::{FutureExt as _, Stream, StreamExt as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::Backend;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::guard::{Guard, inside};
use super::{Act, Answer, Scene, Screen, Theme, draw, is_too_small};
use crate::client::{Client, View};
use crate::meeting::Actor;
use crate::words::Lang;

/// Two drawings are at least so far apart, so that a burst of lines is one drawing.
const DRAW_EVERY: Duration = Duration::from_millis(10);
/// The longest sleep: the system's clock may have been set meanwhile.
const SLEEP_MAX: Duration = Duration::from_secs(60);
/// How many answers may wait to be taken in.
const ANSWERS_MAX: usize = 64;
/// How many keys are taken in before the screen is drawn: a stuck key or a huge paste must not freeze it.
const KEYS_MAX: usize = 256;

/// How a screen speaks and looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Colours and signs.
    pub theme: Theme,
    /// The room's time zone.
    pub zone: TimeZone,
}

/// Lends the process's terminal to `screen` until it is done, and returns the screen with its outcome.
///
/// Ends with [`Act::Quit`], with Ctrl-C pressed twice, and with SIGTERM, SIGINT or SIGHUP.
///
/// # Errors
/// When there is no terminal, or it can no longer be read or written.
pub async fn run<S: Screen>(screen: S, client: Client, look: Look) -> io::Result<S> {
    let (_guard, terminal) = Guard::borrow()?;
    run_on(terminal, EventStream::new(), screen, client, look).await
}

/// The same, with somewhere to keep what is being written: the latest draft, or none. Whoever holds the other end stores
/// it.
///
/// # Errors
/// When there is no terminal, or it can no longer be read or written.
pub async fn run_keeping<S: Screen>(
    screen: S,
    client: Client,
    look: Look,
    drafts: watch::Sender<Option<String>>,
) -> io::Result<S> {
    let (_guard, terminal) = Guard::borrow()?;
    run_loop(terminal, EventStream::new(), screen, client, None, look, Some(drafts)).await
}

/// The same with a second client, that of the presiding officer's own seat: what the console's [`Act::Own`] is for.
///
/// # Errors
/// When there is no terminal, or it can no longer be read or written.
pub async fn run_with_own<S: Screen>(screen: S, client: Client, own: Client, look: Look) -> io::Result<S> {
    let (_guard, terminal) = Guard::borrow()?;
    run_with(terminal, EventStream::new(), screen, client, Some(own), look).await
}

/// Lends the terminal to a screen that needs no client, such as the one that asks for the seat code.
///
/// # Errors
/// As [`run()`].
pub async fn run_alone<S: Screen>(screen: S, look: Look) -> io::Result<S> {
    let (client, _requests, _views) = Client::new(nobody());
    run(screen, client, look).await
}

/// Shows a screen; after a panic of it, which has given the terminal back, shows a fresh one, if `again` says so. What runs
/// beside it is untouched: a screen holds nothing of the meeting.
///
/// # Errors
/// As the screen's own.
pub async fn keep_showing<S, F>(
    mut show: impl FnMut() -> F,
    mut again: impl AsyncFnMut() -> bool,
) -> io::Result<Option<S>>
where
    F: Future<Output = io::Result<S>>,
{
    loop {
        match AssertUnwindSafe(show()).catch_unwind().await {
            Ok(left) => return left.map(Some),
            Err(_) if again().await => {}
            Err(_) => return Ok(None),
        }
    }
}

/// What a screen knows that belongs to nobody yet.
pub fn nobody() -> View {
    View::of(Actor::Hub)
}

/// The same on any backend and any stream of keys: what tests use.
///
/// # Errors
/// When the backend or the stream fails.
pub async fn run_on<B, E, S>(
    terminal: Terminal<B>,
    events: E,
    screen: S,
    client: Client,
    look: Look,
) -> io::Result<S>
where
    B: Backend,
    B::Error: std::error::Error + Send + Sync + 'static,
    E: Stream<Item = io::Result<Event>> + Unpin,
    S: Screen,
{
    run_with(terminal, events, screen, client, None, look).await
}

/// The same, with the client of the own seat where there is one.
///
/// # Errors
/// When the backend or the stream fails.
pub async fn run_with<B, E, S>(
    terminal: Terminal<B>,
    events: E,
    screen: S,
    client: Client,
    own: Option<Client>,
    look: Look,
) -> io::Result<S>
where
    B: Backend,
    B::Error: std::error::Error + Send + Sync + 'static,
    E: Stream<Item = io::Result<Event>> + Unpin,
    S: Screen,
{
    run_loop(terminal, events, screen, client, own, look, None).await
}

/// The loop itself.
async fn run_loop<B, E, S>(
    mut terminal: Terminal<B>,
    mut events: E,
    mut screen: S,
    client: Client,
    own: Option<Client>,
    look: Look,
    drafts: Option<watch::Sender<Option<String>>>,
) -> io::Result<S>
where
    B: Backend,
    B::Error: std::error::Error + Send + Sync + 'static,
    E: Stream<Item = io::Result<Event>> + Unpin,
    S: Screen,
{
    let mut views = Some(client.views());
    let mut view = client.view();
    let (answers, mut answered) = mpsc::channel(ANSWERS_MAX);
    let mut signals = Signals::new()?;
    let mut leaving = false;
    let mut drawn: Option<Instant> = None;
    let mut acts = inside(|| screen.viewed(&view));
    let mut own_views = own.as_ref().map(Client::views);
    let mut own_view: Option<Arc<View>> = None;
    loop {
        if let Some(latest) = own.as_ref().map(Client::view)
            && own_view.as_ref().is_none_or(|known| !Arc::ptr_eq(known, &latest))
        {
            acts.extend(inside(|| screen.own_viewed(&latest)));
            own_view = Some(latest);
        }
        for act in acts.drain(..) {
            match act {
                Act::Quit => return Ok(screen),
                Act::Bell => ring(),
                Act::Draft(draft) => {
                    if let Some(drafts) = &drafts {
                        drafts.send_replace(draft);
                    }
                }
                act => perform(act, client.clone(), own.clone(), answers.clone()),
            }
        }
        if let Some(drawn) = drawn {
            sleep_until(drawn + DRAW_EVERY).await;
        }
        let now = Timestamp::now();
        let scene = Scene { view: &view, now, zone: &look.zone, lang: look.lang, theme: look.theme, leaving };
        inside(|| terminal.draw(|frame| draw(&mut screen, frame, &scene))).map_err(io::Error::other)?;
        drawn = Some(Instant::now());

        let tick = screen.next_tick(&view, now).unwrap_or(SLEEP_MAX).min(SLEEP_MAX);
        let mut keys = Vec::new();
        tokio::select! {
            event = events.next() => match event {
                Some(event) => keys.push(event),
                None => return Ok(screen),
            },
            () = changed(&mut views) => {}
            () = changed(&mut own_views) => {}
            Some(answer) = answered.recv() => acts.extend(inside(|| screen.answered(answer, &view))),
            () = sleep_until(Instant::now() + tick) => {}
            () = signals.next() => return Ok(screen),
        }
        // Take in all the rest that has happened, then draw once.
        let latest = client.view();
        if !Arc::ptr_eq(&latest, &view) {
            view = latest;
            acts.extend(inside(|| screen.viewed(&view)));
        }
        while let Ok(answer) = answered.try_recv() {
            acts.extend(inside(|| screen.answered(answer, &view)));
        }
        drain(&mut events, &mut keys).await;
        let size = terminal.size().map_err(io::Error::other)?;
        for event in keys {
            match event? {
                Event::Key(key) if key.kind == KeyEventKind::Release => {}
                Event::Key(key) if is_ctrl_c(key) && leaving => return Ok(screen),
                Event::Key(key) if is_ctrl_c(key) => leaving = true,
                Event::Key(_) if std::mem::take(&mut leaving) => {}
                Event::Key(_) | Event::Paste(_) if is_too_small(size.width, size.height) => {}
                Event::Key(key) => acts.extend(inside(|| screen.key(key, &view))),
                Event::Paste(text) => acts.extend(inside(|| screen.paste(&text, &view))),
                _ => {}
            }
        }
    }
}

/// Takes the events that are there already, without waiting. It polls with the task's own waker: the stream of a real
/// terminal remembers the first waker it is given, and would never wake this loop again after a poll with another.
async fn drain<E>(events: &mut E, keys: &mut Vec<io::Result<Event>>)
where
    E: Stream<Item = io::Result<Event>> + Unpin,
{
    poll_fn(|context| {
        while keys.len() < KEYS_MAX {
            match events.poll_next_unpin(context) {
                Poll::Ready(Some(event)) => keys.push(event),
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(())
    })
    .await;
}

/// Waits for a change of the view; for ever once the client has ended, which the view has said before.
async fn changed(views: &mut Option<watch::Receiver<Arc<View>>>) {
    if let Some(receiver) = views {
        if receiver.changed().await.is_ok() {
            return;
        }
        *views = None;
        return;
    }
    std::future::pending().await
}

fn is_ctrl_c(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

fn ring() {
    use std::io::Write as _;
    let mut out = io::stdout();
    let _ = out.write_all(b"\x07");
    let _ = out.flush();
}

/// Asks the client, beside the loop: a slow hub never freezes a screen.
fn perform(act: Act, client: Client, own: Option<Client>, answers: mpsc::Sender<Answer>) {
    tokio::spawn(async move {
        let answer = match (act, own) {
            (Act::Own(act), Some(own)) => ask(*act, own).await.map(|answer| Answer::Own(Box::new(answer))),
            (act, _) => ask(act, client).await,
        };
        if let Some(answer) = answer {
            // The loop may have ended meanwhile; then nobody waits for the answer.
            let _ = answers.send(answer).await;
        }
    });
}

async fn ask(act: Act, client: Client) -> Option<Answer> {
    Some(match act {
        Act::Order(command) => {
            let result = client.order(command.clone()).await;
            Answer::Order { command, result }
        }
        Act::Prepare { number, choices } => {
            Answer::Prepared { number, result: client.prepare(choices).await }
        }
        Act::Cast(code) => Answer::Cast(client.cast_prepared(&code).await),
        Act::Challenge { code, folder } => Answer::Challenged(client.challenge(&code, folder).await),
        Act::Abandon(code) => {
            client.abandon(&code).await;
            return None;
        }
        Act::TakeNoPaper(item) => {
            // What came of it is in the view.
            let _ = client.take_no_paper(item).await;
            return None;
        }
        Act::TakePlace(item) => Answer::Exam(client.take_place(item).await),
        Act::HandIn(item) => Answer::Exam(client.hand_in(item).await),
        Act::Answers(answered) => {
            // What came of it is in the view.
            client.answer(answered).await;
            return None;
        }
        Act::Material(path) => {
            let result = client.material(&path).await;
            Answer::Material { path, result }
        }
        Act::Slip(says) => {
            let result = client.slip(says.clone()).await;
            Answer::Slip { says, result }
        }
        Act::ConfirmRoom(typed) => {
            let result = client.confirm_room(typed.clone()).await;
            Answer::Room { typed, result }
        }
        Act::Unlock(code) => Answer::Unlocked(client.unlock(code).await),
        Act::Seal(act) => {
            let result = client.of_seal(act.clone()).await;
            Answer::Seal { act, result }
        }
        Act::Own(_) | Act::Draft(_) | Act::Bell | Act::Quit => return None,
    })
}

/// The signals that end a screen.
struct Signals([Signal; 3]);

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self([
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ]))
    }

    async fn next(&mut self) {
        let [terminate, interrupt, hangup] = &mut self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Frame;
    use ratatui::backend::TestBackend;
    use ratatui::widgets::Paragraph;
    use tokio::sync::oneshot;

    use super::*;
    use crate::client::handle::Request;
    use crate::client::{AskError, Done};
    use crate::meeting::Command;

    /// Counts what happens to it; `n` gives a note, `q` quits.
    #[derive(Debug, Default)]
    struct Probe {
        draws: u32,
        keys: u32,
        views: u32,
        answers: Vec<Result<Done, AskError>>,
    }

    impl Screen for Probe {
        fn draw(&mut self, frame: &mut Frame<'_>, _scene: &Scene<'_>) {
            self.draws += 1;
            frame.render_widget(Paragraph::new("probe"), frame.area());
        }

        fn key(&mut self, key: KeyEvent, _view: &View) -> Vec<Act> {
            self.keys += 1;
            match key.code {
                KeyCode::Char('n') => vec![Act::Order(Command::Note { text: "x".to_owned() })],
                KeyCode::Char('q') => vec![Act::Quit],
                _ => Vec::new(),
            }
        }

        fn answered(&mut self, answer: Answer, _view: &View) -> Vec<Act> {
            if let Answer::Order { result, .. } = answer {
                self.answers.push(result);
            }
            vec![Act::Quit]
        }

        fn viewed(&mut self, _view: &View) -> Vec<Act> {
            self.views += 1;
            Vec::new()
        }

        fn next_tick(&self, _view: &View, _now: Timestamp) -> Option<Duration> {
            None
        }
    }

    fn look() -> Look {
        Look { lang: Lang::En, theme: Theme::new(true, true), zone: TimeZone::UTC }
    }

    fn key(character: char) -> io::Result<Event> {
        Ok(Event::Key(KeyEvent::from(KeyCode::Char(character))))
    }

    fn ctrl_c() -> io::Result<Event> {
        Ok(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)))
    }

    async fn run_probe(size: (u16, u16), keys: Vec<io::Result<Event>>) -> Probe {
        let (client, _requests, _views) = Client::new(nobody());
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let events = futures::stream::iter(keys).chain(futures::stream::pending());
        let ended = run_on(terminal, events, Probe::default(), client, look());
        tokio::time::timeout(Duration::from_secs(10), ended).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn a_burst_of_keys_is_one_drawing() {
        let keys = (0..100).map(|_| key('x')).chain([key('q')]).collect();
        let probe = run_probe((80, 24), keys).await;
        assert_eq!((probe.keys, probe.draws), (101, 1));
    }

    #[tokio::test]
    async fn ctrl_c_twice_leaves_and_another_key_between_stays() {
        let keys = vec![ctrl_c(), key('x'), ctrl_c(), ctrl_c(), key('x')];
        let probe = run_probe((80, 24), keys).await;
        assert_eq!(probe.keys, 0, "the key that stays does nothing else");
    }

    #[tokio::test]
    async fn keys_do_nothing_where_nobody_sees_what_they_do() {
        let probe = run_probe((40, 10), vec![key('n'), key('q'), ctrl_c(), ctrl_c()]).await;
        assert_eq!((probe.keys, probe.draws), (0, 0));
    }

    #[tokio::test]
    async fn an_act_is_answered_and_a_change_is_seen_once() {
        let (client, mut requests, views) = Client::new(nobody());
        let (ask, asked) = oneshot::channel();
        tokio::spawn(async move {
            let Some(Request::Order(_, reply)) = requests.recv().await else { panic!("no order") };
            let mut changed = nobody();
            changed.chain.number = 7;
            views.send(Arc::new(changed)).unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
            ask.send(()).unwrap();
            let _ = reply.send(Err(AskError::NotConnected));
            std::future::pending::<()>().await;
        });
        let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let events = futures::stream::iter([key('n')]).chain(futures::stream::pending());
        let probe = run_on(terminal, events, Probe::default(), client, look()).await.unwrap();
        asked.await.unwrap();
        assert_eq!(probe.answers, [Err(AskError::NotConnected)]);
        assert_eq!(probe.views, 2, "once at the start, once for the change");
    }

    #[tokio::test]
    async fn an_idle_screen_draws_once_and_a_client_that_ends_does_not_spin() {
        let (client, requests, views) = Client::new(nobody());
        drop((requests, views));
        let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let late = futures::stream::once(async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            key('q')
        });
        let probe = run_on(terminal, Box::pin(late), Probe::default(), client, look()).await.unwrap();
        assert!(probe.draws <= 2, "{} drawings", probe.draws);
    }
}
