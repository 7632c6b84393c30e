//! ServiceLB, the load balancer of k3s: for each LoadBalancer Service a DaemonSet whose pods take the Service's ports on the
//! nodes (`hostPort`), and the addresses of these nodes as the Service's addresses (k3s `pkg/cloudprovider/servicelb.go`).

pub mod daemon_set;
pub mod entry;
pub mod status;

use crate::cluster::object::{Service, ServiceType};

/// The namespace of the DaemonSets (`servicelb-namespace`).
pub const NAMESPACE: &str = "kube-system";

/// The label of a DaemonSet and its pods with the name of the Service.
pub const SERVICE_NAME: &str = "svccontroller.k3s.cattle.io/svcname";
/// The label with the namespace of the Service.
pub const SERVICE_NAMESPACE: &str = "svccontroller.k3s.cattle.io/svcnamespace";
/// The label of nodes that take part. If any node has it, only those with the value `true` do.
pub const ENABLE: &str = "svccontroller.k3s.cattle.io/enablelb";
/// The label of nodes and Services with the name of a pool.
pub const POOL: &str = "svccontroller.k3s.cattle.io/lbpool";

/// The component of its events.
const SERVICE_CONTROLLER: &str = "service-controller";

/// Whether ServiceLB serves a Service: a load balancer without a class.
pub fn serves(service: &Service) -> bool {
    service.spec.service_type == ServiceType::LoadBalancer
        && service.spec.load_balancer_class.is_none()
}
