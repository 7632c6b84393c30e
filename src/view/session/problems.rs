//! The Problems list: what is wrong with the text, the worst first, what is alike folded into one line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::view::fix_preview::{FixableText, Fixes};
use crate::view::i18n::{Catalogue, id_and_fields};
use crate::view::page_text::PageSentence;
use crate::view::page_view::{ProblemGroup, ProblemView, ProblemsView};
use kubehop_engine::diagnostic::{Diagnostic, Problem, Severity, Span};
use kubehop_engine::manifest::{Object, Source, Written};
use kubehop_engine::names::DEFAULT_NAMESPACE;
use kubehop_engine::sort;

/// The most lines of the list, each a problem or many that are alike.
const LINES: usize = 100;

/// As many problems of a kind are folded into one line.
const FOLDED: usize = 4;

/// The most problems of a kind that are listed when its line is opened.
const OF_KIND: usize = 60;

/// The most problems that are underlined: an editor with thousands of marks is slow.
const UNDERLINED_PROBLEMS: usize = 500;

/// What problems that are alike have in common: the words of kubectl or of the server, or the message's id.
fn kind_of(problem: &Problem) -> String {
    match problem {
        Problem::Rejected { message }
        | Problem::UnchangeableByApply { message }
        | Problem::ServerWarning { message } => message.clone(),
        _ => id_and_fields(problem).0,
    }
}

/// Where each object of a text begins, in bytes, and the namespace of those whose kind and name several namespaces have.
#[derive(Clone, Debug, Default)]
pub(super) struct Namesakes(Vec<(u32, Option<Namesake>)>);

#[derive(Clone, Debug)]
struct Namesake {
    namespace: String,
    name: String,
}

impl Namesakes {
    /// Those of a text.
    pub(super) fn of(source: &Source) -> Namesakes {
        let id = |object: &Object| (object.kind.clone(), object.name.clone());
        let namespace = |object: &Object| match object.namespace.as_str() {
            "" => DEFAULT_NAMESPACE.to_owned(),
            given => given.to_owned(),
        };
        let mut namespaces: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for Written { object, .. } in source.objects() {
            let of_name = namespaces.entry(id(object)).or_default();
            of_name.insert(namespace(object));
        }
        let starts = source.objects().map(|Written { origin, object, .. }| {
            let repeats = namespaces.get(&id(object)).is_some_and(|all| all.len() > 1);
            let namesake = repeats.then(|| Namesake {
                namespace: namespace(object),
                name: object.name.clone(),
            });
            (object.tree.span.start.offset + origin.offset, namesake)
        });
        Namesakes(starts.collect())
    }

    /// The namespace to write beside a sentence about the object at a position.
    fn at(&self, offset: u32, sentence: &str) -> Option<String> {
        let here = self.0.partition_point(|(start, _)| *start <= offset);
        let (_, namesake) = self.0.get(here.checked_sub(1)?)?;
        let Namesake { namespace, name } = namesake.as_ref()?;
        let is_said = sentence.contains(&format!("{namespace}/{name}"));
        (!is_said).then(|| namespace.clone())
    }
}

/// Diagnostics with their indexes.
type Indexed<'a> = (usize, &'a Diagnostic);

/// Warnings and notes that are alike are grouped; each error is alone.
fn groups<'a>(by_severity: &[Indexed<'a>]) -> Vec<Vec<Indexed<'a>>> {
    let mut groups: Vec<Vec<Indexed>> = Vec::new();
    let mut group_of: BTreeMap<(Severity, String), usize> = BTreeMap::new();
    for &(index, diagnostic) in by_severity {
        let own = groups.len();
        let group = if diagnostic.severity == Severity::Error {
            own
        } else {
            let kind = (diagnostic.severity, kind_of(&diagnostic.problem));
            *group_of.entry(kind).or_insert(own)
        };
        if group == own {
            groups.push(Vec::new());
        }
        groups[group].push((index, diagnostic));
    }
    groups
}

/// The text that problems are about.
#[derive(Clone, Copy)]
pub(super) struct ProblemSource<'a> {
    pub(super) text: FixableText<'a>,
    pub(super) namesakes: &'a Namesakes,
}

/// Everything that is wrong with a text.
pub(super) fn problems_view(
    source: ProblemSource<'_>,
    diagnostics: &[Diagnostic],
    words: &Catalogue,
) -> ProblemsView {
    let mut by_severity: Vec<Indexed> = diagnostics.iter().enumerate().collect();
    sort::sort_by_key(&mut by_severity, |(_, diagnostic)| diagnostic.severity);
    let tally = |severity, sentence: fn(usize) -> PageSentence| {
        let count = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count();
        (count > 0).then(|| words.format(&sentence(count)).text)
    };
    let mut lines = Vec::new();
    for group in groups(&by_severity) {
        if group.len() < FOLDED {
            lines.extend(group.into_iter().map(|problem| vec![problem]));
        } else {
            lines.push(group);
        }
    }
    let unlisted: usize = lines.iter().skip(LINES).map(Vec::len).sum();
    let shown = lines.iter().take(LINES);
    ProblemsView {
        errors: tally(Severity::Error, |count| PageSentence::Errors { count }),
        warnings: tally(Severity::Warning, |count| PageSentence::Warnings { count }),
        notes: tally(Severity::Info, |count| PageSentence::Notes { count }),
        shown: shown
            .map(|group| group_view(source, group, words))
            .collect(),
        more: more(unlisted, words),
        underlines: underlines(&by_severity, source.text.fixes, words),
    }
}

fn group_view(source: ProblemSource<'_>, group: &[Indexed], words: &Catalogue) -> ProblemGroup {
    let others = group.len() - 1;
    let alike = PageSentence::AlikeProblems { count: others };
    let listed = group.iter().take(OF_KIND);
    ProblemGroup {
        problems: listed
            .map(|&(index, diagnostic)| problem_view(source, index, diagnostic, words))
            .collect(),
        others: (others > 0).then(|| words.format(&alike).text),
        more: more(group.len().saturating_sub(OF_KIND), words),
    }
}

fn more(count: usize, words: &Catalogue) -> Option<String> {
    (count > 0).then(|| words.format(&PageSentence::MoreProblems { count }).text)
}

fn problem_view(
    source: ProblemSource<'_>,
    index: usize,
    diagnostic: &Diagnostic,
    words: &Catalogue,
) -> ProblemView {
    let fix = diagnostic.fix.as_ref();
    let sentence = words.format(&diagnostic.problem);
    let start = diagnostic.span.start;
    ProblemView {
        index,
        severity: diagnostic.severity,
        position: (start.line, start.column),
        namespace: source.namesakes.at(start.offset, &sentence.text),
        text: sentence.text,
        detail: sentence.detail,
        fix: fix.and_then(|fix| source.text.offer(fix)),
    }
}

/// One problem as the editor takes it: `Problem` in `src/editor/marks.ts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Underline {
    index: usize,
    severity: Severity,
    span: Span,
    message: String,
    has_fix: bool,
}

fn underlines(by_severity: &[Indexed], fixes: Fixes, words: &Catalogue) -> String {
    let underline = |&(index, diagnostic): &(usize, &Diagnostic)| Underline {
        index,
        severity: diagnostic.severity,
        span: diagnostic.span,
        message: words.format(&diagnostic.problem).text,
        has_fix: diagnostic.fix.is_some() && fixes == Fixes::Shown,
    };
    let worst = by_severity.iter().take(UNDERLINED_PROBLEMS);
    let mut underlines: Vec<Underline> = worst.map(underline).collect();
    sort::sort_by_key(&mut underlines, |underline| underline.index);
    serde_json::to_string(&underlines).expect("underlines have only texts and numbers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::i18n::Language;
    use crate::view::session::{Ask, Model};

    /// Services that select nothing.
    fn services(count: usize) -> String {
        let service = |number| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: s{number}}}\nspec: {{selector: {{app: s{number}}}, ports: [{{port: 80}}]}}\n"
            )
        };
        (0..count).map(service).collect::<Vec<_>>().join("---\n")
    }

    fn view(text: &str) -> ProblemsView {
        let mut model = Model::new();
        model.handle(Ask::Edit(text.to_owned()));
        let source = ProblemSource {
            text: FixableText {
                text,
                fixes: Fixes::Shown,
            },
            namesakes: &model.namesakes,
        };
        problems_view(
            source,
            &model.diagnostics,
            &Catalogue::of_page(Language::English),
        )
    }

    #[test]
    fn what_is_alike_is_one_line_and_none_is_lost() {
        let few = view(&services(FOLDED - 1));
        assert_eq!(few.shown.len(), FOLDED - 1);
        assert!(few.shown.iter().all(|line| line.others.is_none()));
        let many = view(&services(OF_KIND + 5));
        let [line] = many.shown.as_slice() else {
            panic!("one line: {:?}", many.shown.len());
        };
        assert_eq!(line.problems.len(), OF_KIND);
        assert_eq!(line.others.as_deref(), Some("64 more of this kind"));
        assert!(line.more.as_ref().is_some_and(|more| more.contains('5')));
        let indexes: Vec<usize> = line.problems.iter().map(|problem| problem.index).collect();
        assert_eq!(indexes, (0..OF_KIND).collect::<Vec<_>>());
    }

    #[test]
    fn errors_are_not_folded_and_the_number_cut_is_shown() {
        let broken = "kind: Pod\n---\n".repeat(LINES + 7);
        let view = view(&broken);
        assert_eq!(view.shown.len(), LINES);
        assert!(view.shown.iter().all(|line| line.others.is_none()));
        assert!(view.more.as_ref().is_some_and(|more| more.contains('7')));
    }

    #[test]
    fn the_namespace_is_shown_where_a_name_is_in_several() {
        let both = services(1).replace("{name: s0}", "{name: s0, namespace: shop}") + "---\n";
        let shown = view(&(both + &services(2))).shown;
        let problems = shown.iter().flat_map(|line| &line.problems);
        let told: Vec<Option<&str>> = problems.map(|one| one.namespace.as_deref()).collect();
        assert_eq!(told, [Some("shop"), Some("default"), None]);
    }
}
