//! Objects that are created and replaced.

use proptest::prelude::*;

use super::testing::{node, refusal, store};
use super::*;

const WEB: &str = r#"{"metadata":{"name":"web"},"spec":{"ports":[{"port":80}]}}"#;

#[test]
fn a_name_is_given_once() {
    let mut store = store();
    assert!(store.create(Kind::Service, node(WEB)).outcome.is_ok());
    assert_eq!(
        store.create(Kind::Service, node(WEB)).outcome,
        Err(Rejection::AlreadyExists)
    );
}

#[test]
fn what_a_refused_service_was_given_is_taken_back() {
    let mut store = store();
    let before = store.allocator.clone();
    let wrong = r#"{"metadata":{"name":"web"},"spec":{"type":"NodePort","ports":[{"port":0}]}}"#;
    assert!(store.create(Kind::Service, node(wrong)).outcome.is_err());
    assert_eq!(store.allocator, before);
}

#[test]
fn what_may_not_change_of_an_ingress_class_is_reported_first() {
    let class = |controller: &str| {
        node(&format!(
            r#"{{"metadata":{{"name":"web"}},"spec":{{"controller":"{controller}"}}}}"#
        ))
    };
    let mut store = store();
    store.create(Kind::IngressClass, class("example.com/own"));
    let outcome = store.replace(Kind::IngressClass, class("own")).outcome;
    let Err(Rejection::Invalid(errors)) = outcome else {
        panic!("it is refused")
    };
    let errors: Vec<String> = errors.iter().map(ApiError::to_string).collect();
    assert_eq!(
        errors,
        [
            r#"spec.controller: Invalid value: "own": field is immutable"#,
            r#"spec.controller: Invalid value: "own": must be a domain-prefixed path (such as "acme.io/foo")"#,
        ]
    );
}

#[test]
fn endpoints_that_stay_as_they_were_are_not_looked_at() {
    let slice = |kind: &str, address: &str| {
        node(&format!(
            r#"{{"metadata":{{"name":"web"}},"addressType":"{kind}","endpoints":[{{"addresses":["{address}"]}}]}}"#
        ))
    };
    let mut store = store();
    store.create(Kind::EndpointSlice, slice("IPv4", "10.0.0.1"));
    let mut found = |address: &str| {
        let outcome = store.replace(Kind::EndpointSlice, slice("IPv6", address));
        let Err(Rejection::Invalid(errors)) = outcome.outcome else {
            panic!("it is refused")
        };
        errors.iter().map(ApiError::to_string).collect::<Vec<_>>()
    };
    let immutable = r#"addressType: Invalid value: "IPv6": field is immutable"#;
    assert_eq!(found("10.0.0.1"), [immutable]);
    assert_eq!(
        found("10.0.0.2"),
        [
            r#"endpoints[0].addresses: Invalid value: "10.0.0.2": must be an IPv6 address"#,
            immutable
        ]
    );
}

#[test]
fn allocation_errors_are_reported_alone() {
    let wrong =
        r#"{"metadata":{"name":"web"},"spec":{"clusterIP":"192.168.0.1","ports":[{"port":0}]}}"#;
    assert_eq!(
        refusal(Kind::Service, wrong),
        r#"Service "web" is invalid: spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided network does not match the current range"#
    );
}

#[test]
fn the_two_names_of_an_ingress_class_are_compared_once() {
    let ingress = |class: &str| {
        let annotations = r#"{"kubernetes.io/ingress.class":"a"}"#;
        let backend = r#"{"service":{"name":"web","port":{"number":80}}}"#;
        format!(
            r#"{{"metadata":{{"name":"web","annotations":{annotations}}},"spec":{{"ingressClassName":"{class}","defaultBackend":{backend}}}}}"#
        )
    };
    assert!(refusal(Kind::Ingress, &ingress("b")).contains("must match `ingressClassName`"));
    let mut store = store();
    assert!(
        store
            .create(Kind::Ingress, node(&ingress("a")))
            .outcome
            .is_ok()
    );
    assert!(
        store
            .replace(Kind::Ingress, node(&ingress("b")))
            .outcome
            .is_ok()
    );
}

#[test]
fn a_replaced_service_keeps_its_address() {
    let mut store = store();
    let address = |admitted: Admitted| {
        let object = admitted.outcome.expect("nothing is wrong with it");
        Field::root(&object)
            .at(&["spec", "clusterIP"])
            .text()
            .to_owned()
    };
    let first = address(store.create(Kind::Service, node(WEB)));
    assert_eq!(address(store.replace(Kind::Service, node(WEB))), first);
    assert_eq!(
        store.replace(Kind::Pod, node(WEB)).outcome,
        Err(Rejection::NotFound)
    );
}

#[test]
fn a_generation_counts_changes_of_the_spec() {
    let slice = |port: u16| {
        node(&format!(
            r#"{{"metadata":{{"name":"a"}},"spec":{{"defaultBackend":{{"service":{{"name":"w","port":{{"number":{port}}}}}}}}}}}"#
        ))
    };
    let mut store = store();
    let generation = |admitted: Admitted| {
        admitted
            .outcome
            .map(|object| Field::root(&object).at(&["metadata", "generation"]).int())
    };
    assert_eq!(generation(store.create(Kind::Ingress, slice(80))), Ok(1));
    assert_eq!(generation(store.replace(Kind::Ingress, slice(80))), Ok(1));
    assert_eq!(generation(store.replace(Kind::Ingress, slice(81))), Ok(2));
}

#[test]
fn what_is_refused_before_validation_cannot_be_changed_either() {
    let service = |address: &str| {
        node(&format!(
            r#"{{"metadata":{{"name":"web"}},"spec":{{"clusterIP":"{address}","clusterIPs":["{address}","10.96.0.9"],"ports":[{{"port":80}}]}}}}"#
        ))
    };
    let mut store = store();
    assert!(store.create(Kind::Service, node(WEB)).outcome.is_ok());
    let errors = store.unchangeable(Kind::Service, service("10.96.0.8"));
    let detail = "may specify no more than one IP for each IP family";
    assert_eq!(errors[0].detail, detail);
}

#[test]
fn a_replaced_object_is_warned_of_less_than_a_new_one() {
    let pod = r#"{"metadata":{"name":"a.b"},"spec":{"containers":[{"name":"c","image":"i"}]}}"#;
    let mut store = store();
    assert_eq!(store.create(Kind::Pod, node(pod)).warnings.len(), 1);
    assert_eq!(store.replace(Kind::Pod, node(pod)).warnings, [""; 0]);
    let deployment = |replicas: u8| {
        let variables = r#"[{"name":"A","value":"1"},{"name":"A","value":"2"}]"#;
        let container = format!(r#"{{"name":"c","image":"i","env":{variables}}}"#);
        let labels = r#"{"labels":{"a":"b"}}"#;
        let template = format!(r#"{{"metadata":{labels},"spec":{{"containers":[{container}]}}}}"#);
        let selector = r#"{"matchLabels":{"a":"b"}}"#;
        node(&format!(
            r#"{{"metadata":{{"name":"a.b"}},"spec":{{"replicas":{replicas},"selector":{selector},"template":{template}}}}}"#
        ))
    };
    let mut warnings = vec![store.create(Kind::Deployment, deployment(1)).warnings.len()];
    for replicas in [1, 2] {
        let replaced = store.replace(Kind::Deployment, deployment(replicas));
        warnings.push(replaced.warnings.len());
    }
    assert_eq!(warnings, [2, 0, 1]);
}

#[test]
fn annotations_of_a_deployment_and_labels_of_a_slice_count_as_changes() {
    let generations = |kind, rest: &str, metadata: [&str; 2]| {
        let mut store = store();
        let object = |own: &str| node(&format!(r#"{{"metadata":{{"name":"a"{own}}},{rest}}}"#));
        let generation = |admitted: Admitted| {
            let object = admitted.outcome.expect("it is valid");
            Field::root(&object).at(&["metadata", "generation"]).int()
        };
        generation(store.create(kind, object("")));
        metadata.map(|own| generation(store.replace(kind, object(own))))
    };
    let pod =
        r#"{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}"#;
    let deployment =
        format!(r#""spec":{{"selector":{{"matchLabels":{{"a":"b"}}}},"template":{pod}}}"#);
    let (labels, annotations) = (r#","labels":{"x":"y"}"#, r#","annotations":{"x":"y"}"#);
    assert_eq!(
        generations(Kind::Deployment, &deployment, [labels, annotations]),
        [1, 2]
    );
    let slice = r#""addressType":"IPv4","endpoints":[]"#;
    assert_eq!(
        generations(Kind::EndpointSlice, slice, [annotations, labels]),
        [1, 2]
    );
}

/// Any tree at all, of the words that objects are made of.
fn any_node() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(vec![
        "None",
        "IPv4",
        "10.96.0.9",
        "NodePort",
        "LoadBalancer",
        "Local",
        "web",
        "",
    ]);
    let key = prop::sample::select(vec![
        "metadata",
        "spec",
        "name",
        "labels",
        "ports",
        "port",
        "nodePort",
        "clusterIP",
        "clusterIPs",
        "ipFamilies",
        "type",
        "template",
        "containers",
        "selector",
        "matchLabels",
        "rules",
        "http",
        "paths",
        "backend",
        "subsets",
        "addresses",
        "endpoints",
        "addressType",
        "externalTrafficPolicy",
        "dnsConfig",
        "nameservers",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        word.prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(key.clone(), inner, 0..6).prop_map(|map| {
                serde_json::Value::Object(
                    map.into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn every_tree_gets_an_answer(first in any_node(), second in any_node()) {
        for &kind in Kind::ALL {
            let mut store = store();
            store.create(kind, first.clone().into());
            store.replace(kind, second.clone().into());
        }
    }
}
