//! The figures that can be contested, always in sight: attendance, the rules with their arithmetic, scrutineers.

use ratatui::text::{Line, Span};

use super::situation;
use crate::meeting::{Phase, State, seat};
use crate::plan::{Item, Person, TrusteesPlan};
use crate::rules::{Among, Base, Threshold, TieRule};
use crate::screen::text::{Side, clean, cut, fit, width};
use crate::screen::widgets::{figures as room_figures, scrutiny};
use crate::screen::{Mark, Scene};
use crate::words::common::{self, Common};
use crate::words::console::Console;
use crate::words::contest::Contest;
use crate::words::joint::Joint;
use crate::words::procedure::Procedure as Words;
use crate::words::rule;

/// A figure with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    label: &'static str,
    value: String,
    note: String,
    wrong: bool,
}

/// The item on the floor or the next: its rule of quorum and of carrying counts.
fn item(state: &State) -> Option<&Item> {
    // Until the meeting is open its own quorum counts, not that of an item; and all members decide on scrutineers and agenda.
    let item = match state.phase {
        Phase::SigningIn | Phase::Recess => None,
        _ if state.awaits_scrutineers() || state.proposal().is_some() => None,
        _ => state.current_item().or_else(|| state.next_item()),
    }?;
    state.item(&item.id)
}

fn figures(scene: &Scene<'_>, state: &State) -> Vec<Figure> {
    let lang = scene.lang;
    let item = item(state);
    let of_exam = item.map_or(!state.plan().decides_anything(), |item| item.exam().is_some());
    if of_exam {
        return room_figures::figures(scene, state)
            .into_iter()
            .map(|figure| Figure {
                label: figure.label,
                value: figure.value,
                note: String::new(),
                wrong: false,
            })
            .collect();
    }
    let (quorum, due, present) = match item {
        Some(item) => {
            let (due, present) = electors(state, item);
            (*item.quorum(), due, present)
        }
        None => (state.plan().meeting.quorum, state.due(), state.present()),
    };
    let plain = |label: &'static str, value: u32| Figure {
        label,
        value: value.to_string(),
        note: String::new(),
        wrong: false,
    };
    let holds = quorum.holds(present, due);
    let sign = scene.theme.mark(if holds { Mark::Done } else { Mark::No });
    let on_leave = match item {
        Some(item) if item.joint().is_some() => 0,
        Some(item) => state.on_leave(state.plan().electors(item)),
        None => state.on_leave(state.plan().members()),
    };
    let on_leave = on_leave.min(due.saturating_sub(present));
    let others = due.saturating_sub(present).saturating_sub(on_leave);
    // Of a joint meeting departments are counted, not people.
    let (due_label, here_label) = match item.and_then(Item::joint) {
        Some(_) => (Joint::DepartmentsDue.text(lang), Joint::DepartmentsHere.text(lang)),
        None => (Common::Due.text(lang), Common::Present.text(lang)),
    };
    let mut figures = vec![
        plain(due_label, due),
        Figure {
            note: scene.theme.arithmetic(&format!("{sign} ≥ {} ({})", quorum.least(due), fraction(&quorum))),
            wrong: !holds,
            ..plain(here_label, present)
        },
    ];
    if on_leave > 0 {
        figures.push(plain(Console::OnLeave.text(lang), on_leave));
    }
    if others > 0 || on_leave == 0 {
        figures.push(plain(room_figures::away(state).text(lang), others));
    }
    figures.push(plain(Common::Attending.text(lang), attending(state, item)));
    if let Some((item, rule)) = item.and_then(|item| Some((item, item.carried()?))) {
        figures.push(carried(scene, state, item, rule));
    }
    figures
}

/// Those who are here without evaluating or voting on the item that is shown, which may be the next.
fn attending(state: &State, item: Option<&Item>) -> u32 {
    let Some(item) = item else { return state.attending() };
    let other =
        |person: &&Person| !state.plan().is_member(person) && !item.electors().contains(&person.group);
    let here = state.plan().people.iter().filter(other).filter(|person| state.is_present(&seat(person)));
    u32::try_from(here.count()).unwrap_or(u32::MAX)
}

/// Those who are entitled to a paper, and how many of them are here: of those who do not stand aside, where an official
/// is evaluated.
fn electors(state: &State, item: &Item) -> (u32, u32) {
    let current = state.current_review().and_then(|(_, _, review)| review.current());
    let Some((_, official)) = current.filter(|(_, official)| !official.stage.is_over()) else {
        return (state.due_for(item), state.present_for(item));
    };
    let entitled = state.plan().electors(item).map(seat).filter(|seat| !official.recused.contains(seat));
    entitled.fold((0, 0), |(due, present), seat| (due + 1, present + u32::from(state.is_present(&seat))))
}

fn fraction(rule: &Threshold) -> String {
    let plus = if rule.plus == 0 { String::new() } else { format!("+{}", rule.plus) };
    format!("{}{plus}", rule.ratio)
}

/// When a line is carried: the number where it is known by now, and the comparison.
fn carried(scene: &Scene<'_>, state: &State, item: &Item, rule: &Threshold) -> Figure {
    let round = state.current_round().map(|(_, round)| round);
    let base = match rule.of {
        Base::Due => Some(round.map_or_else(|| state.due_for(item), |round| round.issue.due)),
        Base::Present => Some(round.map_or_else(|| state.present_for(item), |round| round.present())),
        Base::Returned | Base::Valid => round.and_then(crate::meeting::Round::returned),
        Base::AgreeDisagree => None,
    };
    let elects = item.contested().is_some();
    let agree = if elects { Contest::VotesFor.text(scene.lang) } else { Common::Agree.text(scene.lang) };
    let tied = item.contested().filter(|contested| {
        let among = round.and_then(|round| round.issue.contest).map(|contest| contest.among);
        among == Some(Among::Tied) && contested.rule.tied == TieRule::Order
    });
    if tied.is_some() {
        return Figure {
            label: Contest::Elected.text(scene.lang),
            value: scene.theme.none().to_owned(),
            note: Contest::ByOrder.text(scene.lang).to_owned(),
            wrong: false,
        };
    }
    let note = match base {
        Some(base) => format!("{agree} {}", rule::arithmetic(rule, base)),
        None => format!("{agree} {} {}", rule::bound(scene.lang, rule), rule::base(scene.lang, rule.of)),
    };
    Figure {
        label: if elects { Contest::Elected.text(scene.lang) } else { Console::CarriedAt.text(scene.lang) },
        value: base.map_or_else(|| scene.theme.none().to_owned(), |base| rule.least(base).to_string()),
        note: scene.theme.arithmetic(&note),
        wrong: false,
    }
}

/// Whether a figure is that of the majority.
fn is_majority(scene: &Scene<'_>, figure: &Figure) -> bool {
    let labels = [Console::CarriedAt.text(scene.lang), Contest::Elected.text(scene.lang)];
    labels.contains(&figure.label)
}

/// The panel.
pub fn lines(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let (theme, lang) = (scene.theme, scene.lang);
    let figures = figures(scene, state);
    let labels = figures.iter().map(|figure| width(figure.label)).max().unwrap_or(0);
    let mut lines = Vec::new();
    for figure in &figures {
        let style = if figure.wrong { theme.alarm() } else { theme.strong() };
        let label = fit(figure.label, labels, Side::Left, "");
        let mut spans = vec![
            Span::raw(format!(" {label} ")),
            Span::styled(fit(&figure.value, 4, Side::Right, ""), style),
        ];
        let room = cells.saturating_sub(labels + 9);
        if width(&figure.note) <= room {
            spans.push(Span::styled(
                format!("  {}", figure.note),
                if figure.wrong { style } else { theme.dim() },
            ));
            lines.push(Line::from(spans));
        } else {
            lines.push(Line::from(spans));
            let note = cut(&figure.note, cells.saturating_sub(4), theme.ellipsis()).into_owned();
            lines.push(Line::styled(format!("   {note}"), theme.dim()));
        }
    }
    if let Some(room) = scrutiny::room_line(scene) {
        lines.push(Line::styled(format!(" {room}"), theme.accent()));
    }
    lines.push(Line::raw(""));
    if state.current_review().is_some() {
        lines.extend(situation::lines(scene, state, cells));
        lines.push(Line::raw(""));
        let mark = if state.scrutineers_approved() { Mark::Done } else { Mark::ToCome };
        let scrutineers = state.scrutineers().count();
        let scrutineers = format!("{} {scrutineers} {}", Console::Scrutineers.text(lang), theme.mark(mark));
        let to_open = to_open(scene, state).map(|text| format!("   {text}")).unwrap_or_default();
        lines.push(Line::raw(format!(" {scrutineers}{to_open}")));
        lines.extend(last_lines(scene, state, cells));
        return lines;
    }
    if !state.plan().decides_anything() {
        lines.extend(situation::requests(scene, state));
        lines.extend(last_lines(scene, state, cells));
        return lines;
    }
    let approved = state.scrutineers_approved();
    let scrutineers: Vec<_> = state.scrutineers().collect();
    let to_open = to_open(scene, state).map(|text| format!("   {text}")).unwrap_or_default();
    // A plan without secret ballots needs none.
    let none = scrutineers.is_empty();
    if !none {
        let count = scrutineers.len();
        lines.push(Line::raw(format!(" {} {count}{to_open}", Console::Scrutineers.text(lang))));
    }
    for person in scrutineers {
        let mark = match (approved, state.is_present(&seat(person))) {
            (_, false) if state.opening.is_some() => Mark::No,
            (_, false) => Mark::ToCome,
            (true, true) => Mark::Done,
            (false, true) => Mark::ToCome,
        };
        let name = cut(&clean(&person.name), cells.saturating_sub(6), theme.ellipsis()).into_owned();
        lines.push(Line::styled(format!("   {} {name}", theme.mark(mark)), theme.mark_style(mark)));
    }
    if !none {
        lines.push(Line::raw(""));
    }
    lines.extend(situation::requests(scene, state));
    lines.extend(last_lines(scene, state, cells));
    lines
}

/// How many of the scrutineers open the box, where there is one and they hold its key.
fn to_open(scene: &Scene<'_>, state: &State) -> Option<String> {
    match state.plan().meeting.trustees {
        TrusteesPlan::Scrutineers { threshold, .. } if state.plan().has_ballot() => {
            Some(format!("{} {threshold}", Words::ToOpen.text(scene.lang)))
        }
        _ => None,
    }
}

fn last_lines(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let (theme, lang) = (scene.theme, scene.lang);
    let mut lines = vec![Line::raw(format!(" {} {}", Console::Notes.text(lang), state.notes.len()))];
    let objections = state.objections.len();
    if objections > 0 {
        let text = format!(" {} {objections}", Console::Objections.text(lang));
        lines.push(Line::styled(text, theme.alarm()));
    }
    lines.push(Line::raw(format!(" {}", connected(scene, state))));
    lines.extend(strangers(scene, cells));
    lines
}

/// Who knocks without being let in, while somebody does, and the worst addresses as far as there is room.
fn strangers(scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
    let Some(told) = &scene.view.live.strangers else { return Vec::new() };
    let style = if told.shut_out > 0 { scene.theme.alarm() } else { scene.theme.dim() };
    let mut lines: Vec<String> =
        common::strangers(scene.lang, told).into_iter().map(|text| format!(" {text}")).collect();
    let mut addresses = String::from("  ");
    for address in told.addresses.iter().map(|address| clean(address)) {
        if width(&addresses) + 1 + width(&address) <= cells {
            addresses = format!("{addresses} {address}");
        }
    }
    lines.push(addresses);
    let line = |text: String| Line::styled(cut(&text, cells, scene.theme.ellipsis()).into_owned(), style);
    lines.into_iter().filter(|text| !text.trim().is_empty()).map(line).collect()
}

/// How many seats are connected, of all.
pub fn connected(scene: &Scene<'_>, state: &State) -> String {
    let of = state.plan().people.len();
    format!("{} {}/{of}", Console::Terminals.text(scene.lang), scene.view.live.connected)
}

/// The same in two lines, under the page.
pub fn folded(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let figures = figures(scene, state);
    let span = |figure: &Figure, with_note: bool| {
        let note =
            if with_note && !figure.note.is_empty() { format!(" {}", figure.note) } else { String::new() };
        let style = if figure.wrong { theme.alarm() } else { theme.strong() };
        vec![
            Span::raw(format!(" {} ", figure.label)),
            Span::styled(figure.value.clone(), style),
            Span::styled(note, if figure.wrong { style } else { theme.dim() }),
            Span::raw("  "),
        ]
    };
    let (attendance, rules): (Vec<&Figure>, Vec<&Figure>) =
        figures.iter().partition(|figure| !is_majority(scene, figure));
    let first: Vec<Span<'static>> = attendance.iter().flat_map(|figure| span(figure, true)).collect();
    let mut second: Vec<Span<'static>> = rules.iter().flat_map(|figure| span(figure, true)).collect();
    let scrutineers = state.scrutineers().count();
    let mark = if state.scrutineers_approved() { Mark::Done } else { Mark::ToCome };
    let mut rest = situation::folded(scene, state);
    let scrutineers = format!("{} {scrutineers} {}", Console::Scrutineers.text(scene.lang), theme.mark(mark));
    let objections = format!("{} {}", Console::Objections.text(scene.lang), state.objections.len());
    // Where not all fits, the last are cut.
    let at = if rest.is_empty() { 2 } else { 0 };
    if state.has_ballot() && state.scrutineers().next().is_some() {
        rest.push(scrutineers);
    }
    rest.push(format!("{} {}", Console::Notes.text(scene.lang), state.notes.len()));
    // The last of them weighs most.
    let told = scene.view.live.strangers.as_ref();
    let mut strangers = told.map(|told| common::strangers(scene.lang, told)).unwrap_or_default();
    if let Some(last) = strangers.pop() {
        rest.insert(at.min(rest.len()), last);
    }
    if !state.objections.is_empty() {
        rest.insert(at, objections);
    }
    rest.push(connected(scene, state));
    rest.extend(strangers);
    if let Some(room) = scrutiny::room_line(scene) {
        rest.insert(0, room);
    }
    second.push(Span::raw(format!(" {}", rest.join("   "))));
    [first, second]
        .into_iter()
        .map(|spans| {
            let line = Line::from(spans);
            if line.width() <= cells {
                line
            } else {
                Line::raw(cut(&line.to_string(), cells, theme.ellipsis()).into_owned())
            }
        })
        .collect()
}
