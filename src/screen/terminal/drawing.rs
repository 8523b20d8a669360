//! Draws the terminal: the strip above, the page or what lies over it, the frame with its keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;

use super::keys::hints;
use super::page::{self, Page};
use super::paper_page::PaperPage;
use super::printed::Printed;
use super::{Terminal, duty, exam_page, floor, joint_page, open_page, pages, review_page, strip, term_page};
use crate::meeting::{ItemId, State};
use crate::screen::Scene;
use crate::screen::widgets::chrome::{self, Chrome};
use crate::screen::widgets::exam::Shown as ExamShown;
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::open;
use crate::words::duty::Duty as DutyText;
use crate::words::terminal as words;

impl Terminal {
    /// The whole screen.
    pub(super) fn draw_all(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        if self.covered {
            let right = room_code(scene).into_iter().collect();
            let body = chrome::draw(frame, scene, &Chrome { right, ..Chrome::default() });
            pages::covered(frame, body, scene);
            return;
        }
        let whole = chrome::body(frame.area(), scene);
        let body = self.draw_strip(frame, whole, scene);
        if !self.draw_over(frame, body, scene) {
            self.draw_page(frame, body, scene);
        }
        // The frame comes last: only now is it known whether the page has more than fits, and so which keys work.
        let hints = hints(&self.keys(scene.view), scene.lang, scene.theme);
        let left = self.header(scene);
        let typing = self.is_typing(scene.view);
        let right = room_code(scene).into_iter().collect();
        let chrome = Chrome { left, right, hints: &hints, help: Some(self.help), typing };
        chrome::draw(frame, scene, &chrome);
        let above = Rect { height: body.height.saturating_sub(self.form.below), ..body };
        self.notices.draw(frame, above, scene);
        chrome::draw_help(frame, scene, &chrome);
    }

    /// Draws what the floor has to say above the page, and returns what is left for the page.
    fn draw_strip(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) -> Rect {
        let page = self.page(scene.view);
        // Whoever is outside learns nothing of who speaks.
        let open = !matches!(
            page,
            Page::Recess | Page::SignIn | Page::Ended | Page::TurnedAway | Page::Waiting | Page::Outside
        );
        let Some(state) = scene.state().filter(|_| open) else { return area };
        let lines = strip::lines(scene, state, self.refusal_read.as_deref(), area.width.into());
        let tall = u16::try_from(lines.len()).unwrap_or(0).min(area.height);
        frame.render_widget(Paragraph::new(lines), Rect { height: tall, ..area });
        Rect { y: area.y + tall, height: area.height - tall, ..area }
    }

    /// Whose terminal it is, and what is on the floor.
    fn header(&self, scene: &Scene<'_>) -> Vec<String> {
        let Some(state) = scene.state() else { return Vec::new() };
        let mut left = Vec::new();
        if let Some(person) = page::me(scene.view, state) {
            let number = state.plan().seat_number(&person.id).unwrap_or(0);
            let mut who = words::seat(scene.lang, number, &person.name);
            for duty in &person.duties {
                who = format!("{who} {} {}", scene.theme.dot(), words::duty(scene.lang, *duty));
            }
            left.push(who);
        }
        left.push(match state.current_item() {
            Some(item) => state.item(&item.id).map_or(String::new(), |item| item.title.clone()),
            None => state.plan().meeting.title.clone(),
        });
        left
    }

    /// What is printed on the paper that is being filled in.
    pub(super) fn printed<'a>(&self, state: &'a State) -> Option<Printed<'a>> {
        let (_, round) = state.round(self.sheet.as_ref()?.ballot())?;
        Printed::of(state, round)
    }

    pub(super) fn draw_result(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        id: &ItemId,
    ) {
        if let Some(item) = state.item_state(id).filter(|item| item.joint().is_some()) {
            return joint_page::draw(frame, area, scene, state, item, &mut self.looking);
        }
        if let Some(shown) = ExamShown::of(state, id) {
            exam_page::draw_result(frame, area, scene, state, shown, &mut self.scroll);
            return;
        }
        match state.item_state(id).and_then(|item| Shown::of(state, item)) {
            Some(shown) => review_page::result(frame, area, scene, state, shown, &mut self.scroll),
            None if state.item_state(id).is_some_and(open::is_decided) => {
                open_page::result(frame, area, scene, state, id, &mut self.scroll);
            }
            None => pages::result(frame, area, scene, state, id, &mut self.scroll),
        }
    }

    /// The page that follows from what is known.
    fn draw_page(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
        let page = self.page(scene.view);
        if pages::draw(frame, area, scene, &page) {
            return;
        }
        let Some(state) = scene.state() else { return };
        match &page {
            Page::Result(id) => self.draw_result(frame, area, scene, state, id),
            Page::Duty(task) => self.draw_duty(frame, area, scene, state, task),
            Page::Open => open_page::draw(frame, area, scene, state, &mut self.scroll),
            Page::Exam(which) => {
                let sheet = self.exam.as_ref();
                exam_page::draw(frame, area, scene, state, *which, sheet, &mut self.scroll);
            }
            Page::Paper(_) => {
                let (Some(sheet), Some(printed)) = (&self.sheet, self.printed(state)) else { return };
                let paper = PaperPage { sheet, printed, failed: self.cast_failed.as_deref() };
                paper.draw(frame, area, scene, &mut self.scroll);
            }
            _ if term_page::is_shown(state) => {
                term_page::draw(frame, area, scene, state, &mut self.hearing);
            }
            _ if state.current_joint().is_some() => {
                if let Some(item) = state.current_item() {
                    joint_page::draw(frame, area, scene, state, item, &mut self.looking);
                }
            }
            _ => {
                let reader = &mut self.reader;
                floor::draw(frame, area, scene, state, &self.materials, reader, &mut self.scroll);
            }
        }
    }
}

/// The room code for the corner of every page.
fn room_code(scene: &Scene<'_>) -> Option<String> {
    let code = duty::task::room_code(scene.view, scene.state()?)?;
    Some(format!("{} {code}", DutyText::RoomCode.text(scene.lang)))
}
