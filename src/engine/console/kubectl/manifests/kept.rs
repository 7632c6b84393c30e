//! What an object keeps when it is changed and would not have if it were created: the node port that it was given, a
//! default of what it was before. The text makes a new cluster every time, so this is written into it.

use serde_json::Value;

/// The parts of an object that nobody writes, or that are no part of what it does.
const NOT_WRITTEN: [&str; 4] = ["apiVersion", "kind", "metadata", "status"];

/// The fields that a changed object has otherwise than one that is created: `spec.policyTypes`.
pub(super) fn kept_fields(created: &Value, changed: &Value) -> Vec<String> {
    let fields = changed.as_object().into_iter().flatten();
    let mut kept = Vec::new();
    for (name, value) in fields.filter(|(name, _)| !NOT_WRITTEN.contains(&name.as_str())) {
        let other = created.get(name);
        if other == Some(value) {
            continue;
        }
        let inner = value.as_object().into_iter().flatten();
        let inner = inner
            .filter(|(own, value)| other.and_then(|other| other.get(own.as_str())) != Some(*value));
        let before = kept.len();
        kept.extend(inner.map(|(own, _)| format!("{name}.{own}")));
        if kept.len() == before {
            kept.push(name.clone());
        }
    }
    kept
}

/// Writes these fields into what is written.
pub(super) fn write_kept(written: &mut Value, created: &Value, changed: &Value) {
    let (Some(own), Some(fields)) = (written.as_object_mut(), changed.as_object()) else {
        return;
    };
    for (name, value) in fields {
        if !NOT_WRITTEN.contains(&name.as_str()) && created.get(name) != Some(value) {
            let there = own.entry(name.clone()).or_insert(Value::Null);
            keep(there, created.get(name), value);
        }
    }
}

fn keep(written: &mut Value, created: Option<&Value>, changed: &Value) {
    match (&mut *written, changed) {
        _ if created == Some(changed) => {}
        (Value::Object(own), Value::Object(fields)) => {
            let other = |name: &str| created.and_then(|created| created.get(name));
            own.retain(|name, _| fields.contains_key(name) || other(name).is_none());
            for (name, value) in fields
                .iter()
                .filter(|(name, own)| other(name) != Some(*own))
            {
                let there = own.entry(name.clone()).or_insert(Value::Null);
                keep(there, other(name), value);
            }
        }
        (Value::Array(own), Value::Array(items)) if own.len() == items.len() => {
            for (place, (there, item)) in own.iter_mut().zip(items).enumerate() {
                keep(there, created.and_then(|created| created.get(place)), item);
            }
        }
        _ => written.clone_from(changed),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_a_new_object_would_not_have_is_written() {
        let mut written = json!({"metadata": {"name": "web"}, "spec": {"type": "NodePort", "ports": [{"port": 80}]}});
        let created = json!({"spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 32103, "protocol": "TCP"}]}, "status": {}});
        let changed = json!({"spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}]}, "status": {"a": 1}});
        assert_eq!(kept_fields(&created, &changed), ["spec.ports"]);
        write_kept(&mut written, &created, &changed);
        assert_eq!(
            written,
            json!({"metadata": {"name": "web"}, "spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 30080}]}})
        );
    }

    #[test]
    fn a_list_of_another_length_is_written_whole() {
        let mut written = json!({"spec": {"egress": [], "ports": [1, 2]}});
        let created =
            json!({"spec": {"egress": [], "policyTypes": ["Ingress", "Egress"], "ports": [1, 2]}});
        let changed = json!({"spec": {"egress": [], "policyTypes": ["Ingress"], "ports": [2]}});
        assert_eq!(
            kept_fields(&created, &changed),
            ["spec.policyTypes", "spec.ports"]
        );
        write_kept(&mut written, &created, &changed);
        assert_eq!(
            written,
            json!({"spec": {"egress": [], "policyTypes": ["Ingress"], "ports": [2]}})
        );
    }
}
