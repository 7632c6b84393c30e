//! What can happen to the cluster: the events that the page offers.

use crate::view::scene::ShapeId;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::controllers::workloads::MAX_PODS;
use kubehop_engine::kinds::Kind;
use kubehop_engine::labels::service_selects;
use kubehop_engine::manifest::tree::YamlValue;
use kubehop_engine::names::ObjectName;
use kubehop_engine::resolve::Resolved;
use kubehop_engine::resolve::events::{Event, MetadataChange};

/// At most this many pods are offered by name; any other can be selected in the picture.
const PODS: usize = 100;

/// Workloads whose pods have a number, in the order they are offered.
const SCALABLE: [Kind; 4] = [
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::ReplicaSet,
    Kind::ReplicationController,
];

/// Workloads whose pods are replaced when their template changes.
const ROLLED_OUT: [Kind; 3] = [Kind::Deployment, Kind::StatefulSet, Kind::DaemonSet];

/// Workloads in the order in which their events are offered.
const WORKLOADS: [Kind; 5] = [
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::DaemonSet,
    Kind::ReplicaSet,
    Kind::ReplicationController,
];

/// The lag of kube-proxy's rules that is offered, in seconds.
const LAG: u16 = 2;

/// What can happen to what is selected.
pub(in crate::view::session) fn possible(resolved: &Resolved, key: &ShapeId) -> Vec<Event> {
    match key {
        ShapeId::Pod(name) => resolved
            .cluster
            .pods
            .get(name)
            .map(|pod| with_workload(resolved, pod))
            .unwrap_or_default(),
        ShapeId::Endpoint(_, endpoint) => {
            let mut pods = resolved.cluster.pods.values();
            let pod = pods.find(|pod| pod.addresses().any(|address| address == endpoint.ip()));
            pod.map(|pod| with_workload(resolved, pod))
                .unwrap_or_default()
        }
        ShapeId::Node(node)
        | ShapeId::Rules(node)
        | ShapeId::Entry(node)
        | ShapeId::Process(node) => of_node(resolved, node),
        ShapeId::Object(kind, name) => Kind::with_name(kind)
            .filter(|kind| WORKLOADS.contains(kind))
            .map(|kind| of_workload(resolved, kind, name))
            .unwrap_or_default(),
        ShapeId::Client
        | ShapeId::Gate(..)
        | ShapeId::Outside(_)
        | ShapeId::LoadBalancer(_)
        | ShapeId::Service(_)
        | ShapeId::Slices(_)
        | ShapeId::More(_)
        | ShapeId::MoreGroups
        | ShapeId::MoreNodes => Vec::new(),
    }
}

/// What can happen to any pod, workload and node of the text.
pub(in crate::view::session) fn possible_anywhere(resolved: &Resolved) -> Vec<Event> {
    let own = resolved
        .cluster
        .pods
        .values()
        .filter(|pod| !is_system(&pod.id()));
    let pods = own.take(PODS).flat_map(|pod| {
        let label = without_selector_label(resolved, pod);
        of_pod(resolved, pod).into_iter().chain(label)
    });
    let workloads = WORKLOADS
        .into_iter()
        .flat_map(|kind| resolved.of_kind(kind));
    let workloads = workloads.filter(|stored| stored.written.is_some());
    let scaled = workloads.flat_map(|stored| of_workload(resolved, stored.kind, &stored.name));
    let nodes = resolved
        .cluster
        .nodes
        .keys()
        .flat_map(|node| of_node(resolved, node));
    pods.chain(scaled).chain(nodes).collect()
}

fn with_workload(resolved: &Resolved, pod: &Pod) -> Vec<Event> {
    let mut events = of_pod(resolved, pod);
    if let Some(maker) = resolved.workload_of(&pod.id()) {
        events.extend(of_workload(resolved, maker.kind, &maker.name));
    }
    events
}

/// Nothing is ready on a node that is down.
fn of_pod(resolved: &Resolved, pod: &Pod) -> Vec<Event> {
    if pod.is_terminating() {
        return vec![Event::PodRemoved(pod.id())];
    }
    let node_is_ready = resolved
        .cluster
        .nodes
        .get(&pod.spec.node_name)
        .is_none_or(kubehop_engine::cluster::object::Node::is_ready);
    let probe = match (pod.is_ready(), node_is_ready) {
        (true, _) => Some(Event::PodUnready(pod.id())),
        (false, true) => Some(Event::PodReady(pod.id())),
        (false, false) => None,
    };
    let deleted = Event::PodDeleted(pod.id());
    let lagging = has_service(resolved, pod).then(|| Event::Lagging {
        event: Box::new(deleted.clone()),
        seconds: LAG,
    });
    probe.into_iter().chain([deleted]).chain(lagging).collect()
}

fn has_service(resolved: &Resolved, pod: &Pod) -> bool {
    services_of(resolved, pod).next().is_some()
}

/// The Services that select a pod.
fn services_of<'a>(resolved: &'a Resolved, pod: &'a Pod) -> impl Iterator<Item = &'a Service> {
    let services = resolved.cluster.services.values();
    services.filter(|service| {
        service.metadata.namespace == pod.metadata.namespace
            && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
    })
}

/// The pod loses the first label by which a Service selects it.
fn without_selector_label(resolved: &Resolved, pod: &Pod) -> Option<Event> {
    let service = services_of(resolved, pod).next()?;
    let (key, _) = service.spec.selector.iter().flatten().next()?;
    Some(Event::Labeled {
        kind: Kind::Pod,
        name: pod.id(),
        changes: vec![MetadataChange {
            key: key.clone(),
            value: None,
        }],
    })
}

fn of_workload(resolved: &Resolved, kind: Kind, name: &ObjectName) -> Vec<Event> {
    let rollout = ROLLED_OUT.contains(&kind).then(|| rollouts_of(kind, name));
    let rollout = rollout.into_iter().flatten();
    if !SCALABLE.contains(&kind) {
        return rollout.collect();
    }
    let Some(now) = replicas(resolved, kind, name) else {
        return rollout.collect();
    };
    let less = now.checked_sub(1);
    let more = Some(now + 1).filter(|more| *more <= MAX_PODS);
    let scaled = |replicas: usize| {
        Some(Event::Scaled {
            kind,
            name: name.clone(),
            replicas: u16::try_from(replicas).ok()?,
        })
    };
    let scaled = more.into_iter().chain(less).filter_map(scaled);
    scaled.chain(rollout).collect()
}

/// How many pods a workload asks for; those that are going away do not count.
fn replicas(resolved: &Resolved, kind: Kind, name: &ObjectName) -> Option<usize> {
    let spec = resolved.get(kind, name)?.tree.get("spec");
    match spec
        .and_then(|spec| spec.get("replicas"))
        .map(|own| &own.value)
    {
        Some(YamlValue::Int(replicas)) => usize::try_from(*replicas).ok(),
        _ => Some(1),
    }
}

fn rollouts_of(kind: Kind, name: &ObjectName) -> [Event; 2] {
    let name = || name.clone();
    [
        Event::Restarted { kind, name: name() },
        Event::ImageSet {
            kind,
            name: name(),
            image: None,
        },
    ]
}

fn of_node(resolved: &Resolved, node: &str) -> Vec<Event> {
    let Some(object) = resolved.cluster.nodes.get(node) else {
        return Vec::new();
    };
    let name = node.to_owned();
    let state = if object.is_ready() {
        Event::NodeDown(name.clone())
    } else {
        Event::NodeBack(name.clone())
    };
    let scheduling = if object.spec.unschedulable {
        Event::Uncordoned(name)
    } else {
        Event::Cordoned(name)
    };
    vec![state, scheduling]
}
