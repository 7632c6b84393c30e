//! What the server warns of in volumes: files that two keys write, and sizes that are no whole number of bytes
//! (`pkg/api/pod/warnings.go` `warningsForOverlappingVirtualPaths`, `pkg/api/persistentvolumeclaim/util.go`).

use crate::apiserver::Warning;
use crate::apiserver::field::Field;
use crate::quantity::Quantity;
use crate::syntax::quote;

/// A file of a volume, and in a projected one the source that writes it.
#[derive(PartialEq)]
struct File<'a> {
    path: &'a str,
    source: String,
}

impl<'a> File<'a> {
    fn new(path: &Field<'a>, source: &str) -> File<'a> {
        File {
            path: path.text().trim_end_matches('/'),
            source: source.to_owned(),
        }
    }

    fn printed(&self) -> String {
        match self.source.as_str() {
            "" => quote(self.path),
            source => format!("{} ({source})", quote(self.path)),
        }
    }

    /// Whether one is the other, or a directory above it.
    fn overlaps(&self, other: &File) -> bool {
        let is_below = |path: &str, above: &str| {
            let rest = path.strip_prefix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_empty = self.path.is_empty() || other.path.is_empty();
        !is_empty && (is_below(self.path, other.path) || is_below(other.path, self.path))
    }
}

/// The sizes of the claim that an ephemeral volume makes.
pub(super) fn claim(volume: &Field) -> Vec<Warning> {
    let claim = volume.at(&["ephemeral", "volumeClaimTemplate", "spec", "resources"]);
    let fields = ["requests", "limits"].map(|kind| claim.child(kind).entry("storage"));
    fields.iter().filter_map(part_of_byte).collect()
}

/// Sizes come in whole bytes; who writes `128m` means `128M`.
pub(super) fn part_of_byte(field: &Field) -> Option<Warning> {
    let amount = Quantity::read(field.text()).filter(|amount| !amount.is_whole())?;
    let amount = quote(&amount.to_string());
    let words = format!("fractional byte value {amount} is invalid, must be an integer");
    Some(Warning::at(&field.path, words))
}

/// Files of the volumes that overwrite each other.
pub(super) fn overlaps(spec: &Field) -> Vec<Warning> {
    let volumes = spec.child("volumes").items();
    volumes.iter().flat_map(of_volume).collect()
}

fn of_volume(volume: &Field) -> Vec<Warning> {
    let name = quote(volume.child("name").text());
    let kinds = [
        ("configMap", "ConfigMap", "name"),
        ("secret", "Secret", "secretName"),
        ("downwardAPI", "DownwardAPI", ""),
    ];
    let mut warnings = Vec::new();
    for (field, kind, named) in kinds {
        let source = volume.child(field);
        let paths = source.child("items").items();
        let files = paths.iter().map(|item| File::new(&item.child("path"), ""));
        let source = described(kind, &source.child(named));
        warnings.extend(among(files, &name, &source));
    }
    let sources = volume.at(&["projected", "sources"]).items();
    let is_empty = |source: &&Field| !SOURCES.iter().any(|kind| source.child(kind).is_set());
    warnings.extend(
        (sources.iter().filter(is_empty))
            .map(|_| format!("volume {name} (Projected) has no sources provided"))
            .map(Warning::of_object),
    );
    let files = sources.iter().flat_map(files_of);
    warnings.extend(among(files, &name, "Projected"));
    warnings
}

/// The files that overlap with one before them.
fn among<'a>(
    files: impl Iterator<Item = File<'a>>,
    volume: &str,
    description: &str,
) -> Vec<Warning> {
    let mut before: Vec<File> = Vec::new();
    let mut warnings = Vec::new();
    for file in files {
        let others = before.iter().filter(|other| file.overlaps(other));
        warnings.extend(others.map(|other| {
            let (one, other) = (file.printed(), other.printed());
            Warning::of_object(format!(
                "volume {volume} ({description}): overlapping paths: {one} with {other}"
            ))
        }));
        before.push(file);
    }
    warnings
}

/// What a projected volume may take files from.
const SOURCES: [&str; 6] = [
    "configMap",
    "secret",
    "downwardAPI",
    "serviceAccountToken",
    "clusterTrustBundle",
    "podCertificate",
];

/// The files of a source of a projected volume whose names the manifest has.
fn files_of<'a>(source: &Field<'a>) -> Vec<File<'a>> {
    let listed = [
        ("configMap", "ConfigMap"),
        ("secret", "Secret"),
        ("downwardAPI", "DownwardAPI"),
    ];
    for (field, kind) in listed {
        let own = source.child(field);
        if own.child("items").is_set() {
            let named = if kind == "DownwardAPI" { "" } else { "name" };
            let described = described(kind, &own.child(named));
            let items = own.child("items").items();
            let files = items.iter();
            return files
                .map(|item| File::new(&item.child("path"), &described))
                .collect();
        }
    }
    let token = source.child("serviceAccountToken");
    if token.is_set() {
        return vec![File::new(&token.child("path"), "ServiceAccountToken")];
    }
    let bundle = source.child("clusterTrustBundle");
    if bundle.is_set() {
        let names = ["name", "signerName"].map(|key| bundle.child(key));
        let name = names.iter().find(|name| name.is_set());
        let described = described("ClusterTrustBundle", name.unwrap_or(&bundle.child("name")));
        return vec![File::new(&bundle.child("path"), &described)];
    }
    let certificate = source.child("podCertificate");
    let parts = [
        ("certificateChainPath", "PodCertificate chain"),
        ("keyPath", "PodCertificate key"),
        ("credentialBundlePath", "PodCertificate credential bundle"),
    ];
    let files = parts.map(|(field, what)| File::new(&certificate.child(field), what));
    let written = files.into_iter().filter(|file| !file.path.is_empty());
    written.collect()
}

/// `ConfigMap "web"`.
fn described(kind: &str, name: &Field) -> String {
    match kind {
        "DownwardAPI" => kind.to_owned(),
        _ => format!("{kind} {}", quote(name.text())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(volume: &str) -> Vec<Warning> {
        let spec = node(&format!(r#"{{"volumes":[{volume}]}}"#));
        overlaps(&Field::root(&spec))
    }

    #[test]
    fn two_keys_do_not_write_one_file() {
        let volume = r#"{"name":"v","configMap":{"name":"c","items":[{"path":"a"},{"path":"a/b/"},{"path":"ab"}]}}"#;
        assert_eq!(
            found(volume),
            [r#"volume "v" (ConfigMap "c"): overlapping paths: "a/b" with "a""#]
        );
    }

    #[test]
    fn sources_of_a_projected_volume_do_not_write_one_file() {
        let volume = r#"{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"token"}},{"secret":{"name":"s","items":[{"path":"token"}]}},{}]}}"#;
        assert_eq!(
            found(volume),
            [
                r#"volume "v" (Projected) has no sources provided"#,
                r#"volume "v" (Projected): overlapping paths: "token" (Secret "s") with "token" (ServiceAccountToken)"#,
            ]
        );
    }

    #[test]
    fn a_claim_of_a_part_of_a_byte_means_something_else() {
        let volume = node(
            r#"{"ephemeral":{"volumeClaimTemplate":{"spec":{"resources":{"requests":{"storage":"100m"}}}}}}"#,
        );
        assert_eq!(
            claim(&Field::root(&volume)),
            [
                r#"ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer"#
            ]
        );
    }
}
