//! The officials of a review: who they are, how far each is, what was found, and at the end how they rank.

use ratatui::text::Line;

use super::table::{Cell, Column, Table};
use crate::meeting::{ItemState, OfficialId, OfficialStage, ReviewState, State};
use crate::plan::{Official, Review};
use crate::screen::text::clean;
use crate::screen::{Mark, Scene};
use crate::words::official::{self as words, Official as Text};
use crate::words::verdict as verdicts;

/// A review of the plan, with how far it is.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The item.
    pub item: &'a ItemState,
    /// Its plan.
    pub plan: &'a Review,
    /// How far it is.
    pub review: &'a ReviewState,
}

impl<'a> Shown<'a> {
    /// The review of an item, once it has been called.
    pub fn of(state: &'a State, item: &'a ItemState) -> Option<Self> {
        Some(Self { item, plan: state.item(&item.id)?.review()?, review: item.review()? })
    }

    /// The review on the floor.
    pub fn on_floor(state: &'a State) -> Option<Self> {
        let (item, plan, review) = state.current_review()?;
        Some(Self { item, plan, review })
    }

    /// The officials in the order in which they report, or the plan's until it is drawn.
    pub fn officials(self) -> Vec<&'a Official> {
        if self.review.order.is_empty() {
            return self.plan.officials.iter().collect();
        }
        self.review.order.iter().filter_map(|id| self.plan.official(id.as_str())).collect()
    }

    /// The official whose turn it is or was last.
    pub fn current(self) -> Option<(&'a Official, &'a crate::meeting::OfficialState)> {
        let (id, state) = self.review.current()?;
        Some((self.plan.official(id.as_str())?, state))
    }

    /// The official whose result is to be shown: counted, or declared with nobody called since.
    pub fn result(self) -> Option<&'a Official> {
        let (official, state) = self.current()?;
        let counted = || {
            let mut rounds = self.item.rounds_together().peekable();
            let about = |round: &crate::meeting::Round| {
                round.issue.subject.as_ref().is_some_and(|subject| subject.as_str() == official.id)
            };
            rounds.peek().is_some() && rounds.all(|round| about(round) && round.count.is_some())
        };
        let shown = match state.stage {
            OfficialStage::Declared => true,
            OfficialStage::Evaluating => counted(),
            _ => false,
        };
        shown.then_some(official)
    }

    /// The place of an official in the order, from 1.
    pub fn place(self, official: &Official) -> usize {
        self.officials().iter().position(|other| other.id == official.id).map_or(0, |place| place + 1)
    }
}

/// Name, post and unit on one line.
pub fn full_name(official: &Official) -> String {
    let parts = [&official.name, &official.unit, &official.post];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect();
    parts.join("  ")
}

/// Unit and post on one line.
pub fn post(official: &Official) -> String {
    let parts = [&official.unit, &official.post];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect();
    parts.join("  ")
}

/// The table of the officials: how far each is, and the verdict once declared.
pub fn table(scene: &Scene<'_>, shown: Shown<'_>) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let rows = shown.officials().into_iter().enumerate().map(|(place, official)| {
        let state = shown.review.officials.get(&OfficialId::from(official.id.as_str()));
        let stage = state.map_or(&OfficialStage::ToCome, |state| &state.stage);
        let mark = match stage {
            OfficialStage::ToCome => Mark::ToCome,
            OfficialStage::Declared => Mark::Done,
            OfficialStage::PutOff { .. } => Mark::No,
            _ => Mark::Now,
        };
        let mut word = words::stage(stage).text(lang).to_owned();
        if let OfficialStage::PutOff { reason } = stage {
            word = format!("{word}{}{}", lang.pick("：", ": "), clean(reason));
        } else if let Some(judgement) = state.and_then(|state| state.verdict.as_ref()?.judgement.as_ref()) {
            word = clean(&judgement.name).into_owned();
        }
        vec![
            Cell::from((place + 1).to_string()),
            Cell::new(&official.name, theme.strong()),
            Cell::new(&post(official), theme.plain_text()),
            Cell::new(&format!("{} {word}", theme.mark(mark)), theme.mark_style(mark)),
        ]
    });
    Table {
        columns: vec![
            Column::figures("#"),
            Column::text(Text::NameTitle.text(lang)),
            Column::aside(Text::PostTitle.text(lang)),
            Column::aside(Text::StageTitle.text(lang)),
        ],
        rows: rows.collect(),
    }
}

/// The table as lines.
pub fn lines(scene: &Scene<'_>, shown: Shown<'_>, cells: usize) -> Vec<Line<'static>> {
    as_lines(&table(scene, shown), scene, cells)
}

/// A table as lines.
pub fn as_lines(table: &Table, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
    let widths = table.widths(cells);
    let mut lines = vec![table.head(&widths, scene.theme)];
    lines.extend((0..table.rows.len()).map(|row| table.line(row, &widths, scene.theme)));
    lines
}

/// The ranking as a table.
pub fn ranking_table(scene: &Scene<'_>, state: &State, shown: Shown<'_>) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let ranked = state.ranking(&shown.item.id).into_iter().filter_map(|ranked| {
        let official = shown.plan.official(ranked.official.as_str())?;
        let verdict = shown.review.officials.get(&ranked.official)?.verdict.as_ref()?;
        Some((ranked.rank, official, verdict))
    });
    let rows = ranked.map(|(rank, official, verdict)| {
        let judgement = verdict.judgement.as_ref().map_or("", |judgement| judgement.name.as_str());
        vec![
            Cell::from(rank.to_string()),
            Cell::new(&official.name, theme.strong()),
            Cell::new(&post(official), theme.plain_text()),
            Cell::from(verdict.score.map_or(theme.none().to_owned(), |score| score.rounded(2))),
            Cell::from(verdict.rate.map_or(theme.none().to_owned(), verdicts::rate)),
            Cell::new(judgement, theme.strong()),
        ]
    });
    let [score, rate] = [lang.pick("得分", "Score"), lang.pick("满意率", "Satisfied")];
    Table {
        columns: vec![
            Column::figures(Text::RankTitle.text(lang)),
            Column::text(Text::NameTitle.text(lang)),
            Column::aside(Text::PostTitle.text(lang)),
            Column::figures(score),
            Column::figures(rate),
            Column::text(Text::Verdict.text(lang)),
        ],
        rows: rows.collect(),
    }
}
