//! The probes of containers, as far as the manifests decide whether they can succeed.

use std::fmt;
use std::net::IpAddr;

use serde::Deserialize;
use smol_str::SmolStr;

use super::{Container, ExecAction, Pod, TargetPort};
use crate::diagnostic::ProbeFault;

/// A probe, which the kubelet runs: a pod is ready while the readiness probes of all its containers succeed.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Probe {
    /// Runs a command in the container; exit code 0 is success.
    pub exec: Option<ExecAction>,
    /// Requests a path; a status from 200 to 399 is success.
    pub http_get: Option<ProbedPort>,
    /// Opens a TCP connection.
    pub tcp_socket: Option<ProbedPort>,
    /// Calls the gRPC health service.
    pub grpc: Option<ProbedPort>,
}

/// The port that a probe calls, and the path of `httpGet`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ProbedPort {
    /// The number, or the name of one of the container's ports.
    pub port: TargetPort,
    /// The path; empty for the others.
    pub path: SmolStr,
    /// The host that the kubelet calls; empty for the pod's own address.
    pub host: SmolStr,
}

impl ProbedPort {
    /// Whether the kubelet, which runs on the node, calls the node itself.
    fn is_on_loopback(&self) -> bool {
        let host = self.host.trim_matches(['[', ']']);
        let address: Result<IpAddr, _> = host.parse();
        host == "localhost" || address.is_ok_and(|own| own.is_loopback())
    }
}

/// As `kubectl describe` prints the action: `http-get :8080/healthz`, `tcp-socket :5432`, `grpc :50051`, `exec [cat /ready]`.
impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ExecAction { command }) = &self.exec {
            return write!(f, "exec [{}]", command.join(" "));
        }
        for (name, asked) in [
            ("http-get", &self.http_get),
            ("tcp-socket", &self.tcp_socket),
            ("grpc", &self.grpc),
        ] {
            if let Some(ProbedPort { port, path, host }) = asked {
                return write!(f, "{name} {host}:{port}{path}");
            }
        }
        Ok(())
    }
}

impl Probe {
    /// Why it can never succeed in this container; `None` if that depends on the program.
    pub fn fault(&self, container: &Container) -> Option<ProbeFault> {
        let command = self.exec.as_ref().map(|exec| exec.command.as_slice());
        if let Some([program]) = command
            && matches!(program.as_str(), "false" | "/bin/false" | "/usr/bin/false")
        {
            return Some(ProbeFault::RunsFalse);
        }
        let asked = self.http_get.as_ref().or(self.tcp_socket.as_ref())?;
        if asked.is_on_loopback() {
            return Some(ProbeFault::AsksNode);
        }
        let TargetPort::Name(name) = &asked.port else {
            return None;
        };
        let mut ports = container.ports.iter();
        let is_declared = ports.any(|port| port.name == name.as_str());
        (!is_declared).then_some(ProbeFault::NoSuchPort)
    }
}

/// A probe that can never succeed.
#[derive(Clone, Copy, Debug)]
pub struct FailingProbe<'a> {
    /// The container.
    pub container: &'a Container,
    /// The list that it is in, `containers`, or `initContainers` of a sidecar.
    pub list: &'static str,
    /// Its index in that list.
    pub index: usize,
    /// The field that it is written in.
    pub field: &'static str,
    /// The probe.
    pub probe: &'a Probe,
    /// Why it fails.
    pub why: ProbeFault,
}

impl Pod {
    /// The first container that never becomes ready: its startup or readiness probe can never succeed.
    pub fn failing_probe(&self) -> Option<FailingProbe<'_>> {
        let startup = self.failing("startupProbe", |own| own.startup_probe.as_deref());
        startup.or_else(|| self.failing("readinessProbe", |own| own.readiness_probe.as_deref()))
    }

    /// The first container that the kubelet restarts again and again: its liveness probe can never succeed.
    pub fn failing_liveness_probe(&self) -> Option<FailingProbe<'_>> {
        self.failing("livenessProbe", |own| own.liveness_probe.as_deref())
    }

    /// The containers that are probed, sidecars last: each with its list and its index in that.
    pub fn probed_containers(&self) -> impl Iterator<Item = (&'static str, usize, &Container)> {
        let containers = self.spec.containers.iter().enumerate();
        let containers = containers.map(|(index, own)| ("containers", index, own));
        let sidecars = self.spec.init_containers.iter().enumerate();
        let sidecars = sidecars.filter(|(_, own)| own.is_sidecar());
        containers.chain(sidecars.map(|(index, own)| ("initContainers", index, own)))
    }

    fn failing(
        &self,
        field: &'static str,
        probe_of: fn(&Container) -> Option<&Probe>,
    ) -> Option<FailingProbe<'_>> {
        let mut containers = self.probed_containers();
        containers.find_map(|(list, index, container)| {
            let probe = probe_of(container)?;
            let why = probe.fault(container)?;
            // On the node's own network the node's loopback address is the pod's.
            let is_own = why == ProbeFault::AsksNode && self.spec.host_network;
            (!is_own).then_some(FailingProbe {
                container,
                list,
                index,
                field,
                probe,
                why,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    /// The probe of a pod with a port named `http`, as it is printed, and why it fails.
    fn probed(probe: &str) -> (String, Option<ProbeFault>) {
        let text = format!(
            "
            spec:
              containers:
              - name: c
                ports: [{{name: http, containerPort: 8080}}]
                readinessProbe: {probe}
            "
        );
        let pod: Pod = object(&text);
        let probe = pod.spec.containers[0].readiness_probe.as_deref();
        let printed = probe.expect("it has a probe").to_string();
        (printed, pod.failing_probe().map(|failing| failing.why))
    }

    #[test]
    fn only_a_missing_port_name_the_nodes_loopback_and_the_command_false_are_sure_to_fail() {
        for (probe, printed, fault) in [
            (
                "{httpGet: {port: http, path: /ok}}",
                "http-get :http/ok",
                None,
            ),
            ("{httpGet: {port: 9, path: /}}", "http-get :9/", None),
            (
                "{tcpSocket: {port: web}}",
                "tcp-socket :web",
                Some(ProbeFault::NoSuchPort),
            ),
            ("{grpc: {port: 50051}}", "grpc :50051", None),
            ("{exec: {command: [cat, /ok]}}", "exec [cat /ok]", None),
            (
                "{httpGet: {host: 127.0.0.1, port: 9, path: /}}",
                "http-get 127.0.0.1:9/",
                Some(ProbeFault::AsksNode),
            ),
            ("{tcpSocket: {host: db, port: 9}}", "tcp-socket db:9", None),
            (
                "{exec: {command: [/bin/false]}}",
                "exec [/bin/false]",
                Some(ProbeFault::RunsFalse),
            ),
        ] {
            assert_eq!(probed(probe), (printed.to_owned(), fault), "{probe}");
        }
    }
}
