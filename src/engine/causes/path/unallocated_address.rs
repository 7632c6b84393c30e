//! An address in the range of Services that no Service has.

use crate::causes::cause::Cause;
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, PathFault};
use crate::trace::Trace;

/// The called address, if it is one.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let called = trace.called()?;
    let mut ranges = cluster.config.service_cidrs.iter();
    let range = ranges.find(|range| range.contains(&called))?;
    let mut services = cluster.services.values();
    if services.any(|service| service.addresses().any(|own| own == called)) {
        return None;
    }
    let fault = Fault::Path(PathFault::UnallocatedClusterIp {
        address: called.to_string(),
        range: range.to_string(),
    });
    Some(Cause::certain(fault, Vec::new()))
}
