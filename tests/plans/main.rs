//! Plans with mistakes: each is found, at its place, and said in both languages.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod any;
mod faulty;
mod faulty_contested;
mod faulty_exam;
mod faulty_joint;
mod faulty_matter;
mod faulty_review;
mod faulty_term;

use std::collections::HashSet;
use std::mem::discriminant;

use plenum::plan::{
    MaterialFault, Mistake, MistakeKind, OfficialOrder, PaperForm, Plan, PostList, SpeakingOrder, VoteHow,
    read,
};
use plenum::rules::{Base, Combine, ContestRule, Ratio, Threshold, TieRule, TooFew, VerdictRule};
use plenum::words::{self, Lang};

use faulty::{LINE, SOUND, with};

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

/// Every faulty plan, with what is to be said of it.
fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    [
        faulty::all_faulty(),
        faulty_matter::all_faulty(),
        faulty_review::all_faulty(),
        faulty_contested::all_faulty(),
        faulty_exam::all_faulty(),
        faulty_joint::all_faulty(),
        faulty_term::all_faulty(),
    ]
    .concat()
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
fn a_sound_election_is_read_with_its_defaults() {
    let plan = try_read(faulty_contested::SOUND).unwrap();
    let contested = plan.items[0].contested().unwrap();
    let rule = ContestRule { seats: 1, too_few: TooFew::FurtherRound, tied: TieRule::Order, further_max: 2 };
    assert_eq!((contested.form, contested.rule), (PaperForm::Choose, rule));
    assert_eq!((contested.slate.quorum, contested.slate.carried), (Threshold::QUORUM, Threshold::MAJORITY));
    assert!(contested.slate.lines.iter().all(|line| line.post == "常委"), "all stand for the item's post");
    assert_eq!(plan.items[0].nomination(), Some(&contested.slate));
    let text = faulty_contested::with(
        "seats = 1",
        "form = \"list\"\ntoo_few = \"stay_open\"\ntied = \"majority\"\nfurther_rounds = 0\nelected = { at_least = \"2/3\" }",
    );
    let text = text.replacen("name = \"周舟\"", "name = \"周舟\"\npost = \"书记\"", 1);
    let plan = try_read(&text).unwrap();
    let contested = plan.items[0].contested().unwrap();
    let rule = ContestRule { seats: 2, too_few: TooFew::StayOpen, tied: TieRule::Majority, further_max: 0 };
    assert_eq!((contested.form, contested.rule), (PaperForm::List, rule), "a list elects all of its lines");
    assert_eq!(contested.slate.carried.least(4), 3);
    let mut posts: Vec<_> = contested.slate.lines.iter().map(|line| line.post.as_str()).collect();
    posts.sort_unstable();
    assert_eq!(posts, ["书记", "常委"]);
}

#[test]
fn what_is_decided_in_the_open_is_read_with_its_defaults() {
    let plan = try_read(faulty_matter::SOUND).unwrap();
    let matter = plan.items[0].matter().unwrap();
    // Who is not named among the speakers is asked after them; the head is not among them.
    assert_eq!(
        (matter.speakers.as_slice(), matter.order),
        (&["zhao".to_owned(), "wang".to_owned()][..], SpeakingOrder::Plan)
    );
    assert_eq!((matter.carried, matter.secret.is_none()), (Threshold::MAJORITY, true));
    assert_eq!(matter.notified.as_ref().unwrap().members, ["li", "wang"]);
    let all = try_read(&faulty_matter::with(", members = [\"li\", \"wang\"]", "")).unwrap();
    assert_eq!(all.items[0].matter().unwrap().notified.as_ref().unwrap().members, ["li", "wang", "zhao"]);
    let vote = plan.items[1].open_vote().unwrap();
    assert_eq!(
        (vote.how, vote.carried.of, vote.text.as_deref()),
        (VoteHow::Hands, Base::Present, Some("b.md"))
    );
    // It needs no scrutineers; a secret ballot does.
    assert!(!plan.items.iter().any(plenum::plan::Item::is_secret));
}

#[test]
fn a_sound_review_is_read_with_its_defaults() {
    let plan = try_read(faulty_review::SOUND).unwrap();
    let review = plan.items[0].review().unwrap();
    assert_eq!((review.report_seconds, review.answer_seconds, review.warning_seconds), (480, 180, 60));
    assert_eq!((review.questions_max, review.slips_max, review.ranking), (20, 0, false));
    // Opinions by name are as many as questions, unless the plan says otherwise.
    let opinions = |more: &str| {
        let text = faulty_review::SOUND.replacen("apart = true", &format!("apart = true\n{more}"), 1);
        try_read(&text).unwrap().items[0].review().unwrap().opinions_max
    };
    assert_eq!(["", "questions_max = 7", "opinions_max = 0"].map(opinions), [20, 7, 0]);
    assert_eq!((review.order, review.quorum), (OfficialOrder::Plan, Threshold::QUORUM));
    assert_eq!(
        (review.apart, review.combine, review.weights.as_slice()),
        (true, Combine::Weights, &[3, 1][..])
    );
    assert_eq!(review.attendees, ["official"]);
    assert_eq!(plan.electors(&plan.items[0]).count(), 5);
    let ids: Vec<_> = review.dimensions.iter().map(|dimension| dimension.id.as_str()).collect();
    assert_eq!(ids, ["d1", "work"]);
    let VerdictRule::Score { bands } = &review.verdict else { panic!("{:?}", review.verdict) };
    let from: Vec<_> = bands.iter().map(|band| band.from).collect();
    assert_eq!(from, [Ratio::whole(0), Ratio::whole(60), Ratio::new(795, 10).unwrap()]);
    assert_eq!((bands[0].verdict.consequence.as_str(), bands[0].verdict.reply_days), ("约谈", Some(15)));
    assert_eq!((plan.meeting.holidays.len(), plan.meeting.workdays.len()), (2, 1));
    assert_eq!(plan.meeting.due_on(15).to_string(), "2027-04-02");
    assert_eq!(plan.meeting.due_on(16).to_string(), "2027-04-06");
    let official = review.official("zhou").unwrap();
    assert!(official.concerns("zhou") && official.concerns("qian") && !official.concerns("li"));
    assert_eq!(official.findings_by, "li");
}

#[test]
fn a_review_in_few_words_has_the_usual_scale() {
    let scale = faulty_review::SOUND.lines().find(|line| line.starts_with("scale")).unwrap();
    let combine = faulty_review::SOUND.lines().find(|line| line.starts_with("combine")).unwrap();
    for (written, words) in [
        ("", vec![("好", true, 100), ("较好", true, 80), ("一般", false, 60), ("差", false, 40)]),
        (
            "scale = [\"满意\", \"基本满意\", \"不满意\"]",
            vec![("满意", true, 100), ("基本满意", true, 80), ("不满意", false, 60)],
        ),
        (
            "scale = [{ word = \"好\", satisfied = true }, \"中\", \"差\"]",
            vec![("好", true, 100), ("中", false, 80), ("差", false, 60)],
        ),
    ] {
        let text = faulty_review::SOUND.replacen(scale, written, 1).replacen(combine, "", 1).replacen(
            "apart = true",
            "",
            1,
        );
        let plan = try_read(&text).unwrap();
        let review = plan.items[0].review().unwrap();
        let read: Vec<_> =
            review.scale.iter().map(|word| (word.word.as_str(), word.satisfied, word.weight)).collect();
        assert_eq!(read, words);
        assert_eq!(
            (review.apart, review.combine, review.weights.as_slice()),
            (false, Combine::Sum, &[1, 1][..])
        );
    }
}

#[test]
fn groups_that_are_weighted_are_counted_apart() {
    let plan = try_read(&faulty_review::with("apart = true\n", "")).unwrap();
    assert!(plan.items[0].review().unwrap().apart);
}

#[test]
fn the_founding_rule_is_read_as_written() {
    let plan = try_read(&faulty_review::with_shares("otherwise", "over = \"work\"\notherwise")).unwrap();
    let VerdictRule::Shares { shares, otherwise, over } = &plan.items[0].review().unwrap().verdict else {
        panic!("no shares");
    };
    let read: Vec<_> = shares.iter().map(|share| (share.word, share.ratio.to_string())).collect();
    assert_eq!(read, [(0, "2/3".to_owned()), (2, "1/3".to_owned())]);
    assert_eq!((otherwise.name.as_str(), *over), ("基本廉洁", Some(1)));
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
    const KINDS: usize = 61;
    /// Variants of `ReviewMistake`.
    const REVIEW_KINDS: usize = 29;
    /// Variants of `JointMistake`.
    const JOINT_KINDS: usize = 7;
    /// Variants of `TermMistake`.
    const TERM_KINDS: usize = 2;
    /// Variants of `MatterMistake`.
    const MATTER_KINDS: usize = 9;
    /// Variants of `ExamMistake` that a plan alone can show.
    const EXAM_KINDS: usize = 16;
    let kinds: HashSet<_> = all_faulty()
        .into_iter()
        .flat_map(|(text, _)| try_read(&text).err().unwrap_or_default())
        .map(|mistake| {
            let inner = match &mistake.what {
                MistakeKind::Review(inner) => Some(("review", format!("{:?}", discriminant(inner)))),
                MistakeKind::Matter(inner) => Some(("matter", format!("{:?}", discriminant(inner)))),
                MistakeKind::Exam(inner) => Some(("exam", format!("{:?}", discriminant(inner)))),
                MistakeKind::Joint(inner) => Some(("joint", format!("{:?}", discriminant(inner)))),
                MistakeKind::Term(inner) => Some(("term", format!("{:?}", discriminant(inner)))),
                _ => None,
            };
            (discriminant(&mistake.what), inner)
        })
        .collect();
    let of = |name: &str| {
        let is_one = |inner: &Option<(&str, String)>| inner.as_ref().is_some_and(|(of, _)| *of == name);
        kinds.iter().filter(|(_, inner)| is_one(inner)).count()
    };
    // Those with kinds of their own are kinds as well.
    let own = kinds.iter().filter(|(_, inner)| inner.is_none()).count() + 5;
    let found = (of("review"), of("matter"), of("exam"), of("joint"), of("term"), own);
    assert_eq!(found, (REVIEW_KINDS, MATTER_KINDS, EXAM_KINDS, JOINT_KINDS, TERM_KINDS, KINDS));
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
