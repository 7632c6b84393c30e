//! A caller without an address of the family that it calls: IPv6 from a pod that has IPv4 only.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Service;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::{Family, ObjectName};
use crate::network::{Host, Network};
use crate::trace::{Origin, Trace};

/// Which families the caller has, and where the Service that it means has one of them.
pub(in crate::causes) fn of_caller(
    network: &Network,
    trace: &Trace,
    from: &str,
    called: Family,
) -> Cause {
    let cluster = network.cluster();
    let caller = &trace.request.from;
    let own = families_of(network, caller);
    let service = trace.service.as_ref();
    let found = service.and_then(|id| cluster.services.get(id));
    let mut addresses = found.into_iter().flat_map(Service::addresses);
    let instead = addresses.find(|address| own.contains(&Family::of(*address)));
    let names: Vec<String> = own.iter().map(Family::to_string).collect();
    let fault = Fault::Path(PathFault::CallerOfOtherFamily {
        caller: from.to_owned(),
        own: names.join(", "),
        called: called.to_string(),
        service: service.map_or_else(String::new, |id| id.name.to_string()),
        instead: instead.map_or_else(String::new, |address| address.to_string()),
    });
    Cause::certain(
        fault,
        evidence(network, caller, service, &trace.request.to.host),
    )
}

fn families_of(network: &Network, caller: &Origin) -> Vec<Family> {
    let cluster = network.cluster();
    let has = |family: Family| match caller {
        Origin::Pod(id) => (cluster.pod(id)).is_some_and(|pod| pod.address(family).is_some()),
        Origin::Node(name) => {
            let node = cluster.nodes.get(name.as_str());
            node.is_some_and(|node| node.address(family).is_some())
        }
        Origin::Outside(address) => Family::of(*address) == family,
    };
    let all = [Family::V4, Family::V6].into_iter();
    all.filter(|family| has(*family)).collect()
}

fn evidence(
    network: &Network,
    caller: &Origin,
    service: Option<&ObjectName>,
    host: &Host,
) -> Vec<Evidence> {
    let resolved = &network.resolved;
    let mut found = Vec::new();
    let field = match host {
        Host::Name(_) => "spec.ipFamilies",
        Host::Address(_) => "spec.clusterIPs",
    };
    let stored = service.and_then(|id| resolved.get(Kind::Service, id));
    found.extend(stored.map(|stored| Evidence::of(stored, field)));
    if let Origin::Pod(id) = caller
        && let Some(pod) = network.cluster().pod(id)
    {
        found.extend(Evidence::of_pod(resolved, pod, "metadata.name"));
    }
    found
}
