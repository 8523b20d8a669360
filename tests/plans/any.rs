//! Whatever a file holds, reading it answers.

use plenum::plan::scaffold::Template;
use plenum::words::{self, Lang};
use proptest::prelude::*;

use super::faulty::SOUND;
use super::try_read;
use super::{faulty_joint, faulty_review};

fn templates() -> impl Strategy<Value = &'static str> {
    let all =
        Template::ALL.into_iter().flat_map(|template| [template.files(Lang::Zh), template.files(Lang::En)]);
    proptest::sample::select(
        all.map(|files| files[0].1)
            .chain([SOUND, faulty_review::SOUND, faulty_joint::SOUND])
            .collect::<Vec<_>>(),
    )
}

/// Whatever the text, reading answers, and every mistake stands in the text and has its words.
fn answers(text: &str) -> Result<(), TestCaseError> {
    if let Err(mistakes) = try_read(text) {
        prop_assert!(!mistakes.is_empty());
        prop_assert!(mistakes.is_sorted_by_key(|mistake| &mistake.place));
        for mistake in &mistakes {
            prop_assert!(mistake.place.line <= text.matches('\n').count() + 1);
            prop_assert!(words::plan::mistake(Lang::Zh, mistake).contains(&mistake.place.line.to_string()));
        }
    }
    let _ = plenum::plan::language(text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        answers(&text)?;
    }

    #[test]
    fn any_toml_like_text_is_answered(lines in proptest::collection::vec("(\\[\\[?[a-z.]{1,8}\\]\\]?|[a-z]{1,6} = (\"[^\"]{0,5}\"|[0-9]{1,12}|\\[\\]|\\{\\}|2027-03-12))", 0..20)) {
        answers(&lines.join("\n"))?;
    }

    #[test]
    fn any_change_to_a_sound_plan_is_answered(
        text in templates(),
        from in any::<proptest::sample::Index>(),
        length in 0usize..60,
        put in "(|\"|\\[|\\]|\\{|=|,|\n|#|0|-|\u{202e}|王|[a-z]{1,5})",
    ) {
        let characters: Vec<char> = text.chars().collect();
        let from = from.index(characters.len());
        let to = (from + length).min(characters.len());
        let changed: String = characters[..from].iter().copied().chain(put.chars()).chain(characters[to..].iter().copied()).collect();
        answers(&changed)?;
    }

    #[test]
    fn any_lines_left_out_are_answered(text in templates(), keep in proptest::collection::vec(any::<bool>(), 1..40)) {
        let kept: Vec<_> = text.lines().zip(keep.iter().cycle()).filter(|(_, keep)| **keep).map(|(line, _)| line).collect();
        answers(&kept.join("\n"))?;
    }
}
