//! ingress-nginx does not serve an Ingress, by the flags of its program: it watches another namespace, or is the controller
//! of another IngressClass.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Ingress, Pod};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::names_host;
use crate::l7::ingress_nginx::{self, CONTROLLER_CLASS, Flags, WATCH_NAMESPACE, flag_place};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::network::ingress_controller::{controller, controller_of, controllers, serves};

/// Every such Ingress.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let pods: Vec<&Pod> = controllers(cluster).collect();
    let ingresses = cluster.ingresses.values();
    let causes = ingresses.filter_map(|ingress| of_ingress(survey, &pods, ingress));
    causes.collect()
}

/// The same for the Ingress of a host that nothing serves.
pub(in crate::causes) fn of_host(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut ingresses = cluster.ingresses.values();
    let names_it = |own: &&Ingress| own.spec.rules.iter().any(|rule| names_host(rule, host));
    let pods: Vec<&Pod> = controllers(cluster).collect();
    of_ingress(survey, &pods, ingresses.find(names_it)?)
}

/// `pods` are those of all controllers.
fn of_ingress(survey: &Survey, pods: &[&Pod], ingress: &Ingress) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let name = controller_of(cluster, ingress)?;
    if pods.iter().any(|pod| serves(cluster, pod, ingress)) {
        return None;
    }
    let pods = pods.iter().copied();
    let mut nginx = pods.filter(|pod| controller(pod) == Some(ingress_nginx::CONTROLLER));
    nginx.find_map(|pod| {
        let flags = Flags::of(pod);
        if name == flags.controller {
            other_namespace(survey, ingress, pod, &flags)
        } else {
            other_class(survey, ingress, pod, &flags)
        }
    })
}

/// The controller of the Ingress' class watches a namespace that is not the Ingress'.
fn other_namespace(survey: &Survey, ingress: &Ingress, pod: &Pod, flags: &Flags) -> Option<Cause> {
    let watched = flags.namespace?;
    let (place, words) = flag_place(pod, WATCH_NAMESPACE)?;
    let fault = Fault::Ingress(IngressConfigFault::IngressNamespaceNotWatched {
        ingress: ingress.metadata.id().to_string(),
        namespace: ingress.metadata.namespace.to_string(),
        watched: watched.to_owned(),
        flag: words,
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let own = Evidence::of(stored, "metadata.name");
    let of_flag = Evidence::of_pod(survey.resolved, pod, &place);
    let evidence = of_flag.into_iter().chain([own]);
    // Another controller may be outside the text; so below.
    Some(Cause::likely(fault, evidence.collect()))
}

/// The class of the Ingress is that of the controller by its flag `--ingress-class`, and names another controller.
fn other_class(survey: &Survey, ingress: &Ingress, pod: &Pod, flags: &Flags) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let class = cluster.class_of(ingress)?;
    let names = cluster.ingress_classes.get(class)?.spec.controller.as_str();
    let (place, words) = flag_place(pod, CONTROLLER_CLASS)?;
    if class != flags.class {
        return None;
    }
    let fault = Fault::Ingress(IngressConfigFault::ClassOfAnotherController {
        class: class.to_owned(),
        names: names.to_owned(),
        controller: flags.controller.to_owned(),
        flag: words,
    });
    let kind = Kind::named("networking.k8s.io/v1", "IngressClass")?;
    let stored = survey.resolved.get(kind, &ObjectName::new("", class))?;
    let own = Evidence::of(stored, "spec.controller");
    let fix = own.span.map(|span| Fix {
        span,
        text: quoted(flags.controller),
    });
    let of_flag = Evidence::of_pod(survey.resolved, pod, &place);
    let evidence = [own].into_iter().chain(of_flag);
    Some(Cause::likely(fault, evidence.collect()).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, IngressConfigFault, Problem};

    /// The faults of an Ingress of class `nginx` in namespace default, each with the text after its fix.
    fn told(args: &str) -> Vec<(&'static str, Option<String>)> {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: nginx}}\nspec: {{controller: k8s.io/ingress-nginx}}\n---\n\
             apiVersion: v1\nkind: Pod\nmetadata: {{name: ctl, namespace: edge, labels: {{app.kubernetes.io/name: ingress-nginx}}}}\n\
             spec: {{containers: [{{name: c, image: ctl, args: [{args}]}}]}}\n---\n\
             apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop}}\n\
             spec: {{ingressClassName: nginx, rules: [{{host: shop.example.com}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Ingress(IngressConfigFault::IngressNamespaceNotWatched {
                ..
            })) => Some(("namespace", fixed)),
            Problem::Cause(Fault::Ingress(IngressConfigFault::ClassOfAnotherController {
                ..
            })) => Some(("class", fixed)),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn the_flags_of_the_controller_say_which_ingresses_it_serves() {
        assert_eq!(told(""), []);
        assert_eq!(told("--watch-namespace=default"), []);
        assert_eq!(told("--watch-namespace=prod"), [("namespace", None)]);
        let of_class = told("--controller-class=example.com/own");
        let [("class", Some(fixed))] = of_class.as_slice() else {
            panic!("{of_class:?}");
        };
        assert!(
            fixed.contains("spec: {controller: example.com/own}"),
            "{fixed}"
        );
    }
}
