//! The rules of GatewayClass, Gateway and ListenerSet (`config/crd/standard` of Gateway API 1.6).

use super::{Rule, are_distinct, is_same_text, matches};
use crate::apiserver::field::Field;

/// A name of a host, which may begin with `*.`.
const HOSTNAME: &str = r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

/// `GatewayClassSpec` has a rule for updates only, which the kind names; it makes the schema one with rules.
pub(super) const CLASS: &[Rule] = &[Rule::new("Value is immutable", |_| true)];

pub(super) const ADDRESS: &[Rule] = &[Rule::new(
    r"Hostname value must be empty or contain only valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)",
    |address| {
        let value = address.child("value").text();
        address.child("type").text() != "Hostname" || value.is_empty() || matches(value, HOSTNAME)
    },
)];

pub(super) const ADDRESSES: &[Rule] = &[
    Rule::new("IPAddress values must be unique", |addresses| {
        are_unique_of(addresses, "IPAddress")
    }),
    Rule::new("Hostname values must be unique", |addresses| {
        are_unique_of(addresses, "Hostname")
    }),
];

fn are_unique_of(addresses: &Field, kind: &str) -> bool {
    let items = addresses.items();
    let mut of_kind = items
        .iter()
        .filter(|item| item.child("type").text() == kind && item.child("value").is_set());
    of_kind.all(|one| {
        let is_same = |other: &Field| {
            is_same_text(one, other, "type")
                && other.child("value").is_set()
                && is_same_text(one, other, "value")
        };
        super::count(addresses, is_same) == 1
    })
}

pub(super) const TLS: &[Rule] = &[Rule::failing(
    "certificateRefs or options must be specified when mode is Terminate",
    |tls| {
        let [certificates, options] = ["certificateRefs", "options"].map(|key| tls.child(key));
        if tls.child("mode").text() != "Terminate"
            || !certificates.is_empty()
            || !options.is_empty()
        {
            return Ok(true);
        }
        match (certificates.is_set(), options.is_set()) {
            (true, true) => Ok(false),
            (false, _) => Err("no such key: certificateRefs".to_owned()),
            (true, false) => Err("no such key: options".to_owned()),
        }
    },
)];

pub(super) const TLS_PORTS: &[Rule] = &[Rule::new(
    "Port for TLS configuration must be unique within the Gateway",
    |ports| {
        are_distinct(ports, |one, other| {
            one.child("port").int() == other.child("port").int()
        })
    },
)];

pub(super) const LISTENERS: &[Rule] = &[
    Rule::new(
        "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
        |listeners| {
            all(listeners, |listener| {
                !is_of(listener, &["HTTP", "TCP", "UDP"]) || !listener.child("tls").is_set()
            })
        },
    ),
    Rule::new(
        "tls mode must be Terminate for protocol HTTPS",
        |listeners| {
            all(listeners, |listener| {
                let mode = listener.at(&["tls", "mode"]).text();
                !is_of(listener, &["HTTPS"]) || matches!(mode, "" | "Terminate")
            })
        },
    ),
    Rule::new("tls mode must be set for protocol TLS", |listeners| {
        all(listeners, |listener| {
            !is_of(listener, &["TLS"]) || !listener.at(&["tls", "mode"]).text().is_empty()
        })
    }),
    Rule::new(
        "hostname must not be specified for protocols ['TCP', 'UDP']",
        |listeners| {
            all(listeners, |listener| {
                !is_of(listener, &["TCP", "UDP"]) || listener.child("hostname").text().is_empty()
            })
        },
    ),
    Rule::new(
        "Listener name must be unique within the Gateway",
        |listeners| are_distinct(listeners, |one, other| is_same_text(one, other, "name")),
    ),
    Rule::new(
        "Combination of port, protocol and hostname must be unique for each listener",
        |listeners| {
            are_distinct(listeners, |one, other| {
                let is_same_hostname = one.child("hostname").is_set()
                    == other.child("hostname").is_set()
                    && is_same_text(one, other, "hostname");
                one.child("port").int() == other.child("port").int()
                    && is_same_text(one, other, "protocol")
                    && is_same_hostname
            })
        },
    ),
];

fn all(list: &Field, holds: fn(&Field) -> bool) -> bool {
    list.items().iter().all(holds)
}

fn is_of(listener: &Field, protocols: &[&str]) -> bool {
    protocols.contains(&listener.child("protocol").text())
}
