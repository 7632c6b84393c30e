//! Environment variables of containers: those of the manifest and those of Services (kubernetes `pkg/kubelet/envvars`,
//! `getServiceEnvVarMap`, `makeEnvironmentVariables`; `third_party/forked/golang/expansion`).
//!
//! They are fixed when the container starts and do not include later Services. Therefore the Services are an argument
//! and are not taken from the cluster.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::cluster::object::{Container, EnvVar, Pod, Service};
pub use crate::cluster::service_variables::{
    Variable, service_variables, variable_name, visible_services,
};
use crate::labels::Labels;
use crate::resolve::Resolved;
use crate::sort;

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
