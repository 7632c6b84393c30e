//! Recorded objects into a cluster, as they stand: nothing is admitted, allocated or computed.

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{MetalLbObjects, NetworkPolicy};
use kubehop_engine::names::ObjectName;
use serde_json::Value;

use super::compare::{read, text};

/// A cluster of these objects. Namespaces exist when an object names them; kinds the cluster does not hold are an error.
pub(super) fn cluster<'a>(objects: impl IntoIterator<Item = &'a Value>) -> Result<Cluster, String> {
    let mut cluster = Cluster::default();
    for object in objects {
        put(&mut cluster, object)?;
    }
    Ok(cluster)
}

/// The objects of a case: written there, or a reference into what the recording shares.
pub(super) fn objects<'a>(
    recording: &'a Value,
    written: &'a Value,
) -> impl Iterator<Item = &'a Value> {
    let list = match written.get("$ref").and_then(Value::as_str) {
        Some(id) => &recording["shared"][id],
        None => written,
    };
    list.as_array().into_iter().flatten()
}

fn put(cluster: &mut Cluster, object: &Value) -> Result<(), String> {
    let (namespace, name) = (
        text(&object["metadata"]["namespace"]),
        text(&object["metadata"]["name"]),
    );
    let id = ObjectName::new(namespace, name);
    if !namespace.is_empty() {
        cluster.ensure_namespace(&namespace.into());
    }
    match text(&object["kind"]) {
        "Namespace" => {
            let labels = read(&object["metadata"]["labels"]).unwrap_or_default();
            cluster.add_namespace(name.into(), labels);
        }
        "Node" => drop(cluster.nodes.insert(name.into(), read(object)?)),
        "Service" => drop(cluster.services.insert(id, read(object)?)),
        "Pod" => drop(cluster.pods.insert(
            id,
            read::<kubehop_engine::cluster::object::Pod>(object)?.into(),
        )),
        "Endpoints" => drop(cluster.endpoints.insert(id, read(object)?)),
        "EndpointSlice" => drop(cluster.slices.insert(id, read(object)?)),
        "Ingress" => drop(cluster.ingresses.insert(id, read(object)?)),
        "NetworkPolicy" => drop(
            cluster
                .network_policies
                .insert(id, read::<NetworkPolicy>(object)?.into()),
        ),
        "IngressClass" => drop(cluster.ingress_classes.insert(name.into(), read(object)?)),
        "IPAddressPool" => metallb(cluster).pools.push(read(object)?),
        "L2Advertisement" => metallb(cluster).l2_advertisements.push(read(object)?),
        "BGPAdvertisement" => metallb(cluster).bgp_advertisements.push(read(object)?),
        "BGPPeer" => metallb(cluster).peers.push(read(object)?),
        kind => return Err(format!("{kind} {id} is not part of a cluster")),
    }
    Ok(())
}

fn metallb(cluster: &mut Cluster) -> &mut MetalLbObjects {
    std::sync::Arc::make_mut(&mut cluster.metallb)
}
