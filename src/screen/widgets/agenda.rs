//! The agenda: what is done, what is on the floor, what is to come, with the stops of the item on the floor.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::meeting::{
    ItemState, MatterPhase, OfficialStage, Phase, Proposal, Round, RoundPhase, Stage, State, Step, next_step,
};
use crate::plan::ItemKind;
use crate::screen::text::{clean, cut, width};
use crate::screen::widgets::scrutiny;
use crate::screen::{Mark, Scene};
use crate::words::agenda::{self as words, Agenda as Words};
use crate::words::floor::{self, Stop};
use crate::words::procedure::Part;
use crate::words::review::Review;
use crate::words::sittings::Sittings;

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number; none for a stop.
    pub number: Option<usize>,
    /// How deep inside: 0 for an item, 1 for its stops or officials, 2 for the stops of an official.
    pub level: usize,
    /// How far it is.
    pub mark: Mark,
    /// What it is called.
    pub title: String,
}

/// The number under which the first item stands on the agenda: after the sign-in, and the scrutineers where there is
/// something for them to watch.
pub fn first_item(state: &State) -> usize {
    if state.has_ballot() { 3 } else { 2 }
}

/// What is left of a title at least, where the agenda is one line.
const TITLE_CELLS_MIN: usize = 12;

/// The agenda's number of an item.
pub fn number(state: &State, item: &ItemState) -> usize {
    state.items.iter().position(|other| other.id == item.id).unwrap_or(0) + first_item(state)
}

/// The stops of an item and how far each is. An item whose lines are all deferred has no ballot.
pub fn stops(state: &State, item: &ItemState) -> Vec<(Stop, Mark)> {
    let Some(planned) = state.item(&item.id) else { return Vec::new() };
    let (all, now) = match &planned.kind {
        _ if item.stage == Stage::ToCome => return Vec::new(),
        ItemKind::Review(_) | ItemKind::Exam(_) | ItemKind::JointMeeting(_) => return Vec::new(),
        ItemKind::Nomination(_) | ItemKind::Contested(_) | ItemKind::Deliberation(_) => {
            let first = if item.term().is_some() { Stop::Report } else { Stop::Introduction };
            let before = vec![first, Stop::Recusal, Stop::Deliberation];
            let now = match item.stage {
                Stage::Introducing => 0,
                Stage::Recusing => 1,
                Stage::Deliberating => 2,
                _ => before.len() + in_ballot(state, item),
            };
            ([before, BALLOT.to_vec(), vec![Stop::Declaration]].concat(), now)
        }
        ItemKind::MajorMatter(matter) => {
            let before = [Stop::Draft, Stop::Views, Stop::SummingUp];
            let vote = if matter.secret.is_some() { BALLOT.to_vec() } else { vec![Stop::ByName] };
            let unsigned = item.matter().is_some_and(|matter| matter.signed.is_none());
            let decided = match item.stage {
                Stage::Balloting | Stage::Deliberated => in_ballot(state, item) >= vote.len(),
                _ => item.named.as_ref().is_some_and(|named| named.outcome.is_some()),
            };
            let now = match item.stage {
                Stage::Stating => match item.matter().map(|matter| matter.phase) {
                    Some(MatterPhase::Introducing) | None => 0,
                    Some(MatterPhase::Drawing | MatterPhase::Stating) => 1,
                    Some(MatterPhase::SummedUp | MatterPhase::Over) => 2,
                },
                Stage::Declared => before.len() + vote.len() + 2,
                _ if decided && unsigned => before.len() + vote.len(),
                _ if decided => before.len() + vote.len() + 1,
                Stage::Balloting => before.len() + in_ballot(state, item),
                _ => before.len(),
            };
            ([before.to_vec(), vote, vec![Stop::Signature, Stop::Declaration]].concat(), now)
        }
        ItemKind::OpenVote(_) => {
            let taken = item.open_vote().is_some_and(|vote| vote.taken.is_some());
            let decided = taken || item.named.as_ref().is_some_and(|named| named.outcome.is_some());
            let now = match item.stage {
                Stage::Declared => 2,
                _ => usize::from(decided),
            };
            (vec![Stop::OpenVote, Stop::Declaration], now)
        }
    };
    marked(all, now)
}

/// The stops of a ballot before its declaration.
const BALLOT: [Stop; 4] = [Stop::Issue, Stop::Voting, Stop::Sealing, Stop::Counting];

/// How many of these are behind; more than all when it is declared.
fn in_ballot(state: &State, item: &ItemState) -> usize {
    match (item.stage, item.round().map(|round| round.phase)) {
        (Stage::Declared, _) => BALLOT.len() + 1,
        (Stage::Balloting, _) if item.awaits_further_round() => 0,
        // On paper: they are handed out, marked and counted, and the record knows nothing of what lies between.
        (Stage::Balloting, Some(RoundPhase::Voting | RoundPhase::OnPaper)) => 1,
        (Stage::Balloting, Some(RoundPhase::Sealing | RoundPhase::Sealed)) => 2,
        (Stage::Balloting, Some(RoundPhase::Opening)) => 3,
        (Stage::Balloting, Some(RoundPhase::Counted)) if scrutiny::is_unsigned(state, item) => 3,
        (Stage::Balloting, Some(RoundPhase::Counted)) => BALLOT.len(),
        _ => 0,
    }
}

/// The stops with how far each is, where so many are behind.
fn marked(all: Vec<Stop>, stop: usize) -> Vec<(Stop, Mark)> {
    all.into_iter()
        .enumerate()
        .map(|(number, name)| {
            let mark = match number.cmp(&stop) {
                std::cmp::Ordering::Less => Mark::Done,
                std::cmp::Ordering::Equal => Mark::Now,
                std::cmp::Ordering::Greater => Mark::ToCome,
            };
            (name, mark)
        })
        .collect()
}

/// What the stop on the floor consists of, and how far each part is: only while it goes on, so that the agenda stays
/// short.
fn parts(state: &State, item: &ItemState) -> Vec<(Part, Mark)> {
    if !matches!(item.stage, Stage::Deliberated | Stage::Reviewing | Stage::Balloting) {
        return Vec::new();
    }
    let step = next_step(state);
    let held = |round: &&Round| round.phase != RoundPhase::Void && !item.awaits_further_round();
    let round = item.round().filter(held);
    let phase = round.map(|round| round.phase);
    let (all, now): (Vec<Part>, usize) = match phase {
        None | Some(RoundPhase::Issuing | RoundPhase::Registering | RoundPhase::Confirming) => {
            let mut all = vec![Part::Heads, Part::Papers, Part::List];
            if state.room.due {
                all.push(Part::Room);
            }
            let now = match phase {
                None if matches!(step, Some(Step::OpenIssue(_))) => 1,
                None => 0,
                Some(RoundPhase::Issuing) => 1,
                Some(_) if matches!(step, Some(Step::CompareRoom(_))) => 3,
                Some(_) if matches!(step, Some(Step::OpenVoting(_))) => all.len(),
                Some(_) => 2,
            };
            if matches!(step, Some(Step::AwaitKey(_))) || step == Some(Step::MakeKey) {
                all.insert(0, Part::Key);
            }
            (all, now)
        }
        Some(RoundPhase::Sealing) => (vec![Part::Seal, Part::Box], 0),
        Some(RoundPhase::Sealed) if matches!(step, Some(Step::OpenBox(_))) => {
            (vec![Part::Seal, Part::Box], 2)
        }
        Some(RoundPhase::Sealed) => (vec![Part::Seal, Part::Box], 1),
        Some(RoundPhase::Opening) => (vec![Part::Open, Part::Sheet], 0),
        Some(RoundPhase::OnPaper) => (vec![Part::PrintPapers, Part::CountPapers, Part::Sheet], papers(item)),
        Some(RoundPhase::Counted)
            if scrutiny::is_unsigned(state, item) && round.is_some_and(|round| round.by_paper.is_some()) =>
        {
            (vec![Part::PrintPapers, Part::CountPapers, Part::Sheet], 2)
        }
        Some(RoundPhase::Counted) if scrutiny::is_unsigned(state, item) => (vec![Part::Open, Part::Sheet], 1),
        Some(RoundPhase::Voting | RoundPhase::Counted | RoundPhase::Void) => (Vec::new(), 0),
    };
    let mark = |place: usize| match place.cmp(&now) {
        std::cmp::Ordering::Less => Mark::Done,
        std::cmp::Ordering::Equal => Mark::Now,
        std::cmp::Ordering::Greater => Mark::ToCome,
    };
    all.into_iter().enumerate().map(|(place, part)| (part, mark(place))).collect()
}

/// Papers are out until the first count is entered.
fn papers(item: &ItemState) -> usize {
    let counting = |vote: &crate::meeting::PaperVote| !vote.entered.is_empty() || !vote.differed.is_empty();
    usize::from(item.rounds_together().filter_map(|round| round.by_paper.as_ref()).any(counting))
}

fn part(scene: &Scene<'_>, level: usize, part: Part, mark: Mark) -> Entry {
    Entry { number: None, level, mark, title: part.text(scene.lang).to_owned() }
}

/// The whole agenda.
pub fn entries(scene: &Scene<'_>, state: &State) -> Vec<Entry> {
    let lang = scene.lang;
    let open = matches!(state.phase, Phase::Open | Phase::Ended);
    let approved = state.scrutineers_approved();
    // Where all is decided in the open, there are no scrutineers to approve.
    let secret = state.has_ballot();
    let ready = approved || !state.ballot_is_ahead();
    let called = state.current_item().is_some();
    // The scrutineers make the key before the first item.
    let keying = scrutiny::is_keying(state) && !called;
    let fixed = |number: usize, mark: Mark, stop: Stop| Entry {
        number: Some(number),
        level: 0,
        mark,
        title: stop.text(lang).to_owned(),
    };
    let ended = state.phase == Phase::Ended;
    let now = if ended { Mark::ToCome } else { Mark::Now };
    let mut entries = vec![fixed(1, if state.opening.is_some() { Mark::Done } else { now }, Stop::SignIn)];
    if secret {
        let mark = match (approved && !keying, open && (keying || !ready)) {
            (true, _) => Mark::Done,
            (false, true) => now,
            (false, false) => Mark::ToCome,
        };
        entries.push(fixed(2, mark, Stop::Scrutineers));
    }
    if keying {
        entries.push(part(scene, 1, Part::Key, Mark::Now));
    }
    // Between two items the next one is what comes now.
    let next = state.next_item().filter(|_| open && ready && !called && !keying).map(|item| &item.id);
    for item in state.on_agenda() {
        let title = state.item(&item.id).map_or("", |item| item.title.as_str());
        let mark = match item.stage {
            Stage::ToCome if next == Some(&item.id) => now,
            Stage::ToCome => Mark::ToCome,
            Stage::Declared => Mark::Done,
            _ => now,
        };
        let mut title = clean(title).into_owned();
        if state.was_added(&item.id) {
            title = words::marked(lang, &title, Words::Added);
        }
        entries.push(Entry { number: Some(number(state, item)), level: 0, mark, title });
        if mark == Mark::Now {
            for (stop, mark) in stops(state, item) {
                entries.push(Entry { number: None, level: 1, mark, title: stop.text(lang).to_owned() });
                if mark == Mark::Now {
                    let parts = parts(state, item).into_iter();
                    entries.extend(parts.map(|(what, mark)| part(scene, 2, what, mark)));
                }
            }
            entries.extend(officials(scene, state, item));
        }
    }
    let under_way = state.items.iter().any(|item| item.stage.is_on_floor());
    let all_declared = ready && !under_way && state.next_item().is_none();
    let closing = match (ended && state.adjourned.is_none(), all_declared && !ended) {
        (true, _) => Mark::Done,
        (false, true) => Mark::Now,
        (false, false) => Mark::ToCome,
    };
    entries.push(fixed(state.on_agenda().count() + first_item(state), closing, Stop::Closing));
    let off = state.items.iter().filter(|item| item.stage == Stage::TakenOff);
    entries.extend(off.map(|item| {
        let title = clean(state.item(&item.id).map_or("", |item| item.title.as_str()));
        let title = words::marked(lang, &title, Words::Off);
        Entry { number: None, level: 0, mark: Mark::No, title }
    }));
    entries
}

/// What is left of the agenda after a sitting: each item under its number, and whether it was begun.
pub fn left(scene: &Scene<'_>, state: &State) -> Vec<(String, bool)> {
    let open = state.items.iter().filter(|item| item.stage.is_on_floor() || item.stage == Stage::ToCome);
    open.map(|item| {
        let title = state.item(&item.id).map_or("", |item| item.title.as_str());
        let number = floor::item_number(scene.lang, number(state, item));
        let begun = item.stage.is_on_floor();
        let how = Sittings::GoesOn.text(scene.lang);
        let how =
            if begun { scene.lang.pick(format!("（{how}）"), format!(" ({how})")) } else { String::new() };
        (format!("{number}  {}{how}", clean(title)), begun)
    })
    .collect()
}

/// The officials of a review in their order, with how far each is, and the stops of the one whose turn it is.
fn officials(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<Entry> {
    let lang = scene.lang;
    let planned = state.item(&item.id).and_then(crate::plan::Item::review);
    let (Some(plan), Some(review)) = (planned, item.review()) else { return Vec::new() };
    let mut entries = Vec::new();
    let entry = |number, level, mark, title: String| Entry { number, level, mark, title };
    if review.order.is_empty() {
        entries.push(entry(None, 1, Mark::Now, Review::DrawNext.text(lang).to_owned()));
    }
    for (place, id) in review.order.iter().enumerate() {
        let Some(official) = review.officials.get(id) else { continue };
        let mut title = plan.official(id.as_str()).map_or("", |official| official.name.as_str()).to_owned();
        let judgement = official.verdict.as_ref().and_then(|verdict| verdict.judgement.as_ref());
        let mark = match &official.stage {
            OfficialStage::ToCome => Mark::ToCome,
            OfficialStage::Declared => Mark::Done,
            OfficialStage::PutOff { .. } => Mark::No,
            _ => Mark::Now,
        };
        let more = match (&official.stage, judgement) {
            (OfficialStage::PutOff { .. }, _) => Some(Review::PutOff.text(lang)),
            (_, Some(judgement)) => Some(judgement.name.as_str()),
            _ => None,
        };
        title.extend(more.iter().flat_map(|more| ["  ", *more]));
        entries.push(entry(Some(place + 1), 1, mark, clean(&title).into_owned()));
        if mark == Mark::Now {
            for (stop, mark) in official_stops(state, &official.stage, item) {
                entries.push(entry(None, 2, mark, stop.text(lang).to_owned()));
                if mark == Mark::Now && stop == Review::Evaluation {
                    let parts = parts(state, item).into_iter();
                    entries.extend(parts.map(|(what, mark)| part(scene, 3, what, mark)));
                }
            }
        }
    }
    entries
}

/// The stops of one official and how far each is.
fn official_stops(
    state: &State,
    stage: &OfficialStage,
    item: &ItemState,
) -> impl Iterator<Item = (Review, Mark)> {
    let counted = item.stage == Stage::Balloting
        && item.rounds_together().all(|round| round.phase == RoundPhase::Counted)
        && !scrutiny::is_unsigned(state, item);
    let now = match stage {
        OfficialStage::Reporting => 1,
        OfficialStage::Questioning => 2,
        OfficialStage::Evaluating if counted => 4,
        OfficialStage::Evaluating => 3,
        _ => 0,
    };
    let all = [Review::Findings, Review::Report, Review::Questions, Review::Evaluation, Review::Declaration];
    all.into_iter().enumerate().map(move |(place, stop)| {
        let mark = match place.cmp(&now) {
            std::cmp::Ordering::Less => Mark::Done,
            std::cmp::Ordering::Equal => Mark::Now,
            std::cmp::Ordering::Greater => Mark::ToCome,
        };
        (stop, mark)
    })
}

/// A change of the agenda that was put to the body, as every screen tells it: what, why, what happens, who objected.
pub fn put(scene: &Scene<'_>, state: &State, proposal: &Proposal) -> Vec<(String, Style)> {
    let (lang, theme) = (scene.lang, scene.theme);
    let question = words::question(lang, state, &proposal.change).unwrap_or_default();
    let mut told = vec![
        (Words::Put.text(lang).to_owned(), theme.strong()),
        (question, theme.accent()),
        (words::because(lang, &proposal.reason), theme.plain_text()),
    ];
    match words::objected(lang, state) {
        Some(objected) => told.push((words::hands_follow(lang, &objected), theme.alarm())),
        None => told.push((Words::PutHow.text(lang).to_owned(), theme.plain_text())),
    }
    told.into_iter().map(|(text, style)| (clean(&text).into_owned(), style)).collect()
}

/// The agenda as lines of at most `cells` cells.
pub fn lines(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let entries = entries(scene, state);
    let numbers = entries.iter().filter_map(|entry| entry.number).max().unwrap_or(0).to_string().len();
    entries
        .into_iter()
        .map(|entry| {
            let place = match (entry.number, entry.level) {
                (Some(number), 0) => format!("{number:>numbers$}"),
                (Some(number), _) => format!("{}{number}", " ".repeat(numbers + 2)),
                (None, level) => " ".repeat(numbers + 2 * level),
            };
            let start = format!("{place} {} ", theme.mark(entry.mark));
            let room = cells.saturating_sub(width(&start));
            let title = cut(&entry.title, room, theme.ellipsis()).into_owned();
            Line::from(vec![
                Span::styled(start, theme.mark_style(entry.mark)),
                Span::styled(title, theme.mark_style(entry.mark)),
            ])
        })
        .collect()
}

/// The agenda on one line, where there is no room for more: the item on the floor and its stop.
pub fn folded(scene: &Scene<'_>, state: &State) -> String {
    folded_to(scene, state, usize::MAX)
}

/// The same in so many cells: of all this the title is cut first.
pub fn folded_to(scene: &Scene<'_>, state: &State, cells: usize) -> String {
    let entries = entries(scene, state);
    let mut now = entries.iter().filter(|entry| entry.mark == Mark::Now);
    let total = entries.iter().filter(|entry| entry.level == 0 && entry.number.is_some()).count();
    let Some(first) = now.next() else { return String::new() };
    let number = first.number.map(|number| format!("{number}/{total} ")).unwrap_or_default();
    let rest: String = now.map(|entry| format!(" {} {}", scene.theme.dot(), entry.title)).collect();
    let room = cells.saturating_sub(width(&number) + width(&rest)).max(TITLE_CELLS_MIN);
    format!("{number}{}{rest}", cut(&first.title, room, scene.theme.ellipsis()))
}
