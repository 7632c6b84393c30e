//! Events on small clusters.

use super::*;
use crate::testing::{WEB, resolved};

fn cluster() -> Resolved {
    resolved(WEB)
}

/// The endpoints of the Service: address with `+` if ready, `~` if only serving, `-` if neither.
fn endpoints(resolved: &Resolved) -> Vec<String> {
    let name = ObjectName::new("default", "web");
    let mut all: Vec<String> = resolved
        .cluster
        .slices_of(&name)
        .flat_map(|slice| &slice.endpoints)
        .map(|endpoint| {
            let state = match (
                endpoint.conditions.is_ready(),
                endpoint.conditions.is_serving(),
            ) {
                (true, _) => '+',
                (false, true) => '~',
                (false, false) => '-',
            };
            format!("{}{state}", endpoint.addresses.join(","))
        })
        .collect();
    all.sort();
    all
}

fn pods(resolved: &Resolved) -> Vec<ObjectName> {
    resolved
        .cluster
        .pods
        .keys()
        .filter(|pod| pod.namespace == "default")
        .cloned()
        .collect()
}

#[test]
fn a_pod_that_becomes_unready_keeps_its_address_and_loses_its_traffic() {
    let before = cluster();
    let pod = before
        .cluster
        .pods
        .values()
        .find(|pod| pod.metadata.namespace == "default")
        .expect("was created")
        .id();
    let unready = apply(&before, &Event::PodUnready(pod.clone()));
    assert_eq!(endpoints(&before), ["10.244.0.5+", "10.244.1.5+"]);
    assert_eq!(
        endpoints(&unready)
            .iter()
            .filter(|text| text.ends_with('-'))
            .count(),
        1
    );
    assert_eq!(apply(&unready, &Event::PodReady(pod)), before);
}

#[test]
fn a_deleted_pod_keeps_serving_and_its_replacement_has_another_address() {
    let before = cluster();
    let pod = pods(&before).remove(0);
    let going = apply(&before, &Event::PodDeleted(pod.clone()));
    assert_eq!(
        endpoints(&going)
            .iter()
            .filter(|text| text.ends_with('~'))
            .count(),
        1
    );
    assert_eq!(
        endpoints(&going).len(),
        3,
        "its ReplicaSet creates a replacement immediately"
    );
    let gone = apply(&going, &Event::PodRemoved(pod.clone()));
    assert!(!gone.cluster.pods.contains_key(&pod));
    assert_eq!((pods(&gone).len(), endpoints(&gone).len()), (2, 2));
    let new: Vec<String> = endpoints(&gone)
        .into_iter()
        .filter(|address| !endpoints(&before).contains(address))
        .collect();
    assert_eq!(new.len(), 1, "{new:?}");
}

#[test]
fn scaling_does_not_change_the_pods_that_stay() {
    let scaled = |replicas| {
        let (kind, name) = (Kind::Deployment, ObjectName::new("default", "web"));
        apply(
            &cluster(),
            &Event::Scaled {
                kind,
                name,
                replicas,
            },
        )
    };
    assert_eq!(endpoints(&scaled(3)).len(), 3);
    assert!(
        endpoints(&cluster())
            .iter()
            .all(|address| endpoints(&scaled(3)).contains(address))
    );
    assert_eq!(
        (endpoints(&scaled(1)).len(), endpoints(&scaled(0)).len()),
        (1, 0)
    );
}

#[test]
fn scaling_removes_pods_that_are_not_ready_first_and_reuses_no_name() {
    let scaled = |resolved: &Resolved, replicas| {
        let (kind, name) = (Kind::Deployment, ObjectName::new("default", "web"));
        apply(
            resolved,
            &Event::Scaled {
                kind,
                name,
                replicas,
            },
        )
    };
    let all = pods(&cluster());
    for pod in &all {
        let unready = apply(&cluster(), &Event::PodUnready(pod.clone()));
        assert!(!pods(&scaled(&unready, 1)).contains(pod));
        let replaced = apply(&cluster(), &Event::PodRemoved(pod.clone()));
        let more = pods(&scaled(&replaced, 3));
        assert!(
            more.len() == 3 && !more.contains(pod),
            "{more:?} without {pod}"
        );
        assert!(pods(&replaced).iter().all(|pod| more.contains(pod)));
    }
}

#[test]
fn an_event_about_a_missing_object_is_an_error() {
    let events: Vec<Event> = ["scale deploy/web=0", "down node/node-9"]
        .map(|text| text.parse().expect("it is one"))
        .to_vec();
    let error = apply_all(cluster(), &events)
        .map(|_| ())
        .expect_err("there is no such node");
    assert_eq!(
        error,
        EventError::NoSuchObject {
            text: "down node/node-9".to_owned()
        }
    );
    assert_eq!(
        endpoints(&apply_all(cluster(), &events[..1]).expect("both are there")).len(),
        0
    );
}

#[test]
fn the_pods_of_a_node_that_is_down_are_not_ready() {
    let down = apply(&cluster(), &Event::NodeDown("node-1".to_owned()));
    assert_eq!(endpoints(&down), ["10.244.0.5-", "10.244.1.5+"]);
    assert!(!down.cluster.nodes["node-1"].is_ready());
}

#[test]
fn a_node_that_is_back_has_the_pods_that_were_ready() {
    let unready = pods(&cluster()).remove(0);
    let before = apply(&cluster(), &Event::PodUnready(unready));
    for node in ["node-1", "node-2"] {
        let down = apply(&before, &Event::NodeDown(node.to_owned()));
        let back = apply(&down, &Event::NodeBack(node.to_owned()));
        assert_eq!(endpoints(&back), endpoints(&before));
    }
}

#[test]
fn a_cordoned_node_gets_no_new_pods() {
    let scaled = "scale deploy/web=9".parse().expect("it is an event");
    let cordoned = apply(&cluster(), &Event::Cordoned("node-3".to_owned()));
    let of_node = |resolved: &Resolved| {
        let pods = resolved.cluster.each_pod();
        pods.filter(|pod| pod.spec.node_name == "node-3").count()
    };
    let before = of_node(&cordoned);
    assert_eq!(of_node(&apply(&cordoned, &scaled)), before);
    let uncordoned = apply(&cordoned, &Event::Uncordoned("node-3".to_owned()));
    assert!(of_node(&apply(&uncordoned, &scaled)) > before);
    assert_eq!(uncordoned.cluster.nodes, cluster().cluster.nodes);
}

#[test]
fn an_event_about_a_missing_pod_changes_nothing() {
    let nobody = ObjectName::new("default", "nobody");
    assert_eq!(
        apply(&cluster(), &Event::PodRemoved(nobody.clone())),
        cluster()
    );
    assert_eq!(apply(&cluster(), &Event::PodUnready(nobody)), cluster());
}
