//! What the API server's admission plugins refuse of pods: LimitRanges, the Pod Security Standards that a namespace enforces,
//! ResourceQuotas. A workload is accepted all the same: its controller's attempts to create pods fail (`FailedCreate`).
//!
//! Sources: kubernetes `plugin/pkg/admission/{limitranger,resourcequota}`, `pkg/quota/v1/evaluator/core/pods.go`;
//! `k8s.io/pod-security-admission`. The plugins are asked in this order.

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
    namespaces: BTreeMap<SmolStr, Rules>,
}

/// What decides over the pods of a namespace.
#[derive(Default)]
struct Rules {
    enforced: Option<Enforced>,
    limits: Vec<LimitRange>,
    quotas: Vec<Quota>,
}

/// Why a pod is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct PodRefusal {
    /// The kind of the object that refuses it: Namespace, LimitRange or ResourceQuota.
    pub kind: &'static str,
    /// Its name.
    pub name: ObjectName,
    /// What the API server says behind `is forbidden: `.
    pub message: String,
}

impl PodRefusal {
    /// Whether every pod of the workload is refused, however many there are.
    pub fn is_of_each(&self) -> bool {
        self.kind != "ResourceQuota"
    }
}

impl PodAdmission {
    /// Takes a Namespace, LimitRange or ResourceQuota into account; others mean nothing here.
    pub fn add(&mut self, kind: &str, name: &ObjectName, tree: &Yaml) {
        let namespace = match kind {
            "Namespace" => &name.name,
            _ => &name.namespace,
        };
        let mut own = Rules::default();
        match kind {
            "Namespace" => own.enforced = Enforced::by(tree),
            "LimitRange" => own.limits.push(LimitRange::of(name, tree)),
            "ResourceQuota" => own.quotas.extend(Quota::of(name, tree)),
            _ => {}
        }
        if own.enforced.is_none() && own.limits.is_empty() && own.quotas.is_empty() {
            return;
        }
        let rules = self.namespaces.entry(namespace.clone()).or_default();
        rules.enforced = own.enforced.or(rules.enforced.take());
        rules.limits.extend(own.limits);
        rules.quotas.extend(own.quotas);
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
                kind: "Namespace",
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
