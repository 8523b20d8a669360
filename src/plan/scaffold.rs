//! A new session folder: a plan that passes `plenum check` as it is, with comments that explain it, and the
//! materials of an invented body. A clerk changes what is there instead of starting from nothing.
//!
//! The templates stand in `templates/` as the folders that they become, so that they can be read and corrected as
//! what they are.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use super::folder::SessionFolder;
use crate::words::Lang;

/// A file of a template: its path in the session folder, and its contents.
pub type TemplateFile = (&'static str, &'static str);

/// The files of a template: its plan, and two materials for each nominee and for each reporting official. The materials
/// stand in the folders after `nominees` and `officials`.
macro_rules! folder {
    (@material $at:expr, $name:expr) => {
        (concat!("materials/", $name), include_str!(concat!("templates/", $at, "/materials/", $name)))
    };
    (
        $at:literal
        $(, nominees $nominees_at:literal: $($nominee:literal)*)?
        $(, officials $officials_at:literal: $($official:literal)*)?
        $(, texts $texts_at:literal: $($text:literal)*)?
    ) => {
        &[
            ("plan.toml", include_str!(concat!("templates/", $at, "/plan.toml"))),
            $($(
                folder!(@material $nominees_at, concat!($nominee, "-introduction.md")),
                folder!(@material $nominees_at, concat!($nominee, "-inspection.md")),
            )*)?
            $($(
                folder!(@material $officials_at, concat!($official, "-report.md")),
                folder!(@material $officials_at, concat!($official, "-findings.md")),
            )*)?
            $($(
                folder!(@material $texts_at, concat!($text, ".md")),
            )*)?
        ]
    };
}

const NOMINATION_ZH: &[TemplateFile] = folder!("nomination/zh", nominees "nomination/zh":
    "ding" "ma" "wangxy" "liuy" "zhangw" "aisha" "chenj" "ouyang" "hey" "zhaojg" "sunmh" "zhouls" "wux");
const NOMINATION_EN: &[TemplateFile] = folder!("nomination/en", nominees "nomination/en":
    "arden" "quill" "halloran" "leland" "brandt" "okonkwo" "carrow" "whitcombe" "haye" "tarn" "sunder" "zell" "voss");
const SAMPLE_ZH: &[TemplateFile] =
    folder!("sample/zh", nominees "sample/zh": "dingx" "gaoy" "hasan" "linzy" "weisq");
const SAMPLE_EN: &[TemplateFile] =
    folder!("sample/en", nominees "sample/en": "dunmore" "gower" "haskell" "lindley" "weir");
const REVIEW_ZH: &[TemplateFile] =
    folder!("review/zh", officials "review/zh": "duanwh" "jiangyx" "qinsy" "yics" "longm" "niyaz");
const REVIEW_EN: &[TemplateFile] =
    folder!("review/en", officials "review/en": "marsh" "snow" "quinn" "spring" "long" "niyaz");
const CONTESTED_ZH: &[TemplateFile] = folder!("contested/zh", nominees "contested/zh":
    "luqm" "dingxl" "ouyangx" "weishq" "gaoyuan" "jiangxf" "xueqy" "jikp");
const CONTESTED_EN: &[TemplateFile] = folder!("contested/en", nominees "contested/en":
    "upton" "alice" "theo" "susanna" "tobias" "wanda" "beryl" "jowu");
const BOTH_ZH: &[TemplateFile] = folder!("both/zh",
    nominees "nomination/zh":
    "ding" "ma" "wangxy" "liuy" "zhangw" "aisha" "chenj" "ouyang" "hey" "zhaojg" "sunmh" "zhouls" "wux",
    officials "review/zh": "duanwh" "jiangyx" "qinsy" "yics" "longm" "niyaz");
const BOTH_EN: &[TemplateFile] = folder!("both/en",
    nominees "nomination/en":
    "arden" "quill" "halloran" "leland" "brandt" "okonkwo" "carrow" "whitcombe" "haye" "tarn" "sunder" "zell" "voss",
    officials "review/en": "marsh" "snow" "quinn" "spring" "long" "niyaz");

const JOINT_ZH: &[TemplateFile] = folder!("joint-meeting/zh");
const JOINT_EN: &[TemplateFile] = folder!("joint-meeting/en");
const TERM_ZH: &[TemplateFile] = folder!("deliberation/zh", nominees "deliberation/zh": "dairs");
const TERM_EN: &[TemplateFile] = folder!("deliberation/en", nominees "deliberation/en": "heath");

const MATTER_ZH: &[TemplateFile] = folder!("major-matter/zh", texts "major-matter/zh": "bridge-draft");
const MATTER_EN: &[TemplateFile] = folder!("major-matter/en", texts "major-matter/en": "bridge-draft");
const OPEN_VOTE_ZH: &[TemplateFile] = folder!("open-vote/zh", texts "open-vote/zh": "election-rules");
const OPEN_VOTE_EN: &[TemplateFile] = folder!("open-vote/en", texts "open-vote/en": "election-rules");

/// The files of an exam: its plan, its bank of questions, and the text of its open book.
macro_rules! exam {
    ($at:literal) => {
        &[
            ("plan.toml", include_str!(concat!("templates/", $at, "/plan.toml"))),
            ("exam/bank.toml", include_str!(concat!("templates/", $at, "/exam/bank.toml"))),
            ("materials/rules.md", include_str!(concat!("templates/", $at, "/materials/rules.md"))),
        ]
    };
}

const EXAM_ZH: &[TemplateFile] = exam!("exam/zh");
const EXAM_EN: &[TemplateFile] = exam!("exam/en");

/// What a new session folder starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A plenary of 41 members, 8 alternates and 25 of the discipline commission decides on 13 nominees.
    Nomination,
    /// The same in a smaller body: 17 members and 5 nominees.
    Sample,
    /// A discipline commission of 21 and 10 invited reviewers hear, question and evaluate 6 officials.
    Review,
    /// The smaller body elects 3 of 5 candidates, and votes on a list with exceptions.
    Contested,
    /// The nomination and then the review, as two items of one meeting of 90 people.
    Both,
    /// Six departments give their opinion on eight officials.
    JointMeeting,
    /// The smaller body deliberates on somebody in office.
    Deliberation,
    /// A committee of 9 decides on a major matter by name, its head last.
    MajorMatter,
    /// A presidium of 9 decides in the open: without objection, by hands, by name.
    OpenVote,
    /// Six candidates sit an exam on the law of integrity.
    Exam,
}

/// Why no session folder was made.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldFault {
    /// A file of that name is there, and somebody may need it.
    #[error("{} is there already", .0.display())]
    InTheWay(PathBuf),
    /// A file could not be written.
    #[error("{path}: {source}", path = .path.display())]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Template {
    /// Every template.
    pub const ALL: [Self; 10] = [
        Self::Nomination,
        Self::Sample,
        Self::Review,
        Self::Contested,
        Self::Both,
        Self::MajorMatter,
        Self::OpenVote,
        Self::Exam,
        Self::JointMeeting,
        Self::Deliberation,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nomination => "nomination",
            Self::Sample => "sample",
            Self::Review => "review",
            Self::Contested => "contested",
            Self::Both => "both",
            Self::JointMeeting => "joint-meeting",
            Self::Deliberation => "deliberation",
            Self::MajorMatter => "major-matter",
            Self::OpenVote => "open-vote",
            Self::Exam => "exam",
        }
    }

    /// Its files, the plan first.
    pub fn files(self, lang: Lang) -> &'static [TemplateFile] {
        match (self, lang) {
            (Self::Nomination, Lang::Zh) => NOMINATION_ZH,
            (Self::Nomination, Lang::En) => NOMINATION_EN,
            (Self::Sample, Lang::Zh) => SAMPLE_ZH,
            (Self::Sample, Lang::En) => SAMPLE_EN,
            (Self::Review, Lang::Zh) => REVIEW_ZH,
            (Self::Review, Lang::En) => REVIEW_EN,
            (Self::Contested, Lang::Zh) => CONTESTED_ZH,
            (Self::Contested, Lang::En) => CONTESTED_EN,
            (Self::Both, Lang::Zh) => BOTH_ZH,
            (Self::Both, Lang::En) => BOTH_EN,
            (Self::JointMeeting, Lang::Zh) => JOINT_ZH,
            (Self::JointMeeting, Lang::En) => JOINT_EN,
            (Self::Deliberation, Lang::Zh) => TERM_ZH,
            (Self::Deliberation, Lang::En) => TERM_EN,
            (Self::MajorMatter, Lang::Zh) => MATTER_ZH,
            (Self::MajorMatter, Lang::En) => MATTER_EN,
            (Self::OpenVote, Lang::Zh) => OPEN_VOTE_ZH,
            (Self::OpenVote, Lang::En) => OPEN_VOTE_EN,
            (Self::Exam, Lang::Zh) => EXAM_ZH,
            (Self::Exam, Lang::En) => EXAM_EN,
        }
    }

    /// Writes its files into a session folder, which may be there already, but may hold none of them.
    ///
    /// # Errors
    /// A file is in the way (then nothing is written), or one cannot be written.
    pub fn write(self, lang: Lang, folder: &SessionFolder) -> Result<(), ScaffoldFault> {
        let files = self.files(lang).iter().map(|(path, text)| (folder.dir().join(path), *text));
        if let Some((path, _)) = files.clone().find(|(path, _)| path.symlink_metadata().is_ok()) {
            return Err(ScaffoldFault::InTheWay(path));
        }
        let materials = folder.materials();
        fs::create_dir_all(&materials)
            .map_err(|source| ScaffoldFault::Unwritten { path: materials.clone(), source })?;
        // The plan last: a folder that has one is complete.
        for (path, text) in files.rev() {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)
                    .map_err(|source| ScaffoldFault::Unwritten { path: parent.to_owned(), source })?;
            }
            let written = OpenOptions::new().write(true).create_new(true).open(&path);
            written
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .map_err(|source| ScaffoldFault::Unwritten { path, source })?;
        }
        Ok(())
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Template {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|template| template.name() == text);
        known.ok_or_else(|| format!("no template `{text}`: {}", Self::ALL.map(Self::name).join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Duty, PaperForm, Plan, PostList, VoteHow};

    fn setup(template: Template, lang: Lang) -> (tempfile::TempDir, Plan) {
        let home = tempfile::tempdir().unwrap();
        let folder = SessionFolder::new(home.path());
        template.write(lang, &folder).unwrap();
        let plan = folder.read_plan().unwrap();
        (home, plan)
    }

    #[test]
    fn every_template_passes_at_once() {
        for template in Template::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let (_home, plan) = setup(template, lang);
                assert_eq!(plan.meeting.language, lang);
            }
        }
    }

    #[test]
    fn the_nomination_is_of_the_size_of_a_county() {
        for lang in [Lang::Zh, Lang::En] {
            let (_home, plan) = setup(Template::Nomination, lang);
            let size = |group: &str| plan.people.iter().filter(|person| person.group == group).count();
            assert_eq!((size("member"), size("alternate"), size("discipline")), (41, 8, 25));
            assert_eq!(plan.with_duty(Duty::Scrutineer).count(), 3);
            assert_eq!(plan.with_duty(Duty::Recorder).count(), 1);
            let lines = plan.items[0].lines();
            assert_eq!(lines.len(), 13);
            assert!(lines.is_sorted_by_key(|line| line.list) && lines[0].list == PostList::Party);
            assert!(lines.iter().any(|line| line.person.is_some()));
            assert!(lines.iter().any(|line| !line.relatives.is_empty()));
        }
    }

    #[test]
    fn the_review_is_of_six_officials_before_two_groups() {
        for lang in [Lang::Zh, Lang::En] {
            let (home, plan) = setup(Template::Review, lang);
            let review = plan.items[0].review().unwrap();
            let size = |group: &str| plan.people.iter().filter(|person| person.group == group).count();
            assert_eq!((size("commission"), size("invited")), (21, 10));
            assert_eq!(plan.electors(&plan.items[0]).count(), 31);
            assert_eq!((review.officials.len(), review.dimensions.len(), review.scale.len()), (6, 4, 4));
            assert!(review.apart && review.ranking && review.slips_max == 3);
            assert!(review.officials.iter().all(|official| official.person.is_some()));
            assert_eq!(review.officials.iter().filter(|official| !official.relatives.is_empty()).count(), 1);
            let folder = SessionFolder::new(home.path());
            for official in &review.officials {
                let report = folder.read_material(&official.report).unwrap();
                assert!(report.contains("\n## ") && report.chars().count() > 500, "{}", official.id);
            }
        }
    }

    #[test]
    fn the_elections_are_a_choice_and_a_list() {
        for lang in [Lang::Zh, Lang::En] {
            let (_home, plan) = setup(Template::Contested, lang);
            let [choice, list] = [0, 1].map(|place: usize| plan.items[place].contested().unwrap());
            assert_eq!((choice.form, choice.slate.lines.len(), choice.rule.seats), (PaperForm::Choose, 5, 3));
            assert_eq!((list.form, list.slate.lines.len(), list.rule.seats), (PaperForm::List, 3, 3));
            assert_eq!(plan.electors(&plan.items[0]).count(), 17);
            assert!(choice.slate.lines.iter().any(|line| line.person.is_none()));
        }
    }

    #[test]
    fn a_plan_of_both_has_the_items_of_either() {
        for lang in [Lang::Zh, Lang::En] {
            let (_home, both) = setup(Template::Both, lang);
            let (_home, nomination) = setup(Template::Nomination, lang);
            let (_home, review) = setup(Template::Review, lang);
            assert_eq!(both.items[0].lines(), nomination.items[0].lines());
            let officials = |plan: &Plan| -> Vec<_> {
                let review = plan.items.last().and_then(|item| item.review());
                review
                    .unwrap()
                    .officials
                    .iter()
                    .map(|official| (official.id.clone(), official.name.clone()))
                    .collect()
            };
            assert_eq!(officials(&both), officials(&review));
            assert_eq!((both.items.len(), both.people.len()), (2, 90));
            assert_eq!(both.electors(&both.items[1]).count(), 51);
        }
    }

    #[test]
    fn what_is_decided_in_the_open_is_shown_in_every_way() {
        for lang in [Lang::Zh, Lang::En] {
            let (home, plan) = setup(Template::MajorMatter, lang);
            let matter = plan.items[0].matter().unwrap();
            assert_eq!((plan.electors(&plan.items[0]).count(), matter.speakers.len()), (9, 8));
            assert_eq!(plan.presiding().unwrap().id, matter.head);
            assert_eq!(matter.notified.as_ref().unwrap().members.len(), 9);
            assert!(SessionFolder::new(home.path()).read_material(&matter.draft).unwrap().contains("\n## "));
            let (_home, plan) = setup(Template::OpenVote, lang);
            let hows: Vec<VoteHow> =
                plan.items.iter().filter_map(|item| item.open_vote()).map(|vote| vote.how).collect();
            assert_eq!(hows, [VoteHow::WithoutObjection, VoteHow::Hands, VoteHow::ByName]);
        }
    }

    #[test]
    fn the_exam_has_questions_to_draw_from() {
        for lang in [Lang::Zh, Lang::En] {
            let (home, plan) = setup(Template::Exam, lang);
            let exam = plan.items[0].exam().unwrap();
            assert_eq!((exam.full_marks(), exam.pass_mark, exam.candidates.len()), (100, 80, 6));
            assert!(!plan.decides_anything() && exam.candidates.iter().any(|one| one.attempt == 2));
            let (text, form) = SessionFolder::new(home.path()).read_bank(&exam.bank).unwrap();
            let bank = crate::plan::Bank::read(&text, form, "").unwrap();
            let more = |section: &crate::plan::Section| bank.count(section.kind) > section.draw as usize;
            assert!(exam.sections.iter().all(more));
        }
    }

    #[test]
    fn names_of_any_length_are_among_them() {
        let (_home, plan) = setup(Template::Nomination, Lang::Zh);
        let names: Vec<_> = plan.people.iter().map(|person| person.name.as_str()).collect();
        assert!(names.contains(&"阿卜杜热合曼·买买提明"));
        assert!(names.iter().any(|name| name.contains('𠮷')));
        assert!(names.iter().any(|name| name.chars().count() == 2));
    }

    #[test]
    fn what_is_there_is_not_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let folder = SessionFolder::new(home.path());
        fs::write(folder.plan(), "mine").unwrap();
        let fault = Template::Sample.write(Lang::En, &folder).unwrap_err();
        assert!(matches!(fault, ScaffoldFault::InTheWay(path) if path == folder.plan()));
        assert_eq!(fs::read_to_string(folder.plan()).unwrap(), "mine");
        assert!(!folder.materials().exists());
    }
}
