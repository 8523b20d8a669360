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

/// The files of a template: its plan, and two materials for each nominee.
macro_rules! folder {
    ($at:literal, $($nominee:literal)*) => {
        &[
            ("plan.toml", include_str!(concat!("templates/", $at, "/plan.toml"))),
            $(
                (
                    concat!("materials/", $nominee, "-introduction.md"),
                    include_str!(concat!("templates/", $at, "/materials/", $nominee, "-introduction.md")),
                ),
                (
                    concat!("materials/", $nominee, "-inspection.md"),
                    include_str!(concat!("templates/", $at, "/materials/", $nominee, "-inspection.md")),
                ),
            )*
        ]
    };
}

const NOMINATION_ZH: &[TemplateFile] = folder!("nomination/zh",
    "ding" "ma" "wangxy" "liuy" "zhangw" "aisha" "chenj" "ouyang" "hey" "zhaojg" "sunmh" "zhouls" "wux");
const NOMINATION_EN: &[TemplateFile] = folder!("nomination/en",
    "arden" "quill" "halloran" "leland" "brandt" "okonkwo" "carrow" "whitcombe" "haye" "tarn" "sunder" "zell" "voss");
const SAMPLE_ZH: &[TemplateFile] = folder!("sample/zh", "dingx" "gaoy" "hasan" "linzy" "weisq");
const SAMPLE_EN: &[TemplateFile] = folder!("sample/en", "dunmore" "gower" "haskell" "lindley" "weir");

/// What a new session folder starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A plenary of 41 members, 8 alternates and 25 of the discipline commission decides on 13 nominees.
    Nomination,
    /// The same in a smaller body: 17 members and 5 nominees.
    Sample,
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
    pub const ALL: [Self; 2] = [Self::Nomination, Self::Sample];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nomination => "nomination",
            Self::Sample => "sample",
        }
    }

    /// Its files, the plan first.
    pub fn files(self, lang: Lang) -> &'static [TemplateFile] {
        match (self, lang) {
            (Self::Nomination, Lang::Zh) => NOMINATION_ZH,
            (Self::Nomination, Lang::En) => NOMINATION_EN,
            (Self::Sample, Lang::Zh) => SAMPLE_ZH,
            (Self::Sample, Lang::En) => SAMPLE_EN,
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
    use crate::plan::{Duty, Plan, PostList};

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
