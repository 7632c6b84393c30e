//! A webhook that the API server cannot ask about new pods.

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::diagnostic::{Fault, PodFault};
use crate::manifest::field_edit;

/// The webhooks for pods whose Service has no endpoint.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let webhooks = survey.resolved.unreachable_pod_webhooks().into_iter();
    let causes = webhooks.map(|webhook| {
        let configuration = webhook.configuration;
        let printed = format!("{} {}", configuration.kind, configuration.name.name);
        let evidence = Evidence {
            object: printed.clone(),
            field: "kind".to_owned(),
            span: Some(configuration.span),
        };
        let fault = Fault::Pod(PodFault::PodWebhookUnreachable {
            configuration: printed,
            webhook: webhook.name.to_owned(),
            service: webhook.service.name.to_string(),
            namespace: webhook.service.namespace.to_string(),
            resources: webhook.resources(),
            asks_itself: webhook.asks_itself,
        });
        let fix = webhook.excluding().and_then(|(written, json)| {
            let fix = field_edit::add_field(written, "namespaceSelector", &json)?;
            Some(fix.shifted(configuration.origin()))
        });
        Cause::certain(fault, vec![evidence]).with_fix(fix)
    });
    causes.collect()
}
