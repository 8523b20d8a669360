//! The whole window: the frame, the panels where [`super::layout`] puts them, and what lies over the page.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::cover::Cover;
use super::page::Notes;
use super::{Console, figures, keys, layout, page, standing};
use crate::meeting::State;
use crate::screen::text::{clean, cut, width, wrap};
use crate::screen::widgets::agenda;
use crate::screen::widgets::chrome::{self, Chrome, Hint};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Mark, Scene, Theme};
use crate::words::common::{self, Common};
use crate::words::console::Console as Words;
use crate::words::floor::{Now, Stop};
use crate::words::quotation::quoted;
use crate::words::review::Review;
use crate::words::{floor, sentence};

impl Console {
    pub(super) fn draw_all(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let hints = self.hints(scene);
        let chrome = Chrome {
            left: left(scene, frame.area().width),
            right: right(scene, frame.area().width),
            hints: &hints,
            help: Some(self.help),
            typing: self.cover.as_ref().is_some_and(Cover::is_typing),
        };
        let body = chrome::draw(frame, scene, &chrome);
        let Some(state) = scene.state() else {
            frame.render_widget(Paragraph::new(format!(" {}", Common::Waiting.text(scene.lang))), body);
            return;
        };
        let cells = usize::from(body.width);
        let said = self.cover.as_ref().and_then(|cover| cover.says(scene.lang, state));
        let said = said.unwrap_or_else(|| sentence::now(scene.lang, state));
        let said = scene.theme.plain(&said);
        let speech = wrap(&clean(&quoted(&said)), cells.saturating_sub(4));
        let sticky = standing::lines(scene, state, self.objections_seen, self.free.as_ref(), cells);
        let tall = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
        let at = layout::places(body, page::cells(state), tall(speech.len()), tall(sticky.len()));

        draw_agenda(frame, scene, state, at.agenda, at.agenda_folded);
        self.draw_page(frame, scene, state, at.page);
        draw_figures(frame, scene, state, at.figures, at.figures_folded);
        frame.render_widget(Paragraph::new(sticky), at.sticky);
        self.draw_speech(frame, scene, at.speech, &said, speech);

        let over = Rect { height: at.speech.y.saturating_sub(body.y), ..body };
        if let Some(cover) = &mut self.cover {
            cover.draw(frame, at.page, over, scene, state);
        }
        self.notices.draw(frame, at.page, scene);
        chrome::draw_help(frame, scene, &chrome);
    }

    fn hints(&self, scene: &Scene<'_>) -> Vec<Hint> {
        match (&self.cover, scene.state()) {
            (Some(cover), Some(state)) => named(cover.hints(scene.lang, state), scene.theme),
            (None, Some(state)) => {
                keys::hints(scene.lang, scene.theme, state, self.around(scene.view, state))
            }
            (_, None) => Vec::new(),
        }
    }

    fn draw_page(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>, state: &State, area: Rect) {
        let notes = Notes {
            chosen: self.chosen.as_ref(),
            archive: &self.archive,
            seal_signed: self.seal_signed,
            unsigned: self.unsigned,
            picked: &self.picked,
            looking: &self.looking,
            rows: usize::from(area.height).saturating_sub(2),
        };
        let cells = usize::from(area.width).saturating_sub(2);
        let page = page::page(scene, state, notes, cells);
        let title = cut(&page.title, cells.saturating_sub(2), scene.theme.ellipsis()).into_owned();
        let block = scene.theme.block(title);
        let inside = block.inner(area);
        frame.render_widget(block, area);
        if self.drawn.0 != page.title {
            self.drawn.0.clone_from(&page.title);
            self.list = Scroll::default();
        }
        let rows = usize::from(inside.height).saturating_sub(page.head.len());
        let mut lines = page.head;
        let must_see = page.must_see.map(|row| row..row + 1);
        // One row is kept for how many there are below, where not all fit.
        let fits = page.rows.len() <= rows;
        let room = if fits { rows } else { rows.saturating_sub(1) };
        let shown = self.list.fit(page.rows.len(), room, must_see);
        lines.extend(page.rows.into_iter().skip(shown.lines.start).take(shown.lines.len()));
        if !fits {
            let above = (shown.above > 0).then(|| common::more_lines(scene.lang, shown.above, false));
            let below = (shown.below > 0).then(|| common::more_lines(scene.lang, shown.below, true));
            let more: Vec<String> = above.into_iter().chain(below).collect();
            lines.push(Line::styled(format!(" {}", more.join("   ")), scene.theme.dim()));
        }
        frame.render_widget(Paragraph::new(lines), inside);
    }

    fn draw_speech(
        &mut self,
        frame: &mut Frame<'_>,
        scene: &Scene<'_>,
        area: Rect,
        said: &str,
        lines: Vec<String>,
    ) {
        if self.drawn.1 != said {
            self.drawn.1 = said.to_owned();
            self.speech = Scroll::default();
        }
        let rows = usize::from(area.height).saturating_sub(2);
        let shown = self.speech.fit(lines.len(), rows, None);
        let mut title = Words::ReadAloud.text(scene.lang).to_owned();
        if shown.above + shown.below > 0 {
            let more = if shown.below > 0 { shown.below } else { shown.above };
            let more = common::more_lines(scene.lang, more, shown.below > 0);
            title.push_str(&format!(" {} PgUp/PgDn {} {more}", scene.theme.dot(), scene.theme.dot()));
        }
        let lines: Vec<Line<'_>> = lines
            .into_iter()
            .skip(shown.lines.start)
            .take(shown.lines.len())
            .map(|line| Line::styled(format!(" {line}"), scene.theme.strong()))
            .collect();
        frame.render_widget(Paragraph::new(lines).block(scene.theme.block(title)), area);
    }
}

fn draw_agenda(frame: &mut Frame<'_>, scene: &Scene<'_>, state: &State, area: Rect, folded: bool) {
    if folded {
        let name = Now::Agenda.text(scene.lang);
        let room = usize::from(area.width).saturating_sub(width(name) + 2);
        let mut now = agenda::folded_to(scene, state, room);
        if now.is_empty() {
            let all = state.on_agenda().count() + agenda::first_item(state);
            now = format!("{all}/{all} {}", Stop::Closing.text(scene.lang));
        }
        let text = format!(" {name} {now}");
        let text = cut(&text, area.width.into(), scene.theme.ellipsis()).into_owned();
        frame.render_widget(Paragraph::new(Line::styled(text, scene.theme.accent())), area);
        return;
    }
    let block = scene.theme.block(Now::Agenda.text(scene.lang));
    let inside = block.inner(area);
    frame.render_widget(block, area);
    let cells = usize::from(inside.width).saturating_sub(2);
    let lines = agenda::lines(scene, state, cells);
    let now = agenda::entries(scene, state).iter().rposition(|entry| entry.mark == Mark::Now);
    // What is now stays in sight, with what comes next below it.
    let see = now.map(|now| now.saturating_sub(2)..(now + 3).min(lines.len()));
    let shown = Scroll::default().fit(lines.len(), inside.height.into(), see);
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .skip(shown.lines.start)
        .take(shown.lines.len())
        .map(super::page::indented)
        .collect();
    frame.render_widget(Paragraph::new(lines), inside);
}

fn draw_figures(frame: &mut Frame<'_>, scene: &Scene<'_>, state: &State, area: Rect, folded: bool) {
    if folded {
        frame.render_widget(Paragraph::new(figures::folded(scene, state, area.width.into())), area);
        return;
    }
    let review = state.current_review().is_some();
    let title = if review { Review::Situation.text(scene.lang) } else { Words::Figures.text(scene.lang) };
    let block = scene.theme.block(title);
    let inside = block.inner(area);
    frame.render_widget(block, area);
    frame.render_widget(Paragraph::new(figures::lines(scene, state, inside.width.into())), inside);
}

/// The header's left: the meeting, and the item on the floor.
fn left(scene: &Scene<'_>, width: u16) -> Vec<String> {
    let Some(state) = scene.state() else { return Vec::new() };
    let mut left = vec![state.plan().meeting.title.clone()];
    if let Some(item) = state.current_item() {
        // Where both do not fit, the title is what is cut.
        let place = if width < layout::HEADER_WIDE_FROM { 0 } else { 1 };
        left.insert(place, floor::item_number(scene.lang, agenda::number(state, item)));
    }
    left
}

/// The header's right: how many seats are connected, and since when the meeting is open.
fn right(scene: &Scene<'_>, width: u16) -> Vec<String> {
    let Some(state) = scene.state() else { return Vec::new() };
    let mut right = Vec::new();
    if width >= layout::HEADER_WIDE_FROM {
        right.push(figures::connected(scene, state));
    }
    if let Some(opening) = state.opening {
        let until = state.ended_at.unwrap_or(scene.now);
        let minutes = (until.as_second() - opening.at.as_second()).max(0) / 60;
        right.push(format!("{} {:02}:{:02}", Words::Duration.text(scene.lang), minutes / 60, minutes % 60));
    }
    right
}

/// Hints whose arrows are named as the theme names them.
fn named(mut hints: Vec<Hint>, theme: Theme) -> Vec<Hint> {
    for hint in &mut hints {
        hint.key = match hint.key {
            "Up/Down" => theme.arrows(true),
            "Left/Right" => theme.arrows(false),
            key => key,
        };
    }
    hints
}
