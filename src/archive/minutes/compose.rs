//! From the record to the document. The record is folded again line by line, and every line that minutes tell of
//! becomes an entry in the section that was open at that moment: the opening, an item, or what lies between.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Telling;
use super::doc::{Block, Doc, Entry, Row, Section, Table};
use crate::archive::record::Record;
use crate::meeting::{
    CommandKind, Event, Happened, ItemId, ItemState, LineFacts, LineId, Phase, Round, RoundPhase, Stage,
    State,
};
use crate::plan::{Duty, Nominee, PostList};
use crate::words::minutes::{self as words, Label};
use crate::words::{Lang, common, rule};

/// What is told of together if it happens together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Introduced,
    Recused,
    Returned,
    Arrived,
    Left,
}

struct Composer<'a> {
    lang: Lang,
    zone: &'a TimeZone,
    state: State,
    opened: Option<State>,
    day: Option<jiff::civil::Date>,
    /// The item on the floor, if any, and its entries so far.
    sections: Vec<(Option<ItemId>, Section)>,
    pending: Option<(Group, Timestamp, Vec<String>)>,
}

/// Puts a record into words.
pub(super) fn compose(record: &Record, telling: &Telling<'_>) -> Doc {
    let lang = telling.lang;
    let first = State::begin((*record.state.frozen).clone());
    let opening = Section { heading: Label::Opening.text(lang).to_owned(), blocks: Vec::new() };
    let mut composer = Composer {
        lang,
        zone: telling.zone,
        state: first,
        opened: None,
        day: None,
        sections: vec![(None, opening)],
        pending: None,
    };
    for line in record.lines.iter().skip(1) {
        composer.follow(line);
    }
    composer.flush();
    let mut sections = vec![composer.attendance()];
    sections.extend(
        composer.sections.iter().filter(|(_, section)| !section.blocks.is_empty()).map(|(_, s)| s.clone()),
    );
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
        fact(lang, Label::Ballot, Label::KeyAtConsole.text(lang).to_owned()),
    ];
    if record.withheld > 0 {
        rows.push(fact(lang, Label::Withheld, record.withheld.to_string()));
    }
    Section { heading: Label::Record.text(lang).to_owned(), blocks: vec![Block::Facts { rows }] }
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
        self.state.fold(&LineFacts { number, time, actor, order: None, happened });
        for event in events.unwrap_or_default() {
            self.tell(event, time);
        }
        if events.is_none() && line.head.kind == Some(CommandKind::Note) {
            self.say(time, words::withheld_note(self.lang));
        }
    }

    fn tell(&mut self, event: &Event, time: Timestamp) {
        match event {
            Event::MeetingOpened { .. } => {
                self.opened = Some(self.state.clone());
                self.day = Some(time.to_zoned_datetime(self.zone.clone()).date());
            }
            Event::ItemOpened { item } => self.open_item(item),
            Event::Introduced { item, line } => {
                let name = words::nominee(&self.state, item, line.as_str());
                return self.gather(Group::Introduced, time, name);
            }
            Event::Recused { seat, .. } => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Recused, time, name);
            }
            Event::Returned { seat, .. } => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Returned, time, name);
            }
            Event::SignedIn { seat } if self.opened.is_some() => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Arrived, time, name);
            }
            Event::SignedOut { seat } if self.opened.is_some() => {
                let name = self.state.name(seat).to_owned();
                return self.gather(Group::Left, time, name);
            }
            Event::Adjourned { .. } | Event::Closed => self.open_section(Label::Closing),
            _ => {}
        }
        if let Some(text) = words::event(self.lang, &self.state, event) {
            self.say(time, text);
        }
        match event {
            Event::Counted { ballot, .. } => self.result(ballot),
            Event::Declared { item } => {
                self.all_deferred(item);
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

    fn flush(&mut self) {
        let Some((group, time, names)) = self.pending.take() else { return };
        let text = match group {
            Group::Introduced => words::introduced(self.lang, &names),
            Group::Recused => words::recused(self.lang, &names),
            Group::Returned => words::returned(self.lang, &names),
            Group::Arrived => words::arrived(self.lang, &names),
            Group::Left => words::left(self.lang, &names),
        };
        self.entry(time, text);
    }

    fn say(&mut self, time: Timestamp, text: String) {
        self.flush();
        self.entry(time, text);
    }

    fn entry(&mut self, time: Timestamp, text: String) {
        let local = time.to_zoned_datetime(self.zone.clone());
        let same_day = self.day.is_none_or(|day| day == local.date());
        let time = local.strftime(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string();
        let entry = Entry { time, text };
        let Some((_, section)) = self.sections.last_mut() else { return };
        match section.blocks.last_mut() {
            Some(Block::Log { entries }) => entries.push(entry),
            _ => section.blocks.push(Block::Log { entries: vec![entry] }),
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        if let Some((_, section)) = self.sections.last_mut() {
            section.blocks.push(block);
        }
    }

    fn open_section(&mut self, label: Label) {
        self.flush();
        let heading = label.text(self.lang).to_owned();
        self.sections.push((None, Section { heading, blocks: Vec::new() }));
    }

    fn open_item(&mut self, item: &ItemId) {
        self.flush();
        let number = self.state.items.iter().position(|state| state.id == *item).map_or(1, |place| place + 1);
        let title = self.state.item(item).map_or(item.as_str(), |item| &item.title);
        let heading = format!("{number}. {title}");
        self.sections.push((Some(item.clone()), Section { heading, blocks: Vec::new() }));
    }

    /// Ballot figures, rule and table of a round that was just counted.
    fn result(&mut self, ballot: &crate::meeting::BallotId) {
        let Some((item, round)) = self.state.round(ballot) else { return };
        let Some(planned) = self.state.item(&item.id) else { return };
        let Some(nomination) = planned.nomination() else { return };
        let figures = words::ballot_figures(self.lang, round);
        let rule = words::rule(self.lang, &nomination.carried, round.issue.due, round.present());
        let lists = [PostList::Party, PostList::Government];
        let both = lists.iter().all(|list| nomination.lines.iter().any(|line| line.list == *list));
        let mut blocks = vec![Block::Text { text: figures }, Block::Text { text: rule }];
        for list in lists {
            let lines: Vec<(usize, &Nominee)> =
                (1..).zip(&nomination.lines).filter(|(_, line)| line.list == list).collect();
            if lines.is_empty() {
                continue;
            }
            let label = match list {
                PostList::Party => Label::PartyPosts,
                PostList::Government => Label::GovernmentPosts,
            };
            let caption = both.then(|| label.text(self.lang).to_owned());
            let rows =
                lines.into_iter().map(|(number, line)| self.row(number, line, item, Some(round))).collect();
            blocks.push(Block::Table(Table { caption, head: self.head(), rows }));
        }
        for block in blocks {
            self.block(block);
        }
    }

    /// An item whose lines are all deferred is declared without a ballot: its lines are still told.
    fn all_deferred(&mut self, id: &ItemId) {
        let Some(item) = self.state.item_state(id).filter(|item| item.rounds.is_empty()) else { return };
        let Some(planned) = self.state.item(id) else { return };
        let rows =
            (1..).zip(planned.lines()).map(|(number, line)| self.row(number, line, item, None)).collect();
        let table = Table { caption: None, head: self.head(), rows };
        self.block(Block::Table(table));
    }

    fn head(&self) -> Vec<String> {
        use Label::{Abstain, Agree, Disagree, Nominee, NotReturned, Number, Outcome, Post};
        [Number, Nominee, Post, Agree, Disagree, Abstain, NotReturned, Outcome]
            .into_iter()
            .map(|label| label.text(self.lang).to_owned())
            .collect()
    }

    fn row(&self, number: usize, line: &Nominee, item: &ItemState, round: Option<&Round>) -> Row {
        let id = LineId::from(line.id.as_str());
        let outcome = round.and_then(|round| {
            let place = round.issue.lines.iter().position(|voted| *voted == id)?;
            round.count.as_ref()?.outcomes.get(place)
        });
        let mut cells = vec![number.to_string(), line.name.clone(), line.post.clone()];
        let Some((outcome, round)) = outcome.zip(round) else {
            let reason = item.deferred.get(&id).map(String::as_str).unwrap_or_default();
            cells.extend(std::iter::repeat_n(String::new(), 4));
            cells.push(format!("{}{}{reason}", Label::Deferred.text(self.lang), self.lang.pick("：", ": ")));
            return Row { cells, tone: "deferred", bars: Vec::new() };
        };
        let out = round.issued().saturating_sub(round.returned().unwrap_or(0));
        let figures = [outcome.count.agree, outcome.count.disagree, outcome.count.abstain, out];
        cells.extend(figures.iter().map(u32::to_string));
        cells.push(rule::outcome(self.lang, outcome));
        let tone = if outcome.carried { "carried" } else { "not_carried" };
        Row { cells, tone, bars: figures.iter().map(|figure| percent(*figure, round.issued())).collect() }
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
            fact(lang, Label::Scrutineers, duty(Duty::Scrutineer)),
            fact(lang, Label::Recorder, duty(Duty::Recorder)),
        ];
        facts.extend(state.opened_at.map(|at| fact(lang, Label::Opened, time(at))));
        facts.extend(state.ended_at.map(|at| fact(lang, Label::Ended, time(at))));
        facts
    }

    /// Who was there when the meeting was opened, or at the end where it never was.
    fn attendance(&self) -> Section {
        let lang = self.lang;
        let state = self.opened.as_ref().unwrap_or(&self.state);
        let plan = state.plan();
        let is_present = |person: &crate::plan::Person| state.is_present(&crate::meeting::seat(person));
        let figures =
            words::figures(lang, state.due(), state.present(), state.attending(), &plan.meeting.quorum);
        let mut rows = vec![fact(lang, Label::Figures, figures)];
        for group in &plan.groups {
            let people = plan.people.iter().filter(|person| person.group == group.id);
            let present: Vec<String> = people
                .clone()
                .filter(|person| is_present(person))
                .map(|person| person.name.clone())
                .collect();
            rows.push((group.name.clone(), words::group(lang, people.count(), &present)));
        }
        let absent: Vec<String> =
            plan.members().filter(|person| !is_present(person)).map(|person| person.name.clone()).collect();
        rows.push(fact(lang, Label::OnLeave, words::names(lang, &absent)));
        Section { heading: Label::Attendance.text(lang).to_owned(), blocks: vec![Block::Facts { rows }] }
    }

    /// The items that were not reached, or got no result.
    fn not_called(&self) -> Vec<Section> {
        let numbered = (1..).zip(&self.state.items);
        let without = numbered.filter_map(|(number, item)| {
            let label = match item.stage {
                Stage::ToCome => Label::NotCalled,
                Stage::Declared => return None,
                _ if item.rounds.iter().any(|round| round.phase == RoundPhase::Counted) => return None,
                _ => Label::NoCount,
            };
            let title = self.state.item(&item.id).map_or(item.id.as_str(), |item| &item.title);
            let text = label.text(self.lang).to_owned();
            Some(Section { heading: format!("{number}. {title}"), blocks: vec![Block::Text { text }] })
        });
        if self.state.phase == Phase::Ended { without.collect() } else { Vec::new() }
    }
}

/// A share in percent with one decimal, rounded down, so that the bars never overflow.
fn percent(part: u32, of: u32) -> String {
    let permille = u64::from(part) * 1000 / u64::from(of.max(1));
    format!("{}.{}", permille / 10, permille % 10)
}
