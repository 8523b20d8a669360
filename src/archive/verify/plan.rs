//! Plan and materials: those that were frozen. What else lies in `materials/` the meeting never saw; the seal lists it
//! like every file.

use super::fault::FaultKind;
use super::files::Folder;
use super::report::{Report, What};
use crate::archive::{MATERIALS, PLAN};
use crate::meeting::State;
use crate::plan::{SessionFolder, Unready};

/// Compares `plan.toml` and `materials/` with what the first line froze.
pub(super) fn check(folder: &Folder<'_>, state: &State, report: &mut Report) {
    let before = report.faults.len();
    let frozen = &state.frozen;
    if let Some((_, hash)) = folder.hash(PLAN, report) {
        if hash != frozen.plan_hash {
            report.fault(PLAN, FaultKind::PlanHash);
        }
        // The record's plan must be what the clerk's text says, whatever hash it bears.
        match SessionFolder::new(folder.path()).read_plan() {
            Ok(plan) if plan == frozen.plan => {}
            Ok(_) => report.fault(PLAN, FaultKind::PlanDiffers),
            Err(Unready::Mistaken { mistakes, .. }) => {
                report.fault(PLAN, FaultKind::PlanMistaken { mistakes: mistakes.len() });
            }
            Err(Unready::NoPlan(_)) => {}
            Err(Unready::Unreadable(_, error)) => {
                report.fault(PLAN, FaultKind::Unreadable { detail: error.to_string() });
            }
        }
    }
    for material in &frozen.materials {
        let path = format!("{MATERIALS}/{}", material.path);
        if folder.hash(&path, report).is_some_and(|(_, hash)| hash != material.hash) {
            report.fault(&path, FaultKind::MaterialHash);
        }
    }
    report.check(before, What::Plan { materials: frozen.materials.len() });
}
