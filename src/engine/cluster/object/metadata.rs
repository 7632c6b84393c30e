//! `metadata`: what every object has (apimachinery `ObjectMeta`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::engine::labels::Labels;
use crate::engine::names::ObjectName;

/// The part of `metadata` that networking, the controllers and the printers look at. What the pods of one workload have
/// alike is held once.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Metadata {
    /// The object's name.
    pub name: SmolStr,
    /// Its namespace; empty for kinds that have none.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub namespace: SmolStr,
    /// What selectors match on.
    #[serde(skip_serializing_if = "none")]
    pub labels: Arc<Labels>,
    /// Notes for tools, kubehop's own among them.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub annotations: Labels,
    /// Set when the object was asked to go away; its existence is what counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_timestamp: Option<String>,
    /// RFC 3339 time of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_timestamp: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "nobody")]
    pub owner_references: Arc<Vec<OwnerReference>>,
}

/// One entry of `metadata.ownerReferences`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OwnerReference {
    /// `apiVersion` of the owner.
    pub api_version: SmolStr,
    /// `kind` of the owner.
    pub kind: SmolStr,
    /// Its name.
    pub name: SmolStr,
    /// Whether it is the managing controller.
    pub controller: bool,
}

fn none(labels: &Labels) -> bool {
    labels.is_empty()
}

fn nobody(owners: &[OwnerReference]) -> bool {
    owners.is_empty()
}

impl Metadata {
    /// Its labels, to be changed: whoever else has them keeps them as they are.
    pub fn labels_mut(&mut self) -> &mut Labels {
        Arc::make_mut(&mut self.labels)
    }

    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        ObjectName {
            namespace: self.namespace.clone(),
            name: self.name.clone(),
        }
    }
}
