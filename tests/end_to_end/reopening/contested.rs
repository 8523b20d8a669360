//! A contested election that is held again: who was elected first is in the record and not in office.

use plenum::archive::Results;
use plenum::meeting::RoundPhase;

use super::super::room::{MEMBERS, Room, soon, write_election};
use super::{is_declared, item, vote_again};

/// The election of one of two from where it is to its declaration: so many of the five for the first, the rest for the second.
async fn elect(room: &Room, rounds: usize, first: usize) {
    room.lead_to(RoundPhase::Voting).await;
    for (place, seat) in MEMBERS.iter().enumerate() {
        let marks: [usize; 2] = if place < first { [1, 0] } else { [0, 1] };
        let client = room.open_paper(seat).await;
        soon("a ballot", client.cast(marks.to_vec())).await.unwrap();
    }
    room.lead_until("the declaration", |state| is_declared(state, "posts", rounds)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_election_that_was_objected_to_is_held_again_and_both_stay() {
    let room = Room::of(write_election).await.seated(&MEMBERS).await;
    elect(&room, 1, 4).await;
    let elected = |room: &Room| -> Vec<(String, u32)> {
        let state = room.state();
        let elected = state.item_state(&item("posts")).unwrap().elected();
        elected.into_iter().map(|one| (one.line.to_string(), one.votes)).collect()
    };
    assert_eq!(elected(&room), [("north".to_owned(), 4)]);
    vote_again(&room, "posts", "m5").await;
    assert!(elected(&room).is_empty(), "nobody holds the seat meanwhile");
    elect(&room, 2, 1).await;
    assert_eq!(elected(&room), [("south".to_owned(), 4)]);

    let (state, [minutes, set_aside, results]) =
        room.archived(["minutes.md", "set_aside.csv", "results.csv"]).await;
    let ballots: Vec<&str> = state.items[0].rounds.iter().map(|round| round.issue.ballot.as_str()).collect();
    assert_eq!(ballots, ["posts", "posts-r2"]);
    assert_eq!(Results::new(&state, "").set_aside.len(), 1);
    for table in [&set_aside, &results] {
        assert!(table.contains("Nora North") && table.contains("Saul South"), "{table}");
    }
    // Each candidate in each result, with the votes of that one.
    let row = |name: &str, votes: u32| format!("| {name} | Head of the Office | {votes} | 0 |");
    for row in [row("Nora North", 4), row("Saul South", 1), row("Saul South", 4), row("Nora North", 1)] {
        assert_eq!(minutes.matches(&row).count(), 1, "{row}\n{minutes}");
    }
    assert!(minutes.contains("taken up again") && minutes.contains("later set aside"), "{minutes}");
}
