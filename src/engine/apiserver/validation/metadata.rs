//! Rules for `metadata` (apimachinery `api/validation/objectmeta.go`).

use super::values::{labels, qualified_name};
use crate::api_resources::Scope;
use crate::apiserver::errors::{ApiError, invalid, invalid_text, required, too_long};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::syntax::{is_dns1123_label, is_qualified_name, quote};

/// How many bytes all annotations may have together.
const ANNOTATIONS_LENGTH: usize = 256 * 1024;

/// What is wrong with an object's metadata.
pub(crate) fn errors(
    scope: Scope,
    name_errors: fn(&str) -> Vec<String>,
    metadata: &Field,
) -> Vec<ApiError> {
    let mut errors = generate_name(name_errors, &metadata.child("generateName"));
    errors.extend(name(name_errors, metadata));
    if scope == Scope::Namespace {
        let namespace = metadata.child("namespace");
        errors.extend(invalid_text(
            &namespace.path,
            namespace.text(),
            is_dns1123_label(namespace.text()),
        ));
    }
    errors.extend(labels(&metadata.child("labels")));
    errors.extend(annotations(&metadata.child("annotations")));
    errors.extend(owners(&metadata.child("ownerReferences")));
    errors.extend(finalizers(&metadata.child("finalizers")));
    errors
}

/// Whose the object is (`ValidateOwnerReferences`). Errors name the list, not the reference.
fn owners(list: &Field) -> Vec<ApiError> {
    let mut controller: Option<String> = None;
    let mut errors = Vec::new();
    for owner in list.items() {
        errors.extend(owner_errors(list, &owner));
        let name = format!(
            "{}/{}",
            owner.child("kind").text(),
            owner.child("name").text()
        );
        match &controller {
            _ if !owner.child("controller").is_true() => {}
            None => controller = Some(name),
            Some(first) => {
                let detail = format!(
                    "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {name}"
                );
                let all: Vec<String> = list.items().iter().map(owner_in_json).collect();
                errors.push(invalid(&list.path, format!("[{}]", all.join(",")), detail));
            }
        }
    }
    errors
}

fn owner_errors(list: &Field, owner: &Field) -> Vec<ApiError> {
    let (api, kind) = (owner.child("apiVersion").text(), owner.child("kind").text());
    let has_version = !api.is_empty() && !api.ends_with('/') && api.matches('/').count() < 2;
    let empty = |key: &'static str, detail: &str| {
        invalid(&list.path.key(key), quote(owner.child(key).text()), detail)
    };
    let mut errors = Vec::new();
    if !has_version {
        errors.push(empty("apiVersion", "version must not be empty"));
    }
    let keys = ["kind", "name", "uid"]
        .into_iter()
        .filter(|key| owner.child(key).text().is_empty());
    errors.extend(keys.map(|key| empty(key, "must not be empty")));
    if (api, kind) == ("v1", "Event") {
        errors.push(invalid(
            &list.path,
            owner_in_json(owner),
            "/v1, Kind=Event is disallowed from being an owner",
        ));
    }
    errors
}

/// A reference as Go writes it: the first four fields always, in this order.
fn owner_in_json(owner: &Field) -> String {
    let always = ["apiVersion", "kind", "name", "uid"]
        .map(|key| (key, text_in_json(owner.child(key).text())));
    let flags = ["controller", "blockOwnerDeletion"]
        .into_iter()
        .filter(|key| owner.child(key).is_set());
    let flags = flags.map(|key| (key, owner.child(key).is_true().to_string()));
    let fields = always
        .into_iter()
        .chain(flags)
        .map(|(key, value)| format!("\"{key}\":{value}"));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// What has to be done before what is in a Namespace goes (`validateFinalizerName`). Errors name the list, not the name's
/// place in it.
pub(crate) fn namespace_finalizers(list: &Field) -> Vec<ApiError> {
    let rule = |name: Field| {
        let name = Field {
            path: list.path.clone(),
            ..name
        };
        [qualified_name(&name), unknown_finalizer(&name)].concat()
    };
    list.items().into_iter().flat_map(rule).collect()
}

/// What has to be done before the object goes (`ValidateFinalizers`, `validateKubeFinalizerName`).
fn finalizers(list: &Field) -> Vec<ApiError> {
    let names = list.list();
    let has = |name: &str| names.iter().any(|one| one == name);
    let mut errors: Vec<ApiError> = names
        .iter()
        .flat_map(|name| invalid_text(&list.path, name, is_qualified_name(name)))
        .collect();
    if has("orphan") && has("foregroundDeletion") {
        let detail = "finalizer orphan and foregroundDeletion cannot be both set";
        errors.push(invalid(&list.path, to_json(list.node()), detail));
    }
    errors.extend(list.items().iter().flat_map(unknown_finalizer));
    errors
}

/// The start of a name: it may end in a hyphen, since more follows.
fn generate_name(name_errors: fn(&str) -> Vec<String>, field: &Field) -> Vec<ApiError> {
    if field.text().is_empty() {
        return Vec::new();
    }
    let masked = field
        .text()
        .strip_suffix('-')
        .map(|start| format!("{start}a"));
    let errors = name_errors(masked.as_deref().unwrap_or(field.text()));
    invalid_text(&field.path, field.text(), errors)
}

fn name(name_errors: fn(&str) -> Vec<String>, metadata: &Field) -> Vec<ApiError> {
    let name = metadata.child("name");
    match name.text() {
        "" => vec![required(&name.path, "name or generateName is required")],
        text => invalid_text(&name.path, text, name_errors(text)),
    }
}

/// Annotations: any value, keys like those of labels but in any case.
pub(crate) fn annotations(field: &Field) -> Vec<ApiError> {
    let key = |(key, _): &(&str, &str)| {
        invalid_text(&field.path, key, is_qualified_name(&key.to_lowercase()))
    };
    let texts = field.texts();
    let mut errors: Vec<ApiError> = texts.iter().flat_map(key).collect();
    if texts
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum::<usize>()
        > ANNOTATIONS_LENGTH
    {
        errors.push(too_long(&field.path, ANNOTATIONS_LENGTH));
    }
    errors
}

/// Without a domain only the server's own finalizers are known.
fn unknown_finalizer(name: &Field) -> Vec<ApiError> {
    const OWN: [&str; 3] = ["foregroundDeletion", "kubernetes", "orphan"];
    let is_known = name.text().contains('/') || OWN.contains(&name.text());
    let detail = "name is neither a standard finalizer name nor is it fully qualified";
    if is_known {
        Vec::new()
    } else {
        vec![invalid(&name.path, quote(name.text()), detail)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn the_start_of_a_name_may_end_in_a_hyphen() {
        let metadata = |start: &str| node(&format!(r#"{{"generateName":"{start}"}}"#));
        let errors = |start| {
            generate_name(
                is_dns1123_label,
                &Field::root(&metadata(start)).child("generateName"),
            )
            .len()
        };
        assert_eq!((errors("web-"), errors("Web-")), (0, 1));
    }

    fn found(rule: fn(&Field) -> Vec<ApiError>, list: &str) -> Vec<String> {
        rule(&Field::root(&node(list)))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn an_object_has_one_controller() {
        let owner = |name: &str| {
            format!(
                r#"{{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"{name}","uid":"1","controller":true}}"#
            )
        };
        assert_eq!(found(owners, &format!("[{}]", owner("a"))), [""; 0]);
        assert!(
            found(owners, &format!("[{},{}]", owner("a"), owner("b")))[0]
                .ends_with(r#"Found "true" in references for ReplicaSet/a and ReplicaSet/b"#)
        );
        assert_eq!(found(owners, "[{}]").len(), 4);
    }

    #[test]
    fn a_finalizer_has_a_domain_or_is_one_of_the_servers() {
        assert_eq!(
            found(finalizers, r#"["example.com/a","kubernetes"]"#),
            [""; 0]
        );
        assert_eq!(
            found(finalizers, r#"["a"]"#),
            [
                r#"[0]: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified"#
            ]
        );
        assert_eq!(found(namespace_finalizers, r#"["kubernetes"]"#), [""; 0]);
        let spec = node(r#"{"finalizers":["kubernetes","a"]}"#);
        let errors = namespace_finalizers(&Field::root(&spec).child("finalizers"));
        assert_eq!(
            errors.iter().map(ApiError::to_string).collect::<Vec<_>>(),
            [
                r#"finalizers: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified"#
            ]
        );
    }

    #[test]
    fn annotations_may_be_in_upper_case_and_labels_too() {
        let map = node(r#"{"Example.com/App":"x"}"#);
        assert_eq!(
            (
                annotations(&Field::root(&map)).len(),
                labels(&Field::root(&map)).len()
            ),
            (0, 1)
        );
    }
}
