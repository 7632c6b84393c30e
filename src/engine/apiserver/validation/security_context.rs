//! Rules for what pods and containers may do on their node (`ValidateSecurityContext`, `validatePodSpecSecurityContext`,
//! `validateHostUsers`).

use std::collections::BTreeSet;

use super::seccomp_apparmor::{app_armor, seccomp};
use super::values::one_of_when_set;
use super::windows;
use crate::apiserver::errors::{ApiError, duplicate, forbidden, invalid, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::syntax::quote;

/// The longest name of a kernel parameter.
const SYSCTL_LENGTH: usize = 253;

/// What is wrong with the security context of a container.
pub(super) fn of_container(spec: &Field, container: &Field) -> Vec<ApiError> {
    let context = container.child("securityContext");
    if !context.is_set() {
        return Vec::new();
    }
    let mut errors = ids(&context, &["runAsUser", "runAsGroup"]);
    errors.extend(proc_mount(spec, &context.child("procMount")));
    errors.extend(seccomp(&context.child("seccompProfile")));
    errors.extend(escalation(&context));
    errors.extend(windows::options(&context.child("windowsOptions")));
    errors.extend(app_armor(&context.child("appArmorProfile")));
    errors
}

/// What is wrong with the security context of a pod.
pub(super) fn of_pod(spec: &Field) -> Vec<ApiError> {
    let context = spec.child("securityContext");
    let mut errors = ids(&context, &["fsGroup", "runAsUser", "runAsGroup"]);
    errors.extend(
        context
            .child("supplementalGroups")
            .items()
            .iter()
            .flat_map(id),
    );
    let shared = spec.child("shareProcessNamespace");
    if spec.child("hostPID").is_true() && shared.is_true() {
        let path = context.path.key("shareProcessNamespace");
        errors.push(invalid(
            &path,
            "true",
            "ShareProcessNamespace and HostPID cannot both be enabled",
        ));
    }
    errors.extend(sysctls(spec, &context.child("sysctls")));
    errors.extend(one_of_when_set(
        &context.child("fsGroupChangePolicy"),
        &["Always", "OnRootMismatch"],
    ));
    errors.extend(seccomp(&context.child("seccompProfile")));
    errors.extend(windows::options(&context.child("windowsOptions")));
    errors.extend(app_armor(&context.child("appArmorProfile")));
    errors.extend(one_of_when_set(
        &context.child("supplementalGroupsPolicy"),
        &["Merge", "Strict"],
    ));
    errors.extend(one_of_when_set(
        &context.child("seLinuxChangePolicy"),
        &["MountOption", "Recursive"],
    ));
    errors
}

/// A pod with users of its own shares no namespace with its node, and its containers use no disks as devices. The server
/// spells two of the fields with capitals.
pub(super) fn host_users(spec: &Field) -> Vec<ApiError> {
    const DETAIL: &str = "when `hostUsers` is false";
    let users = spec.child("hostUsers");
    if !users.is_set() || users.is_true() {
        return Vec::new();
    }
    let shared = [
        ("hostNetwork", "hostNetwork"),
        ("hostPID", "HostPID"),
        ("hostIPC", "HostIPC"),
    ];
    let shared = shared
        .into_iter()
        .filter(|(field, _)| spec.child(field).is_true());
    let mut errors: Vec<ApiError> = shared
        .map(|(_, path)| forbidden(&spec.path.key(path), DETAIL))
        .collect();
    let containers = ["initContainers", "containers", "ephemeralContainers"]
        .into_iter()
        .flat_map(|list| spec.child(list).items());
    let devices = containers.map(|container| container.child("volumeDevices"));
    let used = devices.filter(|devices| !devices.is_empty());
    errors.extend(used.map(|devices| forbidden(&devices.path, DETAIL)));
    errors
}

fn ids(context: &Field, names: &[&'static str]) -> Vec<ApiError> {
    let fields = names
        .iter()
        .map(|name| context.child(name))
        .filter(Field::is_set);
    fields.flat_map(|field| id(&field)).collect()
}

/// The number of a user or group.
fn id(field: &Field) -> Vec<ApiError> {
    let is_right = (0..=i64::from(i32::MAX)).contains(&field.int());
    let error = || {
        let detail = format!("must be between 0 and {}, inclusive", i32::MAX);
        invalid(&field.path, field.int().to_string(), detail)
    };
    if is_right { Vec::new() } else { vec![error()] }
}

fn proc_mount(spec: &Field, field: &Field) -> Vec<ApiError> {
    let users = spec.child("hostUsers");
    let mut errors = one_of_when_set(field, &["Default", "Unmasked"]);
    if field.text() == "Unmasked" && (!users.is_set() || users.is_true()) {
        errors.push(invalid(
            &field.path,
            quote(field.text()),
            "`hostUsers` must be false to use `Unmasked`",
        ));
    }
    errors
}

/// Who may do everything may also gain more rights than he started with.
fn escalation(context: &Field) -> Vec<ApiError> {
    let allowed = context.child("allowPrivilegeEscalation");
    if !allowed.is_set() || allowed.is_true() {
        return Vec::new();
    }
    let added = context.at(&["capabilities", "add"]).list();
    let admins = added
        .iter()
        .filter(|capability| *capability == "CAP_SYS_ADMIN")
        .count();
    let wrong = |with: &str| {
        let detail = format!("cannot set `allowPrivilegeEscalation` to false and {with}");
        invalid(&context.path, in_go(context), detail)
    };
    let mut errors = Vec::new();
    if context.child("privileged").is_true() {
        errors.push(wrong("`privileged` to true"));
    }
    errors.extend((0..admins).map(|_| wrong("`capabilities.Add` CAP_SYS_ADMIN")));
    errors
}

/// A security context of the server's own kind, which has no lower-case names (`pkg/apis/core/types.go`).
fn in_go(context: &Field) -> String {
    let part =
        |go: &str, name: &'static str| format!("\"{go}\":{}", to_json(context.child(name).node()));
    let parts_of = |go: &str, name: &'static str, parts: &[(&str, &'static str, &str)]| {
        let outer = context.child(name);
        let inner = |&(go, name, none): &(&str, &'static str, &str)| {
            let field = outer.child(name);
            format!(
                "\"{go}\":{}",
                if field.is_set() {
                    to_json(field.node())
                } else {
                    none.to_owned()
                }
            )
        };
        let inner = parts.iter().map(inner).collect::<Vec<_>>().join(",");
        format!(
            "\"{go}\":{}",
            if outer.is_set() {
                format!("{{{inner}}}")
            } else {
                "null".to_owned()
            }
        )
    };
    let profile = [
        ("Type", "type", "\"\""),
        ("LocalhostProfile", "localhostProfile", "null"),
    ];
    let labels = [
        ("User", "user", "\"\""),
        ("Role", "role", "\"\""),
        ("Type", "type", "\"\""),
        ("Level", "level", "\"\""),
    ];
    let windows = [
        ("GMSACredentialSpecName", "gmsaCredentialSpecName", "null"),
        ("GMSACredentialSpec", "gmsaCredentialSpec", "null"),
        ("RunAsUserName", "runAsUserName", "null"),
        ("HostProcess", "hostProcess", "null"),
    ];
    let parts = [
        parts_of(
            "Capabilities",
            "capabilities",
            &[("Add", "add", "null"), ("Drop", "drop", "null")],
        ),
        part("Privileged", "privileged"),
        parts_of("SELinuxOptions", "seLinuxOptions", &labels),
        parts_of("WindowsOptions", "windowsOptions", &windows),
        part("RunAsUser", "runAsUser"),
        part("RunAsGroup", "runAsGroup"),
        part("RunAsNonRoot", "runAsNonRoot"),
        part("ReadOnlyRootFilesystem", "readOnlyRootFilesystem"),
        part("AllowPrivilegeEscalation", "allowPrivilegeEscalation"),
        part("ProcMount", "procMount"),
        parts_of("SeccompProfile", "seccompProfile", &profile),
        parts_of("AppArmorProfile", "appArmorProfile", &profile),
    ];
    format!("{{{}}}", parts.join(","))
}

/// `validateSysctls`.
fn sysctls(spec: &Field, list: &Field) -> Vec<ApiError> {
    const FORM: &str = r"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for name in list.items().iter().map(|item| item.child("name")) {
        let text = name.text();
        if text.is_empty() {
            errors.push(required(&name.path, ""));
        } else if !is_sysctl(text) {
            let detail =
                format!("must have at most {SYSCTL_LENGTH} characters and match regex {FORM}");
            errors.push(invalid(&name.path, quote(text), detail));
        } else if seen.contains(text) {
            errors.push(duplicate(&name.path, quote(text)));
        }
        errors.extend(of_the_host(spec, &name));
        seen.insert(text);
    }
    errors
}

fn is_sysctl(name: &str) -> bool {
    let edge = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_part = |part: &str| {
        part.starts_with(edge)
            && part.ends_with(edge)
            && part.chars().all(|c| edge(c) || matches!(c, '-' | '_'))
    };
    name.len() <= SYSCTL_LENGTH && name.split(['.', '/']).all(is_part)
}

/// A parameter of a namespace that the pod shares with its node (`utilsysctl.GetNamespace`).
fn of_the_host(spec: &Field, name: &Field) -> Option<ApiError> {
    const OF_MESSAGES: [&str; 3] = ["fs.mqueue.", "kernel.msg", "kernel.shm"];
    let dotted = name.text().replace('/', ".");
    let is_of_ipc =
        dotted == "kernel.sem" || OF_MESSAGES.iter().any(|start| dotted.starts_with(start));
    let shared = match () {
        () if spec.child("hostNetwork").is_true() && dotted.starts_with("net.") => "hostNetwork",
        () if spec.child("hostIPC").is_true() && is_of_ipc => "hostIPC",
        () => return None,
    };
    Some(invalid(
        &name.path,
        quote(name.text()),
        format!("may not be specified when '{shared}' is true"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn container(context: &str) -> Vec<String> {
        let object = node(&format!(r#"{{"securityContext":{context}}}"#));
        of_container(&Field::root(&node("{}")), &Field::root(&object))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    fn pod(rule: fn(&Field) -> Vec<ApiError>, spec: &str) -> Vec<String> {
        rule(&Field::root(&node(spec)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_user_is_a_number_of_31_bits() {
        assert_eq!(
            container(r#"{"runAsUser":0,"runAsGroup":2147483647}"#),
            [""; 0]
        );
        assert_eq!(
            container(r#"{"runAsUser":-1}"#),
            [
                "securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive"
            ]
        );
    }

    #[test]
    fn who_may_do_everything_may_gain_rights() {
        let context = r#"{"allowPrivilegeEscalation":false,"privileged":true}"#;
        let printed = r#"{"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}"#;
        assert_eq!(
            container(context),
            [format!(
                "securityContext: Invalid value: {printed}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
            )]
        );
    }

    #[test]
    fn a_pod_with_its_own_users_shares_no_namespace() {
        assert_eq!(
            pod(
                host_users,
                r#"{"hostUsers":false,"hostNetwork":true,"hostPID":true}"#
            ),
            [
                "hostNetwork: Forbidden: when `hostUsers` is false",
                "HostPID: Forbidden: when `hostUsers` is false"
            ]
        );
        assert_eq!(
            pod(
                host_users,
                r#"{"hostUsers":false,"containers":[{"volumeDevices":[{"name":"disk"}]},{}]}"#
            ),
            ["containers[0].volumeDevices: Forbidden: when `hostUsers` is false"]
        );
    }

    #[test]
    fn a_parameter_of_the_network_is_not_set_on_the_hosts() {
        let with = |spec: &str| {
            pod(
                of_pod,
                &format!(
                    r#"{{{spec}"securityContext":{{"sysctls":[{{"name":"net.core.somaxconn"}}]}}}}"#
                ),
            )
        };
        assert_eq!(with(""), [""; 0]);
        assert_eq!(
            with(r#""hostNetwork":true,"#),
            [
                r#"securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true"#
            ]
        );
    }
}
