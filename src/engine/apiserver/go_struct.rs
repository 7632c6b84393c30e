//! A pod's spec in the form the server keeps it in memory, and the difference of two.
//!
//! When a pod is replaced by one that changes too much, the server shows what changed: both specs as JSON with the
//! names and the order of its internal structs (`pkg/apis/core/types.go`), compared line by line with three lines of
//! context. The insides of volumes, affinities and the security contexts of containers are not written out.

use super::field::Field;
use super::go_json::{text_in_json, to_json};
use crate::manifest::tree::Yaml;

/// A field of an internal struct: its name there, in the manifest, and how it is written.
type GoField = (&'static str, &'static str, Shape);

/// How a field is written.
#[derive(Clone, Copy)]
enum Shape {
    /// Text, `""` when there is none.
    Text,
    /// A number, `0` when there is none.
    Number,
    /// A truth value, `false` when there is none.
    Flag,
    /// A value behind a pointer, a list or map of plain values: `null` when there is none.
    Plain,
    /// A struct that is always there.
    Struct(&'static [GoField]),
    /// A struct behind a pointer.
    Pointer(&'static [GoField]),
    /// A list of structs.
    List(&'static [GoField]),
}

const POD: &[GoField] = &[
    (
        "Volumes",
        "volumes",
        Shape::List(&[("Name", "name", Shape::Text)]),
    ),
    ("InitContainers", "initContainers", Shape::List(CONTAINER)),
    ("Containers", "containers", Shape::List(CONTAINER)),
    (
        "EphemeralContainers",
        "ephemeralContainers",
        Shape::List(CONTAINER),
    ),
    ("RestartPolicy", "restartPolicy", Shape::Text),
    (
        "TerminationGracePeriodSeconds",
        "terminationGracePeriodSeconds",
        Shape::Plain,
    ),
    (
        "ActiveDeadlineSeconds",
        "activeDeadlineSeconds",
        Shape::Plain,
    ),
    ("DNSPolicy", "dnsPolicy", Shape::Text),
    ("NodeSelector", "nodeSelector", Shape::Plain),
    ("ServiceAccountName", "serviceAccountName", Shape::Text),
    (
        "AutomountServiceAccountToken",
        "automountServiceAccountToken",
        Shape::Plain,
    ),
    ("NodeName", "nodeName", Shape::Text),
    (
        "SecurityContext",
        "securityContext",
        Shape::Pointer(POD_SECURITY),
    ),
    (
        "ImagePullSecrets",
        "imagePullSecrets",
        Shape::List(&[("Name", "name", Shape::Text)]),
    ),
    ("Hostname", "hostname", Shape::Text),
    ("Subdomain", "subdomain", Shape::Text),
    ("SetHostnameAsFQDN", "setHostnameAsFQDN", Shape::Plain),
    ("Affinity", "affinity", Shape::Plain),
    ("SchedulerName", "schedulerName", Shape::Text),
    ("Tolerations", "tolerations", Shape::Plain),
    (
        "HostAliases",
        "hostAliases",
        Shape::List(&[
            ("IP", "ip", Shape::Text),
            ("Hostnames", "hostnames", Shape::Plain),
        ]),
    ),
    ("PriorityClassName", "priorityClassName", Shape::Text),
    ("Priority", "priority", Shape::Plain),
    ("PreemptionPolicy", "preemptionPolicy", Shape::Plain),
    ("DNSConfig", "dnsConfig", Shape::Pointer(DNS)),
    (
        "ReadinessGates",
        "readinessGates",
        Shape::List(&[("ConditionType", "conditionType", Shape::Text)]),
    ),
    ("RuntimeClassName", "runtimeClassName", Shape::Plain),
    ("Overhead", "overhead", Shape::Plain),
    ("EnableServiceLinks", "enableServiceLinks", Shape::Plain),
    (
        "TopologySpreadConstraints",
        "topologySpreadConstraints",
        Shape::Plain,
    ),
    ("OS", "os", Shape::Pointer(&[("Name", "name", Shape::Text)])),
    (
        "SchedulingGates",
        "schedulingGates",
        Shape::List(&[("Name", "name", Shape::Text)]),
    ),
    ("ResourceClaims", "resourceClaims", Shape::Plain),
    ("Resources", "resources", Shape::Pointer(RESOURCES)),
    ("HostnameOverride", "hostnameOverride", Shape::Plain),
    ("SchedulingGroup", "schedulingGroup", Shape::Plain),
];

/// The fields about the host, which a manifest has in the pod's spec, are here in the internal API.
const POD_SECURITY: &[GoField] = &[
    ("HostNetwork", "hostNetwork", Shape::Flag),
    ("HostPID", "hostPID", Shape::Flag),
    ("HostIPC", "hostIPC", Shape::Flag),
    (
        "ShareProcessNamespace",
        "shareProcessNamespace",
        Shape::Plain,
    ),
    ("HostUsers", "hostUsers", Shape::Plain),
    ("SELinuxOptions", "seLinuxOptions", Shape::Plain),
    ("WindowsOptions", "windowsOptions", Shape::Plain),
    ("RunAsUser", "runAsUser", Shape::Plain),
    ("RunAsGroup", "runAsGroup", Shape::Plain),
    ("RunAsNonRoot", "runAsNonRoot", Shape::Plain),
    ("SupplementalGroups", "supplementalGroups", Shape::Plain),
    (
        "SupplementalGroupsPolicy",
        "supplementalGroupsPolicy",
        Shape::Plain,
    ),
    ("FSGroup", "fsGroup", Shape::Plain),
    ("FSGroupChangePolicy", "fsGroupChangePolicy", Shape::Plain),
    ("Sysctls", "sysctls", Shape::Plain),
    ("SeccompProfile", "seccompProfile", Shape::Plain),
    ("AppArmorProfile", "appArmorProfile", Shape::Plain),
    ("SELinuxChangePolicy", "seLinuxChangePolicy", Shape::Plain),
];

const DNS: &[GoField] = &[
    ("Nameservers", "nameservers", Shape::Plain),
    ("Searches", "searches", Shape::Plain),
    (
        "Options",
        "options",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("Value", "value", Shape::Plain),
        ]),
    ),
];

const CONTAINER: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("Image", "image", Shape::Text),
    ("Command", "command", Shape::Plain),
    ("Args", "args", Shape::Plain),
    ("WorkingDir", "workingDir", Shape::Text),
    ("Ports", "ports", Shape::List(PORT)),
    ("EnvFrom", "envFrom", Shape::Plain),
    ("Env", "env", Shape::List(VARIABLE)),
    ("Resources", "resources", Shape::Struct(RESOURCES)),
    ("ResizePolicy", "resizePolicy", Shape::Plain),
    ("RestartPolicy", "restartPolicy", Shape::Plain),
    ("RestartPolicyRules", "restartPolicyRules", Shape::Plain),
    ("VolumeMounts", "volumeMounts", Shape::List(MOUNT)),
    ("VolumeDevices", "volumeDevices", Shape::Plain),
    ("LivenessProbe", "livenessProbe", Shape::Pointer(PROBE)),
    ("ReadinessProbe", "readinessProbe", Shape::Pointer(PROBE)),
    ("StartupProbe", "startupProbe", Shape::Pointer(PROBE)),
    ("Lifecycle", "lifecycle", Shape::Plain),
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
    ("SecurityContext", "securityContext", Shape::Plain),
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
    ("ValueFrom", "valueFrom", Shape::Plain),
];

const RESOURCES: &[GoField] = &[
    ("Limits", "limits", Shape::Plain),
    ("Requests", "requests", Shape::Plain),
    ("Claims", "claims", Shape::Plain),
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
    (
        "Exec",
        "exec",
        Shape::Pointer(&[("Command", "command", Shape::Plain)]),
    ),
    ("HTTPGet", "httpGet", Shape::Pointer(HTTP)),
    (
        "TCPSocket",
        "tcpSocket",
        Shape::Pointer(&[
            ("Port", "port", Shape::Plain),
            ("Host", "host", Shape::Text),
        ]),
    ),
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

const HTTP: &[GoField] = &[
    ("Path", "path", Shape::Text),
    ("Port", "port", Shape::Plain),
    ("Host", "host", Shape::Text),
    ("Scheme", "scheme", Shape::Text),
    ("HTTPHeaders", "httpHeaders", Shape::Plain),
];

/// A pod's spec, line by line.
pub(super) fn pod_spec_lines(spec: &Yaml) -> Vec<String> {
    let mut spec = spec.clone();
    let of_the_host = [
        "hostNetwork",
        "hostPID",
        "hostIPC",
        "shareProcessNamespace",
        "hostUsers",
    ];
    let moved: Vec<_> = of_the_host
        .iter()
        .filter_map(|key| Some((key, spec.remove(key)?)))
        .collect();
    if let Some(security) = spec.get_mut("securityContext") {
        for (key, entry) in moved {
            security.set(key, entry.value.value);
        }
    }
    let mut lines = Lines::default();
    lines.object(&Field::root(&spec), POD, "");
    lines.0
}

/// The template of a workload in one line: its labels and annotations, then the spec of its pods.
pub(super) fn template_line(template: &Yaml) -> String {
    let root = Field::root(template);
    let metadata = root.child("metadata");
    let notes = ["labels", "annotations"]
        .map(|name| metadata.child(name))
        .into_iter()
        .filter(Field::is_set);
    let notes = notes.map(|field| {
        let name = field.path.to_string().replace("metadata.", "");
        format!("\"{name}\":{},", to_json(field.node()))
    });
    let spec = pod_spec_lines(&root.child("spec").node().cloned().unwrap_or_default());
    let spec: String = spec
        .iter()
        .map(|line| without_space(line.trim_start_matches(' ')))
        .collect();
    format!("{{{}\"Spec\":{spec}}}", notes.collect::<String>())
}

/// A line without the space behind its key.
fn without_space(line: &str) -> String {
    match line.split_once("\": ") {
        Some((key, value)) if line.starts_with('"') && !key.ends_with('\\') => {
            format!("{key}\":{value}")
        }
        Some(_) | None => line.to_owned(),
    }
}

/// Lines of JSON, each level indented by one more space.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn object(&mut self, object: &Field, fields: &[GoField], start: &str) {
        let indent = " ".repeat(depth(start));
        self.0.push(format!("{start}{{"));
        for (place, (name, key, shape)) in fields.iter().enumerate() {
            let start = format!("{indent} \"{name}\": ");
            self.value(&object.child(key), *shape, &start);
            self.comma_unless(place + 1 == fields.len());
        }
        self.0.push(format!("{indent}}}"));
    }

    fn value(&mut self, field: &Field, shape: Shape, start: &str) {
        match shape {
            Shape::Text => self
                .0
                .push(format!("{start}{}", text_in_json(field.text()))),
            Shape::Number => self.0.push(format!("{start}{}", field.int())),
            Shape::Flag => self.0.push(format!("{start}{}", field.is_true())),
            Shape::Plain => self.plain(field, start),
            Shape::Struct(fields) => self.object(field, fields, start),
            Shape::Pointer(fields) if field.is_set() => self.object(field, fields, start),
            Shape::List(fields) if field.is_set() => self.list(field, fields, start),
            Shape::Pointer(_) | Shape::List(_) => self.0.push(format!("{start}null")),
        }
    }

    fn list(&mut self, list: &Field, fields: &[GoField], start: &str) {
        let indent = " ".repeat(depth(start));
        self.0.push(format!("{start}["));
        for (place, item) in list.items().iter().enumerate() {
            self.object(item, fields, &format!("{indent} "));
            self.comma_unless(place + 1 == list.len());
        }
        self.0.push(format!("{indent}]"));
    }

    fn plain(&mut self, field: &Field, start: &str) {
        let indent = " ".repeat(depth(start));
        let items: Vec<String> = match field.items() {
            items if !items.is_empty() => items.iter().map(|item| to_json(item.node())).collect(),
            _ => field
                .texts()
                .iter()
                .map(|(key, text)| format!("{}: {}", text_in_json(key), text_in_json(text)))
                .collect(),
        };
        let (open, close) = if field.items().is_empty() {
            ('{', '}')
        } else {
            ('[', ']')
        };
        if items.is_empty() {
            return self.0.push(format!("{start}{}", to_json(field.node())));
        }
        self.0.push(format!("{start}{open}"));
        for (place, item) in items.iter().enumerate() {
            self.0.push(format!("{indent} {item}"));
            self.comma_unless(place + 1 == items.len());
        }
        self.0.push(format!("{indent}{close}"));
    }

    fn comma_unless(&mut self, is_last: bool) {
        if let Some(line) = self.0.last_mut().filter(|_| !is_last) {
            line.push(',');
        }
    }
}

fn depth(start: &str) -> usize {
    start.len() - start.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_begins_on_the_fifth_line() {
        let json: serde_json::Value =
            serde_json::from_str(r#"{"containers":[{"name":"c"}]}"#).expect("is JSON");
        let lines = pod_spec_lines(&json.into());
        assert_eq!(
            lines[..4],
            [
                "{",
                " \"Volumes\": null,",
                " \"InitContainers\": null,",
                " \"Containers\": ["
            ]
        );
        assert_eq!(lines[4..6], ["  {", "   \"Name\": \"c\","]);
    }

    #[test]
    fn a_template_is_one_line() {
        let json = r#"{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","args":["\": "]}]}}"#;
        let json: serde_json::Value = serde_json::from_str(json).expect("is JSON");
        let line = template_line(&json.into());
        let start = r#"{"labels":{"a":"b"},"Spec":{"Volumes":null,"InitContainers":null,"Containers":[{"Name":"c","#;
        assert!(line.starts_with(start), "{line}");
        assert!(line.contains(r#""Args":["\": "],"#), "{line}");
    }

    #[test]
    fn a_pod_on_its_hosts_network_says_so_in_its_security_context() {
        let json: serde_json::Value =
            serde_json::from_str(r#"{"hostNetwork":true,"securityContext":{}}"#).expect("is JSON");
        let lines = pod_spec_lines(&json.into());
        let place = lines
            .iter()
            .position(|line| line == " \"SecurityContext\": {")
            .expect("is there");
        assert_eq!(
            lines[place + 1..place + 3],
            ["  \"HostNetwork\": true,", "  \"HostPID\": false,"]
        );
    }
}
