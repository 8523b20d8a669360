//! What can fail to hold in an archive, as data.

use serde::Serialize;

use crate::archive::tree::OddKind;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a file of the folder, with the line where it has lines.
    pub place: String,
    /// What.
    pub what: FaultKind,
}

/// What can fail to hold. `detail` is the reason that the code below gives, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the sentences of `words::archive` say what each means")]
pub enum FaultKind {
    Unreadable { detail: String },
    Missing,
    TooLong { bytes_max: u64 },
    Odd { kind: OddKind },
    EmptyFolder,
    Private,
    Unlisted,
    Changed,
    Transcript { detail: String },
    TranscriptFormat { found: String },
    TranscriptNotCanonical,
    ListNotSorted,
    SealedSession,
    SealedRehearsal,
    SealedLines { sealed: u64, found: u64 },
    SealedHead,
    SignatureMissing { by: String },
    SignatureTwice { by: String },
    SignatureKey { by: String },
    Signature { by: String },
    SignatureOrder { by: String },
    NotEntitled { by: String },
    Unaccounted { by: String },
    SignedAndNot { by: String },
    NoReason { by: String },
    RefusalKey { by: String },
    Refusal { by: String },
    UnsignedNotSorted,
    WitnessKey { by: String },
    Witness { by: String },
    WitnessesNotSorted,
    SealAlone,
    Record { detail: String },
    NotText,
    TornLine,
    MoreFaults { more: u64 },
    NotEnded,
    PlanHash,
    PlanMistaken { mistakes: usize },
    PlanDiffers,
    MaterialHash,
    KeyTrustees { ceremony: u32, detail: String },
    KeyCertificate { ceremony: u32, by: String },
    KeyThreshold { ceremony: u32, found: u32, planned: u32 },
    Setup { ballot: String, detail: String },
    SetupTrustees { ballot: String },
    SetupHash { ballot: String },
    SetupQuestions { ballot: String },
    SetupDescription { ballot: String },
    SetupReused { ballot: String, other: String },
    IssuerSecret { ballot: String },
    Token { ballot: String, credential: String },
    UnexpectedBallots,
    Bel { detail: String },
    BelSetup,
    BelTime { found: u64, recorded: u64 },
    BelBallotMissing { hash: String },
    BelBallotExtra { hash: String },
    BelOrder,
    BelOpenedNever,
    BelNotOpened,
    BelTally,
    BelFactors,
    BelReleased { by: String },
    BelReleasedSum { by: String },
    BelResult,
    BelSums,
    PaperDiffers,
    PaperCounts { ballot: String, found: usize, needed: usize },
    PaperFigures { ballot: String, detail: String },
    Slips { item: String, issued: usize, spent: usize },
    SlipToken { item: String, key: String },
    SlipKey { item: String },
    SlipKeyMissing { item: String },
    ExamBank { item: String },
    ExamBankFile,
    ExamSheet { item: String, name: String },
    ExamMarks { item: String, name: String },
    ExamFigures { item: String },
    Outcome { name: String },
    HeadNotLast { item: String },
    AgendaDecision { number: usize },
    AgendaOrder,
    MatterHash { item: String },
    ObjectionOpen { number: u32 },
    Consent { item: String },
    NotBarred { item: String, name: String },
    TableDiffers,
}

/// How many faults are listed of one file; a record replaced by noise has as many as it has lines.
pub(super) const FAULTS_MAX: u64 = 100;
