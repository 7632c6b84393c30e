//! Rules for the devices that a pod claims and that its containers use (`validatePodResourceClaims`,
//! `validateResourceClaimNames`).

use std::collections::BTreeSet;

use super::values::{label, subdomain};
use crate::apiserver::errors::{ApiError, duplicate, invalid, not_found, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::{text_in_json, to_json};
use crate::sort;
use crate::syntax::quote;

/// What is wrong with `resourceClaims` of a pod.
pub(super) fn of_pod(spec: &Field) -> Vec<ApiError> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut errors = Vec::new();
    for claim in spec.child("resourceClaims").items() {
        let name = claim.child("name");
        match name.text() {
            "" => errors.push(required(&name.path, "")),
            text if names.contains(text) => errors.push(duplicate(&name.path, quote(text))),
            text => {
                errors.extend(label(&name));
                names.insert(text);
            }
        }
        errors.extend(source(&claim));
    }
    errors
}

/// A claim is there already, or is made from a template.
fn source(claim: &Field) -> Vec<ApiError> {
    let sources =
        ["resourceClaimName", "resourceClaimTemplateName"].map(|field| claim.child(field));
    let [own, template] = &sources;
    let detail = match (own.is_set(), template.is_set()) {
        (true, true) => Some(
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
        ),
        (false, false) => {
            Some("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
        }
        (true, false) | (false, true) => None,
    };
    let mut errors: Vec<ApiError> = detail
        .map(|detail| invalid(&claim.path, in_go(claim), detail))
        .into_iter()
        .collect();
    let set = sources.iter().filter(|source| source.is_set());
    errors.extend(set.flat_map(subdomain));
    errors
}

/// A claim of the server's own kind, whose fields have no lower-case names.
fn in_go(claim: &Field) -> String {
    let name = text_in_json(claim.child("name").text());
    let [own, template] = ["resourceClaimName", "resourceClaimTemplateName"]
        .map(|field| to_json(claim.child(field).node()));
    format!(r#"{{"Name":{name},"ResourceClaimName":{own},"ResourceClaimTemplateName":{template}}}"#)
}

/// What is wrong with `claims` of resources: each is one of the pod's, and is named once as a whole or by its requests.
pub(super) fn used(spec: &Field, resources: &Field) -> Vec<ApiError> {
    let all = spec.child("resourceClaims").items();
    let names = all.iter().map(|claim| claim.child("name").text());
    let known: BTreeSet<&str> = sort::set(names.filter(|name| !name.is_empty()));
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut errors = Vec::new();
    for claim in resources.child("claims").items() {
        let name = claim.child("name").text();
        if name.is_empty() {
            errors.push(required(&claim.path, ""));
            continue;
        }
        errors.extend(repeated(&claim, &mut seen));
        if !known.contains(name) {
            errors.push(ApiError {
                detail: one_of_the_pods(&known),
                ..not_found(&claim.path, quote(name))
            });
        }
    }
    errors
}

/// A request of a claim is not named beside the claim.
fn repeated(claim: &Field, seen: &mut BTreeSet<String>) -> Vec<ApiError> {
    let (name, request) = (claim.child("name").text(), claim.child("request"));
    let again = |key: &str| duplicate(&claim.path, quote(key));
    if seen.contains(name) {
        return vec![again(name)];
    }
    if request.text().is_empty() {
        let requests = format!("{name}/");
        let parts = seen.iter().filter(|key| key.starts_with(&requests));
        let errors = parts.map(|_| again(name)).collect();
        seen.insert(name.to_owned());
        return errors;
    }
    let key = format!("{name}/{}", request.text());
    let mut errors = label(&request);
    if seen.contains(&key) {
        errors.push(again(&key));
    }
    seen.insert(key);
    errors
}

fn one_of_the_pods(known: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = known.iter().copied().collect();
    match names.as_slice() {
        [] => "must be one of the names in pod.spec.resourceClaims which is empty".to_owned(),
        names => format!(
            "must be one of the names in pod.spec.resourceClaims: {}",
            names.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_claim_has_a_name_and_one_source() {
        let found = |claims: &str| {
            let spec = node(&format!(r#"{{"resourceClaims":[{claims}]}}"#));
            of_pod(&Field::root(&spec))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        let right = r#"{"name":"a","resourceClaimName":"gpu"}"#;
        assert_eq!(found(right), [""; 0]);
        assert_eq!(
            found(&format!("{right},{right}")),
            [r#"resourceClaims[1].name: Duplicate value: "a""#]
        );
        assert_eq!(
            found(r#"{},{"name":"b","resourceClaimName":"c","resourceClaimTemplateName":"d"}"#),
            [
                "resourceClaims[0].name: Required value",
                r#"resourceClaims[0]: Invalid value: {"Name":"","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"#,
                r#"resourceClaims[1]: Invalid value: {"Name":"b","ResourceClaimName":"c","ResourceClaimTemplateName":"d"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"#,
            ]
        );
    }

    #[test]
    fn a_container_uses_claims_of_its_pod_once() {
        let found = |claims: &str, used_claims: &str| {
            let object = node(&format!(
                r#"{{"resourceClaims":[{claims}],"resources":{{"claims":[{used_claims}]}}}}"#
            ));
            let root = Field::root(&object);
            used(&root, &root.child("resources"))
                .iter()
                .map(ApiError::to_string)
                .collect::<Vec<_>>()
        };
        let own = r#"{"name":"a"},{"name":"b"}"#;
        assert_eq!(found(own, own), [""; 0]);
        assert_eq!(
            found(own, r#"{"name":"c"},{}"#),
            [
                r#"resources.claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims: a, b"#,
                "resources.claims[1]: Required value",
            ]
        );
        assert_eq!(
            found("", r#"{"name":"c"}"#),
            [
                r#"resources.claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims which is empty"#
            ]
        );
        assert_eq!(
            found(
                own,
                r#"{"name":"a","request":"x"},{"name":"a","request":"x"},{"name":"a"}"#
            ),
            [
                r#"resources.claims[1]: Duplicate value: "a/x""#,
                r#"resources.claims[2]: Duplicate value: "a""#,
            ]
        );
    }
}
