//! A review for tests, beside [`super::sample`]: six officials, two groups of reviewers, questions of every kind, and
//! the steps that bring it to any point, all through `decide` and the fold.
//!
//! ```ignore
//! let state = Sample::review(Lang::Zh).until_review(ReviewPoint::Answering).state;
//! ```
//!
//! In the order drawn (`o2 o1 o3 o4 o5 o6`): `o2` is the first, and m8 is a relative; for `o1` nobody is related; for
//! `o3` two of the six invited are relatives, so that four are left and both groups are counted together.

mod plan;
mod slips;

pub use plan::{questions, review_plan};
pub use slips::{slip_act, slip_issuer, slip_key, slip_secret};

use super::sample::{HEX, Sample, short};
use super::{
    Actor, BallotId, Command, Ended, Event, ItemId, OfficialId, OpenedBox, PaperAsked, QuestionId,
    RoundPhase, SeatId, Setup, SlipKind, Step, next_step,
};
use crate::plan::Item;
use crate::words::Lang;

/// Where a review can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewPoint {
    /// The review is the next item.
    ToCome,
    /// The order is to be drawn.
    OrderToDraw,
    /// The hub draws.
    Drawing,
    /// The order is drawn, nobody is called.
    Drawn,
    /// The findings on `o2` are read.
    Findings,
    /// `o2` reports, for twenty seconds so far.
    Reporting,
    /// `o2` is questioned: questions 1 to 5 wait.
    Questioning,
    /// 1 is answered, and its asker satisfied; 2 is promised in writing, and its asker is not; 3 is on the floor with
    /// the beginning of an answer; 4 is a slip, 5 was spoken, 6 follows up 2, 7 was merged into 4.
    Answering,
    /// The questions are over.
    Questioned,
    Issuing,
    Registering,
    Confirming,
    Voting,
    Sealing,
    Sealed,
    Opening,
    Counted,
    /// `o2` is declared, nobody is called.
    Declared,
    /// `o3`, for whom the groups are counted together, is counted.
    CountedTogether,
    /// Every official is declared, but `o6`, who is put off.
    AllDeclared,
    /// The item is declared.
    Over,
}

impl Sample {
    /// The meeting of a review after its first line.
    pub fn review(lang: Lang) -> Self {
        Self::of(review_plan(lang))
    }

    /// The item of a review.
    pub fn review_item() -> ItemId {
        ItemId::from("report")
    }

    /// Leads the meeting to a point of its review. Everybody is present but m9 and a2.
    pub fn until_review(mut self, point: ReviewPoint) -> Self {
        use ReviewPoint as At;
        let item = Self::review_item();
        let steps = [
            At::ToCome,
            At::OrderToDraw,
            At::Drawing,
            At::Drawn,
            At::Findings,
            At::Reporting,
            At::Questioning,
            At::Answering,
            At::Questioned,
            At::Issuing,
            At::Registering,
            At::Confirming,
            At::Voting,
            At::Sealing,
            At::Sealed,
            At::Opening,
            At::Counted,
            At::Declared,
            At::CountedTogether,
            At::AllDeclared,
            At::Over,
        ];
        for step in steps.into_iter().filter(|step| *step <= point) {
            let item = item.clone();
            match step {
                At::ToCome => self.open_review(),
                At::OrderToDraw => self.console(Command::OpenItem { item }),
                At::Drawing => self.console(Command::DrawOrder { item }),
                At::Drawn => {
                    let planned = self.state.item(&item).and_then(Item::review).unwrap();
                    let mut order: Vec<OfficialId> =
                        planned.officials.iter().map(|official| official.id.as_str().into()).collect();
                    order.swap(0, 1);
                    self.order(&Actor::Hub, Command::FixOrder { item, order });
                }
                At::Questioning => {
                    self.step();
                    self.ask_all();
                }
                At::Answering => self.answer_some(),
                At::Questioned => self.end_questions(),
                At::Findings | At::Reporting => self.step(),
                At::Issuing => self.issue_all(),
                At::Registering => self.take_all_papers(),
                At::Confirming => self.fix_all_lists(),
                At::Voting => {
                    self.compare_room();
                    self.step();
                }
                At::Opening => {
                    self.confirm_box();
                    self.step();
                }
                At::Sealing => self.step(),
                At::Sealed => self.fix_all_boxes(),
                At::Counted => self.count_all(0),
                At::Declared => {
                    self.sign_result();
                    self.step();
                }
                At::CountedTogether => {
                    self.evaluate_next(1);
                    self.step();
                    self.evaluate_next(2);
                }
                At::AllDeclared => {
                    self.step();
                    self.evaluate_next(3);
                    self.step();
                    self.evaluate_next(4);
                    self.step();
                    let reason = self.say("因公出国", "abroad on duty");
                    self.console(Command::PutOff { item, official: "o6".into(), reason });
                }
                At::Over => self.console(Command::Declare { item }),
            }
        }
        self
    }

    fn say(&self, zh: &str, en: &str) -> String {
        self.state.plan().meeting.language.pick(zh, en).to_owned()
    }

    fn open_review(&mut self) {
        let people = self.state.plan().people.iter();
        let here: Vec<String> =
            people.map(|person| person.id.clone()).filter(|id| id != "m9" && id != "a2").collect();
        self.sign_in(&here.iter().map(String::as_str).collect::<Vec<_>>());
        self.console(Command::OpenMeeting);
        let agree = self.state.present();
        self.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
    }

    /// Somebody asks by name.
    pub fn ask(&mut self, seat: &str, follows: Option<u32>, text: &str) {
        let (item, follows) = (Self::review_item(), follows.map(QuestionId));
        let ask = Command::Ask { item, follows, text: text.to_owned() };
        self.order(&Actor::Seat(SeatId::from(seat)), ask);
    }

    fn ask_all(&mut self) {
        let item = Self::review_item();
        let [one, two, three, four, five, ..] = questions(self.state.plan().meeting.language);
        self.ask("m7", None, one);
        self.ask("i2", None, two);
        self.ask("i1", None, three);
        self.slip(SlipKind::Question, 4, four);
        let enter = Command::EnterQuestion { item, asker: "i3".into(), follows: None, text: five.to_owned() };
        self.order(&Actor::Seat("m4".into()), enter);
    }

    fn answer_some(&mut self) {
        let item = Self::review_item();
        let [.., six, seven] = questions(self.state.plan().meeting.language);
        self.ask("i2", Some(2), six);
        self.slip(SlipKind::Question, 7, seven);
        let merge =
            Command::MergeQuestion { item: item.clone(), question: QuestionId(7), into: QuestionId(4) };
        self.console(merge);
        let answers = [
            self.say(
                "面试考官由区外专家库抽取，两人回避。",
                "From experts outside the district; two stood aside.",
            ),
            self.say("合同没有写明期限，正在清理。", "The contract named no term; it is being reviewed."),
            self.say("两笔支出发生在项目验收之前，", "Both were made before the project was accepted,"),
        ];
        let due_on = jiff::civil::date(2026, 12, 15);
        let endings = [(Ended::Answered, "m7", true), (Ended::Promised { due_on }, "i2", false)];
        for (number, answer) in (1..).zip(answers) {
            self.step();
            let question = QuestionId(number);
            let take = Command::TakeAnswer { item: item.clone(), question, text: answer };
            self.order(&Actor::Seat("m4".into()), take);
            let place = usize::try_from(number).unwrap() - 1;
            if let Some((ended, seat, satisfied)) = endings.get(place).cloned() {
                self.console(Command::EndQuestion { item: item.clone(), question, ended });
                let say = Command::SayIfSatisfied { item: item.clone(), question, satisfied };
                self.order(&Actor::Seat(SeatId::from(seat)), say);
            }
        }
    }

    fn end_questions(&mut self) {
        let due = |step| matches!(step, Some(Step::CountHeads(_) | Step::OpenIssue(_) | Step::OpenVoting(_)));
        while !due(next_step(&self.state)) {
            self.step();
        }
    }

    /// All that go on: papers of the officials still to come are handed out with those of the first.
    fn bundle(&self) -> Vec<BallotId> {
        self.state.rounds_under_way().map(|round| round.issue.ballot.clone()).collect()
    }

    fn ballots(&self) -> Vec<BallotId> {
        self.state.rounds_on_floor().map(|round| round.issue.ballot.clone()).collect()
    }

    fn issue_all(&mut self) {
        if matches!(next_step(&self.state), Some(Step::OpenVoting(_))) {
            return;
        }
        self.count_heads();
        self.step();
        for ballot in self.bundle() {
            self.order(&Actor::Hub, Command::PublishIssuer { ballot, issuer: short(HEX) });
        }
    }

    fn take_all_papers(&mut self) {
        for ballot in self.bundle() {
            let (_, round) = self.state.round(&ballot).unwrap();
            if round.phase != RoundPhase::Issuing {
                continue;
            }
            let electorate = round.issue.electorate.clone();
            for seat in electorate {
                let papers = vec![PaperAsked { ballot: ballot.clone(), request: short(HEX) }];
                self.order(&Actor::Seat(seat), Command::RequestPapers { papers });
            }
            self.order(&Actor::Hub, Command::CloseIssue { ballot });
        }
    }

    fn fix_all_lists(&mut self) {
        for ballot in self.bundle() {
            if self.state.round(&ballot).unwrap().1.phase != RoundPhase::Registering {
                continue;
            }
            let electorate = self.state.round(&ballot).unwrap().1.issue.electorate.clone();
            let setup = Setup {
                election: "{}".to_owned(),
                trustees: "[]".to_owned(),
                admitted: Vec::new(),
                issuer_secret: HEX.to_owned(),
                hash: super::sha256_hex(ballot.as_str().as_bytes()),
            };
            let mut events = vec![Event::ListFixed { ballot: ballot.clone(), setup: Box::new(setup) }];
            events.extend(
                electorate.into_iter().map(|seat| Event::ListConfirmed { ballot: ballot.clone(), seat }),
            );
            self.fold(&Actor::Hub, &events);
        }
    }

    /// One paper of the first ballot does not come back.
    fn fix_all_boxes(&mut self) {
        for (place, ballot) in self.ballots().into_iter().enumerate() {
            let issued = self.state.round(&ballot).unwrap().1.issued();
            let returned = if place == 0 { issued - 1 } else { issued };
            let ballots = (0..returned).map(|number| short(&format!("{number:064x}"))).collect();
            self.order(&Actor::Hub, Command::FixBox { ballot, ballots });
        }
    }

    /// The counts: the higher `severity`, the worse.
    fn count_all(&mut self, severity: u32) {
        for ballot in self.ballots() {
            let (_, round) = self.state.round(&ballot).unwrap();
            if round.phase != RoundPhase::Opening {
                continue;
            }
            let returned = round.returned().unwrap();
            let sums = (0..3).map(|dimension| {
                let worst = (severity / 2).min(returned);
                let fair = (severity + dimension).min(returned - worst);
                let fairly = (1 + dimension).min(returned - worst - fair);
                vec![returned - worst - fair - fairly, fairly, fair, worst]
            });
            let opened = OpenedBox {
                tally: String::new(),
                factors: Vec::new(),
                result: String::new(),
                sums: sums.collect(),
            };
            self.order(&Actor::Hub, Command::PublishCount { ballot, opened: Box::new(opened) });
        }
    }

    /// The next official is called, reports, is not questioned, and evaluated up to the count.
    pub fn evaluate_next(&mut self, severity: u32) {
        self.step();
        self.step();
        self.step();
        self.end_questions();
        self.issue_all();
        self.take_all_papers();
        self.fix_all_lists();
        self.compare_room();
        self.step();
        self.step();
        self.fix_all_boxes();
        self.confirm_box();
        self.step();
        self.count_all(severity);
        self.sign_result();
    }
}

#[test]
fn the_review_reaches_every_point() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::review(lang).until_review(ReviewPoint::Answering);
        let (_, _, review) = sample.state.current_review().unwrap();
        assert_eq!(review.on_floor, Some(QuestionId(3)));
        assert_eq!(review.queue, [4, 5, 6].map(QuestionId));
        assert!(matches!(review.question(QuestionId(4)).unwrap().asker, super::Asker::Slip { .. }));
        let sample = Sample::review(lang).until_review(ReviewPoint::Counted);
        assert_eq!(sample.state.rounds_on_floor().count(), 2);
        let sample = Sample::review(lang).until_review(ReviewPoint::CountedTogether);
        assert_eq!(sample.state.rounds_on_floor().count(), 1);
        let sample = Sample::review(lang).until_review(ReviewPoint::Over);
        assert!(sample.state.current_item().is_none());
    }
}
