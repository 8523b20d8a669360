//! What the scrutineers do, by name, as console and display show it: who is ready for the key, who has taken part in
//! making it, who counted how many heads, who compared the room code, opened the box, signed the result.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use ratatui::text::{Line, Span};

use crate::meeting::{
    Actor, Ceremony, ItemState, Key, Phase, Round, RoundPhase, SeatId, Sheet, Stage, State, Step, VoidReason,
    box_check_left, next_step, opening_left, seat, sheet_is_answered,
};
use crate::plan::{Person, SmallPlan, TrusteesPlan};
use crate::screen::text::{Side, clean, fit, flow, width};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::{self, ByPaper};
use crate::words::procedure::{self, Procedure as Words};
use crate::words::who;

/// The widest column of names.
const NAME_CELLS_MAX: usize = 24;
/// Cells between two columns.
const GAP: usize = 3;

/// A person with a mark, and what there is to say.
#[derive(Debug, Clone)]
pub struct Told {
    /// Who.
    pub seat: SeatId,
    /// How far.
    pub mark: Mark,
    /// In words.
    pub says: String,
}

/// One line each: mark, name, what there is to say, cut to so many cells.
pub fn lines(scene: &Scene<'_>, state: &State, told: &[Told], cells: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let names: Vec<String> = told.iter().map(|one| clean(state.name(&one.seat)).into_owned()).collect();
    let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).min(NAME_CELLS_MAX);
    told.iter()
        .zip(&names)
        .map(|(one, name)| {
            let style = theme.mark_style(one.mark);
            let room = cells.saturating_sub(wide + GAP + 4);
            Line::from(vec![
                Span::styled(format!("  {} ", theme.mark(one.mark)), style),
                Span::raw(fit(name, wide + GAP, Side::Left, theme.ellipsis())),
                Span::styled(
                    fit(&theme.plain(&clean(&one.says)), room, Side::Left, theme.ellipsis())
                        .trim_end()
                        .to_owned(),
                    style,
                ),
            ])
        })
        .collect()
}

/// Whether a seat's terminal is connected, as far as this screen is told.
pub fn is_cut_off(scene: &Scene<'_>, who: &SeatId) -> bool {
    let connections = scene.view.live.connections.as_ref();
    connections.is_some_and(|connections| !connections.contains(&Actor::Seat(who.clone())))
}

/// The scrutineers before the key is made: who is ready for it.
pub fn readiness(scene: &Scene<'_>, state: &State) -> Vec<Told> {
    let told = |person: &Person| {
        let who = seat(person);
        let (mark, says) = if !state.is_present(&who) {
            (Mark::No, Words::NotHere)
        } else if !state.keys.contains_key(&Actor::Seat(who.clone())) {
            (Mark::No, Words::NoTerminal)
        } else if is_cut_off(scene, &who) {
            (Mark::Now, Words::NotConnected)
        } else {
            (Mark::Done, Words::HereAndReady)
        };
        Told { seat: who, mark, says: says.text(scene.lang).to_owned() }
    };
    state.scrutineers().map(told).collect()
}

/// How many scrutineers can take part in making the key, and how many there must be.
pub fn ready(state: &State) -> (u32, u32) {
    let is_ready = |person: &&Person| {
        let who = seat(person);
        state.is_present(&who) && state.keys.contains_key(&Actor::Seat(who))
    };
    let ready = number(state.scrutineers().filter(is_ready).count());
    let needed = match state.plan().meeting.trustees {
        TrusteesPlan::Console => 0,
        TrusteesPlan::Scrutineers { threshold, allow_single } => {
            threshold.max(if allow_single { 1 } else { 2 })
        }
    };
    (ready, needed)
}

/// What each scrutineer has done for the key: certified, dealt, checked.
pub fn making(scene: &Scene<'_>, state: &State, ceremony: &Ceremony) -> Vec<Told> {
    let lang = scene.lang;
    let told = |person: &Person| {
        let who = seat(person);
        if !ceremony.scrutineers.contains(&who) {
            let says = Words::NotTakingPart.text(lang).to_owned();
            return Told { seat: who, mark: Mark::ToCome, says };
        }
        let tick = |done: bool, text: Words| {
            let mark = if done { Mark::Done } else { Mark::ToCome };
            format!("{} {}", scene.theme.mark(mark), text.text(lang))
        };
        let mut says = [
            tick(ceremony.certificates.contains_key(&who), Words::Certified),
            tick(ceremony.dealings.contains_key(&who), Words::Dealt),
            tick(ceremony.confirmed.contains(&who), Words::Checked),
        ]
        .join("   ");
        let gone = (!state.is_present(&who)).then_some(Words::NotHere);
        let gone = gone.or_else(|| is_cut_off(scene, &who).then_some(Words::NotConnected));
        let mark = match (gone, ceremony.steps_of(&who)) {
            (Some(gone), _) => {
                says.push_str(&format!("   {}", gone.text(lang)));
                Mark::No
            }
            (None, 3) => Mark::Done,
            (None, _) => Mark::Now,
        };
        Told { seat: who, mark, says }
    };
    state.scrutineers().map(told).collect()
}

/// What each scrutineer counted.
pub fn heads(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<Told> {
    let present = state.item(&item.id).map_or(0, |planned| state.present_for(planned));
    let told = |person: &Person| {
        let who = seat(person);
        let (mark, says) = match item.heads.get(&who) {
            _ if !state.is_present(&who) => (Mark::No, Words::NotHere.text(scene.lang).to_owned()),
            None if is_cut_off(scene, &who) => (Mark::No, Words::NotConnected.text(scene.lang).to_owned()),
            None => (Mark::ToCome, Words::NotCountedYet.text(scene.lang).to_owned()),
            Some(heads) => {
                let mark = if *heads == present { Mark::Done } else { Mark::No };
                (mark, procedure::counted(scene.lang, *heads, present))
            }
        };
        Told { seat: who, mark, says }
    };
    state.scrutineers().map(told).collect()
}

/// How many counted as many heads as there are voters signed in.
pub fn heads_equal(state: &State, item: &ItemState) -> u32 {
    let present = state.item(&item.id).map_or(0, |planned| state.present_for(planned));
    number(item.heads.values().filter(|heads| **heads == present).count())
}

/// Who has compared the room code.
pub fn compared(scene: &Scene<'_>, state: &State) -> Vec<Told> {
    let done = |who: &SeatId| state.room.confirmed.contains(who);
    simply(scene, state, done, Words::ComparedYes, Words::NotComparedYet)
}

fn simply(
    scene: &Scene<'_>,
    state: &State,
    done: impl Fn(&SeatId) -> bool,
    yes: Words,
    no: Words,
) -> Vec<Told> {
    let told = |person: &Person| {
        let who = seat(person);
        let (mark, says) = match () {
            () if done(&who) => (Mark::Done, yes),
            () if !state.is_present(&who) => (Mark::No, Words::NotHere),
            () if is_cut_off(scene, &who) => (Mark::No, Words::NotConnected),
            () => (Mark::ToCome, no),
        };
        Told { seat: who, mark, says: says.text(scene.lang).to_owned() }
    };
    state.scrutineers().map(told).collect()
}

/// Whose terminals have given their shares of all boxes that are being opened.
pub fn opening(scene: &Scene<'_>, state: &State, key: &Key) -> Vec<Told> {
    let lang = scene.lang;
    let told = |who: &SeatId| {
        let (mark, says) = match () {
            () if has_given(state, who) => (Mark::Done, Words::ShareGiven),
            () if is_in(state, who, |round| &round.false_factors) => (Mark::No, Words::ShareFalse),
            () if key.lost.contains(who) => (Mark::No, Words::ShareLost),
            () if !state.is_present(who) => (Mark::No, Words::NotHere),
            () if is_in(state, who, |round| &round.silent) => (Mark::No, Words::ShareSilent),
            () if is_cut_off(scene, who) => (Mark::No, Words::NotConnected),
            () => (Mark::Now, Words::ShareAwaited),
        };
        Told { seat: who.clone(), mark, says: says.text(lang).to_owned() }
    };
    key.scrutineers.iter().map(told).collect()
}

/// How many terminals have given their shares of all boxes that are being opened.
pub fn shares_given(state: &State, key: &Key) -> u32 {
    number(key.scrutineers.iter().filter(|who| has_given(state, who)).count())
}

/// Whether a terminal has given its shares of all boxes that are being opened.
pub fn has_given(state: &State, who: &SeatId) -> bool {
    let mut rounds = state.rounds_on_floor().peekable();
    rounds.peek().is_some() && rounds.all(|round| round.has_given(who))
}

/// Whether somebody is among those whom a box that is being opened names so.
pub fn is_in(state: &State, who: &SeatId, those: impl Fn(&Round) -> &BTreeSet<SeatId>) -> bool {
    state.rounds_on_floor().any(|round| those(round).contains(who))
}

/// Whether the count of papers has begun to be entered.
pub fn is_counting(round: &Round) -> bool {
    round.by_paper.as_ref().is_some_and(|vote| !vote.entered.is_empty() || !vote.differed.is_empty())
}

/// Which scrutineers have entered the count of the papers on the floor, and how; never what.
pub fn counts(scene: &Scene<'_>, state: &State) -> Vec<Told> {
    let votes = || state.rounds_on_floor().filter_map(|round| round.by_paper.as_ref());
    let open = || votes().filter(|vote| vote.agreed().is_none());
    let told = |person: &Person| {
        let who = seat(person);
        let at_console = votes().any(|vote| vote.entered.get(&who).is_some_and(|one| one.at_console));
        let entered = votes().any(|vote| vote.entered.contains_key(&who));
        let still = open().any(|vote| !vote.entered.contains_key(&who));
        let (mark, says) = match () {
            () if entered && at_console => (Mark::Done, ByPaper::EnteredConsole.text(scene.lang)),
            () if entered => (Mark::Done, ByPaper::EnteredOwn.text(scene.lang)),
            () if !state.is_present(&who) => (Mark::No, Words::NotHere.text(scene.lang)),
            () if is_cut_off(scene, &who) => (Mark::No, Words::NotConnected.text(scene.lang)),
            () => (Mark::ToCome, ByPaper::NotEntered.text(scene.lang)),
        };
        let mark = if mark == Mark::Done && still { Mark::Now } else { mark };
        Told { seat: who, mark, says: says.to_owned() }
    };
    state.scrutineers().map(told).collect()
}

/// Who has signed the result sheet, and who will not.
pub fn sheet(scene: &Scene<'_>, state: &State, round: &Round) -> Vec<Told> {
    let lang = scene.lang;
    let signed = |who: &SeatId| matches!(round.sheet.get(who), Some(Sheet::Signed));
    let mut told = simply(scene, state, signed, Words::SheetSigned, Words::SheetAwaited);
    for one in &mut told {
        match round.sheet.get(&one.seat) {
            Some(Sheet::Refused { reason }) => {
                one.mark = Mark::No;
                one.says = procedure::refused(lang, reason);
            }
            Some(Sheet::ByHand { refused }) => {
                one.mark = if refused.is_some() { Mark::No } else { Mark::Done };
                one.says = by_paper::by_hand(lang, refused.as_deref());
            }
            Some(Sheet::Signed) | None => {}
        }
    }
    told
}

/// How a counted box was opened and who signed the result, as sentences; nothing before the count.
pub fn provenance(scene: &Scene<'_>, state: &State, round: &Round) -> Vec<String> {
    let lang = scene.lang;
    let Some(count) = &round.count else { return Vec::new() };
    let mut said = Vec::new();
    said.extend(by_paper::provenance(lang, state, round).map(|text| clean(&text).into_owned()));
    if let (TrusteesPlan::Scrutineers { .. }, Some(key), Some(opened)) =
        (state.plan().meeting.trustees, &state.key, count.opened())
    {
        said.push(procedure::opened_by(lang, opened.factors.len(), key.scrutineers.len()));
    }
    let name = |who: &SeatId| who::spoken(&clean(state.name(who)));
    said.extend(round.false_factors.iter().map(|who| procedure::false_share(lang, &name(who))));
    let signed = round.sheet.iter().filter(|(_, sheet)| **sheet == Sheet::Signed);
    let signed: Vec<String> = signed.map(|(who, _)| name(who)).collect();
    if !signed.is_empty() {
        said.push(procedure::signed_by(lang, &signed));
    }
    let open = |person: &&Person| {
        let who = seat(person);
        state.is_present(&who) && !round.sheet.contains_key(&who)
    };
    let open: Vec<String> = state.scrutineers().filter(open).map(|person| name(&seat(person))).collect();
    if number(round.sheet.len()) < state.scrutineers_needed() && !open.is_empty() {
        said.push(procedure::to_sign(lang, &open));
    }
    said.extend(round.sheet.iter().filter_map(|(who, sheet)| match sheet {
        Sheet::Refused { reason } => Some(procedure::not_signed_by(lang, &name(who), &clean(reason))),
        Sheet::ByHand { refused } => {
            let how = by_paper::by_hand(lang, refused.as_deref());
            Some(format!("{}{}{}", name(who), lang.pick("", " "), clean(&how)))
        }
        Sheet::Signed => None,
    }));
    said
}

/// When the next second of the time that is left to check or to open a box is over; none where no time runs.
pub fn tick(state: &State, now: Timestamp) -> Option<Duration> {
    let left = |round: &Round| match round.phase {
        RoundPhase::Sealed => box_check_left(state, round, now),
        RoundPhase::Opening if state.key.is_some() => opening_left(state, round, now),
        _ => None,
    };
    state.rounds_on_floor().find_map(left).map(|_| {
        let into = u64::try_from(now.as_millisecond().rem_euclid(1_000)).unwrap_or(0);
        Duration::from_millis(1_000 - into)
    })
}

/// The room code as this screen has computed it, once there is one; a word while it is being computed.
pub fn room_code(scene: &Scene<'_>) -> Option<String> {
    let room = scene.view.room.as_ref()?;
    let computing = || Words::BeingComputed.text(scene.lang).to_owned();
    Some(room.code.as_ref().map_or_else(computing, |code| clean(code).into_owned()))
}

/// The room code with its name, for a line of a screen.
pub fn room_line(scene: &Scene<'_>) -> Option<String> {
    Some(format!("{} {}", Words::RoomCode.text(scene.lang), room_code(scene)?))
}

/// What people must know before they vote, from the count of heads to the close of voting.
pub fn before_voting(scene: &Scene<'_>, state: &State) -> Option<String> {
    let step = next_step(state)?;
    let before = matches!(
        step,
        Step::CountHeads(_)
            | Step::OpenIssue(_)
            | Step::TakePapers(_)
            | Step::ConfirmList(_)
            | Step::CompareRoom(_)
            | Step::OpenVoting(_)
            | Step::CloseVoting(_)
    );
    if !before || state.phase != Phase::Open {
        return None;
    }
    let mut said = vec![Words::Unanimous.text(scene.lang)];
    if state.plan().meeting.small == SmallPlan::Open {
        said.insert(0, Words::SmallOpened.text(scene.lang));
    }
    Some(said.join(scene.lang.pick("；", "; ")))
}

/// Why the last round was not opened, where the item waits for what to do about it.
pub fn voided(item: &ItemState) -> Option<&VoidReason> {
    let last = item.round().filter(|round| round.phase == RoundPhase::Void);
    last.filter(|_| item.stage == Stage::Balloting)?.void.as_ref()
}

/// Whether the presiding officer may declare that an item was not decided: its box was not to be opened.
pub fn can_be_undecided(item: &ItemState) -> bool {
    let undecided =
        |reason: &VoidReason| matches!(reason, VoidReason::TooFew { .. } | VoidReason::Unopenable { .. });
    item.review().is_none() && voided(item).is_some_and(undecided)
}

/// Whether the official whose evaluation is void may be put off.
pub fn can_be_put_off(item: &ItemState) -> bool {
    item.review().is_some() && voided(item).is_some()
}

/// Whether the key that is being made is what the meeting waits for; an item that was called without it goes on.
pub fn is_making_key(state: &State) -> bool {
    let waits = match next_step(state) {
        Some(step) => matches!(step, Step::AwaitKey(_)),
        None => state.suspended.is_some() && state.current_item().is_none(),
    };
    state.phase == Phase::Open && state.ceremony.is_some() && waits
}

/// Whether the key is being made, or is to be made before anything else.
pub fn is_keying(state: &State) -> bool {
    let first = || {
        state.key.is_none() && !state.key_is_ready() && state.next_item().is_some() && state.ballot_is_ahead()
    };
    let awaited = is_making_key(state);
    let before_items = state.current_item().is_none() && first();
    state.phase == Phase::Open && state.scrutineers_approved() && (awaited || before_items)
}

/// Whether the result waits for the scrutineers' signatures.
pub fn is_unsigned(state: &State, item: &ItemState) -> bool {
    let counted = item.rounds_together().all(|round| round.phase == RoundPhase::Counted);
    counted && !sheet_is_answered(state, item.rounds_together())
}

/// Told in as few lines as they need: mark and name each.
pub fn flowed(scene: &Scene<'_>, state: &State, told: &[Told], cells: usize) -> Vec<String> {
    let text =
        |one: &Told| format!("{} {}", scene.theme.mark(one.mark), who::spoken(&clean(state.name(&one.seat))));
    flow(&told.iter().map(text).collect::<Vec<_>>(), cells)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
