//! Officials and departments: who has said what of whom, in words, as many departments side by side as fit. Whoever
//! shows it turns to the next ones.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::table::choose;
use crate::meeting::{Conclusion, Consideration, ItemState, JointState, OfficialId, Stance, State};
use crate::plan::{Considered, Department, JointMeeting};
use crate::screen::text::{Side, clean, fit, width, wrap};
use crate::screen::{Mark, Scene, Theme};
use crate::words::joint::{self as words, Joint as Text};
use crate::words::who;

/// Cells of a department's column.
const COLUMN: usize = 8;
/// Cells of the column that says how far an official is.
const STATE: usize = 10;
/// A name is given no more than this where departments need the room, and no less.
const NAME: (usize, usize) = (10, 20);
const GAP: usize = 2;

/// A joint meeting with how far it is.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    /// The item.
    pub item: &'a ItemState,
    /// Its plan.
    pub plan: &'a JointMeeting,
    /// How far it is.
    pub joint: &'a JointState,
    /// The department whose column comes first: that of the terminal.
    pub own: Option<&'a str>,
}

impl<'a> Matrix<'a> {
    /// The joint meeting of an item, once it has been called.
    pub fn of(state: &'a State, item: &'a ItemState) -> Option<Self> {
        Some(Self { item, plan: state.item(&item.id)?.joint()?, joint: item.joint()?, own: None })
    }

    /// The joint meeting on the floor.
    pub fn on_floor(state: &'a State) -> Option<Self> {
        let (item, plan, joint) = state.current_joint()?;
        Some(Self { item, plan, joint, own: None })
    }

    /// The departments, the own one first.
    fn departments(self) -> Vec<&'a Department> {
        let own = |department: &&&Department| Some(department.id.as_str()) == self.own;
        let departments = || self.plan.departments.iter();
        let others = departments().filter(|department| !own(&department));
        departments().filter(|department| own(&department)).chain(others).collect()
    }

    fn name_cells(self) -> usize {
        let names = self.plan.officials.iter().map(|official| width(&clean(&official.name)));
        names.max().unwrap_or(0).clamp(NAME.0, NAME.1)
    }

    /// Cells of the number, the name and the state.
    fn left_cells(self) -> usize {
        self.number_cells() + GAP + self.name_cells() + GAP + STATE
    }

    fn number_cells(self) -> usize {
        self.plan.officials.len().to_string().len()
    }

    /// Which departments stand side by side in so many cells, page by page.
    pub fn pages(self, cells: usize) -> Vec<Range<usize>> {
        let many = self.plan.departments.len();
        let fit = (cells.saturating_sub(self.left_cells()) / (COLUMN + GAP)).max(1);
        (0..many).step_by(fit).map(|from| from..(from + fit).min(many)).collect()
    }

    /// The line of titles over some departments.
    pub fn head(self, scene: &Scene<'_>, columns: &Range<usize>) -> Line<'static> {
        let (lang, theme) = (scene.lang, scene.theme);
        let mut spans =
            self.left(theme, ("#", Text::Official.text(lang), Text::State.text(lang)), [theme.dim(); 3]);
        for department in self.departments().get(columns.clone()).unwrap_or_default() {
            let own = Some(department.id.as_str()) == self.own;
            let style = if own { theme.accent() } else { theme.dim() };
            spans.extend(column(theme, &clean(&department.short), style));
        }
        Line::from(spans)
    }

    /// The line of an official: `place` is from 0.
    pub fn row(self, scene: &Scene<'_>, place: usize, columns: &Range<usize>) -> Option<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let official = self.plan.officials.get(place)?;
        let one = self.joint.of(&official.id)?;
        let (state, style) = state_of(scene, self.plan, one);
        let number = (place + 1).to_string();
        let styles = [theme.dim(), theme.strong(), style];
        let mut spans = self.left(theme, (&number, &clean(&official.name), &state), styles);
        for department in self.departments().get(columns.clone()).unwrap_or_default() {
            let (word, style) = match one.stands(&department.id).map(|given| &given.stance) {
                Some(stance) => (words::stance_short(lang, stance), stance_style(theme, stance)),
                None => (Text::None.text(lang), theme.dim()),
            };
            spans.extend(column(theme, word, style));
        }
        Some(Line::from(spans))
    }

    /// The same, in reverse where it is chosen.
    pub fn row_of(
        self,
        scene: &Scene<'_>,
        place: usize,
        columns: &Range<usize>,
        (chosen, cells): (usize, usize),
    ) -> Option<Line<'static>> {
        let line = self.row(scene, place, columns)?;
        Some(if place == chosen { choose(line, cells, scene.theme) } else { line })
    }

    fn left(
        self,
        theme: Theme,
        (number, name, state): (&str, &str, &str),
        styles: [Style; 3],
    ) -> Vec<Span<'static>> {
        let [number_style, name_style, state_style] = styles;
        let cut = theme.ellipsis();
        vec![
            Span::styled(fit(number, self.number_cells(), Side::Right, cut), number_style),
            Span::raw(" ".repeat(GAP)),
            Span::styled(fit(name, self.name_cells(), Side::Left, cut), name_style),
            Span::raw(" ".repeat(GAP)),
            Span::styled(fit(state, STATE, Side::Left, cut), state_style),
        ]
    }

    /// The official at a place, with what was said.
    pub fn official(self, place: usize) -> Option<(&'a Considered, &'a Consideration)> {
        let official = self.plan.officials.get(place)?;
        Some((official, self.joint.of(&official.id)?))
    }

    /// The place of the official whose opinions are closed next; the first one where all are.
    pub fn next(self) -> usize {
        let next: Option<OfficialId> = self.joint.open(self.plan).next();
        let place = next.and_then(|id| self.plan.officials.iter().position(|one| one.id == id.as_str()));
        place.unwrap_or(0)
    }

    /// Who the official is, and every opinion with its words, who gave it, and what was said before.
    pub fn detail(self, scene: &Scene<'_>, state: &State, place: usize, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some((official, one)) = self.official(place) else { return Vec::new() };
        let mut lines = Vec::new();
        let mut say = |text: &str, style: Style| {
            lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, style)));
        };
        let who = format!("{}  {}  {}", who::spoken(&official.name), official.unit, official.post);
        say(&clean(&who), theme.accent());
        let colon = lang.pick("：", ": ");
        if !official.about.is_empty() {
            say(&format!("{}{colon}{}", Text::About.text(lang), clean(&official.about)), theme.plain_text());
        }
        say(&words::stances(lang, one.stances(self.plan)), theme.strong());
        for department in self.departments() {
            let Some(versions) = one.given.get(&department.id.as_str().into()) else { continue };
            for (age, given) in versions.iter().rev().enumerate() {
                let before = if age == 0 { "" } else { Text::Before.text(lang) };
                let by = words::given_by(lang, state, given);
                let word = words::stance(lang, &given.stance);
                let reason = words::reason(&given.stance);
                // What says nothing but that there is nothing against stands in the matrix.
                if reason.is_none() && versions.len() == 1 && given.by.is_some() {
                    continue;
                }
                let reason = reason.map(|reason| format!("{colon}{}", clean(reason))).unwrap_or_default();
                let name = clean(&department.name);
                let text = match lang {
                    crate::words::Lang::Zh => format!("{before}{name} {word}{reason}（{by}）"),
                    crate::words::Lang::En => format!("{before}{name}, {word}{reason} ({by})"),
                };
                let style = if age == 0 { stance_style(theme, &given.stance) } else { theme.dim() };
                say(&text, style);
            }
        }
        lines
    }
}

fn column(theme: Theme, text: &str, style: Style) -> [Span<'static>; 2] {
    [Span::raw(" ".repeat(GAP)), Span::styled(fit(text, COLUMN, Side::Left, theme.ellipsis()), style)]
}

fn stance_style(theme: Theme, stance: &Stance) -> Style {
    match stance {
        Stance::NoObjection => theme.plain_text(),
        Stance::Objection { .. } => theme.alarm(),
        Stance::NeedsChecking { .. } => theme.accent(),
    }
}

/// While it is open, how many have spoken; then what it comes to.
fn state_of(scene: &Scene<'_>, plan: &JointMeeting, one: &Consideration) -> (String, Style) {
    let (lang, theme) = (scene.lang, scene.theme);
    let stances = one.stances(plan);
    if one.closed.is_none() {
        let all = plan.departments.len();
        let spoken = u32::try_from(all).unwrap_or(u32::MAX).saturating_sub(stances.silent);
        return (format!("{} {spoken}/{all}", theme.mark(Mark::Now)), theme.plain_text());
    }
    let conclusion = stances.conclusion();
    let style = match conclusion {
        Conclusion::Clear => theme.plain_text(),
        Conclusion::ToCheck => theme.accent(),
        Conclusion::Objected => theme.alarm(),
        Conclusion::Incomplete => theme.dim(),
    };
    (words::conclusion(lang, conclusion).to_owned(), style)
}
