//! What a screen knows: the record as folded here, and a few things that are no part of it. Drawing is a pure
//! function of this.

use std::sync::Arc;

use jiff::Timestamp;

use super::exam::OwnExam;
use super::sealing::Sealing;
use super::slips::OwnSlip;
use crate::meeting::{Actor, Asker, ItemId, Question, State};
pub use crate::wire::live::{Live, Strangers, TurnedAway, Turnout};

/// A machine that answers and is not the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTheHub {
    /// Where it is.
    pub address: String,
    /// Whether it stands by, and has not taken over; otherwise another machine has taken over from it.
    pub stands_by: bool,
}

impl NotTheHub {
    /// One that was the hub before.
    pub fn any_more(address: String) -> Self {
        Self { address, stands_by: false }
    }

    /// One that turns screens away, as it says why.
    pub fn turning_away(address: String, away: &TurnedAway) -> Self {
        Self { address, stands_by: *away == TurnedAway::StandingBy }
    }
}

/// Everything that a screen draws.
#[derive(Debug, Clone)]
pub struct View {
    /// Whose screen this is.
    pub me: Actor,
    /// The record, folded; none before the first line has come.
    pub state: Option<Arc<State>>,
    /// The number and the head's hash of the last line folded.
    pub chain: Chain,
    /// Whether the hub can be reached.
    pub link: Link,
    /// The machine that answered while the connection is lost, and is not the hub, or not any more.
    pub not_the_hub: Option<NotTheHub>,
    /// What is no part of the record: connections, rounded turnout, trouble with the disk.
    pub live: Live,
    /// How far the own paper of the round on the floor is.
    pub paper: Paper,
    /// How many anonymous slips this screen has left in the review on the floor; none where there are none to have.
    pub slips_left: Option<u32>,
    /// The room code, while screens are to be compared or have been.
    pub room: Option<Room>,
    /// The item of which this terminal takes no paper.
    pub declines: Option<ItemId>,
    /// Whether this terminal holds a scrutineer's share that only the code on the slip opens.
    pub locked: bool,
    /// Whether this terminal is checking a whole box just now.
    pub checking: bool,
    /// Whether this terminal is checking the count on the floor just now: nothing is signed before it has.
    pub counting: bool,
    /// The own slips that are in the record of the review on the floor: only this terminal knows them.
    pub own_slips: Vec<OwnSlip>,
    /// The own paper of the exam that this seat sits.
    pub exam: Option<Arc<OwnExam>>,
    /// Something is wrong that people must know of; it stays.
    pub alarm: Option<Alarm>,
    /// How the seal stands, once the hub has made it.
    pub seal: Option<Arc<Sealing>>,
    /// Whether the record has been sealed; the meeting is over for this screen.
    pub sealed: bool,
}

/// The end of the chain as this screen has checked it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The last line's number; 0 before the first.
    pub number: u64,
    /// The hash of its head.
    pub hash: String,
}

/// The room code as this screen has computed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The head of the record over which it is.
    pub head: String,
    /// The code; none while it is being computed.
    pub code: Option<String>,
}

/// Whether the hub can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Connecting for the first time.
    Connecting,
    /// Connected.
    Connected,
    /// The connection is lost; trying again since then.
    Lost {
        /// Since when.
        since: Timestamp,
        /// How often it was tried.
        tries: u32,
    },
    /// The hub turned this screen away, for good.
    TurnedAway(TurnedAway),
}

/// How far the own paper of the round on the floor is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Paper {
    /// There is no paper for this screen: no round, no vote in it, or declined.
    #[default]
    None,
    /// The terminal is getting it: request, registration, waiting for the list. Nothing to do for the person.
    Preparing,
    /// The list is confirmed; voting has not begun.
    Confirmed,
    /// It can be marked now.
    Open,
    /// It is on its way to the box; or voting is over, no receipt has come, and the box is not closed: whether it arrived is
    /// not known yet.
    Casting,
    /// It is in the box.
    Returned {
        /// The first characters of the tracking code are shown, the whole is kept.
        tracker: String,
        /// The fixed box has been checked, and the ballot is in it.
        in_box: bool,
    },
    /// Voting is over and no ballot was cast from here.
    NotReturned,
    /// It was sent and never acknowledged, and the closed box shows that it is not in it.
    Lost {
        /// Its tracking code.
        tracker: String,
    },
    /// Voting is over and nothing of the paper is kept here any more: the box was checked, and the terminal started again.
    Forgotten,
}

/// Something is wrong that people must know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// The record that the hub sent does not hold.
    Record(String),
    /// The own credential is not on the list, or the election is not the one on the floor.
    List(String),
    /// The own ballot is not in the box.
    BallotMissing {
        /// Its tracking code.
        tracker: String,
    },
    /// The scrutineers' key does not hold.
    Key(String),
    /// The seat's code was made anew: another terminal speaks for this seat, or soon will.
    KeyReplaced,
    /// A whole box or its count does not hold, or another sum was asked for.
    Box(String),
    /// The hub answered falsely.
    Hub(String),
    /// This terminal's own disk takes nothing; it tries again.
    Store(String),
    /// What is to be sealed is another record than this screen has followed; it signs nothing.
    OtherRecord {
        /// How many lines are to be sealed.
        sealed: u64,
        /// How many this screen knows.
        own: u64,
    },
    /// A standby took over by a forced act, and lacks lines that this screen has: they are set aside as proof.
    LinesAside {
        /// The last line that both have.
        after: u64,
        /// How many lines of this screen are not in the record any more.
        lines: u64,
        /// The file in the own state folder that keeps them; none where this screen keeps nothing.
        file: Option<String>,
    },
    /// A standby took over without lines that this screen has, and not by a forced act: it is not followed.
    ShorterRecord {
        /// The last line that both have.
        after: u64,
        /// How many lines of this screen it lacks.
        lines: u64,
    },
    /// A slip of this terminal's own stands in the record otherwise than it was sent.
    SlipAltered,
    /// A slip of this terminal's own was taken by the hub and is not in the record.
    SlipDropped,
    /// An older sheet of an exam was opened than the hub had taken from here.
    SheetDropped,
    /// Slips came whose tokens were never issued.
    SlipsUnfounded {
        /// How many.
        count: usize,
    },
}

impl View {
    /// What a screen of `me` knows before anything has come.
    pub fn of(me: Actor) -> Self {
        Self {
            me,
            state: None,
            chain: Chain::default(),
            link: Link::Connecting,
            not_the_hub: None,
            live: Live::default(),
            paper: Paper::None,
            slips_left: None,
            room: None,
            declines: None,
            locked: false,
            checking: false,
            counting: false,
            own_slips: Vec::new(),
            exam: None,
            alarm: None,
            seal: None,
            sealed: false,
        }
    }

    /// The own slip that asked a question, if one did.
    pub fn own_slip(&self, question: &Question) -> Option<&OwnSlip> {
        let Asker::Slip { key } = &question.asker else { return None };
        self.own_slips.iter().find(|own| own.key == *key)
    }
}
