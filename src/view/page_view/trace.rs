//! One connection in words: the Packet tab, the track, the verdict.

use serde::{Deserialize, Serialize};

use super::BothView;
use crate::view::fix_preview::OfferedFix;
use crate::view::scene::PacketKind;
use crate::view::timeline::Timeline;
use kubehop_engine::trace::Verdict;

/// One connection, hop by hop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceView {
    /// Its hops, in order.
    pub hops: Vec<HopView>,
    /// How it ended.
    pub verdict: VerdictView,
    /// The endpoint that answered, so that the connection stays open; `None` if none did.
    pub endpoint: Option<String>,
    /// The times of its hops.
    pub timeline: Timeline,
    /// Whether it could go through a Gateway as well as through an Ingress controller.
    pub can_compare: bool,
    /// The request through both, while that is shown.
    pub both: Option<BothView>,
}

/// One hop in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HopView {
    /// Its name on the track.
    pub stop: String,
    /// `hop 2 of 7`.
    pub count: String,
    /// `2 / 7`.
    pub short_count: String,
    /// Why the packet went this way.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
    /// A remark in small print.
    pub note: Option<String>,
    /// Source and destination on arrival, as `ip:port`.
    pub before: (String, String),
    /// Source and destination on departure.
    pub after: (String, String),
    /// `TCP · SYN · TTL 62`, on arrival.
    pub summary_before: String,
    /// The same on departure.
    pub summary: String,
    /// What the packet that comes here is for.
    pub kind: PacketKind,
    /// What the packet that leaves is for.
    pub kind_after: PacketKind,
    /// The rules that matched and did something, and above them those that were passed over.
    pub rules: Vec<HopRule>,
    /// The node whose rules decided this hop, or the last one before it.
    pub rules_node: Option<String>,
}

/// A rule of a hop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HopRule {
    /// Its line, in parts.
    pub parts: Vec<RulePart>,
    /// One of how many packets it takes, if it takes them at random.
    pub one_of: Option<u32>,
    /// Whether the kernel drew for it, and it was not drawn.
    pub is_passed: bool,
}

/// A part of a printed rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePart {
    /// The text.
    pub text: String,
    /// Whether this part did something: a mark, a choice, a rewrite, a refusal.
    pub is_marked: bool,
}

/// How a connection ended, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictView {
    /// How well.
    pub tone: Tone,
    /// The headline.
    pub text: String,
    /// More about it in one paragraph: the most specific cause, or the general sentence.
    pub summary: Option<String>,
    /// The general sentence; `None` if the causes replace it.
    pub detail: Option<String>,
    /// Why, most specific first.
    pub causes: Vec<CauseView>,
}

/// One cause of a failure, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseView {
    /// Its index among the causes, for [`crate::view::session::Ask::FixCause`].
    pub index: usize,
    /// What is wrong.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
    /// How doubtful it is; `None` if the objects prove it.
    pub doubt: Option<Doubt>,
    /// Line and column, from 1, of the field that shows it; `None` if it is not in the text.
    pub position: Option<(u32, u32)>,
    /// A command that repairs it or shows more.
    pub command: Option<String>,
    /// The page of the Kubernetes documentation that explains it.
    pub docs: String,
    /// The edit that is offered.
    pub fix: Option<OfferedFix>,
    /// What to call instead, as [`crate::view::session::Ask::Call`] takes it: from, to.
    pub call: Option<(String, String)>,
}

/// How doubtful a cause is that the objects do not prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// It explains what happens; something outside the text could, too.
    Likely,
    /// It does not follow from the text.
    Possible,
}

/// How well a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// It was answered.
    Good,
    /// An answer is not known.
    Unsure,
    /// It failed.
    Bad,
}

impl Tone {
    /// How well a connection ended that has such a verdict.
    pub fn of(verdict: &Verdict) -> Tone {
        if verdict.is_failure() {
            Tone::Bad
        } else if matches!(verdict, Verdict::Answered { .. }) {
            Tone::Good
        } else {
            Tone::Unsure
        }
    }

    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "",
            Tone::Unsure => "unsure",
            Tone::Bad => "bad",
        }
    }
}
