//! Encrypt, check, add up, open: the sums are those of the marks, whatever is asked and marked.

use proptest::prelude::*;

use super::*;

/// A question and some permitted marks for it.
fn question_and_marks(voters: usize) -> impl Strategy<Value = (Question, Vec<Vec<u32>>)> {
    (1usize..5, any::<bool>())
        .prop_flat_map(|(answers, blank)| (Just(answers), 0..=answers as u32, Just(blank)))
        .prop_flat_map(|(answers, max, blank)| (Just(answers), 0..=max, Just(max), Just(blank)))
        .prop_flat_map(move |(answers, min, max, blank)| {
            let marks = (min..=max, any::<bool>(), Just((0..answers).collect::<Vec<_>>()).prop_shuffle())
                .prop_map(move |(number, is_blank, order)| {
                    let is_blank = blank && is_blank;
                    let mut marks = vec![0; answers];
                    if !is_blank {
                        order.iter().take(number as usize).for_each(|&answer| marks[answer] = 1);
                    }
                    if blank {
                        marks.insert(0, u32::from(is_blank));
                    }
                    marks
                });
            (Just(question(answers, min, max, blank)), proptest::collection::vec(marks, voters))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_sums_are_those_of_the_marks(
        seed in any::<u64>(),
        asked in (0usize..4).prop_flat_map(|voters| proptest::collection::vec(question_and_marks(voters), 1..4)),
    ) {
        let voters = asked[0].1.len();
        let voters = asked.iter().map(|(_, marks)| marks.len()).min().unwrap_or(voters);
        let mut room = Room::new(seed, voters.max(1), asked.iter().map(|(question, _)| question.clone()).collect());
        let mut checked = Vec::new();
        for voter in 0..voters {
            let marks: Vec<&[u32]> = asked.iter().map(|(_, marks)| &*marks[voter]).collect();
            let sealed = room.cast(voter, &marks);
            prop_assert!(sealed.bytes.len() <= room.setup.ballot_bytes_max());
            checked.push(room.setup.check_ballot(&sealed.bytes).unwrap());
        }
        let expected: Vec<Vec<u64>> = asked
            .iter()
            .map(|(question, marks)| {
                (0..question.choices())
                    .map(|choice| marks[..voters].iter().map(|marks| u64::from(marks[choice])).sum())
                    .collect()
            })
            .collect();
        let sums = tally(&room.setup, &checked).unwrap();
        let factors = room.trustee.decrypt(&room.setup, &sums, &mut room.rng);
        let outcome = combine(&room.setup, &sums, &[(1, factors)], voters).unwrap();
        prop_assert_eq!(outcome.result, expected);
    }
}

#[test]
fn a_sum_holds_each_voter_once() {
    let mut room = Room::small(41);
    let first = room.cast(0, &[&[1, 0, 0], &[1, 0, 0]]);
    let second = room.cast(0, &[&[0, 1, 0], &[1, 0, 0]]);
    let checked: Vec<_> =
        [first, second].iter().map(|ballot| room.setup.check_ballot(&ballot.bytes).unwrap()).collect();
    assert_eq!(tally(&room.setup, &checked), Err(BallotError::VotedTwice(room.voters[0].public())));
    let elsewhere = Room::small(42).setup;
    assert_eq!(tally(&elsewhere, &checked[..1]), Err(BallotError::ForeignBallot));
    let sums = tally(&room.setup, &checked[..1]).unwrap();
    assert_eq!(combine(&room.setup, &sums, &[], 2), Err(BallotError::BallotCount { expected: 2, found: 1 }));
    assert_eq!(combine(&room.setup, &sums, &[], 1), Err(BallotError::TooFewTrustees { needed: 1, found: 0 }));
}

/// A trustee's factors made by us open what the tool's trustees and voters made.
#[test]
fn a_key_of_the_tool_serves() {
    let contents = open_bel(&fixture("single.bel")).unwrap();
    let digits = String::from_utf8(fixture("single.key")).unwrap();
    let key = TrusteeKey::from_scalar(crate::ballot::group::decimal::from_text(digits.trim()).unwrap());
    let key = TrusteeKey::from_bytes(&*key.to_bytes()).unwrap();
    assert_eq!(contents.setup.trustees().owner_of(&key), Some(1));
    let checked: Vec<_> =
        contents.ballots.iter().map(|ballot| contents.setup.check_ballot(ballot).unwrap()).collect();
    let sums = tally(&contents.setup, &checked).unwrap();
    let factors = key.decrypt(&contents.setup, &sums, &mut StdRng::seed_from_u64(1));
    let outcome = combine(&contents.setup, &sums, &[(1, factors)], 4).unwrap();
    assert_eq!(outcome.bytes, contents.opening.unwrap().result);
}
