//! The sentences of the page that have arguments.

use serde::Serialize;

use super::i18n::Message;

/// A sentence of the page; a variant's name is its id in the catalogue (`page-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum PageSentence {
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
        /// Milliseconds, as text: `{took}` to fill them in later.
        took: String,
    },
    /// The picture is of the text before documents of it broke.
    OlderPicture {
        /// How many cannot be parsed.
        count: usize,
        /// The first of them, from 1.
        number: usize,
        /// The line on which it begins.
        line: u32,
    },
    /// The picture lacks documents that cannot be parsed.
    DocumentsLeftOut {
        /// How many.
        count: usize,
        /// The first of them, from 1.
        number: usize,
        /// The line on which it begins.
        line: u32,
        /// How many documents can be parsed.
        drawn: usize,
    },
    /// There is no Service to call.
    NothingToCall,
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
    /// Problems of the same kind as the one above.
    AlikeProblems {
        /// How many.
        count: usize,
    },
    /// Problems that are not listed.
    MoreProblems {
        /// How many.
        count: usize,
    },
    /// Chains that are not listed.
    MoreChains {
        /// How many.
        count: usize,
    },
    /// How much a search found.
    Found {
        /// How many.
        count: usize,
    },
    /// What is found and not listed.
    MoreFound {
        /// How many.
        count: usize,
    },
    /// EndpointSlices that are not listed.
    MoreSlices {
        /// How many.
        count: usize,
    },
    /// How many lines a search found.
    FoundLines {
        /// How many.
        count: usize,
        /// Of how many.
        total: usize,
    },
    /// Which step of a lesson is next.
    CourseStep {
        /// From 1.
        step: usize,
        /// How many there are.
        steps: usize,
    },
    /// How much of the course is done.
    CourseDone {
        /// Finished lessons.
        done: usize,
        /// All lessons.
        lessons: usize,
    },
    /// How long a lesson takes.
    CourseMinutes {
        /// Minutes.
        minutes: usize,
    },
    /// How many hints were read in a finished lesson.
    CourseHints {
        /// How many.
        count: usize,
    },
    /// The button of the next hint.
    CourseHint {
        /// Which, from 1.
        hint: usize,
        /// How many there are.
        hints: usize,
    },
    /// The link to the hop that decides.
    CourseHop {
        /// From 1.
        hop: usize,
    },
    /// Where many connections went.
    CourseMany {
        /// How many were opened.
        connections: usize,
        /// How many pods answered.
        pods: usize,
    },
    /// Services that the caller has no variables for, because they came after it.
    CameLater {
        /// Their names.
        services: String,
    },
}

impl Message for PageSentence {
    const PREFIX: &'static str = "page";
}
