//! The source, read line by line, and the modules that a line names.

use std::fs;
use std::path::{Path, PathBuf};

/// A line of code above a file's tests.
pub(crate) struct Line {
    pub(crate) file: String,
    pub(crate) number: usize,
    /// The file's module, `engine::cluster::object`.
    pub(crate) module: String,
    pub(crate) code: String,
}

impl Line {
    /// The modules of this crate that the line names, by `crate::` and by `super::`.
    pub(crate) fn paths(&self) -> Vec<String> {
        let parents = self.module.split("::").count();
        let mut paths = paths_in(&self.code, &self.module);
        for (index, _) in self.code.match_indices("super::") {
            let before = &self.code[..index];
            if before.ends_with("super::") {
                continue;
            }
            let rest = &self.code[index..];
            let ups = rest
                .split("super::")
                .take_while(|part| part.is_empty())
                .count();
            let ups = ups.min(parents);
            let base: Vec<&str> = self.module.split("::").take(parents - ups).collect();
            let tail = &rest["super::".len() * ups..];
            paths.extend(paths_at_start(tail).into_iter().map(|path| {
                base.iter()
                    .copied()
                    .chain([path.as_str()])
                    .collect::<Vec<_>>()
                    .join("::")
            }));
        }
        paths
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of the crates that the page downloads.
pub(crate) fn lines_of_library() -> impl Iterator<Item = Line> {
    let folders = ["src/engine", "src/simulation", "src/view", "src/app"];
    folders.into_iter().flat_map(lines_below)
}

/// Tests are no part of it, at the end of a file or in a file of their own.
pub(crate) fn lines_below(folder: &str) -> impl Iterator<Item = Line> {
    files_below(&root().join(folder))
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .flat_map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let file = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let module = file
                .trim_start_matches("src/")
                .trim_end_matches(".rs")
                .trim_end_matches("/mod")
                .trim_end_matches("/lib")
                .replace('/', "::");
            let line = |(number, code)| Line {
                file: file.clone(),
                number,
                module: module.clone(),
                code,
            };
            statements(&text).into_iter().map(line).collect::<Vec<_>>()
        })
}

/// The lines of code above a file's tests with their numbers; an import of several lines is one.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let code = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| *line != "#[cfg(test)]");
    for (index, line) in code.filter(|(_, line)| !line.trim_start().starts_with("//")) {
        match statements.last_mut() {
            Some((_, import)) if is_open_import(import) => import.push_str(line.trim()),
            _ => statements.push((index + 1, line.to_owned())),
        }
    }
    statements
}

fn is_open_import(code: &str) -> bool {
    let is_import = code
        .trim_start()
        .split(' ')
        .take(2)
        .any(|word| word == "use");
    is_import && !code.ends_with(';')
}

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

pub(crate) fn is_in(module: &str, phases: &[&str]) -> bool {
    phases.iter().any(|stage| {
        module
            .strip_prefix(stage)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

/// The modules that a line of `module` names, in imports and in the middle of code: `kubehop_engine::{a, b::c}` names
/// `engine::a` and `engine::b::c`, and so does `crate::{a, b::c}` inside the engine.
fn paths_in(code: &str, module: &str) -> Vec<String> {
    let inside = if is_in(module, &["engine"]) {
        "engine::"
    } else {
        ""
    };
    let named = |prefix: &str, base: &str| -> Vec<String> {
        let paths = code.split(prefix).skip(1).flat_map(paths_at_start);
        paths.map(|path| format!("{base}{path}")).collect()
    };
    let mut paths = named("crate::", inside);
    paths.extend(named("kubehop_engine::", "engine::"));
    paths
}

fn paths_at_start(text: &str) -> Vec<String> {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    match rest.strip_prefix('{') {
        Some(group) => top_level_items(group)
            .into_iter()
            .map(|item| format!("{path}{item}"))
            .collect(),
        None => vec![path.to_owned()],
    }
}

/// The first path of each item in the braces, `a::{b, c}, d` giving `a` and `d`.
fn top_level_items(group: &str) -> Vec<String> {
    let (mut items, mut depth) = (vec![String::new()], 0);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            c if depth == 0 && !c.is_whitespace() => items.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    items
        .iter()
        .map(|item| item.trim_end_matches("::").to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

pub(crate) fn assert_none(lines: impl Iterator<Item = Line>) {
    let wrong: Vec<String> = lines
        .map(|line| format!("{}:{}: {}", line.file, line.number, line.code.trim()))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn an_import_of_several_lines_is_read_as_one() {
    let text = "pub use kubehop_engine::{\n    labels,\n    // why\n    trace,\n};\nfn a() {}\n#[cfg(test)]\nmod tests {}";
    let one = "pub use kubehop_engine::{labels,trace,};".to_owned();
    assert_eq!(
        statements(text),
        [(1, one.clone()), (6, "fn a() {}".to_owned())]
    );
    assert_eq!(paths_in(&one, "view"), ["engine::labels", "engine::trace"]);
}

#[test]
fn grouped_imports_are_read_item_by_item() {
    let line = "use crate::{labels::{A, B}, trace, proxy::iptables as rules};";
    assert_eq!(
        paths_in(line, "engine::causes"),
        [
            "engine::labels",
            "engine::trace",
            "engine::proxy::iptablesasrules"
        ]
    );
    assert_eq!(
        paths_in("    kubehop_engine::trace::run(x, crate::scene::a)", "view"),
        ["scene::a", "engine::trace::run"]
    );
}
