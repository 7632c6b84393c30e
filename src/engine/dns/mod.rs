//! How a pod finds a Service: environment variables, its resolver, and the cluster's DNS.
//!
//! [`environment`] holds the variables for Services that existed when the container started. The [`resolver`] turns a
//! name into queries, as the file of [`resolv_conf`] says, and [`coredns`] answers them.

pub mod coredns;
pub mod environment;
pub mod resolv_conf;
pub mod resolver;
