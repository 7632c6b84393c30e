//! A Service that the text has twice: what `kubectl apply` makes of it by merging.

use crate::causes::cause::{Cause, Evidence};
use crate::diagnostic::{ApplyFault, Fault, Problem};
use crate::names::ObjectName;
use crate::network::Network;

/// What the merge left out or put together, as the diagnostics of the text say.
pub(in crate::causes) fn of_service(network: &Network, service: &ObjectName) -> Vec<Cause> {
    let is_about = |fault: &ApplyFault| match fault {
        ApplyFault::ApplyRemovesSelector { service: own, .. }
        | ApplyFault::ApplyMergesPorts { service: own, .. } => *own == *service.name,
        ApplyFault::ObjectRefused { .. }
        | ApplyFault::SeparatorMissing { .. }
        | ApplyFault::ValueTaken { .. }
        | ApplyFault::NamespaceComesLater { .. } => false,
    };
    let diagnostics = network.resolved.diagnostics.iter();
    let told = diagnostics.filter_map(|diagnostic| match &diagnostic.problem {
        Problem::Cause(Fault::Apply(fault)) if is_about(fault) => {
            let evidence = Evidence {
                object: format!("Service {service}"),
                field: "spec".to_owned(),
                span: Some(diagnostic.span),
            };
            Some(Cause::likely(Fault::Apply(fault.clone()), vec![evidence]))
        }
        _ => None,
    });
    told.collect()
}
