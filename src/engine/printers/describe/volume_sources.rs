//! The kinds of volumes and what `kubectl describe` prints of each: the `print…VolumeSource` functions of
//! `kubectl/pkg/describe/describe.go`.

use super::volume_claim::template_of_volume;
use super::volumes::{Line, Source, Told, attributes, downward_items, projections};
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

const READ_ONLY: Line = ("ReadOnly:", "readOnly", Told::Flag);
const FS_TYPE: Line = ("FSType:", "fsType", Told::Text);
const VOLUME_ID: Line = ("VolumeID:", "volumeID", Told::Text);
const PARTITION: Line = ("Partition:", "partition", Told::Number);
const SECRET: Line = ("SecretRef:", "secretRef", Told::Secret);
const OPTIONAL: Line = ("Optional:", "optional", Told::Flag);

/// The kinds, in the order in which kubectl looks for them.
pub(super) const SOURCES: &[Source] = &[
    plain(
        "hostPath",
        "HostPath (bare host directory volume)",
        &[
            ("Path:", "path", Told::Text),
            ("HostPathType:", "type", Told::Pointer),
        ],
    ),
    plain(
        "emptyDir",
        "EmptyDir (a temporary directory that shares a pod's lifetime)",
        &[
            ("Medium:", "medium", Told::Text),
            ("SizeLimit:", "sizeLimit", Told::Size),
        ],
    ),
    plain(
        "gcePersistentDisk",
        "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
        &[
            ("PDName:", "pdName", Told::Text),
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
            ("Repository:", "repository", Told::Text),
            ("Revision:", "revision", Told::Text),
        ],
    ),
    plain(
        "secret",
        "Secret (a volume populated by a Secret)",
        &[("SecretName:", "secretName", Told::Text), OPTIONAL],
    ),
    plain(
        "configMap",
        "ConfigMap (a volume populated by a ConfigMap)",
        &[("Name:", "name", Told::Text), OPTIONAL],
    ),
    plain(
        "nfs",
        "NFS (an NFS mount that lasts the lifetime of a pod)",
        &[
            ("Server:", "server", Told::Text),
            ("Path:", "path", Told::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "iscsi",
        "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
        &[
            ("TargetPortal:", "targetPortal", Told::Text),
            ("IQN:", "iqn", Told::Text),
            ("Lun:", "lun", Told::Number),
            ("ISCSIInterface", "iscsiInterface", Told::Or("default")),
            FS_TYPE,
            READ_ONLY,
            ("Portals:", "portals", Told::List),
            ("DiscoveryCHAPAuth:", "chapAuthDiscovery", Told::Flag),
            ("SessionCHAPAuth:", "chapAuthSession", Told::Flag),
            SECRET,
            ("InitiatorName:", "initiatorName", Told::Pointer),
        ],
    ),
    plain(
        "glusterfs",
        "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
        &[
            ("EndpointsName:", "endpoints", Told::Text),
            ("Path:", "path", Told::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "persistentVolumeClaim",
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        &[("ClaimName:", "claimName", Told::Text), READ_ONLY],
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
            ("CephMonitors:", "monitors", Told::List),
            ("RBDImage:", "image", Told::Text),
            FS_TYPE,
            ("RBDPool:", "pool", Told::Or("rbd")),
            ("RadosUser:", "user", Told::Or("admin")),
            ("Keyring:", "keyring", Told::Or("/etc/ceph/keyring")),
            SECRET,
            READ_ONLY,
        ],
    ),
    plain(
        "quobyte",
        "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
        &[
            ("Registry:", "registry", Told::Text),
            ("Volume:", "volume", Told::Text),
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
            ("DiskName:", "diskName", Told::Text),
            ("DiskURI:", "diskURI", Told::Text),
            ("Kind: ", "kind", Told::Or("Shared")),
            ("FSType:", "fsType", Told::Or("ext4")),
            ("CachingMode:", "cachingMode", Told::Or("ReadWrite")),
            READ_ONLY,
        ],
    ),
    plain(
        "vsphereVolume",
        "vSphereVolume (a Persistent Disk resource in vSphere)",
        &[
            ("VolumePath:", "volumePath", Told::Text),
            FS_TYPE,
            ("StoragePolicyName:", "storagePolicyName", Told::Text),
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
        &[("PdID:", "pdID", Told::Text), FS_TYPE],
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
            ("Gateway:", "gateway", Told::Text),
            ("System:", "system", Told::Text),
            ("Protection Domain:", "protectionDomain", Told::Text),
            ("Storage Pool:", "storagePool", Told::Text),
            ("Storage Mode:", "storageMode", Told::Or("ThinProvisioned")),
            ("VolumeName:", "volumeName", Told::Text),
            ("FSType:", "fsType", Told::Or("xfs")),
            READ_ONLY,
        ],
    ),
    plain(
        "cephfs",
        "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
        &[
            ("Monitors:", "monitors", Told::List),
            ("Path:", "path", Told::Text),
            ("User:", "user", Told::Text),
            ("SecretFile:", "secretFile", Told::Text),
            SECRET,
            READ_ONLY,
        ],
    ),
    plain(
        "storageos",
        "StorageOS (a StorageOS Persistent Disk resource)",
        &[
            ("VolumeName:", "volumeName", Told::Text),
            ("VolumeNamespace:", "volumeNamespace", Told::Text),
            FS_TYPE,
            READ_ONLY,
        ],
    ),
    plain(
        "fc",
        "FC (a Fibre Channel disk)",
        &[
            ("TargetWWNs:", "targetWWNs", Told::Joined),
            ("LUN:", "lun", Told::Pointer),
            FS_TYPE,
            READ_ONLY,
        ],
    ),
    plain(
        "azureFile",
        "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
        &[
            ("SecretName:", "secretName", Told::Text),
            ("ShareName:", "shareName", Told::Text),
            READ_ONLY,
        ],
    ),
    plain(
        "flexVolume",
        "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
        &[
            ("Driver:", "driver", Told::Text),
            FS_TYPE,
            SECRET,
            READ_ONLY,
            ("Options:", "options", Told::Map),
        ],
    ),
    plain(
        "flocker",
        "Flocker (a Flocker volume mounted by the Flocker agent)",
        &[
            ("DatasetName:", "datasetName", Told::Text),
            ("DatasetUUID:", "datasetUUID", Told::Text),
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
        lines: &[("Driver:", "driver", Told::Text), FS_TYPE, READ_ONLY],
        rest: attributes,
    },
    plain(
        "image",
        "Image (a container image or OCI artifact)",
        &[
            ("Reference:", "reference", Told::Text),
            ("PullPolicy:", "pullPolicy", Told::Text),
        ],
    ),
];
