//! Environment variables of containers: those of the manifest and those of Services (kubernetes `pkg/kubelet/envvars`,
//! `getServiceEnvVarMap`, `makeEnvironmentVariables`; `third_party/forked/golang/expansion`).
//!
//! They are fixed when the container starts and do not include later Services. Therefore the Services are an argument
//! and are not taken from the cluster.

use std::collections::BTreeMap;
use std::fmt;

use smol_str::SmolStr;

use crate::cluster::object::{Container, EnvVar, Pod, Service, ServicePort};
use crate::labels::Labels;
use crate::names::DEFAULT_NAMESPACE;
use crate::resolve::Resolved;
use crate::sort;

/// The Service that all containers have variables for: the API server.
const API_SERVER: &str = "kubernetes";

/// An environment variable, printed as by `env`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

impl Variable {
    fn new(name: String, value: impl ToString) -> Variable {
        Variable {
            name,
            value: value.to_string(),
        }
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

/// The variables of a container that starts when these Services exist. Variables of the manifest come first; they
/// override those of Services, and may refer to them and to earlier ones.
pub fn environment<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    pod: &Pod,
    container: &Container,
) -> Vec<Variable> {
    let of_services = service_variables(visible_services(services, pod));
    let mut known = sort::map(
        of_services
            .iter()
            .map(|variable| (variable.name.as_str(), variable.value.clone())),
    );
    let mut variables: Vec<Variable> = Vec::new();
    for written in &container.env {
        let Some(value) = value_of(written, pod, &known) else {
            continue;
        };
        known.insert(&written.name, value.to_string());
        variables.retain(|variable| variable.name != written.name);
        variables.push(Variable::new(written.name.to_string(), value));
    }
    let is_written = |variable: &Variable| {
        container
            .env
            .iter()
            .any(|written| written.name == variable.name)
    };
    variables.extend(
        of_services
            .iter()
            .filter(|variable| !is_written(variable))
            .cloned(),
    );
    variables
}

/// The variables of a pod's container, with the Services that existed when it started.
pub fn of_container(resolved: &Resolved, pod: &Pod, container: &Container) -> Vec<Variable> {
    environment(resolved.services_before(pod), pod, container)
}

/// The Services without variables because they were created after the pod started.
pub fn services_without_variables<'a>(resolved: &'a Resolved, pod: &Pod) -> Vec<&'a Service> {
    visible_services(resolved.services_after(pod), pod)
}

/// The value of a manifest's variable; `None` if its source is not modelled (ConfigMaps, Secrets, resources).
fn value_of(written: &EnvVar, pod: &Pod, known: &BTreeMap<&str, String>) -> Option<SmolStr> {
    match &written.value_from {
        Some(source) if written.value.is_empty() => {
            field(pod, &source.field_ref.as_ref()?.field_path)
        }
        Some(_) | None => Some(expand(&written.value, |name| known.get(name).cloned()).into()),
    }
}

/// The value of a pod field (`fieldpath.ExtractFieldPathAsString`, kubelet `podFieldSelectorRuntimeValue`).
fn field(pod: &Pod, path: &str) -> Option<SmolStr> {
    let metadata = &pod.metadata;
    let entry = |labels: &Labels, key: &str| {
        let key = key.strip_prefix("['")?.strip_suffix("']")?;
        Some(labels.get(key).cloned().unwrap_or_default())
    };
    match path {
        "metadata.name" => Some(metadata.name.clone()),
        "metadata.namespace" => Some(metadata.namespace.clone()),
        "spec.nodeName" => Some(pod.spec.node_name.clone()),
        "status.hostIP" => Some(pod.status.host_ip.clone()),
        "status.podIP" => pod
            .addresses()
            .next()
            .map(|address| address.to_string().into()),
        "status.podIPs" => {
            let addresses: Vec<String> =
                pod.addresses().map(|address| address.to_string()).collect();
            Some(addresses.join(",").into())
        }
        _ => match path.strip_prefix("metadata.labels") {
            Some(key) => entry(&metadata.labels, key),
            None => entry(
                &metadata.annotations,
                path.strip_prefix("metadata.annotations")?,
            ),
        },
    }
}

/// The Services that a pod gets variables for: those of its namespace with a cluster IP, unless service links are
/// disabled, and always `default/kubernetes`, unless its own namespace has a Service named `kubernetes`.
pub fn visible_services<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    pod: &Pod,
) -> Vec<&'a Service> {
    let wants_links = pod.spec.enable_service_links.unwrap_or(true);
    let mut visible: BTreeMap<&str, &Service> = BTreeMap::new();
    for service in services
        .into_iter()
        .filter(|service| service.spec.cluster_ip.address().is_some())
    {
        let (namespace, name) = (&service.metadata.namespace, service.metadata.name.as_str());
        if namespace == DEFAULT_NAMESPACE && name == API_SERVER {
            visible.entry(name).or_insert(service);
        } else if wants_links && *namespace == pod.metadata.namespace {
            visible.insert(name, service);
        }
    }
    visible.into_values().collect()
}

/// The variables of Services. Services without a cluster IP have none.
pub fn service_variables<'a>(services: impl IntoIterator<Item = &'a Service>) -> Vec<Variable> {
    let addressed = services
        .into_iter()
        .filter(|service| service.spec.cluster_ip.address().is_some());
    addressed.flat_map(variables_of).collect()
}

/// The variables have the cluster IP as it was written.
fn variables_of(service: &Service) -> Vec<Variable> {
    let address = &service.spec.cluster_ip.to_string();
    let prefix = variable_name(&service.metadata.name);
    let mut variables = vec![Variable::new(format!("{prefix}_SERVICE_HOST"), address)];
    if let Some(first) = service.spec.ports.first() {
        variables.push(Variable::new(format!("{prefix}_SERVICE_PORT"), first.port));
    }
    for port in service
        .spec
        .ports
        .iter()
        .filter(|port| !port.name.is_empty())
    {
        let name = format!("{prefix}_SERVICE_PORT_{}", variable_name(&port.name));
        variables.push(Variable::new(name, port.port));
    }
    if let Some(first) = service.spec.ports.first() {
        variables.push(Variable::new(format!("{prefix}_PORT"), url(address, first)));
    }
    variables.extend(
        service
            .spec
            .ports
            .iter()
            .flat_map(|port| link_variables(&prefix, address, port)),
    );
    variables
}

/// The variables in the form of Docker links.
fn link_variables(prefix: &str, address: &str, port: &ServicePort) -> [Variable; 4] {
    let prefix = format!("{prefix}_PORT_{}_{}", port.port, port.protocol);
    [
        Variable::new(prefix.clone(), url(address, port)),
        Variable::new(format!("{prefix}_PROTO"), port.protocol.lower()),
        Variable::new(format!("{prefix}_PORT"), port.port),
        Variable::new(format!("{prefix}_ADDR"), address),
    ]
}

/// `tcp://10.96.0.20:80`; an IPv6 address is in brackets (`net.JoinHostPort`).
fn url(address: &str, port: &ServicePort) -> String {
    let (protocol, number) = (port.protocol.lower(), port.port);
    if address.contains(':') {
        format!("{protocol}://[{address}]:{number}")
    } else {
        format!("{protocol}://{address}:{number}")
    }
}

/// `my-app` → `MY_APP`.
pub(crate) fn variable_name(name: &str) -> String {
    name.replace('-', "_").to_uppercase()
}

/// Expands `$(NAME)`. Unknown references stay as written, `$$` becomes `$`, and values are not expanded again.
pub fn expand(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        rest = if let Some((name, behind)) = after
            .strip_prefix('(')
            .and_then(|reference| reference.split_once(')'))
        {
            expanded.push_str(&value(name).unwrap_or_else(|| format!("$({name})")));
            behind
        } else {
            expanded.push('$');
            after.strip_prefix('$').unwrap_or(after)
        };
    }
    expanded + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn a_service_is_seen_by_name_and_port() {
        let kimho: Service = object(
            "
            metadata: {name: kimho, namespace: dev}
            spec: {clusterIP: 10.96.77.7, ports: [{name: kimho-port, port: 406}]}
            ",
        );
        let printed: Vec<String> = service_variables([&kimho])
            .iter()
            .map(Variable::to_string)
            .collect();
        assert_eq!(
            printed[..3],
            [
                "KIMHO_SERVICE_HOST=10.96.77.7",
                "KIMHO_SERVICE_PORT=406",
                "KIMHO_SERVICE_PORT_KIMHO_PORT=406",
            ]
        );
        assert_eq!(printed[3], "KIMHO_PORT=tcp://10.96.77.7:406");
    }

    #[test]
    fn variables_of_the_manifest_take_precedence_and_may_refer_to_services() {
        let web: Service = object(
            "
            metadata: {name: web}
            spec: {clusterIP: 10.96.0.7, ports: [{port: 80}]}
            ",
        );
        let written = |name: &str, value: &str| EnvVar {
            name: name.into(),
            value: value.into(),
            value_from: None,
        };
        let env = vec![
            written("URL", "http://$(WEB_SERVICE_HOST)/$(PATH)"),
            written("WEB_PORT", "81"),
        ];
        let variables = environment(
            [&web],
            &Pod::default(),
            &Container {
                env,
                ..Container::default()
            },
        );
        assert_eq!(variables[0].to_string(), "URL=http://10.96.0.7/$(PATH)");
        assert_eq!(
            variables
                .iter()
                .filter(|variable| variable.name == "WEB_PORT")
                .count(),
            1
        );
    }

    #[test]
    fn a_variable_may_name_a_field_of_its_pod() {
        let mut pod = Pod::default();
        pod.metadata.labels_mut().insert("app".into(), "web".into());
        let env = object(
            "
            - {name: APP, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app']\"}}}
            - {name: KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}
            ",
        );
        let variables = environment(
            [],
            &pod,
            &Container {
                env,
                ..Container::default()
            },
        );
        assert_eq!(
            variables
                .iter()
                .map(Variable::to_string)
                .collect::<Vec<_>>(),
            ["APP=web"]
        );
    }

    #[test]
    fn references_are_replaced_once() {
        let rows = [
            ("a known name", "$(A)", "$(B)"),
            ("an unknown name", "$(X)", "$(X)"),
            ("an escaped reference", "$$(A)", "$(A)"),
            ("an open reference", "$(A", "$(A"),
            ("a lone sign", "5$ and $", "5$ and $"),
        ];
        for (name, text, expected) in rows {
            assert_eq!(
                expand(text, |name| (name == "A").then(|| "$(B)".to_owned())),
                expected,
                "{name}"
            );
        }
    }
}
