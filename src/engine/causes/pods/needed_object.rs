//! A ConfigMap, Secret, claim, ServiceAccount or PriorityClass that a pod needs and the text does not have. The kubelet starts no
//! container before the first three exist (kubernetes `pkg/kubelet/kuberuntime`, `CreateContainerConfigError`; a volume
//! stays unmounted); without the other two the API server creates no pod at all
//! (`plugin/pkg/admission/{serviceaccount,priority}/admission.go`). A text that has others of the kind has most likely a
//! mistake. A text without any is a part of a cluster's manifests: Problems say nothing, and an answer says on what it
//! depends.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, Fix, PodFault};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted;
use crate::network::Network;
use crate::resolve::{NotModelled, Resolved, Stored};
use crate::syntax::typo_distance;
use crate::trace::Trace;

/// The controllers write them into every namespace.
const ALWAYS_THERE: [(&str, &str); 2] = [
    ("ConfigMap", "kube-root-ca.crt"),
    (SERVICE_ACCOUNT, "default"),
];

const SERVICE_ACCOUNT: &str = "ServiceAccount";
const PRIORITY_CLASS: &str = "PriorityClass";

/// A reference of a pod's spec.
struct Reference<'a> {
    kind: &'static str,
    name: &'a str,
    /// The field of the name, below `spec`.
    field: String,
}

/// Every workload and pod that needs an object whose name is nearly that of another one.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
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
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let resolved = &network.resolved;
    let pod: &Pod = network.cluster().pod(trace.answered_by()?)?;
    let own = resolved.get(Kind::Pod, &pod.id());
    let stored = own.or_else(|| resolved.workload_of(&pod.id()))?;
    let path = path_of_spec(stored.kind)?;
    of_template(resolved, stored, &path).or_else(|| taken_for_granted(resolved, stored, &path))
}

/// The objects that a pod needs where the text has none of their kind in its namespace: it is taken for granted that
/// they exist.
fn taken_for_granted(resolved: &Resolved, stored: &Stored, path: &[&str]) -> Option<Cause> {
    let missing = missing(resolved, stored, path)?;
    let first = missing.first()?;
    let mut objects: Vec<String> = Vec::new();
    for own in &missing {
        let printed = format!("{} {}", own.kind, own.name);
        if !objects.contains(&printed) {
            objects.push(printed);
        }
    }
    let is_of_api_server = |own: &Reference| [SERVICE_ACCOUNT, PRIORITY_CLASS].contains(&own.kind);
    let fault = Fault::Pod(PodFault::ObjectsTakenForGranted {
        owner: format!("{} {}", stored.kind.name(), stored.name.name),
        objects: objects.join(", "),
        refuses: missing.iter().any(is_of_api_server),
        waits: !missing.iter().all(is_of_api_server),
    });
    let evidence = Evidence::of(stored, &format!("{}.{}", path.join("."), first.field));
    Some(Cause::likely(fault, vec![evidence]).possible())
}

/// Where an object of a kind has the spec of its pods; `None` if it makes none.
pub(super) fn path_of_spec(kind: Kind) -> Option<Vec<&'static str>> {
    Some([kind.pod_path()?, &["spec"]].concat())
}

/// Whether an object was taken from a cluster where it ran.
pub(super) fn has_live_status(stored: &Stored) -> bool {
    let status = stored.tree.get("status");
    status.is_some_and(|status| status.get("conditions").is_some())
}

/// The references of a pod's spec that lead nowhere. Pods with a live status run, whatever the text lacks.
fn missing<'a>(
    resolved: &Resolved,
    stored: &'a Stored,
    path: &[&str],
) -> Option<Vec<Reference<'a>>> {
    stored.written?;
    if has_live_status(stored) {
        return None;
    }
    let namespace = stored.name.namespace.as_str();
    let mut references = references(stored.tree.at(path)?);
    references.retain(|reference| {
        let (kind, name) = (reference.kind, reference.name);
        let classes = &resolved.cluster.priority_classes;
        let is_there = if kind == PRIORITY_CLASS {
            name.starts_with("system-") || classes.contains_key(name)
        } else {
            of_kind(resolved, kind).any(|it| it.name.name == name && it.namespace() == namespace)
        };
        !is_there && !ALWAYS_THERE.contains(&(kind, name))
    });
    Some(references)
}

/// The first of them that is likely to be a mistake.
fn of_template(resolved: &Resolved, stored: &Stored, path: &[&str]) -> Option<Cause> {
    let namespace = stored.name.namespace.as_str();
    let missing = missing(resolved, stored, path)?.into_iter();
    let mut told = missing.filter(|reference| is_told(resolved, reference, namespace));
    let missing = told.next()?;
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

/// The objects of a kind of the core group that is not modelled.
pub(super) fn of_kind<'a>(
    resolved: &'a Resolved,
    kind: &'a str,
) -> impl Iterator<Item = &'a NotModelled> {
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

/// The PriorityClass of a pod's spec.
fn priority_class(spec: &Yaml) -> Option<Reference<'_>> {
    let field = "priorityClassName";
    let name = spec.get(field)?.as_str().filter(|name| !name.is_empty())?;
    Some(Reference {
        kind: PRIORITY_CLASS,
        name,
        field: field.to_owned(),
    })
}

/// What a pod's spec, its containers and its volumes refer to and cannot do without.
fn references(spec: &Yaml) -> Vec<Reference<'_>> {
    let found = account(spec).into_iter().chain(priority_class(spec));
    let mut found: Vec<Reference> = found.collect();
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

/// The items of a list, with their positions; none if there is no list.
pub(super) fn items<'a>(holder: &'a Yaml, key: &str) -> impl Iterator<Item = (usize, &'a Yaml)> {
    let list = holder.get(key).map_or(&[][..], Yaml::items);
    list.iter().enumerate()
}
