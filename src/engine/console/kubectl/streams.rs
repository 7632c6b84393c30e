//! What cannot run: `kubectl port-forward` and `logs`.

use super::super::{Call, Output};
use super::attachable_pod::pod_of;
use super::command::{Arguments, Refusal};
use super::flags::{
    Flag, Flags, NAMESPACE_AND_SELECTOR, NAMESPACE_ONLY, ignored_switch, ignored_value,
};
use super::resource_args::error;

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
    const NO_LOG: &str = "no process runs in a simulated pod, so none has a log; kubectl exec POD -- curl … sends a connection";
    let Some(target) = arguments.words.first() else {
        return Err(error(if arguments.selects() {
            NO_LOG
        } else {
            "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for \
             the logs command\nSee 'kubectl logs -h' for help and examples"
        }));
    };
    let refused = |words: String| Refusal(format!("{words}\n"));
    pod_of(&call.shell.network.resolved, arguments, target).map_err(refused)?;
    Err(error(NO_LOG))
}
