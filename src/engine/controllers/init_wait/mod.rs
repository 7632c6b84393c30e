//! Init containers that wait for a Service: a pod's containers start only when every init container has ended well, so a
//! name that never resolves, or a port that never answers, keeps the pod from ever being ready. So does a probe that calls one.
//!
//! Pods start from nothing and wait for each other, so what is reachable is the least that the objects allow: two pods
//! that wait for each other both wait forever. Sources: Kubernetes documentation, "Init Containers"; kubernetes
//! `pkg/kubelet/kuberuntime/kuberuntime_container.go` (`findNextInitContainerToRun`), `pkg/kubelet/status/generate.go`.

mod command;
mod endless;
mod programs;

use smol_str::SmolStr;

use crate::cluster::Cluster;
use crate::cluster::object::{Container, DnsPolicy, FailingProbe, Pod, Service, ServiceType};
use crate::cluster::service_variables::{Variable, service_variables, visible_services};
use crate::cluster::system_objects::kubernetes_service_name;
use crate::diagnostic::{ProbeFault, WaitFault};
use crate::labels::service_selects;
use crate::names::{ObjectName, Protocol};

/// A name, or a port at a name, that a command needs to succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The command, as written.
    pub command: String,
    /// The name.
    pub host: String,
    /// The TCP port; `None` if the name has to resolve, and nothing more.
    pub port: Option<u16>,
}

impl Awaited {
    fn name(words: &[&str], host: &str) -> Awaited {
        Awaited {
            command: words.join(" "),
            host: host.to_owned(),
            port: None,
        }
    }

    fn port(words: &[&str], host: &str, port: u16) -> Awaited {
        Awaited {
            port: Some(port),
            ..Awaited::name(words, host)
        }
    }
}

/// An init container that does not end.
pub struct Wait<'a> {
    /// Its index in `spec.initContainers`.
    pub index: usize,
    /// The container.
    pub container: &'a Container,
    /// What it waits for.
    pub awaited: Awaited,
    /// The Service that the name means.
    pub service: ObjectName,
    /// Why it waits.
    pub why: WaitFault,
}

/// Whether any init container of a pod waits for something that is known here, or may be once there are Services.
pub fn may_wait(pod: &Pod) -> bool {
    let mut asking = containers(pod);
    let asks = asking.any(|(_, container)| {
        mentions_services(container) || !awaited_by(pod, container, &[]).is_empty()
    });
    asks || endless::endless(pod).is_some()
}

/// The first init container of a pod that does not end in this cluster.
pub fn unmet<'a>(cluster: &Cluster, pod: &'a Pod) -> Option<Wait<'a>> {
    let waits = containers(pod).find_map(|(index, container)| {
        first_unmet(cluster, pod, container, |awaited| {
            of_own_pod(pod, index, awaited)
        })
        .map(|wait| Wait { index, ..wait })
    });
    let of_index = |wait: &Wait| wait.index;
    waits.into_iter().chain(endless(pod)).min_by_key(of_index)
}

/// The first init container that never ends well. It waits for no Service.
fn endless(pod: &Pod) -> Option<Wait<'_>> {
    let (index, container, why) = endless::endless(pod)?;
    let command: Vec<&str> = texts(container).map(SmolStr::as_str).collect();
    Some(Wait {
        index,
        container,
        awaited: Awaited::name(&command, ""),
        service: ObjectName::new(pod.metadata.namespace.as_str(), ""),
        why,
    })
}

/// The first condition that a container waits for and that is never met; `of_pod` checks conditions within the pod.
fn first_unmet<'a>(
    cluster: &Cluster,
    pod: &Pod,
    container: &'a Container,
    of_pod: impl Fn(&Awaited) -> Option<(ObjectName, WaitFault)>,
) -> Option<Wait<'a>> {
    let services = variables_for(cluster, pod, container, &[]);
    let early = early_variables(cluster, pod, container);
    let early = early.map(|early| awaited_by(pod, container, &early));
    let awaited = awaited_by(pod, container, &services).into_iter();
    let mut unmet = awaited.filter_map(|awaited| {
        let is_late = early.as_ref().is_some_and(|own| !own.contains(&awaited));
        let found = if is_late {
            let own = service_named(cluster, pod.metadata.namespace.as_str(), &awaited.host);
            own.map(|service| (service, WaitFault::LaterVariable))
        } else {
            of_pod(&awaited).or_else(|| of_awaited(cluster, pod, &awaited))
        };
        let (service, why) = found?;
        Some(Wait {
            index: 0,
            container,
            awaited,
            service,
            why,
        })
    });
    unmet.next()
}

/// The variables that a container has all the time, where it lacks some that it reads: a loop keeps those with which its
/// container started, and only a container that ends and starts again gets new ones.
fn early_variables(cluster: &Cluster, pod: &Pod, container: &Container) -> Option<Vec<Variable>> {
    let later = &pod.status.later_services;
    let ends = texts(container).any(|text| text.contains("exit") || text.contains("for "));
    let stays = !later.is_empty() && loops(container) && !ends;
    stays.then(|| variables_for(cluster, pod, container, later))
}

/// The command of a container, word by word.
fn texts(container: &Container) -> impl Iterator<Item = &SmolStr> {
    container.command.iter().chain(&container.args)
}

fn loops(container: &Container) -> bool {
    texts(container).any(|text| text.contains("until ") || text.contains("while ! "))
}

/// The only container of a pod, if it waits in a loop, before it runs its server, for a Service that does not answer in this
/// cluster.
pub fn unmet_start<'a>(cluster: &Cluster, pod: &'a Pod) -> Option<Wait<'a>> {
    let [container] = pod.spec.containers.as_slice() else {
        return None;
    };
    if !loops(container) || !asks_cluster(pod) || runs_in_background(container) {
        return None;
    }
    first_unmet(cluster, pod, container, |_| None)
}

/// A startup or readiness probe that calls a Service which does not answer in this cluster.
pub struct ProbeWait<'a> {
    /// The probe, and why it fails.
    pub failing: FailingProbe<'a>,
    /// The Service.
    pub service: ObjectName,
}

/// Whether a startup or readiness probe of a pod runs a command that calls something known here.
pub fn probe_may_wait(pod: &Pod) -> bool {
    commands_of_probes(pod).any(|own| !awaited_by_probe(pod, &own).is_empty())
}

/// The first probe of a pod whose command cannot succeed in this cluster. A Service sends connections to ready pods only: if
/// all its pods ask the Service itself, they wait for themselves.
pub fn unmet_probe<'a>(cluster: &Cluster, pod: &'a Pod) -> Option<ProbeWait<'a>> {
    commands_of_probes(pod).find_map(|probe| {
        let awaited = awaited_by_probe(pod, &probe).into_iter();
        let mut unmet = awaited.filter_map(|awaited| of_awaited(cluster, pod, &awaited));
        let (service, _) = unmet.next()?;
        let selector = cluster.services.get(&service);
        let selector = selector.and_then(|own| own.spec.selector.as_ref());
        let is_own = service.namespace == pod.metadata.namespace
            && service_selects(selector, &pod.metadata.labels);
        let why = if is_own {
            ProbeFault::CallsOwnService
        } else {
            ProbeFault::CallsService
        };
        let failing = FailingProbe { why, ..probe };
        Some(ProbeWait { failing, service })
    })
}

/// The startup and readiness probes of a pod that run a command.
fn commands_of_probes(pod: &Pod) -> impl Iterator<Item = FailingProbe<'_>> {
    let asks_cluster = asks_cluster(pod);
    let containers = pod.probed_containers().filter(move |_| asks_cluster);
    containers.flat_map(|(list, index, container)| {
        let startup = container.startup_probe.as_deref();
        let readiness = container.readiness_probe.as_deref();
        let probes = [("startupProbe", startup), ("readinessProbe", readiness)];
        let probes = probes
            .into_iter()
            .filter_map(|(field, probe)| Some((field, probe?)));
        let commands = probes.filter(|(_, probe)| probe.exec.is_some());
        commands.map(move |(field, probe)| FailingProbe {
            container,
            list,
            index,
            field,
            probe,
            why: ProbeFault::CallsService,
        })
    })
}

/// What the command of a probe calls beside its own pod, whose names are in `/etc/hosts`.
fn awaited_by_probe(pod: &Pod, probe: &FailingProbe) -> Vec<Awaited> {
    let command = probe.probe.exec.as_ref().map(|exec| exec.command.iter());
    let command = command.into_iter().flatten();
    let mut awaited = command::awaited(pod, probe.container, &[], command);
    let whole_of_any_domain = pod.full_host_name("");
    awaited.retain(|own| {
        let mut whole = whole_of_any_domain.iter();
        own.host != pod.host_name() && !whole.any(|whole| own.host.starts_with(whole))
    });
    awaited
}

/// Whether a pod uses the cluster's DNS, by its policy.
pub fn asks_cluster(pod: &Pod) -> bool {
    match pod.spec.dns_policy {
        DnsPolicy::ClusterFirst => !pod.spec.host_network,
        DnsPolicy::ClusterFirstWithHostNet => true,
        DnsPolicy::Default | DnsPolicy::None => false,
    }
}

/// What the command of an init container waits for.
fn awaited_by(pod: &Pod, container: &Container, services: &[Variable]) -> Vec<Awaited> {
    command::awaited(pod, container, services, texts(container))
}

/// Whether any init container of a pod may refer to a variable of a Service.
pub fn mentions_variables(pod: &Pod) -> bool {
    containers(pod).any(|(_, container)| mentions_services(container))
}

/// Whether a container's command, or a variable of its, may refer to a variable of a Service.
fn mentions_services(container: &Container) -> bool {
    let values = container.env.iter().map(|variable| &variable.value);
    let mut texts = texts(container).chain(values);
    texts.any(|text| command::mentions_services(text))
}

/// The variables of Services that a pod's container has, with a Service's name in the place of its address, without those
/// of `later` Services.
fn variables_for(
    cluster: &Cluster,
    pod: &Pod,
    container: &Container,
    later: &[SmolStr],
) -> Vec<Variable> {
    if !mentions_services(container) {
        return Vec::new();
    }
    let services = visible_services(cluster.services.values(), pod).into_iter();
    let services = services.filter(|service| {
        service.id() != kubernetes_service_name() && !later.contains(&service.metadata.name)
    });
    let named = services.flat_map(|service| {
        let address = service.spec.cluster_ip.to_string();
        let variables = service_variables([service]).into_iter();
        variables.map(move |variable| {
            if variable.value == address {
                Variable::new(variable.name, &service.metadata.name)
            } else {
                variable
            }
        })
    });
    named.collect()
}

/// The init containers that have to end, of a pod that uses the cluster's DNS.
fn containers(pod: &Pod) -> impl Iterator<Item = (usize, &Container)> {
    let asks_cluster = asks_cluster(pod);
    let listed = pod.spec.init_containers.iter().enumerate();
    listed.filter(move |(_, container)| asks_cluster && !container.is_sidecar())
}

/// The pod waits for itself while nothing runs in it yet: no earlier init container is a sidecar, and this one starts
/// nothing in the background.
fn of_own_pod(pod: &Pod, index: usize, awaited: &Awaited) -> Option<(ObjectName, WaitFault)> {
    let is_own = matches!(awaited.host.as_str(), "localhost" | "127.0.0.1");
    if !is_own || awaited.port.is_none() || pod.spec.host_network {
        return None;
    }
    let (earlier, rest) = pod.spec.init_containers.split_at_checked(index)?;
    let mut earlier = earlier.iter();
    let goes_on = earlier.any(Container::is_sidecar);
    let starts_others = runs_in_background(rest.first()?);
    let name = ObjectName::new(pod.metadata.namespace.as_str(), awaited.host.as_str());
    (!goes_on && !starts_others).then_some((name, WaitFault::OwnPod))
}

/// Whether the script of a container runs a command in the background.
fn runs_in_background(container: &Container) -> bool {
    texts(container).any(|text| {
        let text = text.replace("&&", "").replace(">&", "").replace("&>", "");
        text.contains('&')
    })
}

/// The Service that is awaited, and why it does not come; `None` if it does, or if the name is not the cluster's.
fn of_awaited(cluster: &Cluster, pod: &Pod, awaited: &Awaited) -> Option<(ObjectName, WaitFault)> {
    let aliases = pod.spec.host_aliases.iter();
    if matches!(awaited.host.as_str(), "localhost" | "127.0.0.1")
        || aliases
            .flat_map(|alias| &alias.hostnames)
            .any(|name| *name == awaited.host)
    {
        return None;
    }
    let name = service_named(cluster, pod.metadata.namespace.as_str(), &awaited.host)?;
    if name == kubernetes_service_name() {
        return None;
    }
    let Some(service) = cluster.services.get(&name) else {
        return Some((name, WaitFault::NoService));
    };
    let selector = service.spec.selector.as_ref();
    let is_own =
        name.namespace == pod.metadata.namespace && service_selects(selector, &pod.metadata.labels);
    let why = match of_service(cluster, service, &name, awaited)? {
        WaitFault::NoRecord | WaitFault::NoEndpoint if is_own => WaitFault::OwnName,
        why => why,
    };
    Some((name, why))
}

fn of_service(
    cluster: &Cluster,
    service: &Service,
    name: &ObjectName,
    awaited: &Awaited,
) -> Option<WaitFault> {
    if service.spec.service_type == ServiceType::ExternalName {
        return None;
    }
    if service.is_headless() {
        let mut slices = cluster.slices_of(name);
        let is_found =
            slices.any(|slice| slice.endpoints.iter().any(|own| own.conditions.is_ready()));
        return (!is_found).then_some(WaitFault::NoRecord);
    }
    let number = awaited.port?;
    let mut ports = service.spec.ports.iter();
    let Some(port) = ports.find(|own| own.port == number && own.protocol == Protocol::Tcp) else {
        return Some(WaitFault::NoSuchPort);
    };
    let mut slices = cluster.slices_of(name);
    let is_served = slices.any(|slice| {
        let mut ports = slice.ports.iter();
        ports.any(|own| own.name() == port.name && own.port.is_some())
            && slice.endpoints.iter().any(|own| own.conditions.is_ready())
    });
    (!is_served).then_some(WaitFault::NoEndpoint)
}

/// The Service that a name means in a namespace; `None` if it may be a name outside the cluster.
fn service_named(cluster: &Cluster, namespace: &str, host: &str) -> Option<ObjectName> {
    let host = host.trim_end_matches('.');
    let whole = format!(".svc.{}", cluster.config.domain);
    let short = host
        .strip_suffix(whole.as_str())
        .or_else(|| host.strip_suffix(".svc"));
    let labels: Vec<&str> = short.unwrap_or(host).split('.').collect();
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    match labels.as_slice() {
        _ if is_address => None,
        [service] if short.is_none() => Some(ObjectName::new(namespace, *service)),
        [service, namespace] if short.is_some() => Some(ObjectName::new(*namespace, *service)),
        // One pod of a headless Service: its name resolves as the Service's does, once it is ready.
        [_, service, namespace] if short.is_some() => Some(ObjectName::new(*namespace, *service)),
        [first, second] => {
            let own = ObjectName::new(namespace, *second);
            let headless = cluster.services.get(&own).is_some_and(Service::is_headless);
            let is_namespace = cluster.namespaces.contains_key(*second);
            match (headless, is_namespace) {
                (true, _) => Some(own),
                (false, true) => Some(ObjectName::new(*second, *first)),
                (false, false) => None,
            }
        }
        _ => None,
    }
}
