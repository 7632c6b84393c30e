//! A container that reads a variable of a Service which the kubelet does not write for it.
//!
//! A container gets the variables of the Services that exist when it starts, in its own namespace, with a cluster IP, and
//! unless its pod switches service links off (kubernetes `pkg/kubelet/envvars`). Most programs use names instead, so a
//! variable that no command or setting reads is not reported.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, set_field};
use crate::causes::survey::Survey;
use crate::cluster::object::{Container, Pod, Service};
use crate::diagnostic::{Fault, Fix, PodFault, VariableMiss};
use crate::dns::environment::{variable_name, visible_services};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::Network;
use crate::resolve::Resolved;
use crate::trace::{Origin, Trace};

/// What the names of the variables end in that say where a Service is.
const ENDS: [&str; 2] = ["_SERVICE_HOST", "_SERVICE_PORT"];

/// The variables that the containers of the text read and do not get, one for each Service and workload.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut causes: Vec<Cause> = Vec::new();
    for pod in cluster.each_pod().filter(|pod| reads_any(pod)) {
        let of_services = cluster.services.values();
        for cause in of_services.filter_map(|service| of_pod(survey.resolved, pod, service)) {
            if !causes.iter().any(|own| is_same_place(own, &cause)) {
                causes.push(cause);
            }
        }
    }
    causes
}

/// The same for the caller and the Service that it called.
pub(in crate::causes) fn of_caller(
    network: &Network,
    trace: &Trace,
    service: &ObjectName,
) -> Option<Cause> {
    let Origin::Pod(id) = &trace.request.from else {
        return None;
    };
    let cluster = network.cluster();
    let (pod, service) = (cluster.pod(id)?, cluster.services.get(service)?);
    of_pod(&network.resolved, pod, service)
}

/// Whether two causes are about one variable in one field: of pods of one workload, or of Services of several namespaces.
fn is_same_place(first: &Cause, second: &Cause) -> bool {
    let variable = |cause: &Cause| match &cause.fault {
        Fault::Pod(PodFault::ServiceVariableMissing { variable, .. }) => Some(variable.clone()),
        _ => None,
    };
    first.evidence.first() == second.evidence.first() && variable(first) == variable(second)
}

fn of_pod(resolved: &Resolved, pod: &Pod, service: &Service) -> Option<Cause> {
    let prefix = variable_name(&service.metadata.name);
    let containers = pod.spec.containers.iter().enumerate();
    let mut read = containers.filter_map(|(index, container)| {
        let (variable, field) = read_variable(container, &prefix)?;
        Some((variable, format!("spec.containers[{index}].{field}")))
    });
    let (variable, field) = read.next()?;
    let why = why_missing(resolved, pod, service)?;
    let fault = Fault::Pod(PodFault::ServiceVariableMissing {
        pod: pod.metadata.name.to_string(),
        service: service.metadata.name.to_string(),
        namespace: service.metadata.namespace.to_string(),
        variable,
        why,
    });
    let evidence = Evidence::of_pod(resolved, pod, &field).into_iter();
    let stored = resolved.get(Kind::Service, &service.id());
    let of_service = stored.map(|stored| Evidence::of(stored, "metadata.name"));
    let cause = Cause::likely(fault, evidence.chain(of_service).collect());
    let cause = cause.with_fix(fix(resolved, pod, why));
    Some(match why {
        // Its own namespace may have one, in the cluster.
        VariableMiss::OtherNamespace => cause.possible(),
        VariableMiss::StartedBefore | VariableMiss::LinksOff | VariableMiss::NoClusterIp => cause,
    })
}

/// Whether a container of the pod may read a variable of any Service.
fn reads_any(pod: &Pod) -> bool {
    let mut texts = pod.spec.containers.iter().flat_map(texts);
    texts.any(|(text, ..)| ENDS.iter().any(|end| text.contains(end)))
}

/// Where a container can read a variable: its command, its arguments, and the values of other variables; each with its
/// field, the index in it, and what is below.
fn texts(container: &Container) -> impl Iterator<Item = (&SmolStr, &str, usize, &str)> {
    let command = container.command.iter().enumerate();
    let command = command.map(|(index, word)| (word, "command", index, ""));
    let arguments = container.args.iter().enumerate();
    let arguments = arguments.map(|(index, word)| (word, "args", index, ""));
    let values = container.env.iter().enumerate();
    let values = values.map(|(index, own)| (&own.value, "env", index, ".value"));
    command.chain(arguments).chain(values)
}

/// The variable of a Service that a container reads and does not set itself, and the field.
fn read_variable(container: &Container, prefix: &str) -> Option<(String, String)> {
    let names = ENDS.map(|end| format!("{prefix}{end}"));
    let mut found = texts(container).filter_map(|(text, field, index, below)| {
        let name = names.iter().find(|name| reads(text, name))?;
        let is_set = container.env.iter().any(|own| own.name == name.as_str());
        (!is_set).then(|| (name.clone(), format!("{field}[{index}]{below}")))
    });
    found.next()
}

/// Whether a text refers to a variable, and has no default for it: `$NAME`, `${NAME}`, `$(NAME)`, `environ["NAME"]`.
fn reads(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut places = text.match_indices(name);
    places.any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let is_whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        let has_default = before.ends_with("${") && after.starts_with([':', '-', '=', '+']);
        is_whole && !has_default
    })
}

/// Why a pod has no variables of a Service; `None` if it has them, or if that cannot be known.
fn why_missing(resolved: &Resolved, pod: &Pod, service: &Service) -> Option<VariableMiss> {
    if service.metadata.namespace != pod.metadata.namespace {
        let visible = visible_services(resolved.cluster.services.values(), pod);
        let name = variable_name(&service.metadata.name);
        let mut visible = visible.iter();
        let has_one = visible.any(|own| variable_name(&own.metadata.name) == name);
        return (!has_one).then_some(VariableMiss::OtherNamespace);
    }
    if service.spec.cluster_ip.address().is_none() {
        return Some(VariableMiss::NoClusterIp);
    }
    if visible_services([service], pod).is_empty() {
        return Some(VariableMiss::LinksOff);
    }
    let is_later = !is_of_a_dump(resolved, pod) && !resolved.existed_before(service, pod);
    is_later.then_some(VariableMiss::StartedBefore)
}

/// Objects of a dump are not in the order in which they were created.
fn is_of_a_dump(resolved: &Resolved, pod: &Pod) -> bool {
    let stored = resolved.get(Kind::Pod, &pod.id());
    let status = stored.and_then(|stored| stored.tree.get("status")?.get("conditions"));
    let is_live = status.is_some_and(|conditions| !conditions.items().is_empty());
    is_live && pod.metadata.creation_timestamp.is_none()
}

fn fix(resolved: &Resolved, pod: &Pod, why: VariableMiss) -> Option<Fix> {
    let (stored, spec) = pod_spec(resolved, &pod.id())?;
    (why == VariableMiss::LinksOff)
        .then(|| set_field(stored, spec, "enableServiceLinks", "true"))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;

    /// A Service with a pod, and a pod that runs a script.
    const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {selector: {app: db}, ports: [{port: 5432}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: db, labels: {app: db}}\nspec: {containers: [{name: c, image: i}]}\n";
    const APP: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {enableServiceLinks: true, containers: [{name: c, image: i, command: [sh, -c, 'serve --db $DB_SERVICE_HOST']}]}\n";

    fn why(first: &str, second: &str) -> Option<VariableMiss> {
        let text = format!("{first}---\n{second}");
        let found = check_text(&text, &Config::default());
        let mut whys = found.iter().filter_map(|(found, _)| match &found.problem {
            Problem::Cause(Fault::Pod(PodFault::ServiceVariableMissing { why, .. })) => Some(*why),
            _ => None,
        });
        whys.next()
    }

    #[test]
    fn a_variable_that_is_read_and_not_written_has_a_reason() {
        let without_links = APP.replace("Links: true", "Links: false");
        let elsewhere = SERVICE.replace("{name: db", "{namespace: data, name: db");
        let headless = SERVICE.replace("{selector", "{clusterIP: None, selector");
        for (first, second, expected) in [
            (SERVICE, APP, None),
            (APP, SERVICE, Some(VariableMiss::StartedBefore)),
            (SERVICE, &without_links, Some(VariableMiss::LinksOff)),
            (&elsewhere, APP, Some(VariableMiss::OtherNamespace)),
            (&headless, APP, Some(VariableMiss::NoClusterIp)),
        ] {
            assert_eq!(why(first, second), expected, "{first}---\n{second}");
        }
    }

    #[test]
    fn what_nobody_reads_is_not_missing() {
        for script in [
            "serve --db db",
            "serve --db $MY_DB_SERVICE_HOST",
            "serve --db ${DB_SERVICE_HOST:-db}",
        ] {
            let app = APP.replace("serve --db $DB_SERVICE_HOST", script);
            assert_eq!(why(&app, SERVICE), None, "{script}");
        }
    }

    #[test]
    fn the_fix_switches_links_on() {
        let app = APP.replace("Links: true", "Links: false");
        let found = check_text(&format!("{SERVICE}---\n{app}"), &Config::default());
        assert_eq!(found[0].1, Some(format!("{SERVICE}---\n{APP}")));
    }
}
