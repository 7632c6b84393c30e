#!/usr/bin/env python3
"""Writes src/engine/manifest/fields.txt, the table of every field of the modelled kinds.

    tools/api-fields.py api-fields.json > src/engine/manifest/fields.txt

api-fields.json holds `kinds` ("v1 Service" to a type) and `types` (type to field to JSON type), as the OpenAPI document
of an API server gives them; kinds that are not simulated but checked are below. Two things that document does not say are added here, because the API server prints them
when a value has the wrong type: the names of Go's string types, and the structs that Go embeds.
"""
import json
import sys

# Kinds that are stored without being simulated (k8s.io/api core/v1 types.go, 1.36).
META = {"apiVersion": "string", "kind": "string", "metadata": "meta.ObjectMeta"}
STORED = {
    "ConfigMap": {"binaryData": "map[string]bytes", "data": "map[string]string", "immutable": "bool"},
    "Secret": {
        "data": "map[string]bytes",
        "immutable": "bool",
        "stringData": "map[string]string",
        "type": "string",
    },
    "ServiceAccount": {
        "automountServiceAccountToken": "bool",
        "imagePullSecrets": "[]core.LocalObjectReference",
        "secrets": "[]core.ObjectReference",
    },
}

# Go's name of a string type, by struct and field (k8s.io/api and apimachinery types.go, 1.36).
NAMED = """
apps.DaemonSetUpdateStrategy.type DaemonSetUpdateStrategyType
apps.DaemonSetCondition.type DaemonSetConditionType
apps.DeploymentCondition.type DeploymentConditionType
apps.DeploymentStrategy.type DeploymentStrategyType
apps.ReplicaSetCondition.type ReplicaSetConditionType
apps.StatefulSetCondition.type StatefulSetConditionType
apps.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted PersistentVolumeClaimRetentionPolicyType
apps.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled PersistentVolumeClaimRetentionPolicyType
apps.StatefulSetSpec.podManagementPolicy PodManagementPolicyType
apps.StatefulSetUpdateStrategy.type StatefulSetUpdateStrategyType
batch.CronJobSpec.concurrencyPolicy ConcurrencyPolicy
batch.JobCondition.type JobConditionType
batch.JobSpec.completionMode CompletionMode
batch.JobSpec.podReplacementPolicy PodReplacementPolicy
batch.PodFailurePolicyOnExitCodesRequirement.operator PodFailurePolicyOnExitCodesOperator
batch.PodFailurePolicyOnPodConditionsPattern.type PodConditionType
batch.PodFailurePolicyRule.action PodFailurePolicyAction
batch.UncountedTerminatedPods.failed types.UID
batch.UncountedTerminatedPods.succeeded types.UID
core.AppArmorProfile.type AppArmorProfileType
core.AttachedVolume.name UniqueVolumeName
core.AzureDiskVolumeSource.cachingMode AzureDataDiskCachingMode
core.AzureDiskVolumeSource.kind AzureDataDiskKind
core.Capabilities.add Capability
core.Capabilities.drop Capability
core.ConfigMapNodeConfigSource.uid types.UID
core.ContainerPort.protocol Protocol
core.ContainerResizePolicy.resourceName ResourceName
core.ContainerResizePolicy.restartPolicy ResourceResizeRestartPolicy
core.ContainerRestartRule.action ContainerRestartRuleAction
core.ContainerRestartRuleOnExitCodes.operator ContainerRestartRuleOnExitCodesOperator
core.ContainerStatus.stopSignal Signal
core.EmptyDirVolumeSource.medium StorageMedium
core.EndpointPort.protocol Protocol
core.HTTPGetAction.scheme URIScheme
core.HostPathVolumeSource.type HostPathType
core.ImageVolumeSource.pullPolicy PullPolicy
core.Lifecycle.stopSignal Signal
core.LoadBalancerIngress.ipMode LoadBalancerIPMode
core.ModifyVolumeStatus.status PersistentVolumeClaimModifyVolumeStatus
core.NamespaceCondition.type NamespaceConditionType
core.NamespaceSpec.finalizers FinalizerName
core.NamespaceStatus.phase NamespacePhase
core.NodeAddress.type NodeAddressType
core.NodeCondition.type NodeConditionType
core.NodeSelectorRequirement.operator NodeSelectorOperator
core.NodeStatus.phase NodePhase
core.NodeStatus.volumesInUse UniqueVolumeName
core.ObjectReference.uid types.UID
core.PersistentVolumeClaimCondition.type PersistentVolumeClaimConditionType
core.PersistentVolumeClaimSpec.accessModes PersistentVolumeAccessMode
core.PersistentVolumeClaimSpec.volumeMode PersistentVolumeMode
core.PersistentVolumeClaimStatus.accessModes PersistentVolumeAccessMode
core.PersistentVolumeClaimStatus.phase PersistentVolumeClaimPhase
core.PodCondition.type PodConditionType
core.PodOS.name OSName
core.PodReadinessGate.conditionType PodConditionType
core.PodSecurityContext.fsGroupChangePolicy PodFSGroupChangePolicy
core.PodSecurityContext.seLinuxChangePolicy PodSELinuxChangePolicy
core.PodSecurityContext.supplementalGroupsPolicy SupplementalGroupsPolicy
core.PodSpec.dnsPolicy DNSPolicy
core.PodSpec.preemptionPolicy PreemptionPolicy
core.PodSpec.restartPolicy RestartPolicy
core.PodStatus.phase PodPhase
core.PodStatus.qosClass PodQOSClass
core.PodStatus.resize PodResizeStatus
core.PortStatus.protocol Protocol
core.ReplicationControllerCondition.type ReplicationControllerConditionType
core.ResourceHealth.health ResourceHealthStatus
core.ResourceHealth.resourceID ResourceID
core.ResourceStatus.name ResourceName
core.SeccompProfile.type SeccompProfileType
core.Secret.type SecretType
core.SecurityContext.procMount ProcMountType
core.ServicePort.protocol Protocol
core.ServiceSpec.externalTrafficPolicy ServiceExternalTrafficPolicy
core.ServiceSpec.internalTrafficPolicy ServiceInternalTrafficPolicy
core.ServiceSpec.ipFamilies IPFamily
core.ServiceSpec.ipFamilyPolicy IPFamilyPolicy
core.ServiceSpec.sessionAffinity ServiceAffinity
core.ServiceSpec.type ServiceType
core.Taint.effect TaintEffect
core.Toleration.effect TaintEffect
core.Toleration.operator TolerationOperator
core.TopologySpreadConstraint.nodeAffinityPolicy NodeInclusionPolicy
core.TopologySpreadConstraint.nodeTaintsPolicy NodeInclusionPolicy
core.TopologySpreadConstraint.whenUnsatisfiable UnsatisfiableConstraintAction
core.VolumeMount.mountPropagation MountPropagationMode
core.VolumeMount.recursiveReadOnly RecursiveReadOnlyMode
core.VolumeMountStatus.recursiveReadOnly RecursiveReadOnlyMode
discovery.EndpointPort.protocol Protocol
discovery.EndpointSlice.addressType AddressType
meta.LabelSelectorRequirement.operator LabelSelectorOperator
meta.ManagedFieldsEntry.operation ManagedFieldsOperationType
meta.ObjectMeta.uid types.UID
meta.OwnerReference.uid types.UID
networking.HTTPIngressPath.pathType PathType
networking.IngressPortStatus.protocol Protocol
networking.NetworkPolicyPort.protocol Protocol
networking.NetworkPolicySpec.policyTypes PolicyType
"""
NAMED = dict(line.split() for line in NAMED.split("\n") if line)
for container in ["Container", "EphemeralContainer"]:
    NAMED[f"core.{container}.imagePullPolicy"] = "PullPolicy"
    NAMED[f"core.{container}.restartPolicy"] = "ContainerRestartPolicy"
    NAMED[f"core.{container}.terminationMessagePolicy"] = "TerminationMessagePolicy"

# The struct that Go embeds, by type: which of its fields come from it.
EMBEDDED = {
    "networking.IngressRule": ("IngressRuleValue", {"http"}),
    "core.Probe": ("ProbeHandler", {"exec", "httpGet", "tcpSocket", "grpc"}),
    "core.ConfigMapKeySelector": ("LocalObjectReference", {"name"}),
    "core.SecretKeySelector": ("LocalObjectReference", {"name"}),
    "core.ConfigMapEnvSource": ("LocalObjectReference", {"name"}),
    "core.SecretEnvSource": ("LocalObjectReference", {"name"}),
    "core.ConfigMapProjection": ("LocalObjectReference", {"name"}),
    "core.SecretProjection": ("LocalObjectReference", {"name"}),
    "core.ConfigMapVolumeSource": ("LocalObjectReference", {"name"}),
}


def embedded(owner, field, fields):
    if owner == "core.Volume" and field != "name":
        return "VolumeSource"
    if owner == "core.EphemeralContainer" and field != "targetContainerName":
        return "EphemeralContainerCommon"
    if field in ("apiVersion", "kind") and {"apiVersion", "kind", "metadata"} <= fields.keys():
        return "TypeMeta"
    struct, inside = EMBEDDED.get(owner, ("", ()))
    return struct if field in inside else ""


def named(owner, field, kind):
    if kind not in ("string", "[]string"):
        return kind
    name = NAMED.pop(f"{owner}.{field}", None)
    if name is None and kind == "string" and field == "status" and owner.endswith("Condition"):
        name = "ConditionStatus"
    if name is None and owner == "batch.PodFailurePolicyOnPodConditionsPattern" and field == "status":
        name = "ConditionStatus"
    if name is None:
        return kind
    return kind.replace("string", "=" + (name if "." in name else "v1." + name))


table = json.load(open(sys.argv[1]))
for kind, fields in STORED.items():
    table["kinds"][f"v1 {kind}"] = f"core.{kind}"
    table["types"][f"core.{kind}"] = META | fields
for kind, owner in sorted(table["kinds"].items()):
    print(f"{kind} {owner}")
print()
for owner, fields in sorted(table["types"].items()):
    words = []
    for field, kind in sorted(fields.items()):
        struct = embedded(owner, field, fields)
        words.append(f"{field}{'@' + struct if struct else ''}:{named(owner, field, kind)}")
    print(owner, *words)
if NAMED:
    sys.exit(f"no such fields: {sorted(NAMED)}")
