//! A Service whose request for a load balancer's address is ignored: it is of another type, or the annotation has
//! MetalLB's prefix and is none of MetalLB's. MetalLB reads Services of type LoadBalancer only (metallb
//! `controller/service.go`).

use std::net::IpAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{rename_key, set_field};
use crate::causes::survey::Survey;
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{Service, ServiceType};
use crate::controllers::metallb::{ADDRESSES, annotation, meant_annotation};
use crate::diagnostic::{Fault, Fix, LoadBalancerFault};
use crate::resolve::Stored;

/// The fields by which a Service asks for addresses.
const SPEC_FIELD: &str = "spec.loadBalancerIP";
const ANNOTATIONS: &str = "metadata.annotations";

/// Every such Service.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let found = services.flat_map(|(stored, service)| {
        let of_type = of_other_type(survey, stored, service);
        of_type
            .into_iter()
            .chain(misspelt(survey, stored, service).map(|(cause, _)| cause))
    });
    found.collect()
}

/// Why no Service has a called address: one requests it, and the request is ignored.
pub(in crate::causes) fn of_address(survey: &Survey, address: IpAddr) -> Option<Cause> {
    let mut services = survey.services();
    services.find_map(|(stored, service)| {
        match asked_address(survey, service) {
            Some((_, asked)) if has_address(asked, address) => {
                return of_other_type(survey, stored, service);
            }
            Some(_) | None => {}
        }
        let (cause, value) = misspelt(survey, stored, service)?;
        has_address(value, address).then_some(cause)
    })
}

/// Whether a list of addresses has one: `192.0.2.9, 2001:db8::9`.
fn has_address(list: &str, address: IpAddr) -> bool {
    let mut addresses = list.split(',');
    addresses.any(|own| own.trim().parse() == Ok(address))
}

fn has_metallb(survey: &Survey) -> bool {
    survey.resolved.cluster.load_balancing.provider == LoadBalancer::Metallb
}

/// The field by which a Service asks for an address, and what is written there.
fn asked_address<'a>(survey: &Survey, service: &'a Service) -> Option<(&'static str, &'a str)> {
    let by_annotation = annotation(service, ADDRESSES);
    let by_spec = service.spec.load_balancer_ip.as_str();
    match (by_spec.is_empty(), by_annotation.is_empty()) {
        (false, _) => Some((SPEC_FIELD, by_spec)),
        (true, false) if has_metallb(survey) => Some((ANNOTATIONS, by_annotation)),
        (true, _) => None,
    }
}

/// A Service that is not of type LoadBalancer asks for an address.
fn of_other_type(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let own_type = service.spec.service_type;
    if own_type == ServiceType::LoadBalancer {
        return None;
    }
    let (field, address) = asked_address(survey, service)?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::AddressForOtherType {
        service: stored.name.name.to_string(),
        kind: own_type.to_string(),
        address: address.to_owned(),
        by_annotation: field == ANNOTATIONS,
    });
    let evidence = vec![
        Evidence::of(stored, field),
        Evidence::of(stored, "spec.type"),
    ];
    Some(Cause::certain(fault, evidence).with_fix(as_load_balancer(stored, service)))
}

/// The edit that makes a Service one of type LoadBalancer; a headless one cannot be.
fn as_load_balancer(stored: &Stored, service: &Service) -> Option<Fix> {
    match service.spec.service_type {
        ServiceType::ClusterIP | ServiceType::NodePort if !service.is_headless() => {
            set_field(stored, stored.tree.get("spec")?, "type", "\"LoadBalancer\"")
        }
        ServiceType::ClusterIP
        | ServiceType::NodePort
        | ServiceType::LoadBalancer
        | ServiceType::ExternalName => None,
    }
}

/// An annotation with MetalLB's prefix that MetalLB does not read, with its value.
fn misspelt<'a>(
    survey: &Survey,
    stored: &Stored,
    service: &'a Service,
) -> Option<(Cause, &'a str)> {
    if !has_metallb(survey) {
        return None;
    }
    let annotations = &service.metadata.annotations;
    let mut keys = annotations.keys();
    let (key, meant) = keys.find_map(|key| Some((key, meant_annotation(key)?)))?;
    let value = annotations.get(key.as_str())?;
    let written = stored.tree.get("metadata")?.get("annotations")?;
    let fix = (!meant.is_empty())
        .then(|| rename_key(stored, written, key, &meant))
        .flatten();
    let fault = Fault::LoadBalancer(LoadBalancerFault::MisspeltMetallbAnnotation {
        service: stored.name.name.to_string(),
        annotation: key.to_string(),
        meant,
    });
    let evidence = vec![Evidence::of_annotation(stored, key)];
    let cause = Cause::certain(fault, evidence).with_fix(fix);
    Some((cause, value.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, LoadBalancerFault, Problem};

    const POOL: &str = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n\
        metadata: {name: lan, namespace: metallb-system}\nspec: {addresses: [192.0.2.0/28]}\n";

    /// What is reported about a Service with these annotations and this spec, and the text after the fix.
    fn found(annotations: &str, spec: &str) -> Vec<(&'static str, Option<String>)> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web, annotations: {{{annotations}}}}}\n\
             spec: {{{spec}ports: [{{port: 80}}]}}\n---\n{POOL}"
        );
        let mut found = Vec::new();
        for (diagnostic, fixed) in check_text(&text, &Config::default()) {
            match diagnostic.problem {
                Problem::Cause(Fault::LoadBalancer(LoadBalancerFault::AddressForOtherType {
                    ..
                })) => found.push(("type", fixed)),
                Problem::Cause(Fault::LoadBalancer(
                    LoadBalancerFault::MisspeltMetallbAnnotation { .. },
                )) => found.push(("annotation", fixed)),
                _ => {}
            }
        }
        found
    }

    #[test]
    fn only_services_of_type_load_balancer_get_addresses() {
        let of_type = found("", "type: NodePort, loadBalancerIP: 192.0.2.9, ");
        let [("type", Some(fixed))] = of_type.as_slice() else {
            panic!("{of_type:?}");
        };
        assert!(fixed.contains("type: LoadBalancer"), "{fixed}");
        let of_type = found("metallb.io/loadBalancerIPs: 192.0.2.9", "");
        assert!(matches!(of_type.as_slice(), [("type", Some(_))]));
        assert!(found("", "type: LoadBalancer, loadBalancerIP: 192.0.2.9, ").is_empty());
    }

    #[test]
    fn an_annotation_that_metallb_does_not_read_is_named() {
        let of_key = found(
            "metallb.io/loadBalancerIP: 192.0.2.9",
            "type: LoadBalancer, ",
        );
        let [("annotation", Some(fixed))] = of_key.as_slice() else {
            panic!("{of_key:?}");
        };
        assert!(
            fixed.contains("{metallb.io/loadBalancerIPs: 192.0.2.9}"),
            "{fixed}"
        );
        let of_pool = found("metallb.universe.tf/pool-name: lan", "type: LoadBalancer, ");
        let [("annotation", Some(fixed))] = of_pool.as_slice() else {
            panic!("{of_pool:?}");
        };
        assert!(fixed.contains("{metallb.io/address-pool: lan}"), "{fixed}");
        let unknown = found("metallb.io/advertisement: lan", "type: LoadBalancer, ");
        assert_eq!(unknown, [("annotation", None)]);
        let written = "metallb.io/ip-allocated-from-pool: lan";
        assert!(found(written, "type: LoadBalancer, ").is_empty());
        assert!(
            found(
                "metallb.io/loadBalancerIPs: 192.0.2.9",
                "type: LoadBalancer, "
            )
            .is_empty()
        );
    }
}
