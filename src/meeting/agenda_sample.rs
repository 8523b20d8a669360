//! A meeting with three items for tests of the agenda, and items that could be added to it.

use super::agenda::{AgendaChange, AgendaVote};
use super::matter_sample::{matter_plan, open_vote_plan};
use super::sample::{Sample, plan};
use super::{Actor, Command, Event, ItemId, Material, Refusal};
use crate::plan::{Plan, VoteAbout, VoteHow};
use crate::words::Lang;

/// An open vote that could be added.
pub const FLOOD: &str = r#"[[items]]
id = "flood"
kind = "open_vote"
title = "Flood relief"
about = "other"
how = "hands"
voters = ["members"]
question = "that the relief plan be adopted"
"#;

/// A nomination that could be added, with materials that the plan names.
pub const POSTS: &str = r#"[[items]]
id = "posts"
kind = "nomination"
title = "A further post"
voters = ["members"]

[[items.nominees]]
id = "x1"
name = "Hao Ran"
post = "Head of the Water Bureau"
list = "government"
introduction = "n2/introduction.md"
inspection = "n2/inspection.md"
"#;

/// A major matter that could be added.
pub const DAM: &str = r#"[[items]]
id = "dam"
kind = "major_matter"
title = "The dam"
matter = "project"
voters = ["members"]
head = "m1"
introduced_by = "m2"
order = "plan"
draft = "matter/draft.md"
raised = { by = "Water Bureau", on = 2026-11-02 }
studied = { by = "A working meeting", on = 2026-11-06 }
reviewed = { by = "Wang Xiuying", on = 2026-11-10 }
notified = { by = "General Office", on = 2026-11-17 }
execution = { owner = "Water Bureau", task = "Repair it", due_on = 2027-03-31 }
check = { owner = "Inspection Office", task = "Look at it", due_on = 2027-06-30 }
"#;

/// An exam, which cannot be added.
pub const EXAM: &str = r#"[[items]]
id = "exam"
kind = "exam"
title = "An exam"
bank = "bank.toml"
book = "closed"
single = { draw = 1, marks = 100 }
candidates = [{ person = "m2", post = "Head" }]
"#;

/// Three items: open vote `rules`, major matter `bridge`, nomination `appoint`.
pub fn agenda_plan(lang: Lang) -> Plan {
    let mut all = open_vote_plan(lang, VoteHow::Hands, VoteAbout::Rules);
    all.items.extend(matter_plan(lang).items);
    all.items.extend(plan(lang).items);
    all
}

impl Sample {
    /// The meeting of [`agenda_plan`] with its materials; open, m9 and a2 away.
    pub fn with_agenda(lang: Lang) -> Self {
        let mut sample = Self::agenda_signing_in(lang);
        sample.console(Command::OpenMeeting);
        sample
    }

    /// The same while people sign in.
    pub fn agenda_signing_in(lang: Lang) -> Self {
        let mut sample = Self::of(agenda_plan(lang));
        let mut frozen = (*sample.state.frozen).clone();
        let paths = frozen.plan.items.iter().flat_map(crate::plan::Item::materials);
        let mut materials: Vec<Material> =
            paths.map(|path| Material { path: path.to_owned(), hash: super::sha256_hex(b"text") }).collect();
        materials.sort_by(|one, other| one.path.cmp(&other.path));
        materials.dedup();
        frozen.materials = materials;
        sample.state = super::State::begin(frozen);
        sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "a1"]);
        sample
    }

    /// The body decides on a change of the agenda.
    pub fn agenda(&mut self, change: AgendaChange, decided: AgendaVote) -> Result<Vec<Event>, Refusal> {
        self.try_order(&Actor::Console, &agenda_command(change, decided))
    }

    /// The agenda as it is: what is to come and was called, then what is off, after a bar.
    pub fn order_of_items(&self) -> String {
        let on: Vec<&str> = self.state.on_agenda().map(|item| item.id.as_str()).collect();
        let off = self.state.items.iter().skip(on.len()).map(|item| item.id.as_str());
        let off: Vec<&str> = off.collect();
        if off.is_empty() { on.join(" ") } else { format!("{} | {}", on.join(" "), off.join(" ")) }
    }
}

/// The command, with a reason.
pub fn agenda_command(change: AgendaChange, decided: AgendaVote) -> Command {
    Command::ChangeAgenda { change, decided, reason: "it cannot wait".to_owned() }
}

/// Hands.
pub fn hands(agree: u32, disagree: u32, abstain: u32) -> AgendaVote {
    AgendaVote::Hands { agree, disagree, abstain }
}

/// An item is added.
pub fn add(text: &str, before: Option<&str>) -> AgendaChange {
    AgendaChange::Add { text: text.to_owned(), before: before.map(ItemId::from) }
}

/// An item is taken off.
pub fn take_off(item: &str) -> AgendaChange {
    AgendaChange::TakeOff { item: item.into() }
}

/// An item is moved.
pub fn moves(item: &str, before: Option<&str>) -> AgendaChange {
    AgendaChange::Move { item: item.into(), before: before.map(ItemId::from) }
}

/// An item is put back.
pub fn put_back(item: &str, before: Option<&str>) -> AgendaChange {
    AgendaChange::PutBack { item: item.into(), before: before.map(ItemId::from) }
}
