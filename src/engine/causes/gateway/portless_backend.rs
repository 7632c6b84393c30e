//! A route that is refused for a backend without a port. The rule of the CRD says that a Service needs one, not which ones it
//! has (Gateway API `apis/v1/object_reference_types.go`, `BackendObjectReference`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, Fix, GatewayFault, Position};
use crate::manifest::field_edit;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::names::ObjectName;
use crate::resolve::RefusedObject;

const PORT_MISSING: &str = "Must have port for Service reference";

/// The first such backend of every route, if the text has its Service.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let refused = survey.resolved.refused.iter();
    refused.filter_map(|own| of_refused(survey, own)).collect()
}

fn of_refused(survey: &Survey, refused: &RefusedObject) -> Option<Cause> {
    if !refused.message.ends_with(PORT_MISSING) {
        return None;
    }
    let field = FieldPath::from(refused.field.as_str());
    let backend = refused.tree.nearest(&field);
    let name = backend.get("name")?.as_str()?;
    let namespace = backend.get("namespace").and_then(Yaml::as_str);
    let namespace = namespace.unwrap_or(refused.name.namespace.as_str());
    let services = &survey.resolved.cluster.services;
    let service = services.get(&ObjectName::new(namespace, name))?;
    let ports = service.spec.ports.iter().map(|own| own.port.to_string());
    let ports: Vec<String> = ports.collect();
    let fault = Fault::Gateway(GatewayFault::RouteBackendWithoutPort {
        route: format!("{} {}", refused.kind.name(), refused.name),
        service: name.to_owned(),
        ports: ports.join(", "),
    });
    let fix = match ports.as_slice() {
        [only] => with_port(refused, backend, only),
        _ => None,
    };
    let evidence = Evidence {
        object: format!("{} {}", refused.kind.name(), refused.name),
        field: refused.field.clone(),
        span: Some(refused.span),
    };
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

/// The edit that writes the port.
fn with_port(refused: &RefusedObject, backend: &Yaml, port: &str) -> Option<Fix> {
    let (whole, own) = (refused.span.start, backend.span.start);
    let origin = Position {
        line: whole.line.checked_sub(own.line)? + 1,
        column: 1,
        offset: whole.offset.checked_sub(own.offset)?,
    };
    let fix = field_edit::add_field(backend, "port", port)?;
    Some(fix.shifted(origin))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, GatewayFault, Problem};

    /// The ports that are told of, and the text after the fix.
    fn told(backend: &str, ports: &str) -> Vec<(String, Option<String>)> {
        let text = format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop}}\n---\n\
             apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: web}}\n\
             spec:\n  parentRefs: [{{name: front}}]\n  rules:\n  - backendRefs:\n    - {backend}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop}}\nspec: {{ports: [{ports}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Gateway(GatewayFault::RouteBackendWithoutPort {
                ports, ..
            })) => Some((ports, fixed)),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn the_only_port_of_the_service_is_offered() {
        let found = told("name: web\n      namespace: shop", "{port: 8080}");
        let [(ports, Some(fixed))] = found.as_slice() else {
            panic!("one cause with a fix, not {found:?}")
        };
        assert_eq!(ports, "8080");
        assert!(
            fixed.contains("    - port: 8080\n      name: web\n"),
            "{fixed}"
        );
        let several = "{name: a, port: 80}, {name: b, port: 81}";
        let found = told("{name: web, namespace: shop}", several);
        assert_eq!(found, [("80, 81".to_owned(), None)]);
        // The Service of the route's own namespace is not in the text.
        assert!(told("{name: web}", "{port: 8080}").is_empty());
    }
}
