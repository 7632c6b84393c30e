//! Reads expectations from YAML, with the line and column of every mistake.

use super::read_fault::{ExpectationFault, ReadFault, Shape};
use super::{Expectation, Question, Wanted};
use kubehop_engine::diagnostic::Span;
use kubehop_engine::manifest::reader;
use kubehop_engine::manifest::tree::{Yaml, YamlValue};
use kubehop_engine::resolve::events::Event;
use kubehop_engine::trace::{Origin, Request, Target};

/// The most connections that one expectation opens.
const MAX_CONNECTIONS: u64 = 1_000;

/// Reads parts of a file, and collects what is wrong with it.
#[derive(Default)]
pub(crate) struct Reader {
    /// What is wrong.
    pub(crate) faults: Vec<PlacedFault>,
}

/// A fault with its position in the file.
pub(crate) struct PlacedFault {
    /// The position.
    pub(crate) span: Span,
    /// What is wrong there.
    pub(crate) fault: ReadFault,
}

impl Reader {
    /// The tree of a file; `None` if it is not YAML.
    pub(crate) fn tree(&mut self, text: &str) -> Option<Yaml> {
        match reader::read(text) {
            Ok(read) => Some(read.tree),
            Err(error) => {
                let message = error.message;
                self.fault(error.span, ExpectationFault::NotYaml { message });
                None
            }
        }
    }

    /// The expectations of a list.
    pub(crate) fn expectations(&mut self, list: &Yaml) -> Vec<Expectation> {
        if !matches!(list.value, YamlValue::Seq(_)) {
            self.wrong_shape(list, "", Shape::List);
        }
        let items = list.items().iter();
        items.filter_map(|item| self.expectation(item)).collect()
    }

    /// One expectation; `None` if something is wrong with it.
    pub(crate) fn expectation(&mut self, item: &Yaml) -> Option<Expectation> {
        self.check_fields(
            item,
            &["from", "to", "run", "connections", "after", "expect"],
        );
        let question = self.question(item);
        let connections = self.connections(item);
        let after = self.events(item.get("after"));
        let wanted = match self.required(item, "expect") {
            Some(expect) => self.wanted(expect),
            None => Vec::new(),
        };
        let question = question?;
        self.check_question(&question, &wanted, item);
        Some(Expectation {
            span: item.span,
            question,
            connections,
            after,
            wanted,
        })
    }

    /// What is asked: `from` and `to`, or `run`.
    pub(crate) fn question(&mut self, item: &Yaml) -> Option<Question> {
        if let Some(run) = item.get("run") {
            return self.text(run, "run").map(Question::Command);
        }
        let from = self.required(item, "from");
        let to = self.required(item, "to");
        let from = self.origin(from?);
        let to = self.target(to?);
        Some(Question::Connection(Request {
            from: from?,
            to: to?,
        }))
    }

    /// How many connections are opened: one, unless `connections` says another number.
    pub(crate) fn connections(&mut self, item: &Yaml) -> u64 {
        let Some(node) = item.get("connections") else {
            return 1;
        };
        let number = match node.value {
            YamlValue::Int(number) => u64::try_from(number).ok(),
            _ => None,
        };
        let number = number.filter(|number| (1..=MAX_CONNECTIONS).contains(number));
        if number.is_none() {
            self.wrong_shape(node, "connections", Shape::Number);
        }
        number.unwrap_or(1)
    }

    fn origin(&mut self, node: &Yaml) -> Option<Origin> {
        let parsed = self.text(node, "from")?.parse::<Origin>();
        self.checked(parsed.map_err(ReadFault::Request), node.span)
    }

    /// A URL, or a mapping with `url`, `method`, `host` and `path`.
    fn target(&mut self, node: &Yaml) -> Option<Target> {
        let YamlValue::Map(_) = node.value else {
            let parsed = self.text(node, "to")?.parse::<Target>();
            return self.checked(parsed.map_err(ReadFault::Request), node.span);
        };
        self.check_fields(node, &["url", "method", "host", "path"]);
        let mut text = match self.required(node, "url") {
            Some(url) => self.text(url, "url")?,
            None => return None,
        };
        if let Some(path) = node.get("path") {
            let path = self.text(path, "path")?;
            text = format!("{}{path}", text.trim_end_matches('/'));
        }
        if let Some(method) = node.get("method") {
            text = format!("{text} -X {}", self.text(method, "method")?);
        }
        if let Some(host) = node.get("host") {
            text = format!("{text} -H 'Host: {}'", self.text(host, "host")?);
        }
        let parsed = text.parse::<Target>();
        self.checked(parsed.map_err(ReadFault::Request), node.span)
    }

    /// One event, or a list of them.
    pub(crate) fn events(&mut self, node: Option<&Yaml>) -> Vec<Event> {
        let Some(node) = node else {
            return Vec::new();
        };
        let items = match &node.value {
            YamlValue::Seq(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut events = Vec::new();
        for item in items {
            if let Some(text) = self.text(item, "after") {
                let parsed = text.parse::<Event>();
                events.extend(self.checked(parsed.map_err(ReadFault::Event), item.span));
            }
        }
        events
    }

    /// A connection can be answered, a command prints.
    pub(crate) fn check_question(&mut self, question: &Question, wanted: &[Wanted], node: &Yaml) {
        let is_command = matches!(question, Question::Command(_));
        for one in wanted {
            let is_print = matches!(one, Wanted::Prints(_) | Wanted::PrintsNot(_));
            if is_print != is_command {
                let wanted = one.to_string();
                self.fault(node.span, ExpectationFault::OtherQuestion { wanted });
            }
        }
    }

    /// Reports the fields of a mapping that do not exist.
    pub(crate) fn check_fields(&mut self, node: &Yaml, known: &[&str]) {
        if !matches!(node.value, YamlValue::Map(_)) {
            return self.wrong_shape(node, "", Shape::Mapping);
        }
        for entry in node.entries() {
            if !known.contains(&entry.key.as_str()) {
                let (field, known) = (entry.key.to_string(), known.join(", "));
                self.fault(
                    entry.key_span,
                    ExpectationFault::UnknownField { field, known },
                );
            }
        }
    }

    /// A field that must be there.
    pub(crate) fn required<'a>(&mut self, node: &'a Yaml, field: &'static str) -> Option<&'a Yaml> {
        let value = node.get(field);
        if value.is_none() && matches!(node.value, YamlValue::Map(_)) {
            self.fault(node.span, ExpectationFault::MissingField { field });
        }
        value
    }

    /// A text; a number is read as one.
    pub(crate) fn text(&mut self, node: &Yaml, field: &str) -> Option<String> {
        let text = match &node.value {
            YamlValue::String(text) => Some(text.to_string()),
            YamlValue::Int(number) => Some(number.to_string()),
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_) => None,
        };
        if text.is_none() {
            self.wrong_shape(node, field, Shape::Text);
        }
        text
    }

    pub(crate) fn wrong_shape(&mut self, node: &Yaml, field: &str, wanted: Shape) {
        let field = field.to_owned();
        self.fault(node.span, ExpectationFault::WrongShape { field, wanted });
    }

    pub(crate) fn fault(&mut self, span: Span, fault: ExpectationFault) {
        let fault = ReadFault::Own(fault);
        self.faults.push(PlacedFault { span, fault });
    }

    /// What was parsed; a fault is collected.
    pub(super) fn checked<T>(&mut self, parsed: Result<T, ReadFault>, span: Span) -> Option<T> {
        parsed
            .map_err(|fault| self.faults.push(PlacedFault { span, fault }))
            .ok()
    }
}
