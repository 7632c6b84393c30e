//! The objects that `run` and `create` make of their options (kubernetes `kubectl/pkg/cmd/{run,create}`).

use serde_json::{Map, Value, json};

use super::super::command::{Arguments, Refusal};
use super::super::flags::{not_a_number, unknown_flag};
use super::super::resource_args::{error, unknown_command};
use super::flags::{CreateFlags, RunFlags};
use super::usage;
use crate::syntax::is_dns1123_subdomain;

/// The value of a flag that must be there.
fn required<'a>(value: Option<&'a str>, flag: &str) -> Result<&'a str, Refusal> {
    let value = value.filter(|value| !value.is_empty());
    value.ok_or_else(|| error(&format!("required flag(s) {flag:?} not set")))
}

/// An object with its namespace, if one is asked for.
pub(super) fn object(
    arguments: &Arguments,
    (version, kind, name): (&str, &str, &str),
    rest: &Value,
) -> Value {
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
pub(super) fn labels(text: &str) -> Result<Value, Refusal> {
    let mut labels = Map::new();
    for label in text.split(',') {
        let [key, value] = label.split('=').collect::<Vec<_>>()[..] else {
            return Err(error(&format!("unexpected label spec: {label}")));
        };
        if key.is_empty() {
            return Err(error("unexpected empty label key"));
        }
        labels.insert(key.to_owned(), value.into());
    }
    Ok(Value::Object(labels))
}

/// A port, as Go reads it with `strconv.Atoi`; whether there is one of this number is said by the server.
pub(super) fn port(text: &str) -> Result<i64, Refusal> {
    text.parse()
        .map_err(|_| error(&format!("strconv.Atoi: parsing {text:?}: invalid syntax")))
}

/// A container that may have a port.
fn container(name: &str, image: &str, own_port: Option<i64>) -> Value {
    let mut container = json!({"name": name, "image": image});
    if let Some(port) = own_port {
        container["ports"] = json!([{"containerPort": port}]);
    }
    container
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
    let own = match flags.labels.as_deref() {
        None | Some("") => json!({"run": name}),
        Some(text) => labels(text)?,
    };
    let own_port = flags.port.as_deref().map(port).transpose()?;
    let mut container = container(name, image, own_port);
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

/// What is said of the other commands of `create`.
const CREATED: &str = "kubehop creates deployment, namespace, service clusterip, nodeport, loadbalancer and externalname; \
                       create -f - takes any manifest";

/// The commands of `create` that are not here.
const NOT_CREATED: [&str; 21] = [
    "cj",
    "clusterrole",
    "clusterrolebinding",
    "cm",
    "configmap",
    "cronjob",
    "ing",
    "ingress",
    "job",
    "pc",
    "pdb",
    "poddisruptionbudget",
    "priorityclass",
    "quota",
    "resourcequota",
    "role",
    "rolebinding",
    "sa",
    "secret",
    "serviceaccount",
    "token",
];

/// `kubectl create deployment`, `service` and `namespace`.
pub(super) fn created(arguments: &Arguments, flags: &CreateFlags) -> Result<Value, Refusal> {
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["deployment" | "deploy", names @ ..] => {
            refuse_other_flags("create deployment", flags, &["image", "port", "replicas"])?;
            let name = only_name("create deployment", arguments, names)?;
            deployment(arguments, flags, name)
        }
        ["namespace" | "ns", names @ ..] => {
            refuse_other_flags("create namespace", flags, &[])?;
            let name = only_name("create namespace", arguments, names)?;
            Ok(object(arguments, ("v1", "Namespace", name), &Value::Null))
        }
        ["service" | "svc", kind, names @ ..] => service(arguments, flags, kind, names),
        [] => Err(unspecified(&format!("{CREATED}\n"))),
        ["service" | "svc"] => Err(error(CREATED)),
        [command, ..] if NOT_CREATED.contains(command) => Err(error(CREATED)),
        _ => {
            let Refusal(unknown) = unknown_command("create", &arguments.words);
            Err(unspecified(&unknown))
        }
    }
}

/// What `create` says without a file, before anything else.
fn unspecified(rest: &str) -> Refusal {
    Refusal(format!("Error: must specify one of -f and -k\n\n{rest}"))
}

/// The one name of a command (`NameFromCommandArgs`); words behind `--` are no names.
fn only_name<'a>(
    command: &str,
    arguments: &Arguments,
    names: &[&'a str],
) -> Result<&'a str, Refusal> {
    let before = arguments.words.len() - names.len();
    let count = arguments
        .before_dashes
        .map_or(names.len(), |count| count.saturating_sub(before));
    match (count, names) {
        (1, [name, ..]) => Ok(*name),
        _ => Err(usage(
            command,
            &format!("exactly one NAME is required, got {count}"),
        )),
    }
}

/// The commands of `create` share their flags here, which they do not in kubectl.
fn refuse_other_flags(command: &str, flags: &CreateFlags, own: &[&str]) -> Result<(), Refusal> {
    let written = [
        ("image", flags.image.is_some()),
        ("port", flags.port.is_some()),
        ("replicas", flags.replicas.is_some()),
        ("tcp", !flags.tcp.is_empty()),
        ("node-port", flags.node_port.is_some()),
        ("clusterip", flags.cluster_ip.is_some()),
        ("external-name", flags.external_name.is_some()),
    ];
    let mut unknown = written
        .iter()
        .filter(|(name, is_written)| *is_written && !own.contains(name));
    match unknown.next() {
        Some((name, _)) => Err(unknown_flag(command, name)),
        None => Ok(()),
    }
}

fn deployment(arguments: &Arguments, flags: &CreateFlags, name: &str) -> Result<Value, Refusal> {
    const COMMAND: &str = "create deployment";
    let image = required(flags.image.as_deref(), "image")?;
    let own = json!({"app": name});
    // The container has the name of the image.
    let base = image.rsplit('/').next().unwrap_or_default();
    let base = base.split([':', '@']).next().unwrap_or_default();
    let words = arguments.words.get(2..).unwrap_or_default();
    let own_port = flags.port.as_deref().map(|text| {
        let number = text.parse::<i64>();
        number.map_err(|_| not_a_number(COMMAND, text, "--port"))
    });
    // What follows is the command, where `run` takes it as arguments.
    let mut container = container(base, image, own_port.transpose()?);
    if !words.is_empty() {
        container["command"] = json!(words);
    }
    let replicas = flags.replicas.as_deref().unwrap_or("1");
    let replicas: u16 = replicas
        .parse()
        .map_err(|_| not_a_number(COMMAND, replicas, "-r, --replicas"))?;
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
    names: &[&str],
) -> Result<Value, Refusal> {
    let (of_type, own_flags): (&str, &[&str]) = match kind {
        "clusterip" => ("ClusterIP", &["tcp", "clusterip"]),
        "nodeport" => ("NodePort", &["tcp", "node-port"]),
        "loadbalancer" => ("LoadBalancer", &["tcp"]),
        "externalname" => ("ExternalName", &["tcp", "external-name"]),
        _ => {
            let words = arguments.words.get(1..).unwrap_or_default();
            return Err(unknown_command("create service", words));
        }
    };
    let command = format!("create service {kind}");
    refuse_other_flags(&command, flags, own_flags)?;
    let external_name = match of_type {
        "ExternalName" => Some(required(flags.external_name.as_deref(), "external-name")?),
        _ => None,
    };
    let name = only_name(&command, arguments, names)?;
    let is_headless = flags.cluster_ip.as_deref() == Some("None");
    if flags.tcp.is_empty() && !is_headless && external_name.is_none() {
        return Err(error("at least one tcp port specifier must be provided"));
    }
    if let Some(invalid) = external_name.filter(|own| !is_dns1123_subdomain(own).is_empty()) {
        return Err(error(&format!("invalid service external name {invalid}")));
    }
    let pairs = flags.tcp.iter().flat_map(|text| text.split(','));
    let mut ports = pairs.map(tcp_port).collect::<Result<Vec<Value>, _>>()?;
    if let Some(text) = &flags.node_port {
        let number: i64 = text
            .parse()
            .map_err(|_| not_a_number(&command, text, "--node-port"))?;
        ports
            .iter_mut()
            .for_each(|own| own["nodePort"] = number.into());
    }
    let own = json!({"app": name});
    let mut spec = json!({"type": of_type, "selector": own});
    if let Some(external_name) = external_name {
        spec["externalName"] = external_name.into();
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

/// The port of `80:8080` (`parsePorts`).
fn tcp_port(pair: &str) -> Result<Value, Refusal> {
    let (number, target) = pair.split_once(':').unwrap_or((pair, pair));
    let wrong = |why: &str| error(&format!("strconv.ParseUint: parsing {number:?}: {why}"));
    let port: u64 = number.parse().map_err(|_| wrong("invalid syntax"))?;
    let port = u16::try_from(port).map_err(|_| wrong("value out of range"))?;
    let target = match target.parse::<i64>() {
        Ok(target @ 1..=65535) => json!(target),
        Ok(_) if target == number => json!(port),
        Ok(_) => return Err(error("must be between 1 and 65535, inclusive")),
        Err(_) => json!(target),
    };
    let name = pair.replace(':', "-");
    Ok(json!({"name": name, "port": port, "protocol": "TCP", "targetPort": target}))
}
