//! The question whether a decision be reconsidered: which lines, the hands, and why; with the sentence to read aloud. Hands
//! must add up to the voters present, and more than half of all voters must consent.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, whole};
use crate::meeting::{Command, ItemId, LineId, State, TEXT_CHARS_MAX, reconsiderable};
use crate::plan::Nominee;
use crate::rules::Threshold;
use crate::screen::text::{Side, clean, fit, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::quotation::quoted;
use crate::words::reopening::{self, Reopened};

/// More hands are in no room.
const DIGITS_MAX: usize = 4;

/// The fields below the lines: three of hands, and the reason.
const FIELDS: usize = 4;

/// The form.
#[derive(Debug)]
pub struct Reconsider {
    item: ItemId,
    /// The lines that may be, and whether each is in; empty where the item is asked about as a whole.
    lines: Vec<(LineId, bool)>,
    hands: [Field; 3],
    reason: Field,
    at: usize,
    scroll: Scroll,
}

impl Reconsider {
    /// The form for an item. No line is in to begin with: whoever asks about all of them has taken them in.
    pub fn new(item: ItemId, state: &State) -> Self {
        let found = state.item(&item).zip(state.item_state(&item));
        let single = |planned: &crate::plan::Item| planned.contested().is_some() || planned.lines().len() < 2;
        let lines = found.filter(|(planned, _)| !single(planned)).map_or_else(Vec::new, |(planned, item)| {
            reconsiderable(item, planned).into_iter().map(|line| (line, false)).collect()
        });
        Self {
            item,
            lines,
            hands: std::array::from_fn(|_| Field::new(DIGITS_MAX)),
            reason: Field::new(TEXT_CHARS_MAX as usize),
            at: 0,
            scroll: Scroll::default(),
        }
    }

    fn chosen(&self) -> Vec<LineId> {
        self.lines.iter().filter(|(_, is_in)| *is_in).map(|(line, _)| line.clone()).collect()
    }

    fn command(&self) -> Command {
        let [agree, disagree, abstain] =
            self.hands.each_ref().map(|field| field.value().parse().unwrap_or(0));
        Command::Reconsider {
            item: self.item.clone(),
            lines: self.chosen(),
            agree,
            disagree,
            abstain,
            reason: self.reason.value().trim().to_owned(),
        }
    }

    /// Whether this command is what the form was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        matches!(command, Command::Reconsider { item, .. } if *item == self.item)
    }

    /// Whether it can still be asked.
    pub fn stands(&self, state: &State) -> bool {
        state.ended_at.is_none() && state.current_item().is_none()
    }

    /// Whether a character is part of a text.
    pub fn is_typing(&self) -> bool {
        self.at >= self.lines.len()
    }

    fn field(&mut self) -> Option<&mut Field> {
        let place = self.at.checked_sub(self.lines.len())?;
        if place < self.hands.len() { self.hands.get_mut(place) } else { Some(&mut self.reason) }
    }

    fn is_hand(&self) -> bool {
        self.at >= self.lines.len() && self.at < self.lines.len() + self.hands.len()
    }

    /// The keys of the form.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = Vec::new();
        if self.lines.is_empty() || !self.chosen().is_empty() {
            hints.push(hint("Enter", Console::Submit.text(lang)));
        }
        hints.push(hint("Tab", Console::NextField.text(lang)));
        if !self.lines.is_empty() {
            hints.push(hint("Space", Reopened::Toggle.text(lang)));
        }
        hints.push(hint("Esc", Console::Cancel.text(lang)));
        hints
    }

    /// Arrows and Tab move; the space bar takes a line in or out; Enter submits, and the rules refuse what does not hold.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        let all = self.lines.len() + FIELDS;
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            // A command without lines asks about all of them.
            KeyCode::Enter if !self.lines.is_empty() && self.chosen().is_empty() => {}
            KeyCode::Enter => return Turn::Try(vec![Act::Order(self.command())]),
            KeyCode::Down | KeyCode::Tab => self.at = (self.at + 1) % all,
            KeyCode::Up | KeyCode::BackTab => self.at = (self.at + all - 1) % all,
            KeyCode::Char(' ') if self.at < self.lines.len() => {
                if let Some((_, is_in)) = self.lines.get_mut(self.at) {
                    *is_in = !*is_in;
                }
            }
            KeyCode::Char(sign) if self.is_hand() && !sign.is_ascii_digit() => {}
            _ => {
                if let Some(field) = self.field() {
                    field.key(key);
                }
            }
        }
        Turn::Stay
    }

    /// Something was pasted.
    pub fn paste(&mut self, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let hand = self.is_hand();
        if let Some(field) = self.field() {
            field.paste(if hand { &digits } else { text });
        }
    }

    /// Draws the form over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some(planned) = state.item(&self.item) else { return };
        let inside = whole(frame, body, scene, Reopened::AskReconsider.text(lang));
        let cells = usize::from(inside.width);
        let (due, present) = (state.due_for(planned), state.present_for(planned));
        let nominee = |id: &LineId| planned.lines().iter().find(|line| line.id == id.as_str());
        let chosen = self.chosen();
        let names: Vec<String> =
            chosen.iter().filter_map(|id| nominee(id).map(|line| line.name.clone())).collect();
        // Nothing is read aloud before it is known about what.
        let (said, style) = match !self.lines.is_empty() && chosen.is_empty() {
            true => (Reopened::PickLines.text(lang).to_owned(), theme.accent()),
            false => {
                let asked = reopening::ask(lang, &planned.title, &names, Threshold::MAJORITY.least(due));
                (quoted(&theme.plain(&asked)), theme.strong())
            }
        };
        let mut above: Vec<Line<'static>> =
            wrap(&clean(&said), cells).into_iter().map(|line| Line::styled(line, style)).collect();
        let room = usize::from(inside.height);
        above.truncate(room.saturating_sub(FIELDS + 2));
        above.push(Line::raw(""));
        let tall = u16::try_from(above.len()).unwrap_or(0);
        let mut row = Rect { height: 1, ..inside };
        for line in above {
            frame.render_widget(Paragraph::new(line), row);
            row.y += 1;
        }
        // The lines take what is left above the fields.
        let left = room.saturating_sub(usize::from(tall) + FIELDS + 1);
        let at = self.at.min(self.lines.len().saturating_sub(1));
        let shown = self.scroll.fit(self.lines.len(), left, Some(at..at + 1));
        for place in shown.lines {
            let Some((id, is_in)) = self.lines.get(place) else { continue };
            let name = nominee(id).map_or(String::new(), |line: &Nominee| {
                format!("{}  {}", clean(&line.name), clean(&line.post))
            });
            let sign = theme.pointer(place == self.at);
            let mark = if *is_in { "[x]" } else { "[ ]" };
            let text = fit(&format!("{sign} {mark} {name}"), cells, Side::Left, theme.ellipsis());
            let style = if place == self.at { theme.accent() } else { ratatui::style::Style::new() };
            frame.render_widget(Paragraph::new(Line::styled(text, style)), row);
            row.y += 1;
        }
        let labels = [
            Common::Agree.text(lang),
            Common::Disagree.text(lang),
            Common::Abstain.text(lang),
            Reopened::Reason.text(lang),
        ];
        let wide = labels.iter().map(|label| crate::screen::text::width(label)).max().unwrap_or(0);
        let fields = self.hands.iter().chain([&self.reason]);
        for (place, (label, field)) in labels.iter().zip(fields).enumerate() {
            if row.y >= inside.bottom() {
                return;
            }
            let here = self.at == self.lines.len() + place;
            field.draw_labelled(frame, row, (label, wide), here, theme);
            row.y += 1;
        }
        let counted: u32 =
            self.hands.iter().map(|field| field.value().parse().unwrap_or(0)).fold(0, u32::saturating_add);
        if row.y < inside.bottom() {
            let text = format!("  {}", console::hands_left(lang, counted, present));
            let style = if counted == present { theme.strong() } else { theme.dim() };
            frame.render_widget(Paragraph::new(Line::styled(text, style)), row);
        }
    }
}
