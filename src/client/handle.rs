//! The handle that a screen holds: it asks, and watches what is known. The driver behind it owns the connection.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};

use super::view::View;
use crate::meeting::{Command, Refusal, SlipSays};

/// How many requests of one screen may wait. A person does not type faster.
pub const REQUESTS_MAX: usize = 64;

/// A screen's hold on its client. Cheap to clone; the client ends when the last one is dropped.
#[derive(Debug, Clone)]
pub struct Client {
    requests: mpsc::Sender<Request>,
    view: watch::Receiver<Arc<View>>,
}

/// What a screen can ask of its client.
#[derive(Debug)]
pub enum Request {
    /// Sign a command and give it.
    Order(Command, oneshot::Sender<Result<Done, AskError>>),
    /// Encrypt a ballot and return it: for each question the place of the answer chosen.
    Cast(Vec<usize>, oneshot::Sender<Result<Done, AskError>>),
    /// Send an anonymous slip, or what an own slip does further.
    Slip(SlipSays, oneshot::Sender<Result<Done, AskError>>),
    /// Read a material; its hash is checked against the record.
    Material(String, oneshot::Sender<Result<Arc<str>, AskError>>),
    /// Sign the seal of the closed record, when the hub has prepared it.
    Seal(oneshot::Sender<Result<Done, AskError>>),
}

/// An order that was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The line that holds it; none where it had been done before.
    pub line: Option<u64>,
    /// The new one-time code, where one was made. It is in no record.
    pub code: Option<String>,
}

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no connection just now. An order may or may not have arrived: the record will show it.
    #[error("not connected")]
    NotConnected,
    /// The hub cannot write: the meeting is suspended until it can.
    #[error("the hub cannot write: {0}")]
    Disk(String),
    /// The hub or this terminal found a fault that is no rule of the meeting.
    #[error("{0}")]
    Fault(String),
    /// The client has ended.
    #[error("the client has ended")]
    Ended,
}

impl Client {
    /// A handle, and the ends that its driver holds.
    pub fn new(view: View) -> (Self, mpsc::Receiver<Request>, watch::Sender<Arc<View>>) {
        let (requests, inbox) = mpsc::channel(REQUESTS_MAX);
        let (sender, view) = watch::channel(Arc::new(view));
        (Self { requests, view }, inbox, sender)
    }

    /// What is known now.
    pub fn view(&self) -> Arc<View> {
        self.view.borrow().clone()
    }

    /// What is known, as it changes.
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.view.clone()
    }

    /// Gives a command.
    ///
    /// # Errors
    /// A refusal, or why it could not be asked.
    pub async fn order(&self, command: Command) -> Result<Done, AskError> {
        self.ask(|reply| Request::Order(command, reply)).await
    }

    /// Returns the ballot of the round on the floor: for each question, in ballot order, the place of the answer chosen.
    ///
    /// # Errors
    /// Why it is not in the box.
    pub async fn cast(&self, choices: Vec<impl Into<usize>>) -> Result<Done, AskError> {
        let choices = choices.into_iter().map(Into::into).collect();
        self.ask(|reply| Request::Cast(choices, reply)).await
    }

    /// Sends an anonymous slip: a question to an official, or an opinion; or what an own slip does further. It is
    /// published at the next tick.
    ///
    /// # Errors
    /// When there is no slip left, or it was not taken.
    pub async fn slip(&self, says: SlipSays) -> Result<Done, AskError> {
        self.ask(|reply| Request::Slip(says, reply)).await
    }

    /// Reads a material by its path below `materials/`.
    ///
    /// # Errors
    /// When it cannot be had or is not the one in the record.
    pub async fn material(&self, path: &str) -> Result<Arc<str>, AskError> {
        let path = path.to_owned();
        self.ask(|reply| Request::Material(path, reply)).await
    }

    /// Signs the seal.
    ///
    /// # Errors
    /// When the meeting has not ended, or the seal is not over the record that this screen knows.
    pub async fn seal(&self) -> Result<Done, AskError> {
        self.ask(Request::Seal).await
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, AskError>>) -> Request,
    ) -> Result<T, AskError> {
        let (reply, answer) = oneshot::channel();
        self.requests.send(request(reply)).await.map_err(|_| AskError::Ended)?;
        answer.await.map_err(|_| AskError::Ended)?
    }

    /// Waits until `enough` holds of the view.
    ///
    /// # Errors
    /// When the client ends before.
    pub async fn until(&self, mut enough: impl FnMut(&View) -> bool) -> Result<Arc<View>, AskError> {
        let mut views = self.view.clone();
        let view = views.wait_for(|view| enough(view)).await.map_err(|_| AskError::Ended)?;
        Ok(Arc::clone(&view))
    }
}
