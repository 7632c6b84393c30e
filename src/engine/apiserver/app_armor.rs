//! Annotations that name an AppArmor profile become the field that came after them (`applyAppArmorVersionSkew` in
//! `pkg/registry/core/pod/strategy.go`).

use super::Warning;
use super::field::Field;
use crate::manifest::tree::{Yaml, YamlValue};

const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

/// Writes the profiles of a pod's annotations into its containers, and says which annotations are out of date. The
/// server says so even of a pod that it refuses then.
pub(crate) fn sync(pod: &mut Yaml) -> Vec<Warning> {
    let before = pod.clone();
    let root = Field::root(&before);
    let annotations = root.at(&["metadata", "annotations"]);
    let mut warnings = Vec::new();
    if root.at(&["spec", "os", "name"]).text() == "windows" {
        return warnings;
    }
    let of_pod = root
        .at(&["spec", "securityContext", "appArmorProfile"])
        .node();
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (place, container) in root.child("spec").child(list).items().iter().enumerate() {
            let annotation =
                annotations.entry(&format!("{ANNOTATION}{}", container.child("name").text()));
            if !annotation.is_set()
                || container
                    .at(&["securityContext", "appArmorProfile"])
                    .is_set()
            {
                continue;
            }
            let profile = profile(annotation.text());
            if profile.is_some() && profile.as_ref() == of_pod.map(|node| &node.value) {
                continue;
            }
            if let Some(container) = pod
                .get_mut("spec")
                .and_then(|spec| container_at(spec, list, place))
            {
                put(container, profile);
            }
            let words = r#"deprecated since v1.30; use the "appArmorProfile" field instead"#;
            warnings.push(Warning::at(&annotation.path, words));
        }
    }
    warnings
}

fn container_at<'a>(spec: &'a mut Yaml, list: &str, place: usize) -> Option<&'a mut Yaml> {
    match &mut spec.get_mut(list)?.value {
        YamlValue::Seq(containers) => containers.get_mut(place),
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Int(_)
        | YamlValue::Float(_)
        | YamlValue::String(_)
        | YamlValue::Map(_) => None,
    }
}

fn put(container: &mut Yaml, profile: Option<YamlValue>) {
    let Some(profile) = profile else { return };
    if container.get("securityContext").is_none() {
        container.set("securityContext", YamlValue::Map(Vec::new()));
    }
    if let Some(context) = container.get_mut("securityContext") {
        context.set("appArmorProfile", profile);
    }
}

/// The field that says what an annotation says; none for one that says nothing.
fn profile(annotation: &str) -> Option<YamlValue> {
    let (kind, file) = match (annotation, annotation.strip_prefix("localhost/")) {
        ("unconfined", _) => ("Unconfined", None),
        ("runtime/default", _) => ("RuntimeDefault", None),
        (_, Some(file)) if !file.is_empty() && file.trim() == file => ("Localhost", Some(file)),
        _ => return None,
    };
    let mut profile = Yaml::new(YamlValue::Map(Vec::new()), Default::default());
    if let Some(file) = file {
        profile.set("localhostProfile", YamlValue::String(file.into()));
    }
    profile.set("type", YamlValue::String(kind.into()));
    Some(profile.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn pod(profile: &str) -> Yaml {
        let annotation = format!(r#"{{"{ANNOTATION}c":"{profile}"}}"#);
        node(&format!(
            r#"{{"metadata":{{"annotations":{annotation}}},"spec":{{"containers":[{{"name":"c"}},{{"name":"d"}}]}}}}"#
        ))
    }

    #[test]
    fn the_profile_of_an_annotation_becomes_that_of_its_container() {
        let mut pod = pod("localhost/a");
        assert_eq!(
            sync(&mut pod),
            [
                r#"metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the "appArmorProfile" field instead"#
            ]
        );
        let first = &pod
            .get("spec")
            .and_then(|spec| spec.get("containers"))
            .map(Yaml::items)
            .unwrap_or_default()[0];
        let profile = first
            .get("securityContext")
            .and_then(|context| context.get("appArmorProfile"));
        assert_eq!(
            profile.cloned(),
            Some(node(r#"{"localhostProfile":"a","type":"Localhost"}"#))
        );
    }

    #[test]
    fn an_annotation_that_names_no_profile_is_warned_of_and_stays_alone() {
        let mut wrong = pod("a");
        assert_eq!(sync(&mut wrong).len(), 1);
        assert_eq!(wrong, pod("a"));
    }
}
