//! kube-proxy: which endpoints a Service port has on a node, and the rules made from that choice.
