//! The repair of a field that the API server refuses.

use super::{names, replaced, reshaped};
use crate::apiserver::Allocator;
use crate::apiserver::errors::{ApiError, Fault};
use crate::apiserver::validation::network_policy::BLOCK_AND_SELECTOR;
use crate::apiserver::validation::workload::SELECTOR_MISMATCH;
use crate::diagnostic::{Fix, Span};
use crate::kinds::Kind;
use crate::manifest::Written;
use crate::manifest::field_edit::{add_field, add_label, set_field};
use crate::manifest::tree::{FieldPath, PathStep, Yaml, YamlEntry, YamlValue};
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
    let holder = tree.nearest(&FieldPath(holder.to_vec()));
    match field {
        PathStep::Key(field) => of_field(tree, (kind, holder, field.as_ref()), error, allocator),
        PathStep::Index(index) => of_item(written, *index, error),
        PathStep::Entry(_) => None,
    }
}

/// The repair of a field of `holder`.
fn of_field(
    tree: &Yaml,
    (kind, holder, field): (Kind, &Yaml, &str),
    error: &ApiError,
    allocator: &Allocator,
) -> Option<Fix> {
    match (field, &error.fault) {
        (_, Fault::Unsupported { supported, .. }) => meant_value(holder.get(field)?, supported),
        ("nodePort", Fault::Forbidden) => set_field(tree.get("spec")?, "type", "\"NodePort\""),
        ("nodePort", _) => node_port(holder, allocator),
        (_, Fault::TypeInvalid(_)) => reshaped::of_schema(holder.get(field)?, &error.detail),
        ("clusterIPs", Fault::Invalid(_)) => any_cluster_ip(tree.get("spec")?, error),
        ("externalName", Fault::Invalid(_)) => names::external_name(holder.get(field)?),
        ("ipFamilyPolicy", Fault::Invalid(_)) => {
            dual_stack_where_possible(holder.get(field)?, error)
        }
        ("targetPort" | "port", Fault::Invalid(_)) => {
            let target = holder.get(field)?;
            number(target).or_else(|| names::label(target, names::LONGEST_PORT_NAME))
        }
        ("name", Fault::Required | Fault::Duplicate(_)) if holder.get("port").is_some() => {
            port_name(holder)
        }
        ("name", Fault::Invalid(_)) if error.field.0.len() == 2 => {
            names::object_name(kind, tree.nearest(&error.field))
        }
        ("name", Fault::Invalid(_)) if error.field.to_string().ends_with("service.port.name") => {
            backend_number(holder)
        }
        ("name", Fault::Invalid(_)) if holder.get("containerPort").is_some() => {
            names::label(holder.get(field)?, names::LONGEST_PORT_NAME)
        }
        ("name", Fault::Invalid(_)) if holder.get("port").or(holder.get("image")).is_some() => {
            names::label(holder.get(field)?, names::LONGEST_LABEL)
        }
        ("host", Fault::Invalid(_)) => names::rule_host(kind, holder.get(field)?),
        ("cidr", Fault::Invalid(_)) => names::range_of_one(holder.get(field)?),
        ("pathType", Fault::Required) => path_type(holder),
        ("restartPolicy", Fault::Required) => add_field(holder, "restartPolicy", "\"Never\""),
        ("selector", Fault::Required) => selector(tree.get("spec")?),
        ("labels", Fault::Invalid(_)) if error.detail == SELECTOR_MISMATCH => {
            template_label(tree.get("spec")?)
        }
        _ => None,
    }
}

/// The repair of an item of a list.
fn of_item(written: Written, index: usize, error: &ApiError) -> Option<Fix> {
    let tree = &written.object.tree;
    match &error.fault {
        Fault::Forbidden if error.detail == BLOCK_AND_SELECTOR => two_peers(written, &error.field),
        // The server's errors write the field with a capital.
        Fault::Invalid(_)
            if error
                .field
                .to_string()
                .starts_with("spec.LoadBalancerSourceRanges[") =>
        {
            let ranges = tree.get("spec")?.get("loadBalancerSourceRanges")?;
            names::range_of_one(ranges.items().get(index)?)
        }
        _ if index == 0 => cluster_ip(tree, error).or_else(|| ip_family(tree, error)),
        _ => None,
    }
}

/// An item of a policy's peers for the block of addresses and one for the pods.
fn two_peers(written: Written, field: &FieldPath) -> Option<Fix> {
    let peer = written.object.tree.nearest(field);
    let entries = peer.entries();
    let block = entries.iter().position(|entry| entry.key == "ipBlock")?;
    let second = match block {
        0 => 1,
        last if last + 1 == entries.len() => last,
        _ => return None,
    };
    let (first, before) = (entries.first()?, entries.get(second.checked_sub(1)?)?);
    let after = entries.get(second)?;
    let is_flow = first.key_span.start.offset > peer.span.start.offset;
    if is_flow {
        let span = Span {
            start: before.value.span.end,
            end: after.key_span.start,
        };
        let (_, list) = field.0.split_last()?;
        let list = written.object.tree.nearest(&FieldPath(list.to_vec()));
        let is_in_brackets = list.span.end != list.items().last()?.span.end;
        let text = if is_in_brackets {
            "}, {".to_owned()
        } else {
            format!("}}\n{}- {{", indent_of_item(written, peer.span)?)
        };
        return Some(Fix { span, text });
    }
    let (own, span) = (dash_before(first.key_span)?, dash_before(after.key_span)?);
    let is_indented = written.slice(own)? == "- " && written.slice(span)? == "  ";
    is_indented.then(|| Fix {
        span,
        text: "- ".to_owned(),
    })
}

/// The blanks before the dash of an item that is alone in its line.
fn indent_of_item(written: Written<'_>, item: Span) -> Option<&str> {
    let before = written.text.get(..item.start.offset as usize)?;
    let line = before.rsplit('\n').next()?;
    let indent = line.trim_end_matches(' ').strip_suffix('-')?;
    indent.chars().all(|c| c == ' ').then_some(indent)
}

/// The place of the dash and the blank before an item.
fn dash_before(item: Span) -> Option<Span> {
    let mut start = item.start;
    start.offset = start.offset.checked_sub(2)?;
    start.column = start.column.checked_sub(2)?;
    Some(Span {
        start,
        end: item.start,
    })
}

/// The supported value that was meant: the same in another case, one that differs by a typo, the only one that ends so, as
/// `PathPrefix` does in `Prefix`, or the only one.
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
    let ends_so = || {
        let mut longer = supported.iter().filter(|value| value.ends_with(text));
        longer
            .next()
            .filter(|_| longer.next().is_none() && !text.is_empty())
    };
    let meant = in_another_case.or_else(nearest).or_else(ends_so);
    replaced(written, meant?)
}

/// `None`, which is case-sensitive, for a headless Service.
fn cluster_ip(tree: &Yaml, error: &ApiError) -> Option<Fix> {
    let written = tree.get("spec")?.get("clusterIP")?;
    let text = written.as_str()?;
    let is_meant = error.field.to_string() == "spec.clusterIPs[0]"
        && text.eq_ignore_ascii_case("none")
        && text != "None";
    is_meant.then(|| replaced(written, "None"))?
}

/// An empty address, for which the server chooses a free one, where it cannot give the one that is asked for.
fn any_cluster_ip(spec: &Yaml, error: &ApiError) -> Option<Fix> {
    let reasons = [
        "provided IP is already allocated",
        "the provided network does not match the current range",
    ];
    let is_refused = reasons.iter().any(|reason| error.detail.ends_with(reason));
    let is_only = spec.get("clusterIPs").is_none();
    let written = spec.get("clusterIP").filter(|_| is_refused && is_only)?;
    written.as_str()?;
    replaced(written, "\"\"")
}

/// The family that the cluster has, for the only one that is asked for: a cluster has one at least.
fn ip_family(tree: &Yaml, error: &ApiError) -> Option<Fix> {
    let [written] = tree.get("spec")?.get("ipFamilies")?.items() else {
        return None;
    };
    let other = match written.as_str()? {
        "IPv4" => "IPv6",
        "IPv6" => "IPv4",
        _ => return None,
    };
    let is_missing = error.field.to_string() == "spec.ipFamilies[0]"
        && error.detail == "not configured on this cluster";
    is_missing.then(|| replaced(written, other))?
}

/// Both families where the cluster has both, instead of both in any case.
fn dual_stack_where_possible(written: &Yaml, error: &ApiError) -> Option<Fix> {
    let is_single = error.detail == "this cluster is not configured for dual-stack services"
        && written.as_str()? == "RequireDualStack";
    is_single.then(|| replaced(written, "PreferDualStack"))?
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

/// The number of a backend's port that is written as its name.
fn backend_number(port: &Yaml) -> Option<Fix> {
    let name = port.entry("name")?;
    let number: u16 = name.value.as_str()?.parse().ok()?;
    let span = Span {
        start: name.key_span.start,
        end: name.value.span.end,
    };
    Some(Fix {
        span,
        text: format!("number: {number}"),
    })
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
