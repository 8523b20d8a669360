//! Plans with mistakes: each is found, at its place, and said in both languages.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod any;
mod faulty;

use std::collections::HashSet;
use std::mem::discriminant;

use plenum::plan::{MaterialFault, Mistake, Plan, PostList, read};
use plenum::rules::{Base, Threshold};
use plenum::words::{self, Lang};

use faulty::{LINE, SOUND, all_faulty, with};

fn material(path: &str) -> Result<(), MaterialFault> {
    match path {
        "missing.md" => Err(MaterialFault::Missing),
        "locked.md" => Err(MaterialFault::Unreadable),
        "picture.md" => Err(MaterialFault::NotText),
        "empty.md" => Err(MaterialFault::Empty),
        "long.md" => Err(MaterialFault::TooLong),
        "link.md" => Err(MaterialFault::Outside),
        _ => Ok(()),
    }
}

fn try_read(text: &str) -> Result<Plan, Vec<Mistake>> {
    read(text, "plan.toml", &material)
}

/// The mistakes as their first lines, without the file.
fn said(mistakes: &[Mistake]) -> Vec<String> {
    let first = |mistake| words::plan::mistake(Lang::En, mistake).lines().next().unwrap().to_owned();
    mistakes.iter().map(first).map(|line| line.replacen("plan.toml:", "", 1)).collect()
}

#[test]
fn a_sound_plan_is_read_with_its_defaults() {
    let plan = try_read(SOUND).unwrap();
    let nomination = plan.items[0].nomination().unwrap();
    assert_eq!(plan.meeting.quorum, Threshold::QUORUM);
    assert_eq!((nomination.quorum, nomination.carried), (Threshold::QUORUM, Threshold::MAJORITY));
    assert_eq!(nomination.attendees, ["guest"]);
    assert_eq!(nomination.lines[0].id, "l1");
    assert_eq!(plan.electors(&plan.items[0]).count(), 4);
}

#[test]
fn party_posts_come_first_unless_the_order_is_fixed() {
    let lists = |text: &str| -> Vec<PostList> {
        let plan = try_read(text).unwrap();
        plan.items[0].lines().iter().map(|line| line.list).collect()
    };
    let two = format!("{SOUND}{LINE}");
    assert_eq!(lists(&two), [PostList::Party, PostList::Government]);
    let fixed = two.replacen("kind =", "order = \"fixed\"\nkind =", 1);
    assert_eq!(lists(&fixed), [PostList::Government, PostList::Party]);
}

#[test]
fn thresholds_are_read_as_written() {
    let text = with(
        "voters =",
        "carried = { of = \"agree_disagree\", more_than = \"2/3\", plus = 1 }\nquorum = { at_least = \"4/5\" }\nvoters =",
    );
    let plan = try_read(&text).unwrap();
    let nomination = plan.items[0].nomination().unwrap();
    assert_eq!((nomination.carried.of, nomination.carried.plus), (Base::AgreeDisagree, 1));
    assert_eq!(nomination.quorum.least(41), 33);
}

#[test]
fn each_mistake_is_found_at_its_place() {
    let differs = |(text, expected): (String, &[&str])| {
        let found = said(&try_read(&text).err().unwrap_or_default());
        (found != expected).then(|| format!("{text:.1800}\nfound {found:#?}\nnot {expected:#?}"))
    };
    let differing: Vec<_> = all_faulty().into_iter().filter_map(differs).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn no_kind_of_mistake_is_left_out() {
    /// Variants of `MistakeKind`.
    const KINDS: usize = 46;
    let kinds: HashSet<_> = all_faulty()
        .into_iter()
        .flat_map(|(text, _)| try_read(&text).err().unwrap_or_default())
        .map(|mistake| discriminant(&mistake.what))
        .collect();
    assert_eq!(kinds.len(), KINDS);
}

#[test]
fn all_mistakes_are_reported_at_once_each_with_its_mend() {
    let text = SOUND
        .replace("\"presiding\"", "\"presidng\"")
        .replace("[\"sun\"]", "[\"son\"]")
        .replace("voters", "quorum = { at_least = \"5/4\" }\nvoters")
        .replace("\"b.md\"", "\"missing.md\"");
    let found = try_read(&text).unwrap_err();
    let listed: String = found.iter().map(|mistake| words::plan::mistake(Lang::En, mistake) + "\n").collect();
    assert_eq!(
        listed,
        "\
plan.toml:8:62: unknown duty `presidng`
    hint: did you mean `presiding`?
plan.toml:19:10: quorum over 100 %: 5 needed, 4 due
    hint: lower the fraction or `plus`; usual is { at_least = \"2/3\" }
plan.toml:27:14: unknown person `son`
    hint: did you mean `sun`?
plan.toml:29:14: the material `missing.md` is missing
    hint: write materials/missing.md: no material, no ballot line
"
    );
}

#[test]
fn both_languages_say_every_mistake() {
    for (text, _) in all_faulty() {
        for mistake in try_read(&text).err().unwrap_or_default() {
            let zh = words::plan::mistake(Lang::Zh, &mistake);
            let en = words::plan::mistake(Lang::En, &mistake);
            assert_eq!((zh.lines().count(), en.lines().count()), (2, 2), "{zh}\n{en}");
            assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{zh}");
        }
    }
}
