//! `kubectl describe endpoints` and `kubectl describe endpointslice`.

use super::head;
use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, items, or, scalar, text, text_or, texts};
use crate::printers::table::Page;

pub(crate) fn endpoints(page: &mut Page, endpoints: &Yaml) {
    head(page, endpoints);
    page.line(0, "Subsets:");
    for subset in items(endpoints, "subsets") {
        page.line(1, format!("Addresses:\t{}", addresses(subset, "addresses")));
        page.line(
            1,
            format!(
                "NotReadyAddresses:\t{}",
                addresses(subset, "notReadyAddresses")
            ),
        );
        let ports = items(subset, "ports");
        if !ports.is_empty() {
            page.line(1, "Ports:");
            port_table(page, 2, ports);
        }
        page.line(0, "");
    }
}

fn addresses(subset: &Yaml, field: &str) -> String {
    let list: Vec<&str> = items(subset, field)
        .iter()
        .map(|address| text(address, "ip"))
        .collect();
    or(&list.join(","), "<none>").to_owned()
}

fn port_table(page: &mut Page, level: usize, ports: &[Yaml]) {
    page.line(level, "Name\tPort\tProtocol");
    page.line(level, "----\t----\t--------");
    for port in ports {
        let number = scalar(port, "port");
        let cells = [
            text_or(port, "name", "<unset>"),
            or(&number, "<unset>"),
            text(port, "protocol"),
        ];
        page.line(level, cells.join("\t"));
    }
}

pub(crate) fn slice(page: &mut Page, slice: &Yaml) {
    head(page, slice);
    page.field("AddressType", text(slice, "addressType"));
    match items(slice, "ports") {
        [] => page.line(0, "Ports: <unset>"),
        ports => {
            page.line(0, "Ports:");
            port_table(page, 1, ports);
        }
    }
    match items(slice, "endpoints") {
        [] => page.line(0, "Endpoints: <none>"),
        endpoints => {
            page.line(0, "Endpoints:");
            for endpoint in endpoints {
                self::endpoint(page, endpoint);
            }
        }
    }
}

fn endpoint(page: &mut Page, endpoint: &Yaml) {
    page.line(
        1,
        format!(
            "- Addresses:\t{}",
            or(&texts(endpoint, "addresses").join(", "), "<none>")
        ),
    );
    page.line(2, "Conditions:");
    page.line(
        3,
        format!(
            "Ready:\t{}",
            or(&scalar(endpoint, "conditions.ready"), "<unset>")
        ),
    );
    page.line(2, format!("Hostname:\t{}", or_unset(endpoint, "hostname")));
    if let Some(target) = at(endpoint, "targetRef") {
        page.line(
            2,
            format!(
                "TargetRef:\t{}/{}",
                text(target, "kind"),
                text(target, "name")
            ),
        );
    }
    page.line(2, format!("NodeName:\t{}", or_unset(endpoint, "nodeName")));
    page.line(2, format!("Zone:\t{}", or_unset(endpoint, "zone")));
}

/// A text that may be set and empty, as the server keeps `hostname: ""`.
fn or_unset<'a>(endpoint: &'a Yaml, field: &str) -> &'a str {
    at(endpoint, field).map_or("<unset>", |node| node.as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::described;

    #[test]
    fn a_slice_prints_each_endpoint_with_its_topology() {
        let endpoint =
            r#"{"addresses": ["10.0.0.1"], "conditions": {"ready": true}, "nodeName": "node-1"}"#;
        let said = described(&[&format!(
            r#"{{"kind": "EndpointSlice", "endpoints": [{endpoint}]}}"#
        )]);
        expect![[r#"
            Name:         
            Namespace:    
            Labels:       <none>
            Annotations:  <none>
            AddressType:  
            Ports: <unset>
            Endpoints:
              - Addresses:  10.0.0.1
                Conditions:
                  Ready:   true
                Hostname:  <unset>
                NodeName:  node-1
                Zone:      <unset>
            Events:        <none>
        "#]]
        .assert_eq(&said);
    }
    #[test]
    fn a_hostname_that_is_set_and_empty_is_printed_empty() {
        let endpoint = r#"{"addresses": ["10.0.0.1"], "hostname": ""}"#;
        let said = described(&[&format!(
            r#"{{"kind": "EndpointSlice", "endpoints": [{endpoint}]}}"#
        )]);
        assert!(said.contains("    Hostname:  \n"), "{said}");
    }
}
