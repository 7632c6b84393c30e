//! Objects as written; a list is replaced by its items.

use super::tree::{Yaml, YamlValue};

/// An object of a document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Object {
    /// `apiVersion`, empty if it is not a string.
    pub api_version: String,
    /// `kind`, empty if it is not a string.
    pub kind: String,
    /// `metadata.name`, empty if it is not a string.
    pub name: String,
    /// `metadata.namespace`, empty if it is missing or not a string.
    pub namespace: String,
    /// The whole object.
    pub tree: Yaml,
}

impl From<Yaml> for Object {
    fn from(tree: Yaml) -> Object {
        let text = |node: Option<&Yaml>| node.and_then(Yaml::as_str).unwrap_or_default().to_owned();
        let metadata = |field: &str| {
            text(
                tree.get("metadata")
                    .and_then(|metadata| metadata.get(field)),
            )
        };
        Object {
            api_version: text(tree.get("apiVersion")),
            kind: text(tree.get("kind")),
            name: metadata("name"),
            namespace: metadata("namespace"),
            tree,
        }
    }
}

/// The objects of a document: the document, or the items of a `List`, `ServiceList`, ….
pub(super) fn objects_of(tree: Yaml) -> Vec<Object> {
    let mut found = Vec::new();
    let mut waiting = vec![Object::from(tree)];
    while let Some(mut object) = waiting.pop() {
        match items_of(&mut object) {
            None => found.push(object),
            Some(items) => {
                let of_kind = object.kind.strip_suffix("List").unwrap_or_default();
                waiting.extend(
                    items
                        .into_iter()
                        .rev()
                        .map(|item| item_of_list(item, &object.api_version, of_kind)),
                );
            }
        }
    }
    found
}

fn items_of(list: &mut Object) -> Option<Vec<Yaml>> {
    if !list.kind.ends_with("List")
        || !matches!(
            list.tree.get("items")?.value,
            YamlValue::Seq(_) | YamlValue::Null
        )
    {
        return None;
    }
    match list.tree.remove("items")?.value.value {
        YamlValue::Seq(items) => Some(items),
        _ => Some(Vec::new()),
    }
}

/// An item of a typed list, which inherits the list's kind (apimachinery `unstructured.decodeToList`).
fn item_of_list(item: Yaml, api_version: &str, kind: &str) -> Object {
    let mut object = Object::from(item);
    if object.kind.is_empty() && object.api_version.is_empty() && !kind.is_empty() {
        object.api_version = api_version.to_owned();
        object.kind = kind.to_owned();
    }
    object
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    #[test]
    fn a_list_is_its_items() {
        let named = |text: &str| -> Vec<String> {
            let objects = objects_of(read(text).expect("is YAML").tree);
            objects
                .iter()
                .map(|object| format!("{} {} {}", object.api_version, object.kind, object.name))
                .collect()
        };
        let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {kind: B}\n";
        assert_eq!(named(text), ["v1 Pod a", " B "]);
        assert_eq!(
            named("apiVersion: v1\nkind: ServiceList\nitems: [{metadata: {name: a}}]"),
            ["v1 Service a"]
        );
        assert_eq!(
            named("apiVersion: v1\nkind: List\nitems: []"),
            Vec::<String>::new()
        );
        assert_eq!(named("apiVersion: v1\nkind: PodList"), ["v1 PodList "]);
    }
}
