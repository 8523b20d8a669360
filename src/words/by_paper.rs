//! A vote on paper: the sheet that is filled in, what is wrong with its figures, who entered what, and what stands on the
//! papers that are printed.

use super::common::Common;
use super::contest::Contest;
use super::{Lang, who};
use crate::meeting::paper_sums::{Tallied, tallied};
use crate::meeting::{CountFigure, CountMistake, Issue, LineId, PaperCount, Round, State};
use crate::plan::PaperForm;
use crate::rules::Choice;

/// How many figures that differ are named before the rest is counted.
const FIGURES_MAX: usize = 8;

texts! {
    /// Fixed texts of a vote on paper.
    pub enum ByPaper {
        Title: "纸质票表决", "Vote on paper";
        Mark: "纸质票", "by paper";
        Counting: "纸质票：发票、投票、人工清点", "On paper: handed out, marked, counted by hand";
        Printed: "印制", "printed";
        Cancelled: "作废余票", "cancelled";
        Spoilt: "废票", "spoilt";
        Sum: "合计", "sum";
        AllVotes: "得票合计", "all votes";
        Figures: "票数", "Papers";
        // the console's page
        PrintNow: "请打印并按席发票，每席一张，余票当场作废；人工清点后由两名监票人各自录入。", "Print them, one paper a seat, and cancel what is left. After the count two scrutineers enter the figures, each alone.";
        HowToEnter: "监票人在自己的终端上录入；终端不能用时按 P，由主持台逐一代录，纸质计票单须由本人签名。", "Scrutineers enter at their terminals. Where one does not work, P enters for that scrutineer, who signs the tally sheet of paper.";
        HowToSign: "终端不能用的监票人在纸质计票单上签名：按 P 登记。", "A scrutineer without a terminal signs the result on paper: P records it.";
        NotEntered: "还没有录入", "has not entered it yet";
        EnteredOwn: "已在自己的终端上录入并签署", "entered and signed at the own terminal";
        EnteredConsole: "由主持台代录，无本人密钥签名", "entered at the console, no key of theirs behind it";
        SheetByHand: "已在纸上签署（主持台登记）", "signed on paper, as the console recorded";
        Agree: "两份计票一致。", "Both counts are the same.";
        // picking a scrutineer at the console
        PickForCount: "代哪名监票人录入纸质票计票", "Whose count is entered at the console";
        PickForSheet: "登记哪名监票人在纸上的签署", "Who signed the result on paper";
        EnterThis: "代录", "enter for this one";
        RecordThis: "登记", "record";
        RefusedKey: "本人拒签", "refused to sign";
        AskRefused: "该监票人拒绝在纸质计票单上签名的理由", "Why this scrutineer refuses to sign on paper";
        // the sheet
        SheetTitle: "录入纸质票计票", "Enter the count of the papers";
        Ask: "请录入清点的数字；没有的填 0。", "Type the figures that were counted; 0 where there are none.";
        Folded: "按规定选票不展开、不计票，本轮作废。仍须录入以上三个数字。", "By the rules the papers stay folded and nothing is counted: the round is void. The three figures above are entered all the same.";
        AllRight: "各项相符。按 Enter，再按 Y。", "Everything adds up. Press Enter, then Y.";
        Sure: "签署以后写入记录。按 Y 以您的密钥签署，按其他键返回。", "It goes into the record under your key. Y signs, any other key goes back.";
        SureConsole: "写入记录，只有主持台的签名；本人须在纸质计票单上签名。按 Y 录入，按其他键返回。", "It goes into the record under the console's key alone; the scrutineer signs the tally sheet of paper. Y enters it, any other key goes back.";
        Sending: "正在记入…", "Taking it down…";
        Yours: "您的计票已签署并写入记录。", "Your count is signed and in the record.";
        WaitOther: "等待另一名监票人录入。两份一致，计票才成立。", "Waiting for another scrutineer. The count stands when both are the same.";
        WaitGroups: "两份一致。等待其他类别的计票。", "Both are the same. Waiting for the counts of the other groups.";
        // keys
        NextField: "下一栏", "next field";
        Anew: "重新录入", "enter anew";
        // the room
        RoomHow: "改用纸质票：请领票、填写、投入票箱，每行只画一个。", "We vote on paper: take a paper, mark each line once, put it into the box.";
        RoomCount: "监票人正在清点选票。", "The scrutineers count the papers.";
        // on the papers
        PaperTitle: "表决票", "Ballot paper";
        PaperTitleReview: "民主评议票", "Evaluation paper";
        PaperTitleElection: "选举票", "Election paper";
        PaperHow: "请在每行只选一项画“○”。不选或多选，该行作废。请勿署名或作其他记号。", "Mark exactly one in each line with a circle. A line with none or several is spoilt. Write no name and no other sign.";
        PaperDeferred: "暂缓表决，不投", "deferred: not voted on";
        TallyTitle: "计票单", "Tally sheet";
        TallyHow: "先不展开选票，点清收回张数：多于发出张数的，全部作废，不展开。然后逐票唱票、画“正”字，填合计。每行各项与废票之和必须等于收回张数。", "First count the papers folded: if more came back than were handed out, all are void and stay folded. Then call out each paper and tally. In each line all marks and the spoilt must add up to the papers returned.";
        TallyFew: "按会议计划，收回不足 5 张的不展开、不计票。", "By the plan fewer than 5 papers stay folded and are not counted.";
        TallyFigure: "张数", "number";
        TallyMarks: "唱票画“正”", "tally";
        Signature: "监票人签名", "Signature of the scrutineer";
        Signed: "两名监票人各自清点、各自录入，一致后签名。", "Two scrutineers count and enter it, each alone; once both are the same they sign.";
    }
}

/// What a line of the paper is called: the nominee, or the dimension.
pub fn line_name(state: &State, issue: &Issue, line: &LineId) -> String {
    let planned = state.item(&issue.item);
    let nominee = planned.and_then(|item| item.nomination()?.line(line.as_str()));
    if let Some(nominee) = nominee {
        return nominee.name.clone();
    }
    let review = planned.and_then(|item| item.review());
    let named = review.and_then(|review| review.dimensions.iter().find(|one| one.id == line.as_str()));
    named.map_or_else(|| line.to_string(), |dimension| dimension.name.clone())
}

/// The answers of each line, in the order of the paper: agree, disagree, abstain, or the words of the plan's scale; the one
/// mark that there is where some of the candidates are marked.
pub fn answers(lang: Lang, state: &State, issue: &Issue) -> Vec<String> {
    let planned = state.item(&issue.item);
    if let Some(review) = planned.and_then(|item| item.review()) {
        return review.scale.iter().map(|word| word.word.clone()).collect();
    }
    let choices: &[Choice] = match planned.and_then(|item| item.contested()).map(|contested| contested.form) {
        Some(PaperForm::Choose) => return vec![Contest::Mark.text(lang).to_owned()],
        Some(PaperForm::List) => &Choice::ON_A_LIST,
        None => &Choice::ALL,
    };
    choices.iter().map(|choice| Common::choice(*choice).text(lang).to_owned()).collect()
}

/// How many candidates a paper marks at most; none where each line is marked.
pub fn most(state: &State, issue: &Issue) -> Option<u32> {
    match tallied(state.item(&issue.item)?, issue) {
        Tallied::Candidates { most } => Some(most),
        Tallied::Lines { .. } => None,
    }
}

/// What people do, for the room.
pub fn room_how(lang: Lang, state: &State, issue: &Issue) -> String {
    match (lang, most(state, issue)) {
        (_, None) => ByPaper::RoomHow.text(lang).to_owned(),
        (Lang::Zh, Some(most)) => {
            format!("改用纸质票：请领票、填写、投入票箱，最多选{most}名，多选的整张作废。")
        }
        (Lang::En, Some(most)) => format!(
            "We vote on paper: take a paper, mark at most {most}, put it into the box. With more marked it is spoilt."
        ),
    }
}

/// How a paper is marked, at its foot.
pub fn paper_how(lang: Lang, state: &State, issue: &Issue) -> String {
    match (lang, most(state, issue)) {
        (_, None) => ByPaper::PaperHow.text(lang).to_owned(),
        (Lang::Zh, Some(most)) => format!(
            "请在要选的候选人后面画“○”，最多选{most}名，可以少选；一名不选的是空白票，多选或者辨认不清的整张作废。请勿署名或作其他记号。"
        ),
        (Lang::En, Some(most)) => format!(
            "Mark with a circle at most {most}; fewer is allowed. With nobody marked a paper is blank; with more marked, or unclear, it is spoilt as a whole. Write no name and no other sign."
        ),
    }
}

/// How papers are counted, on the tally sheet.
pub fn tally_how(lang: Lang, state: &State, issue: &Issue) -> String {
    match (lang, most(state, issue)) {
        (_, None) => ByPaper::TallyHow.text(lang).to_owned(),
        (Lang::Zh, Some(most)) => format!(
            "先不展开选票，点清收回张数：多于发出张数的，全部作废，不展开。然后拣出空白票和废票（所选多于{most}名的，或者辨认不清的），点清张数；其余逐票唱票、画“正”字，填各候选人得票。任何一名的得票不多于其余张数；得票合计不少于其余张数，不多于其余张数的{most}倍。"
        ),
        (Lang::En, Some(most)) => format!(
            "First count the papers folded: if more came back than were handed out, all are void and stay folded. Then set aside and count the blank and the spoilt (more than {most} marked, or unclear). Call out each of the others and tally. Nobody has more votes than there are others; all votes are no fewer than these, and no more than {most} times as many."
        ),
    }
}

/// What can be entered at all: how many papers mark somebody, and how many votes that makes.
pub fn votes_within(lang: Lang, marked: u32, most: u32) -> String {
    let least_and_most = (marked, u64::from(marked) * u64::from(most));
    match (lang, least_and_most) {
        (Lang::Zh, (least, most)) => format!("有效选票{marked}张，得票合计应在{least}至{most}之间"),
        (Lang::En, (least, most)) => format!("{marked} papers mark somebody: {least} to {most} votes in all"),
    }
}

/// The groups of a paper that is counted apart.
pub fn groups(lang: Lang, state: &State, issue: &Issue) -> Option<String> {
    let name = |group: &String| state.plan().group(group).map_or(group.clone(), |group| group.name.clone());
    let names: Vec<String> = issue.groups.iter().map(name).collect();
    (!names.is_empty()).then(|| who::names_up_to(lang, &names, names.len()))
}

/// What is wrong with the figures of a count; names of lines come from the plan and must be cleaned.
pub fn mistake(lang: Lang, mistake: &CountMistake, name: &dyn Fn(&LineId) -> String) -> String {
    match (lang, mistake) {
        (Lang::Zh, CountMistake::IssuedOverPresent { issued, present }) => {
            format!("发出{issued}张，多于实到{present}名：请重新清点发出张数")
        }
        (Lang::En, CountMistake::IssuedOverPresent { issued, present }) => {
            format!("{issued} issued, more than the {present} present: count again what was handed out")
        }
        (Lang::Zh, CountMistake::PrintedDoNotAddUp { printed, issued, cancelled }) => {
            format!("发出{issued}张加作废{cancelled}张，不等于印制的{printed}张")
        }
        (Lang::En, CountMistake::PrintedDoNotAddUp { printed, issued, cancelled }) => {
            format!("{issued} issued and {cancelled} cancelled are not the {printed} printed")
        }
        (Lang::Zh, CountMistake::NoneIssued) => "一张票也没有发出：不能录入，请先发票".to_owned(),
        (Lang::En, CountMistake::NoneIssued) => {
            "no paper was handed out: there is nothing to enter before".to_owned()
        }
        (Lang::Zh, CountMistake::CountedThoughVoid { issued, returned }) => {
            format!("发出{issued}张、收回{returned}张：选票不应展开，请不要录入各行票数")
        }
        (Lang::En, CountMistake::CountedThoughVoid { issued, returned }) => {
            format!("{issued} issued, {returned} returned: the papers stay folded, and no marks are entered")
        }
        (Lang::Zh, CountMistake::LinesMissing { lines }) => {
            format!("票上有{lines}行，每行各项和废票都要录入")
        }
        (Lang::En, CountMistake::LinesMissing { lines }) => {
            format!("the paper has {lines} lines: all marks and the spoilt are entered for each")
        }
        (Lang::Zh, CountMistake::LineDoesNotAddUp { line, counted, returned }) => {
            format!("{}：各项合计{counted}，不等于收回的{returned}张", name(line))
        }
        (Lang::En, CountMistake::LineDoesNotAddUp { line, counted, returned }) => {
            format!("{}: the marks add up to {counted}, not to the {returned} returned", name(line))
        }
        (Lang::Zh, CountMistake::CandidatesMissing { candidates }) => {
            format!("票上有{candidates}名候选人，各人得票、空白票和废票都要录入")
        }
        (Lang::En, CountMistake::CandidatesMissing { candidates }) => {
            format!(
                "the paper has {candidates} candidates: enter the votes of each, the blank and the spoilt"
            )
        }
        (Lang::Zh, CountMistake::BlankAndSpoiltOverReturned { blank, spoilt, returned }) => {
            format!("空白票{blank}张加废票{spoilt}张，多于收回的{returned}张：请重新清点这两种票")
        }
        (Lang::En, CountMistake::BlankAndSpoiltOverReturned { blank, spoilt, returned }) => {
            format!(
                "{blank} blank and {spoilt} spoilt are more than the {returned} returned: count both again"
            )
        }
        (Lang::Zh, CountMistake::VotesOverMarked { line, votes, marked }) => {
            format!("{}：得票{votes}，多于有效选票{marked}张：请重新清点此人得票", name(line))
        }
        (Lang::En, CountMistake::VotesOverMarked { line, votes, marked }) => {
            format!(
                "{}: {votes} votes, but only {marked} papers are neither blank nor spoilt: count them again",
                name(line)
            )
        }
        (Lang::Zh, CountMistake::TooManyVotes { votes, marked, most }) => {
            format!("得票合计{votes}，有效选票{marked}张、每张最多选{most}名：多选的票应计为废票，请重新清点")
        }
        (Lang::En, CountMistake::TooManyVotes { votes, marked, most }) => {
            format!(
                "{votes} votes in all: {marked} papers with at most {most} each give fewer. A paper with more is spoilt; count again"
            )
        }
        (Lang::Zh, CountMistake::TooFewVotes { votes, marked }) => {
            format!("得票合计{votes}，少于有效选票{marked}张：一名未选的应计为空白票，请重新清点")
        }
        (Lang::En, CountMistake::TooFewVotes { votes, marked }) => {
            format!(
                "{votes} votes in all on {marked} papers. A paper with nobody marked is blank; count again"
            )
        }
    }
}

/// A figure of a count, by its name.
fn figure(lang: Lang, state: &State, issue: &Issue, figure: &CountFigure) -> String {
    let of = |line: &LineId, what: &str| {
        let name = who::spoken(&line_name(state, issue, line));
        format!("{name}{}{what}", lang.pick("·", ": "))
    };
    match figure {
        CountFigure::Issued => Common::Issued.text(lang).to_owned(),
        CountFigure::Cancelled => ByPaper::Cancelled.text(lang).to_owned(),
        CountFigure::Returned => Common::Returned.text(lang).to_owned(),
        CountFigure::Mark { line, answer } => {
            let words = answers(lang, state, issue);
            let word = usize::try_from(*answer).ok().and_then(|answer| words.get(answer));
            of(line, word.map_or("?", String::as_str))
        }
        CountFigure::Spoilt { line } => of(line, ByPaper::Spoilt.text(lang)),
        CountFigure::Blank => Contest::Blank.text(lang).to_owned(),
        CountFigure::SpoiltPapers => ByPaper::Spoilt.text(lang).to_owned(),
        CountFigure::Votes { line } => of(line, Contest::VotesFor.text(lang)),
    }
}

/// Two counts were not the same: which figures, and not what either said.
pub fn differ(lang: Lang, state: &State, issue: &Issue, figures: &[CountFigure]) -> String {
    let named: Vec<String> = figures.iter().map(|one| figure(lang, state, issue, one)).collect();
    let named = who::names_up_to(lang, &named, FIGURES_MAX);
    match lang {
        Lang::Zh => format!("两份计票不一致：{named}。请重新清点，两人各自再录入。"),
        Lang::En => format!("The two counts differ in {named}. Count again; both enter it once more."),
    }
}

/// Where the papers are, to be printed.
pub fn files(lang: Lang, folder: &str) -> String {
    match lang {
        Lang::Zh => format!("待打印的表决票和计票单在：{folder}"),
        Lang::En => format!("To be printed, ballot papers and tally sheet: {folder}"),
    }
}

/// Going to paper, before the second key.
pub fn warning(lang: Lang, under_way: bool) -> Vec<String> {
    let void = lang.pick(
        "本轮电子投票作废：票箱永不打开，已投的票无效。",
        "The electronic round is void: its box is never opened, and ballots cast in it count for nothing.",
    );
    let then = lang.pick(
        "改用纸质票：按实到人数印票，人工清点，两名监票人录入。结果没有密码学证明，记录写明“纸质票”。",
        "The vote is on paper: printed for those present, counted by hand, entered by two scrutineers. Nothing proves it by cryptography, and the record says \"by paper\".",
    );
    let void = under_way.then(|| void.to_owned());
    void.into_iter().chain([then.to_owned()]).collect()
}

/// Recording a signature on paper, before the second key.
pub fn sheet_warning(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "登记{name}已在纸质计票单上签名。没有本人密钥的签名，记录如实写明。本人拒签的按 R，写明理由。"
        ),
        Lang::En => format!(
            "Record that {name} signed the tally sheet of paper. No key of theirs stands behind it, and the record says so. If they refuse, R takes the reason."
        ),
    }
}

/// How a result on paper came about, as a sentence under it.
pub fn provenance(lang: Lang, state: &State, round: &Round) -> Option<String> {
    let vote = round.by_paper.as_ref()?;
    round.count.as_ref()?;
    let names = |at_console: bool| {
        let of = vote.entered.iter().filter(|(_, entered)| entered.at_console == at_console);
        let names: Vec<String> = of.map(|(seat, _)| who::spoken(state.name(seat))).collect();
        (!names.is_empty()).then(|| who::names_up_to(lang, &names, names.len()))
    };
    let own = names(false).map(|names| match lang {
        Lang::Zh => format!("{names}在终端上录入并签署"),
        Lang::En => format!("entered and signed by {names}"),
    });
    let console = names(true).map(|names| match lang {
        Lang::Zh => format!("主持台代{names}录入，本人签名在纸质计票单上"),
        Lang::En => format!("entered at the console for {names}, whose signatures are on the paper sheet"),
    });
    let how: Vec<String> = own.into_iter().chain(console).collect();
    let how = how.join(lang.pick("；", "; "));
    Some(match lang {
        Lang::Zh => format!("纸质票，人工清点：{how}"),
        Lang::En => format!("by paper, counted by hand: {how}"),
    })
}

/// The papers of a count: printed, issued, cancelled, returned.
pub fn papers(lang: Lang, printed: u32, count: &PaperCount) -> String {
    let PaperCount { issued, cancelled, returned, .. } = count;
    match lang {
        Lang::Zh => format!("印制{printed}张，发出{issued}张，作废余票{cancelled}张，收回{returned}张"),
        Lang::En => {
            format!("{printed} printed, {issued} issued, {cancelled} cancelled, {returned} returned")
        }
    }
}

/// How a result sheet of paper was answered, where the console recorded it.
pub fn by_hand(lang: Lang, refused: Option<&str>) -> String {
    match (lang, refused) {
        (Lang::Zh, None) => "在纸上签名（主持台登记）".to_owned(),
        (Lang::En, None) => "signed on paper, as the console recorded".to_owned(),
        (Lang::Zh, Some(reason)) => format!("拒绝在纸上签名（主持台登记）：{reason}"),
        (Lang::En, Some(reason)) => format!("refused to sign on paper, as the console recorded: {reason}"),
    }
}

/// Which paper of how many is meant: of a group that is counted apart, or of an official.
pub fn of_group(lang: Lang, groups: &str) -> String {
    match lang {
        Lang::Zh => format!("单独计票：{groups}"),
        Lang::En => format!("counted apart: {groups}"),
    }
}

/// How many papers are printed, on the tally sheet.
pub fn printed_for(lang: Lang, printed: u32) -> String {
    match lang {
        Lang::Zh => format!("按实到人数印制 {printed} 张；发出与作废余票之和必须等于 {printed}"),
        Lang::En => {
            format!("Printed for those present: {printed}. Issued and cancelled must add up to {printed}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        for text in ByPaper::ALL {
            let (zh, en) = (text.text(Lang::Zh), text.text(Lang::En));
            assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{text:?}");
            assert!(en.is_ascii() || en.ends_with('…'), "{en}");
        }
    }

    #[test]
    fn each_mistake_has_its_figures() {
        let line = LineId::from("l1");
        let mistakes = [
            CountMistake::IssuedOverPresent { issued: 41, present: 40 },
            CountMistake::PrintedDoNotAddUp { printed: 40, issued: 39, cancelled: 2 },
            CountMistake::NoneIssued,
            CountMistake::CountedThoughVoid { issued: 39, returned: 40 },
            CountMistake::LinesMissing { lines: 3 },
            CountMistake::LineDoesNotAddUp { line: line.clone(), counted: 37, returned: 38 },
            CountMistake::CandidatesMissing { candidates: 5 },
            CountMistake::BlankAndSpoiltOverReturned { blank: 20, spoilt: 19, returned: 38 },
            CountMistake::VotesOverMarked { line, votes: 37, marked: 36 },
            CountMistake::TooManyVotes { votes: 109, marked: 36, most: 3 },
            CountMistake::TooFewVotes { votes: 35, marked: 36 },
        ];
        for lang in [Lang::Zh, Lang::En] {
            let name = |line: &LineId| line.to_string();
            let mut said: Vec<String> = mistakes.iter().map(|one| mistake(lang, one, &name)).collect();
            assert!(said[0].contains("41") && said[0].contains("40"), "{}", said[0]);
            assert!(said[5].contains("l1") && said[5].contains("37") && said[5].contains("38"));
            assert!(said[8].contains("l1") && said[8].contains("37") && said[8].contains("36"));
            assert!(["109", "36", "3"].iter().all(|figure| said[9].contains(figure)), "{}", said[9]);
            said.dedup();
            assert_eq!(said.len(), mistakes.len());
        }
    }
}
