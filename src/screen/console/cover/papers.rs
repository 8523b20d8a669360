//! A vote on paper at the console, where a scrutineer's terminal does not work: whose count is entered, the sheet for it,
//! and who signed the result by hand.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::confirm::{Confirm, What};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, Round, SeatId, State, result_hash, rights, seat};
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::count_sheet::{CountSheet, Typed};
use crate::screen::widgets::table::choose;
use crate::screen::widgets::{letter, scrutiny};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::by_paper::{self as words, ByPaper as Text};
use crate::words::console::Console;
use crate::words::who;

/// What a scrutineer is picked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickedFor {
    /// Entering the count in that name.
    Count,
    /// Recording what that one wrote below the result.
    Sheet,
}

/// The scrutineers, to pick one.
#[derive(Debug)]
pub struct Scrutineers {
    purpose: PickedFor,
    at: usize,
}

impl Scrutineers {
    /// The list for a purpose; the first who has not done it yet is chosen.
    pub fn new(purpose: PickedFor, state: &State) -> Self {
        let open = |who: &SeatId| match purpose {
            PickedFor::Count => to_enter(state, who).is_some(),
            PickedFor::Sheet => state.rounds_on_floor().any(|round| !round.sheet.contains_key(who)),
        };
        let at = state.scrutineers().map(seat).position(|who| state.is_present(&who) && open(&who));
        Self { purpose, at: at.unwrap_or(0) }
    }

    /// Arrows choose; Enter picks.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let last = state.scrutineers().count().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::Enter => {
                let Some(who) = state.scrutineers().nth(self.at).map(seat) else { return Turn::Leave };
                return self.picked(who, state);
            }
            _ => {}
        }
        Turn::Stay
    }

    fn picked(&self, who: SeatId, state: &State) -> Turn {
        match self.purpose {
            PickedFor::Count => match to_enter(state, &who) {
                Some(round) => Turn::Next(Box::new(Cover::Papers(Box::new(Papers::new(who, state, round))))),
                None => Turn::Stay,
            },
            PickedFor::Sheet => {
                let Some(round) = state.rounds_on_floor().next() else { return Turn::Leave };
                let (ballot, result) = (round.issue.ballot.clone(), result_hash(state.rounds_on_floor()));
                Turn::Next(Box::new(Cover::Confirm(Confirm::new(What::Sheet { ballot, who, result }))))
            }
        }
    }

    /// Whether there is still something to pick for.
    pub fn stands(&self, state: &State) -> bool {
        let command = match self.purpose {
            PickedFor::Count => CommandKind::EnterCountFor,
            PickedFor::Sheet => CommandKind::RecordSheet,
        };
        rights::check(state, &Actor::Console, command).is_ok()
    }

    /// The keys of the list.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let enter = match self.purpose {
            PickedFor::Count => Text::EnterThis,
            PickedFor::Sheet => Text::RecordThis,
        };
        vec![hint("Enter", enter.text(lang)), hint("Esc", Console::Back.text(lang))]
    }

    /// Draws the list over the middle.
    pub fn draw(&self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let title = match self.purpose {
            PickedFor::Count => Text::PickForCount,
            PickedFor::Sheet => Text::PickForSheet,
        };
        let inside = whole(frame, body, scene, title.text(scene.lang));
        let cells = usize::from(inside.width);
        let told = match (self.purpose, state.rounds_on_floor().next()) {
            (PickedFor::Sheet, Some(round)) => scrutiny::sheet(scene, state, round),
            _ => scrutiny::counts(scene, state),
        };
        let lines = scrutiny::lines(scene, state, &told, cells);
        let lines: Vec<Line<'_>> = (0..)
            .zip(lines)
            .map(|(place, line)| if place == self.at { choose(line, cells, scene.theme) } else { line })
            .collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The round whose count is entered next in this name.
fn to_enter<'a>(state: &'a State, who: &SeatId) -> Option<&'a Round> {
    let open = |round: &&Round| {
        let vote = round.by_paper.as_ref();
        vote.is_some_and(|vote| vote.agreed().is_none() && !vote.entered.contains_key(who))
    };
    state.rounds_on_floor().find(open)
}

/// The count that is entered in somebody's name.
#[derive(Debug)]
pub struct Papers {
    who: SeatId,
    sheet: CountSheet,
    asks: bool,
}

impl Papers {
    fn new(who: SeatId, state: &State, round: &Round) -> Self {
        Self { who, sheet: CountSheet::new(state, round), asks: false }
    }

    /// The keys of the sheet; Y after Enter enters it.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let Some(round) = self.sheet.round(state) else { return Turn::Leave };
        if std::mem::take(&mut self.asks) {
            let count = self.sheet.count(state).filter(|_| letter(key) == Some('Y'));
            let Some(count) = count else { return Turn::Stay };
            return Turn::Try(vec![Act::Order(Command::EnterCountFor {
                ballot: round.issue.ballot.clone(),
                scrutineer: self.who.clone(),
                count: Box::new(count),
            })]);
        }
        if key.code == KeyCode::Esc {
            return Turn::Leave;
        }
        self.asks = matches!(self.sheet.key(key, state, round), Typed::Whole(_));
        Turn::Stay
    }

    /// Digits were pasted.
    pub fn paste(&mut self, text: &str) {
        self.sheet.paste(text);
    }

    /// Whether the count is still awaited.
    pub fn stands(&self, state: &State) -> bool {
        self.sheet.round(state).is_some() && state.suspended.is_none()
    }

    /// Draws the sheet over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let lang = scene.lang;
        let name = who::spoken(&clean(state.name(&self.who)));
        let title = format!("{} {} {name}", Text::SheetTitle.text(lang), scene.theme.dot());
        let title =
            cut(&title, usize::from(body.width).saturating_sub(6), scene.theme.ellipsis()).into_owned();
        let inside = whole(frame, body, scene, &title);
        let Some(round) = self.sheet.round(state) else { return };
        let cells = usize::from(inside.width);
        let groups = words::groups(lang, state, &round.issue).map(|groups| words::of_group(lang, &groups));
        let above: Vec<Line<'_>> = groups
            .iter()
            .flat_map(|text| wrap(&clean(text), cells))
            .map(|line| Line::styled(line, scene.theme.strong()))
            .collect();
        let sure = if self.asks { wrap(Text::SureConsole.text(lang), cells) } else { Vec::new() };
        let below: Vec<Line<'_>> =
            sure.into_iter().map(|line| Line::styled(line, scene.theme.chosen())).collect();
        let tall = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
        let [top, middle, rest] =
            Layout::vertical([tall(above.len()), Constraint::Min(1), tall(below.len())]).areas(inside);
        frame.render_widget(Paragraph::new(above), top);
        self.sheet.draw(frame, middle, scene, state, round);
        frame.render_widget(Paragraph::new(below), rest);
    }

    /// The keys of the sheet.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        if self.asks {
            return super::confirm::hints(lang);
        }
        vec![
            hint("Enter", Console::Submit.text(lang)),
            hint("Tab", Text::NextField.text(lang)),
            hint("Esc", Console::Cancel.text(lang)),
        ]
    }
}
