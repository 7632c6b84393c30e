//! References of the Gateway API that lead nowhere: to a Gateway of another namespace, to a certificate that is not there, to
//! a Service that no ReferenceGrant permits.

use smol_str::SmolStr;

use super::cause::{Cause, Evidence};
use super::edit::{add_field, set_field};
use super::gateway::kind_of;
use super::ingress_class::host_miss;
use super::survey::Survey;
use crate::cluster::object::{RouteId, RouteKind};
use crate::diagnostic::{Fault, Fix, GatewayFault, GrantMiss, Span};
use crate::kinds::Kind;
use crate::l7::gateway::{CompiledRoute, Gateways, ListenerFault, ParentState, SetState, or_own};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::network::AddressedGateway;
use crate::resolve::Stored;
use crate::syntax::typo_distance;
use crate::trace::{Reason, Trace};

/// A parent that does not exist in the namespace which the route names, where another namespace has a Gateway of that name.
pub(super) fn parent_elsewhere(
    survey: &Survey,
    kind: RouteKind,
    name: &ObjectName,
) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let route = cluster.routes.get(&RouteId::new(kind, name))?;
    let stored = survey.resolved.get(kind_of(kind), name)?;
    let parents = route.spec.parent_refs.iter().enumerate();
    parents.into_iter().find_map(|(index, parent)| {
        let namespace = match parent.namespace.as_str() {
            "" => &name.namespace,
            _ => &parent.namespace,
        };
        let written = ObjectName::new(namespace.as_str(), parent.name.as_str());
        if parent.kind != "Gateway" || cluster.gateways.contains_key(&written) {
            return None;
        }
        let meant = cluster
            .gateways
            .keys()
            .find(|own| own.name == written.name)?;
        let fault = Fault::Gateway(GatewayFault::RouteParentElsewhere {
            route: format!("{} {name}", kind.name()),
            written: written.to_string(),
            meant: meant.namespace.to_string(),
        });
        let field = format!("spec.parentRefs[{index}]");
        let list = stored.tree.get("spec")?.get("parentRefs")?;
        let item = list.items().get(index)?;
        let namespace = format!("\"{}\"", meant.namespace);
        let fix = set_field(stored, item, "namespace", &namespace);
        Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]).with_fix(fix))
    })
}

/// A parent that does not exist under its name in any namespace of the text. Where the name differs by a
/// typo, it is the one that is meant; else the Gateway may be outside the text.
pub(super) fn parent_missing(survey: &Survey, kind: RouteKind, name: &ObjectName) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let route = cluster.routes.get(&RouteId::new(kind, name))?;
    let stored = survey.resolved.get(kind_of(kind), name)?;
    let gateways: Vec<&ObjectName> = cluster.gateways.keys().collect();
    let parents = route.spec.parent_refs.iter().enumerate();
    parents.into_iter().find_map(|(index, parent)| {
        let namespace = or_own(&parent.namespace, &name.namespace);
        let has_name = |own: &&ObjectName| own.name == parent.name;
        if parent.kind != "Gateway" || gateways.iter().any(has_name) {
            return None;
        }
        let in_namespace = gateways.iter().filter(|own| own.namespace == namespace);
        let near = in_namespace.filter_map(|own| {
            let distance = typo_distance(&parent.name, &own.name)?;
            Some((distance, *own))
        });
        let nearest = near.min().map(|(_, own)| own);
        let known: Vec<String> = gateways.iter().map(ToString::to_string).collect();
        let fault = Fault::Gateway(GatewayFault::RouteParentMissing {
            route: format!("{} {name}", kind.name()),
            written: ObjectName::new(namespace, parent.name.as_str()).to_string(),
            nearest: nearest.map(|own| own.name.to_string()).unwrap_or_default(),
            gateways: known.join(", "),
        });
        let evidence = Evidence::of(stored, &format!("spec.parentRefs[{index}].name"));
        let fix = nearest.zip(evidence.span).map(|(own, span)| Fix {
            span,
            text: quoted(&own.name),
        });
        let cause = Cause::likely(fault, vec![evidence]).with_fix(fix);
        Some(match nearest {
            Some(_) => cause,
            None => cause.possible(),
        })
    })
}

/// Names of listeners that are meant as they are written: `https` is no typo of `http`.
const PROTOCOLS: [&str; 6] = ["grpc", "http", "https", "tcp", "tls", "udp"];

/// The edit that gives a `sectionName` the name of the listener that it differs from by a typo, with the field's path.
pub(super) fn section_typo(
    survey: &Survey,
    stored: &Stored,
    parent: &ParentState,
    section: &str,
) -> Option<(String, Fix)> {
    if PROTOCOLS.contains(&section) {
        return None;
    }
    let gateway = survey.resolved.cluster.gateways.get(&parent.gateway)?;
    let listeners = gateway.spec.listeners.iter();
    let near =
        listeners.filter_map(|own| Some((typo_distance(section, &own.name)?, own.name.as_str())));
    let (_, meant) = near.min()?;
    let field = format!("spec.parentRefs[{}].sectionName", parent.index);
    let span = stored.span(&field)?;
    let text = quoted(meant);
    Some((field, Fix { span, text }))
}

/// The routes for a host whose Gateway is not where they look for it, and their Gateways without a class.
pub(super) fn of_unrouted_host(survey: &Survey, host: &str) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let routes = cluster.routes.iter();
    let asked = routes.filter(|(_, route)| {
        let mut own = route.spec.hostnames.iter();
        own.any(|own| CompiledRoute::fits_host(own, host))
    });
    let mut causes = Vec::new();
    for (RouteId { kind, name }, route) in asked {
        causes.extend(parent_elsewhere(survey, *kind, name));
        causes.extend(parent_missing(survey, *kind, name));
        for parent in &route.spec.parent_refs {
            let namespace = match parent.namespace.as_str() {
                "" => &name.namespace,
                _ => &parent.namespace,
            };
            let gateway = ObjectName::new(namespace.as_str(), parent.name.as_str());
            causes.extend(without_class(survey, &gateway));
        }
    }
    causes
}

/// A Gateway whose class the text does not have, although it has others: no controller serves it.
pub(super) fn without_class(survey: &Survey, name: &ObjectName) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let gateway = cluster.gateways.get(name)?;
    let class = gateway.spec.gateway_class_name.as_str();
    let classes: Vec<&str> = cluster
        .gateway_classes
        .keys()
        .map(SmolStr::as_str)
        .collect();
    if classes.is_empty() || classes.contains(&class) {
        return None;
    }
    let fault = Fault::Gateway(GatewayFault::GatewayWithoutClass {
        gateway: name.to_string(),
        class: class.to_owned(),
        classes: classes.join(", "),
    });
    let stored = survey.resolved.get(Kind::Gateway, name)?;
    let evidence = Evidence::of(stored, "spec.gatewayClassName");
    let fix = match (classes.as_slice(), evidence.span) {
        ([only], Some(span)) => Some(Fix {
            span,
            text: quoted(only),
        }),
        (_, _) => None,
    };
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

/// A listener or a route whose host name differs from the called one by a typo or `www.`, or is a wildcard that does not
/// cover it: `*.example.com` is not for `example.com`.
pub(super) fn near_host(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let host = host.trim_end_matches('.');
    let mut near = Vec::new();
    for (name, gateway) in &cluster.gateways {
        let listeners = gateway.spec.listeners.iter().enumerate();
        near.extend(listeners.filter_map(|(index, listener)| {
            let (distance, why) = host_miss(&listener.hostname, host)?;
            let field = format!("spec.listeners[{index}].hostname");
            Some((
                distance,
                (Kind::Gateway, name),
                field,
                &listener.hostname,
                why,
            ))
        }));
    }
    for (RouteId { kind, name }, route) in &cluster.routes {
        let hostnames = route.spec.hostnames.iter().enumerate();
        near.extend(hostnames.filter_map(|(index, pattern)| {
            let (distance, why) = host_miss(pattern, host)?;
            let field = format!("spec.hostnames[{index}]");
            Some((distance, (kind_of(*kind), name), field, pattern, why))
        }));
    }
    let nearest = near.into_iter().min_by_key(|(distance, ..)| *distance);
    let (_, (kind, name), field, pattern, why) = nearest?;
    let fault = Fault::Gateway(GatewayFault::HostOfNoRoute {
        host: host.to_owned(),
        object: format!("{} {name}", kind.name()),
        pattern: pattern.to_string(),
        why,
    });
    let evidence = Evidence::of(survey.resolved.get(kind, name)?, &field);
    Some(Cause::likely(fault, vec![evidence]))
}

/// The class of the Gateway that a request passed, if the text has no GatewayClass: that it exists, and that its controller
/// serves the Gateway, is assumed, since people paste fragments.
pub(super) fn assumed_class(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    if !cluster.gateway_classes.is_empty() {
        return None;
    }
    let mut passed = trace.hops.iter().filter_map(|hop| match &hop.reason {
        Reason::TakesForGateway { gateway, .. } => Some(gateway),
        _ => None,
    });
    let wanted = passed.next()?;
    let mut gateways = cluster.gateways.iter();
    let (name, gateway) = gateways.find(|(name, _)| *name == wanted)?;
    let fault = Fault::Gateway(GatewayFault::GatewayClassAssumed {
        gateway: name.to_string(),
        class: gateway.spec.gateway_class_name.to_string(),
    });
    let stored = survey.resolved.get(Kind::Gateway, name)?;
    let evidence = Evidence::of(stored, "spec.gatewayClassName");
    Some(Cause::certain(fault, vec![evidence]).possible())
}

/// Listeners of the called port that need a certificate and have none: the controller does not serve them.
pub(super) fn without_certificate(survey: &Survey, gateway: &AddressedGateway) -> Vec<Cause> {
    let mut causes = Vec::new();
    let mut places = Places::default();
    for state in &gateway.state.listeners {
        let index = places.next(state.set.as_ref());
        if state.listener.port != gateway.port || !state.lacks_certificate {
            continue;
        }
        let tls = state.listener.tls.iter();
        let certificates = tls.flat_map(|tls| &tls.certificate_refs);
        let named: Vec<String> = certificates.map(|own| own.name.to_string()).collect();
        let fault = Fault::Gateway(GatewayFault::ListenerWithoutCertificate {
            gateway: gateway.name.to_string(),
            listener: state.listener.name.to_string(),
            secrets: named.join(", "),
            is_permitted: state.fault != Some(ListenerFault::RefNotPermitted),
        });
        let stored = match &state.set {
            Some(set) => survey.resolved.get(Kind::ListenerSet, set),
            None => survey.resolved.get(Kind::Gateway, gateway.name),
        };
        let field = format!("spec.listeners[{index}].tls");
        let evidence = stored.map(|stored| Evidence::of(stored, &field));
        causes.push(Cause::likely(fault, evidence.into_iter().collect()));
    }
    causes
}

/// The index of each listener in the object that has it.
#[derive(Default)]
struct Places<'a> {
    set: Option<&'a ObjectName>,
    count: usize,
}

impl<'a> Places<'a> {
    /// The index of the next listener, which is of this ListenerSet or the Gateway's own.
    fn next(&mut self, set: Option<&'a ObjectName>) -> usize {
        if self.set != set {
            *self = Places { set, count: 0 };
        }
        self.count += 1;
        self.count - 1
    }
}

/// The ListenerSets that their Gateway does not permit.
pub(super) fn sets_not_allowed(survey: &Survey, gateways: &Gateways) -> Vec<Cause> {
    let refused = gateways.sets().filter(|(_, set)| !set.is_allowed);
    let cause = |(name, set): (&ObjectName, &SetState)| {
        let stored = survey.resolved.get(Kind::ListenerSet, name)?;
        let gateway = survey.resolved.get(Kind::Gateway, &set.gateway)?;
        let spec = gateway.tree.get("spec")?;
        let is_silent = spec.get("allowedListeners").is_none();
        let from = if name.namespace == set.gateway.namespace {
            "{\"from\": \"Same\"}".to_owned()
        } else {
            format!(
                "{{\"from\": \"Selector\", \"selector\": {{\"matchLabels\": {{\"kubernetes.io/metadata.name\": \"{}\"}}}}}}",
                name.namespace
            )
        };
        let allowed = format!("{{\"namespaces\": {from}}}");
        let fix = is_silent.then(|| add_field(gateway, spec, "allowedListeners", &allowed));
        let fault = Fault::Gateway(GatewayFault::ListenerSetNotAllowed {
            set: name.to_string(),
            gateway: set.gateway.to_string(),
            namespace: name.namespace.to_string(),
            is_silent,
        });
        let evidence = vec![
            Evidence::of(stored, "spec.parentRef"),
            Evidence::of(gateway, "spec.allowedListeners"),
        ];
        Some(Cause::certain(fault, evidence).with_fix(fix.flatten()))
    };
    refused.filter_map(cause).collect()
}

/// A ReferenceGrant that was meant for the reference and does not apply to it.
pub(super) fn grant_misses(
    survey: &Survey,
    route: &CompiledRoute,
    target: &ObjectName,
) -> Option<Cause> {
    let (mut best, mut stored_grant) = (None, None);
    for (name, grant) in &survey.resolved.cluster.reference_grants {
        let is_there = name.namespace == target.namespace;
        let mut from = grant.spec.from.iter();
        let is_from = from
            .any(|from| from.kind == route.kind.name() && from.namespace == route.name.namespace);
        let mut to = grant.spec.to.iter();
        let is_to =
            to.any(|to| to.kind == "Service" && (to.name.is_empty() || to.name == target.name));
        let why = match (is_there, is_from, is_to) {
            (true, false, _) => GrantMiss::From,
            (true, true, _) => GrantMiss::To,
            (false, true, true) => GrantMiss::Namespace,
            (false, _, _) => continue,
        };
        best = Some((name, why));
        stored_grant = survey.resolved.get(Kind::ReferenceGrant, name);
    }
    let (name, why) = best?;
    let fault = Fault::Gateway(GatewayFault::ReferenceGrantMisses {
        grant: name.to_string(),
        why,
        kind: route.kind.name().to_owned(),
        from: route.name.namespace.to_string(),
        service: target.name.to_string(),
        namespace: target.namespace.to_string(),
    });
    let field = match why {
        GrantMiss::From => "spec.from",
        GrantMiss::To => "spec.to",
        GrantMiss::Namespace => "metadata.namespace",
    };
    let evidence = stored_grant.map(|stored| Evidence::of(stored, field));
    let span = evidence.as_ref().and_then(|own| own.span);
    let fix = match (why, span) {
        (GrantMiss::Namespace, Some(span)) => Some(Fix {
            span,
            text: quoted(&target.namespace),
        }),
        _ => None,
    };
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}

/// The edit that adds a ReferenceGrant for a backend of another namespace behind the document of its route.
pub(super) fn one_more_grant(
    stored: &Stored,
    route: &CompiledRoute,
    target: &ObjectName,
) -> Option<Fix> {
    let end = stored.span_of(&stored.tree)?.end;
    let (kind, from) = (route.kind.name(), &route.name);
    let text = format!(
        "\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nmetadata: {{name: {}, namespace: {}}}\nspec:\n  from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: {}}}]\n  to: [{{group: \"\", kind: Service, name: {}}}]",
        quoted(&from.name),
        quoted(&target.namespace),
        quoted(&from.namespace),
        quoted(&target.name),
    );
    let is_document = stored.tree.span.start.column == 1;
    let span = Span { start: end, end };
    is_document.then_some(Fix { span, text })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Diagnostic, Fault, GatewayFault, Problem, Severity};

    /// A Gateway `edge/public` with the listener `web-http`, and an HTTPRoute with this parent.
    fn text(parent: &str) -> String {
        format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: public, namespace: edge}}\n\
             spec: {{gatewayClassName: c, listeners: [{{name: web-http, port: 80, protocol: HTTP}}]}}\n---\n\
             apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: shop, namespace: edge}}\n\
             spec: {{parentRefs: [{parent}], rules: [{{}}]}}\n"
        )
    }

    /// The causes in a text with this parent, each with its severity and the text after its fix.
    fn found(parent: &str) -> Vec<(Severity, Fault, Option<String>)> {
        let found = check_text(&text(parent), &Config::default()).into_iter();
        let causes = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(fault) => Some((diagnostic.severity, fault, fixed)),
            _ => None,
        });
        causes.collect()
    }

    #[test]
    fn a_parent_whose_name_differs_by_a_typo_is_mended() {
        let [
            (
                Severity::Warning,
                Fault::Gateway(GatewayFault::RouteParentMissing { nearest, .. }),
                fixed,
            ),
        ] = &found("{name: pubilc}")[..]
        else {
            panic!("{:?}", found("{name: pubilc}"));
        };
        assert_eq!(nearest, "public");
        assert_eq!(fixed.as_deref(), Some(text("{name: public}").as_str()));
    }

    #[test]
    fn another_name_may_be_a_gateway_outside_the_text() {
        let [
            (
                Severity::Info,
                Fault::Gateway(GatewayFault::RouteParentMissing { nearest, .. }),
                None,
            ),
        ] = &found("{name: shared}")[..]
        else {
            panic!("{:?}", found("{name: shared}"));
        };
        assert_eq!(nearest, "");
        assert_eq!(found("{name: public}"), []);
    }

    #[test]
    fn a_section_name_that_differs_by_a_typo_is_mended() {
        let parent = "{name: public, sectionName: web-htpp}";
        let [(Severity::Warning, Fault::Gateway(GatewayFault::RouteNotAttached { .. }), fixed)] =
            &found(parent)[..]
        else {
            panic!("{:?}", found(parent));
        };
        let mended = text("{name: public, sectionName: web-http}");
        assert_eq!(fixed.as_deref(), Some(mended.as_str()));
    }

    #[test]
    fn the_name_of_a_protocol_is_no_typo_of_another() {
        let protocol = text("{name: public, sectionName: https}").replace("web-http", "http");
        let found = check_text(&protocol, &Config::default());
        let is_refused = |(diagnostic, fixed): &&(_, Option<String>)| {
            let Diagnostic { problem, .. } = diagnostic;
            matches!(
                problem,
                Problem::Cause(Fault::Gateway(GatewayFault::RouteNotAttached { .. }))
            ) && fixed.is_none()
        };
        assert_eq!(found.iter().filter(is_refused).count(), 1);
    }

    #[test]
    fn a_reference_grant_is_added_behind_the_route() {
        let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: store}\n\
                       spec: {ports: [{port: 80}]}\n";
        let backend = "rules: [{backendRefs: [{name: web, namespace: store, port: 80}]}]";
        let text = format!(
            "{}{service}",
            text("{name: public}").replace("rules: [{}]", backend)
        );
        let is_refused = |diagnostic: &Diagnostic| {
            matches!(
                diagnostic.problem,
                Problem::Cause(Fault::Gateway(GatewayFault::RouteBackendUnusable { .. }))
            )
        };
        let found = check_text(&text, &Config::default());
        let refused = found.into_iter().find(|(own, _)| is_refused(own));
        let (_, fixed) = refused.expect("the backend may not be used");
        let fixed = fixed.expect("a fix");
        assert!(fixed.contains("kind: ReferenceGrant"), "{fixed}");
        let again = check_text(&fixed, &Config::default());
        assert!(!again.iter().any(|(own, _)| is_refused(own)), "{again:?}");
    }

    /// The text after the fix of the only cause of such a kind, and what is found in it.
    fn mended(text: &str, is_meant: fn(&Fault) -> bool) -> (String, bool) {
        let is_found = |diagnostic: &Diagnostic| match &diagnostic.problem {
            Problem::Cause(fault) => is_meant(fault),
            _ => false,
        };
        let found = check_text(text, &Config::default());
        let fixed = found.into_iter().find(|(own, _)| is_found(own));
        let fixed = fixed.and_then(|(_, fixed)| fixed).expect("a fix");
        let again = check_text(&fixed, &Config::default());
        let is_left = again.iter().any(|(own, _)| is_found(own));
        (fixed, is_left)
    }

    #[test]
    fn a_listener_is_opened_for_the_namespace_of_the_route_alone() {
        let text = text("{name: public, namespace: edge}")
            .replace("shop, namespace: edge", "shop, namespace: shop");
        let (fixed, is_left) = mended(&text, |fault| {
            matches!(fault, Fault::Gateway(GatewayFault::RouteNotAttached { .. }))
        });
        let wanted = "[{allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: \
                      {kubernetes.io/metadata.name: shop}}}}, name: web-http,";
        assert!(fixed.contains(wanted), "{fixed}");
        assert!(!is_left);
    }

    #[test]
    fn the_only_port_of_the_service_is_written() {
        let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: edge}\n\
                       spec: {ports: [{port: 3000}]}\n";
        let backend = "rules: [{backendRefs: [{name: web, port: 8080}]}]";
        let text = format!(
            "{}{service}",
            text("{name: public}").replace("rules: [{}]", backend)
        );
        let (fixed, is_left) = mended(&text, |fault| {
            matches!(
                fault,
                Fault::Gateway(GatewayFault::RouteBackendUnusable { .. })
            )
        });
        assert!(fixed.contains("{name: web, port: 3000}"), "{fixed}");
        assert!(!is_left);
    }
}
