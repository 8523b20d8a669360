//! Which keys work now. One table: the bottom line, the help and the dispatch all ask it, so that no key is shown
//! that does nothing, and none does something that is not shown.

use super::cover::agenda::can_change;
use super::cover::declared;
use crate::meeting::rights;
use crate::meeting::{
    Actor, CommandKind, Stage, State, Step, can_go_to_paper, left_with_paper, next_step, sheet_is_answered,
    silent,
};
use crate::screen::Theme;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::{open, scrutiny};
use crate::words::Lang;
use crate::words::console;
use crate::words::key::Key;

/// What else the keys depend on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// The presiding officer's own paper can be opened.
    pub own: bool,
    /// Objections that nobody has dealt with.
    pub objections: bool,
    /// The record is sealed.
    pub sealed: bool,
    /// What Enter does instead of the next step: introduce, call or ask the one that is chosen.
    pub chosen: Option<&'static str>,
    /// How many have not signed yet who do before the presiding officer.
    pub unsigned: usize,
    /// How many the seal can be made without: these, and those who were named already.
    pub nameable: usize,
}

/// The keys that work now, besides Enter and `?`, the most important first.
pub fn now(state: &State, around: Around) -> Vec<Key> {
    if around.sealed {
        return vec![Key::Quit];
    }
    let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
    let mut keys = Vec::new();
    let mut add = |key: Key, works: bool| {
        if works {
            keys.push(key);
        }
    };
    let stage = state.current_item().map(|item| item.stage);
    let nominees = matches!(
        stage,
        Some(Stage::Introducing | Stage::Recusing | Stage::Deliberating | Stage::Deliberated)
    ) && state.current_matter().is_none();
    add(Key::Without, around.nameable > 0);
    add(Key::ChooseSigner, around.nameable > 1);
    add(Key::Resume, state.suspended.is_some() && may(CommandKind::Resume));
    add(Key::DealtWith, around.objections);
    let objected = state.open_result_objections().next().is_some();
    let results = may(CommandKind::ObjectToResult) && declared::any(state);
    add(Key::Results, objected && results);
    // Whoever presides is mostly the head too: the own terminal is close at hand where it is decided in the open.
    let own_first = state.current_round().is_some() || open::on_floor(state).is_some();
    add(Key::Own, around.own && own_first);
    let introducing = stage == Some(Stage::Introducing);
    // Of one alone there is no other.
    let lines =
        state.current_item().and_then(|item| state.item(&item.id)).map_or(0, |item| item.lines().len());
    let reviewing = stage == Some(Stage::Reviewing);
    add(Key::Choose, introducing && lines > 1);
    add(Key::Material, introducing);
    for (key, works) in by_paper(state) {
        add(key, works);
    }
    for (key, works) in
        super::review::keys(state, around.objections).into_iter().chain(super::joint::keys(state))
    {
        add(key, works);
    }
    let questions = state.current_term().is_some_and(|(.., term)| !term.questions.is_empty());
    let judged_next = matches!(next_step(state), Some(Step::JudgeReply(..)));
    add(Key::Judge, questions && !judged_next && may(CommandKind::JudgeReply));
    for (key, works) in super::open::keys(state) {
        add(key, works);
    }
    let making = state.ceremony.is_some() && may(CommandKind::MakeKey);
    let item = state.current_item().filter(|_| may(CommandKind::Declare));
    // Where the count differs, the list of those present is what is put right.
    let counting = matches!(next_step(state), Some(Step::CountHeads(_))) && may(CommandKind::SignIn);
    add(Key::Attendance, counting);
    add(Key::MakeAgain, making);
    add(Key::Silent, may(CommandKind::NameSilent) && !silent(state).is_empty());
    add(Key::Undecided, item.is_some_and(scrutiny::can_be_undecided));
    add(Key::PutOff, item.is_some_and(scrutiny::can_be_put_off) && !around.objections);
    add(Key::Recuse, !reviewing && may(CommandKind::Recuse));
    // A major matter is deferred as a whole.
    add(Key::Defer, may(CommandKind::Defer) && state.current_matter().is_none());
    add(Key::Material, nominees && !introducing);
    add(Key::Choose, nominees && !introducing && lines > 1);
    add(Key::NewRound, may(CommandKind::NewRound));
    add(Key::Attendance, !counting && may(CommandKind::SignIn));
    add(Key::Results, !objected && results && state.current_round().is_none());
    add(Key::Note, may(CommandKind::Note));
    add(Key::Suspend, state.suspended.is_none() && may(CommandKind::Suspend));
    add(Key::Adjourn, may(CommandKind::Adjourn));
    add(Key::Agenda, can_change(state) && state.proposal().is_none());
    add(Key::Reissue, may(CommandKind::ReissueCode));
    add(Key::Connections, !making);
    add(Key::Own, around.own && !own_first);
    // Between two sittings the machine may be turned off.
    add(Key::Quit, state.recess().is_some());
    keys
}

/// The keys of a vote on paper, and of going on where no key of the box can be made.
fn by_paper(state: &State) -> [(Key, bool); 4] {
    let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
    let step = next_step(state);
    let on_floor = || state.rounds_on_floor().filter(|round| round.by_paper.is_some());
    let before_items =
        matches!(step, Some(Step::MakeKey | Step::AwaitKey(_))) && state.current_item().is_none();
    let unsigned = on_floor().any(|round| !sheet_is_answered(state, std::iter::once(round)));
    [
        (Key::ByPaper, state.current_item().is_some_and(|item| can_go_to_paper(state, item).is_ok())),
        (Key::EnterPapers, may(CommandKind::EnterCountFor) && matches!(step, Some(Step::CountPapers(_)))),
        (Key::SheetByHand, may(CommandKind::RecordSheet) && unsigned),
        (Key::WithoutKey, may(CommandKind::OpenItem) && before_items && state.next_item().is_some()),
    ]
}

/// The key that a typed letter is, of those that work: a letter may mean one thing at one step and another at the next.
pub fn typed(letter: char, works: &[Key]) -> Option<Key> {
    let meant = match letter {
        'A' => "R",
        '<' | '>' | '+' | '-' | ',' | '.' => "<>",
        '?' => return Some(Key::Help),
        _ => return works.iter().copied().find(|key| key.pressed().chars().eq([letter])),
    };
    works.iter().copied().find(|key| key.pressed() == meant)
}

/// The bottom line of the console itself.
pub fn hints(lang: Lang, theme: Theme, state: &State, around: Around) -> Vec<Hint> {
    let mut hints = Vec::new();
    if let Some(step) =
        next_step(state).filter(|step| !around.sealed && (*step != Step::Seal || around.unsigned == 0))
    {
        let evaluation = state.current_review().is_some();
        let two = asks_twice(state, &step);
        hints.extend(enter(lang, &step, two && step != Step::Seal, evaluation, around.chosen));
    }
    for key in now(state, around) {
        let pressed = match key {
            Key::Choose | Key::OtherDepartments => theme.arrows(false),
            Key::ChooseConsidered | Key::ChooseOfficial | Key::ChooseQuestion | Key::ChooseSigner => {
                theme.arrows(true)
            }
            _ => key.pressed(),
        };
        hints.push(Hint { key: pressed, does: key.word(lang), means: key.sentence(lang) });
    }
    hints
}

/// Whether a step asks for a second key: it cannot be undone, or somebody is not ready for it: has left with a paper, or is
/// here and has no place yet.
pub fn asks_twice(state: &State, step: &Step) -> bool {
    let left = || state.current_item().is_some_and(|item| !left_with_paper(state, item).is_empty());
    let not_ready = match step {
        Step::OpenVoting(_) => left(),
        Step::BeginExam(item) => !state.without_place(item).0.is_empty(),
        _ => false,
    };
    step.is_irreversible() || not_ready
}

/// What Enter does; nothing where the step happens by itself.
fn enter(lang: Lang, step: &Step, two: bool, evaluation: bool, chosen: Option<&'static str>) -> Option<Hint> {
    if let Some(does) = chosen {
        return Some(Hint { key: "Enter", does, means: does });
    }
    let does = console::step(lang, step);
    let asks = matches!(
        step,
        Step::ApproveScrutineers
            | Step::Seal
            | Step::JudgeReply(..)
            | Step::AwaitStatement(..)
            | Step::SumUp(_)
            | Step::CountHands(_)
            | Step::DecideAgenda
            | Step::SettleObjection(_)
    );
    let happens = step.command().is_some() || asks;
    let means = if two { console::irreversible(lang, step, evaluation) } else { does };
    let does = if two { console::step_then_y(lang, step) } else { does };
    happens.then_some(Hint { key: "Enter", does, means })
}
