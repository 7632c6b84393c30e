//! The repair of a field that the API server refuses.

use super::replaced;
use crate::apiserver::Allocator;
use crate::apiserver::errors::{ApiError, Fault};
use crate::apiserver::validation::workload::SELECTOR_MISMATCH;
use crate::diagnostic::Fix;
use crate::kinds::Kind;
use crate::manifest::field_edit::{add_field, add_label, set_field};
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlEntry, YamlValue};
use crate::manifest::{Written, yaml_quote};
use crate::syntax::typo_distance;

/// The repair of a field that the API server refuses.
pub(in crate::resolve) fn of_error(
    written: Written,
    error: &ApiError,
    allocator: &Allocator,
) -> Option<Fix> {
    let tree = &written.object.tree;
    let kind = Kind::named(&written.object.api_version, &written.object.kind)?;
    let (field, holder) = error.field.0.split_last()?;
    if let PathStep::Index(0) = field {
        return cluster_ip(tree, error);
    }
    let PathStep::Key(field) = field else {
        return None;
    };
    let holder = tree.nearest(&FieldPath(holder.to_vec()));
    match (field.as_ref(), &error.fault) {
        (_, Fault::Unsupported { supported, .. }) => meant_value(holder.get(field)?, supported),
        ("nodePort", Fault::Forbidden) => set_field(tree.get("spec")?, "type", "\"NodePort\""),
        ("nodePort", _) => node_port(holder, allocator),
        ("targetPort", Fault::Invalid(_)) => number(holder.get(field)?),
        ("name", Fault::Required | Fault::Duplicate(_)) if holder.get("port").is_some() => {
            port_name(holder)
        }
        ("name", Fault::Invalid(_)) if error.field.0.len() == 2 => {
            object_name(kind, tree.nearest(&error.field))
        }
        ("pathType", Fault::Required) => path_type(holder),
        ("restartPolicy", Fault::Required) => add_field(holder, "restartPolicy", "\"Never\""),
        ("selector", Fault::Required) => selector(tree.get("spec")?),
        ("labels", Fault::Invalid(_)) if error.detail == SELECTOR_MISMATCH => {
            template_label(tree.get("spec")?)
        }
        _ => None,
    }
}

/// The supported value that was meant: the same in another case, one that differs by a typo, or the only one.
fn meant_value(written: &Yaml, supported: &[String]) -> Option<Fix> {
    let text = written.as_str()?;
    if let [only] = supported {
        return replaced(written, only);
    }
    let in_another_case = supported
        .iter()
        .find(|value| value.eq_ignore_ascii_case(text));
    let nearest = || {
        let distances = supported
            .iter()
            .filter_map(|value| Some((typo_distance(text, value)?, value)));
        distances.min().map(|(_, value)| value)
    };
    replaced(written, in_another_case.or_else(nearest)?)
}

/// `None`, which is case-sensitive, for a headless Service.
fn cluster_ip(tree: &Yaml, error: &ApiError) -> Option<Fix> {
    let written = tree.get("spec")?.get("clusterIP")?;
    let is_meant = error.field.to_string() == "spec.clusterIPs[0]"
        && written.as_str()?.eq_ignore_ascii_case("none");
    is_meant.then(|| replaced(written, "None"))?
}

/// A number without the quotes that make a name of it.
fn number(written: &Yaml) -> Option<Fix> {
    let text = written.as_str()?;
    text.parse::<u16>().ok()?;
    replaced(written, text)
}

/// Another node port: the Service's port above 30000 if it is free, as people choose it.
fn node_port(port: &Yaml, allocator: &Allocator) -> Option<Fix> {
    let written = port.get("nodePort")?;
    let number = match port.get("port")?.value {
        YamlValue::Int(number) => number,
        _ => return None,
    };
    replaced(written, allocator.free_port_near(number)?.to_string())
}

/// A name for a port that needs one of its own.
fn port_name(port: &Yaml) -> Option<Fix> {
    let YamlValue::Int(number) = port.get("port")?.value else {
        return None;
    };
    set_field(port, "name", &format!("\"port-{number}\""))
}

/// `Prefix`, unless the path is one of the expressions that only some controllers understand.
fn path_type(path: &Yaml) -> Option<Fix> {
    let text = path.get("path").and_then(Yaml::as_str).unwrap_or_default();
    let is_prefix = text.starts_with('/') && !text.contains(['*', '(', '[', '|', '$', '^']);
    let kind = if is_prefix {
        "\"Prefix\""
    } else {
        "\"ImplementationSpecific\""
    };
    add_field(path, "pathType", kind)
}

/// A selector of the labels that the template has.
fn selector(spec: &Yaml) -> Option<Fix> {
    let labels = spec.at(&["template", "metadata", "labels"])?;
    let labels: Option<Vec<String>> = labels.entries().iter().map(json_entry).collect();
    let labels = labels?.join(", ");
    let json = format!("{{\"matchLabels\": {{{labels}}}}}");
    add_field(spec, "selector", &json)
}

/// `"app": "web"`; `None` for what is no text, and for texts with quotes in them.
fn json_entry(entry: &YamlEntry) -> Option<String> {
    let value = entry.value.as_str()?;
    let is_plain = !entry.key.contains('"') && !value.contains('"');
    is_plain.then(|| format!("\"{}\": \"{value}\"", entry.key))
}

/// The first label that the selector asks for and the template lacks, written in the template.
fn template_label(spec: &Yaml) -> Option<Fix> {
    let labels = spec.at(&["template", "metadata", "labels"])?;
    let asked = spec.at(&["selector", "matchLabels"])?.entries().iter();
    let mut missing = asked.filter(|own| {
        let has = labels.get(&own.key).and_then(Yaml::as_str);
        has != own.value.as_str()
    });
    let missing = missing.next()?;
    let value = missing.value.as_str()?;
    if labels.get(&missing.key).is_some() {
        set_field(labels, &missing.key, &format!("\"{value}\""))
    } else {
        add_label(labels, &missing.key, value)
    }
}

/// The name in lower case, with `-` for what a name of the kind cannot have.
fn object_name(kind: Kind, written: &Yaml) -> Option<Fix> {
    let name = written.as_str()?.to_lowercase();
    let with_dots = name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-");
    let without_dots = with_dots.replace('.', "-");
    let candidates = [with_dots, without_dots];
    let meant = candidates
        .iter()
        .map(|candidate| candidate.trim_matches(['-', '.']))
        .find(|candidate| kind.name_errors(candidate).is_empty())?;
    replaced(written, yaml_quote::quoted(meant))
}
