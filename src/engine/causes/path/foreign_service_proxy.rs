//! A Service that kube-proxy leaves alone: it does not watch Services with the label
//! `service.kubernetes.io/service-proxy-name`, whatever its value.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::label;
use crate::diagnostic::{Fault, PathFault};
use crate::trace::Trace;

/// The called address is that of a Service of another proxy.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let called = trace.called()?;
    let (stored, service) = survey.services().find(|(_, service)| {
        let labels = &service.metadata.labels;
        labels.contains_key(label::SERVICE_PROXY_NAME)
            && service.addresses().any(|own| own == called)
    })?;
    let fault = Fault::Path(PathFault::ServiceOfAnotherProxy {
        service: service.metadata.name.to_string(),
        proxy: service
            .metadata
            .labels
            .get(label::SERVICE_PROXY_NAME)?
            .to_string(),
    });
    let field = format!("metadata.labels[{}]", label::SERVICE_PROXY_NAME);
    Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]))
}
