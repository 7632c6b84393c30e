//! Why something fails, or will fail: the causes that serve both the Problems list and the verdict of a trace.
//!
//! A cause is data ([`Cause`]): what is wrong (`Fault`), the fields that show it, how certain it is, what repairs it.
//! One file holds one kind of failure; the folders are the areas of `Fault`. [`check`] asks about every object of the
//! text, [`of_trace`] about the objects on a packet's path.

mod call_instead;
mod called_service;
mod cause;
mod edit;
mod label_index;
mod of_answer;
mod of_trace;
mod policy;
mod survey;

pub use cause::{Cause, Certainty, Evidence};
pub use of_trace::of_trace;
pub use path::calls_next::calls_of;

use crate::diagnostic::{ApplyFault, Diagnostic, Fault, PodFault};
use crate::resolve::Resolved;
use crate::sort;
use survey::Survey;

/// What `kubectl apply` and the API server make of the text: objects that they refuse, merge, or get in the wrong
/// order.
mod apply {
    pub(super) mod applied_twice;
    pub(super) mod namespace_order;
    pub(super) mod refused_object;
    pub(super) mod taken_value;
}

/// Gateways, their listeners and routes.
mod gateway {
    pub(super) mod attachment;
    pub(super) mod backend_tls;
    pub(super) mod backends;
    mod called_port;
    pub(super) mod grpc_backend;
    pub(super) mod portless_backend;
    pub(super) mod protocols;
    pub(super) mod redirect;
    pub(super) mod references;
    pub(super) mod routes;
}

/// Ingresses, their classes and the controllers that serve them.
mod ingress {
    pub(super) mod access;
    pub(super) mod aws;
    pub(super) mod canary;
    pub(super) mod certificate;
    pub(super) mod class;
    pub(super) mod controller_port;
    pub(super) mod exact_path;
    pub(super) mod foreign_annotations;
    pub(super) mod host_regex;
    pub(super) mod nginx_annotations;
    pub(super) mod overlap;
    pub(super) mod regex_path;
    pub(super) mod rewrite;
    pub(super) mod rules;
    pub(super) mod service_annotations;
    pub(super) mod snippets;
    pub(super) mod traefik;
    pub(super) mod watched;
    pub(super) mod wildcard_path;
}

/// Services of type LoadBalancer: addresses that are not given or not announced, and load balancers without a way to
/// the pods.
mod load_balancer {
    pub(super) mod cloud_annotations;
    pub(super) mod external_ips;
    pub(super) mod metallb_advertisements;
    pub(super) mod metallb_announcement;
    pub(super) mod metallb_config_map;
    pub(super) mod metallb_nodes;
    pub(super) mod metallb_offer;
    pub(super) mod metallb_pool;
    pub(super) mod nodes;
    pub(super) mod pending;
    pub(super) mod service_lb;
    pub(super) mod unread_request;
}

/// Names that do not resolve, or to something else than was meant.
mod names {
    pub(super) mod corefile;
    pub(super) mod external_name;
    pub(super) mod external_name_target;
    pub(super) mod hosts_file;
    pub(super) mod no_such_name;
    pub(super) mod search_list;
    pub(super) mod stateful_set_name;
}

/// The way of a packet: addresses that lead nowhere from the caller, endpoints that are chosen or kept, sources that
/// are rewritten.
mod path {
    pub(super) mod affinity;
    pub(super) mod bound_node_address;
    pub(super) mod calls_next;
    pub(super) mod chosen_endpoint;
    pub(super) mod exits_early;
    pub(super) mod foreign_service_proxy;
    pub(super) mod gone_endpoint;
    pub(super) mod leaving_endpoint;
    pub(super) mod local_traffic_policy;
    pub(super) mod localhost_service;
    pub(super) mod masquerade;
    pub(super) mod other_family;
    pub(super) mod source_ranges;
    pub(super) mod topology_annotation;
    pub(super) mod topology_hints;
    pub(super) mod unallocated_address;
    pub(super) mod unreachable_from_caller;
}

/// Pods that are not made, do not start, are never ready, or do not live long.
mod pods {
    pub(super) mod api_server_variables;
    pub(super) mod ends_at_once;
    pub(super) mod environment_urls;
    pub(super) mod eviction;
    pub(super) mod forbidden;
    pub(super) mod init_wait;
    pub(super) mod liveness;
    pub(super) mod loopback_listener;
    pub(super) mod missing_variables;
    pub(super) mod needed_key;
    pub(super) mod needed_object;
    pub(super) mod only_waits;
    pub(super) mod readiness;
    pub(super) mod references;
    pub(super) mod service_links;
    pub(super) mod shared_port;
    pub(super) mod unschedulable;
    pub(super) mod webhook;
}

/// Ports of Services, nodes and containers that are called, and on which nothing listens.
mod ports {
    pub(super) mod asked_by_api_server;
    pub(super) mod headless_port;
    pub(super) mod host_port;
    pub(super) mod no_such_port;
    pub(super) mod node_port;
    pub(super) mod plain_http;
    pub(super) mod port_argument;
    pub(super) mod port_variable;
    pub(super) mod undeclared_port;
    pub(super) mod wrong_target;
}

/// Which pods the selector of a Service makes its endpoints.
mod selection {
    pub(super) mod narrower_selector;
    pub(super) mod no_endpoint;
    pub(super) mod one_revision;
    pub(super) mod selects_job_pods;
    pub(super) mod selects_two_programs;
}

/// EndpointSlices and Endpoints that are written by hand.
mod slices {
    pub(super) mod endpoint_is_cluster_ip;
    pub(super) mod endpoints_overwritten;
}

/// The checks of a whole cluster, one for each kind of failure. Causes of one field are listed in this order.
const CHECKS: &[fn(&Survey) -> Vec<Cause>] = &[
    names::external_name_target::check,
    pods::api_server_variables::check,
    load_balancer::nodes::check,
    slices::endpoints_overwritten::check,
    ingress::foreign_annotations::check,
    ingress::nginx_annotations::check,
    ingress::service_annotations::check,
    gateway::protocols::check,
    gateway::routes::check,
    gateway::portless_backend::check,
    ports::headless_port::check,
    pods::unschedulable::check,
    ingress::rules::check,
    ingress::wildcard_path::check,
    ingress::aws::check,
    ingress::regex_path::check,
    ingress::host_regex::check,
    ingress::rewrite::check,
    ingress::snippets::check,
    ingress::certificate::check,
    ingress::class::check,
    ingress::watched::check,
    ingress::overlap::check,
    ingress::canary::check,
    pods::init_wait::check,
    pods::liveness::check,
    load_balancer::pending::check,
    load_balancer::external_ips::check,
    path::bound_node_address::check,
    load_balancer::unread_request::check,
    load_balancer::cloud_annotations::check,
    pods::loopback_listener::check,
    load_balancer::metallb_announcement::check,
    load_balancer::metallb_nodes::check,
    load_balancer::metallb_config_map::check,
    pods::missing_variables::check,
    selection::selects_job_pods::check,
    apply::namespace_order::check,
    apply::taken_value::check,
    pods::needed_object::check,
    pods::needed_key::check,
    selection::no_endpoint::check,
    selection::one_revision::check,
    selection::selects_two_programs::check,
    pods::webhook::check,
    ports::asked_by_api_server::check,
    pods::forbidden::check,
    pods::references::check,
    pods::environment_urls::check,
    policy::check,
    pods::service_links::check,
    pods::shared_port::check,
    names::stateful_set_name::check,
    path::topology_annotation::check,
    path::topology_hints::check,
    ports::wrong_target::check,
];

/// Everything in the cluster that will fail, in the order of the text.
pub fn check(resolved: &Resolved) -> Vec<Diagnostic> {
    let survey = Survey::of(resolved);
    let causes = CHECKS.iter().flat_map(|check| check(&survey));
    // A refused object, or one hidden by the next one, is reported already.
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

/// A pod without a node is reported once: at the Service that has no endpoint for it, if there is one.
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
