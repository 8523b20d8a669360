//! The result of a round of a contested election: its figures, the rule, the candidates in the order of their votes, and what
//! followed. Each round stands where it was counted, so that all of them are beside each other.

use super::compose::Composer;
use super::doc::{Bar, Block, Row, Table};
use crate::meeting::{ItemState, LineId, Round};
use crate::plan::{Contested, PaperForm};
use crate::rules::Fate;
use crate::words::by_paper::ByPaper;
use crate::words::contest::{self, Contest};
use crate::words::minutes::{self as words, Label};

impl Composer<'_> {
    /// Figures, rule, table and consequence of a round that was just counted.
    pub(super) fn election_result(
        &self,
        contested: &Contested,
        item: &ItemState,
        round: &Round,
    ) -> Vec<Block> {
        let Some((outcome, issue)) = round.contest().zip(round.issue.contest) else { return Vec::new() };
        let lang = self.lang;
        let mut figures = words::ballot_figures(lang, round);
        if contested.form == PaperForm::Choose {
            figures += &words::blank_ballots(lang, outcome.blank);
            let spoilt = round.count.as_ref().and_then(|count| count.spoilt_papers(contested.form));
            figures += &spoilt.map(|spoilt| words::spoilt_papers(lang, spoilt)).unwrap_or_default();
        }
        let rule = contest::rule(lang, contested, issue.among, outcome.seats, Some(outcome.base));
        let rule = rule + lang.pick("。", ".");
        let rows = outcome.in_order().into_iter().filter_map(|place| {
            let (line, got) = round.issue.lines.get(place).zip(outcome.candidates.get(place))?;
            let mut cells = vec![got.place.to_string(), name(contested, line), post(contested, line)];
            let out = round.issued().saturating_sub(round.returned()?);
            let count = round.count.as_ref()?;
            // A spoilt line is returned and says nothing.
            let spoilt = count.by_paper().map(|_| (count.spoilt(place), "out"));
            let figures: Vec<(u32, &str)> = match contested.form {
                PaperForm::Choose => vec![(got.votes, "agree"), (out, "out")],
                PaperForm::List => {
                    let marks = [(got.votes, "agree"), (count.excepted(place), "disagree")];
                    marks.into_iter().chain(spoilt).chain([(out, "out")]).collect()
                }
            };
            cells.extend(figures.iter().map(|(figure, _)| figure.to_string()));
            cells.push(contest::outcome(lang, outcome, got));
            let tone = match got.fate {
                Fate::Elected => "carried",
                Fate::NotElected => "not_carried",
                Fate::Tied => "plain",
            };
            let shown = figures.iter().filter(|(_, of)| *of != "out" || contested.form == PaperForm::List);
            let bars = shown.map(|(figure, of)| Bar::new(*figure, round.issued(), of));
            Some(Row { cells, tone, bars: bars.collect() })
        });
        let deferred = round.issue.deferred.iter().chain(&round.issue.barred).map(|line| {
            let mut cells = vec![String::new(), name(contested, line), post(contested, line)];
            let figures = match contested.form {
                PaperForm::Choose => 2,
                PaperForm::List => 3 + usize::from(round.by_paper.is_some()),
            };
            cells.extend(std::iter::repeat_n(String::new(), figures));
            cells.push(self.not_voted(line, item));
            Row { cells, tone: "deferred", bars: Vec::new() }
        });
        let among = contest::among(lang, issue.among);
        let caption = format!("{}{}{among}", contest::round_name(lang, issue.further), lang.pick("：", ": "));
        let rows = rows.chain(deferred).collect();
        let head = self.election_head(contested, round.by_paper.is_some());
        let table = Table { caption: Some(caption), head, rows };
        let mut blocks = vec![Block::Text { text: figures }, Block::Text { text: rule }, Block::Table(table)];
        blocks.extend(
            self.state.after_round(item).map(|after| Block::Text { text: contest::after(lang, &after) }),
        );
        blocks
    }

    fn election_head(&self, contested: &Contested, by_paper: bool) -> Vec<String> {
        let lang = self.lang;
        let mut head = vec![Contest::Place.text(lang), Contest::Candidate.text(lang), Label::Post.text(lang)];
        match contested.form {
            PaperForm::Choose => head.push(Contest::Votes.text(lang)),
            PaperForm::List => {
                head.extend([Label::Agree.text(lang), Label::Disagree.text(lang)]);
                head.extend(by_paper.then(|| ByPaper::Spoilt.text(lang)));
            }
        }
        head.extend([Label::NotReturned.text(lang), Label::Outcome.text(lang)]);
        head.into_iter().map(str::to_owned).collect()
    }
}

fn name(contested: &Contested, line: &LineId) -> String {
    contested.slate.line(line.as_str()).map_or_else(|| line.to_string(), |line| line.name.clone())
}

fn post(contested: &Contested, line: &LineId) -> String {
    contested.slate.line(line.as_str()).map(|line| line.post.clone()).unwrap_or_default()
}
