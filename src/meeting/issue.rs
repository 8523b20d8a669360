//! From those present to a confirmed list: papers are issued, credentials registered, the list fixed and confirmed. See
//! `ballot.md`, phases 1 to 4. One issue can be of several ballots, a *bundle*: of the official whose evaluation is due
//! and of all who are still to come, for each group that is counted apart.

use std::collections::BTreeSet;

use super::ballot_round::{holder, under_way};
use super::command::CommandKind;
use super::contest;
use super::event::{Event, Issue, ListSeen, PaperAsked, Setup};
use super::ids::{Actor, BallotId, ItemId, LineId, OfficialId};
use super::refusal::Refusal;
use super::review_state::OfficialStage;
use super::round::{Round, RoundPhase};
use super::state::{ItemState, Stage, State, number, seat};
use super::{floor, quorum, room};
use crate::ballot::IssuerPublic;
use crate::plan::{Item, Person, SMALL};

type Decision = Result<Vec<Event>, Refusal>;

/// Papers are issued to the electors in the room, once the scrutineers have counted as many. A nomination has one ballot on
/// the lines that are not deferred, a contested election one a round; an evaluation one on the plan's dimensions for each group that is counted apart.
pub(super) fn open(state: &State, id: &ItemId) -> Decision {
    let command = CommandKind::OpenIssue;
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let item = state.current_item().filter(|item| item.id == *id).ok_or(Refusal::AnotherItemOpen)?;
    let again =
        item.awaits_further_round() || item.round().is_some_and(|round| round.phase == RoundPhase::Void);
    if item.stage == Stage::Balloting && !again {
        return Err(Refusal::NotNow { command });
    }
    if !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    // A key that is being made replaces the one there is: no ballot is encrypted to either before.
    if state.ceremony.is_some() {
        return Err(Refusal::NotNow { command });
    }
    let subjects = subjects(state, item)?;
    let ready = item.round().is_some_and(|round| round.is_under_way());
    if ready {
        return Err(Refusal::NotNow { command });
    }
    let (deferred, lines) = lines(planned, item);
    if lines.is_empty() {
        return Err(Refusal::NothingToVoteOn);
    }
    if !state.key_is_ready() {
        return Err(Refusal::KeyNotReady { ready: state.holders_here(), needed: state.scrutineers_needed() });
    }
    let (rule, present, due) = quorum::at_issue(state, item).ok_or(Refusal::UnknownItem)?;
    if let Some(missed) = floor::quorum(state, Some(id), &rule, present, due)? {
        return Ok(vec![missed]);
    }
    room::heads_agree(state, id)?;
    let issues = subjects.into_iter().flat_map(|subject| {
        let electorate = Electorate::of(state, planned, item, subject.as_ref());
        electorate.issues(planned, item, subject, (&lines, &deferred))
    });
    Ok(issues.map(|issue| Event::IssueOpened(Box::new(issue))).collect())
}

/// Who may vote on a subject, and who of them is here.
pub(super) struct Electorate<'a> {
    entitled: Vec<&'a Person>,
    present: Vec<&'a Person>,
}

impl<'a> Electorate<'a> {
    pub(super) fn of(
        state: &'a State,
        planned: &'a Item,
        item: &ItemState,
        subject: Option<&OfficialId>,
    ) -> Self {
        let entitled: Vec<&Person> =
            state.plan().electors(planned).filter(|person| !is_recused(item, subject, person)).collect();
        let present = entitled.iter().copied().filter(|person| state.is_present(&seat(person))).collect();
        Self { entitled, present }
    }

    /// The ballots on this subject: one, or one for each group that is counted apart.
    pub(super) fn issues(
        &self,
        planned: &Item,
        item: &ItemState,
        subject: Option<OfficialId>,
        (lines, deferred): (&[LineId], &[LineId]),
    ) -> Vec<Issue> {
        // The rounds of an item that was reopened are numbered on.
        let of_subject = item.rounds.iter().filter(|round| round.issue.subject == subject);
        let last = of_subject.map(|round| round.issue.round).max();
        let round = last.unwrap_or(0).saturating_add(1);
        let apart = planned.review().filter(|review| review.apart).map(|review| &review.reviewers);
        let counted_apart =
            apart.map_or_else(|| vec![Vec::new()], |groups| merge_small(groups, &self.present));
        let several = counted_apart.len() > 1;
        let issue = |groups: Vec<String>| {
            let on_this = |person: &&&Person| !several || groups.contains(&person.group);
            let group = several.then(|| groups.join("_"));
            Issue {
                ballot: BallotId::of_round(&item.id, subject.as_ref(), group.as_deref(), round),
                item: item.id.clone(),
                subject: subject.clone(),
                due: number(self.entitled.iter().filter(on_this).count()),
                electorate: self.present.iter().filter(on_this).map(|person| seat(person)).collect(),
                groups,
                round,
                lines: lines.to_vec(),
                deferred: deferred.to_vec(),
                barred: barred(planned, item),
                contest: planned
                    .contested()
                    .map(|contested| contest::round_to_issue(contested, item, lines.len())),
            }
        };
        counted_apart.into_iter().map(issue).collect()
    }
}

/// What ballots are on: the official whose evaluation is due, and all who are still to come and have no ballot ready;
/// nobody, where the item is a nomination.
fn subjects(state: &State, item: &ItemState) -> Result<Vec<Option<OfficialId>>, Refusal> {
    let Some(first) = evaluated(state, item)? else { return Ok(vec![None]) };
    let to_come = item.review().into_iter().flat_map(|review| {
        let to_come = |id: &&OfficialId| {
            review.officials.get(*id).is_some_and(|official| official.stage == OfficialStage::ToCome)
        };
        review.order.iter().filter(to_come)
    });
    let without_ballot = to_come.filter(|id| !item.last_rounds(Some(id)).any(Round::is_under_way));
    Ok(std::iter::once(&first).chain(without_ballot).cloned().map(Some).collect())
}

/// The official whose evaluation is due; none for a nomination.
pub(super) fn evaluated(state: &State, item: &ItemState) -> Result<Option<OfficialId>, Refusal> {
    match state.current_review().filter(|(current, ..)| current.id == item.id) {
        None if item.stage == Stage::Reviewing => Err(Refusal::NotTheTurn),
        None => Ok(None),
        Some((_, _, review)) => match review.current() {
            Some((id, official)) if official.stage == OfficialStage::Evaluating => Ok(Some(id.clone())),
            _ => Err(Refusal::NotTheTurn),
        },
    }
}

/// The lines deferred and those voted on.
pub(super) fn lines(planned: &Item, item: &ItemState) -> (Vec<LineId>, Vec<LineId>) {
    match planned.review() {
        Some(review) => {
            let dimensions = review.dimensions.iter().map(|dimension| LineId::from(dimension.id.as_str()));
            (Vec::new(), dimensions.collect())
        }
        None => {
            let further = item.further.last();
            let is_on = |line: &LineId| {
                item.is_at_stake(line) && further.is_none_or(|further| further.lines.contains(line))
            };
            let lines = planned.lines().iter().map(|line| LineId::from(line.id.as_str()));
            lines.filter(is_on).partition(|line| item.deferred.contains_key(line))
        }
    }
}

/// The lines that are on the paper and not voted on, by rule; a further round has only those who stand in it.
fn barred(planned: &Item, item: &ItemState) -> Vec<LineId> {
    if !item.further.is_empty() {
        return Vec::new();
    }
    let lines = planned.lines().iter().map(|line| LineId::from(line.id.as_str()));
    lines.filter(|line| item.barred.contains_key(line)).collect()
}

fn is_recused(item: &ItemState, subject: Option<&OfficialId>, person: &Person) -> bool {
    let official = subject.and_then(|id| item.review()?.officials.get(id));
    official.is_some_and(|official| official.recused.contains(&seat(person)))
}

/// Groups of fewer than five present are counted with the smallest other one, so that no total gives anybody away.
pub fn merge_small(groups: &[String], present: &[&Person]) -> Vec<Vec<String>> {
    let size = |groups: &Vec<String>| present.iter().filter(|person| groups.contains(&person.group)).count();
    let mut apart: Vec<Vec<String>> = groups.iter().map(|group| vec![group.clone()]).collect();
    while apart.len() > 1 {
        apart.sort_by_key(size);
        let Some(smallest) = apart.first().filter(|groups| size(groups) < SMALL as usize).cloned() else {
            break;
        };
        apart.remove(0);
        if let Some(next) = apart.first_mut() {
            next.extend(smallest);
            next.sort_by_key(|group| groups.iter().position(|planned| planned == group));
        }
    }
    apart.sort_by_key(|merged| groups.iter().position(|planned| merged.first() == Some(planned)));
    apart
}

pub(super) fn publish_issuer(state: &State, ballot: &BallotId, issuer: &IssuerPublic) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::PublishIssuer)?;
    match &round.issuer {
        Some(published) if published == issuer => Ok(Vec::new()),
        Some(_) => Err(Refusal::NotNow { command: CommandKind::PublishIssuer }),
        None => Ok(vec![Event::IssuerPublished { ballot: ballot.clone(), issuer: issuer.clone() }]),
    }
}

/// One paper a seat and ballot. The same requests again are answered again; others are refused.
pub(super) fn request_papers(state: &State, actor: &Actor, papers: &[PaperAsked]) -> Decision {
    let command = CommandKind::RequestPapers;
    let mut events = Vec::new();
    if papers.is_empty() || !are_different(papers.iter().map(|paper| &paper.ballot)) {
        return Err(Refusal::UnknownBallot);
    }
    for PaperAsked { ballot, request } in papers {
        let (_, round) = under_way(state, ballot, command)?;
        let seat = actor.seat().filter(|seat| round.issue.electorate.contains(seat));
        let seat = seat.ok_or(Refusal::NoPaperForSeat)?;
        match round.issued.get(seat) {
            Some(issued) if issued == request => continue,
            Some(_) => return Err(Refusal::PaperAlreadyIssued),
            None => {}
        }
        if round.phase != RoundPhase::Issuing {
            return Err(Refusal::NotNow { command });
        }
        if round.declined.contains(seat) {
            return Err(Refusal::PaperDeclined);
        }
        if round.issuer.is_none() {
            return Err(Refusal::IssuerNotPublished);
        }
        let (ballot, seat, request) = (ballot.clone(), seat.clone(), request.clone());
        events.push(Event::PaperIssued { ballot, seat, request });
    }
    Ok(events)
}

fn are_different<'a>(ballots: impl Iterator<Item = &'a BallotId>) -> bool {
    let mut seen = BTreeSet::new();
    let mut ballots = ballots;
    ballots.all(|ballot| seen.insert(ballot))
}

pub(super) fn decline_paper(state: &State, actor: &Actor, ballot: &BallotId) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::DeclinePaper)?;
    let seat =
        actor.seat().filter(|seat| round.issue.electorate.contains(seat)).ok_or(Refusal::NoPaperForSeat)?;
    if round.issued.contains_key(seat) {
        return Err(Refusal::PaperAlreadyIssued);
    }
    if round.declined.contains(seat) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::PaperDeclined { ballot: ballot.clone(), seat: seat.clone() }])
}

/// The hub closes the issue when all have taken or declined a paper; the presiding officer may close it before.
pub(super) fn close(state: &State, actor: &Actor, ballot: &BallotId) -> Decision {
    let command = CommandKind::CloseIssue;
    if *actor == Actor::Hub {
        let (_, round) = under_way(state, ballot, command)?;
        if round.issued.is_empty() {
            return Err(Refusal::NoPaperIssued);
        }
        if round.without_paper().next().is_some() {
            return Err(Refusal::NotNow { command });
        }
        return Ok(vec![Event::IssueClosed { ballot: ballot.clone() }]);
    }
    let (item, _) = under_way(state, ballot, command)?;
    let open: Vec<&Round> = item.rounds.iter().filter(|round| round.phase == RoundPhase::Issuing).collect();
    if open.iter().any(|round| round.issued.is_empty()) {
        return Err(Refusal::NoPaperIssued);
    }
    Ok(open.iter().map(|round| Event::IssueClosed { ballot: round.issue.ballot.clone() }).collect())
}

pub(super) fn fix_list(state: &State, ballot: &BallotId, setup: &Setup) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::FixList)?;
    let registered = number(setup.admitted.len());
    let sorted = setup.admitted.windows(2).all(|pair| matches!(pair, [a, b] if a.credential < b.credential));
    if registered != round.issued() || !sorted || Some(setup.trustees.as_str()) != state.trustees() {
        return Err(Refusal::MalformedSetup);
    }
    Ok(vec![Event::ListFixed { ballot: ballot.clone(), setup: Box::new(setup.clone()) }])
}

/// One confirmation over all lists of the bundle that this terminal has papers of.
pub(super) fn confirm_lists(state: &State, actor: &Actor, lists: &[ListSeen]) -> Decision {
    let command = CommandKind::ConfirmLists;
    if lists.is_empty() || !are_different(lists.iter().map(|list| &list.ballot)) {
        return Err(Refusal::UnknownBallot);
    }
    let mut events = Vec::new();
    for ListSeen { ballot, setup } in lists {
        let (_, round) = under_way(state, ballot, command)?;
        let seat = holder(actor, round)?;
        if round.setup.as_ref().is_none_or(|fixed| fixed.hash != *setup) {
            return Err(Refusal::WrongSetup);
        }
        if round.confirmed.contains(seat) {
            continue;
        }
        if round.phase != RoundPhase::Confirming {
            return Err(Refusal::NotNow { command });
        }
        events.push(Event::ListConfirmed { ballot: ballot.clone(), seat: seat.clone() });
    }
    Ok(events)
}
