//! The verbs of kubectl: one list.

use super::super::{Call, Output};
use super::change::{self, metadata, nodes, rollout};
use super::command::Refusal;
use super::console::{self, Snapshot};
use super::flags::{names, read};
use super::{exec, explain, get, kind_list, manifests};

/// A verb.
pub(super) struct Verb {
    /// As it is typed.
    pub name: &'static str,
    /// A line that shows its use.
    pub example: &'static str,
    /// The names of its flags.
    pub flags: fn() -> Vec<&'static str>,
    /// What it does.
    pub run: Run,
}

/// What kubectl does with the words behind a verb.
pub(super) enum Run {
    /// It prints what is stored.
    Read(fn(Snapshot<'_>, &[&str]) -> Result<Output, Refusal>),
    /// It runs, changes or writes something.
    Act(fn(&Call<'_>, &[&str]) -> Result<Output, Refusal>),
    /// It only prints why it does nothing here.
    Refuse(fn(&Call<'_>, &[&str]) -> Result<Output, Refusal>),
}

/// The list: how a verb runs, its name, the function that runs it, its flags, and an example.
macro_rules! verbs {
    ($($how:ident $name:literal: $run:path, $flags:ty => $example:literal;)*) => {
        &[$(Verb {
            name: $name,
            example: $example,
            flags: names::<$flags>,
            run: Run::$how(|place, words| {
                let (arguments, flags) = read::<$flags>($name, words)?;
                $run(place, &arguments, &flags)
            }),
        }),*]
    };
}

/// Every verb, in the order of `kubectl help`.
pub(super) const VERBS: &[Verb] = verbs! {
    Read "get": get::get, get::GetFlags => "get svc,pods -o wide";
    Read "describe": console::describe, console::DescribeFlags => "describe svc NAME";
    Read "explain": explain::explain, explain::ExplainFlags => "explain svc.spec.ports";
    Read "api-resources": kind_list::api_resources, kind_list::ApiResourcesFlags => "api-resources";
    Act "exec": exec::exec, exec::ExecFlags => "exec POD -- curl http://NAME";
    Act "debug": exec::debug, exec::DebugFlags => "debug node/NAME -it --image=busybox -- iptables-save";
    Act "delete": change::delete, change::DeleteFlags => "delete pod NAME";
    Act "scale": change::scale, change::ScaleFlags => "scale deployment NAME --replicas=3";
    Act "label": metadata::label, metadata::MetadataFlags => "label pod NAME app=web";
    Act "annotate": metadata::annotate, metadata::MetadataFlags => "annotate svc NAME key=value";
    Act "cordon": nodes::cordon, nodes::CordonFlags => "cordon NODE";
    Act "uncordon": nodes::uncordon, nodes::CordonFlags => "uncordon NODE";
    Act "drain": nodes::drain, nodes::DrainFlags => "drain NODE --ignore-daemonsets";
    Act "rollout": rollout::rollout, rollout::RolloutFlags => "rollout restart deployment NAME";
    Act "set": rollout::set_image, rollout::SetFlags => "set image deployment/NAME CONTAINER=IMAGE";
    Act "apply": manifests::apply, manifests::ApplyFlags => "get svc NAME -o yaml | kubectl apply -f -";
    Act "create": manifests::create, manifests::CreateFlags => "create deployment NAME --image=nginx";
    Act "run": manifests::run, manifests::RunFlags => "run NAME --image=busybox --rm -it -- wget -qO- http://NAME";
    Act "expose": manifests::expose, manifests::ExposeFlags => "expose deployment NAME --port=80";
    Act "patch": manifests::patch, manifests::PatchFlags => "patch svc NAME -p '{\"spec\": {\"type\": \"NodePort\"}}'";
    Read "version": console::version, console::VersionFlags => "version";
    Refuse "edit": manifests::edit, manifests::EditFlags => "edit svc NAME";
    Refuse "port-forward": exec::port_forward, exec::PortForwardFlags => "port-forward svc/NAME 8080:80";
    Refuse "logs": exec::logs, exec::LogsFlags => "logs POD";
};
