//! A name that the caller's resolver does not find.
//!
//! First comes who was asked: a pod on the host's network, or with `dnsPolicy: Default`, asks its node's resolver,
//! which knows no Service. Then what the name most likely means: an ExternalName Service whose target is not a name, a
//! pod that needs a host name and a headless Service, a port name that no endpoint has, a Service of another namespace,
//! a name with a part left out or misspelt. Sources: Kubernetes documentation, "DNS for Services and Pods";
//! kubernetes `pkg/kubelet/network/dns`; CoreDNS plugin `kubernetes`.

use super::alias_target;
use super::cause::{Cause, Certainty, Evidence};
use super::edit::{add_field, pod_spec, set_field};
use super::no_endpoint;
use super::refused;
use super::stateful_set_name;
use super::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{DnsPolicy, Pod, Service, ServiceType};
use crate::controllers::endpointslices::is_member;
use crate::diagnostic::{Fault, NameFault};
use crate::dns::resolv_conf::{Kubelet, Libc};
use crate::kinds::Kind;
use crate::labels::service_selects;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::resolve::Resolved;
use crate::syntax::typo_distance;
use crate::trace::Origin;

/// Why the caller does not find the name, most specific first.
pub(super) fn causes(survey: &Survey, caller: &Origin, name: &str) -> Vec<Cause> {
    let resolved = survey.resolved;
    let name = name.trim_end_matches('.');
    if let Some(cause) = asks_another_resolver(resolved, caller, name) {
        return vec![cause];
    }
    let namespace = namespace_of(caller);
    let asked = AskedName::of(&resolved.cluster, namespace, name);
    if let Some(cause) = not_searched(resolved, caller, &asked, name) {
        return vec![cause];
    }
    if !asked.lacks_svc
        && let Some(service) = asked.service(&resolved.cluster)
    {
        return of_existing_service(survey, &asked, service, name);
    }
    let meant = refused::service_named(survey, &asked.id())
        .or_else(|| turned_around(resolved, &asked, name))
        .or_else(|| stateful_set_name::without_service(survey, &asked.before, &asked.id()))
        .or_else(|| pod_alone(resolved, &asked))
        .or_else(|| part_left_out(resolved, &asked, name))
        .or_else(|| pod_of_other_namespace(resolved, &asked, name))
        .or_else(|| other_namespace(resolved, &asked))
        .or_else(|| unknown_namespace(resolved, &asked, name))
        .or_else(|| misspelt(resolved, &asked, name));
    vec![meant.unwrap_or_else(|| unknown(&asked, name))]
}

/// What a pod most likely means by a name that is taken for one outside the cluster: `web.default.svc.cluster.locl`,
/// `web.prd` where there is a namespace prod, `db-0.db.other`.
pub(super) fn taken_for_outside(survey: &Survey, caller: &Origin, name: &str) -> Option<Cause> {
    let Origin::Pod(_) = caller else {
        return None;
    };
    let resolved = survey.resolved;
    let name = name.trim_end_matches('.');
    let asked = AskedName::of(&resolved.cluster, namespace_of(caller), name);
    let cause = part_left_out(resolved, &asked, name)
        .or_else(|| namespace_misspelt(resolved, &asked, name))
        .or_else(|| pod_of_other_namespace(resolved, &asked, name))?;
    Some(Cause {
        certainty: Certainty::Likely,
        ..cause
    })
}

/// `web.prd`, where there is a Service web in namespace prod.
fn namespace_misspelt(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let mut labels = name.split('.');
    let (service, namespace) = (labels.next()?, labels.next()?);
    let services = resolved.cluster.services.keys();
    let near = services.filter_map(|id| {
        let distance = typo_distance(namespace, &id.namespace)?;
        (id.name == service).then_some((distance, id))
    });
    let (_, id) = near.min()?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// `db-0.db` or `db-0.db.other`, where Service db and its pod db-0 are in another namespace.
fn pod_of_other_namespace(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let mut labels = name.split('.');
    let (host, service) = (labels.next()?, labels.next()?);
    let from = labels.next().unwrap_or(asked.namespace);
    let mut services = resolved.cluster.services.keys();
    let id = services.find(|id| {
        let pod = ObjectName::new(id.namespace.as_str(), host);
        id.name == service && resolved.cluster.pod(&pod).is_some()
    })?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: format!("{host}.{service}"),
            namespace: id.namespace.to_string(),
            from: from.to_owned(),
            meant: format!("{host}.{meant}"),
        })
    }))
}

fn namespace_of(caller: &Origin) -> &str {
    match caller {
        Origin::Pod(pod) => &pod.namespace,
        Origin::Node(_) | Origin::Outside(_) => DEFAULT_NAMESPACE,
    }
}

/// A name under the cluster's domain, or one the search list puts there: `[more.]service[.namespace[.svc[.domain]]]`.
pub(super) struct AskedName<'a> {
    /// The labels before the Service's name: a pod's host name, or `_port._protocol`.
    pub(super) before: Vec<&'a str>,
    pub(super) service: &'a str,
    pub(super) namespace: &'a str,
    pub(super) domain: &'a str,
    /// Whether it ends in the cluster's domain without `svc` before it.
    pub(super) lacks_svc: bool,
}

impl<'a> AskedName<'a> {
    pub(super) fn of(cluster: &'a Cluster, own_namespace: &'a str, name: &'a str) -> AskedName<'a> {
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
    pub(super) fn id(&self) -> ObjectName {
        ObjectName::new(self.namespace, self.service)
    }

    pub(super) fn service<'b>(&self, cluster: &'b Cluster) -> Option<&'b Service> {
        cluster.services.get(&self.id())
    }

    /// The whole name of a Service.
    pub(super) fn whole(&self, service: &str, namespace: &str) -> String {
        format!("{service}.{namespace}.svc.{}", self.domain)
    }
}

/// The caller does not ask the cluster's DNS.
fn asks_another_resolver(resolved: &Resolved, caller: &Origin, name: &str) -> Option<Cause> {
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
    let evidence = no_endpoint::evidence_of(resolved, pod, field);
    let policy = format!("\"{}\"", policy_name(cluster_policy(pod)));
    let fix = pod_spec(resolved, id)
        .and_then(|(stored, spec)| set_field(stored, spec, "dnsPolicy", &policy));
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// The policy with which a pod asks the cluster's DNS.
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

/// musl does not try the search list for a name with enough dots, where glibc would have found the Service with it.
fn not_searched(
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
    let evidence = no_endpoint::evidence_of(resolved, pod, "spec.dnsConfig");
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

/// The Service exists; the name below it, or the target of its alias, does not.
pub(super) fn of_existing_service(
    survey: &Survey,
    asked: &AskedName,
    service: &Service,
    name: &str,
) -> Vec<Cause> {
    let resolved = survey.resolved;
    let stored = resolved.get(Kind::Service, &asked.id());
    let evidence = |field: &str| -> Vec<Evidence> {
        stored
            .map(|stored| Evidence::of(stored, field))
            .into_iter()
            .collect()
    };
    if service.spec.service_type == ServiceType::ExternalName {
        return stored.map_or_else(Vec::new, |stored| {
            alias_target::of_service(survey, service, stored)
        });
    }
    match asked.before.as_slice() {
        [port, protocol] if port.starts_with('_') && protocol.starts_with('_') => {
            let fault = Fault::Name(NameFault::NoSrvRecord {
                service: service.metadata.name.to_string(),
                port: port.trim_start_matches('_').to_owned(),
                protocol: protocol.trim_start_matches('_').to_ascii_uppercase(),
                declared: port_names(service),
            });
            let named = service.spec.ports.iter();
            let named = named.filter(|own| own.name == port.trim_start_matches('_'));
            let mut causes: Vec<Cause> = Vec::new();
            for own in named {
                let id = service.id();
                causes.extend(no_endpoint::of_service(survey, &id, own.port, own.protocol));
            }
            causes.push(Cause::certain(fault, evidence("spec.ports")));
            causes
        }
        [host] => {
            let of_set = stateful_set_name::of_ordinal(survey, service, host);
            if of_set.is_empty() {
                vec![of_pod_name(resolved, service, host, evidence("spec"))]
            } else {
                of_set
            }
        }
        [] if service.is_headless() => of_headless(survey, service, evidence("spec.clusterIP")),
        [] => {
            let meant = asked.whole(&service.metadata.name, &service.metadata.namespace);
            let fault = Fault::Name(NameFault::NameNotOfCluster {
                name: name.to_owned(),
                meant,
            });
            vec![Cause::certain(fault, evidence("metadata.name"))]
        }
        _ => {
            let fault = Fault::Name(NameFault::NoNameBelowService {
                service: service.metadata.name.to_string(),
            });
            vec![Cause::certain(fault, evidence("metadata.name"))]
        }
    }
}

fn port_names(service: &Service) -> String {
    let ports = service.spec.ports.iter();
    let names: Vec<&str> = ports
        .map(|port| port.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

/// `host.service`: pods have such names only with `hostname`, and `subdomain` naming a headless Service that selects them.
fn of_pod_name(
    resolved: &Resolved,
    service: &Service,
    host: &str,
    mut evidence: Vec<Evidence>,
) -> Cause {
    let name = service.metadata.name.to_string();
    let id = ObjectName::new(service.metadata.namespace.as_str(), host);
    let pod = resolved.cluster.pod(&id);
    let fault = match pod {
        Some(pod) => {
            evidence.splice(0..0, no_endpoint::evidence_of(resolved, pod, "spec"));
            let meant = published_name(resolved, pod).unwrap_or_default();
            Fault::Name(NameFault::PodNameNotPublished {
                service: name,
                meant,
                pod: host.to_owned(),
                subdomain: pod.spec.subdomain.to_string(),
                ready: pod.is_ready(),
            })
        }
        None => Fault::Name(NameFault::NoSuchPodName {
            service: name,
            host: host.to_owned(),
        }),
    };
    Cause::certain(fault, evidence)
}

/// The name under which DNS publishes a pod: below the headless Service of its subdomain, if that selects it.
fn published_name(resolved: &Resolved, pod: &Pod) -> Option<String> {
    let (host, below) = (&pod.spec.hostname, &pod.spec.subdomain);
    let id = ObjectName::new(pod.metadata.namespace.as_str(), below.as_str());
    let selector = resolved.cluster.services.get(&id)?.spec.selector.as_ref();
    let is_published = !host.is_empty() && service_selects(selector, &pod.metadata.labels);
    is_published.then(|| format!("{host}.{below}.{}", id.namespace))
}

/// Whether the Service has endpoints, ready or not.
fn has_endpoints(survey: &Survey, service: &Service) -> bool {
    survey.pods.selected(service).into_iter().any(is_member)
}

/// A headless Service has a name only while it has a ready endpoint.
fn of_headless(survey: &Survey, service: &Service, evidence: Vec<Evidence>) -> Vec<Cause> {
    let fault = Fault::Name(NameFault::HeadlessWithoutReadyEndpoints {
        service: service.metadata.name.to_string(),
    });
    let mut causes: Vec<Cause> = Vec::new();
    for port in &service.spec.ports {
        let of_port = no_endpoint::of_service(survey, &service.id(), port.port, port.protocol);
        for cause in of_port {
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
    }
    let stored = survey.resolved.get(Kind::Service, &service.id());
    let spec = stored.and_then(|stored| Some((stored, stored.tree.get("spec")?)));
    let publish = spec
        .filter(|_| has_endpoints(survey, service))
        .and_then(|(stored, spec)| add_field(stored, spec, "publishNotReadyAddresses", "true"));
    causes.push(Cause::certain(fault, evidence).with_fix(publish));
    causes
}

/// The name of a pod: DNS publishes pods below a headless Service only.
fn pod_alone(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let id = asked.id();
    let pod = resolved
        .cluster
        .pod(&id)
        .filter(|_| asked.before.is_empty())?;
    let subdomain = ObjectName::new(id.namespace.as_str(), pod.spec.subdomain.as_str());
    let below = resolved.cluster.services.get(&subdomain);
    let meant = below.map(|service| format!("{}.{}", id.name, service.metadata.name));
    let fault = Fault::Name(NameFault::NameOfPodOnly {
        pod: id.name.to_string(),
        meant: meant.unwrap_or_default(),
    });
    let evidence = no_endpoint::evidence_of(resolved, pod, "spec");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// A Service of that name in another namespace.
fn other_namespace(resolved: &Resolved, asked: &AskedName) -> Option<Cause> {
    let services = resolved.cluster.services.keys();
    let id = services.into_iter().find(|id| id.name == asked.service)?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: asked.service.to_owned(),
            namespace: id.namespace.to_string(),
            from: asked.namespace.to_owned(),
            meant,
        })
    }))
}

/// `prod.web`, where there is a Service web in namespace prod.
fn turned_around(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let (namespace, service) = name.split_once('.')?;
    let id = ObjectName::new(namespace, service);
    resolved.cluster.services.get(&id)?;
    Some(suggestion(resolved, asked, &id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// `web.prod`, where a namespace prod does not exist and a Service web does.
fn unknown_namespace(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let (service, namespace) = name.split_once('.')?;
    let mut services = resolved.cluster.services.keys();
    let id = services.find(|id| id.name == service && !namespace.contains('.'))?;
    Some(suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameOfOtherNamespace {
            name: service.to_owned(),
            namespace: id.namespace.to_string(),
            from: namespace.to_owned(),
            meant,
        })
    }))
}

/// `web.default.cluster.local`, or another domain than the cluster's.
fn part_left_out(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let mut labels = name.split('.');
    let service = labels.next()?;
    let namespace = labels.next()?;
    let id = ObjectName::new(namespace, service);
    let has_more = labels.next().is_some();
    if !has_more || !resolved.cluster.services.contains_key(&id) {
        return None;
    }
    Some(suggestion(resolved, asked, &id, |meant| {
        Fault::Name(NameFault::NameNotOfCluster {
            name: name.to_owned(),
            meant,
        })
    }))
}

/// A Service or a namespace whose name is a slip away.
fn misspelt(resolved: &Resolved, asked: &AskedName, name: &str) -> Option<Cause> {
    let is_own = |id: &ObjectName| id.namespace == asked.namespace;
    let mut near: Vec<(usize, bool, &ObjectName)> = Vec::new();
    for id in resolved.cluster.services.keys() {
        if let Some(distance) = typo_distance(asked.service, &id.name) {
            near.push((distance, !is_own(id), id));
        } else if id.name == asked.service
            && let Some(distance) = typo_distance(asked.namespace, &id.namespace)
        {
            near.push((distance, true, id));
        }
    }
    let (_, _, id) = near.into_iter().min()?;
    let mut cause = suggestion(resolved, asked, id, |meant| {
        Fault::Name(NameFault::NameMisspelt {
            name: name.to_owned(),
            meant,
        })
    });
    cause.certainty = Certainty::Likely;
    Some(cause)
}

fn suggestion(
    resolved: &Resolved,
    asked: &AskedName,
    id: &ObjectName,
    fault: impl FnOnce(String) -> Fault,
) -> Cause {
    let stored = resolved.get(Kind::Service, id);
    let evidence = stored.map(|stored| Evidence::of(stored, "metadata.name"));
    let meant = asked.whole(&id.name, &id.namespace);
    Cause::certain(fault(meant), evidence.into_iter().collect())
}

fn unknown(asked: &AskedName, name: &str) -> Cause {
    let fault = Fault::Name(NameFault::NoSuchService {
        name: name.to_owned(),
        service: asked.service.to_owned(),
        namespace: asked.namespace.to_owned(),
    });
    Cause::certain(fault, Vec::new())
}
