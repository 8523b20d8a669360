//! What follows a declaration: objections and how they are settled (`objections`), items that are taken up again (`taken_up`),
//! a deliberation during the term that is deliberated again (`deliberation`), the rule of the same post (`barred`); and any
//! order of all that (`property`).

mod barred;
mod deliberation;
mod objections;
mod property;
mod taken_up;

use crate::meeting::sample::Sample;
use crate::meeting::{Actor, Command, ItemId, LineId, Refusal, SettledHow};
use crate::words::Lang;

fn item() -> ItemId {
    Sample::item()
}

fn again() -> ItemId {
    "again".into()
}

fn seat(id: &str) -> Actor {
    Actor::Seat(id.into())
}

fn lines(ids: &[&str]) -> Vec<LineId> {
    ids.iter().map(|id| LineId::from(*id)).collect()
}

/// The first of the two items is declared: n1, n4 and n5 carried, n3 and n6 not, n2 deferred.
fn declared() -> Sample {
    Sample::two_declared(Lang::En)
}

fn object(by: &str, reason: &str) -> Command {
    Command::ObjectToResult { item: item(), official: None, by: by.into(), reason: reason.into() }
}

fn settle(number: u32, outcome: SettledHow) -> Command {
    Command::SettleObjection { number, outcome, reason: "looked into".into() }
}

fn reconsider(lines: Vec<LineId>, hands: (u32, u32, u32)) -> Command {
    let (agree, disagree, abstain) = hands;
    Command::Reconsider { item: item(), lines, agree, disagree, abstain, reason: "new facts".into() }
}

fn refused(sample: &mut Sample, actor: &Actor, command: &Command) -> Refusal {
    sample.try_order(actor, command).expect_err("it is refused")
}

/// Leads an item that is on the floor at its recusal to its declaration, with these sums.
fn vote(sample: &mut Sample, id: &ItemId, sums: &[[u32; 3]]) {
    sample.console(Command::BeginDeliberation { item: id.clone() });
    sample.console(Command::EndDeliberation { item: id.clone() });
    ballot(sample, id, sums);
}

fn ballot(sample: &mut Sample, id: &ItemId, sums: &[[u32; 3]]) {
    sample.hold_ballot(id, sums);
    sample.console(Command::Declare { item: id.clone() });
}
