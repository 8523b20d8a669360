//! What follows a declaration: objections and how they are settled (`objections`), items that are taken up again (`taken_up`),
//! a deliberation during the term that is deliberated again (`deliberation`), the rule of the same post (`barred`); and any
//! order of all that (`property`).

mod barred;
mod deliberation;
mod objections;
mod property;
mod taken_up;

use crate::meeting::sample::{HEX, Sample, short};
use crate::meeting::{Actor, Command, ItemId, LineId, Refusal, SettledHow, State};
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
    sample.count_heads();
    sample.console(Command::OpenIssue { item: id.clone() });
    let ballot = on_floor(&sample.state);
    let issuer = short(HEX);
    sample.order(&Actor::Hub, Command::PublishIssuer { ballot: ballot.clone(), issuer });
    sample.take_papers();
    sample.fix_list();
    sample.compare_room();
    sample.console(Command::OpenVoting { ballot: ballot.clone() });
    sample.console(Command::CloseVoting { ballot: ballot.clone() });
    let ballots = (0..7).map(|number| short(&format!("{number:064x}"))).collect();
    sample.order(&Actor::Hub, Command::FixBox { ballot: ballot.clone(), ballots });
    sample.confirm_box();
    sample.console(Command::OpenBox { ballot });
    count(sample, sums);
    sample.sign_result();
    sample.console(Command::Declare { item: id.clone() });
}

fn count(sample: &mut Sample, sums: &[[u32; 3]]) {
    let opened = super::common::opened(sums.iter().map(|sums| sums.to_vec()).collect());
    let ballot = on_floor(&sample.state);
    sample.order(&Actor::Hub, Command::PublishCount { ballot, opened });
}

fn on_floor(state: &State) -> crate::meeting::BallotId {
    state.current_round().unwrap().1.issue.ballot.clone()
}
