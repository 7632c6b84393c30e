//! The containers of a pod, or of a pod template, as `kubectl describe` prints them.

use super::pod::seccomp;
use super::probe::probe;
use crate::manifest::tree::Yaml;
use crate::printers::age::long_date;
use crate::printers::fields::{at, is_true, items, number, or, printed, scalar, text, texts};
use crate::printers::table::Page;
use crate::quantity::Quantity;
use crate::sort;

/// Whose containers they are.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// A pod's, which have states and may name the pod's own fields.
    Pod {
        /// The pod.
        pod: &'a Yaml,
        /// The states of these containers.
        statuses: &'a [Yaml],
    },
    /// A template's.
    Template,
}

pub(super) fn containers(page: &mut Page, title: &str, containers: &[Yaml], of: Of) {
    let (space, indent) = match of {
        Of::Pod { .. } => ("", ""),
        Of::Template => ("  ", " "),
    };
    let none = if containers.is_empty() { " <none>" } else { "" };
    page.line(0, format!("{space}{title}:{none}"));
    for container in containers {
        page.line(1, format!("{indent}{}:", text(container, "name")));
        self::container(page, container, of);
    }
}

fn container(page: &mut Page, container: &Yaml, of: Of) {
    let status = match of {
        Of::Pod { statuses, .. } => statuses
            .iter()
            .find(|it| text(it, "name") == text(container, "name")),
        Of::Template => None,
    };
    basics(page, container, status);
    words(page, "Command", &texts(container, "command"));
    words(page, "Args", &texts(container, "args"));
    if let Some(status) = status {
        state(page, "State", at(status, "state"));
        if at(status, "lastState.terminated").is_some() {
            state(page, "Last State", at(status, "lastState"));
        }
        page.line(
            2,
            format!(
                "Ready:\t{}",
                if is_true(status, "ready") {
                    "True"
                } else {
                    "False"
                }
            ),
        );
        page.line(
            2,
            format!("Restart Count:\t{}", number(status, "restartCount")),
        );
    }
    if let Some(resources) = at(container, "resources") {
        self::resources(page, 2, resources);
    }
    for (title, field) in [
        ("Liveness", "livenessProbe"),
        ("Readiness", "readinessProbe"),
        ("Startup", "startupProbe"),
    ] {
        if let Some(it) = at(container, field) {
            page.line(2, format!("{title}:\t{}", probe(it)));
        }
    }
    sources_of_environment(page, container);
    environment(page, container, of);
    mounts(page, container);
}

fn basics(page: &mut Page, container: &Yaml, status: Option<&Yaml>) {
    if let Some(status) = status {
        page.line(2, format!("Container ID:\t{}", text(status, "containerID")));
    }
    page.line(2, format!("Image:\t{}", text(container, "image")));
    if let Some(status) = status {
        page.line(2, format!("Image ID:\t{}", text(status, "imageID")));
    }
    for (title, field) in [("Port", "containerPort"), ("Host Port", "hostPort")] {
        let ports: Vec<String> = items(container, "ports")
            .iter()
            .map(|port| self::port(port, field))
            .collect();
        let several = if ports.len() > 1 { "s" } else { "" };
        page.line(
            2,
            format!("{title}{several}:\t{}", or(&ports.join(", "), "<none>")),
        );
    }
    seccomp(page, 2, container, "securityContext.seccompProfile");
}

fn port(port: &Yaml, field: &str) -> String {
    let number = format!("{}/{}", number(port, field), text(port, "protocol"));
    match text(port, "name") {
        "" => number,
        name => format!("{number} ({name})"),
    }
}

fn words(page: &mut Page, title: &str, words: &[&str]) {
    if !words.is_empty() {
        page.line(2, format!("{title}:"));
    }
    words
        .iter()
        .flat_map(|word| word.split('\n'))
        .for_each(|line| page.line(3, line));
}

fn state(page: &mut Page, title: &str, state: Option<&Yaml>) {
    let part = |name| state.and_then(|state| at(state, name));
    if let Some(running) = part("running") {
        page.line(2, format!("{title}:\tRunning"));
        page.line(
            3,
            format!("Started:\t{}", long_date(text(running, "startedAt"))),
        );
    } else if let (None, Some(terminated)) = (part("waiting"), part("terminated")) {
        page.line(2, format!("{title}:\tTerminated"));
        ended(page, terminated);
    } else {
        page.line(2, format!("{title}:\tWaiting"));
        let reason = part("waiting").map_or("", |waiting| text(waiting, "reason"));
        if !reason.is_empty() {
            page.line(3, format!("Reason:\t{reason}"));
        }
    }
}

fn ended(page: &mut Page, terminated: &Yaml) {
    for (title, field) in [("Reason", "reason"), ("Message", "message")] {
        let value = text(terminated, field);
        if !value.is_empty() {
            page.line(3, format!("{title}:\t{value}"));
        }
    }
    page.line(3, format!("Exit Code:\t{}", number(terminated, "exitCode")));
    if number(terminated, "signal") > 0 {
        page.line(3, format!("Signal:\t{}", number(terminated, "signal")));
    }
    page.line(
        3,
        format!("Started:\t{}", long_date(text(terminated, "startedAt"))),
    );
    page.line(
        3,
        format!("Finished:\t{}", long_date(text(terminated, "finishedAt"))),
    );
}

/// Limits and requests, by name.
pub(super) fn resources(page: &mut Page, level: usize, resources: &Yaml) {
    for (title, field) in [("Limits", "limits"), ("Requests", "requests")] {
        let mut amounts: Vec<(&str, String)> = at(resources, field)
            .map(Yaml::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| (entry.key.as_str(), printed(&entry.value)))
            .collect();
        sort::sort(&mut amounts);
        if !amounts.is_empty() {
            page.line(level, format!("{title}:"));
        }
        for (name, amount) in amounts {
            page.line(level + 1, format!("{name}:\t{amount}"));
        }
    }
}

fn sources_of_environment(page: &mut Page, container: &Yaml) {
    let sources = items(container, "envFrom");
    if !sources.is_empty() {
        page.line(2, "Environment Variables from:");
    }
    for source in sources {
        let (kind, reference) = match (at(source, "configMapRef"), at(source, "secretRef")) {
            (Some(map), _) => ("ConfigMap", Some(map)),
            (None, Some(secret)) => ("Secret", Some(secret)),
            (None, None) => ("", None),
        };
        let prefix = match text(source, "prefix") {
            "" => String::new(),
            prefix => format!(" with prefix '{prefix}'"),
        };
        let name = reference.map_or("", |reference| text(reference, "name"));
        let optional = reference.is_some_and(|reference| is_true(reference, "optional"));
        page.line(3, format!("{name}\t{kind}{prefix}\tOptional: {optional}"));
    }
}

fn environment(page: &mut Page, container: &Yaml, of: Of) {
    let variables = items(container, "env");
    page.line(
        2,
        if variables.is_empty() {
            "Environment:\t<none>"
        } else {
            "Environment:"
        },
    );
    for variable in variables {
        let name = text(variable, "name");
        match at(variable, "valueFrom") {
            None => page.line(
                3,
                format!(
                    "{name}:\t{}",
                    text(variable, "value").replace('\n', "\n      \t")
                ),
            ),
            Some(source) => page.line(3, format!("{name}:\t{}", value_from(source, container, of))),
        }
    }
}

fn value_from(source: &Yaml, container: &Yaml, of: Of) -> String {
    let optional = |reference| is_true(reference, "optional");
    if let Some(field) = at(source, "fieldRef") {
        let path = text(field, "fieldPath");
        let value = match of {
            Of::Pod { pod, .. } => own_field(pod, path),
            Of::Template => String::new(),
        };
        return format!("{value} ({}:{path})", text(field, "apiVersion"));
    }
    if let Some(field) = at(source, "resourceFieldRef") {
        let resource = text(field, "resource");
        return format!(
            "{} ({resource})",
            amount(container, resource, text(field, "divisor"))
        );
    }
    if let Some(secret) = at(source, "secretKeyRef") {
        let (key, name) = (text(secret, "key"), text(secret, "name"));
        return format!(
            "<set to the key '{key}' in secret '{name}'>\tOptional: {}",
            optional(secret)
        );
    }
    let Some(map) = at(source, "configMapKeyRef") else {
        return String::new();
    };
    let (key, name) = (text(map, "key"), text(map, "name"));
    format!(
        "<set to the key '{key}' of config map '{name}'>\tOptional: {}",
        optional(map)
    )
}

/// A field of the pod as the downward API names it (`fieldpath.ExtractFieldPathAsString`).
fn own_field(pod: &Yaml, path: &str) -> String {
    match path.split_once("['") {
        Some((map, key)) => {
            let map = at(pod, map);
            map.and_then(|map| map.get(key.trim_end_matches("']")))
                .map(printed)
                .unwrap_or_default()
        }
        None => scalar(pod, path),
    }
}

/// A container's own request or limit in whole divisors, which are cores and bytes unless something else is said
/// (`ExtractContainerResourceValue`); without a limit all of the node is its.
fn amount(container: &Yaml, resource: &str, divisor: &str) -> String {
    let amount =
        Quantity::read(&scalar(container, &format!("resources.{resource}"))).unwrap_or_default();
    match amount.count_of(Quantity::read(divisor).unwrap_or_default()) {
        0 if matches!(resource, "limits.cpu" | "limits.memory") => "node allocatable".to_owned(),
        count => count.to_string(),
    }
}

fn mounts(page: &mut Page, container: &Yaml) {
    let mut mounts: Vec<&Yaml> = items(container, "volumeMounts").iter().collect();
    sort::sort_by_key(&mut mounts, |mount| text(mount, "mountPath"));
    page.line(
        2,
        if mounts.is_empty() {
            "Mounts:\t<none>"
        } else {
            "Mounts:"
        },
    );
    for mount in &mounts {
        let mode = if is_true(mount, "readOnly") {
            "ro"
        } else {
            "rw"
        };
        let part = match text(mount, "subPath") {
            "" => String::new(),
            path => format!(",path={path:?}"),
        };
        page.line(
            3,
            format!(
                "{} from {} ({mode}{part})",
                text(mount, "mountPath"),
                text(mount, "name")
            ),
        );
    }
    devices(page, container, mounts.is_empty());
}

/// The block devices of a container, if it has any. Their title says `<none>` when there are no mounts, as kubectl's
/// does.
fn devices(page: &mut Page, container: &Yaml, has_no_mounts: bool) {
    let mut devices: Vec<&Yaml> = items(container, "volumeDevices").iter().collect();
    sort::sort_by_key(&mut devices, |device| text(device, "devicePath"));
    if !devices.is_empty() {
        let none = if has_no_mounts { "\t<none>" } else { "" };
        page.line(2, format!("Devices:{none}"));
    }
    for device in devices {
        let (path, name) = (text(device, "devicePath"), text(device, "name"));
        page.line(3, format!("{path} from {name}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(json: &str) -> Yaml {
        Yaml::from(serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON"))
    }

    #[test]
    fn an_amount_is_printed_in_whole_cores_and_bytes() {
        let container = node(r#"{"resources": {"limits": {"cpu": "500m", "memory": "128Mi"}}}"#);
        assert_eq!(amount(&container, "limits.cpu", "0"), "1");
        assert_eq!(amount(&container, "limits.cpu", "1m"), "500");
        assert_eq!(amount(&container, "limits.memory", "1Mi"), "128");
        assert_eq!(amount(&container, "requests.cpu", "0"), "0");
        assert_eq!(amount(&node("{}"), "limits.cpu", "0"), "node allocatable");
    }

    #[test]
    fn a_variable_may_show_the_pods_own_field() {
        let pod =
            node(r#"{"status": {"podIP": "10.0.0.1"}, "metadata": {"labels": {"a.b/c": "x"}}}"#);
        assert_eq!(own_field(&pod, "status.podIP"), "10.0.0.1");
        assert_eq!(own_field(&pod, "metadata.labels['a.b/c']"), "x");
    }
    #[test]
    fn block_devices_follow_the_mounts() {
        let told = |mounts: &str| {
            let container = node(&format!(
                r#"{{"volumeMounts": [{mounts}], "volumeDevices": [{{"name": "data", "devicePath": "/dev/x"}}]}}"#
            ));
            let mut page = Page::default();
            super::mounts(&mut page, &container);
            page.finish()
        };
        assert_eq!(
            told(r#"{"name": "tmp", "mountPath": "/tmp"}"#),
            "    Mounts:\n      /tmp from tmp (rw)\n    Devices:\n      /dev/x from data\n"
        );
        assert_eq!(
            told(""),
            "    Mounts:   <none>\n    Devices:  <none>\n      /dev/x from data\n"
        );
    }
}
