//! Admission webhooks that the API server has to ask about new pods and cannot reach, since their Service has no endpoint: with
//! `failurePolicy: Fail` it refuses the pods (kubernetes `staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook`).
//! Pods that run already stay.

use super::{NotModelled, Resolved};
use crate::cluster::object::{Pod, ServiceType};
use crate::kinds::Kind;
use crate::labels::{LabelSelector, Labels};
use crate::manifest::de::from_node;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

const GROUP_VERSION: &str = "admissionregistration.k8s.io/v1";

/// A webhook for pods that cannot be reached.
pub(crate) struct UnreachableWebhook<'a> {
    /// The configuration that has it.
    pub(crate) configuration: &'a NotModelled,
    /// Its name.
    pub(crate) name: &'a str,
    /// The Service without an endpoint.
    pub(crate) service: ObjectName,
    webhook: &'a Yaml,
}

impl Resolved {
    /// The webhooks for pods whose Service the text has and that has no ready endpoint.
    pub(crate) fn unreachable_pod_webhooks(&self) -> Vec<UnreachableWebhook<'_>> {
        let objects = self.not_modelled.iter();
        let configurations = objects.filter(|own| {
            own.api_version == GROUP_VERSION && own.kind.ends_with("WebhookConfiguration")
        });
        let webhooks = configurations.flat_map(|configuration| {
            let webhooks = items(&configuration.tree, "webhooks").iter();
            webhooks.filter_map(|webhook| self.unreachable(configuration, webhook))
        });
        webhooks.collect()
    }

    fn unreachable<'a>(
        &self,
        configuration: &'a NotModelled,
        webhook: &'a Yaml,
    ) -> Option<UnreachableWebhook<'a>> {
        let text = |path: &[&str]| webhook.at(path)?.as_str();
        let service = ObjectName::new(
            text(&["clientConfig", "service", "namespace"])?,
            text(&["clientConfig", "service", "name"])?,
        );
        if !is_required(webhook) {
            return None;
        }
        let found = self.cluster.services.get(&service)?;
        let is_reached = self.cluster.slices_of(&service).any(|slice| {
            let mut endpoints = slice.endpoints.iter();
            endpoints.any(|own| own.conditions.is_ready())
        });
        if is_reached || found.spec.service_type == ServiceType::ExternalName {
            return None;
        }
        Some(UnreachableWebhook {
            configuration,
            name: text(&["name"]).unwrap_or_default(),
            service,
            webhook,
        })
    }
}

impl UnreachableWebhook<'_> {
    /// Whether the API server refuses a pod of the text because of it: it is asked about the pod, which comes later.
    pub(crate) fn refuses(&self, resolved: &Resolved, pod: &Pod) -> bool {
        let own = resolved.get(Kind::Pod, &pod.id());
        let stored = own.or_else(|| resolved.workload_of(&pod.id()));
        let written = stored.and_then(|stored| stored.span("kind"));
        let runs_already = pod.metadata.creation_timestamp.is_some();
        let comes_later =
            written.is_some_and(|span| span.start.offset > self.configuration.span.start.offset);
        let namespace = resolved.cluster.namespaces.get(&pod.metadata.namespace);
        comes_later
            && !runs_already
            && namespace.is_none_or(|labels| self.selects("namespaceSelector", labels))
            && self.selects("objectSelector", &pod.metadata.labels)
    }

    fn selects(&self, field: &str, labels: &Labels) -> bool {
        let written = self.webhook.get(field);
        let selector = written.and_then(|own| from_node::<LabelSelector>(own).ok());
        let selector = selector.and_then(|own| own.selector().ok());
        selector.is_none_or(|own| own.matches(labels))
    }
}

/// Whether an object configures a webhook that the API server has to ask about new pods.
pub(super) fn asks_about_new_pods(object: &NotModelled) -> bool {
    object.api_version == GROUP_VERSION && items(&object.tree, "webhooks").iter().any(is_required)
}

/// Whether pods are not created if the webhook does not answer.
fn is_required(webhook: &Yaml) -> bool {
    let policy = webhook.get("failurePolicy").and_then(Yaml::as_str);
    policy.unwrap_or("Fail") == "Fail" && items(webhook, "rules").iter().any(is_about_new_pods)
}

/// Whether a rule is about the creation of pods. `*` means every resource, `*/*` their subresources as well.
fn is_about_new_pods(rule: &Yaml) -> bool {
    let names = |field: &str, wanted: &[&str]| {
        let mut names = items(rule, field).iter().filter_map(Yaml::as_str);
        names.any(|own| wanted.contains(&own))
    };
    let scope = rule.get("scope").and_then(Yaml::as_str);
    names("operations", &["CREATE", "*"])
        && names("apiGroups", &["", "*"])
        && names("apiVersions", &["v1", "*"])
        && names("resources", &["pods", "*", "*/*"])
        && scope != Some("Cluster")
}

fn items<'a>(tree: &'a Yaml, field: &str) -> &'a [Yaml] {
    tree.get(field).map_or(&[], Yaml::items)
}
