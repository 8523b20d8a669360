//! What cannot be undone takes two different keys, and the second is named here, with what it will mean.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, sheet};
use crate::meeting::{
    Actor, AdjournGround, BallotId, Command, CommandKind, ItemId, OfficialId, SeatId, SettledHow, State,
    Step, can_go_to_paper, next_step, silent,
};
use crate::screen::console::joint::on_floor;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::{letter, scrutiny};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::by_paper::{self, ByPaper};
use crate::words::console::{self, Console};
use crate::words::key::Key;
use crate::words::matter::Open;
use crate::words::reopening::{self, Reopened};
use crate::words::{joint, procedure, refusal, who};

/// What the second key will do.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The next step.
    Step(Step),
    /// The round is void.
    NewRound(BallotId, String),
    /// The meeting ends.
    Adjourn(AdjournGround),
    /// Scrutineers are named whose terminals do not answer.
    Silent(BallotId, Vec<SeatId>),
    /// Nothing was decided.
    Undecided(ItemId),
    /// The opinions on one official are closed, or on all that are open.
    Opinions(ItemId, Option<OfficialId>),
    /// A terminal is turned off.
    Reissue(Actor),
    /// Who was asked for a view passes.
    Pass(ItemId, SeatId),
    /// The objection with this number is upheld: the result is set aside and voted on again.
    VoteAgain(u32, String),
    /// The vote is on paper.
    ByPaper(ItemId),
    /// A scrutineer signed the result by hand.
    Sheet {
        /// The first ballot of the result.
        ballot: BallotId,
        /// Who.
        who: SeatId,
        /// The hash of the result.
        result: String,
    },
}

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// What is to be confirmed.
    pub what: What,
}

impl Confirm {
    /// Asks for the second key.
    pub fn new(what: What) -> Self {
        Self { what }
    }

    /// Y and nothing else confirms; Esc and N cancel. Where a signature is recorded, R takes why it was refused.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        match (letter(key), key.code) {
            (Some('R'), _) => match &self.what {
                What::Sheet { ballot, who, result } => {
                    let (ballot, who, result) = (ballot.clone(), who.clone(), result.clone());
                    let purpose = Purpose::RefusedByHand { ballot, who, result };
                    Turn::Next(Box::new(Cover::Text(Text::new(purpose))))
                }
                _ => Turn::Stay,
            },
            (Some('Y'), _) => Turn::Do(self.command().map(Act::Order).into_iter().collect()),
            (Some('N'), _) | (_, KeyCode::Esc) => Turn::Leave,
            _ => Turn::Stay,
        }
    }

    fn command(&self) -> Option<Command> {
        match &self.what {
            What::Step(step) => step.command(),
            What::NewRound(ballot, reason) => {
                Some(Command::NewRound { ballot: ballot.clone(), reason: reason.clone() })
            }
            What::Silent(ballot, seats) => {
                Some(Command::NameSilent { ballot: ballot.clone(), seats: seats.clone() })
            }
            What::Adjourn(ground) => Some(Command::Adjourn { ground: ground.clone() }),
            What::Undecided(item) => Some(Command::Declare { item: item.clone() }),
            What::Opinions(item, Some(official)) => {
                Some(Command::CloseOpinions { item: item.clone(), official: official.clone() })
            }
            What::Opinions(item, None) => Some(Command::CloseAllOpinions { item: item.clone() }),
            What::Reissue(who) => Some(Command::ReissueCode { who: who.clone() }),
            What::Pass(item, seat) => Some(Command::PassStatement { item: item.clone(), seat: seat.clone() }),
            What::VoteAgain(number, reason) => Some(Command::SettleObjection {
                number: *number,
                outcome: SettledHow::VoteAgain,
                reason: reason.clone(),
            }),
            What::ByPaper(item) => Some(Command::OpenPaperVote { item: item.clone() }),
            What::Sheet { ballot, who, result } => Some(Command::RecordSheet {
                ballot: ballot.clone(),
                scrutineer: who.clone(),
                result: result.clone(),
                refused: None,
            }),
        }
    }

    /// Whether this is still the question.
    pub fn stands(&self, state: &State) -> bool {
        match &self.what {
            What::Step(step) => next_step(state).as_ref() == Some(step),
            What::NewRound(ballot, _) => is_on_floor(state, ballot),
            // Who answers meanwhile is not named: the question is another one then.
            What::Silent(ballot, seats) => is_on_floor(state, ballot) && silent(state) == *seats,
            What::Undecided(id) => {
                state.current_item().is_some_and(|item| item.id == *id && scrutiny::can_be_undecided(item))
            }
            What::Opinions(id, official) => on_floor(state).is_some_and(|matrix| {
                let mut open = matrix.joint.open(matrix.plan);
                matrix.item.id == *id
                    && match official {
                        Some(official) => open.any(|one| one == *official),
                        None => open.next().is_some(),
                    }
            }),
            What::Adjourn(_) | What::Reissue(_) => state.ended_at.is_none(),
            What::VoteAgain(number, _) => state.open_result_objections().any(|one| one.number == *number),
            What::ByPaper(id) => state
                .current_item()
                .is_some_and(|item| item.id == *id && can_go_to_paper(state, item).is_ok()),
            What::Sheet { ballot, .. } => is_on_floor(state, ballot),
            What::Pass(item, seat) => {
                next_step(state) == Some(Step::AwaitStatement(item.clone(), seat.clone()))
            }
        }
    }

    /// The keys of the question.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = hints(lang);
        if matches!(self.what, What::Sheet { .. }) {
            hints.insert(1, hint("R", ByPaper::RefusedKey.text(lang)));
        }
        hints
    }

    fn texts(&self, scene: &Scene<'_>, state: &State) -> (&'static str, Vec<String>) {
        let lang = scene.lang;
        match &self.what {
            What::Step(step) => {
                let all = scene
                    .view
                    .live
                    .turnout
                    .as_ref()
                    .is_some_and(|turnout| turnout.all && is_on_floor(state, &turnout.ballot));
                let mut texts = console::warnings(lang, step, state, all);
                let evaluation = state.current_review().is_some();
                texts.push(console::irreversible(lang, step, evaluation).to_owned());
                (console::step(lang, step), texts)
            }
            What::NewRound(ballot, reason) => {
                let command = Command::NewRound { ballot: ballot.clone(), reason: String::new() }.kind();
                (
                    refusal::doing(lang, command),
                    vec![reason.clone(), console::new_round_warning(lang).to_owned()],
                )
            }
            What::Adjourn(ground) => {
                let command = Command::Adjourn { ground: ground.clone() }.kind();
                (refusal::doing(lang, command), vec![console::adjourn_warning(lang, ground)])
            }
            What::Silent(_, seats) => {
                let names: Vec<String> = seats.iter().map(|seat| state.name(seat).to_owned()).collect();
                (Key::Silent.word(lang), vec![procedure::silent_warning(lang, &names)])
            }
            What::Undecided(_) => {
                (Key::Undecided.word(lang), vec![procedure::undecided_warning(lang, state)])
            }
            What::Opinions(item, official) => opinions(lang, state, item, official.as_ref()),
            What::Pass(_, seat) => {
                let name = who::name(Some(state), seat);
                (Open::PassFor.text(lang), vec![name])
            }
            What::VoteAgain(number, reason) => {
                let one = state.result_objections.iter().find(|one| one.number == *number);
                let about = one.map(|one| reopening::objection_to(lang, state, one));
                let warning = reopening::vote_again_warning(lang).to_owned();
                let texts = about.into_iter().chain([reason.clone(), warning]).collect();
                (Reopened::VoteAgain.text(lang), texts)
            }
            What::ByPaper(_) => {
                let under_way = state.rounds_under_way().next().is_some();
                (Key::ByPaper.word(lang), by_paper::warning(lang, under_way))
            }
            What::Sheet { who, .. } => {
                let name = who::spoken(&who::name(Some(state), who));
                (ByPaper::PickForSheet.text(lang), vec![by_paper::sheet_warning(lang, &name)])
            }
            What::Reissue(actor) => {
                let name = who::actor(lang, Some(state), actor);
                (Console::ReissuePick.text(lang), vec![console::reissue_warning(lang, &name)])
            }
        }
    }

    /// Draws the question at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let (title, texts) = self.texts(scene, state);
        let cells = usize::from(page.width).saturating_sub(8);
        let mut lines: Vec<Line<'_>> =
            texts.iter().flat_map(|text| wrap(&clean(text), cells)).map(Line::raw).collect();
        lines.push(Line::styled(console::press_y(scene.lang), scene.theme.accent()));
        let inside = sheet(frame, page, scene, title, lines.len(), true);
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// What closing opinions means, with who has given none.
fn opinions(
    lang: Lang,
    state: &State,
    item: &ItemId,
    official: Option<&OfficialId>,
) -> (&'static str, Vec<String>) {
    let kind = match official {
        Some(_) => CommandKind::CloseOpinions,
        None => CommandKind::CloseAllOpinions,
    };
    let title = refusal::doing(lang, kind);
    let Some(matrix) = on_floor(state).filter(|matrix| matrix.item.id == *item) else {
        return (title, Vec::new());
    };
    let silent = |id: &str| -> Vec<String> {
        let Some(one) = matrix.joint.of(id) else { return Vec::new() };
        let without =
            matrix.plan.departments.iter().filter(|department| one.stands(&department.id).is_none());
        without.map(|department| department.name.clone()).collect()
    };
    let warning = match official {
        Some(id) => {
            let name = matrix.plan.official(id.as_str()).map_or(id.as_str(), |official| &official.name);
            joint::close_warning(lang, &who::spoken(name), &silent(id.as_str()))
        }
        None => {
            let open: Vec<OfficialId> = matrix.joint.open(matrix.plan).collect();
            let incomplete = open.iter().filter(|id| !silent(id.as_str()).is_empty()).count();
            joint::close_all_warning(lang, open.len(), incomplete)
        }
    };
    (title, vec![warning, joint::closing(lang).to_owned()])
}

/// Whether a ballot is one of those under way.
fn is_on_floor(state: &State, ballot: &BallotId) -> bool {
    state.rounds_on_floor().any(|round| round.issue.ballot == *ballot && round.void.is_none())
}

/// The keys of every question.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Y", Console::Yes.text(lang)), hint("Esc", Console::Cancel.text(lang))]
}
