//! A Service without a selector: its endpoints are written by hand or by another controller.
//!
//! kube-proxy finds slices by their label `kubernetes.io/service-name`, and the endpoints of a port by the port's name
//! and protocol. It ignores slices of domain names (`addressType: FQDN`).

use super::lacking;
use crate::causes::apply::refused_object;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, set_field};
use crate::causes::survey::{PortOf, Survey};
use crate::cluster::object::{AddressType, EndpointSlice, ServiceType, SlicePort, label};
use crate::diagnostic::{Fault, Fix, NameFault, SelectionFault, SliceFault};
use crate::kinds::Kind;
use crate::manifest::yaml_quote::quoted;
use crate::names::{Family, ObjectName};
use crate::resolve::Stored;
use crate::syntax::typo_distance;

pub(super) fn causes(survey: &Survey, port: PortOf) -> Vec<Cause> {
    let name = port.service.id();
    let slices = survey.slices_of(&name);
    if slices.iter().all(|slice| slice.endpoints.is_empty()) {
        return vec![no_slice(survey, port)];
    }
    let causes = slices
        .iter()
        .filter_map(|slice| unusable(survey, port, slice));
    causes.collect()
}

/// Endpoints or a slice for a Service of this name in another namespace, which has no such Service.
fn in_another_namespace(survey: &Survey, port: PortOf) -> Option<Cause> {
    let service = &port.service.metadata;
    for kind in [Kind::Endpoints, Kind::EndpointSlice] {
        let mut stored = survey.resolved.of_kind(kind);
        let meant = stored.find(|stored| {
            let (_, written) = named_service(stored, kind);
            let own = ObjectName::new(stored.name.namespace.as_str(), service.name.as_str());
            written == Some(service.name.as_str())
                && stored.written.is_some()
                && own != service.id()
                && !survey.resolved.cluster.services.contains_key(&own)
        });
        let Some(stored) = meant else { continue };
        let fault = Fault::Slice(SliceFault::EndpointsInOtherNamespace {
            service: service.name.to_string(),
            kind: kind.name().to_owned(),
            written: stored.name.namespace.to_string(),
            namespace: service.namespace.to_string(),
        });
        let evidence = Evidence::of(stored, "metadata.namespace");
        let metadata = stored.tree.get("metadata");
        let namespace = format!("\"{}\"", service.namespace);
        let fix = metadata.and_then(|own| set_field(stored, own, "namespace", &namespace));
        return Some(Cause::certain(fault, vec![evidence]).with_fix(fix));
    }
    None
}

/// No slice carries the Service's label: one that looks like it was meant, or none at all.
fn no_slice(survey: &Survey, port: PortOf) -> Cause {
    let service = &port.service.metadata;
    if let Some(cause) = alias_of_wrong_type(port) {
        return cause;
    }
    if let Some(cause) = refused_object::endpoints_of(survey, &service.id()) {
        return cause;
    }
    let unlabelled = survey
        .resolved
        .of_kind(Kind::EndpointSlice)
        .filter(|stored| {
            let slice = survey.resolved.cluster.slices.get(&stored.name);
            stored.name.namespace == service.namespace
                && slice.is_some_and(|slice| slice.service().is_none())
        });
    let mut meant = unlabelled.filter(|stored| is_named_after(&stored.name.name, &service.name));
    if let Some(stored) = meant.next() {
        let fault = Fault::Slice(SliceFault::SliceWithoutServiceLabel {
            slice: stored.name.name.to_string(),
            service: service.name.to_string(),
        });
        let evidence = vec![Evidence::of(stored, "metadata.labels")];
        let command = format!(
            "kubectl label endpointslice {} -n {} {}={}",
            stored.name.name,
            service.namespace,
            label::SERVICE_NAME,
            service.name
        );
        return Cause::certain(fault, evidence).with_command(command);
    }
    if let Some(cause) = misnamed(survey, port).or_else(|| in_another_namespace(survey, port)) {
        return cause;
    }
    let meant = lacking::label_for_selector(survey, port);
    let fix = meant.as_ref().and_then(|(key, value, _)| {
        let json = format!("{{\"{key}\": \"{value}\"}}");
        add_field(
            port.stored,
            port.stored.tree.get("spec")?,
            "selector",
            &json,
        )
    });
    let fault = Fault::Selection(SelectionFault::NoSelectorNoEndpoints {
        service: service.name.to_string(),
        pods: meant.as_ref().map_or(0, |(_, _, pods)| *pods),
        meant: meant.map(|(key, value, _)| format!("{key}={value}")),
    });
    // Something outside the text may write the endpoints once the Service exists.
    let cause = Cause::certain(fault, vec![Evidence::of(port.stored, "spec")]);
    cause.possible().with_fix(fix)
}

/// A Service with `externalName` and without the type that makes it an alias.
fn alias_of_wrong_type(port: PortOf) -> Option<Cause> {
    let target = &port.service.spec.external_name;
    if target.is_empty() {
        return None;
    }
    let fault = Fault::Name(NameFault::ExternalNameWithoutType {
        service: port.service.metadata.name.to_string(),
        target: target.to_string(),
    });
    let spec = port.stored.tree.get("spec")?;
    let fix = set_field(port.stored, spec, "type", "\"ExternalName\"");
    let evidence = Evidence::of(port.stored, "spec.externalName");
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

/// Whether a slice's name says which Service it is for: `web`, `web-1`, `web-x7k2p`.
fn is_named_after(slice: &str, service: &str) -> bool {
    let rest = slice.strip_prefix(service);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// An Endpoints object or a labelled slice that names no Service and was most likely meant for this one: its name is a
/// slip away, or no other object and no other Service of the namespace lack each other.
fn misnamed(survey: &Survey, port: PortOf) -> Option<Cause> {
    let service = &port.service.metadata;
    for kind in [Kind::Endpoints, Kind::EndpointSlice] {
        let orphans = orphans(survey, &service.namespace, kind);
        let slip = orphans
            .iter()
            .find(|(.., written)| typo_distance(written, &service.name).is_some());
        let (stored, field, written) = match (slip, orphans.as_slice()) {
            (Some(slip), _) => slip,
            (None, [only]) if is_only_one_without_endpoints(survey, port) => only,
            (None, _) => continue,
        };
        let fault = Fault::Slice(SliceFault::EndpointsOfAnotherName {
            service: service.name.to_string(),
            kind: kind.name().to_owned(),
            written: (*written).to_owned(),
        });
        let evidence = vec![Evidence::of(stored, field)];
        let fix = evidence[0].span.map(|span| Fix {
            span,
            text: quoted(&service.name),
        });
        return Some(Cause::certain(fault, evidence).with_fix(fix));
    }
    None
}

/// The objects of a kind in a namespace that name a Service which does not exist: each with the field and the name.
fn orphans<'a>(
    survey: &Survey<'a>,
    namespace: &str,
    kind: Kind,
) -> Vec<(&'a Stored, String, &'a str)> {
    let mut orphans = Vec::new();
    for stored in survey.resolved.of_kind(kind) {
        let (field, written) = named_service(stored, kind);
        if stored.name.namespace != namespace {
            continue;
        }
        let service = written.map(|written| (written, ObjectName::new(namespace, written)));
        if let Some((written, service)) = service
            && !survey.resolved.cluster.services.contains_key(&service)
        {
            orphans.push((stored, field, written));
        }
    }
    orphans
}

/// Whether all other Services of the namespace that need written endpoints have some.
fn is_only_one_without_endpoints(survey: &Survey, port: PortOf) -> bool {
    let without = survey.services().filter(|(_, service)| {
        service.metadata.namespace == port.service.metadata.namespace
            && service.spec.selector.is_none()
            && service.spec.service_type != ServiceType::ExternalName
            && survey.slices_of(&service.id()).is_empty()
    });
    without.count() == 1
}

/// The field that names the Service of an Endpoints object or a slice, and what is written there.
fn named_service(stored: &Stored, kind: Kind) -> (String, Option<&str>) {
    let metadata = stored.tree.get("metadata");
    if kind == Kind::Endpoints {
        let name = metadata.and_then(|metadata| metadata.get("name"));
        return (
            "metadata.name".to_owned(),
            name.and_then(|name| name.as_str()),
        );
    }
    let labels = metadata.and_then(|metadata| metadata.get("labels"));
    let value = labels.and_then(|labels| labels.get(label::SERVICE_NAME));
    let field = format!("metadata.labels[{}]", label::SERVICE_NAME);
    (field, value.and_then(|value| value.as_str()))
}

/// Why kube-proxy uses nothing of a slice for the port; `None` if there is nothing to say.
fn unusable(survey: &Survey, port: PortOf, slice: &EndpointSlice) -> Option<Cause> {
    if slice.endpoints.is_empty() {
        return None;
    }
    let service = port.service.metadata.name.to_string();
    let name = slice.metadata.name.to_string();
    let stored = survey
        .resolved
        .get(Kind::EndpointSlice, &slice.metadata.id());
    let evidence = |field: &str| slice_evidence(survey, port, stored, field);
    if slice.address_type == AddressType::Fqdn {
        let fault = Fault::Slice(SliceFault::SliceOfDomainNames {
            slice: name,
            service,
        });
        return Some(Cause::certain(fault, evidence("addressType")));
    }
    if let Some(fault) = of_other_family(port, slice) {
        return Some(Cause::certain(fault, evidence("addressType")));
    }
    let is_named = |own: &&SlicePort| own.name() == port.port.name;
    if let Some(own) = slice.ports.iter().find(is_named) {
        let protocol = own.protocol.unwrap_or_default();
        if protocol != port.port.protocol {
            let fault = Fault::Slice(SliceFault::SliceProtocolDiffers {
                slice: name,
                service,
                port: port.port.port,
                wanted: port.port.protocol.to_string(),
                written: protocol.to_string(),
            });
            return Some(Cause::certain(fault, evidence("ports")));
        }
        let fault = Fault::Slice(SliceFault::SliceNotReady {
            slice: name,
            service,
        });
        return Some(Cause::certain(fault, evidence("endpoints")));
    }
    let written: Vec<String> = slice
        .ports
        .iter()
        .map(|own| own.name().to_owned())
        .collect();
    let fault = Fault::Slice(SliceFault::SlicePortNameDiffers {
        slice: name,
        service,
        port: port.port.port,
        wanted: port.port.name.to_string(),
        ports: written.len(),
        written: written.join(", "),
    });
    Some(Cause::certain(fault, evidence("ports")))
}

/// A field of a slice, or the Endpoints that it mirrors, and the Service's port.
fn slice_evidence(
    survey: &Survey,
    port: PortOf,
    slice: Option<&Stored>,
    field: &str,
) -> Vec<Evidence> {
    let mirrored = || {
        let endpoints = survey.resolved.get(Kind::Endpoints, &port.service.id());
        endpoints.map(|own| Evidence::of(own, "subsets"))
    };
    let written = slice.map(|own| Evidence::of(own, field)).or_else(mirrored);
    let own = Evidence::of(port.stored, &field_of(port));
    written.into_iter().chain([own]).collect()
}

/// The slice's addresses are of a family that the Service does not have.
fn of_other_family(port: PortOf, slice: &EndpointSlice) -> Option<Fault> {
    let families = &port.service.spec.ip_families;
    let written = match slice.address_type {
        AddressType::IPv4 => Family::V4,
        AddressType::IPv6 => Family::V6,
        AddressType::Fqdn => return None,
    };
    if families.contains(&written) {
        return None;
    }
    let wanted: Vec<String> = families.iter().map(Family::to_string).collect();
    Some(Fault::Slice(SliceFault::SliceOfOtherFamily {
        slice: slice.metadata.name.to_string(),
        service: port.service.metadata.name.to_string(),
        wanted: wanted.join(", "),
        written: written.to_string(),
    }))
}

fn field_of(port: PortOf) -> String {
    format!("spec.ports[{}]", port.index)
}
