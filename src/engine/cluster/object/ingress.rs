//! An Ingress: which host and path of HTTP goes to which Service (`networking.k8s.io/v1`).

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{LoadBalancerStatus, Metadata};

/// An Ingress as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Ingress {
    /// Name and annotations.
    pub metadata: Metadata,
    /// The rules.
    pub spec: IngressSpec,
    /// What its controller reported.
    pub status: IngressStatus,
}

/// `status` of an Ingress.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressStatus {
    /// Where the controller answers.
    pub load_balancer: LoadBalancerStatus,
}

/// `spec` of an Ingress.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressSpec {
    /// Which controller is to serve it.
    pub ingress_class_name: Option<SmolStr>,
    /// Where everything goes that no rule takes.
    pub default_backend: Option<Backend>,
    /// The hosts whose connections are encrypted.
    pub tls: Vec<IngressTls>,
    /// The rules.
    pub rules: Vec<IngressRule>,
}

/// `spec.tls[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressTls {
    /// The hosts of the certificate.
    pub hosts: Vec<SmolStr>,
    /// The Secret that holds it.
    pub secret_name: SmolStr,
}

/// `spec.rules[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressRule {
    /// Empty: every host.
    pub host: SmolStr,
    /// Its paths.
    pub http: Option<HttpPaths>,
}

/// `spec.rules[].http`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct HttpPaths {
    /// In written order, which has no meaning.
    pub paths: Vec<HttpPath>,
}

/// `spec.rules[].http.paths[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpPath {
    /// What is compared with the request's path.
    pub path: SmolStr,
    /// How.
    pub path_type: PathType,
    /// Where it goes.
    pub backend: Backend,
}

/// `pathType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum PathType {
    /// Byte by byte.
    Exact,
    /// Element by element.
    Prefix,
    /// As the controller likes.
    #[default]
    ImplementationSpecific,
}

/// A backend.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Backend {
    /// A Service; a backend may also be another resource, which is not modelled.
    pub service: Option<BackendService>,
}

/// `backend.service`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct BackendService {
    /// Its name, in the Ingress' own namespace.
    pub name: SmolStr,
    /// Which of its ports.
    pub port: BackendPort,
}

/// `backend.service.port`: a Service port by name or number, never a target port.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct BackendPort {
    /// By name; empty for none.
    pub name: SmolStr,
    /// By number; 0 for none.
    pub number: u16,
}

/// An IngressClass as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressClass {
    /// Its name and annotations.
    pub metadata: Metadata,
    /// Who serves it.
    pub spec: IngressClassSpec,
}

/// `spec` of an IngressClass.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressClassSpec {
    /// What its controllers call themselves: `k8s.io/ingress-nginx`.
    pub controller: SmolStr,
}

/// Marks the class of Ingresses that name none.
const IS_DEFAULT: &str = "ingressclass.kubernetes.io/is-default-class";

impl IngressClass {
    /// Whether it is the class of Ingresses that name none.
    pub fn is_default(&self) -> bool {
        self.metadata
            .annotations
            .get(IS_DEFAULT)
            .is_some_and(|value| value == "true")
    }
}
