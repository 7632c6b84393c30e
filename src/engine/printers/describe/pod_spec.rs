//! What a pod and a pod template have in common: volumes, tolerations, how pods are to be spread.

use super::{annotations, container, pairs};
use crate::manifest::tree::Yaml;
use crate::printers::fields::{
    at, is_true, items, labels, number, or, scalar, selector_line, text, text_or,
};
use crate::printers::table::Page;
use crate::sort;

/// The template of a workload's pods (`DescribePodTemplate`).
pub(super) fn template(page: &mut Page, template: &Yaml) {
    page.line(0, "Pod Template:");
    page.list("  Labels", &pairs(&labels(template, "metadata.labels")));
    if !labels(template, "metadata.annotations").is_empty() {
        annotations(page, "  Annotations", template);
    }
    page.field_if_set(
        "  Service Account",
        text(template, "spec.serviceAccountName"),
    );
    let init = items(template, "spec.initContainers");
    if !init.is_empty() {
        container::containers(page, "Init Containers", init, container::Of::Template);
    }
    container::containers(
        page,
        "Containers",
        items(template, "spec.containers"),
        container::Of::Template,
    );
    volumes(page, "  ", items(template, "spec.volumes"));
    spread_constraints(
        page,
        "  ",
        items(template, "spec.topologySpreadConstraints"),
    );
    page.field_if_set(
        "  Priority Class Name",
        text(template, "spec.priorityClassName"),
    );
    page.list(
        "  Node-Selectors",
        &pairs(&labels(template, "spec.nodeSelector")),
    );
    page.list(
        "  Tolerations",
        &tolerations(items(template, "spec.tolerations")),
    );
}

/// Volumes with where each comes from.
pub(super) fn volumes(page: &mut Page, space: &str, volumes: &[Yaml]) {
    if volumes.is_empty() {
        page.line(0, format!("{space}Volumes:\t<none>"));
        return;
    }
    page.line(0, format!("{space}Volumes:"));
    let indent = if space.is_empty() { "" } else { " " };
    for volume in volumes {
        page.line(1, format!("{indent}{}:", text(volume, "name")));
        match source(volume) {
            Some(lines) => lines
                .into_iter()
                .for_each(|(title, value)| page.line(2, format!("{title}:\t{value}"))),
            None => page.line(1, "<unknown>"),
        }
    }
}

type Lines = Vec<(&'static str, String)>;

/// What is said of the common kinds of volumes; nothing of the rest.
fn source(volume: &Yaml) -> Option<Lines> {
    let of = |words: &str| ("Type", words.to_owned());
    let optional = |node| ("Optional", is_true(node, "optional").to_string());
    let lines = if let Some(path) = at(volume, "hostPath") {
        let kind = text_or(
            path,
            "type",
            if at(path, "type").is_some() {
                ""
            } else {
                "<none>"
            },
        );
        let place = text(path, "path").to_owned();
        vec![
            of("HostPath (bare host directory volume)"),
            ("Path", place),
            ("HostPathType", kind.to_owned()),
        ]
    } else if let Some(empty) = at(volume, "emptyDir") {
        let (medium, limit) = (text(empty, "medium").to_owned(), scalar(empty, "sizeLimit"));
        let kind = of("EmptyDir (a temporary directory that shares a pod's lifetime)");
        vec![
            kind,
            ("Medium", medium),
            ("SizeLimit", or(&limit, "<unset>").to_owned()),
        ]
    } else if let Some(secret) = at(volume, "secret") {
        let name = text(secret, "secretName").to_owned();
        vec![
            of("Secret (a volume populated by a Secret)"),
            ("SecretName", name),
            optional(secret),
        ]
    } else if let Some(map) = at(volume, "configMap") {
        let name = text(map, "name").to_owned();
        vec![
            of("ConfigMap (a volume populated by a ConfigMap)"),
            ("Name", name),
            optional(map),
        ]
    } else {
        return remote_source(volume);
    };
    Some(lines)
}

/// The volumes whose data comes from elsewhere.
fn remote_source(volume: &Yaml) -> Option<Lines> {
    let of = |words: &str| ("Type", words.to_owned());
    let lines = if let Some(claim) = at(volume, "persistentVolumeClaim") {
        let kind = of(
            "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        );
        let read_only = is_true(claim, "readOnly").to_string();
        vec![
            kind,
            ("ClaimName", text(claim, "claimName").to_owned()),
            ("ReadOnly", read_only),
        ]
    } else if let Some(nfs) = at(volume, "nfs") {
        let (server, path) = (text(nfs, "server").to_owned(), text(nfs, "path").to_owned());
        let kind = of("NFS (an NFS mount that lasts the lifetime of a pod)");
        vec![
            kind,
            ("Server", server),
            ("Path", path),
            ("ReadOnly", is_true(nfs, "readOnly").to_string()),
        ]
    } else if let Some(projected) = at(volume, "projected") {
        let kind = of("Projected (a volume that contains injected data from multiple sources)");
        [kind]
            .into_iter()
            .chain(items(projected, "sources").iter().flat_map(projection))
            .collect()
    } else {
        return None;
    };
    Some(lines)
}

fn projection(source: &Yaml) -> Lines {
    let named = |title, node| {
        let optional = is_true(node, "optional").to_string();
        vec![
            (title, text(node, "name").to_owned()),
            ("Optional", optional),
        ]
    };
    match (
        at(source, "secret"),
        at(source, "configMap"),
        at(source, "serviceAccountToken"),
    ) {
        (Some(secret), _, _) => named("SecretName", secret),
        _ if at(source, "downwardAPI").is_some() => vec![("DownwardAPI", "true".to_owned())],
        (None, Some(map), _) => named("ConfigMapName", map),
        (None, None, Some(token)) => {
            vec![(
                "TokenExpirationSeconds",
                number(token, "expirationSeconds").to_string(),
            )]
        }
        (None, None, None) => Vec::new(),
    }
}

/// Tolerations as `key=value:effect`, by key.
pub(super) fn tolerations(tolerations: &[Yaml]) -> Vec<String> {
    let mut sorted: Vec<&Yaml> = tolerations.iter().collect();
    sort::sort_by_key(&mut sorted, |toleration| text(toleration, "key"));
    sorted.into_iter().map(toleration).collect()
}

fn toleration(toleration: &Yaml) -> String {
    let (key, value, effect) = (
        text(toleration, "key"),
        text(toleration, "value"),
        text(toleration, "effect"),
    );
    let mut words = key.to_owned();
    if !value.is_empty() {
        words += &format!("={value}");
    }
    if !effect.is_empty() {
        words += &format!(":{effect}");
    }
    if text(toleration, "operator") == "Exists" && value.is_empty() {
        words += if words.is_empty() {
            "op=Exists"
        } else {
            " op=Exists"
        };
    }
    if at(toleration, "tolerationSeconds").is_some() {
        words += &format!(" for {}s", number(toleration, "tolerationSeconds"));
    }
    words
}

/// How pods are to be spread over zones or nodes; nothing is said when they are not.
pub(super) fn spread_constraints(page: &mut Page, space: &str, constraints: &[Yaml]) {
    let mut sorted: Vec<&Yaml> = constraints.iter().collect();
    sort::sort_by_key(&mut sorted, |constraint| text(constraint, "topologyKey"));
    let lines: Vec<String> = sorted.into_iter().map(spread).collect();
    if !lines.is_empty() {
        let title = format!("{space}Topology Spread Constraints:\t");
        page.line(0, format!("{title}{}", lines.join(&format!("\n{space}\t"))));
    }
}

fn spread(constraint: &Yaml) -> String {
    let (key, otherwise) = (
        text(constraint, "topologyKey"),
        text(constraint, "whenUnsatisfiable"),
    );
    let skew = number(constraint, "maxSkew");
    let among = match at(constraint, "labelSelector") {
        Some(_) => format!(
            " for selector {}",
            selector_line(constraint, "labelSelector")
        ),
        None => String::new(),
    };
    format!("{key}:{otherwise} when max skew {skew} is exceeded{among}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toleration_says_what_it_tolerates_and_for_how_long() {
        let told = |json: &str| {
            toleration(&Yaml::from(
                serde_json::from_str::<serde_json::Value>(json).expect("JSON"),
            ))
        };
        assert_eq!(told(r#"{"operator": "Exists"}"#), "op=Exists");
        let unreachable = r#"{"key": "k", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}"#;
        assert_eq!(told(unreachable), "k:NoExecute op=Exists for 300s");
        assert_eq!(
            told(r#"{"key": "k", "value": "v", "effect": "NoSchedule"}"#),
            "k=v:NoSchedule"
        );
    }
}
