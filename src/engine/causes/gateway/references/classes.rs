//! Gateways whose class the text does not have.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, Fix, GatewayFault};
use crate::kinds::Kind;
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::trace::{GatewayReason, Reason, Trace};

/// A Gateway whose class the text does not have, although it has others: no controller serves it.
pub(in crate::causes) fn without_class(survey: &Survey, name: &ObjectName) -> Option<Cause> {
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

/// The class of the Gateway that a request passed, if the text has no GatewayClass: that it exists, and that its controller
/// serves the Gateway, is assumed, since people paste fragments.
pub(in crate::causes) fn assumed_class(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    if !cluster.gateway_classes.is_empty() {
        return None;
    }
    let mut passed = trace.hops.iter().filter_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::TakesForGateway { gateway, .. }) => Some(gateway),
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
