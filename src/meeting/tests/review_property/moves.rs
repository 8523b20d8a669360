//! What random people ask for in a review: mostly what leads it on, sometimes questions and slips, sometimes anything.

use super::{Leaning, Move, Run, SLIPS_MAX, item};
use crate::meeting::review_sample::{slip_act, slip_issuer, slip_key, slip_secret};
use crate::meeting::tests::common::{KEY, OTHER_KEY, hex, pick, read, setup};
use crate::meeting::tests::{papers, scrutiny};
use crate::meeting::{
    Actor, AdjournGround, Asker, BallotId, Command, Ended, ItemId, Left, ListSeen, OfficialId, OfficialStage,
    PaperAsked, Question, QuestionId, Round, RoundPhase, SeatId, SlipAct, SlipKind, SlipSays, Standing,
    State, Step, next_step,
};

impl Run {
    /// The command that leads the meeting on, by the person whose it is.
    fn lead(&self, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let Some(step) = next_step(state) else { return (Actor::Console, Command::Resume) };
        let bent = self.leaning.bent();
        let to_paper = self.leaning == Leaning::ByPaper && a % 9 == 4;
        if let Some(order) = papers::go(state).filter(|_| to_paper) {
            return order;
        }
        if let Some(order) = papers::lead(state, &step, (a, b)) {
            return order;
        }
        let scrutineers = scrutiny::lead(state, (&self.watch, bent), &step, self.sample.now, (a, b));
        if let Some(order) = scrutineers {
            return order;
        }
        match step {
            Step::AwaitOrder(item) => {
                let mut order: Vec<OfficialId> =
                    self.review().0.officials.iter().map(|one| one.id.as_str().into()).collect();
                order.rotate_left(usize::from(a) % 3);
                (Actor::Hub, Command::FixOrder { item, order })
            }
            Step::BeginReport(item) if a.is_multiple_of(4) => {
                (Actor::Console, Command::ReportInWriting { item, reason: "abroad".to_owned() })
            }
            Step::BeginReport(item) if !self.review().1.queue.is_empty() && a % 4 == 1 => {
                let official = self.review().1.current.clone().unwrap();
                (Actor::Console, Command::PutOff { item, official, reason: "ill".to_owned() })
            }
            Step::EndQuestion(item, question) => {
                (Actor::Console, Command::EndQuestion { item, question, ended: ended(state, a) })
            }
            Step::TakePapers(_) | Step::ConfirmList(_) | Step::SealBox(_) | Step::AwaitCount(_) => {
                let waits = |round: &&Round| {
                    round.phase < RoundPhase::Confirming || round.unconfirmed().next().is_some()
                };
                let papers: Vec<&Round> = state.rounds_under_way().filter(waits).collect();
                let floor: Vec<&Round> =
                    state.rounds_on_floor().filter(|round| round.is_under_way()).collect();
                let of_papers = matches!(step, Step::TakePapers(_) | Step::ConfirmList(_));
                self.in_round(pick(if of_papers && !papers.is_empty() { &papers } else { &floor }, b), a)
            }
            Step::CheckBox(ballot) => (Actor::Console, Command::OpenBox { ballot }),
            Step::OpenIssue(item) if self.undecided() && a.is_multiple_of(2) => {
                let official = self.review().1.current.clone().unwrap();
                (Actor::Console, Command::PutOff { item, official, reason: "nothing was decided".to_owned() })
            }
            Step::BeginReport(item) | Step::BeginQuestions(item)
                if self.leaning == Leaning::PutOff
                    && a % 3 == 1
                    && state.rounds_under_way().next().is_some() =>
            {
                let review = self.review().1;
                let to_come =
                    review.officials.iter().find(|(_, official)| official.stage == OfficialStage::ToCome);
                match to_come.filter(|_| b.is_multiple_of(2)) {
                    Some((official, _)) => {
                        let official = official.clone();
                        (Actor::Console, Command::PutOff { item, official, reason: "ill".to_owned() })
                    }
                    None => {
                        let seat = SeatId::from(pick(&["m5", "m6", "i3", "i4"], b / 2));
                        (Actor::Seat(seat.clone()), Command::Recuse { item, seat })
                    }
                }
            }
            Step::OpenVoting(ballot) => {
                let rounds = state.item_state(&item()).unwrap().rounds.len();
                if self.leaning == Leaning::NewRounds && rounds < 8 && a.is_multiple_of(2) {
                    return (Actor::Console, Command::NewRound { ballot, reason: "lost".to_owned() });
                }
                (Actor::Console, Command::OpenVoting { ballot })
            }
            Step::CloseMeeting | Step::Seal
                if self.review().1.slip_issuer.is_some() && self.review().1.slip_secret.is_none() =>
            {
                (Actor::Hub, Command::PublishSlipKey { item: item(), secret: slip_secret() })
            }
            Step::Seal => (Actor::Hub, Command::PublishSlips { item: item(), slips: vec![self.slip(a, b)] }),
            step => {
                step.command().map_or((Actor::Console, Command::Resume), |command| (Actor::Console, command))
            }
        }
    }

    /// Whether a box of the official whose turn it is stayed closed.
    fn undecided(&self) -> bool {
        self.state()
            .rounds_on_floor()
            .any(|round| round.phase == RoundPhase::Void && round.box_hash.is_some())
    }

    fn in_round(&self, round: &Round, a: u16) -> (Actor, Command) {
        let ballot = round.issue.ballot.clone();
        let papers = round.issued.len();
        match round.phase {
            RoundPhase::Issuing if round.issuer.is_none() => {
                (Actor::Hub, Command::PublishIssuer { ballot, issuer: read(KEY) })
            }
            RoundPhase::Issuing => match round.without_paper().next() {
                Some(one) if a.is_multiple_of(32) => {
                    (Actor::Seat(one.clone()), Command::DeclinePaper { ballot })
                }
                Some(one) => {
                    let open = |round: &&Round| {
                        round.phase == RoundPhase::Issuing
                            && round.issuer.is_some()
                            && round.without_paper().any(|seat| seat == one)
                    };
                    let paper =
                        |round: &Round| PaperAsked { ballot: round.issue.ballot.clone(), request: read(KEY) };
                    let papers = self.state().rounds_under_way().filter(open).map(paper).collect();
                    (Actor::Seat(one.clone()), Command::RequestPapers { papers })
                }
                None => (Actor::Hub, Command::CloseIssue { ballot }),
            },
            RoundPhase::Registering => {
                let setup = Box::new(setup(self.state(), &self.admitted, papers));
                (Actor::Hub, Command::FixList { ballot, setup })
            }
            RoundPhase::Confirming => match round.unconfirmed().next() {
                Some(one) => {
                    let fixed = |round: &&Round| {
                        round.phase == RoundPhase::Confirming && round.unconfirmed().any(|seat| seat == one)
                    };
                    let seen = |round: &Round| ListSeen {
                        ballot: round.issue.ballot.clone(),
                        setup: round.setup.as_ref().unwrap().hash.clone(),
                    };
                    let lists = self.state().rounds_under_way().filter(fixed).map(seen).collect();
                    (Actor::Seat(one.clone()), Command::ConfirmLists { lists })
                }
                None => (Actor::Console, Command::OpenVoting { ballot }),
            },
            RoundPhase::Sealing => {
                let first = round.issue.round == 1 && self.leaning == Leaning::StuffTheBox;
                let papers = papers as u64;
                let small = self.leaning == Leaning::SmallBoxes && a.is_multiple_of(3);
                let least = if small { 0 } else { papers.min(5) };
                let returned = if first { papers + 1 } else { least + u64::from(a) % (papers - least + 1) };
                let ballots = (0..returned).map(|number| read(&hex(number))).collect();
                (Actor::Hub, Command::FixBox { ballot, ballots })
            }
            RoundPhase::Opening => {
                let returned = round.returned().unwrap();
                let sums = (0..round.issue.lines.len() as u32)
                    .map(|line| {
                        let good = (u32::from(a) + line) % (returned + 1);
                        let poor = (u32::from(a) / 7) % (returned - good + 1);
                        vec![good, returned - good - poor, 0, poor]
                    })
                    .collect();
                (
                    Actor::Hub,
                    Command::PublishCount { ballot, opened: scrutiny::opened(self.state(), round, sums) },
                )
            }
            _ => (Actor::Console, Command::OpenBox { ballot }),
        }
    }

    /// An act of some slip: the next of one that came, a replay of one, or a fresh one.
    fn slip(&self, a: u16, b: u16) -> SlipAct {
        let (plan, review) = self.review();
        let about = item();
        let session = (self.state().session(), &about);
        // Every other time, one whose question is over, if there is one.
        let over = review.questions.iter().filter(|one| matches!(one.standing, Standing::Ended(_)));
        let over = over.filter_map(|one| match &one.asker {
            Asker::Slip { key } => (0..12).find(|slip| slip_key(*slip).public() == *key),
            Asker::Seat { .. } => None,
        });
        let over: Vec<u64> = over.collect();
        let goes_on = !over.is_empty() && a.is_multiple_of(2);
        let slip = if goes_on { pick(&over, b) } else { u64::from(a) % 12 };
        let key = slip_key(slip).public();
        if let Some(spent) = review.slips_spent.get(&key).filter(|_| !b.is_multiple_of(9)) {
            let own = |one: &&Question| matches!(&one.asker, Asker::Slip { key: asker } if *asker == key);
            let own: Vec<QuestionId> = review.questions.iter().filter(own).map(|one| one.id).collect();
            let question = if own.is_empty() { QuestionId(1) } else { pick(&own, b) };
            let number = spent.acts.len() as u32 + u32::from(!b.is_multiple_of(7));
            let says = match b / 7 % 5 {
                0 | 1 => SlipSays::FollowUp { question, text: format!("follow-up {a}") },
                2 | 3 => SlipSays::Satisfied { question, satisfied: b.is_multiple_of(4) },
                _ => SlipSays::Inquiry { question, text: "in writing".to_owned() },
            };
            return slip_act(session, slip, number, says);
        }
        let current = review.current.clone().filter(|_| !b.is_multiple_of(5));
        let other = OfficialId::from(pick(&plan.officials, b).id.as_str());
        let kind = if a.is_multiple_of(4) { SlipKind::Opinion } else { SlipKind::Question };
        slip_act(session, slip, 1, SlipSays::begin(kind, current.unwrap_or(other), format!("slip {a}")))
    }

    /// What people do in a review, mostly at a moment when they may.
    fn busy(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let item = item();
        let (plan, review) = self.review();
        let reviewers = ["m1", "m2", "m5", "i1", "i2", "i3", "i4", "i5", "m3"];
        let one = pick(&reviewers, u16::from(who));
        let seat = Actor::Seat(SeatId::from(one));
        let questions = review.questions.len() as u32;
        let question = QuestionId(u32::from(b) % (questions + 1));
        let waiting = if review.queue.is_empty() { question } else { pick(&review.queue, b) };
        let current = review.current.clone().unwrap_or_else(|| "o1".into());
        let asker = review.question(question).and_then(|question| match &question.asker {
            Asker::Seat { seat, .. } => Some(Actor::Seat(seat.clone())),
            Asker::Slip { .. } => None,
        });
        let asker = asker.unwrap_or_else(|| seat.clone());
        let console = Actor::Console;
        let recorder = Actor::Seat("m4".into());
        match a % 24 {
            0..=2 => {
                let follows = (b.is_multiple_of(3) && questions > 0).then_some(question);
                (seat, Command::Ask { item, follows, text: format!(" question {a} ") })
            }
            3 => {
                let text = format!("spoken {a}");
                (recorder, Command::EnterQuestion { item, asker: one.into(), follows: None, text })
            }
            4 | 5 => {
                let mut slips = vec![self.slip(b, a / 24), self.slip(b.wrapping_add(9_000), a / 24)];
                slips.truncate(1 + usize::from(a.is_multiple_of(5)));
                slips.sort_by(|one, two| (&one.key, one.number).cmp(&(&two.key, two.number)));
                (Actor::Hub, Command::PublishSlips { item, slips })
            }
            6 => {
                let mut queue = review.queue.clone();
                let by = usize::from(b) % queue.len().max(1);
                queue.rotate_left(by);
                (console, Command::OrderQueue { item, queue })
            }
            7 => (
                console,
                Command::MergeQuestion { item, question: waiting, into: pick(&[waiting, question], a / 24) },
            ),
            8 => (
                console,
                Command::MergeQuestion {
                    item,
                    question: waiting,
                    into: review.queue.first().copied().unwrap_or(question),
                },
            ),
            9 => (console, Command::ReturnQuestion { item, question: waiting, reason: "unclear".to_owned() }),
            10 => (console, Command::CallQuestion { item, question: waiting }),
            11 => {
                let question = review.on_floor.filter(|_| !b.is_multiple_of(3)).unwrap_or(question);
                (recorder, Command::TakeAnswer { item, question, text: format!("answer {a}") })
            }
            12 => {
                let question = review.on_floor.filter(|_| !b.is_multiple_of(2)).unwrap_or(waiting);
                (console, Command::EndQuestion { item, question, ended: ended(self.state(), a / 24) })
            }
            13 => (asker, Command::EndQuestion { item, question, ended: Ended::Withdrawn }),
            14 => (asker, Command::SayIfSatisfied { item, question, satisfied: a.is_multiple_of(5) }),
            15 => (asker, Command::Inquire { item, question, text: "in writing, please".to_owned() }),
            16 => {
                let official = OfficialId::from(pick(&plan.officials, b).id.as_str());
                let official = if a.is_multiple_of(5) { official } else { current };
                (seat, Command::GiveOpinion { item, official, text: "an opinion".to_owned() })
            }
            17 => match review.slip_issuer {
                None => (Actor::Hub, Command::PublishSlipIssuer { item, issuer: slip_issuer() }),
                Some(_) => {
                    let requests =
                        vec![read(if a.is_multiple_of(5) { OTHER_KEY } else { KEY }); SLIPS_MAX as usize];
                    (seat, Command::RequestSlips { item, requests })
                }
            },
            18 => (pick(&[seat, Actor::Seat("a1".into())], b), Command::AskFloor),
            19 => (seat, Command::LeaveFloor),
            20 => {
                let asked = self.state().floor.waiting.clone();
                let called = if asked.is_empty() { SeatId::from(one) } else { pick(&asked, b) };
                match a / 24 % 3 {
                    0 => (console, Command::CallSpeaker { seat: called, seconds: 90 }),
                    1 => (console, Command::RefuseSpeaker { seat: called, reason: "later".to_owned() }),
                    _ => (console, Command::EndSpeech),
                }
            }
            21 => (console, pick(&[Command::PauseClock, Command::ResumeClock], b)),
            22 => (console, Command::ExtendClock { seconds: u32::from(b) % 600 }),
            _ => (seat, Command::Recuse { item, seat: one.into() }),
        }
    }

    /// Anything, by anyone.
    fn wild(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let item = if b % 7 == 6 { ItemId::from("nothing") } else { item() };
        let actors =
            ["console", "console", "console", "hub", "display", "m2", "m4", "m5", "m6", "i3", "a1", "nobody"];
        let actor = Actor::from(pick(&actors, u16::from(who)));
        let seats = ["m2", "m3", "m5", "i1", "i2", "i5", "a1", "nobody"];
        let seat = SeatId::from(pick(&seats, b));
        let officials = ["o1", "o2", "o3", "zz"];
        let official = OfficialId::from(pick(&officials, b / 3));
        let reason = pick(&["a reason", "", "又一个理由"], b / 5).to_owned();
        let rounds: Vec<&Round> = self.state().rounds_on_floor().collect();
        let ballot =
            if rounds.is_empty() { BallotId::from("zz") } else { pick(&rounds, b).issue.ballot.clone() };
        let due_on = pick(&[self.state().plan().meeting.date, jiff::civil::date(2027, 1, 5)], b / 2);
        let left = [None, Some(Left::InWriting { due_on }), Some(Left::Declined { reason: reason.clone() })];
        let command = match a % 32 {
            0 => Command::DrawOrder { item },
            1 => {
                let order = officials[..usize::from(b % 4)].iter().map(|id| OfficialId::from(*id)).collect();
                Command::FixOrder { item, order }
            }
            2 => Command::CallOfficial { item, official },
            3 => Command::PutOff { item, official, reason },
            4 => Command::BeginReport { item },
            5 => Command::ReportInWriting { item, reason },
            6 => Command::BeginQuestions { item },
            7 | 8 => Command::EndQuestions { item, left: pick(&left, b) },
            9 => Command::DeclareOfficial { item },
            10 => Command::Declare { item },
            11 => Command::OpenIssue { item },
            12 => Command::PublishSlipIssuer { item, issuer: read(OTHER_KEY) },
            13 => Command::RequestSlips { item, requests: vec![read(KEY); usize::from(b % 4)] },
            14 => Command::Recuse { item, seat },
            15 => Command::SignOut { seat },
            16 => Command::SignIn { seat },
            17 => Command::Suspend { reason },
            18 => Command::Resume,
            19 => Command::CloseIssue { ballot },
            20 => Command::OpenVoting { ballot },
            21 => Command::CloseVoting { ballot },
            22 => Command::OpenBox { ballot },
            23 => Command::ReissueCode { who: Actor::Seat(seat) },
            24 if self.leaning == Leaning::Chaos && b.is_multiple_of(4) => {
                Command::Adjourn { ground: AdjournGround::Decided { reason } }
            }
            24 => Command::CallSpeaker { seat, seconds: u32::from(b) },
            26.. => scrutiny::wild(self.state(), item, ballot, (b / 16, a / 32, b)),
            _ => Command::NewRound { ballot, reason },
        };
        (actor, command)
    }

    pub(super) fn choose(&self, (kind, who, a, b): Move) -> (Actor, Command) {
        let (wild, busy) = match self.leaning {
            Leaning::Chaos => (40, 70),
            Leaning::Busy => (4, 55),
            _ => (3, 14),
        };
        match kind % 100 {
            kind if kind < wild => self.wild(who, a, b),
            kind if kind < busy => self.busy(who, a, b),
            _ => self.lead(a, b),
        }
    }
}

/// Some ending.
fn ended(state: &State, number: u16) -> Ended {
    let due_on = state.plan().meeting.date.saturating_add(jiff::Span::new().days(i64::from(number % 9)));
    match number % 5 {
        0 => Ended::Promised { due_on },
        1 => Ended::Declined { reason: "not now".to_owned() },
        2 => Ended::Withdrawn,
        _ => Ended::Answered,
    }
}
