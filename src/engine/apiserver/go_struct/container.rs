//! The containers of a pod in the internal API (`pkg/apis/core/types.go` `Container`).

use super::security::CONTAINER_SECURITY;
use super::volumes::{AMOUNT_OF_CONTAINER, FIELD_OF_POD};
use super::{GoField, Shape};

pub(super) const CONTAINER: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("Image", "image", Shape::Text),
    ("Command", "command", Shape::Plain),
    ("Args", "args", Shape::Plain),
    ("WorkingDir", "workingDir", Shape::Text),
    ("Ports", "ports", Shape::List(PORT)),
    ("EnvFrom", "envFrom", Shape::List(SOURCE_OF_VARIABLES)),
    ("Env", "env", Shape::List(VARIABLE)),
    ("Resources", "resources", Shape::Struct(RESOURCES)),
    ("ResizePolicy", "resizePolicy", Shape::List(RESIZE_POLICY)),
    ("RestartPolicy", "restartPolicy", Shape::Plain),
    (
        "RestartPolicyRules",
        "restartPolicyRules",
        Shape::List(RESTART_RULE),
    ),
    ("VolumeMounts", "volumeMounts", Shape::List(MOUNT)),
    ("VolumeDevices", "volumeDevices", Shape::List(DEVICE)),
    ("LivenessProbe", "livenessProbe", Shape::Pointer(PROBE)),
    ("ReadinessProbe", "readinessProbe", Shape::Pointer(PROBE)),
    ("StartupProbe", "startupProbe", Shape::Pointer(PROBE)),
    ("Lifecycle", "lifecycle", Shape::Pointer(LIFECYCLE)),
    (
        "TerminationMessagePath",
        "terminationMessagePath",
        Shape::Text,
    ),
    (
        "TerminationMessagePolicy",
        "terminationMessagePolicy",
        Shape::Text,
    ),
    ("ImagePullPolicy", "imagePullPolicy", Shape::Text),
    (
        "SecurityContext",
        "securityContext",
        Shape::Pointer(CONTAINER_SECURITY),
    ),
    ("Stdin", "stdin", Shape::Flag),
    ("StdinOnce", "stdinOnce", Shape::Flag),
    ("TTY", "tty", Shape::Flag),
];

const PORT: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("HostPort", "hostPort", Shape::Number),
    ("ContainerPort", "containerPort", Shape::Number),
    ("Protocol", "protocol", Shape::Text),
    ("HostIP", "hostIP", Shape::Text),
];

const VARIABLE: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("Value", "value", Shape::Text),
    ("ValueFrom", "valueFrom", Shape::Pointer(SOURCE_OF_VALUE)),
];

pub(super) const RESOURCES: &[GoField] = &[
    ("Limits", "limits", Shape::Plain),
    ("Requests", "requests", Shape::Plain),
    (
        "Claims",
        "claims",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("Request", "request", Shape::Text),
        ]),
    ),
];

const MOUNT: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("ReadOnly", "readOnly", Shape::Flag),
    ("RecursiveReadOnly", "recursiveReadOnly", Shape::Plain),
    ("MountPath", "mountPath", Shape::Text),
    ("SubPath", "subPath", Shape::Text),
    ("MountPropagation", "mountPropagation", Shape::Plain),
    ("SubPathExpr", "subPathExpr", Shape::Text),
];

const PROBE: &[GoField] = &[
    EXEC,
    HTTP_GET,
    TCP_SOCKET,
    (
        "GRPC",
        "grpc",
        Shape::Pointer(&[
            ("Port", "port", Shape::Number),
            ("Service", "service", Shape::Plain),
        ]),
    ),
    ("InitialDelaySeconds", "initialDelaySeconds", Shape::Number),
    ("TimeoutSeconds", "timeoutSeconds", Shape::Number),
    ("PeriodSeconds", "periodSeconds", Shape::Number),
    ("SuccessThreshold", "successThreshold", Shape::Number),
    ("FailureThreshold", "failureThreshold", Shape::Number),
    (
        "TerminationGracePeriodSeconds",
        "terminationGracePeriodSeconds",
        Shape::Plain,
    ),
];

const EXEC: GoField = (
    "Exec",
    "exec",
    Shape::Pointer(&[("Command", "command", Shape::Plain)]),
);

const HTTP_GET: GoField = ("HTTPGet", "httpGet", Shape::Pointer(HTTP));

const TCP_SOCKET: GoField = (
    "TCPSocket",
    "tcpSocket",
    Shape::Pointer(&[
        ("Port", "port", Shape::Plain),
        ("Host", "host", Shape::Text),
    ]),
);

const HTTP: &[GoField] = &[
    ("Path", "path", Shape::Text),
    ("Port", "port", Shape::Plain),
    ("Host", "host", Shape::Text),
    ("Scheme", "scheme", Shape::Text),
    (
        "HTTPHeaders",
        "httpHeaders",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("Value", "value", Shape::Text),
        ]),
    ),
];

const LIFECYCLE: &[GoField] = &[
    ("PostStart", "postStart", Shape::Pointer(HANDLER)),
    ("PreStop", "preStop", Shape::Pointer(HANDLER)),
    ("StopSignal", "stopSignal", Shape::Plain),
];

/// `LifecycleHandler`.
const HANDLER: &[GoField] = &[
    EXEC,
    HTTP_GET,
    TCP_SOCKET,
    (
        "Sleep",
        "sleep",
        Shape::Pointer(&[("Seconds", "seconds", Shape::Number)]),
    ),
];

const RESIZE_POLICY: &[GoField] = &[
    ("ResourceName", "resourceName", Shape::Text),
    ("RestartPolicy", "restartPolicy", Shape::Text),
];

const RESTART_RULE: &[GoField] = &[
    ("Action", "action", Shape::Text),
    (
        "ExitCodes",
        "exitCodes",
        Shape::Pointer(&[
            ("Operator", "operator", Shape::Text),
            ("Values", "values", Shape::Plain),
        ]),
    ),
];

const DEVICE: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("DevicePath", "devicePath", Shape::Text),
];

/// `EnvFromSource`.
const SOURCE_OF_VARIABLES: &[GoField] = &[
    ("Prefix", "prefix", Shape::Text),
    ("ConfigMapRef", "configMapRef", Shape::Pointer(ALL_KEYS)),
    ("SecretRef", "secretRef", Shape::Pointer(ALL_KEYS)),
];

/// `ConfigMapEnvSource` and `SecretEnvSource`.
const ALL_KEYS: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("Optional", "optional", Shape::Plain),
];

/// `EnvVarSource`.
const SOURCE_OF_VALUE: &[GoField] = &[
    ("FieldRef", "fieldRef", Shape::Pointer(FIELD_OF_POD)),
    (
        "ResourceFieldRef",
        "resourceFieldRef",
        Shape::Pointer(AMOUNT_OF_CONTAINER),
    ),
    (
        "ConfigMapKeyRef",
        "configMapKeyRef",
        Shape::Pointer(ONE_KEY),
    ),
    ("SecretKeyRef", "secretKeyRef", Shape::Pointer(ONE_KEY)),
    (
        "FileKeyRef",
        "fileKeyRef",
        Shape::Pointer(&[
            ("VolumeName", "volumeName", Shape::Text),
            ("Path", "path", Shape::Text),
            ("Key", "key", Shape::Text),
            ("Optional", "optional", Shape::Plain),
        ]),
    ),
];

/// `ConfigMapKeySelector` and `SecretKeySelector`.
const ONE_KEY: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("Key", "key", Shape::Text),
    ("Optional", "optional", Shape::Plain),
];
