//! A name outside the cluster that the resolver looks up only after the names of its search list.
//!
//! A name with fewer dots than `ndots` is tried in each search domain first (Kubernetes documentation, "DNS for Services
//! and Pods", "Pod's DNS Config"; glibc `resolv.conf(5)`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, pod_spec};
use crate::diagnostic::{Fault, NameFault};
use crate::dns::resolv_conf::Kubelet;
use crate::network::{Host, Network, client};
use crate::trace::{Reason, Trace};

/// The failed lookups that came before the one that was answered.
pub(in crate::causes) fn of_outside_name(network: &Network, trace: &Trace) -> Option<Cause> {
    let Host::Name(name) = &trace.request.to.host else {
        return None;
    };
    let mut hops = trace.hops.iter();
    let tried = hops.find_map(|hop| match &hop.reason {
        Reason::Resolves {
            tried, alias: None, ..
        } => Some(*tried),
        _ => None,
    })?;
    let pod = client::pod(network, &trace.request.from)?;
    let ndots = Kubelet::of(network.cluster()).resolv_conf(pod).ndots();
    let dots = name.matches('.').count();
    if tried == 0 || dots >= ndots {
        return None;
    }
    let fault = Fault::Name(NameFault::SearchListTriedFirst {
        name: name.clone(),
        tried,
        dots,
        ndots,
    });
    let evidence = Evidence::of_pod(&network.resolved, pod, "spec.dnsConfig");
    let spec = pod_spec(&network.resolved, &pod.id());
    let without_config = spec.filter(|(_, spec)| spec.get("dnsConfig").is_none());
    // Two dots keep `service.namespace` in the search list.
    let options = format!(
        "{{\"options\": [{{\"name\": \"ndots\", \"value\": \"{}\"}}]}}",
        dots.clamp(1, 2)
    );
    let fix =
        without_config.and_then(|(stored, spec)| add_field(stored, spec, "dnsConfig", &options));
    let cause = Cause::certain(fault, evidence.into_iter().collect());
    Some(cause.with_fix(fix))
}
