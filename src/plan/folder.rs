//! The files of a session folder: the DIR of `plenum new`, in which the meeting is run and sealed.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::added::{AddedItem, ITEM_BYTES_MAX};
use super::bank::{BANK_BYTES_MAX, Bank, BankForm};
use super::mistake::{BankMistake, ExamMistake, MaterialFault, Mistake, MistakeKind, Place};
use super::model::Plan;
use super::read::{PLAN_BYTES_MAX, language, read};
use super::spelling::stays_inside;
use crate::harmless::is_acting;
use crate::words::Lang;

/// A material goes to every screen in the room; what is longer is no report.
pub const MATERIAL_BYTES_MAX: usize = 256 * 1024;

/// The folder of the banks of questions.
pub const BANKS: &str = "exam";

/// The folder of the items that could be added to the agenda in the meeting.
pub const AGENDA: &str = "agenda";

/// More items than this are not offered: no meeting adds so many.
const ADDED_MAX: usize = 50;

/// Some editors begin a file with a mark of the byte order, which is no part of the text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A session folder, by the names of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFolder {
    dir: PathBuf,
}

/// Why the plan of a folder cannot be used.
#[derive(Debug)]
pub enum Unready {
    /// There is none.
    NoPlan(PathBuf),
    /// It cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It has mistakes.
    Mistaken {
        /// All of them, in the order of the file.
        mistakes: Vec<Mistake>,
        /// The language that the plan says it is in.
        language: Option<Lang>,
    },
}

impl SessionFolder {
    /// The session folder at `dir`, which need not be there yet.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the clerk writes.
    pub fn plan(&self) -> PathBuf {
        self.dir.join("plan.toml")
    }

    /// The introductions and reports.
    pub fn materials(&self) -> PathBuf {
        self.dir.join("materials")
    }

    /// The banks of questions, with their answers.
    pub fn banks(&self) -> PathBuf {
        self.dir.join(BANKS)
    }

    /// The items that could be added to the agenda in the meeting, one a file.
    pub fn agenda(&self) -> PathBuf {
        self.dir.join(AGENDA)
    }

    /// The meeting, once it has begun.
    pub fn journal(&self) -> PathBuf {
        self.dir.join("journal.jsonl")
    }

    /// What is never in an archive: codes, keys, the ballot box.
    pub fn private(&self) -> PathBuf {
        self.dir.join("private")
    }

    /// Whether the meeting has begun: from then on only the meeting itself changes who may enter.
    pub fn has_begun(&self) -> bool {
        self.journal().exists()
    }

    /// Reads the plan and checks it, with the materials that it names.
    ///
    /// # Errors
    /// There is no plan, it cannot be read, or it has mistakes.
    pub fn read_plan(&self) -> Result<Plan, Unready> {
        let path = self.plan();
        let bytes = read_at_most(&path, PLAN_BYTES_MAX + 1).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unready::NoPlan(path.clone()),
            _ => Unready::Unreadable(path.clone(), error),
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            Unready::Unreadable(path.clone(), io::Error::new(io::ErrorKind::InvalidData, error))
        })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        let material = |path: &str| self.read_material(path).map(drop);
        read(text, &path.to_string_lossy(), &material)
            .and_then(|plan| {
                let mistakes = self.check_banks(&plan);
                if mistakes.is_empty() { Ok(plan) } else { Err(mistakes) }
            })
            .map_err(|mistakes| Unready::Mistaken { mistakes, language: language(text) })
    }

    /// What is wrong with the banks of a plan that has no mistakes itself.
    fn check_banks(&self, plan: &Plan) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for exam in plan.items.iter().filter_map(|item| item.exam()) {
            let file = self.banks().join(&exam.bank).to_string_lossy().into_owned();
            let whole = |what| Mistake { place: Place { file: file.clone(), line: 1, column: 1 }, what };
            let bank = match self.read_bank(&exam.bank) {
                Ok((text, form)) => Bank::read(&text, form, &file),
                Err(fault) => {
                    let path = exam.bank.clone();
                    Err(vec![whole(MistakeKind::Exam(ExamMistake::Bank { path, fault }))])
                }
            };
            match bank {
                Ok(bank) => {
                    mistakes.extend(bank.too_few_for(exam).into_iter().map(|(kind, found, drawn)| {
                        whole(MistakeKind::Bank(BankMistake::TooFew { kind, found, drawn }))
                    }))
                }
                Err(found) => mistakes.extend(found),
            }
        }
        mistakes.dedup();
        mistakes
    }

    /// Reads a bank of questions by its path below `exam/`: its text as it is, and how it is written.
    ///
    /// # Errors
    /// It cannot be read, or is no text.
    pub fn read_bank(&self, path: &str) -> Result<(String, BankForm), MaterialFault> {
        let form = BankForm::of(path).ok_or(MaterialFault::NotText)?;
        let text = read_text(&self.banks(), path, BANK_BYTES_MAX)?;
        Ok((text, form))
    }

    /// The items that could be added to the agenda: what stands in `agenda/*.toml`, by the names of the files. Without such a
    /// folder there are none.
    pub fn items_to_add(&self) -> Vec<AddedItem> {
        let entries = fs::read_dir(self.agenda()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter(|name| name.ends_with(".toml") && !name.starts_with('.')).collect();
        names.sort_unstable();
        names.truncate(ADDED_MAX);
        let read = |file: String| AddedItem { text: self.read_item_to_add(&file), file };
        names.into_iter().map(read).collect()
    }

    /// Reads an item that could be added to the agenda by its path below `agenda/`.
    ///
    /// # Errors
    /// It cannot be read, or is no text.
    pub fn read_item_to_add(&self, path: &str) -> Result<String, MaterialFault> {
        read_text(&self.agenda(), path, ITEM_BYTES_MAX)
    }

    /// Reads a material by its path below `materials/`.
    ///
    /// # Errors
    /// The material cannot be shown to the meeting.
    pub fn read_material(&self, path: &str) -> Result<String, MaterialFault> {
        read_text(&self.materials(), path, MATERIAL_BYTES_MAX)
    }
}

/// A text below a folder, as people can read it.
fn read_text(home: &Path, path: &str, bytes_max: usize) -> Result<String, MaterialFault> {
    if !stays_inside(path) {
        return Err(MaterialFault::Outside);
    }
    let fault = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => MaterialFault::Missing,
        _ => MaterialFault::Unreadable,
    };
    let home = home.canonicalize().map_err(fault)?;
    let file = home.join(path).canonicalize().map_err(fault)?;
    if !file.starts_with(&home) {
        return Err(MaterialFault::Outside);
    }
    if !file.is_file() {
        return Err(MaterialFault::Unreadable);
    }
    let bytes = read_at_most(&file, bytes_max + 1).map_err(fault)?;
    if bytes.len() > bytes_max {
        return Err(MaterialFault::TooLong);
    }
    let mut text = String::from_utf8(bytes).map_err(|_| MaterialFault::NotText)?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.remove(0);
    }
    // It goes onto screens, where it is to be read and do nothing else.
    if text.chars().any(|c| is_acting(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(MaterialFault::NotText);
    }
    if text.trim().is_empty() { Err(MaterialFault::Empty) } else { Ok(text) }
}

fn read_at_most(path: &Path, bytes_max: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_screen_can_show_is_a_material() {
        let home = tempfile::tempdir().unwrap();
        let folder = SessionFolder::new(home.path());
        assert_eq!(folder.read_material("a.md"), Err(MaterialFault::Missing));
        fs::create_dir(folder.materials()).unwrap();
        let read = |bytes: &[u8]| {
            fs::write(folder.materials().join("a.md"), bytes).unwrap();
            folder.read_material("a.md")
        };
        assert_eq!(read("\u{feff}王秀英\r\n\t同志".as_bytes()), Ok("王秀英\r\n\t同志".to_owned()));
        assert_eq!(read(b" \n"), Err(MaterialFault::Empty));
        assert_eq!(read(b"\x1b[2J"), Err(MaterialFault::NotText));
        assert_eq!(read("a\u{202e}b".as_bytes()), Err(MaterialFault::NotText));
        assert_eq!(read(&[0xff]), Err(MaterialFault::NotText));
        assert_eq!(read(&vec![b'a'; MATERIAL_BYTES_MAX]).map(|text| text.len()), Ok(MATERIAL_BYTES_MAX));
        assert_eq!(read(&vec![b'a'; MATERIAL_BYTES_MAX + 1]), Err(MaterialFault::TooLong));
        assert_eq!(folder.read_material("../a.md"), Err(MaterialFault::Outside));
        assert_eq!(folder.read_material("."), Err(MaterialFault::Outside));
    }
}
