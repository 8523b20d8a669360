//! A deliberation during the term, as console and terminals show it: questions to the proposing body with their replies,
//! then the statements. Where words were withheld, their places stand.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Line;

use crate::meeting::{Judged, Put, QuestionId, Said, State, TermState};
use crate::screen::text::{clean, wrap};
use crate::screen::{Mark, Scene};
use crate::words::term::{self as words, Term as Text};

/// The lines, and where among them the chosen question stands.
pub fn lines(
    scene: &Scene<'_>,
    state: &State,
    term: &TermState,
    chosen: Option<QuestionId>,
    cells: usize,
) -> (Vec<Line<'static>>, Option<Range<usize>>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = vec![Line::styled(Text::Questions.text(lang), theme.dim())];
    let mut at = None;
    if term.questions.is_empty() {
        lines.push(Line::raw(format!("  {}", Text::NoQuestions.text(lang))));
    }
    for put in &term.questions {
        let from = lines.len();
        lines.extend(question(scene, state, put, chosen == Some(put.id), cells));
        if chosen == Some(put.id) {
            at = Some(from..lines.len());
        }
    }
    lines.push(Line::raw(""));
    lines.push(Line::styled(Text::Statements.text(lang), theme.dim()));
    if term.statements.is_empty() {
        lines.push(Line::raw(format!("  {}", Text::NoStatements.text(lang))));
    }
    for said in term.statements.iter().rev() {
        lines.extend(told(scene, state, "", said, theme.plain_text(), cells));
    }
    (lines, at)
}

/// A question with its replies and how it stands.
fn question(scene: &Scene<'_>, state: &State, put: &Put, chosen: bool, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let style = if chosen { theme.accent() } else { theme.strong() };
    let sign = if chosen { theme.mark(Mark::Now) } else { " " };
    let number = format!("{sign} {} ", words::question(lang, put.id));
    let mut lines = told(scene, state, &number, &put.asked, style, cells);
    let reply = format!("    {} ", Text::Reply.text(lang));
    for said in &put.replies {
        lines.extend(told(scene, state, &reply, said, theme.plain_text(), cells));
    }
    let (mark, style) = match &put.judged {
        None => (Mark::ToCome, theme.dim()),
        Some(Judged::Clearly) => (Mark::Done, theme.plain_text()),
        Some(Judged::Unclearly { .. }) => (Mark::No, theme.alarm()),
    };
    let nothing = put.replies.is_empty() && put.judged.is_none();
    let stands = if nothing {
        Text::NoReply.text(lang).to_owned()
    } else {
        clean(&words::judged(lang, put)).into_owned()
    };
    let text = format!("    {} {stands}", theme.mark(mark));
    lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, style)));
    lines
}

/// Who said what.
fn told(
    scene: &Scene<'_>,
    state: &State,
    before: &str,
    said: &Said,
    style: Style,
    cells: usize,
) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let colon = lang.pick("：", ": ");
    let by = clean(&words::by(lang, state, said)).into_owned();
    let indent = if before.is_empty() { "  " } else { "" };
    let text = format!("{indent}{before}{by}{colon}{}", clean(words::words(lang, said)));
    wrap(&text, cells).into_iter().map(|line| Line::styled(line, style)).collect()
}

/// How many there are, and how the questions stand.
pub fn figures(scene: &Scene<'_>, term: &TermState) -> String {
    let (statements, questions) = (term.statements.len(), term.questions.len());
    words::figures(scene.lang, statements, questions, term.unjudged().count(), term.unclear().count())
}
