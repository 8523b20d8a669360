//! A joint meeting in the minutes: the matrix of officials and departments, and every objection and check in full.

use super::compose::Composer;
use super::doc::{Block, Exchange, Row, Table};
use crate::meeting::{Conclusion, Consideration, Given, ItemId};
use crate::plan::{Considered, Department, JointMeeting};
use crate::words::joint;
use crate::words::minutes::joint::{self as words, JointLabel as Label};
use crate::words::who;

impl Composer<'_> {
    /// The summary of a joint meeting that was just declared.
    pub(super) fn joint_summary(&mut self, id: &ItemId) {
        let planned = self.state.item(id).and_then(|item| item.joint());
        let state = self.state.item_state(id).and_then(|item| item.joint());
        let Some((plan, state)) = planned.zip(state) else { return };
        let considered = || plan.officials.iter().filter_map(|one| Some((one, state.of(&one.id)?)));
        let lang = self.lang;
        let mut head: Vec<String> =
            [Label::Official, Label::Post].iter().map(|label| label.text(lang).to_owned()).collect();
        head.extend(plan.departments.iter().map(|department| department.name.clone()));
        head.push(Label::Conclusion.text(lang).to_owned());
        let rows = considered().map(|(official, one)| self.matrix_row(plan, official, one)).collect();
        let caption = Some(Label::Opinions.text(lang).to_owned());
        let mut blocks = vec![Block::Table(Table { caption, head, rows })];
        let exchanges: Vec<Exchange> = considered()
            .flat_map(|(official, one)| {
                plan.departments.iter().map(move |department| (official, department, one))
            })
            .filter_map(|(official, department, one)| self.told(official, department, one))
            .collect();
        if !exchanges.is_empty() {
            blocks.push(Block::Exchanges { caption: Label::Reasons.text(lang).to_owned(), exchanges });
        }
        for block in blocks {
            self.block(block);
        }
    }

    /// What was said in a joint meeting that goes on, or that broke off.
    pub(super) fn unfinished_joint(&mut self) {
        let id = self.state.current_joint().map(|(item, ..)| item.id.clone());
        if let Some(id) = id {
            self.joint_summary(&id);
        }
    }

    fn matrix_row(&self, plan: &JointMeeting, official: &Considered, one: &Consideration) -> Row {
        let lang = self.lang;
        let mut cells = vec![official.name.clone(), who::office(lang, &official.unit, &official.post)];
        cells.extend(plan.departments.iter().map(|department| match one.stands(&department.id) {
            Some(given) => joint::stance(lang, &given.stance).to_owned(),
            None => Label::None.text(lang).to_owned(),
        }));
        let conclusion = one.stances(plan).conclusion();
        cells.push(joint::conclusion(lang, conclusion).to_owned());
        let tone = match conclusion {
            Conclusion::Clear => "carried",
            Conclusion::Objected => "not_carried",
            Conclusion::ToCheck | Conclusion::Incomplete => "deferred",
        };
        Row { cells, tone, bars: Vec::new() }
    }

    /// An opinion with words in it, or one that was changed or entered at the console: with all its versions.
    fn told(&self, official: &Considered, department: &Department, one: &Consideration) -> Option<Exchange> {
        let lang = self.lang;
        let versions = one.given.get(&department.id.as_str().into())?;
        let (last, before) = versions.split_last()?;
        let plain = before.is_empty() && joint::reason(&last.stance).is_none() && last.by.is_some();
        if plain {
            return None;
        }
        let said = |given: &Given| {
            let by = joint::given_by(lang, &self.state, given);
            let (time, says) = (self.clock(given.time), words::says(lang, &given.stance));
            lang.pick(format!("{says}（{by}，{time}）"), format!("{says} ({by}, {time})"))
        };
        let rows = if before.is_empty() {
            Vec::new()
        } else {
            vec![(Label::Before.text(lang).to_owned(), before.iter().map(said).collect())]
        };
        let head = format!("{}{}{}", official.name, lang.pick("：", ": "), department.name);
        Some(Exchange { depth: 0, head, text: vec![said(last)], rows })
    }
}
