//! Which pools MetalLB offers to a Service that asks for none, and why none of them is offered: each waits to be asked
//! (`autoAssign: false`), is pinned to other Services (`serviceAllocation`), or has addresses of the other family
//! (metallb `internal/allocator/allocator.go`, `Allocate`).

use smol_str::SmolStr;

use super::metallb_pool::{pools_with_ranges, with_pool};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_annotation;
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::controllers::metallb::config::{Pool, Pools};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::kinds::Kind;
use crate::names::Family;
use crate::resolve::Stored;

const ASKS_FOR: &str = "metallb.io/address-pool";

/// The names of the pools that are offered to a Service by themselves.
pub(super) fn offered(survey: &Survey, service: &Service) -> Vec<SmolStr> {
    let pools = pools(survey).into_iter();
    let offered = pools.filter(|pool| is_offered(pool, service));
    offered.map(|pool| pool.name).collect()
}

/// Why no pool is offered to a Service; `None` if one is, or if the configuration is invalid.
pub(super) fn not_offered(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let pools = pools(survey);
    let of_family: Vec<&Pool> = pools
        .iter()
        .filter(|pool| has_family(pool, service))
        .collect();
    if pools.is_empty() || of_family.iter().any(|pool| is_offered(pool, service)) {
        return None;
    }
    let Some(first) = of_family.first() else {
        return Some(other_family(survey, stored, service));
    };
    let allowed = of_family.iter().filter(|pool| pool.allows(service));
    let names: Vec<&str> = allowed.map(|pool| pool.name.as_str()).collect();
    if names.is_empty() {
        let fault = Fault::LoadBalancer(LoadBalancerFault::PoolForOtherServices {
            service: stored.name.name.to_string(),
            pool: first.name.to_string(),
        });
        return Some(with_pool(survey, stored, fault, &first.name));
    }
    Some(on_request(survey, stored, &names))
}

/// The pools of a valid configuration.
fn pools(survey: &Survey) -> Vec<Pool> {
    let cluster = &survey.resolved.cluster;
    let pools = Pools::of(cluster, &cluster.load_balancing.metallb_namespace);
    pools.map_or_else(
        |_| Vec::new(),
        |pools| pools.by_name.into_values().collect(),
    )
}

fn is_offered(pool: &Pool, service: &Service) -> bool {
    pool.auto_assign && (pool.pinned.is_none() || pool.is_pinned_to(service))
}

fn has_family(pool: &Pool, service: &Service) -> bool {
    let mut ranges = pool.ranges.iter();
    ranges.any(|range| {
        let family = Family::of(range.addr());
        service.addresses().any(|own| Family::of(own) == family)
    })
}

fn other_family(survey: &Survey, stored: &Stored, service: &Service) -> Cause {
    let family = service.addresses().next().map(Family::of);
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolsOfOtherFamily {
        service: stored.name.name.to_string(),
        family: family.unwrap_or_default().to_string(),
        pools: pools_with_ranges(survey),
    });
    let mut evidence = vec![Evidence::of(stored, "spec.ipFamilies")];
    let mut pools = survey.resolved.of_kind(Kind::IPAddressPool);
    let pool = pools.next();
    evidence.extend(pool.map(|pool| Evidence::of(pool, "spec.addresses")));
    Cause::certain(fault, evidence)
}

/// The Service may have addresses of pools that wait to be asked; it is made to ask if there is one.
fn on_request(survey: &Survey, stored: &Stored, pools: &[&str]) -> Cause {
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolsOnRequest {
        service: stored.name.name.to_string(),
        pools: pools.join(", "),
    });
    let mut evidence = vec![Evidence::of(stored, "spec.type")];
    let written = survey.resolved.of_kind(Kind::IPAddressPool);
    let written = written.filter(|own| pools.contains(&own.name.name.as_str()));
    evidence.extend(written.map(|pool| Evidence::of(pool, "spec.autoAssign")));
    let fix = match pools {
        [only] => add_annotation(stored, ASKS_FOR, only),
        _ => None,
    };
    Cause::certain(fault, evidence).with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    /// What is reported about a Service beside a pool with these fields, and the text after the fix.
    fn told(pool: &str) -> Vec<(Fault, Option<String>)> {
        let text = dedent(
            "
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {POOL}
            ---
            apiVersion: metallb.io/v1beta1
            kind: L2Advertisement
            metadata: {name: lan, namespace: metallb-system}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec: {containers: [{name: c, image: web, ports: [{containerPort: 80}]}]}
            ",
        );
        let found = check_text(&text.replace("POOL", pool), &Config::default()).into_iter();
        let causes = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(fault) => Some((fault, fixed)),
            _ => None,
        });
        causes.collect()
    }

    #[test]
    fn a_pool_that_waits_to_be_asked_is_asked_for() {
        let told = told("addresses: [192.0.2.0/28], autoAssign: false");
        let [(Fault::LoadBalancer(LoadBalancerFault::PoolsOnRequest { pools, .. }), Some(fixed))] =
            told.as_slice()
        else {
            panic!("{told:?}");
        };
        assert_eq!(pools, "lan");
        assert!(
            fixed.contains("annotations: {metallb.io/address-pool: lan}"),
            "{fixed}"
        );
    }

    #[test]
    fn a_pool_of_other_services_or_of_the_other_family_is_named() {
        let pinned = told("addresses: [192.0.2.0/28], serviceAllocation: {namespaces: [team-a]}");
        assert!(matches!(
            pinned.as_slice(),
            [(
                Fault::LoadBalancer(LoadBalancerFault::PoolForOtherServices { .. }),
                None
            )]
        ));
        let family = told("addresses: ['2001:db8::/120']");
        assert!(matches!(
            family.as_slice(),
            [(
                Fault::LoadBalancer(LoadBalancerFault::PoolsOfOtherFamily { .. }),
                None
            )]
        ));
        assert_eq!(told("addresses: [192.0.2.0/28]"), []);
    }
}
