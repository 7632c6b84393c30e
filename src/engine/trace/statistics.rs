//! Many connections counted: how many were sent to each endpoint, beside the share that the rules give it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde::Serialize;

use super::Trace;
use crate::names::ObjectName;

/// What became of a number of connections.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Statistics {
    /// How many there were.
    pub connections: usize,
    /// How many of them ended badly.
    pub failed: usize,
    /// How many were answered on a condition: something that is not simulated decides.
    pub conditional: usize,
    /// The endpoints, in the order the rules list them.
    pub shares: Vec<Share>,
}

/// How many connections chose an endpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The endpoint.
    pub endpoint: SocketAddr,
    /// The pod that has the address.
    pub pod: Option<ObjectName>,
    /// Connections sent to it.
    pub count: usize,
    /// The share the rules gave it when it was first among those that could be chosen, from 0 to 1.
    pub expected: f64,
}

impl Statistics {
    /// Counts traces.
    pub fn of<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Statistics {
        let mut statistics = Statistics::default();
        // kube-proxy lists endpoints in the order of their texts.
        let mut shares: BTreeMap<String, Share> = BTreeMap::new();
        for trace in traces {
            statistics.connections += 1;
            statistics.failed += usize::from(trace.is_failure());
            statistics.conditional += usize::from(trace.verdict.is_conditional());
            for choice in trace.choices() {
                let fresh = Share {
                    endpoint: choice.endpoint,
                    pod: choice.pod.clone(),
                    count: 0,
                    expected: choice.probability * trace.backend_probability(),
                };
                let share = shares.entry(choice.endpoint.to_string()).or_insert(fresh);
                share.count += usize::from(choice.chosen);
            }
            if let Some(share) = trace.kept_endpoint().and_then(|kept| shares.get_mut(&kept)) {
                share.count += 1;
            }
        }
        statistics.shares = shares.into_values().collect();
        statistics
    }
}
