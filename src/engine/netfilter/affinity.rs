//! Session affinity on a node: the lists of `xt_recent`, one for each endpoint of a Service port
//! (`net/netfilter/xt_recent.c`); in IPVS mode a list for each real server of a virtual server, and whose turn it was.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::ipvs::Scheduled;
use crate::ruleset::Hash;
use crate::ruleset::ipvs::ServerKey;

/// How many sources a list holds; the one put on it longest ago gives way (`ip_list_tot`).
const LENGTH: usize = 100;

/// The sources on every list of a node, and when each was last put there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Affinity {
    seen: BTreeMap<(Hash, IpAddr), u64>,
    turns: BTreeMap<ServerKey, SocketAddr>,
}

impl Affinity {
    /// The real server of a virtual server that had its turn last; `None` before the first connection.
    pub(super) fn last_turn(&self, server: ServerKey) -> Option<SocketAddr> {
        self.turns.get(&server).copied()
    }

    /// Notes that a real server had its turn.
    pub(super) fn take_turn(&mut self, scheduled: Scheduled) {
        self.turns.insert(scheduled.server, scheduled.real_server);
    }

    /// Whether a source was put on a list no more than so many seconds ago.
    pub fn remembers(&self, list: Hash, source: IpAddr, seconds: u32, now: u64) -> bool {
        self.seen
            .get(&(list, source))
            .is_some_and(|&then| now.saturating_sub(then) <= u64::from(seconds))
    }

    /// Puts a source on a list.
    pub fn remember(&mut self, list: Hash, source: IpAddr, now: u64) {
        self.seen.insert((list, source), now);
        // IPv4 addresses come before IPv6's, so the least address of all is 0.0.0.0.
        let from = (list, IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let on_list = || {
            self.seen
                .range(from..)
                .take_while(|((of, _), _)| *of == list)
        };
        if on_list().count() > LENGTH {
            let oldest = on_list()
                .min_by_key(|(_, then)| **then)
                .map(|(key, _)| *key);
            oldest.and_then(|key| self.seen.remove(&key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Hash {
        Hash::of(&["default/web", "tcp", "10.244.1.3:8080"])
    }

    #[test]
    fn a_source_is_remembered_up_to_and_including_the_timeout() {
        let mut affinity = Affinity::default();
        let source = [10, 244, 1, 2].into();
        affinity.remember(list(), source, 100);
        assert!(affinity.remembers(list(), source, 30, 130));
        assert!(!affinity.remembers(list(), source, 30, 131));
    }

    #[test]
    fn the_hundred_and_first_source_takes_the_place_of_the_oldest() {
        let mut affinity = Affinity::default();
        for host in 0..=100 {
            affinity.remember(list(), [10, 0, 0, host].into(), u64::from(host));
        }
        assert!(!affinity.remembers(list(), [10, 0, 0, 0].into(), 1000, 200));
        assert!(affinity.remembers(list(), [10, 0, 0, 1].into(), 1000, 200));
    }
}
