//! An Ingress that no controller takes, by its class: it names one that does not exist, or none where none is the default.
//!
//! A controller serves the Ingresses of the IngressClasses that name it (kubernetes/website
//! `concepts/services-networking/ingress`, "Ingress class").

use smol_str::SmolStr;

use super::watched;
use crate::causes::cause::{Cause, Certainty, Evidence};
use crate::causes::edit::add_field;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{Ingress, Service};
use crate::diagnostic::{Fault, Fix, HostMiss, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::names_host;
use crate::manifest::yaml_quote::quoted;
use crate::network::ingress_controller::{
    controller, controller_by, controller_of, is_served, label_of, usual_installation,
};
use crate::syntax::typo_distance;

/// The AWS Load Balancer Controller, as IngressClasses name it.
pub(super) const AWS: &str = "ingress.k8s.aws/alb";

/// The controller that an Ingress is for: that of its class, or the one whose installation makes a class of that name.
pub(super) fn likely_controller<'a>(cluster: &'a Cluster, ingress: &'a Ingress) -> Option<&'a str> {
    let of_name = || match cluster.class_of(ingress)? {
        "alb" => Some(AWS),
        class => Some(usual_installation(class)?.0),
    };
    controller_of(cluster, ingress).or_else(of_name)
}

/// Every such Ingress of a text that has classes.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    if cluster.ingress_classes.is_empty() {
        return Vec::new();
    }
    let ingresses = cluster.ingresses.values();
    ingresses
        .filter_map(|own| of_ingress(survey, own))
        .collect()
}

/// The same for the Ingress of a host that nothing serves.
pub(in crate::causes) fn of_host(survey: &Survey, host: &str) -> Option<Cause> {
    let mut ingresses = survey.resolved.cluster.ingresses.values();
    let names_it = |own: &&Ingress| own.spec.rules.iter().any(|rule| names_host(rule, host));
    of_ingress(survey, ingresses.find(names_it)?)
}

/// Why the controller of the Ingress for a host has no pod that is ready: its Service has no endpoint.
pub(in crate::causes) fn without_controller(survey: &Survey, host: &str) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut ingresses = cluster.ingresses.values();
    let names_it = |own: &&Ingress| own.spec.rules.iter().any(|rule| names_host(rule, host));
    let name = ingresses
        .find(names_it)
        .and_then(|own| controller_of(cluster, own));
    let is_before_it = |service: &&Service| {
        let selector = service.spec.selector.as_ref();
        name.is_some() && selector.and_then(controller_by) == name
    };
    let services = cluster.services.values().filter(is_before_it);
    let ports =
        services.flat_map(|service| service.spec.ports.iter().map(move |own| (service, own)));
    let mut causes = ports.map(|(service, port)| {
        no_endpoint::of_service(survey, &service.id(), port.port, port.protocol)
    });
    let found = causes.find(|causes| !causes.is_empty());
    found.unwrap_or_else(|| {
        let cause = watched::of_host(survey, host)
            .or_else(|| of_unknown_class(survey, host))
            .or_else(|| of_missing_pods(survey, host));
        cause.into_iter().collect()
    })
}

/// The class of a host's Ingress exists, and no pod of its controller: a class only names one.
fn of_missing_pods(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut ingresses = cluster.ingresses.values();
    let names_it = |own: &&Ingress| own.spec.rules.iter().any(|rule| names_host(rule, host));
    let ingress = ingresses.find(names_it)?;
    let class = cluster.class_of(ingress)?;
    let name = controller_of(cluster, ingress)?;
    if cluster.each_pod().any(|pod| controller(pod) == Some(name)) {
        return None;
    }
    let label = label_of(name).unwrap_or_default();
    let fault = Fault::Ingress(IngressConfigFault::IngressControllerMissing {
        class: class.to_owned(),
        controller: name.to_owned(),
        label: label.to_owned(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, "spec.ingressClassName");
    let cause = Cause::likely(fault, vec![evidence]);
    Some(match label {
        "" => cause,
        _ => cause.with_command(format!(
            "kubectl get pods --all-namespaces -l app.kubernetes.io/name={label}"
        )),
    })
}

/// The Ingress of a host has a class that the text's IngressClasses do not have, and no controller for it either.
fn of_unknown_class(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut ingresses = cluster.ingresses.values();
    let names_it = |own: &&Ingress| own.spec.rules.iter().any(|rule| names_host(rule, host));
    let ingress = ingresses.find(names_it)?;
    let class = cluster.class_of(ingress)?;
    let is_unknown = !cluster.ingress_classes.is_empty()
        && !cluster.ingress_classes.keys().any(|own| own == class);
    let cause = class_missing(survey, ingress, class)?;
    is_unknown.then_some(Cause {
        certainty: Certainty::Likely,
        ..cause
    })
}

/// A rule whose host differs from the called one by a typo, or a wildcard that does not cover it: `*` matches one label.
pub(in crate::causes) fn near_host(survey: &Survey, host: &str) -> Option<Cause> {
    let host = host.trim_end_matches('.');
    let ingresses = survey.resolved.cluster.ingresses.values();
    let rules = ingresses.flat_map(|ingress| {
        let rules = ingress.spec.rules.iter().enumerate();
        rules.map(move |(index, rule)| (ingress, index, rule.host.as_str()))
    });
    let near = rules.filter_map(|(ingress, index, rule)| {
        let (distance, why) = host_miss(rule, host)?;
        Some((distance, ingress, index, rule, why))
    });
    let (_, ingress, index, rule, why) = near.min_by_key(|(distance, ..)| *distance)?;
    let fault = Fault::Ingress(IngressConfigFault::HostOfNoRule {
        host: host.to_owned(),
        ingress: ingress.metadata.name.to_string(),
        rule: rule.to_owned(),
        why,
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, &format!("spec.rules[{index}].host"));
    Some(Cause::likely(fault, vec![evidence]))
}

/// How near a host is to a pattern that it does not fit, and how the two differ; `None` if they have nothing in common.
pub(in crate::causes) fn host_miss(pattern: &str, host: &str) -> Option<(usize, HostMiss)> {
    if let Some(domain) = pattern.strip_prefix("*.") {
        let below = host.strip_suffix(domain)?;
        let is_below = below.is_empty() || below.ends_with('.');
        return is_below.then_some((0, HostMiss::Wildcard));
    }
    if host.strip_prefix("www.") == Some(pattern) || pattern.strip_prefix("www.") == Some(host) {
        return Some((0, HostMiss::Www));
    }
    Some((typo_distance(host, pattern)?, HostMiss::Typo))
}

fn of_ingress(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let names: Vec<&str> = cluster
        .ingress_classes
        .keys()
        .map(SmolStr::as_str)
        .collect();
    let name = ingress.metadata.name.to_string();
    let classes = names.join(", ");
    let Some(class) = cluster.class_of(ingress) else {
        if is_served(cluster, ingress) {
            return None;
        }
        let fault = Fault::Ingress(IngressConfigFault::IngressWithoutClass {
            ingress: name,
            classes,
        });
        let fix = match names.as_slice() {
            [only] => stored.tree.get("spec").and_then(|spec| {
                add_field(stored, spec, "ingressClassName", &format!("\"{only}\""))
            }),
            _ => None,
        };
        let cause = Cause::likely(fault, vec![Evidence::of(stored, "spec")]);
        return Some(cause.with_fix(fix));
    };
    if controller_of(cluster, ingress).is_some() {
        return None;
    }
    class_missing(survey, ingress, class)
}

/// An Ingress has a class that is not there.
fn class_missing(survey: &Survey, ingress: &Ingress, class: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let names = cluster.ingress_classes.keys().map(SmolStr::as_str);
    let names: Vec<&str> = names.collect();
    let name = ingress.metadata.name.to_string();
    let classes = names.join(", ");
    let fault = Fault::Ingress(IngressConfigFault::IngressClassMissing {
        ingress: name,
        class: class.to_owned(),
        classes,
    });
    let evidence = Evidence::of(stored, "spec.ingressClassName");
    let near = names
        .iter()
        .filter_map(|own| Some((typo_distance(class, own)?, *own)));
    let meant = near.min().map(|(_, own)| own);
    let is_field = ingress.spec.ingress_class_name.is_some();
    let fix = meant.filter(|_| is_field).zip(evidence.span);
    let fix = fix.map(|(meant, span)| Fix {
        span,
        text: quoted(meant),
    });
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    /// The text after the fix of the only problem.
    fn fixed(spec: &str) -> String {
        let text = dedent(
            "
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec: {SPECrules: [{host: shop.example.com}]}
            ",
        );
        let found = check_text(&text.replace("SPEC", spec), &Config::default());
        let [(_, Some(fixed))] = found.as_slice() else {
            panic!("one problem with a fix, not {found:?}")
        };
        assert_eq!(check_text(fixed, &Config::default()), []);
        fixed.clone()
    }

    #[test]
    fn an_ingress_gets_the_only_class_there_is() {
        assert!(fixed("").contains("spec: {ingressClassName: nginx, rules"));
    }

    #[test]
    fn the_name_of_a_class_is_spelt_as_the_class() {
        let fixed = fixed("ingressClassName: ngnix, ");
        assert!(fixed.contains("ingressClassName: nginx,"), "{fixed}");
    }
}
