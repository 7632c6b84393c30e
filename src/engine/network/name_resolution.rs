//! The resolver of the client: which names it asks for, which name server, and which of the answered addresses it
//! calls.
//!
//! Its questions are packets like any other; `engine/trace/lookup.rs` sends them. This file decides what they ask and
//! what the client learns from the answers.

use std::net::{IpAddr, SocketAddr};

use super::step::{Chance, Choice};
use super::{IngressFault, Network, Reason, Request, client, ingress_controller};
use crate::cluster::Cluster;
use crate::cluster::object::{Ingress, Pod};
use crate::dns::coredns::{Data, Dns, Record};
use crate::dns::resolv_conf::{Kubelet, OUTSIDE_RESOLVER, ResolvConf};
use crate::dns::resolver::{NameServer, Outcome, Resolution, resolve};
use crate::names::Family;

/// What the resolver of a client does for a name.
pub(crate) struct NameQuestions {
    /// The client's resolv.conf.
    pub resolv_conf: ResolvConf,
    /// The name server that it asks.
    pub server: IpAddr,
    /// The questions in order, with their answers.
    pub resolution: Resolution,
    /// Why the host of an Ingress has no address outside.
    pub unreachable: Option<Reason>,
}

/// The questions for a name, as the origin's resolver asks them; an origin that is no pod has no cluster DNS.
pub(crate) fn questions(network: &Network, request: &Request, name: &str) -> NameQuestions {
    let cluster = network.cluster();
    let pod = client::pod(network, &request.from);
    let (resolv_conf, mut resolution) = resolved(cluster, pod, name);
    let server = resolv_conf
        .nameservers
        .first()
        .and_then(|text| text.parse().ok())
        .unwrap_or(OUTSIDE_RESOLVER);
    let unreachable = answer_ingress_host(network, request, name, &mut resolution);
    answer_balancer_host(network, &mut resolution);
    NameQuestions {
        resolv_conf,
        server,
        resolution,
        unreachable,
    }
}

/// What the resolver of a pod finds for a name.
fn resolved(cluster: &Cluster, pod: Option<&Pod>, name: &str) -> (ResolvConf, Resolution) {
    let kubelet = Kubelet::of(cluster);
    let file = match pod {
        Some(pod) => kubelet.resolv_conf(pod),
        None => ResolvConf {
            nameservers: vec![OUTSIDE_RESOLVER.to_string()],
            ..ResolvConf::default()
        },
    };
    let server = NameServer::of(&file, &kubelet);
    let resolution = resolve(&Dns::in_the_world(cluster), server, &file, name);
    (file, resolution)
}

/// The addresses that a process of a pod finds for a name.
pub(crate) fn addresses_for(cluster: &Cluster, pod: &Pod, name: &str) -> Vec<IpAddr> {
    let (_, resolution) = resolved(cluster, Some(pod), name);
    resolution.addresses().collect()
}

/// Clients outside find the host of an Ingress at its controller, and that of a route of the Gateway API at its
/// Gateway, since the owner of the domain has set that up. Returns what is missing if the controller cannot be reached.
fn answer_ingress_host(
    network: &Network,
    request: &Request,
    name: &str,
    resolution: &mut Resolution,
) -> Option<Reason> {
    let last = resolution.lookups.last_mut()?;
    if !request.to.is_http() || last.outcome != Outcome::Outside {
        return None;
    }
    let host = name.trim_end_matches('.');
    let by_gateway = || network.gateway_plane().address_of_host(network, host);
    match ingress_controller::address_of(network, host) {
        None => {
            let record = by_gateway().map(|address| address_record(&format!("{host}."), address));
            last.answer = record.map_or(std::mem::take(&mut last.answer), |record| vec![record]);
            None
        }
        Some(Ok(address)) => {
            last.answer = vec![address_record(&format!("{host}."), address)];
            None
        }
        Some(Err((why, ingress))) => {
            last.answer.clear();
            Some(unreachable(network, host, ingress, why))
        }
    }
}

/// The DNS outside resolves the host names that cloud providers give to load balancers.
fn answer_balancer_host(network: &Network, resolution: &mut Resolution) {
    let last = resolution.lookups.last_mut();
    let Some(last) = last.filter(|last| last.outcome == Outcome::Outside) else {
        return;
    };
    let mut addresses = last
        .answer
        .iter()
        .filter(|record| record.address().is_some());
    let Some(name) = addresses.next().map(|record| record.name.clone()) else {
        return;
    };
    let known = network.balancer_addresses(name.trim_end_matches('.'));
    if known.is_empty() {
        return;
    }
    last.answer.retain(|record| record.address().is_none());
    let records = known
        .into_iter()
        .map(|address| address_record(&name, address));
    last.answer.extend(records);
}

fn address_record(name: &str, address: IpAddr) -> Record {
    Record {
        name: name.to_owned(),
        ttl: 60,
        data: match address {
            IpAddr::V4(address) => Data::A(address),
            IpAddr::V6(address) => Data::Aaaa(address),
        },
    }
}

fn unreachable(network: &Network, host: &str, ingress: &Ingress, why: IngressFault) -> Reason {
    Reason::IngressUnreachable {
        host: host.to_owned(),
        ingress: ingress.metadata.name.to_string(),
        class: ingress_controller::class_name(network, ingress),
        why,
    }
}

/// The addresses that a client chooses from: those of the first family of which it has an address, too.
pub(crate) fn candidates(
    network: &Network,
    request: &Request,
    resolution: &Resolution,
    chance: &mut Chance,
    wanted: Option<SocketAddr>,
) -> Vec<Choice> {
    let all: Vec<IpAddr> = resolution.addresses().collect();
    let can_call =
        |address: &&IpAddr| client::source(network, &request.from, Family::of(**address)).is_ok();
    let Some(first) = all.iter().find(can_call).or(all.first()) else {
        return Vec::new();
    };
    let family = Family::of(*first);
    let endpoints: Vec<SocketAddr> = all
        .iter()
        .filter(|address| Family::of(**address) == family)
        .map(|address| SocketAddr::new(*address, request.to.port))
        .collect();
    let count = u32::try_from(endpoints.len()).unwrap_or(u32::MAX);
    let drawn = if count > 1 {
        chance.rng.below(count) as usize
    } else {
        0
    };
    let wanted = endpoints
        .iter()
        .position(|endpoint| Some(*endpoint) == wanted);
    let chosen = wanted.unwrap_or(drawn);
    let choice = |(index, endpoint): (usize, SocketAddr)| Choice {
        endpoint,
        probability: 1.0 / f64::from(count),
        chosen: index == chosen,
        pod: network.pod_at(endpoint.ip()).map(Pod::id),
    };
    endpoints.into_iter().enumerate().map(choice).collect()
}

/// What the client learns from the last answer.
pub(crate) fn learned(name: &str, questions: &NameQuestions, address: Option<IpAddr>) -> Reason {
    let (resolution, server) = (&questions.resolution, questions.server);
    let asked = resolution.lookups.len();
    let (Some(address), Some(last)) = (address, resolution.lookups.last()) else {
        return Reason::NoSuchName {
            name: name.to_owned(),
            tried: asked,
            server,
        };
    };
    let alias = last.answer.iter().rev().find_map(|record| {
        let Data::Cname(target) = &record.data else {
            return None;
        };
        Some(target.trim_end_matches('.').to_owned())
    });
    let count = resolution
        .addresses()
        .filter(|other| Family::of(*other) == Family::of(address))
        .count();
    Reason::Resolves {
        name: last.name.clone(),
        address,
        tried: asked.saturating_sub(1),
        server,
        count,
        alias,
    }
}
