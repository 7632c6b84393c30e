//! Lines of the Corefile that may answer otherwise for the name that is called.

use super::Condition;
use crate::network::Network;
use crate::trace::corefile::deciding_line;
use crate::trace::{Trace, Unless};

/// The line of the Corefile, with its ConfigMap.
pub(super) fn corefile(network: &Network, trace: &Trace) -> Option<Condition> {
    let line = deciding_line(network, trace)?;
    let name = &line.config_map.name;
    Some(Condition {
        unless: Unless::Corefile,
        object: format!("ConfigMap {name} ({})", line.line.directive),
    })
}
