//! What the server warns of while it takes an object (`pkg/api/service/warnings.go`, `pkg/api/pod/warnings.go`, the
//! strategies' `WarningsOnCreate`). kubectl prints each as `Warning: …`.

pub(crate) mod pod;
pub(crate) mod scheduling;
mod volumes;

use super::Warning;
use super::field::Field;
use super::validation::is_headless;
use crate::cluster::object::CLASS_ANNOTATION;
use crate::manifest::tree::FieldPath;
use crate::syntax::{is_valid_cidr, is_valid_ip, is_valid_ip_in_old_field, quote, sloppy_ip};

/// The warnings about a Service.
pub(crate) fn service(service: &Field) -> Vec<Warning> {
    const OLD_HINTS: &str = "service.kubernetes.io/topology-aware-hints";
    let spec = service.child("spec");
    let mut warnings = Vec::new();
    if service
        .at(&["metadata", "annotations"])
        .entry(OLD_HINTS)
        .is_set()
    {
        let new = "service.kubernetes.io/topology-mode";
        warnings.push(Warning::of_object(format!(
            "annotation {OLD_HINTS} is deprecated, please use {new} instead"
        )));
    }
    if !is_headless(&spec) {
        warnings.extend(spec.child("clusterIPs").items().iter().filter_map(address));
    }
    warnings.extend(headless(&spec));
    warnings.extend(external_ips(&spec));
    let ranges = spec.child("loadBalancerSourceRanges");
    warnings.extend(ranges.items().iter().filter_map(range));
    warnings.extend(by_type(&spec));
    let distribution = spec.child("trafficDistribution");
    if distribution.text() == "PreferClose" {
        warnings.push(Warning::at(
            &distribution.path,
            r#""PreferClose" is deprecated; use "PreferSameZone""#,
        ));
    }
    warnings
}

fn headless(spec: &Field) -> Vec<Warning> {
    let balancer = spec.child("loadBalancerIP");
    let addresses = spec.child("externalIPs");
    let affinity = spec.child("sessionAffinity");
    let ignored = [
        (&balancer, "loadBalancerIP", !balancer.text().is_empty()),
        (&addresses, "externalIPs", !addresses.is_empty()),
        (&affinity, "SessionAffinity", affinity.text() != "None"),
    ];
    let is_headless = is_headless(spec) && spec.child("type").text() == "ClusterIP";
    let ignored = ignored
        .into_iter()
        .filter(|&(_, _, is_written)| is_written && is_headless);
    let warning = |(field, name, _): (&Field, &str, bool)| {
        let words = format!("spec.{name} is ignored for headless services");
        Warning::about(&field.path, words)
    };
    ignored.map(warning).collect()
}

fn external_ips(spec: &Field) -> Vec<Warning> {
    let field = spec.child("externalIPs");
    let mut warnings: Vec<Warning> = field.items().iter().filter_map(address).collect();
    let is_used = !is_headless(spec) && spec.child("type").text() != "ExternalName";
    if !field.is_empty() && is_used {
        warnings.push(Warning::about(
            &field.path,
            "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
        ));
    }
    let balancer = spec.child("loadBalancerIP");
    if !balancer.text().is_empty() {
        warnings.extend(address(&balancer));
    }
    warnings
}

fn by_type(spec: &Field) -> Vec<Warning> {
    let is_external = spec.child("type").text() == "ExternalName";
    let mut warnings = Vec::new();
    let (addresses, name) = (spec.child("externalIPs"), spec.child("externalName"));
    if is_external && !addresses.is_empty() {
        let words = r#"spec.externalIPs is ignored when spec.type is "ExternalName""#;
        warnings.push(Warning::about(&addresses.path, words));
    }
    if !is_external && !name.text().is_empty() {
        let words = r#"spec.externalName is ignored when spec.type is not "ExternalName""#;
        warnings.push(Warning::about(&name.path, words));
    }
    warnings
}

/// An address that is not written the way it is printed. One that other programs read differently gets this far only
/// in `loadBalancerIP`, which is not validated.
pub(super) fn address(field: &Field) -> Option<Warning> {
    let (path, text) = (&field.path, field.text());
    let address = sloppy_ip(text)
        .filter(|_| !is_valid_ip(text).is_empty())?
        .to_canonical()
        .to_string();
    if is_valid_ip_in_old_field(text).is_empty() {
        Some(not_canonical(path, "IPv6 address", text, &address))
    } else {
        let words = format!(
            "non-standard IP address {} will be considered invalid in a future Kubernetes release: use {}",
            quote(text),
            quote(&address)
        );
        Some(Warning::at(path, words))
    }
}

fn range(field: &Field) -> Option<Warning> {
    let range: ipnet::IpNet = field.text().parse().ok()?;
    let canonical = range.trunc().to_string();
    let is_odd = !is_valid_cidr(field.text()).is_empty() && canonical != field.text();
    is_odd.then(|| not_canonical(&field.path, "IPv6 CIDR value", field.text(), &canonical))
}

fn not_canonical(path: &FieldPath, what: &str, text: &str, canonical: &str) -> Warning {
    let words = format!(
        "{what} {} should be in RFC 5952 canonical format ({})",
        quote(text),
        quote(canonical)
    );
    Warning::at(path, words)
}

/// The warnings about an EndpointSlice.
pub(crate) fn slice(slice: &Field) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let address_type = slice.child("addressType");
    if address_type.text() == "FQDN" {
        let words = "spec.addressType: FQDN endpoints are deprecated";
        warnings.push(Warning::about(&address_type.path, words));
    }
    warnings.extend(slice_addresses(slice));
    warnings
}

/// Those about the addresses of an EndpointSlice. What the controllers write is not checked.
pub(crate) fn slice_addresses(slice: &Field) -> Vec<Warning> {
    const CONTROLLERS: [&str; 2] = [
        "endpointslice-controller.k8s.io",
        "endpointslicemirroring-controller.k8s.io",
    ];
    let owner = label(slice, "endpointslice.kubernetes.io/managed-by");
    if CONTROLLERS.contains(&owner.text()) {
        return Vec::new();
    }
    let endpoints = slice.child("endpoints").items().into_iter();
    let addresses = endpoints.flat_map(|endpoint| endpoint.child("addresses").items());
    addresses.filter_map(|one| address(&one)).collect()
}

/// The warnings about an Endpoints object. What the controller writes is not checked.
pub(crate) fn endpoints(endpoints: &Field) -> Vec<Warning> {
    if label(endpoints, "endpoints.kubernetes.io/managed-by").text() == "endpoint-controller" {
        return Vec::new();
    }
    let subsets = endpoints.child("subsets").items();
    let lists = subsets
        .iter()
        .flat_map(|subset| [subset.child("addresses"), subset.child("notReadyAddresses")]);
    lists
        .flat_map(|list| list.items())
        .filter_map(|one| address(&one.child("ip")))
        .collect()
}

fn label<'a>(object: &Field<'a>, key: &str) -> Field<'a> {
    object.at(&["metadata", "labels"]).entry(key)
}

/// The warnings about an Ingress.
pub(crate) fn ingress(ingress: &Field) -> Vec<Warning> {
    let annotations = ingress.at(&["metadata", "annotations"]);
    let annotation = annotations.entry(CLASS_ANNOTATION);
    let warning = || {
        Warning::of_object(format!(
            "annotation {} is deprecated, please use 'spec.ingressClassName' instead",
            quote(CLASS_ANNOTATION)
        ))
    };
    let is_alone = annotation.is_set() && !ingress.at(&["spec", "ingressClassName"]).is_set();
    if is_alone {
        vec![warning()]
    } else {
        Vec::new()
    }
}

/// The warnings about a new StatefulSet beside those about its template. The server leaves `spec` out of the paths of
/// its claims.
pub(crate) fn stateful_set(set: &Field) -> Vec<Warning> {
    claims_and_revisions(set, FieldPath::clone)
}

/// Those about a StatefulSet that replaces another one, where the paths have another form.
pub(crate) fn changed_stateful_set(set: &Field) -> Vec<Warning> {
    claims_and_revisions(set, |claim| claim.key("Spec"))
}

/// Sizes of claims that are no whole bytes, and a limit that keeps all revisions.
fn claims_and_revisions(set: &Field, spec_of: fn(&FieldPath) -> FieldPath) -> Vec<Warning> {
    let claims = set.at(&["spec", "volumeClaimTemplates"]).items();
    let amounts = claims.iter().flat_map(|claim| {
        let resources = Field {
            path: spec_of(&claim.path).key("resources"),
            ..claim.at(&["spec", "resources"])
        };
        ["requests", "limits"].map(|kind| resources.child(kind).entry("storage"))
    });
    let mut warnings: Vec<Warning> = amounts
        .filter_map(|amount| volumes::part_of_byte(&amount))
        .collect();
    let limit = set.at(&["spec", "revisionHistoryLimit"]);
    if limit.int() < 0 {
        warnings.push(Warning::at(
            &limit.path,
            "a negative value retains all historical revisions; a value >= 0 is recommended",
        ));
    }
    warnings
}

/// The warnings about a NetworkPolicy: IPv6 ranges in another spelling than the canonical one.
pub(crate) fn network_policy(policy: &Field) -> Vec<Warning> {
    let spec = policy.child("spec");
    [("ingress", "from"), ("egress", "to")]
        .into_iter()
        .flat_map(|(rules, peers)| {
            let rules = spec.child(rules).items().into_iter();
            rules.flat_map(move |rule| rule.child(peers).items())
        })
        .flat_map(|peer| block_warnings(&peer.child("ipBlock")))
        .collect()
}

fn block_warnings(block: &Field) -> Vec<Warning> {
    let cidr = range(&block.child("cidr"));
    let except = block.child("except").items();
    cidr.into_iter()
        .chain(except.iter().filter_map(range))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn what_controllers_write_is_not_checked() {
        let written = |owner: &str| {
            let labels = format!(r#"{{"endpointslice.kubernetes.io/managed-by":"{owner}"}}"#);
            let slice = format!(
                r#"{{"metadata":{{"labels":{labels}}},"addressType":"IPv6","endpoints":[{{"addresses":["fd00:0::1"]}}]}}"#
            );
            super::slice(&Field::root(&node(&slice))).len()
        };
        assert_eq!(written("me"), 1);
        assert_eq!(written("endpointslice-controller.k8s.io"), 0);
    }

    #[test]
    fn a_stateful_sets_claims_are_whole_bytes_and_its_revisions_have_a_limit() {
        let set = node(
            r#"{"spec":{"revisionHistoryLimit":-1,"volumeClaimTemplates":[{"spec":{"resources":{"requests":{"storage":"128m"}}}}]}}"#,
        );
        let root = Field::root(&set);
        let revisions = "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended";
        assert_eq!(
            super::stateful_set(&root),
            [
                r#"spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value "128m" is invalid, must be an integer"#,
                revisions
            ]
        );
        assert_eq!(
            super::changed_stateful_set(&root),
            [
                r#"spec.volumeClaimTemplates[0].Spec.resources.requests[storage]: fractional byte value "128m" is invalid, must be an integer"#,
                revisions
            ]
        );
    }

    #[test]
    fn an_address_has_one_way_to_be_written() {
        let service = node(r#"{"spec":{"clusterIPs":["fd00:0::1"],"sessionAffinity":"None"}}"#);
        assert_eq!(
            super::service(&Field::root(&service)),
            [
                r#"spec.clusterIPs[0]: IPv6 address "fd00:0::1" should be in RFC 5952 canonical format ("fd00::1")"#
            ]
        );
    }
}
