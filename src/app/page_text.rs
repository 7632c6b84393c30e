//! The page's own sentences that have arguments.

use kubehop::view::i18n::Message;
use serde::Serialize;

/// A sentence of the page; a variant's name is its id in the catalogue (`page-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Line {
    /// Which hop is shown.
    Hop {
        /// From 1.
        hop: usize,
        /// How many there are.
        hops: usize,
    },
    /// What there is, and how long it took to work out.
    Resolved {
        /// Services.
        services: usize,
        /// Pods.
        pods: usize,
        /// Nodes.
        nodes: usize,
        /// Milliseconds, as text.
        took: String,
    },
    /// How many errors.
    Errors {
        /// How many.
        count: usize,
    },
    /// How many warnings.
    Warnings {
        /// How many.
        count: usize,
    },
    /// How many notes.
    Notes {
        /// How many.
        count: usize,
    },
    /// Lines that are not shown.
    MoreLines {
        /// How many.
        count: usize,
    },
    /// Services that the caller has no variables for, because they came after it.
    CameLater {
        /// Their names.
        services: String,
    },
    /// How many connections were sent.
    Sent {
        /// How many.
        count: usize,
    },
}

impl Message for Line {
    const PREFIX: &'static str = "page";
}
