//! The annotations that ingress-nginx reads, by their names without the prefix.
//! Source: kubernetes/ingress-nginx `docs/user-guide/nginx-configuration/annotations.md`, `annotations-risk.md`,
//! `internal/ingress/annotations/backendprotocol`.

use super::PREFIX;
use crate::syntax::typo_distance;

/// What the annotations of its first versions began with.
const FORMER_PREFIX: &str = "ingress.kubernetes.io/";

/// The annotations of an Ingress.
const NAMES: &[&str] = &[
    "affinity",
    "affinity-canary-behavior",
    "affinity-mode",
    "allowlist-source-range",
    "app-root",
    "auth-always-set-cookie",
    "auth-cache-duration",
    "auth-cache-key",
    "auth-keepalive",
    "auth-keepalive-requests",
    "auth-keepalive-share-vars",
    "auth-keepalive-timeout",
    "auth-method",
    "auth-proxy-set-headers",
    "auth-realm",
    "auth-request-redirect",
    "auth-response-headers",
    "auth-secret",
    "auth-secret-type",
    "auth-signin",
    "auth-signin-redirect-param",
    "auth-snippet",
    "auth-tls-error-page",
    "auth-tls-match-cn",
    "auth-tls-pass-certificate-to-upstream",
    "auth-tls-secret",
    "auth-tls-verify-client",
    "auth-tls-verify-depth",
    "auth-type",
    "auth-url",
    "backend-protocol",
    "canary",
    "canary-by-cookie",
    "canary-by-header",
    "canary-by-header-pattern",
    "canary-by-header-value",
    "canary-weight",
    "canary-weight-total",
    "client-body-buffer-size",
    "configuration-snippet",
    "connection-proxy-header",
    "cors-allow-credentials",
    "cors-allow-headers",
    "cors-allow-methods",
    "cors-allow-origin",
    "cors-expose-headers",
    "cors-max-age",
    "custom-headers",
    "custom-http-errors",
    "default-backend",
    "denylist-source-range",
    "disable-proxy-intercept-errors",
    "enable-access-log",
    "enable-cors",
    "enable-global-auth",
    "enable-modsecurity",
    "enable-opentelemetry",
    "enable-owasp-core-rules",
    "enable-rewrite-log",
    "fastcgi-index",
    "fastcgi-params-configmap",
    "force-ssl-redirect",
    "from-to-www-redirect",
    "http2-push-preload",
    "limit-allowlist",
    "limit-burst-multiplier",
    "limit-connections",
    "limit-rate",
    "limit-rate-after",
    "limit-rpm",
    "limit-rps",
    "limit-whitelist",
    "load-balance",
    "mirror-host",
    "mirror-request-body",
    "mirror-target",
    "modsecurity-snippet",
    "modsecurity-transaction-id",
    "opentelemetry-operation-name",
    "opentelemetry-trust-incoming-span",
    "permanent-redirect",
    "permanent-redirect-code",
    "preserve-trailing-slash",
    "proxy-body-size",
    "proxy-buffer-size",
    "proxy-buffering",
    "proxy-buffers-number",
    "proxy-busy-buffers-size",
    "proxy-connect-timeout",
    "proxy-cookie-domain",
    "proxy-cookie-path",
    "proxy-http-version",
    "proxy-max-temp-file-size",
    "proxy-next-upstream",
    "proxy-next-upstream-timeout",
    "proxy-next-upstream-tries",
    "proxy-read-timeout",
    "proxy-redirect-from",
    "proxy-redirect-to",
    "proxy-request-buffering",
    "proxy-send-timeout",
    "proxy-ssl-ciphers",
    "proxy-ssl-name",
    "proxy-ssl-protocols",
    "proxy-ssl-secret",
    "proxy-ssl-server-name",
    "proxy-ssl-verify",
    "proxy-ssl-verify-depth",
    "relative-redirects",
    "rewrite-target",
    "satisfy",
    "server-alias",
    "server-snippet",
    "service-upstream",
    "session-cookie-change-on-failure",
    "session-cookie-conditional-samesite-none",
    "session-cookie-domain",
    "session-cookie-expires",
    "session-cookie-max-age",
    "session-cookie-name",
    "session-cookie-partitioned",
    "session-cookie-path",
    "session-cookie-samesite",
    "session-cookie-secure",
    "ssl-ciphers",
    "ssl-passthrough",
    "ssl-prefer-server-ciphers",
    "ssl-redirect",
    "stream-snippet",
    "temporal-redirect",
    "temporal-redirect-code",
    "upstream-hash-by",
    "upstream-hash-by-subset",
    "upstream-hash-by-subset-size",
    "upstream-vhost",
    "use-port-in-redirects",
    "use-regex",
    "whitelist-source-range",
    "x-forwarded-prefix",
];

/// Annotations of earlier versions. They are not misspelt, although some are like one of today.
const FORMER_NAMES: &[&str] = &[
    "add-base-url",
    "base-url-scheme",
    "enable-influxdb",
    "enable-opentracing",
    "global-rate-limit",
    "global-rate-limit-ignored-cidrs",
    "global-rate-limit-key",
    "global-rate-limit-window",
    "grpc-backend",
    "influxdb-host",
    "influxdb-measurement",
    "influxdb-port",
    "influxdb-server-name",
    "lua-resty-waf",
    "opentracing-trust-incoming-span",
    "secure-backends",
    "secure-verify-ca-secret",
    "session-cookie-hash",
    "upstream-fail-timeout",
    "upstream-max-fails",
];

/// The values of `backend-protocol`; for any other one the controller speaks HTTP.
pub(crate) const BACKEND_PROTOCOLS: [&str; 6] =
    ["AUTO_HTTP", "HTTP", "HTTPS", "GRPC", "GRPCS", "FCGI"];

/// The annotation that a key with the prefix most likely means; `None` if the key is one, or is like none of them.
pub(crate) fn meant_annotation(key: &str) -> Option<String> {
    let name = key.strip_prefix(PREFIX)?;
    if NAMES.contains(&name) || FORMER_NAMES.contains(&name) {
        return None;
    }
    let distance = |own: &str| {
        if own.eq_ignore_ascii_case(name) {
            return Some(0);
        }
        typo_distance(name, own)
    };
    let near = NAMES.iter().filter_map(|own| Some((distance(own)?, *own)));
    let (_, meant) = near.min()?;
    Some(format!("{PREFIX}{meant}"))
}

/// The annotation of today for one with the prefix of the first versions.
pub(crate) fn with_prefix_of_today(key: &str) -> Option<String> {
    let name = key.strip_prefix(FORMER_PREFIX)?;
    NAMES.contains(&name).then(|| format!("{PREFIX}{name}"))
}

/// Whether the controller knows a value of `backend-protocol`; it reads it without regard to case.
pub(crate) fn is_backend_protocol(value: &str) -> bool {
    let value = value.trim();
    let mut known = BACKEND_PROTOCOLS.iter();
    known.any(|own| own.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_annotation_means_the_one_that_is_nearest() {
        let meant = |name: &str| meant_annotation(&format!("{PREFIX}{name}"));
        for (written, expected) in [
            ("backend-protocal", Some("backend-protocol")),
            ("Rewrite-Target", Some("rewrite-target")),
            ("proxy-body-sise", Some("proxy-body-size")),
            ("rewrite-target", None),
            ("limit-rpm", None),
            ("session-cookie-hash", None),
            ("our-own", None),
        ] {
            let expected = expected.map(|name| format!("{PREFIX}{name}"));
            assert_eq!(meant(written), expected, "{written}");
        }
        assert_eq!(meant_annotation("example.com/rewrite-targt"), None);
    }

    #[test]
    fn the_first_versions_had_another_prefix() {
        let of_today = with_prefix_of_today("ingress.kubernetes.io/rewrite-target");
        assert_eq!(of_today, Some(format!("{PREFIX}rewrite-target")));
        assert_eq!(
            with_prefix_of_today("ingress.kubernetes.io/balance-algorithm"),
            None
        );
        assert_eq!(with_prefix_of_today("nginx.org/rewrites"), None);
    }

    #[test]
    fn protocols_are_read_without_regard_to_case() {
        for (value, expected) in [
            ("HTTPS", true),
            ("https", true),
            (" GRPC ", true),
            ("HTTP2", false),
            ("h2c", false),
            ("", false),
        ] {
            assert_eq!(is_backend_protocol(value), expected, "{value}");
        }
    }
}
