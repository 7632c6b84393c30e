//! The volumes of a pod in the internal API (`pkg/apis/core/types.go` `Volume`, `VolumeSource`).

use super::{GoField, Shape};

/// A volume; all its sources stand beside its name, for the struct of the sources is embedded.
pub(super) const VOLUME: &[GoField] = &[
    ("Name", "name", Shape::Text),
    ("HostPath", "hostPath", Shape::Pointer(HOST_PATH)),
    ("EmptyDir", "emptyDir", Shape::Pointer(EMPTY_DIR)),
    (
        "GCEPersistentDisk",
        "gcePersistentDisk",
        Shape::Pointer(GCE),
    ),
    (
        "AWSElasticBlockStore",
        "awsElasticBlockStore",
        Shape::Pointer(AWS),
    ),
    ("GitRepo", "gitRepo", Shape::Pointer(GIT)),
    ("Secret", "secret", Shape::Pointer(SECRET)),
    ("NFS", "nfs", Shape::Pointer(NFS)),
    ("ISCSI", "iscsi", Shape::Pointer(ISCSI)),
    ("Glusterfs", "glusterfs", Shape::Pointer(GLUSTERFS)),
    (
        "PersistentVolumeClaim",
        "persistentVolumeClaim",
        Shape::Pointer(CLAIM),
    ),
    ("RBD", "rbd", Shape::Pointer(RBD)),
    ("Quobyte", "quobyte", Shape::Pointer(QUOBYTE)),
    ("FlexVolume", "flexVolume", Shape::Pointer(FLEX)),
    ("Cinder", "cinder", Shape::Pointer(CINDER)),
    ("CephFS", "cephfs", Shape::Pointer(CEPHFS)),
    ("Flocker", "flocker", Shape::Pointer(FLOCKER)),
    ("DownwardAPI", "downwardAPI", Shape::Pointer(DOWNWARD)),
    ("FC", "fc", Shape::Pointer(FC)),
    ("AzureFile", "azureFile", Shape::Pointer(AZURE_FILE)),
    ("ConfigMap", "configMap", Shape::Pointer(CONFIG_MAP)),
    ("VsphereVolume", "vsphereVolume", Shape::Pointer(VSPHERE)),
    ("AzureDisk", "azureDisk", Shape::Pointer(AZURE_DISK)),
    (
        "PhotonPersistentDisk",
        "photonPersistentDisk",
        Shape::Pointer(PHOTON),
    ),
    ("Projected", "projected", Shape::Pointer(PROJECTED)),
    ("PortworxVolume", "portworxVolume", Shape::Pointer(PORTWORX)),
    ("ScaleIO", "scaleIO", Shape::Pointer(SCALE_IO)),
    ("StorageOS", "storageos", Shape::Pointer(STORAGE_OS)),
    ("CSI", "csi", Shape::Pointer(CSI)),
    ("Ephemeral", "ephemeral", Shape::Pointer(EPHEMERAL)),
    ("Image", "image", Shape::Pointer(IMAGE)),
];

const FS_TYPE: GoField = ("FSType", "fsType", Shape::Text);
const READ_ONLY: GoField = ("ReadOnly", "readOnly", Shape::Flag);
const VOLUME_ID: GoField = ("VolumeID", "volumeID", Shape::Text);
const PARTITION: GoField = ("Partition", "partition", Shape::Number);
const SECRET_REF: GoField = ("SecretRef", "secretRef", Shape::Pointer(REFERENCE));
const ITEMS: GoField = ("Items", "items", Shape::List(KEY_TO_PATH));
const DEFAULT_MODE: GoField = ("DefaultMode", "defaultMode", Shape::Plain);
const OPTIONAL: GoField = ("Optional", "optional", Shape::Plain);

/// `LocalObjectReference`.
const REFERENCE: &[GoField] = &[("Name", "name", Shape::Text)];

const KEY_TO_PATH: &[GoField] = &[
    ("Key", "key", Shape::Text),
    ("Path", "path", Shape::Text),
    ("Mode", "mode", Shape::Plain),
];

const HOST_PATH: &[GoField] = &[
    ("Path", "path", Shape::Text),
    ("Type", "type", Shape::Plain),
];

const EMPTY_DIR: &[GoField] = &[
    ("Medium", "medium", Shape::Text),
    ("SizeLimit", "sizeLimit", Shape::Plain),
];

const GCE: &[GoField] = &[
    ("PDName", "pdName", Shape::Text),
    FS_TYPE,
    PARTITION,
    READ_ONLY,
];

const AWS: &[GoField] = &[VOLUME_ID, FS_TYPE, PARTITION, READ_ONLY];

const GIT: &[GoField] = &[
    ("Repository", "repository", Shape::Text),
    ("Revision", "revision", Shape::Text),
    ("Directory", "directory", Shape::Text),
];

const SECRET: &[GoField] = &[
    ("SecretName", "secretName", Shape::Text),
    ITEMS,
    DEFAULT_MODE,
    OPTIONAL,
];

const NFS: &[GoField] = &[
    ("Server", "server", Shape::Text),
    ("Path", "path", Shape::Text),
    READ_ONLY,
];

const ISCSI: &[GoField] = &[
    ("TargetPortal", "targetPortal", Shape::Text),
    ("IQN", "iqn", Shape::Text),
    ("Lun", "lun", Shape::Number),
    ("ISCSIInterface", "iscsiInterface", Shape::Text),
    FS_TYPE,
    READ_ONLY,
    ("Portals", "portals", Shape::Plain),
    ("DiscoveryCHAPAuth", "chapAuthDiscovery", Shape::Flag),
    ("SessionCHAPAuth", "chapAuthSession", Shape::Flag),
    SECRET_REF,
    ("InitiatorName", "initiatorName", Shape::Plain),
];

const GLUSTERFS: &[GoField] = &[
    ("EndpointsName", "endpoints", Shape::Text),
    ("Path", "path", Shape::Text),
    READ_ONLY,
];

const CLAIM: &[GoField] = &[("ClaimName", "claimName", Shape::Text), READ_ONLY];

const RBD: &[GoField] = &[
    ("CephMonitors", "monitors", Shape::Plain),
    ("RBDImage", "image", Shape::Text),
    FS_TYPE,
    ("RBDPool", "pool", Shape::Text),
    ("RadosUser", "user", Shape::Text),
    ("Keyring", "keyring", Shape::Text),
    SECRET_REF,
    READ_ONLY,
];

const QUOBYTE: &[GoField] = &[
    ("Registry", "registry", Shape::Text),
    ("Volume", "volume", Shape::Text),
    READ_ONLY,
    ("User", "user", Shape::Text),
    ("Group", "group", Shape::Text),
    ("Tenant", "tenant", Shape::Text),
];

const FLEX: &[GoField] = &[
    ("Driver", "driver", Shape::Text),
    FS_TYPE,
    SECRET_REF,
    READ_ONLY,
    ("Options", "options", Shape::Plain),
];

const CINDER: &[GoField] = &[VOLUME_ID, FS_TYPE, READ_ONLY, SECRET_REF];

const CEPHFS: &[GoField] = &[
    ("Monitors", "monitors", Shape::Plain),
    ("Path", "path", Shape::Text),
    ("User", "user", Shape::Text),
    ("SecretFile", "secretFile", Shape::Text),
    SECRET_REF,
    READ_ONLY,
];

const FLOCKER: &[GoField] = &[
    ("DatasetName", "datasetName", Shape::Text),
    ("DatasetUUID", "datasetUUID", Shape::Text),
];

const DOWNWARD: &[GoField] = &[("Items", "items", Shape::List(DOWNWARD_FILE)), DEFAULT_MODE];

const DOWNWARD_FILE: &[GoField] = &[
    ("Path", "path", Shape::Text),
    ("FieldRef", "fieldRef", Shape::Pointer(FIELD_OF_POD)),
    (
        "ResourceFieldRef",
        "resourceFieldRef",
        Shape::Pointer(AMOUNT_OF_CONTAINER),
    ),
    ("Mode", "mode", Shape::Plain),
];

/// `ObjectFieldSelector`.
pub(super) const FIELD_OF_POD: &[GoField] = &[
    ("APIVersion", "apiVersion", Shape::Text),
    ("FieldPath", "fieldPath", Shape::Text),
];

/// `ResourceFieldSelector`.
pub(super) const AMOUNT_OF_CONTAINER: &[GoField] = &[
    ("ContainerName", "containerName", Shape::Text),
    ("Resource", "resource", Shape::Text),
    ("Divisor", "divisor", Shape::Quantity),
];

const FC: &[GoField] = &[
    ("TargetWWNs", "targetWWNs", Shape::Plain),
    ("Lun", "lun", Shape::Plain),
    FS_TYPE,
    READ_ONLY,
    ("WWIDs", "wwids", Shape::Plain),
];

const AZURE_FILE: &[GoField] = &[
    ("SecretName", "secretName", Shape::Text),
    ("ShareName", "shareName", Shape::Text),
    READ_ONLY,
];

const CONFIG_MAP: &[GoField] = &[("Name", "name", Shape::Text), ITEMS, DEFAULT_MODE, OPTIONAL];

const VSPHERE: &[GoField] = &[
    ("VolumePath", "volumePath", Shape::Text),
    FS_TYPE,
    ("StoragePolicyName", "storagePolicyName", Shape::Text),
    ("StoragePolicyID", "storagePolicyID", Shape::Text),
];

const AZURE_DISK: &[GoField] = &[
    ("DiskName", "diskName", Shape::Text),
    ("DataDiskURI", "diskURI", Shape::Text),
    ("CachingMode", "cachingMode", Shape::Plain),
    ("FSType", "fsType", Shape::Plain),
    ("ReadOnly", "readOnly", Shape::Plain),
    ("Kind", "kind", Shape::Plain),
];

const PHOTON: &[GoField] = &[("PdID", "pdID", Shape::Text), FS_TYPE];

const PROJECTED: &[GoField] = &[
    ("Sources", "sources", Shape::List(PROJECTION)),
    DEFAULT_MODE,
];

const PROJECTION: &[GoField] = &[
    ("Secret", "secret", Shape::Pointer(PROJECTED_KEYS)),
    (
        "DownwardAPI",
        "downwardAPI",
        Shape::Pointer(&[("Items", "items", Shape::List(DOWNWARD_FILE))]),
    ),
    ("ConfigMap", "configMap", Shape::Pointer(PROJECTED_KEYS)),
    (
        "ServiceAccountToken",
        "serviceAccountToken",
        Shape::Pointer(TOKEN),
    ),
    (
        "ClusterTrustBundle",
        "clusterTrustBundle",
        Shape::Pointer(TRUST_BUNDLE),
    ),
    (
        "PodCertificate",
        "podCertificate",
        Shape::Pointer(CERTIFICATE),
    ),
];

/// `SecretProjection` and `ConfigMapProjection`.
const PROJECTED_KEYS: &[GoField] = &[("Name", "name", Shape::Text), ITEMS, OPTIONAL];

const TOKEN: &[GoField] = &[
    ("Audience", "audience", Shape::Text),
    ("ExpirationSeconds", "expirationSeconds", Shape::Number),
    ("Path", "path", Shape::Text),
];

const TRUST_BUNDLE: &[GoField] = &[
    ("Name", "name", Shape::Plain),
    ("SignerName", "signerName", Shape::Plain),
    ("LabelSelector", "labelSelector", Shape::Plain),
    OPTIONAL,
    ("Path", "path", Shape::Text),
];

const CERTIFICATE: &[GoField] = &[
    ("SignerName", "signerName", Shape::Text),
    ("KeyType", "keyType", Shape::Text),
    ("MaxExpirationSeconds", "maxExpirationSeconds", Shape::Plain),
    ("CredentialBundlePath", "credentialBundlePath", Shape::Text),
    ("KeyPath", "keyPath", Shape::Text),
    ("CertificateChainPath", "certificateChainPath", Shape::Text),
    ("UserAnnotations", "userAnnotations", Shape::Plain),
];

const PORTWORX: &[GoField] = &[VOLUME_ID, FS_TYPE, READ_ONLY];

const SCALE_IO: &[GoField] = &[
    ("Gateway", "gateway", Shape::Text),
    ("System", "system", Shape::Text),
    SECRET_REF,
    ("SSLEnabled", "sslEnabled", Shape::Flag),
    ("ProtectionDomain", "protectionDomain", Shape::Text),
    ("StoragePool", "storagePool", Shape::Text),
    ("StorageMode", "storageMode", Shape::Text),
    ("VolumeName", "volumeName", Shape::Text),
    FS_TYPE,
    READ_ONLY,
];

const STORAGE_OS: &[GoField] = &[
    ("VolumeName", "volumeName", Shape::Text),
    ("VolumeNamespace", "volumeNamespace", Shape::Text),
    FS_TYPE,
    READ_ONLY,
    SECRET_REF,
];

const CSI: &[GoField] = &[
    ("Driver", "driver", Shape::Text),
    ("ReadOnly", "readOnly", Shape::Plain),
    ("FSType", "fsType", Shape::Plain),
    ("VolumeAttributes", "volumeAttributes", Shape::Plain),
    (
        "NodePublishSecretRef",
        "nodePublishSecretRef",
        Shape::Pointer(REFERENCE),
    ),
];

const EPHEMERAL: &[GoField] = &[(
    "VolumeClaimTemplate",
    "volumeClaimTemplate",
    Shape::Pointer(CLAIM_TEMPLATE),
)];

/// `PersistentVolumeClaimTemplate`; its metadata is an embedded struct of the public API, which leaves out what is not set.
const CLAIM_TEMPLATE: &[GoField] = &[
    (
        "",
        "metadata",
        Shape::Embedded(&[
            ("labels", "labels", Shape::Plain),
            ("annotations", "annotations", Shape::Plain),
        ]),
    ),
    ("Spec", "spec", Shape::Struct(CLAIM_SPEC)),
];

const CLAIM_SPEC: &[GoField] = &[
    ("AccessModes", "accessModes", Shape::Plain),
    ("Selector", "selector", Shape::Plain),
    (
        "Resources",
        "resources",
        Shape::Struct(&[
            ("Limits", "limits", Shape::Plain),
            ("Requests", "requests", Shape::Plain),
        ]),
    ),
    ("VolumeName", "volumeName", Shape::Text),
    ("StorageClassName", "storageClassName", Shape::Plain),
    ("VolumeMode", "volumeMode", Shape::Plain),
    (
        "DataSource",
        "dataSource",
        Shape::Pointer(&[
            ("APIGroup", "apiGroup", Shape::Plain),
            ("Kind", "kind", Shape::Text),
            ("Name", "name", Shape::Text),
        ]),
    ),
    (
        "DataSourceRef",
        "dataSourceRef",
        Shape::Pointer(&[
            ("APIGroup", "apiGroup", Shape::Plain),
            ("Kind", "kind", Shape::Text),
            ("Name", "name", Shape::Text),
            ("Namespace", "namespace", Shape::Plain),
        ]),
    ),
    (
        "VolumeAttributesClassName",
        "volumeAttributesClassName",
        Shape::Plain,
    ),
];

const IMAGE: &[GoField] = &[
    ("Reference", "reference", Shape::Text),
    ("PullPolicy", "pullPolicy", Shape::Text),
];
