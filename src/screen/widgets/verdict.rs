//! The result of an evaluation: for each group and together a table with a bar for each dimension, and the verdict with
//! its arithmetic and what follows. The same on every screen, at the same moment.

use ratatui::text::{Line, Span};

use super::bar::bar;
use super::officials::Shown;
use super::table::{Cell, Column, Table};
use crate::meeting::{OfficialId, Round, RoundPhase, State};
use crate::plan::Official;
use crate::rules::{Combine, Fraction};
use crate::screen::Scene;
use crate::screen::text::{Side, clean, fit, flow, width, wrap};
use crate::words::by_paper::ByPaper;
use crate::words::common::Common;
use crate::words::official::Official as Text;
use crate::words::verdict as words;

/// The widest that a bar is drawn.
const BAR_CELLS_MAX: usize = 60;
/// The least room for the name of a dimension.
const ABOUT_CELLS_MIN: usize = 12;
/// `100.00%`
const PERCENT_CELLS: usize = 7;

/// What was counted on one ballot, or on all together.
struct Counted {
    title: String,
    /// Due, present, issued, returned.
    figures: [u32; 4],
    /// For each dimension, how often each word was marked.
    counts: Vec<Vec<u32>>,
}

/// The result as blocks that must not be torn apart between pages: the verdict first, then the tables.
pub fn blocks(
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    official: &Official,
    cells: usize,
) -> Vec<Vec<Line<'static>>> {
    let counted = counted(scene, state, shown, official);
    let mut blocks = vec![verdict(scene, state, shown, official, cells)];
    let words = shown.plan.scale.iter().map(|word| clean(&word.word).into_owned()).collect::<Vec<_>>();
    let wide: usize = words.iter().map(|word| width(word) + 2).sum();
    let last = width(Common::NotReturned.text(scene.lang)) + 2;
    let in_legend = wide + last + ABOUT_CELLS_MIN > cells;
    if in_legend {
        let legend = words.iter().enumerate().map(|(place, word)| format!("({}) {word}", place + 1));
        let legend = flow(&legend.collect::<Vec<_>>(), cells);
        blocks.push(legend.into_iter().map(|line| Line::styled(line, scene.theme.dim())).collect());
    }
    let titles: Vec<String> = match in_legend {
        true => (1..=words.len()).map(|number| format!("({number})")).collect(),
        false => words,
    };
    blocks.extend(counted.iter().map(|counted| of_group(scene, shown, counted, &titles, cells)));
    blocks
}

fn rounds<'a>(shown: Shown<'a>, official: &'a Official) -> impl Iterator<Item = &'a Round> {
    let subject = OfficialId::from(official.id.as_str());
    shown.item.rounds.iter().filter(move |round| {
        round.issue.subject.as_ref() == Some(&subject) && round.phase != RoundPhase::Void
    })
}

fn counted(scene: &Scene<'_>, state: &State, shown: Shown<'_>, official: &Official) -> Vec<Counted> {
    let lang = scene.lang;
    let title = |round: &Round| {
        let names = round.issue.groups.iter().map(|group| {
            let group = state.plan().group(group).map_or(group.as_str(), |group| group.name.as_str());
            clean(group).into_owned()
        });
        let names = names.collect::<Vec<_>>().join(lang.pick("、", ", "));
        if names.is_empty() { Text::AllReviewers.text(lang).to_owned() } else { names }
    };
    let mut all: Vec<Counted> = rounds(shown, official)
        .filter_map(|round| {
            let counts = round.count.as_ref()?.sums().to_vec();
            let figures = [round.issue.due, round.present(), round.issued(), round.returned().unwrap_or(0)];
            let mark = round
                .by_paper
                .as_ref()
                .map(|_| format!(" {} {}", scene.theme.dot(), ByPaper::Mark.text(lang)));
            let title = format!("{}{}", title(round), mark.unwrap_or_default());
            Some(Counted { title, figures, counts })
        })
        .collect();
    if all.len() > 1 && shown.plan.combine == Combine::Sum {
        let add = |one: &mut Counted, other: &Counted| {
            one.figures.iter_mut().zip(other.figures).for_each(|(one, other)| *one += other);
            for (one, other) in one.counts.iter_mut().zip(&other.counts) {
                one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
            }
        };
        let mut parts = all.iter();
        if let Some(first) = parts.next() {
            let title = Text::Together.text(lang).to_owned();
            let mut together = Counted { title, figures: first.figures, counts: first.counts.clone() };
            parts.for_each(|part| add(&mut together, part));
            all.push(together);
        }
    }
    all
}

fn of_group(
    scene: &Scene<'_>,
    shown: Shown<'_>,
    counted: &Counted,
    titles: &[String],
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let [due, present, issued, returned] = counted.figures;
    let figures = [
        (Common::Due, due),
        (Common::Present, present),
        (Common::Issued, issued),
        (Common::Returned, returned),
    ]
    .map(|(label, figure)| format!("{} {figure}", label.text(lang)))
    .join("  ");
    let mut columns = vec![Column::text(Text::Dimension.text(lang))];
    columns.extend(titles.iter().map(|title| Column::figures(title.as_str())));
    columns.push(Column::figures(Common::NotReturned.text(lang)));
    let missing = issued.saturating_sub(returned);
    let rows = shown.plan.dimensions.iter().zip(&counted.counts).map(|(dimension, counts)| {
        let mut row = vec![Cell::new(&dimension.name, theme.strong())];
        row.extend(counts.iter().map(|count| Cell::from(count.to_string())));
        row.push(Cell::from(missing.to_string()));
        row
    });
    let table = Table { columns, rows: rows.collect() };
    let widths = table.widths(cells);
    let wide = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    // Beside the table where there is room for a bar, below each row where there is not.
    let beside = cells.saturating_sub(wide + 2 + PERCENT_CELLS + 2).min(BAR_CELLS_MAX);
    let mut lines = vec![
        Line::from(vec![
            Span::styled(format!("{}  ", counted.title), theme.accent()),
            Span::styled(figures, theme.plain_text()),
        ]),
        table.head(&widths, theme),
    ];
    for (row, counts) in counted.counts.iter().enumerate().take(table.rows.len()) {
        let mut line = table.line(row, &widths, theme);
        let (satisfied, marks) = satisfied(shown, counts);
        let percent =
            Fraction::new(satisfied.into(), marks.into()).map_or(theme.none().to_owned(), words::rate);
        let percent = fit(&percent, PERCENT_CELLS, Side::Right, "");
        if beside >= 16 {
            line.spans.push(Span::raw("  "));
            line.spans.extend(bar(theme, beside, satisfied, marks, None).spans);
            line.spans.push(Span::raw(format!("  {percent}")));
            lines.push(line);
        } else {
            let room = wide.saturating_sub(PERCENT_CELLS + 4).min(BAR_CELLS_MAX);
            let mut spans = vec![Span::raw("  ")];
            spans.extend(bar(theme, room, satisfied, marks, None).spans);
            spans.push(Span::raw(format!("  {percent}")));
            lines.extend([line, Line::from(spans)]);
        }
    }
    lines.push(Line::raw(""));
    lines
}

/// How many marks count as satisfied, of how many.
fn satisfied(shown: Shown<'_>, counts: &[u32]) -> (u32, u32) {
    let satisfied = shown.plan.scale.iter().zip(counts).filter(|(word, _)| word.satisfied);
    (satisfied.map(|(_, count)| count).sum(), counts.iter().sum())
}

/// The verdict, with its arithmetic and what follows.
fn verdict(
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    official: &Official,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let id = OfficialId::from(official.id.as_str());
    let kept = shown.review.officials.get(&id).and_then(|official| official.verdict.clone());
    let Some(verdict) = kept.or_else(|| state.verdict_of(&shown.item.id, &id)) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut say = |text: &str, style| {
        let text = theme.arithmetic(text);
        lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, style)));
    };
    match &verdict.judgement {
        None => say(Text::NobodyMarked.text(lang), theme.alarm()),
        Some(judgement) => {
            let arithmetic = words::arithmetic(lang, &shown.plan.verdict, &shown.plan.scale, &verdict);
            let arithmetic = arithmetic.iter().map(|part| clean(part)).collect::<Vec<_>>();
            let arithmetic = arithmetic.join(lang.pick("；", "; "));
            let text = format!("{}  {}   {arithmetic}", Text::Verdict.text(lang), clean(&judgement.name));
            say(text.trim_end(), theme.accent());
            let parts = [
                verdict.rate.map(|rate| words::rate_found(lang, rate)),
                verdict.score.map(|score| words::score_found(lang, score)),
            ];
            say(&parts.into_iter().flatten().collect::<Vec<_>>().join("   "), theme.strong());
            let follows = words::consequence(lang, &judgement.consequence, judgement.reply_days);
            if !follows.is_empty() {
                say(&format!("{}  {}", Text::Consequence.text(lang), clean(&follows)), theme.alarm());
            }
        }
    }
    if shown.plan.combine == Combine::Weights && rounds(shown, official).count() > 1 {
        say(&words::weights(lang, &shown.plan.weights), theme.dim());
    }
    let together = rounds(shown, official).all(|round| round.issue.groups.is_empty());
    if shown.plan.apart && shown.plan.reviewers.len() > 1 && together {
        say(Text::MergedSmall.text(lang), theme.dim());
    }
    lines.push(Line::raw(""));
    lines
}
