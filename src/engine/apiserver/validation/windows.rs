//! Rules for pods and containers on Windows nodes (`validateWindowsSecurityContextOptions`,
//! `validateWindowsHostProcessPod`, `validateWindows`, `validateLinux`).

use crate::apiserver::errors::{ApiError, forbidden, invalid, invalid_text};
use crate::apiserver::field::Field;
use crate::syntax::{is_dns1123_subdomain, quote};

/// The length in bytes that a GMSA credential spec stays under (64 KiB).
const CREDENTIAL_SPEC_LENGTH: usize = 64 * 1024;
/// The length in bytes that the domain of `runAsUserName` stays under.
const DOMAIN_LENGTH: usize = 256;
/// The maximum length of the user of `runAsUserName` in bytes.
const USER_LENGTH: usize = 104;
/// Characters that no user name has.
const NOT_IN_USERS: &str = r#""/\:;|=,+*?<>@[]"#;

/// The errors of `windowsOptions` in a security context.
pub(super) fn options(options: &Field) -> Vec<ApiError> {
    let name = options.child("gmsaCredentialSpecName");
    let credentials = options.child("gmsaCredentialSpec");
    let user = options.child("runAsUserName");
    let mut errors = Vec::new();
    if name.is_set() {
        let details = is_dns1123_subdomain(name.text());
        errors.extend(invalid_text(&name.path, name.text(), details));
    }
    let length = credentials.text().len();
    if credentials.is_set() && length == 0 {
        let detail = "gmsaCredentialSpec cannot be an empty string";
        errors.push(invalid(&credentials.path, quote(""), detail));
    } else if length > CREDENTIAL_SPEC_LENGTH {
        let detail = "gmsaCredentialSpec size must be under 64 KiB";
        errors.push(invalid(
            &credentials.path,
            quote(credentials.text()),
            detail,
        ));
    }
    if user.is_set() {
        errors.extend(invalid_text(
            &user.path,
            user.text(),
            user_name(user.text()),
        ));
    }
    errors
}

/// The errors of `DOMAIN\USER`, whose domain may be left out.
fn user_name(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["runAsUserName cannot be an empty string".to_owned()];
    }
    if text.chars().any(|c| c.is_ascii_control()) {
        return vec!["runAsUserName cannot contain control characters".to_owned()];
    }
    let (domain, user) = match text.split('\\').collect::<Vec<_>>().as_slice() {
        [user] => (None, *user),
        [domain, user] => (Some(*domain), *user),
        _ => return vec!["runAsUserName cannot contain more than one backslash".to_owned()],
    };
    let mut errors = Vec::new();
    if domain.is_some_and(|domain| domain.len() >= DOMAIN_LENGTH) {
        errors.push(format!(
            "runAsUserName's Domain length must be under {DOMAIN_LENGTH} characters"
        ));
    }
    if domain.is_some_and(|domain| !is_netbios_name(domain) && !is_dns_name(domain)) {
        let detail = "runAsUserName's Domain doesn't match the NetBios nor the DNS format";
        errors.push(detail.to_owned());
    }
    if user.is_empty() {
        errors.push("runAsUserName's User cannot be empty".to_owned());
    } else if user.len() > USER_LENGTH {
        errors.push(format!(
            "runAsUserName's User length must not be longer than {USER_LENGTH} characters"
        ));
    }
    if !user.is_empty() && user.chars().all(|c| matches!(c, '.' | ' ')) {
        errors.push("runAsUserName's User cannot contain only periods or spaces".to_owned());
    }
    if user.chars().any(|c| NOT_IN_USERS.contains(c)) {
        errors.push(format!(
            "runAsUserName's User cannot contain the following characters: {NOT_IN_USERS}"
        ));
    }
    errors
}

/// 1 to 15 characters; the first is not a dot.
fn is_netbios_name(name: &str) -> bool {
    let is_right = |c: char| !r#"\/:*?"<>|"#.contains(c);
    (1..=15).contains(&name.chars().count()) && !name.starts_with('.') && name.chars().all(is_right)
}

fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let edge = |c: char| c.is_ascii_alphanumeric();
        label.len() <= 63
            && label.starts_with(edge)
            && label.ends_with(edge)
            && label.chars().all(|c| edge(c) || c == '-')
    };
    name.split('.').all(is_label)
}

/// A pod has only HostProcess containers or none, and those use the node's network.
pub(super) fn host_processes(spec: &Field) -> Vec<ApiError> {
    const HOST_PROCESS: [&str; 3] = ["securityContext", "windowsOptions", "hostProcess"];
    let of_pod = spec.at(&HOST_PROCESS);
    let mut errors = Vec::new();
    let (mut containers, mut with_host_process) = (0, 0);
    for container in all_containers(spec) {
        let own = container.at(&HOST_PROCESS);
        containers += 1;
        if of_pod.is_set() && own.is_set() && of_pod.is_true() != own.is_true() {
            let detail = format!(
                "pod hostProcess value must be identical if both are specified, was {}",
                of_pod.is_true()
            );
            errors.push(invalid(&own.path, own.is_true().to_string(), detail));
        }
        if own.is_true() || (!own.is_set() && of_pod.is_true()) {
            with_host_process += 1;
        }
    }
    if with_host_process == 0 {
        return errors;
    }
    if with_host_process != containers {
        let detail = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errors.push(invalid(&spec.path, quote(""), detail));
    }
    let network = spec.child("hostNetwork");
    if !network.is_true() {
        let detail = "hostNetwork must be true if pod contains any hostProcess containers";
        errors.push(invalid(&network.path, "false", detail));
    }
    errors
}

/// The fields that the system named by `spec.os` does not have.
pub(super) fn of_other_system(spec: &Field) -> Vec<ApiError> {
    match spec.at(&["os", "name"]).text() {
        "linux" => windows_fields(spec),
        "windows" => linux_fields(spec),
        _ => Vec::new(),
    }
}

fn windows_fields(spec: &Field) -> Vec<ApiError> {
    let contexts = std::iter::once(spec.child("securityContext")).chain(
        all_containers(spec)
            .into_iter()
            .map(|container| container.child("securityContext")),
    );
    let options = contexts.map(|context| context.child("windowsOptions"));
    options
        .filter(Field::is_set)
        .map(|options| {
            forbidden(
                &options.path,
                "windows options cannot be set for a linux pod",
            )
        })
        .collect()
}

fn linux_fields(spec: &Field) -> Vec<ApiError> {
    /// How a field of a pod is known to be used.
    type IsUsed = fn(&Field) -> bool;
    const SET: IsUsed = |field| field.is_set();
    const TRUE: IsUsed = |field| field.is_true();
    const NOT_EMPTY: IsUsed = |field| !field.is_empty();
    const OF_POD: [(&[&str], IsUsed); 15] = [
        (&["securityContext", "appArmorProfile"], SET),
        (&["securityContext", "seLinuxOptions"], SET),
        (&["hostUsers"], SET),
        (&["hostPID"], TRUE),
        (&["hostIPC"], TRUE),
        (&["securityContext", "seccompProfile"], SET),
        (&["securityContext", "fsGroup"], SET),
        (&["securityContext", "fsGroupChangePolicy"], SET),
        (&["securityContext", "sysctls"], NOT_EMPTY),
        (&["shareProcessNamespace"], SET),
        (&["securityContext", "runAsUser"], SET),
        (&["securityContext", "runAsGroup"], SET),
        (&["securityContext", "supplementalGroups"], SET),
        (&["securityContext", "supplementalGroupsPolicy"], SET),
        (&["securityContext", "seLinuxChangePolicy"], SET),
    ];
    const OF_CONTAINER: [&str; 10] = [
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "capabilities",
        "readOnlyRootFilesystem",
        "privileged",
        "allowPrivilegeEscalation",
        "procMount",
        "runAsUser",
        "runAsGroup",
    ];
    let of_pod = OF_POD
        .iter()
        .map(|(keys, is_used)| (spec.at(keys), is_used));
    let mut used: Vec<Field> = of_pod
        .filter(|(field, is_used)| is_used(field))
        .map(|(field, _)| field)
        .collect();
    for container in all_containers(spec) {
        let context = container.child("securityContext");
        let fields = OF_CONTAINER.iter().map(|name| context.child(name));
        used.extend(fields.filter(Field::is_set));
    }
    used.iter()
        .map(|field| forbidden(&field.path, "cannot be set for a windows pod"))
        .collect()
}

/// The containers in the order in which the server visits them.
fn all_containers<'a>(spec: &Field<'a>) -> Vec<Field<'a>> {
    ["initContainers", "containers", "ephemeralContainers"]
        .iter()
        .flat_map(|list| spec.child(list).items())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, spec: &str) -> Vec<String> {
        let errors = rule(&Field::root(&node(spec)));
        errors.iter().map(ApiError::to_string).collect()
    }

    #[test]
    fn a_user_name_has_at_most_one_domain() {
        assert_eq!(
            user_name(r"a\b\c"),
            ["runAsUserName cannot contain more than one backslash"]
        );
        assert!(user_name(r"NT AUTHORITY\NETWORK SERVICE").is_empty());
        assert_eq!(
            user_name(r".dom\us/er"),
            [
                "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
                r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#,
            ]
        );
    }

    #[test]
    fn host_process_containers_need_the_nodes_network() {
        let spec = r#"{"containers":[{"name":"a","securityContext":{"windowsOptions":{"hostProcess":true}}},{"name":"b"}]}"#;
        assert_eq!(
            found(host_processes, spec),
            [
                r#": Invalid value: "": If pod contains any hostProcess containers then all containers must be HostProcess containers"#,
                "hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
            ]
        );
    }

    #[test]
    fn a_system_lacks_the_fields_of_the_other() {
        assert_eq!(
            found(
                of_other_system,
                r#"{"os":{"name":"windows"},"securityContext":{"runAsUser":0}}"#
            ),
            ["securityContext.runAsUser: Forbidden: cannot be set for a windows pod"]
        );
        assert_eq!(
            found(
                of_other_system,
                r#"{"os":{"name":"windows"},"securityContext":{"seLinuxChangePolicy":"Recursive"}}"#
            ),
            ["securityContext.seLinuxChangePolicy: Forbidden: cannot be set for a windows pod"]
        );
        assert_eq!(
            found(
                of_other_system,
                r#"{"os":{"name":"linux"},"securityContext":{"windowsOptions":{}}}"#
            ),
            [
                "securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod"
            ]
        );
    }
}
