//! The claim of a generic ephemeral volume, as `kubectl describe pod` prints it
//! (`kubectl/pkg/describe/describe.go` `printPersistentVolumeClaim`).

use super::pairs;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, labels, text, text_or};
use crate::printers::table::Page;

/// The claim's template below its volume. Values that kubectl writes with a line of their own are indented once more
/// (`nestedPrefixWriter`).
pub(super) fn template_of_volume(page: &mut Page, volume: &Yaml) {
    let Some(claim) = at(volume, "volumeClaimTemplate") else {
        return;
    };
    page.line(2, format!("StorageClass:\t{}", class(claim)));
    let volume = text(claim, "spec.volumeName");
    page.line(2, format!("Volume:\t{volume}"));
    nested(page, "Labels", &pairs(&labels(claim, "metadata.labels")));
    let annotations = labels(claim, "metadata.annotations");
    let annotations: Vec<String> = annotations
        .iter()
        .map(|(k, v)| format!("{k}: {v}"))
        .collect();
    nested(page, "Annotations", &annotations);
    let capacity = if volume.is_empty() { "" } else { "0" };
    page.line(2, format!("Capacity:\t{capacity}"));
    page.line(2, "Access Modes:\t");
    let mode = text_or(claim, "spec.volumeMode", "Filesystem");
    page.line(2, format!("VolumeMode:\t{mode}"));
    if let Some(source) = at(claim, "spec.dataSource") {
        page.line(2, "DataSource:");
        if at(source, "apiGroup").is_some() {
            page.line(3, format!("APIGroup:\t{}", text(source, "apiGroup")));
        }
        page.line(3, format!("Kind:\t{}", text(source, "kind")));
        page.line(3, format!("Name:\t{}", text(source, "name")));
    }
}

/// The class of a claim: that of the old annotation, or that of its spec (`storageutil.GetPersistentVolumeClaimClass`).
pub(crate) fn class(claim: &Yaml) -> String {
    const ANNOTATION: &str = "volume.beta.kubernetes.io/storage-class";
    match labels(claim, "metadata.annotations").get(ANNOTATION) {
        Some(class) => class.to_string(),
        None => text(claim, "spec.storageClassName").to_owned(),
    }
}

fn nested(page: &mut Page, title: &str, values: &[String]) {
    let values = match values {
        [] => "<none>".to_owned(),
        values => values.join("\n        \t    "),
    };
    page.line(2, format!("{title}:\t    {values}"));
}
