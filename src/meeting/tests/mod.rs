//! Any order of commands keeps the invariants (`property`, `review_property`); each refusal comes with its figures
//! (`refusals`, `review_refusals`).

mod property;
mod refusals;
mod review_property;
mod review_refusals;
