//! Routes that name a Gateway as their parent and are not attached to it.

use super::references::{is_protocol_name, labels_asked, section_typo};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_field;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{RouteId, RouteKind};
use crate::diagnostic::{AttachmentFault, Fault, Fix, GatewayFault, Span};
use crate::kinds::Kind;
use crate::l7::gateway::{
    CompiledRoute, GatewayState, Gateways, ParentOutcome, ParentState, Refusal,
};
use crate::manifest::tree::{FieldPath, Yaml, YamlValue};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::network::AddressedGateway;
use crate::resolve::Stored;

/// The routes for the host that name the Gateway and are not attached to it.
pub(super) fn not_attached(
    survey: &Survey,
    gateways: &Gateways,
    gateway: &AddressedGateway,
    host: &str,
) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut causes = Vec::new();
    for (id, route) in &cluster.routes {
        let hostnames = &route.spec.hostnames;
        if !hostnames.is_empty()
            && !hostnames
                .iter()
                .any(|own| CompiledRoute::fits_host(own, host))
        {
            continue;
        }
        for parent in gateways.parents_of(id.kind, &id.name) {
            if parent.gateway == *gateway.name {
                causes.extend(refused(survey, gateways, id, parent));
            }
        }
    }
    causes
}

/// Why a parent of a route refuses it.
pub(super) fn refused(
    survey: &Survey,
    gateways: &Gateways,
    id: &RouteId,
    parent: &ParentState,
) -> Option<Cause> {
    let ParentOutcome::Refused(refusal) = parent.outcome else {
        return None;
    };
    let RouteId { kind, name } = id;
    let stored = survey.resolved.get(Kind::from(*kind), name)?;
    let field = format!("spec.parentRefs[{}]", parent.index);
    let (why, field) = match refusal {
        Refusal::NoMatchingParent => (AttachmentFault::Section, field),
        Refusal::NotAllowedByListeners if !is_carried(gateways, parent, *kind) => {
            (AttachmentFault::Kind, field)
        }
        Refusal::NotAllowedByListeners => (AttachmentFault::NotAllowed, field),
        Refusal::NoMatchingListenerHostname => {
            (AttachmentFault::Hostname, "spec.hostnames".to_owned())
        }
        Refusal::HostnameConflict => (AttachmentFault::Conflict, "spec.hostnames".to_owned()),
    };
    let asked =
        labels_asked(survey, &parent.gateway).filter(|_| why == AttachmentFault::NotAllowed);
    let (place, selector) = asked.unzip();
    let fault = Fault::Gateway(GatewayFault::RouteNotAttached {
        selector: selector.unwrap_or_default(),
        route: id.to_string(),
        gateway: parent.gateway.to_string(),
        why,
        namespace: name.namespace.to_string(),
        listeners: listed_listeners(&survey.resolved.cluster, &parent.gateway, why),
    });
    let route = survey.resolved.cluster.routes.get(id);
    let written = route.and_then(|route| route.spec.parent_refs.get(parent.index));
    let typo = written
        .filter(|_| why == AttachmentFault::Section)
        .and_then(|written| section_typo(survey, stored, parent, &written.section_name));
    let gateway = survey.resolved.get(Kind::Gateway, &parent.gateway);
    let (field, fix) = match (typo, why) {
        (Some((field, fix)), _) => (field, Some(fix)),
        (None, AttachmentFault::NotAllowed) => {
            let state = gateways.get(&parent.gateway).zip(gateway);
            let fix = state.and_then(|(state, gateway)| {
                allow_namespace(gateway, state, *kind, &name.namespace)
            });
            (field, fix)
        }
        (None, AttachmentFault::Section) => {
            let fix = gateways
                .get(&parent.gateway)
                .and_then(|state| to_only_listener(stored, state, &field));
            (field, fix)
        }
        (None, AttachmentFault::Kind | AttachmentFault::Hostname | AttachmentFault::Conflict) => {
            (field, None)
        }
    };
    let mut evidence = vec![Evidence::of(stored, &field)];
    let place = place.as_deref().unwrap_or("spec.listeners");
    evidence.extend(gateway.map(|gateway| Evidence::of(gateway, place)));
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// The edit of a parentRef that makes it name the only listener of its Gateway, if its name or its port is another one.
/// The name of a protocol may be that of a listener that is still to be written.
fn to_only_listener(stored: &Stored, state: &GatewayState, reference: &str) -> Option<Fix> {
    let [only] = state.listeners.as_slice() else {
        return None;
    };
    let written = |field: &str| {
        let reference = stored.tree.nearest(&FieldPath::from(reference));
        let value = reference.get(field)?;
        Some((stored.span_of(value)?, value))
    };
    let name = written("sectionName").filter(|(_, own)| own.as_str() != Some(&only.listener.name));
    let is_meant = |(_, own): &(Span, &Yaml)| own.as_str().is_some_and(is_protocol_name);
    if name.as_ref().is_some_and(is_meant) {
        return None;
    }
    let number = YamlValue::Int(only.listener.port.into());
    let port = written("port").filter(|(_, own)| own.value != number);
    let (span, text) = match (name, port) {
        (Some((span, _)), None) => (span, quoted(&only.listener.name)),
        (None, Some((span, _))) => (span, only.listener.port.to_string()),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    Some(Fix { span, text })
}

/// Whether a listener of the Gateway can carry a kind of routes.
fn is_carried(gateways: &Gateways, parent: &ParentState, kind: RouteKind) -> bool {
    let state = gateways.get(&parent.gateway);
    let mut listeners = state.into_iter().flat_map(|state| &state.listeners);
    listeners.any(|listener| listener.kinds.contains(&kind))
}

/// `http (80, *.example.com)`.
pub(in crate::causes) fn listeners(cluster: &Cluster, gateway: &ObjectName) -> String {
    let gateway = cluster.gateways.get(gateway);
    let listeners = gateway.into_iter().flat_map(|it| &it.spec.listeners);
    let texts: Vec<String> = listeners
        .map(|it| match it.hostname.as_str() {
            "" => format!("{} ({})", it.name, it.port),
            host => format!("{} ({}, {host})", it.name, it.port),
        })
        .collect();
    texts.join(", ")
}

/// The Gateway's listeners as the message lists them: with their protocols, or with their host names.
fn listed_listeners(cluster: &Cluster, gateway: &ObjectName, why: AttachmentFault) -> String {
    match why {
        AttachmentFault::Kind => protocols(cluster, gateway),
        AttachmentFault::Section
        | AttachmentFault::NotAllowed
        | AttachmentFault::Hostname
        | AttachmentFault::Conflict => listeners(cluster, gateway),
    }
}

/// `tls (443, TLS)`.
fn protocols(cluster: &Cluster, gateway: &ObjectName) -> String {
    let gateway = cluster.gateways.get(gateway);
    let listeners = gateway.into_iter().flat_map(|it| &it.spec.listeners);
    let texts = listeners.map(|it| format!("{} ({}, {})", it.name, it.port, it.protocol));
    texts.collect::<Vec<String>>().join(", ")
}

/// The edit that lets the listener of a Gateway that has a single one take routes of a namespace, too. It is no answer
/// where the listener says which routes it allows, or cannot carry the kind.
fn allow_namespace(
    gateway: &Stored,
    state: &GatewayState,
    kind: RouteKind,
    namespace: &str,
) -> Option<Fix> {
    let [listener] = state.listeners.as_slice() else {
        return None;
    };
    if !listener.kinds.contains(&kind) {
        return None;
    }
    let item = gateway.tree.nearest(&FieldPath::from("spec.listeners[0]"));
    // A default has the place of its mapping.
    let allowed = item.get("allowedRoutes");
    let is_written = allowed.is_some_and(|allowed| allowed.span != item.span);
    let selector = format!(
        "{{\"namespaces\": {{\"from\": \"Selector\", \"selector\": {{\"matchLabels\": {{\"kubernetes.io/metadata.name\": \"{namespace}\"}}}}}}}}"
    );
    if is_written {
        return None;
    }
    add_field(gateway, item, "allowedRoutes", &selector)
}
