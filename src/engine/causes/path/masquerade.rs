//! A connection that was answered, and whose source the node replaced by its own address.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::Survey;
use crate::cluster::object::ServiceType;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::Network;
use crate::trace::{Hop, Masquerade, Origin, Reason, Trace};

/// What the rewrite at `hop` means for the pod that answered.
pub(in crate::causes) fn of_rewrite(network: &Network, trace: &Trace, hop: &Hop) -> Option<Cause> {
    let Reason::Dnat { masquerade, .. } = &hop.reason else {
        return None;
    };
    match (masquerade, &trace.request.from) {
        (Masquerade::External, Origin::Outside(_)) => source_is_rewritten(network, trace, hop),
        (Masquerade::Hairpin, Origin::Pod(_)) => hairpin(network, trace, hop),
        (
            Masquerade::External | Masquerade::Hairpin | Masquerade::No | Masquerade::Node,
            Origin::Outside(_) | Origin::Pod(_) | Origin::Node(_),
        ) => None,
    }
}

/// A node sent the packet on without masquerading, so the answer goes past it.
pub(in crate::causes) fn of_bypass(
    survey: &Survey,
    trace: &Trace,
    called: &ObjectName,
) -> Option<Cause> {
    let mut hops = trace.hops.iter();
    let node = hops.find_map(|hop| match &hop.reason {
        Reason::AsymmetricReturn { node, .. } => Some(node.to_string()),
        _ => None,
    })?;
    let stored = survey.resolved.get(Kind::Service, called)?;
    let service = survey.resolved.cluster.services.get(called)?;
    let fault = Fault::Path(PathFault::ReplyBypassesNode {
        service: called.name.to_string(),
        node,
        caller: trace.request.from.short(),
        name: format!("{}.{}", called.name, called.namespace),
        port: service.spec.ports.first()?.port,
    });
    let evidence = vec![Evidence::of(stored, "spec.externalTrafficPolicy")];
    Some(Cause::certain(fault, evidence))
}

/// With `externalTrafficPolicy: Cluster` the reply has to return through the node that was called.
fn source_is_rewritten(network: &Network, trace: &Trace, hop: &Hop) -> Option<Cause> {
    let name = hop.service.as_ref()?;
    let service = network.cluster().services.get(name)?;
    if service.spec.service_type == ServiceType::ClusterIP {
        // An external IP of a Service that has no such policy.
        return None;
    }
    let fault = Fault::Path(PathFault::SourceIsRewritten {
        service: name.name.to_string(),
        pod: trace.accepted_by()?.name.to_string(),
        client: hop.before.source.ip().to_string(),
        seen: hop.after.source.ip().to_string(),
    });
    let stored = network.resolved.get(Kind::Service, name)?;
    let fix = stored
        .tree
        .get("spec")
        .and_then(|spec| set_field(stored, spec, "externalTrafficPolicy", "\"Local\""));
    let evidence = vec![Evidence::of(stored, "spec.externalTrafficPolicy")];
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// The packet leaves the node through the interface that it came from, which the network plugin has to let it do.
fn hairpin(network: &Network, trace: &Trace, hop: &Hop) -> Option<Cause> {
    let name = hop.service.as_ref()?;
    let fault = Fault::Path(PathFault::HairpinConnection {
        service: name.name.to_string(),
        pod: trace.accepted_by()?.name.to_string(),
    });
    let stored = network.resolved.get(Kind::Service, name);
    let evidence = stored.map(|stored| Evidence::of(stored, "spec"));
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}
