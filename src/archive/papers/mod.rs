//! The papers of a vote on paper: ballot papers, as many as people are present, and the tally sheet; each as a page to be
//! printed and as plain text. They follow from the record alone, so that the hub can write them again after a crash and
//! `verify` can make them again and compare.
//!
//! Every ballot paper is the same, byte for byte: none has a name or a number that would tell whose it is.

use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;

use crate::harmless::line;
use crate::meeting::{BallotId, Issue, LineId, State, most_marks};
use crate::plan::{Contested, Nominee, PaperForm, PostList, SmallPlan};
use crate::words::by_paper::{self, ByPaper as Words};
use crate::words::common::{self, Common};
use crate::words::contest::{self, Contest};
use crate::words::reopening::Reopened;
use crate::words::{Lang, console};

/// The folder of printed papers in a session folder.
pub const PAPERS: &str = "paper";

const BALLOTS_HTML: &str = include_str!("ballots.html");
const TALLY_HTML: &str = include_str!("tally.html");

/// Cells of a text line, and of the column of names on it.
const TEXT_CELLS: usize = 72;
const BOX: &str = "[    ]";

/// Where the papers of a ballot are, in a session folder.
pub fn folder(ballot: &BallotId) -> String {
    format!("{PAPERS}/{ballot}")
}

/// The files of a ballot on paper, by their paths in the session folder.
pub fn files(state: &State, issue: &Issue) -> [(String, Vec<u8>); 4] {
    let papers = Papers::of(state, issue);
    let folder = folder(&issue.ballot);
    let file = |name: &str, text: String| (format!("{folder}/{name}"), text.into_bytes());
    [
        file("ballots.html", page("ballots.html", BALLOTS_HTML, &papers)),
        file("ballots.txt", papers.ballots_text()),
        file("tally.html", page("tally.html", TALLY_HTML, &papers.tally())),
        file("tally.txt", papers.tally_text()),
    ]
}

fn page<T: Serialize>(name: &str, template: &str, sheet: &T) -> String {
    let mut templates = Environment::new();
    templates.add_filter("clean", |text: String| line(&text).into_owned());
    // The ending `.html` turns escaping on. The templates are ours and a test renders them: neither call can fail.
    templates
        .add_template(name, template)
        .and_then(|()| templates.get_template(name))
        .and_then(|page| page.render(Serde(sheet)))
        .unwrap_or_default()
}

/// A line of the paper.
#[derive(Debug, Clone, Serialize)]
struct Row {
    name: String,
    post: String,
    /// Why it is not voted on, in place of the boxes.
    off: Option<&'static str>,
}

/// Lines under one heading.
#[derive(Debug, Clone, Serialize)]
struct List {
    name: Option<&'static str>,
    rows: Vec<Row>,
}

/// What both sheets say.
#[derive(Debug, Clone, Serialize)]
struct Papers {
    lang: &'static str,
    title: String,
    meeting: String,
    heading: String,
    about: Vec<String>,
    rehearsal: Option<&'static str>,
    lists: Vec<List>,
    answers: Vec<String>,
    how: String,
    foot: String,
    copies: u32,
    #[serde(skip)]
    tallied: Tallied,
    #[serde(skip)]
    few: bool,
    #[serde(skip)]
    language: Lang,
}

/// What is counted of each paper, beside the papers themselves.
#[derive(Debug, Clone)]
struct Tallied {
    /// How.
    how: String,
    /// Of the paper as a whole.
    figures: Vec<&'static str>,
    /// Of each line.
    columns: Vec<String>,
}

/// The tally sheet: what it says besides.
#[derive(Debug, Clone, Serialize)]
struct Tally {
    #[serde(flatten)]
    papers: Papers,
    printed: String,
    figures: Vec<&'static str>,
    columns: Vec<String>,
    tally: &'static str,
    number: &'static str,
    signed: &'static str,
    signature: &'static str,
}

impl Papers {
    fn of(state: &State, issue: &Issue) -> Self {
        let meeting = &state.plan().meeting;
        let lang = meeting.language;
        let planned = state.item(&issue.item);
        let item = planned.map_or(issue.item.as_str(), |item| &item.title);
        let review = planned.and_then(|item| item.review());
        let official = review.zip(issue.subject.as_ref());
        let official = official.and_then(|(review, subject)| review.official(subject.as_str()));
        let mut about: Vec<String> = official
            .map(|official| {
                let parts = [&official.name, &official.unit, &official.post];
                let parts: Vec<&str> =
                    parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                parts.join("  ")
            })
            .into_iter()
            .collect();
        about.extend(by_paper::groups(lang, state, issue).map(|groups| by_paper::of_group(lang, &groups)));
        let contested = planned.and_then(|item| item.contested());
        about.extend(contested.into_iter().flat_map(|contested| stands(lang, contested, issue)));
        let kind = match contested {
            _ if review.is_some() => Words::PaperTitleReview,
            Some(_) => Words::PaperTitleElection,
            None => Words::PaperTitle,
        };
        let again = if issue.round > 1 { console::round_number(lang, issue.round) } else { String::new() };
        let session: String = state.session().to_string().chars().take(8).collect();
        Self {
            lang: lang.pick("zh-CN", "en"),
            title: format!("{} · {item}", kind.text(lang)),
            meeting: meeting.title.clone(),
            heading: format!("{}{}{item}{again}", kind.text(lang), lang.pick("：", ": ")),
            about,
            rehearsal: state.frozen.rehearsal.then(|| Common::RehearsalLong.text(lang)),
            lists: lists(state, issue, lang),
            answers: by_paper::answers(lang, state, issue),
            how: by_paper::paper_how(lang, state, issue),
            foot: format!("{}   {}   {session}", common::date(lang, meeting.date), issue.ballot),
            copies: u32::try_from(issue.electorate.len()).unwrap_or(u32::MAX),
            tallied: Tallied::of(lang, state, issue),
            few: meeting.small == SmallPlan::Closed,
            language: lang,
        }
    }

    fn tally(&self) -> Tally {
        let lang = self.language;
        let text = |text: Words| text.text(lang);
        let kind = text(Words::TallyTitle);
        let few = if self.few { text(Words::TallyFew) } else { "" };
        let how = format!("{}{}{few}", self.tallied.how, lang.pick("", " "));
        let papers = Self {
            title: format!("{kind} · {}", self.title),
            heading: format!("{kind}{}{}", lang.pick(" · ", " - "), self.heading),
            how: how.trim_end().to_owned(),
            ..self.clone()
        };
        Tally {
            papers,
            printed: by_paper::printed_for(lang, self.copies),
            figures: self.tallied.figures.clone(),
            columns: self.tallied.columns.clone(),
            tally: text(Words::TallyMarks),
            number: text(Words::TallyFigure),
            signed: text(Words::Signed),
            signature: text(Words::Signature),
        }
    }

    /// What stands at the top of a sheet.
    fn head_text(&self, heading: &str) -> Vec<String> {
        let mut lines: Vec<String> = self.rehearsal.iter().map(|text| (*text).to_owned()).collect();
        lines.extend([self.meeting.clone(), heading.to_owned()]);
        lines.extend(self.about.iter().cloned());
        lines.push(String::new());
        lines
    }

    fn one_text(&self) -> String {
        let mut lines = self.head_text(&self.heading);
        for list in &self.lists {
            lines.extend(list.name.map(str::to_owned));
            for row in &list.rows {
                lines.push(row.text());
                lines.push(if let Some(off) = row.off {
                    format!("    {off}")
                } else {
                    let boxes = self.answers.iter().map(|answer| format!("{answer} {BOX}"));
                    format!("    {}", boxes.collect::<Vec<_>>().join("   "))
                });
            }
        }
        lines.extend([String::new(), self.how.clone(), self.foot.clone()]);
        harmless(lines)
    }

    /// All papers, one after the other, with a line to cut along between them.
    fn ballots_text(&self) -> String {
        let one = self.one_text();
        let cut = format!("\n{}\n\n", "-".repeat(TEXT_CELLS));
        let copies = usize::try_from(self.copies).unwrap_or(0);
        vec![one; copies].join(&cut)
    }

    fn tally_text(&self) -> String {
        let tally = self.tally();
        let mut lines = self.head_text(&tally.papers.heading);
        lines.extend([tally.printed.clone(), tally.papers.how.clone(), String::new()]);
        let boxes = |of: &mut dyn Iterator<Item = &str>| {
            of.map(|name| format!("{name} {BOX}")).collect::<Vec<_>>().join("   ")
        };
        lines.extend([boxes(&mut tally.figures.iter().copied()), String::new()]);
        for list in &self.lists {
            lines.extend(list.name.map(str::to_owned));
            for row in &list.rows {
                lines.push(row.text());
                lines.push(if let Some(off) = row.off {
                    format!("    {off}")
                } else {
                    format!("    {}", boxes(&mut tally.columns.iter().map(String::as_str)))
                });
            }
        }
        lines.extend([String::new(), tally.signed.to_owned()]);
        lines.extend(["1", "2"].map(|number| format!("{} {number}: {}", tally.signature, "_".repeat(30))));
        lines.push(self.foot.clone());
        harmless(lines)
    }
}

impl Tallied {
    fn of(lang: Lang, state: &State, issue: &Issue) -> Self {
        let mut figures =
            vec![Common::Issued.text(lang), Words::Cancelled.text(lang), Common::Returned.text(lang)];
        let (spoilt, sum) = (Words::Spoilt.text(lang), Words::Sum.text(lang));
        let columns = if by_paper::most(state, issue).is_some() {
            figures.extend([Contest::Blank.text(lang), spoilt]);
            vec![Contest::VotesFor.text(lang).to_owned()]
        } else {
            let answers = by_paper::answers(lang, state, issue);
            answers.into_iter().chain([spoilt, sum].map(str::to_owned)).collect()
        };
        Self { how: by_paper::tally_how(lang, state, issue), figures, columns }
    }
}

/// Who stands in a round of an election, and for how many seats, as the head of the paper says it.
fn stands(lang: Lang, contested: &Contested, issue: &Issue) -> Vec<String> {
    let (lines, deferred) = (issue.lines.len(), issue.not_voted());
    let most = usize::try_from(most_marks(contested, issue)).unwrap_or(usize::MAX);
    let further = issue.contest.filter(|round| round.further > 0).map(|round| {
        let (name, among) = (contest::round_name(lang, round.further), contest::among(lang, round.among));
        format!("{name}{}{among}", lang.pick("：", ": "))
    });
    let title = match contested.form {
        PaperForm::Choose => contest::choice_title(lang, lines, most, deferred),
        PaperForm::List => contest::list_title(lang, lines, deferred),
    };
    further.into_iter().chain([title]).collect()
}

impl Row {
    fn of(lang: Lang, nominee: &Nominee, issue: &Issue) -> Self {
        let among = |lines: &[LineId]| lines.iter().any(|line| line.as_str() == nominee.id);
        let off = if among(&issue.deferred) {
            Some(Words::PaperDeferred.text(lang))
        } else {
            among(&issue.barred).then(|| Reopened::Barred.text(lang))
        };
        Self { name: nominee.name.clone(), post: nominee.post.clone(), off }
    }

    fn text(&self) -> String {
        if self.post.is_empty() { self.name.clone() } else { format!("{}   {}", self.name, self.post) }
    }
}

fn harmless(lines: Vec<String>) -> String {
    let mut text = String::new();
    for one in lines {
        text.push_str(&line(&one));
        text.push('\n');
    }
    text
}

/// The lines of the paper in ballot order, deferred ones among them: party and government posts apart, or the dimensions.
fn lists(state: &State, issue: &Issue, lang: Lang) -> Vec<List> {
    let planned = state.item(&issue.item);
    let Some(nomination) = planned.and_then(|item| item.nomination()) else {
        let row =
            |id: &LineId| Row { name: by_paper::line_name(state, issue, id), post: String::new(), off: None };
        return vec![List { name: None, rows: issue.lines.iter().map(row).collect() }];
    };
    if planned.is_some_and(|item| item.contested().is_some()) {
        // Of a further round only those who stand in it.
        let stands = |nominee: &&Nominee| issue.has_line(&nominee.id);
        let rows = nomination.lines.iter().filter(stands).map(|nominee| Row::of(lang, nominee, issue));
        return vec![List { name: None, rows: rows.collect() }];
    }
    let mut lists: Vec<(PostList, List)> = Vec::new();
    for nominee in nomination.lines.iter().filter(|line| issue.has_line(&line.id)) {
        let row = Row::of(lang, nominee, issue);
        match lists.last_mut() {
            Some((list, open)) if *list == nominee.list => open.rows.push(row),
            _ => {
                let name = match nominee.list {
                    PostList::Party => Common::PartyPosts,
                    PostList::Government => Common::GovernmentPosts,
                };
                lists.push((nominee.list, List { name: Some(name.text(lang)), rows: vec![row] }));
            }
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}
