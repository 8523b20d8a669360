//! A sample meeting with a contested election, for tests: the sample's nominees stand against each other for three seats, or
//! are put to the vote as a list.

use super::sample::{HEX, Point, Sample, plan, short};
use super::{Actor, Command, OpenedBox, PaperCount};
use crate::plan::{Contested, ItemKind, PaperForm, Plan};
use crate::rules::{ContestRule, TieRule, TooFew};
use crate::words::Lang;

/// Three seats; two further rounds at most.
pub const RULE: ContestRule =
    ContestRule { seats: 3, too_few: TooFew::FurtherRound, tied: TieRule::Order, further_max: 2 };

/// The sample's plan with its item as a contested election of `n1` to `n6`.
pub fn contested_plan(lang: Lang, form: PaperForm, rule: ContestRule) -> Plan {
    let mut plan = plan(lang);
    let office = lang.pick("区委常委", "Member of the Standing Committee");
    for item in &mut plan.items {
        item.title = lang.pick("选举区委常委", "Election of the Standing Committee").to_owned();
        let ItemKind::Nomination(slate) = &item.kind else { continue };
        let mut slate = slate.clone();
        for line in &mut slate.lines {
            line.post = office.to_owned();
            line.list = crate::plan::PostList::Party;
        }
        item.kind = ItemKind::Contested(Contested { slate, form, rule });
    }
    plan
}

impl Sample {
    /// A contested election for three seats, under way to a point. `n2` is deferred, so five stand.
    pub fn contested(lang: Lang) -> Self {
        Self::of(contested_plan(lang, PaperForm::Choose, RULE))
    }

    /// The same as a list with exceptions: all five are to be elected.
    pub fn list(lang: Lang) -> Self {
        Self::of(contested_plan(lang, PaperForm::List, ContestRule { seats: 6, ..RULE }))
    }

    /// Seven ballots came back, so many of them blank, with these votes for the candidates.
    pub fn elect(&mut self, blank: u32, votes: &[u32]) {
        self.count_sums(vec![[&[blank], votes].concat()]);
    }

    /// A further round is called and held, up to the moment at which its box is to be opened.
    pub fn further_round(&mut self, point: Point) {
        let item = Self::item();
        self.sign_result();
        self.console(Command::CallFurtherRound { item: item.clone() });
        if point < Point::Issuing {
            return;
        }
        self.count_heads();
        self.console(Command::OpenIssue { item });
        let ballot = self.ballot();
        self.order(&Actor::Hub, Command::PublishIssuer { ballot: ballot.clone(), issuer: short(HEX) });
        self.take_papers();
        self.fix_list();
        self.compare_room();
        self.console(Command::OpenVoting { ballot: ballot.clone() });
        if point <= Point::Voting {
            return;
        }
        self.console(Command::CloseVoting { ballot: ballot.clone() });
        self.fix_box(7);
        self.confirm_box();
        self.console(Command::OpenBox { ballot });
    }

    /// The sums of the paper's questions.
    pub fn count_sums(&mut self, sums: Vec<Vec<u32>>) {
        let command = self.publish(sums);
        self.order(&Actor::Hub, command);
    }

    /// The next round is held on paper.
    pub fn go_to_paper(&mut self) {
        self.console(Command::OpenPaperVote { item: Self::item() });
    }

    /// Everybody present was handed a paper, and both scrutineers count so many blank, spoilt, and votes.
    pub fn elect_by_paper(&mut self, returned: u32, (blank, spoilt): (u32, u32), votes: &[u32]) {
        self.count_papers(&self.papers(returned, vec![[&[blank], votes].concat()], vec![spoilt]));
    }

    /// A count of papers of which everybody present was handed one.
    pub fn papers(&self, returned: u32, marks: Vec<Vec<u32>>, spoilt: Vec<u32>) -> PaperCount {
        let issued = self.state.current_round().map_or(0, |(_, round)| round.present());
        PaperCount { issued, cancelled: 0, returned, marks, spoilt }
    }

    /// Both scrutineers enter it.
    pub fn count_papers(&mut self, count: &PaperCount) {
        for who in ["m5", "m6"] {
            let (ballot, count) = (self.ballot(), Box::new(count.clone()));
            self.order(&Actor::from(who), Command::EnterCount { ballot, count });
        }
    }

    /// What the hub publishes for these sums.
    pub fn publish(&self, sums: Vec<Vec<u32>>) -> Command {
        let opened = OpenedBox { tally: String::new(), factors: Vec::new(), result: String::new(), sums };
        Command::PublishCount { ballot: self.ballot(), opened: Box::new(opened) }
    }
}
