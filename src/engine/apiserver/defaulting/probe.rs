//! Defaults of probes and of the hooks of a container's life (`SetDefaults_Probe`, `SetDefaults_HTTPGetAction`).

use super::{absent, each, ensure, has, text};
use crate::manifest::tree::{Yaml, YamlValue};

/// Fills in the probes and hooks of a container.
pub(super) fn fill(container: &mut Yaml) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if let Some(probe) = container.get_mut(name) {
            fill_probe(probe);
        }
    }
    for hook in ["postStart", "preStop"] {
        if let Some(handler) = container
            .get_mut("lifecycle")
            .and_then(|lifecycle| lifecycle.get_mut(hook))
        {
            fill_http(handler);
        }
    }
}

fn fill_probe(probe: &mut Yaml) {
    for (field, seconds) in [
        ("timeoutSeconds", 1),
        ("periodSeconds", 10),
        ("successThreshold", 1),
        ("failureThreshold", 3),
    ] {
        absent(probe, field, YamlValue::Int(seconds));
    }
    fill_http(probe);
    if let Some(grpc) = probe.get_mut("grpc") {
        absent(grpc, "service", text(""));
    }
}

fn fill_http(handler: &mut Yaml) {
    if has(handler, "httpGet") {
        let request = ensure(handler, "httpGet");
        absent(request, "path", text("/"));
        absent(request, "scheme", text("HTTP"));
        // The server writes the value of a header even when it is empty.
        each(request, "httpHeaders", |header| {
            absent(header, "value", text(""));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    #[test]
    fn a_header_has_a_value() {
        let mut container =
            node(r#"{"readinessProbe":{"httpGet":{"port":80,"httpHeaders":[{"name":"X"}]}}}"#);
        fill(&mut container);
        let stored = to_json(Some(&container));
        assert!(
            stored.contains(r#""httpHeaders":[{"name":"X","value":""}]"#),
            "{stored}"
        );
    }
}
