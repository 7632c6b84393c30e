//! References of the Gateway API that lead nowhere: to a Gateway of another namespace, to a certificate that is not there, to
//! a Service that no ReferenceGrant permits.
//!
//! | file | what refers to what |
//! |---|---|
//! | `parents.rs` | a route to its Gateway and listener |
//! | `classes.rs` | a Gateway to its class |
//! | `hosts.rs` | a request to the host names of routes and listeners |
//! | `listeners.rs` | a listener to its certificate, a ListenerSet to its Gateway |
//! | `grants.rs` | a route to a Service of another namespace |

mod classes;
mod grants;
mod hosts;
mod listeners;
mod parents;
#[cfg(test)]
mod tests;

pub(in crate::causes) use classes::{assumed_class, without_class};
pub(in crate::causes) use grants::{grant_misses, one_more_grant};
pub(in crate::causes) use hosts::{near_host, of_unrouted_host};
pub(in crate::causes) use listeners::{
    labels_asked, secrets_of_other_types, sets_not_allowed, without_certificate,
};
pub(in crate::causes) use parents::{
    is_protocol_name, parent_elsewhere, parent_missing, section_typo,
};
