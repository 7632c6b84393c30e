//! A Service that the API server itself sends requests to, for a webhook or an APIService, and that does not exist, lacks the
//! port or has no endpoint for it. Without a port the reference means 443.
//! Source: kubernetes `staging/src/k8s.io/apiserver/pkg/util/proxy` (`ResolveCluster`), `kube-aggregator`
//! `pkg/controllers/status/remote`.

use crate::causes::cause::{Cause, Certainty, Evidence};
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{Service, ServiceType};
use crate::diagnostic::{ApiServerCall, Fault, Fix, PortFault};
use crate::manifest::field_edit;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted;
use crate::names::{ObjectName, Protocol};
use crate::resolve::NotModelled;
use crate::syntax::typo_distance;

/// The port of a reference that has none.
const DEFAULT_PORT: u16 = 443;

/// Every such Service, at the object that refers to it.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let objects = survey.resolved.not_modelled.iter();
    let references = objects.flat_map(references_of);
    let causes = references.filter_map(|reference| of_reference(survey, &reference));
    causes.collect()
}

/// A reference to a Service.
struct Reference<'a> {
    object: &'a NotModelled,
    asks: ApiServerCall,
    /// Where it is in the object, `spec.service`.
    field: String,
    /// `name`, `namespace` and `port`.
    written: &'a Yaml,
}

fn references_of(object: &NotModelled) -> Vec<Reference<'_>> {
    let (group, _) = object.api_version.split_once('/').unwrap_or_default();
    let at = |asks, field: String, written| Reference {
        object,
        asks,
        field,
        written,
    };
    match (group, object.kind.as_str()) {
        ("apiregistration.k8s.io", "APIService") => {
            let service = object.tree.at(&["spec", "service"]).into_iter();
            let field = "spec.service";
            service
                .map(|own| at(ApiServerCall::ApiService, field.to_owned(), own))
                .collect()
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            let path = ["spec", "conversion", "webhook", "clientConfig", "service"];
            let service = object.tree.at(&path).into_iter();
            service
                .map(|own| at(ApiServerCall::Conversion, path.join("."), own))
                .collect()
        }
        (
            "admissionregistration.k8s.io",
            "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration",
        ) => {
            let webhooks = object.tree.get("webhooks").into_iter();
            let webhooks = webhooks.flat_map(Yaml::items).enumerate();
            let services = webhooks.filter_map(|(index, own)| {
                let field = format!("webhooks[{index}].clientConfig.service");
                let service = own.at(&["clientConfig", "service"])?;
                Some(at(ApiServerCall::Webhook, field, service))
            });
            services.collect()
        }
        _ => Vec::new(),
    }
}

impl Reference<'_> {
    fn service(&self) -> Option<ObjectName> {
        let text = |field: &str| self.written.get(field)?.as_str();
        Some(ObjectName::new(text("namespace")?, text("name")?))
    }

    /// The port, and whether it is the default.
    fn port(&self) -> Option<(u16, bool)> {
        match self.written.get("port").map(|own| &own.value) {
            None | Some(YamlValue::Null) => Some((DEFAULT_PORT, true)),
            Some(YamlValue::Int(port)) => Some((u16::try_from(*port).ok()?, false)),
            Some(_) => None,
        }
    }

    fn object(&self) -> String {
        format!("{} {}", self.object.kind, self.object.name.name)
    }

    /// A field of the reference, or the whole where it is not written.
    fn evidence(&self, field: &str) -> Evidence {
        let value = self.written.get(field).unwrap_or(self.written);
        Evidence {
            object: self.object(),
            field: format!("{}.{field}", self.field),
            span: Some(self.object.span_of(value)),
        }
    }

    /// Another text in place of a field's value.
    fn replaced(&self, field: &str, text: &str) -> Option<Fix> {
        let fix = Fix {
            span: self.written.get(field)?.span,
            text: quoted(text),
        };
        Some(fix.shifted(self.object.origin()))
    }
}

fn of_reference(survey: &Survey, reference: &Reference) -> Option<Cause> {
    let name = reference.service()?;
    let (port, is_default) = reference.port()?;
    let Some(service) = survey.resolved.cluster.services.get(&name) else {
        return no_service(survey, reference, &name);
    };
    if service.spec.service_type == ServiceType::ExternalName {
        return None;
    }
    let mut ports = service.spec.ports.iter();
    if ports.any(|own| own.port == port && own.protocol == Protocol::Tcp) {
        return without_endpoint(survey, reference, &name, port);
    }
    Some(other_port(reference, service, port, is_default))
}

fn other_port(reference: &Reference, service: &Service, port: u16, is_default: bool) -> Cause {
    let ports = service.spec.ports.iter();
    let ports: Vec<String> = ports
        .map(|own| format!("{}/{}", own.port, own.protocol))
        .collect();
    let fault = Fault::Port(PortFault::ApiServerCallsOtherPort {
        object: reference.object(),
        asks: reference.asks,
        service: service.id().to_string(),
        port,
        is_default,
        ports: ports.join(", "),
    });
    let fix = match service.spec.ports.as_slice() {
        [only] => {
            let port = only.port.to_string();
            field_edit::set_field(reference.written, "port", &port)
        }
        _ => None,
    };
    let fix = fix.map(|fix| fix.shifted(reference.object.origin()));
    Cause::certain(fault, vec![reference.evidence("port")]).with_fix(fix)
}

/// The Service does not exist, and one that is likely meant does.
fn no_service(survey: &Survey, reference: &Reference, name: &ObjectName) -> Option<Cause> {
    let services = || survey.resolved.cluster.services.keys();
    let beside = services().filter(|own| own.namespace == name.namespace);
    let near = beside.filter_map(|own| Some((typo_distance(&name.name, &own.name)?, own)));
    let near = near.min().map(|(_, own)| own);
    let elsewhere = || services().find(|own| own.name == name.name);
    let meant = near.or_else(elsewhere)?;
    let fault = Fault::Port(PortFault::ApiServerCallsNoService {
        object: reference.object(),
        asks: reference.asks,
        service: name.to_string(),
        meant: meant.to_string(),
    });
    let (field, text) = if meant.namespace == name.namespace {
        ("name", &meant.name)
    } else {
        ("namespace", &meant.namespace)
    };
    let fix = reference.replaced(field, text);
    Some(Cause::certain(fault, vec![reference.evidence(field)]).with_fix(fix))
}

/// The Service of an APIService has no endpoint for the port. A webhook has this cause where its pods are the reason.
fn without_endpoint(
    survey: &Survey,
    reference: &Reference,
    name: &ObjectName,
    port: u16,
) -> Option<Cause> {
    if reference.asks != ApiServerCall::ApiService {
        return None;
    }
    let causes = no_endpoint::of_service(survey, name, port, Protocol::Tcp);
    let cause = causes.into_iter().next()?;
    let fault = Fault::Port(PortFault::ApiServiceWithoutEndpoint {
        object: reference.object(),
        service: name.to_string(),
        port,
    });
    let evidence = [vec![reference.evidence("name")], cause.evidence].concat();
    (cause.certainty == Certainty::Certain).then(|| Cause::certain(fault, evidence))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PortFault, Problem};
    use crate::testing::dedent;

    /// What is reported about an APIService that refers to this Service, and the text after the fix.
    fn told(reference: &str, ports: &str) -> Option<(&'static str, Option<String>)> {
        let text = dedent(
            "
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1.example.com}
            spec: {group: example.com, version: v1, service: {REFERENCE}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: extension}
            spec: {selector: {app: extension}, ports: [PORTS]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: extension, labels: {app: extension}}
            spec: {containers: [{name: c, image: c, ports: [{name: api, containerPort: 8443}]}]}
            ",
        );
        let text = text.replace("REFERENCE", reference).replace("PORTS", ports);
        let found = check_text(&text, &Config::default()).into_iter();
        let mut told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Port(PortFault::ApiServerCallsOtherPort { .. })) => {
                Some(("port", fixed))
            }
            Problem::Cause(Fault::Port(PortFault::ApiServerCallsNoService { .. })) => {
                Some(("service", fixed))
            }
            Problem::Cause(Fault::Port(PortFault::ApiServiceWithoutEndpoint { .. })) => {
                Some(("endpoint", fixed))
            }
            _ => None,
        });
        told.next()
    }

    const OWN: &str = "name: extension, namespace: default";

    #[test]
    fn the_service_of_an_api_service_has_the_port_and_an_endpoint_for_it() {
        assert_eq!(told(OWN, "{port: 443, targetPort: api}"), None);
        let with_port = format!("{OWN}, port: 8443");
        assert_eq!(told(&with_port, "{port: 8443}"), None);
        let nameless = told(OWN, "{port: 443, targetPort: https}");
        assert_eq!(nameless, Some(("endpoint", None)));
    }

    #[test]
    fn a_reference_without_a_port_means_443() {
        let Some(("port", Some(fixed))) = told(OWN, "{port: 8443}") else {
            panic!("the port is not told");
        };
        assert!(
            fixed.contains(&format!("service: {{port: 8443, {OWN}}}")),
            "{fixed}"
        );
        let Some(("port", None)) = told(OWN, "{name: a, port: 8443}, {name: b, port: 8444}") else {
            panic!("there are two ports, and no fix");
        };
    }

    #[test]
    fn a_service_of_another_name_or_namespace_is_offered() {
        for (reference, part) in [
            (
                "name: extnsion, namespace: default",
                "{name: extension, namespace: default}",
            ),
            (
                "name: extension, namespace: other",
                "{name: extension, namespace: default}",
            ),
        ] {
            let Some(("service", Some(fixed))) = told(reference, "{port: 443}") else {
                panic!("the Service is not told: {reference}");
            };
            assert!(fixed.contains(part), "{fixed}");
        }
        assert_eq!(told("name: unknown, namespace: other", "{port: 443}"), None);
    }
}
