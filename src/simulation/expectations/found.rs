//! What happened where an expectation does not hold, as data: the text tool and the page each put it into words.

use std::net::IpAddr;

use kubehop_engine::resolve::events::EventError;
use kubehop_engine::trace::{RequestError, Verdict};

use super::judge::Judgement;
use crate::view::i18n::Catalogue;

/// What happens instead of what is expected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// The connection ends otherwise.
    Ended {
        /// How.
        verdict: Verdict,
        /// The node of the pod that answers, if a node was expected to.
        node: Option<String>,
    },
    /// Another source is seen.
    Source(IpAddr),
    /// Another share of the connections, in percent.
    Share(f64),
    /// Another number of pods answers.
    Pods(usize),
    /// A command does not print what it should.
    NotPrinted,
    /// A command prints what it should not.
    Printed,
    /// An event that comes before cannot happen.
    NoEvent(EventError),
    /// The connection cannot be opened.
    NoRequest(RequestError),
}

impl Found {
    /// The judgement of the expectation.
    pub(super) fn judgement(&self, wanted: String, words: &Catalogue) -> Judgement {
        match self {
            Found::Ended { verdict, .. } => Judgement::NotMet {
                wanted,
                found: words.format(verdict).text,
            },
            Found::Source(source) => Judgement::OtherSource {
                wanted,
                source: source.to_string(),
            },
            Found::Share(share) => Judgement::OtherShare {
                wanted,
                percent: percent(*share),
            },
            Found::Pods(count) => Judgement::OtherPods {
                wanted,
                count: *count,
            },
            Found::NotPrinted => Judgement::NotPrinted { wanted },
            Found::Printed => Judgement::Printed { wanted },
            Found::NoEvent(error) => Judgement::Impossible {
                wanted,
                why: words.format(error).text,
            },
            Found::NoRequest(error) => Judgement::Impossible {
                wanted,
                why: words.format(error).text,
            },
        }
    }
}

/// A share of connections as a file of expectations writes it.
pub(crate) fn percent(share: f64) -> String {
    format!("{share:.1}")
}
