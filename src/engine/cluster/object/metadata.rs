//! `metadata` of every object (apimachinery `ObjectMeta`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::labels::Labels;
use crate::names::ObjectName;

/// The fields of `metadata` that networking, the controllers and the printers read.
///
/// The pods of one workload share labels and owner references.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Metadata {
    /// `metadata.name`.
    pub name: SmolStr,
    /// `metadata.namespace`, empty for cluster-scoped kinds.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub namespace: SmolStr,
    /// `metadata.labels`, matched by selectors.
    #[serde(skip_serializing_if = "is_empty")]
    pub labels: Arc<Labels>,
    /// `metadata.annotations`, including kubehop's own (`kubehop/ready`, `kubehop/listens`).
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub annotations: Labels,
    /// RFC 3339 time of deletion; set while the object is terminating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_timestamp: Option<String>,
    /// RFC 3339 time of creation; `None` if the manifest has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_timestamp: Option<String>,
    /// `metadata.ownerReferences`.
    #[serde(skip_serializing_if = "has_no_owner")]
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
    /// `metadata.name` of the owner.
    pub name: SmolStr,
    /// `metadata.uid` of the owner.
    pub uid: SmolStr,
    /// Whether it is the managing controller.
    pub controller: bool,
    /// Whether the owner stays until this object is deleted, when it is deleted in the foreground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_owner_deletion: Option<bool>,
}

fn is_empty(labels: &Labels) -> bool {
    labels.is_empty()
}

fn has_no_owner(owners: &[OwnerReference]) -> bool {
    owners.is_empty()
}

impl Metadata {
    /// Mutable labels, unshared from other objects first.
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
