//! A deliberation during the term on a member's terminal: what was said and asked, and the keys with which one says or
//! asks something. Whoever is outside sees none of it: that terminal is dark.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::draft::Purpose;
use super::keys::Key;
use super::nominees::{inset, more_line};
use super::page::{self, Page};
use super::{Over, Terminal};
use crate::client::View;
use crate::meeting::{ItemId, QuestionId, Stage, State, TermState};
use crate::plan::{Deliberation, Duty};
use crate::screen::text::{clean, cut};
use crate::screen::widgets::people::{People, Picked};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::{letter, term};
use crate::screen::{Act, Scene};
use crate::words::floor::Now;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Hearing {
    /// The question that was chosen; none follows the first that is not judged.
    chosen: Option<QuestionId>,
    scroll: Scroll,
    /// The choice has moved since it was last drawn: then it is brought into sight.
    moved: bool,
}

impl Hearing {
    fn question(&self, term: &TermState) -> Option<QuestionId> {
        let known = self.chosen.filter(|id| term.question(*id).is_some());
        let open = term.unjudged().next().or(term.questions.last());
        known.or_else(|| open.map(|put| put.id))
    }
}

/// The deliberation that is under way.
fn on_floor(state: &State) -> Option<(&ItemId, &Deliberation, &TermState)> {
    let (item, plan, term) = state.current_term()?;
    (item.stage == Stage::Deliberating).then_some((&item.id, plan, term))
}

/// Whether the page is that of a deliberation.
pub fn is_shown(state: &State) -> bool {
    on_floor(state).is_some()
}

/// Draws it.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, hearing: &mut Hearing) {
    let theme = scene.theme;
    let Some((_, plan, term)) = on_floor(state) else { return };
    let name = plan.appointee().map_or("", |one| one.name.as_str());
    let title = format!("{} {} {}", Now::Deliberating.text(scene.lang), theme.dot(), clean(name));
    let room = usize::from(area.width.saturating_sub(4));
    let block = theme.block(cut(&title, room, theme.ellipsis()).into_owned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [head, body, more] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(inner);
    let figures = Line::styled(term::figures(scene, term), theme.strong());
    frame.render_widget(Paragraph::new(figures), inset(head));
    let cells = usize::from(inset(body).width);
    let (lines, at) = term::lines(scene, state, term, hearing.question(term), cells);
    let see = at.filter(|_| std::mem::take(&mut hearing.moved));
    let shown = hearing.scroll.fit(lines.len(), body.height.into(), see);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(body));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
}

impl Terminal {
    /// The keys that do something now in a deliberation; none where the page is none.
    pub(super) fn term_keys(&self, page: &Page, view: &View, state: &State) -> Option<Vec<Key>> {
        let (_, plan, term) = on_floor(state).filter(|_| *page == Page::Floor)?;
        let seat = page::my_seat(view)?;
        let recorder = page::has_duty(view, state, Duty::Recorder);
        let mut keys = vec![Key::Say, Key::PutQuestion];
        if !term.questions.is_empty() && (recorder || plan.answers(seat.as_str())) {
            keys.push(Key::Reply);
        }
        if recorder {
            keys.extend([Key::TakeDownSaid, Key::TakeDownQuestion]);
        }
        if term.questions.len() > 1 {
            keys.push(Key::MoveList);
        }
        if self.hearing.scroll.overflows() {
            keys.push(Key::ScrollText);
        }
        Some(keys)
    }

    /// A key on the page of a deliberation, if it is one of it. None: it has another use.
    pub(super) fn on_term_page(
        &mut self,
        key: KeyEvent,
        page: &Page,
        view: &View,
        state: &State,
    ) -> Option<Vec<Act>> {
        let works = self.term_keys(page, view, state)?;
        let (item, _, term) = on_floor(state)?;
        let item = item.clone();
        match key.code {
            KeyCode::Up | KeyCode::Down => {
                let at = self.hearing.question(term);
                let at = at.and_then(|id| term.questions.iter().position(|put| put.id == id)).unwrap_or(0);
                let to = if key.code == KeyCode::Down { at + 1 } else { at.saturating_sub(1) };
                if let Some(put) = term.questions.get(to) {
                    self.hearing.chosen = Some(put.id);
                    self.hearing.moved = true;
                }
                return Some(Vec::new());
            }
            KeyCode::PageUp | KeyCode::PageDown | KeyCode::Home | KeyCode::End => {
                self.hearing.scroll.key(key.code);
                return Some(Vec::new());
            }
            _ => {}
        }
        let (typed, works) = (letter(key)?, |key: Key| works.contains(&key));
        match typed {
            'O' if works(Key::Say) => self.write_on(item, Purpose::Statement, "", false),
            'Q' if works(Key::PutQuestion) => self.write_on(item, Purpose::ToProposing, "", false),
            'K' if works(Key::Reply) => {
                let question = self.hearing.question(term)?;
                self.write_on(item, Purpose::Reply { question }, "", false);
            }
            'E' if works(Key::TakeDownSaid) => {
                self.over = Over::Spoken { people: People::default(), question: false };
            }
            'T' if works(Key::TakeDownQuestion) => {
                self.over = Over::Spoken { people: People::default(), question: true };
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// The recorder picks who spoke.
    pub(super) fn on_spoken(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let (Over::Spoken { people, question }, Some(state)) = (&mut self.over, view.state.as_deref()) else {
            return Vec::new();
        };
        if key.code == KeyCode::Esc {
            self.over = Over::Nothing;
            return Vec::new();
        }
        let question = *question;
        if let (Picked::Person(seat), Some((item, ..))) = (people.key(key, state), on_floor(state)) {
            let purpose =
                if question { Purpose::SpokenQuestion { asker: seat } } else { Purpose::Spoken { seat } };
            self.write_on(item.clone(), purpose, "", false);
        }
        Vec::new()
    }

    /// What belongs to a deliberation goes with it; and whoever goes out has nothing open over the dark page.
    pub(super) fn follow_term(&mut self, view: &View, state: &State) {
        let inside = on_floor(state).is_some();
        if !inside {
            self.hearing = Hearing::default();
        }
        let of_term = match &self.over {
            Over::Spoken { .. } => true,
            Over::Write(writing) => writing.purpose.is_said_inside() && !writing.sending,
            _ => false,
        };
        let dark = self.page(view) == Page::Outside;
        if dark || (of_term && !inside) {
            self.over = Over::Nothing;
        }
    }
}
