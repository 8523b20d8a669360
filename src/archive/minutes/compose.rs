//! From the record to the document. The record is folded again line by line, and every line that minutes tell of
//! becomes an entry in the section that was open at that moment: the opening, an item, or what lies between.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Telling;
use super::doc::{Block, Doc, Entry, Section};
use crate::archive::record::Record;
use crate::meeting::{
    CommandKind, Event, Happened, ItemId, LineFacts, OfficialId, Phase, RoundPhase, Stage, State, VoidReason,
};
use crate::plan::Duty;
use crate::words::agenda as say;
use crate::words::minutes::{self as words, Label};
use crate::words::reopening::{self, Reopened};
use crate::words::{Lang, common};

/// What is told of together if it happens together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Introduced,
    Recused,
    NoPaper,
    Returned,
    Arrived,
    Left,
    Heads,
    Compared,
    Signed,
    WaitingPapers,
}

pub(super) struct Composer<'a> {
    pub lang: Lang,
    zone: &'a TimeZone,
    /// The meeting at its end: what became of a result that is told of.
    last: &'a State,
    pub state: State,
    /// The state at each opening: of every sitting, where there are several.
    opened: Vec<State>,
    day: Option<jiff::civil::Date>,
    /// The parts so far; the last one is open.
    pub parts: Vec<Part>,
    pending: Option<(Group, Timestamp, Vec<String>)>,
}

/// A section with what it is about.
pub(super) struct Part {
    pub item: Option<ItemId>,
    pub official: Option<OfficialId>,
    /// Where among the blocks the questions stand, once they are over.
    pub questions_at: Option<usize>,
    pub section: Section,
}

impl Part {
    pub fn new(item: Option<ItemId>, official: Option<OfficialId>, section: Section) -> Self {
        Self { item, official, questions_at: None, section }
    }
}

/// Puts a record into words.
pub(super) fn compose(record: &Record, telling: &Telling<'_>) -> Doc {
    let lang = telling.lang;
    let first = State::begin((*record.state.frozen).clone());
    let opening = Section::new(Label::Opening.text(lang));
    let mut composer = Composer {
        lang,
        zone: telling.zone,
        last: &record.state,
        state: first,
        opened: Vec::new(),
        day: None,
        parts: vec![Part::new(None, None, opening)],
        pending: None,
    };
    for line in record.lines.iter().skip(1) {
        composer.follow(line);
    }
    composer.flush();
    composer.complete_reviews();
    if composer.state.phase != Phase::Ended {
        composer.unfinished_joint();
    }
    let mut sections = composer.attendance();
    let mut parts = composer.parts.iter().peekable();
    while let Some(part) = parts.next() {
        // An item keeps its heading over the sections of its officials.
        let goes_on = parts.peek().is_some_and(|next| next.item == part.item && next.section.level > 2);
        if !part.section.blocks.is_empty() || (part.item.is_some() && part.section.level == 2 && goes_on) {
            sections.push(part.section.clone());
        }
    }
    sections.extend(composer.follow_ups());
    sections.extend(composer.not_called());
    sections.push(archive(record, lang));
    let meeting = &record.state.plan().meeting;
    Doc {
        lang: lang.pick("zh", "en"),
        title: words::title(lang, &meeting.title),
        warnings: warnings(record, telling),
        watermark: record.state.frozen.rehearsal.then(|| Label::Rehearsal.text(lang).to_owned()),
        facts: composer.facts(),
        sections,
    }
}

fn fact(lang: Lang, label: Label, value: String) -> (String, String) {
    (label.text(lang).to_owned(), value)
}

fn warnings(record: &Record, telling: &Telling<'_>) -> Vec<String> {
    let running = record.state.phase != Phase::Ended;
    [
        (record.state.frozen.rehearsal, Label::Rehearsal),
        (running, Label::Running),
        (!telling.sealed && !running, Label::Unsealed),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, label)| label.text(telling.lang).to_owned())
    .collect()
}

/// By what the minutes can be checked.
fn archive(record: &Record, lang: Lang) -> Section {
    let mut rows = vec![
        fact(lang, Label::Session, record.state.session().to_string()),
        fact(lang, Label::Lines, record.lines.len().to_string()),
        fact(lang, Label::Head, record.head.clone()),
    ];
    if record.state.plan().has_ballot() {
        rows.push(fact(lang, Label::Ballot, words::scrutiny::key(lang, &record.state)));
    }
    if record.withheld > 0 {
        rows.push(fact(lang, Label::Withheld, record.withheld.to_string()));
    }
    // The screens promised whoever wrote down a code that it would stand here.
    let rounds = record.state.items.iter().flat_map(|item| &item.rounds);
    for round in rounds.filter(|round| !round.ballots.is_empty()) {
        let name = format!("{} {}", Label::Trackers.text(lang), round.issue.ballot);
        rows.push((name, words::trackers(round)));
    }
    Section { blocks: vec![Block::Facts { rows }], ..Section::new(Label::Record.text(lang)) }
}

impl Composer<'_> {
    fn follow(&mut self, line: &crate::journal::Line) {
        let events = line.body.as_ref().map(|body| body.events.as_slice());
        let happened = match (events, line.head.kind) {
            (Some(events), _) => Happened::Events(events),
            (None, Some(kind)) => Happened::Withheld { kind },
            (None, None) => return,
        };
        let (number, time, actor) = (line.head.number, line.head.time, &line.head.actor);
        let speaking = self.state.floor.speaking.clone();
        let (head, order) = (line.head_hash.as_str(), None);
        self.state.fold(&LineFacts { number, time, head, actor, order, happened });
        for event in events.unwrap_or_default() {
            self.tell(event, time);
            if let (Event::SpeechEnded { seat }, Some((_, clock))) = (event, &speaking) {
                let text = words::review::speech_ended(self.lang, self.state.name(seat), clock.ran(time));
                self.say(time, text);
            }
        }
        if events.is_none() && line.head.kind == Some(CommandKind::Note) {
            self.say(time, words::withheld_note(self.lang));
        }
    }

    fn tell(&mut self, event: &Event, time: Timestamp) {
        match event {
            Event::MeetingOpened { .. } => {
                self.opened.push(self.state.clone());
                self.day = Some(time.to_zoned_datetime(self.zone.clone()).date());
            }
            Event::ItemOpened { item } => {
                self.open_item(item);
                self.before_meeting(item);
            }
            Event::ItemReopened { item, .. } => self.open_again(item),
            Event::SummedUp { item, .. } => self.views(item),
            Event::MatterDeferred { item, .. } => {
                // One that could not be called has no section yet.
                if self.parts.last().is_none_or(|part| part.item.as_ref() != Some(item)) {
                    self.open_item(item);
                    self.before_meeting(item);
                }
                self.views(item);
            }
            Event::Introduced { item, line } => {
                let name = words::nominee(&self.state, item, line.as_str());
                return self.gather(Group::Introduced, time, name);
            }
            Event::Recused { item, seat } => {
                let name = self.state.name(seat).to_owned();
                let review = self.state.item(item).is_some_and(|item| item.review().is_some());
                let group = if review { Group::NoPaper } else { Group::Recused };
                return self.gather(group, time, name);
            }
            Event::OfficialCalled { item, official } => self.open_official(item, official),
            Event::Returned { seat, .. } => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Returned, time, name);
            }
            Event::SignedIn { seat } if self.state.phase == Phase::Open => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Arrived, time, name);
            }
            Event::SignedOut { seat } if self.state.phase == Phase::Open => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Left, time, name);
            }
            Event::HeadsCounted { seat, heads, .. } => {
                let count = words::scrutiny::head_count(self.state.name(seat), *heads);
                return self.gather(Group::Heads, time, count);
            }
            Event::RoomConfirmed { seat, .. } => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Compared, time, name);
            }
            // One sheet is of all ballots that were opened together.
            Event::ResultSigned { ballot, seat } if words::is_first(&self.state, ballot) => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Signed, time, name);
            }
            Event::RoundVoided { ballot, reason: VoidReason::AnotherDay, .. } => {
                let name = self.evaluated(ballot);
                return self.gather(Group::WaitingPapers, time, name);
            }
            Event::Adjourned { .. } | Event::Closed => {
                self.views_left();
                self.unfinished_joint();
                self.open_section(Label::Closing);
            }
            _ => {}
        }
        if let Some(text) = words::event(self.lang, &self.state, event) {
            self.say(time, text);
        }
        match event {
            Event::DeliberationEnded { item } => self.said_inside(item),
            Event::AdjournedTo { .. } => self.open_sitting(),
            Event::MeetingOpened { .. } => self.go_on(),
            Event::QuestionsEnded { .. } => self.keep_place_of_questions(),
            Event::OfficialDeclared { item, official, .. } => {
                self.evaluation(item, official);
                self.open_continuation(item);
            }
            Event::OfficialPutOff { item, official, .. } if self.is_open(official) => {
                self.open_continuation(item);
            }
            Event::Counted { ballot, .. } | Event::CountedByPaper { ballot, .. } => self.result(ballot),
            Event::NamedVoteClosed { item, .. } => self.votes(item),
            Event::MatterDeferred { item, .. } => {
                self.later_set_aside(item);
                self.open_section(Label::Between);
            }
            Event::Adjourned { .. } => self.objections_left(time),
            Event::Declared { item } => {
                self.all_deferred(item);
                self.joint_summary(item);
                self.exam_result(item);
                self.later_set_aside(item);
                self.open_section(Label::Between);
            }
            _ => {}
        }
    }

    fn gather(&mut self, group: Group, time: Timestamp, name: String) {
        match &mut self.pending {
            Some((pending, _, names)) if *pending == group => names.push(name),
            _ => {
                self.flush();
                self.pending = Some((group, time, vec![name]));
            }
        }
    }

    pub fn flush(&mut self) {
        let Some((group, time, names)) = self.pending.take() else { return };
        let text = match group {
            Group::Introduced => words::introduced(self.lang, &names),
            Group::Recused => words::recused(self.lang, &names),
            Group::NoPaper => words::review::recused(self.lang, &names),
            Group::Returned => words::returned(self.lang, &names),
            Group::Arrived => words::arrived(self.lang, &names),
            Group::Left => words::left(self.lang, &names),
            Group::Heads => words::scrutiny::heads(self.lang, &names),
            Group::Compared => words::scrutiny::compared(self.lang, &names),
            Group::Signed => words::scrutiny::signed(self.lang, &names),
            Group::WaitingPapers => self.waiting_papers(names),
        };
        self.entry(time, text);
    }

    fn say(&mut self, time: Timestamp, text: String) {
        self.flush();
        self.entry(time, text);
    }

    fn entry(&mut self, time: Timestamp, text: String) {
        let entry = Entry { time: self.clock(time), text };
        let Some(part) = self.parts.last_mut() else { return };
        match part.section.blocks.last_mut() {
            Some(Block::Log { entries }) => entries.push(entry),
            _ => part.section.blocks.push(Block::Log { entries: vec![entry] }),
        }
    }

    /// A moment as the minutes tell it: with the day only where it is another one.
    pub fn clock(&self, time: Timestamp) -> String {
        let local = time.to_zoned_datetime(self.zone.clone());
        let same_day = self.day.is_none_or(|day| day == local.date());
        local.strftime(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string()
    }

    /// A moment with its day.
    pub fn day_and_time(&self, time: Timestamp) -> String {
        time.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    pub fn block(&mut self, block: Block) {
        self.flush();
        if let Some(part) = self.parts.last_mut() {
            part.section.blocks.push(block);
        }
    }

    pub fn open_part(&mut self, part: Part) {
        self.flush();
        self.parts.push(part);
    }

    fn open_section(&mut self, label: Label) {
        self.open_part(Part::new(None, None, Section::new(label.text(self.lang))));
    }

    /// An item that was taken up again gets a section of its own, after what was decided before.
    fn open_again(&mut self, item: &ItemId) {
        self.open_item(item);
        let again = format!("{}{}", self.lang.pick("：", ": "), Reopened::TakenUpAgain.text(self.lang));
        if let Some(part) = self.parts.last_mut() {
            part.section.heading.push_str(&again);
        }
    }

    /// That a result which was just declared is not in force any more, and why.
    fn later_set_aside(&mut self, id: &ItemId) {
        let declared = self.state.item_state(id).map_or(0, |item| item.reopenings.len());
        let later = self.last.item_state(id).and_then(|item| item.reopenings.get(declared));
        let text = later.map(|later| reopening::set_aside_later(self.lang, self.last, id, later));
        if let Some(text) = text {
            self.block(Block::Text { text });
        }
    }

    /// Objections that were not settled when the meeting was adjourned.
    fn objections_left(&mut self, time: Timestamp) {
        let left: Vec<String> = self
            .state
            .open_result_objections()
            .map(|one| reopening::objection_to(self.lang, &self.state, one))
            .collect();
        for text in left {
            self.say(time, text);
        }
    }

    /// An item's number and title.
    pub fn heading(&self, item: &ItemId) -> String {
        let number = self.state.items.iter().position(|state| state.id == *item).map_or(1, |place| place + 1);
        let title = self.state.item(item).map_or(item.as_str(), |item| &item.title);
        format!("{number}. {title}")
    }

    fn open_item(&mut self, item: &ItemId) {
        let section = Section::new(&self.heading(item));
        self.open_part(Part::new(Some(item.clone()), None, section));
    }

    /// What stands under the title.
    fn facts(&self) -> Vec<(String, String)> {
        let (lang, state) = (self.lang, &self.state);
        let meeting = &state.plan().meeting;
        let duty = |duty| {
            let people: Vec<String> =
                state.plan().with_duty(duty).map(|person| person.name.clone()).collect();
            words::names(lang, &people)
        };
        let time = |time: Timestamp| {
            time.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string()
        };
        let mut facts = vec![
            fact(lang, Label::Body, meeting.body.clone()),
            fact(lang, Label::Date, common::date(lang, meeting.date)),
            fact(lang, Label::Venue, meeting.venue.clone()),
            fact(lang, Label::Presiding, duty(Duty::Presiding)),
        ];
        if state.plan().decides_anything() {
            facts.push(fact(lang, Label::Scrutineers, duty(Duty::Scrutineer)));
        }
        facts.push(fact(lang, Label::Recorder, duty(Duty::Recorder)));
        facts.extend(state.opened_at.map(|at| fact(lang, Label::Opened, time(at))));
        facts.extend(self.sittings());
        facts.extend(state.ended_at.map(|at| fact(lang, Label::Ended, time(at))));
        facts
    }

    /// Who was there when the meeting was opened, and at each later sitting; or at the end, where it never was opened.
    fn attendance(&self) -> Vec<Section> {
        if self.opened.is_empty() {
            return vec![self.attendance_at(&self.state)];
        }
        self.opened.iter().map(|state| self.attendance_at(state)).collect()
    }

    fn attendance_at(&self, state: &State) -> Section {
        let lang = self.lang;
        let plan = state.plan();
        let is_present = |person: &crate::plan::Person| state.is_present(&crate::meeting::seat(person));
        let figures =
            words::figures(lang, state.due(), state.present(), state.attending(), &plan.meeting.quorum);
        // Where nothing is decided nobody is due.
        let mut rows = Vec::new();
        if plan.decides_anything() {
            rows.push(fact(lang, Label::Figures, figures));
        }
        for group in &plan.groups {
            let people = plan.people.iter().filter(|person| person.group == group.id);
            let present: Vec<String> = people
                .clone()
                .filter(|person| is_present(person))
                .map(|person| person.name.clone())
                .collect();
            rows.push((group.name.clone(), words::group(lang, people.count(), &present)));
        }
        let away = |leave: Option<bool>| -> Vec<String> {
            let away = plan.members().filter(|person| !is_present(person));
            let away = away.filter(|person| leave.is_none_or(|leave| person.leave == leave));
            away.map(|person| person.name.clone()).collect()
        };
        // A plan that does not say who is on leave leaves it open why somebody has not come.
        if plan.members().any(|person| person.leave) && state.sittings.is_empty() {
            rows.push(fact(lang, Label::Leave, words::names(lang, &away(Some(true)))));
            rows.push(fact(lang, Label::Absent, words::names(lang, &away(Some(false)))));
        } else if plan.decides_anything() {
            rows.push(fact(lang, Label::OnLeave, words::names(lang, &away(None))));
        }
        let mut title = Label::Attendance.text(lang).to_owned();
        if !self.state.sittings.is_empty() {
            let sitting = crate::words::sittings::name(lang, state.sitting());
            title = lang.pick(format!("{title}：{sitting}"), format!("{title}: {sitting}"));
        }
        Section { blocks: vec![Block::Facts { rows }], ..Section::new(&title) }
    }

    /// An item that is off the agenda, with the decision that took it off.
    fn taken_off(&self, id: &ItemId) -> Option<Section> {
        let lang = self.lang;
        let (time, decision) = self.state.taken_off_by(id)?;
        let told = say::told(lang, &self.state, decision);
        let entries = vec![Entry { time: self.clock(time), text: told }];
        let text = say::Agenda::OffAgenda.text(lang).to_owned();
        let blocks = vec![Block::Text { text }, Block::Log { entries }];
        Some(Section { blocks, ..Section::new(&self.state.item(id)?.title) })
    }

    /// The items that were not reached, or got no result.
    fn not_called(&self) -> Vec<Section> {
        let numbered = (1..).zip(&self.state.items);
        let without = numbered.filter_map(|(number, item)| {
            let label = match item.stage {
                Stage::TakenOff => return self.taken_off(&item.id),
                Stage::ToCome => Label::NotCalled,
                Stage::Declared => return None,
                _ if !item.reopenings.is_empty() => Label::TakenUpNoResult,
                _ if item.rounds.iter().any(|round| round.phase == RoundPhase::Counted) => return None,
                _ if item.named.as_ref().is_some_and(|named| named.outcome.is_some()) => return None,
                _ => Label::NoCount,
            };
            let title = self.state.item(&item.id).map_or(item.id.as_str(), |item| &item.title);
            let text = label.text(self.lang).to_owned();
            Some(Section {
                blocks: vec![Block::Text { text }],
                ..Section::new(&format!("{number}. {title}"))
            })
        });
        if self.state.phase == Phase::Ended { without.collect() } else { Vec::new() }
    }
}
