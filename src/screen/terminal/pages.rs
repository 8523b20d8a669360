//! The pages on which there is nothing to mark: sign-in, the states of the own paper, a result, the calm ones.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::duty::told;
use super::nominees::{inset, more_line};
use super::page::{self, Page as Which};
use crate::client::{Alarm, Link, Paper, TurnedAway, View};
use crate::meeting::{ItemId, RoundPhase, Stage, State};
use crate::screen::Scene;
use crate::screen::text::{clean, tracker};
use crate::screen::widgets::page::Page;
use crate::screen::widgets::results::{above, results};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::sealing;
use crate::screen::widgets::{agenda, figures};
use crate::words::common::{self, Common};
use crate::words::duty::{self, Duty};
use crate::words::floor::{self, Now};
use crate::words::official::of_evaluation;
use crate::words::sittings::{self, Sittings};
use crate::words::term::Term;
use crate::words::terminal::Terminal;

/// Draws a page that says one thing. Whether it was one of these.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, which: &Which) -> bool {
    let theme = scene.theme;
    let text = |text: Terminal| say(scene, text);
    let (title, page) = match which {
        Which::Waiting => ("", Page::new(Common::Waiting.text(scene.lang), theme.strong())),
        Which::TurnedAway => {
            let Link::TurnedAway(why) = &scene.view.link else { return false };
            let revoked = why;
            let (why, remedy) = common::turned_away(scene.lang, why);
            let page = Page::new(text(Terminal::TurnedAwayTitle), theme.alarm());
            let mut page = page.say(why, theme.strong()).say("", theme.dim()).say(remedy, theme.plain_text());
            if *revoked == TurnedAway::KeyRevoked {
                page = page.say("", theme.dim()).say(Duty::RevokedAsk.text(scene.lang), theme.alarm());
            }
            ("", page)
        }
        Which::Suspended => {
            let reason = scene.state().and_then(|state| state.suspended.as_deref()).unwrap_or_default();
            let page = Page::new(Now::Suspended.text(scene.lang), theme.accent());
            let page = page.say(clean(reason), theme.strong()).say("", theme.dim());
            ("", page.say(text(Terminal::SuspendedWhy), theme.plain_text()))
        }
        Which::Recess => {
            let Some(state) = scene.state() else { return false };
            ("", recess(scene, state))
        }
        Which::SignIn => return scene.state().is_some_and(|state| sign_in(frame, area, scene, state)),
        Which::Ended => return scene.state().is_some_and(|state| ended(frame, area, scene, state)),
        Which::Outside if scene.state().is_some_and(super::term_page::is_shown) => {
            let page = Page::new(Term::Dark.text(scene.lang), theme.dim());
            ("", page.say(Term::DarkWhy.text(scene.lang), theme.dim()))
        }
        Which::Outside => {
            let page = Page::new(text(Terminal::OutsideTitle), theme.banner());
            ("", page.say(text(Terminal::OutsideWhy), theme.strong()))
        }
        Which::PaperReady => {
            let ready = scene.view.paper == Paper::Confirmed;
            let (title, why) = if ready {
                (Terminal::PaperConfirmed, Terminal::PaperConfirmedWhy)
            } else {
                (Terminal::PaperPreparing, Terminal::PaperPreparingWhy)
            };
            let mut page = Page::new(text(title), theme.accent()).say(text(why), theme.plain_text());
            if let Some(state) = scene.state() {
                if let Some(officials) = told::bundle(state).filter(|_| !ready) {
                    page = page.say(duty::bundle(scene.lang, officials), theme.strong());
                }
                page = page.say("", theme.dim());
                for rule in told::rules(scene, state) {
                    page = page.say(rule, theme.plain_text());
                }
            }
            (text(Terminal::PaperTitle), with_figures(page, scene))
        }
        Which::Aside => {
            let page = Page::new(Duty::AsideTitle.text(scene.lang), theme.accent());
            let page = page.say(Duty::AsideWhy.text(scene.lang), theme.strong());
            ("", with_figures(page.say(Duty::AsideNext.text(scene.lang), theme.plain_text()), scene))
        }
        Which::Casting => {
            let round = scene.state().and_then(|state| page::own_round(scene.view, state));
            let late = round.is_some_and(|round| round.phase > RoundPhase::Voting);
            let (title, why) = match late {
                true => (Terminal::CastingLate, Terminal::CastingLateWhy),
                false => (Terminal::Casting, Terminal::CastingWhy),
            };
            let page = Page::new(text(title), theme.accent());
            let page = page.say(text(why), theme.plain_text()).say("", theme.dim());
            let page = match scene.view.link {
                Link::Connected => page,
                _ if late => page,
                _ => page.say(text(Terminal::CastingLost), theme.alarm()),
            };
            (text(Terminal::PaperTitle), page)
        }
        Which::Returned => (text(Terminal::PaperTitle), returned(scene, scene.view)),
        Which::NotReturned => {
            let (title, why, code) = match &scene.view.paper {
                Paper::Lost { tracker } => (Terminal::LostTitle, Terminal::LostWhy, Some(tracker)),
                Paper::Forgotten => (Terminal::ForgottenTitle, Terminal::ForgottenWhy, None),
                _ => (Terminal::NotReturnedTitle, Terminal::NotReturnedWhy, None),
            };
            let style = if scene.view.paper == Paper::Forgotten { theme.accent() } else { theme.alarm() };
            let mut page = Page::new(text(title), style).say(text(why), theme.plain_text());
            if let Some(code) = code {
                let shown = format!("{}    {}", text(Terminal::Tracker), tracker(code));
                page = page.say("", theme.dim()).say(shown, theme.strong());
            }
            (text(Terminal::PaperTitle), with_figures(with_missing(page, scene), scene))
        }
        Which::Floor | Which::Open | Which::Paper(_) | Which::Duty(_) | Which::Exam(_) | Which::Result(_) => {
            return false;
        }
    };
    page.draw(frame, area, scene, title);
    true
}

/// A text of the own paper: of a vote, or of an evaluation.
fn say(scene: &Scene<'_>, text: Terminal) -> &'static str {
    let evaluation = scene.state().is_some_and(|state| state.current_review().is_some());
    if evaluation { of_evaluation(scene.lang, text) } else { text.text(scene.lang) }
}

/// The covered screen: nothing of what is under it.
pub fn covered(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
    Page::new(Terminal::Covered.text(scene.lang), scene.theme.strong())
        .say(Terminal::Uncover.text(scene.lang), scene.theme.dim())
        .draw(frame, area, scene, "");
}

/// Whose terminals have not answered to the box is said by name on every screen.
fn with_missing(page: Page, scene: &Scene<'_>) -> Page {
    let missing = scene.state().and_then(|state| told::not_answered(scene, state));
    missing.map_or(page.clone(), |missing| page.say(missing, scene.theme.strong()))
}

fn with_figures(page: Page, scene: &Scene<'_>) -> Page {
    let Some(state) = scene.state() else { return page };
    page.say("", scene.theme.dim()).say(figures::line(scene, state), scene.theme.dim())
}

/// The page after the cast: the same for every choice, since it knows nothing of it.
fn returned(scene: &Scene<'_>, view: &View) -> Page {
    let theme = scene.theme;
    let text = |text: Terminal| say(scene, text);
    let Paper::Returned { tracker: code, in_box } = &view.paper else { return Page::default() };
    let phase = scene.state().and_then(|state| state.current_round()).map(|(_, round)| round.phase);
    let wait = match phase {
        Some(RoundPhase::Voting) => Terminal::WaitClose,
        _ => Terminal::WaitOpenBox,
    };
    let fixed = scene
        .state()
        .and_then(|state| page::own_round(view, state))
        .is_some_and(|round| round.box_hash.is_some());
    let shown = format!("{}    {}", text(Terminal::Tracker), tracker(code));
    // A sealed box without the own ballot: nothing on this page may sound as if all were well.
    if fixed && !*in_box {
        let page = if matches!(view.alarm, Some(Alarm::BallotMissing { .. })) {
            Page::new(Duty::MissingAlarm.text(scene.lang), theme.alarm())
                .say(Duty::MissingAlarmHow.text(scene.lang), theme.strong())
        } else {
            Page::new(Duty::NotInBox.text(scene.lang), theme.alarm())
                .say(Duty::ReturnsAgain.text(scene.lang), theme.strong())
        };
        let page = page.say("", theme.dim()).say(shown, theme.strong()).say("", theme.dim());
        return with_figures(with_missing(page, scene), scene);
    }
    let page = Page::new(
        &format!("{} {}", theme.mark(crate::screen::Mark::Done), text(Terminal::ReturnedTitle)),
        theme.accent(),
    )
    .say(text(Terminal::ReturnedWhy), theme.plain_text())
    .say("", theme.dim())
    .say(shown, theme.strong())
    .say(text(Terminal::TrackerWhy), theme.dim())
    .say("", theme.dim());
    let page = if *in_box { page.say(text(Terminal::InBox), theme.accent()) } else { page };
    let page = page.say(text(wait), theme.plain_text());
    with_figures(with_missing(page, scene), scene)
}

/// Adjourned to another day: when it goes on, what is left, and what this terminal asks for then.
fn recess(scene: &Scene<'_>, state: &State) -> Page {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(sitting) = state.recess() else { return Page::default() };
    let mut page = Page::new(Sittings::Recess.text(lang), theme.accent())
        .say(sittings::until(lang, sitting.until), theme.strong())
        .say(clean(&sitting.reason), theme.plain_text())
        .say("", theme.dim())
        .say(Sittings::Left.text(lang), theme.dim());
    for (title, begun) in agenda::left(scene, state) {
        page = page.say(title, if begun { theme.strong() } else { theme.plain_text() });
    }
    page.say("", theme.dim())
        .say(Sittings::SignInLater.text(lang), theme.accent())
        .say(Sittings::MayBeOff.text(lang), theme.dim())
}

fn sign_in(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) -> bool {
    let (lang, theme) = (scene.lang, scene.theme);
    let plan = state.plan();
    let again = page::has_left(scene.view, state);
    let press = if again { Terminal::SignInAgain } else { Terminal::SignInPress };
    let name = page::me(scene.view, state).map_or("", |person| person.name.as_str());
    let mut page = Page::new(&plan.meeting.title, theme.strong())
        .say(format!("{}   {}", sittings::day(lang, state), plan.meeting.venue), theme.dim())
        .say("", theme.dim())
        .say(name, theme.strong())
        .say("", theme.dim())
        .say(format!(" {} ", press.text(lang)), theme.chosen())
        .say("", theme.dim())
        .say(figures::line(scene, state), theme.dim());
    if state.suspended.is_some() {
        page = page.say("", theme.dim()).say(Now::Suspended.text(lang), theme.alarm());
    }
    page.draw(frame, area, scene, Terminal::SignInTitle.text(lang));
    true
}

fn ended(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) -> bool {
    if super::signing::draw(frame, area, scene, state) {
        return true;
    }
    let (lang, theme) = (scene.lang, scene.theme);
    let text = |text: Terminal| text.text(lang);
    let mut page = Page::new(text(Terminal::EndedTitle), theme.accent());
    if let Some(ground) = &state.adjourned {
        let why = format!(
            "{}{}{}",
            Now::Adjourned.text(lang),
            lang.pick("：", ": "),
            floor::adjourned(lang, ground)
        );
        page = page.say(why, theme.strong()).say("", theme.dim());
    }
    let sealed = scene.view.sealed;
    let seal = if sealed { Terminal::EndedSealed } else { Terminal::EndedWaitSeal };
    page = page.say(text(seal), theme.plain_text());
    if let Some(seal) = scene.view.seal.as_deref().filter(|_| !sealed) {
        page = page.say("", theme.dim()).say(sealing::progress(scene, seal), theme.strong());
    }
    if sealed {
        let chain = &scene.view.chain;
        let hash = format!("{} {}    {}", text(Terminal::EndedHash), chain.number, tracker(&chain.hash));
        page = page
            .say("", theme.dim())
            .say(hash, theme.strong())
            .say(text(Terminal::EndedHashWhy), theme.dim());
    }
    page.draw(frame, area, scene, "");
    true
}

/// Draws a counted result, the same for everyone at once.
pub fn result(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    id: &ItemId,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(item) = state.item_state(id) else { return };
    let Some(round) = item.round() else { return };
    let declared = item.stage == Stage::Declared;
    let word = if declared { Terminal::Declared } else { Terminal::NotDeclared };
    let title = format!("{} {} {}", Terminal::ResultTitle.text(lang), theme.dot(), word.text(lang));
    let block = theme.block(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let cells = usize::from(inner.width.saturating_sub(4));
    let above = above(scene, state, round, cells, [theme.strong(), theme.dim()]);
    let tall = u16::try_from(above.len()).unwrap_or(u16::MAX);
    let [top, head, body, more] = Layout::vertical([
        Constraint::Length(if inner.height > 20 { tall.saturating_add(1) } else { tall }),
        Constraint::Length(2),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(inner);
    frame.render_widget(Paragraph::new(above), inset(top));
    let roomy = results(scene, state, item, round, cells, true);
    let lines: usize = roomy.blocks.iter().map(Vec::len).sum();
    let table = if lines <= usize::from(body.height) {
        roomy
    } else {
        results(scene, state, item, round, cells, false)
    };
    frame.render_widget(Paragraph::new(table.head), inset(head));
    let lines: Vec<Line<'_>> = table.blocks.into_iter().flatten().collect();
    let shown = scroll.fit(lines.len(), body.height.into(), None);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(body));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
}
