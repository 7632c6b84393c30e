//! The DNS tab.

use serde::{Deserialize, Serialize};

use super::Tone;

/// The DNS tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsView {
    /// The client's /etc/resolv.conf.
    pub resolv_conf: String,
    /// The names asked for, in order.
    pub questions: Vec<QuestionView>,
}

/// One name asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// The name, with its final dot.
    pub name: String,
    /// `NOERROR`, `NXDOMAIN`, …
    pub outcome: String,
    /// How well.
    pub tone: Tone,
    /// The records, a line each.
    pub answer: String,
}
