//! A name that the caller's own `/etc/hosts` resolves, so that no name server is asked.

use crate::causes::cause::{Cause, Evidence};
use crate::diagnostic::{Fault, NameFault};
use crate::dns::hosts::{self, HostsEntry};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::{Host, Network, client};
use crate::trace::Trace;

/// The entry that gave the called address: one of `hostAliases`, or the pod's own host name where a Service has the same
/// name, which was most likely meant.
pub(in crate::causes) fn of_trace(network: &Network, trace: &Trace) -> Option<Cause> {
    let Host::Name(name) = &trace.request.to.host else {
        return None;
    };
    let pod = client::pod(network, &trace.request.from)?;
    let resolved = &network.resolved;
    match hosts::entry(Some(pod), network.cluster(), name)? {
        HostsEntry::Localhost => None,
        HostsEntry::Own(address) => {
            let service =
                ObjectName::new(pod.metadata.namespace.clone(), name.trim_end_matches('.'));
            let service = resolved.get(Kind::Service, &service)?;
            let fault = Fault::Name(NameFault::OwnNameIsServiceName {
                pod: pod.metadata.name.to_string(),
                service: service.name.name.to_string(),
                namespace: service.name.namespace.to_string(),
                address: address.to_string(),
            });
            let own = Evidence::of_pod(resolved, pod, "metadata.name");
            let service = Evidence::of(service, "metadata.name");
            Some(Cause::certain(
                fault,
                own.into_iter().chain([service]).collect(),
            ))
        }
        HostsEntry::Alias(index, address) => {
            let fault = Fault::Name(NameFault::HostAliasResolves {
                pod: pod.metadata.name.to_string(),
                name: name.clone(),
                address: address.to_string(),
            });
            let evidence = Evidence::of_pod(resolved, pod, &format!("spec.hostAliases[{index}]"));
            Some(Cause::certain(fault, evidence.into_iter().collect()))
        }
    }
}
