//! The columns of `kubectl get`, one file for each family of kinds (`pkg/printers/internalversion/printers.go`).
//!
//! The API server makes the cells, always all of them; kubectl leaves out those of low priority unless it was asked for
//! `-o wide`.

pub(crate) mod access;
pub(crate) mod admission;
pub(crate) mod batch;
pub(crate) mod cluster;
pub(crate) mod endpoints;
pub(crate) mod event;
pub(crate) mod gateway;
pub(crate) mod ingress;
pub(crate) mod metallb;
pub(crate) mod other;
pub(crate) mod pod;
pub(crate) mod policy;
pub(crate) mod service;
pub(crate) mod storage;
pub(crate) mod workloads;

use super::age::{self, Timestamp};
use super::fields::text;
use crate::manifest::tree::Yaml;

/// How much of a cell is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Long addresses are cut to 16 letters. No kubectl has asked for this since servers make the cells.
    Narrow,
    /// All of it.
    Wide,
}

/// The columns of a kind and what fills them.
pub struct Printer {
    /// The headings that are always shown.
    pub columns: &'static [&'static str],
    /// The headings that `-o wide` adds.
    pub wide_columns: &'static [&'static str],
    row: fn(&Yaml, Detail, Timestamp) -> Vec<String>,
}

/// The printer of a kind that is stored without being modelled.
pub(crate) fn of_unmodelled(kind: &str) -> &'static Printer {
    match kind {
        "APIService" => &admission::API_SERVICE,
        "CSIDriver" => &storage::CSI_DRIVER,
        "CSINode" => &storage::CSI_NODE,
        "CSIStorageCapacity" => &storage::CSI_STORAGE_CAPACITY,
        "CertificateSigningRequest" => &access::CERTIFICATE_SIGNING_REQUEST,
        "ClusterRole" | "CustomResourceDefinition" | "LimitRange" | "Role" => &access::CREATED_AT,
        "ClusterRoleBinding" | "RoleBinding" => &access::BINDING,
        "ConfigMap" => &other::CONFIG_MAP,
        "ControllerRevision" => &other::CONTROLLER_REVISION,
        "Event" => &event::EVENT,
        "FlowSchema" => &admission::FLOW_SCHEMA,
        "HorizontalPodAutoscaler" => &policy::HORIZONTAL_POD_AUTOSCALER,
        "IPAddress" => &other::IP_ADDRESS,
        "Lease" => &other::LEASE,
        "MutatingAdmissionPolicy" => &admission::MUTATING_ADMISSION_POLICY,
        "MutatingAdmissionPolicyBinding" | "ValidatingAdmissionPolicyBinding" => {
            &admission::ADMISSION_POLICY_BINDING
        }
        "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration" => &admission::WEBHOOKS,
        "PersistentVolume" => &storage::PERSISTENT_VOLUME,
        "PersistentVolumeClaim" => &storage::PERSISTENT_VOLUME_CLAIM,
        "PodDisruptionBudget" => &policy::POD_DISRUPTION_BUDGET,
        "PodTemplate" => &other::POD_TEMPLATE,
        "PriorityClass" => &policy::PRIORITY_CLASS,
        "PriorityLevelConfiguration" => &admission::PRIORITY_LEVEL_CONFIGURATION,
        "ResourceClaim" => &other::RESOURCE_CLAIM,
        "ResourceQuota" => &policy::RESOURCE_QUOTA,
        "ResourceSlice" => &other::RESOURCE_SLICE,
        "RuntimeClass" => &other::RUNTIME_CLASS,
        "Secret" => &other::SECRET,
        "ServiceCIDR" => &other::SERVICE_CIDR,
        "StorageClass" => &storage::STORAGE_CLASS,
        "ValidatingAdmissionPolicy" => &admission::VALIDATING_ADMISSION_POLICY,
        "VolumeAttachment" => &storage::VOLUME_ATTACHMENT,
        "VolumeAttributesClass" => &storage::VOLUME_ATTRIBUTES_CLASS,
        _ => &other::ANY,
    }
}

impl Printer {
    /// All cells of an object: those of [`Printer::columns`] and, behind them, those of [`Printer::wide_columns`].
    pub fn row(&self, object: &Yaml, detail: Detail, now: Timestamp) -> Vec<String> {
        (self.row)(object, detail, now)
    }
}

fn name(object: &Yaml) -> String {
    text(object, "metadata.name").to_owned()
}

fn age(object: &Yaml, now: Timestamp) -> String {
    age::since(text(object, "metadata.creationTimestamp"), now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::columns_of;

    /// The cells of an object written as JSON, at the beginning of 1970.
    pub(super) fn cells(json: &str) -> Vec<String> {
        let object = Yaml::from(
            serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON"),
        );
        columns_of(text(&object, "kind")).row(&object, Detail::Wide, Timestamp(0))
    }

    #[test]
    fn every_kind_has_a_cell_for_each_column_even_of_an_empty_object() {
        for resource in crate::api_resources::RESOURCES {
            let printer = columns_of(resource.kind);
            let cells = printer.row(&Yaml::default(), Detail::Wide, Timestamp(0));
            assert_eq!(
                cells.len(),
                printer.columns.len() + printer.wide_columns.len(),
                "{}",
                resource.kind
            );
        }
    }
}
