//! The pods of each namespace, one of each set of labels.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cluster::Cluster;
use crate::cluster::object::{NetworkPolicy, NetworkPolicyPeer, Pod};
use crate::labels::{LabelSelector, Labels, Selector};

/// Pods by namespace. Of the pods of one workload, which share their labels, only the first is looked at.
pub(super) struct PodsByNamespace<'a> {
    cluster: &'a Cluster,
    pods: BTreeMap<&'a str, Vec<&'a Pod>>,
}

impl<'a> PodsByNamespace<'a> {
    pub(super) fn of(cluster: &'a Cluster) -> PodsByNamespace<'a> {
        let mut pods: BTreeMap<&str, Vec<&Pod>> = BTreeMap::new();
        for pod in cluster.each_pod().filter(|pod| !pod.has_finished()) {
            let own = pods.entry(pod.metadata.namespace.as_str()).or_default();
            let is_known = own
                .last()
                .is_some_and(|last| Arc::ptr_eq(&last.metadata.labels, &pod.metadata.labels));
            if !is_known {
                own.push(pod);
            }
        }
        PodsByNamespace { cluster, pods }
    }

    /// The pods of a namespace.
    pub(super) fn of_namespace(&self, namespace: &str) -> &[&'a Pod] {
        self.pods.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// The namespaces with pods that a selector matches.
    pub(super) fn namespaces_with(&self, selector: &Selector) -> Vec<&'a str> {
        let with = self.pods.iter().filter(|(_, pods)| {
            pods.iter()
                .any(|pod| selector.matches(&pod.metadata.labels))
        });
        with.map(|(namespace, _)| *namespace).collect()
    }

    /// The pods that a policy selects.
    pub(super) fn selected(&self, policy: &NetworkPolicy) -> Vec<&'a Pod> {
        let selector = selector(&policy.spec.pod_selector);
        self.matching(policy.metadata.namespace.as_str(), &selector)
    }

    /// The pods of a namespace that a selector matches.
    pub(super) fn matching(&self, namespace: &str, selector: &Selector) -> Vec<&'a Pod> {
        let pods = self.of_namespace(namespace).iter().copied();
        pods.filter(|pod| selector.matches(&pod.metadata.labels))
            .collect()
    }

    /// The pods that an item of `from` or `to` selects; none for a block of addresses.
    pub(super) fn peers(&self, policy: &NetworkPolicy, peer: &NetworkPolicyPeer) -> Vec<&'a Pod> {
        if peer.ip_block.is_some() {
            return Vec::new();
        }
        let pods = peer
            .pod_selector
            .as_ref()
            .map_or(Selector::everything(), selector);
        let namespaces = match &peer.namespace_selector {
            None => vec![policy.metadata.namespace.as_str()],
            Some(namespaces) => self.namespaces(&selector(namespaces)),
        };
        let found = namespaces
            .into_iter()
            .map(|namespace| self.matching(namespace, &pods));
        found.flatten().collect()
    }

    /// The namespaces that a selector matches.
    pub(super) fn namespaces(&self, selector: &Selector) -> Vec<&'a str> {
        let all = self.cluster.namespaces.iter();
        let matching = all.filter(|(_, labels): &(_, &Arc<Labels>)| selector.matches(labels));
        matching.map(|(name, _)| name.as_str()).collect()
    }
}

/// A selector of a stored policy. The API server has validated it.
pub(super) fn selector(selector: &LabelSelector) -> Selector {
    selector.selector().unwrap_or(Selector::Nothing)
}
