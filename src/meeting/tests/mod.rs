//! Any order of commands keeps the invariants (`property`, `review_property`); each refusal comes with its figures
//! (`refusals`, `review_refusals`); what a slip cannot be made to say (`slips`).

pub(super) mod property;
mod refusals;
mod review_property;
mod review_refusals;
mod slips;
