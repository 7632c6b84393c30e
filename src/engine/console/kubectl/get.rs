//! `kubectl get`.

use super::super::{Act, Output, Watch};
use super::command::{Arguments, Refusal};
use super::console::{Snapshot, warnings};
use super::fields::sort_found;
use super::flags::{
    COMMON_AND_FIELD_SELECTOR, FILENAME, Flag, Flags, KUSTOMIZE, NotRead, RECURSIVE,
    ignored_switch, ignored_value, switch, text_value, value,
};
use super::look_up::{look_up, namespace_of};
use super::print::{self, Format};
use super::resource_args::{RequestedResource, error, wanted};
use crate::api_resources::Scope;

/// The flags of `get`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct GetFlags {
    /// `-o`, as written.
    pub output: String,
    /// `--show-labels`.
    pub show_labels: bool,
    /// `-L`: labels with a column of their own.
    pub label_columns: Vec<String>,
    /// `--no-headers`.
    pub no_headers: bool,
    /// `-w`.
    pub watch: bool,
    /// `--sort-by`: the path of a field.
    pub ordered_by: Option<String>,
    /// `--ignore-not-found`.
    pub ignore_not_found: bool,
    /// `--show-kind`.
    pub show_kind: bool,
}

impl Flags for GetFlags {
    const COMMON: &'static [Flag<Arguments>] = COMMON_AND_FIELD_SELECTOR;

    const OWN: &'static [Flag<Self>] = &[
        value(Some('o'), "output", |flags, output| {
            flags.output = output.to_owned();
        }),
        switch(None, "show-labels", |flags, is_on| {
            flags.show_labels = is_on;
        }),
        value(Some('L'), "label-columns", |flags, labels| {
            let labels = labels.split(',').map(str::to_owned);
            flags.label_columns.extend(labels);
        }),
        switch(Some('w'), "watch", |flags, is_on| flags.watch = is_on),
        text_value(None, "sort-by", |flags| &mut flags.ordered_by),
        switch(None, "no-headers", |flags, is_on| {
            flags.no_headers = is_on;
        }),
        switch(None, "ignore-not-found", |flags, is_on| {
            flags.ignore_not_found = is_on;
        }),
        switch(None, "show-kind", |flags, is_on| {
            flags.show_kind = is_on;
        }),
        ignored_value(None, "chunk-size"),
        ignored_switch(None, "show-managed-fields"),
    ];

    const NOT_READ: &'static [NotRead] = &[
        FILENAME,
        KUSTOMIZE,
        RECURSIVE,
        (None, "allow-missing-template-keys"),
        (None, "output-watch-events"),
        (None, "raw"),
        (None, "server-print"),
        (None, "subresource"),
        (None, "template"),
        (None, "watch-only"),
    ];
}

/// `kubectl get`.
pub(super) fn get(
    Snapshot { store, now }: Snapshot<'_>,
    arguments: &Arguments,
    flags: &GetFlags,
) -> Result<Output, Refusal> {
    let wanted = wanted(arguments, "get")?;
    let is_of_one_kind = wanted.windows(2).all(|pair| pair[0].0 == pair[1].0);
    if flags.watch && !is_of_one_kind {
        return Err(error(
            "watch is only supported on individual resources and resource collections - more than 1 resource was found",
        ));
    }
    let format = Format::of(arguments, flags)?;
    let is_single = matches!(wanted.as_slice(), [(_, Some(_))]);
    let mut answer = look_up(store, arguments, &wanted)?;
    if let Some(path) = &flags.ordered_by {
        sort_found(&mut answer.found, path)?;
    }
    if flags.ignore_not_found {
        answer.missing.clear();
    }
    let rows = match &format {
        Format::Table(columns) if flags.watch => print::rows(&answer.found, columns, now),
        _ => Vec::new(),
    };
    let is_table = matches!(format, Format::Table(_));
    // An object that is missing is no list; several that are missing are an empty one.
    let stdout = if answer.is_nothing() && (is_single || flags.ignore_not_found) {
        String::new()
    } else {
        match format {
            Format::Table(columns) => print::tables(&answer.found, &columns, now),
            Format::Name => print::names(&answer.found),
            Format::Json => print::json(&answer.found, is_single),
            Format::Yaml => print::yaml(&answer.found, is_single),
            Format::JsonPath(template) => {
                template.print(&print::objects(&answer.found, is_single))?
            }
            Format::CustomColumns(columns) => columns.print(&answer.found, !flags.no_headers)?,
        }
    };
    let mut output = Output::noted(warnings(&wanted), stdout);
    output.stderr += &answer.errors();
    let says_nothing = is_table && output.stdout.is_empty() && answer.missing.is_empty();
    if says_nothing && !flags.ignore_not_found {
        output.stderr += &no_resources(arguments, &wanted);
    }
    output.status = answer.status();
    output.rows = rows;
    if flags.watch && output.status == 0 {
        output.stderr += "kubehop: rows follow when something changes them; Ctrl+C ends that, and so does another -w\n";
        output.acts.push(Act::Watch(Watch::new("", &[], "")));
    }
    Ok(output)
}

fn no_resources(arguments: &Arguments, wanted: &[RequestedResource]) -> String {
    let is_of_namespace = wanted
        .iter()
        .all(|(resource, _)| resource.scope == Scope::Namespace);
    if is_of_namespace && !arguments.all_namespaces {
        format!(
            "No resources found in {} namespace.\n",
            namespace_of(arguments)
        )
    } else {
        "No resources found\n".to_owned()
    }
}
