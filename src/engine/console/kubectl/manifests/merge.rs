//! How objects are merged: by a patch, and by `kubectl apply` with the stored object and what was applied before.
//!
//! A strategic merge finds the items of some lists by a key; a merge (RFC 7386), and the merge of custom resources,
//! replaces every list. Sources: kubernetes `staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go`
//! (`CreateThreeWayMergePatch`, `diffListsOfMaps`, `mergeSliceWithoutSpecialElements`) and `patchMergeKey`,
//! `patchStrategy` in `api/core/v1/types.go` and `api/apps/v1/types.go`.

use serde_json::{Map, Value};

use crate::api_resources::Resource;
use crate::kinds::Kind;
use crate::sort;

/// What becomes of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lists {
    /// They are replaced.
    Replaced,
    /// The items of some are found by a key.
    ByKey,
}

impl Lists {
    /// How `kubectl apply` merges the objects of a kind. No list of an EndpointSlice has a key.
    pub(super) fn of(resource: &Resource) -> Lists {
        if is_custom(resource) || resource.kind == "EndpointSlice" {
            Lists::Replaced
        } else {
            Lists::ByKey
        }
    }
}

/// Whether a CRD defines the kind.
pub(super) fn is_custom(resource: &Resource) -> bool {
    let mut kinds = Kind::ALL.iter();
    let kind = kinds.find(|kind| kind.resource() == resource);
    kind.is_some_and(|kind| kind.spec().is_custom)
}

/// Merges a patch; `null` removes.
pub(super) fn merge(old: &mut Value, patch: &Value, lists: Lists) {
    let Value::Object(fields) = patch else {
        *old = patch.clone();
        return;
    };
    if !old.is_object() {
        *old = Value::Object(Map::new());
    }
    let Value::Object(own) = old else { return };
    for (name, value) in fields {
        match (own.get_mut(name), value) {
            (_, Value::Null) => drop(own.remove(name)),
            (Some(Value::Array(items)), Value::Array(new)) if lists == Lists::ByKey => {
                match merge_key(name, new) {
                    Some(key) => merge_list(items, new, key),
                    None => items.clone_from(new),
                }
            }
            (Some(there), value) => merge(there, value, lists),
            (None, value) => drop(own.insert(name.clone(), without_nulls(value))),
        }
    }
}

/// What `null` removes is not there.
fn without_nulls(value: &Value) -> Value {
    let mut there = Value::Null;
    merge(&mut there, value, Lists::Replaced);
    there
}

/// The key of a list's items. Ports of Services and of containers have different ones.
fn merge_key(list: &str, items: &[Value]) -> Option<&'static str> {
    match list {
        "containers"
        | "initContainers"
        | "ephemeralContainers"
        | "env"
        | "volumes"
        | "imagePullSecrets"
        | "resourceClaims"
        | "schedulingGates" => Some("name"),
        "ports" if items.iter().any(|item| item.get("containerPort").is_some()) => {
            Some("containerPort")
        }
        "ports" => Some("port"),
        "volumeMounts" => Some("mountPath"),
        "volumeDevices" => Some("devicePath"),
        "topologySpreadConstraints" => Some("topologyKey"),
        "hostAliases" => Some("ip"),
        _ => None,
    }
}

fn merge_list(items: &mut Vec<Value>, new: &[Value], key: &str) {
    for patch in new {
        let place = items.iter().position(|own| own.get(key) == patch.get(key));
        let is_removed = patch.get("$patch").and_then(Value::as_str) == Some("delete");
        match place {
            Some(place) if is_removed => drop(items.remove(place)),
            None if is_removed => {}
            Some(place) => merge(&mut items[place], patch, Lists::ByKey),
            None => items.push(patch.clone()),
        }
    }
}

/// Merges what is applied into the stored object: its fields are set, and those that only `original`, which was applied
/// before, has are removed. Every other field of the stored object stays: a default, or what somebody else wrote.
pub(super) fn three_way(live: &mut Value, original: Option<&Value>, applied: &Value, lists: Lists) {
    let (Value::Object(own), Value::Object(fields)) = (&mut *live, applied) else {
        *live = without_nulls(applied);
        return;
    };
    if let Some(Value::Object(before)) = original {
        own.retain(|name, _| fields.contains_key(name) || !before.contains_key(name));
    }
    for (name, value) in fields {
        let before = original.and_then(|original| original.get(name));
        match (own.get_mut(name), value) {
            (_, Value::Null) => drop(own.remove(name)),
            (None, value) => drop(own.insert(name.clone(), without_nulls(value))),
            (Some(Value::Array(items)), Value::Array(new)) if lists == Lists::ByKey => {
                match merge_key(name, new) {
                    Some(key) => three_way_list(items, before, new, (name.as_str(), key)),
                    None => items.clone_from(new),
                }
            }
            (Some(there), value) => {
                three_way(there, before, value, lists);
                if name == "strategy" && lists == Lists::ByKey {
                    retain_keys(there, value);
                }
            }
        }
    }
}

/// The same for a list whose items have a key. The first item of a key is merged with the first one; where a key comes
/// again, as the number of a port can, what it changes is written to the first one, too.
fn three_way_list(
    live: &mut Vec<Value>,
    original: Option<&Value>,
    applied: &[Value],
    (list, key): (&str, &str),
) {
    let original = original.and_then(Value::as_array);
    let original = original.map(Vec::as_slice).unwrap_or_default();
    let before = live.clone();
    for (place, wanted) in applied.iter().enumerate() {
        let id = wanted.get(key);
        let has_id = |item: &&Value| item.get(key) == id;
        let nth = applied[..place].iter().filter(has_id).count();
        let there = before.iter().filter(has_id).nth(nth);
        let first = live.iter_mut().find(|item| item.get(key) == id);
        match (first, there) {
            (None, _) => live.push(without_nulls(wanted)),
            (Some(first), Some(_)) if nth == 0 => {
                let was = original.iter().find(has_id);
                three_way(first, was, wanted, Lists::ByKey);
                if matches!(list, "volumes" | "resourceClaims") {
                    retain_keys(first, wanted);
                }
            }
            (Some(first), Some(there)) => {
                let changed = wanted.as_object().into_iter().flatten();
                let changed =
                    changed.filter(|(name, value)| there.get(name.as_str()) != Some(*value));
                let changed = changed.map(|(name, value)| (name.clone(), value.clone()));
                merge(first, &Value::Object(changed.collect()), Lists::ByKey);
            }
            (Some(first), None) => merge(first, wanted, Lists::ByKey),
        }
    }
    let count = |items: &[Value], id: Option<&Value>| {
        let same = items.iter().filter(|item| item.get(key) == id);
        same.count()
    };
    live.retain(|item| {
        let id = item.get(key);
        count(original, id) <= count(applied, id)
    });
    sort::sort_by_key(live, |item| {
        let place = applied.iter().position(|own| own.get(key) == item.get(key));
        place.unwrap_or(applied.len())
    });
}

/// Removes the fields that are not applied (`patchStrategy: retainKeys`), of which a default may exclude a new one.
fn retain_keys(live: &mut Value, applied: &Value) {
    if let (Value::Object(own), Value::Object(fields)) = (live, applied) {
        own.retain(|name, _| fields.contains_key(name));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_merged_by_their_key_and_null_removes() {
        let mut service = json!({"spec": {"type": "NodePort", "ports": [{"port": 80, "targetPort": 1}, {"port": 81}]}});
        let patch = json!({"spec": {"type": null, "ports": [{"port": 80, "targetPort": 2}, {"port": 81, "$patch": "delete"}]}});
        merge(&mut service, &patch, Lists::ByKey);
        assert_eq!(
            service,
            json!({"spec": {"ports": [{"port": 80, "targetPort": 2}]}})
        );
        let patch = json!({"spec": {"ports": [{"port": 9}]}});
        merge(&mut service, &patch, Lists::Replaced);
        assert_eq!(service, json!({"spec": {"ports": [{"port": 9}]}}));
    }

    /// The stored object after something else was applied to it.
    fn applied(mut live: Value, original: &Value, applied: &Value) -> Value {
        three_way(&mut live, Some(original), applied, Lists::ByKey);
        live
    }

    #[test]
    fn what_was_applied_before_is_removed_and_all_else_stays() {
        let live = json!({"type": "NodePort", "sessionAffinity": "None", "selector": {"app": "a", "tier": "x"}, "replicas": 5});
        let original = json!({"type": "NodePort", "selector": {"app": "a", "tier": "x"}});
        let new = json!({"selector": {"app": "b"}});
        assert_eq!(
            applied(live, &original, &new),
            json!({"sessionAffinity": "None", "selector": {"app": "b"}, "replicas": 5})
        );
    }

    #[test]
    fn items_of_lists_with_a_key_keep_their_defaults() {
        let live = json!({"containers": [
            {"name": "a", "image": "a:1", "imagePullPolicy": "IfNotPresent", "env": [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]},
            {"name": "injected"},
        ]});
        let original = json!({"containers": [{"name": "a", "image": "a:1", "env": [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]}]});
        let new = json!({"containers": [{"name": "b", "image": "b:1"}, {"name": "a", "image": "a:2", "env": [{"name": "Y", "value": "3"}]}]});
        assert_eq!(
            applied(live, &original, &new),
            json!({"containers": [
                {"name": "b", "image": "b:1"},
                {"name": "a", "image": "a:2", "imagePullPolicy": "IfNotPresent", "env": [{"name": "Y", "value": "3"}]},
                {"name": "injected"},
            ]})
        );
    }

    #[test]
    fn a_second_port_of_a_number_is_written_to_the_first_one() {
        let tcp = json!({"name": "tcp", "port": 53, "protocol": "TCP"});
        let udp = json!({"name": "udp", "port": 53, "protocol": "UDP"});
        let ports = |ports: &[&Value]| json!({ "ports": ports });
        let one = ports(&[&tcp]);
        let both = ports(&[&tcp, &udp]);
        assert_eq!(applied(one.clone(), &one, &both), ports(&[&udp]));
        assert_eq!(applied(both.clone(), &both, &both), both);
        assert_eq!(applied(both.clone(), &both, &one), ports(&[]));
    }

    #[test]
    fn a_strategy_loses_the_defaults_of_another_one() {
        let live = json!({"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%"}}, "policyTypes": ["Ingress"]});
        let original = json!({});
        let new = json!({"strategy": {"type": "Recreate"}, "egress": []});
        assert_eq!(
            applied(live, &original, &new),
            json!({"strategy": {"type": "Recreate"}, "policyTypes": ["Ingress"], "egress": []})
        );
    }
}
