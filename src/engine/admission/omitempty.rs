//! The shape an object has after the server decoded and encoded it: fields without a value are gone.
//!
//! Go's `omitempty` drops `null`, `0`, `false`, `""` and empty lists and maps; a pointer keeps a zero that was written.
//! So the fields that are pointers (or are always written) are listed here (`staging/src/k8s.io/api/*/v1/types.go`).
//! Once this is done, "absent" and "zero" are one question for every rule that follows.

use smol_str::SmolStr;

use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlEntry, YamlValue};
use crate::quantity::Quantity;

/// Drops from `object` what the server would not store. Of a custom resource only `metadata` is a Go struct.
pub(super) fn settle(kind: Kind, object: &mut Yaml) {
    if !kind.spec().is_custom {
        settle_map(kind, "", object);
    } else if let Some(metadata) = object.get_mut("metadata") {
        settle_map(kind, "metadata", metadata);
    }
}

fn settle_map(kind: Kind, name: &str, object: &mut Yaml) {
    let YamlValue::Map(entries) = &mut object.value else {
        return;
    };
    for entry in entries.iter_mut() {
        settle_entry(kind, entry);
    }
    entries.retain(|entry| is_kept(kind, name, entry));
}

fn settle_entry(kind: Kind, entry: &mut YamlEntry) {
    let name = entry.key.as_str();
    match &mut entry.value.value {
        YamlValue::Map(amounts) if AMOUNTS.contains(&name) => {
            for amount in amounts.iter_mut() {
                write_canonically(&mut amount.value, Quantity::in_thousandths);
            }
        }
        YamlValue::String(_) | YamlValue::Int(_) | YamlValue::Float(_)
            if AMOUNT_FIELDS.contains(&name) =>
        {
            write_canonically(&mut entry.value, |amount| amount);
        }
        YamlValue::Map(texts) if is_text_map(kind, name) => {
            for text in texts.iter_mut().filter(|text| text.value.is_null()) {
                text.value.value = YamlValue::String(SmolStr::default());
            }
        }
        YamlValue::Map(_) => settle_map(kind, name, &mut entry.value),
        YamlValue::Seq(items) => items
            .iter_mut()
            .for_each(|item| settle_map(kind, name, item)),
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Int(_)
        | YamlValue::Float(_)
        | YamlValue::String(_) => {}
    }
}

fn is_kept(kind: Kind, owner: &str, entry: &YamlEntry) -> bool {
    match &entry.value.value {
        YamlValue::Null => false,
        YamlValue::Seq(items) => !items.is_empty(),
        YamlValue::Map(entries) => !entries.is_empty() || !is_text_map(kind, &entry.key),
        YamlValue::Bool(true) => true,
        YamlValue::Int(number) if *number != 0 => true,
        YamlValue::String(text) if !text.is_empty() => true,
        YamlValue::Float(number) if *number != 0.0 => true,
        YamlValue::Bool(_) | YamlValue::Int(_) | YamlValue::String(_) | YamlValue::Float(_) => {
            keeps_zero(kind, owner, &entry.key)
        }
    }
}

/// Maps of amounts by the name of a resource, and fields that are one amount.
const AMOUNTS: [&str; 5] = ["allocatable", "capacity", "limits", "overhead", "requests"];
const AMOUNT_FIELDS: [&str; 2] = ["divisor", "sizeLimit"];

/// The server stores amounts in their one form, whether they were written as texts or numbers. Those by the name of a
/// resource are rounded first (`SetDefaults_ResourceList`).
fn write_canonically(node: &mut Yaml, round: fn(Quantity) -> Quantity) {
    let written = match &node.value {
        YamlValue::Null => Some("0".to_owned()),
        YamlValue::String(text) => Some(text.trim().to_owned()),
        YamlValue::Int(number) => Some(number.to_string()),
        YamlValue::Float(number) => Some(number.to_string()),
        YamlValue::Bool(_) | YamlValue::Seq(_) | YamlValue::Map(_) => None,
    };
    if let Some(amount) = written.and_then(|text| Quantity::read(&text)) {
        node.value = YamlValue::String(round(amount).to_string().into());
    }
}

/// Maps whose keys are the user's own.
fn is_text_map(kind: Kind, name: &str) -> bool {
    const NAMES: [&str; 4] = ["annotations", "labels", "matchLabels", "nodeSelector"];
    let is_plain_selector = kind.spec().has_plain_selector && name == "selector";
    is_plain_selector || NAMES.contains(&name) || AMOUNTS.contains(&name)
}

fn keeps_zero(kind: Kind, owner: &str, name: &str) -> bool {
    let is_pointer_here = (kind.spec().keeps_zero)(owner, name);
    is_pointer_here || POINTERS_OF.contains(&(owner, name)) || POINTERS.contains(&name)
}

/// Fields that are pointers in one struct and values in another.
const POINTERS_OF: [(&str, &str); 7] = [
    ("clientIP", "timeoutSeconds"),
    ("grpc", "service"),
    ("containers", "restartPolicy"),
    ("initContainers", "restartPolicy"),
    ("onExitCodes", "containerName"),
    ("options", "value"),
    ("parameters", "namespace"),
];

/// Fields that are pointers wherever they stand, or are always written.
const POINTERS: [&str; 83] = [
    "activeDeadlineSeconds",
    "allocateLoadBalancerNodePorts",
    "allowPrivilegeEscalation",
    "apiGroup",
    "appProtocol",
    "automountServiceAccountToken",
    "backoffLimit",
    "backoffLimitPerIndex",
    "completionMode",
    "completions",
    "containerPort",
    "controller",
    "defaultMode",
    "enableServiceLinks",
    "expirationSeconds",
    "failedJobsHistoryLimit",
    "fsGroup",
    "fsGroupChangePolicy",
    "hostUsers",
    "hostnameOverride",
    "ingressClassName",
    "internalTrafficPolicy",
    "ipFamilyPolicy",
    "loadBalancerClass",
    "localhostProfile",
    "lun",
    "managedBy",
    "manualSelector",
    "maxFailedIndexes",
    "maxSkew",
    "maxSurge",
    "maxUnavailable",
    "minDomains",
    "mode",
    "mountPropagation",
    "nodeAffinityPolicy",
    "nodeTaintsPolicy",
    "optional",
    "parallelism",
    "partition",
    "pathType",
    "port",
    "preemptionPolicy",
    "priority",
    "privileged",
    "procMount",
    "progressDeadlineSeconds",
    "readOnlyRootFilesystem",
    "ready",
    "recursiveReadOnly",
    "replicas",
    "resourceClaimName",
    "resourceClaimTemplateName",
    "revisionHistoryLimit",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "runtimeClassName",
    "scope",
    "seLinuxChangePolicy",
    "seconds",
    "serving",
    "setHostnameAsFQDN",
    "shareProcessNamespace",
    "start",
    "startingDeadlineSeconds",
    "storageClassName",
    "succeededCount",
    "succeededIndexes",
    "successfulJobsHistoryLimit",
    "supplementalGroupsPolicy",
    "suspend",
    "terminating",
    "terminationGracePeriodSeconds",
    "timeZone",
    "tolerationSeconds",
    "trafficDistribution",
    "ttlSecondsAfterFinished",
    "unhealthyPodEvictionPolicy",
    "volumeMode",
    "weight",
    "whenDeleted",
    "whenScaled",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node as object;

    #[test]
    fn a_written_zero_stays_where_go_has_a_pointer() {
        let mut service = object(
            r#"{"spec":{"trafficDistribution":"","externalName":"","ports":[{"nodePort":0}]}}"#,
        );
        settle(Kind::Service, &mut service);
        assert_eq!(
            service,
            object(r#"{"spec":{"trafficDistribution":"","ports":[{}]}}"#)
        );
    }

    #[test]
    fn a_job_may_allow_no_failed_index() {
        let mut job = object(r#"{"spec":{"maxFailedIndexes":0}}"#);
        settle(Kind::Job, &mut job);
        assert_eq!(job, object(r#"{"spec":{"maxFailedIndexes":0}}"#));
    }

    #[test]
    fn a_success_policy_may_ask_for_no_index() {
        let written =
            r#"{"spec":{"successPolicy":{"rules":[{"succeededCount":0,"succeededIndexes":""}]}}}"#;
        let mut job = object(written);
        settle(Kind::Job, &mut job);
        assert_eq!(job, object(written));
    }

    #[test]
    fn the_first_disk_of_a_target_and_no_class_stay() {
        let volumes = r#"{"spec":{"volumes":[{"fc":{"lun":0}},{"ephemeral":{"volumeClaimTemplate":{"spec":{"storageClassName":""}}}}]}}"#;
        let mut pod = object(volumes);
        settle(Kind::Pod, &mut pod);
        assert_eq!(pod, object(volumes));
    }

    #[test]
    fn an_empty_selector_of_a_service_is_none_and_that_of_a_deployment_is_empty() {
        let mut service = object(r#"{"spec":{"selector":{}}}"#);
        let mut deployment = service.clone();
        settle(Kind::Service, &mut service);
        settle(Kind::Deployment, &mut deployment);
        assert_eq!(
            (service, deployment),
            (
                object(r#"{"spec":{}}"#),
                object(r#"{"spec":{"selector":{}}}"#)
            )
        );
    }

    #[test]
    fn amounts_are_stored_in_their_one_form() {
        let mut pod = object(r#"{"resources":{"limits":{"cpu":0.5,"memory":"1024Mi"}}}"#);
        settle(Kind::Pod, &mut pod);
        assert_eq!(
            pod,
            object(r#"{"resources":{"limits":{"cpu":"500m","memory":"1Gi"}}}"#)
        );
    }

    #[test]
    fn amounts_of_resources_are_rounded_up_to_thousandths() {
        let mut pod =
            object(r#"{"requests":{"cpu":"100u"},"overhead":{"cpu":0.0005},"sizeLimit":"100u"}"#);
        settle(Kind::Pod, &mut pod);
        assert_eq!(
            pod,
            object(r#"{"requests":{"cpu":"1m"},"overhead":{"cpu":"1m"},"sizeLimit":"100u"}"#)
        );
    }

    #[test]
    fn a_label_without_a_value_is_empty() {
        let mut pod = object(r#"{"metadata":{"labels":{"app":null}}}"#);
        settle(Kind::Pod, &mut pod);
        assert_eq!(pod, object(r#"{"metadata":{"labels":{"app":""}}}"#));
    }
}
