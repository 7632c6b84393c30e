//! A ConfigMap, Secret, claim or ServiceAccount that a pod needs and the text does not have, although it has others of the
//! kind. The kubelet starts no container before the first three exist (kubernetes `pkg/kubelet/kuberuntime`,
//! `CreateContainerConfigError`; a volume stays unmounted); without its ServiceAccount the API server creates no pod at all
//! (`plugin/pkg/admission/serviceaccount/admission.go`). A text without any of the kind is a part of a cluster's manifests
//! and says nothing.

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, Fix, PodFault};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted;
use crate::network::Network;
use crate::resolve::{NotModelled, Resolved, Stored, template_path};
use crate::syntax::typo_distance;
use crate::trace::Trace;

/// The controllers write them into every namespace.
const ALWAYS_THERE: [(&str, &str); 2] = [
    ("ConfigMap", "kube-root-ca.crt"),
    (SERVICE_ACCOUNT, "default"),
];

const SERVICE_ACCOUNT: &str = "ServiceAccount";

/// A reference of a pod's spec.
struct Reference<'a> {
    kind: &'static str,
    name: &'a str,
    /// The field of the name, below `spec`.
    field: String,
}

/// Every workload and pod that needs an object whose name is nearly that of another one.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let objects = survey.resolved.objects.iter();
    let causes = objects.filter_map(|stored| {
        let path = path_of_spec(stored.kind)?;
        of_template(survey.resolved, stored, &path)
    });
    let is_sure = |cause: &Cause| match &cause.fault {
        Fault::Pod(
            PodFault::NeededObjectMissing { meant, .. } | PodFault::AccountMissing { meant, .. },
        ) => !meant.is_empty(),
        _ => false,
    };
    causes.filter(is_sure).collect()
}

/// What the pod that answered needs and the text does not have.
pub(super) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let resolved = &network.resolved;
    let pod: &Pod = network.cluster().pod(trace.answered_by()?)?;
    let own = resolved.get(Kind::Pod, &pod.id());
    let stored = own.or_else(|| resolved.workload_of(&pod.id()))?;
    of_template(resolved, stored, &path_of_spec(stored.kind)?)
}

/// Where an object of a kind has the spec of its pods; `None` if it makes none.
fn path_of_spec(kind: Kind) -> Option<Vec<&'static str>> {
    match kind {
        Kind::Pod => Some(vec!["spec"]),
        Kind::Deployment
        | Kind::ReplicaSet
        | Kind::ReplicationController
        | Kind::StatefulSet
        | Kind::DaemonSet
        | Kind::Job
        | Kind::CronJob => Some([template_path(kind), &["spec"]].concat()),
        _ => None,
    }
}

/// The first reference of a pod's spec that leads nowhere. Pods with a live status run, whatever the text lacks.
fn of_template(resolved: &Resolved, stored: &Stored, path: &[&str]) -> Option<Cause> {
    stored.written?;
    if stored
        .tree
        .get("status")
        .is_some_and(|status| status.get("conditions").is_some())
    {
        return None;
    }
    let spec = stored.tree.at(path)?;
    let namespace = stored.name.namespace.as_str();
    let missing = references(spec).into_iter().find(|reference| {
        let own = of_kind(resolved, reference.kind)
            .any(|it| it.name.name == reference.name && it.namespace() == namespace);
        let is_made = ALWAYS_THERE.contains(&(reference.kind, reference.name));
        !own && !is_made && is_told(resolved, reference, namespace)
    })?;
    let others = || of_kind(resolved, missing.kind);
    let near = others().filter(|own| own.namespace() == namespace);
    let near = near.filter_map(|own| Some((typo_distance(missing.name, &own.name.name)?, own)));
    let meant = near
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, own)| own.name.name.as_str());
    let elsewhere = others()
        .find(|own| own.name.name == missing.name)
        .map(NotModelled::namespace);
    let field = format!("{}.{}", path.join("."), missing.field);
    let evidence = Evidence::of(stored, &field);
    let fix = meant.zip(evidence.span).map(|(meant, span)| Fix {
        span,
        text: quoted(meant),
    });
    let owner = format!("{} {}", stored.kind.name(), stored.name.name);
    let name = missing.name.to_owned();
    let namespace = namespace.to_owned();
    let meant = meant.unwrap_or_default().to_owned();
    let elsewhere = elsewhere.unwrap_or_default().to_owned();
    let fault = Fault::Pod(match missing.kind {
        SERVICE_ACCOUNT => PodFault::AccountMissing {
            owner,
            is_pod: stored.kind == Kind::Pod,
            name,
            namespace,
            meant,
            elsewhere,
        },
        kind => PodFault::NeededObjectMissing {
            owner,
            kind: kind.to_owned(),
            name,
            namespace,
            meant,
            elsewhere,
        },
    });
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

/// Whether the text has objects of the kind in the namespace, or one of the name elsewhere.
fn is_told(resolved: &Resolved, reference: &Reference, namespace: &str) -> bool {
    of_kind(resolved, reference.kind)
        .any(|own| own.name.name == reference.name || own.namespace() == namespace)
}

fn of_kind<'a>(resolved: &'a Resolved, kind: &'a str) -> impl Iterator<Item = &'a NotModelled> {
    let objects = resolved.not_modelled.iter();
    objects.filter(move |own| own.kind == kind && own.api_version == "v1")
}

/// The ServiceAccount of a pod's spec; `serviceAccount` is its old name.
fn account(spec: &Yaml) -> Option<Reference<'_>> {
    let mut fields = ["serviceAccountName", "serviceAccount"].into_iter();
    fields.find_map(|field| {
        let name = spec.get(field)?.as_str().filter(|name| !name.is_empty())?;
        Some(Reference {
            kind: SERVICE_ACCOUNT,
            name,
            field: field.to_owned(),
        })
    })
}

/// What a pod's spec, its containers and its volumes refer to and cannot do without.
fn references(spec: &Yaml) -> Vec<Reference<'_>> {
    let mut found: Vec<Reference> = account(spec).into_iter().collect();
    for list in ["initContainers", "containers"] {
        for (index, container) in items(spec, list) {
            for (source, written) in items(container, "envFrom") {
                let place = format!("{list}[{index}].envFrom[{source}]");
                found.extend(reference(written, "configMapRef", "name", &place));
                found.extend(reference(written, "secretRef", "name", &place));
            }
            for (variable, written) in items(container, "env") {
                let Some(from) = written.get("valueFrom") else {
                    continue;
                };
                let place = format!("{list}[{index}].env[{variable}].valueFrom");
                found.extend(reference(from, "configMapKeyRef", "name", &place));
                found.extend(reference(from, "secretKeyRef", "name", &place));
            }
        }
    }
    for (index, volume) in items(spec, "volumes") {
        let place = format!("volumes[{index}]");
        found.extend(reference(volume, "configMap", "name", &place));
        found.extend(reference(volume, "secret", "secretName", &place));
        found.extend(reference(
            volume,
            "persistentVolumeClaim",
            "claimName",
            &place,
        ));
        let Some(projected) = volume.get("projected") else {
            continue;
        };
        for (source, written) in items(projected, "sources") {
            let place = format!("{place}.projected.sources[{source}]");
            found.extend(reference(written, "configMap", "name", &place));
            found.extend(reference(written, "secret", "name", &place));
        }
    }
    found
}

/// The reference in a field; `None` if it is not there or optional.
fn reference<'a>(holder: &'a Yaml, field: &str, key: &str, place: &str) -> Option<Reference<'a>> {
    let written = holder.get(field)?;
    let optional = written.get("optional").map(|own| &own.value);
    let YamlValue::String(name) = &written.get(key)?.value else {
        return None;
    };
    let kind = match field {
        "persistentVolumeClaim" => "PersistentVolumeClaim",
        field if field.starts_with("secret") => "Secret",
        _ => "ConfigMap",
    };
    (optional != Some(&YamlValue::Bool(true))).then(|| Reference {
        kind,
        name,
        field: format!("{place}.{field}.{key}"),
    })
}

fn items<'a>(holder: &'a Yaml, key: &str) -> impl Iterator<Item = (usize, &'a Yaml)> {
    let list = holder.get(key).map_or(&[][..], Yaml::items);
    list.iter().enumerate()
}
