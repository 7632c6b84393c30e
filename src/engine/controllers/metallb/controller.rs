//! MetalLB's controller: it gives LoadBalancer Services their addresses, one Service after the other (metallb
//! `controller/main.go`, `controller/service.go`).

use std::net::IpAddr;

use smol_str::SmolStr;

use super::allocator::Allocator;
use super::config::Pools;
use super::request::{
    ADDRESS_POOL, annotation, deprecated_annotations, fits_families, prefers_both, wanted_addresses,
};
use crate::cluster::load_balancing::{
    AllocationFailure, EventKind, MetalLbService, ServiceEvent, quoted_addresses,
};
use crate::cluster::object::{Service, ServiceType};
use crate::names::{Family, ObjectName};
use crate::sort;
use crate::syntax::quote;

/// The component of its events.
const CONTROLLER: &str = "metallb-controller";

/// The controller, with the addresses of the Services that it has seen.
#[derive(Clone, Debug, Default)]
pub struct Controller {
    pools: Pools,
    allocator: Allocator,
    /// The only class of load balancers that it serves; `None` for Services without a class (`--lb-class`).
    class: Option<SmolStr>,
    /// In the order in which they came.
    services: Vec<Balanced>,
}

#[derive(Clone, Debug)]
struct Balanced {
    service: Service,
    state: MetalLbService,
}

impl Controller {
    /// A controller with its configuration.
    pub fn new(pools: Pools, class: Option<SmolStr>) -> Controller {
        Controller {
            pools,
            class,
            ..Controller::default()
        }
    }

    /// The configuration.
    pub fn pools(&self) -> &Pools {
        &self.pools
    }

    /// What became of each Service that it serves.
    pub fn services(&self) -> impl Iterator<Item = (ObjectName, &MetalLbService)> {
        let all = self.services.iter();
        all.map(|own| (own.service.id(), &own.state))
    }

    /// A Service is there, or has changed.
    pub fn set_service(&mut self, service: Service) {
        if service.spec.load_balancer_class != self.class {
            return;
        }
        let name = service.id();
        let mut all = self.services.iter();
        let index = all.position(|own| own.service.id() == name);
        let index = index.unwrap_or_else(|| {
            let addresses = service.load_balancer_vips().collect();
            self.services.push(Balanced {
                service: service.clone(),
                state: MetalLbService {
                    addresses,
                    ..MetalLbService::default()
                },
            });
            self.services.len() - 1
        });
        if let Some(own) = self.services.get_mut(index) {
            own.service = service;
        }
        if self.process(index) {
            self.process_all();
        }
    }

    /// A Service is deleted. Others may get its address.
    pub fn delete_service(&mut self, name: &ObjectName) {
        self.services.retain(|own| own.service.id() != *name);
        if !self.allocator.addresses(name).is_empty() {
            self.allocator.unassign(name);
            self.process_all();
        }
    }

    /// Follows a new configuration.
    pub fn set_pools(&mut self, pools: Pools) {
        self.allocator.set_pools(&pools);
        self.pools = pools;
        self.process_all();
    }

    /// Processes every Service, until none gives an address back.
    fn process_all(&mut self) {
        loop {
            let mut is_settled = true;
            for index in 0..self.services.len() {
                is_settled &= !self.process(index);
            }
            if is_settled {
                return;
            }
        }
    }

    /// Processes a Service. Returns whether it gave an address back that others may get.
    fn process(&mut self, index: usize) -> bool {
        let Some(own) = self.services.get_mut(index) else {
            return false;
        };
        let name = own.service.id();
        let before = self.allocator.addresses(&name).to_vec();
        let shown = own.state.addresses.clone();
        let mut sync = ServiceSync {
            pools: &self.pools,
            allocator: &mut self.allocator,
            service: &own.service,
            events: &mut own.state.events,
        };
        let outcome = sync.converge(&shown);
        // A Service whose request cannot be read keeps the addresses that it has.
        let kept = || self.allocator.addresses(&name).to_vec();
        own.state.addresses = outcome.as_ref().cloned().unwrap_or_else(|_| kept());
        sort::sort_by_key(&mut own.state.addresses, |address| {
            Family::of(*address) != Family::V4
        });
        own.state.failure = outcome.err().flatten();
        own.state.pool = self.allocator.pool(&name).cloned();
        if own.state.addresses != shown {
            for key in deprecated_annotations(&own.service) {
                let message = format!("Service uses deprecated annotation {key}");
                let kind = EventKind::Warning;
                own.state
                    .events
                    .push(event(kind, "deprecatedAnnotation", message));
            }
        }
        let is_free = self.allocator.addresses(&name).is_empty();
        !before.is_empty() && is_free && self.pools.pool_of(&before).is_some()
    }
}

/// One Service while it is processed.
struct ServiceSync<'a> {
    pools: &'a Pools,
    allocator: &'a mut Allocator,
    service: &'a Service,
    events: &'a mut Vec<ServiceEvent>,
}

/// The addresses of a Service; why it has none, `None` if it is no load balancer.
type AddressAssignment = Result<Vec<IpAddr>, Option<AllocationFailure>>;

impl ServiceSync<'_> {
    /// Brings a Service to the addresses that it should have. `shown` are those in its status.
    fn converge(&mut self, shown: &[IpAddr]) -> AddressAssignment {
        if self.service.spec.service_type != ServiceType::LoadBalancer {
            return self.give_up(None);
        }
        if self.pools.by_name.is_empty() {
            return self.give_up(Some(AllocationFailure::NoPools));
        }
        if self.service.addresses().next().is_none() {
            return self.give_up(None);
        }
        if let Some(failure) = self.missing_cluster_ip() {
            let reason = "not enough clusterips";
            self.report(EventKind::Warning, reason, failure.to_string());
            return self.give_up(Some(failure));
        }
        let mut addresses = self.kept(shown)?;
        if let ([one], true) = (addresses.as_slice(), prefers_both(self.service)) {
            let one = *one;
            addresses.extend(self.second_address(one));
        }
        if addresses.is_empty() {
            self.allocator.unassign(&self.service.id());
            return self.allocate();
        }
        Ok(addresses)
    }

    fn missing_cluster_ip(&self) -> Option<AllocationFailure> {
        let requires = self.service.spec.ip_family_policy.as_deref() == Some("RequireDualStack");
        let own = &self.service.spec.cluster_ips;
        if requires && own.len() < 2 {
            let texts = own.iter().map(ToString::to_string).collect();
            return Some(AllocationFailure::NotEnoughClusterIps(texts));
        }
        None
    }

    /// The addresses in the status, if the configuration allows them and the Service does not ask for others.
    fn kept(&mut self, shown: &[IpAddr]) -> AddressAssignment {
        let is_of_families = fits_families(self.service, shown)
            || (prefers_both(self.service) && self.service.addresses().count() == 2);
        if shown.is_empty() || !is_of_families {
            return Ok(Vec::new());
        }
        if let Err(failure) = self.allocator.assign(self.pools, self.service, shown) {
            let service = quote(&self.service.id().to_string());
            let message = format!(
                "current IP for {service} not allowed by config, will attempt for new IP assignment: {failure}"
            );
            self.report(EventKind::Normal, "ClearAssignment", message);
            self.allocator.unassign(&self.service.id());
        }
        let pool = annotation(self.service, ADDRESS_POOL);
        let own_pool = self.allocator.pool(&self.service.id());
        if !pool.is_empty() && own_pool.is_none_or(|own| own != pool) {
            self.allocator.unassign(&self.service.id());
        }
        let wanted = match wanted_addresses(self.service) {
            Ok(wanted) => wanted,
            Err(failure) => {
                let message = format!("invalid requested loadbalancer IPs: {failure}");
                self.report(EventKind::Warning, "LoadBalancerFailed", message);
                return Err(Some(failure));
            }
        };
        let is_same = wanted.len() == shown.len() && wanted.iter().all(|own| shown.contains(own));
        if !wanted.is_empty() && !is_same {
            self.allocator.unassign(&self.service.id());
        }
        Ok(self.allocator.addresses(&self.service.id()).to_vec())
    }

    fn second_address(&mut self, existing: IpAddr) -> Option<IpAddr> {
        match self
            .allocator
            .add_family(self.pools, self.service, existing)
        {
            Ok(address) => {
                let address_text = quote(&address.to_string());
                let message = format!("Assigned additional IP {address_text}");
                self.report(EventKind::Normal, "IPAllocated", message);
                Some(address)
            }
            Err(failure) => {
                let message = format!("cannot assign additional IP in PreferDualStack: {failure}");
                self.report(EventKind::Normal, "AdditionalAssignFailed", message);
                None
            }
        }
    }

    fn allocate(&mut self) -> AddressAssignment {
        match self.allocated() {
            Ok(addresses) => {
                let message = format!("Assigned IP {}", quoted_addresses(&addresses));
                self.report(EventKind::Normal, "IPAllocated", message);
                Ok(addresses)
            }
            Err(failure) => {
                let service = quote(&self.service.id().to_string());
                let message = format!("Failed to allocate IP for {service}: {failure}");
                self.report(EventKind::Warning, "AllocationFailed", message);
                Err(Some(failure))
            }
        }
    }

    /// The addresses that are asked for, else those of the pool that is asked for, else of any pool.
    fn allocated(&mut self) -> Result<Vec<IpAddr>, AllocationFailure> {
        let wanted = wanted_addresses(self.service)?;
        let pool = SmolStr::from(annotation(self.service, ADDRESS_POOL));
        if !wanted.is_empty() {
            if !fits_families(self.service, &wanted) {
                return Err(AllocationFailure::WrongFamily(wanted));
            }
            self.allocator.assign(self.pools, self.service, &wanted)?;
            let name = self.service.id();
            if !pool.is_empty() && self.allocator.pool(&name) != Some(&pool) {
                self.allocator.unassign(&name);
                return Err(AllocationFailure::OtherPool {
                    addresses: wanted,
                    pool,
                });
            }
            return Ok(wanted);
        }
        if pool.is_empty() {
            self.allocator.allocate(self.pools, self.service)
        } else {
            self.allocator
                .allocate_from(self.pools, self.service, &pool)
        }
    }

    fn give_up(&mut self, failure: Option<AllocationFailure>) -> AddressAssignment {
        self.allocator.unassign(&self.service.id());
        Err(failure)
    }

    fn report(&mut self, kind: EventKind, reason: &'static str, message: String) {
        self.events.push(event(kind, reason, message));
    }
}

fn event(kind: EventKind, reason: &'static str, message: String) -> ServiceEvent {
    ServiceEvent {
        kind,
        reason,
        message,
        from: CONTROLLER,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::cluster::Cluster;
    use crate::cluster::object::MetalLbObjects;
    use crate::testing::object;

    /// The addresses and the last event of a Service after it has changed its annotations.
    fn after(pools: &str, first: &str, then: &str) -> (Vec<String>, String) {
        let metallb = MetalLbObjects {
            pools: object(pools),
            ..MetalLbObjects::default()
        };
        let cluster = Cluster {
            metallb: Arc::new(metallb),
            ..Cluster::default()
        };
        let pools = Pools::of(&cluster, "metallb-system").expect("they are valid");
        let mut controller = Controller::new(pools, None);
        for annotations in [first, then] {
            let service = format!(
                "{{metadata: {{name: web, namespace: default, annotations: {{{annotations}}}}}, \
                 spec: {{type: LoadBalancer, clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9], ports: [{{port: 80}}]}}}}"
            );
            controller.set_service(object(&service));
        }
        let (_, state) = controller.services().next().expect("it is served");
        let addresses = state.addresses.iter().map(ToString::to_string);
        let event = state.events.last().map(ToString::to_string);
        (addresses.collect(), event.unwrap_or_default())
    }

    #[test]
    fn a_request_that_cannot_be_read_leaves_the_address_where_it_is() {
        let pool = |name: &str, range: &str| {
            format!(
                "{{metadata: {{name: {name}, namespace: metallb-system}}, spec: {{addresses: [{range}]}}}}"
            )
        };
        let pools = format!(
            "[{}, {}]",
            pool("a", "192.0.2.8/30"),
            pool("b", "192.0.2.16/30")
        );
        let wrong = r#""metallb.io/loadBalancerIPs": nonsense"#;
        let words = r#"Warning LoadBalancerFailed: invalid requested loadbalancer IPs: invalid metallb.io/loadBalancerIPs: "nonsense""#;
        assert_eq!(
            after(&pools, "", wrong),
            (vec!["192.0.2.8".to_owned()], words.to_owned())
        );
        let elsewhere = format!(r#""metallb.io/address-pool": b, {wrong}"#);
        assert_eq!(after(&pools, "", &elsewhere).0, [""; 0]);
    }
}
