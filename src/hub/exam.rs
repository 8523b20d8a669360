//! What the hub does in an exam: it hands each seat its own questions without their answers, keeps every version of every
//! sheet durably, ends the exam when its time is up, opens bank and sheets, and marks them. Bank, seed and sheets lie in the
//! private store until then; in the record stand their hashes.

use std::collections::BTreeMap;

use super::desk::Desk;
use crate::meeting::exam_paper::draw;
use crate::meeting::{
    Actor, AnswerSheet, Command, Drawn, ExamPhase, ExamState, ItemId, OpenedBank, Refusal, SeatId,
};
use crate::plan::Bank;
use crate::wire::{Answer, WrongAnswer};

/// The exam on the floor, as the hub alone knows it.
pub(super) struct HeldExam {
    item: ItemId,
    opened: OpenedBank,
    bank: Bank,
    papers: BTreeMap<SeatId, Drawn>,
    sheets: BTreeMap<SeatId, AnswerSheet>,
}

impl Desk {
    /// The exam on the floor, from memory or from the vault.
    fn held_exam(&mut self, item: &ItemId) -> Result<&mut HeldExam, String> {
        if self.exam.as_ref().is_none_or(|held| held.item != *item) {
            let opened = self.vault.exam(item).map_err(|fault| fault.to_string())?;
            let opened = opened.ok_or("the bank of the exam is lost")?;
            let bank = Bank::read(&opened.text, opened.form, "").map_err(|_| "the bank cannot be read")?;
            let (papers, sheets) = (BTreeMap::new(), BTreeMap::new());
            self.exam = Some(HeldExam { item: item.clone(), opened, bank, papers, sheets });
        }
        self.exam.as_mut().ok_or_else(|| "the bank of the exam is lost".to_owned())
    }

    /// The paper of a seat that has taken a place.
    fn drawn(&mut self, item: &ItemId, seat: &SeatId) -> Result<Drawn, String> {
        let state = self.state().ok_or("there is no meeting")?;
        let (plan, exam) = state.exam(item).ok_or("there is no such exam")?;
        let (plan, session) = (plan.clone(), state.session().clone());
        let lot = exam.seated.get(seat).cloned().ok_or("nobody sits there")?;
        let held = self.held_exam(item)?;
        let drawn = held
            .papers
            .entry(seat.clone())
            .or_insert_with(|| draw((&session, item, seat), &held.opened.seed, &lot, &held.bank, &plan));
        Ok(drawn.clone())
    }

    /// The last sheet of a seat, if one was ever kept.
    fn sheet(&mut self, item: &ItemId, seat: &SeatId) -> Result<Option<AnswerSheet>, String> {
        if let Some(sheet) = self.held_exam(item)?.sheets.get(seat) {
            return Ok(Some(sheet.clone()));
        }
        let sheet = self.vault.sheet(item, seat).map_err(|fault| fault.to_string())?;
        if let Some(sheet) = &sheet {
            self.held_exam(item)?.sheets.insert(seat.clone(), sheet.clone());
        }
        Ok(sheet)
    }

    /// Whether this seat sits the exam on the floor and has not handed in.
    fn sits(&self, from: &Actor, item: &ItemId) -> Result<(SeatId, &ExamState), Refusal> {
        let exam = self.state().and_then(|state| state.current_exam());
        let (_, _, exam) = exam.filter(|(on_floor, ..)| on_floor.id == *item).ok_or(Refusal::ExamOver)?;
        let seat = from.seat().filter(|seat| exam.seated.contains_key(*seat)).ok_or(Refusal::NotSeated)?;
        if exam.handed_in.contains_key(seat) {
            return Err(Refusal::HandedInAlready);
        }
        Ok((seat.clone(), exam))
    }

    /// Hands a seat its own paper, and what it has answered so far: from the beginning of the exam to its end.
    pub(super) fn exam_paper(&mut self, from: &Actor, item: &ItemId) -> Answer {
        let seat = match self.sits(from, item) {
            Ok((seat, exam)) if exam.phase == ExamPhase::Running => seat,
            Ok(_) => return Answer::Wrong(WrongAnswer::NotOpen),
            Err(refusal) => return Answer::Refused(refusal),
        };
        let found = self.drawn(item, &seat).and_then(|drawn| Ok((drawn, self.sheet(item, &seat)?)));
        match found {
            Ok((drawn, sheet)) => Answer::ExamPaper { paper: drawn.paper, sheet: sheet.map(Box::new) },
            Err(says) => Answer::Wrong(WrongAnswer::Disk { says }),
        }
    }

    /// Takes a version of a sheet: durable before it is answered. After the end nothing is taken.
    pub(super) fn take_sheet(&mut self, from: &Actor, item: &ItemId, sheet: AnswerSheet) -> Answer {
        let now = self.now();
        let seat = match self.sits(from, item) {
            Ok((seat, exam)) if exam.takes_answers(now) => seat,
            Ok(_) => return Answer::Refused(Refusal::ExamOver),
            Err(refusal) => return Answer::Refused(refusal),
        };
        let disk = |says: String| Answer::Wrong(WrongAnswer::Disk { says });
        let (drawn, kept) =
            match self.drawn(item, &seat).and_then(|drawn| Ok((drawn, self.sheet(item, &seat)?))) {
                Ok(found) => found,
                Err(says) => return disk(says),
            };
        match kept {
            // The same again, its answer having been lost.
            Some(kept) if kept == sheet => return Answer::DONE,
            Some(kept) if kept.number >= sheet.number => return Answer::Wrong(WrongAnswer::OlderSheet),
            _ => {}
        }
        let Some(state) = self.state() else { return Answer::Wrong(WrongAnswer::NotOpen) };
        let signed = sheet.is_by((state.session(), item, &seat), state.key_of(from));
        if !signed || !sheet.answers_paper(&drawn.paper) {
            return Answer::Refused(Refusal::OtherSheet);
        }
        if let Err(fault) = self.vault.keep_sheet(item, &seat, &sheet) {
            self.vault_doubtful = true;
            return disk(fault.to_string());
        }
        match self.held_exam(item) {
            Ok(held) => {
                held.sheets.insert(seat, sheet);
                Answer::DONE
            }
            Err(says) => disk(says),
        }
    }

    /// Whether what is handed in is the sheet that the hub has: no other could ever be opened.
    pub(super) fn has_sheet(&mut self, from: &Actor, command: &Command) -> bool {
        let Command::HandIn { item, number, sheet } = command else { return true };
        let Some(seat) = from.seat() else { return true };
        let session = self.keys.session.clone();
        let kept = self.sheet(item, seat).ok().flatten();
        // Where none is kept, the rules say why nothing can be handed in, or the sheet is another one.
        kept.is_some_and(|kept| kept.number == *number && kept.seal((&session, item, seat)) == *sheet)
    }

    /// What the exam on the floor asks of the hub.
    pub(super) fn exam_duty(&mut self) -> Result<(), String> {
        let now = self.now();
        let Some((item, _, exam)) = self.state().and_then(|state| state.current_exam()) else {
            return Ok(());
        };
        let id = item.id.clone();
        match exam.phase {
            ExamPhase::Seating | ExamPhase::Marked => Ok(()),
            ExamPhase::Running => {
                let over = exam.all_handed_in() || !exam.takes_answers(now);
                if over && self.state().is_some_and(|state| state.suspended.is_none()) {
                    return self.by_rule(&Command::EndExam { item: id });
                }
                self.look_again_soon();
                Ok(())
            }
            ExamPhase::Marking => self.mark(id),
        }
    }

    /// Opens the bank, then each sheet, then says what all came to.
    fn mark(&mut self, item: ItemId) -> Result<(), String> {
        let exam = self.state().and_then(|state| state.exam(&item)).map(|(_, exam)| exam);
        if exam.is_some_and(|exam| exam.bank.is_none()) {
            let opened = Box::new(self.held_exam(&item)?.opened.clone());
            self.by_rule(&Command::OpenBank { item: item.clone(), opened })?;
        }
        let exam = self.state().and_then(|state| state.exam(&item)).map(|(_, exam)| exam);
        let unmarked: Vec<SeatId> = exam.into_iter().flat_map(|exam| exam.unmarked().cloned()).collect();
        for seat in unmarked {
            let sheet = self.sheet(&item, &seat)?.map(Box::new);
            self.by_rule(&Command::OpenSheet { item: item.clone(), seat, sheet })?;
        }
        let figures = self.state().map(|state| state.exam_figures(&item)).unwrap_or_default();
        self.by_rule(&Command::FinishMarking { item, figures })
    }
}
