//! Annotations on an Ingress that its controller does not read, since they are another controller's.
//!
//! Each controller reads annotations with a prefix of its own and ignores all others without a word. Source: the annotation
//! references of kubernetes/ingress-nginx, nginx/kubernetes-ingress, traefik/traefik, jcmoraisjr/haproxy-ingress,
//! haproxytech/kubernetes-ingress, projectcontour/contour, Kong/kubernetes-ingress-controller,
//! kubernetes-sigs/aws-load-balancer-controller, Azure/application-gateway-kubernetes-ingress.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::rename_key;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::Ingress;
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx::with_prefix_of_today;
use crate::network::ingress_controller::controller_of;

/// Prefixes of annotations, each with the controller that reads them and the class that its installation makes.
const PREFIXES: [(&str, &str, &str); 11] = [
    (
        "nginx.ingress.kubernetes.io/",
        "k8s.io/ingress-nginx",
        "nginx",
    ),
    ("nginx.org/", "nginx.org/ingress-controller", "nginx"),
    ("nginx.com/", "nginx.org/ingress-controller", "nginx"),
    (
        "traefik.ingress.kubernetes.io/",
        "traefik.io/ingress-controller",
        "traefik",
    ),
    (
        "haproxy-ingress.github.io/",
        "haproxy-ingress.github.io/controller",
        "haproxy",
    ),
    ("haproxy.org/", "haproxy.org/ingress-controller", "haproxy"),
    (
        "ingress.kubernetes.io/",
        "haproxy-ingress.github.io/controller",
        "haproxy",
    ),
    ("projectcontour.io/", "projectcontour.io/contour", "contour"),
    ("konghq.com/", "ingress-controllers.konghq.com/kong", "kong"),
    ("alb.ingress.kubernetes.io/", "ingress.k8s.aws/alb", "alb"),
    (
        "appgw.ingress.kubernetes.io/",
        "azure/application-gateway",
        "azure-application-gateway",
    ),
];

/// Every Ingress of a known controller with such annotations.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    let causes = ingresses.filter_map(|ingress| of_ingress(survey, ingress));
    causes.collect()
}

/// The first annotation of an Ingress that is another controller's.
pub(in crate::causes) fn of_ingress(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    let served = Server::of(&survey.resolved.cluster, ingress)?;
    let keys = ingress.metadata.annotations.keys().map(SmolStr::as_str);
    let mut foreign = keys.filter_map(|key| {
        let (prefix, owner, class) = PREFIXES.iter().find(|own| key.starts_with(own.0))?;
        (!served.reads(owner, class)).then_some((key, *prefix, *owner))
    });
    let (key, prefix, owner) = foreign.next()?;
    let (_, nginx, class) = PREFIXES[0];
    let meant = served
        .reads(nginx, class)
        .then(|| with_prefix_of_today(key))
        .flatten();
    let fault = Fault::Ingress(IngressConfigFault::AnnotationOfAnotherController {
        ingress: ingress.metadata.name.to_string(),
        annotation: key.to_owned(),
        prefix: prefix.to_owned(),
        owner: owner.to_owned(),
        controller: served.name().to_owned(),
        meant: meant.clone().unwrap_or_default(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of_annotation(stored, key);
    let written = stored.tree.at(&["metadata", "annotations"]);
    let fix = written
        .zip(meant)
        .and_then(|(written, meant)| rename_key(stored, written, key, &meant));
    Some(
        Cause::certain(fault, vec![evidence])
            .possible()
            .with_fix(fix),
    )
}

/// Who serves an Ingress.
enum Server<'a> {
    /// The controller that its class names.
    Controller(&'a str),
    /// Whose installation makes a class of that name, as the text does not have it.
    OfClass(&'a str),
}

impl<'a> Server<'a> {
    /// `None` if the controller of the class is not known for any annotations.
    fn of(cluster: &'a Cluster, ingress: &'a Ingress) -> Option<Server<'a>> {
        let server = match controller_of(cluster, ingress) {
            Some(controller) => Server::Controller(controller),
            None => Server::OfClass(cluster.class_of(ingress)?),
        };
        let mut known = PREFIXES.iter();
        let is_known = known.any(|(_, owner, class)| server.reads(owner, class));
        is_known.then_some(server)
    }

    fn reads(&self, owner: &str, class: &str) -> bool {
        match self {
            Server::Controller(own) => *own == owner,
            Server::OfClass(own) => *own == class,
        }
    }

    fn name(&self) -> &'a str {
        match self {
            Server::Controller(name) | Server::OfClass(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;

    /// How many annotations of this Ingress are another controller's.
    fn foreign(class: &str, annotation: &str, controller: &str) -> usize {
        let of_controller = match controller {
            "" => String::new(),
            _ => format!(
                "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: {class}}}\nspec: {{controller: {controller}}}\n---\n"
            ),
        };
        let ingress = format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop, annotations: {{{annotation}: a}}}}\nspec: {{ingressClassName: {class}, rules: [{{host: shop.example.com}}]}}\n"
        );
        check_text(&format!("{of_controller}{ingress}"), &Config::default()).len()
    }

    #[test]
    fn an_annotation_of_another_controller_is_noted() {
        let rewrite = "nginx.ingress.kubernetes.io/rewrite-target";
        for (class, annotation, controller, expected) in [
            ("nginx", rewrite, "k8s.io/ingress-nginx", 0),
            ("nginx", rewrite, "nginx.org/ingress-controller", 1),
            ("nginx", rewrite, "", 0),
            ("nginx", "nginx.org/rewrites", "", 0),
            ("nginx", "traefik.ingress.kubernetes.io/router.tls", "", 1),
            ("traefik", rewrite, "", 1),
            ("ours", rewrite, "", 0),
            ("ours", rewrite, "example.com/ours", 0),
            (
                "nginx",
                "cert-manager.io/cluster-issuer",
                "k8s.io/ingress-nginx",
                0,
            ),
        ] {
            let found = foreign(class, annotation, controller);
            assert_eq!(found, expected, "{class} {annotation} {controller}");
        }
    }

    #[test]
    fn the_prefix_of_the_first_versions_of_ingress_nginx_is_replaced() {
        let text = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n    ingress.kubernetes.io/rewrite-target: /\nspec: {ingressClassName: nginx, rules: [{host: shop.example.com}]}\n";
        let found = check_text(text, &Config::default());
        let [(_, Some(fixed))] = found.as_slice() else {
            panic!("one problem with a fix, not {found:?}");
        };
        assert!(
            fixed.contains("    nginx.ingress.kubernetes.io/rewrite-target: /"),
            "{fixed}"
        );
    }
}
