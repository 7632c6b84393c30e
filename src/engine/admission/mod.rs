//! Admission: what the API server does with an object before storing it.
//!
//! The object stays a YAML tree: it is normalised (`omitempty`), gets defaults and, for Services, addresses and ports, and
//! is validated; its kind ([`crate::kinds`]) says by which rules. The order is the server's: only the first step that
//! fails is reported.
//! (`staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go`)

mod metadata;
mod omitempty;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::apiserver::allocation::allocator::Grant;
use crate::apiserver::field::Field;
use crate::apiserver::{Allocator, ApiError, Rejection, allocation, go_json, update, validation};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;

/// What the server answers to an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// The object as it is stored, or why it is not.
    pub outcome: Result<Arc<Yaml>, Rejection>,
    /// What the server warns of all the same.
    pub warnings: Vec<String>,
}

/// What the server stores: its objects, and which addresses and ports of its ranges are allocated.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Every object as it is stored.
    pub objects: BTreeMap<(Kind, ObjectName), Arc<Yaml>>,
    /// The ranges for Services.
    pub allocator: Allocator,
}

impl Store {
    /// A server without objects.
    pub fn new(allocator: Allocator) -> Store {
        Store {
            objects: BTreeMap::new(),
            allocator,
        }
    }

    /// `kubectl create`: stores a decoded object, unless one of its kind and name is stored already.
    pub fn create(&mut self, kind: Kind, written: Yaml) -> Admitted {
        let mut object = defaulted(kind, written);
        generate_name(&mut object);
        let early = early_warnings(kind, &mut object);
        let id = id_of(kind, &object);
        let grant = if kind == Kind::Service {
            allocation::create(&mut object, &mut self.allocator)
        } else {
            Ok(Grant::default())
        };
        let grant = match grant {
            Ok(grant) => grant,
            Err(rejection) => return refused(rejection),
        };
        let errors = create_errors(kind, &object);
        let rejection = if !errors.is_empty() {
            Rejection::Invalid(errors)
        } else if self.objects.contains_key(&(kind, id.clone())) {
            Rejection::AlreadyExists
        } else {
            let warnings = (kind.spec().warnings)(&Field::root(&object));
            return with_early(early, self.store(kind, id, object, warnings));
        };
        self.allocator.release(&grant);
        Admitted {
            warnings: early,
            ..refused(rejection)
        }
    }

    /// `kubectl replace`: stores a decoded object instead of the one of its kind and name.
    pub fn replace(&mut self, kind: Kind, written: Yaml) -> Admitted {
        let mut object = defaulted(kind, written);
        let id = id_of(kind, &object);
        let Some(old) = self.objects.get(&(kind, id.clone())).cloned() else {
            return refused(Rejection::NotFound);
        };
        carry_over(kind, &mut object, &old);
        let early = early_warnings(kind, &mut object);
        let grants = if kind == Kind::Service {
            update::update(&mut object, &old, &mut self.allocator)
        } else {
            Ok(Default::default())
        };
        let (grant, released) = match grants {
            Ok(grants) => grants,
            Err(rejection) => return refused(rejection),
        };
        let errors = changed_errors(kind, &object, &old);
        if errors.is_empty() {
            self.allocator.release(&released);
            let warnings = (kind.spec().update_warnings)(&Field::root(&object), &Field::root(&old));
            with_early(early, self.store(kind, id, object, warnings))
        } else {
            self.allocator.release(&grant);
            Admitted {
                warnings: early,
                ..refused(Rejection::Invalid(errors))
            }
        }
    }

    /// What must not change when the stored object of this name is to become `written`, as `kubectl apply` would have it.
    pub fn unchangeable(&mut self, kind: Kind, written: Yaml) -> Vec<ApiError> {
        let mut object = defaulted(kind, written);
        let Some(old) = self.objects.get(&(kind, id_of(kind, &object))).cloned() else {
            return Vec::new();
        };
        carry_over(kind, &mut object, &old);
        early_warnings(kind, &mut object);
        if kind == Kind::Service {
            match update::update(&mut object, &old, &mut self.allocator) {
                Ok((grant, _)) => self.allocator.release(&grant),
                Err(Rejection::Invalid(errors)) => return errors,
                Err(
                    Rejection::Unknown(_)
                    | Rejection::Internal(_)
                    | Rejection::AlreadyExists
                    | Rejection::NotFound,
                ) => return Vec::new(),
            }
        }
        update_errors(kind, &object, &old)
    }

    /// Stores an object that was validated.
    fn store(
        &mut self,
        kind: Kind,
        id: ObjectName,
        object: Yaml,
        warnings: Vec<String>,
    ) -> Admitted {
        let object = Arc::new(object);
        self.objects.insert((kind, id), Arc::clone(&object));
        Admitted {
            warnings,
            outcome: Ok(object),
        }
    }
}

/// The warnings that precede validation.
fn early_warnings(kind: Kind, object: &mut Yaml) -> Vec<String> {
    (kind.spec().prepare)(object)
}

fn with_early(mut early: Vec<String>, admitted: Admitted) -> Admitted {
    early.extend(admitted.warnings);
    Admitted {
        warnings: early,
        ..admitted
    }
}

fn refused(rejection: Rejection) -> Admitted {
    Admitted {
        outcome: Err(rejection),
        warnings: Vec::new(),
    }
}

/// The object with all its defaults.
fn defaulted(kind: Kind, mut object: Yaml) -> Yaml {
    omitempty::settle(kind, &mut object);
    metadata::fill(kind, &mut object);
    (kind.spec().fill_defaults)(&mut object);
    object
}

/// The errors of a defaulted object that is not there yet.
fn create_errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let mut errors = errors(kind, object);
    errors.extend((kind.spec().validate_create)(&Field::root(object)));
    errors
}

/// The errors of a defaulted object, new or not.
fn errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let root = Field::root(object);
    let mut errors = validation::metadata::errors(
        kind.resource().scope,
        kind.spec().name_errors,
        &root.child("metadata"),
    );
    errors.extend((kind.spec().validate)(&root));
    errors
}

/// The errors of replacing `old` by `object`.
fn update_errors(kind: Kind, object: &Yaml, old: &Yaml) -> Vec<ApiError> {
    (kind.spec().validate_update)(&Field::root(object), &Field::root(old))
}

/// For a Service, errors about immutable fields come before the others; for other kinds, after them.
fn changed_errors(kind: Kind, object: &Yaml, old: &Yaml) -> Vec<ApiError> {
    let (update, all) = (update_errors(kind, object, old), errors(kind, object));
    let (mut first, then) = if kind == Kind::Service {
        (update, all)
    } else {
        (all, update)
    };
    first.extend(then);
    first
}

/// The status is not the user's to write; a generation counts the changes of what is.
fn carry_over(kind: Kind, object: &mut Yaml, old: &Yaml) {
    match old.get("status").cloned() {
        Some(status) => object.set("status", status.value),
        None => drop(object.remove("status")),
    }
    (kind.spec().prepare_update)(object, old);
    if !kind.spec().has_generation {
        return;
    }
    let generation = Field::root(old).at(&["metadata", "generation"]).int();
    let is_same = counted(kind, object) == counted(kind, old);
    if let Some(metadata) = object.get_mut("metadata") {
        metadata.set(
            "generation",
            YamlValue::Int(generation + i64::from(!is_same)),
        );
    }
}

/// What of an object a generation counts the changes of: all but its status and most of its metadata.
fn counted(kind: Kind, object: &Yaml) -> String {
    let mut counted = object.clone();
    for key in ["apiVersion", "kind", "metadata", "status"] {
        counted.remove(key);
    }
    let metadata = Field::root(object).child("metadata");
    let also = kind.spec().counted_metadata.iter();
    let also = also.map(|key| go_json::to_json(metadata.child(key).node()));
    also.chain([go_json::to_json(Some(&counted))]).collect()
}

fn id_of(kind: Kind, object: &Yaml) -> ObjectName {
    let metadata = Field::root(object).child("metadata");
    let namespace = if kind.is_namespaced() {
        metadata.child("namespace").text()
    } else {
        ""
    };
    ObjectName::new(namespace, metadata.child("name").text())
}

/// The name is generated from `generateName` if none is written. A server appends five random characters; here they follow
/// from the object.
fn generate_name(object: &mut Yaml) {
    let text = |key: &str| {
        let metadata = object.get("metadata")?;
        metadata
            .get(key)
            .and_then(Yaml::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (None, Some(base)) = (text("name"), text("generateName")) else {
        return;
    };
    let seed = go_json::to_json(Some(object));
    if let Some(metadata) = object.get_mut("metadata") {
        let name = crate::cluster::generate_name::generated_name(&base, &seed);
        metadata.set("name", YamlValue::String(name.into()));
    }
}

/// Objects for tests, written as JSON.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::cluster::config::Config;

    pub(crate) fn node(json: &str) -> Yaml {
        serde_json::from_str::<serde_json::Value>(json)
            .expect("is JSON")
            .into()
    }

    pub(crate) fn store() -> Store {
        Store::new(Allocator::new(&Config::default()))
    }

    /// What kubectl prints when the object is created; nothing when it is taken.
    pub(crate) fn refusal(kind: Kind, json: &str) -> String {
        match store().create(kind, node(json)).outcome {
            Ok(_) => String::new(),
            Err(rejection) => rejection.message(kind.resource(), "web"),
        }
    }
}

#[cfg(test)]
mod tests {
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
        let wrong =
            r#"{"metadata":{"name":"web"},"spec":{"type":"NodePort","ports":[{"port":0}]}}"#;
        assert!(store.create(Kind::Service, node(wrong)).outcome.is_err());
        assert_eq!(store.allocator, before);
    }

    #[test]
    fn allocation_errors_stand_alone() {
        let wrong = r#"{"metadata":{"name":"web"},"spec":{"clusterIP":"192.168.0.1","ports":[{"port":0}]}}"#;
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
            let template =
                format!(r#"{{"metadata":{labels},"spec":{{"containers":[{container}]}}}}"#);
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
}
