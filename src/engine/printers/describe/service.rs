//! `kubectl describe service`. Since 1.32 it reads EndpointSlices; before, it read Endpoints.

use super::{DescribeContext, head, label_field};
use crate::cluster::object::label::SERVICE_NAME;
use crate::labels::Selector;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{
    at, host_port, is_true, items, number, or, scalar, text, text_or, texts,
};
use crate::printers::table::Page;
use crate::sort;

pub(crate) fn service(page: &mut Page, service: &Yaml, context: DescribeContext) {
    head(page, service);
    label_field(page, "Selector", service, "spec.selector");
    page.field("Type", text(service, "spec.type"));
    addresses(page, service);
    let slices = slices_of(
        context,
        text(service, "metadata.namespace"),
        text(service, "metadata.name"),
    );
    for port in items(service, "spec.ports") {
        self::port(page, port, &slices);
    }
    page.field("Session Affinity", text(service, "spec.sessionAffinity"));
    page.field_if_set(
        "External Traffic Policy",
        text(service, "spec.externalTrafficPolicy"),
    );
    page.field_if_set(
        "Internal Traffic Policy",
        text(service, "spec.internalTrafficPolicy"),
    );
    if number(service, "spec.healthCheckNodePort") != 0 {
        page.field(
            "HealthCheck NodePort",
            scalar(service, "spec.healthCheckNodePort"),
        );
    }
    page.field_if_set(
        "LoadBalancer Source Ranges",
        texts(service, "spec.loadBalancerSourceRanges").join(","),
    );
    page.field_if_set(
        "Traffic Distribution",
        text(service, "spec.trafficDistribution"),
    );
}

fn addresses(page: &mut Page, service: &Yaml) {
    page.field_if_set("IP Family Policy", text(service, "spec.ipFamilyPolicy"));
    page.field(
        "IP Families",
        or(&texts(service, "spec.ipFamilies").join(","), "<none>"),
    );
    page.field("IP", text(service, "spec.clusterIP"));
    page.field(
        "IPs",
        or(&texts(service, "spec.clusterIPs").join(","), "<none>"),
    );
    page.field_if_set("External IPs", texts(service, "spec.externalIPs").join(","));
    page.field_if_set(
        "Desired LoadBalancer IP",
        text(service, "spec.loadBalancerIP"),
    );
    page.field_if_set("External Name", text(service, "spec.externalName"));
    let given: Vec<String> = items(service, "status.loadBalancer.ingress")
        .iter()
        .map(given_address)
        .collect();
    page.field_if_set("LoadBalancer Ingress", given.join(", "));
}

fn given_address(given: &Yaml) -> String {
    match (text(given, "ip"), text(given, "ipMode")) {
        ("", _) => text(given, "hostname").to_owned(),
        (ip, "") => ip.to_owned(),
        (ip, mode) => format!("{ip} ({mode})"),
    }
}

fn port(page: &mut Page, port: &Yaml, slices: &[&Yaml]) {
    let (name, protocol) = (text_or(port, "name", "<unset>"), text(port, "protocol"));
    page.field(
        "Port",
        format!("{name}\t{}/{protocol}", number(port, "port")),
    );
    page.field(
        "TargetPort",
        format!("{}/{protocol}", or(&scalar(port, "targetPort"), "0")),
    );
    if at(port, "appProtocol").is_some() {
        page.field("AppProtocol", text(port, "appProtocol"));
    }
    if number(port, "nodePort") != 0 {
        page.field(
            "NodePort",
            format!("{name}\t{}/{protocol}", number(port, "nodePort")),
        );
    }
    page.field("Endpoints", endpoints(slices, text(port, "name")));
}

/// The slices of a Service, in order of their names.
pub(crate) fn slices_of<'a>(
    context: DescribeContext<'a>,
    namespace: &str,
    service: &str,
) -> Vec<&'a Yaml> {
    let selector = Selector::equal_to(&sort::map([(SERVICE_NAME.into(), service.into())]));
    context
        .store
        .selected("EndpointSlice", namespace, &selector)
        .into_iter()
        .map(|item| &*item.tree)
        .collect()
}

/// The ready endpoints of a port, the first three of them (`formatEndpointSlices`). Without slices it is `<none>`; with
/// slices without a ready endpoint it is empty.
pub(crate) fn endpoints(slices: &[&Yaml], port: &str) -> String {
    if slices.is_empty() {
        return "<none>".to_owned();
    }
    let mut list = List::default();
    for slice in slices {
        match items(slice, "ports") {
            [] => {
                for endpoint in items(slice, "endpoints") {
                    list.take(endpoint, None);
                }
            }
            ports => {
                for port in ports.iter().filter(|it| text(it, "name") == port) {
                    for endpoint in items(slice, "endpoints") {
                        list.take(endpoint, Some(port));
                    }
                }
            }
        }
    }
    list.words()
}

/// How many endpoints are shown.
const SHOWN: usize = 3;

/// The endpoints so far. Any endpoint after the third, ready or not, adds the words `more`.
#[derive(Default)]
struct List {
    shown: Vec<String>,
    count: usize,
    has_more: bool,
}

impl List {
    fn take(&mut self, endpoint: &Yaml, port: Option<&Yaml>) {
        self.has_more |= self.shown.len() == SHOWN;
        if at(endpoint, "conditions.ready").is_some() && !is_true(endpoint, "conditions.ready") {
            return;
        }
        self.count += 1;
        if !self.has_more {
            let address = texts(endpoint, "addresses")
                .first()
                .copied()
                .unwrap_or_default();
            let with_port = port.map(|port| host_port(address, number(port, "port")));
            self.shown
                .push(with_port.unwrap_or_else(|| address.to_owned()));
        }
    }

    fn words(self) -> String {
        let list = self.shown.join(",");
        if self.has_more {
            format!("{list} + {} more...", self.count - SHOWN)
        } else {
            list
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    const SERVICE: &str = r#"{"kind": "Service", "metadata": {"name": "web", "namespace": "default"},
        "spec": {"ports": [{"port": 80, "targetPort": 8080, "protocol": "TCP"}]}}"#;

    fn slice(endpoints: &str) -> String {
        let labels = r#""labels": {"kubernetes.io/service-name": "web"}"#;
        let metadata =
            format!(r#""metadata": {{"name": "web-1", "namespace": "default", {labels}}}"#);
        let ports = r#""ports": [{"name": "", "port": 8080}]"#;
        format!(r#"{{"kind": "EndpointSlice", {metadata}, {ports}, "endpoints": [{endpoints}]}}"#)
    }

    fn endpoints_line(said: &str) -> String {
        let line = said
            .lines()
            .find(|line| line.starts_with("Endpoints:"))
            .unwrap_or_default();
        line.trim_start_matches("Endpoints:").trim().to_owned()
    }

    #[test]
    fn without_slices_endpoints_are_none_and_without_a_ready_one_empty() {
        let unready = slice(r#"{"addresses": ["10.0.0.1"], "conditions": {"ready": false}}"#);
        assert_eq!(endpoints_line(&described(&[SERVICE])), "<none>");
        assert_eq!(endpoints_line(&described(&[SERVICE, &unready])), "");
    }

    #[test]
    fn a_fourth_endpoint_that_is_not_ready_leaves_no_more_to_count() {
        let ready = |n| format!(r#"{{"addresses": ["10.0.0.{n}"]}}"#);
        let unready = r#"{"addresses": ["10.0.0.4"], "conditions": {"ready": false}}"#.to_owned();
        let slice = slice(&[ready(1), ready(2), ready(3), unready].join(","));
        let line = endpoints_line(&described(&[SERVICE, &slice]));
        assert_eq!(
            line,
            "10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080 + 0 more..."
        );
    }
}
