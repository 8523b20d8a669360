//! The sheet of an election's count: where some of the candidates are marked, and of a list.

use super::*;

fn on_paper(mut sample: Sample) -> Sample {
    sample.go_to_paper();
    sample
}

fn choice(lang: Lang) -> Sample {
    on_paper(Sample::contested(lang).until(Point::Deliberated))
}

fn typed(terminal: &mut Terminal, view: &View, figures: &[&str]) {
    for figure in figures {
        type_text(terminal, view, figure);
        press(terminal, view, [Enter]);
    }
}

#[test]
fn papers_of_an_election_are_counted() {
    for lang in BOTH {
        let sample = choice(lang);
        let of_m5 = view("m5", &sample);
        show("election_papers", &of_m5, |_| {});
        show("election_papers_member", &view("m2", &sample), |_| {});
        let papers = ["8", "0", "8", "1", "1"];
        show("election_papers_typed", &of_m5, |terminal| {
            typed(terminal, &of_m5, &[&papers[..], &["6", "4"]].concat())
        });
        show("election_papers_over", &of_m5, |terminal| {
            typed(terminal, &of_m5, &[&papers[..], &["6", "7"]].concat())
        });
        show("election_papers_whole", &of_m5, |terminal| {
            typed(terminal, &of_m5, &[&papers[..], &["6", "4", "4", "2", "0"]].concat());
        });
        show("election_papers_too_few", &of_m5, |terminal| {
            typed(terminal, &of_m5, &[&papers[..], &["2", "2", "1", "0", "0"]].concat());
        });
        let list = on_paper(Sample::list(lang).until(Point::Deliberated));
        let of_m5 = view("m5", &list);
        show("list_papers_typed", &of_m5, |terminal| {
            typed(terminal, &of_m5, &["8", "0", "8", "6", "1", "1"])
        });
    }
}

#[test]
fn keys_move_between_the_parts_of_the_sheet() {
    let view = view("m5", &choice(Lang::En));
    let mut terminal = terminal(&view);
    terminal.viewed(&view);
    // Down from the papers to the blank, to the first candidate, to the second; up again the same way.
    for (key, digit) in [
        (KeyCode::Down, "1"),
        (KeyCode::Down, "6"),
        (KeyCode::Down, "5"),
        (KeyCode::Up, ""),
        (KeyCode::Up, "2"),
        (KeyCode::Up, "8"),
    ] {
        press(&mut terminal, &view, [key]);
        type_text(&mut terminal, &view, digit);
    }
    let drawn = drawn(&mut terminal, &view);
    let figures: Vec<&str> = drawn.lines().filter(|line| line.contains('[')).collect();
    let digits: Vec<String> =
        figures.iter().map(|line| line.chars().filter(char::is_ascii_digit).collect()).collect();
    // The printed eight stands beside the returned; the names have no digits.
    assert_eq!(&digits[..4], ["88", "12", "6", "5"], "{drawn}");
}

#[test]
fn a_count_of_an_election_is_signed_when_it_can_be() {
    let view = view("m5", &choice(Lang::En));
    let mut terminal = terminal(&view);
    terminal.viewed(&view);
    typed(&mut terminal, &view, &["8", "0", "8", "1", "1", "6", "6", "6", "1", "0"]);
    assert!(press(&mut terminal, &view, [Enter, Char('y')]).is_empty(), "one vote more than six papers bear");
    // Enter has gone to the first candidate.
    press(&mut terminal, &view, [KeyCode::Backspace]);
    type_text(&mut terminal, &view, "5");
    assert!(press(&mut terminal, &view, [Enter]).is_empty());
    let acts = press(&mut terminal, &view, [Char('y')]);
    let [crate::screen::Act::Order(Command::EnterCount { count, .. })] = &acts[..] else {
        panic!("{acts:?}")
    };
    assert_eq!((&count.marks, &count.spoilt), (&vec![vec![1, 5, 6, 6, 1, 0]], &vec![1]));
}
