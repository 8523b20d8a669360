//! What random people ask for: mostly what leads the meeting on, sometimes anything.

use super::{Leaning, Move, Run};
use crate::meeting::tests::common::{KEY, OTHER_KEY, hex, opened, pick, read, setup};
use crate::meeting::tests::{papers, scrutiny};
use crate::meeting::{
    Actor, AdjournGround, BallotId, Command, ItemId, LineId, ListSeen, PaperAsked, RoomTime, Round,
    RoundPhase, SeatId, Step, VoidReason, next_step,
};

impl Run {
    /// The command that leads the meeting on, by the person whose it is.
    fn lead(&self, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let seat = |id: &str| Actor::Seat(SeatId::from(id));
        let Some(step) = next_step(state) else { return (Actor::Console, Command::Resume) };
        let voter = |round: &Round| pick(&round.issue.electorate, a);
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
        let too_few = |why: &VoidReason| matches!(why, VoidReason::TooFew { .. });
        let undecided = |item: &ItemId| {
            let round = state.item_state(item).and_then(|item| item.round());
            round.and_then(|round| round.void.as_ref()).is_some_and(too_few)
        };
        match step {
            Step::OpenMeeting => {
                let absent: Vec<SeatId> = state
                    .plan()
                    .people
                    .iter()
                    .map(crate::meeting::seat)
                    .filter(|seat| !state.is_present(seat))
                    .collect();
                let few = self.leaning == Leaning::TooFew && state.present() >= 3 && !a.is_multiple_of(4);
                if absent.len() <= 1 || few || a.is_multiple_of(12) {
                    return (Actor::Console, Command::OpenMeeting);
                }
                let one = pick(&absent, b);
                (Actor::Seat(one.clone()), Command::SignIn { seat: one })
            }
            Step::ApproveScrutineers => {
                let present = state.present();
                let disagree = if a.is_multiple_of(5) { present } else { u32::from(b) % (present / 3 + 1) };
                (
                    Actor::Console,
                    Command::ApproveScrutineers { agree: present - disagree, disagree, abstain: 0 },
                )
            }
            Step::OpenIssue(item) if undecided(&item) && a.is_multiple_of(3) => {
                (Actor::Console, Command::Declare { item })
            }
            Step::OpenIssue(item) if self.leaning == Leaning::DeferAll && a.is_multiple_of(2) => {
                let lines = state.item(&item).unwrap().lines();
                let line = LineId::from(pick(lines, b).id.as_str());
                (Actor::Console, Command::Defer { item, line, reason: "needs more study".to_owned() })
            }
            Step::TakePapers(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                if round.issuer.is_none() {
                    return (Actor::Hub, Command::PublishIssuer { ballot, issuer: read(KEY) });
                }
                if round.without_paper().next().is_none() {
                    return (Actor::Hub, Command::CloseIssue { ballot });
                }
                let seats: Vec<SeatId> = round.without_paper().cloned().collect();
                let one = Actor::Seat(pick(&seats, a));
                match b % 24 {
                    0 => (one, Command::DeclinePaper { ballot }),
                    1 if !round.issued.is_empty() => (Actor::Console, Command::CloseIssue { ballot }),
                    _ => (
                        one,
                        Command::RequestPapers { papers: vec![PaperAsked { ballot, request: read(KEY) }] },
                    ),
                }
            }
            Step::ConfirmList(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                let papers = round.issued.len();
                match round.unconfirmed().nth(usize::from(a) % papers.max(1)).or(round.unconfirmed().next()) {
                    _ if round.phase == RoundPhase::Registering => {
                        let setup = Box::new(setup(state, &self.admitted, papers));
                        (Actor::Hub, Command::FixList { ballot, setup })
                    }
                    Some(one) => {
                        let setup = round.setup.as_ref().unwrap().hash.clone();
                        (
                            Actor::Seat(one.clone()),
                            Command::ConfirmLists { lists: vec![ListSeen { ballot, setup }] },
                        )
                    }
                    None => (Actor::Console, Command::OpenVoting { ballot }),
                }
            }
            Step::OpenVoting(ballot) => {
                let (item, round) = state.round(&ballot).unwrap();
                if self.leaning == Leaning::NewRounds && item.rounds.len() < 3 {
                    return (
                        Actor::Console,
                        Command::NewRound { ballot, reason: "a terminal was lost".to_owned() },
                    );
                }
                let here = round.issue.electorate.iter().filter(|seat| state.is_present(seat)).count();
                if self.leaning == Leaning::LeaveBeforeVoting && here >= 5 && !a.is_multiple_of(8) {
                    let one = voter(round);
                    return (Actor::Seat(one.clone()), Command::SignOut { seat: one });
                }
                (Actor::Console, Command::OpenVoting { ballot })
            }
            Step::SealBox(ballot) => {
                let (item, round) = state.round(&ballot).unwrap();
                let issued = u64::from(round.issued());
                let stuffed = self.leaning == Leaning::StuffTheBox && item.rounds.len() == 1;
                let small = matches!(self.leaning, Leaning::SmallBoxes | Leaning::SmallOpened);
                let least = if small || a.is_multiple_of(16) { 0 } else { issued.min(5) };
                let returned = if stuffed { issued + 1 } else { least + u64::from(a) % (issued - least + 1) };
                let ballots = (0..returned).map(|number| read(&hex(number))).collect();
                (Actor::Hub, Command::FixBox { ballot, ballots })
            }
            Step::AwaitCount(ballot) => {
                let (_, round) = state.round(&ballot).unwrap();
                let returned = round.returned().unwrap();
                let mut sums: Vec<Vec<u32>> = (0..round.issue.lines.len())
                    .map(|line| {
                        let agree = (u32::from(a) + line as u32) % (returned + 1);
                        let disagree = u32::from(b) % (returned - agree + 1);
                        vec![agree, disagree, returned - agree - disagree]
                    })
                    .collect();
                if b.is_multiple_of(9) {
                    sums[0][0] += 1;
                }
                (Actor::Hub, Command::PublishCount { ballot, opened: scrutiny::opened(state, round, sums) })
            }
            Step::Seal => (seat("m2"), Command::Note { text: "after the end".to_owned() }),
            // What only others can do is tried too early.
            Step::KeepClosed(ballot) if a.is_multiple_of(4) => (Actor::Console, Command::OpenBox { ballot }),
            Step::CheckBox(ballot) => (Actor::Console, Command::OpenBox { ballot }),
            step => {
                step.command().map_or((Actor::Console, Command::Resume), |command| (Actor::Console, command))
            }
        }
    }

    /// Anything, by anyone.
    fn wild(&self, who: u8, a: u16, b: u16) -> (Actor, Command) {
        let state = self.state();
        let actors = [
            "console", "console", "console", "hub", "display", "m1", "m2", "m4", "m5", "m6", "m7", "a1",
            "nobody", "console",
        ];
        let actor = Actor::from(pick(&actors, u16::from(who)));
        let seats = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "a1", "a2", "nobody", "hub", ""];
        let own = actor.seat().cloned().unwrap_or_else(|| SeatId::from("m3"));
        let seat = if b.is_multiple_of(2) { own } else { SeatId::from(pick(&seats, b / 2)) };
        let floor = state.current_item().map_or(ItemId::from("appoint"), |item| item.id.clone());
        let item =
            if b % 4 == 3 { ItemId::from(pick(&["appoint", "second", "nothing"], b / 4)) } else { floor };
        let line = LineId::from(pick(&["n1", "n2", "n3", "n4", "n5", "zz"], b / 3));
        let on_floor =
            state.current_round().map_or(BallotId::from("appoint"), |(_, round)| round.issue.ballot.clone());
        let ballot = if b % 5 == 4 {
            BallotId::from(pick(&["appoint", "appoint-r2", "second", "zz"], b / 5))
        } else {
            on_floor
        };
        let reason = pick(&["a reason", " ", "", "又一个理由"], b / 7).to_owned();
        let round = state.round(&ballot).map(|(_, round)| round);
        let papers = round.map_or(0, |round| round.issued.len());
        let on_paper = self.leaning == Leaning::ByPaper && who % 3 == 1;
        if on_paper {
            return (actor, papers::wild(state, item, ballot, (a, b)));
        }
        let command = match a % 54 {
            0 => Command::Enrol {
                who: Actor::from(pick(&seats, b)),
                key: pick(&[KEY, OTHER_KEY, "zz"], b / 2).to_owned(),
            },
            1 => Command::ReissueCode { who: Actor::from(pick(&seats, b)) },
            2 | 36 => Command::SignIn { seat },
            3 | 37 => Command::SignOut { seat },
            4 => Command::OpenMeeting,
            5 => Command::ApproveScrutineers {
                agree: u32::from(b) % 8,
                disagree: u32::MAX / 2,
                abstain: u32::MAX,
            },
            6 => Command::OpenItem { item },
            7 => Command::Introduce { item, line },
            8 => Command::BeginRecusal { item },
            9 => Command::Recuse { item, seat },
            10 => Command::Return { item, seat },
            11 => Command::BeginDeliberation { item },
            12 => Command::EndDeliberation { item },
            13 => Command::Defer { item, line, reason },
            14 => Command::Undefer { item, line },
            15 => Command::Note { text: reason },
            16 => Command::OpenIssue { item },
            17 => Command::PublishIssuer {
                ballot,
                issuer: read(if b.is_multiple_of(3) { OTHER_KEY } else { KEY }),
            },
            18 => Command::RequestPapers {
                papers: vec![PaperAsked {
                    ballot,
                    request: read(if b.is_multiple_of(3) { OTHER_KEY } else { KEY }),
                }],
            },
            19 => Command::DeclinePaper { ballot },
            20 => Command::CloseIssue { ballot },
            21 => {
                let mut setup = setup(state, &self.admitted, papers + usize::from(b % 3));
                match b % 4 {
                    0 => setup.admitted.reverse(),
                    1 => setup.trustees = "[1]".to_owned(),
                    _ => {}
                }
                Command::FixList { ballot, setup: Box::new(setup) }
            }
            22 => Command::ConfirmLists {
                lists: vec![ListSeen {
                    ballot,
                    setup: crate::meeting::sha256_hex(if b.is_multiple_of(2) { b"setup" } else { b"other" }),
                }],
            },
            23 => Command::Object { ballot, reason },
            24 => Command::NewRound { ballot, reason },
            25 => Command::OpenVoting { ballot },
            26 => Command::CloseVoting { ballot },
            27 => {
                let mut ballots: Vec<_> = (0..u64::from(b) % 9).map(|number| read(&hex(number))).collect();
                if b.is_multiple_of(3) {
                    ballots.reverse();
                }
                Command::FixBox { ballot, ballots }
            }
            28 => Command::ConfirmBox {
                ballot,
                box_hash: round
                    .and_then(|round| round.box_hash.clone())
                    .filter(|_| b.is_multiple_of(2))
                    .unwrap_or_default(),
            },
            29 => Command::OpenBox { ballot },
            30 => {
                let lines = round.map_or(1, |round| round.issue.lines.len());
                let sums = vec![vec![u32::from(b) % 8, 0, 0]; lines + usize::from(b % 2)];
                let opened = match round.filter(|round| b.is_multiple_of(5) && !round.released.is_empty()) {
                    Some(round) => scrutiny::opened(state, round, sums),
                    None => opened(sums),
                };
                Command::PublishCount { ballot, opened }
            }
            31 => Command::Declare { item },
            40.. => scrutiny::wild(state, item, ballot, (a % 54, a / 54, b)),
            32 => Command::Suspend { reason },
            33 => Command::Resume,
            34 => Command::CloseMeeting,
            _ => {
                let decided = AdjournGround::Decided { reason };
                Command::Adjourn {
                    ground: if b.is_multiple_of(2) { AdjournGround::NoQuorum } else { decided },
                }
            }
        };
        (actor, command)
    }

    pub(super) fn choose(&self, (kind, who, a, b): Move) -> (Actor, Command) {
        if self.leaning == Leaning::Sittings && kind % 8 == 5 {
            return (Actor::from(pick(&["console", "console", "m4"], a)), adjourn(b));
        }
        let wild_of_100 = if self.leaning == Leaning::Chaos { 70 } else { 25 };
        let (actor, command) = if kind % 100 < wild_of_100 { self.wild(who, a, b) } else { self.lead(a, b) };
        // An end that comes too often would end every run before anything has happened.
        let ends = matches!(command, Command::Adjourn { .. }) && actor == Actor::Console;
        if ends && self.leaning != Leaning::Adjourn && self.leaning != Leaning::TooFew {
            return self.lead(a, b);
        }
        (actor, command)
    }
}

/// To another day, mostly one that is ahead.
fn adjourn(b: u16) -> Command {
    let days = i64::from(b % 5) * 300 - 300;
    let at = jiff::civil::date(2026, 12, 1).at(9, 0, 0, 0).saturating_add(jiff::Span::new().days(days));
    let until = RoomTime { at, utc_offset_minutes: 480 };
    Command::AdjournTo { until, reason: pick(&["it is late", "又一天"], b / 5).to_owned() }
}
