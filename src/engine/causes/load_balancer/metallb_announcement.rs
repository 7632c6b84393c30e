//! MetalLB gave a Service an address that no node announces: no advertisement covers it, or no node may announce it.

use super::metallb_advertisements::{
    Advertisement, all_advertisements, of_advertisements, or_dash, pool_not_advertised,
    pools_without_advertisement,
};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::config::LoadBalancer;
use crate::cluster::load_balancing::{MetalLbService, Silence};
use crate::cluster::object::{Node, Service, TrafficPolicy};
use crate::controllers::metallb::{SHARING_KEY, annotation};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName, Protocol};
use crate::resolve::Stored;
use crate::sort;

/// Pools without an advertisement, advertisements of unknown pools or no nodes, and Services that are not announced.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let balancing = &survey.resolved.cluster.load_balancing;
    if balancing.provider != LoadBalancer::Metallb {
        return Vec::new();
    }
    let mut causes = pools_without_advertisement(survey);
    causes.extend(of_advertisements(survey));
    causes.extend(pool_in_default_namespace(survey));
    for (stored, service) in survey.services() {
        let state = balancing.metallb.get(&stored.name);
        let is_told = |cause: &Cause| causes.contains(cause);
        let found = state.and_then(|state| of_state(survey, stored, service, state));
        if let Some(cause) = found.filter(|cause| !is_told(cause)) {
            causes.push(cause);
        }
    }
    causes
}

/// All pools are in namespace `default`, most likely because the text names none, and MetalLB reads only those of its
/// own namespace. The text does not contain MetalLB itself.
fn pool_in_default_namespace(survey: &Survey) -> Option<Cause> {
    let resolved = survey.resolved;
    let namespace = &resolved.cluster.load_balancing.metallb_namespace;
    if namespace != DEFAULT_NAMESPACE {
        return None;
    }
    let pool = resolved.of_kind(Kind::IPAddressPool).next()?;
    let mut workloads = [Kind::Deployment, Kind::DaemonSet]
        .into_iter()
        .flat_map(|kind| resolved.of_kind(kind));
    if workloads.any(|own| own.name.namespace == *namespace && own.name.name.contains("metallb")) {
        return None;
    }
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolInDefaultNamespace {
        pool: pool.name.name.to_string(),
    });
    let evidence = Evidence::of(pool, "metadata.namespace");
    Some(Cause::certain(fault, vec![evidence]).possible())
}

/// Why no node announces the address of a Service, on a called port.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    name: &ObjectName,
    port: u16,
    protocol: Protocol,
) -> Vec<Cause> {
    let balancing = &survey.resolved.cluster.load_balancing;
    let mut services = survey.services();
    let Some((stored, service)) = services.find(|(stored, _)| stored.name == *name) else {
        return Vec::new();
    };
    let state = balancing.metallb.get(name);
    let mut causes: Vec<Cause> = Vec::new();
    causes.extend(state.and_then(|state| of_state(survey, stored, service, state)));
    let has_no_endpoint = state.is_some_and(|state| {
        state
            .announcement
            .l2
            .values()
            .all(|own| matches!(own, Some(Silence::NotOwner | Silence::NoEndpoints)))
    });
    if has_no_endpoint && !has_serving_endpoint(survey, name) {
        causes.extend(no_endpoint::of_service(survey, name, port, protocol));
    }
    causes
}

fn has_serving_endpoint(survey: &Survey, name: &ObjectName) -> bool {
    !nodes_with_endpoints(survey, name).is_empty()
        || survey.slices_of(name).iter().any(|slice| {
            let mut endpoints = slice.endpoints.iter();
            endpoints.any(|own| own.conditions.is_serving())
        })
}

fn nodes_with_endpoints(survey: &Survey, name: &ObjectName) -> Vec<String> {
    let slices = survey.slices_of(name).iter();
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    let serving = endpoints.filter(|own| own.conditions.is_serving());
    let nodes = serving.filter_map(|own| own.node_name.as_ref());
    sort::set(nodes.map(ToString::to_string))
        .into_iter()
        .collect()
}

/// Why no node announces the addresses of a Service; `None` if one does, or if the Service has none.
fn of_state(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    state: &MetalLbService,
) -> Option<Cause> {
    let pool = state.pool.as_ref()?;
    let announcement = &state.announcement;
    if announcement.l2_node().is_some() || announcement.bgp_nodes().next().is_some() {
        return None;
    }
    let name = stored.name.name.to_string();
    let evidence = vec![Evidence::of(stored, "spec.type")];
    let all = all_advertisements(survey);
    let of_pool: Vec<&Advertisement> = all
        .iter()
        .filter(|own| own.is_about(survey, pool))
        .collect();
    let Some(first) = of_pool.first() else {
        return pool_not_advertised(survey, pool);
    };
    if let Some(cause) = not_selected(stored, service, first, &of_pool) {
        return Some(cause);
    }
    if !has_serving_endpoint(survey, &stored.name) {
        let fault = Fault::LoadBalancer(LoadBalancerFault::NobodyAnnouncesWithoutEndpoint {
            service: name,
        });
        return Some(Cause::certain(fault, evidence));
    }
    let candidates = candidates(survey, state);
    let without_node = || of_pool.iter().find_map(|own| own.without_node(survey));
    let cause = candidates.is_empty().then(without_node).flatten();
    cause.or_else(|| Some(no_announcing_node(survey, stored, service, &candidates)))
}

/// The service selectors of the pool's advertisements leave the Service out.
fn not_selected(
    stored: &Stored,
    service: &Service,
    first: &Advertisement,
    of_pool: &[&Advertisement],
) -> Option<Cause> {
    let (name, advertisement) = (stored.name.name.to_string(), first.printed());
    let has_selectors = |own: &&&Advertisement| !own.scope.service_selectors.is_empty();
    let fault = if !of_pool.iter().any(|own| own.selects(service)) {
        Fault::LoadBalancer(LoadBalancerFault::ServiceNotAdvertised {
            service: name,
            advertisement,
        })
    } else if !annotation(service, SHARING_KEY).is_empty()
        && of_pool.iter().any(|own| has_selectors(&own))
    {
        Fault::LoadBalancer(LoadBalancerFault::SharedAddressNotAdvertised {
            service: name,
            advertisement,
        })
    } else {
        return None;
    };
    let evidence = vec![
        Evidence::of(first.stored, "spec.serviceSelectors"),
        Evidence::of(stored, "spec.type"),
    ];
    Some(Cause::certain(fault, evidence))
}

/// The nodes that may announce are not those with an endpoint, or all are excluded.
fn no_announcing_node(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    candidates: &[String],
) -> Cause {
    let endpoints = nodes_with_endpoints(survey, &stored.name).join(", ");
    let field = if service.spec.external_traffic_policy == Some(TrafficPolicy::Local) {
        "spec.externalTrafficPolicy"
    } else {
        "spec.type"
    };
    let fault = Fault::LoadBalancer(LoadBalancerFault::NoAnnouncingNode {
        service: stored.name.name.to_string(),
        candidates: or_dash(candidates.join(", ")),
        endpoints: or_dash(endpoints),
    });
    Cause::certain(fault, vec![Evidence::of(stored, field)])
}

/// The nodes that an advertisement is about and that are not excluded.
fn candidates(survey: &Survey, state: &MetalLbService) -> Vec<String> {
    let nodes = &survey.resolved.cluster.nodes;
    let speakers = state.announcement.l2.iter().chain(&state.announcement.bgp);
    let may = speakers.filter(|(node, silence)| {
        let is_excluded = nodes
            .get(*node)
            .is_some_and(Node::is_excluded_from_load_balancers);
        !is_excluded && **silence != Some(Silence::NoMatchingAdvertisement)
    });
    sort::set(may.map(|(node, _)| node.to_string()))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    /// The faults of a Service with an address of a pool, beside an advertisement.
    fn faults(advertisement: &str, service: &str) -> Vec<Fault> {
        let text = format!(
            "
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {{name: lan, namespace: metallb-system}}
            spec: {{addresses: [192.0.2.10/32]}}
            ---
            {advertisement}
            ---
            apiVersion: v1
            kind: Service
            metadata: {{name: a, labels: {{app: a}}}}
            spec: {{type: LoadBalancer, selector: {{app: a}}, ports: [{{port: 80}}]{service}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {{name: a, labels: {{app: a}}}}
            spec: {{nodeName: node-1, containers: [{{name: c, image: a, ports: [{{containerPort: 80}}]}}]}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {{name: node-1, labels: {{zone: a}}}}
            status: {{addresses: [{{type: InternalIP, address: 192.168.0.11}}]}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {{name: node-2, labels: {{zone: b}}}}
            status: {{addresses: [{{type: InternalIP, address: 192.168.0.12}}]}}
            "
        );
        let mut found = Vec::new();
        for (diagnostic, _) in check_text(&dedent(&text), &Config::default()) {
            if let Problem::Cause(fault) = diagnostic.problem {
                found.push(fault);
            }
        }
        found
    }

    fn l2(spec: &str) -> String {
        format!(
            "apiVersion: metallb.io/v1beta1
            kind: L2Advertisement
            metadata: {{name: lan, namespace: metallb-system}}
            spec: {{{spec}}}"
        )
    }

    #[test]
    fn an_advertisement_of_every_pool_and_node_announces() {
        assert_eq!(faults(&l2(""), ""), []);
    }

    #[test]
    fn a_pool_needs_an_advertisement() {
        let none = Fault::LoadBalancer(LoadBalancerFault::PoolNotAdvertised { pool: "lan".into() });
        assert_eq!(faults("", ""), [none]);
    }

    #[test]
    fn an_advertisement_of_an_unknown_pool_is_named_and_the_pool_too() {
        let found = faults(&l2("ipAddressPools: [lna]"), "");
        let unknown = Fault::LoadBalancer(LoadBalancerFault::AdvertisesUnknownPool {
            advertisement: "L2Advertisement lan".into(),
            pool: "lna".into(),
            pools: "lan".into(),
        });
        assert!(found.contains(&unknown), "{found:?}");
    }

    #[test]
    fn an_advertisement_has_nodes_and_services() {
        let no_node = Fault::LoadBalancer(LoadBalancerFault::AdvertisementWithoutNode {
            advertisement: "L2Advertisement lan".into(),
        });
        let nodes = l2("nodeSelectors: [{matchLabels: {zone: c}}]");
        assert_eq!(faults(&nodes, ""), [no_node]);
        let not_selected = Fault::LoadBalancer(LoadBalancerFault::ServiceNotAdvertised {
            service: "a".into(),
            advertisement: "L2Advertisement lan".into(),
        });
        let services = l2("serviceSelectors: [{matchLabels: {app: b}}]");
        assert_eq!(faults(&services, ""), [not_selected]);
    }

    #[test]
    fn with_local_a_candidate_must_have_an_endpoint() {
        let nobody = Fault::LoadBalancer(LoadBalancerFault::NoAnnouncingNode {
            service: "a".into(),
            candidates: "node-2".into(),
            endpoints: "node-1".into(),
        });
        let nodes = l2("nodeSelectors: [{matchLabels: {zone: b}}]");
        assert_eq!(faults(&nodes, ", externalTrafficPolicy: Local"), [nobody]);
        assert_eq!(faults(&nodes, ""), []);
    }
}
