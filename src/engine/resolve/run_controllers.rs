//! Runs the controllers: from stored objects to a cluster with nodes, pods, addresses and endpoints.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use smol_str::SmolStr;

use super::admit::Admitted;
use super::{Resolved, Stored, system, trees};
use crate::engine::apiserver::Kind;
use crate::engine::cluster::Cluster;
use crate::engine::cluster::config::Config;
use crate::engine::cluster::object::{
    EndpointSlice, NodeAddress, OwnerReference, Pod, Workload, label,
};
use crate::engine::cluster::system_objects::{NAMESPACES, kubernetes_service_name};
use crate::engine::controllers::endpoints::endpoints_of;
use crate::engine::controllers::endpointslices::{self, EndpointSliceContext, reconcile};
use crate::engine::controllers::ipam::PodAddressPool;
use crate::engine::controllers::kubelet::start_pods;
use crate::engine::controllers::load_balancer;
use crate::engine::controllers::mirroring::{self, PER_SUBSET, is_mirrored, mirror};
use crate::engine::controllers::nodes::{default_nodes, node_named, register_nodes};
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::controllers::scheduler::Scheduler;
use crate::engine::controllers::workloads::{WorkloadKind, pods_of};
use crate::engine::diagnostic::{Diagnostic, Problem, Severity};
use crate::engine::manifest::de::from_node;
use crate::engine::names::{Family, ObjectName};
use crate::engine::sort;

/// Runs every controller once. That is enough, because no controller undoes the work of another.
pub fn run_controllers(admitted: Admitted, config: Config) -> Resolved {
    let Admitted {
        objects,
        diagnostics,
        counts,
    } = admitted;
    let places = sort::map(
        objects
            .iter()
            .enumerate()
            .map(|(place, stored)| ((stored.kind, stored.name.clone()), place)),
    );
    let mut resolved = Resolved {
        objects,
        diagnostics,
        counts,
        places,
        cluster: Cluster::default(),
    };
    resolved.cluster = stored(&resolved.objects, config);
    add_nodes(&mut resolved.cluster);
    let made = make_pods(&mut resolved);
    start_all_pods(&mut resolved, made);
    let cluster = &mut resolved.cluster;
    load_balancer::assign_addresses(&mut cluster.services, cluster.config.load_balancer);
    write_endpoints(cluster);
    write_kubernetes(cluster);
    resolved
}

/// The objects as typed values, before any controller has run.
fn stored(objects: &[Stored], config: Config) -> Cluster {
    let mut cluster = Cluster {
        config,
        ..Cluster::default()
    };
    cluster.namespaces = NAMESPACES.map(SmolStr::from).into();
    for stored in objects {
        let name = stored.name.clone();
        cluster.namespaces.extend(
            Some(&name.namespace)
                .filter(|namespace| !namespace.is_empty())
                .cloned(),
        );
        match stored.kind {
            Kind::Namespace => drop(cluster.namespaces.insert(name.name)),
            Kind::Node => cluster.nodes.extend(named(name.name, stored)),
            Kind::Service => cluster.services.extend(named(name, stored)),
            Kind::Pod => cluster
                .pods
                .extend(named(name, stored).map(|(name, pod)| (name, Arc::new(pod)))),
            Kind::Endpoints => cluster.endpoints.extend(named(name, stored)),
            Kind::EndpointSlice => cluster.slices.extend(named(name, stored)),
            Kind::Ingress => cluster.ingresses.extend(named(name, stored)),
            Kind::IngressClass => cluster.ingress_classes.extend(named(name.name, stored)),
            Kind::CronJob
            | Kind::DaemonSet
            | Kind::Deployment
            | Kind::Job
            | Kind::ReplicaSet
            | Kind::ReplicationController
            | Kind::StatefulSet => {}
        }
    }
    cluster
}

/// An object that was admitted can be read; a status that cannot, which nobody checks, is left out.
fn named<K, T: DeserializeOwned>(name: K, stored: &Stored) -> Option<(K, T)> {
    let without_status = || {
        let mut tree = stored.tree.as_ref().clone();
        tree.remove("status");
        from_node(&tree).ok()
    };
    from_node(&stored.tree)
        .ok()
        .or_else(without_status)
        .map(|object| (name, object))
}

/// Adds the nodes that a text without nodes leaves out: those that its pods name, and, unless a live dump has running
/// pods, as many as the configuration says.
fn add_nodes(cluster: &mut Cluster) {
    if cluster.nodes.is_empty() {
        let mut scheduled = cluster.pods.values().filter(|pod| is_scheduled(pod));
        if !scheduled.any(|pod| pod.addresses().next().is_some()) {
            cluster.nodes = default_nodes(&cluster.config);
        }
        for pod in cluster.pods.values().filter(|pod| is_scheduled(pod)) {
            let name = pod.spec.node_name.as_str();
            let node = cluster
                .nodes
                .entry(name.into())
                .or_insert_with(|| node_named(name));
            if node.status.addresses.is_empty() && !pod.status.host_ip.is_empty() {
                node.status.addresses.push(NodeAddress {
                    address_type: "InternalIP".into(),
                    address: pod.status.host_ip.clone(),
                });
            }
        }
    }
    register_nodes(&mut cluster.nodes, &cluster.config);
}

fn is_scheduled(pod: &Pod) -> bool {
    !pod.spec.node_name.is_empty()
}

/// A pod and the index of its workload among the stored objects.
type MadePod = (Arc<Pod>, usize);

/// Creates the pods of every workload whose pods are not in the text.
fn make_pods(resolved: &mut Resolved) -> Vec<MadePod> {
    let owners = owners(&resolved.objects);
    let mut made = Vec::new();
    for (place, stored) in resolved.objects.iter().enumerate() {
        let Some(kind) = workload_kind(stored.kind) else {
            continue;
        };
        let owner = (
            stored.name.namespace.clone(),
            stored.kind.name().into(),
            stored.name.name.clone(),
        );
        let read = template_of(stored).filter(|_| !owners.contains(&owner));
        let Some((workload, template, written)) = read else {
            continue;
        };
        let pods = pods_of(
            kind,
            &workload,
            &template,
            &written,
            &resolved.cluster.nodes,
        );
        let shown = u64::try_from(pods.pods.len()).unwrap_or(u64::MAX);
        resolved
            .diagnostics
            .extend(capped(stored, pods.asked, shown));
        made.extend(pods.pods.into_iter().map(|pod| (Arc::new(pod), place)));
    }
    made
}

/// Starts all pods: those of the text before system pods, so that they get the lowest addresses.
fn start_all_pods(resolved: &mut Resolved, mut made: Vec<MadePod>) {
    let Resolved {
        cluster, objects, ..
    } = resolved;
    sort::sort_by_key(&mut made, |(_, maker)| {
        let maker = objects.get(*maker);
        maker.is_some_and(|stored| stored.written.is_none())
    });
    if !cluster.pods.is_empty() {
        made.retain(|(pod, _)| !cluster.pods.contains_key(&pod.id()));
    }
    let made_pods = made.iter().map(|(pod, _)| pod);
    let all: Vec<&Pod> = cluster
        .pods
        .values()
        .chain(made_pods)
        .map(Arc::as_ref)
        .collect();
    let mut scheduler = Scheduler::new(&cluster.nodes, all.iter().copied());
    let mut pool = PodAddressPool::new(all);
    for stored in objects.iter().filter(|stored| stored.kind == Kind::Pod) {
        let pod = cluster.pods.get_mut(&stored.name).map(Arc::make_mut);
        start_pods(pod, &cluster.nodes, &mut scheduler, &mut pool);
    }
    let pods = made.iter_mut().map(|(pod, _)| Arc::make_mut(pod));
    start_pods(pods, &cluster.nodes, &mut scheduler, &mut pool);
    cluster
        .pods
        .extend(made.into_iter().map(|(pod, _)| (pod.id(), pod)));
}

/// Those that objects of the text say they were made by, as (namespace, kind, name): they have done their work.
fn owners(objects: &[Stored]) -> BTreeSet<(SmolStr, SmolStr, SmolStr)> {
    let mut owners = BTreeSet::new();
    for stored in objects {
        let metadata = stored.tree.get("metadata");
        let references = metadata
            .and_then(|metadata| metadata.get("ownerReferences"))
            .into_iter();
        for reference in references.flat_map(|list| list.items()) {
            if let Ok(OwnerReference { kind, name, .. }) = from_node(reference) {
                owners.insert((stored.name.namespace.clone(), kind, name));
            }
        }
    }
    owners
}

pub(super) fn workload_kind(kind: Kind) -> Option<WorkloadKind> {
    match kind {
        Kind::CronJob => Some(WorkloadKind::CronJob),
        Kind::DaemonSet => Some(WorkloadKind::DaemonSet),
        Kind::Deployment => Some(WorkloadKind::Deployment),
        Kind::Job => Some(WorkloadKind::Job),
        Kind::ReplicaSet => Some(WorkloadKind::ReplicaSet),
        Kind::ReplicationController => Some(WorkloadKind::ReplicationController),
        Kind::StatefulSet => Some(WorkloadKind::StatefulSet),
        Kind::EndpointSlice
        | Kind::Endpoints
        | Kind::Ingress
        | Kind::IngressClass
        | Kind::Namespace
        | Kind::Node
        | Kind::Pod
        | Kind::Service => None,
    }
}

/// A workload, its pod template, and the template as text. The numbers of a CronJob stand in its Job's template.
pub(super) fn template_of(stored: &Stored) -> Option<(Workload, Pod, String)> {
    let template = trees::template(stored.kind, &stored.tree)?;
    let mut workload: Workload = from_node(&stored.tree).ok()?;
    if stored.kind == Kind::CronJob {
        let job: Workload = from_node(stored.tree.get("spec")?.get("jobTemplate")?).ok()?;
        let suspend = workload.spec.suspend;
        workload.spec = job.spec;
        workload.spec.suspend = suspend;
    }
    let written = serde_json::to_string(template).unwrap_or_default();
    Some((workload, from_node(template).ok()?, written))
}

fn capped(stored: &Stored, asked: u64, shown: u64) -> Option<Diagnostic> {
    let field = if stored.kind == Kind::Job {
        "spec.parallelism"
    } else {
        "spec.replicas"
    };
    let span = stored.span(field).filter(|_| asked > shown)?;
    Some(Diagnostic {
        severity: Severity::Warning,
        span,
        problem: Problem::Capped { asked, shown },
        fix: None,
    })
}

/// Slices and Endpoints of every Service, and mirrors of Endpoints that people wrote.
pub(super) fn write_endpoints(cluster: &mut Cluster) {
    let Cluster {
        nodes,
        pods,
        services,
        slices,
        endpoints,
        ..
    } = cluster;
    let mut existing: BTreeMap<ObjectName, Vec<EndpointSlice>> = BTreeMap::new();
    let is_managed = |slice: &EndpointSlice| {
        let by = slice
            .metadata
            .labels
            .get(label::MANAGED_BY)
            .map(SmolStr::as_str);
        matches!(by, Some(endpointslices::MANAGED_BY | mirroring::MANAGED_BY))
            && slice.service().is_some()
    };
    let (managed, mut kept): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(slices)
        .into_iter()
        .partition(|(_, slice)| is_managed(slice));
    for slice in managed.into_values() {
        existing
            .entry(slice.service().unwrap_or_default())
            .or_default()
            .push(slice);
    }
    let index = PodIndex::new(pods, services.values());
    let around = EndpointSliceContext::new(nodes);
    for (name, service) in services.iter() {
        let there = existing.remove(name).unwrap_or_default();
        let selected = index.selected(service);
        // A dump may hold slices and leave out their pods; they say what the pods would have.
        let is_told = selected.is_empty() && there.iter().any(|slice| !slice.endpoints.is_empty());
        if endpointslices::is_kept(service) && !is_told {
            add(
                &mut kept,
                reconcile(service, &selected, there, &around).slices,
            );
            endpoints.extend(endpoints_of(service, &selected).map(|made| (name.clone(), made)));
        } else if let Some(written) = endpoints
            .get(name)
            .filter(|written| is_mirrored(written, Some(service)))
        {
            add(&mut kept, mirror(written, &there, PER_SUBSET));
        } else {
            add(&mut kept, there);
        }
    }
    add(&mut kept, existing.into_values().flatten());
    *slices = kept;
}

fn add(
    slices: &mut BTreeMap<ObjectName, EndpointSlice>,
    more: impl IntoIterator<Item = EndpointSlice>,
) {
    slices.extend(more.into_iter().map(|slice| (slice.metadata.id(), slice)));
}

/// The API server writes the endpoints of its own Service, unless a dump brought them.
fn write_kubernetes(cluster: &mut Cluster) {
    let name = kubernetes_service_name();
    let address = cluster
        .services
        .get(&name)
        .and_then(|service| service.addresses().next());
    let Some(address) = address.filter(|_| cluster.slices_of(&name).next().is_none()) else {
        return;
    };
    let (endpoints, slice) = system::kubernetes_endpoints(cluster, Family::of(address));
    cluster.endpoints.entry(name).or_insert(endpoints);
    cluster.slices.insert(slice.metadata.id(), slice);
}
