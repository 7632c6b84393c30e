//! Defaults of Endpoints and EndpointSlices: ports speak TCP; a slice's port has a name, be it the empty one
//! (`pkg/apis/core/v1/defaults.go`, `pkg/apis/discovery/v1/defaults.go`).

use super::{absent, each, text};
use crate::manifest::tree::{Yaml, YamlValue};

/// Fills in what Endpoints leave open.
pub(crate) fn fill(endpoints: &mut Yaml) {
    each(endpoints, "subsets", |subset| {
        each(subset, "ports", |port| {
            absent(port, "protocol", text("TCP"));
        });
    });
}

/// Fills in what an EndpointSlice leaves open.
pub(crate) fn fill_slice(slice: &mut Yaml) {
    each(slice, "ports", |port| {
        absent(port, "name", text(""));
        absent(port, "protocol", text("TCP"));
    });
    each(slice, "endpoints", |endpoint| {
        absent(endpoint, "conditions", super::map([]));
        // What v1beta1 called topology is dropped from objects of v1 (`dropTopologyOnV1`).
        endpoint.remove("deprecatedTopology");
    });
    for list in ["endpoints", "ports"] {
        absent(slice, list, YamlValue::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_slice_without_ports_has_null_for_them() {
        let mut slice = node(r#"{"endpoints":[{"addresses":["10.0.0.1"]}]}"#);
        fill_slice(&mut slice);
        assert_eq!(
            slice,
            node(r#"{"endpoints":[{"addresses":["10.0.0.1"],"conditions":{}}],"ports":null}"#)
        );
    }
}
