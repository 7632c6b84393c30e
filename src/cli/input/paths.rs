//! From what a command line names to files: a file, a directory with everything below it, or a pattern.
//!
//! A shell without `globstar` reads `**` as `*` and silently leaves out the top folder, so a quoted pattern is matched
//! here: `'docs/**/*.md'`.

use std::path::{Path, PathBuf};

use super::STANDARD_INPUT;

/// The endings of files that a directory is read for.
const MANIFESTS: [&str; 2] = ["yaml", "yml"];

/// The files that a path of the command line names, in the order of their paths.
///
/// # Errors
/// One sentence: a directory without manifests, a pattern that matches nothing, or a folder that cannot be read.
pub(crate) fn expand(path: &str) -> Result<Vec<String>, String> {
    let on_disk = Path::new(path);
    if path == STANDARD_INPUT || on_disk.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if on_disk.is_dir() {
        let mut found = files_below(on_disk)?;
        found.retain(|file| has_ending(file, &MANIFESTS));
        if found.is_empty() {
            return Err(format!("{path}: no *.yaml or *.yml below this directory"));
        }
        return Ok(found);
    }
    if !path.contains(['*', '?']) {
        // Reading it says what is wrong with it.
        return Ok(vec![path.to_owned()]);
    }
    let pattern: Vec<&str> = path.split('/').collect();
    let mut found = files_below(&fixed_folder(&pattern))?;
    found.retain(|file| is_match(&pattern, &file.split('/').collect::<Vec<_>>()));
    if found.is_empty() {
        return Err(format!("{path}: no file matches"));
    }
    Ok(found)
}

/// Whether a file's name ends in one of these, whatever their case.
pub(crate) fn has_ending(file: &str, endings: &[&str]) -> bool {
    let ending = Path::new(file).extension();
    ending.is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

/// The folder before the first part of a pattern that is not a plain name.
fn fixed_folder(pattern: &[&str]) -> PathBuf {
    let fixed = pattern.iter().take_while(|part| !part.contains(['*', '?']));
    let folder = fixed.copied().collect::<Vec<_>>().join("/");
    match (folder.as_str(), pattern.first()) {
        ("", Some(&"")) => PathBuf::from("/"),
        ("", _) => PathBuf::from("."),
        (folder, _) => PathBuf::from(folder),
    }
}

/// All files below a folder, sorted, without hidden ones and what is in hidden folders.
fn files_below(folder: &Path) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            // Links to folders are not followed: they can form a circle.
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                files.push(path.strip_prefix("./").unwrap_or(&path).to_owned());
            }
        }
    }
    files.sort();
    Ok(files
        .iter()
        .map(|file| file.to_string_lossy().into_owned())
        .collect())
}

/// Whether a path matches a pattern, both split at `/`: `**` is any number of folders.
fn is_match(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some((&"**", rest)), _) => {
            is_match(rest, path)
                || path
                    .split_first()
                    .is_some_and(|(_, path)| is_match(pattern, path))
        }
        (Some((&".", rest)), _) => is_match(rest, path),
        (Some(_), None) => false,
        (Some((one, pattern)), Some((name, path))) => {
            is_name_match(one.as_bytes(), name.as_bytes()) && is_match(pattern, path)
        }
    }
}

/// Whether a name matches one part of a pattern: `*` is any text, `?` any character.
fn is_name_match(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut here) = (0, 0);
    // Where the last `*` was, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while here < name.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, here));
            at += 1;
        } else if pattern
            .get(at)
            .is_some_and(|one| *one == b'?' || *one == name[here])
        {
            (at, here) = (at + 1, here + 1);
        } else if let Some((before, taken)) = star {
            star = Some((before, taken + 1));
            (at, here) = (before + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|rest| *rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_a_shell_with_globstar_does() {
        for (pattern, path, matches) in [
            ("docs/**/*.md", "docs/a.md", true),
            ("docs/**/*.md", "docs/one/two/a.md", true),
            ("docs/**/*.md", "docs/one/a.yaml", false),
            ("docs/*.md", "docs/one/a.md", false),
            ("*.md", "a.md", true),
            ("./*.md", "a.md", true),
            ("a?.y*ml", "a1.yaml", true),
            ("a?.y*ml", "a.yml", false),
            ("*a*b*c", "xaxxbxbc", true),
            ("**", "a/b", true),
        ] {
            let pattern_parts: Vec<&str> = pattern.split('/').collect();
            let path_parts: Vec<&str> = path.split('/').collect();
            assert_eq!(
                is_match(&pattern_parts, &path_parts),
                matches,
                "{pattern} {path}"
            );
        }
    }

    #[test]
    fn a_pattern_is_looked_for_below_its_plain_names() {
        let folder = |pattern: &str| fixed_folder(&pattern.split('/').collect::<Vec<_>>());
        assert_eq!(folder("docs/one/**/*.md"), PathBuf::from("docs/one"));
        assert_eq!(folder("*.md"), PathBuf::from("."));
        assert_eq!(folder("/*/a.md"), PathBuf::from("/"));
    }
}
