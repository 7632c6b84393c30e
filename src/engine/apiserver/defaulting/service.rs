//! Defaults of a Service (`pkg/apis/core/v1/defaults.go` `SetDefaults_Service`); addresses and ports are given out
//! afterwards (`allocate`).

use super::{absent, each, ensure, has, map, put, text, text_of};
use crate::manifest::tree::{Yaml, YamlValue};

/// How long a client stays with its endpoint when nothing else is said: three hours, in seconds.
const AFFINITY_SECONDS: i64 = 10_800;

/// Fills in what a Service leaves open.
pub(crate) fn fill(service: &mut Yaml) {
    let spec = ensure(service, "spec");
    absent(spec, "sessionAffinity", text("None"));
    affinity(spec);
    absent(spec, "type", text("ClusterIP"));
    each(spec, "ports", port);
    traffic_policies(spec);
    if text_of(spec, "type") == "LoadBalancer" {
        absent(spec, "allocateLoadBalancerNodePorts", YamlValue::Bool(true));
    }
    put(service, "status", map([("loadBalancer", map([]))]));
}

fn affinity(spec: &mut Yaml) {
    match text_of(spec, "sessionAffinity") {
        "None" => drop(spec.remove("sessionAffinityConfig")),
        "ClientIP" => {
            let client = spec
                .get("sessionAffinityConfig")
                .and_then(|config| config.get("clientIP"));
            if client.is_none_or(|client| !has(client, "timeoutSeconds")) {
                let seconds = map([("timeoutSeconds", YamlValue::Int(AFFINITY_SECONDS))]);
                put(spec, "sessionAffinityConfig", map([("clientIP", seconds)]));
            }
        }
        _ => {}
    }
}

fn port(port: &mut Yaml) {
    absent(port, "protocol", text("TCP"));
    let number = port
        .get("port")
        .map_or(YamlValue::Int(0), |number| number.value.clone());
    absent(port, "targetPort", number);
}

fn traffic_policies(spec: &mut Yaml) {
    let kind = text_of(spec, "type").to_owned();
    if is_externally_accessible(spec) {
        absent(spec, "externalTrafficPolicy", text("Cluster"));
    }
    if ["ClusterIP", "NodePort", "LoadBalancer"].contains(&kind.as_str()) {
        absent(spec, "internalTrafficPolicy", text("Cluster"));
    }
}

fn is_externally_accessible(spec: &Yaml) -> bool {
    match text_of(spec, "type") {
        "NodePort" | "LoadBalancer" => true,
        "ClusterIP" => has(spec, "externalIPs"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_port_goes_to_the_container_port_of_its_number() {
        let mut service = node(r#"{"spec":{"ports":[{"port":80}]}}"#);
        fill(&mut service);
        let ports = service
            .get("spec")
            .and_then(|spec| spec.get("ports"))
            .expect("was written");
        assert_eq!(
            *ports,
            node(r#"[{"port":80,"protocol":"TCP","targetPort":80}]"#)
        );
    }
}
