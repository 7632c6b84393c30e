//! Why a node does not pass the filters of the scheduler, in the words of its plugins.

use smol_str::SmolStr;

/// Why a filter leaves a node out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The pod names other nodes.
    OfOtherNodes,
    Unschedulable,
    Tainted,
    NoMatch,
    PortsTaken,
    Full,
    /// A resource, and whether the node has too little of it even without pods.
    Insufficient(SmolStr, bool),
    /// A topology spread constraint, and whether the node lacks the label that it names.
    Spread(bool),
    Affinity,
    AntiAffinity,
    ExistingAntiAffinity,
}

impl Unfit {
    pub(super) fn text(&self) -> String {
        let fixed = match self {
            Unfit::OfOtherNodes => "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            Unfit::Unschedulable => "node(s) were unschedulable",
            Unfit::Tainted => "node(s) had untolerated taint(s)",
            Unfit::NoMatch => "node(s) didn't match Pod's node affinity/selector",
            Unfit::PortsTaken => "node(s) didn't have free ports for the requested pod ports",
            Unfit::Full => "Too many pods",
            Unfit::Insufficient(resource, _) => return format!("Insufficient {resource}"),
            Unfit::Spread(false) => "node(s) didn't match pod topology spread constraints",
            Unfit::Spread(true) => {
                "node(s) didn't match pod topology spread constraints (missing required label)"
            }
            Unfit::Affinity => "node(s) didn't match pod affinity rules",
            Unfit::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Unfit::ExistingAntiAffinity => {
                "node(s) didn't satisfy existing pods anti-affinity rules"
            }
        };
        fixed.to_owned()
    }

    /// Whether the node would not do without its pods either (`UnschedulableAndUnresolvable`).
    pub(super) fn is_final(&self) -> bool {
        match self {
            Unfit::OfOtherNodes
            | Unfit::Unschedulable
            | Unfit::Tainted
            | Unfit::NoMatch
            | Unfit::Insufficient(_, true)
            | Unfit::Spread(true)
            | Unfit::Affinity => true,
            Unfit::PortsTaken
            | Unfit::Full
            | Unfit::Insufficient(_, false)
            | Unfit::Spread(false)
            | Unfit::AntiAffinity
            | Unfit::ExistingAntiAffinity => false,
        }
    }
}

/// What preemption finds on a node for a pod whose priority is not higher than that of any pod there.
pub(super) fn preemption(unfit: &[Unfit]) -> &'static str {
    if unfit.iter().any(Unfit::is_final) {
        "Preemption is not helpful for scheduling"
    } else {
        "No preemption victims found for incoming pod"
    }
}
