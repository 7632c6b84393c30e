//! `kubectl api-resources`.

use super::super::Output;
use super::command::{Arguments, Refusal};
use super::console::Snapshot;
use super::flags::{Flag, Flags, NAMESPACE_ONLY, NotRead, ignored_switch, switch, text_value};
use super::resource_args::error;
use crate::api_resources::{RESOURCES, Resource, Scope};
use crate::printers::table::table;
use crate::sort;

/// The flags of `api-resources`.
#[derive(Default)]
pub(super) struct ApiResourcesFlags {
    /// `--api-group`; the core group is empty.
    group: Option<String>,
    /// `--namespaced`, if it is written.
    is_namespaced: Option<bool>,
    no_headers: bool,
    output: Option<String>,
    /// `--sort-by`: `name` or `kind`.
    ordered_by: Option<String>,
}

impl Flags for ApiResourcesFlags {
    const COMMON: &'static [Flag<Arguments>] = NAMESPACE_ONLY;

    const OWN: &'static [Flag<Self>] = &[
        text_value(None, "api-group", |flags| &mut flags.group),
        switch(None, "namespaced", |flags, is_on| {
            flags.is_namespaced = Some(is_on);
        }),
        switch(None, "no-headers", |flags, is_on| {
            flags.no_headers = is_on;
        }),
        text_value(Some('o'), "output", |flags| &mut flags.output),
        text_value(None, "sort-by", |flags| &mut flags.ordered_by),
        ignored_switch(None, "cached"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        (None, "categories"),
        (None, "show-managed-fields"),
        (None, "verbs"),
    ];
}

/// `kubectl api-resources`: by group and name, unless `--sort-by` says otherwise.
pub(super) fn api_resources(
    _: Snapshot<'_>,
    arguments: &Arguments,
    flags: &ApiResourcesFlags,
) -> Result<Output, Refusal> {
    if !arguments.words.is_empty() {
        return Err(error(&format!(
            "unexpected arguments: [{}]\nSee 'kubectl api-resources -h' for help and examples",
            arguments.words.join(" ")
        )));
    }
    let is_wanted = |resource: &&Resource| {
        let is_namespaced = resource.scope == Scope::Namespace;
        flags.group.as_ref().is_none_or(|own| resource.group == own)
            && flags.is_namespaced.is_none_or(|own| is_namespaced == own)
    };
    let mut resources: Vec<&Resource> = RESOURCES.iter().filter(is_wanted).collect();
    match flags.ordered_by.as_deref() {
        None | Some("") => {
            sort::sort_by_key(&mut resources, |own| (own.group, own.plural));
        }
        Some("name") => sort::sort_by_key(&mut resources, |own| own.plural),
        Some("kind") => sort::sort_by_key(&mut resources, |own| own.kind),
        Some(_) => return Err(error("--sort-by accepts only name or kind")),
    }
    match flags.output.as_deref() {
        None | Some("") => Ok(Output::answer(resource_table(
            &resources,
            !flags.no_headers,
        ))),
        Some("name") => {
            let names = resources.iter().map(|own| format!("{own}\n"));
            Ok(Output::answer(names.collect::<String>()))
        }
        Some(other) => Err(error(&format!(
            "kubehop does not print api-resources as {other}: here are -o name and the table"
        ))),
    }
}

fn resource_table(resources: &[&Resource], has_header: bool) -> String {
    let header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"];
    let row = |resource: &&Resource| {
        vec![
            resource.plural.to_owned(),
            resource.short.join(","),
            resource.api_version(),
            (resource.scope == Scope::Namespace).to_string(),
            resource.kind.to_owned(),
        ]
    };
    let header = has_header.then(|| header.map(str::to_owned).to_vec());
    let rows = header.into_iter().chain(resources.iter().map(row));
    table(&rows.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::run_over;
    use crate::printers::age::Timestamp;
    use crate::printers::store::ObjectStore;

    fn check(line: &str, wanted: Expect) {
        let output = run_over(&ObjectStore::default(), line, Timestamp(0));
        wanted.assert_eq(&(output.stdout + &output.stderr));
    }

    #[test]
    fn kinds_are_listed_by_group_and_name() {
        check(
            "kubectl api-resources --api-group=policy",
            expect![[r#"
                NAME                   SHORTNAMES   APIVERSION   NAMESPACED   KIND
                poddisruptionbudgets   pdb          policy/v1    true         PodDisruptionBudget
            "#]],
        );
        check(
            "kubectl api-resources --api-group=networking.k8s.io --namespaced=false -o name",
            expect![[r#"
                ingressclasses.networking.k8s.io
                ipaddresses.networking.k8s.io
                servicecidrs.networking.k8s.io
            "#]],
        );
        check(
            "kubectl api-resources --sort-by=group",
            expect!["error: --sort-by accepts only name or kind\n"],
        );
    }
}
