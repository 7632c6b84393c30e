//! `v1 Namespace`.

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation};
use crate::printers::fields::labels;
use crate::printers::{describe, get};
use crate::syntax::is_dns1123_label;

/// `v1 Namespace`.
pub(super) static SPEC: KindSpec = KindSpec {
    has_generation: false,
    name_errors: is_dns1123_label,
    fill_defaults: defaulting::namespace,
    validate: |it| validation::metadata::namespace_finalizers(&it.at(&["spec", "finalizers"])),
    add_to_cluster: |cluster, name, tree| {
        cluster.add_namespace(name.name, labels(tree, "metadata.labels"));
    },
    reported_state: ReportedState::NamespacePhase,
    columns: &get::cluster::NAMESPACE,
    describe: |item, context| describe::namespace::namespace(&item.tree, context),
    ..KindSpec::new(built_in("", "Namespace"), "v1")
};
