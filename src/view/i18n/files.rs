//! The files of the catalogue. A language is a folder in `static/messages/`; each has the same files.
//!
//! A program holds only the sentences that it can say: the text tool and the JavaScript package those of answers. The page
//! says more, and holds none: the build joins a language's files into one (`src/publish/publish.mjs`), which the worker
//! loads.

use super::Language;

/// The texts of files in a language's folder.
macro_rules! texts {
    ($language:literal: $($file:literal)*) => {
        [$(include_str!(concat!("../../../static/messages/", $language, "/", $file, ".ftl"))),*]
    };
}

/// The files with the sentences of answers, and of files and commands.
macro_rules! answers {
    ($language:literal) => {
        texts!($language:
            "problems" "faults/apply" "faults/gateway" "faults/ingress" "faults/load_balancer" "faults/names"
            "faults/path" "faults/pods" "faults/policy" "faults/ports" "faults/selection" "faults/slices"
            "reasons" "verdicts" "requests" "expectations" "challenges" "picture" "reports")
    };
}

/// The files with the sentences of the page alone.
macro_rules! page {
    ($language:literal) => {
        texts!($language: "page/labels" "page/sentences" "page/events" "page/course" "page/examples")
    };
}

/// The sentences of answers in a language.
pub(super) fn of_answers(language: Language) -> String {
    match language {
        Language::English => answers!("en").concat(),
        Language::Korean => answers!("ko").concat(),
    }
}

/// The sentences of the page alone, in a language.
pub(super) fn of_page(language: Language) -> String {
    match language {
        Language::English => page!("en").concat(),
        Language::Korean => page!("ko").concat(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use super::*;
    use fluent_bundle::{FluentArgs, FluentResource};
    use schemars::{JsonSchema, schema_for};
    use serde_json::Value;

    use crate::simulation::challenge::Breaker;
    use crate::simulation::expectations::{ExpectationFault, Judgement};
    use crate::view::course::{Generated, Instead, Required};
    use crate::view::i18n::{Catalogue, Message};
    use crate::view::scene::Caption;
    use crate::view::session::PossibleEvent;
    use kubehop_engine::diagnostic::{Fault, Problem};
    use kubehop_engine::resolve::events::EventError;
    use kubehop_engine::trace::{Reason, RequestError, Verdict};

    /// The ids of a type's messages and the names of their arguments, by the schema of what it serialises to.
    fn messages<M: Message + JsonSchema>() -> BTreeMap<String, BTreeSet<String>> {
        let schema = schema_for!(M).to_value();
        let mut found = BTreeMap::new();
        collect(M::PREFIX, &schema, &schema["$defs"], &mut found);
        found
    }

    fn collect(
        prefix: &str,
        schema: &Value,
        definitions: &Value,
        found: &mut BTreeMap<String, BTreeSet<String>>,
    ) {
        let one_of = schema["oneOf"].as_array().into_iter();
        let any_of = schema["anyOf"].as_array().into_iter();
        for variant in one_of.chain(any_of).flatten() {
            collect(prefix, variant, definitions, found);
        }
        if let Some(name) = schema["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix("#/$defs/"))
        {
            collect(prefix, &definitions[name], definitions, found);
        }
        if let Some(id) = schema["properties"]["id"]["const"].as_str() {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let names = fields.map(|(name, _)| name.clone());
            let arguments = names.filter(|name| name != "id").collect();
            found.insert(format!("{prefix}-{id}"), arguments);
        }
    }

    #[test]
    fn every_catalogue_has_every_message_with_its_own_arguments_only() {
        for language in Language::ALL {
            let answers = of_answers(language);
            says_each::<Problem>(&answers);
            says_each::<Reason>(&answers);
            says_each::<Verdict>(&answers);
            says_each::<RequestError>(&answers);
            says_each::<EventError>(&answers);
            says_each::<ExpectationFault>(&answers);
            says_each::<Judgement>(&answers);
            says_each::<Breaker>(&answers);
            says_each::<Generated>(&answers);
            says_each::<Caption>(&answers);
            let page = of_page(language);
            says_each::<Required>(&page);
            says_each::<Instead>(&page);
            says_each::<PossibleEvent>(&page);
        }
    }

    #[test]
    fn no_catalogue_has_mistakes_in_its_syntax() {
        for language in Language::ALL {
            for (name, source) in written(language) {
                let read = FluentResource::try_new(source);
                let mistakes = read.err().map(|(_, mistakes)| mistakes);
                assert_eq!(mistakes, None, "{language:?}: {name}");
            }
        }
    }

    #[test]
    fn every_language_has_the_files_messages_attributes_and_arguments_of_english() {
        let of = |language: Language| {
            let files = written(language).into_iter();
            let messages = files.flat_map(|(name, source)| {
                let entries = entries(&source).into_iter();
                entries.map(move |entry| (name.clone(), entry))
            });
            messages.collect::<BTreeSet<(String, Entry)>>()
        };
        for language in Language::ALL {
            let (ours, english) = (of(language), of(Language::English));
            let different: Vec<_> = ours.symmetric_difference(&english).collect();
            assert!(
                different.is_empty(),
                "{language:?} and English do not say the same: {different:#?}"
            );
        }
    }

    #[test]
    fn a_program_can_have_every_file_of_the_folder() {
        for language in Language::ALL {
            let listed = of_answers(language) + &of_page(language);
            let files: String = written(language).into_values().collect();
            let sorted = |source: &str| {
                let mut entries = entries(source);
                entries.sort();
                entries
            };
            assert_eq!(sorted(&listed), sorted(&files), "{language:?}");
        }
    }

    /// The files of a language's folder, by their paths below it.
    fn written(language: Language) -> BTreeMap<String, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/messages");
        let mut folders = vec![root.join(language.code())];
        let mut files = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the folder is there") {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path
                    .strip_prefix(root.join(language.code()))
                    .expect("it is below");
                let source = fs::read_to_string(&path).expect("it can be read");
                files.insert(name.display().to_string(), source);
            }
        }
        files
    }

    /// Where the documentation is: of Kubernetes, ingress-nginx, MetalLB and k3s.
    const PAGES: [&str; 4] = [
        "https://kubernetes.io/docs/",
        "https://kubernetes.github.io/ingress-nginx/",
        "https://metallb.io/",
        "https://docs.k3s.io/",
    ];

    #[test]
    fn every_cause_links_to_the_documentation() {
        for language in Language::ALL {
            let words = Catalogue::named(language);
            let faults = messages::<Fault>();
            assert!(!faults.is_empty());
            for fault in faults.keys() {
                let docs = words.attribute(fault, "docs", &FluentArgs::new());
                let docs = docs.unwrap_or_default();
                let is_page = PAGES.iter().any(|pages| docs.starts_with(pages));
                assert!(is_page, "{language:?} {fault}: {docs:?}");
            }
        }
    }

    #[test]
    fn every_reason_names_its_stop_on_the_timeline() {
        for language in Language::ALL {
            let written = entries(&of_answers(language)).into_iter();
            let reasons: Vec<Entry> = written
                .filter(|entry| entry.id.starts_with("reason-"))
                .collect();
            assert!(!reasons.is_empty());
            for Entry { id, attributes, .. } in reasons {
                assert!(attributes.contains("stop"), "{language:?}: {id}");
            }
        }
    }

    #[test]
    fn korean_sentences_are_in_one_speech_level() {
        // Every sentence ends in "-니다" or "-세요", as in the documentation of kubernetes.io/ko.
        let is_plain = |line: &&str| {
            let mut ends = line.match_indices("다.").map(|(at, _)| &line[..at]);
            ends.any(|before| !before.ends_with('니'))
        };
        for (name, source) in written(Language::Korean) {
            assert_eq!(source.lines().find(is_plain), None, "{name}");
        }
    }

    #[test]
    fn no_korean_particle_that_depends_on_the_letter_before_it_follows_an_argument() {
        let wrong = |rest: &str| {
            let particle = ["은", "는", "이", "가", "을", "를", "과", "와", "로", "으로"];
            let word = rest
                .split(|letter: char| !letter.is_alphabetic())
                .next()
                .unwrap_or_default();
            particle.contains(&word)
        };
        for (name, source) in written(Language::Korean) {
            let found = source
                .lines()
                .find(|line| line.split('}').skip(1).any(wrong));
            assert_eq!(found, None, "{name}: it reads wrongly for some name");
        }
    }

    /// Compares the messages with files of the catalogue: the ids that begin with their prefix are those of the messages,
    /// and each uses no argument that its message does not have.
    fn says_each<M: Message + JsonSchema>(source: &str) {
        let given = messages::<M>();
        let of_prefix = |entry: &Entry| {
            entry
                .id
                .strip_prefix(M::PREFIX)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let written: Vec<Entry> = entries(source).into_iter().filter(of_prefix).collect();
        let ids: BTreeSet<&String> = written.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids, given.keys().collect());
        for Entry { id, arguments, .. } in &written {
            assert!(
                arguments.is_subset(&given[id]),
                "{id} uses {arguments:?} of {:?}",
                given[id]
            );
        }
    }

    /// A message as a catalogue's source writes it.
    #[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    struct Entry {
        id: String,
        attributes: BTreeSet<String>,
        arguments: BTreeSet<String>,
    }

    /// The messages of a catalogue's source, in order.
    fn entries(source: &str) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let named = line.split_once(" =").map(|(name, _)| name);
            if let Some(id) = named.filter(|_| !line.starts_with(' ')) {
                entries.push(Entry {
                    id: id.to_owned(),
                    ..Entry::default()
                });
            }
            if let Some(entry) = entries.last_mut() {
                entry.attributes.extend(
                    named
                        .and_then(|name| name.trim().strip_prefix('.'))
                        .map(str::to_owned),
                );
                entry.arguments.extend(arguments(line));
            }
        }
        entries
    }

    /// The arguments a line of a catalogue uses.
    fn arguments(line: &str) -> impl Iterator<Item = String> + '_ {
        let names = line
            .split('$')
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
        names.filter(|name| !name.is_empty()).map(str::to_owned)
    }
}
