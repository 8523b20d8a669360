//! The console in a contested election.

use super::*;

fn snapshot(name: &str, lang: Lang, sample: &Sample) {
    let (mut console, view) = (console(lang), seen(sample));
    let drawn = SIZES.map(|size| Window::new(lang, size).draw(&mut console, &view)).join("\n\n");
    insta::assert_snapshot!(format!("{name}_{}", lang.pick("zh", "en")), drawn);
}

fn tied(lang: Lang) -> Sample {
    let mut sample = Sample::contested(lang).until(Point::Opening);
    sample.elect(0, &[6, 5, 5, 5, 0]);
    sample.sign_result();
    sample
}

#[test]
fn every_step_of_an_election_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        snapshot("next_item", lang, &Sample::contested(lang).until(Point::ScrutineersApproved));
        snapshot("voting", lang, &Sample::contested(lang).until(Point::Voting));
        snapshot("tied", lang, &tied(lang));
        let mut sample = tied(lang);
        sample.further_round(Point::Deliberated);
        snapshot("further_heads", lang, &sample);
        sample.count_heads();
        snapshot("further_issue", lang, &sample);
        let mut sample = tied(lang);
        sample.further_round(Point::Voting);
        snapshot("further_voting", lang, &sample);
        let mut sample = tied(lang);
        sample.further_round(Point::Opening);
        sample.elect(2, &[4, 3, 2]);
        sample.sign_result();
        snapshot("over", lang, &sample);
        sample.console(Command::Declare { item: Sample::item() });
        snapshot("declared", lang, &sample);
    }
}

#[test]
fn enter_calls_the_further_round_and_then_declares() {
    let mut sample = tied(Lang::Zh);
    let item = Sample::item();
    let (mut console, view) = (console(Lang::Zh), seen(&sample));
    let further = Command::CallFurtherRound { item: item.clone() };
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&further));
    done(&mut console, &view, further);
    sample.further_round(Point::Opening);
    sample.elect(2, &[4, 3, 2]);
    sample.sign_result();
    let view = seen(&sample);
    console.viewed(&view);
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), [Command::Declare { item }]);
}
