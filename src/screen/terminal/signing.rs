//! The page on which a recorder or a scrutineer signs the record, or refuses to.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::keys::Key;
use super::{Over, Terminal};
use crate::client::{Link, SealAct, Sealing, SignerStands, Stands, View};
use crate::meeting::{Phase, State};
use crate::screen::widgets::letter;
use crate::screen::widgets::page::Page;
use crate::screen::widgets::sealing;
use crate::screen::{Act, Scene};
use crate::words::sealing::Sealing as Text;

/// The seal and the own place in it, for whoever signs, until it is made.
pub fn own(view: &View) -> Option<(&Sealing, &SignerStands)> {
    let ended = view.state.as_ref().is_some_and(|state| state.phase == Phase::Ended);
    let seal = view.seal.as_deref().filter(|_| ended && !view.sealed)?;
    Some((seal, seal.signer(&view.me)?))
}

/// Whether the person can refuse now.
fn may_refuse(signer: &SignerStands) -> bool {
    matches!(signer.stands, Stands::Next | Stands::Later)
}

/// Draws what is sealed, who signs, and what is asked of this person. Whether there was something to sign.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) -> bool {
    let Some((seal, signer)) = own(scene.view) else { return false };
    let (lang, theme) = (scene.lang, scene.theme);
    let (asks, style) = match &signer.stands {
        Stands::Next => (Text::YourTurn, theme.chosen()),
        Stands::Later => (Text::OthersFirst, theme.strong()),
        Stands::Signed => (Text::YouSigned, theme.accent()),
        Stands::Without { refused: true, .. } if signer.can => (Text::YouRefusedStill, theme.strong()),
        Stands::Without { refused: true, .. } => (Text::YouRefused, theme.strong()),
        Stands::Without { .. } if signer.can => (Text::PassedOver, theme.alarm()),
        Stands::Without { .. } => (Text::NotSigning, theme.strong()),
    };
    let mut page = Page::new(Text::WhatIsSealed.text(lang), theme.accent());
    for line in sealing::what(scene, state, seal) {
        page = page.say(line, theme.strong());
    }
    page = page.say(Text::Cannot.text(lang), theme.dim()).say("", theme.dim());
    for one in &seal.signers {
        let style = if one.by == scene.view.me { theme.strong() } else { theme.plain_text() };
        page = page.say(sealing::signer(scene, state, one), style);
    }
    page.say("", theme.dim()).say(asks.text(lang), style).draw(frame, area, scene, Text::Title.text(lang));
    true
}

impl Terminal {
    /// The keys of the page.
    pub(super) fn signing_keys(&self, view: &View) -> Vec<Key> {
        let mut keys = Vec::new();
        if let Some((_, signer)) = own(view).filter(|_| !self.signing) {
            if signer.can {
                keys.push(Key::Sign);
            }
            if may_refuse(signer) {
                keys.push(Key::RefuseSeal);
            }
        }
        keys
    }

    /// A key on the page; none where it is none of its keys.
    pub(super) fn on_signing(&mut self, key: KeyEvent, view: &View) -> Option<Vec<Act>> {
        let works = self.signing_keys(view);
        match letter(key)? {
            'Y' if works.contains(&Key::Sign) => Some(self.say_of_seal(SealAct::Sign, view)),
            'N' if works.contains(&Key::RefuseSeal) => {
                self.over = Over::RefuseSeal(self.note());
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn say_of_seal(&mut self, act: SealAct, view: &View) -> Vec<Act> {
        // Without a connection the client says so, and nothing is awaited.
        self.signing = view.link == Link::Connected;
        vec![Act::Seal(act)]
    }

    /// A key while the reason is being written.
    pub(super) fn on_refusal(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Over::RefuseSeal(field) = &mut self.over else { return Vec::new() };
        match key.code {
            KeyCode::Esc => self.over = Over::Nothing,
            KeyCode::Enter if field.value().trim().is_empty() => {}
            KeyCode::Enter => {
                let reason = field.value().trim().to_owned();
                return self.say_of_seal(SealAct::Refuse(reason), view);
            }
            _ => {
                field.key(key);
            }
        }
        Vec::new()
    }

    /// What lies over the page makes room for it; the moment at which it is this person's turn is heard.
    pub(super) fn follow_seal(&mut self, view: &View) -> Vec<Act> {
        let Some((_, signer)) = own(view) else { return Vec::new() };
        let turn = signer.stands == Stands::Next;
        if !matches!(self.over, Over::Nothing | Over::RefuseSeal(_)) {
            self.over = Over::Nothing;
        }
        if matches!(self.over, Over::RefuseSeal(_)) && !may_refuse(signer) && !self.signing {
            self.over = Over::Nothing;
        }
        let begins = turn && !self.to_sign;
        self.to_sign = turn;
        begins.then_some(Act::Bell).into_iter().collect()
    }
}
