//! Endpoints that are no hosts: another Service's cluster IP.
//!
//! A packet whose destination was rewritten to a cluster IP is not looked up again: the rules of nat see the first
//! packet once, so no machine has that address (Kubernetes documentation, "Services without selectors": endpoint IPs
//! cannot be cluster IPs).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, SliceFault};
use crate::kinds::Kind;
use crate::trace::{Direction, Trace};

/// The endpoint that was chosen is the cluster IP of another Service.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
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
