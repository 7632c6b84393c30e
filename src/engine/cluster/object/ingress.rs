//! An Ingress: routes HTTP requests to Services by host and path (`networking.k8s.io/v1`).

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{LoadBalancerStatus, Metadata};

/// An Ingress as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Ingress {
    /// Name and annotations.
    pub metadata: Metadata,
    /// Class, rules and default backend.
    pub spec: IngressSpec,
    /// The addresses that the controller reported.
    pub status: IngressStatus,
}

/// `status` of an Ingress.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressStatus {
    /// The addresses of the controller's load balancer.
    pub load_balancer: LoadBalancerStatus,
}

/// `spec` of an Ingress.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressSpec {
    /// The IngressClass, which selects the controller.
    pub ingress_class_name: Option<SmolStr>,
    /// The backend of requests that match no rule.
    pub default_backend: Option<Backend>,
    /// Certificates for TLS termination.
    pub tls: Vec<IngressTls>,
    /// Routes by host and path.
    pub rules: Vec<IngressRule>,
}

/// `spec.tls[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressTls {
    /// The host names of the certificate.
    pub hosts: Vec<SmolStr>,
    /// The Secret with the certificate.
    pub secret_name: SmolStr,
}

/// `spec.rules[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressRule {
    /// The host name, maybe `*.example.com`; empty matches every host.
    pub host: SmolStr,
    /// The paths of the host; `None` sends all requests to the default backend.
    pub http: Option<HttpPaths>,
}

/// `spec.rules[].http`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct HttpPaths {
    /// The paths. Their order has no meaning.
    pub paths: Vec<HttpPath>,
}

/// `spec.rules[].http.paths[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpPath {
    /// The path that requests are compared with.
    pub path: SmolStr,
    /// How paths are compared.
    pub path_type: PathType,
    /// The backend of matching requests.
    pub backend: Backend,
}

/// `pathType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum PathType {
    /// Equal strings.
    Exact,
    /// Equal path elements at the beginning.
    Prefix,
    /// Depends on the controller.
    #[default]
    ImplementationSpecific,
}

/// `backend` or `defaultBackend`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Backend {
    /// The Service; `None` for another resource, which is not modelled.
    pub service: Option<BackendService>,
}

/// `backend.service`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct BackendService {
    /// The Service's name, in the namespace of the Ingress.
    pub name: SmolStr,
    /// The Service port.
    pub port: BackendPort,
}

/// `backend.service.port`: a Service port by name or number, never a target port.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct BackendPort {
    /// The port name, or empty.
    pub name: SmolStr,
    /// The port number, or 0.
    pub number: u16,
}

/// An IngressClass as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressClass {
    /// Name and annotations.
    pub metadata: Metadata,
    /// Which controller implements the class.
    pub spec: IngressClassSpec,
}

/// `spec` of an IngressClass.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct IngressClassSpec {
    /// The controller's name, for example `k8s.io/ingress-nginx`.
    pub controller: SmolStr,
    /// The object with the controller's own settings for the class, if one is named.
    pub parameters: Option<ClassParameters>,
}

/// `spec.parameters` of an IngressClass.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ClassParameters {
    /// The kind of the object.
    pub kind: SmolStr,
    /// Its name.
    pub name: SmolStr,
}

/// The annotation of an Ingress for its class, from before there was a field for it.
pub const CLASS_ANNOTATION: &str = "kubernetes.io/ingress.class";

/// The annotation of the class that Ingresses have that name none.
pub const DEFAULT_CLASS_ANNOTATION: &str = "ingressclass.kubernetes.io/is-default-class";

impl Ingress {
    /// The class that it names, in the field or in the annotation.
    pub fn named_class(&self) -> Option<&SmolStr> {
        let field = self.spec.ingress_class_name.as_ref();
        field.or_else(|| self.metadata.annotations.get(CLASS_ANNOTATION))
    }
}

impl IngressClass {
    /// Whether this is the class of Ingresses without `ingressClassName`.
    pub fn is_default(&self) -> bool {
        self.metadata
            .annotations
            .get(DEFAULT_CLASS_ANNOTATION)
            .is_some_and(|value| value == "true")
    }
}
