//! Listeners without a certificate, and ListenerSets that their Gateway does not permit.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_field;
use crate::causes::survey::Survey;
use crate::cluster::object::FromNamespaces;
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::l7::gateway::{Gateways, ListenerFault, SetState};
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
