//! The seal on a page: what is sealed, in a line each, and who signs it.

use crate::client::{Sealing, SignerStands, Stands};
use crate::meeting::{Actor, ItemState, LineId, LineStands, Stage, State};
use crate::plan::{Item, ItemKind};
use crate::screen::text::{clean, tracker};
use crate::screen::widgets::open;
use crate::screen::{Mark, Scene};
use crate::words::Lang;
use crate::words::exam;
use crate::words::joint as joint_words;
use crate::words::sealing::{self as words, Sealing as Text};
use crate::words::who;

/// What is sealed: the meeting, the record, and every item with what it came to, one line each.
pub fn what(scene: &Scene<'_>, state: &State, seal: &Sealing) -> Vec<String> {
    let title = clean(&state.plan().meeting.title).into_owned();
    let mut lines = vec![title, words::record(scene.lang, seal.lines, seal.files, &tracker(&seal.head))];
    lines.extend(state.items.iter().map(|item| result(scene, state, item)));
    lines
}

/// An item and what it came to.
fn result(scene: &Scene<'_>, state: &State, item: &ItemState) -> String {
    let lang = scene.lang;
    let Some(planned) = state.item(&item.id) else { return item.id.to_string() };
    let came_to = match item.stage {
        Stage::TakenOff => Some(words::taken_off(lang).to_owned()),
        _ => came_to(scene, state, item, planned),
    };
    let came_to = came_to.unwrap_or_else(|| words::undecided(lang).to_owned());
    format!("{}{}{came_to}", clean(&planned.title), lang.pick("：", ": "))
}

/// What an item came to; none where it was not decided. A review tells as far as it came.
fn came_to(scene: &Scene<'_>, state: &State, item: &ItemState, planned: &Item) -> Option<String> {
    let lang = scene.lang;
    let declared = (item.stage == Stage::Declared).then_some(());
    let counted = || item.rounds_now().any(|round| round.count.is_some());
    match &planned.kind {
        ItemKind::Review(_) => {
            let officials = &item.review()?.officials;
            let judged = officials.values().filter(|official| official.verdict.is_some()).count();
            Some(words::review(lang, judged, officials.len()))
        }
        ItemKind::Contested(contested) => {
            declared.filter(|()| counted())?;
            Some(words::election(lang, item.elected().len(), contested.open_seats(item)))
        }
        ItemKind::Nomination(_) | ItemKind::Deliberation(_) => declared.map(|()| lines(lang, item, planned)),
        ItemKind::MajorMatter(_) if counted() => declared.map(|()| lines(lang, item, planned)),
        // Why it was deferred is told too; that is no declaration.
        ItemKind::MajorMatter(_) | ItemKind::OpenVote(_) => {
            open::outcome(scene, state, item).into_iter().next()
        }
        ItemKind::Exam(plan) => {
            declared?;
            let figures = item.exam()?.figures.unwrap_or_else(|| state.exam_figures(&item.id));
            Some(exam::figures(lang, plan.candidates.len(), figures))
        }
        ItemKind::JointMeeting(plan) => {
            let joint = item.joint()?;
            Some(joint_words::closed_of(lang, joint.closed(), plan.officials.len()))
        }
    }
}

/// The lines of a paper, by the results of them that are in force.
fn lines(lang: Lang, item: &ItemState, planned: &Item) -> String {
    let (mut voted, mut carried, mut deferred, mut barred) = (0, 0, 0, 0);
    for line in planned.lines() {
        let id = LineId::from(line.id.as_str());
        match item.line_stands(&id) {
            Some(stands) => {
                voted += 1;
                carried += usize::from(stands == LineStands::Carried);
            }
            None if item.barred.contains_key(&id) => barred += 1,
            None => deferred += usize::from(item.deferred.contains_key(&id)),
        }
    }
    words::nomination(lang, (carried, voted), deferred, barred)
}

/// The name of somebody who signs: the presiding officer's, for the console.
pub fn name(state: &State, by: &Actor) -> String {
    let presiding = || state.plan().presiding().map(|person| person.name.clone());
    let name = match by {
        Actor::Seat(seat) => Some(state.name(seat).to_owned()),
        _ => presiding(),
    };
    who::spoken(&clean(&name.unwrap_or_else(|| by.to_string())))
}

/// Somebody who signs, and how it stands.
pub fn signer(scene: &Scene<'_>, state: &State, signer: &SignerStands) -> String {
    let (lang, theme) = (scene.lang, scene.theme);
    let (mark, stands) = match &signer.stands {
        Stands::Signed => (theme.mark(Mark::Done), Text::Signed.text(lang).to_owned()),
        Stands::Next => (theme.mark(Mark::Now), Text::Next.text(lang).to_owned()),
        Stands::Later => (" ", Text::Later.text(lang).to_owned()),
        Stands::Without { reason, refused } => {
            let word = if *refused { Text::Refused } else { Text::NotSigning };
            let stands = format!("{}{}{}", word.text(lang), lang.pick("：", ": "), clean(reason));
            (theme.mark(Mark::No), stands)
        }
    };
    let duties = words::duties(lang, &signer.duties);
    format!("{mark} {}  {duties}  {stands}", name(state, &signer.by))
}

/// How many have signed, for those who only watch.
pub fn progress(scene: &Scene<'_>, seal: &Sealing) -> String {
    let signed = seal.signers.iter().filter(|signer| signer.stands == Stands::Signed).count();
    words::progress(scene.lang, signed, seal.signers.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::agenda_sample::take_off;
    use crate::meeting::exam_sample::ExamPoint;
    use crate::meeting::joint_sample::JointPoint;
    use crate::meeting::matter_sample::{MatterPoint, open_vote_plan};
    use crate::meeting::sample::{Point, Sample};
    use crate::meeting::{AgendaVote, Command, SettledHow};
    use crate::plan::{DeclareTo, VoteAbout, VoteHow};
    use crate::screen::Theme;
    use crate::screen::testing::{now, view, zone};

    fn taken(lang: Lang) -> Sample {
        let mut sample = Sample::called(open_vote_plan(lang, VoteHow::WithoutObjection, VoteAbout::Agenda));
        let item = Sample::open_vote_item();
        sample.console(Command::TakeWithoutObjection { item: item.clone() });
        sample.console(Command::Declare { item });
        sample
    }

    fn elected(lang: Lang) -> Sample {
        let mut sample = Sample::contested(lang).until(Point::Opening);
        sample.elect(0, &[6, 6, 5, 2, 1]);
        sample.sign_result();
        sample.console(Command::Declare { item: Sample::item() });
        sample
    }

    fn without_bridge(lang: Lang) -> Sample {
        let mut sample = Sample::with_agenda(lang);
        sample.agenda(take_off("bridge"), AgendaVote::WithoutObjection).unwrap();
        sample
    }

    /// What everybody signs is true of every kind of item, whatever became of it.
    #[test]
    fn each_item_is_told_with_what_it_came_to() {
        for lang in [Lang::Zh, Lang::En] {
            let samples = [
                ("nomination", Sample::new(lang).until(Point::Declared)),
                ("two items", Sample::two_declared(lang)),
                ("taken up again", Sample::settled(lang, SettledHow::VoteAgain)),
                ("barred", Sample::barred(lang)),
                ("election", elected(lang)),
                ("matter", Sample::matter(lang, MatterPoint::Declared)),
                ("open vote", taken(lang)),
                ("exam", Sample::exam(lang, DeclareTo::ByName).until_exam(ExamPoint::Declared)),
                ("joint meeting", Sample::joint(lang).until_joint(JointPoint::Declared)),
                ("agenda", without_bridge(lang)),
            ];
            let mut told = Vec::new();
            for (name, sample) in samples {
                let (view, zone, theme) = (view("console", &sample.state), zone(), Theme::new(false, false));
                let scene = Scene { view: &view, now: now(), zone: &zone, lang, theme, leaving: false };
                told.extend(
                    sample
                        .state
                        .items
                        .iter()
                        .map(|item| format!("{name}: {}", result(&scene, &sample.state, item))),
                );
            }
            insta::assert_snapshot!(lang.pick("came_to_zh", "came_to_en"), told.join("\n"));
        }
    }
}
