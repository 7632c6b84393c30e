//! What a pod can find out: variables, its resolver, the cluster's DNS, Ingress routes.

pub mod dns;
pub mod resolvconf;
pub mod resolver;
