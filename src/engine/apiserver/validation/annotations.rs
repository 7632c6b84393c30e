//! Rules for annotations that mean something for a pod (`ValidatePodSpecificAnnotations`).

use crate::apiserver::errors::{ApiError, forbidden, invalid};
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::syntax::quote;

const MIRROR: &str = "kubernetes.io/config.mirror";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// What is wrong with the annotations of the pod (or template) with this spec.
pub(super) fn errors(annotations: &Field, spec: &Field) -> Vec<ApiError> {
    let mut errors = mirror(annotations, spec);
    errors.extend(deletion_cost(annotations));
    for (key, value) in annotations.texts() {
        if key == SECCOMP_POD || key.starts_with(SECCOMP_CONTAINER) {
            errors.extend(seccomp(&annotations.path.named(key), value));
        }
    }
    for (key, value) in annotations.texts() {
        if let Some(container) = key.strip_prefix(APP_ARMOR) {
            errors.extend(app_armor(
                &annotations.path.entry(key),
                container,
                value,
                spec,
            ));
        }
    }
    errors
}

/// The errors of a pod's annotations when it replaces another pod (`ValidatePodSpecificAnnotationUpdates`): those that the
/// kubelet read when the pod began stay as they are. The others are checked once more.
pub(super) fn changed(after: &Field, before: &Field) -> Vec<ApiError> {
    let [new, old] = [after, before].map(|pod| pod.at(&["metadata", "annotations"]));
    let mut errors = Vec::new();
    let mut refuse = |key: &str, verb: &str| {
        if let Some(what) = read_once(key) {
            let detail = format!("may not {verb} {what}");
            errors.push(forbidden(&new.path.entry(key), &detail));
        }
    };
    let (now, was) = (new.texts(), old.texts());
    for (key, _) in was.iter().filter(|pair| !now.contains(pair)) {
        refuse(key, "remove or update");
    }
    let is_new = |key: &str| was.iter().all(|(other, _)| *other != key);
    for (key, _) in now.iter().filter(|(key, _)| is_new(key)) {
        refuse(key, "add");
    }
    errors.extend(self::errors(&new, &after.child("spec")));
    errors
}

/// What the server calls an annotation that is read only when a pod begins.
fn read_once(key: &str) -> Option<&'static str> {
    match key {
        MIRROR => Some("mirror pod annotation"),
        _ if key.starts_with(APP_ARMOR) => Some("AppArmor annotations"),
        _ => None,
    }
}

/// A mirror pod represents a static pod of a kubelet, so it must name its node.
fn mirror(annotations: &Field, spec: &Field) -> Vec<ApiError> {
    let annotation = annotations.entry(MIRROR);
    let is_wrong = annotation.is_set() && spec.child("nodeName").text().is_empty();
    let error = || {
        invalid(
            &annotation.path,
            quote(annotation.text()),
            "must set spec.nodeName if mirror pod annotation is set",
        )
    };
    if is_wrong { vec![error()] } else { Vec::new() }
}

fn deletion_cost(annotations: &Field) -> Vec<ApiError> {
    let annotation = annotations.entry(DELETION_COST);
    let text = annotation.text();
    let is_canonical = |number: &i32| number.to_string() == text;
    let is_right =
        !annotation.is_set() || text.parse::<i32>().ok().as_ref().is_some_and(is_canonical);
    let error = || invalid(&annotation.path, quote(text), "must be a 32bit integer");
    if is_right { Vec::new() } else { vec![error()] }
}

fn seccomp(path: &FieldPath, profile: &str) -> Vec<ApiError> {
    let wrong = |value: &str, detail: &str| invalid(path, quote(value), detail);
    match (profile, profile.strip_prefix("localhost/")) {
        ("runtime/default" | "docker/default" | "unconfined", _) => Vec::new(),
        (_, None) => vec![wrong(profile, "must be a valid seccomp profile")],
        (_, Some(file)) => {
            let rules = [
                (file.starts_with('/'), "must be a relative path"),
                (
                    file.split('/').any(|part| part == ".."),
                    "must not contain '..'",
                ),
            ];
            rules
                .into_iter()
                .filter(|(is_wrong, _)| *is_wrong)
                .map(|(_, detail)| wrong(file, detail))
                .collect()
        }
    }
}

fn app_armor(path: &FieldPath, container: &str, profile: &str, spec: &Field) -> Vec<ApiError> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let is_there = |list: &'static str| {
        spec.child(list)
            .items()
            .iter()
            .any(|one| one.child("name").text() == container)
    };
    let mut errors = Vec::new();
    if !lists.into_iter().any(is_there) {
        errors.push(invalid(path, quote(container), "container not found"));
    }
    let is_known = matches!(profile, "" | "runtime/default" | "unconfined")
        || profile.starts_with("localhost/");
    if !is_known {
        let detail = format!("invalid AppArmor profile name: {}", quote(profile));
        errors.push(invalid(path, quote(profile), detail));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_mirror_pod_is_on_a_node() {
        let pod = node(
            r#"{"annotations":{"kubernetes.io/config.mirror":""},"placed":{"nodeName":"n"},"free":{}}"#,
        );
        let root = Field::root(&pod);
        let found = errors(&root.child("annotations"), &root.child("free"));
        assert_eq!(
            found[0].field.to_string(),
            "annotations[kubernetes.io/config.mirror]"
        );
        assert_eq!(
            errors(&root.child("annotations"), &root.child("placed")),
            []
        );
    }

    #[test]
    fn what_the_kubelet_read_stays_as_it_was() {
        let pod = |annotations: &str| {
            node(&format!(
                r#"{{"metadata":{{"annotations":{{{annotations}}}}},"spec":{{"nodeName":"n","containers":[{{"name":"c"}}]}}}}"#
            ))
        };
        let found = |new: &str, old: &str| {
            changed(&Field::root(&pod(new)), &Field::root(&pod(old)))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        let profile = format!(r#""{APP_ARMOR}c":"runtime/default""#);
        let at = format!("metadata.annotations[{APP_ARMOR}c]: Forbidden: may not");
        assert_eq!(found(&profile, &profile), [""; 0]);
        assert_eq!(found(r#""a":"1""#, r#""a":"2""#), [""; 0]);
        assert_eq!(
            found(&profile, ""),
            [format!("{at} add AppArmor annotations")]
        );
        assert_eq!(
            found("", &profile),
            [format!("{at} remove or update AppArmor annotations")]
        );
        assert_eq!(
            found("", &format!(r#""{MIRROR}":"x""#)),
            [format!(
                "metadata.annotations[{MIRROR}]: Forbidden: may not remove or update mirror pod annotation"
            )]
        );
    }

    #[test]
    fn a_profile_stays_below_its_folder() {
        let path = FieldPath::default();
        for (profile, count) in [
            ("unconfined", 0),
            ("localhost/a", 0),
            ("localhost/../a", 1),
            ("localhost//a", 1),
            ("a", 1),
        ] {
            assert_eq!(seccomp(&path, profile).len(), count, "{profile}");
        }
    }
}
