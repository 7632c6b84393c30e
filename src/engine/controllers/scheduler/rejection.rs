//! Pods that name their node, and that its kubelet does not run.

use smol_str::SmolStr;

use super::unfit::Unfit;

/// The reason of a pod that its kubelet rejects, since another pod of the node has one of its ports.
pub const NODE_PORTS: &str = "NodePorts";

/// Why a kubelet does not run a pod that names its node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// `status.reason`.
    pub reason: SmolStr,
    /// `status.message`.
    pub message: String,
}

impl Rejection {
    /// The kubelet looks at taints of effect `NoExecute` only. What it does not run the taint eviction controller deletes.
    pub(super) fn of_taint() -> Rejection {
        Rejection {
            reason: "TaintToleration".into(),
            message: "Pod was rejected: Predicate TaintToleration failed: \
                      node(s) had taints that the pod didn't tolerate"
                .to_owned(),
        }
    }

    pub(super) fn of_predicate(name: &str, unfit: &Unfit) -> Rejection {
        Rejection {
            reason: name.into(),
            message: format!(
                "Pod was rejected: Predicate {name} failed: {}",
                unfit.text()
            ),
        }
    }
}
