//! What can be wrong with a plan. A mistake is data: the place, and what is wrong there with everything that its
//! sentence needs. [`crate::words`] turns it into a sentence with the mend, in either language.

use std::ops::Range;

use jiff::civil::Date;

use crate::rules::{Base, QuestionKind, Ratio};

/// Where in a plan something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as the clerk named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, counted in characters: what an editor shows.
    pub column: usize,
}

/// One mistake in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub what: MistakeKind,
}

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Text in quotes.
    Text,
    /// A whole number that is not negative.
    Number,
    /// A day.
    Date,
    /// A list of texts.
    Texts,
    /// A list of days.
    Dates,
    /// `true` or `false`.
    Flag,
    /// A number, whole or not, or a fraction in quotes.
    Quantity,
    /// A list of texts, or of tables.
    TextsOrTables,
    /// The word `sum`, or a table of weights.
    SumOrWeights,
    /// A table of keys.
    Table,
    /// A list of tables.
    Tables,
}

/// Things that have an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A group.
    Group,
    /// A person.
    Person,
    /// An item of business.
    Item,
    /// A line of a ballot paper.
    Line,
    /// A reporting official.
    Official,
    /// A dimension of an evaluation.
    Dimension,
    /// A department of a joint meeting.
    Department,
    /// An official whom departments consider.
    Considered,
    /// A question of a bank.
    Question,
}

/// Things that a plan may hold only so many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// Groups of people.
    Groups,
    /// People with a seat.
    People,
    /// Items of business.
    Items,
    /// Lines of one ballot paper.
    Lines,
    /// Officials of one review.
    Officials,
    /// Groups that evaluate.
    Reviewers,
    /// Dimensions of an evaluation.
    Dimensions,
    /// Words of a scale.
    Words,
    /// Bands of a rule, or shares.
    Bands,
    /// Departments of one joint meeting.
    Departments,
    /// Officials of one joint meeting.
    Considered,
    /// Holidays or workdays.
    Days,
    /// Questions of a bank.
    Questions,
    /// Candidates of an exam.
    Candidates,
    /// Texts of an open book.
    Texts,
}

/// Which of an item's thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// When the body may decide.
    Quorum,
    /// When a line is carried.
    Carried,
}

/// Why a material cannot be shown to the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaterialFault {
    /// There is no such file.
    Missing,
    /// It is there, but cannot be opened.
    Unreadable,
    /// It is not plain text in UTF-8, or has characters in it that cannot be seen.
    NotText,
    /// There is nothing in it.
    Empty,
    /// It is longer than [`super::folder::MATERIAL_BYTES_MAX`].
    TooLong,
    /// It stands, by a link, outside of the folder of materials.
    Outside,
    /// No material of the plan: what the meeting sees was fixed when it began.
    NotInPlan,
}

/// What is wrong at a place of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum MistakeKind {
    /// Not TOML; the reason in the words of the TOML library.
    Syntax(String),
    /// A mark from a Chinese keyboard where TOML wants the ASCII one.
    FullWidthMark { mark: char, ascii: char },
    /// The file is longer than a plan can be.
    PlanTooLong { bytes_max: usize },
    /// A format or version that this program does not know.
    UnknownFormat(String),
    /// A key that the plan does not have here.
    UnknownKey { key: String, near: Option<String>, known: Vec<&'static str> },
    /// A key without which it does not go.
    MissingKey { key: &'static str },
    /// A value of the wrong kind.
    WrongType { key: String, wanted: ValueType },
    /// A word that is none of those that the key takes.
    UnknownWord { key: &'static str, word: String, near: Option<String>, known: Vec<&'static str> },
    /// No date.
    NotADate(String),

    /// No fraction `m/n` with n > 0.
    NotAFraction(String),
    /// Neither `at_least` nor `more_than`.
    NoBound,
    /// Both of `at_least` and `more_than`.
    TwoBounds,
    /// A quorum of something that is not known before the vote.
    QuorumNotOfDue(Base),
    /// More than everyone would have to be there.
    QuorumOverAll { needed: u32, due: u32 },
    /// More than everyone would have to agree.
    NeverCarried { needed: u32, due: u32 },
    /// A threshold that nobody has to do anything for.
    NothingNeeded(Rule),

    /// No name at all.
    EmptyText { key: String },
    /// A character that cannot be seen, or that turns the direction of the text.
    HiddenCharacter { key: String, character: char },
    /// More characters than a screen or a ballot paper has room for.
    TextTooLong { key: String, characters: usize, characters_max: usize },
    /// An id with other characters than it may have.
    BadId { id: String, named: Named },
    /// An id that the hub itself uses.
    ReservedId(String),
    /// An id that something else already has.
    DuplicateId { id: String, named: Named, first: Place },
    /// No group has this id.
    UnknownGroup { id: String, near: Option<String> },
    /// No person has this id.
    UnknownPerson { id: String, near: Option<String> },
    /// The same word twice in one list.
    Repeated { word: String },
    /// More than the program is made for.
    TooMany { what: Limited, count: usize, count_max: usize },

    /// Nobody is a full member.
    NoMembers,
    /// There is no business.
    NoItems,
    /// Nobody presides.
    NoPresiding,
    /// A second person presides.
    TwoPresiding { first: String },
    /// Who presides would watch the own ballot.
    PresidingScrutineer { person: String },
    /// Somebody on leave has something to do in the meeting.
    OnLeaveWithDuty { person: String },
    /// Not enough scrutineers.
    TooFewScrutineers { found: usize },
    /// A threshold is given although the console holds the key.
    ThresholdOfConsole,
    /// More scrutineers are needed to open the box than there are, or none.
    ThresholdOutOfReach {
        /// How many are needed.
        needed: u32,
        /// How many the plan proposes.
        scrutineers: u32,
    },
    /// One scrutineer could open the box, and the plan does not say `allow_single`.
    ThresholdOfOne,
    /// Fewer voters than a box must hold ballots to be opened.
    NeverOpened {
        /// How many voters there are.
        due: usize,
    },
    /// A scrutineer without a vote.
    ScrutineerNotMember { person: String },
    /// A scrutineer who stands on the ballot paper.
    ScrutineerNominee { person: String },
    /// A scrutineer whose relative stands on the ballot paper.
    ScrutineerRelative { person: String, nominee: String },

    /// Nobody votes on the item.
    NoVoters,
    /// A group without a vote among the voters.
    VotersNotMembers { group: String },
    /// A group of nobody among the voters.
    VotersNobody { group: String },
    /// A group that both votes and attends without a vote.
    VotesAndAttends { group: String },
    /// An item without nominees, or without candidates.
    NoLines { key: &'static str },
    /// As many seats as candidates, or more: there is nothing to choose.
    NotContested { seats: u32, candidates: u32 },
    /// A number of seats for a list, of which every line is put to the vote.
    SeatsOfList,
    /// The same nominee for the same post, on two lines.
    NomineeTwice { name: String, post: String, first: Place },
    /// The nominee is said to sit in the room, where that seat has another name.
    OtherName { person: String, name: String, written: String },
    /// A nominee with the name of somebody in the room, and nothing said about it.
    PerhapsPerson { name: String, person: String },
    /// Somebody as a relative of themselves.
    OwnRelative { person: String },
    /// A material whose path leads out of the folder of materials.
    PathOutside(String),
    /// A material that cannot be shown.
    Material { path: String, fault: MaterialFault, named: Named },

    /// A number below or above what it may be.
    OutOfRange { key: &'static str, number: u32, from: u32, to: u32 },
    /// A day that is said to be worked on, but is no Saturday or Sunday.
    NoWeekend(Date),
    /// A day that is both a holiday and a working day.
    HolidayAndWorkday(Date),
    /// What only a review can have wrong.
    Review(ReviewMistake),
    /// What only a joint meeting can have wrong.
    Joint(JointMistake),
    /// What only a deliberation during the term can have wrong.
    Term(TermMistake),
    /// What only a matter that is decided in the open can have wrong.
    Matter(MatterMistake),
    /// What only an exam can have wrong.
    Exam(ExamMistake),
    /// What only a bank of questions can have wrong.
    Bank(BankMistake),
    /// What only an item that is added in the meeting can have wrong.
    Added(AddedMistake),
}

/// What is wrong with an item that is to be added to the agenda in the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum AddedMistake {
    /// The file holds none or several: one decision is on one item.
    NotOne { found: usize },
    /// The agenda has an item of this name, or had one that was taken off.
    OnAgenda { id: String },
    /// The agenda is full.
    Full { count_max: usize },
    /// The bank and the seed of an exam are committed to in the first line of the record, which is written.
    Exam,
}

/// What is wrong with a deliberation during the term.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum TermMistake {
    /// Somebody answers for the proposing body who has to be outside.
    ProposerConcerned { person: String },
    /// Who presides has to be outside.
    PresidingConcerned { person: String },
}

/// What is wrong with a joint meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum JointMistake {
    /// No department gives an opinion.
    NoDepartments,
    /// Nobody speaks for a department.
    NobodySpeaks { department: String },
    /// Somebody speaks for two departments.
    SpeaksForTwo { person: String, other: String },
    /// Two departments of one name.
    DepartmentTwice { name: String, first: Place },
    /// Nobody is considered.
    NoOfficials,
    /// The same official in the same post, twice.
    OfficialTwice { name: String, post: String, first: Place },
    /// Everybody who speaks for a department is the official or a relative.
    OnlyConcerned { department: String, official: String },
}

/// What is wrong with a major matter, or an open vote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum MatterMistake {
    /// The head has no vote on it.
    HeadNotVoter { person: String },
    /// The head would speak first: by introducing it.
    HeadIntroduces { person: String },
    /// The head would not speak last: among those who are asked before.
    HeadAmongSpeakers { person: String },
    /// Somebody among the speakers who has no vote on it.
    SpeakerNotVoter { person: String },
    /// Somebody among those notified who has no vote on it.
    NotifiedNotVoter { person: String },
    /// A step that is said to be taken before the one that it follows.
    StepTooEarly { step: &'static str, on: Date, before: &'static str, before_on: Date },
    /// A step that is said to be taken on the day of the meeting or after it.
    StepNotBefore { step: &'static str, on: Date, meeting: Date },
    /// Something that is due on the day of the meeting or before it.
    DueNotAfter { due_on: Date, meeting: Date },
    /// The scrutineers without a count.
    ScrutineersWithoutCount,
}

/// What is wrong with an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum ExamMistake {
    /// A bank whose path leads out of its folder.
    BankOutside(String),
    /// A bank that is neither TOML nor CSV.
    BankForm(String),
    /// A bank that cannot be read.
    Bank { path: String, fault: MaterialFault },
    /// Nothing is drawn.
    NothingDrawn,
    /// A right answer that is worth nothing.
    NoMarks,
    /// Partial marks that are no fewer than the full ones.
    PartialNotLess { partial: u32, marks: u32 },
    /// A pass mark that cannot be reached, or need not be.
    PassMark { pass_mark: u32, full: u32 },
    /// A quorum, which an exam has not.
    Quorum,
    /// An open book with no texts.
    OpenWithoutTexts,
    /// Texts of a closed book.
    TextsOfClosed,
    /// Nobody sits it.
    NoCandidates,
    /// The same candidate twice.
    CandidateTwice { person: String, first: Place },
    /// A candidate who presides.
    CandidatePresides { person: String },
    /// An attempt after the make-up.
    NoThird { attempt: u32 },
    /// A make-up that does not say when the first attempt failed.
    NoFirstFailed,
    /// A first attempt that says when a first attempt failed.
    FirstFailedOfFirst,
    /// A make-up on or before the day of the first attempt.
    BeforeFirst { failed_on: Date, held_on: Date },
    /// A make-up more than half a year after the first attempt.
    TooLate { until: Date, held_on: Date },
}

/// What is wrong with a bank of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum BankMistake {
    /// The file is longer than a bank can be.
    TooLong { bytes_max: usize },
    /// A format or version that this program does not know.
    UnknownFormat(String),
    /// There is no question in it.
    Empty,
    /// A cell in quotation marks that does not end.
    OpenQuote,
    /// Another title over a column than it must have.
    Column { found: String, wanted: String },
    /// More cells in a row than the head has.
    CellsOver { columns: usize },
    /// A kind of question that there is not.
    UnknownKind(String),
    /// A statement that is neither true nor false.
    NoTruth(String),
    /// The same question with the same options, twice.
    AskedTwice { first: Place },
    /// Options of a statement that is true or false.
    OptionsOfStatement,
    /// Too few or too many options.
    Options { found: usize },
    /// A right answer that is none of the options.
    NoOption { letter: char, options: usize },
    /// No option is right.
    NothingRight,
    /// Several are right where one must be.
    SeveralRight { found: usize },
    /// Fewer questions of a kind than are drawn.
    TooFew { kind: QuestionKind, found: usize, drawn: u32 },
}

/// What is wrong with a review.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are for")]
pub enum ReviewMistake {
    /// Nobody evaluates.
    NoReviewers,
    /// A group of nobody among the reviewers.
    ReviewersNobody { group: String },
    /// A group that both evaluates and attends without evaluating.
    ReviewsAndAttends { group: String },
    /// Groups are weighted that have one ballot together.
    WeightsNotApart,
    /// A group of reviewers without a weight.
    NoWeight { group: String },
    /// A weight that counts for nothing.
    WeightZero { group: String },
    /// A weight for a group that does not evaluate.
    WeightOfStranger { group: String, near: Option<String> },

    /// A scale in which nothing can be chosen.
    TooFewWords { found: usize },
    /// Some words have a weight, and this one has none.
    WordWithoutWeight { word: String },
    /// A rate that is always 0, or always 100.
    RateIsFixed { all: bool },
    /// A score that is always the same.
    ScoreIsFixed { weight: u32 },
    /// Nothing is evaluated.
    NoDimensions,

    /// No bands.
    NoBands,
    /// The lowest band begins above the lowest value there is.
    BandsBeginLate { lowest: u32, from: Ratio },
    /// The highest band ends at or below the highest value there is.
    BandsEndEarly { highest: u32, below: Ratio },
    /// Values between two bands.
    BandGap { from: Ratio, to: Ratio },
    /// Values in two bands.
    BandOverlap { from: Ratio, to: Ratio },
    /// A lower band stands after a higher one.
    BandOrder,
    /// A band that ends where or before it begins.
    BandEmpty { from: Ratio, below: Ratio },
    /// A band above the highest value there is.
    BandOutOfReach { from: Ratio, highest: u32 },
    /// No shares.
    NoShares,
    /// A share of a word that is not in the scale.
    UnknownScaleWord { word: String, near: Option<String> },
    /// A share over a dimension that there is not.
    UnknownDimension { id: String, near: Option<String> },
    /// A share that no word can have.
    ShareOfMoreThanAll,
    /// A share that every word has.
    ShareOfNothing,

    /// Nobody reports.
    NoOfficials,
    /// The same official for the same post, twice.
    OfficialTwice { name: String, post: String, first: Place },
    /// A scrutineer who reports.
    ScrutineerReports { person: String },
    /// A scrutineer whose relative reports.
    ScrutineerRelated { person: String, official: String },
}

/// The mistakes found so far, and the text that they are found in.
#[derive(Debug)]
pub(super) struct Findings<'t> {
    text: &'t str,
    file: &'t str,
    found: Vec<Mistake>,
}

impl<'t> Findings<'t> {
    pub(super) fn new(text: &'t str, file: &'t str) -> Self {
        Self { text, file, found: Vec::new() }
    }

    /// The place of a byte of the text.
    pub(super) fn place(&self, byte: usize) -> Place {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }

    /// The text between two bytes.
    pub(super) fn slice(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Notes a mistake of a review at the start of `span`.
    pub(super) fn add_review(&mut self, span: &Range<usize>, what: ReviewMistake) {
        self.add(span, MistakeKind::Review(what));
    }

    /// Notes a mistake of a deliberation at the start of `span`.
    pub(super) fn add_term(&mut self, span: &Range<usize>, what: TermMistake) {
        self.add(span, MistakeKind::Term(what));
    }

    /// Notes a mistake of a joint meeting at the start of `span`.
    pub(super) fn add_joint(&mut self, span: &Range<usize>, what: JointMistake) {
        self.add(span, MistakeKind::Joint(what));
    }

    /// Notes a mistake of a matter that is decided in the open, at the start of `span`.
    pub(super) fn add_matter(&mut self, span: &Range<usize>, what: MatterMistake) {
        self.add(span, MistakeKind::Matter(what));
    }

    /// Notes a mistake of an exam at the start of `span`.
    pub(super) fn add_exam(&mut self, span: &Range<usize>, what: ExamMistake) {
        self.add(span, MistakeKind::Exam(what));
    }

    /// Notes a mistake of a bank at the start of `span`.
    pub(super) fn add_bank(&mut self, span: &Range<usize>, what: BankMistake) {
        self.add(span, MistakeKind::Bank(what));
    }

    /// Notes a mistake at the start of `span`.
    pub(super) fn add(&mut self, span: &Range<usize>, what: MistakeKind) {
        let place = self.place(span.start);
        self.found.push(Mistake { place, what });
    }

    pub(super) fn none(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, in the order of the file.
    pub(super) fn into_sorted(mut self) -> Vec<Mistake> {
        self.found.sort_by(|one, other| one.place.cmp(&other.place));
        self.found
    }
}
