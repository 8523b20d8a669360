//! Contested elections: what the paper asks, who is elected and why, what follows a tie or too few.

use super::{Lang, rule};
use crate::plan::{Contested, PaperForm};
use crate::rules::{After, Among, CandidateOutcome, ContestOutcome, Fate, TieRule};

texts! {
    /// Fixed texts of a contested election.
    pub enum Contest {
        Candidate: "候选人", "Candidate";
        Place: "名次", "Place";
        Votes: "得票", "Votes";
        VotesFor: "得票", "votes";
        Blank: "空白票", "blank";
        Elected: "当选", "elected";
        Tied: "票数相等", "tied";
        NotElected: "未当选", "not elected";
        Mark: "选", "mark";
        Marked: "选", "marked";
        NotMarked: "不选", "not marked";
        BlankPaper: "一个也没有选：这是一张空白票。", "Nobody is marked: this is a blank ballot.";
        MayMarkFewer: "可以少选；一个不选即为空白票。", "You may mark fewer; with none marked the ballot is blank.";
        WholeList: "A 同意整单，2 不同意其中一名；没有预设。", "A agrees to all; 2 excepts a line.";
        ByOrder: "按得票多少", "by the order of votes";
        MarkTogether: "可以一次同意整单，也可以对其中任何一名选不同意", "Agree to the whole list at once, or except any line by disagreeing";
        FurtherNext: "再次投票", "A further round";
        ElectedSoFar: "已当选", "elected so far";
    }
}

/// What became of a candidate.
pub const fn fate(fate: Fate) -> Contest {
    match fate {
        Fate::Elected => Contest::Elected,
        Fate::Tied => Contest::Tied,
        Fate::NotElected => Contest::NotElected,
    }
}

/// The comparison that decides about a candidate: with the majority, or, for who has reached it in vain, with the fewest votes
/// that were enough.
fn compared(outcome: &ContestOutcome, candidate: &CandidateOutcome) -> (bool, u32) {
    let ahead = outcome.candidates.iter().filter(|other| other.fate != Fate::NotElected);
    match candidate.fate {
        Fate::NotElected if candidate.votes >= outcome.needed => {
            (false, ahead.map(|other| other.votes).min().unwrap_or(outcome.needed))
        }
        _ => (candidate.votes >= outcome.needed, outcome.needed),
    }
}

/// The same in plain signs.
pub fn arithmetic(outcome: &ContestOutcome, candidate: &CandidateOutcome) -> String {
    let (reached, with) = compared(outcome, candidate);
    format!("{} {} {with}", candidate.votes, if reached { ">=" } else { "<" })
}

/// What became of a candidate and why, as the minutes write it.
pub fn outcome(lang: Lang, outcome: &ContestOutcome, candidate: &CandidateOutcome) -> String {
    let (reached, with) = compared(outcome, candidate);
    let sign = if reached { "≥" } else { "<" };
    format!("{}  {} {sign} {with}", fate(candidate.fate).text(lang), candidate.votes)
}

/// How the candidates of a round are elected, as it is read aloud and shown above a result; with its number where the base
/// is known.
pub fn rule(lang: Lang, contested: &Contested, among: Among, seats: u32, known: Option<u32>) -> String {
    let majority = &contested.slate.carried;
    let asked = rule::asked(lang, majority);
    let number = known.map(|base| majority.least(base).max(1));
    if among == Among::Tied && contested.rule.tied == TieRule::Order {
        return match lang {
            Lang::Zh => format!("候选人此前得票相等且都已{asked}，本轮按得票多少当选{seats}名"),
            Lang::En => {
                format!("{} by the order of votes alone: all had the majority", seats_in_words(lang, seats))
            }
        };
    }
    match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => {
            let number = number.map(|number| format!("，即{number}票以上")).unwrap_or_default();
            format!("应选{seats}名，得票{asked}{number}的，按得票多少当选")
        }
        (Lang::Zh, PaperForm::List) => {
            let number = number.map(|number| format!("，即{number}票以上")).unwrap_or_default();
            format!("整单表决，同意票{asked}{number}的，当选")
        }
        (Lang::En, PaperForm::Choose) => {
            let number = number.map(|number| format!(": {number} or more")).unwrap_or_default();
            format!("{} in the order of votes, by {asked}{number}", seats_in_words(lang, seats))
        }
        (Lang::En, PaperForm::List) => {
            let number = number.map(|number| format!(": {number} or more")).unwrap_or_default();
            format!("On a list with exceptions: elected by {asked}{number}")
        }
    }
}

/// What follows a round.
pub fn after(lang: Lang, after: &After) -> String {
    match (lang, after) {
        (Lang::Zh, After::Over { open: 0 }) => "全部选出。".to_owned(),
        (Lang::Zh, After::Over { open }) => format!("空缺{open}名，不再投票。"),
        (Lang::Zh, After::Further { among: Among::Tied, candidates, seats }) => {
            format!("{}名候选人得票相等，须就这几名再次投票，选出{seats}名。", candidates.len())
        }
        (Lang::Zh, After::Further { candidates, seats, .. }) => {
            format!("还缺{seats}名，就其余{}名候选人再次投票。", candidates.len())
        }
        (Lang::En, After::Over { open: 0 }) => "All seats are filled.".to_owned(),
        (Lang::En, After::Over { open: 1 }) => "1 seat stays open; there is no further round.".to_owned(),
        (Lang::En, After::Over { open }) => format!("{open} seats stay open; there is no further round."),
        (Lang::En, After::Further { among: Among::Tied, candidates, seats }) => format!(
            "{} candidates are tied: a further round among them, for {}.",
            candidates.len(),
            seats_in_words(lang, *seats)
        ),
        (Lang::En, After::Further { candidates, seats, .. }) => format!(
            "{} left: a further round among the other {}.",
            seats_in_words(lang, *seats),
            candidates.len()
        ),
    }
}

/// So many seats.
pub fn seats_in_words(lang: Lang, seats: u32) -> String {
    match (lang, seats) {
        (Lang::Zh, _) => format!("{seats}名"),
        (Lang::En, 1) => "1 seat".to_owned(),
        (Lang::En, _) => format!("{seats} seats"),
    }
}

/// Among whom a round is held.
pub fn among(lang: Lang, among: Among) -> &'static str {
    match among {
        Among::All => lang.pick("全部候选人", "all candidates"),
        Among::Tied => lang.pick("得票相等的候选人", "those who were tied"),
        Among::Rest => lang.pick("其余候选人", "those not elected"),
    }
}

/// Which round of the election this is, where there is more than one.
pub fn round_name(lang: Lang, further: u32) -> String {
    match (lang, further) {
        (Lang::Zh, 0) => "首次投票".to_owned(),
        (Lang::Zh, 1) => "再次投票".to_owned(),
        (Lang::Zh, further) => format!("第{further}次再投票"),
        (Lang::En, 0) => "first round".to_owned(),
        (Lang::En, further) => format!("further round {further}"),
    }
}

/// The head of the paper on which some of the candidates are marked.
pub fn choice_title(lang: Lang, candidates: usize, seats: usize, deferred: usize) -> String {
    match (lang, deferred) {
        (Lang::Zh, 0) => format!("选票（{candidates} 名候选人，最多选 {seats} 名）"),
        (Lang::Zh, _) => format!("选票（{candidates} 名候选人，最多选 {seats} 名，{deferred} 名暂缓）"),
        (Lang::En, 0) => format!("Ballot paper ({candidates} candidates, mark at most {seats})"),
        (Lang::En, _) => {
            format!("Ballot paper ({candidates} candidates, mark at most {seats}, {deferred} deferred)")
        }
    }
}

/// The head of the paper with a list.
pub fn list_title(lang: Lang, lines: usize, deferred: usize) -> String {
    match (lang, deferred) {
        (Lang::Zh, 0) => format!("整单表决票（{lines} 名）"),
        (Lang::Zh, _) => format!("整单表决票（{lines} 名，{deferred} 名暂缓）"),
        (Lang::En, 0) => format!("Ballot paper, a list of {lines}"),
        (Lang::En, _) => format!("Ballot paper, a list of {lines}, {deferred} deferred"),
    }
}

/// How the paper is marked, for the room.
pub fn how_to_mark(lang: Lang, form: PaperForm, most: usize) -> String {
    match (lang, form) {
        (_, PaperForm::List) => Contest::MarkTogether.text(lang).to_owned(),
        (Lang::Zh, PaperForm::Choose) => format!("最多选 {most} 名，可以少选，也可以不选"),
        (Lang::En, PaperForm::Choose) => format!("Mark at most {most}; fewer or none is allowed"),
    }
}

/// Among whom a further round is held, and for how many seats. Names come from outside and must be cleaned.
pub fn further(lang: Lang, among: Among, names: &[String], seats: u32) -> String {
    let (of, names) = (self::among(lang, among), names.join(lang.pick("、", ", ")));
    match lang {
        Lang::Zh => format!("{of}：{names}；应选 {seats} 名"),
        Lang::En => format!("{of}: {names}; {}", seats_in_words(lang, seats)),
    }
}

/// How many are marked, of how many that may be.
pub fn marked(lang: Lang, marked: usize, most: usize) -> String {
    match lang {
        Lang::Zh => format!("已选 {marked} 名，最多 {most} 名。"),
        Lang::En => format!("{marked} marked, at most {most}."),
    }
}

/// Why one more cannot be marked.
pub fn too_many(lang: Lang, most: usize) -> String {
    match lang {
        Lang::Zh => format!("已选 {most} 名，最多 {most} 名，没有再选上。要改选，先取消一名。"),
        Lang::En => {
            format!("{most} marked, at most {most}: this one was not. To change, clear another one first.")
        }
    }
}

/// A plan of an election that is ready.
pub fn ready(lang: Lang, contested: &Contested, due: u32, quorum: u32, majority: &str) -> String {
    let (candidates, seats) = (contested.slate.lines.len(), contested.rule.seats);
    let list = contested.form == PaperForm::List;
    match lang {
        Lang::Zh if list => format!("应到 {due}，法定人数 {quorum}，{majority}，整单 {candidates} 名"),
        Lang::Zh => {
            format!("应到 {due}，法定人数 {quorum}，{majority}，候选人 {candidates} 名，应选 {seats} 名")
        }
        Lang::En if list => format!("{due} due, quorum {quorum}, {majority}, a list of {candidates}"),
        Lang::En => {
            format!("{due} due, quorum {quorum}, {majority}, {candidates} candidates for {seats} seats")
        }
    }
}

/// Those elected so far and what is open, for a line below a result. Names come from outside and must be cleaned.
pub fn so_far(lang: Lang, names: &[String], open: u32) -> String {
    let list = if names.is_empty() {
        lang.pick("无", "nobody").to_owned()
    } else {
        names.join(lang.pick("、", ", "))
    };
    let elected = Contest::ElectedSoFar.text(lang);
    match (lang, open) {
        (Lang::Zh, 0) => format!("{elected}：{list}"),
        (Lang::Zh, _) => format!("{elected}：{list}；空缺 {open} 名"),
        (Lang::En, 0) => format!("{elected}: {list}"),
        (Lang::En, _) => format!("{elected}: {list}; {} open", seats_in_words(lang, open)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        for text in Contest::ALL {
            assert_ne!(text.text(Lang::Zh), text.text(Lang::En), "{text:?}");
        }
    }

    #[test]
    fn what_follows_is_said_with_its_numbers() {
        let tie = After::Further { among: Among::Tied, candidates: vec![2, 3], seats: 1 };
        let rest = After::Further { among: Among::Rest, candidates: vec![1, 2, 3], seats: 2 };
        let said = [After::Over { open: 0 }, After::Over { open: 1 }, tie, rest]
            .map(|what| [Lang::Zh, Lang::En].map(|lang| after(lang, &what)));
        assert_eq!(said[0], ["全部选出。", "All seats are filled."]);
        assert_eq!(said[1], ["空缺1名，不再投票。", "1 seat stays open; there is no further round."]);
        assert_eq!(
            said[2],
            [
                "2名候选人得票相等，须就这几名再次投票，选出1名。",
                "2 candidates are tied: a further round among them, for 1 seat."
            ]
        );
        assert_eq!(
            said[3],
            ["还缺2名，就其余3名候选人再次投票。", "2 seats left: a further round among the other 3."]
        );
    }
}
