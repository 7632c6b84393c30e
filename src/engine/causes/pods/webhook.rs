//! A webhook that the API server cannot call for new pods, now or once its own pods are gone.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, PodFault};
use crate::manifest::field_edit;
use crate::resolve::{Answers, PodWebhook};

/// The webhooks for pods without a ready endpoint, now or once their own pods are gone.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let webhooks = survey.resolved.pod_webhooks().into_iter();
    webhooks
        .filter_map(|webhook| of_webhook(&webhook))
        .collect()
}

fn of_webhook(webhook: &PodWebhook) -> Option<Cause> {
    let configuration = webhook.configuration;
    let printed = format!("{} {}", configuration.kind, configuration.name.name);
    let evidence = Evidence {
        object: printed.clone(),
        field: "kind".to_owned(),
        span: Some(configuration.span),
    };
    let name = webhook.name.to_owned();
    let service = webhook.service.name.to_string();
    let namespace = webhook.service.namespace.to_string();
    let unreachable = |asks_itself| {
        Fault::Pod(PodFault::PodWebhookUnreachable {
            configuration: printed.clone(),
            webhook: name.clone(),
            service: service.clone(),
            namespace: namespace.clone(),
            resources: webhook.resources(),
            asks_itself,
        })
    };
    let certain = |fault| Cause::certain(fault, vec![evidence.clone()]);
    let cause = match webhook.answers {
        Answers::Nobody => certain(unreachable(false)),
        Answers::NotYet => certain(unreachable(true)),
        Answers::OwnPods => {
            let fault = PodFault::PodWebhookAsksItself {
                configuration: printed.clone(),
                webhook: name.clone(),
                service: service.clone(),
                namespace: namespace.clone(),
            };
            certain(Fault::Pod(fault)).possible()
        }
        Answers::Others => return None,
    };
    let fix = webhook.excluding().and_then(|(written, json)| {
        let fix = field_edit::add_field(written, "namespaceSelector", &json)?;
        Some(fix.shifted(configuration.origin()))
    });
    Some(cause.with_fix(fix))
}
