//! How a name was resolved.

use serde::Serialize;

/// How a name was resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LookupAnswer {
    /// The version of all answers.
    pub version: u32,
    /// The caller's `/etc/resolv.conf`.
    pub resolv_conf: String,
    /// The questions, in the order they were asked.
    pub questions: Vec<QuestionAnswer>,
    /// The address the caller uses; `null` if the name has none.
    pub address: Option<String>,
}

/// One question to a name server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionAnswer {
    /// The name, without its final dot.
    pub name: String,
    /// `NOERROR`, `NODATA`, `NXDOMAIN` or `FORWARDED`.
    pub outcome: String,
    /// The records of the answer, as `dig` prints them.
    pub records: Vec<String>,
}
