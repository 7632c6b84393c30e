//! The languages of the page.

use serde::{Deserialize, Serialize};

/// A language of kubehop's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// English.
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::Korean];

    /// Its code, as in the `lang` attribute of a page.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Korean => "ko",
        }
    }

    /// The language of a code such as `ko` or `en-GB`, if the page has it.
    pub fn of(code: &str) -> Option<Language> {
        let primary = code.split('-').next()?;
        Language::ALL
            .into_iter()
            .find(|language| language.code() == primary)
    }

    /// The one to switch to.
    pub fn other(self) -> Language {
        match self {
            Language::English => Language::Korean,
            Language::Korean => Language::English,
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Korean => "한국어",
        }
    }
}
