//! Runs a command over stored objects, as a console with kubectl in it would.

use super::super::Output;
use super::super::shell::words;
use super::command::{self, Arguments, Refusal};
use super::flags::{
    FILENAME, Flag, Flags, KUSTOMIZE, NAMESPACE_ONLY, NotRead, OUTPUT, RECURSIVE, ignored_value,
    switch,
};
use super::look_up::{look_up, namespace, namespace_of};
use super::resource_args::{RequestedResource, error, wanted};
use super::verbs::Run;
use crate::KUBERNETES_VERSION;
use crate::kinds::{Kind, page_of};
use crate::printers::age::Timestamp;
use crate::printers::describe::DescribeContext;
use crate::printers::store::{Item, ObjectStore};
use crate::sort;

/// The objects of a cluster at the moment when a command runs.
#[derive(Clone, Copy)]
pub(super) struct Snapshot<'a> {
    /// All objects.
    pub store: &'a ObjectStore,
    /// The moment.
    pub now: Timestamp,
}

/// Runs a line over stored objects, `now` being the moment it is run.
pub fn run_over(store: &ObjectStore, line: &str, now: Timestamp) -> Output {
    let words = words(line);
    let done = command::read(&words).and_then(|(verb, words)| match verb.run {
        _ if command::asks_for_help(&words) => Ok(Output::answer(command::help_of(verb))),
        Run::Read(run) => run(Snapshot { store, now }, &words),
        Run::Act(_) | Run::Refuse(_) => Err(error("nothing runs in stored objects")),
    });
    done.unwrap_or_else(Output::from)
}

/// The flags of `version`.
#[derive(Default)]
pub(super) struct VersionFlags {
    is_of_client: bool,
}

impl Flags for VersionFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[switch(None, "client", |flags, is_on| {
        flags.is_of_client = is_on;
    })];

    const NOT_READ: &'static [NotRead] = &[OUTPUT];
}

/// `kubectl version`.
pub(super) fn version(
    _: Snapshot<'_>,
    _: &Arguments,
    flags: &VersionFlags,
) -> Result<Output, Refusal> {
    let mut text = format!("Client Version: v{KUBERNETES_VERSION}\n");
    if !flags.is_of_client {
        text += &format!("Server Version: v{KUBERNETES_VERSION}\n");
    }
    Ok(Output::answer(text))
}

impl From<Refusal> for Output {
    fn from(Refusal(stderr): Refusal) -> Output {
        Output {
            stderr,
            status: 1,
            ..Output::default()
        }
    }
}

/// The flags of `describe`.
#[derive(Default)]
pub(super) struct DescribeFlags {
    /// `--show-events`, if it is written.
    shows_events: Option<bool>,
}

impl Flags for DescribeFlags {
    const OWN: &'static [Flag<Self>] = &[
        switch(None, "show-events", |flags, is_on| {
            flags.shows_events = Some(is_on);
        }),
        ignored_value(None, "chunk-size"),
    ];

    const NOT_READ: &'static [NotRead] = &[FILENAME, KUSTOMIZE, RECURSIVE];
}

/// `kubectl describe`. Since 1.36 only an object that is described alone comes with its events, unless they are asked for.
pub(super) fn describe(
    Snapshot { store, now }: Snapshot<'_>,
    arguments: &Arguments,
    flags: &DescribeFlags,
) -> Result<Output, Refusal> {
    let wanted = wanted(arguments, "describe")?;
    let mut answer = look_up(store, arguments, &wanted)?;
    let is_found = answer.missing.is_empty();
    let mut is_by_prefix = false;
    // `svc/web` names no prefix.
    let may_be_prefix = arguments.words.len() == 2 && answer.is_nothing();
    if let ([(resource, Some(beginning))], true) = (wanted.as_slice(), may_be_prefix) {
        is_by_prefix = true;
        answer.take_those_that_begin_with(
            store.list(resource.kind, namespace(resource, arguments)),
            beginning,
        );
    }
    let items: Vec<&Item> = answer
        .found
        .iter()
        .flat_map(|found| found.items.iter().copied())
        .collect();
    let context = DescribeContext {
        store,
        now,
        shows_events: flags.shows_events.unwrap_or(is_found && items.len() == 1),
    };
    let pages: Vec<String> = items.iter().map(|item| page_of(item, context)).collect();
    let mut stderr = answer.errors();
    if pages.is_empty() && answer.missing.is_empty() {
        stderr += &if arguments.all_namespaces {
            "No resources found\n".to_owned()
        } else {
            format!(
                "No resources found in {} namespace.\n",
                namespace_of(arguments)
            )
        };
    }
    // `DescribeMatchingResources` ends every page with a line feed; otherwise two are between pages.
    let stdout = if is_by_prefix {
        pages.iter().map(|page| format!("{page}\n")).collect()
    } else {
        pages.join("\n\n")
    };
    let mut output = Output::noted(warnings(&wanted), stdout);
    output.stderr += &stderr;
    output.status = answer.status();
    Ok(output)
}

/// The server's warnings about requested kinds that are deprecated.
pub(super) fn warnings(wanted: &[RequestedResource]) -> String {
    let deprecation =
        |(resource, _): &RequestedResource| Kind::with_name(resource.kind)?.spec().deprecation;
    let warnings = sort::set(wanted.iter().filter_map(deprecation));
    let lines = warnings.iter().map(|words| format!("Warning: {words}\n"));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};
    use proptest::strategy::Strategy;

    use super::*;
    use crate::manifest::tree::Yaml;
    use crate::names::ObjectName;

    /// Runs a line over a small cluster.
    fn run(line: &str) -> Output {
        let objects = [
            r#"{"kind": "Service", "apiVersion": "v1", "metadata": {"name": "web", "namespace": "default", "labels": {"app": "web"}},
                "spec": {"type": "ClusterIP", "clusterIPs": ["10.96.0.10"], "selector": {"app": "web"}}}"#,
            r#"{"kind": "Service", "apiVersion": "v1", "metadata": {"name": "db", "namespace": "dev"},
                "spec": {"type": "ClusterIP", "clusterIPs": ["None"]}}"#,
            r#"{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web-1", "namespace": "default", "labels": {"app": "web"}},
                "spec": {"containers": [{"name": "c"}]}, "status": {"phase": "Pending"}}"#,
            r#"{"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "dev"}, "status": {"phase": "Active"}}"#,
        ];
        let stored = objects.map(|json| {
            let tree = Yaml::from(
                serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON"),
            );
            let text = |path| crate::printers::fields::text(&tree, path).to_owned();
            (
                text("kind"),
                ObjectName::new(text("metadata.namespace"), text("metadata.name")),
                Arc::new(tree),
            )
        });
        let store = ObjectStore::new(
            stored
                .iter()
                .map(|(kind, name, tree)| (kind.as_str(), name.clone(), Arc::clone(tree))),
        );
        run_over(&store, line, Timestamp(0))
    }

    /// Compares both channels of a line, the second one after a line of its own.
    fn check(line: &str, wanted: Expect) {
        let Output { stdout, stderr, .. } = run(line);
        let error = if stderr.is_empty() {
            String::new()
        } else {
            format!("! {stderr}")
        };
        wanted.assert_eq(&(stdout + &error));
    }

    #[test]
    fn several_kinds_stand_in_several_tables_with_their_kinds_before_the_names() {
        check(
            "kubectl get po,svc",
            expect![[r#"
            NAME        READY   STATUS    RESTARTS   AGE
            pod/web-1   0/1     Pending   0          <unknown>

            NAME          TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
            service/web   ClusterIP   10.96.0.10   <none>        <none>    <unknown>
        "#]],
        );
    }

    #[test]
    fn all_namespaces_have_a_column_and_labels_may_have_theirs() {
        check(
            "kubectl get svc -A -L app --show-labels",
            expect![[r#"
                NAMESPACE   NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE         APP   LABELS
                default     web    ClusterIP   10.96.0.10   <none>        <none>    <unknown>   web   app=web
                dev         db     ClusterIP   None         <none>        <none>    <unknown>         <none>
            "#]],
        );
    }

    #[test]
    fn without_headers_no_free_line_is_between_tables() {
        check(
            "kubectl get po,svc --no-headers",
            expect![[r#"
                pod/web-1   0/1   Pending   0     <unknown>
                service/web   ClusterIP   10.96.0.10   <none>   <none>   <unknown>
            "#]],
        );
        check(
            "kubectl get svc --no-headers --show-kind",
            expect![[r#"
                service/web   ClusterIP   10.96.0.10   <none>   <none>   <unknown>
            "#]],
        );
    }

    #[test]
    fn only_a_table_says_that_nothing_was_found() {
        check("kubectl get po -n dev -o name", expect![""]);
        check(
            "kubectl get po -o jsonpath={.items[0].spec.nodeName}",
            expect![""],
        );
        check(
            "kubectl get svc web -o jsonpath={.spec.ports[0]}",
            expect![""],
        );
    }

    #[test]
    fn columns_of_ones_own_print_mappings_as_go_does() {
        check(
            "kubectl get po -o custom-columns=NAME:metadata.name,LABELS:{.metadata.labels},NODE:.spec.nodeName",
            expect![[r#"
                NAME    LABELS         NODE
                web-1   map[app:web]   <none>
            "#]],
        );
        check(
            "kubectl get po -o custom-columns=",
            expect!["! error: custom-columns format specified but no custom columns given\n"],
        );
    }

    #[test]
    fn names_are_printed_with_their_kind_and_group() {
        check(
            "kubectl get ns,svc -o name",
            expect!["namespace/dev\nservice/web\n"],
        );
    }

    #[test]
    fn one_object_by_name_is_printed_alone_and_several_as_a_list() {
        check(
            "kubectl get ns dev -o yaml",
            expect![[r#"
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: dev
                status:
                  phase: Active
            "#]],
        );
        check(
            "kubectl get deploy -o json",
            expect![[r#"
                {
                    "apiVersion": "v1",
                    "items": [],
                    "kind": "List",
                    "metadata": {
                        "resourceVersion": ""
                    }
                }
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_is_said_as_the_api_server_says_it() {
        check(
            "kubectl get svc nope",
            expect!["! Error from server (NotFound): services \"nope\" not found\n"],
        );
        check(
            "k get ing/x",
            expect![
                "! Error from server (NotFound): ingresses.networking.k8s.io \"x\" not found\n"
            ],
        );
        check(
            "kubectl get po -n dev",
            expect!["! No resources found in dev namespace.\n"],
        );
        check(
            "kubectl get po -A -l a=b",
            expect!["! No resources found\n"],
        );
        check(
            "kubectl get foo",
            expect!["! error: the server doesn't have a resource type \"foo\"\n"],
        );
    }

    #[test]
    fn a_selector_that_cannot_be_read_is_refused_by_the_server() {
        check(
            "kubectl get po -l 'app in'",
            expect![[
                r#"! Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "app in", field selector "": unable to parse requirement: found '' expected: '('
"#
            ]],
        );
    }

    #[test]
    fn endpoints_come_with_a_warning() {
        check(
            "kubectl get ep",
            expect![[r#"
            ! Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice
            No resources found in default namespace.
        "#]],
        );
    }

    #[test]
    fn describe_takes_the_beginning_of_a_name() {
        check(
            "kubectl describe ns de",
            expect![[r#"
                Name:         dev
                Labels:       <none>
                Annotations:  <none>
                Status:       Active

                No resource quota.

                No LimitRange resource.

            "#]],
        );
    }

    #[test]
    fn only_an_object_that_is_described_alone_comes_with_its_events() {
        let has_events = |line: &str| run(line).stdout.contains("Events:");
        assert!(has_events("kubectl describe svc web"));
        assert!(has_events("kubectl describe svc -A -l app=web"));
        assert!(has_events("kubectl describe svc -A --show-events"));
        for line in [
            "kubectl describe svc -A",
            "kubectl describe svc we",
            "kubectl describe svc web nope",
            "kubectl describe svc web --show-events=false",
        ] {
            assert!(!has_events(line), "{line}");
        }
        assert_eq!(run("kubectl describe svc/we").status, 1);
    }

    #[test]
    fn a_command_without_a_kind_is_told_what_is_missing() {
        check(
            "kubectl describe",
            expect![[r#"
            ! error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.
        "#]],
        );
        check(
            "kubectl get",
            expect![[r#"
            ! You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

            error: Required resource not specified.
            Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
            See 'kubectl get -h' for help and examples
        "#]],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_answered(words in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(vec![
                    "get", "describe", "svc", "po,svc", "all", "web", "svc/web", "-n", "-A", "-o", "yaml", "-owide", "-l",
                    "app=web", "--", "-", "--show-labels", "-L", "a/b", "/", ",", "'", "--namespace=", "-Ao",
                ]).prop_map(str::to_owned),
                "\\PC{0,6}",
            ], 0..7,
        )) {
            let Output { stdout, stderr, .. } = run_over(&ObjectStore::default(), &words.join(" "), Timestamp(0));
            proptest::prop_assert!(stdout.is_empty() || stdout.ends_with('\n'));
            proptest::prop_assert!(stderr.is_empty() || stderr.ends_with('\n'));
        }
    }
}
