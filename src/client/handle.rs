//! The handle that a screen holds: it asks, and watches what is known. The driver behind it owns the connection.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use zeroize::Zeroizing;

use super::challenge::Challenged;
use super::exam::Answered;
use super::sealing::SealAct;
use super::view::View;
use crate::ballot::Challenge;
use crate::meeting::{Command, ItemId, Refusal, SlipSays};
use crate::wire::code::SeatCode;
use crate::wire::{Majority, SealRefused, WrongAnswer};

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
    /// Encrypt a ballot and keep it in memory until it is cast, challenged or abandoned; the answer is its control code.
    Prepare(Zeroizing<Vec<usize>>, oneshot::Sender<Result<String, AskError>>),
    /// Return the prepared ballot that has this control code.
    CastPrepared(String, oneshot::Sender<Result<Done, AskError>>),
    /// Give away how the prepared ballot with this control code was encrypted.
    Challenge(String, oneshot::Sender<Result<Challenge, AskError>>),
    /// Forget the prepared ballot that has this control code.
    Abandon(String),
    /// Send an anonymous slip, or what an own slip does further.
    Slip(SlipSays, oneshot::Sender<Result<Done, AskError>>),
    /// Take a place in an exam, with a lot of this terminal's own.
    TakePlace(ItemId, oneshot::Sender<Result<Done, AskError>>),
    /// Keep what was answered so far, here and at the hub. What came of it is in the view.
    Answers(Answered),
    /// Hand in the last version, once the hub has it.
    HandIn(ItemId, oneshot::Sender<Result<Done, AskError>>),
    /// Read a material; its hash is checked against the record.
    Material(String, oneshot::Sender<Result<Arc<str>, AskError>>),
    /// Take no paper of the ballots on an item, or take one after all.
    TakeNoPaper(Option<ItemId>, oneshot::Sender<Result<Done, AskError>>),
    /// Compare a room code that somebody typed with this screen's, and say so in the record if it is the same.
    ConfirmRoom(String, oneshot::Sender<Result<Done, AskError>>),
    /// Open the safe of this terminal with the seat's code.
    Unlock(SeatCode, oneshot::Sender<Result<Done, AskError>>),
    /// Sign the seal of the closed record when the hub has prepared it, refuse to, or go on without somebody.
    Seal(SealAct, oneshot::Sender<Result<Done, AskError>>),
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
    /// Too few are connected to the hub to go on with.
    #[error("waiting until more than half are connected: {} of {}", .0.connected, .0.of)]
    TooFew(Majority),
    /// The room code that was typed is not this screen's.
    #[error("this is not the room code of this screen")]
    OtherRoomCode,
    /// The code is not the one under which this terminal keeps its share.
    #[error("this is not the code with which this terminal was enrolled")]
    WrongCode,
    /// What was said about the seal is not taken.
    #[error(transparent)]
    Seal(#[from] SealRefused),
    /// The hub or this terminal found a fault that is no rule of the meeting.
    #[error("{0}")]
    Fault(String),
    /// The client has ended.
    #[error("the client has ended")]
    Ended,
}

impl AskError {
    /// What a hub's answer comes to.
    pub fn of(wrong: WrongAnswer) -> Self {
        match wrong {
            WrongAnswer::Disk { says } => Self::Disk(says),
            WrongAnswer::TooFew { majority } => Self::TooFew(majority),
            WrongAnswer::Seal(refused) => Self::Seal(refused),
            wrong => Self::Fault(wrong.to_string()),
        }
    }
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

    /// Encrypts the ballot of the round on the floor, and keeps it in memory until it is cast, challenged or abandoned, or
    /// until another is prepared. Returns its control code, which the screen shows before it asks for either.
    ///
    /// # Errors
    /// Why it cannot be encrypted.
    pub async fn prepare(&self, choices: Zeroizing<Vec<usize>>) -> Result<String, AskError> {
        self.ask(|reply| Request::Prepare(choices, reply)).await
    }

    /// Returns the prepared ballot with this control code: these ciphertexts and no others.
    ///
    /// # Errors
    /// Why it is not in the box.
    pub async fn cast_prepared(&self, code: &str) -> Result<Done, AskError> {
        self.ask(|reply| Request::CastPrepared(code.to_owned(), reply)).await
    }

    /// Challenges the prepared ballot with this control code: it shows how it was encrypted, cannot be cast any more, and
    /// is written into a file in `folder`. Nothing of it goes to the hub.
    ///
    /// # Errors
    /// When no ballot with this code is prepared. That the file cannot be written is no error.
    pub async fn challenge(&self, code: &str, folder: PathBuf) -> Result<Challenged, AskError> {
        let challenge = self.ask(|reply| Request::Challenge(code.to_owned(), reply)).await?;
        let kept = tokio::task::spawn_blocking(move || Challenged::keep(&challenge, &folder)).await;
        kept.map_err(|error| AskError::Fault(error.to_string()))
    }

    /// Forgets the prepared ballot with this control code.
    pub async fn abandon(&self, code: &str) {
        let _ = self.requests.send(Request::Abandon(code.to_owned())).await;
    }

    /// Sends an anonymous slip: a question to an official, or an opinion; or what an own slip does further. It is
    /// published at the next tick.
    ///
    /// # Errors
    /// When there is no slip left, or it was not taken.
    pub async fn slip(&self, says: SlipSays) -> Result<Done, AskError> {
        self.ask(|reply| Request::Slip(says, reply)).await
    }

    /// Takes a place in an exam.
    ///
    /// # Errors
    /// A refusal, or why it could not be asked.
    pub async fn take_place(&self, item: ItemId) -> Result<Done, AskError> {
        self.ask(|reply| Request::TakePlace(item, reply)).await
    }

    /// Keeps what was answered so far: durably here, and at the hub as soon as it can be reached.
    pub async fn answer(&self, answered: Answered) {
        let _ = self.requests.send(Request::Answers(answered)).await;
    }

    /// Hands in the own paper of an exam.
    ///
    /// # Errors
    /// A refusal, or why it could not be handed in.
    pub async fn hand_in(&self, item: ItemId) -> Result<Done, AskError> {
        self.ask(|reply| Request::HandIn(item, reply)).await
    }

    /// Reads a material by its path below `materials/`.
    ///
    /// # Errors
    /// When it cannot be had or is not the one in the record.
    pub async fn material(&self, path: &str) -> Result<Arc<str>, AskError> {
        let path = path.to_owned();
        self.ask(|reply| Request::Material(path, reply)).await
    }

    /// Takes no paper of the ballots on this item when they are issued; none: takes them after all. What was issued is
    /// issued.
    ///
    /// # Errors
    /// When the client has ended.
    pub async fn take_no_paper(&self, item: Option<ItemId>) -> Result<Done, AskError> {
        self.ask(|reply| Request::TakeNoPaper(item, reply)).await
    }

    /// Compares a room code read from another screen with this screen's own, and confirms it in the record.
    ///
    /// # Errors
    /// [`AskError::OtherRoomCode`] when it is another, or a refusal.
    pub async fn confirm_room(&self, typed: String) -> Result<Done, AskError> {
        self.ask(|reply| Request::ConfirmRoom(typed, reply)).await
    }

    /// Opens the share that this terminal keeps, after a restart: with the code on the seat's slip.
    ///
    /// # Errors
    /// [`AskError::WrongCode`] when it is another code.
    pub async fn unlock(&self, code: SeatCode) -> Result<Done, AskError> {
        self.ask(|reply| Request::Unlock(code, reply)).await
    }

    /// Signs the seal.
    ///
    /// # Errors
    /// When the meeting has not ended, or the seal is not over the record that this screen knows.
    pub async fn seal(&self) -> Result<Done, AskError> {
        self.of_seal(SealAct::Sign).await
    }

    /// Says something about the seal: signs it, refuses to, or goes on without somebody.
    ///
    /// # Errors
    /// As [`seal`](Self::seal), or why the hub does not take it now.
    pub async fn of_seal(&self, act: SealAct) -> Result<Done, AskError> {
        self.ask(|reply| Request::Seal(act, reply)).await
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
