//! The caller's resolver: one that does not know the cluster, or one that does not try the search list.

use super::AskedName;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, set_field};
use crate::cluster::Cluster;
use crate::cluster::object::{DnsPolicy, Pod};
use crate::diagnostic::{Fault, NameFault};
use crate::dns::resolv_conf::{Kubelet, Libc};
use crate::kinds::Kind;
use crate::names::DEFAULT_NAMESPACE;
use crate::resolve::Resolved;
use crate::trace::Origin;

/// The caller does not use the cluster's DNS.
pub(super) fn asks_another_resolver(
    resolved: &Resolved,
    caller: &Origin,
    name: &str,
) -> Option<Cause> {
    let cluster = &resolved.cluster;
    let Origin::Pod(id) = caller else {
        let service = AskedName::of(cluster, DEFAULT_NAMESPACE, name);
        service.service(cluster)?;
        let fault = Fault::Name(NameFault::CallerWithoutClusterDns {
            caller: caller.short(),
            name: name.to_owned(),
        });
        return Some(Cause::certain(fault, Vec::new()));
    };
    let pod = cluster.pod(id)?;
    let asked = AskedName::of(cluster, &id.namespace, name);
    let would_exist = asked.service(cluster).is_some();
    let fault = match pod.spec.dns_policy {
        DnsPolicy::ClusterFirst if pod.spec.host_network => {
            Fault::Name(NameFault::HostNetworkResolver {
                pod: id.name.to_string(),
                name: name.to_owned(),
            })
        }
        DnsPolicy::None if asks_cluster_dns(cluster, pod) => {
            let service = asked.service(cluster)?;
            Fault::Name(NameFault::PodWithoutSearchList {
                pod: id.name.to_string(),
                name: name.to_owned(),
                meant: asked.whole(&service.metadata.name, &service.metadata.namespace),
            })
        }
        DnsPolicy::Default | DnsPolicy::None if would_exist || !name.contains('.') => {
            Fault::Name(NameFault::PodResolver {
                pod: id.name.to_string(),
                policy: policy_name(pod.spec.dns_policy).to_owned(),
                wanted: policy_name(cluster_policy(pod)).to_owned(),
                name: name.to_owned(),
            })
        }
        DnsPolicy::ClusterFirst
        | DnsPolicy::ClusterFirstWithHostNet
        | DnsPolicy::Default
        | DnsPolicy::None => return None,
    };
    let field = if matches!(fault, Fault::Name(NameFault::HostNetworkResolver { .. })) {
        "spec.hostNetwork"
    } else {
        "spec.dnsPolicy"
    };
    let evidence = Evidence::of_pod(resolved, pod, field);
    let policy = format!("\"{}\"", policy_name(cluster_policy(pod)));
    let fix = pod_spec(resolved, id)
        .and_then(|(stored, spec)| set_field(stored, spec, "dnsPolicy", &policy));
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// The policy with which a pod uses the cluster's DNS.
fn cluster_policy(pod: &Pod) -> DnsPolicy {
    if pod.spec.host_network {
        DnsPolicy::ClusterFirstWithHostNet
    } else {
        DnsPolicy::ClusterFirst
    }
}

/// Whether the pod's resolv.conf has the cluster's name server.
fn asks_cluster_dns(cluster: &Cluster, pod: &Pod) -> bool {
    let kubelet = Kubelet::of(cluster);
    let asked = kubelet.resolv_conf(pod).nameservers;
    let mut servers = kubelet.cluster_dns.iter().map(ToString::to_string);
    servers.any(|server| asked.contains(&server))
}

/// A dot at the end makes a name absolute: the search list, with which it would be a Service's, is not used.
pub(super) fn absolute(
    resolved: &Resolved,
    caller: &Origin,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let service = asked.service(&resolved.cluster)?;
    if !matches!(caller, Origin::Pod(_)) || asked.lacks_svc || name.ends_with(asked.domain) {
        return None;
    }
    let fault = Fault::Name(NameFault::AbsoluteName {
        name: format!("{name}."),
        service: service.id().to_string(),
        meant: asked.whole(&service.metadata.name, &service.metadata.namespace),
    });
    let stored = resolved.get(Kind::Service, &service.id())?;
    Some(Cause::certain(
        fault,
        vec![Evidence::of(stored, "metadata.name")],
    ))
}

/// musl does not try the search list for a name with enough dots, where glibc would have found the Service with it.
pub(super) fn not_searched(
    resolved: &Resolved,
    caller: &Origin,
    asked: &AskedName,
    name: &str,
) -> Option<Cause> {
    let Origin::Pod(id) = caller else {
        return None;
    };
    let pod = resolved.cluster.pod(id)?;
    let file = Kubelet::of(&resolved.cluster).resolv_conf(pod);
    let has_enough_dots = name.matches('.').count() >= file.ndots();
    let service = asked.service(&resolved.cluster)?;
    if file.libc != Libc::Musl || !has_enough_dots || name.ends_with(asked.domain) {
        return None;
    }
    let fault = Fault::Name(NameFault::MuslDoesNotSearch {
        pod: id.name.to_string(),
        name: name.to_owned(),
        ndots: file.ndots(),
        meant: asked.whole(&service.metadata.name, &service.metadata.namespace),
    });
    let evidence = Evidence::of_pod(resolved, pod, "spec.dnsConfig");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

fn policy_name(policy: DnsPolicy) -> &'static str {
    match policy {
        DnsPolicy::ClusterFirst => "ClusterFirst",
        DnsPolicy::ClusterFirstWithHostNet => "ClusterFirstWithHostNet",
        DnsPolicy::Default => "Default",
        DnsPolicy::None => "None",
    }
}
