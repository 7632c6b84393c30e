//! What kubectl can ask for: the stored objects, in the order the API server lists them.

use std::sync::Arc;

use super::fields;
use crate::api_resources::{Resource, of_kind};
use crate::labels::{Labels, Selector};
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::sort;

/// One stored object.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub resource: &'static Resource,
    /// Its name; without a namespace where the kind has none.
    pub name: ObjectName,
    /// All of it.
    pub tree: Arc<Yaml>,
}

/// The stored objects.
#[derive(Clone, Debug, Default)]
pub struct ObjectStore {
    /// By kind, namespace and name.
    items: Vec<Item>,
}

impl ObjectStore {
    /// The objects of the kinds that the console serves; of two with one name the later one counts.
    pub fn new<'a>(
        objects: impl IntoIterator<Item = (&'a str, ObjectName, Arc<Yaml>)>,
    ) -> ObjectStore {
        let item = |(kind, name, tree): (&str, _, _)| {
            of_kind(kind).map(|resource| Item {
                resource,
                name,
                tree,
            })
        };
        let mut items: Vec<Item> = objects.into_iter().filter_map(item).collect();
        items.reverse();
        sort::sort_by(&mut items, |a, b| {
            (a.resource.kind, &a.name).cmp(&(b.resource.kind, &b.name))
        });
        items.dedup_by(|later, first| later.resource == first.resource && later.name == first.name);
        ObjectStore { items }
    }

    /// The objects of a kind, in one namespace or in all.
    pub fn list(&self, kind: &str, namespace: Option<&str>) -> Vec<&Item> {
        let is_there =
            |item: &&Item| namespace.is_none_or(|namespace| item.name.namespace == namespace);
        self.of_kind(kind).iter().filter(is_there).collect()
    }

    /// The object of a kind and a name.
    pub fn find(&self, kind: &str, name: &ObjectName) -> Option<&Item> {
        let items = self.of_kind(kind);
        items
            .binary_search_by(|item| item.name.cmp(name))
            .ok()
            .and_then(|place| items.get(place))
    }

    /// The objects of a kind in a namespace that a selector chooses.
    pub fn selected(&self, kind: &str, namespace: &str, selector: &Selector) -> Vec<&Item> {
        let mut items = self.list(kind, Some(namespace));
        items.retain(|item| selector.matches(&item.labels()));
        items
    }

    fn of_kind(&self, kind: &str) -> &[Item] {
        let start = self.items.partition_point(|item| item.resource.kind < kind);
        let end = self
            .items
            .partition_point(|item| item.resource.kind <= kind);
        &self.items[start..end]
    }
}

impl Item {
    /// Its labels.
    pub fn labels(&self) -> Labels {
        fields::labels(&self.tree, "metadata.labels")
    }

    /// A text of it.
    pub fn text(&self, path: &str) -> &str {
        fields::text(&self.tree, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_listed_by_namespace_and_name_and_the_later_of_two_counts() {
        let object = |namespace, name, kind| {
            let mut tree = Yaml::default();
            tree.value = crate::manifest::tree::YamlValue::String(kind);
            ("Pod", ObjectName::new(namespace, name), Arc::new(tree))
        };
        let store = ObjectStore::new([
            object("dev", "a", "first".into()),
            object("default", "b", "first".into()),
            object("dev", "a", "second".into()),
        ]);
        let listed: Vec<String> = store
            .list("Pod", None)
            .into_iter()
            .map(|item| item.name.to_string())
            .collect();
        assert_eq!(listed, ["default/b", "dev/a"]);
        let found = store.find("Pod", &ObjectName::new("dev", "a"));
        assert_eq!(found.and_then(|item| item.tree.as_str()), Some("second"));
    }
}
