//! The port of a Service that a Gateway calls for a request over HTTP.

use crate::causes::survey::Survey;
use crate::cluster::object::{RouteId, ServicePort};
use crate::names::ObjectName;
use crate::trace::{GatewayReason, Reason, Trace};

/// The first port of a Service that a Gateway called for the request.
pub(super) struct CalledPort<'a> {
    /// The route that led to it.
    pub(super) route: &'a RouteId,
    /// The Service.
    pub(super) service: &'a ObjectName,
    /// The index in `spec.ports`.
    pub(super) index: usize,
    /// The port.
    pub(super) port: &'a ServicePort,
}

impl<'a> CalledPort<'a> {
    /// The port that a trace has a hop for; `None` if no Gateway called a port that a Service has.
    pub(super) fn of(survey: &'a Survey, trace: &'a Trace) -> Option<CalledPort<'a>> {
        let mut hops = trace.hops.iter();
        let (service, route, number) = hops.find_map(|hop| match &hop.reason {
            Reason::Gateway(GatewayReason::RoutesForGateway {
                route,
                port,
                request: Some(_),
                ..
            }) => Some((hop.service.as_ref()?, route, *port)),
            _ => None,
        })?;
        let written = survey.resolved.cluster.services.get(service)?;
        let mut ports = written.spec.ports.iter().enumerate();
        let (index, port) = ports.find(|(_, port)| port.port == number)?;
        Some(CalledPort {
            route,
            service,
            index,
            port,
        })
    }
}
