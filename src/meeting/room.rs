//! What people see with their own eyes, and no machine can see for them: how many heads there are, and that all screens
//! follow the same record. See `ballot.md`, "Present" and "The room code".

use std::collections::BTreeSet;

use argon2::{Algorithm, Argon2, Params, Version};

use super::command::CommandKind;
use super::event::Event;
use super::ids::{Actor, ItemId, SeatId, SessionId};
use super::refusal::Refusal;
use super::state::{State, count};

type Decision = Result<Vec<Event>, Refusal>;

/// Symbols of a room code: 60 bits.
pub const ROOM_CODE_SYMBOLS: usize = 12;

/// Memory that one try at a room code costs, in KiB: a hub that writes two records cannot try many.
const ROOM_CODE_KIB: u32 = 64 * 1024;

/// Passes over that memory.
const ROOM_CODE_PASSES: u32 = 3;

/// Crockford's base 32: no I, L, O, U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How the comparison of the screens stands. It is due once, and again whenever an identity key or the scrutineers' key has
/// changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomCheck {
    /// Whether it is due.
    pub due: bool,
    /// The head of the record over which the code is computed; none before the first list is fixed.
    pub head: Option<String>,
    /// The scrutineers who have typed it.
    pub confirmed: BTreeSet<SeatId>,
}

impl Default for RoomCheck {
    fn default() -> Self {
        Self { due: true, head: None, confirmed: BTreeSet::new() }
    }
}

impl RoomCheck {
    /// A list was fixed at this head: if the comparison is due, it is of this record.
    pub(super) fn list_fixed(&mut self, head: &str) {
        if self.due {
            self.head = Some(head.to_owned());
            self.confirmed.clear();
        }
    }

    /// A key changed at this head.
    pub(super) fn key_changed(&mut self, head: &str) {
        self.due = true;
        self.confirmed.clear();
        if self.head.is_some() {
            self.head = Some(head.to_owned());
        }
    }

    pub(super) fn confirm(&mut self, seat: &SeatId, needed: u32) {
        self.confirmed.insert(seat.clone());
        if count(self.confirmed.iter()) >= needed {
            self.due = false;
        }
    }
}

/// The room code over a head of the record: Argon2id with the session as salt, twelve symbols in three groups. None only
/// if the library refuses its own parameters.
pub fn room_code(session: &SessionId, head: &str) -> Option<String> {
    let params = Params::new(ROOM_CODE_KIB, ROOM_CODE_PASSES, 1, Some(8)).ok()?;
    let mut bits = [0u8; 8];
    let text = format!("plenum/v1/room|{head}");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), session.as_str().as_bytes(), &mut bits)
        .ok()?;
    let mut bits = u64::from_be_bytes(bits);
    let mut code = String::with_capacity(ROOM_CODE_SYMBOLS + 2);
    for place in 0..ROOM_CODE_SYMBOLS {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(SYMBOLS.get((bits & 31) as usize).copied().unwrap_or(b'0')));
        bits >>= 5;
    }
    Some(code)
}

/// Whether somebody typed this code: in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.
pub fn is_room_code(typed: &str, code: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                c => c,
            })
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '–'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .collect()
    };
    plain(typed) == plain(code)
}

/// A scrutineer's count of the voters in the room. The last one counts.
pub(super) fn count_heads(state: &State, actor: &Actor, item: &ItemId, heads: u32) -> Decision {
    let command = CommandKind::CountHeads;
    let on_floor = state.current_item().filter(|one| one.id == *item).ok_or(Refusal::AnotherItemOpen)?;
    let seat = actor.seat().ok_or(Refusal::NoRight { command })?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if on_floor.heads.get(seat) == Some(&heads) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::HeadsCounted { item: item.clone(), seat: seat.clone(), heads }])
}

/// Enough scrutineers counted as many heads as there are voters signed in.
///
/// # Errors
/// [`Refusal::HeadsNotCounted`] with the figures.
pub(super) fn heads_agree(state: &State, item: &ItemId) -> Result<(), Refusal> {
    let planned = state.item(item).ok_or(Refusal::UnknownItem)?;
    let heads = &state.item_state(item).ok_or(Refusal::UnknownItem)?.heads;
    let (present, needed) = (state.present_for(planned), state.scrutineers_needed());
    let equal = count(heads.values().filter(|heads| **heads == present));
    if equal >= needed {
        return Ok(());
    }
    Err(Refusal::HeadsNotCounted { equal, needed, present })
}

/// A scrutineer typed the code of another screen, and it is that of this head.
pub(super) fn confirm(state: &State, actor: &Actor, head: &str) -> Decision {
    let command = CommandKind::ConfirmRoom;
    let seat = actor.seat().ok_or(Refusal::NoRight { command })?;
    if state.room.confirmed.contains(seat) && state.room.head.as_deref() == Some(head) {
        return Ok(Vec::new());
    }
    if !state.room.due {
        return Err(Refusal::NotNow { command });
    }
    if state.room.head.as_deref() != Some(head) {
        return Err(Refusal::OtherRoomCode);
    }
    Ok(vec![Event::RoomConfirmed { seat: seat.clone(), head: head.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_one_head_in_one_session() {
        let session = SessionId::from("0123456789abcdef0123456789abcdef");
        let code = room_code(&session, "aa").unwrap();
        assert_eq!(code, room_code(&session, "aa").unwrap());
        assert_eq!(code.len(), ROOM_CODE_SYMBOLS + 2);
        assert_ne!(code, room_code(&session, "ab").unwrap());
        assert_ne!(code, room_code(&SessionId::from("another session's name"), "aa").unwrap());
    }

    #[test]
    fn a_code_is_typed_as_people_type() {
        for typed in ["9F3C-71AE-04D2", "9f3c 71ae 04d2", "9f3c7lAEo4d2", "９Ｆ３Ｃ－７１ＡＥ－０４Ｄ２"]
        {
            assert!(is_room_code(typed, "9F3C-71AE-04D2"), "{typed}");
        }
        for typed in ["", "9F3C-71AE", "9F3C-71AE-04D3", "9F3C-71AE-04D2-0"] {
            assert!(!is_room_code(typed, "9F3C-71AE-04D2"), "{typed}");
        }
    }
}
