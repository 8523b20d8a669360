//! People by name: who is present, on every screen that shows it.

use ratatui::text::{Line, Span};

use crate::meeting::{State, seat};
use crate::plan::Person;
use crate::screen::Scene;
use crate::screen::text::{Side, clean, fit, width};

/// Names in columns of one width, each with its seat's number.
pub fn columns<'a>(
    scene: &Scene<'_>,
    state: &State,
    people: impl Iterator<Item = &'a Person>,
    cells: usize,
) -> Vec<Line<'static>> {
    let names: Vec<(usize, String)> = people
        .map(|person| {
            let number = state.plan().seat_number(&person.id).unwrap_or(0);
            (number, clean(state.name(&seat(person))).into_owned())
        })
        .collect();
    let digits = names.iter().map(|(number, _)| number.to_string().len()).max().unwrap_or(1);
    let wide = names.iter().map(|(_, name)| width(name)).max().unwrap_or(0).min(24);
    let column = digits + 1 + wide + 3;
    let across = (cells.saturating_sub(2) / column).max(1);
    names
        .chunks(across)
        .map(|row| {
            let mut spans = vec![Span::raw("  ")];
            for (number, name) in row {
                spans.push(Span::styled(format!("{number:>digits$} "), scene.theme.dim()));
                spans.push(Span::raw(fit(name, wide + 3, Side::Left, scene.theme.ellipsis())));
            }
            Line::from(spans)
        })
        .collect()
}

/// Those of these people who are present.
pub fn here<'a>(
    state: &'a State,
    people: impl Iterator<Item = &'a Person> + 'a,
) -> impl Iterator<Item = &'a Person> + 'a {
    people.filter(|person| state.is_present(&seat(person)))
}
