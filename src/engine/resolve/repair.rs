//! Edits that make the API server accept what it refused, where one is likely to be meant.

use crate::apiserver::Allocator;
use crate::apiserver::errors::{ApiError, Fault};
use crate::diagnostic::{Fix, Span};
use crate::manifest::tree::{PathStep, Yaml, YamlValue};
use crate::manifest::{DecodeFault, Written, yaml_quote};
use crate::syntax::{is_dns1123_label, is_dns1123_subdomain};

/// The repair of a decoding error: the field that was meant, or quotes around what has to be a string.
pub(super) fn of_decoding(written: Written, fault: &DecodeFault) -> Option<Fix> {
    let text = slice(written, fault.span)?;
    if let Some(meant) = fault.meant {
        let is_quoted = text.starts_with(['"', '\'']);
        let text = if is_quoted {
            format!("\"{meant}\"")
        } else {
            meant.to_owned()
        };
        return Some(Fix {
            span: fault.span,
            text,
        });
    }
    let is_scalar = ["bool", "number"].iter().any(|found| {
        fault
            .words
            .starts_with(&format!("json: cannot unmarshal {found} into"))
    });
    let is_quotable = is_scalar && fault.words.ends_with("of type string");
    is_quotable.then(|| Fix {
        span: fault.span,
        text: format!("\"{}\"", text.trim()),
    })
}

/// The repair of a field that the API server refuses.
pub(super) fn of_error(written: Written, error: &ApiError, allocator: &Allocator) -> Option<Fix> {
    let tree = &written.object.tree;
    match error.field.0.as_slice() {
        [
            PathStep::Key(spec),
            PathStep::Key(ports),
            PathStep::Index(index),
            PathStep::Key(name),
        ] if spec == "spec" && ports == "ports" => {
            let port = tree.get("spec")?.get("ports")?.items().get(*index)?;
            match name.as_ref() {
                "nodePort" => node_port(port, allocator),
                "name" if error.fault == Fault::Required => port_name(written, port),
                _ => None,
            }
        }
        [PathStep::Key(metadata), PathStep::Key(name)]
            if metadata == "metadata" && name == "name" =>
        {
            object_name(tree.nearest(&error.field), error)
        }
        _ => None,
    }
}

/// Another node port: the Service's port above 30000 if it is free, as people choose it.
fn node_port(port: &Yaml, allocator: &Allocator) -> Option<Fix> {
    let written = port.get("nodePort")?;
    let number = match port.get("port")?.value {
        YamlValue::Int(number) => number,
        _ => return None,
    };
    Some(Fix {
        span: written.span,
        text: allocator.free_port_near(number)?.to_string(),
    })
}

/// A name for a port that needs one, written before its other fields.
fn port_name(written: Written, port: &Yaml) -> Option<Fix> {
    let number = match port.get("port")?.value {
        YamlValue::Int(number) => number,
        _ => return None,
    };
    let start = port.span.start;
    let name = format!("name: port-{number}");
    let (at, text) = if slice(written, port.span)?.starts_with('{') {
        let inside = crate::diagnostic::Position {
            column: start.column + 1,
            offset: start.offset + 1,
            ..start
        };
        (inside, format!("{name}, "))
    } else {
        let first = port.entries().first()?.key_span.start;
        let indent = " ".repeat(usize::try_from(first.column).ok()?.saturating_sub(1));
        (first, format!("{name}\n{indent}"))
    };
    Some(Fix {
        span: Span { start: at, end: at },
        text,
    })
}

/// The name in lower case, with `-` for what a name cannot have.
fn object_name(written: &Yaml, error: &ApiError) -> Option<Fix> {
    let Fault::Invalid(_) = error.fault else {
        return None;
    };
    let name = written.as_str()?;
    let is_label = error.detail.contains("label") || error.detail.contains("must not contain dots");
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || (c == '.' && !is_label);
    let replaced: String = name
        .chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect();
    let meant = replaced.to_lowercase();
    let meant = meant.trim_matches(['-', '.']);
    let is_right = if is_label {
        is_dns1123_label(meant).is_empty()
    } else {
        is_dns1123_subdomain(meant).is_empty()
    };
    (is_right && meant != name).then(|| Fix {
        span: written.span,
        text: yaml_quote::quoted(meant),
    })
}

/// What is written at a span of the document.
fn slice<'source>(written: Written<'source>, span: Span) -> Option<&'source str> {
    let range = span.start.offset as usize..span.end.offset as usize;
    written.text.get(range)
}

#[cfg(test)]
mod tests {
    use crate::cluster::config::Config;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::testing::dedent;

    /// The text after the first fix that is offered.
    fn fixed(text: &str) -> String {
        let resolved = resolve(&Source::read(text), &Config::default());
        let mut fixes = resolved
            .diagnostics
            .iter()
            .filter_map(|own| own.fix.as_ref());
        let fix = fixes.next().unwrap_or_else(|| panic!("no fix: {text}"));
        let before = &text[..fix.span.start.offset as usize];
        let after = &text[fix.span.end.offset as usize..];
        format!("{before}{}{after}", fix.text)
    }

    /// Whether every object of a text is accepted.
    fn is_accepted(text: &str) -> bool {
        resolve(&Source::read(text), &Config::default())
            .counts
            .rejected
            == 0
    }

    #[test]
    fn one_fix_makes_the_server_accept_the_object() {
        for (refused, repaired) in [
            (
                "metadata: {name: web}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 8080}]}",
                "nodePort: 30080",
            ),
            (
                "metadata: {name: web, labels: {debug: true}}\nspec: {ports: [{port: 80}]}",
                "debug: \"true\"",
            ),
            (
                "metadata: {name: web}\nspec: {selector: {version: 1.10}, ports: [{port: 80}]}",
                "version: \"1.10\"",
            ),
            (
                "metadata: {name: My_Web}\nspec: {ports: [{port: 80}]}",
                "name: my-web",
            ),
            (
                "metadata: {name: web}\nspec: {ports: [{port: 80, targetport: 8080}]}",
                "targetPort: 8080",
            ),
        ] {
            let fixed = fixed(&format!("apiVersion: v1\nkind: Service\n{refused}\n"));
            assert!(fixed.contains(repaired), "{fixed}");
            assert!(is_accepted(&fixed), "{fixed}");
        }
    }

    #[test]
    fn ports_get_names_in_block_and_flow_style() {
        for ports in [
            "  - port: 80\n    targetPort: 8080\n  - port: 443",
            "  - {port: 80, targetPort: 8080}\n  - {port: 443}",
        ] {
            let text = format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  ports:\n{ports}\n"
            );
            let both = fixed(&fixed(&text));
            assert!(is_accepted(&both), "{both}");
        }
    }

    #[test]
    fn a_taken_node_port_is_replaced_by_a_free_one() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
            ",
        );
        let fixed = fixed(&text);
        assert!(fixed.contains("nodePort: 30081"), "{fixed}");
        assert!(is_accepted(&fixed));
    }
}
