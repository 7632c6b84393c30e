//! Redirects of ingress-nginx as filters `RequestRedirect`.

use kubehop_engine::cluster::object::Ingress;
use serde_json::{Value, json};

use super::annotations;

/// The status with which ingress-nginx leads to HTTPS (`http-redirect-code`).
const TO_HTTPS: u16 = 308;

/// The filter that leads to HTTPS.
pub(super) fn to_https() -> Value {
    filter(json!({"scheme": "https", "statusCode": TO_HTTPS}))
}

/// The redirect of `app-root`, for the path `/` alone.
pub(super) fn app_root(ingress: &Ingress) -> Option<Value> {
    let root = annotations::value(ingress, "app-root").filter(|root| root.starts_with('/'))?;
    Some(filter(json!({"path": full(root), "statusCode": 302})))
}

/// The redirect of all requests that an annotation asks for; an error says why it has no equivalent.
pub(super) fn elsewhere(ingress: &Ingress) -> Option<Result<Value, String>> {
    for (name, status) in [("permanent-redirect", 301), ("temporal-redirect", 302)] {
        let Some(address) = annotations::value(ingress, name) else {
            continue;
        };
        let code = annotations::value(ingress, &format!("{name}-code"));
        let status = code.and_then(|code| code.parse().ok()).unwrap_or(status);
        let redirect = [301, 302, 303, 307, 308]
            .contains(&status)
            .then(|| redirect(address, status));
        let why = || format!("Not converted: {name}: {address}: a RequestRedirect cannot say it.");
        return Some(redirect.flatten().ok_or_else(why));
    }
    None
}

/// `scheme://host[:port][/path]`, without variables of nginx; a query would be replaced by the request's own.
fn redirect(address: &str, status: u16) -> Option<Value> {
    let (scheme, rest) = address.split_once("://")?;
    if !["http", "https"].contains(&scheme) || address.contains(['$', '?', '#']) {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let mut redirect = json!({"scheme": scheme, "path": full(path), "statusCode": status});
    match authority.split_once(':') {
        Some((host, port)) => {
            redirect["hostname"] = host.into();
            redirect["port"] = port.parse::<u16>().ok()?.into();
        }
        None => redirect["hostname"] = authority.into(),
    }
    Some(filter(redirect))
}

fn full(path: &str) -> Value {
    json!({"type": "ReplaceFullPath", "replaceFullPath": path})
}

fn filter(redirect: Value) -> Value {
    json!({"type": "RequestRedirect", "requestRedirect": redirect})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let found = redirect("https://new.example.com:8443/a", 301).expect("it has an equivalent");
        let redirect_to = &found["requestRedirect"];
        assert_eq!(redirect_to["hostname"], "new.example.com");
        assert_eq!(redirect_to["port"], 8443);
        assert_eq!(redirect_to["path"]["replaceFullPath"], "/a");
        for address in [
            "https://$host/a",
            "/a",
            "https://a.com/?b=c",
            "https://a.com:x/",
        ] {
            assert_eq!(redirect(address, 301), None, "{address}");
        }
    }
}
