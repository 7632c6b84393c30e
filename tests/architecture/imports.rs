//! The direction of imports: phases import from their left only. ARCHITECTURE.md says why.

use std::fs;

use super::source::{Line, assert_none, is_in, lines_below, root};

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
        "view::label_rows",
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

/// The position of a module in the line of phases; `None` for the vocabulary and `crate` itself.
fn phase_of(module: &str) -> Option<usize> {
    PHASES.iter().position(|phases| is_in(module, phases))
}
