//! The flags of `create`, `run` and `expose`.

use super::super::command::Arguments;
use super::super::flags::{
    COMMON_AND_DRY_RUN, FILENAME, Flag, Flags, KUSTOMIZE, NAMESPACE_AND_DRY_RUN, NotRead,
    RECURSIVE, ignored_switch, ignored_value, switch, text_value, value,
};

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
        text_value(Some('o'), "output", |flags| &mut flags.output),
        text_value(Some('f'), "filename", |flags| &mut flags.filename),
        text_value(Some('r'), "replicas", |flags| &mut flags.replicas),
        text_value(None, "image", |flags| &mut flags.image),
        text_value(None, "port", |flags| &mut flags.port),
        value(None, "tcp", |flags, ports| {
            flags.tcp.push(ports.to_owned());
        }),
        text_value(None, "node-port", |flags| &mut flags.node_port),
        text_value(None, "clusterip", |flags| &mut flags.cluster_ip),
        text_value(None, "external-name", |flags| &mut flags.external_name),
        ignored_value(None, "field-manager"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "annotation"),
        (None, "append-hash"),
        (None, "cert"),
        (None, "class"),
        (None, "clusterrole"),
        (None, "default-backend"),
        (None, "description"),
        (None, "docker-email"),
        (None, "docker-password"),
        (None, "docker-server"),
        (None, "docker-username"),
        (None, "edit"),
        (None, "from"),
        (None, "from-env-file"),
        (None, "from-file"),
        (None, "from-literal"),
        (None, "global-default"),
        (None, "group"),
        (None, "hard"),
        (None, "key"),
        (None, "max-unavailable"),
        (None, "min-available"),
        (None, "non-resource-url"),
        (None, "preemption-policy"),
        (None, "raw"),
        (None, "resource"),
        (None, "resource-name"),
        (None, "restart"),
        (None, "role"),
        (None, "rule"),
        (None, "save-config"),
        (None, "schedule"),
        (None, "scopes"),
        (None, "serviceaccount"),
        (None, "show-managed-fields"),
        (None, "template"),
        (None, "type"),
        (None, "user"),
        (None, "validate"),
        (None, "value"),
        (None, "verb"),
        (None, "windows-line-endings"),
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
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('o'), "output", |flags| &mut flags.output),
        text_value(Some('l'), "labels", |flags| &mut flags.labels),
        text_value(None, "image", |flags| &mut flags.image),
        text_value(None, "port", |flags| &mut flags.port),
        value(None, "env", |flags, variable| {
            flags.env.push(variable.to_owned());
        }),
        text_value(None, "restart", |flags| &mut flags.restart),
        switch(None, "command", |flags, is_on| flags.is_command = is_on),
        switch(None, "rm", |flags, is_on| flags.is_removed = is_on),
        switch(Some('i'), "stdin", |flags, is_on| flags.stdin = is_on),
        ignored_switch(Some('t'), "tty"),
        ignored_switch(Some('q'), "quiet"),
        ignored_value(None, "field-manager"),
        ignored_value(None, "pod-running-timeout"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        (None, "allow-missing-template-keys"),
        (None, "annotations"),
        (None, "attach"),
        (None, "expose"),
        (None, "image-pull-policy"),
        (None, "leave-stdin-open"),
        (None, "override-type"),
        (None, "overrides"),
        (None, "privileged"),
        (None, "record"),
        (None, "save-config"),
        (None, "show-managed-fields"),
        (None, "template"),
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
    pub(super) load_balancer_ip: Option<String>,
}

impl Flags for ExposeFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_DRY_RUN;

    const OWN: &'static [Flag<Self>] = &[
        text_value(Some('o'), "output", |flags| &mut flags.output),
        text_value(Some('l'), "labels", |flags| &mut flags.labels),
        text_value(None, "name", |flags| &mut flags.name),
        text_value(None, "port", |flags| &mut flags.port),
        text_value(None, "target-port", |flags| &mut flags.target_port),
        text_value(None, "protocol", |flags| &mut flags.protocol),
        text_value(None, "type", |flags| &mut flags.of_type),
        text_value(None, "cluster-ip", |flags| &mut flags.cluster_ip),
        text_value(None, "external-ip", |flags| &mut flags.external_ip),
        text_value(None, "session-affinity", |flags| {
            &mut flags.session_affinity
        }),
        text_value(None, "load-balancer-ip", |flags| {
            &mut flags.load_balancer_ip
        }),
        ignored_value(None, "field-manager"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "override-type"),
        (None, "overrides"),
        (None, "record"),
        (None, "save-config"),
        (None, "show-managed-fields"),
        (None, "template"),
    ];
}
