//! What is said of a contested election: who stands for how many seats, how the paper is marked, who is elected in the order of
//! votes, and why there is a further round.

use super::{by_paper, listed, spaced};
use crate::meeting::{ItemState, LineId, Round, State, most_marks};
use crate::plan::{Contested, Item, Nominee, PaperForm};
use crate::rules::{Among, Fate};
use crate::words::{Lang, contest as words, who};

/// The item is called.
pub(super) fn open_item(lang: Lang, title: &str, contested: &Contested) -> String {
    let (candidates, seats) = (contested.slate.lines.len(), contested.rule.seats);
    match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => format!(
            "现在进行：{title}。候选人{candidates}名，应选{seats}名，实行差额选举。先逐一介绍候选人，审议之后以无记名投票方式选举。"
        ),
        (Lang::Zh, PaperForm::List) => format!(
            "现在进行：{title}。名单共{candidates}名，整单表决，也可以对其中个别人选不同意。先逐一介绍，审议之后以无记名投票方式表决。"
        ),
        (Lang::En, PaperForm::Choose) => format!(
            "The next item is: {title}. There are {candidates} candidates for {}. They are introduced and deliberated, and the election is by secret ballot.",
            words::seats_in_words(lang, seats)
        ),
        (Lang::En, PaperForm::List) => format!(
            "The next item is: {title}. A list of {candidates} is put to the vote as a whole, and each line of it can be excepted. They are introduced and deliberated, and the vote is by secret ballot."
        ),
    }
}

/// A candidate is introduced.
pub(super) fn introduce(lang: Lang, place: usize, of: usize, candidate: &Nominee) -> String {
    let (name, post) = (who::spoken(&candidate.name), &candidate.post);
    match lang {
        Lang::Zh => {
            format!("下面介绍第{place}名候选人（共{of}名）：{name}，{post}候选人。请介绍提名和考察情况。")
        }
        Lang::En => format!(
            "Candidate {place} of {of}: {name}, standing for {post}. How proposed, and what the inspection found."
        ),
    }
}

/// What the papers that are issued next are for, where they are those of a further round; after a void round, that it is void.
pub(super) fn issue(lang: Lang, contested: &Contested, item: &ItemState, lines: usize) -> String {
    let void = item.round().is_some_and(|round| round.void.is_some());
    let again = match lang {
        Lang::Zh if void => "上一轮作废，没有开箱，现在重新发票。",
        Lang::En if void => "The last round is void and was not opened; papers are issued again. ",
        _ => "",
    };
    let seats = item.further.last().map_or(contested.rule.seats, |round| round.seats);
    let what = match (lang, item.further.last().map(|round| round.among), contested.form) {
        (Lang::Zh, Some(among), _) => {
            format!("再次投票：{}{lines}名，应选{seats}名。", words::among(lang, among))
        }
        (Lang::Zh, None, PaperForm::Choose) => format!("候选人{lines}名，应选{seats}名。"),
        (Lang::Zh, None, PaperForm::List) => format!("整单表决{lines}名。"),
        (Lang::En, Some(among), _) => format!(
            "This is a further round among {}, {lines} for {}. ",
            words::among(lang, among),
            words::seats_in_words(lang, seats)
        ),
        (Lang::En, None, PaperForm::Choose) => {
            format!("{lines} candidates stand for {}. ", words::seats_in_words(lang, seats))
        }
        (Lang::En, None, PaperForm::List) => format!("The list has {lines} lines. "),
    };
    format!("{again}{what}")
}

/// How the paper is marked.
pub(super) fn how_to_mark(lang: Lang, contested: &Contested, round: &Round) -> String {
    let lines = round.issue.lines.len();
    let most = most_marks(contested, &round.issue);
    match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => {
            format!("候选人{lines}名，每张票最多选{most}名，可以少选，也可以不选；多选的终端不会接受")
        }
        (Lang::Zh, PaperForm::List) => {
            format!("名单{lines}名，可以一次同意整单，也可以对其中任何一名选不同意")
        }
        (Lang::En, PaperForm::Choose) => format!(
            "There are {lines} candidates: mark at most {most}, fewer, or none; the terminal does not take more"
        ),
        (Lang::En, PaperForm::List) => {
            format!(
                "The list has {lines} lines: agree to all of it at once, or except any line by disagreeing"
            )
        }
    }
}

/// What a paper of this round is for and how it is marked by hand, as a sentence behind another.
pub(super) fn how_to_mark_by_paper(lang: Lang, contested: &Contested, round: &Round) -> String {
    let (lines, most) = (round.issue.lines.len(), most_marks(contested, &round.issue));
    let further = round.issue.contest.filter(|issue| issue.further > 0);
    let further = further.map(|issue| match lang {
        Lang::Zh => {
            format!("再次投票：{}，应选{}名。", words::among(lang, issue.among), issue.seats)
        }
        Lang::En => format!(
            " This is a further round among {}, for {}.",
            words::among(lang, issue.among),
            words::seats_in_words(lang, issue.seats)
        ),
    });
    let marks = match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => {
            format!("候选人{lines}名，每张票最多选{most}名，可以少选；一名不选的是空白票，多选的整张作废。")
        }
        (Lang::Zh, PaperForm::List) => format!("名单{lines}名，对每名只能选同意、不同意之一。"),
        (Lang::En, PaperForm::Choose) => format!(
            " There are {lines} candidates: mark at most {most}, or fewer. With nobody marked a paper is blank; with more it is spoilt."
        ),
        (Lang::En, PaperForm::List) => {
            format!(" The list has {lines} lines: for each mark exactly one of agree or disagree.")
        }
    };
    further.unwrap_or_default() + &marks
}

/// The result of a round in the order of votes.
fn result(lang: Lang, contested: &Contested, item: &ItemState, round: &Round) -> String {
    let Some((outcome, issue)) = round.contest().zip(round.issue.contest) else { return String::new() };
    let (due, present) = (round.issue.due, round.present());
    let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
    let rule = words::rule(lang, contested, issue.among, outcome.seats, Some(outcome.base));
    let count = round.count.as_ref();
    let spoilt = count.and_then(|count| count.spoilt_papers(contested.form)).unwrap_or(0);
    let of_them = of_them(lang, outcome.blank, spoilt);
    let mut said = match lang {
        Lang::Zh => {
            format!(
                "现在宣布结果：应到{due}名，实到{present}名，发出{issued}张，收回{returned}张{of_them}。{rule}。"
            )
        }
        Lang::En => {
            format!(
                "The result: {due} due, {present} present, {issued} issued, {returned} returned{of_them}. {rule}."
            )
        }
    };
    let on_paper = by_paper::declared(lang, item);
    said += &lang.pick(on_paper.clone(), spaced(&on_paper));
    for place in outcome.in_order() {
        let Some((line, candidate)) = round.issue.lines.get(place).zip(outcome.candidates.get(place)) else {
            continue;
        };
        let name = who::spoken(contested.slate.line(line.as_str()).map_or(line.as_str(), |line| &line.name));
        let (votes, fate) = (candidate.votes, words::fate(candidate.fate).text(lang));
        let against = count.map_or(0, |count| count.excepted(place));
        let spoilt = by_paper::spoilt(lang, count.map_or(0, |count| count.spoilt(place)));
        said += &match (lang, contested.form) {
            (Lang::Zh, PaperForm::Choose) => format!("{name}，{votes}票，{fate}。"),
            (Lang::Zh, PaperForm::List) => format!("{name}，同意{votes}、不同意{against}{spoilt}，{fate}。"),
            (Lang::En, PaperForm::Choose) => {
                format!(" {name}: {votes} {}, {fate}.", if votes == 1 { "vote" } else { "votes" })
            }
            (Lang::En, PaperForm::List) => {
                format!(" {name}: agree {votes}, disagree {against}{spoilt}, {fate}.")
            }
        };
    }
    said
}

/// How many of the papers that came back were for nobody: blank, and on paper spoilt.
fn of_them(lang: Lang, blank: u32, spoilt: u32) -> String {
    let parts = [
        (blank > 0).then(|| lang.pick(format!("空白票{blank}张"), format!("{blank} of them blank"))),
        (spoilt > 0).then(|| lang.pick(format!("废票{spoilt}张"), format!("{spoilt} of them spoilt"))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match (parts.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("，其中{}", parts.join("、")),
        (false, Lang::En) => format!(", {}", parts.join(", ")),
    }
}

fn names<'a>(lang: Lang, contested: &Contested, lines: impl Iterator<Item = &'a LineId>) -> String {
    let name = |line: &LineId| {
        contested.slate.line(line.as_str()).map_or_else(|| line.to_string(), |line| line.name.clone())
    };
    listed(lang, lines.map(name).collect())
}

/// A round is declared, and the further one called.
pub(super) fn call_further(lang: Lang, state: &State, planned: &Item, item: &ItemState) -> String {
    let Some((contested, round)) = planned.contested().zip(item.round()) else { return String::new() };
    let Some(further) = state.further_round_due(item) else { return String::new() };
    let said = result(lang, contested, item, round);
    let (who, seats) = (names(lang, contested, further.lines.iter()), further.seats);
    let why = match (lang, further.among) {
        (Lang::Zh, Among::Tied) => {
            format!(
                "{who}得票相等，不能确定当选人。按照选举办法，就票数相等的候选人再次投票，应选{seats}名。"
            )
        }
        (Lang::Zh, _) => {
            format!("当选人数少于应选名额，还缺{seats}名。按照选举办法，就未当选的候选人再次投票：{who}。")
        }
        (Lang::En, Among::Tied) => format!(
            "{who} are tied, and it cannot be said who is elected. By the rules those tied are voted on again, for {}.",
            words::seats_in_words(lang, seats)
        ),
        (Lang::En, _) => format!(
            "Fewer are elected than there are seats: {} left. By the rules those not elected are voted on again: {who}.",
            words::seats_in_words(lang, seats)
        ),
    };
    said + &lang.pick(why.clone(), spaced(&why))
}

/// The last round is declared, and with it the election: everybody elected, and what stays open.
pub(super) fn declare(lang: Lang, planned: &Item, item: &ItemState) -> String {
    let Some(contested) = planned.contested() else { return String::new() };
    let said = item
        .round()
        .filter(|round| round.contest().is_some())
        .map(|round| result(lang, contested, item, round))
        .unwrap_or_default();
    let elected = item.elected();
    let open = contested.open_seats(item);
    let who = names(lang, contested, elected.iter().map(|elected| elected.line));
    let tied = item
        .round()
        .and_then(Round::contest)
        .is_some_and(|outcome| outcome.candidates.iter().any(|candidate| candidate.fate == Fate::Tied));
    let mut all = match (lang, elected.len()) {
        (Lang::Zh, 0) => "没有候选人当选。".to_owned(),
        (Lang::Zh, many) => format!("当选{many}名：{who}。"),
        (Lang::En, 0) => "Nobody is elected.".to_owned(),
        (Lang::En, many) => format!("Elected, {many} in all: {who}."),
    };
    if open > 0 {
        let open = match (lang, tied) {
            (Lang::Zh, true) => format!("得票仍然相等，空缺{open}名。"),
            (Lang::Zh, false) => format!("空缺{open}名。"),
            (Lang::En, tied) => {
                let tied = if tied { "They are still tied: " } else { "" };
                format!("{tied}{} left open.", words::seats_in_words(lang, open))
            }
        };
        all += &lang.pick(open.clone(), spaced(&open));
    }
    if said.is_empty() { all } else { said + &lang.pick(all.clone(), spaced(&all)) }
}
