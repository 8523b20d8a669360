//! The keys of the terminal's pages, with what they do in a word and in a sentence. Only those that work now.

use crate::screen::Theme;
use crate::screen::widgets::chrome::Hint;
use crate::words::Lang;
use crate::words::terminal::{KeyMeans as Means, KeyWord as Word};

/// A key of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Enter on the sign-in page.
    SignIn,
    /// I
    Materials,
    /// R
    Recuse,
    /// X before papers are issued
    NoPaper,
    /// X once more
    PaperAfterAll,
    /// F9
    Cover,
    /// ↑↓ on the paper
    Move,
    /// 1 2 3
    Choose,
    /// Enter on the paper
    Review,
    /// Y on the review
    Cast,
    /// C on the review
    Test,
    /// Y on the page that explains the test
    GiveAway,
    /// Enter after the test
    Afresh,
    /// Esc
    Back,
    /// ↑↓ on a text
    Scroll,
    /// ←→ between nominees
    Other,
    /// N
    Note,
    /// S
    People,
    /// Enter on the list of people
    Toggle,
    /// Enter on a note
    Add,
    /// Y on a question
    Confirm,
    /// Q at the end
    Leave,
    /// Enter on the seat code
    Enrol,
    /// The digits of a scale of so many words
    ChooseOf(usize),
    /// 1 or the space bar where candidates are chosen among
    Mark,
    /// Enter on a paper that can be left blank
    ReviewMarks,
    /// A on a list
    AgreeToAll,
    /// 1 2 on a list
    AgreeOrExcept,
    /// Q in a review
    Question,
    /// O in a review
    Opinion,
    /// M in a review
    Asked,
    /// I in a review
    Texts,
    /// V in a review
    Officials,
    /// ←→ between officials' texts
    OtherOfficial,
    /// Tab between report and findings
    OtherText,
    /// L for who has not asked for the floor
    AskFloor,
    /// L for who waits
    LeaveFloor,
    /// L for who speaks
    EndSpeech,
    /// / on a text
    Find,
    /// N on a text with hits
    NextHit,
    /// F5 on a text to be sent
    Send,
    /// F5 on an answer
    Save,
    /// Tab on a text that may be a slip
    Slip,
    /// F on a question
    FollowUp,
    /// Y on an own question
    Satisfied,
    /// N on an own question
    NotSatisfied,
    /// J on an own question
    Inquire,
    /// W on an own question
    Withdraw,
    /// K of the recorder
    TakeAnswer,
    /// E of the recorder
    EnterOral,
    /// Esc on a refusal that stands above the page
    PutAway,
    /// Enter on an official
    Open,
    /// Enter on who asked
    Pick,
    /// ↑↓ on a list
    MoveList,
    /// Esc on what is being written
    KeepDraft,
    /// Y on the seal
    Sign,
    /// N on the seal
    RefuseSeal,
    /// Enter on why the seal is not signed
    SendRefusal,
    /// P
    Present,
    /// Enter on a count of heads
    SendCount,
    /// Enter on a count that was typed
    CountAnew,
    /// Tab on the count of papers
    NextField,
    /// Enter on the count of papers
    SignCount,
    /// Enter on a room code
    SendCode,
    /// Enter on a room code that is another
    CodeAnew,
    /// O on a room code that is another
    Object,
    /// Enter on why one objects
    SendObjection,
    /// A on a terminal that has not answered
    Accept,
    /// S on a result sheet
    SignSheet,
    /// N on a result sheet
    RefuseSheet,
    /// Enter on the code for the share
    OpenShare,
    /// O in a deliberation
    Say,
    /// Q in a deliberation
    PutQuestion,
    /// K in a deliberation
    Reply,
    /// E of the recorder in a deliberation
    TakeDownSaid,
    /// T of the recorder in a deliberation
    TakeDownQuestion,
    /// 1 in a joint meeting
    NoObjection,
    /// 2 in a joint meeting
    Objects,
    /// 3 in a joint meeting
    NeedsChecking,
    /// ←→ in a joint meeting
    OtherDepartments,
    /// PgUp PgDn beside a list
    ScrollText,
    /// Enter for who is asked for a view
    GiveView,
    /// X for who is asked for a view
    PassView,
    /// E of the recorder, for the view of another
    TakeView,
    /// Enter for the head, who sums up
    SumUp,
    /// The digits of a vote by name
    VoteOf,
    /// S for the head, on the record of a matter
    SignRecord,
    /// O in an open vote without a count
    ObjectVote,
    /// B on a declared result
    ObjectResult,
    /// I on what is decided in the open
    Document,
    /// Enter before an exam
    TakePlace,
    /// The letters of so many options
    ChooseOption(usize),
    /// ←→ between questions of an exam
    OtherQuestion,
    /// M on a question of an exam
    Flag,
    /// O on a paper
    AllQuestions,
    /// J on a paper
    HandIn,
    /// Tab among all questions
    NextOpen,
    /// Enter on a question among all
    ToQuestion,
    /// I in an exam with an open book
    ExamTexts,
    /// ←→ between texts of an open book
    OtherBook,
}

/// The letters of options, as the key line shows them.
const LETTERS: [&str; 8] = ["A", "A B", "A B C", "A-D", "A-E", "A-F", "A-G", "A-H"];

/// The digits of a scale, as the key line shows them.
const DIGITS: [&str; 7] = ["1", "1 2", "1 2 3", "1-4", "1-5", "1-6", "1-7"];

impl Key {
    /// The key as the key line and the help show it.
    pub fn hint(self, lang: Lang, theme: Theme) -> Hint {
        let (key, does, means) = match self {
            Self::SignIn => ("Enter", Word::SignIn, Means::SignIn),
            Self::Materials => ("I", Word::Materials, Means::Materials),
            Self::Recuse => ("R", Word::Recuse, Means::Recuse),
            Self::NoPaper => ("X", Word::NoPaper, Means::NoPaper),
            Self::PaperAfterAll => ("X", Word::PaperAfterAll, Means::PaperAfterAll),
            Self::Cover => ("F9", Word::Cover, Means::Cover),
            Self::Move => (theme.arrows(true), Word::Move, Means::Move),
            Self::Choose => ("1 2 3", Word::Choose, Means::Choose),
            Self::Review => ("Enter", Word::Review, Means::Review),
            Self::Cast => ("Y", Word::Cast, Means::Cast),
            Self::Test => ("C", Word::Test, Means::Test),
            Self::GiveAway => ("Y", Word::GiveAway, Means::GiveAway),
            Self::Afresh => ("Enter", Word::Afresh, Means::Afresh),
            Self::Back => ("Esc", Word::Back, Means::Back),
            Self::Scroll => (theme.arrows(true), Word::Scroll, Means::Scroll),
            Self::Other => (theme.arrows(false), Word::Other, Means::Other),
            Self::Note => ("N", Word::Note, Means::Note),
            Self::People => ("S", Word::People, Means::People),
            Self::Toggle => ("Enter", Word::Toggle, Means::Toggle),
            Self::Add => ("Enter", Word::Add, Means::Add),
            Self::Confirm => ("Y", Word::Confirm, Means::Confirm),
            Self::Leave => ("Q", Word::Leave, Means::Leave),
            Self::Enrol => ("Enter", Word::Go, Means::Go),
            Self::ChooseOf(answers) => {
                let digits = DIGITS.get(answers.saturating_sub(1)).copied().unwrap_or("1-7");
                (digits, Word::Choose, Means::ChooseWord)
            }
            Self::Mark => ("1", Word::Mark, Means::Mark),
            Self::ReviewMarks => ("Enter", Word::Review, Means::ReviewMarks),
            Self::AgreeToAll => ("A", Word::AgreeToAll, Means::AgreeToAll),
            Self::AgreeOrExcept => ("1 2", Word::Choose, Means::AgreeOrExcept),
            Self::Question => ("Q", Word::Question, Means::Question),
            Self::Opinion => ("O", Word::Opinion, Means::Opinion),
            Self::Asked => ("M", Word::Asked, Means::Asked),
            Self::Texts => ("I", Word::Texts, Means::Texts),
            Self::Officials => ("V", Word::Officials, Means::Officials),
            Self::OtherOfficial => (theme.arrows(false), Word::OtherOfficial, Means::OtherOfficial),
            Self::OtherText => ("Tab", Word::OtherText, Means::OtherText),
            Self::AskFloor => ("L", Word::AskFloor, Means::AskFloor),
            Self::LeaveFloor => ("L", Word::LeaveFloor, Means::LeaveFloor),
            Self::EndSpeech => ("L", Word::EndSpeech, Means::EndSpeech),
            Self::Find => ("/", Word::Find, Means::Find),
            Self::NextHit => ("N", Word::NextHit, Means::NextHit),
            Self::Send => ("F5", Word::Send, Means::Send),
            Self::Save => ("F5", Word::Save, Means::Save),
            Self::Slip => ("Tab", Word::Slip, Means::Slip),
            Self::FollowUp => ("F", Word::FollowUp, Means::FollowUp),
            Self::Satisfied => ("Y", Word::Satisfied, Means::Satisfied),
            Self::NotSatisfied => ("N", Word::NotSatisfied, Means::NotSatisfied),
            Self::Inquire => ("J", Word::Inquire, Means::Inquire),
            Self::Withdraw => ("W", Word::Withdraw, Means::Withdraw),
            Self::TakeAnswer => ("K", Word::TakeAnswer, Means::TakeAnswer),
            Self::EnterOral => ("E", Word::EnterOral, Means::EnterOral),
            Self::PutAway => ("Esc", Word::PutAway, Means::PutAway),
            Self::Open => ("Enter", Word::Open, Means::Open),
            Self::Pick => ("Enter", Word::Pick, Means::Pick),
            Self::MoveList => (theme.arrows(true), Word::MoveList, Means::MoveList),
            Self::KeepDraft => ("Esc", Word::KeepDraft, Means::KeepDraft),
            Self::Sign => ("Y", Word::Sign, Means::Sign),
            Self::RefuseSeal => ("N", Word::RefuseSeal, Means::RefuseSeal),
            Self::SendRefusal => ("Enter", Word::RefuseSeal, Means::RefuseSeal),
            Self::Present => ("P", Word::Present, Means::Present),
            Self::SendCount => ("Enter", Word::SendCount, Means::SendCount),
            Self::CountAnew => ("Enter", Word::CountAnew, Means::CountAnew),
            Self::NextField => ("Tab", Word::NextField, Means::NextField),
            Self::SignCount => ("Enter", Word::SignCount, Means::SignCount),
            Self::SendCode => ("Enter", Word::SendCode, Means::SendCode),
            Self::CodeAnew => ("Enter", Word::CodeAnew, Means::CodeAnew),
            Self::Object => ("O", Word::Object, Means::Object),
            Self::SendObjection => ("Enter", Word::Object, Means::SendObjection),
            Self::Accept => ("A", Word::Accept, Means::Accept),
            Self::SignSheet => ("S", Word::SignSheet, Means::SignSheet),
            Self::RefuseSheet => ("N", Word::RefuseSheet, Means::RefuseSheet),
            Self::OpenShare => ("Enter", Word::OpenShare, Means::OpenShare),
            Self::Say => ("O", Word::Say, Means::Say),
            Self::PutQuestion => ("Q", Word::Question, Means::PutQuestion),
            Self::Reply => ("K", Word::Reply, Means::Reply),
            Self::TakeDownSaid => ("E", Word::TakeDownSaid, Means::TakeDownSaid),
            Self::TakeDownQuestion => ("T", Word::TakeDownQuestion, Means::TakeDownQuestion),
            Self::NoObjection => ("1", Word::NoObjection, Means::NoObjection),
            Self::Objects => ("2", Word::Objects, Means::Objects),
            Self::NeedsChecking => ("3", Word::NeedsChecking, Means::NeedsChecking),
            Self::OtherDepartments => (theme.arrows(false), Word::OtherDepartments, Means::OtherDepartments),
            Self::ScrollText => ("PgUp PgDn", Word::Scroll, Means::Scroll),
            Self::GiveView => ("Enter", Word::GiveView, Means::GiveView),
            Self::PassView => ("X", Word::PassView, Means::PassView),
            Self::TakeView => ("E", Word::TakeView, Means::TakeView),
            Self::SumUp => ("Enter", Word::SumUp, Means::SumUp),
            Self::VoteOf => ("1 2 3", Word::VoteOf, Means::VoteOf),
            Self::SignRecord => ("S", Word::SignRecord, Means::SignRecord),
            Self::ObjectVote => ("O", Word::ObjectVote, Means::ObjectVote),
            Self::ObjectResult => ("B", Word::ObjectResult, Means::ObjectResult),
            Self::Document => ("I", Word::Document, Means::Document),
            Self::TakePlace => ("Enter", Word::TakePlace, Means::TakePlace),
            Self::ChooseOption(options) => {
                let letters = LETTERS.get(options.saturating_sub(1)).copied().unwrap_or("A-H");
                (letters, Word::Choose, Means::ChooseOption)
            }
            Self::OtherQuestion => (theme.arrows(false), Word::OtherQuestion, Means::OtherQuestion),
            Self::Flag => ("M", Word::Flag, Means::Flag),
            Self::AllQuestions => ("O", Word::AllQuestions, Means::AllQuestions),
            Self::HandIn => ("J", Word::HandIn, Means::HandIn),
            Self::NextOpen => ("Tab", Word::NextOpen, Means::NextOpen),
            Self::ToQuestion => ("Enter", Word::ToQuestion, Means::ToQuestion),
            Self::ExamTexts => ("I", Word::ExamTexts, Means::ExamTexts),
            Self::OtherBook => (theme.arrows(false), Word::OtherBook, Means::OtherBook),
        };
        Hint { key, does: does.text(lang), means: means.text(lang) }
    }
}

/// The hints of some keys, in their order.
pub fn hints(keys: &[Key], lang: Lang, theme: Theme) -> Vec<Hint> {
    keys.iter().map(|key| key.hint(lang, theme)).collect()
}
