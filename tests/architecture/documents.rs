//! The documents of the repository, and what they name.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn what_the_documents_name_is_there() {
    let mut documents: Vec<PathBuf> = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"]
        .map(PathBuf::from)
        .to_vec();
    let books = fs::read_dir("docs").expect("docs/");
    let books = books.map(|entry| entry.expect("a file of docs/").path());
    documents.extend(books.filter(|path| path.extension().is_some_and(|end| end == "md")));
    let lost: Vec<String> = documents.iter().flat_map(|it| lost_paths(it)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

/// A file or folder that a document names and that is not there, with the document.
fn lost_paths(document: &Path) -> Vec<String> {
    const ROOTS: [&str; 6] = ["src/", "tests/", "static/", "docs/", "tools/", "packages/"];
    let text = fs::read_to_string(document).expect("a document of the repository");
    let quoted = text.split('`').skip(1).step_by(2);
    // `src/app/NAME_tab.rs`, `cNN-name/` and `{a,b}.rs` stand for several.
    let is_one = |path: &&str| {
        ROOTS.iter().any(|root| path.starts_with(root))
            && path
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "/._-".contains(c))
    };
    let lost = quoted.filter(is_one).filter(|path| {
        let module = format!("{path}.rs");
        !Path::new(path).exists() && !Path::new(&module).exists()
    });
    lost.map(|path| format!("{}: {path}", document.display()))
        .collect()
}
