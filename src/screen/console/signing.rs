//! The seal at the console: what is sealed, who has signed, who is next, who is missing. The presiding officer goes on
//! without somebody only with a reason in words, and signs last.

use ratatui::text::Line;

use super::cover::Cover;
use super::cover::text::Purpose;
use super::page::{Notes, Page, dim, strong};
use super::{Act, Console};
use crate::client::{SealAct, SignerStands, Stands, View};
use crate::meeting::State;
use crate::screen::Scene;
use crate::screen::text::{cut, wrap};
use crate::screen::widgets::notice::Tone;
use crate::screen::widgets::sealing;
use crate::words::sealing::{self as words, Sealing as Text};

/// Those who have neither signed nor been named, before the presiding officer.
pub fn missing(view: &View) -> Vec<&SignerStands> {
    let seal = view.seal.as_deref().filter(|_| !view.sealed);
    seal.map(|seal| seal.missing().collect()).unwrap_or_default()
}

/// Those without whose signature the presiding officer can go on: who is missing, and then who was passed over already,
/// so that a reason can be put right. Nobody's own words are.
pub fn nameable(view: &View) -> Vec<&SignerStands> {
    let mut all = missing(view);
    let seal = view.seal.as_deref().filter(|_| !view.sealed);
    let passed = |signer: &&SignerStands| matches!(signer.stands, Stands::Without { refused: false, .. });
    all.extend(seal.into_iter().flat_map(|seal| seal.signers.iter().filter(passed)));
    all
}

/// The page until the record is sealed; none before the hub has listed the files, and once the console has signed.
pub fn page(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> Option<Page> {
    let seal = scene.view.seal.as_deref().filter(|_| !scene.view.sealed && !notes.seal_signed)?;
    let (lang, theme) = (scene.lang, scene.theme);
    let missing = missing(scene.view);
    let asks = if missing.is_empty() { Text::YouLast } else { Text::StillMissing };
    let asks = wrap(asks.text(lang), cells.saturating_sub(2));
    let mut head: Vec<Line<'static>> = asks.iter().map(|line| strong(scene, line)).collect();
    if let Some(witnesses) = seal.witnesses {
        head.push(dim(scene, &words::witnesses(lang, witnesses)));
    }
    head.push(Line::raw(""));
    let nameable = nameable(scene.view);
    let chosen = nameable.get(notes.unsigned).map(|signer| &signer.by);
    let mut rows: Vec<Line<'static>> = Vec::new();
    let mut must_see = None;
    for signer in &seal.signers {
        let lines = wrap(&sealing::signer(scene, state, signer), cells.saturating_sub(3));
        let is_chosen = chosen == Some(&signer.by);
        if is_chosen {
            must_see = Some(rows.len());
        }
        let style = match &signer.stands {
            _ if is_chosen => theme.chosen(),
            Stands::Signed => theme.accent(),
            Stands::Without { .. } => theme.alarm(),
            Stands::Next => theme.strong(),
            Stands::Later => theme.dim(),
        };
        rows.extend(lines.into_iter().map(|line| Line::styled(format!(" {line}"), style)));
    }
    rows.push(Line::raw(""));
    rows.push(dim(scene, Text::WhatIsSealed.text(lang)));
    for line in sealing::what(scene, state, seal) {
        rows.push(strong(scene, &cut(&line, cells.saturating_sub(2), theme.ellipsis())));
    }
    Some(Page { title: Text::Title.text(lang).to_owned(), head, rows, must_see })
}

impl Console {
    /// Enter at the end: signs, if everybody who signs before has, or is named.
    pub(super) fn sign(&mut self, view: &View) -> Vec<Act> {
        let says = match &view.seal {
            None => Text::Preparing,
            Some(_) if !missing(view).is_empty() => Text::StillMissing,
            Some(_) => return self.wanted(vec![Act::Seal(SealAct::Sign)]),
        };
        self.notices.say(Tone::Refused, says.text(self.lang));
        Vec::new()
    }

    /// Moves to another of those who can be gone on without; whether there are several.
    pub(super) fn choose_signer(&mut self, view: &View, forward: bool) -> bool {
        let many = nameable(view).len();
        if many < 2 {
            return false;
        }
        self.unsigned =
            if forward { (self.unsigned + 1).min(many - 1) } else { self.unsigned.saturating_sub(1) };
        true
    }

    /// Whoever signs while the reason is being written needs none any more.
    pub(super) fn leave_answered(&mut self, view: &View) {
        let Some(Cover::Text(text)) = &self.cover else { return };
        let Purpose::SealWithout(who) = &text.purpose else { return };
        if !nameable(view).iter().any(|signer| signer.by == *who) {
            self.cover = None;
        }
    }
}
