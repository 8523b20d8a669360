//! Tests of the console: each page as it looks, each key as it works.

mod agenda;
mod contest;
mod joint;
mod keys;
mod open;
mod own;
mod pages;
mod papers;
mod reopening;
mod review_keys;
mod review_pages;
mod scrutiny;
mod sittings;
mod term;

use std::collections::BTreeSet;

use crossterm::event::KeyCode;

use super::{Console, FreeSeat};
use crate::client::{AskError, Done, View};
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Command, Refusal, SeatId, Step};
use crate::screen::testing::{Window, casts, press, type_text, view};
use crate::screen::{Act, Answer, Screen};
use crate::words::Lang;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

fn console(lang: Lang) -> Console {
    Console::new(lang, "/home/clerk/2026-11-24".to_owned(), None)
}

/// What the console knows: everybody in the room is connected but m7.
fn seen(sample: &Sample) -> View {
    let mut view = view("console", &sample.state);
    let online: BTreeSet<Actor> =
        sample.present().into_iter().filter(|seat| seat.as_str() != "m7").map(Actor::Seat).collect();
    view.live.connected = 8;
    view.live.connections = Some(online);
    view
}

fn at(lang: Lang, point: Point) -> (Console, View) {
    (console(lang), seen(&Sample::new(lang).until(point)))
}

/// The same, where the scrutineers have done what the next step needs of them: heads, room code, box, signatures.
fn ready_at(lang: Lang, point: Point) -> (Console, View) {
    (console(lang), seen(&ready(Sample::new(lang).until(point))))
}

fn ready(mut sample: Sample) -> Sample {
    match crate::meeting::next_step(&sample.state) {
        Some(Step::CountHeads(_)) => sample.count_heads(),
        Some(Step::CompareRoom(_)) => sample.compare_room(),
        Some(Step::CheckBox(_)) => sample.confirm_box(),
        Some(Step::SignResult(_)) => sample.sign_result(),
        _ => {}
    }
    sample
}

/// The commands among some acts.
fn orders(acts: Vec<Act>) -> Vec<Command> {
    acts.into_iter()
        .map(|act| match act {
            Act::Order(command) => command,
            other => panic!("not an order: {other:?}"),
        })
        .collect()
}

/// The hub refuses what was asked last.
fn refuse(console: &mut Console, view: &View, command: Command, refusal: Refusal) {
    let result = Err(AskError::Refused(refusal));
    console.answered(Answer::Order { command, result }, view);
}

/// The hub does what was asked last.
fn done(console: &mut Console, view: &View, command: Command) {
    console.answered(Answer::Order { command, result: Ok(Done::default()) }, view);
}

fn free_seat(lang: Lang) -> FreeSeat {
    let text = match lang {
        Lang::Zh => {
            "席位 9 留给您。请在另一个窗口输入: plenum terminal 127.0.0.1:7420  席位码 K7QM-3HVD-9PZT-0"
        }
        Lang::En => {
            "Seat 9 is free for you. In a second window: plenum terminal 127.0.0.1:7420  code K7QM-3HVD-9PZT-0"
        }
    };
    FreeSeat { seat: SeatId::from("m9"), text: text.to_owned() }
}
