//! What a pod can find out: variables, its resolver, the cluster's DNS, Ingress routes.

pub mod dns;
pub mod environment;
pub mod ingress;
pub mod resolvconf;
pub mod resolver;
