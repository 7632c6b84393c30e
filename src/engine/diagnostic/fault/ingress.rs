//! Ingresses, their classes and their backends.

use serde::Serialize;

use super::HostMiss;

/// Ingresses, their classes and their backends.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum IngressConfigFault {
    /// An Ingress with an annotation that its controller does not read.
    AnnotationOfAnotherController {
        /// The Ingress.
        ingress: String,
        /// The annotation.
        annotation: String,
        /// What the annotations of the other controller begin with.
        prefix: String,
        /// That controller.
        owner: String,
        /// The controller, or the class, that serves the Ingress.
        controller: String,
        /// The same annotation of that controller; empty if it is not known.
        meant: String,
    },
    /// An annotation that is nearly one of ingress-nginx.
    MisspeltIngressAnnotation {
        /// The Ingress.
        ingress: String,
        /// The annotation.
        annotation: String,
        /// The one that the controller reads.
        meant: String,
    },
    /// A value of the annotation `backend-protocol` that ingress-nginx does not know.
    BackendProtocolUnknown {
        /// The Ingress.
        ingress: String,
        /// The value.
        value: String,
        /// The values that it knows.
        known: String,
    },
    /// An annotation for Ingresses on a Service, where the controller does not look for it.
    IngressAnnotationOnService {
        /// The Service.
        service: String,
        /// The annotation.
        annotation: String,
        /// An Ingress that sends requests to the Service; empty if there is none.
        ingress: String,
    },
    /// An Ingress without a class, in a cluster without a default one.
    IngressWithoutClass {
        /// The Ingress.
        ingress: String,
        /// The classes that exist.
        classes: String,
    },
    /// An IngressClass of a controller of which the text has no pod.
    IngressControllerMissing {
        /// The class.
        class: String,
        /// Its controller.
        controller: String,
        /// The label `app.kubernetes.io/name` of the controller's pods; empty if it is not known.
        label: String,
    },
    /// An Ingress whose class does not exist.
    IngressClassMissing {
        /// The Ingress.
        ingress: String,
        /// Its class.
        class: String,
        /// The classes that exist; empty if there is none.
        classes: String,
    },
    /// An Ingress in a namespace that its controller does not watch.
    IngressNamespaceNotWatched {
        /// The Ingress, `default/web`.
        ingress: String,
        /// Its namespace.
        namespace: String,
        /// The namespace that the controller watches.
        watched: String,
        /// The flag that says so.
        flag: String,
    },
    /// An IngressClass that names another controller than the one that has the class by its flags.
    ClassOfAnotherController {
        /// The class.
        class: String,
        /// The controller that it names.
        names: String,
        /// The name of the controller.
        controller: String,
        /// The flag that says so.
        flag: String,
    },
    /// An annotation of an Ingress whose ranges do not have the address that the controller sees.
    IngressRefusesAddress {
        /// The Ingress.
        ingress: String,
        /// The annotation, `whitelist-source-range`.
        annotation: String,
        /// Its ranges.
        ranges: String,
        /// The address that the controller sees.
        seen: String,
        /// The address of the client.
        client: String,
        /// Whether the two differ.
        is_rewritten: bool,
    },
    /// An Ingress that asks for a name and password.
    IngressAsksForCredentials {
        /// The Ingress.
        ingress: String,
    },
    /// A path that another Ingress has for the same host.
    IngressPathTaken {
        /// The Ingress, `default/web`.
        ingress: String,
        /// The one that has it first.
        first: String,
        /// The host; empty for every host.
        host: String,
        /// The path.
        path: String,
    },
    /// An Ingress whose Secret with the certificate is in another namespace, or named otherwise.
    IngressCertificateMissing {
        /// The Ingress.
        ingress: String,
        /// The Secret.
        secret: String,
        /// The Ingress' namespace.
        namespace: String,
        /// A namespace that has such a Secret; empty if none has.
        elsewhere: String,
        /// A Secret whose name is a typo away; empty if there is none.
        meant: String,
    },
    /// A request that no Ingress rule matches.
    NoIngressRuleMatches {
        /// The `Host` header.
        host: String,
        /// The path.
        path: String,
        /// Whether some rule has that host.
        host_known: bool,
        /// The hosts and paths of all rules.
        rules: String,
    },
    /// A path of type Exact, and a request for something below it.
    IngressPathIsExact {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
        /// The path of the request.
        called: String,
    },
    /// A host that was called with TLS and that the list of an Ingress' certificates does not have.
    IngressTlsWithoutHost {
        /// The Ingress.
        ingress: String,
        /// The host.
        host: String,
        /// The hosts of the list.
        hosts: String,
    },
    /// The hosts and the Secret of a certificate in two items of `tls`.
    IngressTlsInTwoItems {
        /// The Ingress.
        ingress: String,
        /// The hosts of the item without a Secret.
        hosts: String,
        /// The Secret of the item without hosts.
        secret: String,
    },
    /// An Ingress rule whose Service does not exist.
    IngressBackendMissing {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// The Ingress' namespace.
        namespace: String,
        /// Another namespace that has such a Service.
        elsewhere: Option<String>,
        /// A Service whose name is a typo away.
        nearest: Option<String>,
    },
    /// A path of an Ingress rule that looks like a regular expression and is not read as one.
    IngressPathNotARegex {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
    },
    /// A path of type Exact or Prefix that the admission webhook of ingress-nginx refuses.
    IngressPathOfWrongType {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
        /// Its type.
        path_type: String,
        /// Whether it would be read as a regular expression.
        regex: bool,
    },
    /// A path that ends in a star which its controller does not read as a wildcard.
    IngressPathWithStar {
        /// The Ingress.
        ingress: String,
        /// The path, `/api/*`.
        path: String,
        /// The path of type Prefix that means the same.
        meant: String,
        /// Whether its type is Prefix.
        is_prefix: bool,
        /// Whether the controller refuses the Ingress for it.
        is_refused: bool,
    },
    /// An Ingress of AWS whose load balancer calls node ports, and a Service without any.
    AlbTargetsNodePorts {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
    },
    /// A port of the Service before ingress-nginx that leads to the controller's port for the other sort of requests.
    ControllerPortOfOtherSort {
        /// The Service, `ingress/ctl`.
        service: String,
        /// Its port.
        port: u16,
        /// The controller's port that it leads to.
        reached: u16,
        /// Whether TLS arrives at the port for plain HTTP.
        is_tls: bool,
    },
    /// A load balancer that ends TLS before ingress-nginx, which redirects what arrives in the clear.
    TlsEndsBeforeController {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The annotation by which its load balancer ends TLS.
        annotation: String,
    },
    /// An Ingress whose routers in Traefik are for other entry points, or for TLS only.
    IngressOnOtherEntryPoint {
        /// The Ingress.
        ingress: String,
        /// The value of the annotation.
        listed: String,
        /// The entry point of the request; empty if the routers are for TLS.
        arrived: String,
    },
    /// An ExternalName Service behind an Ingress of Traefik, which refuses those by default.
    TraefikRefusesExternalName {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
    },
    /// A path that is read as a regular expression because of another Ingress for its host.
    ExpressionsByOtherIngress {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
        /// Its type.
        path_type: String,
        /// The other Ingress.
        other: String,
    },
    /// A path without the group that the annotation `rewrite-target` names.
    RewriteWithoutGroup {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
        /// The target, `/$2`.
        target: String,
        /// The group, `$2`.
        group: String,
        /// The path with the group; empty if it is not known.
        meant: String,
    },
    /// A request that the annotation `rewrite-target` leaves nothing of.
    RewriteDropsPath {
        /// The Ingress.
        ingress: String,
        /// The path of the request.
        path: String,
        /// The target, `/`.
        target: String,
        /// A path of the rule that keeps the rest.
        meant: String,
    },
    /// An annotation with a snippet of nginx configuration.
    SnippetNotAllowed {
        /// The Ingress.
        ingress: String,
        /// The annotation.
        annotation: String,
    },
    /// A canary of ingress-nginx without another Ingress for its host and path.
    CanaryAlone {
        /// The Ingress.
        ingress: String,
        /// The host of its rule; empty for every host.
        host: String,
        /// The path.
        path: String,
        /// Its type.
        path_type: String,
        /// The paths that other Ingresses have for the host, with their types; empty if there are none.
        others: String,
    },
    /// A host that no rule is for, and nearly one is.
    HostOfNoRule {
        /// The host.
        host: String,
        /// The Ingress of the rule.
        ingress: String,
        /// Its host, `*.example.com`.
        rule: String,
        /// How the two differ.
        why: HostMiss,
    },
    /// A request of gRPC to an Ingress whose controller speaks HTTP/1.1 to the backend.
    IngressBackendNotGrpc {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
    },
    /// An Ingress whose controller speaks plain HTTP to a port of TLS.
    IngressBackendSpeaksTls {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
    },
    /// An Ingress rule for a port that the Service does not have.
    IngressBackendPort {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// The port, by number or name.
        port: String,
        /// The Service's ports.
        ports: String,
    },
}
