//! Rules for Services (`ValidateService`).

use super::values::{
    address, labels, one_of, one_of_when_set, ordinary_address, port_number, qualified_name, range,
};
use super::{cluster_ips, ports};
use crate::apiserver::errors::{ApiError, forbidden, invalid, required};
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::syntax::{is_dns1123_subdomain, quote};

/// The longest a client may stay with its endpoint: a day, in seconds.
const MOST_AFFINITY_SECONDS: i64 = 86_400;
/// The annotation that came before `loadBalancerSourceRanges`.
const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";
const FOR_LOAD_BALANCERS: &str = "may only be used when `type` is 'LoadBalancer'";

/// What is wrong with a Service beside its metadata.
pub(crate) fn errors(service: &Field) -> Vec<ApiError> {
    let spec = service.child("spec");
    let mut errors = topology_annotations(service);
    errors.extend(has_ports(&spec));
    errors.extend(by_type(&spec));
    errors.extend(ports::service_ports(&spec));
    errors.extend(labels(&spec.child("selector")));
    errors.extend(affinity(&spec));
    errors.extend(cluster_ips::errors(service));
    errors.extend(external_ips(&spec));
    errors.extend(one_of(
        &spec.child("type"),
        &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
    ));
    errors.extend(ports::node_ports_allowed(&spec));
    errors.extend(ports::duplicates(&spec));
    errors.extend(source_ranges(service));
    errors.extend(load_balancer_fields(&spec));
    errors.extend(external_traffic(&spec));
    errors.extend(one_of_when_set(
        &spec.child("internalTrafficPolicy"),
        &["Cluster", "Local"],
    ));
    let distributions = ["PreferClose", "PreferSameZone", "PreferSameNode"];
    errors.extend(one_of_when_set(
        &spec.child("trafficDistribution"),
        &distributions,
    ));
    errors
}

/// The two names of one annotation must not disagree.
fn topology_annotations(service: &Field) -> Vec<ApiError> {
    const OLD: &str = "service.kubernetes.io/topology-aware-hints";
    let annotations = service.at(&["metadata", "annotations"]);
    let (new, old) = (
        annotations.entry("service.kubernetes.io/topology-mode"),
        annotations.entry(OLD),
    );
    if !new.is_set() || !old.is_set() || new.text() == old.text() {
        return Vec::new();
    }
    let detail = format!("must match annotations[{OLD}] when both are specified");
    vec![invalid(&new.path, quote(new.text()), detail)]
}

fn has_ports(spec: &Field) -> Vec<ApiError> {
    let may_have_none =
        cluster_ips::is_headless(spec) || spec.child("type").text() == "ExternalName";
    let ports = spec.child("ports");
    if ports.is_empty() && !may_have_none {
        vec![required(&ports.path, "")]
    } else {
        Vec::new()
    }
}

fn by_type(spec: &Field) -> Vec<ApiError> {
    match spec.child("type").text() {
        kind @ ("LoadBalancer" | "NodePort") if cluster_ips::is_headless(spec) => {
            let detail = format!("may not be set to 'None' for {kind} services");
            vec![invalid(
                &spec.child("clusterIPs").path.index(0),
                quote("None"),
                detail,
            )]
        }
        "ExternalName" => external_name(spec),
        _ => Vec::new(),
    }
}

fn external_name(spec: &Field) -> Vec<ApiError> {
    const NEVER: &str = "may not be set for ExternalName services";
    let written = [
        ("clusterIPs", !spec.child("clusterIPs").is_empty()),
        ("ipFamilies", !spec.child("ipFamilies").is_empty()),
        ("ipFamilyPolicy", spec.child("ipFamilyPolicy").is_set()),
    ];
    let written = written.into_iter().filter(|&(_, is_written)| is_written);
    let mut errors: Vec<ApiError> = written
        .map(|(field, _)| forbidden(&spec.child(field).path, NEVER))
        .collect();
    let field = spec.child("externalName");
    match field.text().strip_suffix('.').unwrap_or(field.text()) {
        "" => errors.push(required(&field.path, "")),
        name => {
            let details = is_dns1123_subdomain(name);
            errors.extend(
                details
                    .into_iter()
                    .map(|detail| invalid(&field.path, quote(name), detail)),
            );
        }
    }
    errors
}

fn affinity(spec: &Field) -> Vec<ApiError> {
    let kind = spec.child("sessionAffinity");
    let mut errors = one_of(&kind, &["ClientIP", "None"]);
    let timeout = spec.at(&["sessionAffinityConfig", "clientIP", "timeoutSeconds"]);
    let is_right = (1..=MOST_AFFINITY_SECONDS).contains(&timeout.int());
    if kind.text() == "ClientIP" && !is_right {
        let detail = format!("must be greater than 0 and less than {MOST_AFFINITY_SECONDS}");
        errors.push(invalid(&timeout.path, timeout.int().to_string(), detail));
    }
    errors
}

fn external_ips(spec: &Field) -> Vec<ApiError> {
    let check = |field: Field| match address(&field) {
        errors if errors.is_empty() => ordinary_address(&field),
        errors => errors,
    };
    spec.child("externalIPs")
        .items()
        .into_iter()
        .flat_map(check)
        .collect()
}

/// `loadBalancerSourceRanges`, which errors spell with a capital, or the annotation that came before it.
fn source_ranges(service: &Field) -> Vec<ApiError> {
    let spec = service.child("spec");
    let is_load_balancer = spec.child("type").text() == "LoadBalancer";
    let ranges = spec.child("loadBalancerSourceRanges");
    let annotation = service
        .at(&["metadata", "annotations"])
        .entry(SOURCE_RANGES);
    let path = if ranges.is_empty() {
        annotation.path.clone()
    } else {
        spec.path.key("LoadBalancerSourceRanges")
    };
    let mut errors = Vec::new();
    if !is_load_balancer && (!ranges.is_empty() || annotation.is_set()) {
        errors.push(forbidden(&path, FOR_LOAD_BALANCERS));
    }
    if !ranges.is_empty() {
        let texts = ranges.list().into_iter().enumerate();
        errors.extend(texts.flat_map(|(place, text)| range(&path.index(place), &text)));
    } else if !annotation.text().trim().is_empty() {
        errors.extend(
            annotation
                .text()
                .trim()
                .split(',')
                .flat_map(|text| range(&path, text)),
        );
    }
    errors
}

fn load_balancer_fields(spec: &Field) -> Vec<ApiError> {
    let allocate = spec.child("allocateLoadBalancerNodePorts");
    let mut errors = Vec::new();
    if allocate.is_set() && spec.child("type").text() != "LoadBalancer" {
        errors.push(forbidden(&allocate.path, FOR_LOAD_BALANCERS));
    }
    errors.extend(load_balancer_class(spec));
    errors
}

/// `loadBalancerClass` (`validateLoadBalancerClassField`), which an update checks before all other fields.
pub(super) fn load_balancer_class(spec: &Field) -> Vec<ApiError> {
    let class = spec.child("loadBalancerClass");
    match (class.is_set(), spec.child("type").text()) {
        (false, _) => Vec::new(),
        (true, "LoadBalancer") => qualified_name(&class),
        (true, _) => vec![forbidden(&class.path, FOR_LOAD_BALANCERS)],
    }
}

fn external_traffic(spec: &Field) -> Vec<ApiError> {
    let policy = spec.child("externalTrafficPolicy");
    let kind = spec.child("type").text();
    let is_accessible = matches!(kind, "LoadBalancer" | "NodePort")
        || kind == "ClusterIP" && !spec.child("externalIPs").is_empty();
    let mut errors = match (is_accessible, policy.text()) {
        (true, _) => one_of(&policy, &["Cluster", "Local"]),
        (false, "") => Vec::new(),
        (false, text) => {
            vec![invalid(
                &policy.path,
                quote(text),
                "may only be set for externally-accessible services",
            )]
        }
    };
    errors.extend(health_check(
        spec,
        kind == "LoadBalancer" && policy.text() == "Local",
    ));
    errors
}

fn health_check(spec: &Field, is_needed: bool) -> Vec<ApiError> {
    let port = spec.child("healthCheckNodePort");
    let error = |port: &FieldPath, number: i64| {
        let detail =
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
        invalid(port, number.to_string(), detail)
    };
    match (is_needed, port.int()) {
        (true, 0) => vec![required(&port.path, "")],
        (true, _) => port_number(&port),
        (false, 0) => Vec::new(),
        (false, number) => vec![error(&port.path, number)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::{node, refusal};
    use crate::kinds::Kind;

    fn spec(spec: &str) -> String {
        refusal(
            Kind::Service,
            &format!(r#"{{"metadata":{{"name":"web"}},"spec":{spec}}}"#),
        )
    }

    #[test]
    fn only_headless_services_and_external_names_have_no_ports() {
        assert_eq!(
            spec("{}"),
            r#"Service "web" is invalid: spec.ports: Required value"#
        );
        assert_eq!(spec(r#"{"clusterIP":"None"}"#), "");
        assert_eq!(
            spec(r#"{"type":"ExternalName","externalName":"example.com."}"#),
            ""
        );
    }

    #[test]
    fn a_node_port_needs_an_address_to_forward_to() {
        let headless = r#"{"type":"NodePort","clusterIP":"None","ports":[{"port":80}]}"#;
        let error = r#"spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services"#;
        assert_eq!(
            spec(headless),
            format!(r#"Service "web" is invalid: {error}"#)
        );
    }

    #[test]
    fn source_ranges_may_have_spaces_around_them() {
        let service =
            node(r#"{"spec":{"type":"LoadBalancer","loadBalancerSourceRanges":[" 10.0.0.0/8 "]}}"#);
        assert_eq!(source_ranges(&Field::root(&service)), []);
    }
}
