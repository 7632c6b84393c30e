//! A pod that never starts: an init container waits for a Service that does not come.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{pod_spec, replace_in, set_field};
use crate::causes::survey::Survey;
use crate::cluster::object::{Container, Pod};
use crate::controllers::init_wait::{Wait, unmet, unmet_start};
use crate::diagnostic::{Fault, Fix, PodFault, WaitFault};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::network::{LISTENS, Network};
use crate::resolve::{Resolved, Stored};
use crate::syntax::typo_distance;
use crate::trace::Trace;

/// The first pod of each workload that waits.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let pods = survey.resolved.cluster.each_pod();
    let waiting = pods.filter(|pod| pod.status.waiting_init.is_some());
    let firsts = survey.first_of_workloads(waiting);
    let causes = firsts.filter_map(|pod| of_pod(survey.resolved, pod));
    causes.collect()
}

/// The pod that answered may not listen: its container waits first, and a container without a probe counts as ready.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let pod = network.cluster().pod(trace.answered_by()?)?;
    if pod.metadata.annotations.contains_key(LISTENS) {
        return None;
    }
    let wait = unmet_start(network.cluster(), pod)?;
    let fault = Fault::Pod(PodFault::ContainerWaits {
        container: wait.container.name.to_string(),
        command: wait.awaited.command,
        service: wait.service.name.to_string(),
        namespace: wait.service.namespace.to_string(),
        port: wait.awaited.port.unwrap_or_default(),
        why: wait.why,
    });
    let field = format!("spec.containers[0].{}", command_field(wait.container));
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}

/// Where a container's command is written.
fn command_field(container: &Container) -> &'static str {
    if container.command.is_empty() {
        "args"
    } else {
        "command"
    }
}

/// Why a pod's init container does not end.
pub(in crate::causes) fn of_pod(resolved: &Resolved, pod: &Pod) -> Option<Cause> {
    pod.status.waiting_init?;
    let wait = unmet(&resolved.cluster, pod)?;
    let meant = meant_service(resolved, pod, &wait).unwrap_or_default();
    let fix = match wait.why {
        WaitFault::NeverEnds => as_sidecar(resolved, pod, wait.index),
        WaitFault::NoService => with_other_name(resolved, pod, &wait, &meant),
        WaitFault::NoRecord
        | WaitFault::OwnName
        | WaitFault::NoSuchPort
        | WaitFault::NoEndpoint
        | WaitFault::OwnPod
        | WaitFault::LaterVariable
        | WaitFault::AlwaysFails => None,
    };
    let evidence = evidence(resolved, pod, &wait);
    let command = format!(
        "kubectl logs {} -n {} -c {}",
        pod.metadata.name, pod.metadata.namespace, wait.container.name
    );
    let fault = Fault::Pod(PodFault::InitContainerWaits {
        pod: pod.metadata.name.to_string(),
        container: wait.container.name.to_string(),
        command: wait.awaited.command,
        service: wait.service.name.to_string(),
        namespace: wait.service.namespace.to_string(),
        port: wait.awaited.port.unwrap_or_default(),
        meant,
        why: wait.why,
    });
    let cause = match wait.why {
        WaitFault::NoSuchPort
        | WaitFault::OwnName
        | WaitFault::OwnPod
        | WaitFault::NeverEnds
        | WaitFault::AlwaysFails => Cause::certain(fault, evidence),
        // The rest of the application may be in another text.
        WaitFault::NoService
        | WaitFault::NoRecord
        | WaitFault::NoEndpoint
        | WaitFault::LaterVariable => Cause::likely(fault, evidence),
    };
    Some(cause.with_fix(fix).with_command(command))
}

/// The command that waits, and the Service.
fn evidence(resolved: &Resolved, pod: &Pod, wait: &Wait) -> Vec<Evidence> {
    let list = command_field(wait.container);
    let field = format!("spec.initContainers[{}].{list}", wait.index);
    let of_command = Evidence::of_pod(resolved, pod, &field).into_iter();
    let field = match wait.why {
        WaitFault::NoSuchPort => "spec.ports",
        WaitFault::LaterVariable => "metadata.name",
        WaitFault::NoService
        | WaitFault::NoRecord
        | WaitFault::OwnName
        | WaitFault::NoEndpoint
        | WaitFault::OwnPod
        | WaitFault::NeverEnds
        | WaitFault::AlwaysFails => "spec.selector",
    };
    let service = resolved.get(Kind::Service, &wait.service);
    let of_service = service.map(|stored| Evidence::of(stored, field));
    of_command.chain(of_service).collect()
}

/// The name of the Service that is meant by one that does not exist: of the same name in another namespace, or of a name
/// that differs by a typo.
fn meant_service(resolved: &Resolved, pod: &Pod, wait: &Wait) -> Option<String> {
    let asked = &wait.service;
    let is_short = wait.awaited.host == asked.name && asked.namespace == pod.metadata.namespace;
    if wait.why != WaitFault::NoService || !is_short {
        return None;
    }
    let services = || resolved.cluster.services.keys();
    let elsewhere: Vec<&ObjectName> = services().filter(|own| own.name == asked.name).collect();
    match elsewhere.as_slice() {
        [] => {}
        [other] => return Some(format!("{}.{}", other.name, other.namespace)),
        // Which of them is not known.
        _ => return None,
    }
    let beside = services().filter(|own| own.namespace == asked.namespace);
    let near = beside.filter_map(|own| Some((typo_distance(&asked.name, &own.name)?, &own.name)));
    near.min().map(|(_, name)| name.to_string())
}

/// `restartPolicy: Always`, which makes the init container a sidecar: the next one starts while it runs.
fn as_sidecar(resolved: &Resolved, pod: &Pod, index: usize) -> Option<Fix> {
    let (stored, container) = init_container(resolved, pod, index)?;
    set_field(stored, container, "restartPolicy", "\"Always\"")
}

/// The other name in the command, where it is written once and on one line.
fn with_other_name(resolved: &Resolved, pod: &Pod, wait: &Wait, meant: &str) -> Option<Fix> {
    let (stored, container) = init_container(resolved, pod, wait.index)?;
    let lists = ["command", "args"].into_iter();
    let words = lists.flat_map(|list| container.get(list).map_or(&[][..], Yaml::items));
    let host = wait.awaited.host.as_str();
    let has_host = |word: &&Yaml| word.as_str().is_some_and(|text| text.contains(host));
    let with_host: Vec<&Yaml> = words.filter(has_host).collect();
    match with_host.as_slice() {
        [word] if !meant.is_empty() && has_name(word.as_str()?, host) => {
            replace_in(stored, word, host, meant)
        }
        _ => None,
    }
}

/// Whether the first place of a name in a text is no part of a longer one: the name itself may come of a variable.
fn has_name(text: &str, name: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    text.split_once(name).is_some_and(|(before, after)| {
        !before.ends_with(is_of_name) && !after.starts_with(is_of_name)
    })
}

/// Where an init container is written.
fn init_container<'a>(
    resolved: &'a Resolved,
    pod: &Pod,
    index: usize,
) -> Option<(&'a Stored, &'a Yaml)> {
    let (stored, spec) = pod_spec(resolved, &pod.id())?;
    let container = spec.get("initContainers")?.items().get(index)?;
    Some((stored, container))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, PodFault, Problem, WaitFault};

    /// Why the init container with this command does not end, and its line after the fix.
    fn found(command: &str) -> Option<(WaitFault, Option<String>)> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: db, namespace: data}}\nspec: {{ports: [{{port: 5432}}]}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: cache}}\nspec: {{ports: [{{port: 6379}}]}}\n---\n\
             apiVersion: v1\nkind: Pod\nmetadata: {{name: app}}\nspec:\n  initContainers:\n  - {{name: wait, image: busybox, command: {command}}}\n  containers:\n  - {{name: c, image: i}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut whys = found.filter_map(|(found, fixed)| match found.problem {
            Problem::Cause(Fault::Pod(PodFault::InitContainerWaits { why, .. })) => {
                let fixed = fixed.unwrap_or_default();
                let line = fixed.lines().find(|line| line.contains("name: wait"));
                Some((why, line.map(str::to_owned)))
            }
            _ => None,
        });
        whys.next()
    }

    #[test]
    fn an_init_container_that_never_ends_becomes_a_sidecar() {
        let (why, line) = found("[sleep, infinity]").expect("a cause");
        assert_eq!(why, WaitFault::NeverEnds);
        assert_eq!(
            line.as_deref(),
            Some(
                "  - {restartPolicy: Always, name: wait, image: busybox, command: [sleep, infinity]}"
            )
        );
        assert_eq!(found("[sleep, '5']"), None);
        assert_eq!(found("['false']"), Some((WaitFault::AlwaysFails, None)));
    }

    #[test]
    fn a_service_of_another_namespace_or_a_near_name_is_meant() {
        for (host, meant) in [("db", "db.data"), ("cahce", "cache")] {
            let (why, line) = found(&format!("[nslookup, {host}]")).expect("a cause");
            assert_eq!(why, WaitFault::NoService);
            assert_eq!(
                line,
                Some(format!(
                    "  - {{name: wait, image: busybox, command: [nslookup, {meant}]}}"
                ))
            );
        }
        let unknown = found("[nslookup, queue]");
        assert_eq!(unknown, Some((WaitFault::NoService, None)));
    }
}
