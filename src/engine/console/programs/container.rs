//! What programs print of a container: `env`, `cat`, `hostname`.

use super::super::{Call, Output, Site};
use super::ip;
use crate::cluster::object::{Container, Pod};
use crate::dns::environment::{self, Variable};
use crate::dns::hosts;
use crate::dns::resolv_conf::{Kubelet, OUTSIDE_RESOLVER, ResolvConf};

/// The variables of a process: the container runtime sets `HOSTNAME` before those of kubelet (containerd
/// `internal/cri/server/container_create_linux.go`).
fn variables(call: &Call<'_>, (pod, container): (&Pod, &Container)) -> Vec<Variable> {
    let mut variables = environment::of_container(&call.shell.network.resolved, pod, container);
    if !variables.iter().any(|own| own.name == "HOSTNAME") {
        variables.insert(0, Variable::new("HOSTNAME".to_owned(), own_name(call)));
    }
    variables
}

/// The container that a program runs in.
fn container<'a>(call: &Call<'a>) -> Option<(&'a Pod, &'a Container)> {
    match call.site {
        Site::Pod(pod, container) => Some((pod, container)),
        Site::Outside | Site::Node(_) => None,
    }
}

/// `env`.
pub(super) fn env(call: &Call<'_>) -> Output {
    let lines = container(call)
        .map(|own| variables(call, own))
        .unwrap_or_default();
    Output::answer(
        lines
            .iter()
            .map(|variable| format!("{variable}\n"))
            .collect(),
    )
}

/// `printenv [NAME]`; a variable that is not set is exit code 1.
pub(super) fn printenv(call: &Call<'_>) -> Output {
    let Some(name) = call.arguments.first() else {
        return env(call);
    };
    let lines = container(call)
        .map(|own| variables(call, own))
        .unwrap_or_default();
    match lines.iter().find(|variable| variable.name == *name) {
        Some(variable) => Output::answer(format!("{}\n", variable.value)),
        None => Output {
            status: 1,
            ..Output::default()
        },
    }
}

/// `cat FILE` for the files that are known, and `cat` behind a pipe.
pub(super) fn cat(call: &Call<'_>) -> Output {
    let pod = container(call).map(|(pod, _)| pod);
    match (call.arguments, call.input) {
        ([], Some(input)) => Output::answer(input.to_owned()),
        ([file], _) if file == "/etc/resolv.conf" => {
            Output::answer(resolv_conf(call, pod).to_string())
        }
        ([file], _) if file == "/etc/hosts" => {
            Output::answer(hosts::file(pod, call.shell.network.cluster()))
        }
        ([file], _) if file == "/etc/hostname" => Output::answer(format!("{}\n", own_name(call))),
        ([file, ..], _) => Output::error(1, &format!("cat: {file}: No such file or directory")),
        ([], None) => Output::error(1, "cat: nothing comes through a pipe, and no file is named"),
    }
}

/// The resolver's file at the site of a program.
pub(super) fn resolv_conf(call: &Call<'_>, pod: Option<&Pod>) -> ResolvConf {
    match pod {
        Some(pod) => Kubelet::of(call.shell.network.cluster()).resolv_conf(pod),
        None => ResolvConf {
            nameservers: vec![OUTSIDE_RESOLVER.to_string()],
            ..ResolvConf::default()
        },
    }
}

/// `hostname`, and `hostname -I`.
pub(super) fn hostname(call: &Call<'_>) -> Output {
    match call.arguments {
        [option] if option == "-I" => return ip::own_addresses(call),
        [option, ..] if option.starts_with('-') => {
            return Output::error(1, "hostname: here are hostname and hostname -I");
        }
        _ => {}
    }
    Output::answer(format!("{}\n", own_name(call)))
}

fn own_name(call: &Call<'_>) -> String {
    match call.site {
        Site::Pod(pod, _) => host_name(pod, &call.shell.network.cluster().config.domain),
        Site::Node(node) => node.to_owned(),
        Site::Outside => String::new(),
    }
}

/// The host name of a pod's containers: its node's if it has the node's network, and its whole name if it asks for that.
fn host_name(pod: &Pod, domain: &str) -> String {
    if pod.spec.host_network {
        return pod.spec.node_name.to_string();
    }
    let whole = pod.full_host_name(domain);
    let whole = whole.filter(|_| pod.spec.set_hostname_as_fqdn);
    whole.unwrap_or_else(|| pod.host_name().to_owned())
}
