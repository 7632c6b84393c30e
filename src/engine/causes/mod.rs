//! Why something fails, or will fail: the causes that serve both the Problems list and the verdict of a trace.
//!
//! A cause is data ([`Cause`]): what is wrong (`Fault`), the fields that show it, how certain it is, what repairs it.
//! One file holds one kind of failure. [`check`] asks about every object of the text, [`of_trace`] about the objects on
//! a packet's path.

mod affinity;
mod alias_target;
mod answered;
mod api_server_variables;
mod backend_tls;
mod balancer_nodes;
mod call_instead;
mod calls_next;
mod carried_labels;
mod cause;
mod corefile;
mod edit;
mod endpoints_overwritten;
mod ends_at_once;
mod eviction;
mod exits_early;
mod external_name;
mod foreign_annotations;
mod gateway;
mod gateway_references;
mod headless_port;
mod host_port;
mod hosts_file;
mod http;
mod http_path;
mod ingress_access;
mod ingress_certificate;
mod ingress_class;
mod ingress_overlap;
mod init_wait;
mod liveness;
mod load_balancer_pending;
mod local_policy;
mod localhost_service;
mod loopback_listener;
mod masquerade;
mod metallb_announcement;
mod metallb_config_map;
mod metallb_pool;
mod misdirected;
mod missing_variables;
mod mixed_selection;
mod namespace_order;
mod narrower_selector;
mod needed_object;
mod no_endpoint;
mod no_such_name;
mod no_such_port;
mod of_trace;
mod other_family;
mod other_program;
mod plain_http;
mod pod_webhook;
mod pods_forbidden;
mod policy;
mod port_argument;
mod readiness;
mod redirect;
mod refused;
mod search_list;
mod service_lb_pending;
mod service_links;
mod shared_port;
mod stateful_set_name;
mod survey;
mod topology_hints;
mod undeclared_port;
mod wrong_side;
mod wrong_target;

pub use calls_next::calls_of;
pub use cause::{Cause, Certainty, Evidence};
pub use of_trace::of_trace;

use crate::diagnostic::{ApplyFault, Diagnostic, Fault, PodFault};
use crate::resolve::Resolved;
use crate::sort;
use survey::Survey;

/// The checks of a whole cluster, one for each kind of failure.
const CHECKS: &[fn(&Survey) -> Vec<Cause>] = &[
    alias_target::check,
    api_server_variables::check,
    balancer_nodes::check,
    endpoints_overwritten::check,
    foreign_annotations::check,
    gateway::check,
    headless_port::check,
    host_port::check,
    http::check,
    http_path::check,
    ingress_certificate::check,
    ingress_class::check,
    ingress_overlap::check,
    init_wait::check,
    liveness::check,
    load_balancer_pending::check,
    loopback_listener::check,
    metallb_announcement::check,
    metallb_config_map::check,
    missing_variables::check,
    mixed_selection::check,
    namespace_order::check,
    needed_object::check,
    no_endpoint::check,
    other_program::check,
    pod_webhook::check,
    pods_forbidden::check,
    policy::check,
    service_links::check,
    shared_port::check,
    stateful_set_name::check,
    topology_hints::check,
    wrong_target::check,
];

/// Everything in the cluster that will fail, in the order of the text.
pub fn check(resolved: &Resolved) -> Vec<Diagnostic> {
    let survey = Survey::of(resolved);
    let causes = CHECKS.iter().flat_map(|check| check(&survey));
    // That an object is refused, or hidden by the next one, is told already.
    let is_told = |cause: &Cause| {
        matches!(
            cause.fault,
            Fault::Apply(ApplyFault::ObjectRefused { .. } | ApplyFault::SeparatorMissing { .. })
        )
    };
    let causes = causes.filter(|cause| !is_told(cause));
    let mut causes: Vec<Cause> = causes.collect();
    leave_out_equal_faults(&mut causes);
    leave_out_repeated_pods(&mut causes);
    let mut found: Vec<Diagnostic> = causes.into_iter().filter_map(Cause::diagnostic).collect();
    sort::sort_by_key(&mut found, |diagnostic| diagnostic.span);
    found
}

/// A rejected pod is named as such, and as the reason why its Service has no endpoint: once is enough.
fn leave_out_equal_faults(causes: &mut Vec<Cause>) {
    let is_pod = |cause: &Cause| matches!(cause.fault, Fault::Pod(_));
    let mut seen: Vec<Fault> = Vec::new();
    causes.retain(|cause| {
        let is_new = !is_pod(cause) || !seen.contains(&cause.fault);
        if is_pod(cause) && is_new {
            seen.push(cause.fault.clone());
        }
        is_new
    });
}

/// A pod without a node is said once: at the Service that has no endpoint for it, if there is one.
fn leave_out_repeated_pods(causes: &mut Vec<Cause>) {
    let selected = causes.iter().filter_map(|cause| match &cause.fault {
        Fault::Pod(PodFault::SelectedPodsPending { pod, .. }) => Some(pod.clone()),
        _ => None,
    });
    let selected: Vec<String> = selected.collect();
    causes.retain(|cause| match &cause.fault {
        Fault::Pod(PodFault::PodFitsNoNode { pod, .. }) => !selected.contains(pod),
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::config::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::testing::dedent;

    /// The diagnostics of a text, each with the text after its fix.
    pub(super) fn check_text(text: &str, config: &Config) -> Vec<(Diagnostic, Option<String>)> {
        let mut found = Vec::new();
        for diagnostic in check(&resolve(&Source::read(text), config)) {
            let fixed = diagnostic.fix.as_ref().map(|fix| {
                let before = &text[..fix.span.start.offset as usize];
                let after = &text[fix.span.end.offset as usize..];
                format!("{before}{}{after}", fix.text)
            });
            found.push((diagnostic, fixed));
        }
        found
    }

    #[test]
    fn a_correct_text_has_no_diagnostics() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: http}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec:
              containers:
              - name: c
                image: nginx
                ports: [{name: http, containerPort: 80}]
            ",
        );
        assert_eq!(check_text(&text, &Config::default()), []);
    }
}
