//! Listeners without a certificate, and ListenerSets that their Gateway does not permit.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_field;
use crate::causes::survey::Survey;
use crate::cluster::object::{FromNamespaces, SecretContent};
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::l7::gateway::{Gateways, ListenerFault, ListenerState, SetState, or_own};
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::network::AddressedGateway;

/// Listeners of the called port that need a certificate and have none: the controller does not serve them.
pub(in crate::causes) fn without_certificate(
    survey: &Survey,
    gateway: &AddressedGateway,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    let mut places = Places::default();
    for state in &gateway.state.listeners {
        let index = places.next(state.set.as_ref());
        if state.listener.port == gateway.port && state.lacks_certificate {
            let of_secret = secret_of_other_type(survey, gateway.name, state, index);
            causes.push(of_secret.unwrap_or_else(|| no_secret(survey, gateway.name, state, index)));
        }
    }
    causes
}

/// Every listener whose certificate is a Secret of the text that is of another type.
pub(in crate::causes) fn secrets_of_other_types(
    survey: &Survey,
    gateways: &Gateways,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (name, gateway) in gateways.all() {
        let mut places = Places::default();
        for state in &gateway.listeners {
            let index = places.next(state.set.as_ref());
            if state.lacks_certificate {
                causes.extend(secret_of_other_type(survey, name, state, index));
            }
        }
    }
    causes
}

fn no_secret(survey: &Survey, gateway: &ObjectName, state: &ListenerState, index: usize) -> Cause {
    let tls = state.listener.tls.iter();
    let certificates = tls.flat_map(|tls| &tls.certificate_refs);
    let named: Vec<String> = certificates.map(|own| own.name.to_string()).collect();
    let fault = Fault::Gateway(GatewayFault::ListenerWithoutCertificate {
        gateway: gateway.to_string(),
        listener: state.listener.name.to_string(),
        secrets: named.join(", "),
        is_permitted: state.fault != Some(ListenerFault::RefNotPermitted),
    });
    let evidence = evidence_of_tls(survey, gateway, state, index);
    Cause::likely(fault, evidence.into_iter().collect())
}

/// The Secret is there, and it is none with a certificate by its type.
fn secret_of_other_type(
    survey: &Survey,
    gateway: &ObjectName,
    state: &ListenerState,
    index: usize,
) -> Option<Cause> {
    if state.fault == Some(ListenerFault::RefNotPermitted) {
        return None;
    }
    let own = state.set.as_ref().unwrap_or(gateway);
    let secrets = &survey.resolved.cluster.secrets;
    let tls = state.listener.tls.iter();
    let named = tls.flat_map(|tls| &tls.certificate_refs);
    let mut named = named.filter(|own| own.group.is_empty() && own.kind == "Secret");
    let name = named.find_map(|reference| {
        let namespace = or_own(&reference.namespace, &own.namespace);
        let name = ObjectName::new(namespace, reference.name.as_str());
        (secrets.get(&name) == Some(&SecretContent::Other)).then_some(name)
    })?;
    let mut objects = survey.resolved.not_modelled.iter();
    let object = objects.find(|own| {
        own.kind == "Secret" && name.namespace == own.namespace() && own.name.name == name.name
    })?;
    let written = object.tree.get("type").and_then(Yaml::as_str);
    let fault = Fault::Gateway(GatewayFault::CertificateOfOtherType {
        gateway: gateway.to_string(),
        listener: state.listener.name.to_string(),
        secret: name.to_string(),
        kind: written.unwrap_or("Opaque").to_owned(),
    });
    let evidence = evidence_of_tls(survey, gateway, state, index).into_iter();
    let evidence = evidence.chain([Evidence::of_kind(object)]);
    // Some implementations read the keys of a Secret of any type.
    Some(Cause::likely(fault, evidence.collect()))
}

fn evidence_of_tls(
    survey: &Survey,
    gateway: &ObjectName,
    state: &ListenerState,
    index: usize,
) -> Option<Evidence> {
    let stored = match &state.set {
        Some(set) => survey.resolved.get(Kind::ListenerSet, set),
        None => survey.resolved.get(Kind::Gateway, gateway),
    };
    let field = format!("spec.listeners[{index}].tls");
    stored.map(|stored| Evidence::of(stored, &field))
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
pub(in crate::causes) fn sets_not_allowed(survey: &Survey, gateways: &Gateways) -> Vec<Cause> {
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

/// The labels that the first listener with a selector asks of the namespaces of routes, with their place in the Gateway.
pub(in crate::causes) fn labels_asked(
    survey: &Survey,
    gateway: &ObjectName,
) -> Option<(String, String)> {
    let gateway = survey.resolved.cluster.gateways.get(gateway)?;
    let mut listeners = gateway.spec.listeners.iter().enumerate();
    listeners.find_map(|(index, listener)| {
        let namespaces = &listener.allowed_routes.namespaces;
        let selector = namespaces.selector.as_ref()?.selector().ok()?;
        let place = format!("spec.listeners[{index}].allowedRoutes.namespaces.selector");
        (namespaces.from == FromNamespaces::Selector).then(|| (place, selector.to_string()))
    })
}
