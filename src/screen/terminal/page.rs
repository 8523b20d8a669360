//! Which page the terminal shows: it follows from what is known, never from what was shown before.

use super::duty::{self, Task};
use super::exam::{self, ExamPage};
use crate::client::{Alarm, Link, Paper, View};
use crate::meeting::{BallotId, ItemId, ItemState, Phase, Presence, Round, RoundPhase, SeatId, Stage, State};
use crate::plan::{Duty, Item, Nomination, Person};
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::open;

/// The page under everything that the member has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The record has not come yet.
    Waiting,
    /// The hub turned this terminal away.
    TurnedAway,
    /// The meeting is adjourned to another day.
    Recess,
    /// The person is not signed in.
    SignIn,
    /// The meeting is suspended.
    Suspended,
    /// The meeting has ended.
    Ended,
    /// The person is outside for the deliberation.
    Outside,
    /// What is on the floor.
    Floor,
    /// What is on the floor and decided in the open.
    Open,
    /// The ballot paper is being prepared, or waits for voting to open.
    PaperReady,
    /// The ballot paper can be marked.
    Paper(BallotId),
    /// The ballot is on its way.
    Casting,
    /// The ballot is in the box.
    Returned,
    /// Voting is over, and nothing was cast from here.
    NotReturned,
    /// A scrutineer's duty.
    Duty(Task),
    /// The person stands aside for the official whose papers are out.
    Aside,
    /// An exam on the floor.
    Exam(ExamPage),
    /// A result, for everyone at once.
    Result(ItemId),
}

/// The page for what is known. `handed` is the ballot whose marks were handed over and not answered yet.
pub fn page(view: &View, handed: Option<&BallotId>) -> Page {
    if matches!(view.link, Link::TurnedAway(_)) {
        return Page::TurnedAway;
    }
    let Some(state) = view.state.as_deref() else { return Page::Waiting };
    if state.phase == Phase::Ended || view.sealed {
        return Page::Ended;
    }
    if state.phase == Phase::Recess {
        return Page::Recess;
    }
    // People can sign in during a pause too, so this comes first.
    if !is_present(view, state) {
        return Page::SignIn;
    }
    if state.suspended.is_some() {
        return Page::Suspended;
    }
    // What was decided at an earlier sitting is not the first thing of the next.
    if state.phase == Phase::SigningIn {
        return Page::Floor;
    }
    if let Some(page) = exam::page(view, state) {
        return Page::Exam(page);
    }
    // Who has several duties gets them one after the other, the own ballot first.
    let ballot = ballot_page(view, state, handed);
    let comes_first = |page: &Page| match page {
        Page::Paper(_) => true,
        // Whether it arrived is not known, and nothing can be done about it here.
        Page::Casting => own_round(view, state).is_none_or(|round| round.phase <= RoundPhase::Voting),
        Page::Returned => is_returned_again(view, state),
        _ => false,
    };
    if let Some(page) = ballot.clone().filter(comes_first) {
        return page;
    }
    if let Some(task) = duty::task(view, state) {
        return Page::Duty(task);
    }
    if let Some(page) = ballot {
        return page;
    }
    if duty::told::stands_aside(view, state) {
        return Page::Aside;
    }
    if is_outside(view, state) {
        return Page::Outside;
    }
    if let Some(shown) = Shown::on_floor(state) {
        // A result stays until the next official is called.
        return if shown.result().is_some() { Page::Result(shown.item.id.clone()) } else { Page::Floor };
    }
    if open::on_floor(state).is_some() {
        return Page::Open;
    }
    // A result stays until the next item is called, or the agenda is put to a decision.
    let on_agenda = state.agenda_news().is_some() || state.proposal().is_some();
    let between = state.current_item().is_none() && !on_agenda;
    match last_declared(state) {
        Some(item) if between => Page::Result(item.id.clone()),
        _ => Page::Floor,
    }
}

fn ballot_page(view: &View, state: &State, handed: Option<&BallotId>) -> Option<Page> {
    let (item, least_far) = state.current_round()?;
    match least_far.phase {
        RoundPhase::Void => return None,
        RoundPhase::Counted => return Some(Page::Result(item.id.clone())),
        _ => {}
    }
    // Groups that are counted apart have a round each; whoever has none of them waits for the one that is least far.
    let round = own_round(view, state).unwrap_or(least_far);
    match &view.paper {
        Paper::None => None,
        Paper::Preparing | Paper::Confirmed => Some(Page::PaperReady),
        Paper::Open if handed == Some(&round.issue.ballot) => Some(Page::Casting),
        Paper::Open => Some(Page::Paper(round.issue.ballot.clone())),
        Paper::Casting => Some(Page::Casting),
        Paper::Returned { .. } => Some(Page::Returned),
        Paper::NotReturned | Paper::Lost { .. } | Paper::Forgotten => Some(Page::NotReturned),
    }
}

/// The round on the floor in which this person may have a paper.
pub fn own_round<'a>(view: &View, state: &'a State) -> Option<&'a Round> {
    state.round_of(my_seat(view)?)
}

/// Whether the own ballot is missing from the fixed box and on its way there once more. Once it has failed, the alarm
/// stands above every page.
fn is_returned_again(view: &View, state: &State) -> bool {
    let fixed = own_round(view, state).is_some_and(|round| round.box_hash.is_some());
    let missing = matches!(view.paper, Paper::Returned { in_box: false, .. });
    fixed && missing && !matches!(view.alarm, Some(Alarm::BallotMissing { .. }))
}

/// The item that was declared last and has something to show: a count, a review, a joint meeting, or what was decided in
/// the open.
pub fn last_declared(state: &State) -> Option<&ItemState> {
    let shows = |item: &'_ ItemState| {
        item.review().is_some()
            || item.joint().is_some()
            || item.exam().is_some()
            || item.round().is_some_and(|round| round.count.is_some())
            || open::is_decided(item)
    };
    state.items.iter().rev().find(|item| item.stage == Stage::Declared && shows(item))
}

/// The nomination that was declared last, counted, with nothing declared since.
pub fn last_result(state: &State) -> Option<(&ItemState, &Round)> {
    let item = last_declared(state).filter(|item| item.review().is_none() && item.joint().is_none())?;
    Some((item, item.round()?))
}

/// The nomination that is on the floor, or was last.
pub fn nomination(state: &State) -> Option<(&ItemState, &Nomination)> {
    let last = || state.items.iter().rev().find(|item| item.stage == Stage::Declared);
    let item = state.current_item().or_else(last)?;
    Some((item, state.item(&item.id)?.nomination()?))
}

/// Whose terminal this is.
pub fn me<'a>(view: &View, state: &'a State) -> Option<&'a Person> {
    state.plan().person(view.me.seat()?.as_str())
}

/// The seat of this terminal.
pub fn my_seat(view: &View) -> Option<&SeatId> {
    view.me.seat()
}

/// Whether this person has a duty.
pub fn has_duty(view: &View, state: &State, duty: Duty) -> bool {
    me(view, state).is_some_and(|person| person.duties.contains(&duty))
}

/// Whether this person is signed in.
pub fn is_present(view: &View, state: &State) -> bool {
    my_seat(view).is_some_and(|seat| state.is_present(seat))
}

/// Whether this person was signed in before.
pub fn has_left(view: &View, state: &State) -> bool {
    my_seat(view).is_some_and(|seat| matches!(state.attendance.get(seat), Some(Presence::Left(_))))
}

/// Whether this person is outside for the deliberation.
pub fn is_outside(view: &View, state: &State) -> bool {
    my_seat(view).is_some_and(|seat| state.current_item().is_some_and(|item| item.recused.contains(seat)))
}

/// Whether this person may vote on what is on the floor, or at all where nothing is.
pub fn votes(view: &View, state: &State) -> bool {
    let Some(person) = me(view, state) else { return false };
    match nomination(state) {
        Some((_, nomination)) => nomination.voters.contains(&person.group),
        None if state.current_review().is_some() => is_reviewer(view, state),
        None => {
            let reviews = state.plan().items.iter().filter_map(|item| item.review());
            state.plan().is_member(person)
                || reviews.into_iter().any(|review| review.reviewers.contains(&person.group))
        }
    }
}

/// Whether this person questions and evaluates in the review on the floor.
pub fn is_reviewer(view: &View, state: &State) -> bool {
    let review = state.current_review().map(|(_, review, _)| review);
    me(view, state).zip(review).is_some_and(|(person, review)| review.reviewers.contains(&person.group))
}

/// Whether a paper is to be expected for the official whose turn it is: then a recusal can still be declared.
fn may_recuse_from_official(view: &View, state: &State) -> bool {
    let Some(seat) = my_seat(view) else { return false };
    let Some(shown) = Shown::on_floor(state) else { return false };
    let open = shown.item.stage == Stage::Reviewing;
    let current = shown.current().filter(|(_, official)| !official.stage.is_over());
    open && is_reviewer(view, state) && current.is_some_and(|(_, official)| !official.recused.contains(seat))
}

/// The item on the floor for which this person is to be issued a paper and was issued none yet: then none need be taken.
pub fn paper_to_come<'a>(view: &View, state: &'a State) -> Option<&'a ItemId> {
    let item = state.current_item().filter(|item| state.item(&item.id).is_some_and(Item::is_secret))?;
    let seat = my_seat(view)?;
    let has_answered = |round: &Round| round.issued.contains_key(seat) || round.declined.contains(seat);
    let free = state.suspended.is_none() && is_present(view, state) && votes(view, state);
    // On paper nobody asks a terminal.
    let electronic = !item.rounds_together().any(|round| round.phase == RoundPhase::OnPaper);
    let open = !matches!(item.stage, Stage::ToCome | Stage::Declared)
        && electronic
        && !state.rounds_under_way().any(has_answered);
    (free && open).then_some(&item.id)
}

/// Whether a recusal can be declared now.
pub fn may_recuse(view: &View, state: &State) -> bool {
    let stage = state.current_item().map(|item| item.stage);
    let at_the_time =
        matches!(stage, Some(Stage::Recusing | Stage::Deliberating)) || may_recuse_from_official(view, state);
    at_the_time && state.suspended.is_none() && is_present(view, state) && !is_outside(view, state)
}
