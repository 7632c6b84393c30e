//! What a check found instead of what it requires, as a message.

use serde::Serialize;

use crate::simulation::expectations::{Found, percent};
use crate::view::i18n::{Catalogue, Message};

/// What happens instead; a variant's name is its id in the catalogue (`instead-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub(crate) enum Instead {
    /// The connection ends otherwise.
    Ended {
        /// How, in the words of the verdict.
        verdict: String,
        /// The node of the pod that answers, if a node was expected to.
        node: Option<String>,
    },
    /// Another source is seen.
    Source {
        /// Its address.
        source: String,
    },
    /// Another share of the connections.
    Share {
        /// In percent.
        percent: String,
    },
    /// Another number of pods answers.
    Pods {
        /// How many.
        count: usize,
    },
    /// A command does not print the text.
    NotPrinted {},
    /// A command prints the text.
    Printed {},
    /// The question cannot be asked.
    Impossible {
        /// Why, in a sentence.
        why: String,
    },
}

impl Message for Instead {
    const PREFIX: &'static str = "instead";
}

impl Instead {
    /// What was found, with the sentences of a catalogue.
    pub(crate) fn of(found: &Found, words: &Catalogue) -> Instead {
        match found {
            Found::Ended { verdict, node } => Instead::Ended {
                verdict: words.format(verdict).text,
                node: node.clone(),
            },
            Found::Source(source) => Instead::Source {
                source: source.to_string(),
            },
            Found::Share(share) => Instead::Share {
                percent: percent(*share),
            },
            Found::Pods(count) => Instead::Pods { count: *count },
            Found::NotPrinted => Instead::NotPrinted {},
            Found::Printed => Instead::Printed {},
            Found::NoEvent(error) => Instead::Impossible {
                why: words.format(error).text,
            },
            Found::NoRequest(error) => Instead::Impossible {
                why: words.format(error).text,
            },
        }
    }
}
