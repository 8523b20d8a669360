//! A meeting whose first item is declared and whose second has one of its nominees again, for tests.

use super::sample::{Point, Sample, plan};
use super::{Command, SettledHow};
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
        sample.order(&super::Actor::Seat(by), command);
        sample
    }

    /// The same, settled.
    pub fn settled(lang: Lang, outcome: SettledHow) -> Self {
        let mut sample = Self::objected(lang);
        let reason = lang.pick("监票人当场核对", "the scrutineers looked again").to_owned();
        sample.console(Command::SettleObjection { number: 1, outcome, reason });
        sample
    }

    /// The second item is called: `x1` is barred.
    pub fn barred(lang: Lang) -> Self {
        let mut sample = Self::settled(lang, SettledHow::Stands);
        sample.console(Command::OpenItem { item: "again".into() });
        sample
    }
}
