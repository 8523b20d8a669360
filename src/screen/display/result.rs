//! The result on the display: figures, rule, table with bars; or an official's evaluation, or how all rank. As many pages as
//! it needs, turned by themselves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::big::headline;
use super::{review, scrutiny};
use crate::meeting::{ItemState, OfficialStage, Round, Stage, State};
use crate::screen::Scene;
use crate::screen::widgets::officials::{Shown, post};
use crate::screen::widgets::results::{self, results};
use crate::screen::widgets::verdict;
use crate::words::display;
use crate::words::floor::Now;
use crate::words::official::Official;

/// How long a page stays.
pub const PAGE_SECONDS: i64 = 8;

/// The most lines on how the box was opened and who signed.
const UNDER_LINES_MAX: u16 = 4;

/// Which result is being shown, since when, and on how many pages.
#[derive(Debug, Clone, Default)]
pub struct Turning {
    since: Option<(String, Timestamp)>,
    pages: usize,
}

impl Turning {
    /// How long until the next page; none if there is one page only.
    pub fn left(&self, now: Timestamp) -> Option<Duration> {
        let (_, since) = self.since.as_ref().filter(|_| self.pages > 1)?;
        let period = PAGE_SECONDS * 1000;
        let into = now.duration_since(*since).as_millis().rem_euclid(i128::from(period));
        let left = i128::from(period) - into;
        Some(Duration::from_millis(u64::try_from(left).unwrap_or(1).max(1)))
    }

    fn page(&mut self, what: &str, now: Timestamp) -> usize {
        let since = match &self.since {
            Some((shown, since)) if shown == what => *since,
            _ => {
                self.since = Some((what.to_owned(), now));
                now
            }
        };
        let turned = now.duration_since(since) / i32::try_from(PAGE_SECONDS).unwrap_or(8);
        let turned = usize::try_from(turned.max(SignedDuration::ZERO).as_secs()).unwrap_or(0);
        turned % self.pages.max(1)
    }

    /// Draws the page of the moment.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        item: &ItemState,
        round: &Round,
    ) {
        let (lang, theme) = (scene.lang, scene.theme);
        let spacious = area.height >= 28;
        // A small window keeps its rows for the lines of the ballot.
        let above = if spacious { area } else { Rect { height: 1, ..area } };
        let used = headline(frame, above, scene, Now::Counted.text(lang), theme.strong());
        let area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        let styles = [theme.strong(), theme.plain_text()];
        let mut above = results::above(scene, state, round, area.width.into(), styles);
        if spacious {
            above.insert(0, Line::raw(""));
        }
        let tall = u16::try_from(above.len()).unwrap_or(u16::MAX);
        let [figures_area, head, body, foot] = Layout::vertical([
            Constraint::Length(if spacious { tall.saturating_add(1) } else { tall }),
            Constraint::Length(2),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(area);
        let said = under(frame, foot, scene, state, round);
        let body = Rect { height: body.height.saturating_sub(said), ..body };
        frame.render_widget(Paragraph::new(above).alignment(Alignment::Center), figures_area);

        let table = results(scene, state, item, round, area.width.into(), true);
        let indent =
            usize::from(area.width).saturating_sub(table.head.iter().map(Line::width).max().unwrap_or(0)) / 2;
        let indent = u16::try_from(indent).unwrap_or(0);
        let inset =
            |area: Rect| Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
        frame.render_widget(Paragraph::new(table.head), inset(head));
        let pages = paginate(table.blocks, body.height.into());
        self.pages = pages.len();
        let page = self.page(round.issue.ballot.as_str(), scene.now);
        let lines = pages.into_iter().nth(page).unwrap_or_default();
        frame.render_widget(Paragraph::new(lines), inset(body));

        self.foot(frame, foot, scene, item.stage == Stage::Declared, page);
    }

    /// Draws the page of the moment of a review: an official's result, or how all rank.
    pub fn draw_review(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        shown: Shown<'_>,
    ) {
        let (lang, theme) = (scene.lang, scene.theme);
        let official = shown.result().filter(|_| shown.item.stage != Stage::Declared);
        let above = if area.height >= 28 { area } else { Rect { height: 1, ..area } };
        let title = match official {
            Some(official) => official.name.clone(),
            None if shown.plan.ranking => Official::Ranking.text(lang).to_owned(),
            None => Official::Overview.text(lang).to_owned(),
        };
        let used = headline(frame, above, scene, &title, theme.strong());
        let area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        let [below, body, foot] =
            Layout::vertical([Constraint::Length(2), Constraint::Min(1), Constraint::Length(1)]).areas(area);
        let said =
            official.and_then(|_| shown.item.round()).map(|round| under(frame, foot, scene, state, round));
        let body = Rect { height: body.height.saturating_sub(said.unwrap_or(0)), ..body };
        let cells = usize::from(body.width);
        let (what, blocks, declared) = match official {
            Some(official) => {
                let post = Line::styled(post(official), theme.strong());
                let place = Rect { height: 1, ..below };
                frame.render_widget(Paragraph::new(post).alignment(Alignment::Center), place);
                let declared = shown.current().is_some_and(|(_, at)| at.stage == OfficialStage::Declared);
                (official.id.as_str(), verdict::blocks(scene, state, shown, official, cells), declared)
            }
            None => (shown.item.id.as_str(), review::over(scene, state, shown, cells), true),
        };
        let pages = paginate(blocks, body.height.into());
        self.pages = pages.len();
        let page = self.page(what, scene.now);
        let lines = pages.into_iter().nth(page).unwrap_or_default();
        let wide = lines.iter().map(Line::width).max().unwrap_or(0);
        let indent = u16::try_from(cells.saturating_sub(wide) / 2).unwrap_or(0);
        let place = Rect { x: body.x + indent, width: body.width.saturating_sub(indent), ..body };
        frame.render_widget(Paragraph::new(lines), place);
        self.foot(frame, foot, scene, declared, page);
    }

    fn foot(&self, frame: &mut Frame<'_>, foot: Rect, scene: &Scene<'_>, declared: bool, page: usize) {
        let (lang, theme) = (scene.lang, scene.theme);
        let mut foot_text = vec![if declared {
            Now::Declared.text(lang).to_owned()
        } else {
            Now::NotDeclared.text(lang).to_owned()
        }];
        if self.pages > 1 {
            foot_text.push(display::page(lang, page + 1, self.pages));
        }
        let line = Line::styled(foot_text.join(&format!(" {} ", theme.dot())), theme.accent());
        frame.render_widget(Paragraph::new(line).alignment(Alignment::Center), foot);
    }
}

/// How the box was opened and who signed, in the lines above the foot; returns how many they are.
fn under(frame: &mut Frame<'_>, foot: Rect, scene: &Scene<'_>, state: &State, round: &Round) -> u16 {
    let said = scrutiny::provenance(scene, state, round, foot.width.into());
    let tall = u16::try_from(said.len()).unwrap_or(u16::MAX).min(UNDER_LINES_MAX);
    let lines: Vec<Line<'_>> =
        said.into_iter().map(|line| Line::styled(line, scene.theme.strong())).collect();
    let place = Rect { y: foot.y.saturating_sub(tall), height: tall, ..foot };
    frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), place);
    tall
}

/// Blocks on pages of `rows` rows; a block is not torn unless it is higher than a page.
fn paginate(blocks: Vec<Vec<Line<'static>>>, rows: usize) -> Vec<Vec<Line<'static>>> {
    let mut pages: Vec<Vec<Line<'static>>> = Vec::new();
    let rows = rows.max(1);
    // What is higher than a page is torn: nothing is lost.
    for block in blocks.iter().flat_map(|block| block.chunks(rows)).map(<[Line<'_>]>::to_vec) {
        match pages.last_mut() {
            Some(page) if page.len() + block.len() <= rows => page.extend(block),
            _ => pages.push(block),
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_block_is_torn_and_none_is_lost() {
        let block = |lines: usize| vec![Line::raw("x"); lines];
        let pages = paginate(vec![block(2), block(2), block(3), block(1), block(2)], 5);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
        assert!(paginate(Vec::new(), 5).is_empty());
        let torn = paginate(vec![block(12)], 5);
        assert_eq!(torn.iter().map(Vec::len).collect::<Vec<_>>(), [5, 5, 2]);
    }
}
