//! A joint meeting: departments give their opinion on each official, by name, and may change it until the presiding
//! officer closes that official. Source: `domain.md` section 5. Every version stays in the record; who gives none is
//! shown as such.

use jiff::Timestamp;

use super::event::Event;
use super::floor::text;
use super::ids::{Actor, DepartmentId, ItemId, OfficialId, SeatId};
use super::joint_state::{Consideration, Given, JointState, Stance};
use super::refusal::Refusal;
use super::state::{ItemState, State, number};
use crate::plan::{Department, JointMeeting};

type Decision = Result<Vec<Event>, Refusal>;

/// The joint meeting on the floor; refused where the command names another item.
fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
) -> Result<(&'a ItemState, &'a JointMeeting, &'a JointState), Refusal> {
    state.item(id).and_then(|item| item.joint()).ok_or(Refusal::UnknownItem)?;
    state.current_joint().filter(|(item, ..)| item.id == *id).ok_or(Refusal::AnotherItemOpen)
}

/// An official who is not closed.
fn open<'a>(joint: &'a JointState, official: &OfficialId) -> Result<&'a Consideration, Refusal> {
    let one = joint.officials.get(official).ok_or(Refusal::UnknownOfficial)?;
    if one.closed.is_some() { Err(Refusal::OpinionsClosed) } else { Ok(one) }
}

/// What a stance says in words is there, and not endless.
fn checked(stance: &Stance) -> Result<Stance, Refusal> {
    Ok(match stance {
        Stance::NoObjection => Stance::NoObjection,
        Stance::Objection { reason } => Stance::Objection { reason: text(reason)? },
        Stance::NeedsChecking { what } => Stance::NeedsChecking { what: text(what)? },
    })
}

/// From the own terminal, for the own department. The official and relatives do not speak for it.
pub(super) fn give(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    official: &OfficialId,
    stance: &Stance,
) -> Decision {
    let (_, plan, joint) = on_floor(state, id)?;
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    let department = plan.department_of(seat.as_str()).ok_or(Refusal::NotADepartment)?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    let one = open(joint, official)?;
    if plan.official(official.as_str()).is_some_and(|official| official.concerns(seat.as_str())) {
        return Err(Refusal::AboutOneself);
    }
    given(id, official, department, one, (stance, Some(seat.clone())))
}

/// At the console, for a department that is here and whose terminal does not work; the record says so.
pub(super) fn enter(
    state: &State,
    id: &ItemId,
    official: &OfficialId,
    department: &DepartmentId,
    stance: &Stance,
) -> Decision {
    let (_, plan, joint) = on_floor(state, id)?;
    let department = plan.department(department.as_str()).ok_or(Refusal::UnknownDepartment)?;
    if !state.is_represented(department) {
        return Err(Refusal::DepartmentAbsent { department: department.name.clone() });
    }
    given(id, official, department, open(joint, official)?, (stance, None))
}

fn given(
    id: &ItemId,
    official: &OfficialId,
    department: &Department,
    one: &Consideration,
    (stance, by): (&Stance, Option<SeatId>),
) -> Decision {
    let stance = checked(stance)?;
    // The same once more is no other version.
    if one.stands(&department.id).is_some_and(|last| last.stance == stance && last.by == by) {
        return Ok(Vec::new());
    }
    let department = DepartmentId::from(department.id.as_str());
    Ok(vec![Event::OpinionStated { item: id.clone(), official: official.clone(), department, stance, by }])
}

pub(super) fn close(state: &State, id: &ItemId, official: &OfficialId) -> Decision {
    let (_, _, joint) = on_floor(state, id)?;
    open(joint, official)?;
    Ok(vec![Event::OpinionsClosed { item: id.clone(), official: official.clone() }])
}

pub(super) fn close_all(state: &State, id: &ItemId) -> Decision {
    let (_, plan, joint) = on_floor(state, id)?;
    let open: Vec<OfficialId> = joint.open(plan).collect();
    if open.is_empty() {
        return Err(Refusal::OpinionsClosed);
    }
    Ok(open.into_iter().map(|official| Event::OpinionsClosed { item: id.clone(), official }).collect())
}

/// The summary is declared when every official is closed.
pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (_, plan, joint) = on_floor(state, id)?;
    let left = joint.open(plan).count();
    if left > 0 {
        return Err(Refusal::OpinionsOpen { left: number(left) });
    }
    Ok(vec![Event::Declared { item: id.clone() }])
}

/// Folds an event of a joint meeting. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    let (item, official) = match event {
        Event::OpinionStated { item, official, .. } | Event::OpinionsClosed { item, official } => {
            (item, official)
        }
        _ => return false,
    };
    let joint = state.item_mut(item).and_then(|item| item.joint_mut());
    let Some(one) = joint.and_then(|joint| joint.officials.get_mut(official)) else { return true };
    match event {
        Event::OpinionStated { department, stance, by, .. } => {
            let given = Given { stance: stance.clone(), by: by.clone(), time };
            one.given.entry(department.clone()).or_default().push(given);
        }
        _ => one.closed = Some(time),
    }
    true
}
