//! Session affinity is by the source address of packets at the node: all clients behind one NAT, proxy or load balancer
//! count as one (kube-proxy's `recent` lists and nftables sets hold source addresses).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::SessionAffinity;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::trace::Hop;

/// The effect of session affinity on a connection to a Service with several endpoints.
pub(in crate::causes) fn of_choice(survey: &Survey, name: &ObjectName, hop: &Hop) -> Option<Cause> {
    let service = survey.resolved.cluster.services.get(name)?;
    let endpoints = survey
        .slices_of(name)
        .iter()
        .flat_map(|slice| &slice.endpoints);
    let endpoints = endpoints.filter(|own| own.conditions.is_ready()).count();
    if service.spec.session_affinity != SessionAffinity::ClientIP || endpoints < 2 {
        return None;
    }
    let config = &service.spec.session_affinity_config;
    let fault = Fault::Path(PathFault::AffinityByAddress {
        service: name.name.to_string(),
        client: hop.before.source.ip().to_string(),
        endpoints,
        seconds: config.client_ip.timeout_seconds.into(),
    });
    let stored = survey.resolved.get(Kind::Service, name)?;
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "spec.sessionAffinity")],
    ))
}
