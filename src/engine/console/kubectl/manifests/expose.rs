//! The Service that `expose` makes of an object (kubernetes `kubectl/pkg/cmd/expose`).

use serde_json::{Value, json};

use super::super::super::Shell;
use super::super::command::{Arguments, Refusal};
use super::super::look_up::look_up;
use super::super::object_store::store_of;
use super::super::resource_args::{error, named_or_selected};
use super::flags::ExposeFlags;
use super::generate::{labels, object, port};
use crate::manifest::tree::Yaml;
use crate::printers::fields;
use crate::printers::store::Item;

/// `kubectl expose TYPE NAME`: a Service with the selector of an object.
pub(super) fn service_for(
    shell: Shell<'_>,
    arguments: &Arguments,
    flags: &ExposeFlags,
) -> Result<Value, Refusal> {
    let store = store_of(&shell.network.resolved, shell.clock);
    // `--selector` is that of the Service.
    let named = Arguments {
        selector: None,
        ..arguments.clone()
    };
    let answer = look_up(&store, &named, &named_or_selected(&named, "expose")?)?;
    if !answer.missing.is_empty() {
        return Err(Refusal(answer.errors()));
    }
    let mut items = answer.found.iter().flat_map(|own| &own.items);
    let (Some(item), None) = (items.next(), items.next()) else {
        return Err(error("kubehop exposes one object at a time"));
    };
    refuse_unexposable(item)?;
    let selector = match arguments.selector.as_deref() {
        None | Some("") => selector_of(item)?,
        Some(text) => labels(text)?,
    };
    let own_name = item.name.name.as_str();
    let own_name = own_name.get(..LONGEST_NAME).unwrap_or(own_name);
    let name = flags.name.as_deref().unwrap_or(own_name);
    let mut spec = json!({"selector": selector, "ports": ports(item, flags)?});
    if let Some(affinity) = &flags.session_affinity
        && !matches!(affinity.as_str(), "" | "None" | "ClientIP")
    {
        return Err(error(&format!("unknown session affinity: {affinity}")));
    }
    for (field, value) in [
        ("type", &flags.of_type),
        ("clusterIP", &flags.cluster_ip),
        ("sessionAffinity", &flags.session_affinity),
    ] {
        if let Some(value) = value {
            spec[field] = value.as_str().into();
        }
    }
    if let Some(address) = &flags.external_ip {
        spec["externalIPs"] = json!([address]);
    }
    if let (Some(address), Some("LoadBalancer")) =
        (&flags.load_balancer_ip, flags.of_type.as_deref())
    {
        spec["loadBalancerIP"] = address.as_str().into();
    }
    let own = match flags.labels.as_deref() {
        Some(text) if !text.is_empty() => labels(text)?,
        _ => Value::from(
            item.tree
                .at(&["metadata", "labels"])
                .unwrap_or(&Default::default()),
        ),
    };
    let mut rest = json!({"spec": spec});
    if own.as_object().is_some_and(|own| !own.is_empty()) {
        rest["labels"] = own;
    }
    Ok(object(arguments, ("v1", "Service", name), &rest))
}

/// How long the name of a Service may be that is taken over (`DNS1035LabelMaxLength`).
const LONGEST_NAME: usize = 63;

/// Refuses what kubectl exposes no Service for (`polymorphichelpers/canbeexposed.go`).
fn refuse_unexposable(item: &Item) -> Result<(), Refusal> {
    match item.resource.kind {
        "Deployment" | "Pod" | "ReplicaSet" | "ReplicationController" | "Service" => Ok(()),
        _ => Err(error(&format!(
            "cannot expose a {}",
            item.resource.kind_with_group()
        ))),
    }
}

/// The labels that a Service must ask for (`polymorphichelpers/mapbasedselectorforobject.go`).
fn selector_of(item: &Item) -> Result<Value, Refusal> {
    let not_found = |why: &str| {
        error(&format!(
            "couldn't retrieve selectors via --selector flag or introspection: {why}"
        ))
    };
    let (path, missing): (&[&str], &str) = match item.resource.kind {
        "Pod" => (
            &["metadata", "labels"],
            "the pod has no labels and cannot be exposed",
        ),
        "Service" => (&["spec", "selector"], "the service has no pod selector set"),
        "ReplicationController" => (
            &["spec", "selector"],
            "the replication controller has no pod selector set",
        ),
        "ReplicaSet" => (
            &["spec", "selector", "matchLabels"],
            "invalid replicaset: no selectors, therefore cannot be exposed",
        ),
        _ => (
            &["spec", "selector", "matchLabels"],
            "invalid deployment: no selectors, therefore cannot be exposed",
        ),
    };
    let selector = item.tree.at(path).map(Value::from);
    let selector = selector.filter(|own| own.as_object().is_some_and(|own| !own.is_empty()));
    let selector = selector.ok_or_else(|| not_found(missing))?;
    let expressions = fields::items(&item.tree, "spec.selector.matchExpressions");
    if expressions.is_empty() {
        return Ok(selector);
    }
    let expressions: Vec<String> = expressions.iter().map(go_expression).collect();
    let expressions = expressions.join(" ");
    Err(not_found(&format!(
        "couldn't convert expressions - \"[{expressions}]\" to map-based selector format"
    )))
}

/// An expression of a selector as Go's `%+v` writes it.
fn go_expression(expression: &Yaml) -> String {
    format!(
        "{{Key:{} Operator:{} Values:[{}]}}",
        fields::text(expression, "key"),
        fields::text(expression, "operator"),
        fields::texts(expression, "values").join(" ")
    )
}

/// The ports of an object, with their protocols.
fn own_ports(item: &Item) -> Vec<(i64, String)> {
    let (lists, field) = match item.resource.kind {
        "Service" => (vec![fields::items(&item.tree, "spec.ports")], "port"),
        kind => {
            let path = match kind {
                "Pod" => "spec.containers",
                _ => "spec.template.spec.containers",
            };
            let containers = fields::items(&item.tree, path).iter();
            let lists = containers.map(|own| fields::items(own, "ports")).collect();
            (lists, "containerPort")
        }
    };
    let port = |own| {
        let protocol = fields::text(own, "protocol").to_owned();
        (fields::number(own, field), protocol)
    };
    lists.into_iter().flatten().map(port).collect()
}

/// `--port`, or the ports of the object (`kubectl/pkg/cmd/expose`, `generate/versioned/service.go`).
fn ports(item: &Item, flags: &ExposeFlags) -> Result<Vec<Value>, Refusal> {
    let own = own_ports(item);
    let numbers = match &flags.port {
        Some(text) => text.split(',').map(port).collect::<Result<Vec<i64>, _>>()?,
        None => own.iter().map(|(number, _)| *number).collect(),
    };
    if numbers.is_empty() && flags.cluster_ip.as_deref() != Some("None") {
        return Err(error("couldn't find port via --port flag or introspection"));
    }
    let protocol_of = |number: i64| {
        let known = own.iter().find(|(own, _)| *own == number);
        let known = known.map(|(_, protocol)| protocol.as_str());
        let protocol = flags.protocol.as_deref().or(known);
        protocol
            .filter(|own| !own.is_empty())
            .unwrap_or("TCP")
            .to_owned()
    };
    let made = numbers.iter().enumerate().map(|(index, &number)| {
        let target = flags.target_port.as_ref().map_or(json!(number), |text| {
            text.parse::<u16>().map_or(json!(text), Value::from)
        });
        let mut made =
            json!({"port": number, "protocol": protocol_of(number), "targetPort": target});
        if numbers.len() > 1 {
            made["name"] = format!("port-{}", index + 1).into();
        }
        made
    });
    Ok(made.collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::api_resources::of_kind;
    use crate::names::ObjectName;

    fn item(kind: &str, json: &str) -> Item {
        let tree = serde_json::from_str::<Value>(json).expect("the test writes JSON");
        Item {
            resource: of_kind(kind).expect("a kind of the table"),
            name: ObjectName::new("default", "web"),
            tree: Arc::new(Yaml::from(tree)),
        }
    }

    #[test]
    fn a_selector_with_expressions_is_no_selector_of_a_service() {
        let selector = r#"{"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "c", "operator": "In", "values": ["d", "e"]}]}"#;
        let deployment = item(
            "Deployment",
            &format!(r#"{{"spec": {{"selector": {selector}}}}}"#),
        );
        let words = "error: couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - \
            \"[{Key:c Operator:In Values:[d e]}]\" to map-based selector format\n";
        assert_eq!(selector_of(&deployment), Err(Refusal(words.to_owned())));
        let words = "error: couldn't retrieve selectors via --selector flag or introspection: invalid replicaset: no selectors, \
            therefore cannot be exposed\n";
        assert_eq!(
            selector_of(&item("ReplicaSet", "{}")),
            Err(Refusal(words.to_owned()))
        );
    }

    #[test]
    fn only_what_has_pods_of_its_own_choice_is_exposed() {
        assert_eq!(refuse_unexposable(&item("ReplicaSet", "{}")), Ok(()));
        assert_eq!(
            refuse_unexposable(&item("StatefulSet", "{}")),
            Err(Refusal(
                "error: cannot expose a StatefulSet.apps\n".to_owned()
            ))
        );
    }
}
