//! Routes whose parent is in another namespace, has another name, or has no such listener.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::Survey;
use crate::cluster::object::RouteId;
use crate::diagnostic::{Fault, Fix, GatewayFault};
use crate::kinds::Kind;
use crate::l7::gateway::{ParentState, or_own};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::resolve::Stored;
use crate::syntax::typo_distance;

/// A parent that does not exist in the namespace which the route names, where another namespace has a Gateway of that name.
pub(in crate::causes) fn parent_elsewhere(survey: &Survey, id: &RouteId) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let route = cluster.routes.get(id)?;
    let stored = survey.resolved.get(Kind::from(id.kind), &id.name)?;
    let parents = route.spec.parent_refs.iter().enumerate();
    parents.into_iter().find_map(|(index, parent)| {
        let namespace = match parent.namespace.as_str() {
            "" => &id.name.namespace,
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
            route: id.to_string(),
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
pub(in crate::causes) fn parent_missing(survey: &Survey, id: &RouteId) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let route = cluster.routes.get(id)?;
    let stored = survey.resolved.get(Kind::from(id.kind), &id.name)?;
    let gateways: Vec<&ObjectName> = cluster.gateways.keys().collect();
    let parents = route.spec.parent_refs.iter().enumerate();
    parents.into_iter().find_map(|(index, parent)| {
        let namespace = or_own(&parent.namespace, &id.name.namespace);
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
            route: id.to_string(),
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

/// Whether a listener's name is a protocol: it is meant as it is written, `https` is no typo of `http`.
pub(in crate::causes) fn is_protocol_name(section: &str) -> bool {
    ["grpc", "http", "https", "tcp", "tls", "udp"].contains(&section)
}

/// The edit that gives a `sectionName` the name of the listener that it differs from by a typo, with the field's path.
pub(in crate::causes) fn section_typo(
    survey: &Survey,
    stored: &Stored,
    parent: &ParentState,
    section: &str,
) -> Option<(String, Fix)> {
    if is_protocol_name(section) {
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
