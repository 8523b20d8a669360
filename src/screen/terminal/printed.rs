//! What is printed on a ballot paper: the lines, the answers, and the words around them. A nomination prints nominees
//! and three choices; an evaluation prints the plan's dimensions and the words of its scale.

use crate::meeting::{LineId, Round, State};
use crate::plan::{Nomination, Official, PostList, Review};
use crate::rules::Choice;
use crate::screen::Scene;
use crate::screen::text::clean;
use crate::screen::widgets::results::heading;
use crate::screen::widgets::table::{Cell, Column};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::official as words;
use crate::words::terminal::{self, Terminal};

/// The print of a paper.
#[derive(Debug, Clone, Copy)]
pub enum Printed<'a> {
    /// One line a nominee.
    Nominees(&'a Nomination),
    /// One line a dimension, about one official.
    Evaluation {
        /// The dimensions and the scale.
        review: &'a Review,
        /// Who is evaluated.
        official: &'a Official,
    },
}

impl<'a> Printed<'a> {
    /// What is printed on the papers of a round.
    pub fn of(state: &'a State, round: &Round) -> Option<Self> {
        let item = state.item(&round.issue.item)?;
        if let Some(nomination) = item.nomination() {
            return Some(Self::Nominees(nomination));
        }
        let review = item.review()?;
        let official = review.official(round.issue.subject.as_ref()?.as_str())?;
        Some(Self::Evaluation { review, official })
    }

    /// The lines, deferred ones too.
    pub fn lines(self) -> Vec<LineId> {
        let id = |id: &String| LineId::from(id.as_str());
        match self {
            Self::Nominees(nomination) => nomination.lines.iter().map(|line| id(&line.id)).collect(),
            Self::Evaluation { review, .. } => {
                review.dimensions.iter().map(|dimension| id(&dimension.id)).collect()
            }
        }
    }

    /// How many answers a line has.
    pub fn answers(self) -> usize {
        match self {
            Self::Nominees(_) => Choice::ALL.len(),
            Self::Evaluation { review, .. } => review.scale.len(),
        }
    }

    /// The word of an answer.
    pub fn answer(self, lang: Lang, place: usize) -> String {
        match self {
            Self::Nominees(_) => {
                Choice::ALL.get(place).map_or("", |choice| Common::choice(*choice).text(lang)).to_owned()
            }
            Self::Evaluation { review, .. } => {
                review.scale.get(place).map_or(String::new(), |word| clean(&word.word).into_owned())
            }
        }
    }

    /// What the paper is.
    pub fn title(self, lang: Lang, lines: usize, deferred: usize) -> String {
        match self {
            Self::Nominees(_) => terminal::paper_title(lang, lines, deferred),
            Self::Evaluation { official, .. } => {
                words::paper_title(lang, &clean(&official.name), &clean(&official.post), lines)
            }
        }
    }

    /// The columns that say what a line is about.
    pub fn columns(self, lang: Lang) -> Vec<Column> {
        let number = Column::figures(Terminal::Number.text(lang));
        match self {
            Self::Nominees(_) => {
                vec![number, Column::aside(Common::Post.text(lang)), Column::text(Common::Nominee.text(lang))]
            }
            Self::Evaluation { .. } => vec![number, Column::text(words::Official::Dimension.text(lang))],
        }
    }

    /// A line under these columns.
    pub fn row(self, scene: &Scene<'_>, place: usize) -> Vec<Cell> {
        let strong = scene.theme.strong();
        let mut row = vec![Cell::from((place + 1).to_string())];
        match self {
            Self::Nominees(nomination) => row.extend(
                nomination
                    .lines
                    .get(place)
                    .into_iter()
                    .flat_map(|line| [Cell::from(line.post.as_str()), Cell::new(&line.name, strong)]),
            ),
            Self::Evaluation { review, .. } => {
                row.extend(review.dimensions.get(place).map(|dimension| Cell::new(&dimension.name, strong)));
            }
        }
        row
    }

    /// A line in full, for where its row was cut.
    pub fn full(self, place: usize) -> String {
        let about = match self {
            Self::Nominees(nomination) => nomination
                .lines
                .get(place)
                .map(|line| format!("{}  {}", clean(&line.post), clean(&line.name))),
            Self::Evaluation { review, .. } => {
                review.dimensions.get(place).map(|dimension| clean(&dimension.name).into_owned())
            }
        };
        about.map_or(String::new(), |about| format!("{}  {about}", place + 1))
    }

    /// The heading above a line, where a list of posts begins and there are two.
    pub fn heading(self, place: usize) -> Option<Common> {
        let Self::Nominees(nomination) = self else { return None };
        let lines = &nomination.lines;
        let both = [PostList::Party, PostList::Government]
            .iter()
            .all(|list| lines.iter().any(|line| line.list == *list));
        let list = lines.get(place)?.list;
        let before = place.checked_sub(1).and_then(|before| lines.get(before)).map(|line| line.list);
        (both && before != Some(list)).then(|| heading(list))
    }

    /// How many lines are not marked.
    pub fn unmarked(self, lang: Lang, left: usize) -> String {
        match self {
            Self::Nominees(_) => terminal::unmarked(lang, left),
            Self::Evaluation { .. } => words::unmarked(lang, left),
        }
    }

    /// The rule of the paper, in a sentence.
    pub fn rule(self, lang: Lang) -> &'static str {
        match self {
            Self::Nominees(_) => Terminal::Rule.text(lang),
            Self::Evaluation { .. } => words::Official::Rule.text(lang),
        }
    }
}
