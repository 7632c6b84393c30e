//! A name that a line of the Corefile is about: what it answers is not simulated.

use crate::causes::cause::{Cause, Evidence};
use crate::diagnostic::{Fault, NameFault};
use crate::network::Network;
use crate::trace::Trace;
use crate::trace::corefile::deciding_line;

/// The line that may be why a connection fails here and not in the cluster.
pub(in crate::causes) fn of_failure(network: &Network, trace: &Trace) -> Option<Cause> {
    if !trace.is_failure() {
        return None;
    }
    let line = deciding_line(network, trace)?;
    let config_map = line.config_map;
    let evidence = Evidence {
        object: format!("ConfigMap {}", config_map.name),
        field: format!("data.{}", line.key),
        span: Some(line.span()),
    };
    let fault = Fault::Name(NameFault::CorefileDecides {
        name: trace.request.to.host.to_string(),
        config_map: config_map.name.to_string(),
        directive: line.line.directive,
    });
    Some(Cause::likely(fault, vec![evidence]))
}
