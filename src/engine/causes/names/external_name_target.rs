//! An ExternalName Service whose target leads nowhere: an IP address, a Service that does not exist or has no endpoint, or a
//! name that is not whole.

use std::net::IpAddr;

use super::no_such_name::{AskedName, of_existing_service};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Service, ServiceType};
use crate::diagnostic::{Fault, Fix, NameFault};
use crate::kinds::Kind;
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::resolve::{Resolved, Stored};
use crate::syntax::typo_distance;

/// Every alias of an address, of a Service that is misspelt, and of one whose name is not whole.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let aliases = survey
        .services()
        .filter(|(_, service)| service.spec.service_type == ServiceType::ExternalName);
    let causes = aliases.flat_map(|(stored, service)| of_service(survey, service, stored));
    causes.filter(is_sure).collect()
}

/// Whether the text alone shows it: what it does not name may exist elsewhere.
fn is_sure(cause: &Cause) -> bool {
    match &cause.fault {
        Fault::Name(
            NameFault::ExternalNameIsAddress { .. } | NameFault::ExternalNamesInCircle { .. },
        ) => true,
        Fault::Name(NameFault::ExternalNameNotFound { target, meant, .. }) => {
            // Another domain than the cluster's is outside: only a name that the meant one begins with is one of the cluster.
            let is_begin = meant.strip_prefix(target.as_str());
            let is_inside = is_begin.is_some_and(|rest| rest.starts_with('.'));
            is_inside || (!meant.is_empty() && has_same_end(target, meant))
        }
        _ => false,
    }
}

/// Whether both end in `svc` and the cluster's domain.
fn has_same_end(target: &str, meant: &str) -> bool {
    let end = meant.split_once(".svc.").map(|(_, domain)| domain);
    end.is_some_and(|domain| {
        target
            .trim_end_matches('.')
            .ends_with(&format!(".svc.{domain}"))
    })
}

/// The target of an ExternalName Service is no name: an address, the name of a Service that does not exist or has no
/// endpoint, or a name that is not whole.
pub(in crate::causes) fn of_service(
    survey: &Survey,
    service: &Service,
    stored: &Stored,
) -> Vec<Cause> {
    let resolved = survey.resolved;
    let cluster = &resolved.cluster;
    let target = service.spec.external_name.to_string();
    let name = service.metadata.name.to_string();
    let evidence = Evidence::of(stored, "spec.externalName");
    if target.parse::<IpAddr>().is_ok() {
        let fault = Fault::Name(NameFault::ExternalNameIsAddress {
            service: name,
            target,
        });
        return vec![Cause::certain(fault, vec![evidence])];
    }
    let whole = target.trim_end_matches('.');
    let asked = AskedName::of(cluster, &service.metadata.namespace, whole);
    let is_whole = !asked.lacks_svc && whole.ends_with(asked.domain);
    let behind = asked.service(cluster).filter(|_| is_whole);
    if let Some(behind) = behind.filter(|own| own.spec.service_type != ServiceType::ExternalName) {
        return of_existing_service(survey, &asked, behind, whole);
    }
    if let Some(next) = behind {
        return of_alias(survey, service, next, evidence);
    }
    let meant = nearest_service(resolved, &asked);
    let meant = meant.map(|id| asked.whole(&id.name, &id.namespace));
    let meant = meant.filter(|meant| meant != whole);
    let fix = meant.as_deref().zip(evidence.span);
    let fix = fix.map(|(meant, span)| Fix {
        span,
        text: quoted(meant),
    });
    let fault = Fault::Name(NameFault::ExternalNameNotFound {
        service: name,
        target,
        meant: meant.unwrap_or_default(),
    });
    vec![Cause::certain(fault, vec![evidence]).with_fix(fix)]
}

/// An alias of another alias: what is wrong with the last one, or that they lead back to one of them.
fn of_alias(survey: &Survey, service: &Service, next: &Service, evidence: Evidence) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut seen = vec![service.id()];
    let mut last = next;
    while !seen.contains(&last.id()) {
        seen.push(last.id());
        let target = last.spec.external_name.trim_end_matches('.');
        let asked = AskedName::of(cluster, &last.metadata.namespace, target);
        let behind = asked
            .service(cluster)
            .filter(|_| target.ends_with(asked.domain));
        let alias = behind.filter(|own| own.spec.service_type == ServiceType::ExternalName);
        let Some(alias) = alias else {
            let stored = survey.resolved.get(Kind::Service, &last.id());
            return stored.map_or_else(Vec::new, |stored| of_service(survey, last, stored));
        };
        last = alias;
    }
    let names: Vec<String> = seen.iter().map(|id| id.name.to_string()).collect();
    let fault = Fault::Name(NameFault::ExternalNamesInCircle {
        service: service.metadata.name.to_string(),
        names: names.join(" → "),
    });
    vec![Cause::certain(fault, vec![evidence])]
}

/// The Service that a name most likely means: the one of that name, the only one of that name in another namespace, or one
/// whose name and namespace are a slip away.
fn nearest_service<'a>(resolved: &'a Resolved, asked: &AskedName) -> Option<&'a ObjectName> {
    let services = || resolved.cluster.services.keys();
    let own = services().find(|id| **id == asked.id());
    let distance = |one: &str, other: &str| {
        if one == other {
            Some(0)
        } else {
            typo_distance(one, other)
        }
    };
    let near = services().filter_map(|id| {
        let name = distance(asked.service, &id.name)?;
        Some((name + distance(asked.namespace, &id.namespace)?, id))
    });
    let near = near.min().map(|(_, id)| id);
    let mut elsewhere = services().filter(|id| id.name == asked.service);
    let only = match (elsewhere.next(), elsewhere.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    own.or(near).or(only)
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    /// The target after the fix; `None` if nothing is wrong, empty if there is no fix.
    fn fixed(target: &str) -> Option<String> {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: real, namespace: shop}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: real, namespace: shop}
            subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{port: 80}]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: alias}
            spec: {type: ExternalName, externalName: TARGET}
            ",
        );
        let found = check_text(&text.replace("TARGET", target), &Config::default());
        let (_, fixed) = found.into_iter().next()?;
        let fixed = fixed.unwrap_or_default();
        let target = fixed
            .split_once("externalName: ")
            .map(|(_, rest)| rest.trim());
        Some(target.unwrap_or_default().trim_end_matches('}').to_owned())
    }

    #[test]
    fn a_target_of_the_cluster_gets_the_whole_name_and_one_outside_is_left_alone() {
        let whole = Some("real.shop.svc.cluster.local".to_owned());
        assert_eq!(fixed("real.shop"), whole);
        assert_eq!(fixed("real.shop.svc"), whole);
        assert_eq!(fixed("real.shpo.svc.cluster.local"), whole);
        assert_eq!(fixed("10.1.2.3"), Some(String::new()));
        for fine in [
            "real.shop.svc.cluster.local",
            "real.shop.svc.cluster.local.",
            "real.example.com",
        ] {
            assert_eq!(fixed(fine), None, "{fine}");
        }
    }
}
