//! An Ingress as `extensions/v1beta1` and `networking.k8s.io/v1beta1` had it, until Kubernetes 1.22.

use crate::diagnostic::{Fix, Span};
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlEntry, YamlValue};
use crate::manifest::{DecodeFault, Written};

/// The form of today of a backend, or the name of the default one.
pub(super) fn repair(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let PathStep::Key(field) = fault.path.0.last()? else {
        return None;
    };
    match field.as_ref() {
        "backend" if fault.path.0.len() == 2 => Some(Fix {
            span: fault.span,
            text: "defaultBackend".to_owned(),
        }),
        "serviceName" | "servicePort" => {
            let (_, holder) = fault.path.0.split_last()?;
            backend(written, written.object.tree.nearest(&FieldPath(holder.to_vec())))
        }
        _ => None,
    }
}

/// `service: {name: web, port: {number: 80}}` in place of `serviceName: web` and `servicePort: 80`.
fn backend(written: Written, backend: &Yaml) -> Option<Fix> {
    let [first, last] = backend.entries() else {
        return None;
    };
    if written.text[backend.span.start.offset as usize..].starts_with("{\"") {
        return None;
    }
    let find = |key: &str| [first, last].into_iter().find(|entry| entry.key == key);
    let text = |entry: &YamlEntry| written.slice(entry.value.span).map(str::trim);
    let (name, port) = (find("serviceName")?, find("servicePort")?);
    let field = match &port.value.value {
        YamlValue::Int(_) => "number",
        _ => "name",
    };
    Some(Fix {
        span: Span {
            start: first.key_span.start,
            end: last.value.span.end,
        },
        text: format!(
            "service: {{name: {}, port: {{{field}: {}}}}}",
            text(name)?,
            text(port)?
        ),
    })
}
