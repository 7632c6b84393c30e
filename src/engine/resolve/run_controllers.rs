//! Runs the controllers: from stored objects to a cluster with nodes, pods, addresses and endpoints.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::admit::AdmittedText;
use super::write_endpoints::write_endpoints;
use super::{
    NotModelled, Resolved, Stored, balancing, metallb_webhook, pod_admission, pod_tree, system,
};
use crate::cluster::Cluster;
use crate::cluster::config::Config;
use crate::cluster::object::{
    NodeAddress, OwnerReference, Pod, PriorityClass, SecretContent, TargetReference, Workload,
};
use crate::cluster::system_objects::{KUBE_SYSTEM, NAMESPACES, kubernetes_service_name};
use crate::controllers::ipam::PodAddressPool;
use crate::controllers::kubelet::{start_earlier_pod, start_pods, will_be_ready};
use crate::controllers::nodes::{default_nodes, node_named, nodes_for, register_nodes};
use crate::controllers::pod_admission::PodAdmission;
use crate::controllers::scheduler::{Scheduler, World};
use crate::controllers::workloads::{WorkloadKind, pods_of};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::kinds::Kind;
use crate::l7::gateway::GROUP;
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::{Family, ObjectName};
use crate::sort;

/// Runs every controller once. That is enough, because no controller undoes the work of another.
pub(super) fn run_controllers(mut admitted: AdmittedText, config: Config) -> Resolved {
    let mut plugins = pod_admission::plugins(&admitted.objects, &admitted.not_modelled);
    if plugins.has_rules() {
        pod_admission::refuse(&mut admitted, &mut plugins);
    }
    let cluster = typed_objects(&admitted.objects, config.clone());
    let cluster = if cluster.metallb.metadata().next().is_some() {
        metallb_webhook::refuse(&mut admitted, &cluster);
        typed_objects(&admitted.objects, config)
    } else {
        cluster
    };
    let AdmittedText {
        objects,
        diagnostics,
        counts,
        not_modelled,
        refused,
    } = admitted;
    let indexes = sort::map(
        objects
            .iter()
            .enumerate()
            .map(|(index, stored)| ((stored.kind, stored.name.clone()), index)),
    );
    let mut resolved = Resolved {
        objects,
        diagnostics,
        counts,
        not_modelled,
        refused,
        forbidden: Vec::new(),
        lag: None,
        indexes,
        cluster,
    };
    resolved.cluster.secrets = secrets(&resolved.not_modelled);
    resolved.cluster.custom_backends = custom_backends(&resolved.not_modelled);
    resolved.cluster.priority_classes = priority_classes(&resolved.not_modelled);
    let mut made = make_pods(&mut resolved, |kind| !kind.is_on_every_node(), &mut plugins);
    add_nodes(&mut resolved, made.len());
    balancing::choose_provider(&mut resolved);
    balancing::add_daemon_sets(&mut resolved);
    made.extend(make_pods(
        &mut resolved,
        |kind| kind.is_on_every_node(),
        &mut plugins,
    ));
    sort::sort_by_key(&mut made, |(_, maker)| *maker);
    start_all_pods(&mut resolved, made);
    resolved.note_later_services();
    write_endpoints(&mut resolved.cluster);
    write_kubernetes(&mut resolved.cluster);
    balancing::balance(&mut resolved);
    resolved
}

/// A cluster with the stored objects as typed values.
fn typed_objects(objects: &[Stored], config: Config) -> Cluster {
    let mut cluster = Cluster {
        config,
        ..Cluster::default()
    };
    for name in NAMESPACES {
        cluster.ensure_namespace(&name.into());
    }
    for stored in objects {
        let name = stored.name.clone();
        if !name.namespace.is_empty() {
            cluster.ensure_namespace(&name.namespace);
        }
        (stored.kind.spec().add_to_cluster)(&mut cluster, name, &stored.tree);
    }
    cluster
}

/// What the Gateway API asks of each Secret. One of type `kubernetes.io/tls` counts as a good certificate.
fn secrets(objects: &[NotModelled]) -> BTreeMap<ObjectName, SecretContent> {
    let secrets = objects
        .iter()
        .filter(|object| object.kind == "Secret" && object.api_version == "v1");
    sort::map(secrets.map(|secret| {
        let secret_type = secret.tree.get("type").and_then(Yaml::as_str);
        let content = match secret_type {
            Some("kubernetes.io/tls") => SecretContent::Certificate,
            Some(_) | None => SecretContent::Other,
        };
        (
            ObjectName::new(secret.namespace(), secret.name.name.as_str()),
            content,
        )
    }))
}

/// Objects of API groups that are neither Kubernetes' core nor the Gateway API: an implementation may know their kind.
fn custom_backends(objects: &[NotModelled]) -> Vec<TargetReference> {
    let custom = objects.iter().filter_map(|object| {
        let (group, _) = object.api_version.split_once('/')?;
        Some(TargetReference {
            group: group.into(),
            kind: object.kind.as_str().into(),
            name: object.name.name.clone(),
            namespace: object.namespace().into(),
        })
    });
    custom.filter(|object| object.group != GROUP).collect()
}

fn priority_classes(objects: &[NotModelled]) -> BTreeMap<SmolStr, PriorityClass> {
    let classes = objects.iter().filter(|object| {
        object.kind == "PriorityClass" && object.api_version == "scheduling.k8s.io/v1"
    });
    sort::map(
        classes.filter_map(|class| Some((class.name.name.clone(), from_node(&class.tree).ok()?))),
    )
}

/// Adds the nodes that a text without nodes leaves out: those that its pods name, and, unless a live dump has running
/// pods, as many as the configuration says or its pods need. `made` is the number of pods of workloads.
fn add_nodes(resolved: &mut Resolved, made: usize) {
    if resolved.cluster.nodes.is_empty() {
        let mut scheduled = resolved
            .cluster
            .pods
            .values()
            .filter(|pod| is_scheduled(pod));
        if !scheduled.any(|pod| pod.addresses().next().is_some()) {
            make_nodes_up(resolved, made);
        }
        name_nodes_of_pods(&mut resolved.cluster);
    }
    let cluster = &mut resolved.cluster;
    register_nodes(&mut cluster.nodes, &cluster.config);
}

/// Nodes for a text that names none, with a note if there are more than the configuration says.
fn make_nodes_up(resolved: &mut Resolved, made: usize) {
    let configured = usize::from(resolved.cluster.config.nodes);
    let daemons = resolved.of_kind(Kind::DaemonSet).count();
    let pods = resolved.cluster.pods.len() + made;
    let count = nodes_for(pods, daemons).max(configured);
    resolved.cluster.nodes = default_nodes(count);
    if count > configured {
        let written = resolved
            .objects
            .iter()
            .filter(|stored| stored.kind == Kind::Pod || stored.kind.spec().workload.is_some());
        let span = written.filter_map(|stored| stored.span("kind")).next();
        resolved.diagnostics.extend(span.map(|span| Diagnostic {
            severity: Severity::Info,
            span,
            problem: Problem::NodesAssumed { nodes: count, pods },
            fix: None,
        }));
    }
}

/// The nodes that pods name, with the addresses that the pods' statuses have for them.
fn name_nodes_of_pods(cluster: &mut Cluster) {
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

fn is_scheduled(pod: &Pod) -> bool {
    !pod.spec.node_name.is_empty()
}

/// A pod and the index of its workload among the stored objects.
type MadePod = (Arc<Pod>, usize);

/// Creates the pods of workloads of some kinds, except those that are in the text.
fn make_pods(
    resolved: &mut Resolved,
    is_asked_for: fn(&WorkloadKind) -> bool,
    plugins: &mut PodAdmission,
) -> Vec<MadePod> {
    let owners = owners(&resolved.objects);
    let mut made = Vec::new();
    for (index, stored) in resolved.objects.iter().enumerate() {
        let kind = stored.kind.spec().workload;
        let Some(kind) = kind.filter(is_asked_for) else {
            continue;
        };
        let owner = (
            stored.name.namespace.clone(),
            stored.kind.name().into(),
            stored.name.name.clone(),
        );
        if owners.contains(&owner) {
            continue;
        }
        let Some((workload, template, written)) = template_of(stored) else {
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
            .extend(cap_warning(stored, pods.asked, shown));
        let mut pods = pods.pods;
        if kind == WorkloadKind::StatefulSet && is_ordered(stored) {
            let waits_for = pods.iter().position(|pod| !will_be_ready(pod));
            pods.truncate(waits_for.map_or(pods.len(), |first| first + 1));
        }
        let (pods, forbidden) = pod_admission::created(stored, pods, plugins);
        resolved.forbidden.extend(forbidden);
        for mut pod in pods {
            // kubeadm gives the system's pods this class; kubehop's templates leave out what does not change packets.
            let is_of_system = stored.written.is_none() && stored.name.namespace == KUBE_SYSTEM;
            if is_of_system && pod.spec.priority_class_name.is_empty() {
                pod.spec.priority_class_name = "system-cluster-critical".into();
            }
            made.push((Arc::new(pod), index));
        }
    }
    made
}

/// Whether a StatefulSet makes a pod only when the one before it is ready (`podManagementPolicy: OrderedReady`).
fn is_ordered(set: &Stored) -> bool {
    let spec = set.tree.get("spec");
    let policy = spec.and_then(|spec| spec.get("podManagementPolicy")?.as_str());
    policy != Some("Parallel")
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
    let world = World::new(&cluster.nodes, &cluster.namespaces);
    let mut scheduler = Scheduler::new(world, all.iter().copied());
    let mut pool = PodAddressPool::new(all);
    for stored in objects.iter().filter(|stored| stored.kind == Kind::Pod) {
        let pod = cluster.pods.get_mut(&stored.name).map(Arc::make_mut);
        start_pods(pod, &mut scheduler, &mut pool);
    }
    for (pod, maker) in &mut made {
        let pod = Arc::make_mut(pod);
        if objects.get(*maker).is_some_and(is_name_server) {
            start_earlier_pod(pod, &mut scheduler, &mut pool);
        } else {
            start_pods([pod], &mut scheduler, &mut pool);
        }
    }
    cluster
        .pods
        .extend(made.into_iter().map(|(pod, _)| (pod.id(), pod)));
}

/// Whether it is the name server's Deployment of a cluster whose text has none.
fn is_name_server(stored: &Stored) -> bool {
    stored.written.is_none()
        && stored.kind == Kind::Deployment
        && stored.name.namespace == KUBE_SYSTEM
}

/// The owners that objects of the text name, as (namespace, kind, name). Their pods are in the text already.
fn owners(objects: &[Stored]) -> BTreeSet<(SmolStr, SmolStr, SmolStr)> {
    let mut owners = BTreeSet::new();
    for stored in objects {
        let metadata = stored.tree.get("metadata");
        let references = metadata
            .and_then(|metadata| metadata.get("ownerReferences"))
            .into_iter();
        for reference in references.flat_map(Yaml::items) {
            if let Ok(OwnerReference { kind, name, .. }) = from_node(reference) {
                owners.insert((stored.name.namespace.clone(), kind, name));
            }
        }
    }
    owners
}

/// A workload, its pod template, and the template as text. A CronJob's numbers are those of its Job template.
pub(crate) fn template_of(stored: &Stored) -> Option<(Workload, Pod, String)> {
    let template = pod_tree::template(stored.kind, &stored.tree)?;
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

/// A warning if fewer pods are simulated than the manifest asks for.
fn cap_warning(stored: &Stored, asked: u64, shown: u64) -> Option<Diagnostic> {
    if asked <= shown {
        return None;
    }
    let field = if stored.kind == Kind::Job {
        "spec.parallelism"
    } else {
        "spec.replicas"
    };
    Some(Diagnostic {
        severity: Severity::Warning,
        span: stored.span(field)?,
        problem: Problem::Capped { asked, shown },
        fix: None,
    })
}

/// Writes the endpoints of `default/kubernetes`, as the API server does, unless a live dump has them.
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
