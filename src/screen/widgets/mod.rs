//! What several screens share. Each file is one thing; each draws into an area that is given to it.
//!
//! - [`chrome`]: what frames every screen: header, standing notices, alarms, key line, help
//! - [`notice`]: a refusal or a confirmation that goes away by itself
//! - [`table`]: columns in display width
//! - [`bar`]: a part of a whole
//! - [`scroll`]: what does not fit
//! - [`digits`]: a clock in big digits
//! - [`field`], [`editor`]: one line of input, and several
//! - [`reader`]: a long text, searched
//! - [`clock`]: a clock on the floor
//! - [`officials`]: the officials of a review, and how they rank
//! - [`matrix`]: officials and departments in a joint meeting
//! - [`term`]: what is said in a deliberation during the term
//! - [`verdict`]: the result of an evaluation
//! - [`people`]: everyone with a seat, to be found and signed in
//! - [`present`]: people by name, in columns
//! - [`scrutiny`]: what the scrutineers do, by name
//! - [`agenda`]: what has been done, what is on the floor, what is to come
//! - [`results`]: the table of a result
//! - [`unchanged`]: what stands of the result before, where only some lines are voted on again
//! - [`exam`]: who sits an exam, and its results
//! - [`figures`]: due, present, issued, returned
//! - [`count_sheet`]: the count of a vote on paper
//! - [`page`]: a calm page with one message
//! - [`small`]: the window is too small

pub mod agenda;
pub mod bar;
pub mod chrome;
pub mod clock;
pub mod count_sheet;
pub mod digits;
pub mod editor;
pub mod election;
pub mod exam;
pub mod field;
pub mod figures;
pub mod matrix;
pub mod notice;
pub mod officials;
pub mod open;
pub mod page;
pub mod people;
pub mod present;
pub mod reader;
pub mod results;
pub mod scroll;
pub mod scrutiny;
pub mod sealing;
pub mod small;
pub mod table;
pub mod term;
pub mod unchanged;
pub mod verdict;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use crate::screen::text::width;

/// A rectangle of at most `width` by `height` in the middle of `area`.
pub fn centre(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// The row where something of this height begins that lies at the bottom of a panel: above its border, unless it needs
/// that row too.
pub fn bottom(panel: Rect, height: u16) -> u16 {
    let border = u16::from(height < panel.height);
    panel.bottom().saturating_sub(height + border)
}

/// Clears a place for something that lies over a page. A wide character that reaches into it from the left goes
/// too, or it would push what is drawn there.
pub fn clear(frame: &mut Frame<'_>, place: Rect) {
    frame.render_widget(Clear, place);
    let Some(left) = place.x.checked_sub(1) else { return };
    for y in place.top()..place.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((left, y)).filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// The letter or digit of a key without Ctrl or Alt, as a capital; an input method's full-width forms count too.
pub fn letter(key: KeyEvent) -> Option<char> {
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    let KeyCode::Char(character) = key.code else { return None };
    let plain = match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0)?,
        _ => character,
    };
    Some(plain.to_ascii_uppercase())
}

/// The letters and digits of a code that was typed, as capitals, without what stands between them.
pub fn code_symbols(typed: &str) -> Vec<char> {
    let capitals = typed.chars().filter_map(|symbol| letter(KeyEvent::from(KeyCode::Char(symbol))));
    capitals.filter(char::is_ascii_alphanumeric).collect()
}
