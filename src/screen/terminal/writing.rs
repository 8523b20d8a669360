//! The page on which something is written: a question, an opinion, an inquiry, an answer taken down, a spoken question.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::draft::Purpose;
use super::keys::Key;
use super::nominees::inset;
use crate::client::View;
use crate::meeting::{
    Command, ItemId, OfficialId, SeatId, SlipKind, SlipSays, Stance, State, TEXT_CHARS_MAX,
};
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::editor::Editor;
use crate::screen::widgets::letter;
use crate::screen::{Act, Scene};
use crate::words::joint::Joint as JointText;
use crate::words::official::{self as words, Official as Text};
use crate::words::term::{self, Term as TermText};
use crate::words::who;

/// How many lines of what it is about stand above the text.
const ABOUT_LINES_MAX: usize = 3;

/// A text being written for a purpose.
#[derive(Debug)]
pub struct Writing {
    /// The item it belongs to.
    pub item: ItemId,
    /// What for.
    pub purpose: Purpose,
    /// The text.
    pub editor: Editor,
    /// Whether it is to be sent as a slip.
    pub by_slip: bool,
    /// Whether it is about a question that an own slip asked.
    pub own_slip: bool,
    /// What is in the record already: of an answer.
    pub saved: String,
    /// It was sent and is not answered yet.
    pub sending: bool,
    /// A slip is about to be sent: another key decides.
    pub asks: bool,
}

/// What a key on the page came to.
#[derive(Debug, PartialEq)]
pub enum Wrote {
    /// The text may have changed.
    Text,
    /// Nothing to do.
    Nothing,
    /// The page is left; the text is kept as a draft.
    Left,
    /// It was asked to be sent, and there is nothing in it.
    Empty,
    /// It is sent.
    Send(Act),
}

impl Writing {
    /// A page that begins with this text.
    pub fn new(item: ItemId, purpose: Purpose, text: &str, by_slip: bool) -> Self {
        let editor = Editor::new(text, usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX));
        let saved = String::new();
        Self { item, purpose, editor, by_slip, own_slip: false, saved, sending: false, asks: false }
    }

    /// What a slip would say with this text, if a slip can say it.
    fn as_slip(&self, text: String) -> Option<SlipSays> {
        Some(match &self.purpose {
            Purpose::Question { official, follows: None } => {
                SlipSays::begin(SlipKind::Question, official.clone(), text)
            }
            Purpose::Opinion { official } => SlipSays::begin(SlipKind::Opinion, official.clone(), text),
            Purpose::Question { follows: Some(question), .. } if self.own_slip => {
                SlipSays::FollowUp { question: *question, text }
            }
            Purpose::Inquiry { question } if self.own_slip => SlipSays::Inquiry { question: *question, text },
            _ => return None,
        })
    }

    fn can_be_slip(&self) -> bool {
        self.as_slip(String::new()).is_some()
    }

    /// Whether only a slip can say it: no name is put to what an own slip asked.
    pub fn must_be_slip(&self) -> bool {
        self.own_slip
    }

    /// Whether it can be sent as a slip: the plan allows it, and one is left, or it goes by the slip that asked.
    pub fn may_be_slip(&self, view: &View) -> bool {
        self.can_be_slip() && (self.own_slip || view.slips_left.is_some_and(|left| left > 0))
    }

    fn may_change(&self, view: &View) -> bool {
        !self.must_be_slip() && (self.by_slip || self.may_be_slip(view))
    }

    /// Whether there is something that is not in the record yet.
    pub fn is_unsaved(&self) -> bool {
        self.editor.text().trim() != self.saved.trim()
    }

    /// The keys that do something now.
    pub fn keys(&self, view: &View) -> Vec<Key> {
        if self.asks {
            return vec![Key::Confirm];
        }
        let mut keys =
            vec![if matches!(self.purpose, Purpose::Answer { .. }) { Key::Save } else { Key::Send }];
        if self.may_change(view) {
            keys.push(Key::Slip);
        }
        keys.push(Key::KeepDraft);
        keys
    }

    /// A key.
    pub fn key(&mut self, key: KeyEvent, view: &View) -> Wrote {
        if std::mem::take(&mut self.asks) {
            return if letter(key) == Some('Y') { self.send() } else { Wrote::Nothing };
        }
        let save = key.code == KeyCode::F(5)
            || (key.code == KeyCode::Char('s') && key.modifiers.contains(KeyModifiers::CONTROL));
        match key.code {
            KeyCode::Esc => return Wrote::Left,
            // What is on its way is not changed under it.
            _ if self.sending => return Wrote::Nothing,
            _ if save && self.editor.is_blank() => return Wrote::Empty,
            _ if save && self.by_slip => self.asks = true,
            _ if save => return self.send(),
            KeyCode::Tab | KeyCode::F(2) if self.may_change(view) => {
                self.by_slip = !self.by_slip;
                return Wrote::Text;
            }
            _ if self.editor.key(key) => return Wrote::Text,
            _ => {}
        }
        Wrote::Nothing
    }

    fn send(&mut self) -> Wrote {
        let text = self.editor.text().trim().to_owned();
        let item = self.item.clone();
        let slip = self.as_slip(text.clone()).filter(|_| self.by_slip);
        let act = match (slip, &self.purpose) {
            (Some(says), _) => Act::Slip(says),
            (None, Purpose::Question { follows, .. }) => {
                Act::Order(Command::Ask { item, follows: *follows, text })
            }
            (None, Purpose::Opinion { official }) => {
                Act::Order(Command::GiveOpinion { item, official: official.clone(), text })
            }
            (None, Purpose::Inquiry { question }) => {
                Act::Order(Command::Inquire { item, question: *question, text })
            }
            (None, Purpose::Answer { question }) => {
                Act::Order(Command::TakeAnswer { item, question: *question, text })
            }
            (None, Purpose::Statement) => Act::Order(Command::SayInside { item, text }),
            (None, Purpose::ToProposing) => Act::Order(Command::PutQuestion { item, text }),
            (None, Purpose::Reply { question }) => {
                Act::Order(Command::Reply { item, question: *question, text })
            }
            (None, Purpose::Spoken { seat }) => {
                Act::Order(Command::TakeDownSaid { item, seat: seat.clone(), text })
            }
            (None, Purpose::SpokenQuestion { asker }) => {
                Act::Order(Command::TakeDownQuestion { item, asker: asker.clone(), text })
            }
            (None, Purpose::Objection { official }) => {
                let (official, stance) = (official.clone(), Stance::Objection { reason: text });
                Act::Order(Command::GiveStance { item, official, stance })
            }
            (None, Purpose::Check { official }) => {
                let (official, stance) = (official.clone(), Stance::NeedsChecking { what: text });
                Act::Order(Command::GiveStance { item, official, stance })
            }
            (None, Purpose::View { seat }) => {
                Act::Order(Command::GiveStatement { item, seat: seat.clone(), text })
            }
            (None, Purpose::SummingUp) => Act::Order(Command::SumUp { item, text }),
            (None, Purpose::Oral { asker }) => {
                Act::Order(Command::EnterQuestion { item, asker: asker.clone(), follows: None, text })
            }
        };
        self.sending = true;
        Wrote::Send(act)
    }

    fn title(&self, scene: &Scene<'_>, state: &State) -> String {
        let lang = scene.lang;
        let official = |id: &OfficialId| {
            let review = state.item(&self.item).and_then(|item| item.review());
            review
                .and_then(|review| review.official(id.as_str()))
                .map_or(String::new(), |official| who::spoken(&clean(&official.name)))
        };
        let considered = |id: &OfficialId| {
            let joint = state.item(&self.item).and_then(|item| item.joint());
            let official = joint.and_then(|joint| joint.official(id.as_str()));
            official.map_or(String::new(), |official| who::spoken(&clean(&official.name)))
        };
        let written = |text: JointText, id: &OfficialId| {
            format!("{} {} {}", text.text(lang), scene.theme.dot(), considered(id))
        };
        let spoken = |text: &str, seat: &SeatId| {
            format!("{text} {} {}", scene.theme.dot(), who::spoken(&clean(state.name(seat))))
        };
        let (text, about) = match &self.purpose {
            Purpose::Statement => return TermText::WriteStatement.text(lang).to_owned(),
            Purpose::ToProposing => return TermText::WriteQuestion.text(lang).to_owned(),
            Purpose::Reply { question } => {
                return format!("{} {}", TermText::WriteReply.text(lang), term::question(lang, *question));
            }
            Purpose::Spoken { seat } => {
                return spoken(TermText::WriteSpoken.text(lang), seat);
            }
            Purpose::SpokenQuestion { asker } => {
                return spoken(TermText::WriteSpokenQuestion.text(lang), asker);
            }
            Purpose::Objection { official: id } => return written(JointText::WriteObjection, id),
            Purpose::Check { official: id } => return written(JointText::WriteCheck, id),
            Purpose::Question { official: id, follows: None } => (Text::WriteQuestion, official(id)),
            Purpose::Question { follows: Some(follows), .. } => {
                (Text::WriteFollowUp, words::follows(lang, follows.0))
            }
            Purpose::Opinion { official: id } => (Text::WriteOpinion, official(id)),
            Purpose::Inquiry { question } => (Text::WriteInquiry, words::question(lang, question.0)),
            Purpose::Answer { question } => (Text::WriteAnswer, words::question(lang, question.0)),
            Purpose::View { seat } => (Text::WriteView, who::spoken(&clean(state.name(seat)))),
            Purpose::SummingUp => {
                let title = state.item(&self.item).map_or("", |item| item.title.as_str());
                (Text::WriteSummingUp, clean(title).into_owned())
            }
            Purpose::Oral { asker } => (Text::WriteOral, who::spoken(&clean(state.name(asker)))),
        };
        format!("{} {} {about}", text.text(lang), scene.theme.dot())
    }

    /// What the text is about: the question that is followed up, answered or inquired into.
    fn about<'a>(&self, state: &'a State) -> Option<&'a str> {
        let id = match &self.purpose {
            Purpose::Question { follows, .. } => (*follows)?,
            Purpose::Inquiry { question } | Purpose::Answer { question } => *question,
            Purpose::Reply { question } => {
                let term = state.item_state(&self.item)?.term()?;
                return term.question(*question)?.asked.text.as_deref();
            }
            Purpose::Statement
            | Purpose::ToProposing
            | Purpose::Spoken { .. }
            | Purpose::SpokenQuestion { .. }
            | Purpose::Opinion { .. }
            | Purpose::Oral { .. }
            | Purpose::View { .. }
            | Purpose::SummingUp
            | Purpose::Objection { .. }
            | Purpose::Check { .. } => return None,
        };
        let review = state.item_state(&self.item)?.review()?;
        Some(&review.question(id)?.text)
    }

    /// Draws the page and sets the caret.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
        let theme = scene.theme;
        let room = usize::from(area.width.saturating_sub(4));
        let title = cut(&self.title(scene, state), room, theme.ellipsis()).into_owned();
        let block = theme.block(title);
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let cells = usize::from(inset(inner).width);
        let mut about: Vec<Line<'_>> = Vec::new();
        if let Some(text) = self.about(state) {
            // Only the beginning is looked at: the question itself is on other pages.
            let begins: String = text.chars().take(cells * ABOUT_LINES_MAX).collect();
            let lines = wrap(&begins, cells).into_iter().take(ABOUT_LINES_MAX);
            about.extend(lines.map(|line| Line::styled(line, theme.dim())));
            about.push(Line::raw(""));
        }
        let foot = self.foot(scene, cells);
        let tall = |lines: &[Line<'_>]| Constraint::Length(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        let [top, text, rule, bottom] =
            Layout::vertical([tall(&about), Constraint::Min(1), Constraint::Length(1), tall(&foot)])
                .areas(inset(inner));
        frame.render_widget(Paragraph::new(about), top);
        frame.render_widget(Paragraph::new(theme.rule().repeat(cells)).style(theme.dim()), rule);
        frame.render_widget(Paragraph::new(foot), bottom);
        // Last: it sets the caret.
        self.editor.draw(frame, text);
    }

    fn foot(&self, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let chars_max = usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX);
        let mut first = vec![Span::styled(
            words::written(lang, self.editor.chars(), chars_max),
            if self.editor.chars() >= chars_max { theme.alarm() } else { theme.strong() },
        )];
        if matches!(self.purpose, Purpose::Answer { .. }) {
            let (word, style) = if self.is_unsaved() {
                (Text::Unsaved, theme.alarm())
            } else {
                (Text::Saved, theme.accent())
            };
            first.push(Span::styled(format!("   {}", word.text(lang)), style));
        }
        if self.can_be_slip() {
            let (word, style) =
                if self.by_slip { (Text::AsSlip, theme.accent()) } else { (Text::ByName, theme.strong()) };
            first.push(Span::styled(format!("   {}", word.text(lang)), style));
            if let Some(left) = scene.view.slips_left.filter(|_| !self.own_slip) {
                let left = words::slips_left(lang, left);
                first.push(Span::styled(format!("   {} {left}", Text::Slip.text(lang)), theme.dim()));
            }
        }
        if self.sending {
            first.push(Span::styled(format!("   {}", Text::Sending.text(lang)), theme.accent()));
        }
        let mut lines = vec![Line::from(first)];
        let mut say = |text: Text, style| {
            lines.extend(wrap(text.text(lang), cells).into_iter().map(|line| Line::styled(line, style)));
        };
        if self.by_slip {
            say(Text::SlipTrust, theme.alarm());
            say(Text::SlipNotKept, theme.dim());
        } else if self.can_be_slip() {
            say(Text::ByNameWhy, theme.dim());
        }
        if self.asks {
            say(Text::SlipSend, theme.banner());
        }
        lines
    }
}
