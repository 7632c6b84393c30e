//! `kubectl exec` and `debug`, which run a program of the registry elsewhere, and what cannot run: `port-forward`, `logs`.

use super::super::programs::execute;
use super::super::{Call, Output, Shell, Site};
use super::command::{Arguments, Refusal};
use super::flags::{
    FILENAME, Flag, Flags, NAMESPACE_AND_SELECTOR, NAMESPACE_ONLY, NotRead, ignored_switch,
    ignored_value, switch, text_value,
};
use super::resource_args::error;
use crate::api_resources::{Resource, named};
use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{Container, Pod, PodPhase};
use crate::kinds::Kind;
use crate::labels::Selector;
use crate::manifest::Source;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::network::Network;
use crate::resolve::{Resolved, resolve};

/// The flags of `exec`; there is no process to type into.
#[derive(Default)]
pub(super) struct ExecFlags {
    container: Option<String>,
    is_quiet: bool,
}

impl Flags for ExecFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('c'), "container", |flags| &mut flags.container),
        switch(Some('q'), "quiet", |flags, is_on| flags.is_quiet = is_on),
        ignored_switch(Some('i'), "stdin"),
        ignored_switch(Some('t'), "tty"),
        ignored_value(None, "pod-running-timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[FILENAME];
}

/// Runs the command after `--` in a pod.
pub(super) fn exec(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &ExecFlags,
) -> Result<Output, Refusal> {
    let shell = call.shell;
    let Some((target, command)) = arguments.words.split_first() else {
        return Err(error("pod, type/name or --filename must be specified"));
    };
    if command.is_empty() {
        return Err(error(
            "you must specify at least one command for the container",
        ));
    }
    if arguments.before_dashes.is_none() {
        return Err(error(
            "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' \
             for help and examples",
        ));
    }
    let refused = |words: String| Refusal(format!("{words}\n"));
    let pod = pod_of(&shell.network.resolved, arguments, target).map_err(refused)?;
    let (container, note) = container_of(pod, flags).map_err(refused)?;
    let note = if flags.is_quiet { String::new() } else { note };
    Ok(remote(shell, Site::Pod(pod, container), command, note))
}

/// Runs a program elsewhere, and prints its exit code if it failed.
fn remote(shell: Shell<'_>, site: Site<'_>, command: &[String], note: String) -> Output {
    let mut output = Output::noted(note, String::new());
    output.append(execute(shell, site, command, None));
    if output.status != 0 {
        output.stderr += &format!("command terminated with exit code {}\n", output.status);
    }
    output
}

/// Runs the words behind the name in a pod that is there for that only; it sends nothing that is shown, since the pod is gone.
pub(super) fn in_a_pod_for_once(
    shell: Shell<'_>,
    arguments: &Arguments,
    name: &str,
    text: &str,
) -> Output {
    let config = &shell.network.cluster().config;
    let network = Network::of(resolve(&Source::read(text), config));
    let namespace = arguments.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE);
    let id = ObjectName::new(namespace, name);
    let pod = network.cluster().pod(&id);
    let command = arguments.words.get(1..).unwrap_or_default();
    let Some((pod, container)) = pod.and_then(|pod| Some((pod, pod.spec.containers.first()?)))
    else {
        return Output::error(1, "error: timed out waiting for the condition");
    };
    if command.is_empty() {
        return Output::error(
            1,
            "error: kubehop has no shell to attach to: name a program after --",
        );
    }
    let shell = Shell {
        network: &network,
        text,
        ..shell
    };
    let mut output = execute(shell, Site::Pod(pod, container), command, None);
    output.acts.clear();
    output.stdout += &format!("pod {name:?} deleted from {namespace} namespace\n");
    output
}

/// The flags of `debug`.
#[derive(Default)]
pub(super) struct DebugFlags {
    image: Option<String>,
}

impl Flags for DebugFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[
        text_value(None, "image", |flags| &mut flags.image),
        ignored_value(None, "profile"),
        ignored_value(None, "image-pull-policy"),
        ignored_switch(Some('i'), "stdin"),
        ignored_switch(Some('t'), "tty"),
        ignored_switch(Some('q'), "quiet"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        (Some('c'), "container"),
        (None, "arguments-only"),
        (None, "attach"),
        (None, "copy-to"),
        (None, "custom"),
        (None, "env"),
        (None, "keep-annotations"),
        (None, "keep-init-containers"),
        (None, "keep-labels"),
        (None, "keep-liveness"),
        (None, "keep-readiness"),
        (None, "keep-startup"),
        (None, "replace"),
        (None, "same-node"),
        (None, "set-image"),
        (None, "share-processes"),
        (None, "target"),
    ];
}

/// `kubectl debug node/NAME --image=IMAGE -- PROGRAM`: a pod in the node's own network runs the program.
pub(super) fn debug(
    call: &Call<'_>,
    arguments: &Arguments,
    flags: &DebugFlags,
) -> Result<Output, Refusal> {
    let shell = call.shell;
    let Some((target, command)) = arguments.words.split_first() else {
        return Err(error("NAME or TYPE/NAME is required for debug"));
    };
    let Some(name) = target.strip_prefix("node/") else {
        return Err(error(
            "kubehop debugs nodes only: kubectl debug node/NAME -it --image=busybox -- PROGRAM; kubectl exec runs a \
             program in a pod",
        ));
    };
    if flags.image.is_none() {
        return Err(error("you must specify --image when not using --target"));
    }
    let Some((node, _)) = shell.network.cluster().nodes.get_key_value(name) else {
        return Err(Refusal(format!(
            "Error from server (NotFound): nodes {name:?} not found\n"
        )));
    };
    if command.is_empty() {
        return Err(error(
            "kubehop has no shell to attach to: name a program after --",
        ));
    }
    let pod = generated_name(&format!("node-debugger-{name}-"), name);
    let note = format!("Creating debugging pod {pod} with container debugger on node {name}.\n");
    Ok(remote(shell, Site::Node(node), command, note))
}

/// The flags of `port-forward`, which change nothing: no port is forwarded.
#[derive(Default)]
pub(super) struct PortForwardFlags;

impl Flags for PortForwardFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[
        ignored_value(None, "address"),
        ignored_value(None, "pod-running-timeout"),
    ];
}

/// Says where `port-forward` would lead, and what it does not go through.
pub(super) fn port_forward(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &PortForwardFlags,
) -> Result<Output, Refusal> {
    let Some((target, ports)) = arguments.words.split_first() else {
        return Err(error(
            "TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and \
             examples",
        ));
    };
    if ports.is_empty() {
        return Err(error(
            "TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and \
             examples",
        ));
    }
    let refused = |words: String| Refusal(format!("{words}\n"));
    let pod = pod_of(&call.shell.network.resolved, arguments, target).map_err(refused)?;
    Ok(Output {
        stderr: format!(
            "kubehop forwards no port. kubectl would take one pod, {}, and carry bytes through the API server and the \
             kubelet of its node to the pod's own loopback interface: no name, no cluster IP, no rule of kube-proxy and \
             no NetworkPolicy is asked. That it works says nothing about the Service.\n",
            pod.metadata.name
        ),
        status: 1,
        ..Output::default()
    })
}

/// The flags of `logs`, which change nothing: there is no log.
#[derive(Default)]
pub(super) struct LogsFlags;

impl Flags for LogsFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_AND_SELECTOR;

    const OWN: &'static [Flag<Self>] = &[
        ignored_value(Some('c'), "container"),
        ignored_switch(Some('f'), "follow"),
        ignored_switch(Some('p'), "previous"),
        ignored_value(None, "tail"),
        ignored_value(None, "since"),
        ignored_value(None, "since-time"),
        ignored_value(None, "limit-bytes"),
        ignored_value(None, "max-log-requests"),
        ignored_value(None, "pod-running-timeout"),
        ignored_switch(None, "all-containers"),
        ignored_switch(None, "all-pods"),
        ignored_switch(None, "ignore-errors"),
        ignored_switch(None, "insecure-skip-tls-verify-backend"),
        ignored_switch(None, "prefix"),
        ignored_switch(None, "timestamps"),
    ];
}

/// There is nothing that writes a log.
pub(super) fn logs(
    call: &Call<'_>,
    arguments: &Arguments,
    _: &LogsFlags,
) -> Result<Output, Refusal> {
    let Some(target) = arguments.words.first() else {
        return Err(error(
            "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for \
             the logs command\nSee 'kubectl logs -h' for help and examples",
        ));
    };
    let refused = |words: String| Refusal(format!("{words}\n"));
    pod_of(&call.shell.network.resolved, arguments, target).map_err(refused)?;
    Err(error(
        "no process runs in a simulated pod, so none has a log; kubectl exec POD -- curl … sends a connection",
    ))
}

/// `web`, `pod/web`, `deploy/web`.
fn pod_of<'a>(
    resolved: &'a Resolved,
    arguments: &Arguments,
    target: &str,
) -> Result<&'a Pod, String> {
    let namespace = arguments.namespace.as_deref().unwrap_or(DEFAULT_NAMESPACE);
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
    if of_kind == Kind::Service {
        return pod_of_service(resolved, &ObjectName::new(namespace, name)).ok_or_else(missing);
    }
    let name = ObjectName::new(namespace, name);
    match of_kind {
        Kind::Pod => resolved.cluster.pod(&name),
        workload => most_active(resolved.pods_of(workload, &name)),
    }
    .ok_or_else(missing)
}

/// The pod that kubectl takes of several: the greatest one of `ActivePods` (kubernetes `kubectl/pkg/util/podutils`).
fn most_active<'a>(pods: impl Iterator<Item = &'a Pod>) -> Option<&'a Pod> {
    pods.min_by_key(|pod| {
        let phase = match pod.status.phase {
            PodPhase::Pending => 2,
            PodPhase::Unknown => 1,
            _ => 0,
        };
        let is_unassigned = pod.spec.node_name.is_empty();
        (is_unassigned, phase, !pod.is_ready(), pod.is_terminating())
    })
}

/// The pod that kubectl takes for a Service: one that its selector matches, whatever its ports.
fn pod_of_service<'a>(resolved: &'a Resolved, name: &ObjectName) -> Option<&'a Pod> {
    let service = resolved.cluster.services.get(name)?;
    let selector = Selector::equal_to(service.spec.selector.as_ref()?);
    let pods = resolved.cluster.each_pod();
    most_active(pods.filter(|pod| {
        pod.metadata.namespace == name.namespace && selector.matches(&pod.metadata.labels)
    }))
}

/// The refusal of a kind that has no pods: `exec configmap/a`.
fn no_pods_of(resource: &Resource) -> String {
    let version = resource.version;
    let kind = resource.kind;
    format!(
        "error: cannot attach to *{version}.{kind}: selector for *{version}.{kind} not implemented"
    )
}

/// The annotation that names the container of commands that name none.
const DEFAULT_CONTAINER: &str = "kubectl.kubernetes.io/default-container";

/// The container that is named, or the default one, which kubectl prints when there are more (kubernetes
/// `kubectl/pkg/cmd/util/podcmd`).
fn container_of<'a>(pod: &'a Pod, flags: &ExecFlags) -> Result<(&'a Container, String), String> {
    let (name, spec) = (&pod.metadata.name, &pod.spec);
    let find = |wanted: &str| {
        let mut all = spec.containers.iter().chain(spec.init_containers.iter());
        all.find(|container| container.name == wanted)
    };
    if let Some(wanted) = &flags.container {
        let found = find(wanted).map(|container| (container, String::new()));
        return found.ok_or_else(|| {
            format!(
                "Error from server (BadRequest): container {wanted} is not valid for pod {name}"
            )
        });
    }
    let annotated = pod.metadata.annotations.get(DEFAULT_CONTAINER);
    if let Some(container) = annotated.and_then(|name| find(name)) {
        return Ok((container, String::new()));
    }
    let Some(first) = spec.containers.first() else {
        return Err(format!(
            "error: pod {} does not have any containers",
            pod.id()
        ));
    };
    if spec.containers.len() + spec.init_containers.len() == 1 {
        return Ok((first, String::new()));
    }
    let own = spec.containers.iter().map(|own| own.name.to_string());
    let init = spec
        .init_containers
        .iter()
        .map(|own| format!("{} (init)", own.name));
    let names: Vec<String> = own.chain(init).collect();
    let note = format!(
        "Defaulted container {:?} out of: {}\n",
        first.name.as_str(),
        names.join(", ")
    );
    Ok((first, note))
}

#[cfg(test)]
mod tests {
    use crate::cluster::Config;
    use crate::console::kubectl::Clock;
    use crate::console::{Shell, run};
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::trace::{Connections, Network};

    const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: redis}\nspec: {clusterIP: 10.96.0.50, ports: [{port: 6379}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {containers: [{name: c, image: i, env: [{name: URL, value: \"redis://$(REDIS_SERVICE_HOST)\"}]}, {name: d, image: i}]}\n";

    fn said(line: &str) -> (String, String) {
        let network = Network::of(resolve(&Source::read(TEXT), &Config::default()));
        let shell = Shell {
            network: &network,
            connections: &Connections::default(),
            text: TEXT,
            clock: Clock::default(),
        };
        let output = run(shell, line);
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
                "kubectl exec app -c c -- frob",
                "sh: frob: command not found\nPrograms here: ",
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
