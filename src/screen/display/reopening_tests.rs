//! Objections to declared results on the display, and what became of them.

use super::tests::{of, show};
use crate::meeting::SettledHow;
use crate::meeting::sample::Sample;
use crate::words::Lang;

#[test]
fn an_objection_and_its_outcome_stand_above_the_page_and_what_stands_below_the_lines() {
    for lang in [Lang::Zh, Lang::En] {
        show("result_objected", &of(&Sample::objected(lang)));
        show("result_dismissed", &of(&Sample::settled(lang, SettledHow::Stands)));
        show("result_counted_again", &of(&Sample::counted_again(lang)));
        show("result_taken_up_again", &of(&Sample::settled(lang, SettledHow::VoteAgain)));
    }
}
