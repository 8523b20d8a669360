//! What is wrong with a plan, in a sentence, and how to mend it.

mod added;
mod exam;
mod joint;
mod matter;
mod mend;
mod review;
mod term;
mod what;

use super::Lang;
use crate::harmless::{cut, line};
use crate::plan::MaterialFault;
use crate::plan::mistake::{Mistake, Place};
use crate::rules::Base;

/// A mistake as the clerk reads it: the place and what is wrong there, and on the next line how to mend it.
pub fn mistake(lang: Lang, mistake: &Mistake) -> String {
    let hint = lang.pick("办法", "hint");
    let colon = lang.pick("\u{ff1a}", ": ");
    let place = place(&mistake.place);
    let what = visible(what::what(lang, &mistake.what));
    let mend = visible(mend::mend(lang, &mistake.what));
    format!("{place}: {what}\n    {hint}{colon}{mend}")
}

/// `plan.toml:12:8`, which editors and terminals know how to open.
pub fn place(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// Why the file of an item that could be added cannot be read.
pub fn unreadable(lang: Lang, file: &str, fault: MaterialFault) -> String {
    visible(what::material(lang, (lang.pick("议项文件", "the file"), file), fault))
}

/// How many mistakes there are.
pub fn mistakes(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("计划中有 {count} 处错误"),
        (Lang::En, 1) => "1 mistake in the plan".to_owned(),
        (Lang::En, _) => format!("{count} mistakes in the plan"),
    }
}

/// The widest sentence about a mistake, in cells of a terminal. What it quotes may be longer.
const SENTENCE_CELLS_MAX: usize = 1_000;

/// A sentence quotes what the clerk wrote, of which nothing is to act on a terminal, or to fill it.
fn visible(sentence: String) -> String {
    cut(&line(&sentence), SENTENCE_CELLS_MAX, "…").into_owned()
}

/// What a threshold is taken of.
pub fn base(lang: Lang, base: Base) -> &'static str {
    match base {
        Base::Due => lang.pick("应到人数", "those due"),
        Base::Present => lang.pick("实到人数", "those present"),
        Base::Returned => lang.pick("收回票数", "the papers returned"),
        Base::Valid => lang.pick("有效票数", "the valid papers"),
        Base::AgreeDisagree => lang.pick("同意与不同意票数之和", "those who agree or disagree"),
    }
}
