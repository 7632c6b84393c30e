//! No text breaks the reader: cut, spliced and hostile manifests are answered, quickly, with places inside the text.

use kubehop_engine::diagnostic::{Position, Span};
use kubehop_engine::manifest::Source;
use kubehop_engine::manifest::tree::Yaml;
use proptest::prelude::*;

const SAMPLE: &str = "# a Service, a Deployment and a list\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  \
    labels: {app: web, \"tier\": 'front'}\nspec:\n  selector: &labels\n    app: web\n  ports:\n  - port: 80\n    targetPort: http\n\
    --- # next\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: wéb\n  annotations:\n    note: |\n      two\n      lines\n\
    spec:\n  selector:\n    matchLabels:\n      <<: *labels\n      version: 1.10\n  template: {spec: {containers: [{name: c}]}}\n\
    ...\n---\n{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"kind\": \"Pod\"}]}\n";

/// Pieces that break things when they land in the wrong place.
const SPLICES: &[&str] = &[
    "",
    "---\n",
    "\n---\n",
    "--- x\n",
    "...\n",
    "\t",
    "\r\n",
    "\0",
    "\u{feff}",
    "ü",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ": ",
    "- ",
    "? ",
    "& ",
    "*labels",
    "&x ",
    "!!int ",
    "!",
    "|",
    ">-",
    "%YAML 1.1\n",
    "<<: ",
    "# ",
    "@",
    "`",
    ",",
    "~",
    "\\",
    "  ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cut_and_spliced_text_is_answered(cuts in prop::collection::vec((0..SAMPLE.len(), 0..SAMPLE.len(), 0..SPLICES.len()), 1..5)) {
        let mut text = SAMPLE.to_owned();
        for (from, length, splice) in cuts {
            let from = text.floor_char_boundary(from.min(text.len()));
            let to = text.floor_char_boundary((from + length % 40).min(text.len()));
            text.replace_range(from..to.max(from), SPLICES[splice]);
        }
        check(&text);
    }

    #[test]
    fn any_text_at_all_is_answered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn an_edit_reads_as_the_whole_text_would(from in 0..SAMPLE.len(), length in 0..60_usize, splice in 0..SPLICES.len()) {
        let from = SAMPLE.floor_char_boundary(from);
        let to = SAMPLE.floor_char_boundary((from + length).min(SAMPLE.len())).max(from);
        let edited = format!("{}{}{}", &SAMPLE[..from], SPLICES[splice], &SAMPLE[to..]);
        prop_assert_eq!(Source::read(SAMPLE).update(&edited), Source::read(&edited));
    }
}

/// Reads a text and looks at everything that is said of it: every place must be in the text.
fn check(text: &str) {
    let source = Source::read(text);
    for written in source.objects() {
        places(&written.object.tree, written.origin, text);
    }
    for diagnostic in source.diagnostics() {
        within(diagnostic.span, Position::START, text);
    }
    for rejected in source.rejections() {
        assert!(!rejected.rejection.stderr("x.yaml").is_empty());
        for fault in &rejected.rejection.faults {
            within(fault.span, rejected.origin, text);
        }
    }
}

fn places(node: &Yaml, origin: Position, text: &str) {
    within(node.span, origin, text);
    for entry in node.entries() {
        within(entry.key_span, origin, text);
        places(&entry.value, origin, text);
    }
    for item in node.items() {
        places(item, origin, text);
    }
}

fn within(span: Span, origin: Position, text: &str) {
    let span = span.shifted(origin);
    let (start, end) = (span.start.offset as usize, span.end.offset as usize);
    assert!(
        start <= end && text.get(start..end).is_some(),
        "{span:?} is not a stretch of {text:?}"
    );
    let line = text[..start].matches('\n').count() as u32 + 1;
    assert!(
        span.start.line <= line + 1,
        "{span:?} is further down than its text in {text:?}"
    );
}

#[test]
fn hostile_texts_are_refused() {
    let deep = |open: &str, close: &str| open.repeat(50_000) + &close.repeat(50_000);
    for (what, text) in [
        ("nothing but brackets", deep("[", "]")),
        ("nothing but braces", deep("{a: ", "}")),
        ("JSON nested deeper than anyone reads", deep("{\"a\":", "}")),
        ("dashes in dashes", deep("- ", "")),
        ("zero bytes", "\0".repeat(1_000_000)),
        ("one word of 50 MB", "x".repeat(50_000_000)),
        ("an alias for itself", "a: &a [*a]\n".to_owned()),
    ] {
        let source = Source::read(&text);
        let said = source.diagnostics().len() + source.rejections().count();
        assert!(said > 0, "{what}");
    }
}
