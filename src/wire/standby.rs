//! What a hub and the machine that stands by for it say to each other, on a connection of its own: the steps of one disk,
//! to be done again on another, and how far they are durable there.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::live::TurnedAway;
use crate::meeting::SessionId;

/// The longest frame on this connection, either way.
pub const STANDBY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How often each end says that it is there, in seconds.
pub const STANDBY_PING_SECONDS: u64 = 1;

/// The folder of what is secret, as the session folder names it.
const PRIVATE: &str = "private";

/// What stays where it is: keys of one machine, and codes in the clear.
const NOT_MIRRORED: [&str; 6] =
    ["hub.json", "standby.json", "standby.lock", "screens", "slips.txt", "slips.html"];

/// Whether a file below a session folder is the same on both machines. What is not, or is no path at all, neither end sends or
/// takes: the parts are names, separated by `/`, and lead nowhere else.
pub fn is_mirrored(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let names = parts
        .iter()
        .all(|part| !matches!(*part, "" | "." | "..") && !part.contains(['\\', '\0']) && part.len() <= 255);
    match parts.as_slice() {
        [PRIVATE, name, ..] => names && !name.starts_with('.') && !NOT_MIRRORED.contains(name),
        _ => names,
    }
}

/// Bytes, in base 64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = data_encoding::BASE64.decode(text.as_bytes());
        bytes.map(Self).map_err(|error| serde::de::Error::custom(error.to_string()))
    }
}

/// One step, to be done again. Paths are below the session folder, with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Write bytes from a place on, into a file that is made if need be.
    Write {
        /// The file.
        path: String,
        /// The place of the first byte.
        at: u64,
        /// The bytes.
        bytes: Bytes,
    },
    /// Make a file of so many zeros, and nothing else.
    Blank {
        /// The file.
        path: String,
        /// How many.
        bytes: u64,
    },
    /// Cut a file, which is made if need be, to a length.
    Cut {
        /// The file.
        path: String,
        /// The length.
        bytes: u64,
    },
    /// Replace a file whole, or not at all.
    Replace {
        /// The file.
        path: String,
        /// What it is to hold.
        bytes: Bytes,
    },
    /// Give a file another's name.
    Rename {
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Remove a file, if it is there.
    Remove {
        /// Which.
        path: String,
    },
    /// Remove the folder of what is secret: the record is sealed.
    RemovePrivate,
}

/// A file that the standby holds already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldFile {
    /// Its path below the session folder, with `/`.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of what it holds, in hex.
    pub sha256: String,
}

/// What a hub says to its standby.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ToStandby {
    /// It is the one that is enrolled.
    Welcome {
        /// The session.
        session: SessionId,
        /// The key of the ballot boxes, in hex, where the plan leaves it to the console.
        trustee: Option<String>,
    },
    /// It is not taken; the connection ends.
    TurnedAway(TurnedAway),
    /// A step.
    Step(Step),
    /// Everything so far is to be made durable, and this number said then.
    Mark {
        /// The number.
        number: u64,
    },
    /// Still there.
    Ping,
}

/// What a standby says to the hub.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FromStandby {
    /// What it holds already: said once, first.
    Holds {
        /// The files.
        files: Vec<HeldFile>,
    },
    /// Everything up to this mark is durable.
    Durable {
        /// Its number.
        number: u64,
    },
    /// It has taken over: the line of the record that says so, signed with its key. It follows no more.
    TakenOver {
        /// As written.
        line: String,
    },
    /// It does not go on: a disk that fails, or a record that does not hold.
    Stops {
        /// Why, in words.
        says: String,
    },
    /// Still there.
    Ping,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_plain_codes_stay_on_their_machine_and_no_path_leads_out() {
        let table = [
            ("journal.jsonl", true),
            ("materials/wang.md", true),
            ("ballots/posts.bel", true),
            ("private/codes.json", true),
            ("private/posts.box", true),
            ("private/law.exam.json", true),
            ("private/law.m01.sheet.json", true),
            ("private/hub.json", false),
            ("private/standby.json", false),
            ("private/standby.lock", false),
            ("private/screens/x/identity.json", false),
            ("private/slips.txt", false),
            ("private/slips.html", false),
            ("private/.tmpAbC", false),
            ("", false),
            ("/etc/passwd", false),
            ("../outside", false),
            ("materials/../../outside", false),
            ("a//b", false),
            ("./a", false),
            ("a\\b", false),
            ("a\0b", false),
        ];
        for (path, mirrored) in table {
            assert_eq!(is_mirrored(path), mirrored, "{path:?}");
        }
    }

    #[test]
    fn bytes_come_back_as_they_went() {
        let step = Step::Write { path: "journal.jsonl".to_owned(), at: 7, bytes: Bytes(vec![0, 255, 10]) };
        let text = serde_json::to_string(&step).unwrap();
        assert_eq!(serde_json::from_str::<Step>(&text).unwrap(), step);
        assert!(serde_json::from_str::<Bytes>("\"no base 64\"").is_err());
    }
}
