//! Those who speak for departments in a rehearsed joint meeting: each gives the opinion that a seed has for it, from the
//! own terminal. One opinion is changed, one is entered at the console as though a terminal did not work, and some are
//! not given: what a real meeting shows, a rehearsal shows.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::member::Members;
use crate::client::{Client, View};
use crate::meeting::{Command, DepartmentId, ItemId, OfficialId, SeatId, Stance, State, sha256_hex};
use crate::plan::{Considered, Department, JointMeeting};
use crate::words::Lang;
use crate::words::rehearse::Said;

/// The opinions of a rehearsal.
#[derive(Debug, Clone)]
pub struct Departments {
    seats: BTreeSet<SeatId>,
    seed: u64,
}

/// Everyone who speaks, until the meeting ends.
pub struct Speaking {
    _people: JoinSet<()>,
}

impl Departments {
    /// The opinions that a seed has for the departments of these simulated people.
    pub fn new(members: &Members, seed: u64) -> Self {
        Self { seats: members.seats.clone(), seed }
    }

    /// What a department says of an official; none where it says nothing.
    fn says(&self, lang: Lang, official: &Considered, department: &Department) -> Option<Stance> {
        let name = format!("{}|{}|{}", self.seed, official.id, department.id);
        let hash = sha256_hex(name.as_bytes());
        let drawn = hash.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let text = |said: Said| said.text(lang).to_owned();
        Some(match drawn {
            0..=9 => Stance::Objection { reason: text(Said::Objection) },
            10..=29 => Stance::NeedsChecking { what: text(Said::Check) },
            30..=36 => return None,
            _ => Stance::NoObjection,
        })
    }

    /// Who of the simulated people speaks for a department about an official.
    fn speaker(&self, official: &Considered, department: &Department) -> Option<SeatId> {
        let may =
            |seat: &&String| !official.concerns(seat) && self.seats.contains(&SeatId::from(seat.as_str()));
        department.seats.iter().find(may).map(|seat| SeatId::from(seat.as_str()))
    }

    /// The opinion that is entered at the console: the last department's on the second official.
    fn at_console(plan: &JointMeeting, official: &Considered, department: &Department) -> bool {
        let second = plan.officials.get(1).is_some_and(|one| one.id == official.id);
        second && plan.departments.last().is_some_and(|one| one.id == department.id)
    }

    /// What the simulated presiding officer enters for a department before closing an official.
    pub fn entered(&self, state: &State, item: &ItemId, official: &OfficialId) -> Vec<Command> {
        let lang = state.plan().meeting.language;
        let Some(plan) = state.item(item).and_then(|item| item.joint()) else { return Vec::new() };
        let Some(planned) = plan.official(official.as_str()) else { return Vec::new() };
        let known = state.item_state(item).and_then(|item| item.joint()?.officials.get(official));
        let missing = |department: &&Department| {
            Self::at_console(plan, planned, department)
                && self.speaker(planned, department).is_some()
                && known.is_some_and(|known| known.stands(&department.id).is_none())
        };
        let enter = |department: &Department| {
            Some(Command::EnterStance {
                item: item.clone(),
                official: official.clone(),
                department: DepartmentId::from(department.id.as_str()),
                stance: self.says(lang, planned, department)?,
            })
        };
        plan.departments.iter().filter(missing).filter_map(enter).collect()
    }

    /// Whether everybody who will speak about an official from a terminal has.
    pub fn all_spoke(&self, state: &State, item: &ItemId, official: &OfficialId) -> bool {
        let lang = state.plan().meeting.language;
        let Some(plan) = state.item(item).and_then(|item| item.joint()) else { return true };
        let Some(planned) = plan.official(official.as_str()) else { return true };
        let Some(known) = state.item_state(item).and_then(|item| item.joint()?.officials.get(official))
        else {
            return true;
        };
        plan.departments.iter().all(|department| {
            let waited =
                self.speaker(planned, department).is_some() && !Self::at_console(plan, planned, department);
            let wanted = self.says(lang, planned, department).filter(|_| waited);
            wanted.is_none_or(|wanted| known.stands(&department.id).is_some_and(|last| last.stance == wanted))
        })
    }

    /// Everybody who speaks for a department does, in every joint meeting.
    pub fn play(&self, members: &Members) -> Speaking {
        let mut people = JoinSet::new();
        for (seat, client) in members.clients() {
            people.spawn(self.clone().speak(seat.clone(), client.clone()));
        }
        Speaking { _people: people }
    }

    async fn speak(self, seat: SeatId, client: Client) {
        let mut done: Option<ItemId> = None;
        loop {
            let other = |view: &View| {
                let state = view.state.as_ref();
                let now = state.and_then(|state| state.current_joint()).map(|(item, ..)| &item.id);
                let ended = state.is_some_and(|state| state.ended_at.is_some());
                view.sealed || ended || now.is_some_and(|now| Some(now) != done.as_ref())
            };
            let Ok(view) = client.until(other).await else { return };
            let Some(state) = view.state.clone().filter(|state| state.ended_at.is_none()) else { return };
            let Some((item, plan, _)) = state.current_joint() else { return };
            for command in self.opinions(&state, &item.id, plan, &seat) {
                if client.order(command).await.is_err() {
                    break;
                }
            }
            done = Some(item.id.clone());
        }
    }

    /// What a person says, official by official.
    fn opinions(&self, state: &State, item: &ItemId, plan: &JointMeeting, seat: &SeatId) -> Vec<Command> {
        let lang = state.plan().meeting.language;
        let Some(department) = plan.department_of(seat.as_str()) else { return Vec::new() };
        let first = plan.departments.first().is_some_and(|one| one.id == department.id);
        let mut commands = Vec::new();
        for (place, official) in plan.officials.iter().enumerate() {
            let mine = self.speaker(official, department).as_ref() == Some(seat);
            if !mine || Self::at_console(plan, official, department) {
                continue;
            }
            let Some(stance) = self.says(lang, official, department) else { continue };
            let give = |stance: Stance| Command::GiveStance {
                item: item.clone(),
                official: OfficialId::from(official.id.as_str()),
                stance,
            };
            // The third official's file comes late to the first department: it says so, then says something else.
            if first && place == 2 {
                commands.push(give(Stance::NeedsChecking { what: Said::FileLate.text(lang).to_owned() }));
            }
            commands.push(give(stance));
        }
        commands
    }
}
