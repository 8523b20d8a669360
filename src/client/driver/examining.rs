//! Sitting an exam: the paper is fetched when it begins; every change is durable here before it is sent, and is sent until the
//! hub has it; what is handed in is what the hub has. After a crash, of this terminal or of the hub, the later of both
//! versions goes on.

use super::*;
use crate::client::exam::{Answered, KeptExam, OwnExam};
use crate::meeting::{AnswerSheet, ExamPaper, ExamPhase, Marked, State};

/// The own exam.
#[derive(Default)]
pub(super) struct Exam {
    item: Option<ItemId>,
    paper: Option<Arc<ExamPaper>>,
    kept: Option<KeptExam>,
    /// The number of the last version that the hub has.
    saved: u32,
    /// The last change of the screen that was taken in.
    version: u64,
    /// The ask for the paper that is on its way.
    paper_asked: Option<u64>,
    /// The ask with a sheet that is on its way, and the sheet's number.
    sheet_asked: Option<(u64, u32)>,
    handing_in: Option<oneshot::Sender<Result<Done, AskError>>>,
    /// What the hub refused, and at which line: it is asked again when something has changed.
    refused: Option<(u64, String)>,
}

fn fresh_hex<const BYTES: usize>() -> String {
    data_encoding::HEXLOWER.encode(&UnwrapErr(SysRng).random::<[u8; BYTES]>())
}

impl Exam {
    pub(super) fn connection_lost(&mut self) {
        self.paper_asked = None;
        self.sheet_asked = None;
    }

    fn number(&self) -> u32 {
        self.kept.as_ref().map_or(0, |kept| kept.sheet.number)
    }

    pub(super) fn shown(&self) -> Option<Arc<OwnExam>> {
        let item = self.item.clone()?;
        let questions = self.paper.as_ref().map_or(0, |paper| paper.questions.len());
        let mut answers = self.kept.as_ref().map_or_else(Vec::new, |kept| kept.sheet.answers.clone());
        let mut flagged = self.kept.as_ref().map_or_else(Vec::new, |kept| kept.flagged.clone());
        answers.resize(questions, String::new());
        flagged.resize(questions, false);
        Some(Arc::new(OwnExam {
            item,
            paper: self.paper.clone(),
            answers,
            flagged,
            number: self.number(),
            saved: self.saved == self.number(),
            handing_in: self.handing_in.is_some(),
            refused: self.refused.as_ref().map(|(_, says)| says.clone()),
        }))
    }
}

impl Driver {
    /// What is to be done about the exam on the floor, over this connection.
    pub(super) async fn do_exam(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        let Some(state) = self.snapshot.clone() else { return Ok(()) };
        self.watch_sheets(&state);
        let Some(item) = self.sits(&state) else {
            self.leave_exam(&state);
            return Ok(());
        };
        if self.exam.item.as_ref() != Some(&item) {
            let kept = self.store.exam(&item);
            self.exam = Exam { item: Some(item.clone()), kept, ..Exam::default() };
            self.publish();
        }
        if self.exam.refused.as_ref().is_some_and(|(line, _)| *line == state.line) {
            return Ok(());
        }
        if self.exam.paper.is_none() {
            if self.exam.paper_asked.is_none() {
                self.next_ask += 1;
                self.exam.paper_asked = Some(self.next_ask);
                return say(writer, &ToHub::ExamPaper { ask: self.next_ask, item }).await;
            }
            return Ok(());
        }
        let number = self.exam.number();
        if number > self.exam.saved {
            if self.exam.sheet_asked.is_none()
                && let Some(kept) = &self.exam.kept
            {
                let sheet = Box::new(kept.sheet.clone());
                self.next_ask += 1;
                self.exam.sheet_asked = Some((self.next_ask, number));
                return say(writer, &ToHub::ExamSheet { ask: self.next_ask, item, sheet }).await;
            }
        } else if let Some(reply) = self.exam.handing_in.take() {
            self.give_in(item, reply);
        }
        Ok(())
    }

    /// The exam that this seat sits just now: it runs, and nothing was handed in.
    fn sits(&self, state: &State) -> Option<ItemId> {
        let seat = self.enrolled.actor.seat()?;
        let (item, _, exam) = state.current_exam()?;
        let sits = exam.phase == ExamPhase::Running
            && exam.seated.contains_key(seat)
            && !exam.handed_in.contains_key(seat);
        sits.then(|| item.id.clone())
    }

    /// The exam is over for this seat: whoever waits is told, and once its results are declared nothing is kept.
    fn leave_exam(&mut self, state: &State) {
        if let Some(reply) = self.exam.handing_in.take() {
            let _ = reply.send(Err(AskError::Refused(Refusal::ExamOver)));
        }
        let Some(item) = self.exam.item.clone() else { return };
        let declared =
            state.item_state(&item).is_some_and(|item| item.stage == crate::meeting::Stage::Declared);
        if declared || state.phase == Phase::Ended {
            self.store.forget_exam(&item);
            self.exam = Exam::default();
            self.publish();
        }
    }

    /// The sheet that is opened is the last one that the hub took from here, or a later one.
    fn watch_sheets(&mut self, state: &State) {
        let (Some(item), Some(seat)) = (&self.exam.item, self.enrolled.actor.seat()) else { return };
        let Some((_, exam)) = state.exam(item) else { return };
        let number = |marked: &Marked| marked.sheet.as_ref().map_or(0, |sheet| sheet.number);
        let older = exam.marked.get(seat).is_some_and(|marked| number(marked) < self.exam.saved);
        if older {
            self.sound(Alarm::SheetDropped);
        }
    }

    /// Takes a place; the lot is this terminal's own.
    pub(super) fn take_place(&mut self, item: ItemId, reply: oneshot::Sender<Result<Done, AskError>>) {
        let command = Command::TakePlace { item, lot: fresh_hex::<32>() };
        self.waiting.push_back((command, Asker::Screen(reply)));
    }

    /// Takes in what was answered at the screen: signed and kept here, then sent by itself.
    pub(super) fn take_answers(&mut self, answered: Answered) {
        let Answered { item, version, answers, flagged } = answered;
        if self.exam.item.as_ref() != Some(&item)
            || version <= self.exam.version
            || self.exam.handing_in.is_some()
        {
            return;
        }
        self.exam.version = version;
        let same = self.exam.kept.as_ref().is_some_and(|kept| kept.sheet.answers == answers);
        match &mut self.exam.kept {
            Some(kept) if same => kept.flagged = flagged,
            _ => self.sign_sheet(answers, flagged),
        }
        self.keep_exam();
        self.publish();
    }

    fn sign_sheet(&mut self, answers: Vec<String>, flagged: Vec<bool>) {
        let (Some(item), Some(paper), Some(seat)) =
            (&self.exam.item, &self.exam.paper, self.enrolled.actor.seat())
        else {
            return;
        };
        let place = (&self.enrolled.session, item, seat);
        let number = self.exam.number() + 1;
        let sheet =
            AnswerSheet::sign(&self.enrolled.identity, place, number, paper, answers, fresh_hex::<16>());
        self.exam.kept = Some(KeptExam { sheet, flagged });
    }

    fn keep_exam(&mut self) {
        let Some((item, kept)) = self.exam.item.clone().zip(self.exam.kept.clone()) else { return };
        // What the own disk does not take is sent all the same: the hub's is the one that counts.
        let written = self.store.keep_exam(&item, &kept);
        self.is_kept(written);
    }

    /// Hands in, once the hub has the last version.
    pub(super) fn hand_in(&mut self, item: &ItemId, reply: oneshot::Sender<Result<Done, AskError>>) {
        let questions = self.exam.paper.as_ref().map(|paper| paper.questions.len());
        let Some(questions) = questions.filter(|_| self.exam.item.as_ref() == Some(item)) else {
            let _ = reply.send(Err(AskError::Refused(Refusal::NotSeated)));
            return;
        };
        if self.exam.kept.is_none() {
            self.sign_sheet(vec![String::new(); questions], vec![false; questions]);
            self.keep_exam();
        }
        self.exam.handing_in = Some(reply);
        self.publish();
    }

    fn give_in(&mut self, item: ItemId, reply: oneshot::Sender<Result<Done, AskError>>) {
        let (Some(kept), Some(seat)) = (&self.exam.kept, self.enrolled.actor.seat()) else { return };
        let (number, sheet) = (kept.sheet.number, kept.sheet.seal((&self.enrolled.session, &item, seat)));
        self.waiting.push_back((Command::HandIn { item, number, sheet }, Asker::Screen(reply)));
    }

    /// Whether the answer was one of an exam's.
    pub(super) fn exam_answered(&mut self, ask: u64, answer: &Answer) -> bool {
        let line = self.snapshot.as_ref().map_or(0, |state| state.line);
        if self.exam.paper_asked == Some(ask) {
            self.exam.paper_asked = None;
            match answer {
                Answer::ExamPaper { paper, sheet } => self.take_paper(paper.clone(), sheet.as_deref()),
                other => self.exam.refused = done(other.clone()).err().map(|error| (line, error.to_string())),
            }
        } else if let Some((_, number)) = self.exam.sheet_asked.take_if(|(asked, _)| *asked == ask) {
            match answer {
                Answer::Done { .. } => {
                    self.exam.saved = self.exam.saved.max(number);
                    self.exam.refused = None;
                }
                // Another terminal of this seat has gone further: what it had is fetched.
                Answer::Wrong(WrongAnswer::OlderSheet) => self.exam.paper = None,
                other => {
                    let error = done(other.clone()).err();
                    if let Some(reply) = self.exam.handing_in.take() {
                        let _ = reply.send(Err(error.clone().unwrap_or(AskError::NotConnected)));
                    }
                    self.exam.refused = error.map(|error| (line, error.to_string()));
                }
            }
        } else {
            return false;
        }
        if self.exam.refused.is_some() {
            self.try_again_soon();
        }
        self.publish();
        true
    }

    /// Of the version that was kept here and the one that the hub has, the later goes on; one that another key of this seat has
    /// signed is signed anew.
    fn take_paper(&mut self, paper: ExamPaper, sheet: Option<&AnswerSheet>) {
        let hash = paper.hash();
        self.exam.refused = None;
        self.exam.saved = sheet.map_or(0, |sheet| sheet.number);
        let questions = paper.questions.len();
        self.exam.paper = Some(Arc::new(paper));
        let own = self.exam.kept.take().filter(|kept| kept.sheet.paper == hash);
        let flagged = own.as_ref().map_or_else(|| vec![false; questions], |kept| kept.flagged.clone());
        self.exam.kept = match (own, sheet) {
            (Some(own), sheet) if own.sheet.number > self.exam.saved || sheet == Some(&own.sheet) => {
                Some(own)
            }
            (_, Some(sheet)) => Some(KeptExam { sheet: sheet.clone(), flagged: flagged.clone() }),
            (_, None) => None,
        };
        let Some((kept, seat)) = self.exam.kept.as_ref().zip(self.enrolled.actor.seat()) else { return };
        let Some(item) = &self.exam.item else { return };
        let key = self.enrolled.identity.public();
        if !kept.sheet.is_by((&self.enrolled.session, item, seat), [&key]) {
            let answers = kept.sheet.answers.clone();
            self.sign_sheet(answers, flagged);
        }
        self.keep_exam();
    }
}
