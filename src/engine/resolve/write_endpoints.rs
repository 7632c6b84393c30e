//! The endpoint controllers and the kubelets, until nothing changes: a pod whose init container waits for an endpoint starts
//! when it is there, and may be the endpoint that another pod waits for.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::cluster::Cluster;
use crate::cluster::object::{EndpointSlice, Pod, label};
use crate::controllers::endpoints::endpoints_of;
use crate::controllers::endpointslices::{self, EndpointSliceContext, reconcile};
use crate::controllers::init_wait;
use crate::controllers::kubelet::{finish_init, finish_probe};
use crate::controllers::mirroring::{self, PER_SUBSET, is_mirrored, mirror};
use crate::controllers::pod_index::PodIndex;
use crate::names::ObjectName;

/// Writes the EndpointSlices and Endpoints of every Service, and mirrors hand-written Endpoints. Pods whose init containers
/// wait for an endpoint start when it is there, and may be what others wait for.
pub(super) fn write_endpoints(cluster: &mut Cluster) {
    write_slices(cluster);
    while end_init_containers(cluster) | let_probes_succeed(cluster) {
        write_slices(cluster);
    }
}

/// The probes that call a Service succeed when it answers; whether a pod has become ready by that.
fn let_probes_succeed(cluster: &mut Cluster) -> bool {
    let running = cluster
        .each_pod()
        .filter(|pod| pod.status.waiting_init.is_none());
    let waiting = running.filter(|pod| pod.status.waiting_probe);
    let answered = waiting.filter(|pod| init_wait::unmet_probe(cluster, pod).is_none());
    let answered: Vec<ObjectName> = answered.map(Pod::id).collect();
    for name in &answered {
        if let Some(pod) = cluster.pods.get_mut(name) {
            finish_probe(Arc::make_mut(pod));
        }
    }
    !answered.is_empty()
}

/// Ends the init containers that find what they wait for; whether a pod has started by that.
fn end_init_containers(cluster: &mut Cluster) -> bool {
    let all = cluster.each_pod();
    let waiting = all.filter(|pod| pod.status.waiting_init.is_some());
    let waiting = waiting.map(|pod| {
        let wait = init_wait::unmet(cluster, pod);
        (pod.id(), wait.map(|wait| wait.index))
    });
    let waiting: Vec<(ObjectName, Option<usize>)> = waiting.collect();
    let mut has_started = false;
    for (name, wait) in waiting {
        let Some(pod) = cluster.pods.get_mut(&name).map(Arc::make_mut) else {
            continue;
        };
        if wait.is_none() {
            finish_init(pod);
            has_started = true;
        } else if pod.status.waiting_init != wait {
            pod.status.waiting_init = wait;
        }
    }
    has_started
}

fn write_slices(cluster: &mut Cluster) {
    let Cluster {
        nodes,
        pods,
        services,
        slices,
        endpoints,
        ..
    } = cluster;
    let mut existing: BTreeMap<ObjectName, Vec<EndpointSlice>> = BTreeMap::new();
    let mut kept = BTreeMap::new();
    for (name, slice) in std::mem::take(slices) {
        match slice.service() {
            Some(service) if is_managed(&slice) => {
                existing.entry(service).or_default().push(slice);
            }
            _ => drop(kept.insert(name, slice)),
        }
    }
    let index = PodIndex::new(pods, services.values());
    let around = EndpointSliceContext::new(nodes);
    for (name, service) in services.iter() {
        let there = existing.remove(name).unwrap_or_default();
        let selected = index.selected(service);
        // A live dump may have slices without their pods; these slices are kept.
        let has_no_pods =
            selected.is_empty() && there.iter().any(|slice| !slice.endpoints.is_empty());
        if endpointslices::is_kept(service) && !has_no_pods {
            add(
                &mut kept,
                reconcile(service, &selected, there, &around).slices,
            );
            endpoints.extend(endpoints_of(service, &selected).map(|made| (name.clone(), made)));
        } else if let Some(written) = endpoints
            .get(name)
            .filter(|written| is_mirrored(written, Some(service)))
        {
            add(&mut kept, mirror(written, &there, PER_SUBSET));
        } else {
            add(&mut kept, there);
        }
    }
    add(&mut kept, existing.into_values().flatten());
    *slices = kept;
}

/// Whether a controller manages the slice.
fn is_managed(slice: &EndpointSlice) -> bool {
    let manager = slice.metadata.labels.get(label::MANAGED_BY);
    matches!(
        manager.map(SmolStr::as_str),
        Some(endpointslices::MANAGED_BY | mirroring::MANAGED_BY)
    )
}

fn add(
    slices: &mut BTreeMap<ObjectName, EndpointSlice>,
    more: impl IntoIterator<Item = EndpointSlice>,
) {
    slices.extend(more.into_iter().map(|slice| (slice.metadata.id(), slice)));
}
