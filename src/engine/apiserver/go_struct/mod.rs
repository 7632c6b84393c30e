//! A pod's spec in the form the server keeps it in memory, and the difference of two.
//!
//! When a pod is replaced by one that changes too much, the server shows what changed: both specs as JSON with the
//! names and the order of its internal structs (`pkg/apis/core/types.go`), compared line by line with three lines of
//! context.

mod container;
mod pod;
mod scheduling;
mod security;
mod volumes;

use self::pod::POD;
use super::field::Field;
use super::go_json::{in_go_order, text_in_json, to_json};
use crate::manifest::tree::{Yaml, YamlValue};

/// A field of an internal struct: its name there, in the manifest, and how it is written.
type GoField = (&'static str, &'static str, Shape);

/// How a field is written.
#[derive(Clone, Copy)]
enum Shape {
    /// Text, `""` when there is none.
    Text,
    /// A number, `0` when there is none.
    Number,
    /// A truth value, `false` when there is none.
    Flag,
    /// A value behind a pointer, a list or map of plain values, a struct of the public API: `null` when there is none.
    Plain,
    /// A quantity, `"0"` when there is none.
    Quantity,
    /// A struct that is always there.
    Struct(&'static [GoField]),
    /// A struct behind a pointer.
    Pointer(&'static [GoField]),
    /// A list of structs.
    List(&'static [GoField]),
    /// An embedded struct of the public API: its fields that are set stand among those of the outer struct.
    Embedded(&'static [GoField]),
}

/// A pod's spec, line by line.
pub(super) fn pod_spec_lines(spec: &Yaml) -> Vec<String> {
    let mut spec = spec.clone();
    let of_the_host = [
        "hostNetwork",
        "hostPID",
        "hostIPC",
        "shareProcessNamespace",
        "hostUsers",
    ];
    let moved: Vec<_> = of_the_host
        .iter()
        .filter_map(|key| Some((key, spec.remove(key)?)))
        .collect();
    if let Some(security) = spec.get_mut("securityContext") {
        for (key, entry) in moved {
            security.set(key, entry.value.value);
        }
    }
    let mut lines = Lines::default();
    lines.object(&Field::root(&spec), POD, "");
    lines.0
}

/// The template of a workload in one line: its labels and annotations, then the spec of its pods.
pub(super) fn template_line(template: &Yaml) -> String {
    let root = Field::root(template);
    let metadata = root.child("metadata");
    let notes = ["labels", "annotations"]
        .map(|name| metadata.child(name))
        .into_iter()
        .filter(Field::is_set);
    let notes = notes.map(|field| {
        let name = field.path.to_string().replace("metadata.", "");
        format!("\"{name}\":{},", to_json(field.node()))
    });
    let spec = pod_spec_lines(&root.child("spec").node().cloned().unwrap_or_default());
    let spec: String = spec
        .iter()
        .map(|line| without_space(line.trim_start_matches(' ')))
        .collect();
    format!("{{{}\"Spec\":{spec}}}", notes.collect::<String>())
}

/// A line without the space behind its key.
fn without_space(line: &str) -> String {
    match line.split_once("\": ") {
        Some((key, value)) if line.starts_with('"') && !key.ends_with('\\') => {
            format!("{key}\":{value}")
        }
        Some(_) | None => line.to_owned(),
    }
}

/// Lines of JSON, each level indented by one more space.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn object(&mut self, object: &Field, fields: &[GoField], start: &str) {
        let indent = " ".repeat(depth(start));
        self.0.push(format!("{start}{{"));
        self.fields(object, fields, &indent);
        self.end_with(format!("{indent}}}"));
    }

    /// The fields of a struct, each with a comma behind it.
    fn fields(&mut self, object: &Field, fields: &[GoField], indent: &str) {
        for (name, key, shape) in fields {
            let field = object.child(key);
            if let Shape::Embedded(inner) = shape {
                let is_set = |(_, key, _): &&GoField| field.child(key).is_set();
                let set: Vec<GoField> = inner.iter().filter(is_set).copied().collect();
                self.fields(&field, &set, indent);
            } else {
                self.value(&field, *shape, &format!("{indent} \"{name}\": "));
                self.comma();
            }
        }
    }

    fn value(&mut self, field: &Field, shape: Shape, start: &str) {
        let word = match shape {
            Shape::Text => text_in_json(field.text()),
            Shape::Number => field.int().to_string(),
            Shape::Flag => field.is_true().to_string(),
            Shape::Quantity if !field.is_set() => "\"0\"".to_owned(),
            Shape::Plain | Shape::Quantity => {
                return match field.node() {
                    Some(node) => self.plain(node, start),
                    None => self.0.push(format!("{start}null")),
                };
            }
            Shape::Struct(fields) | Shape::Embedded(fields) => {
                return self.object(field, fields, start);
            }
            Shape::Pointer(fields) if field.is_set() => return self.object(field, fields, start),
            Shape::List(fields) if !field.is_empty() => return self.list(field, fields, start),
            Shape::List(_) if field.is_set() => "[]".to_owned(),
            Shape::Pointer(_) | Shape::List(_) => "null".to_owned(),
        };
        self.0.push(format!("{start}{word}"));
    }

    fn list(&mut self, list: &Field, fields: &[GoField], start: &str) {
        let indent = " ".repeat(depth(start));
        self.0.push(format!("{start}["));
        for item in &list.items() {
            self.object(item, fields, &format!("{indent} "));
            self.comma();
        }
        self.end_with(format!("{indent}]"));
    }

    /// A value as `json.MarshalIndent` writes it, the keys of maps in their order.
    fn plain(&mut self, node: &Yaml, start: &str) {
        let indent = " ".repeat(depth(start));
        match &node.value {
            YamlValue::Seq(items) if !items.is_empty() => {
                self.0.push(format!("{start}["));
                for item in items {
                    self.plain(item, &format!("{indent} "));
                    self.comma();
                }
                self.end_with(format!("{indent}]"));
            }
            YamlValue::Map(entries) if !entries.is_empty() => {
                self.0.push(format!("{start}{{"));
                for entry in in_go_order(entries) {
                    let key = text_in_json(&entry.key);
                    self.plain(&entry.value, &format!("{indent} {key}: "));
                    self.comma();
                }
                self.end_with(format!("{indent}}}"));
            }
            YamlValue::Null
            | YamlValue::Bool(_)
            | YamlValue::Int(_)
            | YamlValue::Float(_)
            | YamlValue::String(_)
            | YamlValue::Seq(_)
            | YamlValue::Map(_) => self.0.push(format!("{start}{}", to_json(Some(node)))),
        }
    }

    fn comma(&mut self) {
        if let Some(line) = self.0.last_mut() {
            line.push(',');
        }
    }

    /// Closes a list or a struct, whose last part has no comma.
    fn end_with(&mut self, line: String) {
        if let Some(last) = self.0.last_mut()
            && last.ends_with(',')
        {
            last.pop();
        }
        self.0.push(line);
    }
}

fn depth(start: &str) -> usize {
    start.len() - start.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_begins_on_the_fifth_line() {
        let json: serde_json::Value =
            serde_json::from_str(r#"{"containers":[{"name":"c"}]}"#).expect("is JSON");
        let lines = pod_spec_lines(&json.into());
        assert_eq!(
            lines[..4],
            [
                "{",
                " \"Volumes\": null,",
                " \"InitContainers\": null,",
                " \"Containers\": ["
            ]
        );
        assert_eq!(lines[4..6], ["  {", "   \"Name\": \"c\","]);
    }

    #[test]
    fn a_template_is_one_line() {
        let json = r#"{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","args":["\": "]}]}}"#;
        let json: serde_json::Value = serde_json::from_str(json).expect("is JSON");
        let line = template_line(&json.into());
        let start = r#"{"labels":{"a":"b"},"Spec":{"Volumes":null,"InitContainers":null,"Containers":[{"Name":"c","#;
        assert!(line.starts_with(start), "{line}");
        assert!(line.contains(r#""Args":["\": "],"#), "{line}");
    }

    #[test]
    fn host_network_is_in_the_security_context() {
        let json: serde_json::Value =
            serde_json::from_str(r#"{"hostNetwork":true,"securityContext":{}}"#).expect("is JSON");
        let lines = pod_spec_lines(&json.into());
        let place = lines
            .iter()
            .position(|line| line == " \"SecurityContext\": {")
            .expect("is there");
        assert_eq!(
            lines[place + 1..place + 3],
            ["  \"HostNetwork\": true,", "  \"HostPID\": false,"]
        );
    }
    /// The lines of a spec from one of them on.
    fn lines_from(spec: &str, first: &str, count: usize) -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(spec).expect("is JSON");
        let lines = pod_spec_lines(&json.into()).into_iter();
        lines.skip_while(|line| line != first).take(count).collect()
    }

    #[test]
    fn a_volume_has_a_line_for_every_source() {
        let spec = r#"{"volumes":[{"name":"tmp","emptyDir":{}}]}"#;
        let expected = [
            " \"Volumes\": [",
            "  {",
            "   \"Name\": \"tmp\",",
            "   \"HostPath\": null,",
            "   \"EmptyDir\": {",
            "    \"Medium\": \"\",",
            "    \"SizeLimit\": null",
            "   },",
            "   \"GCEPersistentDisk\": null,",
        ];
        assert_eq!(lines_from(spec, expected[0], expected.len()), expected);
        let rest = lines_from(spec, "   \"Image\": null", 3);
        assert_eq!(rest, ["   \"Image\": null", "  }", " ],"]);
    }

    #[test]
    fn a_variable_prints_all_its_possible_sources() {
        let source = r#"{"resourceFieldRef":{"resource":"limits.cpu"}}"#;
        let spec = format!(
            r#"{{"containers":[{{"name":"c","env":[{{"name":"CPU","valueFrom":{source}}}]}}]}}"#
        );
        let expected = [
            "     \"ValueFrom\": {",
            "      \"FieldRef\": null,",
            "      \"ResourceFieldRef\": {",
            "       \"ContainerName\": \"\",",
            "       \"Resource\": \"limits.cpu\",",
            "       \"Divisor\": \"0\"",
            "      },",
            "      \"ConfigMapKeyRef\": null,",
            "      \"SecretKeyRef\": null,",
            "      \"FileKeyRef\": null",
            "     }",
        ];
        assert_eq!(lines_from(&spec, expected[0], expected.len()), expected);
    }

    #[test]
    fn a_selector_is_written_as_the_public_api_writes_it() {
        let selector = r#"{"matchExpressions":[{"key":"a","operator":"Exists"}],"matchLabels":{"c":"d","b":"e"}}"#;
        let spec = format!(r#"{{"topologySpreadConstraints":[{{"labelSelector":{selector}}}]}}"#);
        let expected = [
            "   \"LabelSelector\": {",
            "    \"matchLabels\": {",
            "     \"b\": \"e\",",
            "     \"c\": \"d\"",
            "    },",
            "    \"matchExpressions\": [",
            "     {",
            "      \"key\": \"a\",",
            "      \"operator\": \"Exists\"",
            "     }",
            "    ]",
            "   },",
        ];
        assert_eq!(lines_from(&spec, expected[0], expected.len()), expected);
    }

    #[test]
    fn the_metadata_of_a_claim_is_beside_its_spec() {
        let template =
            r#"{"metadata":{"labels":{"a":"b"}},"spec":{"accessModes":["ReadWriteOnce"]}}"#;
        let spec = format!(
            r#"{{"volumes":[{{"name":"v","ephemeral":{{"volumeClaimTemplate":{template}}}}}]}}"#
        );
        let expected = [
            "    \"VolumeClaimTemplate\": {",
            "     \"labels\": {",
            "      \"a\": \"b\"",
            "     },",
            "     \"Spec\": {",
            "      \"AccessModes\": [",
            "       \"ReadWriteOnce\"",
            "      ],",
            "      \"Selector\": null,",
        ];
        assert_eq!(lines_from(&spec, expected[0], expected.len()), expected);
    }
}
