//! Every text that a person reads, in Chinese and in English. Nothing else in the crate holds such a text; a
//! missing one does not compile.
//!
//! Fixed texts are variants of an enum made by `texts!`, each with its two languages side by side. Texts with
//! figures or names in them are variants with fields, and one exhaustive `match` turns them into a sentence.
//!
//! - [`lang`]: the two languages
//! - [`common`]: what every screen says: labels, the connection, alarms, keys that mean the same everywhere
//! - [`agenda`]: the agenda, changed by decision
//! - [`exam`]: an exam, on every screen
//! - [`floor`]: what the meeting is doing: stages, phases, figures
//! - [`terminal`]: the member's terminal
//! - [`challenge`]: a member tests the terminal, and what `audit` finds
//! - [`official`]: reporting officials, as terminal and display speak of them
//! - [`duty`]: the scrutineers' pages, and what members are told of their work
//! - [`by_paper`]: a vote on paper
//! - [`display`]: the room's display
//! - [`contest`]: contested elections: the paper, who is elected, what follows
//! - [`console`], [`key`]: the presiding officer's console and its keys
//! - [`matter`]: major matters, votes by name, open votes
//! - [`refusal`], [`doing`]: why a command is refused, and what it does
//! - [`help`]: what the help of each command adds
//! - [`joint`]: a joint meeting: departments and what they say
//! - [`term`]: a deliberation during the term: statements, questions, replies
//! - [`reopening`]: objections to declared results, reconsiderations, what is voted on again and what is not
//! - [`review`]: a review at the console: officials, questions, the floor, verdicts
//! - [`rehearse`]: what simulated people say
//! - [`room`]: around the room's screens, before they begin and after they end
//! - [`rule`]: thresholds and outcomes
//! - [`sealing`]: the seal: who signs, who is next, what is sealed, what is wrong with it
//! - [`sentence`]: what the presiding officer reads aloud
//! - [`verdict`]: verdicts of an evaluation, with their arithmetic
//! - [`standby`], [`standing_by`]: the machine that stands by for the hub's: in the minutes, on screens
//! - [`starting`]: why a console does not start
//! - [`system`]: what the system says of files and connections
//! - [`who`]: names, roles, moments
//! - [`quotation`]: quotation marks, and those inside them
//! - [`procedure`]: the steps of the scrutineers, as console and display show them
//! - [`plan`]: what is wrong with a plan, and the mend
//! - [`clerk`]: what the clerk reads before the meeting
//! - [`minutes`]: the minutes
//! - [`archive`], `attested`, `election_faults`: what `verify` finds

/// Fixed texts: one variant a text, Chinese and English side by side.
macro_rules! texts {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident: $zh:literal, $en:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts say what they are")]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them, so that a test can look at each.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The text in a language.
            pub const fn text(self, lang: $crate::words::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::words::Lang::Zh) => $zh,
                    (Self::$variant, $crate::words::Lang::En) => $en,)*
                }
            }
        }
    };
}

pub mod agenda;
pub mod archive;
mod archive_open;
mod archive_reopened;
mod attested;
pub mod by_paper;
pub mod challenge;
pub mod clerk;
pub mod common;
pub mod console;
pub mod contest;
pub mod display;
pub mod doing;
pub mod duty;
mod election_faults;
pub mod exam;
pub mod floor;
pub mod help;
pub mod joint;
pub mod key;
pub mod lang;
pub mod matter;
pub mod minutes;
pub mod official;
pub mod plan;
pub mod procedure;
pub mod quotation;
pub mod refusal;
mod refusal_open;
pub mod rehearse;
pub mod reopening;
pub mod review;
pub mod room;
pub mod rule;
pub mod scrutiny;
pub mod sealing;
pub mod sentence;
pub mod sittings;
pub mod standby;
pub mod standing_by;
pub mod starting;
pub mod system;
pub mod term;
pub mod terminal;
pub mod verdict;
pub mod who;

pub use lang::Lang;

#[cfg(test)]
mod tests {
    use super::Lang;

    fn check(name: &str, zh: &str, en: &str) {
        let chinese =
            |text: &str| text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
        assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name} is empty");
        assert!(!chinese(en), "{name}: Chinese in English: {en}");
        assert!(chinese(zh) || zh == en, "{name}: no Chinese in Chinese: {zh}");
        let half = [",", ";", "!", "?"].iter().find(|mark| zh.contains(**mark));
        assert_eq!(half, None, "{name}: Chinese takes full-width marks: {zh}");
    }

    #[test]
    fn every_fixed_text_is_there_in_both_languages() {
        macro_rules! all {
            ($($texts:ty),*) => { $(for text in <$texts>::ALL {
                check(&format!("{text:?}"), text.text(Lang::Zh), text.text(Lang::En));
            })* };
        }
        all!(
            super::common::Common,
            super::floor::Stop,
            super::floor::Now,
            super::contest::Contest,
            super::terminal::Terminal,
            super::challenge::Challenge,
            super::duty::Duty,
            super::terminal::KeyWord,
            super::terminal::KeyMeans,
            super::display::Display,
            super::official::Official,
            super::joint::Joint,
            super::minutes::joint::JointLabel,
            super::minutes::term::TermLabel,
            super::term::Term,
            super::agenda::Agenda,
            super::reopening::Reopened,
            super::review::Review,
            super::sealing::Sealing,
            super::standing_by::StandingBy,
            super::minutes::Label,
            super::minutes::review::ReviewLabel,
            super::matter::Open,
            super::minutes::matter::OpenLabel
        );
    }
}
