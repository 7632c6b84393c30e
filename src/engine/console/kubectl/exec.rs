//! `kubectl exec` and `debug`, which run a program of the registry elsewhere.

use super::super::programs::execute;
use super::super::{Call, Output, Shell, Site};
use super::attachable_pod::pod_of;
use super::command::{Arguments, Refusal};
use super::flags::{
    FILENAME, Flag, Flags, NAMESPACE_ONLY, NotRead, ignored_switch, ignored_value, switch,
    text_value,
};
use super::resource_args::error;
use crate::cluster::generate_name::generated_name;
use crate::cluster::object::{Container, Pod, PodPhase};
use crate::manifest::Source;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::network::Network;
use crate::resolve::resolve;

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
    if let Some(words) = not_running(pod) {
        return Err(refused(words));
    }
    let (container, note) = container_of(pod, flags).map_err(refused)?;
    let note = if flags.is_quiet { String::new() } else { note };
    Ok(remote(shell, Site::Pod(pod, container), command, note))
}

/// Why nothing runs in a pod: kubectl's words about one that has ended, the server's about one without a node.
fn not_running(pod: &Pod) -> Option<String> {
    match &pod.status.phase {
        phase @ (PodPhase::Succeeded | PodPhase::Failed) => Some(format!(
            "error: cannot exec into a container in a completed pod; current phase is {}",
            phase.as_str()
        )),
        _ if pod.spec.node_name.is_empty() => Some(format!(
            "Error from server (BadRequest): pod {} does not have a host assigned",
            pod.metadata.name
        )),
        _ => None,
    }
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
    use super::{Pod, PodPhase, not_running};
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

    #[test]
    fn what_has_no_pods_is_not_called_missing() {
        for (line, words) in [
            (
                "kubectl exec svc/redis -- env",
                "error: cannot attach to *v1.Service: invalid service 'redis': Service is defined without a selector\n",
            ),
            (
                "kubectl exec svc/nope -- env",
                "Error from server (NotFound): services \"nope\" not found\n",
            ),
            (
                "kubectl exec widgets.example.com/a -- env",
                "error: the server doesn't have a resource type \"widgets\"\n",
            ),
        ] {
            assert_eq!(said(line).1, words, "{line}");
        }
    }

    #[test]
    fn nothing_runs_in_a_pod_that_has_ended_or_has_no_node() {
        let pod = |phase: PodPhase, node: &str| {
            let mut pod = Pod::default();
            pod.metadata.name = "web".into();
            pod.spec.node_name = node.into();
            pod.status.phase = phase;
            not_running(&pod)
        };
        assert_eq!(pod(PodPhase::Running, "node-1"), None);
        assert_eq!(
            pod(PodPhase::Succeeded, "node-1").as_deref(),
            Some(
                "error: cannot exec into a container in a completed pod; current phase is Succeeded"
            )
        );
        assert_eq!(
            pod(PodPhase::Pending, "").as_deref(),
            Some("Error from server (BadRequest): pod web does not have a host assigned")
        );
    }
}
