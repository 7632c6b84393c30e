//! Rules for pods and for the templates they are made from (`ValidatePodCreate`, `ValidatePodSpec`).

use super::ports::Owner;
use super::values::{label, labels, one_of, subdomain};
use super::{
    affinity, annotations, container, dns, env_files, ephemeral_containers, metadata, ports,
    resource_claims, resources, scheduling, seccomp_apparmor, security_context, tolerations,
    volumes, windows,
};
use crate::apiserver::errors::{ApiError, forbidden, invalid, too_long};
use crate::apiserver::field::Field;

/// The maximum length of a host name in bytes (Linux' `HOST_NAME_MAX`).
const HOST_NAME_LENGTH: usize = 64;

/// Where a StatefulSet says which volumes it makes for each pod; a pod has no such field.
pub(crate) const CLAIMS: &str = "volumeClaimTemplates";

/// What is wrong with a pod beside its metadata, new or not (`validatePodMetadataAndSpec`).
pub(crate) fn errors(pod: &Field) -> Vec<ApiError> {
    let spec = pod.child("spec");
    let name = pod.at(&["metadata", "name"]).text();
    let mut errors = annotations::errors(&pod.at(&["metadata", "annotations"]), &spec);
    errors.extend(spec_errors(&spec, Some(name), &pod.child(CLAIMS)));
    errors.extend(container::images(&spec));
    errors
}

/// What is wrong with a new pod besides (`ValidatePodCreate`).
pub(crate) fn create_errors(pod: &Field) -> Vec<ApiError> {
    let spec = pod.child("spec");
    let mut errors = Vec::new();
    if !spec.child("ephemeralContainers").is_empty() {
        errors.push(forbidden(
            &spec.child("ephemeralContainers").path,
            "cannot be set on create",
        ));
    }
    if !spec.child("nodeName").text().is_empty() && !spec.child("schedulingGates").is_empty() {
        let detail = "cannot be set until all schedulingGates have been cleared";
        errors.push(forbidden(&spec.child("nodeName").path, detail));
    }
    errors.extend(seccomp_apparmor::annotations_match(
        &pod.at(&["metadata", "annotations"]),
        &spec,
    ));
    errors
}

/// What is wrong with the template of a workload; `claims` are the volumes that each of its pods gets besides.
pub(crate) fn template(template: &Field, claims: &Field) -> Vec<ApiError> {
    let (meta, spec) = (template.child("metadata"), template.child("spec"));
    let mut errors = labels(&relabelled(template, &meta, "labels"));
    let notes = relabelled(template, &meta, "annotations");
    errors.extend(metadata::annotations(&notes));
    errors.extend(annotations::errors(&notes, &spec));
    errors.extend(spec_errors(&spec, None, claims));
    errors.extend(seccomp_apparmor::annotations_match(&notes, &spec));
    if !spec.child("ephemeralContainers").is_empty() {
        let detail = "ephemeral containers not allowed in pod template";
        errors.push(forbidden(&spec.child("ephemeralContainers").path, detail));
    }
    errors
}

/// The server leaves `metadata` out of the paths it gives for a template's labels and annotations.
fn relabelled<'a>(template: &Field<'a>, metadata: &Field<'a>, name: &'static str) -> Field<'a> {
    Field {
        path: template.path.key(name),
        ..metadata.child(name)
    }
}

/// What is wrong with the spec of the `pod` of this name, or with that of a template, which has none
/// (`ValidatePodSpec`).
fn spec_errors(spec: &Field, pod: Option<&str>, claims: &Field) -> Vec<ApiError> {
    let known = volumes::known(spec, claims, pod);
    let owner = match pod {
        Some(_) => Owner::Pod,
        None => Owner::Template,
    };
    let mut errors = volumes::errors(spec, pod);
    errors.extend(resource_claims::of_pod(spec));
    errors.extend(container::errors(spec, &known));
    errors.extend(ephemeral_containers::errors(spec, &known));
    errors.extend(resources::of_pod(spec));
    errors.extend(ports::host_network(spec, owner));
    errors.extend(one_of(
        &spec.child("restartPolicy"),
        &["Always", "OnFailure", "Never"],
    ));
    errors.extend(one_of(&spec.child("dnsPolicy"), &dns::POLICIES));
    errors.extend(labels(&spec.child("nodeSelector")));
    errors.extend(security_context::of_pod(spec));
    errors.extend(affinity::errors(spec));
    errors.extend(dns::config(spec));
    errors.extend(scheduling::gates(spec));
    errors.extend(scheduling::spread(spec));
    errors.extend(windows::host_processes(spec));
    errors.extend(security_context::host_users(spec));
    errors.extend(hostname_override(spec));
    errors.extend(names(spec));
    errors.extend(tolerations::errors(spec));
    errors.extend(dns::host_aliases(spec));
    errors.extend(when_written(spec, &["priorityClassName"], subdomain));
    errors.extend(scheduling::classes(spec));
    errors.extend(windows::of_other_system(spec));
    errors.extend(env_files::volumes(spec));
    errors
}

/// The errors of `hostnameOverride`, the name that a pod's kernel has instead of the pod's (`validatePodHostName`).
fn hostname_override(spec: &Field) -> Vec<ApiError> {
    let name = spec.child("hostnameOverride");
    if !name.is_set() {
        return Vec::new();
    }
    let set = ["setHostnameAsFQDN", "hostNetwork"]
        .into_iter()
        .filter(|field| spec.child(field).is_true());
    let mut errors: Vec<ApiError> = set
        .map(|field| {
            let detail = format!("may not be specified when {field} is true");
            forbidden(&name.path, &detail)
        })
        .collect();
    if name.text().len() > HOST_NAME_LENGTH {
        errors.push(too_long(&name.path, HOST_NAME_LENGTH));
    }
    errors.extend(subdomain(&name));
    errors
}

/// The names a pod gives and takes, and how long it may run.
fn names(spec: &Field) -> Vec<ApiError> {
    let mut errors = when_written(spec, &["serviceAccountName", "nodeName"], subdomain);
    let deadline = spec.child("activeDeadlineSeconds");
    if deadline.is_set() && !(1..=i64::from(i32::MAX)).contains(&deadline.int()) {
        let detail = format!("must be between 1 and {}, inclusive", i32::MAX);
        errors.push(invalid(&deadline.path, deadline.int().to_string(), detail));
    }
    errors.extend(when_written(spec, &["hostname", "subdomain"], label));
    errors
}

fn when_written(
    spec: &Field,
    names: &[&'static str],
    rule: fn(&Field) -> Vec<ApiError>,
) -> Vec<ApiError> {
    let written = names
        .iter()
        .map(|name| spec.child(name))
        .filter(|field| !field.text().is_empty());
    written.flat_map(|field| rule(&field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, spec: &str) -> Vec<String> {
        let mut pod = node(&format!(r#"{{"metadata":{{"name":"web"}},"spec":{spec}}}"#));
        crate::apiserver::defaulting::pod::fill(&mut pod);
        rule(&Field::root(&pod))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn another_host_name_is_not_for_the_nodes_network() {
        let spec = |name: &str, rest: &str| {
            format!(
                r#"{{"hostnameOverride":"{name}",{rest}"containers":[{{"name":"c","image":"x"}}]}}"#
            )
        };
        assert_eq!(found(errors, &spec("db.example.com", "")), [""; 0]);
        assert_eq!(
            found(
                errors,
                &spec("db", r#""hostNetwork":true,"setHostnameAsFQDN":true,"#)
            ),
            [
                "spec.hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true",
                "spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true",
            ]
        );
        assert_eq!(
            found(errors, &spec(&"a".repeat(65), "")),
            ["spec.hostnameOverride: Too long: may not be more than 64 bytes"]
        );
        assert!(
            found(errors, &spec("", ""))[0]
                .starts_with(r#"spec.hostnameOverride: Invalid value: "": a lowercase RFC 1123"#)
        );
    }

    #[test]
    fn only_a_new_pod_has_no_ephemeral_containers() {
        let own = r#"{"name":"look","image":"x"}"#;
        let spec = format!(
            r#"{{"containers":[{{"name":"c","image":"x"}}],"ephemeralContainers":[{own}]}}"#
        );
        assert_eq!(found(errors, &spec), [""; 0]);
        assert_eq!(
            found(create_errors, &spec),
            ["spec.ephemeralContainers: Forbidden: cannot be set on create"]
        );
    }
}
