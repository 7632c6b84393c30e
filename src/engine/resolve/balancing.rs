//! Runs the load balancer of the cluster: which one it is, its pods, and the addresses that it gives to Services.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{Resolved, Stored};
use crate::admission::Store;
use crate::apiserver::Allocator;
use crate::cluster::Cluster;
use crate::cluster::config::LoadBalancer;
use crate::cluster::load_balancing::{
    AllocationFailure, Announcement, LoadBalancing, MetalLbService, ServiceLbService,
};
use crate::cluster::object::{
    IpMode, LoadBalancerIngress, MetalLbObjects, Node, Pod, Service, Toleration, TolerationOperator,
};
use crate::controllers::load_balancer;
use crate::controllers::metallb::config::Pools;
use crate::controllers::metallb::controller::Controller;
use crate::controllers::metallb::speaker::{self, Announced, Speakers};
use crate::controllers::scheduler::fits_daemon;
use crate::controllers::service_lb;
use crate::controllers::service_lb::daemon_set;
use crate::fnv::fnv32a;
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::sort;

/// The namespace in which MetalLB's own manifests put it.
const METALLB_NAMESPACE: &str = "metallb-system";
/// The label of MetalLB's pods, beside `component: controller` or `speaker`; the second is that of its chart.
const METALLB_LABELS: [(&str, &str); 2] =
    [("app", "metallb"), ("app.kubernetes.io/name", "metallb")];
/// The labels by which its speakers differ from its controller.
const COMPONENT_LABELS: [&str; 2] = ["component", "app.kubernetes.io/component"];
/// The API group of the charts that k3s installs.
const HELM_GROUP: &str = "helm.cattle.io/";
/// RKE2 has the same charts under names of its own, and no ServiceLB unless it is switched on.
const RKE2: &str = "rke2-";

/// Finds out which load balancer the cluster has. MetalLB is the one where both are: its users switch ServiceLB off.
pub(super) fn choose_provider(resolved: &mut Resolved) {
    let provider = match resolved.cluster.config.load_balancer {
        LoadBalancer::Auto if has_metallb(resolved) => LoadBalancer::Metallb,
        LoadBalancer::Auto if is_k3s(resolved) => LoadBalancer::Servicelb,
        LoadBalancer::Auto => LoadBalancer::Cloud,
        own @ (LoadBalancer::Cloud
        | LoadBalancer::Metallb
        | LoadBalancer::Servicelb
        | LoadBalancer::None) => own,
    };
    let metallb_namespace = metallb_namespace(&resolved.objects, &resolved.cluster.metallb);
    resolved.cluster.load_balancing = Arc::new(LoadBalancing {
        provider,
        metallb_namespace,
        ..LoadBalancing::default()
    });
}

fn has_metallb(resolved: &Resolved) -> bool {
    let is_metallb = |tree: &Yaml| has_labels(tree, &METALLB_LABELS);
    resolved.cluster.metallb.metadata().next().is_some()
        || installation(&resolved.objects, is_metallb).is_some()
}

/// The first workload of the text whose object passes.
fn installation(objects: &[Stored], is_wanted: impl Fn(&Yaml) -> bool) -> Option<&Stored> {
    let mut workloads = objects.iter();
    workloads.find(|stored| {
        matches!(stored.kind, Kind::Deployment | Kind::DaemonSet | Kind::Pod)
            && is_wanted(&stored.tree)
    })
}

fn has_labels(tree: &Yaml, wanted: &[(&str, &str)]) -> bool {
    let label = |key: &str| tree.get("metadata")?.get("labels")?.get(key)?.as_str();
    wanted.iter().any(|(key, value)| label(key) == Some(value))
}

/// Where MetalLB is installed; without its workloads in the text, where its configuration is.
pub(super) fn metallb_namespace(objects: &[Stored], configuration: &MetalLbObjects) -> SmolStr {
    let is_metallb = |tree: &Yaml| has_labels(tree, &METALLB_LABELS);
    if let Some(stored) = installation(objects, is_metallb) {
        return stored.name.namespace.clone();
    }
    let mut all = configuration.metadata().map(|own| &own.namespace);
    let first = all.next().cloned().unwrap_or_default();
    if first == METALLB_NAMESPACE || all.any(|own| own == METALLB_NAMESPACE) {
        METALLB_NAMESPACE.into()
    } else {
        first
    }
}

/// Whether the text shows a cluster of k3s: a node of it, ServiceLB's own objects, or one of its charts.
fn is_k3s(resolved: &Resolved) -> bool {
    let has_node = resolved.of_kind(Kind::Node).any(is_k3s_node);
    let is_of_service_lb = |tree: &Yaml| {
        let labels = tree
            .get("metadata")
            .and_then(|metadata| metadata.get("labels"));
        labels.is_some_and(|labels| labels.get(service_lb::SERVICE_NAME).is_some())
    };
    let mut others = resolved.not_modelled.iter();
    has_node
        || installation(&resolved.objects, is_of_service_lb).is_some()
        || others.any(|object| {
            object.api_version.starts_with(HELM_GROUP) && !object.name.name.starts_with(RKE2)
        })
}

fn is_k3s_node(stored: &Stored) -> bool {
    let tree = &stored.tree;
    let version = || {
        tree.get("status")?
            .get("nodeInfo")?
            .get("kubeletVersion")?
            .as_str()
    };
    if version().is_some_and(|version| version.contains("+k3s")) {
        return true;
    }
    let labels = tree
        .get("metadata")
        .and_then(|metadata| metadata.get("labels"));
    let entries = labels.map_or(&[][..], Yaml::entries);
    entries.iter().any(|entry| {
        let is_instance =
            entry.key == "node.kubernetes.io/instance-type" && entry.value.as_str() == Some("k3s");
        is_instance || entry.key == service_lb::ENABLE || entry.key == service_lb::POOL
    })
}

/// Adds the DaemonSets of ServiceLB, one for each Service, unless the text is a dump that has them.
pub(super) fn add_daemon_sets(resolved: &mut Resolved) {
    if resolved.cluster.load_balancing.provider != LoadBalancer::Servicelb {
        return;
    }
    let mut store = Store::new(Allocator::new(&resolved.cluster.config));
    let mut made = Vec::new();
    for stored in resolved.of_kind(Kind::Service) {
        let service = resolved.cluster.services.get(&stored.name);
        let Some(service) = service.filter(|service| service_lb::serves(service)) else {
            continue;
        };
        let uid = uid_of(stored);
        let daemon_set = daemon_set::of_service(service, &uid, &resolved.cluster.nodes);
        let is_there = has_pods(resolved, &stored.name)
            || resolved.get(Kind::DaemonSet, &daemon_set.name).is_some();
        if let (Ok(tree), false) = (
            store
                .create(Kind::DaemonSet, daemon_set.manifest().into())
                .outcome,
            is_there,
        ) {
            made.push(Stored {
                kind: Kind::DaemonSet,
                name: daemon_set.name,
                tree,
                written: None,
            });
        }
    }
    for stored in made {
        let index = resolved.objects.len();
        let key = (stored.kind, stored.name.clone());
        resolved.indexes.insert(key, index);
        resolved.objects.push(stored);
    }
}

fn has_pods(resolved: &Resolved, service: &ObjectName) -> bool {
    let mut pods = service_lb::status::pods_of(&resolved.cluster, service);
    pods.next().is_some()
}

/// The uid of a Service; one that depends on its name if the text has none.
fn uid_of(stored: &Stored) -> SmolStr {
    let uid = || stored.tree.get("metadata")?.get("uid")?.as_str();
    match uid() {
        Some(uid) => uid.into(),
        None => format!("{:08x}", fnv32a(stored.name.to_string().as_bytes())).into(),
    }
}

/// Gives Services their addresses for the first time.
pub(super) fn balance(resolved: &mut Resolved) {
    let provider = resolved.cluster.load_balancing.provider;
    load_balancer::assign_addresses(&mut resolved.cluster.services, provider);
    follow(resolved);
}

/// Updates the addresses and their announcing nodes after a change of the objects.
pub(super) fn follow(resolved: &mut Resolved) {
    match resolved.cluster.load_balancing.provider {
        LoadBalancer::Metallb => run_metallb(resolved),
        LoadBalancer::Servicelb => run_service_lb(resolved),
        LoadBalancer::Auto | LoadBalancer::Cloud | LoadBalancer::None => {}
    }
}

/// The Services in the order in which they were created: those with an address first, since a controller that starts
/// leaves addresses where they are.
fn services_in_order(resolved: &Resolved) -> Vec<Service> {
    let services = resolved.of_kind(Kind::Service);
    let mut services: Vec<Service> = services
        .filter_map(|stored| resolved.cluster.services.get(&stored.name).cloned())
        .collect();
    sort::sort_by_key(&mut services, |service| {
        service.load_balancer_vips().next().is_none()
    });
    services
}

fn run_metallb(resolved: &mut Resolved) {
    let mut state = LoadBalancing::clone(&resolved.cluster.load_balancing);
    let pools = match Pools::of(&resolved.cluster, &state.metallb_namespace) {
        Ok(pools) => pools,
        Err(fault) => {
            state.config_error = Some(fault.to_string());
            Pools::default()
        }
    };
    let mut controller = Controller::new(pools, None);
    let services = services_in_order(resolved);
    for service in services {
        controller.set_service(service);
    }
    let speakers = Speakers {
        nodes: &resolved.cluster.nodes,
        alive: live_speakers(&resolved.cluster),
        have_memberlist: true,
        ignore_exclusion: false,
    };
    let before = std::mem::take(&mut state.metallb);
    let mut addresses = Vec::new();
    for (name, found) in controller.services() {
        let Some(service) = resolved.cluster.services.get(&name) else {
            continue;
        };
        let mut found = found.clone();
        found.announcement =
            announcement(&resolved.cluster, &speakers, &controller, service, &found);
        let assigned = speaker::events(&found.announcement);
        found.events.extend(assigned);
        if let Some(earlier) = before.get(&name) {
            let later = std::mem::take(&mut found.events);
            found.events.clone_from(&earlier.events);
            found.events.extend(
                later
                    .into_iter()
                    .filter(|own| !earlier.events.contains(own)),
            );
        }
        addresses.push((name.clone(), found.addresses.clone()));
        if found.failure != Some(AllocationFailure::NoPools) || state.config_error.is_none() {
            state.metallb.insert(name, found);
        } else {
            state.metallb.insert(
                name,
                MetalLbService {
                    failure: found.failure,
                    ..MetalLbService::default()
                },
            );
        }
    }
    for (name, addresses) in addresses {
        set_addresses(&mut resolved.cluster, &name, &addresses);
    }
    resolved.cluster.load_balancing = Arc::new(state);
}

fn announcement(
    cluster: &Cluster,
    speakers: &Speakers,
    controller: &Controller,
    service: &Service,
    found: &MetalLbService,
) -> Announcement {
    let pool = found.pool.as_ref();
    let Some(pool) = pool.and_then(|pool| controller.pools().by_name.get(pool)) else {
        return Announcement::default();
    };
    let name = service.id();
    speakers.announcement(&Announced {
        service,
        addresses: &found.addresses,
        pool,
        slices: cluster.slices_of(&name).collect(),
    })
}

/// The nodes with a running speaker: those where its pods of the text run, or else all nodes that are up and where its
/// DaemonSet would run. Readiness of the node does not matter.
fn live_speakers(cluster: &Cluster) -> Vec<SmolStr> {
    let mut speakers = cluster.each_pod().filter(|pod| is_speaker(pod)).peekable();
    if speakers.peek().is_some() {
        let nodes = speakers
            .filter(|pod| pod.addresses().next().is_some() && !pod.has_finished())
            .map(|pod| pod.spec.node_name.clone())
            .filter(|node| cluster.nodes.get(node).is_some_and(|node| !node.is_down()));
        return sort::set(nodes).into_iter().collect();
    }
    let mut template = Pod::default();
    for key in ["master", "control-plane"] {
        template.spec.tolerations.push(Toleration {
            key: format!("node-role.kubernetes.io/{key}").into(),
            operator: TolerationOperator::Exists,
            ..Toleration::default()
        });
    }
    let can_run = |node: &&Node| !node.is_down() && fits_daemon(node, &template);
    let nodes = cluster.nodes.values().filter(can_run);
    nodes.map(|node| node.name().into()).collect()
}

fn is_speaker(pod: &Pod) -> bool {
    let label = |key: &str| pod.metadata.labels.get(key).map(SmolStr::as_str);
    METALLB_LABELS
        .iter()
        .any(|(key, value)| label(key) == Some(value))
        && COMPONENT_LABELS
            .iter()
            .any(|key| label(key) == Some("speaker"))
}

fn run_service_lb(resolved: &mut Resolved) {
    let mut state = LoadBalancing::clone(&resolved.cluster.load_balancing);
    let mut found: BTreeMap<ObjectName, Vec<IpAddr>> = BTreeMap::new();
    for stored in resolved.of_kind(Kind::Service) {
        let cluster = &resolved.cluster;
        let service = cluster.services.get(&stored.name);
        let Some(service) = service.filter(|service| service_lb::serves(service)) else {
            state.service_lb.remove(&stored.name);
            continue;
        };
        let uid = uid_of(stored);
        let daemon_set = daemon_set::of_service(service, &uid, &cluster.nodes).name;
        let own = state
            .service_lb
            .entry(stored.name.clone())
            .or_insert_with(|| {
                let events = vec![service_lb::status::applied(&daemon_set)];
                ServiceLbService {
                    daemon_set,
                    events,
                    ..ServiceLbService::default()
                }
            });
        let before: Vec<IpAddr> = service.load_balancer_vips().collect();
        let after = service_lb::status::addresses(cluster, service);
        own.events
            .extend(service_lb::status::updated(&before, &after));
        let pods = service_lb::status::pods_of(cluster, &stored.name);
        own.nodes = sort::map(pods.map(|pod| {
            let waits = pod.spec.node_name.is_empty();
            let node = if waits {
                &pod.spec.daemon_node
            } else {
                &pod.spec.node_name
            };
            (node.clone(), !waits)
        }));
        found.insert(stored.name.clone(), after);
    }
    for (name, addresses) in found {
        set_addresses(&mut resolved.cluster, &name, &addresses);
    }
    resolved.cluster.load_balancing = Arc::new(state);
}

/// Writes the addresses of a Service into its status.
fn set_addresses(cluster: &mut Cluster, name: &ObjectName, addresses: &[IpAddr]) {
    let Some(service) = cluster.services.get_mut(name) else {
        return;
    };
    let before: Vec<IpAddr> = service.load_balancer_vips().collect();
    if before == addresses {
        return;
    }
    let ingress = addresses.iter().map(|address| LoadBalancerIngress {
        ip: Some(*address),
        ip_mode: Some(IpMode::Vip),
        ..LoadBalancerIngress::default()
    });
    service.status.load_balancer.ingress = ingress.collect();
}
