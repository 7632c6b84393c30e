//! The kinds of volumes and what `kubectl describe` prints of each: the `print…VolumeSource` functions of
//! `kubectl/pkg/describe/describe.go`.

use super::volume_claim::template_of_volume;
use super::volumes::{FieldFormat, Line, Source, attributes, downward_items, projections};
use crate::manifest::tree::Yaml;
use crate::printers::table::Page;

/// Nothing more.
fn nothing(_: &mut Page, _: &Yaml) {}

/// A kind that is printed by its fields alone.
const fn plain(field: &'static str, kind: &'static str, lines: &'static [Line]) -> Source {
    Source {
        field,
        kind,
        lines,
        rest: nothing,
    }
}

const READ_ONLY: Line = ("ReadOnly:", "readOnly", FieldFormat::Flag);
const FS_TYPE: Line = ("FSType:", "fsType", FieldFormat::Text);
const VOLUME_ID: Line = ("VolumeID:", "volumeID", FieldFormat::Text);
const PARTITION: Line = ("Partition:", "partition", FieldFormat::Number);
const SECRET: Line = ("SecretRef:", "secretRef", FieldFormat::Secret);
const OPTIONAL: Line = ("Optional:", "optional", FieldFormat::Flag);

/// The kinds, in the order in which kubectl looks for them.
pub(super) const SOURCES: &[Source] = &[
    plain(
        "hostPath",
        "HostPath (bare host directory volume)",
        &[
            ("Path:", "path", FieldFormat::Text),
            ("HostPathType:", "type", FieldFormat::Pointer),
        ],
    ),
    plain(
        "emptyDir",
        "EmptyDir (a temporary directory that shares a pod's lifetime)",
        &[
            ("Medium:", "medium", FieldFormat::Text),
            ("SizeLimit:", "sizeLimit", FieldFormat::Size),
        ],
    ),
    plain(
        "gcePersistentDisk",
        "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
        &[
            ("PDName:", "pdName", FieldFormat::Text),
            FS_TYPE,
            PARTITION,
            READ_ONLY,
        ],
    ),
    plain(
        "awsElasticBlockStore",
        "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
        &[VOLUME_ID, FS_TYPE, PARTITION, READ_ONLY],
    ),
    plain(
        "gitRepo",
        "GitRepo (a volume that is pulled from git when the pod is created)",
        &[
            ("Repository:", "repository", FieldFormat::Text),
            ("Revision:", "revision", FieldFormat::Text),
        ],
    ),
    plain(
        "secret",
        "Secret (a volume populated by a Secret)",
        &[("SecretName:", "secretName", FieldFormat::Text), OPTIONAL],
    ),
    plain(
        "configMap",
        "ConfigMap (a volume populated by a ConfigMap)",
        &[("Name:", "name", FieldFormat::Text), OPTIONAL],
    ),
    plain(
        "nfs",
        "NFS (an NFS mount that lasts the lifetime of a pod)",
        &[
            ("Server:", "server", FieldFormat::Text),
            ("Path:", "path", FieldFormat::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "iscsi",
        "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
        &[
            ("TargetPortal:", "targetPortal", FieldFormat::Text),
            ("IQN:", "iqn", FieldFormat::Text),
            ("Lun:", "lun", FieldFormat::Number),
            (
                "ISCSIInterface",
                "iscsiInterface",
                FieldFormat::Or("default"),
            ),
            FS_TYPE,
            READ_ONLY,
            ("Portals:", "portals", FieldFormat::List),
            ("DiscoveryCHAPAuth:", "chapAuthDiscovery", FieldFormat::Flag),
            ("SessionCHAPAuth:", "chapAuthSession", FieldFormat::Flag),
            SECRET,
            ("InitiatorName:", "initiatorName", FieldFormat::Pointer),
        ],
    ),
    plain(
        "glusterfs",
        "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
        &[
            ("EndpointsName:", "endpoints", FieldFormat::Text),
            ("Path:", "path", FieldFormat::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "persistentVolumeClaim",
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        &[("ClaimName:", "claimName", FieldFormat::Text), READ_ONLY],
    ),
    Source {
        field: "ephemeral",
        kind: "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
        lines: &[],
        rest: template_of_volume,
    },
    plain(
        "rbd",
        "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
        &[
            ("CephMonitors:", "monitors", FieldFormat::List),
            ("RBDImage:", "image", FieldFormat::Text),
            FS_TYPE,
            ("RBDPool:", "pool", FieldFormat::Or("rbd")),
            ("RadosUser:", "user", FieldFormat::Or("admin")),
            ("Keyring:", "keyring", FieldFormat::Or("/etc/ceph/keyring")),
            SECRET,
            READ_ONLY,
        ],
    ),
    plain(
        "quobyte",
        "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
        &[
            ("Registry:", "registry", FieldFormat::Text),
            ("Volume:", "volume", FieldFormat::Text),
            READ_ONLY,
        ],
    ),
    Source {
        field: "downwardAPI",
        kind: "DownwardAPI (a volume populated by information about the pod)",
        lines: &[],
        rest: downward_items,
    },
    plain(
        "azureDisk",
        "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
        &[
            ("DiskName:", "diskName", FieldFormat::Text),
            ("DiskURI:", "diskURI", FieldFormat::Text),
            ("Kind: ", "kind", FieldFormat::Or("Shared")),
            ("FSType:", "fsType", FieldFormat::Or("ext4")),
            ("CachingMode:", "cachingMode", FieldFormat::Or("ReadWrite")),
            READ_ONLY,
        ],
    ),
    plain(
        "vsphereVolume",
        "vSphereVolume (a Persistent Disk resource in vSphere)",
        &[
            ("VolumePath:", "volumePath", FieldFormat::Text),
            FS_TYPE,
            ("StoragePolicyName:", "storagePolicyName", FieldFormat::Text),
        ],
    ),
    plain(
        "cinder",
        "Cinder (a Persistent Disk resource in OpenStack)",
        &[VOLUME_ID, FS_TYPE, READ_ONLY, SECRET],
    ),
    plain(
        "photonPersistentDisk",
        "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
        &[("PdID:", "pdID", FieldFormat::Text), FS_TYPE],
    ),
    plain(
        "portworxVolume",
        "PortworxVolume (a Portworx Volume resource)",
        &[VOLUME_ID],
    ),
    plain(
        "scaleIO",
        "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
        &[
            ("Gateway:", "gateway", FieldFormat::Text),
            ("System:", "system", FieldFormat::Text),
            ("Protection Domain:", "protectionDomain", FieldFormat::Text),
            ("Storage Pool:", "storagePool", FieldFormat::Text),
            (
                "Storage Mode:",
                "storageMode",
                FieldFormat::Or("ThinProvisioned"),
            ),
            ("VolumeName:", "volumeName", FieldFormat::Text),
            ("FSType:", "fsType", FieldFormat::Or("xfs")),
            READ_ONLY,
        ],
    ),
    plain(
        "cephfs",
        "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
        &[
            ("Monitors:", "monitors", FieldFormat::List),
            ("Path:", "path", FieldFormat::Text),
            ("User:", "user", FieldFormat::Text),
            ("SecretFile:", "secretFile", FieldFormat::Text),
            SECRET,
            READ_ONLY,
        ],
    ),
    plain(
        "storageos",
        "StorageOS (a StorageOS Persistent Disk resource)",
        &[
            ("VolumeName:", "volumeName", FieldFormat::Text),
            ("VolumeNamespace:", "volumeNamespace", FieldFormat::Text),
            FS_TYPE,
            READ_ONLY,
        ],
    ),
    plain(
        "fc",
        "FC (a Fibre Channel disk)",
        &[
            ("TargetWWNs:", "targetWWNs", FieldFormat::Joined),
            ("LUN:", "lun", FieldFormat::Pointer),
            FS_TYPE,
            READ_ONLY,
        ],
    ),
    plain(
        "azureFile",
        "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
        &[
            ("SecretName:", "secretName", FieldFormat::Text),
            ("ShareName:", "shareName", FieldFormat::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "flexVolume",
        "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
        &[
            ("Driver:", "driver", FieldFormat::Text),
            FS_TYPE,
            SECRET,
            READ_ONLY,
            ("Options:", "options", FieldFormat::Map),
        ],
    ),
    plain(
        "flocker",
        "Flocker (a Flocker volume mounted by the Flocker agent)",
        &[
            ("DatasetName:", "datasetName", FieldFormat::Text),
            ("DatasetUUID:", "datasetUUID", FieldFormat::Text),
        ],
    ),
    Source {
        field: "projected",
        kind: "Projected (a volume that contains injected data from multiple sources)",
        lines: &[],
        rest: projections,
    },
    Source {
        field: "csi",
        kind: "CSI (a Container Storage Interface (CSI) volume source)",
        lines: &[("Driver:", "driver", FieldFormat::Text), FS_TYPE, READ_ONLY],
        rest: attributes,
    },
    plain(
        "image",
        "Image (a container image or OCI artifact)",
        &[
            ("Reference:", "reference", FieldFormat::Text),
            ("PullPolicy:", "pullPolicy", FieldFormat::Text),
        ],
    ),
];
