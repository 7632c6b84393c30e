//! The webhooks of MetalLB: they refuse an object with which the whole configuration would be invalid (metallb
//! `internal/k8s/webhooks`).

use std::sync::Arc;

use super::admit::AdmittedText;
use super::balancing::metallb_namespace;
use super::stored::RefusedKind;
use super::{RefusedObject, Stored};
use crate::cluster::Cluster;
use crate::controllers::metallb::config::Pools;
use crate::diagnostic::{Diagnostic, Fix, Problem, Severity};
use crate::manifest::field_edit::set_field;

/// Takes the objects out that are refused, with an error for each. `cluster` has all objects of the text.
pub(super) fn refuse(admitted: &mut AdmittedText, cluster: &Cluster) {
    let namespace = metallb_namespace(&admitted.objects, &cluster.metallb);
    let mut accepted = Cluster {
        metallb: Arc::default(),
        ..cluster.clone()
    };
    let mut refused: Vec<RefusedObject> = Vec::new();
    admitted.objects.retain(|stored| {
        let spec = stored.kind.spec();
        let Some(webhook) = spec.webhook else {
            return true;
        };
        let before = accepted.metallb.clone();
        (spec.add_to_cluster)(&mut accepted, stored.name.clone(), &stored.tree);
        let (field, words, fix) = if stored.name.namespace == namespace {
            match Pools::of(&accepted, &namespace) {
                Ok(_) => return true,
                Err(fault) => (fault.field(), fault.to_string(), None),
            }
        } else {
            let words = format!("resource must be created in {namespace} namespace");
            ("metadata.namespace", words, moved(stored, &namespace))
        };
        accepted.metallb = before;
        let message = format!("admission webhook \"{webhook}\" denied the request: {words}");
        refused.extend(refusal(stored, field, message, fix));
        false
    });
    let count = refused.len();
    admitted.counts.rejected += count;
    admitted.counts.created = admitted.counts.created.saturating_sub(count);
    let diagnostics = refused.iter().map(|object| Diagnostic {
        severity: Severity::Error,
        span: object.span,
        problem: Problem::Rejected {
            message: object.message.clone(),
        },
        fix: object.fix.clone(),
    });
    admitted.diagnostics.extend(diagnostics);
    admitted.refused.extend(refused);
}

fn refusal(
    stored: &Stored,
    field: &str,
    message: String,
    fix: Option<Fix>,
) -> Option<RefusedObject> {
    Some(RefusedObject {
        kind: RefusedKind::Modelled(stored.kind),
        name: stored.name.clone(),
        tree: stored.tree.clone(),
        field: field.to_owned(),
        span: stored.span(field)?,
        message,
        fix,
    })
}

/// The edit that puts an object into the namespace of MetalLB.
fn moved(stored: &Stored, namespace: &str) -> Option<Fix> {
    let metadata = stored.tree.get("metadata")?;
    let fix = set_field(metadata, "namespace", &format!("\"{namespace}\""))?;
    Some(fix.shifted(stored.written?.origin))
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
                let fix = diagnostic.fix.as_ref().map(|fix| fix.text.as_str());
                let is_elsewhere = message.ends_with("metallb-system namespace");
                assert_eq!(fix, is_elsewhere.then_some("metallb-system"));
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
