//! Egress rules that forget DNS: with them every name times out before any packet to a Service.

use std::collections::BTreeSet;

use super::pods::PodsByNamespace;
use super::policies;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_item;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{DnsPolicy, NetworkPolicy, Pod};
use crate::diagnostic::{Fault, Fix, PolicyFault, Span};
use crate::labels::service_selects;
use crate::names::{ObjectName, PolicyType, Protocol};
use crate::policy::{Allowance, Owner, Peer, Policies, Port};
use crate::resolve::Stored;

const DNS_PORT: u16 = 53;

/// The name server's Service (kubeadm `cmd/kubeadm/app/phases/addons/dns`).
const DNS_SERVICE: (&str, &str) = ("kube-system", "kube-dns");

/// The peers and ports of the name server, as an item of `egress` in one line.
const DNS_RULE: &str = "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}";

/// Policies with egress rules whose pods cannot ask the cluster's name server, each once.
pub(super) fn check(survey: &Survey, pods: &PodsByNamespace) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let servers = name_servers(cluster);
    if !cluster.config.plugin.enforces() || servers.is_empty() {
        return Vec::new();
    }
    let decisions = Policies::of(cluster);
    let mut told: BTreeSet<ObjectName> = BTreeSet::new();
    let mut causes = Vec::new();
    for (stored, policy) in policies(survey) {
        let has_rules = policy
            .rules(PolicyType::Egress)
            .is_some_and(|rules| !rules.is_empty());
        let selected = pods.selected(policy);
        let forgetful = selected
            .into_iter()
            .find(|pod| asks_cluster(pod) && !may_ask(&decisions, pod, &servers));
        if let Some(pod) = forgetful
            && has_rules
            && told.insert(policy.id())
        {
            causes.push(forgets(stored, policy, pod));
        }
    }
    causes
}

/// The cause for a pod of a policy with egress rules, with the edit that adds one for DNS.
pub(super) fn forgets(stored: &Stored, policy: &NetworkPolicy, pod: &Pod) -> Cause {
    let fault = Fault::Policy(PolicyFault::PolicyForgetsDns {
        policy: policy.metadata.name.to_string(),
        pod: pod.metadata.name.to_string(),
    });
    let evidence = vec![Evidence::of(stored, "spec.egress")];
    Cause::likely(fault, evidence).with_fix(add_item(stored, "spec.egress", DNS_RULE))
}

/// The edit that adds a policy for DNS behind the document of one that allows nothing.
pub(super) fn one_more_policy(stored: &Stored) -> Option<Fix> {
    let end = stored.span_of(&stored.tree)?.end;
    let namespace = &stored.name.namespace;
    let text = format!(
        "\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: allow-dns, namespace: {namespace}}}\nspec:\n  podSelector: {{}}\n  policyTypes: [Egress]\n  egress:\n  - {DNS_RULE}"
    );
    let is_document = stored.tree.span.start.column == 1;
    let span = Span { start: end, end };
    is_document.then_some(Fix { span, text })
}

/// Whether a pod asks the cluster's name server. Policies do not hold for pods on the host's network.
fn asks_cluster(pod: &Pod) -> bool {
    match pod.spec.dns_policy {
        DnsPolicy::ClusterFirst | DnsPolicy::ClusterFirstWithHostNet => !pod.spec.host_network,
        DnsPolicy::Default | DnsPolicy::None => false,
    }
}

/// Whether the egress policies of a pod allow queries to one of the name servers.
fn may_ask(policies: &Policies, pod: &Pod, servers: &[&Pod]) -> bool {
    let port = Port {
        protocol: Protocol::Udp,
        number: DNS_PORT,
    };
    servers.iter().any(|server| {
        server.addresses().any(|address| {
            let peer = Peer {
                address,
                owner: Owner::Pod(server),
            };
            let decision = policies.decide(PolicyType::Egress, pod, &peer, port);
            decision.allowance != Allowance::Denied
        })
    })
}

/// The pods behind the cluster's DNS Service.
fn name_servers(cluster: &Cluster) -> Vec<&Pod> {
    let name = ObjectName::new(DNS_SERVICE.0, DNS_SERVICE.1);
    let Some(service) = cluster.services.get(&name) else {
        return Vec::new();
    };
    let is_behind = |pod: &&Pod| {
        pod.metadata.namespace == name.namespace
            && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
    };
    cluster.each_pod().filter(is_behind).collect()
}
