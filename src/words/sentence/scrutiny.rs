//! What is read aloud while the scrutineers do their part.

use super::{Lang, listed};
use crate::meeting::{ItemId, Round, SeatId, State};

fn scrutineers(lang: Lang, state: &State) -> String {
    listed(lang, state.scrutineers().map(|person| person.name.clone()).collect())
}

pub(super) fn make_key(lang: Lang, state: &State) -> String {
    let (who, needed) = (scrutineers(lang, state), state.scrutineers_needed());
    match lang {
        Lang::Zh => {
            format!(
                "请监票人{who}打开各自终端，共同生成票箱的密钥。密钥由监票人分持，开箱须有其中{needed}名同时在场。"
            )
        }
        Lang::En => format!(
            "{who}: please have your terminals ready. The scrutineers now make the key of the ballot box together; {needed} of them open it, and nobody can alone."
        ),
    }
}

pub(super) fn await_key(lang: Lang) -> String {
    lang.pick(
        "监票人的终端正在生成密钥，请稍候。",
        "The scrutineers' terminals are making the key; one moment please.",
    )
    .to_owned()
}

pub(super) fn count_heads(lang: Lang, state: &State, item: &ItemId) -> String {
    let present = state.item(item).map_or(0, |item| state.present_for(item));
    let needed = state.scrutineers_needed();
    match lang {
        Lang::Zh => format!(
            "请监票人清点在场的表决人，各自在终端上输入人数。签到的表决人{present}名，须有{needed}名监票人点数相符。"
        ),
        Lang::En => format!(
            "Scrutineers, please count the voters in the room, each of you, and type the number. {present} are signed in; {needed} of you must count as many."
        ),
    }
}

pub(super) fn compare_room(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    match lang {
        Lang::Zh => format!(
            "请监票人核对房间码：看别人屏幕上的房间码，输入自己的终端。须有{needed}名监票人核对一致，证明全场屏幕记录相同。"
        ),
        Lang::En => format!(
            "Scrutineers, please read the room code on a screen other than your own and type it on yours. {needed} of you must: then all screens follow the same record."
        ),
    }
}

pub(super) fn check_box(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    let missing: Vec<SeatId> =
        state.rounds_on_floor().flat_map(|round| round.box_missing(needed).cloned()).collect();
    let count = missing.len();
    match lang {
        Lang::Zh => format!(
            "票箱已经封好，各终端正在核对自己的票。还有{count}台终端没有答复；一分钟后仍无答复的，由监票人决定是否继续。"
        ),
        Lang::En => format!(
            "The box is sealed, and every terminal looks for its own ballot. {count} have not answered; after a minute the scrutineers decide whether to go on without them."
        ),
    }
}

pub(super) fn keep_closed(lang: Lang, round: &Round) -> String {
    let returned = round.returned().unwrap_or(0);
    match lang {
        Lang::Zh => format!("收回表决票{returned}张，不足5张。为了保密，按会议计划不开箱，本轮不计。"),
        Lang::En => format!(
            "{returned} ballots came back, fewer than 5. To keep them secret the box stays closed, and this round does not count."
        ),
    }
}

pub(super) fn unopenable(lang: Lang, state: &State) -> String {
    let needed = state.scrutineers_needed();
    match lang {
        Lang::Zh => {
            format!("开箱须有监票人{needed}名，现在不足，票箱无法开启，本轮作废。请重新生成密钥，重新投票。")
        }
        Lang::En => format!(
            "{needed} scrutineers are needed to open the box and fewer are left: it cannot be opened, and the round is void. A new key is made, and we vote again."
        ),
    }
}

pub(super) fn sign_result(lang: Lang, state: &State) -> String {
    let who = scrutineers(lang, state);
    match lang {
        Lang::Zh => format!("计票完毕。请监票人{who}核对计票结果，在终端上签署。"),
        Lang::En => {
            format!("The count is done. {who}: please look at the result and sign it on your terminals.")
        }
    }
}
