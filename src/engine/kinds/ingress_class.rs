//! `networking.k8s.io/v1 IngressClass`.

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, validation::update};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `networking.k8s.io/v1 IngressClass`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::ingress_class,
    validate: validation::ingress_class::errors,
    validate_update: |new, old| update::unchanged(new, old, &["spec", "controller"]),
    tells_update_first: true,
    add_to_cluster: |cluster, name, tree| {
        cluster.ingress_classes.extend(typed(name.name, tree));
    },
    columns: &get::ingress::INGRESS_CLASS,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::ingress::class(page, &item.tree)
        })
    },
    ..KindSpec::new(
        built_in("networking.k8s.io", "IngressClass"),
        "networking.k8s.io/v1",
    )
};
