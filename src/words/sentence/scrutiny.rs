//! What is read aloud while the scrutineers do their part.

use super::{Lang, by_paper, listed};
use crate::meeting::{Actor, BallotId, ItemId, Round, SeatId, State, seat};
use crate::plan::{Person, SMALL, TrusteesPlan};
use crate::words::who;

fn named<'a>(lang: Lang, people: impl Iterator<Item = &'a Person>) -> String {
    listed(lang, people.map(|person| person.name.clone()).collect())
}

fn scrutineers(lang: Lang, state: &State) -> String {
    named(lang, state.scrutineers())
}

pub(super) fn make_key(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    let not_ready = |person: &&Person| {
        let who = seat(person);
        !state.is_present(&who) || !state.keys.contains_key(&Actor::Seat(who))
    };
    let missing: Vec<&Person> = state.scrutineers().filter(not_ready).collect();
    let ready = state.scrutineers().count() - missing.len();
    if u32::try_from(ready).is_ok_and(|ready| ready < needed) {
        let missing = named(lang, missing.into_iter());
        return match lang {
            Lang::Zh => {
                format!("票箱的密钥由监票人共同生成，须有{needed}名到场。请监票人{missing}签到并打开终端。")
            }
            Lang::En => format!(
                "The scrutineers make the key of the ballot box together, and {needed} of them must be here. {missing}: please sign in and open your terminals."
            ),
        };
    }
    let who = named(lang, state.scrutineers().filter(|person| !missing.contains(person)));
    let again = state.key.is_some();
    match lang {
        Lang::Zh => {
            let again = if again { "原来的密钥已不能使用。" } else { "" };
            format!(
                "{again}现在请监票人{who}共同生成票箱的密钥。密钥由监票人分别保管，须有{needed}名同时在场才能开箱，任何一人、包括主持台，都不能单独开箱。"
            )
        }
        Lang::En if needed > 1 => {
            let again = if again { "The old key cannot be used any more. " } else { "" };
            format!(
                "{again}{who} now make the key of the ballot box together. Each keeps a part of it; {needed} of them must be here to open the box, and nobody can alone, not even this console."
            )
        }
        Lang::En => format!("{who} now makes the key of the ballot box."),
    }
}

pub(super) fn await_key(lang: Lang, state: &State) -> String {
    let ceremony = state.ceremony.as_ref();
    let open = |person: &&Person| {
        ceremony.is_some_and(|ceremony| {
            let who = seat(person);
            ceremony.scrutineers.contains(&who) && !ceremony.confirmed.contains(&who)
        })
    };
    let gone: Vec<&Person> =
        state.scrutineers().filter(open).filter(|person| !state.is_present(&seat(person))).collect();
    if !gone.is_empty() {
        let gone = named(lang, gone.into_iter());
        return match lang {
            Lang::Zh => format!("{gone}已经离场，这次密钥不能完成，由在场的监票人重新生成。"),
            Lang::En => {
                format!("{gone} has left, so this key cannot be finished: those present make it anew.")
            }
        };
    }
    lang.pick(
        "监票人的终端正在自动生成密钥，几秒钟就好，请稍候。",
        "The scrutineers' terminals are making the key by themselves; it takes some seconds.",
    )
    .to_owned()
}

/// Who has not said a number, and whether those who have differ from those signed in.
pub(super) fn count_heads(lang: Lang, state: &State, item: &ItemId) -> String {
    let present = state.item(item).map_or(0, |item| state.present_for(item));
    let needed = state.scrutineers_needed();
    let heads = state.item_state(item).map(|item| &item.heads);
    let other: Vec<u32> = heads
        .into_iter()
        .flat_map(std::collections::BTreeMap::values)
        .copied()
        .filter(|heads| *heads != present)
        .collect();
    if let Some(counted) = other.first() {
        return match lang {
            Lang::Zh => format!(
                "签到的表决人是{present}名，监票人点的是{counted}名，两个数不符。请没有签到的同志签到，请各位核对屏幕上的名单，随后监票人再点一次。"
            ),
            Lang::En => format!(
                "{present} voters are signed in and {counted} were counted: the numbers differ. Please sign in if you have not, look at the names on the screen, and the scrutineers count again."
            ),
        };
    }
    match lang {
        Lang::Zh => format!(
            "发票之前清点人数。请监票人{}清点在场的表决人，各自在终端上输入人数。签到的表决人{present}名，名单在屏幕上；须有{needed}名监票人点数相符。",
            scrutineers(lang, state)
        ),
        Lang::En => format!(
            "Before papers are issued, heads are counted. {}: please count the voters in the room and type the number on your terminals. {present} are signed in, by name on the screen; {needed} of you must count as many.",
            scrutineers(lang, state)
        ),
    }
}

pub(super) fn compare_room(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    let open = |person: &&Person| {
        let who = seat(person);
        state.is_present(&who) && !state.room.confirmed.contains(&who)
    };
    let who = named(lang, state.scrutineers().filter(open));
    match lang {
        Lang::Zh => format!(
            "请监票人{who}走到别人的屏幕前，读出房间码，输入自己的终端。须有{needed}名监票人核对一致，证明全场看到的是同一份记录。其他同志请看一看，自己屏幕上的房间码与大屏是否一样。"
        ),
        Lang::En => format!(
            "{who}: please read the room code on another person's screen and type it on your own terminal. {needed} must: it shows that all screens follow the same record. Everybody else, please see whether your code is that of the display."
        ),
    }
}

pub(super) fn check_box(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    let missing: Vec<SeatId> =
        state.rounds_on_floor().flat_map(|round| round.box_missing(needed).cloned()).collect();
    let names: Vec<String> = missing.iter().map(|seat| state.name(seat).to_owned()).collect();
    let count = names.len();
    let names = who::names_up_to(lang, &names, 6);
    // Nobody is reminded of what no terminal can do yet.
    let by_themselves = count > 6 || state.rounds_on_floor().any(Round::box_waits);
    match lang {
        Lang::Zh if by_themselves => {
            "票箱已经封好。各位的终端正在自动核对自己的票在不在票箱里，请稍候，不要离场。".to_owned()
        }
        Lang::En if by_themselves => {
            "The box is sealed. Every terminal now looks for its own ballot in it; please wait a moment and do not leave.".to_owned()
        }
        Lang::Zh => format!(
            "票箱已经封好，还有{count}台终端没有核对：{names}，请看一下终端。一分钟后仍没有的，由监票人逐一决定是否继续。"
        ),
        Lang::En => format!(
            "The box is sealed. Not confirmed yet: {names}; please look at your terminals. After a minute the scrutineers decide about each whether to go on."
        ),
    }
}

pub(super) fn keep_closed(lang: Lang, round: &Round) -> String {
    let returned = round.returned().unwrap_or(0);
    match lang {
        Lang::Zh => {
            format!("收回的票只有{returned}张，不足{SMALL}张。为了保密，按会议计划不开箱，本轮不计。")
        }
        Lang::En => format!(
            "{} came back, fewer than {SMALL}. To keep the vote secret the box stays closed, and this round does not count.",
            if returned == 1 { "1 ballot".to_owned() } else { format!("{returned} ballots") }
        ),
    }
}

/// The opening, which the scrutineers' terminals carry out.
pub(super) fn await_count(lang: Lang, state: &State, ballot: &BallotId) -> String {
    let (TrusteesPlan::Scrutineers { .. }, Some(key)) = (state.plan().meeting.trustees, &state.key) else {
        return lang
            .pick("正在开箱计票，请稍候。", "The box is open and the count is under way; one moment please.")
            .to_owned();
    };
    let round = state.round(ballot).map(|(_, round)| round);
    let given =
        key.scrutineers.iter().filter(|seat| round.is_some_and(|round| round.has_given(seat))).count();
    let needed = key.threshold;
    if let Some(left_out) = left_out(lang, state) {
        return match lang {
            Lang::Zh => format!(
                "{left_out}开箱须有{needed}名监票人，份额成立的有{given}名，请其他监票人保持终端连接。"
            ),
            Lang::En => format!(
                "{left_out} {needed} scrutineers are needed to open the box, and {given} so far gave what holds; the others, please keep your terminals connected."
            ),
        };
    }
    match lang {
        Lang::Zh => format!(
            "监票人的终端正在逐张核验选票，共同开箱。不逐张开票，只打开合计数。须有{needed}名监票人，已有{given}名，请稍候。"
        ),
        Lang::En => format!(
            "The scrutineers' terminals check every ballot and open the box together: no single ballot, only the sums. {needed} are needed, {given} so far; one moment please."
        ),
    }
}

/// Whose share was shown not to hold.
fn left_out(lang: Lang, state: &State) -> Option<String> {
    let mut seats: Vec<&SeatId> = state.rounds_on_floor().flat_map(|round| &round.false_factors).collect();
    seats.sort();
    seats.dedup();
    let names = listed(lang, seats.into_iter().map(|seat| state.name(seat).to_owned()).collect());
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!("{names}的终端交出的份额经核验不成立，不予采用。"),
        Lang::En => format!("What the terminal of {names} gave does not hold, and is left out."),
    })
}

pub(super) fn unopenable(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    let left_out = left_out(lang, state).unwrap_or_default();
    match lang {
        Lang::Zh => format!(
            "{left_out}开箱须有{needed}名监票人，现在留下的不足，票箱无法开启，本轮作废。请监票人重新生成密钥，然后重新投票。"
        ),
        Lang::En => format!(
            "{left_out}{}{needed} scrutineers are needed to open the box and fewer are left: it cannot be opened, and the round is void. The scrutineers make a new key, and we vote again.",
            if left_out.is_empty() { "" } else { " " }
        ),
    }
}

pub(super) fn sign_result(lang: Lang, state: &State) -> String {
    let answered = |person: &&Person| {
        let who = seat(person);
        state.rounds_on_floor().all(|round| round.sheet.contains_key(&who))
    };
    let open = state.scrutineers().filter(|person| state.is_present(&seat(person)) && !answered(person));
    let who = named(lang, open);
    if state.rounds_on_floor().any(|round| round.by_paper.is_some()) {
        return by_paper::sign_result(lang, state, &who);
    }
    let needed = state.scrutineers_needed();
    match lang {
        Lang::Zh => format!(
            "计票完毕，结果在屏幕上。请监票人{who}核对计票结果，在终端上签署；不同意的请写明理由。须有{needed}名答复，随后宣布结果。"
        ),
        Lang::En => format!(
            "The count is done and on the screens. {who}: please check the result and sign it on your terminals, or say why you do not. Once {needed} have answered, the result is declared."
        ),
    }
}
