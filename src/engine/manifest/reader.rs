//! Parses one YAML document into a tree: the result of kubectl's conversion from YAML to JSON, with positions.
//!
//! A document that is YAML 1.1 and not 1.2 is relaxed and parsed again.
//! (`sigs.k8s.io/yaml` `YAMLToJSON` on `go.yaml.in/yaml/v2`.)

use std::borrow::Cow;

use saphyr_parser::{Parser, ScanError};

use super::goyaml_errors::{self, YamlError};
use super::marks::Marks;
use super::tree::Yaml;
use super::tree_builder::Builder;
use super::yaml11;
use crate::diagnostic::Span;

/// A parsed document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Read {
    /// The value; `null` for a document of comments only.
    pub tree: Yaml,
    /// Duplicate keys of mappings. The tree has the last value.
    pub duplicates: Vec<DuplicateKey>,
}

/// A key that its mapping has again further below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// The position of the earlier one.
    pub span: Span,
}

/// Parses one document.
pub fn read(text: &str) -> Result<Read, YamlError> {
    goyaml_errors::check_characters(text)?;
    let mut attempt = parse(text, Builder::new(Marks::new(text), text));
    let mut relaxed: Cow<'_, str> = text.into();
    for _ in 0..MAX_RELAXED / (text.len() + 1) {
        let Err(ParseFailure::Syntax(error)) = &attempt else {
            break;
        };
        let Some(next) = yaml11::relax(&relaxed, error) else {
            break;
        };
        attempt = parse(&next, Builder::new(Marks::of_relaxed(text), text));
        relaxed = next.into();
    }
    attempt.map_err(|failure| match (failure, relaxed) {
        (ParseFailure::Broken(broken), _) => broken,
        (ParseFailure::Syntax(error), Cow::Borrowed(_)) => {
            goyaml_errors::of_scanner(&error, Marks::new(text), text)
        }
        (ParseFailure::Syntax(error), Cow::Owned(_)) => {
            goyaml_errors::of_scanner(&error, Marks::of_relaxed(text), text)
        }
    })
}

/// How much text is parsed again because of YAML 1.1 layout, in bytes.
const MAX_RELAXED: usize = 8_000_000;

/// Why parsing failed.
enum ParseFailure {
    /// It is not YAML 1.2.
    Syntax(ScanError),
    /// It is YAML, but cannot be converted to JSON, or exceeds a limit.
    Broken(YamlError),
}

fn parse(text: &str, mut builder: Builder<'_>) -> Result<Read, ParseFailure> {
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(ParseFailure::Syntax)?;
        if !builder.handle(event, span).map_err(ParseFailure::Broken)? {
            break;
        }
    }
    builder.finish().map_err(ParseFailure::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match read(text) {
            Ok(read) => serde_json::to_string(&read.tree).expect("a tree is JSON"),
            Err(broken) => broken.message,
        }
    }

    #[test]
    fn yaml_becomes_the_json_that_kubectl_sends() {
        for (what, text, expected) in [
            ("nothing", "# only a comment\n", "null"),
            ("a mapping", "a: {b: [1, x]}\n", r#"{"a":{"b":[1,"x"]}}"#),
            (
                "quoted words stay text",
                "a: 'yes'\nb: \"1\"\n",
                r#"{"a":"yes","b":"1"}"#,
            ),
            (
                "keys are text",
                "80: a\ntrue: b\n1.5: c\n",
                r#"{"80":"a","true":"b","1.5":"c"}"#,
            ),
            ("no value is null", "a:\nb: ~\n", r#"{"a":null,"b":null}"#),
            (
                "the last of a key wins",
                "a: 1\nb: 2\na: 3\n",
                r#"{"b":2,"a":3}"#,
            ),
            (
                "an alias repeats",
                "a: &x {b: 1}\nc: *x\n",
                r#"{"a":{"b":1},"c":{"b":1}}"#,
            ),
            (
                "a merge key",
                "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
                r#"{"a":{"b":1,"c":2},"d":{"b":1,"c":3}}"#,
            ),
            ("a quoted << is a key", "'<<': 1\n", r#"{"<<":1}"#),
            (
                "tags",
                "a: !!str 1\nb: !!int \"2\"\nc: !mine 3\n",
                r#"{"a":"1","b":2,"c":"3"}"#,
            ),
            (
                "only the first of two documents",
                "a: 1\n...\nb: 2\n",
                r#"{"a":1}"#,
            ),
            (
                "a block of text",
                "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n",
                r#"{"a":"x\n y\n","b":"x y"}"#,
            ),
            (
                "carriage returns",
                "a: 1\r\nb: |\r\n  x\r\n",
                r#"{"a":1,"b":"x\n"}"#,
            ),
        ] {
            assert_eq!(json(text), expected, "{what}");
        }
    }

    #[test]
    fn what_cannot_become_json_is_refused_in_the_tools_words() {
        for (what, text, message) in [
            (
                "a template",
                "a: {{ .b }}\n",
                "yaml: invalid map key: map[interface {}]interface {}{\".b\":interface {}(nil)}",
            ),
            (
                "a wrong tag",
                "a: !!int x\n",
                "yaml: cannot decode !!str `x` as a !!int",
            ),
            ("no number", "a: .inf\n", "json: unsupported value: +Inf"),
            (
                "an anchor in itself",
                "a: &x [*x]\n",
                "yaml: anchor 'x' value contains itself",
            ),
            (
                "merging a list",
                "a:\n  <<: [1]\n",
                "yaml: map merge requires map or sequence of maps as the value",
            ),
            (
                "a broken line wins",
                "a: .inf\nb: c: d\n",
                "yaml: line 2: mapping values are not allowed in this context",
            ),
        ] {
            assert_eq!(json(text), message, "{what}");
        }
    }

    #[test]
    fn every_key_and_value_has_its_place() {
        let text = "ä: ü\nb:\n  - c: 'd'\n";
        let tree = read(text).expect("is YAML").tree;
        let at = |span: Span| &text[span.start.offset as usize..span.end.offset as usize];
        let inner = &tree.entries()[1].value.items()[0].entries()[0];
        assert_eq!(
            (
                at(tree.entries()[0].key_span),
                at(tree.entries()[0].value.span)
            ),
            ("ä", "ü")
        );
        assert_eq!((at(inner.key_span), at(inner.value.span)), ("c", "'d'"));
        assert_eq!(
            (inner.key_span.start.line, inner.key_span.start.column),
            (3, 5)
        );
    }

    #[test]
    fn a_duplicate_key_is_recorded() {
        let read = read("a: 1\na: 2\n").expect("is YAML");
        assert_eq!(
            read.duplicates
                .iter()
                .map(|own| (own.key.as_str(), own.span.start.line))
                .collect::<Vec<_>>(),
            [("a", 1)]
        );
    }

    #[test]
    fn documents_that_expand_exponentially_are_rejected() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb += &format!("a{level}: &a{level} [{aliases}]\n");
        }
        assert_eq!(json(&bomb), "yaml: document contains excessive aliasing");
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
            assert!(
                json(&(open.repeat(50_000) + &close.repeat(50_000))).contains("exceeded max depth"),
                "{open}"
            );
        }
    }
}
