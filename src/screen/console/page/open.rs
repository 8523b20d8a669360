//! What is decided in the open: the introduction with its checklist, who has been heard and who is next, what holds the
//! head back, the vote by name, hands.

use ratatui::text::Line;

use super::{Page, dim, indented, strong};
use crate::meeting::{ItemState, MatterPhase, Stage, State};
use crate::plan::{Item, ItemKind, Matter, OpenVote};
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::{agenda, open};
use crate::words::floor::{self, Now};
use crate::words::matter::{self as words, Open};
use crate::words::who;

/// How many lines of the last view stand above the list.
const VIEW_LINES_MAX: usize = 2;

/// The page of the item on the floor.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(planned) = state.item(&item.id) else { return Page::default() };
    let number = agenda::number(state, item);
    let title = format!(
        "{} {} {}",
        floor::item_number(lang, number),
        scene.theme.dot(),
        Now::of_item(item).text(lang)
    );
    let mut head = match &planned.kind {
        ItemKind::MajorMatter(matter) => of_matter(scene, state, item, matter, cells),
        ItemKind::OpenVote(vote) => of_vote(scene, state, item, vote, cells),
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Review(_)
        | ItemKind::Exam(_)
        | ItemKind::JointMeeting(_)
        | ItemKind::Deliberation(_) => Vec::new(),
    };
    head.push(Line::raw(""));
    let told = open::people(scene, state, item);
    let now = told.iter().position(|one| one.mark == crate::screen::Mark::Now);
    let rows: Vec<Line<'static>> =
        open::lines(scene, &told, cells.saturating_sub(2)).into_iter().map(indented).collect();
    // In several columns the one who is asked stands in the row that many further down.
    let must_see = now.map(|place| if rows.is_empty() { 0 } else { place % rows.len() });
    Page { title, head, rows, must_see }
}

/// What is known of an item that has not been called.
pub fn to_come(scene: &Scene<'_>, state: &State, item: &ItemState, planned: &Item, cells: usize) -> Page {
    let mut head = vec![strong(scene, &planned.title), Line::raw("")];
    match &planned.kind {
        ItemKind::MajorMatter(matter) => {
            head.extend(about(scene, state, matter));
            head.extend(open::checklist(scene, state, item, matter).into_iter().map(indented));
        }
        ItemKind::OpenVote(vote) => head.extend(question(scene, vote, cells)),
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Review(_)
        | ItemKind::Exam(_)
        | ItemKind::JointMeeting(_)
        | ItemKind::Deliberation(_) => {}
    }
    Page { title: String::new(), head, rows: Vec::new(), must_see: None }
}

fn about(scene: &Scene<'_>, state: &State, matter: &Matter) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let name = |id: &str| who::spoken(&clean(state.name(&id.into())));
    let dot = scene.theme.dot();
    vec![
        dim(scene, &format!("{} {dot} {}", words::kind(lang, matter.matter), words::ballot(lang, matter))),
        dim(
            scene,
            &format!(
                "{} {} {dot} {} {}",
                Open::Introduced.text(lang),
                name(&matter.introduced_by),
                Open::HeadLast.text(lang),
                name(&matter.head)
            ),
        ),
    ]
}

fn said(scene: &Scene<'_>, text: &str, cells: usize, lines_max: usize) -> Vec<Line<'static>> {
    wrap(&clean(text), cells.saturating_sub(2))
        .into_iter()
        .take(lines_max)
        .map(|line| Line::styled(format!(" {line}"), scene.theme.plain_text()))
        .collect()
}

fn of_matter(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    plan: &Matter,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(progress) = item.matter() else { return Vec::new() };
    let mut lines = Vec::new();
    match (item.stage, progress.phase) {
        (Stage::Stating, MatterPhase::Introducing) => {
            lines.extend(about(scene, state, plan));
            lines.extend(open::checklist(scene, state, item, plan).into_iter().map(indented));
        }
        (Stage::Stating, MatterPhase::Drawing) => lines.push(strong(scene, Open::Drawing.text(lang))),
        (Stage::Stating, _) => {
            lines.extend(open::progress(scene, state, item).map(|text| strong(scene, &text)));
            if let Some(last) = progress.statements.last() {
                let name = who::spoken(&clean(state.name(&last.seat)));
                let text = last.text.as_deref().unwrap_or(Open::Passed.text(lang));
                let text = format!("{name}{}{text}", lang.pick("：", ": "));
                lines.extend(said(scene, &text, cells, VIEW_LINES_MAX));
            }
            if let Some(text) = &progress.summing_up {
                let text = format!("{}{}{text}", Open::SummingUp.text(lang), lang.pick("：", ": "));
                lines.extend(said(scene, &text, cells, VIEW_LINES_MAX));
            }
        }
        _ => lines.extend(voting(scene, state, item)),
    }
    if let Some(text) = open::head_waits(scene, state, item) {
        let text = wrap(&text, cells.saturating_sub(2));
        lines.extend(text.into_iter().map(|line| Line::styled(format!(" {line}"), theme.accent())));
    }
    lines
}

/// How a vote by name stands, or what came of it.
fn voting(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<Line<'static>> {
    let result = open::outcome(scene, state, item);
    if result.is_empty() {
        return open::progress(scene, state, item).map(|text| strong(scene, &text)).into_iter().collect();
    }
    let style = open::style(scene, state.open_outcome(item));
    let mut lines: Vec<Line<'static>> = result
        .iter()
        .enumerate()
        .map(
            |(place, text)| {
                if place == 0 { Line::styled(format!(" {text}"), style) } else { dim(scene, text) }
            },
        )
        .collect();
    lines.extend(open::signature(scene, state, item).map(|text| dim(scene, &text)));
    lines
}

fn question(scene: &Scene<'_>, vote: &OpenVote, cells: usize) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let dot = scene.theme.dot();
    let mut lines =
        vec![dim(scene, &format!("{} {dot} {}", words::about(lang, vote.about), words::how(lang, vote.how)))];
    lines.extend(
        wrap(&clean(&vote.question), cells.saturating_sub(2))
            .into_iter()
            .map(|line| Line::styled(format!(" {line}"), scene.theme.strong())),
    );
    lines
}

fn of_vote(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    vote: &OpenVote,
    cells: usize,
) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let mut lines = question(scene, vote, cells);
    let objected = item.open_vote().into_iter().flat_map(|vote| &vote.objected);
    let objected: Vec<String> = objected.map(|seat| clean(state.name(seat)).into_owned()).collect();
    if !objected.is_empty() {
        let text = format!("{}  {}", Open::Objected.text(lang), who::names(lang, &objected));
        lines.push(Line::styled(format!(" {text}"), scene.theme.alarm()));
    }
    lines.push(Line::raw(""));
    lines.extend(voting(scene, state, item));
    lines
}
