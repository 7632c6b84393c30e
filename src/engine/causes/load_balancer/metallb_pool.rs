//! A Service that MetalLB gives no address: its event says why, and the objects show where.

use super::metallb_offer;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::load_balancing::{AllocationFailure, MetalLbService};
use crate::cluster::object::Service;
use crate::controllers::metallb::{ADDRESS_POOL, ADDRESSES, SHARING_KEY, annotation};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// Why a Service has no address.
pub(in crate::causes) fn cause(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    state: &MetalLbService,
) -> Option<Cause> {
    let failure = state.failure.as_ref()?;
    let name = stored.name.name.to_string();
    let (fault, fields) = match failure {
        AllocationFailure::NoPools => (
            Fault::LoadBalancer(LoadBalancerFault::NoAddressPool { service: name }),
            vec!["spec.type"],
        ),
        AllocationFailure::NotInConfig(wanted) if wanted.iter().all(Option::is_some) => {
            let wanted = wanted.iter().flatten().map(ToString::to_string);
            let fault = Fault::LoadBalancer(LoadBalancerFault::AddressOutsidePools {
                service: name,
                address: wanted.collect::<Vec<String>>().join(", "),
                pools: pools_with_ranges(survey),
            });
            (fault, request_fields())
        }
        AllocationFailure::KeyDiffers { others, .. } => {
            return Some(not_shared(survey, stored, service, others));
        }
        AllocationFailure::PortInUse { address, .. } => {
            let other = holder_of_port(survey, service, &address.to_string());
            return Some(shared_port(stored, service, other, &address.to_string()));
        }
        AllocationFailure::UnknownPool(pool) => {
            let fault = Fault::LoadBalancer(LoadBalancerFault::UnknownAddressPool {
                service: name,
                pool: pool.to_string(),
                pools: pool_names(survey),
            });
            (fault, vec![POOL_FIELD])
        }
        AllocationFailure::PoolNotCompatible(pool) => {
            let fault = Fault::LoadBalancer(LoadBalancerFault::PoolForOtherServices {
                service: name,
                pool: pool.to_string(),
            });
            return Some(with_pool(survey, stored, fault, pool));
        }
        AllocationFailure::NoAvailableIps | AllocationFailure::PoolFull(_) => {
            return Some(exhausted(survey, stored, service));
        }
        AllocationFailure::NotInConfig(_)
        | AllocationFailure::NotEnoughClusterIps(_)
        | AllocationFailure::InvalidLoadBalancerIp(_)
        | AllocationFailure::InvalidAnnotation(_)
        | AllocationFailure::AskedTwice
        | AllocationFailure::InvalidFamilies(_)
        | AllocationFailure::WrongFamily(_)
        | AllocationFailure::OtherPool { .. } => {
            let fault = Fault::LoadBalancer(LoadBalancerFault::AllocationRefused {
                service: name,
                words: failure.to_string(),
            });
            (fault, request_fields())
        }
    };
    Some(Cause::certain(fault, evidence(stored, &fields)))
}

const POOL_FIELD: &str = "metadata.annotations";

/// The fields by which a Service asks for addresses; the first that is written counts.
fn request_fields() -> Vec<&'static str> {
    vec!["spec.loadBalancerIP", "metadata.annotations", "spec.type"]
}

/// The first of the fields that the Service has.
fn evidence(stored: &Stored, fields: &[&str]) -> Vec<Evidence> {
    let is_written = |field: &&&str| {
        let mut keys = field.split('.');
        let tree = keys.try_fold(&*stored.tree, |node, key| node.get(key));
        tree.is_some()
    };
    let field = fields.iter().find(is_written).or(fields.first());
    field
        .map(|field| Evidence::of(stored, field))
        .into_iter()
        .collect()
}

fn pool_names(survey: &Survey) -> String {
    let pools = survey.resolved.cluster.metallb.pools.iter();
    let names: Vec<&str> = pools.map(|pool| pool.metadata.name.as_str()).collect();
    names.join(", ")
}

/// `lan (192.0.2.10-192.0.2.20), dmz (198.51.100.0/24)`.
pub(super) fn pools_with_ranges(survey: &Survey) -> String {
    let pools = survey.resolved.cluster.metallb.pools.iter();
    let texts: Vec<String> = pools
        .map(|pool| {
            let ranges = pool.spec.addresses.join(", ");
            format!("{} ({ranges})", pool.metadata.name)
        })
        .collect();
    texts.join(", ")
}

pub(super) fn with_pool(survey: &Survey, stored: &Stored, fault: Fault, pool: &str) -> Cause {
    let mut evidence = evidence(stored, &request_fields());
    let mut pools = survey.resolved.of_kind(Kind::IPAddressPool);
    let pool = pools.find(|own| own.name.name == pool);
    evidence.extend(pool.map(|pool| Evidence::of(pool, "spec.serviceAllocation")));
    Cause::certain(fault, evidence)
}

/// Others have the address that is asked for, and the Service may not share it with them.
fn not_shared(survey: &Survey, stored: &Stored, service: &Service, others: &[ObjectName]) -> Cause {
    let services = &survey.resolved.cluster.services;
    let other = others.first().and_then(|other| services.get(other));
    let address = wanted(service);
    let key = other.map_or("", |other| annotation(other, SHARING_KEY));
    let own_key = annotation(service, SHARING_KEY);
    if let (Some(other), true) = (other, !key.is_empty() && key == own_key) {
        return other_backends(stored, service, other, &address);
    }
    let names: Vec<String> = others.iter().map(ToString::to_string).collect();
    let fault = Fault::LoadBalancer(LoadBalancerFault::AddressNotShared {
        service: stored.name.name.to_string(),
        address,
        others: names.join(", "),
        key: key.to_owned(),
    });
    Cause::certain(fault, evidence(stored, &request_fields()))
}

fn wanted(service: &Service) -> String {
    match annotation(service, ADDRESSES) {
        "" => service.spec.load_balancer_ip.to_string(),
        addresses => addresses.to_owned(),
    }
}

/// Both have one sharing key, and their traffic policies or selectors differ.
fn other_backends(stored: &Stored, service: &Service, other: &Service, address: &str) -> Cause {
    let fault = Fault::LoadBalancer(LoadBalancerFault::SharingNeedsSameBackends {
        service: stored.name.name.to_string(),
        other: other.id().to_string(),
        address: address.to_owned(),
    });
    let is_same_policy = service.spec.external_traffic_policy == other.spec.external_traffic_policy;
    let fields: &[&str] = if is_same_policy {
        &["spec.selector"]
    } else {
        &["spec.externalTrafficPolicy", "spec.type"]
    };
    let mut evidence = evidence(stored, &["spec.externalTrafficPolicy", "spec.type"]);
    evidence.extend(self::evidence(stored, fields));
    evidence.dedup();
    Cause::certain(fault, evidence)
}

fn shared_port(
    stored: &Stored,
    service: &Service,
    other: Option<&Service>,
    address: &str,
) -> Cause {
    let taken = other.and_then(|other| common_port(service, other));
    let (index, port) = taken.unwrap_or_default();
    let fault = Fault::LoadBalancer(LoadBalancerFault::SharedPortTaken {
        service: stored.name.name.to_string(),
        other: other
            .map(|other| other.id().to_string())
            .unwrap_or_default(),
        address: address.to_owned(),
        port,
    });
    let field = format!("spec.ports[{index}].port");
    Cause::certain(fault, vec![Evidence::of(stored, &field)])
}

/// The first port of a Service that another one has, with its index.
fn common_port(service: &Service, other: &Service) -> Option<(usize, String)> {
    let mut ports = service.spec.ports.iter().enumerate();
    ports.find_map(|(index, port)| {
        let mut others = other.spec.ports.iter();
        let is_taken = others.any(|own| own.port == port.port && own.protocol == port.protocol);
        is_taken.then(|| (index, format!("{}/{}", port.protocol, port.port)))
    })
}

fn holder_of_port<'a>(
    survey: &Survey<'a>,
    service: &Service,
    address: &str,
) -> Option<&'a Service> {
    let mut services = survey.resolved.cluster.services.values();
    services.find(|other| {
        let mut addresses = other.load_balancer_vips();
        let has_address = addresses.any(|own| own.to_string() == address);
        other.id() != service.id() && has_address && common_port(service, other).is_some()
    })
}

/// No address is free. If another Service has the same sharing key, the reason is that the two cannot share.
fn exhausted(survey: &Survey, stored: &Stored, service: &Service) -> Cause {
    let key = annotation(service, SHARING_KEY);
    let mut services = survey.resolved.cluster.services.values();
    let sharer = services.find(|other| {
        let is_other = other.id() != service.id() && other.load_balancer_vips().next().is_some();
        is_other && !key.is_empty() && annotation(other, SHARING_KEY) == key
    });
    if let Some(other) = sharer {
        let address = other.load_balancer_vips().next();
        let address = address.map(|own| own.to_string()).unwrap_or_default();
        return if common_port(service, other).is_some() {
            shared_port(stored, service, Some(other), &address)
        } else {
            other_backends(stored, service, other, &address)
        };
    }
    let asked = annotation(service, ADDRESS_POOL);
    if asked.is_empty()
        && let Some(cause) = metallb_offer::not_offered(survey, stored, service)
    {
        return cause;
    }
    let offered = metallb_offer::offered(survey, service);
    let pools = survey.resolved.cluster.metallb.pools.iter();
    let usable: Vec<String> = pools
        .filter(|pool| {
            let is_offered = asked.is_empty() && offered.contains(&pool.metadata.name);
            pool.metadata.name == asked || is_offered
        })
        .map(|pool| {
            format!(
                "{} ({})",
                pool.metadata.name,
                pool.spec.addresses.join(", ")
            )
        })
        .collect();
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolsExhausted {
        service: stored.name.name.to_string(),
        pools: usable.join(", "),
    });
    let mut evidence = evidence(stored, &["spec.type"]);
    let mut pools = survey.resolved.of_kind(Kind::IPAddressPool);
    evidence.extend(
        pools
            .next()
            .map(|pool| Evidence::of(pool, "spec.addresses")),
    );
    Cause::certain(fault, evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    /// The faults of two Services beside a pool with one address, each with its line.
    fn faults(first: &str, second: &str) -> Vec<(u32, Fault)> {
        let text = format!(
            "
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {{name: lan, namespace: metallb-system}}
            spec: {{addresses: [192.0.2.10/32]}}
            ---
            apiVersion: metallb.io/v1beta1
            kind: L2Advertisement
            metadata: {{name: lan, namespace: metallb-system}}
            ---
            apiVersion: v1
            kind: Service
            {first}
            ---
            apiVersion: v1
            kind: Service
            {second}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: a, labels: {{app: a}}}}
            spec: {{containers: [{{name: c, image: a, ports: [{{containerPort: 80}}]}}]}}
            "
        );
        let mut found = Vec::new();
        for (diagnostic, _) in check_text(&dedent(&text), &Config::default()) {
            if let Problem::Cause(fault) = diagnostic.problem {
                found.push((diagnostic.span.start.line, fault));
            }
        }
        found
    }

    const FIRST: &str = "metadata: {name: a, annotations: {metallb.io/allow-shared-ip: k}}
            spec: {type: LoadBalancer, selector: {app: a}, ports: [{port: 80}]}";

    #[test]
    fn an_address_is_shared_only_without_a_common_port() {
        let second = "metadata: {name: b, annotations: {metallb.io/allow-shared-ip: k}}
            spec: {type: LoadBalancer, selector: {app: a}, ports: [{port: 80}]}";
        let taken = Fault::LoadBalancer(LoadBalancerFault::SharedPortTaken {
            service: "b".into(),
            other: "default/a".into(),
            address: "192.0.2.10".into(),
            port: "TCP/80".into(),
        });
        assert_eq!(faults(FIRST, second), [(18, taken)]);
        assert_eq!(
            faults(
                FIRST,
                &second.replace("port: 80", "port: 81, targetPort: 80")
            ),
            []
        );
    }

    #[test]
    fn an_address_is_shared_only_with_one_key() {
        let second = "metadata: {name: b}
            spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.10, selector: {app: a}, ports: [{port: 81, targetPort: 80}]}";
        let not_shared = Fault::LoadBalancer(LoadBalancerFault::AddressNotShared {
            service: "b".into(),
            address: "192.0.2.10".into(),
            others: "default/a".into(),
            key: "k".into(),
        });
        assert_eq!(faults(FIRST, second), [(18, not_shared)]);
    }

    #[test]
    fn an_address_that_no_pool_has_is_named() {
        let second = "metadata: {name: b}
            spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.99, selector: {app: a}, ports: [{port: 81, targetPort: 80}]}";
        let outside = Fault::LoadBalancer(LoadBalancerFault::AddressOutsidePools {
            service: "b".into(),
            address: "192.0.2.99".into(),
            pools: "lan (192.0.2.10/32)".into(),
        });
        assert_eq!(faults(FIRST, second), [(18, outside)]);
    }
}
