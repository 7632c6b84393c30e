//! What the library does not use: the world outside, other sorts than its own; and who calls the browser.

use super::source::{Line, assert_none, lines_below, lines_of_library};

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
