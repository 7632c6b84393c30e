//! A container of a Pod: its program, ports, variables, probes and hooks (`core/v1` `Container`).

use serde::Deserialize;
use smol_str::SmolStr;

use super::{Probe, ResourceRequirements};
use crate::names::Protocol;

/// `spec.containers[]` or `spec.initContainers[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Container {
    /// The name, unique in the pod.
    pub name: SmolStr,
    /// The image reference.
    pub image: SmolStr,
    /// What the scheduler keeps free for the container.
    pub resources: ResourceRequirements,
    /// Declared ports. They are informational: the process may listen on others.
    pub ports: Vec<ContainerPort>,
    /// The program and its arguments, instead of the image's `ENTRYPOINT`.
    pub command: Vec<SmolStr>,
    /// Arguments, instead of the image's `CMD`.
    pub args: Vec<SmolStr>,
    /// ConfigMaps and Secrets whose entries are environment variables.
    pub env_from: Vec<EnvFromSource>,
    /// Environment variables of the manifest.
    pub env: Vec<EnvVar>,
    /// `Always` makes an init container a sidecar.
    pub restart_policy: Option<SmolStr>,
    /// How the kubelet checks whether the container is ready.
    pub readiness_probe: Option<Box<Probe>>,
    /// Whether the container has started: until then it is not ready.
    pub startup_probe: Option<Box<Probe>>,
    /// Whether the kubelet restarts the container.
    pub liveness_probe: Option<Box<Probe>>,
    /// What the kubelet runs when the container starts and before it stops.
    pub lifecycle: Option<Box<Lifecycle>>,
}

impl Container {
    /// Whether an init container keeps running beside the others, once it has started (a sidecar).
    pub fn is_sidecar(&self) -> bool {
        self.restart_policy.as_deref() == Some("Always")
    }
}

/// `containers[].lifecycle`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Lifecycle {
    /// Runs before SIGTERM is sent to the container; its time counts as grace period.
    pub pre_stop: Option<LifecycleHandler>,
}

/// `lifecycle.preStop`. A handler with none of these fields makes an HTTP request or opens a TCP connection.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct LifecycleHandler {
    /// Waits.
    pub sleep: Option<SleepAction>,
    /// Runs a command in the container.
    pub exec: Option<ExecAction>,
}

/// `preStop.sleep`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct SleepAction {
    /// How long, in seconds.
    pub seconds: i64,
}

/// `preStop.exec`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ExecAction {
    /// The program and its arguments.
    pub command: Vec<SmolStr>,
}

/// `containers[].ports[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerPort {
    /// The name that `targetPort` may refer to, or empty.
    pub name: SmolStr,
    /// The port number in the pod's network namespace.
    pub container_port: u16,
    /// The port of the node that is forwarded to it; 0 if unset.
    pub host_port: u16,
    /// The address of the node that `host_port` is forwarded from; empty for all.
    #[serde(rename = "hostIP")]
    pub host_ip: SmolStr,
    /// TCP by default.
    pub protocol: Protocol,
}

/// `containers[].env[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EnvVar {
    /// The variable's name.
    pub name: SmolStr,
    /// The value, in which `$(NAME)` is expanded.
    pub value: SmolStr,
    /// The source of the value, if it is not written here.
    pub value_from: Option<EnvVarSource>,
}

/// `env[].valueFrom`; amounts of resources are not modelled.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EnvVarSource {
    /// A field of the pod.
    pub field_ref: Option<FieldRef>,
    /// An entry of a ConfigMap.
    pub config_map_key_ref: Option<Box<KeyRef>>,
    /// An entry of a Secret.
    pub secret_key_ref: Option<Box<KeyRef>>,
}

/// `valueFrom.configMapKeyRef` and `valueFrom.secretKeyRef`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct KeyRef {
    /// The name of the object.
    pub name: SmolStr,
    /// The key of the entry.
    pub key: SmolStr,
}

/// `containers[].envFrom[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EnvFromSource {
    /// What the names of the variables begin with.
    pub prefix: SmolStr,
    /// The ConfigMap.
    pub config_map_ref: Option<NameRef>,
    /// The Secret.
    pub secret_ref: Option<NameRef>,
}

/// `envFrom[].configMapRef` and `envFrom[].secretRef`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NameRef {
    /// The name of the object.
    pub name: SmolStr,
}

/// `valueFrom.fieldRef`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FieldRef {
    /// The path, for example `status.podIP`.
    pub field_path: SmolStr,
}
