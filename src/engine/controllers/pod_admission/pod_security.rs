//! The Pod Security Standards that a namespace enforces by the label `pod-security.kubernetes.io/enforce`
//! (`k8s.io/pod-security-admission/policy`). The words and their order are the plugin's.
//!
//! The checks cover what manifests of applications violate: the node's namespaces, ports, files and privileges,
//! capabilities, and the fields that `restricted` requires. Sysctls, SELinux, AppArmor, procMount and Windows options
//! are not checked.

use crate::manifest::tree::{Yaml, YamlValue};
use crate::sort;

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// The capabilities that `baseline` lets a container add.
const DEFAULT_CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// The volumes that `restricted` allows.
const VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// The standard of a namespace.
pub(super) struct Enforced {
    is_restricted: bool,
    version: String,
}

impl Enforced {
    /// What a Namespace enforces; `None` if it lets every pod in.
    pub(super) fn by(namespace: &Yaml) -> Option<Enforced> {
        let labels = namespace.at(&["metadata", "labels"])?;
        let is_restricted = match labels.get(ENFORCE)?.as_str()? {
            "restricted" => true,
            "baseline" => false,
            _ => return None,
        };
        let version = labels.get("pod-security.kubernetes.io/enforce-version");
        let version = version.and_then(Yaml::as_str).unwrap_or("latest");
        Some(Enforced {
            is_restricted,
            version: version.to_owned(),
        })
    }

    /// The plugin's error about a pod's spec, if it violates the standard.
    pub(super) fn check(&self, spec: &Yaml) -> Result<(), String> {
        let mut broken = baseline(spec, self.is_restricted);
        if self.is_restricted {
            broken.extend(restricted(spec));
        }
        if broken.is_empty() {
            return Ok(());
        }
        let level = if self.is_restricted {
            "restricted"
        } else {
            "baseline"
        };
        let (version, broken) = (&self.version, broken.join(", "));
        Err(format!(
            "violates PodSecurity \"{level}:{version}\": {broken}"
        ))
    }
}

/// What breaks `baseline`, without the checks that `restricted` has a stricter one of.
fn baseline(spec: &Yaml, is_restricted: bool) -> Vec<String> {
    let mut broken = Vec::new();
    let adds = |one: &Yaml| added(one).any(|own| !DEFAULT_CAPABILITIES.contains(&own));
    let capable = names(spec, adds);
    if !is_restricted && !capable.is_empty() {
        let all = containers(spec).flat_map(|own| added(own).collect::<Vec<&str>>());
        let all = quoted(sort::set(
            all.filter(|own| !DEFAULT_CAPABILITIES.contains(own)),
        ));
        let whose = listed("container", &capable);
        broken.push(format!(
            "non-default capabilities ({whose} must not include {all} in securityContext.capabilities.add)"
        ));
    }
    let shared = ["hostNetwork", "hostPID", "hostIPC"].into_iter();
    let shared = shared.filter(|field| is(spec.get(field), true));
    let shared: Vec<String> = shared.map(|field| format!("{field}=true")).collect();
    if !shared.is_empty() {
        broken.push(format!("host namespaces ({})", shared.join(", ")));
    }
    let volumes = spec.get("volumes").map_or(&[][..], Yaml::items);
    let of_node = volumes.iter().filter(|own| own.get("hostPath").is_some());
    let of_node: Vec<&str> = of_node.map(name_of).collect();
    if !is_restricted && !of_node.is_empty() {
        broken.push(format!("hostPath volumes ({})", listed("volume", &of_node)));
    }
    broken.extend(host_ports(spec));
    let privileged = names(spec, |own| is(context(own, "privileged"), true));
    if !privileged.is_empty() {
        let whose = listed("container", &privileged);
        broken.push(format!(
            "privileged ({whose} must not set securityContext.privileged=true)"
        ));
    }
    broken
}

fn host_ports(spec: &Yaml) -> Option<String> {
    let ports_of = |own: &Yaml| -> Vec<i64> {
        let ports = own.get("ports").map_or(&[][..], Yaml::items).iter();
        let numbers = ports.filter_map(|port| match port.get("hostPort")?.value {
            YamlValue::Int(number) if number != 0 => Some(number),
            _ => None,
        });
        numbers.collect()
    };
    let users = names(spec, |own| !ports_of(own).is_empty());
    let numbers = sort::set(containers(spec).flat_map(ports_of));
    let (verb, port) = (
        if users.len() == 1 { "uses" } else { "use" },
        if numbers.len() == 1 {
            "hostPort"
        } else {
            "hostPorts"
        },
    );
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    (!users.is_empty()).then(|| {
        let whose = listed("container", &users);
        format!("hostPort ({whose} {verb} {port} {})", numbers.join(", "))
    })
}

/// What breaks `restricted` beyond `baseline`.
fn restricted(spec: &Yaml) -> Vec<String> {
    let mut broken = Vec::new();
    let escalates = names(spec, |own| {
        !is(context(own, "allowPrivilegeEscalation"), false)
    });
    if !escalates.is_empty() {
        let whose = listed("container", &escalates);
        broken.push(format!(
            "allowPrivilegeEscalation != false ({whose} must set securityContext.allowPrivilegeEscalation=false)"
        ));
    }
    broken.extend(capabilities(spec));
    broken.extend(restricted_volumes(spec));
    broken.extend(run_as_non_root(spec));
    broken.extend(run_as_root_user(spec));
    let profile = |own: &Yaml| {
        let profile = own.at(&["securityContext", "seccompProfile", "type"])?;
        Some(matches!(
            profile.as_str(),
            Some("RuntimeDefault" | "Localhost")
        ))
    };
    let of_pod = profile(spec) == Some(true);
    let open = names(spec, |own| !profile(own).unwrap_or(of_pod));
    if !open.is_empty() {
        let whose = listed("container", &open);
        broken.push(format!(
            "seccompProfile (pod or {whose} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"
        ));
    }
    broken
}

fn capabilities(spec: &Yaml) -> Option<String> {
    let drops_all = |own: &Yaml| {
        let dropped = own.at(&["securityContext", "capabilities", "drop"]);
        let mut dropped = dropped.into_iter().flat_map(Yaml::items);
        dropped.any(|own| own.as_str() == Some("ALL"))
    };
    let is_more = |own: &&str| *own != "NET_BIND_SERVICE";
    let keep = names(spec, |own| !drops_all(own));
    let add = names(spec, |own| added(own).any(|own| is_more(&own)));
    let mut parts = Vec::new();
    if !keep.is_empty() {
        let whose = listed("container", &keep);
        parts.push(format!(
            "{whose} must set securityContext.capabilities.drop=[\"ALL\"]"
        ));
    }
    if !add.is_empty() {
        let all = containers(spec).flat_map(|own| added(own).collect::<Vec<&str>>());
        let all = quoted(sort::set(all.filter(is_more)));
        let whose = listed("container", &add);
        parts.push(format!(
            "{whose} must not include {all} in securityContext.capabilities.add"
        ));
    }
    (!parts.is_empty()).then(|| format!("unrestricted capabilities ({})", parts.join("; ")))
}

fn restricted_volumes(spec: &Yaml) -> Option<String> {
    let volumes = spec.get("volumes").map_or(&[][..], Yaml::items).iter();
    let found = volumes.filter_map(|volume| {
        let mut keys = volume.entries().iter().map(|entry| entry.key.as_str());
        let source = keys.find(|key| *key != "name")?;
        (!VOLUMES.contains(&source)).then(|| (name_of(volume), source))
    });
    let found: Vec<(&str, &str)> = found.collect();
    let (first, source) = found.first()?;
    let words = match found.as_slice() {
        [_] => format!("volume \"{first}\" uses restricted volume type \"{source}\""),
        found => {
            let volumes: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
            let types = sort::set(found.iter().map(|(_, source)| *source));
            let types_word = if types.len() == 1 { "type" } else { "types" };
            let (volumes, types) = (listed("volume", &volumes), quoted(types));
            format!("{volumes} use restricted volume {types_word} {types}")
        }
    };
    Some(format!("restricted volume types ({words})"))
}

fn run_as_non_root(spec: &Yaml) -> Option<String> {
    let of_pod = context(spec, "runAsNonRoot");
    let mut parts = Vec::new();
    if is(of_pod, false) {
        parts.push("pod must not set securityContext.runAsNonRoot=false".to_owned());
    }
    let roots = names(spec, |own| is(context(own, "runAsNonRoot"), false));
    if !roots.is_empty() {
        let whose = listed("container", &roots);
        parts.push(format!(
            "{whose} must not set securityContext.runAsNonRoot=false"
        ));
    }
    let unstated = names(spec, |own| context(own, "runAsNonRoot").is_none());
    if of_pod.is_none() && !unstated.is_empty() {
        let whose = listed("container", &unstated);
        parts.push(format!(
            "pod or {whose} must set securityContext.runAsNonRoot=true"
        ));
    }
    (!parts.is_empty()).then(|| format!("runAsNonRoot != true ({})", parts.join("; ")))
}

fn run_as_root_user(spec: &Yaml) -> Option<String> {
    let is_root = |own: &Yaml| {
        let user = context(own, "runAsUser").map(|user| &user.value);
        user == Some(&YamlValue::Int(0))
    };
    let mut whose = Vec::new();
    if is_root(spec) {
        whose.push("pod".to_owned());
    }
    let roots = names(spec, is_root);
    if !roots.is_empty() {
        whose.push(listed("container", &roots));
    }
    (!whose.is_empty()).then(|| {
        format!(
            "runAsUser=0 ({} must not set runAsUser=0)",
            whose.join(" and ")
        )
    })
}

/// All containers of a pod's spec, those that start it first, as the plugin visits them.
fn containers(spec: &Yaml) -> impl Iterator<Item = &Yaml> {
    let lists = ["initContainers", "containers"].into_iter();
    lists
        .filter_map(|list| spec.get(list))
        .flat_map(Yaml::items)
}

/// The names of the containers of which something holds.
fn names(spec: &Yaml, holds: impl Fn(&Yaml) -> bool) -> Vec<&str> {
    let found = containers(spec).filter(|own| holds(own));
    found.map(name_of).collect()
}

fn name_of(item: &Yaml) -> &str {
    item.get("name").and_then(Yaml::as_str).unwrap_or_default()
}

/// A field of a security context.
fn context<'a>(owner: &'a Yaml, field: &str) -> Option<&'a Yaml> {
    owner.at(&["securityContext", field])
}

fn is(field: Option<&Yaml>, wanted: bool) -> bool {
    field.is_some_and(|own| own.value == YamlValue::Bool(wanted))
}

/// The capabilities that a container adds.
fn added(container: &Yaml) -> impl Iterator<Item = &str> {
    let added = container.at(&["securityContext", "capabilities", "add"]);
    added
        .into_iter()
        .flat_map(Yaml::items)
        .filter_map(Yaml::as_str)
}

/// `container "web"`, `containers "web", "log"`.
fn listed(word: &str, names: &[&str]) -> String {
    let plural = if names.len() == 1 { "" } else { "s" };
    format!("{word}{plural} {}", quoted(names.iter().copied()))
}

fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names = names.into_iter().map(|name| format!("\"{name}\""));
    names.collect::<Vec<String>>().join(", ")
}
