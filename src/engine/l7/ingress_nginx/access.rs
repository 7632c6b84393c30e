//! Who may use a location of ingress-nginx: `whitelist-source-range`, `denylist-source-range` and `auth-type`.
//!
//! nginx compares the address that its connection comes from. A header `X-Forwarded-For` counts only with
//! `use-forwarded-headers`, the PROXY protocol only with `use-proxy-protocol`.
//! Source: kubernetes/ingress-nginx `internal/ingress/annotations/{ipallowlist,ipdenylist,auth}`.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{HttpRequest, annotation};
use crate::cluster::object::Ingress;

/// The annotations that list who may call; the first is the newer name.
pub(crate) const ALLOWED: [&str; 2] = ["allowlist-source-range", "whitelist-source-range"];
/// The annotation that lists who may not call.
pub(crate) const REFUSED: &str = "denylist-source-range";

/// Why nginx refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// The address that the connection comes from: 403.
    Address,
    /// A name and password are asked for: 401.
    Credentials,
}

/// Whether the annotations of an Ingress refuse a request that comes from an address; `None` for that address if what nginx
/// takes for the client's is not known.
pub(crate) fn denied(
    ingress: &Ingress,
    client: Option<IpAddr>,
    request: &HttpRequest,
) -> Option<Denied> {
    if annotation(ingress, "satisfy") == Some("any") {
        return None;
    }
    if client.is_some_and(|client| !may_call(ingress, client)) {
        return Some(Denied::Address);
    }
    let asks = matches!(annotation(ingress, "auth-type"), Some("basic" | "digest"));
    let has_secret = annotation(ingress, "auth-secret").is_some();
    let lacks = request.header("Authorization").is_none();
    (asks && has_secret && lacks).then_some(Denied::Credentials)
}

fn may_call(ingress: &Ingress, client: IpAddr) -> bool {
    let contains = |list: &[IpNet]| list.iter().any(|range| range.contains(&client));
    let refused = annotation(ingress, REFUSED).and_then(ranges);
    let allowed = ALLOWED.iter().find_map(|name| annotation(ingress, name));
    let allowed = allowed.and_then(ranges);
    refused.is_none_or(|list| !contains(&list)) && allowed.is_none_or(|list| contains(&list))
}

/// The ranges of a list; `None` if it is empty or one of them is wrong, for then the annotation is ignored.
fn ranges(list: &str) -> Option<Vec<IpNet>> {
    let parts = list
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let range = |part: &str| {
        let address: Option<IpAddr> = part.parse().ok();
        part.parse().ok().or(address.map(IpNet::from))
    };
    let ranges: Option<Vec<IpNet>> = parts.map(range).collect();
    ranges.filter(|ranges| !ranges.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    /// What becomes of a request from 203.0.113.7 by these annotations, without their prefix.
    fn asked(annotations: &[(&str, &str)]) -> Option<Denied> {
        let mut ingress: Ingress = object("metadata: {name: a}");
        for (name, value) in annotations {
            let key = format!("{}{name}", super::super::PREFIX);
            let annotations = &mut ingress.metadata.annotations;
            annotations.insert(key.as_str().into(), (*value).into());
        }
        let request = HttpRequest::of("a", "/");
        denied(&ingress, "203.0.113.7".parse().ok(), &request)
    }

    #[test]
    fn addresses_and_credentials_are_asked_for() {
        let outside = ("denylist-source-range", "203.0.113.0/24");
        for (annotations, expected) in [
            (vec![], None),
            (
                vec![("whitelist-source-range", "10.0.0.0/8")],
                Some(Denied::Address),
            ),
            (
                vec![("allowlist-source-range", "10.0.0.0/8, 203.0.113.7")],
                None,
            ),
            (vec![("whitelist-source-range", "10.0.0.0/33")], None),
            (vec![outside], Some(Denied::Address)),
            (vec![("auth-type", "basic")], None),
            (
                vec![("auth-type", "basic"), ("auth-secret", "users")],
                Some(Denied::Credentials),
            ),
            (vec![("satisfy", "any"), outside], None),
        ] {
            assert_eq!(asked(&annotations), expected, "{annotations:?}");
        }
    }
}
