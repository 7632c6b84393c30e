//! Every sentence of ours comes from here: a message (an enum's variant with its arguments) goes in, words come out.
//!
//! The engine says what is so as data; people read sentences, in their language. A language is one file in the Fluent
//! syntax (`static/messages/en.ftl`), which knows plurals and lets a translator reorder everything. A message that is
//! missing there shows as its id: odd, but never a blank and never a panic.
//! Source: <https://projectfluent.org/fluent/guide/>.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

pub use super::language::Language;
use kubehop_engine::diagnostic::{Fault, Problem};
use kubehop_engine::resolve::events::EventError;
use kubehop_engine::trace::{Reason, RequestError, Verdict};

/// Something that can be said: an enum whose variants, tagged `id`, have their sentences under `PREFIX-id`, or a struct
/// that has one sentence under `PREFIX`.
pub trait Message: Serialize {
    /// What the ids of its sentences begin with.
    const PREFIX: &'static str;
}

impl Message for Problem {
    const PREFIX: &'static str = "problem";
}

impl Message for Fault {
    const PREFIX: &'static str = "problem";
}

impl Message for Reason {
    const PREFIX: &'static str = "reason";
}

impl Message for Verdict {
    const PREFIX: &'static str = "verdict";
}

impl Message for RequestError {
    const PREFIX: &'static str = "request";
}

impl Message for EventError {
    const PREFIX: &'static str = "event";
}

fn label_names(messages: &str) -> Vec<String> {
    let name = |line: &str| Some(line.strip_prefix("label-")?.split_once(" =")?.0.to_owned());
    let names = messages.lines().filter_map(name);
    names.filter(|name| !name.starts_with("lesson-")).collect()
}

fn messages_of(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en.ftl"),
        Language::Korean => include_str!("../../static/messages/ko.ftl"),
    }
}

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The headline.
    pub text: String,
    /// What it means and what would mend it, where there is more to say.
    pub detail: Option<String>,
}

/// The sentences of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// The names of its labels, those of the examples left out.
    label_names: Vec<String>,
}

impl Catalogue {
    /// In English.
    pub fn english() -> Catalogue {
        Catalogue::named(Language::English)
    }

    /// In the given language.
    pub fn named(language: Language) -> Catalogue {
        Catalogue::of(language, messages_of(language))
    }

    /// For answers whose sentences nobody reads: a message's id stands for it. Unlike [`Catalogue::english`] it does not
    /// bring the catalogue's text into the program, so the worker, which loads one language, can use it.
    pub(crate) fn without_sentences() -> Catalogue {
        Catalogue::of(Language::English, "")
    }

    /// The message in words.
    pub fn format<M: Message>(&self, message: &M) -> Sentence {
        let (id, arguments) = id_and_arguments(message);
        let text = self.text(&id, &arguments).unwrap_or_else(|| id.clone());
        Sentence {
            text,
            detail: self.attribute(&id, "detail", &arguments),
        }
    }

    /// A further part of the message, written in the catalogue as its attribute, when it has one.
    pub fn format_part<M: Message>(&self, message: &M, part: &str) -> Option<String> {
        let (id, arguments) = id_and_arguments(message);
        self.attribute(&id, part, &arguments)
    }

    /// The words on a part of the page, under `label-NAME`.
    pub fn label(&self, name: &str) -> String {
        let id = format!("label-{name}");
        self.text(&id, &FluentArgs::new()).unwrap_or(id)
    }

    /// A further part of a label; empty when it has none.
    pub fn label_part(&self, name: &str, part: &str) -> String {
        self.attribute(&format!("label-{name}"), part, &FluentArgs::new())
            .unwrap_or_default()
    }

    /// The names of the labels, those of the examples left out.
    pub fn label_names(&self) -> &[String] {
        &self.label_names
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentences of a file in the Fluent syntax. A mistake in one message leaves the others.
    pub fn of(language: Language, messages: &str) -> Catalogue {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let resource =
            FluentResource::try_new(messages.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new(vec![locale]);
        bundle.set_use_isolating(false);
        bundle
            .add_function("GIVEN", |arguments, _| given(arguments.first()).into())
            .expect("it is the first function");
        bundle.add_resource_overriding(resource);
        Catalogue {
            language,
            bundle,
            label_names: label_names(messages),
        }
    }

    fn text(&self, id: &str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        Some(
            self.bundle
                .format_pattern(pattern, Some(arguments), &mut Vec::new())
                .into_owned(),
        )
    }

    fn attribute(&self, id: &str, name: &str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.get_attribute(name)?.value();
        let text = self
            .bundle
            .format_pattern(pattern, Some(arguments), &mut Vec::new());
        // A part whose variant says nothing is none.
        (!text.is_empty()).then(|| text.into_owned())
    }
}

/// The function `GIVEN` of the catalogue: whether an argument says anything.
fn given(argument: Option<&FluentValue>) -> &'static str {
    match argument {
        Some(FluentValue::String(text)) if !text.is_empty() => "yes",
        Some(FluentValue::Number(_)) => "yes",
        _ => "no",
    }
}

/// A message's id in the catalogue, and its fields.
pub(crate) fn id_and_fields<M: Message>(message: &M) -> (String, serde_json::Map<String, Value>) {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(message) else {
        return (M::PREFIX.to_owned(), serde_json::Map::new());
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) => format!("{}-{id}", M::PREFIX),
        _ => M::PREFIX.to_owned(),
    };
    (id, fields)
}

/// A message's id in the catalogue, and its arguments for Fluent.
fn id_and_arguments<M: Message>(message: &M) -> (String, FluentArgs<'static>) {
    let (id, fields) = id_and_fields(message);
    let arguments = fields
        .into_iter()
        .map(|(name, value)| (name, argument(value)));
    (id, arguments.collect())
}

/// Numbers stay numbers, so that plurals work. What is absent is empty, and a list is its items with commas.
fn argument(value: Value) -> FluentValue<'static> {
    match value {
        Value::Null => "".into(),
        Value::Bool(truth) => truth.to_string().into(),
        Value::Number(number) => number.as_f64().into(),
        Value::String(text) => text.into(),
        Value::Array(items) => items
            .iter()
            .map(plain)
            .collect::<Vec<_>>()
            .join(", ")
            .into(),
        Value::Object(_) => value.to_string().into(),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use schemars::{JsonSchema, schema_for};

    use super::*;
    use crate::simulation::challenge::Breaker;
    use crate::simulation::expectations::{ExpectationFault, Judgement};
    use crate::view::course::{Generated, Required};
    use crate::view::scene::Caption;
    use crate::view::session::PossibleEvent;
    use kubehop_engine::diagnostic::{LoadBalancerFault, PortFault, SelectionFault};

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
    fn every_catalogue_says_every_message_and_with_its_own_arguments_only() {
        for language in Language::ALL {
            says_each::<Problem>(language);
            says_each::<Reason>(language);
            says_each::<Verdict>(language);
            says_each::<RequestError>(language);
            says_each::<EventError>(language);
            says_each::<ExpectationFault>(language);
            says_each::<Judgement>(language);
            says_each::<Required>(language);
            says_each::<Breaker>(language);
            says_each::<Generated>(language);
            says_each::<PossibleEvent>(language);
            says_each::<Caption>(language);
        }
    }

    #[test]
    fn no_catalogue_has_mistakes_in_its_syntax() {
        for language in Language::ALL {
            let read = FluentResource::try_new(messages_of(language).to_owned());
            assert_eq!(
                read.err().map(|(_, mistakes)| mistakes),
                None,
                "{language:?}"
            );
        }
    }

    #[test]
    fn every_catalogue_has_the_messages_attributes_and_arguments_of_the_english_one() {
        let of = |language: Language| {
            entries(messages_of(language))
                .into_iter()
                .collect::<BTreeSet<Entry>>()
        };
        for language in Language::ALL {
            let (ours, english) = (of(language), of(Language::English));
            let different: Vec<&Entry> = ours.symmetric_difference(&english).collect();
            assert!(
                different.is_empty(),
                "{language:?} and English do not say the same: {different:#?}"
            );
        }
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
            let written = entries(messages_of(language)).into_iter();
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
        for (index, line) in messages_of(Language::Korean).lines().enumerate() {
            let mut ends = line.match_indices("다.").map(|(at, _)| &line[..at]);
            let plain = ends.find(|before| !before.ends_with('니'));
            assert_eq!(plain, None, "line {}", index + 1);
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
        for (place, line) in messages_of(Language::Korean).lines().enumerate() {
            let found = line.split('}').skip(1).find(|rest| wrong(rest));
            assert_eq!(
                found,
                None,
                "line {} reads wrongly for some name",
                place + 1
            );
        }
    }

    /// Compares the messages with the catalogue's source: the ids that begin with their prefix are those of the messages,
    /// and each uses no argument that its message does not have.
    fn says_each<M: Message + JsonSchema>(language: Language) {
        let given = messages::<M>();
        let of_prefix = |entry: &Entry| {
            entry
                .id
                .strip_prefix(M::PREFIX)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let written: Vec<Entry> = entries(messages_of(language))
            .into_iter()
            .filter(of_prefix)
            .collect();
        let ids: BTreeSet<&String> = written.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids, given.keys().collect(), "{language:?}");
        for Entry { id, arguments, .. } in &written {
            assert!(
                arguments.is_subset(&given[id]),
                "{language:?}: {id} uses {arguments:?} of {:?}",
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

    fn selects_nothing(pods: usize, nearest: Option<&str>) -> Fault {
        let (service, selector) = ("admin".to_owned(), "app=kimo".to_owned());
        Fault::Selection(SelectionFault::SelectsNothing {
            service,
            selector,
            nearest: nearest.map(str::to_owned),
            pods,
        })
    }

    #[test]
    fn numbers_choose_the_plural() {
        let detail = |pods| {
            Catalogue::english()
                .format(&selects_nothing(pods, Some("app=kimho")))
                .detail
                .unwrap()
        };
        assert_eq!(
            detail(1),
            "No Pod in the Service's namespace has the labels app=kimo. One Pod has app=kimho: is that the intended one?"
        );
        assert_eq!(
            detail(3),
            "No Pod in the Service's namespace has the labels app=kimo. 3 Pods have app=kimho: are those the intended ones?"
        );
    }

    #[test]
    fn the_headline_has_no_marks_around_its_arguments() {
        assert_eq!(
            Catalogue::english().format(&selects_nothing(0, None)).text,
            "Service admin selects no Pod"
        );
    }

    #[test]
    fn ports_are_printed_without_separators_and_an_empty_list_has_its_own_sentence() {
        let problem = |declared: &str| {
            Fault::Port(PortFault::TargetPortNotFound {
                service: "kimho".to_owned(),
                port: 30123,
                target: "web".to_owned(),
                declared: declared.to_owned(),
            })
        };
        let said = Catalogue::english().format(&problem("http, https"));
        assert_eq!(said.text, "Port 30123 of Service kimho has no endpoint");
        assert!(
            said.detail
                .unwrap()
                .ends_with("The port names are http, https.")
        );
        assert!(
            Catalogue::english()
                .format(&problem(""))
                .detail
                .unwrap()
                .ends_with("Name the port, or use a port number.")
        );
    }

    #[test]
    fn what_the_catalogue_lacks_shows_as_its_id() {
        let catalogue = Catalogue::of(Language::English, "problem-selects-nothing = { $wrong }");
        assert_eq!(
            catalogue
                .format(&Fault::LoadBalancer(
                    LoadBalancerFault::LoadBalancerPending {
                        service: "a".into()
                    }
                ))
                .text,
            "problem-load-balancer-pending"
        );
        assert_eq!(catalogue.format(&selects_nothing(0, None)).text, "{$wrong}");
        assert_eq!(catalogue.label("send"), "label-send");
    }

    #[test]
    fn a_struct_has_one_sentence_and_lists_are_joined() {
        #[derive(Serialize)]
        struct Names {
            names: Vec<&'static str>,
        }
        impl Message for Names {
            const PREFIX: &'static str = "names";
        }
        let catalogue = Catalogue::of(
            Language::English,
            "names = { $names }\n    .short = { GIVEN($names) }",
        );
        let names = Names {
            names: vec!["a", "b"],
        };
        assert_eq!(
            catalogue.format(&names),
            Sentence {
                text: "a, b".to_owned(),
                detail: None
            }
        );
        assert_eq!(
            catalogue.format_part(&names, "short").as_deref(),
            Some("yes")
        );
    }
}
