//! Fields of a stored object, read as Go reads them: what is absent, `null` or of another type is its zero value.
//!
//! Printers work on the stored tree, for they show far more fields than networking needs, and an object may be
//! incomplete. A path is keys with dots between: `status.loadBalancer.ingress`.

use smol_str::SmolStr;

use crate::labels::{LabelSelector, Labels, Selector};
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::sort;

/// The value at a path, if it was set.
pub(crate) fn at<'a>(node: &'a Yaml, path: &str) -> Option<&'a Yaml> {
    let found = path.split('.').try_fold(node, |node, key| node.get(key))?;
    (!found.is_null()).then_some(found)
}

/// A text; empty when there is none.
pub(crate) fn text<'a>(node: &'a Yaml, path: &str) -> &'a str {
    at(node, path).and_then(Yaml::as_str).unwrap_or_default()
}

/// A text, or the given text if the field is absent.
pub(crate) fn text_or<'a>(node: &'a Yaml, path: &str, none: &'a str) -> &'a str {
    or(text(node, path), none)
}

/// A text, or the given text if it is empty.
pub(crate) fn or<'a>(text: &'a str, none: &'a str) -> &'a str {
    if text.is_empty() { none } else { text }
}

/// A whole number; 0 when there is none.
pub(crate) fn number(node: &Yaml, path: &str) -> i64 {
    match at(node, path).map(|node| &node.value) {
        Some(YamlValue::Int(number)) => *number,
        _ => 0,
    }
}

/// Whether a truth value is set and true.
pub(crate) fn is_true(node: &Yaml, path: &str) -> bool {
    at(node, path).is_some_and(|node| node.value == YamlValue::Bool(true))
}

/// A scalar as it is printed: a port by number or name, a share, a truth value; empty when there is none.
pub(crate) fn scalar(node: &Yaml, path: &str) -> String {
    at(node, path).map(printed).unwrap_or_default()
}

/// A scalar value as it is printed.
pub(crate) fn printed(node: &Yaml) -> String {
    match &node.value {
        YamlValue::Null | YamlValue::Seq(_) | YamlValue::Map(_) => String::new(),
        YamlValue::Bool(value) => value.to_string(),
        YamlValue::Int(number) => number.to_string(),
        YamlValue::Float(number) => number.to_string(),
        YamlValue::String(text) => text.to_string(),
    }
}

/// The items of a list; empty if the field is absent.
pub(crate) fn items<'a>(node: &'a Yaml, path: &str) -> &'a [Yaml] {
    at(node, path).map(Yaml::items).unwrap_or_default()
}

/// The texts of a list.
pub(crate) fn texts<'a>(node: &'a Yaml, path: &str) -> Vec<&'a str> {
    items(node, path).iter().filter_map(Yaml::as_str).collect()
}

/// A mapping of texts, as labels are.
pub(crate) fn labels(node: &Yaml, path: &str) -> Labels {
    let entries = at(node, path).map(Yaml::entries).unwrap_or_default();
    sort::map(
        entries
            .iter()
            .map(|entry| (entry.key.clone(), printed(&entry.value).into())),
    )
}

/// Whether a StorageClass is the default one.
pub(crate) fn is_default_class(class: &Yaml) -> bool {
    const ANNOTATIONS: [&str; 2] = [
        "storageclass.kubernetes.io/is-default-class",
        "storageclass.beta.kubernetes.io/is-default-class",
    ];
    let written = labels(class, "metadata.annotations");
    ANNOTATIONS
        .iter()
        .any(|annotation| written.get(*annotation).is_some_and(|it| it == "true"))
}

/// Labels in one line, `<none>` when there are none (`labels.FormatLabels`).
pub(crate) fn label_line(labels: &Labels) -> String {
    let pairs: Vec<String> = labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    or(&pairs.join(","), "<none>").to_owned()
}

/// What a workload's `spec.selector` chooses, in one line (`metav1.LabelSelectorAsSelector`).
pub(crate) fn selector(node: &Yaml, path: &str) -> Selector {
    let read = |node| from_node::<LabelSelector>(node).ok()?.selector().ok();
    at(node, path).and_then(read).unwrap_or(Selector::Nothing)
}

/// The same with `<none>` for nothing (`metav1.FormatLabelSelector`).
pub(crate) fn selector_line(node: &Yaml, path: &str) -> String {
    or(&selector(node, path).to_string(), "<none>").to_owned()
}

/// The status of the first condition of a type.
pub(crate) fn condition<'a>(node: &'a Yaml, kind: &str) -> Option<&'a str> {
    let found = items(node, "status.conditions")
        .iter()
        .find(|condition| text(condition, "type") == kind)?;
    Some(text(found, "status"))
}

/// The owner that manages an object, if one does (`metav1.GetControllerOf`).
pub(crate) fn controller(node: &Yaml) -> Option<&Yaml> {
    items(node, "metadata.ownerReferences")
        .iter()
        .find(|owner| is_true(owner, "controller"))
}

/// At most three of a list, and how many more there are.
pub(crate) fn first_three(list: &[String]) -> String {
    const SHOWN: usize = 3;
    match list.len().checked_sub(SHOWN) {
        None | Some(0) => list.join(","),
        Some(more) => format!("{} + {more} more...", list[..SHOWN].join(",")),
    }
}

/// `address:port`, with brackets around an IPv6 address (`net.JoinHostPort`).
pub(crate) fn host_port(address: &str, port: impl std::fmt::Display) -> String {
    if address.contains(':') {
        format!("[{address}]:{port}")
    } else {
        format!("{address}:{port}")
    }
}

/// The addresses a load balancer gave, each once and sorted.
pub(crate) fn load_balancer_addresses(node: &Yaml) -> Vec<&str> {
    let given = items(node, "status.loadBalancer.ingress").iter();
    let mut addresses: Vec<&str> = given
        .map(|it| or(text(it, "ip"), text(it, "hostname")))
        .collect();
    addresses.retain(|address| !address.is_empty());
    sort::sort(&mut addresses);
    addresses.dedup();
    addresses
}

/// What a node is for, by its labels, each role once and sorted.
pub(crate) fn roles(node: &Yaml) -> String {
    const PREFIX: &str = "node-role.kubernetes.io/";
    const LABEL: &str = "kubernetes.io/role";
    let labels = labels(node, "metadata.labels");
    let role = |(key, value): (&SmolStr, &SmolStr)| match key.strip_prefix(PREFIX) {
        Some(role) => Some(role.to_owned()),
        None => (key == LABEL).then(|| value.to_string()),
    };
    let mut roles: Vec<String> = labels
        .iter()
        .filter_map(role)
        .filter(|role| !role.is_empty())
        .collect();
    sort::sort(&mut roles);
    roles.dedup();
    or(&roles.join(","), "<none>").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(json: &str) -> Yaml {
        Yaml::from(serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON"))
    }

    #[test]
    fn what_is_absent_or_null_is_the_zero_value() {
        let object = node(r#"{"spec": {"type": null}}"#);
        assert_eq!(
            (text(&object, "spec.type"), number(&object, "spec.port")),
            ("", 0)
        );
        assert_eq!(label_line(&labels(&object, "spec.selector")), "<none>");
        assert_eq!(selector_line(&object, "spec.selector"), "<none>");
    }

    #[test]
    fn only_three_of_a_list_are_shown() {
        let list: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(
            (first_three(&list[..3]), first_three(&list)),
            ("a,b,c".into(), "a,b,c + 2 more...".into())
        );
    }

    #[test]
    fn a_role_is_in_the_name_or_the_value_of_a_label() {
        let labels = r#"{"node-role.kubernetes.io/worker": "", "kubernetes.io/role": "db"}"#;
        assert_eq!(
            roles(&node(&format!(r#"{{"metadata": {{"labels": {labels}}}}}"#))),
            "db,worker"
        );
    }
}
