//! The labels of the page and of the text tool, and the catalogue that has them.

use std::collections::BTreeSet;
use std::fs;

use super::source::{Line, assert_none, files_below, lines_below, root};

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
