//! The flags of `create`, `run` and `expose`.

use super::super::command::Arguments;
use super::super::flags::{COMMON_AND_DRY_RUN, Flag, Flags, ignored_switch, switch, value};

/// The flags of `create`.
#[derive(Default)]
pub(in crate::console::kubectl) struct CreateFlags {
    /// `-o`.
    pub(super) output: Option<String>,
    pub(super) filename: Option<String>,
    pub(super) replicas: Option<String>,
    pub(super) image: Option<String>,
    pub(super) port: Option<String>,
    pub(super) tcp: Vec<String>,
    pub(super) node_port: Option<String>,
    pub(super) cluster_ip: Option<String>,
    pub(super) external_name: Option<String>,
}

impl Flags for CreateFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        value(Some('o'), "output", |flags, form| {
            flags.output = Some(form.to_owned());
        }),
        value(Some('f'), "filename", |flags, name| {
            flags.filename = Some(name.to_owned());
        }),
        value(Some('r'), "replicas", |flags, replicas| {
            flags.replicas = Some(replicas.to_owned());
        }),
        value(None, "image", |flags, image| {
            flags.image = Some(image.to_owned());
        }),
        value(None, "port", |flags, port| {
            flags.port = Some(port.to_owned());
        }),
        value(None, "tcp", |flags, ports| {
            flags.tcp.push(ports.to_owned());
        }),
        value(None, "node-port", |flags, port| {
            flags.node_port = Some(port.to_owned());
        }),
        value(None, "clusterip", |flags, address| {
            flags.cluster_ip = Some(address.to_owned());
        }),
        value(None, "external-name", |flags, name| {
            flags.external_name = Some(name.to_owned());
        }),
    ];
}

/// The flags of `run`.
#[derive(Default)]
pub(in crate::console::kubectl) struct RunFlags {
    /// `-o`.
    pub(super) output: Option<String>,
    /// `-l`, which is not a selector here.
    pub(super) labels: Option<String>,
    pub(super) image: Option<String>,
    pub(super) port: Option<String>,
    pub(super) env: Vec<String>,
    pub(super) restart: Option<String>,
    /// `--command`: the words are the command, not its arguments.
    pub(super) is_command: bool,
    /// `--rm`.
    pub(super) is_removed: bool,
    /// `-i`.
    pub(super) stdin: bool,
}

impl Flags for RunFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        value(Some('o'), "output", |flags, form| {
            flags.output = Some(form.to_owned());
        }),
        value(Some('l'), "labels", |flags, labels| {
            flags.labels = Some(labels.to_owned());
        }),
        value(None, "image", |flags, image| {
            flags.image = Some(image.to_owned());
        }),
        value(None, "port", |flags, port| {
            flags.port = Some(port.to_owned());
        }),
        value(None, "env", |flags, variable| {
            flags.env.push(variable.to_owned());
        }),
        value(None, "restart", |flags, policy| {
            flags.restart = Some(policy.to_owned());
        }),
        switch(None, "command", |flags, is_on| flags.is_command = is_on),
        switch(None, "rm", |flags, is_on| flags.is_removed = is_on),
        switch(Some('i'), "stdin", |flags, is_on| flags.stdin = is_on),
        ignored_switch(Some('t'), "tty"),
    ];
}

/// The flags of `expose`.
#[derive(Default)]
pub(in crate::console::kubectl) struct ExposeFlags {
    /// `-o`.
    pub(super) output: Option<String>,
    pub(super) labels: Option<String>,
    pub(super) name: Option<String>,
    pub(super) port: Option<String>,
    pub(super) target_port: Option<String>,
    pub(super) protocol: Option<String>,
    pub(super) of_type: Option<String>,
    pub(super) cluster_ip: Option<String>,
    pub(super) external_ip: Option<String>,
    pub(super) session_affinity: Option<String>,
}

impl Flags for ExposeFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        value(Some('o'), "output", |flags, form| {
            flags.output = Some(form.to_owned());
        }),
        value(Some('l'), "labels", |flags, labels| {
            flags.labels = Some(labels.to_owned());
        }),
        value(None, "name", |flags, name| {
            flags.name = Some(name.to_owned());
        }),
        value(None, "port", |flags, port| {
            flags.port = Some(port.to_owned());
        }),
        value(None, "target-port", |flags, port| {
            flags.target_port = Some(port.to_owned());
        }),
        value(None, "protocol", |flags, protocol| {
            flags.protocol = Some(protocol.to_owned());
        }),
        value(None, "type", |flags, of_type| {
            flags.of_type = Some(of_type.to_owned());
        }),
        value(None, "cluster-ip", |flags, address| {
            flags.cluster_ip = Some(address.to_owned());
        }),
        value(None, "external-ip", |flags, address| {
            flags.external_ip = Some(address.to_owned());
        }),
        value(None, "session-affinity", |flags, affinity| {
            flags.session_affinity = Some(affinity.to_owned());
        }),
    ];
}
