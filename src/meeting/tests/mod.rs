//! Any order of commands keeps the invariants (`property`, `review_property`; `watch` follows ballots and keys in both,
//! `barriers` asks at each moment what would be refused,
//! `scrutiny` does what scrutineers do, `papers` what is done on paper; `opening` with real factors, true and false;
//! `contest` the rounds of an election); each refusal comes with its figures (`refusals`, `scrutiny_refusals`,
//! `review_refusals`); the scrutineers' part step by step (`scrutiny_steps`); small rules as tables (`tables`); a vote on
//! paper, its figures and its ends (`by_paper`); what a slip cannot be made to say (`slips`); one hub in one epoch
//! (`standby`); the agenda changed by decision (`agenda`, `agenda_property`); several sittings (`sittings`); what is decided in the open (`matter`, `matter_property`); a joint meeting (`joint`) and a
//! deliberation during the term (`term`); objections to results, reconsiderations and the same post not again
//! (`reopening`).

mod agenda;
mod agenda_property;
mod barriers;
mod by_paper;
mod by_paper_election;
mod common;
mod contest;
mod exam;
mod joint;
mod matter;
mod matter_property;
mod opening;
mod papers;
mod property;
mod proposal;
mod refusals;
mod reopening;
mod review_property;
mod review_refusals;
mod scrutiny;
mod scrutiny_refusals;
mod scrutiny_steps;
mod sittings;
mod slips;
mod standby;
mod tables;
mod term;
mod watch;
