//! What the member has opened over the page, drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::duty::told;
use super::nominees::{NomineePage, inset};
use super::open_input::Asks;
use super::paper_page::PaperPage;
use super::printed::Printed;
use super::review_page::draw_text;
use super::texts::draw_officials;
use super::{Over, TermText, Terminal, exam_page, objecting, page};
use crate::screen::Scene;
use crate::screen::text::{cut, wrap};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::page::Page as Words;
use crate::words::console;
use crate::words::duty::Duty as DutyText;
use crate::words::matter::{self, Open};
use crate::words::official::Official as ReviewText;
use crate::words::sealing::Sealing as SealText;
use crate::words::terminal::Terminal as Text;

impl Terminal {
    /// Draws what the member has opened. Whether there was something.
    pub(super) fn draw_over(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) -> bool {
        let Some(state) = scene.state() else { return false };
        match &mut self.over {
            Over::Nothing => return false,
            Over::Nominee { place, scroll } => {
                let Some((_, nomination)) = page::nomination(state) else { return false };
                let page =
                    NomineePage { state, nomination, place: *place, materials: &self.materials, above: "" };
                page.draw(frame, area, scene, scroll);
            }
            Over::Review(review) => {
                let round = self.sheet.as_ref().and_then(|sheet| state.round(sheet.ballot()));
                let printed = round.and_then(|(_, round)| Printed::of(state, round));
                let (Some(sheet), Some(printed)) = (&self.sheet, printed) else { return false };
                PaperPage { sheet, printed, failed: None }.draw_review(frame, area, scene, review);
            }
            Over::Test(test) => test.draw(frame, area, scene),
            Over::Tested(tested) => tested.draw(frame, area, scene, self.sheet.is_some()),
            Over::Recusal => {
                let why = match state.current_review() {
                    Some(_) => ReviewText::RecuseWhy.text(scene.lang),
                    None => Text::RecuseWhy.text(scene.lang),
                };
                Words::new(Text::RecuseAsk.text(scene.lang), scene.theme.accent())
                    .say(why, scene.theme.plain_text())
                    .draw(frame, area, scene, "");
            }
            Over::NoPaper => Words::new(Text::NoPaperAsk.text(scene.lang), scene.theme.accent())
                .say(Text::NoPaperWhy.text(scene.lang), scene.theme.plain_text())
                .draw(frame, area, scene, ""),
            Over::Asks(asks) => draw_asks(frame, area, scene, *asks),
            Over::Document(document) => {
                let (path, reader) = &mut **document;
                let block = scene.theme.block(Open::Text.text(scene.lang));
                let inner = block.inner(area);
                frame.render_widget(block, area);
                draw_text(frame, inset(inner), scene, state, &self.materials, path, reader);
            }
            Over::Withdraw(_) => Words::new(ReviewText::WithdrawAsk.text(scene.lang), scene.theme.accent())
                .say(ReviewText::WithdrawWhy.text(scene.lang), scene.theme.plain_text())
                .draw(frame, area, scene, ""),
            Over::Texts(texts) => texts.draw(frame, area, scene, state, &self.materials),
            Over::Officials { chosen, scroll } => {
                let Some(shown) = Shown::on_floor(state) else { return false };
                draw_officials(frame, area, scene, shown, *chosen, scroll);
            }
            Over::Asked(list) => list.draw(frame, area, scene, state),
            Over::Write(writing) => writing.draw(frame, area, scene, state),
            Over::Spoken { people, question } => {
                let title = if *question { TermText::WriteSpokenQuestion } else { TermText::WriteSpoken };
                let block = scene.theme.block(title.text(scene.lang));
                let inner = block.inner(area);
                frame.render_widget(block, area);
                people.draw(frame, inset(inner), scene, state);
            }
            Over::Asker(people) => {
                let block = scene.theme.block(ReviewText::PickAsker.text(scene.lang));
                let inner = block.inner(area);
                frame.render_widget(block, area);
                people.draw(frame, inset(inner), scene, state);
            }
            Over::Note(field) => draw_note(
                frame,
                area,
                scene,
                field,
                (Text::NoteTitle.text(scene.lang), Text::NoteHow.text(scene.lang)),
                None,
            ),
            Over::RefuseSeal(field) => draw_note(
                frame,
                area,
                scene,
                field,
                (SealText::RefuseTitle.text(scene.lang), SealText::RefuseHow.text(scene.lang)),
                None,
            ),
            Over::ObjectRoom(field) => draw_note(
                frame,
                area,
                scene,
                field,
                (DutyText::ObjectTitle.text(scene.lang), DutyText::ObjectHow.text(scene.lang)),
                None,
            ),
            Over::ObjectResult(objecting) => objecting::draw(frame, area, scene, state, objecting),
            Over::RefuseSheet(field) => draw_note(
                frame,
                area,
                scene,
                field,
                (DutyText::SheetTitle.text(scene.lang), DutyText::SheetHow.text(scene.lang)),
                None,
            ),
            Over::AllQuestions(scroll) => {
                let Some(sheet) = &self.exam else { return false };
                exam_page::draw_overview(frame, area, scene, sheet, scroll);
            }
            Over::HandIn => {
                let Some(sheet) = &self.exam else { return false };
                exam_page::draw_hand_in(frame, area, scene, sheet);
            }
            Over::Book(place, reader) => {
                exam_page::draw_book(frame, area, scene, state, &self.materials, *place, reader);
            }
            Over::Present(scroll) => told::draw_present(frame, area, scene, state, scroll),
            Over::People(people) => {
                let block = scene.theme.block(Text::PeopleTitle.text(scene.lang));
                let inner = block.inner(area);
                frame.render_widget(block, area);
                people.draw(frame, inset(inner), scene, state);
            }
        }
        true
    }
}

/// The question that a second key answers.
fn draw_asks(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, asks: Asks) {
    let (lang, theme) = (scene.lang, scene.theme);
    let page = match asks {
        Asks::Vote(choice) => Words::new(&matter::confirm_vote(lang, choice), theme.accent())
            .say(Open::NamesAreShown.text(lang), theme.strong())
            .say(Open::CannotChange.text(lang), theme.plain_text()),
        Asks::Pass => Words::new(Open::PassAsk.text(lang), theme.accent()),
        Asks::Sign => Words::new(Open::SignAsk.text(lang), theme.accent())
            .say(Open::SignNow.text(lang), theme.plain_text()),
        Asks::Object | Asks::ObjectAgenda(_) => Words::new(Open::ObjectAsk.text(lang), theme.accent()),
    };
    page.say("", theme.dim()).say(console::press_y(lang), theme.strong()).draw(frame, area, scene, "");
}

/// A field with what it is for; `about` is what stands first, if anything.
pub(super) fn draw_note(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    field: &Field,
    (title, says): (&'static str, &'static str),
    about: Option<&str>,
) {
    let theme = scene.theme;
    let block = theme.block(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [_, first, how, _, line, rule] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(about.is_some().into()),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(inset(inner));
    let about = cut(about.unwrap_or_default(), first.width.into(), theme.ellipsis());
    frame.render_widget(Paragraph::new(Line::styled(about, theme.strong())), first);
    let lines: Vec<Line<'_>> = wrap(says, how.width.into()).into_iter().map(Line::raw).collect();
    frame.render_widget(Paragraph::new(lines), how);
    field.draw(frame, line, theme);
    frame.render_widget(Paragraph::new(theme.rule().repeat(rule.width.into())).style(theme.dim()), rule);
}
