//! A Service that kube-proxy leaves alone, and endpoints that are no hosts: another Service's cluster IP.
//!
//! kube-proxy does not watch Services with the label `service.kubernetes.io/service-proxy-name`, whatever its value. A packet
//! whose destination was rewritten to a cluster IP is not looked up again: the rules of nat see the first packet once, so
//! nobody has that address (Kubernetes documentation, "Services without selectors": endpoint IPs cannot be cluster IPs).

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::cluster::object::label;
use crate::diagnostic::{Fault, PathFault, SliceFault};
use crate::kinds::Kind;
use crate::trace::{Direction, Trace};

/// Why the connection leads to nobody, if it is one of these.
pub(super) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    of_another_proxy(survey, trace).or_else(|| to_a_cluster_ip(survey, trace))
}

/// The called address is that of a Service of another proxy.
fn of_another_proxy(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let called = trace.called()?;
    let (stored, service) = survey.services().find(|(_, service)| {
        let labels = &service.metadata.labels;
        labels.contains_key(label::SERVICE_PROXY_NAME)
            && service.addresses().any(|own| own == called)
    })?;
    let fault = Fault::Path(PathFault::ServiceOfAnotherProxy {
        service: service.metadata.name.to_string(),
        proxy: service
            .metadata
            .labels
            .get(label::SERVICE_PROXY_NAME)?
            .to_string(),
    });
    let field = format!("metadata.labels[{}]", label::SERVICE_PROXY_NAME);
    Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]))
}

/// The endpoint that was chosen is the cluster IP of another Service.
fn to_a_cluster_ip(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter().rev();
    let hop = hops.find(|hop| {
        let is_rewritten = hop.before.destination.ip() != hop.after.destination.ip();
        hop.direction == Direction::Request && is_rewritten
    })?;
    let address = hop.after.destination.ip();
    let (_, other) = survey
        .services()
        .find(|(_, service)| service.addresses().any(|own| own == address))?;
    let own = hop.service.as_ref()?;
    let fault = Fault::Slice(SliceFault::EndpointIsClusterIp {
        service: own.name.to_string(),
        address: address.to_string(),
        other: other.id().to_string(),
    });
    let written = [Kind::Endpoints, Kind::EndpointSlice];
    let written = written
        .into_iter()
        .flat_map(|kind| survey.resolved.of_kind(kind));
    let text = address.to_string();
    let found = written
        .filter(|stored| stored.written.is_some())
        .find_map(|stored| {
            let (list, addresses) = match stored.kind {
                Kind::Endpoints => ("subsets", "addresses"),
                _ => ("endpoints", "addresses"),
            };
            let items = stored.tree.get(list)?.items();
            let has = items.iter().any(|item| {
                let addresses = item.get(addresses).map_or(&[][..], |own| own.items());
                let is_asked = |own: Option<&str>| own == Some(text.as_str());
                addresses.iter().any(|own| {
                    is_asked(own.as_str()) || is_asked(own.get("ip").and_then(|ip| ip.as_str()))
                })
            });
            has.then(|| Evidence::of(stored, list))
        });
    Some(Cause::certain(fault, found.into_iter().collect()))
}
