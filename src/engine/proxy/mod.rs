//! kube-proxy: which endpoints a Service port has on a node, and the rules made from that choice.
//!
//! Every node runs one, and it keeps each IP family apart. [`service_ports`] is what it understood of the Services,
//! [`endpoints`] whom each may be sent to from this node, [`iptables`] the rules that follow. The kernel walks those
//! rules; kube-proxy itself never sees a packet, except for the [`health`] checks of load balancers.

pub mod endpoints;
pub mod health;
pub mod iptables;
pub mod service_ports;
