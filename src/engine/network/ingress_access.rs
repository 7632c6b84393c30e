//! Requests that an Ingress controller denies by the annotations of its Ingress; those of ingress-nginx are known.

use std::net::IpAddr;

use super::ingress_controller::controller;
use super::{Failure, Network};
use crate::cluster::object::{Ingress, Pod};
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress_nginx::{CONTROLLER, Denied, denied};
use crate::netfilter::Packet;

/// RFC 9110, 15.5.2 and 15.5.4.
const UNAUTHORIZED: u16 = 401;
const FORBIDDEN: u16 = 403;

/// The status with which a controller's pod refuses a request, by the annotations of the Ingress.
pub(super) fn refusal(
    network: &Network,
    pod: &Pod,
    ingress: &Ingress,
    (request, packet): (&HttpRequest, &Packet),
) -> Option<(u16, Failure)> {
    if controller(pod) != Some(CONTROLLER) {
        return None;
    }
    match denied(ingress, client_of(network, pod, packet), request)? {
        Denied::Address => Some((FORBIDDEN, Failure::AddressNotServed)),
        Denied::Credentials => Some((UNAUTHORIZED, Failure::CredentialsMissing)),
    }
}

/// The address that nginx takes for the client's; `None` if a ConfigMap of its namespace makes it read another one.
fn client_of(network: &Network, pod: &Pod, packet: &Packet) -> Option<IpAddr> {
    let mut objects = network.resolved.not_modelled.iter();
    let reads_another = objects.any(|object| {
        let is_true = |key: &str| {
            let data = object.tree.get("data");
            data.and_then(|data| data.get(key)?.as_str()) == Some("true")
        };
        let is_near = object.namespace() == pod.metadata.namespace && object.kind == "ConfigMap";
        is_near && (is_true("use-forwarded-headers") || is_true("use-proxy-protocol"))
    });
    (!reads_another).then(|| packet.source.ip())
}
