//! Two materials of one person: a nominee's introduction and what the inspection found, an official's report and the
//! findings.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, whole};
use crate::meeting::{OfficialStage, State};
use crate::plan::Nominee;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::review::Review;

/// What a material is called, and its path.
type Named = (Title, String);

/// What a material is called.
#[derive(Debug, Clone, Copy)]
enum Title {
    Nomination(Console),
    Review(Review),
}

const INTRODUCTION: Title = Title::Nomination(Console::Introduction);
const INSPECTION: Title = Title::Nomination(Console::Inspection);
const FINDINGS: Title = Title::Review(Review::Findings);
const REPORT: Title = Title::Review(Review::Report);

impl Title {
    const fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Nomination(text) => text.text(lang),
            Self::Review(text) => text.text(lang),
        }
    }
}

/// A text and where one is in it.
#[derive(Debug)]
pub struct Material {
    title: String,
    /// What each is called, and its path; the first is the one that is read.
    shown: Named,
    other: Named,
    text: Option<Result<Arc<str>, String>>,
    scroll: Scroll,
}

impl Material {
    /// The nominee's introduction, to be read.
    pub fn new(nominee: &Nominee) -> (Self, Act) {
        let title = format!("{}  {}", nominee.name, nominee.post);
        let introduction = (INTRODUCTION, nominee.introduction.clone());
        Self::reading(title, introduction, (INSPECTION, nominee.inspection.clone()))
    }

    /// The findings on the official whose turn it is, while they are read; after that the report.
    pub fn of_official(state: &State) -> Option<(Self, Act)> {
        let (_, plan, review) = state.current_review()?;
        let (id, official) = review.current()?;
        let planned = plan.official(id.as_str())?;
        let title = format!("{}  {}", planned.name, planned.unit);
        let findings = (FINDINGS, planned.findings.clone());
        let report = (REPORT, planned.report.clone());
        Some(if official.stage == OfficialStage::Findings {
            Self::reading(title, findings, report)
        } else {
            Self::reading(title, report, findings)
        })
    }

    fn reading(title: String, shown: Named, other: Named) -> (Self, Act) {
        let act = Act::Material(shown.1.clone());
        (Self { title, shown, other, text: None, scroll: Scroll::default() }, act)
    }

    fn path(&self) -> &str {
        &self.shown.1
    }

    /// A text has come, or why it has not.
    pub fn read(&mut self, path: &str, result: Result<Arc<str>, String>) {
        if path == self.path() {
            self.text = Some(result);
        }
    }

    /// Tab turns to the other material; arrows scroll.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        match key.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('i' | 'I') => Turn::Leave,
            KeyCode::Tab => {
                std::mem::swap(&mut self.shown, &mut self.other);
                self.text = None;
                self.scroll = Scroll::default();
                Turn::Try(vec![Act::Material(self.path().to_owned())])
            }
            code => {
                self.scroll.key(code);
                Turn::Stay
            }
        }
    }

    /// Draws the text over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>) {
        let lang = scene.lang;
        let dot = scene.theme.dot();
        let title = format!("{} {dot} {}", self.shown.0.text(lang), clean(&self.title));
        let inside = whole(frame, body, scene, &title);
        let text = match &self.text {
            None => Console::Reading.text(lang),
            Some(Ok(text)) => text,
            Some(Err(why)) => why.as_str(),
        };
        let lines = wrap(text, inside.width.into());
        let shown = self.scroll.fit(lines.len(), inside.height.into(), None);
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).map(Line::raw).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of a material.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![
        hint("Tab", Console::OtherMaterial.text(lang)),
        hint("PgUp/PgDn", Console::ScrollWord.text(lang)),
        hint("Esc", Console::Back.text(lang)),
    ]
}
