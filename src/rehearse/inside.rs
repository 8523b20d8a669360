//! What simulated people say in a rehearsed deliberation during the term: two statements and a question from members'
//! terminals, and the reply from a terminal of the proposing body, or taken down by the recorder.

use tokio::task::JoinSet;

use super::member::Members;
use crate::client::{Client, View};
use crate::meeting::{Command, ItemId, QuestionId, SeatId, Stage, State, seat};
use crate::plan::Duty;
use crate::words::rehearse::Said;

/// How many statements are made.
const STATEMENTS: usize = 2;

/// Everyone who says something, until the meeting ends.
pub struct Inside {
    _people: JoinSet<()>,
}

/// What somebody does in the deliberation.
#[derive(Debug, Clone, Copy)]
enum Part {
    Says(Said),
    Asks,
    Replies,
}

/// The deliberation that is under way.
fn on_floor(state: &State) -> Option<&ItemId> {
    let (item, ..) = state.current_term()?;
    (item.stage == Stage::Deliberating).then_some(&item.id)
}

/// Who can speak in the deliberations of a plan: members whom none of them concerns and who have no duty.
fn members_of(state: &State) -> Vec<SeatId> {
    let concerned = |id: &str| {
        let terms = state.plan().items.iter().filter_map(|item| item.term());
        terms.filter_map(|term| term.appointee()).any(|appointee| appointee.concerns(id))
    };
    let free = state.plan().members().filter(|one| one.duties.is_empty() && !concerned(&one.id));
    free.map(seat).collect()
}

/// Who replies: somebody of the proposing body, or else the recorder.
fn replies(state: &State) -> Vec<SeatId> {
    let terms = state.plan().items.iter().filter_map(|item| item.term());
    let seats = terms.flat_map(|term| &term.proposing.seats).map(|seat| SeatId::from(seat.as_str()));
    seats.chain(state.plan().with_duty(Duty::Recorder).map(seat)).collect()
}

impl Inside {
    /// Everybody who says something does, in every deliberation.
    pub fn play(state: &State, members: &Members) -> Self {
        let mut people = JoinSet::new();
        let replying = replies(state).into_iter().find(|seat| members.client(seat).is_some());
        let free = members_of(state).into_iter();
        let speaking: Vec<SeatId> =
            free.filter(|seat| members.client(seat).is_some() && Some(seat) != replying.as_ref()).collect();
        let parts = [Part::Says(Said::Statement1), Part::Says(Said::Statement2), Part::Asks];
        // Nobody asks where nobody would reply.
        let asks = replying.is_some();
        let parts = parts.into_iter().filter(|part| asks || matches!(part, Part::Says(_)));
        let playing = speaking.into_iter().zip(parts);
        for (seat, part) in playing.chain(replying.map(|seat| (seat, Part::Replies))) {
            if let Some(client) = members.client(&seat) {
                people.spawn(attend(client.clone(), part));
            }
        }
        Self { _people: people }
    }

    /// Whether everything that the simulated members of a plan have to say was said.
    pub fn all_said(state: &State, item: &ItemId) -> bool {
        let Some((current, _, term)) = state.current_term() else { return true };
        let here = |seat: &SeatId| state.is_present(seat);
        let replying = replies(state).into_iter().any(|seat| here(&seat));
        let speaking = members_of(state).iter().filter(|seat| here(seat)).count();
        let asked = !replying || speaking <= STATEMENTS || !term.questions.is_empty();
        current.id != *item || (term.statements.len() >= STATEMENTS.min(speaking) && asked)
    }

    /// Whether a question was replied to.
    pub fn is_replied(state: &State, question: QuestionId) -> bool {
        let put = state.current_term().and_then(|(.., term)| term.question(question).cloned());
        put.is_none_or(|put| !put.replies.is_empty())
    }
}

async fn attend(client: Client, part: Part) {
    let mut done: Option<ItemId> = None;
    loop {
        let ended =
            |view: &View| view.sealed || view.state.as_ref().is_some_and(|state| state.ended_at.is_some());
        let due = |view: &View| {
            let state = view.state.as_deref();
            let item = state.and_then(on_floor).filter(|item| Some(*item) != done.as_ref());
            let asked = state.and_then(State::current_term).is_some_and(|(.., term)| {
                term.questions.iter().any(|put| put.asked.text.is_some() && put.replies.is_empty())
            });
            ended(view) || (item.is_some() && (asked || !matches!(part, Part::Replies)))
        };
        let Ok(view) = client.until(due).await else { return };
        if ended(&view) {
            return;
        }
        let Some(state) = view.state.clone() else { return };
        let Some(item) = on_floor(&state).cloned() else { continue };
        let lang = state.plan().meeting.language;
        let text = |said: Said| said.text(lang).to_owned();
        let command = match part {
            Part::Says(said) => Command::SayInside { item: item.clone(), text: text(said) },
            Part::Asks => Command::PutQuestion { item: item.clone(), text: text(Said::Asked) },
            Part::Replies => {
                let open = state.current_term().and_then(|(.., term)| {
                    term.questions.iter().find(|put| put.replies.is_empty()).map(|put| put.id)
                });
                let Some(question) = open else { continue };
                Command::Reply { item: item.clone(), question, text: text(Said::Replied) }
            }
        };
        let _ = client.order(command).await;
        done = Some(item);
    }
}
