//! Rules for IngressClasses, and for references to objects of any kind (`validateIngressClassSpec`,
//! `validateIngressTypedLocalObjectReference`).

use super::values::{domain_prefixed_path, label, subdomain};
use crate::apiserver::errors::{
    ApiError, forbidden, invalid_text, required, too_long, unsupported,
};
use crate::apiserver::field::Field;
use crate::syntax::is_path_segment_name;

/// How many bytes a controller's name may have.
const CONTROLLER_LENGTH: usize = 250;

/// What is wrong with an IngressClass beside its metadata.
pub(crate) fn errors(class: &Field) -> Vec<ApiError> {
    let (controller, parameters) = (
        class.at(&["spec", "controller"]),
        class.at(&["spec", "parameters"]),
    );
    let mut errors = match controller.text() {
        "" => vec![required(&controller.path, "")],
        _ => controller_name(&controller),
    };
    if parameters.is_set() {
        errors.extend(reference(&parameters));
        errors.extend(scope(&parameters));
    }
    errors
}

/// A path below a domain: `k8s.io/ingress-nginx`.
fn controller_name(field: &Field) -> Vec<ApiError> {
    let mut errors = Vec::new();
    if field.text().len() > CONTROLLER_LENGTH {
        errors.push(too_long(&field.path, CONTROLLER_LENGTH));
    }
    errors.extend(domain_prefixed_path(field));
    errors
}

/// A reference to an object of any kind.
pub(crate) fn reference(reference: &Field) -> Vec<ApiError> {
    let group = reference.child("apiGroup");
    let mut errors = if group.is_set() {
        subdomain(&group)
    } else {
        Vec::new()
    };
    for part in ["kind", "name"].into_iter().map(|key| reference.child(key)) {
        match part.text() {
            "" => errors.push(required(&part.path, "")),
            text => errors.extend(invalid_text(&part.path, text, is_path_segment_name(text))),
        }
    }
    errors
}

/// Parameters of the whole cluster have no namespace, the others must.
fn scope(parameters: &Field) -> Vec<ApiError> {
    let (scope, namespace) = (parameters.child("scope"), parameters.child("namespace"));
    match (scope.text(), namespace.is_set()) {
        _ if !scope.is_set() => vec![required(&scope.path, "")],
        ("Namespace", false) => vec![required(
            &namespace.path,
            "`parameters.scope` is set to 'Namespace'",
        )],
        ("Namespace", true) => label(&namespace),
        ("Cluster", true) => vec![forbidden(
            &namespace.path,
            "`parameters.scope` is set to 'Cluster'",
        )],
        ("Cluster", false) => Vec::new(),
        (text, _) => vec![unsupported(&scope.path, text, &["Cluster", "Namespace"])],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let class = node(&format!(r#"{{"spec":{spec}}}"#));
        errors(&Field::root(&class))
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn a_controller_is_a_path_below_a_domain() {
        assert_eq!(found(r#"{"controller":"k8s.io/ingress-nginx"}"#), [""; 0]);
        assert_eq!(
            found(r#"{"controller":"k8s.io/"}"#),
            [
                r#"spec.controller: Invalid value: "k8s.io/": must be a domain-prefixed path (such as "acme.io/foo")"#
            ]
        );
        assert!(
            found(r#"{"controller":"K8s.io/a b"}"#)[0]
                .starts_with(r#"spec.controller: Invalid value: "K8s.io": a"#)
        );
        let long = format!(r#"{{"controller":"a.b/{}"}}"#, "c".repeat(250));
        assert_eq!(
            found(&long),
            ["spec.controller: Too long: may not be more than 250 bytes"]
        );
    }

    #[test]
    fn parameters_of_a_namespace_say_which() {
        let with = |rest: &str| {
            found(&format!(
                r#"{{"controller":"a.b/c","parameters":{{"kind":"K","name":"n"{rest}}}}}"#
            ))
        };
        assert_eq!(with(r#","scope":"Cluster""#), [""; 0]);
        assert_eq!(
            with(r#","scope":"Namespace""#),
            ["spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"]
        );
        assert_eq!(
            with(r#","scope":"Cluster","namespace":"a""#),
            ["spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'"]
        );
    }
}
