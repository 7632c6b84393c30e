//! Admission webhooks because of which a pod at one of the ends is not created.

use super::{Condition, ends};
use crate::network::Network;
use crate::trace::{Trace, Unless};

/// The configuration of a webhook that cannot be reached and is called for one of the pods.
pub(super) fn pod_webhook(network: &Network, trace: &Trace) -> Option<Condition> {
    let resolved = &network.resolved;
    let webhooks = resolved.unreachable_pod_webhooks();
    if webhooks.is_empty() {
        return None;
    }
    let ends = ends(network, trace);
    let refuses = ends.iter().find_map(|pod| {
        let mut webhooks = webhooks.iter();
        webhooks.find(|webhook| webhook.refuses(resolved, pod))
    })?;
    let configuration = refuses.configuration;
    Some(Condition {
        unless: Unless::PodWebhook,
        object: format!("{} {}", configuration.kind, configuration.name.name),
    })
}
