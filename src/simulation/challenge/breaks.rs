//! The edits that break a text, from the table of [`breakers`](super::breakers).

use super::breakers::{Breaker, How, ROWS};
use kubehop_engine::diagnostic::{Fix, Position, Span};
use kubehop_engine::manifest::tree::{Yaml, YamlValue};
use kubehop_engine::manifest::{Source, Written};
use kubehop_engine::names::DEFAULT_NAMESPACE;
use kubehop_engine::rng::Rng;

/// One way to break a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// What is broken.
    pub(super) breaker: Breaker,
    /// The edit.
    pub(super) edit: Fix,
}

/// Every edit of the table that applies to a text, in the table's order. Whether a connection fails then, the engine
/// computes.
pub(super) fn breaks(text: &str, rng: &mut Rng) -> Vec<Break> {
    let source = Source::read(text);
    let mut namespaces: Vec<&str> = vec![DEFAULT_NAMESPACE];
    for written in source.objects() {
        if !namespaces.contains(&written.object.namespace.as_str()) {
            namespaces.push(&written.object.namespace);
        }
    }
    namespaces.retain(|namespace| !namespace.is_empty());
    let mut all = Vec::new();
    for (kind, path, breaker, how) in ROWS {
        for written in source.objects() {
            if *kind != "*" && *kind != written.object.kind {
                continue;
            }
            let steps: Vec<&str> = path.split('.').collect();
            for node in nodes(&written.object.tree, &steps) {
                let edit = edit_of(&written, node, *how, &namespaces, rng);
                all.extend(edit.map(|edit| Break {
                    breaker: *breaker,
                    edit,
                }));
            }
        }
    }
    for namespace in namespaces {
        all.push(default_deny(text, namespace));
    }
    all
}

/// The values at a path.
fn nodes<'a>(node: &'a Yaml, path: &[&str]) -> Vec<&'a Yaml> {
    let Some((step, rest)) = path.split_first() else {
        return vec![node];
    };
    let below = || {
        node.entries()
            .iter()
            .map(|entry| &entry.value)
            .chain(node.items())
    };
    match *step {
        "[]" => node
            .items()
            .iter()
            .flat_map(|item| nodes(item, rest))
            .collect(),
        "*" => {
            let values = node.entries().iter().map(|entry| &entry.value);
            values.flat_map(|value| nodes(value, rest)).collect()
        }
        // Any depth, the nearest first.
        "**" => {
            let mut found = nodes(node, rest);
            found.extend(below().flat_map(|value| nodes(value, path)));
            found
        }
        key => node
            .get(key)
            .map_or_else(Vec::new, |value| nodes(value, rest)),
    }
}

fn edit_of(
    written: &Written<'_>,
    node: &Yaml,
    how: How,
    namespaces: &[&str],
    rng: &mut Rng,
) -> Option<Fix> {
    if let How::Line(line) = how {
        return new_field(written, node, line);
    }
    let span = node.span;
    let raw = written
        .text
        .get(span.start.offset as usize..span.end.offset as usize)?;
    let now = match &node.value {
        YamlValue::Int(number) => number.to_string(),
        YamlValue::String(text) => text.to_string(),
        _ => return None,
    };
    let wrong = match (how, &node.value) {
        (How::Port, YamlValue::Int(number)) => other_port(*number, rng).to_string(),
        (How::NodePort, YamlValue::Int(30000..32767)) => (now.parse::<u16>().ok()? + 1).to_string(),
        (How::Typo | How::Port, YamlValue::String(text)) => typo(text, rng)?,
        (How::Instead(value), _) => value.to_owned(),
        (How::Namespace, _) => {
            let others = namespaces.iter().filter(|namespace| **namespace != now);
            let others: Vec<&&str> = others.collect();
            let chosen = rng.below(u32::try_from(others.len()).ok()?) as usize;
            (**others.get(chosen)?).to_owned()
        }
        (How::Typo | How::NodePort | How::Line(_) | How::Port, _) => return None,
    };
    // Quotes stay, and what is written in another form than its value is left alone.
    let text =
        (wrong != now && raw.matches(&now).count() == 1).then(|| raw.replace(&now, &wrong))?;
    Some(Fix {
        span: span.shifted(written.origin),
        text,
    })
}

/// A port that people write by mistake in place of another.
fn other_port(port: i64, rng: &mut Rng) -> i64 {
    let likely = [8080, 80, 8000, port + 1, 3000, 8081];
    let others: Vec<i64> = likely.into_iter().filter(|other| *other != port).collect();
    let chosen = rng.below(u32::try_from(others.len()).unwrap_or(1)) as usize;
    others.get(chosen).copied().unwrap_or(port + 1)
}

/// A word with one slip of the fingers in its last part of letters; it begins and ends as a name may.
fn typo(word: &str, rng: &mut Rng) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_letter = |index: &usize| letters.get(*index).is_some_and(char::is_ascii_lowercase);
    let places: Vec<usize> = (1..letters.len())
        .filter(|place| is_letter(place) && is_letter(&(place - 1)))
        .collect();
    let chosen = rng.below(u32::try_from(places.len()).ok()?) as usize;
    let place = *places.get(chosen)?;
    let mut wrong = letters.clone();
    match rng.below(3) {
        0 if letters.len() > 3 => {
            wrong.remove(place);
        }
        1 if letters[place] != letters[place - 1] => wrong.swap(place, place - 1),
        _ => wrong.insert(place, letters[place]),
    }
    Some(wrong.into_iter().collect())
}

/// A field before the first one of a mapping, in the mapping's style; not if it has that field already.
fn new_field(written: &Written<'_>, mapping: &Yaml, line: &str) -> Option<Fix> {
    let (field, _) = line.split_once(':')?;
    let first = mapping
        .entries()
        .first()
        .filter(|_| mapping.get(field).is_none())?;
    let at = first.key_span.start;
    let text = if mapping.span.start.offset == at.offset {
        format!("{line}\n{}", " ".repeat(at.column as usize - 1))
    } else {
        format!("{line}, ")
    };
    let span = Span { start: at, end: at };
    Some(Fix {
        span: span.shifted(written.origin),
        text,
    })
}

/// A policy that selects every pod of a namespace and allows nothing, behind the text.
fn default_deny(text: &str, namespace: &str) -> Break {
    let of_namespace = match namespace {
        DEFAULT_NAMESPACE => String::new(),
        other => format!(", namespace: {other}"),
    };
    let line_end = if text.ends_with('\n') { "" } else { "\n" };
    let policy = format!(
        "{line_end}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: \
         default-deny{of_namespace}}}\nspec: {{podSelector: {{}}, policyTypes: [Ingress]}}\n"
    );
    let line = text.lines().count() + 1;
    let end = Position {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: 1,
        offset: u32::try_from(text.len()).unwrap_or(u32::MAX),
    };
    Break {
        breaker: Breaker::DefaultDeny {},
        edit: Fix {
            span: Span { start: end, end },
            text: policy,
        },
    }
}
