//! `v1 Pod`.

use std::sync::Arc;

use super::spec::{KindSpec, ReportedState};
use crate::api_resources::built_in;
use crate::apiserver::{app_armor, defaulting, validation, warnings};
use crate::manifest::deserializer::typed;
use crate::printers::{describe, get};

/// `v1 Pod`.
pub(super) static SPEC: KindSpec = KindSpec {
    fill_defaults: defaulting::pod::fill,
    prepare: |pod| {
        defaulting::label_keys::merge(pod);
        app_armor::sync(pod)
    },
    validate: validation::pod::errors,
    validate_create: validation::pod::create_errors,
    validate_update: validation::pod_update::errors,
    warnings: warnings::pod::of_pod,
    add_to_cluster: |cluster, name, tree| {
        let pod = typed(name, tree).map(|(name, pod)| (name, Arc::new(pod)));
        cluster.pods.extend(pod);
    },
    pod_path: Some(&[]),
    reported_state: ReportedState::Cluster,
    columns: &get::pod::POD,
    describe: |item, context| {
        describe::page(item, context, |page| {
            describe::pod::pod(page, &item.tree, context)
        })
    },
    ..KindSpec::new(built_in("", "Pod"), "v1")
};
