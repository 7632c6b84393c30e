//! The fields for which kubectl or the API server refuses an object, or warns of it, and where they are written.

use super::repair;
use crate::api_resources::Resource;
use crate::apiserver::{Allocator, Rejection, Warning};
use crate::diagnostic::{Fix, Span};
use crate::manifest::Written;
use crate::manifest::tree::{FieldPath, Yaml};

/// A field for which an object is refused.
pub(super) struct RefusedField {
    /// Its path.
    pub field: String,
    /// Where it is, relative to the document.
    pub span: Span,
    /// What kubectl prints.
    pub message: String,
    /// An edit that is likely to be meant, relative to the document.
    pub fix: Option<Fix>,
}

/// Error messages with their fields. A field error is printed as kubectl prints it if it is the only one.
pub(super) fn refused_fields(
    resource: &Resource,
    written: Written,
    rejection: Rejection,
    allocator: &Allocator,
) -> Vec<RefusedField> {
    let Written { object, file, .. } = written;
    let words = |rejection: &Rejection| rejection.stderr(resource, &object.name, "creating", file);
    match rejection {
        Rejection::Invalid(errors) => errors
            .into_iter()
            .map(|error| RefusedField {
                field: error.field.to_string(),
                span: span_of(&object.tree, &error.field),
                fix: repair::of_error(written, &error, allocator),
                message: words(&Rejection::Invalid(vec![error])),
            })
            .collect(),
        Rejection::Internal(_)
        | Rejection::Unknown(_)
        | Rejection::AlreadyExists
        | Rejection::NotFound => {
            vec![RefusedField {
                field: "metadata.name".to_owned(),
                span: span_at(&object.tree, "metadata.name"),
                message: words(&rejection),
                fix: None,
            }]
        }
    }
}

/// The span of a field, or of its nearest written parent.
pub(super) fn span_at(tree: &Yaml, field: &str) -> Span {
    span_of(tree, &FieldPath::from(field))
}

/// The span of a field. The server's errors name `clusterIPs`, which it fills from `clusterIP`.
fn span_of(tree: &Yaml, field: &FieldPath) -> Span {
    let spec = tree.get("spec");
    let is_of_list = field.0.starts_with(&FieldPath::from("spec.clusterIPs").0);
    let single = spec
        .filter(|spec| is_of_list && spec.get("clusterIPs").is_none())
        .and_then(|spec| spec.get("clusterIP"));
    single.unwrap_or_else(|| tree.nearest(field)).span
}

/// The span of the field that a warning is about; that of the name, if it is about the object as a whole.
pub(super) fn span_of_warning(tree: &Yaml, warning: &Warning) -> Span {
    match &warning.field {
        Some(field) => span_of(tree, field),
        None => span_at(tree, "metadata.name"),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Problem;
    use crate::testing::resolved;

    #[test]
    fn a_warning_is_at_its_field_however_the_field_is_called() {
        let resolved = resolved(
            r#"
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1}
            addressType: FQDN
            endpoints:
            - addresses: [web.example.com]
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              annotations:
                a: b
                scheduler.alpha.kubernetes.io/critical-pod: ""
            spec:
              containers: [{name: c, image: nginx}]
            "#,
        );
        let warnings = resolved
            .diagnostics
            .iter()
            .filter(|own| matches!(own.problem, Problem::ServerWarning { .. }));
        let lines: Vec<u32> = warnings.map(|own| own.span.start.line).collect();
        assert_eq!(lines, [4, 14]);
    }
}
