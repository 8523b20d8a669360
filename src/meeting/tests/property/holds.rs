//! What must always hold, written down a second time.

use std::collections::BTreeSet;

use crate::meeting::tests::{papers, scrutiny};
use crate::meeting::{
    Actor, BallotId, Command, CommandKind, Floor, LineId, Phase, RoundPhase, SeatId, Stage, State, VoidReason,
};
use crate::plan::Duty;

/// Who may do what, written down a second time.
pub(super) fn may(state: &State, actor: &Actor, command: &Command) -> bool {
    use CommandKind as Kind;
    let kind = command.kind();
    let by_hub = [
        Kind::Enrol,
        Kind::FixTrustees,
        Kind::PublishIssuer,
        Kind::FixList,
        Kind::FixBox,
        Kind::EndBoxCheck,
        Kind::PublishCount,
        Kind::EnrolStandby,
        Kind::AttachStandby,
        Kind::DetachStandby,
    ]
    .contains(&kind);
    let by_scrutineer_alone = [
        Kind::CertifyKey,
        Kind::CommitDealing,
        Kind::ConfirmTrustees,
        Kind::CountHeads,
        Kind::ConfirmRoom,
        Kind::AcceptMissing,
        Kind::ReleaseFactors,
        Kind::SignResult,
        Kind::RefuseResult,
        Kind::EnterCount,
    ]
    .contains(&kind);
    let by_seat_alone = by_scrutineer_alone
        || [Kind::RequestPapers, Kind::DeclinePaper, Kind::ConfirmLists, Kind::ConfirmBox].contains(&kind);
    match actor {
        Actor::Hub => by_hub || matches!(kind, Kind::CloseIssue | Kind::TakeOver),
        Actor::Standby => kind == Kind::TakeOver,
        Actor::Display(_) => false,
        Actor::Console => !by_hub && !by_seat_alone && kind != Kind::TakeOver,
        Actor::Seat(seat) => {
            let recorder = seat.as_str() == "m4";
            let scrutineer = state
                .plan()
                .person(seat.as_str())
                .is_some_and(|person| person.duties.contains(&Duty::Scrutineer))
                && state.scrutineers_approved();
            let known = state.plan().person(seat.as_str()).is_some();
            let holds = |ballot: &BallotId| {
                state.round(ballot).is_some_and(|(_, round)| round.issued.contains_key(seat))
            };
            let votes = |ballot: &BallotId| {
                state.round(ballot).is_some_and(|(_, round)| round.issue.electorate.contains(seat))
            };
            known
                && match command {
                    Command::SignIn { seat: whose }
                    | Command::SignOut { seat: whose }
                    | Command::Recuse { seat: whose, .. } => recorder || whose == seat,
                    Command::Return { .. } | Command::Note { .. } => recorder,
                    Command::RequestPapers { papers } => papers.iter().all(|paper| votes(&paper.ballot)),
                    Command::DeclinePaper { ballot } => votes(ballot),
                    Command::ConfirmLists { lists } => lists.iter().all(|list| holds(&list.ballot)),
                    Command::ConfirmBox { ballot, .. } => holds(ballot),
                    Command::Object { .. } => true,
                    _ => scrutineer && by_scrutineer_alone,
                }
        }
    }
}

/// Whether a command without consequences had been carried out before.
pub(super) fn was_done(state: &State, actor: &Actor, command: &Command) -> bool {
    let round = command.ballot().and_then(|ballot| state.round(ballot)).map(|(_, round)| round);
    match (command, round, actor.seat()) {
        (Command::Enrol { who, key }, _, _) => state.keys.get(who) == Some(key),
        (Command::PublishIssuer { issuer, .. }, Some(round), _) => round.issuer.as_ref() == Some(issuer),
        (Command::RequestPapers { papers }, _, Some(seat)) => papers.iter().all(|paper| {
            let round = state.round(&paper.ballot).map(|(_, round)| round);
            round.is_some_and(|round| round.issued.get(seat) == Some(&paper.request))
        }),
        (Command::DeclinePaper { .. }, Some(round), Some(seat)) => round.declined.contains(seat),
        (Command::ConfirmLists { lists }, _, Some(seat)) => lists
            .iter()
            .all(|list| state.round(&list.ballot).is_some_and(|(_, round)| round.confirmed.contains(seat))),
        (Command::ConfirmBox { .. }, Some(round), Some(seat)) => round.box_confirmed.contains(seat),
        _ => scrutiny::was_done(state, actor, command) || papers::was_done(state, actor, command),
    }
}

pub(super) fn moved_forward(before: &State, after: &State) {
    let again =
        after.phase == Phase::Recess || (before.phase, after.phase) == (Phase::Recess, Phase::SigningIn);
    assert!(again || before.phase <= after.phase);
    assert!(after.sittings.starts_with(&before.sittings), "what an earlier sitting was stays");
    assert!(before.opened_at.is_none() || before.opened_at == after.opened_at);
    if before.phase == Phase::Recess || after.phase == Phase::Recess {
        let decided = |state: &State| {
            format!(
                "{:?}",
                state.items.iter().map(|item| (item.stage, &item.rounds, &item.deferred)).collect::<Vec<_>>()
            )
        };
        assert_eq!(decided(before), decided(after), "a recess decides nothing");
    }
    assert_eq!(before.line + 1, after.line);
    for (old, new) in before.items.iter().zip(&after.items) {
        assert!(old.stage <= new.stage, "{:?} after {:?}", new.stage, old.stage);
        assert!(old.rounds.len() <= new.rounds.len());
        for (old, new) in old.rounds.iter().zip(&new.rounds) {
            assert!(old.phase <= new.phase, "{:?} after {:?}", new.phase, old.phase);
            assert_eq!(old.issue, new.issue, "what an issue fixes stays");
            let unopenable = matches!(new.void, Some(VoidReason::Unopenable { .. } | VoidReason::ByPaper));
            assert!(
                new.phase != RoundPhase::Void
                    || old.phase < RoundPhase::Opening
                    || old.phase == RoundPhase::Void
                    || (old.phase == RoundPhase::Opening && unopenable)
                    || old.phase == RoundPhase::OnPaper
            );
        }
    }
    if before.phase == Phase::Ended {
        panic!("something was accepted after the end");
    }
}

/// The invariants of [`State`].
pub(super) fn always(state: &State) {
    let plan = state.plan();
    let members: BTreeSet<SeatId> = plan.members().map(crate::meeting::seat).collect();
    assert!(state.due() >= state.present());
    assert!(state.attendance.keys().all(|seat| plan.person(seat.as_str()).is_some()));
    if state.phase == Phase::Recess {
        assert!(state.attendance.is_empty() && state.floor == Floor::default() && state.ceremony.is_none());
        let open = state.items.iter().flat_map(|item| item.rounds_under_way());
        assert_eq!(open.count(), 0, "nothing that was issued is open between two sittings");
    }
    let between = matches!(state.phase, Phase::Recess | Phase::SigningIn);
    assert!(!between || (state.current_item().is_none() && state.opening.is_none()));
    let on_floor =
        state.items.iter().filter(|item| !matches!(item.stage, Stage::ToCome | Stage::Declared)).count();
    assert!(on_floor <= 1, "one item at a time");
    let stages: Vec<bool> = state.items.iter().map(|item| item.stage == Stage::ToCome).collect();
    assert!(stages.is_sorted(), "items are called in order");
    for item in &state.items {
        let nomination = state.item(&item.id).unwrap().nomination().unwrap();
        assert!(item.deferred.keys().all(|line| nomination.line(line.as_str()).is_some()));
        assert!(item.recused.is_subset(&item.was_recused));
        assert!(
            item.stage < Stage::Deliberated || item.recused.is_empty(),
            "nobody is outside after the deliberation"
        );
        if let Some((last, earlier)) = item.rounds.split_last() {
            assert!(
                earlier.iter().all(|round| round.phase == RoundPhase::Void),
                "only the last round can count"
            );
            let why = last.void.as_ref();
            let undecided = why
                .is_some_and(|why| matches!(why, VoidReason::TooFew { .. } | VoidReason::Unopenable { .. }));
            assert!(item.stage != Stage::Declared || last.count.is_some() || undecided);
        }
        for (place, round) in item.rounds.iter().enumerate() {
            let electorate: BTreeSet<SeatId> = round.issue.electorate.iter().cloned().collect();
            let issued: BTreeSet<SeatId> = round.issued.keys().cloned().collect();
            assert_eq!(electorate.len(), round.issue.electorate.len());
            assert_eq!(round.issue.round as usize, place + 1);
            assert!(electorate.is_subset(&members));
            assert!(issued.is_subset(&electorate));
            assert!(round.declined.is_subset(&electorate) && round.declined.is_disjoint(&issued));
            assert!(round.confirmed.is_subset(&issued) && round.box_confirmed.is_subset(&issued));
            let closed = round.box_closed_at.is_some();
            assert!(closed || (round.box_confirmed.is_empty() && round.accepted.is_empty()));
            assert!(round.issue.due >= round.present() && round.present() >= round.issued());
            let void = round.void.is_some();
            assert!(void || round.returned().is_none_or(|returned| returned <= round.issued()));
            assert_eq!(round.void.is_some(), round.phase == RoundPhase::Void);
            assert_eq!(round.count.is_some(), round.phase == RoundPhase::Counted);
            let mut lines: Vec<&LineId> = round.issue.lines.iter().chain(&round.issue.deferred).collect();
            lines.sort();
            let mut all: Vec<LineId> =
                nomination.lines.iter().map(|line| LineId::from(line.id.as_str())).collect();
            all.sort();
            assert_eq!(lines, all.iter().collect::<Vec<_>>(), "every line is voted on or deferred");
        }
    }
}
