//! ingress-nginx refuses the client: its address is not in the ranges of an annotation, or it sends no name and password.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Ingress;
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx::{ALLOWED, REFUSED, annotation};
use crate::trace::{Failure, Reason, Trace};

const PREFIX: &str = "nginx.ingress.kubernetes.io/";

/// Why the controller answers 401 or 403.
pub(in crate::causes) fn of_ingress(
    survey: &Survey,
    trace: &Trace,
    ingress: &Ingress,
    why: Failure,
) -> Option<Cause> {
    let name = ingress.metadata.name.to_string();
    let names = [ALLOWED[0], ALLOWED[1], REFUSED];
    let (fault, key) = if why == Failure::CredentialsMissing {
        let fault = IngressConfigFault::IngressAsksForCredentials { ingress: name };
        (fault, "auth-type")
    } else {
        let mut hops = trace.hops.iter();
        let taken = hops.find(|hop| matches!(hop.reason, Reason::TakesHttp { .. }))?;
        let seen = taken.before.source.ip();
        let called = trace.hops.first()?.before.source.ip();
        let key = names
            .into_iter()
            .find(|name| annotation(ingress, name).is_some())?;
        let fault = IngressConfigFault::IngressRefusesAddress {
            ingress: name,
            annotation: key.to_owned(),
            ranges: annotation(ingress, key)?.to_owned(),
            seen: seen.to_string(),
            client: called.to_string(),
            is_rewritten: seen != called,
        };
        (fault, key)
    };
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, &format!("metadata.annotations[{PREFIX}{key}]"));
    Some(Cause::certain(Fault::Ingress(fault), vec![evidence]))
}
