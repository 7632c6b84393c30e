//! Why a proxy of a Gateway did what it did: the reasons of its hops.

use serde::Serialize;
use smol_str::SmolStr;

use super::printed::{printed, printed_if_any, printed_list};
use super::{Failure, PreflightDenial};
use crate::cluster::object::RouteId;
use crate::l7::gateway::HeaderChange;
use crate::names::ObjectName;

/// What a proxy of a Gateway does, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum GatewayReason {
    /// A proxy of a Gateway receives a request or a connection.
    TakesForGateway {
        /// Its pod.
        by: String,
        /// The Gateway.
        #[serde(serialize_with = "printed")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        gateway: ObjectName,
        /// The name of the listener; `None` if no listener is for the host.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        listener: Option<SmolStr>,
        /// The listener's port.
        port: u16,
    },
    /// A proxy of a Gateway passes a request or a connection on, on a connection of its own.
    RoutesForGateway {
        /// Kind and name of the route.
        #[serde(serialize_with = "printed")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        route: RouteId,
        /// The index of its rule.
        rule: usize,
        /// The conditions that matched; `None` for a connection that is not HTTP.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        matched: Option<String>,
        /// The Service behind it; `None` if the backend is no Service that exists.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        service: Option<ObjectName>,
        /// The Service's port.
        port: u16,
        /// The request as the backend gets it; `None` for a connection that is not HTTP.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        request: Option<String>,
        /// The Services that get copies.
        #[serde(serialize_with = "printed_list")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        mirrors: Vec<ObjectName>,
        /// How long the whole request may take, where there is a limit.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        timeout: Option<SmolStr>,
        /// What is done to the headers of the response: `set X-A: 1`, `remove Server`.
        #[cfg_attr(feature = "testing", schemars(with = "Vec<String>"))]
        response: Vec<HeaderChange>,
        /// The request's header `Origin` if a `CORS` filter allows it.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        allowed_origin: Option<String>,
        /// The request's header `Origin` if the `CORS` filters do not allow it.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        denied_origin: Option<String>,
    },
    /// A proxy of a Gateway answers with a redirect.
    RedirectsForGateway {
        /// Its pod.
        by: String,
        /// Kind and name of the route.
        #[serde(serialize_with = "printed")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        route: RouteId,
        /// The index of its rule.
        rule: usize,
        /// The HTTP status.
        status: u16,
        /// Where to.
        to: String,
    },
    /// A proxy of a Gateway answers a browser that asks whether a page may send a request to it (filter `CORS`).
    AnswersPreflight {
        /// Its pod.
        by: String,
        /// Kind and name of the route.
        #[serde(serialize_with = "printed")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        route: RouteId,
        /// The index of its rule.
        rule: usize,
        /// The headers of the answer, `Access-Control-Allow-Origin: https://a.example; …`; empty without any.
        headers: String,
        /// The same, as changes of headers.
        #[cfg_attr(feature = "testing", schemars(with = "Vec<String>"))]
        response: Vec<HeaderChange>,
        /// Why the browser does not send the request.
        denial: PreflightDenial,
        /// The origin, method or header that is not allowed; `None` if the browser sends the request.
        #[serde(serialize_with = "printed_if_any")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        denied: Option<String>,
    },
    /// A proxy of a Gateway closes a connection that is not HTTP.
    GatewayCloses {
        /// Its pod.
        by: String,
        /// Why.
        why: Failure,
    },
}
