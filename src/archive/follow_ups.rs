//! What a meeting leaves to be done: every promise, every question left for writing, every written inquiry, opinion,
//! consequence with a reply and check of a department, and what is decided on a major matter, becomes a numbered follow-up with an owner and a day. Made from the state alone, so that
//! `verify` can make the list again.

use jiff::civil::Date;
use serde::Serialize;

use crate::meeting::{
    Ended, ItemState, OfficialId, OfficialState, Phase, Question, ReviewState, Stance, Standing, State,
};
use crate::plan::{Deliberation, JointMeeting, Matter, Official};
use crate::rules::add_working_days;

/// Within how many working days an opinion, an inquiry or a question that was not reached is replied to, where nothing
/// else was said. Source: `domain.md` section 2.
pub const REPLY_DAYS: u32 = 15;

/// Something to be followed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// Its number, from 1.
    pub number: usize,
    /// Of what kind.
    pub kind: FollowUpKind,
    /// The official whom it is about, or the matter.
    pub official: String,
    /// What is to be done, or what was said.
    pub text: String,
    /// Who has to do it.
    pub owner: String,
    /// By when.
    pub due_on: Option<Date>,
    /// Where it comes from: `<item>/question-<number>`, `<item>/opinion-<number>`, `<item>/verdict`, `<item>/decision`,
    /// `<item>/check-<official>-<department>`.
    pub source: String,
}

/// The kinds of follow-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpKind {
    /// An answer that was promised on the floor.
    Promise,
    /// A question that was not reached.
    Unanswered,
    /// An opinion or a suggestion.
    Opinion,
    /// A written inquiry of somebody whom the answer did not satisfy.
    Inquiry,
    /// What follows from the verdict, with a written reply.
    Consequence,
    /// A major matter that was carried is carried out.
    Execution,
    /// It is checked that it was; or a department checks something before it has an opinion.
    Check,
}

impl FollowUpKind {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Unanswered => "unanswered",
            Self::Opinion => "opinion",
            Self::Inquiry => "inquiry",
            Self::Consequence => "consequence",
            Self::Execution => "execution",
            Self::Check => "check",
        }
    }
}

/// Everything that a meeting leaves to be followed up, item by item and official by official, in the order in which
/// they reported.
pub fn follow_ups(state: &State) -> Vec<FollowUp> {
    let mut list = List { state, entries: Vec::new() };
    for item in &state.items {
        if let Some(plan) = state.item(&item.id).and_then(|item| item.joint()) {
            list.checks(item, plan);
        }
        if let Some(plan) = state.item(&item.id).and_then(|item| item.term()) {
            list.unclear(item, plan);
        }
        if let Some(matter) = state.item(&item.id).and_then(|item| item.matter()) {
            list.matter(item, matter);
        }
        let Some((plan, review)) = state.item(&item.id).and_then(|item| item.review()).zip(item.review())
        else {
            continue;
        };
        for official in super::results::in_order(plan, review) {
            list.add(item, review, official);
        }
    }
    list.entries
}

struct List<'a> {
    state: &'a State,
    entries: Vec<FollowUp>,
}

impl List<'_> {
    fn add(&mut self, item: &ItemState, review: &ReviewState, official: &Official) {
        let id = OfficialId::from(official.id.as_str());
        for question in review.questions_to(&id) {
            self.question(item, official, question);
        }
        for (number, opinion) in (1..).zip(&review.opinions).filter(|(_, opinion)| opinion.official == id) {
            let source = format!("{}/opinion-{number}", item.id);
            let due_on = self.due(REPLY_DAYS);
            self.push(FollowUpKind::Opinion, official, opinion.text.clone(), due_on, source);
        }
        if let Some(known) = review.officials.get(&id) {
            self.consequence(item, official, known);
        }
    }

    /// What departments have to check, each by itself, official by official.
    fn checks(&mut self, item: &ItemState, plan: &JointMeeting) {
        for official in &plan.officials {
            let Some(one) = item.joint().and_then(|joint| joint.of(&official.id)) else { continue };
            for department in &plan.departments {
                let stance = one.stands(&department.id).map(|given| &given.stance);
                let Some(Stance::NeedsChecking { what }) = stance else { continue };
                let source = format!("{}/check-{}-{}", item.id, official.id, department.id);
                let due_on = self.due(plan.check_days);
                let (name, owner) = (official.name.clone(), department.name.clone());
                self.owned(FollowUpKind::Check, (name, owner), what.clone(), due_on, source);
            }
        }
    }

    /// What a proposing body has to answer before it is put to the vote again.
    fn unclear(&mut self, item: &ItemState, plan: &Deliberation) {
        let Some((appointee, term)) = plan.appointee().zip(item.term()) else { return };
        for (question, reason) in term.unclear() {
            let source = format!("{}/question-{question}", item.id);
            let due_on = self.due(REPLY_DAYS);
            let names = (appointee.name.clone(), plan.proposing.name.clone());
            self.owned(FollowUpKind::Unanswered, names, reason.to_owned(), due_on, source);
        }
    }

    fn question(&mut self, item: &ItemState, official: &Official, question: &Question) {
        let source = || format!("{}/question-{}", item.id, question.id);
        let over = self.state.phase == Phase::Ended;
        let left = match &question.standing {
            Standing::Ended(Ended::Promised { due_on }) if question.called.is_some() => {
                Some((FollowUpKind::Promise, Some(*due_on)))
            }
            Standing::Ended(Ended::Promised { due_on }) => Some((FollowUpKind::Unanswered, Some(*due_on))),
            // The meeting ended early.
            Standing::Waiting | Standing::OnFloor if over => {
                Some((FollowUpKind::Unanswered, self.due(REPLY_DAYS)))
            }
            _ => None,
        };
        if let Some((kind, due_on)) = left {
            self.push(kind, official, question.text.clone(), due_on, source());
        }
        if let Some(inquiry) = &question.inquiry {
            let due_on = self.due(REPLY_DAYS);
            self.push(FollowUpKind::Inquiry, official, inquiry.clone(), due_on, source());
        }
    }

    fn consequence(&mut self, item: &ItemState, official: &Official, known: &OfficialState) {
        let judgement = known.verdict.as_ref().and_then(|verdict| verdict.judgement.as_ref());
        let Some((judgement, days)) =
            judgement.and_then(|judgement| Some((judgement, judgement.reply_days?)))
        else {
            return;
        };
        let due_on = self.due(days);
        let source = format!("{}/verdict", item.id);
        self.push(FollowUpKind::Consequence, official, judgement.consequence.clone(), due_on, source);
    }

    /// A matter that was carried leaves its execution, and the check of it.
    fn matter(&mut self, item: &ItemState, matter: &Matter) {
        if !self.state.is_carried(item) {
            return;
        }
        let title = self.state.item(&item.id).map_or_else(|| item.id.to_string(), |item| item.title.clone());
        let tasks = [(FollowUpKind::Execution, &matter.execution), (FollowUpKind::Check, &matter.check)];
        for (kind, task) in tasks {
            self.entries.push(FollowUp {
                number: self.entries.len() + 1,
                kind,
                official: title.clone(),
                text: task.task.clone(),
                owner: task.owner.clone(),
                due_on: Some(task.due_on),
                source: format!("{}/decision", item.id),
            });
        }
    }

    /// So many working days after the day of the meeting.
    fn due(&self, days: u32) -> Option<Date> {
        let meeting = &self.state.plan().meeting;
        Some(add_working_days(meeting.date, days, &meeting.holidays, &meeting.workdays))
    }

    fn push(
        &mut self,
        kind: FollowUpKind,
        official: &Official,
        text: String,
        due_on: Option<Date>,
        source: String,
    ) {
        let names = (official.name.clone(), official.name.clone());
        self.owned(kind, names, text, due_on, source);
    }

    /// A follow-up about an official, with an owner.
    fn owned(
        &mut self,
        kind: FollowUpKind,
        (official, owner): (String, String),
        text: String,
        due_on: Option<Date>,
        source: String,
    ) {
        let number = self.entries.len() + 1;
        self.entries.push(FollowUp { number, kind, official, text, owner, due_on, source });
    }
}
