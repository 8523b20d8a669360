//! Any order of commands keeps the invariants (`property`, `review_property`; `watch` follows ballots and keys in both,
//! `barriers` asks at each moment what would be refused,
//! `scrutiny` does what scrutineers do); each refusal comes with its figures (`refusals`, `scrutiny_refusals`,
//! `review_refusals`); a joint meeting (`joint`) and a deliberation during the
//! term (`term`); the scrutineers' part step by step (`scrutiny_steps`); small rules as tables (`tables`); what a slip
//! cannot be made to say (`slips`).

mod barriers;
mod common;
mod joint;
mod property;
mod refusals;
mod review_property;
mod review_refusals;
mod scrutiny;
mod scrutiny_refusals;
mod scrutiny_steps;
mod slips;
mod tables;
mod term;
mod watch;
