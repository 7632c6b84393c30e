//! The direction of imports, read from the source: phases import from their left only, and only listed modules of the page
//! call the browser. ARCHITECTURE.md says why; each test prints the line that breaks it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The phases from left to right. Those on one line are neighbours that do not import each other.
const PHASES: &[&[&str]] = &[
    &["engine::manifest"],
    &["engine::cluster"],
    &[
        "engine::apiserver",
        "engine::printers",
        "engine::proxy",
        "engine::portmap",
        "engine::policy",
        "engine::l7",
    ],
    &["engine::controllers", "engine::netfilter"],
    &["engine::kinds"],
    &["engine::admission"],
    &["engine::resolve"],
    &["engine::dns"],
    &["engine::network"],
    &["engine::trace"],
    &["engine::console", "engine::causes"],
    &["view::language"],
    &["view::i18n"],
    &["simulation"],
    &["view"],
];

/// What every phase may use; these use each other and nothing else.
const VOCABULARY: &[&str] = &[
    "engine::api_resources",
    "engine::names",
    "engine::labels",
    "engine::diagnostic",
    "engine::ruleset",
    "engine::fnv",
    "engine::rng",
    "engine::sort",
    "engine::quantity",
    "engine::syntax",
];

/// What the library must not name: browsers, clocks, files, chance, threads.
const OUTSIDE_WORLD: &[&str] = &[
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo",
    "yew",
    "std::time",
    "std::fs",
    "std::env",
    "std::net::Tcp",
    "std::net::Udp",
    "std::process",
    "std::thread",
    "std::io",
    "getrandom",
    "println!",
    "eprintln!",
    "dbg!",
];

/// The parts of the page that call the browser.
const BROWSER: &[&str] = &[
    "src/app/browser/",
    "src/app/editor.rs",
    "src/app/link_module.rs",
    "src/app/worker_link.rs",
];

#[test]
fn phases_import_from_their_left_only() {
    let wrong = |line: &Line| {
        let Some(from) = phase_of(&line.module) else {
            return false;
        };
        line.paths()
            .iter()
            .any(|path| phase_of(path).is_some_and(|to| to > from))
    };
    assert_none(
        lines_below("src/engine")
            .chain(lines_below("src/simulation"))
            .chain(lines_below("src/view"))
            .filter(wrong),
    );
}

#[test]
fn the_vocabulary_imports_no_phase() {
    let wrong = |line: &Line| {
        is_in(&line.module, VOCABULARY) && line.paths().iter().any(|path| phase_of(path).is_some())
    };
    assert_none(lines_below("src/engine").filter(wrong));
}

#[test]
fn neighbours_do_not_import_each_other() {
    let wrong = |line: &Line| {
        let phases = PHASES.iter().filter(|phases| is_in(&line.module, phases));
        let others = |path: &String| {
            phases
                .clone()
                .flat_map(|phases| *phases)
                .any(|other| is_in(path, &[other]) && !is_in(&line.module, &[other]))
        };
        line.paths().iter().any(others)
    };
    assert_none(lines_below("src/engine").filter(wrong));
}

#[test]
fn kube_proxy_and_the_kernel_do_not_import_the_api_server() {
    let kernels = ["engine::proxy", "engine::portmap", "engine::netfilter"];
    let servers = [
        "engine::apiserver",
        "engine::controllers",
        "engine::kinds",
        "engine::admission",
        "engine::resolve",
    ];
    let wrong = |line: &Line| {
        let crosses = |from: &[&str], to: &[&str]| {
            is_in(&line.module, from) && line.paths().iter().any(|path| is_in(path, to))
        };
        crosses(&kernels, &servers) || crosses(&servers, &kernels)
    };
    assert_none(lines_below("src/engine").filter(wrong));
}

#[test]
fn a_kind_is_named_in_its_own_file_and_one_list() {
    // IngressClass is a kind that no rule outside its own file treats as an exception.
    let (kind, module) = ("Kind::IngressClass", "ingress_class::SPEC");
    let names_it = |line: &Line| line.code.contains(kind) || line.code.contains(module);
    assert_none(
        ["src/engine", "src/view", "src/app", "src/cli"]
            .into_iter()
            .flat_map(lines_below)
            .filter(names_it),
    );
    let list = fs::read_to_string(root().join("src/engine/kinds/mod.rs")).unwrap();
    assert_eq!(list.matches("IngressClass").count(), 1);
}

#[test]
fn the_library_names_nothing_of_the_world_outside() {
    let wrong = |line: &Line| OUTSIDE_WORLD.iter().any(|name| line.code.contains(name));
    assert_none(
        lines_below("src/engine")
            .chain(lines_below("src/simulation"))
            .chain(lines_below("src/view"))
            .filter(wrong),
    );
}

#[test]
fn the_library_sorts_in_one_place() {
    // The program a visitor downloads was an eighth smaller for it: `engine/sort.rs` says why.
    let wrong = |line: &Line| line.code.contains(".sort") && line.file != "src/engine/sort.rs";
    assert_none(lines_of_library().filter(wrong));
}

#[test]
fn the_library_collects_no_map() {
    // `collect` into a map or a set sorts, too: `sort::map` and `sort::set` do it with the one sort.
    let mut is_map = false;
    let wrong = |line: &Line| {
        let code = line.code.trim();
        is_map |= code.starts_with("let ") && code.contains(": BTree") && !code.ends_with(">;");
        let collects = is_map && code.ends_with(".collect();");
        is_map &= !code.ends_with(';');
        collects || code.contains("collect::<BTree") || code.contains("BTreeMap::from_iter")
    };
    assert_none(lines_of_library().filter(wrong));
}

#[test]
fn the_page_calls_the_browser_in_listed_modules() {
    let wrong = |line: &Line| {
        let speaks = ["web_sys::", "js_sys::", "gloo::"]
            .iter()
            .any(|name| line.code.contains(name));
        speaks && !BROWSER.iter().any(|part| line.file.starts_with(part))
    };
    assert_none(lines_below("src/app").filter(wrong));
}

#[test]
fn the_page_sets_no_style_by_an_attribute() {
    // Its Content-Security-Policy would block it: `~style={…}` sets the property, which it allows.
    let wrong = |line: &Line| {
        let attributes = [" style={", " style=\"", " {style}"];
        attributes.iter().any(|form| line.code.contains(form))
    };
    assert_none(lines_below("src/app").filter(wrong));
}

#[test]
fn the_page_imports_no_engine() {
    // It would be downloaded twice: the engine is in the worker.
    let allowed = ["kubehop::view::"];
    let wrong = |line: &Line| {
        let names = line.code.contains("kubehop::") || line.code.contains("kubehop_engine");
        let is_allowed = allowed.iter().any(|path| line.code.contains(path));
        let is_catalogue = line.code.contains("kubehop::view::i18n");
        names && (!is_allowed || is_catalogue)
    };
    assert_none(lines_below("src/app").filter(wrong));
}

/// The modules of the library that draw a picture, and the only ones of the engine that they name.
const PICTURE: (&[&str], &[&str]) = (
    &[
        "view::camera",
        "view::flow",
        "view::packets",
        "view::scene",
        "view::svg",
        "view::timeline",
        "view::timeline_labels",
    ],
    &["engine::names", "engine::sort"],
);

#[test]
fn a_picture_is_drawn_without_the_engine() {
    let (drawing, vocabulary) = PICTURE;
    let of_engine = |path: &String| path.starts_with("engine::") && !is_in(path, vocabulary);
    let wrong = |line: &Line| is_in(&line.module, drawing) && line.paths().iter().any(of_engine);
    assert_none(lines_below("src/view").filter(wrong));
    for module in drawing {
        let is_there = lines_below("src/view").any(|line| is_in(&line.module, &[module]));
        assert!(is_there, "no module {module}");
    }
}

#[test]
fn the_library_matches_the_modules_it_is_read_as() {
    // Were a phase renamed, the tests above would pass by finding nothing.
    for stage in PHASES.iter().copied().flatten().chain(VOCABULARY) {
        let folder = root().join("src").join(stage.replace("::", "/"));
        assert!(
            folder.is_dir() || folder.with_extension("rs").is_file(),
            "no module {stage}"
        );
    }
}

#[test]
fn every_label_of_the_page_is_in_the_catalogue_and_none_is_idle() {
    let code: Vec<String> = lines_below("src/app")
        .chain(lines_below("src/cli"))
        .chain(lines_below("src/link"))
        .chain(lines_below("src/simulation"))
        .map(|line| line.code)
        .collect();
    let between = |opening: &str| {
        let texts = code
            .iter()
            .flat_map(|line| line.split(opening).skip(1).collect::<Vec<_>>());
        texts
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect::<BTreeSet<_>>()
    };
    let (asked, literals) = (between("label(\""), between("\""));
    let named = labels_in("static/messages/en");
    assert_eq!(
        asked.difference(&named).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "not in the catalogue"
    );
    let idle = named
        .difference(&literals)
        .filter(|name| !name.starts_with("lesson-"))
        .collect::<Vec<_>>();
    assert_eq!(
        idle,
        Vec::<&String>::new(),
        "in the catalogue, but not on the page"
    );
}

#[test]
fn the_text_tool_and_the_package_say_nothing_that_only_the_page_has_sentences_for() {
    let page = labels_in("static/messages/en/page");
    assert!(page.len() > 200, "{} labels", page.len());
    let wrong = |line: &Line| {
        let mut asked = line.code.split("label(\"").skip(1);
        asked.any(|rest| {
            rest.split('"')
                .next()
                .is_some_and(|name| page.contains(name))
        })
    };
    assert_none(
        lines_below("src/cli")
            .chain(lines_below("src/simulation"))
            .filter(wrong),
    );
}

/// The names of the labels in the files of a folder.
fn labels_in(folder: &str) -> BTreeSet<String> {
    let named = |line: &str| {
        let (name, _) = line.strip_prefix("label-")?.split_once(" =")?;
        Some(name.to_owned())
    };
    let files = files_below(&root().join(folder)).into_iter();
    let texts = files.map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|text| text.lines().filter_map(named).collect::<Vec<_>>())
        .collect()
}

/// A line of code above a file's tests.
struct Line {
    file: String,
    number: usize,
    /// The file's module, `engine::cluster::object`.
    module: String,
    code: String,
}

impl Line {
    /// The modules of this crate that the line names, by `crate::` and by `super::`.
    fn paths(&self) -> Vec<String> {
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

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of the crates that the page downloads.
fn lines_of_library() -> impl Iterator<Item = Line> {
    let folders = ["src/engine", "src/simulation", "src/view", "src/app"];
    folders.into_iter().flat_map(lines_below)
}

/// Tests are no part of it, at the end of a file or in a file of their own.
fn lines_below(folder: &str) -> impl Iterator<Item = Line> {
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

fn files_below(folder: &Path) -> Vec<PathBuf> {
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

/// The position of a module in the line of phases; `None` for the vocabulary and `crate` itself.
fn phase_of(module: &str) -> Option<usize> {
    PHASES.iter().position(|phases| is_in(module, phases))
}

fn is_in(module: &str, phases: &[&str]) -> bool {
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

fn assert_none(lines: impl Iterator<Item = Line>) {
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
