//! What the keys of the terminal do. Nothing here draws, and nothing waits: keys become acts.

use crossterm::event::{KeyCode, KeyEvent};

use super::duty::Task;
use super::keys::Key;
use super::{Over, Terminal, page, working};
use crate::client::View;
use crate::meeting::{Command, State};
use crate::plan::Duty;
use crate::screen::Act;
use crate::screen::terminal::page::Page;
use crate::screen::widgets::letter;
use crate::screen::widgets::notice::Tone;
use crate::screen::widgets::people::{People, Picked, toggle};
use crate::screen::widgets::scroll::Scroll;
use crate::words::terminal::Terminal as Text;

impl Terminal {
    /// One key: first what covers everything, then what is open, then the page.
    pub(super) fn press(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        if std::mem::take(&mut self.covered) || std::mem::take(&mut self.help) {
            return Vec::new();
        }
        self.notices.clear();
        if key.code == KeyCode::F(9) && self.has_private(view) {
            self.covered = true;
            return Vec::new();
        }
        let typing = self.is_typing(view);
        // Where a question is asked, every other key means no.
        let asks = matches!(
            self.over,
            Over::Recusal
                | Over::NoPaper
                | Over::Withdraw(_)
                | Over::Asks(_)
                | Over::Review(_)
                | Over::Test(_)
                | Over::Tested(_)
                | Over::HandIn
        );
        if let (Some('L'), false, Some(state)) = (letter(key), typing || asks, view.state.as_deref())
            && self.floor_key(view, state).is_some()
        {
            return self.on_floor_key(view, state);
        }
        if !typing && letter(key) == Some('?') {
            self.help = true;
            return Vec::new();
        }
        match &self.over {
            Over::Nothing => self.on_page(key, view),
            Over::Nominee { .. } => self.on_nominee(key, view),
            Over::Review(_) => self.on_review(key, view),
            Over::Test(_) => self.on_test(key),
            Over::Tested(_) => self.on_tested(key),
            Over::Recusal => self.on_recusal(key, view),
            Over::NoPaper => self.on_no_paper(key, view),
            Over::Note(_) => self.on_note(key),
            Over::People(_) => self.on_people(key, view),
            Over::Texts(_) => self.on_texts(key, view),
            Over::Officials { .. } => self.on_officials(key, view),
            Over::Asked(_) => self.on_asked(key, view),
            Over::Write(_) => self.on_write(key, view),
            Over::Asker(_) => self.on_asker(key, view),
            Over::Spoken { .. } => self.on_spoken(key, view),
            Over::Withdraw(_) => self.on_withdraw(key, view),
            Over::Asks(_) => self.on_asks(key, view),
            Over::Document(_) => self.on_document(key),
            Over::RefuseSeal(_) => self.on_refusal(key, view),
            Over::ObjectRoom(_) | Over::RefuseSheet(_) => self.on_reason(key, view),
            Over::ObjectResult(_) => self.on_objecting(key, view),
            Over::Present(_) => self.on_present(key),
            Over::AllQuestions(_) => self.on_all_questions(key),
            Over::HandIn => self.on_hand_in(key),
            Over::Book(..) => self.on_book(key, view),
        }
    }

    fn on_page(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let page = self.page(view);
        if page == Page::Ended
            && let Some(acts) = self.on_signing(key, view)
        {
            return acts;
        }
        if matches!(page, Page::Ended | Page::TurnedAway) {
            return if letter(key) == Some('Q') { vec![Act::Quit] } else { Vec::new() };
        }
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        if let Page::Duty(task) = &page
            && let Some(acts) = self.on_duty(key, task, view)
        {
            return acts;
        }
        match (&page, key.code) {
            (Page::SignIn, KeyCode::Enter) => {
                return page::my_seat(view)
                    .map(|seat| Act::Order(Command::SignIn { seat: seat.clone() }))
                    .into_iter()
                    .collect();
            }
            (Page::Exam(which), _) => {
                let which = *which;
                if let Some(acts) = self.on_exam(key, which, view, state) {
                    return acts;
                }
            }
            (Page::Paper(_), KeyCode::Enter) => return self.open_review(),
            (Page::Paper(_), _) if self.on_paper(key) => return Vec::new(),
            (Page::Floor | Page::Result(_), KeyCode::Esc) if self.unread_refusal(view, state) => {
                self.refusal_read = super::strip::refusal(view, state).map(str::to_owned);
                return Vec::new();
            }
            _ => {}
        }
        if !matches!(page, Page::Duty(_))
            && let Some(acts) = self.on_review_page(key, &page, view, state)
        {
            return acts;
        }
        if let Some(acts) = self.on_term_page(key, &page, view, state) {
            return acts;
        }
        if let Some(acts) = self.on_joint_page(key, &page, view, state) {
            return acts;
        }
        if let Some(acts) = self.on_open_page(key, &page, view) {
            return acts;
        }
        match (&page, key.code) {
            (Page::Floor | Page::Open | Page::Result(_), code) if self.scroll.key(code) => return Vec::new(),
            _ => {}
        }
        match letter(key) {
            Some('I') if !matches!(page, Page::Duty(_) | Page::Open) => self.open_nominee(&page, view, state),
            Some('P') if self.page_keys(view).contains(&Key::Present) => {
                self.over = Over::Present(Scroll::default());
                Vec::new()
            }
            Some('B') if super::objecting::may_object(&page, view, state) => self.open_objecting(),
            Some('R') if page == Page::Floor && page::may_recuse(view, state) => {
                self.over = Over::Recusal;
                Vec::new()
            }
            Some('X') if page == Page::Floor => {
                match working::no_paper_key(view, state) {
                    Some(Key::NoPaper) => self.over = Over::NoPaper,
                    Some(_) => return vec![Act::TakeNoPaper(None)],
                    None => {}
                }
                Vec::new()
            }
            Some('N') if self.may_record(&page, view, state) => {
                self.over = Over::Note(self.note());
                Vec::new()
            }
            Some('S') if self.may_record(&page, view, state) => {
                self.over = Over::People(People::default());
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the recorder's keys work: on a duty's page only where the key line shows them.
    fn may_record(&self, page: &Page, view: &View, state: &State) -> bool {
        let shown = || self.page_keys(view).contains(&Key::Note);
        page::has_duty(view, state, Duty::Recorder) && (!matches!(page, Page::Duty(_)) || shown())
    }

    /// Whether there may be something that nobody beside should see: on a scrutineer's page only the code for the share.
    fn has_private(&self, view: &View) -> bool {
        let duty = matches!(self.over, Over::Nothing | Over::ObjectRoom(_) | Over::RefuseSheet(_));
        match self.page(view) {
            Page::Duty(task) if duty => task == Task::Unlock,
            _ => true,
        }
    }

    /// A key on the list of those present.
    fn on_present(&mut self, key: KeyEvent) -> Vec<Act> {
        let Over::Present(scroll) = &mut self.over else { return Vec::new() };
        if key.code == KeyCode::Esc || letter(key) == Some('P') {
            self.over = Over::Nothing;
        } else {
            scroll.key(key.code);
        }
        Vec::new()
    }

    /// Whether the paper has used the key.
    fn on_paper(&mut self, key: KeyEvent) -> bool {
        let Some(sheet) = &mut self.sheet else { return false };
        sheet.forget_refusal();
        // Where candidates are chosen among, the cursor stays: the next key may take the mark away again.
        if sheet.asks().most().is_some() && matches!(letter(key), Some('1' | ' ')) {
            sheet.toggle();
            return true;
        }
        if letter(key) == Some('A') && sheet.agree_to_all() {
            return true;
        }
        let digit =
            letter(key).and_then(|digit| digit.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        match key.code {
            _ if digit.is_some() => {
                // A digit that stands for no answer moves nothing.
                if digit.and_then(|digit| digit.checked_sub(1)).is_some_and(|answer| sheet.set(Some(answer)))
                {
                    sheet.go(true);
                }
            }
            KeyCode::Up | KeyCode::Down => {
                sheet.go(key.code == KeyCode::Down);
            }
            KeyCode::Home | KeyCode::End => sheet.go_to_end(key.code == KeyCode::End),
            KeyCode::Left | KeyCode::Right => sheet.slide(key.code == KeyCode::Right),
            KeyCode::Backspace | KeyCode::Delete => {
                sheet.set(None);
            }
            _ => return false,
        }
        true
    }

    fn open_nominee(&mut self, page: &Page, view: &View, state: &State) -> Vec<Act> {
        let readable = !matches!(
            page,
            Page::Recess | Page::SignIn | Page::Suspended | Page::Waiting | Page::Casting | Page::Outside
        );
        let Some((item, nomination)) = page::nomination(state).filter(|_| readable) else {
            self.notices.say(Tone::Refused, Text::NoNominees.text(self.lang));
            return Vec::new();
        };
        // A further round has other lines than the plan.
        let line = self.sheet.as_ref().and_then(super::Sheet::line);
        let on_paper = line.and_then(|line| nomination.lines.iter().position(|one| one.id == line.as_str()));
        let introduced = super::nominees::introduced(item, nomination).map(|(place, _)| place);
        self.go_to_nominee(on_paper.or(introduced).unwrap_or(0), view)
    }

    fn go_to_nominee(&mut self, place: usize, view: &View) -> Vec<Act> {
        let nominee = view
            .state
            .as_deref()
            .and_then(page::nomination)
            .and_then(|(_, nomination)| nomination.lines.get(place));
        let Some(nominee) = nominee else { return Vec::new() };
        self.over = Over::Nominee { place, scroll: Scroll::default() };
        self.materials.want([nominee.introduction.as_str(), nominee.inspection.as_str()])
    }

    fn on_nominee(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::Nominee { place, scroll } = &mut self.over else { return Vec::new() };
        let place = *place;
        match key.code {
            KeyCode::Left => {
                return place.checked_sub(1).map_or(Vec::new(), |place| self.go_to_nominee(place, view));
            }
            KeyCode::Right => return self.go_to_nominee(place + 1, view),
            KeyCode::Esc => self.over = Over::Nothing,
            code if scroll.key(code) => {}
            _ if letter(key) == Some('I') => self.over = Over::Nothing,
            _ => {}
        }
        Vec::new()
    }

    fn on_recusal(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        self.over = Over::Nothing;
        if letter(key) != Some('Y') {
            return Vec::new();
        }
        let item = view.state.as_deref().and_then(State::current_item).map(|item| item.id.clone());
        match (item, page::my_seat(view)) {
            (Some(item), Some(seat)) => vec![Act::Order(Command::Recuse { item, seat: seat.clone() })],
            _ => Vec::new(),
        }
    }

    fn on_no_paper(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        self.over = Over::Nothing;
        let item = view.state.as_deref().and_then(|state| page::paper_to_come(view, state));
        match item {
            Some(item) if letter(key) == Some('Y') => vec![Act::TakeNoPaper(Some(item.clone()))],
            _ => Vec::new(),
        }
    }

    fn on_note(&mut self, key: KeyEvent) -> Vec<Act> {
        let Over::Note(field) = &mut self.over else { return Vec::new() };
        match key.code {
            KeyCode::Esc => self.over = Over::Nothing,
            KeyCode::Enter if field.value().trim().is_empty() => self.over = Over::Nothing,
            KeyCode::Enter => {
                let text = field.take().trim().to_owned();
                self.over = Over::Nothing;
                return vec![Act::Order(Command::Note { text })];
            }
            _ => {
                field.key(key);
            }
        }
        Vec::new()
    }

    fn on_people(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let (Over::People(people), Some(state)) = (&mut self.over, view.state.as_deref()) else {
            return Vec::new();
        };
        if key.code == KeyCode::Esc {
            self.over = Over::Nothing;
            return Vec::new();
        }
        match people.key(key, state) {
            Picked::Person(seat) => vec![Act::Order(toggle(state, &seat))],
            Picked::Used | Picked::Not => Vec::new(),
        }
    }
}
