//! `kubectl get endpoints` and `kubectl get endpointslices`: the first prints the ready addresses, the second all of
//! them.

use super::{Detail, Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::Timestamp;
use crate::printers::fields::{at, first_three, host_port, items, number, or, scalar, text};

pub(crate) const ENDPOINTS: Printer = Printer {
    columns: &["NAME", "ENDPOINTS", "AGE"],
    wide_columns: &[],
    row: endpoints_row,
};

pub(crate) const ENDPOINT_SLICE: Printer = Printer {
    columns: &["NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"],
    wide_columns: &[],
    row: slice_row,
};

fn endpoints_row(endpoints: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let subsets = items(endpoints, "subsets");
    let ready: Vec<String> = subsets.iter().flat_map(ready_addresses).collect();
    // Subsets without a ready address leave the cell empty; only without subsets is it `<none>`.
    let cell = if subsets.is_empty() {
        "<none>".to_owned()
    } else {
        first_three(&ready)
    };
    vec![name(endpoints), cell, age(endpoints, now)]
}

/// The ready addresses of a subset, once for each port.
fn ready_addresses(subset: &Yaml) -> Vec<String> {
    let addresses = || {
        items(subset, "addresses")
            .iter()
            .map(|address| text(address, "ip"))
    };
    match items(subset, "ports") {
        [] => addresses().map(str::to_owned).collect(),
        ports => {
            let with_port =
                |port| addresses().map(move |address| host_port(address, number(port, "port")));
            ports.iter().flat_map(with_port).collect()
        }
    }
}

fn slice_row(slice: &Yaml, _: Detail, now: Timestamp) -> Vec<String> {
    let ports: Vec<String> = items(slice, "ports").iter().map(port).collect();
    let addresses = items(slice, "endpoints")
        .iter()
        .flat_map(|endpoint| items(endpoint, "addresses"));
    let addresses: Vec<String> = addresses
        .filter_map(Yaml::as_str)
        .map(str::to_owned)
        .collect();
    vec![
        name(slice),
        text(slice, "addressType").to_owned(),
        or(&first_three(&ports), "<unset>").to_owned(),
        or(&first_three(&addresses), "<unset>").to_owned(),
        age(slice, now),
    ]
}

fn port(port: &Yaml) -> String {
    match (at(port, "port"), at(port, "name")) {
        (Some(_), _) => scalar(port, "port"),
        (None, Some(_)) => text(port, "name").to_owned(),
        (None, None) => "*".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn addresses_that_are_not_ready_leave_the_cell_empty() {
        let subset = r#"{"notReadyAddresses": [{"ip": "10.0.0.1"}], "ports": [{"port": 80}]}"#;
        let with = format!(r#"{{"kind": "Endpoints", "subsets": [{subset}]}}"#);
        assert_eq!(
            (
                cells(&with)[1].as_str(),
                cells(r#"{"kind": "Endpoints"}"#)[1].as_str()
            ),
            ("", "<none>")
        );
    }

    #[test]
    fn a_slice_lists_those_that_are_not_ready_too() {
        let endpoint = r#"{"addresses": ["10.0.0.1"], "conditions": {"ready": false}}"#;
        let row = cells(&format!(
            r#"{{"kind": "EndpointSlice", "endpoints": [{endpoint}], "ports": [{{}}]}}"#
        ));
        assert_eq!((row[2].as_str(), row[3].as_str()), ("*", "10.0.0.1"));
    }
}
