//! What is printed on a ballot paper: the lines, the answers, and the words around them. A nomination prints nominees
//! and three choices, a contested election the candidates of its round; an evaluation prints the plan's dimensions and the
//! words of its scale.

use super::paper::{Asks, Sheet};
use crate::meeting::{LineId, Round, State};
use crate::plan::{Contested, Nomination, Nominee, Official, PaperForm, PostList, Review};
use crate::rules::Choice;
use crate::screen::Scene;
use crate::screen::text::clean;
use crate::screen::widgets::results::heading;
use crate::screen::widgets::table::{Cell, Column};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::contest::{self, Contest};
use crate::words::official as words;
use crate::words::terminal::{self, Terminal};

/// The print of a paper.
#[derive(Debug, Clone, Copy)]
pub enum Printed<'a> {
    /// One line a nominee.
    Nominees {
        /// The nominees.
        nomination: &'a Nomination,
        /// The round: where an item was taken up again it has fewer lines than the plan.
        round: &'a Round,
    },
    /// One line a candidate of this round.
    Candidates {
        /// The election.
        contested: &'a Contested,
        /// The round.
        round: &'a Round,
    },
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
    pub fn of(state: &'a State, round: &'a Round) -> Option<Self> {
        let item = state.item(&round.issue.item)?;
        if let Some(contested) = item.contested() {
            return Some(Self::Candidates { contested, round });
        }
        if let Some(nomination) = item.nomination() {
            return Some(Self::Nominees { nomination, round });
        }
        let review = item.review()?;
        let official = review.official(round.issue.subject.as_ref()?.as_str())?;
        Some(Self::Evaluation { review, official })
    }

    /// The people on the lines: all of a nomination, and in a further round those who are voted on in it. None on an
    /// evaluation.
    fn people(self) -> impl Iterator<Item = &'a Nominee> {
        let (lines, issue): (&[Nominee], _) = match self {
            Self::Nominees { nomination, round } => (&nomination.lines, Some(&round.issue)),
            Self::Candidates { contested, round } => (&contested.slate.lines, Some(&round.issue)),
            Self::Evaluation { .. } => (&[], None),
        };
        lines.iter().filter(move |line| issue.is_none_or(|issue| issue.has_line(&line.id)))
    }

    /// The unmarked paper.
    pub fn sheet(self, round: &Round) -> Sheet {
        let id = |id: &String| LineId::from(id.as_str());
        let (lines, asks): (Vec<LineId>, Asks) = match self {
            Self::Evaluation { review, .. } => (
                review.dimensions.iter().map(|dimension| id(&dimension.id)).collect(),
                Asks::Each(review.scale.len()),
            ),
            Self::Nominees { .. } => {
                (self.people().map(|line| id(&line.id)).collect(), Asks::Each(Choice::ALL.len()))
            }
            Self::Candidates { contested, .. } => {
                let asks = match contested.form {
                    PaperForm::Choose => Asks::UpTo(self.most()),
                    PaperForm::List => Asks::List,
                };
                (self.people().map(|line| id(&line.id)).collect(), asks)
            }
        };
        Sheet::new(lines, asks, round)
    }

    /// How many candidates may be marked.
    fn most(self) -> usize {
        let Self::Candidates { contested, round } = self else { return 0 };
        let seats = round.issue.contest.map_or(contested.rule.seats, |contest| contest.seats);
        usize::try_from(seats).unwrap_or(usize::MAX).min(round.issue.lines.len())
    }

    /// The word of an answer.
    pub fn answer(self, lang: Lang, place: usize) -> String {
        let choice = |choices: &[Choice]| {
            choices.get(place).map_or("", |choice| Common::choice(*choice).text(lang)).to_owned()
        };
        match self {
            Self::Nominees { .. } => choice(&Choice::ALL),
            Self::Candidates { contested, .. } => match contested.form {
                PaperForm::List => choice(&Choice::ON_A_LIST),
                PaperForm::Choose => Contest::Mark.text(lang).to_owned(),
            },
            Self::Evaluation { review, .. } => {
                review.scale.get(place).map_or(String::new(), |word| clean(&word.word).into_owned())
            }
        }
    }

    /// What the paper is.
    pub fn title(self, lang: Lang, lines: usize, deferred: usize) -> String {
        match self {
            Self::Nominees { .. } => terminal::paper_title(lang, lines, deferred),
            Self::Candidates { contested, .. } => match contested.form {
                PaperForm::List => contest::list_title(lang, lines, deferred),
                PaperForm::Choose => {
                    contest::choice_title(lang, lines.saturating_sub(deferred), self.most(), deferred)
                }
            },
            Self::Evaluation { official, .. } => {
                words::paper_title(lang, &clean(&official.name), &clean(&official.post), lines)
            }
        }
    }

    /// The columns that say what a line is about.
    pub fn columns(self, lang: Lang) -> Vec<Column> {
        let number = Column::figures(Terminal::Number.text(lang));
        match self {
            Self::Nominees { .. } => {
                vec![number, Column::aside(Common::Post.text(lang)), Column::text(Common::Nominee.text(lang))]
            }
            Self::Candidates { .. } => vec![
                number,
                Column::text(Contest::Candidate.text(lang)),
                Column::aside(Common::Post.text(lang)),
            ],
            Self::Evaluation { .. } => vec![number, Column::text(words::Official::Dimension.text(lang))],
        }
    }

    /// A line under these columns.
    pub fn row(self, scene: &Scene<'_>, place: usize) -> Vec<Cell> {
        let strong = scene.theme.strong();
        let mut row = vec![Cell::from((place + 1).to_string())];
        match self {
            Self::Nominees { .. } => row.extend(
                self.people()
                    .nth(place)
                    .into_iter()
                    .flat_map(|line| [Cell::from(line.post.as_str()), Cell::new(&line.name, strong)]),
            ),
            Self::Candidates { .. } => row.extend(
                self.people()
                    .nth(place)
                    .into_iter()
                    .flat_map(|line| [Cell::new(&line.name, strong), Cell::from(line.post.as_str())]),
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
            Self::Nominees { .. } | Self::Candidates { .. } => {
                self.people().nth(place).map(|line| format!("{}  {}", clean(&line.post), clean(&line.name)))
            }
            Self::Evaluation { review, .. } => {
                review.dimensions.get(place).map(|dimension| clean(&dimension.name).into_owned())
            }
        };
        about.map_or(String::new(), |about| format!("{}  {about}", place + 1))
    }

    /// The heading above a line, where a list of posts begins and there are two.
    pub fn heading(self, place: usize) -> Option<Common> {
        let Self::Nominees { .. } = self else { return None };
        let lines: Vec<&Nominee> = self.people().collect();
        let both = [PostList::Party, PostList::Government]
            .iter()
            .all(|list| lines.iter().any(|line| line.list == *list));
        let list = lines.get(place)?.list;
        let before = place.checked_sub(1).and_then(|before| lines.get(before)).map(|line| line.list);
        (both && before != Some(list)).then(|| heading(list))
    }

    /// How many lines are not marked; or how many are, of how many that may be.
    pub fn progress(self, lang: Lang, sheet: &Sheet) -> String {
        match (self, sheet.asks().most()) {
            (_, Some(most)) => contest::marked(lang, sheet.marked(), most),
            (Self::Evaluation { .. }, _) => words::unmarked(lang, sheet.left()),
            _ => terminal::unmarked(lang, sheet.left()),
        }
    }

    /// The rule of the paper, in a sentence.
    pub fn rule(self, lang: Lang) -> &'static str {
        match self {
            Self::Nominees { .. } => Terminal::Rule.text(lang),
            Self::Candidates { contested, .. } => match contested.form {
                PaperForm::Choose => Contest::MayMarkFewer.text(lang),
                PaperForm::List => Contest::WholeList.text(lang),
            },
            Self::Evaluation { .. } => words::Official::Rule.text(lang),
        }
    }
}
