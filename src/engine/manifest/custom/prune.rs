//! Fields that a structural schema lacks (apiextensions-apiserver `pkg/apiserver/schema/pruning`), each an error of strict
//! decoding. Values of a wrong type are not looked at, but a map in the position of a list or a text has unknown fields.

use std::borrow::Cow;

use super::schema::{ObjectSchema, SchemaType};
use crate::manifest::fields;
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlEntry, YamlValue};
use crate::manifest::typed::{DecodeFault, DecodeFaultReason, DecodeFaults, check_field};
use crate::sort;

/// The unknown fields of an object, by path.
pub(in crate::manifest) fn unknown_fields(
    object: &Yaml,
    schema: &'static ObjectSchema,
) -> Vec<DecodeFault> {
    let mut found = Unknown {
        path: FieldPath::default(),
        faults: Vec::new(),
    };
    found.of_value(object, Some(SchemaType::Object(schema)));
    let mut faults = found.faults;
    if let Some(metadata) = object.get("metadata") {
        let path = FieldPath::default().key("metadata");
        let meta = check_field(metadata, &path, "metadataOnlyObject", fields::object_meta());
        if let DecodeFaults::Unknown(of_metadata) = meta {
            faults.extend(of_metadata);
        }
    }
    sort::sort_by_key(&mut faults, |fault| fault.path.to_string());
    faults
}

struct Unknown {
    path: FieldPath,
    faults: Vec<DecodeFault>,
}

impl Unknown {
    fn of_value(&mut self, value: &Yaml, schema: Option<SchemaType>) {
        match &value.value {
            YamlValue::Map(entries) => {
                for entry in entries {
                    self.of_entry(entry, schema);
                }
            }
            YamlValue::Seq(items) => {
                let item_schema = match schema {
                    Some(SchemaType::List(item)) => Some(SchemaType::read(item)),
                    _ => None,
                };
                for (index, item) in items.iter().enumerate() {
                    self.path.0.push(PathStep::Index(index));
                    self.of_value(item, item_schema);
                    self.path.0.pop();
                }
            }
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_) => {}
        }
    }

    fn of_entry(&mut self, entry: &YamlEntry, schema: Option<SchemaType>) {
        self.path
            .0
            .push(PathStep::Key(Cow::Owned(entry.key.to_string())));
        match schema {
            Some(SchemaType::Metadata) => {}
            Some(SchemaType::Map(value)) => {
                self.of_value(&entry.value, Some(SchemaType::read(value)));
            }
            Some(SchemaType::Object(owner)) => match owner.property(&entry.key) {
                Some(property) => self.of_value(&entry.value, Some(property.kind())),
                None => self.record(entry, unknown(owner.nearest_property(&entry.key))),
            },
            Some(SchemaType::List(item)) => match SchemaType::read(item) {
                SchemaType::Object(owner) if owner.property(&entry.key).is_some() => {
                    self.record(entry, DecodeFaultReason::ItemForList);
                }
                _ => self.record(entry, unknown(None)),
            },
            Some(SchemaType::Text | SchemaType::Bool | SchemaType::Int32 | SchemaType::Int64)
            | None => self.record(entry, unknown(None)),
        }
        self.path.0.pop();
    }

    fn record(&mut self, entry: &YamlEntry, reason: DecodeFaultReason) {
        self.faults.push(DecodeFault {
            path: self.path.clone(),
            span: entry.key_span,
            words: format!("unknown field {:?}", self.path.to_string()),
            reason,
        });
    }
}

fn unknown(meant: Option<&'static str>) -> DecodeFaultReason {
    DecodeFaultReason::UnknownField { meant }
}

#[cfg(test)]
mod tests {
    use crate::manifest::Source;

    fn words(spec: &str) -> Vec<String> {
        let text = format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: a, labelz: {{}}}}\nspec: {spec}\n"
        );
        let source = Source::read(&text);
        let faults = source
            .rejections()
            .flat_map(|it| it.rejection.faults.clone());
        faults.map(|fault| fault.words).collect()
    }

    #[test]
    fn a_field_that_the_schema_lacks_is_unknown_wherever_it_is() {
        assert_eq!(
            words("{listner: [], listeners: [{name: a, prot: 1}]}"),
            [
                r#"unknown field "metadata.labelz""#,
                r#"unknown field "spec.listeners[0].prot""#,
                r#"unknown field "spec.listner""#,
            ]
        );
    }

    #[test]
    fn a_map_in_the_position_of_a_list_has_unknown_fields() {
        assert_eq!(
            words("{listeners: {http: {port: 80}}}")[1],
            r#"unknown field "spec.listeners.http""#
        );
    }
}
