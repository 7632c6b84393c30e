//! `networking.k8s.io/v1 Ingress`.

mod former;

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::{defaulting, validation, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `networking.k8s.io/v1 Ingress`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::ingress,
    validate: validation::ingress::errors,
    validate_create: validation::ingress::two_classes,
    warnings: warnings::ingress,
    former_field: former::repair,
    add_to_cluster: |cluster, name, tree| cluster.ingresses.extend(typed(name, tree)),
    columns: &get::ingress::INGRESS,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::ingress::ingress(page, &item.tree, context)
        })
    },
    ..KindSpec::new(
        built_in("networking.k8s.io", "Ingress"),
        "networking.k8s.io/v1",
    )
};
