//! Any order of commands keeps the invariants (`property`); each refusal comes with its figures (`refusals`).

mod property;
mod refusals;
