//! A client that `spec.loadBalancerSourceRanges` does not let in.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::Origin;
use crate::trace::Trace;

/// The client's address is in none of the Service's ranges.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    trace: &Trace,
    name: &ObjectName,
) -> Option<Cause> {
    let stored = survey.resolved.get(Kind::Service, name)?;
    let service = survey.resolved.cluster.services.get(name)?;
    let hop = trace.hops.last()?;
    let fault = Fault::Path(PathFault::SourceNotInRanges {
        service: name.name.to_string(),
        client: hop.before.source.ip().to_string(),
        ranges: service.spec.load_balancer_source_ranges.join(", "),
        internal: match trace.request.from {
            Origin::Pod(_) => format!("{}.{}", name.name, name.namespace),
            Origin::Node(_) | Origin::Outside(_) => String::new(),
        },
    });
    let evidence = Evidence::of(stored, "spec.loadBalancerSourceRanges");
    Some(Cause::certain(fault, vec![evidence]))
}
