//! A name that the caller's resolver does not find.
//!
//! First comes who was asked: a pod on the host's network, or with `dnsPolicy: Default`, asks its node's resolver,
//! which has no names of Services. Then what the name most likely means: an ExternalName Service whose target is not a
//! name, a pod that needs a host name and a headless Service, a port name that no endpoint has, a Service of another
//! namespace, a name with a part left out or misspelt. Sources: Kubernetes documentation, "DNS for Services and Pods";
//! kubernetes `pkg/kubelet/network/dns`; CoreDNS plugin `kubernetes`.

mod below_service;
mod meant;
mod other_group;
mod resolver;

use super::stateful_set_name;
use crate::causes::apply::refused_object;
use crate::causes::cause::{Cause, Certainty};
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, NameFault};
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::trace::Origin;

pub(in crate::causes) use below_service::of_existing_service;
pub(in crate::causes) use other_group::service_named as service_of_other_group;

/// Why the caller does not find the name, most specific first.
pub(in crate::causes) fn causes(survey: &Survey, caller: &Origin, name: &str) -> Vec<Cause> {
    let resolved = survey.resolved;
    let is_absolute = name.ends_with('.');
    let name = name.trim_end_matches('.');
    if let Some(cause) = resolver::asks_another_resolver(resolved, caller, name) {
        return vec![cause];
    }
    let namespace = namespace_of(caller);
    let asked = AskedName::of(&resolved.cluster, namespace, name);
    if is_absolute && let Some(cause) = resolver::absolute(resolved, caller, &asked, name) {
        return vec![cause];
    }
    if let Some(cause) = resolver::not_searched(resolved, caller, &asked, name) {
        return vec![cause];
    }
    if let Some(cause) = meant::turned_around(resolved, &asked, name) {
        return vec![cause];
    }
    if !asked.lacks_svc
        && let Some(service) = asked.service(&resolved.cluster)
    {
        return of_existing_service(survey, &asked, service, name);
    }
    let meant = refused_object::service_named(survey, &asked.id())
        .or_else(|| other_group::service_named(survey, &asked.id()))
        .or_else(|| stateful_set_name::without_service(survey, &asked.before, &asked.id()))
        .or_else(|| meant::subdomain_alone(resolved, &asked))
        .or_else(|| meant::pod_alone(resolved, &asked))
        .or_else(|| meant::part_left_out(resolved, &asked, name))
        .or_else(|| meant::pod_of_other_namespace(resolved, &asked, name))
        .or_else(|| meant::pod_of_other_service(resolved, &asked, name))
        .or_else(|| meant::other_namespace(resolved, &asked))
        .or_else(|| meant::unknown_namespace(resolved, &asked, name))
        .or_else(|| meant::workload_alone(resolved, &asked))
        .or_else(|| other_group::elsewhere(resolved, &asked))
        .or_else(|| meant::misspelt(resolved, &asked, name))
        .or_else(|| refused_object::service_nearly_named(survey, &asked.id()))
        .or_else(|| meant::longer_or_shorter(resolved, &asked, name))
        .or_else(|| meant::label_alone(resolved, &asked));
    vec![meant.unwrap_or_else(|| unknown(&asked, name))]
}

/// What a pod most likely means by a name that is taken for one outside the cluster: `web.default.svc.cluster.locl`,
/// `web.prd` where there is a namespace prod, `db-0.db.other`.
pub(in crate::causes) fn taken_for_outside(
    survey: &Survey,
    caller: &Origin,
    name: &str,
) -> Option<Cause> {
    let Origin::Pod(_) = caller else {
        return None;
    };
    let resolved = survey.resolved;
    let name = name.trim_end_matches('.');
    let asked = AskedName::of(&resolved.cluster, namespace_of(caller), name);
    let cause = meant::part_left_out(resolved, &asked, name)
        .or_else(|| other_group::with_namespace(resolved, name))
        .or_else(|| meant::namespace_misspelt(resolved, &asked, name))
        .or_else(|| meant::pod_of_other_namespace(resolved, &asked, name))
        .or_else(|| meant::pod_of_other_service(resolved, &asked, name))?;
    Some(Cause {
        certainty: Certainty::Likely,
        ..cause
    })
}

fn namespace_of(caller: &Origin) -> &str {
    match caller {
        Origin::Pod(pod) => &pod.namespace,
        Origin::Node(_) | Origin::Outside(_) => DEFAULT_NAMESPACE,
    }
}

/// A name under the cluster's domain, or one the search list puts there: `[more.]service[.namespace[.svc[.domain]]]`.
pub(in crate::causes) struct AskedName<'a> {
    /// The labels before the Service's name: a pod's host name, or `_port._protocol`.
    pub(in crate::causes) before: Vec<&'a str>,
    pub(in crate::causes) service: &'a str,
    pub(in crate::causes) namespace: &'a str,
    pub(in crate::causes) domain: &'a str,
    /// Whether it ends in the cluster's domain without `svc` before it.
    pub(in crate::causes) lacks_svc: bool,
}

impl<'a> AskedName<'a> {
    pub(in crate::causes) fn of(
        cluster: &'a Cluster,
        own_namespace: &'a str,
        name: &'a str,
    ) -> AskedName<'a> {
        let domain = cluster.config.domain.as_str();
        let short = name
            .strip_suffix(domain)
            .map_or(name, |rest| rest.trim_end_matches('.'));
        let labels: Vec<&str> = short.split('.').collect();
        let (labels, has_svc) = match labels.split_last() {
            Some((&"svc", rest)) if !rest.is_empty() => (rest.to_vec(), true),
            _ => (labels, false),
        };
        let with_namespace = labels.len() > 1
            && (has_svc
                || labels
                    .last()
                    .is_some_and(|last| cluster.namespaces.contains_key(*last)));
        let (namespace, rest) = match labels.split_last() {
            Some((last, rest)) if with_namespace => (*last, rest),
            _ => (own_namespace, labels.as_slice()),
        };
        let (service, before) = match rest.split_last() {
            Some((service, before)) => (*service, before.to_vec()),
            None => ("", Vec::new()),
        };
        AskedName {
            before,
            service,
            namespace,
            domain,
            lacks_svc: !has_svc && short.len() < name.len(),
        }
    }

    /// The name of the Service that it means.
    pub(in crate::causes) fn id(&self) -> ObjectName {
        ObjectName::new(self.namespace, self.service)
    }

    pub(in crate::causes) fn service<'b>(&self, cluster: &'b Cluster) -> Option<&'b Service> {
        cluster.services.get(&self.id())
    }

    /// The whole name of a Service.
    pub(in crate::causes) fn whole(&self, service: &str, namespace: &str) -> String {
        format!("{service}.{namespace}.svc.{}", self.domain)
    }
}

fn unknown(asked: &AskedName, name: &str) -> Cause {
    let fault = Fault::Name(NameFault::NoSuchService {
        name: name.to_owned(),
        service: asked.service.to_owned(),
        namespace: asked.namespace.to_owned(),
    });
    Cause::certain(fault, Vec::new())
}
