//! What is no item: signing in, the scrutineers, what comes next, the end and the seal.

use ratatui::text::Line;

use super::{Notes, Page, dim, figures, people, strong};
use crate::meeting::{ItemState, Proposal, RoundPhase, Sitting, State, barred, seat};
use crate::plan::Person;
use crate::rules::Among;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::matrix::Matrix;
use crate::screen::widgets::{agenda, figures as room_figures, present, results};
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::console::{self, Console};
use crate::words::contest as contest_words;
use crate::words::floor::{self, Now};
use crate::words::procedure::Procedure as Words;
use crate::words::sittings::{self, Sittings};
use crate::words::{reopening, rule};

/// Who is here and who is not yet.
pub fn signing_in(scene: &Scene<'_>, state: &State, cells: usize) -> Page {
    if !state.plan().decides_anything() {
        return candidates_signing_in(scene, state, cells);
    }
    let lang = scene.lang;
    let (due, present) = (state.due(), state.present());
    let quorum = &state.plan().meeting.quorum;
    let holds = quorum.holds(present, due);
    let mark = scene.theme.mark(if holds { Mark::Done } else { Mark::No });
    let sum = scene.theme.arithmetic(&rule::arithmetic(quorum, due));
    let bound = format!("{mark} {} {sum}", rule::bound(lang, quorum));
    let away = || state.plan().members().filter(|person| !state.is_present(&seat(person)));
    let (on_leave, absent): (Vec<_>, Vec<_>) = away().partition(|person| state.is_on_leave(person));
    let here: Vec<_> = present::here(state, state.plan().people.iter()).collect();
    let words = [Console::NotSignedIn, Console::AllSignedIn];
    let rows = signed_in_rows(scene, state, words, [absent, on_leave, here], cells);
    Page {
        title: Now::SigningIn.text(lang).to_owned(),
        head: vec![
            figures(
                scene,
                &[
                    (Common::Due.text(lang), due.to_string()),
                    (Common::Present.text(lang), present.to_string()),
                    (Common::Attending.text(lang), state.attending().to_string()),
                ],
            ),
            strong(scene, &format!("{bound} = {}", quorum.least(due))),
        ],
        rows,
        must_see: None,
    }
}

/// Who is not here yet, who is on leave, and who is here; with the words for the first, and for that there are none.
fn signed_in_rows<'a>(
    scene: &Scene<'_>,
    state: &State,
    [missing, none_missing]: [Console; 2],
    [absent, on_leave, here]: [Vec<&'a Person>; 3],
    cells: usize,
) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let listed = |title: &str, of: Vec<&'a Person>| -> Vec<Line<'static>> {
        if of.is_empty() {
            return Vec::new();
        }
        let title = dim(scene, &format!("{title} {}", of.len()));
        [title].into_iter().chain(people(scene, state, of.into_iter(), cells)).collect()
    };
    let mut rows = vec![Line::raw("")];
    if absent.is_empty() {
        rows.push(strong(scene, none_missing.text(lang)));
    }
    rows.extend(listed(missing.text(lang), absent));
    rows.extend(listed(Console::OnLeave.text(lang), on_leave));
    let here = listed(Words::PresentByName.text(lang), here);
    if !here.is_empty() {
        rows.push(Line::raw(""));
    }
    rows.extend(here);
    rows
}

/// The same where nothing is decided: which candidates are here, and which are not yet.
fn candidates_signing_in(scene: &Scene<'_>, state: &State, cells: usize) -> Page {
    let lang = scene.lang;
    let head = room_figures::figures(scene, state).into_iter().map(|figure| (figure.label, figure.value));
    let head: Vec<(&str, String)> = head.collect();
    let (here, absent): (Vec<_>, Vec<_>) =
        room_figures::candidates(state).partition(|person| state.is_present(&seat(person)));
    let words = [Console::CandidatesNotSignedIn, Console::AllCandidatesSignedIn];
    let rows = signed_in_rows(scene, state, words, [absent, Vec::new(), here], cells);
    let title = Now::SigningIn.text(lang).to_owned();
    Page { title, head: vec![figures(scene, &head)], rows, must_see: None }
}

/// Adjourned to another day: when it goes on, what is left, and that this machine may be turned off until then.
pub fn recess(scene: &Scene<'_>, state: &State, sitting: &Sitting, cells: usize) -> Page {
    let (lang, theme) = (scene.lang, scene.theme);
    let room = cells.saturating_sub(2);
    let wrapped = |text: &str, style| -> Vec<Line<'static>> {
        wrap(&clean(text), room).into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect()
    };
    let mut head = vec![strong(scene, &sittings::until(lang, sitting.until))];
    head.extend(wrapped(&console::because(lang, &sitting.reason), theme.plain_text()));
    let early = sitting.until.moment().is_some_and(|moment| scene.now < moment);
    if early {
        head.extend(wrapped(Sittings::NotYet.text(lang), theme.dim()));
    }
    head.extend(wrapped(Sittings::ConsoleMayQuit.text(lang), theme.accent()));
    let left = agenda::left(scene, state);
    let what = if left.is_empty() { Sittings::NothingLeft } else { Sittings::Left };
    let mut rows = vec![Line::raw(""), dim(scene, what.text(lang))];
    for (title, begun) in left {
        rows.extend(wrapped(&title, if begun { theme.strong() } else { theme.plain_text() }));
    }
    Page { title: Sittings::Recess.text(lang).to_owned(), head, rows, must_see: None }
}

/// Whom the room is asked to approve.
pub fn scrutineers(scene: &Scene<'_>, state: &State) -> Page {
    let lang = scene.lang;
    let mut rows = vec![dim(scene, Console::ProposedScrutineers.text(lang))];
    for person in state.scrutineers() {
        rows.push(strong(scene, &format!("  {}  {}", person.name, person.unit)));
    }
    if let Some(vote) = state.scrutineers.filter(|vote| !vote.approved) {
        rows.push(Line::raw(""));
        let present = vote.agree + vote.disagree + vote.abstain;
        let failed = console::hands_failed(lang, vote.agree, present);
        rows.push(Line::styled(format!(" {failed}"), scene.theme.alarm()));
    }
    Page { title: Now::ScrutineersNext.text(lang).to_owned(), rows, ..Page::default() }
}

/// The change of the agenda that was put to the body.
pub fn proposal(scene: &Scene<'_>, state: &State, proposal: &Proposal, cells: usize) -> Page {
    let told = agenda::put(scene, state, proposal);
    let title = told.first().map(|(title, _)| title.clone()).unwrap_or_default();
    let rows = told.into_iter().skip(1).flat_map(|(text, style)| {
        let lines = wrap(&text, cells.saturating_sub(2));
        lines.into_iter().map(move |line| Line::styled(format!(" {line}"), style)).chain([Line::raw("")])
    });
    Page { title, rows: rows.collect(), ..Page::default() }
}

/// What is called next.
pub fn next_item(scene: &Scene<'_>, state: &State, next: &ItemState, cells: usize) -> Page {
    let lang = scene.lang;
    let Some(item) = state.item(&next.id) else { return Page::default() };
    let number = agenda::number(state, next);
    let title = format!("{} {}", floor::item_number(lang, number), Now::Between.text(lang));
    if item.matter().is_some() || item.open_vote().is_some() {
        return Page { title, ..super::open::to_come(scene, state, next, item, cells) };
    }
    if let Some(plan) = item.review() {
        let mut page = super::review::to_come(scene, plan, cells);
        page.head.insert(0, strong(scene, &item.title));
        return Page { title, ..page };
    }
    if let Some(plan) = item.joint() {
        let mut page = super::joint::to_come(scene, plan, cells);
        page.head.insert(0, strong(scene, &item.title));
        return Page { title, ..page };
    }
    if let Some(plan) = item.exam() {
        let mut page = super::exam::to_come(scene, state, plan, cells);
        page.head.insert(0, strong(scene, &item.title));
        return Page { title, ..page };
    }
    let Some(nomination) = item.nomination() else { return Page::default() };
    let (due, present) = (state.due_for(item), state.present_for(item));
    let foreseen = barred::foreseen(state, item);
    let mut head = vec![strong(scene, &item.title)];
    let voted = nomination.lines.len().saturating_sub(foreseen.barred.len());
    if item.term().is_none() {
        head.push(dim(scene, &console::lines_of(lang, voted, 0)));
    }
    let rule = match item.contested() {
        Some(contested) => contest_words::rule(lang, contested, Among::All, contested.rule.seats, None),
        None => rule::carried(lang, &nomination.carried, None),
    };
    head.extend(wrap(&rule, cells.saturating_sub(2)).into_iter().map(|line| Line::raw(format!(" {line}"))));
    head.push(figures(
        scene,
        &[
            (Common::Due.text(lang), due.to_string()),
            (
                Common::Present.text(lang),
                format!("{present} {}", scene.theme.arithmetic(&rule::arithmetic(&nomination.quorum, due))),
            ),
        ],
    ));
    head.push(Line::raw(""));
    let mut rows = super::nominees::rows(scene, &foreseen, nomination, None, cells).0;
    rows.extend(super::nominees::why_barred(scene, state, &foreseen, nomination, cells));
    Page { title, head, rows, must_see: None }
}

/// Everything is decided; the results at a glance.
pub fn all_done(scene: &Scene<'_>, state: &State, cells: usize) -> Page {
    let lang = scene.lang;
    Page {
        title: Now::Done.text(lang).to_owned(),
        head: vec![strong(scene, Console::AllDone.text(lang)), Line::raw("")],
        rows: outcomes(scene, state, cells),
        must_see: None,
    }
}

fn outcomes(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let mut rows = Vec::new();
    for item in &state.items {
        let title = state.item(&item.id).map_or("", |item| item.title.as_str());
        rows.push(strong(scene, title));
        if item.exam().is_some() {
            rows.extend(super::exam::outcomes(scene, state, item, cells));
        } else if item.review().is_some() {
            rows.extend(super::review::ranked_rows(scene, state, item, cells));
        } else if let Some(matrix) = Matrix::of(state, item) {
            rows.extend(super::joint::declared(scene, matrix, cells));
        } else if item.rounds.iter().any(|round| round.phase == RoundPhase::Counted) {
            // Of an item that was taken up again every result, with what is not in force any more.
            for round in item.rounds.iter().filter(|round| round.phase == RoundPhase::Counted) {
                if let Some(contest) = round.issue.contest.filter(|_| !item.further.is_empty()) {
                    rows.push(dim(scene, &contest_words::round_name(scene.lang, contest.further)));
                }
                let later = item.reopenings.iter().find(|later| {
                    later.lines.iter().any(|line| {
                        round.issue.lines.contains(line)
                            && item.set_aside(round, line).is_some_and(|first| first.time == later.time)
                    })
                });
                if let Some(later) = later {
                    let text = reopening::set_aside_later(scene.lang, state, &item.id, later);
                    let lines = wrap(&clean(&text), cells.saturating_sub(2));
                    rows.extend(lines.iter().map(|line| dim(scene, line)));
                }
                let table = results::results(scene, state, item, round, cells.saturating_sub(2), false);
                let lines = table.head.into_iter().chain(table.blocks.into_iter().flatten());
                rows.extend(lines.map(super::indented));
            }
        } else if crate::screen::widgets::open::is_decided(item) {
            let lines = crate::screen::widgets::open::result(scene, state, &item.id, cells.saturating_sub(2));
            rows.extend(lines.into_iter().map(super::indented));
        } else if item.stage == crate::meeting::Stage::Declared {
            rows.push(dim(scene, Now::AllDeferred.text(scene.lang)));
        }
        rows.push(Line::raw(""));
    }
    rows
}

/// The meeting has ended: the seal, where the archive is, and how anyone verifies it.
pub fn ended(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> Page {
    let lang = scene.lang;
    let title = if scene.view.sealed {
        Now::RecordSealed
    } else if state.adjourned.is_some() {
        Now::Adjourned
    } else {
        Now::Closed
    };
    let seal = match (scene.view.sealed, notes.seal_signed) {
        (true, _) => Console::Sealed,
        (false, true) => Console::Sealing,
        (false, false) => Console::BeforeSeal,
    };
    let mut head: Vec<Line<'static>> = Vec::new();
    if let Some(ground) = &state.adjourned {
        let why = floor::adjourned(lang, ground);
        let why = console::because(lang, &clean(&why));
        let lines = wrap(&why, cells.saturating_sub(2));
        head.extend(lines.iter().map(|line| Line::styled(format!(" {line}"), scene.theme.alarm())));
    }
    let seal = wrap(seal.text(lang), cells.saturating_sub(2));
    head.extend(seal.iter().map(|line| strong(scene, line)));
    head.push(Line::raw(""));
    head.push(dim(scene, Console::Archive.text(lang)));
    head.extend(
        wrap(notes.archive, cells.saturating_sub(4)).iter().map(|line| strong(scene, &format!("  {line}"))),
    );
    let command = |verb: &str| {
        let quoted = if notes.archive.contains(' ') {
            format!("'{}'", notes.archive)
        } else {
            notes.archive.to_owned()
        };
        wrap(&format!("plenum {verb} {quoted}"), cells.saturating_sub(4))
    };
    head.push(dim(scene, Console::Verify.text(lang)));
    head.extend(command("verify").iter().map(|line| strong(scene, &format!("  {line}"))));
    head.push(dim(scene, Console::Minutes.text(lang)));
    head.extend(command("minutes").iter().map(|line| strong(scene, &format!("  {line}"))));
    head.push(Line::raw(""));
    Page { title: title.text(lang).to_owned(), head, rows: outcomes(scene, state, cells), must_see: None }
}
