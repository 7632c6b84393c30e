//! Why a container does not run, or does not end.

use serde::Serialize;

/// Why a container does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ContainerFault {
    /// Its process ends.
    Exits,
    /// The image cannot be pulled.
    Image,
    /// It refers to a ConfigMap, a Secret or a key that is not there.
    Config,
    /// It is being created.
    Creating,
    /// Another reason.
    Other,
}

/// Why a process ends at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EndFault {
    /// The image's program is a shell, and there is no terminal.
    Shell,
    /// The command has nothing that keeps running.
    Command,
    /// The first item of the command is a whole command line, and no program has that name.
    NoSuchProgram,
}

/// Why a pod has no variables of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VariableMiss {
    /// The pod started before the Service was created.
    StartedBefore,
    /// The pod has `enableServiceLinks: false`.
    LinksOff,
    /// The Service is in another namespace.
    OtherNamespace,
    /// The Service has no cluster IP.
    NoClusterIp,
}

/// Why a reference to a variable stays as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceFault {
    /// The variable is listed after the one that names it.
    DefinedLater,
    /// The container has no such variable, or none but the one that names itself.
    NotDefined,
    /// It is written `${NAME}`, which only shells replace.
    InBraces,
}

/// Why a call of a URL that a container has in a variable fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UrlFault {
    /// The Service does not have the port.
    NoSuchPort,
    /// The Service is in another namespace.
    OtherNamespace,
}

/// Why an init container waits for a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaitFault {
    /// No Service has the name.
    NoService,
    /// The Service is headless, and its name resolves only while it has a ready pod.
    NoRecord,
    /// The same, and the pod that waits is one of its own.
    OwnName,
    /// The Service does not have the port.
    NoSuchPort,
    /// The Service's port has no ready endpoint.
    NoEndpoint,
    /// It calls the pod itself, whose containers start afterwards.
    OwnPod,
    /// It reads variables of a Service that was created after the pod.
    LaterVariable,
    /// It waits for no Service: its command never ends.
    NeverEnds,
    /// It waits for no Service: its command always fails.
    AlwaysFails,
}

/// Why a readiness probe can never succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProbeFault {
    /// It asks a port by a name that the container does not declare. (kubernetes `pkg/probe/util.go`, `ResolveContainerPort`.)
    NoSuchPort,
    /// It names the loopback address as host: the kubelet asks the node, not the pod.
    AsksNode,
    /// It calls a Service whose only pods are its own, which are not ready before it succeeds.
    CallsOwnService,
    /// It calls a Service that does not answer here.
    CallsService,
    /// It runs `false`, which always exits with 1.
    RunsFalse,
}
