//! The two languages.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language that an environment variable such as `LANG` asks for; English where it does not ask for Chinese.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// One of two texts.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The scale of evaluations where a plan in this language names none, best word first.
    pub fn usual_scale(self) -> [&'static str; 4] {
        self.pick(["好", "较好", "一般", "差"], ["good", "fairly good", "average", "poor"])
    }
}

impl FromStr for Lang {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            other => Err(format!("unknown language `{other}`: zh or en / 未知语言“{other}”:zh 或 en")),
        }
    }
}
