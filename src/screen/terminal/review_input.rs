//! What the keys of the terminal do in a review, and on the floor of any item. Nothing here draws, and nothing waits.

use crossterm::event::{KeyCode, KeyEvent};

use super::asked::{self, Asked};
use super::draft::Purpose;
use super::keys::Key;
use super::page::Page;
use super::review_page::text_now;
use super::strip::{self, Own};
use super::texts::Texts;
use super::working::with_scroll;
use super::writing::{Writing, Wrote};
use super::{Over, Terminal, page};
use crate::client::View;
use crate::meeting::{
    Command, Ended, ItemId, OfficialId, Question, QuestionId, Refusal, SeatId, SlipSays, Standing, State,
};
use crate::plan::Duty;
use crate::screen::Act;
use crate::screen::widgets::letter;
use crate::screen::widgets::notice::Tone;
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::people::{People, Picked};
use crate::screen::widgets::scroll::Scroll;
use crate::words::joint;
use crate::words::official::Official as Text;
use crate::words::refusal;

/// The official to whom questions can be put just now.
fn questioned<'a>(shown: Shown<'a>) -> Option<&'a OfficialId> {
    let (id, state) = shown.review.current()?;
    state.stage.may_be_asked().then_some(id)
}

/// Whether an answer can be taken down for a question.
fn answerable(question: &Question) -> bool {
    matches!(question.standing, Standing::OnFloor | Standing::Ended(Ended::Answered | Ended::Promised { .. }))
}

/// What is done to say whether an answer satisfied: by name, or by the own slip that asked.
fn say(view: &View, item: ItemId, question: &Question, satisfied: bool) -> Act {
    let id = question.id;
    match view.own_slip(question) {
        Some(_) => Act::Slip(SlipSays::Satisfied { question: id, satisfied }),
        None => Act::Order(Command::SayIfSatisfied { item, question: id, satisfied }),
    }
}

impl Terminal {
    /// The keys that do something now on a page of a review.
    pub(super) fn review_keys(&self, page: &Page, view: &View, state: &State) -> Vec<Key> {
        let Some(shown) = Shown::on_floor(state) else { return Vec::new() };
        let (floor, result) = (*page == Page::Floor, matches!(page, Page::Result(_)));
        let mut keys = Vec::new();
        if floor && asked::to_be_said(view, shown.review).is_some() {
            keys.extend([Key::Satisfied, Key::NotSatisfied]);
        }
        if floor && text_now(shown).is_some() {
            if self.reader.overflows() {
                keys.push(Key::Scroll);
            }
            keys.push(Key::Find);
            if self.reader.has_hits() {
                keys.push(Key::NextHit);
            }
        } else if floor || result {
            keys = with_scroll(&self.scroll, keys);
        }
        let recorder = page::has_duty(view, state, Duty::Recorder);
        if recorder && shown.review.on_floor.is_some() {
            keys.push(Key::TakeAnswer);
        }
        if page::is_reviewer(view, state) && page::is_present(view, state) {
            if floor && questioned(shown).is_some() {
                keys.push(Key::Question);
            }
            if shown.review.current.is_some() && !matches!(page, Page::Paper(_)) {
                keys.push(Key::Opinion);
            }
        }
        if floor || result {
            keys.extend([Key::Asked, Key::Texts, Key::Officials]);
        }
        if recorder && floor && questioned(shown).is_some() {
            keys.push(Key::EnterOral);
        }
        keys
    }

    /// The key of the floor, if there is one.
    pub(super) fn floor_key(&self, view: &View, state: &State) -> Option<Key> {
        match strip::own(view, state) {
            Own::Speaks => Some(Key::EndSpeech),
            Own::Waits(_) => Some(Key::LeaveFloor),
            Own::None => {
                let calm = matches!(self.page(view), Page::Floor | Page::Result(_));
                (calm && strip::may_ask(view, state)).then_some(Key::AskFloor)
            }
        }
    }

    /// L, wherever no field takes it.
    pub(super) fn on_floor_key(&self, view: &View, state: &State) -> Vec<Act> {
        match self.floor_key(view, state) {
            Some(Key::AskFloor) => vec![Act::Order(Command::AskFloor)],
            Some(_) => vec![Act::Order(Command::LeaveFloor)],
            None => Vec::new(),
        }
    }

    /// A key on a page of a review, if it is one of a review. None: it has another use.
    pub(super) fn on_review_page(
        &mut self,
        key: KeyEvent,
        page: &Page,
        view: &View,
        state: &State,
    ) -> Option<Vec<Act>> {
        let shown = Shown::on_floor(state)?;
        let floor = *page == Page::Floor;
        if floor && self.reader.is_typing() {
            self.reader.key(key);
            return Some(Vec::new());
        }
        let item = shown.item.id.clone();
        let said = asked::to_be_said(view, shown.review).filter(|_| floor);
        if let (Some(question), Some(satisfied @ ('Y' | 'N'))) = (said, letter(key)) {
            return Some(vec![say(view, item, question, satisfied == 'Y')]);
        }
        if floor && text_now(shown).is_some() && self.reader.key(key) {
            return Some(Vec::new());
        }
        let reviewer = page::is_reviewer(view, state) && page::is_present(view, state);
        let recorder = page::has_duty(view, state, Duty::Recorder);
        let readable = floor || matches!(page, Page::Result(_));
        match letter(key)? {
            'Q' if reviewer && floor => match questioned(shown) {
                Some(official) => {
                    let purpose = Purpose::Question { official: official.clone(), follows: None };
                    self.write(shown, purpose, "");
                }
                None => self.notices.say(Tone::Refused, Text::NoOfficial.text(self.lang)),
            },
            'O' if reviewer && !matches!(page, Page::Paper(_) | Page::Casting) => {
                let official = shown.review.current.clone()?;
                self.write(shown, Purpose::Opinion { official }, "");
            }
            'M' if readable => self.over = Over::Asked(Asked::default()),
            'I' if readable => {
                let place =
                    shown.current().map_or(0, |(official, _)| shown.place(official).saturating_sub(1));
                return Some(self.open_texts(place, false, state));
            }
            'V' if readable => {
                let chosen =
                    shown.current().map_or(0, |(official, _)| shown.place(official).saturating_sub(1));
                self.over = Over::Officials { chosen, scroll: Scroll::default() };
            }
            'K' if recorder => match shown.review.on_floor {
                Some(question) => self.take_answer(shown, question),
                None => self.notices.say(Tone::Refused, Text::NoAnswerNow.text(self.lang)),
            },
            'E' if recorder && floor && questioned(shown).is_some() => {
                self.over = Over::Asker(People::default());
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Opens the page on which something is written, with the draft that was kept or `begins`.
    fn write(&mut self, shown: Shown<'_>, purpose: Purpose, begins: &str) {
        self.write_about(shown, purpose, begins, false);
    }

    /// The same; `own_slip` says whether it is about a question of an own slip: then it goes by that slip.
    fn write_about(&mut self, shown: Shown<'_>, purpose: Purpose, begins: &str, own_slip: bool) {
        self.write_on(shown.item.id.clone(), purpose, begins, own_slip);
    }

    /// The same, for an item.
    pub(super) fn write_on(&mut self, item: ItemId, purpose: Purpose, begins: &str, own_slip: bool) {
        let (text, by_slip) = self
            .drafts
            .get(&item, &purpose)
            .map_or((begins.to_owned(), own_slip), |(text, by_slip)| (text.to_owned(), by_slip));
        let mut writing = Writing::new(item, purpose, &text, by_slip);
        writing.own_slip = own_slip;
        // No name is put to what an own slip asked.
        writing.by_slip |= writing.must_be_slip();
        begins.clone_into(&mut writing.saved);
        self.over = Over::Write(Box::new(writing));
    }

    fn take_answer(&mut self, shown: Shown<'_>, question: QuestionId) {
        let answer = shown.review.question(question).map_or("", |question| question.answer.as_str());
        self.write(shown, Purpose::Answer { question }, answer);
    }

    pub(super) fn on_write(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::Write(writing) = &mut self.over else { return Vec::new() };
        let wrote = writing.key(key, view);
        let mut acts = Vec::new();
        if !writing.sending || matches!(wrote, Wrote::Left) {
            acts.extend(self.keep_draft());
        }
        match wrote {
            Wrote::Send(act) => acts.push(act),
            Wrote::Left => self.over = Over::Nothing,
            Wrote::Empty => self.notices.say(Tone::Refused, Text::Empty.text(self.lang)),
            Wrote::Text | Wrote::Nothing => {}
        }
        acts
    }

    /// Keeps what is being written. Nothing where nothing has changed.
    pub(super) fn keep_draft(&mut self) -> Option<Act> {
        let Over::Write(writing) = &self.over else { return None };
        // An answer as it stands in the record is no draft.
        let text = if writing.is_unsaved() { writing.editor.text() } else { String::new() };
        let changed = self.drafts.put(&writing.item, &writing.purpose, &text, writing.by_slip);
        changed.then(|| Act::Draft(self.drafts.written()))
    }

    /// A text was sent: it is a draft no more, and its page closes, but an answer's.
    pub(super) fn was_sent(&mut self, text: &str) -> Vec<Act> {
        if let Over::Write(writing) = &mut self.over
            && writing.sending
        {
            writing.sending = false;
            if matches!(writing.purpose, Purpose::Answer { .. }) {
                text.clone_into(&mut writing.saved);
            } else {
                self.over = Over::Nothing;
            }
        }
        if self.drafts.sent(text) { vec![Act::Draft(self.drafts.written())] } else { Vec::new() }
    }

    /// What was to be sent is not in the record: it can be changed and sent again.
    pub(super) fn was_not_sent(&mut self) {
        if let Over::Write(writing) = &mut self.over {
            writing.sending = false;
        }
    }

    /// The text of a command that was written here, and what is said once it is done.
    pub(super) fn written(command: &Command) -> Option<(&str, Text)> {
        Some(match command {
            Command::Ask { text, .. } | Command::EnterQuestion { text, .. } => (text, Text::QuestionSent),
            Command::GiveOpinion { text, .. } => (text, Text::OpinionSent),
            Command::Inquire { text, .. } => (text, Text::InquirySent),
            Command::TakeAnswer { text, .. } => (text, Text::AnswerSaved),
            Command::GiveStatement { text, .. } => (text, Text::ViewSent),
            Command::SumUp { text, .. } => (text, Text::SummingUpSent),
            _ => return None,
        })
    }

    /// The text of a command that was written here.
    pub(super) fn written_text(command: &Command) -> Option<&str> {
        match command {
            Command::GiveStance { stance, .. } => joint::reason(stance),
            Command::SayInside { text, .. }
            | Command::TakeDownSaid { text, .. }
            | Command::PutQuestion { text, .. }
            | Command::TakeDownQuestion { text, .. }
            | Command::Reply { text, .. } => Some(text),
            command => Self::written(command).map(|(text, _)| text),
        }
    }

    pub(super) fn on_asked(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        let (Over::Asked(list), Some(shown)) = (&mut self.over, Shown::on_floor(state)) else {
            return Vec::new();
        };
        match key.code {
            KeyCode::Esc => {
                self.over = Over::Nothing;
                return Vec::new();
            }
            KeyCode::Up | KeyCode::Down => {
                list.go(view, shown.review, key.code == KeyCode::Down);
                return Vec::new();
            }
            code if list.text.key(code) => return Vec::new(),
            _ => {}
        }
        let Some(question) = list.question(view, shown.review) else { return Vec::new() };
        let item = shown.item.id.clone();
        let id = question.id;
        match (letter(key), self.asked_keys(view, state)) {
            (Some('F'), keys) if keys.contains(&Key::FollowUp) => {
                let official = question.official.clone();
                let purpose = Purpose::Question { official, follows: Some(id) };
                let own_slip = view.own_slip(question).is_some();
                self.write_about(shown, purpose, "", own_slip);
            }
            (Some(said @ ('Y' | 'N')), keys) if keys.contains(&Key::Satisfied) => {
                return vec![say(view, item, question, said == 'Y')];
            }
            (Some('J'), keys) if keys.contains(&Key::Inquire) => {
                let own_slip = view.own_slip(question).is_some();
                self.write_about(shown, Purpose::Inquiry { question: id }, "", own_slip);
            }
            (Some('W'), keys) if keys.contains(&Key::Withdraw) => self.over = Over::Withdraw(id),
            (Some('K'), keys) if keys.contains(&Key::TakeAnswer) => self.take_answer(shown, id),
            _ => {}
        }
        Vec::new()
    }

    /// What can be done with the chosen question.
    pub(super) fn asked_keys(&self, view: &View, state: &State) -> Vec<Key> {
        let (Over::Asked(list), Some(shown)) = (&self.over, Shown::on_floor(state)) else {
            return Vec::new();
        };
        let mut keys = Vec::new();
        let Some(question) = list.question(view, shown.review) else { return keys };
        let slip = view.own_slip(question);
        let own = asked::is_own(question, view) && !asked::is_waiting(question, view);
        if own && asked::may_be_said(question) {
            keys.extend([Key::Satisfied, Key::NotSatisfied]);
        }
        if own && question.satisfied == Some(false) && question.inquiry.is_none() {
            keys.push(Key::Inquire);
        }
        if own && slip.is_none() && question.standing == Standing::Waiting {
            keys.push(Key::Withdraw);
        }
        // An own slip follows up once, and what is over; it is not followed up by name.
        let may = slip.is_none_or(|slip| slip.may_follow_up && own && asked::is_over(question));
        if may && page::is_reviewer(view, state) && questioned(shown) == Some(&question.official) {
            keys.push(Key::FollowUp);
        }
        if page::has_duty(view, state, Duty::Recorder) && answerable(question) {
            keys.push(Key::TakeAnswer);
        }
        keys
    }

    pub(super) fn on_withdraw(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::Withdraw(question) = self.over else { return Vec::new() };
        self.over = Over::Asked(Asked::at(question));
        let shown = view.state.as_deref().and_then(Shown::on_floor);
        match (letter(key), shown) {
            (Some('Y'), Some(shown)) => {
                let (item, ended) = (shown.item.id.clone(), Ended::Withdrawn);
                vec![Act::Order(Command::EndQuestion { item, question, ended })]
            }
            _ => Vec::new(),
        }
    }

    /// The recorder picks who asked.
    pub(super) fn on_asker(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let (Over::Asker(people), Some(state)) = (&mut self.over, view.state.as_deref()) else {
            return Vec::new();
        };
        if key.code == KeyCode::Esc {
            self.over = Over::Nothing;
            return Vec::new();
        }
        if let Picked::Person(asker) = people.key(key, state) {
            self.enter_for(asker, state);
        }
        Vec::new()
    }

    fn enter_for(&mut self, asker: SeatId, state: &State) {
        let Some(shown) = Shown::on_floor(state) else { return };
        let person = state.plan().person(asker.as_str());
        if person.is_some_and(|person| shown.plan.reviewers.contains(&person.group)) {
            self.write(shown, Purpose::Oral { asker }, "");
        } else {
            let why = refusal::sentence(self.lang, &Refusal::NotAReviewer, Some(state));
            self.notices.say(Tone::Refused, why);
        }
    }

    fn open_texts(&mut self, place: usize, findings: bool, state: &State) -> Vec<Act> {
        let Some(shown) = Shown::on_floor(state) else { return Vec::new() };
        let texts = Texts { place, findings, ..Texts::default() };
        let acts = self.materials.want([texts.path(shown)]);
        self.over = Over::Texts(Box::new(texts));
        acts
    }

    pub(super) fn on_texts(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        let (Over::Texts(texts), Some(shown)) = (&mut self.over, Shown::on_floor(state)) else {
            return Vec::new();
        };
        if texts.reader.is_typing() {
            texts.reader.key(key);
            return Vec::new();
        }
        let (place, findings, last) =
            (texts.place, texts.findings, shown.plan.officials.len().saturating_sub(1));
        match key.code {
            KeyCode::Left => return self.open_texts(place.saturating_sub(1), findings, state),
            KeyCode::Right => return self.open_texts((place + 1).min(last), findings, state),
            KeyCode::Tab => return self.open_texts(place, !findings, state),
            KeyCode::Esc => self.over = Over::Nothing,
            _ if texts.reader.key(key) => {}
            _ if letter(key) == Some('I') => self.over = Over::Nothing,
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn on_officials(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        let (Over::Officials { chosen, .. }, Some(shown)) = (&mut self.over, Shown::on_floor(state)) else {
            return Vec::new();
        };
        let last = shown.plan.officials.len().saturating_sub(1);
        match key.code {
            KeyCode::Up => *chosen = chosen.saturating_sub(1),
            KeyCode::Down => *chosen = (*chosen + 1).min(last),
            KeyCode::Enter => {
                let place = *chosen;
                return self.open_texts(place, false, state);
            }
            KeyCode::Esc => self.over = Over::Nothing,
            _ if letter(key) == Some('V') => self.over = Over::Nothing,
            _ if letter(key) == Some('O') && page::is_reviewer(view, state) => {
                let official = shown.officials().get(*chosen).map(|official| official.id.as_str());
                if let Some(official) = official.map(OfficialId::from) {
                    self.write(shown, Purpose::Opinion { official }, "");
                }
            }
            _ => {}
        }
        Vec::new()
    }
}
