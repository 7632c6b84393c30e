//! The webhooks of MetalLB: they refuse an object with which the whole configuration would be invalid (metallb
//! `internal/k8s/webhooks`).

use std::sync::Arc;

use super::Stored;
use super::admit::AdmittedText;
use super::balancing::metallb_namespace;
use crate::cluster::Cluster;
use crate::controllers::metallb::config::Pools;
use crate::diagnostic::{Diagnostic, Problem, Severity};

/// Takes the objects out that are refused, with an error for each. `cluster` has all objects of the text.
pub(super) fn refuse(admitted: &mut AdmittedText, cluster: &Cluster) {
    let namespace = metallb_namespace(&admitted.objects, &cluster.metallb);
    let mut accepted = Cluster {
        metallb: Arc::default(),
        ..cluster.clone()
    };
    let mut diagnostics = Vec::new();
    admitted.objects.retain(|stored| {
        let spec = stored.kind.spec();
        let Some(webhook) = spec.webhook else {
            return true;
        };
        let before = accepted.metallb.clone();
        (spec.add_to_cluster)(&mut accepted, stored.name.clone(), &stored.tree);
        let (field, words) = if stored.name.namespace == namespace {
            match Pools::of(&accepted, &namespace) {
                Ok(_) => return true,
                Err(fault) => (fault.field(), fault.to_string()),
            }
        } else {
            let words = format!("resource must be created in {namespace} namespace");
            ("metadata.namespace", words)
        };
        accepted.metallb = before;
        let message = format!("admission webhook \"{webhook}\" denied the request: {words}");
        diagnostics.extend(refusal(stored, field, message));
        false
    });
    let count = diagnostics.len();
    admitted.counts.rejected += count;
    admitted.counts.created = admitted.counts.created.saturating_sub(count);
    admitted.diagnostics.extend(diagnostics);
}

fn refusal(stored: &Stored, field: &str, message: String) -> Option<Diagnostic> {
    Some(Diagnostic {
        severity: Severity::Error,
        span: stored.span(field)?,
        problem: Problem::Rejected { message },
        fix: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::Service;
    use crate::testing::resolved;

    #[test]
    fn a_pool_that_overlaps_another_one_is_refused_and_the_other_one_serves() {
        let resolved = resolved(
            "
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: lan, namespace: metallb-system}
            spec: {addresses: [192.0.2.0/24]}
            ---
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: more, namespace: metallb-system}
            spec: {addresses: [192.0.2.9-192.0.2.1, 192.0.2.7/32]}
            ---
            apiVersion: metallb.io/v1beta1
            kind: L2Advertisement
            metadata: {name: lan, namespace: other}
            spec: {}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
            ",
        );
        let mut messages = Vec::new();
        for diagnostic in &resolved.diagnostics {
            if let Problem::Rejected { message } = &diagnostic.problem {
                messages.push((diagnostic.span.start.line, message.as_str()));
            }
        }
        assert_eq!(
            messages,
            [
                (
                    9,
                    "admission webhook \"ipaddresspoolvalidationwebhook.metallb.io\" denied the request: \
                     parsing address pool more: invalid CIDR \"192.0.2.9-192.0.2.1\" in pool \"more\": \
                     invalid IP range \"192.0.2.9-192.0.2.1\": start IP \"192.0.2.9\" is after the end IP \"192.0.2.1\""
                ),
                (
                    13,
                    "admission webhook \"l2advertisementvalidationwebhook.metallb.io\" denied the request: \
                     resource must be created in metallb-system namespace"
                ),
            ]
        );
        let services = &resolved.cluster.services;
        let addresses = services.values().flat_map(Service::load_balancer_vips);
        let addresses: Vec<String> = addresses.map(|own| own.to_string()).collect();
        assert_eq!(addresses, ["192.0.2.0"]);
    }
}
