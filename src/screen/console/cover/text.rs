//! One line of text with a purpose. What was written stays until it is in the record.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::agenda::can_change;
use super::confirm::{Confirm, What};
use super::{Cover, Turn, entering, hint, judge, sheet};
use crate::client::SealAct;
use crate::meeting::{
    Actor, AdjournGround, AgendaChange, BallotId, Command, CommandKind, DepartmentId, Ended, ItemId, Judged,
    Left, LineId, OfficialId, OfficialStage, Phase, QuestionId, SeatId, SettledHow, Stance, Standing, State,
    Step, TEXT_CHARS_MAX, next_step, rights,
};
use crate::rules::NamedChoice;
use crate::screen::console::review::{on_floor, stage};
use crate::screen::text::cut;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::scrutiny::can_be_put_off;
use crate::screen::widgets::sealing;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::agenda::{self, Agenda};
use crate::words::by_paper::ByPaper;
use crate::words::console::Console;
use crate::words::joint::Joint;
use crate::words::matter::{self, Open};
use crate::words::reopening::{self, Reopened};
use crate::words::review::Review;
use crate::words::sealing::Sealing;
use crate::words::sittings::Sittings;
use crate::words::term::Term;

/// What the text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A note for the record.
    Note,
    /// Why the meeting is suspended.
    Suspend,
    /// Why it is adjourned.
    Adjourn,
    /// Why the round is void.
    NewRound(BallotId),
    /// Why the line is deferred.
    Defer(ItemId, LineId),
    /// Why the report is in writing.
    InWriting(ItemId),
    /// Why the official is put off.
    PutOff(ItemId, OfficialId),
    /// Why the question is returned.
    GiveBack(ItemId, QuestionId),
    /// Why the question is declined.
    Decline(ItemId, QuestionId),
    /// Why all questions that wait are declined.
    DeclineAll(ItemId),
    /// Why somebody is refused the floor.
    RefuseSpeaker(SeatId),
    /// What the proposing body has not answered clearly.
    Unclear(ItemId, QuestionId),
    /// Why a department objects, entered for it.
    Objection(ItemId, OfficialId, DepartmentId),
    /// What a department has to check, entered for it.
    Check(ItemId, OfficialId, DepartmentId),
    /// Why a scrutineer refused to sign the result by hand.
    RefusedByHand {
        /// The first ballot of the result.
        ballot: BallotId,
        /// Who.
        who: SeatId,
        /// The hash of the result.
        result: String,
    },
    /// Why the seal is made without somebody's signature.
    SealWithout(Actor),
    /// Why a major matter is deferred.
    DeferItem(ItemId),
    /// Why the head does not sign with the terminal.
    Unsigned(ItemId),
    /// Why the agenda is to be changed.
    Agenda(AgendaChange),
    /// Why a vote by name is entered for somebody.
    EnterVote(ItemId, SeatId, Option<NamedChoice>),
    /// Why somebody objects to a declared result.
    ResultObjection(ItemId, Option<OfficialId>, SeatId),
    /// Why an objection is settled so.
    Settle(u32, SettledHow),
}

impl Purpose {
    /// The command that the text becomes part of; none of what is said about the seal.
    fn kind(&self) -> Option<CommandKind> {
        Some(match self {
            Self::Note => CommandKind::Note,
            Self::Suspend => CommandKind::Suspend,
            Self::Adjourn => CommandKind::Adjourn,
            Self::NewRound(_) => CommandKind::NewRound,
            Self::Defer(..) => CommandKind::Defer,
            Self::InWriting(_) => CommandKind::ReportInWriting,
            Self::PutOff(..) => CommandKind::PutOff,
            Self::GiveBack(..) => CommandKind::ReturnQuestion,
            Self::Decline(..) => CommandKind::EndQuestion,
            Self::DeclineAll(_) => CommandKind::EndQuestions,
            Self::RefuseSpeaker(_) => CommandKind::RefuseSpeaker,
            Self::Objection(..) | Self::Check(..) => CommandKind::EnterStance,
            Self::Unclear(..) => CommandKind::JudgeReply,
            Self::DeferItem(_) => CommandKind::DeferMatter,
            Self::Unsigned(_) => CommandKind::LeaveUnsigned,
            Self::EnterVote(..) => CommandKind::EnterVote,
            Self::Agenda(_) => CommandKind::PutAgenda,
            Self::ResultObjection(..) => CommandKind::ObjectToResult,
            Self::Settle(..) => CommandKind::SettleObjection,
            Self::RefusedByHand { .. } => CommandKind::RecordSheet,
            Self::SealWithout(_) => return None,
        })
    }

    /// Whether this command is what the text was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        Some(command.kind()) == self.kind()
    }

    /// Whether the text still has a purpose.
    pub fn stands(&self, state: &State) -> bool {
        let review = on_floor(state).map(|(_, review)| review);
        let official = |id: &OfficialId| {
            let official = review.and_then(|review| review.officials.get(id));
            official.map(|official| &official.stage)
        };
        let question = |id: &QuestionId| {
            let question = review.and_then(|review| review.question(*id));
            question.map(|question| &question.standing)
        };
        let there = match self {
            Self::InWriting(_) => {
                review.is_some_and(|review| stage(review) == Some(&OfficialStage::Findings))
            }
            Self::PutOff(..) if state.current_item().is_some_and(can_be_put_off) => true,
            Self::PutOff(_, id) => {
                matches!(official(id), Some(OfficialStage::ToCome | OfficialStage::Findings))
            }
            Self::GiveBack(_, id) => question(id) == Some(&Standing::Waiting),
            Self::Decline(_, id) => matches!(question(id), Some(Standing::Waiting | Standing::OnFloor)),
            Self::DeclineAll(_) => review.is_some_and(|review| !review.queue.is_empty()),
            Self::RefuseSpeaker(seat) => state.floor.waiting.contains(seat),
            Self::Unclear(item, question) => judge::stands(state, item, *question),
            Self::Objection(item, official, _) | Self::Check(item, official, _) => {
                entering::stands(state, item, official)
            }
            Self::DeferItem(item) => crate::screen::console::open::can_be_deferred(state, item),
            Self::Agenda(_) => can_change(state),
            Self::Unsigned(item) => next_step(state) == Some(Step::AwaitSignature(item.clone())),
            Self::EnterVote(_, seat, _) => {
                state.current_named_vote().is_some_and(|(_, named)| named.vote(seat).is_none())
            }
            Self::Settle(number, _) => state.open_result_objections().any(|one| one.number == *number),
            _ => true,
        };
        match self.kind() {
            Some(kind) => there && rights::check(state, &Actor::Console, kind).is_ok(),
            None => state.phase == Phase::Ended,
        }
    }

    fn title(&self, lang: Lang, state: &State) -> &'static str {
        let review = match self {
            Self::InWriting(_) => Review::AskInWriting,
            Self::PutOff(..) => Review::AskPutOff,
            Self::GiveBack(..) => Review::AskReturn,
            Self::Decline(..) => Review::AskDecline,
            Self::DeclineAll(_) => Review::AskDeclineAll,
            Self::RefuseSpeaker(_) => Review::AskRefuse,
            Self::SealWithout(_) => return Sealing::AskWithout.text(lang),
            Self::Unclear(..) => return Term::AskUnclear.text(lang),
            Self::Objection(..) => return Joint::WriteObjection.text(lang),
            Self::Check(..) => return Joint::WriteCheck.text(lang),
            Self::DeferItem(_) => return Open::AskDefer.text(lang),
            Self::Unsigned(_) => return Open::AskUnsigned.text(lang),
            Self::EnterVote(..) => return Open::AskEnterVote.text(lang),
            Self::Agenda(_) => return Agenda::AskReason.text(lang),
            Self::RefusedByHand { .. } => return ByPaper::AskRefused.text(lang),
            Self::ResultObjection(..) => return Reopened::AskObjection.text(lang),
            Self::Settle(_, SettledHow::Stands) => return Reopened::AskStands.text(lang),
            Self::Settle(_, SettledHow::VoteAgain) => return Reopened::AskVoteAgain.text(lang),
            _ => return self.console_title(state).text(lang),
        };
        review.text(lang)
    }

    fn console_title(&self, state: &State) -> Console {
        match self {
            Self::Note => Console::AskNote,
            Self::Suspend => Console::AskSuspend,
            Self::Adjourn if state.quorum_missed.is_some() => Console::AskAdjournNoQuorum,
            Self::Adjourn => Console::AskAdjourn,
            Self::NewRound(_) => Console::AskNewRound,
            Self::Defer(..) => Console::AskDefer,
            _ => Console::AskNote,
        }
    }

    /// What the text is about, where that is not the meeting as a whole.
    fn about(&self, lang: Lang, state: &State) -> Option<String> {
        match self {
            Self::Defer(item, line) => {
                let line = state.item(item)?.nomination()?.line(line.as_str())?;
                Some(format!("{}  {}", line.name, line.post))
            }
            Self::PutOff(item, official) => {
                let official = state.item(item)?.review()?.official(official.as_str())?;
                Some(format!("{}  {}", official.name, official.unit))
            }
            Self::GiveBack(_, id) | Self::Decline(_, id) => {
                let (_, review) = on_floor(state)?;
                let beginning: String = review.question(*id)?.text.chars().take(200).collect();
                Some(format!("{id}  {beginning}"))
            }
            Self::RefuseSpeaker(seat) | Self::RefusedByHand { who: seat, .. } => {
                Some(state.name(seat).to_owned())
            }
            Self::Unclear(_, id) => {
                let (_, _, term) = state.current_term()?;
                let text = term.question(*id)?.asked.text.as_deref().unwrap_or_default();
                Some(format!("{id}  {}", text.chars().take(200).collect::<String>()))
            }
            Self::Objection(item, official, department) | Self::Check(item, official, department) => {
                let joint = state.item(item)?.joint()?;
                let official = joint.official(official.as_str())?;
                let department = joint.department(department.as_str())?;
                Some(format!("{}  {}", official.name, department.name))
            }
            Self::ResultObjection(item, official, seat) => {
                let about = reopening::result(state, item, official.as_ref());
                Some(format!("{}  {about}", state.name(seat)))
            }
            Self::Settle(number, _) => {
                let one = state.result_objections.iter().find(|one| one.number == *number)?;
                Some(reopening::objection_to(lang, state, one))
            }
            Self::SealWithout(who) => Some(sealing::name(state, who)),
            Self::DeferItem(item) => Some(state.item(item)?.title.clone()),
            Self::Agenda(change) => agenda::question(lang, state, change),
            Self::EnterVote(_, seat, said) => {
                let said = said.map_or(Open::DidNotVote.text(lang), |said| matter::choice(lang, said));
                Some(format!("{}  {said}", state.name(seat)))
            }
            _ => None,
        }
    }
}

/// The field.
#[derive(Debug)]
pub struct Text {
    /// What it is for.
    pub purpose: Purpose,
    /// What is written.
    pub field: Field,
}

impl Text {
    /// An empty field.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, field: Field::new(TEXT_CHARS_MAX as usize) }
    }

    /// Enter submits; adjourning and voiding ask for a second key.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => Turn::Leave,
            KeyCode::Enter => self.submit(state),
            _ => {
                self.field.key(key);
                Turn::Stay
            }
        }
    }

    /// The sentence to read aloud, where the text goes into it.
    pub fn says(&self, lang: Lang, state: &State) -> Option<String> {
        let Purpose::Agenda(change) = &self.purpose else { return None };
        Some(agenda::put(lang, state, change, Some(self.field.value().trim())))
    }

    fn submit(&self, state: &State) -> Turn {
        let text = self.field.value().trim().to_owned();
        let order = |command: Command| Turn::Try(vec![Act::Order(command)]);
        let confirm = |what: What| Turn::Next(Box::new(Cover::Confirm(Confirm::new(what))));
        match &self.purpose {
            Purpose::Adjourn if text.is_empty() && state.quorum_missed.is_some() => {
                confirm(What::Adjourn(AdjournGround::NoQuorum))
            }
            Purpose::Adjourn if !text.is_empty() => {
                confirm(What::Adjourn(AdjournGround::Decided { reason: text }))
            }
            Purpose::NewRound(ballot) if !text.is_empty() => confirm(What::NewRound(ballot.clone(), text)),
            Purpose::Settle(number, SettledHow::VoteAgain) if !text.is_empty() => {
                confirm(What::VoteAgain(*number, text))
            }
            Purpose::Settle(number, outcome) => {
                order(Command::SettleObjection { number: *number, outcome: *outcome, reason: text })
            }
            Purpose::ResultObjection(item, official, seat) => order(Command::ObjectToResult {
                item: item.clone(),
                official: official.clone(),
                by: seat.clone(),
                reason: text,
            }),
            // Without words the rules refuse, and say so.
            Purpose::Adjourn => order(Command::Adjourn { ground: AdjournGround::Decided { reason: text } }),
            Purpose::NewRound(ballot) => order(Command::NewRound { ballot: ballot.clone(), reason: text }),
            Purpose::Note => order(Command::Note { text }),
            Purpose::Suspend => order(Command::Suspend { reason: text }),
            Purpose::Defer(item, line) => {
                order(Command::Defer { item: item.clone(), line: line.clone(), reason: text })
            }
            Purpose::InWriting(item) => order(Command::ReportInWriting { item: item.clone(), reason: text }),
            Purpose::PutOff(item, official) => {
                order(Command::PutOff { item: item.clone(), official: official.clone(), reason: text })
            }
            Purpose::GiveBack(item, question) => {
                order(Command::ReturnQuestion { item: item.clone(), question: *question, reason: text })
            }
            Purpose::Decline(item, question) => {
                let ended = Ended::Declined { reason: text };
                order(Command::EndQuestion { item: item.clone(), question: *question, ended })
            }
            Purpose::DeclineAll(item) => {
                let left = Some(Left::Declined { reason: text });
                order(Command::EndQuestions { item: item.clone(), left })
            }
            Purpose::Unclear(item, question) => order(Command::JudgeReply {
                item: item.clone(),
                question: *question,
                judged: Judged::Unclearly { reason: text },
            }),
            Purpose::Objection(item, official, department) => order(Command::EnterStance {
                item: item.clone(),
                official: official.clone(),
                department: department.clone(),
                stance: Stance::Objection { reason: text },
            }),
            Purpose::Check(item, official, department) => order(Command::EnterStance {
                item: item.clone(),
                official: official.clone(),
                department: department.clone(),
                stance: Stance::NeedsChecking { what: text },
            }),
            Purpose::DeferItem(item) => order(Command::DeferMatter { item: item.clone(), reason: text }),
            Purpose::Unsigned(item) => order(Command::LeaveUnsigned { item: item.clone(), reason: text }),
            Purpose::EnterVote(item, seat, choice) => {
                let (item, seat, choice) = (item.clone(), seat.clone(), *choice);
                order(Command::EnterVote { item, seat, choice, reason: text })
            }
            Purpose::Agenda(change) => order(Command::PutAgenda { change: change.clone(), reason: text }),
            Purpose::SealWithout(who) => Turn::Try(vec![Act::Seal(SealAct::Without(who.clone(), text))]),
            Purpose::RefusedByHand { ballot, who, result } => order(Command::RecordSheet {
                ballot: ballot.clone(),
                scrutineer: who.clone(),
                result: result.clone(),
                refused: Some(text),
            }),
            Purpose::RefuseSpeaker(seat) => {
                order(Command::RefuseSpeaker { seat: seat.clone(), reason: text })
            }
        }
    }

    /// The keys of the field.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let other_day = hint("Tab", Sittings::ToAnotherDay.text(lang));
        let adjourns = (self.purpose == Purpose::Adjourn).then_some(other_day);
        let (enter, esc) =
            (hint("Enter", Console::Submit.text(lang)), hint("Esc", Console::Cancel.text(lang)));
        [Some(enter), adjourns, Some(esc)].into_iter().flatten().collect()
    }

    /// Draws the field at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let title = self.purpose.title(scene.lang, state);
        let title = cut(title, usize::from(page.width).saturating_sub(10), scene.theme.ellipsis());
        let about = self.purpose.about(scene.lang, state);
        let lines = if about.is_some() { 2 } else { 1 };
        let inside = sheet(frame, page, scene, &title, lines, false);
        let mut row = Rect { height: 1, ..inside };
        if let Some(about) = about {
            let about = crate::screen::text::clean(&about).into_owned();
            let about = cut(&about, inside.width.into(), scene.theme.ellipsis()).into_owned();
            frame.render_widget(Paragraph::new(Line::styled(about, scene.theme.strong())), row);
            row.y += 1;
        }
        self.field.draw(frame, row, scene.theme);
    }
}
