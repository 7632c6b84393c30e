//! The objects that `run`, `create` and `expose` make of their options (kubernetes `kubectl/pkg/cmd/{run,create,expose}`).

use serde_json::{Map, Value, json};

use super::super::super::Shell;
use super::super::command::{Arguments, Refusal};
use super::super::flags::not_a_number;
use super::super::look_up::look_up;
use super::super::object_store::store_of;
use super::super::resource_args::{error, named_or_selected};
use super::flags::{CreateFlags, ExposeFlags, RunFlags};
use super::usage;
use crate::printers::fields;
use crate::printers::store::Item;

/// The value of a flag that must be there.
fn required<'a>(value: Option<&'a str>, flag: &str) -> Result<&'a str, Refusal> {
    let value = value.filter(|value| !value.is_empty());
    value.ok_or_else(|| error(&format!("required flag(s) {flag:?} not set")))
}

/// An object with its namespace, if one is asked for.
fn object(arguments: &Arguments, (version, kind, name): (&str, &str, &str), rest: &Value) -> Value {
    let mut metadata = json!({"name": name});
    if let (Some(namespace), true) = (&arguments.namespace, kind != "Namespace") {
        metadata["namespace"] = namespace.as_str().into();
    }
    let mut made = json!({"apiVersion": version, "kind": kind, "metadata": metadata});
    if let Some(labels) = rest.get("labels") {
        made["metadata"]["labels"] = labels.clone();
    }
    if let Some(spec) = rest.get("spec") {
        made["spec"] = spec.clone();
    }
    made
}

/// `a=b,c=d`.
fn labels(text: &str) -> Result<Value, Refusal> {
    let mut labels = Map::new();
    for label in text.split(',').filter(|label| !label.is_empty()) {
        let Some((key, value)) = label.split_once('=') else {
            return Err(error(&format!("unexpected label spec: {label}")));
        };
        labels.insert(key.to_owned(), value.into());
    }
    Ok(Value::Object(labels))
}

fn port(text: &str) -> Result<u16, Refusal> {
    let wrong = || error(&format!("invalid port number: {text}"));
    text.parse().map_err(|_| wrong())
}

/// A container that may have a port.
fn container(name: &str, image: &str, own_port: Option<&str>) -> Result<Value, Refusal> {
    let mut container = json!({"name": name, "image": image});
    if let Some(text) = own_port {
        container["ports"] = json!([{"containerPort": port(text)?}]);
    }
    Ok(container)
}

/// `NAME=VALUE` of `--env`.
fn variable(text: &str) -> Result<Value, Refusal> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| error(&format!("invalid env: {text}")))?;
    Ok(json!({"name": name, "value": value}))
}

/// `kubectl run NAME --image=IMAGE`; the words behind `--` follow the name.
pub(super) fn pod(arguments: &Arguments, flags: &RunFlags) -> Result<Value, Refusal> {
    let image = required(flags.image.as_deref(), "image")?;
    let Some((name, words)) = arguments.words.split_first() else {
        return Err(usage("run", "NAME is required for run"));
    };
    let own = match &flags.labels {
        Some(text) => labels(text)?,
        None => json!({"run": name}),
    };
    let mut container = container(name, image, flags.port.as_deref())?;
    let variables = flags.env.iter().map(|text| variable(text));
    let variables: Vec<Value> = variables.collect::<Result<_, _>>()?;
    if !variables.is_empty() {
        container["env"] = variables.into();
    }
    if !words.is_empty() {
        let field = if flags.is_command { "command" } else { "args" };
        container[field] = json!(words);
    }
    let mut spec = json!({"containers": [container]});
    match flags.restart.as_deref() {
        None | Some("Always") => {}
        Some(policy @ ("Never" | "OnFailure")) => spec["restartPolicy"] = policy.into(),
        Some(policy) => return Err(error(&format!("invalid restart policy: {policy}"))),
    }
    let id = ("v1", "Pod", name.as_str());
    Ok(object(arguments, id, &json!({"labels": own, "spec": spec})))
}

/// `kubectl create deployment`, `service` and `namespace`.
pub(super) fn created(arguments: &Arguments, flags: &CreateFlags) -> Result<Value, Refusal> {
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    let name_missing = |of: &str, given: usize| {
        let words = format!("exactly one NAME is required, got {given}");
        usage(&format!("create {of}"), &words)
    };
    match words.as_slice() {
        ["deployment" | "deploy", name, ..] => deployment(arguments, flags, name),
        ["namespace" | "ns", name] => {
            Ok(object(arguments, ("v1", "Namespace", name), &Value::Null))
        }
        ["service" | "svc", kind, name] => service(arguments, flags, kind, name),
        ["deployment" | "deploy"] => Err(name_missing("deployment", 0)),
        ["namespace" | "ns", more @ ..] => Err(name_missing("namespace", more.len())),
        ["service" | "svc", of_type] => Err(name_missing(&format!("service {of_type}"), 0)),
        [] => Err(error("must specify one of -f and -k")),
        _ => Err(error(
            "kubehop creates deployment, namespace, service clusterip, nodeport, loadbalancer and externalname; create -f - \
             takes any manifest",
        )),
    }
}

fn deployment(arguments: &Arguments, flags: &CreateFlags, name: &str) -> Result<Value, Refusal> {
    let image = required(flags.image.as_deref(), "image")?;
    let own = json!({"app": name});
    // The container has the name of the image.
    let base = image.rsplit('/').next().unwrap_or_default();
    let base = base.split([':', '@']).next().unwrap_or_default();
    let words = arguments.words.get(2..).unwrap_or_default();
    // What follows is the command, where `run` takes it as arguments.
    let mut container = container(base, image, flags.port.as_deref())?;
    if !words.is_empty() {
        container["command"] = json!(words);
    }
    let replicas = flags.replicas.as_deref().unwrap_or("1");
    let replicas: u16 = replicas
        .parse()
        .map_err(|_| not_a_number("create deployment", replicas, "-r, --replicas"))?;
    let spec = json!({
        "replicas": replicas,
        "selector": {"matchLabels": own},
        "template": {"metadata": {"labels": own}, "spec": {"containers": [container]}},
    });
    let id = ("apps/v1", "Deployment", name);
    Ok(object(arguments, id, &json!({"labels": own, "spec": spec})))
}

/// `create service TYPE NAME --tcp=80:8080`.
fn service(
    arguments: &Arguments,
    flags: &CreateFlags,
    kind: &str,
    name: &str,
) -> Result<Value, Refusal> {
    let kind = match kind {
        "clusterip" => "ClusterIP",
        "nodeport" => "NodePort",
        "loadbalancer" => "LoadBalancer",
        "externalname" => "ExternalName",
        other => {
            return Err(error(&format!(
                "unknown command {other:?} for \"kubectl create service\""
            )));
        }
    };
    let mut ports = Vec::new();
    for pair in flags.tcp.iter().flat_map(|text| text.split(',')) {
        let (number, target) = pair.split_once(':').unwrap_or((pair, pair));
        let target = target.parse::<u16>().map_or(json!(target), Value::from);
        let mut own = json!({
            "name": pair.replace(':', "-"), "port": port(number)?, "protocol": "TCP", "targetPort": target,
        });
        if let Some(text) = flags.node_port.as_ref().filter(|_| kind == "NodePort") {
            own["nodePort"] = port(text)?.into();
        }
        ports.push(own);
    }
    let own = json!({"app": name});
    let mut spec = json!({"type": kind, "selector": own});
    if kind == "ExternalName" {
        spec["externalName"] = required(flags.external_name.as_deref(), "external-name")?.into();
    } else if ports.is_empty() && flags.cluster_ip.as_deref() != Some("None") {
        return Err(error("at least one tcp port specifier must be provided"));
    }
    if let Some(address) = &flags.cluster_ip {
        spec["clusterIP"] = address.as_str().into();
    }
    if !ports.is_empty() {
        spec["ports"] = ports.into();
    }
    let id = ("v1", "Service", name);
    Ok(object(arguments, id, &json!({"labels": own, "spec": spec})))
}

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
    let selector = match &arguments.selector {
        Some(text) => labels(text)?,
        None => selector_of(item)?,
    };
    let name = flags.name.as_deref().unwrap_or(&item.name.name);
    let mut spec = json!({"selector": selector, "ports": ports(item, flags)?});
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
    let own = match &flags.labels {
        Some(text) => labels(text)?,
        None => Value::from(
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

/// The labels that a Service must ask for (`polymorphichelpers/mapbasedselectorforobject.go`).
fn selector_of(item: &Item) -> Result<Value, Refusal> {
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
        "Deployment" | "ReplicaSet" => (
            &["spec", "selector", "matchLabels"],
            "the selector has no labels",
        ),
        kind => {
            let group = item.resource.group;
            let dot = if group.is_empty() { "" } else { "." };
            return Err(error(&format!("cannot expose a {kind}{dot}{group}")));
        }
    };
    let selector = item.tree.at(path).map(Value::from);
    let selector = selector.filter(|own| own.as_object().is_some_and(|own| !own.is_empty()));
    selector.ok_or_else(|| {
        error(&format!(
            "couldn't retrieve selectors via --selector flag or introspection: {missing}"
        ))
    })
}

/// The ports of an object, with their protocols.
fn own_ports(item: &Item) -> Vec<(u16, String)> {
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
        let number = u16::try_from(fields::number(own, field)).ok()?;
        Some((number, fields::text(own, "protocol").to_owned()))
    };
    lists.into_iter().flatten().filter_map(port).collect()
}

/// `--port`, or the ports of the object (`kubectl/pkg/cmd/expose`, `generate/versioned/service.go`).
fn ports(item: &Item, flags: &ExposeFlags) -> Result<Vec<Value>, Refusal> {
    let own = own_ports(item);
    let numbers = match &flags.port {
        Some(text) => text.split(',').map(port).collect::<Result<Vec<u16>, _>>()?,
        None => own.iter().map(|(number, _)| *number).collect(),
    };
    if numbers.is_empty() && flags.cluster_ip.as_deref() != Some("None") {
        return Err(error("couldn't find port via --port flag or introspection"));
    }
    let protocol_of = |number: u16| {
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
