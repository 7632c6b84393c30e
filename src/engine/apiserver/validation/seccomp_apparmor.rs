//! Rules for seccomp and AppArmor profiles, in fields and in the annotations from before them.

use super::values::descending_path;
use crate::apiserver::errors::{ApiError, forbidden, invalid, required, too_long, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::syntax::quote;

/// The kinds of profiles, in the server's order.
const PROFILES: [&str; 3] = ["Localhost", "RuntimeDefault", "Unconfined"];
/// The longest name of a profile: that of a path on Linux.
const PROFILE_LENGTH: usize = 4095;

/// What annotations from before the fields say about profiles is what the fields say.
pub(super) fn annotations_match(annotations: &Field, spec: &Field) -> Vec<ApiError> {
    const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
    let pod = spec.child("securityContext");
    let mut errors = same_profile(
        &annotations.entry(SECCOMP_POD),
        &pod.child("seccompProfile"),
        "seccomp",
    );
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let containers: Vec<Field> = lists
        .into_iter()
        .flat_map(|list| spec.child(list).items())
        .collect();
    for container in &containers {
        let key = format!(
            "container.seccomp.security.alpha.kubernetes.io/{}",
            container.child("name").text()
        );
        let profile = container.at(&["securityContext", "seccompProfile"]);
        errors.extend(same_profile(&annotations.entry(&key), &profile, "seccomp"));
    }
    if spec.at(&["os", "name"]).text() == "windows" {
        return errors;
    }
    for container in &containers {
        let key = format!(
            "container.apparmor.security.beta.kubernetes.io/{}",
            container.child("name").text()
        );
        let own = container.at(&["securityContext", "appArmorProfile"]);
        let profile = if own.is_set() {
            own.clone()
        } else {
            pod.child("appArmorProfile")
        };
        let profile = Field {
            path: own.path,
            ..profile
        };
        errors.extend(same_profile(&annotations.entry(&key), &profile, "apparmor"));
    }
    errors
}

fn same_profile(annotation: &Field, profile: &Field, what: &str) -> Vec<ApiError> {
    if !annotation.is_set() || !profile.is_set() {
        return Vec::new();
    }
    let (kind, file) = (profile.child("type"), profile.child("localhostProfile"));
    let text = annotation.text();
    let error = |field: &Field, part: &str| {
        vec![forbidden(
            &field.path,
            &format!("{what} {part} in annotation and field must match"),
        )]
    };
    let is_default = text == "runtime/default" || what == "seccomp" && text == "docker/default";
    match (kind.text(), text.strip_prefix("localhost/")) {
        ("Unconfined", _) if text != "unconfined" => error(&kind, "type"),
        ("RuntimeDefault", _) if !is_default => error(&kind, "type"),
        ("Localhost", None) => error(&kind, "type"),
        ("Localhost", Some(name)) if !file.is_set() || file.text() != name => {
            error(&file, "profile")
        }
        _ => Vec::new(),
    }
}

fn profile_kind(profile: &Field, name: &str) -> Vec<ApiError> {
    let kind = profile.child("type");
    match kind.text() {
        "" => vec![required(
            &kind.path,
            &format!("type is required when {name} is set"),
        )],
        text if PROFILES.contains(&text) => Vec::new(),
        text => vec![unsupported(&kind.path, text, &PROFILES)],
    }
}

/// `validateSeccompProfileField`.
pub(super) fn seccomp(profile: &Field) -> Vec<ApiError> {
    let file = profile.child("localhostProfile");
    if !profile.is_set() {
        return Vec::new();
    }
    let mut errors = profile_kind(profile, "seccompProfile");
    match (profile.child("type").text(), file.is_set()) {
        ("Localhost", false) => errors.push(required(
            &file.path,
            "must be set when seccomp type is Localhost",
        )),
        ("Localhost", true) => errors.extend(descending_path(&file, &file.path)),
        (kind, true) => {
            let value = format!(
                r#"{{"Type":{},"LocalhostProfile":{}}}"#,
                quote(kind),
                to_json(file.node())
            );
            errors.push(invalid(
                &file.path,
                value,
                "can only be set when seccomp type is Localhost",
            ));
        }
        (_, false) => {}
    }
    errors
}

/// `ValidateAppArmorProfileField`.
pub(super) fn app_armor(profile: &Field) -> Vec<ApiError> {
    const NEEDED: &str = "must be set when AppArmor type is Localhost";
    let file = profile.child("localhostProfile");
    if !profile.is_set() {
        return Vec::new();
    }
    match (profile.child("type").text(), file.is_set()) {
        ("Localhost", false) => vec![required(&file.path, NEEDED)],
        ("Localhost", true) => {
            let mut errors = match file.text() {
                text if text.trim() != text => {
                    vec![invalid(
                        &file.path,
                        quote(text),
                        "must not be padded with whitespace",
                    )]
                }
                "" => vec![required(&file.path, NEEDED)],
                _ => Vec::new(),
            };
            if file.text().len() > PROFILE_LENGTH {
                errors.push(too_long(&file.path, PROFILE_LENGTH));
            }
            errors
        }
        ("RuntimeDefault" | "Unconfined", true) => {
            vec![invalid(
                &file.path,
                quote(file.text()),
                "can only be set when AppArmor type is Localhost",
            )]
        }
        _ => profile_kind(profile, "appArmorProfile"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(rule: fn(&Field) -> Vec<ApiError>, profile: &str) -> Vec<String> {
        rule(&Field::root(&node(profile)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn only_a_profile_of_the_node_has_a_file() {
        assert_eq!(
            found(seccomp, r#"{"type":"Localhost"}"#),
            ["localhostProfile: Required value: must be set when seccomp type is Localhost"]
        );
        assert_eq!(
            found(app_armor, r#"{"type":"Unconfined","localhostProfile":"a"}"#),
            [
                r#"localhostProfile: Invalid value: "a": can only be set when AppArmor type is Localhost"#
            ]
        );
    }

    #[test]
    fn an_annotation_must_equal_the_field() {
        let annotations = node(r#"{"seccomp.security.alpha.kubernetes.io/pod":"localhost/a"}"#);
        let spec = node(
            r#"{"securityContext":{"seccompProfile":{"type":"Localhost","localhostProfile":"b"}}}"#,
        );
        assert_eq!(
            annotations_match(&Field::root(&annotations), &Field::root(&spec))[0].to_string(),
            "securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match"
        );
    }
}
