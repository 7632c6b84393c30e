//! Hand-written Endpoints of a Service that has a selector: the endpoints controller owns the object of that name, and writes
//! the selected pods into it (kubernetes `pkg/controller/endpoint/endpoints_controller.go`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::controllers::endpointslices::is_kept;
use crate::diagnostic::{Fault, SliceFault};
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::resolve::Stored;

/// Every such object with an address that the controller does not write.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let stored = survey.resolved.of_kind(Kind::Endpoints);
    let written = stored.filter(|own| own.written.is_some());
    written
        .filter_map(|own| of_endpoints(survey, own))
        .collect()
}

fn of_endpoints(survey: &Survey, stored: &Stored) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let service: &Service = cluster.services.get(&stored.name)?;
    // Without a pod, the Service's lack of endpoints says it.
    if !is_kept(service) || survey.pods.selected(service).is_empty() {
        return None;
    }
    let kept = &cluster.endpoints.get(&stored.name)?.subsets;
    let is_written = |address: &str| {
        let mut all = kept
            .iter()
            .flat_map(|own| own.addresses.iter().chain(&own.not_ready_addresses));
        all.any(|own| own.ip == address)
    };
    let subsets = stored.tree.get("subsets").map_or(&[][..], Yaml::items);
    let addresses = subsets
        .iter()
        .flat_map(|own| own.get("addresses").map_or(&[][..], Yaml::items));
    let mut written = addresses.filter_map(|own| own.get("ip")?.as_str());
    written.find(|own| !is_written(own))?;
    let fault = Fault::Slice(SliceFault::EndpointsOverwritten {
        service: stored.name.name.to_string(),
    });
    let mut evidence = vec![Evidence::of(stored, "subsets")];
    let own = survey.resolved.get(Kind::Service, &stored.name);
    evidence.extend(own.map(|own| Evidence::of(own, "spec.selector")));
    Some(Cause::certain(fault, evidence))
}
