//! Every sentence of kubehop comes from here: a message (an enum's variant with its arguments) goes in, words come out.
//!
//! The engine returns data; people read sentences, in their language. A language is a folder of files in the Fluent
//! syntax (`static/messages/en/`), which has plurals and lets a translator reorder everything. A message that is missing
//! there is shown as its id: never a blank and never a panic.
//! Source: <https://projectfluent.org/fluent/guide/>.

mod files;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

pub use super::language::Language;
use kubehop_engine::diagnostic::{Fault, Problem};
use kubehop_engine::resolve::events::EventError;
use kubehop_engine::trace::{Reason, RequestError, Verdict};

/// A message with sentences in the catalogue: an enum whose variants, tagged `id`, have theirs under `PREFIX-id`, or a
/// struct that has one under `PREFIX`.
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

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The headline.
    pub text: String,
    /// What it means and how to fix it, if the headline does not suffice.
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
    /// The sentences of answers, in English.
    pub fn english() -> Catalogue {
        Catalogue::named(Language::English)
    }

    /// The sentences of answers, in the given language.
    pub fn named(language: Language) -> Catalogue {
        Catalogue::of(language, &files::of_answers(language))
    }

    /// The sentences of answers and of the page. The page itself loads one file that has both, for [`Catalogue::of`].
    pub fn of_page(language: Language) -> Catalogue {
        let messages = files::of_answers(language) + &files::of_page(language);
        Catalogue::of(language, &messages)
    }

    /// A catalogue for answers whose sentences are not shown: a message is its id. Unlike [`Catalogue::english`] it does
    /// not bring the catalogue's text into the program, so the worker, which loads one language, can use it.
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

    /// The sentences of a text in the Fluent syntax. A mistake in one message leaves the others.
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
    use super::*;
    use kubehop_engine::diagnostic::{LoadBalancerFault, PortFault, SelectionFault};

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
