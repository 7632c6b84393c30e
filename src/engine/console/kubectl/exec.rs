//! `kubectl exec`: nothing runs in a simulated pod, but what three programs would print is known: `env`, `printenv` and
//! `cat /etc/resolv.conf`.

use super::command::{Refusal, Request};
use super::console::Output;
use crate::api_resources::{Resource, named};
use crate::cluster::object::{Container, Pod};
use crate::dns::environment::{self, Variable};
use crate::dns::resolv_conf::Kubelet;
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::resolve::Resolved;

/// Runs the command after `--` in a pod.
pub(super) fn exec(resolved: &Resolved, request: &Request) -> Result<Output, Refusal> {
    let refused = |words: String| Refusal(format!("{words}\n"));
    let Some((target, command)) = request.words.split_first() else {
        return Err(refused(
            "error: pod, type/name or --filename must be specified".to_owned(),
        ));
    };
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    if command.is_empty() {
        return Err(refused(
            "error: you must specify at least one command for the container".to_owned(),
        ));
    }
    let pod = pod_of(resolved, request, target).map_err(refused)?;
    let (container, note) = container_of(pod, request).map_err(refused)?;
    let variables = || environment::of_container(resolved, pod, container);
    let stdout = match command.as_slice() {
        ["env" | "printenv"] => variables()
            .iter()
            .map(|variable| format!("{variable}\n"))
            .collect(),
        ["printenv", name] => {
            let named = |variable: &Variable| variable.name == *name;
            variables()
                .into_iter()
                .find(named)
                .map_or_else(String::new, |variable| format!("{}\n", variable.value))
        }
        ["cat", "/etc/resolv.conf"] => Kubelet::of(&resolved.cluster).resolv_conf(pod).to_string(),
        other => {
            let words = "kubehop runs no programs; it knows what env, printenv and cat /etc/resolv.conf print";
            return Err(refused(format!("error: {}: {words}", other.join(" "))));
        }
    };
    Ok(Output {
        stdout,
        stderr: note,
    })
}

/// `web`, `pod/web`, `deploy/web`.
fn pod_of<'a>(resolved: &'a Resolved, request: &Request, target: &str) -> Result<&'a Pod, String> {
    let namespace = request.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE);
    let (kind, name) = target.split_once('/').unwrap_or(("pod", target));
    let resource = named(kind)
        .first()
        .copied()
        .ok_or_else(|| format!("error: the server doesn't have a resource type {kind:?}"))?;
    let of_kind = Kind::ALL
        .iter()
        .copied()
        .find(|known| known.name() == resource.kind)
        .ok_or_else(|| no_pods_of(resource))?;
    let missing = || format!("Error from server (NotFound): {resource} \"{name}\" not found");
    resolved
        .pod_meant(of_kind, &ObjectName::new(namespace, name))
        .ok_or_else(missing)
}

/// The refusal of a kind that has no pods: `exec configmap/a`.
fn no_pods_of(resource: &Resource) -> String {
    let version = resource.version;
    let kind = resource.kind;
    format!(
        "error: cannot attach to *{version}.{kind}: selector for *{version}.{kind} not implemented"
    )
}

/// The container that is named, or the first one, which kubectl says when there are more.
fn container_of<'a>(pod: &'a Pod, request: &Request) -> Result<(&'a Container, String), String> {
    let name = &pod.metadata.name;
    let all = || {
        pod.spec
            .containers
            .iter()
            .chain(pod.spec.init_containers.iter())
    };
    match (&request.container, pod.spec.containers.first()) {
        (Some(wanted), _) => {
            let found = all().find(|container| container.name == wanted.as_str());
            let missing = || {
                format!(
                    "Error from server (BadRequest): container {wanted} is not valid for pod {name}"
                )
            };
            found
                .map(|container| (container, String::new()))
                .ok_or_else(missing)
        }
        (None, Some(first)) if all().count() > 1 => {
            let names: Vec<&str> = all().map(|container| container.name.as_str()).collect();
            Ok((
                first,
                format!(
                    "Defaulted container {:?} out of: {}\n",
                    first.name.as_str(),
                    names.join(", ")
                ),
            ))
        }
        (None, Some(first)) => Ok((first, String::new())),
        (None, None) => Err(format!("error: pod {name} has no container")),
    }
}

#[cfg(test)]
mod tests {
    use crate::cluster::Config;
    use crate::console::kubectl::{Clock, run};
    use crate::manifest::Source;
    use crate::resolve::resolve;

    const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: redis}\nspec: {clusterIP: 10.96.0.50, ports: [{port: 6379}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {containers: [{name: c, image: i, env: [{name: URL, value: \"redis://$(REDIS_SERVICE_HOST)\"}]}, {name: d, image: i}]}\n";

    fn said(line: &str) -> (String, String) {
        let output = run(
            &resolve(&Source::read(TEXT), &Config::default()),
            line,
            Clock::default(),
        );
        (output.stdout, output.stderr)
    }

    #[test]
    fn env_prints_what_the_container_started_with() {
        let (stdout, stderr) = said("kubectl exec -it app -- env");
        assert!(
            stdout.contains("URL=redis://10.96.0.50\n")
                && stdout.contains("REDIS_PORT=tcp://10.96.0.50:6379\n")
        );
        assert_eq!(stderr, "Defaulted container \"c\" out of: c, d\n");
        assert_eq!(
            said("exec pod/app -c d -- printenv REDIS_SERVICE_PORT").0,
            "6379\n"
        );
    }

    #[test]
    fn resolv_conf_is_the_pods() {
        let (stdout, _) = said("kubectl exec app -c c -- cat /etc/resolv.conf");
        assert!(
            stdout.contains("search default.svc.cluster.local svc.cluster.local cluster.local"),
            "{stdout}"
        );
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        for (line, words) in [
            (
                "kubectl exec app -- curl web",
                "error: curl web: kubehop runs no programs",
            ),
            (
                "kubectl exec nobody -- env",
                "Error from server (NotFound): pods \"nobody\" not found",
            ),
            (
                "kubectl exec cm/app -- env",
                "error: cannot attach to *v1.ConfigMap: selector for *v1.ConfigMap not implemented",
            ),
            (
                "kubectl exec app -c x -- env",
                "Error from server (BadRequest): container x is not valid for pod app",
            ),
            (
                "kubectl exec app",
                "error: you must specify at least one command for the container",
            ),
            (
                "kubectl exec",
                "error: pod, type/name or --filename must be specified",
            ),
        ] {
            assert!(said(line).1.starts_with(words), "{line}: {}", said(line).1);
        }
    }
}
