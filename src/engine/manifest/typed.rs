//! Whether a value fits its Go struct: what the API server's strict JSON decoder says of one that does not.
//!
//! Fields are visited in the order of their names, because kubectl sends them so. A wrong type is remembered and decoding
//! goes on, the first one is reported; a type that reads itself (a moment, an amount, a port by number or name) ends
//! decoding at once. Unknown fields are reported only when every type is right. (`sigs.k8s.io/json` `decode.go`.)

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::fields::{Struct, Type};
use super::go_literals;
use super::goyaml_errors::go_float;
use super::tree::{FieldPath, PathStep, Yaml, YamlValue};
use crate::engine::diagnostic::Span;
use crate::engine::sort;

/// One thing that is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub path: FieldPath,
    /// Its place in the document: of the key when the field should not be there, of the value otherwise.
    pub span: Span,
    /// What the tool says of it.
    pub words: String,
}

/// What a decoder found.
pub enum Faults {
    /// A value of the wrong type; nothing else is reported.
    WrongType(Fault),
    /// Fields that the type does not have; none when all is well.
    Unknown(Vec<Fault>),
}

/// Decodes a value into a struct, which an enclosing type of this name may hold.
pub fn check(node: &Yaml, target: &'static Struct) -> Faults {
    check_field(
        node,
        &FieldPath::default(),
        target.name,
        Type::Struct(target),
    )
}

/// Decodes a value that stands at `path` in a struct named `holder`.
pub fn check_field(node: &Yaml, path: &FieldPath, holder: &'static str, target: Type) -> Faults {
    let labels = path.0.iter().filter_map(|step| match step {
        PathStep::Key(Cow::Borrowed(key)) => Some(*key),
        PathStep::Key(Cow::Owned(_)) | PathStep::Entry(_) | PathStep::Index(_) => None,
    });
    let mut decoder = Decoder {
        path: path.clone(),
        holder,
        labels: labels.collect(),
        wrong: None,
        unknown: Vec::new(),
    };
    match (decoder.value(node, target), decoder.wrong) {
        (ControlFlow::Break(fault), _) | (ControlFlow::Continue(()), Some(fault)) => {
            Faults::WrongType(fault)
        }
        (ControlFlow::Continue(()), None) => Faults::Unknown(decoder.unknown),
    }
}

/// The decoder stops remembering unknown fields after this many.
const MOST_UNKNOWN: usize = 100;

struct Decoder {
    path: FieldPath,
    /// The struct whose field is being decoded.
    holder: &'static str,
    /// The fields from the top, with the embedded structs in between.
    labels: Vec<&'static str>,
    wrong: Option<Fault>,
    unknown: Vec<Fault>,
}

impl Decoder {
    fn value(&mut self, node: &Yaml, target: Type) -> ControlFlow<Fault> {
        match (target, &node.value) {
            (_, YamlValue::Null) | (Type::Any, _) => {}
            (Type::Text(_), YamlValue::String(_))
            | (Type::Bool, YamlValue::Bool(_))
            | (Type::Int64, YamlValue::Int(_)) => {}
            (Type::Int32, YamlValue::Int(number)) if i32::try_from(*number).is_ok() => {}
            (Type::Struct(target), YamlValue::Map(_)) => return self.fields(node, target),
            (Type::List(item), YamlValue::Seq(items)) => {
                return self.items(items, Type::read(item));
            }
            (Type::Map(value), YamlValue::Map(_)) => return self.entries(node, Type::read(value)),
            (Type::IntOrString, _) => return self.number_or_name(node),
            (Type::Quantity, _) => {
                return self.itself(node, go_literals::check_quantity(&node.value));
            }
            (Type::Time, YamlValue::String(text)) => {
                return self.itself(node, go_literals::check_time(text));
            }
            (Type::Time, _) => {
                return ControlFlow::Break(self.mismatch(node, Type::Text("string")));
            }
            (target, _) => {
                let fault = self.mismatch(node, target);
                self.wrong.get_or_insert(fault);
            }
        }
        ControlFlow::Continue(())
    }

    fn fields(&mut self, node: &Yaml, target: &'static Struct) -> ControlFlow<Fault> {
        let mut entries: Vec<_> = node.entries().iter().collect();
        sort::sort_by(&mut entries, |one, other| one.key.cmp(&other.key));
        for entry in entries {
            let field = target.field(&entry.key);
            let name = field.map_or_else(
                || Cow::Owned(entry.key.to_string()),
                |field| Cow::Borrowed(field.name),
            );
            self.path.0.push(PathStep::Key(name));
            match field {
                None if self.unknown.len() < MOST_UNKNOWN => self.unknown.push(Fault {
                    path: self.path.clone(),
                    span: entry.key_span,
                    words: format!("unknown field {:?}", self.path.to_string()),
                }),
                None => {}
                Some(field) => {
                    let (holder, depth) = (
                        std::mem::replace(&mut self.holder, target.name),
                        self.labels.len(),
                    );
                    self.labels
                        .extend((!field.embedded.is_empty()).then_some(field.embedded));
                    self.labels.push(field.name);
                    self.value(&entry.value, field.kind())?;
                    self.labels.truncate(depth);
                    self.holder = holder;
                }
            }
            self.path.0.pop();
        }
        ControlFlow::Continue(())
    }

    fn items(&mut self, items: &[Yaml], target: Type) -> ControlFlow<Fault> {
        for (index, item) in items.iter().enumerate() {
            self.path.0.push(PathStep::Index(index));
            self.value(item, target)?;
            self.path.0.pop();
        }
        ControlFlow::Continue(())
    }

    fn entries(&mut self, node: &Yaml, target: Type) -> ControlFlow<Fault> {
        let mut entries: Vec<_> = node.entries().iter().collect();
        sort::sort_by(&mut entries, |one, other| one.key.cmp(&other.key));
        for entry in entries {
            self.path
                .0
                .push(PathStep::Key(Cow::Owned(entry.key.to_string())));
            self.value(&entry.value, target)?;
            self.path.0.pop();
        }
        ControlFlow::Continue(())
    }

    fn number_or_name(&self, node: &Yaml) -> ControlFlow<Fault> {
        match &node.value {
            YamlValue::Null | YamlValue::String(_) => ControlFlow::Continue(()),
            YamlValue::Int(number) if i32::try_from(*number).is_ok() => ControlFlow::Continue(()),
            YamlValue::Int(_)
            | YamlValue::Bool(_)
            | YamlValue::Float(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_) => ControlFlow::Break(self.mismatch(node, Type::Int32)),
        }
    }

    /// What a type that reads itself says, without the field.
    fn itself(&self, node: &Yaml, verdict: Result<(), String>) -> ControlFlow<Fault> {
        match verdict {
            Ok(()) => ControlFlow::Continue(()),
            Err(words) => ControlFlow::Break(Fault {
                path: self.path.clone(),
                span: node.span,
                words,
            }),
        }
    }

    fn mismatch(&self, node: &Yaml, target: Type) -> Fault {
        let found = match (&node.value, target) {
            (YamlValue::Int(number), Type::Int32 | Type::Int64) => format!("number {number}"),
            (YamlValue::Float(number), Type::Int32 | Type::Int64) => {
                format!("number {}", go_float(*number))
            }
            (YamlValue::Null, _) => "null".to_owned(),
            (YamlValue::Bool(_), _) => "bool".to_owned(),
            (YamlValue::Int(_) | YamlValue::Float(_), _) => "number".to_owned(),
            (YamlValue::String(_), _) => "string".to_owned(),
            (YamlValue::Seq(_), _) => "array".to_owned(),
            (YamlValue::Map(_), _) => "object".to_owned(),
        };
        let field = format!("{}.{}", self.holder, self.labels.join("."));
        let words = format!(
            "json: cannot unmarshal {found} into Go struct field {field} of type {}",
            target.in_go()
        );
        Fault {
            path: self.path.clone(),
            span: node.span,
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::of_kind;
    use super::super::reader::read;
    use super::*;

    fn words(kind: (&str, &str), text: &str) -> Vec<String> {
        let tree = read(text).expect("is YAML").tree;
        match check(&tree, of_kind(kind.0, kind.1).expect("is modelled")) {
            Faults::WrongType(fault) => vec![fault.words],
            Faults::Unknown(faults) => faults.into_iter().map(|fault| fault.words).collect(),
        }
    }

    #[test]
    fn a_wrong_type_is_named_as_go_names_it() {
        for (text, field) in [
            (
                "spec: x",
                "string into Go struct field Service.spec of type v1.ServiceSpec",
            ),
            (
                "spec: {type: 1}",
                "number into Go struct field ServiceSpec.spec.type of type v1.ServiceType",
            ),
            (
                "spec: {ports: [{port: 99999999999}]}",
                "number 99999999999 into Go struct field ServicePort.spec.ports.port of type int32",
            ),
            (
                "spec: {ports: [80]}",
                "number into Go struct field ServiceSpec.spec.ports of type v1.ServicePort",
            ),
            (
                "spec: {ports: [{targetPort: [80]}]}",
                "array into Go struct field ServicePort.spec.ports.targetPort of type int32",
            ),
            (
                "spec: {externalIPs: [1]}",
                "number into Go struct field ServiceSpec.spec.externalIPs of type string",
            ),
            (
                "spec: {ipFamilies: IPv4}",
                "string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily",
            ),
            (
                "metadata: {creationTimestamp: 1}",
                "number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
            ),
        ] {
            assert_eq!(
                words(("v1", "Service"), text),
                [format!("json: cannot unmarshal {field}")],
                "{text}"
            );
        }
    }

    #[test]
    fn embedded_structs_stand_in_the_path() {
        let text = "spec: {containers: [{livenessProbe: {httpGet: {path: 1}}}]}";
        let path = "HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.path";
        let expected =
            format!("json: cannot unmarshal number into Go struct field {path} of type string");
        assert_eq!(words(("v1", "Pod"), text), [expected]);
    }

    #[test]
    fn unknown_fields_are_listed_by_name_unless_a_type_is_wrong() {
        assert_eq!(
            words(("v1", "Service"), "b: 1\nspec: {x: 1}\na: 1"),
            ["a", "b", "spec.x"].map(|name| format!("unknown field {name:?}"))
        );
        assert_eq!(
            words(("v1", "Service"), "b: 1\nspec: {clusterIP: 1}").len(),
            1
        );
        assert!(words(("v1", "Service"), "b: 1\nspec: {clusterIP: 1}")[0].starts_with("json: "));
    }
}
