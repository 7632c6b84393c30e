//! A connection to an endpoint that is gone: connection tracking keeps an open one there, or the rules are older than the
//! event that removed it.

use crate::causes::cause::Cause;
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, PathFault};
use crate::trace::{Reason, Trace};

/// Why no pod has the address, if one had it before.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    of_open_connection(trace).or_else(|| of_old_rules(survey, trace))
}

/// An open connection whose endpoint is gone: connection tracking keeps the choice.
fn of_open_connection(trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter();
    hops.find(|hop| matches!(hop.reason, Reason::Continues { .. }))?;
    let last = trace.hops.last()?;
    let fault = Fault::Path(PathFault::ConnectionOutlivesEndpoint {
        address: last.before.destination.ip().to_string(),
        protocol: last.before.protocol.to_string(),
    });
    Some(Cause::certain(fault, Vec::new()))
}

/// An endpoint that an event removed, and to which rules that are older than the event still lead.
fn of_old_rules(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let lag = survey.resolved.lag.as_ref()?;
    let address = trace.hops.last()?.before.destination.ip();
    let mut pods = lag.programmed.each_pod();
    let pod = pods.find(|pod| pod.addresses().any(|own| own == address))?;
    let fault = Fault::Path(PathFault::RulesLeadToRemovedPod {
        pod: pod.metadata.name.to_string(),
        address: address.to_string(),
        lag: lag.seconds,
    });
    Some(Cause::certain(fault, Vec::new()))
}
