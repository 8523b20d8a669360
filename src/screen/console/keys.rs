//! Which keys work now. One table: the bottom line, the help and the dispatch all ask it, so that no key is shown
//! that does nothing, and none does something that is not shown.

use crate::meeting::rights;
use crate::meeting::{Actor, CommandKind, Stage, State, Step, next_step};
use crate::screen::Theme;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scrutiny;
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
    );
    add(Key::Without, around.nameable > 0);
    add(Key::ChooseSigner, around.nameable > 1);
    add(Key::Resume, state.suspended.is_some() && may(CommandKind::Resume));
    add(Key::DealtWith, around.objections);
    add(Key::Own, around.own && state.current_round().is_some());
    let introducing = stage == Some(Stage::Introducing);
    let reviewing = stage == Some(Stage::Reviewing);
    add(Key::Choose, introducing);
    add(Key::Material, introducing);
    for (key, works) in
        super::review::keys(state, around.objections).into_iter().chain(super::joint::keys(state))
    {
        add(key, works);
    }
    let questions = state.current_term().is_some_and(|(.., term)| !term.questions.is_empty());
    add(Key::Judge, questions && may(CommandKind::JudgeReply));
    let making = state.ceremony.is_some() && may(CommandKind::MakeKey);
    let item = state.current_item().filter(|_| may(CommandKind::Declare));
    // Where the count differs, the list of those present is what is put right.
    let counting = matches!(next_step(state), Some(Step::CountHeads(_))) && may(CommandKind::SignIn);
    add(Key::Attendance, counting);
    add(Key::MakeAgain, making);
    add(Key::Undecided, item.is_some_and(scrutiny::can_be_undecided));
    add(Key::PutOff, item.is_some_and(scrutiny::can_be_put_off) && !around.objections);
    add(Key::Recuse, !reviewing && may(CommandKind::Recuse));
    add(Key::Defer, may(CommandKind::Defer));
    add(Key::Material, nominees && !introducing);
    add(Key::Choose, nominees && !introducing);
    add(Key::NewRound, may(CommandKind::NewRound));
    add(Key::Attendance, !counting && may(CommandKind::SignIn));
    add(Key::Note, may(CommandKind::Note));
    add(Key::Suspend, state.suspended.is_none() && may(CommandKind::Suspend));
    add(Key::Adjourn, may(CommandKind::Adjourn));
    add(Key::Reissue, may(CommandKind::ReissueCode));
    add(Key::Connections, !making);
    add(Key::Own, around.own && state.current_round().is_none());
    keys
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
        hints.extend(enter(lang, &step, evaluation, around.chosen));
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

/// What Enter does; nothing where the step happens by itself.
fn enter(lang: Lang, step: &Step, evaluation: bool, chosen: Option<&'static str>) -> Option<Hint> {
    if let Some(does) = chosen {
        return Some(Hint { key: "Enter", does, means: does });
    }
    let does = console::step(lang, step);
    let happens = step.command().is_some()
        || matches!(step, Step::ApproveScrutineers | Step::JudgeReply(..) | Step::Seal);
    let two = step.is_irreversible() && *step != Step::Seal;
    let means = if two { console::irreversible(lang, step, evaluation) } else { does };
    let does = if two { console::step_then_y(lang, step) } else { does };
    happens.then_some(Hint { key: "Enter", does, means })
}
