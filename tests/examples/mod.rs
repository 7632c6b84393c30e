//! The manifests that properties are tried on.

use std::path::Path;

use kubehop::view::lessons::LESSONS;

/// The manifests of the examples and of the golden traces.
pub(crate) fn manifests() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traces");
    let files = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(Result::ok)
        .map(|file| file.path());
    let mut paths: Vec<_> = files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    let golden = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a manifest can be read"));
    LESSONS
        .iter()
        .map(|lesson| lesson.manifest.to_owned())
        .chain(golden)
        .collect()
}
