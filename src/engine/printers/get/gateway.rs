//! `kubectl get` of the Gateway API's kinds: `additionalPrinterColumns` of their CRDs.

use super::{Detail, Printer, age, name, other};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, items, text};

pub(crate) const GATEWAY_CLASS: Printer = Printer {
    columns: &["NAME", "CONTROLLER", "ACCEPTED", "AGE"],
    wide_columns: &["DESCRIPTION"],
    row: |class, _, now| {
        vec![
            name(class),
            text(class, "spec.controllerName").to_owned(),
            condition(class, "Accepted"),
            age(class, now),
            text(class, "spec.description").to_owned(),
        ]
    },
};

pub(crate) const GATEWAY: Printer = Printer {
    columns: &["NAME", "CLASS", "ADDRESS", "PROGRAMMED", "AGE"],
    wide_columns: &[],
    row: |gateway, _, now| {
        let addresses = items(gateway, "status.addresses").iter();
        let addresses: Vec<&str> = addresses.map(|address| text(address, "value")).collect();
        vec![
            name(gateway),
            text(gateway, "spec.gatewayClassName").to_owned(),
            addresses.join(","),
            condition(gateway, "Programmed"),
            age(gateway, now),
        ]
    },
};

pub(crate) const LISTENER_SET: Printer = Printer {
    columns: &["NAME", "ACCEPTED", "PROGRAMMED", "AGE"],
    wide_columns: &[],
    row: |set, _, now| {
        vec![
            name(set),
            condition(set, "Accepted"),
            condition(set, "Programmed"),
            age(set, now),
        ]
    },
};

pub(crate) const HTTP_ROUTE: Printer = WITH_HOSTNAMES;
pub(crate) const GRPC_ROUTE: Printer = WITH_HOSTNAMES;
pub(crate) const TLS_ROUTE: Printer = other::ANY;
pub(crate) const TCP_ROUTE: Printer = other::ANY;
pub(crate) const UDP_ROUTE: Printer = other::ANY;
pub(crate) const REFERENCE_GRANT: Printer = other::ANY;

const WITH_HOSTNAMES: Printer = Printer {
    columns: &["NAME", "HOSTNAMES", "AGE"],
    wide_columns: &[],
    row: hostnames_row,
};

fn hostnames_row(route: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let hostnames =
        at(route, "spec.hostnames").map(|list| serde_json::Value::from(list).to_string());
    vec![name(route), hostnames.unwrap_or_default(), age(route, now)]
}

/// The status of a condition, empty if there is none.
fn condition(object: &Yaml, kind: &str) -> String {
    let mut conditions = items(object, "status.conditions").iter();
    let found = conditions.find(|condition| text(condition, "type") == kind);
    found
        .map(|condition| text(condition, "status").to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_gateway_shows_its_addresses_and_whether_it_is_programmed() {
        let row = cells(
            r#"{"kind": "Gateway", "metadata": {"name": "front"}, "spec": {"gatewayClassName": "hop"},
                "status": {"addresses": [{"value": "192.0.2.1"}], "conditions": [{"type": "Programmed", "status": "True"}]}}"#,
        );
        assert_eq!(row[..4], ["front", "hop", "192.0.2.1", "True"]);
    }

    #[test]
    fn the_hostnames_of_a_route_are_a_list_in_json() {
        let row = cells(r#"{"kind": "HTTPRoute", "spec": {"hostnames": ["a.example", "*.b"]}}"#);
        assert_eq!(row[1], r#"["a.example","*.b"]"#);
    }
}
