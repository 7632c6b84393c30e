//! A pod that answers and is no endpoint for long: it is being deleted, or only an open connection still leads to it.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PathFault, PodFault};
use crate::network::Network;
use crate::trace::{Reason, Trace};

/// The pod that answered gets no new connections, or it is being deleted and the last one that is left.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace, pod: &Pod) -> Option<Cause> {
    let is = |wanted: fn(&Reason) -> bool| trace.hops.iter().any(|hop| wanted(&hop.reason));
    let name = pod.metadata.name.to_string();
    let is_open = is(|reason| matches!(reason, Reason::Continues { .. }));
    let fault = if is_open && (pod.is_terminating() || !pod.is_ready()) {
        let protocol = trace.request.to.protocol().to_string();
        let pod = name;
        Fault::Path(PathFault::ConnectionKeepsEndpoint { pod, protocol })
    } else if pod.is_terminating() && is(|reason| matches!(reason, Reason::Dnat { .. })) {
        let service = trace.service.as_ref()?.name.to_string();
        Fault::Pod(PodFault::SelectedPodTerminating { service, pod: name })
    } else {
        return None;
    };
    let evidence = Evidence::of_pod(&network.resolved, pod, "metadata.name");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}
