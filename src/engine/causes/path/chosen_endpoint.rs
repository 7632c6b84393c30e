//! An endpoint that was chosen among several: for all requests of a connection that is kept, or by chance, which people
//! take for round robin.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::ingress;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::SessionAffinity;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::Network;
use crate::trace::{Hop, Trace};

/// The choice of `hop`, where the rules of a Service had several endpoints.
pub(in crate::causes) fn of_choice(
    network: &Network,
    trace: &Trace,
    service: &ObjectName,
    hop: &Hop,
) -> Option<Cause> {
    let is_kept = trace.request.to.keeps_connection() && !ingress::rules::took(trace);
    let found = network.cluster().services.get(service)?;
    let mode = network.cluster().config.proxy.mode;
    let is_random = mode != ProxyMode::Ipvs && found.spec.session_affinity == SessionAffinity::None;
    let endpoints = hop.choices.len();
    if endpoints < 2 || !(is_kept || is_random) {
        return None;
    }
    let service_name = service.name.to_string();
    let fault = Fault::Path(if is_kept {
        PathFault::ConnectionBalanced {
            service: service_name,
            endpoints,
        }
    } else {
        PathFault::ChosenAtRandom {
            service: service_name,
            endpoints,
        }
    });
    let stored = network.resolved.get(Kind::Service, service)?;
    Some(Cause::certain(fault, vec![Evidence::of(stored, "spec")]))
}
