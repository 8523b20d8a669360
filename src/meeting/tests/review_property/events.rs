//! What holds at an event of a review, before it is folded.

use super::{Run, SLIPS_MAX, item};
use crate::meeting::{
    Actor, Asker, Ended, Event, OfficialId, Phase, RoundPhase, Stage, Standing, State, VoidReason,
};
use crate::rules::GroupMarks;

impl Run {
    /// What holds at that very event, before it is folded.
    #[allow(clippy::too_many_lines, reason = "one event after the other")]
    pub(super) fn at_event(&mut self, actor: &Actor, event: &Event) {
        let state = self.state().clone();
        match event {
            Event::Asked { question, official, asker, text, follows, .. } => {
                if follows.is_some() && matches!(asker, Asker::Slip { .. }) {
                    self.saw("slip followed up");
                }
                assert_eq!(question.0 as usize, self.asked.len() + 1, "questions are numbered as they come");
                assert_eq!(text, text.trim());
                self.asked.push((*question, official.clone(), asker.clone(), text.clone()));
                self.saw(match asker {
                    Asker::Slip { .. } => "slip asked",
                    Asker::Seat { oral: true, .. } => "spoken",
                    Asker::Seat { .. } => "asked",
                });
                self.by(actor, asker, event);
            }
            Event::OpinionGiven { by, .. } => {
                self.saw(if matches!(by, Asker::Slip { .. }) { "slip opinion" } else { "opinion" });
                self.by(actor, by, event);
            }
            Event::SlipsIssued { requests, seat, .. } => {
                assert_eq!(actor.seat(), Some(seat));
                assert_eq!(requests.len(), SLIPS_MAX as usize);
                assert!(!self.review().1.slips_issued.contains_key(seat), "slips are issued once");
                let json = serde_json::to_string(event).unwrap();
                assert!(self.review().1.slips_spent.keys().all(|key| !json.contains(key.as_str())));
                self.saw("slips issued");
            }
            Event::SatisfactionSaid { question, .. } | Event::InquiryFiled { question, .. } => {
                let asker = &self.review().1.question(*question).unwrap().asker;
                let inquiry = matches!(event, Event::InquiryFiled { .. });
                let what = match asker {
                    Asker::Seat { seat, .. } => {
                        assert_eq!(actor.seat(), Some(seat));
                        if inquiry { "inquiry" } else { "satisfied" }
                    }
                    Asker::Slip { .. } => {
                        assert_eq!(*actor, Actor::Hub);
                        if inquiry { "slip inquiry" } else { "slip satisfied" }
                    }
                };
                self.saw(what);
            }
            Event::SlipKeyPublished { unfounded, .. } => {
                assert!(unfounded.is_empty(), "every slip has its token");
                let stage = state.item_state(&item()).unwrap().stage;
                assert!(stage == Stage::Declared || state.phase == Phase::Ended);
                self.saw("slip key");
            }
            Event::IssueOpened(issue) => {
                let official = issue.subject.as_ref().unwrap();
                let planned = self.review().0.official(official.as_str()).unwrap();
                let recused = &self.review().1.officials[official].recused;
                for one in &issue.electorate {
                    assert!(!planned.concerns(one.as_str()), "{one} is {official}, or related");
                    assert!(!recused.contains(one), "{one} is recused");
                    assert!(state.is_present(one));
                }
                if issue.groups.len() != 1 {
                    self.saw("counted together");
                } else {
                    assert!(issue.electorate.len() >= 5, "a group of fewer than five is not counted apart");
                    self.saw("counted apart");
                }
                if issue.round > 1 {
                    self.saw("second round");
                }
                if self.review().1.current.as_ref() != Some(official) {
                    self.saw("papers for several officials");
                }
                let rounds = &state.item_state(&item()).unwrap().rounds;
                let of = || rounds.iter().filter(|round| round.issue.subject.as_ref() == Some(official));
                assert!(of().all(|round| !round.is_under_way()), "papers of {official} are issued twice");
                // No group is counted before all can be: so none is counted while another votes again.
                assert!(of().all(|round| round.phase == RoundPhase::Void), "papers after a count");
                if of().next().is_some() {
                    self.saw("official issued again");
                }
            }
            Event::VotingOpened { .. } => {
                let mut going_on = state.rounds_on_floor().filter(|round| round.is_under_way());
                let confirmed = going_on.all(|round| {
                    round.phase == RoundPhase::Confirming && round.unconfirmed().next().is_none()
                });
                assert!(confirmed, "none votes before all are confirmed");
            }
            Event::RoundVoided { reason: VoidReason::TooMany { .. }, .. } => self.saw("void: too many"),
            Event::RoundVoided { .. } => self.saw("void"),
            Event::OfficialDeclared { official, verdict, .. } => {
                assert!(self.declared.insert(official.clone()), "{official} is declared twice");
                assert_eq!(Some(verdict), self.recomputed(&state, official).as_ref());
                assert_eq!(Some(verdict), state.verdict_of(&item(), official).as_ref());
                self.saw("declared");
            }
            Event::CodeReissued { who } => {
                let in_ballot = state.item_state(&item()).unwrap().rounds.iter().any(|round| {
                    let under_way = round.phase < RoundPhase::Opening;
                    under_way && who.seat().is_some_and(|seat| round.issued.contains_key(seat))
                });
                assert!(!in_ballot, "a code is reissued in the middle of a ballot");
                self.saw("reissued");
            }
            Event::OfficialPutOff { official, .. } => {
                if self.asked.iter().any(|(_, to, ..)| to == official) {
                    self.saw("put off with questions");
                }
                self.saw("put off");
            }
            Event::QuestionsEnded { .. } => self.saw("questions ended"),
            Event::QuestionEnded { ended: Ended::Withdrawn, .. } => self.saw("withdrawn"),
            Event::QuestionEnded { ended: Ended::Promised { due_on }, .. } => {
                assert!(*due_on > state.plan().meeting.date);
                self.saw("promised");
            }
            Event::QuestionMerged { .. } => self.saw("merged"),
            Event::QuestionReturned { .. } => self.saw("returned"),
            Event::QueueOrdered { .. } => self.saw("ordered"),
            Event::SpeakerCalled { .. } => self.saw("speech"),
            Event::ClockPaused => self.saw("paused"),
            Event::ClockResumed => self.saw("resumed"),
            Event::ClockExtended { .. } => self.saw("extended"),
            Event::Suspended { .. } => self.saw("suspended"),
            Event::Recused { .. } => self.saw("recused"),
            Event::Declared { .. } => {
                let (_, review) = self.review();
                assert!(review.officials.values().all(|one| one.stage.is_over()));
                assert!(review.questions.iter().all(|one| one.standing != Standing::Waiting));
                self.saw("over");
            }
            Event::Adjourned { .. } => self.saw("adjourned"),
            _ => {}
        }
    }

    /// Who is behind a question or an opinion: somebody who may, or nobody at all.
    fn by(&self, actor: &Actor, by: &Asker, event: &Event) {
        let json = serde_json::to_string(event).unwrap();
        match by {
            Asker::Seat { seat, oral } => {
                let person = self.state().plan().person(seat.as_str()).unwrap();
                assert!(self.review().0.reviewers.contains(&person.group));
                assert!(*oral || actor.seat() == Some(seat));
            }
            Asker::Slip { key } => {
                assert_eq!(*actor, Actor::Hub);
                assert!(!self.review().1.slip_followed_up(key), "a slip has one follow-up");
                for person in &self.state().plan().people {
                    assert!(!json.contains(&format!("\"{}\"", person.id)), "{json} names {}", person.id);
                }
            }
        }
    }

    /// The verdict, reckoned here from the counts of the official's rounds that are not void.
    fn recomputed(&self, state: &State, official: &OfficialId) -> Option<crate::rules::Verdict> {
        let plan = self.review().0;
        let rounds = state.item_state(&item()).unwrap().rounds.iter();
        let marks: Vec<GroupMarks> = rounds
            .filter(|round| round.issue.subject.as_ref() == Some(official))
            .filter(|round| round.void.is_none())
            .map(|round| {
                let weight = match round.issue.groups.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                    ["members"] => 2,
                    _ => 1,
                };
                GroupMarks { weight, counts: round.count.as_ref().unwrap().sums().to_vec() }
            })
            .collect();
        Some(plan.verdict.judge(plan.combine, &plan.scale, &marks))
    }
}
