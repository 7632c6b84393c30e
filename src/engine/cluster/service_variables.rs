//! Environment variables that the kubelet writes for Services (kubernetes `pkg/kubelet/envvars`, `getServiceEnvVarMap`).

use std::collections::BTreeMap;
use std::fmt;

use super::object::{Pod, Service, ServicePort};
use crate::names::DEFAULT_NAMESPACE;

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
    /// A variable with a value.
    pub fn new(name: String, value: impl ToString) -> Variable {
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
pub fn variable_name(name: &str) -> String {
    name.replace('-', "_").to_uppercase()
}
