//! What a large cluster has besides the objects that are drawn: pills for the Services of the called one's namespace and
//! its workloads behind no Service, each with the number of its pods, and for the other namespaces. Selecting a pill
//! opens it: its objects are drawn, or listed.

use std::collections::{BTreeMap, BTreeSet};

use crate::view::layout::visible::VisibleObjects;
use crate::view::scene::{Caption, Rect, Scene, SceneText, ShapeId, TextStyle};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{ObjectReference, Pod};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::ObjectName;
use kubehop_engine::sort;

use super::NetworkMeasures;
use super::pills::{GAP, Group, HEIGHT, Holds, place};

/// The room for the buttons that lie over the right end of the wide picture.
const BUTTONS: f32 = 150.0;

/// Adds the groups below `y` if the cluster is large; returns the lowest edge.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    measures: &NetworkMeasures,
    y: f32,
) -> f32 {
    if !visible.is_large {
        return y;
    }
    let Some(namespace) = visible.subject.map(|subject| &subject.metadata.namespace) else {
        return y;
    };
    let services = services(cluster, visible, namespace);
    let workloads = workloads(cluster, visible, namespace);
    let heading = Caption::Groups {
        namespace: namespace.to_string(),
        services: services.len(),
        workloads: workloads.len(),
    };
    let (x, mut width) = measures.services;
    if measures.is_wide() {
        width -= BUTTONS;
    }
    let mut y = y + measures.gap;
    scene
        .captions
        .push(SceneText::caption(x, y + 11.0, TextStyle::Remark, heading));
    y += 20.0;
    let own: Vec<Group> = services.into_iter().chain(workloads).collect();
    if !own.is_empty() {
        y = place(
            scene,
            own,
            ShapeId::MoreGroups,
            Rect::new(x, y, width, HEIGHT),
        ) + GAP;
    }
    let others = namespaces(cluster, namespace);
    if !others.is_empty() {
        let all = namespace_key("");
        y = place(scene, others, all, Rect::new(x, y, width, HEIGHT)) + GAP;
    }
    y - GAP
}

/// The key of a namespace's pill; that of all of them has no name.
fn namespace_key(namespace: &str) -> ShapeId {
    ShapeId::Object("Namespace".to_owned(), ObjectName::new("", namespace))
}

/// The Services of a namespace that are not drawn.
fn services(cluster: &Cluster, visible: &VisibleObjects<'_>, namespace: &str) -> Vec<Group> {
    let mut pods: BTreeMap<ObjectName, BTreeSet<ObjectName>> = BTreeMap::new();
    for slice in cluster.slices.values() {
        let Some(service) = slice.service().filter(|name| name.namespace == namespace) else {
            continue;
        };
        let targets = slice.endpoints.iter().filter_map(|endpoint| {
            let target = endpoint.target_ref.as_ref();
            target.filter(|target| target.kind == "Pod")
        });
        let of_service = pods.entry(service).or_default();
        of_service.extend(targets.map(ObjectReference::id));
    }
    let is_drawn = |name: &ObjectName| visible.services.iter().any(|drawn| drawn.id() == *name);
    let names = cluster
        .services
        .keys()
        .filter(|name| name.namespace == namespace && !is_system(name) && !is_drawn(name));
    names
        .map(|name| Group {
            key: ShapeId::Service(name.clone()),
            name: name.name.to_string(),
            holds: Holds::Pods(pods.get(name).map_or(0, BTreeSet::len)),
        })
        .collect()
}

/// The workloads of a namespace whose pods are no Service's endpoints.
fn workloads(cluster: &Cluster, visible: &VisibleObjects<'_>, namespace: &str) -> Vec<Group> {
    let served = cluster
        .slices
        .values()
        .flat_map(|slice| &slice.endpoints)
        .filter_map(|endpoint| endpoint.target_ref.as_ref())
        .map(ObjectReference::id);
    let served = sort::set(served);
    let mut pods: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pod in cluster.each_pod() {
        let id = pod.id();
        let is_drawn = pod.metadata.owner_references.is_empty() && visible.touches(pod);
        if id.namespace == namespace && !is_system(&id) && !served.contains(&id) && !is_drawn {
            *pods.entry(owner(pod)).or_default() += 1;
        }
    }
    pods.into_iter()
        .map(|((kind, name), count)| Group {
            key: match kind.as_str() {
                "Pod" => ShapeId::Pod(ObjectName::new(namespace, name.as_str())),
                _ => ShapeId::Object(kind, ObjectName::new(namespace, name.as_str())),
            },
            name,
            holds: Holds::Pods(count),
        })
        .collect()
}

/// Kind and name of the workload that made a pod, of a Deployment rather than of its ReplicaSet; those of the pod if
/// none did.
fn owner(pod: &Pod) -> (String, String) {
    let mut owners = pod.metadata.owner_references.iter();
    let Some(owner) = owners.find(|owner| owner.controller) else {
        return ("Pod".to_owned(), pod.metadata.name.to_string());
    };
    let hash = pod.metadata.labels.get("pod-template-hash");
    let deployment = hash.and_then(|hash| owner.name.strip_suffix(&format!("-{hash}")));
    match deployment {
        Some(name) if owner.kind == "ReplicaSet" => ("Deployment".to_owned(), name.to_owned()),
        _ => (owner.kind.to_string(), owner.name.to_string()),
    }
}

/// The other namespaces that have Services or pods.
fn namespaces(cluster: &Cluster, own: &str) -> Vec<Group> {
    let mut held: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for name in cluster.services.keys().filter(|name| !is_system(name)) {
        held.entry(name.namespace.as_str()).or_default().0 += 1;
    }
    for pod in cluster.each_pod().filter(|pod| !is_system(&pod.id())) {
        held.entry(pod.metadata.namespace.as_str()).or_default().1 += 1;
    }
    let others = held.into_iter().filter(|(namespace, _)| *namespace != own);
    others
        .map(|(namespace, (services, pods))| Group {
            key: namespace_key(namespace),
            name: namespace.to_owned(),
            holds: Holds::Namespace { services, pods },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layout::{LayoutInput, scene};
    use crate::view::scene::{Shape, ShapeRole, View};
    use kubehop_engine::cluster::Config;
    use kubehop_engine::manifest::Source;
    use kubehop_engine::network::{Network, Request};
    use kubehop_engine::resolve::resolve;
    use kubehop_engine::trace::trace;

    /// Services in one namespace, a Deployment behind none of them, a bare pod, and another namespace.
    fn cluster(services: usize) -> Cluster {
        let mut text = String::from(
            "{apiVersion: v1, kind: Service, metadata: {name: far, namespace: other}, spec: {ports: [{port: 80}]}}\n\
             ---\n\
             {apiVersion: v1, kind: Pod, metadata: {name: alone}, spec: {containers: [{name: c, image: a}]}}\n\
             ---\n\
             {apiVersion: apps/v1, kind: Deployment, metadata: {name: batch}, spec: {replicas: 3, selector: {matchLabels: {app: batch}}, \
             template: {metadata: {labels: {app: batch}}, spec: {containers: [{name: c, image: a}]}}}}\n",
        );
        text.push_str(&services_text(services));
        resolve(&Source::read(&text), &Config::default()).cluster
    }

    /// Services with a pod each.
    fn services_text(count: usize) -> String {
        let mut text = String::new();
        for index in 0..count {
            text.push_str(&format!(
                "---\n\
                 {{apiVersion: v1, kind: Service, metadata: {{name: web-{index}}}, spec: {{selector: {{app: web-{index}}}, ports: [{{port: 80}}]}}}}\n\
                 ---\n\
                 {{apiVersion: v1, kind: Pod, metadata: {{name: web-{index}, labels: {{app: web-{index}}}}}, spec: {{containers: [{{name: c, image: a}}]}}}}\n",
            ));
        }
        text
    }

    fn drawn(cluster: &Cluster, selected: Option<&ShapeId>, width: f32) -> Scene {
        let input = LayoutInput {
            selected,
            ..LayoutInput::of_width(width)
        };
        scene(View::Network, cluster, input)
    }

    fn pills(scene: &Scene) -> Vec<&Shape> {
        let shapes = scene.shapes.iter();
        shapes
            .filter(|shape| shape.role == ShapeRole::Group)
            .collect()
    }

    #[test]
    fn a_small_cluster_has_no_groups() {
        let cluster = cluster(3);
        assert!(pills(&drawn(&cluster, None, 712.0)).is_empty());
    }

    #[test]
    fn services_workloads_and_namespaces_that_are_not_drawn_are_groups() {
        let cluster = cluster(6);
        let scene = drawn(&cluster, None, 712.0);
        let keys: Vec<&ShapeId> = pills(&scene).iter().map(|pill| &pill.key).collect();
        let of = |kind: &str, namespace: &str, name: &str| {
            ShapeId::Object(kind.to_owned(), ObjectName::new(namespace, name))
        };
        assert!(keys.contains(&&of("Deployment", "default", "batch")));
        assert!(keys.contains(&&ShapeId::Pod(ObjectName::new("default", "alone"))));
        assert!(keys.contains(&&of("Namespace", "", "other")));
        let service = ShapeId::Service(ObjectName::new("default", "web-5"));
        assert!(keys.contains(&&service));
        let scene = drawn(&cluster, Some(&service), 712.0);
        assert!(!pills(&scene).iter().any(|pill| pill.key == service));
        let index = scene.find(&service).expect("it is selected");
        assert_eq!(scene.shapes[index.0].role, ShapeRole::Service);
    }

    #[test]
    fn the_load_balancer_before_an_ingress_is_drawn_beside_the_service_behind_it() {
        let mut text = String::from(
            "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec: {controller: k8s.io/ingress-nginx}}\n\
             ---\n\
             {apiVersion: v1, kind: Service, metadata: {name: zone}, spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: ingress-nginx}, ports: [{port: 80}]}}\n\
             ---\n\
             {apiVersion: v1, kind: Pod, metadata: {name: controller, labels: {app.kubernetes.io/name: ingress-nginx}}, spec: {containers: [{name: c, image: registry.k8s.io/ingress-nginx/controller, ports: [{containerPort: 80}]}]}}\n\
             ---\n\
             {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop}, spec: {ingressClassName: nginx, defaultBackend: {service: {name: web-0, port: {number: 80}}}}}\n",
        );
        text.push_str(&services_text(6));
        let network = Network::of(resolve(&Source::read(&text), &Config::default()));
        let balancer = ObjectName::new("default", "zone");
        let status = &network.cluster().services[&balancer].status;
        let address = status.load_balancer.ingress[0].ip.expect("it has one");
        let request = Request {
            from: "client".parse().expect("an origin"),
            to: format!("http://{address}").parse().expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("it can be sent");
        let input = LayoutInput {
            trace: Some(&trace),
            ..LayoutInput::of_width(712.0)
        };
        let scene = scene(View::Network, network.cluster(), input);
        assert!(scene.find(&ShapeId::LoadBalancer(balancer)).is_some());
        let path = scene.path.as_ref().expect("there is a trace");
        assert!(path.hops.iter().all(|hop| hop.shape.is_some()));
    }

    #[test]
    fn each_object_is_drawn_once_and_pills_do_not_overlap() {
        for width in [390.0, 600.0, 712.0] {
            for services in [5, 9, 60] {
                let scene = drawn(&cluster(services), None, width);
                let keys: BTreeSet<&ShapeId> =
                    scene.shapes.iter().map(|shape| &shape.key).collect();
                assert_eq!(keys.len(), scene.shapes.len());
                let pills: Vec<Rect> = pills(&scene).iter().map(|pill| pill.rect).collect();
                for (index, pill) in pills.iter().enumerate() {
                    assert!(pill.right() <= scene.size.0 && pill.bottom() <= scene.size.1);
                    let others = &pills[index + 1..];
                    assert!(
                        others
                            .iter()
                            .all(|other| other.y > pill.y || other.x >= pill.right())
                    );
                }
                let counted = scene.find(&ShapeId::MoreGroups).is_some();
                assert_eq!(counted, services == 60, "{width} {services}");
            }
        }
    }
}
