//! Texts that people take for manifests: templates of Helm, YAML that is indented with tabs, prose and printed tables.
//! kubectl's error is about the first character that is no YAML; what helps is to know what the text is.

use super::tree::YamlValue;
use super::{Document, decode};
use crate::diagnostic::{Diagnostic, Fix, Position, Problem, Severity, Span};

/// What a document that kubectl refuses most likely is. Spans are relative to the document.
pub(super) fn of(document: &Document) -> Option<Diagnostic> {
    template(document)
        .or_else(|| tabs(document))
        .or_else(|| not_a_manifest(document))
}

fn warning(span: Span, problem: Problem) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        span,
        problem,
        fix: None,
    }
}

/// The first action of a template, `{{ … }}`. A text that contains one and is accepted is not a template.
fn template(document: &Document) -> Option<Diagnostic> {
    let (line, column, action) = lines(document.text()).find_map(|(line, text)| {
        let from = text.find("{{")?;
        let length = text[from..].find("}}")? + "}}".len();
        Some((line, from, &text[from..from + length]))
    })?;
    let is_refused =
        document.unreadable().is_some() || document.objects().iter().any(|it| decode(it).is_some());
    is_refused.then_some(())?;
    let before = &document.text()[line.offset as usize..line.offset as usize + column];
    let start = after(line, before);
    let span = Span {
        start,
        end: after(start, action),
    };
    Some(warning(span, Problem::Template))
}

/// A line that is indented with tabs, where kubectl stopped. The fix makes two spaces of each tab, there and below.
fn tabs(document: &Document) -> Option<Diagnostic> {
    let stopped = document.unreadable()?.faults.first()?.span.start.line;
    let below: Vec<(Position, &str)> = lines(document.text())
        .skip(stopped as usize - 1)
        .map(|(line, text)| (line, indentation(text)))
        .collect();
    let (first, indented) = *below.first()?;
    let (last, last_indented) = *below.iter().rfind(|(_, text)| text.contains('\t'))?;
    if !indented.contains('\t') {
        return None;
    }
    let span = Span {
        start: first,
        end: after(first, indented),
    };
    let end = after(last, last_indented);
    let whole = &document.text()[first.offset as usize..end.offset as usize];
    let spaced = whole.split_inclusive('\n').map(with_spaces);
    let fix = Fix {
        span: Span { start: first, end },
        text: spaced.collect(),
    };
    Some(Diagnostic {
        fix: Some(fix),
        ..warning(span, Problem::IndentedWithTab)
    })
}

fn with_spaces(line: &str) -> String {
    let indented = indentation(line);
    indented.replace('\t', "  ") + &line[indented.len()..]
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// A document that is one text: prose, or the table that `kubectl get` prints.
fn not_a_manifest(document: &Document) -> Option<Diagnostic> {
    let [object] = document.objects() else {
        return None;
    };
    let is_text = matches!(object.tree.value, YamlValue::String(_));
    is_text.then(|| warning(object.tree.span, Problem::NotAManifest))
}

/// The lines of a text, without their ends, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (Position, &str)> {
    let mut next = Position::START;
    text.split_inclusive('\n').map(move |line| {
        let start = next;
        next = Position {
            line: start.line + 1,
            column: 1,
            offset: start.offset + line.len() as u32,
        };
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The position behind a part of a line.
fn after(start: Position, text: &str) -> Position {
    Position {
        line: start.line,
        column: start.column + text.chars().count() as u32,
        offset: start.offset + text.len() as u32,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Problem, Severity};
    use crate::manifest::Source;

    fn warnings(text: &str) -> Vec<Diagnostic> {
        let found = Source::read(text).diagnostics().into_iter();
        found
            .filter(|it| it.severity == Severity::Warning)
            .collect()
    }

    #[test]
    fn templates_are_named_at_their_first_action() {
        let found = warnings("kind: Service\nmetadata:\n  name: {{ include \"web\" . }}\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].problem, Problem::Template);
        assert_eq!(
            (found[0].span.start.line, found[0].span.start.column),
            (3, 9)
        );
        assert_eq!(found[0].span.end.column, 30);
    }

    #[test]
    fn a_text_with_braces_that_is_accepted_is_no_template() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  page: \"{{ title }}\"\n";
        assert_eq!(warnings(text), []);
    }

    #[test]
    fn tabs_become_spaces() {
        let text = "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\nspec:\n\tports:\n\t- port: 80\n";
        let found = warnings(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].problem, Problem::IndentedWithTab);
        let fix = found[0].fix.as_ref().expect("has a fix");
        let (start, end) = (fix.span.start.offset as usize, fix.span.end.offset as usize);
        let fixed = format!("{}{}{}", &text[..start], fix.text, &text[end..]);
        assert_eq!(fixed, text.replace('\t', "  "));
        assert_eq!(Source::read(&fixed).diagnostics(), []);
    }

    #[test]
    fn prose_and_printed_tables_are_no_manifests() {
        for text in [
            "My service does not answer.\nWhat can I do?\n",
            "NAME   READY   STATUS\nweb    1/1     Running\n",
        ] {
            let found = warnings(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].problem, Problem::NotAManifest);
        }
    }
}
