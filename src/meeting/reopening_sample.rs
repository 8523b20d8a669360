//! A meeting whose first item is declared and whose second has one of its nominees again, for tests.

use super::sample::{HEX, Point, Sample, plan, short};
use super::{Actor, Command, ItemId, LineId, OpenedBox, SettledHow};
use crate::plan::{ItemKind, Plan};
use crate::words::Lang;

/// The sample's plan with a second nomination: `n3` for the same post once more, as `x1`, and `x2` for a post of its own.
pub fn two_items(lang: Lang) -> Plan {
    let mut plan = plan(lang);
    let mut second = plan.items[0].clone();
    second.id = "again".to_owned();
    second.title = lang.pick("票决补充人选", "Further nominations").to_owned();
    let ItemKind::Nomination(nomination) = &mut second.kind else { unreachable!() };
    nomination.lines.retain(|line| ["n3", "n5"].contains(&line.id.as_str()));
    nomination.lines[0].id = "x1".to_owned();
    nomination.lines[1].id = "x2".to_owned();
    nomination.lines[1].post = lang.pick("区统计局局长", "Head, Statistics Office").to_owned();
    plan.items.push(second);
    plan
}

impl Sample {
    /// The first of two items is declared: n1, n4 and n5 carried, n3 and n6 not, n2 deferred.
    pub fn two_declared(lang: Lang) -> Self {
        Self::of(two_items(lang)).until(Point::Declared)
    }

    /// The same, with an objection by m7.
    pub fn objected(lang: Lang) -> Self {
        let mut sample = Self::two_declared(lang);
        let reason = lang.pick("宣布时没有听清票数", "the figures were not heard").to_owned();
        let by = super::SeatId::from("m7");
        let command = Command::ObjectToResult { item: Self::item(), official: None, by: by.clone(), reason };
        sample.order(&Actor::Seat(by), command);
        sample
    }

    /// The same, settled.
    pub fn settled(lang: Lang, outcome: SettledHow) -> Self {
        let mut sample = Self::objected(lang);
        let reason = lang.pick("监票人当场核对", "the scrutineers looked again").to_owned();
        sample.console(Command::SettleObjection { number: 1, outcome, reason });
        sample
    }

    /// `n1` and `n2` were reconsidered and voted on again, and the scrutineers have signed: `n1` is not carried any more, `n2` is;
    /// of the others the first result stands.
    pub fn counted_again(lang: Lang) -> Self {
        let mut sample = Self::two_declared(lang);
        let item = Self::item();
        let lines = ["n1", "n2"].map(LineId::from).to_vec();
        let reason = lang.pick("补充了材料", "more was found out").to_owned();
        let (agree, disagree, abstain) = (6, 2, 0);
        sample.console(Command::Reconsider { item: item.clone(), lines, agree, disagree, abstain, reason });
        sample.console(Command::BeginDeliberation { item: item.clone() });
        sample.console(Command::EndDeliberation { item: item.clone() });
        sample.hold_ballot(&item, &[[2, 4, 1], [7, 0, 0]]);
        sample
    }

    /// Holds a ballot of an item whose deliberation is over: seven papers come back, and their sums are signed.
    pub fn hold_ballot(&mut self, item: &ItemId, sums: &[[u32; 3]]) {
        self.count_heads();
        self.console(Command::OpenIssue { item: item.clone() });
        let ballot = self.state.current_round().unwrap().1.issue.ballot.clone();
        let issuer = short(HEX);
        self.order(&Actor::Hub, Command::PublishIssuer { ballot: ballot.clone(), issuer });
        self.take_papers();
        self.fix_list();
        self.compare_room();
        self.console(Command::OpenVoting { ballot: ballot.clone() });
        self.console(Command::CloseVoting { ballot: ballot.clone() });
        let ballots = (0..7).map(|number| short(&format!("{number:064x}"))).collect();
        self.order(&Actor::Hub, Command::FixBox { ballot: ballot.clone(), ballots });
        self.confirm_box();
        self.console(Command::OpenBox { ballot });
        self.count_on_floor(sums);
        self.sign_result();
    }

    /// The sums of the ballot on the floor, whichever item it is of.
    pub fn count_on_floor(&mut self, sums: &[[u32; 3]]) {
        let ballot = self.state.current_round().unwrap().1.issue.ballot.clone();
        let sums = sums.iter().map(|sums| sums.to_vec()).collect();
        let opened = OpenedBox { tally: String::new(), factors: Vec::new(), result: String::new(), sums };
        self.order(&Actor::Hub, Command::PublishCount { ballot, opened: Box::new(opened) });
    }

    /// The second item is called: `x1` is barred.
    pub fn barred(lang: Lang) -> Self {
        let mut sample = Self::settled(lang, SettledHow::Stands);
        sample.console(Command::OpenItem { item: "again".into() });
        sample
    }
}
