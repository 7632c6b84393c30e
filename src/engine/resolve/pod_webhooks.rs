//! Admission webhooks that the API server has to call for new pods, or for the objects that create them, and cannot
//! reach: their Service has no endpoint, or only pods for which the webhook itself would have to be called. With
//! `failurePolicy: Fail` it refuses the pods (kubernetes `staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook`).
//! Pods that run already stay.

use super::{NotModelled, Resolved, Stored};
use crate::api_resources::Resource;
use crate::cluster::object::{Endpoint, Pod, ServiceType};
use crate::kinds::Kind;
use crate::labels::{LabelSelector, Labels};
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

const GROUP_VERSION: &str = "admissionregistration.k8s.io/v1";

/// A required webhook for pods, of a Service that the text has.
pub(crate) struct PodWebhook<'a> {
    /// The configuration that has it.
    pub(crate) configuration: &'a NotModelled,
    /// Its name.
    pub(crate) name: &'a str,
    /// The Service.
    pub(crate) service: ObjectName,
    /// Who answers.
    pub(crate) answers: Answers,
    webhook: &'a Yaml,
}

/// Who answers for a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// No pod: its Service has no ready endpoint.
    Nobody,
    /// No pod yet: the webhook would have to be called for its own pods, which are created later.
    NotYet,
    /// Running pods, for which the webhook itself would have to be called if they were created again.
    OwnPods,
    /// Pods that do not depend on it.
    Others,
}

impl Resolved {
    /// The webhooks for pods whose Service is in the text and has no endpoint.
    pub(crate) fn unreachable_pod_webhooks(&self) -> Vec<PodWebhook<'_>> {
        let mut webhooks = self.pod_webhooks();
        webhooks.retain(|webhook| matches!(webhook.answers, Answers::Nobody | Answers::NotYet));
        webhooks
    }

    /// The required webhooks for pods whose Service the text has.
    pub(crate) fn pod_webhooks(&self) -> Vec<PodWebhook<'_>> {
        let objects = self.not_modelled.iter();
        let configurations = objects.filter(|own| {
            own.api_version == GROUP_VERSION && own.kind.ends_with("WebhookConfiguration")
        });
        let webhooks = configurations.flat_map(|configuration| {
            let webhooks = items(&configuration.tree, "webhooks").iter();
            webhooks.filter_map(|webhook| self.pod_webhook(configuration, webhook))
        });
        webhooks.collect()
    }

    fn pod_webhook<'a>(
        &self,
        configuration: &'a NotModelled,
        webhook: &'a Yaml,
    ) -> Option<PodWebhook<'a>> {
        let text = |path: &[&str]| webhook.at(path)?.as_str();
        let service = ObjectName::new(
            text(&["clientConfig", "service", "namespace"])?,
            text(&["clientConfig", "service", "name"])?,
        );
        if !is_required(webhook) {
            return None;
        }
        let found = self.cluster.services.get(&service)?;
        if found.spec.service_type == ServiceType::ExternalName {
            return None;
        }
        let mut asked = PodWebhook {
            configuration,
            name: text(&["name"]).unwrap_or_default(),
            service,
            answers: Answers::Nobody,
            webhook,
        };
        asked.answers = asked.answers(self);
        Some(asked)
    }
}

impl PodWebhook<'_> {
    fn answers(&self, resolved: &Resolved) -> Answers {
        let slices = resolved.cluster.slices_of(&self.service);
        let endpoints = slices.flat_map(|slice| &slice.endpoints);
        let ready = endpoints.filter(|own| own.conditions.is_ready());
        let ready: Vec<&Endpoint> = ready.collect();
        let all = |is: &dyn Fn(&Pod) -> bool| {
            ready.iter().all(|endpoint| {
                let target = endpoint.target_ref.as_ref();
                let name =
                    target.map(|own| ObjectName::new(own.namespace.as_str(), own.name.as_str()));
                let pod = name.and_then(|name| resolved.cluster.pod(&name));
                pod.is_some_and(is)
            })
        };
        if ready.is_empty() {
            Answers::Nobody
        } else if all(&|pod| self.refuses(resolved, pod)) {
            Answers::NotYet
        } else if all(&|pod| self.is_about(resolved, pod)) {
            Answers::OwnPods
        } else {
            Answers::Others
        }
    }

    /// Whether the API server refuses a pod of the text because of it: it is called for the pod, which comes later.
    pub(crate) fn refuses(&self, resolved: &Resolved, pod: &Pod) -> bool {
        let written = source_of(resolved, pod).and_then(|stored| stored.span("kind"));
        let runs_already = pod.metadata.creation_timestamp.is_some();
        let comes_later =
            written.is_some_and(|span| span.start.offset > self.configuration.span.start.offset);
        comes_later && !runs_already && self.is_about(resolved, pod)
    }

    /// Whether it is called when a pod is created.
    fn is_about(&self, resolved: &Resolved, pod: &Pod) -> bool {
        let namespace = resolved.cluster.namespaces.get(&pod.metadata.namespace);
        let stored = source_of(resolved, pod);
        namespace.is_none_or(|labels| self.selects("namespaceSelector", labels))
            && stored.is_some_and(|stored| self.is_asked_about(stored, pod))
    }

    /// Whether it is called for a pod, for the object that creates it, or for the ReplicaSet between them.
    fn is_asked_about(&self, stored: &Stored, pod: &Pod) -> bool {
        let labels = &pod.metadata.labels;
        let metadata = stored.tree.get("metadata");
        let own = metadata.and_then(|metadata| from_node(metadata.get("labels")?).ok());
        let between = (stored.kind == Kind::Deployment).then_some((Kind::ReplicaSet, labels));
        let own = own.unwrap_or_default();
        let objects = [(Kind::Pod, labels), (stored.kind, &own)];
        let mut objects = objects.into_iter().chain(between);
        objects.any(|(kind, labels)| {
            let mut rules = items(self.webhook, "rules").iter();
            rules.any(|rule| is_about_new(rule, kind.resource()))
                && self.selects("objectSelector", labels)
        })
    }

    /// The kinds of objects it is called for, as its rules write them: `pods, deployments`.
    pub(crate) fn resources(&self) -> String {
        let asked = ASKED.iter().map(|kind| kind.resource());
        let asked = asked.filter(|resource| {
            let mut rules = items(self.webhook, "rules").iter();
            rules.any(|rule| is_about_new(rule, resource))
        });
        let names: Vec<&str> = asked.map(|resource| resource.plural).collect();
        names.join(", ")
    }

    /// The webhook's tree, and the namespaceSelector that would exclude its own pods, if it is called for them and has no
    /// such selector.
    pub(crate) fn excluding(&self) -> Option<(&Yaml, String)> {
        let namespace = &self.service.namespace;
        let json = format!(
            r#"{{"matchExpressions": [{{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["{namespace}"]}}]}}"#
        );
        let has_none = self.webhook.get("namespaceSelector").is_none();
        let asks_itself = matches!(self.answers, Answers::NotYet | Answers::OwnPods);
        (asks_itself && has_none).then_some((self.webhook, json))
    }

    fn selects(&self, field: &str, labels: &Labels) -> bool {
        let written = self.webhook.get(field);
        let selector = written.and_then(|own| from_node::<LabelSelector>(own).ok());
        let selector = selector.and_then(|own| own.selector().ok());
        selector.is_none_or(|own| own.matches(labels))
    }
}

/// The object of the text that a pod is, or that makes it.
fn source_of<'a>(resolved: &'a Resolved, pod: &Pod) -> Option<&'a Stored> {
    let own = resolved.get(Kind::Pod, &pod.id());
    own.or_else(|| resolved.workload_of(&pod.id()))
}

/// Whether an object configures a webhook that the API server has to call for new pods.
pub(super) fn asks_about_new_pods(object: &NotModelled) -> bool {
    object.api_version == GROUP_VERSION && items(&object.tree, "webhooks").iter().any(is_required)
}

/// The kinds without whose objects there are no pods.
const ASKED: [Kind; 8] = [
    Kind::Pod,
    Kind::Deployment,
    Kind::ReplicaSet,
    Kind::StatefulSet,
    Kind::DaemonSet,
    Kind::Job,
    Kind::CronJob,
    Kind::ReplicationController,
];

/// Whether pods, or what makes them, are not created if the webhook does not answer.
fn is_required(webhook: &Yaml) -> bool {
    let policy = webhook.get("failurePolicy").and_then(Yaml::as_str);
    let mut rules = items(webhook, "rules").iter();
    policy.unwrap_or("Fail") == "Fail"
        && rules.any(|rule| ASKED.iter().any(|kind| is_about_new(rule, kind.resource())))
}

/// Whether a rule is about the creation of such objects. `*` means every resource, `*/*` their subresources as well.
fn is_about_new(rule: &Yaml, resource: &Resource) -> bool {
    let names = |field: &str, wanted: &[&str]| {
        let mut names = items(rule, field).iter().filter_map(Yaml::as_str);
        names.any(|own| wanted.contains(&own))
    };
    let scope = rule.get("scope").and_then(Yaml::as_str);
    names("operations", &["CREATE", "*"])
        && names("apiGroups", &[resource.group, "*"])
        && names("apiVersions", &[resource.version, "*"])
        && names("resources", &[resource.plural, "*", "*/*"])
        && scope != Some("Cluster")
}

fn items<'a>(tree: &'a Yaml, field: &str) -> &'a [Yaml] {
    tree.get(field).map_or(&[], Yaml::items)
}
