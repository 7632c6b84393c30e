//! What people call kinds on the command line: `svc`, `service`, `services`, `Service`, `deployments.apps`.
//!
//! The table is what `kubectl api-resources` of Kubernetes 1.36 lists of the kinds people meet around networking.

use std::fmt;

/// A kind as the API serves it.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name in URLs: `services`.
    pub plural: &'static str,
    /// One of them: `service`.
    pub singular: &'static str,
    /// `svc`.
    pub short: &'static [&'static str],
    /// `Service`.
    pub kind: &'static str,
    /// The API group, empty for the core one.
    pub group: &'static str,
    /// The version kubectl asks for.
    pub version: &'static str,
    /// Where its objects live.
    pub scope: Scope,
}

/// Where the objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In a namespace.
    Namespace,
    /// Beside the namespaces.
    Cluster,
}

/// The kinds `all` stands for, in the order they are printed (their category in the API).
const ALL: [&str; 9] = [
    "Pod",
    "ReplicationController",
    "Service",
    "DaemonSet",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "CronJob",
    "Job",
];

/// The kinds kubectl knows here.
pub const RESOURCES: &[Resource] = &[
    core(
        "configmaps",
        "configmap",
        &["cm"],
        "ConfigMap",
        Scope::Namespace,
    ),
    core(
        "endpoints",
        "endpoints",
        &["ep"],
        "Endpoints",
        Scope::Namespace,
    ),
    core("events", "event", &["ev"], "Event", Scope::Namespace),
    core(
        "namespaces",
        "namespace",
        &["ns"],
        "Namespace",
        Scope::Cluster,
    ),
    core("nodes", "node", &["no"], "Node", Scope::Cluster),
    core(
        "persistentvolumeclaims",
        "persistentvolumeclaim",
        &["pvc"],
        "PersistentVolumeClaim",
        Scope::Namespace,
    ),
    core(
        "persistentvolumes",
        "persistentvolume",
        &["pv"],
        "PersistentVolume",
        Scope::Cluster,
    ),
    core("pods", "pod", &["po"], "Pod", Scope::Namespace),
    core(
        "replicationcontrollers",
        "replicationcontroller",
        &["rc"],
        "ReplicationController",
        Scope::Namespace,
    ),
    core("secrets", "secret", &[], "Secret", Scope::Namespace),
    core(
        "serviceaccounts",
        "serviceaccount",
        &["sa"],
        "ServiceAccount",
        Scope::Namespace,
    ),
    core("services", "service", &["svc"], "Service", Scope::Namespace),
    of(
        "apps",
        "daemonsets",
        "daemonset",
        &["ds"],
        "DaemonSet",
        Scope::Namespace,
    ),
    of(
        "apps",
        "deployments",
        "deployment",
        &["deploy"],
        "Deployment",
        Scope::Namespace,
    ),
    of(
        "apps",
        "replicasets",
        "replicaset",
        &["rs"],
        "ReplicaSet",
        Scope::Namespace,
    ),
    of(
        "apps",
        "statefulsets",
        "statefulset",
        &["sts"],
        "StatefulSet",
        Scope::Namespace,
    ),
    of(
        "batch",
        "cronjobs",
        "cronjob",
        &["cj"],
        "CronJob",
        Scope::Namespace,
    ),
    of("batch", "jobs", "job", &[], "Job", Scope::Namespace),
    of(
        "discovery.k8s.io",
        "endpointslices",
        "endpointslice",
        &[],
        "EndpointSlice",
        Scope::Namespace,
    ),
    of(
        "networking.k8s.io",
        "ingressclasses",
        "ingressclass",
        &[],
        "IngressClass",
        Scope::Cluster,
    ),
    of(
        "networking.k8s.io",
        "ingresses",
        "ingress",
        &["ing"],
        "Ingress",
        Scope::Namespace,
    ),
    of(
        "networking.k8s.io",
        "networkpolicies",
        "networkpolicy",
        &["netpol"],
        "NetworkPolicy",
        Scope::Namespace,
    ),
];

const fn core(
    plural: &'static str,
    singular: &'static str,
    short: &'static [&'static str],
    kind: &'static str,
    scope: Scope,
) -> Resource {
    of("", plural, singular, short, kind, scope)
}

const fn of(
    group: &'static str,
    plural: &'static str,
    singular: &'static str,
    short: &'static [&'static str],
    kind: &'static str,
    scope: Scope,
) -> Resource {
    Resource {
        plural,
        singular,
        short,
        kind,
        group,
        version: "v1",
        scope,
    }
}

/// The resources of a word of the command line, of which only `all` means several; none for an unknown word.
pub fn named(word: &str) -> Vec<&'static Resource> {
    match word {
        "all" => ALL.into_iter().filter_map(of_kind).collect(),
        word => RESOURCES
            .iter()
            .find(|resource| resource.is_called(word))
            .into_iter()
            .collect(),
    }
}

/// The resource of a kind.
pub fn of_kind(kind: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.kind == kind)
}

impl Resource {
    /// Whether a word means it; capitals do not matter, and the group (and version) may be named.
    fn is_called(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let (name, group) = word.split_once('.').unwrap_or((&word, ""));
        let is_group = group.is_empty()
            || group == self.group
            || group == self.version && self.group.is_empty()
            || group
                .strip_prefix(self.version)
                .and_then(|rest| rest.strip_prefix('.'))
                == Some(self.group);
        is_group && (name == self.plural || name == self.singular || self.short.contains(&name))
    }

    /// `apps/v1, Resource=deployments`, as messages name what was asked for.
    pub fn versioned(&self) -> String {
        let slash = if self.group.is_empty() {
            "/"
        } else {
            &format!("{}/", self.group)
        };
        format!("{slash}{}, Resource={}", self.version, self.plural)
    }

    /// `deployment.apps`, as it stands before a name.
    pub fn prefix(&self) -> String {
        with_group(self.singular, self.group)
    }
}

/// `deployments.apps`, as errors name it.
impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_group(self.plural, self.group))
    }
}

fn with_group(name: &str, group: &str) -> String {
    if group.is_empty() {
        name.to_owned()
    } else {
        format!("{name}.{group}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_answers_to_all_its_names() {
        for word in ["svc", "service", "Services", "services.v1"] {
            assert_eq!(
                named(word).first().map(|resource| resource.kind),
                Some("Service"),
                "{word}"
            );
        }
        for word in ["deploy", "deployment.apps", "deployments.v1.apps"] {
            assert_eq!(
                named(word).first().map(|resource| resource.kind),
                Some("Deployment"),
                "{word}"
            );
        }
        assert_eq!(named("services.apps"), Vec::<&Resource>::new());
    }

    #[test]
    fn the_group_follows_the_name_unless_it_is_the_core_one() {
        let shown = |word| {
            named(word)
                .first()
                .map(|resource| (resource.to_string(), resource.prefix()))
        };
        assert_eq!(shown("svc"), Some(("services".into(), "service".into())));
        assert_eq!(
            shown("ing"),
            Some((
                "ingresses.networking.k8s.io".into(),
                "ingress.networking.k8s.io".into()
            ))
        );
    }

    #[test]
    fn all_means_several() {
        assert_eq!(named("all").len(), ALL.len());
    }
}
