//! A review in the minutes: a part for each official, with the questions and what came of each, the evaluation with its
//! arithmetic, opinions; then all results at a glance, and the list of follow-ups.

use super::compose::{Composer, Part};
use super::doc::{Bar, Block, Exchange, Row, Section, Table};
use crate::archive::follow_ups::follow_ups;
use crate::archive::results::in_order;
use crate::meeting::{
    ItemId, ItemState, OfficialId, OfficialStage, Phase, Question, QuestionId, Ranked, ReviewState, Round,
    RoundPhase,
};
use crate::plan::{Official, Review};
use crate::rules::{GroupMarks, add_working_days};
use crate::words::by_paper::ByPaper;
use crate::words::common;
use crate::words::minutes::review::{self as say, ReviewLabel as Say};
use crate::words::minutes::{self as words, Label, verdict};
use crate::words::verdict as rule;

/// What follows a question up stands so far in, at most.
const DEPTH_MAX: usize = 3;

/// The colours of a scale, from the best to the worst.
const SHADES: [&str; 7] = ["w0", "w1", "w2", "w3", "w4", "w5", "w6"];

/// A text as paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Composer<'_> {
    fn review(&self, item: &ItemId) -> Option<(&ItemState, &Review, &ReviewState)> {
        let state = self.state.item_state(item)?;
        Some((state, self.state.item(item)?.review()?, state.review()?))
    }

    /// A part for an official who is called.
    pub(super) fn open_official(&mut self, item: &ItemId, id: &OfficialId) {
        let official = self.review(item).and_then(|(_, plan, _)| plan.official(id.as_str()));
        let heading = official.map_or_else(|| id.to_string(), |official| say::official(self.lang, official));
        self.open_part(Part::new(Some(item.clone()), Some(id.clone()), Section::part(&heading)));
    }

    /// What happens between two officials belongs to neither.
    pub(super) fn open_continuation(&mut self, item: &ItemId) {
        let section = Section::part(Say::Continued.text(self.lang));
        self.open_part(Part::new(Some(item.clone()), None, section));
    }

    pub(super) fn is_open(&self, official: &OfficialId) -> bool {
        self.parts.last().is_some_and(|part| part.official.as_ref() == Some(official))
    }

    /// The questions are told as they stand at the end of the record, in the place where they were put.
    pub(super) fn keep_place_of_questions(&mut self) {
        let caption = Say::Questions.text(self.lang).to_owned();
        self.block(Block::Exchanges { caption, exchanges: Vec::new() });
        if let Some(part) = self.parts.last_mut() {
            part.questions_at = part.section.blocks.len().checked_sub(1);
        }
    }

    /// Fills in what is only known at the end: how each question ended, opinions, ballots that were never declared; and
    /// all results at a glance.
    pub(super) fn complete_reviews(&mut self) {
        let items: Vec<ItemId> = self.state.items.iter().map(|item| item.id.clone()).collect();
        for item in items {
            let Some((state, plan, review)) = self.review(&item) else { continue };
            let mut added = Vec::new();
            let mut filled = Vec::new();
            for official in in_order(plan, review) {
                let id = OfficialId::from(official.id.as_str());
                let questions = self.questions(review, &id);
                let after = self.opinions(review, &id);
                let undeclared = review.officials.get(&id).is_some_and(|known| known.verdict.is_none());
                let counted = if undeclared { self.ballots(state, plan, &id) } else { Vec::new() };
                match self
                    .parts
                    .iter()
                    .position(|part| part.item.as_ref() == Some(&item) && part.official.as_ref() == Some(&id))
                {
                    Some(place) => filled.push((place, questions, counted, after)),
                    None => {
                        let blocks: Vec<Block> = questions.into_iter().chain(after).collect();
                        let heading = say::official(self.lang, official);
                        if !blocks.is_empty() {
                            let section = Section { blocks, ..Section::part(&heading) };
                            added.push(Part::new(Some(item.clone()), Some(id), section));
                        }
                    }
                }
            }
            added.extend(self.overview(&item, plan, review));
            for (place, questions, counted, after) in filled {
                let Some(part) = self.parts.get_mut(place) else { continue };
                let blocks = &mut part.section.blocks;
                match part.questions_at.filter(|at| *at < blocks.len()) {
                    Some(at) => {
                        blocks.splice(at..=at, questions);
                    }
                    None => blocks.extend(questions),
                }
                blocks.extend(counted);
                blocks.extend(after);
            }
            let last = self.parts.iter().rposition(|part| part.item.as_ref() == Some(&item));
            let at = last.map_or(self.parts.len(), |last| last + 1);
            self.parts.splice(at..at, added);
        }
    }

    /// Every question to an official; what follows one up stands under it.
    fn questions(&self, review: &ReviewState, official: &OfficialId) -> Option<Block> {
        let questions: Vec<&Question> = review.questions_to(official).collect();
        let mut exchanges = Vec::with_capacity(questions.len());
        let mut left: Vec<(usize, &Question)> =
            questions.iter().rev().filter(|one| one.follows.is_none()).map(|one| (0, *one)).collect();
        while let Some((depth, question)) = left.pop() {
            exchanges.push(self.question(question, depth.min(DEPTH_MAX)));
            let follows = |id: QuestionId| questions.iter().rev().filter(move |one| one.follows == Some(id));
            left.extend(follows(question.id).map(|one| (depth + 1, *one)));
        }
        let caption = Say::Questions.text(self.lang).to_owned();
        (!exchanges.is_empty()).then_some(Block::Exchanges { caption, exchanges })
    }

    fn question(&self, question: &Question, depth: usize) -> Exchange {
        let lang = self.lang;
        let label = |label: Say| label.text(lang).to_owned();
        let mut rows = Vec::new();
        if !question.answer.is_empty() {
            rows.push((label(Say::Answer), paragraphs(&question.answer)));
        }
        let mut ended = say::ended(lang, question, self.state.phase == Phase::Ended);
        ended.extend(say::merged(lang, question));
        if question.called.is_some() && question.answer.is_empty() {
            ended.push_str(lang.pick("；", "; "));
            ended.push_str(Say::NoAnswer.text(lang));
        }
        rows.push((label(Say::Ended), vec![ended]));
        if let Some(satisfied) = question.satisfied {
            rows.push((label(Say::Satisfied), vec![say::satisfied(lang, satisfied).to_owned()]));
        }
        if let Some(inquiry) = &question.inquiry {
            rows.push((label(Say::Inquiry), paragraphs(inquiry)));
        }
        let head = say::asked(lang, &self.state, question, &self.clock(question.time));
        Exchange { depth, head, text: paragraphs(&question.text), rows }
    }

    fn opinions(&self, review: &ReviewState, official: &OfficialId) -> Option<Block> {
        let exchanges: Vec<Exchange> = (1..)
            .zip(&review.opinions)
            .filter(|(_, opinion)| opinion.official == *official)
            .map(|(number, opinion)| Exchange {
                depth: 0,
                head: say::opinion(self.lang, &self.state, number, &opinion.by, &self.clock(opinion.time)),
                text: paragraphs(&opinion.text),
                rows: Vec::new(),
            })
            .collect();
        let caption = Say::Opinions.text(self.lang).to_owned();
        (!exchanges.is_empty()).then_some(Block::Exchanges { caption, exchanges })
    }

    /// The evaluation that was just declared: a table for each ballot, then the verdict with its arithmetic.
    pub(super) fn evaluation(&mut self, item: &ItemId, official: &OfficialId) {
        let Some((state, plan, review)) = self.review(item) else { return };
        let mut blocks = self.ballots(state, plan, official);
        let known = review.officials.get(official).and_then(|known| known.verdict.as_ref());
        if let Some(found) = known {
            blocks.push(Block::Facts { rows: self.verdict(plan, state, official, found) });
        }
        for block in blocks {
            self.block(block);
        }
    }

    fn counted<'a>(item: &'a ItemState, official: &'a OfficialId) -> impl Iterator<Item = &'a Round> {
        item.rounds.iter().filter(move |round| {
            round.issue.subject.as_ref() == Some(official) && round.phase == RoundPhase::Counted
        })
    }

    fn ballots(&self, item: &ItemState, plan: &Review, official: &OfficialId) -> Vec<Block> {
        Self::counted(item, official).flat_map(|round| self.ballot(plan, round)).collect()
    }

    /// Figures and table of one ballot.
    fn ballot(&self, plan: &Review, round: &Round) -> [Block; 2] {
        let lang = self.lang;
        let mut head = vec![Say::Dimension.text(lang).to_owned()];
        head.extend(plan.scale.iter().map(|word| word.word.clone()));
        let by_paper = round.count.as_ref().and_then(|count| count.by_paper());
        head.extend(by_paper.map(|_| ByPaper::Spoilt.text(lang).to_owned()));
        head.push(Label::NotReturned.text(lang).to_owned());
        let out = round.issued().saturating_sub(round.returned().unwrap_or(0));
        let sums = round.count.as_ref().map(|count| count.sums()).unwrap_or_default();
        let steps = plan.scale.len().saturating_sub(1).max(1);
        let shade = |place: usize| SHADES.get(place * 6 / steps).copied().unwrap_or("w6");
        let row = |(place, (line, sums)): (usize, (&crate::meeting::LineId, &Vec<u32>))| {
            let dimension = plan.dimensions.iter().find(|dimension| dimension.id == line.as_str());
            let mut cells =
                vec![dimension.map_or_else(|| line.to_string(), |dimension| dimension.name.clone())];
            cells.extend(sums.iter().map(u32::to_string));
            let spoilt = by_paper.map(|count| count.spoilt.get(place).copied().unwrap_or(0));
            cells.extend(spoilt.map(|spoilt| spoilt.to_string()));
            cells.push(out.to_string());
            let marks = sums.iter().enumerate().map(|(place, sum)| (*sum, shade(place)));
            let bars = marks.chain(spoilt.map(|spoilt| (spoilt, "out"))).chain([(out, "out")]);
            let bars = bars.map(|(part, of)| Bar::new(part, round.issued(), of)).collect();
            Row { cells, tone: "marks", bars }
        };
        let rows = round.issue.lines.iter().zip(sums).enumerate().map(row).collect();
        let caption = say::ballot(lang, &self.state, &round.issue);
        let figures = words::ballot_figures(lang, round);
        [Block::Table(Table { caption: Some(caption), head, rows }), Block::Text { text: figures }]
    }

    fn verdict(
        &self,
        plan: &Review,
        item: &ItemState,
        official: &OfficialId,
        found: &crate::rules::Verdict,
    ) -> Vec<(String, String)> {
        let lang = self.lang;
        let names = Self::counted(item, official)
            .map(|round| say::group_names(lang, &self.state, plan, &round.issue));
        let marks: Vec<GroupMarks> = self.state.marks_of(&item.id, official).unwrap_or_default();
        let marks: verdict::Marks = names.zip(marks).collect();
        let fact = |label: Say, value: String| (label.text(lang).to_owned(), value);
        let mut rows = Vec::new();
        rows.extend(verdict::rate(lang, plan, &marks, found).map(|value| fact(Say::Rate, value)));
        rows.extend(verdict::score(lang, plan, &marks, found).map(|value| fact(Say::Score, value)));
        let compared = rule::arithmetic(lang, &plan.verdict, &plan.scale, found);
        rows.extend((!compared.is_empty()).then(|| fact(Say::Rule, compared.join(lang.pick("；", "; ")))));
        let Some(judgement) = &found.judgement else {
            rows.push(fact(Say::Verdict, Say::NoVerdict.text(lang).to_owned()));
            return rows;
        };
        rows.push(fact(Say::Verdict, judgement.name.clone()));
        if !judgement.consequence.is_empty() {
            let meeting = &self.state.plan().meeting;
            let due_on = judgement
                .reply_days
                .map(|days| add_working_days(meeting.date, days, &meeting.holidays, &meeting.workdays));
            let text = say::consequence(lang, &judgement.consequence, due_on);
            rows.push(fact(Say::Consequence, text));
        }
        rows
    }

    /// All officials at a glance, by rank where the plan ranks them, in the order of their reports otherwise; those put
    /// off at the end.
    fn overview(&self, item: &ItemId, plan: &Review, review: &ReviewState) -> Option<Part> {
        let any = review.officials.values().any(|official| official.stage.is_over());
        if !any {
            return None;
        }
        let lang = self.lang;
        let ranked: Vec<(usize, &Official)> = if plan.ranking {
            let place = |one: &Ranked| Some((one.rank, plan.official(one.official.as_str())?));
            self.state.ranking(item).iter().filter_map(place).collect()
        } else {
            Vec::new()
        };
        let unranked = in_order(plan, review)
            .into_iter()
            .filter(|official| !ranked.iter().any(|(_, one)| one.id == official.id));
        let listed: Vec<(Option<usize>, &Official)> = ranked
            .iter()
            .map(|(rank, official)| (Some(*rank), *official))
            .chain(unranked.map(|official| (None, official)))
            .collect();
        let mut head: Vec<Say> = Vec::new();
        if plan.ranking {
            head.push(Say::Rank);
        }
        head.extend([Say::Official, Say::Post, Say::Rate, Say::Score, Say::Verdict, Say::Consequence]);
        let rows = listed
            .into_iter()
            .map(|(rank, official)| {
                let mut cells = self.overview_cells(review, official);
                if plan.ranking {
                    cells.insert(0, rank.map(|rank| rank.to_string()).unwrap_or_default());
                }
                let tone = if rank.is_none() && plan.ranking { "deferred" } else { "plain" };
                Row { cells, tone, bars: Vec::new() }
            })
            .collect();
        let head = head.into_iter().map(|label| label.text(lang).to_owned()).collect();
        let heading = if plan.ranking { Say::Ranking } else { Say::Overview }.text(lang);
        let table = Block::Table(Table { caption: None, head, rows });
        Some(Part::new(Some(item.clone()), None, Section { blocks: vec![table], ..Section::part(heading) }))
    }

    fn overview_cells(&self, review: &ReviewState, official: &Official) -> Vec<String> {
        let known = review.officials.get(&OfficialId::from(official.id.as_str()));
        let found = known.and_then(|known| known.verdict.as_ref());
        let judgement = found.and_then(|found| found.judgement.as_ref());
        let rate = found.and_then(|found| found.rate).map(|rate| format!("{}%", rate.percent()));
        let score = found.and_then(|found| found.score).map(|score| score.rounded(2));
        let word = match (judgement, known.map(|known| &known.stage)) {
            (Some(judgement), _) => judgement.name.clone(),
            (None, Some(OfficialStage::PutOff { reason })) => say::put_off(self.lang, reason),
            (None, _) => Say::NoVerdict.text(self.lang).to_owned(),
        };
        let consequence = judgement.map(|judgement| judgement.consequence.clone()).unwrap_or_default();
        vec![
            official.name.clone(),
            say::post(self.lang, official),
            rate.unwrap_or_default(),
            score.unwrap_or_default(),
            word,
            consequence,
        ]
    }

    /// The list of follow-ups.
    pub(super) fn follow_ups(&self) -> Option<Section> {
        let lang = self.lang;
        let rows: Vec<Row> = follow_ups(&self.state)
            .into_iter()
            .map(|one| Row {
                cells: vec![
                    one.number.to_string(),
                    say::kind(lang, one.kind).to_owned(),
                    one.official,
                    one.text,
                    one.owner,
                    one.due_on.map(|due_on| common::date(lang, due_on)).unwrap_or_default(),
                    say::source(lang, &one.source),
                ],
                tone: "plain",
                bars: Vec::new(),
            })
            .collect();
        // Of a major matter alone there is no official, and those of a joint meeting do not report.
        let all_of = |kinds: &[&str]| {
            let of = |source: &str| kinds.iter().any(|kind| source.contains(kind));
            follow_ups(&self.state).iter().all(|one| of(&one.source))
        };
        let about = if all_of(&["/decision"]) {
            Say::Matter
        } else if all_of(&["/decision", "/check-"]) {
            Say::About
        } else {
            Say::Official
        };
        let head = [Say::Kind, about, Say::Text, Say::Owner, Say::DueOn, Say::Source];
        let mut names = vec![Label::Number.text(lang).to_owned()];
        names.extend(head.into_iter().map(|label| label.text(lang).to_owned()));
        let table = Block::Table(Table { caption: None, head: names, rows: rows.clone() });
        let section = Section { blocks: vec![table], ..Section::new(Say::FollowUps.text(lang)) };
        (!rows.is_empty()).then_some(section)
    }
}
