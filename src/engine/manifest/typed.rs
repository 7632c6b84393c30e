//! Strict decoding: the errors of the API server's JSON decoder for values that do not fit their Go struct.
//!
//! Fields are visited in alphabetical order, because kubectl sends them so. Decoding continues after a wrong type, and
//! the first one is reported; types with their own decoder (time, quantity, int-or-string) end decoding immediately.
//! Unknown fields are reported only if all types are right. (`sigs.k8s.io/json` `decode.go`.)

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::base64;
use super::fields::{Struct, Type};
use super::go_literals;
use super::go_values::go_float;
use super::tree::{FieldPath, PathStep, Yaml, YamlValue};
use crate::diagnostic::Span;
use crate::sort;

/// A decoding error of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeFault {
    /// The path of the field.
    pub path: FieldPath,
    /// The position in the document: of the key for an unknown field, else of the value.
    pub span: Span,
    /// The tool's message.
    pub words: String,
    /// What is wrong.
    pub reason: DecodeFaultReason,
}

/// What a decoding error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeFaultReason {
    /// The text, `apiVersion` and `kind` themselves, or what a type's own decoder refuses.
    Unreadable,
    /// The API server serves no such kind in this version.
    NoSuchKind,
    /// The type has no such field.
    UnknownField {
        /// The field that it is a typo of.
        meant: Option<&'static str>,
    },
    /// The field is one of an item, and is written in a mapping in the position of the list (custom resources only).
    ItemForList,
    /// The value has another type than this one.
    WrongType(Type),
}

impl DecodeFault {
    /// Whether the type has no such field.
    pub fn is_unknown_field(&self) -> bool {
        matches!(
            self.reason,
            DecodeFaultReason::UnknownField { .. } | DecodeFaultReason::ItemForList
        )
    }
}

/// The result of decoding.
pub(super) enum DecodeFaults {
    /// A value has the wrong type; nothing else is reported.
    WrongType(DecodeFault),
    /// Fields that the type does not have; empty if the value is valid.
    Unknown(Vec<DecodeFault>),
}

/// Decodes an object.
pub(super) fn check(node: &Yaml, target: &'static Struct) -> DecodeFaults {
    check_field(
        node,
        &FieldPath::default(),
        target.name,
        Type::Struct(target),
    )
}

/// Decodes the value at `path`, a field of the struct `holder`.
pub(super) fn check_field(
    node: &Yaml,
    path: &FieldPath,
    holder: &'static str,
    target: Type,
) -> DecodeFaults {
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
            DecodeFaults::WrongType(fault)
        }
        (ControlFlow::Continue(()), None) => DecodeFaults::Unknown(decoder.unknown),
    }
}

/// The maximum number of unknown fields that the decoder reports.
const MAX_UNKNOWN: usize = 100;

struct Decoder {
    path: FieldPath,
    /// The struct whose field is being decoded.
    holder: &'static str,
    /// The field names from the top, including embedded structs.
    labels: Vec<&'static str>,
    wrong: Option<DecodeFault>,
    unknown: Vec<DecodeFault>,
}

impl Decoder {
    fn value(&mut self, node: &Yaml, target: Type) -> ControlFlow<DecodeFault> {
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
                return self.own_decoder(node, go_literals::check_quantity(&node.value));
            }
            (Type::Time, YamlValue::String(text)) => {
                return self.own_decoder(node, go_literals::check_time(text));
            }
            (Type::Time, _) => {
                return ControlFlow::Break(self.mismatch(node, Type::Text("string")));
            }
            (Type::Bytes, YamlValue::String(text)) => {
                if let Err(place) = base64::decode(text) {
                    let words = format!("illegal base64 data at input byte {place}");
                    let fault = DecodeFault {
                        path: self.path.clone(),
                        span: node.span,
                        words,
                        reason: DecodeFaultReason::Unreadable,
                    };
                    self.wrong.get_or_insert(fault);
                }
            }
            (target, _) => {
                let fault = self.mismatch(node, target);
                self.wrong.get_or_insert(fault);
            }
        }
        ControlFlow::Continue(())
    }

    fn fields(&mut self, node: &Yaml, target: &'static Struct) -> ControlFlow<DecodeFault> {
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
                None if self.unknown.len() < MAX_UNKNOWN => self.unknown.push(DecodeFault {
                    path: self.path.clone(),
                    span: entry.key_span,
                    words: format!("unknown field {:?}", self.path.to_string()),
                    reason: DecodeFaultReason::UnknownField {
                        meant: target.nearest_field(&entry.key),
                    },
                }),
                None => {}
                Some(field) => {
                    let holder = std::mem::replace(&mut self.holder, target.name);
                    let depth = self.labels.len();
                    if !field.embedded.is_empty() {
                        self.labels.push(field.embedded);
                    }
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

    fn items(&mut self, items: &[Yaml], target: Type) -> ControlFlow<DecodeFault> {
        for (index, item) in items.iter().enumerate() {
            self.path.0.push(PathStep::Index(index));
            self.value(item, target)?;
            self.path.0.pop();
        }
        ControlFlow::Continue(())
    }

    fn entries(&mut self, node: &Yaml, target: Type) -> ControlFlow<DecodeFault> {
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

    fn number_or_name(&self, node: &Yaml) -> ControlFlow<DecodeFault> {
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

    /// The result of a type's own decoder, whose message does not name the field.
    fn own_decoder(&self, node: &Yaml, verdict: Result<(), String>) -> ControlFlow<DecodeFault> {
        match verdict {
            Ok(()) => ControlFlow::Continue(()),
            Err(words) => ControlFlow::Break(DecodeFault {
                path: self.path.clone(),
                span: node.span,
                words,
                reason: DecodeFaultReason::Unreadable,
            }),
        }
    }

    fn mismatch(&self, node: &Yaml, target: Type) -> DecodeFault {
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
        DecodeFault {
            path: self.path.clone(),
            span: node.span,
            words,
            reason: DecodeFaultReason::WrongType(target),
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
            DecodeFaults::WrongType(fault) => vec![fault.words],
            DecodeFaults::Unknown(faults) => faults.into_iter().map(|fault| fault.words).collect(),
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
    fn what_a_pod_is_given_is_text_and_bytes() {
        for (kind, text, said) in [
            (
                "ConfigMap",
                "data: {port: 8080, on: x}",
                "json: cannot unmarshal number into Go struct field ConfigMap.data of type string",
            ),
            (
                "ConfigMap",
                "immutable: maybe",
                "json: cannot unmarshal string into Go struct field ConfigMap.immutable of type bool",
            ),
            (
                "Secret",
                "data: {pw: not base64!}",
                "illegal base64 data at input byte 3",
            ),
            (
                "Secret",
                "type: 1",
                "json: cannot unmarshal number into Go struct field Secret.type of type v1.SecretType",
            ),
            (
                "ServiceAccount",
                "secret: [{name: a}]",
                "unknown field \"secret\"",
            ),
        ] {
            assert_eq!(words(("v1", kind), text), [said], "{text}");
        }
    }

    #[test]
    fn embedded_structs_are_in_the_path() {
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
