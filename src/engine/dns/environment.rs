//! Environment variables of containers: those of the manifest and those of Services (kubernetes `pkg/kubelet/envvars`,
//! `getServiceEnvVarMap`, `makeEnvironmentVariables`; `third_party/forked/golang/expansion`).
//!
//! They are fixed when the container starts and do not include later Services. Therefore the Services are an argument
//! and are not taken from the cluster.

use std::net::IpAddr;

use smol_str::SmolStr;

use super::env_sources;
use crate::cluster::generate_name::generated_uid;
use crate::cluster::object::{Container, EnvFromSource, EnvVar, Pod, Service};
pub use crate::cluster::service_variables::{
    Variable, service_variables, variable_name, visible_services,
};
use crate::labels::Labels;
use crate::resolve::Resolved;

/// The variables of a container that starts when these Services exist. Variables of the manifest come first; they
/// override those of Services, and may refer to them and to earlier ones.
pub fn environment<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    pod: &Pod,
    container: &Container,
) -> Vec<Variable> {
    let of_services = service_variables(visible_services(services, pod));
    variables(of_services, pod, container, None)
}

/// The variables of a pod's container, with the Services that existed when it started.
pub fn of_container(resolved: &Resolved, pod: &Pod, container: &Container) -> Vec<Variable> {
    let services = visible_services(resolved.services_before(pod), pod);
    let of_services = service_variables(services);
    variables(of_services, pod, container, Some(resolved))
}

/// The Services without variables because they were created after the pod started.
pub fn services_without_variables<'a>(resolved: &'a Resolved, pod: &Pod) -> Vec<&'a Service> {
    visible_services(resolved.services_after(pod), pod)
}

/// The variables of `envFrom`, then those of `env`, which override them, then those of Services that neither has.
fn variables(
    of_services: Vec<Variable>,
    pod: &Pod,
    container: &Container,
    around: Option<&Resolved>,
) -> Vec<Variable> {
    let mut environment = Environment {
        of_services: &of_services,
        variables: Vec::new(),
    };
    for source in &container.env_from {
        for (key, value) in around
            .map(|all| entries_of(source, pod, all))
            .unwrap_or_default()
        {
            environment.set(format!("{}{key}", source.prefix), value);
        }
    }
    let mut unknown = Vec::new();
    for written in &container.env {
        match value_of(written, pod, &environment, around) {
            Some(value) => environment.set(written.name.to_string(), value),
            None if is_missing(written, around) => {}
            None => unknown.push(&written.name),
        }
    }
    let mut variables = environment.variables;
    let is_written = |variable: &Variable| {
        unknown.iter().any(|name| **name == variable.name)
            || variables.iter().any(|own| own.name == variable.name)
    };
    let others = of_services
        .iter()
        .filter(|variable| !is_written(variable))
        .cloned();
    let others: Vec<Variable> = others.collect();
    variables.extend(others);
    variables
}

/// What is known while one variable is set after the other.
struct Environment<'a> {
    of_services: &'a [Variable],
    variables: Vec<Variable>,
}

impl Environment<'_> {
    /// Sets a variable; the last value counts.
    fn set(&mut self, name: String, value: String) {
        self.variables.retain(|variable| variable.name != name);
        self.variables.push(Variable { name, value });
    }

    /// The value of a reference.
    fn get(&self, name: &str) -> Option<String> {
        let mut all = self.variables.iter().chain(self.of_services.iter().rev());
        let found = all.find(|variable| variable.name == name);
        found.map(|variable| variable.value.clone())
    }
}

/// The entries of the object that an item of `envFrom` names.
fn entries_of(source: &EnvFromSource, pod: &Pod, all: &Resolved) -> Vec<(SmolStr, String)> {
    let namespace = pod.metadata.namespace.as_str();
    match (&source.config_map_ref, &source.secret_ref) {
        (Some(map), _) => env_sources::config_map(all, namespace, &map.name),
        (None, Some(secret)) => env_sources::secret(all, namespace, &secret.name),
        (None, None) => Vec::new(),
    }
}

/// Whether a variable without a value is known not to be there: its key is not, which is optional if the container runs. A
/// Service's variable of the same name stays then.
fn is_missing(written: &EnvVar, around: Option<&Resolved>) -> bool {
    let names_key = written.value_from.as_ref().is_some_and(|source| {
        source.config_map_key_ref.is_some() || source.secret_key_ref.is_some()
    });
    names_key && around.is_some()
}

/// The value of a manifest's variable; `None` if its source is not there or not modelled (resources, files).
fn value_of(
    written: &EnvVar,
    pod: &Pod,
    environment: &Environment,
    around: Option<&Resolved>,
) -> Option<String> {
    let Some(source) = written
        .value_from
        .as_ref()
        .filter(|_| written.value.is_empty())
    else {
        return Some(expand(&written.value, |name| environment.get(name)));
    };
    if let Some(of_field) = &source.field_ref {
        return field(pod, &of_field.field_path, around).map(|value| value.to_string());
    }
    let namespace = pod.metadata.namespace.as_str();
    match (&source.config_map_key_ref, &source.secret_key_ref) {
        (Some(map), _) => env_sources::config_map_value(around?, namespace, &map.name, &map.key),
        (None, Some(secret)) => {
            env_sources::secret_value(around?, namespace, &secret.name, &secret.key)
        }
        (None, None) => None,
    }
}

/// The value of a pod field (`fieldpath.ExtractFieldPathAsString`, kubelet `podFieldSelectorRuntimeValue`).
fn field(pod: &Pod, path: &str, around: Option<&Resolved>) -> Option<SmolStr> {
    let metadata = &pod.metadata;
    let entry = |labels: &Labels, key: &str| {
        let key = key.strip_prefix("['")?.strip_suffix("']")?;
        Some(labels.get(key).cloned().unwrap_or_default())
    };
    match path {
        "metadata.name" => Some(metadata.name.clone()),
        "metadata.namespace" => Some(metadata.namespace.clone()),
        "metadata.uid" => Some(generated_uid("Pod", &metadata.namespace, &metadata.name).into()),
        "spec.nodeName" => Some(pod.spec.node_name.clone()),
        "spec.serviceAccountName" => match pod.spec.service_account_name.as_str() {
            "" => Some(DEFAULT_ACCOUNT.into()),
            name => Some(name.into()),
        },
        "status.hostIP" => Some(pod.status.host_ip.clone()),
        "status.hostIPs" => Some(host_addresses(pod, around)),
        "status.podIP" => pod
            .addresses()
            .next()
            .map(|address| address.to_string().into()),
        "status.podIPs" => Some(joined(pod.addresses())),
        _ => match path.strip_prefix("metadata.labels") {
            Some(key) => entry(&metadata.labels, key),
            None => entry(
                &metadata.annotations,
                path.strip_prefix("metadata.annotations")?,
            ),
        },
    }
}

/// The account of a pod that names none (the `ServiceAccount` admission plugin).
const DEFAULT_ACCOUNT: &str = "default";

/// The addresses of the pod's node, the first of each family (`GetNodeHostIPs`).
fn host_addresses(pod: &Pod, around: Option<&Resolved>) -> SmolStr {
    let node = around.and_then(|all| all.cluster.nodes.get(&pod.spec.node_name));
    let Some((node, first)) = node.and_then(|node| Some((node, node.addresses().next()?))) else {
        return pod.status.host_ip.clone();
    };
    let second = node
        .addresses()
        .find(|address| address.is_ipv4() != first.is_ipv4());
    joined([first].into_iter().chain(second))
}

fn joined(addresses: impl Iterator<Item = IpAddr>) -> SmolStr {
    let addresses: Vec<String> = addresses.map(|address| address.to_string()).collect();
    addresses.join(",").into()
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
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::names::ObjectName;
    use crate::resolve::resolve;
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

    const WITH_SOURCES: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.7, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cfg}
data: {k: v, z: w}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {pw: aHVudGVy, z: YQ==}
stringData: {z: plain}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cfg, namespace: other}
data: {k: far}
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: c
    image: nginx
    envFrom:
    - configMapRef: {name: cfg}
    - {prefix: S_, secretRef: {name: s}}
    - configMapRef: {name: missing, optional: true}
    env:
    - {name: k, value: $(k)-$(S_pw)}
    - {name: CM, valueFrom: {configMapKeyRef: {name: cfg, key: z}}}
    - {name: PW, valueFrom: {secretKeyRef: {name: s, key: z}}}
    - {name: WEB_PORT, valueFrom: {secretKeyRef: {name: s, key: none, optional: true}}}
    - {name: SA, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}
    - {name: HOSTS, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}
";

    #[test]
    fn a_pod_reads_the_config_maps_and_secrets_of_its_namespace() {
        let resolved = resolve(&Source::read(WITH_SOURCES), &Config::default());
        let pod = resolved
            .cluster
            .pod(&ObjectName::new("default", "a"))
            .expect("the pod is stored");
        let variables = of_container(&resolved, pod, &pod.spec.containers[0]);
        let all: Vec<String> = variables.iter().map(Variable::to_string).collect();
        let hosts = format!("HOSTS={}", pod.status.host_ip);
        assert_eq!(
            all[..8],
            [
                "z=w",
                "S_z=plain",
                "S_pw=hunter",
                "k=v-hunter",
                "CM=w",
                "PW=plain",
                "SA=default",
                &hosts
            ]
        );
        assert!(all.contains(&"WEB_PORT=tcp://10.96.0.7:80".to_owned()));
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
