//! What the API server's admission plugins refuse of pods: LimitRanges, the Pod Security Standards that a namespace enforces,
//! ResourceQuotas. A workload is accepted all the same: its controller's attempts to create pods fail (`FailedCreate`).
//!
//! Sources: kubernetes `plugin/pkg/admission/{limitranger,resourcequota}`, `pkg/quota/v1/evaluator/core/pods.go`;
//! `k8s.io/pod-security-admission`. The plugins are called in this order.

mod limit_range;
mod pod_security;
mod quota;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::cluster::object::Pod;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use limit_range::LimitRange;
use pod_security::Enforced;
use quota::Quota;

/// The plugins with what they have let in so far.
#[derive(Default)]
pub struct PodAdmission {
    namespaces: BTreeMap<SmolStr, NamespaceRules>,
}

/// What decides over the pods of a namespace.
#[derive(Default)]
struct NamespaceRules {
    enforced: Option<Enforced>,
    limits: Vec<LimitRange>,
    quotas: Vec<Quota>,
}

/// An admission plugin that refuses pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdmissionPlugin {
    /// The Pod Security Standard of a Namespace.
    PodSecurity,
    /// A LimitRange.
    LimitRanger,
    /// A ResourceQuota.
    ResourceQuota,
}

impl AdmissionPlugin {
    /// The kind of the objects that hold its rules.
    pub fn kind(self) -> &'static str {
        match self {
            AdmissionPlugin::PodSecurity => "Namespace",
            AdmissionPlugin::LimitRanger => "LimitRange",
            AdmissionPlugin::ResourceQuota => "ResourceQuota",
        }
    }
}

/// Why a pod is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct PodRefusal {
    /// The plugin that refuses it.
    pub plugin: AdmissionPlugin,
    /// The name of the object with the plugin's rule.
    pub name: ObjectName,
    /// The API server's text behind `is forbidden: `.
    pub message: String,
}

impl PodRefusal {
    /// Whether every pod of the workload is refused, however many there are.
    pub fn is_of_each(&self) -> bool {
        self.plugin != AdmissionPlugin::ResourceQuota
    }
}

impl PodAdmission {
    /// Takes the Pod Security Standard of a namespace into account, if it enforces one.
    pub fn add_namespace(&mut self, name: &ObjectName, tree: &Yaml) {
        if let Some(enforced) = Enforced::by(tree) {
            self.rules_of(&name.name).enforced = Some(enforced);
        }
    }

    /// Takes a LimitRange into account.
    pub fn add_limit_range(&mut self, name: &ObjectName, tree: &Yaml) {
        let limits = LimitRange::of(name, tree);
        self.rules_of(&name.namespace).limits.push(limits);
    }

    /// Takes a ResourceQuota into account, if it is about pods.
    pub fn add_quota(&mut self, name: &ObjectName, tree: &Yaml) {
        if let Some(quota) = Quota::of(name, tree) {
            self.rules_of(&name.namespace).quotas.push(quota);
        }
    }

    fn rules_of(&mut self, namespace: &SmolStr) -> &mut NamespaceRules {
        self.namespaces.entry(namespace.clone()).or_default()
    }

    /// Whether any namespace has rules.
    pub fn has_rules(&self) -> bool {
        !self.namespaces.is_empty()
    }

    /// Counts a pod that is there already.
    pub fn count(&mut self, pod: &Pod) {
        if let Some(rules) = self.namespaces.get_mut(&pod.metadata.namespace) {
            for quota in &mut rules.quotas {
                quota.count(pod);
            }
        }
    }

    /// Lets a pod in, with the requests and limits that LimitRanges give it, and counts it. `spec` is its spec as written;
    /// without one the namespace's security standard is not asked.
    ///
    /// # Errors
    /// If a plugin refuses it.
    pub fn admit(&mut self, pod: &mut Pod, spec: Option<&Yaml>) -> Result<(), PodRefusal> {
        let Some(rules) = self.namespaces.get_mut(&pod.metadata.namespace) else {
            return Ok(());
        };
        for limits in &rules.limits {
            limits.set_defaults(pod);
        }
        for limits in &rules.limits {
            limits.check(pod)?;
        }
        if let (Some(enforced), Some(spec)) = (&rules.enforced, spec) {
            let name = ObjectName::new("", pod.metadata.namespace.as_str());
            let refused = |message| PodRefusal {
                plugin: AdmissionPlugin::PodSecurity,
                name,
                message,
            };
            enforced.check(spec).map_err(refused)?;
        }
        for quota in &rules.quotas {
            quota.check(pod)?;
        }
        for quota in &mut rules.quotas {
            quota.count(pod);
        }
        Ok(())
    }
}
