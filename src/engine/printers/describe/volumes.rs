//! The volumes of a pod, as `kubectl describe` prints them (`kubectl/pkg/describe/describe.go` `describeVolumes`).
//!
//! Most kinds of volumes are printed as a list of their fields, one line each (`volume_sources.rs`). The others have a
//! function.

use smol_str::SmolStr;

use super::volume_sources::SOURCES;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{
    at, is_true, items, labels, number, or, scalar, text, text_or, texts,
};
use crate::printers::table::Page;
use crate::quantity::Quantity;

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
        let known = SOURCES
            .iter()
            .find_map(|source| Some((source, at(volume, source.field)?)));
        match known {
            Some((source, node)) => self::source(page, source, node),
            None => page.line(1, "<unknown>"),
        }
    }
}

/// A kind of volumes.
pub(super) struct Source {
    /// Its field in the volume.
    pub(super) field: &'static str,
    /// Its description in the first line.
    pub(super) kind: &'static str,
    /// The lines below.
    pub(super) lines: &'static [Line],
    /// What follows them.
    pub(super) rest: fn(&mut Page, &Yaml),
}

/// A line: its title with the separator, the field, and how its value is printed.
pub(super) type Line = (&'static str, &'static str, FieldFormat);

/// How the value of a field is printed.
#[derive(Clone, Copy)]
pub(super) enum FieldFormat {
    /// A text, empty when there is none.
    Text,
    /// A text, or the server's default.
    Or(&'static str),
    /// A number, 0 when there is none.
    Number,
    /// A scalar behind a pointer, `<none>` when there is none.
    Pointer,
    /// A truth value.
    Flag,
    /// A list in brackets.
    List,
    /// A list with commas.
    Joined,
    /// A mapping of texts: `map[a:b]`.
    Map,
    /// A reference to a Secret by its name.
    Secret,
    /// A size, `<unset>` when it is not above zero.
    Size,
}

fn source(page: &mut Page, source: &Source, node: &Yaml) {
    page.line(2, format!("Type:\t{}", source.kind));
    for (title, field, how) in source.lines {
        page.line(2, format!("{title}\t{}", formatted(node, field, *how)));
    }
    (source.rest)(page, node);
}

/// A field as Go's `%v` prints it.
fn formatted(node: &Yaml, field: &str, how: FieldFormat) -> String {
    match how {
        FieldFormat::Text => text(node, field).to_owned(),
        FieldFormat::Or(default) => text_or(node, field, default).to_owned(),
        FieldFormat::Number => number(node, field).to_string(),
        FieldFormat::Pointer => match at(node, field) {
            Some(_) => scalar(node, field),
            None => "<none>".to_owned(),
        },
        FieldFormat::Flag => is_true(node, field).to_string(),
        FieldFormat::List => format!("[{}]", texts(node, field).join(" ")),
        FieldFormat::Joined => texts(node, field).join(", "),
        FieldFormat::Map => {
            let pairs = labels(node, field);
            let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}:{v}")).collect();
            format!("map[{}]", pairs.join(" "))
        }
        FieldFormat::Secret => match at(node, field) {
            Some(secret) => format!("&LocalObjectReference{{Name:{},}}", text(secret, "name")),
            None => "nil".to_owned(),
        },
        FieldFormat::Size => size(&scalar(node, field)),
    }
}

/// A limit, which counts only above zero.
fn size(written: &str) -> String {
    let zero = Quantity::default();
    match Quantity::read(written) {
        Some(limit) if limit > zero => written.to_owned(),
        _ => "<unset>".to_owned(),
    }
}

/// The fields of the pod in a downward API volume, with their files.
pub(super) fn downward_items(page: &mut Page, volume: &Yaml) {
    page.line(2, "Items:");
    for item in items(volume, "items") {
        let file = text(item, "path");
        for path in ["fieldRef.fieldPath", "resourceFieldRef.resource"] {
            if path
                .split_once('.')
                .is_some_and(|(source, _)| at(item, source).is_some())
            {
                page.line(3, format!("{} -> {file}", text(item, path)));
            }
        }
    }
}

/// The sources of a projected volume; of a source with several fields the first one counts.
pub(super) fn projections(page: &mut Page, volume: &Yaml) {
    for source in items(volume, "sources") {
        if let Some(secret) = at(source, "secret") {
            projected(page, "SecretName", secret);
        } else if at(source, "downwardAPI").is_some() {
            page.line(2, "DownwardAPI:\ttrue");
        } else if let Some(map) = at(source, "configMap") {
            projected(page, "ConfigMapName", map);
        } else if let Some(token) = at(source, "serviceAccountToken") {
            let seconds = number(token, "expirationSeconds");
            page.line(2, format!("TokenExpirationSeconds:\t{seconds}"));
        }
    }
}

fn projected(page: &mut Page, title: &str, source: &Yaml) {
    let optional = is_true(source, "optional");
    page.line(2, format!("{title}:\t{}", text(source, "name")));
    page.line(2, format!("Optional:\t{optional}"));
}

/// The attributes for a CSI driver, which kubectl indents once more behind their title
/// (`printCSIPersistentVolumeAttributesMultilineIndent`).
pub(super) fn attributes(page: &mut Page, volume: &Yaml) {
    const LONGEST: usize = 140;
    let pairs = labels(volume, "volumeAttributes");
    let line = |(key, value): (&SmolStr, &SmolStr)| {
        let line = format!("{key}={value}");
        match line.get(..LONGEST) {
            Some(start) if line.len() > LONGEST => format!("    {start}..."),
            _ => format!("    {line}"),
        }
    };
    let lines: Vec<String> = pairs.iter().map(line).collect();
    let lines = lines.join("\n        \t");
    page.line(2, format!("VolumeAttributes:\t{}", or(&lines, "<none>")));
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(volume: &str, expected: Expect) {
        let node = serde_json::from_str::<serde_json::Value>(volume).expect("the test writes JSON");
        let mut page = Page::default();
        volumes(&mut page, "", &[Yaml::from(node)]);
        expected.assert_eq(&page.finish());
    }

    #[test]
    fn an_empty_directory_without_a_limit_is_unset() {
        check(
            r#"{"name": "v", "emptyDir": {"sizeLimit": "0"}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
                    Medium:     
                    SizeLimit:  <unset>
            "#]],
        );
    }

    #[test]
    fn the_downward_api_lists_fields_and_their_files() {
        check(
            r#"{"name": "v", "downwardAPI": {"items": [
                {"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}},
                {"path": "cpu", "resourceFieldRef": {"resource": "limits.cpu"}}]}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:  DownwardAPI (a volume populated by information about the pod)
                    Items:
                      metadata.labels -> labels
                      limits.cpu -> cpu
            "#]],
        );
    }

    #[test]
    fn the_attributes_of_a_csi_volume_are_indented_once_more() {
        check(
            r#"{"name": "v", "csi": {"driver": "d.example", "volumeAttributes": {"b": "2", "a": "1"}}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:              CSI (a Container Storage Interface (CSI) volume source)
                    Driver:            d.example
                    FSType:            
                    ReadOnly:          false
                    VolumeAttributes:      a=1
                                           b=2
            "#]],
        );
    }

    #[test]
    fn a_fibre_channel_disk_may_have_no_lun() {
        check(
            r#"{"name": "v", "fc": {"targetWWNs": ["1", "2"]}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:        FC (a Fibre Channel disk)
                    TargetWWNs:  1, 2
                    LUN:         <none>
                    FSType:      
                    ReadOnly:    false
            "#]],
        );
    }

    #[test]
    fn a_flexible_volume_prints_its_secret_and_options() {
        check(
            r#"{"name": "v", "flexVolume": {"driver": "x/y", "secretRef": {"name": "s"}, "options": {"b": "2", "a": "1"}}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:       FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)
                    Driver:     x/y
                    FSType:     
                    SecretRef:  &LocalObjectReference{Name:s,}
                    ReadOnly:   false
                    Options:    map[a:1 b:2]
            "#]],
        );
    }

    #[test]
    fn the_claim_of_an_ephemeral_volume_is_printed_below_it() {
        check(
            r#"{"name": "v", "ephemeral": {"volumeClaimTemplate": {"metadata": {"labels": {"a": "1", "b": "2"}},
                "spec": {"storageClassName": "fast", "volumeMode": "Filesystem"}}}}"#,
            expect![[r#"
                Volumes:
                  v:
                    Type:          EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)
                    StorageClass:  fast
                    Volume:        
                    Labels:            a=1
                                       b=2
                    Annotations:       <none>
                    Capacity:      
                    Access Modes:  
                    VolumeMode:    Filesystem
            "#]],
        );
    }

    #[test]
    fn no_kind_of_volume_is_unknown() {
        for source in SOURCES {
            let volume = format!(r#"{{"name": "v", "{}": {{}}}}"#, source.field);
            let node =
                serde_json::from_str::<serde_json::Value>(&volume).expect("the test writes JSON");
            let mut page = Page::default();
            volumes(&mut page, "  ", &[Yaml::from(node)]);
            let said = page.finish();
            assert!(said.contains(source.kind), "{said}");
        }
    }
}
